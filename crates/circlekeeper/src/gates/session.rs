//! What must be in place before a session is planned.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{NaiveDate, TimeDelta};
use circle_model::Proposal;
use commons::{Code, MemberId, Refused, Rule, UnitId};
use curriculum::{Need, Reached, Special, Syllabus};
use event_log::EventLog;
use program_model::Model;
use safety_protocols::{
    Modal, Requirement, Rulebook, Shift, Verdict, WorkError, WorkLimits, may_work,
};

use super::looked_at;
use crate::{Keeper, KeeperError, Surroundings, UnitFile, duties::session_times};

/// Who stands by a session that is planned. Nobody is taken to be there who was not named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StandBy {
    /// Who can be reached while it lasts, and does not lead it.
    pub reachable: BTreeSet<MemberId>,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Everything that must be in place before a session is planned.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn session_gate(
        &mut self,
        unit: UnitId,
        proposal: &Proposal,
        stand_by: &StandBy,
    ) -> Result<Verdict, KeeperError> {
        let file = self.unit(unit)?;
        let on = proposal.at.date;
        let mut wanted = self.authorized(&file, proposal)?;
        let met = !self.is_paused(&file, on)?;
        wanted.push(looked_at("SP-03", "supervision", "hold_supervision", "supervisor", met));
        wanted.extend(self.consent_of_all(&file, on)?);
        wanted.extend(self.syllabus_needs(&file, proposal, stand_by)?);
        for book in self.program()?.rulebooks_in_force() {
            wanted.extend(self.work_of_all(unit, &file, proposal, &book)?);
        }
        Ok(Verdict::of(wanted, &[], None))
    }

    /// Everybody who leads is authorized, but for the one substitute that a proposal may name; who
    /// stands in is flagged, and the meetings see that it stays at once (U-04).
    fn authorized(
        &mut self,
        file: &UnitFile,
        proposal: &Proposal,
    ) -> Result<Vec<Requirement>, KeeperError> {
        let mut wanted = Vec::new();
        for (member, role) in &proposal.led_by {
            let met = self.is_fit(file, *member, role, proposal.at.date)?;
            if met || proposal.substitute != Some(*member) {
                wanted.push(looked_at("U-04", "authorized", "authorize", "coordinator", met));
                continue;
            }
            wanted.push(Requirement {
                modal: Modal::Should,
                ..looked_at("U-04", "substitute", "look_back_on_it", "supervisor", false)
            });
        }
        Ok(wanted)
    }

    fn is_fit(
        &mut self,
        file: &UnitFile,
        member: MemberId,
        role: &Code,
        on: NaiveDate,
    ) -> Result<bool, KeeperError> {
        let trained = file.group.role(role).map_err(KeeperError::refused)?.trained;
        Ok(!trained || self.may_lead(member, role, on)?)
    }

    /// What the syllabus asks before a session, such as SH-06. Where it cannot be read, nothing is
    /// planned by it.
    fn syllabus_needs(
        &mut self,
        file: &UnitFile,
        proposal: &Proposal,
        stand_by: &StandBy,
    ) -> Result<Vec<Requirement>, KeeperError> {
        let unread = || vec![looked_at("SH-06", "model", "adopt_model", "coordinator", false)];
        let Some(model) = self.model_of(file)? else { return Ok(unread()) };
        let syllabus = match model.syllabus() {
            Ok(Some(syllabus)) => syllabus,
            Ok(None) => return Ok(Vec::new()),
            Err(_) => return Ok(unread()),
        };
        let on = proposal.at.date;
        let mut wanted = self.reachable(file, proposal, stand_by, &syllabus)?;
        let reached = Reached {
            held: file.meetings().held_before(on),
            supervised: file.supervision.last_held(on),
            ..Reached::default()
        };
        // A session beyond the syllabus has no needs by it; its number is looked at elsewhere.
        let unmet = syllabus.unmet(proposal.number, &reached, on).unwrap_or_default();
        wanted.extend(unmet.into_iter().map(|need| {
            let (what, way_out, who) = if matches!(need, Need::SessionsHeld { .. }) {
                ("sessions_held", "hold_sessions", "keeper")
            } else if matches!(need, Need::SupervisionWithin { .. }) {
                ("supervision_within", "hold_supervision", "supervisor")
            } else {
                ("syllabus", "follow_syllabus", "keeper")
            };
            looked_at("SH-06", what, way_out, who, false)
        }));
        Ok(wanted)
    }

    /// While storms of life are told, a supervisor or one more assistant can be reached (SH-06).
    fn reachable(
        &mut self,
        file: &UnitFile,
        proposal: &Proposal,
        stand_by: &StandBy,
        syllabus: &Syllabus,
    ) -> Result<Vec<Requirement>, KeeperError> {
        let session = syllabus.session(proposal.number);
        if !session.is_some_and(|session| session.specials.contains(&Special::Storms)) {
            return Ok(Vec::new());
        }
        let on = proposal.at.date;
        let supervisors = file.supervision.stand_by(on);
        let roles: BTreeSet<&Code> = proposal.led_by.values().collect();
        let mut met = false;
        for member in &stand_by.reachable {
            if proposal.led_by.contains_key(member) {
                continue;
            }
            met |= supervisors.contains(member);
            for role in &roles {
                met |= self.may_lead(*member, role, on)?;
            }
        }
        Ok(vec![looked_at("SH-06", "reachable", "name_who_is_reachable", "keeper", met)])
    }

    /// Rest, sessions in a day, hours and weeks off of everybody who leads (WL-02, WL-03, U-17).
    fn work_of_all(
        &mut self,
        unit: UnitId,
        file: &UnitFile,
        proposal: &Proposal,
        book: &Rulebook,
    ) -> Result<Vec<Requirement>, KeeperError> {
        let zone = self.founded()?.zone;
        let model = self.model_of(file)?;
        let starts_at = proposal.at.instant().0;
        let ends_at = starts_at + TimeDelta::minutes(proposal.minutes.into());
        let more = Shift { starts_at, ends_at, session: true };
        let mut wanted = Vec::new();
        for (member, role) in &proposal.led_by {
            let limits = limits_of(book, model.as_ref(), role);
            let shifts = self.shifts(unit, *member)?;
            if let Err(too_much) = may_work(&shifts, more, zone, limits) {
                wanted.extend(too_much.into_iter().map(too_much_work));
            }
        }
        Ok(wanted)
    }

    /// The sessions that somebody led or is to lead, wherever they sit or took a role.
    fn shifts(&mut self, unit: UnitId, member: MemberId) -> Result<Vec<Shift>, KeeperError> {
        let zone = self.founded()?.zone;
        let known = self.member(member)?;
        let units = known.joined.values().chain(&known.posts).copied().chain([unit]);
        let mut shifts = Vec::new();
        for unit in units.collect::<BTreeSet<_>>() {
            for session in self.unit(unit)?.sessions.values() {
                let planned = session.planned().is_some_and(|it| it.led_by.contains_key(&member));
                if (planned || session.leaders().contains(&member))
                    && let Some((starts_at, ends_at)) = session_times(session, zone)
                {
                    shifts.push(Shift { starts_at, ends_at, session: true });
                }
            }
        }
        Ok(shifts)
    }
}

/// The figures for one role: those of the rulebook, and the hours that the model gives the role.
fn limits_of(book: &Rulebook, model: Option<&Arc<Model>>, role: &Code) -> WorkLimits {
    let limits = WorkLimits::of(book);
    let role = model.and_then(|model| model.content().roles.iter().find(|it| it.id == *role));
    let hours = role.and_then(|role| role.weekly_hours_max).map(u32::from);
    WorkLimits { hours_a_week: limits.hours_a_week.into_iter().chain(hours).min(), ..limits }
}

/// Too much work as a gate says it: what MUST be refuses, the hours and weeks of U-17 warn.
fn too_much_work(error: WorkError) -> Requirement {
    let rule = error.rule().unwrap_or(Rule::of("U-17"));
    let modal = if rule == Rule::of("U-17") { Modal::Should } else { Modal::Must };
    let base = looked_at("U-17", "work", "share_work", "coordinator", false);
    Requirement { what: Code::of(what_is_too_much(error)), rule, modal, ..base }
}

const fn what_is_too_much(error: WorkError) -> &'static str {
    match error {
        WorkError::TooLittleRest { .. } => "rest",
        WorkError::TooLittlePause { .. } => "pause",
        WorkError::TooManySessions { .. } => "sessions_a_day",
        WorkError::TooManyHours { .. } => "hours_a_week",
        WorkError::NoWeekOff { .. } => "week_off",
        _ => "work",
    }
}

//! What must be in place before a session is planned.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use circle_model::{Booking, Clash, Outcome, Proposal, Session, Travel, clashes};
use commons::{Code, MemberId, Refused, Rule, SessionId, UnitId};
use curriculum::{Need, Reached, Special, Syllabus};
use event_log::EventLog;
use program_model::Model;
use safety_protocols::{
    Modal, Requirement, Rulebook, Shift, Verdict, WorkError, WorkLimits, may_work,
};

use super::looked_at;
use crate::{
    Keeper, KeeperError, Room, Surroundings, UnitFile, acts::present, calendar::booking,
    duties::session_times,
};

/// A session that is not planned yet, among those that are.
const NEW: SessionId = SessionId::number(0);

/// What stands by a session that is planned. Nobody is taken to be there who was not named, and no
/// way to take time of which nothing was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StandBy {
    /// Who can be reached while it lasts, and does not lead it.
    pub reachable: BTreeSet<MemberId>,
    /// How long the ways between rooms take.
    pub travel: Travel<Room>,
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
        self.session_gate_of(unit, &file, proposal, stand_by)
    }

    /// The same for a unit as it would be, with other sessions planned that are not yet written.
    pub(crate) fn session_gate_of(
        &mut self,
        unit: UnitId,
        file: &UnitFile,
        proposal: &Proposal,
        stand_by: &StandBy,
    ) -> Result<Verdict, KeeperError> {
        let on = proposal.at.date;
        self.all_sit_well(file, proposal)?;
        let mut wanted = self.authorized(file, proposal)?;
        let met = !self.is_paused(file, on)?;
        wanted.push(looked_at("SP-03", "supervision", "hold_supervision", "supervisor", met));
        wanted.extend(self.consent_of_all(file, on)?);
        wanted.extend(self.syllabus_needs(file, proposal, stand_by)?);
        for book in self.program()?.rulebooks_in_force() {
            wanted.extend(self.work_of_all(unit, file, proposal, &book)?);
        }
        wanted.extend(self.no_clash(unit, file, proposal, &stand_by.travel)?);
        Ok(Verdict::of(wanted, &[], None))
    }

    /// Nobody leads beside somebody from whom they are kept apart (PG-09). Why is not told.
    fn all_sit_well(&mut self, file: &UnitFile, proposal: &Proposal) -> Result<(), KeeperError> {
        let apart = self.apart()?;
        let leads: BTreeSet<_> = proposal.led_by.keys().copied().collect();
        let here = present(&file.group, proposal.at.date);
        leads.iter().try_for_each(|lead| apart.has_place(*lead, here.union(&leads).copied()))
    }

    /// Nobody who leads is in two rooms at once, or late for the way between them, and no other group
    /// is in the room. A room of which nobody wrote down where it is, is no other's.
    fn no_clash(
        &mut self,
        unit: UnitId,
        file: &UnitFile,
        proposal: &Proposal,
        travel: &Travel<Room>,
    ) -> Result<[Requirement; 2], KeeperError> {
        let (starts_at, ends_at) = times(proposal);
        let led_by = proposal.led_by.keys().copied().collect();
        let room = self.room_of(unit)?;
        let mut bookings = vec![Booking { session: NEW, starts_at, ends_at, led_by, room }];
        // Who stands in leads where they have no post, so every unit is looked at.
        for other in self.units()? {
            let room = self.room_of(other)?;
            if other == unit {
                bookings.extend(near(file, proposal, true, room.as_ref()));
            } else if let Some(file) = self.unit_if_whole(other)? {
                bookings.extend(near(&file, proposal, false, room.as_ref()));
            }
        }
        let mut found = clashes(&bookings, travel);
        found.retain(|clash| clash.sessions().0 == NEW || clash.sessions().1 == NEW);
        let leader = found.iter().any(|clash| matches!(clash, Clash::Leader { .. }));
        let room = found.iter().any(|clash| matches!(clash, Clash::Room { .. }));
        Ok([
            looked_at("U-10", "leader_elsewhere", "change_time_or_leader", "coordinator", !leader),
            looked_at("U-10", "room_taken", "change_time_or_room", "coordinator", !room),
        ])
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
        let (starts_at, ends_at) = times(proposal);
        let more = Shift { starts_at, ends_at, session: true };
        let mut wanted = Vec::new();
        for (member, role) in &proposal.led_by {
            let limits = limits_of(book, model.as_ref(), role);
            let shifts = self.shifts(unit, file, *member, proposal)?;
            if let Err(too_much) = may_work(&shifts, more, zone, limits) {
                wanted.extend(too_much.into_iter().map(too_much_work));
            }
        }
        Ok(wanted)
    }

    /// The sessions that somebody led or is to lead, wherever they sit or took a role; but for the one
    /// that is proposed, where it is moved.
    fn shifts(
        &mut self,
        unit: UnitId,
        file: &UnitFile,
        member: MemberId,
        proposal: &Proposal,
    ) -> Result<Vec<Shift>, KeeperError> {
        let zone = self.founded()?.zone;
        let mut shifts = Vec::new();
        let mut take = |session: &Session| {
            let planned = session.planned().is_some_and(|it| it.led_by.contains_key(&member));
            if (planned || session.leaders().contains(&member))
                && let Some((starts_at, ends_at)) = session_times(session, zone)
            {
                shifts.push(Shift { starts_at, ends_at, session: true });
            }
        };
        file.sessions.values().filter(|it| !is_itself(it, proposal)).for_each(&mut take);
        for other in self.units_of(member)?.into_iter().filter(|other| *other != unit) {
            self.unit(other)?.sessions.values().for_each(&mut take);
        }
        Ok(shifts)
    }

    /// The units in which a member sits or took a role, ever.
    fn units_of(&mut self, member: MemberId) -> Result<BTreeSet<UnitId>, KeeperError> {
        let known = self.member(member)?;
        Ok(known.joined.values().chain(&known.posts).copied().collect())
    }
}

/// When a proposed session would start and end.
fn times(proposal: &Proposal) -> (DateTime<Utc>, DateTime<Utc>) {
    let starts_at = proposal.at.instant().0;
    (starts_at, starts_at + TimeDelta::minutes(proposal.minutes.into()))
}

/// The sessions of a unit that are close enough to a proposed one to stand in its way, but for itself
/// where it is of that unit: no way takes two days.
fn near(
    file: &UnitFile,
    proposal: &Proposal,
    own: bool,
    room: Option<&Room>,
) -> Vec<Booking<Room>> {
    let day = proposal.at.date;
    let first = day.checked_sub_days(Days::new(2)).unwrap_or(NaiveDate::MIN);
    let last = day.checked_add_days(Days::new(2)).unwrap_or(NaiveDate::MAX);
    let near: BTreeSet<&SessionId> =
        file.days.range(first..=last).flat_map(|(_, sessions)| sessions).collect();
    let near = near.into_iter().filter_map(|id| Some((id, file.sessions.get(id)?)));
    let others = near.filter(|(_, session)| !(own && is_itself(session, proposal)));
    others.filter_map(|(id, session)| booking(*id, session, room)).collect()
}

/// Whether a session is the one that is proposed, before it is moved: its number is taken by no other.
fn is_itself(session: &Session, proposal: &Proposal) -> bool {
    session.outcome() == Outcome::Planned
        && session.planned().is_some_and(|planned| planned.number == proposal.number)
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

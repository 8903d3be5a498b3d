//! What may be planned: each decision returns an event or says why not.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Code, MemberId, Refused, Rule, SessionId, UnitId};

use super::Meetings;
use crate::{
    Cadence, GroupError, Holder, Joining, Life, LocalTime, SessionError, SessionEvent, Stance,
};

/// A session somebody would like to plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its number in the group, from 1.
    pub number: u16,
    /// The day and the time on the wall.
    pub at: LocalTime,
    /// How long, in minutes.
    pub minutes: u16,
    /// Its theme.
    pub theme: Option<Code>,
    /// Who will lead, and in which role.
    pub led_by: BTreeMap<MemberId, Code>,
    /// Who of them stands in, in an emergency and once, without the training the role asks for (U-04).
    pub substitute: Option<MemberId>,
}

impl Proposal {
    /// The fact that it is planned, allowed or not: ask [`Meetings::plan`] first.
    #[must_use]
    pub fn planned_by(self, host: UnitId) -> SessionEvent {
        let Self { number, at, minutes, theme, led_by, substitute } = self;
        SessionEvent::Planned { host, number, at, minutes, theme, led_by, substitute }
    }
}

/// Why a session cannot be planned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum PlanningError {
    /// The group forbids it.
    #[error(transparent)]
    Group(#[from] GroupError),
    /// The plan has no session of that number, and the group is not between its phases.
    #[error("there is no session {number}; the plan has 1 to {sessions}")]
    NoSuchSession {
        /// The number.
        number: u16,
        /// Sessions of the plan.
        sessions: u16,
    },
    /// Another session has that number.
    #[error("session {number} is planned already")]
    NumberTaken {
        /// The number.
        number: u16,
    },
    /// The group is not in the phase to which the session belongs.
    #[error("session {number} belongs to phase {phase}, and the group is not in it")]
    OutsidePhase {
        /// The number.
        number: u16,
        /// The phase.
        phase: Code,
    },
    /// The session comes too soon or too late after the one before.
    #[error("{days} days after the session before; every {every} days is agreed")]
    OffRhythm {
        /// Days since the session before.
        days: i64,
        /// Days of the rhythm.
        every: u16,
    },
    /// The session is too long or too short.
    #[error("{minutes} minutes; {agreed} are agreed")]
    Minutes {
        /// The minutes asked for.
        minutes: u16,
        /// The minutes of the terms.
        agreed: u16,
    },
    /// A role that the session needs is not filled.
    #[error("the session needs {fewest} of {role} and has {have}")]
    RoleMissing {
        /// The role.
        role: Code,
        /// People in it.
        have: u16,
        /// People needed.
        fewest: u16,
    },
    /// A role of the session is filled by too many.
    #[error("the session has {have} of {role}; {most} may be")]
    RoleCrowded {
        /// The role.
        role: Code,
        /// People in it.
        have: u16,
        /// The most people in it.
        most: u16,
    },
    /// Somebody stood in already.
    #[error("somebody stood in without the training already")]
    SubstituteAgain,
    /// Whoever stands in leads nothing.
    #[error("who stands in is not among those who lead")]
    SubstituteLeadsNothing,
    /// The session itself forbids it.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// Who holds that role does not lead in this phase: staff have stepped back, or it supervises.
    #[error("{role} does not lead in this phase")]
    StaffOut {
        /// The role that was proposed.
        role: Code,
    },
}

impl Refused for PlanningError {
    fn code(&self) -> &'static str {
        match self {
            Self::Group(error) => error.code(),
            Self::NoSuchSession { .. } => "session.no_such_session",
            Self::NumberTaken { .. } => "session.number_taken",
            Self::OutsidePhase { .. } => "session.outside_phase",
            Self::OffRhythm { .. } => "session.off_rhythm",
            Self::Minutes { .. } => "session.minutes",
            Self::RoleMissing { .. } => "session.role_missing",
            Self::RoleCrowded { .. } => "session.role_crowded",
            Self::SubstituteAgain => "session.substitute_again",
            Self::SubstituteLeadsNothing => "session.substitute_leads_nothing",
            Self::Session(error) => error.code(),
            Self::StaffOut { .. } => "session.staff_out",
        }
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        match self {
            Self::Group(error) => error.rule(),
            Self::NoSuchSession { .. } | Self::NumberTaken { .. } | Self::OutsidePhase { .. } => {
                Some(Rule::of("U-10"))
            }
            Self::OffRhythm { .. } => Some(Rule::of("SH-01")),
            Self::Minutes { .. } => Some(Rule::of("SH-05")),
            Self::RoleMissing { .. }
            | Self::RoleCrowded { .. }
            | Self::SubstituteAgain
            | Self::SubstituteLeadsNothing => Some(Rule::of("U-04")),
            Self::Session(error) => error.rule(),
            Self::StaffOut { .. } => Some(Rule::of("HC-06")),
        }
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::Group(error) => error.way_out(),
            Self::NoSuchSession { .. } => "take a number of the plan, or adapt the terms",
            Self::NumberTaken { .. } => {
                "take the next free number, or move the session that has it"
            }
            Self::OutsidePhase { .. } => "enter the phase first",
            Self::OffRhythm { .. } => {
                "choose a nearer day, or record why the weeks between did not happen"
            }
            Self::Minutes { .. } => "choose a length within the slack, or adapt the terms",
            Self::RoleCrowded { .. } => "let fewer people fill the role",
            Self::SubstituteAgain => "find somebody trained for the role, or move the session",
            Self::SubstituteLeadsNothing => "name who stands in among those who lead",
            Self::Session(error) => error.way_out(),
            Self::RoleMissing { .. } => "find people for the role; a substitute may stand in once",
            Self::StaffOut { .. } => {
                "let members lead, or record a step back in with its reason and last day"
            }
        }
    }
}

impl<'a> Meetings<'a> {
    /// Decides whether a session may be planned.
    ///
    /// # Errors
    ///
    /// [`PlanningError`]: the number is taken, the phase has not come (U-10), the rhythm or the
    /// length is not what was agreed (SH-01, SH-05), a needed role is empty or too full, a substitute
    /// stands in again (U-04), a role is forbidden (U-03), a member's role is held by nobody's member,
    /// or belongs to staff who have left the room (HC-06).
    pub fn plan(&self, proposal: &Proposal) -> Result<SessionEvent, PlanningError> {
        self.may_stand(proposal, None)?;
        let host = self.group.unit().ok_or(GroupError::NotFormed)?;
        Ok(proposal.clone().planned_by(host))
    }

    /// Decides whether a session that is still to come may be moved: by the rules by which it may be
    /// planned there.
    ///
    /// # Errors
    ///
    /// As for [`plan`](Self::plan), and [`PlanningError::Session`] where it was never planned or is over.
    pub fn move_to(
        &self,
        session: SessionId,
        at: LocalTime,
        why: Code,
    ) -> Result<SessionEvent, PlanningError> {
        let known = self.sessions.get(&session).ok_or(SessionError::NotPlanned)?;
        let moved = known.move_to(at, why)?;
        let proposal = self.moved(session, at).ok_or(SessionError::NotPlanned)?;
        self.may_stand(&proposal, Some(session))?;
        Ok(moved)
    }

    /// A planned session as one would propose it at another time.
    #[must_use]
    pub fn moved(&self, session: SessionId, at: LocalTime) -> Option<Proposal> {
        let planned = self.sessions.get(&session)?.planned()?;
        Some(Proposal {
            number: planned.number,
            at,
            minutes: planned.minutes,
            theme: planned.theme.cloned(),
            led_by: planned.led_by.clone(),
            substitute: planned.substitute,
        })
    }

    /// Whether a session may stand beside the others, but for one of them: itself, where it is moved.
    fn may_stand(&self, proposal: &Proposal, but: Option<SessionId>) -> Result<(), PlanningError> {
        match self.group.life() {
            Life::Meeting { .. } => {}
            Life::Ended { on, .. } => return Err(GroupError::Ended { on }.into()),
            Life::Unborn | Life::Gathering => return Err(GroupError::NotOpen.into()),
        }
        let Proposal { number, at, minutes, .. } = *proposal;
        let (_, terms) = self.group.terms_on(at.date).ok_or(GroupError::NotFormed)?;
        let cadence = terms.get().cadence;
        let sessions = cadence.sessions();
        let between_phases = self.group.phase().is_some_and(|phase| phase.sessions.is_none());
        let beyond = number > sessions;
        if number == 0 || (beyond && !between_phases) {
            return Err(PlanningError::NoSuchSession { number, sessions });
        }
        if self.standing(but).any(|(_, other, _)| other == number) {
            return Err(PlanningError::NumberTaken { number });
        }
        if let Some(phase) = terms.get().plan.of_session(number)
            && self.group.phase().is_none_or(|now| now.id != phase.id)
        {
            return Err(PlanningError::OutsidePhase { number, phase: phase.id.clone() });
        }
        if !cadence.allows_minutes(minutes) {
            return Err(PlanningError::Minutes { minutes, agreed: cadence.minutes() });
        }
        // A circle that comes together again after its last session has no rhythm to keep.
        if !beyond {
            self.keeps_rhythm(number, at.date, cadence, but)?;
        }
        self.leaders_may_lead(&proposal.led_by, at.date)?;
        self.may_substitute(proposal, but)
    }

    /// Whether a session fits between its neighbors: the one before, and the one after where that is
    /// the next in number. Others may still come between.
    fn keeps_rhythm(
        &self,
        number: u16,
        day: NaiveDate,
        cadence: Cadence,
        but: Option<SessionId>,
    ) -> Result<(), PlanningError> {
        let skipped = self.skipped();
        let days = || self.standing(but).map(|(_, other, on)| (on, other));
        let off = |days| PlanningError::OffRhythm { days, every: cadence.every_days() };
        let before = days().filter(|(on, _)| *on <= day).max();
        let before = before.map(|(on, _)| on);
        follows(cadence, before, day, &skipped).map_err(off)?;
        match days().filter(|(on, _)| day < *on).min() {
            Some((after, next)) if number.checked_add(1) == Some(next) => {
                follows(cadence, Some(day), after, &skipped).map_err(off)
            }
            Some(_) | None => Ok(()),
        }
    }

    fn leaders_may_lead(
        &self,
        led_by: &BTreeMap<MemberId, Code>,
        on: NaiveDate,
    ) -> Result<(), PlanningError> {
        let members = self.group.members_on(on);
        let drop_in = self.group.joining_on(on) == Some(Joining::DropIn);
        for (member, role) in led_by {
            let known = self.group.role_on(role, on)?;
            if !self.group.role_exists_on(known, on) {
                return Err(GroupError::RoleNotNow { role: role.clone() }.into());
            }
            if !may_lead(known.holder, self.group.stance_on(on)) {
                return Err(PlanningError::StaffOut { role: role.clone() });
            }
            if known.holder == Holder::Member && !drop_in && !members.contains(member) {
                return Err(GroupError::RoleOfMembers { role: role.clone() }.into());
            }
        }
        if let Some((role, have, fewest)) = self.missing_role(led_by, on) {
            return Err(PlanningError::RoleMissing { role, have, fewest });
        }
        match self.crowded_role(led_by.values(), on) {
            Some((role, have, most)) => Err(PlanningError::RoleCrowded { role, have, most }),
            None => Ok(()),
        }
    }

    /// Whether somebody may stand in: one of those who lead, and the first time in this group.
    fn may_substitute(
        &self,
        proposal: &Proposal,
        but: Option<SessionId>,
    ) -> Result<(), PlanningError> {
        let Some(substitute) = proposal.substitute else { return Ok(()) };
        if !proposal.led_by.contains_key(&substitute) {
            return Err(PlanningError::SubstituteLeadsNothing);
        }
        let again = self.standing(but).any(|(session, ..)| {
            session.planned().is_some_and(|planned| planned.substitute.is_some())
        });
        if again { Err(PlanningError::SubstituteAgain) } else { Ok(()) }
    }
}

/// Whether who holds a role so may lead where staff stand so: staff while they facilitate, who
/// supervises never, anybody else always.
pub(super) fn may_lead(holder: Holder, stance: Option<Stance>) -> bool {
    match holder {
        Holder::Staff => stance.is_none_or(|stance| stance == Stance::Facilitator),
        Holder::Supervisor => false,
        Holder::Member | Holder::Facilitator => true,
    }
}

/// Whether a session on a day keeps the rhythm after what came before; if not, by how many days it
/// is off the session before.
///
/// The gap may be counted from the last session held (or still planned), or from the last that did not
/// happen for a reason: a week of mourning keeps the rhythm, and so does a session that makes up for it.
pub(super) fn follows(
    cadence: Cadence,
    before: Option<NaiveDate>,
    day: NaiveDate,
    skipped: &BTreeSet<NaiveDate>,
) -> Result<(), i64> {
    let gap = |from: NaiveDate| (day - from).num_days();
    let Some(days) = before.map(gap) else { return Ok(()) };
    let skipped = skipped.range(..=day).next_back().copied().map(gap);
    let fits = cadence.allows_gap(days) || skipped.is_some_and(|days| cadence.allows_gap(days));
    if fits { Ok(()) } else { Err(days) }
}

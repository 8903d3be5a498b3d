//! A group together with its sessions: what may be planned, what was delivered, what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Breach, Code, EventId, EventSet, MemberId, Refused, Rule, SessionId};

use crate::group::people;
use crate::{
    Group, GroupBreach, GroupError, Holder, Joining, Life, LocalTime, NotHeldReason, Outcome,
    Phase, Record, Scope, Session, SessionEvent, Stance,
};

/// A group and its sessions, looked at together.
#[derive(Debug, Clone, Copy)]
pub struct Meetings<'a> {
    /// The group.
    pub group: &'a Group,
    /// Its sessions.
    pub sessions: &'a BTreeMap<SessionId, Session>,
}

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
}

/// A session that took place.
#[derive(Debug, Clone, Copy)]
pub struct HeldSession<'a> {
    /// Which.
    pub id: SessionId,
    /// Its number in the group; 0 where it was never planned.
    pub number: u16,
    /// The day.
    pub on: NaiveDate,
    /// The event that wrote it down.
    pub event: EventId,
    /// What was written down.
    pub record: &'a Record,
    /// The session.
    pub session: &'a Session,
}

/// How often somebody came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turnout {
    /// Sessions they came to.
    pub attended: u16,
    /// Sessions held while they belonged to the group.
    pub possible: u16,
    /// Sessions missed in a row, up to the last one held.
    pub missed_in_a_row: u16,
}

/// What was delivered, beside what was planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Sessions of the terms.
    pub planned: u16,
    /// Sessions held.
    pub held: u16,
    /// Sessions that did not happen, by reason.
    pub not_held: BTreeMap<NotHeldReason, u16>,
    /// Minutes of the terms, for the sessions held.
    pub minutes_planned: u32,
    /// Minutes held.
    pub minutes_held: u32,
    /// Places that could have been filled.
    pub possible: u32,
    /// Places filled.
    pub attended: u32,
    /// Sessions by activity.
    pub activities: BTreeMap<Code, u16>,
    /// Different members who led.
    pub leaders: u16,
}

/// Why a session cannot be planned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
    /// Staff are out of the room in this phase.
    #[error("staff are not in the room in this phase; {role} cannot lead")]
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
            Self::StaffOut { .. } => "session.staff_out",
        }
    }

    fn rule(&self) -> Option<Rule> {
        match self {
            Self::Group(error) => error.rule(),
            Self::NoSuchSession { .. } | Self::NumberTaken { .. } | Self::OutsidePhase { .. } => {
                Some(Rule::of("U-10"))
            }
            Self::OffRhythm { .. } => Some(Rule::of("SH-01")),
            Self::Minutes { .. } => Some(Rule::of("SH-05")),
            Self::RoleMissing { .. } => Some(Rule::of("U-04")),
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
            Self::RoleMissing { .. } => "find people for the role; a substitute may stand in once",
            Self::StaffOut { .. } => {
                "let members lead, or record a step back in with its reason and last day"
            }
        }
    }
}

impl<'a> Meetings<'a> {
    /// The sessions that took place, in the order of their days.
    #[must_use]
    pub fn held(&self) -> Vec<HeldSession<'a>> {
        let mut held: Vec<_> = self
            .sessions
            .iter()
            .filter_map(|(id, session)| {
                let number = session.planned().map_or(0, |planned| planned.number);
                let (event, record) =
                    session.records().min_by_key(|(event, record)| (record.on, *event))?;
                Some(HeldSession { id: *id, number, on: record.on, event, record, session })
            })
            .collect();
        held.sort_by_key(|session| (session.on, session.number, session.id));
        held
    }

    /// How many sessions were held before a day.
    #[must_use]
    pub fn held_before(&self, day: NaiveDate) -> u16 {
        people(self.held().iter().filter(|session| session.on < day).count())
    }

    /// Decides whether a session may be planned.
    ///
    /// # Errors
    ///
    /// [`PlanningError`]: the number is taken, the phase has not come (U-10), the rhythm or the
    /// length is not what was agreed (SH-01, SH-05), a needed role is empty (U-04), a role is
    /// forbidden (U-03) or belongs to staff who have left the room (HC-06).
    pub fn plan(&self, proposal: &Proposal) -> Result<SessionEvent, PlanningError> {
        let Life::Meeting { .. } = self.group.life() else {
            return Err(GroupError::NotOpen.into());
        };
        let (Some(terms), Some(host)) = (self.group.terms(), self.group.unit()) else {
            return Err(GroupError::NotFormed.into());
        };
        let Proposal { number, at, minutes, ref theme, ref led_by } = *proposal;
        let sessions = terms.get().cadence.sessions();
        let beyond = number > sessions;
        let between_phases = self.group.phase().is_some_and(|phase| phase.sessions.is_none());
        if number == 0 || (beyond && !between_phases) {
            return Err(PlanningError::NoSuchSession { number, sessions });
        }
        if self.taken_numbers().any(|(_, other)| other == number) {
            return Err(PlanningError::NumberTaken { number });
        }
        if let Some(phase) = terms.get().plan.of_session(number)
            && self.group.phase().is_none_or(|now| now.id != phase.id)
        {
            return Err(PlanningError::OutsidePhase { number, phase: phase.id.clone() });
        }
        let cadence = terms.get().cadence;
        if !cadence.allows_minutes(minutes) {
            return Err(PlanningError::Minutes { minutes, agreed: cadence.minutes() });
        }
        // A circle that comes together again after its last session has no rhythm to keep.
        let days = self.days_since_last(at.date).filter(|_| !beyond);
        if let Some(days) = days.filter(|days| !cadence.allows_gap(*days)) {
            return Err(PlanningError::OffRhythm { days, every: cadence.every_days() });
        }
        self.leaders_may_lead(led_by, at.date)?;
        let (theme, led_by) = (theme.clone(), led_by.clone());
        Ok(SessionEvent::Planned { host, number, at, minutes, theme, led_by })
    }

    /// How often a person came.
    #[must_use]
    pub fn turnout(&self, member: MemberId) -> Turnout {
        let roster = self.group.roster();
        let mut turnout = Turnout::default();
        for session in self.held() {
            if !roster.belonged(member, session.on) {
                continue;
            }
            turnout.possible += 1;
            if session.session.marks().get(&member).is_some_and(|mark| mark.attended()) {
                turnout.attended += 1;
                turnout.missed_in_a_row = 0;
            } else {
                turnout.missed_in_a_row += 1;
            }
        }
        turnout
    }

    /// Whether a person has come often enough to have completed (SH-08).
    #[must_use]
    pub fn completed(&self, member: MemberId) -> bool {
        let wanted = self.group.terms().and_then(|terms| terms.get().completed_at);
        wanted.is_some_and(|wanted| self.turnout(member).attended >= wanted)
    }

    /// What was delivered, beside what was planned.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        let Some(terms) = self.group.terms() else {
            return Delivery::default();
        };
        let cadence = terms.get().cadence;
        let roster = self.group.roster();
        let mut delivery = Delivery { planned: cadence.sessions(), ..Delivery::default() };
        let mut leaders = BTreeSet::new();
        for session in self.held() {
            delivery.held += 1;
            delivery.minutes_planned += u32::from(cadence.minutes());
            delivery.minutes_held += u32::from(session.record.minutes);
            let marks = session.session.marks();
            let belonged: BTreeSet<_> = roster
                .stays()
                .iter()
                .filter(|stay| stay.belonged_on(session.on))
                .map(|stay| stay.member)
                .collect();
            delivery.possible += u32::from(people(belonged.len()));
            let came = belonged
                .iter()
                .filter(|member| marks.get(member).is_some_and(|mark| mark.attended()));
            delivery.attended += u32::from(people(came.count()));
            for activity in &session.record.activities {
                *delivery.activities.entry(activity.clone()).or_default() += 1;
            }
            leaders.extend(session.session.leaders().intersection(&belonged).copied());
        }
        delivery.leaders = people(leaders.len());
        for session in self.sessions.values() {
            if let Outcome::NotHeld { why, .. } = session.outcome() {
                *delivery.not_held.entry(why).or_default() += 1;
            }
        }
        delivery
    }

    /// How many different members have led a session, and the fewest times any member has.
    #[must_use]
    pub fn led(&self, on: NaiveDate) -> (u16, u16) {
        let mut times: BTreeMap<MemberId, u16> =
            self.group.roster().seated(on).map(|stay| (stay.member, 0)).collect();
        for session in self.held() {
            for leader in session.session.leaders() {
                if let Some(count) = times.get_mut(&leader) {
                    *count += 1;
                }
            }
        }
        let distinct = people(times.values().filter(|count| **count > 0).count());
        (distinct, times.into_values().min().unwrap_or(0))
    }

    /// The roles that came to sessions after a day.
    #[must_use]
    pub fn roles_present_since(&self, day: NaiveDate) -> BTreeSet<Code> {
        let held = self.held();
        let since = held.iter().filter(|session| day < session.on);
        since
            .flat_map(|session| {
                session.record.led_by.values().chain(session.record.others.values())
            })
            .cloned()
            .collect()
    }

    /// What is wrong with the sessions of the group, each named by the events that make it.
    ///
    /// Settled, like the group's own breaches, by an event of the group.
    #[must_use]
    pub fn breaches(&self) -> BTreeSet<Breach<GroupBreach>> {
        let mut found = BTreeSet::new();
        let held = self.held();
        for session in &held {
            for kind in self.wrong_with(session) {
                found.insert(Breach::new(kind, [session.event]));
            }
            let strangers = self.strangers(session);
            if !strangers.is_empty() {
                found.insert(Breach { kind: GroupBreach::NotAMember, events: strangers });
            }
        }
        found.extend(self.off_rhythm(&held));
        found.extend(self.same_numbers());
        found.extend(self.joined_late(&held));
        found
    }

    /// What is wrong and not yet settled.
    #[must_use]
    pub fn open_breaches(&self) -> BTreeSet<Breach<GroupBreach>> {
        let settled = commons::Aggregate::settled(self.group);
        let mut open = self.breaches();
        open.retain(|breach| !settled.iter().any(|settlement| settlement.covers(breach)));
        open
    }

    /// Numbers, days and planning events of all sessions that were planned.
    fn planned_sessions(&self) -> impl Iterator<Item = (EventId, u16, NaiveDate)> {
        self.sessions.values().filter_map(|session| {
            let planned = session.planned()?;
            Some((planned.event, planned.number, session.at()?.date))
        })
    }

    /// Numbers and planning events of the sessions that were held or are to come. The number of one
    /// that did not happen is free again.
    fn taken_numbers(&self) -> impl Iterator<Item = (EventId, u16)> {
        let standing = self
            .sessions
            .values()
            .filter(|session| !matches!(session.outcome(), Outcome::NotHeld { .. }));
        standing.filter_map(|session| {
            let planned = session.planned()?;
            Some((planned.event, planned.number))
        })
    }

    /// Days from the nearest session before a day, held or not: a week skipped for a reason keeps the rhythm.
    fn days_since_last(&self, day: NaiveDate) -> Option<i64> {
        let before =
            self.planned_sessions().map(|(_, _, date)| date).filter(|date| *date <= day).max()?;
        Some((day - before).num_days())
    }

    fn leaders_may_lead(
        &self,
        led_by: &BTreeMap<MemberId, Code>,
        on: NaiveDate,
    ) -> Result<(), PlanningError> {
        for role in led_by.values() {
            let known = self.group.role(role)?;
            if !self.group.role_exists_on(known, on) {
                return Err(GroupError::RoleNotNow { role: role.clone() }.into());
            }
            let stance = self.group.stance_on(on);
            let leads = stance.is_none_or(|stance| stance == Stance::Facilitator);
            if known.holder == Holder::Staff && !leads {
                return Err(PlanningError::StaffOut { role: role.clone() });
            }
        }
        match self.missing_role(led_by, on) {
            Some((role, have, fewest)) => Err(PlanningError::RoleMissing { role, have, fewest }),
            None => Ok(()),
        }
    }

    /// A role of the session that has too few people on a day.
    fn missing_role(
        &self,
        present: &BTreeMap<MemberId, Code>,
        on: NaiveDate,
    ) -> Option<(Code, u16, u16)> {
        let terms = self.group.terms()?;
        let phase = self.group.phase_on(on).map(|phase| &phase.id);
        terms.get().roles.iter().find_map(|role| {
            let leads = role.scope == Scope::Session || role.holder == Holder::Facilitator;
            let asked = leads && terms.role_exists_in(role, phase);
            let have = people(present.values().filter(|held| **held == role.id).count());
            (asked && have < role.fewest).then(|| (role.id.clone(), have, role.fewest))
        })
    }

    fn wrong_with(&self, session: &HeldSession<'_>) -> BTreeSet<GroupBreach> {
        let mut found = BTreeSet::new();
        let Some(terms) = self.group.terms() else {
            return found;
        };
        let record = session.record;
        let roles = || record.led_by.values().chain(record.others.values());
        if roles().any(|role| terms.forbids(role)) {
            found.insert(GroupBreach::ForbiddenRolePresent);
        }
        // On the day of a change both phases hold: the session may have come before it.
        let days = || [Some(session.on), session.on.pred_opt()].into_iter().flatten();
        let staff =
            roles().any(|role| terms.role(role).is_some_and(|role| role.holder == Holder::Staff));
        let out = |day| self.group.stance_on(day).is_some_and(|stance| !stance.in_the_room());
        if staff && days().all(out) {
            found.insert(GroupBreach::StaffInTheRoom);
        }
        if session.number == 0 {
            found.insert(GroupBreach::NotPlanned);
        }
        let in_window = |window: &Phase| {
            days().any(|day| self.group.phase_on(day).is_some_and(|phase| phase.id == window.id))
        };
        if terms.get().plan.of_session(session.number).is_some_and(|window| !in_window(window)) {
            found.insert(GroupBreach::OutsidePhase);
        }
        if !terms.get().agenda.order_kept(&record.segments) {
            found.insert(GroupBreach::OrderChanged);
        }
        if self.missing_role(&record.led_by, session.on).is_some() {
            found.insert(GroupBreach::RoleMissing);
        }
        found
    }

    /// The entries that mark somebody as having come who did not belong to the group that day.
    fn strangers(&self, session: &HeldSession<'_>) -> EventSet {
        let joining = self.group.terms().map(|terms| terms.get().joining);
        if joining == Some(Joining::DropIn) {
            return EventSet::new();
        }
        let roster = self.group.roster();
        let came = session.session.marks().into_iter().filter(|(_, mark)| mark.attended());
        let strangers = came.filter(|(member, _)| !roster.belonged(*member, session.on));
        strangers.flat_map(|(member, _)| session.session.marked_by(member)).collect()
    }

    fn off_rhythm(&self, held: &[HeldSession<'_>]) -> Vec<Breach<GroupBreach>> {
        let skipped: BTreeSet<NaiveDate> = self
            .sessions
            .values()
            .filter_map(|session| match session.outcome() {
                Outcome::NotHeld { on, .. } => Some(on),
                Outcome::Planned | Outcome::Held { .. } => None,
            })
            .collect();
        let pairs = held.iter().zip(held.iter().skip(1));
        let off = pairs.filter(|(before, after)| {
            let Some((_, terms)) = self.group.terms_on(after.on) else { return false };
            let cadence = terms.get().cadence;
            let between = skipped.range(before.on..=after.on).next_back();
            let from = between.copied().unwrap_or(before.on);
            after.number <= cadence.sessions() && !cadence.allows_gap((after.on - from).num_days())
        });
        let events = |(before, after): (&HeldSession<'_>, &HeldSession<'_>)| {
            Breach::new(GroupBreach::OffRhythm, [before.event, after.event])
        };
        off.map(events).collect()
    }

    fn same_numbers(&self) -> Vec<Breach<GroupBreach>> {
        let mut by_number: BTreeMap<u16, EventSet> = BTreeMap::new();
        for (event, number) in self.taken_numbers() {
            by_number.entry(number).or_default().insert(event);
        }
        let twice = by_number.into_values().filter(|events| events.len() > 1);
        twice.map(|events| Breach { kind: GroupBreach::SameNumber, events }).collect()
    }

    fn joined_late(&self, held: &[HeldSession<'_>]) -> Vec<Breach<GroupBreach>> {
        let Some(Joining::UntilSession { session }) =
            self.group.terms().map(|terms| terms.get().joining)
        else {
            return Vec::new();
        };
        let Some(door) = usize::from(session).checked_sub(1).and_then(|last| held.get(last)) else {
            return Vec::new();
        };
        let roster = self.group.roster();
        let late = roster.stays().iter().filter(|stay| door.on < stay.from);
        late.map(|stay| Breach::new(GroupBreach::JoinedLate, [stay.joined, door.event])).collect()
    }
}

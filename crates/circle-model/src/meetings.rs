//! A group together with its sessions: what was held, what may be planned, what is wrong.

mod delivery;
mod findings;
mod planning;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Aggregate, Breach, Code, EventId, EventSet, MemberId, SessionId};

pub use delivery::{Completion, Delivery, Turnout};
pub use planning::{PlanningError, Proposal};

use crate::group::{TRIAL, people};
use crate::{
    Admission, Group, GroupBreach, GroupError, GroupEvent, Holder, Outcome, Phase, Record, Scope,
    Session, Terms,
};

/// A group and its sessions, looked at together.
#[derive(Debug, Clone, Copy)]
pub struct Meetings<'a> {
    /// The group.
    pub group: &'a Group,
    /// Its sessions.
    pub sessions: &'a BTreeMap<SessionId, Session>,
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

    /// How often a person came as a guest before a day, since they last belonged to the group.
    #[must_use]
    pub fn visits(&self, member: MemberId, before: NaiveDate) -> u8 {
        let visits = self.visits_of(member).filter(|session| session.on < before).count();
        u8::try_from(visits).unwrap_or(u8::MAX)
    }

    /// The question whether somebody may join on a day, with what the sessions say of it.
    #[must_use]
    pub fn admission(
        &self,
        member: MemberId,
        on: NaiveDate,
        consent: Option<EventId>,
    ) -> Admission {
        let (sessions_held, visits) = (self.held_before(on), self.visits(member, on));
        Admission { member, on, sessions_held, visits, consent }
    }

    /// Changes the terms, where that puts neither the group nor a session in the wrong (U-16).
    ///
    /// # Errors
    ///
    /// As [`Group::adapt`], and [`GroupError::Breaks`] where a session of that day or later would
    /// not be in order any more.
    pub fn adapt(
        &self,
        terms: Terms,
        why: Code,
        agreed_by: Code,
        on: NaiveDate,
    ) -> Result<GroupEvent, GroupError> {
        let adapted = self.group.adapt(terms, why, agreed_by, on)?;
        let mut after = self.group.clone();
        after.apply(TRIAL, &adapted);
        let before = self.breaches();
        // What was wrong by the old terms is no fault of the new ones.
        let added = Meetings { group: &after, ..*self }.breaches().into_iter().filter(|breach| {
            let others = breach.events.iter().copied().filter(|event| *event != TRIAL);
            let without = Breach::new(breach.kind, others);
            !before.iter().any(|known| known.covers(&without))
        });
        let kinds: BTreeSet<GroupBreach> = added.map(|breach| breach.kind).collect();
        if kinds.is_empty() {
            Ok(adapted)
        } else {
            Err(GroupError::Breaks { breaches: kinds.into_iter().collect() })
        }
    }

    /// How many different members led a session in the phase of a day, and the fewest times any member
    /// did; in the group's whole life before its first phase.
    #[must_use]
    pub fn led(&self, on: NaiveDate) -> (u16, u16) {
        let mut times: BTreeMap<MemberId, u16> =
            self.group.members_on(on).into_iter().map(|member| (member, 0)).collect();
        for session in self.of_phase(self.group.phase_on(on)) {
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
        since.flat_map(HeldSession::roles).map(|(_, role)| role).cloned().collect()
    }

    /// What is wrong and not yet settled.
    #[must_use]
    pub fn open_breaches(&self) -> BTreeSet<Breach<GroupBreach>> {
        let settled = self.group.settled();
        let mut open = self.breaches();
        open.retain(|breach| !settled.iter().any(|settlement| settlement.covers(breach)));
        open
    }

    /// The sessions held in a phase since it began: those whose number is of the phase, and those of
    /// no phase that came after its first day.
    fn of_phase(&self, phase: Option<&Phase>) -> Vec<HeldSession<'a>> {
        let mut held = self.held();
        let Some(phase) = phase else { return held };
        let Some(began) = self.group.entered(&phase.id) else { return held };
        held.retain(|session| {
            let terms = self.group.terms_on(session.on);
            let window = terms.and_then(|(_, terms)| terms.get().plan.of_session(session.number));
            window.map_or(began < session.on, |window| window.id == phase.id && began <= session.on)
        });
        held
    }

    /// The sessions to which a person came as a guest, since they last belonged to the group.
    fn visits_of(&self, member: MemberId) -> impl Iterator<Item = HeldSession<'a>> {
        let roster = self.group.roster();
        let stays = roster.stays().iter().filter(|stay| stay.member == member);
        let last = stays.filter_map(|stay| stay.until).max();
        let came = move |session: &HeldSession<'a>| {
            session.session.marks().get(&member).is_some_and(|mark| mark.attended())
        };
        self.held().into_iter().filter(move |session| {
            let guest = !roster.belonged(member, session.on);
            guest && last.is_none_or(|last| last < session.on) && came(session)
        })
    }

    /// The sessions that were held or are to come, but for one of them, with their numbers and days.
    /// The number of one that did not happen is free again.
    fn standing(
        &self,
        but: Option<SessionId>,
    ) -> impl Iterator<Item = (&'a Session, u16, NaiveDate)> {
        let standing = self.sessions.iter().filter(move |(id, session)| {
            Some(**id) != but && !matches!(session.outcome(), Outcome::NotHeld { .. })
        });
        standing.filter_map(|(_, session)| {
            let day = match session.outcome() {
                Outcome::Held { on } => on,
                Outcome::Planned | Outcome::NotHeld { .. } => session.at()?.date,
            };
            Some((session, session.planned()?.number, day))
        })
    }

    /// The days on which a session did not happen, for a reason.
    fn skipped(&self) -> BTreeSet<NaiveDate> {
        self.sessions.values().flat_map(Session::skipped).collect()
    }

    /// A role of the session that has too few people on a day.
    fn missing_role(
        &self,
        present: &BTreeMap<MemberId, Code>,
        on: NaiveDate,
    ) -> Option<(Code, u16, u16)> {
        let (_, terms) = self.group.terms_on(on)?;
        let phase = self.group.phase_on(on).map(|phase| &phase.id);
        terms.get().roles.iter().find_map(|role| {
            let leads = role.scope == Scope::Session || role.holder == Holder::Facilitator;
            let asked = leads && terms.role_exists_in(role, phase);
            let have = people(present.values().filter(|held| **held == role.id).count());
            (asked && have < role.fewest).then(|| (role.id.clone(), have, role.fewest))
        })
    }

    /// A role that too many people fill in a session on a day.
    fn crowded_role<'b>(
        &self,
        roles: impl Iterator<Item = &'b Code>,
        on: NaiveDate,
    ) -> Option<(Code, u16, u16)> {
        let (_, terms) = self.group.terms_on(on)?;
        let mut filled: BTreeMap<&Code, u16> = BTreeMap::new();
        for role in roles {
            *filled.entry(role).or_default() += 1;
        }
        filled.into_iter().find_map(|(role, have)| {
            let most = terms.role(role)?.most;
            (most < have).then(|| (role.clone(), have, most))
        })
    }
}

impl<'a> HeldSession<'a> {
    /// Everybody who had a role in it, with the role.
    pub fn roles(&self) -> impl Iterator<Item = (MemberId, &'a Code)> + use<'a> {
        let record = self.record;
        let roles = record.led_by.iter().chain(&record.others);
        roles.map(|(member, role)| (*member, role))
    }

    fn makers(&self) -> EventSet {
        self.session.makers()
    }
}

//! Everything that is wrong with the sessions of a group.
//!
//! As in the group's own, a breach names every event that has a part in it: the plan and the record, the
//! terms and phases of that day, and whatever took away what would have mended it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Breach, EventId, EventSet, MemberId};

use super::{HeldSession, Meetings, planning};
use crate::group::all;
use crate::{GroupBreach, GroupEvent, Holder, Joining, Phase};

type Found = Vec<(GroupBreach, EventSet)>;

impl<'a> Meetings<'a> {
    /// What is wrong with the sessions of the group, each named by the events that make it.
    ///
    /// Settled, like the group's own breaches, by an event of the group.
    #[must_use]
    pub fn breaches(&self) -> BTreeSet<Breach<GroupBreach>> {
        let held = self.held();
        let mut found = Found::new();
        for session in &held {
            found.extend(self.wrong_with(session));
            found.extend(self.wrong_by_terms(session));
            found.extend(self.wrong_in_the_room(session));
            found.extend(self.strangers(session));
        }
        found.extend(self.off_rhythm());
        found.extend(self.same_numbers());
        found.extend(self.joined_late(&held));
        found.extend(self.no_ground_rules(&held));
        found.extend(self.substituted(&held));
        found.into_iter().map(|(kind, events)| Breach { kind, events }).collect()
    }

    /// What is wrong with where a session stands.
    fn wrong_with(&self, session: &HeldSession<'_>) -> Found {
        let mut found = Found::new();
        if session.number == 0 {
            found.push((GroupBreach::NotPlanned, session.makers()));
        }
        let Some((_, terms)) = self.group.terms_on(session.on) else { return found };
        let in_window = |window: &Phase| {
            around(session.on)
                .any(|day| self.group.phase_on(day).is_some_and(|phase| phase.id == window.id))
        };
        let window = terms.get().plan.of_session(session.number);
        if window.is_some_and(|window| !in_window(window)) {
            let events = all([session.makers(), self.group.phase_events(session.on)]);
            found.push((GroupBreach::OutsidePhase, events));
        }
        found
    }

    /// What the terms say against how a session was held.
    fn wrong_by_terms(&self, session: &HeldSession<'_>) -> Found {
        let mut found = Found::new();
        let Some((_, terms)) = self.group.terms_on(session.on) else { return found };
        let mut add = |kind| {
            let events = all([session.makers(), self.group.phase_events(session.on)]);
            found.push((kind, events));
        };
        if session.roles().any(|(_, role)| terms.forbids(role)) {
            add(GroupBreach::ForbiddenRolePresent);
        }
        if !terms.get().agenda.order_kept(&session.record.segments) {
            add(GroupBreach::OrderChanged);
        }
        if self.missing_role(&session.record.led_by, session.on).is_some() {
            add(GroupBreach::RoleMissing);
        }
        if self.crowded_role(session.roles().map(|(_, role)| role), session.on).is_some() {
            add(GroupBreach::RoleCrowded);
        }
        found
    }

    /// Who sat in a session, or led it, in a phase in which they do not.
    fn wrong_in_the_room(&self, session: &HeldSession<'_>) -> Found {
        let Some((_, terms)) = self.group.terms_on(session.on) else { return Found::new() };
        let holder = |role| terms.role(role).map(|role| role.holder);
        let outside = |role| matches!(holder(role), Some(Holder::Staff | Holder::Supervisor));
        let stances = || around(session.on).map(|day| self.group.stance_on(day));
        let out = stances().all(|stance| stance.is_some_and(|stance| !stance.in_the_room()));
        let led = session.record.led_by.values().any(|role| {
            let may = |holder| stances().any(|stance| planning::may_lead(holder, stance));
            holder(role).is_some_and(|holder| !may(holder))
        });
        let kind = match () {
            () if out && session.roles().any(|(_, role)| outside(role)) => {
                GroupBreach::StaffInTheRoom
            }
            () if led => GroupBreach::StaffLed,
            () => return Found::new(),
        };
        vec![(kind, all([session.makers(), self.group.phase_events(session.on)]))]
    }

    /// Everybody who is marked as having come, or who filled a member's role, and did not belong to the
    /// group that day. A guest who may still visit is no stranger.
    fn strangers(&self, session: &HeldSession<'_>) -> Found {
        let joining = self.group.joining_on(session.on);
        if joining.is_none_or(|joining| joining == Joining::DropIn) {
            return Found::new();
        }
        let roster = self.group.roster();
        let came = session.session.marks().into_iter().filter(|(_, mark)| mark.attended());
        let here: BTreeSet<MemberId> = came.map(|(member, _)| member).collect();
        let filled = self.in_members_roles(session);
        let strangers = here.union(&filled).filter(|member| !roster.belonged(**member, session.on));
        let strangers = strangers.filter(|member| {
            filled.contains(member) || !self.may_visit(**member, session, joining)
        });
        strangers
            .map(|member| {
                let marked = session.session.marked_by(*member);
                let visits = match joining {
                    Some(Joining::AfterVisits { .. }) => self.marked_anywhere(*member),
                    Some(_) | None => EventSet::new(),
                };
                let events =
                    [session.makers(), marked, visits, self.belonging(*member, session.on)];
                (GroupBreach::NotAMember, all(events))
            })
            .collect()
    }

    /// Whether somebody comes as a guest and not too often yet.
    fn may_visit(
        &self,
        member: MemberId,
        session: &HeldSession<'_>,
        joining: Option<Joining>,
    ) -> bool {
        let Some(Joining::AfterVisits { most, .. }) = joining else { return false };
        let visits = self.visits_of(member).filter(|visit| visit.on <= session.on).count();
        visits <= usize::from(most)
    }

    /// The entries of every session in which somebody has a mark.
    fn marked_anywhere(&self, member: MemberId) -> EventSet {
        let marked = self.sessions.values().map(|session| (session, session.marked_by(member)));
        let marked = marked.filter(|(_, entries)| !entries.is_empty());
        marked.flat_map(|(session, entries)| all([session.makers(), entries])).collect()
    }

    /// The people who filled a member's role in a session.
    fn in_members_roles(&self, session: &HeldSession<'_>) -> BTreeSet<MemberId> {
        let Some((_, terms)) = self.group.terms_on(session.on) else { return BTreeSet::new() };
        let of_members = |role| terms.role(role).is_some_and(|it| it.holder == Holder::Member);
        session.roles().filter(|(_, role)| of_members(role)).map(|(member, _)| member).collect()
    }

    /// The entries that say that somebody does not belong on a day: when they joined and left, the terms,
    /// and who took such an entry back.
    fn belonging(&self, member: MemberId, day: NaiveDate) -> EventSet {
        let stays = self.group.roster();
        let stays = stays.stays().iter().filter(|stay| stay.member == member);
        let joined: EventSet = stays.map(|stay| stay.joined).collect();
        let ends = |fact: &GroupEvent| matches!(fact, GroupEvent::Left { cites, .. } if !cites.is_disjoint(&joined));
        let left = self.group.facts().filter(|(_, fact)| ends(fact)).map(|(id, _)| id).collect();
        let voided = self.group.taken(|fact| matches!(fact, GroupEvent::Joined { .. }));
        let voided = all([voided, self.taken_back()]);
        all([joined, left, voided, self.group.terms_events(day)])
    }

    /// Neighboring sessions that were held too near each other, or too far apart.
    fn off_rhythm(&self) -> Found {
        let skipped = self.skipped();
        let mut met: BTreeMap<NaiveDate, (u16, EventSet)> = BTreeMap::new();
        for session in self.sessions.values() {
            let number = session.planned().map_or(0, |planned| planned.number);
            for (_, record) in session.records() {
                let (least, events) = met.entry(record.on).or_insert((number, EventSet::new()));
                *least = number.min(*least);
                events.extend(session.makers());
            }
        }
        let pairs = met.iter().zip(met.iter().skip(1));
        let off = pairs.filter(|((before, _), (after, (number, _)))| {
            let Some((_, terms)) = self.group.terms_on(**after) else { return false };
            let cadence = terms.get().cadence;
            *number <= cadence.sessions()
                && planning::follows(cadence, Some(**before), **after, &skipped).is_err()
        });
        off.map(|((_, (_, before)), (day, (_, after)))| {
            let terms = self.group.terms_events(*day);
            let events = all([before.clone(), after.clone(), terms, self.taken_back()]);
            (GroupBreach::OffRhythm, events)
        })
        .collect()
    }

    fn same_numbers(&self) -> Found {
        let mut by_number: BTreeMap<u16, Vec<EventSet>> = BTreeMap::new();
        for (session, number, _) in self.standing(None) {
            by_number.entry(number).or_default().push(session.makers());
        }
        let twice = by_number.into_values().filter(|sessions| sessions.len() > 1);
        let named = twice.map(|sessions| sessions.into_iter().flatten().collect());
        named.map(|events| (GroupBreach::SameNumber, events)).collect()
    }

    fn joined_late(&self, held: &[HeldSession<'_>]) -> Found {
        let mut found = Found::new();
        for stay in self.group.roster().stays() {
            let Some(Joining::UntilSession { session }) = self.group.joining_on(stay.from) else {
                continue;
            };
            let before: Vec<_> = held.iter().take(session.into()).collect();
            let full = before.len() == usize::from(session);
            if full && before.last().is_some_and(|door| door.on < stay.from) {
                let sessions = before.iter().flat_map(|session| session.makers()).collect();
                let terms = self.group.terms_events(stay.from);
                let events = all([[stay.joined].into(), sessions, terms, self.taken_back()]);
                found.push((GroupBreach::JoinedLate, events));
            }
        }
        found
    }

    /// The first session, where no ground rules had been agreed by its day (U-06).
    fn no_ground_rules(&self, held: &[HeldSession<'_>]) -> Found {
        let Some(first) = held.first() else { return Found::new() };
        let joining = self.group.joining_on(first.on);
        let nobody_is_asked = joining.is_none_or(|joining| joining == Joining::DropIn);
        if nobody_is_asked || self.group.agreement_on(first.on).is_some() {
            return Found::new();
        }
        let voided = self.group.taken(|fact| matches!(fact, GroupEvent::AgreementAdopted { .. }));
        let terms = self.group.terms_events(first.on);
        // Of several on the first day each makes it: which one came first may be told later.
        let that_day = held.iter().filter(|session| session.on == first.on);
        let makers: EventSet = that_day.flat_map(HeldSession::makers).collect();
        let events = all([makers, terms, voided, self.taken_back()]);
        vec![(GroupBreach::NoGroundRules, events)]
    }

    /// Sessions in which somebody stood in, as may happen once (U-04).
    fn substituted(&self, held: &[HeldSession<'_>]) -> Found {
        let stands_in = |session: &crate::Session| {
            session.planned().is_some_and(|planned| planned.substitute.is_some())
        };
        let lived = held.iter().filter(|session| stands_in(session.session));
        let mut found: Found =
            lived.map(|session| (GroupBreach::Substituted, session.makers())).collect();
        let standing = self.standing(None).filter(|(session, ..)| stands_in(session));
        let sessions: Vec<EventSet> = standing.map(|(session, ..)| session.makers()).collect();
        if sessions.len() > 1 {
            found.push((GroupBreach::SubstitutedTwice, sessions.into_iter().flatten().collect()));
        }
        found
    }

    /// Whoever took back an entry of any session.
    fn taken_back(&self) -> EventSet {
        self.sessions.values().flat_map(crate::Session::taken_back).collect::<BTreeSet<EventId>>()
    }
}

/// A day and the one before. On the day of a change both phases hold: the session may have come before it.
fn around(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    [Some(day), day.pred_opt()].into_iter().flatten()
}

//! What the members decided together, and whose voices count.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use commons::{EventId, EventSet, MemberId};

use super::{Decision, Group, GroupEvent, people};

/// One vote, as it was written down.
pub(super) struct Ballot<'a> {
    pub(super) event: EventId,
    pub(super) what: &'a Decision,
    pub(super) present: &'a BTreeSet<MemberId>,
    pub(super) agreed: &'a BTreeSet<MemberId>,
    pub(super) cites: &'a EventSet,
    pub(super) on: NaiveDate,
}

impl Ballot<'_> {
    /// Whether two say the same of the same people.
    pub(super) fn says_as(&self, other: &Self) -> bool {
        (self.present, self.agreed) == (other.present, other.agreed)
    }

    fn count(&self) -> (u16, u16) {
        (people(self.present.len()), people(self.agreed.len()))
    }
}

impl Group {
    /// What the group decided, with the days.
    pub fn decisions(&self) -> impl Iterator<Item = (EventId, &Decision, NaiveDate)> {
        self.ballots().map(|ballot| (ballot.event, ballot.what, ballot.on))
    }

    /// Records what the group decided, in place of any vote on the same question before. Never refused.
    #[must_use]
    pub fn decide(
        &self,
        what: Decision,
        present: BTreeSet<MemberId>,
        agreed: BTreeSet<MemberId>,
        on: NaiveDate,
    ) -> GroupEvent {
        let before = self.standing_votes(&what, NaiveDate::MAX);
        let cites = before.iter().map(|ballot| ballot.event).collect();
        GroupEvent::Decided { what, present, agreed, cites, on }
    }

    /// How a vote went: members present, members who agreed.
    ///
    /// Nothing where it was not taken, where somebody voted who was no member that day, or where
    /// two votes stand that say otherwise: the group is asked again.
    #[must_use]
    pub fn vote(&self, asked: &Decision) -> Option<(u16, u16)> {
        self.vote_by(asked, NaiveDate::MAX)
    }

    /// How a vote stood on a day.
    fn vote_by(&self, asked: &Decision, day: NaiveDate) -> Option<(u16, u16)> {
        let standing = self.standing_votes(asked, day);
        let first = standing.first()?;
        let clear = standing.iter().all(|ballot| ballot.says_as(first) && self.is_valid(ballot));
        clear.then(|| first.count())
    }

    /// Whether everybody present said yes to something by a day.
    pub(super) fn all_agreed(&self, asked: &Decision, day: NaiveDate) -> bool {
        self.vote_by(asked, day).is_some_and(|(present, agreed)| agreed == present)
    }

    /// Whether only members of the day were asked, at least one, and only those who were there answered.
    pub(super) fn is_valid(&self, ballot: &Ballot<'_>) -> bool {
        let roster = self.roster();
        let belonged = |member: &MemberId| roster.belonged(*member, ballot.on);
        !ballot.present.is_empty()
            && ballot.present.iter().all(belonged)
            && ballot.agreed.is_subset(ballot.present)
    }

    /// Every vote that was written down.
    pub(super) fn ballots(&self) -> impl Iterator<Item = Ballot<'_>> {
        self.facts.live().filter_map(|(event, fact)| {
            let GroupEvent::Decided { what, present, agreed, cites, on } = fact else {
                return None;
            };
            Some(Ballot { event, what, present, agreed, cites, on: *on })
        })
    }

    /// The votes on a question that no later one had taken the place of by a day.
    pub(super) fn standing_votes(&self, asked: &Decision, day: NaiveDate) -> Vec<Ballot<'_>> {
        let taken = || self.ballots().filter(|ballot| ballot.what == asked && ballot.on <= day);
        let replaced: EventSet = taken().flat_map(|ballot| ballot.cites.iter().copied()).collect();
        taken().filter(|ballot| !replaced.contains(&ballot.event)).collect()
    }

    /// Whether those present welcomed a person, all of them, for a stay that begins that day.
    ///
    /// The word is theirs alone: the person is not among them, and it counts for one stay. Who left
    /// since, or came back on it before, asks again (HC-09).
    pub(super) fn consents(
        &self,
        decision: Option<EventId>,
        newcomer: MemberId,
        on: NaiveDate,
        joining: Option<EventId>,
    ) -> bool {
        let asked = Decision::Refill { member: newcomer };
        let standing = self.standing_votes(&asked, on);
        let Some(word) = standing.iter().find(|ballot| Some(ballot.event) == decision) else {
            return false;
        };
        let roster = self.roster();
        let mut others = roster
            .stays()
            .iter()
            .filter(|stay| stay.member == newcomer && Some(stay.joined) != joining)
            .filter(|stay| stay.from <= on);
        !word.present.contains(&newcomer)
            && self.all_agreed(&asked, on)
            && others.all(|stay| stay.until.is_some_and(|until| until <= word.on))
    }
}

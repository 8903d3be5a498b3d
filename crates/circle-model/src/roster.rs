//! Who belongs to a unit, and from when to when. Shared by groups, cases and places.

use chrono::NaiveDate;
use commons::{EventId, EventSet, MemberId};

/// One stay of one person: from a joining to the leaving that names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stay {
    /// The day it began.
    pub from: NaiveDate,
    /// The event that began it.
    pub joined: EventId,
    /// Who stays.
    pub member: MemberId,
    /// The day it ended, if it did. The seat is free again on that day; coming on it still counts.
    pub until: Option<NaiveDate>,
}

impl Stay {
    /// Whether the seat is taken on a day.
    #[must_use]
    pub fn seated_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether the person belonged here on a day, the last one included.
    #[must_use]
    pub fn belonged_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    fn overlaps(&self, later: &Self) -> bool {
        self.until.is_none_or(|until| later.from < until)
    }
}

/// Dated memberships, made from joinings and from the leavings that name them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    // Invariant: sorted by first day, then by event.
    stays: Vec<Stay>,
}

impl Roster {
    /// The roster that these joinings and leavings make, in any order.
    ///
    /// A stay ends on the earliest day of the leavings that name its joining.
    pub fn new<'a>(
        joinings: impl Iterator<Item = (EventId, MemberId, NaiveDate)>,
        leavings: impl Iterator<Item = (&'a EventSet, NaiveDate)> + Clone,
    ) -> Self {
        let ended = |joined: EventId| {
            leavings.clone().filter(|(cites, _)| cites.contains(&joined)).map(|(_, on)| on).min()
        };
        let mut stays: Vec<Stay> = joinings
            .map(|(joined, member, from)| Stay { from, joined, member, until: ended(joined) })
            .collect();
        stays.sort();
        Self { stays }
    }

    /// Every stay, the earliest first.
    #[must_use]
    pub fn stays(&self) -> &[Stay] {
        &self.stays
    }

    /// The stays that take a seat on a day.
    pub fn seated(&self, day: NaiveDate) -> impl Iterator<Item = &Stay> + Clone {
        self.stays.iter().filter(move |stay| stay.seated_on(day))
    }

    /// How many seats are taken on a day.
    #[must_use]
    pub fn count(&self, day: NaiveDate) -> u16 {
        u16::try_from(self.seated(day).count()).unwrap_or(u16::MAX)
    }

    /// Whether somebody belonged here on a day, the last of a stay included.
    #[must_use]
    pub fn belonged(&self, member: MemberId, day: NaiveDate) -> bool {
        self.stays.iter().any(|stay| stay.member == member && stay.belonged_on(day))
    }

    /// The joinings of a person that no leaving has ended.
    #[must_use]
    pub fn open_joinings(&self, member: MemberId) -> EventSet {
        let open = self.stays.iter().filter(|stay| stay.member == member && stay.until.is_none());
        open.map(|stay| stay.joined).collect()
    }

    /// For each day on which more seats are taken than `most` allows: the day, and the joinings that take them.
    ///
    /// Seats fill up only on days on which somebody joins, and run short on days on which `most`
    /// becomes smaller; those come in as `changes`.
    pub fn over_full(
        &self,
        most: impl Fn(NaiveDate) -> u16,
        changes: &[NaiveDate],
    ) -> Vec<(NaiveDate, EventSet)> {
        let comes = self.stays.iter().filter(|stay| stay.seated_on(stay.from));
        let days = comes.map(|stay| stay.from).chain(changes.iter().copied());
        let crowded = days.filter(|day| self.count(*day) > most(*day));
        crowded.map(|day| (day, self.seated(day).map(|stay| stay.joined).collect())).collect()
    }

    /// Pairs of joinings by which one person stays twice at a time.
    #[must_use]
    pub fn doubled(&self) -> Vec<EventSet> {
        let mut pairs = Vec::new();
        for (index, first) in self.stays.iter().enumerate() {
            let later = self.stays.iter().skip(index + 1);
            for second in later.filter(|stay| stay.member == first.member) {
                if first.overlaps(second) {
                    pairs.push(EventSet::from([first.joined, second.joined]));
                }
            }
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, n).unwrap()
    }

    fn roster(joins: &[(u128, u128, u32)], leaves: &[(u128, u32)]) -> Roster {
        let leaves: Vec<_> = leaves
            .iter()
            .map(|(join, on)| (EventSet::from([EventId::number(*join)]), day(*on)))
            .collect();
        Roster::new(
            joins.iter().map(|(id, member, on)| {
                (EventId::number(*id), MemberId::number(*member), day(*on))
            }),
            leaves.iter().map(|(cites, on)| (cites, *on)),
        )
    }

    #[test]
    fn a_seat_is_free_on_the_day_its_holder_leaves_and_coming_that_day_still_counts() {
        let roster = roster(&[(1, 1, 1), (2, 2, 9)], &[(1, 9)]);
        assert_eq!(roster.count(day(8)), 1);
        assert_eq!(roster.count(day(9)), 1, "one left, one came");
        assert!(roster.belonged(MemberId::number(1), day(9)));
        assert!(!roster.belonged(MemberId::number(1), day(10)));
        assert!(roster.over_full(|_| 1, &[]).is_empty());
    }

    #[test]
    fn the_earliest_leaving_ends_a_stay() {
        let roster = roster(&[(1, 1, 1)], &[(1, 9), (1, 5), (7, 2)]);
        assert_eq!(roster.stays()[0].until, Some(day(5)));
    }

    #[test]
    fn one_person_cannot_stay_twice_at_a_time() {
        assert_eq!(roster(&[(1, 1, 1), (2, 1, 5)], &[]).doubled().len(), 1);
        assert!(roster(&[(1, 1, 1), (2, 1, 5)], &[(1, 5)]).doubled().is_empty(), "came back");
        assert!(roster(&[(1, 1, 1), (2, 2, 1)], &[]).doubled().is_empty());
    }
}

//! The same figures by area, by arm, by any group of people.

use super::course::told_shares;
use super::scale::AskedScale;
use super::{Asked, Breakdown, BreakdownRow};
use crate::suppression::{Alike, suppress_row};

impl Asked<'_> {
    pub(super) fn breakdowns(&self, scales: &[AskedScale<'_>]) -> Vec<Breakdown> {
        self.plan.breakdowns.iter().map(|by| self.breakdown(by, scales)).collect()
    }

    fn breakdown(&self, by: &commons::Code, scales: &[AskedScale<'_>]) -> Breakdown {
        let grouping = self.cohort.grouping(by);
        let mut groups: Vec<_> =
            grouping.map(|it| it.groups.iter().zip(0_usize..).collect()).unwrap_or_default();
        groups.sort();
        // Those in no group are a row as well: the total would tell them.
        let known = groups.len();
        let mut rank = vec![known; known];
        for (place, (_, group)) in groups.iter().enumerate() {
            if let Some(slot) = rank.get_mut(*group) {
                *slot = place;
            }
        }
        let group_of = |person: crate::Person<'_>| {
            let group = grouping.and_then(|it| it.get(person.place));
            group.and_then(|group| rank.get(group).copied()).unwrap_or(known)
        };
        let mut sizes = vec![0_u64; known + 1];
        let mut seats = vec![(0_u64, 0_u64); known + 1];
        for person in self.cohort.each() {
            let place = group_of(person);
            let (marks, came) = person.marks();
            if let Some((size, seats)) = sizes.get_mut(place).zip(seats.get_mut(place)) {
                *size += 1;
                *seats = (seats.0 + came, seats.1 + marks);
            }
        }
        let people = suppress_row(&sizes, self.floor(), Alike::Shown);
        let parts: Vec<_> = sizes
            .iter()
            .zip(&seats)
            .map(|(people, (came, marks))| (*people, *came, *marks))
            .collect();
        let shares = told_shares(&parts, self.floor());
        let by_group = |person: crate::Person<'_>| Some(group_of(person));
        let columns: Vec<_> = scales.iter().map(|scale| scale.by_part(&sizes, by_group)).collect();
        let codes = groups.into_iter().map(|(code, _)| Some(code.clone())).chain([None]);
        let rows = codes.zip(people).zip(shares).enumerate();
        let rows = rows.filter(|(place, _)| sizes.get(*place) > Some(&0));
        let rows = rows.map(|(place, ((group, people), share))| {
            let is_told = people.shown().is_some();
            let changes = columns.iter().filter_map(|column| column.row(place));
            BreakdownRow {
                group,
                people,
                attendance: share.filter(|_| is_told),
                changes: changes.filter(|_| is_told).collect(),
            }
        });
        Breakdown { by: by.clone(), rows: rows.collect() }
    }
}

//! Groups of people that a report may tell apart: an area, an arm, an age group.

use std::collections::BTreeMap;

use commons::Code;

use super::{CohortError, GroupIx};

/// One way of telling people apart; each is in one group of it, or in none.
#[derive(Debug, Clone)]
pub(crate) struct Grouping {
    pub(crate) by: Code,
    pub(crate) groups: Vec<Code>,
    numbers: BTreeMap<Code, u16>,
    // 0: in no group; else its number among the groups, from 1.
    places: Vec<u16>,
}

impl Grouping {
    pub(super) const fn new(by: Code) -> Self {
        Self { by, groups: Vec::new(), numbers: BTreeMap::new(), places: Vec::new() }
    }

    pub(super) fn group(&mut self, grouping: u16, group: &Code) -> Result<GroupIx, CohortError> {
        let most = u16::MAX;
        let next = u16::try_from(self.groups.len() + 1);
        let number = match self.numbers.get(group) {
            Some(number) => *number,
            None => {
                let next = next.map_err(|_| CohortError::Full { most: u32::from(most) })?;
                self.groups.push(group.clone());
                self.numbers.insert(group.clone(), next);
                next
            }
        };
        Ok(GroupIx { grouping, group: number })
    }

    pub(super) fn put(&mut self, person: usize, people: usize, group: u16) {
        if self.places.len() <= person {
            self.places.resize(people.max(person + 1), 0);
        }
        if let Some(place) = self.places.get_mut(person) {
            *place = group;
        }
    }

    /// The number of a person's group among all, from 0.
    pub(crate) fn get(&self, person: usize) -> Option<usize> {
        usize::from(*self.places.get(person)?).checked_sub(1)
    }

    /// How many people each group has.
    pub(crate) fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.groups.len()];
        for place in &self.places {
            let place = usize::from(*place).checked_sub(1);
            if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                *count += 1;
            }
        }
        counts
    }
}

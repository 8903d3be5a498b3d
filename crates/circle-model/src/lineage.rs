//! Which circle grew out of which.

use std::collections::{BTreeMap, BTreeSet};

use commons::{Breach, EventId, EventSet, UnitId};

use crate::Group;

/// The family of a program's groups: each grew out of one other, or out of none.
///
/// A new group has a new id, so no plan can make it its own ancestor; two copies that are merged can.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    parents: BTreeMap<UnitId, (UnitId, EventId)>,
}

/// The one thing that can be wrong with a lineage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnAncestor;

impl Lineage {
    /// The lineage of these groups.
    #[must_use]
    pub fn of<'a>(groups: impl IntoIterator<Item = &'a Group>) -> Self {
        let parents = groups.into_iter().filter_map(|group| {
            let (event, grew) = group.grew_from()?;
            Some((group.unit()?, (grew.parent, event)))
        });
        Self { parents: parents.collect() }
    }

    /// The groups that grew out of this one, and nothing further.
    pub fn children(&self, unit: UnitId) -> impl Iterator<Item = UnitId> {
        self.parents.iter().filter(move |(_, (parent, _))| *parent == unit).map(|(child, _)| *child)
    }

    /// The groups from this one's parent back to the first. Stops where it would go in a circle.
    #[must_use]
    pub fn ancestors(&self, unit: UnitId) -> Vec<UnitId> {
        let mut line = Vec::new();
        let mut now = unit;
        while let Some((parent, _)) = self.parents.get(&now) {
            if line.contains(parent) || *parent == unit {
                break;
            }
            line.push(*parent);
            now = *parent;
        }
        line
    }

    /// How many generations the longest line has, the first group's among them; 0 where no group grew
    /// out of another.
    #[must_use]
    pub fn generations(&self) -> usize {
        self.parents.keys().map(|unit| self.ancestors(*unit).len() + 1).max().unwrap_or(0)
    }

    /// The circles in the lineage, each named by the formings that make it. A merge can bring one about.
    #[must_use]
    pub fn breaches(&self) -> BTreeSet<Breach<OwnAncestor>> {
        self.parents
            .keys()
            .filter_map(|unit| self.circle_through(*unit))
            .map(|events| Breach { kind: OwnAncestor, events })
            .collect()
    }

    /// The formings on the way from a group back to itself, where there is one.
    fn circle_through(&self, unit: UnitId) -> Option<EventSet> {
        let mut events = EventSet::new();
        let mut now = unit;
        loop {
            let (parent, event) = self.parents.get(&now)?;
            if !events.insert(*event) {
                return None;
            }
            if *parent == unit {
                return Some(events);
            }
            now = *parent;
        }
    }
}

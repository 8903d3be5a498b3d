//! What is wrong with a state, named by the events that make it so.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::EventId;

/// A set of events.
pub type EventSet = BTreeSet<EventId>;

/// One thing that is wrong: its kind, and the events that together make it.
///
/// Nothing else is part of its identity. A day or a count that shifts when a late event arrives
/// would reopen what a person had settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Breach<K> {
    /// What kind of thing is wrong.
    pub kind: K,
    /// The events that make it. Taking any of them away would mend it or make it another.
    pub events: EventSet,
}

impl<K> Breach<K> {
    /// A breach of a kind, made by these events.
    pub fn new(kind: K, events: impl IntoIterator<Item = EventId>) -> Self {
        Self { kind, events: events.into_iter().collect() }
    }
}

impl<K: PartialEq> Breach<K> {
    /// Whether settling this one settles `other` too: same kind, and no event that is not named here.
    pub fn covers(&self, other: &Self) -> bool {
        self.kind == other.kind && other.events.is_subset(&self.events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settlement_covers_what_it_names_and_no_more() {
        let breach = |ids: &[u128]| Breach::new("full", ids.iter().map(|n| EventId::number(*n)));
        assert!(breach(&[1, 2, 3]).covers(&breach(&[1, 3])));
        assert!(!breach(&[1, 2]).covers(&breach(&[1, 2, 3])));
        assert!(!Breach::new("other", [EventId::number(1)]).covers(&breach(&[1])));
    }
}

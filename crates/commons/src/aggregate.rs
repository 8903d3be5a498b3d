//! A thing with a history: the sum of its facts, in any order.

use std::collections::BTreeSet;

use crate::{Breach, EventId};

/// What an event is to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A plan or a permission: refused when it would break a rule.
    Plan,
    /// Something that happened: never refused; what is wrong with it is shown.
    Record,
}

/// An event of an aggregate: past tense, dated in itself, kept for good.
pub trait Fact: Clone {
    /// The kinds of breach its aggregate knows.
    type Kind: Copy + Ord;

    /// Whether it is a plan or a record.
    fn standing(&self) -> Standing;

    /// What it mends, if it takes back an entry or settles a breach.
    fn mends(&self) -> Option<Mend<'_, Self::Kind>>;
}

/// The two ways in which a person mends a history without rewriting it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend<'a, K> {
    /// That event was entered by mistake and counts no longer.
    Voids(EventId),
    /// That breach was looked at and accepted; it reopens only when another event joins it.
    Settles(&'a Breach<K>),
}

/// A thing with a history.
///
/// The state is a function of the *set* of events taken in: `apply` never refuses, and any
/// order gives the same state. What is wrong is asked with [`breaches`](Self::breaches).
pub trait Aggregate: Default + Clone {
    /// What can happen to it.
    type Event: Fact<Kind = Self::Kind>;
    /// The kinds of breach it knows.
    type Kind: Copy + Ord;

    /// Takes a fact in. Total, and the same in any order.
    fn apply(&mut self, id: EventId, event: &Self::Event);

    /// Everything that is wrong with the state, settled or not.
    fn breaches(&self) -> BTreeSet<Breach<Self::Kind>>;

    /// The breaches that people have settled.
    fn settled(&self) -> BTreeSet<Breach<Self::Kind>>;

    /// What is wrong and not yet settled.
    fn open_breaches(&self) -> BTreeSet<Breach<Self::Kind>> {
        let settled = self.settled();
        let mut open = self.breaches();
        open.retain(|breach| !settled.iter().any(|settlement| settlement.covers(breach)));
        open
    }

    /// Whether an event would add a breach that was not there before.
    ///
    /// # Errors
    ///
    /// The breaches that it would add.
    fn check(&self, id: EventId, event: &Self::Event) -> Result<(), BTreeSet<Breach<Self::Kind>>> {
        let mut after = self.clone();
        after.apply(id, event);
        let before = self.breaches();
        let mut added = after.breaches();
        added.retain(|breach| !before.iter().any(|known| known.covers(breach)));
        if added.is_empty() { Ok(()) } else { Err(added) }
    }

    /// The state that a history makes.
    fn replay<'a>(history: impl IntoIterator<Item = (EventId, &'a Self::Event)>) -> Self
    where
        Self::Event: 'a,
    {
        let mut state = Self::default();
        for (id, event) in history {
            state.apply(id, event);
        }
        state
    }
}

//! The facts of one aggregate, by event id.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Breach, EventId, EventSet, Fact, Mend};

/// A set of facts, of which some were taken back.
///
/// This is all the state most aggregates need: a map by event id has no order of arrival, so
/// whatever is derived from it has none either. Facts carry their own dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts<E> {
    all: BTreeMap<EventId, E>,
    voided: EventSet,
}

impl<E> Default for Facts<E> {
    fn default() -> Self {
        Self { all: BTreeMap::new(), voided: EventSet::new() }
    }
}

impl<E: Fact> Facts<E> {
    /// Takes a fact in. The same one again changes nothing.
    pub fn take(&mut self, id: EventId, fact: &E) {
        if let Some(Mend::Voids(mistake)) = fact.mends() {
            self.voided.insert(mistake);
        }
        self.all.entry(id).or_insert_with(|| fact.clone());
    }

    /// The facts that count: all but those entered by mistake, in the order of their ids.
    pub fn live(&self) -> impl Iterator<Item = (EventId, &E)> + Clone {
        self.all.iter().filter(|(id, _)| !self.voided.contains(id)).map(|(id, fact)| (*id, fact))
    }

    /// One fact, where it counts.
    #[must_use]
    pub fn get(&self, id: EventId) -> Option<&E> {
        if self.voided.contains(&id) { None } else { self.all.get(&id) }
    }

    /// Whether a fact is here, counted or taken back.
    #[must_use]
    pub fn knows(&self, id: EventId) -> bool {
        self.all.contains_key(&id)
    }

    /// How many facts there are, counted or taken back.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether nothing has happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The breaches that people have settled.
    #[must_use]
    pub fn settled(&self) -> BTreeSet<Breach<E::Kind>> {
        self.live()
            .filter_map(|(_, fact)| match fact.mends() {
                Some(Mend::Settles(breach)) => Some(breach.clone()),
                Some(Mend::Voids(_)) | None => None,
            })
            .collect()
    }
}

//! The facts of one aggregate, by event id.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Breach, EventId, EventSet, Fact, Mend};

/// A set of facts, of which some were taken back.
///
/// This is all the state most aggregates need: a map by event id has no order of arrival, so
/// whatever is derived from it has none either. Facts carry their own dates.
///
/// A taking back stands. Voiding it changes nothing: whoever took back the right entry enters it
/// again. So two devices that void each other's voids come to the same state as all others.
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

    /// Every fact, those taken back included. A duty that one opened does not vanish with it.
    pub fn ever(&self) -> impl Iterator<Item = (EventId, &E)> + Clone {
        self.all.iter().map(|(id, fact)| (*id, fact))
    }

    /// The entries that took back a fact of that sort, or one that is not known yet.
    ///
    /// What is wrong because something is missing is also made by whoever took it away, so these
    /// are named in such a breach: settled before, it opens again.
    pub fn takings_back(&self, sort: impl Fn(&E) -> bool) -> EventSet {
        let taken = |fact: &E| {
            let Some(Mend::Voids(entry)) = fact.mends() else { return false };
            self.all.get(&entry).is_none_or(&sort)
        };
        if self.voided.is_empty() {
            return EventSet::new();
        }
        self.all.iter().filter(|(_, fact)| taken(fact)).map(|(id, _)| *id).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Standing;

    #[derive(Debug, Clone, PartialEq)]
    enum Entry {
        Said(u8),
        Voided(u128),
    }

    impl Fact for Entry {
        type Kind = ();
        fn standing(&self) -> Standing {
            Standing::Record
        }
        fn mends(&self) -> Option<Mend<'_, ()>> {
            match self {
                Self::Said(_) => None,
                Self::Voided(entry) => Some(Mend::Voids(EventId::number(*entry))),
            }
        }
    }

    fn facts(order: &[u128]) -> Facts<Entry> {
        let entries = [Entry::Said(1), Entry::Voided(1), Entry::Voided(2)];
        let mut facts = Facts::default();
        for n in order {
            let place = usize::try_from(n - 1).unwrap();
            facts.take(EventId::number(*n), &entries[place]);
        }
        facts
    }

    #[test]
    fn a_taking_back_stands_even_when_somebody_takes_it_back() {
        assert_eq!(facts(&[1]).live().count(), 1);
        assert!(facts(&[1, 2]).get(EventId::number(1)).is_none());
        for order in [[1, 2, 3], [3, 2, 1], [2, 3, 1]] {
            assert!(facts(&order).get(EventId::number(1)).is_none(), "{order:?}");
        }
    }

    #[test]
    fn who_took_something_away_is_known() {
        let said = |entry: &Entry| matches!(entry, Entry::Said(_));
        assert!(facts(&[1]).takings_back(said).is_empty());
        assert_eq!(facts(&[1, 2]).takings_back(said), [EventId::number(2)].into());
        assert!(facts(&[1, 2]).takings_back(|_| false).is_empty());
        assert_eq!(facts(&[2]).takings_back(|_| false).len(), 1, "of what is not known yet");
    }
}

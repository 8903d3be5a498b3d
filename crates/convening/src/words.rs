//! The words of lists, and the numbers that stand for them.

use std::collections::{BTreeMap, BTreeSet};

use circle_formation::{
    Aspect, Facilitator, Kind, Language, Languages, Need, Needs, Person, Place, Slot, Spot, Topic,
    Topics,
};
use circlekeeper::Wishes;
use commons::Code;

use crate::{
    Entrant, FormingRules, Leader, List, ListFault, ListFaultKind, ListFaults,
    teams::{self, Alone},
    times::Times,
};

/// What numbers stand for.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) times: Times,
    // By what they are compared, in rising order, and as they are written.
    pub(crate) places: Vec<(String, Option<String>)>,
    pub(crate) languages: Vec<Code>,
    pub(crate) topics: Vec<Code>,
    pub(crate) needs: Vec<Code>,
    pub(crate) kinds: [Vec<Code>; 4],
}

impl Words {
    pub(crate) fn of(
        entrants: &[Entrant],
        leaders: &[Leader],
        rules: &FormingRules,
        faults: &mut ListFaults,
    ) -> Self {
        let everybody = || {
            let entrants = entrants.iter().map(|entrant| &entrant.wishes);
            entrants.chain(leaders.iter().map(|leader| &leader.wishes))
        };
        let times = match Times::of(leaders, entrants, rules.minutes()) {
            Ok(times) => times,
            Err(found) => {
                let limit = usize::from(Slot::LIMIT);
                let kind = ListFaultKind::TooManyTimes { found, limit };
                faults.push(ListFault::of_list(List::Facilitators, kind));
                Times::none(rules.minutes())
            }
        };
        if times.is_empty() && faults.is_empty() {
            faults.push(ListFault::of_list(List::Facilitators, ListFaultKind::NoTimes));
        }
        let mut few =
            |words: BTreeSet<&Code>, limit: u8, kind: fn(usize, usize) -> ListFaultKind| {
                let limit = usize::from(limit);
                if words.len() > limit {
                    faults.push(ListFault::of_all(kind(words.len(), limit)));
                }
                words.into_iter().take(limit).cloned().collect::<Vec<_>>()
            };
        let languages = few(
            everybody().flat_map(|wishes| &wishes.languages).collect(),
            Language::LIMIT,
            |found, limit| ListFaultKind::TooManyLanguages { found, limit },
        );
        let topics = few(
            everybody().flat_map(|wishes| &wishes.topics).collect(),
            Topic::LIMIT,
            |found, limit| ListFaultKind::TooManyTopics { found, limit },
        );
        let needs = few(
            everybody().flat_map(|wishes| &wishes.needs).collect(),
            Need::LIMIT,
            |found, limit| ListFaultKind::TooManyNeeds { found, limit },
        );
        let kinds = Aspect::ALL.map(|aspect| {
            let Some(word) = rules.word(aspect) else { return Vec::new() };
            let kinds: BTreeSet<&Code> =
                entrants.iter().filter_map(|entrant| entrant.kind(aspect, word)).collect();
            let limit = usize::from(Kind::LIMIT);
            if kinds.len() > limit {
                let (aspect, found) = (word.clone(), kinds.len());
                let kind = ListFaultKind::TooManyKinds { aspect, found, limit };
                faults.push(ListFault::of_list(List::People, kind));
            }
            kinds.into_iter().take(limit).cloned().collect()
        });
        Self { times, places: places(everybody()), languages, topics, needs, kinds }
    }
}

impl Words {
    pub(crate) fn person(&self, entrant: &Entrant, rules: &FormingRules) -> Person {
        let wishes = &entrant.wishes;
        let languages = self.languages(&wishes.languages);
        let person =
            Person::new(self.place(&wishes.place), languages, self.times.free(&wishes.times))
                .wishing(self.topics(&wishes.topics))
                .needing(self.needs(&wishes.needs))
                .in_company(wishes.company);
        Aspect::ALL.into_iter().zip(&self.kinds).fold(person, |person, (aspect, kinds)| {
            let word = rules.word(aspect).and_then(|word| entrant.kind(aspect, word));
            let kind = word.and_then(|word| Kind::new(number(kinds, word)?).ok());
            kind.map_or(person.clone(), |kind| person.being(aspect, kind))
        })
    }

    /// Somebody who leads, and what they can do alone.
    pub(crate) fn alone<'l>(&self, leader: &'l Leader) -> Alone<'l> {
        let wishes = &leader.wishes;
        let slots = self.times.free(&wishes.times);
        let slots = self.times.without(slots, &leader.busy);
        let (place, languages) = (self.place(&wishes.place), self.languages(&wishes.languages));
        let can = Facilitator::new(place, languages, slots)
            .knowing(self.topics(&wishes.topics))
            .meeting(self.needs(&wishes.needs))
            .being(leader.readiness)
            .leading(wishes.circles.unwrap_or(1));
        Alone { leader, can }
    }

    /// What a team can do, with the times at which it can lead so many circles, which suit those who are free.
    pub(crate) fn together(
        &self,
        team: &[&Alone<'_>],
        demand: &BTreeMap<Slot, u64>,
    ) -> Option<Facilitator> {
        teams::together(team, |slots| self.times.apart(slots, demand))
    }

    fn place(&self, name: &Option<String>) -> Place {
        let plain = name.as_deref().map(plain).unwrap_or_default();
        let found = self.places.binary_search_by(|(other, _)| other.cmp(&plain));
        // Invariant: the place of everybody is among them.
        Place(u32::try_from(found.unwrap_or_default()).unwrap_or_default())
    }

    fn languages(&self, words: &BTreeSet<Code>) -> Languages {
        let numbers = words.iter().filter_map(|word| number(&self.languages, word));
        numbers.filter_map(|n| Language::new(n).ok()).collect()
    }

    fn topics(&self, words: &BTreeSet<Code>) -> Topics {
        let numbers = words.iter().filter_map(|word| number(&self.topics, word));
        numbers.filter_map(|n| Topic::new(n).ok()).collect()
    }

    fn needs(&self, words: &BTreeSet<Code>) -> Needs {
        let numbers = words.iter().filter_map(|word| number(&self.needs, word));
        numbers.filter_map(|n| Need::new(n).ok()).collect()
    }
}

/// Each place once, by what it is compared by, written as its first in the alphabet is.
fn places<'a>(everybody: impl Iterator<Item = &'a Wishes>) -> Vec<(String, Option<String>)> {
    let mut places: BTreeMap<String, Option<String>> = BTreeMap::new();
    for name in everybody.map(|wishes| wishes.place.as_deref().unwrap_or_default().trim()) {
        let written = (!name.is_empty()).then(|| name.to_owned());
        let known = places.entry(plain(name)).or_insert_with(|| written.clone());
        if written < *known {
            *known = written;
        }
    }
    places.into_iter().collect()
}

/// A place without the differences that do not count.
fn plain(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The number of a word among words in rising order.
pub(crate) fn number(words: &[Code], word: &Code) -> Option<u8> {
    u8::try_from(words.binary_search(word).ok()?).ok()
}

pub(crate) const fn index(aspect: Aspect) -> usize {
    match aspect {
        Aspect::Sex => 0,
        Aspect::First => 1,
        Aspect::Second => 2,
        Aspect::Third => 3,
    }
}

pub(crate) fn spot(spot: Option<(i32, i32)>) -> Result<Option<Spot>, ListFaultKind> {
    let limit = Spot::LIMIT.unsigned_abs();
    let spot = spot.map(|(x, y)| Spot::new(x, y)).transpose();
    spot.map_err(|_| ListFaultKind::OffTheMap { limit })
}

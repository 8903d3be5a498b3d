//! People who may stand in the files twice.

use std::collections::{BTreeMap, BTreeSet};

use interchange::{are_alike, plain_name};

use crate::names::Names;
use crate::plan::Plan;
use crate::told::{Alike, Doubtful, Told};

/// The most pairs that are listed: our own figure.
const MOST: usize = 1_000;

/// Names by which people are compared, of each the place of their code and of their unit.
#[derive(Default)]
pub(super) struct Doubts {
    people: Vec<(String, usize, u32)>,
}

impl Doubts {
    pub(super) fn note(&mut self, name: &str, place: usize, unit: u32) {
        let name = plain_name(name);
        if !name.is_empty() {
            self.people.push((name, place, unit));
        }
    }

    /// Whether whoever was noted at a place is called quite otherwise: by no word of the same name. Forms are filled in
    /// by many hands.
    pub(super) fn is_other_name(&self, place: usize, name: &str) -> bool {
        // Places were noted as they grew.
        let known = self.people.binary_search_by_key(&place, |(_, place, _)| *place);
        let Some((known, ..)) = known.ok().and_then(|at| self.people.get(at)) else { return false };
        let plain = plain_name(name);
        let shared = |word: &str| 3 <= word.chars().count() && known.contains(&plain_name(word));
        !plain.is_empty() && !are_alike(known, &plain) && !name.split_whitespace().any(shared)
    }

    /// Tells whose names are the same, and whose are nearly the same in one unit, but for those
    /// about whom the plan has decided.
    pub(super) fn tell(mut self, plan: &Plan, codes: &Names, told: &mut Told) {
        let decided: BTreeSet<&Vec<String>> =
            plan.different.iter().map(|decision| &decision.people).collect();
        let is_decided = |pair: &[String; 2]| {
            decided.iter().any(|people| pair.iter().all(|code| people.contains(code)))
        };
        let mut pairs = BTreeSet::new();
        let mut add = |one: usize, other: usize, by| {
            let mut people = [codes.text(one).to_owned(), codes.text(other).to_owned()];
            people.sort();
            if !is_decided(&people) {
                pairs.insert(Doubtful { people, by });
            }
        };
        self.people.sort();
        for same in self.people.chunk_by(|one, other| one.0 == other.0) {
            for pair in same.windows(2) {
                if let [one, other] = pair {
                    add(one.1, other.1, Alike::SameName);
                }
            }
        }
        let mut units: BTreeMap<u32, Vec<&(String, usize, u32)>> = BTreeMap::new();
        for person in &self.people {
            units.entry(person.2).or_default().push(person);
        }
        for people in units.values().filter(|people| people.len() <= MOST) {
            for (place, one) in people.iter().enumerate() {
                for other in people.iter().skip(place + 1) {
                    if one.0 != other.0 && are_alike(&one.0, &other.0) {
                        add(one.1, other.1, Alike::LikeName);
                    }
                }
            }
        }
        told.doubtful_pairs = u64::try_from(pairs.len()).unwrap_or(u64::MAX);
        told.doubtful = pairs.into_iter().take(MOST).collect();
    }
}

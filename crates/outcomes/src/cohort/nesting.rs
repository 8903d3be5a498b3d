//! Which groups of people lie within which: villages in districts.

use std::collections::BTreeMap;

use commons::Code;

use super::Cohort;

/// For each group by a grouping, and each other grouping, the one group in which all its people are.
///
/// It is seen by who is in the groups, and not by what they are called. For whoever reads several reports it is
/// known anyhow: a village lies where it lies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Nesting {
    // By grouping and group, by the other grouping; nothing where they are in several, or some in none.
    within: BTreeMap<(Code, Code), BTreeMap<Code, Option<Code>>>,
}

impl Nesting {
    /// The one group by another grouping in which everybody in a group is.
    #[must_use]
    pub fn of(&self, (by, group): (&Code, &Code), other: &Code) -> Option<&Code> {
        self.within.get(&(by.clone(), group.clone()))?.get(other)?.as_ref()
    }

    /// Takes in what is seen of other people, or of some of the same: what they contradict no longer holds.
    pub fn merge(&mut self, other: Self) {
        for (group, within) in other.within {
            let known = self.within.entry(group).or_default();
            for (by, of) in within {
                let known = known.entry(by).or_insert_with(|| of.clone());
                if *known != of {
                    *known = None;
                }
            }
        }
    }
}

impl Cohort {
    /// Which groups lie within which.
    #[must_use]
    pub fn nesting(&self) -> Nesting {
        let mut nesting = Nesting::default();
        for inner in &self.groupings {
            for outer in self.groupings.iter().filter(|outer| outer.by != inner.by) {
                // By group: nothing yet, or in which group all so far are, if in one.
                let mut within: Vec<Option<Option<usize>>> = vec![None; inner.groups.len()];
                for person in 0..self.people() {
                    let Some(group) = inner.get(person) else { continue };
                    let of = outer.get(person);
                    match within.get_mut(group) {
                        Some(slot @ None) => *slot = Some(of),
                        Some(Some(known)) if *known != of => *known = None,
                        Some(Some(_)) | None => {}
                    }
                }
                for (group, within) in inner.groups.iter().zip(within) {
                    let Some(within) = within else { continue };
                    let of = within.and_then(|of| outer.groups.get(of)).cloned();
                    let known = nesting.within.entry((inner.by.clone(), group.clone()));
                    known.or_default().insert(outer.by.clone(), of);
                }
            }
        }
        nesting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VILLAGE: Code = Code::of("village");
    const DISTRICT: Code = Code::of("district");

    fn cohort(people: &[(&'static str, Option<&'static str>)]) -> Cohort {
        let mut cohort = Cohort::default();
        for (village, district) in people {
            let person = cohort.unseated().unwrap();
            for (by, group) in [(VILLAGE, Some(*village)), (DISTRICT, *district)] {
                if let Some(group) = group {
                    let group = cohort.group(&by, &Code::of(group)).unwrap();
                    cohort.put_into(person, group).unwrap();
                }
            }
        }
        cohort
    }

    #[test]
    fn a_village_lies_where_all_its_people_are() {
        let people =
            [("v", Some("d")), ("v", Some("d")), ("w", Some("d")), ("w", Some("e")), ("x", None)];
        let mut nesting = cohort(&people).nesting();
        let holds = |nesting: &Nesting, village, district| {
            nesting.of((&VILLAGE, &Code::of(village)), &DISTRICT) == Some(&Code::of(district))
        };
        assert!(holds(&nesting, "v", "d"));
        assert!(!holds(&nesting, "w", "d") && !holds(&nesting, "w", "e"));
        assert!(!holds(&nesting, "x", "d"));
        assert_eq!(nesting.of((&DISTRICT, &Code::of("e")), &VILLAGE), Some(&Code::of("w")));
        // Some of the same people agree; others do not.
        nesting.merge(cohort(&people[..1]).nesting());
        assert!(holds(&nesting, "v", "d"));
        nesting.merge(cohort(&[("v", Some("e"))]).nesting());
        assert!(!holds(&nesting, "v", "d") && !holds(&nesting, "v", "e"));
    }
}

//! Villages in districts, circles in villages: rows of one table less those of another that lie in them.

use std::collections::BTreeSet;

use commons::{Code, UnitId};
use outcomes::figures::{FigurePlan, Scale, Shown, Timepoint};
use outcomes::suppression::Audience;
use outcomes::{Cohort, Enrolment, Figures, Points, SheetState};
use proptest::prelude::*;

use crate::instrument;

const DISTRICT: Code = Code::of("district");
const VILLAGE: Code = Code::of("village");
const PHQ: Code = Code::of("phq-9");

/// Somebody: the village, of which two make a district, the circle, and whether they were measured twice.
type Somebody = (usize, usize, bool);

fn village(n: usize) -> Code {
    format!("v{n}").parse().unwrap()
}

fn district(village: usize) -> Code {
    format!("d{}", village / 2).parse().unwrap()
}

fn figures(people: &[Somebody], audience: Audience) -> Figures {
    let mut cohort = Cohort::default();
    let units: Vec<_> = (0..4).map(|n| cohort.unit(UnitId::number(n + 1), None).unwrap()).collect();
    for (home, circle, twice) in people {
        let enrolment = Enrolment { unit: units[*circle], joined: 1, left: None };
        let person = cohort.person(enrolment).unwrap();
        for (by, group) in [(DISTRICT, district(*home)), (VILLAGE, village(*home))] {
            let group = cohort.group(&by, &group).unwrap();
            cohort.put_into(person, group).unwrap();
        }
        let first = SheetState::Scored { points: Points::whole(12), prorated: false };
        cohort.sheet(person, &PHQ, &Code::of("t0"), first).unwrap();
        if *twice {
            let last = SheetState::Scored { points: Points::whole(7), prorated: false };
            cohort.sheet(person, &PHQ, &Code::of("t1"), last).unwrap();
        }
    }
    let timepoints = ["t0", "t1"].map(|code| Timepoint { code: Code::of(code), session: 1 });
    let scale = Scale::with_defaults(instrument("phq-9"));
    let plan = FigurePlan::new(Code::of("a"), audience, timepoints.to_vec(), vec![scale]);
    cohort.figures(&plan.unwrap().by(vec![DISTRICT, VILLAGE]))
}

/// People of whom a count is known, by their numbers, and the count.
type Known = (BTreeSet<usize>, u64);

/// What a table tells of its rows, and so of all others together.
fn table(people: usize, mut rows: Vec<Known>, all: Option<u64>) -> Vec<Known> {
    let told: BTreeSet<usize> = rows.iter().flat_map(|(who, _)| who).copied().collect();
    let sum: u64 = rows.iter().map(|(_, n)| n).sum();
    if let Some(all) = all {
        rows.push(((0..people).filter(|person| !told.contains(person)).collect(), all - sum));
    }
    rows
}

/// The tables of a report, by what they count: people, or those measured twice.
fn tables(people: &[Somebody], figures: &Figures, twice: bool) -> Vec<Vec<Known>> {
    let who = |is: &dyn Fn(&Somebody) -> bool| {
        (0..people.len()).filter(|person| is(&people[*person])).collect::<BTreeSet<_>>()
    };
    let all = if twice {
        figures.scales[0].change.shown().and_then(|found| found.both.exact())
    } else {
        figures.reach.people.exact()
    };
    let mut tables = Vec::new();
    for breakdown in &figures.breakdowns {
        let rows = breakdown.rows.iter().filter_map(|row| {
            let group = row.group.clone()?;
            let n = if twice { row.changes.first()?.both.exact()? } else { row.people.shown()? };
            let is = |one: &Somebody| group == village(one.0) || group == district(one.0);
            Some((who(&is), n))
        });
        tables.push(table(people.len(), rows.collect(), all));
    }
    if let Shown::Shown(circles) = &figures.circles {
        let rows = circles.rows.iter().filter_map(|row| {
            let n = if twice { row.changes.first()?.both.exact()? } else { row.people };
            Some((who(&|one| UnitId::number(one.1 as u128 + 1) == row.unit), n))
        });
        tables.push(table(people.len(), rows.collect(), all));
    }
    tables
}

/// Every row less any rows of another table that lie in it, which are of a few people.
fn leaks(people: &[Somebody], figures: &Figures, twice: bool) -> Vec<(usize, u64)> {
    let tables = tables(people, figures, twice);
    let mut found = Vec::new();
    for (place, outer) in tables.iter().enumerate() {
        for (_, inner) in tables.iter().enumerate().filter(|(other, _)| *other != place) {
            for (whole, n) in outer {
                let parts: Vec<&Known> =
                    inner.iter().filter(|(who, _)| who.is_subset(whole)).collect();
                for chosen in 0_u32..1 << parts.len() {
                    let chosen = (0..parts.len()).filter(|part| chosen >> part & 1 == 1);
                    let chosen: Vec<&Known> = chosen.map(|part| parts[part]).collect();
                    let taken: usize = chosen.iter().map(|(who, _)| who.len()).sum();
                    let rest = n - chosen.iter().map(|(_, n)| n).sum::<u64>();
                    let people = (whole.len() - taken) as u64;
                    let few = |n: u64| 0 < n && n < figures.floor;
                    // What one table tells by itself is the business of the others of these tests.
                    if !chosen.is_empty() && 0 < people && (few(rest) || few(people - rest)) {
                        found.push((taken, rest));
                    }
                }
            }
        }
    }
    found
}

fn somebody() -> impl Strategy<Value = Somebody> {
    let village = prop_oneof![9 => 0..5_usize, 1 => Just(5)];
    (village, any::<bool>(), 0..4_usize, prop::bool::weighted(0.8)).prop_map(
        // Most circles are of one village.
        |(village, stays, other, twice)| {
            (village, if stays { village.min(3) } else { other }, twice)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
    #[test]
    fn nobody_works_a_few_people_out_of_two_tables(
        people in prop::collection::vec(somebody(), 0..160),
    ) {
        for audience in [Audience::Inside, Audience::Outside] {
            let figures = figures(&people, audience);
            for twice in [false, true] {
                let leaks = leaks(&people, &figures, twice);
                prop_assert!(leaks.is_empty(), "{audience:?}, twice {twice}: {leaks:?}");
            }
        }
    }
}

#[test]
fn a_district_beside_its_villages_does_not_tell_of_a_small_one() {
    let sizes = [70, 8, 20, 6, 60, 50];
    let people: Vec<Somebody> = (0..)
        .zip(sizes)
        .flat_map(|(village, n)| (0..n).map(move |k| (village, village.min(3), k % 2 == 0)))
        .collect();
    let figures = figures(&people, Audience::Outside);
    let shown = |by: usize| {
        figures.breakdowns[by].rows.iter().filter(|row| row.people.shown().is_some()).count()
    };
    assert_eq!((shown(0), leaks(&people, &figures, false)), (3, vec![]));
    // Both of the third district stay.
    assert!(1 < shown(1), "{:?}", figures.breakdowns[1]);
}

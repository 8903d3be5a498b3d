//! Somebody who has all reports of a book, and subtracts every count from every other.
//!
//! The attacker knows what the reports are about and nothing of how they are made: it reads their
//! JSON, finds every count that is told exactly, and knows of each which people it is of.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Code, UnitId};
use outcomes::figures::{Completion, FigurePlan, Figures, Period, Scale, Timepoint};
use outcomes::suppression::Audience;
use outcomes::{Cohort, Enrolment, Mark, Nesting, Points, SessionState, SheetState, built_in};
use proptest::prelude::*;
use serde_json::Value;

use super::*;

static DISTRICTS: [Code; 3] = [Code::of("a"), Code::of("b"), Code::of("c")];
static SEXES: [Code; 2] = [Code::of("f"), Code::of("m")];
const DISTRICT: Code = Code::of("district");
const SEX: Code = Code::of("sex");
const PHQ: Code = Code::of("phq-9");

/// One person: what tells them apart, and what was counted of them.
#[derive(Debug, Clone)]
struct Somebody {
    district: usize,
    sex: usize,
    half: usize,
    came: Option<u16>,
    first: Option<i32>,
    last: Option<i32>,
}

fn somebody() -> impl Strategy<Value = Somebody> {
    // Some groups are rare: what is left of a whole is often a few.
    let district = prop_oneof![6 => Just(0_usize), 3 => Just(1), 1 => Just(2), 1 => Just(3)];
    let sex = prop_oneof![9 => Just(0_usize), 2 => Just(1)];
    let half = prop_oneof![5 => Just(0_usize), 1 => Just(1)];
    // Of some there is no mark.
    let came = prop_oneof![9 => (0..=4_u16).prop_map(Some), 1 => Just(None)];
    let first = prop_oneof![9 => (0..28).prop_map(Some), 1 => Just(None)];
    let last = prop_oneof![9 => (0..16).prop_map(Some), 1 => Just(None)];
    (district, sex, half, came, first, last).prop_map(|(district, sex, half, came, first, last)| {
        Somebody { district, sex, half, came, first, last }
    })
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn half(first: usize, last: usize) -> Period {
    let from = ["2026-01-01", "2026-07-01"][first];
    let to = ["2026-06-30", "2026-12-31"][last];
    Period { from: day(from), to: day(to) }
}

fn definition() -> impl Strategy<Value = Definition> {
    let districts = prop_oneof![
        2 => Just(vec![]),
        1 => prop::sample::subsequence(DISTRICTS.to_vec(), 1..=3)
    ];
    let sexes =
        prop_oneof![3 => Just(vec![]), 1 => prop::sample::subsequence(SEXES.to_vec(), 1..=1)];
    let period = prop_oneof![
        3 => Just(None),
        1 => Just(Some(half(0, 0))),
        1 => Just(Some(half(0, 1))),
        1 => Just(Some(half(1, 1)))
    ];
    let audience = prop_oneof![3 => Just(Audience::Inside), 1 => Just(Audience::Outside)];
    (districts, sexes, period, audience).prop_map(|(districts, sexes, period, audience)| {
        let mut filter = Groups::new();
        for (by, groups) in [(DISTRICT, districts), (SEX, sexes)] {
            if !groups.is_empty() {
                filter.insert(by, groups.into_iter().collect());
            }
        }
        Definition {
            name: Code::of("x"),
            title: String::new(),
            audience,
            floor: None,
            period,
            filter,
            joined_on: None,
            indicators: Vec::new(),
        }
    })
}

fn book(definitions: Vec<Definition>) -> Book {
    const NAMES: [Code; 5] =
        [Code::of("r0"), Code::of("r1"), Code::of("r2"), Code::of("r3"), Code::of("r4")];
    let named = definitions.into_iter().zip(NAMES);
    Book::of(named.map(|(definition, name)| Definition { name, ..definition }).collect())
}

fn is_in(definition: &Definition, somebody: &Somebody) -> bool {
    holds(definition, somebody.district, somebody.sex, somebody.half)
}

fn holds(definition: &Definition, district: usize, sex: usize, half: usize) -> bool {
    let day = [day("2026-03-01"), day("2026-09-01")][half];
    let within = |by: &Code, group: Option<&Code>| {
        let wanted = definition.filter.get(by);
        wanted.is_none_or(|wanted| group.is_some_and(|group| wanted.contains(group)))
    };
    within(&DISTRICT, DISTRICTS.get(district))
        && within(&SEX, SEXES.get(sex))
        && definition.period.is_none_or(|period| period.from <= day && day <= period.to)
}

fn figures(people: &[Somebody], definition: &Definition) -> Figures {
    let mut cohort = Cohort::default();
    let units: Vec<_> = (0..4).map(|n| cohort.unit(UnitId::number(n), None).unwrap()).collect();
    for unit in &units {
        for session in 1..=4 {
            cohort.session(*unit, session, SessionState::Held, 60).unwrap();
        }
    }
    for (n, somebody) in people.iter().enumerate().filter(|(_, it)| is_in(definition, it)) {
        let unit = units[n % 4];
        let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
        for (session, came) in (1..=4).filter_map(|session| Some((session, somebody.came?))) {
            let mark = if session <= came { Mark::Present } else { Mark::Absent };
            cohort.mark(person, unit, session, mark).unwrap();
        }
        let groups = [(DISTRICT, DISTRICTS.get(somebody.district)), (SEX, SEXES.get(somebody.sex))];
        for (by, group) in groups {
            if let Some(group) = group {
                let group = cohort.group(&by, group).unwrap();
                cohort.put_into(person, group).unwrap();
            }
        }
        for (timepoint, points) in [("t0", somebody.first), ("t1", somebody.last)] {
            if let Some(points) = points {
                let state = SheetState::Scored { points: Points::whole(points), prorated: false };
                cohort.sheet(person, &PHQ, &timepoint.parse().unwrap(), state).unwrap();
            }
        }
    }
    cohort.figures(&plan(definition))
}

fn plan(definition: &Definition) -> FigurePlan {
    let timepoint = |code, session| Timepoint { code, session };
    let timepoints = vec![timepoint(Code::of("t0"), 0), timepoint(Code::of("t1"), 4)];
    let scales = vec![Scale::with_defaults(built_in(&PHQ).unwrap())];
    let plan = FigurePlan::new(definition.name.clone(), definition.audience, timepoints, scales);
    let completion = Completion { sessions: 3, model: None };
    plan.unwrap().by(vec![DISTRICT, SEX]).completion(completion)
}

/// People of whom a count is, as the kinds of people that there can be: a bit for each district
/// (and none), sex and half of the year.
type Kinds = u32;

fn kinds(definition: &Definition, group: Option<(&str, &str)>) -> Kinds {
    let mut kinds = 0;
    for district in 0..4 {
        for (sex, named) in SEXES.iter().enumerate() {
            for half in 0..2 {
                let own = |by: &str| match by {
                    "district" => DISTRICTS.get(district).map_or("null", Code::as_str),
                    _ => named.as_str(),
                };
                let is_in = group.is_none_or(|(by, group)| own(by) == group);
                if is_in && holds(definition, district, sex, half) {
                    kinds |= 1 << (district * 4 + sex * 2 + half);
                }
            }
        }
    }
    kinds
}

/// A count that a report tells: its meaning, of whom, and how many.
#[derive(Debug, Clone)]
struct Told {
    report: String,
    path: String,
    of: Kinds,
    n: u64,
    floor: u64,
    /// 0 for what is told now; another number for each earlier release.
    release: usize,
}

fn collect(
    report: &Definition,
    figures: &Figures,
    release: usize,
    told: &mut BTreeMap<String, Vec<Told>>,
) {
    let json = serde_json::to_value(figures).unwrap();
    let mut add = |meaning: String, group: Option<(&str, &str)>, path: &str, n: u64| {
        let of = kinds(report, group);
        let (report, floor, path) = (report.name.to_string(), figures.floor, path.to_owned());
        told.entry(meaning).or_default().push(Told { report, path, of, n, floor, release });
    };
    for breakdown in json["breakdowns"].as_array().unwrap() {
        let by = breakdown["by"].as_str().unwrap();
        for row in breakdown["rows"].as_array().unwrap() {
            let group = Some((by, row["group"].as_str().unwrap_or("null")));
            if let Some(n) = exact(&row["people"]) {
                add("people".to_owned(), group, "breakdowns", n);
            }
            for change in row["changes"].as_array().unwrap() {
                if let Some(n) = exact(&change["both"]) {
                    add("both".to_owned(), group, "breakdowns", n);
                }
            }
        }
    }
    let mut walked = BTreeMap::new();
    for (key, value) in json.as_object().unwrap() {
        if !["breakdowns", "circles", "delivery"].contains(&key.as_str()) {
            walk(key, value, &mut walked);
        }
    }
    let all_marked = json["unmarked"] == serde_json::json!({ "is": "exactly", "n": 0 });
    for (path, n) in walked {
        let meaning = match path.as_str() {
            "completion/value/of" if !all_marked => "marked",
            "reach/people"
            | "retention/value/stayed/of"
            | "completion/value/of"
            | "scales/phq-9/asked" => "people",
            "scales/phq-9/change/value/both" => "both",
            other => other,
        };
        add(meaning.to_owned(), None, &path, n);
    }
}

fn exact(value: &Value) -> Option<u64> {
    let is = value["is"].as_str()?;
    if is == "exactly" || is == "shown" { value["n"].as_u64() } else { None }
}

const PLAIN: [&str; 8] = [
    "people",
    "stayed_case",
    "left_caseness",
    "entered_caseness",
    "stayed_below",
    "reliably_recovered",
    "came",
    "of",
];

fn walk(path: &str, value: &Value, found: &mut BTreeMap<String, u64>) {
    if let Some(n) = exact(value) {
        found.insert(path.to_owned(), n);
        return;
    }
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                if let (true, Some(n)) = (PLAIN.contains(&key.as_str()), value.as_u64()) {
                    found.insert(format!("{path}/{key}"), n);
                } else {
                    walk(&format!("{path}/{key}"), value, found);
                }
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                // A row is told apart by what it is of, and not by its place.
                let of = [&item["timepoint"]["code"], &item["instrument"], &item[0]];
                let of = of.iter().find_map(|name| name.as_str().map(str::to_owned));
                let range = item.get("from").map(|from| format!("{from}..{}", item["to"]));
                walk(&format!("{path}/{}", of.or(range).unwrap_or(place.to_string())), item, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The counts that are part of another, and whether that all are in it tells of everybody.
fn total(meaning: &str) -> Option<(&'static str, bool)> {
    let wave = |when: &'static str| meaning.starts_with(when) && meaning.contains("/bands/");
    match meaning {
        "both" | "unmarked" | "marked" => Some(("people", false)),
        _ if meaning.contains("/reliable/value/not") => Some(("people", false)),
        _ if meaning.contains("/reliable/") || meaning.contains("/recovery/value/stayed") => {
            Some(("both", true))
        }
        "scales/phq-9/recovery/value/left_caseness"
        | "scales/phq-9/recovery/value/entered_caseness" => Some(("both", true)),
        _ if wave("scales/phq-9/waves/value/t0") => {
            Some(("scales/phq-9/waves/value/t0/measured", true))
        }
        _ if wave("scales/phq-9/waves/value/t1") => {
            Some(("scales/phq-9/waves/value/t1/measured", true))
        }
        _ if meaning.ends_with("/measured") => Some(("people", false)),
        _ => None,
    }
}

fn few(n: i64, floor: u64) -> bool {
    n != 0 && n.unsigned_abs() < floor
}

/// Everything that subtracting tells of a few people, in words.
fn leaks(told: &BTreeMap<String, Vec<Told>>) -> Vec<String> {
    let mut leaks = Vec::new();
    for (meaning, counts) in told {
        let totals = total(meaning);
        let of = |one: &Told| {
            let same = |it: &&Told| {
                it.report == one.report && it.of == one.of && it.release == one.release
            };
            Some(told.get(totals?.0)?.iter().find(same)?.n as i64)
        };
        let mut check = |plus: &[&Told], minus: &[&Told]| {
            let all = || plus.iter().chain(minus);
            if all().all(|it| it.release > 0) {
                return;
            }
            let floor = all().map(|it| it.floor).max().unwrap_or(0);
            let sum = |side: &[&Told]| side.iter().map(|it| it.n as i64).sum::<i64>();
            let n = sum(plus) - sum(minus);
            let names: Vec<_> = all()
                .map(|it| {
                    format!("{}.{} {} {:04x}={}", it.report, it.release, it.path, it.of, it.n)
                })
                .collect();
            if few(n, floor) {
                leaks.push(format!("{meaning}: {n} by {names:?}, {} plus", plus.len()));
            }
            let total = |side: &[&Told]| side.iter().map(|it| of(it)).sum::<Option<i64>>();
            if let (Some(plus), Some(minus), Some((_, tells))) = (total(plus), total(minus), totals)
            {
                let all = plus - minus;
                if few(all - n, floor) || (tells && n == all && 0 < n) {
                    leaks.push(format!("{meaning}: {n} of {all} by {names:?}"));
                }
            }
        };
        for a in counts {
            for b in counts {
                if a.of == b.of
                    && a.report == b.report
                    && a.release == 0
                    && b.release > 0
                    && few(a.n as i64 - b.n as i64, a.floor)
                {
                    check(&[a], &[b]);
                }
                if b.of & !a.of == 0 && b.of != a.of {
                    check(&[a], &[b]);
                    for c in counts
                        .iter()
                        .filter(|c| c.of & !a.of == 0 && c.of & b.of == 0 && c.of | b.of != a.of)
                    {
                        check(&[a], &[b, c]);
                    }
                }
            }
        }
    }
    leaks
}

fn all_told(built: &[Built], released: &[Released]) -> BTreeMap<String, Vec<Told>> {
    let mut told = BTreeMap::new();
    for report in built {
        collect(&report.definition, &report.figures, 0, &mut told);
    }
    for (n, old) in released.iter().enumerate() {
        collect(&old.definition, &old.figures, n + 1, &mut told);
    }
    told
}

fn make(people: &[Somebody], book: &Book, released: &[Released]) -> Vec<Built> {
    let make = |definition: &Definition| {
        let (figures, nesting) = (figures(people, definition), Nesting::default());
        Ok::<_, std::convert::Infallible>(Drawn { figures, basis: Basis::Program, nesting })
    };
    match build(book, make, released) {
        Ok(built) => built,
        Err(never) => match never {},
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whoever_has_all_reports_subtracts_no_few_people(
        people in prop::collection::vec(somebody(), 0..160),
        definitions in prop::collection::vec(definition(), 1..5),
    ) {
        let built = make(&people, &book(definitions), &[]);
        let leaks = leaks(&all_told(&built, &[]));
        prop_assert!(leaks.is_empty(), "{leaks:#?}");
    }

    #[test]
    fn whoever_kept_the_last_release_subtracts_no_few_people(
        people in prop::collection::vec(somebody(), 20..120),
        more in prop::collection::vec(somebody(), 0..20),
        definitions in prop::collection::vec(definition(), 1..4),
    ) {
        let book = book(definitions);
        let first = Book::of(book.definitions().iter().take(2).cloned().collect());
        let released: Vec<Released> = make(&people, &first, &[])
            .into_iter()
            .map(|it| Released { definition: it.definition, figures: it.figures })
            .collect();
        let people = [people, more].concat();
        let built = make(&people, &book, &released);
        let leaks = leaks(&all_told(&built, &released));
        prop_assert!(leaks.is_empty(), "{leaks:#?}");
    }
}

/// People by district, all of them measured twice.
fn districts(sizes: [usize; 3]) -> Vec<Somebody> {
    let people = sizes.iter().enumerate().flat_map(|(district, n)| {
        (0..*n).map(move |k| Somebody {
            district,
            sex: k % 2,
            half: 0,
            came: Some(4),
            first: Some(10 + i32::try_from(k % 9).unwrap()),
            last: Some(i32::try_from(k % 13).unwrap()),
        })
    });
    people.collect()
}

fn of_districts(name: &'static str, districts: &[Code]) -> Definition {
    let mut filter = Groups::new();
    if !districts.is_empty() {
        filter.insert(DISTRICT, districts.iter().cloned().collect());
    }
    Definition {
        name: Code::of(name),
        title: String::new(),
        audience: Audience::Inside,
        floor: None,
        period: None,
        filter,
        joined_on: None,
        indicators: Vec::new(),
    }
}

#[test]
fn a_part_that_leaves_three_people_over_is_withheld_whole() {
    let [a, b, c] = DISTRICTS.clone();
    let people = districts([40, 40, 3]);
    let book =
        Book::of(vec![of_districts("all", &[]), of_districts("two", &[a.clone(), b.clone()])]);
    let built = make(&people, &book, &[]);
    assert!(built[0].withheld.is_empty());
    let kinds: BTreeSet<TableKind> = built[1].withheld.iter().map(|it| it.table.kind).collect();
    assert!(kinds.contains(&TableKind::Reach) && kinds.contains(&TableKind::Change), "{kinds:?}");
    assert_eq!(built[1].figures.reach.people.exact(), None);
    let beside = &built[1].withheld[0].beside;
    assert_eq!(beside, &[Beside { report: Code::of("all"), is_earlier: false }]);
    // Three parts that leave nobody over, and one that is large enough, are shown.
    let people = districts([40, 40, 30]);
    let book = Book::of(vec![
        of_districts("all", &[]),
        of_districts("a", &[a]),
        of_districts("b", &[b]),
        of_districts("c", &[c]),
    ]);
    let built = make(&people, &book, &[]);
    assert!(built.iter().all(|it| it.withheld.iter().all(|it| it.table.kind != TableKind::Reach)));
    assert!(built.iter().all(|it| it.figures.reach.people.exact().is_some()));
}

#[test]
fn who_joined_since_the_last_release_are_told_when_they_are_enough() {
    let book = Book::of(vec![of_districts("all", &[])]);
    let released = |people: &[Somebody]| {
        let built = make(people, &book, &[]);
        built
            .into_iter()
            .map(|it| Released { definition: it.definition, figures: it.figures })
            .collect::<Vec<_>>()
    };
    let before = districts([40, 40, 0]);
    let check = |now: [usize; 3], is_told: bool| {
        let built = make(&districts(now), &book, &released(&before));
        assert_eq!(built[0].figures.reach.people.exact().is_some(), is_told, "{now:?}");
    };
    check([40, 40, 0], true);
    check([40, 40, 3], false);
    check([41, 40, 0], false);
    check([40, 40, 20], true);
}

/// The figures of people by district, so many in each; of all other groupings they are in the groups in turn.
fn of_sizes(sizes: &[(Code, usize)], others: &[(Code, usize)], definition: &Definition) -> Drawn {
    let mut cohort = Cohort::default();
    let unit = cohort.unit(UnitId::number(0), None).unwrap();
    let wanted = definition.filter.get(&DISTRICT);
    let taken = |district: &&(Code, usize)| wanted.is_none_or(|it| it.contains(&district.0));
    let mut place = 0;
    for (district, n) in sizes.iter().filter(taken) {
        for _ in 0..*n {
            let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
            let group = cohort.group(&DISTRICT, district).unwrap();
            cohort.put_into(person, group).unwrap();
            for (by, groups) in others {
                let name: Code = format!("g{}", place % groups).parse().unwrap();
                let group = cohort.group(by, &name).unwrap();
                cohort.put_into(person, group).unwrap();
            }
            place += 1;
        }
    }
    let plan = FigurePlan::new(definition.name.clone(), Audience::Inside, vec![], vec![]).unwrap();
    let plan = plan.by(others.iter().map(|(by, _)| by.clone()).collect());
    drawn(&cohort, &plan)
}

fn drawn(cohort: &Cohort, plan: &FigurePlan) -> Drawn {
    Drawn { figures: cohort.figures(plan), basis: Basis::Program, nesting: cohort.nesting() }
}

/// How many reports of a book do not say how many took part.
fn untold<'f>(figures: impl IntoIterator<Item = &'f Figures>) -> usize {
    figures.into_iter().filter(|it| it.reach.people.exact().is_none()).count()
}

#[test]
fn many_parts_that_leave_three_people_over_are_not_all_shown() {
    let names: Vec<Code> = (0..12).map(|n| format!("d{n:02}").parse().unwrap()).collect();
    let sizes = names.iter().map(|name| (name.clone(), 20));
    let sizes: Vec<_> = sizes.chain([(Code::of("few"), 3)]).collect();
    let make = |definition: &Definition| {
        Ok::<_, std::convert::Infallible>(of_sizes(&sizes, &[], definition))
    };
    let part = |name: &Code| Definition {
        name: name.clone(),
        ..of_districts("x", std::slice::from_ref(name))
    };
    let all = of_districts("all", &[]);
    let definitions: Vec<_> = std::iter::once(all).chain(names.iter().map(part)).collect();
    let Ok(built) = build(&Book::of(definitions.clone()), make, &[]);
    assert_eq!(untold(built.iter().map(|it| &it.figures)), 1, "one of the parts is enough");
    // Released one by one.
    let mut released: Vec<Released> = Vec::new();
    for definition in definitions {
        let Ok(built) = build(&Book::of(vec![definition]), make, &released);
        let release = |it: Built| Released { definition: it.definition, figures: it.figures };
        released.extend(built.into_iter().map(release));
    }
    assert_eq!(untold(released.iter().map(|it| &it.figures)), 1, "the last one is kept back");
}

#[test]
fn however_many_groups_are_shown_parts_are_subtracted() {
    const OTHERS: [Code; 5] =
        [Code::of("u"), Code::of("v"), Code::of("w"), Code::of("x"), Code::of("y")];
    let [a, b, c] = DISTRICTS.clone();
    let sizes = [(a.clone(), 200), (b.clone(), 200), (c, 3)];
    let others: Vec<_> = OTHERS.iter().map(|by| (by.clone(), 12)).collect();
    let make = |definition: &Definition| {
        Ok::<_, std::convert::Infallible>(of_sizes(&sizes, &others, definition))
    };
    let reports = vec![of_districts("all", &[]), of_districts("a", &[a]), of_districts("b", &[b])];
    let Ok(built) = build(&Book::of(reports), make, &[]);
    assert_eq!(untold(built.iter().map(|it| &it.figures)), 1);
    assert!(built[0].withheld.is_empty(), "{:?}", built[0].withheld);
}

#[test]
fn sectors_beside_their_district_leave_no_few_people_over() {
    const SECTOR: Code = Code::of("sector");
    let sectors = ["s0", "s1", "s2", "few"].map(Code::of);
    let people: Vec<(Code, Code)> = [("a", 0, 40), ("a", 1, 40), ("a", 3, 3), ("b", 2, 60)]
        .into_iter()
        .flat_map(|(district, sector, n)| {
            std::iter::repeat_n((Code::of(district), sectors[sector].clone()), n)
        })
        .collect();
    let make = |definition: &Definition| {
        let mut cohort = Cohort::default();
        let unit = cohort.unit(UnitId::number(0), None).unwrap();
        for (district, sector) in &people {
            let groups = [(DISTRICT, district), (SECTOR, sector)];
            let wanted = |(by, group): &(Code, &Code)| {
                definition.filter.get(by).is_none_or(|wanted| wanted.contains(*group))
            };
            if groups.iter().all(wanted) {
                let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
                for (by, group) in groups {
                    let group = cohort.group(&by, group).unwrap();
                    cohort.put_into(person, group).unwrap();
                }
            }
        }
        let plan = FigurePlan::new(definition.name.clone(), Audience::Inside, vec![], vec![]);
        Ok::<_, std::convert::Infallible>(drawn(&cohort, &plan.unwrap()))
    };
    let of = |name: &'static str, by: Code, groups: &[Code]| Definition {
        filter: Groups::from([(by, groups.iter().cloned().collect())]),
        ..of_districts(name, &[])
    };
    let district = of("district", DISTRICT, &[Code::of("a")]);
    let other = of("other", DISTRICT, &[Code::of("b")]);
    let within = of("within", SECTOR, &sectors[..2]);
    let elsewhere = of("elsewhere", SECTOR, &sectors[2..3]);
    let Ok(built) = build(&Book::of(vec![district, other, within, elsewhere]), make, &[]);
    let untold: Vec<_> = built
        .iter()
        .filter(|it| it.figures.reach.people.exact().is_none())
        .map(|it| it.definition.name.as_str())
        .collect();
    assert_eq!(untold, ["within"]);
}

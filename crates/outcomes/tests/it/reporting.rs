//! What may be said of a program, and to whom.

use commons::{Code, UnitId};
use outcomes::figures::{
    Caution, Coarser, Completion, FigurePlan, Figures, HiddenWhy, Instead, Leaving, PlanError,
    Scale, Shown, Timepoint, Unmeasured,
};
use outcomes::stats::{Method, NoFigure};
use outcomes::suppression::{Audience, Tally};
use outcomes::{Cohort, CohortError, Enrolment, Mark, Points, SessionState, SheetState, UnitIx};
use proptest::prelude::*;

use crate::instrument;

const T0: Code = Code::of("t0");
const T2: Code = Code::of("t2");

fn plan(audience: Audience) -> FigurePlan {
    let timepoints = vec![Timepoint { code: T0, session: 0 }, Timepoint { code: T2, session: 16 }];
    let scales = vec![Scale::with_defaults(instrument("phq-9"))];
    FigurePlan::new(Code::of("whole"), audience, timepoints, scales)
        .unwrap()
        .completion(Completion { sessions: 12, model: None })
}

fn scored(points: i32) -> SheetState {
    SheetState::Scored { points: Points::whole(points), prorated: false }
}

/// A circle of so many, sixteen weeks, each person away in one week; totals fall by five and some.
fn circle(cohort: &mut Cohort, id: u128, people: u16) -> UnitIx {
    let unit = cohort.unit(UnitId::number(id), None).unwrap();
    for week in 1..=16 {
        cohort.session(unit, week, SessionState::Held, 120).unwrap();
    }
    for n in 0..people {
        let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
        for week in 1..=16 {
            let mark = if week == 1 + n % 16 { Mark::Absent } else { Mark::Present };
            cohort.mark(person, unit, week, mark).unwrap();
        }
        let before = 6 + i32::from(n) % 12;
        cohort.sheet(person, &Code::of("phq-9"), &T0, scored(before)).unwrap();
        cohort
            .sheet(person, &Code::of("phq-9"), &T2, scored((before - 5 - i32::from(n % 3)).max(0)))
            .unwrap();
    }
    unit
}

#[test]
fn a_small_organization_with_one_circle_has_something_to_say_to_its_funder() {
    let mut cohort = Cohort::default();
    circle(&mut cohort, 1, 7);
    cohort.work.modules_planned = 6;
    cohort.work.modules_delivered = 6;
    let figures = cohort.figures(&plan(Audience::Outside));
    assert_eq!(figures.reach.people, Tally::FewerThan { n: 11 });
    assert_eq!((figures.delivery.sessions_held, figures.delivery.modules_delivered), (16, 6));
    let Shown::Hidden(hidden) = &figures.scales[0].waves else { panic!("bands of seven people") };
    assert_eq!(hidden.why, HiddenWhy::TooFewPeople);
    assert!(hidden.instead.contains(&Instead::FewerThanFloor));
    assert!(hidden.instead.contains(&Instead::SessionsAndHours));
    assert!(hidden.coarser.contains(&Coarser::SeveralCircles));
    let Shown::Hidden(hidden) = &figures.circles else { panic!("a row for a circle") };
    assert_eq!(hidden.why, HiddenWhy::NotForOutside);
    // Inside, seven are enough for a mean, and attendance shows for the whole time.
    let figures = cohort.figures(&plan(Audience::Inside));
    assert!(figures.attendance.shown().is_some());
    assert!(figures.scales[0].change.shown().is_some());
    assert_eq!(figures.circles.shown().unwrap().rows.len(), 1);
}

#[test]
fn every_table_that_is_kept_back_says_why_and_what_may_be_said_instead() {
    let mut cohort = Cohort::default();
    circle(&mut cohort, 1, 7);
    for audience in [Audience::Inside, Audience::Outside] {
        let json = serde_json::to_value(cohort.figures(&plan(audience))).unwrap();
        hidden_tables_explain_themselves(&json);
    }
}

fn hidden_tables_explain_themselves(json: &serde_json::Value) {
    if json["state"] == "hidden" {
        assert!(!json["value"]["instead"].as_array().unwrap().is_empty());
        assert!(json["value"]["why"].is_string());
    }
    for part in json.as_object().into_iter().flat_map(|o| o.values()) {
        hidden_tables_explain_themselves(part);
    }
    for part in json.as_array().into_iter().flatten() {
        hidden_tables_explain_themselves(part);
    }
}

/// One sector as the model of the social healing group tells it: six groups of twenty.
fn sector() -> Cohort {
    let mut cohort = Cohort::default();
    for id in 1..=6 {
        let unit = cohort.unit(UnitId::number(id), None).unwrap();
        for week in 1..=16 {
            cohort.session(unit, week, SessionState::Held, 120).unwrap();
        }
        for n in 0..20_u16 {
            let first = id == 1;
            let left = (first && n < 4).then_some(6 + n);
            let person = cohort.person(Enrolment { unit, joined: 1, left }).unwrap();
            let last = left.unwrap_or(16);
            for week in 1..=last {
                let away = (week + n) % 8 == 0;
                let mark = if away { Mark::Unexplained } else { Mark::Present };
                cohort.mark(person, unit, week, mark).unwrap();
            }
            let before = 6 + i32::from(n) % 14;
            let phq = Code::of("phq-9");
            let start = if first && n >= 18 { SheetState::Declined } else { scored(before) };
            cohort.sheet(person, &phq, &T0, start).unwrap();
            if left.is_none() && n != 19 {
                let after = (before - 4 - i32::from(n % 4)).max(0);
                cohort.sheet(person, &phq, &T2, scored(after)).unwrap();
            }
        }
    }
    cohort
}

#[test]
fn four_who_left_and_two_who_declined_stand_out_for_nobody() {
    let figures = sector().figures(&plan(Audience::Outside));
    let retention = figures.retention.shown().unwrap();
    assert_eq!(retention.stayed.count, Tally::AtLeast { n: 110 });
    assert!(retention.curve.is_empty() && retention.coarsened);
    let waves = figures.scales[0].waves.shown().unwrap();
    assert_eq!(waves[0].measured, Tally::AtLeast { n: 110 });
    assert_eq!(waves[0].sd, None);
    assert_eq!(waves[1].measured, Tally::AtLeast { n: 110 });
    let change = figures.scales[0].change.shown().unwrap();
    assert_eq!(figures.scales[0].asked, Tally::Exactly { n: 120 });
    assert!(change.interval.low < change.mean && change.mean < change.interval.high);
    assert!(change.mean < 0.0);
}

#[test]
fn a_funder_of_many_sees_all_of_it() {
    let mut cohort = Cohort::default();
    for id in 0..30 {
        circle(&mut cohort, id, 20);
    }
    let figures = cohort.figures(&plan(Audience::Outside));
    assert_eq!(figures.reach.people, Tally::Exactly { n: 600 });
    let attendance = figures.attendance.shown().unwrap();
    assert_eq!(attendance.sessions.shown().unwrap().len(), 16);
    let change = figures.scales[0].change.shown().unwrap();
    assert_eq!(change.both, Tally::Exactly { n: 600 });
    assert_eq!(figures.retention.shown().unwrap().stayed.share, Some(1.0));
    assert_eq!(figures.completion.unwrap().shown().unwrap().share, Some(1.0));
    let reliable = figures.scales[0].reliable.as_ref().unwrap().shown().unwrap();
    assert!(matches!(reliable.improved, Tally::Exactly { n } if n > 0));
    assert_eq!(reliable.worse, Tally::Exactly { n: 0 });
}

#[test]
fn a_few_who_became_worse_are_said_and_not_counted() {
    let mut cohort = Cohort::default();
    let unit = cohort.unit(UnitId::number(1), None).unwrap();
    for n in 0..100 {
        let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
        let after = if n < 4 {
            17
        } else if n < 60 {
            3
        } else {
            9
        };
        cohort.sheet(person, &Code::of("phq-9"), &T0, scored(10)).unwrap();
        cohort.sheet(person, &Code::of("phq-9"), &T2, scored(after)).unwrap();
    }
    let figures = cohort.figures(&plan(Audience::Outside));
    let reliable = figures.scales[0].reliable.as_ref().unwrap().shown().unwrap();
    assert_eq!(reliable.improved, Tally::Exactly { n: 56 });
    assert_eq!(reliable.worse, Tally::FewerThan { n: 11 });
    assert_eq!(reliable.unchanged, Tally::Hidden);
}

#[test]
fn a_plan_of_two_bands_is_offered_where_it_would_show() {
    let mut cohort = Cohort::default();
    let unit = cohort.unit(UnitId::number(1), None).unwrap();
    for n in 0..40 {
        let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
        let points = match n {
            0..3 => 21,
            3..20 => 12,
            _ => 6,
        };
        for when in [T0, T2] {
            cohort.sheet(person, &Code::of("phq-9"), &when, scored(points)).unwrap();
        }
    }
    let figures = cohort.figures(&plan(Audience::Inside));
    let hidden = figures.scales[0].bands_kept_back.as_ref().unwrap();
    assert_eq!(hidden.coarser, [Coarser::TwoBands, Coarser::SeveralCircles]);
    let cut = Code::of("phq-9.cut.kroenke-2001");
    let scale = Scale::with(instrument("phq-9"), Some(&cut), None).unwrap();
    let timepoints = vec![Timepoint { code: T0, session: 0 }];
    let plan = FigurePlan::new(Code::of("x"), Audience::Inside, timepoints, vec![scale]).unwrap();
    let figures = cohort.figures(&plan);
    assert_eq!(figures.scales[0].bands_kept_back, None);
    let waves = figures.scales[0].waves.shown().unwrap();
    assert_eq!(
        waves[0].bands.iter().map(|cell| cell.shown()).collect::<Vec<_>>(),
        [Some(20), Some(20)]
    );
}

#[test]
fn a_few_overdue_duties_are_counted_for_the_team_and_for_nobody_else() {
    let mut cohort = Cohort::default();
    cohort.work.overdue.insert(Code::of("supervision"), 12);
    cohort.work.overdue.insert(Code::of("referral"), 2);
    let inside = cohort.figures(&plan(Audience::Inside));
    assert_eq!(inside.overdue_total, Tally::Exactly { n: 14 });
    let outside = cohort.figures(&plan(Audience::Outside));
    let counts: Vec<_> = outside.overdue.iter().map(|(_, tally)| *tally).collect();
    assert_eq!(counts, [Tally::FewerThan { n: 11 }, Tally::Exactly { n: 12 }]);
    assert_eq!(outside.overdue_total, Tally::Hidden);
}

#[test]
fn who_is_gone_is_told_by_record_or_by_empty_chairs_as_the_plan_says() {
    let mut cohort = Cohort::default();
    let unit = cohort.unit(UnitId::number(1), None).unwrap();
    for week in 1..=16 {
        cohort.session(unit, week, SessionState::Held, 90).unwrap();
    }
    for n in 0..60_u16 {
        let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
        let last = if n < 20 { 10 } else { 16 };
        for week in 1..=16 {
            let mark = if week <= last { Mark::Present } else { Mark::Unexplained };
            cohort.mark(person, unit, week, mark).unwrap();
        }
    }
    let recorded = cohort.figures(&plan(Audience::Outside));
    assert_eq!(recorded.retention.shown().unwrap().stayed.share, Some(1.0));
    let missed = plan(Audience::Outside).leaving(Leaving::Missed { sessions: 3 });
    let figures = cohort.figures(&missed);
    let retention = figures.retention.shown().unwrap();
    assert_eq!(retention.curve.iter().map(|step| step.session).collect::<Vec<_>>(), [10]);
    assert!(
        (retention.curve[0].stays - 0.667).abs() < 1e-12,
        "two thirds, in tenths of a per cent"
    );
}

#[test]
fn an_empty_program_has_no_figures_and_says_so() {
    let cohort = Cohort::default();
    for audience in [Audience::Inside, Audience::Outside] {
        let figures = cohort.figures(&plan(audience));
        assert_eq!(figures.reach.people, Tally::Exactly { n: 0 });
        assert_eq!(figures.retention, Shown::NoFigure(NoFigure::Nothing));
        assert_eq!(figures.scales[0].change, Shown::NoFigure(NoFigure::Nothing));
    }
}

#[test]
fn a_plan_or_a_row_that_cannot_be_is_refused() {
    let t = |code, session| Timepoint { code, session };
    let make = |timepoints| FigurePlan::new(Code::of("x"), Audience::Inside, timepoints, vec![]);
    assert_eq!(make(vec![t(T0, 0), t(T0, 1)]).unwrap_err(), PlanError::TimepointTwice { code: T0 });
    assert!(matches!(make(vec![t(T2, 9), t(T0, 1)]), Err(PlanError::TimepointsOutOfOrder { .. })));
    let harare = Code::of("phq-9.cut.harare-2016");
    assert!(Scale::with(instrument("phq-9"), Some(&harare), None).is_ok());
    assert!(Scale::with(instrument("phq-9"), None, Some(&harare)).is_err());
    let mut cohort = Cohort::default();
    let unit = cohort.unit(UnitId::number(1), None).unwrap();
    let late = cohort.session(unit, 0, SessionState::Held, 90);
    assert!(matches!(late, Err(CohortError::NoSuchSession { number: 0, .. })));
}

fn any_sheet() -> impl Strategy<Value = Option<SheetState>> {
    prop_oneof![
        6 => (0_i32..=27).prop_map(|points| Some(scored(points))),
        1 => Just(Some(SheetState::Declined)),
        1 => Just(Some(SheetState::NotScorable)),
        1 => Just(None),
    ]
}

proptest! {
    #[test]
    fn no_count_of_a_few_people_leaves_the_house(
        people in proptest::collection::vec(
            (any_sheet(), any_sheet(), 0_u128..4, proptest::option::of(1_u16..16)), 0..70),
    ) {
        let mut cohort = Cohort::default();
        let units: Vec<_> = (0..4).map(|n| cohort.unit(UnitId::number(n), None).unwrap()).collect();
        for (before, after, unit, left) in &people {
            let unit = units[usize::try_from(*unit).unwrap()];
            let person = cohort.person(Enrolment { unit, joined: 1, left: *left }).unwrap();
            cohort.mark(person, unit, 1, Mark::Present).unwrap();
            for (when, sheet) in [(T0, before), (T2, after)] {
                if let Some(sheet) = sheet {
                    cohort.sheet(person, &Code::of("phq-9"), &when, *sheet).unwrap();
                }
            }
        }
        for audience in [Audience::Inside, Audience::Outside] {
            let figures: Figures = cohort.figures(&plan(audience));
            let floor = audience.floor();
            let large = |n: u64| n == 0 || floor <= n;
            if let Some(waves) = figures.scales[0].waves.shown() {
                for wave in waves {
                    let cells = || wave.bands.iter().chain(&wave.unmeasured);
                    prop_assert!(cells().filter_map(|cell| cell.shown()).all(large));
                    let total = people.len() as u64;
                    let shown: u64 = cells().filter_map(|cell| cell.shown()).sum();
                    prop_assert!(large(total - shown), "the hidden cells together are few");
                    if let Some(n) = wave.measured.exact() {
                        prop_assert!(large(n) && large(total - n));
                    }
                }
            }
            if let Some(change) = figures.scales[0].change.shown() {
                prop_assert!(change.mean.is_finite() && change.interval.low.is_finite());
            }
            let json = serde_json::to_string(&figures).unwrap();
            prop_assert!(!json.contains("NaN"));
            let back: Figures = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(back.reach, figures.reach);
        }
    }
}

/// Forty circles of twenty, who came in distress and mostly fell below the cut-off; those who came
/// more often fell further.
fn large() -> Cohort {
    let mut cohort = Cohort::default();
    let areas = ["hill", "lake"].map(|area| cohort.group(&Cohort::AREA, &Code::of(area)).unwrap());
    for id in 0..40_u16 {
        let unit = cohort.unit(UnitId::number(u128::from(id)), None).unwrap();
        for week in 1..=16 {
            cohort.session(unit, week, SessionState::Held, 120).unwrap();
        }
        for n in 0..20_u16 {
            let k = u32::from(id) * 20 + u32::from(n);
            let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
            cohort.put_into(person, areas[usize::from(id % 2)]).unwrap();
            for week in 1..=16 {
                let mark = if week <= 8 + n % 9 { Mark::Present } else { Mark::Absent };
                cohort.mark(person, unit, week, mark).unwrap();
            }
            let before = i32::try_from(3 + k * 7 % 25).unwrap();
            let fall = i32::try_from(k * 5 % 17 + u32::from(n % 9)).unwrap() - 9;
            cohort.sheet(person, &Code::of("phq-9"), &T0, scored(before)).unwrap();
            if k % 10 != 9 {
                let after = (before - fall).clamp(0, 27);
                cohort.sheet(person, &Code::of("phq-9"), &T2, scored(after)).unwrap();
            }
        }
    }
    cohort
}

#[test]
fn a_large_program_learns_who_left_caseness_and_what_goes_with_coming_often() {
    let cohort = large();
    let plan = plan(Audience::Outside).by(vec![Cohort::AREA]);
    let figures = cohort.figures(&plan);
    let scale = &figures.scales[0];
    let found = scale.recovery.as_ref().unwrap().shown().unwrap();
    let ways = [found.stayed_case, found.left_caseness, found.entered_caseness, found.stayed_below];
    assert_eq!(ways.iter().sum::<u64>(), 720);
    assert!(found.reliably_recovered.is_some_and(|n| 0 < n && n <= found.left_caseness));
    let bins = scale.spread.shown().unwrap();
    assert_eq!(bins.iter().map(|bin| bin.people).sum::<u64>(), 720);
    assert!(bins.is_sorted_by_key(|bin| bin.from));
    let dose = scale.dose.shown().unwrap();
    assert_eq!(dose.steps.iter().map(|step| step.people).sum::<u64>(), 720);
    // Each session more, a point less: made so.
    assert!(dose.interval.low < -1.0 + 0.1 && -1.0 - 0.1 < dose.interval.high, "{dose:?}");
    let change = scale.change.shown().unwrap();
    assert_eq!(change.clusters.map(|found| found.units), Some(40));
    let [areas] = figures.breakdowns.as_slice() else { panic!("by area") };
    let groups: Vec<_> = areas.rows.iter().map(|row| row.group.clone()).collect();
    assert_eq!(groups, [Some(Code::of("hill")), Some(Code::of("lake"))]);
    assert!(areas.rows.iter().all(|row| row.changes[0].mean.is_some()));
    let said = [Caution::RegressionToTheMean, Caution::NoComparison];
    assert_eq!(scale.cautions, said);
}

#[test]
fn people_of_one_circle_who_are_alike_widen_the_interval() {
    // The same changes, alike within circles or spread over them.
    let width = |alike: bool| {
        let mut cohort = Cohort::default();
        for id in 0..10_i32 {
            let unit = cohort.unit(UnitId::number(id.unsigned_abs().into()), None).unwrap();
            for n in 0..20_i32 {
                let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
                let fall = if alike { id } else { (id + n) % 10 };
                cohort.sheet(person, &Code::of("phq-9"), &T0, scored(15)).unwrap();
                cohort.sheet(person, &Code::of("phq-9"), &T2, scored(15 - fall)).unwrap();
            }
        }
        let figures = cohort.figures(&plan(Audience::Inside));
        let change = figures.scales[0].change.shown().unwrap().clone();
        (change.interval.high - change.interval.low, change.clusters.unwrap())
    };
    let ((narrow, apart), (wide, together)) = (width(false), width(true));
    assert!(3.0 * narrow < wide, "{narrow} {wide}");
    assert!(together.design_effect > 19.0 && (apart.design_effect - 1.0).abs() < 1e-9);
}

#[test]
fn a_plan_may_hide_more_than_its_audience_asks_and_never_less() {
    let mut cohort = Cohort::default();
    circle(&mut cohort, 1, 7);
    let floor = |floor| cohort.figures(&plan(Audience::Inside).floor(floor)).floor;
    assert_eq!((floor(3), floor(20)), (5, 20));
}

/// So many of whom there are marks, and so many of whom there is none, all measured twice.
fn half_marked(marked: u16, unmarked: u16) -> Cohort {
    let mut cohort = Cohort::default();
    let unit = circle(&mut cohort, 1, marked);
    for n in 0..unmarked {
        let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
        for (when, points) in [(T0, 15), (T2, 9 + i32::from(n % 3))] {
            cohort.sheet(person, &Code::of("phq-9"), &when, scored(points)).unwrap();
        }
    }
    cohort
}

#[test]
fn of_whom_there_is_no_mark_it_is_not_said_that_they_came_to_nothing() {
    let plan = plan(Audience::Inside).leaving(Leaving::Missed { sessions: 3 });
    let figures = half_marked(80, 80).figures(&plan);
    assert_eq!(figures.unmarked, Tally::Exactly { n: 80 });
    let completed = figures.completion.as_ref().unwrap().shown().unwrap();
    assert_eq!(
        (completed.count, completed.of),
        (Tally::Exactly { n: 80 }, Tally::Exactly { n: 80 })
    );
    let stayed = figures.retention.shown().unwrap().stayed;
    assert_eq!((stayed.share, stayed.of), (Some(1.0), Tally::Exactly { n: 80 }));
    // A few of whom there is none are told by nothing.
    let figures = half_marked(80, 3).figures(&plan);
    assert_eq!(figures.unmarked, Tally::FewerThan { n: 5 });
    let completed = figures.completion.unwrap().shown().copied().unwrap();
    assert_eq!((completed.of, completed.share), (Tally::AtLeast { n: 79 }, None));
    // A store that has every mark says that whoever has none did not come.
    let mut whole = half_marked(80, 80);
    whole.every_mark_is_here();
    let figures = whole.figures(&plan);
    assert_eq!(figures.unmarked, Tally::Exactly { n: 0 });
    let completed = figures.completion.unwrap().shown().copied().unwrap();
    assert_eq!(completed.share, Some(0.5));
}

#[test]
fn the_steps_of_change_by_sessions_are_open_and_count_only_whom_there_are_marks_of() {
    let mut cohort = large();
    let figures = cohort.figures(&plan(Audience::Outside));
    let steps = &figures.scales[0].dose.shown().unwrap().steps;
    assert!(steps[0].from.is_none() && steps[steps.len() - 1].to.is_none());
    let unit = cohort.unit(UnitId::number(99), None).unwrap();
    for n in 0..40 {
        let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
        for (when, points) in [(T0, 15), (T2, 9 + n % 3)] {
            cohort.sheet(person, &Code::of("phq-9"), &when, scored(points)).unwrap();
        }
    }
    let figures = cohort.figures(&plan(Audience::Outside));
    let dose = figures.scales[0].dose.shown().unwrap();
    assert_eq!(dose.steps.iter().map(|step| step.people).sum::<u64>(), 720, "760 measured twice");
}

#[test]
fn where_nothing_records_leaving_nobody_is_said_to_have_stayed() {
    let mut cohort = Cohort::default();
    circle(&mut cohort, 1, 40);
    let unknown = plan(Audience::Inside).leaving(Leaving::Unknown);
    let figures = cohort.figures(&unknown);
    assert_eq!(figures.retention, Shown::NoFigure(NoFigure::NotRecorded));
    assert!(!figures.methods.contains(&Method::KaplanMeier), "{:?}", figures.methods);
    assert!(figures.completion.unwrap().shown().is_some(), "who completed is known all the same");
}

#[test]
fn whoever_joined_late_is_at_risk_of_leaving_from_then_on() {
    let mut cohort = Cohort::default();
    let unit = cohort.unit(UnitId::number(1), None).unwrap();
    for week in 1..=16 {
        cohort.session(unit, week, SessionState::Held, 90).unwrap();
    }
    // Eighty from the start, of whom forty leave after the fourth; eighty at the seventh, of whom twenty after the ninth.
    for n in 0..160_u16 {
        let (joined, left) = match n {
            0..40 => (1, Some(4)),
            40..80 => (1, None),
            80..100 => (7, Some(9)),
            _ => (7, None),
        };
        cohort.person(Enrolment { unit, joined, left }).unwrap();
    }
    let figures = cohort.figures(&plan(Audience::Inside));
    let retention = figures.retention.shown().unwrap();
    let told: Vec<_> = retention.curve.iter().map(|step| (step.session, step.stays)).collect();
    // lifelines 0.30.3 with `entry`: 0.5, and 0.5 * 100 / 120.
    assert_eq!(told, [(4, 0.5), (9, 0.417)]);
    assert_eq!(retention.stayed.of, Tally::Exactly { n: 160 });
}

#[test]
fn whoever_had_left_and_declined_did_not_decline_and_stay() {
    let mut cohort = Cohort::default();
    let unit = circle(&mut cohort, 1, 40);
    for n in 0..30 {
        let left = (n < 20).then_some(8);
        let person = cohort.person(Enrolment { unit, joined: 1, left }).unwrap();
        cohort.sheet(person, &Code::of("phq-9"), &T0, scored(9)).unwrap();
        cohort.sheet(person, &Code::of("phq-9"), &T2, SheetState::Declined).unwrap();
    }
    let figures = cohort.figures(&plan(Audience::Inside));
    let end = &figures.scales[0].waves.shown().unwrap()[1];
    let count = |reason: Unmeasured| end.unmeasured[reason as usize].shown();
    assert_eq!((count(Unmeasured::HadLeft), count(Unmeasured::Declined)), (Some(20), Some(10)));
}

#[test]
fn a_cut_off_that_marks_the_good_side_is_read_the_right_way_round() {
    let mut cohort = Cohort::default();
    let unit = cohort.unit(UnitId::number(1), None).unwrap();
    // Of 80 above 28 points 50 come down below, of 40 below 10 go up.
    for n in 0..120 {
        let (before, after) = match n {
            0..50 => (44, 12),
            50..80 => (44, 50 + n % 3),
            80..90 => (20, 46),
            _ => (20, 14 + n % 3),
        };
        let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
        for (when, points) in [(T0, before), (T2, after)] {
            cohort.sheet(person, &Code::of("pcl-5"), &when, scored(points)).unwrap();
        }
    }
    let cut = Code::of("pcl-5.cut.marx-2022");
    let change = instrument("pcl-5").default_change().map(|by| by.provenance.id.clone());
    let scale = Scale::with(instrument("pcl-5"), Some(&cut), change.as_ref()).unwrap();
    let timepoints = vec![Timepoint { code: T0, session: 0 }, Timepoint { code: T2, session: 16 }];
    let plan = FigurePlan::new(Code::of("x"), Audience::Inside, timepoints, vec![scale]).unwrap();
    let figures = cohort.figures(&plan);
    let found = figures.scales[0].recovery.as_ref().unwrap().shown().unwrap();
    let ways = [found.stayed_case, found.left_caseness, found.entered_caseness, found.stayed_below];
    assert_eq!(ways, [30, 50, 10, 30]);
    assert!(found.reliably_recovered.is_none_or(|n| n == 50));
    assert!(figures.scales[0].cautions.contains(&Caution::RegressionToTheMean), "a mean of 36");
}

#[test]
fn what_is_told_as_a_bound_is_warned_of_all_the_same() {
    let mut cohort = Cohort::default();
    let unit = cohort.unit(UnitId::number(1), None).unwrap();
    for n in 0..90 {
        let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
        cohort.sheet(person, &Code::of("phq-9"), &T0, scored(14)).unwrap();
        if n < 26 {
            cohort.sheet(person, &Code::of("phq-9"), &T2, scored(6 + n % 5)).unwrap();
        } else if n == 26 {
            cohort.sheet(person, &Code::of("phq-9"), &T2, SheetState::NotScorable).unwrap();
        }
    }
    // One more with the last total only: how many have both is told as a bound.
    let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
    cohort.sheet(person, &Code::of("phq-9"), &T2, scored(9)).unwrap();
    for _ in 0..6 {
        cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
    }
    let figures = cohort.figures(&plan(Audience::Inside));
    let scale = &figures.scales[0];
    let change = scale.change.shown().unwrap();
    assert!(change.both.exact().is_none(), "{:?}", change.both);
    let said = [Caution::ManyNotMeasuredTwice, Caution::RegressionToTheMean, Caution::FewPeople];
    assert!(said.iter().all(|it| scale.cautions.contains(it)), "{:?}", scale.cautions);
}

#[test]
fn an_interval_ends_where_the_range_does() {
    let mut cohort = Cohort::default();
    for id in 0..2_i32 {
        let unit = cohort.unit(UnitId::number(id.unsigned_abs().into()), None).unwrap();
        for n in 0..20_i32 {
            let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
            let after = if id == 0 { n % 2 } else { 20 + n % 4 };
            cohort.sheet(person, &Code::of("phq-9"), &T0, scored(20)).unwrap();
            cohort.sheet(person, &Code::of("phq-9"), &T2, scored(after)).unwrap();
        }
    }
    let figures = cohort.figures(&plan(Audience::Inside));
    let change = figures.scales[0].change.shown().unwrap();
    assert_eq!((change.interval.low, change.interval.high), (-27.0, 27.0), "one degree of freedom");
}

//! Where there is no figure, there is a reason.

use std::fmt::Debug;

use outcomes::stats::models::{Regression, cluster_robust, omega_total, random_intercept};
use outcomes::stats::{
    self, Aim, Arm, Confidence, Exposure, Imputed, NoFigure, PairedExposure, Watch,
};

const USUAL: Confidence = Confidence::USUAL;

#[track_caller]
fn check<T: Debug>(found: Result<T, NoFigure>, want: NoFigure) {
    assert_eq!(found.map(|found| format!("{found:?}")), Err(want));
}

fn given(numbers: &[f64]) -> Vec<Option<f64>> {
    numbers.iter().copied().map(Some).collect()
}

fn paired(before: &[f64], after: &[f64]) -> Vec<(Option<f64>, Option<f64>)> {
    given(before).into_iter().zip(given(after)).collect()
}

const fn too_few(n: u64, wanted: u64) -> NoFigure {
    NoFigure::TooFew { n, wanted }
}

#[test]
fn too_few_people_are_told_how_many_it_takes() {
    check(stats::describe([], USUAL), NoFigure::Nothing);
    check(stats::describe([None], USUAL), NoFigure::Nothing);
    check(stats::paired_change(paired(&[1.0], &[2.0])), too_few(1, 2));
    check(stats::paired_effects(paired(&[1.0], &[2.0]), USUAL), too_few(1, 2));
    check(stats::linear_trend(paired(&[1.0], &[2.0]), USUAL), too_few(1, 2));
    check(stats::welch(given(&[1.0]), given(&[1.0, 2.0]), USUAL), too_few(1, 2));
    check(stats::group_effects(given(&[1.0]), given(&[2.0]), USUAL), too_few(2, 3));
    check(stats::group_effects(given(&[]), given(&[2.0, 3.0]), USUAL), too_few(0, 1));
    check(stats::rank_sum_normal(given(&[]), given(&[2.0])), too_few(0, 1));
    check(stats::signed_rank_exact(paired(&[], &[])), NoFigure::Nothing);
    check(stats::wilson(0, 0), NoFigure::Nothing);
    check(stats::mcnemar(0, 0, USUAL), NoFigure::Nothing);
    let leaves = || vec![Some(Watch { time: 1.0, left: true })];
    check(stats::log_rank(&[leaves()]), NoFigure::TooFewGroups { n: 1, wanted: 2 });
    check(stats::log_rank(&[leaves(), leaves()]), NoFigure::NoSpread { n: 2 });
    check(stats::log_rank(&[leaves(), vec![]]), NoFigure::Nothing);
    check(stats::stay_curve([None], USUAL), NoFigure::Nothing);
    check(
        stats::rubin_pool(&[Imputed { estimate: 1.0, variance: 1.0 }], None, USUAL),
        too_few(1, 2),
    );
    let few = NoFigure::TooFewGroups { n: 1, wanted: 2 };
    check(stats::icc([("a", Some(1.0)), ("a", Some(2.0))], USUAL), few);
    check(stats::alpha(&[given(&[1.0]), given(&[2.0])], USUAL), too_few(1, 2));
    check(omega_total(&[given(&[1.0, 2.0]), given(&[2.0, 2.0])]), too_few(2, 3));
    check(stats::paired_rate_ratio([], USUAL), too_few(0, 2));
    let both = [(1, Arm::Treated, Some(1.0)), (2, Arm::Control, Some(2.0))];
    check(stats::cluster_means(both, USUAL), too_few(2, 3));
}

#[test]
fn people_who_are_all_alike_give_no_interval() {
    let alike = given(&[4.0, 4.0, 4.0]);
    let spread = NoFigure::NoSpread { n: 3 };
    // 10.1 less 9.1 is not 12.3 less 11.3 to the last bit, and is all the same to a person.
    check(stats::paired_change(paired(&[10.1, 12.3, 5.7], &[9.1, 11.3, 4.7])), spread);
    check(stats::linear_trend(alike.iter().map(|x| (*x, Some(1.0))), USUAL), spread);
    let six = NoFigure::NoSpread { n: 6 };
    check(stats::welch(alike.clone(), alike.clone(), USUAL), six);
    check(stats::group_effects(alike.clone(), alike.clone(), USUAL), six);
    check(stats::rank_sum_normal(alike.clone(), alike.clone()), six);
    check(stats::alpha(&[alike.clone(), alike.clone(), alike.clone()], USUAL), spread);
    check(stats::icc([(1, Some(0.1)), (1, Some(0.1)), (2, Some(0.1))], USUAL), spread);
    let same = PairedExposure {
        before: Some(Exposure { events: 2, time: 12.0 }),
        after: Some(Exposure { events: 1, time: 12.0 }),
    };
    check(stats::paired_rate_ratio([same; 3], USUAL), spread);
}

#[test]
fn what_is_no_number_is_said_to_be_none() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let torn = paired(&[1.0, bad, 3.0], &[2.0, 2.0, 5.0]);
        check(stats::describe([Some(bad)], USUAL), NoFigure::NotANumber);
        check(stats::paired_change(torn.clone()), NoFigure::NotANumber);
        check(stats::signed_rank(torn.clone()), NoFigure::NotANumber);
        check(stats::paired_effects(torn, USUAL), NoFigure::NotANumber);
        check(stats::garwood(Exposure { events: 1, time: bad }, USUAL), NoFigure::NotANumber);
        check(stats::holm(&[Some(bad)]), NoFigure::NotANumber);
        check(Confidence::new(bad), NoFigure::NotANumber);
    }
    check(stats::wilson(3, 2), NoFigure::NotANumber);
    check(stats::paired_difference(3, 3, 5, USUAL), NoFigure::NotANumber);
    check(stats::clopper_pearson(1, u64::MAX, USUAL), NoFigure::NotANumber);
    check(stats::measurement_error(5.0, 1.01), NoFigure::NotANumber);
    check(stats::design_effect(20.0, 1.5, 0.0), NoFigure::NotANumber);
    check(stats::design_effect(0.0, 0.05, 0.0), NoFigure::NotANumber);
    for (difference, power) in [(0.0, 0.8), (0.3, 1.0), (0.3, 0.02)] {
        let aim = Aim { difference, sd: 1.0, power, alpha: 0.05 };
        check(stats::people_per_arm(&aim), NoFigure::NotANumber);
    }
}

#[test]
fn exact_ways_say_where_they_end() {
    let many: Vec<f64> = (0_u8..201).map(f64::from).collect();
    let zeros = vec![-1.0; 201];
    check(stats::signed_rank_exact(paired(&zeros, &many)), NoFigure::TooMany { n: 201, most: 200 });
    check(stats::rank_sum_exact(given(&[1.0]), given(&[1.0])), NoFigure::Tied);
    let fifty_one: Vec<f64> = (0_u8..51).map(f64::from).collect();
    check(
        stats::rank_sum_exact(given(&fifty_one), given(&[0.5])),
        NoFigure::TooMany { n: 51, most: 50 },
    );
}

#[test]
fn models_say_what_is_wrong_with_their_tables() {
    let outcome = given(&[1.0, 4.0, 2.0, 8.0, 5.0, 7.0]);
    let arm = given(&[0.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
    let twice = given(&[3.0, 3.0, 3.0, 9.0, 9.0, 9.0]);
    let still = given(&[2.0; 6]);
    let clusters = [1, 1, 2, 3, 3, 4];
    let with = |predictors: &[&[Option<f64>]], clusters: &[u64]| {
        let regression = Regression { outcome: &outcome, predictors, clusters };
        (cluster_robust(&regression, 0, USUAL).err(), random_intercept(&regression, USUAL).err())
    };
    let both = |reason| (Some(reason), Some(reason));
    assert_eq!(with(&[&arm], &clusters), (None, None));
    assert_eq!(with(&[&arm, &twice], &clusters), both(NoFigure::Entangled));
    assert_eq!(with(&[&still], &clusters), both(NoFigure::Entangled));
    assert_eq!(with(&[&arm], &[1; 6]), both(NoFigure::TooFewGroups { n: 1, wanted: 2 }));
    assert_eq!(with(&[&arm], &[1, 2]), both(NoFigure::Unequal { left: 6, right: 2 }));
    assert_eq!(with(&[&arm], &[1, 2, 3, 4, 5, 6]), (None, Some(too_few(6, 7))));
    assert_eq!(with(&[], &clusters), (Some(NoFigure::Nothing), None));
    check(
        stats::cluster_means([(1, Arm::Treated, None), (1, Arm::Control, None)], USUAL),
        NoFigure::Mixed,
    );
    let ragged = [given(&[1.0, 2.0, 3.0]), given(&[1.0])];
    check(omega_total(&ragged), NoFigure::Unequal { left: 3, right: 1 });
}

#[test]
fn large_numbers_that_hardly_differ_lose_no_digits() {
    let near = |got: f64, want: f64| assert!((got - want).abs() < 1e-7, "{got} for {want}");
    let before = [0.0, 3.0, 1.0, 4.0, 1.5, 2.0, 2.5, 6.0];
    let after = [1.0, 2.0, 5.0, 4.0, 7.0, 1.0, 3.0, 2.0];
    let far = |numbers: &[f64]| given(&numbers.iter().map(|x| x + 1e8).collect::<Vec<_>>());
    let arm = given(&[0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
    let fit = |before: &[Option<f64>], after: &[Option<f64>]| {
        let clusters = [1, 2, 3, 4, 1, 2, 3, 4];
        let regression =
            Regression { outcome: after, predictors: &[&arm, before], clusters: &clusters };
        let robust = cluster_robust(&regression, 0, USUAL).unwrap();
        let mixed = random_intercept(&regression, USUAL).unwrap();
        [
            robust.estimate,
            robust.cr2.error,
            robust.cr2.df.unwrap(),
            mixed.within,
            mixed.log_likelihood,
        ]
    };
    let moved = fit(&far(&before), &far(&after));
    for (got, want) in moved.into_iter().zip(fit(&given(&before), &given(&after))) {
        near(got, want);
    }
}

#[test]
fn an_effect_beyond_all_bounds_has_no_interval_and_stops_nothing() {
    let found =
        stats::group_effects(given(&[1e154; 3]), given(&[0.0, 1e-140, 2e-140]), USUAL).unwrap();
    assert!(found.d > 1e290 && found.d_interval.is_none());
}

#[test]
fn a_group_of_two_hundred_thousand_costs_no_more_than_its_reading() {
    let people = (0_u32..200_000).map(|n| (Some(f64::from(n % 17)), Some(f64::from(n % 13))));
    let found = stats::paired_effects(people, USUAL).unwrap();
    let interval = found.d_z_interval.unwrap();
    let half = 1.959_964 * ((1.0 + found.d_z.unwrap().powi(2) / 2.0) / 200_000.0).sqrt();
    assert!(((interval.high - interval.low) / 2.0 - half).abs() < 1e-6);
}

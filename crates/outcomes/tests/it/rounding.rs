//! What rounding leaves is no finding.

use outcomes::stats::models::{Regression, cluster_robust, omega_total, random_intercept};
use outcomes::stats::{
    self, ArmRow, ClinicalRule, Confidence, CutOffKind, Departures, Exposure, Imputed, Moments,
    NoFigure, Norm, Step, Watch, ancova, rate_ratio,
};
use outcomes::suppression::{Alike, Tally, partition, suppress_row, tally_column};
use outcomes::{Better, Shift};

const USUAL: Confidence = Confidence::USUAL;

fn given(numbers: &[f64]) -> Vec<Option<f64>> {
    numbers.iter().copied().map(Some).collect()
}

/// Both fits of an outcome on lists of predictors, the first of which is asked for.
fn fits(clusters: &[u64], predictors: &[&[f64]], outcome: &[f64]) -> [Option<NoFigure>; 2] {
    let outcome = given(outcome);
    let predictors: Vec<Vec<Option<f64>>> = predictors.iter().map(|list| given(list)).collect();
    let predictors: Vec<&[Option<f64>]> = predictors.iter().map(Vec::as_slice).collect();
    let regression = Regression { outcome: &outcome, predictors: &predictors, clusters };
    [cluster_robust(&regression, 0, USUAL).err(), random_intercept(&regression, USUAL).err()]
}

#[test]
fn one_circle_in_each_arm_says_nothing_of_how_circles_differ() {
    let few = |n, wanted| Some(NoFigure::TooFewGroups { n, wanted });
    let arm = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
    let points = [3.0, 5.1, 4.0, 6.0, 9.0, 8.0, 7.3];
    assert_eq!(fits(&[1, 1, 1, 2, 2, 2, 2], &[&arm], &points), [few(2, 3); 2]);
    // In whatever order the circles stand, and however many people sit in them.
    assert_eq!(fits(&[2, 2, 2, 1, 1, 1, 1], &[&arm], &points), [few(2, 3); 2]);
    let mut seed = 7_u32;
    for size in 2..60 {
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(seed >> 24) / 3.0
        };
        let people = 2 * size + 3;
        let outcome: Vec<f64> = (0..people).map(|_| next()).collect();
        let own: Vec<f64> = (0..people).map(|_| next()).collect();
        let second = |place: usize| u64::from(place >= size);
        let clusters: Vec<u64> = (0..people).map(second).collect();
        let arm: Vec<f64> = (0..people).map(|place| stats_number(second(place))).collect();
        assert_eq!(fits(&clusters, &[&arm], &outcome), [few(2, 3); 2], "{size}");
        // What people bring of their own does not help.
        assert_eq!(fits(&clusters, &[&arm, &own], &outcome), [few(2, 3); 2], "{size}");
    }
}

#[expect(clippy::cast_precision_loss, reason = "zero or one")]
fn stats_number(n: u64) -> f64 {
    n as f64
}

#[test]
fn as_many_facts_about_circles_as_circles_leave_no_doubt_to_reckon_with() {
    let few = |n, wanted| Some(NoFigure::TooFewGroups { n, wanted });
    let clusters = [1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3];
    let arm = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    let size = [3.0, 3.0, 3.0, 3.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0];
    let points = [3.0, 5.0, 4.0, 6.0, 8.0, 9.0, 7.0, 11.0, 2.0, 3.0, 6.0, 5.0, 4.0, 9.0, 8.0];
    assert_eq!(fits(&clusters, &[&arm, &size], &points), [few(3, 4); 2]);
    assert_eq!(fits(&clusters, &[&arm], &points), [None; 2]);
    // Only people of the first circle differ in this: nobody can set it beside another circle.
    let own = [1.0, 2.0, 4.0, 3.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5];
    let level = [0.0, 0.0, 0.0, 0.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5];
    let first = [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let four = [1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4];
    assert_eq!(fits(&four, &[&own, &level, &first], &points), [few(1, 2), None]);
}

#[test]
fn circles_that_do_not_differ_but_for_rounding_have_no_robust_error() {
    let arm = [0.1, 0.3, 0.1, 0.3, 0.1, 0.3];
    let same = [0.1, 0.7, 0.1, 0.7, 0.1, 0.7];
    let robust = |outcome: &[f64]| fits(&[1, 1, 2, 2, 3, 3], &[&arm], outcome)[0];
    assert_eq!(robust(&same), Some(NoFigure::NoSpread { n: 3 }));
    // People differ within each circle, and every circle says the same.
    let two = [0.1, 0.3, 0.1, 0.3, 0.1, 0.3, 0.1, 0.3];
    let mixed = [0.1, 0.7, 0.4, 1.1, 0.1, 0.7, 0.4, 1.1];
    let found = fits(&[1, 1, 1, 1, 2, 2, 2, 2], &[&two], &mixed)[0];
    assert_eq!(found, Some(NoFigure::NoSpread { n: 2 }));
}

#[test]
fn one_circle_is_told_as_one_circle() {
    let one = stats::icc([(1, Some(1.0)), (1, Some(2.0)), (1, Some(4.0))], USUAL);
    assert_eq!(one.err(), Some(NoFigure::TooFewGroups { n: 1, wanted: 2 }));
    let alone = stats::icc([(1, Some(1.0)), (2, Some(2.0))], USUAL);
    assert_eq!(alone.err(), Some(NoFigure::TooFew { n: 2, wanted: 3 }));
}

#[test]
fn arms_that_were_all_but_told_before_keep_their_digits() {
    // The same arms with a first measurement that says them to four digits, and turned so that it does not.
    let noise = [0.189, -0.523, -0.413, -2.441, 1.8, 1.144, -0.325, 0.774, 0.281, -0.554];
    let after = [9.1, 12.3, 10.4, 7.7, 15.2, 11.9, 8.8, 13.1, 6.4, 10.0];
    let arm = |place: usize| if place < 5 { 0.0 } else { 1.0 };
    let fit = |before: &dyn Fn(f64, f64) -> f64| {
        let row = |(place, (noise, after)): (usize, (&f64, &f64))| ArmRow {
            arm: Some(arm(place)),
            before: Some(before(arm(place), *noise)),
            after: Some(*after),
        };
        ancova(noise.iter().zip(&after).enumerate().map(row), USUAL)
    };
    let near = |got: f64, want: f64| {
        assert!((got - want).abs() <= 1e-8 * want.abs(), "{got} for {want}");
    };
    let plain = fit(&|_, noise| noise).unwrap();
    let step = 2.0_f64.powi(-14);
    let close = fit(&|arm, noise| arm * 8.0 + noise * step).unwrap();
    // before = 8 arm + noise/2^14: the slope of before grows 2^14 times, and arm loses 8 of them.
    near(close.before, plain.before / step);
    near(close.arm, plain.arm - 8.0 * plain.before / step);
    near(close.residual_sd, plain.residual_sd);
    // The error as mpmath has it to fifty digits.
    near(close.error.unwrap(), 82_103.252_093_247_37);
    let said = fit(&|arm, noise| arm * 8.0 + noise * step * step);
    assert_eq!(said.err(), Some(NoFigure::Entangled));
    let still = fit(&|arm, _| if arm > 0.0 { 0.1 + 0.2 } else { 0.3 });
    assert_eq!(still.err(), Some(NoFigure::Entangled));
}

#[test]
fn where_only_rounding_is_left_there_is_no_spread() {
    let third = [0.1 + 0.2, 0.3, 0.3];
    let spread = |n| Some(NoFigure::NoSpread { n });
    let sheets = [[0.1, 0.2], [0.3, 0.0], [0.2, 0.1]].map(|sheet| given(&sheet));
    assert_eq!(stats::alpha(&sheets, USUAL).err(), spread(3));
    let signs = [[1000.1, -1000.0], [1000.2, -1000.1], [500.3, -500.2]].map(|sheet| given(&sheet));
    assert_eq!(stats::alpha(&signs, USUAL).err(), spread(3));
    let effects = stats::group_effects(given(&third), given(&[5.0, 5.0]), USUAL);
    assert_eq!(effects.err(), spread(5));
    let glass = stats::group_effects(given(&[1.0, 2.0, 4.0]), given(&third), USUAL).unwrap();
    assert_eq!(glass.glass, None);
    let pairs = |before: &[f64], after: &[f64]| {
        given(before).into_iter().zip(given(after)).collect::<Vec<_>>()
    };
    let later = [1.0, 2.0, 5.0];
    let paired = stats::paired_effects(pairs(&third, &later), USUAL).unwrap();
    assert_eq!((paired.glass, paired.correlation), (None, None));
    assert_eq!(stats::linear_trend(pairs(&third, &later), USUAL).err(), spread(3));
    let flat = stats::linear_trend(pairs(&later, &third), USUAL).unwrap();
    assert_eq!((flat.r, flat.rho, flat.slope_p), (None, None, None));
    let described = stats::describe(given(&third), USUAL).unwrap();
    assert_eq!((described.sd, described.interval), (Some(0.0), None));
    let rule = ClinicalRule {
        reliability: 0.8,
        clinical: None,
        functional: None,
        better: Better::Lower,
        cut_off: CutOffKind::A,
        z: 1.96,
    };
    assert_eq!(stats::clinical_change(pairs(&third, &later), &rule).err(), spread(3));
    let people = |mean: f64| [mean, mean].into_iter().collect::<Moments>();
    let groups = [(0.1 + 0.2, people(1.0)), (0.3, people(4.0))];
    assert_eq!(stats::grouped_trend(&groups, USUAL).err(), spread(4));
    // Everybody changed by a tenth, and they began on both sides of zero.
    let before = [-1000.1, 1000.1, -500.3, 500.3];
    let after = [-1000.0, 1000.2, -500.2, 500.4];
    assert_eq!(stats::paired_change(pairs(&before, &after)).err(), spread(4));
    assert_eq!(stats::paired_effects(pairs(&before, &after), USUAL).unwrap().d_z, None);
    // Of groups on a line only rounding lies off it, also where they lie on both sides of zero.
    let line = [-1000.1, 0.3, 1000.7].map(|y: f64| ((y - 0.3) / 7.0, people(y)));
    assert_eq!(stats::grouped_trend(&line, USUAL).unwrap().interval, None);
    let sums: Moments = third.into_iter().collect();
    assert_eq!(sums.mean().unwrap().interval, None);
    let alike = [(1, Some(0.3)), (1, Some(0.1 + 0.2)), (2, Some(0.5)), (2, Some(0.5))];
    assert_eq!(stats::icc(alike, USUAL).unwrap().interval, None);
}

#[test]
fn what_is_no_number_has_no_spread() {
    let sd = |numbers: [f64; 3]| numbers.into_iter().collect::<Moments>().sd();
    assert_eq!(sd([1.0, 2.0, 3.0]), Some(1.0));
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e155] {
        for place in 0..3 {
            let mut numbers = [1.0, 2.0, 3.0];
            numbers[place] = bad;
            assert_eq!(sd(numbers), None, "{bad} at {place}");
        }
        let mut many = Moments::default();
        many.push_many(bad, 3);
        assert_eq!(many.mean().is_ok(), bad.is_finite(), "{bad}");
    }
}

#[test]
fn rounding_decides_for_nobody_on_the_line() {
    let norm = |mean, sd| Some(Norm { mean, sd });
    let mut rule = ClinicalRule {
        reliability: 0.88,
        clinical: norm(10.0, 3.8),
        functional: norm(1.0, 1.9),
        better: Better::Lower,
        cut_off: CutOffKind::C,
        z: 1.96,
    };
    let pairs = |after: f64| [12.0, 20.0, 16.0, 9.0].map(|before| (Some(before), Some(after)));
    // The line is (3.8 * 1 + 1.9 * 10) / 5.7: exactly 4, and 4.000000000000001 as it is reckoned.
    let found = stats::clinical_change(pairs(4.0), &rule).unwrap();
    assert_eq!((found.recovered, found.improved), (0, 4));
    let found = stats::clinical_change(pairs(3.999), &rule).unwrap();
    assert_eq!((found.recovered, found.improved), (4, 0));
    rule.better = Better::Higher;
    let back = pairs(4.0).map(|(before, after)| (after, before));
    assert_eq!(stats::clinical_change(back, &rule).err(), Some(NoFigure::NoSpread { n: 4 }));
    // S_diff = 5 sqrt(2 * 0.08) = 2: with z = 2 a change of 4 is exactly as large as it must exceed.
    let shift =
        |after| stats::jacobson_truax(5.0, 0.92, (20.0, after), Better::Lower, 2.0).unwrap().shift;
    assert_eq!((shift(16.0), shift(24.0)), (Shift::Unchanged, Shift::Unchanged));
    assert_eq!((shift(15.999), shift(24.001)), (Shift::Improved, Shift::Worse));
}

#[test]
fn years_and_a_very_large_group_lose_no_digits() {
    let near = |got: f64, want: f64, digits: f64| {
        assert!((got - want).abs() <= digits * want.abs(), "{got} for {want}");
    };
    let step = |count, of, score| Step { count, of, score };
    let found = stats::cochran_armitage(&[
        step(50, 60, 2020.0),
        step(700_000_000, 800_000_000, 2021.0),
        step(40, 61, 2022.0),
    ]);
    // Reckoned with mpmath to fifty digits.
    near(found.unwrap().chi_squared, 8.936_244_324_122_054, 1e-10);
    let scores = [step(1, 10, 0.3), step(5, 10, 0.1 + 0.2)];
    assert_eq!(stats::cochran_armitage(&scores).err(), Some(NoFigure::NoSpread { n: 20 }));
    // A thousand million off, the spread is that of the numbers all the same.
    let numbers = [0.25, 1.5, -0.75, 2.0, -1.25, 0.5, 3.0, -2.5];
    let sums = |off: f64| numbers.iter().map(|x| x + off).collect::<Moments>();
    let mut merged = Moments::default();
    numbers.chunks(3).for_each(|part| merged.merge(&part.iter().map(|x| x + 1e9).collect()));
    near(sums(1e9).sd().unwrap(), sums(0.0).sd().unwrap(), 1e-15);
    near(merged.sd().unwrap(), sums(0.0).sd().unwrap(), 1e-15);
}

#[test]
fn very_unequal_counts_keep_the_digits_of_both_ends() {
    let near = |got: f64, want: f64| {
        assert!((got - want).abs() <= 1e-10 * want.abs(), "{got} for {want}");
    };
    // Reckoned with mpmath to sixty digits.
    let (low, high) = (1.623_486_386_565_815_4e-9, 1.166_833_211_822_682_6e-8);
    let few = Exposure { events: 5, time: 1.0 };
    let many = Exposure { events: 1_000_000_000, time: 1e9 };
    let (there, back) =
        (rate_ratio(few, many, USUAL).unwrap(), rate_ratio(many, few, USUAL).unwrap());
    near(there.exact.low.unwrap(), low * 1e9);
    near(there.exact.high.unwrap(), high * 1e9);
    near(back.exact.low.unwrap(), 1.0 / (high * 1e9));
    near(back.exact.high.unwrap(), 1.0 / (low * 1e9));
    near(back.p_exact, there.p_exact);
    let share = stats::clopper_pearson(3, 10_000_000_000, USUAL).unwrap();
    near(share.interval.high, 8.767_273_067_214_163e-10);
    let odds = stats::mcnemar(1_000_000_000, 5, USUAL).unwrap().odds_interval;
    near(odds.low.unwrap(), 1.0 / high);
    near(odds.high.unwrap(), 1.0 / low);
}

#[test]
fn a_circle_has_one_person_at_least() {
    assert_eq!(stats::design_effect(0.5, 0.1, 0.0), Err(NoFigure::NotANumber));
    assert_eq!(stats::design_effect(1.0, 0.1, 0.0), Ok(1.0));
}

#[test]
fn once_nobody_is_left_both_curves_have_no_error() {
    let mut departures = Departures::default();
    departures.left(1, 2);
    departures.left(2, 1);
    let errors: Vec<bool> =
        stats::kaplan_meier(&departures).iter().map(|step| step.error.is_some()).collect();
    let watches = [1.0, 1.0, 2.0].map(|time| Some(Watch { time, left: true }));
    let curve = stats::stay_curve(watches, USUAL).unwrap();
    let same: Vec<bool> = curve.steps.iter().map(|step| step.error.is_some()).collect();
    assert_eq!((errors.as_slice(), same.as_slice()), (&[true, false][..], &[true, false][..]));
}

#[test]
fn a_proper_fit_of_one_factor_is_told_before_an_improper_one() {
    let sheets = [
        [3.0, 2.0, 2.0, 2.0],
        [2.0, 0.0, 3.0, 0.0],
        [3.0, 1.0, 1.0, 1.0],
        [4.0, 3.0, 1.0, 3.0],
        [0.0, 0.0, 0.0, 1.0],
        [2.0, 2.0, 2.0, 1.0],
        [0.0, 1.0, 0.0, 2.0],
        [3.0, 3.0, 3.0, 2.0],
        [1.0, 0.0, 1.0, 2.0],
        [3.0, 2.0, 4.0, 1.0],
        [2.0, 2.0, 2.0, 2.0],
        [2.0, 1.0, 1.0, 2.0],
    ]
    .map(|sheet| given(&sheet));
    let found = omega_total(&sheets).unwrap();
    // As R's lavaan 0.6 has it.
    assert!(found.is_proper && (found.omega - 0.787_659).abs() < 2e-5, "{found:?}");
}

#[test]
fn an_interval_too_wide_for_a_number_takes_nothing_else_away() {
    let table = |estimate| Imputed { estimate, variance: 0.0009 };
    let tables = [table(1.0), table(2.0), table(3.5)];
    let found = stats::rubin_pool(&tables, Some(1.0), USUAL).unwrap();
    assert!((found.estimate - 6.5 / 3.0).abs() < 1e-12 && found.interval.is_none());
    assert!(stats::rubin_pool(&tables, None, USUAL).unwrap().interval.is_some());
}

#[test]
fn counts_beyond_all_counting_stop_nothing() {
    let most = u64::MAX;
    assert_eq!(Tally::among(most - 1, &[most], 11, Alike::Shown), Tally::AtLeast { n: most - 10 });
    assert_eq!(Tally::among(1, &[most], most, Alike::Shown), Tally::Hidden);
    assert_eq!(suppress_row(&[most, most, 3], 11, Alike::Hidden).len(), 3);
    assert_eq!(partition(&[most, 1], &[most], 11).first.len(), 2);
    assert_eq!(tally_column(&[(most, most), (most - 1, most), (2, most)], 11).len(), 3);
}

//! What rounding leaves is no finding.

use outcomes::stats::models::{Regression, cluster_robust, random_intercept};
use outcomes::stats::{self, Confidence, NoFigure};

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
    let few = |n, wanted| Some(NoFigure::TooFewClusters { n, wanted });
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
    let few = |n, wanted| Some(NoFigure::TooFewClusters { n, wanted });
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
    assert_eq!(one.err(), Some(NoFigure::TooFewClusters { n: 1, wanted: 2 }));
    let alone = stats::icc([(1, Some(1.0)), (2, Some(2.0))], USUAL);
    assert_eq!(alone.err(), Some(NoFigure::TooFew { n: 2, wanted: 3 }));
}

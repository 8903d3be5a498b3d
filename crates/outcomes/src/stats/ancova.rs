//! Two arms compared, with what people were like before taken into account.

use serde::{Deserialize, Serialize};

use super::figure::{Confidence, Sample, is_rounding, sound, told};
use super::moments::size;
use super::tails::t_beyond;
use super::{Interval, Method, Moments, NoFigure};

/// One person of a comparison of two arms.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ArmRow {
    /// The arm: 1 of the treated and 0 of the others, or a dose.
    pub arm: Option<f64>,
    /// Before.
    pub before: Option<f64>,
    /// After.
    pub after: Option<f64>,
}

/// The difference of arms, adjusted for the first measurement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ancova {
    /// How many people, and how many lack a number.
    pub sample: Sample,
    /// Where the plane stands at zero.
    pub intercept: f64,
    /// The adjusted difference of arms, in points.
    pub arm: f64,
    /// How much one point before goes with after.
    pub before: f64,
    /// The standard error of the difference; none when nothing is left unexplained.
    pub error: Option<f64>,
    /// Its t interval.
    pub interval: Option<Interval>,
    /// The difference over its standard error.
    pub t: Option<f64>,
    /// The two-sided p of no difference.
    pub p: Option<f64>,
    /// The standard deviation of what is left unexplained, in points.
    pub residual_sd: f64,
    /// The degrees of freedom: people less three.
    pub df: f64,
    /// How this was reckoned.
    pub method: Method,
}

/// Least squares of after on arm and before: to be preferred to a comparison of changes where arms
/// were drawn by lot (Vickers & Altman 2001, BMJ 323:1123).
///
/// R's `lm(after ~ arm + before)` gives the same. It knows no circles: for arms made of circles use the
/// cluster-robust fit of the feature `models`, or the means of clusters.
///
/// Where before all but says the arm, the part that is left of the arm keeps nine digits at least: a
/// smaller part than a millionth is refused.
///
/// # Errors
///
/// [`NoFigure::TooFew`] below four people, [`NoFigure::Entangled`] when arm or before does not vary beyond
/// rounding or one says the other to six digits, [`NoFigure::NotANumber`] when one is no number or too large
/// to be squared.
pub fn ancova(
    people: impl IntoIterator<Item = ArmRow>,
    confidence: Confidence,
) -> Result<Ancova, NoFigure> {
    let (rows, sample) = complete(people)?;
    super::column::at_least(&rows, 4)?;
    let middle = |of: fn(&[f64; 3]) -> f64| {
        let moments: Moments = rows.iter().map(of).collect();
        moments.mean().map(|found| found.mean)
    };
    let means = [middle(|row| row[0])?, middle(|row| row[1])?, middle(|row| row[2])?];
    let fit = Fit::new(&rows, means)?;
    let [mean_arm, mean_before, mean_after] = means;
    let df = size(&rows) - 3.0;
    let residual_sd = sound((fit.squares / df).sqrt())?;
    let largest = rows.iter().fold(0.0_f64, |most, row| most.max(row[2].abs()));
    let error = told(residual_sd * fit.unit_error).filter(|_| !is_rounding(residual_sd, largest));
    let t = error.and_then(|error| told(fit.arm / error));
    let half = error.and_then(|error| Some(confidence.t(df).ok()? * error));
    Ok(Ancova {
        sample,
        intercept: sound(mean_after - fit.arm * mean_arm - fit.before * mean_before)?,
        arm: fit.arm,
        before: fit.before,
        error,
        interval: half.and_then(|half| Interval::around(fit.arm, half)),
        t,
        p: t.map(|t| t_beyond(t, df)),
        residual_sd,
        df,
        method: Method::Ancova,
    })
}

/// A plane over two predictors.
struct Fit {
    arm: f64,
    before: f64,
    /// The standard error of `arm` where the residual standard deviation is one.
    unit_error: f64,
    /// The sum of squares that is left unexplained.
    squares: f64,
}

impl Fit {
    /// Before is taken out of arm and after, and what is left of after is explained by what is left of
    /// arm: no square of a predictor is subtracted from another, so that no digits cancel.
    fn new(rows: &[[f64; 3]], means: [f64; 3]) -> Result<Self, NoFigure> {
        let [(arm, largest_arm), (before, largest_before), (after, _)] =
            [0, 1, 2].map(|place| centred(rows, means, place));
        let (aa, bb) = (dot(&arm, &arm), dot(&before, &before));
        sound(aa + bb)?;
        let n = size(rows);
        let still = |squares: f64, largest| is_rounding((squares / n).sqrt(), largest);
        if still(aa, largest_arm) || still(bb, largest_before) {
            return Err(NoFigure::Entangled);
        }
        let (own, of_arm) = without(arm, &before, bb);
        let (rest, of_after) = without(after, &before, bb);
        let own_squares = dot(&own, &own);
        if own_squares.sqrt() <= 1e-6 * aa.sqrt() {
            return Err(NoFigure::Entangled);
        }
        let slope = sound(dot(&own, &rest) / own_squares)?;
        let left = rest.iter().zip(&own).map(|(rest, own)| (rest - slope * own).powi(2));
        Ok(Self {
            arm: slope,
            before: sound(of_after - slope * of_arm)?,
            unit_error: sound(1.0 / own_squares.sqrt())?,
            squares: left.sum(),
        })
    }
}

/// One column less its mean, and its largest number, whichever its sign.
fn centred(rows: &[[f64; 3]], means: [f64; 3], place: usize) -> (Vec<f64>, f64) {
    let cells = || rows.iter().filter_map(|row| row.get(place).copied());
    let mean = means.get(place).copied().unwrap_or(0.0);
    (cells().map(|x| x - mean).collect(), cells().fold(0.0_f64, |most, x| most.max(x.abs())))
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

/// What a second column leaves of a first, and how much of the second was in it. Taken out twice, for the
/// first time leaves a trace where little is left.
fn without(mut column: Vec<f64>, other: &[f64], squares: f64) -> (Vec<f64>, f64) {
    let mut all = 0.0;
    for _ in 0..2 {
        let share = dot(&column, other) / squares;
        column.iter_mut().zip(other).for_each(|(cell, other)| *cell -= share * other);
        all += share;
    }
    (column, all)
}

fn complete(people: impl IntoIterator<Item = ArmRow>) -> Result<(Vec<[f64; 3]>, Sample), NoFigure> {
    let (mut rows, mut all) = (Vec::new(), 0);
    for person in people {
        all += 1;
        let cells = [person.arm, person.before, person.after];
        if cells.iter().flatten().any(|x| !x.is_finite()) {
            return Err(NoFigure::NotANumber);
        }
        if let [Some(arm), Some(before), Some(after)] = cells {
            rows.push([arm, before, after]);
        }
    }
    let sample = Sample::of(rows.len() as u64, all);
    Ok((rows, sample))
}

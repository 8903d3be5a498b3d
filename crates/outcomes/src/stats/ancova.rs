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
/// # Errors
///
/// [`NoFigure::TooFew`] below four people, [`NoFigure::Entangled`] when arm or before does not vary or
/// one says the other, [`NoFigure::NotANumber`] when one is no number.
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
    let fit = Fit::new(&rows, means).ok_or(NoFigure::Entangled)?;
    let [mean_arm, mean_before, mean_after] = means;
    let df = size(&rows) - 3.0;
    let left = |row: &[f64; 3]| {
        let [arm, before, after] = *row;
        after - mean_after - fit.arm * (arm - mean_arm) - fit.before * (before - mean_before)
    };
    let residual_sd = sound((rows.iter().map(|row| left(row).powi(2)).sum::<f64>() / df).sqrt())?;
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
}

impl Fit {
    fn new(rows: &[[f64; 3]], [mean_arm, mean_before, mean_after]: [f64; 3]) -> Option<Self> {
        let sum = |of: fn(f64, f64, f64) -> f64| -> f64 {
            let off = rows.iter().map(|[arm, before, after]| {
                of(arm - mean_arm, before - mean_before, after - mean_after)
            });
            off.sum()
        };
        let (aa, bb) = (sum(|a, _, _| a * a), sum(|_, b, _| b * b));
        // What is left of the arm when before has told what it can, and the reverse.
        let ab = sum(|a, b, _| a * b);
        let (ay, by) = (sum(|a, _, y| a * y), sum(|_, b, y| b * y));
        let (own_arm, own_before) = (aa - ab * (ab / bb), bb - ab * (ab / aa));
        if !(own_arm > 1e-12 * aa && own_before > 1e-12 * bb) {
            return None;
        }
        let arm = told((ay - ab * (by / bb)) / own_arm)?;
        let before = told((by - ab * (ay / aa)) / own_before)?;
        Some(Self { arm, before, unit_error: told(1.0 / own_arm.sqrt())? })
    }
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

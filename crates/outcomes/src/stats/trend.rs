//! Whether more goes with more: a straight line, correlations, and shares over ordered groups.

use serde::{Deserialize, Serialize};

use super::column::{at_least, complete, correlation, mean, spread};
use super::figure::{Confidence, Sample, countable, is_rounding, largest, sound, told};
use super::moments::{real, size};
use super::ranks::Ranks;
use super::tails::{chi_squared_above, t_beyond};
use super::{Interval, Method, Moments, NoFigure};

/// A straight line of one number on another, with correlations.
///
/// It is an association. Who attends more sessions chose to, or was well enough to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LinearTrend {
    /// How many pairs, and how many lack a number.
    pub sample: Sample,
    /// Pearson's correlation; none where `y` does not vary.
    pub r: Option<f64>,
    /// Its interval by Fisher's transformation, from four pairs on.
    pub r_interval: Option<Interval>,
    /// The two-sided p of no correlation.
    pub r_p: Option<f64>,
    /// Spearman's correlation: Pearson's of the ranks, ties sharing theirs.
    pub rho: Option<f64>,
    /// Where the line stands at zero.
    pub intercept: f64,
    /// How much `y` rises with one unit of `x`.
    pub slope: f64,
    /// The standard error of the slope, from three pairs on.
    pub slope_error: Option<f64>,
    /// The t interval of the slope, where there is doubt.
    pub slope_interval: Option<Interval>,
    /// The slope over its standard error.
    pub slope_t: Option<f64>,
    /// The two-sided p of no slope.
    pub slope_p: Option<f64>,
    /// How this was reckoned.
    pub method: Method,
}

/// Fits a straight line to pairs of `(x, y)` by least squares.
///
/// R's `lm` and `cor.test`, SciPy's `linregress` and `pearsonr` give the same. A line without any
/// doubt (all pairs on it) has no t and no p.
///
/// # Errors
///
/// [`NoFigure::TooFew`] below two pairs, [`NoFigure::NoSpread`] when all `x` are alike,
/// [`NoFigure::NotANumber`] when one is no number.
pub fn linear_trend(
    pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>,
    confidence: Confidence,
) -> Result<LinearTrend, NoFigure> {
    let (pairs, sample) = complete(pairs)?;
    at_least(&pairs, 2)?;
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let spread_x = spread(&x).ok_or(NoFigure::NoSpread { n: sample.used })?;
    let (mean_x, mean_y) = mean(&x).zip(mean(&y)).ok_or(NoFigure::NotANumber)?;
    let n = size(&pairs);
    let r = correlation(&pairs);
    let slope = sound(r.unwrap_or(0.0) * (spread(&y).unwrap_or(0.0) / spread_x))?;
    let squares: f64 = pairs.iter().map(|(x, y)| (y - mean_y - slope * (x - mean_x)).powi(2)).sum();
    let df = n - 2.0;
    let slope_error =
        (df > 0.0).then(|| (squares / df).sqrt() / (spread_x * (n - 1.0).sqrt())).and_then(told);
    // What rounding leaves of pairs on a line is no doubt.
    let most = largest(&y).max(slope.abs() * largest(&x));
    let doubt = slope_error.filter(|_| !is_rounding((squares / n).sqrt(), most));
    let slope_t = doubt.and_then(|error| told(slope / error));
    let half = doubt.and_then(|error| Some(confidence.t(df).ok()? * error));
    let slope_p = slope_t.map(|t| t_beyond(t, df));
    let ranks: Vec<(f64, f64)> = Ranks::new(&x).of.into_iter().zip(Ranks::new(&y).of).collect();
    Ok(LinearTrend {
        sample,
        r,
        r_interval: r.and_then(|r| fisher(r, n, confidence)),
        r_p: slope_p.filter(|_| r.is_some()),
        rho: r.and_then(|_| correlation(&ranks)),
        intercept: sound(mean_y - slope * mean_x)?,
        slope,
        slope_error,
        slope_interval: half.and_then(|half| Interval::around(slope, half)),
        slope_t,
        slope_p,
        method: Method::LinearTrend,
    })
}

/// A straight line through groups of people who share one `x` each.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GroupedTrend {
    /// How many people.
    pub n: u64,
    /// How much `y` rises with one unit of `x`.
    pub slope: f64,
    /// Its standard error, from three people on.
    pub error: Option<f64>,
    /// Its t interval, where there is doubt.
    pub interval: Option<Interval>,
}

/// The slope of [`linear_trend`], of people who were summed before by their `x`: it needs the memory
/// of the groups only.
///
/// # Errors
///
/// [`NoFigure::TooFew`] below two people, [`NoFigure::NoSpread`] when all `x` are alike,
/// [`NoFigure::NotANumber`] when one is no number.
pub fn grouped_trend(
    groups: &[(f64, Moments)],
    confidence: Confidence,
) -> Result<GroupedTrend, NoFigure> {
    let n: u64 = groups.iter().map(|(_, found)| found.n()).sum();
    if n < 2 {
        return Err(NoFigure::TooFew { n, wanted: 2 });
    }
    let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
        let each =
            groups.iter().map(|(x, found)| (real(found.n()), of(*x, found.mean_and_squares().0)));
        each.map(|(n, value)| n * value).sum()
    };
    let (mean_x, mean_y) = (sum(&|x, _| x) / real(n), sum(&|_, y| y) / real(n));
    let spread_x = sum(&|x, _| (x - mean_x).powi(2));
    let people = || groups.iter().filter(|(_, found)| found.n() > 0);
    let most_x = people().fold(0.0_f64, |most, (x, _)| most.max(x.abs()));
    if is_rounding((spread_x / real(n)).sqrt(), most_x) {
        return Err(NoFigure::NoSpread { n });
    }
    let slope = sound(sum(&|x, y| (x - mean_x) * (y - mean_y)) / spread_x)?;
    let within: f64 = groups.iter().map(|(_, found)| found.mean_and_squares().1).sum();
    let off = sum(&|x, y| (y - mean_y - slope * (x - mean_x)).powi(2));
    let df = real(n) - 2.0;
    let error = (df > 0.0).then(|| ((within + off) / df / spread_x).sqrt()).and_then(told);
    let most = people().map(|(_, found)| found.magnitude()).fold(slope.abs() * most_x, f64::max);
    let doubt = error.filter(|_| !is_rounding(((within + off) / real(n)).sqrt(), most));
    let half = doubt.and_then(|error| Some(confidence.t(df).ok()? * error));
    let interval = half.and_then(|half| Interval::around(slope, half));
    Ok(GroupedTrend { n, slope, error, interval })
}

/// Fisher's interval of a correlation (1921, Metron 1:3).
fn fisher(r: f64, n: f64, confidence: Confidence) -> Option<Interval> {
    if n <= 3.0 {
        return None;
    }
    let half = confidence.z().ok()? / (n - 3.0).sqrt();
    // The hyperbolic arc tangent of one is no number.
    let z = told(r.atanh())?;
    Interval::told((z - half).tanh(), (z + half).tanh())
}

/// How many of an ordered group count.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// How many count.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// Where the group stands in the order, such as its number of sessions.
    pub score: f64,
}

/// A trend of shares over ordered groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ShareTrend {
    /// How many people in all groups.
    pub sample: Sample,
    /// How much the share rises with one unit of the score.
    pub slope: f64,
    /// Chi-squared of the trend, one degree of freedom.
    pub chi_squared: f64,
    /// Its p.
    pub p: f64,
    /// How this was reckoned.
    pub method: Method,
}

/// The test of a trend of shares (Cochran 1954, Biometrics 10:417; Armitage 1955, Biometrics
/// 11:375), without continuity.
///
/// R's `prop.trend.test` gives the same; programs that divide by `N - 1` give a little less.
///
/// # Errors
///
/// [`NoFigure::Nothing`] of nobody, [`NoFigure::NoSpread`] when all count, none does, or all stand at
/// one score, [`NoFigure::NotANumber`] when more count than there are or a score is no number.
pub fn cochran_armitage(steps: &[Step]) -> Result<ShareTrend, NoFigure> {
    let sound_step = |step: &Step| step.count <= step.of && step.score.is_finite();
    if !steps.iter().all(sound_step) {
        return Err(NoFigure::NotANumber);
    }
    let totals: Vec<u64> = steps.iter().map(|step| step.of).collect();
    countable(&totals)?;
    let n = totals.iter().sum::<u64>();
    if n == 0 {
        return Err(NoFigure::Nothing);
    }
    let all = real(n);
    let count = steps.iter().map(|step| step.count).sum::<u64>();
    let share = real(count) / all;
    // Scores are taken from that of the largest group, so that years keep their digits beside millions of people.
    let base = steps.iter().max_by_key(|step| step.of).map_or(0.0, |step| step.score);
    let middle = steps.iter().map(|step| real(step.of) / all * (step.score - base)).sum::<f64>();
    let off = |step: &Step| step.score - base - middle;
    let spread: f64 = steps.iter().map(|step| real(step.of) * off(step).powi(2)).sum();
    let moved: f64 = steps.iter().map(|step| beyond(step, count, n) * off(step)).sum();
    let variance = share * (real(n - count) / all) * spread;
    let most = steps.iter().filter(|step| step.of > 0);
    let most = most.fold(0.0_f64, |most, step| most.max(step.score.abs()));
    if variance <= 0.0 || is_rounding((spread / all).sqrt(), most) {
        return Err(NoFigure::NoSpread { n });
    }
    let chi_squared = sound(moved * (moved / variance))?;
    Ok(ShareTrend {
        sample: Sample::whole(n),
        slope: sound(moved / spread)?,
        chi_squared,
        p: chi_squared_above(chi_squared, 1.0),
        method: Method::CochranArmitage,
    })
}

/// How many more count in a group than if all groups were alike, without a rounding before the last.
#[expect(clippy::cast_precision_loss, reason = "one rounding of a whole number is what is wanted")]
fn beyond(step: &Step, count: u64, of: u64) -> f64 {
    let [own, size, count, all] = [step.count, step.of, count, of].map(i128::from);
    (own * all - size * count) as f64 / real(of)
}

//! Two shares of people, compared.

use serde::{Deserialize, Serialize};

use super::binomial::fisher_p;
use super::figure::{Confidence, countable, told};
use super::moments::real;
use super::proportion::wilson_at;
use super::tails::chi_squared_above;
use super::{Interval, Method, NoFigure, Proportion};

/// Two shares, treated and control.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ShareDifference {
    /// The share of the treated, with Wilson's interval.
    pub treated: Proportion,
    /// The share of the others.
    pub control: Proportion,
    /// The difference, treated less control.
    pub difference: f64,
    /// Its hybrid score interval.
    pub interval: Interval,
    /// The ratio, treated over control; none when no control counts.
    pub ratio: Option<f64>,
    /// Its log-normal interval; none when a count is zero. Where all of both count it has no width, as in
    /// other programs, and says nothing: the interval of the difference does.
    pub ratio_interval: Option<Interval>,
    /// One over the size of the difference: how many people for one more or less; none when the
    /// shares are equal.
    pub number_needed: Option<f64>,
    /// Chi-squared without continuity, one degree of freedom; none when all are alike.
    pub chi_squared: Option<f64>,
    /// Its p.
    pub p: Option<f64>,
    /// Fisher's exact p, two-sided.
    pub p_exact: Option<f64>,
    /// How the interval of the difference was reckoned.
    pub method: Method,
}

/// Compares `(count, of)` of the treated with that of the others.
///
/// The interval of the difference is Newcombe's hybrid of two Wilson intervals (Newcombe 1998, Stat
/// Med 17:873, method 10); R's `prop.test` prints Wald's, with continuity unless told. The ratio has
/// Katz's log interval. Fisher's p sums all tables no likelier (R, SciPy).
///
/// # Errors
///
/// [`NoFigure::Nothing`] when a group is empty, [`NoFigure::NotANumber`] when more count than there
/// are.
pub fn share_difference(
    treated: (u64, u64),
    control: (u64, u64),
    confidence: Confidence,
) -> Result<ShareDifference, NoFigure> {
    countable(&[treated.1, control.1])?;
    let one = wilson_at(treated.0, treated.1, confidence)?;
    let two = wilson_at(control.0, control.1, confidence)?;
    let difference = one.share - two.share;
    let chi_squared = chi_squared(&one, &two);
    let ratio = (two.count > 0).then(|| one.share / two.share);
    Ok(ShareDifference {
        treated: one,
        control: two,
        difference,
        interval: newcombe(&one, &two),
        ratio,
        ratio_interval: ratio.and_then(|ratio| katz(ratio, &one, &two, confidence.z().ok()?)),
        number_needed: (difference.abs() > 0.0).then(|| 1.0 / difference.abs()),
        chi_squared,
        p: chi_squared.map(|x| chi_squared_above(x, 1.0)),
        p_exact: fisher_p(one.count, one.of, two.count, two.of),
        method: Method::Newcombe,
    })
}

fn newcombe(one: &Proportion, two: &Proportion) -> Interval {
    let difference = one.share - two.share;
    let below = (one.share - one.interval.low).hypot(two.interval.high - two.share);
    let above = (one.interval.high - one.share).hypot(two.share - two.interval.low);
    Interval { low: (difference - below).max(-1.0), high: (difference + above).min(1.0) }
}

fn katz(ratio: f64, one: &Proportion, two: &Proportion, z: f64) -> Option<Interval> {
    if one.count == 0 {
        return None;
    }
    let part = |share: &Proportion| 1.0 / real(share.count) - 1.0 / real(share.of);
    let half = z * (part(one) + part(two)).max(0.0).sqrt();
    Interval::told(ratio * (-half).exp(), ratio * half.exp())
}

fn chi_squared(one: &Proportion, two: &Proportion) -> Option<f64> {
    let (n1, n2) = (real(one.of), real(two.of));
    let all = (real(one.count) + real(two.count)) / (n1 + n2);
    let difference = one.share - two.share;
    let variance = all * (1.0 - all) * (1.0 / n1 + 1.0 / n2);
    (variance > 0.0).then(|| difference * difference / variance).and_then(told)
}

//! Shares of people.

use serde::{Deserialize, Serialize};

use super::figure::{Confidence, countable};
use super::moments::real;
use super::quantile::beta_below;
use super::{Interval, Method, NoFigure};

/// A share with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Proportion {
    /// How many count.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// The share, 0 to 1.
    pub share: f64,
    /// Its interval, within 0 and 1.
    pub interval: Interval,
    /// How the interval was reckoned.
    pub method: Method,
}

/// A share with Wilson's score interval, without correction for continuity.
///
/// Wilson 1927, J Am Stat Assoc 22:209. R's `prop.test(x, n, correct = FALSE)` and statsmodels'
/// `proportion_confint(method = "wilson")` give the same. It stays within 0 and 1 and is sound
/// for the small groups that the usual (Wald) interval fails.
///
/// # Errors
///
/// [`NoFigure::Nothing`] of nobody, [`NoFigure::NotANumber`] when more count than there are.
pub fn wilson(count: u64, of: u64) -> Result<Proportion, NoFigure> {
    wilson_at(count, of, Confidence::USUAL)
}

/// [`wilson`] at another confidence.
///
/// # Errors
///
/// As [`wilson`].
pub fn wilson_at(count: u64, of: u64, confidence: Confidence) -> Result<Proportion, NoFigure> {
    let share = share(count, of)?;
    let n = real(of);
    let z2 = confidence.z()?.powi(2);
    let middle = share + z2 / (2.0 * n);
    let half = z2.sqrt() * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let within = |x: f64| (x / (1.0 + z2 / n)).clamp(0.0, 1.0);
    let interval = Interval {
        low: if count == 0 { 0.0 } else { within(middle - half) },
        high: if count == of { 1.0 } else { within(middle + half) },
    };
    Ok(Proportion { count, of, share, interval, method: Method::Wilson })
}

/// A share with Clopper and Pearson's exact interval: never too narrow, so for counts of harm.
///
/// Clopper & Pearson 1934, Biometrika 26:404; each tail holds at most half of what is left. R's
/// `binom.test` and statsmodels' `proportion_confint(method = "beta")` give the same.
///
/// # Errors
///
/// As [`wilson`].
pub fn clopper_pearson(
    count: u64,
    of: u64,
    confidence: Confidence,
) -> Result<Proportion, NoFigure> {
    let share = share(count, of)?;
    let [(low, _), (high, _)] = exact_ends(count, of, confidence)?;
    let interval = Interval { low, high };
    Ok(Proportion { count, of, share, interval, method: Method::ClopperPearson })
}

/// Both ends of Clopper and Pearson's interval, each with its distance from one.
pub(super) fn exact_ends(
    count: u64,
    of: u64,
    confidence: Confidence,
) -> Result<[(f64, f64); 2], NoFigure> {
    share(count, of)?;
    let (x, rest) = (real(count), real(of - count));
    let bound = |a, b| beta_below(confidence.tail(), a, b).ok_or(NoFigure::NotANumber);
    let low = if count == 0 { (0.0, 1.0) } else { bound(x, rest + 1.0)? };
    let high = if count == of { (0.0, 1.0) } else { bound(rest, x + 1.0)? };
    Ok([low, (high.1, high.0)])
}

fn share(count: u64, of: u64) -> Result<f64, NoFigure> {
    if of == 0 {
        return Err(NoFigure::Nothing);
    }
    countable(&[of])?;
    if of < count { Err(NoFigure::NotANumber) } else { Ok(real(count) / real(of)) }
}

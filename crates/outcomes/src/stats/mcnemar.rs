//! A yes or no of the same people before and after.

use serde::{Deserialize, Serialize};

use super::binomial::binomial_p;
use super::figure::{Bounds, Confidence, Sample, countable, told};
use super::moments::real;
use super::proportion::exact_ends;
use super::tails::{chi_squared_above, ln_binomial};
use super::{Interval, Method, NoFigure};

/// Whether more people changed one way than the other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct McNemar {
    /// How many went one way: a case before, none after.
    pub left: u64,
    /// How many went the other way.
    pub entered: u64,
    /// Chi-squared without continuity, one degree of freedom.
    pub chi_squared: f64,
    /// Its p.
    pub p: f64,
    /// Chi-squared with Edwards' continuity.
    pub chi_squared_corrected: f64,
    /// Its p.
    pub p_corrected: f64,
    /// The exact p: a coin for each who changed.
    pub p_exact: f64,
    /// The mid-p: the exact one less half of what was seen, on both sides.
    pub p_mid: f64,
    /// The odds ratio of leaving over entering; none when nobody entered.
    pub odds_ratio: Option<f64>,
    /// Its exact interval; open above when nobody entered.
    pub odds_interval: Bounds,
    /// How this was reckoned.
    pub method: Method,
}

/// McNemar's test (1947, Psychometrika 12:153) of how many left caseness and how many entered it.
///
/// R's `mcnemar.test` prints the corrected chi-squared unasked, statsmodels' `mcnemar` the exact p.
/// When as many left as entered, the corrected chi-squared is zero as in R (statsmodels
/// subtracts one all the same). The mid-p is that of Fagerland and others 2013 (BMC Med Res
/// Methodol 13:91), who advise it. The odds ratio and its interval are those of the binomial share
/// (Clopper and Pearson).
///
/// # Errors
///
/// [`NoFigure::Nothing`] when nobody changed.
pub fn mcnemar(left: u64, entered: u64, confidence: Confidence) -> Result<McNemar, NoFigure> {
    countable(&[left, entered])?;
    let n = left + entered;
    if n == 0 {
        return Err(NoFigure::Nothing);
    }
    let off = real(left.abs_diff(entered));
    let chi_squared = off * off / real(n);
    let chi_squared_corrected = (off - 1.0).max(0.0).powi(2) / real(n);
    let p_exact = binomial_p(left, n, 0.5).ok_or(NoFigure::NotANumber)?;
    let seen = ln_binomial(real(left), real(n), 0.5, 0.5).exp();
    let [low, high] = exact_ends(left, n, confidence)?;
    Ok(McNemar {
        left,
        entered,
        chi_squared,
        p: chi_squared_above(chi_squared, 1.0),
        chi_squared_corrected,
        p_corrected: chi_squared_above(chi_squared_corrected, 1.0),
        p_exact,
        p_mid: if left == entered { 1.0 } else { (p_exact - seen).max(0.0) },
        odds_ratio: (entered > 0).then(|| real(left) / real(entered)),
        odds_interval: Bounds {
            low: told(low.0 / low.1),
            high: (entered > 0).then(|| high.0 / high.1).and_then(told),
        },
        method: Method::McNemar,
    })
}

/// The difference of two shares of the same people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PairedDifference {
    /// How many people.
    pub sample: Sample,
    /// The share that left less the share that entered.
    pub difference: f64,
    /// Its standard error.
    pub error: f64,
    /// Wald's interval, widened by one over n, within -1 and 1.
    pub interval: Interval,
    /// How this was reckoned.
    pub method: Method,
}

/// The difference of two paired shares with Wald's interval and a continuity of `1/n`: what
/// Stata's `mcc` prints.
///
/// It is too narrow for few people; set [`mcnemar`]'s exact p beside it.
///
/// # Errors
///
/// [`NoFigure::Nothing`] of nobody, [`NoFigure::NotANumber`] when more changed than there are.
pub fn paired_difference(
    left: u64,
    entered: u64,
    of: u64,
    confidence: Confidence,
) -> Result<PairedDifference, NoFigure> {
    countable(&[left, entered])?;
    countable(&[of])?;
    if of == 0 {
        return Err(NoFigure::Nothing);
    }
    if of < left + entered {
        return Err(NoFigure::NotANumber);
    }
    let n = real(of);
    let difference = (real(left) - real(entered)) / n;
    let changed = (real(left) + real(entered)) / n;
    let error = ((changed - difference * difference).max(0.0) / n).sqrt();
    let half = confidence.z()? * error + 1.0 / n;
    Ok(PairedDifference {
        sample: Sample::whole(of),
        difference,
        error,
        interval: Interval {
            low: (difference - half).max(-1.0),
            high: (difference + half).min(1.0),
        },
        method: Method::PairedWald,
    })
}

//! Several imputations of the same table, pooled into one estimate.

use serde::{Deserialize, Serialize};

use super::column::spread;
use super::figure::{Confidence, sound, told};
use super::moments::size;
use super::tails::{normal_beyond, t_beyond};
use super::{Interval, Method, NoFigure};

/// What one imputed table says.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Imputed {
    /// The estimate.
    pub estimate: f64,
    /// The square of its standard error.
    pub variance: f64,
}

/// An estimate pooled over imputed tables.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pooled {
    /// How many tables.
    pub tables: u64,
    /// The mean estimate.
    pub estimate: f64,
    /// The mean variance within tables.
    pub within: f64,
    /// The variance between tables.
    pub between: f64,
    /// Both together: `within + (1 + 1/m) between`.
    pub variance: f64,
    /// Its root.
    pub error: f64,
    /// How much larger what is missing makes the variance; none when there is none within.
    pub relative_increase: Option<f64>,
    /// The share of the variance that comes of what is missing.
    pub lambda: f64,
    /// The fraction of information missing.
    pub fmi: Option<f64>,
    /// The degrees of freedom; none when they are without bound.
    pub df: Option<f64>,
    /// The t interval; none where it is too wide for a number.
    pub interval: Option<Interval>,
    /// The two-sided p of zero.
    pub p: f64,
    /// How this was reckoned.
    pub method: Method,
}

/// Pools imputed tables by Rubin's rules (1987), with the degrees of freedom of Barnard and Rubin
/// (1999, Biometrika 86:948) where those of the complete table are given, and Rubin's own without.
///
/// R's `mice::pool` gives the same, but that it reckons degrees of freedom with a `lambda` of 0.0001 at
/// least, where tables hardly differ; here it is taken as it is. Very few degrees of freedom make an
/// interval too wide for a number, and then there is none. The tables come from elsewhere: nothing is imputed here.
///
/// # Errors
///
/// [`NoFigure::TooFew`] below two tables, [`NoFigure::NoSpread`] when no table leaves any doubt
/// (and with degrees of freedom also when none does within),
/// [`NoFigure::NotANumber`] when a figure is no number, a variance negative, or the degrees of
/// freedom not above zero.
pub fn rubin_pool(
    tables: &[Imputed],
    df_complete: Option<f64>,
    confidence: Confidence,
) -> Result<Pooled, NoFigure> {
    let sound_table =
        |t: &Imputed| t.estimate.is_finite() && t.variance.is_finite() && t.variance >= 0.0;
    if !tables.iter().all(sound_table) || df_complete.is_some_and(|df| df.is_nan() || df <= 0.0) {
        return Err(NoFigure::NotANumber);
    }
    super::column::at_least(tables, 2)?;
    let m = size(tables);
    let estimates: Vec<f64> = tables.iter().map(|table| table.estimate).collect();
    let estimate = super::column::mean(&estimates).ok_or(NoFigure::NotANumber)?;
    let within = sound(tables.iter().map(|table| table.variance / m).sum())?;
    let between = sound(spread(&estimates).unwrap_or(0.0).powi(2))?;
    let missing = (1.0 + 1.0 / m) * between;
    let variance = sound(within + missing)?;
    if variance <= 0.0 {
        return Err(NoFigure::NoSpread { n: tables.len() as u64 });
    }
    let lambda = missing / variance;
    let df = degrees(m, lambda, df_complete.filter(|df| df.is_finite()))
        .map_err(|()| NoFigure::NoSpread { n: tables.len() as u64 })?;
    let relative_increase = (within > 0.0).then(|| missing / within).and_then(told);
    let added = df.map_or(0.0, |df| 2.0 / (df + 3.0));
    let error = variance.sqrt();
    let (factor, p) = match df {
        Some(df) => (confidence.t(df).ok(), t_beyond(estimate / error, df)),
        None => (confidence.z().ok(), normal_beyond(estimate / error)),
    };
    Ok(Pooled {
        tables: tables.len() as u64,
        estimate,
        within,
        between,
        variance,
        error,
        relative_increase,
        lambda,
        fmi: relative_increase.map(|r| (r + added) / (1.0 + r)),
        df,
        interval: factor.and_then(|factor| Interval::around(estimate, factor * error)),
        p,
        method: Method::RubinPool,
    })
}

/// The degrees of freedom; none when nothing bounds them, and an error when there are none at all.
fn degrees(m: f64, lambda: f64, complete: Option<f64>) -> Result<Option<f64>, ()> {
    // One over each, so that without bound is zero.
    let old = lambda * lambda / (m - 1.0);
    let observed = complete.map_or(0.0, |df| (df + 3.0) / ((df + 1.0) * df * (1.0 - lambda)));
    let df = 1.0 / (old + observed);
    if df > 0.0 { Ok(told(df)) } else { Err(()) }
}

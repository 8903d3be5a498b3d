//! How large a change within people is, in standard deviations.

use serde::{Deserialize, Serialize};

use super::column::{at_least, complete, correlation, mean, spread};
use super::figure::{Confidence, Sample, is_rounding, largest, told};
use super::moments::{real, size};
use super::noncentral::shifts;
use super::tails::stirling_rest;
use super::{Interval, Method, NoFigure};

/// Effect sizes of a paired change, after minus before, each by the spread it is measured in.
///
/// They differ by up to a factor of two over the same people: a report names which one it tells.
/// Lakens 2013 (Front Psychol 4:863) and Cumming 2012 define them; `d_av` is the one that can be
/// set beside the effects of studies with two groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PairedEffects {
    /// How many pairs, and how many lack one measurement.
    pub sample: Sample,
    /// The mean change, in points.
    pub mean_change: f64,
    /// The standard deviation before; zero where all are alike.
    pub sd_before: f64,
    /// The standard deviation after.
    pub sd_after: f64,
    /// The standard deviation of the changes.
    pub sd_change: f64,
    /// Pearson's correlation of before and after, where both vary.
    pub correlation: Option<f64>,
    /// Hedges' correction of small samples with pairs less one degrees of freedom.
    pub hedges_j: Option<f64>,
    /// Over the standard deviation of the changes.
    pub d_z: Option<f64>,
    /// Its interval, by the noncentral t.
    pub d_z_interval: Option<Interval>,
    /// `d_z`, corrected.
    pub g_z: Option<f64>,
    /// Over the mean of both standard deviations.
    pub d_av: Option<f64>,
    /// `d_av`, corrected.
    pub g_av: Option<f64>,
    /// Over the root mean square of both standard deviations.
    pub d_rms: Option<f64>,
    /// `d_z` scaled by what the correlation takes away: `d_z sqrt(2 (1 - r))`.
    pub d_rm: Option<f64>,
    /// Over the standard deviation before (Glass).
    pub glass: Option<f64>,
    /// How this was reckoned.
    pub method: Method,
}

/// Effect sizes of a change within people.
///
/// The interval of `d_z` inverts the noncentral t (Steiger & Fouladi 1997), as R's
/// `MBESS::conf.limits.nct` and SciPy's `nct` do; each size whose spread is no more than rounding is none.
///
/// # Errors
///
/// [`NoFigure::TooFew`] below two pairs, [`NoFigure::NotANumber`] when one is no number.
pub fn paired_effects(
    pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>,
    confidence: Confidence,
) -> Result<PairedEffects, NoFigure> {
    let (pairs, sample) = complete(pairs)?;
    at_least(&pairs, 2)?;
    let (before, after): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let changes: Vec<f64> = pairs.iter().map(|(before, after)| after - before).collect();
    let mean_change = mean(&changes).ok_or(NoFigure::NotANumber)?;
    let sd = |list: &[f64]| spread(list).unwrap_or(0.0);
    let (sd_before, sd_after) = (sd(&before), sd(&after));
    let most = largest(&before).max(largest(&after));
    let sd_change = Some(sd(&changes)).filter(|sd| !is_rounding(*sd, most)).unwrap_or(0.0);
    let over = |spread: f64| (spread > 0.0).then_some(mean_change / spread).and_then(told);
    let r = correlation(&pairs);
    let (n, df) = (size(&pairs), real(sample.used - 1));
    let hedges_j = hedges_j(df);
    let corrected = |d: Option<f64>| Some(d? * hedges_j?);
    let (d_z, d_av) = (over(sd_change), over(f64::midpoint(sd_before, sd_after)));
    Ok(PairedEffects {
        sample,
        mean_change,
        sd_before,
        sd_after,
        sd_change,
        correlation: r,
        hedges_j,
        d_z,
        d_z_interval: d_z.and_then(|d| scaled(d, n.sqrt(), df, confidence)),
        g_z: corrected(d_z),
        d_av,
        g_av: corrected(d_av),
        d_rms: over(sd_before.hypot(sd_after) / 2.0_f64.sqrt()),
        d_rm: d_z.zip(r).and_then(|(d, r)| told(d * (2.0 * (1.0 - r)).sqrt())),
        glass: over(sd_before),
        method: Method::PairedEffects,
    })
}

/// Hedges' exact correction for small samples: `Γ(m/2) / (sqrt(m/2) Γ((m-1)/2))`.
///
/// Hedges 1981, J Educ Stat 6:107. With one degree of freedom there is none: the mean that it
/// corrects does not exist.
#[must_use]
pub fn hedges_j(df: f64) -> Option<f64> {
    if !(df > 1.0 && df.is_finite()) {
        return None;
    }
    let half = df / 2.0;
    let low = half - 0.5;
    // Both gammas by Stirling's formula and its rest, the large parts set against each other.
    let ln = (half - 1.0) * -(-0.5 / half).ln_1p() - 0.5 + stirling_rest(half) - stirling_rest(low);
    told(ln.exp())
}

/// The interval of an effect that `factor` turns into a t.
pub(super) fn scaled(
    effect: f64,
    factor: f64,
    df: f64,
    confidence: Confidence,
) -> Option<Interval> {
    let found = shifts(effect * factor, df, confidence.tail())?;
    Interval::told(found.low / factor, found.high / factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_correction_is_that_of_its_formula_and_near_the_usual_short_one() {
        // Reckoned with mpmath to fifty digits; for many it nears 1 - 3/(4m - 1).
        for (df, want) in [
            (2.0, 0.564_189_583_547_756_3),
            (5.0, 0.840_748_682_459_689_3),
            (10.0, 0.922_745_608_053_087_1),
            (19.0, 0.959_910_352_924_253_6),
        ] {
            assert!((hedges_j(df).unwrap() - want).abs() < 1e-14, "{df}");
        }
        assert!((hedges_j(1e8).unwrap() - (1.0 - 3.0 / (4e8 - 1.0))).abs() < 1e-13);
        assert_eq!(hedges_j(1.0), None);
        assert_eq!(hedges_j(f64::NAN), None);
    }
}

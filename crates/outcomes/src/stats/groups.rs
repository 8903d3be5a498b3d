//! Two groups of people, compared by their means.

use serde::{Deserialize, Serialize};

use super::column::{at_least, mean, present, spread};
use super::effect::{hedges_j, scaled};
use super::figure::{Confidence, Sample, is_rounding, sound, told};
use super::moments::real;
use super::tails::t_beyond;
use super::{Interval, Method, NoFigure};

/// The mean and spread of one group.
#[derive(Clone, Copy)]
pub(super) struct Side {
    pub(super) sample: Sample,
    pub(super) mean: f64,
    pub(super) sd: f64,
}

impl Side {
    pub(super) fn new(
        numbers: impl IntoIterator<Item = Option<f64>>,
        wanted: u64,
    ) -> Result<Self, NoFigure> {
        let (numbers, sample) = present(numbers)?;
        at_least(&numbers, wanted)?;
        let mean = mean(&numbers).ok_or(NoFigure::NotANumber)?;
        Ok(Self { sample, mean, sd: spread(&numbers).unwrap_or(0.0) })
    }

    pub(super) const fn n(&self) -> f64 {
        real(self.sample.used)
    }

    const fn df(&self) -> f64 {
        real(self.sample.used.saturating_sub(1))
    }
}

/// A difference of two means, treated less control.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MeanDifference {
    /// The treated: how many, and how many lack.
    pub treated: Sample,
    /// Those they are compared with.
    pub control: Sample,
    /// The mean of the treated.
    pub mean_treated: f64,
    /// The mean of the others.
    pub mean_control: f64,
    /// The difference.
    pub difference: f64,
    /// Its standard error.
    pub error: f64,
    /// Its t interval.
    pub interval: Interval,
    /// The difference over its standard error.
    pub t: f64,
    /// Its degrees of freedom.
    pub df: f64,
    /// The two-sided p of no difference.
    pub p: f64,
    /// How this was reckoned.
    pub method: Method,
}

impl MeanDifference {
    pub(super) fn told(
        treated: &Side,
        control: &Side,
        (error, df): (f64, f64),
        confidence: Confidence,
        method: Method,
    ) -> Result<Self, NoFigure> {
        if is_rounding(error, treated.mean.abs().max(control.mean.abs())) {
            return Err(NoFigure::NoSpread { n: treated.sample.used + control.sample.used });
        }
        let difference = sound(treated.mean - control.mean)?;
        let t = sound(difference / error)?;
        let half = confidence.t(df)? * error;
        Ok(Self {
            treated: treated.sample,
            control: control.sample,
            mean_treated: treated.mean,
            mean_control: control.mean,
            difference,
            error,
            interval: Interval::around(difference, half).ok_or(NoFigure::NotANumber)?,
            t,
            df,
            p: t_beyond(t, df),
            method,
        })
    }
}

/// Two means compared by Welch's t, which asks for no equal spread (Welch 1947, Biometrika 34:28).
///
/// R's `t.test(treated, control)` does this unasked; SciPy's `ttest_ind` must be told
/// `equal_var=False`. People of one circle are alike: for groups made of circles use
/// [`cluster_means`](super::cluster_means).
///
/// # Errors
///
/// [`NoFigure::TooFew`] below two in a group, [`NoFigure::NoSpread`] when neither varies,
/// [`NoFigure::NotANumber`] when one is no number.
pub fn welch(
    treated: impl IntoIterator<Item = Option<f64>>,
    control: impl IntoIterator<Item = Option<f64>>,
    confidence: Confidence,
) -> Result<MeanDifference, NoFigure> {
    let (treated, control) = (Side::new(treated, 2)?, Side::new(control, 2)?);
    let (e1, e2) = (treated.sd / treated.n().sqrt(), control.sd / control.n().sqrt());
    let error = e1.hypot(e2);
    let shares = |e: f64, df: f64| (e / error).powi(4) / df;
    let df = 1.0 / (shares(e1, treated.df()) + shares(e2, control.df()));
    MeanDifference::told(&treated, &control, (error, df), confidence, Method::WelchT)
}

/// Effect sizes of two groups, treated less control.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GroupEffects {
    /// The treated: how many, and how many lack.
    pub treated: Sample,
    /// Those they are compared with.
    pub control: Sample,
    /// The pooled standard deviation.
    pub sd_pooled: f64,
    /// Cohen's d: the difference over the pooled standard deviation.
    pub d: f64,
    /// Its interval, by the noncentral t.
    pub d_interval: Option<Interval>,
    /// Hedges' correction, with `n1 + n2 - 2` degrees of freedom.
    pub hedges_j: Option<f64>,
    /// Hedges' g: d, corrected.
    pub g: Option<f64>,
    /// The interval of g: that of d, corrected alike.
    pub g_interval: Option<Interval>,
    /// The difference over the standard deviation of the control (Glass), where it varies.
    pub glass: Option<f64>,
    /// How this was reckoned.
    pub method: Method,
}

/// Effect sizes of two groups (Hedges 1981; interval as in Steiger & Fouladi 1997).
///
/// R's `effsize::cohen.d` prints another (normal) interval unless told `noncentral = TRUE`.
///
/// # Errors
///
/// [`NoFigure::TooFew`] when there are fewer than three in both together or none in one,
/// [`NoFigure::NoSpread`] when neither varies, [`NoFigure::NotANumber`] when one is no number.
pub fn group_effects(
    treated: impl IntoIterator<Item = Option<f64>>,
    control: impl IntoIterator<Item = Option<f64>>,
    confidence: Confidence,
) -> Result<GroupEffects, NoFigure> {
    let (treated, control) = (Side::new(treated, 1)?, Side::new(control, 1)?);
    let n = treated.sample.used + control.sample.used;
    let sd_pooled = pooled(&treated, &control).ok_or(NoFigure::TooFew { n, wanted: 3 })?;
    if sd_pooled <= 0.0 {
        return Err(NoFigure::NoSpread { n });
    }
    let df = real(n) - 2.0;
    let difference = sound(treated.mean - control.mean)?;
    let d = sound(difference / sd_pooled)?;
    let factor = (treated.n() * control.n() / real(n)).sqrt();
    let d_interval = scaled(d, factor, df, confidence);
    let hedges_j = hedges_j(df);
    let corrected = |found: Interval, j: f64| Interval { low: found.low * j, high: found.high * j };
    Ok(GroupEffects {
        treated: treated.sample,
        control: control.sample,
        sd_pooled,
        d,
        d_interval,
        hedges_j,
        g: hedges_j.map(|j| d * j),
        g_interval: d_interval.zip(hedges_j).map(|(found, j)| corrected(found, j)),
        glass: (control.sd > 0.0).then_some(difference / control.sd).and_then(told),
        method: Method::GroupEffects,
    })
}

/// The pooled standard deviation of two groups, where there are three people at least.
pub(super) fn pooled(treated: &Side, control: &Side) -> Option<f64> {
    let df = treated.df() + control.df();
    let share = |side: &Side| side.sd * (side.df() / df).sqrt();
    (df > 0.0).then(|| share(treated).hypot(share(control)))
}

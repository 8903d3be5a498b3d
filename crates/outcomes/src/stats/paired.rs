//! Change within people who were measured twice.

use serde::{Deserialize, Serialize};

use super::figure::{Confidence, is_rounding, told};
use super::moments::real;
use super::tails::t_beyond;
use super::{Interval, Mean, Method, Moments, NoFigure};

/// Change between two measurements, after minus before, in people who have both.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PairedChange {
    /// How many people were enrolled.
    pub enrolled: u64,
    /// How many have both measurements.
    pub both: u64,
    /// Their mean change, in points.
    pub mean: f64,
    /// The standard deviation of their changes.
    pub sd: f64,
    /// The t interval of the mean change.
    pub interval: Interval,
    /// The standard error of the mean change.
    pub error: f64,
    /// The mean change over its standard error.
    pub t: f64,
    /// Its degrees of freedom: pairs less one.
    pub df: f64,
    /// The two-sided p of no change. Never alone: the interval says more.
    pub p: f64,
}

impl PairedChange {
    /// How this was reckoned.
    pub const METHOD: Method = Method::PairedT;

    /// How many were enrolled and lack one measurement or both.
    #[must_use]
    pub const fn missing(&self) -> u64 {
        self.enrolled.saturating_sub(self.both)
    }
}

/// What is kept of pairs as they are read: no list of people, only sums.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PairedMoments {
    enrolled: u64,
    change: Moments,
    before_of_both: Moments,
    before_only: Moments,
}

impl PairedMoments {
    /// Takes one enrolled person in, with the measurements there are.
    pub fn push(&mut self, before: Option<f64>, after: Option<f64>) {
        self.push_many(before, after, 1);
    }

    /// Takes so many enrolled people in who have the same measurements.
    pub fn push_many(&mut self, before: Option<f64>, after: Option<f64>, people: u64) {
        self.enrolled += people;
        match (before, after) {
            (Some(before), Some(after)) => {
                self.change.push_many(after - before, people);
                self.before_of_both.push_many(before, people);
            }
            (Some(before), None) => self.before_only.push_many(before, people),
            (None, _) => {}
        }
    }

    /// Takes the people of another in.
    pub fn merge(&mut self, other: &Self) {
        self.enrolled += other.enrolled;
        self.change.merge(&other.change);
        self.before_of_both.merge(&other.before_of_both);
        self.before_only.merge(&other.before_only);
    }

    /// How many have both measurements.
    #[must_use]
    pub const fn both(&self) -> u64 {
        self.change.n()
    }

    /// How many have the first measurement and lack the second.
    #[must_use]
    pub const fn before_only(&self) -> u64 {
        self.before_only.n()
    }

    /// The first measurement of those who have both.
    ///
    /// # Errors
    ///
    /// As [`Moments::mean`].
    pub fn baseline_of_both(&self) -> Result<Mean, NoFigure> {
        self.before_of_both.mean()
    }

    /// The first measurement of those who lack the second: whether leavers began worse.
    ///
    /// # Errors
    ///
    /// As [`Moments::mean`].
    pub fn baseline_of_lost(&self) -> Result<Mean, NoFigure> {
        self.before_only.mean()
    }

    /// The mean change with its t interval, n - 1 degrees of freedom.
    ///
    /// R's `t.test(after, before, paired = TRUE)` and SciPy's `ttest_rel(after, before)` give the
    /// same. It says how the measured changed; without a comparison group it does not say why.
    ///
    /// # Errors
    ///
    /// [`NoFigure::TooFew`] below two pairs, [`NoFigure::NoSpread`] when all changed by the same but
    /// for rounding,
    /// [`NoFigure::NotANumber`] when a measurement is no number.
    pub fn change(&self) -> Result<PairedChange, NoFigure> {
        self.change_at(Confidence::USUAL)
    }

    /// [`PairedMoments::change`] with an interval of another confidence.
    ///
    /// # Errors
    ///
    /// As [`PairedMoments::change`].
    pub fn change_at(&self, confidence: Confidence) -> Result<PairedChange, NoFigure> {
        let n = self.both();
        if n < 2 {
            return Err(NoFigure::TooFew { n, wanted: 2 });
        }
        let Mean { mean, sd, .. } = self.change.mean()?;
        let sd = sd.filter(|sd| *sd > 0.0).ok_or(NoFigure::NoSpread { n })?;
        let (error, df) = (sd / real(n).sqrt(), real(n - 1));
        let half = confidence.t(df)? * error;
        // Those who began may stand on both sides of zero: their mean says nothing of how large they are.
        let size = self.change.magnitude().hypot(self.before_of_both.magnitude());
        if is_rounding(sd, size) {
            return Err(NoFigure::NoSpread { n });
        }
        let t = told(mean / error).ok_or(NoFigure::NoSpread { n })?;
        Ok(PairedChange {
            enrolled: self.enrolled,
            both: n,
            mean,
            sd,
            interval: Interval::around(mean, half).ok_or(NoFigure::NotANumber)?,
            error,
            t,
            df,
            p: t_beyond(t, df),
        })
    }
}

/// Change between two measurements; each pair is one enrolled person.
///
/// # Errors
///
/// As [`PairedMoments::change`].
pub fn paired_change(
    pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>,
) -> Result<PairedChange, NoFigure> {
    let mut moments = PairedMoments::default();
    for (before, after) in pairs {
        moments.push(before, after);
    }
    moments.change()
}

//! What every figure says beside itself: how sure, and of how many.

use serde::{Deserialize, Serialize};

use super::{CONFIDENCE, Interval, NoFigure, student_t_quantile, z_of};

/// How sure an interval is to hold the true figure, as a share strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Confidence(
    // Invariant: 0 < share < 1.
    f64,
);

impl Confidence {
    /// The usual one: [`CONFIDENCE`].
    pub const USUAL: Self = Self(CONFIDENCE);

    /// A confidence of a share, such as 0.95.
    ///
    /// # Errors
    ///
    /// [`NoFigure::NotANumber`] unless it lies between 0 and 1.
    pub fn new(share: f64) -> Result<Self, NoFigure> {
        if 0.0 < share && share < 1.0 { Ok(Self(share)) } else { Err(NoFigure::NotANumber) }
    }

    /// The share.
    #[must_use]
    pub const fn share(self) -> f64 {
        self.0
    }

    /// The share that lies beyond the interval on one side.
    pub(crate) fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }

    /// The standard normal deviate: 1.959964 for 0.95.
    pub(crate) fn z(self) -> Result<f64, NoFigure> {
        z_of(self.0)
    }

    /// Student's t with so many degrees of freedom.
    pub(crate) fn t(self, df: f64) -> Result<f64, NoFigure> {
        student_t_quantile(self.0, df)
    }
}

impl Default for Confidence {
    fn default() -> Self {
        Self::USUAL
    }
}

impl TryFrom<f64> for Confidence {
    type Error = NoFigure;

    fn try_from(share: f64) -> Result<Self, NoFigure> {
        Self::new(share)
    }
}

impl From<Confidence> for f64 {
    fn from(confidence: Confidence) -> Self {
        confidence.0
    }
}

/// How many a figure rests on, and how many it lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sample {
    /// How many were used: people, pairs or clusters, as the figure says.
    pub used: u64,
    /// How many were enrolled and could not be used.
    pub missing: u64,
}

impl Sample {
    /// All of so many.
    #[must_use]
    pub const fn whole(used: u64) -> Self {
        Self { used, missing: 0 }
    }

    /// Those used of all.
    pub(crate) const fn of(used: u64, all: u64) -> Self {
        Self { used, missing: all.saturating_sub(used) }
    }
}

/// An interval that may be open: an end that is not there lies at infinity or cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Bounds {
    /// Its lower end.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
}

impl From<Interval> for Bounds {
    fn from(interval: Interval) -> Self {
        Self { low: Some(interval.low), high: Some(interval.high) }
    }
}

/// Whether a spread is no more than what rounding leaves of numbers of a size (the largest, whichever
/// its sign): it says nothing. R's `t.test` draws the same line and calls such data "essentially constant".
/// Every statistic asks this, and only this, of what varies.
pub(crate) fn is_rounding(spread: f64, size: f64) -> bool {
    spread <= 10.0 * f64::EPSILON * size.abs()
}

/// Whether a figure stands exactly on a line, but for what rounding does on the way to both: a part in a
/// million million of the largest number that went into either.
pub(crate) fn is_on(figure: f64, line: f64, size: f64) -> bool {
    (figure - line).abs() <= 1e-12 * size
}

/// The largest of numbers, whichever its sign.
pub(crate) fn largest(numbers: &[f64]) -> f64 {
    numbers.iter().fold(0.0, |most, x| most.max(x.abs()))
}

/// A figure that is a number; anything else is none.
pub(crate) fn told(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// A figure that must be a number.
pub(crate) fn sound(value: f64) -> Result<f64, NoFigure> {
    told(value).ok_or(NoFigure::NotANumber)
}

impl Interval {
    /// So much to either side of a figure, where all of that is a number.
    pub(crate) fn around(middle: f64, half: f64) -> Option<Self> {
        Self::told(middle - half, middle + half)
    }

    /// Both ends, where they are numbers.
    pub(crate) fn told(low: f64, high: f64) -> Option<Self> {
        (low.is_finite() && high.is_finite()).then_some(Self { low, high })
    }
}

/// Refuses counts that no register of people comes to, all of mankind included.
pub(crate) fn countable(counts: &[u64]) -> Result<(), NoFigure> {
    const MOST: u64 = 10_000_000_000;
    let fits = |counts: &[u64]| counts.iter().try_fold(0_u64, |sum, n| sum.checked_add(*n));
    match fits(counts) {
        Some(sum) if sum <= MOST => Ok(()),
        Some(_) | None => Err(NoFigure::NotANumber),
    }
}

//! Mean and spread in one pass.

use serde::{Deserialize, Serialize};

use super::figure::{is_rounding, told};
use super::{CONFIDENCE, Interval, NoFigure, student_t_quantile};

/// Count, mean and spread of numbers, taken in one at a time (Welford 1962) and merged (Chan 1979).
///
/// They are taken in as distances from the first, so that large numbers that hardly vary keep their digits.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    n: u64,
    first: f64,
    /// The mean distance from the first.
    mean: f64,
    squares: f64,
}

/// A mean with its spread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mean {
    /// How many numbers it is the mean of.
    pub n: u64,
    /// The mean.
    pub mean: f64,
    /// The standard deviation (n - 1), where there are two numbers at least.
    pub sd: Option<f64>,
    /// The t interval of the mean, where there is spread beyond rounding.
    pub interval: Option<Interval>,
}

#[expect(clippy::cast_precision_loss, reason = "counts of people stay far below 2^53")]
pub(crate) const fn real(n: u64) -> f64 {
    n as f64
}

/// How long a list is, as a real number.
pub(crate) const fn size<T>(list: &[T]) -> f64 {
    real(list.len() as u64)
}

impl Moments {
    /// Takes one number in.
    pub fn push(&mut self, x: f64) {
        if self.n == 0 {
            self.first = x;
        }
        self.n += 1;
        let from = x - self.first;
        let off = from - self.mean;
        self.mean += off / real(self.n);
        self.squares += off * (from - self.mean);
    }

    /// Takes one number in so many times.
    pub fn push_many(&mut self, x: f64, times: u64) {
        self.merge(&Self { n: times, first: x, mean: 0.0, squares: 0.0 });
    }

    /// Takes the numbers of another in.
    pub fn merge(&mut self, other: &Self) {
        if other.n == 0 {
            return;
        }
        if self.n == 0 {
            *self = *other;
            return;
        }
        let n = self.n + other.n;
        let off = other.apart(self);
        let share = real(other.n) / real(n);
        self.squares += other.squares + off * off * real(self.n) * share;
        self.mean += off * share;
        self.n = n;
    }

    /// How many numbers were taken in.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// How far the mean lies from that of another.
    pub(crate) fn apart(&self, other: &Self) -> f64 {
        (self.first - other.first) + (self.mean - other.mean)
    }

    /// The mean, and the sum of squared distances from it.
    pub(crate) const fn mean_and_squares(&self) -> (f64, f64) {
        (self.first + self.mean, self.squares)
    }

    /// The root of the mean square: how large the numbers are, whichever their sign.
    pub(crate) fn magnitude(&self) -> f64 {
        let (mean, squares) = self.mean_and_squares();
        mean.hypot((squares / real(self.n.max(1))).sqrt())
    }

    /// The standard deviation (n - 1), where there are two numbers at least and what was taken in are
    /// numbers, not too large to be squared.
    #[must_use]
    pub fn sd(&self) -> Option<f64> {
        let (mean, squares) = self.mean_and_squares();
        if self.n < 2 || !mean.is_finite() || squares.is_nan() {
            return None;
        }
        told((squares.max(0.0) / real(self.n - 1)).sqrt())
    }

    /// The mean and its t interval (n - 1 degrees of freedom).
    ///
    /// # Errors
    ///
    /// [`NoFigure::Nothing`] when nothing was taken in, [`NoFigure::NotANumber`] when what was
    /// taken in is no number.
    pub fn mean(&self) -> Result<Mean, NoFigure> {
        if self.n == 0 {
            return Err(NoFigure::Nothing);
        }
        let (mean, squares) = self.mean_and_squares();
        if !mean.is_finite() || !squares.is_finite() {
            return Err(NoFigure::NotANumber);
        }
        let half = |sd: f64| {
            let t = student_t_quantile(CONFIDENCE, real(self.n - 1)).ok()?;
            Some(t * sd / real(self.n).sqrt())
        };
        let spread = self.sd().filter(|sd| !is_rounding(*sd, self.magnitude()));
        let interval = spread.and_then(half).and_then(|half| Interval::around(mean, half));
        Ok(Mean { n: self.n, mean, sd: self.sd(), interval })
    }
}

impl Extend<f64> for Moments {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, numbers: I) {
        for x in numbers {
            self.push(x);
        }
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(numbers: I) -> Self {
        let mut moments = Self::default();
        moments.extend(numbers);
        moments
    }
}

//! Kaplan and Meier's product, step by step.

use super::Interval;
use super::moments::real;

/// The product after a time at which somebody left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Product<T> {
    pub(super) time: T,
    pub(super) at_risk: u64,
    pub(super) left: u64,
    pub(super) stays: f64,
    /// Greenwood's sum: the variance of the logarithm of the product.
    sum: f64,
}

impl<T: Copy> Product<T> {
    /// The steps over times in order, each with how many joined by then, how many left, and how many were watched no
    /// further; `people` are there from the start.
    pub(super) fn over(people: u64, times: impl Iterator<Item = (T, [u64; 3])>) -> Vec<Self> {
        let (mut at_risk, mut stays, mut sum) = (people, 1.0_f64, 0.0_f64);
        let mut steps = Vec::new();
        for (time, [joined, left, watched]) in times {
            at_risk += joined;
            let left = left.min(at_risk);
            if left > 0 {
                stays *= real(at_risk - left) / real(at_risk);
                if at_risk > left {
                    sum += real(left) / (real(at_risk) * real(at_risk - left));
                }
                steps.push(Self { time, at_risk, left, stays, sum });
            }
            // Everybody counted here was at risk before.
            at_risk = at_risk.saturating_sub(left + watched);
        }
        steps
    }

    /// Greenwood's standard error; none once nobody is left, where it is zero times infinity.
    pub(super) fn error(&self) -> Option<f64> {
        (self.stays > 0.0).then(|| self.stays * self.sum.sqrt())
    }

    /// The interval by the logarithm of minus the logarithm.
    pub(super) fn log_log(&self, z: f64) -> Option<Interval> {
        if self.stays <= 0.0 || self.stays >= 1.0 {
            return None;
        }
        let width = z * self.sum.sqrt() / self.stays.ln().abs();
        Some(Interval { low: self.stays.powf(width.exp()), high: self.stays.powf((-width).exp()) })
    }

    /// The interval by the logarithm, at most one.
    pub(super) fn log(&self, z: f64) -> Option<Interval> {
        let width = z * self.sum.sqrt();
        (self.stays > 0.0).then(|| Interval {
            low: self.stays * (-width).exp(),
            high: (self.stays * width.exp()).min(1.0),
        })
    }
}

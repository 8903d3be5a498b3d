//! The statistics of a report: each says its estimate, its uncertainty, how many people it rests
//! on and how many are missing, or why there is no figure.
//!
//! No function returns a NaN or an infinity, and none panics on empty, constant or tiny input.
//! Change is always after minus before; which way is better belongs to the instrument.

mod moments;
mod paired;
mod proportion;
mod quantile;
mod reliable;
mod survival;

pub use moments::{Mean, Moments};
pub use paired::{PairedChange, PairedMoments, paired_change};
pub use proportion::{Proportion, wilson};
pub use quantile::{student_t_quantile, z_of};
pub use reliable::{JacobsonTruax, Shifts, jacobson_truax};
pub use survival::{Departures, RetentionStep, kaplan_meier};

use serde::{Deserialize, Serialize};

/// The confidence of every interval of a report, as a share: 95 in 100.
pub const CONFIDENCE: f64 = 0.95;

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoFigure {
    /// Nobody was measured, or nothing took place.
    #[error("there is nothing to count")]
    Nothing,
    /// Fewer people than the method needs.
    #[error("{n} of at least {wanted} were measured")]
    TooFew {
        /// How many there are.
        n: u64,
        /// How many the method needs.
        wanted: u64,
    },
    /// Everybody changed by the same, so there is no spread to reckon an interval from.
    #[error("there is no spread among {n}")]
    NoSpread {
        /// How many there are.
        n: u64,
    },
    /// A figure that is no number came in, or a setting out of its range.
    #[error("the input is no number or out of range")]
    NotANumber,
}

/// An interval that holds the true figure with a confidence of [`CONFIDENCE`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// How a figure was reckoned; each has its source in the docs of its function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Method {
    /// Totals prorated exactly, bands read half up.
    Scoring,
    /// A mean with a t interval.
    MeanT,
    /// The mean of changes within people, with a t interval.
    PairedT,
    /// A share with Wilson's interval, without correction for continuity.
    Wilson,
    /// Kaplan and Meier's product, Greenwood's variance, log-log interval.
    KaplanMeier,
    /// Change beyond the noise of the instrument, by a published threshold.
    ReliableChange,
    /// Small numbers hidden, with their complements.
    Suppression,
}

//! The statistics of a report: each says its estimate, its uncertainty, how many people it rests
//! on and how many are missing, or why there is no figure.
//!
//! No function returns a NaN or an infinity, and none panics on empty, constant or tiny input.
//! Counts go up to ten thousand million, more than there are people: beyond that a count is
//! [`NoFigure::NotANumber`]. Change is always after minus before, a comparison always treated less control, a ratio always
//! after over before; which way is better belongs to the instrument.
//!
//! | To | Start at |
//! | --- | --- |
//! | describe numbers | [`describe`], [`Moments`] |
//! | measure change within people | [`paired_change`], [`signed_rank`], [`paired_effects`] |
//! | say who is better for it | [`jacobson_truax`], [`clinical_change`], [`talking_therapies`] |
//! | compare two groups | [`welch`], [`group_effects`], [`rank_sum_normal`], [`ancova`] |
//! | compare shares | [`wilson`], [`clopper_pearson`], [`share_difference`], [`mcnemar`] |
//! | see who stays | [`kaplan_meier`], [`stay_curve`], [`log_rank`], [`completers`], [`rubin_pool`] |
//! | count people of one circle rightly | [`icc`], [`icc_of`], [`design_effect`], [`cluster_means`] |
//! | ask whether more sessions go with more | [`linear_trend`], [`grouped_trend`], [`cochran_armitage`] |
//! | know an instrument's noise | [`alpha`], [`measurement_error`] |
//! | count events over time | [`garwood`], [`rate_ratio`], [`paired_rate_ratio`] |
//! | ask many questions, plan a study | [`holm`], [`benjamini_hochberg`], [`clusters_per_arm`] |
//!
//! With the feature `models`: `models::cluster_robust`,
//! `models::random_intercept`, `models::omega_total`.

mod adjust;
mod ancova;
mod binomial;
mod clinical;
mod clusters;
mod column;
mod completers;
mod curve;
mod describe;
mod effect;
mod figure;
mod groups;
mod mcnemar;
mod method;
#[cfg(feature = "models")]
pub mod models;
mod moments;
mod noncentral;
mod paired;
mod planning;
mod pooling;
mod product;
mod proportion;
mod quantile;
mod rank_sum;
mod ranks;
mod rates;
mod reliability;
mod reliable;
mod root;
mod shares;
mod signed_rank;
mod survival;
mod tails;
mod talking_therapies;
mod trend;

pub use adjust::{benjamini_hochberg, holm};
pub use ancova::{Ancova, ArmRow, ancova};
pub use clinical::{
    ClinicalChange, ClinicalRule, CutOffKind, CutOffs, Norm, clinical_change, cut_offs,
};
pub use clusters::{Arm, Icc, cluster_means, design_effect, icc, icc_of};
pub use completers::{Caseness, Completers, Course, completers};
pub use curve::{LogRank, StayCurve, StayStep, Watch, log_rank, stay_curve};
pub use describe::{Description, describe};
pub use effect::{PairedEffects, hedges_j, paired_effects};
pub use figure::{Bounds, Confidence, Sample};
pub use groups::{GroupEffects, MeanDifference, group_effects, welch};
pub use mcnemar::{McNemar, PairedDifference, mcnemar, paired_difference};
pub use method::Method;
pub use moments::{Mean, Moments};
pub use paired::{PairedChange, PairedMoments, paired_change};
pub use planning::{Aim, Clustering, Plan, clusters_per_arm, people_per_arm};
pub use pooling::{Imputed, Pooled, rubin_pool};
pub use proportion::{Proportion, clopper_pearson, wilson, wilson_at};
pub use quantile::{student_t_quantile, z_of};
pub use rank_sum::{RankSum, rank_sum_exact, rank_sum_normal};
pub use rates::{
    Exposure, PairedExposure, PairedRateRatio, Rate, RateRatio, garwood, paired_rate_ratio,
    rate_ratio,
};
pub use reliability::{Alpha, alpha};
pub use reliable::{JacobsonTruax, MeasurementError, Shifts, jacobson_truax, measurement_error};
pub use shares::{ShareDifference, share_difference};
pub use signed_rank::{SignedRank, signed_rank, signed_rank_exact, signed_rank_normal};
pub use survival::{Departures, RetentionStep, kaplan_meier};
pub use talking_therapies::{
    MeasureRule, TalkingTherapies, TalkingTherapiesRule, TwoMeasures, talking_therapies,
};
pub use trend::{
    GroupedTrend, LinearTrend, ShareTrend, Step, cochran_armitage, grouped_trend, linear_trend,
};

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
    /// Fewer groups than the method needs: clusters (circles), or groups that are compared.
    #[error("there are {n} of at least {wanted} groups")]
    TooFewGroups {
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
    /// A figure that is no number came in, or a setting or a count out of its range.
    #[error("the input is no number or out of range")]
    NotANumber,
    /// Nothing is recorded that it could be made of.
    #[error("nothing is recorded that it could be made of")]
    NotRecorded,
    /// More than an exact method can count out.
    #[error("{n} are more than the {most} that can be counted out")]
    TooMany {
        /// How many there are.
        n: u64,
        /// How many can be counted out.
        most: u64,
    },
    /// Lists that belong together differ in length.
    #[error("a list of {left} stands beside one of {right}")]
    Unequal {
        /// How long the one is.
        left: u64,
        /// How long the other is.
        right: u64,
    },
    /// Two numbers are alike where the method is for numbers that are not.
    #[error("two numbers are alike")]
    Tied,
    /// A cluster has people in both arms.
    #[error("a cluster has people in both arms")]
    Mixed,
    /// What is to explain the outcome does not vary, or one part of it says another.
    #[error("the predictors cannot be told apart")]
    Entangled,
    /// No best fit was found.
    #[error("no best fit was found")]
    NoFit,
}

/// An interval that holds the true figure with a stated confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

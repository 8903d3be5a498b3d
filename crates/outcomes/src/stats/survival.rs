//! How many people stay, session by session.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::product::Product;
use super::{CONFIDENCE, Interval, z_of};

/// When people left, and when the watch over those who stayed ended, by session index.
///
/// The end of a closed circle ends the watch; it is not a departure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Departures {
    // By session: how many left after it, and how many were watched no further.
    at: BTreeMap<u32, (u64, u64)>,
}

/// One step of the retention curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RetentionStep {
    /// The session after which somebody left.
    pub session: u32,
    /// How many were still there and watched before it.
    pub at_risk: u64,
    /// How many left.
    pub left: u64,
    /// The share that stays beyond it, 0 to 1.
    pub stays: f64,
    /// Greenwood's standard error of that share.
    pub error: f64,
    /// The log-log interval; none once nobody is left.
    pub interval: Option<Interval>,
}

impl Departures {
    /// Counts people who left after a session.
    pub fn left(&mut self, session: u32, people: u64) {
        self.at.entry(session).or_default().0 += people;
    }

    /// Counts people who were still there when the watch ended.
    pub fn stayed_until(&mut self, session: u32, people: u64) {
        self.at.entry(session).or_default().1 += people;
    }

    /// How many people are counted.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.at.values().map(|(left, watched)| left + watched).sum()
    }

    /// How many left, in all.
    #[must_use]
    pub fn leavers(&self) -> u64 {
        self.at.values().map(|(left, _)| left).sum()
    }

    /// Sessions in which somebody left or the watch ended: session, left, watched no further.
    pub fn each(&self) -> impl Iterator<Item = (u32, u64, u64)> {
        self.at.iter().map(|(session, (left, watched))| (*session, *left, *watched))
    }
}

/// The share that stays beyond each session (Kaplan & Meier 1958, J Am Stat Assoc 53:457).
///
/// Variance by Greenwood, interval by the log-log transformation: what R's
/// `survfit(conf.type = "log-log")` prints. People who leave at a session are counted before
/// those whose watch ends there. Empty input gives no steps. [`stay_curve`](super::stay_curve)
/// takes times that are no whole sessions, and gives the log interval and the median as well.
#[must_use]
pub fn kaplan_meier(departures: &Departures) -> Vec<RetentionStep> {
    let steps = Product::over(departures.people(), departures.each());
    let z = z_of(CONFIDENCE).unwrap_or_default();
    let step = |at: Product<u32>| RetentionStep {
        session: at.time,
        at_risk: at.at_risk,
        left: at.left,
        stays: at.stays,
        error: at.error().unwrap_or(0.0),
        interval: at.log_log(z),
    };
    steps.into_iter().map(step).collect()
}

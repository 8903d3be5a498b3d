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
    // By session: how many of them joined only then.
    late: BTreeMap<u32, u64>,
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
    /// Greenwood's standard error of that share; none once nobody is left, as in [`stay_curve`](super::stay_curve).
    pub error: Option<f64>,
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

    /// Says of people who are counted that they joined only at a session: nobody could have seen them leave before it, so
    /// that they are among those at risk from it on (late entry, or left truncation; R's `Surv(start, stop, event)` and
    /// the `entry` of lifelines, with the session before for the start). Whoever left before their first session is to
    /// be said to have joined at the session of their leaving.
    pub fn joined(&mut self, session: u32, people: u64) {
        *self.late.entry(session).or_default() += people;
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
/// those whose watch ends there, and those who joined at a session are at risk of leaving after it. Empty input gives no steps. [`stay_curve`](super::stay_curve)
/// takes times that are no whole sessions, and gives the log interval and the median as well.
#[must_use]
pub fn kaplan_meier(departures: &Departures) -> Vec<RetentionStep> {
    let mut times: BTreeMap<u32, [u64; 3]> = BTreeMap::new();
    for (session, left, watched) in departures.each() {
        times.insert(session, [0, left, watched]);
    }
    for (session, people) in &departures.late {
        let [joined, ..] = times.entry(*session).or_default();
        *joined += *people;
    }
    let late: u64 = departures.late.values().sum();
    let steps = Product::over(departures.people().saturating_sub(late), times.into_iter());
    let z = z_of(CONFIDENCE).unwrap_or_default();
    let step = |at: Product<u32>| RetentionStep {
        session: at.time,
        at_risk: at.at_risk,
        left: at.left,
        stays: at.stays,
        error: at.error(),
        interval: at.log_log(z),
    };
    steps.into_iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_joined_late_is_at_risk_as_lifelines_says() {
        // Twenty from the start: 2 leave after the third, 3 after the eighth. Ten at the fifth: 4 leave after the eighth.
        // Ten at the seventh: 1 leaves after it. The others are watched to the twelfth, of the last ten to the tenth.
        let mut found = Departures::default();
        found.left(3, 2);
        found.left(8, 3 + 4);
        found.left(7, 1);
        found.stayed_until(12, 15 + 6);
        found.stayed_until(10, 9);
        found.joined(5, 10);
        found.joined(7, 10);
        let steps = kaplan_meier(&found);
        // lifelines 0.30.3: KaplanMeierFitter().fit(T, E, entry), entry 4 and 6; its interval is log-log.
        let want = [
            (3, 20, 0.9, 0.656_031, 0.974_010),
            (7, 38, 0.876_316, 0.652_071, 0.960_054),
            (8, 37, 0.710_526, 0.521_985, 0.835_564),
        ];
        assert_eq!(steps.len(), want.len());
        for (step, (session, at_risk, stays, low, high)) in steps.iter().zip(want) {
            assert_eq!((step.session, step.at_risk), (session, at_risk));
            let interval = step.interval.unwrap();
            for (found, want) in [(step.stays, stays), (interval.low, low), (interval.high, high)] {
                assert!((found - want).abs() < 1e-6, "{found} {want}");
            }
        }
    }
}

//! Somebody who watches, and may say stop.

use std::ops::ControlFlow;

/// What was reached so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How much work was done, of how much.
    pub work: u64,
    /// How much work there is to do, if it does not end before.
    pub of: u64,
    /// What the best formation costs so far.
    pub cost: u64,
    /// What no formation costs less than, as far as is known.
    pub bound: u64,
}

/// Tells who watches now and then, and remembers when they say stop.
pub(crate) struct Watch<'a> {
    observer: &'a mut dyn FnMut(&Progress) -> ControlFlow<()>,
    pub(crate) progress: Progress,
    /// What all parts cost and are bound by but the one that is being worked at.
    pub(crate) others: (i64, i64),
    /// What the part that is being worked at is bound by.
    pub(crate) bound: i64,
    since: u64,
    stopped: bool,
}

/// How much work there is between two tellings.
const OFTEN: u64 = 1 << 19;

impl<'a> Watch<'a> {
    pub(crate) fn new(observer: &'a mut dyn FnMut(&Progress) -> ControlFlow<()>, of: u64) -> Self {
        let progress = Progress { work: 0, of, cost: 0, bound: 0 };
        Self { observer, progress, others: (0, 0), bound: 0, since: 0, stopped: false }
    }

    /// Whether it is to stop.
    pub(crate) const fn stopped(&self) -> bool {
        self.stopped
    }

    /// Counts work, and tells now and then.
    #[inline]
    pub(crate) fn worked(&mut self, work: u64, cost: i64) {
        self.progress.work += work;
        self.since += work;
        if self.since >= OFTEN {
            self.tell(cost);
        }
    }

    /// Tells what all parts have come to.
    pub(crate) fn tell_all(&mut self, totals: (i64, i64)) {
        (self.others, self.bound) = (totals, 0);
        self.tell(0);
    }

    /// Tells what the part that is being worked at has come to.
    pub(crate) fn tell(&mut self, cost: i64) {
        self.since = 0;
        self.progress.cost = u64::try_from(self.others.0 + cost).unwrap_or(0);
        self.progress.bound = u64::try_from(self.others.1 + self.bound).unwrap_or(0);
        if !self.stopped && (self.observer)(&self.progress).is_break() {
            self.stopped = true;
        }
    }
}

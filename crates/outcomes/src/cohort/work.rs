//! Counts that belong to the work.

use std::collections::BTreeMap;

use commons::Code;
use serde::{Deserialize, Serialize};

/// Counts that belong to the work and to no single person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Work {
    /// Modules of trainings that were announced.
    pub modules_planned: u64,
    /// Modules of trainings that were taught.
    pub modules_delivered: u64,
    /// People who facilitate.
    pub facilitators: u64,
    /// People who supervise them.
    pub supervisors: u64,
    /// Answers to a safety item after which somebody was to talk with the person before they left.
    pub raised: u64,
    /// All other incidents by severity, `s0` to `s4`.
    pub incidents: BTreeMap<Code, u64>,
    /// What became of referrals.
    pub referrals: Referrals,
    /// Duties that are overdue, by kind.
    pub overdue: BTreeMap<Code, u64>,
    /// Stories that their tellers agreed to share.
    pub stories: u64,
}

/// What became of referrals; each is one of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Referrals {
    /// The service and the member both said what came of it.
    pub closed: u64,
    /// It ended without help: the service said no, it came to nothing, or it was taken back.
    pub ended: u64,
    /// Neither: it waits, is under way, or lacks somebody's word.
    pub open: u64,
}

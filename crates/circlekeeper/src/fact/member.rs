//! What happens to an enrolment.

use chrono::NaiveDate;
use commons::{MemberId, UnitId};
use serde::{Deserialize, Serialize};

/// A fact of one enrolment of one person. Which person it is stands in a sealed part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum MemberEvent {
    /// Somebody was enrolled.
    Enrolled {
        /// The enrolment.
        member: MemberId,
        /// In which standing.
        standing: Standing,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody went to see a member who had stayed away, or called (SH-10). What was said is not written down.
    Contacted {
        /// The enrolment.
        member: MemberId,
        /// The unit they had stayed away from.
        unit: UnitId,
        /// Whether they were reached.
        reached: bool,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody said when, where and among whom they can sit in a circle, or lead one. What they
    /// said stands in a sealed part; the newest is in force.
    WishesTold {
        /// The enrolment.
        member: MemberId,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody waits for a place.
    WaitListed {
        /// The enrolment.
        member: MemberId,
        /// Why there was none.
        why: WaitReason,
        /// The unit that was asked for, where there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
        /// The day.
        on: NaiveDate,
    },
}

/// In which standing somebody is enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Standing {
    /// Somebody who sits in a circle.
    Participant,
    /// Somebody who facilitates or accompanies circles.
    Facilitator,
    /// Somebody who supervises.
    Supervisor,
    /// Somebody on the staff of the program.
    Staff,
}

/// Why somebody waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WaitReason {
    /// The group was full.
    Full,
    /// The group had met too often for newcomers (SH-04).
    TooLate,
    /// The person is not ready yet.
    NotReady,
    /// No group fits.
    NoGroup,
}

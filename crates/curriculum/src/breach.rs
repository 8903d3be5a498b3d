//! What can be wrong with a class.

use serde::{Deserialize, Serialize};

/// A kind of thing that is wrong with a class; the ids of the events that make it stand beside it
/// in a [`Breach`](commons::Breach).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClassBreach {
    /// Announced more than once; the event with the lowest id counts.
    AnnouncedTwice,
    /// More people than the class seats.
    Overfull,
    /// One person enrolled twice over the same days.
    EnrolledTwice,
    /// Enrolled without a screening that says ready, where the course asks for one first (FR-01).
    EnrolledUnscreened,
    /// Somebody marked at a module on a day when they were not enrolled (U-10).
    MarkedOutside,
    /// One module recorded twice on one day.
    HeldTwice,
    /// A module held before one that it needs.
    OutOfOrder,
    /// A module or component that the course does not have.
    UnknownPart,
    /// Personal stories before the safety module was held (HC-05).
    StoryBeforeSafety,
    /// Completed without what completing takes.
    CompletedUnearned,
    /// Authorized without what leading takes (FR-01 to FR-05, FR-07, SH-03).
    AuthorizedUnearned,
    /// A certificate for somebody who had not completed (SH-08).
    CertifiedUnearned,
    /// One certificate issued twice.
    CertificateTwice,
}

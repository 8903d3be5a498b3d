//! What can be wrong with a group, alone and with its sessions.

use commons::Rule;
use serde::{Deserialize, Serialize};

/// A kind of wrong in the history of a group.
///
/// The first half is seen in the group's own events ([`crate::Group`]), the second half only
/// together with its sessions ([`crate::Meetings`]). A person settles either in the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GroupBreach {
    /// It was formed twice.
    FormedTwice,
    /// Its terms were changed twice, neither change naming the other.
    TermsDiverge,
    /// More people are seated than it has seats (U-01, HC-01).
    OverFull,
    /// One person is seated twice at a time (U-10).
    JoinedTwice,
    /// Somebody joined an open circle without the consent of those present (HC-09).
    JoinedWithoutConsent,
    /// Somebody holds a role that is forbidden (U-03, HC-02).
    ForbiddenRole,
    /// It began to meet with fewer people than it may (U-01).
    OpenedTooSmall,
    /// A phase was entered that does not follow the one before (U-09).
    PhaseOutOfOrder,
    /// Two phases were entered, neither entry naming the other.
    PhasesDiverge,
    /// Staff stepped back in to where they stood already, or further out (HC-04).
    SteppedOut,
    /// It grew out of itself (U-15).
    OwnParent,

    /// A session was held that nobody had planned (U-10).
    NotPlanned,
    /// Somebody is marked at a session of a group to which they did not belong that day (U-10).
    NotAMember,
    /// Somebody came to a session in a forbidden role (U-03, HC-02).
    ForbiddenRolePresent,
    /// Staff sat in a session of a phase in which they are absent (HC-06).
    StaffInTheRoom,
    /// A session was held outside its phase (U-10).
    OutsidePhase,
    /// A session was held too soon or too late after the one before (SH-01).
    OffRhythm,
    /// The parts of a session were held in another order than the fixed one (SH-05).
    OrderChanged,
    /// Two sessions have the same number.
    SameNumber,
    /// Somebody joined after the session until which people may (SH-04).
    JoinedLate,
    /// A session was held without a role that it needs (U-04).
    RoleMissing,
}

impl GroupBreach {
    /// The rule that is broken.
    #[must_use]
    pub const fn rule(self) -> Rule {
        Rule::of(match self {
            Self::FormedTwice | Self::TermsDiverge => "U-16",
            Self::OverFull | Self::OpenedTooSmall => "U-01",
            Self::NotPlanned
            | Self::JoinedTwice
            | Self::NotAMember
            | Self::OutsidePhase
            | Self::SameNumber => "U-10",
            Self::JoinedWithoutConsent => "HC-09",
            Self::ForbiddenRole | Self::ForbiddenRolePresent => "U-03",
            Self::PhaseOutOfOrder | Self::PhasesDiverge => "U-09",
            Self::SteppedOut => "HC-04",
            Self::OwnParent => "U-15",
            Self::StaffInTheRoom => "HC-06",
            Self::OffRhythm => "SH-01",
            Self::OrderChanged => "SH-05",
            Self::JoinedLate => "SH-04",
            Self::RoleMissing => "U-04",
        })
    }
}

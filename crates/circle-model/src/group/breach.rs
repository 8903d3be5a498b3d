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
    /// More people hold a role than may.
    RoleOverfilled,
    /// Two agreements stand, neither naming the other (U-06).
    AgreementsDiverge,
    /// Two votes on one question stand that say otherwise, neither naming the other.
    VotesDiverge,
    /// Somebody voted who was no member that day (U-10).
    StrangersDecided,

    /// A session was held that nobody had planned (U-10).
    NotPlanned,
    /// Somebody is marked at a session of a group to which they did not belong that day (U-10).
    NotAMember,
    /// Somebody came to a session in a forbidden role (U-03, HC-02).
    ForbiddenRolePresent,
    /// Staff, or somebody who supervises, sat in a session of a phase in which they are absent (HC-06).
    StaffInTheRoom,
    /// Staff led a session of a phase in which they only observe, or somebody led who supervises (HC-04).
    StaffLed,
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
    /// More people filled a role in a session than may.
    RoleCrowded,
    /// Somebody without the training stood in at a session, as may happen once (U-04). To be looked at.
    Substituted,
    /// Somebody without the training was to stand in a second time (U-04).
    SubstitutedTwice,
    /// The first session was held before ground rules were agreed (U-06).
    NoGroundRules,
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
            | Self::StrangersDecided
            | Self::OutsidePhase
            | Self::SameNumber => "U-10",
            Self::JoinedWithoutConsent => "HC-09",
            Self::ForbiddenRole | Self::ForbiddenRolePresent => "U-03",
            Self::PhaseOutOfOrder | Self::PhasesDiverge | Self::VotesDiverge => "U-09",
            Self::AgreementsDiverge | Self::NoGroundRules => "U-06",
            Self::SteppedOut | Self::StaffLed => "HC-04",
            Self::OwnParent => "U-15",
            Self::StaffInTheRoom => "HC-06",
            Self::OffRhythm => "SH-01",
            Self::OrderChanged => "SH-05",
            Self::JoinedLate => "SH-04",
            Self::RoleMissing
            | Self::RoleCrowded
            | Self::RoleOverfilled
            | Self::Substituted
            | Self::SubstitutedTwice => "U-04",
        })
    }
}

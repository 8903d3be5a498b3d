//! What can happen to the consent of one member.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use commons::{Breach, Code, EventId, EventSet, Fact, MemberId, Mend, ServiceId, Standing};
use serde::{Deserialize, Serialize};

use super::Scope;

/// Something that happened to the consent of one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConsentEvent {
    /// Yes, to one scope.
    Given {
        /// To what.
        scope: Scope,
        /// How it is known (CO-12).
        proof: Proof,
        /// When.
        at: DateTime<Utc>,
        /// The last instant at which it holds.
        until: DateTime<Utc>,
        /// The withdrawals and refusals that it lifts.
        cites: EventSet,
    },
    /// No, to one scope.
    Refused {
        /// To what.
        scope: Scope,
        /// When.
        at: DateTime<Utc>,
    },
    /// No longer, to one scope.
    Withdrawn {
        /// To what.
        scope: Scope,
        /// When.
        at: DateTime<Utc>,
    },
    /// Items were released to one partner, for one purpose and a limited time (CO-05).
    Released {
        /// To whom.
        receiver: ServiceId,
        /// Which items.
        items: BTreeSet<Code>,
        /// What for.
        purpose: Code,
        /// When.
        at: DateTime<Utc>,
        /// The last instant at which it holds.
        until: DateTime<Utc>,
    },
    /// A release was taken back.
    ReleaseEnded {
        /// Which.
        release: EventId,
        /// When.
        at: DateTime<Utc>,
    },
    /// An entry was a mistake.
    Voided {
        /// The entry.
        entry: EventId,
        /// Why.
        reason: Code,
        /// When that was said.
        at: DateTime<Utc>,
    },
    /// A breach was looked at and accepted.
    Settled {
        /// Which.
        breach: Breach<ConsentKind>,
        /// Why.
        reason: Code,
        /// When.
        at: DateTime<Utc>,
    },
}

/// How a consent is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proof {
    /// How it was given.
    pub mode: Mode,
    /// In which language, such as `rw`.
    pub language: Code,
    /// Which text was read or heard.
    pub text_version: Code,
    /// Who saw it, or interpreted.
    pub witness: Option<MemberId>,
}

/// How a consent was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// By hand.
    Signed,
    /// By word.
    Spoken,
    /// By thumb.
    Thumb,
}

/// What can be wrong with the consent of one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConsentKind {
    /// It was given while a withdrawal or refusal stood that it does not cite. The no holds.
    GivenOverRestriction,
    /// A release is longer than any may be. It does not hold.
    ReleaseTooLong,
}

impl Fact for ConsentEvent {
    type Kind = ConsentKind;

    fn standing(&self) -> Standing {
        match self {
            Self::Given { .. } | Self::Released { .. } => Standing::Plan,
            Self::Refused { .. }
            | Self::Withdrawn { .. }
            | Self::ReleaseEnded { .. }
            | Self::Voided { .. }
            | Self::Settled { .. } => Standing::Record,
        }
    }

    fn mends(&self) -> Option<Mend<'_, ConsentKind>> {
        match self {
            Self::Voided { entry, .. } => Some(Mend::Voids(*entry)),
            Self::Settled { breach, .. } => Some(Mend::Settles(breach)),
            Self::Given { .. }
            | Self::Refused { .. }
            | Self::Withdrawn { .. }
            | Self::Released { .. }
            | Self::ReleaseEnded { .. } => None,
        }
    }
}

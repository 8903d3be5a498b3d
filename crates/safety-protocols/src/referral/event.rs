//! What can happen to a referral.

use chrono::{DateTime, Utc};
use commons::{Breach, Code, EventId, EventSet, Fact, Mend, ServiceId, Standing};
use serde::{Deserialize, Serialize};

/// How soon help is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HelpBy {
    /// In its time.
    Routine,
    /// Within days.
    Soon,
    /// Within a day.
    Urgent,
    /// Now: the keeper stays until the receiver has the person (RF-05).
    Emergency,
}

impl HelpBy {
    /// Its code, as rules and occurrences carry it.
    #[must_use]
    pub const fn code(self) -> Code {
        Code::of(match self {
            Self::Routine => "routine",
            Self::Soon => "soon",
            Self::Urgent => "urgent",
            Self::Emergency => "emergency",
        })
    }
}

/// How a person is handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HandOff {
    /// Keeper, member and receiver spoke together, or the keeper stayed until the receiver was there.
    Warm,
    /// An address and a date.
    Cold,
}

/// A way in which a referral ends, or waits, without help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// It waits.
    OnHold,
    /// The service says no.
    Rejected,
    /// It came to nothing.
    Failed,
    /// The member, or we, took it back.
    Cancelled,
    /// It was never meant to be.
    EnteredInError,
}

/// What the member says: did it help? Their own word closes the loop, with the service's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Helped {
    /// Yes.
    Yes,
    /// In part.
    Partly,
    /// No.
    No,
    /// Asked, and does not wish to say.
    Declined,
    /// Nobody asked; it closes nothing.
    NotAsked,
}

/// Something that happened to a referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReferralEvent {
    /// It was thought of, with the member.
    Drafted {
        /// The kind of help: `food`, `housing`, `mental_health_care`.
        category: Code,
        /// How soon.
        urgency: HelpBy,
        /// When.
        at: DateTime<Utc>,
    },
    /// A service was asked.
    Requested {
        /// Which.
        service: ServiceId,
        /// The release under which items were sent; an emergency goes without (RF-01).
        release: Option<EventId>,
        /// How.
        hand_off: HandOff,
        /// When.
        at: DateTime<Utc>,
    },
    /// The service said yes.
    Accepted {
        /// When.
        at: DateTime<Utc>,
    },
    /// Help began.
    Started {
        /// When.
        at: DateTime<Utc>,
    },
    /// It is done.
    Completed {
        /// What the service says came of it, where it said something.
        outcome: Option<Code>,
        /// When.
        at: DateTime<Utc>,
    },
    /// It ended, or waits, without help.
    Stopped {
        /// How.
        exit: Exit,
        /// Why: a barrier (`cost`, `distance`, `language`, `fear`, `waiting_list`, `documents`,
        /// `hours`) or `revoked`.
        reason: Code,
        /// When.
        at: DateTime<Utc>,
    },
    /// It goes on.
    Resumed {
        /// The stops that it lifts.
        cites: EventSet,
        /// When.
        at: DateTime<Utc>,
    },
    /// The member was told how it stands and what comes next.
    MemberInformed {
        /// When.
        at: DateTime<Utc>,
        /// The entries that it answers.
        answers: EventSet,
    },
    /// Member and service met for the first time.
    FirstContactMade {
        /// How.
        hand_off: HandOff,
        /// When.
        at: DateTime<Utc>,
    },
    /// The member did not come.
    NoShow {
        /// When that was.
        at: DateTime<Utc>,
    },
    /// The member does not wish it.
    MemberDeclined {
        /// When.
        at: DateTime<Utc>,
    },
    /// The member said whether it helped.
    MemberSaysHelped {
        /// What they said.
        answer: Helped,
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
        breach: Breach<ReferralKind>,
        /// Why.
        reason: Code,
        /// When.
        at: DateTime<Utc>,
    },
}

/// What can be wrong with a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReferralKind {
    /// A service was asked without a release, and it was no emergency (RF-01).
    SentWithoutRelease,
    /// A service was asked although the member had said no (RF-10).
    SentAfterNo,
    /// It was completed with neither the service's word nor the member's (RF-09).
    CompletedWithoutWord,
    /// It was completed and stopped, and nothing says which holds.
    TwoEnds,
}

impl Fact for ReferralEvent {
    type Kind = ReferralKind;

    fn standing(&self) -> Standing {
        if matches!(self, Self::Requested { .. } | Self::Completed { .. } | Self::Resumed { .. }) {
            Standing::Plan
        } else {
            Standing::Record
        }
    }

    fn mends(&self) -> Option<Mend<'_, ReferralKind>> {
        if let Self::Voided { entry, .. } = self {
            Some(Mend::Voids(*entry))
        } else if let Self::Settled { breach, .. } = self {
            Some(Mend::Settles(breach))
        } else {
            None
        }
    }
}

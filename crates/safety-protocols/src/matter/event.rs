//! What can happen to a matter.

use chrono::{DateTime, Utc};
use commons::{Breach, Code, EventId, EventSet, Fact, MatterId, Mend, Standing};
use serde::{Deserialize, Serialize};

use crate::Severity;

/// Something that happened to a matter. It says how grave and when, never what or who: the
/// category, the persons and the words are a sealed [`MatterContent`](crate::MatterContent).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum MatterEvent {
    /// Somebody began to look after it.
    Opened {
        /// How grave it seemed.
        severity: Severity,
        /// When anyone acting for the program first knew: the clock starts here.
        aware_at: DateTime<Utc>,
        /// When it happened, where that is known.
        happened_at: Option<DateTime<Utc>>,
        /// The role that looks after it.
        owner: Code,
        /// Whether somebody must talk with the person before they leave (SU-02).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        before_leaving: bool,
    },
    /// It turned out graver.
    Raised {
        /// How grave.
        to: Severity,
        /// When.
        at: DateTime<Utc>,
    },
    /// It turned out less grave.
    Lowered {
        /// How grave it is now.
        to: Severity,
        /// When.
        at: DateTime<Utc>,
        /// The opening and raises that it lowers.
        cites: EventSet,
        /// The role that decided.
        role: Code,
        /// The role of the second person, without whom urgent and emergency are not lowered.
        second: Option<Code>,
        /// Why.
        reason: Code,
    },
    /// A role said: I have it.
    Acknowledged {
        /// Which.
        role: Code,
        /// When.
        at: DateTime<Utc>,
        /// The opening and raises that it acknowledges.
        answers: EventSet,
    },
    /// Something was done.
    Acted {
        /// What: `record_written`, `plan_made`, `authority_told`.
        action: Code,
        /// By which role.
        role: Code,
        /// When.
        at: DateTime<Utc>,
        /// The opening and raises that it answers.
        answers: EventSet,
    },
    /// The person concerned was contacted, or it was tried.
    Contacted {
        /// What came of it.
        outcome: Contact,
        /// By which role.
        role: Code,
        /// When.
        at: DateTime<Utc>,
        /// The opening and raises that it answers.
        answers: EventSet,
    },
    /// It is the same as another matter: two accounts, one clock, from the earliest awareness.
    Linked {
        /// Which.
        other: MatterId,
        /// When the other was first known.
        aware_at: DateTime<Utc>,
        /// When that was seen.
        at: DateTime<Utc>,
    },
    /// How we learn from it was decided.
    LearningDecided {
        /// The method: `review`, `theme`, `none`.
        method: Code,
        /// When.
        at: DateTime<Utc>,
        /// The opening and raises that it answers.
        answers: EventSet,
    },
    /// We learned from it.
    LearningDone {
        /// When.
        at: DateTime<Utc>,
        /// The opening and raises that it answers.
        answers: EventSet,
    },
    /// It is over.
    Closed {
        /// When.
        at: DateTime<Utc>,
        /// The opening, raises and links that it closes.
        cites: EventSet,
        /// The role that decided.
        role: Code,
        /// What came of it.
        outcome: Code,
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
        breach: Breach<MatterKind>,
        /// Why.
        reason: Code,
        /// When.
        at: DateTime<Utc>,
    },
}

/// What came of an attempt to contact somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    /// They spoke.
    Reached,
    /// The person does not wish to speak.
    Declined,
    /// Nobody answered.
    Tried,
}

/// What can be wrong with a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MatterKind {
    /// An urgent or graver matter was lowered by one person alone (IN-03).
    LoweredAlone,
    /// It was closed by somebody who did not know all of it; it is open.
    ClosedUnknowing,
    /// It was closed while something was unanswered (U-08, IN-10).
    ClosedUnanswered,
}

impl Fact for MatterEvent {
    type Kind = MatterKind;

    fn standing(&self) -> Standing {
        match self {
            Self::Lowered { .. } | Self::Closed { .. } => Standing::Plan,
            Self::Opened { .. }
            | Self::Raised { .. }
            | Self::Acknowledged { .. }
            | Self::Acted { .. }
            | Self::Contacted { .. }
            | Self::Linked { .. }
            | Self::LearningDecided { .. }
            | Self::LearningDone { .. }
            | Self::Voided { .. }
            | Self::Settled { .. } => Standing::Record,
        }
    }

    fn mends(&self) -> Option<Mend<'_, MatterKind>> {
        if let Self::Voided { entry, .. } = self {
            Some(Mend::Voids(*entry))
        } else if let Self::Settled { breach, .. } = self {
            Some(Mend::Settles(breach))
        } else {
            None
        }
    }
}

impl MatterEvent {
    /// The level it asserts and since when, if it asserts one.
    pub(crate) const fn asserts(&self) -> Option<(Severity, DateTime<Utc>)> {
        if let Self::Opened { severity: to, aware_at: at, .. }
        | Self::Raised { to, at }
        | Self::Lowered { to, at, .. } = self
        {
            Some((*to, *at))
        } else {
            None
        }
    }
}

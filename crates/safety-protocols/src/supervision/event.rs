//! What can happen to the supervision of a keeper or a unit.

use chrono::NaiveDate;
use commons::{Breach, Code, EventId, EventSet, Fact, MemberId, Mend, Standing};
use serde::{Deserialize, Serialize};

/// How often keeper and supervisor meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// Every 7 days: the first six months, and trainees (SV-02, after Texas' peer specialists).
    Weekly,
    /// Every 14 days: circles of high intensity (SV-03), and mentors in phase P3.
    Fortnightly,
    /// Every 28 days: after that (SV-03).
    FourWeekly,
}

impl Cadence {
    /// Its length in days.
    #[must_use]
    pub const fn days(self) -> u16 {
        match self {
            Self::Weekly => 7,
            Self::Fortnightly => 14,
            Self::FourWeekly => 28,
        }
    }
}

/// In which form somebody outside the circle stands by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Arrangement {
    /// A supervisor, at a cadence; the unit is paused when it is left undone for too long.
    Supervised(Cadence),
    /// Peer consultation is offered and a contact outside is named: the way of independent circles.
    /// Nothing is ever paused for the lack of it.
    PeerConsultation,
}

impl Arrangement {
    /// Its code, as rules and occurrences carry it.
    #[must_use]
    pub const fn code(self) -> Code {
        Code::of(match self {
            Self::Supervised(Cadence::Weekly) => "weekly",
            Self::Supervised(Cadence::Fortnightly) => "fortnightly",
            Self::Supervised(Cadence::FourWeekly) => "four_weekly",
            Self::PeerConsultation => "peer",
        })
    }

    /// The arrangement of a code.
    #[must_use]
    pub fn from_code(code: &Code) -> Option<Self> {
        [
            Self::Supervised(Cadence::Weekly),
            Self::Supervised(Cadence::Fortnightly),
            Self::Supervised(Cadence::FourWeekly),
            Self::PeerConsultation,
        ]
        .into_iter()
        .find(|one| one.code() == *code)
    }

    /// How many days may pass: of peer consultation, until it is offered again.
    #[must_use]
    pub const fn days(self) -> u16 {
        match self {
            Self::Supervised(cadence) => cadence.days(),
            Self::PeerConsultation => 28,
        }
    }
}

/// How they met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SupervisionMode {
    /// Two people.
    OneToOne,
    /// A group of keepers with a supervisor.
    Group,
    /// A senior assistant leads.
    PeerLed,
}

/// Something that happened to the supervision of a keeper or a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SupervisionEvent {
    /// It was agreed who stands by, and how often (SV-01).
    Arranged {
        /// The supervisor, or the contact outside.
        supervisor: MemberId,
        /// Who stands in.
        deputy: MemberId,
        /// In which form.
        arrangement: Arrangement,
        /// The first day.
        from: NaiveDate,
        /// The arrangements that it replaces. One that nobody replaces stands.
        replaces: EventSet,
    },
    /// They met, or consultation was offered and taken.
    Held {
        /// On which day.
        on: NaiveDate,
        /// For how long.
        minutes: u16,
        /// How.
        mode: SupervisionMode,
    },
    /// Consultation was offered and not needed.
    Offered {
        /// On which day.
        on: NaiveDate,
    },
    /// A session was observed (SV-07).
    Observed {
        /// On which day.
        on: NaiveDate,
        /// Whether anything harmful was seen: it opens coaching (FR-04).
        harmful_seen: bool,
    },
    /// An arrangement ended: the keeper left, the unit closed.
    Ended {
        /// Which.
        arrangement: EventId,
        /// The last day.
        on: NaiveDate,
    },
    /// An entry was a mistake.
    Voided {
        /// The entry.
        entry: EventId,
        /// Why.
        reason: Code,
        /// When that was said.
        on: NaiveDate,
    },
    /// A breach was looked at and accepted.
    Settled {
        /// Which.
        breach: Breach<SupervisionKind>,
        /// Why.
        reason: Code,
        /// When.
        on: NaiveDate,
    },
}

/// What can be wrong with supervision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SupervisionKind {
    /// Nobody stands in for the supervisor: both are one (SV-01).
    NoDeputy,
    /// Two arrangements stand, and neither names the other; the stricter holds.
    TwoArrangements,
}

impl Fact for SupervisionEvent {
    type Kind = SupervisionKind;

    fn standing(&self) -> Standing {
        match self {
            Self::Arranged { .. } => Standing::Plan,
            Self::Held { .. }
            | Self::Offered { .. }
            | Self::Observed { .. }
            | Self::Ended { .. }
            | Self::Voided { .. }
            | Self::Settled { .. } => Standing::Record,
        }
    }

    fn mends(&self) -> Option<Mend<'_, SupervisionKind>> {
        if let Self::Voided { entry, .. } = self {
            Some(Mend::Voids(*entry))
        } else if let Self::Settled { breach, .. } = self {
            Some(Mend::Settles(breach))
        } else {
            None
        }
    }
}

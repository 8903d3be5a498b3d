//! What can happen to the measures of one member.

use chrono::NaiveDate;
use commons::{Breach, Code, EventId, EventSet, Fact, Mend, Standing};
use serde::{Deserialize, Serialize};

use crate::{Instrument, NotScorable, Points, Reading, Score, Scored};

/// A total as it is kept openly: points, or the kind of reason why there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Total {
    /// Every item was answered.
    Complete {
        /// The total.
        points: Points,
    },
    /// Missing answers stand at the mean of the others.
    Prorated {
        /// The total, as an exact fraction.
        points: Points,
    },
    /// The sheet had not as many answers as the instrument has items.
    WrongItemCount,
    /// A code was not one of the sheet's.
    OutOfRange,
    /// More answers were missing than the rule allows, or one that nothing can be said without.
    TooManyMissing,
    /// A question was answered that was not to be asked.
    NotToBeAsked,
    /// The instrument makes no total: its scales are read one by one.
    NoTotal,
    /// No total, for a reason that this release cannot name.
    NotScorable,
}

impl Total {
    /// The points, where there are any.
    #[must_use]
    pub const fn points(&self) -> Option<Points> {
        match self {
            Self::Complete { points } | Self::Prorated { points } => Some(*points),
            Self::WrongItemCount
            | Self::OutOfRange
            | Self::TooManyMissing
            | Self::NotToBeAsked
            | Self::NoTotal
            | Self::NotScorable => None,
        }
    }

    /// Whether missing answers were stood in for.
    #[must_use]
    pub const fn is_prorated(&self) -> bool {
        matches!(self, Self::Prorated { .. })
    }
}

impl From<&Score> for Total {
    fn from(score: &Score) -> Self {
        match score {
            Score::Complete { points } => Self::Complete { points: *points },
            Score::Prorated { points, .. } => Self::Prorated { points: *points },
            Score::NoTotal => Self::NoTotal,
            Score::NotScorable { reason } => match reason {
                NotScorable::WrongItemCount { .. } => Self::WrongItemCount,
                NotScorable::OutOfRange { .. } => Self::OutOfRange,
                NotScorable::NotApplicableItemAnswered { .. }
                | NotScorable::GatedItemsAnswered { .. } => Self::NotToBeAsked,
                NotScorable::TooManyMissing { .. }
                | NotScorable::RequiredItemMissing { .. }
                | NotScorable::ScalesMissing { .. } => Self::TooManyMissing,
            },
        }
    }
}

/// One sheet, scored: what of it is kept openly.
///
/// The answers are sealed apart ([`ItemAnswers`](crate::ItemAnswers)), and with them what the
/// safety items say: a raised flag beside a member is an answer, not a total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sheet {
    /// The instrument, such as `phq-9`.
    pub instrument: Code,
    /// The version of its definition that scored the sheet.
    pub version: Code,
    /// The language in which it was asked, such as `rw`.
    pub language: Code,
    /// The point in the program, such as `t0`.
    pub timepoint: Code,
    /// The day on which it was filled in.
    pub on: NaiveDate,
    /// The total.
    pub total: Total,
    /// How many items were answered.
    pub answered: u8,
    /// Of how many.
    pub of: u8,
    /// The band, by the interpretation that the program pinned.
    pub band: Option<Reading>,
}

impl Sheet {
    /// The open part of a scored sheet, its band read by the instrument's default bands or cut-off.
    ///
    /// Levels by counting are not told here: what single answers come to, such as the level of a
    /// screener about danger to oneself, is an answer itself, and sealed with the answers.
    #[must_use]
    pub fn of(
        instrument: &Instrument,
        scored: &Scored,
        language: Code,
        timepoint: Code,
        on: NaiveDate,
    ) -> Self {
        let places = instrument.scoring().places();
        let by_bands = instrument.default_bands().map(|bands| bands.read(&scored.score, places));
        let by_cut = || {
            let cut = instrument.default_cut_off()?;
            cut.read(&scored.score, places)
        };
        Self {
            instrument: instrument.id().clone(),
            version: instrument.version().clone(),
            language,
            timepoint,
            on,
            total: Total::from(&scored.score),
            answered: scored.answered,
            of: scored.of,
            band: by_bands.unwrap_or_else(by_cut),
        }
    }
}

/// Why somebody was not measured, said by themselves or by who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeclineReason {
    /// No reason was asked for or given.
    NotGiven,
    /// No wish to be measured at all.
    NoMeasures,
    /// Not this time.
    NotNow,
    /// No consent to measures was given, or it was withdrawn.
    NoConsent,
    /// The language or the form did not fit.
    DoesNotFit,
}

/// Why an entry was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum VoidReason {
    /// It was entered for the wrong person.
    WrongPerson,
    /// The same sheet was entered twice.
    EnteredTwice,
    /// It never took place.
    NeverHappened,
    /// It was a test of the system.
    Test,
}

/// Why a breach was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SettleReason {
    /// Both are right; the later one counts.
    LaterCounts,
    /// It cannot be found out any more; the later one counts.
    CannotBeKnown,
}

/// What can be wrong with the measures of one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MeasuresBreach {
    /// Two sheets of one instrument stand for one timepoint.
    WaveTwice,
    /// Two corrections of one sheet do not know of each other.
    CorrectedTwice,
}

/// What happened to the measures of one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum MeasuresEvent {
    /// A sheet was filled in.
    Recorded {
        /// What of it is kept openly.
        sheet: Sheet,
    },
    /// A member declined to be measured, and stays in the group.
    Declined {
        /// The instrument, or none when all of them were declined.
        instrument: Option<Code>,
        /// The point in the program.
        timepoint: Code,
        /// The day.
        on: NaiveDate,
        /// Why.
        reason: DeclineReason,
    },
    /// A sheet was entered wrongly; this is how it should read.
    Corrected {
        /// The sheet, and any corrections of it that this one replaces.
        cites: EventSet,
        /// The whole sheet as it should read.
        sheet: Sheet,
    },
    /// An entry counts no longer.
    Voided {
        /// The entry.
        entry: EventId,
        /// Why.
        reason: VoidReason,
    },
    /// A breach was looked at and accepted.
    Settled {
        /// The breach.
        breach: Breach<MeasuresBreach>,
        /// Why.
        reason: SettleReason,
    },
}

impl Fact for MeasuresEvent {
    type Kind = MeasuresBreach;

    fn standing(&self) -> Standing {
        // A sheet was filled in or it was not: nothing here is a plan.
        Standing::Record
    }

    fn mends(&self) -> Option<Mend<'_, MeasuresBreach>> {
        match self {
            Self::Voided { entry, .. } => Some(Mend::Voids(*entry)),
            Self::Settled { breach, .. } => Some(Mend::Settles(breach)),
            Self::Recorded { .. } | Self::Declined { .. } | Self::Corrected { .. } => None,
        }
    }
}

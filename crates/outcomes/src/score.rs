//! What a sheet comes to.

use commons::Code;
use serde::{Deserialize, Serialize};

use crate::Points;

/// What a sheet, or one of its scales, comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "score", rename_all = "snake_case")]
pub enum Score {
    /// Every item was answered, or did not concern the person.
    Complete {
        /// The total.
        points: Points,
    },
    /// Few enough were missing; they stand at the mean of the others.
    Prorated {
        /// The total, as an exact fraction.
        points: Points,
        /// How many items were answered.
        answered: u8,
        /// Of how many.
        of: u8,
    },
    /// The instrument makes no total: its scales, counts and levels are read one by one.
    NoTotal,
    /// There is no total. It is not zero.
    NotScorable {
        /// Why.
        reason: NotScorable,
    },
}

/// Why a sheet has no total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum NotScorable {
    /// The sheet is of another instrument.
    #[error("{got} answers for {expected} items")]
    WrongItemCount {
        /// How many items the instrument has.
        expected: u8,
        /// How many answers came.
        got: u16,
    },
    /// A code that is not printed on the sheet.
    #[error("item {item} holds a code outside {min} to {max}")]
    OutOfRange {
        /// Its place, from 1.
        item: u8,
        /// What came.
        value: i16,
        /// The lowest code.
        min: i16,
        /// The highest code.
        max: i16,
    },
    /// An answer to a question that does not concern the person.
    #[error("item {item} does not concern this person, and was answered")]
    NotApplicableItemAnswered {
        /// Its place, from 1.
        item: u8,
    },
    /// Answers after the place where the sheet ends for this person.
    #[error("the sheet ends before item {item}, which was answered")]
    GatedItemsAnswered {
        /// The first of them, from 1.
        item: u8,
    },
    /// An item without which nothing can be said.
    #[error("item {item} was not answered, and the sheet is not scored without it")]
    RequiredItemMissing {
        /// Its place, from 1.
        item: u8,
    },
    /// More answers are missing than the rule allows.
    #[error(
        "{missing} {} missing, {allowed} may be",
        if *missing == 1 { "answer is" } else { "answers are" }
    )]
    TooManyMissing {
        /// How many are missing.
        missing: u8,
        /// How many may be.
        allowed: u8,
    },
    /// The total is a sum of scales, and some of them have no score.
    #[error("{scales} of the scales that make the total have no score")]
    ScalesMissing {
        /// How many.
        scales: u8,
    },
}

impl Score {
    /// The total, where there is one.
    #[must_use]
    pub const fn points(&self) -> Option<Points> {
        match self {
            Self::Complete { points } | Self::Prorated { points, .. } => Some(*points),
            Self::NoTotal | Self::NotScorable { .. } => None,
        }
    }

    /// Why there is none, where something is wrong with the sheet.
    #[must_use]
    pub const fn reason(&self) -> Option<NotScorable> {
        match self {
            Self::NotScorable { reason } => Some(*reason),
            Self::Complete { .. } | Self::Prorated { .. } | Self::NoTotal => None,
        }
    }
}

/// What an answer to a safety item says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "safety", rename_all = "snake_case")]
pub enum SafetyAnswer {
    /// Somebody must talk with this person.
    Raised {
        /// The item, from 1.
        item: u8,
        /// The code that was ticked.
        value: i16,
    },
    /// Answered, and not raised.
    NotRaised {
        /// The item, from 1.
        item: u8,
        /// The code that was ticked.
        value: i16,
    },
    /// Not asked, because an answer before it closed it.
    Skipped {
        /// The item, from 1.
        item: u8,
    },
    /// Not answered, or not with a code of the sheet. It is not a "no".
    Unknown {
        /// The item, from 1.
        item: u8,
    },
}

/// What all safety items of one sheet say together. Ordered by how much it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SafetyFlag {
    /// The instrument has no safety item.
    NotAsked,
    /// All were answered or rightly passed over, none was raised.
    NotRaised,
    /// None was raised, and one at least was not answered. It is not a "no".
    Unknown,
    /// One at least was raised.
    Raised,
}

/// One scale of a sheet, scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleScore {
    /// The scale.
    pub scale: Code,
    /// What it comes to.
    pub score: Score,
}

/// The total on another footing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    /// The conversion.
    pub conversion: Code,
    /// The points.
    pub points: Points,
}

/// How many items reached a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountScore {
    /// The count.
    pub count: Code,
    /// How many; unknown where one of its items is missing.
    pub items: Option<u8>,
}

/// A sheet scored: the total or why there is none, its parts, and the safety items beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// The total, or why there is none.
    pub score: Score,
    /// How many answers were given, in range or not.
    pub answered: u8,
    /// How many items the instrument has.
    pub of: u8,
    /// Whether the sheet ended early for this person, by its own rule.
    pub ended_early: bool,
    /// The scales, each with its own rule for missing answers.
    pub scales: Vec<ScaleScore>,
    /// The total on other footings, where there is one.
    pub conversions: Vec<Converted>,
    /// The counts.
    pub counts: Vec<CountScore>,
    /// The safety items: they come out even when the score does not.
    pub safety: Vec<SafetyAnswer>,
}

impl Scored {
    /// What the safety items say together.
    #[must_use]
    pub fn flag(&self) -> SafetyFlag {
        let one = |answer: &SafetyAnswer| match answer {
            SafetyAnswer::Raised { .. } => SafetyFlag::Raised,
            SafetyAnswer::Unknown { .. } => SafetyFlag::Unknown,
            SafetyAnswer::NotRaised { .. } | SafetyAnswer::Skipped { .. } => SafetyFlag::NotRaised,
        };
        self.safety.iter().map(one).max().unwrap_or(SafetyFlag::NotAsked)
    }

    /// The safety items whose answers ask that somebody talk with the person.
    pub fn raised_items(&self) -> impl Iterator<Item = u8> {
        self.safety.iter().filter_map(|answer| match answer {
            SafetyAnswer::Raised { item, .. } => Some(*item),
            SafetyAnswer::NotRaised { .. }
            | SafetyAnswer::Skipped { .. }
            | SafetyAnswer::Unknown { .. } => None,
        })
    }

    /// The safety items of which nobody knows.
    pub fn unknown_items(&self) -> impl Iterator<Item = u8> {
        self.safety.iter().filter_map(|answer| match answer {
            SafetyAnswer::Unknown { item } => Some(*item),
            SafetyAnswer::Raised { .. }
            | SafetyAnswer::NotRaised { .. }
            | SafetyAnswer::Skipped { .. } => None,
        })
    }

    /// The points of a scale or conversion, or of the total.
    #[must_use]
    pub fn figure(&self, figure: Option<&Code>) -> Option<Points> {
        let Some(id) = figure else { return self.score.points() };
        let scale = self.scales.iter().find(|found| found.scale == *id);
        match scale {
            Some(found) => found.score.points(),
            None => {
                let found = self.conversions.iter().find(|found| found.conversion == *id)?;
                Some(found.points)
            }
        }
    }

    /// How many items a count found, where it is known.
    #[must_use]
    pub fn count(&self, id: &Code) -> Option<u8> {
        self.counts.iter().find(|found| found.count == *id)?.items
    }
}

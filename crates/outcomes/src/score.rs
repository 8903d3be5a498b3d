//! Answers to points.

use serde::{Deserialize, Serialize};

use crate::{Answer, Instrument, Points};

/// What a sheet comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "score", rename_all = "snake_case")]
pub enum Score {
    /// Every item was answered.
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
    /// More answers are missing than the rule allows.
    #[error("{missing} answers are missing, {allowed} may be")]
    TooManyMissing {
        /// How many are missing.
        missing: u8,
        /// How many may be.
        allowed: u8,
    },
}

impl Score {
    /// The total, where there is one.
    #[must_use]
    pub const fn points(&self) -> Option<Points> {
        match self {
            Self::Complete { points } | Self::Prorated { points, .. } => Some(*points),
            Self::NotScorable { .. } => None,
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
    /// All were answered, none was raised.
    NotRaised,
    /// None was raised, and one at least was not answered. It is not a "no".
    Unknown,
    /// One at least was raised.
    Raised,
}

/// A sheet scored: the total or why there is none, and the safety items beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// The total, or why there is none.
    pub score: Score,
    /// How many answers were given, in range or not.
    pub answered: u8,
    /// How many items the instrument has.
    pub of: u8,
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
            SafetyAnswer::NotRaised { .. } => SafetyFlag::NotRaised,
        };
        self.safety.iter().map(one).max().unwrap_or(SafetyFlag::NotAsked)
    }
}

/// Scores a sheet.
///
/// The item count is checked first, then the range, then missing answers; the first that fails
/// is the reason. A missing answer is never a zero. A prorated total keeps its exact fraction.
#[must_use]
pub fn score(instrument: &Instrument, answers: &[Answer]) -> Scored {
    let scoring = instrument.scoring();
    let given = answers.iter().filter(|answer| answer.given().is_some()).count();
    Scored {
        score: total(instrument, answers).unwrap_or_else(|reason| Score::NotScorable { reason }),
        answered: u8::try_from(given).unwrap_or(u8::MAX),
        of: scoring.items(),
        safety: safety(instrument, answers),
    }
}

fn total(instrument: &Instrument, answers: &[Answer]) -> Result<Score, NotScorable> {
    let scoring = instrument.scoring();
    let (items, (min, max)) = (scoring.items(), scoring.codes());
    if answers.len() != usize::from(items) {
        return Err(NotScorable::WrongItemCount {
            expected: items,
            got: u16::try_from(answers.len()).unwrap_or(u16::MAX),
        });
    }
    let (mut sum, mut answered) = (0_i64, 0_u8);
    for (answer, item) in answers.iter().zip(1_u8..) {
        let Some(value) = answer.given() else {
            continue;
        };
        if value < min || max < value {
            return Err(NotScorable::OutOfRange { item, value, min, max });
        }
        sum += scoring.keyed(item, value);
        answered += 1;
    }
    // Not more answers than items, as counted above.
    let missing = items.saturating_sub(answered);
    let allowed = scoring.missing_up_to();
    let points = (missing <= allowed).then(|| scoring.total(sum, answered)).flatten();
    match points {
        Some(points) if missing == 0 => Ok(Score::Complete { points }),
        Some(points) => Ok(Score::Prorated { points, answered, of: items }),
        None => Err(NotScorable::TooManyMissing { missing, allowed }),
    }
}

fn safety(instrument: &Instrument, answers: &[Answer]) -> Vec<SafetyAnswer> {
    let scoring = instrument.scoring();
    let (min, max) = scoring.codes();
    // On a sheet of another length nobody knows which answer belongs to which item.
    let whole = answers.len() == usize::from(scoring.items());
    let read = |item: u8| {
        let place = usize::from(item).checked_sub(1).filter(|_| whole)?;
        let value = answers.get(place)?.given()?;
        (min <= value && value <= max).then_some(value)
    };
    scoring
        .safety()
        .iter()
        .map(|safety| match read(safety.item) {
            Some(value) if safety.raised_from <= value => {
                SafetyAnswer::Raised { item: safety.item, value }
            }
            Some(_) => SafetyAnswer::NotRaised { item: safety.item },
            None => SafetyAnswer::Unknown { item: safety.item },
        })
        .collect()
}

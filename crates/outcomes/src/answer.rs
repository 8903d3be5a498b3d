//! The answers on one sheet.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Instrument;

/// One answer: a raw code as printed on the sheet, or nothing.
///
/// Reversed items are *not* reversed beforehand. A missing answer is never a zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Option<i16>", into = "Option<i16>")]
pub enum Answer {
    /// The code that was ticked; the scorer says if it is out of range.
    Given(i16),
    /// Nothing was ticked.
    Missing,
}

impl Answer {
    /// The code, where one was given.
    #[must_use]
    pub const fn given(self) -> Option<i16> {
        match self {
            Self::Given(code) => Some(code),
            Self::Missing => None,
        }
    }
}

impl From<Option<i16>> for Answer {
    fn from(code: Option<i16>) -> Self {
        code.map_or(Self::Missing, Self::Given)
    }
}

impl From<Answer> for Option<i16> {
    fn from(answer: Answer) -> Self {
        answer.given()
    }
}

/// All answers of one person on one sheet, in the order of the questionnaire.
///
/// Events hold totals only; this value is sealed apart (data class
/// [`Scores`](commons::DataClass::Scores), and what [`split`](Self::split) takes out of it under
/// [`RiskAnswers`](commons::DataClass::RiskAnswers)). `Debug` never prints an answer.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemAnswers(Vec<Answer>);

impl ItemAnswers {
    /// The answers of a sheet.
    #[must_use]
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self(answers.into_iter().collect())
    }

    /// The answers, in the order of the questionnaire.
    #[must_use]
    pub fn as_slice(&self) -> &[Answer] {
        &self.0
    }

    /// Two sheets of the same length: the ordinary answers, and those to safety items alone.
    #[must_use]
    pub fn split(&self, instrument: &Instrument) -> (Self, Self) {
        let keep = |risk: bool| {
            let kept = self.0.iter().zip(1_u8..).map(|(answer, item)| {
                if instrument.scoring().is_safety_item(item) == risk {
                    *answer
                } else {
                    Answer::Missing
                }
            });
            Self(kept.collect())
        };
        (keep(false), keep(true))
    }

    /// One sheet again from the two that [`split`](Self::split) made.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let longest = self.0.len().max(other.0.len());
        let at = |sheet: &Self, place: usize| sheet.0.get(place).copied().and_then(Answer::given);
        Self((0..longest).map(|n| at(self, n).or_else(|| at(other, n)).into()).collect())
    }
}

impl fmt::Debug for ItemAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ItemAnswers({} items)", self.0.len())
    }
}

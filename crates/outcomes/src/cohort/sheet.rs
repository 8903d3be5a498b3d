//! What became of the sheets that people should have filled in.

use serde::{Deserialize, Serialize};

use crate::{Points, Scored, Sheet, Wave};

/// What became of one sheet that a person should have filled in.
///
/// What its safety items say is no part of it: it is sealed with the answers, and a total that
/// looked inside would change when somebody is erased. Raised answers are counted in
/// [`Work::raised`](super::Work::raised), from the matters that they opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "sheet", rename_all = "snake_case")]
pub enum SheetState {
    /// It has a total.
    Scored {
        /// The total.
        points: Points,
        /// Whether missing answers were stood in for.
        prorated: bool,
    },
    /// It was filled in and has no total.
    NotScorable,
    /// The person declined, and stays.
    Declined,
    /// Two sheets stand and nobody has decided between them.
    Undecided,
}

impl SheetState {
    /// What the measures of a member say of one wave; nothing where nothing is known.
    #[must_use]
    pub fn of(wave: &Wave<'_>) -> Option<Self> {
        match wave {
            Wave::Measured(_, sheet) => Some(Self::from(*sheet)),
            Wave::Declined(_) => Some(Self::Declined),
            Wave::Undecided => Some(Self::Undecided),
            Wave::Missing => None,
        }
    }

    /// A number of its own for each state.
    pub(super) fn packed(self) -> u64 {
        match self {
            Self::Scored { points, prorated } => {
                let num = u64::from(points.numerator().cast_unsigned());
                let den = u64::from(points.denominator());
                num << 32 | den << 8 | u64::from(prorated)
            }
            Self::NotScorable => 2,
            Self::Declined => 3,
            Self::Undecided => 4,
        }
    }

    /// The total, where there is one.
    #[must_use]
    pub const fn points(&self) -> Option<Points> {
        match self {
            Self::Scored { points, .. } => Some(*points),
            Self::NotScorable | Self::Declined | Self::Undecided => None,
        }
    }
}

impl From<&Sheet> for SheetState {
    fn from(sheet: &Sheet) -> Self {
        Self::with(sheet.total.points(), sheet.total.is_prorated())
    }
}

impl From<&Scored> for SheetState {
    fn from(scored: &Scored) -> Self {
        Self::with(scored.score.points(), scored.answered < scored.of)
    }
}

impl SheetState {
    fn with(points: Option<Points>, prorated: bool) -> Self {
        points.map_or(Self::NotScorable, |points| Self::Scored { points, prorated })
    }
}

//! Sessions and who came to them.

use serde::{Deserialize, Serialize};

/// How a person took part in one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// There from beginning to end.
    Present,
    /// Came late.
    Late,
    /// Left early.
    LeftEarly,
    /// Said beforehand that they would not come.
    Excused,
    /// Did not come, and the reason is known.
    Absent,
    /// Did not come, and nobody knows why yet.
    Unexplained,
}

impl Mark {
    /// All of them, those who came first.
    pub const ALL: [Self; 6] = [
        Self::Present,
        Self::Late,
        Self::LeftEarly,
        Self::Excused,
        Self::Absent,
        Self::Unexplained,
    ];

    /// Whether the person was there.
    #[must_use]
    pub const fn came(self) -> bool {
        matches!(self, Self::Present | Self::Late | Self::LeftEarly)
    }
}

/// Whether a planned session took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// Planned, and nothing more is known.
    Planned,
    /// It took place.
    Held,
    /// It did not take place.
    DidNotHappen,
}

//! How many people a group seats.

use serde::{Deserialize, Serialize};

/// The fewest, the usual and the most people a group seats.
///
/// Programs differ, so the bounds are data: peer-led healing circles hold 5 to 7 people (Repair,
/// "The Healing Circles Project"), social healing groups 20 (Ubuntu Centre for Peace, "Our model").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "RawSeats")]
pub struct Seats {
    // Invariant: 1 <= fewest <= target <= most <= Seats::LIMIT.
    fewest: u16,
    target: u16,
    most: u16,
}

/// Why three numbers are no seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("seats must run 1 <= fewest <= target <= most <= {limit}, not {fewest}, {target}, {most}", limit = Seats::LIMIT)]
pub struct SeatsError {
    /// The fewest that was given, in people.
    pub fewest: u16,
    /// The target that was given, in people.
    pub target: u16,
    /// The most that was given, in people.
    pub most: u16,
}

impl Seats {
    /// The largest group, in people. Above it a gathering is an event, not a group.
    pub const LIMIT: u16 = 500;

    /// Seats for `fewest` to `most` people, with `target` as the usual number.
    ///
    /// # Errors
    ///
    /// [`SeatsError`] when the three are not in order, or outside 1 to [`Seats::LIMIT`].
    pub const fn new(fewest: u16, target: u16, most: u16) -> Result<Self, SeatsError> {
        if 1 <= fewest && fewest <= target && target <= most && most <= Self::LIMIT {
            Ok(Self { fewest, target, most })
        } else {
            Err(SeatsError { fewest, target, most })
        }
    }

    /// The fewest people with whom it runs.
    #[must_use]
    pub const fn fewest(self) -> u16 {
        self.fewest
    }

    /// The usual number of people.
    #[must_use]
    pub const fn target(self) -> u16 {
        self.target
    }

    /// The most people it seats.
    #[must_use]
    pub const fn most(self) -> u16 {
        self.most
    }
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RawSeats {
    fewest: u16,
    target: u16,
    most: u16,
}

impl TryFrom<RawSeats> for Seats {
    type Error = SeatsError;
    fn try_from(raw: RawSeats) -> Result<Self, SeatsError> {
        Self::new(raw.fewest, raw.target, raw.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(fewest: u16, target: u16, most: u16, good: bool) {
        assert_eq!(Seats::new(fewest, target, most).is_ok(), good, "{fewest} {target} {most}");
        let json = format!(r#"{{"fewest":{fewest},"target":{target},"most":{most}}}"#);
        assert_eq!(serde_json::from_str::<Seats>(&json).is_ok(), good, "{json}");
    }

    #[test]
    fn seats_are_ordered_and_bounded() {
        check(5, 6, 7, true);
        check(1, 1, 1, true);
        check(0, 1, 1, false);
        check(6, 5, 7, false);
        check(5, 8, 7, false);
        check(15, 20, 500, true);
        check(15, 20, 501, false);
    }
}

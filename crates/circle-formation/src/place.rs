//! Where people live and circles meet.

use serde::{Deserialize, Serialize};

/// A village, a quarter, a sector: whatever the program calls a place, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place(pub u32);

/// A spot on the program's own map, in units of its own (such as steps of 100 m).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(i32, i32)", into = "(i32, i32)")]
pub struct Spot {
    // Invariant: both from -LIMIT to LIMIT.
    x: i32,
    y: i32,
}

/// Why two numbers are no spot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("a spot lies within {limit} units of the middle of the map", limit = Spot::LIMIT)]
pub struct SpotError;

impl commons::Refused for SpotError {
    fn code(&self) -> &'static str {
        "formation.spot"
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::default().and("limit", u64::from(Spot::LIMIT.unsigned_abs()))
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        "measure the map in larger units, such as steps of 100 meters"
    }
}

impl Spot {
    /// The furthest from the middle of the map, in its units.
    pub const LIMIT: i32 = 10_000;

    /// A spot.
    ///
    /// # Errors
    ///
    /// [`SpotError`] when it lies too far out.
    pub const fn new(x: i32, y: i32) -> Result<Self, SpotError> {
        if -Self::LIMIT <= x && x <= Self::LIMIT && -Self::LIMIT <= y && y <= Self::LIMIT {
            Ok(Self { x, y })
        } else {
            Err(SpotError)
        }
    }

    /// How far it is to another, along streets that cross: east-west and north-south.
    #[must_use]
    pub const fn distance(self, other: Self) -> u32 {
        self.x.abs_diff(other.x) + self.y.abs_diff(other.y)
    }
}

impl TryFrom<(i32, i32)> for Spot {
    type Error = SpotError;
    fn try_from((x, y): (i32, i32)) -> Result<Self, SpotError> {
        Self::new(x, y)
    }
}

impl From<Spot> for (i32, i32) {
    fn from(spot: Spot) -> Self {
        (spot.x, spot.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_walked_along_streets() {
        let spot = |x, y| Spot::new(x, y).expect("a spot");
        assert_eq!(spot(-3, 4).distance(spot(2, 1)), 8);
        assert_eq!(Spot::new(0, 10_001), Err(SpotError));
        assert!(serde_json::from_str::<Spot>("[0, 10001]").is_err());
    }
}

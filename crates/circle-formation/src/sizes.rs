//! How many people a circle holds.

use serde::{Deserialize, Serialize};

/// The fewest, the usual and the most people of a circle.
///
/// Programs differ, so the bounds are data: peer-led healing circles hold 5 to 7 people, social
/// healing groups 15 to 22.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawSizes")]
pub struct Sizes {
    // Invariant: 1 <= fewest <= target <= most <= Sizes::LIMIT.
    fewest: u16,
    target: u16,
    most: u16,
}

/// Why three numbers are no sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("sizes must run 1 <= fewest <= target <= most <= {limit}, not {fewest}, {target}, {most}", limit = Sizes::LIMIT)]
pub struct SizesError {
    /// The fewest that was given, in people.
    pub fewest: u16,
    /// The target that was given, in people.
    pub target: u16,
    /// The most that was given, in people.
    pub most: u16,
}

impl commons::Refused for SizesError {
    fn code(&self) -> &'static str {
        "formation.sizes"
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        "give the fewest, the usual and the most people of a circle in rising order"
    }
}

impl Sizes {
    /// The largest circle, in people.
    pub const LIMIT: u16 = 500;

    /// Sizes from `fewest` to `most` people, with `target` as the usual number.
    ///
    /// # Errors
    ///
    /// [`SizesError`] when the three are not in order, or outside 1 to [`Sizes::LIMIT`].
    pub const fn new(fewest: u16, target: u16, most: u16) -> Result<Self, SizesError> {
        if 1 <= fewest && fewest <= target && target <= most && most <= Self::LIMIT {
            Ok(Self { fewest, target, most })
        } else {
            Err(SizesError { fewest, target, most })
        }
    }

    /// The fewest people with whom it opens.
    #[must_use]
    pub const fn fewest(self) -> u16 {
        self.fewest
    }

    /// The usual number of people.
    #[must_use]
    pub const fn target(self) -> u16 {
        self.target
    }

    /// The most people it holds.
    #[must_use]
    pub const fn most(self) -> u16 {
        self.most
    }
}

#[derive(Deserialize)]
struct RawSizes {
    fewest: u16,
    target: u16,
    most: u16,
}

impl TryFrom<RawSizes> for Sizes {
    type Error = SizesError;
    fn try_from(raw: RawSizes) -> Result<Self, SizesError> {
        Self::new(raw.fewest, raw.target, raw.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(fewest: u16, target: u16, most: u16, good: bool) {
        assert_eq!(Sizes::new(fewest, target, most).is_ok(), good, "{fewest} {target} {most}");
        let json = format!(r#"{{"fewest":{fewest},"target":{target},"most":{most}}}"#);
        assert_eq!(serde_json::from_str::<Sizes>(&json).is_ok(), good, "{json}");
    }

    #[test]
    fn sizes_are_ordered_and_bounded() {
        check(5, 6, 7, true);
        check(1, 1, 1, true);
        check(0, 1, 1, false);
        check(6, 5, 7, false);
        check(5, 8, 7, false);
        check(12, 18, 500, true);
        check(12, 18, 501, false);
    }
}

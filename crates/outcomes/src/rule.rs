//! How codes become points: one rule for a total and for a scale.

use crate::{
    Points,
    definition::{Combine, ScaleCombine, ScaleDefinition, ScoringDefinition},
};

/// How some items make a score.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    combine: ScaleCombine,
    times: Points,
    plus: Points,
    rounded_to: Option<u8>,
}

impl Rule {
    /// The rule of the total, where it is made of items.
    pub(crate) const fn of_total(raw: &ScoringDefinition) -> Option<Self> {
        let combine = match raw.combine {
            Combine::Sum => ScaleCombine::Sum,
            Combine::Mean => ScaleCombine::Mean,
            Combine::Scales | Combine::Nothing => return None,
        };
        Some(Self { combine, times: raw.times, plus: raw.plus, rounded_to: None })
    }

    pub(crate) const fn of_scale(scale: &ScaleDefinition) -> Self {
        Self {
            combine: scale.combine,
            times: scale.times,
            plus: scale.plus,
            rounded_to: scale.rounded_to,
        }
    }

    /// The points of a sum over the answered items, the missing ones standing at their mean. Where
    /// nothing was to be asked, the sum is nothing.
    pub(crate) fn points(self, sum: i64, answered: u8, asked: u8) -> Option<Points> {
        let combined = match (self.combine, asked) {
            (_, 0) => Points::ZERO,
            (ScaleCombine::Sum, _) => {
                Points::ratio(sum * i64::from(asked), i64::from(answered)).ok()?
            }
            (ScaleCombine::Mean, _) => Points::ratio(sum, i64::from(answered)).ok()?,
        };
        let points = combined.times(self.times).ok()?.plus(self.plus).ok()?;
        Some(self.rounded_to.map_or(points, |places| points.rounded(places)))
    }
}

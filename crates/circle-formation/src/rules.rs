//! What must hold of every circle, and what is wished for.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::{Aspect, Sizes};

/// What must hold of every circle that is formed.
///
/// That facilitator and members share a slot and a language, that nobody sits twice, and that pairs
/// and bars are kept holds always and has no field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How many people a circle holds.
    pub sizes: Sizes,
    /// How far people may have to go.
    pub reach: Reach,
    /// The most years between the youngest and the oldest, where the program asks for it.
    pub age_span_years: Option<u8>,
    /// Aspects in which nobody is the only one of their kind among others.
    pub nobody_alone: Vec<Aspect>,
    /// Whether circles are of one sex.
    pub gathering: Gathering,
}

/// Whether circles are of one sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gathering {
    /// Any circle may be mixed.
    #[default]
    Mixed,
    /// No circle holds people of two sexes.
    OneSex,
}

/// How far people may have to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// To a circle of their own place.
    OwnPlace,
    /// To a circle of their own place, and no further than this in units of the map.
    OwnPlaceWithin(u32),
    /// To a circle anywhere within this distance, in units of the map; where a spot is not known, to one of their own place.
    Within(u32),
}

impl Reach {
    /// Whether a way may be asked of somebody.
    #[must_use]
    pub fn allows(self, own_place: bool, distance: Option<u32>) -> bool {
        match self {
            Self::OwnPlace => own_place,
            Self::OwnPlaceWithin(most) => own_place && distance.is_none_or(|way| way <= most),
            Self::Within(most) => distance.map_or(own_place, |way| way <= most),
        }
    }
}

impl Rules {
    /// Sizes, and one's own place; nothing else is asked.
    #[must_use]
    pub const fn new(sizes: Sizes) -> Self {
        Self {
            sizes,
            reach: Reach::OwnPlace,
            age_span_years: None,
            nobody_alone: Vec::new(),
            gathering: Gathering::Mixed,
        }
    }
}

/// What one unmet wish costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Weight(
    // Invariant: at most LIMIT.
    u32,
);

/// Why a number is no weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("a weight is at most {limit}, not {weight}", limit = Weight::LIMIT)]
pub struct WeightError {
    /// The weight that was given.
    pub weight: u32,
}

impl commons::Refused for WeightError {
    fn code(&self) -> &'static str {
        "formation.weight"
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self).and("limit", u64::from(Weight::LIMIT))
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        "divide all weights by the same number; only their proportions matter"
    }
}

impl Weight {
    /// The heaviest.
    pub const LIMIT: u32 = 10_000;

    /// A weight.
    ///
    /// # Errors
    ///
    /// [`WeightError`] above [`Weight::LIMIT`].
    pub const fn new(weight: u32) -> Result<Self, WeightError> {
        if weight <= Self::LIMIT { Ok(Self(weight)) } else { Err(WeightError { weight }) }
    }

    /// Its number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Weight {
    type Error = WeightError;
    fn try_from(weight: u32) -> Result<Self, WeightError> {
        Self::new(weight)
    }
}

impl From<Weight> for u32 {
    fn from(weight: Weight) -> Self {
        weight.0
    }
}

/// What unmet wishes cost: the less a formation costs, the better it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// Each person who waits.
    pub waiting: Weight,
    /// Each full step of the way of each person.
    pub travel: Weight,
    /// How long a step is, in units of the map.
    pub travel_step: NonZeroU32,
    /// Each person whose facilitator shares none of their topics.
    pub topics: Weight,
    /// Each person in a mixed circle who wishes for their own sex.
    pub own_sex: Weight,
    /// Each bond of two people who do not sit together, unless both wait; one that no circle could keep, always.
    pub bonds: Weight,
    /// Each person of a circle above or below the target.
    pub evenness: Weight,
    /// Each circle whose facilitator needs support.
    pub support: Weight,
    /// Likeness or variety in an aspect.
    pub mixing: Vec<Mixing>,
}

impl Weights {
    /// The weights of our own examples: a person who waits costs 100, ten units of the way 1, no shared topic 4, a mixed
    /// circle 6, a bond 8, a person off the target 2, support 10.
    #[must_use]
    pub const fn usual() -> Self {
        Self {
            waiting: Weight(100),
            travel: Weight(1),
            travel_step: NonZeroU32::MIN.saturating_add(9),
            topics: Weight(4),
            own_sex: Weight(6),
            bonds: Weight(8),
            evenness: Weight(2),
            support: Weight(10),
            mixing: Vec::new(),
        }
    }
}

/// A wish for likeness or variety in one aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mixing {
    /// In which aspect.
    pub aspect: Aspect,
    /// Which of the two.
    pub liking: Liking,
    /// What each person costs who stands against it.
    pub weight: Weight,
}

/// Whether people are to be alike or different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Liking {
    /// Alike: whoever is not of the kind that most members are costs.
    Alike,
    /// Different: whoever is one too many of a kind costs, beyond that kind's even share.
    Varied,
}

impl Liking {
    /// How many members stand against it, where `most` are of the commonest kind among `known` members, of `kinds` there are.
    #[must_use]
    pub const fn against(self, most: u32, known: u32, kinds: u32) -> u32 {
        match self {
            Self::Alike => known - most,
            Self::Varied => most.saturating_sub(known.div_ceil(if kinds == 0 { 1 } else { kinds })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_asked_of_nobody_beyond_the_reach() {
        assert!(Reach::OwnPlace.allows(true, Some(1_000)));
        assert!(!Reach::OwnPlace.allows(false, Some(1)));
        assert!(Reach::OwnPlaceWithin(30).allows(true, Some(30)));
        assert!(!Reach::OwnPlaceWithin(30).allows(true, Some(31)));
        assert!(Reach::Within(30).allows(false, Some(30)));
        assert!(!Reach::Within(30).allows(true, Some(31)));
        assert!(Reach::Within(30).allows(true, None));
        assert!(!Reach::Within(30).allows(false, None));
    }

    #[test]
    fn likeness_counts_the_others_and_variety_whoever_is_one_too_many() {
        assert_eq!(Liking::Alike.against(5, 7, 2), 2);
        assert_eq!(Liking::Varied.against(5, 7, 2), 1);
        assert_eq!(Liking::Varied.against(2, 7, 4), 0);
        assert_eq!(Liking::Varied.against(0, 0, 0), 0);
    }
}

//! Somebody who is to sit in a circle.

use serde::{Deserialize, Serialize};

use crate::{FewError, Languages, Needs, Place, Slots, Spot, Topics};

/// Something that people are alike or different in, by its number: the first is their sex, the
/// others are the program's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// The sex, as the program's form words it.
    Sex,
    /// The first aspect of the program's own, such as the generation.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
}

impl Aspect {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sex, Self::First, Self::Second, Self::Third];
}

/// What somebody is in one aspect, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Kind(
    // Invariant: below LIMIT.
    u8,
);

impl Kind {
    /// How many kinds an aspect has at most.
    pub const LIMIT: u8 = 15;

    /// The kind of this number.
    ///
    /// # Errors
    ///
    /// [`FewError`] when there may not be so many.
    pub const fn new(number: u8) -> Result<Self, FewError> {
        if number < Self::LIMIT {
            Ok(Self(number))
        } else {
            Err(FewError { number, limit: Self::LIMIT })
        }
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Kind {
    type Error = FewError;
    fn try_from(number: u8) -> Result<Self, FewError> {
        Self::new(number)
    }
}

impl From<Kind> for u8 {
    fn from(kind: Kind) -> Self {
        kind.0
    }
}

/// Whether somebody wishes to sit among people of their own sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Company {
    /// It does not matter.
    #[default]
    Any,
    /// They wish it.
    OwnSexWished,
    /// They come only so.
    OwnSexNeeded,
}

/// Somebody who is to sit in a circle: where and when, in which languages, and what they wish.
///
/// ```
/// use circle_formation::{Languages, Person, Place, Slots, Topics};
///
/// let mary = Person::new(Place(0), Languages::of_bits(0b1), Slots::of_bits(0b0110))
///     .wishing(Topics::of_bits(0b1000));
/// assert_eq!(mary.slots().len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    place: Place,
    spot: Option<Spot>,
    languages: Languages,
    slots: Slots,
    topics: Topics,
    needs: Needs,
    company: Company,
    age: Option<u8>,
    kinds: [Option<Kind>; 4],
}

impl Person {
    /// Somebody from a place who speaks languages and is free at times of the week.
    #[must_use]
    pub const fn new(place: Place, languages: Languages, slots: Slots) -> Self {
        Self {
            place,
            spot: None,
            languages,
            slots,
            topics: Topics::NONE,
            needs: Needs::NONE,
            company: Company::Any,
            age: None,
            kinds: [None; 4],
        }
    }

    /// Who lives at a spot.
    #[must_use]
    pub const fn living_at(mut self, spot: Spot) -> Self {
        self.spot = Some(spot);
        self
    }

    /// Who wishes to share topics.
    #[must_use]
    pub const fn wishing(mut self, topics: Topics) -> Self {
        self.topics = topics;
        self
    }

    /// Who cannot come without these.
    #[must_use]
    pub const fn needing(mut self, needs: Needs) -> Self {
        self.needs = needs;
        self
    }

    /// Who wishes for a company.
    #[must_use]
    pub const fn in_company(mut self, company: Company) -> Self {
        self.company = company;
        self
    }

    /// Who is of an age, in years.
    #[must_use]
    pub const fn aged(mut self, years: u8) -> Self {
        self.age = Some(years);
        self
    }

    /// Who is of a kind in an aspect.
    #[must_use]
    pub const fn being(mut self, aspect: Aspect, kind: Kind) -> Self {
        let [sex, first, second, third] = &mut self.kinds;
        *match aspect {
            Aspect::Sex => sex,
            Aspect::First => first,
            Aspect::Second => second,
            Aspect::Third => third,
        } = Some(kind);
        self
    }

    /// Where they live.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// At which spot, where it is known.
    #[must_use]
    pub const fn spot(&self) -> Option<Spot> {
        self.spot
    }

    /// What they speak.
    #[must_use]
    pub const fn languages(&self) -> Languages {
        self.languages
    }

    /// When they are free.
    #[must_use]
    pub const fn slots(&self) -> Slots {
        self.slots
    }

    /// What they wish to share.
    #[must_use]
    pub const fn topics(&self) -> Topics {
        self.topics
    }

    /// What they cannot do without.
    #[must_use]
    pub const fn needs(&self) -> Needs {
        self.needs
    }

    /// Among whom they wish to sit.
    #[must_use]
    pub const fn company(&self) -> Company {
        self.company
    }

    /// How old they are in years, where it is known.
    #[must_use]
    pub const fn age(&self) -> Option<u8> {
        self.age
    }

    /// What they are in an aspect, where it is known.
    #[must_use]
    pub const fn kind(&self, aspect: Aspect) -> Option<Kind> {
        let [sex, first, second, third] = self.kinds;
        match aspect {
            Aspect::Sex => sex,
            Aspect::First => first,
            Aspect::Second => second,
            Aspect::Third => third,
        }
    }
}

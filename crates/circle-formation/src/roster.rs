//! Everybody who is to be seated, and everybody who can lead.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::Serialize;

use crate::{Facilitator, Language, Person, Place, Reach, Rules, Slot, Weights};

/// A person of a roster, by the order of coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PersonIx(pub(crate) u32);

/// A facilitator of a roster, by the order of coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FacilitatorIx(pub(crate) u32);

impl PersonIx {
    // Invariant: a roster holds at most LIMIT of them.
    pub(crate) fn of(number: usize) -> Self {
        Self(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// The number of it, from nothing up.
    #[must_use]
    pub const fn number(self) -> usize {
        self.0 as usize
    }
}

impl FacilitatorIx {
    // Invariant: a roster holds at most LIMIT of them.
    pub(crate) fn of(number: usize) -> Self {
        Self(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// The number of it, from nothing up.
    #[must_use]
    pub const fn number(self) -> usize {
        self.0 as usize
    }
}

/// Everybody who is to be seated, everybody who can lead, and what holds between them.
///
/// People and facilitators are known by the order in which they came: no name and no id is here. `Debug` prints counts, and
/// who is kept apart from whom can be read nowhere without an [`ApartPermit`](crate::ApartPermit).
#[derive(Clone, PartialEq, Eq)]
pub struct Roster {
    rules: Rules,
    weights: Weights,
    people: Vec<Person>,
    facilitators: Vec<Facilitator>,
    // Invariant: of each pair, the first is less than the second, and both are people of this roster.
    bonds: BTreeSet<(PersonIx, PersonIx)>,
    apart: BTreeSet<(PersonIx, PersonIx)>,
    barred: BTreeSet<(PersonIx, FacilitatorIx)>,
}

/// Why a roster does not take something in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[non_exhaustive]
pub enum RosterError {
    /// A pair is of one person.
    #[error("a pair is of two different people")]
    OnePerson,
    /// There is nobody of this number.
    #[error("there is nobody of the number {number}")]
    Nobody {
        /// The number that was given.
        number: u32,
    },
    /// It is full.
    #[error("a roster holds at most {limit} people and as many facilitators")]
    Full {
        /// How many it holds.
        limit: u32,
    },
}

impl commons::Refused for RosterError {
    fn code(&self) -> &'static str {
        match self {
            Self::OnePerson => "formation.one-person",
            Self::Nobody { .. } => "formation.nobody",
            Self::Full { .. } => "formation.roster-full",
        }
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::OnePerson => "name two different people",
            Self::Nobody { .. } => "take in people and facilitators before what holds between them",
            Self::Full { .. } => "form circles region by region",
        }
    }
}

impl Roster {
    /// How many people a roster holds, and how many facilitators.
    pub const LIMIT: u32 = 4_000_000;

    /// Nobody yet, by these rules and wishes.
    #[must_use]
    pub const fn new(rules: Rules, weights: Weights) -> Self {
        Self {
            rules,
            weights,
            people: Vec::new(),
            facilitators: Vec::new(),
            bonds: BTreeSet::new(),
            apart: BTreeSet::new(),
            barred: BTreeSet::new(),
        }
    }

    /// Takes in somebody who is to be seated.
    ///
    /// # Errors
    ///
    /// [`RosterError::Full`] when there are too many.
    pub fn person(&mut self, person: Person) -> Result<PersonIx, RosterError> {
        let ix = PersonIx(next(self.people.len())?);
        self.people.push(person);
        Ok(ix)
    }

    /// Takes in somebody who can lead.
    ///
    /// # Errors
    ///
    /// [`RosterError::Full`] when there are too many.
    pub fn facilitator(&mut self, facilitator: Facilitator) -> Result<FacilitatorIx, RosterError> {
        let ix = FacilitatorIx(next(self.facilitators.len())?);
        self.facilitators.push(facilitator);
        Ok(ix)
    }

    /// Takes in that two people wish to sit together, such as those who were referred together.
    ///
    /// A pair that is kept apart is not refused here, since a refusal would tell that it is.
    ///
    /// # Errors
    ///
    /// [`RosterError`] when they are one person, or one is not in this roster.
    pub fn bond(&mut self, one: PersonIx, other: PersonIx) -> Result<(), RosterError> {
        let pair = self.pair(one, other)?;
        self.bonds.insert(pair);
        Ok(())
    }

    /// Takes in that two people never sit together.
    ///
    /// # Errors
    ///
    /// [`RosterError`] when they are one person, or one is not in this roster.
    pub fn keep_apart(&mut self, one: PersonIx, other: PersonIx) -> Result<(), RosterError> {
        let pair = self.pair(one, other)?;
        self.apart.insert(pair);
        Ok(())
    }

    /// Takes in that somebody never sits with a facilitator.
    ///
    /// # Errors
    ///
    /// [`RosterError::Nobody`] when one of them is not in this roster.
    pub fn bar(&mut self, person: PersonIx, from: FacilitatorIx) -> Result<(), RosterError> {
        self.known(person)?;
        if self.facilitators.len() <= from.number() {
            return Err(RosterError::Nobody { number: from.0 });
        }
        self.barred.insert((person, from));
        Ok(())
    }

    pub(crate) fn forget_apart(&mut self, one: PersonIx, other: PersonIx) {
        self.apart.remove(&(one.min(other), one.max(other)));
    }

    pub(crate) fn forget_barred(&mut self, person: PersonIx, from: FacilitatorIx) {
        self.barred.remove(&(person, from));
    }

    fn pair(&self, one: PersonIx, other: PersonIx) -> Result<(PersonIx, PersonIx), RosterError> {
        self.known(one)?;
        self.known(other)?;
        match one.cmp(&other) {
            std::cmp::Ordering::Less => Ok((one, other)),
            std::cmp::Ordering::Equal => Err(RosterError::OnePerson),
            std::cmp::Ordering::Greater => Ok((other, one)),
        }
    }

    fn known(&self, person: PersonIx) -> Result<(), RosterError> {
        if person.number() < self.people.len() {
            Ok(())
        } else {
            Err(RosterError::Nobody { number: person.0 })
        }
    }

    /// What must hold.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// What unmet wishes cost.
    #[must_use]
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Everybody who is to be seated, in the order of coming.
    #[must_use]
    pub fn people(&self) -> impl ExactSizeIterator<Item = (PersonIx, &Person)> {
        self.people.iter().enumerate().map(|(n, person)| (PersonIx::of(n), person))
    }

    /// Everybody who can lead, in the order of coming.
    #[must_use]
    pub fn facilitators(&self) -> impl ExactSizeIterator<Item = (FacilitatorIx, &Facilitator)> {
        let leaders = self.facilitators.iter().enumerate();
        leaders.map(|(n, leader)| (FacilitatorIx::of(n), leader))
    }

    /// One of the people.
    #[must_use]
    pub fn get(&self, person: PersonIx) -> Option<&Person> {
        self.people.get(person.number())
    }

    /// One of the facilitators.
    #[must_use]
    pub fn leader(&self, facilitator: FacilitatorIx) -> Option<&Facilitator> {
        self.facilitators.get(facilitator.number())
    }

    /// Whether somebody could come to a circle of a facilitator at a time and in a language.
    #[must_use]
    pub fn comes(
        &self,
        person: PersonIx,
        facilitator: FacilitatorIx,
        slot: Slot,
        language: Language,
    ) -> bool {
        let (who, leader) = (self.get(person), self.leader(facilitator));
        who.zip(leader).is_some_and(|(who, leader)| {
            leader.reaches(who, &self.rules)
                && who.slots().has(slot)
                && who.languages().has(language)
        })
    }

    pub(crate) fn is_barred(&self, person: PersonIx, from: FacilitatorIx) -> bool {
        self.barred.contains(&(person, from))
    }

    /// Each bond.
    pub fn bonds(&self) -> impl Iterator<Item = (PersonIx, PersonIx)> {
        self.bonds.iter().copied()
    }

    /// Each bond that some circle could keep: who leads circles is within reach of both. The others cost the same whatever is
    /// formed.
    pub fn bonds_to_keep(&self) -> impl Iterator<Item = (PersonIx, PersonIx)> {
        let mut leaders: BTreeMap<Option<Place>, Vec<&Facilitator>> = BTreeMap::new();
        let place = |place| match self.rules.reach {
            Reach::OwnPlace | Reach::OwnPlaceWithin(_) => Some(place),
            Reach::Within(_) => None,
        };
        for leader in self.facilitators.iter().filter(|leader| leader.circles() > 0) {
            leaders.entry(place(leader.place())).or_default().push(leader);
        }
        self.bonds().filter(move |(one, other)| {
            let pair = self.get(*one).zip(self.get(*other));
            pair.is_some_and(|(one, other)| {
                leaders.get(&place(one.place())).into_iter().flatten().any(|leader| {
                    leader.reaches(one, &self.rules) && leader.reaches(other, &self.rules)
                })
            })
        })
    }

    pub(crate) const fn apart(&self) -> &BTreeSet<(PersonIx, PersonIx)> {
        &self.apart
    }

    pub(crate) const fn barred(&self) -> &BTreeSet<(PersonIx, FacilitatorIx)> {
        &self.barred
    }
}

fn next(len: usize) -> Result<u32, RosterError> {
    match u32::try_from(len) {
        Ok(number) if number < Roster::LIMIT => Ok(number),
        _ => Err(RosterError::Full { limit: Roster::LIMIT }),
    }
}

impl fmt::Debug for Roster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Who is kept apart or barred is not printed, nor how many.
        f.debug_struct("Roster")
            .field("people", &self.people.len())
            .field("facilitators", &self.facilitators.len())
            .field("bonds", &self.bonds.len())
            .finish_non_exhaustive()
    }
}

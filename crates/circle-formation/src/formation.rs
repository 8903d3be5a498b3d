//! Who sits with whom.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{FacilitatorIx, Language, PersonIx, Roster, Slot};

/// A circle: who leads it, when and in which language it meets, and who sits in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Circle {
    /// Who leads it.
    pub facilitator: FacilitatorIx,
    /// When it meets.
    pub slot: Slot,
    /// In which language.
    pub language: Language,
    /// Who sits in it, in the order of the roster.
    pub members: Vec<PersonIx>,
}

/// A circle of a formation, by its order there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct CircleIx(pub(crate) u32);

impl CircleIx {
    pub(crate) fn of(number: usize) -> Self {
        Self(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// The number of it, from nothing up.
    #[must_use]
    pub const fn number(self) -> usize {
        self.0 as usize
    }
}

/// Who sits with whom, and who waits. Nobody can sit twice in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formation {
    // Invariant: each member is at exactly one place of `circles`, the one that `seats` says.
    circles: Vec<Circle>,
    seats: Vec<Option<CircleIx>>,
}

/// Why circles are no formation of a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[non_exhaustive]
pub enum FormationError {
    /// Somebody sits twice.
    #[error("somebody sits twice")]
    Twice,
    /// Somebody is not in the roster.
    #[error("somebody in a circle is not in the roster")]
    Stranger,
}

impl commons::Refused for FormationError {
    fn code(&self) -> &'static str {
        match self {
            Self::Twice => "formation.twice",
            Self::Stranger => "formation.stranger",
        }
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::Twice => "seat each person in one circle",
            Self::Stranger => "take in everybody who sits in a circle, and everybody who leads one",
        }
    }
}

impl Formation {
    /// Circles of the people of a roster; whoever sits in none waits.
    ///
    /// # Errors
    ///
    /// [`FormationError`] when somebody sits twice or is not in the roster.
    pub fn new(
        roster: &Roster,
        circles: impl IntoIterator<Item = Circle>,
    ) -> Result<Self, FormationError> {
        let people = roster.people().len();
        let circles: Vec<_> = circles.into_iter().collect();
        let mut seen = BTreeSet::new();
        for circle in &circles {
            let strange = circle.members.iter().any(|member| member.number() >= people);
            if strange || roster.leader(circle.facilitator).is_none() {
                return Err(FormationError::Stranger);
            }
            if !circle.members.iter().all(|member| seen.insert(*member)) {
                return Err(FormationError::Twice);
            }
        }
        Ok(Self::of(people, circles))
    }

    /// Circles of so many people, each of whom sits in one of them at most.
    pub(crate) fn of(people: usize, circles: impl IntoIterator<Item = Circle>) -> Self {
        let mut formation =
            Self { circles: circles.into_iter().collect(), seats: vec![None; people] };
        formation.circles.sort_by_key(|circle| (circle.facilitator, circle.slot));
        for (number, circle) in formation.circles.iter_mut().enumerate() {
            circle.members.sort_unstable();
            for member in &circle.members {
                if let Some(seat) = formation.seats.get_mut(member.number()) {
                    *seat = Some(CircleIx::of(number));
                }
            }
        }
        formation
    }

    /// Each circle, by facilitator and time.
    #[must_use]
    pub fn circles(&self) -> impl ExactSizeIterator<Item = (CircleIx, &Circle)> {
        self.circles.iter().enumerate().map(|(n, circle)| (CircleIx::of(n), circle))
    }

    /// One of the circles.
    #[must_use]
    pub fn get(&self, circle: CircleIx) -> Option<&Circle> {
        self.circles.get(circle.number())
    }

    /// Where somebody sits; nowhere for who waits.
    #[must_use]
    pub fn seat(&self, person: PersonIx) -> Option<CircleIx> {
        self.seats.get(person.number()).copied().flatten()
    }

    /// Everybody who waits, in the order of the roster.
    pub fn waiting(&self) -> impl Iterator<Item = PersonIx> {
        (0..).map(PersonIx).zip(&self.seats).filter(|(_, seat)| seat.is_none()).map(|(ix, _)| ix)
    }
}

//! Who never sits together: the one list that is told to nobody but who may know it.

use crate::{Formation, PersonIx, Roster};

/// Proof that somebody may know who is kept apart from whom.
///
/// Whoever makes one has asked the program's access policy first: for whom, and what for. This crate cannot ask, so the only way
/// to make one says so.
#[derive(Debug)]
pub struct ApartPermit(());

impl ApartPermit {
    /// The proof, for somebody to whom the access policy has said yes.
    #[must_use]
    pub const fn granted_by_policy() -> Self {
        Self(())
    }
}

/// What being kept apart did to somebody's seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApartReason {
    /// From whom they are kept apart.
    pub from: Vec<PersonIx>,
    /// How many circles they could have joined, had nobody to be kept apart.
    pub closed: usize,
}

impl Roster {
    /// Forgets of people who sit together already that they are kept apart, and of whoever sits with a facilitator that they
    /// are barred. They were seated before, and whoever keeps people safe settles it; were their circle refused or changed for
    /// it, anybody could write two people into one and learn whether they are kept apart.
    pub fn let_stand(&mut self, standing: &Formation) {
        for (_, circle) in standing.circles() {
            for (n, one) in circle.members.iter().enumerate() {
                self.forget_barred(*one, circle.facilitator);
                for other in circle.members.iter().skip(n + 1) {
                    self.forget_apart(*one, *other);
                }
            }
        }
    }

    /// What being kept apart did to somebody's seat, for who may know.
    #[must_use]
    pub fn apart_reason(
        &self,
        _: &ApartPermit,
        formation: &Formation,
        person: PersonIx,
    ) -> ApartReason {
        let pairs = self.apart().iter().copied();
        let from: Vec<PersonIx> = pairs
            .filter_map(|(one, other)| match person {
                _ if person == one => Some(other),
                _ if person == other => Some(one),
                _ => None,
            })
            .collect();
        let closed = formation.circles().filter(|(ix, circle)| {
            let comes = self.comes(person, circle.facilitator, circle.slot, circle.language);
            formation.seat(person) != Some(*ix)
                && comes
                && from.iter().any(|other| circle.members.binary_search(other).is_ok())
        });
        ApartReason { closed: closed.count(), from }
    }

    /// Everybody who is kept apart from somebody, for who may know.
    #[must_use]
    pub fn apart_pairs(&self, _: &ApartPermit) -> Vec<(PersonIx, PersonIx)> {
        self.apart().iter().copied().collect()
    }
}

//! The sheets of one instrument at one timepoint.

use std::hash::{BuildHasherDefault, Hasher};

use commons::Code;
use serde::{Deserialize, Serialize};

use super::{CohortError, SheetState};

/// The sheets of an instrument at a timepoint, in the order of people.
///
/// Totals repeat: each person costs two bytes, whatever a state takes.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) instrument: Code,
    pub(crate) timepoint: Code,
    pub(crate) answers: AnswerCounts,
    // 0: no sheet; else its number among the states, from 1.
    places: Vec<u16>,
    states: Vec<SheetState>,
    known: Numbers,
}

#[expect(clippy::disallowed_types, reason = "asked once for each sheet, and never walked through")]
type Numbers = std::collections::HashMap<u64, u16, BuildHasherDefault<Multiply>>;

/// How answers were given, counted over the sheets of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AnswerCounts {
    /// Items that were left empty, or in which a reason stands for an answer.
    pub missing: u64,
    /// Answers that are none of the item's, and count as missing.
    pub out_of_range: u64,
}

impl Column {
    pub(super) fn new(instrument: Code, timepoint: Code) -> Self {
        Self {
            instrument,
            timepoint,
            answers: AnswerCounts::default(),
            places: Vec::new(),
            states: Vec::new(),
            known: Numbers::default(),
        }
    }

    /// What became of a person's sheet.
    pub(crate) fn get(&self, person: usize) -> Option<SheetState> {
        self.state(self.place(person))
    }

    /// The number of what became of a person's sheet: 0 where there is none.
    pub(crate) fn place(&self, person: usize) -> usize {
        self.places.get(person).copied().map_or(0, usize::from)
    }

    /// The state of a number.
    pub(crate) fn state(&self, place: usize) -> Option<SheetState> {
        self.states.get(place.checked_sub(1)?).copied()
    }

    /// How many numbers there are, with that of no sheet.
    pub(crate) const fn numbers(&self) -> usize {
        self.states.len() + 1
    }

    /// Each person's sheet, without an end.
    pub(crate) fn each(&self) -> impl Iterator<Item = Option<SheetState>> {
        (0..).map(|person| self.get(person))
    }

    pub(super) fn put(
        &mut self,
        person: usize,
        people: usize,
        state: SheetState,
    ) -> Result<Option<SheetState>, CohortError> {
        let number = self.number(state)?;
        if self.places.len() <= person {
            self.places.resize(people.max(person + 1), 0);
        }
        let before = self.get(person);
        if let Some(place) = self.places.get_mut(person) {
            *place = number;
        }
        Ok(before)
    }

    fn number(&mut self, state: SheetState) -> Result<u16, CohortError> {
        let packed = state.packed();
        if let Some(number) = self.known.get(&packed) {
            return Ok(*number);
        }
        let most = u16::MAX;
        let number = u16::try_from(self.states.len() + 1);
        let number = number.map_err(|_| CohortError::TooManyTotals { most })?;
        self.states.push(state);
        self.known.insert(packed, number);
        Ok(number)
    }
}

/// One multiplication: keys are small numbers of our own, which nobody chooses to collide.
#[derive(Default)]
struct Multiply(u64);

impl Hasher for Multiply {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

//! The sheets of one instrument at one timepoint.

use std::collections::BTreeMap;

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
    // The numbers of whole totals, by twice the total and whether it was prorated; 0 where there is none yet.
    whole: Vec<u16>,
    others: BTreeMap<u64, u16>,
}

/// Above this, whole totals are no longer found at once.
const MOST_POINTS: usize = 256;

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
            whole: vec![0; 2 * MOST_POINTS],
            others: BTreeMap::new(),
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
        let Some(place) = self.places.get_mut(person) else { return Ok(None) };
        let before = std::mem::replace(place, number);
        Ok(self.state(usize::from(before)))
    }

    fn number(&mut self, state: SheetState) -> Result<u16, CohortError> {
        let packed = state.packed();
        let mut whole = whole_of(state).and_then(|place| self.whole.get_mut(place));
        let known = match &whole {
            Some(number) => Some(**number).filter(|number| *number > 0),
            None => self.others.get(&packed).copied(),
        };
        if let Some(number) = known {
            return Ok(number);
        }
        let most = u16::MAX;
        let number = u16::try_from(self.states.len() + 1);
        let number = number.map_err(|_| CohortError::TooManyTotals { most })?;
        self.states.push(state);
        match &mut whole {
            Some(place) => **place = number,
            None => _ = self.others.insert(packed, number),
        }
        Ok(number)
    }
}

/// Where the number of a whole total is kept.
fn whole_of(state: SheetState) -> Option<usize> {
    let SheetState::Scored { points, prorated } = state else { return None };
    let total = usize::try_from(points.numerator()).ok().filter(|_| points.is_whole())?;
    Some(2 * total + usize::from(prorated))
}

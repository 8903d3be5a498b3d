//! Many sheets of one instrument, scored quickly.

use crate::instrument::keyed;
use crate::rule::Rule;
use crate::{Answer, Instrument, SheetState, score};

/// Whether totals keep their exact fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Totals {
    /// A prorated total is an exact fraction, as everywhere else.
    #[default]
    Exact,
    /// Totals are rounded half up to whole points before anything is counted.
    Rounded,
}

/// Scores sheet after sheet of one instrument.
///
/// It says of each what [`SheetState::from`] says of [`score()`]. Where a total depends on how many
/// items were answered and on their sum alone, the scorer is asked once for each such pair.
#[derive(Debug, Clone)]
pub struct SheetScorer {
    instrument: Instrument,
    totals: Totals,
    memory: Option<Memory>,
    sheet: Vec<Answer>,
}

/// What is known of sums; sheets of any other instrument are scored one by one.
#[derive(Debug, Clone)]
struct Memory {
    // For each item: its lowest and highest raw code, and whether it counts from its end.
    items: Vec<(i16, i16, bool)>,
    least: i64,
    sums: usize,
    // By how many were answered, and by their sum above the least.
    states: Vec<Option<SheetState>>,
}

/// More than any questionnaire makes.
const MOST_STATES: usize = 1 << 16;

impl SheetScorer {
    /// A scorer of sheets of an instrument, of people of whom nothing else is known.
    #[must_use]
    pub fn new(instrument: &Instrument, totals: Totals) -> Self {
        let memory = Memory::of(instrument);
        Self { instrument: instrument.clone(), totals, memory, sheet: Vec::new() }
    }

    /// Its instrument.
    #[must_use]
    pub const fn instrument(&self) -> &Instrument {
        &self.instrument
    }

    /// What becomes of a sheet with these answers, in the order of the questionnaire: raw codes, or
    /// nothing where none was given.
    pub fn state(&mut self, answers: &[Option<i16>]) -> SheetState {
        let place = self.memory.as_ref().and_then(|memory| memory.place(answers));
        let known = |place: usize| self.memory.as_ref()?.states.get(place)?.as_ref();
        if let Some(state) = place.and_then(known) {
            return *state;
        }
        self.sheet.clear();
        self.sheet.extend(answers.iter().map(|code| Answer::from(*code)));
        let mut state = SheetState::from(&score(&self.instrument, &self.sheet));
        if let (SheetState::Scored { points, .. }, Totals::Rounded) = (&mut state, self.totals) {
            *points = points.rounded(0);
        }
        let memory = self.memory.as_mut().zip(place);
        if let Some(slot) = memory.and_then(|(memory, place)| memory.states.get_mut(place)) {
            *slot = Some(state);
        }
        state
    }
}

impl Memory {
    fn of(instrument: &Instrument) -> Option<Self> {
        let (scoring, raw) = (instrument.scoring(), instrument.scoring().raw());
        Rule::of_total(raw)?;
        if !raw.gates.is_empty() || !raw.required.is_empty() {
            return None;
        }
        let item = |item| {
            let (lowest, highest) = scoring.codes_of(item);
            (lowest, highest, raw.reversed.contains(&item))
        };
        let ends = |item| {
            let (lowest, highest) = scoring.codes_of(item);
            let (one, other) = (keyed(raw, item, lowest), keyed(raw, item, highest));
            (one.min(other), one.max(other))
        };
        // Fewer answers may make a smaller sum, or a larger one.
        let all = || (1..=raw.items).map(ends);
        let least: i64 = all().map(|(low, _)| low.min(0)).sum();
        let most: i64 = all().map(|(_, high)| high.max(0)).sum();
        let sums = usize::try_from(most - least + 1).ok()?;
        let states = sums.checked_mul(usize::from(raw.items) + 1)?;
        (states <= MOST_STATES).then(|| Self {
            items: (1..=raw.items).map(item).collect(),
            least,
            sums,
            states: vec![None; states],
        })
    }

    /// Where the state of a sheet is kept; nothing for a sheet that something is wrong with.
    fn place(&self, answers: &[Option<i16>]) -> Option<usize> {
        if answers.len() != self.items.len() {
            return None;
        }
        let (mut answered, mut sum) = (0_usize, 0_i64);
        for (answer, (lowest, highest, reversed)) in answers.iter().zip(&self.items) {
            let Some(code) = *answer else { continue };
            if code < *lowest || *highest < code {
                return None;
            }
            answered += 1;
            let code = i64::from(code);
            let ends = i64::from(*lowest) + i64::from(*highest);
            sum += if *reversed { ends - code } else { code };
        }
        usize::try_from(sum - self.least).ok().map(|sum| answered * self.sums + sum)
    }
}

//! How far people changed: so many by so much.

use std::collections::BTreeMap;

use super::scale::AskedScale;
use super::{HiddenWhy, ReliableFigures, Shown, SpreadBin, WaveFigures};
use crate::Shift;
use crate::stats::NoFigure;

impl AskedScale<'_> {
    /// Changes in whole points, joined until enough people stand behind each row. Rows do not
    /// cross the threshold of change, since the counts on both sides of it are told.
    pub(super) fn spread(
        &self,
        waves: &[WaveFigures],
        reliable: Option<&Shown<ReliableFigures>>,
    ) -> Shown<Vec<SpreadBin>> {
        let changes = self.changes();
        let both: u64 = changes.values().flat_map(BTreeMap::values).sum();
        if both == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if both < self.floor() {
            return Shown::Hidden(self.hidden_of_several(HiddenWhy::TooFewPeople));
        }
        let told = reliable.is_none_or(|found| found.shown().is_some_and(super::change::all_told));
        let mut bins: Vec<_> = changes.values().flat_map(|counts| self.joined(counts)).collect();
        bins.sort_by_key(|bin| bin.from);
        if let [first, .., last] = bins.as_mut_slice() {
            (first.from, last.to) = (None, None);
        }
        let small = bins.iter().any(|bin| bin.people < self.floor());
        if !told || !self.ends_are_told(waves) || small || bins.len() < 2 {
            return Shown::Hidden(self.hidden_of_several(HiddenWhy::CouldBeSolved));
        }
        Shown::Shown(bins)
    }

    /// How many changed by so many whole points, in each shift.
    fn changes(&self) -> BTreeMap<u8, BTreeMap<i32, u64>> {
        let better = self.scale.instrument.scoring().better();
        let mut changes: BTreeMap<u8, BTreeMap<i32, u64>> = BTreeMap::new();
        for (before, after, people) in self.ways.iter().filter_map(|way| way.both()) {
            let shift = self.scale.change.as_ref().map(|by| by.shift(before, after, better));
            let group = match shift {
                Some(Shift::Improved) => 0,
                Some(Shift::Unchanged) | None => 1,
                Some(Shift::Worse) => 2,
            };
            #[expect(clippy::cast_possible_truncation, reason = "totals stay far below 2^31")]
            let by = (after.to_f64() - before.to_f64()).trunc() as i32;
            *changes.entry(group).or_default().entry(by).or_default() += people;
        }
        changes
    }

    fn joined(&self, counts: &BTreeMap<i32, u64>) -> Vec<SpreadBin> {
        let all: u64 = counts.values().sum();
        // About ten rows are enough to see a shape.
        let enough = self.floor().max(all.div_ceil(5));
        let mut bins: Vec<SpreadBin> = Vec::new();
        for (by, people) in counts {
            match bins.last_mut() {
                Some(open) if open.people < enough => {
                    open.to = Some(*by);
                    open.people += people;
                }
                _ => bins.push(SpreadBin { from: Some(*by), to: Some(*by), people: *people }),
            }
        }
        while let [.., before, last] = bins.as_mut_slice() {
            if self.floor() <= last.people {
                break;
            }
            before.to = last.to;
            before.people += last.people;
            bins.pop();
        }
        bins
    }
}

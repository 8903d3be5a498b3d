//! Who was a case at the first timepoint, and who is one at the last.

use super::scale::AskedScale;
use super::{HiddenWhy, Named, Recovery, ReliableFigures, Shown, WaveFigures};
use crate::stats::NoFigure;
use crate::suppression::is_small;
use crate::{CutOff, Interpretation, Shift, Side};

/// People on one side of the cut-off and on the other.
#[derive(Clone, Copy, Default)]
struct Sides {
    cases: u64,
    below: u64,
}

impl Sides {
    const fn count(&mut self, is_case: bool, people: u64) {
        *(if is_case { &mut self.cases } else { &mut self.below }) += people;
    }
}

/// Everybody by side at both ends.
#[derive(Default)]
struct Ends {
    first: Sides,
    last: Sides,
    // Cases at first, and those below at first, by their side at last.
    of_cases: Sides,
    of_below: Sides,
    // Left caseness, and by more than the noise.
    reliably: u64,
}

impl AskedScale<'_> {
    /// The four ways from the first timepoint to the last, all or none.
    ///
    /// Beside them stand the bands of both ends: what each side lost between is told as well, so
    /// it has to be nobody or enough; and where bands of both sides are hidden, the sides could tell
    /// them.
    pub(super) fn recovery(
        &self,
        waves: &[WaveFigures],
        reliable: Option<&Shown<ReliableFigures>>,
    ) -> Option<Shown<Recovery>> {
        let cut = self.cut_off()?;
        let found = self.ends(&cut);
        let twice = [found.of_cases, found.of_below].map(|row| row.cases + row.below);
        let both: u64 = twice.iter().sum();
        if both == 0 {
            return Some(Shown::NoFigure(NoFigure::Nothing));
        }
        let hidden = |why| Some(Shown::Hidden(self.hidden_of_several(why)));
        if both < self.floor() {
            return hidden(HiddenWhy::TooFewPeople);
        }
        let counts = |total: f64| match cut.side {
            Side::AtOrAbove => cut.at.to_f64() <= total,
            Side::AtOrBelow => total <= cut.at.to_f64(),
        };
        // No band may lie on both sides of the cut-off.
        let edges = self.band_totals();
        let keeps_edges = edges.iter().all(|(low, high)| counts(*low) == counts(*high));
        let told = keeps_edges && self.sides_are_told(waves, counts);
        if !told || !self.may_be_told(&found) {
            return hidden(HiddenWhy::CouldBeSolved);
        }
        let improved = reliable.and_then(Shown::shown).and_then(|it| it.improved.exact());
        let left = found.of_cases.below;
        let apart = |improved: &u64| {
            let rests = [found.reliably, left - found.reliably, improved - found.reliably];
            !rests.iter().any(|rest| is_small(*rest, self.floor()))
        };
        Some(Shown::Shown(Recovery {
            by: Named::from(Interpretation::CutOff(&cut)),
            at: cut.at,
            side: cut.side,
            stayed_case: found.of_cases.cases,
            left_caseness: left,
            entered_caseness: found.of_below.cases,
            stayed_below: found.of_below.below,
            reliably_recovered: improved.filter(apart).map(|_| found.reliably),
        }))
    }

    fn ends(&self, cut: &CutOff) -> Ends {
        let scoring = self.scale.instrument.scoring();
        // A case is whoever lies on the side of the worse totals, whichever side the cut-off counts.
        let marks_worse = cut.marks_worse(scoring.better());
        let is_case = |points| cut.counts(points, scoring.places()) == marks_worse;
        let mut found = Ends::default();
        for way in &self.ways {
            way.before.into_iter().for_each(|it| found.first.count(is_case(it), way.people));
            way.after.into_iter().for_each(|it| found.last.count(is_case(it), way.people));
            let Some((before, after, people)) = way.both() else { continue };
            let row = if is_case(before) { &mut found.of_cases } else { &mut found.of_below };
            row.count(is_case(after), people);
            let by = self.scale.change.as_ref();
            let shift = by.map(|by| by.shift(before, after, scoring.better()));
            if is_case(before) && !is_case(after) && shift == Some(Shift::Improved) {
                found.reliably += people;
            }
        }
        found
    }

    fn may_be_told(&self, found: &Ends) -> bool {
        let (cases, below) = (found.of_cases, found.of_below);
        let told = [cases.cases, cases.below, below.cases, below.below];
        let lost = [
            found.first.cases - cases.cases - cases.below,
            found.first.below - below.cases - below.below,
            found.last.cases - cases.cases - below.cases,
            found.last.below - cases.below - below.below,
        ];
        // That nobody got better, or that all got worse, would be told of each of them.
        let all_worse =
            (cases.below == 0 && cases.cases > 0) || (below.below == 0 && below.cases > 0);
        let small = told.iter().chain(&lost).any(|n| is_small(*n, self.floor()));
        !small && !all_worse
    }
}

//! Every solution in whole numbers, and what all of them agree on.

use std::collections::BTreeSet;

use commons::Code;
use outcomes::Points;
use outcomes::figures::{ScaleFigures, WaveFigures};
use outcomes::suppression::Tally;

use crate::instrument;

pub(super) const fn is_small(n: u64, floor: u64) -> bool {
    0 < n && n < floor
}

/// What the attacker has found: a name, and a count of a few.
pub(super) struct Known {
    pub(super) floor: u64,
    pub(super) found: Vec<(&'static str, u64)>,
}

impl Known {
    pub(super) const fn new(floor: u64) -> Self {
        Self { floor, found: Vec::new() }
    }

    /// A count that can be only one of these.
    pub(super) fn solved(&mut self, what: &'static str, can: impl IntoIterator<Item = u64>) {
        let can: BTreeSet<u64> = can.into_iter().take(100_000).collect();
        if let (Some(only), 1) = (can.first(), can.len())
            && is_small(*only, self.floor)
        {
            self.found.push((what, *only));
        }
    }

    /// A count told by a bound, and the rest of each total it is of.
    pub(super) fn tally(&mut self, what: &'static str, told: Tally, totals: &[u64]) -> Vec<u64> {
        let most = totals.iter().min().copied().unwrap_or(200);
        let can: Vec<u64> = (0..=most).filter(|n| fits(told, *n)).collect();
        self.solved(what, can.iter().copied());
        for total in totals {
            self.solved(what, can.iter().map(|n| total - n));
        }
        can
    }
}

/// Whether a count can be told so.
pub(super) const fn fits(told: Tally, n: u64) -> bool {
    match told {
        Tally::Exactly { n: exactly } => n == exactly,
        Tally::FewerThan { n: floor } => 0 < n && n < floor,
        Tally::AtLeast { n: least } => least <= n,
        Tally::Hidden => true,
    }
}

/// The hidden cells of a row that has one of these totals.
pub(super) fn hidden_row(
    what: &'static str,
    row: &[Option<u64>],
    totals: &[u64],
    known: &mut Known,
) {
    let shown: u64 = row.iter().flatten().sum();
    let hidden = row.iter().filter(|cell| cell.is_none()).count();
    for n in row.iter().flatten() {
        known.solved(what, [*n]);
    }
    if hidden == 0 {
        return;
    }
    let rest: Vec<u64> =
        totals.iter().filter(|total| shown <= **total).map(|n| n - shown).collect();
    let can = rest.iter().flat_map(|rest| if hidden == 1 { *rest..=*rest } else { 0..=*rest });
    known.solved(what, can);
}

/// Points between two totals of complete sheets.
pub(super) fn grain(scale: &ScaleFigures) -> f64 {
    if scale.instrument == "who-5" { 4.0 } else { 1.0 }
}

/// The sums that so many totals may have, given their mean as it is told.
pub(super) fn window(
    scale: &ScaleFigures,
    told: Tally,
    n: u64,
    mean: f64,
    floor: u64,
) -> (f64, f64) {
    let least = match told {
        Tally::Exactly { n } => n,
        Tally::AtLeast { n } => n.max(floor),
        Tally::FewerThan { .. } | Tally::Hidden => floor,
    };
    let apart = grain(scale) / real(least);
    let step = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0].into_iter().find(|step| apart <= *step + 1e-9);
    let half = step.unwrap() / 2.0;
    ((mean - half) * real(n), (mean + half) * real(n))
}

fn real(n: u64) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

/// The lowest and the highest total of each band.
pub(super) fn totals(scale: &ScaleFigures) -> Vec<(f64, f64)> {
    let definition = instrument(scale.instrument.as_str().to_owned().leak());
    let (low, high) = (scale.range.0.numerator(), scale.range.1.numerator());
    let mut found: Vec<Vec<i32>> = vec![Vec::new(); scale.bands.len()];
    let step = if scale.instrument == "who-5" { 4 } else { 1 };
    for total in (low..=high).step_by(step) {
        let points = Points::whole(total);
        let rank = match (definition.default_bands(), definition.default_cut_off()) {
            (Some(bands), _) => bands.rank(points, 0).unwrap(),
            (None, Some(cut)) => cut.rank(points, 0),
            (None, None) => 0,
        };
        found[usize::from(rank)].push(total);
    }
    let ends = |totals: &Vec<i32>| {
        (f64::from(*totals.first().unwrap()), f64::from(*totals.last().unwrap()))
    };
    found.iter().map(ends).collect()
}

/// The hidden bands of a wave, with its mean: every sum of totals that the cells could have.
pub(super) fn hidden_bands(
    scale: &ScaleFigures,
    wave: &WaveFigures,
    row: &[Option<u64>],
    can: &[u64],
    mean: f64,
    known: &mut Known,
) {
    let (totals, shown) = (totals(scale), row.iter().flatten().sum::<u64>());
    let places: Vec<usize> = (0..row.len()).filter(|place| row[*place].is_none()).collect();
    for n in row.iter().flatten() {
        known.solved("band", [*n]);
    }
    for place in &places {
        let others: Vec<(f64, f64)> =
            places.iter().filter(|other| *other != place).map(|other| totals[*other]).collect();
        let mut found = BTreeSet::new();
        for n in can.iter().copied().collect::<BTreeSet<_>>() {
            let Some(hidden) = n.checked_sub(shown) else { continue };
            let (low, high) = window(scale, wave.measured, n, mean, known.floor);
            let told = |pick: fn(&(f64, f64)) -> f64| -> f64 {
                row.iter()
                    .zip(&totals)
                    .filter_map(|(cell, ends)| Some(real((*cell)?) * pick(ends)))
                    .sum()
            };
            let (told_low, told_high) = (told(|ends| ends.0), told(|ends| ends.1));
            for here in 0..=hidden {
                let rest = real(hidden - here);
                if others.is_empty() && here < hidden {
                    continue;
                }
                let least = others.iter().map(|ends| ends.0).fold(f64::INFINITY, f64::min);
                let most = others.iter().map(|ends| ends.1).fold(0.0, f64::max);
                let least = if rest == 0.0 { 0.0 } else { least };
                let lowest = told_low + real(here) * totals[*place].0 + rest * least;
                let highest = told_high + real(here) * totals[*place].1 + rest * most;
                if lowest <= high && low <= highest {
                    found.insert(here);
                }
            }
        }
        if let ([only], [n]) = (&found.iter().copied().collect::<Vec<_>>()[..], can) {
            assert!(only != n || *n == 0, "everybody's band is known");
        }
        known.solved("band", found);
    }
}

pub(super) const PHQ: Code = Code::of("phq-9");
pub(super) const WHO: Code = Code::of("who-5");

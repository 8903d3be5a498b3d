//! From which band to which: the bands of the first timepoint by those of the last.

use super::change::all_told;
use super::scale::AskedScale;
use super::{HiddenWhy, Moves, Named, Recovery, ReliableFigures, Shown, SpreadBin, WaveFigures};
use crate::Better;
use crate::stats::NoFigure;
use crate::suppression::is_small;

/// People by group of bands, first and last.
type Cells = Vec<Vec<u64>>;

/// What is told beside the table.
pub(super) struct Beside<'a> {
    pub(super) waves: &'a [WaveFigures],
    pub(super) recovery: Option<&'a Shown<Recovery>>,
    pub(super) reliable: Option<&'a Shown<ReliableFigures>>,
    pub(super) spread: &'a Shown<Vec<SpreadBin>>,
}

/// Changes from one number of points to another, in which so many people lie.
struct Stretch {
    from: f64,
    to: f64,
    people: u64,
}

impl AskedScale<'_> {
    /// The finest table of neighboring bands, joined or not, of which nothing may be solved; none where
    /// there are no bands, or the cut-off alone parts them.
    ///
    /// All cells are told, so that none follows from others; each is nobody or enough. So is what each
    /// band lost between, what lies in cells and beyond each count of changes, and what crosses the cut-off
    /// beside whoever changed by more than the noise.
    pub(super) fn moves(&self, beside: &Beside<'_>) -> Option<Shown<Moves>> {
        let reader = self.scale.reader.as_ref()?;
        let bands = reader.codes();
        if bands.len() < 3 {
            return None;
        }
        let fine = self.fine(bands.len());
        let both: u64 = fine.iter().flatten().sum();
        if both == 0 {
            return Some(Shown::NoFigure(NoFigure::Nothing));
        }
        let hidden = |why| Some(Shown::Hidden(self.hidden_of_several(why)));
        if both < self.floor() {
            return hidden(HiddenWhy::TooFewPeople);
        }
        // Where there is a cut-off, what crosses it is told first, and this table tells it too.
        let crosses = self.cut_off().is_none()
            || beside.recovery.is_some_and(|found| found.shown().is_some());
        // Counts of changes that are hidden could be solved from it.
        let noise = beside.reliable.is_none_or(|it| it.shown().is_some_and(all_told));
        let edges = edges(bands.len());
        let safe = |edges: &&Vec<usize>| self.is_safe(edges, &fine, beside);
        let Some(edges) = edges.iter().filter(|_| crosses && noise).find(safe) else {
            return hidden(HiddenWhy::CouldBeSolved);
        };
        let groups = edges.windows(2).filter_map(|ends| bands.get(*ends.first()?..*ends.last()?));
        Some(Shown::Shown(Moves {
            by: Named::from(reader.interpretation()),
            bands: groups.map(<[_]>::to_vec).collect(),
            cells: joined(&fine, edges),
        }))
    }

    /// Everybody who has both totals, by band.
    fn fine(&self, bands: usize) -> Cells {
        let mut cells = vec![vec![0; bands]; bands];
        for (before, after, people) in self.ways.iter().filter_map(|way| way.both()) {
            let row = cells.get_mut(self.rank(before));
            if let Some(cell) = row.and_then(|row| row.get_mut(self.rank(after))) {
                *cell += people;
            }
        }
        cells
    }

    fn is_safe(&self, edges: &[usize], fine: &Cells, beside: &Beside<'_>) -> bool {
        let cells = joined(fine, edges);
        let small = |n: u64| is_small(n, self.floor());
        // That all of a band went the same way would be told of each of them.
        let alike = |row: &Vec<u64>| row.iter().filter(|n| **n > 0).count() == 1;
        self.keeps_the_cut_off(edges)
            && !cells.iter().flatten().any(|n| small(*n))
            && !cells.iter().any(alike)
            && self
                .losses(edges, &cells, beside.waves)
                .is_some_and(|lost| !lost.iter().any(|n| small(*n)))
            && !self.rests(edges, &cells, beside).iter().any(|n| small(*n))
    }

    /// Whether no group of bands lies on both sides of the cut-off.
    fn keeps_the_cut_off(&self, edges: &[usize]) -> bool {
        let Some(cut) = self.cut_off() else { return true };
        let places = self.scale.instrument.scoring().places();
        let counts = |total: f64| {
            super::scale::points_near(total).is_some_and(|points| cut.counts(points, places))
        };
        self.ends_of(edges).iter().all(|(low, high)| counts(*low) == counts(*high))
    }

    /// The lowest and the highest total of each group of bands.
    fn ends_of(&self, edges: &[usize]) -> Vec<(f64, f64)> {
        let totals = self.band_totals();
        let ends = edges.windows(2).filter_map(|ends| {
            let bands = totals.get(*ends.first()?..*ends.last()?)?;
            Some((bands.first()?.0, bands.last()?.1))
        });
        ends.collect()
    }

    /// What each group lost between: at first those not measured at last, and at last those not measured
    /// at first. Nothing where it is not told how many lie in each group.
    fn losses(&self, edges: &[usize], cells: &Cells, waves: &[WaveFigures]) -> Option<Vec<u64>> {
        let [first, .., last] = waves else { return None };
        self.both_told.exact()?;
        let mut lost = Vec::new();
        for (group, row) in cells.iter().enumerate() {
            let column: u64 = cells.iter().filter_map(|row| row.get(group)).sum();
            for (wave, here) in [(first, row.iter().sum::<u64>()), (last, column)] {
                let bands = (*edges.get(group)?, *edges.get(group + 1)?);
                lost.push(self.in_group(wave, bands)?.saturating_sub(here));
            }
        }
        Some(lost)
    }

    /// How many lie in a group of bands at a timepoint, where that is told: all its bands, or all others.
    fn in_group(&self, wave: &WaveFigures, (from, to): (usize, usize)) -> Option<u64> {
        let own = wave.bands.get(from..to)?.iter().map(|cell| cell.shown()).sum::<Option<u64>>();
        let others = wave.bands.iter().enumerate().filter(|(place, _)| !(from..to).contains(place));
        let others = others.map(|(_, cell)| cell.shown()).sum::<Option<u64>>();
        own.or_else(|| wave.measured.exact()?.checked_sub(others?))
    }

    /// What is left of each count of changes beside the cells that lie wholly in it.
    fn rests(&self, edges: &[usize], cells: &Cells, beside: &Beside<'_>) -> Vec<u64> {
        let ends = self.ends_of(edges);
        let inside = |from: f64, to: f64, only: &dyn Fn(usize, usize) -> bool| -> u64 {
            let rows = cells.iter().zip(&ends).enumerate();
            rows.flat_map(|(row, (counts, first))| {
                let columns = counts.iter().zip(&ends).enumerate();
                let fits = move |column: usize, last: &(f64, f64)| {
                    from < last.0 - first.1 && last.1 - first.0 < to && only(row, column)
                };
                columns.filter(move |(column, (_, last))| fits(*column, last)).map(|(_, (n, _))| *n)
            })
            .sum()
        };
        let all = |_: usize, _: usize| true;
        let told = self.told_changes(beside);
        let both: u64 = cells.iter().flatten().sum();
        let mut rests = Vec::new();
        for Stretch { from, to, people } in told {
            rests.push(people.saturating_sub(inside(from, to, &all)));
            // Whoever changed otherwise, by less or by more, beside the cells that lie wholly in either.
            let cells = cells.iter().zip(&ends).flat_map(|(row, first)| {
                let ends = row
                    .iter()
                    .zip(&ends)
                    .map(move |(n, last)| (*n, last.0 - first.1, last.1 - first.0));
                ends.filter(move |(_, least, most)| *most <= from || to <= *least)
            });
            let outside: u64 = cells.map(|(n, ..)| n).sum();
            rests.push(both.saturating_sub(people).saturating_sub(outside));
        }
        // Who crossed the cut-off, by more than the noise or within it.
        let found = beside.recovery.and_then(Shown::shown);
        if let (Some(found), Some(cut), Some(by)) = (found, self.cut_off(), &self.scale.change) {
            let places = self.scale.instrument.scoring().places();
            let is_case = |group: usize| {
                let low = ends.get(group).map_or(0.0, |(low, _)| *low);
                super::scale::points_near(low).is_some_and(|points| cut.counts(points, places))
            };
            let left = |row: usize, column: usize| is_case(row) && !is_case(column);
            let noise = by.points.to_f64();
            if let Some(reliably) = found.reliably_recovered {
                let (far, near) = match self.scale.instrument.scoring().better() {
                    Better::Lower => ((f64::NEG_INFINITY, -noise + EDGE), (-noise, noise)),
                    Better::Higher => ((noise - EDGE, f64::INFINITY), (-noise, noise)),
                };
                rests.push(reliably.saturating_sub(inside(far.0, far.1, &left)));
                let within = found.left_caseness.saturating_sub(reliably);
                rests.push(within.saturating_sub(inside(near.0, near.1, &left)));
            }
        }
        rests
    }

    /// Every stretch of changes of which it is told how many people lie in it: each count and, since they
    /// lie beside each other, every run of them.
    fn told_changes(&self, beside: &Beside<'_>) -> Vec<Stretch> {
        let mut told = Vec::new();
        let bins = beside.spread.shown().map(Vec::as_slice).unwrap_or_default();
        let parts = bins.iter().map(|bin| Stretch {
            from: bin.from.map_or(f64::NEG_INFINITY, |from| f64::from(from) - 1.0),
            to: bin.to.map_or(f64::INFINITY, |to| f64::from(to) + 1.0),
            people: bin.people,
        });
        told.extend(runs(&parts.collect::<Vec<_>>()));
        let found = beside.reliable.and_then(Shown::shown);
        let exact = |found: &ReliableFigures| {
            let [better, same, worse] = [found.improved, found.unchanged, found.worse];
            Some([better.exact()?, same.exact()?, worse.exact()?])
        };
        if let (Some([better, same, worse]), Some(by)) = (found.and_then(exact), &self.scale.change)
        {
            let noise = by.points.to_f64();
            let [fell, rose] = match self.scale.instrument.scoring().better() {
                Better::Lower => [better, worse],
                Better::Higher => [worse, better],
            };
            let parts = [
                Stretch { from: f64::NEG_INFINITY, to: -noise + EDGE, people: fell },
                Stretch { from: -noise, to: noise, people: same },
                Stretch { from: noise - EDGE, to: f64::INFINITY, people: rose },
            ];
            told.extend(runs(&parts));
        }
        told
    }
}

/// Less than any two totals are apart.
const EDGE: f64 = 1e-6;

/// Each part, and every run of neighbors.
fn runs(parts: &[Stretch]) -> Vec<Stretch> {
    let mut runs = Vec::new();
    for (place, first) in parts.iter().enumerate() {
        let mut people = 0;
        for last in parts.iter().skip(place) {
            people += last.people;
            runs.push(Stretch { from: first.from, to: last.to, people });
        }
    }
    runs
}

/// Every way to join neighboring bands into three groups or more, the finest first: where each begins,
/// and the end.
fn edges(bands: usize) -> Vec<Vec<usize>> {
    let inner = bands.saturating_sub(1).min(12);
    let mut found: Vec<Vec<usize>> = (0..1_usize << inner)
        .map(|bits| {
            let cuts = (1..=inner).filter(|place| bits >> (place - 1) & 1 == 1);
            std::iter::once(0).chain(cuts).chain([bands]).collect::<Vec<_>>()
        })
        .filter(|edges| 3 < edges.len())
        .collect();
    found.sort_by_key(|edges| std::cmp::Reverse(edges.len()));
    found
}

fn joined(fine: &Cells, edges: &[usize]) -> Cells {
    let groups = || edges.windows(2).filter_map(|ends| Some((*ends.first()?, *ends.last()?)));
    let sum = |rows: (usize, usize), columns: (usize, usize)| -> u64 {
        let rows = fine.get(rows.0..rows.1).unwrap_or_default().iter();
        rows.flat_map(|row| row.get(columns.0..columns.1).unwrap_or_default()).sum()
    };
    groups().map(|rows| groups().map(|columns| sum(rows, columns)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_joined_with_their_neighbors_the_finest_first() {
        assert_eq!(edges(3), [vec![0, 1, 2, 3]]);
        let four = edges(4);
        assert_eq!(four.first(), Some(&vec![0, 1, 2, 3, 4]));
        assert_eq!(four.len(), 4);
        let fine = vec![vec![1, 2, 3], vec![4, 5, 6], vec![7, 8, 9]];
        assert_eq!(joined(&fine, &[0, 1, 3]), [[1, 5], [11, 28]]);
    }
}

//! Change from the first timepoint to the last, and beyond the noise of the instrument.

use super::scale::AskedScale;
use super::{
    ChangeFigures, Clusters, Coarser, HiddenWhy, Named, ReliableFigures, Shown, Timepoint,
    WaveFigures, number,
};
use crate::cohort::{Column, Person};
use crate::stats::{
    Confidence, Interval, Mean, Moments, NoFigure, PairedChange, PairedMoments, Shifts, icc_of,
};
use crate::suppression::{Alike, Cell, Hide, Tally, is_small, real, suppress_row_hiding};
use crate::{ChangeThreshold, Interpretation};

impl<'a> AskedScale<'a> {
    /// Goes through the people who are asked, each with their totals in points at the first timepoint and at the last.
    pub(super) fn each_pair(&self, mut then: impl FnMut(Person<'a>, Option<f64>, Option<f64>)) {
        let [first, .., last] = self.timepoints else { return };
        let sheets = |timepoint: &Timepoint| self.sheets(&timepoint.code);
        let (first, last) = (sheets(first), sheets(last));
        let totals = |column: Option<&Column>| -> Vec<Option<f64>> {
            let numbers = 0..column.map_or(0, Column::numbers);
            numbers.map(|place| number(column?.state(place)?.points())).collect()
        };
        let (firsts, lasts) = (totals(first), totals(last));
        let total = |column: Option<&Column>, totals: &[Option<f64>], person| {
            totals.get(column?.place(person)).copied().flatten()
        };
        for person in self.who() {
            let place = person.place;
            then(person, total(first, &firsts, place), total(last, &lasts, place));
        }
    }

    /// How many have both totals. Beside those who have the first, the last, and neither, it is
    /// one of four counts of which each could be solved from the others.
    pub(super) fn told_of(&self, moments: &PairedMoments, last: u64) -> Tally {
        let (people, both, floor) = (self.people(), moments.both(), self.floor());
        let first = both + moments.before_only();
        let neither = (people + both).saturating_sub(first + last);
        let told = Tally::among(both, &[people, first, last], floor, Alike::Shown);
        match told {
            Tally::Exactly { .. } if !is_small(neither, floor) => told,
            Tally::Exactly { n } if 2 * floor <= people => {
                Tally::AtLeast { n: (n + 1).saturating_sub(floor) }
            }
            Tally::Exactly { .. } => Tally::Hidden,
            // A bound beside what it can be at most would tell it.
            Tally::AtLeast { n } if first.min(last) + 1 < n + floor => {
                match (first.min(last) + 1).saturating_sub(floor) {
                    0 => Tally::Hidden,
                    n => Tally::AtLeast { n },
                }
            }
            Tally::FewerThan { .. } | Tally::AtLeast { .. } | Tally::Hidden => told,
        }
    }

    pub(super) fn change(
        &self,
        waves: &[WaveFigures],
        reliable: Option<&Shown<ReliableFigures>>,
    ) -> Shown<ChangeFigures> {
        let [before, .., after] = self.timepoints else {
            return Shown::NoFigure(NoFigure::Nothing);
        };
        let moments = self.paired;
        let (both, floor) = (moments.both(), self.floor());
        if both == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if both < floor {
            let coarser = vec![Coarser::SeveralCircles, Coarser::LongerPeriod];
            return Shown::Hidden(self.asked.hidden(HiddenWhy::TooFewPeople, coarser));
        }
        let change = match moments.change() {
            Ok(change) => change,
            // All changed by the same: that would say of everybody by how much.
            Err(_) => {
                let why = HiddenWhy::CouldBeSolved;
                return Shown::Hidden(self.asked.hidden(why, vec![Coarser::SeveralCircles]));
            }
        };
        let told = self.both_told;
        let step = self.step(told, both);
        let (clusters, interval) = self.clustered(&change);
        let parts_told = reliable.is_none_or(|found| found.shown().is_some_and(all_told));
        let (of_both, of_lost) = self.baselines(waves, &moments, told);
        Shown::Shown(ChangeFigures {
            before: before.code.clone(),
            after: after.code.clone(),
            both: told,
            mean: step.round(change.mean),
            interval: self.possible(step.interval(change.mean, interval)),
            step: step.points(),
            clusters,
            sd: told.exact().filter(|_| parts_told).map(|_| step.round(change.sd)),
            baseline_of_both: of_both,
            baseline_of_lost: of_lost,
        })
    }

    /// An interval of a change, cut where the range of the instrument ends: no change can be larger.
    pub(super) fn possible(&self, interval: Interval) -> Interval {
        let (low, high) = self.scale.instrument.scoring().range();
        let most = high.to_f64() - low.to_f64();
        Interval { low: interval.low.max(-most), high: interval.high.min(most) }
    }

    /// How alike the changes within circles are, and the interval of the mean that counts it: its
    /// standard error grows by the root of the design effect, and its degrees of freedom are the
    /// circles less one.
    fn clustered(&self, change: &PairedChange) -> (Option<Clusters>, Interval) {
        let mut units = vec![Moments::default(); self.asked.cohort.units()];
        let mut all_sit = true;
        self.each_pair(|person, before, after| {
            let Some((before, after)) = before.zip(after) else { return };
            let unit = person.seat().and_then(|seat| units.get_mut(seat.unit as usize));
            match unit {
                Some(unit) => unit.push(after - before),
                None => all_sit = false,
            }
        });
        // Who sits nowhere is in no circle with others.
        if !all_sit {
            return (None, change.interval);
        }
        let found = icc_of(units, 0, Confidence::USUAL);
        let Ok(found) = found else { return (None, change.interval) };
        let half = Confidence::USUAL.t(real(found.clusters - 1)).ok();
        let half = half.map(|t| t * change.error * found.design_effect.sqrt());
        let Some(interval) = half.and_then(|half| Interval::around(change.mean, half)) else {
            return (None, change.interval);
        };
        let clusters = Clusters {
            units: found.clusters,
            icc: (found.icc * 100.0).round() / 100.0 + 0.0,
            design_effect: (found.design_effect * 10.0).round() / 10.0,
        };
        (Some(clusters), interval)
    }

    /// The mean first totals of those who have both, and of those who lack the last.
    ///
    /// With the change they tell the means of both ends, and with those the mean of whoever has
    /// one total only: they are told where those may be.
    fn baselines(
        &self,
        waves: &[WaveFigures],
        moments: &PairedMoments,
        both: Tally,
    ) -> (Option<f64>, Option<f64>) {
        let ([first, .., last], lost) = (waves, moments.before_only()) else { return (None, None) };
        if first.mean.is_none() || last.mean.is_none() {
            return (None, None);
        }
        let told = |n: u64, found: Result<Mean, NoFigure>| {
            let exact = both.exact().is_some() && first.measured.exact().is_some();
            let least = if exact { Tally::Exactly { n } } else { Tally::Hidden };
            found.ok().map(|found| self.step(least, n).round(found.mean))
        };
        if lost == 0 {
            return (first.mean, None);
        }
        let of_lost = told(lost, moments.baseline_of_lost());
        (told(moments.both(), moments.baseline_of_both()), of_lost)
    }

    pub(super) fn reliable(&self, by: &ChangeThreshold) -> Shown<ReliableFigures> {
        let better = self.scale.instrument.scoring().better();
        let mut shifts = Shifts::default();
        for (before, after, people) in self.ways.iter().filter_map(|way| way.both()) {
            shifts.count_many(by.shift(before, after, better), people);
        }
        let (twice, floor) = (shifts.total(), self.floor());
        if twice == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if twice < floor {
            let coarser = vec![Coarser::SeveralCircles, Coarser::LongerPeriod];
            return Shown::Hidden(self.asked.hidden(HiddenWhy::TooFewPeople, coarser));
        }
        let told = self.both_told;
        let counts = [shifts.improved, shifts.unchanged, shifts.worse];
        // The three add up to those measured twice, which other figures may tell: they are a row
        // by itself. Where they must not tell it, two at least are hidden. Of the three,
        // "unchanged" says least: it is hidden first.
        let is_told = told.exact().is_some();
        let always = if is_told {
            vec![]
        } else if counts[1] < floor {
            // Else the other two would tell how many were measured twice, where they can be no more.
            vec![1, if counts[2] <= counts[0] { 0 } else { 2 }]
        } else {
            vec![1]
        };
        let hide = Hide { always, first: Some(1) };
        let cells = suppress_row_hiding(&counts, floor, Alike::Hidden, hide);
        let [improved, unchanged, worse] = tallies(&cells, counts, floor);
        let rest = Tally::Exactly { n: self.people() - twice };
        Shown::Shown(ReliableFigures {
            by: Named::from(Interpretation::Change(by)),
            points: by.points,
            improved,
            unchanged,
            worse,
            not_measured_twice: if is_told { rest } else { Tally::Hidden },
        })
    }
}

pub(super) fn all_told(found: &ReliableFigures) -> bool {
    let cells = [found.improved, found.unchanged, found.worse];
    cells.iter().all(|tally| tally.exact().is_some())
}

/// The cells as tallies. That a hidden one is small is said where another hidden one is not: else
/// their sum and the bounds could tell each.
fn tallies(cells: &[Cell], counts: [u64; 3], floor: u64) -> [Tally; 3] {
    let any_large = cells.iter().zip(counts).any(|(cell, n)| *cell == Cell::Hidden && floor <= n);
    let mut cells = cells.iter();
    counts.map(|n| match cells.next().and_then(|cell| cell.shown()) {
        Some(n) => Tally::Exactly { n },
        None if is_small(n, floor) && any_large => Tally::FewerThan { n: floor },
        None => Tally::Hidden,
    })
}

//! One row for each circle, inside only.

use super::plan::Scale;
use super::{Asked, CircleChange, CircleRow, Circles, Coarser, HiddenWhy, Shown, number, per_cent};
use crate::cohort::Unit;
use crate::stats::{NoFigure, PairedMoments};
use crate::suppression::{Audience, Tally, tally_column};

/// What one scale says of each circle.
struct ScaleColumn<'a> {
    scale: &'a Scale,
    both: Vec<Tally>,
    means: Vec<Option<f64>>,
}

impl Asked<'_> {
    pub(super) fn circles(&self) -> Shown<Circles> {
        let (units, floor) = (&self.cohort.units, self.floor());
        if units.is_empty() {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if self.plan.audience == Audience::Outside {
            return Shown::Hidden(self.hidden(HiddenWhy::NotForOutside, vec![]));
        }
        let is_large = |unit: &&Unit| floor <= unit.people;
        let large = units.iter().filter(is_large).count();
        if large == 0 {
            let coarser = vec![Coarser::SeveralCircles];
            return Shown::Hidden(self.hidden(HiddenWhy::TooFewPeople, coarser));
        }
        // Circles without a row count as well: the sum of all would tell them.
        let completed = self.completed();
        let columns: Vec<_> =
            self.plan.scales.iter().map(|scale| self.scale_column(scale)).collect();
        let rows = units.iter().zip(completed).enumerate();
        let rows =
            rows.filter(|(_, (unit, _))| is_large(unit)).map(|(place, (unit, completed))| {
                CircleRow {
                    unit: unit.id,
                    people: unit.people,
                    held: unit.held,
                    planned: unit.planned,
                    attendance: self.attendance_of(unit),
                    completed,
                    changes: columns.iter().filter_map(|column| column.row(place)).collect(),
                }
            });
        Shown::Shown(Circles { rows: rows.collect(), too_small: (units.len() - large) as u64 })
    }

    fn attendance_of(&self, unit: &Unit) -> Option<f64> {
        // With few marks a per cent tells who was away.
        (unit.marks >= 2 * self.floor()).then(|| per_cent(unit.came, unit.marks))
    }

    fn completed(&self) -> Vec<Tally> {
        let units = &self.cohort.units;
        let Some(sessions) = self.plan.complete_from else {
            return vec![Tally::Hidden; units.len()];
        };
        let mut counts: Vec<(u64, u64)> = units.iter().map(|unit| (0, unit.people)).collect();
        for person in self.cohort.people.iter().filter(|person| sessions <= person.came) {
            if let Some((count, _)) = counts.get_mut(person.unit as usize) {
                *count += 1;
            }
        }
        tally_column(&counts, self.floor())
    }

    fn scale_column<'s>(&self, scale: &'s Scale) -> ScaleColumn<'s> {
        let units = &self.cohort.units;
        let mut moments = vec![PairedMoments::default(); units.len()];
        for (person, (before, after)) in self.cohort.people.iter().zip(self.pairs(scale)) {
            if let Some(moments) = moments.get_mut(person.unit as usize) {
                let before = number(before.and_then(|sheet| sheet.points()));
                moments.push(before, number(after.and_then(|sheet| sheet.points())));
            }
        }
        let sizes = moments.iter().zip(units);
        let counts: Vec<_> = sizes.map(|(found, unit)| (found.both(), unit.people)).collect();
        let both = tally_column(&counts, self.floor());
        let means = told_means(&moments, &both, self.floor());
        ScaleColumn { scale, both, means }
    }
}

/// The mean change of each circle, where the means that are not told stand for enough people:
/// else the mean of all and the others would tell them.
fn told_means(moments: &[PairedMoments], both: &[Tally], floor: u64) -> Vec<Option<f64>> {
    let mut means: Vec<Option<f64>> = moments
        .iter()
        .zip(both)
        .map(|(found, tally)| match tally {
            Tally::Exactly { .. } | Tally::AtLeast { .. } if floor <= found.both() => {
                found.change().ok().map(|change| change.mean)
            }
            Tally::Exactly { .. }
            | Tally::AtLeast { .. }
            | Tally::FewerThan { .. }
            | Tally::Hidden => None,
        })
        .collect();
    loop {
        let untold = means.iter().zip(moments).filter(|(mean, _)| mean.is_none());
        let people: u64 = untold.map(|(_, found)| found.both()).sum();
        if people == 0 || floor <= people {
            return means;
        }
        let told = means.iter_mut().zip(moments).filter(|(mean, _)| mean.is_some());
        let Some((smallest, _)) = told.min_by_key(|(_, found)| found.both()) else {
            return means;
        };
        *smallest = None;
    }
}

impl ScaleColumn<'_> {
    fn row(&self, place: usize) -> Option<CircleChange> {
        Some(CircleChange {
            instrument: self.scale.instrument.id().clone(),
            both: self.both.get(place).copied()?,
            mean: self.means.get(place).copied().flatten(),
        })
    }
}

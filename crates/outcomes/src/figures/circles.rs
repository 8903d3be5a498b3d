//! One row for each circle, inside only.

use super::course::is_safe;
use super::plan::Scale;
use super::scale::AskedScale;
use super::{Asked, CircleChange, CircleRow, Circles, Coarser, HiddenWhy, Shown, number, per_cent};
use crate::cohort::Unit;
use crate::stats::{NoFigure, PairedMoments};
use crate::suppression::{Audience, Step, Tally, tally_column};

/// What one scale says of each circle.
struct ScaleColumn<'a> {
    scale: &'a Scale,
    both: Vec<Tally>,
    means: Vec<Option<f64>>,
}

impl Asked<'_> {
    pub(super) fn circles(&self) -> Shown<Circles> {
        let (units, floor) = (&self.cohort.roll.units, self.floor());
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
        let completed = self.completed_by_unit();
        let attendance = told_shares(units, floor);
        let columns: Vec<_> =
            self.plan.scales.iter().map(|scale| self.scale_column(scale)).collect();
        let rows = units.iter().zip(completed).zip(attendance).enumerate();
        let rows = rows.filter(|(_, ((unit, _), _))| is_large(unit)).map(
            |(place, ((unit, completed), attendance))| CircleRow {
                unit: unit.id,
                people: unit.people,
                held: unit.held,
                planned: unit.planned,
                attendance,
                completed,
                changes: columns.iter().filter_map(|column| column.row(place)).collect(),
            },
        );
        Shown::Shown(Circles { rows: rows.collect(), too_small: (units.len() - large) as u64 })
    }

    fn completed_by_unit(&self) -> Vec<Tally> {
        let units = &self.cohort.roll.units;
        let Some(completion) = &self.plan.completion else {
            return vec![Tally::Hidden; units.len()];
        };
        let mut counts: Vec<(u64, u64)> = units.iter().map(|unit| (0, unit.people)).collect();
        for person in self.people_of(completion.model.as_ref()) {
            // Somebody in two units completed in one: the sum of all is a count of people.
            let seat = person.seats().find(|seat| completion.sessions <= seat.came);
            if let Some((count, _)) = seat.and_then(|seat| counts.get_mut(seat.unit as usize)) {
                *count += 1;
            }
        }
        tally_column(&counts, self.floor())
    }

    fn scale_column<'s>(&self, scale: &'s Scale) -> ScaleColumn<'s> {
        let units = &self.cohort.roll.units;
        let mut moments = vec![PairedMoments::default(); units.len()];
        for (person, before, after) in AskedScale::new(*self, scale).pairs() {
            // Sheets belong to the unit in which somebody sat first.
            let unit = person.seats().next().map(|seat| seat.unit as usize);
            if let Some(moments) = unit.and_then(|unit| moments.get_mut(unit)) {
                let before = number(before.and_then(|sheet| sheet.points()));
                moments.push(before, number(after.and_then(|sheet| sheet.points())));
            }
        }
        let sizes = moments.iter().zip(units);
        let counts: Vec<_> = sizes.map(|(found, unit)| (found.both(), unit.people)).collect();
        let both = tally_column(&counts, self.floor());
        let grain = AskedScale::new(*self, scale).grain();
        let means = told_means(&moments, &both, grain, self.floor());
        ScaleColumn { scale, both, means }
    }
}

/// The attendance of each circle in whole per cents, where those who came and those who did not
/// are enough or nobody, in it and in all circles together of which it is not told.
fn told_shares(units: &[Unit], floor: u64) -> Vec<Option<f64>> {
    let safe = |unit: &Unit| {
        floor <= unit.people && 2 * floor <= unit.marks && is_safe(unit.came, unit.marks, floor)
    };
    let mut told: Vec<bool> = units.iter().map(safe).collect();
    loop {
        let untold = || units.iter().zip(&told).filter(|(_, told)| !**told).map(|(unit, _)| unit);
        let came: u64 = untold().map(|unit| unit.came).sum();
        let smallest = units.iter().zip(&told).enumerate().filter(|(_, (_, told))| **told);
        let smallest = smallest.min_by_key(|(_, (unit, _))| unit.marks).map(|(place, _)| place);
        let all = untold().map(|unit| unit.marks).sum();
        let next = smallest.filter(|_| !is_safe(came, all, floor));
        let Some(share) = next.and_then(|place| told.get_mut(place)) else { break };
        *share = false;
    }
    let share = |(unit, told): (&Unit, bool)| told.then(|| per_cent(unit.came, unit.marks));
    units.iter().zip(told).map(share).collect()
}

/// The mean change of each circle, where the means that are not told stand for enough people:
/// else the mean of all and the others would tell them.
fn told_means(
    moments: &[PairedMoments],
    both: &[Tally],
    grain: f64,
    floor: u64,
) -> Vec<Option<f64>> {
    let told = |(found, tally): (&PairedMoments, &Tally)| {
        let least = match tally {
            Tally::Exactly { n } => *n,
            Tally::AtLeast { n } => floor.max(*n),
            Tally::FewerThan { .. } | Tally::Hidden => return None,
        };
        let change = found.change().ok().filter(|_| floor <= found.both())?;
        Some(Step::of(grain, least).round(change.mean))
    };
    let mut means: Vec<Option<f64>> = moments.iter().zip(both).map(told).collect();
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

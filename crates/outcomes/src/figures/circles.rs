//! One row for each circle, inside only.

use super::course::told_shares;
use super::plan::Scale;
use super::scale::AskedScale;
use super::{Asked, CircleChange, CircleRow, Circles, Coarser, HiddenWhy, Shown};
use crate::cohort::{Person, Unit};
use crate::stats::{NoFigure, PairedMoments};
use crate::suppression::{Audience, Step, Tally, tally_column};

/// What one scale says of each part of the people: a circle, an area.
pub(super) struct ScaleColumn<'a> {
    scale: &'a Scale,
    both: Vec<Tally>,
    means: Vec<Option<f64>>,
}

impl<'a> AskedScale<'a> {
    /// The change in each part of the people, told so that no part follows from the others and
    /// from all together.
    pub(super) fn by_part(
        &self,
        sizes: &[u64],
        part: impl Fn(Person<'a>) -> Option<usize>,
    ) -> ScaleColumn<'a> {
        let mut moments = vec![PairedMoments::default(); sizes.len()];
        self.each_pair(|person, before, after| {
            if let Some(moments) = part(person).and_then(|part| moments.get_mut(part)) {
                moments.push(before, after);
            }
        });
        let counts: Vec<_> =
            moments.iter().zip(sizes).map(|(found, size)| (found.both(), *size)).collect();
        let both = tally_column(&counts, self.floor());
        let means = told_means(&moments, &both, self.grain(), self.floor());
        ScaleColumn { scale: self.scale, both, means }
    }
}

impl Asked<'_> {
    pub(super) fn circles(&self, scales: &[AskedScale<'_>]) -> Shown<Circles> {
        let (units, floor) = (&self.cohort.roll.units, self.floor());
        if units.is_empty() {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if self.plan.audience == Audience::Outside {
            return Shown::Hidden(self.hidden(HiddenWhy::NotForOutside, vec![]));
        }
        let told = told_rows(units, floor);
        let rows = told.iter().filter(|is_told| **is_told).count();
        if rows == 0 {
            let is_small = units.iter().all(|unit| unit.people < floor);
            let why = if is_small { HiddenWhy::TooFewPeople } else { HiddenWhy::CouldBeSolved };
            return Shown::Hidden(self.hidden(why, vec![Coarser::SeveralCircles]));
        }
        let without_row = (units.len() - rows) as u64;
        // Circles without a row count as well: the sum of all would tell them.
        let completed = self.completed_by_unit();
        let seats: Vec<_> = units.iter().map(|unit| (unit.people, unit.came, unit.marks)).collect();
        let attendance = told_shares(&seats, floor);
        let sizes: Vec<u64> = units.iter().map(|unit| unit.people).collect();
        // Sheets belong to the unit in which somebody sat first.
        let first = |person: Person<'_>| person.seat().map(|seat| seat.unit as usize);
        let columns: Vec<_> = scales.iter().map(|scale| scale.by_part(&sizes, first)).collect();
        let rows = units.iter().zip(completed).zip(attendance).enumerate();
        let rows = rows.zip(told).filter(|(_, is_told)| *is_told).map(
            |((place, ((unit, completed), attendance)), _)| CircleRow {
                unit: unit.id,
                people: unit.people,
                held: unit.held,
                planned: unit.planned,
                attendance,
                completed,
                changes: columns.iter().filter_map(|column| column.row(place)).collect(),
            },
        );
        Shown::Shown(Circles { rows: rows.collect(), without_row })
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
}

/// Which units have a row: those large enough, but that one is kept back where people without a row are so few that
/// the sum of all would tell them.
fn told_rows(units: &[Unit], floor: u64) -> Vec<bool> {
    let mut told: Vec<bool> = units.iter().map(|unit| floor <= unit.people).collect();
    let without = units.iter().zip(&told).filter(|(_, is_told)| !**is_told);
    let people: u64 = without.map(|(unit, _)| unit.people).sum();
    if 0 < people && people < floor {
        let rows = units.iter().zip(&mut told).filter(|(_, is_told)| **is_told);
        if let Some((_, smallest)) = rows.min_by_key(|(unit, _)| unit.people) {
            *smallest = false;
        }
    }
    told
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
    pub(super) fn row(&self, place: usize) -> Option<CircleChange> {
        Some(CircleChange {
            instrument: self.scale.instrument.id().clone(),
            both: self.both.get(place).copied()?,
            mean: self.means.get(place).copied().flatten(),
        })
    }
}

//! One instrument at one timepoint: bands, means, and why others were not measured.

use std::collections::BTreeSet;

use super::scale::AskedScale;
use super::{Timepoint, Unmeasured, WaveFigures};
use crate::stats::Moments;
use crate::suppression::{
    Alike, Band, Cell, Hide, Step, Tally, is_small, keeps_bands, partition_told,
};
use crate::{SheetState, cohort::Person};

/// What is counted of one instrument at one timepoint.
#[derive(Default)]
struct WaveCounts {
    bands: Vec<u64>,
    unmeasured: [u64; Unmeasured::ALL.len()],
    moments: Moments,
    prorated: u64,
}

impl WaveCounts {
    fn count(&mut self, asked: &AskedScale<'_>, sheet: Option<SheetState>, absent: Unmeasured) {
        let reason = match sheet {
            Some(SheetState::Scored { points, prorated }) => {
                self.moments.push(points.to_f64());
                self.prorated += u64::from(prorated);
                if let Some(band) = self.bands.get_mut(asked.rank(points)) {
                    *band += 1;
                }
                return;
            }
            Some(SheetState::NotScorable) => Unmeasured::NotScorable,
            Some(SheetState::Declined) => Unmeasured::Declined,
            Some(SheetState::Undecided) => Unmeasured::Undecided,
            None => absent,
        };
        if let Some(count) = self.unmeasured.get_mut(reason as usize) {
            *count += 1;
        }
    }
}

impl AskedScale<'_> {
    /// The figures of one timepoint; `both` is how many have a total at both ends, where this is
    /// one of them.
    pub(super) fn wave(&self, timepoint: &Timepoint, both: Option<u64>) -> WaveFigures {
        let counts = self.counts(timepoint);
        let (n, people, floor) = (counts.moments.n(), self.people(), self.floor());
        let measured = Tally::among(n, &[people], floor, Alike::Shown);
        let hide = Hide { always: self.not_told(&counts), first: None };
        let parted = partition_told(&counts.bands, &counts.unmeasured, floor, measured, hide);
        let step = self.step(measured, n);
        let hidden = parted.first.iter().any(|cell| cell.shown().is_none());
        // With the mean of those measured twice beside it, it would tell the mean of the rest.
        let rest = both.map_or(0, |both| n.saturating_sub(both));
        let mean = counts.moments.mean().ok().filter(|found| {
            floor <= n
                && !is_small(rest, floor)
                && keeps_bands(&self.bands(&counts.bands, &parted.first), found.mean, step, floor)
        });
        // Spread beside a mean would tell how many lie far from it.
        let spread = mean.and_then(|found| found.sd);
        let spread = spread.filter(|_| measured.exact().is_some() && !hidden);
        WaveFigures {
            timepoint: timepoint.clone(),
            measured: parted.first_total,
            bands: parted.first,
            unmeasured: parted.second,
            mean: mean.map(|found| step.round(found.mean)),
            sd: spread.map(|sd| step.round(sd)),
            prorated: Tally::among(counts.prorated, &[n], floor, Alike::Hidden),
        }
    }

    fn counts(&self, timepoint: &Timepoint) -> WaveCounts {
        let reached = self.reached(timepoint);
        let mut counts =
            WaveCounts { bands: vec![0; self.bands_wanted()], ..WaveCounts::default() };
        for (person, sheet) in self.column(&timepoint.code) {
            counts.count(self, sheet, self.absent(person, timepoint, &reached));
        }
        counts
    }

    /// How coarsely the mean of so many people is told, whose number is told so.
    pub(super) fn step(&self, told: Tally, n: u64) -> Step {
        let least = if told.exact().is_some() { n } else { told.least().max(self.floor()) };
        Step::of(self.grain(), least)
    }

    /// Reasons that are not told although they are large: of all who left, those who had not left
    /// by then, or were measured all the same, would be a few.
    fn not_told(&self, counts: &WaveCounts) -> Vec<usize> {
        let reason = Unmeasured::HadLeft as usize;
        let had_left = counts.unmeasured.get(reason).copied().unwrap_or(0);
        let leavers = self.asked.leavers_told().map(|all| all.saturating_sub(had_left));
        let few = leavers.is_some_and(|rest| is_small(rest, self.floor()));
        if few && had_left > 0 { vec![counts.bands.len() + reason] } else { Vec::new() }
    }

    fn bands(&self, counts: &[u64], cells: &[Cell]) -> Vec<Band> {
        let ranges = self.band_totals();
        let bands = counts.iter().zip(cells).zip(ranges);
        bands
            .map(|((people, cell), totals)| Band {
                people: *people,
                is_hidden: cell.shown().is_none(),
                totals,
            })
            .collect()
    }

    /// The units that have come to a timepoint: so far they met, or somebody in them was asked.
    fn reached(&self, timepoint: &Timepoint) -> BTreeSet<u32> {
        let units = self.asked.cohort.roll.units.iter().zip(0_u32..);
        let met = units.filter(|(unit, _)| timepoint.session <= unit.last_held);
        let mut reached: BTreeSet<u32> = met.map(|(_, place)| place).collect();
        for (person, sheet) in self.column(&timepoint.code) {
            if let (Some(seat), Some(_)) = (person.seats().next(), sheet) {
                reached.insert(seat.unit);
            }
        }
        reached
    }

    fn absent(
        &self,
        person: Person<'_>,
        timepoint: &Timepoint,
        reached: &BTreeSet<u32>,
    ) -> Unmeasured {
        let joined = person.seats().map(|seat| seat.joined).min().unwrap_or(1);
        let sits = |place: &u32| person.seats().any(|seat| seat.unit == *place);
        if self.asked.has_left_before(person, timepoint.session) {
            Unmeasured::HadLeft
        } else if timepoint.session.max(1) < joined {
            Unmeasured::JoinedLater
        } else if person.seats().next().is_some() && !reached.iter().any(sits) {
            Unmeasured::NotReached
        } else {
            Unmeasured::NoSheet
        }
    }
}

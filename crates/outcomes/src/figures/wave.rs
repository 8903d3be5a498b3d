//! One instrument at one timepoint: bands, means, and why others were not measured.

use super::scale::AskedScale;
use super::{Timepoint, Unmeasured, WaveFigures};
use crate::SheetState;
use crate::cohort::{Column, Person};
use crate::stats::Moments;
use crate::suppression::{
    Alike, Band, Cell, Hide, Step, Tally, is_small, keeps_bands, partition_told,
};

/// What became of the sheets of one instrument at one timepoint.
#[derive(Debug, Clone)]
pub(super) struct Seen<'a> {
    timepoint: &'a Timepoint,
    states: Vec<(SheetState, u64)>,
    absent: [u64; Unmeasured::ALL.len()],
}

/// What is counted of one instrument at one timepoint, by its bands.
#[derive(Default)]
struct WaveCounts {
    bands: Vec<u64>,
    unmeasured: [u64; Unmeasured::ALL.len()],
    moments: Moments,
    prorated: u64,
}

impl WaveCounts {
    fn count(&mut self, asked: &AskedScale<'_>, sheet: SheetState, people: u64) {
        match sheet {
            SheetState::Scored { points, prorated } => {
                self.moments.push_many(points.to_f64(), people);
                self.prorated += if prorated { people } else { 0 };
                if let Some(band) = self.bands.get_mut(asked.rank(points)) {
                    *band += people;
                }
            }
            SheetState::NotScorable => self.lack(Unmeasured::NotScorable, people),
            SheetState::Declined => self.lack(Unmeasured::Declined, people),
            SheetState::Undecided => self.lack(Unmeasured::Undecided, people),
        }
    }

    fn lack(&mut self, reason: Unmeasured, people: u64) {
        if let Some(count) = self.unmeasured.get_mut(reason as usize) {
            *count += people;
        }
    }
}

impl<'a> AskedScale<'a> {
    /// The figures of one timepoint; `both` is how many have a total at both ends, where this is
    /// one of them.
    pub(super) fn wave(&self, seen: &Seen<'_>, both: Option<u64>) -> WaveFigures {
        let counts = self.counts(seen);
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
            timepoint: seen.timepoint.clone(),
            measured: parted.first_total,
            bands: parted.first,
            unmeasured: parted.second,
            mean: mean.map(|found| step.round(found.mean)),
            sd: spread.map(|sd| step.round(sd)),
            prorated: Tally::among(counts.prorated, &[n], floor, Alike::Hidden),
        }
    }

    fn counts(&self, seen: &Seen<'_>) -> WaveCounts {
        let mut counts = WaveCounts {
            bands: vec![0; self.bands_wanted()],
            unmeasured: seen.absent,
            ..WaveCounts::default()
        };
        for (sheet, people) in &seen.states {
            counts.count(self, *sheet, *people);
        }
        counts
    }

    /// What became of all sheets at a timepoint.
    pub(super) fn seen(&self, timepoint: &'a Timepoint) -> Seen<'a> {
        let column = self.sheets(&timepoint.code);
        let place = |person: Person<'_>| column.map_or(0, |column| column.place(person.place));
        let mut counts = vec![0_u64; column.map_or(1, Column::numbers)];
        // The units that have come to it: so far they met, or somebody in them was asked.
        let units = self.asked.cohort.roll.units.iter();
        let mut reached: Vec<bool> =
            units.map(|unit| timepoint.session <= unit.last_held).collect();
        let declined = |place: usize| {
            column.is_some_and(|column| column.state(place) == Some(SheetState::Declined))
        };
        let declined: Vec<bool> = (0..counts.len()).map(declined).collect();
        let mut absent = [0; Unmeasured::ALL.len()];
        let mut lacks = |reason: Unmeasured| {
            if let Some(count) = absent.get_mut(reason as usize) {
                *count += 1;
            }
        };
        for person in self.who() {
            let place = place(person);
            // Whoever had left and declined did not decline and stay.
            if declined.get(place) == Some(&true)
                && self.asked.has_left_before(person, timepoint.session)
            {
                lacks(Unmeasured::HadLeft);
            } else if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
            let seat = person.seat().filter(|_| place > 0);
            if let Some(reached) = seat.and_then(|seat| reached.get_mut(seat.unit as usize)) {
                *reached = true;
            }
        }
        for person in self.who().filter(|person| place(*person) == 0) {
            lacks(self.absent(person, timepoint, &reached));
        }
        let counted = counts.into_iter().enumerate().filter(|(_, people)| *people > 0);
        let states = counted.filter_map(|(place, people)| Some((column?.state(place)?, people)));
        Seen { timepoint, states: states.collect(), absent }
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
        let leavers = self.asked.leavers_told.map(|all| all.saturating_sub(had_left));
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

    fn absent(&self, person: Person<'_>, timepoint: &Timepoint, reached: &[bool]) -> Unmeasured {
        let joined = person.seats().map(|seat| seat.joined).min().unwrap_or(1);
        let sits = person.seat().is_some();
        let has = |unit: u32| reached.get(unit as usize) == Some(&true);
        let waits = sits && !person.seats().any(|seat| has(seat.unit));
        if self.asked.has_left_before(person, timepoint.session) {
            Unmeasured::HadLeft
        } else if timepoint.session.max(1) < joined {
            Unmeasured::JoinedLater
        } else if waits {
            Unmeasured::NotReached
        } else {
            Unmeasured::NoSheet
        }
    }
}

//! One instrument: bands at each timepoint, change, and who was not measured.

use super::plan::{Reader, Scale};
use super::{
    Asked, ChangeFigures, Coarser, Hidden, HiddenWhy, Named, ReliableFigures, ScaleFigures, Shown,
    Timepoint, Unmeasured, WaveFigures, number,
};
use crate::stats::{Mean, Moments, NoFigure, PairedMoments, Shifts};
use crate::suppression::{Cell, Tally, is_small, partition, partition_from};
use crate::{ChangeThreshold, Interpretation, SafetyFlag, SheetState, cohort::Person};

/// What is counted of one instrument at one timepoint.
#[derive(Default)]
struct WaveCounts {
    bands: Vec<u64>,
    unmeasured: [u64; 6],
    moments: Moments,
    prorated: u64,
    raised: u64,
    // On sheets with a total, and on those without.
    unknown: [u64; 2],
}

impl WaveCounts {
    fn count(&mut self, scale: &Scale, sheet: Option<SheetState>, absent: Unmeasured) {
        match sheet.and_then(|sheet| sheet.safety()) {
            Some(SafetyFlag::Raised) => self.raised += 1,
            Some(SafetyFlag::Unknown) => {
                let [scored, unscored] = &mut self.unknown;
                let has_total = sheet.is_some_and(|sheet| sheet.points().is_some());
                *(if has_total { scored } else { unscored }) += 1;
            }
            Some(SafetyFlag::NotRaised | SafetyFlag::NotAsked) | None => {}
        }
        let reason = match sheet {
            Some(SheetState::Scored { points, prorated, .. }) => {
                self.moments.push(points.to_f64());
                self.prorated += u64::from(prorated);
                let places = scale.instrument.scoring().places();
                let rank = scale.reader.as_ref().map(|reader| reader.rank(points, places));
                // Without bands, all totals make one cell.
                let rank = rank.unwrap_or(Some(0)).unwrap_or(0);
                if let Some(band) = self.bands.get_mut(rank) {
                    *band += 1;
                }
                return;
            }
            Some(SheetState::NotScorable { .. }) => Unmeasured::NotScorable,
            Some(SheetState::Declined) => Unmeasured::Declined,
            Some(SheetState::Undecided) => Unmeasured::Undecided,
            None => absent,
        };
        if let Some(count) = self.unmeasured.get_mut(reason as usize) {
            *count += 1;
        }
    }
}

impl Asked<'_> {
    pub(super) fn scale(&self, scale: &Scale) -> ScaleFigures {
        let scoring = scale.instrument.scoring();
        let reader = scale.reader.as_ref();
        let waves = self.waves(scale);
        ScaleFigures {
            instrument: scale.instrument.id().clone(),
            version: scale.instrument.version().clone(),
            name: scale.instrument.name().to_owned(),
            source: scoring.source().to_owned(),
            better: scoring.better(),
            range: scoring.range(),
            read_by: reader.map(|reader| Named::from(reader.interpretation())),
            bands: reader.map(Reader::codes).unwrap_or_default(),
            cut_off: reader.and_then(Reader::cut_off),
            bands_kept_back: waves.shown().and_then(|waves| self.bands_kept_back(scale, waves)),
            waves,
            change: self.change(scale),
            reliable: scale.change.as_ref().map(|by| self.reliable(scale, by)),
        }
    }

    fn waves(&self, scale: &Scale) -> Shown<Vec<WaveFigures>> {
        if self.enrolled() == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if self.too_few() {
            let why = HiddenWhy::TooFewPeople;
            return Shown::Hidden(self.hidden(why, vec![Coarser::SeveralCircles]));
        }
        let both = self.paired(scale).both();
        let timepoints = self.plan.timepoints.iter();
        Shown::Shown(timepoints.map(|timepoint| self.wave(scale, timepoint, both)).collect())
    }

    fn bands_kept_back(&self, scale: &Scale, waves: &[WaveFigures]) -> Option<Hidden> {
        let any = |waves: &[WaveFigures]| {
            waves.iter().flat_map(|wave| &wave.bands).any(|cell| cell.shown().is_none())
        };
        if !any(waves) {
            return None;
        }
        let cut = scale.instrument.default_cut_off().cloned().map(Reader::CutOff);
        let two_bands = Scale {
            reader: cut.filter(|_| matches!(scale.reader, Some(Reader::Bands(_)))),
            ..scale.clone()
        };
        let mut coarser = vec![Coarser::SeveralCircles];
        let would_show = |scale: &Scale| self.waves(scale).shown().is_some_and(|waves| !any(waves));
        if two_bands.reader.is_some() && would_show(&two_bands) {
            coarser.insert(0, Coarser::TwoBands);
        }
        Some(self.hidden(HiddenWhy::CouldBeSolved, coarser))
    }

    fn wave(&self, scale: &Scale, timepoint: &Timepoint, both: u64) -> WaveFigures {
        let bands = scale.reader.as_ref().map_or(1, |reader| reader.codes().len());
        let mut counts = WaveCounts { bands: vec![0; bands], ..WaveCounts::default() };
        let column = self.cohort.column(scale.instrument.id(), &timepoint.code);
        for (person, sheet) in self.cohort.people.iter().zip(column) {
            counts.count(scale, sheet, self.absent(person, timepoint));
        }
        let floor = self.floor();
        let parted = partition(&counts.bands, &counts.unmeasured, floor);
        let n = counts.moments.n();
        // With the mean of those measured twice beside it, it would tell the mean of the rest.
        let rest = n.saturating_sub(both);
        let told = floor <= n && (rest == 0 || floor <= rest);
        let mean = counts.moments.mean().ok().filter(|_| told);
        // The spread, beside an interval, would tell the number of people.
        let exact = parted.first_total.exact().is_some();
        let [unknown, unknown_unscored] = counts.unknown;
        WaveFigures {
            timepoint: timepoint.clone(),
            measured: parted.first_total,
            bands: parted.first,
            unmeasured: parted.second,
            mean: mean.map(|found| found.mean),
            sd: mean.and_then(|found| found.sd).filter(|_| exact),
            prorated: self.follow_up(counts.prorated),
            raised: self.safety_tally(scale, counts.raised),
            unknown: self.safety_tally(scale, unknown),
            unknown_unscored: self.safety_tally(scale, unknown_unscored),
        }
    }

    fn safety_tally(&self, scale: &Scale, n: u64) -> Option<Tally> {
        let asked = !scale.instrument.scoring().safety().is_empty();
        asked.then(|| self.follow_up(n))
    }

    fn absent(&self, person: &Person, timepoint: &Timepoint) -> Unmeasured {
        if self.has_left_before(person, timepoint.week) {
            Unmeasured::HadLeft
        } else if timepoint.week.max(1) < person.joined {
            Unmeasured::JoinedLater
        } else {
            Unmeasured::NoSheet
        }
    }

    /// Both totals of each person, first and last.
    pub(super) fn pairs<'a>(
        &'a self,
        scale: &Scale,
    ) -> impl Iterator<Item = (Option<SheetState>, Option<SheetState>)> + use<'a> {
        let ends = match self.plan.timepoints.as_slice() {
            [first, .., last] => Some((first, last)),
            [] | [_] => None,
        };
        let id = scale.instrument.id();
        let columns = ends.map(|(first, last)| {
            let before = self.cohort.column(id, &first.code);
            before.zip(self.cohort.column(id, &last.code))
        });
        columns.into_iter().flatten()
    }

    fn paired(&self, scale: &Scale) -> PairedMoments {
        let points = |sheet: Option<SheetState>| number(sheet.and_then(|sheet| sheet.points()));
        let mut moments = PairedMoments::default();
        for (before, after) in self.pairs(scale) {
            moments.push(points(before), points(after));
        }
        moments
    }

    fn change(&self, scale: &Scale) -> Shown<ChangeFigures> {
        let [before, .., after] = self.plan.timepoints.as_slice() else {
            return Shown::NoFigure(NoFigure::TooFew {
                n: self.plan.timepoints.len() as u64,
                wanted: 2,
            });
        };
        let moments = self.paired(scale);
        let (both, floor) = (moments.both(), self.floor());
        if both == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if both < floor {
            let why = HiddenWhy::TooFewPeople;
            let coarser = vec![Coarser::SeveralCircles, Coarser::LongerPeriod];
            return Shown::Hidden(self.hidden(why, coarser));
        }
        let change = match moments.change() {
            Ok(change) => change,
            Err(reason) => return Shown::NoFigure(reason),
        };
        let first_only = moments.before_only();
        let tally = Tally::among(both, &[self.enrolled(), both + first_only], floor);
        let mean = |found: Result<Mean, NoFigure>| found.ok().map(|found| found.mean);
        // Were only a few lost, their mean could be worked out from the two that are told.
        let told = first_only == 0 || floor <= first_only;
        Shown::Shown(ChangeFigures {
            before: before.code.clone(),
            after: after.code.clone(),
            enrolled: Tally::of(self.enrolled(), floor),
            both: tally,
            mean: change.mean,
            interval: change.interval,
            sd: tally.exact().map(|_| change.sd),
            baseline_of_both: mean(moments.baseline_of_both()),
            baseline_of_lost: mean(moments.baseline_of_lost()).filter(|_| told),
        })
    }

    fn reliable(&self, scale: &Scale, by: &ChangeThreshold) -> Shown<ReliableFigures> {
        let better = scale.instrument.scoring().better();
        let mut shifts = Shifts::default();
        for (before, after) in self.pairs(scale) {
            let points = |sheet: Option<SheetState>| sheet.and_then(|sheet| sheet.points());
            if let (Some(before), Some(after)) = (points(before), points(after)) {
                shifts.count(by.shift(before, after, better));
            }
        }
        let (twice, floor) = (shifts.total(), self.floor());
        if twice == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if twice < floor {
            let coarser = vec![Coarser::SeveralCircles, Coarser::LongerPeriod];
            return Shown::Hidden(self.hidden(HiddenWhy::TooFewPeople, coarser));
        }
        let counts = [shifts.improved, shifts.unchanged, shifts.worse];
        let parted = partition_from(&counts, &[self.enrolled() - twice], floor, Some(1));
        // Of the three, "unchanged" says least: it is hidden first. Which of two is small is told.
        let told = |(cell, n): (&Cell, u64)| match cell.shown() {
            Some(n) => Tally::Exactly { n },
            None if is_small(n, floor) => Tally::FewerThan { n: floor },
            None => Tally::Hidden,
        };
        let mut tallies = parted.first.iter().zip(counts).map(told);
        let mut next = || tallies.next().unwrap_or(Tally::Hidden);
        let (improved, unchanged, worse) = (next(), next(), next());
        let rest = parted.second.iter().zip([self.enrolled() - twice]).map(told).next();
        Shown::Shown(ReliableFigures {
            by: Named::from(Interpretation::Change(by)),
            points: by.points,
            improved,
            unchanged,
            worse,
            not_measured_twice: rest.unwrap_or(Tally::Hidden),
        })
    }
}

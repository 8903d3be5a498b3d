//! One instrument, of the people who are asked it.

use super::moves::Beside;
use super::plan::{Reader, Scale};
use super::wave::Seen;
use super::{
    Asked, Coarser, Hidden, HiddenWhy, Named, ScaleFigures, Shown, Timepoint, WaveFigures, number,
};
use crate::cohort::{Column, Person};
use crate::stats::{NoFigure, PairedMoments};
use crate::suppression::{Tally, real};
use crate::{CutOff, Points};

/// So many people with these totals at the first timepoint and at the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) before: Option<Points>,
    pub(super) after: Option<Points>,
    pub(super) people: u64,
}

impl Way {
    /// Both totals, where there are two.
    pub(super) fn both(self) -> Option<(Points, Points, u64)> {
        Some((self.before?, self.after?, self.people))
    }
}

/// One scale, with the people who are asked it and the timepoints at which they are.
#[derive(Clone)]
pub(super) struct AskedScale<'a> {
    pub(super) asked: Asked<'a>,
    pub(super) scale: &'a Scale,
    pub(super) timepoints: &'a [Timepoint],
    reader: Option<Reader>,
    // In the order of the cohort's people.
    is_asked: Vec<bool>,
    people: u64,
    // Totals are few and people many: what needs no more than totals is counted by these.
    pub(super) ways: Vec<Way>,
    pub(super) paired: PairedMoments,
    // How many have both totals, as it may be told.
    pub(super) both_told: Tally,
    // By timepoint, what became of all sheets.
    seen: Vec<Seen<'a>>,
}

impl<'a> AskedScale<'a> {
    pub(super) fn new(asked: Asked<'a>, scale: &'a Scale) -> Self {
        let mut is_asked = vec![false; asked.cohort.people()];
        let mut people = 0;
        for person in asked.people_of(scale.model()) {
            if let Some(is_asked) = is_asked.get_mut(person.place) {
                *is_asked = true;
                people += 1;
            }
        }
        let timepoints = scale.own_timepoints().unwrap_or(&asked.plan.timepoints);
        let reader = scale.reader.clone();
        let mut found = Self {
            asked,
            scale,
            timepoints,
            reader,
            is_asked,
            people,
            ways: Vec::new(),
            paired: PairedMoments::default(),
            both_told: Tally::Hidden,
            seen: Vec::new(),
        };
        found.ways = found.ways();
        found.seen = timepoints.iter().map(|timepoint| found.seen(timepoint)).collect();
        let mut last = 0;
        for Way { before, after, people } in &found.ways {
            found.paired.push_many(number(*before), number(*after), *people);
            last += if after.is_some() { *people } else { 0 };
        }
        found.both_told = found.told_of(&found.paired, last);
        found
    }

    fn ways(&self) -> Vec<Way> {
        let [first, .., last] = self.timepoints else { return Vec::new() };
        let (first, last) = (self.sheets(&first.code), self.sheets(&last.code));
        let numbers = |column: Option<&Column>| column.map_or(1, Column::numbers);
        let place = |column: Option<&Column>, person| column.map_or(0, |it| it.place(person));
        let wide = numbers(last);
        let mut counts = vec![0_u64; numbers(first) * wide];
        for person in self.who().map(|person| person.place) {
            let way = place(first, person) * wide + place(last, person);
            if let Some(count) = counts.get_mut(way) {
                *count += 1;
            }
        }
        let points = |column: Option<&Column>, place| column?.state(place)?.points();
        let counted = counts.into_iter().enumerate().filter(|(_, people)| *people > 0);
        let way = |(way, people)| Way {
            before: points(first, way / wide),
            after: points(last, way % wide),
            people,
        };
        counted.map(way).collect()
    }

    pub(super) fn figures(&self) -> ScaleFigures {
        let (scale, instrument) = (self.scale, &self.scale.instrument);
        let scoring = instrument.scoring();
        let reader = self.reader.as_ref();
        let waves = self.waves();
        let told = waves.shown().map(Vec::as_slice).unwrap_or_default();
        let reliable = scale.change.as_ref().map(|by| self.reliable(by));
        let change = self.change(told, reliable.as_ref());
        let spread = self.spread(told, reliable.as_ref());
        let recovery = self.recovery(told, reliable.as_ref());
        let moves = self.moves(&Beside {
            waves: told,
            recovery: recovery.as_ref(),
            reliable: reliable.as_ref(),
            spread: &spread,
        });
        ScaleFigures {
            instrument: instrument.id().clone(),
            version: instrument.version().clone(),
            name: instrument.name().to_owned(),
            model: scale.model().cloned(),
            asked: Tally::of(self.people(), self.floor()),
            has_safety_items: !scoring.safety().is_empty(),
            source: scoring.source().to_owned(),
            better: scoring.better(),
            range: scoring.range(),
            read_by: reader.map(|reader| Named::from(reader.interpretation())),
            bands: reader.map(Reader::codes).unwrap_or_default(),
            cut_off: reader.and_then(Reader::cut_off),
            bands_kept_back: self.bands_kept_back(told),
            spread,
            recovery,
            moves,
            persons: self.persons(),
            dose: self.dose(),
            cautions: self.cautions(&change, told),
            change,
            waves,
            reliable,
        }
    }

    /// How many people are asked.
    pub(super) const fn people(&self) -> u64 {
        self.people
    }

    pub(super) const fn floor(&self) -> u64 {
        self.asked.floor()
    }

    /// The people who are asked.
    pub(super) fn who(&self) -> impl Iterator<Item = Person<'a>> {
        let people = self.asked.cohort.each().zip(&self.is_asked);
        people.filter(|(_, asked)| **asked).map(|(person, _)| person)
    }

    /// The sheets at a timepoint, where there are any.
    pub(super) fn sheets(&self, timepoint: &commons::Code) -> Option<&'a Column> {
        self.asked.cohort.sheets_of(self.scale.instrument.id(), timepoint)
    }

    fn waves(&self) -> Shown<Vec<WaveFigures>> {
        if self.people() == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if self.people() < self.floor() {
            let why = HiddenWhy::TooFewPeople;
            return Shown::Hidden(self.asked.hidden(why, vec![Coarser::SeveralCircles]));
        }
        let both = self.paired.both();
        let last = self.timepoints.len().saturating_sub(1);
        let waves = self.seen.iter().enumerate().map(|(place, seen)| {
            let is_end = last > 0 && (place == 0 || place == last);
            self.wave(seen, is_end.then_some(both))
        });
        Shown::Shown(waves.collect())
    }

    fn bands_kept_back(&self, waves: &[WaveFigures]) -> Option<Hidden> {
        let any = |waves: &[WaveFigures]| {
            waves.iter().flat_map(|wave| &wave.bands).any(|cell| cell.shown().is_none())
        };
        if !any(waves) {
            return None;
        }
        let cut = self.scale.instrument.default_cut_off().cloned().map(Reader::CutOff);
        let two_bands = cut.filter(|_| matches!(self.reader, Some(Reader::Bands(_))));
        let mut coarser = vec![Coarser::SeveralCircles];
        let would_show = |reader| {
            let cut = Self { reader: Some(reader), ..self.clone() };
            cut.waves().shown().is_some_and(|waves| !any(waves))
        };
        if two_bands.is_some_and(would_show) {
            coarser.insert(0, Coarser::TwoBands);
        }
        Some(self.asked.hidden(HiddenWhy::CouldBeSolved, coarser))
    }

    /// The cut-off that its totals are read by, or else by default.
    pub(super) fn cut_off(&self) -> Option<CutOff> {
        match &self.reader {
            Some(Reader::CutOff(cut)) => Some(cut.clone()),
            Some(Reader::Bands(_)) | None => self.scale.instrument.default_cut_off().cloned(),
        }
    }

    /// Whether all that is told of both ends is told exactly: how many were measured, and each band.
    pub(super) fn ends_are_told(&self, waves: &[WaveFigures]) -> bool {
        let [first, .., last] = waves else { return false };
        let told = |wave: &WaveFigures| {
            wave.measured.exact().is_some() && wave.bands.iter().all(|cell| cell.shown().is_some())
        };
        told(first) && told(last) && self.both_told.exact().is_some()
    }

    /// Whether both sides of a cut-off are told at both ends: where all hidden bands lie on one side, the
    /// total tells how many lie there anyway.
    pub(super) fn sides_are_told(
        &self,
        waves: &[WaveFigures],
        counts: impl Fn(f64) -> bool,
    ) -> bool {
        let [first, .., last] = waves else { return false };
        let sides: Vec<bool> = self.band_totals().iter().map(|(low, _)| counts(*low)).collect();
        let told = |wave: &WaveFigures| {
            let cells = wave.bands.iter().zip(&sides);
            let mut hidden = cells.filter(|(cell, _)| cell.shown().is_none());
            let side = hidden.next().map(|(_, side)| side);
            wave.measured.exact().is_some() && hidden.all(|(_, other)| side == Some(other))
        };
        told(first) && told(last) && self.both_told.exact().is_some()
    }

    pub(super) fn hidden_of_several(&self, why: HiddenWhy) -> Hidden {
        self.asked.hidden(why, vec![Coarser::SeveralCircles, Coarser::LongerPeriod])
    }

    /// How many cells the totals make: without bands, all make one.
    pub(super) fn bands_wanted(&self) -> usize {
        self.reader.as_ref().map_or(1, |reader| reader.codes().len())
    }

    /// The cell of a total.
    pub(super) fn rank(&self, points: Points) -> usize {
        let places = self.scale.instrument.scoring().places();
        let rank = self.reader.as_ref().map(|reader| reader.rank(points, places));
        rank.unwrap_or(Some(0)).unwrap_or(0)
    }

    /// How far apart two totals of complete sheets are at least, in points.
    pub(super) fn grain(&self) -> f64 {
        let scoring = self.scale.instrument.scoring();
        let (low, high) = scoring.range();
        let (lowest, highest) = scoring.codes();
        let raw = f64::from(highest - lowest) * f64::from(scoring.items());
        (high.to_f64() - low.to_f64()) / raw.max(1.0)
    }

    /// The lowest and the highest total of a complete sheet in each band.
    pub(super) fn band_totals(&self) -> Vec<(f64, f64)> {
        let scoring = self.scale.instrument.scoring();
        let (low, high) = scoring.range();
        let (low, grain) = (low.to_f64(), self.grain());
        let mut found: Vec<Option<(f64, f64)>> = vec![None; self.bands_wanted()];
        let mut step = 0;
        while low + grain * real(step) <= high.to_f64() + grain / 2.0 && grain > 0.0 {
            let total = low + grain * real(step);
            step += 1;
            let Some(points) = points_near(total) else { continue };
            if let Some(band) = found.get_mut(self.rank(points)) {
                *band = Some(band.map_or((total, total), |(least, _)| (least, total)));
            }
        }
        let whole = (low, high.to_f64());
        found.into_iter().map(|band| band.unwrap_or(whole)).collect()
    }
}

/// A total of points to the third place.
#[expect(clippy::cast_possible_truncation, reason = "totals stay far below 2^31")]
pub(super) fn points_near(total: f64) -> Option<Points> {
    Points::ratio((total * 1000.0).round() as i64, 1000).ok()
}

//! Attendance, retention, completion: how people went through the program.

use std::collections::BTreeMap;

use super::{
    Asked, Attendance, AttendanceRow, AttendanceTotal, Coarser, HiddenWhy, Leaving, Retention,
    RetentionPoint, Shown, per_cent, real,
};
use crate::cohort::Person;
use crate::stats::{Departures, NoFigure, kaplan_meier};
use crate::suppression::{Alike, Share, suppress_row};

/// Whether a number of people, or of marks, may stand beside its complement.
const fn is_safe(part: u64, of: u64, floor: u64) -> bool {
    let rest = of - part;
    (part == 0 || floor <= part) && (rest == 0 || floor <= rest)
}

impl Asked<'_> {
    pub(super) fn attendance(&self) -> Shown<Attendance> {
        let mut marks = [0_u64; 6];
        for counts in self.cohort.weeks.values() {
            for (sum, count) in marks.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        let [present, late, early, ..] = marks;
        let (came, of) = (present + late + early, marks.iter().sum());
        if of == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if self.too_few() || !is_safe(came, of, self.floor()) {
            let why = HiddenWhy::TooFewPeople;
            return Shown::Hidden(self.hidden(why, vec![Coarser::SeveralCircles]));
        }
        Shown::Shown(Attendance {
            overall: AttendanceTotal { came, of, share: real(came) / real(of) },
            weeks: self.attendance_by_week(),
            marks: suppress_row(&marks, self.floor(), Alike::Shown),
        })
    }

    /// Weeks are joined until both those who came and those who did not are enough, or none.
    fn attendance_by_week(&self) -> Shown<Vec<AttendanceRow>> {
        let floor = self.floor();
        let mut joined: Vec<(u16, u16, u64, u64)> = Vec::new();
        let mut open: Option<(u16, u16, u64, u64)> = None;
        for (week, [present, late, early, rest @ ..]) in &self.cohort.weeks {
            let came = present + late + early;
            let of = came + rest.iter().sum::<u64>();
            let (from, _, before, all) = open.unwrap_or((*week, *week, 0, 0));
            let row = (from, *week, before + came, all + of);
            if is_safe(row.2, row.3, floor) && floor <= row.3 {
                joined.push(row);
                open = None;
            } else {
                open = Some(row);
            }
        }
        // What is left at the end joins the row before it.
        if let (Some((_, to, came, of)), Some(last)) = (open, joined.last_mut()) {
            *last = (last.0, to, last.2 + came, last.3 + of);
        }
        let rows: Vec<_> = joined
            .into_iter()
            .map(|(from, to, came, of)| AttendanceRow { from, to, share: per_cent(came, of) })
            .collect();
        if rows.len() > 1 {
            Shown::Shown(rows)
        } else {
            let why = HiddenWhy::CouldBeSolved;
            Shown::Hidden(self.hidden(why, vec![Coarser::WholeProgram]))
        }
    }

    /// The week after which a person left, or up to which they were seen to stay.
    fn departure(&self, person: &Person) -> (u16, bool) {
        let unit = self.cohort.units.get(person.unit as usize);
        let held = unit.map_or(0, |unit| unit.last_held).max(person.last_marked);
        match self.plan.leaving {
            Leaving::Recorded if person.left > 0 => (person.left, true),
            Leaving::Recorded => (held, false),
            Leaving::Missed { sessions } => {
                // The last session one came to is not after the last that was held.
                let missed = held.saturating_sub(person.last_came);
                if missed >= sessions.max(1) { (person.last_came, true) } else { (held, false) }
            }
        }
    }

    pub(super) fn has_left_before(&self, person: &Person, week: u16) -> bool {
        let (when, left) = self.departure(person);
        left && when < week
    }

    pub(super) fn retention(&self) -> Shown<Retention> {
        let mut departures = Departures::default();
        let mut counts: BTreeMap<u16, (u64, u64)> = BTreeMap::new();
        for person in &self.cohort.people {
            let (week, left) = self.departure(person);
            let (leavers, watched) = counts.entry(week).or_default();
            *(if left { leavers } else { watched }) += 1;
        }
        for (week, (leavers, watched)) in &counts {
            departures.left(u32::from(*week), *leavers);
            departures.stayed_until(u32::from(*week), *watched);
        }
        let last_week = counts.keys().next_back().copied().unwrap_or(0);
        if self.enrolled() == 0 || last_week == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if self.too_few() {
            let why = HiddenWhy::TooFewPeople;
            return Shown::Hidden(self.hidden(why, vec![Coarser::SeveralCircles]));
        }
        let (curve, coarsened) = self.curve(&departures);
        let stayed = self.enrolled() - departures.leavers();
        Shown::Shown(Retention {
            stayed: Share::of(stayed, self.enrolled(), self.floor()),
            last_week,
            curve,
            coarsened,
        })
    }

    /// The steps of the curve that may be told: each with enough people who left since the one
    /// before, and enough or none who leave after it.
    fn curve(&self, departures: &Departures) -> (Vec<RetentionPoint>, bool) {
        let (steps, floor) = (kaplan_meier(departures), self.floor());
        let all = departures.leavers();
        let (mut told, mut gone, mut curve) = (0, 0, Vec::new());
        for step in &steps {
            gone += step.left;
            if floor <= gone - told && (gone == all || floor <= all - gone) {
                told = gone;
                curve.push(RetentionPoint {
                    week: u16::try_from(step.session).unwrap_or(u16::MAX),
                    stays: step.stays,
                    interval: step.interval,
                });
            }
        }
        let coarsened = curve.len() < steps.len();
        (curve, coarsened)
    }

    pub(super) fn completion(&self, sessions: u16) -> Shown<Share> {
        if self.cohort.people.is_empty() {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if self.too_few() {
            let why = HiddenWhy::TooFewPeople;
            return Shown::Hidden(self.hidden(why, vec![Coarser::SeveralCircles]));
        }
        let completed = self.cohort.people.iter().filter(|person| sessions <= person.came);
        let completed = completed.count() as u64;
        Shown::Shown(Share::of(completed, self.enrolled(), self.floor()))
    }
}

//! Attendance, retention, completion: how people went through the program.

use super::plan::Completion;
use super::{
    Asked, Attendance, AttendanceRow, AttendanceTotal, Coarser, HiddenWhy, Leaving, Retention,
    RetentionPoint, Shown, per_cent, per_mille, real,
};
use crate::cohort::{Person, Seat};
use crate::stats::{Departures, Interval, NoFigure, kaplan_meier};
use crate::suppression::{Alike, Share, Tally, is_small, suppress_row};

/// Marks over some sessions: which, how many came, and how many there are.
#[derive(Debug, Clone, Copy)]
struct Seats {
    from: u16,
    to: u16,
    came: u64,
    of: u64,
}

/// Those who joined only at a session, who left after it, and who were watched no further.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Passage {
    joined: u64,
    left: u64,
    watched: u64,
}

impl Seats {
    const fn and(self, later: Self) -> Self {
        Self { from: self.from, to: later.to, came: self.came + later.came, of: self.of + later.of }
    }

    /// Whether those who came, and those who did not, are each nobody or enough.
    const fn is_safe(self, floor: u64) -> bool {
        is_safe(self.came, self.of, floor) && floor <= self.of
    }
}

/// Whether a number of people, or of marks, may stand beside its complement.
pub(super) const fn is_safe(part: u64, of: u64, floor: u64) -> bool {
    let rest = of - part;
    (part == 0 || floor <= part) && (rest == 0 || floor <= rest)
}

impl Asked<'_> {
    pub(super) fn attendance(&self) -> Shown<Attendance> {
        let mut marks = [0_u64; 6];
        for (_, counts) in self.cohort.roll.sessions() {
            for (sum, count) in marks.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        let (here, away) = marks.split_at(3);
        let (came, of) = (here.iter().sum::<u64>(), marks.iter().sum::<u64>());
        if of == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if self.too_few() || !is_safe(came, of, self.floor()) {
            let why = HiddenWhy::TooFewPeople;
            return Shown::Hidden(self.hidden(why, vec![Coarser::SeveralCircles]));
        }
        // Both totals are told, so each row is protected by itself.
        let row = |counts| suppress_row(counts, self.floor(), Alike::Shown);
        Shown::Shown(Attendance {
            overall: AttendanceTotal { came, of, share: real(came) / real(of) },
            sessions: self.attendance_by_session(),
            marks: [row(here), row(away)].concat(),
        })
    }

    /// Sessions are joined until both those who came and those who did not are enough, or none.
    fn attendance_by_session(&self) -> Shown<Vec<AttendanceRow>> {
        let floor = self.floor();
        let mut joined: Vec<Seats> = Vec::new();
        for (session, marks) in self.cohort.roll.sessions() {
            let [present, late, early, ..] = marks;
            let (came, of) = (present + late + early, marks.iter().sum());
            let row = Seats { from: session, to: session, came, of };
            match joined.last_mut() {
                Some(open) if !open.is_safe(floor) => *open = open.and(row),
                _ => joined.push(row),
            }
        }
        // What is left at the end joins the rows before it, until all together are enough.
        while joined.last().is_some_and(|last| !last.is_safe(floor)) {
            let last = joined.pop();
            let Some((before, last)) = joined.last_mut().zip(last) else { break };
            *before = before.and(last);
        }
        if joined.len() < 2 {
            let why = HiddenWhy::CouldBeSolved;
            return Shown::Hidden(self.hidden(why, vec![Coarser::WholeProgram]));
        }
        let row =
            |Seats { from, to, came, of }| AttendanceRow { from, to, share: per_cent(came, of) };
        Shown::Shown(joined.into_iter().map(row).collect())
    }

    /// The session after which a person left a seat, or up to which they were seen to keep it.
    fn departure_from(&self, seat: &Seat) -> (u16, bool) {
        let unit = self.cohort.roll.units.get(seat.unit as usize);
        let held = unit.map_or(0, |unit| unit.last_held).max(seat.last_marked);
        match (self.plan.leaving, seat.left()) {
            (Leaving::Recorded | Leaving::Unknown, Some(left)) => (left, true),
            (Leaving::Recorded | Leaving::Unknown, None) => (held, false),
            (Leaving::Missed { sessions }, _) => {
                // The last session one came to is not after the last that was held.
                let missed = held.saturating_sub(seat.last_came);
                if missed >= sessions.max(1) { (seat.last_came, true) } else { (held, false) }
            }
        }
    }

    /// The session after which a person left the program, or up to which they were seen to stay; nothing where that goes
    /// by who came, and it is not recorded. Whoever keeps a seat anywhere has not left.
    fn departure(&self, person: Person<'_>) -> Option<(u16, bool)> {
        let by_marks = matches!(self.plan.leaving, Leaving::Missed { .. });
        if by_marks && person.came().is_none() {
            return None;
        }
        // A seat of which nothing is recorded says nothing beside one of which something is.
        let marked = by_marks && person.seats().any(|seat| seat.marks > 0);
        let seats = || {
            let seats = person.seats().filter(move |seat| !marked || seat.marks > 0);
            seats.map(|seat| self.departure_from(seat))
        };
        let kept = seats().filter(|(_, left)| !left).map(|(session, _)| session).max();
        let gone = seats().map(|(session, _)| session).max();
        Some(match (kept, gone) {
            (Some(session), _) => (session, false),
            (None, Some(session)) => (session, true),
            // Whoever sits nowhere yet is not seen to leave.
            (None, None) => (0, false),
        })
    }

    pub(super) fn has_left_before(&self, person: Person<'_>, session: u16) -> bool {
        self.departure(person).is_some_and(|(when, left)| left && when < session)
    }

    /// How many left, where it may be told.
    pub(super) fn leavers(&self) -> Option<u64> {
        let departures = self.cohort.each().filter_map(|person| self.departure(person));
        let (mut known, mut left) = (0, 0);
        for (_, has_left) in departures {
            known += 1;
            left += u64::from(has_left);
        }
        let stayed = self.share_of_known(known - left, known, self.enrolled());
        stayed.share.map(|_| left)
    }

    /// Of how many people there is no mark of attendance, and no other word of how often they came.
    pub(super) fn unmarked(&self) -> Tally {
        let unmarked = self.cohort.each().filter(|person| person.came().is_none()).count();
        Tally::among(unmarked as u64, &[self.enrolled()], self.floor(), Alike::Shown)
    }

    /// A share of those of whom it is known, of all people whose number is told too: a few of whom it is not known
    /// would be told by of how many it is.
    fn share_of_known(&self, count: u64, known: u64, all: u64) -> Share {
        let floor = self.floor();
        if known < floor || !is_small(all - known, floor) {
            return Share::of(count, known, floor);
        }
        Share {
            count: Tally::among(count, &[known, all], floor, Alike::Shown),
            of: Tally::among(known, &[all], floor, Alike::Shown),
            share: None,
            interval: None,
        }
    }

    pub(super) fn retention(&self) -> Shown<Retention> {
        let mut passages: Vec<Passage> = Vec::new();
        let mut at = |session: u16, count: fn(&mut Passage) -> &mut u64| {
            let place = usize::from(session);
            if passages.len() <= place {
                passages.resize(place + 1, Passage::default());
            }
            if let Some(passage) = passages.get_mut(place) {
                *count(passage) += 1;
            }
        };
        let (mut known, mut leavers, mut last_session) = (0, 0, 0);
        for person in self.cohort.each() {
            let Some((session, left)) = self.departure(person) else { continue };
            known += 1;
            leavers += u64::from(left);
            last_session = last_session.max(session);
            let joined = person.seats().map(|seat| seat.joined).min().unwrap_or(1);
            // Who joined after the last session was never seen to stay; who left before their first one was there then.
            if joined > 1 && joined > session && !left {
                continue;
            }
            if joined > 1 {
                at(joined.min(session), |passage| &mut passage.joined);
            }
            at(
                session,
                if left { |passage| &mut passage.left } else { |passage| &mut passage.watched },
            );
        }
        if known == 0 || last_session == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        // That nothing is recorded of leaving does not say that everybody stayed.
        if self.plan.leaving == Leaving::Unknown {
            return Shown::NoFigure(NoFigure::NotRecorded);
        }
        if known < self.floor() {
            let why = HiddenWhy::TooFewPeople;
            return Shown::Hidden(self.hidden(why, vec![Coarser::SeveralCircles]));
        }
        let stayed = self.share_of_known(known - leavers, known, self.enrolled());
        // The steps of a curve are shares of all: where it is not told of how many, they could tell it.
        let (curve, coarsened) = match stayed.of.exact() {
            Some(_) => self.curve(&passages, known, leavers),
            None => (Vec::new(), true),
        };
        Shown::Shown(Retention {
            leaving: self.plan.leaving,
            stayed,
            last_session,
            curve,
            coarsened,
        })
    }

    /// The curve over joined sessions: by each that is told enough people more had left, after it
    /// enough or none leave, and enough or none stay, of all and of those who had joined by then. Whoever left in between
    /// counts as having left at the end of it, so that no step holds less than it shows.
    fn curve(&self, passages: &[Passage], people: u64, all: u64) -> (Vec<RetentionPoint>, bool) {
        let floor = self.floor();
        let mut joined = Departures::default();
        let (mut gone, mut told, mut steps) = (0, 0, 0_usize);
        let seen = || passages.iter().map(|passage| passage.left + passage.watched).sum::<u64>();
        let late = || passages.iter().map(|passage| passage.joined).sum::<u64>();
        let mut at_risk = seen() - late();
        let passed = (0..).zip(passages).filter(|(_, passage)| **passage != Passage::default());
        for (session, passage) in passed {
            joined.stayed_until(session, passage.watched);
            joined.joined(session, passage.joined);
            at_risk += passage.joined;
            gone += passage.left;
            let leave = gone - told;
            let safe = floor <= leave && is_safe(gone, all, floor) && is_safe(gone, people, floor);
            if passage.left > 0 && safe && is_safe(leave, at_risk, floor) {
                joined.left(session, leave);
                at_risk -= leave;
                told = gone;
                steps += 1;
            }
            at_risk -= passage.watched;
        }
        // Those whose leaving is not told are still in the count of people.
        joined.stayed_until(u32::from(u16::MAX), gone - told);
        let curve = kaplan_meier(&joined).into_iter().map(|step| RetentionPoint {
            session: u16::try_from(step.session).unwrap_or(u16::MAX),
            stays: per_mille(step.stays),
            interval: step.interval.map(|Interval { low, high }| Interval {
                low: per_mille(low),
                high: per_mille(high),
            }),
        });
        let leaving = passages.iter().filter(|passage| passage.left > 0).count();
        (curve.collect(), steps < leaving)
    }

    /// Whether a person came often enough, in one unit, to have completed.
    pub(super) fn completed(&self, completion: &Completion, person: Person<'_>) -> bool {
        person.seats().any(|seat| completion.sessions <= seat.came)
    }

    pub(super) fn completion(&self, completion: &Completion) -> Shown<Share> {
        let asked = || self.people_of(completion.model.as_ref());
        let known = || asked().filter(|person| person.came().is_some());
        let (all, of) = (asked().count() as u64, known().count() as u64);
        if of == 0 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        if of < self.floor() {
            let why = HiddenWhy::TooFewPeople;
            return Shown::Hidden(self.hidden(why, vec![Coarser::SeveralCircles]));
        }
        let completed = known().filter(|person| self.completed(completion, *person)).count();
        Shown::Shown(self.share_of_known(completed as u64, of, all))
    }
}

/// The attendance of each circle, or of each other part, in whole per cents, where those who came and those who did not
/// are enough or nobody, in it and in all parts together of which it is not told. A part is its
/// people, its marks of those who came, and all its marks.
pub(super) fn told_shares(parts: &[(u64, u64, u64)], floor: u64) -> Vec<Option<f64>> {
    let safe = |(people, came, marks): &(u64, u64, u64)| {
        floor <= *people && 2 * floor <= *marks && is_safe(*came, *marks, floor)
    };
    let mut told: Vec<bool> = parts.iter().map(safe).collect();
    loop {
        let untold = || parts.iter().zip(&told).filter(|(_, told)| !**told).map(|(part, _)| part);
        let came: u64 = untold().map(|(_, came, _)| came).sum();
        let smallest = parts.iter().zip(&told).enumerate().filter(|(_, (_, told))| **told);
        let smallest = smallest.min_by_key(|(_, ((_, _, marks), _))| marks).map(|(place, _)| place);
        let all = untold().map(|(_, _, marks)| marks).sum();
        let next = smallest.filter(|_| !is_safe(came, all, floor));
        let Some(share) = next.and_then(|place| told.get_mut(place)) else { break };
        *share = false;
    }
    let share =
        |((_, came, marks), told): (&(u64, u64, u64), bool)| told.then(|| per_cent(*came, *marks));
    parts.iter().zip(told).map(share).collect()
}

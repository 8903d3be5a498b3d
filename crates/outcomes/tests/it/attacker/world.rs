//! A random small program, and what is true of it.

use commons::{Code, UnitId};
use outcomes::figures::{Completion, FigurePlan, Scale, Timepoint};
use outcomes::suppression::Audience;
use outcomes::{Cohort, Enrolment, Mark, Points, Referrals, SessionState, SheetState};
use proptest::prelude::*;

use super::solve::{PHQ, WHO};
use crate::instrument;

pub(super) const UNITS: usize = 3;
const SESSIONS: u16 = 6;
const WAVES: [(Code, u16); 3] =
    [(Code::of("t0"), 1), (Code::of("t1"), 3), (Code::of("t2"), SESSIONS)];

/// How many sessions complete the program.
pub(super) const COMPLETES: u16 = 5;

pub(super) const fn area(north: bool) -> Code {
    Code::of(if north { "north" } else { "south" })
}

pub(super) fn unit_id(unit: usize) -> UnitId {
    UnitId::number(unit as u128 + 1)
}

#[derive(Debug, Clone)]
pub(super) struct Somebody {
    unit: usize,
    again: Option<usize>,
    left: Option<u16>,
    marks: [usize; SESSIONS as usize],
    // Whether nothing was written down of their coming.
    unmarked: bool,
    phq: [Option<SheetState>; 3],
    who: [Option<SheetState>; 3],
    area: Option<bool>,
}

#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) people: Vec<Somebody>,
    raised_of: u64,
    referrals: (u64, u64, u64),
}

impl Somebody {
    /// The last session of which there is a mark; 0 where there is none.
    fn marked(&self) -> u16 {
        if self.unmarked { 0 } else { self.left.unwrap_or(SESSIONS) }
    }
}

fn sheet(most: i32, step: i32) -> impl Strategy<Value = Option<SheetState>> {
    prop_oneof![
        12 => (0..=most, any::<u8>()).prop_map(move |(points, odd)| Some(SheetState::Scored {
            points: Points::whole(points * step),
            prorated: odd < 40,
        })),
        1 => Just(Some(SheetState::Declined)),
        1 => Just(Some(SheetState::NotScorable)),
        1 => Just(None),
    ]
}

fn somebody() -> impl Strategy<Value = Somebody> {
    let mark = prop_oneof![12 => Just(0_usize), 1 => 1_usize..6];
    let again = prop::option::weighted(0.1, 0..UNITS);
    let left = prop::option::weighted(0.25, 0..=SESSIONS);
    let phq = [sheet(27, 1).boxed(), sheet(12, 1).boxed(), sheet(9, 1).boxed()];
    let who = [sheet(25, 4).boxed(), sheet(25, 4).boxed(), sheet(25, 4).boxed()];
    let marks = prop::collection::vec(mark, usize::from(SESSIONS));
    let area = prop::option::of(any::<bool>());
    let unmarked = prop::bool::weighted(0.15);
    (0..UNITS, again, left, (marks, unmarked), phq, who, area).prop_map(
        |(unit, again, left, (marks, unmarked), phq, who, area)| Somebody {
            unit,
            again: again.filter(|other| *other != unit),
            left,
            marks: marks.try_into().unwrap(),
            unmarked,
            phq,
            who,
            area,
        },
    )
}

pub(super) fn any_world() -> impl Strategy<Value = World> {
    of_size(0..44)
}

/// Enough people for tables of many cells.
pub(super) fn any_crowd() -> impl Strategy<Value = World> {
    of_size(80..700)
}

fn of_size(size: std::ops::Range<usize>) -> impl Strategy<Value = World> {
    let people = prop::collection::vec(somebody(), size);
    let referrals = (0_u64..16, 0_u64..16, 0_u64..16);
    (people, 0_u64..=4, referrals).prop_map(|(people, raised_of, referrals)| World {
        people,
        raised_of,
        referrals,
    })
}

impl World {
    pub(super) fn plan(&self, audience: Audience) -> FigurePlan {
        let timepoints =
            WAVES.into_iter().map(|(code, session)| Timepoint { code, session }).collect();
        let scales = ["phq-9", "who-5"].map(|id| Scale::with_defaults(instrument(id))).into();
        let plan = FigurePlan::new(Code::of("whole"), audience, timepoints, scales).unwrap();
        plan.completion(Completion { sessions: COMPLETES, model: None }).by(vec![Cohort::AREA])
    }

    pub(super) fn cohort(&self) -> Cohort {
        let mut cohort = Cohort::default();
        let units: Vec<_> =
            (0..UNITS).map(|unit| cohort.unit(unit_id(unit), None).unwrap()).collect();
        for unit in &units {
            for session in 1..=SESSIONS {
                cohort.session(*unit, session, SessionState::Held, 90).unwrap();
            }
        }
        for one in &self.people {
            let unit = units[one.unit];
            let area = one.area.map(area);
            let seat = Enrolment { unit, joined: 1, left: one.left };
            let person = cohort.person(seat).unwrap();
            if let Some(area) = area {
                let area = cohort.group(&Cohort::AREA, &area).unwrap();
                cohort.put_into(person, area).unwrap();
            }
            if let Some(other) = one.again {
                let seat = Enrolment { unit: units[other], joined: SESSIONS, left: None };
                cohort.seat(person, seat).unwrap();
            }
            for session in 1..=one.marked() {
                let mark = Mark::ALL[one.marks[usize::from(session - 1)]];
                cohort.mark(person, unit, session, mark).unwrap();
            }
            for (id, sheets) in [(PHQ, one.phq), (WHO, one.who)] {
                for ((code, _), sheet) in WAVES.iter().zip(sheets) {
                    if let Some(sheet) = sheet {
                        cohort.sheet(person, &id, code, sheet).unwrap();
                    }
                }
            }
        }
        let (closed, ended, open) = self.referrals;
        cohort.work.referrals = Referrals { closed, ended, open };
        cohort.work.raised = self.sheets() * self.raised_of / 4;
        cohort
    }

    /// Sheets that had a safety item.
    pub(super) fn sheets(&self) -> u64 {
        let filled = |sheet: &&SheetState| {
            matches!(sheet, SheetState::Scored { .. } | SheetState::NotScorable)
        };
        self.people.iter().flat_map(|one| one.phq.iter().flatten()).filter(filled).count() as u64
    }

    /// Who came between two sessions, of all seats.
    pub(super) fn marks_between(&self, from: u16, to: u16) -> (u64, u64) {
        self.marks(|_, session| (from..=to).contains(&session))
    }

    pub(super) fn marks_of(&self, unit: usize) -> (u64, u64) {
        self.marks(|one, _| one.unit == unit)
    }

    pub(super) fn marks_of_area(&self, area: Option<bool>) -> (u64, u64) {
        self.marks(|one, _| one.area == area)
    }

    pub(super) fn people_of_area(&self, area: Option<bool>) -> u64 {
        self.people.iter().filter(|one| one.area == area).count() as u64
    }

    /// Of those who completed, who lacks a total of an instrument, and who has both.
    pub(super) fn completers(&self, instrument: &Code) -> (u64, u64) {
        let completed = |one: &&Somebody| {
            let sessions = usize::from(one.marked());
            let came = one.marks.iter().take(sessions).filter(|mark| **mark < 3).count();
            usize::from(COMPLETES) <= came
        };
        let has = |sheet: Option<SheetState>| sheet.and_then(|sheet| sheet.points()).is_some();
        let (mut lack, mut both) = (0, 0);
        for one in self.people.iter().filter(completed) {
            let sheets = if *instrument == PHQ { one.phq } else { one.who };
            *(if has(sheets[0]) && has(sheets[2]) { &mut both } else { &mut lack }) += 1;
        }
        (lack, both)
    }

    fn marks(&self, counts: impl Fn(&Somebody, u16) -> bool) -> (u64, u64) {
        let (mut came, mut of) = (0, 0);
        for one in &self.people {
            for session in (1..=one.marked()).filter(|n| counts(one, *n)) {
                of += 1;
                came += u64::from(one.marks[usize::from(session - 1)] < 3);
            }
        }
        (came, of)
    }

    pub(super) fn seats_of(&self, unit: usize) -> u64 {
        let sits = |one: &&Somebody| one.unit == unit || one.again == Some(unit);
        self.people.iter().filter(sits).count() as u64
    }

    /// Who left after a session or before, and keeps no other seat.
    pub(super) fn left_by(&self, session: u16) -> u64 {
        let gone = |one: &&Somebody| one.again.is_none() && one.left.is_some_and(|n| n <= session);
        self.people.iter().filter(gone).count() as u64
    }
}

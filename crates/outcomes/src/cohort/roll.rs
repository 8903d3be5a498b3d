//! Who sits where: units, seats, and what was counted in them.

use std::collections::BTreeMap;

use commons::{Code, UnitId};

use super::{Cohort, CohortError, Enrolment, Mark, PersonIx, SessionState, UnitIx};

/// What is kept of one unit.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) id: UnitId,
    pub(crate) model: Option<Code>,
    pub(crate) people: u64,
    pub(crate) planned: u64,
    pub(crate) held: u64,
    pub(crate) minutes: u64,
    pub(crate) came: u64,
    pub(crate) marks: u64,
    pub(crate) last_held: u16,
}

/// What is kept of a person's seat in one unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seat {
    pub(crate) unit: u32,
    pub(crate) joined: u16,
    // `STAYS`: has not left.
    left: u16,
    pub(crate) came: u16,
    pub(crate) marks: u16,
    pub(crate) last_came: u16,
    pub(crate) last_marked: u16,
}

const STAYS: u16 = u16::MAX;
const NOWHERE: u32 = u32::MAX;

impl Seat {
    const NONE: Self = Self {
        unit: NOWHERE,
        joined: 1,
        left: STAYS,
        came: 0,
        marks: 0,
        last_came: 0,
        last_marked: 0,
    };

    fn of(enrolment: Enrolment) -> Self {
        let Enrolment { unit, joined, left } = enrolment;
        Self { unit: unit.0, joined, left: left.unwrap_or(STAYS), ..Self::NONE }
    }

    /// The last session held by the day of leaving, where the person left.
    pub(crate) const fn left(&self) -> Option<u16> {
        if self.left == STAYS { None } else { Some(self.left) }
    }
}

/// Units, the seats of people in them, and the marks of sessions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roll {
    pub(crate) units: Vec<Unit>,
    // The seat that each person took first; `Seat::NONE` for who sits nowhere.
    seats: Vec<Seat>,
    // Further seats of the few who sit in several units.
    more: BTreeMap<u32, Vec<Seat>>,
    // By session from 1: how many of each mark.
    sessions: Vec<[u64; 6]>,
}

impl Roll {
    pub(crate) const fn people(&self) -> usize {
        self.seats.len()
    }

    /// The seat that a person took first.
    #[inline]
    pub(crate) fn seat_of(&self, person: usize) -> Option<&Seat> {
        self.seats.get(person).filter(|seat| seat.unit != NOWHERE)
    }

    /// The seats of a person, the first one first.
    pub(crate) fn seats(&self, person: usize) -> impl Iterator<Item = &Seat> + Clone {
        let first = self.seat_of(person);
        let more = match u32::try_from(person) {
            Ok(person) if !self.more.is_empty() => self.more.get(&person),
            Ok(_) | Err(_) => None,
        };
        first.into_iter().chain(more.into_iter().flatten())
    }

    /// The sessions of which there are marks, by number, and how many there are of each mark.
    pub(crate) fn sessions(&self) -> impl Iterator<Item = (u16, &[u64; 6])> {
        let marked = |(_, counts): &(u16, &[u64; 6])| counts.iter().any(|count| *count > 0);
        (1..).zip(&self.sessions).filter(marked)
    }

    pub(super) fn unit(&mut self, id: UnitId, model: Option<&Code>) -> Result<UnitIx, CohortError> {
        let number = number_of(self.units.len())?;
        self.units.push(Unit {
            id,
            model: model.cloned(),
            people: 0,
            planned: 0,
            held: 0,
            minutes: 0,
            came: 0,
            marks: 0,
            last_held: 0,
        });
        Ok(UnitIx(number))
    }

    pub(super) fn unseated(&mut self) -> Result<PersonIx, CohortError> {
        let number = number_of(self.seats.len())?;
        self.seats.push(Seat::NONE);
        Ok(PersonIx(number))
    }

    pub(super) fn may_sit(&mut self, enrolment: Enrolment) -> Result<(), CohortError> {
        session(enrolment.joined)?;
        session(enrolment.left.unwrap_or(1).max(1))?;
        self.unit_mut(enrolment.unit).map(|_| ())
    }

    pub(super) fn seat(
        &mut self,
        person: PersonIx,
        enrolment: Enrolment,
    ) -> Result<(), CohortError> {
        self.may_sit(enrolment)?;
        let people = self.people();
        let missing = CohortError::NoSuchPerson { number: person.0, people };
        let first = self.seats.get_mut(person.0 as usize).ok_or(missing)?;
        if first.unit == NOWHERE {
            *first = Seat::of(enrolment);
        } else {
            self.more.entry(person.0).or_default().push(Seat::of(enrolment));
        }
        self.unit_mut(enrolment.unit)?.people += 1;
        Ok(())
    }

    pub(super) fn session(
        &mut self,
        unit: UnitIx,
        number: u16,
        state: SessionState,
        minutes: u32,
    ) -> Result<(), CohortError> {
        session(number)?;
        let unit = self.unit_mut(unit)?;
        unit.planned += 1;
        if state == SessionState::Held {
            unit.held += 1;
            unit.minutes += u64::from(minutes);
            unit.last_held = unit.last_held.max(number);
        }
        Ok(())
    }

    #[inline]
    pub(super) fn mark(
        &mut self,
        person: PersonIx,
        unit: UnitIx,
        number: u16,
        mark: Mark,
    ) -> Result<(), CohortError> {
        session(number)?;
        let seat = self.seat_mut(person, unit)?;
        // Read whole and written whole, without a branch: who came and who did not is what no machine can foresee.
        let came = u16::from(mark.came());
        *seat = Seat {
            marks: seat.marks.saturating_add(1),
            last_marked: seat.last_marked.max(number),
            came: seat.came.saturating_add(came),
            last_came: seat.last_came.max(came * number),
            ..*seat
        };
        let unit = self.unit_mut(unit)?;
        unit.marks += 1;
        unit.came += u64::from(came);
        let place = usize::from(number - 1);
        if self.sessions.len() <= place {
            self.sessions.resize(place + 1, [0; 6]);
        }
        let counts = self.sessions.get_mut(place);
        if let Some(count) = counts.and_then(|counts| counts.get_mut(mark as usize)) {
            *count += 1;
        }
        Ok(())
    }

    #[inline]
    fn seat_mut(&mut self, person: PersonIx, unit: UnitIx) -> Result<&mut Seat, CohortError> {
        let people = self.people();
        let missing = CohortError::NoSuchPerson { number: person.0, people };
        let first = self.seats.get_mut(person.0 as usize).ok_or(missing)?;
        if first.unit == unit.0 {
            return Ok(first);
        }
        let more = self.more.get_mut(&person.0).into_iter().flatten();
        let seat = more.into_iter().find(|seat| seat.unit == unit.0);
        seat.ok_or(CohortError::NoSeat { unit: unit.0 })
    }

    fn unit_mut(&mut self, unit: UnitIx) -> Result<&mut Unit, CohortError> {
        let units = self.units.len();
        let missing = CohortError::NoSuchUnit { number: unit.0, units };
        self.units.get_mut(unit.0 as usize).ok_or(missing)
    }
}

fn number_of(place: usize) -> Result<u32, CohortError> {
    // The last number stands for no unit.
    let most = u32::MAX - 1;
    u32::try_from(place).ok().filter(|number| *number <= most).ok_or(CohortError::Full { most })
}

const fn session(number: u16) -> Result<(), CohortError> {
    if 1 <= number && number <= Cohort::LONGEST {
        Ok(())
    } else {
        Err(CohortError::NoSuchSession { number, longest: Cohort::LONGEST })
    }
}

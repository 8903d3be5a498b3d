//! The people of a program and what was counted about them: the one way into a report.
//!
//! A store and a pile of CSV both end here. A person counts once, in however many units they sit.
//! Marks are summed as they come in, so memory grows with people and not with rows.

mod error;
mod marks;
mod sheet;
mod work;

use std::collections::BTreeMap;

use commons::{Code, UnitId};

pub use error::CohortError;
pub use marks::{Mark, SessionState};
pub use sheet::SheetState;
pub use work::{Referrals, Work};

/// The place of a unit in a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitIx(u32);

/// The place of a person in a cohort. It is no id and leaves no trace in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIx(u32);

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

/// What is kept of one person beside their sheets.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    // 0: none given; else its number among the areas, from 1.
    pub(crate) area: u16,
    pub(crate) seats: Vec<Seat>,
}

/// What is kept of a person's seat in one unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seat {
    pub(crate) unit: u32,
    pub(crate) joined: u16,
    pub(crate) left: Option<u16>,
    pub(crate) came: u16,
    pub(crate) last_came: u16,
    pub(crate) last_marked: u16,
}

/// A person's seat in a unit. Sessions are counted by their number in the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enrolment {
    /// The unit they sit in.
    pub unit: UnitIx,
    /// The first session at which they were a member, from 1.
    pub joined: u16,
    /// The last session held by the day they left, when they left; 0 before the first.
    pub left: Option<u16>,
}

/// The sheets of one instrument at one timepoint, one place for each person.
type Column = Vec<Option<SheetState>>;

/// The people of a program, and all that is counted about them.
///
/// ```
/// use commons::{Code, UnitId};
/// use outcomes::{Cohort, Enrolment, Mark, SessionState};
///
/// let mut cohort = Cohort::default();
/// let circle = cohort.unit(UnitId::number(1), None)?;
/// let person = cohort.person(Enrolment { unit: circle, joined: 1, left: None }, None)?;
/// cohort.session(circle, 1, SessionState::Held, 90)?;
/// cohort.mark(person, circle, 1, Mark::Late)?;
/// // Who calls a circle of their own together is still one person.
/// let child = cohort.unit(UnitId::number(2), None)?;
/// cohort.seat(person, Enrolment { unit: child, joined: 1, left: None })?;
/// assert_eq!(cohort.people(), 1);
/// # Ok::<(), outcomes::CohortError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Cohort {
    pub(crate) units: Vec<Unit>,
    pub(crate) people: Vec<Person>,
    pub(crate) areas: Vec<Code>,
    // By session from 1: how many of each mark.
    pub(crate) sessions: BTreeMap<u16, [u64; 6]>,
    pub(crate) sheets: BTreeMap<(Code, Code), Column>,
    /// Counts that belong to the work and to no single person.
    pub work: Work,
}

impl Cohort {
    /// The last session of a unit that can be counted: ten years of weeks.
    pub const LONGEST: u16 = 520;

    /// Adds a unit, with the model it runs by if there are several.
    ///
    /// # Errors
    ///
    /// [`CohortError::Full`].
    pub fn unit(&mut self, id: UnitId, model: Option<&Code>) -> Result<UnitIx, CohortError> {
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

    /// Adds a person who sits in a unit, with the area they live in if areas are told.
    ///
    /// # Errors
    ///
    /// As [`seat`](Self::seat) and [`unseated`](Self::unseated).
    pub fn person(
        &mut self,
        enrolment: Enrolment,
        area: Option<&Code>,
    ) -> Result<PersonIx, CohortError> {
        self.may_sit(enrolment)?;
        let person = self.unseated(area)?;
        self.seat(person, enrolment)?;
        Ok(person)
    }

    /// Adds a person who sits in no unit, or not yet.
    ///
    /// # Errors
    ///
    /// [`CohortError::Full`].
    pub fn unseated(&mut self, area: Option<&Code>) -> Result<PersonIx, CohortError> {
        let number = number_of(self.people.len())?;
        let area = self.area(area)?;
        self.people.push(Person { area, seats: Vec::new() });
        Ok(PersonIx(number))
    }

    /// Seats a person in a unit. Whoever sits in several is one person all the same.
    ///
    /// # Errors
    ///
    /// [`CohortError::NoSuchUnit`], [`CohortError::NoSuchPerson`] or [`CohortError::NoSuchSession`].
    pub fn seat(&mut self, person: PersonIx, enrolment: Enrolment) -> Result<(), CohortError> {
        self.may_sit(enrolment)?;
        let Enrolment { unit, joined, left } = enrolment;
        let seat = Seat { unit: unit.0, joined, left, came: 0, last_came: 0, last_marked: 0 };
        self.person_mut(person)?.seats.push(seat);
        self.unit_mut(unit)?.people += 1;
        Ok(())
    }

    fn may_sit(&mut self, enrolment: Enrolment) -> Result<(), CohortError> {
        session(enrolment.joined)?;
        session(enrolment.left.unwrap_or(1).max(1))?;
        self.unit_mut(enrolment.unit).map(|_| ())
    }

    fn area(&mut self, area: Option<&Code>) -> Result<u16, CohortError> {
        let Some(area) = area else { return Ok(0) };
        let place = self.areas.iter().position(|known| known == area);
        let place = place.unwrap_or_else(|| {
            self.areas.push(area.clone());
            self.areas.len() - 1
        });
        let most = u32::from(u16::MAX);
        u16::try_from(place + 1).map_err(|_| CohortError::Full { most })
    }

    /// Counts a session of a unit; `minutes` is how long it took, if it was held.
    ///
    /// # Errors
    ///
    /// [`CohortError::NoSuchUnit`] or [`CohortError::NoSuchSession`].
    pub fn session(
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

    /// Counts how a person took part in a session of a unit in which they sit.
    ///
    /// # Errors
    ///
    /// [`CohortError::NoSuchPerson`], [`CohortError::NoSeat`] or [`CohortError::NoSuchSession`].
    pub fn mark(
        &mut self,
        person: PersonIx,
        unit: UnitIx,
        number: u16,
        mark: Mark,
    ) -> Result<(), CohortError> {
        session(number)?;
        let seats = &mut self.person_mut(person)?.seats;
        let seat = seats.iter_mut().find(|seat| seat.unit == unit.0);
        let seat = seat.ok_or(CohortError::NoSeat { unit: unit.0 })?;
        seat.last_marked = seat.last_marked.max(number);
        if mark.came() {
            seat.came = seat.came.saturating_add(1);
            seat.last_came = seat.last_came.max(number);
        }
        let unit = self.unit_mut(unit)?;
        unit.marks += 1;
        unit.came += u64::from(mark.came());
        let counts = self.sessions.entry(number).or_default();
        if let Some(count) = counts.get_mut(mark as usize) {
            *count += 1;
        }
        Ok(())
    }

    /// Notes what became of a person's sheet of an instrument at a timepoint.
    ///
    /// # Errors
    ///
    /// [`CohortError::NoSuchPerson`].
    pub fn sheet(
        &mut self,
        person: PersonIx,
        instrument: &Code,
        timepoint: &Code,
        state: SheetState,
    ) -> Result<(), CohortError> {
        self.person_mut(person)?;
        let people = self.people.len();
        let key = (instrument.clone(), timepoint.clone());
        let column = self.sheets.entry(key).or_default();
        let place = person.0 as usize;
        if column.len() <= place {
            column.resize(people, None);
        }
        if let Some(slot) = column.get_mut(place) {
            *slot = Some(state);
        }
        Ok(())
    }

    /// How many people there are.
    #[must_use]
    pub const fn people(&self) -> usize {
        self.people.len()
    }

    /// How many units there are.
    #[must_use]
    pub const fn units(&self) -> usize {
        self.units.len()
    }

    /// Each person's sheet of an instrument at a timepoint, in the order of people.
    pub(crate) fn column<'a>(
        &'a self,
        instrument: &Code,
        timepoint: &Code,
    ) -> impl Iterator<Item = Option<SheetState>> + use<'a> {
        let column = self.sheets.get(&(instrument.clone(), timepoint.clone()));
        let known = column.map(Vec::as_slice).unwrap_or_default().iter().copied();
        known.chain(std::iter::repeat(None)).take(self.people.len())
    }

    fn unit_mut(&mut self, unit: UnitIx) -> Result<&mut Unit, CohortError> {
        let units = self.units.len();
        let missing = CohortError::NoSuchUnit { number: unit.0, units };
        self.units.get_mut(unit.0 as usize).ok_or(missing)
    }

    fn person_mut(&mut self, person: PersonIx) -> Result<&mut Person, CohortError> {
        let people = self.people.len();
        let missing = CohortError::NoSuchPerson { number: person.0, people };
        self.people.get_mut(person.0 as usize).ok_or(missing)
    }
}

fn number_of(place: usize) -> Result<u32, CohortError> {
    u32::try_from(place).map_err(|_| CohortError::Full { most: u32::MAX })
}

const fn session(number: u16) -> Result<(), CohortError> {
    if 1 <= number && number <= Cohort::LONGEST {
        Ok(())
    } else {
        Err(CohortError::NoSuchSession { number, longest: Cohort::LONGEST })
    }
}

//! The people of a program and what was counted about them: the one way into a report.
//!
//! A store and a pile of CSV both end here. A person counts once, in however many units they sit.
//! Marks are summed as they come in and states of sheets are numbered, so that memory grows with
//! people and not with rows: 16 bytes for a person, and two for each sheet and each grouping.

mod column;
mod error;
mod grouping;
mod marks;
mod nesting;
mod roll;
mod scorer;
mod sheet;
mod work;

use commons::{Code, UnitId};

pub use column::AnswerCounts;
pub(crate) use column::Column;
pub use error::CohortError;
pub(crate) use grouping::Grouping;
pub use marks::{Mark, SessionState};
pub use nesting::Nesting;
pub(crate) use roll::{Roll, Seat, Unit};
pub use scorer::{SheetScorer, Totals};
pub use sheet::SheetState;
pub use work::{Referrals, Work};

/// The place of a unit in a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitIx(u32);

/// The place of a person in a cohort. It is no id and leaves no trace in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIx(u32);

/// The place of the sheets of one instrument at one timepoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnIx(u16);

/// The place of a group of people, within its grouping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupIx {
    grouping: u16,
    group: u16,
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

/// The people of a program, and all that is counted about them.
///
/// ```
/// use commons::{Code, UnitId};
/// use outcomes::{Cohort, Enrolment, Mark, SessionState};
///
/// let mut cohort = Cohort::default();
/// let circle = cohort.unit(UnitId::number(1), None)?;
/// let person = cohort.person(Enrolment { unit: circle, joined: 1, left: None })?;
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
    pub(crate) roll: Roll,
    pub(crate) columns: Vec<Column>,
    pub(crate) groupings: Vec<Grouping>,
    // Whether whoever has no mark is known to have come to nothing.
    marks_are_whole: bool,
    /// Counts that belong to the work and to no single person.
    pub work: Work,
}

/// The sheets of a cohort, while another thread takes its [`Marks`].
#[derive(Debug)]
pub struct Sheets<'a> {
    people: usize,
    columns: &'a mut Vec<Column>,
}

/// The sessions and marks of a cohort, while another thread takes its [`Sheets`].
#[derive(Debug)]
pub struct Marks<'a> {
    roll: &'a mut Roll,
}

impl Cohort {
    /// The last session of a unit that can be counted: ten years of weeks.
    pub const LONGEST: u16 = 520;

    /// The grouping of people by where they live, which a report shows by itself.
    pub const AREA: Code = Code::of("area");

    /// Adds a unit, with the model it runs by if there are several.
    ///
    /// # Errors
    ///
    /// [`CohortError::Full`].
    pub fn unit(&mut self, id: UnitId, model: Option<&Code>) -> Result<UnitIx, CohortError> {
        self.roll.unit(id, model)
    }

    /// Adds a person who sits in a unit.
    ///
    /// # Errors
    ///
    /// As [`seat`](Self::seat) and [`unseated`](Self::unseated).
    pub fn person(&mut self, enrolment: Enrolment) -> Result<PersonIx, CohortError> {
        self.roll.may_sit(enrolment)?;
        let person = self.roll.unseated()?;
        self.roll.seat(person, enrolment)?;
        Ok(person)
    }

    /// Adds a person who sits in no unit, or not yet.
    ///
    /// # Errors
    ///
    /// [`CohortError::Full`].
    pub fn unseated(&mut self) -> Result<PersonIx, CohortError> {
        self.roll.unseated()
    }

    /// Seats a person in a unit. Whoever sits in several is one person all the same.
    ///
    /// # Errors
    ///
    /// [`CohortError::NoSuchUnit`], [`CohortError::NoSuchPerson`] or [`CohortError::NoSuchSession`].
    pub fn seat(&mut self, person: PersonIx, enrolment: Enrolment) -> Result<(), CohortError> {
        self.roll.seat(person, enrolment)
    }

    /// A group of people by a grouping such as [`Cohort::AREA`]; made where it is new.
    ///
    /// # Errors
    ///
    /// [`CohortError::Full`].
    pub fn group(&mut self, by: &Code, group: &Code) -> Result<GroupIx, CohortError> {
        let known = self.groupings.iter().position(|grouping| grouping.by == *by);
        let place = known.unwrap_or_else(|| {
            self.groupings.push(Grouping::new(by.clone()));
            self.groupings.len() - 1
        });
        let full = CohortError::Full { most: u32::from(u16::MAX) };
        let number = u16::try_from(place).map_err(|_| full.clone())?;
        self.groupings.get_mut(place).ok_or(full)?.group(number, group)
    }

    /// Puts a person into a group; of one grouping everybody is in one group at most, the last one.
    ///
    /// # Errors
    ///
    /// [`CohortError::NoSuchPerson`] or [`CohortError::NoSuchGroup`].
    pub fn put_into(&mut self, person: PersonIx, group: GroupIx) -> Result<(), CohortError> {
        let (people, groupings) = (self.people(), self.groupings.len());
        let place = place_of(person, people)?;
        let missing = CohortError::NoSuchGroup { number: group.grouping, groupings };
        let grouping = self.groupings.get_mut(usize::from(group.grouping)).ok_or(missing)?;
        grouping.put(place, people, group.group);
        Ok(())
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
        self.roll.session(unit, number, state, minutes)
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
        self.roll.mark(person, unit, number, mark)
    }

    /// Says that every mark there is was counted: of whom there is none, they came to no session. Else it is not known
    /// whether somebody without any mark came, and they are left out of what is told by sessions.
    pub const fn every_mark_is_here(&mut self) {
        self.marks_are_whole = true;
    }

    /// The sheets of an instrument at a timepoint; made where they are new.
    ///
    /// # Errors
    ///
    /// [`CohortError::Full`].
    pub fn column(&mut self, instrument: &Code, timepoint: &Code) -> Result<ColumnIx, CohortError> {
        self.sheets().column(instrument, timepoint)
    }

    /// Notes what became of a person's sheet; what was noted before is given back.
    ///
    /// # Errors
    ///
    /// As [`Sheets::put`].
    pub fn put(
        &mut self,
        person: PersonIx,
        column: ColumnIx,
        state: SheetState,
    ) -> Result<Option<SheetState>, CohortError> {
        self.sheets().put(person, column, state)
    }

    /// Notes what became of a person's sheet of an instrument at a timepoint.
    ///
    /// # Errors
    ///
    /// As [`Sheets::put`].
    pub fn sheet(
        &mut self,
        person: PersonIx,
        instrument: &Code,
        timepoint: &Code,
        state: SheetState,
    ) -> Result<(), CohortError> {
        let column = self.column(instrument, timepoint)?;
        self.put(person, column, state).map(|_| ())
    }

    /// Its sheets and its marks, for two threads that each take what the other does not need.
    pub const fn halves(&mut self) -> (Sheets<'_>, Marks<'_>) {
        let people = self.roll.people();
        (Sheets { people, columns: &mut self.columns }, Marks { roll: &mut self.roll })
    }

    const fn sheets(&mut self) -> Sheets<'_> {
        self.halves().0
    }

    /// How many people there are.
    #[must_use]
    pub const fn people(&self) -> usize {
        self.roll.people()
    }

    /// How many units there are.
    #[must_use]
    pub const fn units(&self) -> usize {
        self.roll.units.len()
    }

    /// The people, one by one. This shows single persons: it is for whoever brought them in, and
    /// never for a report, which is made of [`figures`](Self::figures).
    pub fn each(&self) -> impl Iterator<Item = Person<'_>> {
        (0..self.people()).map(|place| Person { cohort: self, place })
    }

    /// How answers were given on the sheets of a column.
    #[must_use]
    pub fn answers(&self, column: ColumnIx) -> AnswerCounts {
        let column = self.columns.get(usize::from(column.0));
        column.map(|column| column.answers).unwrap_or_default()
    }

    /// The columns: instrument, timepoint and place of each.
    pub fn columns(&self) -> impl Iterator<Item = (&Code, &Code, ColumnIx)> {
        let columns = self.columns.iter().zip((0..).map(ColumnIx));
        columns.map(|(column, place)| (&column.instrument, &column.timepoint, place))
    }

    /// The sheets of an instrument at a timepoint, where there are any.
    pub(crate) fn sheets_of(&self, instrument: &Code, timepoint: &Code) -> Option<&Column> {
        let is = |it: &&Column| it.instrument == *instrument && it.timepoint == *timepoint;
        self.columns.iter().find(is)
    }

    pub(crate) fn grouping(&self, by: &Code) -> Option<&Grouping> {
        self.groupings.iter().find(|grouping| grouping.by == *by)
    }
}

impl Sheets<'_> {
    /// As [`Cohort::column`].
    ///
    /// # Errors
    ///
    /// [`CohortError::Full`].
    pub fn column(&mut self, instrument: &Code, timepoint: &Code) -> Result<ColumnIx, CohortError> {
        let is = |it: &Column| it.instrument == *instrument && it.timepoint == *timepoint;
        let place = self.columns.iter().position(is).unwrap_or_else(|| {
            self.columns.push(Column::new(instrument.clone(), timepoint.clone()));
            self.columns.len() - 1
        });
        let most = u32::from(u16::MAX);
        u16::try_from(place).map(ColumnIx).map_err(|_| CohortError::Full { most })
    }

    /// Notes what became of a person's sheet; what was noted before is given back.
    ///
    /// # Errors
    ///
    /// [`CohortError::NoSuchPerson`], [`CohortError::NoSuchColumn`] or
    /// [`CohortError::TooManyTotals`].
    pub fn put(
        &mut self,
        person: PersonIx,
        column: ColumnIx,
        state: SheetState,
    ) -> Result<Option<SheetState>, CohortError> {
        let (people, place) = (self.people, place_of(person, self.people)?);
        self.column_mut(column)?.put(place, people, state)
    }

    /// Counts how answers were given on the sheets of a column.
    ///
    /// # Errors
    ///
    /// [`CohortError::NoSuchColumn`].
    pub fn count(&mut self, column: ColumnIx, answers: AnswerCounts) -> Result<(), CohortError> {
        let counts = &mut self.column_mut(column)?.answers;
        counts.missing += answers.missing;
        counts.out_of_range += answers.out_of_range;
        Ok(())
    }

    fn column_mut(&mut self, column: ColumnIx) -> Result<&mut Column, CohortError> {
        let columns = self.columns.len();
        let missing = CohortError::NoSuchColumn { number: column.0, columns };
        self.columns.get_mut(usize::from(column.0)).ok_or(missing)
    }
}

impl Marks<'_> {
    /// As [`Cohort::session`].
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
        self.roll.session(unit, number, state, minutes)
    }

    /// As [`Cohort::mark`].
    ///
    /// # Errors
    ///
    /// [`CohortError::NoSuchPerson`], [`CohortError::NoSeat`] or [`CohortError::NoSuchSession`].
    #[inline]
    pub fn mark(
        &mut self,
        person: PersonIx,
        unit: UnitIx,
        number: u16,
        mark: Mark,
    ) -> Result<(), CohortError> {
        self.roll.mark(person, unit, number, mark)
    }
}

/// One person of a cohort: for whoever brought them in, and never for a report.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    cohort: &'a Cohort,
    pub(crate) place: usize,
}

impl<'a> Person<'a> {
    /// The seats of the person, the first one first.
    pub(crate) fn seats(self) -> impl Iterator<Item = &'a Seat> + Clone {
        self.cohort.roll.seats(self.place)
    }

    /// The seat that the person took first.
    #[inline]
    pub(crate) fn seat(self) -> Option<&'a Seat> {
        self.cohort.roll.seat_of(self.place)
    }

    /// The unit in which the person sat first.
    #[must_use]
    pub fn unit(self) -> Option<UnitIx> {
        self.seat().map(|seat| UnitIx(seat.unit))
    }

    /// How many marks there are of the person, and how many of them say that they came.
    #[must_use]
    pub fn marks(self) -> (u64, u64) {
        let add = |(marks, came), seat: &Seat| {
            (marks + u64::from(seat.marks), came + u64::from(seat.came))
        };
        self.seats().fold((0, 0), add)
    }

    /// To how many sessions the person came; nothing where nothing is recorded that could say it. Of somebody who left
    /// before the first session there is nothing to be recorded.
    #[must_use]
    pub fn came(self) -> Option<u64> {
        let (marks, came) = self.marks();
        let mut seats = self.seats().peekable();
        let never_there = seats.peek().is_some() && seats.all(|seat| seat.left() == Some(0));
        (marks > 0 || never_there || self.cohort.marks_are_whole).then_some(came)
    }

    /// The last session of which there is a mark, and the last to which the person came; 0 where
    /// there is none.
    #[must_use]
    pub fn last_sessions(self) -> (u16, u16) {
        let latest = |(marked, came): (u16, u16), seat: &Seat| {
            (marked.max(seat.last_marked), came.max(seat.last_came))
        };
        self.seats().fold((0, 0), latest)
    }

    /// What became of the person's sheet of a column.
    #[must_use]
    pub fn sheet(self, column: ColumnIx) -> Option<SheetState> {
        self.cohort.columns.get(usize::from(column.0))?.get(self.place)
    }

    /// The person's group by a grouping.
    #[must_use]
    pub fn group(self, by: &Code) -> Option<&'a Code> {
        let grouping = self.cohort.grouping(by)?;
        grouping.groups.get(grouping.get(self.place)?)
    }
}

const fn place_of(person: PersonIx, people: usize) -> Result<usize, CohortError> {
    let place = person.0 as usize;
    if place < people {
        Ok(place)
    } else {
        Err(CohortError::NoSuchPerson { number: person.0, people })
    }
}

//! The people of a program and what was counted about them: the one way into a report.
//!
//! A store and a pile of CSV both end here. Marks are summed as they come in, so memory grows
//! with people and not with rows.

use std::collections::BTreeMap;

use commons::{Code, EventId, UnitId};
use serde::{Deserialize, Serialize};

use crate::{Points, SafetyFlag, Sheet, Wave};

/// How a person took part in one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// There from beginning to end.
    Present,
    /// Came late.
    Late,
    /// Left early.
    LeftEarly,
    /// Said beforehand that they would not come.
    Excused,
    /// Did not come, and the reason is known.
    Absent,
    /// Did not come, and nobody knows why yet.
    Unexplained,
}

impl Mark {
    /// All of them, those who came first.
    pub const ALL: [Self; 6] = [
        Self::Present,
        Self::Late,
        Self::LeftEarly,
        Self::Excused,
        Self::Absent,
        Self::Unexplained,
    ];

    /// Whether the person was there.
    #[must_use]
    pub const fn came(self) -> bool {
        matches!(self, Self::Present | Self::Late | Self::LeftEarly)
    }
}

/// Whether a planned session took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// Planned, and nothing more is known.
    Planned,
    /// It took place.
    Held,
    /// It did not take place.
    DidNotHappen,
}

/// The place of a unit in a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitIx(u32);

/// The place of a person in a cohort. It is no id and leaves no trace in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIx(u32);

/// What became of one sheet that a person should have filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "sheet", rename_all = "snake_case")]
pub enum SheetState {
    /// It has a total.
    Scored {
        /// The total.
        points: Points,
        /// Whether missing answers were stood in for.
        prorated: bool,
        /// What its safety items say.
        safety: SafetyFlag,
    },
    /// It was filled in and has no total.
    NotScorable {
        /// What its safety items say all the same.
        safety: SafetyFlag,
    },
    /// The person declined, and stays.
    Declined,
    /// Two sheets stand and nobody has decided between them.
    Undecided,
}

impl SheetState {
    /// A sheet, with what its safety items say.
    #[must_use]
    pub const fn of_sheet(sheet: &Sheet, safety: SafetyFlag) -> Self {
        match sheet.total.points() {
            Some(points) => Self::Scored { points, prorated: sheet.total.is_prorated(), safety },
            None => Self::NotScorable { safety },
        }
    }

    /// What the measures of a member say of one wave; nothing where nothing is known.
    ///
    /// `safety` tells what the safety items of a sheet say, by the event that recorded it: they
    /// stand with the answers and not in the sheet.
    #[must_use]
    pub fn of(wave: &Wave<'_>, safety: impl Fn(EventId) -> SafetyFlag) -> Option<Self> {
        match wave {
            Wave::Measured(id, sheet) => Some(Self::of_sheet(sheet, safety(*id))),
            Wave::Declined(_) => Some(Self::Declined),
            Wave::Undecided => Some(Self::Undecided),
            Wave::Missing => None,
        }
    }

    /// The total, where there is one.
    #[must_use]
    pub const fn points(&self) -> Option<Points> {
        match self {
            Self::Scored { points, .. } => Some(*points),
            Self::NotScorable { .. } | Self::Declined | Self::Undecided => None,
        }
    }

    /// What its safety items say, where there is a sheet.
    #[must_use]
    pub const fn safety(&self) -> Option<SafetyFlag> {
        match self {
            Self::Scored { safety, .. } | Self::NotScorable { safety } => Some(*safety),
            Self::Declined | Self::Undecided => None,
        }
    }
}

impl From<&crate::Scored> for SheetState {
    fn from(scored: &crate::Scored) -> Self {
        match scored.score.points() {
            Some(points) => Self::Scored {
                points,
                prorated: scored.answered < scored.of,
                safety: scored.flag(),
            },
            None => Self::NotScorable { safety: scored.flag() },
        }
    }
}

/// Counts that belong to the work and to no single person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Work {
    /// Modules or themes planned.
    pub modules_planned: u64,
    /// Modules or themes delivered.
    pub modules_delivered: u64,
    /// People who facilitate.
    pub facilitators: u64,
    /// People who supervise them.
    pub supervisors: u64,
    /// Incidents by severity, `s0` to `s4`.
    pub incidents: BTreeMap<Code, u64>,
    /// Referrals whose loop is not closed yet.
    pub referrals_open: u64,
    /// Referrals whose loop is closed.
    pub referrals_closed: u64,
    /// Duties that are overdue, by kind.
    pub overdue: BTreeMap<Code, u64>,
    /// Stories that their tellers agreed to share.
    pub stories: u64,
}

/// Something named that the cohort does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CohortError {
    /// No such unit.
    #[error("there is no unit {number}; there are {units}")]
    NoSuchUnit {
        /// The number, from 0.
        number: u32,
        /// How many there are.
        units: usize,
    },
    /// No such person.
    #[error("there is no person {number}; there are {people}")]
    NoSuchPerson {
        /// The number, from 0.
        number: u32,
        /// How many there are.
        people: usize,
    },
    /// Weeks are counted from 1 to [`Cohort::LONGEST`].
    #[error("week {week} is not one of 1 to {longest}")]
    NoSuchWeek {
        /// The week.
        week: u16,
        /// The last possible one.
        longest: u16,
    },
    /// More people or units than can be numbered.
    #[error("a cohort holds {most} people or units at most")]
    Full {
        /// How many fit.
        most: u32,
    },
}

impl commons::Refused for CohortError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchUnit { .. } => "cohort.no_such_unit",
            Self::NoSuchPerson { .. } => "cohort.no_such_person",
            Self::NoSuchWeek { .. } => "cohort.no_such_week",
            Self::Full { .. } => "cohort.full",
        }
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::NoSuchUnit { .. } => "Add the unit before the people in it.",
            Self::NoSuchPerson { .. } => "Add the person before what they did.",
            Self::NoSuchWeek { .. } => "Count weeks from the first session, beginning at 1.",
            Self::Full { .. } => "Report on parts of the program.",
        }
    }
}

/// What is kept of one unit.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) id: UnitId,
    pub(crate) people: u64,
    pub(crate) planned: u64,
    pub(crate) held: u64,
    pub(crate) minutes: u64,
    pub(crate) came: u64,
    pub(crate) marks: u64,
    pub(crate) last_held: u16,
}

/// What is kept of one person beside their sheets: 16 bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) unit: u32,
    pub(crate) joined: u16,
    // 0: has not left.
    pub(crate) left: u16,
    pub(crate) came: u16,
    pub(crate) last_came: u16,
    pub(crate) last_marked: u16,
    // 0: none given; else its number among the areas, from 1.
    pub(crate) area: u16,
}

/// A person's enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enrolment {
    /// The unit they sit in.
    pub unit: UnitIx,
    /// The week in which they joined, from 1.
    pub joined: u16,
    /// The last week in which they were a member, when they left.
    pub left: Option<u16>,
}

/// The sheets of one instrument at one timepoint, one place for each person.
type Column = Vec<Option<SheetState>>;

/// The people of a program, and all that is counted about them.
///
/// ```
/// use commons::{Code, EventId, UnitId};
/// use outcomes::{Cohort, Enrolment, Mark, SessionState};
///
/// let mut cohort = Cohort::default();
/// let circle = cohort.unit(UnitId::number(1))?;
/// let person = cohort.person(Enrolment { unit: circle, joined: 1, left: None }, None)?;
/// cohort.session(circle, 1, SessionState::Held, 90)?;
/// cohort.mark(person, 1, Mark::Late)?;
/// assert_eq!(cohort.people(), 1);
/// # Ok::<(), outcomes::CohortError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Cohort {
    pub(crate) units: Vec<Unit>,
    pub(crate) people: Vec<Person>,
    pub(crate) areas: Vec<Code>,
    // By week from 1: how many of each mark.
    pub(crate) weeks: BTreeMap<u16, [u64; 6]>,
    pub(crate) sheets: BTreeMap<(Code, Code), Column>,
    /// Counts that belong to the work and to no single person.
    pub work: Work,
}

impl Cohort {
    /// The last week that can be counted: ten years.
    pub const LONGEST: u16 = 520;

    /// Adds a unit.
    ///
    /// # Errors
    ///
    /// [`CohortError::Full`].
    pub fn unit(&mut self, id: UnitId) -> Result<UnitIx, CohortError> {
        let number =
            u32::try_from(self.units.len()).map_err(|_| CohortError::Full { most: u32::MAX })?;
        self.units.push(Unit {
            id,
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

    /// Adds a person to a unit, with the area they live in if areas are told.
    ///
    /// # Errors
    ///
    /// [`CohortError::NoSuchUnit`], [`CohortError::NoSuchWeek`] or [`CohortError::Full`].
    pub fn person(
        &mut self,
        enrolment: Enrolment,
        area: Option<&Code>,
    ) -> Result<PersonIx, CohortError> {
        week(enrolment.joined)?;
        if let Some(left) = enrolment.left {
            week(left)?;
        }
        let full = CohortError::Full { most: u32::MAX };
        let number = u32::try_from(self.people.len()).map_err(|_| full)?;
        let area = self.area(area)?;
        self.unit_mut(enrolment.unit)?.people += 1;
        self.people.push(Person {
            unit: enrolment.unit.0,
            joined: enrolment.joined,
            left: enrolment.left.unwrap_or(0),
            came: 0,
            last_came: 0,
            last_marked: 0,
            area,
        });
        Ok(PersonIx(number))
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
    /// [`CohortError::NoSuchUnit`] or [`CohortError::NoSuchWeek`].
    pub fn session(
        &mut self,
        unit: UnitIx,
        in_week: u16,
        state: SessionState,
        minutes: u32,
    ) -> Result<(), CohortError> {
        week(in_week)?;
        let unit = self.unit_mut(unit)?;
        unit.planned += 1;
        if state == SessionState::Held {
            unit.held += 1;
            unit.minutes += u64::from(minutes);
            unit.last_held = unit.last_held.max(in_week);
        }
        Ok(())
    }

    /// Counts how a person took part in their unit's session of a week.
    ///
    /// # Errors
    ///
    /// [`CohortError::NoSuchPerson`] or [`CohortError::NoSuchWeek`].
    pub fn mark(&mut self, person: PersonIx, in_week: u16, mark: Mark) -> Result<(), CohortError> {
        week(in_week)?;
        let row = self.person_mut(person)?;
        row.last_marked = row.last_marked.max(in_week);
        if mark.came() {
            row.came = row.came.saturating_add(1);
            row.last_came = row.last_came.max(in_week);
        }
        let unit = UnitIx(row.unit);
        let unit = self.unit_mut(unit)?;
        unit.marks += 1;
        unit.came += u64::from(mark.came());
        let counts = self.weeks.entry(in_week).or_default();
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

const fn week(week: u16) -> Result<(), CohortError> {
    if 1 <= week && week <= Cohort::LONGEST {
        Ok(())
    } else {
        Err(CohortError::NoSuchWeek { week, longest: Cohort::LONGEST })
    }
}

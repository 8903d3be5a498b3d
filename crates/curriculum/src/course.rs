//! What a course consists of and what it asks for.

use std::collections::BTreeSet;

use commons::Code;
use serde::{Deserialize, Serialize};

use crate::{Ladder, Module};

/// How much of a course a person attends to complete it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attendance {
    /// The fewest modules to be present at; nothing means all of them.
    pub least: Option<u16>,
    /// What becomes of the modules that were missed.
    pub rest: Rest,
}

/// What becomes of missed modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// Each is made up, as in the healing circle: at least 5 of 6 attended and the rest made up.
    MadeUp,
    /// They may be missed.
    Missed,
}

impl Attendance {
    /// Every module, in person.
    #[must_use]
    pub const fn all() -> Self {
        Self { least: None, rest: Rest::MadeUp }
    }

    /// At least this many modules, and the rest made up.
    #[must_use]
    pub const fn at_least(least: u16) -> Self {
        Self { least: Some(least), rest: Rest::MadeUp }
    }
}

/// A part of the training that is not a module: one's own healing, an assessment, a code of conduct read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Component {
    /// Its word, such as `own_healing` (SH-03).
    pub id: Code,
    /// What it is needed for.
    pub needed_for: NeededFor,
    /// After how many months it has to be renewed, if ever (FR-07: 24 for safeguarding and
    /// suicide response, a figure of ours).
    #[serde(default)]
    pub valid_months: Option<u16>,
}

/// What a component is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NeededFor {
    /// To complete the course, and so for all that follows.
    Completion,
    /// To be authorized to lead; the course can be completed without it.
    Authorization,
}

/// When a person's screening has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ScreenedBefore {
    /// Before the first day: the healing circle's way.
    Enrollment,
    /// Before leading: the least that FR-01 allows.
    Authorization,
}

/// What a course is made of, before it was looked at. Fill it in and give it to [`Course::new`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CourseParts {
    /// Its word, such as `healing-circle`.
    pub id: Code,
    /// Its version; hours and rules belong to a version.
    pub version: u16,
    /// The modules, numbered from 1 in order.
    pub modules: Vec<Module>,
    /// What else belongs to it.
    #[serde(default)]
    pub components: Vec<Component>,
    /// How much of it a person attends.
    pub attendance: Attendance,
    /// The fewest minutes to have been taught to a person (FR-02); nothing asks for none beyond attendance.
    #[serde(default)]
    pub minutes_least: u32,
    /// When screening has to be there.
    pub screened_before: ScreenedBefore,
    /// Skills that were seen at [`Competence::Basic`](crate::Competence::Basic) or above before
    /// anyone leads alone (FR-03).
    #[serde(default)]
    pub competences: BTreeSet<Code>,
    /// The roles it prepares for.
    pub roles: BTreeSet<Code>,
    /// Whether leading is reached rung by rung (FR-05).
    pub ladder: Ladder,
    /// After how many months the training has to be renewed, if ever.
    #[serde(default)]
    pub valid_months: Option<u16>,
}

impl CourseParts {
    /// A course with nothing in it yet: all modules attended, screened before enrollment, no ladder, no expiry.
    #[must_use]
    pub const fn new(id: Code, version: u16) -> Self {
        Self {
            id,
            version,
            modules: Vec::new(),
            components: Vec::new(),
            attendance: Attendance::all(),
            minutes_least: 0,
            screened_before: ScreenedBefore::Enrollment,
            competences: BTreeSet::new(),
            roles: BTreeSet::new(),
            ladder: Ladder::None,
            valid_months: None,
        }
    }

    /// Everything that keeps these parts from being a course, in reading order.
    #[must_use]
    pub fn faults(&self) -> Vec<CourseError> {
        let mut faults = Vec::new();
        if self.modules.is_empty() {
            faults.push(CourseError::NoModules);
        }
        faults.extend(self.module_faults());
        faults.extend(self.component_faults());
        faults.extend(self.figure_faults());
        faults
    }

    fn module_faults(&self) -> impl Iterator<Item = CourseError> {
        self.modules.iter().zip(1..).flat_map(|(module, n)| {
            let numbered =
                (module.n != n).then_some(CourseError::Number { n: module.n, expected: n });
            let timed = (module.minutes == 0).then_some(CourseError::NoMinutes { n: module.n });
            let needs = module
                .needs
                .iter()
                .filter(move |need| !(1..module.n).contains(*need))
                .map(|need| CourseError::Prerequisite { n: module.n, needs: *need });
            numbered.into_iter().chain(timed).chain(needs)
        })
    }

    fn component_faults(&self) -> impl Iterator<Item = CourseError> {
        self.components.iter().enumerate().flat_map(|(i, component)| {
            let twice = self.components.iter().take(i).any(|other| other.id == component.id);
            let twice =
                twice.then(|| CourseError::ComponentTwice { component: component.id.clone() });
            let expiry = (component.valid_months == Some(0)).then_some(CourseError::NoValidity);
            twice.into_iter().chain(expiry)
        })
    }

    fn figure_faults(&self) -> Vec<CourseError> {
        let mut faults = Vec::new();
        let modules = self.modules.len();
        if let Some(least) = self.attendance.least
            && usize::from(least) > modules
        {
            faults.push(CourseError::AttendanceAboveModules { least, modules });
        }
        let taught = self.total_minutes();
        if self.minutes_least > taught {
            faults.push(CourseError::MinutesAboveTaught { least: self.minutes_least, taught });
        }
        if self.roles.is_empty() {
            faults.push(CourseError::NoRoles);
        }
        if self.valid_months == Some(0) {
            faults.push(CourseError::NoValidity);
        }
        faults
    }

    fn total_minutes(&self) -> u32 {
        self.modules.iter().map(|module| u32::from(module.minutes)).fold(0, u32::saturating_add)
    }
}

/// Why parts are not a course.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CourseError {
    /// A course teaches something.
    #[error("a course has at least one module")]
    NoModules,
    /// A course prepares for something.
    #[error("a course prepares for at least one role")]
    NoRoles,
    /// Modules are numbered from 1 in order.
    #[error("module {n} stands where {expected} is expected")]
    Number {
        /// The number found.
        n: u16,
        /// The number expected there.
        expected: u16,
    },
    /// A module takes time.
    #[error("module {n} takes no minutes")]
    NoMinutes {
        /// Which module.
        n: u16,
    },
    /// What comes before a module has a smaller number; so there is never a ring of them.
    #[error("module {n} needs {needs}, which is no earlier module")]
    Prerequisite {
        /// Which module.
        n: u16,
        /// What it names as coming before it.
        needs: u16,
    },
    /// A component is named twice.
    #[error("component {component} is named twice")]
    ComponentTwice {
        /// Which one.
        component: Code,
    },
    /// Nobody can attend more modules than there are.
    #[error("{least} modules are to be attended, but there are {modules}")]
    AttendanceAboveModules {
        /// How many are asked for.
        least: u16,
        /// How many there are.
        modules: usize,
    },
    /// Nobody can be taught for longer than the course lasts.
    #[error("{least} minutes are asked for, but the modules hold {taught}")]
    MinutesAboveTaught {
        /// Minutes asked for.
        least: u32,
        /// Minutes of all modules.
        taught: u32,
    },
    /// What is valid for no months is never valid.
    #[error("a validity of 0 months is none; leave it out for what never expires")]
    NoValidity,
}

/// A course: ordered modules, further components, and what it asks of people.
///
/// A value of this type is sound: modules are numbered from 1, prerequisites are earlier modules,
/// and nothing is asked for that the course does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "CourseParts", into = "CourseParts")]
pub struct Course(CourseParts);

impl Course {
    /// The course made of these parts.
    ///
    /// # Errors
    ///
    /// The first of [`CourseParts::faults`].
    pub fn new(parts: CourseParts) -> Result<Self, CourseError> {
        match parts.faults().into_iter().next() {
            Some(fault) => Err(fault),
            None => Ok(Self(parts)),
        }
    }

    /// Its word.
    #[must_use]
    pub const fn id(&self) -> &Code {
        &self.0.id
    }

    /// Its version.
    #[must_use]
    pub const fn version(&self) -> u16 {
        self.0.version
    }

    /// Its modules, in order.
    #[must_use]
    pub fn modules(&self) -> &[Module] {
        &self.0.modules
    }

    /// The module of this number.
    #[must_use]
    pub fn module(&self, n: u16) -> Option<&Module> {
        self.0.modules.iter().find(|module| module.n == n)
    }

    /// What else belongs to it.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        &self.0.components
    }

    /// The component of this word.
    #[must_use]
    pub fn component(&self, id: &Code) -> Option<&Component> {
        self.0.components.iter().find(|component| component.id == *id)
    }

    /// The fewest modules a person is present at.
    #[must_use]
    pub fn attended_least(&self) -> u16 {
        let all = u16::try_from(self.0.modules.len()).unwrap_or(u16::MAX);
        self.0.attendance.least.unwrap_or(all)
    }

    /// What becomes of missed modules.
    #[must_use]
    pub const fn rest(&self) -> Rest {
        self.0.attendance.rest
    }

    /// The fewest minutes taught to a person.
    #[must_use]
    pub const fn minutes_least(&self) -> u32 {
        self.0.minutes_least
    }

    /// The minutes of all modules together.
    #[must_use]
    pub fn total_minutes(&self) -> u32 {
        self.0.total_minutes()
    }

    /// When screening has to be there.
    #[must_use]
    pub const fn screened_before(&self) -> ScreenedBefore {
        self.0.screened_before
    }

    /// Skills that are seen before anyone leads alone.
    #[must_use]
    pub const fn competences(&self) -> &BTreeSet<Code> {
        &self.0.competences
    }

    /// The roles it prepares for.
    #[must_use]
    pub const fn roles(&self) -> &BTreeSet<Code> {
        &self.0.roles
    }

    /// Whether leading is reached rung by rung.
    #[must_use]
    pub const fn ladder(&self) -> Ladder {
        self.0.ladder
    }

    /// After how many months the training has to be renewed, if ever.
    #[must_use]
    pub const fn valid_months(&self) -> Option<u16> {
        self.0.valid_months
    }

    /// Whether, after these modules, people may tell their own stories: every safety module is among them (HC-05).
    #[must_use]
    pub fn story_may_be_told(&self, done: &BTreeSet<u16>) -> bool {
        self.0.modules.iter().all(|module| !module.safety || done.contains(&module.n))
    }

    /// The parts it was made of.
    #[must_use]
    pub const fn parts(&self) -> &CourseParts {
        &self.0
    }
}

impl TryFrom<CourseParts> for Course {
    type Error = CourseError;
    fn try_from(parts: CourseParts) -> Result<Self, CourseError> {
        Self::new(parts)
    }
}

impl From<Course> for CourseParts {
    fn from(course: Course) -> Self {
        course.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> CourseParts {
        let mut parts = CourseParts::new(Code::of("healing-circle"), 1);
        parts.modules = (1..=6).map(|n| Module::new(n, Code::of("module"), 180)).collect();
        parts.attendance = Attendance::at_least(5);
        parts.roles = [Code::of("peer_facilitator")].into();
        parts
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut CourseParts), want: &[CourseError]) {
        let mut parts = sound();
        change(&mut parts);
        assert_eq!(parts.faults(), want);
        assert_eq!(Course::new(parts).err().as_ref(), want.first());
    }

    #[test]
    fn a_course_asks_only_for_what_it_holds() {
        check(|_| {}, &[]);
        check(|course| course.attendance.least = Some(6), &[]);
        check(
            |course| course.attendance.least = Some(7),
            &[CourseError::AttendanceAboveModules { least: 7, modules: 6 }],
        );
        check(|course| course.minutes_least = 1080, &[]);
        check(
            |course| course.minutes_least = 1081,
            &[CourseError::MinutesAboveTaught { least: 1081, taught: 1080 }],
        );
        check(|course| course.roles.clear(), &[CourseError::NoRoles]);
        check(|course| course.valid_months = Some(0), &[CourseError::NoValidity]);
    }

    #[test]
    fn what_comes_before_a_module_is_an_earlier_one() {
        check(|course| course.modules[2].needs = [1, 2].into(), &[]);
        check(
            |course| course.modules[2].needs = [0, 2, 3, 4].into(),
            &[
                CourseError::Prerequisite { n: 3, needs: 0 },
                CourseError::Prerequisite { n: 3, needs: 3 },
                CourseError::Prerequisite { n: 3, needs: 4 },
            ],
        );
    }

    #[test]
    fn every_fault_is_told_at_once() {
        check(
            |course| {
                course.modules.swap(0, 1);
                course.modules[5].minutes = 0;
                let healing = Component {
                    id: Code::of("own_healing"),
                    needed_for: NeededFor::Authorization,
                    valid_months: None,
                };
                course.components = vec![healing.clone(), healing];
            },
            &[
                CourseError::Number { n: 2, expected: 1 },
                CourseError::Number { n: 1, expected: 2 },
                CourseError::NoMinutes { n: 6 },
                CourseError::ComponentTwice { component: Code::of("own_healing") },
            ],
        );
        check(
            |course| {
                course.modules.clear();
                course.attendance = Attendance::all();
            },
            &[CourseError::NoModules],
        );
    }

    #[test]
    fn stories_wait_for_the_safety_module() {
        let mut parts = sound();
        parts.modules[2].safety = true;
        let course = Course::new(parts).expect("sound");
        assert!(!course.story_may_be_told(&[1, 2].into()));
        assert!(course.story_may_be_told(&[1, 2, 3].into()));
    }

    #[test]
    fn a_course_is_read_through_the_same_door() {
        let course = Course::new(sound()).expect("sound");
        let text = serde_json::to_string(&course).expect("plain");
        assert_eq!(serde_json::from_str::<Course>(&text).ok(), Some(course));
        let broken = text.replace("\"n\":6", "\"n\":7");
        assert!(serde_json::from_str::<Course>(&broken).is_err());
    }
}

//! Courses, the classes that hold them, and who may lead afterwards.
//!
//! A [`Class`] is one cohort going through one [`Course`]: the sum of its
//! [`ClassEvent`]s. This crate decides who may be enrolled, who has completed,
//! who is authorized to lead, and until when; it lays out the weeks of a group
//! ([`Syllabus`]) and says what a week still needs. It knows no circle, no
//! score and no store, and it reads no clock: days and ids come in as arguments.
//!
//! *Completed* is not *authorized*: the first says that somebody attended, the
//! second that a person took the decision to let them lead, and that nothing
//! stands against it today.
//!
//! | To | Start at |
//! | --- | --- |
//! | describe a course | [`CourseParts`], [`Course::new`] |
//! | ask five things before the first day | [`Screening`], [`Outcome`] |
//! | hold a class | [`Class::announce`], [`Class::enroll`], [`Class::complete`] |
//! | learn whether somebody may lead on a day | [`Class::authorization`] |
//! | lay out the weeks of a group | [`Syllabus`], [`Syllabus::unmet`] |
//! | say which mix of activities is meant | [`Mix`] |
//!
//! ```
//! use chrono::NaiveDate;
//! use commons::{Aggregate, Code, EventId, MemberId};
//! use curriculum::{Attendance, Class, ClassEvent, Course, CourseParts, Mark, Module, Screening, Stage};
//!
//! let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).ok_or("no such day");
//! let mut parts = CourseParts::new(Code::of("keepers"), 1);
//! parts.modules = vec![
//!     Module::new(1, Code::of("welcome"), 180),
//!     Module::new(2, Code::of("safety"), 180).about_safety(),
//! ];
//! parts.attendance = Attendance::all();
//! parts.roles = [Code::of("keeper")].into();
//! let course = Course::new(parts)?;
//!
//! let mary = MemberId::number(1);
//! let mut class = Class::default();
//! let mut next = 0;
//! let mut take = |class: &mut Class, event: ClassEvent| {
//!     next += 1;
//!     class.apply(EventId::number(next), &event);
//! };
//!
//! let event = class.announce(course, Code::of("spring"), 12, day(1)?)?;
//! take(&mut class, event);
//! let event = class.screen(mary, &Screening::all_ready(day(1)?, MemberId::number(9)));
//! take(&mut class, event);
//! let event = class.enroll(mary, day(2)?)?;
//! take(&mut class, event);
//! for (module, on) in [(1, day(3)?), (2, day(10)?)] {
//!     take(&mut class, ClassEvent::held(module, 180, [(mary, Mark::Present)], on));
//! }
//! let event = class.complete(mary, day(10)?)?;
//! take(&mut class, event);
//!
//! // Completed, but nobody has let her lead yet.
//! assert!(!class.authorization(mary, &Code::of("keeper"), day(11)?).is_authorized());
//! let event = class.authorize(mary, Code::of("keeper"), Stage::Lead, MemberId::number(9), day(12)?)?;
//! take(&mut class, event);
//! assert!(class.authorization(mary, &Code::of("keeper"), day(12)?).is_authorized());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

mod activity;
#[cfg(feature = "proptest1")]
pub mod arb;
mod authorization;
mod breach;
mod certificate;
mod class;
mod competence;
mod course;
mod decide;
mod error;
mod event;
mod findings;
mod lacking;
mod learner;
mod mix;
mod module;
mod screening;
mod stage;
mod syllabus;

pub use activity::{ActivityKind, UnknownActivity};
pub use authorization::Authorization;
pub use breach::ClassBreach;
pub use certificate::expiry;
pub use class::Class;
pub use competence::Competence;
pub use course::{
    Attendance, Component, Course, CourseError, CourseParts, NeededFor, Rest, ScreenedBefore,
};
pub use error::ClassError;
pub use event::{
    ClassEvent, MakeUp, Mark, SettleReason, SuspensionReason, VoidReason, WithdrawalReason,
};
pub use lacking::{Lacking, Lacks};
pub use mix::{Mix, MixError};
pub use module::Module;
pub use screening::{
    Answer, Aspect, DeferralReason, Onward, Outcome, Readiness, Screening, ScreeningError, Verdict,
};
pub use stage::{Ladder, Stage};
pub use syllabus::{Need, Reached, SessionPlan, Special, Syllabus, SyllabusError, UnknownSession};

//! The TOML of a program: parsed, checked by line, turned into terms, plans and rules.
//!
//! A model file says what differs between programs, as data. This crate decides whether a file
//! holds together and lists *everything* that is wrong with it; a [`Model`] that exists is sound.
//! It reads no file and no clock: the caller brings the text.
//!
//! | To | Start at |
//! | --- | --- |
//! | read a file, or learn all that is wrong with it | [`Model::parse`], [`Faults`] |
//! | take a model that comes with the crate | [`shipped`], [`ready`] |
//! | form a group of it | [`Model::terms`] |
//! | arrange supervision, consent and measures | [`Model::arrangement`], [`Model::charter`], [`Model::instruments`] |
//! | train those who lead, and plan the weeks | [`Model::courses`], [`Model::syllabus`] |
//! | see how a program's own copy departs | [`Model::differences`], [`Adaptation`], [`Fidelity`] |
//! | ask what a figure rests on | [`Model::basis`], [`Basis`] |
//! | list the rules and where they live | [`rule_table`] |
//!
//! ```
//! use program_model::{Fidelity, Model, ready};
//!
//! let shipped = ready("healing-circle").ok_or("it is ready")?;
//! assert_eq!(shipped.terms()?.get().seats.most(), 7);
//!
//! // A program writes its own copy. Eight people are no longer a healing circle of this name.
//! let own = Model::parse(&shipped.text().replace("max = 7", "max = 8"))?;
//! assert!(matches!(own.fidelity(&shipped), Fidelity::Adapted { .. }));
//!
//! // A file with faults lists all of them, by line.
//! let faults = Model::parse("schema = \"circlekeeper.model/1\"\nshap = \"circle\"").unwrap_err();
//! let first = &faults.faults()[0];
//! assert_eq!((first.line, first.fault.code()), (1, "key.missing"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

/// The examples of the README are tested too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod adaptation;
mod advice;
#[cfg(feature = "proptest1")]
pub mod arb;
mod basis;
mod care;
mod condition;
mod content;
mod fault;
mod format;
mod grammar;
mod leaves;
mod lint;
mod model;
mod reading;
mod rule_table;
#[cfg(feature = "schema")]
mod schema;
mod shipped;
mod teaching;
mod terms;
mod tree;
mod walk;
mod words;

pub use adaptation::{Adaptation, Difference, Fidelity, Leeway, Path, PathError, Setting};
pub use basis::{Basis, BasisError};
pub use content::{
    Activity, AfterPhase, Agenda, Cadence, Caution, Completion, Component, Consent, ConsentScope,
    Contact, Content, Data, Deferral, Exclusion, Fees, Figure, ForbiddenRole, GroundRule, Group,
    Identity, Incentive, IncentiveTerm, Lesson, Measure, Measuring, ModelRule, Module, Observation,
    Phase, Role, Safety, Screening, Segment, Source, Supervision, SwitchedOff, Timepoint, Training,
    Unverified,
};
pub use fault::{Fault, Faults, Finding, Weight};
pub use format::SCHEMA;
pub use model::Model;
pub use rule_table::{RuleRow, rule_of, rule_table};
#[cfg(feature = "schema")]
pub use schema::json_schema;
pub use shipped::{NotShipped, ShippedModel, ready, shipped};
pub use terms::NoTerms;
pub use words::{
    About, ActivityKind, Anchor, Answering, Asked, Before, Charter, Export, Gravity, Keeping,
    Lateness, Level, LoadOf, Membership, Purpose, Refill, Rewards, Rights, RoleKind, Scope,
    SegmentKind, Shape, Special, Stance, Stands, State, Support, ToMember,
};

//! Who may see and do what, for which purpose.
//!
//! Every way out of a program (a screen, a report, an export, a pack) asks one
//! pure function, [`may`]. It reads a table with a row for each of the
//! twenty-one classes of data and a column for each of thirteen roles
//! ([`cell`]), a list of purposes for each class and each role, and a few hard
//! lines that no table can soften. What no cell allows is refused.
//!
//! It knows no person and no store. The caller says how the asker stands to the
//! record ([`Relation`]) and what it has established for this one request
//! ([`Condition`]); what is not established counts as missing.
//!
//! Helping and recording are never asked here: a crisis card opens for everybody, and
//! what happened is written down by whoever knows of it. [`Action::Write`] is about
//! changing what others wrote.
//!
//! | To | Start at |
//! | --- | --- |
//! | ask | [`may`], [`Asker`] |
//! | pick a hat for a session | [`Hats`] |
//! | see the whole table | [`cell`], [`Cell`] |
//! | learn why something was refused | [`Refusal`] |
//!
//! ```
//! use circle_access::{Action, Asker, Decision, Purpose, Refusal, Relation, Role, View, may};
//! use commons::DataClass;
//!
//! let funder = Asker::wearing(Role::Funder);
//! let ask = |class| may(&funder, Action::Read, class, Relation::Program, Purpose::Report);
//! assert_eq!(ask(DataClass::Attendance), Decision::Allowed(View::Aggregates));
//! assert_eq!(ask(DataClass::Identity), Decision::Refused(Refusal::NotForThisRole));
//! ```

#[cfg(feature = "proptest1")]
pub mod arb;
mod asker;
mod cell;
mod decision;
mod policy;
mod purpose;
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
mod role;
mod table;

pub use asker::{Action, Asker, Condition, HatError, Hats, Relation};
pub use cell::{Cell, Reach};
pub use decision::{Decision, Refusal, View};
pub use policy::may;
pub use purpose::Purpose;
pub use role::Role;
pub use table::cell;

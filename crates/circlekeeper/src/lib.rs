//! The use cases of a program that keeps healing circles.
//!
//! A [`Keeper`] stands on any [`event_log::EventLog`] and any [`Surroundings`]. Each of its methods
//! is one thing people do: it loads what the decision needs, lets the domain decide, passes the
//! gates that need more than one room, and appends in one durable transaction over every key that
//! the decision read.
//!
//! | To | Start at |
//! | --- | --- |
//! | found or open a program | [`Keeper::found`], [`Keeper::open`], [`Keeper::unlock`] |
//! | enroll people, form a group | [`Keeper::enroll_all`], [`Keeper::form_group`], [`Keeper::admit`] |
//! | see what still keeps a group from opening | [`Keeper::opening_gate`] |
//! | see who can sit and lead, keep people apart | [`Keeper::seating`], [`Keeper::tell_wishes`], [`Keeper::note_company`] |
//! | form many circles at once | [`Keeper::convene`] |
//! | plan a session, write it down | [`Keeper::plan_session`], [`Keeper::record_session`] |
//! | plan a whole series, see the calendar | [`Keeper::lay_out`], [`Keeper::plan_series`], [`Keeper::appointments`] |
//! | record questionnaires | [`Keeper::record_sheets`] |
//! | see what is due, and what is wrong | [`Keeper::duties`], [`Keeper::findings`] |
//! | merge two copies, erase a person | [`Keeper::merge`], [`Keeper::erase`] |
//! | show anybody's words | [`Asking`], then [`Keeper::people`], [`Keeper::unit_card`], [`Keeper::matter_content`] |
//! | report | [`Keeper::cohort`], [`Keeper::figure_plan`] |

mod access;
mod acts;
mod calendar;
mod card;
mod deciding;
mod duties;
mod error;
mod fact;
mod files;
mod findings;
pub mod gates;
mod keeper;
mod merging;
mod numbers;
mod surroundings;
mod vault;
mod watch;
mod words;

pub use access::Asking;
pub use acts::{
    CompanyLine, ConsentGiven, Erasure, Founding, Kept, Leading, NewCircle, NewGroup, NewPeople,
    NewPerson, NewSheet, PeopleSeen, PersonLine, Recovery, Release, Seatable, Seating, SeriesStep,
    SeriesWish, SessionDraft, SessionSaved, SheetRecorded, WrittenDown, convening_role,
};
pub use calendar::{Appointment, Room, Seat, State};
pub use card::{CARD_VERSION, CardPerson, UnitCard};
pub use error::{ConveningRefusal, KeeperError, SeriesRefusal};
pub use fact::{
    DocumentKind, Fact, MemberEvent, PersonEvent, ProgramEvent, Standing, UnknownFact, VERSION,
    WaitReason,
};
pub use files::{
    Adopted, ClassFile, Founded, MatterFile, MemberFile, PersonFile, ProgramFile, ReferralFile,
    UnitFile,
};
pub use findings::Finding;
pub use keeper::Keeper;
pub use merging::Merged;
pub use numbers::Part;
pub use surroundings::Surroundings;
pub use words::{
    CompanyWords, Identity, Link, MemberLink, Pair, ReasonWords, SamePerson, SheetWords, ToSeal,
    UnitWords, Wishes,
};

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}

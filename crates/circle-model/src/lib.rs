//! Groups, sessions, cases and places: who may sit in a circle, and what may happen next.
//!
//! A group is the set of its [`GroupEvent`]s. This crate decides which event may come next and
//! refuses the rest; what happened it records and never refuses. It reads no clock, file or
//! random source: the caller passes days and ids in and stores the events.
//!
//! | To | Start at |
//! | --- | --- |
//! | form a group and seat people | [`Group::form`], [`Group::admit`] |
//! | plan a session, and see what was delivered | [`Meetings`] |
//! | write down who came | [`SessionEvent::Held`], [`Session::correct`] |
//! | lay out the days of a series, with holidays | [`Series::occasions`], [`Rhythm`] |
//! | see who is in two rooms at once | [`clashes`] |
//! | rebuild any of them from storage | [`commons::Aggregate::apply`] |
//! | see what is wrong | [`commons::Aggregate::breaches`], [`Meetings::breaches`] |
//! | learn why something was refused | [`GroupError`], [`PlanningError`] |
//! | say what differs between programs | [`Terms`] |
//!
//! ```
#![doc = include_str!("../examples/circle_of_two.rs")]
//! ```

mod agenda;
#[cfg(feature = "proptest1")]
pub mod arb;
mod cadence;
mod calendar;
mod case;
mod clash;
mod group;
mod lineage;
mod meetings;
mod place;
mod plan;
mod roster;
mod seats;
mod session;
mod terms;
mod weekly;

pub use agenda::{Agenda, AgendaFault, Segment, SegmentKind};
pub use cadence::{Cadence, CadenceError, LocalTime, Wall};
pub use calendar::{Exception, Nth, Occasion, Rhythm, RhythmError, Series, SeriesError};
pub use case::{Case, CaseBreach, CaseError, CaseEvent, Item, Stage};
pub use clash::{Booking, Clash, Travel, clashes};
pub use group::{
    Admission, Agreement, CloseReason, Decision, GrewFrom, Group, GroupBreach, GroupError,
    GroupEvent, LeaveReason, Life, Post, Step, VoidReason,
};
pub use lineage::{Lineage, OwnAncestor};
pub use meetings::{Completion, Delivery, HeldSession, Meetings, PlanningError, Proposal, Turnout};
pub use place::{Offer, Place, PlaceBreach, PlaceError, PlaceEvent};
pub use plan::{Condition, Evidence, Phase, Plan, PlanError, Shown, Stance};
pub use roster::{Roster, Stay};
pub use seats::{Seats, SeatsError};
pub use session::{
    HeadCount, Mark, NotHeldReason, Outcome, Planned, Record, Session, SessionBreach, SessionError,
    SessionEvent,
};
pub use terms::{
    Days, Holder, Joining, ModelRef, Role, Scope, Shape, Terms, TermsDraft, TermsError, TermsFault,
};
pub use weekly::{FreeTime, MeetingTime, WeeklyTimeError};

//! What must be in place, what must happen next and by when.
//!
//! Rules are rows of data with a source and a date. This crate reads them, and says from what
//! happened which duties are open, who holds them and by when; it keeps consent, matters,
//! referrals, supervision, the crisis card and the directory. It reads no clock, no file and no
//! sealed word: times, ids and rule texts come in as arguments, and no duty looks at who a person is.
//!
//! | To | Start at |
//! | --- | --- |
//! | learn what must be done | [`schedule`], then [`due`] and [`ahead`] |
//! | read rules, or check a rule file | [`Rulebook::shipped`], [`Rulebook::parse`] |
//! | list everything that a gate misses | [`Verdict::of`] |
//! | ask whether a use of data is allowed | [`Consent::allows`] |
//! | look after an incident | [`Matter::open`], [`Matter::close`] |
//! | hand somebody on | [`Referral::request`], [`Referral::complete`] |
//! | see how late supervision is | [`Supervision::lateness`] |
//! | print the card | [`CrisisCard::plain_text`] |
//!
//! ```
//! use chrono::{TimeDelta, TimeZone, Utc};
//! use chrono_tz::Africa::Kigali;
//! use commons::{Aggregate, Code, EventId, MatterId};
//! use safety_protocols::{Circumstances, Matter, Rulebooks, Severity, due, schedule};
//!
//! let aware = Utc.with_ymd_and_hms(2026, 11, 20, 15, 0, 0).single().ok_or("no such time")?;
//! let mut matter = Matter::default();
//! let opened = Matter::open(Severity::S2, aware, None, Code::of("keeper"));
//! matter.apply(EventId::number(1), &opened);
//!
//! let told = matter.occurrences(MatterId::number(7), &Circumstances::new(Kigali));
//! let duties = schedule(&told, &Rulebooks::shipped_only());
//! let tell = duties.iter().find(|duty| duty.what == "tell_supervisor").ok_or("nobody is told")?;
//! assert_eq!(tell.due_at, Some(aware + TimeDelta::hours(4)));
//! assert_eq!(due(&duties, aware).len(), 4); // within a day
//! # Ok::<(), &'static str>(())
//! ```

#[cfg(feature = "proptest1")]
pub mod arb;
mod calendar;
mod card;
mod charter;
mod consent;
mod deadline;
mod directory;
mod due;
mod fault;
mod gate;
mod matter;
mod occurrence;
mod pick;
mod read;
mod referral;
mod row;
mod rulebook;
mod schedule;
mod set_aside;
mod severity;
mod span;
mod supervision;
mod workload;

pub use calendar::Calendar;
pub use card::{
    CardError, CardEvent, CardFault, CardKind, CardLimits, CardLine, CardWatch,
    Contact as CardContact, CrisisCard, Entry as CardEntry, Slot, TestCall,
};
pub use charter::{
    Asks, Charter, CharterError, OnCall, RESPONDER_MINUTES_MOST, Responder, first_gap,
};
pub use consent::{
    Ask, Consent, ConsentError, ConsentEvent, ConsentForm, ConsentKind, FormError, Mode, Proof,
    RELEASE_DAYS_MOST, Scope, ScopeState, ShelfLife, ShelfLifeError,
};
pub use deadline::{Deadline, Moments};
pub use directory::{
    Assurance, AssuranceLimits, Directory, Service, ServiceCard, ServiceEvent, ServiceKind,
    ServiceStatus,
};
pub use due::{Due, Urgency, ahead, due};
pub use fault::{Fault, Faults, Wrong};
pub use gate::{Requirement, Unmet, Verdict, Waiver, When};
pub use matter::{
    Category, Contact, Decider, Harm, Involvement, Matter, MatterContent, MatterError, MatterEvent,
    MatterKind, SAFEGUARDING_LEAD, SUPERVISOR,
};
pub use occurrence::{Circumstances, Occurrence, Subject, attribute, evidence};
pub use referral::{
    Exit, HandOff, HelpBy, Helped, Progress, REVOKED, Referral, ReferralError, ReferralEvent,
    ReferralKind,
};
pub use row::{
    Basis, Clock, Effect, Enforcement, Example, Modal, Row, Standing as RowStanding, Step,
    UNKNOWN_JURISDICTION,
};
pub use rulebook::{Caution, Rulebook, Rulebooks, SHIPPED, Sheet, Spoken};
pub use schedule::{Closing, Escalation, Obligation, open_urgent, schedule};
pub use set_aside::{SetAside, SetAsideError};
pub use severity::{Severity, SeverityError, Triage};
pub use span::{Span, SpanError, end_of_day, local, noon};
pub use supervision::{
    Arrangement, Asked, Cadence, LateLimits, Lateness, Load, LoadError, LoadLimits, PeerLeadPlan,
    PhaseAsks, Supervision, SupervisionError, SupervisionEvent, SupervisionKind, SupervisionMode,
    arrangement_for,
};
pub use workload::{Shift, WorkError, WorkLimits, may_work, overload};

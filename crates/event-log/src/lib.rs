//! An append-only log of events that can be verified, merged and erased from.
//!
//! This crate decides how an event is written for good ([`Header`], `FORMAT.md`), when a store
//! may append one, how two copies of a log become one, and what is wrong with a copy. It knows
//! no circle and no person, holds no key, reads no clock and brings no randomness.
//!
//! | To | Start at |
//! | --- | --- |
//! | append and read | [`EventLog`], [`Batch`], [`Draft`] |
//! | merge two copies | [`EventLog::landmarks`], [`EventLog::since`], [`EventLog::absorb`] |
//! | erase | [`Erased`], [`Redacted`], [`EventLog::compact`] |
//! | read a log as it was | [`AsOf`] |
//! | find damage | [`EventLog::verify`], [`Damage`] |
//! | write a storage adapter | [`Rows`], [`engine`], and the suite `conformance` |
//! | try it without a file | [`MemoryLog`] |
//!
//! ```
//! use commons::{Code, DataClass, EventId, UnitId};
//! use event_log::{Batch, DeviceId, Draft, DraftPart, EventLog, KeyId, Keys, Kind, MemoryLog};
//! use event_log::{RulebookMark, Visit};
//!
//! // Randomness and time come from the caller; these are fixed.
//! let visit = Visit::new(Code::of("example-1"), 1_000, [7; 48]);
//! let mut log = MemoryLog::open(DeviceId::number(1), &visit);
//!
//! let circle = UnitId::number(20);
//! let formed = Draft {
//!     id: EventId::number(1),
//!     keys: Keys::one(circle),
//!     rulebook: RulebookMark::default(),
//!     kind: Kind::of("group.formed"),
//!     version: 1,
//!     salt: [3; 16],
//!     parts: vec![DraftPart {
//!         key: KeyId::OPEN,
//!         class: DataClass::Schedule,
//!         bytes: br#"{"event":"formed"}"#.to_vec(),
//!     }],
//! };
//! let batch = Batch { drafts: vec![formed], expect: vec![(circle.into(), 0)], ..Batch::default() };
//! log.append(&batch, 2_000)?;
//!
//! let reading = log.read(circle.into())?;
//! assert_eq!(reading.count, 1);
//! assert!(log.verify(&mut |_, _| {})?.damage.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "proptest1")]
pub mod arb;
mod as_of;
mod batch;
mod clock;
#[cfg(feature = "conformance")]
pub mod conformance;
mod damage;
mod digest;
pub mod engine;
mod erasing;
mod event;
mod exchange;
mod header;
mod key;
mod kind;
mod log;
mod memory;
mod origins;
mod rows;

pub use as_of::AsOf;
pub use batch::{AppendError, Appended, Batch, Card, Draft, DraftPart, Unfit};
pub use clock::{Clock, Stamp};
pub use damage::{Damage, Weight};
pub use digest::{Digest, DigestError};
pub use erasing::{Erased, Leave, Redacted, UnclearErasure};
pub use event::{Event, EventError, Part, Spot};
pub use exchange::{AbsorbError, Absorbed, Fork, Head, Sent};
pub use header::{Header, HeaderError, PartHead, RulebookMark};
pub use key::{Key, KeyId, Keys, KeysError};
pub use kind::{Kind, KindError};
pub use log::{EventLog, Reading, Verdict};
pub use memory::MemoryLog;
pub use origins::{Course, DeviceId, Mark, OriginOpened, Own, Visit, Why, course};
pub use rows::{Place, Row, Rows, Span, Wrapped};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;

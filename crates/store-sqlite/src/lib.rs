//! The event log, its keys and cards in one SQLite file: the embedded default.
//!
//! This crate decides how the rows of [`event_log`] lie in SQLite, when a save is durable, and how
//! a store is backed up and put back. What is stale, known, forked or erased is decided by
//! [`event_log::engine`]; what the bytes mean is not known here.
//!
//! | To | Start at |
//! | --- | --- |
//! | make or open a store | [`SqliteLog::create`], [`SqliteLog::open`], [`Device`] |
//! | look at one without writing | [`SqliteLog::open_read_only`] |
//! | append, read, merge, verify | [`event_log::EventLog`] |
//! | back up and put back | [`SqliteLog::backup`], [`restore`] |
//! | learn why something failed | [`StoreError`] |
//!
//! A save that returned is on the disk: WAL with `synchronous=FULL`, and no other mode. Several
//! processes may write to one store at once; each waits up to five seconds for the others.

mod backup;
mod device;
mod error;
mod file;
mod inspect;
#[cfg(test)]
mod samples;
mod store;
mod tables;

pub use backup::{Backup, Restoring, restore};
pub use device::{Device, Note};
pub use error::StoreError;
pub use store::SqliteLog;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;

//! The two events that give leave to blank a part.

use std::collections::BTreeSet;

use commons::EventId;
use serde::{Deserialize, Serialize};

use crate::{Event, KeyId, Kind, PartHead};

/// The open part of a `person.erased` event: these keys are gone, and all that they sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// The keys that were destroyed: a person's, and of every enrolment of that person.
    pub keys: BTreeSet<KeyId>,
}

impl Erased {
    /// The type name of the event.
    pub const KIND: Kind = Kind::of("person.erased");
}

/// The open part of a `part.redacted` event: these parts of one event are gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redacted {
    /// The event that they belong to.
    pub event: EventId,
    /// The numbers of the parts.
    pub parts: BTreeSet<u8>,
}

impl Redacted {
    /// The type name of the event.
    pub const KIND: Kind = Kind::of("part.redacted");
}

/// Which parts may be empty: the sum of all events of erasure.
///
/// Further fields that an application writes into the open part of such an event are left alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leave {
    keys: BTreeSet<KeyId>,
    parts: BTreeSet<(EventId, u8)>,
}

impl Leave {
    /// What one event gives leave for; nothing, where it is no event of erasure.
    ///
    /// # Errors
    ///
    /// When its open part does not say what such an event must say.
    pub fn of(kind: &Kind, open: &[u8]) -> Result<Self, UnclearErasure> {
        let mut leave = Self::default();
        if *kind == Erased::KIND {
            let erased: Erased = serde_json::from_slice(open).map_err(|_| UnclearErasure)?;
            if erased.keys.contains(&KeyId::OPEN) {
                return Err(UnclearErasure);
            }
            leave.keys = erased.keys;
        } else if *kind == Redacted::KIND {
            let redacted: Redacted = serde_json::from_slice(open).map_err(|_| UnclearErasure)?;
            let event = redacted.event;
            leave.parts = redacted.parts.iter().map(|part| (event, *part)).collect();
        }
        Ok(leave)
    }

    /// Adds what one event gives leave for, if it is an event of erasure and can be read.
    pub fn take(&mut self, event: &Event) {
        if let Some(Ok(mut leave)) = event.open().map(|open| Self::of(&event.header().kind, open)) {
            self.add(&mut leave);
        }
    }

    /// Adds another leave to this one.
    pub fn add(&mut self, other: &mut Self) {
        self.keys.append(&mut other.keys);
        self.parts.append(&mut other.parts);
    }

    /// Whether that part of that event may be empty.
    #[must_use]
    pub fn covers(&self, event: EventId, part: &PartHead) -> bool {
        self.keys.contains(&part.key) || self.parts.contains(&(event, part.number))
    }

    /// Whether nothing may be empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.parts.is_empty()
    }

    /// The keys that were destroyed.
    #[must_use]
    pub const fn keys(&self) -> &BTreeSet<KeyId> {
        &self.keys
    }

    /// The single parts that were blanked.
    #[must_use]
    pub const fn parts(&self) -> &BTreeSet<(EventId, u8)> {
        &self.parts
    }
}

/// An event of erasure whose open part does not say what is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the event does not say what it erases")]
pub struct UnclearErasure;

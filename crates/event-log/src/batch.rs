//! What an application asks a log to append, and how that is refused.

use commons::{DataClass, EventId, Refused, Rule};

use crate::{Digest, Key, KeyId, Keys, Kind, RulebookMark};

/// Everything that one decision writes: all of it is durable, or none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// The events, in the order in which they are chained.
    pub drafts: Vec<Draft>,
    /// How many events each key had that the decision *read*, whether it writes to that key or
    /// not. Where another writer was quicker the batch is refused: load and decide again.
    pub expect: Vec<(Key, u64)>,
    /// New owner keys, wrapped; opaque here.
    pub keys: Vec<(KeyId, Vec<u8>)>,
    /// New settings, such as the vault's record of a program that is founded. One that is here
    /// already with another value refuses the batch.
    pub settings: Vec<(String, Vec<u8>)>,
    /// The cards of what the drafts touch, computed with the drafts applied. Each must stand in
    /// `expect`. Cards of touched keys that are not here are deleted.
    pub cards: Vec<Card>,
}

/// An event before the log gives it its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id, made by the caller (UUID version 7). The same id again with the same content is a
    /// retry and succeeds.
    pub id: EventId,
    /// What it is found by.
    pub keys: Keys,
    /// The rulebook in force.
    pub rulebook: RulebookMark,
    /// Its type name.
    pub kind: Kind,
    /// The version of that type's shape, from 1.
    pub version: u16,
    /// Sixteen random bytes, made by the caller.
    pub salt: [u8; 16],
    /// Its parts: the open one first, under [`KeyId::OPEN`], then those sealed.
    pub parts: Vec<DraftPart>,
}

/// A part before its hash is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftPart {
    /// The key it is sealed under, or [`KeyId::OPEN`].
    pub key: KeyId,
    /// What kind of data it holds.
    pub class: DataClass,
    /// Its bytes, as they will be stored.
    pub bytes: Vec<u8>,
}

/// A read model of one key: a pure function of the events that have the key. It may be deleted at
/// any time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What it is the card of.
    pub key: Key,
    /// The version of its shape: another release may compute another one.
    pub version: u16,
    /// Its bytes, sealed whole; opaque here.
    pub bytes: Vec<u8>,
}

/// Where an appended event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Its id.
    pub id: EventId,
    /// Its number in the origin.
    pub seq: u64,
    /// Its link in the origin's chain.
    pub link: Digest,
}

/// Why nothing was appended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError<E> {
    /// Another writer was quicker: load and decide again.
    #[error("the decision read {expected} events of {key} and there are {found}")]
    Stale {
        /// What was read.
        key: Key,
        /// How many events the decision read.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// An event with this id is there already, with other content.
    #[error("the id {id} belongs to another event")]
    Taken {
        /// The id.
        id: EventId,
    },
    /// A part is sealed under a key that was destroyed.
    #[error("the key {key} was erased")]
    Erased {
        /// The name of the key.
        key: KeyId,
    },
    /// A key of this name is there already, wrapped otherwise.
    #[error("the name {key} belongs to another key")]
    KeyTaken {
        /// The name of the key.
        key: KeyId,
    },
    /// A setting of this name is there already, with another value.
    #[error("the setting {name} is there already")]
    SettingTaken {
        /// Its name.
        name: String,
    },
    /// A card of something whose events the decision did not read.
    #[error("the card of {key} was made without reading its events")]
    Unread {
        /// What it is the card of.
        key: Key,
    },
    /// A draft that cannot become an event.
    #[error("event {id} cannot be written: {why}")]
    Unfit {
        /// The id of the draft.
        id: EventId,
        /// What is wrong with it.
        why: Unfit,
    },
    /// The store could not do it; nothing was written.
    #[error(transparent)]
    Store(E),
}

/// Why a draft cannot become an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unfit {
    /// Not 1 to 255 parts.
    #[error("it has {0} parts, and 1 to 255 are wanted")]
    Parts(usize),
    /// Part 0 stands under a key.
    #[error("its first part is not open")]
    Sealed,
    /// A part is longer than a part may be.
    #[error("part {number} is longer than {} bytes", crate::Part::LONGEST)]
    Long {
        /// The number of the part.
        number: usize,
    },
    /// An event of erasure that does not say what is erased.
    #[error("it does not say what it erases")]
    UnclearErasure,
}

impl<E: std::error::Error + 'static> Refused for AppendError<E> {
    fn code(&self) -> &'static str {
        match self {
            Self::Stale { .. } => "log.stale",
            Self::Taken { .. } => "log.taken",
            Self::Erased { .. } => "log.erased",
            Self::KeyTaken { .. } => "log.key_taken",
            Self::SettingTaken { .. } => "log.setting_taken",
            Self::Unread { .. } => "log.unread",
            Self::Unfit { .. } => "log.unfit",
            Self::Store(_) => "log.store",
        }
    }

    fn rule(&self) -> Option<Rule> {
        None
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::Stale { .. } => "Load what changed and decide again.",
            Self::Taken { .. } | Self::KeyTaken { .. } => "Make a new random id and try again.",
            Self::SettingTaken { .. } => "Open what is there instead of making it anew.",
            Self::Erased { .. } => "Give the person a new key, if they wish to come back.",
            Self::Unread { .. } => "Read the events of the key and name their count.",
            Self::Unfit { .. } => "Correct the event: this is a fault of the program.",
            Self::Store(_) => "Nothing was saved. Look at the cause, then save again.",
        }
    }
}

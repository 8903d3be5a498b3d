//! What `verify` finds, each named by its place.

use commons::{EventId, OriginId};

use crate::{Fork, HeaderError, Key, KeyId, Spot};

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// A place of which only the body came: its event is withheld, or was lost and left no trace.
    #[error("{spot}: its event is withheld")]
    Withheld {
        /// Where.
        spot: Spot,
    },
    /// An event whose header is gone, while something that belongs to it is still here.
    #[error("{spot}: its header is gone")]
    Lost {
        /// Where.
        spot: Spot,
    },
    /// A header that cannot be read.
    #[error("{spot}: its header cannot be read: {why}")]
    Header {
        /// Where.
        spot: Spot,
        /// What is wrong with it.
        why: HeaderError,
    },
    /// A header that is not the one which was written.
    #[error("{spot}: its header was altered")]
    Body {
        /// Where.
        spot: Spot,
    },
    /// A part that is not what the header says.
    #[error("{spot}: part {number} was altered")]
    Part {
        /// Where.
        spot: Spot,
        /// The number of the part.
        number: u8,
    },
    /// A part that is empty, and no event of erasure gives leave for it.
    #[error("{spot}: part {number} is empty without leave")]
    Empty {
        /// Where.
        spot: Spot,
        /// The number of the part.
        number: u8,
    },
    /// A part that is kept under another number or another key than the header says.
    #[error("{spot}: part {number} is kept where the header knows none")]
    Misfiled {
        /// Where.
        spot: Spot,
        /// The number under which it is kept.
        number: u8,
    },
    /// An event whose link does not follow from the one before it.
    #[error("{spot}: it does not follow from the event before it")]
    Link {
        /// Where.
        spot: Spot,
    },
    /// Events that are missing from the chain of an origin.
    #[error("origin {origin}: numbers {first} to {last} are missing")]
    Gap {
        /// The origin.
        origin: OriginId,
        /// The first number that is missing.
        first: u64,
        /// The last number that is missing.
        last: u64,
    },
    /// The last events of an origin are not those that the store remembers.
    #[error("origin {origin}: the end of its chain is not what the store remembers")]
    Tip {
        /// The origin.
        origin: OriginId,
    },
    /// Two events of one origin with the same number: a copy wrote on under its old name.
    #[error("origin {}: {} events have the number {}", .0.origin, .0.links.len(), .0.seq)]
    Fork(Fork),
    /// An event kept aside, because its id was here already with other content.
    #[error("event {id}: another event came with the same id and is kept aside")]
    Quarantined {
        /// The id.
        id: EventId,
    },
    /// An event that is not found by one of its keys or by its type name.
    #[error("{spot}: it is not found by all of its keys and its type name")]
    Unfound {
        /// Where.
        spot: Spot,
    },
    /// An event that the storage engine cannot read at all.
    #[error("origin {origin}: number {seq} or the next one cannot be read: {finding}")]
    Unreadable {
        /// The origin.
        origin: OriginId,
        /// The number.
        seq: u64,
        /// The engine's words, which hold no content.
        finding: String,
    },
    /// A key of which more or fewer events are counted than there are.
    #[error("{found} events are counted for {key}, and {events} are there")]
    Count {
        /// The key.
        key: Key,
        /// How many are counted.
        found: u64,
        /// How many there are.
        events: u64,
    },
    /// A key that an event of erasure destroyed is still there.
    #[error("the key {key} was erased and is still there")]
    Undead {
        /// The name of the key.
        key: KeyId,
    },
    /// A part that an event of erasure blanked still has bytes.
    #[error("{spot}: part {number} was erased and is still there")]
    Unblanked {
        /// Where.
        spot: Spot,
        /// The number of the part.
        number: u8,
    },
    /// A wrapped key that is not what was kept.
    #[error("the wrapped key {key} was altered")]
    Wrapped {
        /// The name of the key.
        key: KeyId,
    },
    /// A key that is gone, and no event of erasure destroyed it.
    #[error("the key {key} is gone without leave")]
    Destroyed {
        /// The name of the key.
        key: KeyId,
    },
    /// Keys that are not here: what they sealed cannot be read.
    #[error("{keys} keys are not here; what they sealed stays locked")]
    Keyless {
        /// How many.
        keys: u64,
    },
    /// A value that the store keeps of itself is not what was kept.
    #[error("the setting {name} was altered")]
    Setting {
        /// Its name.
        name: String,
    },
    /// What the storage engine says of its own file.
    #[error("the file: {finding}")]
    File {
        /// The engine's words, which hold no content.
        finding: String,
    },
}

/// Whether something was harmed or only deserves a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Nothing is lost; somebody should know of it.
    Notice,
    /// Something is lost or was altered.
    Harm,
}

impl Damage {
    /// Whether something was harmed or only deserves a look.
    #[must_use]
    pub const fn weight(&self) -> Weight {
        match self {
            Self::Fork(_)
            | Self::Quarantined { .. }
            | Self::Withheld { .. }
            | Self::Keyless { .. } => Weight::Notice,
            Self::Lost { .. }
            | Self::Header { .. }
            | Self::Body { .. }
            | Self::Part { .. }
            | Self::Empty { .. }
            | Self::Misfiled { .. }
            | Self::Link { .. }
            | Self::Gap { .. }
            | Self::Tip { .. }
            | Self::Unfound { .. }
            | Self::Unreadable { .. }
            | Self::Count { .. }
            | Self::Undead { .. }
            | Self::Wrapped { .. }
            | Self::Destroyed { .. }
            | Self::Setting { .. }
            | Self::Unblanked { .. }
            | Self::File { .. } => Weight::Harm,
        }
    }

    /// The event it is about, where it is about one that has a name.
    #[must_use]
    pub const fn event(&self) -> Option<EventId> {
        match self {
            Self::Withheld { spot }
            | Self::Lost { spot }
            | Self::Header { spot, .. }
            | Self::Misfiled { spot, .. }
            | Self::Body { spot }
            | Self::Part { spot, .. }
            | Self::Empty { spot, .. }
            | Self::Unblanked { spot, .. }
            | Self::Link { spot }
            | Self::Unfound { spot } => spot.id,
            Self::Quarantined { id } => Some(*id),
            Self::Gap { .. }
            | Self::Tip { .. }
            | Self::Fork(_)
            | Self::Unreadable { .. }
            | Self::Count { .. }
            | Self::Undead { .. }
            | Self::Wrapped { .. }
            | Self::Destroyed { .. }
            | Self::Keyless { .. }
            | Self::Setting { .. }
            | Self::File { .. } => None,
        }
    }
}

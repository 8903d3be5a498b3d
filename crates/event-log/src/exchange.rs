//! How two copies of a log become one.

use std::collections::BTreeSet;

use commons::{EventId, OriginId, Refused, Rule};
use serde::{Deserialize, Serialize};

use crate::{Digest, Event, Key, Spot};

/// A place in the chain of an origin: copies compare these, never bare numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Head {
    /// The origin.
    pub origin: OriginId,
    /// The number of the event there.
    pub seq: u64,
    /// Its link, which hangs on every event before it.
    pub link: Digest,
}

/// One event on its way from copy to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// The event itself.
    Whole {
        /// The link before it.
        previous: Digest,
        /// The event.
        event: Event,
    },
    /// Only that there is one: the chain verifies, and nothing else is shown.
    Withheld {
        /// The link before it.
        previous: Digest,
        /// The origin that wrote it.
        origin: OriginId,
        /// Its number there.
        seq: u64,
        /// The digest of its header, which holds sixteen random bytes.
        body: Digest,
    },
}

impl Sent {
    /// The link before it.
    #[must_use]
    pub const fn previous(&self) -> Digest {
        match self {
            Self::Whole { previous, .. } | Self::Withheld { previous, .. } => *previous,
        }
    }

    /// Where it stands.
    #[must_use]
    pub const fn spot(&self) -> Spot {
        match self {
            Self::Whole { event, .. } => event.spot(),
            Self::Withheld { origin, seq, .. } => Spot { origin: *origin, seq: *seq, id: None },
        }
    }

    /// The digest of its header.
    #[must_use]
    pub fn body(&self) -> Digest {
        match self {
            Self::Whole { event, .. } => event.header().body(),
            Self::Withheld { body, .. } => *body,
        }
    }

    /// The same place in the chain with the event held back, for a pack that may not show it.
    #[must_use]
    pub fn withhold(&self) -> Self {
        let Spot { origin, seq, .. } = self.spot();
        Self::Withheld { previous: self.previous(), origin, seq, body: self.body() }
    }
}

/// What a merge did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Absorbed {
    /// How many events came in that were not here (and withheld ones that are now whole).
    pub new: u64,
    /// How many were here already.
    pub known: u64,
    /// How many events that were damaged here, or short of a part, are better now.
    pub mended: u64,
    /// Events whose id is here already with other content: kept aside and shown.
    pub quarantined: Vec<EventId>,
    /// Origins in which two events followed the same one: a copied store wrote on under its old
    /// name. Both branches are kept.
    pub forks: Vec<Fork>,
    /// The keys of all events that came in or lost a part: their cards were deleted.
    pub touched: BTreeSet<Key>,
}

/// Two or more events of one origin that have the same number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fork {
    /// The origin.
    pub origin: OriginId,
    /// The number.
    pub seq: u64,
    /// The link of each branch there.
    pub links: BTreeSet<Digest>,
}

/// Why nothing was merged.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AbsorbError<E> {
    /// An event does not follow anything that is here or came along: something was left out on
    /// the way, or altered.
    #[error("{spot} follows nothing that is known here")]
    Unlinked {
        /// Where it stands.
        spot: Spot,
    },
    /// The store could not do it; nothing was written.
    #[error(transparent)]
    Store(E),
}

impl<E: std::error::Error + 'static> Refused for AbsorbError<E> {
    fn code(&self) -> &'static str {
        match self {
            Self::Unlinked { .. } => "merge.unlinked",
            Self::Store(_) => "merge.store",
        }
    }

    fn rule(&self) -> Option<Rule> {
        None
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::Unlinked { .. } => "Copy the whole store or pack again; a piece is missing.",
            Self::Store(_) => "Nothing was merged. Look at the cause, then merge again.",
        }
    }
}

//! An event: a header and its parts.

use std::fmt;

use commons::{EventId, OriginId};
use serde::{Deserialize, Serialize};

use crate::{Digest, Header, HeaderError, PartHead};

/// A header and the bytes of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    header: Header,
    // Invariant: as many as the header names, and `Bytes` have the hash that it gives.
    parts: Vec<Part>,
}

/// The bytes of one part.
#[derive(Clone, PartialEq, Eq)]
pub enum Part {
    /// Here, and as the header says.
    Bytes(Vec<u8>),
    /// Blanked: an event of erasure says so, or `verify` reports it.
    Empty,
    /// Here, but not what the header says: the store is damaged in this place.
    Damaged,
}

impl Part {
    /// The longest part, in bytes: 16 MiB.
    pub const LONGEST: usize = 1 << 24;

    /// The bytes, where they are here and whole.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Empty | Self::Damaged => None,
        }
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "[{} bytes]", bytes.len()),
            Self::Empty => f.write_str("[empty]"),
            Self::Damaged => f.write_str("[damaged]"),
        }
    }
}

/// Where an event stands, for words about what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Spot {
    /// The origin that wrote it.
    pub origin: OriginId,
    /// Its number in that origin.
    pub seq: u64,
    /// Its id; none where it is withheld or cannot be read.
    pub id: Option<EventId>,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "number {} of origin {}", self.seq, self.origin)?;
        self.id.map_or(Ok(()), |id| write!(f, " (event {id})"))
    }
}

/// Why a header and parts are not an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EventError {
    /// The header is not one.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// More or fewer parts than the header names.
    #[error("{found} parts are here, and the header names {named}")]
    Count {
        /// How many are here.
        found: usize,
        /// How many the header names.
        named: usize,
    },
    /// A part whose bytes have another hash than the header gives.
    #[error("part {number} is not what the header says")]
    Part {
        /// The number of the part.
        number: u8,
    },
    /// The bytes end too early, are too many, or no such mark exists.
    #[error("the bytes of the event are cut short or too long")]
    Length,
}

impl Event {
    /// An event of a header and its parts.
    ///
    /// # Errors
    ///
    /// [`EventError::Count`], and [`EventError::Part`] where bytes have another hash.
    pub fn new(header: Header, parts: Vec<Part>) -> Result<Self, EventError> {
        if parts.len() != header.parts.len() {
            return Err(EventError::Count { found: parts.len(), named: header.parts.len() });
        }
        let wrong =
            header.parts.iter().zip(&parts).find(|(head, part)| {
                part.bytes().is_some_and(|bytes| Digest::of(bytes) != head.hash)
            });
        match wrong {
            Some((head, _)) => Err(EventError::Part { number: head.number }),
            None => Ok(Self { header, parts }),
        }
    }

    /// An event whose hashes were made or checked a moment ago.
    pub(crate) fn trusted(header: Header, parts: Vec<Part>) -> Self {
        Self { header, parts }
    }

    /// What is known of it without opening a part.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> EventId {
        self.header.id
    }

    /// Where it stands.
    #[must_use]
    pub const fn spot(&self) -> Spot {
        Spot { origin: self.header.origin, seq: self.header.seq, id: Some(self.header.id) }
    }

    /// The bytes of the open part, where they are here and whole: JSON, as it was written.
    #[must_use]
    pub fn open(&self) -> Option<&[u8]> {
        self.parts.first().and_then(Part::bytes)
    }

    /// Its parts and what the header says of each, part 0 first.
    pub fn parts(&self) -> impl Iterator<Item = (&PartHead, &Part)> {
        self.header.parts.iter().zip(&self.parts)
    }

    /// The same event with those parts blanked for which `blank` says so.
    #[must_use]
    pub fn without(mut self, blank: impl Fn(&PartHead) -> bool) -> Self {
        for (head, part) in self.header.parts.iter().zip(&mut self.parts) {
            if blank(head) {
                *part = Part::Empty;
            }
        }
        self
    }

    /// The same event with empty parts filled by whatever bytes have the right hash.
    pub(crate) fn filled(mut self, mut find: impl FnMut(&PartHead) -> Option<Vec<u8>>) -> Self {
        for (head, part) in self.header.parts.iter().zip(&mut self.parts) {
            if *part == Part::Empty
                && let Some(bytes) = find(head).filter(|bytes| Digest::of(bytes) == head.hash)
            {
                *part = Part::Bytes(bytes);
            }
        }
        self
    }

    /// All of its bytes, in the layout of `FORMAT.md`: for a quarantine, a pack or a wire.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let header = self.header.encode();
        let mut out = Vec::new();
        push_run(&mut out, &header);
        for part in &self.parts {
            match part {
                Part::Bytes(bytes) => {
                    out.push(1);
                    push_run(&mut out, bytes);
                }
                Part::Empty | Part::Damaged => out.push(0),
            }
        }
        out
    }

    /// Reads an event from its bytes and checks every hash.
    ///
    /// # Errors
    ///
    /// [`EventError`], whatever the bytes are.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EventError> {
        let (header, mut rest) = take_run(bytes)?;
        let header = Header::decode(header)?;
        let mut parts = Vec::with_capacity(header.parts.len());
        for _ in &header.parts {
            let (mark, after) = rest.split_first().ok_or(EventError::Length)?;
            rest = after;
            parts.push(match mark {
                0 => Part::Empty,
                1 => {
                    let (run, after) = take_run(rest)?;
                    rest = after;
                    Part::Bytes(run.to_vec())
                }
                _ => return Err(EventError::Length),
            });
        }
        if !rest.is_empty() {
            return Err(EventError::Length);
        }
        Self::new(header, parts)
    }
}

/// Writes a length and the bytes. A part is never longer than [`Part::LONGEST`].
fn push_run(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend(bytes);
}

fn take_run(bytes: &[u8]) -> Result<(&[u8], &[u8]), EventError> {
    let (length, rest) = bytes.split_first_chunk().ok_or(EventError::Length)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| EventError::Length)?;
    if Part::LONGEST < length {
        return Err(EventError::Length);
    }
    rest.split_at_checked(length).ok_or(EventError::Length)
}

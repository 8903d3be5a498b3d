//! The header of an event, and its bytes.

use commons::{DataClass, EventId, OriginId};
use serde::{Deserialize, Serialize};

use crate::{Digest, KeyId, Keys, Kind, Stamp};

/// What is known of an event without opening any of its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Header {
    /// Its id, the same in every copy of the log.
    pub id: EventId,
    /// The incarnation of a store that wrote it.
    pub origin: OriginId,
    /// The how-manieth of that origin it is, from 1.
    pub seq: u64,
    /// What it is found by.
    pub keys: Keys,
    /// About when it was recorded.
    pub recorded: Stamp,
    /// The rulebook in force when it was recorded.
    pub rulebook: RulebookMark,
    /// Its type name.
    pub kind: Kind,
    /// The version of that type's shape, from 1.
    pub version: u16,
    /// Random bytes, so that nobody can guess a withheld event from its hash.
    pub salt: [u8; 16],
    // Invariant: 1 to 255 of them, numbered 0, 1, 2, …, and the first stands under `KeyId::OPEN`.
    pub(crate) parts: Vec<PartHead>,
}

/// What the header says of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartHead {
    /// Its place in the event, from 0; part 0 is the open one.
    pub number: u8,
    /// The key it is sealed under, or [`KeyId::OPEN`].
    pub key: KeyId,
    /// What kind of data it holds.
    pub class: DataClass,
    /// The SHA-256 of its bytes as stored: of the ciphertext, where it is sealed.
    pub hash: Digest,
}

/// The first eight bytes of the SHA-256 of the rulebook in force; zeros where there is none.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct RulebookMark(pub [u8; 8]);

impl From<Digest> for RulebookMark {
    fn from(hash: Digest) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = hash.bytes();
        Self([a, b, c, d, e, f, g, h])
    }
}

/// Why bytes are not a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderError {
    /// Written in a format that this release does not know.
    #[error("format {found} is newer than this release, which reads format {}", Header::FORMAT)]
    Format {
        /// The format byte.
        found: u8,
    },
    /// The bytes end too early.
    #[error("the header ends too early")]
    Short,
    /// Bytes follow where the header ends.
    #[error("{count} bytes follow the header")]
    Trailing {
        /// How many.
        count: usize,
    },
    /// A sequence number of zero or beyond what a store can count.
    #[error("no event has the number {found}")]
    Seq {
        /// The number.
        found: u64,
    },
    /// Not a type name.
    #[error("the type name is not one")]
    Kind,
    /// Not 1 to 4 different keys.
    #[error("the keys are not 1 to 4 different ones")]
    Keys,
    /// Not 1 to 255 parts, numbered from 0.
    #[error("the parts are not 1 to 255, numbered from 0")]
    Parts,
    /// Part 0 stands under a key.
    #[error("part 0 is not open")]
    Sealed,
    /// A data class that this release does not know.
    #[error("no data class of this release has the number {found}")]
    Class {
        /// The number of the class.
        found: u8,
    },
}

impl Header {
    /// The format that this release writes and reads.
    pub const FORMAT: u8 = 1;

    /// The highest sequence number: stores keep it as a signed 64-bit number.
    pub const SEQ_MOST: u64 = i64::MAX.unsigned_abs();

    /// How many bytes stand before the type name and its length.
    const FIXED: usize = 87;

    /// What it says of its parts, part 0 first.
    #[must_use]
    pub fn parts(&self) -> &[PartHead] {
        &self.parts
    }

    /// Its bytes, in the layout of `FORMAT.md`.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out =
            Vec::with_capacity(Self::FIXED + 67 + self.kind.as_str().len() + 50 * self.parts.len());
        out.push(Self::FORMAT);
        out.extend(self.id.bytes());
        out.extend(self.origin.bytes());
        out.extend(self.seq.to_be_bytes());
        out.extend(self.recorded.clock_ms.to_be_bytes());
        out.extend(self.recorded.counter.to_be_bytes());
        out.extend(self.recorded.wall_ms.to_be_bytes());
        out.extend(self.rulebook.0);
        out.extend(self.salt);
        out.extend(self.version.to_be_bytes());
        push_length(&mut out, self.kind.as_str().len());
        out.extend(self.kind.as_str().as_bytes());
        push_length(&mut out, self.keys.iter().count());
        self.keys.iter().for_each(|key| out.extend(key.bytes()));
        push_length(&mut out, self.parts.len());
        for part in &self.parts {
            out.push(part.number);
            out.push(part.class.number());
            out.extend(part.key.bytes());
            out.extend(part.hash.bytes());
        }
        out
    }

    /// How many parts a header names, without reading the rest of it; `None` where it ends too
    /// early.
    #[must_use]
    pub fn count_parts(bytes: &[u8]) -> Option<u8> {
        let (length, rest) = bytes.get(Self::FIXED..)?.split_first()?;
        let (keys, rest) = rest.get(usize::from(*length)..)?.split_first()?;
        rest.get(16 * usize::from(*keys)..)?.first().copied()
    }

    /// The body: the digest of its bytes. All that is seen of an event that is withheld.
    #[must_use]
    pub fn body(&self) -> Digest {
        Digest::of(&self.encode())
    }

    /// Reads a header. Only the bytes that [`encode`](Self::encode) writes are one.
    ///
    /// # Errors
    ///
    /// [`HeaderError`], whatever the bytes are; it never panics and never takes more memory than
    /// the bytes themselves would fill as a header.
    pub fn decode(bytes: &[u8]) -> Result<Self, HeaderError> {
        let mut rest = Rest(bytes);
        let format = rest.byte()?;
        if format != Self::FORMAT {
            return Err(HeaderError::Format { found: format });
        }
        let id = EventId::from_bytes(rest.take()?);
        let origin = OriginId::from_bytes(rest.take()?);
        let seq = u64::from_be_bytes(rest.take()?);
        if seq == 0 || Self::SEQ_MOST < seq {
            return Err(HeaderError::Seq { found: seq });
        }
        let recorded = Stamp {
            clock_ms: i64::from_be_bytes(rest.take()?),
            counter: u32::from_be_bytes(rest.take()?),
            wall_ms: i64::from_be_bytes(rest.take()?),
        };
        let rulebook = RulebookMark(rest.take()?);
        let salt = rest.take()?;
        let version = u16::from_be_bytes(rest.take()?);
        let header = Self {
            id,
            origin,
            seq,
            recorded,
            rulebook,
            salt,
            version,
            kind: rest.kind()?,
            keys: rest.keys()?,
            parts: rest.parts()?,
        };
        match rest.0.len() {
            0 => Ok(header),
            count => Err(HeaderError::Trailing { count }),
        }
    }
}

/// Writes a count that an invariant keeps below 256.
fn push_length(out: &mut Vec<u8>, length: usize) {
    out.push(u8::try_from(length).unwrap_or(u8::MAX));
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], HeaderError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(HeaderError::Short)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn byte(&mut self) -> Result<u8, HeaderError> {
        self.take().map(|[byte]| byte)
    }

    fn kind(&mut self) -> Result<Kind, HeaderError> {
        let length = usize::from(self.byte()?);
        let (text, rest) = self.0.split_at_checked(length).ok_or(HeaderError::Short)?;
        self.0 = rest;
        let text = std::str::from_utf8(text).map_err(|_| HeaderError::Kind)?;
        text.parse().map_err(|_| HeaderError::Kind)
    }

    fn keys(&mut self) -> Result<Keys, HeaderError> {
        let count = usize::from(self.byte()?);
        if Keys::MOST < count {
            return Err(HeaderError::Keys);
        }
        let keys: Result<Vec<_>, _> =
            (0..count).map(|_| self.take().map(crate::Key::from_bytes)).collect();
        Keys::new(&keys?).map_err(|_| HeaderError::Keys)
    }

    fn parts(&mut self) -> Result<Vec<PartHead>, HeaderError> {
        let count = self.byte()?;
        let parts: Result<Vec<_>, _> = (0..count).map(|number| self.part(number)).collect();
        let parts = parts?;
        match parts.first() {
            None => Err(HeaderError::Parts),
            Some(open) if open.key != KeyId::OPEN => Err(HeaderError::Sealed),
            Some(_) => Ok(parts),
        }
    }

    fn part(&mut self, wanted: u8) -> Result<PartHead, HeaderError> {
        let [number, class] = self.take()?;
        if number != wanted {
            return Err(HeaderError::Parts);
        }
        Ok(PartHead {
            number,
            class: DataClass::try_from(class)
                .map_err(|unknown| HeaderError::Class { found: unknown.0 })?,
            key: KeyId::from_bytes(self.take()?),
            hash: Digest::from_bytes(self.take()?),
        })
    }
}

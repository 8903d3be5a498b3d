//! When a store writes on under its name, and when it must take a new one.

use commons::{Code, DataClass, EventId, OriginId};
use serde::{Deserialize, Serialize};

use crate::{Batch, Clock, Digest, Draft, DraftPart, Head, KeyId, Keys, Kind, RulebookMark};

commons::id! {
    /// A device: random, kept in a small file outside every store.
    pub struct DeviceId;
}

/// What a store remembers of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// The origin it writes under.
    pub origin: OriginId,
    /// The device on which that origin was opened.
    pub device: DeviceId,
    /// How many events it has written under it.
    pub seq: u64,
    /// The link of the last of them, or [`Digest::START`].
    pub link: Digest,
    /// Its hybrid clock.
    pub clock: Clock,
}

impl Own {
    /// A store that has written nothing yet under this origin.
    #[must_use]
    pub const fn fresh(origin: OriginId, device: DeviceId, clock: Clock) -> Self {
        Self { origin, device, seq: 0, link: Digest::START, clock }
    }

    /// The last event it wrote, if any.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        (self.seq > 0).then_some(Head { origin: self.origin, seq: self.seq, link: self.link })
    }
}

/// What the device remembers of an origin, outside the store: the last link it saw written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The number of the event.
    pub seq: u64,
    /// Its link.
    pub link: Digest,
}

/// Whether a store writes on under its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// It is where the device left it.
    Continue,
    /// It takes a new origin, whose first event says why.
    Mint(Why),
}

/// Why a store took a new origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Why {
    /// The store is new.
    New,
    /// The store was written on another device: it was copied here.
    ForeignDevice,
    /// The device remembers more, or something else, than the store holds: an older copy was put
    /// back, or two copies lie on this device.
    BehindMark,
    /// The device remembers nothing of this store's origin.
    Unmarked,
    /// The store was put back from a backup by the program itself.
    Restored,
}

/// Decides whether a store writes on under its name.
///
/// `own` is what the store remembers, `mark` what the device remembers of that origin, and
/// `link_at_mark` the link that the store holds at the mark's number. A store *ahead* of its mark
/// is well: the device was cut off between the two writes.
#[must_use]
pub fn course(
    device: DeviceId,
    own: Option<&Own>,
    mark: Option<Mark>,
    link_at_mark: Option<Digest>,
) -> Course {
    let Some(own) = own else {
        return Course::Mint(Why::New);
    };
    if own.device != device {
        return Course::Mint(Why::ForeignDevice);
    }
    match mark {
        None => Course::Mint(Why::Unmarked),
        Some(mark) if mark.seq <= own.seq && link_at_mark == Some(mark.link) => Course::Continue,
        Some(_) => Course::Mint(Why::BehindMark),
    }
}

/// The open part of `origin.opened`, the first event of every origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginOpened {
    /// The device.
    pub device: DeviceId,
    /// The software and its version, such as `circlekeeper-0.1.0`.
    pub software: Code,
    /// The last event that this store wrote under its former origin.
    pub after: Option<Head>,
    /// Why it took a new one.
    pub why: Why,
}

/// What a caller brings to open a store: its device, its clock and enough randomness for an origin
/// and its first event, should one be needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The software and its version.
    pub software: Code,
    /// What the wall clock says, in milliseconds since 1970-01-01T00:00Z.
    pub wall_ms: i64,
    /// A random id (version 4), used if a new origin is opened.
    pub origin: OriginId,
    /// An id (version 7) for that origin's first event.
    pub event: EventId,
    /// Sixteen random bytes for it.
    pub salt: [u8; 16],
}

impl Visit {
    /// A visit from forty-eight random bytes.
    ///
    /// ```
    /// # use commons::Code;
    /// use event_log::Visit;
    /// let visit = Visit::new(Code::of("circlekeeper-0.1.0"), 1_795_305_600_000, [7; 48]);
    /// assert!(visit.event.to_string().starts_with("01a20"));
    /// ```
    #[must_use]
    pub fn new(software: Code, wall_ms: i64, random: [u8; 48]) -> Self {
        let mut origin = [0; 16];
        let mut event = [0; 10];
        let mut salt = [0; 16];
        let pool = origin.iter_mut().chain(&mut event).chain(&mut salt);
        for (byte, random) in pool.zip(random) {
            *byte = random;
        }
        let millis = u64::try_from(wall_ms).unwrap_or(0);
        Self {
            software,
            wall_ms,
            origin: uuid::Builder::from_random_bytes(origin).into_uuid().into(),
            event: uuid::Builder::from_unix_timestamp_millis(millis, &event).into_uuid().into(),
            salt,
        }
    }

    /// The batch that opens its origin.
    #[must_use]
    pub fn opening(&self, device: DeviceId, after: Option<Head>, why: Why) -> Batch {
        let opened = OriginOpened { device, software: self.software.clone(), after, why };
        Batch {
            drafts: vec![Draft {
                id: self.event,
                keys: Keys::one(self.origin),
                rulebook: RulebookMark::default(),
                kind: OriginOpened::KIND,
                version: 1,
                salt: self.salt,
                parts: vec![DraftPart {
                    key: KeyId::OPEN,
                    class: DataClass::Audit,
                    bytes: serde_json::to_vec(&opened).unwrap_or_default(),
                }],
            }],
            ..Batch::default()
        }
    }
}

impl OriginOpened {
    /// The type name of the event.
    pub const KIND: Kind = Kind::of("origin.opened");
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: DeviceId = DeviceId::number(1);
    const THERE: DeviceId = DeviceId::number(2);

    #[track_caller]
    fn check(device: DeviceId, seq: Option<u64>, mark: Option<u64>, same: bool, want: Course) {
        let link = Digest::of(b"link");
        let own = seq.map(|seq| Own {
            seq,
            link,
            ..Own::fresh(OriginId::number(1), HERE, Clock::default())
        });
        let mark = mark.map(|seq| Mark { seq, link });
        let held = same.then_some(link);
        assert_eq!(course(device, own.as_ref(), mark, held), want);
    }

    #[test]
    fn a_store_writes_on_only_where_its_device_left_it() {
        check(HERE, None, None, false, Course::Mint(Why::New));
        check(HERE, Some(5), Some(5), true, Course::Continue);
        check(HERE, Some(6), Some(5), true, Course::Continue);
        check(HERE, Some(4), Some(5), true, Course::Mint(Why::BehindMark));
        check(HERE, Some(5), Some(5), false, Course::Mint(Why::BehindMark));
        check(HERE, Some(6), Some(5), false, Course::Mint(Why::BehindMark));
        check(HERE, Some(5), None, true, Course::Mint(Why::Unmarked));
        check(THERE, Some(5), Some(5), true, Course::Mint(Why::ForeignDevice));
    }

    #[test]
    fn the_first_event_of_an_origin_says_why() {
        let visit = Visit::new(Code::of("circlekeeper-0.1.0"), 1_000, [9; 48]);
        let batch = visit.opening(HERE, None, Why::BehindMark);
        let open = &batch.drafts[0].parts[0].bytes;
        let text = std::str::from_utf8(open).unwrap();
        assert_eq!(
            text,
            "{\"device\":\"00000000-0000-0000-0000-000000000001\",\"software\":\
             \"circlekeeper-0.1.0\",\"after\":null,\"why\":\"behind_mark\"}"
        );
        let back: OriginOpened = serde_json::from_str(text).unwrap();
        assert_eq!(back.why, Why::BehindMark);
    }
}

//! Strategies of valid headers and events, for our tests and for yours.

use commons::{DataClass, EventId, OriginId};
use proptest::{collection::vec, prelude::*};

use crate::{Digest, Event, Header, Key, KeyId, Keys, Kind, Part, PartHead, RulebookMark, Stamp};

/// Any type name.
pub fn kind() -> impl Strategy<Value = Kind> {
    "[a-z][a-z0-9._]{0,39}".prop_map(|text| text.parse().expect("the pattern is that of a kind"))
}

/// One to four different keys.
pub fn keys() -> impl Strategy<Value = Keys> {
    proptest::collection::btree_set(any::<u128>(), 1..=Keys::MOST).prop_map(|keys| {
        let keys: Vec<Key> = keys.into_iter().map(Key::number).collect();
        Keys::new(&keys).expect("one to four different keys")
    })
}

/// Any stamp.
pub fn stamp() -> impl Strategy<Value = Stamp> {
    any::<(i64, u32, i64)>().prop_map(|(clock_ms, counter, wall_ms)| Stamp {
        clock_ms,
        counter,
        wall_ms,
    })
}

/// Any event, with up to five parts of up to sixty bytes.
pub fn event() -> impl Strategy<Value = Event> {
    let part = (any::<u128>(), 1_u8..=21, vec(any::<u8>(), 0..60), any::<bool>());
    let ids = (any::<u128>(), any::<u128>(), 1..=Header::SEQ_MOST);
    let plain = (any::<[u8; 8]>(), any::<[u8; 16]>(), any::<u16>());
    (ids, keys(), stamp(), plain, kind(), vec(part, 1..=5)).prop_map(
        |((id, origin, seq), keys, recorded, (rulebook, salt, version), kind, parts)| {
            let heads = (0_u8..).zip(&parts).map(|(number, (key, class, bytes, _))| PartHead {
                number,
                key: if number == 0 { KeyId::OPEN } else { KeyId::number(*key) },
                class: DataClass::try_from(*class).expect("1 to 21"),
                hash: Digest::of(bytes),
            });
            let header = Header {
                id: EventId::number(id),
                origin: OriginId::number(origin),
                seq,
                keys,
                recorded,
                rulebook: RulebookMark(rulebook),
                kind,
                version,
                salt,
                parts: heads.collect(),
            };
            let part = |(_, _, bytes, here)| if here { Part::Bytes(bytes) } else { Part::Empty };
            let parts = parts.into_iter().map(part).collect();
            Event::new(header, parts).expect("the hashes were taken from the parts")
        },
    )
}

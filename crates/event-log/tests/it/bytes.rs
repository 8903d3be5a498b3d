//! The bytes of a header and of an event, which are for ever.

use commons::{EventId, OriginId};
use event_log::{Digest, Event, EventError, Header, HeaderError, arb};
use proptest::prelude::*;

/// The vectors of `FORMAT.md`: name, header in hexadecimal, body hash.
fn vectors() -> Vec<(&'static str, Vec<u8>, Digest)> {
    let lines = include_str!("vectors.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            let mut next = || words.next().unwrap();
            (next(), unhex(next()), next().parse().unwrap())
        })
        .collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

#[test]
fn a_header_written_by_an_independent_program_is_read_and_written_the_same() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 3);
    for (name, bytes, body) in vectors {
        let header = Header::decode(&bytes).unwrap();
        assert_eq!(header.encode(), bytes, "{name}");
        assert_eq!(header.body(), body, "{name}");
        assert_eq!(Header::count_parts(&bytes).map(usize::from), Some(header.parts().len()));
    }
}

#[test]
fn the_first_vector_says_what_it_says() {
    let (_, bytes, _) = vectors().remove(0);
    let header = Header::decode(&bytes).unwrap();
    assert_eq!(header.id, EventId::number(1));
    assert_eq!(header.origin, OriginId::number(2));
    assert_eq!((header.seq, header.version), (3, 7));
    assert_eq!(header.recorded.clock_ms, -1);
    assert_eq!((header.recorded.counter, header.recorded.wall_ms), (5, 6));
    assert_eq!((header.rulebook.0, header.salt), ([8; 8], [9; 16]));
    assert_eq!(header.kind.as_str(), "group.joined");
    assert_eq!(header.keys.iter().count(), 2);
    assert_eq!(header.parts()[0].hash, Digest::of(b"{}"));
}

#[track_caller]
fn check(change: impl Fn(&mut Vec<u8>), want: HeaderError) {
    let (_, mut bytes, _) = vectors().remove(0);
    change(&mut bytes);
    assert_eq!(Header::decode(&bytes), Err(want));
}

#[test]
fn what_is_not_a_header_is_said_to_be_none() {
    check(|bytes| bytes.clear(), HeaderError::Short);
    check(|bytes| bytes[0] = 2, HeaderError::Format { found: 2 });
    check(|bytes| bytes[33..41].fill(0), HeaderError::Seq { found: 0 });
    check(|bytes| bytes[33] = 128, HeaderError::Seq { found: (1 << 63) + 3 });
    check(|bytes| bytes[88] = b'G', HeaderError::Kind);
    check(|bytes| bytes[87] = 0, HeaderError::Kind);
    check(|bytes| bytes[100] = 5, HeaderError::Keys);
    check(|bytes| bytes.copy_within(101..117, 117), HeaderError::Keys);
    check(|bytes| bytes[133] = 0, HeaderError::Parts);
    check(|bytes| bytes[134] = 1, HeaderError::Parts);
    check(|bytes| bytes[135] = 22, HeaderError::Class { found: 22 });
    check(|bytes| bytes[136] = 1, HeaderError::Sealed);
    check(|bytes| bytes.push(0), HeaderError::Trailing { count: 1 });
    let length = vectors()[0].1.len();
    for cut in 0..length {
        check(|bytes| bytes.truncate(cut), HeaderError::Short);
    }
}

proptest! {
    #[test]
    fn every_event_reads_back_as_it_was_written(event in arb::event()) {
        let header = event.header();
        prop_assert_eq!(&Header::decode(&header.encode()), &Ok(header.clone()));
        prop_assert_eq!(Event::from_bytes(&event.to_bytes()), Ok(event));
    }

    #[test]
    fn only_what_is_written_is_read(event in arb::event(), at: prop::sample::Index, byte: u8) {
        // Canonical: whatever bytes decode are the bytes that encode writes.
        let mut bytes = event.header().encode();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(header) = Header::decode(&bytes) {
            prop_assert_eq!(header.encode(), bytes);
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut formatted = bytes.clone();
        formatted.insert(0, 1);
        let _ = Header::count_parts(&formatted);
        if let Ok(header) = Header::decode(&formatted) {
            prop_assert_eq!(header.encode(), formatted);
        }
        if let Ok(event) = Event::from_bytes(&bytes) {
            prop_assert_eq!(event.to_bytes(), bytes);
        }
    }

    #[test]
    fn an_event_cut_short_or_altered_is_refused(event in arb::event(), at: prop::sample::Index, bit in 0..8) {
        let whole = event.to_bytes();
        let cut = at.index(whole.len());
        prop_assert!(Event::from_bytes(&whole[..cut]).is_err());
        let mut altered = whole.clone();
        altered[cut] ^= 1_u8 << bit;
        if let Ok(other) = Event::from_bytes(&altered) {
            // A header holds no sum of itself: its body is what the chain holds.
            prop_assert_ne!(other.header().body(), event.header().body());
        }
        let mut longer = whole;
        longer.push(0);
        prop_assert_eq!(Event::from_bytes(&longer), Err(EventError::Length));
    }
}

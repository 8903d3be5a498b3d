//! Every flipped bit of a header or a part is seen, wherever it is read.

use event_log::{Damage, EventLog, Row, Sent, arb};
use proptest::prelude::*;

/// The row that a store would keep of something sent.
fn row(sent: &Sent) -> Row {
    let Sent::Whole { previous, event } = sent else { panic!("it is whole") };
    let body = event.header().body();
    let parts = event.parts();
    Row {
        place: event_log::Place {
            origin: event.header().origin,
            seq: event.header().seq,
            link: previous.link(body),
            body,
            id: Some(event.id()),
        },
        header: Some(event.header().encode()),
        parts: parts.map(|(h, p)| (h.number, p.bytes().map(<[u8]>::to_vec))).collect(),
    }
}

fn sent(event: event_log::Event) -> Sent {
    Sent::Whole { previous: event_log::Digest::START, event }
}

proptest! {
    #[test]
    fn a_flipped_bit_of_a_header_is_named(event in arb::event(), at: prop::sample::Index, bit in 0..8) {
        let mut row = row(&sent(event.clone()));
        if let Some(header) = &mut row.header {
            let at = at.index(header.len());
            header[at] ^= 1_u8 << bit;
        }
        let (read, damage) = row.check();
        prop_assert!(read.is_none());
        prop_assert_eq!(damage.len(), 1);
        prop_assert_eq!(damage[0].event(), Some(event.id()));
    }

    #[test]
    fn a_flipped_bit_of_a_part_is_named_and_the_rest_is_read(
        event in arb::event(), which: prop::sample::Index, at: prop::sample::Index, bit in 0..8,
    ) {
        let mut row = row(&sent(event.clone()));
        let mut here: Vec<_> = row.parts.iter_mut()
            .filter_map(|(number, bytes)| Some((*number, bytes.as_mut()?)))
            .filter(|(_, bytes)| !bytes.is_empty())
            .collect();
        prop_assume!(!here.is_empty());
        let which = which.index(here.len());
        let (number, bytes) = &mut here[which];
        let (number, at) = (*number, at.index(bytes.len()));
        bytes[at] ^= 1_u8 << bit;
        let (read, damage) = row.check();
        prop_assert_eq!(damage, [Damage::Part { spot: event.spot(), number }]);
        let read = read.unwrap();
        for ((head, before), (_, after)) in event.parts().zip(read.parts()) {
            prop_assert_eq!(before == after, head.number != number);
        }
    }
}

#[test]
fn an_undamaged_row_reads_as_it_was_written() {
    let log = super::promises::log(1);
    let sent = log.since(&[]).unwrap();
    let (event, damage) = row(&sent[0]).check();
    assert!(damage.is_empty());
    assert_eq!(event.map(|event| event.id()), sent[0].spot().id);
}

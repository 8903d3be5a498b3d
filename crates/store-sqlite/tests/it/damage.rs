//! Damaged files: whatever was flipped or cut is named or harmless, and nothing panics.

use std::fs;

use commons::EventId;
use event_log::{EventLog, KeyId, Weight};
use store_sqlite::SqliteLog;

use super::shop::{Shop, batch, draft, part};

/// A small generator of its own: which bytes are damaged is test data, no more.
fn noise(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 16).unwrap()
}

/// A store of forty events with sealed parts, as the bytes of one file.
fn store(shop: &Shop) -> Vec<u8> {
    let mut log = shop.create("store", 1);
    for n in 0..40 {
        let mut draft = draft(
            1 + n,
            n % 5,
            "session.held",
            &format!("{{\"open\":{n},\"x\":\"{}\"}}", "y".repeat(200)),
        );
        draft
            .parts
            .push(part(KeyId::number(50 + n), &format!("sealed-{n:03}-{}", "z".repeat(100))));
        log.append(&batch(vec![draft]), 1_000).unwrap();
    }
    log.compact().unwrap();
    drop(log);
    fs::read(shop.path("store")).unwrap()
}

/// Events by id, with the bytes of their parts.
type Shown = Vec<(EventId, Vec<u8>)>;

/// All that a reader is shown: the ids and open parts of all events.
fn shown(log: &SqliteLog) -> Option<Shown> {
    let mut shown = Vec::new();
    log.each(&mut |event| {
        let parts = event.parts().filter_map(|(_, part)| part.bytes());
        shown.push((event.id(), parts.collect::<Vec<_>>().concat()));
    })
    .ok()?;
    Some(shown)
}

/// Whether damage was named, and what is shown if it was not.
fn look(shop: &Shop, bytes: &[u8]) -> (bool, Option<Shown>, Vec<EventId>) {
    fs::write(shop.path("damaged"), bytes).unwrap();
    let Ok(log) = SqliteLog::open_read_only(&shop.path("damaged")) else {
        return (true, None, Vec::new());
    };
    let Ok(verdict) = log.verify(&mut |_, _| {}) else {
        return (true, shown(&log), Vec::new());
    };
    let named = verdict.damage.iter().any(|damage| damage.weight() == Weight::Harm);
    let events = verdict.damage.iter().filter_map(event_log::Damage::event).collect();
    (named, shown(&log), events)
}

#[test]
fn a_flipped_byte_anywhere_is_named_or_changes_nothing_that_is_shown() {
    let shop = Shop::new();
    let whole = store(&shop);
    let (named, all, _) = look(&shop, &whole);
    assert!(!named && all.as_ref().is_some_and(|all| all.len() == 41));
    let mut seed = 20_260_101;
    for _ in 0..samples(400) {
        let mut bytes = whole.clone();
        let at = noise(&mut seed) % bytes.len();
        bytes[at] ^= u8::try_from(1 << (noise(&mut seed) % 8)).unwrap();
        let (named, shown, _) = look(&shop, &bytes);
        assert!(named || shown == all, "byte {at} was altered and nobody noticed");
    }
}

#[test]
fn a_flipped_byte_of_an_event_is_named_with_the_event() {
    let shop = Shop::new();
    let whole = store(&shop);
    let mut seed = 7;
    for n in 0..samples(160) {
        let event = u128::try_from(n % 40).unwrap();
        // The open part and the sealed part of this event, as they lie in the file.
        let words = [
            format!("{{\"open\":{event},\"x\":\"").into_bytes(),
            format!("sealed-{event:03}-").into_bytes(),
        ];
        let word = &words[noise(&mut seed) % words.len()];
        let at = whole.windows(word.len()).position(|w| w == word).unwrap();
        let mut bytes = whole.clone();
        let at = at + noise(&mut seed) % word.len();
        bytes[at] ^= u8::try_from(1 << (noise(&mut seed) % 8)).unwrap();
        let (_, _, events) = look(&shop, &bytes);
        assert!(events.contains(&EventId::number(1 + event)), "event {event}: {events:?}");
    }
}

#[test]
fn a_file_cut_anywhere_is_named_and_never_panics() {
    let shop = Shop::new();
    let whole = store(&shop);
    let mut seed = 11;
    for _ in 0..samples(100) {
        let cut = noise(&mut seed) % whole.len();
        let (named, ..) = look(&shop, &whole[..cut]);
        assert!(named, "cut at {cut} and nobody noticed");
    }
}

#[test]
fn a_page_of_zeros_is_named_or_changes_nothing_that_is_shown() {
    let shop = Shop::new();
    let whole = store(&shop);
    let (_, all, _) = look(&shop, &whole);
    for page in 0..whole.len() / 4_096 {
        let mut bytes = whole.clone();
        bytes[page * 4_096..(page + 1) * 4_096].fill(0);
        let (named, shown, _) = look(&shop, &bytes);
        assert!(named || shown == all, "page {page} was emptied and nobody noticed");
    }
}

/// More of them where the environment asks: `STORE_SQLITE_SAMPLES=25` is twenty-five times as many.
fn samples(usual: usize) -> usize {
    let times = std::env::var("STORE_SQLITE_SAMPLES").ok().and_then(|text| text.parse().ok());
    usual * times.unwrap_or(1_usize)
}

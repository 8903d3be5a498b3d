//! Damaged files: whatever was flipped or cut is named or harmless, and nothing panics.
//!
//! What is damaged row by row is tried ten thousand times inside the crate (`samples`).

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
};

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

/// A store of twenty events with sealed parts, in one file.
fn store(shop: &Shop) -> Vec<u8> {
    let mut log = shop.create("store", 1);
    for n in 0..20 {
        let open = format!("{{\"open\":{n},\"x\":\"{}\"}}", "y".repeat(200));
        let mut draft = draft(1 + n, n % 5, "session.held", &open);
        let sealed = format!("sealed-{n:03}-{}", "z".repeat(100));
        draft.parts.push(part(KeyId::number(50 + n), &sealed));
        let mut batch = batch(vec![draft]);
        batch.keys = vec![(KeyId::number(50 + n), b"wrapped".to_vec())];
        log.append(&batch, 1_000).unwrap();
    }
    log.compact().unwrap();
    drop(log);
    fs::read(shop.path("store")).unwrap()
}

/// Events by id, with the bytes of their parts.
type Shown = Vec<(EventId, Vec<u8>)>;

/// All that a reader is shown: the ids and parts of all events.
fn shown(log: &SqliteLog) -> Option<Shown> {
    let mut shown = Vec::new();
    log.each(&mut |event| {
        let parts = event.parts().filter_map(|(_, part)| part.bytes());
        shown.push((event.id(), parts.collect::<Vec<_>>().concat()));
    })
    .ok()?;
    Some(shown)
}

/// Whether harm was named, and what is shown if it was not.
fn look(path: &Path) -> (bool, Option<Shown>) {
    let Ok(log) = SqliteLog::open_read_only(path) else {
        return (true, None);
    };
    let Ok(verdict) = log.verify(&mut |_, _| {}) else {
        return (true, shown(&log));
    };
    (verdict.damage.iter().any(|damage| damage.weight() == Weight::Harm), shown(&log))
}

/// Changes one byte of a file in its place.
fn flip(file: &mut File, at: usize, mask: u8) {
    let at = SeekFrom::Start(u64::try_from(at).unwrap());
    let mut byte = [0];
    file.seek(at).unwrap();
    file.read_exact(&mut byte).unwrap();
    file.seek(at).unwrap();
    file.write_all(&[byte[0] ^ mask]).unwrap();
}

#[test]
fn a_flipped_byte_anywhere_is_named_or_changes_nothing_that_is_shown() {
    let shop = Shop::new();
    let length = store(&shop).len();
    let path = shop.path("store");
    let (named, all) = look(&path);
    assert!(!named && all.as_ref().is_some_and(|all| all.len() == 21));
    let mut file = OpenOptions::new().read(true).write(true).open(&path).unwrap();
    let mut seed = 20_260_101;
    for _ in 0..2_000 {
        let at = noise(&mut seed) % length;
        let mask = u8::try_from(1 << (noise(&mut seed) % 8)).unwrap();
        flip(&mut file, at, mask);
        let (named, shown) = look(&path);
        assert!(named || shown == all, "byte {at} was altered and nobody noticed");
        flip(&mut file, at, mask);
    }
    assert_eq!(look(&path), (false, all));
}

#[test]
fn a_file_cut_anywhere_is_named_and_never_panics() {
    let shop = Shop::new();
    let whole = store(&shop);
    let mut seed = 11;
    for _ in 0..200 {
        let cut = noise(&mut seed) % whole.len();
        fs::write(shop.path("damaged"), &whole[..cut]).unwrap();
        let (named, _) = look(&shop.path("damaged"));
        assert!(named, "cut at {cut} and nobody noticed");
    }
}

#[test]
fn a_page_of_zeros_is_named_and_never_panics() {
    let shop = Shop::new();
    let whole = store(&shop);
    let (_, all) = look(&shop.path("store"));
    for page in 0..whole.len() / 4_096 {
        let mut bytes = whole.clone();
        bytes[page * 4_096..(page + 1) * 4_096].fill(0);
        fs::write(shop.path("damaged"), bytes).unwrap();
        let (named, shown) = look(&shop.path("damaged"));
        assert!(named || shown == all, "page {page} was emptied and nobody noticed");
    }
}

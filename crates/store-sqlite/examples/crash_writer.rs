//! A writer to be killed, and the check of what it left.
//!
//! `crash_writer STORE` saves numbered things without end and prints each number once the store
//! has acknowledged it. `crash_writer --check STORE ACKNOWLEDGED` opens the store again and says
//! what of the numbers in that file is lost, what is there by half, and whether the store is well.
//!
//! `cargo run --release -p store-sqlite --example crash_writer -- /tmp/trial/store`

#[expect(dead_code, reason = "the examples share more than each of them needs")]
mod support;

use std::{io::Write, path::Path, process::ExitCode};

use commons::{DataClass, EventId};
use event_log::{
    Batch, Card, Draft, DraftPart, EventLog, Key, KeyId, Keys, Kind, RulebookMark, Wrapped,
};
use store_sqlite::SqliteLog;
use support::Trouble;

/// What both halves of a save are counted under.
const FIRST: Key = Key::number(1);
const SECOND: Key = Key::number(2);

fn main() -> Result<ExitCode, Trouble> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--check", store, acknowledged] => check(Path::new(store), Path::new(acknowledged)),
        [store] => write(Path::new(store)),
        _ => Err("usage: crash_writer STORE, or crash_writer --check STORE ACKNOWLEDGED".into()),
    }
}

/// Saves until it is killed.
fn write(store: &Path) -> Result<ExitCode, Trouble> {
    let mut log = support::open(store)?;
    let mut out = std::io::stdout().lock();
    loop {
        let number = log.count(FIRST)?;
        log.append(&save(number), support::wall_ms())?;
        writeln!(out, "{number}")?;
        out.flush()?;
    }
}

/// Two events, a key and a card that belong together.
fn save(number: u64) -> Batch {
    Batch {
        drafts: vec![half(number, 0, FIRST), half(number, 1, SECOND)],
        expect: vec![(FIRST, number), (SECOND, number)],
        keys: vec![(owner(number), number.to_be_bytes().to_vec())],
        cards: vec![Card { key: FIRST, version: 1, bytes: number.to_be_bytes().to_vec() }],
        ..Batch::default()
    }
}

fn half(number: u64, which: u128, key: Key) -> Draft {
    let open = DraftPart {
        key: KeyId::OPEN,
        class: DataClass::Schedule,
        bytes: format!("{{\"number\":{number}}}").into_bytes(),
    };
    let sealed = DraftPart {
        key: owner(number),
        class: DataClass::Notes,
        bytes: vec![u8::try_from(number % 251).unwrap_or(0); 2_000],
    };
    Draft {
        id: id(number, which),
        keys: Keys::one(key),
        rulebook: RulebookMark::default(),
        kind: Kind::of("trial.saved"),
        version: 1,
        salt: [u8::try_from(number % 256).unwrap_or(0); 16],
        parts: vec![open, sealed],
    }
}

fn id(number: u64, which: u128) -> EventId {
    EventId::number(u128::from(number) * 2 + which + 1)
}

fn owner(number: u64) -> KeyId {
    KeyId::number(u128::from(number) + 1)
}

/// Compares the store with what it acknowledged.
fn check(store: &Path, acknowledged: &Path) -> Result<ExitCode, Trouble> {
    let log = support::open(store)?;
    let text = std::fs::read_to_string(acknowledged).unwrap_or_default();
    let numbers: Vec<u64> = text.lines().filter_map(|line| line.trim().parse().ok()).collect();
    let mut lost = 0;
    for number in &numbers {
        lost += u64::from(halves(&log, *number)? != 2);
    }
    let saved = log.count(FIRST)?;
    let mut half = 0;
    // One more than there are: a save that was cut off must have left nothing at all.
    for number in 0..=saved {
        let whole = if number < saved { 2 } else { 0 };
        half += u64::from(halves(&log, number)? != whole);
    }
    let card = log.card(FIRST)?.map(|card| card.bytes);
    let newest = saved.checked_sub(1).map(|number| number.to_be_bytes().to_vec());
    half += u64::from(card != newest);
    let damage = log.verify(&mut |_, _| {})?.damage;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "acknowledged {} saved {saved} lost {lost} half {half} damaged {}",
        numbers.len(),
        damage.len()
    )?;
    for found in damage.iter().take(5) {
        writeln!(out, "{found}")?;
    }
    let well = lost == 0 && half == 0 && damage.is_empty();
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How many halves of a save are there, with all that belongs to them.
fn halves(log: &SqliteLog, number: u64) -> Result<u32, Trouble> {
    let mut found = 0;
    for (which, wanted) in [0, 1].into_iter().zip(save(number).drafts) {
        let Some(event) = log.event(id(number, which))? else { continue };
        let parts = event.parts().map(|(_, part)| part.bytes());
        let same = parts.eq(wanted.parts.iter().map(|part| Some(part.bytes.as_slice())));
        let key = log.wrapped(owner(number))? == Wrapped::Here(number.to_be_bytes().to_vec());
        found += u32::from(same && key);
    }
    Ok(found)
}

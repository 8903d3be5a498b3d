//! A program to be killed while it merges, erases, compacts, backs up and puts back, and the check of
//! what it left.
//!
//! `crash_chores STORE` does all of it in rounds without end and prints the number of each round once
//! everything in it was acknowledged. `crash_chores --check STORE ACKNOWLEDGED` opens the store again
//! and says what of those rounds is lost or half done.
//!
//! `cargo run --release -p store-sqlite --example crash_chores -- /tmp/trial/store`

#[expect(dead_code, reason = "the examples share more than each of them needs")]
mod support;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use commons::{DataClass, EventId};
use event_log::{
    Batch, DeviceId, Digest, Draft, DraftPart, Erased, EventLog, Key, KeyId, Keys, Kind,
    RulebookMark, Weight, Wrapped,
};
use store_sqlite::{Backup, Device, Restoring, SqliteLog, restore};
use support::Trouble;

/// What the rounds are counted under.
const ROUNDS: Key = Key::number(1);

fn main() -> Result<ExitCode, Trouble> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--check", store, acknowledged] => check(Path::new(store), Path::new(acknowledged)),
        [store] => work(Path::new(store)),
        _ => Err("usage: crash_chores STORE, or crash_chores --check STORE ACKNOWLEDGED".into()),
    }
}

/// Works until it is killed.
fn work(store: &Path) -> Result<ExitCode, Trouble> {
    let folder = folder_of(store);
    let mut log = support::open(store)?;
    fs::create_dir_all(folder.join("other"))?;
    let mut other = support::open(&folder.join("other/store"))?;
    let mut out = std::io::stdout().lock();
    loop {
        let round = log.count(ROUNDS)?;
        log.append(&told(round), support::wall_ms())?;
        merge(&mut log, &mut other, round)?;
        log.append(&erased(round)?, support::wall_ms())?;
        log.compact()?;
        back_up(&log, &folder, round)?;
        writeln!(out, "{round}")?;
        out.flush()?;
    }
}

/// Somebody's words, sealed under a key of their own.
fn told(round: u64) -> Batch {
    let sealed = DraftPart {
        key: owner(round),
        class: DataClass::Notes,
        bytes: words_of(round).repeat(100),
    };
    let keys = vec![(owner(round), words_of(round))];
    let drafts = vec![draft(id(round, 0), ROUNDS, Kind::of("trial.told"), b"{}", Some(sealed))];
    Batch { drafts, keys, expect: vec![(ROUNDS, round)], ..Batch::default() }
}

fn erased(round: u64) -> Result<Batch, Trouble> {
    let open = serde_json::to_vec(&Erased { keys: [owner(round)].into() })?;
    let drafts = vec![draft(id(round, 1), Key::number(2), Erased::KIND, &open, None)];
    Ok(Batch { drafts, ..Batch::default() })
}

/// Another copy writes something, and both take in what the other has.
fn merge(log: &mut SqliteLog, other: &mut SqliteLog, round: u64) -> Result<(), Trouble> {
    let drafts = vec![draft(id(round, 2), Key::number(3), Kind::of("trial.told"), b"{}", None)];
    // After a kill the round is done once more: then it is there already.
    if other.event(id(round, 2))?.is_none() {
        other.append(&Batch { drafts, ..Batch::default() }, support::wall_ms())?;
    }
    log.absorb(&other.since(&log.landmarks()?)?)?;
    other.absorb(&log.since(&other.landmarks()?)?)?;
    Ok(())
}

/// Backs up, puts it back beside, and takes the ones of the round before away.
fn back_up(log: &SqliteLog, folder: &Path, round: u64) -> Result<(), Trouble> {
    let files = Backup::in_folder(&folder.join(format!("backup-{round}")));
    log.backup(&files, support::wall_ms())?;
    let to = folder.join(format!("restored-{round}"));
    let device = Device::at(&folder.join("third"), DeviceId::number(3))?;
    let restoring = Restoring { visit: support::visit(), erased: id(round, 3), salt: salt(round) };
    drop(restore(&files.events, Some(&files.keys), &to, &device, &restoring)?);
    if let Some(before) = round.checked_sub(1) {
        let _ = fs::remove_dir_all(folder.join(format!("backup-{before}")));
        let _ = fs::remove_file(folder.join(format!("restored-{before}")));
    }
    Ok(())
}

fn draft(id: EventId, key: Key, kind: Kind, open: &[u8], sealed: Option<DraftPart>) -> Draft {
    let open = DraftPart { key: KeyId::OPEN, class: DataClass::Audit, bytes: open.to_vec() };
    Draft {
        id,
        keys: Keys::one(key),
        rulebook: RulebookMark::default(),
        kind,
        version: 1,
        salt: [7; 16],
        parts: std::iter::once(open).chain(sealed).collect(),
    }
}

fn id(round: u64, which: u128) -> EventId {
    EventId::number(u128::from(round) * 4 + which + 1)
}

fn owner(round: u64) -> KeyId {
    KeyId::number(u128::from(round) + 1)
}

/// Bytes that stand nowhere else.
fn words_of(round: u64) -> Vec<u8> {
    Digest::of(&round.to_be_bytes()).bytes().to_vec()
}

fn salt(round: u64) -> [u8; 16] {
    u128::from(round).to_be_bytes()
}

fn folder_of(store: &Path) -> PathBuf {
    store.parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// Compares what is there with what was acknowledged.
fn check(store: &Path, acknowledged: &Path) -> Result<ExitCode, Trouble> {
    let log = support::open(store)?;
    let text = fs::read_to_string(acknowledged).unwrap_or_default();
    let rounds: Vec<u64> = text.lines().filter_map(|line| line.trim().parse().ok()).collect();
    let mut lost = 0;
    for round in &rounds {
        lost += u64::from(!is_done(&log, *round)?);
    }
    let folder = folder_of(store);
    let mut half = harm(&log)? + u64::from(log.compact_due()?);
    half += erased_words(&folder, &rounds)?;
    half += broken_copies(&folder)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "acknowledged {} lost {lost} half {half}", rounds.len())?;
    Ok(if lost + half == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether everything of a round is there: what was told, what came by the merge, the erasure.
fn is_done(log: &SqliteLog, round: u64) -> Result<bool, Trouble> {
    let told = log.event(id(round, 0))?;
    let blanked =
        told.is_some_and(|told| told.parts().skip(1).all(|(_, part)| part.bytes().is_none()));
    let came = log.event(id(round, 2))?.is_some();
    Ok(blanked && came && log.wrapped(owner(round))? == Wrapped::Erased)
}

fn harm(log: &SqliteLog) -> Result<u64, Trouble> {
    let damage = log.verify(&mut |_, _| {})?.damage;
    let harm = damage.iter().filter(|found| found.weight() == Weight::Harm).count();
    Ok(u64::try_from(harm)?)
}

/// Words of erased rounds that stand in the store's files still.
fn erased_words(folder: &Path, rounds: &[u64]) -> Result<u64, Trouble> {
    let mut found = 0;
    for name in ["program.circle", "program.circle-wal"] {
        let bytes = fs::read(folder.join(name)).unwrap_or_default();
        for round in rounds {
            let words = words_of(*round);
            found += u64::from(bytes.windows(words.len()).any(|window| window == words));
        }
    }
    Ok(found)
}

/// Backups and stores put back that have their final name and are not whole.
fn broken_copies(folder: &Path) -> Result<u64, Trouble> {
    let mut broken = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        if name.starts_with("backup-") {
            let files = Backup::in_folder(&path);
            let whole = !files.events.exists()
                || files.keys.exists() && harm(&SqliteLog::open_read_only(&files.events)?)? == 0;
            broken += u64::from(!whole);
        } else if name.starts_with("restored-")
            && !name.contains('.')
            && !name.ends_with("-wal")
            && !name.ends_with("-shm")
        {
            broken += harm(&SqliteLog::open_read_only(&path)?)?;
        }
    }
    Ok(broken)
}

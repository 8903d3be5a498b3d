//! How many sessions of twenty marks are saved durably in a second, beside what the disk allows.
//!
//! In turn, round after round: a bare append and sync of 512 bytes; plain SQLite (a row for the
//! session and twenty for the marks, WAL, synchronous=FULL); and our log through `append`. Ratios
//! within a round are what counts: the disk differs from minute to minute.
//!
//! `cargo run --release -p store-sqlite --example durable_sessions [SESSIONS [ROUNDS [FOLDER]]]`

#[expect(dead_code, reason = "the examples share more than each of them needs")]
mod support;

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

use event_log::{Batch, EventLog, Key};
use rusqlite::{Connection, params};
use support::{Trouble, cpu_seconds};

fn main() -> Result<(), Trouble> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, usual: u64| words.get(at).map_or(Ok(usual), |word| word.parse());
    let (sessions, rounds) = (number(0, 2_000)?, number(1, 3)?);
    let folder =
        words.get(2).map_or_else(|| std::env::temp_dir().join("durable_sessions"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{sessions} sessions of 20 marks, each durable before the next, {rounds} rounds"
    )?;
    let mut ratios = Vec::new();
    for round in 1..=rounds {
        let bare = bare(&folder.join("bare"), sessions)?;
        let plain = plain(&folder.join("plain"), sessions)?;
        let ours = ours(&folder.join("ours"), sessions)?;
        for (name, run) in [("append + sync", &bare), ("plain SQLite", &plain), ("our log", &ours)]
        {
            writeln!(out, "round {round}  {name:14} {run}")?;
        }
        let cpu = |run: &Run| run.cpu.unwrap_or(f64::NAN);
        ratios.push((ours.rate() / bare.rate(), cpu(&ours) / cpu(&plain)));
    }
    ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rate = ratios.get(ratios.len() / 2).map_or(f64::NAN, |ratio| ratio.0);
    ratios.sort_by(|a, b| a.1.total_cmp(&b.1));
    let cpu = ratios.get(ratios.len() / 2).map_or(f64::NAN, |ratio| ratio.1);
    writeln!(
        out,
        "median of rounds: our rate / append + sync {rate:.2}; our CPU / plain SQLite's {cpu:.2}"
    )?;
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// One run: how long each save took, and the CPU of all.
struct Run {
    micros: Vec<f64>,
    cpu: Option<f64>,
}

impl Run {
    /// Saves `count` times.
    fn of(count: u64, mut save: impl FnMut(u64) -> Result<(), Trouble>) -> Result<Self, Trouble> {
        let before = cpu_seconds();
        let mut micros = Vec::new();
        for n in 0..count {
            let start = Instant::now();
            save(n)?;
            micros.push(start.elapsed().as_secs_f64() * 1e6);
        }
        let cpu = cpu_seconds().zip(before).map(|(after, before)| after - before);
        Ok(Self { micros, cpu })
    }

    fn rate(&self) -> f64 {
        let count = f64::from(u32::try_from(self.micros.len()).unwrap_or(u32::MAX));
        count / (self.micros.iter().sum::<f64>() / 1e6)
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut sorted = self.micros.clone();
        sorted.sort_by(f64::total_cmp);
        let at =
            |percent: usize| sorted.get(sorted.len() * percent / 100).copied().unwrap_or(f64::NAN);
        write!(f, "{:6.0}/s  p50 {:6.0} us  p99 {:6.0} us", self.rate(), at(50), at(99))?;
        let count = f64::from(u32::try_from(self.micros.len()).unwrap_or(u32::MAX));
        match self.cpu {
            Some(cpu) => write!(f, "  CPU {:5.0} us each", cpu * 1e6 / count),
            None => f.write_str("  CPU not known here"),
        }
    }
}

fn bare(path: &Path, sessions: u64) -> Result<Run, Trouble> {
    let mut file = File::create(path)?;
    let bytes = [b'x'; 512];
    let run = Run::of(sessions, |_| {
        file.write_all(&bytes)?;
        Ok(file.sync_data()?)
    });
    fs::remove_file(path)?;
    run
}

fn plain(path: &Path, sessions: u64) -> Result<Run, Trouble> {
    let db = Connection::open(path)?;
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    db.execute_batch(
        "PRAGMA synchronous = FULL;
         CREATE TABLE session (circle INT, session INT, at INT, PRIMARY KEY (circle, session)) WITHOUT ROWID;
         CREATE TABLE mark (circle INT, session INT, person INT, mark TEXT, at INT,
                            PRIMARY KEY (circle, session, person)) WITHOUT ROWID;",
    )?;
    let run = Run::of(sessions, |n| {
        let n = i64::try_from(n)?;
        let (circle, session) = (n % 1_000, n / 1_000 + 1);
        let at = 1_498_000_000 + n;
        let saving = db.unchecked_transaction()?;
        saving
            .prepare_cached("INSERT INTO session VALUES (?1, ?2, ?3)")?
            .execute(params![circle, session, at])?;
        let mut marks = saving.prepare_cached("INSERT INTO mark VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for seat in 0..20 {
            marks.execute(params![circle, session, circle * 20 + seat, "P", at])?;
        }
        drop(marks);
        Ok(saving.commit()?)
    });
    drop(db);
    remove(path)?;
    run
}

fn ours(path: &Path, sessions: u64) -> Result<Run, Trouble> {
    let mut log = support::open(path)?;
    let run = Run::of(sessions, |n| {
        let draft = support::session(n);
        let expect = draft.keys.iter().map(|key: Key| Ok((key, log.count(key)?)));
        let expect = expect.collect::<Result<_, Trouble>>()?;
        let batch = Batch { drafts: vec![draft], expect, ..Batch::default() };
        log.append(&batch, support::wall_ms())?;
        Ok(())
    });
    drop(log);
    remove(path)?;
    run
}

fn remove(path: &Path) -> Result<(), Trouble> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        if Path::new(&name).exists() {
            fs::remove_file(name)?;
        }
    }
    Ok(())
}

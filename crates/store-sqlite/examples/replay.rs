//! Replays attendance to its present state: from newline-delimited JSON, or from a store of ours.
//!
//! `replay FILE.ndjson` folds events `{"type","seq","at","circle","session","person","mark"}` to the
//! last mark of each person and session and prints people, marks, attended and a checksum, as the
//! other readers of this workload do. `replay --own STORE` replays a store with every hash checked,
//! then verifies it. `replay --make STORE SESSIONS` makes such a store.
//!
//! `cargo run --release -p store-sqlite --example replay -- FILE`

mod support;

use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
    time::Instant,
};

use event_log::{Batch, EventLog};
use serde::Deserialize;
use store_sqlite::SqliteLog;
use support::{Trouble, cpu_seconds, peak_mib};

fn main() -> Result<(), Trouble> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--make", store, sessions] => make(Path::new(store), sessions.parse()?),
        ["--own", store] => own(Path::new(store)),
        [file] => foreign(Path::new(file)),
        _ => Err("usage: replay FILE, replay --own STORE, or replay --make STORE SESSIONS".into()),
    }
}

/// What the workload's lines hold, as far as it matters.
#[derive(Deserialize)]
struct Line {
    person: u32,
    session: u8,
    mark: Mark,
}

#[derive(Deserialize, Clone, Copy)]
enum Mark {
    P = 1,
    L = 2,
    E = 3,
    A = 4,
}

/// The last mark of each person and session: one byte each, sixteen sessions to a person.
#[derive(Default)]
struct Attendance {
    marks: Vec<u8>,
}

/// Sessions run from 1 to 16.
const SESSIONS: u8 = 16;

/// More people than that are a damaged file, not a program.
const PEOPLE_MOST: u32 = 50_000_000;

impl Attendance {
    fn take(&mut self, line: &Line) -> Result<(), Trouble> {
        if line.session == 0 || SESSIONS < line.session || PEOPLE_MOST < line.person {
            return Err("a person or a session is out of range".into());
        }
        let place =
            usize::try_from(line.person)? * usize::from(SESSIONS) + usize::from(line.session - 1);
        if self.marks.len() <= place {
            self.marks.resize((place + 1).next_multiple_of(1 << 16), 0);
        }
        if let Some(mark) = self.marks.get_mut(place) {
            *mark = line.mark as u8;
        }
        Ok(())
    }

    /// People, marks, attended, and the sum over all marks of `(person * 17 + session) * code`.
    fn figures(&self) -> (u64, u64, u64, u64) {
        let (mut people, mut marks, mut attended, mut checksum) = (0, 0, 0, 0_u128);
        for (person, own) in (0_u64..).zip(self.marks.chunks(usize::from(SESSIONS))) {
            people += u64::from(own.iter().any(|mark| *mark > 0));
            for (session, mark) in (1_u64..).zip(own).filter(|(_, mark)| **mark > 0) {
                marks += 1;
                attended += u64::from(*mark <= Mark::L as u8);
                checksum += u128::from(person * 17 + session) * u128::from(*mark);
            }
        }
        let checksum = u64::try_from(checksum % ((1 << 61) - 1)).unwrap_or(0);
        (people, marks, attended, checksum)
    }
}

fn foreign(file: &Path) -> Result<(), Trouble> {
    let mut attendance = Attendance::default();
    whole_lines(File::open(file)?, &mut |lines| {
        for line in serde_json::Deserializer::from_str(lines).into_iter() {
            attendance.take(&line?)?;
        }
        Ok(())
    })?;
    let (people, marks, attended, checksum) = attendance.figures();
    let mut out = std::io::stdout().lock();
    writeln!(out, "people {people} marks {marks} attended {attended} checksum {checksum}")?;
    costs(&mut out)
}

/// Passes a file on in pieces of whole lines, up to a mebibyte each.
fn whole_lines(
    mut file: impl Read,
    take: &mut dyn FnMut(&str) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let mut piece = vec![0; 1 << 20];
    let mut held = 0;
    loop {
        let free = piece.get_mut(held..).unwrap_or_default();
        if free.is_empty() {
            return Err("a line is longer than a mebibyte".into());
        }
        let read = file.read(free)?;
        held += read;
        let here = piece.get(..held).unwrap_or_default();
        let last = here.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let whole = if read == 0 { held } else { last };
        take(std::str::from_utf8(here.get(..whole).unwrap_or_default())?)?;
        if read == 0 {
            return Ok(());
        }
        piece.copy_within(whole..held, 0);
        held -= whole;
    }
}

fn costs(out: &mut impl Write) -> Result<(), Trouble> {
    if let (Some(cpu), Some(peak)) = (cpu_seconds(), peak_mib()) {
        writeln!(std::io::stderr().lock(), "CPU {cpu:.2} s, peak {peak} MiB")?;
    }
    Ok(out.flush()?)
}

fn make(store: &Path, sessions: u64) -> Result<(), Trouble> {
    let mut log = support::open(store)?;
    for first in (0..sessions).step_by(1_000) {
        let drafts = (first..sessions.min(first + 1_000)).map(support::session).collect();
        log.append(&Batch { drafts, ..Batch::default() }, support::wall_ms())?;
    }
    Ok(log.compact()?)
}

/// The open part of a session, as far as it matters.
#[derive(Deserialize)]
struct Held {
    #[serde(default)]
    marks: Vec<Attended>,
}

#[derive(Deserialize)]
struct Attended {
    member: commons::MemberId,
    mark: commons::Code,
}

fn own(store: &Path) -> Result<(), Trouble> {
    let log = SqliteLog::open_read_only(store)?;
    let start = Instant::now();
    let before = cpu_seconds();
    let (mut events, mut marks, mut attended) = (0_u32, 0_u64, 0_u64);
    let mut members = std::collections::BTreeSet::new();
    let damage = log.each(&mut |event| {
        events += 1;
        let held = event.open().and_then(|open| serde_json::from_slice::<Held>(open).ok());
        for mark in held.into_iter().flat_map(|held| held.marks) {
            marks += 1;
            attended += u64::from(mark.mark == *"present" || mark.mark == *"late");
            members.insert(mark.member);
        }
    })?;
    let replayed = start.elapsed().as_secs_f64();
    let cpu = cpu_seconds().zip(before).map_or(f64::NAN, |(after, before)| after - before);
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "people {} marks {marks} attended {attended} damaged {}",
        members.len(),
        damage.len()
    )?;
    let rate = f64::from(events) / replayed;
    writeln!(
        out,
        "replayed with every hash checked: {events} events, {rate:.0}/s, CPU {cpu:.2} s"
    )?;
    let start = Instant::now();
    let verdict = log.verify(&mut |_, _| {})?;
    let rate = f64::from(events) / start.elapsed().as_secs_f64();
    writeln!(
        out,
        "verified: {} events, {rate:.0}/s, {} findings",
        verdict.events,
        verdict.damage.len()
    )?;
    costs(&mut out)
}

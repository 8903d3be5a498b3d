//! A plan suggested by looking at the files.

use std::{fs::File, io::BufReader, path::Path};

use analysis::{Encoded, Seen};
use interchange::{
    EncodingChoice, Fault, FaultKind, Faults, Place, ReadOptions, Rows, sheet_names,
};
use serde_json::json;

use super::{Desk, analyze};
use crate::{
    args::Analyze,
    exit::Exit,
    failure::Failure,
    place,
    texts::{self, text},
    trouble::{Trouble, Troubles},
};

pub(crate) fn run(desk: &mut Desk, args: &Analyze) -> Result<Exit, Failure> {
    let out = args.out.as_deref();
    let encoding = analyze::encoded(args.encoding);
    let (mut seen, mut wrong, mut files) = (Vec::new(), Troubles::default(), 0);
    for file in &args.suggest {
        match look(file, encoding) {
            Ok(tables) => seen.extend(tables),
            Err(unseen) => {
                files += 1;
                unseen.tell(&place::label(file), &mut wrong);
            }
        }
    }
    if files > 0 {
        let (n, files) = (texts::count(wrong.total()), texts::count(files));
        let failure = Failure::new("cli.unseen", &[("n", n), ("files", files)]);
        return Err(failure.with_troubles(wrong));
    }
    let plan = analysis::suggest(&seen);
    match out {
        Some(out) => {
            if out.exists() {
                return Err(Failure::new("cli.plan_there", &[]));
            }
            place::write(out, plan.toml.as_bytes())?;
            desk.screen.say(text!("suggest-done", file = out.display().to_string()));
        }
        None => desk.screen.say(plan.toml.trim_end()),
    }
    let counts = [("guesses", texts::count(plan.guesses)), ("open", texts::count(plan.open))];
    if out.is_some() {
        desk.screen.say(texts::say("suggest-check", &counts));
    }
    desk.screen.answer(&json!({
        "file": out,
        "plan": plan.toml,
        "guesses": plan.guesses,
        "open": plan.open,
    }));
    Ok(Exit::Done)
}

/// Why a file cannot be looked at.
enum Unseen {
    Unopened,
    Faulty(Faults),
}

impl From<Faults> for Unseen {
    fn from(faults: Faults) -> Self {
        Self::Faulty(faults)
    }
}

impl Unseen {
    fn tell(&self, label: &str, troubles: &mut Troubles) {
        match self {
            Self::Unopened => {
                troubles.push(Trouble::at(&Place::FILE, "cli.unreadable", &[]).in_file(label));
            }
            Self::Faulty(faults) => {
                for fault in faults {
                    troubles.push(Trouble::from(fault).in_file(label));
                }
                troubles.add_untold(faults.total().saturating_sub(faults.iter().len()));
            }
        }
    }
}

/// Looks at every row of a file, and of every sheet of a workbook.
fn look(file: &Path, said: Option<Encoded>) -> Result<Vec<Seen>, Unseen> {
    let label = place::label(file);
    if label.to_lowercase().ends_with(".xlsx") {
        return workbook(file, &label);
    }
    if let Some(encoding) = said {
        let seen = text(open(file)?, &label, Some(encoding))?;
        return Ok(vec![seen.encoded(encoding, false)]);
    }
    let wrong = match text(open(file)?, &label, None) {
        Ok(seen) => return Ok(vec![seen]),
        Err(faults) => faults,
    };
    // What is no UTF-8 was likely written by an older office program: a guess, and the plan says so.
    let is_other = wrong.iter().any(|fault| matches!(fault.kind(), FaultKind::NotEncoded { .. }));
    for encoding in [Encoded::Windows1252, Encoded::Latin1].into_iter().filter(|_| is_other) {
        if let Ok(seen) = text(open(file)?, &label, Some(encoding)) {
            return Ok(vec![seen.encoded(encoding, true)]);
        }
    }
    Err(wrong.into())
}

fn text(source: BufReader<File>, label: &str, encoding: Option<Encoded>) -> Result<Seen, Faults> {
    let encoding = match encoding {
        None => EncodingChoice::Detect,
        Some(Encoded::Windows1252) => EncodingChoice::Windows1252,
        Some(Encoded::Latin1) => EncodingChoice::Latin1,
    };
    let options = ReadOptions { encoding, ..ReadOptions::default() };
    see(label, Rows::read(label, source, &options)?)
}

/// Each sheet of a workbook that holds a table; an empty one, or a drawing, is none. Where there is one
/// sheet, the plan need not name it.
fn workbook(file: &Path, label: &str) -> Result<Vec<Seen>, Unseen> {
    let names = sheet_names(label, open(file)?)?;
    let (mut seen, mut wrong) = (Vec::new(), None);
    for name in &names {
        let rows = Rows::sheet(label, open(file)?, Some(name), &ReadOptions::default());
        match rows.and_then(|rows| see(label, rows)) {
            Ok(one) if names.len() > 1 => seen.push(one.sheet(name)),
            Ok(one) => seen.push(one),
            Err(faults) => {
                let is_empty = faults.iter().all(|it| matches!(it.kind(), FaultKind::Empty));
                if !is_empty {
                    seen.push(Seen::begin(label, []).sheet(name).unread());
                }
                wrong.get_or_insert(faults);
            }
        }
    }
    match wrong {
        Some(faults) if seen.iter().all(Seen::is_empty) => Err(faults.into()),
        Some(_) | None => Ok(seen),
    }
}

fn open(file: &Path) -> Result<BufReader<File>, Unseen> {
    File::open(file).map(BufReader::new).map_err(|_| Unseen::Unopened)
}

fn see<R: std::io::Read>(label: &str, mut rows: Rows<R>) -> Result<Seen, Faults> {
    let mut seen = Seen::begin(label, rows.names().iter().map(String::as_str));
    let columns = rows.names().len();
    while let Some(row) = rows.next_row() {
        seen.row((0..columns).map(|column| row.cell(column)));
    }
    let faults = rows.faults();
    if rows.is_broken() {
        return Err(faults);
    }
    let is_torn = |fault: &&Fault| matches!(fault.kind(), FaultKind::Ragged { .. });
    let mut torn = faults.iter().filter(is_torn);
    let first = torn.next().and_then(|fault| fault.place().line);
    // Those that are not kept are torn rows: names of columns come first.
    let unkept = faults.total().saturating_sub(faults.iter().len());
    let rows = first.map_or(0, |_| 1 + torn.count() + unkept);
    Ok(seen.torn(u64::try_from(rows).unwrap_or(u64::MAX), first.unwrap_or(0)))
}

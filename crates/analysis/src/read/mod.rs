//! From files to a cohort.

mod attendance;
mod doubts;
mod newest;
mod parents;
mod people;
mod sheets;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{OnceLock, mpsc};
use std::thread;

use commons::Code;
use outcomes::figures::Period;
use outcomes::{Cohort, CohortError, Instrument, InstrumentError};

use crate::answers::Reasons;
use crate::columns::{self, Found};
use crate::fault::{FaultKind, Faults};
use crate::files::{self, Files, Table, Unopened};
use crate::plan::{FileName, Plan};
use crate::told::{FileTold, Told};

/// What becomes of answers that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Care {
    /// They are faults, and nothing is taken.
    #[default]
    Strict,
    /// They count as missing, and how many did so is told. Whatever else is wrong is refused all the same.
    Lenient,
}

/// Who is taken: everybody whose group by each grouping named here is one of those named with it, and who joined in the
/// period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The groups, by grouping.
    pub groups: BTreeMap<Code, BTreeSet<Code>>,
    /// The grouping that says on which day people joined, and the days on which they did.
    pub joined: Option<(Code, Period)>,
}

/// What was taken in.
#[derive(Debug)]
pub struct Taken {
    /// Everybody, and what was counted.
    pub cohort: Cohort,
    /// What was read, file by file.
    pub told: Told,
    /// What the files call the units, in the order of their places in the cohort.
    pub units: Vec<String>,
    /// The instruments, in the order of the plan.
    pub instruments: Vec<Instrument>,
}

/// What all readers of files share.
struct Reading<'a> {
    plan: &'a Plan,
    care: Care,
    reasons: Reasons,
}

/// Reads the files of a plan.
///
/// # Errors
///
/// Everything that is wrong with them, file by file; then nothing is taken.
pub fn read(
    plan: &Plan,
    files: &impl Files,
    care: Care,
    filter: &Filter,
) -> Result<Taken, Vec<Faults>> {
    let mut wrong = Vec::new();
    let instruments = instruments(plan, files, &mut wrong);
    let reading = Reading { plan, care, reasons: Reasons::of(&plan.missing) };
    let (mut cohort, mut told, crew) = (Cohort::default(), Told::default(), OnceLock::new());
    let (reading, whole) = (&reading, &mut cohort);
    let (hand_over, people) = mpsc::sync_channel(1);
    // Who came is read beside the sheets, by a thread that opens its files while people are read.
    let read_marks = move || {
        let mut wrong = Vec::new();
        let jobs = attendance::open(reading, files, &mut wrong);
        let (crew, marks) = people.recv().ok()?;
        Some((attendance::read(reading, crew, jobs, marks), wrong))
    };
    let (crew, sheets, marks) = thread::scope(|scope| {
        // It goes with this closure, however that ends: then nobody waits for it.
        let hand_over = hand_over;
        let marks = scope.spawn(read_marks);
        let crew = crew.get_or_init(|| {
            people::read(reading, files, filter, &mut *whole, &mut told, &mut wrong)
        });
        let (sheets, marks_half) = whole.halves();
        // The other thread takes it, or has ended.
        let _ = hand_over.send((crew, marks_half));
        // Where people or an instrument could not be read, everything else is looked at all the same: whoever mends
        // the files wants to know all that is wrong.
        let sheets = sheets::read(reading, files, &instruments, crew, sheets, &mut wrong);
        let marks = marks.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (crew, sheets, marks)
    });
    let (marks, unopened) = marks.unwrap_or_default();
    wrong.extend(unopened);
    for (file, faults) in sheets.into_iter().chain(marks) {
        told.files.push(file);
        wrong.push(faults);
    }
    wrong.retain(|faults| !faults.is_empty());
    if !wrong.is_empty() {
        return Err(by_file(wrong));
    }
    let units = (0..crew.unit_names.len()).map(|place| crew.unit_names.text(place).to_owned());
    let units = units.collect();
    Ok(Taken { cohort, told, units, instruments })
}

/// What is wrong, once for each file: some are read for several things.
fn by_file(wrong: Vec<Faults>) -> Vec<Faults> {
    let mut files: Vec<Faults> = Vec::new();
    for faults in wrong {
        match files.iter_mut().find(|known| known.file() == faults.file()) {
            Some(known) => known.join(faults),
            None => files.push(faults),
        }
    }
    files.into_iter().map(Faults::done).collect()
}

/// The instruments of a plan; those that cannot be read are told.
fn instruments(plan: &Plan, files: &impl Files, wrong: &mut Vec<Faults>) -> Vec<Instrument> {
    let mut instruments = Vec::new();
    for used in &plan.instruments {
        let found = match &used.own {
            None => outcomes::built_in(&used.id).ok_or((None, FaultKind::NoFile)),
            Some(file) => own_instrument(files, file, &used.id),
        };
        match found {
            Ok(instrument) => instruments.push(instrument),
            Err((place, kind)) => {
                let mut faults = Faults::of(used.own.as_deref().unwrap_or(used.id.as_str()));
                match place {
                    Some((line, column)) => faults.at(line, Some(column), kind),
                    None => faults.whole(kind),
                }
                wrong.push(faults);
            }
        }
    }
    instruments
}

/// The longest definition that is read, in bytes: our own figure.
const LONGEST_DEFINITION: u64 = 1 << 20;

/// The instrument of a file, or what is wrong with it and in which line and column, where that is known.
fn own_instrument(
    files: &impl Files,
    file: &str,
    id: &Code,
) -> Result<Instrument, (Option<(u64, usize)>, FaultKind)> {
    let mut bytes = Vec::new();
    let source = files.open(file).map_err(|_| (None, FaultKind::NoFile))?;
    std::io::Read::read_to_end(&mut std::io::Read::take(source, LONGEST_DEFINITION), &mut bytes)
        .map_err(|_| (None, FaultKind::NoFile))?;
    let text = String::from_utf8(bytes).map_err(|_| (None, FaultKind::NotADefinition))?;
    let instrument = Instrument::from_toml(&text).map_err(|error| {
        if let InstrumentError::Shape(shape) = &error {
            // What the parser says of it quotes the file, and that may be a list of people.
            let place = shape.span().map(|span| place_of(&text, span.start));
            (place, FaultKind::NotADefinition)
        } else {
            (None, FaultKind::NoInstrument { message: error.to_string() })
        }
    })?;
    if instrument.id() == id {
        Ok(instrument)
    } else {
        let (found, wanted) = (instrument.id().clone(), id.clone());
        Err((None, FaultKind::OtherInstrument { found, wanted }))
    }
}

/// The line of a byte, from 1, and its column, from 0.
fn place_of(text: &str, offset: usize) -> (u64, usize) {
    let before = text.get(..offset).unwrap_or_default();
    let line = (1..).zip(before.split('\n')).last();
    line.map_or((1, 0), |(line, start)| (line, start.chars().count()))
}

/// Opens a file; notes where it cannot be.
fn open(files: &impl Files, name: &FileName, wrong: &mut Vec<Faults>) -> Option<Table> {
    let mut faults = Faults::of(&name.file);
    match files::open(files, name) {
        Ok(table) => return Some(table),
        Err(Unopened::Missing) => faults.whole(FaultKind::NoFile),
        Err(Unopened::Faulty(found)) => faults.take(&found, true),
    }
    wrong.push(faults);
    None
}

/// The column of a name that the plan gives for a key.
fn column(table: &Table, key: &'static str, name: &str, faults: &mut Faults) -> Option<usize> {
    match columns::find(table.names(), name) {
        Found::At(column) => return Some(column),
        Found::Nowhere => {
            let (like, name) = (columns::like(table.names(), name), name.to_owned());
            faults.whole(FaultKind::NoColumn { key, name, like });
        }
        Found::Between(first, second) => {
            let (first, second) = (first + 1, second + 1);
            faults.whole(FaultKind::ColumnUnclear { key, first, second });
        }
    }
    None
}

/// Ends the reading of a file: what is wrong with the table is told beside what is wrong in it. What stands in an
/// answer was judged when it was read.
fn close(
    table: &Table,
    mut told: FileTold,
    mut faults: Faults,
    is_answer: impl Fn(usize) -> bool,
) -> (FileTold, Faults) {
    told.done(table);
    let is_used = |column| table.names().get(column).is_some_and(|it| told.columns.contains(it));
    faults.take_unread(table.unread(), is_used, is_answer);
    faults.take(&table.faults(), table.is_broken());
    if table.rows() == 0 && faults.is_empty() {
        faults.whole(FaultKind::Table(interchange::FaultKind::NoRows));
    }
    (told, faults)
}

fn too_many(error: &CohortError) -> FaultKind {
    let most = if let CohortError::TooManyTotals { most } = error {
        u32::from(*most)
    } else if let CohortError::Full { most } = error {
        *most
    } else {
        u32::MAX
    };
    FaultKind::TooMany { most }
}

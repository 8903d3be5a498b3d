//! Who came.

use std::collections::BTreeMap;

use interchange::{Row, cell};
use outcomes::{Cohort, Mark, Marks, SessionState};

use super::{Care, Reading, close, column, open as open_file};
use crate::answers::{known_in_both, meant};
use crate::columns::trimmed;
use crate::crew::{Crew, Member};
use crate::fault::{FaultKind, Faults};
use crate::files::{Files, Table};
use crate::plan::{AttendanceFile, expand};
use crate::told::{FileTold, Role};

/// A file of marks that is ready to be read.
pub(super) struct Job {
    table: Table,
    told: FileTold,
    faults: Faults,
    columns: Option<Columns>,
    words: Words,
}

struct Columns {
    person: usize,
    marks: Place,
}

/// Where the marks of a row stand.
enum Place {
    /// One of the session that a column says.
    Long { session: usize, mark: usize },
    /// Those of session 1, 2, 3 …
    Wide(Vec<usize>),
}

impl Place {
    /// Whether a mark stands in a column.
    fn has(&self, column: usize) -> bool {
        match self {
            Self::Long { mark, .. } => *mark == column,
            Self::Wide(places) => places.contains(&column),
        }
    }
}

/// What the texts of a file mean.
struct Words {
    bytes: [Option<Mark>; 256],
    texts: BTreeMap<String, Mark>,
}

impl Words {
    fn of(marks: &BTreeMap<String, Mark>) -> Self {
        let mut texts = BTreeMap::new();
        for (text, mark) in marks {
            known_in_both(&mut texts, text, *mark);
        }
        let byte = |byte: usize| {
            let text = u8::try_from(byte).ok().filter(u8::is_ascii_graphic).map(char::from)?;
            meant(&texts, &text.to_string()).copied()
        };
        Self { bytes: std::array::from_fn(byte), texts }
    }

    #[inline]
    fn read(&self, row: Row<'_>, column: usize) -> Option<Mark> {
        if let [byte] = row.bytes(column) {
            return self.bytes.get(usize::from(*byte)).copied().flatten();
        }
        self.read_text(row, column)
    }

    #[cold]
    fn read_text(&self, row: Row<'_>, column: usize) -> Option<Mark> {
        meant(&self.texts, row.cell(column)).copied()
    }
}

/// Opens the files of marks and finds their columns.
pub(super) fn open(reading: &Reading<'_>, files: &impl Files, wrong: &mut Vec<Faults>) -> Vec<Job> {
    let mut jobs = Vec::new();
    for file in &reading.plan.attendance {
        let Some(table) = open_file(files, &file.file, wrong) else { continue };
        let (mut told, mut faults) =
            (FileTold::of(&table, Role::Attendance), Faults::of(&file.file.file));
        let columns = columns(file, &table, &mut told, &mut faults);
        jobs.push(Job { table, told, faults, columns, words: Words::of(&file.marks) });
    }
    jobs
}

fn columns(
    file: &AttendanceFile,
    table: &Table,
    told: &mut FileTold,
    faults: &mut Faults,
) -> Option<Columns> {
    let mut own = |key, name: &str| {
        let found = column(table, key, name, faults);
        if let Some(place) = found {
            told.used(table, place);
        }
        found
    };
    let person = own("person", &file.person);
    let marks = match (&file.session, &file.mark) {
        (Some(session), Some(mark)) => {
            let (session, mark) = (own("session", session), own("mark", mark));
            Place::Long { session: session?, mark: mark? }
        }
        (None, _) | (_, None) => {
            let names = file.sessions.iter().filter_map(|pattern| expand(pattern)).flatten();
            let places: Vec<_> = names.map(|name| own("sessions", &name)).collect();
            Place::Wide(places.into_iter().collect::<Option<_>>()?)
        }
    };
    Some(Columns { person: person?, marks })
}

/// Reads all files of marks into the cohort.
pub(super) fn read(
    reading: &Reading<'_>,
    crew: &Crew,
    jobs: Vec<Job>,
    marks: Marks<'_>,
) -> Vec<(FileTold, Faults)> {
    let mut reader = Reader { reading, crew, marks, seen: Vec::new() };
    let done = jobs.into_iter().map(|job| reader.job(job)).collect();
    reader.hold_sessions();
    done
}

struct Reader<'a> {
    reading: &'a Reading<'a>,
    crew: &'a Crew,
    marks: Marks<'a>,
    // By session from 1: who has a mark, a bit for each number of a person.
    seen: Vec<Vec<u64>>,
}

impl Reader<'_> {
    fn job(&mut self, job: Job) -> (FileTold, Faults) {
        let Job { mut table, mut told, mut faults, columns, words } = job;
        let Some(columns) = columns else {
            table.each(|_| {});
            return close(&table, told, faults, |_| false);
        };
        let mut last = 0;
        table.each(|row| self.row(row, &columns, &words, &mut last, &mut told, &mut faults));
        close(&table, told, faults, |column| columns.marks.has(column))
    }

    #[inline]
    fn row(
        &mut self,
        row: Row<'_>,
        columns: &Columns,
        words: &Words,
        last: &mut usize,
        told: &mut FileTold,
        faults: &mut Faults,
    ) {
        let code = trimmed(row, columns.person);
        let Some(member) = self.crew.find(last, code) else {
            if !self.crew.is_whole && !code.is_empty() {
                return self.look(row, columns, words, told, faults);
            }
            let kind = if code.is_empty() {
                FaultKind::Table(interchange::FaultKind::CellEmpty)
            } else {
                FaultKind::UnknownPerson
            };
            return faults.at(row.line(), Some(columns.person), kind);
        };
        if member.person.is_none() {
            return;
        }
        match &columns.marks {
            Place::Long { session, mark } => {
                let number = match session_of(row, *session) {
                    Ok(number) => number,
                    Err(kind) => return faults.at(row.line(), Some(*session), kind),
                };
                self.mark(row, member, (number, *mark), words, told, faults);
            }
            Place::Wide(places) => {
                for (number, place) in (1..).zip(places) {
                    if !row.cell(*place).is_empty() {
                        self.mark(row, member, (number, *place), words, told, faults);
                    }
                }
            }
        }
    }

    /// Looks at the marks of somebody who may stand in what could not be read.
    fn look(
        &self,
        row: Row<'_>,
        columns: &Columns,
        words: &Words,
        told: &mut FileTold,
        faults: &mut Faults,
    ) {
        let places = match &columns.marks {
            Place::Long { session, mark } => {
                if let Err(kind) = session_of(row, *session) {
                    faults.at(row.line(), Some(*session), kind);
                }
                std::slice::from_ref(mark)
            }
            Place::Wide(places) => places.as_slice(),
        };
        for place in places.iter().filter(|place| !row.cell(**place).is_empty()) {
            if words.read(row, *place).is_none() {
                self.no_mark(row, *place, told, faults);
            }
        }
    }

    #[inline]
    fn mark(
        &mut self,
        row: Row<'_>,
        member: &Member,
        (session, column): (u16, usize),
        words: &Words,
        told: &mut FileTold,
        faults: &mut Faults,
    ) {
        let Some(mark) = words.read(row, column) else {
            return self.no_mark(row, column, told, faults);
        };
        let (Some(person), Some(unit)) = (member.person, self.crew.unit(member)) else {
            return faults.at(row.line(), None, FaultKind::NoUnit);
        };
        if self.is_marked(session, member.number) {
            return faults.at(row.line(), Some(column), FaultKind::MarkTwice { session });
        }
        if self.marks.mark(person, unit, session, mark).is_err() {
            faults.at(row.line(), Some(column), FaultKind::NoUnit);
        }
    }

    /// A cell without a mark in it: empty, a reason, or something else.
    fn no_mark(&self, row: Row<'_>, column: usize, told: &mut FileTold, faults: &mut Faults) {
        let reason = self.reading.reasons.of_text(row.cell(column));
        if let Some(code) = reason.and_then(|place| self.reading.reasons.codes().get(place)) {
            *told.missing.entry(code.clone()).or_default() += 1;
        } else if self.reading.care == Care::Lenient {
            told.out_of_range += 1;
        } else {
            faults.at(row.line(), Some(column), FaultKind::NotAMark);
        }
    }

    /// Notes that somebody has a mark of a session; whether they had one before.
    #[inline]
    fn is_marked(&mut self, session: u16, number: u32) -> bool {
        let place = usize::from(session);
        if self.seen.len() <= place {
            self.seen.resize(place + 1, Vec::new());
        }
        let Some(people) = self.seen.get_mut(place) else { return false };
        let (word, bit) = (number as usize / 64, 1_u64 << (number % 64));
        if people.len() <= word {
            people.resize((self.crew.people as usize).div_ceil(64).max(word + 1), 0);
        }
        let Some(bits) = people.get_mut(word) else { return false };
        let before = *bits & bit != 0;
        *bits |= bit;
        before
    }

    /// A session of which anybody of a unit has a mark was held there.
    fn hold_sessions(&mut self) {
        let mut held = vec![false; self.crew.units.len()];
        for (session, people) in (0_u16..).zip(&self.seen) {
            held.fill(false);
            for member in self.crew.members.iter().filter(|member| member.person.is_some()) {
                let bits = people.get(member.number as usize / 64).copied().unwrap_or_default();
                if bits >> (member.number % 64) & 1 == 1
                    && let Some(held) = held.get_mut(member.unit as usize)
                {
                    *held = true;
                }
            }
            let units = self.crew.units.iter().zip(&held).filter(|(_, held)| **held);
            for (unit, _) in units {
                // The unit is of this cohort, and the session was one of a mark.
                let _ = self.marks.session(*unit, session, SessionState::Held, 0);
            }
        }
    }
}

#[inline]
fn session_of(row: Row<'_>, column: usize) -> Result<u16, FaultKind> {
    match row.bytes(column) {
        [one @ b'1'..=b'9'] => Ok(u16::from(*one - b'0')),
        [ten @ b'1'..=b'9', one @ b'0'..=b'9'] => {
            Ok(u16::from(*ten - b'0') * 10 + u16::from(*one - b'0'))
        }
        _ => any_session(row, column),
    }
}

/// The same of a cell that is none of the usual ones.
#[cold]
fn any_session(row: Row<'_>, column: usize) -> Result<u16, FaultKind> {
    let number = cell::integer(row.cell(column), 1, i64::from(Cohort::LONGEST));
    let number = number.map_err(FaultKind::Table)?;
    let empty = FaultKind::Table(interchange::FaultKind::CellEmpty);
    number.and_then(|number| u16::try_from(number).ok()).ok_or(empty)
}

//! Attendance as it comes back from paper: one mark in a row, many sessions in one file.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;

use crate::{
    Cell, FaultKind, Field, Mapping, Need, OutError, Place, Reading, Row, Table, WriteOptions,
    cell, faults::Collector, write_table,
};

/// The columns of a table of marks, and the names they may have.
pub const MARKS: [Field<'static>; 7] = [
    required("circle", &["unit", "group"]),
    required("session", &["number", "no", "week"]),
    required("seat", &["code", "member", "id"]),
    required("mark", &["attendance", "presence"]),
    Field::optional("heads", &["head_count", "headcount", "count"]),
    Field::optional("on", &["date", "day", "held_on"]),
    Field::optional("minutes", &["length", "duration"]),
];

const fn required(name: &'static str, accepted: &'static [&'static str]) -> Field<'static> {
    Field { name, accepted, need: Need::Required }
}

/// The most characters of a code: a whole id.
const LONGEST_CODE: usize = 36;

/// What is ticked on an attendance sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperMark {
    /// `p`: came and stayed.
    Present,
    /// `l`: came late.
    Late,
    /// `e`: came and left early.
    LeftEarly,
    /// `x`: was excused.
    Excused,
    /// `a`: did not come.
    Absent,
}

impl PaperMark {
    /// All of them, as a sheet has them from left to right.
    pub const ALL: [Self; 5] =
        [Self::Present, Self::Late, Self::LeftEarly, Self::Excused, Self::Absent];

    /// The letter by which it is typed.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Present => 'p',
            Self::Late => 'l',
            Self::LeftEarly => 'e',
            Self::Excused => 'x',
            Self::Absent => 'a',
        }
    }

    /// Whether the person was in the room.
    #[must_use]
    pub const fn came(self) -> bool {
        matches!(self, Self::Present | Self::Late | Self::LeftEarly)
    }

    /// The mark of a letter, large or small.
    #[must_use]
    pub fn of(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.letter() == letter.to_ascii_lowercase())
    }

    fn of_cell(text: &str) -> Result<Option<Self>, FaultKind> {
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (None, _) => Ok(None),
            (Some(letter), None) => Self::of(letter).map(Some).ok_or(FaultKind::NotAMark),
            (Some(_), Some(_)) => Err(FaultKind::NotAMark),
        }
    }
}

/// One mark. What is nothing here is a fault, or is not told.
#[derive(Clone, PartialEq, Eq)]
pub struct MarkRow {
    /// The line of the file.
    pub line: u64,
    /// The code of the circle, as it was typed.
    pub circle: Option<String>,
    /// The number of the session.
    pub session: Option<u16>,
    /// The code of the seat or its row on the sheet, as it was typed.
    pub seat: Option<String>,
    /// The mark.
    pub mark: Option<PaperMark>,
    /// How many were counted in the room.
    pub heads: Option<u16>,
    /// The day, where it was another than planned.
    pub on: Option<NaiveDate>,
    /// How long it took, in minutes, where it was not as planned.
    pub minutes: Option<u16>,
}

impl fmt::Debug for MarkRow {
    /// The line alone: the rest is who came.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MarkRow").field("line", &self.line).finish_non_exhaustive()
    }
}

/// The marks of a file, and where its columns are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Each mark, in the order of the file.
    pub rows: Vec<MarkRow>,
    /// The columns, from 1, by what they tell.
    pub columns: BTreeMap<&'static str, usize>,
}

/// Reads marks: each row as far as it can be read, and everything that is wrong with the file.
///
/// A fault is a row that does not fit, a column that is missing, unclear or named twice, a cell that
/// cannot be read, and a row without circle, session, seat or mark.
#[must_use]
pub fn read_marks(table: &Table, mapping: &Mapping) -> Reading<Marks> {
    let mut faults = Collector::after(table.label(), table.faults().clone());
    if !mapping.has_header(table, &MARKS) {
        faults.push(Place::line(1), FaultKind::NoHeader);
        return Reading { found: Marks::default(), faults: faults.done() };
    }
    let columns = mapping.find(table, &MARKS, &mut faults);
    let mut rows = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        let mut cells = Cells { row, columns: &columns, faults: &mut faults };
        let code = |text: &str| cell::text(text, LONGEST_CODE);
        let minutes = |text: &str| number(text, 1, 1440);
        rows.push(MarkRow {
            line: row.line(),
            circle: cells.needed("circle", code),
            session: cells.needed("session", |text| number(text, 1, 1000)),
            seat: cells.needed("seat", code),
            mark: cells.needed("mark", PaperMark::of_cell),
            heads: cells.read("heads", |text| number(text, 0, 1000)).flatten(),
            on: cells.read("on", cell::date).flatten(),
            minutes: cells.read("minutes", minutes).flatten(),
        });
    }
    let columns = columns.iter().map(|(field, column)| (*field, column + 1)).collect();
    Reading { found: Marks { rows, columns }, faults: faults.done() }
}

fn number(text: &str, least: i64, most: i64) -> Result<Option<u16>, FaultKind> {
    Ok(cell::integer(text, least, most)?.and_then(|number| u16::try_from(number).ok()))
}

/// The cells of one row, by field, and where their faults go.
struct Cells<'a> {
    row: Row<'a>,
    columns: &'a BTreeMap<&'static str, usize>,
    faults: &'a mut Collector,
}

impl Cells<'_> {
    /// What a cell says; nothing where there is no such column or it cannot be read.
    fn read<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<Option<T>, FaultKind>,
    ) -> Option<Option<T>> {
        let column = *self.columns.get(field)?;
        match parse(self.row.cell(column)) {
            Ok(value) => Some(value),
            Err(kind) => {
                self.push(field, column, kind);
                None
            }
        }
    }

    /// The same for a cell that may not be empty.
    fn needed<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<Option<T>, FaultKind>,
    ) -> Option<T> {
        let read = self.read(field, parse)?;
        if let (None, Some(column)) = (&read, self.columns.get(field)) {
            self.push(field, *column, FaultKind::CellEmpty);
        }
        read
    }

    fn push(&mut self, field: &'static str, column: usize, kind: FaultKind) {
        let line = Some(self.row.line());
        self.faults.push(Place { line, column: Some(column + 1), field: Some(field) }, kind);
    }
}

/// A seat of a sheet: the circle, the session, its row on the sheet, and its code.
pub type SeatOfSheet = (String, u16, u16, String);

/// A table of marks to be filled in: a line for each seat of each session. The row stands there to
/// be compared with the sheet, and is not read.
///
/// # Errors
///
/// [`OutError`], as [`write_table`] says.
pub fn marks_table(seats: impl IntoIterator<Item = SeatOfSheet>) -> Result<Vec<u8>, OutError> {
    let [circle, session, rest @ ..] = MARKS.map(|field| field.name);
    let names: Vec<_> = [circle, session, "row"].into_iter().chain(rest).collect();
    let rows = seats.into_iter().map(|(circle, session, row, seat)| {
        let numbers = [session, row].map(|number| Cell::Integer(number.into()));
        let told = std::iter::once(Cell::text(circle)).chain(numbers).chain([Cell::text(seat)]);
        told.chain(std::iter::repeat_n(Cell::Empty, 4)).collect::<Vec<_>>()
    });
    write_table(&names, rows, &WriteOptions::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ReadOptions;

    fn read(text: &str) -> Reading<Marks> {
        let table = Table::read("marks.csv", text.as_bytes(), &ReadOptions::default()).unwrap();
        read_marks(&table, &Mapping::default())
    }

    #[test]
    fn a_sheet_comes_back_as_it_was_filled_in() {
        let seat = |row, code: &str| ("4T7K-2".to_owned(), 3, row, code.to_owned());
        let empty = marks_table([seat(1, "7F3K-Q"), seat(2, "2")]).unwrap();
        let empty = String::from_utf8(empty).unwrap().replace('"', "");
        let filled = empty.replacen(",,,,", ",p,15,2026-03-24,", 1).replace(",,,,", ",A,,,");
        let read = read(&filled);
        assert!(read.faults.is_empty(), "{:?}", read.faults);
        let [first, second] = &read.found.rows[..] else { panic!("two rows") };
        assert_eq!((first.circle.as_deref(), first.session), (Some("4T7K-2"), Some(3)));
        assert_eq!((first.mark, first.heads), (Some(PaperMark::Present), Some(15)));
        assert_eq!((second.seat.as_deref(), second.mark), (Some("2"), Some(PaperMark::Absent)));
        assert_eq!(format!("{first:?}"), "MarkRow { line: 2, .. }");
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_place_and_never_its_words() {
        let text = "circle,session,seat,mark,heads\n4T7K-2,3,7F3K-Q,here,many\n,0,,,\n";
        let faults = read(text).faults;
        let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "marks.csv, line 2, column 4 (mark): not one of p, l, e, x and a",
                "marks.csv, line 2, column 5 (heads): not a number from 0 to 1000",
                "marks.csv, line 3, column 1 (circle): empty",
                "marks.csv, line 3, column 2 (session): not a number from 1 to 1000",
                "marks.csv, line 3, column 3 (seat): empty",
                "marks.csv, line 3, column 4 (mark): empty",
            ]
        );
        let missing = read("circle,session,seat\na,1,b\n").faults;
        assert_eq!(missing.iter().next().map(|it| it.kind().code()), Some("table.column_missing"));
    }
}

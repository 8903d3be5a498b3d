//! A sheet of a workbook as rows of text.

use std::io::{Cursor, Read, Seek};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

use crate::{
    FaultKind, Faults, Limits, Place, ReadOptions, Rows, faults::Collector, records::Records,
    rows::Source,
};

/// The names of the sheets of a workbook in the format xlsx, in its order. `label` is what faults call the file.
///
/// # Errors
///
/// Where the file is no workbook.
pub fn sheet_names<R: Read + Seek>(label: &str, source: R) -> Result<Vec<String>, Faults> {
    let book = Xlsx::new(source).map_err(|_| (Place::FILE, FaultKind::NotAWorkbook));
    Ok(Collector::one(label, book)?.sheet_names())
}

impl<R: Read + Seek> Rows<R> {
    /// Looks at a sheet of a workbook in the format xlsx: the one of a name, else the first one.
    ///
    /// A cell is what its sheet shows: a whole number without decimals, another to 15 figures; a date as
    /// year-month-day, with a `T` and the time where it has one; a formula as its value; an error as `#N/A` or the
    /// like, and a formula without its value as `#FORMULA!`: of both [`unread`](Self::unread) tells. The line of a row
    /// is its number in the sheet. The sheet is held as a whole.
    ///
    /// # Errors
    ///
    /// Where the file is no workbook, has no such sheet, or the sheet is empty or larger than is read.
    pub fn sheet(
        label: &str,
        source: R,
        sheet: Option<&str>,
        options: &ReadOptions,
    ) -> Result<Self, Faults> {
        let mut taken = Taken::new(options.limits);
        let found = taken.read(source, sheet);
        Collector::one(label, found.map_err(|kind| (Place::FILE, kind)))?;
        let mut rows = Self::of(label, Source::Text(Cursor::default()), options.limits, 1);
        rows.hold(taken.records, taken.unread);
        rows.name_columns()?;
        Ok(rows)
    }
}

/// The cells of a sheet, as far as they were taken.
struct Taken {
    limits: Limits,
    records: Records,
    // The row at hand; how many columns the first one names; bytes of all cells.
    row: u32,
    cells: Vec<String>,
    columns: usize,
    bytes: usize,
    unread: Vec<(Place, FaultKind)>,
}

impl Taken {
    fn new(limits: Limits) -> Self {
        let mut records = Records::default();
        records.clear(1);
        Self {
            limits,
            records,
            row: 0,
            cells: Vec::new(),
            columns: 0,
            bytes: 0,
            unread: Vec::new(),
        }
    }

    fn read<R: Read + Seek>(&mut self, source: R, sheet: Option<&str>) -> Result<(), FaultKind> {
        let mut book = Xlsx::new(source).map_err(|_| FaultKind::NotAWorkbook)?;
        let names = book.sheet_names();
        let wanted = |name: &&String| sheet.is_none_or(|wanted| *name == wanted);
        let Some(name) = names.iter().find(wanted) else {
            return Err(FaultKind::NoSuchSheet { sheets: names.len() });
        };
        let mut cells = book.worksheet_cells_reader(name).map_err(|_| FaultKind::NotAWorkbook)?;
        let mut next = || cells.next_cell_with_formula_metadata();
        while let Some(cell) = next().map_err(|_| FaultKind::NotAWorkbook)? {
            let (row, column) = cell.pos;
            if row != self.row {
                self.end_row();
                self.row = row;
            }
            self.cell(column as usize, &cell.value, cell.formula.is_some())?;
        }
        self.end_row();
        Ok(())
    }

    fn cell(
        &mut self,
        column: usize,
        value: &DataRef<'_>,
        is_formula: bool,
    ) -> Result<(), FaultKind> {
        let Limits { columns, cell_bytes, file_bytes } = self.limits;
        let has_no_value = matches!(value, DataRef::Empty);
        if has_no_value && !is_formula {
            return Ok(());
        }
        if column >= columns {
            return Err(FaultKind::TooManyColumns { most: columns });
        }
        let place = || Place::column(u64::from(self.row) + 1, column + 1);
        if has_no_value {
            self.unread.push((place(), FaultKind::NoValue));
        } else if matches!(value, DataRef::Error(_)) {
            self.unread.push((place(), FaultKind::ErrorValue));
        }
        let text = shown(value);
        if text.len() > cell_bytes {
            return Err(FaultKind::CellTooLarge { most: cell_bytes });
        }
        if self.cells.len() <= column {
            self.bytes += column + 1 - self.cells.len();
            self.cells.resize_with(column + 1, String::new);
        }
        self.bytes += text.len();
        if self.bytes > file_bytes {
            return Err(FaultKind::FileTooLarge { bytes: self.bytes, most: file_bytes });
        }
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = text;
        }
        Ok(())
    }

    fn end_row(&mut self) {
        if self.cells.is_empty() {
            return;
        }
        if self.columns == 0 {
            self.columns = self.cells.len();
        }
        let wide = self.cells.len().max(self.columns);
        self.cells.resize_with(wide, String::new);
        self.records.copy(u64::from(self.row) + 1, self.cells.iter().map(String::as_bytes));
        self.cells.clear();
    }
}

/// What a sheet shows of a value.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_shown(*number),
        DataRef::String(text) => without_nul(text),
        DataRef::SharedString(text) => without_nul(text),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) => time_shown(time),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => without_nul(text),
        DataRef::Error(error) => error.to_string(),
        // Only a formula comes here without a value.
        DataRef::Empty => NO_VALUE.to_owned(),
    }
}

/// What stands for the value of a formula that nobody has worked out.
const NO_VALUE: &str = "#FORMULA!";

/// Whether a cell says that its formula came to no value, as [`Rows::sheet`] and spreadsheets write it: `#DIV/0!`.
#[must_use]
pub fn is_no_value(cell: &str) -> bool {
    let Some(word) = cell.strip_prefix('#') else { return false };
    let loud = |byte: u8| byte.is_ascii_uppercase() || matches!(byte, b'/' | b'0' | b'!' | b'?');
    word.bytes().all(loud) && (word == "N/A" || word.ends_with(['!', '?']))
}

fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

fn number_shown(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

fn time_shown(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    if time.is_duration() || (0.0..1.0).contains(&time.as_f64()) {
        return clock;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if clock == "00:00:00" { date } else { format!("{date}T{clock}") }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime as Day, Format, Formula, Workbook};

    use super::*;
    use crate::{Field, Mapping, Table};

    fn book() -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("first").unwrap();
        for (column, name) in (0..).zip(["id", "score", "on"]) {
            sheet.write(1, column, name).unwrap();
        }
        sheet.write(2, 0, "K-1").unwrap();
        sheet.write(2, 1, 3.0).unwrap();
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let day = Day::from_ymd(2026, 3, 31).unwrap();
        sheet.write_with_format(2, 2, &day, &date).unwrap();
        sheet.write(4, 0, 7).unwrap();
        sheet.write(4, 1, 0.1 + 0.2).unwrap();
        sheet.write(5, 0, Formula::new("1+1").set_result("2")).unwrap();
        sheet.write(5, 1, Formula::new("1/0").set_result("#DIV/0!")).unwrap();
        sheet.write(6, 3, "beside").unwrap();
        book.add_worksheet().set_name("second").unwrap().write(0, 0, "a").unwrap();
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn a_sheet_reads_as_its_cells_show() {
        let mut rows =
            Rows::sheet("b.xlsx", Cursor::new(book()), None, &ReadOptions::default()).unwrap();
        assert_eq!(rows.names(), ["id", "score", "on"]);
        let mut seen = Vec::new();
        while let Some(row) = rows.next_row() {
            let cells = [0, 1, 2].map(|column| row.cell(column).to_owned());
            seen.push((row.line(), cells.join("|")));
        }
        let want = [(3, "K-1|3|2026-03-31"), (5, "7|0.3|"), (6, "2|#DIV/0!|")];
        assert_eq!(seen, want.map(|(line, text)| (line, text.to_owned())));
        let faults: Vec<_> = rows.faults().iter().map(ToString::to_string).collect();
        assert_eq!(faults, ["b.xlsx, line 7: 4 cells where the first line has 3"]);
        assert_eq!(rows.unread(), [(Place::column(6, 2), FaultKind::ErrorValue)]);
    }

    #[test]
    fn a_formula_that_nobody_has_worked_out_is_no_empty_cell() {
        // As programs write it that do not reckon; beside it what is empty, or comes to an empty text.
        let book = include_bytes!("../tests/data/formulas.xlsx");
        let mut rows =
            Rows::sheet("f.xlsx", Cursor::new(book), None, &ReadOptions::default()).unwrap();
        let mut seen = Vec::new();
        while let Some(row) = rows.next_row() {
            seen.push([1, 2, 3].map(|column| row.cell(column).to_owned()).join("|"));
        }
        assert_eq!(seen, ["#FORMULA!|#FORMULA!|", "|2|#DIV/0!"]);
        let unread = [
            (Place::column(2, 2), FaultKind::NoValue),
            (Place::column(2, 3), FaultKind::NoValue),
            (Place::column(3, 4), FaultKind::ErrorValue),
        ];
        assert_eq!(rows.unread(), unread);
    }

    #[test]
    fn what_says_that_there_is_no_value_is_no_answer() {
        for no_value in ["#DIV/0!", "#N/A", "#NAME?", "#REF!", "#FORMULA!"] {
            assert!(is_no_value(no_value), "{no_value}");
        }
        for text in ["", "#", "#1", "N/A", "#hash!", "!", "yes"] {
            assert!(!is_no_value(text), "{text}");
        }
    }

    #[test]
    fn a_sheet_is_a_table_too() {
        let options = ReadOptions::default();
        let table = Table::sheet("b.xlsx", Cursor::new(book()), None, &options).unwrap();
        let rows: Vec<_> = table.rows().map(|row| (row.line(), row.cell(0))).collect();
        assert_eq!(rows, [(3, "K-1"), (5, "7"), (6, "2")]);
        let faults: Vec<_> = table.faults().iter().map(ToString::to_string).collect();
        assert_eq!(
            faults,
            [
                "b.xlsx, line 6, column 2: the formula of the cell came to an error",
                "b.xlsx, line 7: 4 cells where the first line has 3",
            ]
        );
        let fields = [Field::optional("result", &["score"]), Field::optional("place", &[])];
        let columns = Mapping::default().columns(&table, &fields);
        assert_eq!(columns.found.into_iter().collect::<Vec<_>>(), [("result", 1)]);
        assert_eq!(columns.faults.total(), 2);
    }

    #[test]
    fn a_sheet_is_found_by_its_name_or_the_workbook_says_how_many_there_are() {
        let read = |bytes: Vec<u8>, name| {
            Rows::sheet("b", Cursor::new(bytes), name, &ReadOptions::default())
                .map(|rows| rows.names().to_vec())
                .map_err(|faults| faults.to_string())
        };
        assert_eq!(read(book(), Some("second")), Ok(vec!["a".to_owned()]));
        let none = "b: no sheet of that name; the workbook has 2".to_owned();
        assert_eq!(read(book(), Some("third")), Err(none));
        let text = "b: not a workbook in the format xlsx".to_owned();
        assert_eq!(read(b"a,b\n1,2\n".to_vec(), None), Err(text));
    }
}

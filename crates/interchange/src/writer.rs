//! CSV that no spreadsheet takes for a formula.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::Separator;

/// What is written into one cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text: made safe, so that no spreadsheet reckons with it.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction; what is not finite is left empty.
    Number(f64),
    /// A date, written as year-month-day.
    Date(NaiveDate),
    /// Nothing.
    Empty,
}

impl Cell {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn written(&self) -> String {
        match self {
            Self::Text(text) => safe(text),
            Self::Integer(number) => number.to_string(),
            Self::Number(number) if number.is_finite() => number.to_string(),
            Self::Date(date) => date.format("%Y-%m-%d").to_string(),
            Self::Number(_) | Self::Empty => String::new(),
        }
    }
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOptions {
    /// What stands between cells.
    pub separator: Separator,
    /// Whether a byte order mark comes first, by which some spreadsheets know UTF-8.
    pub byte_order_mark: bool,
}

impl Default for WriteOptions {
    /// Commas and no mark.
    fn default() -> Self {
        Self { separator: Separator::Comma, byte_order_mark: false }
    }
}

/// Why a table cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OutError {
    /// A row with more or fewer cells than there are columns.
    #[error("row {row} has {cells} cells where the table has {columns} columns")]
    Ragged {
        /// Which row, from 1.
        row: usize,
        /// Its cells.
        cells: usize,
        /// The columns.
        columns: usize,
    },
    /// The library that writes CSV gave up.
    #[error("the table could not be written")]
    NotWritten,
}

/// Writes a table as CSV in UTF-8: every cell quoted, lines ended by CR LF, texts made safe.
///
/// A text that a spreadsheet could take for a formula gets a `'` before it (OWASP's list: `=`, `+`, `-`, `@`, tab, CR,
/// LF; NUL after ASVS 1.2.10; their full-width twins; also behind leading spaces). So does a text that starts
/// with `'`, so that [`Table::read`](crate::Table::read) can take exactly that one off again. Only a text that holds a
/// NUL does not come back: reading refuses it.
///
/// # Errors
///
/// [`OutError::Ragged`] where a row does not fit the columns.
pub fn write_table(
    names: &[&str],
    rows: impl IntoIterator<Item = Vec<Cell>>,
    options: &WriteOptions,
) -> Result<Vec<u8>, OutError> {
    let mut bytes = Vec::new();
    if options.byte_order_mark {
        bytes.extend_from_slice("\u{feff}".as_bytes());
    }
    let mut writer = csv::WriterBuilder::new()
        .delimiter(options.separator.byte())
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(bytes);
    let failed = |_| OutError::NotWritten;
    writer.write_record(names.iter().map(|name| safe(name))).map_err(failed)?;
    for (row, n) in rows.into_iter().zip(1..) {
        if row.len() != names.len() {
            return Err(OutError::Ragged { row: n, cells: row.len(), columns: names.len() });
        }
        writer.write_record(row.iter().map(Cell::written)).map_err(failed)?;
    }
    writer.into_inner().map_err(|_| OutError::NotWritten)
}

/// Whether a spreadsheet could take a text for a formula.
fn is_formula(text: &str) -> bool {
    let signs = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    text.trim_start_matches(' ').starts_with(['\t', '\r', '\n', '\0'])
        || text.trim_start().starts_with(signs)
}

fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    if is_formula(text) || text.starts_with('\'') {
        safe.push('\'');
    }
    // Writing to a String cannot fail.
    let _ = safe.write_str(text);
    safe
}

/// The text as it was before it was made safe.
pub(crate) fn restored(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) || rest.starts_with('\'') => rest,
        Some(_) | None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_formula_is_written_as_text() {
        for formula in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\0", " =1", "\u{a0}=1", "＝1",
            "＋1", "'=1", "'",
        ] {
            assert_eq!(safe(formula), format!("'{formula}"), "{formula:?}");
            assert_eq!(restored(&safe(formula)), formula, "{formula:?}");
        }
        for plain in ["", "Ann", "1-1", "a=b", " Ann", "Ann'", "“=1”"] {
            assert_eq!(safe(plain), plain, "{plain:?}");
            assert_eq!(restored(plain), plain, "{plain:?}");
        }
        // A name that starts with an apostrophe in somebody else's file stays as it is.
        assert_eq!(restored("'t Hooft"), "'t Hooft");
    }

    #[test]
    fn numbers_and_dates_stay_numbers_and_dates() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
        let row = vec![
            Cell::text("-5"),
            Cell::Integer(-5),
            Cell::Number(-0.5),
            Cell::Date(date),
            Cell::Empty,
            Cell::Number(f64::NAN),
        ];
        let bytes = write_table(&["a", "b", "c", "d", "e", "f"], [row], &WriteOptions::default());
        let text = bytes.map(String::from_utf8).expect("written").expect("UTF-8");
        insta::assert_snapshot!(text.replace("\r\n", "\n"), @r#"
        "a","b","c","d","e","f"
        "'-5","-5","-0.5","2026-03-01","",""
        "#);
    }

    #[test]
    fn a_row_that_does_not_fit_is_not_written() {
        let rows = [vec![Cell::Empty], vec![]];
        let written = write_table(&["a"], rows, &WriteOptions::default());
        assert_eq!(written, Err(OutError::Ragged { row: 2, cells: 0, columns: 1 }));
    }
}

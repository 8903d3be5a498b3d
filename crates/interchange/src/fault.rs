//! What is wrong with a file, and where.

use std::{fmt, sync::Arc};

use commons::{Figures, Refused, Rule};
use serde::Serialize;

use crate::{Encoding, Separator};

/// Where something is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line of the file on which the row starts, from 1; nothing for the file as a whole.
    pub line: Option<u64>,
    /// The column, from 1.
    pub column: Option<usize>,
    /// The name of the field, as this program calls it; never what the file calls it.
    pub field: Option<&'static str>,
}

impl Place {
    /// The file as a whole.
    pub const FILE: Self = Self { line: None, column: None, field: None };

    /// A line.
    #[must_use]
    pub const fn line(line: u64) -> Self {
        Self { line: Some(line), column: None, field: None }
    }

    /// A column of a line.
    #[must_use]
    pub const fn column(line: u64, column: usize) -> Self {
        Self { line: Some(line), column: Some(column), field: None }
    }
}

/// What is wrong. Figures and positions only: a file is full of people, and faults end up in logs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FaultKind {
    /// The file is larger than is read.
    #[error("the file has {bytes} bytes; at most {most} are read")]
    FileTooLarge {
        /// Its size, in bytes.
        bytes: usize,
        /// The most, in bytes.
        most: usize,
    },
    /// The file could not be read to its end.
    #[error("the file could not be read to its end")]
    NotRead,
    /// The file is no workbook that can be read.
    #[error("not a workbook in the format xlsx")]
    NotAWorkbook,
    /// The file is a workbook or another document, where a text is wanted.
    #[error("a workbook or another document, and no text")]
    IsAWorkbook,
    /// The workbook has no sheet of that name, or none at all.
    #[error("no sheet of that name; the workbook has {sheets}")]
    NoSuchSheet {
        /// How many sheets it has.
        sheets: usize,
    },
    /// There is nothing in the file.
    #[error("the file is empty")]
    Empty,
    /// There are column names and nothing below them.
    #[error("the file has column names and no rows")]
    NoRows,
    /// A byte that the encoding does not have.
    #[error("byte {byte:#04x} at position {offset} is not {encoding}")]
    NotEncoded {
        /// The byte.
        byte: u8,
        /// How many bytes come before it.
        offset: usize,
        /// The encoding that was tried.
        encoding: Encoding,
    },
    /// A NUL character.
    #[error("a NUL character; no text holds one")]
    Nul,
    /// More than one separator makes a table of it.
    #[error("separated by {first} or by {second}?")]
    SeparatorUnclear {
        /// One of them.
        first: Separator,
        /// Another.
        second: Separator,
    },
    /// A quote that never closes.
    #[error("a quote is opened here and never closed")]
    UnclosedQuote,
    /// Text between a closing quote and the separator.
    #[error("text follows a closing quote")]
    TextAfterQuote,
    /// A cell larger than is read.
    #[error("a cell is larger than {most} bytes")]
    CellTooLarge {
        /// The most, in bytes.
        most: usize,
    },
    /// More columns than are read.
    #[error("more than {most} columns")]
    TooManyColumns {
        /// The most.
        most: usize,
    },
    /// A row with more or fewer cells than there are columns.
    #[error("{found} cells where the first line has {columns}")]
    Ragged {
        /// Cells of this row.
        found: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// A column without a name.
    #[error("a column without a name")]
    NamelessColumn,
    /// Two columns of one name.
    #[error("the same name as column {first}")]
    ColumnTwice {
        /// The column that had it first, from 1.
        first: usize,
    },
    /// A column that is needed is not there.
    #[error("no column for {field}")]
    ColumnMissing {
        /// The field, as this program calls it.
        field: &'static str,
    },
    /// A column of answers that the caller named is not there.
    #[error("no column for item {item}, by the name that was given for it")]
    ItemMissing {
        /// Which item, from 1.
        item: usize,
    },
    /// The first line names nothing that is known: it is probably a row.
    #[error("the first line names no column that is known here")]
    NoHeader,
    /// One column was named for two items.
    #[error("the column of item {item} is that of item {first} too")]
    ItemTwice {
        /// Which item, from 1.
        item: usize,
        /// The item that had it first, from 1.
        first: usize,
    },
    /// One column was named for an item and for something else.
    #[error("the column of item {item} is that of {field} too")]
    ItemIsField {
        /// Which item, from 1.
        item: usize,
        /// The field, as this program calls it.
        field: &'static str,
    },
    /// Two columns could be meant.
    #[error("columns {first} and {second} could both be {field}")]
    ColumnUnclear {
        /// The field.
        field: &'static str,
        /// One column, from 1.
        first: usize,
        /// Another.
        second: usize,
    },
    /// A cell of a workbook whose formula came to an error.
    #[error("the formula of the cell came to an error")]
    ErrorValue,
    /// A formula of a workbook that nobody has worked out: programs write such, and no value beside it.
    #[error("a formula without its value")]
    NoValue,
    /// A cell that has to be filled is empty.
    #[error("empty")]
    CellEmpty,
    /// Neither an id nor a name.
    #[error("neither an id nor a name")]
    Nobody,
    /// Not a whole number in range.
    #[error("not a number from {least} to {most}")]
    NotInRange {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// Neither a year nor a date of birth.
    #[error("not a year from {first} to {last}, nor a date with one")]
    NotAYear {
        /// The first year.
        #[serde(serialize_with = "as_text")]
        first: i32,
        /// The last year.
        #[serde(serialize_with = "as_text")]
        last: i32,
    },
    /// Not a date as it is written here.
    #[error("not a date written as 2026-03-31")]
    NotADate,
    /// A date that can be read in two ways.
    #[error("a date that can be read in two ways")]
    DateUnclear,
    /// A day the calendar does not have.
    #[error("a day that the calendar does not have")]
    NoSuchDay,
    /// A date too far away to be meant.
    #[error("a date outside of {first} to {last}")]
    DateTooFar {
        /// The first year.
        #[serde(serialize_with = "as_text")]
        first: i32,
        /// The last year.
        #[serde(serialize_with = "as_text")]
        last: i32,
    },
    /// Not a short word of a closed vocabulary.
    #[error("not a short word of letters a to z, digits, `_`, `-` and `.`")]
    NotACode,
    /// A text that is too long or holds control characters.
    #[error("not a text of 1 to {most} characters without control characters")]
    NotAText {
        /// The most, in characters.
        most: usize,
    },
    /// Not a phone number.
    #[error("not a phone number")]
    NotAPhone,
    /// Not a mark of an attendance sheet.
    #[error("not one of p, l, e, x and a")]
    NotAMark,
    /// The same as an earlier line says.
    #[error("the same as line {first}")]
    Repeated {
        /// The line that says it first.
        first: u64,
    },
}

/// A year is no count: no language parts its thousands.
fn as_text<S: serde::Serializer>(year: &i32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(year)
}

/// One fault of one file, in one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    label: Arc<str>,
    place: Place,
    kind: FaultKind,
}

impl Fault {
    pub(crate) const fn new(label: Arc<str>, place: Place, kind: FaultKind) -> Self {
        Self { label, place, kind }
    }

    /// The label of the file, as the caller gave it.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Where.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// What.
    #[must_use]
    pub const fn kind(&self) -> &FaultKind {
        &self.kind
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)?;
        if let Some(line) = self.place.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = self.place.column {
            write!(f, ", column {column}")?;
        }
        if let Some(field) = self.place.field {
            write!(f, " ({field})")?;
        }
        write!(f, ": {}", self.kind)
    }
}

impl std::error::Error for Fault {}

impl Refused for Fault {
    fn code(&self) -> &'static str {
        self.kind.code()
    }
    fn figures(&self) -> Figures {
        Figures::of(&self.kind)
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        self.kind.way_out()
    }
}

impl FaultKind {
    /// A stable code, by which frontends find their own words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::FileTooLarge { .. } => "table.file_too_large",
            Self::NotRead => "table.not_read",
            Self::NotAWorkbook => "table.not_a_workbook",
            Self::IsAWorkbook => "table.is_a_workbook",
            Self::NoSuchSheet { .. } => "table.no_such_sheet",
            Self::Empty => "table.empty",
            Self::NoRows => "table.no_rows",
            Self::NotEncoded { .. } => "table.not_encoded",
            Self::Nul => "table.nul",
            Self::SeparatorUnclear { .. } => "table.separator_unclear",
            Self::UnclosedQuote => "table.unclosed_quote",
            Self::TextAfterQuote => "table.text_after_quote",
            Self::CellTooLarge { .. } => "table.cell_too_large",
            Self::TooManyColumns { .. } => "table.too_many_columns",
            Self::Ragged { .. } => "table.ragged",
            Self::NamelessColumn => "table.nameless_column",
            Self::ColumnTwice { .. } => "table.column_twice",
            Self::ColumnMissing { .. } => "table.column_missing",
            Self::ItemMissing { .. } => "table.item_missing",
            Self::NoHeader => "table.no_header",
            Self::ItemTwice { .. } => "table.item_twice",
            Self::ItemIsField { .. } => "table.item_is_field",
            Self::ColumnUnclear { .. } => "table.column_unclear",
            Self::ErrorValue => "cell.error_value",
            Self::NoValue => "cell.no_value",
            Self::CellEmpty => "cell.empty",
            Self::Nobody => "row.nobody",
            Self::NotInRange { .. } => "cell.not_in_range",
            Self::NotAYear { .. } => "cell.not_a_year",
            Self::NotADate => "cell.not_a_date",
            Self::DateUnclear => "cell.date_unclear",
            Self::NoSuchDay => "cell.no_such_day",
            Self::DateTooFar { .. } => "cell.date_too_far",
            Self::NotACode => "cell.not_a_code",
            Self::NotAText { .. } => "cell.not_a_text",
            Self::NotAPhone => "cell.not_a_phone",
            Self::NotAMark => "cell.not_a_mark",
            Self::Repeated { .. } => "row.repeated",
        }
    }

    /// How to go on, in one plain English sentence.
    #[must_use]
    pub const fn way_out(&self) -> &'static str {
        match self {
            Self::FileTooLarge { .. } => "Split the file, or raise the limit if you trust it.",
            Self::NotRead => "Check the disk or the medium on which the file lies, and try again.",
            Self::NotAWorkbook => "Save the file again as .xlsx, or as CSV in UTF-8.",
            Self::IsAWorkbook => {
                "Save it as .xlsx and let its name end so, or save it as CSV in UTF-8."
            }
            Self::NoSuchSheet { .. } => {
                "Name one of the sheets of the workbook as it is written there."
            }
            Self::Empty | Self::NoRows => {
                "Check that this is the file you meant, and that it was saved."
            }
            Self::NotEncoded { .. } => {
                "Save the file as UTF-8, or say that it is Windows-1252 or Latin-1 if you know so."
            }
            Self::Nul => {
                "Save the file again as CSV in UTF-8; it may be damaged or no text at all."
            }
            Self::SeparatorUnclear { .. } => "Say which separator it is.",
            Self::UnclosedQuote => "Close the quote, or write it twice if it belongs to the text.",
            Self::TextAfterQuote => {
                "Put the whole cell in quotes, and write a quote inside it twice."
            }
            Self::CellTooLarge { .. } | Self::TooManyColumns { .. } => {
                "Check that this is the file you meant; a quote or a separator may be missing."
            }
            Self::Ragged { .. } => {
                "Give the row as many cells as the first line has; put a cell with a separator in it in quotes."
            }
            Self::NamelessColumn => {
                "Give every column a name in the first line, or delete the empty column."
            }
            Self::ColumnTwice { .. } => "Give each column a name of its own.",
            Self::ColumnMissing { .. } => "Name the column, or say which of the columns it is.",
            Self::ItemMissing { .. } => {
                "Name the columns of the answers as the first line writes them."
            }
            Self::NoHeader => "Put a line with the names of the columns above the first row.",
            Self::ItemTwice { .. } | Self::ItemIsField { .. } => {
                "Name a column of its own for each item."
            }
            Self::ColumnUnclear { .. } => "Say which of the two columns it is.",
            Self::ErrorValue => "Correct the formula, or write its value.",
            Self::NoValue => "Open the workbook in a spreadsheet, save it there and try again.",
            Self::CellEmpty => "Fill the cell, or delete the row.",
            Self::Nobody => "Fill in an id or a name.",
            Self::NotInRange { .. } => {
                "Correct the number, or leave the cell empty if it is not known."
            }
            Self::NotAYear { .. } => "Write the year of birth, such as 1990, or 1990-12-31.",
            Self::NotADate | Self::NoSuchDay | Self::DateTooFar { .. } => {
                "Write the date as year-month-day, such as 2026-03-31."
            }
            Self::DateUnclear => {
                "Write the date as year-month-day: nobody can tell which of the numbers is the month."
            }
            Self::NotACode => "Write one short word without spaces.",
            Self::NotAText { .. } => "Shorten the text and take out tabs and line breaks.",
            Self::NotAPhone => "Write the number with digits, spaces and a leading + only.",
            Self::NotAMark => {
                "Write p for present, l for late, e for left early, x for excused, a for absent."
            }
            Self::Repeated { .. } => "Delete one of the two rows, or give them different ids.",
        }
    }
}

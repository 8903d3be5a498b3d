//! Tables in and out.
//!
//! Reading turns bytes into typed rows, or into every fault of the file with its
//! line and column and what to do, all in one run, and never a guess in silence. The
//! encoding and the separator that were found are stated in the result, and where
//! two readings are possible the reader asks. A fault never repeats what a cell says.
//!
//! Writing makes CSV that no spreadsheet takes for a formula, and that reads
//! back here as it was written.
//!
//! This crate knows no person, no circle and no score. It opens no file:
//! bytes come in and go out.
//!
//! | To | Start at |
//! | --- | --- |
//! | read a table | [`Table::read`], [`ReadOptions`] |
//! | read one of any length, row by row | [`Rows::read`], [`Rows::sheet`] |
//! | tell columns apart | [`Field`], [`Mapping`] |
//! | read one cell | [`cell`] |
//! | read people | [`read_people`] |
//! | read attendance from paper | [`read_marks`], [`PaperMark`] |
//! | read answer sheets | [`read_sheets`], [`SheetOptions`], [`item_columns`] |
//! | tell names apart | [`plain_name`], [`are_alike`] |
//! | write a table | [`write_table`], [`Cell`] |
//!
//! ```
//! use interchange::{Mapping, ReadOptions, Table, read_people};
//!
//! let bytes = "id;name;birth year\n7;Uwase;1990\n8;Mutoni;19\n".as_bytes();
//! let table = Table::read("people.csv", bytes, &ReadOptions::default())?;
//! let people = read_people(&table, &Mapping::default());
//! let first = people.faults.iter().next().map(ToString::to_string);
//! assert_eq!(
//!     first.as_deref(),
//!     Some("people.csv, line 3, column 3 (birth_year): not a year from 1900 to 2100, nor a date with one"),
//! );
//! # Ok::<(), interchange::Faults>(())
//! ```

mod alike;
pub mod cell;
mod columns;
mod encoding;
mod fault;
mod faults;
mod marks;
mod people;
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
mod records;
mod row;
mod rows;
mod scan;
mod separator;
pub mod settings;
mod sheets;
mod table;
mod workbook;
mod writer;

pub use alike::{are_alike, plain_name};
pub use columns::{Field, Mapping, MappingError, Need, item_columns};
pub use encoding::{Encoding, EncodingChoice};
pub use fault::{Fault, FaultKind, Place};
pub use faults::{Faults, Reading};
pub use marks::{MARKS, MarkRow, Marks, PaperMark, SeatOfSheet, marks_table, read_marks};
pub use people::{ExternalId, PEOPLE, PersonRow, people_template, read_people};
pub use row::Row;
pub use rows::Rows;
pub use separator::{Separator, SeparatorChoice};
pub use sheets::{SheetOptions, SheetRow, Sheets, Unreadable, read_sheets, sheet_template};
pub use table::{Limits, ReadOptions, Table};
pub use workbook::{is_no_value, sheet_names};
pub use writer::{Cell, OutError, WriteOptions, write_table};

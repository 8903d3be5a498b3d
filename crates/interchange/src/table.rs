//! A table of text, read whole.

use std::io::{Read, Seek};

use crate::{
    Encoding, EncodingChoice, FaultKind, Faults, Place, Row, Rows, Separator, SeparatorChoice,
    encoding, faults::Collector,
};

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes.
    pub file_bytes: usize,
    /// The largest cell, in bytes.
    pub cell_bytes: usize,
    /// The most columns.
    pub columns: usize,
}

impl Default for Limits {
    /// Files of 20 MiB, cells of 1 MiB, 2,000 columns: our own figures against hostile files.
    fn default() -> Self {
        Self { file_bytes: 20 << 20, cell_bytes: 1 << 20, columns: 2_000 }
    }
}

/// What the caller knows of a file, and how much of it is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding.
    pub encoding: EncodingChoice,
    /// The separator.
    pub separator: SeparatorChoice,
    /// The limits.
    pub limits: Limits,
}

/// A table: names of columns, and rows with as many cells.
#[derive(Clone)]
pub struct Table {
    // Invariants: each row has as many cells as there are names; what is wrong with either is in `faults`.
    label: String,
    encoding: Encoding,
    separator: Separator,
    names: Vec<String>,
    cells: Vec<u8>,
    ends: Vec<u32>,
    lines: Vec<u64>,
    blank: usize,
    faults: Faults,
}

impl std::fmt::Debug for Table {
    /// Sizes only: cells speak of people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("encoding", &self.encoding)
            .field("separator", &self.separator)
            .field("columns", &self.names.len())
            .field("rows", &self.lines.len())
            .finish_non_exhaustive()
    }
}

impl Table {
    /// Reads a table. `label` is what faults call the file.
    ///
    /// The first line names the columns. Rows in which every cell is empty are left out and counted
    /// ([`blank_rows`](Self::blank_rows)). What [`write_table`](crate::write_table) put before a cell to
    /// keep spreadsheets from taking it for a formula is taken off again.
    ///
    /// A row with more or fewer cells than there are columns is left out, and what is wrong with rows
    /// and names of columns is kept ([`faults`](Self::faults)): [`read_people`](crate::read_people) and
    /// [`read_sheets`](crate::read_sheets) tell it together with what they find.
    ///
    /// # Errors
    ///
    /// Where the file is empty or too large, its bytes are no text, its separator is unclear or a quote
    /// is left open, what follows cannot be told and only that is named.
    pub fn read(label: &str, bytes: &[u8], options: &ReadOptions) -> Result<Self, Faults> {
        let (text, encoding) = Collector::one(label, admit(bytes, options))?;
        Self::of(Rows::decoded(label, text.as_bytes(), encoding, options)?)
    }

    /// Reads a sheet of a workbook in the format xlsx: the one of a name, else the first one. Its cells are as
    /// [`Rows::sheet`] says; the encoding and the separator of such a table mean nothing.
    ///
    /// # Errors
    ///
    /// Where the file is no workbook, has no such sheet, or the sheet is empty or larger than is read.
    pub fn sheet<R: Read + Seek>(
        label: &str,
        source: R,
        sheet: Option<&str>,
        options: &ReadOptions,
    ) -> Result<Self, Faults> {
        Self::of(Rows::sheet(label, source, sheet, options)?)
    }

    fn of<R: Read>(mut rows: Rows<R>) -> Result<Self, Faults> {
        let mut table = Self {
            label: rows.label().to_owned(),
            encoding: rows.encoding(),
            separator: rows.separator(),
            names: rows.names().to_vec(),
            cells: Vec::new(),
            ends: Vec::new(),
            lines: Vec::new(),
            blank: 0,
            faults: Faults::default(),
        };
        while let Some(row) = rows.next_row() {
            table.take(row);
        }
        table.blank = usize::try_from(rows.blank_rows()).unwrap_or(usize::MAX);
        table.faults = rows.all_faults();
        if rows.is_broken() {
            return Err(table.faults);
        }
        if table.lines.is_empty() && table.faults.is_empty() {
            return Collector::one(rows.label(), Err((Place::FILE, FaultKind::NoRows)));
        }
        Ok(table)
    }

    fn take(&mut self, row: Row<'_>) {
        for column in 0..self.names.len() {
            self.cells.extend_from_slice(row.bytes(column));
            // A file that is larger than this counts is refused before.
            self.ends.push(u32::try_from(self.cells.len()).unwrap_or(u32::MAX));
            self.cells.push(self.separator.byte());
        }
        self.lines.push(row.line());
    }

    /// The table, where every row of it fits and every column has a name of its own.
    ///
    /// # Errors
    ///
    /// What is wrong with its rows and the names of its columns.
    pub fn whole(self) -> Result<Self, Faults> {
        if self.faults.is_empty() { Ok(self) } else { Err(self.faults) }
    }

    /// What is wrong with its rows and the names of its columns.
    #[must_use]
    pub const fn faults(&self) -> &Faults {
        &self.faults
    }

    /// What faults call the file.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The encoding that was found.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The separator that was found.
    #[must_use]
    pub const fn separator(&self) -> Separator {
        self.separator
    }

    /// The names of the columns, as the file writes them.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The rows that hold anything and have as many cells as there are columns.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        // Invariant: a table has at least one column.
        let cells = self.ends.chunks_exact(self.names.len().max(1));
        let mut start = 0;
        cells.zip(&self.lines).map(move |(ends, line)| {
            let row = Row::new(&self.cells, ends, start, *line);
            start = ends.last().map_or(start, |end| end + 1);
            row
        })
    }

    /// How many rows were left out since every cell of them is empty.
    #[must_use]
    pub const fn blank_rows(&self) -> usize {
        self.blank
    }
}

fn admit(bytes: &[u8], options: &ReadOptions) -> Result<(String, Encoding), (Place, FaultKind)> {
    let most = options.limits.file_bytes;
    if bytes.len() > most {
        let bytes = bytes.len();
        return Err((Place::FILE, FaultKind::FileTooLarge { bytes, most }));
    }
    encoding::decode(bytes, options.encoding)
}

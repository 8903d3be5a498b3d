//! A table of text, read whole.

use csv::StringRecord;

use crate::{
    Encoding, EncodingChoice, FaultKind, Faults, Place, Separator, SeparatorChoice, encoding,
    faults::Collector, scan, scan::Shape, separator, writer,
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
    // Invariants: each record has as many cells as there are names; what is wrong with either is in
    // `faults`.
    label: String,
    encoding: Encoding,
    separator: Separator,
    names: Vec<String>,
    records: Vec<(u64, StringRecord)>,
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
            .field("rows", &self.records.len())
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
        let separator =
            Collector::one(label, separator::find(&text, options.separator, &options.limits))?;
        let (shapes, wrong) = scan::shapes(&text, separator.byte(), &options.limits, usize::MAX);
        if !wrong.is_empty() {
            let mut faults = Collector::of(label);
            for (place, kind) in wrong {
                faults.push(place, kind);
            }
            return Err(faults.done());
        }

        let mut records = records(&text, separator, &shapes);
        let Some((line, names)) = records.next() else {
            return Collector::one(label, Err((Place::FILE, FaultKind::Empty)));
        };
        let mut faults = Collector::of(label);
        let names = column_names(line, &names, &mut faults);
        let mut table = Self {
            label: label.to_owned(),
            encoding,
            separator,
            names,
            records: Vec::with_capacity(shapes.len()),
            blank: 0,
            faults: Faults::default(),
        };
        for (line, record) in records {
            table.take(line, record, &mut faults);
        }
        table.faults = faults.done();
        if table.records.is_empty() && table.faults.is_empty() {
            return Collector::one(label, Err((Place::FILE, FaultKind::NoRows)));
        }
        Ok(table)
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

    fn take(&mut self, line: u64, record: StringRecord, faults: &mut Collector) {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            self.blank += 1;
        } else if record.len() == self.names.len() {
            self.records.push((line, record));
        } else {
            let (found, columns) = (record.len(), self.names.len());
            faults.push(Place::line(line), FaultKind::Ragged { found, columns });
        }
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
        self.records.iter().map(|(line, record)| Row { line: *line, record })
    }

    /// How many rows were left out since every cell of them is empty.
    #[must_use]
    pub const fn blank_rows(&self) -> usize {
        self.blank
    }
}

/// One row of a table.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    line: u64,
    record: &'a StringRecord,
}

impl<'a> Row<'a> {
    /// The line of the file on which it starts, from 1.
    #[must_use]
    pub const fn line(self) -> u64 {
        self.line
    }

    /// The cell of a column, counted from 0, without spaces around it; empty where there is no such column.
    #[must_use]
    pub fn cell(self, column: usize) -> &'a str {
        self.exact(column).trim()
    }

    /// The same, with its spaces.
    #[must_use]
    pub fn exact(self, column: usize) -> &'a str {
        writer::restored(self.record.get(column).unwrap_or_default())
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

/// The records of a text with the lines on which they start.
fn records<'a>(
    text: &'a str,
    separator: Separator,
    shapes: &'a [Shape],
) -> impl Iterator<Item = (u64, StringRecord)> + 'a {
    let reader = csv::ReaderBuilder::new()
        .delimiter(separator.byte())
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    // Invariant: a flexible reader fails on bytes that are no text only, and these are text.
    let records = reader.into_records().map_while(Result::ok);
    // The scan sees the same records (a test holds both to it); were it to miss one, its line would be
    // told wrongly, but nothing would be lost.
    let last = shapes.last().map_or(1, |shape| shape.line);
    let lines = shapes.iter().map(|shape| shape.line);
    lines.chain(std::iter::repeat(last)).zip(records)
}

fn column_names(line: u64, record: &StringRecord, faults: &mut Collector) -> Vec<String> {
    let names: Vec<_> =
        record.iter().map(|name| writer::restored(name).trim().to_owned()).collect();
    for (i, name) in names.iter().enumerate() {
        let place = Place::column(line, i + 1);
        if name.is_empty() {
            faults.push(place, FaultKind::NamelessColumn);
        } else if let Some(first) = names.iter().take(i).position(|other| other == name) {
            faults.push(place, FaultKind::ColumnTwice { first: first + 1 });
        }
    }
    names
}

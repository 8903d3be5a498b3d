//! One row of a table.

use simd_csv::ZeroCopyByteRecord;

use crate::writer;

/// One row of a table.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    cells: Cells<'a>,
    line: u64,
}

/// Where the cells of a row stand. Invariant: each of them is text.
#[derive(Clone, Copy)]
enum Cells<'a> {
    /// Each ends where `ends` says, and the next starts one byte behind.
    Split { bytes: &'a [u8], ends: &'a [u32], start: u32 },
    /// As the library gives them that split plain lines, by this separator.
    Plain(&'a ZeroCopyByteRecord<'a>, u8),
}

impl std::fmt::Debug for Row<'_> {
    /// The line alone: cells speak of people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("line", &self.line).finish_non_exhaustive()
    }
}

impl<'a> Row<'a> {
    pub(crate) const fn new(bytes: &'a [u8], ends: &'a [u32], start: u32, line: u64) -> Self {
        Self { cells: Cells::Split { bytes, ends, start }, line }
    }

    pub(crate) const fn plain(
        record: &'a ZeroCopyByteRecord<'a>,
        separator: u8,
        line: u64,
    ) -> Self {
        Self { cells: Cells::Plain(record, separator), line }
    }

    /// The line of the file on which it starts, from 1.
    #[must_use]
    pub const fn line(self) -> u64 {
        self.line
    }

    /// How many cells it has.
    #[must_use]
    #[inline]
    pub(crate) fn len(self) -> usize {
        match self.cells {
            Cells::Split { ends, .. } => ends.len(),
            Cells::Plain(record, _) => record.len(),
        }
    }

    /// The cell of a column, counted from 0, without spaces around it; empty where there is no such column.
    #[must_use]
    pub fn cell(self, column: usize) -> &'a str {
        self.exact(column).trim()
    }

    /// The same, with its spaces.
    #[must_use]
    pub fn exact(self, column: usize) -> &'a str {
        writer::restored(std::str::from_utf8(self.bytes(column)).unwrap_or_default())
    }

    /// The bytes of the cell of a column, counted from 0, as the file has them inside of its quotes: with
    /// spaces, and with what [`write_table`](crate::write_table) put before it. This is for whoever reads
    /// millions of plain numbers; all others ask for the [`cell`](Self::cell).
    #[must_use]
    #[inline]
    pub fn bytes(self, column: usize) -> &'a [u8] {
        let (bytes, ends, start) = match self.cells {
            Cells::Plain(record, _) => return record.get(column).unwrap_or_default(),
            Cells::Split { bytes, ends, start } => (bytes, ends, start),
        };
        let start = match column.checked_sub(1) {
            None => Some(start),
            Some(before) => ends.get(before).map(|end| end + 1),
        };
        let (Some(start), Some(end)) = (start, ends.get(column)) else { return &[] };
        bytes.get(start as usize..*end as usize).unwrap_or_default()
    }

    /// So many cells from a column on, where each of them is one byte and no quote stands near: their bytes,
    /// with a separator between each two. This too is for whoever reads millions of plain numbers.
    #[must_use]
    #[inline]
    pub fn single_bytes(self, first: usize, cells: usize) -> Option<&'a [u8]> {
        let Cells::Plain(record, separator) = self.cells else { return None };
        let (one, row) = (record.get(first)?, record.as_slice());
        let start = one.as_ptr().addr().checked_sub(row.as_ptr().addr())?;
        let run = row.get(start..start.checked_add((2 * cells).checked_sub(1)?)?)?;
        // A line without quotes ends a cell at every separator, and nowhere else but at its end.
        let ends = row.get(start + run.len()).is_none_or(|byte| *byte == separator);
        let places = run.iter().skip(1).step_by(2);
        let even = places.fold(ends, |even, byte| even & (*byte == separator));
        let cells = run.iter().step_by(2);
        cells.fold(even, |even, byte| even & (*byte != separator)).then_some(run)
    }

    #[inline]
    pub(crate) fn is_blank(self) -> bool {
        !self.bytes(0).first().is_some_and(u8::is_ascii_alphanumeric) && self.has_nothing()
    }

    fn has_nothing(self) -> bool {
        let text = |column| std::str::from_utf8(self.bytes(column)).unwrap_or_default();
        (0..self.len()).all(|column| text(column).trim().is_empty())
    }
}

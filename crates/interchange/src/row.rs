//! One row of a table.

use crate::writer;

/// One row of a table. Invariant: each of its cells is text.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    bytes: &'a [u8],
    // Each cell ends where `ends` says, and the next starts one byte behind.
    ends: &'a [u32],
    start: u32,
    line: u64,
}

impl std::fmt::Debug for Row<'_> {
    /// The line alone: cells speak of people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("line", &self.line).finish_non_exhaustive()
    }
}

impl<'a> Row<'a> {
    pub(crate) const fn new(bytes: &'a [u8], ends: &'a [u32], start: u32, line: u64) -> Self {
        Self { bytes, ends, start, line }
    }

    /// The line of the file on which it starts, from 1.
    #[must_use]
    pub const fn line(self) -> u64 {
        self.line
    }

    /// How many cells it has.
    #[must_use]
    #[inline]
    pub(crate) const fn len(self) -> usize {
        self.ends.len()
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
        let (Some(start), Some(end)) = (self.start_of(column), self.ends.get(column)) else {
            return &[];
        };
        self.bytes.get(start as usize..*end as usize).unwrap_or_default()
    }

    #[inline]
    fn start_of(self, column: usize) -> Option<u32> {
        match column.checked_sub(1) {
            None => Some(self.start),
            Some(before) => self.ends.get(before).map(|end| end + 1),
        }
    }

    /// So many cells from a column on, where each of them is one byte: their bytes, with one other between
    /// each two. This too is for whoever reads millions of plain numbers.
    #[must_use]
    #[inline]
    pub fn single_bytes(self, first: usize, cells: usize) -> Option<&'a [u8]> {
        let ends = self.ends.get(first..first.checked_add(cells)?)?;
        let start = self.start_of(first)?;
        // Looked at as a whole, so that many are looked at at once.
        let wanted = (start + 1..).step_by(2);
        let even = ends.iter().zip(wanted).fold(true, |even, (end, want)| even & (*end == want));
        self.bytes.get(start as usize..*ends.last()? as usize).filter(|_| even)
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

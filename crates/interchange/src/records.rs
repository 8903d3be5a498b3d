//! Some records of a table, split into cells by the libraries that read CSV.

use std::borrow::Cow;

use csv::ByteRecord;

use crate::{FaultKind, Limits, Place, Row, scan, scan::Reached};

/// Some records, cell by cell.
#[derive(Debug, Default)]
pub(crate) struct Records {
    // Each cell ends where `ends` says, and the next starts one byte behind.
    ends: Vec<u32>,
    marks: Vec<Mark>,
    /// The cells, where they had to be copied; else they stand where they were read.
    cells: Option<Vec<u8>>,
    first_line: u64,
}

/// One record: where its first cell starts, how many cells end in it and all before, its line below the first one.
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: u32,
    cells: u32,
    line: u32,
}

/// Bytes as readers want them: they take a mark off the head, which may be none here.
pub(crate) fn marked(bytes: &[u8]) -> Cow<'_, [u8]> {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    if bytes.starts_with(MARK) { [MARK, bytes].concat().into() } else { bytes.into() }
}

impl Records {
    pub(crate) const fn len(&self) -> usize {
        self.marks.len()
    }

    /// A record; `read` is where its bytes were read.
    #[inline]
    pub(crate) fn row<'a>(&'a self, place: usize, read: &'a [u8]) -> Option<Row<'a>> {
        let mark = self.marks.get(place)?;
        let before = place.checked_sub(1).and_then(|before| self.marks.get(before));
        let first = before.map_or(0, |before| before.cells as usize);
        let ends = self.ends.get(first..mark.cells as usize)?;
        let bytes = self.cells.as_deref().unwrap_or(read);
        Some(Row::new(bytes, ends, mark.start, self.first_line + u64::from(mark.line)))
    }

    pub(crate) fn clear(&mut self, first_line: u64) {
        self.ends.clear();
        self.marks.clear();
        self.cells = None;
        self.first_line = first_line;
    }

    /// Adds a record to those that were copied.
    pub(crate) fn copy<'c>(&mut self, line: u64, cells: impl IntoIterator<Item = &'c [u8]>) {
        let copied = self.cells.get_or_insert_default();
        let start = small(copied.len());
        for cell in cells {
            copied.extend_from_slice(cell);
            self.ends.push(small(copied.len()));
            copied.push(0);
        }
        let line = u32::try_from(line.saturating_sub(self.first_line)).unwrap_or(u32::MAX);
        self.marks.push(Mark { start, cells: small(self.ends.len()), line });
    }

    /// Splits lines that [are plain](is_plain); how many they are. Nothing where a record is larger
    /// than is read.
    pub(crate) fn split_plain(
        &mut self,
        lines: &[u8],
        separator: u8,
        limits: &Limits,
    ) -> Option<u32> {
        let input = marked(lines);
        let mut reader = plain_reader(&input, separator);
        let (mut at, mut line) = (0, 0);
        let mut ends = std::mem::take(&mut self.ends);
        // Invariant: reading from memory does not fail.
        while let Ok(Some(record)) = reader.read_byte_record() {
            let start = at;
            for cell in record.iter() {
                at += small(cell.len());
                ends.push(at);
                at += 1;
            }
            if (at - start) as usize > limits.cell_bytes || record.len() > limits.columns {
                return None;
            }
            self.marks.push(Mark { start, cells: small(ends.len()), line });
            // Behind the last cell stands LF, or CR LF.
            at += u32::from(lines.get(at as usize - 1) == Some(&b'\r'));
            line += 1;
        }
        self.ends = ends;
        Some(line)
    }

    /// Splits any bytes; what is wrong with their quotes and sizes, and how far they are whole.
    pub(crate) fn split(
        &mut self,
        bytes: &[u8],
        from: (Reached, bool),
        separator: u8,
        limits: &Limits,
    ) -> (Reached, Vec<(Place, FaultKind)>) {
        let seen = scan::shapes(bytes, from, separator, limits, usize::MAX);
        let whole = bytes.get(..seen.reached.bytes).unwrap_or_default();
        let input = marked(whole);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(&*input);
        let mut record = ByteRecord::new();
        let mut shapes = seen.records.iter();
        // The scan sees the same records (a test holds both to it); were it to miss one, its line would be
        // told wrongly, but nothing would be lost.
        let mut line = self.first_line;
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            line = shapes.next().map_or(line, |shape| shape.line);
            self.copy(line, &record);
        }
        (seen.reached, seen.faults)
    }
}

/// Reads the records of [plain](is_plain) lines, with any mark [given back](marked).
pub(crate) fn plain_reader(input: &[u8], separator: u8) -> simd_csv::ZeroCopyReader<&[u8]> {
    let mut builder = simd_csv::ZeroCopyReaderBuilder::with_capacity(input.len());
    builder.delimiter(separator).has_headers(false).flexible(true);
    builder.from_reader(input)
}

fn small(number: usize) -> u32 {
    // No block of bytes is longer than `Rows` lets it be.
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Whether lines hold no quote, no empty line, and no CR but before LF: then both libraries see the same in
/// them, and each line is a record.
pub(crate) fn is_plain(lines: &[u8]) -> bool {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
    let ends = |byte: u8| byte == b'\n' || byte == b'\r';
    let next = lines.get(1..).unwrap_or_default();
    // Looked at as a whole, so that many bytes are looked at at once.
    let odd = lines.iter().zip(next).fold(false, |odd, (one, other)| {
        let empty = *one == b'\n' && ends(*other);
        let alone = *one == b'\r' && *other != b'\n';
        odd | (*one == b'"') | empty | alone
    });
    !odd && !ends(*first) && *last != b'"' && *last != b'\r'
}

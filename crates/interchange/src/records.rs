//! Some records of a table, split into cells.

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
        let (mut line, mut start, mut cells) = (0, 0, 0);
        let mut end_of_line = |ends: &mut Vec<u32>, at: u32| {
            // Behind the last cell stands LF, or CR LF.
            let has_cr = at > start && lines.get(at as usize - 1) == Some(&b'\r');
            let end = at - u32::from(has_cr);
            ends.push(end);
            let fits =
                (end - start) as usize <= limits.cell_bytes && ends.len() - cells <= limits.columns;
            cells = ends.len();
            self.marks.push(Mark { start, cells: small(cells), line });
            (start, line) = (at + 1, line + 1);
            fits.then_some(())
        };
        let (chunks, rest) = lines.as_chunks::<CHUNK>();
        let mut padded = [0; CHUNK];
        padded.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
        for (chunk, from) in chunks.iter().chain([&padded]).zip((0..).step_by(CHUNK)) {
            let mut ends = ends_in(chunk, separator);
            while ends != 0 {
                let at = from + ends.trailing_zeros();
                ends &= ends - 1;
                if lines.get(at as usize) == Some(&separator) {
                    self.ends.push(at);
                } else {
                    end_of_line(&mut self.ends, at)?;
                }
            }
        }
        if lines.last() != Some(&b'\n') {
            end_of_line(&mut self.ends, small(lines.len()))?;
        }
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

/// How many bytes are looked at at once.
const CHUNK: usize = 64;

/// Which bytes of a chunk end a cell: the first of them is the lowest bit.
#[inline]
fn ends_in(chunk: &[u8; CHUNK], separator: u8) -> u64 {
    let ends = chunk.map(|byte| u8::from((byte == separator) | (byte == b'\n')));
    // The product moves the lowest bit of each of eight bytes next to each other, into the highest byte.
    let (eights, _) = ends.as_chunks::<8>();
    let bits =
        |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |all, eight| all << 8 | bits(eight))
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

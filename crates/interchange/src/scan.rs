//! A look at the shape of a table before it is read: lines, cells, quotes.

use crate::{FaultKind, Limits, Place};

/// One record: the line on which it starts, and how many cells it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) line: u64,
    pub(crate) cells: usize,
}

/// What a scan saw.
#[derive(Debug)]
pub(crate) struct Shapes {
    pub(crate) records: Vec<Shape>,
    pub(crate) faults: Vec<(Place, FaultKind)>,
    pub(crate) reached: Reached,
}

/// How far a scan came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reached {
    /// The bytes that are done with.
    pub(crate) bytes: usize,
    /// The line of the next one, from 1.
    pub(crate) line: u64,
    /// Whether the last one was a CR: an LF behind it ends no other line.
    pub(crate) after_cr: bool,
    /// Whether there is more than is read at all.
    pub(crate) given_up: bool,
}

impl Reached {
    /// Before the first byte.
    pub(crate) const START: Self = Self { bytes: 0, line: 1, after_cr: false, given_up: false };
}

/// Where in a cell a scan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    RecordStart,
    CellStart,
    Bare,
    Quoted,
    /// After a quote inside quotes: the end of them, or the first of two.
    AfterQuote,
}

/// The shapes of the records of some bytes, the first `most` of them, and what is wrong with quotes and sizes.
///
/// It reads quotes, line ends and empty lines as the `csv` crate does, and knows what that one
/// does not say: where a quote was left open, and on which line a record starts where lines end in CR alone.
/// A record that does not end in these bytes is left alone, unless they are the `last` ones.
pub(crate) fn shapes(
    bytes: &[u8],
    (from, last): (Reached, bool),
    separator: u8,
    limits: &Limits,
    most: usize,
) -> Shapes {
    let mut scan = Scan::new(separator, limits, from);
    for (done, byte) in (1..).zip(bytes) {
        if scan.seen.records.len() >= most || scan.seen.reached.given_up {
            break;
        }
        scan.step(*byte);
        if scan.at == At::RecordStart {
            scan.keep(done);
        }
    }
    if last || scan.seen.reached.given_up {
        scan.end();
        scan.keep(bytes.len());
    }
    scan.seen.faults.truncate(scan.faults_kept);
    scan.seen
}

/// How many lines end in some bytes: LF, CR, or both together.
pub(crate) fn line_ends(bytes: &[u8], mut after_cr: bool) -> u64 {
    let mut ends = 0;
    for byte in bytes {
        if *byte == b'\r' || (*byte == b'\n' && !after_cr) {
            ends += 1;
        }
        after_cr = *byte == b'\r';
    }
    ends
}

struct Scan<'a> {
    separator: u8,
    limits: &'a Limits,
    seen: Shapes,
    // The faults of records that have ended.
    faults_kept: usize,
    at: At,
    line: u64,
    after_cr: bool,
    record_line: u64,
    column: usize,
    cell_bytes: usize,
    quote: Place,
}

impl<'a> Scan<'a> {
    const fn new(separator: u8, limits: &'a Limits, from: Reached) -> Self {
        let reached = Reached { bytes: 0, ..from };
        Self {
            separator,
            limits,
            seen: Shapes { records: Vec::new(), faults: Vec::new(), reached },
            faults_kept: 0,
            at: At::RecordStart,
            line: from.line,
            after_cr: from.after_cr,
            record_line: from.line,
            column: 1,
            cell_bytes: 0,
            quote: Place::FILE,
        }
    }

    fn step(&mut self, byte: u8) {
        let line_end = byte == b'\n' || byte == b'\r';
        if self.at == At::Quoted && byte != b'"' {
            self.grow();
        } else if line_end {
            self.end_record();
        } else if byte == self.separator {
            self.end_cell();
        } else {
            self.take(byte);
        }
        self.count_line(byte);
    }

    fn take(&mut self, byte: u8) {
        if self.at == At::RecordStart {
            self.record_line = self.line;
            self.at = At::CellStart;
        }
        self.at = match (self.at, byte) {
            (At::CellStart, b'"') => {
                self.quote = Place::column(self.line, self.column);
                At::Quoted
            }
            (At::Quoted, b'"') => At::AfterQuote,
            (At::AfterQuote, b'"') => At::Quoted,
            (At::AfterQuote, _) => {
                self.fault(FaultKind::TextAfterQuote);
                At::Bare
            }
            (At::RecordStart | At::CellStart | At::Bare | At::Quoted, _) => At::Bare,
        };
        self.grow();
    }

    fn grow(&mut self) {
        self.cell_bytes += 1;
        // Its quotes are not part of a cell, but they are few; and one fault for one cell is enough.
        if self.cell_bytes == self.limits.cell_bytes.saturating_add(3) {
            self.fault(FaultKind::CellTooLarge { most: self.limits.cell_bytes });
        }
    }

    fn end_cell(&mut self) {
        if self.at == At::RecordStart {
            self.record_line = self.line;
        }
        self.at = At::CellStart;
        self.cell_bytes = 0;
        self.column += 1;
        if self.column > self.limits.columns {
            self.fault(FaultKind::TooManyColumns { most: self.limits.columns });
            self.seen.reached.given_up = true;
        }
    }

    fn end_record(&mut self) {
        if self.at != At::RecordStart {
            self.seen.records.push(Shape { line: self.record_line, cells: self.column });
        }
        self.at = At::RecordStart;
        self.cell_bytes = 0;
        self.column = 1;
    }

    const fn count_line(&mut self, byte: u8) {
        if byte == b'\r' || (byte == b'\n' && !self.after_cr) {
            self.line += 1;
        }
        self.after_cr = byte == b'\r';
    }

    fn fault(&mut self, kind: FaultKind) {
        self.seen.faults.push((Place::column(self.record_line, self.column), kind));
    }

    fn end(&mut self) {
        if self.at == At::Quoted && !self.seen.reached.given_up {
            self.seen.faults.push((self.quote.clone(), FaultKind::UnclosedQuote));
        }
        self.end_record();
    }

    /// Everything up to here is whole.
    const fn keep(&mut self, bytes: usize) {
        let reached = &mut self.seen.reached;
        (reached.bytes, reached.line, reached.after_cr) = (bytes, self.line, self.after_cr);
        self.faults_kept = self.seen.faults.len();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_csv(text: &str) -> Vec<usize> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes())
            .records()
            .map_while(Result::ok)
            .map(|record| record.len())
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn the_scan_sees_what_the_reader_sees(text in "[ab\"\"\n\r,, ]{0,24}") {
            let whole = (Reached::START, true);
            let seen = shapes(text.as_bytes(), whole, b',', &Limits::default(), usize::MAX);
            if seen.faults.is_empty() {
                let cells: Vec<_> = seen.records.iter().map(|shape| shape.cells).collect();
                prop_assert_eq!(cells, by_csv(&text));
            }
        }
    }
}

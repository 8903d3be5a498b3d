//! A look at the shape of a table before it is read: lines, cells, quotes.

use crate::{FaultKind, Limits, Place};

/// One record: the line on which it starts, and how many cells it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) line: u64,
    pub(crate) cells: usize,
}

/// Where in a cell a scan is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    RecordStart,
    CellStart,
    Bare,
    Quoted,
    /// After a quote inside quotes: the end of them, or the first of two.
    AfterQuote,
}

/// The shapes of the records of a text, the first `most` of them, and what is wrong with its quotes and sizes.
///
/// It reads quotes, line ends and empty lines as the `csv` crate does, and knows what that one
/// does not say: where a quote was left open, and on which line a record starts where lines end in CR alone.
pub(crate) fn shapes(
    text: &str,
    separator: u8,
    limits: &Limits,
    most: usize,
) -> (Vec<Shape>, Vec<(Place, FaultKind)>) {
    let mut scan = Scan::new(separator, limits);
    for byte in text.bytes() {
        if scan.shapes.len() >= most || scan.given_up {
            break;
        }
        scan.step(byte);
    }
    scan.end();
    (scan.shapes, scan.faults)
}

/// How many lines end in a text: LF, CR, or both together.
pub(crate) fn line_ends(text: &str) -> u64 {
    let mut ends = 0;
    let mut after_cr = false;
    for byte in text.bytes() {
        if byte == b'\r' || (byte == b'\n' && !after_cr) {
            ends += 1;
        }
        after_cr = byte == b'\r';
    }
    ends
}

struct Scan<'a> {
    separator: u8,
    limits: &'a Limits,
    shapes: Vec<Shape>,
    faults: Vec<(Place, FaultKind)>,
    at: At,
    line: u64,
    after_cr: bool,
    record_line: u64,
    column: usize,
    cell_bytes: usize,
    quote: Place,
    given_up: bool,
}

impl<'a> Scan<'a> {
    fn new(separator: u8, limits: &'a Limits) -> Self {
        Self {
            separator,
            limits,
            shapes: Vec::new(),
            faults: Vec::new(),
            at: At::RecordStart,
            line: 1,
            after_cr: false,
            record_line: 1,
            column: 1,
            cell_bytes: 0,
            quote: Place::FILE,
            given_up: false,
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
            self.given_up = true;
        }
    }

    fn end_record(&mut self) {
        if self.at != At::RecordStart {
            self.shapes.push(Shape { line: self.record_line, cells: self.column });
        }
        self.at = At::RecordStart;
        self.cell_bytes = 0;
        self.column = 1;
    }

    fn count_line(&mut self, byte: u8) {
        if byte == b'\r' || (byte == b'\n' && !self.after_cr) {
            self.line += 1;
        }
        self.after_cr = byte == b'\r';
    }

    fn fault(&mut self, kind: FaultKind) {
        self.faults.push((Place::column(self.record_line, self.column), kind));
    }

    fn end(&mut self) {
        if self.at == At::Quoted && !self.given_up {
            self.faults.push((self.quote.clone(), FaultKind::UnclosedQuote));
        }
        self.end_record();
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
            let (shapes, faults) = shapes(&text, b',', &Limits::default(), usize::MAX);
            if faults.is_empty() {
                let seen: Vec<_> = shapes.iter().map(|shape| shape.cells).collect();
                prop_assert_eq!(seen, by_csv(&text));
            }
        }
    }
}

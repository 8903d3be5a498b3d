//! A table of text, read row by row in little memory.

use std::io::{self, Cursor, Read};

use crate::{
    Encoding, EncodingChoice, FaultKind, Faults, Limits, Place, ReadOptions, Row, Separator,
    SeparatorChoice, encoding,
    faults::Collector,
    records::{Records, is_plain, marked, plain_reader},
    scan::Reached,
    separator,
};

/// How many bytes are looked at before a row is read, to tell what the file is.
const HEAD: usize = 256 << 10;
/// How many bytes are split into rows at once.
const BLOCK: usize = 64 << 10;

/// The rows of a table, one after another, by the rules of [`Table`](crate::Table).
///
/// What is kept of the file is a block of it. Only a file that is not in UTF-8 is decoded as a whole.
///
/// ```
/// use interchange::{ReadOptions, Rows};
///
/// let file = "id;wave\nK-1;0\nK-2\n".as_bytes();
/// let mut rows = Rows::read("sheets.csv", file, &ReadOptions::default())?;
/// let mut seen = Vec::new();
/// while let Some(row) = rows.next_row() {
///     seen.push((row.line(), row.cell(0).to_owned()));
/// }
/// assert_eq!(seen, [(2, "K-1".to_owned())]);
/// let told = rows.faults().to_string();
/// assert_eq!(told, "sheets.csv, line 3: 1 cells where the first line has 2");
/// # Ok::<(), interchange::Faults>(())
/// ```
pub struct Rows<R> {
    source: Source<R>,
    label: String,
    limits: Limits,
    encoding: Encoding,
    separator: Separator,
    names: Vec<String>,
    // What was read and not yet passed over. Invariant: the first `sound` bytes are text.
    buffer: Vec<u8>,
    sound: usize,
    ended: bool,
    // How many of its bytes the records at hand take up, and where they start in the file.
    taken: usize,
    offset: usize,
    // The block that is split at once; tests make it small.
    block: usize,
    records: Records,
    next: usize,
    reached: Reached,
    kept: u64,
    blank: u64,
    faults: Collector,
    // Cells of a workbook whose formula has no value.
    unread: Vec<(Place, FaultKind)>,
    // What cannot be gone on after.
    broken: Vec<(Place, FaultKind)>,
}

/// What the next bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    /// There is nothing more.
    None,
    /// They were split into records.
    Split,
    /// So many are plain lines, which were not split.
    Plain(usize),
}

/// Where bytes come from.
pub(crate) enum Source<R> {
    Stream(R),
    Text(Cursor<Vec<u8>>),
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Stream(source) => source.read(into),
            Self::Text(text) => text.read(into),
        }
    }
}

impl<R> std::fmt::Debug for Rows<R> {
    /// Sizes only: cells speak of people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows")
            .field("encoding", &self.encoding)
            .field("separator", &self.separator)
            .field("columns", &self.names.len())
            .field("line", &self.reached.line)
            .finish_non_exhaustive()
    }
}

impl<R: Read> Rows<R> {
    /// Looks at the head of a table. `label` is what faults call the file.
    ///
    /// # Errors
    ///
    /// Where the file is empty, its bytes are no text, its separator is unclear or its first line cannot be told.
    pub fn read(label: &str, source: R, options: &ReadOptions) -> Result<Self, Faults> {
        Self::in_blocks(label, source, options, BLOCK)
    }

    pub(crate) fn in_blocks(
        label: &str,
        source: R,
        options: &ReadOptions,
        block: usize,
    ) -> Result<Self, Faults> {
        let mut rows = Self::of(label, Source::Stream(source), options.limits, block);
        rows.fill(HEAD);
        rows.decode(options)?;
        rows.begun(options)
    }

    /// The rows of what was decoded before.
    pub(crate) fn decoded(
        label: &str,
        source: R,
        encoding: Encoding,
        options: &ReadOptions,
    ) -> Result<Self, Faults> {
        let mut rows = Self::of(label, Source::Stream(source), options.limits, BLOCK);
        rows.encoding = encoding;
        rows.fill(HEAD);
        rows.begun(options)
    }

    /// Tells the separator and the names of columns by the head.
    fn begun(mut self, options: &ReadOptions) -> Result<Self, Faults> {
        self.look();
        self.sound()?;
        let mut choice = options.separator;
        if let Some((separator, bytes)) = separator::said(&self.buffer) {
            self.buffer.drain(..bytes);
            self.offset += bytes;
            self.sound = self.sound.saturating_sub(bytes);
            self.reached.line += 1;
            if choice == SeparatorChoice::Detect {
                choice = SeparatorChoice::Is(separator);
            }
        }
        let head = (self.buffer.as_slice(), self.ended);
        let found = separator::find(head, choice, &options.limits);
        self.separator = Collector::one(&self.label, found)?;
        self.name_columns()?;
        Ok(self)
    }

    pub(crate) fn of(label: &str, source: Source<R>, limits: Limits, block: usize) -> Self {
        Self {
            source,
            label: label.to_owned(),
            limits,
            encoding: Encoding::Utf8,
            separator: Separator::Comma,
            names: Vec::new(),
            buffer: Vec::new(),
            sound: 0,
            ended: false,
            taken: 0,
            offset: 0,
            block,
            records: Records::default(),
            next: 0,
            reached: Reached::START,
            kept: 0,
            blank: 0,
            faults: Collector::of(label),
            unread: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// Takes over rows that were split elsewhere, and which of their cells have no value.
    pub(crate) fn hold(&mut self, records: Records, unread: Vec<(Place, FaultKind)>) {
        (self.records, self.unread, self.ended) = (records, unread, true);
    }

    /// Takes the mark off the head, or decodes the whole file where it is not in UTF-8.
    fn decode(&mut self, options: &ReadOptions) -> Result<(), Faults> {
        if encoding::is_workbook(&self.buffer) {
            return self.one((Place::FILE, FaultKind::IsAWorkbook));
        }
        match (options.encoding, self.buffer.as_slice()) {
            (EncodingChoice::Detect, [0xEF, 0xBB, 0xBF, ..]) => {
                self.encoding = Encoding::Utf8WithMark;
                self.buffer.drain(..3);
                self.offset = 3;
                Ok(())
            }
            (EncodingChoice::Detect, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
            | (EncodingChoice::Latin1 | EncodingChoice::Windows1252, _) => self.decode_all(options),
            (EncodingChoice::Detect, _) => Ok(()),
        }
    }

    fn decode_all(&mut self, options: &ReadOptions) -> Result<(), Faults> {
        let most = options.limits.file_bytes;
        while !self.ended && self.buffer.len() <= most {
            let more = self.buffer.len() + HEAD;
            self.fill(more);
        }
        self.sound()?;
        if self.buffer.len() > most {
            let bytes = self.buffer.len();
            return self.one((Place::FILE, FaultKind::FileTooLarge { bytes, most }));
        }
        match encoding::decode(&self.buffer, options.encoding) {
            Ok((text, encoding)) => {
                self.encoding = encoding;
                self.source = Source::Text(Cursor::new(text.into_bytes()));
                self.buffer.clear();
                self.ended = false;
                self.fill(HEAD);
                Ok(())
            }
            Err(fault) => self.one(fault),
        }
    }

    fn one<T>(&self, fault: (Place, FaultKind)) -> Result<T, Faults> {
        Collector::one(&self.label, Err(fault))
    }

    /// Nothing that ends the reading was met.
    fn sound(&self) -> Result<(), Faults> {
        if self.broken.is_empty() { Ok(()) } else { Err(self.faults()) }
    }

    /// Reads until there are so many bytes, or no more.
    fn fill(&mut self, want: usize) {
        let mut filled = self.buffer.len();
        if self.ended || want <= filled {
            return;
        }
        self.buffer.resize(want, 0);
        while !self.ended
            && let Some(rest) = self.buffer.get_mut(filled..)
            && !rest.is_empty()
        {
            match self.source.read(rest) {
                Ok(0) => self.ended = true,
                Ok(more) => filled += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => {
                    self.broken = vec![(Place::FILE, FaultKind::NotRead)];
                    self.ended = true;
                }
            }
        }
        self.buffer.truncate(filled);
    }

    /// Looks whether what was read is text.
    fn look(&mut self) {
        if self.sound == self.buffer.len() {
            return;
        }
        let fresh = self.buffer.get(self.sound..).unwrap_or_default();
        // Looked at as a whole, so that many bytes are looked at at once.
        let has_nul = fresh.iter().fold(u8::MAX, |least, byte| least.min(*byte)) == 0;
        let mut bad = None;
        if fresh.is_ascii() {
            self.sound = self.buffer.len();
        } else {
            match std::str::from_utf8(fresh) {
                Ok(_) => self.sound = self.buffer.len(),
                Err(error) => {
                    let at = self.sound + error.valid_up_to();
                    if error.error_len().is_some() || self.ended {
                        let byte = self.buffer.get(at).copied().unwrap_or_default();
                        let (offset, encoding) = (self.offset + at, Encoding::Utf8);
                        bad = Some((at, FaultKind::NotEncoded { byte, offset, encoding }));
                    }
                    self.sound = at;
                }
            }
        }
        if bad.is_none() && has_nul {
            let at = self.buffer.iter().position(|byte| *byte == 0);
            bad = at.map(|at| (at, FaultKind::Nul));
        }
        if let Some((at, kind)) = bad {
            let before = self.buffer.get(..at).unwrap_or_default();
            // Where no columns are named yet, neither is the separator.
            let separator = Some(self.separator).filter(|_| !self.names.is_empty());
            let place = separator::place_behind(before, self.reached, separator, &self.limits);
            self.broken = vec![(place, kind)];
            self.ended = true;
        }
    }

    /// Splits the next block; whether there is one.
    fn load(&mut self) -> bool {
        self.block(false) != Block::None
    }

    /// Finds the next block, and splits it, but for plain lines where they are asked for.
    fn block(&mut self, plain: bool) -> Block {
        self.records.clear(self.reached.line);
        self.next = 0;
        self.buffer.drain(..self.taken);
        self.offset += self.taken;
        self.sound = self.sound.saturating_sub(self.taken);
        self.taken = 0;
        let mut want = self.block;
        while !self.reached.given_up {
            self.fill(want);
            self.look();
            if self.is_unread() || self.buffer.is_empty() {
                return Block::None;
            }
            let block = self.split(want.min(self.buffer.len()), plain);
            if block != Block::None {
                return block;
            }
            if want > self.limits.file_bytes {
                let kind = FaultKind::CellTooLarge { most: self.limits.cell_bytes };
                self.broken.push((Place::line(self.reached.line), kind));
                self.reached.given_up = true;
            }
            want = want.saturating_mul(2);
        }
        Block::None
    }

    /// Whether the bytes themselves could not be read.
    fn is_unread(&self) -> bool {
        let of_bytes = |kind: &FaultKind| {
            matches!(kind, FaultKind::NotRead | FaultKind::NotEncoded { .. } | FaultKind::Nul)
        };
        self.broken.iter().any(|(_, kind)| of_bytes(kind))
    }

    /// Splits what is whole among so many bytes, if anything is.
    fn split(&mut self, bytes: usize, plain: bool) -> Block {
        let last = self.ended && bytes == self.buffer.len();
        let bytes = self.buffer.get(..bytes.min(self.sound)).unwrap_or_default();
        let whole = if last { Some(bytes.len()) } else { end_of_lines(bytes) };
        let lines = whole.and_then(|end| bytes.get(..end)).unwrap_or_default();
        let (from, separator) = (self.reached, self.separator.byte());
        if is_plain(lines) {
            // A cell that is too large, or a row that is, is told where rows are split one by one.
            if plain && lines.len() <= self.limits.cell_bytes {
                return Block::Plain(lines.len());
            }
            if let Some(ended) = self.records.split_plain(lines, separator, &self.limits) {
                self.taken = lines.len();
                self.reached.line += u64::from(ended);
                self.reached.after_cr = false;
                return Block::Split;
            }
            self.records.clear(from.line);
        }
        let (reached, faults) = self.records.split(bytes, (from, last), separator, &self.limits);
        self.reached = reached;
        self.broken.extend(faults);
        self.taken = reached.bytes;
        if self.taken > 0 { Block::Split } else { Block::None }
    }

    pub(crate) fn name_columns(&mut self) -> Result<(), Faults> {
        while self.records.len() == 0 {
            if !self.load() {
                self.sound()?;
                return self.one((Place::FILE, FaultKind::Empty));
            }
        }
        if self.reached.given_up {
            return Err(self.faults());
        }
        self.next = 1;
        let Some(row) = self.row(0) else { return Ok(()) };
        let names: Vec<String> = (0..row.len()).map(|place| row.cell(place).to_owned()).collect();
        let line = row.line();
        for (name, column) in names.iter().zip(1..) {
            let place = Place::column(line, column);
            let first = names.iter().take(column - 1).position(|other| other == name);
            if name.is_empty() {
                self.faults.push(place, FaultKind::NamelessColumn);
            } else if let Some(first) = first {
                self.faults.push(place, FaultKind::ColumnTwice { first: first + 1 });
            }
        }
        self.names = names;
        Ok(())
    }

    /// The next row that holds anything and has as many cells as there are columns.
    ///
    /// Others are left out: rows in which every cell is empty are counted ([`blank_rows`](Self::blank_rows)),
    /// rows that do not fit are faults ([`faults`](Self::faults)).
    pub fn next_row(&mut self) -> Option<Row<'_>> {
        loop {
            if let Some(place) = self.next_place() {
                return self.row(place);
            }
            if !self.load() {
                return None;
            }
        }
    }

    /// Hands out all further rows, as [`next_row`](Self::next_row) does one by one. It is the quicker way.
    pub fn each(&mut self, mut take: impl FnMut(Row<'_>)) {
        let columns = self.names.len();
        loop {
            while let Some(row) = self.records.row(self.next, &self.buffer) {
                if row.len() == columns && !row.is_blank() {
                    self.kept += 1;
                    self.next += 1;
                    take(row);
                } else {
                    self.pass_over();
                }
            }
            match self.block(true) {
                Block::Plain(bytes) => self.each_plain(bytes, &mut take),
                Block::Split => {}
                Block::None => return,
            }
        }
    }

    /// Hands out the rows of plain lines as they are split.
    fn each_plain(&mut self, bytes: usize, take: &mut impl FnMut(Row<'_>)) {
        let lines = self.buffer.get(..bytes).unwrap_or_default();
        let input = marked(lines);
        let separator = self.separator.byte();
        let mut reader = plain_reader(&input, separator);
        let columns = self.names.len();
        // Invariant: reading from memory does not fail. A record is looked at where it lies: to move it costs as much
        // as to split it.
        while let Ok(Some(record)) = &reader.read_byte_record() {
            let row = Row::plain(record, separator, self.reached.line);
            if row.is_blank() {
                self.blank += 1;
            } else if row.len() == columns {
                self.kept += 1;
                take(row);
            } else if row.len() > self.limits.columns {
                let most = self.limits.columns;
                let place = Place::column(self.reached.line, most + 1);
                self.broken.push((place, FaultKind::TooManyColumns { most }));
                self.reached.given_up = true;
                break;
            } else {
                let (found, line) = (row.len(), self.reached.line);
                self.faults.push(Place::line(line), FaultKind::Ragged { found, columns });
            }
            self.reached.line += 1;
        }
        self.reached.after_cr = false;
        self.taken = bytes;
    }

    /// The next row among those that are split.
    fn next_place(&mut self) -> Option<usize> {
        loop {
            let row = self.row(self.next)?;
            if row.len() == self.names.len() && !row.is_blank() {
                self.kept += 1;
                self.next += 1;
                return Some(self.next - 1);
            }
            self.pass_over();
        }
    }

    /// Leaves out a row that is blank or does not fit.
    fn pass_over(&mut self) {
        let Some(row) = self.row(self.next) else { return };
        let (found, columns, line) = (row.len(), self.names.len(), row.line());
        if row.is_blank() {
            self.blank += 1;
        } else {
            self.faults.push(Place::line(line), FaultKind::Ragged { found, columns });
        }
        self.next += 1;
    }

    #[inline]
    fn row(&self, place: usize) -> Option<Row<'_>> {
        self.records.row(place, &self.buffer)
    }
}

impl<R> Rows<R> {
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

    /// How many rows were given out so far.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.kept
    }

    /// How many rows were left out so far since every cell of them is empty.
    #[must_use]
    pub const fn blank_rows(&self) -> u64 {
        self.blank
    }

    /// Whether what was read so far cannot be trusted: a quote is open, bytes are no text.
    #[must_use]
    pub const fn is_broken(&self) -> bool {
        !self.broken.is_empty()
    }

    /// What is wrong with the rows so far and with the names of the columns; where the file
    /// [is broken](Self::is_broken), only that, since what follows cannot be told.
    #[must_use]
    pub fn faults(&self) -> Faults {
        if self.broken.is_empty() {
            return self.faults.clone().done();
        }
        let mut faults = Collector::of(&self.label);
        for (place, kind) in &self.broken {
            faults.push(place.clone(), kind.clone());
        }
        faults.done()
    }

    /// The cells of a workbook whose formula came to an error or has no value, and which of the two. They are no
    /// [`faults`](Self::faults): whoever reads some columns alone need not ask for the others.
    #[must_use]
    pub fn unread(&self) -> &[(Place, FaultKind)] {
        &self.unread
    }

    /// What is wrong with the rows, with the names of columns and with cells of any column.
    pub(crate) fn all_faults(&self) -> Faults {
        if self.is_broken() {
            return self.faults();
        }
        let mut faults = self.faults.clone();
        for (place, kind) in &self.unread {
            faults.push(place.clone(), kind.clone());
        }
        faults.done()
    }
}

/// Where the last line ends that ends in these bytes.
fn end_of_lines(bytes: &[u8]) -> Option<usize> {
    bytes.iter().rposition(|byte| *byte == b'\n').map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Table;

    type Told = Result<(Vec<(u64, Vec<String>)>, u64, Vec<String>), Vec<String>>;

    fn words(faults: &Faults) -> Vec<String> {
        faults.iter().map(ToString::to_string).collect()
    }

    fn whole(bytes: &[u8], options: &ReadOptions) -> Told {
        let table = Table::read("t", bytes, options).map_err(|faults| words(&faults))?;
        let cells = |row: Row<'_>| (0..row.len()).map(|at| row.exact(at).to_owned()).collect();
        let rows = table.rows().map(|row| (row.line(), cells(row))).collect();
        Ok((rows, table.blank_rows() as u64, words(table.faults())))
    }

    fn by_row(bytes: &[u8], options: &ReadOptions, block: usize) -> Told {
        let mut rows =
            Rows::in_blocks("t", bytes, options, block).map_err(|faults| words(&faults))?;
        let mut all = Vec::new();
        let told = |row: Row<'_>| {
            (row.line(), (0..row.len()).map(|at| row.exact(at).to_owned()).collect())
        };
        // Some one by one, the rest at once.
        for _ in 0..block % 3 {
            all.extend(rows.next_row().map(told));
        }
        rows.each(|row| {
            for first in 0..row.len() {
                for cells in 1..=row.len() - first {
                    if let Some(run) = row.single_bytes(first, cells) {
                        let single = |(at, byte): (usize, &u8)| {
                            assert_eq!(row.bytes(first + at), [*byte]);
                        };
                        run.iter().step_by(2).enumerate().for_each(single);
                    }
                }
            }
            all.push(told(row));
        });
        if rows.is_broken() {
            return Err(words(&rows.faults()));
        }
        let faults = rows.faults();
        if all.is_empty() && faults.is_empty() {
            return Err(vec!["t: the file has column names and no rows".to_owned()]);
        }
        Ok((all, rows.blank_rows(), words(&faults)))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn rows_say_what_the_table_says(
            text in prop_oneof!["[ab\"\"\n\n\r,,; é'\u{feff}]{0,40}", "([ab,é]{0,5}(\n|\r\n)){0,9}"],
            block in 1..9_usize, comma: bool,
        ) {
            let separator = if comma { SeparatorChoice::Is(Separator::Comma) } else { SeparatorChoice::Detect };
            let options = ReadOptions { separator, ..ReadOptions::default() };
            let bytes = text.as_bytes();
            prop_assert_eq!(by_row(bytes, &options, block), whole(bytes, &options));
        }

        #[test]
        fn rows_and_table_refuse_the_same_bytes(
            bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b','), Just(b'\n')], 0..30), n in 0..3_usize,
        ) {
            let encoding = [EncodingChoice::Detect, EncodingChoice::Latin1, EncodingChoice::Windows1252];
            let options = ReadOptions { encoding: encoding[n], ..ReadOptions::default() };
            prop_assert_eq!(by_row(&bytes, &options, BLOCK), whole(&bytes, &options));
        }
    }

    #[test]
    fn a_record_longer_than_a_block_is_one_record() {
        let long = "x".repeat(300_000);
        let text = format!("a,b\n1,{long}\n2,\"{long}\n\"\n3,4\n");
        let told = by_row(text.as_bytes(), &ReadOptions::default(), BLOCK).expect("read");
        let lines: Vec<_> = told.0.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 3, 5]);
    }

    #[test]
    fn a_first_line_may_say_the_separator_and_is_no_row() {
        for line_end in ["\n", "\r\n"] {
            let text = ["sep=;", "a;b,c", "1;2,5", "3"].join(line_end);
            let told = by_row(text.as_bytes(), &ReadOptions::default(), BLOCK).expect("read");
            let want = vec![(3, vec!["1".to_owned(), "2,5".to_owned()])];
            let torn = "t, line 4: 1 cells where the first line has 2".to_owned();
            assert_eq!(told, (want, 0, vec![torn]));
        }
        let told = by_row(b"sep=x\n1\n", &ReadOptions::default(), BLOCK).expect("read");
        assert_eq!(told.0, [(2, vec!["1".to_owned()])]);
    }

    #[test]
    fn a_workbook_by_another_name_is_told_as_such() {
        for bytes in [&b"PK\x03\x04\x14\x00"[..], b"\xD0\xCF\x11\xE0\xA1\xB1"] {
            for encoding in [EncodingChoice::Detect, EncodingChoice::Windows1252] {
                let options = ReadOptions { encoding, ..ReadOptions::default() };
                let want = "t: a workbook or another document, and no text".to_owned();
                assert_eq!(by_row(bytes, &options, BLOCK), Err(vec![want.clone()]));
                assert_eq!(whole(bytes, &options), Err(vec![want]));
            }
        }
    }

    #[test]
    fn what_cannot_be_read_to_its_end_is_told() {
        struct Torn(usize);
        impl Read for Torn {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                self.0 += 1;
                match self.0 {
                    1 => (&b"a,b\n1,2\n"[..]).read(into),
                    _ => Err(io::Error::other("gone")),
                }
            }
        }
        let found = Rows::read("t", Torn(0), &ReadOptions::default());
        let found = found.map(|_| ()).map_err(|faults| words(&faults));
        assert_eq!(found, Err(vec!["t: the file could not be read to its end".to_owned()]));
    }
}

//! What was seen of one table.

use std::collections::BTreeMap;

use interchange::Table;

use super::name::Name;
use super::sketch::Sketch;
use super::words::{reason_of, reason_of_number};
use crate::Encoded;

/// What was seen of one table: the names of its columns, and of each column what kind of texts it
/// holds. It is fed row by row and keeps little, however long the table.
///
/// Of a column with more than a few different texts it keeps none of them.
#[derive(Clone)]
pub struct Seen {
    pub(super) file: String,
    pub(super) sheet: Option<String>,
    pub(super) note: Option<String>,
    pub(super) encoding: Option<(Encoded, bool)>,
    pub(super) rows: u64,
    /// Rows that have more or fewer cells than there are columns, and the line of the first of them.
    pub(super) torn: Option<(u64, u64)>,
    pub(super) columns: Vec<Column>,
}

impl std::fmt::Debug for Seen {
    /// Sizes only: even a few texts may speak of people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seen")
            .field("rows", &self.rows)
            .field("columns", &self.columns.len())
            .finish_non_exhaustive()
    }
}

/// What was seen of one column.
#[derive(Clone)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) parsed: Name,
    /// Cells that hold something.
    pub(super) filled: u64,
    /// Words among them that say there is no answer.
    pub(super) missing: u64,
    /// Words, and numbers of many forms, that stand for no answer.
    pub(super) no_answers: BTreeMap<String, u64>,
    /// Whole numbers among them.
    pub(super) whole: u64,
    /// Whole numbers that a program wrote with a point, such as `2.0`.
    pub(super) pointed: u64,
    /// Other numbers among them, with a point or a comma.
    pub(super) decimal: u64,
    /// Numbers among them with a comma.
    pub(super) commas: u64,
    /// Days, or days with a time, among them.
    pub(super) days: u64,
    /// Days among them that are written with the year first, with their time or without.
    pub(super) iso_days: u64,
    /// The lowest and highest whole number.
    pub(super) range: Option<(i64, i64)>,
    /// Cells with a space inside.
    pub(super) spaced: u64,
    texts: BTreeMap<String, Count>,
    many: bool,
    pub(super) sketch: Sketch,
}

/// How often a text came, and which of the texts of its column was seen before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    pub(super) times: u64,
    order: usize,
}

impl Seen {
    /// A table of that file, with these names of columns, of which no row was seen yet.
    #[must_use]
    pub fn begin<'a>(file: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        let columns = names.into_iter().map(Column::new).collect();
        let file = file.to_owned();
        Self { file, sheet: None, note: None, encoding: None, rows: 0, torn: None, columns }
    }

    /// The same, as the sheet of that name of a workbook.
    #[must_use]
    pub fn sheet(mut self, name: &str) -> Self {
        self.sheet = Some(name.to_owned());
        self
    }

    /// The same, with a word on how it was read, such as its separator; it stands in the plan as a comment.
    #[must_use]
    pub fn note(mut self, note: &str) -> Self {
        self.note = Some(note.to_owned());
        self
    }

    /// The same, as a table that cannot be read as it is; the plan says so.
    #[must_use]
    pub fn unread(self) -> Self {
        self.note("which cannot be read as it is")
    }

    /// The same, as a text that is encoded so: as somebody said, or as a guess.
    #[must_use]
    pub const fn encoded(mut self, encoding: Encoded, is_guess: bool) -> Self {
        self.encoding = Some((encoding, is_guess));
        self
    }

    /// The same, with so many rows left out because they have more or fewer cells than there are columns,
    /// the first of them on this line.
    #[must_use]
    pub const fn torn(mut self, rows: u64, first_line: u64) -> Self {
        self.torn = if rows == 0 { None } else { Some((rows, first_line)) };
        self
    }

    /// Whether nothing was seen of it, not even a name of a column.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Looks at one row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        self.rows += 1;
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell.trim());
        }
    }

    /// What is seen of a table that was read whole.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        let mut seen = Self::begin(table.label(), table.names().iter().map(String::as_str));
        for row in table.rows() {
            seen.row((0..table.names().len()).map(|column| row.cell(column)));
        }
        seen
    }

    pub(super) fn column(&self, place: usize) -> Option<&Column> {
        self.columns.get(place)
    }

    /// The places of the columns whose name, without its group path, is one of these.
    pub(super) fn called(&self, names: &[&str]) -> Option<usize> {
        let is =
            |name: &&&str| self.columns.iter().position(|column| column.parsed.plain() == **name);
        names.iter().find_map(|name| is(&name))
    }

    /// What the table is called: its sheet in a workbook of several, or its file.
    pub(super) fn base_name(&self) -> &str {
        self.sheet.as_deref().unwrap_or_else(|| self.file_stem())
    }

    /// Where it stands, for a comment.
    pub(super) fn place(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{}, sheet {}", self.file, super::lines::quoted(sheet)),
            None => self.file.clone(),
        }
    }

    /// The name of the file without its ending.
    pub(super) fn file_stem(&self) -> &str {
        let name = self.file.rsplit(['/', '\\']).next().unwrap_or(&self.file);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

impl Column {
    /// Of more different texts, none is kept.
    const MOST_TEXTS: usize = 40;
    /// A longer text is no answer of a list.
    const LONGEST_TEXT: usize = 120;

    fn new(name: &str) -> Self {
        Self {
            name: name.trim().to_owned(),
            parsed: Name::of(name),
            filled: 0,
            missing: 0,
            whole: 0,
            pointed: 0,
            decimal: 0,
            commas: 0,
            days: 0,
            iso_days: 0,
            no_answers: BTreeMap::new(),
            range: None,
            spaced: 0,
            texts: BTreeMap::new(),
            many: false,
            sketch: Sketch::default(),
        }
    }

    fn push(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.spaced += u64::from(cell.contains(' '));
        if let Some(n) = whole(cell) {
            let is_pointed = cell.contains('.');
            self.whole += u64::from(!is_pointed);
            self.pointed += u64::from(is_pointed);
            let (low, high) = self.range.unwrap_or((n, n));
            self.range = Some((low.min(n), high.max(n)));
            self.note(cell, reason_of_number(n).is_some());
        } else if is_decimal(cell) {
            self.decimal += 1;
            self.commas += u64::from(cell.contains(','));
        } else if is_day(cell) {
            self.days += 1;
            self.iso_days += u64::from(is_iso(cell));
        } else {
            let is_missing = reason_of(cell).is_some();
            self.missing += u64::from(is_missing);
            self.note(cell, is_missing);
        }
        self.keep(cell);
        self.sketch.push(cell);
    }

    fn note(&mut self, cell: &str, says_no_answer: bool) {
        let is_kept = self.no_answers.contains_key(cell);
        if says_no_answer && (is_kept || self.no_answers.len() < Self::MOST_TEXTS) {
            *self.no_answers.entry(cell.to_owned()).or_default() += 1;
        }
    }

    fn keep(&mut self, cell: &str) {
        if self.many {
            return;
        }
        if let Some(count) = self.texts.get_mut(cell) {
            count.times += 1;
        } else if self.texts.len() < Self::MOST_TEXTS && cell.len() <= Self::LONGEST_TEXT {
            let order = self.texts.len();
            self.texts.insert(cell.to_owned(), Count { times: 1, order });
        } else {
            self.many = true;
            self.texts.clear();
        }
    }

    /// Its different texts in the order in which they came, where they are few.
    pub(super) fn texts(&self) -> Option<Vec<(&str, u64)>> {
        if self.many {
            return None;
        }
        let mut texts: Vec<_> = self.texts.iter().collect();
        texts.sort_by_key(|(_, count)| count.order);
        Some(texts.into_iter().map(|(text, count)| (text.as_str(), count.times)).collect())
    }

    /// Its different texts, where they are answers of a list: at most so many, and on average each
    /// in several rows. A text that only one row has may be somebody's name.
    pub(super) fn answers(&self, most: usize) -> Option<Vec<(&str, u64)>> {
        let texts = self.texts()?;
        let is_list = texts.len() <= most && 3 * texts.len() as u64 <= self.filled.max(6);
        is_list.then_some(texts)
    }

    /// Whether most of what it holds are whole numbers.
    pub(super) const fn is_whole(&self) -> bool {
        let whole = self.whole + self.pointed;
        0 < whole && 9 * (self.filled - self.missing) <= 10 * whole
    }

    /// How many numbers it holds.
    pub(super) const fn numbers(&self) -> u64 {
        self.whole + self.pointed + self.decimal
    }

    /// Whether most of what it holds are numbers.
    pub(super) const fn is_number(&self) -> bool {
        let numbers = self.numbers();
        0 < numbers && 9 * (self.filled - self.missing) <= 10 * numbers
    }

    /// Whether all that it holds are days that are written with the year first.
    pub(super) const fn is_iso(&self) -> bool {
        0 < self.filled && self.filled == self.iso_days
    }

    /// Whether most of what it holds are days.
    pub(super) const fn is_days(&self) -> bool {
        0 < self.filled && 9 * self.filled <= 10 * self.days
    }
}

/// The whole number that a text is, as answers are read: of `2.0` the point and the zeros behind it say
/// nothing.
pub(super) fn whole(text: &str) -> Option<i64> {
    let (number, zeros) = text.split_once('.').unwrap_or((text, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = are_digits(number.strip_prefix('-').unwrap_or(number));
    let is_whole = is_whole && zeros.bytes().all(|byte| byte == b'0');
    number.parse().ok().filter(|_| is_whole)
}

fn is_decimal(cell: &str) -> bool {
    let dotted = cell.replace(',', ".");
    cell.bytes().any(|byte| byte.is_ascii_digit()) && dotted.parse::<f64>().is_ok()
}

/// Whether a cell begins as a day does: `2026-03-31`, `31/3/2026`, `31.03.26`.
fn is_day(cell: &str) -> bool {
    let day = cell.split(['T', ' ']).next().unwrap_or(cell);
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let number = |part: &&str| {
        (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    parts.len() == 3 && parts.iter().all(number)
}

/// Whether a day is written with the year first and a time behind it, if any, by the clock: as it is
/// read where the newest of several sheets counts.
fn is_iso(cell: &str) -> bool {
    let (day, time) = cell.split_once(['T', ' ']).unwrap_or((cell, "00:00"));
    let numbers = day.split('-').map(str::len);
    let clock = |byte: u8| byte.is_ascii_digit() || b":.+-Z".contains(&byte);
    numbers.eq([4, 2, 2]) && time.contains(':') && time.bytes().all(clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> Column {
        let mut seen = Seen::begin("a.csv", ["x"]);
        cells.iter().for_each(|cell| seen.row([*cell]));
        seen.columns.remove(0)
    }

    #[test]
    fn what_a_column_holds_is_told_by_its_cells() {
        let mixed =
            column(&["1", " 2 ", "", "1.5", "1,5", "2026-03-31T10:00:00", "31/3/2026", "no"]);
        assert_eq!((mixed.filled, mixed.whole, mixed.decimal, mixed.days), (7, 2, 2, 2));
        assert_eq!(mixed.range, Some((1, 2)));
        assert!(column(&["1", "-77"]).is_whole());
        let pointed = column(&["1.0", "-77.00", "2.", "-", ".0", "+1"]);
        assert_eq!((pointed.whole, pointed.pointed, pointed.range), (0, 3, Some((-77, 2))));
        let days =
            ["2026-03-31", "2026-04-01 09:00", "2026-04-01T10:00:00.5+02:00", "1/4/2026 9:00"];
        let days = column(&days);
        assert!(days.is_days());
        assert_eq!(days.iso_days, 3);
        assert_eq!((mixed.commas, mixed.iso_days), (1, 1));
    }

    #[test]
    fn texts_that_may_be_names_are_not_kept() {
        let many: Vec<String> = (0..60).map(|n| format!("Somebody {n}")).collect();
        let many = column(&many.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(many.texts().is_none() && many.texts.is_empty());
        // Each only once: no list of answers, though there are few.
        assert!(column(&["Uwase", "Mutoni", "Keza", "Ineza"]).answers(12).is_none());
        let answers = column(&["Never", "Often", "Never", "Often", "Never", "Never"]);
        assert_eq!(answers.answers(12), Some(vec![("Never", 4), ("Often", 2)]));
    }
}

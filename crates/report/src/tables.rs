//! Tables as plain data: made once, for the page, for CSV and for a workbook.

use interchange::{Cell as OutCell, OutError, WriteOptions, write_table};
use maud::{Markup, html};
use outcomes::Figures;
use outcomes::suppression::{Cell as Count, Tally};

use crate::parts::Words;
use crate::wording::rounded;
use crate::{
    Arg, Stamp, Wording, breakdown, brief, circles, completers, course, reach, safety, scale,
};

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Cell {
    /// A text.
    Text(String),
    /// A count.
    Count(u64),
    /// A count of some, and fewer than this.
    FewerThan(u64),
    /// A count of this many or more.
    AtLeast(u64),
    /// A number that is told with so many decimal places.
    Number(f64, u8),
    /// A share, 0 to 1, that is told in per cent with so many decimal places.
    Share(f64, u8),
    /// Kept back to protect people.
    Hidden,
    /// There is nothing to say.
    Nothing,
}

impl From<Tally> for Cell {
    fn from(tally: Tally) -> Self {
        match tally {
            Tally::Exactly { n } => Self::Count(n),
            Tally::FewerThan { n } => Self::FewerThan(n),
            Tally::AtLeast { n } => Self::AtLeast(n),
            Tally::Hidden => Self::Hidden,
        }
    }
}

impl From<Count> for Cell {
    fn from(count: Count) -> Self {
        count.shown().map_or(Self::Hidden, Self::Count)
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Cell {
    /// A number as it is told, with one decimal place; nothing where there is none.
    pub(crate) fn number(number: impl Into<Option<f64>>) -> Self {
        number.into().map_or(Self::Nothing, |number| Self::Number(number, 1))
    }

    /// A share as it is told, with one decimal place; nothing where there is none.
    pub(crate) fn share(share: impl Into<Option<f64>>) -> Self {
        share.into().map_or(Self::Nothing, |share| Self::Share(share, 1))
    }

    /// As the page and files for people say it.
    pub(crate) fn said(&self, words: &Wording) -> String {
        let with = |key, n: u64| words.say(key, &[("n", n.into())]);
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(n) => with("tally-exactly", *n),
            Self::FewerThan(n) => with("tally-fewer", *n),
            Self::AtLeast(n) => with("tally-least", *n),
            Self::Number(number, places) => words.number(*number, usize::from(*places)),
            Self::Share(share, places) => words.percent(*share, usize::from(*places)),
            Self::Hidden => words.say("cell-hidden", &[]),
            Self::Nothing => words.say("cell-none", &[]),
        }
    }

    /// The number that a program may reckon with, no finer than it is told.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Number(number, places) => Some(rounded(*number, usize::from(*places))),
            Self::Share(share, places) => Some(rounded(*share, usize::from(*places) + 2)),
            #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
            Self::Count(n) => Some(*n as f64),
            Self::Text(_)
            | Self::FewerThan(_)
            | Self::AtLeast(_)
            | Self::Hidden
            | Self::Nothing => None,
        }
    }

    fn out(&self, words: &Wording) -> OutCell {
        match self {
            Self::Count(n) => OutCell::Integer(i64::try_from(*n).unwrap_or(i64::MAX)),
            Self::Number(..) | Self::Share(..) => {
                self.value().map_or(OutCell::Empty, OutCell::Number)
            }
            Self::Nothing => OutCell::Empty,
            Self::Text(_) | Self::FewerThan(_) | Self::AtLeast(_) | Self::Hidden => {
                OutCell::Text(self.said(words))
            }
        }
    }
}

/// A column of the page: one cell, or two that are said together and stand apart in files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Column {
    /// One cell.
    One(String),
    /// A part and the whole of it.
    Of(String, [String; 2]),
    /// A count and its share.
    Share(String, [String; 2]),
    /// The two ends of an interval. Where only the first is given it stands alone.
    Interval(String, [String; 2]),
}

impl Column {
    const fn head(&self) -> &String {
        match self {
            Self::One(head)
            | Self::Of(head, _)
            | Self::Share(head, _)
            | Self::Interval(head, _) => head,
        }
    }

    fn heads(&self) -> &[String] {
        match self {
            Self::One(head) => std::slice::from_ref(head),
            Self::Of(_, heads) | Self::Share(_, heads) | Self::Interval(_, heads) => heads,
        }
    }

    fn said(&self, words: &Wording, cells: &[Cell]) -> String {
        let (key, names) = match self {
            Self::One(_) => ("", ["", ""]),
            Self::Of(..) => ("yes-of", ["part", "whole"]),
            Self::Share(..) => ("cell-share", ["n", "share"]),
            Self::Interval(..) => ("interval", ["low", "high"]),
        };
        match cells {
            [] => Cell::Nothing.said(words),
            [first] | [first @ (Cell::Hidden | Cell::Nothing), _] | [first, Cell::Nothing] => {
                first.said(words)
            }
            [first, second, ..] => {
                let said = |cell: &Cell| Arg::Text(cell.said(words));
                let [one, other] = names;
                words.say(key, &[(one, said(first)), (other, said(second))])
            }
        }
    }
}

/// One table of a report. The first cell of each row is its head.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    name: String,
    caption: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
    kept_back: Vec<String>,
}

impl Table {
    pub(crate) fn new(name: impl Into<String>, caption: String, columns: Vec<Column>) -> Self {
        Self { name: name.into(), caption, columns, rows: Vec::new(), kept_back: Vec::new() }
    }

    pub(crate) fn with(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// With the reason why it, or some of its cells, are kept back.
    pub(crate) fn keeping_back(mut self, lines: Vec<String>) -> Self {
        self.kept_back = lines;
        self
    }

    /// Its name, the same in every language: small letters, digits and hyphens.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it says.
    #[must_use]
    pub fn caption(&self) -> &str {
        &self.caption
    }

    /// The heads of its columns, as files have them.
    #[must_use]
    pub fn heads(&self) -> Vec<&str> {
        self.columns.iter().flat_map(Column::heads).map(String::as_str).collect()
    }

    /// Its rows, each as long as [`heads`](Self::heads); none where the whole table is kept back.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// Where it or some of its cells are kept back: why, what may be said instead, which coarser cut
    /// would show.
    #[must_use]
    pub fn kept_back(&self) -> &[String] {
        &self.kept_back
    }

    /// How many of its cells are hidden.
    #[must_use]
    pub fn hidden_cells(&self) -> usize {
        self.rows.iter().flatten().filter(|cell| **cell == Cell::Hidden).count()
    }

    /// The table as CSV: numbers as numbers, texts made safe.
    ///
    /// # Errors
    ///
    /// [`OutError`], which tests of this crate rule out.
    pub fn csv(&self, words: &Wording) -> Result<Vec<u8>, OutError> {
        let rows = self.rows.iter();
        let rows = rows.map(|row| row.iter().map(|cell| cell.out(words)).collect());
        write_table(&self.heads(), rows, &WriteOptions::default())
    }

    /// The table on the page, with a note where cells are hidden.
    pub(crate) fn draw(&self, words: &Words<'_>) -> Markup {
        self.draw_beside(words, "", &[])
    }

    /// The most rows that a page shows of one table: a reader looks no further, and a printer neither.
    pub(crate) const MOST_ON_PAGE: usize = 200;

    /// The same with a drawing at the end of each row, under a head of its own.
    pub(crate) fn draw_beside(&self, words: &Words<'_>, head: &str, drawn: &[Markup]) -> Markup {
        html! {
            div.table tabindex="0" role="region" aria-label=(self.caption) {
                table {
                    caption { (self.caption) }
                    thead { tr { @for column in &self.columns { th scope="col" { (column.head()) } }
                        @if !drawn.is_empty() { th scope="col" { (head) } }
                    } }
                    tbody {
                        @for (number, row) in self.rows.iter().take(Self::MOST_ON_PAGE).enumerate() {
                            tr {
                                @for (place, cell) in self.said(words.wording, row).iter().enumerate() {
                                    @if place == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                                }
                                @if let Some(drawing) = drawn.get(number) { td { (drawing) } }
                            }
                        }
                    }
                }
            }
            @if self.rows.len() > Self::MOST_ON_PAGE {
                p.note { (self.more(words, "rows-more", Self::MOST_ON_PAGE)) }
            }
            @if self.hidden_cells() > 0 {
                p.note { (words.with("note-hidden-cells", &[("hidden", words.say("cell-hidden").into())])) }
            }
        }
    }

    /// That there are more rows than are shown, and where all of them stand.
    pub(crate) fn more(&self, words: &Words<'_>, key: &str, shown: usize) -> String {
        let count = |n: usize| Arg::Count(u64::try_from(n).unwrap_or(u64::MAX));
        let args = [
            ("shown", count(shown)),
            ("all", count(self.rows.len())),
            ("file", format!("{}.csv", self.name).into()),
        ];
        words.with(key, &args)
    }

    fn said(&self, words: &Wording, row: &[Cell]) -> Vec<String> {
        let mut rest = row;
        let said = self.columns.iter().map(|column| {
            let (own, later) = rest.split_at(column.heads().len().min(rest.len()));
            rest = later;
            column.said(words, own)
        });
        said.collect()
    }
}

impl Cell {
    /// As a workbook says what is no number.
    pub(crate) fn text(&self, words: &Wording) -> Option<String> {
        (self.value().is_none() && *self != Self::Nothing).then(|| self.said(words))
    }
}

/// Every table of a report, in the order of the page; those that are kept back are there with their
/// reason and without rows.
#[must_use]
pub fn tables(figures: &Figures, wording: &Wording, stamp: &Stamp) -> Vec<Table> {
    all(&Words::new(wording, figures, stamp))
}

pub(crate) fn all(words: &Words<'_>) -> Vec<Table> {
    let has = words.has();
    let mut tables = brief::tables(words);
    tables.extend(reach::tables(words));
    tables.extend(course::tables(words));
    tables.extend(completers::tables(words));
    for found in &words.figures.scales {
        tables.extend(scale::tables(words, found));
    }
    if has.work {
        tables.extend(safety::tables(words));
    }
    if has.groups {
        tables.extend(breakdown::tables(words));
    }
    tables.extend(circles::tables(words));
    tables
}

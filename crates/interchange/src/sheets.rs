//! Answer sheets, one in a row.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use chrono::NaiveDate;
use commons::Code;

use crate::{
    Cell, ExternalId, FaultKind, Field, Mapping, Need, OutError, Place, Reading, Row, Table,
    WriteOptions, cell, faults::Collector, write_table,
};

/// What becomes of an answer that cannot be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unreadable {
    /// It is a fault, and nothing is taken in.
    #[default]
    Refused,
    /// It counts as not given; how many did so is told.
    CountsAsMissing,
}

/// How answer sheets are laid out in a table, and what their answers may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetOptions {
    /// The instrument of every sheet.
    pub instrument: Code,
    /// The timepoint of every sheet, where no column tells it.
    pub timepoint: Option<Code>,
    /// The day of every sheet, where no column tells it.
    pub on: Option<NaiveDate>,
    /// The names of the columns with the answers, in the order of the questionnaire; they match exactly.
    pub items: Vec<String>,
    /// The least answer.
    pub least: i16,
    /// The greatest answer.
    pub most: i16,
    /// Texts that say an answer was not given, such as `7`, `9` or `n/a`; case makes no difference.
    pub missing: BTreeSet<String>,
    /// What becomes of an answer that cannot be read.
    pub unreadable: Unreadable,
    /// Which columns hold the person (`id`), the `timepoint` and the day (`on`), where their names do not tell.
    pub mapping: Mapping,
}

impl SheetOptions {
    /// Sheets of an instrument with answers in these columns, from the least to the greatest.
    #[must_use]
    pub fn new(instrument: Code, items: Vec<String>, least: i16, most: i16) -> Self {
        Self {
            instrument,
            timepoint: None,
            on: None,
            items,
            least,
            most,
            missing: BTreeSet::new(),
            unreadable: Unreadable::default(),
            mapping: Mapping::default(),
        }
    }

    fn fields(&self) -> [Field<'static>; 3] {
        let need = |given: bool| if given { Need::Optional } else { Need::Required };
        let field = |name, accepted, need| Field { name, accepted, need };
        [
            field(
                "id",
                &["external_id", "person_id", "person", "number", "no", "code"],
                Need::Required,
            ),
            field("timepoint", &["wave", "visit", "time"], need(self.timepoint.is_some())),
            field("on", &["date", "day", "taken_on"], Need::Optional),
        ]
    }
}

/// One answer sheet.
#[derive(Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// The line of the file.
    pub line: u64,
    /// Whose it is, as the list of people calls them; nothing where that is a fault.
    pub person: Option<ExternalId>,
    /// The instrument.
    pub instrument: Code,
    /// The timepoint; nothing where that is a fault.
    pub timepoint: Option<Code>,
    /// The day it was filled in, where that is known.
    pub on: Option<NaiveDate>,
    /// The answers in the order of the questionnaire; nothing where none was given, never a zero.
    pub items: Vec<Option<i16>>,
}

impl fmt::Debug for SheetRow {
    /// No person and no answer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SheetRow")
            .field("line", &self.line)
            .field("instrument", &self.instrument)
            .field("timepoint", &self.timepoint)
            .field("items", &self.items.len())
            .finish_non_exhaustive()
    }
}

/// The sheets of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheets {
    /// Each sheet, in the order of the file.
    pub rows: Vec<SheetRow>,
    /// How many answers could not be read and count as missing; none unless the caller chose so.
    pub unreadable: usize,
    /// The columns of the person (`id`), the `timepoint` and the day (`on`), from 1, where there is one.
    pub columns: BTreeMap<&'static str, usize>,
}

/// Reads answer sheets: each as far as it can be read, and everything that is wrong with the file.
///
/// A fault is a row that does not fit, a column that is missing, unclear or named twice, an answer out of range (unless
/// it is to count as missing), an empty id, a person with two sheets of one timepoint.
#[must_use]
pub fn read_sheets(table: &Table, options: &SheetOptions) -> Reading<Sheets> {
    let mut faults = Collector::after(table.label(), table.faults().clone());
    let columns = options.mapping.find(table, &options.fields(), &mut faults);
    let items = item_places(table, options, &columns, &mut faults);
    let missing = options.missing.iter().map(|text| text.trim().to_lowercase()).collect();
    let mut reader = Reader { options, missing, columns, items, faults, unreadable: 0 };
    let mut seen = BTreeMap::new();
    let mut rows = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        let sheet = reader.sheet(row);
        reader.once(&mut seen, &sheet);
        rows.push(sheet);
    }
    let columns = reader.columns.iter().map(|(field, column)| (*field, column + 1)).collect();
    let found = Sheets { rows, unreadable: reader.unreadable, columns };
    Reading { found, faults: reader.faults.done() }
}

/// The column of each item, counted from 0, where it is there; no column stands for two things.
fn item_places(
    table: &Table,
    options: &SheetOptions,
    columns: &BTreeMap<&'static str, usize>,
    faults: &mut Collector,
) -> Vec<Option<usize>> {
    let mut places: Vec<Option<usize>> = Vec::with_capacity(options.items.len());
    for (name, item) in options.items.iter().zip(1..) {
        let place = table.names().iter().position(|other| other == name);
        let first = places.iter().position(|other| place.is_some() && *other == place);
        let field = columns.iter().find(|(_, column)| place == Some(**column));
        if place.is_none() {
            faults.push(Place::FILE, FaultKind::ItemMissing { item });
        } else if let Some(first) = first {
            faults.push(Place::FILE, FaultKind::ItemTwice { item, first: first + 1 });
        } else if let Some((field, _)) = field {
            faults.push(Place::FILE, FaultKind::ItemIsField { item, field });
        }
        places.push(place);
    }
    places
}

/// Which line has a sheet of a person and a timepoint first.
type Seen = BTreeMap<(ExternalId, Code), u64>;

struct Reader<'a> {
    options: &'a SheetOptions,
    missing: BTreeSet<String>,
    columns: BTreeMap<&'static str, usize>,
    items: Vec<Option<usize>>,
    faults: Collector,
    unreadable: usize,
}

impl Reader<'_> {
    fn sheet(&mut self, row: Row<'_>) -> SheetRow {
        let person = self.read(row, "id", |text| ExternalId::new(text).map(Some));
        let timepoint = self.read(row, "timepoint", cell::code);
        let on = self.read(row, "on", cell::date);
        let items = self.answers(row);
        let timepoint = timepoint.or_else(|| self.options.timepoint.clone());
        if timepoint.is_none() && self.is_blank(row, "timepoint") {
            let place = self.place(row, "timepoint");
            self.faults.push(place, FaultKind::CellEmpty);
        }
        SheetRow {
            line: row.line(),
            person,
            instrument: self.options.instrument.clone(),
            timepoint,
            on: on.or(self.options.on),
            items,
        }
    }

    /// A person has one sheet of a timepoint.
    fn once(&mut self, seen: &mut Seen, sheet: &SheetRow) {
        let (Some(person), Some(timepoint)) = (&sheet.person, &sheet.timepoint) else { return };
        let first = *seen.entry((person.clone(), timepoint.clone())).or_insert(sheet.line);
        if first != sheet.line {
            self.faults.push(Place::line(sheet.line), FaultKind::Repeated { first });
        }
    }

    fn answers(&mut self, row: Row<'_>) -> Vec<Option<i16>> {
        let (least, most) = (i64::from(self.options.least), i64::from(self.options.most));
        let mut answers = Vec::with_capacity(self.items.len());
        for column in &self.items {
            let Some(column) = *column else {
                answers.push(None);
                continue;
            };
            let text = row.cell(column);
            let given = !self.missing.contains(&text.to_lowercase());
            let read = if given { cell::integer(text, least, most) } else { Ok(None) };
            answers.push(match (read, self.options.unreadable) {
                (Ok(answer), _) => answer.and_then(|answer| i16::try_from(answer).ok()),
                (Err(_), Unreadable::CountsAsMissing) => {
                    self.unreadable += 1;
                    None
                }
                (Err(kind), Unreadable::Refused) => {
                    let place = Place {
                        line: Some(row.line()),
                        column: Some(column + 1),
                        field: Some("items"),
                    };
                    self.faults.push(place, kind);
                    None
                }
            });
        }
        answers
    }

    fn read<T>(
        &mut self,
        row: Row<'_>,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<Option<T>, FaultKind>,
    ) -> Option<T> {
        let column = *self.columns.get(field)?;
        match parse(row.cell(column)) {
            Ok(value) => value,
            Err(kind) => {
                let place = self.place(row, field);
                self.faults.push(place, kind);
                None
            }
        }
    }

    fn is_blank(&self, row: Row<'_>, field: &str) -> bool {
        self.columns.get(field).is_some_and(|column| row.cell(*column).is_empty())
    }

    fn place(&self, row: Row<'_>, field: &'static str) -> Place {
        let column = self.columns.get(field).map(|column| column + 1);
        Place { line: Some(row.line()), column, field: Some(field) }
    }
}

/// An empty table of answer sheets, to be filled in: the person, the timepoint, the day, and a column for each item.
///
/// # Errors
///
/// [`OutError`], as [`write_table`] says.
pub fn sheet_template(items: &[String]) -> Result<Vec<u8>, OutError> {
    let fixed = ["id", "timepoint", "on"].into_iter();
    let names: Vec<_> = fixed.chain(items.iter().map(String::as_str)).collect();
    write_table(&names, std::iter::empty::<Vec<Cell>>(), &WriteOptions::default())
}

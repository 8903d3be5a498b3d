//! A list of people.

use std::{collections::BTreeMap, fmt};

use commons::Code;

use crate::{
    Cell, FaultKind, Field, Mapping, OutError, Place, Reading, Row, Table, WriteOptions, cell,
    faults::Collector, write_table,
};

/// What somebody else's list calls a person: a row number, a study number, a card number.
///
/// One to 64 characters without control characters. It is personal: `Debug` does not print it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExternalId(String);

impl ExternalId {
    /// The longest, in characters.
    pub const LONGEST: usize = 64;

    /// The id that a text is, without the spaces around it.
    ///
    /// # Errors
    ///
    /// [`FaultKind::CellEmpty`] and [`FaultKind::NotAText`].
    pub fn new(text: &str) -> Result<Self, FaultKind> {
        cell::text(text.trim(), Self::LONGEST)?.map(Self).ok_or(FaultKind::CellEmpty)
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[external id]")
    }
}

/// The columns of a list of people, and the names they may have.
pub const PEOPLE: [Field<'static>; 8] = [
    Field::optional("id", &["external_id", "person_id", "number", "no", "code"]),
    Field::optional("name", &["full_name", "names", "amazina"]),
    Field::optional(
        "birth_year",
        &["year_of_birth", "born", "yob", "birth_date", "date_of_birth", "dob"],
    ),
    Field::optional("sex", &["gender"]),
    Field::optional("phone", &["telephone", "tel", "mobile"]),
    Field::optional("language", &["lang"]),
    Field::optional("place", &["sector", "village", "district", "town"]),
    Field::optional("circle", &["group", "unit"]),
];

/// The most characters of a name or a place: our own figure.
const LONGEST_NAME: usize = 200;

/// One person of a list. It has an id or a name, or both.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The line of the file.
    pub line: u64,
    /// What the list calls the person.
    pub id: Option<ExternalId>,
    /// The name, as it was typed.
    pub name: Option<String>,
    /// The year of birth.
    pub birth_year: Option<i32>,
    /// The word the list uses for sex or gender.
    pub sex: Option<Code>,
    /// A phone number, as it was typed.
    pub phone: Option<String>,
    /// The code of a language.
    pub language: Option<Code>,
    /// A place.
    pub place: Option<String>,
    /// The circle or group they belong to, as the list calls it.
    pub circle: Option<String>,
}

impl fmt::Debug for PersonRow {
    /// The line alone: the rest is somebody's life.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonRow").field("line", &self.line).finish_non_exhaustive()
    }
}

/// Reads a list of people: its rows, and everything that is wrong with it.
///
/// Columns that are none of [`PEOPLE`] are passed over; [`Mapping::passed_over`] tells which. Of a date of birth the year is kept.
///
/// A fault is a row that does not fit, a column that is missing or unclear, a first line that names no column, a cell that
/// cannot be read, a row with neither id nor name, an id that a line before it has already.
#[must_use]
pub fn read_people(table: &Table, mapping: &Mapping) -> Reading<Vec<PersonRow>> {
    let mut faults = Collector::after(table.label(), table.faults().clone());
    if !mapping.has_header(table, &PEOPLE) {
        faults.push(Place::line(1), FaultKind::NoHeader);
        return Reading { found: Vec::new(), faults: faults.done() };
    }
    let columns = mapping.find(table, &PEOPLE, &mut faults);
    if !columns.contains_key("id") && !columns.contains_key("name") {
        faults.push(Place::FILE, FaultKind::ColumnMissing { field: "name" });
    }
    let mut seen = BTreeMap::new();
    let mut people = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        let mut cells = Cells { row, columns: &columns, faults: &mut faults };
        let person = person(&mut cells);
        cells.once(&mut seen, &person);
        people.push(person);
    }
    Reading { found: people, faults: faults.done() }
}

fn person(cells: &mut Cells<'_>) -> PersonRow {
    let name = |text: &str| cell::text(text, LONGEST_NAME);
    let id = |text: &str| if text.is_empty() { Ok(None) } else { ExternalId::new(text).map(Some) };
    let person = PersonRow {
        line: cells.row.line(),
        id: cells.read("id", id),
        name: cells.read("name", name),
        birth_year: cells.read("birth_year", cell::year),
        sex: cells.read("sex", cell::code),
        phone: cells.read("phone", cell::phone),
        language: cells.read("language", cell::code),
        place: cells.read("place", name),
        circle: cells.read("circle", name),
    };
    let named = cells.has("id") || cells.has("name");
    if named && cells.is_blank("id") && cells.is_blank("name") {
        cells.faults.push(Place::line(person.line), FaultKind::Nobody);
    }
    person
}

/// The cells of one row, by field, and where their faults go.
struct Cells<'a> {
    row: Row<'a>,
    columns: &'a BTreeMap<&'static str, usize>,
    faults: &'a mut Collector,
}

impl Cells<'_> {
    fn read<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<Option<T>, FaultKind>,
    ) -> Option<T> {
        let column = *self.columns.get(field)?;
        match parse(self.row.cell(column)) {
            Ok(value) => value,
            Err(kind) => {
                self.faults.push(self.place(field, column), kind);
                None
            }
        }
    }

    fn has(&self, field: &str) -> bool {
        self.columns.contains_key(field)
    }

    fn is_blank(&self, field: &str) -> bool {
        self.columns.get(field).is_none_or(|column| self.row.cell(*column).is_empty())
    }

    const fn place(&self, field: &'static str, column: usize) -> Place {
        Place { line: Some(self.row.line()), column: Some(column + 1), field: Some(field) }
    }

    /// An id stands on one line only.
    fn once(&mut self, seen: &mut BTreeMap<ExternalId, u64>, person: &PersonRow) {
        let (Some(id), Some(column)) = (&person.id, self.columns.get("id")) else {
            return;
        };
        if let Some(first) = seen.get(id) {
            self.faults.push(self.place("id", *column), FaultKind::Repeated { first: *first });
        } else {
            seen.insert(id.clone(), person.line);
        }
    }
}

/// An empty list of people, to be filled in.
///
/// # Errors
///
/// [`OutError`], as [`write_table`] says.
pub fn people_template() -> Result<Vec<u8>, OutError> {
    let names = PEOPLE.map(|field| field.name);
    write_table(&names, std::iter::empty::<Vec<Cell>>(), &WriteOptions::default())
}

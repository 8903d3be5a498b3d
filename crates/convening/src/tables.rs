//! Lists as tables: their columns, and what they say.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use circle_formation::{Company, Readiness, Spot};
use circle_model::FreeTime;
use circlekeeper::Wishes;
use commons::Code;
use interchange::{
    Cell, ExternalId, FaultKind, Field, Mapping, Need, OutError, Place, Row, Table, WriteOptions,
    cell, settings::nearest_within, write_table,
};

use crate::{Entrant, Leader, List, ListFault, ListFaultKind, ListFaults, ListReading};

const ID: Field<'_> = Field::optional("id", &["external_id", "person_id", "number", "no", "code"]);
const NAME: Field<'_> = Field::optional("name", &["full_name", "names", "amazina"]);
const PLACE: Field<'_> = Field::optional("place", &["sector", "village", "district", "town"]);
const X: Field<'_> = Field::optional("x", &["east"]);
const Y: Field<'_> = Field::optional("y", &["north"]);
const LANGUAGES: Field<'_> = Field::optional("languages", &["language", "lang"]);
const TIMES: Field<'_> = Field::optional("times", &["time", "free", "free_times", "when"]);
const TOPICS: Field<'_> = Field::optional("topics", &["topic"]);
const NEEDS: Field<'_> = Field::optional("needs", &["need"]);
const COMPANY: Field<'_> = Field::optional("company", &[]);
const SEX: Field<'_> = Field::optional("sex", &["gender"]);
const BIRTH_YEAR: Field<'_> = Field::optional(
    "birth_year",
    &["year_of_birth", "born", "yob", "birth_date", "date_of_birth", "dob"],
);
const TOGETHER: Field<'_> = Field::optional("together", &["together_with"]);
const APART: Field<'_> = Field::optional("apart", &["apart_from", "kept_apart"]);
const BARRED: Field<'_> = Field::optional("barred", &["barred_from"]);
const READY: Field<'_> = Field::optional("ready", &["readiness", "may_lead"]);
const CIRCLES: Field<'_> = Field::optional("circles", &["how_many_circles"]);
const TEAM: Field<'_> = Field::optional("team", &["leads_with"]);
/// What the columns of a program's own aspects are called here; the table calls each by its own word.
const ASPECTS: [&str; 3] = ["aspect_1", "aspect_2", "aspect_3"];

const PEOPLE: [Field<'_>; 15] = [
    ID, NAME, PLACE, X, Y, LANGUAGES, TIMES, TOPICS, NEEDS, COMPANY, SEX, BIRTH_YEAR, TOGETHER,
    APART, BARRED,
];
const FACILITATORS: [Field<'_>; 12] =
    [ID, NAME, PLACE, X, Y, LANGUAGES, TIMES, TOPICS, NEEDS, READY, CIRCLES, TEAM];
const WISHES: [Field<'_>; 11] = [
    Field { need: Need::Required, ..ID },
    PLACE,
    X,
    Y,
    LANGUAGES,
    TIMES,
    TOPICS,
    NEEDS,
    COMPANY,
    CIRCLES,
    TEAM,
];

/// The most characters of a name or a place: our own figure.
pub(crate) const LONGEST_NAME: usize = 200;
/// The most circles that somebody leads at once: our own figure.
const MOST_CIRCLES: i64 = 100;
/// The fewest characters of the name of a column that may be mistyped: of shorter ones, too many are nearly another word.
const SHORTEST_MEANT: usize = 4;
/// From how many on it may have two slips.
const LONG_MEANT: usize = 6;
/// What stands between two things of one cell.
const BETWEEN: [char; 5] = [';', ',', '|', '\n', '\r'];

/// Whether lists have a column of this name already.
pub(crate) fn is_column(word: &str) -> bool {
    let mut columns = PEOPLE.iter().chain(&FACILITATORS).chain(&WISHES);
    columns.any(|field| field.is_called(word)) || ASPECTS.contains(&word)
}

/// The columns of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    fields: Vec<Field<'static>>,
    // Invariant: as many as there are names for, which every maker of rules sees to.
    aspects: Vec<Code>,
}

impl Columns {
    /// Those of a list of people in a program with such aspects of its own.
    #[must_use]
    pub fn of_people(aspects: &[Code]) -> Self {
        Self { fields: PEOPLE.to_vec(), aspects: aspects.to_vec() }
    }

    /// Those of a list of people who lead.
    #[must_use]
    pub fn of_facilitators() -> Self {
        Self { fields: FACILITATORS.to_vec(), aspects: Vec::new() }
    }

    /// Those of what a program's own people say.
    #[must_use]
    pub fn of_wishes(aspects: &[Code]) -> Self {
        Self { fields: WISHES.to_vec(), aspects: aspects.to_vec() }
    }

    pub(crate) fn of(fields: &[Field<'static>]) -> Self {
        Self { fields: fields.to_vec(), aspects: Vec::new() }
    }

    /// What each is called here, for a [`Mapping`].
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let aspects = ASPECTS.into_iter().take(self.aspects.len());
        self.fields.iter().map(|field| field.name).chain(aspects)
    }

    /// The columns of a table that are none of these, by their number from 1.
    #[must_use]
    pub fn passed_over(&self, table: &Table, mapping: &Mapping) -> Vec<usize> {
        self.with_fields(|fields| mapping.passed_over(table, fields))
    }

    /// An empty table with these columns, to be filled in.
    ///
    /// # Errors
    ///
    /// [`OutError`], as [`write_table`] says.
    pub fn template(&self) -> Result<Vec<u8>, OutError> {
        let own = self.aspects.iter().map(Code::as_str);
        let names: Vec<&str> = self.fields.iter().map(|field| field.name).chain(own).collect();
        write_table(&names, std::iter::empty::<Vec<Cell>>(), &WriteOptions::default())
    }

    fn with_fields<T>(&self, take: impl FnOnce(&[Field<'_>]) -> T) -> T {
        let words: Vec<&str> = self.aspects.iter().map(Code::as_str).collect();
        let own = ASPECTS.into_iter().zip(words.chunks(1));
        let own = own.map(|(name, word)| Field::optional(name, word));
        take(&self.fields.iter().copied().chain(own).collect::<Vec<_>>())
    }

    pub(crate) fn find(&self, table: &Table, mapping: &Mapping, list: List) -> Found {
        let reading = self.with_fields(|fields| mapping.columns(table, fields));
        let mut faults = ListFaults::default();
        faults.take_table(list, &reading.faults);
        if !reading.found.is_empty() {
            for (column, meant) in self.mistyped(table, mapping, &reading.found) {
                let place = Place { line: Some(1), column: Some(column), field: None };
                faults.push(ListFault::new(list, place, ListFaultKind::ColumnMeant { meant }));
            }
        }
        Found { list, columns: reading.found, faults }
    }

    /// The columns that are none of these but nearly one that the table has not, by their number from 1, with its name: passed
    /// over, what they say would be missed.
    fn mistyped(
        &self,
        table: &Table,
        mapping: &Mapping,
        found: &BTreeMap<&'static str, usize>,
    ) -> Vec<(usize, String)> {
        let missing = |field: &&Field<'_>| !found.contains_key(field.name);
        self.with_fields(|fields| {
            let names: Vec<&str> = fields
                .iter()
                .filter(missing)
                .flat_map(|field| [field.name].into_iter().chain(field.accepted.iter().copied()))
                .filter(|name| name.chars().count() >= SHORTEST_MEANT && !ASPECTS.contains(name))
                .collect();
            let passed_over = mapping.passed_over(table, fields).into_iter();
            let mistyped = passed_over.filter_map(|column| {
                let name =
                    table.names().get(column - 1)?.trim().to_lowercase().replace([' ', '-'], "_");
                // Whoever mistypes a word nearly always has its first letter; other words, such as notes, rarely do.
                let begins = |known: &&str| known.chars().next() == name.chars().next();
                let letters = name.chars().count();
                let slips = if letters < LONG_MEANT { 1 } else { 2 };
                let meant = nearest_within(&name, names.iter().copied().filter(begins), slips)?;
                (letters >= SHORTEST_MEANT).then_some((column, meant))
            });
            mistyped.collect()
        })
    }
}

/// Where columns stand in a table, and what is wrong so far.
pub(crate) struct Found {
    pub(crate) list: List,
    columns: BTreeMap<&'static str, usize>,
    pub(crate) faults: ListFaults,
}

impl Found {
    pub(crate) fn has(&self, field: &str) -> bool {
        self.columns.contains_key(field)
    }

    /// The rows of a table; none where no column was found.
    pub(crate) fn rows<'t>(&self, table: &'t Table) -> impl Iterator<Item = Row<'t>> + use<'t> {
        let most = if self.columns.is_empty() { 0 } else { usize::MAX };
        table.rows().take(most)
    }

    /// Notes that a column is not there, unless there is none at all.
    pub(crate) fn missing(&mut self, field: &'static str) {
        if !self.columns.is_empty() {
            self.wrong(Place::FILE, FaultKind::ColumnMissing { field });
        }
    }

    pub(crate) fn wrong(&mut self, place: Place, kind: impl Into<ListFaultKind>) {
        self.faults.push(ListFault::new(self.list, place, kind.into()));
    }

    /// Where a field stands in a row.
    pub(crate) fn place(&self, row: Row<'_>, field: &'static str) -> Place {
        self.at(row.line(), field)
    }

    /// Where a field stands on a line.
    pub(crate) fn at(&self, line: u64, field: &'static str) -> Place {
        let column = self.columns.get(field).map(|column| column + 1);
        Place { line: Some(line), column, field: column.map(|_| field) }
    }

    /// The text of a field; nothing where its cell is empty or it has no column.
    pub(crate) fn text<'r>(&self, row: Row<'r>, field: &str) -> Option<&'r str> {
        let text = row.cell(*self.columns.get(field)?);
        (!text.is_empty()).then_some(text)
    }

    /// What a field says; nothing where it says nothing, or something that cannot be read.
    pub(crate) fn read<'r, T, K: Into<ListFaultKind>>(
        &mut self,
        row: Row<'r>,
        field: &'static str,
        parse: impl FnOnce(&'r str) -> Result<Option<T>, K>,
    ) -> Option<T> {
        match parse(self.text(row, field)?) {
            Ok(value) => value,
            Err(kind) => {
                self.wrong(self.place(row, field), kind);
                None
            }
        }
    }

    /// The things of a cell, each as somebody reads it.
    pub(crate) fn several<T, C, K>(
        &mut self,
        row: Row<'_>,
        field: &'static str,
        parse: impl Fn(&str) -> Result<Option<T>, K>,
    ) -> C
    where
        C: FromIterator<T> + Default,
        K: Into<ListFaultKind>,
    {
        let each = |text: &str| {
            let read: Result<Vec<Option<T>>, K> = parts(text).map(&parse).collect();
            read.map(|values| Some(values.into_iter().flatten().collect::<C>()))
        };
        self.read(row, field, each).unwrap_or_default()
    }
}

impl From<FaultKind> for ListFaultKind {
    fn from(kind: FaultKind) -> Self {
        Self::Table(kind)
    }
}

/// Reads a list of people of a program with such aspects of its own: its rows, and everything that is wrong with it.
///
/// Each has an id or a name; where there is only a name it is the key. Several things in one cell have `;`, `,`, `|` or a line
/// break between them. Words become codes in small letters, with `_` for spaces. Columns that are none of
/// [`Columns::of_people`] are passed over.
#[must_use]
pub fn read_entrants(
    table: &Table,
    mapping: &Mapping,
    aspects: &[Code],
) -> ListReading<Vec<Entrant>> {
    let mut found = Columns::of_people(aspects).find(table, mapping, List::People);
    let mut seen = named(&mut found);
    let mut entrants = Vec::new();
    for row in found.rows(table) {
        let (key, name) = who(&mut found, row, &mut seen);
        let born = found.read(row, "birth_year", cell::year);
        let [together, apart, barred] = relations(&mut found, row);
        let entrant = Entrant {
            key,
            name,
            birth_year: born.and_then(|year| u16::try_from(year).ok()),
            sex: found.read(row, "sex", word),
            wishes: wishes(&mut found, row, aspects),
            together,
            apart,
            barred,
            line: Some(row.line()),
        };
        entrants.push(entrant);
    }
    ListReading { found: entrants, faults: found.faults.sorted() }
}

/// Reads a list of people who lead, as [`read_entrants`] reads one of people.
#[must_use]
pub fn read_leaders(table: &Table, mapping: &Mapping) -> ListReading<Vec<Leader>> {
    let mut found = Columns::of_facilitators().find(table, mapping, List::Facilitators);
    let mut seen = named(&mut found);
    let mut leaders = Vec::new();
    for row in found.rows(table) {
        let (key, name) = who(&mut found, row, &mut seen);
        let wishes = wishes(&mut found, row, &[]);
        let readiness = found.read(row, "ready", readiness).unwrap_or_default();
        leaders.push(Leader {
            name,
            wishes,
            readiness,
            line: Some(row.line()),
            ..Leader::new(key)
        });
    }
    ListReading { found: leaders, faults: found.faults.sorted() }
}

/// What one of a program's own people says. `Debug` prints nothing of it but the line.
#[derive(Clone, PartialEq, Eq)]
pub struct WishRow {
    /// The line of the table.
    pub line: u64,
    /// By what they are called in the program.
    pub key: String,
    /// What they say.
    pub wishes: Wishes,
}

impl fmt::Debug for WishRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WishRow").field("line", &self.line).finish_non_exhaustive()
    }
}

/// Reads what a program's own people say, whether they sit or lead, as [`read_entrants`] reads it of others.
#[must_use]
pub fn read_wishes(
    table: &Table,
    mapping: &Mapping,
    aspects: &[Code],
) -> ListReading<Vec<WishRow>> {
    let mut found = Columns::of_wishes(aspects).find(table, mapping, List::People);
    let mut seen = BTreeMap::new();
    let mut rows = Vec::new();
    for row in found.rows(table) {
        let key = found.read(row, "id", id);
        if found.has("id") && found.text(row, "id").is_none() {
            found.wrong(found.place(row, "id"), FaultKind::CellEmpty);
        }
        once(&mut found, row, "id", key.as_deref(), &mut seen);
        let wishes = wishes(&mut found, row, aspects);
        rows.push(WishRow { line: row.line(), key: key.unwrap_or_default(), wishes });
    }
    ListReading { found: rows, faults: found.faults.sorted() }
}

/// Somebody is called by an id or a name.
fn named(found: &mut Found) -> BTreeMap<String, u64> {
    if !found.has("id") && !found.has("name") {
        found.missing("name");
    }
    BTreeMap::new()
}

/// The key and the name of a row.
fn who(
    found: &mut Found,
    row: Row<'_>,
    seen: &mut BTreeMap<String, u64>,
) -> (String, Option<String>) {
    let key = found.read(row, "id", id);
    let name = found.read(row, "name", name);
    let is_nobody = found.text(row, "id").is_none() && found.text(row, "name").is_none();
    if is_nobody && (found.has("id") || found.has("name")) {
        found.wrong(Place::line(row.line()), FaultKind::Nobody);
    }
    let field = if key.is_some() { "id" } else { "name" };
    let key = key.or_else(|| name.clone());
    once(found, row, field, key.as_deref(), seen);
    (key.unwrap_or_default(), name)
}

/// A key stands on one line only.
fn once(
    found: &mut Found,
    row: Row<'_>,
    field: &'static str,
    key: Option<&str>,
    seen: &mut BTreeMap<String, u64>,
) {
    let Some(key) = key else { return };
    if let Some(first) = seen.get(key) {
        found.wrong(found.place(row, field), FaultKind::Repeated { first: *first });
    } else {
        seen.insert(key.to_owned(), row.line());
    }
}

fn wishes(found: &mut Found, row: Row<'_>, aspects: &[Code]) -> Wishes {
    let limit = i64::from(Spot::LIMIT);
    let along = |text: &str| cell::integer(text, -limit, limit);
    let (x, y) = (found.read(row, "x", along), found.read(row, "y", along));
    if found.text(row, "x").is_some() != found.text(row, "y").is_some() {
        let given = if found.text(row, "x").is_some() { "x" } else { "y" };
        found.wrong(found.place(row, given), ListFaultKind::HalfASpot);
    }
    let spot = x.zip(y).and_then(|(x, y)| Some((i32::try_from(x).ok()?, i32::try_from(y).ok()?)));
    let circles = found.read(row, "circles", |text| cell::integer(text, 0, MOST_CIRCLES));
    let kinds = aspects.iter().zip(ASPECTS);
    let kinds =
        kinds.filter_map(|(aspect, field)| Some((aspect.clone(), found.read(row, field, word)?)));
    let aspects = kinds.collect();
    Wishes {
        place: found.read(row, "place", name),
        spot,
        languages: found.several(row, "languages", word),
        times: found.several(row, "times", time),
        topics: found.several(row, "topics", word),
        needs: found.several(row, "needs", word),
        company: found.read(row, "company", company).unwrap_or_default(),
        aspects,
        circles: circles.and_then(|circles| u8::try_from(circles).ok()),
        team: found.read(row, "team", word),
    }
}

fn id(text: &str) -> Result<Option<String>, FaultKind> {
    ExternalId::new(text).map(|id| Some(id.as_str().to_owned()))
}

fn name(text: &str) -> Result<Option<String>, FaultKind> {
    cell::text(text, LONGEST_NAME)
}

/// The keys of those with whom somebody sits, never sits, and is never led. In which of the three something is wrong is not
/// told: it would tell that somebody is kept apart.
fn relations(found: &mut Found, row: Row<'_>) -> [BTreeSet<String>; 3] {
    let mut wrong = None;
    let keys = ["together", "apart", "barred"].map(|field| {
        let keys = parts(found.text(row, field).unwrap_or_default()).map(name);
        let keys = keys.collect::<Result<Vec<_>, _>>().unwrap_or_else(|kind| {
            wrong = Some(kind);
            Vec::new()
        });
        keys.into_iter().flatten().collect()
    });
    if let Some(kind) = wrong {
        found.wrong(Place::line(row.line()), kind);
    }
    keys
}

/// The things of a cell.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty())
}

/// A word as a code: in small letters, with `_` for spaces.
pub(crate) fn word(text: &str) -> Result<Option<Code>, FaultKind> {
    cell::code(&text.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase())
}

fn time(text: &str) -> Result<Option<FreeTime>, ListFaultKind> {
    text.parse().map(Some).map_err(|_| ListFaultKind::NotATime)
}

fn company(text: &str) -> Result<Option<Company>, ListFaultKind> {
    match text.to_lowercase().as_str() {
        "any" => Ok(Some(Company::Any)),
        "wished" => Ok(Some(Company::OwnSexWished)),
        "needed" => Ok(Some(Company::OwnSexNeeded)),
        _ => Err(ListFaultKind::NotACompany),
    }
}

fn readiness(text: &str) -> Result<Option<Readiness>, ListFaultKind> {
    let text = text.to_lowercase().replace(['_', '-'], " ");
    match text.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["yes"] => Ok(Some(Readiness::Ready)),
        ["with", "support"] => Ok(Some(Readiness::WithSupport)),
        ["no"] => Ok(Some(Readiness::NotYet)),
        _ => Err(ListFaultKind::NotAReadiness),
    }
}

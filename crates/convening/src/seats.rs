//! Who sits where, as a table that people read, change and hand back.

use std::collections::{BTreeMap, BTreeSet};

use circle_formation::{
    Breach, Circle, CircleIx, FacilitatorIx, Formation, Language, PersonIx, Slot,
};
use circle_model::MeetingTime;
use interchange::{
    Cell, FaultKind, Field, Mapping, OutError, Row, Table, WriteOptions, cell, write_table,
};

use crate::{
    Columns, Hall, List, ListFault, ListFaultKind, ListReading,
    tables::{Found, LONGEST_NAME, word},
};

/// What stands between the keys of a team.
const AND: &str = " + ";

const CIRCLE: Field<'_> = Field::optional("circle", &["group"]);
const FACILITATOR: Field<'_> = Field::optional("facilitator", &["facilitator_id", "leader"]);
const FACILITATOR_NAME: Field<'_> = Field::optional("facilitator_name", &["leader_name"]);
const TIME: Field<'_> = Field::optional("time", &["meets"]);
const LANGUAGE: Field<'_> = Field::optional("language", &["lang"]);
const PLACE: Field<'_> = Field::optional("place", &[]);
const ID: Field<'_> = Field::optional("id", &["person", "person_id", "code"]);
const NAME: Field<'_> = Field::optional("name", &["full_name"]);

const SEATS: [Field<'_>; 8] =
    [CIRCLE, FACILITATOR, FACILITATOR_NAME, TIME, LANGUAGE, PLACE, ID, NAME];
/// What a table has to have to be read again.
const NEEDED: [&str; 5] = ["circle", "facilitator", "time", "language", "id"];

/// Who sits where: names of columns, and a row for each person.
#[derive(Clone, PartialEq)]
pub struct SeatsTable {
    /// The columns.
    pub names: [&'static str; 8],
    /// The rows, as many cells in each as there are columns: circle by circle, and at the end who waits.
    pub rows: Vec<Vec<Cell>>,
}

impl std::fmt::Debug for SeatsTable {
    /// How many rows: cells speak of people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SeatsTable").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

impl SeatsTable {
    /// The table as CSV.
    ///
    /// # Errors
    ///
    /// [`OutError`], as [`write_table`] says.
    pub fn to_csv(&self, options: &WriteOptions) -> Result<Vec<u8>, OutError> {
        write_table(&self.names, self.rows.iter().cloned(), options)
    }
}

/// Everybody of a hall with their seat: the number of the circle, who leads it, when, in which language and where it meets, and
/// who sits in it. Who waits has none of these.
#[must_use]
pub fn seats_table(hall: &Hall, formation: &Formation) -> SeatsTable {
    let mut rows = Vec::new();
    for (ix, circle) in formation.circles() {
        let led = circle_cells(hall, ix, circle);
        rows.extend(circle.members.iter().map(|person| with_person(led.clone(), hall, *person)));
    }
    rows.extend(formation.waiting().map(|person| with_person(vec![Cell::Empty; 6], hall, person)));
    SeatsTable { names: SEATS.map(|field| field.name), rows }
}

fn circle_cells(hall: &Hall, ix: CircleIx, circle: &Circle) -> Vec<Cell> {
    let team = hall.team(circle.facilitator);
    let keys: Vec<&str> = team.iter().map(|leader| leader.key.as_str()).collect();
    let names: Vec<&str> = team.iter().filter_map(|leader| leader.name.as_deref()).collect();
    let place = hall.roster().leader(circle.facilitator).and_then(|it| hall.place(it.place()));
    let number = i64::try_from(ix.number() + 1).unwrap_or(i64::MAX);
    vec![
        Cell::Integer(number),
        Cell::text(keys.join(AND)),
        text(names.join(AND)),
        text(hall.time(circle.slot).map(|time| time.to_string()).unwrap_or_default()),
        text(hall.language(circle.language).map(ToString::to_string).unwrap_or_default()),
        text(place.unwrap_or_default()),
    ]
}

fn with_person(mut cells: Vec<Cell>, hall: &Hall, person: PersonIx) -> Vec<Cell> {
    let entrant = hall.entrant(person);
    cells.push(text(entrant.map(|it| it.key.as_str()).unwrap_or_default()));
    cells.push(text(entrant.and_then(|it| it.name.as_deref()).unwrap_or_default()));
    cells
}

fn text(text: impl Into<String>) -> Cell {
    let text = text.into();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

/// Who sits where, as a table says, and on which lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    formation: Formation,
    // The line of each person.
    lines: BTreeMap<PersonIx, u64>,
}

impl Seats {
    /// Who sits with whom.
    #[must_use]
    pub const fn formation(&self) -> &Formation {
        &self.formation
    }

    /// The line on which somebody stands.
    #[must_use]
    pub fn line(&self, person: PersonIx) -> Option<u64> {
        self.lines.get(&person).copied()
    }

    /// The lines of a circle.
    #[must_use]
    pub fn lines(&self, circle: CircleIx) -> BTreeSet<u64> {
        let members = self.formation.get(circle).map_or(&[][..], |circle| &circle.members);
        members.iter().filter_map(|person| self.line(*person)).collect()
    }

    /// The lines on which a breach of these circles stands: that of a person, or all of a circle. Of people who never sit
    /// together, all lines of their circle are told, so that nobody can tell who they are.
    #[must_use]
    pub fn breach_lines(&self, breach: &Breach) -> BTreeSet<u64> {
        match *breach {
            Breach::FacilitatorNotFree { circle }
            | Breach::FacilitatorLanguage { circle }
            | Breach::TooFew { circle, .. }
            | Breach::TooMany { circle, .. }
            | Breach::Apart { circle }
            | Breach::Barred { circle }
            | Breach::AgeSpan { circle, .. }
            | Breach::Alone { circle, .. }
            | Breach::Mixed { circle } => self.lines(circle),
            Breach::FacilitatorLoad { facilitator } => {
                self.led(|circle| circle.facilitator == facilitator)
            }
            Breach::FacilitatorTwice { facilitator, slot } => {
                self.led(|circle| circle.facilitator == facilitator && circle.slot == slot)
            }
            Breach::NotFree { person }
            | Breach::NotSpoken { person }
            | Breach::TooFar { person }
            | Breach::NeedUnmet { person }
            | Breach::OwnSex { person } => self.line(person).into_iter().collect(),
            _ => BTreeSet::new(),
        }
    }

    fn led(&self, is: impl Fn(&Circle) -> bool) -> BTreeSet<u64> {
        let circles = self.formation.circles().filter(|(_, circle)| is(circle));
        circles.flat_map(|(ix, _)| self.lines(ix)).collect()
    }
}

impl Columns {
    /// Those of a table of seats.
    #[must_use]
    pub fn of_seats() -> Self {
        Self::of(&SEATS)
    }
}

/// Reads a table of seats that somebody may have changed: the circles of the people of a hall, and everything that is wrong
/// with the table. Whether the circles keep every rule is for [`check`](circle_formation::check) to say.
///
/// A circle is the rows of one number or word. Facilitator, time and language may stand in one of its rows or in several, which
/// then say the same: where they do not, what most of them say holds, and the others are named. Who waits has no circle, and whatever else stands in their row says nothing. Names and places are passed
/// over. Everybody of the hall has one row.
///
/// Nothing is found where something is wrong.
#[must_use]
pub fn read_seats(table: &Table, mapping: &Mapping, hall: &Hall) -> ListReading<Option<Seats>> {
    read(table, mapping, hall, Others::AreMissed)
}

/// Reads a table of circles that stand already, as [`read_seats`] does, but that whoever of the hall is not in it came later and
/// waits.
#[must_use]
pub fn read_standing(table: &Table, mapping: &Mapping, hall: &Hall) -> ListReading<Option<Seats>> {
    read(table, mapping, hall, Others::Wait)
}

/// What becomes of people of the hall who are not in the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    AreMissed,
    Wait,
}

fn read(
    table: &Table,
    mapping: &Mapping,
    hall: &Hall,
    others: Others,
) -> ListReading<Option<Seats>> {
    let mut reader = Reader {
        hall,
        found: Columns::of_seats().find(table, mapping, List::Seats),
        lines: BTreeMap::new(),
        circles: Vec::new(),
        labels: BTreeMap::new(),
    };
    for field in NEEDED {
        if !reader.found.has(field) {
            reader.found.missing(field);
        }
    }
    for row in reader.found.rows(table) {
        reader.row(row);
    }
    if reader.found.has("id") && others == Others::AreMissed {
        reader.miss();
    }
    let formation = reader.formation();
    let (lines, faults) = (reader.lines, reader.found.faults.sorted());
    let found = formation.filter(|_| faults.is_empty());
    ListReading { found: found.map(|formation| Seats { formation, lines }), faults }
}

/// What a table of seats says so far.
struct Reader<'h> {
    hall: &'h Hall,
    found: Found,
    lines: BTreeMap<PersonIx, u64>,
    circles: Vec<Told>,
    // The circle of a number or word.
    labels: BTreeMap<String, usize>,
}

/// What the rows of a circle say.
#[derive(Default)]
struct Told {
    line: u64,
    facilitator: Said<FacilitatorIx>,
    slot: Said<Slot>,
    language: Said<Language>,
    members: Vec<PersonIx>,
    // Whether something of it could not be read.
    is_unclear: bool,
}

/// What rows say of one thing, each with the lines that say it.
struct Said<T>(Vec<(T, Vec<u64>)>);

impl<T> Default for Said<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + PartialEq> Said<T> {
    fn hear(&mut self, says: Option<T>, line: u64) {
        let Some(says) = says else { return };
        match self.0.iter_mut().find(|(said, _)| *said == says) {
            Some((_, lines)) => lines.push(line),
            None => self.0.push((says, vec![line])),
        }
    }

    /// What most rows say, or of as many the first; the first line that says it, and the lines that say otherwise. Whoever was
    /// moved by a new number alone is the odd one among those who were there.
    fn settled(&self) -> Option<(T, u64, Vec<u64>)> {
        let most = self.0.iter().map(|(_, lines)| lines.len()).max()?;
        let (said, lines) = self.0.iter().find(|(_, lines)| lines.len() == most)?;
        let others = self.0.iter().filter(|(other, _)| other != said);
        let others = others.flat_map(|(_, lines)| lines.iter().copied());
        Some((*said, lines.first().copied()?, others.collect()))
    }
}

impl Reader<'_> {
    fn row(&mut self, row: Row<'_>) {
        let person = self.person(row);
        let label = self.found.read(row, "circle", |text| cell::text(text, LONGEST_NAME));
        let Some(label) = label else { return };
        let circles = &mut self.circles;
        let number = *self.labels.entry(label).or_insert_with(|| {
            circles.push(Told { line: row.line(), ..Told::default() });
            circles.len() - 1
        });
        let hall = self.hall;
        let facilitator = self.found.read(row, "facilitator", |text| facilitator(hall, text));
        let slot = self.found.read(row, "time", |text| slot(hall, text));
        let language = self.found.read(row, "language", |text| language(hall, text));
        let unread = |field, is_read: bool| !is_read && self.found.text(row, field).is_some();
        let is_unclear = unread("facilitator", facilitator.is_some())
            || unread("time", slot.is_some())
            || unread("language", language.is_some());
        let Some(told) = self.circles.get_mut(number) else { return };
        told.members.extend(person);
        told.is_unclear |= is_unclear;
        told.facilitator.hear(facilitator, row.line());
        told.slot.hear(slot, row.line());
        told.language.hear(language, row.line());
    }

    /// What the rows of a circle say of one thing together; those that say otherwise are wrong.
    fn settle<T: Copy + PartialEq>(&mut self, field: &'static str, said: &Said<T>) -> Option<T> {
        let (settled, first, others) = said.settled()?;
        for line in others {
            self.found.wrong(self.found.at(line, field), ListFaultKind::Disagrees { first });
        }
        Some(settled)
    }

    /// Whose row it is.
    fn person(&mut self, row: Row<'_>) -> Option<PersonIx> {
        if !self.found.has("id") {
            return None;
        }
        let Some(key) = self.found.text(row, "id") else {
            self.found.wrong(self.found.place(row, "id"), FaultKind::CellEmpty);
            return None;
        };
        let Some(person) = self.hall.person_of(key) else {
            self.found.wrong(self.found.place(row, "id"), ListFaultKind::UnknownKey);
            return None;
        };
        if let Some(first) = self.lines.get(&person) {
            let first = *first;
            self.found.wrong(self.found.place(row, "id"), FaultKind::Repeated { first });
            return None;
        }
        self.lines.insert(person, row.line());
        Some(person)
    }

    /// Notes who of the hall is not in the table.
    fn miss(&mut self) {
        for (row, entrant) in self.hall.entrants().iter().enumerate() {
            let person = self.hall.person_of(&entrant.key);
            if person.is_none_or(|person| !self.lines.contains_key(&person)) {
                let kind = ListFaultKind::NotInTable;
                let fault = ListFault::at_row(List::People, row, entrant.line, kind);
                self.found.faults.push(fault);
            }
        }
    }

    fn formation(&mut self) -> Option<Formation> {
        let mut circles = Vec::new();
        for told in std::mem::take(&mut self.circles) {
            let Told { line, facilitator, slot, language, members, is_unclear } = told;
            let facilitator = self.settle("facilitator", &facilitator);
            let slot = self.settle("time", &slot);
            let language = self.settle("language", &language);
            if let (Some(facilitator), Some(slot), Some(language)) = (facilitator, slot, language) {
                circles.push(Circle { facilitator, slot, language, members });
            } else if !is_unclear {
                let kinds = [
                    ("facilitator", facilitator.is_none(), ListFaultKind::NotLed),
                    ("time", slot.is_none(), FaultKind::CellEmpty.into()),
                    ("language", language.is_none(), FaultKind::CellEmpty.into()),
                ];
                for (field, _, kind) in kinds.into_iter().filter(|(_, is_missing, _)| *is_missing) {
                    if self.found.has(field) {
                        self.found.wrong(self.found.at(line, field), kind);
                    }
                }
            }
        }
        Formation::new(self.hall.roster(), circles).ok()
    }
}

/// The facilitator of a key, or of the keys of one team.
fn facilitator(hall: &Hall, text: &str) -> Result<Option<FacilitatorIx>, ListFaultKind> {
    if let Some(ix) = hall.facilitator_of(text) {
        return Ok(Some(ix));
    }
    let mut found = None;
    for key in text.split(AND.trim()).map(str::trim) {
        let ix = hall.facilitator_of(key).ok_or(ListFaultKind::UnknownKey)?;
        if found.is_some_and(|other| other != ix) {
            return Err(ListFaultKind::NotATeam);
        }
        found = Some(ix);
    }
    Ok(found)
}

fn slot(hall: &Hall, text: &str) -> Result<Option<Slot>, ListFaultKind> {
    let time: MeetingTime = text.parse().map_err(|_| ListFaultKind::NotATime)?;
    hall.slot_of(time).map(Some).ok_or(ListFaultKind::NoSuchTime)
}

fn language(hall: &Hall, text: &str) -> Result<Option<Language>, ListFaultKind> {
    let Some(word) = word(text)? else { return Ok(None) };
    hall.language_of(&word).map(Some).ok_or(ListFaultKind::NoSuchLanguage)
}

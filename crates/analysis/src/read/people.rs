//! Who takes part.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Code, UnitId};
use interchange::Row;
use outcomes::figures::Period;
use outcomes::{Cohort, Enrolment, GroupIx, PersonIx};

use super::doubts::Doubts;
use super::newest::Time;
use super::{Filter, Reading, close, column, open, too_many};
use crate::columns::trimmed;
use crate::crew::{Crew, Member, NOWHERE};
use crate::fault::{FaultKind, Faults};
use crate::files::{Files, Table};
use crate::letters;
use crate::names::Names;
use crate::plan::PeopleFile;
use crate::told::{FileTold, Role, Told};

/// Reads the files of people, or gathers people from all others where there are none; notes whose names look alike.
pub(super) fn read(
    reading: &Reading<'_>,
    files: &impl Files,
    filter: &Filter,
    cohort: &mut Cohort,
    told: &mut Told,
    wrong: &mut Vec<Faults>,
) -> Crew {
    let mut people = People {
        cohort,
        filter,
        crew: Crew::new(&reading.plan.same),
        lines: Vec::new(),
        said: Vec::new(),
        files: Vec::new(),
        groupings: Vec::new(),
        doubts: Doubts::default(),
        left_out: 0,
        undated: 0,
        no_days: BTreeMap::new(),
        seats_everybody: seats_everybody(reading),
    };
    for file in &reading.plan.people {
        let Some(table) = open(files, &file.file, wrong) else {
            people.crew.is_whole = false;
            continue;
        };
        people.files.push((people.crew.names.len(), file.file.file.clone()));
        let (file_told, faults) = people.file(file, table);
        told.files.push(file_told);
        if !faults.is_empty() {
            wrong.push(faults.done());
        }
    }
    (told.left_out, told.undated) = (people.left_out, people.undated);
    if people.crew.is_whole {
        told.absent = people.absent();
    }
    people.doubts.tell(reading.plan, &people.crew.names, told);
    if !reading.plan.people.is_empty() && people.crew.is_whole {
        decisions(reading, &people.crew, wrong);
    }
    let mut crew = people.crew;
    if reading.plan.people.is_empty() {
        gather(reading, files, &mut crew, cohort, wrong);
    }
    crew
}

/// Whether everybody is seated in one unit, since no file says in which they sit and some say who came.
fn seats_everybody(reading: &Reading<'_>) -> bool {
    let plan = reading.plan;
    !plan.attendance.is_empty() && plan.people.iter().all(|file| file.unit.is_none())
}

/// Notes decisions that begin with nobody's code.
fn decisions(reading: &Reading<'_>, crew: &Crew, wrong: &mut Vec<Faults>) {
    let mut faults = Faults::of("plan");
    for (number, decision) in (1..).zip(&reading.plan.same) {
        let first = decision.people.first().map_or(&b""[..], |code| code.as_bytes());
        if crew.names.find(crew.standing(first)).is_none() {
            faults.whole(FaultKind::DecisionOfNobody { number });
        }
    }
    if !faults.is_empty() {
        wrong.push(faults);
    }
}

/// Takes everybody of whom a sheet or a mark speaks, where no file says who takes part.
fn gather(
    reading: &Reading<'_>,
    files: &impl Files,
    crew: &mut Crew,
    cohort: &mut Cohort,
    wrong: &mut Vec<Faults>,
) {
    let plan = reading.plan;
    let everybody = seats_everybody(reading);
    let joined = |name: &str, take: &[String]| take.iter().any(|taken| taken == name);
    let sheets = plan.sheets.iter().map(|file| match &file.join {
        Some(join) if joined(&file.person, &join.take) => (&join.file, &file.person),
        Some(_) | None => (&file.file, &file.person),
    });
    let attendance = plan.attendance.iter().map(|file| (&file.file, &file.person));
    for (file, person) in sheets.chain(attendance) {
        // What is wrong with the file is told when it is read for what it says.
        let Some(mut table) = open(files, file, &mut Vec::new()) else { continue };
        let Some(place) = column(&table, "person", person, &mut Faults::of(&file.file)) else {
            continue;
        };
        let mut last = 0;
        while let Some(row) = table.next_row() {
            let code = trimmed(row, place);
            if code.is_empty() || crew.find(&mut last, code).is_some() {
                continue;
            }
            let code = crew.standing(code).to_vec();
            let unit = if everybody { unit_of(b"", crew, cohort) } else { Ok(NOWHERE) };
            let added = unit.and_then(|unit| {
                crew.names.add(&code).ok_or(FaultKind::TooMany { most: u32::MAX })?;
                let enrolment = crew.units.get(unit as usize).map(|unit| Enrolment {
                    unit: *unit,
                    joined: 1,
                    left: None,
                });
                let person = seated(cohort, enrolment)?;
                crew.members.push(Member { person: Some(person), number: crew.people, unit });
                crew.people += 1;
                Ok(())
            });
            if let Err(kind) = added {
                let mut faults = Faults::of(&file.file);
                faults.whole(kind);
                wrong.push(faults);
                return;
            }
        }
    }
}

fn seated(cohort: &mut Cohort, enrolment: Option<Enrolment>) -> Result<PersonIx, FaultKind> {
    let person = match enrolment {
        Some(enrolment) => cohort.person(enrolment),
        None => cohort.unseated(),
    };
    person.map_err(|error| too_many(&error))
}

/// The place of a unit by its name; made where it is new.
fn unit_of(name: &[u8], crew: &mut Crew, cohort: &mut Cohort) -> Result<u32, FaultKind> {
    let full = FaultKind::TooMany { most: u32::MAX };
    let (place, new) = crew.unit_names.add(name).ok_or_else(|| full.clone())?;
    let number = u32::try_from(place).map_err(|_| full)?;
    if new {
        let id = UnitId::number(u128::from(number) + 1);
        let unit = cohort.unit(id, None).map_err(|error| too_many(&error))?;
        crew.units.push(unit);
    }
    Ok(number)
}

/// Where the columns of a file of people are.
struct Columns<'p> {
    person: usize,
    unit: Option<usize>,
    joined: Option<usize>,
    left: Option<usize>,
    name: Option<usize>,
    groupings: Vec<(&'p Code, usize)>,
    kept: Vec<Kept<'p>>,
}

/// Where the groups of a grouping are kept, and which of them the filter takes.
struct Kept<'p> {
    place: usize,
    groups: Option<&'p BTreeSet<Code>>,
    days: Option<Period>,
}

impl<'p> Columns<'p> {
    fn of(
        file: &'p PeopleFile,
        filter: &'p Filter,
        groupings_known: &mut Vec<(Code, Groups)>,
        table: &Table,
        told: &mut FileTold,
        faults: &mut Faults,
    ) -> Option<Self> {
        let mut find = |key, name: &str| {
            let found = column(table, key, name, faults);
            if let Some(place) = found {
                told.used(table, place);
            }
            found
        };
        let mut optional = |key, name: &Option<String>| {
            name.as_ref().map(|name| find(key, name)).map_or(Some(None), |found| found.map(Some))
        };
        let unit = optional("unit", &file.unit);
        let joined = optional("joined", &file.joined);
        let left = optional("left", &file.left);
        let name = optional("name", &file.name);
        let person = find("person", &file.person);
        let groupings: Vec<_> = file
            .groupings
            .iter()
            .map(|(by, name)| find("groupings", name).map(|place| (by, place)))
            .collect();
        let kept = file.groupings.keys().map(|by| {
            let known = groupings_known.iter().position(|(known, _)| known == by);
            let place = known.unwrap_or_else(|| {
                groupings_known.push((by.clone(), Groups::default()));
                groupings_known.len() - 1
            });
            let days = filter.joined.as_ref().filter(|(joined, _)| joined == by);
            Kept { place, groups: filter.groups.get(by), days: days.map(|(_, days)| *days) }
        });
        Some(Self {
            kept: kept.collect(),
            person: person?,
            unit: unit?,
            joined: joined?,
            left: left?,
            name: name?,
            groupings: groupings.into_iter().collect::<Option<_>>()?,
        })
    }
}

/// The groups of one grouping, by what files write.
#[derive(Default)]
struct Groups {
    texts: Names,
    found: Vec<Option<Group>>,
    last: usize,
}

/// A group, and its number among those that were found, from 1.
struct Group {
    group: GroupIx,
    code: Code,
    number: u32,
    day: Option<NaiveDate>,
}

/// What a row says of groups: whether the filter takes who is in them, whether only a day is missing for that, and a
/// number for all of them together.
struct Grouped {
    taken: bool,
    undated: bool,
    said: u32,
}

struct People<'a> {
    cohort: &'a mut Cohort,
    filter: &'a Filter,
    crew: Crew,
    // Where each code stood first: the line, and a number of what it said of the stay and of the groups.
    lines: Vec<u32>,
    said: Vec<u32>,
    // The files, each with how many codes there were before it.
    files: Vec<(usize, String)>,
    groupings: Vec<(Code, Groups)>,
    doubts: Doubts,
    left_out: u64,
    undated: u64,
    // Of the file that is read: where a day is wanted and none stands, by column the first line and how many.
    no_days: BTreeMap<usize, (u64, u64)>,
    seats_everybody: bool,
}

impl People<'_> {
    fn file(&mut self, file: &PeopleFile, mut table: Table) -> (FileTold, Faults) {
        let (mut told, mut faults) =
            (FileTold::of(&table, Role::People), Faults::of(&file.file.file));
        let (filter, known) = (self.filter, &mut self.groupings);
        if let Some(columns) = Columns::of(file, filter, known, &table, &mut told, &mut faults) {
            let mut groups = Vec::new();
            table.each(|row| self.row(row, &columns, &mut groups, &mut told, &mut faults));
            self.crew.is_whole &= is_whole(&table, columns.person);
            for (column, (line, rows)) in std::mem::take(&mut self.no_days) {
                let by = columns.groupings.iter().find(|(_, place)| *place == column);
                let grouping = by.map_or(Code::of("joined"), |(by, _)| (*by).clone());
                faults.at(line, Some(column), FaultKind::NoDays { grouping, rows });
            }
        } else {
            // What is wrong with the rows is told all the same.
            table.each(|_| {});
            self.crew.is_whole = false;
        }
        close(&table, told, faults, |_| false)
    }

    fn row(
        &mut self,
        row: Row<'_>,
        columns: &Columns<'_>,
        groups: &mut Vec<Option<GroupIx>>,
        told: &mut FileTold,
        faults: &mut Faults,
    ) {
        let code = trimmed(row, columns.person);
        if code.is_empty() {
            let kind = FaultKind::Table(interchange::FaultKind::CellEmpty);
            faults.at(row.line(), Some(columns.person), kind);
            self.crew.is_whole = false;
            return;
        }
        if self.crew.standing(code) != code {
            told.repeated_rows += 1;
            return;
        }
        let grouped = self.groups(row, columns, groups, faults);
        let said = mixed(grouped.said, stay(row, columns));
        let unit = match columns.unit.map(|place| (place, trimmed(row, place))) {
            Some((_, name)) if !name.is_empty() => self.unit(name),
            Some(_) | None if self.seats_everybody => self.unit(b""),
            Some(_) | None => Ok(NOWHERE),
        };
        let added = unit.and_then(|unit| {
            let full = FaultKind::TooMany { most: u32::MAX };
            let (place, new) = self.crew.names.add(code).ok_or(full)?;
            Ok((unit, place, new))
        });
        match added {
            Err(kind) => faults.at(row.line(), None, kind),
            Ok((unit, place, true)) => {
                self.lines.push(u32::try_from(row.line()).unwrap_or(u32::MAX));
                self.said.push(said);
                if let Some(name) = columns.name {
                    self.doubts.note(row.cell(name), place, unit);
                }
                self.undated += u64::from(grouped.undated);
                self.add(row, columns, unit, groups, grouped.taken, faults);
            }
            Ok((unit, place, false)) => {
                told.repeated_rows += 1;
                self.again(row, columns, (place, unit, said), faults);
            }
        }
    }

    fn unit(&mut self, name: &[u8]) -> Result<u32, FaultKind> {
        let last = self.crew.units.len().saturating_sub(1);
        if self.crew.unit_names.get(last) == Some(name) {
            return Ok(u32::try_from(last).unwrap_or(NOWHERE));
        }
        unit_of(name, &mut self.crew, self.cohort)
    }

    /// Adds somebody who was not met before.
    fn add(
        &mut self,
        row: Row<'_>,
        columns: &Columns<'_>,
        unit: u32,
        groups: &[Option<GroupIx>],
        taken: bool,
        faults: &mut Faults,
    ) {
        if !taken {
            self.left_out += 1;
            self.crew.members.push(Member { person: None, number: 0, unit });
            return;
        }
        let joined = self.session(row, columns.joined, 1, faults);
        let left = self.session(row, columns.left, 0, faults);
        let enrolment = self.crew.units.get(unit as usize).map(|unit| Enrolment {
            unit: *unit,
            joined: joined.unwrap_or(1),
            left,
        });
        let person = match seated(self.cohort, enrolment) {
            Ok(person) => person,
            Err(kind) => return faults.at(row.line(), None, kind),
        };
        self.crew.members.push(Member { person: Some(person), number: self.crew.people, unit });
        self.crew.people += 1;
        for group in groups.iter().flatten() {
            // The group was made by this cohort, for this person.
            let _ = self.cohort.put_into(person, *group);
        }
    }

    /// Somebody stands here who stood somewhere before.
    fn again(
        &mut self,
        row: Row<'_>,
        columns: &Columns<'_>,
        (place, unit, said): (usize, u32, u32),
        faults: &mut Faults,
    ) {
        let first = self.lines.get(place).copied().map_or(0, u64::from);
        let file = self.files.iter().rev().find(|(before, _)| *before <= place);
        let file = file.map_or_else(String::new, |(_, file)| file.clone());
        let before = self.crew.members.get(place).map_or(NOWHERE, |member| member.unit);
        let other_name =
            columns.name.filter(|name| self.doubts.is_other_name(place, row.cell(*name)));
        if unit != before {
            faults.at(row.line(), columns.unit, FaultKind::TwoUnits { first, file });
        } else if other_name.is_some() || self.said.get(place) != Some(&said) {
            faults.at(row.line(), other_name, FaultKind::SaysOtherwise { first, file });
        }
    }

    fn session(
        &self,
        row: Row<'_>,
        place: Option<usize>,
        least: u16,
        faults: &mut Faults,
    ) -> Option<u16> {
        let place = place?;
        let (least, most) = (i64::from(least), i64::from(Cohort::LONGEST));
        match interchange::cell::integer(row.cell(place), least, most) {
            Ok(number) => number.and_then(|number| u16::try_from(number).ok()),
            Err(kind) => {
                faults.at(row.line(), Some(place), FaultKind::Table(kind));
                None
            }
        }
    }

    /// The groups of a row, by grouping, and what they say together.
    fn groups(
        &mut self,
        row: Row<'_>,
        columns: &Columns<'_>,
        groups: &mut Vec<Option<GroupIx>>,
        faults: &mut Faults,
    ) -> Grouped {
        groups.clear();
        let (mut passed, mut said, mut day) = (0, 0_u32, None);
        for ((by, place), kept) in columns.groupings.iter().zip(&columns.kept) {
            let text = trimmed(row, *place);
            let Some((_, known)) = self.groupings.get_mut(kept.place) else { continue };
            let found = known.find(text, by, self.cohort);
            if found.is_none() && !text.is_empty() {
                faults.at(row.line(), Some(*place), FaultKind::NotAGroup);
            }
            if let (Some(allowed), Some(found)) = (kept.groups, found) {
                passed += usize::from(allowed.contains(&found.code));
            }
            if let (Some(_), Some(found)) = (kept.days, found) {
                day = found.day;
                if day.is_none() {
                    let first = (row.line(), 0);
                    self.no_days.entry(*place).or_insert(first).1 += 1;
                }
            }
            said = mixed(said, found.map_or(0, |found| found.number));
            groups.push(found.map(|found| found.group));
        }
        let passed = passed == self.filter.groups.len();
        let in_period = self.filter.joined.as_ref().is_none_or(|(_, period)| {
            day.is_some_and(|day| period.from <= day && day <= period.to)
        });
        let undated = passed && self.filter.joined.is_some() && day.is_none();
        Grouped { taken: passed && in_period, undated, said }
    }

    /// The groups of the filter that nobody is in.
    fn absent(&self) -> BTreeMap<Code, BTreeSet<Code>> {
        let mut absent = BTreeMap::new();
        for (by, groups) in &self.filter.groups {
            let known = self.groupings.iter().find(|(known, _)| known == by);
            let known = known.iter().flat_map(|(_, groups)| groups.found.iter().flatten());
            let known: BTreeSet<&Code> = known.map(|group| &group.code).collect();
            let gone: BTreeSet<_> =
                groups.iter().filter(|group| !known.contains(group)).cloned().collect();
            if !gone.is_empty() {
                absent.insert(by.clone(), gone);
            }
        }
        absent
    }
}

/// Whether every row of a table could be taken, and has a code.
fn is_whole(table: &Table, person: usize) -> bool {
    let torn =
        |fault: &interchange::Fault| matches!(fault.kind(), interchange::FaultKind::Ragged { .. });
    let no_code = |(place, _): &(interchange::Place, _)| place.column == Some(person + 1);
    !table.is_broken() && !table.faults().iter().any(torn) && !table.unread().iter().any(no_code)
}

/// A number of what was said so far, and of something more.
const fn mixed(said: u32, more: u32) -> u32 {
    said.wrapping_mul(65_599).wrapping_add(more)
}

/// A number of the sessions from which and to which somebody stayed; what cannot be read is told elsewhere.
fn stay(row: Row<'_>, columns: &Columns<'_>) -> u32 {
    let number = |place: usize| {
        let read = interchange::cell::integer(row.cell(place), 0, i64::from(Cohort::LONGEST));
        read.ok().flatten().and_then(|number| u32::try_from(number).ok())
    };
    let joined = columns.joined.and_then(number).unwrap_or(1);
    let left = columns.left.and_then(number).map_or(0, |left| left + 1);
    mixed(joined, left)
}

impl Groups {
    fn find(&mut self, text: &[u8], by: &Code, cohort: &mut Cohort) -> Option<&Group> {
        if text.is_empty() {
            return None;
        }
        // What was met in the row before, or just before that.
        let place = match self.texts.find_near(self.last.saturating_sub(1), text) {
            Some(place) => place,
            None => {
                let group = self.make(text, by, cohort);
                self.found.push(group);
                self.texts.add(text)?.0
            }
        };
        self.last = place;
        self.found.get(place)?.as_ref()
    }

    fn make(&self, text: &[u8], by: &Code, cohort: &mut Cohort) -> Option<Group> {
        let text = std::str::from_utf8(text).ok()?;
        let code = group_code(text)?;
        let group = cohort.group(by, &code).ok()?;
        let known = self.found.iter().flatten().find(|known| known.code == code);
        let next = u32::try_from(self.found.len()).ok()? + 1;
        let number = known.map_or(next, |known| known.number);
        Some(Group { group, number, code, day: day_of(text) })
    }
}

/// The day of a date or of a time, where the year stands first: in any other order, days and months are taken for one
/// another.
fn day_of(text: &str) -> Option<NaiveDate> {
    let text = text.replacen('/', "-", 2);
    let year = text.split('-').next()?;
    if year.len() != 4 || Time::of(&text).is_none() {
        return None;
    }
    let day = text.split(['T', 't', ' ']).next()?;
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
}

/// The code of a group: small letters without accents and digits, and a hyphen for whatever stands between them.
fn group_code(text: &str) -> Option<Code> {
    let mut code = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' | '.' | '_' => code.push(c),
            c if letters::is_accent(c) => {}
            c if c.is_alphanumeric() => code.push_str(letters::base(c)?),
            _ if code.is_empty() || code.ends_with('-') => {}
            _ => code.push('-'),
        }
    }
    code.trim_end_matches('-').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_where_its_year_stands_first() {
        let day = |text| day_of(text).map(|day| day.to_string());
        let last = Some("2025-12-31".to_owned());
        for text in [
            "2025-12-31",
            "2025/12/31",
            "2025-12-31 00:00:00",
            "2025-12-31T10:00:00Z",
            "2025-12-31T23:30:00+02:00",
        ] {
            assert_eq!(day(text), last, "{text}");
        }
        for text in
            ["31/12/2025", "12/31/2025", "31.12.25", "31-12-20", "2025", "45000", "f", "2025-13-01"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_group_has_a_code() {
        let code = |text| group_code(text).map(|code| code.to_string());
        assert_eq!(code("Kigali City").as_deref(), Some("kigali-city"));
        assert_eq!(code("D01").as_deref(), Some("d01"));
        assert_eq!(code(" (other) ").as_deref(), Some("other"));
        assert_eq!(code("18–24").as_deref(), Some("18-24"));
        assert_eq!(code("Féminin").as_deref(), Some("feminin"));
        assert_eq!(code("Fe\u{301}minin").as_deref(), Some("feminin"));
        assert_eq!(code("KÉDOUGOU / Øst").as_deref(), Some("kedougou-ost"));
        assert_eq!(code("ኪጋሊ"), None);
        assert_eq!(code("-"), None);
    }
}

//! What was written on paper comes back: one table for many sessions, or one line for one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use circle_model::{Mark, Record};
use circlekeeper::{Appointment, Seat, SessionDraft, State, WrittenDown};
use commons::MemberId;
use interchange::{MARKS, MarkRow, PaperMark, Place, Reading, read_marks};
use serde_json::json;

use super::{Desk, page, plan, whom};
use crate::{
    args::{CalendarEnter, CalendarTakeIn},
    commands::{erase::written, tables},
    exit::Exit,
    failure::Failure,
    store::{self, Opened},
    texts::{self, text},
    trouble::{Trouble, Troubles},
};

/// One sheet of paper: a session, who sat there, and what is marked so far.
struct Sheet {
    session: Appointment,
    seats: Vec<Seat>,
    on: NaiveDate,
    minutes: u16,
    heads: Option<u16>,
    marks: BTreeMap<MemberId, PaperMark>,
    /// The first line of the file that is of it.
    line: Option<u64>,
}

impl Sheet {
    fn came(&self) -> u16 {
        let came = self.marks.values().filter(|mark| mark.came()).count();
        u16::try_from(came).unwrap_or(u16::MAX)
    }

    /// The seat of a code or of a row of the sheet.
    fn seat(&self, text: &str) -> Option<Seat> {
        // Five digits are a code without its hyphen.
        let row = text.trim().parse::<u16>().ok().filter(|row| *row < 1000);
        let code = written(text);
        let is_it = |seat: &&Seat| match row {
            Some(row) => seat.row == row,
            None => {
                seat.member.short() == code
                    || seat.member.to_string().eq_ignore_ascii_case(text.trim())
            }
        };
        let mut found = self.seats.iter().filter(is_it);
        let first = found.next().copied();
        if found.next().is_some() { None } else { first }
    }

    /// What keeps a whole sheet from being taken in: somebody without a mark, a count that is another.
    fn faults(&self, counted: bool) -> Vec<Trouble> {
        let place = self.line.map_or(Place::FILE, Place::line);
        let which = || -> Vec<(&'static str, report::Arg)> {
            let number = self.session.number.to_string();
            vec![("circle", self.session.unit.short().into()), ("number", number.into())]
        };
        let mut faults = Vec::new();
        let missing = self.seats.iter().filter(|seat| !self.marks.contains_key(&seat.member));
        let missing: Vec<_> = missing
            .map(|seat| text!("marks-seat", row = seat.row.to_string(), code = seat.member.short()))
            .collect();
        if !missing.is_empty() {
            let told = [which(), vec![("seats", missing.join(", ").into())]].concat();
            faults.push(Trouble::at(&place, "marks.missing", &told));
        }
        match self.heads {
            None if counted => faults.push(Trouble::at(&place, "marks.uncounted", &which())),
            Some(heads) if missing.is_empty() && heads != self.came() => {
                let counts = vec![
                    ("heads", report::Arg::Count(heads.into())),
                    ("came", report::Arg::Count(self.came().into())),
                ];
                faults.push(Trouble::at(&place, "marks.heads_differ", &[which(), counts].concat()));
            }
            None | Some(_) => {}
        }
        faults
    }

    fn written_down(&self, led_by: Option<&BTreeMap<MemberId, commons::Code>>) -> WrittenDown {
        let mark = |mark: &PaperMark| match mark {
            PaperMark::Present => Mark::Present,
            PaperMark::Late => Mark::Late,
            PaperMark::LeftEarly => Mark::LeftEarly,
            PaperMark::Excused => Mark::Excused,
            PaperMark::Absent => Mark::Unexplained,
        };
        let record = Record {
            on: self.on,
            minutes: self.minutes,
            segments: Vec::new(),
            activities: BTreeSet::new(),
            led_by: led_by.unwrap_or(&self.session.led_by).clone(),
            others: BTreeMap::new(),
            marks: self.marks.iter().map(|(member, it)| (*member, mark(it))).collect(),
        };
        let draft = SessionDraft { record, reasons: BTreeMap::new() };
        WrittenDown { unit: self.session.unit, session: self.session.session, draft }
    }
}

/// Begins the sheet of a session that can be written down; else the code of why not.
fn begin(
    keeper: &mut Opened,
    session: Appointment,
    on: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Result<Sheet, &'static str>, Failure> {
    let on = on.unwrap_or(session.at.date);
    let against = match session.state {
        State::Held => Some("marks.recorded"),
        State::NotHeld(_) | State::TakenBack => Some("marks.not_held"),
        State::ToCome => (today < on).then_some("marks.future"),
    };
    if let Some(code) = against {
        return Ok(Err(code));
    }
    let seats = keeper.seats(session.unit, on)?;
    let minutes = session.minutes;
    Ok(Ok(Sheet { session, seats, on, minutes, heads: None, marks: BTreeMap::new(), line: None }))
}

pub(crate) fn take_in(desk: &mut Desk, args: &CalendarTakeIn) -> Result<Exit, Failure> {
    let table = tables::read(&args.file, &args.reading)?;
    let fields = MARKS.map(|field| field.name);
    let mapping = tables::mapping(&[], &args.reading, &fields)?;
    let Reading { found: marks, faults } = read_marks(&table, &mapping);
    let place = desk.place()?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let today = keeper.today()?;
    let mut taken = Taken {
        today,
        columns: marks.columns,
        sheets: BTreeMap::new(),
        refused: BTreeSet::new(),
        troubles: Troubles::from(&faults),
    };
    for row in &marks.rows {
        taken.take(&mut keeper, row)?;
    }
    // A line that cannot be read leaves a seat without its mark: that is told once, at the line.
    if taken.troubles.is_empty() {
        let all = taken.sheets.values().flat_map(|sheet| sheet.faults(!args.uncounted));
        let all: Vec<_> = all.collect();
        all.into_iter().for_each(|trouble| taken.troubles.push(trouble));
    }
    if !taken.troubles.is_empty() {
        let n = texts::count(taken.troubles.total());
        return Err(Failure::new("cli.marks", &[("n", n)]).with_troubles(taken.troubles));
    }
    let sheets: Vec<_> = taken.sheets.into_values().collect();
    let written: Vec<_> = sheets.iter().map(|sheet| sheet.written_down(None)).collect();
    keeper.record_sessions(&written)?;
    tell(desk, &sheets);
    Ok(Exit::Done)
}

pub(crate) fn enter(desk: &mut Desk, args: &CalendarEnter) -> Result<Exit, Failure> {
    let Some(entry) = Entry::read(&args.marks.join(" ")) else {
        return Err(Failure::new("cli.entry", &[]));
    };
    let place = desk.place()?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let today = keeper.today()?;
    let unit = whom::unit(&mut keeper, &args.unit)?;
    let session = whom::session(&mut keeper, unit, args.number)?;
    let led_by = plan::leaders(&mut keeper, &args.lead)?;
    let mut sheet = match begin(&mut keeper, session, args.on, today)? {
        Ok(sheet) => sheet,
        Err(code) => return Err(not_entered([Trouble::at(&Place::FILE, code, &[])])),
    };
    sheet.minutes = args.minutes.unwrap_or(sheet.minutes);
    sheet.heads = Some(entry.heads);
    let mut troubles = Vec::new();
    for (row, mark) in &entry.marks {
        match sheet.seats.iter().find(|seat| seat.row == *row) {
            Some(seat) => {
                sheet.marks.insert(seat.member, *mark);
            }
            None => {
                let row = [("row", row.to_string().into())];
                troubles.push(Trouble::at(&Place::FILE, "marks.no_row", &row));
            }
        }
    }
    for seat in &sheet.seats {
        sheet.marks.entry(seat.member).or_insert(PaperMark::Present);
    }
    if troubles.is_empty() {
        troubles = sheet.faults(true);
    }
    if !troubles.is_empty() {
        return Err(not_entered(troubles));
    }
    let led_by = (!led_by.is_empty()).then_some(&led_by);
    keeper.record_sessions(&[sheet.written_down(led_by)])?;
    // Whoever typed rows compares their codes with the paper: a merge may have moved rows since.
    for seat in &sheet.seats {
        if let Some(mark) =
            sheet.marks.get(&seat.member).filter(|mark| **mark != PaperMark::Present)
        {
            let (row, code, word) = (seat.row.to_string(), seat.member.short(), page::word(*mark));
            desk.screen.say(text!("marks-told", row = row, code = code, mark = word));
        }
    }
    tell(desk, std::slice::from_ref(&sheet));
    Ok(Exit::Done)
}

/// Each session with its count, as the paper has it.
fn tell(desk: &mut Desk, sheets: &[Sheet]) {
    let mut told = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let (circle, number) = (sheet.session.unit.short(), sheet.session.number);
        let (came, seats) = (sheet.came(), sheet.seats.len());
        desk.screen.say(texts::say(
            "marks-done",
            &[
                ("circle", circle.as_str().into()),
                ("number", number.to_string().into()),
                ("on", sheet.on.to_string().into()),
                ("came", report::Arg::Count(came.into())),
                ("seats", texts::count(seats)),
            ],
        ));
        told.push(json!({
            "unit": sheet.session.unit,
            "unit_code": circle,
            "session": sheet.session.session,
            "number": number,
            "on": sheet.on,
            "came": came,
            "seats": seats,
            "counted": sheet.heads,
        }));
    }
    desk.screen.answer(&json!({ "written_down": told }));
}

/// Sheets as they come out of a table, and everything that is wrong.
struct Taken {
    today: NaiveDate,
    columns: BTreeMap<&'static str, usize>,
    sheets: BTreeMap<(String, u16), Sheet>,
    /// Sheets that cannot be begun: told at their first line alone.
    refused: BTreeSet<(String, u16)>,
    troubles: Troubles,
}

impl Taken {
    fn take(&mut self, keeper: &mut Opened, row: &MarkRow) -> Result<(), Failure> {
        let (Some(circle), Some(number)) = (&row.circle, row.session) else { return Ok(()) };
        let key = (written(circle), number);
        if !self.sheets.contains_key(&key) && !self.refused.contains(&key) {
            match self.begin(keeper, row, circle, number)? {
                Ok(sheet) => drop(self.sheets.insert(key.clone(), sheet)),
                Err(trouble) => {
                    self.refused.insert(key.clone());
                    self.troubles.push(trouble);
                }
            }
        }
        let Some(sheet) = self.sheets.get_mut(&key) else { return Ok(()) };
        let place = |field: &'static str| Place {
            line: Some(row.line),
            column: self.columns.get(field).copied(),
            field: Some(field),
        };
        let mut wrong = Vec::new();
        if let (Some(text), Some(mark)) = (&row.seat, row.mark) {
            match sheet.seat(text) {
                None => wrong.push(Trouble::at(&place("seat"), "marks.no_seat", &[])),
                Some(seat) if sheet.marks.contains_key(&seat.member) => {
                    wrong.push(Trouble::at(&place("seat"), "marks.twice", &[]));
                }
                Some(seat) => drop(sheet.marks.insert(seat.member, mark)),
            }
        }
        if let Some(heads) = row.heads
            && *sheet.heads.get_or_insert(heads) != heads
        {
            wrong.push(Trouble::at(&place("heads"), "marks.unclear", &[]));
        }
        if row.on.is_some_and(|on| on != sheet.on) {
            wrong.push(Trouble::at(&place("on"), "marks.unclear", &[]));
        }
        if let Some(minutes) = row.minutes {
            sheet.minutes = minutes;
        }
        wrong.into_iter().for_each(|trouble| self.troubles.push(trouble));
        Ok(())
    }

    /// The sheet of the first line of a session; its day, where it is another than planned, stands there.
    fn begin(
        &self,
        keeper: &mut Opened,
        row: &MarkRow,
        circle: &str,
        number: u16,
    ) -> Result<Result<Sheet, Trouble>, Failure> {
        let place = |field: &'static str| Place {
            line: Some(row.line),
            column: self.columns.get(field).copied(),
            field: Some(field),
        };
        let Ok(unit) = whom::unit(keeper, circle) else {
            return Ok(Err(Trouble::at(&place("circle"), "marks.no_circle", &[])));
        };
        let Ok(session) = whom::session(keeper, unit, number) else {
            return Ok(Err(Trouble::at(&place("session"), "marks.no_session", &[])));
        };
        let begun = begin(keeper, session, row.on, self.today)?;
        Ok(match begun {
            Ok(sheet) => Ok(Sheet { line: Some(row.line), ..sheet }),
            Err(code) => Err(Trouble::at(&place("session"), code, &[])),
        })
    }
}

/// One line for one sheet: the count, then every row that is not simply there: `14: 3a 7x 9l`.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    heads: u16,
    marks: BTreeMap<u16, PaperMark>,
}

impl Entry {
    fn read(text: &str) -> Option<Self> {
        let (heads, rest) = text.split_once(':')?;
        let mut marks = BTreeMap::new();
        let words = rest.split(|c: char| c.is_whitespace() || c == ',');
        for word in words.filter(|word| !word.is_empty()) {
            let letter = word.chars().next_back()?;
            let row = word.strip_suffix(letter)?.parse().ok()?;
            if marks.insert(row, PaperMark::of(letter)?).is_some() {
                return None;
            }
        }
        Some(Self { heads: heads.trim().parse().ok()?, marks })
    }
}

/// What is wrong with a line that was entered.
fn not_entered(wrong: impl IntoIterator<Item = Trouble>) -> Failure {
    let mut troubles = Troubles::default();
    wrong.into_iter().for_each(|trouble| troubles.push(trouble));
    let n = texts::count(troubles.total());
    Failure::new("cli.not_entered", &[("n", n)]).with_troubles(troubles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_the_count_and_who_was_not_simply_there() {
        let marks = [(3, PaperMark::Absent), (7, PaperMark::Excused), (9, PaperMark::Late)].into();
        let want = Some(Entry { heads: 14, marks });
        assert_eq!(Entry::read("14: 3a 7x 9l"), want);
        assert_eq!(Entry::read(" 14 :9L,7X, 3A"), want);
        assert_eq!(Entry::read("16:"), Some(Entry { heads: 16, marks: [].into() }));
        for wrong in ["", "14", "3a 7x", "14: a3", "14: 3", "14: 3q", "14: 3a 3l", "many: 3a"] {
            assert_eq!(Entry::read(wrong), None, "{wrong}");
        }
    }
}

//! Sheets of paper for the sessions of a week, and the table in which they come back.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use chrono::{NaiveDate, Weekday};
use circlekeeper::{Appointment, Asking, State};
use commons::{Code, MemberId};
use interchange::{Mapping, marks_table, read_marks};
use program_model::{Content, Model};
use serde_json::json;

use super::{
    Desk,
    page::{Leader, Page, Part},
    show::{when, within},
};
use crate::{
    args::{CalendarSheets, CalendarSpan, EncodingWord, Reading, SeparatorWord},
    commands::{card, erase::written, tables},
    exit::Exit,
    failure::Failure,
    place,
    store::{self, Opened},
    texts::{self, text},
};

const SHEET: Code = Code::of("calendar-sheet");

/// The table in which the marks of all sheets come back.
const TABLE: &str = "sheets.csv";

pub(crate) fn sheets(desk: &mut Desk, args: &CalendarSheets) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let mut keeper = store::looked_into(&place, &desk.globals, &mut desk.screen)?;
    let (_, card) = card::at_hand(&place, &mut desk.screen);
    let today = keeper.today()?;
    let (from, to) = week(args.week.unwrap_or(today));
    let span = CalendarSpan { unit: args.unit.clone(), from: Some(from), to: Some(to) };
    let mut calendar = within(&mut keeper, &span)?;
    calendar.retain(|it| it.state == State::ToCome);
    if calendar.is_empty() {
        let days = [("from", from.to_string().into()), ("to", to.to_string().into())];
        return Err(Failure::new("cli.no_sheets", &days));
    }
    if holds_marks(&mut keeper, &args.out.join(TABLE))? {
        return Err(Failure::new("cli.sheets_filled", &[("file", TABLE.into())]));
    }
    std::fs::create_dir_all(&args.out).map_err(|error| Failure::not_written(&error))?;
    let (mut rows, mut told, mut seats) = (Vec::new(), Vec::new(), Vec::new());
    for it in calendar {
        let name = file_name(&keeper, &it)?;
        let page = page(&mut keeper, it, args.names, &card)?;
        place::write(&args.out.join(&name), page.html().as_bytes())?;
        let it = &page.session;
        let of_seat = page
            .seats
            .iter()
            .map(|seat| (it.unit.short(), it.number, seat.row, seat.member.short()));
        seats.extend(of_seat);
        rows.push(vec![when(it.at), it.unit.short(), it.number.to_string(), name.clone()]);
        told.push(json!({ "unit_code": it.unit.short(), "number": it.number, "on": it.at.date, "file": name }));
    }
    let table = marks_table(seats).map_err(|_| Failure::new("cli.template", &[]))?;
    place::write(&args.out.join(TABLE), &table)?;
    let heads = [text!("head-when"), text!("head-unit"), text!("head-session"), text!("head-file")];
    let n = texts::count(rows.len());
    desk.screen.table(&heads, rows);
    desk.screen.say(texts::say("sheets-written", &[("n", n), ("file", TABLE.into())]));
    desk.screen.answer(&json!({ "folder": args.out, "sheets": told, "table": TABLE }));
    Ok(Exit::Done)
}

/// Whether a table that lies there holds something that was typed in and not yet taken in, or is another
/// table altogether: it is not written over.
fn holds_marks(keeper: &mut Opened, file: &Path) -> Result<bool, Failure> {
    if !file.exists() {
        return Ok(false);
    }
    let reading = Reading {
        encoding: EncodingWord::Auto,
        separator: SeparatorWord::Auto,
        columns: Vec::new(),
    };
    let Ok(table) = tables::read(file, &reading) else { return Ok(true) };
    let read = read_marks(&table, &Mapping::default()).found;
    if read.rows.is_empty() || !table.faults().is_empty() {
        return Ok(true);
    }
    let held: BTreeSet<_> = keeper
        .appointments(None)?
        .into_iter()
        .filter(|it| it.state == State::Held)
        .map(|it| (it.unit.short(), it.number))
        .collect();
    // What is of somebody else than the printed sheet: the columns that came empty, and any further one.
    let printed = ["circle", "session", "row", "seat"];
    let is_printed = |name: &String| printed.contains(&name.trim());
    let typed: Vec<_> =
        table.names().iter().enumerate().filter(|(_, name)| !is_printed(name)).collect();
    Ok(table.rows().zip(&read.rows).any(|(row, mark)| {
        let is_typed = typed.iter().any(|(column, _)| !row.cell(*column).is_empty());
        let session = mark.circle.as_deref().map(written).zip(mark.session);
        is_typed && session.is_none_or(|session| !held.contains(&session))
    }))
}

/// The week of a day, from Monday to Sunday.
fn week(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let week = day.week(Weekday::Mon);
    (week.checked_first_day().unwrap_or(day), week.checked_last_day().unwrap_or(day))
}

/// A name that tells nothing to whoever looks over a shoulder (B8), and is the same for a session at
/// every printing.
fn file_name(keeper: &Opened, it: &Appointment) -> Result<String, Failure> {
    let alias = keeper.alias(&SHEET, &it.session.bytes())?;
    let code: String = alias.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("doc-{code}.html"))
}

fn page(
    keeper: &mut Opened,
    session: Appointment,
    with_names: bool,
    card: &str,
) -> Result<Page, Failure> {
    let seats = keeper.seats(session.unit, session.at.date)?;
    let mut names = Names { asked: with_names, keeper };
    let mut of_seats = Vec::new();
    for seat in &seats {
        of_seats.extend(names.of(seat.member)?.map(|name| (*seat, name)));
    }
    let mut leaders = Vec::new();
    for (member, role) in &session.led_by {
        leaders.push((member.short(), names.of(*member)?, role));
    }
    let model = model(keeper, &session)?;
    let content = model.as_ref().map(Model::content);
    let leaders = leaders.into_iter().map(|(code, name, role)| Leader {
        code,
        name,
        role: content.map_or_else(|| texts::code("role", role.as_str()), |it| title_of(it, role)),
    });
    let lesson = content.and_then(|it| it.syllabus.iter().find(|it| it.n == session.number));
    Ok(Page {
        leaders: leaders.collect(),
        names: of_seats,
        theme: lesson
            .map(|lesson| (lesson.title.clone(), lesson.practice.clone()))
            .or_else(|| theme(&session)),
        special: lesson.zip(content).map(special).unwrap_or_default(),
        parts: parts(keeper, &session, content)?,
        choices: content.map(choices).unwrap_or_default(),
        card: card.to_owned(),
        demo: keeper.founded()?.demo,
        seats,
        session,
    })
}

/// Names, where they were asked for and may be seen.
struct Names<'a> {
    asked: bool,
    keeper: &'a mut Opened,
}

impl Names<'_> {
    fn of(&mut self, member: MemberId) -> Result<Option<String>, Failure> {
        if !self.asked {
            return Ok(None);
        }
        Ok(self.keeper.name_of(&Asking::coordinator(), member)?)
    }
}

/// The model of the circle of a session, where it is here.
fn model(keeper: &mut Opened, session: &Appointment) -> Result<Option<Model>, Failure> {
    let file = keeper.unit(session.unit)?;
    let Some(terms) = file.group.terms() else { return Ok(None) };
    let id = &terms.get().model.id;
    Ok(keeper.models()?.into_iter().find(|model| model.id() == id))
}

fn title_of(content: &Content, role: &Code) -> String {
    let title = content.roles.iter().find(|it| it.id == *role).map(|it| it.title.clone());
    title.unwrap_or_else(|| texts::code("role", role.as_str()))
}

fn theme(session: &Appointment) -> Option<(String, Option<String>)> {
    session.theme.as_ref().map(|theme| (texts::code("theme", theme.as_str()), None))
}

fn special((lesson, content): (&program_model::Lesson, &Content)) -> Vec<String> {
    let mut lines: Vec<_> =
        lesson.special.iter().map(|it| texts::code("special", it.as_str())).collect();
    if let Some(timepoint) = &lesson.timepoint {
        let known = content.timepoints.iter().find(|it| it.id == *timepoint);
        let title = known.map_or_else(|| timepoint.to_string(), |it| it.title.clone());
        lines.push(text!("sheet-measures", timepoint = title));
    }
    lines
}

/// The parts as the circle agreed on them, by the names that the model has for them.
fn parts(
    keeper: &mut Opened,
    session: &Appointment,
    content: Option<&Content>,
) -> Result<Vec<Part>, Failure> {
    let file = keeper.unit(session.unit)?;
    let agreed = file.group.terms_on(session.at.date).map(|(_, terms)| terms.get().agenda.clone());
    let titles: BTreeMap<usize, (u16, &str)> = content
        .and_then(|it| it.agenda.as_ref())
        .map(|agenda| agenda.segments.iter())
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(n, it)| (n, (it.minutes, it.title.as_str())))
        .collect();
    let parts = agreed.unwrap_or_default().segments.into_iter().enumerate().map(|(n, part)| {
        let of_model = titles.get(&n).filter(|(minutes, _)| *minutes == part.minutes);
        let kind = serde_json::to_value(part.kind).unwrap_or_default();
        let kind = kind.as_str().unwrap_or_default();
        let title = of_model.map(|(_, title)| (*title).to_owned());
        Part { title: title.unwrap_or_else(|| texts::code("segment", kind)), minutes: part.minutes }
    });
    Ok(parts.collect())
}

/// What a model offers for the center of a session, where no syllabus says what is done.
fn choices(content: &Content) -> Vec<String> {
    if !content.syllabus.is_empty() {
        return Vec::new();
    }
    let share = |percent: u16| {
        texts::say("share-of-time", &[("percent", report::Arg::Count(percent.into()))])
    };
    let kinds = content.activities.iter();
    kinds
        .map(|it| {
            format!("{} {}", texts::code("activity", it.kind.as_str()), share(it.share_percent))
        })
        .collect()
}

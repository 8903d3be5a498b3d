//! Sessions planned through the gates, moved and called off.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use circle_model::{LocalTime, Rhythm, Travel, Wall};
use circlekeeper::{Appointment, Room, SeriesStep, SeriesWish, State, gates::StandBy};
use commons::{Code, MemberId, UnitId};
use interchange::{Place, cell};
use serde_json::json;

use super::{
    Desk, days, reason,
    show::{Names, table, told, when},
    whom,
};
use crate::{
    args::{
        CalendarBeside, CalendarMove, CalendarPlan, CalendarSkip, EncodingWord, Reading,
        SeparatorWord,
    },
    commands::tables,
    exit::Exit,
    failure::Failure,
    store::{self, Opened},
    texts::{self, text},
    trouble::{Trouble, Troubles},
};

pub(crate) fn plan(desk: &mut Desk, args: &CalendarPlan) -> Result<Exit, Failure> {
    let exceptions = days::exceptions(&args.skip, args.reason.into())?;
    let place = desk.place()?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let unit = whom::unit(&mut keeper, &args.unit)?;
    let stand_by = stand_by(&mut keeper, &args.beside)?;
    let by_hand = (!args.dates.is_empty()).then(|| args.dates.iter().copied().collect());
    let first = args.from.or_else(|| args.dates.iter().min().copied());
    let wish = SeriesWish {
        first: first.unwrap_or(keeper.today()?),
        time: args.time,
        rhythm: by_hand.map(Rhythm::ByHand).or_else(|| args.every.clone()),
        exceptions,
        sessions: args.sessions.or_else(|| u16::try_from(args.dates.len()).ok().filter(|n| *n > 0)),
        minutes: args.minutes,
        led_by: leaders(&mut keeper, &args.lead)?,
    };
    let steps = keeper.lay_out(unit, &wish)?;
    let skipped: Vec<_> = steps.iter().filter_map(skipped).collect();
    if !steps.iter().any(|step| matches!(step, SeriesStep::Plan(_))) {
        return Err(Failure::new("cli.nothing_to_plan", &[]));
    }
    let proposed = |step: &SeriesStep| match step {
        SeriesStep::Plan(proposal) => Some((proposal.number, proposal.at.date)),
        SeriesStep::Skip { .. } => None,
    };
    let standing = keeper.appointments(Some(unit))?;
    let late = out_of_order(&standing, steps.iter().filter_map(proposed));
    let planned = if args.trial {
        trial(desk, unit, &steps)
    } else {
        let planned = keeper.plan_series(unit, &steps, &stand_by)?;
        let mut calendar = keeper.appointments(Some(unit))?;
        calendar.retain(|it| planned.contains(&it.session));
        say(desk, &mut keeper, &calendar)?;
        desk.screen.say(texts::say("calendar-planned", &[("n", texts::count(planned.len()))]));
        calendar.iter().map(told).collect()
    };
    for (on, why) in &skipped {
        let why = texts::code("not-held", why);
        desk.screen.say(text!("calendar-skipped", on = on.as_str(), why = why));
    }
    let late = say_order(desk, &late);
    for at in steps.iter().filter_map(moved_by_clock) {
        desk.screen.say(text!("calendar-clock", when = when(at)));
    }
    let skipped: Vec<_> = skipped.iter().map(|(on, why)| json!({ "on": on, "why": why })).collect();
    desk.screen.answer(&json!({
        "unit": unit,
        "trial": args.trial,
        "sessions": planned,
        "skipped": skipped,
        "out_of_order": late,
    }));
    Ok(Exit::Done)
}

/// The sessions that would come after one of a higher number, each with that number. It may be meant, to
/// make up for one that was called off; so it is told and not refused.
fn out_of_order(
    standing: &[Appointment],
    proposed: impl Iterator<Item = (u16, NaiveDate)>,
) -> BTreeSet<(u16, u16)> {
    let stands = |it: &&Appointment| matches!(it.state, State::ToCome | State::Held);
    let standing = || standing.iter().filter(stands).map(|it| (it.number, it.at.date));
    let pairs = proposed.flat_map(|(number, on)| {
        let before = standing().filter(|(_, day)| *day < on).map(|(other, _)| other).max();
        let after = standing().filter(|(_, day)| on < *day).map(|(other, _)| other).min();
        let before = before.filter(|other| number < *other).map(|other| (number, other));
        let after = after.filter(|other| *other < number).map(|other| (other, number));
        before.into_iter().chain(after)
    });
    pairs.collect()
}

/// Says which sessions come out of order, for people and for programs.
fn say_order(desk: &mut Desk, pairs: &BTreeSet<(u16, u16)>) -> Vec<serde_json::Value> {
    let mut told = Vec::with_capacity(pairs.len());
    for (number, after) in pairs {
        told.push(json!({ "number": number, "after": after }));
        let (number, after) = (number.to_string(), after.to_string());
        desk.screen.say(text!("calendar-out-of-order", number = number, after = after));
    }
    told
}

/// What would be planned, with nothing asked of the rules and nothing written.
fn trial(desk: &mut Desk, unit: UnitId, steps: &[SeriesStep]) -> Vec<serde_json::Value> {
    let mut rows = Vec::new();
    let mut told = Vec::new();
    for step in steps {
        let SeriesStep::Plan(proposal) = step else { continue };
        let leads: Vec<_> = proposal.led_by.keys().map(|member| member.short()).collect();
        let theme = proposal.theme.as_ref().map(|theme| texts::code("theme", theme.as_str()));
        rows.push(vec![
            when(proposal.at),
            unit.short(),
            proposal.number.to_string(),
            proposal.minutes.to_string(),
            theme.unwrap_or_default(),
            leads.join(", "),
            texts::code("session-state", "trial"),
        ]);
        told.push(json!({
            "number": proposal.number,
            "on": proposal.at.date,
            "time": proposal.at.time.format("%H:%M").to_string(),
            "minutes": proposal.minutes,
        }));
    }
    table(desk, rows);
    desk.screen.say(text!("calendar-trial"));
    told
}

fn skipped(step: &SeriesStep) -> Option<(String, String)> {
    match step {
        SeriesStep::Skip { on, why } => Some((on.to_string(), reason(*why))),
        SeriesStep::Plan(_) => None,
    }
}

/// A session whose time the clock leaves out on its day.
fn moved_by_clock(step: &SeriesStep) -> Option<LocalTime> {
    match step {
        SeriesStep::Plan(proposal) if proposal.at.instant().1 == Wall::Moved => Some(proposal.at),
        SeriesStep::Plan(_) | SeriesStep::Skip { .. } => None,
    }
}

fn say(desk: &mut Desk, keeper: &mut Opened, calendar: &[Appointment]) -> Result<(), Failure> {
    let mut names = Names::default();
    let mut rows = Vec::with_capacity(calendar.len());
    for it in calendar {
        rows.push(names.row(keeper, it)?);
    }
    table(desk, rows);
    Ok(())
}

pub(crate) fn reschedule(desk: &mut Desk, args: &CalendarMove) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let unit = whom::unit(&mut keeper, &args.unit)?;
    let session = whom::session(&mut keeper, unit, args.number)?;
    let stand_by = stand_by(&mut keeper, &args.beside)?;
    let time = args.time.unwrap_or(session.at.time);
    let at = LocalTime { date: args.to, time, ..session.at };
    let why = reason(args.reason.into()).parse().unwrap_or(Code::of("other"));
    keeper.move_session(unit, session.session, at, &why, &stand_by)?;
    let moved = whom::session(&mut keeper, unit, args.number)?;
    say(desk, &mut keeper, std::slice::from_ref(&moved))?;
    desk.screen.say(text!("calendar-was", when = when(session.at)));
    let mut standing = keeper.appointments(Some(unit))?;
    standing.retain(|it| it.session != session.session);
    let late = out_of_order(&standing, std::iter::once((moved.number, moved.at.date)));
    let late = say_order(desk, &late);
    desk.screen.answer(&json!({
        "session": told(&moved),
        "was_at": session.at.instant().0,
        "out_of_order": late,
    }));
    Ok(Exit::Done)
}

pub(crate) fn skip(desk: &mut Desk, args: &CalendarSkip) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let unit = whom::unit(&mut keeper, &args.unit)?;
    let session = whom::session(&mut keeper, unit, args.number)?;
    // What stands so already is not written again: a calendar would take it for another change.
    let is_skipped = session.state == State::NotHeld(args.reason.into());
    if is_skipped {
        desk.screen.say(text!("calendar-skipped-already"));
    } else {
        keeper.skip_session(unit, session.session, session.at.date, args.reason.into())?;
    }
    let calendar = keeper.appointments(Some(unit))?;
    let skipped = calendar.iter().find(|it| it.session == session.session);
    if let Some(skipped) = skipped {
        say(desk, &mut keeper, std::slice::from_ref(skipped))?;
    }
    desk.screen.say(text!("calendar-number-free", number = args.number.to_string()));
    desk.screen.answer(&json!({ "session": skipped.map(told) }));
    Ok(Exit::Done)
}

/// Who leads, each told as `CODE=ROLE`.
pub(super) fn leaders(
    keeper: &mut Opened,
    lead: &[String],
) -> Result<BTreeMap<MemberId, Code>, Failure> {
    let mut led_by = BTreeMap::new();
    for pair in lead {
        let unclear = || Failure::new("cli.lead", &[]);
        let (code, role) = pair.split_once('=').ok_or_else(unclear)?;
        let role = role.trim().parse().map_err(|_| unclear())?;
        led_by.insert(whom::member(keeper, code)?, role);
    }
    Ok(led_by)
}

fn stand_by(keeper: &mut Opened, beside: &CalendarBeside) -> Result<StandBy, Failure> {
    let mut stand_by =
        StandBy { travel: Travel::otherwise(beside.travel_minutes), ..StandBy::default() };
    for code in &beside.reachable {
        stand_by.reachable.insert(whom::member(keeper, code)?);
    }
    if let Some(file) = &beside.travel {
        stand_by.travel = ways(file, stand_by.travel)?;
    }
    Ok(stand_by)
}

/// A table of ways: from, to, and minutes.
fn ways(file: &std::path::Path, mut travel: Travel<Room>) -> Result<Travel<Room>, Failure> {
    let reading = Reading {
        encoding: EncodingWord::Auto,
        separator: SeparatorWord::Auto,
        columns: Vec::new(),
    };
    let table = tables::read(file, &reading)?;
    let mut troubles = Troubles::default();
    let mut column = |field: &'static str| {
        let is_it = |name: &String| name.trim().eq_ignore_ascii_case(field);
        let found = table.names().iter().position(is_it);
        if found.is_none() {
            let args = [("cell", field.into()), ("field", field.into())];
            troubles.push(Trouble::at(&Place::FILE, "column.missing", &args));
        }
        found
    };
    let columns = [column("from"), column("to"), column("minutes")];
    let [Some(from), Some(to), Some(minutes)] = columns else { return Err(troubles.into()) };
    for row in table.rows() {
        let room = |column: usize| Room::called(row.cell(column));
        let time = cell::integer(row.cell(minutes), 0, 1440);
        match (room(from), room(to), time) {
            (Some(one), Some(other), Ok(Some(time))) => {
                travel = travel.with(&one, &other, u16::try_from(time).unwrap_or(u16::MAX));
            }
            _ => troubles.push(Trouble::at(&Place::line(row.line()), "cli.way", &[])),
        }
    }
    if troubles.is_empty() { Ok(travel) } else { Err(troubles.into()) }
}

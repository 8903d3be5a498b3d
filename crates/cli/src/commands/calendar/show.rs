//! The calendar as a table. Works locked.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use circle_model::LocalTime;
use circlekeeper::{Appointment, Asking, State};
use commons::UnitId;
use serde_json::json;

use super::{Desk, whom};
use crate::{
    args::{CalendarShow, CalendarSpan},
    exit::Exit,
    failure::Failure,
    store::{self, Opened},
    texts::{self, text},
};

pub(crate) fn show(desk: &mut Desk, args: &CalendarShow) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let mut keeper = if args.names {
        store::looked_into(&place, &desk.globals, &mut desk.screen)?
    } else {
        store::look(&place, &mut desk.screen)?
    };
    let calendar = within(&mut keeper, &args.span)?;
    let mut names = Names { given: args.names, units: BTreeMap::new() };
    let mut rows = Vec::with_capacity(calendar.len());
    for it in &calendar {
        rows.push(names.row(&mut keeper, it)?);
    }
    if calendar.is_empty() {
        desk.screen.say(text!("calendar-empty"));
    } else {
        table(desk, rows);
    }
    desk.screen.answer(&json!({ "sessions": calendar.iter().map(told).collect::<Vec<_>>() }));
    Ok(Exit::Done)
}

/// The sessions that are meant, in the order of their times.
pub(crate) fn within(
    keeper: &mut Opened,
    span: &CalendarSpan,
) -> Result<Vec<Appointment>, Failure> {
    let unit = match &span.unit {
        Some(code) => Some(whom::unit(keeper, code)?),
        None => None,
    };
    let mut calendar = keeper.appointments(unit)?;
    let from = span.from.unwrap_or(NaiveDate::MIN);
    let to = span.to.unwrap_or(NaiveDate::MAX);
    calendar.retain(|it| (from..=to).contains(&it.at.date) && it.state != State::TakenBack);
    Ok(calendar)
}

pub(crate) fn table(desk: &mut Desk, rows: Vec<Vec<String>>) {
    let heads = [
        text!("head-when"),
        text!("head-unit"),
        text!("head-session"),
        text!("head-minutes"),
        text!("head-theme"),
        text!("head-leads"),
        text!("head-state"),
    ];
    desk.screen.table(&heads, rows);
}

/// What units are called, where that was asked for.
#[derive(Default)]
pub(crate) struct Names {
    given: bool,
    units: BTreeMap<UnitId, String>,
}

impl Names {
    pub(crate) fn row(
        &mut self,
        keeper: &mut Opened,
        it: &Appointment,
    ) -> Result<Vec<String>, Failure> {
        let theme = it.theme.as_ref().map(|theme| texts::code("theme", theme.as_str()));
        let leads: Vec<_> = it.led_by.keys().map(|member| member.short()).collect();
        Ok(vec![
            when(it.at),
            self.unit(keeper, it.unit)?,
            it.number.to_string(),
            it.minutes.to_string(),
            theme.unwrap_or_default(),
            leads.join(", "),
            state(it),
        ])
    }

    fn unit(&mut self, keeper: &mut Opened, unit: UnitId) -> Result<String, Failure> {
        if !self.given {
            return Ok(unit.short());
        }
        if let Some(known) = self.units.get(&unit) {
            return Ok(known.clone());
        }
        let words = keeper.unit_words(&Asking::coordinator(), unit)?;
        let name = words.known().map(|words| words.name.as_str()).unwrap_or_default();
        let told = text!("calendar-unit", code = unit.short(), name = name);
        self.units.insert(unit, told.clone());
        Ok(told)
    }
}

/// A day and a time on the wall, with the day of the week.
pub(crate) fn when(at: LocalTime) -> String {
    let day = texts::code("weekday", &at.date.weekday().num_days_from_monday().to_string());
    text!(
        "calendar-when",
        day = day,
        on = at.date.to_string(),
        time = at.time.format("%H:%M").to_string()
    )
}

pub(crate) fn state(it: &Appointment) -> String {
    let word = match it.state {
        State::ToCome => texts::code("session-state", "to_come"),
        State::Held => texts::code("session-state", "held"),
        State::TakenBack => texts::code("session-state", "taken_back"),
        State::NotHeld(why) => {
            let why = texts::code("not-held", &super::reason(why));
            return text!("calendar-not-held", why = why);
        }
    };
    let moved = it.state == State::ToCome && it.changes > 0;
    if moved { text!("calendar-moved", state = word) } else { word }
}

pub(crate) fn told(it: &Appointment) -> serde_json::Value {
    let led_by = it.led_by.iter();
    let led_by =
        led_by.map(|(who, role)| json!({ "code": who.short(), "member": who, "role": role }));
    let (state, why) = match it.state {
        State::ToCome => ("to_come", None),
        State::Held => ("held", None),
        State::NotHeld(why) => ("not_held", Some(why)),
        State::TakenBack => ("taken_back", None),
    };
    json!({
        "unit": it.unit,
        "unit_code": it.unit.short(),
        "session": it.session,
        "number": it.number,
        "on": it.at.date,
        "time": it.at.time.format("%H:%M").to_string(),
        "zone": it.at.zone,
        "at": it.at.instant().0,
        "minutes": it.minutes,
        "theme": it.theme,
        "led_by": led_by.collect::<Vec<_>>(),
        "state": state,
        "why": why,
        "changes": it.changes,
    })
}

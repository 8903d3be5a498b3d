//! The calendar to take along: one iCalendar feed (RFC 5545) for each who leads, telling nothing.
//!
//! Whoever sees a telephone sees an appointment and its time. The name of the file, and what
//! identifies an entry in it, are aliases: the same at every export, so that a moved session moves in
//! the calendar too, and leading to nobody without the passphrase. Times are instants (UTC): a zone
//! would tell where, and a calendar shows them by its own clock.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use circlekeeper::{Appointment, Asking, State};
use commons::{Code, MemberId, UnitId};
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus};
use serde_json::json;

use super::Desk;
use crate::{
    args::CalendarExport,
    exit::Exit,
    failure::Failure,
    place, store,
    store::Opened,
    texts::{self, text},
};

/// How far a feed looks back, in days, where nothing is said.
const BACK: Days = Days::new(28);

const FEED: Code = Code::of("calendar-feed");
const ENTRY: Code = Code::of("calendar-entry");

pub(crate) fn export(desk: &mut Desk, args: &CalendarExport) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let mut keeper = store::looked_into(&place, &desk.globals, &mut desk.screen)?;
    let today = keeper.today()?;
    let from = args.from.or_else(|| today.checked_sub_days(BACK)).unwrap_or(today);
    let feeds = feeds(&mut keeper, from)?;
    let places = if args.place { places(&mut keeper, &feeds)? } else { BTreeMap::new() };
    std::fs::create_dir_all(&args.out).map_err(|error| Failure::not_written(&error))?;
    let now = keeper.now();
    let (mut rows, mut told) = (Vec::new(), Vec::new());
    for (member, entries) in &feeds {
        let name = format!("{}.ics", hex(keeper.alias(&FEED, &member.bytes())?));
        let mut calendar = empty();
        for entry in entries {
            let alias = keeper.alias(&ENTRY, &[member.bytes(), entry.session.bytes()].concat())?;
            calendar.push(event(entry, &hex(alias), now, places.get(&entry.unit)));
        }
        place::write(&args.out.join(&name), calendar.to_string().as_bytes())?;
        rows.push(vec![member.short(), entries.len().to_string(), name.clone()]);
        told.push(json!({ "code": member.short(), "entries": entries.len(), "file": name }));
    }
    let heads = [text!("head-leads"), text!("head-sessions"), text!("head-file")];
    desk.screen.table(&heads, rows);
    desk.screen.say(texts::say("calendar-feeds", &[("n", texts::count(feeds.len()))]));
    desk.screen.answer(&json!({ "folder": args.out, "feeds": told }));
    Ok(Exit::Done)
}

/// The appointments of everybody who leads, from a day on; those that were called off too, so that
/// they leave no gap behind in a calendar that has them.
fn feeds(
    keeper: &mut Opened,
    from: NaiveDate,
) -> Result<BTreeMap<MemberId, Vec<Appointment>>, Failure> {
    let mut feeds: BTreeMap<MemberId, Vec<Appointment>> = BTreeMap::new();
    for entry in keeper.appointments(None)?.into_iter().filter(|it| from <= it.at.date) {
        for member in entry.led_by.keys() {
            feeds.entry(*member).or_default().push(entry.clone());
        }
    }
    Ok(feeds)
}

/// Where each unit meets, for somebody who asked for it.
fn places(
    keeper: &mut Opened,
    feeds: &BTreeMap<MemberId, Vec<Appointment>>,
) -> Result<BTreeMap<UnitId, String>, Failure> {
    let mut places = BTreeMap::new();
    for entry in feeds.values().flatten() {
        if places.contains_key(&entry.unit) {
            continue;
        }
        let words = keeper.unit_words(&Asking::coordinator(), entry.unit)?;
        if let Some(place) = words.known().and_then(|words| words.place.clone()) {
            places.insert(entry.unit, place);
        }
    }
    Ok(places)
}

/// A calendar that says neither what it is of nor what made it.
fn empty() -> Calendar {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Calendar//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar
}

fn event(entry: &Appointment, uid: &str, now: DateTime<Utc>, place: Option<&String>) -> Event {
    let starts_at = entry.at.instant().0;
    let called_off = match entry.state {
        State::ToCome | State::Held => false,
        State::NotHeld(_) | State::TakenBack => true,
    };
    let mut event = Event::with_uid(uid);
    event
        .timestamp(now)
        .starts(starts_at)
        .ends(starts_at + TimeDelta::minutes(entry.minutes.into()))
        .summary(&text!("calendar-entry"))
        .class(Class::Private)
        .sequence(entry.changes)
        .status(if called_off { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if let Some(place) = place {
        event.location(place);
    }
    event.done()
}

fn hex(bytes: [u8; 16]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

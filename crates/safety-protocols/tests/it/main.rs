//! Stories and laws of safety, a module for each thing people do.
#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a story that cannot go on stops its test"
)]

mod aggregates;
mod card;
mod charter;
mod consent;
mod engine;
mod gate;
mod matter;
mod referral;
mod rules;
mod schema;
mod service;
mod supervision;
mod vectors;
mod words;
mod workload;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use commons::{Code, EventId};
use safety_protocols::{Circumstances, local};

/// A local time, such as `2026-03-07 22:30`.
fn at(text: &str, zone: Tz) -> DateTime<Utc> {
    let wall = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    local(wall, zone)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(text: &'static str) -> Code {
    Code::of(text)
}

fn id(n: u128) -> EventId {
    EventId::number(n)
}

fn kigali() -> Circumstances {
    Circumstances::new(chrono_tz::Africa::Kigali)
}

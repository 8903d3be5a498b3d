//! Lengths of time as rules say them, and the instants they lead to.

use std::{borrow::Cow, fmt, str::FromStr};

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::Calendar;

/// A length of time: `15 minutes`, `24 hours`, `7 days`, `5 working days`.
///
/// Hours and minutes are elapsed time, nights, weekends and clock changes included (ENG-05).
/// Days end with the last second of a local day: what is due in seven days from the first of
/// October may be done until midnight of the eighth. Working days skip weekends and holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'static, str>", into = "String")]
pub enum Span {
    /// Elapsed minutes.
    Minutes(u32),
    /// Local days, to the end of the last.
    Days(u16),
    /// Local days that are neither weekend nor holiday, to the end of the last.
    WorkingDays(u16),
}

/// Why a text is not a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a length of time: a number and `minutes`, `hours`, `days` or `working days` are wanted"
)]
pub struct SpanError;

impl Span {
    /// Elapsed hours.
    #[must_use]
    pub const fn hours(hours: u32) -> Self {
        Self::Minutes(hours.saturating_mul(60))
    }

    /// The instant at which this span, begun at `from`, is over.
    #[must_use]
    pub fn after(self, from: DateTime<Utc>, zone: Tz, calendar: &Calendar) -> DateTime<Utc> {
        let day = from.with_timezone(&zone).date_naive();
        match self {
            Self::Minutes(minutes) => from
                .checked_add_signed(TimeDelta::minutes(i64::from(minutes)))
                .unwrap_or(DateTime::<Utc>::MAX_UTC),
            Self::Days(days) => end_of_day(later(day, u64::from(days)), zone),
            Self::WorkingDays(days) => end_of_day(calendar.working_day_after(day, days), zone),
        }
    }
}

/// The day `days` after another; the last day there is when there are no more.
pub(crate) fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// The last second of a local day.
#[must_use]
pub fn end_of_day(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    local(day.and_time(last_second()), zone)
}

/// Noon of a local day: the instant that stands for facts of which only the day is known.
#[must_use]
pub fn noon(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    local(day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()), zone)
}

fn last_second() -> NaiveTime {
    NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default()
}

/// The instant of a local wall clock. Of two (clocks went back) the earlier, since a deadline is
/// never lengthened by a clock; of none (clocks went forward) the first one after.
#[must_use]
pub fn local(wall: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let step = TimeDelta::minutes(30);
    let mut at = Some(wall);
    // Samoa once left out a whole day: 48 half hours, and one more.
    for _ in 0..50 {
        let Some(tried) = at else { break };
        if let Some(found) = tried.and_local_timezone(zone).earliest() {
            return found.with_timezone(&Utc);
        }
        at = tried.checked_add_signed(step);
    }
    wall.and_utc()
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let (number, unit) = text.split_once(' ').ok_or(SpanError)?;
        let number: u32 = number.parse().map_err(|_| SpanError)?;
        let days = || u16::try_from(number).map_err(|_| SpanError);
        match unit {
            "minute" | "minutes" => Ok(Self::Minutes(number)),
            "hour" | "hours" => number.checked_mul(60).map(Self::Minutes).ok_or(SpanError),
            "day" | "days" => days().map(Self::Days),
            "working day" | "working days" => days().map(Self::WorkingDays),
            _ => Err(SpanError),
        }
    }
}

impl TryFrom<Cow<'static, str>> for Span {
    type Error = SpanError;
    fn try_from(text: Cow<'static, str>) -> Result<Self, SpanError> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match *self {
            Self::Minutes(minutes) if minutes > 0 && minutes % 60 == 0 => (minutes / 60, "hour"),
            Self::Minutes(minutes) => (minutes, "minute"),
            Self::Days(days) => (u32::from(days), "day"),
            Self::WorkingDays(days) => (u32::from(days), "working day"),
        };
        let plural = if number == 1 { "" } else { "s" };
        write!(f, "{number} {unit}{plural}")
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Span {
    fn schema_name() -> Cow<'static, str> {
        "Span".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]+ (minute|hour|day|working day)s?$" })
    }
}

//! How much one keeper carries: rest, sessions in a day, hours, weeks off.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use commons::{Code, Refused, Rule};
use serde::{Deserialize, Serialize};

use crate::Rulebook;

/// One piece of work of one keeper: a session, or office hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Shift {
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Whether it is a session with people.
    pub session: bool,
}

/// The figures by which work is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WorkLimits {
    /// The fewest minutes between the end of one day's work and the start of the next (WL-03;
    /// 11 hours: Directive 2003/88/EC, article 3).
    pub rest_minutes: u32,
    /// The most sessions in a day (WL-02, our own default).
    pub sessions_a_day: u32,
    /// The fewest minutes between two sessions (WL-02, our own default).
    pub pause_minutes: u32,
    /// The most hours in a week; none unless the program sets it (U-17).
    pub hours_a_week: Option<u32>,
    /// In how many weeks one must be free (U-17, our own default: 13).
    pub weeks_to_a_week_off: u32,
}

impl WorkLimits {
    /// The figures of a rulebook. Those it lacks are those we ship.
    #[must_use]
    pub fn of(book: &Rulebook) -> Self {
        let limit =
            |rule: &'static str, name: &'static str| book.limit(&Rule::of(rule), &Code::of(name));
        Self {
            rest_minutes: limit("WL-03", "rest_minutes").unwrap_or(660),
            sessions_a_day: limit("WL-02", "sessions_a_day").unwrap_or(2),
            pause_minutes: limit("WL-02", "pause_minutes").unwrap_or(60),
            hours_a_week: limit("U-17", "hours_a_week"),
            weeks_to_a_week_off: limit("U-17", "weeks_to_a_week_off").unwrap_or(13),
        }
    }
}

/// Why one more shift is too much.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error, serde::Serialize,
)]
#[non_exhaustive]
pub enum WorkError {
    /// Too little rest between two days.
    #[error("{rest_minutes} minutes of rest before {on}, {fewest} are the fewest")]
    TooLittleRest {
        /// The day on which work starts too early.
        on: NaiveDate,
        /// Minutes of rest.
        rest_minutes: i64,
        /// The fewest.
        fewest: u32,
    },
    /// Too little time between two sessions.
    #[error("{pause_minutes} minutes between sessions on {on}, {fewest} are the fewest")]
    TooLittlePause {
        /// The day.
        on: NaiveDate,
        /// Minutes between; fewer than none where they overlap.
        pause_minutes: i64,
        /// The fewest.
        fewest: u32,
    },
    /// Too many sessions in a day.
    #[error("{sessions} sessions on {on}, {most} are the most")]
    TooManySessions {
        /// The day.
        on: NaiveDate,
        /// How many.
        sessions: u32,
        /// The most.
        most: u32,
    },
    /// Too many hours in a week.
    #[error("{minutes} minutes in the week of {monday}, {most_hours} hours are the most")]
    TooManyHours {
        /// The Monday of the week.
        monday: NaiveDate,
        /// Minutes of work.
        minutes: i64,
        /// The most, in hours.
        most_hours: u32,
    },
    /// No week off for too long.
    #[error("no week off in the {weeks} weeks up to that of {monday}")]
    NoWeekOff {
        /// The Monday of the last of them.
        monday: NaiveDate,
        /// How many weeks.
        weeks: u32,
    },
}

impl Refused for WorkError {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLittleRest { .. } => "work.too_little_rest",
            Self::TooLittlePause { .. } => "work.too_little_pause",
            Self::TooManySessions { .. } => "work.too_many_sessions",
            Self::TooManyHours { .. } => "work.too_many_hours",
            Self::NoWeekOff { .. } => "work.no_week_off",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        Some(match self {
            Self::TooLittleRest { .. } => Rule::of("WL-03"),
            Self::TooLittlePause { .. } | Self::TooManySessions { .. } => Rule::of("WL-02"),
            Self::TooManyHours { .. } | Self::NoWeekOff { .. } => Rule::of("U-17"),
        })
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::TooLittleRest { .. } => "Start later, or ask a trained substitute.",
            Self::TooLittlePause { .. } => "Leave more time between the two.",
            Self::TooManySessions { .. } => "Move one to another day, or share the day.",
            Self::TooManyHours { .. } => "Share the week with somebody.",
            Self::NoWeekOff { .. } => "Name who covers, and take the week.",
        }
    }
}

/// Everything that is too much in the work of one keeper, in local days of a zone.
///
/// The same list serves a plan (with the new shift in it, what it adds is refused) and a record.
#[must_use]
pub fn overload(shifts: &[Shift], zone: Tz, limits: WorkLimits) -> BTreeSet<WorkError> {
    let shifts: BTreeSet<Shift> =
        shifts.iter().filter(|shift| shift.starts_at < shift.ends_at).copied().collect();
    let mut found = gaps(&shifts, zone, limits);
    found.extend(days(&shifts, zone, limits));
    found.extend(weeks(&shifts, zone, limits));
    found
}

/// What one more shift would make too much, that was not before.
///
/// # Errors
///
/// All of it.
pub fn may_work(
    shifts: &[Shift],
    more: Shift,
    zone: Tz,
    limits: WorkLimits,
) -> Result<(), BTreeSet<WorkError>> {
    let before = overload(shifts, zone, limits);
    let with: Vec<_> = shifts.iter().copied().chain([more]).collect();
    let added: BTreeSet<_> = overload(&with, zone, limits).difference(&before).copied().collect();
    if added.is_empty() { Ok(()) } else { Err(added) }
}

fn day_of(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// Between two pieces of work: of one day a pause, of two days a rest.
fn gaps(shifts: &BTreeSet<Shift>, zone: Tz, limits: WorkLimits) -> BTreeSet<WorkError> {
    let mut found = BTreeSet::new();
    for (one, next) in shifts.iter().zip(shifts.iter().skip(1)) {
        let minutes = next.starts_at.signed_duration_since(one.ends_at).num_minutes();
        let one_day = day_of(one.starts_at, zone) == day_of(next.starts_at, zone);
        if !one_day && minutes < i64::from(limits.rest_minutes) {
            found.insert(WorkError::TooLittleRest {
                on: day_of(next.starts_at, zone),
                rest_minutes: minutes,
                fewest: limits.rest_minutes,
            });
        }
        let both = one.session && next.session;
        if one_day && both && minutes < i64::from(limits.pause_minutes) {
            found.insert(WorkError::TooLittlePause {
                on: day_of(next.starts_at, zone),
                pause_minutes: minutes,
                fewest: limits.pause_minutes,
            });
        }
    }
    found
}

fn days(shifts: &BTreeSet<Shift>, zone: Tz, limits: WorkLimits) -> BTreeSet<WorkError> {
    let mut count: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for shift in shifts.iter().filter(|shift| shift.session) {
        *count.entry(day_of(shift.starts_at, zone)).or_default() += 1;
    }
    count
        .into_iter()
        .filter(|(_, sessions)| limits.sessions_a_day < *sessions)
        .map(|(on, sessions)| WorkError::TooManySessions {
            on,
            sessions,
            most: limits.sessions_a_day,
        })
        .collect()
}

fn weeks(shifts: &BTreeSet<Shift>, zone: Tz, limits: WorkLimits) -> BTreeSet<WorkError> {
    let mut worked: BTreeMap<NaiveDate, TimeDelta> = BTreeMap::new();
    for shift in shifts {
        let time = shift.ends_at.signed_duration_since(shift.starts_at);
        *worked.entry(monday(day_of(shift.starts_at, zone))).or_default() += time;
    }
    let mut found = BTreeSet::new();
    let mut run = 0_u32;
    let mut last: Option<NaiveDate> = None;
    for (monday, time) in worked {
        if let Some(most_hours) = limits.hours_a_week
            && TimeDelta::hours(most_hours.into()) < time
        {
            found.insert(WorkError::TooManyHours {
                monday,
                minutes: time.num_minutes(),
                most_hours,
            });
        }
        let follows = last.and_then(|last| last.checked_add_days(Days::new(7))) == Some(monday);
        run = if follows { run + 1 } else { 1 };
        last = Some(monday);
        if limits.weeks_to_a_week_off <= run {
            found.insert(WorkError::NoWeekOff { monday, weeks: limits.weeks_to_a_week_off });
        }
    }
    found
}

fn monday(day: NaiveDate) -> NaiveDate {
    let since = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(since)).unwrap_or(NaiveDate::MIN)
}

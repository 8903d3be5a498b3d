//! Times of the week, as people say them.

use std::{fmt, str::FromStr};

use chrono::{NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

/// A time of the week at which a circle begins: `mon 14:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MeetingTime {
    /// On which day.
    pub day: Weekday,
    /// When it begins, on the clock of the place.
    pub at: NaiveTime,
}

/// When somebody is free in a week: all of a day (`mon`), from a time until another (`mon 14:00-17:00`), or for a circle that
/// begins at a time (`mon 14:00`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FreeTime {
    day: Weekday,
    // Invariant: where there is a span, it begins before it ends.
    span: Option<(NaiveTime, Option<NaiveTime>)>,
}

/// Why a text is no time of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("a time of the week is a day and hours, such as `mon 14:00` or `sat 9:00-12:00`")]
pub struct WeeklyTimeError;

impl commons::Refused for WeeklyTimeError {
    fn code(&self) -> &'static str {
        "calendar.weekly_time"
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        "write a day and hours: `mon 14:00`, `mon 14:00-17:00`, or `mon` for the whole day"
    }
}

impl FreeTime {
    /// Free for a circle that begins at a time.
    #[must_use]
    pub const fn at(time: MeetingTime) -> Self {
        Self { day: time.day, span: Some((time.at, None)) }
    }

    /// Whether somebody can sit in a circle that begins then and lasts so many minutes.
    #[must_use]
    pub fn holds(self, time: MeetingTime, minutes: u16) -> bool {
        self.day == time.day
            && match self.span {
                None => true,
                Some((from, None)) => from == time.at,
                Some((from, Some(until))) => {
                    let (end, past_midnight) =
                        time.at.overflowing_add_signed(TimeDelta::minutes(minutes.into()));
                    from <= time.at && past_midnight == 0 && end <= until
                }
            }
    }

    /// Whether it has hours that no circle of so many minutes fits between.
    #[must_use]
    pub fn is_shorter_than(self, minutes: u16) -> bool {
        let begins = self.span.map(|(at, _)| MeetingTime { day: self.day, at });
        begins.is_some_and(|time| !self.holds(time, minutes))
    }

    /// When a circle of so many minutes can begin: at the one time, or at the beginning of the span and every full hour after it
    /// that leaves room. A whole day names no time by itself.
    pub fn beginnings(self, minutes: u16) -> impl Iterator<Item = MeetingTime> {
        let (day, span) = (self.day, self.span);
        let first = span.map(|(from, _)| from);
        let hours = (0..24).filter_map(move |hour| {
            let at = NaiveTime::from_hms_opt(hour, 0, 0)?;
            (first? < at && matches!(span, Some((_, Some(_))))).then_some(at)
        });
        first
            .into_iter()
            .chain(hours)
            .map(move |at| MeetingTime { day, at })
            .filter(move |time| self.holds(*time, minutes))
    }
}

/// The days, by the two letters that tell them apart and their number from Monday.
fn day(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let found = names.iter().position(|name| word.len() >= 2 && name.starts_with(&word));
    let number = || word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let number = found.or_else(number).filter(|number| *number < names.len())?;
    Weekday::try_from(u8::try_from(number).ok()?).ok()
}

fn clock(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let (hours, minutes) = text.split_once([':', 'h', '.']).unwrap_or((text, "00"));
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)
}

impl FromStr for MeetingTime {
    type Err = WeeklyTimeError;
    fn from_str(text: &str) -> Result<Self, WeeklyTimeError> {
        match text.parse()? {
            FreeTime { day, span: Some((at, None)) } => Ok(Self { day, at }),
            FreeTime { .. } => Err(WeeklyTimeError),
        }
    }
}

impl FromStr for FreeTime {
    type Err = WeeklyTimeError;
    fn from_str(text: &str) -> Result<Self, WeeklyTimeError> {
        let text = text.trim();
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let day = day(word).ok_or(WeeklyTimeError)?;
        let rest = rest.trim();
        if rest.is_empty() {
            return Ok(Self { day, span: None });
        }
        let (from, until) = match rest.split_once(['-', '–']) {
            None => (rest, None),
            Some((from, until)) => (from, Some(until)),
        };
        let from = clock(from).ok_or(WeeklyTimeError)?;
        let until = until.map(|until| clock(until).ok_or(WeeklyTimeError)).transpose()?;
        if until.is_some_and(|until| until <= from) {
            return Err(WeeklyTimeError);
        }
        Ok(Self { day, span: Some((from, until)) })
    }
}

/// By day and time of the day.
impl Ord for MeetingTime {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |time: &Self| (time.day.num_days_from_monday(), time.at);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for MeetingTime {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for MeetingTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        FreeTime::at(*self).fmt(f)
    }
}

impl fmt::Display for FreeTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.day.to_string().to_lowercase())?;
        if let Some((from, until)) = self.span {
            write!(f, " {}", from.format("%H:%M"))?;
            if let Some(until) = until {
                write!(f, "-{}", until.format("%H:%M"))?;
            }
        }
        Ok(())
    }
}

impl TryFrom<String> for MeetingTime {
    type Error = WeeklyTimeError;
    fn try_from(text: String) -> Result<Self, WeeklyTimeError> {
        text.parse()
    }
}

impl From<MeetingTime> for String {
    fn from(time: MeetingTime) -> Self {
        time.to_string()
    }
}

impl TryFrom<String> for FreeTime {
    type Error = WeeklyTimeError;
    fn try_from(text: String) -> Result<Self, WeeklyTimeError> {
        text.parse()
    }
}

impl From<FreeTime> for String {
    fn from(time: FreeTime) -> Self {
        time.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(text: &str) -> FreeTime {
        text.parse().expect("a time")
    }

    fn meets(text: &str) -> MeetingTime {
        text.parse().expect("a time")
    }

    #[test]
    fn days_and_hours_are_read_as_people_write_them() {
        for (text, told) in [
            ("Monday 14:00", "mon 14:00"),
            ("tu 9", "tue 09:00"),
            ("SAT 9h30-12", "sat 09:30-12:00"),
            ("7 8.15", "sun 08:15"),
            ("wed", "wed"),
        ] {
            assert_eq!(free(text).to_string(), told);
        }
        for text in ["", "m 14:00", "mon 25:00", "mon 14:00-14:00", "8", "14:00", "mon 14:00-"] {
            assert_eq!(text.parse::<FreeTime>(), Err(WeeklyTimeError), "{text}");
        }
        assert_eq!("mon".parse::<MeetingTime>(), Err(WeeklyTimeError));
    }

    #[test]
    fn a_span_holds_a_circle_from_beginning_to_end() {
        assert!(free("mon 14:00-17:00").holds(meets("mon 15:00"), 120));
        assert!(!free("mon 14:00-17:00").holds(meets("mon 15:30"), 120));
        assert!(!free("mon 14:00-17:00").holds(meets("tue 15:00"), 120));
        assert!(free("mon").holds(meets("mon 23:30"), 120));
        assert!(!free("mon 22:00-23:59").holds(meets("mon 23:00"), 120));
        assert!(free("mon 14:00").holds(meets("mon 14:00"), 120));
        assert!(!free("mon 14:00").holds(meets("mon 14:30"), 30));
        assert!(free("mon 14:00-15:00").is_shorter_than(90));
        for text in ["mon 14:00-15:30", "mon 14:00", "mon"] {
            assert!(!free(text).is_shorter_than(90), "{text}");
        }
    }

    #[test]
    fn a_facilitators_hours_name_the_times_at_which_circles_can_begin() {
        let told = |text: &str| {
            free(text).beginnings(120).map(|time| time.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(told("mon 14:00"), ["mon 14:00"]);
        assert_eq!(told("mon 13:30-17:00"), ["mon 13:30", "mon 14:00", "mon 15:00"]);
        assert!(told("mon").is_empty());
        assert!(told("mon 14:00-15:00").is_empty());
    }
}

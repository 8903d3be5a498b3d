//! Which of several submissions of one sheet is the newest.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use outcomes::{ColumnIx, PersonIx};

/// When something was submitted: a time, or a number that grows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Time {
    /// Microseconds since 1970.
    At(i64),
    /// A number.
    Number(i64),
}

impl Time {
    /// The time that a text says.
    pub(super) fn of(text: &str) -> Option<Self> {
        if let Ok(number) = text.parse() {
            return Some(Self::Number(number));
        }
        let with_zone = DateTime::parse_from_rfc3339(text)
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
            .map(|time| time.timestamp_micros());
        let plain = || {
            ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
                .iter()
                .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        };
        let day = || {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            day.and_hms_opt(0, 0, 0)
        };
        let at = with_zone.ok();
        at.or_else(|| plain().or_else(day).map(|time| time.and_utc().timestamp_micros()))
            .map(Self::At)
    }

    /// Which is later. A number and a time cannot be compared: then the later line is the newer one.
    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::At(one), Self::At(other)) | (Self::Number(one), Self::Number(other)) => {
                one.cmp(&other)
            }
            (Self::At(_), Self::Number(_)) | (Self::Number(_), Self::At(_)) => Ordering::Equal,
        }
    }
}

/// A row of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Which file of sheets.
    pub(super) file: usize,
    /// The line.
    pub(super) line: u64,
}

/// The newest submission of each person's sheet.
#[derive(Debug, Default)]
pub(super) struct Newest {
    sheets: BTreeMap<(PersonIx, ColumnIx), (Time, Place)>,
}

impl Newest {
    pub(super) fn note(&mut self, person: PersonIx, column: ColumnIx, time: Time, place: Place) {
        let newest = self.sheets.entry((person, column)).or_insert((time, place));
        if time.compare(newest.0) != Ordering::Less {
            *newest = (time, place);
        }
    }

    /// Whether a row holds the newest submission of a sheet, or the only one.
    pub(super) fn is(&self, person: PersonIx, column: ColumnIx, place: Place) -> bool {
        self.sheets.get(&(person, column)).is_none_or(|(_, newest)| *newest == place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_compared_whatever_their_zone() {
        let time = |text| Time::of(text).unwrap();
        let later = |one, other| time(one).compare(time(other)) == Ordering::Greater;
        assert!(later("2024-03-01T10:00:00.000+02:00", "2024-03-01T07:59:59.000Z"));
        assert!(later("2024-03-01T10:00:00.123+0200", "2024-03-01T10:00:00+02:00"));
        assert!(later("2024-03-02", "2024-03-01 23:59:59"));
        assert!(later("10", "9"));
        assert_eq!(Time::of("yesterday"), None);
        assert_eq!(Time::of(""), None);
    }
}

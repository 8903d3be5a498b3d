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

    /// Which is later; nothing of a number and a time.
    fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::At(one), Self::At(other)) | (Self::Number(one), Self::Number(other)) => {
                Some(one.cmp(&other))
            }
            (Self::At(_), Self::Number(_)) | (Self::Number(_), Self::At(_)) => None,
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
    sheets: BTreeMap<(PersonIx, ColumnIx), Known>,
}

/// A submission: when it was made, where that is said; where it stands; a number of what it answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Submission {
    pub(super) time: Option<Time>,
    pub(super) place: Place,
    pub(super) answers: u64,
}

/// What is known of the submissions of one sheet.
#[derive(Debug)]
struct Known {
    newest: Submission,
    // One that is as new and answers otherwise.
    tied: Option<Place>,
    // One that says no time.
    undated: Option<Place>,
    are_several: bool,
}

impl Newest {
    /// Notes a submission.
    pub(super) fn note(&mut self, sheet: (PersonIx, ColumnIx), one: Submission) {
        let undated = one.time.is_none().then_some(one.place);
        let Some(known) = self.sheets.get_mut(&sheet) else {
            let known = Known { newest: one, tied: None, undated, are_several: false };
            self.sheets.insert(sheet, known);
            return;
        };
        known.are_several = true;
        let Some(time) = one.time else {
            known.undated = undated;
            return;
        };
        let Some(before) = known.newest.time else {
            known.newest = one;
            return;
        };
        match time.compare(before) {
            Some(Ordering::Less) => {}
            Some(Ordering::Greater) => (known.newest, known.tied) = (one, None),
            Some(Ordering::Equal) | None if one.answers == known.newest.answers => {
                known.newest = one;
            }
            Some(Ordering::Equal) | None => known.tied = Some(one.place),
        }
    }

    /// Notes a submission whose time cannot be read, which is told where it stands: no other is told for it.
    pub(super) fn note_unread(&mut self, sheet: (PersonIx, ColumnIx), place: Place) {
        let newest = Submission { time: None, place, answers: 0 };
        let known = Known { newest, tied: None, undated: None, are_several: false };
        self.sheets.entry(sheet).or_insert(known);
    }

    /// Of which sheets nothing says what the newest is: where one of their submissions stands, and where another.
    pub(super) fn unclear(&self) -> impl Iterator<Item = (Place, Place)> {
        self.sheets.values().flat_map(|known| {
            let undated = known.undated.filter(|_| known.are_several);
            known.tied.into_iter().chain(undated).map(|place| (place, known.newest.place))
        })
    }

    /// Whether a row holds the newest submission of a sheet, or the only one.
    pub(super) fn is(&self, person: PersonIx, column: ColumnIx, place: Place) -> bool {
        self.sheets.get(&(person, column)).is_none_or(|known| known.newest.place == place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_compared_whatever_their_zone() {
        let time = |text| Time::of(text).unwrap();
        let later = |one, other| time(one).compare(time(other)) == Some(Ordering::Greater);
        assert!(later("2024-03-01T10:00:00.000+02:00", "2024-03-01T07:59:59.000Z"));
        assert!(later("2024-03-01T10:00:00.123+0200", "2024-03-01T10:00:00+02:00"));
        assert!(later("2024-03-02", "2024-03-01 23:59:59"));
        assert!(later("10", "9"));
        assert_eq!(Time::of("yesterday"), None);
        assert_eq!(Time::of(""), None);
    }
}

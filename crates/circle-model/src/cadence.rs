//! When a group meets: a rhythm in the place's own time.

use chrono::{
    DateTime, Days, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone,
    Utc,
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// How often, how many and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "RawCadence")]
pub struct Cadence {
    // Invariant: every_days >= 1, slack_days < every_days, sessions >= 1, 1 <= minutes <= 1440, slack_percent <= 100.
    every_days: u16,
    slack_days: u16,
    sessions: u16,
    minutes: u16,
    slack_percent: u8,
}

/// Why a cadence was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error(
    "a cadence wants a period of 1 day or more, slack shorter than the period, 1 session or more, 1 to 1440 minutes and at most 100 % slack"
)]
pub struct CadenceError;

impl Cadence {
    /// A session every `every_days` days, give or take `slack_days`; `sessions` of them, of
    /// `minutes` minutes each, give or take `slack_percent` percent.
    ///
    /// # Errors
    ///
    /// [`CadenceError`] when a figure is out of its range.
    pub const fn new(
        every_days: u16,
        slack_days: u16,
        sessions: u16,
        minutes: u16,
        slack_percent: u8,
    ) -> Result<Self, CadenceError> {
        let good = 1 <= every_days
            && slack_days < every_days
            && 1 <= sessions
            && 1 <= minutes
            && minutes <= 1440
            && slack_percent <= 100;
        if good {
            Ok(Self { every_days, slack_days, sessions, minutes, slack_percent })
        } else {
            Err(CadenceError)
        }
    }

    /// Days from one session to the next.
    #[must_use]
    pub const fn every_days(self) -> u16 {
        self.every_days
    }

    /// How many sessions the plan has.
    #[must_use]
    pub const fn sessions(self) -> u16 {
        self.sessions
    }

    /// Minutes of a session.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.minutes
    }

    /// Whether two neighboring sessions are as far apart as the rhythm asks.
    ///
    /// A longer gap is only a breach where no week was skipped for a reason; the caller passes
    /// the gap less the weeks that did not happen.
    #[must_use]
    pub const fn allows_gap(self, days: i64) -> bool {
        let (every, slack) = (self.every_days as i64, self.slack_days as i64);
        every - slack <= days && days <= every + slack
    }

    /// Whether a session may last so many minutes.
    #[must_use]
    pub const fn allows_minutes(self, minutes: u16) -> bool {
        let slack = self.minutes as u32 * self.slack_percent as u32;
        let off = (minutes as u32).abs_diff(self.minutes as u32) * 100;
        off <= slack
    }

    /// The local time of the session that stands `n` periods after the first (0 is the first).
    ///
    /// The wall clock stays the same across clock changes; only the instant moves.
    #[must_use]
    pub fn nth(self, first: LocalTime, n: u16) -> LocalTime {
        let days = Days::new(u64::from(self.every_days) * u64::from(n));
        LocalTime { date: first.date.checked_add_days(days).unwrap_or(NaiveDate::MAX), ..first }
    }
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RawCadence {
    every_days: u16,
    slack_days: u16,
    sessions: u16,
    minutes: u16,
    slack_percent: u8,
}

impl TryFrom<RawCadence> for Cadence {
    type Error = CadenceError;
    fn try_from(raw: RawCadence) -> Result<Self, CadenceError> {
        let RawCadence { every_days, slack_days, sessions, minutes, slack_percent } = raw;
        Self::new(every_days, slack_days, sessions, minutes, slack_percent)
    }
}

/// A day and a time on the wall clock of a place.
///
/// A future session is kept like this and never as an instant: the law of clocks may change
/// before the day comes, and people come by the clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LocalTime {
    /// The day.
    pub date: NaiveDate,
    /// The time on the wall.
    pub time: NaiveTime,
    /// The zone, by its IANA name, such as `Africa/Kigali`.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "String", regex(pattern = "^[A-Za-z0-9_+/-]{1,40}$"))
    )]
    pub zone: Tz,
}

/// How a wall time became an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wall {
    /// The time exists once on that day.
    Exact,
    /// The clocks go back and the time exists twice: the first is meant.
    First,
    /// The clocks go forward and the time does not exist: it is moved forward by the gap.
    Moved,
}

impl LocalTime {
    /// The instant that is meant, and how it was found (RFC 5545, 3.3.5: the first of two; the offset before a gap).
    #[must_use]
    pub fn instant(self) -> (DateTime<Utc>, Wall) {
        let wall = NaiveDateTime::new(self.date, self.time);
        match self.zone.from_local_datetime(&wall) {
            LocalResult::Single(at) => (at.to_utc(), Wall::Exact),
            LocalResult::Ambiguous(first, _) => (first.to_utc(), Wall::First),
            LocalResult::None => (self.before_gap(wall), Wall::Moved),
        }
    }

    /// The instant of a wall time inside a gap, by the offset that was in force before it.
    fn before_gap(self, wall: NaiveDateTime) -> DateTime<Utc> {
        // A gap is shorter than a day (the longest known, in Samoa, is exactly one), so two days of looking back suffice.
        let offset = (1..=48)
            .find_map(|hours| {
                let before = wall.checked_sub_signed(Duration::hours(hours))?;
                self.zone.from_local_datetime(&before).latest()
            })
            .map_or(0, |before| before.offset().fix().local_minus_utc());
        let instant = wall.checked_sub_signed(Duration::seconds(i64::from(offset)));
        instant.unwrap_or(wall).and_utc()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zone: Tz, date: (i32, u32, u32), time: (u32, u32)) -> LocalTime {
        LocalTime {
            date: NaiveDate::from_ymd_opt(date.0, date.1, date.2).unwrap(),
            time: NaiveTime::from_hms_opt(time.0, time.1, 0).unwrap(),
            zone,
        }
    }

    #[track_caller]
    fn check(when: LocalTime, want: &str, how: Wall) {
        let (instant, wall) = when.instant();
        assert_eq!(instant.with_timezone(&when.zone).format("%Y-%m-%d %H:%M %Z").to_string(), want);
        assert_eq!(wall, how);
    }

    #[test]
    fn a_session_keeps_its_time_on_the_wall_across_clock_changes() {
        let new_york = chrono_tz::America::New_York;
        check(at(new_york, (2027, 3, 14), (2, 30)), "2027-03-14 03:30 EDT", Wall::Moved);
        check(at(new_york, (2026, 11, 1), (1, 30)), "2026-11-01 01:30 EDT", Wall::First);
        check(at(new_york, (2026, 11, 8), (18, 0)), "2026-11-08 18:00 EST", Wall::Exact);
        check(
            at(chrono_tz::Australia::Lord_Howe, (2026, 10, 4), (2, 15)),
            "2026-10-04 02:45 +11",
            Wall::Moved,
        );
        check(
            at(chrono_tz::Africa::Kigali, (2026, 3, 29), (14, 0)),
            "2026-03-29 14:00 CAT",
            Wall::Exact,
        );
        check(
            at(chrono_tz::Pacific::Apia, (2011, 12, 30), (9, 0)),
            "2011-12-31 09:00 +14",
            Wall::Moved,
        );
    }

    #[test]
    fn weekly_sessions_agree_with_another_implementation() {
        let cadence = Cadence::new(7, 3, 60, 120, 25).unwrap();
        for (zone, hour) in [
            (chrono_tz::America::New_York, 2),
            (chrono_tz::Europe::London, 1),
            (chrono_tz::Africa::Kigali, 14),
            (chrono_tz::America::Santiago, 18),
        ] {
            let first = at(zone, (2026, 3, 1), (hour, 30));
            let text =
                format!("DTSTART;TZID={zone}:20260301T{hour:02}3000\nRRULE:FREQ=WEEKLY;COUNT=60");
            let rule: rrule::RRuleSet = text.parse().unwrap();
            let theirs: Vec<_> = rule.all(60).dates.iter().map(|date| date.to_utc()).collect();
            let ours: Vec<_> = (0..60).map(|n| cadence.nth(first, n).instant().0).collect();
            assert_eq!(ours, theirs, "{zone}");
        }
    }

    #[test]
    fn a_session_in_a_gap_at_midnight_is_moved_and_not_dropped() {
        // Chile's clocks go forward at midnight; other implementations leave such a session out.
        let santiago = chrono_tz::America::Santiago;
        check(at(santiago, (2026, 9, 6), (0, 30)), "2026-09-06 01:30 -03", Wall::Moved);
    }

    #[test]
    fn the_calendar_may_end() {
        for zone in [chrono_tz::Pacific::Kiritimati, chrono_tz::America::Los_Angeles] {
            for date in [NaiveDate::MIN, NaiveDate::MAX] {
                for time in [NaiveTime::MIN, NaiveTime::from_hms_opt(23, 59, 59).unwrap()] {
                    let _ = LocalTime { date, time, zone }.instant();
                }
            }
        }
        let cadence = Cadence::new(u16::MAX, 3, 60, 120, 25).unwrap();
        let last = at(chrono_tz::Africa::Kigali, (2026, 3, 1), (9, 0));
        let last = LocalTime { date: NaiveDate::MAX, ..last };
        assert_eq!(cadence.nth(last, u16::MAX), last);
    }

    #[test]
    fn a_rhythm_has_its_slack_and_no_more() {
        let weekly = Cadence::new(7, 3, 16, 120, 25).unwrap();
        for (days, good) in [(3, false), (4, true), (10, true), (11, false)] {
            assert_eq!(weekly.allows_gap(days), good, "{days} days");
        }
        for (minutes, good) in [(89, false), (90, true), (150, true), (151, false)] {
            assert_eq!(weekly.allows_minutes(minutes), good, "{minutes} minutes");
        }
        assert_eq!(Cadence::new(7, 7, 16, 120, 25), Err(CadenceError));
        assert_eq!(Cadence::new(7, 3, 0, 120, 25), Err(CadenceError));
    }
}

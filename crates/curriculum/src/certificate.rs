//! Until when something is valid, by the calendar.

use chrono::{Months, NaiveDate};

/// The last day on which something from `on` is valid for `months` months.
///
/// The calendar's own months: from the 31st of a month to the last day of a shorter one, from
/// February 29 to February 28 where there is no 29th (MH-02). Valid through that day, no longer from the next.
/// Nothing where the calendar ends.
#[must_use]
pub fn expiry(on: NaiveDate, months: u16) -> Option<NaiveDate> {
    on.checked_add_months(Months::new(u32::from(months)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(on: (i32, u32, u32), months: u16, want: (i32, u32, u32)) {
        let day = |(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        assert_eq!(expiry(day(on), months), Some(day(want)));
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        check((2026, 2, 28), 36, (2029, 2, 28));
        check((2028, 2, 29), 36, (2031, 2, 28));
        check((2028, 2, 29), 48, (2032, 2, 29));
        check((2026, 1, 31), 1, (2026, 2, 28));
        check((2027, 1, 31), 13, (2028, 2, 29));
        check((2026, 8, 31), 3, (2026, 11, 30));
        check((2026, 12, 31), 24, (2028, 12, 31));
        assert_eq!(expiry(NaiveDate::MAX, 1), None);
    }
}

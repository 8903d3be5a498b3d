//! Days on which offices are open.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use commons::Code;
use serde::Serialize;

use crate::span::later;

/// The weekends and public holidays of one jurisdiction.
///
/// A holiday that is missing here makes a deadline earlier, never later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Calendar {
    jurisdiction: Option<Code>,
    weekend: Vec<Weekday>,
    holidays: BTreeSet<NaiveDate>,
}

impl Default for Calendar {
    /// Saturday and Sunday, and no holiday: the strictest of the usual ones.
    fn default() -> Self {
        Self {
            jurisdiction: None,
            weekend: vec![Weekday::Sat, Weekday::Sun],
            holidays: BTreeSet::new(),
        }
    }
}

impl Calendar {
    /// The calendar of a jurisdiction. A weekend of seven days is taken for none.
    #[must_use]
    pub fn new(
        jurisdiction: Code,
        mut weekend: Vec<Weekday>,
        holidays: impl IntoIterator<Item = NaiveDate>,
    ) -> Self {
        weekend.sort_by_key(Weekday::num_days_from_monday);
        weekend.dedup();
        if weekend.len() >= 7 {
            weekend.clear();
        }
        Self { jurisdiction: Some(jurisdiction), weekend, holidays: holidays.into_iter().collect() }
    }

    /// Where it holds.
    #[must_use]
    pub const fn jurisdiction(&self) -> Option<&Code> {
        self.jurisdiction.as_ref()
    }

    /// Whether offices are open on a day.
    #[must_use]
    pub fn is_working(&self, day: NaiveDate) -> bool {
        !self.weekend.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// The `count`th working day after a day; that day itself never counts.
    #[must_use]
    pub fn working_day_after(&self, day: NaiveDate, count: u16) -> NaiveDate {
        let (mut day, mut left) = (day, count);
        while left > 0 && day < NaiveDate::MAX {
            day = later(day, 1);
            if self.is_working(day) {
                left -= 1;
            }
        }
        day
    }
}

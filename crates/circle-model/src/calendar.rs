//! The days of a series of sessions: a rhythm, and what departs from it.

use std::{collections::BTreeSet, iter::successors, num::NonZeroU16, str::FromStr};

use chrono::{Datelike, Days as Span, Months, NaiveDate, Weekday, WeekdaySet};
use commons::{Refused, Rule};

use crate::{Cadence, Days, NotHeldReason};

/// How long a rhythm is followed, in months: nobody plans for longer.
const HORIZON_MONTHS: u32 = 50 * 12;

/// How the days of a series follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rhythm {
    /// Every so many days, from the first day on.
    EveryDays(NonZeroU16),
    /// On some weekdays of every so many weeks. A week begins on Monday, and the first counts.
    Weekly {
        /// 1 for every week, 2 for every other.
        every: NonZeroU16,
        /// On which days of such a week.
        on: WeekdaySet,
    },
    /// On one weekday of every month. A month that lacks it has no session.
    Monthly {
        /// Which one of the month.
        nth: Nth,
        /// The weekday.
        on: Weekday,
    },
    /// On days that somebody named: by the moon, the season, the harvest.
    ByHand(BTreeSet<NaiveDate>),
}

/// Which one of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nth {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The fifth: not every month has one.
    Fifth,
    /// The last, be it the fourth or the fifth.
    Last,
}

impl Rhythm {
    /// The rhythm of a cadence.
    #[must_use]
    pub const fn of(cadence: Cadence) -> Self {
        match NonZeroU16::new(cadence.every_days()) {
            Some(days) => Self::EveryDays(days),
            None => Self::EveryDays(NonZeroU16::MIN),
        }
    }

    /// Its days from a day on, in order, for fifty years at most.
    #[must_use]
    pub fn days(&self, first: NaiveDate) -> Box<dyn Iterator<Item = NaiveDate> + '_> {
        let last = first.checked_add_months(Months::new(HORIZON_MONTHS));
        let last = last.unwrap_or(NaiveDate::MAX);
        let days: Box<dyn Iterator<Item = NaiveDate>> = match self {
            Self::EveryDays(days) => Box::new(steps(first, u64::from(days.get()))),
            Self::Weekly { every, on } => {
                let monday = first.week(Weekday::Mon).checked_first_day().unwrap_or(first);
                let weeks = steps(monday, 7 * u64::from(every.get()));
                Box::new(weeks.flat_map(|monday| days_of_week(monday, *on)))
            }
            Self::Monthly { nth, on } => {
                let month = first.with_day(1).unwrap_or(first);
                let months = successors(Some(month), |it| it.checked_add_months(Months::new(1)));
                Box::new(months.filter_map(|month| day_of_month(month, *nth, *on)))
            }
            Self::ByHand(days) => Box::new(days.iter().copied()),
        };
        // A rhythm without a day in it would be looked through to the end of the calendar.
        Box::new(days.take_while(move |day| *day <= last).filter(move |day| first <= *day))
    }
}

fn steps(first: NaiveDate, days: u64) -> impl Iterator<Item = NaiveDate> {
    successors(Some(first), move |day| day.checked_add_days(Span::new(days)))
}

fn days_of_week(monday: NaiveDate, on: WeekdaySet) -> impl Iterator<Item = NaiveDate> {
    let on: Vec<_> = on.iter(Weekday::Mon).collect();
    let day = move |weekday: Weekday| {
        monday.checked_add_days(Span::new(u64::from(weekday.num_days_from_monday())))
    };
    on.into_iter().filter_map(day)
}

fn day_of_month(month: NaiveDate, nth: Nth, on: Weekday) -> Option<NaiveDate> {
    let of = |nth| NaiveDate::from_weekday_of_month_opt(month.year(), month.month(), on, nth);
    match nth {
        Nth::First => of(1),
        Nth::Second => of(2),
        Nth::Third => of(3),
        Nth::Fourth => of(4),
        Nth::Fifth => of(5),
        Nth::Last => of(5).or_else(|| of(4)),
    }
}

/// A text is not a rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a rhythm, such as `week`, `2 weeks`, `10 days`, `mon,thu`, `2 weeks on sat`, `first sat`"
)]
pub struct RhythmError;

impl FromStr for Rhythm {
    type Err = RhythmError;

    /// Reads `week`, `2 weeks`, `10 days`, `mon,thu`, `2 weeks on mon,thu`, `first sat`, `last fri`.
    fn from_str(text: &str) -> Result<Self, RhythmError> {
        let text = text.trim().to_ascii_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let every = |count: &str, days: u16| {
            let count: NonZeroU16 = count.parse().ok()?;
            count.get().checked_mul(days).and_then(NonZeroU16::new)
        };
        let rhythm = match words.as_slice() {
            ["day"] => every("1", 1).map(Self::EveryDays),
            ["week"] => every("1", 7).map(Self::EveryDays),
            [count, "day" | "days"] => every(count, 1).map(Self::EveryDays),
            [count, "week" | "weeks"] => every(count, 7).map(Self::EveryDays),
            [count, "week" | "weeks", "on", on] => weekly(count, on),
            [nth, on] => monthly(nth, on),
            [on] => weekly("1", on),
            _ => None,
        };
        rhythm.ok_or(RhythmError)
    }
}

fn weekly(count: &str, on: &str) -> Option<Rhythm> {
    let days: Option<Vec<Weekday>> = on.split(',').map(|day| day.parse().ok()).collect();
    let on = days?.into_iter().collect();
    Some(Rhythm::Weekly { every: count.parse().ok()?, on })
}

fn monthly(nth: &str, on: &str) -> Option<Rhythm> {
    let nth = match nth {
        "first" => Nth::First,
        "second" => Nth::Second,
        "third" => Nth::Third,
        "fourth" => Nth::Fourth,
        "fifth" => Nth::Fifth,
        "last" => Nth::Last,
        _ => return None,
    };
    Some(Rhythm::Monthly { nth, on: on.parse().ok()? })
}

/// Days on which the rhythm is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exception {
    /// Which days.
    pub days: Days,
    /// Why.
    pub why: NotHeldReason,
    /// The day on which the session is held all the same; none where it waits for the next occasion.
    pub instead: Option<NaiveDate>,
}

impl Exception {
    /// A day on which nothing is held.
    #[must_use]
    pub const fn skip(day: NaiveDate, why: NotHeldReason) -> Self {
        Self { days: Days { from: day, until: Some(day) }, why, instead: None }
    }

    /// A day whose session is held on another.
    #[must_use]
    pub const fn moved(day: NaiveDate, to: NaiveDate, why: NotHeldReason) -> Self {
        Self { days: Days { from: day, until: Some(day) }, why, instead: Some(to) }
    }
}

/// What becomes of one day of a rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// A session.
    On {
        /// The day.
        day: NaiveDate,
    },
    /// A session, on another day than the rhythm has it.
    Moved {
        /// The day of the rhythm.
        from: NaiveDate,
        /// The day of the session.
        day: NaiveDate,
        /// Why.
        why: NotHeldReason,
    },
    /// No session: it waits for the next occasion.
    Skipped {
        /// The day.
        day: NaiveDate,
        /// Why.
        why: NotHeldReason,
    },
}

impl Occasion {
    /// The day of its session, where it has one.
    #[must_use]
    pub const fn session(self) -> Option<NaiveDate> {
        match self {
            Self::On { day } | Self::Moved { day, .. } => Some(day),
            Self::Skipped { .. } => None,
        }
    }
}

/// A series of sessions that somebody would like to plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The day from which it is counted.
    pub first: NaiveDate,
    /// How its days follow each other.
    pub rhythm: Rhythm,
    /// Where the rhythm is not kept. The first that has a day decides.
    pub exceptions: Vec<Exception>,
}

/// Why a series has no calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum SeriesError {
    /// The rhythm has too few days.
    #[error("{found} days of {wanted} sessions")]
    TooFew {
        /// Days that it has.
        found: u16,
        /// Sessions that were asked for.
        wanted: u16,
    },
    /// A session was moved past its neighbor, or onto it.
    #[error("the session of {day} does not come after that of {before}")]
    OutOfOrder {
        /// Its day.
        day: NaiveDate,
        /// The day of the session before it.
        before: NaiveDate,
    },
    /// A session was moved onto a day on which nothing is held.
    #[error("nothing is held on {day}")]
    OntoSkipped {
        /// That day.
        day: NaiveDate,
    },
}

impl Refused for SeriesError {
    fn code(&self) -> &'static str {
        match self {
            Self::TooFew { .. } => "series.too_few",
            Self::OutOfOrder { .. } => "series.out_of_order",
            Self::OntoSkipped { .. } => "series.onto_skipped",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        None
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::TooFew { .. } => "name more days, or plan fewer sessions",
            Self::OutOfOrder { .. } => "move it to a day between its neighbors",
            Self::OntoSkipped { .. } => "move it to another day",
        }
    }
}

impl Series {
    /// A series without exceptions.
    #[must_use]
    pub const fn new(first: NaiveDate, rhythm: Rhythm) -> Self {
        Self { first, rhythm, exceptions: Vec::new() }
    }

    /// What becomes of each day, until so many sessions have one.
    ///
    /// # Errors
    ///
    /// [`SeriesError`]: too few days, or a session moved where none can be.
    pub fn occasions(&self, sessions: u16) -> Result<Vec<Occasion>, SeriesError> {
        let mut occasions = Vec::new();
        let (mut found, mut before) = (0, None);
        for day in self.rhythm.days(self.first) {
            if found == sessions {
                break;
            }
            let occasion = self.occasion(day)?;
            occasions.push(occasion);
            let Some(day) = occasion.session() else { continue };
            if let Some(before) = before.filter(|before| day <= *before) {
                return Err(SeriesError::OutOfOrder { day, before });
            }
            (found, before) = (found + 1, Some(day));
        }
        if found < sessions {
            return Err(SeriesError::TooFew { found, wanted: sessions });
        }
        Ok(occasions)
    }

    fn occasion(&self, from: NaiveDate) -> Result<Occasion, SeriesError> {
        let Some(exception) = self.exception(from) else { return Ok(Occasion::On { day: from }) };
        let why = exception.why;
        match exception.instead {
            None => Ok(Occasion::Skipped { day: from, why }),
            Some(day) if self.exception(day).is_some_and(|it| it.instead.is_none()) => {
                Err(SeriesError::OntoSkipped { day })
            }
            Some(day) => Ok(Occasion::Moved { from, day, why }),
        }
    }

    fn exception(&self, day: NaiveDate) -> Option<&Exception> {
        self.exceptions.iter().find(|exception| exception.days.contains(day))
    }
}

//! Rows of a table of indicators: what was aimed at, and what the figures say.

use commons::Code;
use outcomes::figures::{Figures, Hidden, ScaleFigures, Shown};
use outcomes::stats::{Interval, NoFigure};
use outcomes::suppression::{Share, Tally};
use serde::{Deserialize, Serialize};

/// What an indicator counts or measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Measure {
    /// People who joined.
    PeopleReached,
    /// Circles or groups.
    Circles,
    /// People who facilitate.
    Facilitators,
    /// Sessions held.
    SessionsHeld,
    /// Hours of sessions held.
    Hours,
    /// Modules of trainings taught.
    ModulesTaught,
    /// Stories that their tellers agreed to share.
    Stories,
    /// The share of seats that were taken.
    Attendance,
    /// The share of people who stayed to the end.
    Stayed,
    /// People who completed.
    Completed,
    /// The share of people who completed.
    CompletedShare,
    /// People measured first and last.
    MeasuredTwice,
    /// The mean change in points.
    MeanChange,
    /// People better beyond the noise.
    Improved,
    /// People worse beyond the noise.
    Worse,
    /// People who were cases at first and not at last.
    LeftCaseness,
    /// People who left caseness and changed beyond the noise.
    Recovered,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::PeopleReached,
        Self::Circles,
        Self::Facilitators,
        Self::SessionsHeld,
        Self::Hours,
        Self::ModulesTaught,
        Self::Stories,
        Self::Attendance,
        Self::Stayed,
        Self::Completed,
        Self::CompletedShare,
        Self::MeasuredTwice,
        Self::MeanChange,
        Self::Improved,
        Self::Worse,
        Self::LeftCaseness,
        Self::Recovered,
    ];

    /// How it is written in a book.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PeopleReached => "people-reached",
            Self::Circles => "circles",
            Self::Facilitators => "facilitators",
            Self::SessionsHeld => "sessions-held",
            Self::Hours => "hours",
            Self::ModulesTaught => "modules-taught",
            Self::Stories => "stories",
            Self::Attendance => "attendance",
            Self::Stayed => "stayed",
            Self::Completed => "completed",
            Self::CompletedShare => "completed-share",
            Self::MeasuredTwice => "measured-twice",
            Self::MeanChange => "mean-change",
            Self::Improved => "improved",
            Self::Worse => "worse",
            Self::LeftCaseness => "left-caseness",
            Self::Recovered => "recovered",
        }
    }

    /// Whether it is a share, 0 to 1.
    #[must_use]
    pub const fn is_share(self) -> bool {
        matches!(self, Self::Attendance | Self::Stayed | Self::CompletedShare)
    }

    /// Whether it is a figure of one instrument.
    #[must_use]
    pub const fn is_of_instrument(self) -> bool {
        match self {
            Self::MeasuredTwice
            | Self::MeanChange
            | Self::Improved
            | Self::Worse
            | Self::LeftCaseness
            | Self::Recovered => true,
            Self::PeopleReached
            | Self::Circles
            | Self::Facilitators
            | Self::SessionsHeld
            | Self::Hours
            | Self::ModulesTaught
            | Self::Stories
            | Self::Attendance
            | Self::Stayed
            | Self::Completed
            | Self::CompletedShare => false,
        }
    }
}

/// What figures are made of, and so what they know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Files of an evaluation: people, sheets, and perhaps attendance.
    Files,
    /// A whole program that keeps its records here.
    Program,
    /// A part of one: who leads, trains and tells is known of the whole only.
    Part,
}

impl Basis {
    /// Whether such figures say anything of a measure.
    #[must_use]
    pub const fn knows(self, what: Measure) -> bool {
        let of_work =
            matches!(what, Measure::Facilitators | Measure::ModulesTaught | Measure::Stories);
        match self {
            Self::Program => true,
            Self::Part => !of_work,
            Self::Files => !of_work && !matches!(what, Measure::Hours),
        }
    }
}

/// One row of a table of indicators as it was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// What it counts or measures.
    pub what: Measure,
    /// The instrument, for what is a figure of one.
    pub instrument: Option<Code>,
    /// What whoever asked calls it.
    pub label: Option<String>,
    /// What it was before.
    pub baseline: Option<f64>,
    /// What is aimed at.
    pub target: Option<f64>,
    /// Where the actual figure comes from, in the words of whoever asked.
    pub source: Option<String>,
}

/// What the figures say of an indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Actual {
    /// A number, with its interval where it has one.
    Number {
        /// The number; shares are 0 to 1.
        n: f64,
        /// Its interval.
        interval: Option<Interval>,
    },
    /// A count that may be told by a bound only.
    Bound {
        /// The count.
        tally: Tally,
    },
    /// It is kept back to protect people.
    Hidden {
        /// Why, where the figures say it.
        hidden: Option<Hidden>,
    },
    /// There is none.
    NoFigure {
        /// Why.
        why: NoFigure,
    },
    /// The report has no such figure: the instrument, the cut-off or the completion is not in it.
    NotInReport,
}

/// One row of a table of indicators, with what the figures say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndicatorRow {
    /// What was asked.
    pub asked: Indicator,
    /// What the figures say.
    pub actual: Actual,
}

impl Indicator {
    /// What figures say of it: only what they know and show.
    #[must_use]
    pub fn row(&self, figures: &Figures, basis: Basis) -> IndicatorRow {
        let known = basis.knows(self.what);
        let actual = if known { self.actual(figures) } else { Actual::NotInReport };
        IndicatorRow { asked: self.clone(), actual }
    }

    fn actual(&self, figures: &Figures) -> Actual {
        let (reach, delivery) = (&figures.reach, &figures.delivery);
        match self.what {
            Measure::PeopleReached => Actual::of(reach.people),
            Measure::Circles => Actual::count(reach.units),
            Measure::Facilitators => Actual::count(reach.facilitators),
            Measure::SessionsHeld => Actual::count(delivery.sessions_held),
            Measure::Hours => Actual::number(delivery.hours),
            Measure::ModulesTaught => Actual::count(delivery.modules_delivered),
            Measure::Stories => Actual::count(delivery.stories),
            Measure::Attendance => {
                Actual::shown(&figures.attendance, |it| Actual::number(it.overall.share))
            }
            Measure::Stayed => Actual::shown(&figures.retention, |it| Actual::share(&it.stayed)),
            Measure::Completed | Measure::CompletedShare => {
                let Some(completion) = &figures.completion else { return Actual::NotInReport };
                let is_count = self.what == Measure::Completed;
                Actual::shown(completion, |it| {
                    if is_count { Actual::of(it.count) } else { Actual::share(it) }
                })
            }
            Measure::MeasuredTwice
            | Measure::MeanChange
            | Measure::Improved
            | Measure::Worse
            | Measure::LeftCaseness
            | Measure::Recovered => {
                let is =
                    |scale: &&ScaleFigures| Some(&scale.instrument) == self.instrument.as_ref();
                let scale = figures.scales.iter().find(is);
                scale.map_or(Actual::NotInReport, |scale| self.of_scale(scale))
            }
        }
    }

    fn of_scale(&self, scale: &ScaleFigures) -> Actual {
        let reliable = |read: fn(&outcomes::figures::ReliableFigures) -> Tally| {
            let found = scale.reliable.as_ref();
            found.map_or(Actual::NotInReport, |found| {
                Actual::shown(found, |it| Actual::of(read(it)))
            })
        };
        let recovery = |read: fn(&outcomes::figures::Recovery) -> Actual| {
            let found = scale.recovery.as_ref();
            found.map_or(Actual::NotInReport, |found| Actual::shown(found, read))
        };
        match self.what {
            Measure::MeasuredTwice => Actual::shown(&scale.change, |it| Actual::of(it.both)),
            Measure::MeanChange => Actual::shown(&scale.change, |it| Actual::Number {
                n: it.mean,
                interval: Some(it.interval),
            }),
            Measure::Improved => reliable(|it| it.improved),
            Measure::Worse => reliable(|it| it.worse),
            Measure::LeftCaseness => recovery(|it| Actual::count(it.left_caseness)),
            Measure::Recovered => recovery(|it| {
                it.reliably_recovered.map_or(Actual::Hidden { hidden: None }, Actual::count)
            }),
            Measure::PeopleReached
            | Measure::Circles
            | Measure::Facilitators
            | Measure::SessionsHeld
            | Measure::Hours
            | Measure::ModulesTaught
            | Measure::Stories
            | Measure::Attendance
            | Measure::Stayed
            | Measure::Completed
            | Measure::CompletedShare => Actual::NotInReport,
        }
    }
}

impl Actual {
    /// Whether two say the same, as far as anybody can tell: numbers that were written down and read again may
    /// differ in their last digit.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number { n, .. }, Self::Number { n: other, .. }) => {
                (n - other).abs() <= 1e-9 * n.abs().max(1.0)
            }
            // Kept back is kept back, for whatever reason.
            (Self::Hidden { .. }, Self::Hidden { .. }) => true,
            _ => self == other,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    const fn count(n: u64) -> Self {
        Self::number(n as f64)
    }

    const fn number(n: f64) -> Self {
        Self::Number { n, interval: None }
    }

    const fn of(tally: Tally) -> Self {
        match tally {
            Tally::Exactly { n } => Self::count(n),
            Tally::FewerThan { .. } | Tally::AtLeast { .. } => Self::Bound { tally },
            Tally::Hidden => Self::Hidden { hidden: None },
        }
    }

    fn share(share: &Share) -> Self {
        share
            .share
            .map_or(Self::Hidden { hidden: None }, |n| Self::Number { n, interval: share.interval })
    }

    fn shown<T>(figure: &Shown<T>, read: impl FnOnce(&T) -> Self) -> Self {
        match figure {
            Shown::Shown(figure) => read(figure),
            Shown::Hidden(hidden) => Self::Hidden { hidden: Some(hidden.clone()) },
            Shown::NoFigure(why) => Self::NoFigure { why: *why },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_back_for_another_reason_is_no_other_figure() {
        use outcomes::figures::HiddenWhy;
        let hidden = Hidden {
            why: HiddenWhy::CouldBeSolved,
            floor: 11,
            instead: Vec::new(),
            coarser: Vec::new(),
        };
        let (one, other) =
            (Actual::Hidden { hidden: None }, Actual::Hidden { hidden: Some(hidden) });
        assert!(one.says_the_same(&other));
        assert!(!one.says_the_same(&Actual::NotInReport));
    }

    #[test]
    fn every_measure_is_written_as_serde_writes_it() {
        for measure in Measure::ALL {
            let written = serde_json::to_value(measure).unwrap();
            assert_eq!(written.as_str(), Some(measure.as_str()));
        }
    }
}

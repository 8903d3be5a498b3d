//! What is wrong with a book of reports.

use commons::{Code, Figures, Refused, Rule};
use interchange::settings::{Found, SettingFault, SettingFaults};
use serde::Serialize;

use super::indicator::Measure;

/// Something wrong in a book, and its place.
pub type BookFinding = Found<BookFault>;

/// Everything that is wrong in a book, in the order of its lines.
pub type BookFaults = SettingFaults<BookFault>;

/// What is wrong with a book of reports.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BookFault {
    /// What can be wrong with any settings.
    #[error(transparent)]
    Setting(#[from] SettingFault),
    /// Two reports of one name.
    #[error("the report `{name}` is defined twice")]
    NameTwice {
        /// The name.
        name: Code,
    },
    /// More reports than are read one against all others.
    #[error("{found} reports; at most {most} are built together")]
    TooMany {
        /// How many there are.
        found: usize,
        /// The most.
        most: usize,
    },
    /// A floor below that of its audience.
    #[error("a floor of {found} is below {least}, that of the audience")]
    FloorTooLow {
        /// As written.
        found: u64,
        /// The least.
        least: u64,
    },
    /// A period and a fiscal year.
    #[error("both `period` and `fiscal_year` are given")]
    PeriodTwice,
    /// A fiscal year that is no month.
    #[error("a fiscal year is told by its first month")]
    NotDays,
    /// A period that ends before it begins.
    #[error("the period ends before it begins")]
    EmptyPeriod,
    /// A filter that lets nobody in.
    #[error("the filter names no group")]
    EmptyFilter,
    /// A measure that needs an instrument.
    #[error("`{}` needs an instrument", what.as_str())]
    NoInstrument {
        /// The measure.
        what: Measure,
    },
    /// A measure that has no instrument.
    #[error("`{}` has no instrument", what.as_str())]
    NotOfInstrument {
        /// The measure.
        what: Measure,
    },
    /// A baseline or target of a share that is none.
    #[error("`{}` is a share, from 0 to 1", what.as_str())]
    NotAShare {
        /// The measure.
        what: Measure,
    },
}

impl BookFault {
    /// The key of what is wrong.
    #[cfg(test)]
    pub(super) fn key(&self) -> &'static str {
        let code = self.code();
        code.rsplit('.').next().unwrap_or(code)
    }
}

impl Refused for BookFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Setting(fault) => fault.code(),
            Self::NameTwice { .. } => "book.name_twice",
            Self::TooMany { .. } => "book.too_many",
            Self::FloorTooLow { .. } => "book.floor_too_low",
            Self::PeriodTwice => "book.period_twice",
            Self::NotDays => "book.not_days",
            Self::EmptyPeriod => "book.empty_period",
            Self::EmptyFilter => "book.empty_filter",
            Self::NoInstrument { .. } => "book.no_instrument",
            Self::NotOfInstrument { .. } => "book.not_of_instrument",
            Self::NotAShare { .. } => "book.not_a_share",
        }
    }
    fn figures(&self) -> Figures {
        if let Self::Setting(fault) = self { fault.figures() } else { Figures::of(self) }
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::Setting(fault) => fault.way_out(),
            Self::NameTwice { .. } => "Give each report a name of its own.",
            Self::TooMany { .. } => "Take out the reports that nobody asks for anymore.",
            Self::FloorTooLow { .. } => "Raise the floor, or leave it out.",
            Self::PeriodTwice => "Keep one of the two.",
            Self::NotDays => "Write a fiscal year by its first month, such as \"2025-10\".",
            Self::EmptyPeriod => "Let the period end on the day it begins, or later.",
            Self::EmptyFilter => {
                "Name the groups that the report is about, or take the filter out."
            }
            Self::NoInstrument { .. } => "Name the instrument beside it.",
            Self::NotOfInstrument { .. } => "Take the instrument out.",
            Self::NotAShare { .. } => "Write 85% as 0.85.",
        }
    }
}

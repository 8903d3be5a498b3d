//! What is wrong with a book of reports.

use commons::Code;

use super::indicator::Measure;

/// Something wrong in a book, and its place.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("line {line}, column {column}: {fault}")]
pub struct BookFinding {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// What is wrong.
    pub fault: BookFault,
}

/// Everything that is wrong in a book, in the order of its lines.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct BookFaults(Vec<BookFinding>);

impl BookFaults {
    pub(super) fn new(mut faults: Vec<BookFinding>) -> Self {
        faults.sort_by_key(|found| (found.line, found.column));
        Self(faults)
    }

    /// What is wrong, in the order of the lines.
    #[must_use]
    pub fn faults(&self) -> &[BookFinding] {
        &self.0
    }
}

impl From<BookFinding> for BookFaults {
    fn from(found: BookFinding) -> Self {
        Self(vec![found])
    }
}

/// What is wrong with a book of reports.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BookFault {
    /// It is not TOML of the right shape.
    #[error("not a book of reports: {message}")]
    Shape {
        /// What the parser says.
        message: String,
    },
    /// A text that is no code.
    #[error("`{found}` is not a code")]
    NotACode {
        /// As written.
        found: String,
    },
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
    /// No days, or no month.
    #[error("days or a month are wanted here")]
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
    /// A baseline or target that is no number.
    #[error("a baseline and a target are plain numbers")]
    NotANumber,
}

impl BookFault {
    /// The key of what is wrong.
    #[cfg(test)]
    pub(super) fn key(&self) -> &'static str {
        let code = commons::Refused::code(self);
        code.rsplit('.').next().unwrap_or(code)
    }
}

impl commons::Refused for BookFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Shape { .. } => "book.shape",
            Self::NotACode { .. } => "book.not_a_code",
            Self::NameTwice { .. } => "book.name_twice",
            Self::TooMany { .. } => "book.too_many",
            Self::FloorTooLow { .. } => "book.floor_too_low",
            Self::PeriodTwice => "book.period_twice",
            Self::NotDays => "book.not_days",
            Self::EmptyPeriod => "book.empty_period",
            Self::EmptyFilter => "book.empty_filter",
            Self::NoInstrument { .. } => "book.no_instrument",
            Self::NotOfInstrument { .. } => "book.not_of_instrument",
            Self::NotANumber => "book.not_a_number",
        }
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::Shape { .. } => {
                "Correct the line; the keys of a report stand in the documentation."
            }
            Self::NotACode { .. } => {
                "Write small letters, digits, `-`, `_` and `.` without spaces."
            }
            Self::NameTwice { .. } => "Give each report a name of its own.",
            Self::TooMany { .. } => "Take out the reports that nobody asks for anymore.",
            Self::FloorTooLow { .. } => "Raise the floor, or leave it out.",
            Self::PeriodTwice => "Keep one of the two.",
            Self::NotDays => {
                "Write days such as 2026-03-31, and a fiscal year by its first month, such as \"2025-10\"."
            }
            Self::EmptyPeriod => "Let the period end on the day it begins, or later.",
            Self::EmptyFilter => {
                "Name the groups that the report is about, or take the filter out."
            }
            Self::NoInstrument { .. } => "Name the instrument beside it.",
            Self::NotOfInstrument { .. } => "Take the instrument out.",
            Self::NotANumber => "Write numbers with digits.",
        }
    }
}

/// Where the lines of a text begin.
pub(super) struct Lines<'a> {
    text: &'a str,
}

impl<'a> Lines<'a> {
    pub(super) const fn of(text: &'a str) -> Self {
        Self { text }
    }

    pub(super) fn fault(&self, at: usize, fault: BookFault) -> BookFinding {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        BookFinding { line: number(line), column: number(column), fault }
    }
}

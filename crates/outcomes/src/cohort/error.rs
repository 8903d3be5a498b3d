//! What cannot be counted.

/// Something named that the cohort does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum CohortError {
    /// No such unit.
    #[error("there is no unit {number}; there are {units}")]
    NoSuchUnit {
        /// The number, from 0.
        number: u32,
        /// How many there are.
        units: usize,
    },
    /// No such person.
    #[error("there is no person {number}; there are {people}")]
    NoSuchPerson {
        /// The number, from 0.
        number: u32,
        /// How many there are.
        people: usize,
    },
    /// Sessions are counted from 1 to [`Cohort::LONGEST`](super::Cohort::LONGEST).
    #[error("session {number} is not one of 1 to {longest}")]
    NoSuchSession {
        /// The session.
        number: u16,
        /// The last possible one.
        longest: u16,
    },
    /// The person does not sit in the unit.
    #[error("the person does not sit in unit {unit}")]
    NoSeat {
        /// The unit, from 0.
        unit: u32,
    },
    /// More different totals than can be numbered.
    #[error("the sheets of one instrument at one timepoint have {most} different totals at most")]
    TooManyTotals {
        /// How many fit.
        most: u16,
    },
    /// No such column of sheets.
    #[error("there is no column {number}; there are {columns}")]
    NoSuchColumn {
        /// The number, from 0.
        number: u16,
        /// How many there are.
        columns: usize,
    },
    /// No such group.
    #[error("there is no grouping {number}; there are {groupings}")]
    NoSuchGroup {
        /// The number of the grouping, from 0.
        number: u16,
        /// How many there are.
        groupings: usize,
    },
    /// More people, units, columns or groups than can be numbered.
    #[error("a cohort holds {most} of these at most")]
    Full {
        /// How many fit.
        most: u32,
    },
}

impl commons::Refused for CohortError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchUnit { .. } => "cohort.no_such_unit",
            Self::NoSuchPerson { .. } => "cohort.no_such_person",
            Self::NoSuchSession { .. } => "cohort.no_such_session",
            Self::NoSeat { .. } => "cohort.no_seat",
            Self::TooManyTotals { .. } => "cohort.too_many_totals",
            Self::NoSuchColumn { .. } => "cohort.no_such_column",
            Self::NoSuchGroup { .. } => "cohort.no_such_group",
            Self::Full { .. } => "cohort.full",
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
            Self::NoSuchUnit { .. } => "Add the unit before the people in it.",
            Self::NoSuchPerson { .. } => "Add the person before what they did.",
            Self::NoSuchSession { .. } => "Count the sessions of each unit, beginning at 1.",
            Self::NoSeat { .. } => "Seat the person in the unit before what they did there.",
            Self::TooManyTotals { .. } => "Give the total of a questionnaire, not a measurement.",
            Self::NoSuchColumn { .. } => {
                "Name the instrument and the timepoint before their sheets."
            }
            Self::NoSuchGroup { .. } => "Name the group before the people in it.",
            Self::Full { .. } => "Report on parts of the program.",
        }
    }
}

//! What is wrong with a plan, where, and what to do.

use std::fmt;

use commons::{Figures, Refused, Rule};
use interchange::settings::{Found, SettingFault, SettingFaults, did_you_mean};
use serde::Serialize;

/// Something wrong in a plan, and its place.
pub type Finding = Found<PlanFault>;

/// Everything that is wrong in a plan, in the order of its lines.
pub type PlanFaults = SettingFaults<PlanFault>;

/// What is wrong in a plan. It may repeat what the plan says: a plan names columns, and no people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlanFault {
    /// What can be wrong with any settings.
    #[error(transparent)]
    Setting(#[from] SettingFault),
    /// Something that stands there twice.
    #[error("`{name}` stands here twice, first on line {first}")]
    Twice {
        /// What it is called.
        name: String,
        /// The line of the first.
        first: u32,
    },
    /// A name of something that the plan does not have.
    #[error("the plan has no {what} `{name}`{}", did_you_mean(meant.as_deref()))]
    NoSuch {
        /// What it should be.
        what: Named,
        /// The name.
        name: String,
        /// The nearest that there is.
        meant: Option<String>,
    },
    /// Two keys of which exactly one is wanted.
    #[error("exactly one of `{one}` and `{other}` is wanted")]
    OneOf {
        /// The one.
        one: &'static str,
        /// The other.
        other: &'static str,
    },
    /// A pattern of columns that stands for nothing.
    #[error("`{found}` is no name of a column, nor a run of them such as `q_{{1..9}}`")]
    NotAPattern {
        /// The pattern.
        found: String,
    },
    /// As many columns as the instrument has no items.
    #[error("{found} columns for the {wanted} items of `{instrument}`")]
    ItemCount {
        /// The instrument.
        instrument: String,
        /// Columns that the plan names.
        found: usize,
        /// Items of the instrument.
        wanted: usize,
    },
    /// A text that means two things.
    #[error("the text `{text}` is given two meanings")]
    TwoMeanings {
        /// The text.
        text: String,
    },
    /// Single people in a report for others.
    #[error("single people are shown to the program's own team only")]
    NotForOutside,
    /// A floor under the audience's.
    #[error("a floor of {found} is under the audience's of {least}")]
    FloorTooLow {
        /// The floor.
        found: u64,
        /// The audience's.
        least: u64,
    },
}

/// What a name of a plan stands for. Frontends word it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Named {
    /// A grouping of people.
    Grouping,
    /// A timepoint.
    Timepoint,
    /// A map of values.
    Values,
    /// An instrument of the plan.
    Instrument,
    /// An instrument that comes with the program.
    BuiltIn,
}

impl Named {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Grouping => "grouping",
            Self::Timepoint => "timepoint",
            Self::Values => "values",
            Self::Instrument => "instrument",
            Self::BuiltIn => "built_in",
        }
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Values => "map of values",
            Self::BuiltIn => "built-in instrument",
            Self::Grouping | Self::Timepoint | Self::Instrument => self.as_str(),
        })
    }
}

impl Refused for PlanFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Setting(fault) => fault.code(),
            Self::Twice { .. } => "plan.twice",
            Self::NoSuch { .. } => "plan.no_such",
            Self::OneOf { .. } => "plan.one_of",
            Self::NotAPattern { .. } => "plan.not_a_pattern",
            Self::ItemCount { .. } => "plan.item_count",
            Self::TwoMeanings { .. } => "plan.two_meanings",
            Self::NotForOutside => "plan.not_for_outside",
            Self::FloorTooLow { .. } => "plan.floor_too_low",
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
            Self::Twice { .. } => "Take one of the two out, or give it another name.",
            Self::NoSuch { .. } => "Correct the name, or add what it names.",
            Self::OneOf { .. } => "Write one of the two keys.",
            Self::NotAPattern { .. } => "Write the name of a column as the file writes it.",
            Self::ItemCount { .. } => {
                "Name one column for each item, in the order of the questionnaire."
            }
            Self::TwoMeanings { .. } => {
                "Give the text one meaning; capital letters make no difference."
            }
            Self::NotForOutside => "Take the key out, or make the report for the team.",
            Self::FloorTooLow { .. } => "Raise the floor, or take it out.",
        }
    }
}

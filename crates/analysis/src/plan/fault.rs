//! What is wrong with a plan, where, and what to do.

use std::fmt;

use commons::{Figures, Refused, Rule};
use interchange::settings::{Found, SettingFault, Shape};
use serde::Serialize;

/// Something wrong in a plan, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The way to it from the top, such as `sheets[2].scales[1].items`.
    pub path: String,
    /// What is wrong.
    pub fault: PlanFault,
}

/// Everything that is wrong in a plan, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFaults(Vec<Finding>);

/// What is wrong in a plan. It may repeat what the plan says: a plan names columns, and no people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlanFault {
    /// It is not TOML here.
    #[error("not TOML: {message}")]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// It is longer than any plan.
    #[error("a plan of {bytes} bytes; at most {most} are read")]
    TooLarge {
        /// Its length, in bytes.
        bytes: usize,
        /// The longest that is read, in bytes.
        most: usize,
    },
    /// A key that plans do not have.
    #[error("unknown key `{key}`{}", did_you_mean(meant.as_deref()))]
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest that plans have.
        meant: Option<String>,
    },
    /// A key that is not there.
    #[error("`{key}` is missing")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A value of another type.
    #[error("{wanted} is wanted here, not {found}")]
    WrongType {
        /// What is wanted.
        wanted: Shape,
        /// What was found.
        found: Shape,
    },
    /// A number outside its range.
    #[error("{found} is outside {least} to {most}")]
    OutOfRange {
        /// The number.
        found: i64,
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A word outside a closed vocabulary.
    #[error("unknown word `{found}`{}", did_you_mean(meant.as_deref()))]
    UnknownWord {
        /// The word.
        found: String,
        /// The nearest that is known.
        meant: Option<String>,
    },
    /// A text that is no code.
    #[error("`{found}` is not a short word of letters a to z, digits, `_`, `-` and `.`")]
    NotACode {
        /// The text.
        found: String,
    },
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

fn did_you_mean(meant: Option<&str>) -> String {
    meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
}

impl From<SettingFault> for PlanFault {
    fn from(fault: SettingFault) -> Self {
        match fault {
            SettingFault::Syntax { message } => Self::Syntax { message },
            SettingFault::TooLarge { bytes, most } => Self::TooLarge { bytes, most },
            SettingFault::UnknownKey { key, meant } => Self::UnknownKey { key, meant },
            SettingFault::Missing { key } => Self::Missing { key },
            SettingFault::WrongType { wanted, found } => Self::WrongType { wanted, found },
            SettingFault::OutOfRange { found, least, most } => {
                Self::OutOfRange { found, least, most }
            }
            SettingFault::UnknownWord { found, meant } => Self::UnknownWord { found, meant },
            SettingFault::NotACode { found } => Self::NotACode { found },
        }
    }
}

impl PlanFaults {
    pub(super) fn of(found: Vec<Found<PlanFault>>) -> Self {
        let finding = |Found { line, column, path, fault }| Finding { line, column, path, fault };
        Self(found.into_iter().map(finding).collect())
    }

    /// What is wrong, by line.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// Whether nothing is.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a PlanFaults {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl std::error::Error for PlanFaults {}

impl fmt::Display for PlanFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, finding) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{finding}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, path, fault } = self;
        write!(f, "{line}:{column} ")?;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{fault}")
    }
}

impl std::error::Error for Finding {}

impl Refused for Finding {
    fn code(&self) -> &'static str {
        self.fault.code()
    }
    fn figures(&self) -> Figures {
        Figures::of(&self.fault)
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        self.fault.way_out()
    }
}

impl PlanFault {
    /// A stable code, by which frontends find their own words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "plan.syntax",
            Self::TooLarge { .. } => "plan.too_large",
            Self::UnknownKey { .. } => "plan.unknown_key",
            Self::Missing { .. } => "plan.missing",
            Self::WrongType { .. } => "plan.wrong_type",
            Self::OutOfRange { .. } => "plan.out_of_range",
            Self::UnknownWord { .. } => "plan.unknown_word",
            Self::NotACode { .. } => "plan.not_a_code",
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

    /// How to go on, in one plain English sentence.
    #[must_use]
    pub const fn way_out(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "Correct the text so that it is TOML.",
            Self::TooLarge { .. } => "Check that this is a plan.",
            Self::UnknownKey { .. } => "Correct the spelling of the key, or take it out.",
            Self::Missing { .. } => "Add the key.",
            Self::WrongType { .. } => "Write a value of the type that is wanted.",
            Self::OutOfRange { .. } => "Choose a number inside the range.",
            Self::UnknownWord { .. } => "Choose one of the words that plans know.",
            Self::NotACode { .. } => "Write one short word without capital letters and spaces.",
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

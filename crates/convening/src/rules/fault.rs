//! What is wrong with rules, and where.

use std::fmt;

use commons::{Figures, Refused, Rule};
use interchange::settings::{Found, SettingFault};
use serde::Serialize;

/// Something that is wrong in a file of rules, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesFault {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The way to it from the top, such as `mixing[2].weight`.
    pub path: String,
    /// What is wrong.
    pub kind: RulesFaultKind,
}

/// Everything that is wrong with a file of rules, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesFaults(Vec<RulesFault>);

/// What is wrong with rules. It may repeat what they say: they name nobody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RulesFaultKind {
    /// It is not TOML here.
    #[error("not TOML: {message}")]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// It is longer than any rules.
    #[error("rules of {bytes} bytes; at most {most} are read")]
    TooLarge {
        /// Its length, in bytes.
        bytes: usize,
        /// The longest that is read, in bytes.
        most: usize,
    },
    /// A key that rules do not have.
    #[error("unknown key `{key}`{}", did_you_mean(meant.as_deref()))]
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest that rules have.
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
        wanted: &'static str,
        /// What was found.
        found: &'static str,
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
    /// Sizes that do not rise.
    #[error("sizes rise from the fewest to the most, not {fewest}, {usual}, {most}")]
    Sizes {
        /// The fewest that was given, in people.
        fewest: u16,
        /// The usual number that was given, in people.
        usual: u16,
        /// The most that was given, in people.
        most: u16,
    },
    /// Not exactly one of the two ways to say how far.
    #[error("exactly one of `within` and `own_place_within` is wanted")]
    OneReach,
    /// An aspect that the rules do not name.
    #[error("no aspect of these rules{}", did_you_mean(meant.as_deref()))]
    NoSuchAspect {
        /// The nearest that there is.
        meant: Option<String>,
    },
    /// An aspect that is named twice.
    #[error("the same aspect as one before it")]
    AspectTwice,
    /// An aspect with the name of a column that lists have already.
    #[error("lists have a column of that name already")]
    AspectIsColumn,
    /// More aspects of the program's own than there may be.
    #[error("more than {most} aspects beside the sex")]
    TooManyAspects {
        /// The most.
        most: usize,
    },
}

fn did_you_mean(meant: Option<&str>) -> String {
    meant.map(|word| format!("; `{word}`?")).unwrap_or_default()
}

impl From<SettingFault> for RulesFaultKind {
    fn from(fault: SettingFault) -> Self {
        match fault {
            SettingFault::Syntax { message } => Self::Syntax { message },
            SettingFault::TooLarge { bytes, most } => Self::TooLarge { bytes, most },
            SettingFault::UnknownKey { key, meant } => Self::UnknownKey { key, meant },
            SettingFault::Missing { key } => Self::Missing { key },
            SettingFault::WrongType { wanted, found } => {
                Self::WrongType { wanted: wanted.in_words(), found: found.in_words() }
            }
            SettingFault::OutOfRange { found, least, most } => {
                Self::OutOfRange { found, least, most }
            }
            SettingFault::UnknownWord { found, meant } => Self::UnknownWord { found, meant },
            SettingFault::NotACode { found } => Self::NotACode { found },
        }
    }
}

impl RulesFaults {
    pub(super) fn of(found: Vec<Found<RulesFaultKind>>) -> Self {
        let fault =
            |Found { line, column, path, fault }| RulesFault { line, column, path, kind: fault };
        Self(found.into_iter().map(fault).collect())
    }

    /// Each, in the order of the lines.
    pub fn iter(&self) -> std::slice::Iter<'_, RulesFault> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a RulesFaults {
    type Item = &'a RulesFault;
    type IntoIter = std::slice::Iter<'a, RulesFault>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl std::error::Error for RulesFaults {}

impl fmt::Display for RulesFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, fault) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl RulesFault {
    /// Where it stands, without the path.
    #[must_use]
    pub fn place(&self) -> interchange::Place {
        interchange::Place::column(self.line.into(), self.column as usize)
    }
}

impl fmt::Display for RulesFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, path, kind } = self;
        write!(f, "{line}:{column} ")?;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{kind}")
    }
}

impl std::error::Error for RulesFault {}

impl Refused for RulesFault {
    fn code(&self) -> &'static str {
        self.kind.code()
    }
    fn figures(&self) -> Figures {
        self.kind.figures()
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        self.kind.way_out()
    }
}

impl Refused for RulesFaultKind {
    fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "convening.rules_syntax",
            Self::TooLarge { .. } => "convening.rules_too_large",
            Self::UnknownKey { .. } => "convening.rules_unknown_key",
            Self::Missing { .. } => "convening.rules_missing",
            Self::WrongType { .. } => "convening.rules_wrong_type",
            Self::OutOfRange { .. } => "convening.rules_out_of_range",
            Self::UnknownWord { .. } => "convening.rules_unknown_word",
            Self::NotACode { .. } => "convening.rules_not_a_code",
            Self::Sizes { .. } => "convening.rules_sizes",
            Self::OneReach => "convening.rules_one_reach",
            Self::NoSuchAspect { .. } => "convening.rules_no_such_aspect",
            Self::AspectTwice => "convening.rules_aspect_twice",
            Self::AspectIsColumn => "convening.rules_aspect_is_column",
            Self::TooManyAspects { .. } => "convening.rules_too_many_aspects",
        }
    }
    fn figures(&self) -> Figures {
        Figures::of(self)
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "Correct the text so that it is TOML.",
            Self::TooLarge { .. } => "Check that this is a file of rules.",
            Self::UnknownKey { .. } => "Correct the spelling of the key, or take it out.",
            Self::Missing { .. } => "Add the key.",
            Self::WrongType { .. } => "Write a value of the type that is wanted.",
            Self::OutOfRange { .. } => "Choose a number inside the range.",
            Self::UnknownWord { .. } => "Choose one of the words that rules know.",
            Self::NotACode { .. } => "Write one short word without capital letters and spaces.",
            Self::Sizes { .. } => {
                "Give the fewest, the usual and the most people of a circle in rising order."
            }
            Self::OneReach => "Write one of the two keys.",
            Self::NoSuchAspect { .. } => "Write sex, or a word that stands in the list `aspects`.",
            Self::AspectTwice => "Take one of the two out.",
            Self::AspectIsColumn => "Choose another word for the aspect.",
            Self::TooManyAspects { .. } => "Take out the aspects that matter least.",
        }
    }
}

//! What is wrong with rules, and where.

use commons::{Figures, Refused, Rule};
use interchange::settings::{Found, SettingFault, SettingFaults, did_you_mean};
use serde::Serialize;

/// Something that is wrong in a file of rules, and its place.
pub type RulesFault = Found<RulesFaultKind>;

/// Everything that is wrong with a file of rules, in the order of its lines.
pub type RulesFaults = SettingFaults<RulesFaultKind>;

/// What is wrong with rules. It may repeat what they say: they name nobody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RulesFaultKind {
    /// What can be wrong with any settings.
    #[error(transparent)]
    Setting(#[from] SettingFault),
    /// Something else where one of several forms is wanted.
    #[error("{wanted} is wanted here")]
    OtherForm {
        /// What is wanted.
        wanted: &'static str,
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

impl Refused for RulesFaultKind {
    fn code(&self) -> &'static str {
        match self {
            Self::Setting(fault) => fault.code(),
            Self::OtherForm { .. } => "convening.rules_other_form",
            Self::Sizes { .. } => "convening.rules_sizes",
            Self::OneReach => "convening.rules_one_reach",
            Self::NoSuchAspect { .. } => "convening.rules_no_such_aspect",
            Self::AspectTwice => "convening.rules_aspect_twice",
            Self::AspectIsColumn => "convening.rules_aspect_is_column",
            Self::TooManyAspects { .. } => "convening.rules_too_many_aspects",
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
            Self::OtherForm { .. } => "Write one of the forms that are wanted.",
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

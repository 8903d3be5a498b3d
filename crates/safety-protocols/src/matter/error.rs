//! Why a matter may not be lowered or closed.

use commons::{Code, Refused, Rule};

use crate::Severity;

/// Why a matter may not be lowered or closed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum MatterError {
    /// Nothing was opened, or all of it was a mistake.
    #[error("the matter was never opened")]
    NeverOpened,
    /// It is not graver than that.
    #[error("the matter is `{now}`, not graver than `{to}`", now = now.word(), to = to.word())]
    NotLower {
        /// How grave it is.
        now: Severity,
        /// To what it would be lowered.
        to: Severity,
    },
    /// One person alone may not lower an urgent or graver matter.
    #[error("lowering `{now}` needs a second person", now = now.word())]
    SecondPerson {
        /// How grave it is.
        now: Severity,
    },
    /// The one who decides is involved.
    #[error("who tells a matter, or is its subject, does not decide about it")]
    Involved,
    /// The role may not close so grave a matter.
    #[error("a matter that is `{now}` is closed by a `{role}`", now = now.word())]
    Role {
        /// How grave it is.
        now: Severity,
        /// The role that may.
        role: Code,
    },
    /// Duties are open.
    #[error("{open} duties are open")]
    DutiesOpen {
        /// How many.
        open: usize,
    },
    /// Openings or raises were answered by nobody.
    #[error("{open} entries are unanswered")]
    Unanswered {
        /// How many.
        open: usize,
    },
    /// It is over already.
    #[error("the matter is closed")]
    Closed,
    /// The word says that nothing was done.
    #[error("`{action}` is not something that was done")]
    NotAnAct {
        /// The word.
        action: Code,
    },
}

impl Refused for MatterError {
    fn code(&self) -> &'static str {
        match self {
            Self::NeverOpened => "matter.never_opened",
            Self::NotLower { .. } => "matter.not_lower",
            Self::SecondPerson { .. } => "matter.second_person",
            Self::Involved => "matter.involved",
            Self::Role { .. } => "matter.role",
            Self::DutiesOpen { .. } => "matter.duties_open",
            Self::Unanswered { .. } => "matter.unanswered",
            Self::Closed => "matter.closed",
            Self::NotAnAct { .. } => "matter.not_an_act",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        match self {
            Self::NeverOpened | Self::NotLower { .. } | Self::Closed => None,
            Self::SecondPerson { .. } => Some(Rule::of("IN-03")),
            Self::Involved => Some(Rule::of("IN-04")),
            Self::Role { .. } | Self::Unanswered { .. } => Some(Rule::of("IN-10")),
            Self::DutiesOpen { .. } => Some(Rule::of("U-08")),
            Self::NotAnAct { .. } => Some(Rule::of("ENG-08")),
        }
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::NeverOpened => "Record the matter first.",
            Self::NotLower { .. } => "Raise it instead, which is never refused.",
            Self::SecondPerson { .. } => "Ask a second person to agree, and name their role.",
            Self::Involved => "Hand it to somebody who is not involved.",
            Self::Role { .. } => "Hand it to the role that may close it.",
            Self::DutiesOpen { .. } => "Do what is open, or have a role above set it aside.",
            Self::Unanswered { .. } => "Say for each entry what was done.",
            Self::Closed => "Open a new matter and link it.",
            Self::NotAnAct { .. } => {
                "Say what was done; have a role above set the duty aside, lower it, or take the entry back."
            }
        }
    }
}

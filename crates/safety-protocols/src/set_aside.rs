//! A duty set aside, by whom and why.

use chrono::{DateTime, Utc};
use commons::{Code, EventId, EventSet, Refused, Rule};
use serde::{Deserialize, Serialize};

use crate::{
    Circumstances, Decider, Involvement, Obligation, Occurrence, Subject, attribute, evidence,
};

/// One duty that a role above its owner set aside (ENG-08): said with a reason, and in view of all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetAside {
    /// The row that spells the duty out.
    pub row: Code,
    /// What it is about.
    pub subject: Subject,
    /// The events that opened it.
    pub accounts: EventSet,
    /// The role that decided.
    pub role: Code,
    /// Why, from a list.
    pub reason: Code,
    /// When.
    pub at: DateTime<Utc>,
}

impl SetAside {
    /// What the rules should know of it.
    #[must_use]
    pub fn occurrence(&self, event: EventId, around: &Circumstances) -> Occurrence {
        let kind = Code::of("duty.set_aside");
        Occurrence::new(kind, event, self.subject, self.at, around.clone())
            .with(attribute::ROW, self.row.clone())
            .answering(self.accounts.iter().copied(), [evidence::OVERRIDDEN])
    }
}

/// Why a duty may not be set aside by somebody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum SetAsideError {
    /// The role is not above the one that holds it.
    #[error("a `{role}` does not stand above a `{owner}`")]
    NotAbove {
        /// The role that would set it aside.
        role: Code,
        /// The role that holds it.
        owner: Code,
    },
    /// The matter is about them.
    #[error("nobody sets aside a duty in a matter about themselves")]
    Subject,
}

impl Refused for SetAsideError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAbove { .. } => "duty.not_above",
            Self::Subject => "duty.subject",
        }
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("ENG-08"))
    }

    fn way_out(&self) -> &'static str {
        "Do it, or ask a role above that is not involved."
    }
}

/// Roles, each line above the one before; a role that stands nowhere is below all.
const LADDER: [&[&str]; 4] = [
    &["keeper", "facilitator", "who_knows", "contact_outside"],
    &["supervisor", "coordinator"],
    &["safeguarding_lead"],
    &["director"],
];

fn rung(role: &Code) -> Option<usize> {
    LADDER.iter().position(|rung| rung.contains(&role.as_str()))
}

impl Obligation {
    /// Decides whether somebody may set it aside with a reason (ENG-08). The duty stays in view,
    /// answered by [`evidence::OVERRIDDEN`]; no other duty of the same opening is.
    ///
    /// # Errors
    ///
    /// The role is not above the one that holds it, or the matter is about them.
    pub fn set_aside(
        &self,
        by: &Decider,
        reason: Code,
        at: DateTime<Utc>,
    ) -> Result<SetAside, SetAsideError> {
        self.may_be_set_aside(by)?;
        Ok(SetAside {
            row: self.row.clone(),
            subject: self.subject,
            accounts: self.accounts.clone(),
            role: by.role.clone(),
            reason,
            at,
        })
    }

    /// Whether somebody may set it aside.
    ///
    /// # Errors
    ///
    /// As [`set_aside`](Self::set_aside).
    pub fn may_be_set_aside(&self, by: &Decider) -> Result<(), SetAsideError> {
        if by.involvement == Involvement::Subject {
            return Err(SetAsideError::Subject);
        }
        if rung(&by.role) <= rung(&self.owner) {
            return Err(SetAsideError::NotAbove {
                role: by.role.clone(),
                owner: self.owner.clone(),
            });
        }
        Ok(())
    }
}

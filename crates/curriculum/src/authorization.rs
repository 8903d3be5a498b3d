//! Whether somebody may lead on a day.

use chrono::NaiveDate;

use crate::{Lacks, Stage};

/// The answer to "may this person lead today", with all that is missing where the answer is no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authorization {
    /// Yes, as far as this.
    Authorized {
        /// How far. A skill seen at the harmful level holds it at co-leading until a retest (FR-04).
        stage: Stage,
        /// The last day on which the training behind it is valid, if it runs out.
        through: Option<NaiveDate>,
    },
    /// No, because of these.
    NotAuthorized(Lacks),
}

impl Authorization {
    /// Whether the person may lead or co-lead.
    #[must_use]
    pub const fn is_authorized(&self) -> bool {
        matches!(self, Self::Authorized { .. })
    }

    /// How far, if at all.
    #[must_use]
    pub const fn stage(&self) -> Option<Stage> {
        match self {
            Self::Authorized { stage, .. } => Some(*stage),
            Self::NotAuthorized(_) => None,
        }
    }

    /// Whether the person may lead without somebody leading beside them.
    #[must_use]
    pub fn leads(&self) -> bool {
        self.stage().is_some_and(Stage::leads)
    }

    /// What is missing, where the answer is no.
    #[must_use]
    pub const fn lacks(&self) -> Option<&Lacks> {
        match self {
            Self::Authorized { .. } => None,
            Self::NotAuthorized(lacks) => Some(lacks),
        }
    }
}

//! The sheet on which consent is asked: no bundles.

use std::collections::BTreeMap;

use commons::{Code, Refused, Rule};
use serde::{Deserialize, Serialize};

use super::Scope;

/// One question of a consent form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ask {
    /// What is asked for.
    pub scope: Scope,
    /// Whether somebody who says no still has a seat.
    pub refusable: bool,
}

/// A consent form whose questions can each be refused alone (CO-02).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawForm", into = "RawForm")]
pub struct ConsentForm {
    // Invariant: every scope but those that come with a seat is refusable.
    text_version: Code,
    asks: BTreeMap<Scope, bool>,
}

/// Why a form may not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum FormError {
    /// Taking part is made to depend on something else.
    #[error("a seat may not depend on `{scope}`")]
    Bundled {
        /// What it is made to depend on.
        scope: Code,
    },
    /// One scope is asked for twice.
    #[error("`{scope}` is asked for twice")]
    Twice {
        /// Which.
        scope: Code,
    },
}

impl Refused for FormError {
    fn code(&self) -> &'static str {
        match self {
            Self::Bundled { .. } => "consent.bundled",
            Self::Twice { .. } => "consent.asked_twice",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("CO-02"))
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::Bundled { .. } => "Make the question refusable by itself.",
            Self::Twice { .. } => "Ask for each use once.",
        }
    }
}

impl ConsentForm {
    /// A form of these questions.
    ///
    /// # Errors
    ///
    /// A seat that depends on anything but taking part and its record, or a question asked twice.
    pub fn new(
        text_version: Code,
        questions: impl IntoIterator<Item = Ask>,
    ) -> Result<Self, FormError> {
        let mut asks = BTreeMap::new();
        for Ask { scope, refusable } in questions {
            if !refusable && !scope.comes_with_a_seat() {
                return Err(FormError::Bundled { scope: scope.code() });
            }
            let code = scope.code();
            if asks.insert(scope, refusable).is_some() {
                return Err(FormError::Twice { scope: code });
            }
        }
        Ok(Self { text_version, asks })
    }

    /// The version of its text.
    #[must_use]
    pub const fn text_version(&self) -> &Code {
        &self.text_version
    }

    /// What it asks for.
    pub fn scopes(&self) -> impl Iterator<Item = &Scope> {
        self.asks.keys()
    }
}

#[derive(Serialize, Deserialize)]
struct RawForm {
    text_version: Code,
    asks: Vec<Ask>,
}

impl TryFrom<RawForm> for ConsentForm {
    type Error = FormError;
    fn try_from(raw: RawForm) -> Result<Self, FormError> {
        Self::new(raw.text_version, raw.asks)
    }
}

impl From<ConsentForm> for RawForm {
    fn from(form: ConsentForm) -> Self {
        Self {
            text_version: form.text_version,
            asks: form
                .asks
                .into_iter()
                .map(|(scope, refusable)| Ask { scope, refusable })
                .collect(),
        }
    }
}

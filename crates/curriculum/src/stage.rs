//! The rungs from learning to mentoring.

use serde::{Deserialize, Serialize};

/// How far a person has come in leading.
///
/// The order is FR-05's: trainee, co-lead with a mentor, lead with the mentor observing, lead
/// with the mentor on call, mentor. A trainee is authorized for nothing yet and has no value here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Leads together with a mentor.
    CoLead,
    /// Leads while the mentor observes.
    LeadObserved,
    /// Leads, with a mentor on call.
    Lead,
    /// Mentors others.
    Mentor,
}

impl Stage {
    /// All of them, from the lowest rung up.
    pub const ALL: [Self; 4] = [Self::CoLead, Self::LeadObserved, Self::Lead, Self::Mentor];

    /// The rung below, if there is one.
    #[must_use]
    pub const fn below(self) -> Option<Self> {
        match self {
            Self::CoLead => None,
            Self::LeadObserved => Some(Self::CoLead),
            Self::Lead => Some(Self::LeadObserved),
            Self::Mentor => Some(Self::Lead),
        }
    }

    /// Whether a person on this rung leads without somebody leading beside them.
    #[must_use]
    pub const fn leads(self) -> bool {
        !matches!(self, Self::CoLead)
    }
}

/// Whether leading is reached rung by rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ladder {
    /// Any stage may be given at once.
    None,
    /// Each stage follows the one below it (FR-05).
    RungByRung,
}

//! Yes, in which view; or no, and why.

use commons::{Refused, Rule};
use serde::{Deserialize, Serialize};

use crate::Condition;

/// What is shown of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// All of it.
    Plain,
    /// The part meant for that role: the safe channel alone, one's own account and the outcome alone,
    /// who saw one's own record.
    Part,
    /// Rows under pseudonyms.
    Pseudonymous,
    /// Suppressed counts and sums, never a row about a person.
    Aggregates,
    /// Whether there is one, and its dates or status.
    Flag,
    /// What the person consented to send, no more.
    Packet,
    /// Ciphertext as it lies.
    Sealed,
}

/// The answer to whether somebody may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[must_use]
pub enum Decision {
    /// Yes, in this view.
    Allowed(View),
    /// No.
    Refused(Refusal),
}

impl Decision {
    /// Whether the answer is yes, in any view.
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed(_))
    }

    /// The view, for use with `?`.
    ///
    /// # Errors
    ///
    /// The [`Refusal`], where the answer is no.
    pub const fn view(self) -> Result<View, Refusal> {
        match self {
            Self::Allowed(view) => Ok(view),
            Self::Refused(refusal) => Err(refusal),
        }
    }
}

/// Why the answer is no.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    thiserror::Error,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Refusal {
    /// The subject of a matter never sees, changes or closes it, whatever other roles they hold (PV-04).
    #[error("the subject of a matter has no access to it")]
    SubjectOfMatter,
    /// The role has no access to this class of data.
    #[error("this role has no access to this kind of data")]
    NotForThisRole,
    /// The role has no access for this purpose.
    #[error("this role has no access to this kind of data for this purpose")]
    NotForThisPurpose,
    /// The record lies outside what the role reaches.
    #[error("this record lies outside what this role reaches")]
    OutOfReach,
    /// The role may see it, not change it.
    #[error("this role may see this kind of data, not change it")]
    NotToBeChanged,
    /// This class of data never leaves in bulk, for nobody (PV-05).
    #[error("this kind of data never leaves in bulk")]
    NeverInBulk,
    /// A consented packet goes out one at a time.
    #[error("a consented packet goes out one at a time")]
    OneAtATime,
    /// Only an emergency opens it (PV-06).
    #[error("only breaking the glass opens this record")]
    GlassOnly,
    /// There is no glass to break here.
    #[error("breaking the glass opens nothing here")]
    NoGlass,
    /// Something has to be established first.
    #[error("not established: {0:?}")]
    Unproven(Condition),
    /// The safeguarding lead decides, case by case and outside of this table.
    #[error("the safeguarding lead decides")]
    LeadDecides,
    /// Shown in the due process of a complaint only, never through the program.
    #[error("shown in the due process of a complaint only")]
    DueProcessOnly,
}

impl Refused for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::SubjectOfMatter => "access.subject_of_matter",
            Self::NotForThisRole => "access.role",
            Self::NotForThisPurpose => "access.purpose",
            Self::OutOfReach => "access.reach",
            Self::NotToBeChanged => "access.read_only",
            Self::NeverInBulk => "access.never_in_bulk",
            Self::OneAtATime => "access.one_at_a_time",
            Self::GlassOnly => "access.glass_only",
            Self::NoGlass => "access.no_glass",
            Self::Unproven(_) => "access.unproven",
            Self::LeadDecides => "access.lead_decides",
            Self::DueProcessOnly => "access.due_process_only",
        }
    }

    fn rule(&self) -> Option<Rule> {
        match self {
            Self::SubjectOfMatter | Self::DueProcessOnly => Some(Rule::of("PV-04")),
            Self::NeverInBulk => Some(Rule::of("PV-05")),
            Self::GlassOnly | Self::NoGlass => Some(Rule::of("PV-06")),
            Self::Unproven(_) | Self::OneAtATime => Some(Rule::of("CO-01")),
            Self::NotForThisRole
            | Self::NotForThisPurpose
            | Self::OutOfReach
            | Self::NotToBeChanged
            | Self::LeadDecides => None,
        }
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::SubjectOfMatter | Self::DueProcessOnly => {
                "Somebody who is not the subject handles the matter; ask the safeguarding lead about due process."
            }
            Self::NotForThisRole | Self::OutOfReach => {
                "Ask somebody whose role covers it, or pick the hat that does."
            }
            Self::NotForThisPurpose => {
                "Name the purpose you really have, or ask somebody whose work it is."
            }
            Self::NotToBeChanged => "Ask whoever keeps the record to correct it.",
            Self::NeverInBulk | Self::OneAtATime => {
                "Open one record at a time; each reading is logged."
            }
            Self::GlassOnly => {
                "In an emergency, break the glass with a reason; the safeguarding lead is told at once."
            }
            Self::NoGlass => "Ask the safeguarding lead.",
            Self::Unproven(_) => "Establish it first: ask for the consent or record the reason.",
            Self::LeadDecides => "Ask the safeguarding lead.",
        }
    }
}

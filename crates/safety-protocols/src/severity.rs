//! One scale of severity, and the levels of a first conversation about danger to oneself.

use std::{borrow::Cow, str::FromStr};

use commons::Code;
use serde::{Deserialize, Serialize};

/// How urgent the care is that a matter asks for, from a near miss to danger now.
///
/// Declared in rising gravity, so that the greater is the graver. One scale for every model:
///
/// | word | level | meaning |
/// | --- | --- | --- |
/// | near miss | `S0` | a good catch |
/// | note | `S4` | settled in the room |
/// | watch | `S3` | talk at the next supervision at the latest |
/// | urgent | `S2` | the same day |
/// | emergency | `S1` | now; life or a child in danger |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Near miss, good catch.
    S0,
    /// Conflict or distress settled in the room, rule slip.
    S4,
    /// Thoughts of self-harm without intent, harassment, confidence broken, a flashback that ended participation.
    S3,
    /// Serious harm, disclosure of abuse, allegation against staff, named threat, breach of sensitive data.
    S2,
    /// Life or a child in danger now.
    S1,
}

/// A word that is no level of severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a severity: near_miss, note, watch, urgent, emergency or s0 to s4 are wanted")]
pub struct SeverityError;

impl Severity {
    /// All of them, the least grave first.
    pub const ALL: [Self; 5] = [Self::S0, Self::S4, Self::S3, Self::S2, Self::S1];

    /// Its code, as rules and occurrences carry it.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::S0 => Code::of("s0"),
            Self::S1 => Code::of("s1"),
            Self::S2 => Code::of("s2"),
            Self::S3 => Code::of("s3"),
            Self::S4 => Code::of("s4"),
        }
    }

    /// Its plain word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::S0 => "near_miss",
            Self::S4 => "note",
            Self::S3 => "watch",
            Self::S2 => "urgent",
            Self::S1 => "emergency",
        }
    }

    /// Whether nothing may be closed while such a matter is open (U-08: urgent or graver).
    #[must_use]
    pub fn is_urgent(self) -> bool {
        Self::S2 <= self
    }
}

impl FromStr for Severity {
    type Err = SeverityError;
    fn from_str(text: &str) -> Result<Self, SeverityError> {
        Self::ALL
            .into_iter()
            .find(|level| text == level.word() || level.code() == *text)
            .ok_or(SeverityError)
    }
}

impl TryFrom<Cow<'static, str>> for Severity {
    type Error = SeverityError;
    fn try_from(text: Cow<'static, str>) -> Result<Self, SeverityError> {
        text.parse()
    }
}

/// What a first conversation about danger to oneself came to.
///
/// The levels name the next step of the same session, never a person (Columbia Lighthouse Project,
/// <https://cssrs.columbia.edu/the-columbia-scale-c-ssrs/triage-c-ssrs/>: low, moderate, high; next
/// steps are local). Scoring is not done here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Triage {
    /// Nothing shown; ask again only on concern. It closes nothing (SU-03).
    NoneShown,
    /// Talk, offer a plan, give the card, tell the supervisor.
    Low,
    /// The supervisor before leaving, a plan, a warm hand-off.
    Moderate,
    /// Nobody is left alone; help comes before the session ends.
    High,
}

impl Triage {
    /// Its code, as rules and occurrences carry it.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::NoneShown => Code::of("none_shown"),
            Self::Low => Code::of("low"),
            Self::Moderate => Code::of("moderate"),
            Self::High => Code::of("high"),
        }
    }

    /// How severe the matter is at least.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::NoneShown => Severity::S4,
            Self::Low => Severity::S3,
            Self::Moderate => Severity::S2,
            Self::High => Severity::S1,
        }
    }
}

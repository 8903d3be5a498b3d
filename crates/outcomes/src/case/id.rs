//! What the other program calls its case.

use serde::{Deserialize, Deserializer, Serialize, de::IgnoredAny};

/// What the other program calls its case; it comes back as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum CaseId {
    /// A whole number.
    Number(i64),
    /// A whole number above those.
    Large(u64),
    /// A number with a point.
    Real(f64),
    /// A text.
    Text(String),
}

/// The id of a case as it came.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Named {
    /// By none.
    #[default]
    Not,
    /// By an id.
    By(CaseId),
    /// By something that is no id, or a number too long to come back as it was.
    Unreadable,
}

impl Named {
    pub(super) const fn id(&self) -> Option<&CaseId> {
        match self {
            Self::By(id) => Some(id),
            Self::Not | Self::Unreadable => None,
        }
    }
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Id(CaseId),
            None(()),
            Other(IgnoredAny),
        }
        // Beyond 2^53 a number with a point, or one of twenty digits, comes back as another.
        let exact = |number: f64| number.abs() < 9_007_199_254_740_992.0;
        Ok(match Written::deserialize(deserializer)? {
            Written::Id(CaseId::Real(number)) if !exact(number) => Self::Unreadable,
            Written::Id(id) => Self::By(id),
            Written::None(()) => Self::Not,
            Written::Other(_) => Self::Unreadable,
        })
    }
}

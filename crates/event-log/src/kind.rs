//! Neutral type names.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The type name of an event, such as `group.joined` or `matter.opened`.
///
/// One to forty characters: lowercase letters, digits, `.` and `_`, starting with a letter. It
/// lies open, so it gives nothing away: `matter.opened`, never what the matter is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'static, str>", into = "String")]
pub struct Kind(Cow<'static, str>);

/// Why a text is not a type name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a type name: 1 to 40 characters of a-z, 0-9, `.` and `_` are wanted, starting with a letter"
)]
pub struct KindError;

impl Kind {
    /// The longest type name, in bytes.
    pub const LONGEST: usize = 40;

    /// A type name known when this was compiled.
    ///
    /// # Panics
    ///
    /// When the text is not a type name; in a `const`, that stops the build.
    #[must_use]
    pub const fn of(text: &'static str) -> Self {
        assert!(is_kind(text.as_bytes()), "not a type name");
        Self(Cow::Borrowed(text))
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn is_kind(text: &[u8]) -> bool {
    if text.is_empty() || text.len() > Kind::LONGEST || !matches!(text, [b'a'..=b'z', ..]) {
        return false;
    }
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        if !matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_') {
            return false;
        }
        rest = tail;
    }
    true
}

impl FromStr for Kind {
    type Err = KindError;
    fn from_str(text: &str) -> Result<Self, KindError> {
        Self::try_from(Cow::Owned(text.to_owned()))
    }
}

impl TryFrom<Cow<'static, str>> for Kind {
    type Error = KindError;
    fn try_from(text: Cow<'static, str>) -> Result<Self, KindError> {
        if is_kind(text.as_bytes()) { Ok(Self(text)) } else { Err(KindError) }
    }
}

impl From<Kind> for String {
    fn from(kind: Kind) -> Self {
        kind.0.into_owned()
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_name_has_no_room_for_a_name() {
        for good in ["group.joined", "x", "a_1.b", &"x".repeat(40)] {
            assert_eq!(good.parse::<Kind>().unwrap().as_str(), good);
        }
        for bad in ["", "Group", "1a", ".a", "a-b", "a b", "é", &"x".repeat(41)] {
            assert_eq!(bad.parse::<Kind>(), Err(KindError), "{bad:?}");
        }
    }
}

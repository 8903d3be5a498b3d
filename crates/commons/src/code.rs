//! Short harmless words: the only text that the open part of an event may hold.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A word of a closed vocabulary: a role, a phase, a reason, an instrument.
///
/// One to forty characters: lowercase letters, digits, `_`, `-` and `.`, starting with a letter
/// or a digit. There is no room in it for a name or a sentence, which is why events may carry it openly.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'static, str>", into = "String")]
pub struct Code(Cow<'static, str>);

/// Why a text is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a code: 1 to 40 characters of a-z, 0-9, `_`, `-` and `.` are wanted, starting with a letter or a digit"
)]
pub struct CodeError;

impl Code {
    /// The longest code, in bytes.
    pub const LONGEST: usize = 40;

    /// A code known when this was compiled.
    ///
    /// # Panics
    ///
    /// When the text is not a code; in a `const`, that stops the build.
    #[must_use]
    pub const fn of(text: &'static str) -> Self {
        assert!(is_code(text.as_bytes()), "not a code");
        Self(Cow::Borrowed(text))
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn is_code(text: &[u8]) -> bool {
    if text.is_empty() || text.len() > Code::LONGEST {
        return false;
    }
    let mut rest = text;
    let mut first = true;
    while let [byte, tail @ ..] = rest {
        let plain = matches!(byte, b'a'..=b'z' | b'0'..=b'9');
        if !plain && (first || !matches!(byte, b'_' | b'-' | b'.')) {
            return false;
        }
        first = false;
        rest = tail;
    }
    true
}

impl FromStr for Code {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::try_from(Cow::Owned(text.to_owned()))
    }
}

impl TryFrom<Cow<'static, str>> for Code {
    type Error = CodeError;
    fn try_from(text: Cow<'static, str>) -> Result<Self, CodeError> {
        if is_code(text.as_bytes()) { Ok(Self(text)) } else { Err(CodeError) }
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0.into_owned()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

impl PartialEq<str> for Code {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9_.-]{0,39}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_no_room_for_a_name() {
        for good in ["member", "phq-9", "p2", "2-3", "x.y_z"] {
            assert_eq!(good.parse::<Code>().unwrap(), *good);
        }
        for bad in ["", "Mary", "two words", "-x", "a\u{301}", &"x".repeat(41)] {
            assert_eq!(bad.parse::<Code>(), Err(CodeError), "{bad:?}");
        }
        assert!(serde_json::from_str::<Code>("\"Mary Ann\"").is_err());
    }
}

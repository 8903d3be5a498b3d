//! The ids of rules, as the tables of rules print them.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The id of a rule, such as `HC-01`, `U-07` or `SU-02`: letters, a hyphen, digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'static, str>", into = "String")]
pub struct Rule(Cow<'static, str>);

/// Why a text is not the id of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not the id of a rule: 1 to 8 capital letters, a hyphen and 1 to 4 digits are wanted, as in `HC-01`"
)]
pub struct RuleError;

impl Rule {
    /// A rule known when this was compiled.
    ///
    /// # Panics
    ///
    /// When the text is not the id of a rule; in a `const`, that stops the build.
    #[must_use]
    pub const fn of(text: &'static str) -> Self {
        assert!(is_rule(text.as_bytes()), "not the id of a rule");
        Self(Cow::Borrowed(text))
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn is_rule(text: &[u8]) -> bool {
    let (mut letters, mut digits, mut hyphen) = (0, 0, false);
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        match byte {
            b'A'..=b'Z' if !hyphen => letters += 1,
            b'-' if !hyphen && letters > 0 => hyphen = true,
            b'0'..=b'9' if hyphen => digits += 1,
            _ => return false,
        }
        rest = tail;
    }
    1 <= letters && letters <= 8 && 1 <= digits && digits <= 4
}

impl FromStr for Rule {
    type Err = RuleError;
    fn from_str(text: &str) -> Result<Self, RuleError> {
        Self::try_from(Cow::Owned(text.to_owned()))
    }
}

impl TryFrom<Cow<'static, str>> for Rule {
    type Error = RuleError;
    fn try_from(text: Cow<'static, str>) -> Result<Self, RuleError> {
        if is_rule(text.as_bytes()) { Ok(Self(text)) } else { Err(RuleError) }
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.0.into_owned()
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Rule {
    fn schema_name() -> Cow<'static, str> {
        "Rule".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[A-Z]{1,8}-[0-9]{1,4}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_letters_a_hyphen_and_digits() {
        for good in ["HC-01", "U-7", "ENG-0012"] {
            assert!(good.parse::<Rule>().is_ok(), "{good}");
        }
        for bad in ["", "HC01", "hc-01", "-01", "HC-", "HC-01-2", "HC-01x", "ABCDEFGHI-1"] {
            assert_eq!(bad.parse::<Rule>(), Err(RuleError), "{bad}");
        }
    }
}

//! What is known of a person beside their answers, where a rule asks for it.

use std::collections::BTreeMap;

use commons::Code;
use serde::{Deserialize, Serialize};

/// One thing known of a person, such as `trauma_exposure = false` or `sex = "female"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Known {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A word of a closed vocabulary.
    Word(Code),
}

impl Known {
    /// What somebody typed or another program wrote, in capitals or not: yes or no, a number, or a
    /// word. A text that no rule can ask for is nothing.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        match text.as_str() {
            "true" | "yes" => Some(Self::Flag(true)),
            "false" | "no" => Some(Self::Flag(false)),
            _ => match text.parse() {
                Ok(number) => Some(Self::Number(number)),
                Err(_) => text.parse().ok().map(Self::Word),
            },
        }
    }
}

impl std::fmt::Display for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Word(word) => write!(f, "{word}"),
        }
    }
}

/// What is known of a person beside their answers. What is not known is left out.
///
/// Other programs write more into it than any rule asks for: what is no flag, number or word, or
/// stands under a name that no rule can have, is passed over.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, Loose>", into = "BTreeMap<Code, Known>")]
pub struct Context(BTreeMap<Code, Known>);

impl Context {
    /// With one thing more.
    #[must_use]
    pub fn with(mut self, name: Code, known: Known) -> Self {
        self.0.insert(name, known);
        self
    }

    /// What is known under a name.
    #[must_use]
    pub fn get(&self, name: &Code) -> Option<&Known> {
        self.0.get(name)
    }

    /// Whether this is known to be so. What is not known is not so.
    #[must_use]
    pub fn says(&self, fact: &ContextIs) -> bool {
        self.get(&fact.context) == Some(&fact.is)
    }
}

/// Whatever stands in a context.
#[derive(Deserialize)]
#[serde(untagged)]
enum Loose {
    Flag(bool),
    Number(i64),
    Text(String),
    Other(serde::de::IgnoredAny),
}

impl From<Loose> for Option<Known> {
    fn from(loose: Loose) -> Self {
        match loose {
            Loose::Flag(flag) => Some(Known::Flag(flag)),
            Loose::Number(number) => Some(Known::Number(number)),
            Loose::Text(text) => Known::read(&text),
            Loose::Other(_) => None,
        }
    }
}

impl From<BTreeMap<String, Loose>> for Context {
    fn from(known: BTreeMap<String, Loose>) -> Self {
        let one = |(name, loose): (String, Loose)| {
            Some((name.trim().to_ascii_lowercase().parse().ok()?, Option::from(loose)?))
        };
        Self(known.into_iter().filter_map(one).collect())
    }
}

impl From<Context> for BTreeMap<Code, Known> {
    fn from(context: Context) -> Self {
        context.0
    }
}

/// Something that must be known of a person: `{ context = "sex", is = "female" }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextIs {
    /// Under which name.
    pub context: Code,
    /// What it must be.
    pub is: Known,
}

impl std::fmt::Display for ContextIs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={}", self.context, self.is)
    }
}

/// When a gate closes: by an answer (`{ item = 2, is = 0 }`) or by what is known of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenCondition", into = "WrittenCondition")]
pub enum Condition {
    /// An item was answered with this code.
    Item {
        /// Its place, from 1.
        item: u8,
        /// The code.
        is: i16,
    },
    /// This is known of the person.
    Context(ContextIs),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCondition {
    item: Option<u8>,
    context: Option<Code>,
    is: Known,
}

/// Why a condition cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a condition is `{{ item = 2, is = 0 }}` or `{{ context = \"sex\", is = \"female\" }}`")]
struct NoCondition;

impl TryFrom<WrittenCondition> for Condition {
    type Error = NoCondition;
    fn try_from(written: WrittenCondition) -> Result<Self, NoCondition> {
        match (written.item, written.context, written.is) {
            (Some(item), None, Known::Number(is)) => {
                Ok(Self::Item { item, is: is.try_into().map_err(|_| NoCondition)? })
            }
            (None, Some(context), is) => Ok(Self::Context(ContextIs { context, is })),
            (Some(_), _, _) | (None, None, _) => Err(NoCondition),
        }
    }
}

impl From<Condition> for WrittenCondition {
    fn from(condition: Condition) -> Self {
        match condition {
            Condition::Item { item, is } => {
                Self { item: Some(item), context: None, is: Known::Number(is.into()) }
            }
            Condition::Context(ContextIs { context, is }) => {
                Self { item: None, context: Some(context), is }
            }
        }
    }
}

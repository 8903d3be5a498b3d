//! What is known of a person beside their answers, where a rule asks for it.

use std::collections::BTreeMap;

use commons::Code;
use serde::{Deserialize, Serialize};

/// One thing known of a person, such as `trauma_exposure = false` or `sex = "female"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, try_from = "Loose")]
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

impl Known {
    /// The same for everything that says the same under a name: 0 and 1 for no and yes, and of sex
    /// the whole word for its letter.
    fn plain(&self, name: &Code) -> Self {
        match self {
            Self::Flag(flag) => Self::Number((*flag).into()),
            Self::Word(word) if name == "sex" => Self::Word(match word.as_str() {
                "f" => FEMALE,
                "m" => MALE,
                _ => word.clone(),
            }),
            Self::Number(_) | Self::Word(_) => self.clone(),
        }
    }

    /// Whether a rule that knows these values can tell what this one is.
    fn is_of(&self, name: &Code, values: &[Self]) -> bool {
        let plain = self.plain(name);
        let of_kind = |value: &Self| match value {
            Self::Flag(_) => matches!(plain, Self::Number(0 | 1)),
            Self::Number(_) => matches!(plain, Self::Number(_)),
            // Of a single word, any other is a no.
            Self::Word(_) => {
                matches!(plain, Self::Word(_)) && (values.len() == 1 || plain == value.plain(name))
            }
        };
        values.iter().any(of_kind)
    }
}

const FEMALE: Code = Code::of("female");
const MALE: Code = Code::of("male");

/// What the rules of one instrument ask of a person: under which names, and which values they know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asks(BTreeMap<Code, Vec<Known>>);

impl Asks {
    /// What these rules ask for.
    #[must_use]
    pub fn of<'a>(facts: impl IntoIterator<Item = &'a ContextIs>) -> Self {
        let mut asks: BTreeMap<Code, Vec<Known>> = BTreeMap::new();
        for fact in facts {
            let values = asks.entry(fact.context.clone()).or_default();
            let both = match &fact.is {
                Known::Flag(_) => vec![Known::Flag(true), Known::Flag(false)],
                Known::Word(_) if fact.context == "sex" => {
                    vec![Known::Word(FEMALE), Known::Word(MALE)]
                }
                Known::Number(_) | Known::Word(_) => vec![fact.is.clone()],
            };
            for value in both {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        Self(asks)
    }

    /// Each name, and the values that are known.
    pub fn iter(&self) -> impl Iterator<Item = (&Code, &[Known])> {
        self.0.iter().map(|(name, values)| (name, values.as_slice()))
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something is asked for under a name.
    #[must_use]
    pub fn has(&self, name: &Code) -> bool {
        self.0.contains_key(name)
    }

    /// Whether it is told under a name in a way that the rules know.
    #[must_use]
    pub fn is_told(&self, name: &Code, context: &Context) -> bool {
        let values = self.0.get(name).map_or(&[][..], Vec::as_slice);
        context.get(name).is_some_and(|known| known.is_of(name, values))
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
        let plain = |known: &Known| known.plain(&fact.context);
        self.get(&fact.context).is_some_and(|known| plain(known) == plain(&fact.is))
    }

    /// The names under which something is known.
    pub fn names(&self) -> impl Iterator<Item = &Code> {
        self.0.keys()
    }
}

/// Whatever stands in a context.
#[derive(Deserialize)]
#[serde(untagged)]
enum Loose {
    Nothing(()),
    Flag(bool),
    Number(i64),
    Real(f64),
    Text(String),
    Other(serde::de::IgnoredAny),
}

/// Why a fact cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a fact of a person is true or false, yes or no, a whole number, or a word such as \"female\""
)]
struct NoFact;

impl TryFrom<Loose> for Known {
    type Error = NoFact;
    fn try_from(loose: Loose) -> Result<Self, NoFact> {
        match loose {
            Loose::Flag(flag) => Ok(Self::Flag(flag)),
            Loose::Number(number) => Ok(Self::Number(number)),
            // Other languages write 0 as 0.0.
            Loose::Real(number) if number.fract() == 0.0 && number.abs() < f64::from(i32::MAX) =>
            {
                #[expect(clippy::cast_possible_truncation, reason = "whole and small, as checked")]
                Ok(Self::Number(number as i64))
            }
            Loose::Text(text) => Self::read(&text).ok_or(NoFact),
            Loose::Real(_) | Loose::Nothing(()) | Loose::Other(_) => Err(NoFact),
        }
    }
}

impl From<BTreeMap<String, Loose>> for Context {
    fn from(known: BTreeMap<String, Loose>) -> Self {
        let one = |(name, loose): (String, Loose)| Some((name_of(&name)?, loose.try_into().ok()?));
        Self(known.into_iter().filter_map(one).collect())
    }
}

/// A name that a rule can have, in capitals or not.
fn name_of(text: &str) -> Option<Code> {
    text.trim().to_ascii_lowercase().parse().ok()
}

impl From<Context> for BTreeMap<Code, Known> {
    fn from(context: Context) -> Self {
        context.0
    }
}

/// A context as another program wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "AnyContext")]
pub(crate) struct WrittenContext {
    pub(crate) known: Context,
    // The names whose value says nothing that a rule can ask for.
    pub(crate) odd: Vec<Code>,
    // Whether something stood there that is no context at all.
    pub(crate) unreadable: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum AnyContext {
    Known(BTreeMap<String, Loose>),
    Nothing(()),
    Other(serde::de::IgnoredAny),
}

impl From<AnyContext> for WrittenContext {
    fn from(written: AnyContext) -> Self {
        let mut found = Self::default();
        match written {
            AnyContext::Known(facts) => {
                for (name, loose) in facts {
                    let told = !matches!(loose, Loose::Nothing(()));
                    match (name_of(&name), Known::try_from(loose)) {
                        (Some(name), Ok(known)) => found.known = found.known.with(name, known),
                        (Some(name), Err(NoFact)) if told => found.odd.push(name),
                        (Some(_) | None, _) => {}
                    }
                }
            }
            AnyContext::Nothing(()) => {}
            AnyContext::Other(_) => found.unreadable = true,
        }
        found
    }
}

impl From<Context> for WrittenContext {
    fn from(known: Context) -> Self {
        Self { known, ..Self::default() }
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

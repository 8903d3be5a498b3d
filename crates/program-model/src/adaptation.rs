//! How a program's own copy of a model differs from the shipped one.

use std::{borrow::Cow, collections::BTreeSet, fmt, str::FromStr};

use commons::{Code, Rule};
use serde::{Deserialize, Serialize};

use crate::model::Model;

/// The way to a setting of a model, such as `roles[member].max`.
///
/// At most 160 letters, digits and `_ - . [ ] #`: there is no room in it for a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'_, str>", into = "String")]
pub struct Path(String);

/// Why a text is not the way to a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the way to a setting: 1 to 160 letters, digits and `_ - . [ ] #` are wanted")]
pub struct PathError;

impl Path {
    /// The longest path, in bytes.
    pub const LONGEST: usize = 160;

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Path {
    type Err = PathError;
    fn from_str(text: &str) -> Result<Self, PathError> {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.[]#".contains(&byte);
        if text.is_empty() || Self::LONGEST < text.len() || !text.bytes().all(known) {
            return Err(PathError);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<Cow<'_, str>> for Path {
    type Error = PathError;
    fn try_from(text: Cow<'_, str>) -> Result<Self, PathError> {
        text.parse()
    }
}

impl From<Path> for String {
    fn from(path: Path) -> Self {
        path.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Path {
    fn schema_name() -> Cow<'static, str> {
        "SettingPath".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[A-Za-z0-9_.\\[\\]#-]{1,160}$" })
    }
}

/// What a setting is, without anybody's words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// It is not there.
    Absent,
    /// A whole number.
    Whole(i64),
    /// True or false.
    Flag(bool),
    /// A code.
    Code(Code),
    /// A list.
    List(Vec<Setting>),
    /// Words; they stand in the file and nowhere else.
    Words,
}

/// Whether a difference is one that the model itself leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Leeway {
    /// The model allows it: a number of sessions it names, minutes within its slack.
    Within,
    /// It departs from the model and is recorded as an adaptation (U-16).
    Beyond,
}

/// A setting that differs between two models.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Difference {
    /// The way to it.
    pub path: Path,
    /// What it is in the shipped model.
    pub from: Setting,
    /// What it is in the program's own.
    pub to: Setting,
    /// Whether the shipped model leaves it open.
    pub leeway: Leeway,
}

/// A departure from a model: what, why, and who agreed (U-16).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Adaptation {
    /// What was changed.
    pub path: Path,
    /// What it is in the shipped model.
    pub from: Setting,
    /// What it became.
    pub to: Setting,
    /// Why, as a code of the program's own list, such as `local_custom`.
    pub why: Code,
    /// The role or body that agreed, such as `community_council`.
    pub agreed_by: Code,
}

/// Whether a program may still bear its model's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "fidelity", rename_all = "snake_case")]
pub enum Fidelity {
    /// It keeps every fixed rule.
    Named,
    /// It keeps running, and its reports drop the model's name (U-16).
    Adapted {
        /// The fixed rules that it changed.
        rules: BTreeSet<Rule>,
    },
}

impl Difference {
    /// The difference as a recorded adaptation.
    #[must_use]
    pub fn because(&self, why: Code, agreed_by: Code) -> Adaptation {
        let Self { path, from, to, leeway: _ } = self.clone();
        Adaptation { path, from, to, why, agreed_by }
    }

    /// Whether somebody recorded it as it now stands.
    #[must_use]
    pub fn is_recorded(&self, adaptations: &[Adaptation]) -> bool {
        adaptations.iter().any(|recorded| recorded.path == self.path && recorded.to == self.to)
    }
}

impl Model {
    /// Every setting in which this model differs from another, by path.
    ///
    /// Versions, sources, published figures and what is unverified are no settings.
    #[must_use]
    pub fn differences(&self, shipped: &Self) -> Vec<Difference> {
        let paths: BTreeSet<&String> =
            self.leaves().keys().chain(shipped.leaves().keys()).collect();
        paths.into_iter().filter_map(|path| self.difference(shipped, path)).collect()
    }

    fn difference(&self, shipped: &Self, path: &str) -> Option<Difference> {
        let (ours, theirs) = (self.leaves().get(path), shipped.leaves().get(path));
        if ours == theirs {
            return None;
        }
        let from = theirs.map_or(Setting::Absent, |leaf| leaf.setting.clone());
        let to = ours.map_or(Setting::Absent, |leaf| leaf.setting.clone());
        let leeway = shipped.leeway(path, &from, &to);
        Some(Difference { path: path.parse().ok()?, from, to, leeway })
    }

    /// Differences that nobody recorded and the shipped model does not leave open: a warning by U-16.
    #[must_use]
    pub fn unrecorded(&self, shipped: &Self, adaptations: &[Adaptation]) -> Vec<Difference> {
        let mut differences = self.differences(shipped);
        differences.retain(|it| it.leeway == Leeway::Beyond && !it.is_recorded(adaptations));
        differences
    }

    /// Whether this model may bear the name of the shipped one.
    #[must_use]
    pub fn fidelity(&self, shipped: &Self) -> Fidelity {
        let differences = self.differences(shipped);
        let beyond = differences.iter().filter(|it| it.leeway == Leeway::Beyond);
        let rules: BTreeSet<Rule> =
            beyond.flat_map(|it| shipped.fixed_rules_over(it.path.as_str())).collect();
        if rules.is_empty() { Fidelity::Named } else { Fidelity::Adapted { rules } }
    }

    /// The fixed rules that speak of a setting, or that the setting is part of.
    fn fixed_rules_over<'m>(&'m self, path: &'m str) -> impl Iterator<Item = Rule> + 'm {
        let fixed = self.content().rules.iter().filter(|rule| rule.fixed);
        fixed
            .filter(move |rule| {
                let own = format!("rules[{}]", rule.id);
                path.starts_with(&own) || rule.governs.iter().any(|pattern| matches(pattern, path))
            })
            .map(|rule| rule.id.clone())
    }

    fn leeway(&self, path: &str, from: &Setting, to: &Setting) -> Leeway {
        let (&Setting::Whole(from), &Setting::Whole(to)) = (from, to) else {
            return Leeway::Beyond;
        };
        let cadence = &self.content().cadence;
        let within = if path == "cadence.sessions" {
            cadence.allowed_sessions.iter().any(|sessions| i64::from(*sessions) == to)
        } else if path == "cadence.minutes" || matches("agenda.segments[*].minutes", path) {
            let slack = i64::from(cadence.slack_percent.unwrap_or(0));
            from.abs_diff(to).saturating_mul(100) <= from.saturating_mul(slack).unsigned_abs()
        } else {
            false
        };
        if within { Leeway::Within } else { Leeway::Beyond }
    }
}

/// Whether a path matches a pattern, in which `*` stands for anything.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, path, want) in [
            ("group.min", "group.min", true),
            ("group.min", "group.minutes", false),
            ("agenda.segments[*].kind", "agenda.segments[breathing].kind", true),
            ("agenda.segments[*].kind", "agenda.segments[breathing].minutes", false),
            ("roles[x].*", "roles[x].max", true),
            ("roles[x].*", "roles[y].max", false),
            ("forbidden_roles*", "forbidden_roles", true),
            ("*", "anything", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXcYb", false),
            ("ab*ba", "aba", false),
        ] {
            assert_eq!(matches(pattern, path), want, "{pattern} {path}");
        }
    }

    #[test]
    fn a_path_has_no_room_for_a_sentence() {
        assert!("roles[member].max".parse::<Path>().is_ok());
        for bad in ["", "she told me", "roles[ä]", &"x".repeat(161)] {
            assert_eq!(bad.parse::<Path>(), Err(PathError), "{bad:?}");
        }
    }
}

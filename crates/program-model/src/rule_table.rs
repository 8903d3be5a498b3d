//! The table of rules: what each says, how it is kept and where.

use std::sync::LazyLock;

use commons::{Code, Rule};
use serde::{Deserialize, Serialize};

use crate::words::{About, Keeping, Level, Stands};

/// A rule, as the documentation lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RuleRow {
    /// Its id.
    pub id: Rule,
    /// Whether breaking it is refused or shown.
    pub level: Level,
    /// Whether a program that changes it drops the model's name.
    pub fixed: bool,
    /// The model it belongs to; nothing where it is universal.
    #[serde(default)]
    pub model: Option<Code>,
    /// The key of its text in a message catalog.
    pub key: Code,
    /// What it says, in our own words.
    pub says: String,
    /// Whether it speaks of plans or of what happened.
    pub stands: Stands,
    /// How it is kept.
    pub kept_by: Vec<Keeping>,
    /// What it is about; a shape that does not produce this cannot break it.
    pub about: Vec<About>,
    /// The figures that a model has to give it.
    #[serde(default)]
    pub params: Vec<Code>,
    /// Where it lives: paths from the root of the workspace.
    pub lives: Vec<String>,
    /// The tests that prove it, as `path::name`.
    #[serde(default)]
    pub proved_by: Vec<String>,
}

impl RuleRow {
    /// Whether it holds in every model that does not switch it off.
    #[must_use]
    pub const fn is_universal(&self) -> bool {
        self.model.is_none()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    rules: Vec<RuleRow>,
}

static TABLE: LazyLock<Vec<RuleRow>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("../rules-table.toml"))
        .expect("the table of rules is part of this crate and read by its tests");
    table.rules
});

/// Every rule, in the order of its id within its family.
#[must_use]
pub fn rule_table() -> &'static [RuleRow] {
    &TABLE
}

/// One rule.
#[must_use]
pub fn rule_of(id: &Rule) -> Option<&'static RuleRow> {
    TABLE.iter().find(|row| row.id == *id)
}

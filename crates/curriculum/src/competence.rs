//! What was seen of a skill.

use serde::{Deserialize, Serialize};

/// How well a skill was shown, in a role play or live: the four levels of ENACT, as WHO and
/// UNICEF's EQUIP uses them (<https://equipcompetency.org>).
///
/// A harmful level is never averaged away: it stands until a later observation cites it (FR-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Competence {
    /// 1: something that can harm.
    Harmful,
    /// 2: some of the basic skills.
    Partial,
    /// 3: all of the basic skills.
    Basic,
    /// 4: basic and advanced skills.
    Advanced,
}

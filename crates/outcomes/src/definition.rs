//! The plain shape of an instrument's definition, from a file or from Rust, before it is checked.

use serde::{Deserialize, Serialize};

use crate::{Bands, ChangeThreshold, CutOff, Evidence};
use commons::Code;

/// How items make a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Combine {
    /// The sum of the items.
    Sum,
    /// Their mean.
    Mean,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// Fewer points are better.
    Lower,
    /// More points are better.
    Higher,
}

/// An item whose answer must reach the safety protocol, whatever becomes of the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyItem {
    /// Its place on the sheet, from 1.
    pub item: u8,
    /// The lowest code that raises it.
    pub raised_from: i16,
}

/// How an instrument is scored, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoringDefinition {
    /// How many items there are.
    pub items: u8,
    /// The lowest raw code of an item.
    pub lowest: i16,
    /// The highest raw code of an item.
    pub highest: i16,
    /// The places, from 1, of items that are reversed before they are added.
    #[serde(default)]
    pub reversed: Vec<u8>,
    /// How the items make a total.
    pub combine: Combine,
    /// What the sum or mean is multiplied by.
    #[serde(default = "one")]
    pub times: u8,
    /// Which way is better.
    pub better: Better,
    /// How many answers may be missing; they then stand at the mean of the others.
    pub missing_up_to: u8,
    /// To how many decimal places bands and cut-offs round a total, half up.
    #[serde(default)]
    pub places: u8,
    /// Items that must reach the safety protocol.
    #[serde(default)]
    pub safety: Vec<SafetyItem>,
    /// Where the rule can be read.
    pub source: String,
    /// How well it was checked.
    pub evidence: Evidence,
}

const fn one() -> u8 {
    1
}

/// What the rights to the items' wording allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TextRights {
    /// May be shown with its credit line.
    WithCredit,
    /// May be shown verbatim only, with its credit line.
    Verbatim,
    /// Not in this library: ask or read elsewhere.
    Elsewhere,
    /// Never: the owner forbids it.
    Forbidden,
    /// The organization's own.
    Own,
}

/// Whom the wording belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rights {
    /// What may be done with the wording.
    pub text: TextRights,
    /// The credit line to show with it.
    pub credit: String,
    /// Where to ask for it.
    pub ask: String,
}

/// Codes of a public code system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coding {
    /// The system, such as `http://loinc.org`.
    pub system: String,
    /// The code of the whole questionnaire.
    pub panel: Option<String>,
    /// One code for each item, in the order of the questionnaire.
    #[serde(default)]
    pub items: Vec<String>,
    /// The code of the total.
    pub total: Option<String>,
    /// Where the codes were read.
    pub source: String,
}

/// An instrument as written: scoring, rights, interpretations and codes, not yet checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its id, such as `phq-9`.
    pub id: Code,
    /// The version of this definition.
    pub version: Code,
    /// Its proper name.
    pub name: String,
    /// How it is scored.
    pub scoring: ScoringDefinition,
    /// Whom its wording belongs to.
    pub rights: Rights,
    /// Public codes, where they were confirmed.
    pub codes: Option<Coding>,
    /// Bands of severity.
    #[serde(default)]
    pub bands: Vec<Bands>,
    /// Cut-offs.
    #[serde(default)]
    pub cut_offs: Vec<CutOff>,
    /// Thresholds of change.
    #[serde(default)]
    pub changes: Vec<ChangeThreshold>,
}

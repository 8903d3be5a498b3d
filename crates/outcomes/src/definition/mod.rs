//! The plain shape of an instrument's definition, from a file or from Rust, before it is checked.

use std::collections::BTreeMap;

use commons::Code;
use serde::{Deserialize, Serialize};

mod scoring;

pub use scoring::{
    Better, Combine, Conversion, CountDefinition, CountException, Gate, GateKind, ItemRange,
    SafetyItem, ScaleCombine, ScaleDefinition, ScoringDefinition,
};

use crate::{Bands, ChangeThreshold, CutOff, Levels};

/// What the rights to the items' wording allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TextRights {
    /// A work of a government that belongs to everybody.
    PublicDomain,
    /// May be shown and translated with its credit line, and nobody need be asked.
    WithCredit,
    /// May be shown verbatim only, with its credit line.
    Verbatim,
    /// Not in this library: ask or read elsewhere.
    Elsewhere,
    /// Never: the owner forbids it without a license of one's own.
    Forbidden,
    /// The organization's own.
    Own,
}

impl TextRights {
    /// Whether somebody must be asked before the wording is used.
    #[must_use]
    pub const fn must_ask(self) -> bool {
        match self {
            Self::PublicDomain | Self::WithCredit | Self::Own => false,
            Self::Verbatim | Self::Elsewhere | Self::Forbidden => true,
        }
    }
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

/// One count, or several under one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "the id of a count, or a list of such ids, is wanted")]
pub enum Counted {
    /// One.
    One(Code),
    /// Several.
    Several(Vec<Code>),
}

/// What the plain answer of a case says, key by key (see [`crate::case`]).
///
/// Every reading in it is named by its id, so an unverified one is never there by accident: it is
/// named here, and the answer repeats its id and how well it was checked. Left out, the answer has
/// the default bands and cut-off, and every scale and count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerDefinition {
    /// The bands that give `band`.
    pub band: Option<Code>,
    /// The cut-offs that give `case`: the first that applies to the person.
    #[serde(default)]
    pub case: Vec<Code>,
    /// Further yes-or-no keys: a cut-off, or levels above the lowest.
    #[serde(default)]
    pub flags: BTreeMap<Code, Code>,
    /// Keys that say a level.
    #[serde(default)]
    pub levels: BTreeMap<Code, Code>,
    /// Keys that say a count, or several.
    #[serde(default)]
    pub counts: BTreeMap<Code, Counted>,
    /// The scales under `subscales`; all of them where it is left out.
    pub subscales: Option<Vec<Code>>,
    /// How ids are written in the answer, where the readers of it write them otherwise.
    #[serde(default)]
    pub names: BTreeMap<Code, String>,
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
    /// What the plain answer of a case says.
    pub answer: Option<AnswerDefinition>,
    /// Bands of severity.
    #[serde(default)]
    pub bands: Vec<Bands>,
    /// Cut-offs.
    #[serde(default)]
    pub cut_offs: Vec<CutOff>,
    /// Thresholds of change.
    #[serde(default)]
    pub changes: Vec<ChangeThreshold>,
    /// Levels by counting.
    #[serde(default)]
    pub levels: Vec<Levels>,
}

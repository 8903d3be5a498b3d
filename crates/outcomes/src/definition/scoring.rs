//! How an instrument is scored, as written: items, scales, counts, conversions and gates.

use commons::Code;
use serde::{Deserialize, Serialize};

use crate::{Condition, Evidence, Points};

/// What becomes of the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Combine {
    /// The total is the sum of the items.
    Sum,
    /// The total is their mean.
    Mean,
    /// The total is the sum of the scales that `of` names.
    Scales,
    /// There is no total: scales, counts and levels are read one by one.
    Nothing,
}

/// What becomes of the items of one scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScaleCombine {
    /// Their sum.
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

/// Items whose codes are not those of the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemRange {
    /// Their places, from 1.
    pub items: Vec<u8>,
    /// Their lowest raw code.
    pub lowest: i16,
    /// Their highest raw code.
    pub highest: i16,
}

/// What a closed gate means for the items behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateKind {
    /// They do not concern this person: nothing is missing, they count nothing, and an answer is
    /// a mistake to report.
    NotApplicable,
    /// The sheet ends here: they count nothing, and an answer is a mistake to report.
    Stop,
    /// The form goes past them: nothing is missing, and an answer given all the same counts.
    Skip,
}

/// An answer, or something known of the person, that closes other items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// When it closes.
    pub when: Condition,
    /// The items behind it.
    pub closes: Vec<u8>,
    /// What that means for them.
    pub kind: GateKind,
}

/// Some of the items, scored by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleDefinition {
    /// Its id, such as `anxiety`.
    pub id: Code,
    /// Its items.
    pub items: Vec<u8>,
    /// How they make a score.
    pub combine: ScaleCombine,
    /// What the sum or mean is multiplied by.
    #[serde(default = "one")]
    pub times: Points,
    /// What is added after that.
    #[serde(default = "zero")]
    pub plus: Points,
    /// How many answers may be missing; they then stand at the mean of the others.
    #[serde(default)]
    pub missing_up_to: u8,
    /// To how many decimal places the score itself is rounded, half up, where its rule says so.
    pub rounded_to: Option<u8>,
    /// To how many decimal places bands and cut-offs round it, half up.
    #[serde(default)]
    pub places: u8,
    /// Which way is better, where it is not the way of the instrument.
    pub better: Option<Better>,
}

impl ScaleDefinition {
    /// Whether its scores are whole where nothing is missing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.combine == ScaleCombine::Sum && self.times.is_whole() && self.plus.is_whole()
    }
}

/// How many of some items reach a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountDefinition {
    /// Its id, such as `criteria_met`.
    pub id: Code,
    /// The items.
    pub items: Vec<u8>,
    /// The lowest keyed code that counts.
    pub from: i16,
    /// Items that count from another code.
    #[serde(default)]
    pub exceptions: Vec<CountException>,
}

/// An item that counts from a code of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountException {
    /// The item.
    pub item: u8,
    /// The lowest keyed code that counts.
    pub from: i16,
}

/// The total on another footing: along a line, or by a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// Its id, such as `metric`.
    pub id: Code,
    /// What the total is multiplied by.
    pub times: Option<Points>,
    /// What is added after that.
    pub plus: Option<Points>,
    /// One row for each whole total, ascending: the total, and what it becomes.
    #[serde(default)]
    pub table: Vec<(Points, Points)>,
    /// To how many decimal places it is told, half up; with none it is exact.
    pub places: Option<u8>,
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
    /// Items with other codes.
    #[serde(default)]
    pub ranges: Vec<ItemRange>,
    /// The places, from 1, of items that are reversed before they are combined.
    #[serde(default)]
    pub reversed: Vec<u8>,
    /// How the items make a total.
    pub combine: Combine,
    /// The scales that make the total, where it is the sum of scales.
    #[serde(default)]
    pub of: Vec<Code>,
    /// What the sum or mean is multiplied by.
    #[serde(default = "one")]
    pub times: Points,
    /// What is added after that.
    #[serde(default = "zero")]
    pub plus: Points,
    /// Which way is better.
    pub better: Better,
    /// How many answers may be missing; they then stand at the mean of the others. A sum or a mean
    /// says it; where there is no number, the sheet has no limit of its own.
    pub missing_up_to: Option<u8>,
    /// Items without which nothing is said, unless a gate closes them. The first one that is
    /// missing is named.
    #[serde(default)]
    pub required: Vec<u8>,
    /// To how many decimal places bands and cut-offs round a total, half up.
    #[serde(default)]
    pub places: u8,
    /// Items that must reach the safety protocol.
    #[serde(default)]
    pub safety: Vec<SafetyItem>,
    /// Answers and facts that close other items.
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// Some of the items, scored by themselves.
    #[serde(default)]
    pub scales: Vec<ScaleDefinition>,
    /// How many of some items reach a code.
    #[serde(default)]
    pub counts: Vec<CountDefinition>,
    /// The total on other footings.
    #[serde(default)]
    pub conversions: Vec<Conversion>,
    /// Where the rule can be read.
    pub source: String,
    /// How well it was checked.
    pub evidence: Evidence,
}

const fn one() -> Points {
    Points::ONE
}

const fn zero() -> Points {
    Points::ZERO
}

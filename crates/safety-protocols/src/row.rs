//! One rule, as a row of data.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use commons::{Code, Rule};
use serde::{Deserialize, Serialize};

use crate::{Deadline, Occurrence, Span, attribute};

/// How strictly a rule speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Modal {
    /// It refuses, or opens an obligation.
    Must,
    /// It warns, and asks for an acknowledgement.
    Should,
}

/// What a rule does when it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enforcement {
    /// A plan is refused, with the rule and the way out.
    Refuse,
    /// An obligation opens.
    Oblige,
    /// The plan is allowed; somebody acknowledges the warning.
    Warn,
    /// Something is put before the person: a card, the limits of confidence.
    Show,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Basis {
    /// A law or regulation.
    #[serde(rename = "L")]
    Law,
    /// A published standard, guideline or study.
    #[serde(rename = "S")]
    Standard,
    /// A named program or system.
    #[serde(rename = "P")]
    Peer,
    /// Our own default: no published number exists or none was found.
    #[serde(rename = "O")]
    Own,
}

/// Whether a row applies at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It applies.
    InForce,
    /// Its source was not read: it is listed and never applies.
    Unverified,
}

/// Which instant starts the clock.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// The first awareness of anyone acting for the program (ENG-03).
    #[default]
    Known,
    /// The moment it happened.
    Happened,
}

/// What a step of escalation does.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A role is told.
    #[default]
    Tell,
    /// The unit is paused until a role lifts it.
    Pause,
}

/// A step after an obligation was left undone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Step {
    /// How long after the due instant.
    pub after: Span,
    /// Which role is next.
    pub to: Code,
    /// What it does.
    pub effect: Effect,
}

/// A worked example: the reader of the file recomputes it and wants the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Example {
    /// The local time at which the clock starts.
    pub start: NaiveDateTime,
    /// The zone of the local times.
    pub zone: Tz,
    /// The end of the session in which it happened, where the deadline waits for it.
    pub session_end: Option<NaiveDateTime>,
    /// The local time at which it is due.
    pub due: NaiveDateTime,
}

/// One rule: when it speaks, what it demands, by when, of whom, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The name of the row, one of its kind in a rulebook (with its version).
    pub name: Code,
    /// Its version; a changed row has a greater one.
    pub version: u32,
    /// The rule it spells out, such as `IN-02`.
    pub rule: Rule,
    /// The area it belongs to.
    pub area: Code,
    /// How strictly it speaks.
    pub modal: Modal,
    /// What it does.
    pub enforcement: Enforcement,
    /// Whether it applies at all.
    pub standing: Standing,
    /// The kinds of occurrence at which it speaks.
    pub triggers: BTreeSet<Code>,
    /// What must be so. An attribute that was not told counts as so: unknown is the stricter.
    pub only_where: BTreeMap<Code, BTreeSet<Code>>,
    /// What excuses from it. An attribute that was not told excuses nothing.
    pub unless: BTreeMap<Code, BTreeSet<Code>>,
    /// The jurisdiction whose law it is; `zz` is the row for all that are unknown.
    pub jurisdiction: Option<Code>,
    /// What must be done.
    pub what: Code,
    /// Whether it is begun at once, whatever time the deadline leaves.
    pub at_once: bool,
    /// By when.
    pub deadline: Deadline,
    /// Which instant starts the clock.
    pub clock: Clock,
    /// The role that acts.
    pub actor: Code,
    /// Who is next when nobody does.
    pub steps: Vec<Step>,
    /// What answers it.
    pub evidence: BTreeSet<Code>,
    /// Its figures, each named with its unit.
    pub limits: BTreeMap<Code, u32>,
    /// Where it comes from.
    pub basis: Basis,
    /// Who says so, where to read it.
    pub source: String,
    /// The first local day on which it holds.
    pub effective_from: Option<NaiveDate>,
    /// The last local day on which it holds.
    pub effective_to: Option<NaiveDate>,
    /// When somebody last read its source.
    pub verified_on: Option<NaiveDate>,
    /// The day after which it warns, and keeps working (ENG-11).
    pub recheck_by: Option<NaiveDate>,
    /// Its worked example.
    pub example: Option<Example>,
}

/// The jurisdiction of the strictest rows, for wherever no other is known.
pub const UNKNOWN_JURISDICTION: Code = Code::of("zz");

impl Row {
    /// Whether it speaks at this occurrence, law of a jurisdiction aside.
    #[must_use]
    pub fn speaks_at(&self, occurrence: &Occurrence) -> bool {
        self.standing == Standing::InForce
            && self.triggers.contains(&occurrence.kind)
            && self.is_effective(occurrence)
            && self.only_where.iter().all(|(name, values)| {
                occurrence.attribute(name).is_none_or(|value| values.contains(value))
            })
            && !self.unless.iter().any(|(name, values)| {
                occurrence.attribute(name).is_some_and(|value| values.contains(value))
            })
    }

    /// Whether it is of the jurisdiction in which this happened.
    #[must_use]
    pub fn is_local(&self, occurrence: &Occurrence) -> bool {
        self.jurisdiction.is_some()
            && self.jurisdiction.as_ref() == occurrence.attribute(&attribute::JURISDICTION)
    }

    fn is_effective(&self, occurrence: &Occurrence) -> bool {
        let day = occurrence.known_at.with_timezone(&occurrence.circumstances.zone).date_naive();
        self.effective_from.is_none_or(|first| first <= day)
            && self.effective_to.is_none_or(|last| day <= last)
    }
}

//! Gates: everything that is missing, grouped by who can do something about it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use commons::{Code, Rule, SessionId};
use serde::{Deserialize, Serialize};

use crate::Modal;

/// When what is missing can be put in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// The one who asks can do it now.
    DoNow,
    /// It waits for another role.
    SomeoneElse,
    /// It happens in the room, at the first meeting.
    AtFirstMeeting,
}

/// One thing that a gate wants, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Requirement {
    /// The rule that wants it.
    pub rule: Rule,
    /// How strictly: what MUST be is refused without, what SHOULD be is warned about.
    pub modal: Modal,
    /// What is wanted.
    pub what: Code,
    /// Whether it is there. What cannot be seen is not there.
    pub met: bool,
    /// The way out.
    pub way_out: Code,
    /// The role that can open it.
    pub who: Code,
    /// When.
    pub when: When,
    /// How many are missing, where that can be counted.
    pub missing: Option<u32>,
}

/// One thing that a gate wants and that is not there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unmet {
    /// When it can be put in place.
    pub when: When,
    /// The role that can.
    pub who: Code,
    /// The rule that wants it.
    pub rule: Rule,
    /// What is wanted.
    pub what: Code,
    /// The way out.
    pub way_out: Code,
    /// How many are missing, where that can be counted.
    pub missing: Option<u32>,
}

/// A rule set aside once, for one session, by a role above the actor (ENG-08).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Waiver {
    /// The rule.
    pub rule: Rule,
    /// The session it was set aside for; it expires with it.
    pub session: SessionId,
    /// The role that did.
    pub by: Code,
    /// Why, from a list.
    pub reason: Code,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a gate says: everything that is missing, never the first thing only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What stops the plan.
    pub refused: Vec<Unmet>,
    /// What only warns.
    pub warned: Vec<Unmet>,
    /// What was set aside, and stays in view.
    pub waived: Vec<Unmet>,
}

impl Verdict {
    /// Weighs requirements, with the waivers for one session.
    #[must_use]
    pub fn of(
        requirements: impl IntoIterator<Item = Requirement>,
        waivers: &[Waiver],
        session: Option<SessionId>,
    ) -> Self {
        let waived: BTreeSet<&Rule> = waivers
            .iter()
            .filter(|waiver| Some(waiver.session) == session)
            .map(|waiver| &waiver.rule)
            .collect();
        let mut verdict = Self::default();
        for wanted in requirements.into_iter().filter(|wanted| !wanted.met) {
            let list = match wanted.modal {
                Modal::Should => &mut verdict.warned,
                Modal::Must if waived.contains(&wanted.rule) => &mut verdict.waived,
                Modal::Must => &mut verdict.refused,
            };
            list.push(wanted.into());
        }
        for list in [&mut verdict.refused, &mut verdict.warned, &mut verdict.waived] {
            list.sort();
            list.dedup();
        }
        verdict
    }

    /// Whether nothing stops the plan.
    #[must_use]
    pub const fn passes(&self) -> bool {
        self.refused.is_empty()
    }
}

impl From<Requirement> for Unmet {
    fn from(wanted: Requirement) -> Self {
        Self {
            when: wanted.when,
            who: wanted.who,
            rule: wanted.rule,
            what: wanted.what,
            way_out: wanted.way_out,
            missing: wanted.missing,
        }
    }
}

//! Gates: rules that need more than one room. Every unmet one is listed, with its way out.
//!
//! What a gate cannot see is not there: a model that cannot be read, a number that nobody called,
//! a person whom nobody named.

mod opening;
mod phases;
mod session;
mod supervision;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use circle_model::Holder;
use commons::{Code, MemberId, Refused, Rule};
use safety_protocols::{Modal, Requirement, Verdict, When};

use crate::UnitFile;

pub use session::StandBy;

/// Somebody is not authorized for a role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("this person is not authorized as {role}")]
pub struct NotAuthorized {
    /// The role.
    pub role: Code,
}

impl Refused for NotAuthorized {
    fn code(&self) -> &'static str {
        "gate.not_authorized"
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("U-04"))
    }
    fn way_out(&self) -> &'static str {
        "complete the training and its healing component, then authorize the person"
    }
}

/// A supervisor cannot facilitate the group they supervise (SH-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the supervisor of a group does not facilitate it")]
pub struct SupervisorLeads;

impl Refused for SupervisorLeads {
    fn code(&self) -> &'static str {
        "gate.supervisor_leads"
    }
    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("SH-02"))
    }
    fn way_out(&self) -> &'static str {
        "name another supervisor, or another facilitator"
    }
}

/// Somebody would take part without having said yes to it (U-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("consent to take part is not recorded")]
pub struct NoConsent;

impl Refused for NoConsent {
    fn code(&self) -> &'static str {
        "gate.no_consent"
    }
    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("U-05"))
    }
    fn way_out(&self) -> &'static str {
        "ask the person, record what they say, and seat them then"
    }
}

/// A plan was brought as if it had happened: it passes its decision first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is a plan, and not something that happened")]
pub struct PlanAsRecord;

impl Refused for PlanAsRecord {
    fn code(&self) -> &'static str {
        "gate.plan_as_record"
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        "plan it, so that the rules are asked"
    }
}

/// A group that would go on as another kind of group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoingOn {
    /// The model it would follow, such as `savings-group`.
    pub model: Code,
    /// Who chose to go on.
    pub volunteers: BTreeSet<MemberId>,
    /// Who was elected.
    pub committee: BTreeSet<MemberId>,
    /// Whether a constitution was adopted.
    pub constitution: bool,
}

/// The fewest who go on together (SH-09; the model's own figure).
const VOLUNTEERS_FEWEST: usize = 10;

/// What must be true before a group goes on as another kind (SH-09).
#[must_use]
pub fn going_on_gate(going: &GoingOn) -> Verdict {
    let must = |what, way_out, met, missing: Option<usize>| Requirement {
        rule: Rule::of("SH-09"),
        modal: Modal::Must,
        what: Code::of(what),
        met,
        way_out: Code::of(way_out),
        who: Code::of("keeper"),
        when: When::DoNow,
        missing: missing.and_then(|missing| u32::try_from(missing).ok()),
    };
    let volunteers = going.volunteers.len();
    let elected = !going.committee.is_empty() && going.committee.is_subset(&going.volunteers);
    Verdict::of(
        [
            must(
                "volunteers",
                "offer_merge",
                volunteers >= VOLUNTEERS_FEWEST,
                VOLUNTEERS_FEWEST.checked_sub(volunteers),
            ),
            must("committee", "elect_committee", elected, None),
            must("constitution", "adopt_constitution", going.constitution, None),
        ],
        &[],
        None,
    )
}

/// Everybody who facilitates a unit on a day.
#[must_use]
pub fn facilitators(file: &UnitFile, on: NaiveDate) -> BTreeSet<MemberId> {
    let Some(terms) = file.group.terms() else { return BTreeSet::new() };
    let posts = file.group.posts().into_iter().filter(|post| post.days.contains(on));
    let leads = |role: &Code| {
        terms
            .role(role)
            .is_some_and(|role| matches!(role.holder, Holder::Facilitator | Holder::Staff))
    };
    posts.filter(|post| leads(&post.role)).map(|post| post.member).collect()
}

/// Who supervises a unit on a day, without the deputies.
#[must_use]
pub fn supervisors(file: &UnitFile, on: NaiveDate) -> BTreeSet<MemberId> {
    use safety_protocols::SupervisionEvent::{Arranged, Ended};
    let facts = || file.supervision.facts().live();
    let mut over = BTreeSet::new();
    for (_, fact) in facts() {
        if let Arranged { from, replaces, .. } = fact
            && *from <= on
        {
            over.extend(replaces);
        } else if let Ended { arrangement, on: last } = fact
            && *last < on
        {
            over.insert(*arrangement);
        }
    }
    let standing = facts().filter(|(id, _)| !over.contains(id));
    standing
        .filter_map(|(_, fact)| {
            let Arranged { supervisor, from, .. } = fact else { return None };
            (*from <= on).then_some(*supervisor)
        })
        .collect()
}

/// A rule that is looked at.
fn looked_at(
    rule: &'static str,
    what: &'static str,
    way_out: &'static str,
    who: &'static str,
    met: bool,
) -> Requirement {
    Requirement {
        rule: Rule::of(rule),
        modal: Modal::Must,
        what: Code::of(what),
        met,
        way_out: Code::of(way_out),
        who: Code::of(who),
        when: if who == "keeper" { When::DoNow } else { When::SomeoneElse },
        missing: None,
    }
}

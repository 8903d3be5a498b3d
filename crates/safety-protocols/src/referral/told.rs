//! What the rules should know of a referral.

use chrono::{DateTime, Utc};
use commons::{Code, EventId, ReferralId};

use super::{Exit, HandOff, Referral, ReferralEvent, is_members_word, when};
use crate::{Circumstances, Occurrence, Subject, attribute, evidence, pick::match_some};

impl Referral {
    /// What the rules should know of it.
    #[must_use]
    pub fn occurrences(&self, referral: ReferralId, around: &Circumstances) -> Vec<Occurrence> {
        let mut around = around.clone();
        if let Some(urgency) = self.urgency() {
            around.attributes.insert(attribute::URGENCY, urgency.code());
        }
        let told = |id, kind, at: DateTime<Utc>| {
            Occurrence::new(kind, id, Subject::Referral(referral), at, around.clone())
        };
        let mut list = Vec::new();
        for (id, fact) in &self.opening {
            let (kind, reason) = opens(fact);
            let mut one = told(*id, kind, when(fact));
            if let Some(reason) = reason {
                one = one.with(attribute::REASON, reason.clone());
            }
            if self.facts.get(*id).is_some() {
                one = self.answering(one, *id, fact);
            }
            list.push(one);
        }
        for (id, fact) in self.live().filter(|(id, _)| !self.opening.contains_key(id)) {
            let one = told(id, Code::of("referral.answered"), when(fact));
            list.push(if let ReferralEvent::Voided { entry, .. } = fact {
                one.answering([*entry], [evidence::VOIDED])
            } else {
                self.answering(one, id, fact)
            });
        }
        list
    }

    /// What an entry answers: all that was there before it, and what it names.
    fn answering(&self, one: Occurrence, id: EventId, fact: &ReferralEvent) -> Occurrence {
        let Some(shows) = shows(fact) else {
            return one;
        };
        let before = self
            .opening
            .iter()
            .filter(|(opening, earlier)| **opening != id && when(earlier) <= when(fact))
            .map(|(opening, _)| *opening);
        let named = match_some!(fact, ReferralEvent::MemberInformed { answers, .. } => answers)
            .into_iter()
            .flatten()
            .copied();
        one.answering(before.chain(named), [shows])
    }
}

/// The kind of occurrence that an entry opens duties with, and its reason.
fn opens(fact: &ReferralEvent) -> (Code, Option<&Code>) {
    if let ReferralEvent::Stopped { exit, reason, .. } = fact {
        let kind = match exit {
            Exit::OnHold => "referral.on_hold",
            Exit::Rejected => "referral.rejected",
            Exit::Failed => "referral.failed",
            Exit::Cancelled => "referral.cancelled",
            Exit::EnteredInError => "referral.entered_in_error",
        };
        return (Code::of(kind), Some(reason));
    }
    let kind = if matches!(fact, ReferralEvent::Requested { .. }) {
        "referral.requested"
    } else if matches!(fact, ReferralEvent::Accepted { .. }) {
        "referral.accepted"
    } else if matches!(fact, ReferralEvent::Resumed { .. }) {
        "referral.resumed"
    } else {
        "referral.no_show"
    };
    (Code::of(kind), None)
}

/// What an entry shows for what came before it.
fn shows(fact: &ReferralEvent) -> Option<Code> {
    Some(Code::of(match fact {
        ReferralEvent::Accepted { .. } => "accepted",
        ReferralEvent::Started { .. } => "started",
        ReferralEvent::Completed { .. } => "completed",
        // What waits has not ended: it answers only the rows that say so.
        ReferralEvent::Stopped { exit: Exit::OnHold, .. } => "on_hold",
        ReferralEvent::Stopped { .. } => "stopped",
        ReferralEvent::Resumed { .. } => "resumed",
        ReferralEvent::MemberInformed { .. } => "member_informed",
        ReferralEvent::FirstContactMade { hand_off, .. } => match hand_off {
            HandOff::Warm => "warm_contact",
            HandOff::Cold => "first_contact",
        },
        ReferralEvent::NoShow { .. } => "no_show",
        ReferralEvent::MemberDeclined { .. } => "member_declined",
        ReferralEvent::MemberSaysHelped { .. } if is_members_word(fact) => "member_said",
        ReferralEvent::Drafted { .. }
        | ReferralEvent::Requested { .. }
        | ReferralEvent::MemberSaysHelped { .. }
        | ReferralEvent::Voided { .. }
        | ReferralEvent::Settled { .. } => return None,
    }))
}

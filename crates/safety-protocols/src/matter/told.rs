//! What the rules should know of a matter.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use commons::{Code, EventId, EventSet, MatterId};

use super::{Contact, Matter, MatterEvent};
use crate::{Circumstances, Occurrence, Severity, Subject, attribute, evidence};

impl Matter {
    /// What the rules should know of it.
    #[must_use]
    pub fn occurrences(&self, matter: MatterId, around: &Circumstances) -> Vec<Occurrence> {
        let subject = Subject::Matter(matter);
        let mut told: Vec<_> = self
            .asserted
            .iter()
            .map(|(id, fact)| self.tell_level(*id, fact, subject, around))
            .collect();
        told.extend(self.raised_answers(subject, around));
        let first = self.first_contacts();
        for (id, fact) in self.facts.live() {
            told.extend(tell_answer(id, fact, subject, around, &first));
        }
        told
    }

    fn tell_level(
        &self,
        id: EventId,
        fact: &MatterEvent,
        subject: Subject,
        around: &Circumstances,
    ) -> Occurrence {
        let (level, at) = fact.asserts().unwrap_or((Severity::S1, DateTime::UNIX_EPOCH));
        let told = |kind, happened_at| {
            Occurrence::new(kind, id, subject, happened_at, around.clone())
                .with(attribute::SEVERITY, level.code())
        };
        if let MatterEvent::Opened { happened_at, .. } = fact {
            told(Code::of("matter.opened"), happened_at.unwrap_or(at)).known_at(at)
        } else if matches!(fact, MatterEvent::Lowered { .. }) {
            // The lesser duties run from the awareness, as if they had been there from the start.
            let one = told(Code::of("matter.lowered"), at)
                .known_at(self.aware_at().map_or(at, |aware| aware.min(at)));
            if self.facts.get(id).is_some() {
                one.answering(self.lowers(id, fact), [evidence::LOWERED])
            } else {
                one
            }
        } else {
            told(Code::of("matter.raised"), at)
        }
    }

    /// The openings that ask somebody to talk with the person before they leave (SU-02).
    fn raised_answers(&self, subject: Subject, around: &Circumstances) -> Vec<Occurrence> {
        let told = self.asserted.iter().filter_map(|(id, fact)| {
            let MatterEvent::Opened { aware_at, before_leaving: true, .. } = fact else {
                return None;
            };
            let kind = Code::of("answer.raised");
            Some(Occurrence::new(kind, *id, subject, *aware_at, around.clone()))
        });
        told.collect()
    }

    /// For each assertion, the first contact about it: the next ones are contacts again.
    fn first_contacts(&self) -> BTreeMap<EventId, (DateTime<Utc>, EventId)> {
        let mut first = BTreeMap::new();
        for (id, fact) in self.facts.live() {
            if let MatterEvent::Contacted {
                at,
                answers,
                outcome: Contact::Reached | Contact::Declined,
                ..
            } = fact
            {
                for item in answers {
                    let one = first.entry(*item).or_insert((*at, id));
                    *one = (*at, id).min(*one);
                }
            }
        }
        first
    }
}

fn tell_answer(
    id: EventId,
    fact: &MatterEvent,
    subject: Subject,
    around: &Circumstances,
    first: &BTreeMap<EventId, (DateTime<Utc>, EventId)>,
) -> Option<Occurrence> {
    let told = |kind, at: &DateTime<Utc>| Occurrence::new(kind, id, subject, *at, around.clone());
    let answer = |at, answers: &EventSet, shows: Code| {
        told(Code::of("matter.answered"), at).answering(answers.iter().copied(), [shows])
    };
    match fact {
        MatterEvent::Acknowledged { at, answers, .. } => {
            Some(answer(at, answers, Code::of("acknowledged")))
        }
        // What takes back or sets aside has its own event: no act may pass for it.
        MatterEvent::Acted { action, .. } if evidence::RESERVED.contains(action) => None,
        MatterEvent::Acted { action, at, answers, .. } => Some(answer(at, answers, action.clone())),
        MatterEvent::Contacted { outcome: Contact::Tried, at, answers, .. } => {
            Some(answer(at, answers, Code::of("contact_tried")))
        }
        MatterEvent::Contacted { at, answers, .. } => {
            let again =
                answers.iter().any(|item| first.get(item).is_some_and(|(_, one)| *one != id));
            let shows = again.then_some(Code::of("contacted_again"));
            Some(answer(at, answers, Code::of("contacted")).answering([], shows))
        }
        MatterEvent::LearningDecided { at, answers, .. } => {
            Some(answer(at, answers, Code::of("learning_decided")))
        }
        MatterEvent::LearningDone { at, answers } => {
            Some(answer(at, answers, Code::of("learning_done")))
        }
        MatterEvent::Linked { other, aware_at, at } => Some(
            told(Code::of("matter.linked"), at)
                .known_at(*aware_at)
                .joining(Subject::Matter(*other)),
        ),
        MatterEvent::Voided { entry, at, .. } => {
            Some(told(Code::of("matter.voided"), at).answering([*entry], [evidence::VOIDED]))
        }
        MatterEvent::Opened { .. }
        | MatterEvent::Raised { .. }
        | MatterEvent::Lowered { .. }
        | MatterEvent::Closed { .. }
        | MatterEvent::Settled { .. } => None,
    }
}

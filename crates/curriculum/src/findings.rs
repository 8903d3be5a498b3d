//! Everything that is wrong with a class.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Breach, EventId, EventSet, MemberId};

use crate::{
    ActivityKind, Class, ClassBreach, ClassEvent, Course, Lacking, ScreenedBefore,
    learner::{Finding, Learner},
};

/// All of it, settled or not.
pub(crate) fn of(class: &Class) -> BTreeSet<Breach<ClassBreach>> {
    let learners = class.learners();
    let mut breaches = class.announced_twice();
    breaches.extend(class.certificates_twice());
    breaches.extend(class.held_twice());
    breaches.extend(marked_outside(&learners));
    breaches.extend(learners.values().flat_map(enrolled_twice));
    if let Some((announcement, course, most)) = class.terms() {
        let mut by_terms = overfull(&learners, most);
        by_terms.extend(class.out_of_order(course));
        by_terms.extend(class.stories_too_early(course));
        by_terms.extend(class.unknown_parts(course));
        by_terms.extend(learners.values().flat_map(|learner| unearned(learner, course)));
        // The terms are part of what makes these: without the announcement there would be none.
        let announcing = class.announcing(announcement);
        breaches.extend(by_terms.into_iter().map(|breach| under(breach, &announcing)));
    }
    breaches
}

/// The same breach, made by the announcement too.
pub(crate) fn under(mut breach: Breach<ClassBreach>, announcing: &EventSet) -> Breach<ClassBreach> {
    breach.events.extend(announcing);
    breach
}

/// What is wrong with the class as a whole.
impl Class {
    fn announced_twice(&self) -> BTreeSet<Breach<ClassBreach>> {
        let announced =
            self.facts.live().filter(|(_, fact)| matches!(fact, ClassEvent::Announced { .. }));
        let announced: EventSet = announced.map(|(id, _)| id).collect();
        several(ClassBreach::AnnouncedTwice, [announced]).collect()
    }

    fn certificates_twice(&self) -> impl Iterator<Item = Breach<ClassBreach>> {
        let mut issued = BTreeMap::<_, EventSet>::new();
        let mut certified = BTreeMap::<_, EventSet>::new();
        for (id, fact) in self.facts.live() {
            if let ClassEvent::CertificateIssued { certificate, completion, .. } = fact {
                issued.entry(*certificate).or_default().insert(id);
                certified.entry(*completion).or_default().insert(id);
            }
        }
        let sets = issued.into_values().chain(certified.into_values());
        several(ClassBreach::CertificateTwice, sets)
    }

    fn held_twice(&self) -> impl Iterator<Item = Breach<ClassBreach>> {
        let mut held = BTreeMap::<_, EventSet>::new();
        for (id, module, on) in self.holdings() {
            held.entry((module, on)).or_default().insert(id);
        }
        several(ClassBreach::HeldTwice, held.into_values())
    }

    fn out_of_order(&self, course: &Course) -> Vec<Breach<ClassBreach>> {
        let lacks_one = |module: u16, on: NaiveDate| {
            let held = self.modules_held(on);
            course.module(module).is_some_and(|module| !module.needs.is_subset(&held))
        };
        let early = self.holdings().filter(|(_, module, on)| lacks_one(*module, *on));
        early.map(|(id, _, _)| self.too_early(ClassBreach::OutOfOrder, id)).collect()
    }

    fn stories_too_early(&self, course: &Course) -> Vec<Breach<ClassBreach>> {
        let told = |activities: &BTreeSet<ActivityKind>| {
            activities.iter().any(|kind| kind.is_personal_story())
        };
        let early = self.facts.live().filter(|(_, fact)| {
            matches!(fact, ClassEvent::ModuleHeld { activities, on, .. }
                if told(activities) && !course.story_may_be_told(&self.modules_held(*on)))
        });
        early.map(|(id, _)| self.too_early(ClassBreach::StoryBeforeSafety, id)).collect()
    }

    /// Something that came before a module, or after one that was taken back.
    fn too_early(&self, kind: ClassBreach, event: EventId) -> Breach<ClassBreach> {
        let held = |fact: &ClassEvent| matches!(fact, ClassEvent::ModuleHeld { .. });
        Breach::new(kind, self.facts.takings_back(held).into_iter().chain([event]))
    }

    fn unknown_parts(&self, course: &Course) -> Vec<Breach<ClassBreach>> {
        let unknown = self.facts.live().filter(|(_, fact)| {
            if let ClassEvent::ModuleHeld { module, .. } | ClassEvent::MadeUp { module, .. } = fact
            {
                course.module(*module).is_none()
            } else if let ClassEvent::ComponentCompleted { component, .. } = fact {
                course.component(component).is_none()
            } else {
                false
            }
        });
        unknown.map(|(id, _)| Breach::new(ClassBreach::UnknownPart, [id])).collect()
    }
}

/// A breach for each set of events that should be one.
fn several(
    kind: ClassBreach,
    sets: impl IntoIterator<Item = EventSet>,
) -> impl Iterator<Item = Breach<ClassBreach>> {
    sets.into_iter().filter(|events| events.len() > 1).map(move |events| Breach { kind, events })
}

fn marked_outside(learners: &BTreeMap<MemberId, Learner<'_>>) -> BTreeSet<Breach<ClassBreach>> {
    let mut breaches = BTreeSet::new();
    for learner in learners.values() {
        for (id, on, fact) in learner.facts() {
            if matches!(fact, ClassEvent::ModuleHeld { .. })
                && let Some(mut events) = learner.outside(on)
            {
                events.insert(id);
                events.extend(learner.taken_back());
                breaches.insert(Breach { kind: ClassBreach::MarkedOutside, events });
            }
        }
    }
    breaches
}

fn enrolled_twice(learner: &Learner<'_>) -> Vec<Breach<ClassBreach>> {
    let stays = learner.stays();
    let mut breaches = Vec::new();
    for (i, stay) in stays.iter().enumerate() {
        for other in stays.iter().skip(i + 1).filter(|other| stay.overlaps(other)) {
            let pair = [stay.enrollment, other.enrollment].into_iter();
            let events = pair.chain(learner.taken_back().iter().copied());
            breaches.push(Breach::new(ClassBreach::EnrolledTwice, events));
        }
    }
    breaches
}

/// For each day on which somebody came: all who were seated then, where they are too many.
fn overfull(
    learners: &BTreeMap<MemberId, Learner<'_>>,
    most: u16,
) -> BTreeSet<Breach<ClassBreach>> {
    let stays: Vec<_> = learners.values().flat_map(Learner::stays).collect();
    let days: BTreeSet<_> = stays.iter().map(|stay| stay.from).collect();
    days.into_iter()
        .map(|day| {
            let seated = stays.iter().filter(|stay| stay.seated(day));
            seated.map(|stay| stay.enrollment).collect::<EventSet>()
        })
        .filter(|seated| seated.len() > usize::from(most))
        .map(|seated| {
            let taken_back = learners.values().flat_map(|learner| learner.taken_back());
            Breach::new(ClassBreach::Overfull, seated.into_iter().chain(taken_back.copied()))
        })
        .collect()
}

/// Enrolled, completed, authorized or certified without what it takes.
pub(crate) fn unearned(learner: &Learner<'_>, course: &Course) -> Vec<Breach<ClassBreach>> {
    let mut breaches = Vec::new();
    for (id, on, fact) in learner.facts() {
        let (kind, findings) = if matches!(fact, ClassEvent::Enrolled { .. }) {
            (ClassBreach::EnrolledUnscreened, unscreened(learner, course, on))
        } else if matches!(fact, ClassEvent::Completed { .. }) {
            (ClassBreach::CompletedUnearned, learner.to_complete(course, on))
        } else if let ClassEvent::Authorized { role, stage, .. } = fact {
            (ClassBreach::AuthorizedUnearned, learner.to_reach(course, role, *stage, on))
        } else if let ClassEvent::CertificateIssued { completion, .. } = fact {
            (ClassBreach::CertifiedUnearned, uncompleted(learner, *completion, on))
        } else {
            continue;
        };
        // What is lacking may have been taken back; and after a lapse, only what came since counts.
        let about = || learner.completions(on).map(|(_, id)| id).chain([id]);
        breaches.extend(findings.into_iter().map(|Finding { mut events, .. }| {
            events.extend(about().chain(learner.taken_back().iter().copied()));
            Breach { kind, events }
        }));
    }
    breaches
}

fn unscreened(learner: &Learner<'_>, course: &Course, on: NaiveDate) -> Vec<Finding> {
    if course.screened_before() == ScreenedBefore::Enrollment {
        learner.screening(on).into_iter().collect()
    } else {
        Vec::new()
    }
}

/// Nothing where the person had completed then, by the completion that is named.
fn uncompleted(learner: &Learner<'_>, completion: EventId, on: NaiveDate) -> Vec<Finding> {
    if learner.completions(on).any(|(_, id)| id == completion) {
        return Vec::new();
    }
    vec![Finding { lacking: Lacking::Completion, events: [completion].into() }]
}

//! A class: one cohort going through one course.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Aggregate, Breach, Code, EventId, EventSet, Facts, MemberId};
use serde::{Deserialize, Serialize};

use crate::{
    Authorization, ClassBreach, ClassEvent, Course, Lacking, Lacks, Mark, Stage, findings,
    learner::{Learner, lacks},
};

/// One cohort going through one course: the sum of its [`ClassEvent`]s.
///
/// Questions are asked as of a day: facts of later days do not count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Class {
    pub(crate) facts: Facts<ClassEvent>,
}

impl Aggregate for Class {
    type Event = ClassEvent;
    type Kind = ClassBreach;

    fn apply(&mut self, id: EventId, event: &ClassEvent) {
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<ClassBreach>> {
        findings::of(self)
    }

    fn settled(&self) -> BTreeSet<Breach<ClassBreach>> {
        self.facts.settled()
    }
}

/// What a class knows.
impl Class {
    /// The announcement that counts, its course and seats.
    pub(crate) fn terms(&self) -> Option<(EventId, &Course, u16)> {
        self.facts.live().find_map(|(id, fact)| {
            if let ClassEvent::Announced { course, most, .. } = fact {
                Some((id, &**course, *most))
            } else {
                None
            }
        })
    }

    /// The announcement that counts, and who took back another.
    pub(crate) fn announcing(&self, announcement: EventId) -> EventSet {
        let mut events =
            self.facts.takings_back(|fact| matches!(fact, ClassEvent::Announced { .. }));
        events.insert(announcement);
        events
    }

    /// The course, once the class is announced.
    #[must_use]
    pub fn course(&self) -> Option<&Course> {
        self.terms().map(|(_, course, _)| course)
    }

    /// The cohort, once the class is announced.
    #[must_use]
    pub fn cohort(&self) -> Option<&Code> {
        self.facts.live().find_map(|(_, fact)| {
            if let ClassEvent::Announced { cohort, .. } = fact { Some(cohort) } else { None }
        })
    }

    /// The people in the class on a day, the day of leaving included.
    #[must_use]
    pub fn enrolled(&self, on: NaiveDate) -> BTreeSet<MemberId> {
        self.members(|learner| learner.stay(on).is_some())
    }

    /// The people whose screening says ready on a day, in the class or not yet.
    #[must_use]
    pub fn ready(&self, on: NaiveDate) -> BTreeSet<MemberId> {
        self.members(|learner| learner.screening(on).is_none())
    }

    /// The people whose screening says to wait on a day.
    #[must_use]
    pub fn deferred(&self, on: NaiveDate) -> BTreeSet<MemberId> {
        self.members(|learner| !learner.deferrals(on).is_empty())
    }

    /// The people who completed the course by a day.
    #[must_use]
    pub fn completed(&self, on: NaiveDate) -> BTreeSet<MemberId> {
        self.members(|learner| learner.completed(on).is_some())
    }

    /// The modules held by a day.
    #[must_use]
    pub fn modules_held(&self, on: NaiveDate) -> BTreeSet<u16> {
        self.holdings().filter(|(_, _, day)| *day <= on).map(|(_, module, _)| module).collect()
    }

    /// The modules a person attended by a day, without those made up.
    #[must_use]
    pub fn attended(&self, member: MemberId, on: NaiveDate) -> BTreeSet<u16> {
        self.learner(member).taught(on).attended
    }

    /// The modules a person made up by a day.
    #[must_use]
    pub fn made_up(&self, member: MemberId, on: NaiveDate) -> BTreeSet<u16> {
        self.learner(member).taught(on).made_up
    }

    /// The minutes taught to a person by a day, each module counted once (FR-02).
    #[must_use]
    pub fn minutes_taught(&self, member: MemberId, on: NaiveDate) -> u32 {
        self.learner(member).taught(on).minutes
    }

    /// How many marks say present, and how many marks there are, by a day: 40 of 42.
    #[must_use]
    pub fn attendance(&self, on: NaiveDate) -> (usize, usize) {
        let marks = || {
            self.facts.live().filter_map(move |(_, fact)| {
                if let ClassEvent::ModuleHeld { marks, on: day, .. } = fact {
                    (*day <= on).then(|| marks.values())
                } else {
                    None
                }
            })
        };
        let present = marks().flatten().filter(|mark| **mark == Mark::Present).count();
        (present, marks().flatten().count())
    }

    /// Through which day a person's training is valid, if they have completed and it runs out.
    #[must_use]
    pub fn trained_through(&self, member: MemberId, on: NaiveDate) -> Option<NaiveDate> {
        self.learner(member).trained_through(self.course()?, on)
    }

    /// What a person still lacks to complete the course on a day; nothing where nothing is lacking.
    #[must_use]
    pub fn lacks_to_complete(&self, member: MemberId, on: NaiveDate) -> Option<Lacks> {
        let Some(course) = self.course() else {
            return Lacks::any([Lacking::Announcement]);
        };
        lacks(self.learner(member).to_complete(course, on))
    }

    /// Whether a person may lead in a role on a day, how far and through when; or all that is missing.
    #[must_use]
    pub fn authorization(&self, member: MemberId, role: &Code, on: NaiveDate) -> Authorization {
        let Some(course) = self.course() else {
            return Authorization::NotAuthorized(Lacks::with(None, Lacking::Announcement));
        };
        let learner = self.learner(member);
        let mut missing = learner.to_serve(course, role, on);
        let suspended = learner.suspensions(role, on).into_values().min();
        missing.extend(suspended.map(|since| Lacking::Suspended { since }.into()));
        if self.is_contested(&learner) {
            missing.push(Lacking::Contested.into());
        }
        let given = learner.stages(role, on).into_iter().max();
        match (given, lacks(missing)) {
            (Some(stage), None) => Authorization::Authorized {
                stage: if learner.harmful(on).is_empty() { stage } else { Stage::CoLead },
                through: learner.valid_through(course, on),
            },
            (Some(_), Some(lacks)) => Authorization::NotAuthorized(lacks),
            (None, lacks) => {
                Authorization::NotAuthorized(Lacks::with(lacks, Lacking::Authorization))
            }
        }
    }

    /// Whether a completion or an authorization of this person is in question and not settled.
    pub(crate) fn is_contested(&self, learner: &Learner<'_>) -> bool {
        let Some((announcement, course, _)) = self.terms() else {
            return false;
        };
        let mut doubts = findings::unearned(learner, course);
        doubts.retain(|doubt| {
            matches!(doubt.kind, ClassBreach::CompletedUnearned | ClassBreach::AuthorizedUnearned)
        });
        if doubts.is_empty() {
            return false;
        }
        let settled = self.settled();
        doubts
            .into_iter()
            .map(|doubt| findings::under(doubt, &self.announcing(announcement)))
            .any(|doubt| !settled.iter().any(|settlement| settlement.covers(&doubt)))
    }

    fn members(&self, is: impl Fn(&Learner<'_>) -> bool) -> BTreeSet<MemberId> {
        let learners = self.learners();
        let chosen = learners.iter().filter(|(_, learner)| is(learner));
        chosen.map(|(member, _)| *member).collect()
    }

    pub(crate) fn learner(&self, member: MemberId) -> Learner<'_> {
        let mut learner = Learner::new(member);
        for (id, fact) in self.facts.live() {
            let marked =
                matches!(fact, ClassEvent::ModuleHeld { marks, .. } if marks.contains_key(&member));
            if marked || fact.member() == Some(member) {
                learner.take(id, fact);
            }
        }
        learner.without(self.taken_back_of(member))
    }

    /// Who took back a fact that named a person.
    fn taken_back_of(&self, member: MemberId) -> EventSet {
        self.facts.takings_back(|fact| {
            let marked =
                matches!(fact, ClassEvent::ModuleHeld { marks, .. } if marks.contains_key(&member));
            marked || fact.member() == Some(member)
        })
    }

    pub(crate) fn learners(&self) -> BTreeMap<MemberId, Learner<'_>> {
        let mut learners = BTreeMap::new();
        let mut give = |member, id, fact| {
            let learner = learners.entry(member).or_insert_with(|| Learner::new(member));
            learner.take(id, fact);
        };
        for (id, fact) in self.facts.live() {
            if let ClassEvent::ModuleHeld { marks, .. } = fact {
                for member in marks.keys() {
                    give(*member, id, fact);
                }
            } else if let Some(member) = fact.member() {
                give(member, id, fact);
            }
        }
        let whole = learners.into_iter().map(|(member, learner): (MemberId, Learner<'_>)| {
            (member, learner.without(self.taken_back_of(member)))
        });
        whole.collect()
    }

    /// Each time a module was held: event, module, day.
    pub(crate) fn holdings(&self) -> impl Iterator<Item = (EventId, u16, NaiveDate)> + '_ {
        self.facts.live().filter_map(|(id, fact)| {
            if let ClassEvent::ModuleHeld { module, on, .. } = fact {
                Some((id, *module, *on))
            } else {
                None
            }
        })
    }
}

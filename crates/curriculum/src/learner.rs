//! One person in a class: what the facts that name them come to, as of a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Code, EventId, EventSet, MemberId};

use crate::{
    ClassEvent, Competence, Course, Lacking, Lacks, Ladder, Mark, NeededFor, Rest, ScreenedBefore,
    Stage, Verdict, expiry,
};

/// The facts of a class that name one person.
pub(crate) struct Learner<'a> {
    member: MemberId,
    facts: Vec<(EventId, NaiveDate, &'a ClassEvent)>,
    /// Who took back a fact that named the person.
    taken_back: EventSet,
}

/// A stay in the class: from the first day until before `until`.
#[derive(Clone, Copy)]
pub(crate) struct Stay {
    pub(crate) enrollment: EventId,
    pub(crate) from: NaiveDate,
    pub(crate) end: Option<(EventId, NaiveDate)>,
}

impl Stay {
    /// Whether a seat is taken on a day: the day of leaving frees it.
    pub(crate) fn seated(&self, on: NaiveDate) -> bool {
        self.from <= on && self.end.is_none_or(|(_, end)| on < end)
    }

    /// Whether the person belongs to the class on a day: the day of leaving still counts.
    fn covers(&self, on: NaiveDate) -> bool {
        self.from <= on && self.end.is_none_or(|(_, end)| on <= end)
    }

    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let before_end =
            |from, end: Option<(EventId, NaiveDate)>| end.is_none_or(|(_, end)| from < end);
        before_end(self.from, other.end) && before_end(other.from, self.end)
    }
}

/// Something that is lacking, and the events that make it so; none where a fact is simply missing.
pub(crate) struct Finding {
    pub(crate) lacking: Lacking,
    pub(crate) events: EventSet,
}

impl From<Lacking> for Finding {
    fn from(lacking: Lacking) -> Self {
        Self { lacking, events: EventSet::new() }
    }
}

/// What a person has been taught, as of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Taught {
    pub(crate) attended: BTreeSet<u16>,
    pub(crate) made_up: BTreeSet<u16>,
    pub(crate) minutes: u32,
}

impl<'a> Learner<'a> {
    pub(crate) const fn new(member: MemberId) -> Self {
        Self { member, facts: Vec::new(), taken_back: EventSet::new() }
    }

    pub(crate) fn without(self, taken_back: EventSet) -> Self {
        Self { taken_back, ..self }
    }

    /// Who took back a fact that named the person: what is lacking may be lacking because of them.
    pub(crate) const fn taken_back(&self) -> &EventSet {
        &self.taken_back
    }

    pub(crate) fn take(&mut self, id: EventId, fact: &'a ClassEvent) {
        if let Some(on) = fact.on() {
            self.facts.push((id, on, fact));
        }
    }

    fn until(
        &self,
        on: NaiveDate,
    ) -> impl Iterator<Item = (EventId, NaiveDate, &'a ClassEvent)> + '_ {
        self.facts.iter().copied().filter(move |(_, day, _)| *day <= on)
    }

    /// All facts of this person.
    pub(crate) fn facts(&self) -> impl Iterator<Item = (EventId, NaiveDate, &'a ClassEvent)> + '_ {
        self.facts.iter().copied()
    }

    /// The stays in the class, whatever day it is.
    pub(crate) fn stays(&self) -> Vec<Stay> {
        let end_of = |stay: EventId| {
            self.facts
                .iter()
                .filter(|(_, _, fact)| matches!(fact, ClassEvent::Withdrawn { cites, .. } if cites.contains(&stay)))
                .map(|(id, day, _)| (*day, *id))
                .min()
                .map(|(day, id)| (id, day))
        };
        self.facts
            .iter()
            .filter(|(_, _, fact)| matches!(fact, ClassEvent::Enrolled { .. }))
            .map(|(id, from, _)| Stay { enrollment: *id, from: *from, end: end_of(*id) })
            .collect()
    }

    /// The stay of a day, if the person was in the class then.
    pub(crate) fn stay(&self, on: NaiveDate) -> Option<Stay> {
        self.stays().into_iter().find(|stay| stay.covers(on))
    }

    /// Nothing where the person belongs to the class on a day, else the endings that say why not.
    pub(crate) fn outside(&self, on: NaiveDate) -> Option<EventSet> {
        let stays = self.stays();
        if stays.iter().any(|stay| stay.covers(on)) {
            return None;
        }
        let begun = stays.iter().filter(|stay| stay.from <= on);
        Some(begun.filter_map(|stay| stay.end).map(|(id, _)| id).collect())
    }

    /// The deferrals that stand: those that no other screening cites.
    pub(crate) fn deferrals(&self, on: NaiveDate) -> BTreeMap<EventId, NaiveDate> {
        let mut standing = BTreeMap::new();
        let mut cited = EventSet::new();
        for (id, day, fact) in self.until(on) {
            if let ClassEvent::Screened { verdict, cites, .. } = fact {
                cited.extend(cites);
                if matches!(verdict, Verdict::Deferred { .. }) {
                    standing.insert(id, day);
                }
            }
        }
        standing.retain(|id, _| !cited.contains(id));
        standing
    }

    /// Nothing where the screening says ready, else what is lacking.
    pub(crate) fn screening(&self, on: NaiveDate) -> Option<Finding> {
        let deferrals = self.deferrals(on);
        if let Some(since) = deferrals.values().min() {
            return Some(Finding {
                lacking: Lacking::Deferred { since: *since },
                events: deferrals.keys().copied().collect(),
            });
        }
        let ready = |(_, _, fact): (_, _, &ClassEvent)| {
            matches!(fact, ClassEvent::Screened { verdict: Verdict::Ready, .. })
        };
        (!self.until(on).any(ready)).then(|| Lacking::Screening.into())
    }

    /// What the person has been taught. A module taught twice counts once, with its longer time.
    pub(crate) fn taught(&self, on: NaiveDate) -> Taught {
        self.taught_since(None, on)
    }

    /// What the person has been taught after a day, where one is given.
    fn taught_since(&self, since: Option<NaiveDate>, on: NaiveDate) -> Taught {
        let mut taught = Taught::default();
        let mut minutes = BTreeMap::<u16, u16>::new();
        let counted = self.until(on).filter(|(_, day, _)| since.is_none_or(|since| since < *day));
        for (_, _, fact) in counted {
            let (module, spent) = if let ClassEvent::ModuleHeld { module, minutes, marks, .. } =
                fact
                && marks.get(&self.member) == Some(&Mark::Present)
            {
                taught.attended.insert(*module);
                (module, minutes)
            } else if let ClassEvent::MadeUp { module, minutes, .. } = fact {
                taught.made_up.insert(*module);
                (module, minutes)
            } else {
                continue;
            };
            let longest = minutes.entry(*module).or_default();
            *longest = (*longest).max(*spent);
        }
        taught.minutes = minutes.values().copied().map(u32::from).fold(0, u32::saturating_add);
        taught
    }

    /// The last day on which a component was completed or renewed.
    fn component(&self, id: &Code, on: NaiveDate) -> Option<NaiveDate> {
        self.until(on)
            .filter(|(_, _, fact)| matches!(fact, ClassEvent::ComponentCompleted { component, .. } if component == id))
            .map(|(_, day, _)| day)
            .max()
    }

    /// The harmful observations that no retest cites.
    pub(crate) fn harmful(&self, on: NaiveDate) -> BTreeMap<EventId, &'a Code> {
        let mut standing = BTreeMap::new();
        let mut cited = EventSet::new();
        for (id, _, fact) in self.until(on) {
            if let ClassEvent::CompetenceObserved { item, level, cites, .. } = fact {
                cited.extend(cites);
                if *level == Competence::Harmful {
                    standing.insert(id, item);
                }
            }
        }
        standing.retain(|id, _| !cited.contains(id));
        standing
    }

    fn seen_basic(&self, skill: &Code, on: NaiveDate) -> bool {
        self.until(on).any(|(_, _, fact)| {
            matches!(fact, ClassEvent::CompetenceObserved { item, level, .. }
                if item == skill && *level >= Competence::Basic)
        })
    }

    /// The completions by a day, with their days.
    pub(crate) fn completions(
        &self,
        on: NaiveDate,
    ) -> impl Iterator<Item = (NaiveDate, EventId)> + '_ {
        let completed =
            self.until(on).filter(|(_, _, fact)| matches!(fact, ClassEvent::Completed { .. }));
        completed.map(|(id, day, _)| (day, id))
    }

    /// The latest completion by a day: its day and event.
    pub(crate) fn completed(&self, on: NaiveDate) -> Option<(NaiveDate, EventId)> {
        self.completions(on).max()
    }

    /// Whether a completion was certified.
    pub(crate) fn certified(&self, wanted: EventId) -> bool {
        self.facts().any(|(_, _, fact)| {
            matches!(fact, ClassEvent::CertificateIssued { completion, .. } if *completion == wanted)
        })
    }

    /// The day of the completion before a day, where the training it gave had lapsed by then.
    fn lapsed(&self, course: &Course, on: NaiveDate) -> Option<NaiveDate> {
        let (before, _) = self.completed(on.pred_opt()?)?;
        (expiry(before, course.valid_months()?)? < on).then_some(before)
    }

    /// The stages given in a role.
    pub(crate) fn stages(&self, of: &Code, on: NaiveDate) -> BTreeSet<Stage> {
        self.until(on)
            .filter_map(|(_, _, fact)| {
                if let ClassEvent::Authorized { role, stage, .. } = fact {
                    (role == of).then_some(*stage)
                } else {
                    None
                }
            })
            .collect()
    }

    /// The suspensions of a role that no restoring cites.
    pub(crate) fn suspensions(&self, of: &Code, on: NaiveDate) -> BTreeMap<EventId, NaiveDate> {
        let mut standing = BTreeMap::new();
        let mut cited = EventSet::new();
        for (id, day, fact) in self.until(on) {
            if let ClassEvent::AuthorizationSuspended { role, .. } = fact {
                if role == of {
                    standing.insert(id, day);
                }
            } else if let ClassEvent::AuthorizationRestored { role, cites, .. } = fact
                && role == of
            {
                cited.extend(cites);
            }
        }
        standing.retain(|id, _| !cited.contains(id));
        standing
    }

    /// Through which day the training is valid, where it runs out: by the latest completion. A
    /// certificate says so and renews nothing.
    pub(crate) fn trained_through(&self, course: &Course, on: NaiveDate) -> Option<NaiveDate> {
        let (day, _) = self.completed(on)?;
        expiry(day, course.valid_months()?)
    }

    /// The day on which training that is not valid any more ran out.
    pub(crate) fn training_lapsed(&self, course: &Course, on: NaiveDate) -> Option<NaiveDate> {
        self.trained_through(course, on).filter(|through| *through < on)
    }

    /// Through which day all that leading needs is valid, where any of it runs out.
    pub(crate) fn valid_through(&self, course: &Course, on: NaiveDate) -> Option<NaiveDate> {
        let components = course.components().iter().filter_map(|component| {
            expiry(self.component(&component.id, on)?, component.valid_months?)
        });
        self.trained_through(course, on).into_iter().chain(components).min()
    }

    /// What is lacking to complete the course on a day. After a lapse it is taught anew.
    pub(crate) fn to_complete(&self, course: &Course, on: NaiveDate) -> Vec<Finding> {
        let mut findings = Vec::new();
        findings.extend(
            self.outside(on).map(|events| Finding { lacking: Lacking::Enrollment, events }),
        );
        if course.screened_before() == ScreenedBefore::Enrollment {
            findings.extend(self.screening(on));
        }
        findings.extend(self.modules_lacking(course, on));
        findings
            .extend(self.components_lacking(course, on, |needed| needed == NeededFor::Completion));
        findings
    }

    fn modules_lacking(&self, course: &Course, on: NaiveDate) -> impl Iterator<Item = Finding> {
        let taught = self.taught_since(self.lapsed(course, on), on);
        let known = |n: &u16| course.module(*n).is_some();
        let attended = taught.attended.iter().filter(|n| known(n)).count();
        let attended = u16::try_from(attended).unwrap_or(u16::MAX);
        let least = course.attended_least();
        let missing: BTreeSet<_> = course
            .modules()
            .iter()
            .map(|module| module.n)
            .filter(|n| !taught.attended.contains(n) && !taught.made_up.contains(n))
            .collect();
        let open = course.rest() == Rest::MadeUp && !missing.is_empty();
        let minutes = taught.minutes;
        let minutes_least = course.minutes_least();
        [
            (attended < least).then_some(Lacking::Attendance { attended, least }),
            open.then_some(Lacking::Modules { missing }),
            (minutes < minutes_least)
                .then_some(Lacking::Minutes { taught: minutes, least: minutes_least }),
        ]
        .into_iter()
        .flatten()
        .map(Finding::from)
    }

    fn components_lacking(
        &self,
        course: &Course,
        on: NaiveDate,
        asked: impl Fn(NeededFor) -> bool,
    ) -> Vec<Finding> {
        let components = course.components().iter().filter(|component| asked(component.needed_for));
        components
            .filter_map(|component| {
                let Some(day) = self.component(&component.id, on) else {
                    return Some(Lacking::Component { component: component.id.clone() });
                };
                let through = expiry(day, component.valid_months?)?;
                (through < on)
                    .then(|| Lacking::ComponentLapsed { component: component.id.clone(), through })
            })
            .map(Finding::from)
            .collect()
    }

    /// What is lacking to lead in any way on a day.
    pub(crate) fn to_serve(&self, course: &Course, role: &Code, on: NaiveDate) -> Vec<Finding> {
        let mut findings = Vec::new();
        if !course.roles().contains(role) {
            findings.push(Lacking::Role.into());
        }
        findings.extend(self.screening(on));
        if self.completed(on).is_none() {
            findings.push(Lacking::Completion.into());
        }
        let lapsed = self.training_lapsed(course, on);
        findings.extend(lapsed.map(|through| Lacking::TrainingLapsed { through }.into()));
        findings.extend(self.components_lacking(course, on, |_| true));
        findings
    }

    /// What is lacking to be given a stage on a day.
    pub(crate) fn to_reach(
        &self,
        course: &Course,
        role: &Code,
        stage: Stage,
        on: NaiveDate,
    ) -> Vec<Finding> {
        let mut findings = self.to_serve(course, role, on);
        if let Some(first) = stage.below()
            && course.ladder() == Ladder::RungByRung
            && !self.stages(role, on).contains(&first)
        {
            findings.push(Lacking::Rung { first }.into());
        }
        if stage.leads() {
            findings.extend(self.skills_lacking(course, on));
        }
        findings
    }

    fn skills_lacking(&self, course: &Course, on: NaiveDate) -> Vec<Finding> {
        let unseen = course
            .competences()
            .iter()
            .filter(|item| !self.seen_basic(item, on))
            .map(|item| Lacking::Competence { item: item.clone() }.into());
        let harmful = self.harmful(on).into_iter().map(|(id, item)| Finding {
            lacking: Lacking::Harmful { item: item.clone() },
            events: [id].into(),
        });
        unseen.chain(harmful).collect()
    }
}

/// What findings say is lacking, if anything is.
pub(crate) fn lacks(findings: impl IntoIterator<Item = Finding>) -> Option<Lacks> {
    Lacks::any(findings.into_iter().map(|finding| finding.lacking))
}

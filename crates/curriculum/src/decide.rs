//! What is decided for a class, and what is recorded with its citations.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Aggregate, CertificateId, Code, EventId, EventSet, MemberId};

use crate::{
    Class, ClassError, ClassEvent, Competence, Course, Lacking, Lacks, ScreenedBefore, Screening,
    Stage, SuspensionReason, WithdrawalReason, expiry,
    learner::{Learner, Stay, lacks},
};

/// What is decided, and what is recorded with its citations.
impl Class {
    /// Decides whether the class may be announced: a course, a cohort, and the most people it seats.
    ///
    /// # Errors
    ///
    /// [`ClassError::AlreadyAnnounced`], or [`ClassError::DoesNotFit`] where records came first that the
    /// course contradicts.
    pub fn announce(
        &self,
        course: Course,
        cohort: Code,
        most: u16,
        on: NaiveDate,
    ) -> Result<ClassEvent, ClassError> {
        if self.terms().is_some() {
            return Err(ClassError::AlreadyAnnounced);
        }
        let event = ClassEvent::Announced { course: Box::new(course), cohort, most, on };
        // An id after all others: the announcement is judged beside what was recorded before it.
        match self.check(EventId::from_bytes([0xFF; 16]), &event) {
            Ok(()) => Ok(event),
            Err(added) => Err(ClassError::DoesNotFit { breaches: added.len() }),
        }
    }

    /// Records a screening, and takes back the deferrals that stood before it where it says ready.
    #[must_use]
    pub fn screen(&self, member: MemberId, screening: &Screening) -> ClassEvent {
        let on = screening.on();
        ClassEvent::Screened {
            member,
            verdict: screening.verdict(),
            cites: self.learner(member).deferrals(on).into_keys().collect(),
            by: screening.by(),
            on,
        }
    }

    /// Decides whether a person may be enrolled from a day on.
    ///
    /// # Errors
    ///
    /// [`ClassError::NotAnnounced`], [`AlreadyEnrolled`](ClassError::AlreadyEnrolled), [`Full`](ClassError::Full),
    /// and [`Lacks`](ClassError::Lacks) where the course asks for a screening first (FR-01).
    pub fn enroll(&self, member: MemberId, on: NaiveDate) -> Result<ClassEvent, ClassError> {
        let (_, course, most) = self.terms().ok_or(ClassError::NotAnnounced)?;
        let learners = self.learners();
        let unknown = Learner::new(member);
        let learner = learners.get(&member).unwrap_or(&unknown);
        let still = |stay: &Stay| stay.end.is_none_or(|(_, end)| on < end);
        if learner.stays().iter().any(still) {
            return Err(ClassError::AlreadyEnrolled);
        }
        if course.screened_before() == ScreenedBefore::Enrollment
            && let Some(lacks) = lacks(learner.screening(on))
        {
            return Err(lacks.into());
        }
        if most_seated_from(&learners, on) >= usize::from(most) {
            return Err(ClassError::Full { most });
        }
        Ok(ClassEvent::Enrolled { member, on })
    }

    /// Records that a person left, citing the enrollments that end. Never refused.
    #[must_use]
    pub fn withdraw(
        &self,
        member: MemberId,
        reason: WithdrawalReason,
        on: NaiveDate,
    ) -> ClassEvent {
        let stays = self.learner(member).stays().into_iter();
        let cites = stays.filter(|stay| stay.seated(on)).map(|stay| stay.enrollment).collect();
        ClassEvent::Withdrawn { member, cites, reason, on }
    }

    /// Records how well a skill was shown; anything but harm takes back the harmful observations
    /// of the same skill that stood before it (FR-04).
    #[must_use]
    pub fn observe(
        &self,
        member: MemberId,
        item: Code,
        level: Competence,
        by: MemberId,
        on: NaiveDate,
    ) -> ClassEvent {
        let mut cites = EventSet::new();
        if level > Competence::Harmful {
            let learner = self.learner(member);
            let standing = learner.harmful(on).into_iter();
            cites.extend(standing.filter(|(_, skill)| **skill == item).map(|(id, _)| id));
        }
        ClassEvent::CompetenceObserved { member, item, level, cites, by, on }
    }

    /// Decides whether a person has completed the course on a day.
    ///
    /// # Errors
    ///
    /// [`ClassError::NotAnnounced`], [`AlreadyCompleted`](ClassError::AlreadyCompleted) while that training
    /// is valid or on a later day, or [`Lacks`](ClassError::Lacks) with all that is missing; after a lapse the modules
    /// are taught anew.
    pub fn complete(&self, member: MemberId, on: NaiveDate) -> Result<ClassEvent, ClassError> {
        let course = self.course().ok_or(ClassError::NotAnnounced)?;
        let learner = self.learner(member);
        let valid =
            learner.completed(on).is_some() && learner.training_lapsed(course, on).is_none();
        let later = learner.completed(NaiveDate::MAX).is_some_and(|(day, _)| on < day);
        if valid || later {
            return Err(ClassError::AlreadyCompleted);
        }
        match lacks(learner.to_complete(course, on)) {
            Some(lacks) => Err(lacks.into()),
            None => Ok(ClassEvent::Completed { member, on }),
        }
    }

    /// Decides whether a person may be authorized to lead in a role, as far as a stage.
    ///
    /// # Errors
    ///
    /// [`ClassError::NotAnnounced`], or [`Lacks`](ClassError::Lacks) with all that is missing: completion,
    /// screening, components, hours behind them, skills, the rung below (FR-01 to FR-05, FR-07, SH-03).
    pub fn authorize(
        &self,
        member: MemberId,
        role: Code,
        stage: Stage,
        by: MemberId,
        on: NaiveDate,
    ) -> Result<ClassEvent, ClassError> {
        let course = self.course().ok_or(ClassError::NotAnnounced)?;
        let learner = self.learner(member);
        let mut findings = learner.to_reach(course, &role, stage, on);
        if self.is_contested(&learner) {
            findings.push(Lacking::Contested.into());
        }
        match lacks(findings) {
            Some(lacks) => Err(lacks.into()),
            None => Ok(ClassEvent::Authorized { member, role, stage, by, on }),
        }
    }

    /// Records that an authorization rests from a day on.
    #[must_use]
    pub const fn suspend(
        member: MemberId,
        role: Code,
        reason: SuspensionReason,
        on: NaiveDate,
    ) -> ClassEvent {
        ClassEvent::AuthorizationSuspended { member, role, reason, on }
    }

    /// Decides whether suspensions are taken back; cites all that stand on that day.
    ///
    /// # Errors
    ///
    /// [`ClassError::NotSuspended`] where none stands.
    pub fn restore(
        &self,
        member: MemberId,
        role: Code,
        by: MemberId,
        on: NaiveDate,
    ) -> Result<ClassEvent, ClassError> {
        let cites: EventSet = self.learner(member).suspensions(&role, on).into_keys().collect();
        if cites.is_empty() {
            return Err(ClassError::NotSuspended);
        }
        Ok(ClassEvent::AuthorizationRestored { member, role, cites, by, on })
    }

    /// Decides whether a certificate may be issued, and through which day it is valid.
    ///
    /// # Errors
    ///
    /// [`ClassError::NotAnnounced`], [`Lacks`](ClassError::Lacks) for who has not completed or whose training
    /// has lapsed (SH-08, MH-01), [`CertificateStands`](ClassError::CertificateStands) where the completion
    /// was certified already, [`CertificateTaken`](ClassError::CertificateTaken) and [`CalendarEnds`](ClassError::CalendarEnds).
    pub fn certify(
        &self,
        certificate: CertificateId,
        member: MemberId,
        on: NaiveDate,
    ) -> Result<ClassEvent, ClassError> {
        let course = self.course().ok_or(ClassError::NotAnnounced)?;
        let learner = self.learner(member);
        let Some((completed, completion)) = learner.completed(on) else {
            return Err(Lacks::with(None, Lacking::Completion).into());
        };
        if let Some(through) = learner.training_lapsed(course, on) {
            return Err(Lacks::with(None, Lacking::TrainingLapsed { through }).into());
        }
        if learner.certified(completion) {
            return Err(ClassError::CertificateStands);
        }
        let events = self.issues_of(certificate);
        if !events.is_empty() {
            return Err(ClassError::CertificateTaken { events });
        }
        let expires = match course.valid_months() {
            Some(months) => {
                Some(expiry(completed, months).ok_or(ClassError::CalendarEnds { months })?)
            }
            None => None,
        };
        Ok(ClassEvent::CertificateIssued { certificate, member, completion, expires, on })
    }

    fn issues_of(&self, wanted: CertificateId) -> EventSet {
        let issued = self.facts.live().filter(|(_, fact)| {
            matches!(fact, ClassEvent::CertificateIssued { certificate, .. } if *certificate == wanted)
        });
        issued.map(|(id, _)| id).collect()
    }
}

/// The most people seated on that day or on any later one on which somebody comes.
fn most_seated_from(learners: &BTreeMap<MemberId, Learner<'_>>, on: NaiveDate) -> usize {
    let stays: Vec<_> = learners.values().flat_map(Learner::stays).collect();
    let later = stays.iter().map(|stay| stay.from).filter(|day| *day > on);
    let days: BTreeSet<_> = later.chain([on]).collect();
    let seated = |day: NaiveDate| stays.iter().filter(|stay| stay.seated(day)).count();
    days.into_iter().map(seated).max().unwrap_or(0)
}

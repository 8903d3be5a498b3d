//! Training: classes, modules, and who may lead.

use chrono::NaiveDate;
use commons::{CertificateId, ClassId, Code, MemberId};
use curriculum::{Authorization, Class, ClassError, ClassEvent, Course, Screening, Stage};
use event_log::EventLog;

use crate::{Fact, Keeper, KeeperError, Surroundings, keeper::Saying};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Announces a class of a course.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn announce_class(
        &mut self,
        course: &Course,
        cohort: Code,
        most: u16,
        on: NaiveDate,
    ) -> Result<ClassId, KeeperError> {
        let program = self.program_id();
        self.decide(|keeper, _| {
            let class: ClassId = keeper.world.id();
            let event = Class::default()
                .announce(course.clone(), cohort.clone(), most, on)
                .map_err(KeeperError::refused)?;
            Ok((Saying::new(class, Fact::Class(event)).and(program), class))
        })
    }

    /// Records the screening of a future facilitator; enrolls whoever is ready.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where the class is full, [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn screen(
        &mut self,
        class: ClassId,
        member: MemberId,
        screening: &Screening,
    ) -> Result<(), KeeperError> {
        self.in_class(class, Some(member), |class| Ok(class.screen(member, screening)))
    }

    /// Enrolls somebody in a class.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn enroll_in_class(
        &mut self,
        class: ClassId,
        member: MemberId,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.in_class(class, Some(member), |class| class.enroll(member, on))
    }

    /// Records something that happened in a class: a module held or made up, a component completed.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn record_class(&mut self, class: ClassId, event: &ClassEvent) -> Result<(), KeeperError> {
        self.in_class(class, event.member(), |_| Ok(event.clone()))
    }

    /// Declares that somebody completed a class.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] with what is lacking, [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn complete_class(
        &mut self,
        class: ClassId,
        member: MemberId,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.in_class(class, Some(member), |class| class.complete(member, on))
    }

    /// Issues the certificate of a class somebody completed.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] for who has not completed, [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn certify(
        &mut self,
        class: ClassId,
        member: MemberId,
        on: NaiveDate,
    ) -> Result<CertificateId, KeeperError> {
        let certificate: CertificateId = self.world.id();
        self.in_class(class, Some(member), |class| class.certify(certificate, member, on))?;
        Ok(certificate)
    }

    /// Lets somebody lead (SH-03): completed is not yet authorized.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] with what is lacking, [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn authorize(
        &mut self,
        class: ClassId,
        member: MemberId,
        role: &Code,
        stage: Stage,
        by: MemberId,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.in_class(class, Some(member), |class| {
            class.authorize(member, role.clone(), stage, by, on)
        })
    }

    /// Whether somebody may lead in a role on a day, by any class they attended.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn authorization(
        &mut self,
        member: MemberId,
        role: &Code,
        on: NaiveDate,
    ) -> Result<Option<Authorization>, KeeperError> {
        let classes = self.member(member)?.classes.clone();
        let mut best = None;
        for class in classes {
            let found = self.class(class)?.class.authorization(member, role, on);
            if found.is_authorized() {
                return Ok(Some(found));
            }
            best = Some(found);
        }
        Ok(best)
    }

    fn in_class(
        &mut self,
        class: ClassId,
        member: Option<MemberId>,
        decision: impl Fn(&Class) -> Result<ClassEvent, ClassError>,
    ) -> Result<(), KeeperError> {
        let program = self.program_id();
        self.decide(|keeper, reads| {
            let file = keeper.class_read(class, reads)?;
            let event = decision(&file.class).map_err(KeeperError::refused)?;
            let saying = Saying::new(class, Fact::Class(event)).and(program);
            let saying = member.map_or(saying.clone(), |member| saying.and(member));
            Ok((saying, ()))
        })
    }
}

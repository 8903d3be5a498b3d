//! Matters: whatever somebody must look after.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use commons::{Code, DataClass, EventSet, MatterId, MemberId, Private, Refused, Rule, UnitId};
use event_log::EventLog;
use safety_protocols::{Category, Contact, Decider, Matter, MatterContent, MatterEvent, Severity};

use crate::{Asking, Fact, Keeper, KeeperError, Surroundings, ToSeal, keeper::Saying};

/// Somebody else is in the room who may be the partner (SH-07).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("somebody else is there")]
struct NotAlone;

impl Refused for NotAlone {
    fn code(&self) -> &'static str {
        "matter.not_alone"
    }
    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("SH-07"))
    }
    fn way_out(&self) -> &'static str {
        "talk with the person alone, by the private route"
    }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Records a matter. Never refused: what is missing becomes a duty (ENG-01).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn open_matter(
        &mut self,
        severity: Severity,
        aware_at: DateTime<Utc>,
        happened_at: Option<DateTime<Utc>>,
        content: &MatterContent,
    ) -> Result<MatterId, KeeperError> {
        let program = self.program_id();
        self.decide(|keeper, _| {
            let matter: MatterId = keeper.world.id();
            let opened = Matter::open(severity, aware_at, happened_at, Code::of("keeper"));
            let safeguarding = keeper.founded()?.safeguarding;
            let words = ToSeal::new(safeguarding, DataClass::Incident, content)?;
            let saying = Saying::new(matter, Fact::Matter(opened)).sealing(words).and(program);
            let saying = content.unit.map_or(saying.clone(), |unit| saying.and(unit));
            Ok((saying, matter))
        })
    }

    /// What a matter is about, for somebody who may know, where it can be read.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::NotFound`], [`KeeperError::Store`], [`KeeperError::Seal`].
    pub fn matter_content(
        &mut self,
        asking: &Asking,
        matter: MatterId,
    ) -> Result<Private<MatterContent>, KeeperError> {
        self.may_read(asking, DataClass::Incident)?;
        self.content_of(matter)
    }

    /// Whether a matter may be talked about while these people are there. What somebody lives
    /// through with a partner is talked about with nobody else in the room (SH-07): who the partner
    /// is stands nowhere, so it may be anybody.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where it may not, or where the matter cannot be read;
    /// [`KeeperError::NotFound`], [`KeeperError::Store`], [`KeeperError::Seal`].
    pub fn may_be_talked_about(
        &mut self,
        matter: MatterId,
        there: &BTreeSet<MemberId>,
    ) -> Result<(), KeeperError> {
        let content = self.content_of(matter)?;
        let content = content.known().ok_or(KeeperError::Locked)?;
        let concerned: BTreeSet<MemberId> = content.concerns.iter().copied().collect();
        if content.category == Category::PartnerViolence && !there.is_subset(&concerned) {
            return Err(KeeperError::refused(NotAlone));
        }
        Ok(())
    }

    fn content_of(&mut self, matter: MatterId) -> Result<Private<MatterContent>, KeeperError> {
        let reading = self.log.read(matter.into()).map_err(KeeperError::store)?;
        let opened =
            reading.events.iter().find(|event| event.header().kind.as_str() == "matter.opened");
        let missing = || KeeperError::NotFound { what: "matter", id: matter.short() };
        self.words(opened.ok_or_else(missing)?, DataClass::Incident)
    }

    /// Raises the severity. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn raise_matter(
        &mut self,
        matter: MatterId,
        to: Severity,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.in_matter(matter, |_| Ok(MatterEvent::Raised { to, at }))
    }

    /// Lowers the severity, with a second person for the gravest (IN-03).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn lower_matter(
        &mut self,
        matter: MatterId,
        to: Severity,
        by: &Decider,
        reason: &Code,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.in_matter(matter, |file| {
            file.lower(to, by.clone(), reason.clone(), at).map_err(KeeperError::refused)
        })
    }

    /// Records that somebody knows and has taken it up.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn acknowledge(
        &mut self,
        matter: MatterId,
        role: &Code,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.in_matter(matter, |file| {
            Ok(MatterEvent::Acknowledged { role: role.clone(), at, answers: file.whole() })
        })
    }

    /// Records what was done.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] for a word that says that nothing was done: a duty is set aside by
    /// [`set_aside`](Self::set_aside). [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn act(
        &mut self,
        matter: MatterId,
        action: &Code,
        role: &Code,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.in_matter(matter, |file| {
            file.act(action.clone(), role.clone(), at).map_err(KeeperError::refused)
        })
    }

    /// Records that the person was contacted, or that it was tried.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn contacted(
        &mut self,
        matter: MatterId,
        outcome: Contact,
        role: &Code,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.in_matter(matter, |file| {
            Ok(MatterEvent::Contacted { outcome, role: role.clone(), at, answers: file.whole() })
        })
    }

    /// Records what is to be learned from it, and that it was.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn learned(
        &mut self,
        matter: MatterId,
        method: &Code,
        decided: DateTime<Utc>,
        done: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.in_matter(matter, |file| {
            Ok(MatterEvent::LearningDecided {
                method: method.clone(),
                at: decided,
                answers: file.whole(),
            })
        })?;
        self.in_matter(matter, |file| {
            Ok(MatterEvent::LearningDone { at: done, answers: file.whole() })
        })
    }

    /// Closes a matter, once every duty is met (IN-10).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] with what is open, [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn close_matter(
        &mut self,
        matter: MatterId,
        by: &Decider,
        outcome: &Code,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        let program = self.program_id();
        self.decide(|keeper, reads| {
            let duties = keeper.duties_of_matter(matter)?;
            let file: std::sync::Arc<crate::MatterFile> = keeper.file(matter, reads)?;
            let closed = file.matter.close(by.clone(), outcome.clone(), &duties, at);
            let closed = closed.map_err(KeeperError::refused)?;
            let saying = Saying::new(matter, Fact::Matter(closed)).and(program);
            let saying = file.unit.map_or(saying.clone(), |unit: UnitId| saying.and(unit));
            Ok((saying, ()))
        })
    }

    fn in_matter(
        &mut self,
        matter: MatterId,
        decision: impl Fn(&Matter) -> Result<MatterEvent, KeeperError>,
    ) -> Result<(), KeeperError> {
        let program = self.program_id();
        self.decide(|keeper, reads| {
            let file: std::sync::Arc<crate::MatterFile> = keeper.file(matter, reads)?;
            let event = decision(&file.matter)?;
            let saying = Saying::new(matter, Fact::Matter(event)).and(program);
            let saying = file.unit.map_or(saying.clone(), |unit: UnitId| saying.and(unit));
            Ok((saying, ()))
        })
    }

    /// The events of a matter that wait for an answer.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn unanswered(&mut self, matter: MatterId) -> Result<EventSet, KeeperError> {
        Ok(self.matter(matter)?.matter.unanswered())
    }
}

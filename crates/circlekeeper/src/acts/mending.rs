//! Mending: entries that were mistakes, breaches that people accept, terms that change.
//!
//! Nothing is rewritten: each mend is an event that names what it mends.

use chrono::NaiveDate;
use circle_model::{GroupEvent, SessionBreach, SessionEvent, Terms, VoidReason};
use commons::{Breach, Code, EventId, Fact, MemberId, Mend, Refused, Rule, SessionId, UnitId};
use event_log::EventLog;

use crate::{Fact as Said, Keeper, KeeperError, Surroundings, keeper::Saying};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Changes the terms of a group, and says why and who agreed (U-16).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where the new terms do not fit the group as it is,
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn adapt_terms(
        &mut self,
        unit: UnitId,
        terms: &Terms,
        why: &Code,
        agreed_by: &Code,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.in_group(unit, None, |file| {
            file.meetings().adapt(terms.clone(), why.clone(), agreed_by.clone(), on)
        })
    }

    /// Records that somebody gave a role back. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn release_role(
        &mut self,
        unit: UnitId,
        member: MemberId,
        role: &Code,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.in_group(unit, Some(member), |file| Ok(file.group.released(member, role, on)))
    }

    /// Takes back an entry of a group that was a mistake.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where the entry is itself a taking back: it stands, and what was right
    /// is entered again. [`KeeperError::NotFound`] where the group has no such entry,
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn void_in_group(
        &mut self,
        unit: UnitId,
        entry: EventId,
        reason: VoidReason,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(unit, reads)?;
            let (_, fact) =
                file.group.facts().find(|(id, _)| *id == entry).ok_or_else(|| no_entry(entry))?;
            not_taking_back(fact)?;
            let event = GroupEvent::Voided { entry, reason };
            Ok((Saying::new(unit, Said::Group(event)), ()))
        })
    }

    /// Takes back an entry of a session that was a mistake.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where the entry is itself a taking back, [`KeeperError::NotFound`] where
    /// the session has no such entry, [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn void_in_session(
        &mut self,
        unit: UnitId,
        session: SessionId,
        entry: EventId,
        reason: VoidReason,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(unit, reads)?;
            let known = file.sessions.get(&session).filter(|session| session.knows(entry));
            let known = known.ok_or_else(|| no_entry(entry))?;
            if let Some((_, fact)) = known.facts().find(|(id, _)| *id == entry) {
                not_taking_back(fact)?;
            }
            let event = SessionEvent::Voided { entry, reason };
            Ok((Saying::new(session, Said::Session(event)).and(unit), ()))
        })
    }

    /// Accepts a breach of a session: it stays open no longer, until another event joins it.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn settle_in_session(
        &mut self,
        unit: UnitId,
        session: SessionId,
        breach: &Breach<SessionBreach>,
        reason: &Code,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            keeper.unit_read(unit, reads)?;
            let event = SessionEvent::Settled { breach: breach.clone(), reason: reason.clone() };
            Ok((Saying::new(session, Said::Session(event)).and(unit), ()))
        })
    }
}

/// An entry that took another back is not taken back in its turn.
fn not_taking_back<F: Fact>(fact: &F) -> Result<(), KeeperError> {
    match fact.mends() {
        Some(Mend::Voids(_)) => Err(KeeperError::refused(TakingBackStands)),
        Some(Mend::Settles(_)) | None => Ok(()),
    }
}

/// A taking back stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the entry takes back another and stands")]
struct TakingBackStands;

impl Refused for TakingBackStands {
    fn code(&self) -> &'static str {
        "void.stands"
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        "enter again what was right"
    }
}

fn no_entry(entry: EventId) -> KeeperError {
    KeeperError::NotFound { what: "entry", id: entry.short() }
}

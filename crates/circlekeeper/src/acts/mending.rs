//! Mending: entries that were mistakes, breaches that people accept, terms that change.
//!
//! Nothing is rewritten: each mend is an event that names what it mends.

use chrono::NaiveDate;
use circle_model::{GroupEvent, SessionBreach, SessionEvent, Terms, VoidReason};
use commons::{Breach, Code, EventId, MemberId, SessionId, UnitId};
use event_log::EventLog;

use crate::{Fact, Keeper, KeeperError, Surroundings, keeper::Saying};

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
            file.group.adapt(terms.clone(), why.clone(), agreed_by.clone(), on)
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

    /// Takes back an entry of a group that was a mistake. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`] where the group has no such entry, [`KeeperError::Locked`],
    /// [`KeeperError::Store`].
    pub fn void_in_group(
        &mut self,
        unit: UnitId,
        entry: EventId,
        reason: VoidReason,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(unit, reads)?;
            if !file.group.facts().any(|(id, _)| id == entry) {
                return Err(no_entry(entry));
            }
            let event = GroupEvent::Voided { entry, reason };
            Ok((Saying::new(unit, Fact::Group(event)), ()))
        })
    }

    /// Takes back an entry of a session that was a mistake. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`] where the session has no such entry, [`KeeperError::Locked`],
    /// [`KeeperError::Store`].
    pub fn void_in_session(
        &mut self,
        unit: UnitId,
        session: SessionId,
        entry: EventId,
        reason: VoidReason,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(unit, reads)?;
            let known = file.sessions.get(&session).is_some_and(|session| session.knows(entry));
            if !known {
                return Err(no_entry(entry));
            }
            let event = SessionEvent::Voided { entry, reason };
            Ok((Saying::new(session, Fact::Session(event)).and(unit), ()))
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
            Ok((Saying::new(session, Fact::Session(event)).and(unit), ()))
        })
    }
}

fn no_entry(entry: EventId) -> KeeperError {
    KeeperError::NotFound { what: "entry", id: entry.short() }
}

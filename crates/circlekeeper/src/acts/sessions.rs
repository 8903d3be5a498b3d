//! Sessions: planned through the gates, written down in one save, put right.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use circle_model::{HeadCount, LocalTime, Mark, NotHeldReason, Proposal, Record, SessionEvent};
use commons::{Code, DataClass, MemberId, SessionId, UnitId};
use event_log::EventLog;

use crate::{
    Fact, Keeper, KeeperError, ReasonWords, Surroundings, ToSeal, UnitFile,
    gates::StandBy,
    keeper::{Reads, Saying},
};

/// A session somebody wrote down.
#[derive(Debug, Clone)]
pub struct SessionDraft {
    /// What was written down.
    pub record: Record,
    /// Why people did not come, in their words, where they said.
    pub reasons: BTreeMap<MemberId, String>,
}

/// A session of a unit, as it was written down.
#[derive(Debug, Clone)]
pub struct WrittenDown {
    /// The unit.
    pub unit: UnitId,
    /// The session.
    pub session: SessionId,
    /// What was written down.
    pub draft: SessionDraft,
}

/// What became of a session that was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionSaved {
    /// Breaches of the group and its sessions that are open now and were not before.
    pub new_breaches: usize,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Plans a session, once everything it needs is in place (U-04, U-05, U-10, SH-06, HC-06).
    /// `stand_by` names who can be reached meanwhile, and who leads for once in an emergency.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Gate`] with every rule that is not met, [`KeeperError::Refused`], and the rest as ever.
    pub fn plan_session(
        &mut self,
        unit: UnitId,
        proposal: &Proposal,
        stand_by: &StandBy,
    ) -> Result<SessionId, KeeperError> {
        self.decide(|keeper, reads| {
            super::groups::passed(keeper.session_gate(unit, proposal, stand_by)?)?;
            let file = keeper.unit_read(unit, reads)?;
            let planned = file.meetings().plan(proposal).map_err(KeeperError::refused)?;
            let session: SessionId = keeper.world.id();
            Ok((Saying::new(session, Fact::Session(planned)).and(unit), session))
        })
    }

    /// Moves a session that is still to come, where it could be planned on the new day.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Gate`] with every rule that is not met, [`KeeperError::Refused`], and the rest as ever.
    pub fn move_session(
        &mut self,
        unit: UnitId,
        session: SessionId,
        at: LocalTime,
        why: &Code,
        stand_by: &StandBy,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(unit, reads)?;
            let missing = || KeeperError::NotFound { what: "session", id: session.short() };
            let proposal = file.meetings().moved(session, at).ok_or_else(missing)?;
            super::groups::passed(keeper.session_gate(unit, &proposal, stand_by)?)?;
            let moved = file.meetings().move_to(session, at, why.clone());
            let moved = moved.map_err(KeeperError::refused)?;
            Ok((Saying::new(session, Fact::Session(moved)).and(unit), ()))
        })
    }

    /// Writes a session down: who came, who led, what was done. Never refused; what is wrong is shown.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn record_session(
        &mut self,
        unit: UnitId,
        session: SessionId,
        draft: &SessionDraft,
    ) -> Result<SessionSaved, KeeperError> {
        let before = self.unit(unit)?.meetings().open_breaches().len();
        self.record_sessions(&[WrittenDown { unit, session, draft: draft.clone() }])?;
        let after = self.unit(unit)?.meetings().open_breaches().len();
        Ok(SessionSaved { new_breaches: after.saturating_sub(before) })
    }

    /// Writes several sessions down in one save: all of them, or none. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn record_sessions(&mut self, written: &[WrittenDown]) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let mut sayings = Vec::with_capacity(written.len());
            for one in written {
                sayings.push(keeper.written_down(one, reads)?);
            }
            Ok((sayings, ()))
        })
    }

    fn written_down(
        &mut self,
        written: &WrittenDown,
        reads: &mut Reads,
    ) -> Result<Saying, KeeperError> {
        let WrittenDown { unit, session, draft } = written;
        self.unit_read(*unit, reads)?;
        let held = Fact::Session(SessionEvent::Held(draft.record.clone()));
        let mut saying = Saying::new(*session, held).and(*unit);
        for (member, reason) in &draft.reasons {
            let missing = || KeeperError::NotFound { what: "key", id: member.short() };
            let owner = self.member_read(*member, reads)?.key.ok_or_else(missing)?;
            let words = ReasonWords { member: *member, reason: reason.clone() };
            saying = saying.sealing(ToSeal::new(owner, DataClass::Notes, &words)?);
        }
        Ok(saying)
    }

    /// Records that a session did not happen. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn skip_session(
        &mut self,
        unit: UnitId,
        session: SessionId,
        on: NaiveDate,
        why: NotHeldReason,
    ) -> Result<(), KeeperError> {
        self.in_session(unit, session, |_| Ok(SessionEvent::NotHeld { on, why }))
    }

    /// Puts a mark right. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn correct_mark(
        &mut self,
        unit: UnitId,
        session: SessionId,
        member: MemberId,
        mark: Mark,
        why: &Code,
    ) -> Result<(), KeeperError> {
        self.in_session(unit, session, |file| {
            let missing = || KeeperError::NotFound { what: "session", id: session.short() };
            Ok(file.sessions.get(&session).ok_or_else(missing)?.correct(member, mark, why.clone()))
        })
    }

    /// Counts heads, without names. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn count_heads(
        &mut self,
        unit: UnitId,
        session: SessionId,
        count: HeadCount,
    ) -> Result<(), KeeperError> {
        self.in_session(unit, session, |file| {
            let missing = || KeeperError::NotFound { what: "session", id: session.short() };
            Ok(file.sessions.get(&session).ok_or_else(missing)?.count_heads(count))
        })
    }

    fn in_session(
        &mut self,
        unit: UnitId,
        session: SessionId,
        decision: impl Fn(&UnitFile) -> Result<SessionEvent, KeeperError>,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(unit, reads)?;
            let event = decision(&file)?;
            Ok((Saying::new(session, Fact::Session(event)).and(unit), ()))
        })
    }
}

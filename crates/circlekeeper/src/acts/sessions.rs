//! Sessions: planned through the gates, written down in one save, put right.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use circle_model::{HeadCount, LocalTime, Mark, NotHeldReason, Proposal, Record, SessionEvent};
use commons::{Aggregate, Code, DataClass, MemberId, SessionId, UnitId};
use event_log::EventLog;

use crate::{
    Fact, Keeper, KeeperError, ReasonWords, SeriesRefusal, Surroundings, ToSeal, UnitFile,
    gates::StandBy, keeper::Saying,
};

/// A session somebody wrote down.
#[derive(Debug, Clone)]
pub struct SessionDraft {
    /// What was written down.
    pub record: Record,
    /// Why people did not come, in their words, where they said.
    pub reasons: BTreeMap<MemberId, String>,
}

/// One day of a series that somebody would like to plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeriesStep {
    /// A session.
    Plan(Proposal),
    /// No session, for a reason: the rhythm is kept all the same.
    Skip {
        /// The day.
        on: NaiveDate,
        /// Why.
        why: NotHeldReason,
    },
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

    /// Plans the sessions of a series, each through the gates of [`plan_session`](Self::plan_session)
    /// and beside those before it: all of them, or none.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Series`] with every refusal of every session, and the rest as ever.
    pub fn plan_series(
        &mut self,
        unit: UnitId,
        steps: &[SeriesStep],
        stand_by: &StandBy,
    ) -> Result<Vec<SessionId>, KeeperError> {
        self.decide(|keeper, reads| {
            let mut file = UnitFile::clone(&*keeper.unit_read(unit, reads)?);
            let (mut sayings, mut planned, mut refused) = (Vec::new(), Vec::new(), Vec::new());
            for step in steps {
                let session: SessionId = keeper.world.id();
                let event = match step {
                    SeriesStep::Skip { on, why } => SessionEvent::NotHeld { on: *on, why: *why },
                    SeriesStep::Plan(proposal) => {
                        planned.push(session);
                        let against = keeper.against(unit, &file, proposal, stand_by)?;
                        let (number, on) = (proposal.number, proposal.at.date);
                        let told = against.into_iter();
                        refused.extend(told.map(|why| SeriesRefusal { number, on, why }));
                        // A session that is refused stands all the same while the rest is looked at:
                        // the next one is not off the rhythm for want of it.
                        proposal.clone().planned_by(unit)
                    }
                };
                let id = keeper.world.event_id();
                file.sessions.entry(session).or_default().apply(id, &event);
                let saying = Saying::new(session, Fact::Session(event)).and(unit);
                sayings.push(Saying { id: Some(id), ..saying });
            }
            if refused.is_empty() {
                Ok((sayings, planned))
            } else {
                Err(KeeperError::Series { refused })
            }
        })
    }

    /// Everything that stands against a session in a unit as it would be: rules of several rooms, and
    /// the group's own.
    fn against(
        &mut self,
        unit: UnitId,
        file: &UnitFile,
        proposal: &Proposal,
        stand_by: &StandBy,
    ) -> Result<Vec<KeeperError>, KeeperError> {
        let mut against = Vec::new();
        match self.session_gate_of(unit, file, proposal, stand_by) {
            Ok(verdict) => against.extend(super::groups::passed(verdict).err()),
            Err(refused @ KeeperError::Refused(_)) => against.push(refused),
            Err(error) => return Err(error),
        }
        let refused = file.meetings().plan(proposal).map_err(KeeperError::refused);
        against.extend(refused.err());
        Ok(against)
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
        self.decide(|keeper, reads| {
            keeper.unit_read(unit, reads)?;
            let mut saying =
                Saying::new(session, Fact::Session(SessionEvent::Held(draft.record.clone())))
                    .and(unit);
            for (member, reason) in &draft.reasons {
                let missing = || KeeperError::NotFound { what: "key", id: member.short() };
                let owner = keeper.member_read(*member, reads)?.key.ok_or_else(missing)?;
                let words = ReasonWords { member: *member, reason: reason.clone() };
                saying = saying.sealing(ToSeal::new(owner, DataClass::Notes, &words)?);
            }
            Ok((saying, ()))
        })?;
        let after = self.unit(unit)?.meetings().open_breaches().len();
        Ok(SessionSaved { new_breaches: after.saturating_sub(before) })
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

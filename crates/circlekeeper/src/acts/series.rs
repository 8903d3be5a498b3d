//! A series of sessions: laid out by a rhythm, and planned whole or not at all.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use circle_model::{
    Exception, GroupError, Holder, Life, LocalTime, NotHeldReason, Occasion, Outcome, Proposal,
    Rhythm, Series, SessionEvent, Stance,
};
use commons::{Code, MemberId, SessionId, UnitId};
use event_log::EventLog;

use crate::{
    Fact, Keeper, KeeperError, SeriesRefusal, Surroundings, UnitFile, gates::StandBy,
    keeper::Saying,
};

/// What somebody wishes of a series. What is left open, the terms of the group say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesWish {
    /// The day from which it is counted.
    pub first: NaiveDate,
    /// The time on the wall.
    pub time: NaiveTime,
    /// How its days follow each other.
    pub rhythm: Option<Rhythm>,
    /// Where the rhythm is not kept.
    pub exceptions: Vec<Exception>,
    /// How many sessions, from the next one that nobody planned; to the end of the phase where
    /// nothing is said.
    pub sessions: Option<u16>,
    /// How long each lasts, in minutes.
    pub minutes: Option<u16>,
    /// Who leads, and in which role; whoever has a post that leads where nobody is named.
    pub led_by: BTreeMap<MemberId, Code>,
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

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Lays a series out: the numbers that are next, on the days of the rhythm, with the themes of
    /// the model and those who lead. Nothing is written; [`plan_series`](Self::plan_series) does.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where the group has ended, the rhythm has too few days, or a session is moved
    /// where none can be; [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn lay_out(
        &mut self,
        unit: UnitId,
        wish: &SeriesWish,
    ) -> Result<Vec<SeriesStep>, KeeperError> {
        let file = self.unit(unit)?;
        if let Life::Ended { on, .. } = file.group.life() {
            return Err(KeeperError::refused(GroupError::Ended { on }));
        }
        let zone = self.founded()?.zone;
        let missing = || KeeperError::NotFound { what: "group", id: unit.short() };
        let terms = file.group.terms().ok_or_else(missing)?;
        let cadence = terms.get().cadence;
        let lessons = self.model_of(&file)?.map(|model| model.content().syllabus.clone());
        let mut numbers = numbers_to_plan(&file, wish.sessions).into_iter();
        let series = Series {
            first: wish.first,
            rhythm: wish.rhythm.clone().unwrap_or_else(|| Rhythm::of(cadence)),
            exceptions: wish.exceptions.clone(),
        };
        let sessions = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
        let occasions = series.occasions(sessions).map_err(KeeperError::refused)?;
        let steps = occasions.into_iter().filter_map(|occasion| {
            let (date, number) = match occasion {
                Occasion::Skipped { day, why } => return Some(SeriesStep::Skip { on: day, why }),
                Occasion::On { day } | Occasion::Moved { day, .. } => (day, numbers.next()?),
            };
            let theme = lessons.iter().flatten().find(|lesson| lesson.n == number);
            let led_by =
                if wish.led_by.is_empty() { leaders(&file, date) } else { wish.led_by.clone() };
            Some(SeriesStep::Plan(Proposal {
                number,
                at: LocalTime { date, time: wish.time, zone },
                minutes: wish.minutes.unwrap_or(cadence.minutes()),
                theme: theme.map(|lesson| lesson.theme.clone()),
                led_by,
                substitute: None,
            }))
        });
        Ok(steps.collect())
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
                file.take_session(session, id, &event);
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
}

/// The next numbers that no session has that was held or is to come: so many, or those of the phase
/// the group is in. In a phase without sessions of its own they come after those of the terms.
fn numbers_to_plan(file: &UnitFile, wanted: Option<u16>) -> Vec<u16> {
    let stands = |number: u16| {
        file.sessions.values().any(|session| {
            !matches!(session.outcome(), Outcome::NotHeld { .. })
                && session.planned().is_some_and(|planned| planned.number == number)
        })
    };
    let of_terms = file.group.terms().map_or(0, |terms| terms.get().cadence.sessions());
    let (first, last) = match file.group.phase().map(|phase| phase.sessions) {
        Some(Some((first, last))) => (first, last),
        Some(None) => (of_terms.saturating_add(1), of_terms),
        None => (1, of_terms),
    };
    let last = if wanted.is_some() { u16::MAX } else { last };
    let free = (first..=last).filter(|number| !stands(*number));
    free.take(wanted.map_or(usize::MAX, usize::from)).collect()
}

/// Who has a post on a day in which one leads sessions, and staff only while they facilitate.
fn leaders(file: &UnitFile, on: NaiveDate) -> BTreeMap<MemberId, Code> {
    let Some(terms) = file.group.terms() else { return BTreeMap::new() };
    let facilitates = file.group.stance_on(on).is_none_or(|it| it == Stance::Facilitator);
    let leads = |role: &Code| match terms.role(role).map(|role| role.holder) {
        Some(Holder::Facilitator) => true,
        Some(Holder::Staff) => facilitates,
        Some(Holder::Member | Holder::Supervisor) | None => false,
    };
    let posts = file.group.posts().into_iter().filter(|post| post.days.contains(on));
    posts.filter(|post| leads(&post.role)).map(|post| (post.member, post.role)).collect()
}

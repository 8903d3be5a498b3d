//! A session: one occasion on which a unit meets.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{
    Aggregate, Breach, Code, EventId, EventSet, Fact, Facts, MemberId, Mend, Refused, Rule,
    Standing, UnitId,
};
use serde::{Deserialize, Serialize};

use crate::{LocalTime, Segment, VoidReason};

/// How somebody's place in a session was filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Came and stayed.
    Present,
    /// Came late.
    Late,
    /// Came and left early.
    LeftEarly,
    /// Was excused beforehand.
    Excused,
    /// Did not come and gave a reason afterward. The reason is sealed, never here.
    Explained,
    /// Did not come, and nobody knows why.
    Unexplained,
}

impl Mark {
    /// Whether the person was there at all.
    #[must_use]
    pub const fn attended(self) -> bool {
        matches!(self, Self::Present | Self::Late | Self::LeftEarly)
    }
}

/// Why a session did not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NotHeldReason {
    /// A holiday.
    Holiday,
    /// A week of commemoration.
    Commemoration,
    /// The weather, or a road.
    Weather,
    /// The facilitator could not come.
    NoFacilitator,
    /// Too few people came.
    TooFew,
    /// The place could not be used.
    NoPlace,
    /// It was not safe.
    Unsafe,
    /// Something else.
    Other,
}

/// People in the room without their names: for open groups, classes and events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeadCount {
    /// Adults.
    pub adults: u16,
    /// Children.
    pub children: u16,
    /// Those of both who came for the first time.
    pub first_timers: u16,
}

impl HeadCount {
    /// Everybody who was counted.
    #[must_use]
    pub fn people(self) -> u32 {
        u32::from(self.adults) + u32::from(self.children)
    }
}

/// What was written down of a session that took place: one save for a session of twenty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Record {
    /// The day.
    pub on: NaiveDate,
    /// How long it lasted, in minutes.
    pub minutes: u16,
    /// The parts that were held, in their order; empty where nobody wrote them down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Segment>,
    /// What was done in the center: talk, art, play, writing, exercises and the like.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub activities: BTreeSet<Code>,
    /// Who led it or a part of it, and in which role.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub led_by: BTreeMap<MemberId, Code>,
    /// Who else was in the room, and in which role.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub others: BTreeMap<MemberId, Code>,
    /// Each member's mark.
    pub marks: BTreeMap<MemberId, Mark>,
}

/// A fact of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SessionEvent {
    /// It was planned.
    Planned {
        /// The unit that meets.
        host: UnitId,
        /// Its number in the unit, from 1.
        number: u16,
        /// The day and the time on the wall.
        at: LocalTime,
        /// How long it will last, in minutes.
        minutes: u16,
        /// Its theme, as a word of the syllabus.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        theme: Option<Code>,
        /// Who will lead, and in which role.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        led_by: BTreeMap<MemberId, Code>,
        /// Who of them stands in this once without the training the role asks for (U-04).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        substitute: Option<MemberId>,
    },
    /// It was moved to another time.
    Moved {
        /// The new day and time.
        at: LocalTime,
        /// Why.
        why: Code,
        /// The planning or moves that it takes the place of.
        cites: EventSet,
    },
    /// It took place.
    Held(Record),
    /// It did not take place.
    NotHeld {
        /// The day on which it would have been.
        on: NaiveDate,
        /// Why.
        why: NotHeldReason,
    },
    /// A mark was put right.
    Corrected {
        /// Whose.
        member: MemberId,
        /// The mark as it should be.
        mark: Mark,
        /// Why.
        why: Code,
        /// The records or corrections that it puts right.
        cites: EventSet,
    },
    /// Heads were counted.
    HeadsCounted {
        /// The count.
        count: HeadCount,
        /// Counts that it takes the place of.
        #[serde(default, skip_serializing_if = "EventSet::is_empty")]
        cites: EventSet,
    },
    /// Somebody looked back on it.
    Reviewed {
        /// The role of who did.
        by: Code,
        /// The day.
        on: NaiveDate,
    },
    /// An entry was a mistake.
    Voided {
        /// The entry.
        entry: EventId,
        /// Why.
        reason: VoidReason,
    },
    /// A breach was looked at and accepted.
    Settled {
        /// The breach.
        breach: Breach<SessionBreach>,
        /// Why it may stand.
        reason: Code,
    },
}

/// A kind of wrong in the history of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SessionBreach {
    /// It was planned twice.
    PlannedTwice,
    /// It was moved to two times, neither move naming the other.
    MovesDiverge,
    /// It was written down twice, and not the same (U-10).
    RecordsDiffer,
    /// It is written down as held and as not held.
    HeldAndNotHeld,
    /// A mark was put right twice, neither correction naming the other.
    CorrectionsDiffer,
    /// Heads were counted twice, and not the same.
    CountsDiffer,
}

/// Why a plan for a session is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum SessionError {
    /// It was not planned.
    #[error("the session was not planned")]
    NotPlanned,
    /// It is over.
    #[error("the session is over")]
    Over,
}

impl Refused for SessionError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotPlanned => "session.not_planned",
            Self::Over => "session.over",
        }
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("U-10"))
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::NotPlanned => "plan the session first",
            Self::Over => "plan another session, or record that the entry was a mistake",
        }
    }
}

/// One occasion on which a unit meets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    facts: Facts<SessionEvent>,
}

/// What became of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is still to come, or nobody wrote it down.
    Planned,
    /// It took place.
    Held {
        /// On that day.
        on: NaiveDate,
    },
    /// It did not.
    NotHeld {
        /// On that day.
        on: NaiveDate,
        /// For that reason.
        why: NotHeldReason,
    },
}

/// The plan of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned<'a> {
    /// The event.
    pub event: EventId,
    /// The unit that meets.
    pub host: UnitId,
    /// Its number in the unit, from 1.
    pub number: u16,
    /// How long, in minutes.
    pub minutes: u16,
    /// Its theme.
    pub theme: Option<&'a Code>,
    /// Who will lead.
    pub led_by: &'a BTreeMap<MemberId, Code>,
    /// Who of them stands in without the training (U-04).
    pub substitute: Option<MemberId>,
}

impl Session {
    /// Its facts, those entered by mistake included: what asks what was ever said.
    pub fn ever(&self) -> impl Iterator<Item = (EventId, &SessionEvent)> {
        self.facts.ever()
    }

    /// Its plan.
    #[must_use]
    pub fn planned(&self) -> Option<Planned<'_>> {
        self.facts.live().find_map(|(event, fact)| {
            let SessionEvent::Planned { host, number, minutes, theme, led_by, substitute, .. } =
                fact
            else {
                return None;
            };
            Some(Planned {
                event,
                host: *host,
                number: *number,
                minutes: *minutes,
                theme: theme.as_ref(),
                led_by,
                substitute: *substitute,
            })
        })
    }

    /// When it is to be, after all moves. Where two moves diverge, the later time.
    #[must_use]
    pub fn at(&self) -> Option<LocalTime> {
        let standing = self.standing_times();
        standing.into_iter().map(|(_, at)| at).max_by_key(|at| (at.date, at.time))
    }

    /// The entries that say when it is to be: the planning, or the moves that took its place.
    #[must_use]
    pub fn timed_by(&self) -> EventSet {
        self.standing_times().into_iter().map(|(id, _)| id).collect()
    }

    /// What became of it. A session written down as held was held.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if let Some((_, record)) = self.records().min_by_key(|(id, record)| (record.on, *id)) {
            return Outcome::Held { on: record.on };
        }
        match self.not_held().min_by_key(|(id, on, _)| (*on, *id)) {
            Some((_, on, why)) => Outcome::NotHeld { on, why },
            None => Outcome::Planned,
        }
    }

    /// What was written down of it.
    pub fn records(&self) -> impl Iterator<Item = (EventId, &Record)> + Clone {
        self.facts.live().filter_map(|(id, fact)| {
            let SessionEvent::Held(record) = fact else {
                return None;
            };
            Some((id, record))
        })
    }

    /// Each member's mark, corrections applied. Where two stand side by side, the one nearer to having come.
    #[must_use]
    pub fn marks(&self) -> BTreeMap<MemberId, Mark> {
        let mut marks = BTreeMap::new();
        for (member, standing) in self.standing_marks() {
            if let Some(mark) = standing.into_iter().map(|(_, mark)| mark).min() {
                marks.insert(member, mark);
            }
        }
        marks
    }

    /// Its facts, in the order of their ids: all but those entered by mistake.
    pub fn facts(&self) -> impl Iterator<Item = (EventId, &SessionEvent)> {
        self.facts.live()
    }

    /// Whether an entry is of this session, counted or taken back.
    #[must_use]
    pub fn knows(&self, entry: EventId) -> bool {
        self.facts.knows(entry)
    }

    /// The entries that say which session it was and when: plans, records, and what took entries back.
    #[must_use]
    pub(crate) fn makers(&self) -> EventSet {
        let said = self.facts.live().filter(|(_, fact)| {
            matches!(fact, SessionEvent::Planned { .. } | SessionEvent::Held(_))
        });
        said.map(|(id, _)| id).chain(self.taken_back()).collect()
    }

    /// The entries that took back another.
    pub(crate) fn taken_back(&self) -> EventSet {
        self.facts.takings_back(|_| true)
    }

    /// The days on which it did not happen, as they were written down.
    pub(crate) fn skipped(&self) -> impl Iterator<Item = NaiveDate> {
        self.not_held().map(|(_, on, _)| on)
    }

    /// The entries by which a member's mark stands.
    #[must_use]
    pub fn marked_by(&self, member: MemberId) -> EventSet {
        let standing = self.standing_marks().remove(&member).unwrap_or_default();
        standing.into_iter().map(|(id, _)| id).collect()
    }

    /// The people who led it or a part of it.
    #[must_use]
    pub fn leaders(&self) -> BTreeSet<MemberId> {
        self.records().flat_map(|(_, record)| record.led_by.keys().copied()).collect()
    }

    /// How many came, without their names. Where two counts stand, the higher one.
    #[must_use]
    pub fn head_count(&self) -> Option<HeadCount> {
        let standing = self.standing_counts();
        standing
            .into_iter()
            .map(|(_, count)| count)
            .max_by_key(|count| (count.people(), count.first_timers))
    }

    /// Whether somebody looked back on it.
    #[must_use]
    pub fn reviewed(&self) -> bool {
        self.facts.live().any(|(_, fact)| matches!(fact, SessionEvent::Reviewed { .. }))
    }

    /// Moves a session that is still to come. For a session of a group, ask
    /// [`crate::Meetings::move_to`]: it looks at the rules of the group too.
    ///
    /// # Errors
    ///
    /// [`SessionError::NotPlanned`], or [`SessionError::Over`] once it is written down.
    pub fn move_to(&self, at: LocalTime, why: Code) -> Result<SessionEvent, SessionError> {
        self.planned().ok_or(SessionError::NotPlanned)?;
        if self.outcome() != Outcome::Planned {
            return Err(SessionError::Over);
        }
        Ok(SessionEvent::Moved { at, why, cites: self.timed_by() })
    }

    /// Puts a mark right. Never refused: it names whatever stood there before.
    #[must_use]
    pub fn correct(&self, member: MemberId, mark: Mark, why: Code) -> SessionEvent {
        let standing = self.standing_marks().remove(&member).unwrap_or_default();
        SessionEvent::Corrected {
            member,
            mark,
            why,
            cites: standing.into_iter().map(|(id, _)| id).collect(),
        }
    }

    /// Counts heads, in place of any count before. Never refused.
    #[must_use]
    pub fn count_heads(&self, count: HeadCount) -> SessionEvent {
        let cites = self.standing_counts().into_iter().map(|(id, _)| id).collect();
        SessionEvent::HeadsCounted { count, cites }
    }

    fn not_held(&self) -> impl Iterator<Item = (EventId, NaiveDate, NotHeldReason)> {
        self.facts.live().filter_map(|(id, fact)| {
            let SessionEvent::NotHeld { on, why } = fact else {
                return None;
            };
            Some((id, *on, *why))
        })
    }

    /// The times that no move has taken the place of.
    fn standing_times(&self) -> Vec<(EventId, LocalTime)> {
        let times = self.facts.live().filter_map(|(id, fact)| match fact {
            SessionEvent::Planned { at, .. } => Some((id, *at, None)),
            SessionEvent::Moved { at, cites, .. } => Some((id, *at, Some(cites))),
            SessionEvent::Held(_)
            | SessionEvent::NotHeld { .. }
            | SessionEvent::Corrected { .. }
            | SessionEvent::HeadsCounted { .. }
            | SessionEvent::Reviewed { .. }
            | SessionEvent::Voided { .. }
            | SessionEvent::Settled { .. } => None,
        });
        let replaced: EventSet =
            times.clone().filter_map(|(_, _, cites)| cites).flatten().copied().collect();
        times.filter(|(id, ..)| !replaced.contains(id)).map(|(id, at, _)| (id, at)).collect()
    }

    /// For each member, the marks that no correction has put right.
    fn standing_marks(&self) -> BTreeMap<MemberId, Vec<(EventId, Mark)>> {
        let corrections = self.facts.live().filter_map(|(id, fact)| {
            let SessionEvent::Corrected { member, mark, cites, .. } = fact else {
                return None;
            };
            Some((id, *member, *mark, cites))
        });
        let mut put_right: BTreeMap<MemberId, EventSet> = BTreeMap::new();
        for (_, member, _, cites) in corrections.clone() {
            put_right.entry(member).or_default().extend(cites);
        }
        let written = self.records().flat_map(|(id, record)| {
            record.marks.iter().map(move |(member, mark)| (id, *member, *mark))
        });
        let mut standing: BTreeMap<MemberId, Vec<(EventId, Mark)>> = BTreeMap::new();
        for (id, member, mark) in
            written.chain(corrections.map(|(id, member, mark, _)| (id, member, mark)))
        {
            if !put_right.get(&member).is_some_and(|cited| cited.contains(&id)) {
                standing.entry(member).or_default().push((id, mark));
            }
        }
        standing
    }

    fn standing_counts(&self) -> Vec<(EventId, HeadCount)> {
        let counts = self.facts.live().filter_map(|(id, fact)| {
            let SessionEvent::HeadsCounted { count, cites } = fact else {
                return None;
            };
            Some((id, *count, cites))
        });
        let replaced: EventSet =
            counts.clone().flat_map(|(_, _, cites)| cites.iter().copied()).collect();
        counts.filter(|(id, ..)| !replaced.contains(id)).map(|(id, count, _)| (id, count)).collect()
    }

    /// Records of one session that do not say the same, as one breach: one conflict, one line.
    fn differing_records(&self) -> Option<EventSet> {
        let all: EventSet = self.records().map(|(id, _)| id).collect();
        let said = |record: &Record| Record { marks: BTreeMap::new(), ..record.clone() };
        let (_, first) = self.records().next()?;
        let differ = self.records().any(|(_, record)| said(record) != said(first));
        // A correction that names both records has settled what they said of that member.
        let marks = self.standing_marks();
        let open =
            marks.values().any(|standing| differing(standing).intersection(&all).count() > 1);
        (all.len() > 1 && (differ || open)).then_some(all)
    }
}

/// The events behind marks that are not the same.
fn differing(standing: &[(EventId, Mark)]) -> EventSet {
    let marks: BTreeSet<_> = standing.iter().map(|(_, mark)| *mark).collect();
    if marks.len() > 1 { standing.iter().map(|(id, _)| *id).collect() } else { EventSet::new() }
}

impl Aggregate for Session {
    type Event = SessionEvent;
    type Kind = SessionBreach;

    fn apply(&mut self, id: EventId, event: &SessionEvent) {
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<SessionBreach>> {
        let mut found = BTreeSet::new();
        // An entry that was taken back may have been what named another, or took its place.
        let taken_back = self.taken_back();
        let mut add = |kind, mut events: EventSet| {
            if events.len() > 1 {
                events.extend(&taken_back);
                found.insert(Breach { kind, events });
            }
        };
        let plans =
            self.facts.live().filter(|(_, fact)| matches!(fact, SessionEvent::Planned { .. }));
        let plans: EventSet = plans.map(|(id, _)| id).collect();
        let times = self.timed_by();
        if !times.is_subset(&plans) {
            add(SessionBreach::MovesDiverge, times);
        }
        add(SessionBreach::PlannedTwice, plans);
        let records: EventSet = self.records().map(|(id, _)| id).collect();
        if let Some(events) = self.differing_records() {
            add(SessionBreach::RecordsDiffer, events);
        }
        for standing in self.standing_marks().into_values() {
            let events = differing(&standing);
            if !events.is_subset(&records) {
                add(SessionBreach::CorrectionsDiffer, events);
            }
        }
        let not_held: EventSet = self.not_held().map(|(id, ..)| id).collect();
        if !records.is_empty() && !not_held.is_empty() {
            add(SessionBreach::HeldAndNotHeld, records.union(&not_held).copied().collect());
        }
        let counts = self.standing_counts();
        if counts.iter().any(|(_, count)| counts.first().is_some_and(|(_, first)| first != count)) {
            add(SessionBreach::CountsDiffer, counts.into_iter().map(|(id, _)| id).collect());
        }
        found
    }

    fn settled(&self) -> BTreeSet<Breach<SessionBreach>> {
        self.facts.settled()
    }
}

impl Fact for SessionEvent {
    type Kind = SessionBreach;

    fn standing(&self) -> Standing {
        match self {
            Self::Planned { .. } | Self::Moved { .. } => Standing::Plan,
            Self::Held(_)
            | Self::NotHeld { .. }
            | Self::Corrected { .. }
            | Self::HeadsCounted { .. }
            | Self::Reviewed { .. }
            | Self::Voided { .. }
            | Self::Settled { .. } => Standing::Record,
        }
    }

    fn mends(&self) -> Option<Mend<'_, SessionBreach>> {
        match self {
            Self::Voided { entry, .. } => Some(Mend::Voids(*entry)),
            Self::Settled { breach, .. } => Some(Mend::Settles(breach)),
            Self::Planned { .. }
            | Self::Moved { .. }
            | Self::Held(_)
            | Self::NotHeld { .. }
            | Self::Corrected { .. }
            | Self::HeadsCounted { .. }
            | Self::Reviewed { .. } => None,
        }
    }
}

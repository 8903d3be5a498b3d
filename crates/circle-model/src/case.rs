//! A case: people who were harmed and people who did harm, on the way to an agreement.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{
    Aggregate, Breach, Code, EventId, EventSet, Fact, Facts, MemberId, Mend, Refused, Rule,
    Standing, UnitId,
};
use serde::{Deserialize, Serialize};

use crate::{Roster, VoidReason, group::all};

/// The stages of a restorative circle, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Each party is met alone.
    Before,
    /// The parties sit in the circle.
    Circle,
    /// The agreement is followed up.
    After,
}

/// A fact of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CaseEvent {
    /// It was opened.
    Opened {
        /// The case itself.
        unit: UnitId,
        /// The closings that it takes back.
        #[serde(default, skip_serializing_if = "EventSet::is_empty")]
        cites: EventSet,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody became a party to it, of their own will.
    PartyJoined {
        /// Who.
        member: MemberId,
        /// The day.
        on: NaiveDate,
    },
    /// A party stopped. Nobody asks why, and nothing follows from it (CO-14).
    PartyStopped {
        /// Who.
        member: MemberId,
        /// The day.
        on: NaiveDate,
        /// The joinings that it ends.
        cites: EventSet,
    },
    /// A stage began.
    StageBegan {
        /// The stage.
        stage: Stage,
        /// The day.
        on: NaiveDate,
    },
    /// An item of the agreement was agreed: who does it by when. What it says is sealed.
    ItemAgreed {
        /// Its number in the agreement, from 1.
        item: u16,
        /// Who does it.
        member: MemberId,
        /// By when.
        due: NaiveDate,
        /// The day.
        on: NaiveDate,
    },
    /// An item was done.
    ItemDone {
        /// The event that agreed it.
        cites: EventSet,
        /// The day.
        on: NaiveDate,
    },
    /// It was closed.
    Closed {
        /// How, as a word of a list.
        how: Code,
        /// The openings that it ends.
        cites: EventSet,
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
        breach: Breach<CaseBreach>,
        /// Why it may stand.
        reason: Code,
    },
}

/// A kind of wrong in the history of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CaseBreach {
    /// An item was agreed by somebody who was no party that day.
    ItemOfStranger,
    /// Two items have the same number.
    SameItem,
    /// It was closed while items were open.
    ClosedWithOpenItems,
    /// An item was agreed after it was closed.
    AgreedAfterClosing,
    /// It was opened twice.
    OpenedTwice,
}

/// Why a plan for a case is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum CaseError {
    /// It was not opened.
    #[error("the case was not opened")]
    NotOpen,
    /// It is open.
    #[error("the case is open")]
    AlreadyOpen,
    /// An item was agreed after the day of the closing.
    #[error("{on} comes before {last}, the day of the last item agreed")]
    ClosedTooEarly {
        /// The day of the closing.
        on: NaiveDate,
        /// The day of the last item.
        last: NaiveDate,
    },
    /// It was closed.
    #[error("the case was closed on {on}")]
    Closed {
        /// The day it was closed.
        on: NaiveDate,
    },
    /// The person is no party to it.
    #[error("this person is no party to the case")]
    NotAParty,
    /// Items of the agreement are open.
    #[error("{open} items of the agreement are open")]
    OpenItems {
        /// How many.
        open: u16,
    },
    /// Too few parties are in it for that stage.
    #[error("{parties} parties; a circle needs 2")]
    TooFewParties {
        /// How many.
        parties: u16,
    },
}

impl Refused for CaseError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotOpen => "case.not_open",
            Self::AlreadyOpen => "case.already_open",
            Self::Closed { .. } => "case.closed",
            Self::NotAParty => "case.not_a_party",
            Self::OpenItems { .. } => "case.open_items",
            Self::ClosedTooEarly { .. } => "case.closed_too_early",
            Self::TooFewParties { .. } => "case.too_few_parties",
        }
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<Rule> {
        match self {
            Self::NotOpen
            | Self::AlreadyOpen
            | Self::Closed { .. }
            | Self::ClosedTooEarly { .. }
            | Self::NotAParty => None,
            Self::OpenItems { .. } => Some(Rule::of("U-08")),
            Self::TooFewParties { .. } => Some(Rule::of("U-01")),
        }
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::NotOpen => "open the case first",
            Self::AlreadyOpen => "nothing is left to do",
            Self::Closed { .. } => "open the case again, naming its closing",
            Self::NotAParty => "let the person become a party first, of their own will",
            Self::OpenItems { .. } => "follow up each item, or agree on other ones",
            Self::ClosedTooEarly { .. } => "give the day of the last item, or a later one",
            Self::TooFewParties { .. } => "wait until both sides are ready",
        }
    }
}

/// A case: parties, stages and the items of an agreement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    facts: Facts<CaseEvent>,
}

/// An item of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The event that agreed it.
    pub event: EventId,
    /// Its number.
    pub item: u16,
    /// Who does it.
    pub member: MemberId,
    /// The day it was agreed.
    pub on: NaiveDate,
    /// By when.
    pub due: NaiveDate,
    /// The day it was done.
    pub done: Option<NaiveDate>,
}

impl Case {
    /// Its parties.
    #[must_use]
    pub fn parties(&self) -> Roster {
        let joinings = self.facts.live().filter_map(|(id, fact)| {
            let CaseEvent::PartyJoined { member, on } = fact else {
                return None;
            };
            Some((id, *member, *on))
        });
        let leavings = self.facts.live().filter_map(|(_, fact)| {
            let CaseEvent::PartyStopped { cites, on, .. } = fact else {
                return None;
            };
            Some((cites, *on))
        });
        Roster::new(joinings, leavings)
    }

    /// The furthest stage that has begun by a day.
    #[must_use]
    pub fn stage(&self, day: NaiveDate) -> Option<Stage> {
        let begun = self.facts.live().filter_map(|(_, fact)| {
            let CaseEvent::StageBegan { stage, on } = fact else {
                return None;
            };
            (*on <= day).then_some(*stage)
        });
        begun.max()
    }

    /// The items of its agreement.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        let done = |event: EventId| {
            let done = self.facts.live().filter_map(move |(_, fact)| {
                let CaseEvent::ItemDone { cites, on } = fact else {
                    return None;
                };
                cites.contains(&event).then_some(*on)
            });
            done.min()
        };
        let items = self.facts.live().filter_map(|(event, fact)| {
            let CaseEvent::ItemAgreed { item, member, due, on } = fact else {
                return None;
            };
            Some(Item {
                event,
                item: *item,
                member: *member,
                on: *on,
                due: *due,
                done: done(event),
            })
        });
        items.collect()
    }

    /// The day on which it was closed. A closing stands until an opening names it.
    #[must_use]
    pub fn closed_on(&self) -> Option<NaiveDate> {
        self.closings().map(|(_, on)| on).min()
    }

    /// Opens the case, or opens it again after it was closed.
    ///
    /// # Errors
    ///
    /// [`CaseError::AlreadyOpen`].
    pub fn open(&self, unit: UnitId, on: NaiveDate) -> Result<CaseEvent, CaseError> {
        let cites: EventSet = self.closings().map(|(id, _)| id).collect();
        if self.openings().next().is_some() && cites.is_empty() {
            return Err(CaseError::AlreadyOpen);
        }
        Ok(CaseEvent::Opened { unit, cites, on })
    }

    /// Lets a stage begin.
    ///
    /// # Errors
    ///
    /// [`CaseError::TooFewParties`] for the circle itself with fewer than two parties,
    /// [`CaseError::NotOpen`], [`CaseError::Closed`].
    pub fn begin(&self, stage: Stage, on: NaiveDate) -> Result<CaseEvent, CaseError> {
        self.going_on()?;
        let parties = self.parties().count(on);
        if stage == Stage::Circle && parties < 2 {
            return Err(CaseError::TooFewParties { parties });
        }
        Ok(CaseEvent::StageBegan { stage, on })
    }

    /// Writes an item of the agreement down.
    ///
    /// # Errors
    ///
    /// [`CaseError::NotAParty`] where the person is none that day, [`CaseError::NotOpen`],
    /// [`CaseError::Closed`].
    pub fn agree(
        &self,
        member: MemberId,
        due: NaiveDate,
        on: NaiveDate,
    ) -> Result<CaseEvent, CaseError> {
        self.going_on()?;
        if !self.parties().belonged(member, on) {
            return Err(CaseError::NotAParty);
        }
        let item = self.items().iter().map(|item| item.item).max().unwrap_or(0).saturating_add(1);
        Ok(CaseEvent::ItemAgreed { item, member, due, on })
    }

    /// Closes the case.
    ///
    /// # Errors
    ///
    /// [`CaseError::OpenItems`] while items are not done, [`CaseError::ClosedTooEarly`] on a day before
    /// an item was agreed, [`CaseError::NotOpen`], [`CaseError::Closed`].
    pub fn close(&self, how: Code, on: NaiveDate) -> Result<CaseEvent, CaseError> {
        self.going_on()?;
        let open = self.items().iter().filter(|item| item.done.is_none()).count();
        if open > 0 {
            return Err(CaseError::OpenItems { open: crate::group::people(open) });
        }
        let last = self.items().iter().map(|item| item.on).max().filter(|last| on < *last);
        if let Some(last) = last {
            return Err(CaseError::ClosedTooEarly { on, last });
        }
        let cites = self.openings().map(|(id, _)| id).collect();
        Ok(CaseEvent::Closed { how, cites, on })
    }

    /// Records that a party stopped. Never refused.
    #[must_use]
    pub fn stopped(&self, member: MemberId, on: NaiveDate) -> CaseEvent {
        CaseEvent::PartyStopped { member, on, cites: self.parties().open_joinings(member) }
    }

    fn going_on(&self) -> Result<(), CaseError> {
        match self.closed_on() {
            Some(on) => Err(CaseError::Closed { on }),
            None if self.openings().next().is_none() => Err(CaseError::NotOpen),
            None => Ok(()),
        }
    }

    fn openings(&self) -> impl Iterator<Item = (EventId, &EventSet)> {
        self.facts.live().filter_map(|(id, fact)| {
            let CaseEvent::Opened { cites, .. } = fact else {
                return None;
            };
            Some((id, cites))
        })
    }

    /// The closings that no opening has taken back.
    fn closings(&self) -> impl Iterator<Item = (EventId, NaiveDate)> {
        let taken_back: EventSet =
            self.openings().flat_map(|(_, cites)| cites.iter().copied()).collect();
        self.facts.live().filter_map(move |(id, fact)| {
            let CaseEvent::Closed { on, .. } = fact else {
                return None;
            };
            (!taken_back.contains(&id)).then_some((id, *on))
        })
    }

    /// The entries that say that somebody is no party on a day: when they joined and stopped, and who
    /// took such an entry back.
    fn belonging(&self, member: MemberId) -> EventSet {
        let joined = self.facts.live().filter(
            |(_, fact)| matches!(fact, CaseEvent::PartyJoined { member: who, .. } if *who == member),
        );
        let joined: EventSet = joined.map(|(id, _)| id).collect();
        let stopped = self.facts.live().filter(
            |(_, fact)| matches!(fact, CaseEvent::PartyStopped { cites, .. } if !cites.is_disjoint(&joined)),
        );
        let stopped: EventSet = stopped.map(|(id, _)| id).collect();
        let voided = self.facts.takings_back(|fact| matches!(fact, CaseEvent::PartyJoined { .. }));
        all([joined, stopped, voided])
    }

    /// Items after or under a closing: agreed when it was over, or not done when it ended.
    fn closed_too_early(&self, items: &[Item]) -> Vec<(CaseBreach, EventSet)> {
        let mut found = Vec::new();
        let voided = self.facts.takings_back(|fact| {
            matches!(fact, CaseEvent::ItemDone { .. } | CaseEvent::Opened { .. })
        });
        let open: EventSet =
            items.iter().filter(|item| item.done.is_none()).map(|item| item.event).collect();
        for (closing, on) in self.closings() {
            if !open.is_empty() {
                let events = open.iter().chain(&voided).copied().chain([closing]).collect();
                found.push((CaseBreach::ClosedWithOpenItems, events));
            }
            for item in items.iter().filter(|item| on < item.on) {
                let events = voided.iter().copied().chain([closing, item.event]).collect();
                found.push((CaseBreach::AgreedAfterClosing, events));
            }
        }
        found
    }
}

impl Aggregate for Case {
    type Event = CaseEvent;
    type Kind = CaseBreach;

    fn apply(&mut self, id: EventId, event: &CaseEvent) {
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<CaseBreach>> {
        let parties = self.parties();
        let items = self.items();
        let mut found = self.closed_too_early(&items);
        let mut numbers: BTreeMap<u16, EventSet> = BTreeMap::new();
        for item in &items {
            if !parties.belonged(item.member, item.on) {
                let mut events = self.belonging(item.member);
                events.insert(item.event);
                found.push((CaseBreach::ItemOfStranger, events));
            }
            numbers.entry(item.item).or_default().insert(item.event);
        }
        let first: EventSet =
            self.openings().filter(|(_, cites)| cites.is_empty()).map(|(id, _)| id).collect();
        let doubled = numbers.into_values().map(|events| (CaseBreach::SameItem, events));
        let doubled = doubled.chain([(CaseBreach::OpenedTwice, first)]);
        found.extend(doubled.filter(|(_, events)| events.len() > 1));
        found.into_iter().map(|(kind, events)| Breach { kind, events }).collect()
    }

    fn settled(&self) -> BTreeSet<Breach<CaseBreach>> {
        self.facts.settled()
    }
}

impl Fact for CaseEvent {
    type Kind = CaseBreach;

    fn standing(&self) -> Standing {
        match self {
            Self::Opened { .. }
            | Self::StageBegan { .. }
            | Self::ItemAgreed { .. }
            | Self::Closed { .. } => Standing::Plan,
            Self::PartyJoined { .. }
            | Self::PartyStopped { .. }
            | Self::ItemDone { .. }
            | Self::Voided { .. }
            | Self::Settled { .. } => Standing::Record,
        }
    }

    fn mends(&self) -> Option<Mend<'_, CaseBreach>> {
        match self {
            Self::Voided { entry, .. } => Some(Mend::Voids(*entry)),
            Self::Settled { breach, .. } => Some(Mend::Settles(breach)),
            Self::Opened { .. }
            | Self::PartyJoined { .. }
            | Self::PartyStopped { .. }
            | Self::StageBegan { .. }
            | Self::ItemAgreed { .. }
            | Self::ItemDone { .. }
            | Self::Closed { .. } => None,
        }
    }
}

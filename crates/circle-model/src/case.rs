//! A case: people who were harmed and people who did harm, on the way to an agreement.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{
    Aggregate, Breach, Code, EventId, EventSet, Fact, Facts, MemberId, Mend, Refused, Rule,
    Standing, UnitId,
};
use serde::{Deserialize, Serialize};

use crate::{Roster, VoidReason};

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
}

/// Why a plan for a case is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CaseError {
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
            Self::NotAParty => "case.not_a_party",
            Self::OpenItems { .. } => "case.open_items",
            Self::TooFewParties { .. } => "case.too_few_parties",
        }
    }
    fn rule(&self) -> Option<Rule> {
        match self {
            Self::NotAParty => None,
            Self::OpenItems { .. } => Some(Rule::of("U-08")),
            Self::TooFewParties { .. } => Some(Rule::of("U-01")),
        }
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::NotAParty => "let the person become a party first, of their own will",
            Self::OpenItems { .. } => "follow up each item, or agree on other ones",
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

    /// Lets the circle itself begin.
    ///
    /// # Errors
    ///
    /// [`CaseError::TooFewParties`] with fewer than two parties.
    pub fn begin(&self, stage: Stage, on: NaiveDate) -> Result<CaseEvent, CaseError> {
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
    /// [`CaseError::NotAParty`] where the person is none that day.
    pub fn agree(
        &self,
        member: MemberId,
        due: NaiveDate,
        on: NaiveDate,
    ) -> Result<CaseEvent, CaseError> {
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
    /// [`CaseError::OpenItems`] while items are not done.
    pub fn close(&self, how: Code, on: NaiveDate) -> Result<CaseEvent, CaseError> {
        let open = self.items().iter().filter(|item| item.done.is_none()).count();
        if open > 0 {
            return Err(CaseError::OpenItems { open: crate::group::people(open) });
        }
        Ok(CaseEvent::Closed { how, on })
    }

    /// Records that a party stopped. Never refused.
    #[must_use]
    pub fn stopped(&self, member: MemberId, on: NaiveDate) -> CaseEvent {
        CaseEvent::PartyStopped { member, on, cites: self.parties().open_joinings(member) }
    }
}

impl Aggregate for Case {
    type Event = CaseEvent;
    type Kind = CaseBreach;

    fn apply(&mut self, id: EventId, event: &CaseEvent) {
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<CaseBreach>> {
        let mut found = BTreeSet::new();
        let parties = self.parties();
        let items = self.items();
        let mut numbers: BTreeMap<u16, EventSet> = BTreeMap::new();
        for item in &items {
            if !parties.belonged(item.member, item.on) {
                found.insert(Breach::new(CaseBreach::ItemOfStranger, [item.event]));
            }
            numbers.entry(item.item).or_default().insert(item.event);
        }
        let twice = numbers.into_values().filter(|events| events.len() > 1);
        found.extend(twice.map(|events| Breach { kind: CaseBreach::SameItem, events }));
        let open: EventSet =
            items.iter().filter(|item| item.done.is_none()).map(|item| item.event).collect();
        let closed = self.facts.live().filter(|(_, fact)| matches!(fact, CaseEvent::Closed { .. }));
        for (id, _) in closed.filter(|_| !open.is_empty()) {
            let events = open.iter().copied().chain([id]).collect();
            found.insert(Breach { kind: CaseBreach::ClosedWithOpenItems, events });
        }
        found
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

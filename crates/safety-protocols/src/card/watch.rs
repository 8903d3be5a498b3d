//! When the contacts of a card were last called, and what came of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{
    Aggregate, Breach, Code, DocumentId, EventId, EventSet, Fact, Facts, Mend, Rule, Standing,
};
use serde::{Deserialize, Serialize};

use super::Slot;
use crate::{
    Circumstances, Occurrence, Rulebook, Subject, evidence, noon, pick::match_some, span::later,
};

/// Something that happened to the card of one place. It names slots and days, never a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CardEvent {
    /// A card was published.
    Published {
        /// The document.
        card: DocumentId,
        /// The slots of it that lead nowhere.
        empty: BTreeSet<Slot>,
        /// On which day.
        on: NaiveDate,
    },
    /// A contact was test-called.
    Called {
        /// Which.
        slot: Slot,
        /// What came of it.
        result: TestCall,
        /// On which day.
        on: NaiveDate,
    },
    /// An entry was a mistake.
    Voided {
        /// The entry.
        entry: EventId,
        /// Why.
        reason: Code,
        /// When that was said.
        on: NaiveDate,
    },
    /// A breach was looked at and accepted.
    Settled {
        /// Which.
        breach: Breach<CardKind>,
        /// Why.
        reason: Code,
        /// When.
        on: NaiveDate,
    },
}

/// What came of a test call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TestCall {
    /// Answered, in a language of the place.
    Answered,
    /// Nobody answered.
    Silent,
    /// Another number now.
    Wrong,
}

/// What can be wrong with the card of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CardKind {
    /// It was published with slots that lead nowhere (DR-02).
    PublishedIncomplete,
}

/// Why a card does not hold on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum CardFault {
    /// No card was published.
    NotPublished,
    /// A slot leads nowhere.
    Empty {
        /// Which.
        slot: Slot,
    },
    /// A contact was never called since the card is out.
    NeverCalled {
        /// Which.
        slot: Slot,
    },
    /// A contact was called too long ago.
    CalledLongAgo {
        /// Which.
        slot: Slot,
        /// Days since then.
        days: u32,
    },
    /// The last call was not answered, or reached somebody else.
    NotReached {
        /// Which.
        slot: Slot,
    },
}

/// How long a test call counts (DR-03, our own defaults).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CardLimits {
    /// Crisis contacts: days.
    pub crisis_days: u16,
    /// Numbers that the state keeps: emergency, poison, hospital: days.
    pub state_days: u16,
}

impl CardLimits {
    /// The figures of a rulebook. Those it lacks are those we ship.
    #[must_use]
    pub fn of(book: &Rulebook) -> Self {
        let limit = |name, shipped| {
            book.limit(&Rule::of("DR-03"), &Code::of(name))
                .and_then(|figure| u16::try_from(figure).ok())
                .unwrap_or(shipped)
        };
        Self { crisis_days: limit("crisis_days", 30), state_days: limit("state_days", 90) }
    }

    const fn days(self, slot: Slot) -> u16 {
        match slot {
            Slot::Emergency | Slot::Poison | Slot::Hospital => self.state_days,
            Slot::SuicideLine | Slot::ChildLine | Slot::ViolenceLine | Slot::OnCall => {
                self.crisis_days
            }
        }
    }
}

/// The card of one place over time: what was published, and when each contact was called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardWatch {
    facts: Facts<CardEvent>,
    /// What opens duties, taken back or not (ENG-07).
    opening: BTreeMap<EventId, CardEvent>,
}

impl CardWatch {
    /// Its facts.
    #[must_use]
    pub const fn facts(&self) -> &Facts<CardEvent> {
        &self.facts
    }

    /// Decides whether a card may be published.
    ///
    /// # Errors
    ///
    /// Slots that lead nowhere (DR-02).
    pub fn publish(
        id: DocumentId,
        card: &super::CrisisCard,
        on: NaiveDate,
    ) -> Result<CardEvent, super::CardError> {
        card.publishable()?;
        Ok(CardEvent::Published { card: id, empty: BTreeSet::new(), on })
    }

    /// The card that is out on a day: the one published last.
    #[must_use]
    pub fn published(&self, on: NaiveDate) -> Option<(NaiveDate, DocumentId)> {
        self.cards(on).map(|(day, card, _)| (day, card)).max()
    }

    fn cards(
        &self,
        on: NaiveDate,
    ) -> impl Iterator<Item = (NaiveDate, DocumentId, &BTreeSet<Slot>)> {
        self.facts.live().filter_map(move |(_, fact)| {
            match_some!(fact, CardEvent::Published { card, empty, on: day } => (*day, *card, empty))
                .filter(|(day, ..)| *day <= on)
        })
    }

    /// The last call of each contact up to a day, since the card came out that is out then; of
    /// several on one day the worst. A call from before says nothing about what stands on it.
    #[must_use]
    pub fn last_calls(&self, on: NaiveDate) -> BTreeMap<Slot, (NaiveDate, TestCall)> {
        let mut last = BTreeMap::new();
        let Some((published, _)) = self.published(on) else { return last };
        for (_, fact) in self.facts.live() {
            if let CardEvent::Called { slot, result, on: day } = fact
                && (published..=on).contains(day)
            {
                let call = last.entry(*slot).or_insert((*day, *result));
                *call = (*day, *result).max(*call);
            }
        }
        last
    }

    /// Everything for which the card does not hold on a day; nothing when it does.
    #[must_use]
    pub fn faults(&self, on: NaiveDate, limits: CardLimits) -> Vec<CardFault> {
        let Some(newest) = self.published(on) else {
            return vec![CardFault::NotPublished];
        };
        let empty: BTreeSet<Slot> = self
            .cards(on)
            .filter(|(day, card, _)| (*day, *card) == newest)
            .flat_map(|(_, _, empty)| empty.iter().copied())
            .collect();
        let calls = self.last_calls(on);
        Slot::ALL
            .into_iter()
            .filter_map(|slot| {
                if empty.contains(&slot) {
                    return Some(CardFault::Empty { slot });
                }
                let Some((day, result)) = calls.get(&slot).copied() else {
                    return Some(CardFault::NeverCalled { slot });
                };
                if result != TestCall::Answered {
                    return Some(CardFault::NotReached { slot });
                }
                let days = u32::try_from(on.signed_duration_since(day).num_days()).unwrap_or(0);
                (u32::from(limits.days(slot)) < days)
                    .then_some(CardFault::CalledLongAgo { slot, days })
            })
            .collect()
    }

    /// The first day on which some contact must be called again.
    #[must_use]
    pub fn call_by(&self, on: NaiveDate, limits: CardLimits) -> Option<NaiveDate> {
        let (published, _) = self.published(on)?;
        let calls = self.last_calls(on);
        Slot::ALL
            .into_iter()
            .map(|slot| match calls.get(&slot) {
                Some((day, TestCall::Answered)) => later(*day, limits.days(slot).into()),
                Some((day, TestCall::Silent | TestCall::Wrong)) => *day,
                None => published,
            })
            .min()
    }

    /// What the rules should know: a card that comes out asks for a call of every number, each call
    /// opens the next of its contact and answers the last.
    #[must_use]
    pub fn occurrences(&self, subject: Subject, around: &Circumstances) -> Vec<Occurrence> {
        let told = |kind, id, on| {
            Occurrence::new(kind, id, subject, noon(on, around.zone), around.clone())
        };
        let mut list = Vec::new();
        for (id, fact) in &self.opening {
            let (slot, result, on) = match fact {
                CardEvent::Called { slot, result, on } => (slot, result, on),
                CardEvent::Published { on, .. } => {
                    let one = told(Code::of("card.published"), *id, *on);
                    let live = self.facts.get(*id).is_some();
                    let earlier = if live { self.opened_before(*on) } else { EventSet::new() };
                    list.push(one.answering(earlier, [Code::of("replaced")]));
                    continue;
                }
                CardEvent::Voided { .. } | CardEvent::Settled { .. } => continue,
            };
            let reached = *result == TestCall::Answered;
            let kind = if reached { "card.called" } else { "card.not_reached" };
            let one = told(Code::of(kind), *id, *on).with(Code::of("slot"), slot.code());
            list.push(if reached && self.facts.get(*id).is_some() {
                one.answering(self.called_before(*slot, *on, *id), [Code::of("called")])
            } else {
                one
            });
        }
        for (id, fact) in self.facts.live() {
            if let CardEvent::Voided { entry, on, .. } = fact {
                let one = told(Code::of("card.voided"), id, *on);
                list.push(one.answering([*entry], [evidence::VOIDED]));
            } else if let CardEvent::Published { empty, on, .. } = fact
                && let Some((last, day)) = self.all_called(*on, empty)
            {
                let one = told(Code::of("card.all_called"), last, day);
                list.push(one.answering([id], [Code::of("all_called")]));
            }
        }
        list
    }

    /// The call by which every contact of a card had been called since it came out.
    fn all_called(
        &self,
        published: NaiveDate,
        empty: &BTreeSet<Slot>,
    ) -> Option<(EventId, NaiveDate)> {
        let first = |slot: Slot| {
            let calls = self.facts.live().filter_map(move |(id, fact)| {
                match_some!(fact, CardEvent::Called { slot: of, on, .. } => (*of, *on, id))
                    .filter(|(of, on, _)| *of == slot && published <= *on)
            });
            calls.map(|(_, on, id)| (on, id)).min()
        };
        let wanted = Slot::ALL.into_iter().filter(|slot| !empty.contains(slot));
        let firsts: Option<Vec<_>> = wanted.map(first).collect();
        firsts?.into_iter().max().map(|(on, id)| (id, on))
    }

    /// Cards and calls of earlier days: a new card takes their place.
    fn opened_before(&self, on: NaiveDate) -> EventSet {
        let earlier = self.opening.iter().filter(|(_, fact)| {
            matches!(fact, CardEvent::Called { on: day, .. } | CardEvent::Published { on: day, .. }
                if *day < on)
        });
        earlier.map(|(id, _)| *id).collect()
    }

    /// Calls of one contact before a call: a newer one answers what they asked for.
    fn called_before(&self, slot: Slot, on: NaiveDate, but: EventId) -> EventSet {
        self.opening
            .iter()
            .filter(|(id, fact)| {
                matches!(fact, CardEvent::Called { slot: of, on: day, .. }
                    if *of == slot && (*day, **id) < (on, but))
            })
            .map(|(id, _)| *id)
            .collect()
    }
}

impl Fact for CardEvent {
    type Kind = CardKind;

    fn standing(&self) -> Standing {
        match self {
            Self::Published { .. } => Standing::Plan,
            Self::Called { .. } | Self::Voided { .. } | Self::Settled { .. } => Standing::Record,
        }
    }

    fn mends(&self) -> Option<Mend<'_, CardKind>> {
        match self {
            Self::Voided { entry, .. } => Some(Mend::Voids(*entry)),
            Self::Settled { breach, .. } => Some(Mend::Settles(breach)),
            Self::Published { .. } | Self::Called { .. } => None,
        }
    }
}

impl Aggregate for CardWatch {
    type Event = CardEvent;
    type Kind = CardKind;

    fn apply(&mut self, id: EventId, event: &CardEvent) {
        if matches!(event, CardEvent::Called { .. } | CardEvent::Published { .. }) {
            self.opening.entry(id).or_insert_with(|| event.clone());
        }
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<CardKind>> {
        let mut breaches = BTreeSet::new();
        for (id, fact) in self.facts.live() {
            if let CardEvent::Published { empty, .. } = fact
                && !empty.is_empty()
            {
                breaches.insert(Breach::new(CardKind::PublishedIncomplete, [id]));
            }
        }
        breaches
    }

    fn settled(&self) -> BTreeSet<Breach<CardKind>> {
        self.facts.settled()
    }
}

//! A place: rooms or beds that people come to and leave again.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use commons::{
    Aggregate, Breach, Code, EventId, EventSet, Fact, Facts, MemberId, Mend, Refused, Rule,
    Standing, UnitId,
};
use serde::{Deserialize, Serialize};

use crate::{HeadCount, Roster, VoidReason};

/// What a place offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Offer {
    /// The most people at a time: beds of a respite house, chairs of a café.
    pub most: u16,
    /// When it opens and closes; none where it never closes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<(NaiveTime, NaiveTime)>,
}

/// A fact of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlaceEvent {
    /// It opened, or changed what it offers.
    Offered {
        /// The place itself.
        unit: UnitId,
        /// What it offers from that day.
        offer: Offer,
        /// Offers that it takes the place of.
        #[serde(default, skip_serializing_if = "EventSet::is_empty")]
        cites: EventSet,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody came to stay. Who stands at the door is recorded, full or not.
    Arrived {
        /// Who.
        member: MemberId,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody left.
    Departed {
        /// Who.
        member: MemberId,
        /// The day.
        on: NaiveDate,
        /// The arrivals that it ends.
        cites: EventSet,
    },
    /// A stay was promised from a day on.
    Promised {
        /// To whom.
        member: MemberId,
        /// From that day.
        from: NaiveDate,
        /// The day of the promise.
        on: NaiveDate,
    },
    /// Heads were counted on a day.
    HeadsCounted {
        /// The count.
        count: HeadCount,
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
        breach: Breach<PlaceBreach>,
        /// Why it may stand.
        reason: Code,
    },
}

/// A kind of wrong in the history of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlaceBreach {
    /// More people stay than it has room for (U-01).
    OverFull,
    /// One person stays twice at a time (U-10).
    ArrivedTwice,
    /// Two offers stand that do not know of each other.
    OffersDiverge,
}

/// Why a stay cannot be promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceError {
    /// Every bed or chair is taken.
    #[error("the place is full: {taken} of {most}")]
    Full {
        /// Taken, in people.
        taken: u16,
        /// The most, in people.
        most: u16,
    },
    /// The place has not opened.
    #[error("the place has not opened")]
    NotOpen,
}

impl Refused for PlaceError {
    fn code(&self) -> &'static str {
        match self {
            Self::Full { .. } => "place.full",
            Self::NotOpen => "place.not_open",
        }
    }
    fn rule(&self) -> Option<Rule> {
        match self {
            Self::Full { .. } => Some(Rule::of("U-01")),
            Self::NotOpen => None,
        }
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::Full { .. } => "offer another day, or another place",
            Self::NotOpen => "record what the place offers first",
        }
    }
}

/// A place with its stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    facts: Facts<PlaceEvent>,
}

impl Place {
    /// Who stays and stayed.
    #[must_use]
    pub fn stays(&self) -> Roster {
        let arrivals = self.facts.live().filter_map(|(id, fact)| {
            let PlaceEvent::Arrived { member, on } = fact else {
                return None;
            };
            Some((id, *member, *on))
        });
        let departures = self.facts.live().filter_map(|(_, fact)| {
            let PlaceEvent::Departed { cites, on, .. } = fact else {
                return None;
            };
            Some((cites, *on))
        });
        Roster::new(arrivals, departures)
    }

    /// What it offers, and the event that says so. Where two offers diverge, the smaller one.
    #[must_use]
    pub fn offer(&self) -> Option<(EventId, Offer)> {
        self.standing_offers().into_iter().min_by_key(|(id, offer)| (offer.most, *id))
    }

    /// Promises a stay.
    ///
    /// # Errors
    ///
    /// [`PlaceError::Full`] (U-01), [`PlaceError::NotOpen`].
    pub fn promise(
        &self,
        member: MemberId,
        from: NaiveDate,
        on: NaiveDate,
    ) -> Result<PlaceEvent, PlaceError> {
        let (_, offer) = self.offer().ok_or(PlaceError::NotOpen)?;
        let taken = self.stays().count(from);
        if taken >= offer.most {
            return Err(PlaceError::Full { taken, most: offer.most });
        }
        Ok(PlaceEvent::Promised { member, from, on })
    }

    /// Records that somebody left. Never refused.
    #[must_use]
    pub fn departed(&self, member: MemberId, on: NaiveDate) -> PlaceEvent {
        PlaceEvent::Departed { member, on, cites: self.stays().open_joinings(member) }
    }

    fn standing_offers(&self) -> Vec<(EventId, Offer)> {
        let offers = self.facts.live().filter_map(|(id, fact)| {
            let PlaceEvent::Offered { offer, cites, .. } = fact else {
                return None;
            };
            Some((id, *offer, cites))
        });
        let replaced: EventSet =
            offers.clone().flat_map(|(_, _, cites)| cites.iter().copied()).collect();
        offers.filter(|(id, ..)| !replaced.contains(id)).map(|(id, offer, _)| (id, offer)).collect()
    }
}

impl Aggregate for Place {
    type Event = PlaceEvent;
    type Kind = PlaceBreach;

    fn apply(&mut self, id: EventId, event: &PlaceEvent) {
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<PlaceBreach>> {
        let mut found = BTreeSet::new();
        let stays = self.stays();
        if let Some((offered, offer)) = self.offer() {
            for mut crowd in stays.over_full(|_| offer.most, &[]) {
                crowd.insert(offered);
                found.insert(Breach { kind: PlaceBreach::OverFull, events: crowd });
            }
        }
        found.extend(
            stays
                .doubled()
                .into_iter()
                .map(|events| Breach { kind: PlaceBreach::ArrivedTwice, events }),
        );
        let offers: EventSet = self.standing_offers().into_iter().map(|(id, _)| id).collect();
        if offers.len() > 1 {
            found.insert(Breach { kind: PlaceBreach::OffersDiverge, events: offers });
        }
        found
    }

    fn settled(&self) -> BTreeSet<Breach<PlaceBreach>> {
        self.facts.settled()
    }
}

impl Fact for PlaceEvent {
    type Kind = PlaceBreach;

    fn standing(&self) -> Standing {
        match self {
            Self::Offered { .. } | Self::Promised { .. } => Standing::Plan,
            Self::Arrived { .. }
            | Self::Departed { .. }
            | Self::HeadsCounted { .. }
            | Self::Voided { .. }
            | Self::Settled { .. } => Standing::Record,
        }
    }

    fn mends(&self) -> Option<Mend<'_, PlaceBreach>> {
        match self {
            Self::Voided { entry, .. } => Some(Mend::Voids(*entry)),
            Self::Settled { breach, .. } => Some(Mend::Settles(breach)),
            Self::Offered { .. }
            | Self::Arrived { .. }
            | Self::Departed { .. }
            | Self::Promised { .. }
            | Self::HeadsCounted { .. } => None,
        }
    }
}

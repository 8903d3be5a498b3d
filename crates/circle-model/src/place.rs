//! A place: rooms or beds that people come to and leave again.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use commons::{
    Aggregate, Breach, Code, EventId, EventSet, Fact, Facts, MemberId, Mend, Refused, Rule,
    Standing, UnitId,
};
use serde::{Deserialize, Serialize};

use crate::{HeadCount, Roster, VoidReason, group::TRIAL};

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
    /// Promises came to nothing: the person did not come, or chose another place.
    PromiseEnded {
        /// The promises that it ends.
        cites: EventSet,
        /// The day.
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
    /// More people stay, or were promised that they may, than it has room for (U-01).
    OverFull,
    /// One person stays twice at a time (U-10).
    ArrivedTwice,
    /// Two offers stand that do not know of each other.
    OffersDiverge,
}

/// Why a stay cannot be promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum PlaceError {
    /// Every bed or chair is taken.
    #[error("the place is full: {taken} of {most}")]
    Full {
        /// Taken or promised, in people.
        taken: u16,
        /// The most, in people.
        most: u16,
    },
    /// More people stay, or were promised that they may, than would have room.
    #[error("more people stay or were promised a place than {most}")]
    TooSmall {
        /// The most that would be offered, in people.
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
            Self::TooSmall { .. } => "place.too_small",
            Self::NotOpen => "place.not_open",
        }
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<Rule> {
        match self {
            Self::Full { .. } | Self::TooSmall { .. } => Some(Rule::of("U-01")),
            Self::NotOpen => None,
        }
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::TooSmall { .. } => "wait until somebody leaves, or end a promise with the person",
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
        let departures = self.facts.live().filter_map(|(_, fact)| {
            let PlaceEvent::Departed { cites, on, .. } = fact else {
                return None;
            };
            Some((cites, *on))
        });
        Roster::new(self.arrivals(), departures)
    }

    /// What it offers on a day, and the event that says so. Where two offers diverge, the smaller one.
    #[must_use]
    pub fn offer_on(&self, day: NaiveDate) -> Option<(EventId, Offer)> {
        self.standing_offers(day).into_iter().min_by_key(|(id, offer)| (offer.most, *id))
    }

    /// Who takes a bed or a chair and from when to when: who stays, and who was promised that they may
    /// and has not come yet.
    #[must_use]
    pub fn claims(&self) -> Roster {
        let promised = self.facts.live().filter_map(|(id, fact)| {
            let PlaceEvent::Promised { member, from, .. } = fact else {
                return None;
            };
            Some((id, *member, *from))
        });
        let came = self.kept_promises();
        let ended = self.facts.live().filter_map(|(_, fact)| match fact {
            PlaceEvent::Departed { cites, on, .. } | PlaceEvent::PromiseEnded { cites, on } => {
                Some((cites, *on))
            }
            PlaceEvent::Offered { .. }
            | PlaceEvent::Arrived { .. }
            | PlaceEvent::Promised { .. }
            | PlaceEvent::HeadsCounted { .. }
            | PlaceEvent::Voided { .. }
            | PlaceEvent::Settled { .. } => None,
        });
        let ended = ended.chain(came.iter().map(|(promise, on)| (promise, *on)));
        Roster::new(promised.chain(self.arrivals()), ended)
    }

    /// Opens the place, or changes what it offers from a day on.
    ///
    /// # Errors
    ///
    /// [`PlaceError::TooSmall`] where more people stay or were promised that they may.
    pub fn offer(
        &self,
        unit: UnitId,
        offer: Offer,
        on: NaiveDate,
    ) -> Result<PlaceEvent, PlaceError> {
        let cites = self.standing_offers(NaiveDate::MAX).into_iter().map(|(id, _)| id).collect();
        let offered = PlaceEvent::Offered { unit, offer, cites, on };
        match self.check(TRIAL, &offered) {
            Ok(()) => Ok(offered),
            Err(_) => Err(PlaceError::TooSmall { most: offer.most }),
        }
    }

    /// Promises a stay.
    ///
    /// # Errors
    ///
    /// [`PlaceError::Full`] where on that day, or on a later one on which somebody comes, every bed or chair
    /// is taken or promised (U-01); [`PlaceError::NotOpen`].
    pub fn promise(
        &self,
        member: MemberId,
        from: NaiveDate,
        on: NaiveDate,
    ) -> Result<PlaceEvent, PlaceError> {
        self.offer_on(from).ok_or(PlaceError::NotOpen)?;
        let claims = self.claims();
        let later = claims.stays().iter().map(|stay| stay.from).chain(self.offered_on());
        for day in later.filter(|day| from < *day).chain([from]) {
            let (taken, most) = (claims.count(day), self.most_on(day));
            if most <= taken {
                return Err(PlaceError::Full { taken, most });
            }
        }
        Ok(PlaceEvent::Promised { member, from, on })
    }

    /// Records that promises to a person came to nothing. Never refused.
    #[must_use]
    pub fn promise_ended(&self, member: MemberId, on: NaiveDate) -> PlaceEvent {
        let promised = self.facts.live().filter(
            |(_, fact)| matches!(fact, PlaceEvent::Promised { member: who, .. } if *who == member),
        );
        let promised: EventSet = promised.map(|(id, _)| id).collect();
        let cites = self.claims().open_joinings(member);
        PlaceEvent::PromiseEnded { cites: cites.intersection(&promised).copied().collect(), on }
    }

    /// Records that somebody left. Never refused.
    #[must_use]
    pub fn departed(&self, member: MemberId, on: NaiveDate) -> PlaceEvent {
        PlaceEvent::Departed { member, on, cites: self.stays().open_joinings(member) }
    }

    fn arrivals(&self) -> impl Iterator<Item = (EventId, MemberId, NaiveDate)> {
        self.facts.live().filter_map(|(id, fact)| {
            let PlaceEvent::Arrived { member, on } = fact else {
                return None;
            };
            Some((id, *member, *on))
        })
    }

    /// The promises whose person came on the day of the promise or later, each with the first such day.
    fn kept_promises(&self) -> Vec<(EventSet, NaiveDate)> {
        let kept = self.facts.live().filter_map(|(id, fact)| {
            let PlaceEvent::Promised { member, on, .. } = fact else {
                return None;
            };
            let came = self.arrivals().filter(|(_, who, day)| who == member && on <= day);
            came.map(|(_, _, day)| day).min().map(|day| (EventSet::from([id]), day))
        });
        kept.collect()
    }

    fn most_on(&self, day: NaiveDate) -> u16 {
        self.offer_on(day).map_or(u16::MAX, |(_, offer)| offer.most)
    }

    /// The days from which offers hold.
    fn offered_on(&self) -> impl Iterator<Item = NaiveDate> {
        self.facts.live().filter_map(|(_, fact)| {
            let PlaceEvent::Offered { on, .. } = fact else {
                return None;
            };
            Some(*on)
        })
    }

    /// The offers of a day that no other of that day has taken the place of.
    fn standing_offers(&self, day: NaiveDate) -> Vec<(EventId, Offer)> {
        let offers = self.facts.live().filter_map(|(id, fact)| {
            let PlaceEvent::Offered { offer, cites, on, .. } = fact else {
                return None;
            };
            (*on <= day).then_some((id, *offer, cites))
        });
        let replaced: EventSet =
            offers.clone().flat_map(|(_, _, cites)| cites.iter().copied()).collect();
        offers.filter(|(id, ..)| !replaced.contains(id)).map(|(id, offer, _)| (id, offer)).collect()
    }

    /// Every offer by a day, and who took one back, or took back that somebody left.
    fn offers_and_takings_back(&self, day: NaiveDate) -> EventSet {
        let offers = self
            .facts
            .live()
            .filter(|(_, fact)| matches!(fact, PlaceEvent::Offered { on, .. } if *on <= day));
        let voided =
            self.facts.takings_back(|fact| !matches!(fact, PlaceEvent::HeadsCounted { .. }));
        offers.map(|(id, _)| id).chain(voided).collect()
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
        let mut add = |kind, events: EventSet, more: &EventSet| {
            found.insert(Breach { kind, events: events.union(more).copied().collect() });
        };
        let less = |day: &NaiveDate| {
            let before = day.pred_opt().map_or(u16::MAX, |before| self.most_on(before));
            self.most_on(*day) < before
        };
        let changes: Vec<_> = self.offered_on().filter(less).collect();
        for (day, crowd) in self.claims().over_full(|day| self.most_on(day), &changes) {
            add(PlaceBreach::OverFull, crowd, &self.offers_and_takings_back(day));
        }
        let departed = self.facts.takings_back(|fact| matches!(fact, PlaceEvent::Departed { .. }));
        for pair in self.stays().doubled() {
            add(PlaceBreach::ArrivedTwice, pair, &departed);
        }
        let offers: EventSet =
            self.standing_offers(NaiveDate::MAX).into_iter().map(|(id, _)| id).collect();
        if offers.len() > 1 {
            let voided = self.facts.takings_back(|fact| matches!(fact, PlaceEvent::Offered { .. }));
            add(PlaceBreach::OffersDiverge, offers, &voided);
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
            | Self::PromiseEnded { .. }
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
            | Self::PromiseEnded { .. }
            | Self::HeadsCounted { .. } => None,
        }
    }
}

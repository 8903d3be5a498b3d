//! Consent of one member: scope by scope, and never decided by who wrote last.

mod event;
mod form;
mod scope;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, Months, Utc};
use commons::{Aggregate, Breach, Code, EventId, EventSet, Facts, Refused, Rule, ServiceId};
use serde::{Deserialize, Serialize};

use crate::{Circumstances, Occurrence, Rulebook, Subject, attribute, evidence, pick::match_some};

pub use event::{ConsentEvent, ConsentKind, Mode, Proof};
pub use form::{Ask, ConsentForm, FormError};
pub use scope::Scope;

/// The consent of one member, in one program.
///
/// What restricts stands until somebody cites it: a consent given again names the withdrawals and
/// refusals that it lifts. So two devices that were apart come to the same answer, and it is the
/// careful one (CO-13).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    facts: Facts<ConsentEvent>,
    /// What opens duties, taken back or not (ENG-07).
    opening: BTreeMap<EventId, ConsentEvent>,
}

/// Where one scope stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ScopeState {
    /// Nobody asked. No scope means no.
    NotAsked,
    /// Yes, until then.
    Given {
        /// The last instant at which it holds.
        until: DateTime<Utc>,
    },
    /// No.
    Refused,
    /// No longer.
    Withdrawn,
    /// It was yes, and is too old.
    Expired {
        /// The last instant at which it held.
        since: DateTime<Utc>,
    },
}

/// How long a consent lasts; a program may shorten it, never lengthen it.
///
/// 12 months, 6 for answers about danger to oneself: CO-11, our own default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u8, u8)", into = "(u8, u8)")]
pub struct ShelfLife {
    // Invariant: 1 <= months <= 12 and 1 <= risk_months <= 6.
    months: u8,
    risk_months: u8,
}

/// A shelf life that is no month or too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a consent lasts 1 to 12 months, 1 to 6 for risk items")]
pub struct ShelfLifeError;

impl ShelfLife {
    /// The longest there is.
    pub const LONGEST: Self = Self { months: 12, risk_months: 6 };

    /// That many months; fewer for answers about danger to oneself.
    ///
    /// # Errors
    ///
    /// No month at all, more than 12, or more than 6 for risk items.
    pub const fn new(months: u8, risk_months: u8) -> Result<Self, ShelfLifeError> {
        if 1 <= months && months <= 12 && 1 <= risk_months && risk_months <= 6 {
            Ok(Self { months, risk_months })
        } else {
            Err(ShelfLifeError)
        }
    }

    /// The shelf life of a rulebook (CO-11); the longest where it says nothing that can be.
    #[must_use]
    pub fn of(book: &Rulebook) -> Self {
        let limit = |name| {
            book.limit(&Rule::of("CO-11"), &Code::of(name))
                .and_then(|figure| u8::try_from(figure).ok())
        };
        let months = limit("months").unwrap_or(Self::LONGEST.months);
        let risk_months = limit("risk_months").unwrap_or(Self::LONGEST.risk_months);
        Self::new(months, risk_months).unwrap_or(Self::LONGEST)
    }

    /// The last instant at which a consent of that day holds.
    #[must_use]
    pub fn until(self, scope: &Scope, at: DateTime<Utc>) -> DateTime<Utc> {
        let months = if *scope == Scope::MeasureRiskItems { self.risk_months } else { self.months };
        at.checked_add_months(Months::new(months.into())).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

impl TryFrom<(u8, u8)> for ShelfLife {
    type Error = ShelfLifeError;
    fn try_from((months, risk_months): (u8, u8)) -> Result<Self, ShelfLifeError> {
        Self::new(months, risk_months)
    }
}

impl From<ShelfLife> for (u8, u8) {
    fn from(life: ShelfLife) -> Self {
        (life.months, life.risk_months)
    }
}

/// Why a consent or a release may not be recorded as given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum ConsentError {
    /// A withdrawal or a refusal stands that the new consent does not name.
    #[error("{standing} withdrawals or refusals stand that are not cited")]
    Restricted {
        /// How many.
        standing: usize,
    },
    /// A thumbprint or spoken consent has nobody who saw it.
    #[error("a consent by thumb or by word needs a witness")]
    NoWitness,
    /// A release is longer than allowed, or ends before it begins.
    #[error("a release lasts 1 to {most_days} days")]
    ReleaseTooLong {
        /// The most, in days.
        most_days: u16,
    },
    /// A release names no item.
    #[error("a release names what is released")]
    NothingReleased,
    /// The member does not agree to referrals to this service.
    #[error("no consent to refer to this service")]
    NoReferral,
}

impl Refused for ConsentError {
    fn code(&self) -> &'static str {
        match self {
            Self::Restricted { .. } => "consent.restricted",
            Self::NoWitness => "consent.no_witness",
            Self::ReleaseTooLong { .. } => "consent.release_too_long",
            Self::NothingReleased => "consent.nothing_released",
            Self::NoReferral => "consent.no_referral",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        Some(match self {
            Self::Restricted { .. } => Rule::of("CO-13"),
            Self::NoWitness => Rule::of("CO-12"),
            Self::ReleaseTooLong { .. } | Self::NothingReleased => Rule::of("CO-05"),
            Self::NoReferral => Rule::of("CO-01"),
        })
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::Restricted { .. } => {
                "Ask again, show what was said before, and cite it in the new consent."
            }
            Self::NoWitness => "Name a witness or an interpreter who was there.",
            Self::ReleaseTooLong { .. } => "Choose a nearer end; it can be renewed.",
            Self::NothingReleased => "List the items that the member agrees to release.",
            Self::NoReferral => "Ask the member for consent to this referral first.",
        }
    }
}

/// The longest release to a partner, in days (CO-05; the limit in time is from the VAWA rules as
/// explained by NNEDV, the number our own).
pub const RELEASE_DAYS_MOST: u16 = 90;

impl Consent {
    /// Its facts.
    #[must_use]
    pub const fn facts(&self) -> &Facts<ConsentEvent> {
        &self.facts
    }

    /// Where a scope stands at an instant.
    #[must_use]
    pub fn state(&self, scope: &Scope, at: DateTime<Utc>) -> ScopeState {
        let standing = self.restrictions(scope, at);
        if !standing.is_empty() {
            let withdrawn = standing
                .iter()
                .any(|id| matches!(self.facts.get(*id), Some(ConsentEvent::Withdrawn { .. })));
            return if withdrawn { ScopeState::Withdrawn } else { ScopeState::Refused };
        }
        match self.given_until(scope, at) {
            None => ScopeState::NotAsked,
            Some(until) if at <= until => ScopeState::Given { until },
            Some(since) => ScopeState::Expired { since },
        }
    }

    /// Whether a use of data is allowed at an instant: no scope means no (CO-01).
    #[must_use]
    pub fn allows(&self, scope: &Scope, at: DateTime<Utc>) -> bool {
        matches!(self.state(scope, at), ScopeState::Given { .. })
    }

    /// The withdrawals and refusals that stand at an instant: what a new consent must cite.
    #[must_use]
    pub fn restrictions(&self, scope: &Scope, at: DateTime<Utc>) -> EventSet {
        let lifted = self.lifted(scope, at);
        self.facts
            .live()
            .filter(|(id, _)| !lifted.contains(id))
            .filter(|(_, fact)| restricts(fact).is_some_and(|(of, on)| of == scope && on <= at))
            .map(|(id, _)| id)
            .collect()
    }

    fn gives<'a>(
        &'a self,
        scope: &'a Scope,
        at: DateTime<Utc>,
    ) -> impl Iterator<Item = (EventId, DateTime<Utc>, DateTime<Utc>, &'a EventSet)> {
        self.facts.live().filter_map(move |(id, fact)| {
            if let ConsentEvent::Given { scope: of, at: on, until, cites, .. } = fact
                && of == scope
                && *on <= at
            {
                Some((id, *on, *until, cites))
            } else {
                None
            }
        })
    }

    fn lifted(&self, scope: &Scope, at: DateTime<Utc>) -> EventSet {
        self.gives(scope, at).flat_map(|(.., cites)| cites.iter().copied()).collect()
    }

    fn given_until(&self, scope: &Scope, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.gives(scope, at)
            .map(|(_, on, until, _)| until.min(ShelfLife::LONGEST.until(scope, on)))
            .max()
    }

    /// Decides whether a consent may be recorded as given.
    ///
    /// # Errors
    ///
    /// [`Restricted`](ConsentError::Restricted) when a withdrawal or a refusal stands that `cites`
    /// does not name; [`NoWitness`](ConsentError::NoWitness) for a thumb or a word nobody saw.
    pub fn give(
        &self,
        scope: Scope,
        proof: Proof,
        at: DateTime<Utc>,
        life: ShelfLife,
        cites: EventSet,
    ) -> Result<ConsentEvent, ConsentError> {
        let standing = self.restrictions(&scope, at).difference(&cites).count();
        if standing > 0 {
            return Err(ConsentError::Restricted { standing });
        }
        if proof.mode != Mode::Signed && proof.witness.is_none() {
            return Err(ConsentError::NoWitness);
        }
        Ok(ConsentEvent::Given { until: life.until(&scope, at), scope, proof, at, cites })
    }

    /// Records a withdrawal: never refused, no reason asked.
    #[must_use]
    pub const fn withdraw(scope: Scope, at: DateTime<Utc>) -> ConsentEvent {
        ConsentEvent::Withdrawn { scope, at }
    }

    /// Records a no: never refused.
    #[must_use]
    pub const fn refuse(scope: Scope, at: DateTime<Utc>) -> ConsentEvent {
        ConsentEvent::Refused { scope, at }
    }

    /// Decides whether items may be released to one partner, for one purpose and a limited time.
    ///
    /// # Errors
    ///
    /// No consent to refer to this service, no items, or a time of no day or more than
    /// [`RELEASE_DAYS_MOST`].
    pub fn release(
        &self,
        receiver: ServiceId,
        items: BTreeSet<Code>,
        purpose: Code,
        at: DateTime<Utc>,
        days: u16,
    ) -> Result<ConsentEvent, ConsentError> {
        if !self.allows(&Scope::Refer { service: receiver }, at) {
            return Err(ConsentError::NoReferral);
        }
        if items.is_empty() {
            return Err(ConsentError::NothingReleased);
        }
        let most_days = RELEASE_DAYS_MOST;
        let until = at.checked_add_days(Days::new(days.into()));
        match until {
            Some(until) if 1 <= days && days <= most_days => {
                Ok(ConsentEvent::Released { receiver, items, purpose, at, until })
            }
            _ => Err(ConsentError::ReleaseTooLong { most_days }),
        }
    }

    /// A release that holds at an instant: to this service, not over, and the scope still given.
    #[must_use]
    pub fn released(&self, receiver: ServiceId, at: DateTime<Utc>) -> Option<EventId> {
        let scope = Scope::Refer { service: receiver };
        if !self.allows(&scope, at) {
            return None;
        }
        let ended: EventSet = self
            .facts
            .live()
            .filter_map(|(_, fact)| {
                match_some!(fact, ConsentEvent::ReleaseEnded { release, at: on } => (*release, *on))
            })
            .filter(|(_, on)| *on <= at)
            .map(|(release, _)| release)
            .collect();
        self.facts
            .live()
            .filter(|(id, fact)| {
                !ended.contains(id)
                    && matches!(fact, ConsentEvent::Released { receiver: to, at: from, until, .. }
                        if *to == receiver && *from <= at && at <= *until && !is_too_long(*from, *until))
            })
            .map(|(id, _)| id)
            .max()
    }

    /// What the rules should know: each consent given opens its renewal, each later word answers it.
    #[must_use]
    pub fn occurrences(&self, subject: Subject, around: &Circumstances) -> Vec<Occurrence> {
        let told = |kind: Code, id, at| Occurrence::new(kind, id, subject, at, around.clone());
        let mut list = Vec::new();
        for (id, fact) in &self.opening {
            let (kind, scope, at, shows) = if let ConsentEvent::Given { scope, at, .. } = fact {
                ("consent.given", scope, *at, "given_again")
            } else if let ConsentEvent::Withdrawn { scope, at } = fact {
                ("consent.withdrawn", scope, *at, "withdrawn")
            } else if let ConsentEvent::Refused { scope, at } = fact {
                ("consent.refused", scope, *at, "withdrawn")
            } else {
                continue;
            };
            let one = told(Code::of(kind), *id, at).with(attribute::SCOPE, scope.code());
            list.push(if self.facts.get(*id).is_some() {
                one.answering(self.earlier(scope, at, *id), [Code::of(shows)])
            } else {
                one
            });
        }
        for (id, fact) in self.facts.live() {
            if let ConsentEvent::Voided { entry, at, .. } = fact {
                let one = told(Code::of("consent.voided"), id, *at);
                list.push(one.answering([*entry], [evidence::VOIDED]));
            }
        }
        list
    }

    /// The earlier words about a scope: a new one answers what they asked for.
    fn earlier(&self, scope: &Scope, at: DateTime<Utc>, but: EventId) -> EventSet {
        self.gives(scope, at).map(|(id, ..)| id).filter(|id| *id != but).collect()
    }
}

/// The scope that an entry restricts, and when.
const fn restricts(fact: &ConsentEvent) -> Option<(&Scope, DateTime<Utc>)> {
    if let ConsentEvent::Withdrawn { scope, at } | ConsentEvent::Refused { scope, at } = fact {
        Some((scope, *at))
    } else {
        None
    }
}

fn is_too_long(from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
    from.checked_add_days(Days::new(RELEASE_DAYS_MOST.into())).is_none_or(|most| most < until)
}

impl Aggregate for Consent {
    type Event = ConsentEvent;
    type Kind = ConsentKind;

    fn apply(&mut self, id: EventId, event: &ConsentEvent) {
        if matches!(event, ConsentEvent::Given { .. }) || restricts(event).is_some() {
            self.opening.entry(id).or_insert_with(|| event.clone());
        }
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<ConsentKind>> {
        let mut breaches = BTreeSet::new();
        let now = DateTime::<Utc>::MAX_UTC;
        for (id, fact) in self.facts.live() {
            if let Some((scope, at)) = restricts(fact)
                && !self.lifted(scope, now).contains(&id)
            {
                let over: EventSet = self
                    .gives(scope, now)
                    .filter(|(_, on, ..)| at <= *on)
                    .map(|(give, ..)| give)
                    .collect();
                if !over.is_empty() {
                    let events = over.into_iter().chain([id]);
                    breaches.insert(Breach::new(ConsentKind::GivenOverRestriction, events));
                }
            }
            if let ConsentEvent::Released { at, until, .. } = fact
                && is_too_long(*at, *until)
            {
                breaches.insert(Breach::new(ConsentKind::ReleaseTooLong, [id]));
            }
        }
        breaches
    }

    fn settled(&self) -> BTreeSet<Breach<ConsentKind>> {
        self.facts.settled()
    }
}

//! The directory of services: what is there, and when somebody last made sure of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{
    Aggregate, Breach, Code, EventId, EventSet, Fact, Facts, Mend, Rule, ServiceId, Standing,
};
use serde::{Deserialize, Serialize};

use crate::{
    Circumstances, Modal, Occurrence, Requirement, Rulebook, Subject, When, evidence, noon,
    pick::match_some,
};

/// What the directory shows of a service: a public document outside any event, after the core of
/// Open Referral's HSDS (<https://github.com/openreferral/specification>).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ServiceCard {
    /// Its name.
    pub name: String,
    /// The number to call, or the address to go to.
    pub reach: String,
    /// When, as people say it.
    #[serde(default)]
    pub hours: String,
    /// What it costs, as people say it.
    #[serde(default)]
    pub cost: String,
    /// The languages spoken.
    #[serde(default)]
    pub languages: Vec<Code>,
    /// Whom it serves, as people say it.
    #[serde(default)]
    pub eligibility: String,
}

/// Whether a service can be used, in the words of HSDS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ServiceStatus {
    /// It serves people.
    Active,
    /// It does not, for now.
    TemporarilyClosed,
    /// It does not.
    Inactive,
    /// It is gone.
    Defunct,
}

/// Something that happened to a service of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ServiceEvent {
    /// It was put into the directory.
    Listed {
        /// The kind of help it gives.
        category: Code,
        /// On which day.
        on: NaiveDate,
    },
    /// Somebody called or went there, and it was as written.
    Assured {
        /// On which day.
        on: NaiveDate,
        /// The closings and complaints that were looked into.
        cites: EventSet,
    },
    /// It closed, for now or for good.
    Closed {
        /// How.
        status: ServiceStatus,
        /// On which day.
        on: NaiveDate,
    },
    /// A member or keeper said it failed them (DR-06).
    SaidToFail {
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
        breach: Breach<ServiceKind>,
        /// Why.
        reason: Code,
        /// When.
        on: NaiveDate,
    },
}

/// What can be wrong with a service of the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ServiceKind {
    /// It was assured although a closing stands that the assurance does not name.
    AssuredWhileClosed,
}

impl Fact for ServiceEvent {
    type Kind = ServiceKind;

    fn standing(&self) -> Standing {
        Standing::Record
    }

    fn mends(&self) -> Option<Mend<'_, ServiceKind>> {
        match self {
            Self::Voided { entry, .. } => Some(Mend::Voids(*entry)),
            Self::Settled { breach, .. } => Some(Mend::Settles(breach)),
            Self::Listed { .. }
            | Self::Assured { .. }
            | Self::Closed { .. }
            | Self::SaidToFail { .. } => None,
        }
    }
}

/// How far a service can be trusted on a day (DR-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "assurance", rename_all = "snake_case")]
pub enum Assurance {
    /// Checked lately.
    Fine,
    /// Checked a while ago: shown as such.
    Warned {
        /// Days since.
        days: u32,
    },
    /// Closed, never checked, or checked too long ago: not for new referrals.
    Refused {
        /// Days since; none where it is closed or was never checked.
        days: Option<u32>,
    },
}

/// After how many days an assurance grows old (DR-04; the yearly cycle is that of information and
/// referral services, the figures our own).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AssuranceLimits {
    /// More days than that are shown.
    pub warn_after_days: u16,
    /// More days than that are refused.
    pub refuse_after_days: u16,
}

impl AssuranceLimits {
    /// The figures of a rulebook. Those it lacks are those we ship.
    #[must_use]
    pub fn of(book: &Rulebook) -> Self {
        let limit = |name, shipped| {
            book.limit(&Rule::of("DR-04"), &Code::of(name))
                .and_then(|figure| u16::try_from(figure).ok())
                .unwrap_or(shipped)
        };
        Self {
            warn_after_days: limit("warn_after_days", 180),
            refuse_after_days: limit("refuse_after_days", 365),
        }
    }
}

/// One service of the directory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    facts: Facts<ServiceEvent>,
    /// What opens duties, taken back or not (ENG-07).
    opening: BTreeMap<EventId, ServiceEvent>,
}

impl Service {
    /// Its facts.
    #[must_use]
    pub const fn facts(&self) -> &Facts<ServiceEvent> {
        &self.facts
    }

    /// The kinds of help it gives.
    #[must_use]
    pub fn categories(&self) -> BTreeSet<&Code> {
        self.facts
            .live()
            .filter_map(
                |(_, fact)| match_some!(fact, ServiceEvent::Listed { category, .. } => category),
            )
            .collect()
    }

    /// Whether it can be used on a day: a closing stands until an assurance names it.
    #[must_use]
    pub fn status(&self, on: NaiveDate) -> ServiceStatus {
        self.closings(on).map(|(_, status, _)| status).max().unwrap_or(ServiceStatus::Active)
    }

    fn closings(&self, on: NaiveDate) -> impl Iterator<Item = (EventId, ServiceStatus, NaiveDate)> {
        let looked_into: EventSet =
            self.assurances(on).flat_map(|(_, _, cites)| cites.iter().copied()).collect();
        self.facts.live().filter_map(move |(id, fact)| {
            match_some!(fact, ServiceEvent::Closed { status, on: day } => (id, *status, *day))
                .filter(|(id, _, day)| *day <= on && !looked_into.contains(id))
        })
    }

    fn assurances(&self, on: NaiveDate) -> impl Iterator<Item = (EventId, NaiveDate, &EventSet)> {
        self.facts.live().filter_map(move |(id, fact)| {
            match_some!(fact, ServiceEvent::Assured { on: day, cites } => (id, *day, cites))
                .filter(|(_, day, _)| *day <= on)
        })
    }

    /// The day on which somebody last made sure of it.
    #[must_use]
    pub fn assured_on(&self, on: NaiveDate) -> Option<NaiveDate> {
        self.assurances(on).map(|(_, day, _)| day).max()
    }

    /// How far it can be trusted on a day.
    #[must_use]
    pub fn assurance(&self, on: NaiveDate, limits: AssuranceLimits) -> Assurance {
        let closed = self.status(on) != ServiceStatus::Active;
        let Some(days) = self
            .assured_on(on)
            .filter(|_| !closed)
            .and_then(|day| u32::try_from(on.signed_duration_since(day).num_days()).ok())
        else {
            return Assurance::Refused { days: None };
        };
        if days <= limits.warn_after_days.into() {
            Assurance::Fine
        } else if days <= limits.refuse_after_days.into() {
            Assurance::Warned { days }
        } else {
            Assurance::Refused { days: Some(days) }
        }
    }

    /// Records that somebody made sure of it. It looks into every closing and complaint that
    /// stands, so only call it for a service that serves people.
    #[must_use]
    pub fn assure(&self, on: NaiveDate) -> ServiceEvent {
        let complaints = self
            .facts
            .live()
            .filter_map(|(id, fact)| matches!(fact, ServiceEvent::SaidToFail { .. }).then_some(id));
        ServiceEvent::Assured {
            on,
            cites: self.closings(NaiveDate::MAX).map(|(id, ..)| id).chain(complaints).collect(),
        }
    }

    /// What the rules should know of it.
    #[must_use]
    pub fn occurrences(&self, service: ServiceId, around: &Circumstances) -> Vec<Occurrence> {
        let told = |kind: Code, id, on| {
            let subject = Subject::Service(service);
            Occurrence::new(kind, id, subject, noon(on, around.zone), around.clone())
        };
        let mut list = Vec::new();
        for (id, fact) in &self.opening {
            let live = self.facts.get(*id).is_some();
            if let ServiceEvent::Assured { on, cites } = fact {
                let one = told(Code::of("service.assured"), *id, *on);
                let earlier = self.checked_before(*id, *on);
                list.push(if live {
                    one.answering(earlier, [Code::of("assured")])
                        .answering(cites.iter().copied(), [])
                } else {
                    one
                });
            } else if let ServiceEvent::Listed { on, .. } = fact {
                list.push(told(Code::of("service.listed"), *id, *on));
            } else if let ServiceEvent::SaidToFail { on } = fact {
                list.push(told(Code::of("service.said_to_fail"), *id, *on));
            }
        }
        for (id, fact) in self.facts.live() {
            if let ServiceEvent::Closed { on, .. } = fact {
                let one = told(Code::of("service.closed"), id, *on);
                list.push(one.answering(self.checked_before(id, *on), [Code::of("closed")]));
            } else if let ServiceEvent::Voided { entry, on, .. } = fact {
                let one = told(Code::of("service.voided"), id, *on);
                list.push(one.answering([*entry], [evidence::VOIDED]));
            }
        }
        list
    }

    /// Listings and assurances before an entry: a newer word answers what they asked for.
    fn checked_before(&self, but: EventId, on: NaiveDate) -> EventSet {
        self.opening
            .iter()
            .filter(|(id, fact)| {
                matches!(fact, ServiceEvent::Listed { on: day, .. } | ServiceEvent::Assured { on: day, .. }
                    if (*day, **id) < (on, but))
            })
            .map(|(id, _)| *id)
            .collect()
    }
}

impl Aggregate for Service {
    type Event = ServiceEvent;
    type Kind = ServiceKind;

    fn apply(&mut self, id: EventId, event: &ServiceEvent) {
        let opens = matches!(
            event,
            ServiceEvent::Listed { .. }
                | ServiceEvent::Assured { .. }
                | ServiceEvent::SaidToFail { .. }
        );
        if opens {
            self.opening.entry(id).or_insert_with(|| event.clone());
        }
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<ServiceKind>> {
        self.closings(NaiveDate::MAX)
            .filter_map(|(closing, _, since)| {
                let events: EventSet = self
                    .assurances(NaiveDate::MAX)
                    .filter(|(_, day, _)| since <= *day)
                    .map(|(id, ..)| id)
                    .collect();
                (!events.is_empty()).then(|| {
                    let events = events.into_iter().chain([closing]);
                    Breach::new(ServiceKind::AssuredWhileClosed, events)
                })
            })
            .collect()
    }

    fn settled(&self) -> BTreeSet<Breach<ServiceKind>> {
        self.facts.settled()
    }
}

/// The services of a program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Directory(pub BTreeMap<ServiceId, Service>);

impl Directory {
    /// The services of a kind that may take new referrals on a day, those checked last first.
    #[must_use]
    pub fn usable(
        &self,
        category: &Code,
        on: NaiveDate,
        limits: AssuranceLimits,
    ) -> Vec<(ServiceId, Assurance)> {
        let mut usable: Vec<_> = self
            .0
            .iter()
            .filter(|(_, service)| service.categories().contains(category))
            .map(|(id, service)| (*id, service.assurance(on, limits)))
            .filter(|(_, assurance)| !matches!(assurance, Assurance::Refused { .. }))
            .collect();
        usable.sort_by_key(|(id, assurance)| (*assurance, *id));
        usable
    }

    /// For each required kind of help, whether a usable service is there (U-07).
    pub fn requirements<'a>(
        &'a self,
        categories: impl IntoIterator<Item = &'a Code> + 'a,
        on: NaiveDate,
        limits: AssuranceLimits,
    ) -> impl Iterator<Item = Requirement> + 'a {
        categories.into_iter().map(move |category| Requirement {
            rule: Rule::of("U-07"),
            modal: Modal::Must,
            what: category.clone(),
            met: !self.usable(category, on, limits).is_empty(),
            way_out: Code::of("directory.add_or_check"),
            who: Code::of("coordinator"),
            when: When::DoNow,
            missing: None,
        })
    }
}

//! Referral as a closed loop: it is over when the service and the member have both said so.

mod error;
mod event;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use commons::{Aggregate, Breach, Code, EventId, EventSet, Facts, ServiceId};
use serde::{Deserialize, Serialize};

use crate::{Assurance, pick::match_some};

pub use error::ReferralError;
pub use event::{Exit, HandOff, HelpBy, Helped, ReferralEvent, ReferralKind};

/// One referral of one member to a service.
///
/// A seat in the circle never depends on it (RF-14). A stop stands until a resumption cites it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    facts: Facts<ReferralEvent>,
    /// What opens duties, taken back or not (ENG-07).
    opening: BTreeMap<EventId, ReferralEvent>,
}

/// Where a referral stands: the FHIR task codes of the SDOH Clinical Care guide, less two that it
/// leaves out itself (<https://hl7.org/fhir/us/sdoh-clinicalcare>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing happened.
    Unknown,
    /// It was thought of.
    Draft,
    /// A service was asked.
    Requested,
    /// The service said yes.
    Accepted,
    /// Help began.
    InProgress,
    /// It is done.
    Completed,
    /// It ended, or waits, without help.
    Stopped(Exit),
}

impl Referral {
    /// Its facts.
    #[must_use]
    pub const fn facts(&self) -> &Facts<ReferralEvent> {
        &self.facts
    }

    /// How soon help is needed: the soonest that any draft said.
    #[must_use]
    pub fn urgency(&self) -> Option<HelpBy> {
        self.live()
            .filter_map(
                |(_, fact)| match_some!(fact, ReferralEvent::Drafted { urgency, .. } => *urgency),
            )
            .max()
    }

    /// Where it stands. A stop that nothing cites stands, whatever else was told.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let standing = self.stops();
        if let Some(exit) = standing.values().max() {
            return Progress::Stopped(*exit);
        }
        self.live().filter_map(|(_, fact)| step(fact)).max().unwrap_or(Progress::Unknown)
    }

    /// Stops that no resumption cites: what a resumption must cite.
    #[must_use]
    pub fn stops(&self) -> BTreeMap<EventId, Exit> {
        let lifted = self.lifted();
        self.live()
            .filter(|(id, _)| !lifted.contains(id))
            .filter_map(|(id, fact)| stop(fact).map(|exit| (id, exit)))
            .collect()
    }

    /// Whether the service's word and the member's are both there (RF-08).
    #[must_use]
    pub fn loop_is_closed(&self) -> bool {
        self.progress() == Progress::Completed && self.service_said() && self.member_said()
    }

    fn service_said(&self) -> bool {
        self.live()
            .any(|(_, fact)| matches!(fact, ReferralEvent::Completed { outcome: Some(_), .. }))
    }

    fn member_said(&self) -> bool {
        self.live().any(|(_, fact)| is_members_word(fact))
    }

    fn live(&self) -> impl Iterator<Item = (EventId, &ReferralEvent)> + Clone {
        self.facts.live()
    }

    fn lifted(&self) -> EventSet {
        self.live()
            .filter_map(
                |(_, fact)| match_some!(fact, ReferralEvent::Resumed { cites, .. } => cites),
            )
            .flatten()
            .copied()
            .collect()
    }

    fn said_no(&self) -> EventSet {
        let lifted = self.lifted();
        self.live()
            .filter(|(id, fact)| is_no(fact) && !lifted.contains(id))
            .map(|(id, _)| id)
            .collect()
    }

    /// Drafts a referral: never refused.
    #[must_use]
    pub const fn draft(category: Code, urgency: HelpBy, at: DateTime<Utc>) -> ReferralEvent {
        ReferralEvent::Drafted { category, urgency, at }
    }

    /// Decides whether a service may be asked (RF-01, RF-02).
    ///
    /// `release` is what [`Consent::released`](crate::Consent::released) gives; `assurance` what
    /// [`Service::assurance`](crate::Service::assurance) says.
    ///
    /// # Errors
    ///
    /// Never drafted, ended already, the member said no, a stale or closed service, no release.
    /// An emergency needs no release and takes any service: it is logged, and help comes first.
    pub fn request(
        &self,
        service: ServiceId,
        release: Option<EventId>,
        assurance: Assurance,
        hand_off: HandOff,
        at: DateTime<Utc>,
    ) -> Result<ReferralEvent, ReferralError> {
        let urgency = self.urgency().ok_or(ReferralError::NeverDrafted)?;
        let standing = self.said_no().len();
        if standing > 0 {
            return Err(ReferralError::MemberSaidNo { standing });
        }
        let progress = self.progress();
        if Progress::Completed <= progress {
            return Err(ReferralError::Progress { at: progress });
        }
        if urgency != HelpBy::Emergency {
            if let Assurance::Refused { days } = assurance {
                return Err(ReferralError::StaleService { days });
            }
            if release.is_none() {
                return Err(ReferralError::NoRelease);
            }
        }
        Ok(ReferralEvent::Requested { service, release, hand_off, at })
    }

    /// Decides whether it may be completed: with the service's word and the member's (RF-08, RF-09).
    ///
    /// # Errors
    ///
    /// The loop is open, or the referral was stopped or never sent.
    pub fn complete(
        &self,
        outcome: Option<Code>,
        at: DateTime<Utc>,
    ) -> Result<ReferralEvent, ReferralError> {
        let progress = self.progress();
        if !(Progress::Requested <= progress && progress < Progress::Completed) {
            return Err(ReferralError::Progress { at: progress });
        }
        let (service, member) = (outcome.is_some(), self.member_said());
        if !(service && member) {
            return Err(ReferralError::LoopOpen { service, member });
        }
        Ok(ReferralEvent::Completed { outcome, at })
    }

    /// Decides whether it goes on after it was stopped, or after the member said no.
    ///
    /// # Errors
    ///
    /// Nothing stands in its way, or it was completed as well.
    pub fn resume(&self, at: DateTime<Utc>) -> Result<ReferralEvent, ReferralError> {
        let cites: EventSet = self.stops().into_keys().chain(self.said_no()).collect();
        if cites.is_empty() {
            return Err(ReferralError::Progress { at: self.progress() });
        }
        Ok(ReferralEvent::Resumed { cites, at })
    }
}

/// The furthest step that an entry shows.
fn step(fact: &ReferralEvent) -> Option<Progress> {
    Some(match fact {
        ReferralEvent::Drafted { .. } => Progress::Draft,
        ReferralEvent::Requested { .. } => Progress::Requested,
        ReferralEvent::Accepted { .. } => Progress::Accepted,
        ReferralEvent::Started { .. } | ReferralEvent::FirstContactMade { .. } => {
            Progress::InProgress
        }
        ReferralEvent::Completed { .. } => Progress::Completed,
        ReferralEvent::Stopped { .. }
        | ReferralEvent::Resumed { .. }
        | ReferralEvent::MemberInformed { .. }
        | ReferralEvent::NoShow { .. }
        | ReferralEvent::MemberDeclined { .. }
        | ReferralEvent::MemberSaysHelped { .. }
        | ReferralEvent::Voided { .. }
        | ReferralEvent::Settled { .. } => return None,
    })
}

fn stop(fact: &ReferralEvent) -> Option<Exit> {
    if let ReferralEvent::Stopped { exit, .. } = fact {
        Some(*exit)
    } else {
        matches!(fact, ReferralEvent::MemberDeclined { .. }).then_some(Exit::Cancelled)
    }
}

/// The reason for which a referral that the member takes back is stopped.
pub const REVOKED: Code = Code::of("revoked");

fn is_no(fact: &ReferralEvent) -> bool {
    if let ReferralEvent::Stopped { reason, .. } = fact {
        *reason == REVOKED
    } else {
        matches!(fact, ReferralEvent::MemberDeclined { .. })
    }
}

fn is_members_word(fact: &ReferralEvent) -> bool {
    matches!(
        fact,
        ReferralEvent::MemberSaysHelped {
            answer: Helped::Yes | Helped::Partly | Helped::No | Helped::Declined,
            ..
        }
    )
}

/// When an entry says it happened.
fn when(fact: &ReferralEvent) -> DateTime<Utc> {
    match fact {
        ReferralEvent::Drafted { at, .. }
        | ReferralEvent::Requested { at, .. }
        | ReferralEvent::Accepted { at }
        | ReferralEvent::Started { at }
        | ReferralEvent::Completed { at, .. }
        | ReferralEvent::Stopped { at, .. }
        | ReferralEvent::Resumed { at, .. }
        | ReferralEvent::MemberInformed { at, .. }
        | ReferralEvent::FirstContactMade { at, .. }
        | ReferralEvent::NoShow { at }
        | ReferralEvent::MemberDeclined { at }
        | ReferralEvent::MemberSaysHelped { at, .. }
        | ReferralEvent::Voided { at, .. }
        | ReferralEvent::Settled { at, .. } => *at,
    }
}

impl Aggregate for Referral {
    type Event = ReferralEvent;
    type Kind = ReferralKind;

    fn apply(&mut self, id: EventId, event: &ReferralEvent) {
        let opens = matches!(
            event,
            ReferralEvent::Requested { .. }
                | ReferralEvent::Accepted { .. }
                | ReferralEvent::NoShow { .. }
                | ReferralEvent::Stopped { .. }
                | ReferralEvent::Resumed { .. }
        );
        if opens {
            self.opening.entry(id).or_insert_with(|| event.clone());
        }
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<ReferralKind>> {
        let mut breaches = BTreeSet::new();
        let emergency = self.urgency() == Some(HelpBy::Emergency);
        let stops = self.stops();
        let no = self.said_no();
        let word: EventSet =
            self.live().filter(|(_, fact)| is_members_word(fact)).map(|(id, _)| id).collect();
        for (id, fact) in self.live() {
            if let ReferralEvent::Requested { release, at, .. } = fact {
                if release.is_none() && !emergency {
                    breaches.insert(Breach::new(ReferralKind::SentWithoutRelease, [id]));
                }
                let before: EventSet = no
                    .iter()
                    .filter(|no| self.facts.get(**no).is_some_and(|no| when(no) <= *at))
                    .copied()
                    .collect();
                if !before.is_empty() {
                    let events = before.into_iter().chain([id]);
                    breaches.insert(Breach::new(ReferralKind::SentAfterNo, events));
                }
            }
            if let ReferralEvent::Completed { outcome, .. } = fact {
                if outcome.is_none() && word.is_empty() {
                    breaches.insert(Breach::new(ReferralKind::CompletedWithoutWord, [id]));
                }
                if !stops.is_empty() {
                    let events = stops.keys().copied().chain([id]);
                    breaches.insert(Breach::new(ReferralKind::TwoEnds, events));
                }
            }
        }
        breaches
    }

    fn settled(&self) -> BTreeSet<Breach<ReferralKind>> {
        self.facts.settled()
    }
}

//! Matters: incidents, disclosures, answers to follow up. Recording one is never refused.

mod content;
mod error;
mod event;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use commons::{Aggregate, Breach, Code, EventId, EventSet, Facts};
use serde::{Deserialize, Serialize};

use crate::{Obligation, Severity, evidence};

pub use content::{Category, Harm, MatterContent};
pub use error::MatterError;
pub use event::{Contact, MatterEvent, MatterKind};

/// Something that somebody must look after.
///
/// It is as grave as the gravest that was said and not lowered by those who may; its clock runs
/// from the earliest awareness; it is over when a closing names every opening, raise and link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    facts: Facts<MatterEvent>,
    /// What asserts a severity, taken back or not: a duty that was opened does not vanish (ENG-07).
    asserted: BTreeMap<EventId, MatterEvent>,
}

/// How who decides is involved in the matter itself. The names are sealed; who can read them says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Involvement {
    /// Not at all.
    None,
    /// The matter is about them.
    Subject,
    /// They told it.
    Reporter,
}

/// Who decides about a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decider {
    /// In which role.
    pub role: Code,
    /// The role of a second person who agrees.
    pub second: Option<Code>,
    /// How the one who decides is involved.
    pub involvement: Involvement,
}

/// The role that closes urgent and graver matters.
pub const SAFEGUARDING_LEAD: Code = Code::of("safeguarding_lead");
/// The role that closes the others.
pub const SUPERVISOR: Code = Code::of("supervisor");

impl Matter {
    /// Its facts.
    #[must_use]
    pub const fn facts(&self) -> &Facts<MatterEvent> {
        &self.facts
    }

    /// Records a matter: never refused.
    #[must_use]
    pub const fn open(
        severity: Severity,
        aware_at: DateTime<Utc>,
        happened_at: Option<DateTime<Utc>>,
        owner: Code,
    ) -> MatterEvent {
        MatterEvent::Opened { severity, aware_at, happened_at, owner, before_leaving: false }
    }

    /// Records an answer that asks somebody to talk with the person before they leave (SU-02). It
    /// opens at S2, urgent; what was answered is sealed, and the total plays no part.
    #[must_use]
    pub const fn raised_answer(aware_at: DateTime<Utc>, owner: Code) -> MatterEvent {
        let severity = Severity::S2;
        MatterEvent::Opened { severity, aware_at, happened_at: None, owner, before_leaving: true }
    }

    /// How grave it is: the gravest that was said and not lowered. `None` where nothing was.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        let lowered = self.lowered();
        let said = || self.assertions().map(|(id, (level, _))| (id, level));
        let standing = said().filter(|(id, _)| !lowered.contains(id));
        standing
            .map(|(_, level)| level)
            .max()
            // Two lowerings that cite each other lower nothing.
            .or_else(|| said().map(|(_, level)| level).max())
    }

    /// When anyone acting for the program first knew of it, in any of its accounts (ENG-03).
    #[must_use]
    pub fn aware_at(&self) -> Option<DateTime<Utc>> {
        self.facts
            .live()
            .filter_map(|(_, fact)| {
                if let MatterEvent::Opened { aware_at, .. } | MatterEvent::Linked { aware_at, .. } =
                    fact
                {
                    Some(*aware_at)
                } else {
                    None
                }
            })
            .min()
    }

    /// The openings and raises: what must be answered.
    #[must_use]
    pub fn items(&self) -> EventSet {
        self.facts
            .live()
            .filter(|(_, fact)| {
                matches!(fact, MatterEvent::Opened { .. } | MatterEvent::Raised { .. })
            })
            .map(|(id, _)| id)
            .collect()
    }

    /// The openings, raises and lowerings: what an answer to the whole matter cites.
    #[must_use]
    pub fn whole(&self) -> EventSet {
        self.assertions().map(|(id, _)| id).collect()
    }

    /// The items for which nothing was done.
    #[must_use]
    pub fn unanswered(&self) -> EventSet {
        let answered: EventSet = self
            .facts
            .live()
            .filter_map(|(_, fact)| {
                if let MatterEvent::Acted { answers, .. } | MatterEvent::Contacted { answers, .. } =
                    fact
                {
                    Some(answers)
                } else {
                    None
                }
            })
            .flatten()
            .copied()
            .collect();
        self.items().difference(&answered).copied().collect()
    }

    /// Whether it is over: opened, and every opening, raise and link is named by a closing.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        let closed: EventSet = self.closings().flat_map(|(_, _, cites)| cites).copied().collect();
        self.is_open_ever() && self.to_close().keys().all(|id| closed.contains(id))
    }

    fn is_open_ever(&self) -> bool {
        self.facts.live().any(|(_, fact)| matches!(fact, MatterEvent::Opened { .. }))
    }

    /// What a closing must name, and since when each is there.
    fn to_close(&self) -> BTreeMap<EventId, DateTime<Utc>> {
        self.facts
            .live()
            .filter_map(|(id, fact)| {
                if let MatterEvent::Opened { aware_at: at, .. }
                | MatterEvent::Raised { at, .. }
                | MatterEvent::Linked { at, .. } = fact
                {
                    Some((id, *at))
                } else {
                    None
                }
            })
            .collect()
    }

    fn closings(&self) -> impl Iterator<Item = (EventId, DateTime<Utc>, &EventSet)> {
        self.facts.live().filter_map(|(id, fact)| {
            if let MatterEvent::Closed { at, cites, .. } = fact {
                Some((id, *at, cites))
            } else {
                None
            }
        })
    }

    fn assertions(&self) -> impl Iterator<Item = (EventId, (Severity, DateTime<Utc>))> {
        self.facts.live().filter_map(|(id, fact)| Some((id, fact.asserts()?)))
    }

    /// What is lowered. One person alone lowers nothing that is urgent: that entry is shown, and
    /// the severity stands (IN-03).
    fn lowered(&self) -> EventSet {
        self.facts.live().flat_map(|(id, fact)| self.lowers(id, fact)).collect()
    }

    fn lowers(&self, id: EventId, fact: &MatterEvent) -> EventSet {
        let MatterEvent::Lowered { cites, second, .. } = fact else {
            return EventSet::new();
        };
        cites
            .iter()
            .copied()
            .filter(|cited| *cited != id && (second.is_some() || !self.is_urgent(*cited)))
            .collect()
    }

    fn is_urgent(&self, assertion: EventId) -> bool {
        self.facts
            .get(assertion)
            .and_then(MatterEvent::asserts)
            .is_some_and(|(level, _)| level.is_urgent())
    }

    /// Writes down what was done about the whole of it.
    ///
    /// # Errors
    ///
    /// [`MatterError::NotAnAct`] for a word that means that nothing was done: voided, corrected,
    /// lowered and overridden have events of their own, each with who may.
    pub fn act(
        &self,
        action: Code,
        role: Code,
        at: DateTime<Utc>,
    ) -> Result<MatterEvent, MatterError> {
        if evidence::RESERVED.contains(&action) {
            return Err(MatterError::NotAnAct { action });
        }
        Ok(MatterEvent::Acted { action, role, at, answers: self.whole() })
    }

    /// Decides whether its severity may be lowered (IN-03). Raising it is never refused.
    ///
    /// # Errors
    ///
    /// [`MatterError`]: never opened, not graver than that, decided by one who is involved, or an
    /// urgent or graver matter lowered by one person alone.
    pub fn lower(
        &self,
        to: Severity,
        by: Decider,
        reason: Code,
        at: DateTime<Utc>,
    ) -> Result<MatterEvent, MatterError> {
        let now = self.severity().ok_or(MatterError::NeverOpened)?;
        if now <= to {
            return Err(MatterError::NotLower { now, to });
        }
        if by.involvement != Involvement::None {
            return Err(MatterError::Involved);
        }
        if now.is_urgent() && by.second.is_none() {
            return Err(MatterError::SecondPerson { now });
        }
        let lowered = self.lowered();
        let cites = self
            .assertions()
            .filter(|(id, (level, _))| to < *level && !lowered.contains(id))
            .map(|(id, _)| id)
            .collect();
        Ok(MatterEvent::Lowered { to, at, cites, role: by.role, second: by.second, reason })
    }

    /// Decides whether it may be closed: everything answered, every duty done (IN-10, U-08).
    ///
    /// `duties` are the obligations of this matter, from [`schedule`](crate::schedule).
    ///
    /// # Errors
    ///
    /// [`MatterError`]: never opened, closed already, decided by one who is involved or in a role
    /// that may not, duties open, entries unanswered.
    pub fn close(
        &self,
        by: Decider,
        outcome: Code,
        duties: &[Obligation],
        at: DateTime<Utc>,
    ) -> Result<MatterEvent, MatterError> {
        if !self.is_open_ever() {
            return Err(MatterError::NeverOpened);
        }
        if self.is_closed() {
            return Err(MatterError::Closed);
        }
        if by.involvement != Involvement::None {
            return Err(MatterError::Involved);
        }
        let now = self.severity().ok_or(MatterError::NeverOpened)?;
        let role = closer(now);
        if by.role != role && (by.role != SAFEGUARDING_LEAD) {
            return Err(MatterError::Role { now, role });
        }
        let unanswered = self.unanswered().len();
        if unanswered > 0 {
            return Err(MatterError::Unanswered { open: unanswered });
        }
        let open = duties.iter().filter(|duty| duty.is_open()).count();
        if open > 0 {
            return Err(MatterError::DutiesOpen { open });
        }
        Ok(MatterEvent::Closed {
            at,
            cites: self.to_close().into_keys().collect(),
            role: by.role,
            outcome,
        })
    }
}

/// The role that closes a matter of that gravity (IN-10).
fn closer(severity: Severity) -> Code {
    if severity.is_urgent() { SAFEGUARDING_LEAD } else { SUPERVISOR }
}

impl Aggregate for Matter {
    type Event = MatterEvent;
    type Kind = MatterKind;

    fn apply(&mut self, id: EventId, event: &MatterEvent) {
        if event.asserts().is_some() {
            self.asserted.entry(id).or_insert_with(|| event.clone());
        }
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<MatterKind>> {
        let mut breaches = BTreeSet::new();
        for (id, fact) in self.facts.live() {
            if let MatterEvent::Lowered { second: None, cites, .. } = fact {
                let grave =
                    cites.iter().copied().filter(|cited| *cited != id && self.is_urgent(*cited));
                let events: EventSet = grave.chain([id]).collect();
                if events.len() > 1 {
                    breaches.insert(Breach::new(MatterKind::LoweredAlone, events));
                }
            }
        }
        breaches.extend(self.bad_closings());
        breaches
    }

    fn settled(&self) -> BTreeSet<Breach<MatterKind>> {
        self.facts.settled()
    }
}

impl Matter {
    fn bad_closings(&self) -> BTreeSet<Breach<MatterKind>> {
        let mut breaches = BTreeSet::new();
        let there = self.to_close();
        let named: EventSet = self.closings().flat_map(|(_, _, cites)| cites).copied().collect();
        let unanswered = self.unanswered();
        for (closing, at, cites) in self.closings() {
            let unknown: EventSet = there
                .iter()
                .filter(|(id, since)| **since <= at && !named.contains(id))
                .map(|(id, _)| *id)
                .collect();
            if !unknown.is_empty() {
                let events = unknown.into_iter().chain([closing]);
                breaches.insert(Breach::new(MatterKind::ClosedUnknowing, events));
            }
            let open: EventSet = cites.intersection(&unanswered).copied().collect();
            if !open.is_empty() {
                let events = open.into_iter().chain([closing]);
                breaches.insert(Breach::new(MatterKind::ClosedUnanswered, events));
            }
        }
        breaches
    }
}

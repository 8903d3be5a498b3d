//! A group: the people who sit together, and what they agreed.

mod breach;
mod decide;
mod error;
mod event;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Aggregate, Breach, Code, DocumentId, EventId, EventSet, Facts, MemberId, UnitId};
use serde::{Deserialize, Serialize};

pub use breach::GroupBreach;
pub use decide::Admission;
pub use error::GroupError;
pub use event::{CloseReason, Decision, GrewFrom, GroupEvent, LeaveReason, VoidReason};

use crate::{Days, Joining, Phase, Roster, Stance, Terms};

/// A group of people who sit together: closed, open or one-to-one, as its terms say.
///
/// The state is the set of its facts; everything else is asked of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    facts: Facts<GroupEvent>,
}

/// Where a group is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// It was not formed.
    Unborn,
    /// People are gathering; it does not meet yet.
    Gathering,
    /// It meets.
    Meeting {
        /// Since that day.
        since: NaiveDate,
    },
    /// It is over.
    Ended {
        /// Since that day.
        on: NaiveDate,
        /// For that reason.
        why: CloseReason,
    },
}

/// Somebody in a role, for some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The event that gave it.
    pub event: EventId,
    /// Who.
    pub member: MemberId,
    /// The role.
    pub role: Code,
    /// The days.
    pub days: Days,
}

/// The ground rules in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The event that adopted them.
    pub adoption: EventId,
    /// The document.
    pub document: DocumentId,
    /// The version, from 1.
    pub version: u16,
    /// The language they were read in.
    pub language: Code,
    /// The day they were adopted.
    pub on: NaiveDate,
    /// Who agreed to them, then or later, and when last.
    pub agreed: BTreeMap<MemberId, NaiveDate>,
}

/// An entry into a phase.
struct Entry<'a> {
    event: EventId,
    phase: &'a Code,
    on: NaiveDate,
    cites: &'a EventSet,
}

impl Group {
    /// Its own id, once it is formed.
    #[must_use]
    pub fn unit(&self) -> Option<UnitId> {
        self.formed().next().map(|(_, unit, _, _)| unit)
    }

    /// The terms in force.
    ///
    /// Where two adaptations stand that do not know of each other, the one with the greater id is
    /// read until a person settles which; the breach says so.
    #[must_use]
    pub fn terms(&self) -> Option<&Terms> {
        self.terms_on(NaiveDate::MAX).map(|(_, terms)| terms)
    }

    /// The terms that were in force on a day, and the event that set them.
    pub(crate) fn terms_on(&self, day: NaiveDate) -> Option<(EventId, &Terms)> {
        let dated = || {
            self.facts.live().filter_map(move |(id, fact)| {
                if let GroupEvent::Formed { terms, .. } = fact {
                    return Some((id, &**terms, None));
                }
                let GroupEvent::TermsAdapted { terms, cites, on, .. } = fact else { return None };
                (*on <= day).then_some((id, &**terms, Some(cites)))
            })
        };
        let replaced: EventSet =
            dated().filter_map(|(.., cites)| cites).flatten().copied().collect();
        let standing = dated().filter(|(id, ..)| !replaced.contains(id));
        standing.last().map(|(id, terms, _)| (id, terms))
    }

    /// The day it was formed.
    #[must_use]
    pub fn formed_on(&self) -> Option<NaiveDate> {
        self.formed().next().map(|(_, _, on, _)| on)
    }

    /// Where it grew from, where it did.
    #[must_use]
    pub fn grew_from(&self) -> Option<(EventId, GrewFrom)> {
        self.formed().find_map(|(id, _, _, grew)| grew.map(|grew| (id, grew)))
    }

    /// The events that changed its terms, the forming first.
    #[must_use]
    pub fn adaptations(&self) -> usize {
        self.terms_facts().count().saturating_sub(1)
    }

    /// Its facts, in the order of their ids: all but those entered by mistake.
    pub fn facts(&self) -> impl Iterator<Item = (EventId, &GroupEvent)> {
        self.facts.live()
    }

    /// The day it first began to meet.
    #[must_use]
    pub fn opened_on(&self) -> Option<NaiveDate> {
        self.openings().map(|(_, on, _)| on).min()
    }

    /// Who is and was a member.
    #[must_use]
    pub fn roster(&self) -> Roster {
        let joinings = self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::Joined { member, on, .. } = fact else {
                return None;
            };
            Some((id, *member, *on))
        });
        let leavings = self.facts.live().filter_map(|(_, fact)| {
            let GroupEvent::Left { cites, on, .. } = fact else {
                return None;
            };
            Some((cites, *on))
        });
        Roster::new(joinings, leavings)
    }

    /// Who holds and held which role.
    #[must_use]
    pub fn posts(&self) -> Vec<Post> {
        let released = |event: EventId| {
            self.facts
                .live()
                .filter_map(move |(_, fact)| {
                    let GroupEvent::Released { cites, on, .. } = fact else {
                        return None;
                    };
                    (cites.contains(&event)).then_some(*on)
                })
                .min()
        };
        let posts = self.facts.live().filter_map(|(event, fact)| {
            let GroupEvent::Assigned { member, role, on, until } = fact else {
                return None;
            };
            let until = [*until, released(event)].into_iter().flatten().min();
            let days = Days { from: *on, until };
            Some(Post { event, member: *member, role: role.clone(), days })
        });
        posts.collect()
    }

    /// The people who hold a role on a day.
    #[must_use]
    pub fn in_role(&self, role: &Code, day: NaiveDate) -> BTreeSet<MemberId> {
        let posts = self.posts().into_iter();
        posts
            .filter(|post| post.role == *role && post.days.contains(day))
            .map(|post| post.member)
            .collect()
    }

    /// Where it is in its life. A closing stands until an opening names it.
    #[must_use]
    pub fn life(&self) -> Life {
        if self.facts.is_empty() || self.unit().is_none() {
            return Life::Unborn;
        }
        let taken_back: EventSet =
            self.openings().flat_map(|(_, _, cites)| cites.iter().copied()).collect();
        let ended = self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::Closed { on, why, .. } = fact else {
                return None;
            };
            (!taken_back.contains(&id)).then_some((*on, *why))
        });
        if let Some((on, why)) = ended.min_by_key(|(on, _)| *on) {
            return Life::Ended { on, why };
        }
        match self.openings().map(|(_, on, _)| on).min() {
            Some(since) => Life::Meeting { since },
            None => Life::Gathering,
        }
    }

    /// The phase it is in, by its own order: the furthest that no later entry has left.
    #[must_use]
    pub fn phase(&self) -> Option<&Phase> {
        self.phase_where(|_| true)
    }

    /// The phase it was in on a day.
    #[must_use]
    pub fn phase_on(&self, day: NaiveDate) -> Option<&Phase> {
        self.phase_where(|entry| entry.on <= day)
    }

    /// The day on which it entered a phase.
    #[must_use]
    pub fn entered(&self, phase: &Code) -> Option<NaiveDate> {
        self.entries().filter(|entry| entry.phase == phase).map(|entry| entry.on).min()
    }

    /// Where staff stand on a day: as the phase says, unless they stepped back in (HC-04).
    #[must_use]
    pub fn stance_on(&self, day: NaiveDate) -> Option<Stance> {
        let stepped_in = self.steps_in().filter(|(_, _, days)| days.contains(day));
        let nearest = stepped_in.map(|(_, stance, _)| stance).min();
        let by_phase = self.phase_on(day).and_then(|phase| phase.stance);
        match (nearest, by_phase) {
            (Some(nearest), Some(by_phase)) => Some(nearest.min(by_phase)),
            (nearest, by_phase) => nearest.or(by_phase),
        }
    }

    /// The ground rules in force. Where two versions do not know of each other, the higher one.
    #[must_use]
    pub fn agreement(&self) -> Option<Agreement> {
        let adoptions = || {
            self.facts.live().filter_map(|(id, fact)| {
                let GroupEvent::AgreementAdopted { document, version, language, by, cites, on } =
                    fact
                else {
                    return None;
                };
                Some((id, *document, *version, language, by, cites, *on))
            })
        };
        let replaced: EventSet =
            adoptions().flat_map(|adoption| adoption.5.iter().copied()).collect();
        let standing = adoptions().filter(|adoption| !replaced.contains(&adoption.0));
        let (adoption, document, version, language, by, _, on) =
            standing.max_by_key(|adoption| (adoption.2, adoption.0))?;
        let mut agreed: BTreeMap<_, _> = by.iter().map(|member| (*member, on)).collect();
        for (_, fact) in self.facts.live() {
            if let GroupEvent::AgreementAffirmed { adoption: affirmed, by, on } = fact
                && *affirmed == adoption
            {
                for member in by {
                    let last = agreed.entry(*member).or_insert(*on);
                    *last = (*last).max(*on);
                }
            }
        }
        Some(Agreement { adoption, document, version, language: language.clone(), on, agreed })
    }

    /// The members of a day who have not agreed to the ground rules since somebody last joined (U-06).
    #[must_use]
    pub fn not_affirmed(&self, day: NaiveDate) -> BTreeSet<MemberId> {
        let roster = self.roster();
        let members = roster.seated(day).map(|stay| stay.member);
        let Some(agreement) = self.agreement() else {
            return members.collect();
        };
        let opened = match self.life() {
            Life::Meeting { since } => Some(since),
            Life::Unborn | Life::Gathering | Life::Ended { .. } => None,
        };
        // Joining before the group met, or before the rules were adopted, asks for nothing again.
        let news = roster.stays().iter().map(|stay| stay.from);
        let last_joined = news
            .filter(|from| {
                *from <= day && *from > agreement.on && opened.is_some_and(|opened| opened < *from)
            })
            .max();
        members
            .filter(|member| match (agreement.agreed.get(member), last_joined) {
                (None, _) => true,
                (Some(agreed), Some(joined)) => *agreed < joined,
                (Some(_), None) => false,
            })
            .collect()
    }

    /// What the group decided, with the days.
    pub fn decisions(&self) -> impl Iterator<Item = (EventId, &Decision, NaiveDate)> {
        self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::Decided { what, on, .. } = fact else {
                return None;
            };
            Some((id, what, *on))
        })
    }

    /// How a vote went: members present, members who agreed. The latest, where it was taken again.
    #[must_use]
    pub fn vote(&self, asked: &Decision) -> Option<(u16, u16)> {
        let votes = self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::Decided { what, present, agreed, on } = fact else {
                return None;
            };
            (what == asked).then(|| ((*on, id), (people(present.len()), people(agreed.len()))))
        });
        votes.max_by_key(|(when, _)| *when).map(|(_, vote)| vote)
    }

    /// The members whose time in the group was looked back on.
    #[must_use]
    pub fn reviewed(&self) -> BTreeSet<MemberId> {
        let reviews = self.facts.live().filter_map(|(_, fact)| {
            let GroupEvent::Reviewed { member, .. } = fact else {
                return None;
            };
            Some(*member)
        });
        reviews.collect()
    }

    /// The days on which the group stood below its fewest members while it met, with the event that brought it there (U-02).
    #[must_use]
    pub fn fell_below(&self) -> Vec<(EventId, NaiveDate)> {
        let (Some(terms), Life::Meeting { since }) = (self.terms(), self.life()) else {
            return Vec::new();
        };
        let fewest = terms.get().seats.fewest();
        let roster = self.roster();
        let left = self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::Left { on, .. } = fact else {
                return None;
            };
            (since <= *on).then_some((id, *on))
        });
        left.filter(|(_, on)| roster.count(*on) < fewest).collect()
    }

    fn formed(&self) -> impl Iterator<Item = (EventId, UnitId, NaiveDate, Option<GrewFrom>)> {
        self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::Formed { unit, on, grew_from, .. } = fact else {
                return None;
            };
            Some((id, *unit, *on, *grew_from))
        })
    }

    fn terms_facts(&self) -> impl Iterator<Item = (EventId, &Terms)> {
        self.facts.live().filter_map(|(id, fact)| {
            let (GroupEvent::Formed { terms, .. } | GroupEvent::TermsAdapted { terms, .. }) = fact
            else {
                return None;
            };
            Some((id, &**terms))
        })
    }

    fn adapted_on(&self) -> Vec<NaiveDate> {
        let adapted = self.facts.live().filter_map(|(_, fact)| {
            let GroupEvent::TermsAdapted { on, .. } = fact else { return None };
            Some(*on)
        });
        adapted.collect()
    }

    fn cited_terms(&self) -> EventSet {
        let cites = self.facts.live().filter_map(|(_, fact)| {
            let GroupEvent::TermsAdapted { cites, .. } = fact else {
                return None;
            };
            Some(cites)
        });
        cites.flatten().copied().collect()
    }

    fn openings(&self) -> impl Iterator<Item = (EventId, NaiveDate, &EventSet)> {
        self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::Opened { on, cites } = fact else {
                return None;
            };
            Some((id, *on, cites))
        })
    }

    fn steps_in(&self) -> impl Iterator<Item = (EventId, Stance, Days)> {
        self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::SteppedBackIn { stance, on, until, .. } = fact else {
                return None;
            };
            Some((id, *stance, Days { from: *on, until: Some(*until) }))
        })
    }

    fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.facts.live().filter_map(|(event, fact)| {
            let GroupEvent::PhaseEntered { phase, cites, on, .. } = fact else {
                return None;
            };
            Some(Entry { event, phase, on: *on, cites })
        })
    }

    /// Entries that no later entry has left. More than one is a breach.
    fn standing_entries(&self) -> Vec<Entry<'_>> {
        let left: EventSet = self.entries().flat_map(|entry| entry.cites.iter().copied()).collect();
        self.entries().filter(|entry| !left.contains(&entry.event)).collect()
    }

    fn phase_where(&self, counts: impl Fn(&Entry<'_>) -> bool) -> Option<&Phase> {
        let plan = &self.terms()?.get().plan;
        let places = self.entries().filter(counts).filter_map(|entry| plan.position(entry.phase));
        plan.phases().get(places.max()?)
    }

    /// The joinings after the opening that lack the consent the terms ask for (HC-09), with that opening.
    fn joined_without_consent(&self) -> Vec<(EventId, EventId)> {
        let needs = self.terms().is_some_and(|terms| terms.get().joining == Joining::ByConsent);
        let first = self.openings().map(|(id, on, _)| (on, id)).min().filter(|_| needs);
        let Some((opened, opening)) = first else {
            return Vec::new();
        };
        let joined = self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::Joined { member, on, consent } = fact else {
                return None;
            };
            (opened < *on && !self.consents(*consent, *member)).then_some((id, opening))
        });
        joined.collect()
    }

    /// Whether a decision welcomes that person with every voice of those present.
    fn consents(&self, decision: Option<EventId>, newcomer: MemberId) -> bool {
        let Some(GroupEvent::Decided { what, present, agreed, .. }) =
            decision.and_then(|id| self.facts.get(id))
        else {
            return false;
        };
        *what == Decision::Refill { member: newcomer }
            && !present.is_empty()
            && present.is_subset(agreed)
    }
}

impl Aggregate for Group {
    type Event = GroupEvent;
    type Kind = GroupBreach;

    fn apply(&mut self, id: EventId, event: &GroupEvent) {
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<GroupBreach>> {
        let mut found = BTreeSet::new();
        let mut add = |kind, events: EventSet| {
            found.insert(Breach { kind, events });
        };
        let formed: EventSet = self.formed().map(|(id, ..)| id).collect();
        if formed.len() > 1 {
            add(GroupBreach::FormedTwice, formed);
        }
        if let Some((id, _)) = self.grew_from().filter(|(_, grew)| Some(grew.parent) == self.unit())
        {
            add(GroupBreach::OwnParent, [id].into());
        }
        let cited = self.cited_terms();
        let standing: EventSet =
            self.terms_facts().map(|(id, _)| id).filter(|id| !cited.contains(id)).collect();
        if standing.len() > 1 {
            add(GroupBreach::TermsDiverge, standing);
        }
        let roster = self.roster();
        for pair in roster.doubled() {
            add(GroupBreach::JoinedTwice, pair);
        }
        if let Some(terms) = self.terms() {
            for (joining, opening) in self.joined_without_consent() {
                add(GroupBreach::JoinedWithoutConsent, [joining, opening].into());
            }
            let most =
                |day| self.terms_on(day).map_or(u16::MAX, |(_, terms)| terms.get().seats.most());
            for crowd in roster.over_full(most, &self.adapted_on()) {
                add(GroupBreach::OverFull, crowd);
            }
            for post in self.posts().into_iter().filter(|post| terms.forbids(&post.role)) {
                add(GroupBreach::ForbiddenRole, [post.event].into());
            }
            let drop_in = terms.get().joining == Joining::DropIn;
            let fewest = if drop_in { 0 } else { terms.get().seats.fewest() };
            for (opening, ..) in self.openings().filter(|(_, on, _)| roster.count(*on) < fewest) {
                add(GroupBreach::OpenedTooSmall, [opening].into());
            }
        }
        for (kind, events) in self.phase_breaches() {
            add(kind, events);
        }
        found
    }

    fn settled(&self) -> BTreeSet<Breach<GroupBreach>> {
        self.facts.settled()
    }
}

impl Group {
    fn phase_breaches(&self) -> Vec<(GroupBreach, EventSet)> {
        let mut found = Vec::new();
        let Some(terms) = self.terms() else { return found };
        let plan = &terms.get().plan;
        let standing = self.standing_entries();
        if standing.len() > 1 {
            found.push((
                GroupBreach::PhasesDiverge,
                standing.iter().map(|entry| entry.event).collect(),
            ));
        }
        let place = |event: EventId| {
            let Some(GroupEvent::PhaseEntered { phase, .. }) = self.facts.get(event) else {
                return None;
            };
            plan.position(phase)
        };
        for entry in self.entries() {
            let before = entry.cites.iter().filter_map(|left| place(*left)).max();
            let follows = before.map_or(0, |before| before + 1);
            if plan.position(entry.phase) != Some(follows) {
                let left = entry.cites.iter().copied();
                let events = left.chain([entry.event]).collect();
                found.push((GroupBreach::PhaseOutOfOrder, events));
            }
        }
        for (step, stance, days) in self.steps_in() {
            let Some(phase) = self.phase_on(days.from) else {
                continue;
            };
            if phase.stance.is_some_and(|by_phase| by_phase <= stance) {
                let entered = self.entries().filter(|entry| *entry.phase == phase.id);
                let events = entered.map(|entry| entry.event).chain([step]).collect();
                found.push((GroupBreach::SteppedOut, events));
            }
        }
        found
    }
}

/// A count of people, as wide as seats are.
pub(crate) fn people(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

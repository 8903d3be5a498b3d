//! A group: the people who sit together, and what they agreed.

mod breach;
mod decide;
mod error;
mod event;
mod findings;
mod votes;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Aggregate, Breach, Code, DocumentId, EventId, EventSet, Facts, MemberId, UnitId};
use serde::{Deserialize, Serialize};

pub use breach::GroupBreach;
pub use decide::{Admission, Step};
pub use error::GroupError;
pub use event::{CloseReason, Decision, GrewFrom, GroupEvent, LeaveReason, VoidReason};

use crate::{Days, Joining, Phase, Roster, Stance, Terms};

pub(crate) use decide::TRIAL;
pub(crate) use findings::all;

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

/// An adoption of ground rules.
struct Adoption<'a> {
    event: EventId,
    document: DocumentId,
    version: u16,
    language: &'a Code,
    by: &'a BTreeSet<MemberId>,
    cites: &'a EventSet,
    on: NaiveDate,
}

impl Group {
    /// Its own id, once it is formed.
    #[must_use]
    pub fn unit(&self) -> Option<UnitId> {
        self.formed().next().map(|(_, unit, _, _)| unit)
    }

    /// The terms that were set last, whether their day has come or not. What happens on a day is
    /// judged by the terms of that day.
    #[must_use]
    pub fn terms(&self) -> Option<&Terms> {
        self.terms_on(NaiveDate::MAX).map(|(_, terms)| terms)
    }

    /// The terms that were in force on a day, and the event that set them.
    ///
    /// Where two adaptations stand that do not know of each other, the later one is read until a
    /// person settles which; the breach says so.
    #[must_use]
    pub fn terms_on(&self, day: NaiveDate) -> Option<(EventId, &Terms)> {
        let dated = || {
            self.facts.live().filter_map(move |(id, fact)| {
                if let GroupEvent::Formed { terms, .. } = fact {
                    return Some((id, &**terms, None));
                }
                let GroupEvent::TermsAdapted { terms, cites, on, .. } = fact else { return None };
                (*on <= day).then_some((id, &**terms, Some((*on, cites))))
            })
        };
        let replaced: EventSet = dated()
            .filter_map(|(.., adapted)| adapted)
            .flat_map(|(_, cites)| cites)
            .copied()
            .collect();
        let standing = dated().filter(|(id, ..)| !replaced.contains(id));
        let last = standing.max_by_key(|(id, _, adapted)| (adapted.map(|(on, _)| on), *id));
        last.map(|(id, terms, _)| (id, terms))
    }

    /// How people became members on a day.
    #[must_use]
    pub fn joining_on(&self, day: NaiveDate) -> Option<Joining> {
        self.terms_on(day).map(|(_, terms)| terms.get().joining)
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

    /// Its facts, those entered by mistake included: what asks what was ever said.
    pub fn ever(&self) -> impl Iterator<Item = (EventId, &GroupEvent)> {
        self.facts.ever()
    }

    /// The day it first began to meet.
    #[must_use]
    pub fn opened_on(&self) -> Option<NaiveDate> {
        self.openings().map(|(_, on, _)| on).min()
    }

    /// Who is and was a member.
    #[must_use]
    pub fn roster(&self) -> Roster {
        let joinings = self.joinings().map(|(id, member, on, _)| (id, member, on));
        let leavings = self.facts.live().filter_map(|(_, fact)| {
            let GroupEvent::Left { cites, on, .. } = fact else {
                return None;
            };
            Some((cites, *on))
        });
        Roster::new(joinings, leavings)
    }

    /// The members who are seated on a day.
    #[must_use]
    pub fn members_on(&self, day: NaiveDate) -> BTreeSet<MemberId> {
        self.roster().seated(day).map(|stay| stay.member).collect()
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
        self.phase_on(NaiveDate::MAX)
    }

    /// The phase it was in on a day.
    #[must_use]
    pub fn phase_on(&self, day: NaiveDate) -> Option<&Phase> {
        let plan = &self.terms_on(day)?.1.get().plan;
        let entered = self.entries().filter(|entry| entry.on <= day);
        let places = entered.filter_map(|entry| plan.position(entry.phase));
        plan.phases().get(places.max()?)
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

    /// The ground rules in force. Where two versions do not know of each other, the higher one; the
    /// breach says so.
    #[must_use]
    pub fn agreement(&self) -> Option<Agreement> {
        self.agreement_on(NaiveDate::MAX)
    }

    /// The ground rules that were in force on a day, with who had agreed by then.
    #[must_use]
    pub fn agreement_on(&self, day: NaiveDate) -> Option<Agreement> {
        let known = || self.adoptions().filter(|adoption| adoption.on <= day);
        let replaced: EventSet =
            known().flat_map(|adoption| adoption.cites.iter().copied()).collect();
        let standing = known().filter(|adoption| !replaced.contains(&adoption.event));
        let adoption = standing.max_by_key(|it| (it.version, it.on, it.event))?;
        let Adoption { event, document, version, language, on, .. } = adoption;
        let mut agreed: BTreeMap<_, _> = adoption.by.iter().map(|member| (*member, on)).collect();
        for (_, fact) in self.facts.live() {
            if let GroupEvent::AgreementAffirmed { adoption: affirmed, by, on } = fact
                && *affirmed == event
                && *on <= day
            {
                for member in by {
                    let last = agreed.entry(*member).or_insert(*on);
                    *last = (*last).max(*on);
                }
            }
        }
        let language = language.clone();
        Some(Agreement { adoption: event, document, version, language, on, agreed })
    }

    /// The members of a day who have not agreed to the ground rules since somebody last joined (U-06).
    #[must_use]
    pub fn not_affirmed(&self, day: NaiveDate) -> BTreeSet<MemberId> {
        let roster = self.roster();
        let members = roster.seated(day).map(|stay| stay.member);
        let Some(agreement) = self.agreement_on(day) else {
            return members.collect();
        };
        let opened = self.opened_on();
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

    /// Whether there are ground rules and every member of a day has agreed to them since somebody
    /// last joined: only then is a re-affirming complete (U-06, HC-09).
    #[must_use]
    pub fn affirmed_by_all(&self, day: NaiveDate) -> bool {
        self.agreement_on(day).is_some() && self.not_affirmed(day).is_empty()
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
        let Some(since) = self.opened_on() else { return Vec::new() };
        let ended = match self.life() {
            Life::Ended { on, .. } => on,
            Life::Unborn | Life::Gathering | Life::Meeting { .. } => NaiveDate::MAX,
        };
        let roster = self.roster();
        let fewest = |day| self.terms_on(day).map_or(0, |(_, terms)| terms.get().seats.fewest());
        let left = self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::Left { on, .. } = fact else {
                return None;
            };
            (since <= *on && *on < ended).then_some((id, *on))
        });
        left.filter(|(_, on)| roster.count(*on) < fewest(*on)).collect()
    }

    /// The last day on which a group that fell below its fewest that day decides how to go on (U-02);
    /// none where its terms ask for no decision.
    #[must_use]
    pub fn decides_by(&self, fell: NaiveDate) -> Option<NaiveDate> {
        let days = self.terms_on(fell)?.1.get().decide_within_days?;
        fell.checked_add_days(chrono::Days::new(days.into()))
    }

    fn formed(&self) -> impl Iterator<Item = (EventId, UnitId, NaiveDate, Option<GrewFrom>)> {
        self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::Formed { unit, on, grew_from, .. } = fact else {
                return None;
            };
            Some((id, *unit, *on, *grew_from))
        })
    }

    /// The events that set terms, with the day from which an adaptation holds.
    fn terms_facts(&self) -> impl Iterator<Item = (EventId, &Terms, Option<NaiveDate>)> {
        self.facts.live().filter_map(|(id, fact)| {
            if let GroupEvent::Formed { terms, .. } = fact {
                return Some((id, &**terms, None));
            }
            let GroupEvent::TermsAdapted { terms, on, .. } = fact else { return None };
            Some((id, &**terms, Some(*on)))
        })
    }

    fn joinings(
        &self,
    ) -> impl Iterator<Item = (EventId, MemberId, NaiveDate, Option<EventId>)> + Clone {
        self.facts.live().filter_map(|(id, fact)| {
            let GroupEvent::Joined { member, on, consent } = fact else {
                return None;
            };
            Some((id, *member, *on, *consent))
        })
    }

    fn adoptions(&self) -> impl Iterator<Item = Adoption<'_>> {
        self.facts.live().filter_map(|(event, fact)| {
            let GroupEvent::AgreementAdopted { document, version, language, by, cites, on } = fact
            else {
                return None;
            };
            let (document, version, on) = (*document, *version, *on);
            Some(Adoption { event, document, version, language, by, cites, on })
        })
    }

    /// Adoptions that no later one has taken the place of. More than one is a breach.
    fn standing_adoptions(&self) -> Vec<Adoption<'_>> {
        let replaced: EventSet =
            self.adoptions().flat_map(|adoption| adoption.cites.iter().copied()).collect();
        self.adoptions().filter(|adoption| !replaced.contains(&adoption.event)).collect()
    }

    fn adapted_on(&self) -> Vec<NaiveDate> {
        self.terms_facts().filter_map(|(_, _, on)| on).collect()
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
}

impl Aggregate for Group {
    type Event = GroupEvent;
    type Kind = GroupBreach;

    fn apply(&mut self, id: EventId, event: &GroupEvent) {
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<GroupBreach>> {
        self.findings()
    }

    fn settled(&self) -> BTreeSet<Breach<GroupBreach>> {
        self.facts.settled()
    }
}

/// A count of people, as wide as seats are.
pub(crate) fn people(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

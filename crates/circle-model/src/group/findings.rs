//! Everything that is wrong with a group by itself.
//!
//! A breach names every event that has a part in it: what stands there, the terms it is judged by,
//! and whatever took away what would have mended it. So a settled one opens again whenever one of
//! these joins, and never else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Breach, Code, EventId, EventSet, MemberId};

use super::{Group, GroupBreach, GroupEvent, Post, people};
use crate::Joining;

type Found = Vec<(GroupBreach, EventSet)>;

impl Group {
    pub(super) fn findings(&self) -> BTreeSet<Breach<GroupBreach>> {
        let mut found = self.wrong_at_its_beginning();
        found.extend(self.diverging());
        found.extend(self.wrong_on_the_roster());
        found.extend(self.wrong_in_roles());
        found.extend(self.wrong_in_phases());
        found.into_iter().map(|(kind, events)| Breach { kind, events }).collect()
    }

    fn wrong_at_its_beginning(&self) -> Found {
        let mut found = Found::new();
        let formed: EventSet = self.formed().map(|(id, ..)| id).collect();
        if self.grew_from().is_some_and(|(_, grew)| Some(grew.parent) == self.unit()) {
            let voided = self.taken(|fact| matches!(fact, GroupEvent::Formed { .. }));
            found.push((GroupBreach::OwnParent, all([formed.clone(), voided])));
        }
        if formed.len() > 1 {
            found.push((GroupBreach::FormedTwice, formed));
        }
        let roster = self.roster();
        for (opening, on, _) in self.openings() {
            let Some((_, terms)) = self.terms_on(on) else { continue };
            let drop_in = terms.get().joining == Joining::DropIn;
            if drop_in || terms.get().seats.fewest() <= roster.count(on) {
                continue;
            }
            let voided = self.taken(|fact| matches!(fact, GroupEvent::Joined { .. }));
            let left = self.leavings(on);
            let events = all([[opening].into(), self.terms_events(on), left, voided]);
            found.push((GroupBreach::OpenedTooSmall, events));
        }
        found
    }

    /// Two entries of a kind of which only one can count, neither naming the other.
    fn diverging(&self) -> Found {
        let mut found = Found::new();
        let mut add = |kind, standing: EventSet, sort: fn(&GroupEvent) -> bool| {
            if standing.len() > 1 {
                found.push((kind, all([standing, self.taken(sort)])));
            }
        };
        let cited = self.cited_terms();
        let terms = self.terms_facts().map(|(id, ..)| id).filter(|id| !cited.contains(id));
        add(GroupBreach::TermsDiverge, terms.collect(), |fact| {
            matches!(fact, GroupEvent::TermsAdapted { .. })
        });
        let entries = self.standing_entries().into_iter().map(|entry| entry.event);
        add(GroupBreach::PhasesDiverge, entries.collect(), |fact| {
            matches!(fact, GroupEvent::PhaseEntered { .. })
        });
        let adoptions = self.standing_adoptions().into_iter().map(|adoption| adoption.event);
        add(GroupBreach::AgreementsDiverge, adoptions.collect(), |fact| {
            matches!(fact, GroupEvent::AgreementAdopted { .. })
        });
        for asked in self.ballots().map(|ballot| ballot.what).collect::<BTreeSet<_>>() {
            let standing = self.standing_votes(asked, NaiveDate::MAX);
            let first = standing.first();
            if standing.iter().any(|vote| first.is_some_and(|first| !vote.says_as(first))) {
                let votes = standing.iter().map(|ballot| ballot.event).collect();
                add(GroupBreach::VotesDiverge, votes, |fact| {
                    matches!(fact, GroupEvent::Decided { .. })
                });
            }
        }
        found
    }

    fn wrong_on_the_roster(&self) -> Found {
        let mut found = Found::new();
        let roster = self.roster();
        let left = |fact: &GroupEvent| matches!(fact, GroupEvent::Left { .. });
        let most = |day| self.terms_on(day).map_or(u16::MAX, |(_, terms)| terms.get().seats.most());
        for (day, crowd) in roster.over_full(most, &self.shrinking(most)) {
            let events = all([crowd, self.terms_events(day), self.taken(left)]);
            found.push((GroupBreach::OverFull, events));
        }
        for pair in roster.doubled() {
            found.push((GroupBreach::JoinedTwice, all([pair, self.taken(left)])));
        }
        let joined = |fact: &GroupEvent| matches!(fact, GroupEvent::Joined { .. });
        for ballot in self.ballots().filter(|ballot| !self.is_valid(ballot)) {
            let events = all([[ballot.event].into(), self.leavings(ballot.on), self.taken(joined)]);
            found.push((GroupBreach::StrangersDecided, events));
        }
        found.extend(self.joined_without_consent());
        found
    }

    /// The joinings after the opening that lack the consent the terms ask for (HC-09).
    fn joined_without_consent(&self) -> Found {
        let Some((opened, opening)) = self.openings().map(|(id, on, _)| (on, id)).min() else {
            return Found::new();
        };
        let asks = |on: NaiveDate| {
            let terms = self.terms_on(on);
            terms.is_some_and(|(_, terms)| terms.get().joining == Joining::ByConsent)
        };
        let lacking = self.joinings().filter(|(id, member, on, consent)| {
            opened < *on && asks(*on) && !self.consents(*consent, *member, *on, Some(*id))
        });
        let about = |member: MemberId, on: NaiveDate| {
            let own = self.joinings().filter(move |joining| joining.1 == member);
            let words = self.ballots().filter(|ballot| ballot.on <= on);
            let words = words.filter(|ballot| ballot.what.welcomes() == Some(member));
            let own: EventSet = own.map(|joining| joining.0).collect();
            all([own, words.map(|ballot| ballot.event).collect(), self.leavings(on)])
        };
        let voided = self.taken(|fact| {
            matches!(
                fact,
                GroupEvent::Joined { .. }
                    | GroupEvent::Left { .. }
                    | GroupEvent::Decided { .. }
                    | GroupEvent::Opened { .. }
            )
        });
        let named = lacking.map(|(_, member, on, _)| {
            let events =
                all([[opening].into(), self.terms_events(on), about(member, on), voided.clone()]);
            (GroupBreach::JoinedWithoutConsent, events)
        });
        named.collect()
    }

    fn wrong_in_roles(&self) -> Found {
        let mut found = Found::new();
        let posts = self.posts();
        let released = self.taken(|fact| matches!(fact, GroupEvent::Released { .. }));
        for post in &posts {
            let changes = self.adapted_on().into_iter().filter(|day| post.days.contains(*day));
            let mut days: Vec<_> = changes.chain([post.days.from]).collect();
            days.sort_unstable();
            let forbidden =
                |day: &NaiveDate| self.terms_on(*day).is_some_and(|(_, it)| it.forbids(&post.role));
            if let Some(day) = days.into_iter().find(forbidden) {
                let events = all([[post.event].into(), self.terms_events(day), released.clone()]);
                found.push((GroupBreach::ForbiddenRole, events));
            }
        }
        for role in posts.iter().map(|post| &post.role).collect::<BTreeSet<_>>() {
            for (day, crowd) in self.crowds_in(role, &posts) {
                let events = all([crowd, self.terms_events(day), released.clone()]);
                found.push((GroupBreach::RoleOverfilled, events));
            }
        }
        found
    }

    /// For each day on which more people hold a role than may: the assignments that make it so.
    fn crowds_in(&self, role: &Code, posts: &[Post]) -> Vec<(NaiveDate, EventSet)> {
        let most = |day| {
            let known = self.terms_on(day).and_then(|(_, terms)| terms.role(role));
            known.map_or(u16::MAX, |role| role.most)
        };
        let held = |day: NaiveDate| {
            posts.iter().filter(move |post| post.role == *role && post.days.contains(day))
        };
        let begin = posts.iter().filter(|post| post.role == *role).map(|post| post.days.from);
        let days: BTreeSet<NaiveDate> =
            begin.filter(|day| held(*day).any(|post| post.days.from == *day)).collect();
        let crowded = days.into_iter().chain(self.shrinking(most)).filter(|day| {
            let holders: BTreeSet<MemberId> = held(*day).map(|post| post.member).collect();
            most(*day) < people(holders.len())
        });
        crowded.map(|day| (day, held(day).map(|post| post.event).collect())).collect()
    }

    fn wrong_in_phases(&self) -> Found {
        let mut found = Found::new();
        let entries: BTreeMap<EventId, _> =
            self.entries().map(|entry| (entry.event, entry)).collect();
        let voided = self.taken(|fact| {
            matches!(fact, GroupEvent::PhaseEntered { .. } | GroupEvent::SteppedBackIn { .. })
        });
        for entry in entries.values() {
            let Some((_, terms)) = self.terms_on(entry.on) else { continue };
            let plan = &terms.get().plan;
            let left = || entry.cites.iter().filter_map(|event| entries.get(event));
            let before = left().filter_map(|left| plan.position(left.phase)).max();
            let follows = before.map_or(0, |before| before + 1);
            let too_soon = left().any(|left| entry.on < left.on);
            if plan.position(entry.phase) != Some(follows) || too_soon {
                let cited = entry.cites.iter().copied().chain([entry.event]).collect();
                let events = all([cited, self.terms_events(entry.on), voided.clone()]);
                found.push((GroupBreach::PhaseOutOfOrder, events));
            }
        }
        for (step, stance, days) in self.steps_in() {
            let by_phase = self.phase_on(days.from).and_then(|phase| phase.stance);
            if by_phase.is_some_and(|by_phase| by_phase <= stance) {
                let events = all([[step].into(), self.phase_events(days.from)]);
                found.push((GroupBreach::SteppedOut, events));
            }
        }
        found
    }

    /// The days on which a most of the terms becomes smaller.
    fn shrinking(&self, most: impl Fn(NaiveDate) -> u16) -> Vec<NaiveDate> {
        let before = |day: NaiveDate| day.pred_opt().map_or(u16::MAX, &most);
        self.adapted_on().into_iter().filter(|day| most(*day) < before(*day)).collect()
    }

    /// Everybody's leavings by a day.
    pub(crate) fn leavings(&self, day: NaiveDate) -> EventSet {
        let left = self
            .facts
            .live()
            .filter(|(_, fact)| matches!(fact, GroupEvent::Left { on, .. } if *on <= day));
        left.map(|(id, _)| id).collect()
    }

    /// The entries that set the terms of a day: the forming, and what was adapted by then.
    pub(crate) fn terms_events(&self, day: NaiveDate) -> EventSet {
        let set = self.terms_facts().filter(|(_, _, on)| on.is_none_or(|on| on <= day));
        let voided = self.taken(|fact| {
            matches!(fact, GroupEvent::Formed { .. } | GroupEvent::TermsAdapted { .. })
        });
        set.map(|(id, ..)| id).chain(voided).collect()
    }

    /// The entries that say which phase a day lies in, and where staff stand.
    pub(crate) fn phase_events(&self, day: NaiveDate) -> EventSet {
        let entered = self.entries().filter(|entry| entry.on <= day).map(|entry| entry.event);
        let stepped = self.steps_in().filter(|(_, _, days)| days.from <= day).map(|(id, ..)| id);
        let entered = entered.chain(stepped);
        let voided = self.taken(|fact| {
            matches!(fact, GroupEvent::PhaseEntered { .. } | GroupEvent::SteppedBackIn { .. })
        });
        entered.chain(voided).chain(self.terms_events(day)).collect()
    }

    /// Who took back a fact of that sort.
    pub(crate) fn taken(&self, sort: impl Fn(&GroupEvent) -> bool) -> EventSet {
        self.facts.takings_back(sort)
    }
}

/// All of them.
pub(crate) fn all<const N: usize>(parts: [EventSet; N]) -> EventSet {
    parts.into_iter().flatten().collect()
}

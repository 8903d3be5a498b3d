//! What a formation costs, by its parts.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Add,
};

use serde::Serialize;

use crate::{
    Aspect, Circle, Company, FacilitatorIx, Formation, Mixing, Person, PersonIx, Readiness, Roster,
};

/// What a formation costs: the less, the better. Its parts add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Cost {
    /// For those who wait.
    pub waiting: u64,
    /// For the ways.
    pub travel: u64,
    /// For sharing no topic with the facilitator.
    pub topics: u64,
    /// For wishing for one's own sex in a mixed circle.
    pub own_sex: u64,
    /// For bonds of people who do not sit together.
    pub bonds: u64,
    /// For sizes off the target.
    pub evenness: u64,
    /// For facilitators who need support.
    pub support: u64,
    /// For likeness or variety that is not there.
    pub mixing: u64,
}

impl Add for Cost {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            waiting: self.waiting + other.waiting,
            travel: self.travel + other.travel,
            topics: self.topics + other.topics,
            own_sex: self.own_sex + other.own_sex,
            bonds: self.bonds + other.bonds,
            evenness: self.evenness + other.evenness,
            support: self.support + other.support,
            mixing: self.mixing + other.mixing,
        }
    }
}

impl Cost {
    /// Counts what a formation costs.
    #[must_use]
    pub fn of(roster: &Roster, formation: &Formation) -> Self {
        let weights = roster.weights();
        let mut cost = Self::default();
        for person in formation.waiting() {
            if roster.get(person).is_some() {
                cost.waiting += u64::from(weights.waiting.get());
            }
        }
        let kinds = Kinds::of(roster);
        for (_, circle) in formation.circles() {
            cost = cost + Self::of_circle(roster, circle, &kinds);
        }
        let to_keep: BTreeSet<_> = roster.bonds_to_keep().collect();
        for (one, other) in roster.bonds() {
            let seat = formation.seat(one);
            let together = seat == formation.seat(other);
            // Whether they might have sat together is asked of those who wait only.
            if !together || seat.is_none() && !to_keep.contains(&(one, other)) {
                cost.bonds += u64::from(weights.bonds.get());
            }
        }
        cost
    }

    fn of_circle(roster: &Roster, circle: &Circle, kinds: &Kinds) -> Self {
        let mut cost = Self::default();
        let Some(leader) = roster.leader(circle.facilitator) else { return cost };
        let weights = roster.weights();
        let members: Vec<&Person> =
            circle.members.iter().filter_map(|ix| roster.get(*ix)).collect();
        for member in &members {
            let fit = leader.fit(member, weights);
            cost.travel += u64::from(fit.travel);
            cost.topics += u64::from(fit.topics);
        }
        if counts(&members, Aspect::Sex).len() > 1 {
            let wishes = members.iter().filter(|member| member.company() == Company::OwnSexWished);
            cost.own_sex = u64::from(weights.own_sex.get()) * wishes.count() as u64;
        }
        let target = u64::from(roster.rules().sizes.target());
        cost.evenness = u64::from(weights.evenness.get()) * target.abs_diff(members.len() as u64);
        if leader.readiness() == Readiness::WithSupport {
            cost.support = u64::from(weights.support.get());
        }
        for mixing in &weights.mixing {
            cost.mixing += against(&members, *mixing, kinds);
        }
        cost
    }

    /// All of it.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.waiting
            + self.travel
            + self.topics
            + self.own_sex
            + self.bonds
            + self.evenness
            + self.support
            + self.mixing
    }

    /// What it would cost to seat somebody with a facilitator, by the way and the topics alone.
    #[must_use]
    pub fn of_seat(roster: &Roster, person: PersonIx, facilitator: FacilitatorIx) -> Option<u64> {
        let fit = roster.leader(facilitator)?.fit(roster.get(person)?, roster.weights());
        Some(u64::from(fit.travel) + u64::from(fit.topics))
    }
}

fn counts(members: &[&Person], aspect: Aspect) -> BTreeMap<crate::Kind, u32> {
    let mut counts = BTreeMap::new();
    for kind in members.iter().filter_map(|member| member.kind(aspect)) {
        *counts.entry(kind).or_insert(0) += 1;
    }
    counts
}

fn against(members: &[&Person], mixing: Mixing, kinds: &Kinds) -> u64 {
    let counts = counts(members, mixing.aspect);
    let most = counts.values().max().copied().unwrap_or(0);
    let against =
        mixing.liking.against(most, counts.values().sum(), kinds.of_aspect(mixing.aspect));
    u64::from(mixing.weight.get()) * u64::from(against)
}

/// How many kinds of people there are in a roster, by aspect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kinds([u32; 4]);

impl Kinds {
    pub(crate) fn of(roster: &Roster) -> Self {
        Self(Aspect::ALL.map(|aspect| {
            let mut seen = [false; 256];
            for kind in roster.people().filter_map(|(_, person)| person.kind(aspect)) {
                if let Some(mark) = seen.get_mut(usize::from(kind.number())) {
                    *mark = true;
                }
            }
            seen.iter().map(|mark| u32::from(*mark)).sum()
        }))
    }

    pub(crate) const fn of_aspect(self, aspect: Aspect) -> u32 {
        let [sex, first, second, third] = self.0;
        match aspect {
            Aspect::Sex => sex,
            Aspect::First => first,
            Aspect::Second => second,
            Aspect::Third => third,
        }
    }
}

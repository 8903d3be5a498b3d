//! Who leads with whom.

use std::collections::{BTreeMap, BTreeSet};

use circle_formation::{Facilitator, Languages, Needs, Readiness, Slots, Topics};
use commons::Code;

use crate::{Leader, List, ListFault, ListFaultKind, ListFaults, words};

/// Those who lead, team by team, as rows of their list.
#[derive(Debug)]
pub(crate) struct Teams {
    /// Each team, its members in the order of the list; the teams are in the order of their first members.
    pub(crate) teams: Vec<Vec<usize>>,
    /// Whoever found no team.
    pub(crate) left_over: Vec<usize>,
}

/// Somebody who leads, and what they can do alone.
pub(crate) struct Alone<'a> {
    pub(crate) leader: &'a Leader,
    pub(crate) can: Facilitator,
}

impl Teams {
    /// Teams of so many. Whoever says a team is in that one; of the others, those are teamed up who are of one place and share
    /// the most times and languages, the best pair first.
    pub(crate) fn of(everybody: &[Alone<'_>], wanted: u8, faults: &mut ListFaults) -> Self {
        let wanted = usize::from(wanted);
        let mut teams = named(everybody, wanted, faults);
        let said = |alone: &Alone<'_>| alone.leader.wishes.team.is_some();
        let single: Vec<usize> =
            (0..).zip(everybody).filter(|(_, alone)| !said(alone)).map(|(row, _)| row).collect();
        if wanted == 1 {
            teams.extend(single.iter().map(|row| vec![*row]));
        } else {
            teams.extend(teamed_up(everybody, &single, wanted));
        }
        teams.sort_unstable();
        let placed: BTreeSet<usize> = teams.iter().flatten().copied().collect();
        let left_over = single.into_iter().filter(|row| !placed.contains(row)).collect();
        Self { teams, left_over }
    }
}

/// The teams that leaders say themselves.
fn named(everybody: &[Alone<'_>], wanted: usize, faults: &mut ListFaults) -> Vec<Vec<usize>> {
    let mut named: BTreeMap<&Code, Vec<usize>> = BTreeMap::new();
    for (row, alone) in everybody.iter().enumerate() {
        if let Some(team) = &alone.leader.wishes.team {
            named.entry(team).or_default().push(row);
        }
    }
    let mut wrong = |row: usize, kind| {
        let line = everybody.get(row).and_then(|alone| alone.leader.line);
        faults.push(ListFault::at_row(List::Facilitators, row, line, kind));
    };
    for rows in named.values() {
        let members = || rows.iter().filter_map(|row| Some((*row, everybody.get(*row)?)));
        if rows.len() != wanted
            && let Some(first) = rows.first()
        {
            wrong(*first, ListFaultKind::TeamSize { found: rows.len(), wanted });
        }
        let mut placed = members().filter(|(_, alone)| has_place(alone.leader));
        let first = placed.next().map(|(_, alone)| alone.can.place());
        if let Some((other, _)) = placed.find(|(_, alone)| Some(alone.can.place()) != first) {
            wrong(other, ListFaultKind::TeamPlaces);
        }
    }
    named.into_values().collect()
}

fn has_place(leader: &Leader) -> bool {
    leader.wishes.place.as_deref().is_some_and(|place| !place.trim().is_empty())
}

/// Teams of those who may lead and say no team.
fn teamed_up(everybody: &[Alone<'_>], single: &[usize], wanted: usize) -> Vec<Vec<usize>> {
    let mut single: Vec<(usize, &Alone<'_>)> =
        single.iter().filter_map(|row| Some((*row, everybody.get(*row)?))).collect();
    single.retain(|(_, alone)| alone.can.circles() > 0);
    // By key, so that another order of the list gives the same teams.
    single.sort_by(|(_, one), (_, other)| one.leader.key.cmp(&other.leader.key));
    let mut pairs = Vec::new();
    for (n, (one, alone)) in single.iter().enumerate() {
        for (other, with) in single.iter().skip(n + 1) {
            if alone.can.place() == with.can.place() {
                let chances = Shared::of(&alone.can).and(&with.can).chances();
                pairs.push((std::cmp::Reverse(chances), (*one, *other)));
            }
        }
    }
    pairs.retain(|(chances, _)| chances.0 > 0);
    pairs.sort_by_key(|(chances, _)| *chances);
    let mut teams: Vec<Vec<usize>> = Vec::new();
    let mut taken = BTreeSet::new();
    for (_, (one, other)) in pairs {
        if taken.contains(&one) || taken.contains(&other) {
            continue;
        }
        if let Some(team) = completed(&single, vec![one, other], wanted, &taken) {
            taken.extend(team.iter().copied());
            teams.push(team);
        }
    }
    teams
}

/// A team with more people, each who shares the most with those who are in it; nothing where there are too few.
fn completed(
    single: &[(usize, &Alone<'_>)],
    mut team: Vec<usize>,
    wanted: usize,
    taken: &BTreeSet<usize>,
) -> Option<Vec<usize>> {
    let of = |team: &[usize]| {
        single
            .iter()
            .filter(move |(row, _)| team.contains(row))
            .map(|it| &it.1.can)
            .collect::<Vec<_>>()
    };
    while team.len() < wanted {
        let members = of(&team);
        let (first, rest) = members.split_first()?;
        let shared = rest.iter().fold(Shared::of(first), |shared, with| shared.and(with));
        let free = single.iter().filter(|(row, alone)| {
            !taken.contains(row) && !team.contains(row) && alone.can.place() == first.place()
        });
        let chances = free.map(|(row, alone)| (shared.and(&alone.can).chances(), *row));
        // Of several that are as good, the first by key.
        let best = chances.rev().max_by_key(|(chances, _)| *chances);
        team.push(best.filter(|(chances, _)| *chances > 0)?.1);
    }
    team.sort_unstable();
    Some(team)
}

/// What several who lead share.
#[derive(Clone, Copy)]
struct Shared {
    languages: Languages,
    slots: Slots,
}

impl Shared {
    const fn of(one: &Facilitator) -> Self {
        Self { languages: one.languages(), slots: one.slots() }
    }

    const fn and(self, other: &Facilitator) -> Self {
        Self {
            languages: self.languages.shared(other.languages()),
            slots: self.slots.shared(other.slots()),
        }
    }

    const fn chances(self) -> u32 {
        self.languages.len() * self.slots.len()
    }
}

/// What a team can do together: lead in the languages and at the times that all share, as many circles as the one who leads
/// the fewest, as ready as the least ready, on all topics that one of them knows, in the room of the first who has one. Of the
/// times, those are taken that several circles leave apart.
pub(crate) fn together(
    team: &[&Alone<'_>],
    apart: impl FnOnce(Slots) -> Slots,
) -> Option<Facilitator> {
    let (first, rest) = team.split_first()?;
    let shared = rest.iter().fold(Shared::of(&first.can), |shared, with| shared.and(&with.can));
    let topics = team.iter().flat_map(|alone| alone.can.topics().iter()).collect::<Topics>();
    let meets = team.iter().map(|alone| alone.can.meets()).find(|meets| !meets.is_empty());
    let placed = team.iter().find(|alone| has_place(alone.leader)).unwrap_or(first);
    let circles = team.iter().map(|alone| alone.leader.wishes.circles.unwrap_or(1)).min();
    let is = |readiness: Readiness| team.iter().any(|alone| alone.leader.readiness == readiness);
    let readiness = [Readiness::NotYet, Readiness::WithSupport].into_iter().find(|it| is(*it));
    let circles = circles.unwrap_or(1);
    let slots = if circles > 1 { apart(shared.slots) } else { shared.slots };
    let can = Facilitator::new(placed.can.place(), shared.languages, slots)
        .knowing(topics)
        .meeting(meets.unwrap_or(Needs::NONE))
        .being(readiness.unwrap_or_default())
        .leading(circles);
    let spot = team.iter().find_map(|alone| words::spot(alone.leader.wishes.spot).ok()?);
    Some(spot.map_or(can.clone(), |spot| can.meeting_at(spot)))
}

//! Beside what looks at every case, on rosters that are small enough.

use std::collections::BTreeSet;

use circle_formation::{arb, *};
use proptest::prelude::*;

/// A circle that a facilitator may lead, with whoever was put into it.
type Filled = (FacilitatorIx, Vec<PersonIx>);

/// The least that any sound formation costs.
fn least(roster: &Roster) -> u64 {
    let mut groups: Vec<Filled> = Vec::new();
    for (ix, leader) in roster.facilitators() {
        groups.extend((0..leader.circles()).map(|_| (ix, Vec::new())));
    }
    let people: Vec<PersonIx> = roster.people().map(|(ix, _)| ix).collect();
    let mut least = u64::MAX;
    put(roster, &people, &groups, &mut least);
    least
}

fn put(roster: &Roster, people: &[PersonIx], groups: &[Filled], least: &mut u64) {
    let Some((first, others)) = people.split_first() else {
        let circles = timed(roster, groups);
        if let Some(circles) = circles {
            let formation = Formation::new(roster, circles).expect("each once");
            if check(roster, &formation).is_empty() {
                *least = (*least).min(Cost::of(roster, &formation).total());
            }
        }
        return;
    };
    put(roster, others, groups, least);
    for g in 0..groups.len() {
        let mut more = groups.to_vec();
        more.get_mut(g).into_iter().for_each(|group| group.1.push(*first));
        put(roster, others, &more, least);
    }
}

/// A time and a language for each circle that has anybody in it.
fn timed(roster: &Roster, groups: &[Filled]) -> Option<Vec<Circle>> {
    fn next(
        roster: &Roster,
        groups: &[Filled],
        busy: &mut BTreeSet<(FacilitatorIx, Slot)>,
    ) -> Option<Vec<Circle>> {
        let Some(((facilitator, members), others)) = groups.split_first() else {
            return Some(Vec::new());
        };
        if members.is_empty() {
            return next(roster, others, busy);
        }
        let leader = roster.leader(*facilitator)?;
        let (mut slots, mut languages) = (leader.slots(), leader.languages());
        for member in members.iter().filter_map(|ix| roster.get(*ix)) {
            slots = slots.shared(member.slots());
            languages = languages.shared(member.languages());
        }
        let language = languages.iter().next()?;
        for slot in slots.iter() {
            if busy.insert((*facilitator, slot)) {
                if let Some(mut circles) = next(roster, others, busy) {
                    let (facilitator, members) = (*facilitator, members.clone());
                    circles.push(Circle { facilitator, slot, language, members });
                    return Some(circles);
                }
                busy.remove(&(*facilitator, slot));
            }
        }
        None
    }
    next(roster, groups, &mut BTreeSet::new())
}

proptest! {
    // As many cases as `PROPTEST_CASES` says, 256 where it says nothing.
    #[test]
    fn the_best_is_found_and_bounds_and_proofs_are_true(roster in arb::roster(6)) {
        let groups: u32 = roster.facilitators().map(|(_, leader)| u32::from(leader.circles())).sum();
        prop_assume!(groups <= 4);
        let least = least(&roster);
        for work in [0, 3_000, 200_000] {
            let proposal = form(&roster, Effort { seed: 3, work });
            prop_assert!(proposal.bound() <= least, "bound {} above {least}", proposal.bound());
            prop_assert!(proposal.cost().total() >= least);
            if proposal.is_proven() {
                prop_assert_eq!(proposal.cost().total(), least);
            }
        }
        let proposal = form(&roster, Effort { seed: 3, work: 1_000_000 });
        prop_assert_eq!(proposal.cost().total(), least, "the best was missed");
    }
}

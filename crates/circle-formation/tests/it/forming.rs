//! Forming circles keeps every rule, always, and says the same for the same seed.

use std::ops::ControlFlow;

use circle_formation::{arb, *};
use proptest::prelude::*;

use crate::people::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_rule_is_ever_broken(roster in arb::roster(30), seed in 0..4_u64, work in 0..60_000_u64) {
        let proposal = form(&roster, Effort { seed, work });
        prop_assert_eq!(check(&roster, proposal.formation()), []);
        prop_assert_eq!(proposal.cost(), Cost::of(&roster, proposal.formation()));
        prop_assert!(proposal.bound() <= proposal.cost().total());
    }

    #[test]
    fn one_seed_gives_one_answer(roster in arb::roster(25), seed in 0..4_u64) {
        let effort = Effort { seed, work: 20_000 };
        prop_assert_eq!(form(&roster, effort), form(&roster, effort));
    }

    #[test]
    fn whoever_says_stop_gets_the_best_so_far(roster in arb::roster(25), times in 1..6_usize) {
        let mut left = times;
        let (mut last, mut bound) = (u64::MAX, 0);
        let proposal = form_watched(&roster, Effort { seed: 1, work: 30_000 }, |progress| {
            assert!(progress.cost <= last && progress.bound <= progress.cost);
            assert!(bound <= progress.bound, "a bound fell");
            (last, bound) = (progress.cost, progress.bound);
            left -= 1;
            if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        prop_assert_eq!(check(&roster, proposal.formation()), []);
    }
}

#[test]
fn nobody_is_seated_where_nobody_leads() {
    let mut roster = roster(sizes(2, 3, 4));
    join(&mut roster, &person(RWANDA, 1), 5);
    let proposal = form(&roster, little());
    assert_eq!(proposal.formation().circles().len(), 0);
    assert_eq!(proposal.cost().waiting, 500);
    assert!(proposal.is_proven());
    assert_eq!(
        form(&Roster::new(sizes(2, 3, 4), Weights::usual()), little()).cost(),
        Cost::default()
    );
}

#[test]
fn friends_sit_together_and_who_must_not_meet_does_not() {
    let mut roster = roster(sizes(3, 3, 3));
    let people = join(&mut roster, &person(RWANDA, 0b11), 6);
    let [a, b, c, d, ..] = people[..] else { panic!("six people") };
    roster.bond(a, b).expect("two people");
    roster.bond(a, c).expect("two people");
    roster.keep_apart(a, d).expect("two people");
    roster.keep_apart(b, c).expect("two people");
    lead(&mut roster, leader(RWANDA, 0b11).leading(2));
    let proposal = form(&roster, little());
    let seat = |who| proposal.formation().seat(who);
    assert!(seat(a).is_some() && seat(a) != seat(d) && seat(b) != seat(c));
    // Only one of the two bonds can be kept, and it is.
    assert_eq!(proposal.cost().bonds, 8);
    assert!(proposal.is_proven());
}

#[test]
fn a_bond_that_no_circle_could_keep_costs_the_same_whoever_waits() {
    let mut roster = roster(sizes(1, 1, 2));
    let here = join(&mut roster, &person(RWANDA, 1), 2);
    let there = roster
        .person(Person::new(Place(1), Languages::of_bits(RWANDA), Slots::of_bits(1)))
        .expect("room");
    roster.bond(here[0], here[1]).expect("two people");
    roster.bond(here[0], there).expect("two people");
    lead(&mut roster, leader(RWANDA, 1));
    assert_eq!(roster.bonds_to_keep().collect::<Vec<_>>(), [(here[0], here[1])]);
    let nobody = Formation::new(&roster, []).expect("no circle");
    assert_eq!(Cost::of(&roster, &nobody).bonds, 8);
    let proposal = form(&roster, little());
    assert_eq!(proposal.formation().waiting().collect::<Vec<_>>(), [there]);
    assert_eq!((proposal.cost().bonds, proposal.is_proven()), (8, true));
}

#[test]
fn a_facilitator_of_two_circles_is_never_in_two_at_once() {
    let mut roster = roster(sizes(3, 3, 3));
    join(&mut roster, &person(RWANDA, 0b1), 6);
    lead(&mut roster, leader(RWANDA, 0b1).leading(2));
    let proposal = form(&roster, little());
    assert_eq!(proposal.formation().circles().len(), 1);
    assert_eq!(proposal.formation().waiting().count(), 3);
    assert!(check(&roster, proposal.formation()).is_empty());
}

#[test]
fn a_man_is_not_alone_among_women_where_it_is_asked() {
    let mut rules = sizes(3, 4, 6);
    rules.nobody_alone = vec![Aspect::Sex];
    let mut roster = roster(rules);
    join(&mut roster, &person(RWANDA, 1).being(Aspect::Sex, kind(0)), 4);
    let man = join(&mut roster, &person(RWANDA, 1).being(Aspect::Sex, kind(1)), 1);
    lead(&mut roster, leader(RWANDA, 1));
    let proposal = form(&roster, little());
    assert_eq!(proposal.formation().seat(man[0]), None);
    let more = join(&mut roster, &person(RWANDA, 1).being(Aspect::Sex, kind(1)), 1);
    let proposal = form(&roster, little());
    assert!(
        proposal.formation().seat(man[0]).is_some() && proposal.formation().seat(more[0]).is_some()
    );
}

#[test]
fn who_is_not_ready_leads_nothing() {
    let mut roster = roster(sizes(2, 3, 4));
    join(&mut roster, &person(RWANDA, 1), 3);
    lead(&mut roster, leader(RWANDA, 1).being(Readiness::NotYet));
    assert_eq!(form(&roster, little()).formation().circles().len(), 0);
    lead(&mut roster, leader(RWANDA, 1).being(Readiness::WithSupport));
    let proposal = form(&roster, little());
    assert_eq!((proposal.formation().circles().len(), proposal.cost().support), (1, 10));
}

#[test]
fn nothing_is_printed_of_who_is_kept_apart() {
    let mut roster = roster(sizes(2, 3, 4));
    let people = join(&mut roster, &person(RWANDA, 1), 2);
    let plain = format!("{roster:?}");
    roster.keep_apart(people[0], people[1]).expect("two people");
    assert_eq!(format!("{roster:?}"), plain);
    assert_eq!(roster.bond(people[1], people[0]), Ok(()), "a refusal would tell");
    assert_eq!(roster.keep_apart(people[1], people[1]), Err(RosterError::OnePerson));
    let pairs = roster.apart_pairs(&ApartPermit::granted_by_policy());
    assert_eq!(pairs, [(people[0], people[1])]);
}

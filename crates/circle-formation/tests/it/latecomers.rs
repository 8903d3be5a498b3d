//! Whoever comes late is taken in, and nobody who was told is moved.

use std::ops::ControlFlow;

use circle_formation::{arb, *};
use proptest::prelude::*;

use crate::people::*;

/// A roster with more people than another, who came later.
fn with_more(roster: &Roster, more: &[Person]) -> Roster {
    let mut larger = roster.clone();
    for person in more {
        larger.person(person.clone()).expect("room");
    }
    larger
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn nobody_who_was_told_is_moved(
        roster in arb::roster(20),
        more in proptest::collection::vec(arb::person(), 0..6),
    ) {
        let before = form(&roster, little()).into_formation();
        let larger = with_more(&roster, &more);
        let circles = before.circles().map(|(_, circle)| circle.clone());
        let standing = Formation::new(&larger, circles).expect("each once");
        let extension = extend(&larger, &standing, little(), Ask::WhatMovingGains).expect("sound");
        let after = extension.proposal.formation();
        prop_assert!(moved(&standing, after).is_empty());
        prop_assert_eq!(check(&larger, after), []);
        prop_assert!(extension.proposal.bound() <= extension.proposal.cost().total());
        let still = Cost::of(&larger, &standing).total();
        prop_assert!(extension.proposal.cost().total() <= still, "it got worse");
        if let Some(moving) = extension.moving {
            prop_assert_eq!(check(&larger, moving.proposal.formation()), []);
            let (stays, moves) = (extension.proposal.cost().total(), moving.proposal.cost().total());
            prop_assert_eq!(moving.gain, stays - moves);
        }
    }
}

#[test]
fn three_latecomers_sit_down_and_moving_somebody_would_seat_a_fourth() {
    let mut roster = roster(sizes(3, 4, 5));
    let early = join(&mut roster, &person(RWANDA, 0b11), 4);
    let monday = lead(&mut roster, leader(RWANDA, 0b01));
    let _tuesday = lead(&mut roster, leader(RWANDA, 0b10));
    let slot = Slot::new(0).expect("a slot");
    let language = Language::new(0).expect("a language");
    let circle = Circle { facilitator: monday, slot, language, members: early.clone() };
    let late = join(&mut roster, &person(RWANDA, 0b01), 2);
    let standing = Formation::new(&roster, [circle]).expect("each once");
    let extension = extend(&roster, &standing, little(), Ask::WhatMovingGains).expect("sound");
    let seated = late.iter().filter(|who| extension.proposal.formation().seat(**who).is_some());
    assert_eq!(seated.count(), 1, "the circle has one seat left");
    let moving = extension.moving.expect("moving gains");
    assert_eq!((moving.seated, moving.moved.is_empty(), moving.gain > 80), (1, false, true));
    let extension = extend(&roster, &standing, little(), Ask::NobodyMoves).expect("sound");
    assert_eq!(extension.moving, None);
}

#[test]
fn whoever_watches_may_stop_and_nobody_is_moved_for_it() {
    let mut roster = roster(sizes(3, 4, 5));
    let early = join(&mut roster, &person(RWANDA, 0b1), 3);
    let monday = lead(&mut roster, leader(RWANDA, 0b1));
    let (slot, language) = (Slot::new(0).expect("a slot"), Language::new(0).expect("one"));
    let circle = Circle { facilitator: monday, slot, language, members: early };
    join(&mut roster, &person(RWANDA, 0b1), 1);
    let standing = Formation::new(&roster, [circle]).expect("each once");
    let mut told = 0;
    let effort = little();
    let stopped = extend_watched(&roster, &standing, effort, Ask::WhatMovingGains, |it| {
        told += 1;
        assert!(it.of == 2 * effort.work && it.work <= it.of);
        ControlFlow::Break(())
    });
    let extension = stopped.expect("sound");
    assert!(told >= 1);
    assert!(moved(&standing, extension.proposal.formation()).is_empty());
    assert_eq!(check(&roster, extension.proposal.formation()), []);
    assert_eq!(extension.moving, None, "what moving gains was not looked for");
}

#[test]
fn whoever_sits_together_already_is_let_stand() {
    let mut roster = roster(sizes(2, 3, 5));
    let [one, other, third] = join(&mut roster, &person(RWANDA, 0b1), 3)[..] else { return };
    let monday = lead(&mut roster, leader(RWANDA, 0b1));
    let plain = roster.clone();
    roster.keep_apart(other, one).expect("two people");
    roster.bar(one, monday).expect("both here");
    let (slot, language) = (Slot::new(0).expect("a slot"), Language::new(0).expect("one"));
    let circle = Circle { facilitator: monday, slot, language, members: vec![one, other] };
    let standing = Formation::new(&roster, [circle]).expect("each once");
    roster.let_stand(&standing);
    assert_eq!(roster, plain);
    // Whoever does not sit with them yet is kept apart as before.
    roster.keep_apart(one, third).expect("two people");
    roster.let_stand(&standing);
    assert_ne!(roster, plain);
}

#[test]
fn circles_that_break_rules_are_mended_first_but_for_too_few_people() {
    let mut roster = roster(sizes(3, 4, 5));
    let early = join(&mut roster, &person(RWANDA, 0b1), 2);
    let monday = lead(&mut roster, leader(RWANDA, 0b1));
    let slot = Slot::new(0).expect("a slot");
    let language = Language::new(0).expect("a language");
    let circle = Circle { facilitator: monday, slot, language, members: early.clone() };
    let late = join(&mut roster, &person(RWANDA, 0b1), 1);
    let standing = Formation::new(&roster, [circle.clone()]).expect("each once");
    let extension =
        extend(&roster, &standing, little(), Ask::NobodyMoves).expect("too few is mended");
    assert!(extension.proposal.formation().seat(late[0]).is_some());
    assert!(check(&roster, extension.proposal.formation()).is_empty());

    roster.keep_apart(early[0], early[1]).expect("two people");
    let standing = Formation::new(&roster, [circle]).expect("each once");
    let refused = extend(&roster, &standing, little(), Ask::NobodyMoves);
    assert_eq!(refused, Err(ExtendError { breaches: 1 }));
}

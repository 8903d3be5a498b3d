//! Reasons are true.

use circle_formation::{arb, *};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::people::*;

/// The formation with somebody seated in one more circle.
fn seated_too(roster: &Roster, formation: &Formation, who: PersonIx, into: CircleIx) -> Formation {
    let circles = formation.circles().map(|(ix, circle)| {
        let mut circle = circle.clone();
        if ix == into {
            circle.members.push(who);
        }
        circle
    });
    Formation::new(roster, circles).expect("each once")
}

/// Whether a formation keeps every rule that anybody may know.
fn is_sound(roster: &Roster, formation: &Formation) -> bool {
    let reserved = |it: &Breach| matches!(it, Breach::Apart { .. } | Breach::Barred { .. });
    check(roster, formation).iter().all(reserved)
}

/// The same roster with somebody free always.
fn always_free(roster: &Roster, who: PersonIx) -> Roster {
    let mut other = Roster::new(roster.rules().clone(), roster.weights().clone());
    for (ix, person) in roster.people() {
        let slots = if ix == who { Slots::of_bits(u128::MAX) } else { person.slots() };
        let mut copy = Person::new(person.place(), person.languages(), slots)
            .wishing(person.topics())
            .needing(person.needs())
            .in_company(person.company());
        copy = person.spot().map_or(copy.clone(), |spot| copy.living_at(spot));
        copy = person.age().map_or(copy.clone(), |age| copy.aged(age));
        for aspect in Aspect::ALL {
            copy =
                person.kind(aspect).map_or(copy.clone(), |kind| copy.clone().being(aspect, kind));
        }
        other.person(copy).expect("room");
    }
    for (_, leader) in roster.facilitators() {
        other.facilitator(leader.clone()).expect("room");
    }
    other
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn each_reason_holds_when_it_is_tried(roster in arb::roster(25)) {
        let proposal = form(&roster, Effort { seed: 1, work: 10_000 });
        let formation = proposal.formation();
        let reasons = Reasons::of(&roster, formation);
        for (who, person) in roster.people() {
            let (seated, waits) = (reasons.seated(who), reasons.waits(who));
            prop_assert_eq!(seated.is_some(), waits.is_none());
            if let Some(seated) = seated {
                prop_assert_eq!(Some(seated.circle), formation.seat(who));
                prop_assert!(seated.choices >= 1 && seated.nearer < seated.choices);
                prop_assert_eq!(seated.because == Because::OnlyOne, seated.choices == 1);
            }
            let Some(waits) = waits else { continue };
            let parts = [
                waits.not_ready, waits.no_language, waits.no_slot, waits.no_circle,
                waits.meets_otherwise, waits.cannot_take, waits.could_take,
            ];
            prop_assert_eq!(parts.iter().sum::<usize>(), waits.within_reach);
            // Whoever could be taken can be seated without breaking anything.
            let could = formation.circles().filter(|(ix, circle)| {
                roster.comes(who, circle.facilitator, circle.slot, circle.language)
                    && is_sound(&roster, &seated_too(&roster, formation, who, *ix))
            });
            prop_assert_eq!(could.count() > 0, waits.could_take > 0);
            for change in reasons.changes(who) {
                if let Change::FreeAt { slot, language, circles } = change {
                    let freed = always_free(&roster, who);
                    let can = formation.circles().filter(|(ix, circle)| {
                        (circle.slot, circle.language) == (slot, language)
                            && freed.comes(who, circle.facilitator, slot, language)
                            && is_sound(&freed, &seated_too(&freed, formation, who, *ix))
                    });
                    prop_assert!(can.count() >= circles);
                }
                if let Change::Opening(opening) = change {
                    prop_assert!(person.slots().has(opening.slot));
                    prop_assert!(person.languages().has(opening.language));
                    prop_assert!(opening.waiting >= 1);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// The law: whatever is said of anybody's seat or wait is the same whoever is kept apart or barred.
    #[test]
    fn no_reason_changes_with_who_is_kept_apart_or_barred(
        roster in arb::roster(20),
        pairs in vec(any::<(Index, Index)>(), 1..12),
        bars in vec(any::<(Index, Index)>(), 1..12),
    ) {
        let people: Vec<_> = roster.people().map(|(ix, _)| ix).collect();
        let leaders: Vec<_> = roster.facilitators().map(|(ix, _)| ix).collect();
        prop_assume!(!people.is_empty() && !leaders.is_empty());
        let mut parted = roster.clone();
        for (one, other) in pairs {
            // A pair of one person is none.
            let _ = parted.keep_apart(*one.get(&people), *other.get(&people));
        }
        for (one, from) in bars {
            parted.bar(*one.get(&people), *from.get(&leaders)).expect("both are here");
        }
        let proposal = form(&roster, Effort { seed: 1, work: 10_000 });
        let formation = proposal.formation();
        let (reasons, others) = (Reasons::of(&roster, formation), Reasons::of(&parted, formation));
        for who in people {
            prop_assert_eq!(reasons.seated(who), others.seated(who));
            prop_assert_eq!(reasons.waits(who), others.waits(who));
            prop_assert_eq!(reasons.changes(who), others.changes(who));
            let seat = Demand::Seat(who);
            prop_assert_eq!(roster.impasse(seat), parted.impasse(seat));
        }
        prop_assert_eq!(roster.impasse(Demand::SeatsForAll), parted.impasse(Demand::SeatsForAll));
    }
}

#[test]
fn a_saturday_circle_would_place_three() {
    let mut roster = roster(sizes(3, 4, 6));
    let (monday, saturday) = (0b000_0001, 0b010_0000);
    join(&mut roster, &person(RWANDA, monday), 4);
    let late = join(&mut roster, &person(RWANDA, saturday), 3);
    lead(&mut roster, leader(RWANDA | SWAHILI, monday));
    let proposal = form(&roster, little());
    let reasons = Reasons::of(&roster, proposal.formation());
    let waits = reasons.waits(late[0]).expect("she waits");
    assert_eq!((waits.within_reach, waits.no_slot, waits.no_language), (1, 1, 0));
    let changes = reasons.changes(late[0]);
    assert!(changes.contains(&Change::FacilitatorWhoSpeaks { any: true }));
    let opening = *reasons.openings(HERE).first().expect("an opening");
    assert!(changes.contains(&Change::Opening(opening)));
    assert_eq!((opening.waiting, opening.others, opening.enough), (3, 0, true));
    assert_eq!(opening.slot.number(), 5);
    assert_eq!(
        reasons.changes(proposal.formation().circles().next().expect("one").1.members[0]),
        []
    );
}

#[test]
fn what_was_not_told_is_asked_for() {
    let mut roster = roster(sizes(2, 2, 3));
    let silent = join(&mut roster, &person(0, 0), 1);
    join(&mut roster, &person(RWANDA, 1), 2);
    lead(&mut roster, leader(RWANDA, 1));
    let proposal = form(&roster, little());
    let reasons = Reasons::of(&roster, proposal.formation());
    assert_eq!(reasons.changes(silent[0]), [Change::TellSlots, Change::TellLanguages]);
}

#[test]
fn whoever_is_free_when_nobody_leads_hears_of_circles_that_have_room() {
    let mut roster = roster(sizes(2, 2, 3));
    let never = join(&mut roster, &person(RWANDA, 0), 1)[0];
    join(&mut roster, &person(RWANDA, 1), 2);
    lead(&mut roster, leader(RWANDA, 1));
    let proposal = form(&roster, little());
    let (slot, language) = (Slot::new(0).expect("a slot"), Language::new(0).expect("one"));
    assert_eq!(
        Reasons::of(&roster, proposal.formation()).changes(never),
        [Change::TellSlots, Change::FreeAt { slot, language, circles: 1 }]
    );
}

#[test]
fn being_kept_apart_looks_like_a_seat_that_would_have_cost_more_than_it_gains() {
    // In one world a seat for her costs more than her waiting, in the other somebody must not be met: what is told is the same.
    let told = |waiting, apart| {
        let mut weights = Weights::usual();
        weights.waiting = Weight::new(waiting).expect("small");
        weights.evenness = Weight::new(10).expect("small");
        let mut roster = Roster::new(sizes(3, 3, 4), weights);
        let friends = join(&mut roster, &person(RWANDA, 1), 3);
        let mary = join(&mut roster, &person(RWANDA, 1), 1)[0];
        if apart {
            for friend in &friends {
                roster.keep_apart(mary, *friend).expect("two people");
            }
        }
        let monday = lead(&mut roster, leader(RWANDA, 1));
        let (slot, language) = (Slot::new(0).expect("a slot"), Language::new(0).expect("one"));
        let circle = Circle { facilitator: monday, slot, language, members: friends.clone() };
        let formation = Formation::new(&roster, [circle]).expect("each once");
        // One of the four waits in both, whoever it is: no better circle was passed over.
        let best = form(&roster, little());
        assert_eq!(best.cost(), Cost::of(&roster, &formation));
        let reasons = Reasons::of(&roster, &formation);
        let told = (reasons.waits(mary), reasons.changes(mary));
        assert_eq!(told.0.map(|waits| waits.could_take), Some(1));
        let known = roster.apart_reason(&ApartPermit::granted_by_policy(), &formation, mary);
        (told, known.from.len(), known.closed)
    };
    let ((costly, _, _), (apart, from, closed)) = (told(5, false), told(100, true));
    assert_eq!(costly, apart);
    assert_eq!((from, closed), (3, 1));
}

//! Rules that leave no way are found, and each of them is needed.

use circle_formation::{arb, *};
use proptest::prelude::*;

use crate::people::*;

/// The rules that leave no way; none where it is possible or not known.
fn rules(impasse: Impasse) -> Vec<Ruling> {
    match impasse {
        Impasse::Rules(rules) => rules.into_iter().collect(),
        Impasse::Possible | Impasse::Unknown => Vec::new(),
    }
}

#[test]
fn nobody_speaks_her_language_when_she_is_free() {
    let mut roster = roster(sizes(2, 3, 4));
    let mary = join(&mut roster, &person(RWANDA, 0b1), 1)[0];
    join(&mut roster, &person(SWAHILI, 0b10), 2);
    lead(&mut roster, leader(SWAHILI, 0b1));
    lead(&mut roster, leader(RWANDA, 0b10));
    // Were she free on the second day, nobody would be there with her either: that is the fewest.
    assert_eq!(rules(roster.impasse(Demand::Seat(mary))), [Ruling::Languages, Ruling::Fewest]);
    join(&mut roster, &person(RWANDA, 0b10), 2);
    // Now a free day would do; nobody else is there on hers, in any language.
    assert_eq!(rules(roster.impasse(Demand::Seat(mary))), [Ruling::Slots, Ruling::Fewest]);
}

#[test]
fn a_seat_for_each_is_asked_of_all_facilitators_together() {
    let mut roster = roster(sizes(2, 3, 4));
    join(&mut roster, &person(RWANDA, 1), 5);
    lead(&mut roster, leader(RWANDA, 1));
    assert_eq!(rules(roster.impasse(Demand::SeatsForAll)), [Ruling::Load, Ruling::Most]);
    lead(&mut roster, leader(RWANDA, 1));
    assert_eq!(roster.impasse(Demand::SeatsForAll), Impasse::Unknown);
}

#[test]
fn who_is_kept_apart_is_named_in_no_impasse_without_a_permit() {
    let mut roster = roster(sizes(2, 2, 2));
    let people = join(&mut roster, &person(RWANDA, 1), 2);
    lead(&mut roster, leader(RWANDA, 1));
    assert_eq!(roster.impasse(Demand::Seat(people[0])), Impasse::Possible);
    roster.keep_apart(people[0], people[1]).expect("two people");
    assert_eq!(roster.impasse(Demand::Seat(people[0])), Impasse::Possible);
    let permit = ApartPermit::granted_by_policy();
    let impasse = rules(roster.impasse_with_reserved(&permit, Demand::Seat(people[0])));
    assert_eq!(impasse, [Ruling::Fewest, Ruling::Reserved]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whoever_sits_could_sit_and_whoever_cannot_does_not(roster in arb::roster(14)) {
        let proposal = form(&roster, Effort { seed: 1, work: 10_000 });
        let permit = ApartPermit::granted_by_policy();
        for (who, _) in roster.people() {
            let impasse = roster.impasse_with_reserved(&permit, Demand::Seat(who));
            if proposal.formation().seat(who).is_some() {
                prop_assert!(!matches!(impasse, Impasse::Rules(_)), "{impasse:?}");
            }
            if let Impasse::Rules(rules) = impasse {
                prop_assert!(!rules.is_empty() || roster.facilitators().len() == 0);
            }
        }
    }
}

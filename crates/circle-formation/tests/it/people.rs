//! Small rosters, told in a few words.

use circle_formation::*;

pub(crate) const HERE: Place = Place(0);
pub(crate) const RWANDA: u64 = 0b1;
pub(crate) const SWAHILI: u64 = 0b10;

pub(crate) fn sizes(fewest: u16, target: u16, most: u16) -> Rules {
    Rules::new(Sizes::new(fewest, target, most).expect("sizes"))
}

pub(crate) fn roster(rules: Rules) -> Roster {
    Roster::new(rules, Weights::usual())
}

pub(crate) fn person(languages: u64, slots: u128) -> Person {
    Person::new(HERE, Languages::of_bits(languages), Slots::of_bits(slots))
}

pub(crate) fn leader(languages: u64, slots: u128) -> Facilitator {
    Facilitator::new(HERE, Languages::of_bits(languages), Slots::of_bits(slots))
}

pub(crate) fn join(roster: &mut Roster, person: &Person, times: usize) -> Vec<PersonIx> {
    (0..times).map(|_| roster.person(person.clone()).expect("room")).collect()
}

pub(crate) fn lead(roster: &mut Roster, leader: Facilitator) -> FacilitatorIx {
    roster.facilitator(leader).expect("room")
}

pub(crate) fn kind(number: u8) -> Kind {
    Kind::new(number).expect("a kind")
}

pub(crate) const fn little() -> Effort {
    Effort { seed: 7, work: 20_000 }
}

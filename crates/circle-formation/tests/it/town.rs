//! Towns of the benchmark: people, facilitators and pairs from a seed, the same as its own generator makes.

use std::{collections::BTreeSet, ops::ControlFlow};

use circle_formation::*;

/// SplitMix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = self.0;
        let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u32) -> u32 {
        u32::try_from(((self.next() >> 32) * u64::from(n)) >> 32).expect("below n")
    }

    fn percent(&mut self, p: u32) -> bool {
        self.below(100) < p
    }

    fn bits(&mut self, n: u32, count: u32) -> u64 {
        let mut bits = 0_u64;
        while bits.count_ones() < count {
            bits |= 1 << self.below(n);
        }
        bits
    }

    fn languages(&mut self, percents: [u32; 4]) -> Languages {
        let drawn = percents.iter().zip(0..).map(|(p, bit)| u64::from(self.percent(*p)) << bit);
        let bits = drawn.sum::<u64>();
        Languages::of_bits(if bits == 0 { 1 << (1 + self.below(3)) } else { bits })
    }

    fn spot(&mut self) -> Spot {
        let (x, y) = (self.below(100).cast_signed(), self.below(100).cast_signed());
        Spot::new(x, y).expect("on the map")
    }
}

/// One town of `people` people in one place, by the benchmark's rules.
fn town(people: u32, seed: u64, (fewest, target, most): (u16, u16, u16)) -> Roster {
    let mut chance = Chance(seed * 7919 + u64::from(people));
    chance.below(101);
    let sizes = Sizes::new(fewest, target, most).expect("sizes");
    let mut roster = Roster::new(Rules::new(sizes), Weights::usual());
    let mut all = Vec::new();
    for _ in 0..people {
        let slots: u128 = (0..14).map(|bit| u128::from(chance.percent(50)) << bit).sum();
        let slots = if slots == 0 { 1 << chance.below(14) } else { slots };
        let spot = chance.spot();
        let languages = chance.languages([93, 20, 15, 20]);
        let sex = Kind::new(u8::from(chance.percent(73))).expect("a kind");
        let company = if chance.percent(15) { Company::OwnSexWished } else { Company::Any };
        let topics = {
            let count = 1 + chance.below(3);
            chance.bits(8, count)
        };
        let person = Person::new(Place(0), languages, Slots::of_bits(slots))
            .living_at(spot)
            .being(Aspect::Sex, sex)
            .in_company(company)
            .wishing(Topics::of_bits(topics));
        all.push(roster.person(person).expect("room"));
    }
    let mut leaders = Vec::new();
    for _ in 0..=people.div_ceil(u32::from(target)) {
        let spot = chance.spot();
        let languages = chance.languages([97, 40, 30, 40]);
        let slots = {
            let count = 3 + chance.below(3);
            chance.bits(14, count)
        };
        let topics = {
            let count = 2 + chance.below(2);
            chance.bits(8, count)
        };
        let leader = Facilitator::new(Place(0), languages, Slots::of_bits(u128::from(slots)))
            .meeting_at(spot)
            .knowing(Topics::of_bits(topics));
        leaders.push(roster.facilitator(leader).expect("room"));
    }
    let mut seen = BTreeSet::new();
    for (share, apart) in [(6, false), (4, true)] {
        let mut count = 0;
        while count < people * share / 100 {
            let (a, b) = (chance.below(people), chance.below(people));
            if a != b && seen.insert((a.min(b), a.max(b))) {
                let (a, b) = (of(&all, a), of(&all, b));
                let taken = if apart { roster.keep_apart(a, b) } else { roster.bond(a, b) };
                taken.expect("two people");
                count += 1;
            }
        }
    }
    let mut barred = BTreeSet::new();
    while barred.len() < (people as usize / 100).max(1) {
        let a = chance.below(people);
        barred.insert((a, chance.below(u32::try_from(leaders.len()).expect("few"))));
    }
    for (who, from) in barred {
        roster.bar(of(&all, who), of(&leaders, from)).expect("both are there");
    }
    roster
}

fn of<T: Copy>(list: &[T], number: u32) -> T {
    *list.get(number as usize).expect("one of them")
}

#[track_caller]
fn check_town(people: u32, seed: u64, sizes: (u16, u16, u16), want: u64) {
    let roster = town(people, seed, sizes);
    let proposal = form(&roster, Effort { seed: 1, work: 12_000_000 });
    assert_eq!(check(&roster, proposal.formation()), []);
    assert_eq!((proposal.cost().total(), proposal.bound()), (want, want));
}

#[test]
fn sixty_people_are_seated_as_well_as_can_be_and_it_is_proven() {
    check_town(60, 1, (12, 18, 22), 1_310);
    check_town(60, 2, (12, 18, 22), 570);
}

#[test]
fn sixty_people_in_small_circles_too() {
    check_town(60, 1, (5, 6, 7), 317);
}

#[test]
fn whoever_watches_is_heard_while_a_bound_is_raised() {
    let roster = town(120, 1, (12, 18, 22));
    // A sixteenth of it is for a first walk; right after, more than that is for bounds.
    let (work, enough) = (48_000_000, 5_000_000);
    let mut last = 0;
    let proposal = form_watched(&roster, Effort { seed: 1, work }, |progress| {
        assert!(progress.work - last < 1_000_000, "not heard from {last} to {}", progress.work);
        last = progress.work;
        if last < enough { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert!(!proposal.is_proven() && proposal.work() < enough + 1_000_000);
    assert_eq!(check(&roster, proposal.formation()), []);
}

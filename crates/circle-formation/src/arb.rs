//! Strategies of rosters: few slots, languages and sizes, so that people meet, and rules that bite.

use proptest::{collection::vec, option, prelude::*};

use crate::{
    Aspect, Company, Facilitator, Gathering, Kind, Languages, Liking, Mixing, Needs, Person, Place,
    Reach, Readiness, Roster, Rules, Sizes, Slots, Spot, Topics, Weight, Weights,
};

/// A spot on a small map.
fn spot() -> impl Strategy<Value = Spot> {
    (0..100, 0..100).prop_filter_map("on the map", |(x, y)| Spot::new(x, y).ok())
}

/// Somebody of one of two places.
pub fn person() -> impl Strategy<Value = Person> {
    let meets =
        (0..2_u32, 1..8_u64, 0..32_u128, 0..8_u64, prop_oneof![9 => Just(0_u64), 1 => Just(1)]);
    let is = (0..2_u8, option::weighted(0.8, 0..3_u8), option::weighted(0.8, 18..70_u8));
    let company = prop_oneof![
        6 => Just(Company::Any),
        3 => Just(Company::OwnSexWished),
        1 => Just(Company::OwnSexNeeded)
    ];
    (meets, is, company, option::weighted(0.9, spot())).prop_map(|(meets, is, company, spot)| {
        let (place, languages, slots, topics, needs) = meets;
        let mut person =
            Person::new(Place(place), Languages::of_bits(languages), Slots::of_bits(slots))
                .wishing(Topics::of_bits(topics))
                .needing(Needs::of_bits(needs))
                .in_company(company);
        person = spot.map_or(person.clone(), |spot| person.living_at(spot));
        if let Ok(sex) = Kind::new(is.0) {
            person = person.being(Aspect::Sex, sex);
        }
        if let Some(kind) = is.1.and_then(|kind| Kind::new(kind).ok()) {
            person = person.being(Aspect::First, kind);
        }
        is.2.map_or(person.clone(), |years| person.aged(years))
    })
}

/// Who leads in one of two places.
pub fn facilitator() -> impl Strategy<Value = Facilitator> {
    let meets = (0..2_u32, 1..8_u64, 1..32_u128, 0..8_u64, 0..2_u64, 1..3_u8);
    let readiness = prop_oneof![
        7 => Just(Readiness::Ready),
        2 => Just(Readiness::WithSupport),
        1 => Just(Readiness::NotYet)
    ];
    (meets, readiness, option::weighted(0.9, spot())).prop_map(|(meets, readiness, spot)| {
        let (place, languages, slots, topics, needs, circles) = meets;
        let leader =
            Facilitator::new(Place(place), Languages::of_bits(languages), Slots::of_bits(slots))
                .knowing(Topics::of_bits(topics))
                .meeting(Needs::of_bits(needs))
                .being(readiness)
                .leading(circles);
        spot.map_or(leader.clone(), |spot| leader.meeting_at(spot))
    })
}

/// Rules for small circles, from the plainest on.
pub fn rules() -> impl Strategy<Value = Rules> {
    let reach = prop_oneof![
        4 => Just(Reach::OwnPlace),
        1 => (50..150_u32).prop_map(Reach::OwnPlaceWithin),
        1 => (30..90_u32).prop_map(Reach::Within)
    ];
    let sizes = (1..4_u16, 0..2_u16, 0..3_u16);
    let alone = prop_oneof![
        3 => Just(vec![]),
        1 => Just(vec![Aspect::Sex]),
        1 => Just(vec![Aspect::Sex, Aspect::First])
    ];
    let gathering = prop_oneof![5 => Just(Gathering::Mixed), 1 => Just(Gathering::OneSex)];
    let span = option::weighted(0.3, 10..40_u8);
    (sizes, reach, span, alone, gathering).prop_filter_map(
        "sizes in order",
        |((fewest, more, most), reach, age_span_years, nobody_alone, gathering)| {
            let sizes = Sizes::new(fewest, fewest + more, fewest + more + most).ok()?;
            Some(Rules { sizes, reach, age_span_years, nobody_alone, gathering })
        },
    )
}

/// Weights around the usual ones, sometimes with a wish for likeness or variety.
pub fn weights() -> impl Strategy<Value = Weights> {
    let mixing = prop_oneof![
        3 => Just(None),
        1 => Just(Some(Liking::Alike)),
        1 => Just(Some(Liking::Varied))
    ];
    (vec(0..20_u32, 5), 0..200_u32, mixing).prop_filter_map("small", |(few, waiting, mixing)| {
        let mut weights = Weights::usual();
        weights.waiting = Weight::new(waiting).ok()?;
        let parts = [
            &mut weights.topics,
            &mut weights.own_sex,
            &mut weights.bonds,
            &mut weights.evenness,
            &mut weights.support,
        ];
        for (part, weight) in parts.into_iter().zip(few) {
            *part = Weight::new(weight).ok()?;
        }
        if let Some(liking) = mixing {
            weights.mixing.push(Mixing {
                aspect: Aspect::First,
                liking,
                weight: Weight::new(3).ok()?,
            });
        }
        Some(weights)
    })
}

/// A roster of at most so many people, with bonds, pairs that are kept apart, and bars.
pub fn roster(people: usize) -> impl Strategy<Value = Roster> {
    let pairs =
        || vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..people / 3 + 1);
    let who = (vec(person(), 0..=people), vec(facilitator(), 0..=people / 4 + 1));
    (rules(), weights(), who, pairs(), pairs(), pairs()).prop_map(
        |(rules, weights, (people, leaders), bonds, apart, bars)| {
            let mut roster = Roster::new(rules, weights);
            let people: Vec<_> =
                people.into_iter().filter_map(|person| roster.person(person).ok()).collect();
            let leaders: Vec<_> =
                leaders.into_iter().filter_map(|leader| roster.facilitator(leader).ok()).collect();
            if people.is_empty() {
                return roster;
            }
            // A pair of one person, or a bar where nobody leads, is none.
            for (one, other) in bonds {
                let _ = roster.bond(*one.get(&people), *other.get(&people));
            }
            for (one, other) in apart {
                let _ = roster.keep_apart(*one.get(&people), *other.get(&people));
            }
            for (one, from) in bars.into_iter().filter(|_| !leaders.is_empty()) {
                let _ = roster.bar(*one.get(&people), *from.get(&leaders));
            }
            roster
        },
    )
}

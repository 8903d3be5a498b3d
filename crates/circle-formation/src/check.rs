//! Whether a formation keeps every rule: written apart from what forms it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    Aspect, Circle, CircleIx, Company, FacilitatorIx, Formation, Gathering, Kind, Person, PersonIx,
    Roster, Slot,
};

/// One rule that a formation breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[non_exhaustive]
pub enum Breach {
    /// The facilitator is not free at the circle's time.
    FacilitatorNotFree {
        /// Which circle.
        circle: CircleIx,
    },
    /// The facilitator does not speak the circle's language.
    FacilitatorLanguage {
        /// Which circle.
        circle: CircleIx,
    },
    /// The facilitator leads more circles than they can, or may not lead yet.
    FacilitatorLoad {
        /// Which facilitator.
        facilitator: FacilitatorIx,
    },
    /// The facilitator leads two circles at one time.
    FacilitatorTwice {
        /// Which facilitator.
        facilitator: FacilitatorIx,
        /// At which time.
        slot: Slot,
    },
    /// The circle has too few people.
    TooFew {
        /// Which circle.
        circle: CircleIx,
        /// How many it has.
        people: u64,
    },
    /// The circle has too many people.
    TooMany {
        /// Which circle.
        circle: CircleIx,
        /// How many it has.
        people: u64,
    },
    /// A member is not free at the circle's time.
    NotFree {
        /// Who.
        person: PersonIx,
    },
    /// A member does not speak the circle's language.
    NotSpoken {
        /// Who.
        person: PersonIx,
    },
    /// A member has too far to go, or is from another place.
    TooFar {
        /// Who.
        person: PersonIx,
    },
    /// A member's need is not met.
    NeedUnmet {
        /// Who.
        person: PersonIx,
    },
    /// Members who never sit together do. Who they are is not told here.
    Apart {
        /// Which circle.
        circle: CircleIx,
    },
    /// A member sits with a facilitator they never sit with.
    Barred {
        /// Which circle.
        circle: CircleIx,
    },
    /// The years between youngest and oldest are too many.
    AgeSpan {
        /// Which circle.
        circle: CircleIx,
        /// How many years.
        years: u8,
    },
    /// Somebody is the only one of their kind among others.
    Alone {
        /// Which circle.
        circle: CircleIx,
        /// In which aspect.
        aspect: Aspect,
    },
    /// A circle of a program of one-sex circles is mixed.
    Mixed {
        /// Which circle.
        circle: CircleIx,
    },
    /// Somebody who comes only among their own sex sits in a mixed circle.
    OwnSex {
        /// Who.
        person: PersonIx,
    },
}

/// Every rule that a formation breaks, in order; none where it is sound.
#[must_use]
pub fn check(roster: &Roster, formation: &Formation) -> Vec<Breach> {
    let mut breaches = BTreeSet::new();
    let mut led: BTreeMap<FacilitatorIx, Vec<Slot>> = BTreeMap::new();
    for (ix, circle) in formation.circles() {
        led.entry(circle.facilitator).or_default().push(circle.slot);
        let members = people(roster, circle);
        breaches.extend(of_facilitator(roster, ix, circle));
        breaches.extend(
            members.iter().flat_map(|(who, person)| of_member(roster, circle, *who, person)),
        );
        breaches.extend(of_reserved(roster, ix, circle));
        breaches.extend(of_company(roster, ix, &members));
    }
    for (facilitator, mut slots) in led {
        let most = roster.leader(facilitator).map_or(0, |leader| usize::from(leader.circles()));
        if slots.len() > most {
            breaches.insert(Breach::FacilitatorLoad { facilitator });
        }
        slots.sort_unstable();
        for (slot, next) in slots.iter().zip(slots.iter().skip(1)) {
            if slot == next {
                breaches.insert(Breach::FacilitatorTwice { facilitator, slot: *slot });
            }
        }
    }
    breaches.into_iter().collect()
}

/// Whether a circle could take one more person and break no rule that it does not break already. Who is kept apart or barred is
/// left out of account: whatever is said of the answer could not be told otherwise.
pub(crate) fn with_one_more(roster: &Roster, circle: &Circle, person: PersonIx) -> bool {
    let ix = CircleIx::of(0);
    let more = {
        let mut more = circle.clone();
        more.members.push(person);
        more
    };
    let sizes = roster.rules().sizes;
    let company = |circle: &Circle| of_company(roster, ix, &people(roster, circle));
    let before = company(circle);
    more.members.len() <= usize::from(sizes.most())
        && company(&more).iter().all(|breach| before.contains(breach))
}

fn people<'a>(roster: &'a Roster, circle: &Circle) -> Vec<(PersonIx, &'a Person)> {
    circle.members.iter().filter_map(|who| Some((*who, roster.get(*who)?))).collect()
}

fn of_facilitator(roster: &Roster, ix: CircleIx, circle: &Circle) -> Vec<Breach> {
    let mut found = Vec::new();
    if let Some(leader) = roster.leader(circle.facilitator) {
        if !leader.slots().has(circle.slot) {
            found.push(Breach::FacilitatorNotFree { circle: ix });
        }
        if !leader.languages().has(circle.language) {
            found.push(Breach::FacilitatorLanguage { circle: ix });
        }
    }
    let people = circle.members.len() as u64;
    let sizes = roster.rules().sizes;
    if people < u64::from(sizes.fewest()) {
        found.push(Breach::TooFew { circle: ix, people });
    }
    if people > u64::from(sizes.most()) {
        found.push(Breach::TooMany { circle: ix, people });
    }
    found
}

fn of_member(roster: &Roster, circle: &Circle, who: PersonIx, person: &Person) -> Vec<Breach> {
    let mut found = Vec::new();
    if !person.slots().has(circle.slot) {
        found.push(Breach::NotFree { person: who });
    }
    if !person.languages().has(circle.language) {
        found.push(Breach::NotSpoken { person: who });
    }
    if let Some(leader) = roster.leader(circle.facilitator) {
        let own_place = leader.place() == person.place();
        let way = leader.spot().zip(person.spot()).map(|(from, to)| from.distance(to));
        if !roster.rules().reach.allows(own_place, way) {
            found.push(Breach::TooFar { person: who });
        }
        if !person.needs().within(leader.meets()) {
            found.push(Breach::NeedUnmet { person: who });
        }
    }
    found
}

/// What a circle breaks of the rules that are told to nobody.
fn of_reserved(roster: &Roster, ix: CircleIx, circle: &Circle) -> Vec<Breach> {
    let mut found = Vec::new();
    let members = &circle.members;
    if members.iter().any(|who| roster.barred().contains(&(*who, circle.facilitator))) {
        found.push(Breach::Barred { circle: ix });
    }
    let apart = members.iter().enumerate().any(|(n, one)| {
        members
            .iter()
            .skip(n + 1)
            .any(|other| roster.apart().contains(&(*one.min(other), *one.max(other))))
    });
    if apart {
        found.push(Breach::Apart { circle: ix });
    }
    found
}

/// What a circle breaks of the rules of company that anybody may know.
fn of_company(roster: &Roster, ix: CircleIx, members: &[(PersonIx, &Person)]) -> Vec<Breach> {
    let mut found = Vec::new();
    let rules = roster.rules();
    let ages = members.iter().filter_map(|(_, person)| person.age());
    if let (Some(limit), Some(youngest), Some(oldest)) =
        (rules.age_span_years, ages.clone().min(), ages.max())
        && oldest - youngest > limit
    {
        found.push(Breach::AgeSpan { circle: ix, years: oldest - youngest });
    }
    for aspect in &rules.nobody_alone {
        let kinds = kinds(members, *aspect);
        if members.len() > 1 && kinds.values().any(|count| *count == 1) {
            found.push(Breach::Alone { circle: ix, aspect: *aspect });
        }
    }
    if kinds(members, Aspect::Sex).len() > 1 {
        if rules.gathering == Gathering::OneSex {
            found.push(Breach::Mixed { circle: ix });
        }
        let needs = members.iter().filter(|(_, who)| who.company() == Company::OwnSexNeeded);
        found.extend(needs.map(|(who, _)| Breach::OwnSex { person: *who }));
    }
    found
}

fn kinds(members: &[(PersonIx, &Person)], aspect: Aspect) -> BTreeMap<Kind, usize> {
    let mut kinds = BTreeMap::new();
    for kind in members.iter().filter_map(|(_, person)| person.kind(aspect)) {
        *kinds.entry(kind).or_insert(0) += 1;
    }
    kinds
}

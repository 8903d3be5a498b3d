//! The lists of a program, made of what it knows of its people.

use std::collections::BTreeMap;

use circlekeeper::{Identity, PersonLine, Seating};
use commons::MemberId;

use crate::{Entrant, Leader, Lists};

/// The lists of a program, and whose rows they are.
#[derive(Debug, Clone)]
pub struct ProgramLists {
    /// The lists. Whoever is kept apart is not in them: [`circlekeeper::Keeper::company_in`] puts that into a roster.
    pub lists: Lists,
    /// Who is to sit, in the order of the list.
    pub entrants: Vec<MemberId>,
    /// Who can lead, in the order of the list.
    pub leaders: Vec<MemberId>,
}

impl ProgramLists {
    /// The lists of those who wait and those who can lead. Each is called by their short code, or by their whole id where two
    /// share one. Whoever leads as many circles as they can is not ready for one more.
    #[must_use]
    pub fn of(seating: &Seating) -> Self {
        let (people, leaders) = (seating.people.iter(), seating.leaders.iter());
        let mut codes: BTreeMap<String, usize> = BTreeMap::new();
        for line in people.clone().map(|it| &it.line).chain(leaders.clone().map(|it| &it.line)) {
            *codes.entry(line.member.short()).or_default() += 1;
        }
        let key = |member: MemberId| {
            let code = member.short();
            if codes.get(&code).is_some_and(|of| *of > 1) { member.to_string() } else { code }
        };
        let entrant = |it: &circlekeeper::Seatable| {
            let identity = it.line.identity.known();
            let mut entrant = Entrant::new(key(it.line.member));
            entrant.name = name(&it.line);
            entrant.birth_year = identity.and_then(|identity| identity.birth_year);
            entrant.sex = identity.and_then(|identity| identity.sex.clone());
            entrant.wishes = it.wishes.clone();
            entrant
        };
        let leader = |it: &circlekeeper::Leading| {
            let mut leader = Leader::new(key(it.line.member));
            leader.name = name(&it.line);
            leader.wishes = it.wishes.clone();
            leader.readiness = it.readiness;
            leader.busy = it.busy.iter().copied().collect();
            let most = usize::from(it.wishes.circles.unwrap_or(1));
            leader.wishes.circles = u8::try_from(most.saturating_sub(it.leads)).ok();
            leader
        };
        Self {
            lists: Lists {
                entrants: people.clone().map(entrant).collect(),
                leaders: leaders.clone().map(leader).collect(),
            },
            entrants: people.map(|it| it.line.member).collect(),
            leaders: leaders.map(|it| it.line.member).collect(),
        }
    }
}

fn name(line: &PersonLine) -> Option<String> {
    line.identity.known().map(|Identity { name, .. }| name.clone())
}

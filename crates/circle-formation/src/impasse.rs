//! Rules that together leave no way, and a smallest set of them that does.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    ApartPermit, Aspect, Circle, Company, Facilitator, FacilitatorIx, Formation, Gathering,
    Language, Person, PersonIx, Roster, Slot, check,
};

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// That somebody can sit in some circle.
    Seat(PersonIx),
    /// That there are seats for everybody.
    SeatsForAll,
}

/// A kind of rule that can stand in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// Facilitator and members are free at the circle's time.
    Slots,
    /// Facilitator and members speak its language.
    Languages,
    /// Nobody goes further than the reach.
    Reach,
    /// Needs are met.
    Needs,
    /// Who is not ready leads nothing.
    Readiness,
    /// A facilitator leads no more circles than they can.
    Load,
    /// A circle has at least the fewest people.
    Fewest,
    /// A circle has at most the most people.
    Most,
    /// The years between the youngest and the oldest.
    AgeSpan,
    /// Nobody is alone of their kind.
    NobodyAlone,
    /// Circles are of one sex, or somebody comes only so.
    OwnSex,
    /// Who is kept apart or barred. It is told only to who may know.
    Reserved,
}

impl Ruling {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Slots,
        Self::Languages,
        Self::Reach,
        Self::Needs,
        Self::Readiness,
        Self::Load,
        Self::Fewest,
        Self::Most,
        Self::AgeSpan,
        Self::NobodyAlone,
        Self::OwnSex,
        Self::Reserved,
    ];
}

/// Whether rules leave no way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Impasse {
    /// What is wanted is possible by itself, by all rules that were asked about.
    Possible,
    /// These rules together leave no way, which is proven; without any one of them that proof does not hold.
    Rules(BTreeSet<Ruling>),
    /// Neither a way nor a proof that there is none was found.
    Unknown,
}

impl Roster {
    /// Which rules leave no way to what is wanted. Who is kept apart or barred is left out of account: the answer is the same
    /// whoever is.
    #[must_use]
    pub fn impasse(&self, demand: Demand) -> Impasse {
        let told = Ruling::ALL.into_iter().filter(|ruling| *ruling != Ruling::Reserved).collect();
        self.impasse_of(demand, told)
    }

    /// The same with who is kept apart or barred, for who may know.
    #[must_use]
    pub fn impasse_with_reserved(&self, _: &ApartPermit, demand: Demand) -> Impasse {
        self.impasse_of(demand, Ruling::ALL.into())
    }

    /// Takes rules away one after another, as long as there is a proof that the others leave no way.
    fn impasse_of(&self, demand: Demand, mut rules: BTreeSet<Ruling>) -> Impasse {
        match self.way(demand, &rules) {
            Way::Found => return Impasse::Possible,
            Way::Unknown => return Impasse::Unknown,
            Way::None => {}
        }
        for ruling in Ruling::ALL {
            if rules.remove(&ruling) && self.way(demand, &rules) != Way::None {
                rules.insert(ruling);
            }
        }
        Impasse::Rules(rules)
    }

    fn way(&self, demand: Demand, rules: &BTreeSet<Ruling>) -> Way {
        let lens = Lens { roster: self, rules };
        match demand {
            Demand::Seat(person) => lens.seat(person),
            Demand::SeatsForAll => lens.seats(),
        }
    }
}

/// Whether there is a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// One was found and checked.
    Found,
    /// It is proven that there is none.
    None,
    /// Neither.
    Unknown,
}

/// A roster, seen as if only some rules held.
#[derive(Clone, Copy)]
struct Lens<'a> {
    roster: &'a Roster,
    rules: &'a BTreeSet<Ruling>,
}

impl<'a> Lens<'a> {
    fn holds(self, ruling: Ruling) -> bool {
        self.rules.contains(&ruling)
    }

    /// How many circles a facilitator leads at most; nothing for no limit.
    fn circles(self, leader: &Facilitator) -> Option<usize> {
        if self.holds(Ruling::Readiness)
            && leader.circles() == 0
            && leader.readiness() == crate::Readiness::NotYet
        {
            return Some(0);
        }
        let load = usize::from(leader.clone().being(crate::Readiness::Ready).circles());
        self.holds(Ruling::Load).then_some(load)
    }

    fn fewest(self) -> usize {
        if self.holds(Ruling::Fewest) { usize::from(self.roster.rules().sizes.fewest()) } else { 1 }
    }

    fn most(self) -> usize {
        if self.holds(Ruling::Most) {
            usize::from(self.roster.rules().sizes.most())
        } else {
            usize::MAX
        }
    }

    /// Whether somebody can sit with a facilitator at all.
    fn reaches(
        self,
        leader: &Facilitator,
        ix: FacilitatorIx,
        who: PersonIx,
        person: &Person,
    ) -> bool {
        let reach = self.roster.rules().reach;
        (!self.holds(Ruling::Needs) || person.needs().within(leader.meets()))
            && (!self.holds(Ruling::Reach)
                || reach.allows(leader.place() == person.place(), leader.distance(person)))
            && !(self.holds(Ruling::Reserved) && self.roster.is_barred(who, ix))
    }

    /// When and in which language a facilitator could meet somebody; one time or language stands for all where it does not matter.
    fn meetings(
        self,
        leader: &Facilitator,
        person: &Person,
    ) -> Vec<(Option<Slot>, Option<Language>)> {
        let slots: Vec<Option<Slot>> = if self.holds(Ruling::Slots) {
            person.slots().shared(leader.slots()).iter().map(Some).collect()
        } else {
            vec![None]
        };
        let languages: Vec<Option<Language>> = if self.holds(Ruling::Languages) {
            person.languages().shared(leader.languages()).iter().map(Some).collect()
        } else {
            vec![None]
        };
        slots.iter().flat_map(|slot| languages.iter().map(|it| (*slot, *it))).collect()
    }

    /// Whether somebody can sit in some circle.
    fn seat(self, who: PersonIx) -> Way {
        let Some(person) = self.roster.get(who) else { return Way::Unknown };
        let mut answer = Way::None;
        for (ix, leader) in self.roster.facilitators() {
            if self.circles(leader) == Some(0) || !self.reaches(leader, ix, who, person) {
                continue;
            }
            for (slot, language) in self.meetings(leader, person) {
                match self.circle_with(who, person, ix, leader, slot, language) {
                    Way::Found => return Way::Found,
                    Way::Unknown => answer = Way::Unknown,
                    Way::None => {}
                }
            }
        }
        answer
    }

    /// Whether a circle with somebody could meet at a time.
    fn circle_with(
        self,
        who: PersonIx,
        person: &Person,
        ix: FacilitatorIx,
        leader: &Facilitator,
        slot: Option<Slot>,
        language: Option<Language>,
    ) -> Way {
        let fewest = self.fewest();
        let mut company: Vec<(PersonIx, &Person)> = self
            .roster
            .people()
            .filter(|(other, them)| {
                *other != who
                    && slot.is_none_or(|slot| them.slots().has(slot))
                    && language.is_none_or(|language| them.languages().has(language))
                    && self.reaches(leader, ix, *other, them)
                    && self.agree((who, person), (*other, them))
            })
            .collect();
        if company.len() + 1 < fewest {
            return Way::None;
        }
        let all: Vec<&Person> = company.iter().map(|(_, them)| *them).chain([person]).collect();
        if self.holds(Ruling::NobodyAlone)
            && fewest > 1
            && self.roster.rules().nobody_alone.iter().any(|aspect| is_alone(person, &all, *aspect))
        {
            return Way::None;
        }
        // Whoever fits best comes first: the nearest in age, and of the same kinds.
        company.sort_by_key(|(other, them)| {
            let years = person.age().zip(them.age()).map_or(0, |(one, other)| one.abs_diff(other));
            let other_kinds = Aspect::ALL.map(|aspect| person.kind(aspect) != them.kind(aspect));
            (other_kinds.iter().filter(|other| **other).count(), years, *other)
        });
        let mut members = vec![(who, person)];
        for one in company {
            if members.len() >= self.most() {
                break;
            }
            if members.iter().all(|member| self.agree(*member, one)) {
                members.push(one);
                if self.is_sound(ix, slot, language, &members) {
                    return Way::Found;
                }
            }
        }
        if members.len() == 1 && self.is_sound(ix, slot, language, &members) {
            return Way::Found;
        }
        Way::Unknown
    }

    /// Whether two people can sit together.
    fn agree(self, one: (PersonIx, &Person), other: (PersonIx, &Person)) -> bool {
        let rules = self.roster.rules();
        let pair = (one.0.min(other.0), one.0.max(other.0));
        let sexes = one.1.kind(Aspect::Sex).zip(other.1.kind(Aspect::Sex));
        let needs = |person: &Person| person.company() == Company::OwnSexNeeded;
        let own = rules.gathering == Gathering::OneSex || needs(one.1) || needs(other.1);
        let years = one.1.age().zip(other.1.age()).map_or(0, |(one, other)| one.abs_diff(other));
        let apart = self.holds(Ruling::Reserved) && self.roster.apart().contains(&pair);
        let mixed =
            self.holds(Ruling::OwnSex) && own && sexes.is_some_and(|(one, other)| one != other);
        let far =
            self.holds(Ruling::AgeSpan) && rules.age_span_years.is_some_and(|span| years > span);
        !apart && !mixed && !far
    }

    /// Whether a circle of these people keeps all rules that hold here, by the checker.
    fn is_sound(
        self,
        facilitator: FacilitatorIx,
        slot: Option<Slot>,
        language: Option<Language>,
        members: &[(PersonIx, &Person)],
    ) -> bool {
        if members.len() < self.fewest() {
            return false;
        }
        let nowhere = (Slot::new(0).ok(), Language::new(0).ok());
        let (Some(slot), Some(language)) = (slot.or(nowhere.0), language.or(nowhere.1)) else {
            return false;
        };
        let members = members.iter().map(|(ix, _)| *ix).collect();
        let circle = Circle { facilitator, slot, language, members };
        let formation = Formation::of(self.roster.people().len(), [circle]);
        check(self.roster, &formation).iter().all(|breach| !self.holds(ruling(breach)))
    }

    /// Whether there are seats for everybody: each person a seat with a facilitator whom they could meet, as many as there are.
    fn seats(self) -> Way {
        if self.circles_unlimited() {
            return Way::Unknown;
        }
        let leaders: Vec<_> = self.roster.facilitators().collect();
        let seats: Vec<usize> = leaders
            .iter()
            .map(|(_, leader)| {
                self.circles(leader)
                    .map_or(usize::MAX, |circles| circles.saturating_mul(self.most()))
            })
            .collect();
        let people = self.roster.people();
        let could: Vec<Vec<usize>> = people
            .map(|(who, person)| {
                let meets = |(_, (ix, leader)): &(usize, &(FacilitatorIx, &Facilitator))| {
                    self.reaches(leader, *ix, who, person)
                        && !self.meetings(leader, person).is_empty()
                };
                leaders.iter().enumerate().filter(meets).map(|(n, _)| n).collect()
            })
            .collect();
        if Seats::new(&could, seats).all() { Way::Unknown } else { Way::None }
    }

    fn circles_unlimited(self) -> bool {
        !self.holds(Ruling::Load) || !self.holds(Ruling::Most)
    }
}

fn is_alone(person: &Person, all: &[&Person], aspect: Aspect) -> bool {
    person.kind(aspect).is_some_and(|kind| {
        all.iter().filter(|other| other.kind(aspect) == Some(kind)).count() == 1
    })
}

/// Which kind of rule a breach is of.
const fn ruling(breach: &crate::Breach) -> Ruling {
    use crate::Breach;
    match breach {
        Breach::FacilitatorNotFree { .. } | Breach::NotFree { .. } => Ruling::Slots,
        Breach::FacilitatorLanguage { .. } | Breach::NotSpoken { .. } => Ruling::Languages,
        Breach::FacilitatorLoad { .. } | Breach::FacilitatorTwice { .. } => Ruling::Load,
        Breach::TooFew { .. } => Ruling::Fewest,
        Breach::TooMany { .. } => Ruling::Most,
        Breach::TooFar { .. } => Ruling::Reach,
        Breach::NeedUnmet { .. } => Ruling::Needs,
        Breach::Apart { .. } | Breach::Barred { .. } => Ruling::Reserved,
        Breach::AgeSpan { .. } => Ruling::AgeSpan,
        Breach::Alone { .. } => Ruling::NobodyAlone,
        Breach::Mixed { .. } | Breach::OwnSex { .. } => Ruling::OwnSex,
    }
}

/// A seat for each person, moved about until everybody has one or nobody can.
struct Seats<'a> {
    could: &'a [Vec<usize>],
    seats: Vec<usize>,
    /// By facilitator, who has a seat with them.
    sits: Vec<Vec<usize>>,
    seen: Vec<bool>,
}

impl<'a> Seats<'a> {
    fn new(could: &'a [Vec<usize>], seats: Vec<usize>) -> Self {
        let leaders = seats.len();
        Self { could, seats, sits: vec![Vec::new(); leaders], seen: vec![false; leaders] }
    }

    fn all(mut self) -> bool {
        (0..self.could.len()).all(|person| {
            self.seen.fill(false);
            self.seat(person)
        })
    }

    /// Finds a seat for somebody, moving others on (an augmenting path).
    fn seat(&mut self, person: usize) -> bool {
        let could = self.could;
        for leader in could.get(person).into_iter().flatten().copied() {
            let Some(seen) = self.seen.get_mut(leader) else { continue };
            if std::mem::replace(seen, true) {
                continue;
            }
            let taken = self.sits.get(leader).map_or(0, Vec::len);
            if self.seats.get(leader).is_some_and(|seats| taken < *seats) {
                self.sits.get_mut(leader).into_iter().for_each(|sits| sits.push(person));
                return true;
            }
            for k in 0..taken {
                let Some(other) = self.sits.get(leader).and_then(|sits| sits.get(k)).copied()
                else {
                    continue;
                };
                if self.seat(other) {
                    if let Some(place) = self.sits.get_mut(leader).and_then(|sits| sits.get_mut(k))
                    {
                        *place = person;
                    }
                    return true;
                }
            }
        }
        false
    }
}

//! Why somebody sits where they sit, and what would have to change for those who wait.
//!
//! Reasons are codes and figures; the words belong to message catalogs. They are reckoned as if nobody were kept apart from
//! anybody and nobody barred, so that nothing of it can be worked out from them: a circle that has room by all other rules *could
//! take* somebody, and that it did not may as well mean that a seat there would have cost more elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    Aspect, Circle, CircleIx, Company, Facilitator, FacilitatorIx, Formation, Language, Person,
    PersonIx, Place, Reach, Readiness, Roster, Slot, check::with_one_more,
};

/// Why somebody sits where they sit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Seated {
    /// In which circle.
    pub circle: CircleIx,
    /// How many circles are open at their times, in their languages and within reach, this one with them.
    pub choices: usize,
    /// How many of those are nearer.
    pub nearer: usize,
    /// How far it is, in units of the map, where it is known.
    pub distance: Option<u32>,
    /// How many topics they share with the facilitator.
    pub topics: u32,
    /// How many of those they are bonded with sit here, of how many.
    pub bonds: (usize, usize),
    /// Whether a wish for their own sex is met; nothing where they have none.
    pub own_sex: Option<bool>,
    /// The one reason to name first.
    pub because: Because,
}

/// The first reason for a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// No other circle is open at their times, in their languages and within reach.
    OnlyOne,
    /// Somebody they are bonded with sits here.
    Together,
    /// No circle that is open to them is nearer.
    Nearest,
    /// They share a topic with the facilitator.
    SharesTopic,
    /// It is among their own sex, as they wish.
    OwnSex,
    /// It goes best with the seats of everybody else.
    BestForAll,
}

/// Why somebody waits, facilitator by facilitator: each is counted once, at the first thing that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Waits {
    /// How many facilitators there are within reach who meet their needs.
    pub within_reach: usize,
    /// Of those, how many may not lead yet.
    pub not_ready: usize,
    /// How many speak none of their languages.
    pub no_language: usize,
    /// How many are never free when they are.
    pub no_slot: usize,
    /// How many share a time and a language with them, but lead no circle at present.
    pub no_circle: usize,
    /// How many lead a circle at another time or in another language.
    pub meets_otherwise: usize,
    /// How many lead a circle they could come to that cannot take one more as it is.
    pub cannot_take: usize,
    /// How many lead a circle they could come to that has room for them; no seat was found there that leaves everybody else as
    /// well placed.
    pub could_take: usize,
}

/// What would have to change for somebody who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[non_exhaustive]
pub enum Change {
    /// They would have to say when they are free.
    TellSlots,
    /// They would have to say what they speak.
    TellLanguages,
    /// Somebody would have to lead within reach, and meet their needs.
    FacilitatorWithinReach,
    /// Somebody would have to lead in one of their languages at one of their times.
    FacilitatorWhoSpeaks {
        /// Whether anybody within reach speaks one of their languages at all.
        any: bool,
    },
    /// A circle that has room meets at a time when they are not free.
    FreeAt {
        /// When it meets.
        slot: Slot,
        /// In which language, which they speak.
        language: Language,
        /// How many such circles there are at that time.
        circles: usize,
    },
    /// A circle at this time and in this language, when so many who wait in this place are free and speak it.
    Opening(Opening),
    /// A facilitator who may not lead yet shares a time and a language with them.
    Ready {
        /// Who.
        facilitator: FacilitatorIx,
    },
    /// A circle would have to be composed in another way.
    Compose {
        /// How many circles there are to which they could come.
        circles: usize,
    },
}

/// What a further circle would do for those who wait in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Opening {
    /// How many of those who wait could come.
    pub waiting: usize,
    /// How many of those who sit elsewhere could come too, from circles that can spare them.
    pub others: usize,
    /// Whether that makes enough for a circle.
    pub enough: bool,
    /// In which place.
    pub place: Place,
    /// When.
    pub slot: Slot,
    /// In which language.
    pub language: Language,
}

/// Reasons for a whole formation. What is the same for a whole place is counted once, so that each person then takes a few
/// steps for each circle within reach.
#[derive(Debug)]
pub struct Reasons<'a> {
    roster: &'a Roster,
    formation: &'a Formation,
    /// By place, the facilitators who may be within its reach, and its openings, the best first.
    leaders: BTreeMap<Place, Vec<FacilitatorIx>>,
    openings: BTreeMap<Place, Vec<Opening>>,
    /// By facilitator, their circles.
    led: BTreeMap<FacilitatorIx, Vec<CircleIx>>,
    /// By person, whom they are bonded with.
    bonds: BTreeMap<PersonIx, Vec<PersonIx>>,
}

impl<'a> Reasons<'a> {
    /// Reasons for a formation.
    #[must_use]
    pub fn of(roster: &'a Roster, formation: &'a Formation) -> Self {
        let mut led: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (ix, circle) in formation.circles() {
            led.entry(circle.facilitator).or_default().push(ix);
        }
        let mut bonds: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (one, other) in roster.bonds() {
            bonds.entry(one).or_default().push(other);
            bonds.entry(other).or_default().push(one);
        }
        let mut leaders: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let places: BTreeSet<Place> = roster.people().map(|(_, person)| person.place()).collect();
        for (ix, leader) in roster.facilitators() {
            match roster.rules().reach {
                Reach::OwnPlace | Reach::OwnPlaceWithin(_) => {
                    leaders.entry(leader.place()).or_default().push(ix);
                }
                Reach::Within(_) => {
                    for place in &places {
                        leaders.entry(*place).or_default().push(ix);
                    }
                }
            }
        }
        let openings = openings(roster, formation);
        Self { roster, formation, leaders, openings, led, bonds }
    }

    /// What a further circle would do, by place, the best first.
    #[must_use]
    pub fn openings(&self, place: Place) -> &[Opening] {
        self.openings.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Why somebody sits where they sit; nothing for who waits.
    #[must_use]
    pub fn seated(&self, person: PersonIx) -> Option<Seated> {
        let seat = self.formation.seat(person)?;
        let (circle, who) = (self.formation.get(seat)?, self.roster.get(person)?);
        let leader = self.roster.leader(circle.facilitator)?;
        let distance = leader.distance(who);
        let (mut choices, mut nearer) = (0, 0);
        for (ix, other) in self.circles_near(who.place()) {
            let meets = self.roster.comes(person, other.facilitator, other.slot, other.language);
            if ix != seat && !meets {
                continue;
            }
            choices += 1;
            let theirs = self.roster.leader(other.facilitator).and_then(|it| it.distance(who));
            nearer += usize::from(distance.zip(theirs).is_some_and(|(mine, its)| its < mine));
        }
        let friends = self.bonds.get(&person).map_or(&[][..], Vec::as_slice);
        let here =
            friends.iter().filter(|friend| self.formation.seat(**friend) == Some(seat)).count();
        let topics = who.topics().shared(leader.topics()).len();
        let own_sex = match who.company() {
            Company::Any => None,
            Company::OwnSexWished | Company::OwnSexNeeded => Some(!is_mixed(self.roster, circle)),
        };
        let because = if choices == 1 {
            Because::OnlyOne
        } else if here > 0 {
            Because::Together
        } else if nearer == 0 && distance.is_some() {
            Because::Nearest
        } else if topics > 0 {
            Because::SharesTopic
        } else if own_sex == Some(true) {
            Because::OwnSex
        } else {
            Because::BestForAll
        };
        let bonds = (here, friends.len());
        Some(Seated { circle: seat, choices, nearer, distance, topics, bonds, own_sex, because })
    }

    /// Why somebody waits; nothing for who sits in a circle.
    #[must_use]
    pub fn waits(&self, person: PersonIx) -> Option<Waits> {
        let who = self.waiting(person)?;
        let mut waits = Waits::default();
        for (ix, leader) in self.leaders_near(who) {
            waits.within_reach += 1;
            let count = if leader.readiness() == Readiness::NotYet {
                &mut waits.not_ready
            } else if who.languages().shared(leader.languages()).is_empty() {
                &mut waits.no_language
            } else if who.slots().shared(leader.slots()).is_empty() {
                &mut waits.no_slot
            } else {
                match self.taking(person, ix) {
                    None => &mut waits.no_circle,
                    Some(Taking::Otherwise) => &mut waits.meets_otherwise,
                    Some(Taking::Cannot) => &mut waits.cannot_take,
                    Some(Taking::Could) => &mut waits.could_take,
                }
            };
            *count += 1;
        }
        Some(waits)
    }

    /// What would have to change for somebody who waits, each enough by itself to bring them nearer to a seat; nothing for who
    /// sits in a circle.
    #[must_use]
    pub fn changes(&self, person: PersonIx) -> Vec<Change> {
        let (Some(who), Some(waits)) = (self.waiting(person), self.waits(person)) else {
            return Vec::new();
        };
        let mut changes = Vec::new();
        if who.slots().is_empty() {
            changes.push(Change::TellSlots);
        }
        if who.languages().is_empty() {
            changes.push(Change::TellLanguages);
        }
        if who.languages().is_empty() {
            return changes;
        }
        if waits.within_reach == 0 {
            changes.push(Change::FacilitatorWithinReach);
        } else if !who.slots().is_empty()
            && waits.not_ready + waits.no_language + waits.no_slot == waits.within_reach
        {
            let any = waits.no_slot > 0;
            changes.push(Change::FacilitatorWhoSpeaks { any });
        }
        let mut times: BTreeMap<(Slot, Language), usize> = BTreeMap::new();
        for (ix, leader) in self.leaders_near(who) {
            let meets = !who.languages().shared(leader.languages()).is_empty()
                && !who.slots().shared(leader.slots()).is_empty();
            if leader.readiness() == Readiness::NotYet && meets {
                changes.push(Change::Ready { facilitator: ix });
            }
            for circle in self.led_by(ix) {
                if who.languages().has(circle.language)
                    && !who.slots().has(circle.slot)
                    && with_one_more(self.roster, circle, person)
                {
                    *times.entry((circle.slot, circle.language)).or_default() += 1;
                }
            }
        }
        changes.extend(times.into_iter().map(|((slot, language), circles)| Change::FreeAt {
            slot,
            language,
            circles,
        }));
        let opening = self
            .openings(who.place())
            .iter()
            .find(|opening| who.slots().has(opening.slot) && who.languages().has(opening.language));
        changes.extend(opening.map(|opening| Change::Opening(*opening)));
        if waits.cannot_take > 0 {
            changes.push(Change::Compose { circles: waits.cannot_take });
        }
        changes
    }

    fn waiting(&self, person: PersonIx) -> Option<&'a Person> {
        let waits = self.formation.seat(person).is_none();
        self.roster.get(person).filter(|_| waits)
    }

    fn leaders_near(&self, who: &Person) -> impl Iterator<Item = (FacilitatorIx, &'a Facilitator)> {
        let near = self.leaders.get(&who.place()).map_or(&[][..], Vec::as_slice);
        near.iter()
            .filter_map(|ix| Some((*ix, self.roster.leader(*ix)?)))
            .filter(|(_, leader)| leader.reaches(who, self.roster.rules()))
    }

    fn circles_near(&self, place: Place) -> impl Iterator<Item = (CircleIx, &'a Circle)> {
        let near = self.leaders.get(&place).map_or(&[][..], Vec::as_slice);
        near.iter()
            .filter_map(|ix| self.led.get(ix))
            .flatten()
            .filter_map(|ix| Some((*ix, self.formation.get(*ix)?)))
    }

    fn led_by(&self, facilitator: FacilitatorIx) -> impl Iterator<Item = &'a Circle> {
        self.led.get(&facilitator).into_iter().flatten().filter_map(|ix| self.formation.get(*ix))
    }

    /// Whether any circle of a facilitator could take somebody; nothing where they lead none.
    fn taking(&self, person: PersonIx, facilitator: FacilitatorIx) -> Option<Taking> {
        self.led_by(facilitator)
            .map(|circle| {
                if !self.roster.comes(person, facilitator, circle.slot, circle.language) {
                    Taking::Otherwise
                } else if with_one_more(self.roster, circle, person) {
                    Taking::Could
                } else {
                    Taking::Cannot
                }
            })
            .max()
    }
}

/// Whether a circle could take somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Taking {
    Otherwise,
    Cannot,
    Could,
}

fn is_mixed(roster: &Roster, circle: &Circle) -> bool {
    let sexes = circle.members.iter().filter_map(|ix| roster.get(*ix)?.kind(Aspect::Sex));
    sexes.collect::<BTreeSet<_>>().len() > 1
}

/// What a further circle would do, by place: at which time, in which language.
fn openings(roster: &Roster, formation: &Formation) -> BTreeMap<Place, Vec<Opening>> {
    let fewest = usize::from(roster.rules().sizes.fewest());
    let mut counts: BTreeMap<(Place, Slot, Language), (usize, usize)> = BTreeMap::new();
    let meetings = |who: &Person| {
        let (slots, languages) = (who.slots(), who.languages());
        slots.iter().flat_map(move |slot| languages.iter().map(move |language| (slot, language)))
    };
    for person in formation.waiting().filter_map(|ix| roster.get(ix)) {
        for (slot, language) in meetings(person) {
            counts.entry((person.place(), slot, language)).or_default().0 += 1;
        }
    }
    for (_, circle) in formation.circles() {
        let spare = circle.members.len().saturating_sub(fewest);
        let mut could: BTreeMap<(Place, Slot, Language), usize> = BTreeMap::new();
        for person in circle.members.iter().filter_map(|ix| roster.get(*ix)) {
            for (slot, language) in meetings(person) {
                *could.entry((person.place(), slot, language)).or_default() += 1;
            }
        }
        for (meeting, people) in could {
            if let Some(count) = counts.get_mut(&meeting) {
                count.1 += people.min(spare);
            }
        }
    }
    let mut openings: BTreeMap<Place, Vec<Opening>> = BTreeMap::new();
    for ((place, slot, language), (waiting, others)) in counts {
        let enough = waiting + others >= fewest;
        let opening = Opening { waiting, others, enough, place, slot, language };
        openings.entry(place).or_default().push(opening);
    }
    for list in openings.values_mut() {
        list.sort_by_key(|it| {
            let rank = (!it.enough, std::cmp::Reverse(it.waiting), std::cmp::Reverse(it.others));
            (rank, it.slot, it.language)
        });
    }
    openings
}

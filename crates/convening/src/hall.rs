//! Lists and rules as a roster, with the words that its numbers stand for.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use circle_formation::{
    Aspect, Company, Facilitator, FacilitatorIx, Kind, Language, Languages, Need, Needs, Person,
    PersonIx, Place, Roster, Slot, Spot, Topic, Topics,
};
use circle_model::MeetingTime;
use circlekeeper::Wishes;
use commons::Code;

use crate::{
    Entrant, FormingRules, Leader, List, ListFault, ListFaultKind, ListFaults, Lists, times::Times,
};

/// Everybody of some lists as a roster, and the words that its numbers stand for.
///
/// Words are numbered in the order of the alphabet and times in the order of the week, so that the same people give the same
/// numbers in whatever order they say what they say. The roster keeps the order of the lists. Who is kept apart or barred is in
/// the roster alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Hall {
    rules: FormingRules,
    roster: Roster,
    // Invariant: as many as the roster has people and facilitators, in its order.
    entrants: Vec<Entrant>,
    leaders: Vec<Leader>,
    people: BTreeMap<String, PersonIx>,
    facilitators: BTreeMap<String, FacilitatorIx>,
    words: Words,
}

/// What numbers stand for.
#[derive(Clone, PartialEq, Eq)]
struct Words {
    times: Times,
    // By what they are compared, in rising order, and as they are written.
    places: Vec<(String, Option<String>)>,
    languages: Vec<Code>,
    topics: Vec<Code>,
    needs: Vec<Code>,
    kinds: [Vec<Code>; 4],
}

impl fmt::Debug for Hall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hall").field("roster", &self.roster).finish_non_exhaustive()
    }
}

impl Lists {
    /// Turns everybody into a roster by the rules of a program; ages are those of a year.
    ///
    /// A circle can begin when those who lead name it: at a single time, at the beginning of a span and at every full hour after
    /// it. Times that people name are taken in too where somebody who leads is free then, if anybody can come who could not
    /// otherwise, as many as there is room for ([`Hall::times_left_out`]). Whoever leads several circles is given times that do
    /// not overlap, those that together suit the most people.
    ///
    /// Places are the same whatever their capital letters and spaces. Whoever names none is of the place without a name.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the lists.
    pub fn hall(self, rules: &FormingRules, year: i32) -> Result<Hall, ListFaults> {
        let mut faults = ListFaults::default();
        let Self { entrants, leaders } = self;
        if entrants.is_empty() {
            faults.push(ListFault::of_list(List::People, ListFaultKind::NobodyToSeat));
        }
        if leaders.is_empty() {
            faults.push(ListFault::of_list(List::Facilitators, ListFaultKind::NobodyToLead));
        }
        let words = Words::of(&entrants, &leaders, rules, &mut faults);
        let mut hall = Hall {
            rules: rules.clone(),
            roster: Roster::new(rules.rules().clone(), rules.weights().clone()),
            entrants,
            leaders,
            people: BTreeMap::new(),
            facilitators: BTreeMap::new(),
            words,
        };
        hall.seat_people(year, &mut faults);
        hall.seat_leaders(&mut faults);
        hall.relate(&mut faults);
        if faults.is_empty() { Ok(hall) } else { Err(faults.sorted()) }
    }
}

impl Hall {
    /// Everybody by number, with what holds between them.
    #[must_use]
    pub const fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The same, for whoever takes in more of what holds between people. Whoever adds people to it, adds some of whom the hall
    /// does not know.
    #[must_use]
    pub const fn roster_mut(&mut self) -> &mut Roster {
        &mut self.roster
    }

    /// The rules that it was made by.
    #[must_use]
    pub const fn rules(&self) -> &FormingRules {
        &self.rules
    }

    /// Everybody who is to sit, in the order of the roster. Whom they never sit with is in the roster alone: it is empty here.
    #[must_use]
    pub fn entrants(&self) -> &[Entrant] {
        &self.entrants
    }

    /// Everybody who can lead, in the order of the roster.
    #[must_use]
    pub fn leaders(&self) -> &[Leader] {
        &self.leaders
    }

    /// One of the people.
    #[must_use]
    pub fn entrant(&self, person: PersonIx) -> Option<&Entrant> {
        self.entrants.get(person.number())
    }

    /// One of those who lead.
    #[must_use]
    pub fn leader(&self, facilitator: FacilitatorIx) -> Option<&Leader> {
        self.leaders.get(facilitator.number())
    }

    /// The person of a key.
    #[must_use]
    pub fn person_of(&self, key: &str) -> Option<PersonIx> {
        self.people.get(key).copied()
    }

    /// Who leads and has a key.
    #[must_use]
    pub fn facilitator_of(&self, key: &str) -> Option<FacilitatorIx> {
        self.facilitators.get(key).copied()
    }

    /// When a slot is.
    #[must_use]
    pub fn time(&self, slot: Slot) -> Option<MeetingTime> {
        self.words.times.get(slot)
    }

    /// The slot at which a circle begins then.
    #[must_use]
    pub fn slot_of(&self, time: MeetingTime) -> Option<Slot> {
        self.words.times.slot_of(time)
    }

    /// How many times that people name were left out since there was no room for more.
    #[must_use]
    pub const fn times_left_out(&self) -> usize {
        self.words.times.left_out()
    }

    /// The word for a language.
    #[must_use]
    pub fn language(&self, language: Language) -> Option<&Code> {
        self.words.languages.get(usize::from(language.number()))
    }

    /// The language of a word.
    #[must_use]
    pub fn language_of(&self, word: &Code) -> Option<Language> {
        number(&self.words.languages, word).and_then(|n| Language::new(n).ok())
    }

    /// The name of a place, as its first in the alphabet writes it; nothing for the place without a name.
    #[must_use]
    pub fn place(&self, place: Place) -> Option<&str> {
        self.words.places.get(place.0 as usize)?.1.as_deref()
    }

    /// The word for a topic.
    #[must_use]
    pub fn topic(&self, topic: Topic) -> Option<&Code> {
        self.words.topics.get(usize::from(topic.number()))
    }

    /// The word for a need.
    #[must_use]
    pub fn need(&self, need: Need) -> Option<&Code> {
        self.words.needs.get(usize::from(need.number()))
    }

    /// The word for what somebody is in an aspect.
    #[must_use]
    pub fn kind(&self, aspect: Aspect, kind: Kind) -> Option<&Code> {
        self.words.kinds.get(index(aspect))?.get(usize::from(kind.number()))
    }

    /// The word for an aspect.
    #[must_use]
    pub fn aspect(&self, aspect: Aspect) -> Option<&Code> {
        self.rules.word(aspect)
    }

    fn seat_people(&mut self, year: i32, faults: &mut ListFaults) {
        let needs_sexes = self.rules.rules().gathering == circle_formation::Gathering::OneSex
            || self.entrants.iter().any(|it| it.wishes.company == Company::OwnSexNeeded);
        for (row, entrant) in self.entrants.iter().enumerate() {
            let mut wrong =
                |kind| faults.push(ListFault::at_row(List::People, row, entrant.line, kind));
            let mut person = self.words.person(entrant, &self.rules);
            match entrant.birth_year.map(|born| u8::try_from(year - i32::from(born))) {
                Some(Ok(age)) if age <= OLDEST => person = person.aged(age),
                Some(_) => wrong(ListFaultKind::NotBorn),
                None => {}
            }
            match spot(entrant.wishes.spot) {
                Ok(Some(spot)) => person = person.living_at(spot),
                Ok(None) => {}
                Err(kind) => wrong(kind),
            }
            if entrant.sex.is_none() && (needs_sexes || entrant.wishes.company != Company::Any) {
                wrong(ListFaultKind::SexUnknown);
            }
            match self.roster.person(person) {
                Ok(_) if self.people.contains_key(&entrant.key) => wrong(ListFaultKind::KeyTwice),
                Ok(ix) => {
                    self.people.insert(entrant.key.clone(), ix);
                }
                Err(_) => {
                    wrong(ListFaultKind::TooManyPeople { limit: Roster::LIMIT });
                    return;
                }
            }
        }
    }

    fn seat_leaders(&mut self, faults: &mut ListFaults) {
        let mut wanted: BTreeMap<Slot, u64> = BTreeMap::new();
        for (_, person) in self.roster.people() {
            for slot in person.slots().iter() {
                *wanted.entry(slot).or_default() += 1;
            }
        }
        for (row, leader) in self.leaders.iter().enumerate() {
            let mut wrong =
                |kind| faults.push(ListFault::at_row(List::Facilitators, row, leader.line, kind));
            let mut facilitator = self.words.facilitator(leader, &wanted);
            match spot(leader.wishes.spot) {
                Ok(Some(spot)) => facilitator = facilitator.meeting_at(spot),
                Ok(None) => {}
                Err(kind) => wrong(kind),
            }
            match self.roster.facilitator(facilitator) {
                Ok(_) if self.facilitators.contains_key(&leader.key) => {
                    wrong(ListFaultKind::KeyTwice);
                }
                Ok(ix) => {
                    self.facilitators.insert(leader.key.clone(), ix);
                }
                Err(_) => {
                    wrong(ListFaultKind::TooManyPeople { limit: Roster::LIMIT });
                    return;
                }
            }
        }
    }

    /// Takes in what holds between people, and forgets from the lists what is told to nobody.
    fn relate(&mut self, faults: &mut ListFaults) {
        let people: Vec<_> = self.roster.people().map(|(ix, _)| ix).collect();
        for ((row, entrant), ix) in self.entrants.iter_mut().enumerate().zip(people) {
            // Which of the three a key stands in is not told: it would tell that somebody is kept apart.
            let mut unknown = false;
            let mut oneself = false;
            for key in &entrant.together {
                match self.people.get(key) {
                    Some(other) => oneself |= self.roster.bond(ix, *other).is_err(),
                    None => unknown = true,
                }
            }
            for key in std::mem::take(&mut entrant.apart) {
                match self.people.get(&key) {
                    Some(other) => oneself |= self.roster.keep_apart(ix, *other).is_err(),
                    None => unknown = true,
                }
            }
            for key in std::mem::take(&mut entrant.barred) {
                match self.facilitators.get(&key) {
                    // Invariant: both are of this roster.
                    Some(other) => drop(self.roster.bar(ix, *other)),
                    None => unknown = true,
                }
            }
            let found = [(unknown, ListFaultKind::UnknownKey), (oneself, ListFaultKind::Oneself)];
            for (_, kind) in found.into_iter().filter(|(is, _)| *is) {
                faults.push(ListFault::at_row(List::People, row, entrant.line, kind));
            }
        }
    }
}

/// The oldest that anybody is, in years: our own figure.
const OLDEST: u8 = 120;

impl Words {
    fn of(
        entrants: &[Entrant],
        leaders: &[Leader],
        rules: &FormingRules,
        faults: &mut ListFaults,
    ) -> Self {
        let everybody = || {
            let entrants = entrants.iter().map(|entrant| &entrant.wishes);
            entrants.chain(leaders.iter().map(|leader| &leader.wishes))
        };
        let times = match Times::of(leaders, entrants, rules.minutes()) {
            Ok(times) => times,
            Err(found) => {
                let limit = usize::from(Slot::LIMIT);
                let kind = ListFaultKind::TooManyTimes { found, limit };
                faults.push(ListFault::of_list(List::Facilitators, kind));
                Times::none(rules.minutes())
            }
        };
        if times.is_empty() && faults.is_empty() {
            faults.push(ListFault::of_list(List::Facilitators, ListFaultKind::NoTimes));
        }
        let mut few =
            |words: BTreeSet<&Code>, limit: u8, kind: fn(usize, usize) -> ListFaultKind| {
                let limit = usize::from(limit);
                if words.len() > limit {
                    faults.push(ListFault::of_all(kind(words.len(), limit)));
                }
                words.into_iter().take(limit).cloned().collect::<Vec<_>>()
            };
        let languages = few(
            everybody().flat_map(|wishes| &wishes.languages).collect(),
            Language::LIMIT,
            |found, limit| ListFaultKind::TooManyLanguages { found, limit },
        );
        let topics = few(
            everybody().flat_map(|wishes| &wishes.topics).collect(),
            Topic::LIMIT,
            |found, limit| ListFaultKind::TooManyTopics { found, limit },
        );
        let needs = few(
            everybody().flat_map(|wishes| &wishes.needs).collect(),
            Need::LIMIT,
            |found, limit| ListFaultKind::TooManyNeeds { found, limit },
        );
        let kinds = Aspect::ALL.map(|aspect| {
            let Some(word) = rules.word(aspect) else { return Vec::new() };
            let kinds: BTreeSet<&Code> =
                entrants.iter().filter_map(|entrant| entrant.kind(aspect, word)).collect();
            let limit = usize::from(Kind::LIMIT);
            if kinds.len() > limit {
                let (aspect, found) = (word.clone(), kinds.len());
                let kind = ListFaultKind::TooManyKinds { aspect, found, limit };
                faults.push(ListFault::of_list(List::People, kind));
            }
            kinds.into_iter().take(limit).cloned().collect()
        });
        Self { times, places: places(everybody()), languages, topics, needs, kinds }
    }
}

impl Words {
    fn person(&self, entrant: &Entrant, rules: &FormingRules) -> Person {
        let wishes = &entrant.wishes;
        let languages = self.languages(&wishes.languages);
        let person =
            Person::new(self.place(&wishes.place), languages, self.times.free(&wishes.times))
                .wishing(self.topics(&wishes.topics))
                .needing(self.needs(&wishes.needs))
                .in_company(wishes.company);
        Aspect::ALL.into_iter().zip(&self.kinds).fold(person, |person, (aspect, kinds)| {
            let word = rules.word(aspect).and_then(|word| entrant.kind(aspect, word));
            let kind = word.and_then(|word| Kind::new(number(kinds, word)?).ok());
            kind.map_or(person.clone(), |kind| person.being(aspect, kind))
        })
    }

    fn facilitator(&self, leader: &Leader, wanted: &BTreeMap<Slot, u64>) -> Facilitator {
        let wishes = &leader.wishes;
        let circles = wishes.circles.unwrap_or(1);
        let free = self.times.free(&wishes.times);
        let slots = if circles > 1 { self.times.apart(free, wanted) } else { free };
        Facilitator::new(self.place(&wishes.place), self.languages(&wishes.languages), slots)
            .knowing(self.topics(&wishes.topics))
            .meeting(self.needs(&wishes.needs))
            .being(leader.readiness)
            .leading(circles)
    }

    fn place(&self, name: &Option<String>) -> Place {
        let plain = name.as_deref().map(plain).unwrap_or_default();
        let found = self.places.binary_search_by(|(other, _)| other.cmp(&plain));
        // Invariant: the place of everybody is among them.
        Place(u32::try_from(found.unwrap_or_default()).unwrap_or_default())
    }

    fn languages(&self, words: &BTreeSet<Code>) -> Languages {
        let numbers = words.iter().filter_map(|word| number(&self.languages, word));
        numbers.filter_map(|n| Language::new(n).ok()).collect()
    }

    fn topics(&self, words: &BTreeSet<Code>) -> Topics {
        let numbers = words.iter().filter_map(|word| number(&self.topics, word));
        numbers.filter_map(|n| Topic::new(n).ok()).collect()
    }

    fn needs(&self, words: &BTreeSet<Code>) -> Needs {
        let numbers = words.iter().filter_map(|word| number(&self.needs, word));
        numbers.filter_map(|n| Need::new(n).ok()).collect()
    }
}

/// Each place once, by what it is compared by, written as its first in the alphabet is.
fn places<'a>(everybody: impl Iterator<Item = &'a Wishes>) -> Vec<(String, Option<String>)> {
    let mut places: BTreeMap<String, Option<String>> = BTreeMap::new();
    for name in everybody.map(|wishes| wishes.place.as_deref().unwrap_or_default().trim()) {
        let written = (!name.is_empty()).then(|| name.to_owned());
        let known = places.entry(plain(name)).or_insert_with(|| written.clone());
        if written < *known {
            *known = written;
        }
    }
    places.into_iter().collect()
}

/// A place without the differences that do not count.
fn plain(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The number of a word among words in rising order.
fn number(words: &[Code], word: &Code) -> Option<u8> {
    u8::try_from(words.binary_search(word).ok()?).ok()
}

const fn index(aspect: Aspect) -> usize {
    match aspect {
        Aspect::Sex => 0,
        Aspect::First => 1,
        Aspect::Second => 2,
        Aspect::Third => 3,
    }
}

fn spot(spot: Option<(i32, i32)>) -> Result<Option<Spot>, ListFaultKind> {
    let limit = Spot::LIMIT.unsigned_abs();
    let spot = spot.map(|(x, y)| Spot::new(x, y)).transpose();
    spot.map_err(|_| ListFaultKind::OffTheMap { limit })
}

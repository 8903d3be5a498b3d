//! Lists and rules as a roster, with the words that its numbers stand for.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use circle_formation::{
    Aspect, Company, FacilitatorIx, Gathering, Kind, Language, Need, PersonIx, Place, Roster, Slot,
    Topic,
};
use circle_model::MeetingTime;
use commons::Code;

use crate::{
    Entrant, FormingRules, Leader, List, ListFault, ListFaultKind, ListFaults, Lists,
    teams::{Alone, Teams},
    words::{self, Words},
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
    // Invariant: as many as the roster has people, and as many teams as it has facilitators, in its order.
    entrants: Vec<Entrant>,
    teams: Vec<Vec<Leader>>,
    without_team: Vec<Leader>,
    people: BTreeMap<String, PersonIx>,
    facilitators: BTreeMap<String, FacilitatorIx>,
    words: Words,
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
    /// Where several lead a circle ([`FormingRules::leaders`]), those of one [team](circlekeeper::Wishes::team) lead together; of
    /// whoever says none, those are teamed up who are of one place and share the most times and languages.
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
            teams: Vec::new(),
            without_team: Vec::new(),
            people: BTreeMap::new(),
            facilitators: BTreeMap::new(),
            words,
        };
        hall.seat_people(year, &mut faults);
        hall.seat_leaders(leaders, &mut faults);
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

    /// One of the people.
    #[must_use]
    pub fn entrant(&self, person: PersonIx) -> Option<&Entrant> {
        self.entrants.get(person.number())
    }

    /// Who leads as a facilitator of the roster; of a team, the first of the list.
    #[must_use]
    pub fn leader(&self, facilitator: FacilitatorIx) -> Option<&Leader> {
        self.team(facilitator).first()
    }

    /// All who lead together as one facilitator of the roster, in the order of the list.
    #[must_use]
    pub fn team(&self, facilitator: FacilitatorIx) -> &[Leader] {
        self.teams.get(facilitator.number()).map_or(&[], Vec::as_slice)
    }

    /// Whoever can lead and found no team, where several lead a circle.
    #[must_use]
    pub fn without_team(&self) -> &[Leader] {
        &self.without_team
    }

    /// The person of a key.
    #[must_use]
    pub fn person_of(&self, key: &str) -> Option<PersonIx> {
        self.people.get(key).copied()
    }

    /// The facilitator of the roster as which somebody leads who has a key, alone or in a team.
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
        words::number(&self.words.languages, word).and_then(|n| Language::new(n).ok())
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
        self.words.kinds.get(words::index(aspect))?.get(usize::from(kind.number()))
    }

    /// The word for an aspect.
    #[must_use]
    pub fn aspect(&self, aspect: Aspect) -> Option<&Code> {
        self.rules.word(aspect)
    }

    fn seat_people(&mut self, year: i32, faults: &mut ListFaults) {
        let needs_sexes = self.rules.rules().gathering == Gathering::OneSex
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
            match words::spot(entrant.wishes.spot) {
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

    fn seat_leaders(&mut self, leaders: Vec<Leader>, faults: &mut ListFaults) {
        let mut keys = BTreeSet::new();
        for (row, leader) in leaders.iter().enumerate() {
            let mut wrong =
                |kind| faults.push(ListFault::at_row(List::Facilitators, row, leader.line, kind));
            if let Err(kind) = words::spot(leader.wishes.spot) {
                wrong(kind);
            }
            if !keys.insert(leader.key.as_str()) {
                wrong(ListFaultKind::KeyTwice);
            }
        }
        let alone = |leader| self.words.alone(leader);
        let everybody: Vec<Alone<'_>> = leaders.iter().map(alone).collect();
        let wanted = self.rules.leaders();
        let Teams { teams, left_over } = Teams::of(&everybody, wanted, faults);
        if teams.is_empty() && !leaders.is_empty() {
            let kind = ListFaultKind::NoTeams { leaders: wanted };
            faults.push(ListFault::of_list(List::Facilitators, kind));
        }
        let demand = self.demand();
        for team in &teams {
            let team: Vec<&Alone<'_>> = team.iter().filter_map(|row| everybody.get(*row)).collect();
            let Some(facilitator) = self.words.together(&team, &demand) else { continue };
            let Ok(ix) = self.roster.facilitator(facilitator) else {
                let kind = ListFaultKind::TooManyPeople { limit: Roster::LIMIT };
                faults.push(ListFault::of_list(List::Facilitators, kind));
                break;
            };
            for alone in &team {
                self.facilitators.entry(alone.leader.key.clone()).or_insert(ix);
            }
        }
        drop(everybody);
        let mut leaders: Vec<_> = leaders.into_iter().map(Some).collect();
        let mut take = |row: &usize| leaders.get_mut(*row).and_then(Option::take);
        self.teams = teams.iter().map(|team| team.iter().filter_map(&mut take).collect()).collect();
        self.without_team = left_over.iter().filter_map(&mut take).collect();
    }

    /// How many people are free at each time.
    fn demand(&self) -> BTreeMap<Slot, u64> {
        let mut demand = BTreeMap::new();
        for (_, person) in self.roster.people() {
            for slot in person.slots().iter() {
                *demand.entry(slot).or_default() += 1;
            }
        }
        demand
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
                    Some(other) => unknown |= self.roster.bar(ix, *other).is_err(),
                    // Whoever has no team leads nobody.
                    None => unknown |= !self.without_team.iter().any(|leader| leader.key == key),
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

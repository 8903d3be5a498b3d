//! Who never sits with whom, and who is to sit together.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use circle_access::Action;
use circle_formation::{FacilitatorIx, PersonIx, Roster};
use circle_model::Life;
use commons::{DataClass, EventId, MemberId, PersonId, Private, Refused, Rule, UnitId};
use event_log::EventLog;

use super::groups::present;
use crate::{
    Asking, CompanyWords, Fact, Keeper, KeeperError, Pair, PersonEvent, Surroundings, ToSeal,
    keeper::{Saying, shared},
};

/// What holds between two people, for who may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyLine {
    /// The event that says it.
    pub event: EventId,
    /// One of the two.
    pub one: PersonId,
    /// The other.
    pub other: PersonId,
    /// What holds between them.
    pub pair: Pair,
    /// Since when.
    pub on: NaiveDate,
    /// In which groups that have not ended both are today. Of people who are kept apart there is none, unless the pair was noted
    /// later than their seats, or copies were merged.
    pub both_in: Vec<UnitId>,
}

/// Somebody cannot sit in a circle as it is, or lead it. What stands in the way is told to nobody: they may sit elsewhere
/// already, be to lead the circle themselves, or not sit in this company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("somebody has no place in this group as it is")]
pub(crate) struct NoPlaceHere;

impl Refused for NoPlaceHere {
    fn code(&self) -> &'static str {
        "group.no_place_here"
    }
    // PG-09 asks that neither of the two learns why; so no rule is named.
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        "offer another group, or propose the circles anew"
    }
}

/// Two people are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("one person is neither kept apart from themselves nor together with themselves")]
struct OnePerson;

impl Refused for OnePerson {
    fn code(&self) -> &'static str {
        "formation.one-person"
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        "name two different people"
    }
}

/// Which enrolments never sit together, each pair both ways.
#[derive(Default)]
pub(crate) struct Apart(BTreeSet<(MemberId, MemberId)>);

impl Apart {
    /// Whether somebody has a place beside others: nobody is kept apart from any of them.
    pub(crate) fn has_place(
        &self,
        member: MemberId,
        beside: impl IntoIterator<Item = MemberId>,
    ) -> Result<(), KeeperError> {
        if !self.0.is_empty() && beside.into_iter().any(|other| self.0.contains(&(member, other))) {
            return Err(KeeperError::refused(NoPlaceHere));
        }
        Ok(())
    }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Notes that two people never sit in one circle (PG-09), or are to sit together. Whoever learns of it writes it down.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where they are one person, [`KeeperError::NotFound`], [`KeeperError::Locked`],
    /// [`KeeperError::Store`].
    pub fn note_company(
        &mut self,
        pair: Pair,
        one: PersonId,
        other: PersonId,
        on: NaiveDate,
    ) -> Result<EventId, KeeperError> {
        if one == other {
            return Err(KeeperError::refused(OnePerson));
        }
        let id = self.world.event_id();
        self.decide(|keeper, _| {
            keeper.person(other)?;
            let no_key = || KeeperError::NotFound { what: "key", id: one.short() };
            let key = keeper.person(one)?.key.ok_or_else(no_key)?;
            let fact = Fact::Person(PersonEvent::Company { person: one, on });
            let words = ToSeal::new(key, DataClass::SafeContact, &CompanyWords { pair, other })?;
            let mut saying = Saying::new(one, fact).and(shared::PEOPLE).sealing(words);
            saying.id = Some(id);
            Ok((saying, id))
        })
    }

    /// Lifts what was noted of two people, for somebody who may change it: every note that says the same of the two, in whatever
    /// order and of whichever records of theirs, so that it holds no more.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::NotFound`] where nothing of the kind holds, [`KeeperError::Locked`],
    /// [`KeeperError::Store`].
    pub fn lift_company(
        &mut self,
        asking: &Asking,
        event: EventId,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.may(asking, Action::Write, DataClass::SafeContact)?;
        self.decide(|keeper, _| {
            let noted = keeper.companies()?;
            let missing = || KeeperError::NotFound { what: "pair", id: event.short() };
            let known = noted.iter().find(|line| line.event == event).ok_or_else(missing)?;
            let one = keeper.same_records(known.one)?;
            let other = keeper.same_records(known.other)?;
            let between = |line: &CompanyLine| {
                let (here, there) = (line.one, line.other);
                (one.contains(&here) && other.contains(&there))
                    || (one.contains(&there) && other.contains(&here))
            };
            let same = noted.iter().filter(|line| line.pair == known.pair && between(line));
            let lifted = same.map(|line| {
                let (person, lifts) = (line.one, line.event);
                let fact = Fact::Person(PersonEvent::CompanyLifted { person, lifts, on });
                Saying::new(person, fact).and(shared::PEOPLE)
            });
            Ok((lifted.collect::<Vec<_>>(), ()))
        })
    }

    /// Who is kept apart, and who is to sit together, for somebody who may know. What is sealed for a locked program, or of
    /// somebody who was erased, is not there.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Store`].
    pub fn company(&mut self, asking: &Asking) -> Result<Vec<CompanyLine>, KeeperError> {
        self.may_read(asking, DataClass::SafeContact)?;
        let mut lines = self.companies()?;
        if lines.is_empty() {
            return Ok(lines);
        }
        let (today, enrolments) = (self.today()?, self.enrolments()?);
        let mut groups = Vec::new();
        for unit in self.units()? {
            let file = self.unit(unit)?;
            if !matches!(file.group.life(), Life::Ended { .. }) {
                groups.push((unit, present(&file.group, today)));
            }
        }
        for line in &mut lines {
            let mut sides = [line.one, line.other].map(|_| BTreeSet::new());
            for (side, person) in sides.iter_mut().zip([line.one, line.other]) {
                let records = self.same_records(person)?;
                side.extend(records.iter().flat_map(|it| enrolments.get(it)).flatten().copied());
            }
            let both = groups.iter().filter(|(_, here)| {
                sides.iter().all(|side: &BTreeSet<MemberId>| !side.is_disjoint(here))
            });
            line.both_in = both.map(|(unit, _)| *unit).collect();
        }
        Ok(lines)
    }

    /// Puts into a roster who is to sit together, and who never does. It is told to nobody: a roster does not say it.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where a number is none of the roster's, [`KeeperError::Store`].
    pub fn company_in(
        &mut self,
        roster: &mut Roster,
        people: &BTreeMap<MemberId, PersonIx>,
        leaders: &BTreeMap<MemberId, FacilitatorIx>,
    ) -> Result<(), KeeperError> {
        let enrolments = self.enrolments()?;
        let members = |person: PersonId| enrolments.get(&person).into_iter().flatten();
        // Nobody sits in a circle that they lead.
        for of_one in enrolments.values() {
            for (member, leader) in pairs(of_one, of_one) {
                if let (Some(member), Some(leader)) = (people.get(member), leaders.get(leader)) {
                    roster.bar(*member, *leader).map_err(KeeperError::refused)?;
                }
            }
        }
        for (one, other, pair) in self.company_pairs()? {
            for (one, other) in members(one).flat_map(|one| members(other).map(move |it| (one, it)))
            {
                if let (Some(one), Some(other)) = (people.get(one), people.get(other)) {
                    match pair {
                        Pair::Apart => roster.keep_apart(*one, *other),
                        Pair::Together => roster.bond(*one, *other),
                    }
                    .map_err(KeeperError::refused)?;
                }
                for (member, leader) in [(one, other), (other, one)] {
                    if let (Pair::Apart, Some(member), Some(leader)) =
                        (pair, people.get(member), leaders.get(leader))
                    {
                        roster.bar(*member, *leader).map_err(KeeperError::refused)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Which enrolments never sit together. Whoever notes a pair meanwhile is heard: the decision is then taken again.
    pub(crate) fn apart(&mut self) -> Result<Apart, KeeperError> {
        let people = self.log.count(shared::PEOPLE).map_err(KeeperError::store)?;
        self.trail.0.entry(shared::PEOPLE).or_insert(people);
        let pairs = self.company_pairs()?;
        let mut apart = Apart::default();
        if pairs.iter().all(|(_, _, pair)| *pair != Pair::Apart) {
            return Ok(apart);
        }
        let enrolments = self.enrolments()?;
        let members = |person: PersonId| enrolments.get(&person).into_iter().flatten().copied();
        for (one, other, _) in pairs.into_iter().filter(|(_, _, pair)| *pair == Pair::Apart) {
            for one in members(one) {
                apart.0.extend(members(other).flat_map(|other| [(one, other), (other, one)]));
            }
        }
        Ok(apart)
    }

    /// Each pair, between all records of the two people.
    fn company_pairs(&mut self) -> Result<Vec<(PersonId, PersonId, Pair)>, KeeperError> {
        let mut found = Vec::new();
        for line in self.companies()? {
            let (one, other) = (self.same_records(line.one)?, self.same_records(line.other)?);
            found.extend(pairs(&one, &other).map(|(one, other)| (*one, *other, line.pair)));
        }
        Ok(found)
    }

    /// What holds, as far as it can be read.
    fn companies(&mut self) -> Result<Vec<CompanyLine>, KeeperError> {
        let said = self.log.read_kind("person.company").map_err(KeeperError::store)?;
        let (mut lines, mut lifted) = (Vec::new(), BTreeSet::new());
        for event in &said.events {
            let header = event.header();
            let fact = event.open().map(|open| Fact::decode(&header.kind, header.version, open));
            match fact {
                Some(Ok(Fact::Person(PersonEvent::Company { person, on }))) => {
                    let words: Private<CompanyWords> = self.words(event, DataClass::SafeContact)?;
                    if let Private::Known(CompanyWords { pair, other }) = words {
                        let (event, one) = (event.id(), person);
                        lines.push(CompanyLine {
                            event,
                            one,
                            other,
                            pair,
                            on,
                            both_in: Vec::new(),
                        });
                    }
                }
                Some(Ok(Fact::Person(PersonEvent::CompanyLifted { lifts, .. }))) => {
                    lifted.insert(lifts);
                }
                _ => {}
            }
        }
        lines.retain(|line| !lifted.contains(&line.event));
        lines.sort_by_key(|line| (line.on, line.event));
        Ok(lines)
    }
}

fn pairs<'a, T: Ord>(
    ones: &'a BTreeSet<T>,
    others: &'a BTreeSet<T>,
) -> impl Iterator<Item = (&'a T, &'a T)> {
    ones.iter().flat_map(|one| others.iter().map(move |other| (one, other)))
}

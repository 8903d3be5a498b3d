//! People: enrolled and listed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use commons::{DataClass, EventSet, MemberId, PersonId, Private, UnitId};
use event_log::EventLog;
use safety_protocols::{Consent, Proof, Scope, ShelfLife};

use crate::{
    Asking, Fact, Identity, Keeper, KeeperError, Link, MemberEvent, PersonEvent, SamePerson,
    Standing, Surroundings, ToSeal, WaitReason,
    keeper::{Plan, Saying, shared},
};

/// Somebody to enroll.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Who they are.
    pub identity: Identity,
    /// In which standing.
    pub standing: Standing,
    /// The day.
    pub on: NaiveDate,
}

impl NewPerson {
    /// Whether somebody who would sit in a circle may not be eighteen yet. Without a year of birth
    /// nobody can tell; the program then asks.
    #[must_use]
    pub fn may_be_minor(&self) -> bool {
        let born = self.identity.birth_year.map(i32::from);
        self.standing == Standing::Participant
            && born.is_some_and(|born| self.on.year() - born < 18)
    }
}

/// A consent that everybody on a list gave.
#[derive(Debug, Clone)]
pub struct ConsentGiven {
    /// To what.
    pub scopes: Vec<Scope>,
    /// How.
    pub proof: Proof,
    /// When.
    pub at: DateTime<Utc>,
}

impl ConsentGiven {
    /// It as said by somebody who was just enrolled.
    fn by(&self, member: MemberId, life: ShelfLife) -> Result<Vec<Saying>, KeeperError> {
        let say = |scope: &Scope| {
            let (proof, cites) = (self.proof.clone(), EventSet::new());
            let new = Consent::default();
            let given = new.give(scope.clone(), proof, self.at, life, cites);
            Ok(Saying::new(member, Fact::Consent(given.map_err(KeeperError::refused)?)))
        };
        self.scopes.iter().map(say).collect()
    }
}

/// How many people and erasures there were when a list was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeopleSeen {
    people: u64,
    erasures: u64,
}

/// A list of people to enroll, with what all of them said.
#[derive(Debug, Clone, Copy)]
pub struct NewPeople<'a> {
    /// The people.
    pub people: &'a [NewPerson],
    /// What each of them consented to.
    pub consents: &'a [ConsentGiven],
    /// What there was when the list was looked through for people who are here already; none where
    /// nobody looked.
    pub seen: Option<PeopleSeen>,
}

/// The models that can be lived today are for adults; a child needs a guardian's consent, their
/// own assent and a room with two adults, and nothing here keeps those yet (U-19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("{minors} of {of} people may be under 18")]
struct Minors {
    minors: usize,
    of: usize,
}

impl commons::Refused for Minors {
    fn code(&self) -> &'static str {
        "people.minors"
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<commons::Rule> {
        Some(commons::Rule::of("U-19"))
    }
    fn way_out(&self) -> &'static str {
        "leave them out: the models that are ready are for adults, and no guardian's consent can be kept yet"
    }
}

/// Somebody on the list of people.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// The person, where the link can be read.
    pub person: Private<PersonId>,
    /// The enrolment.
    pub member: MemberId,
    /// In which standing.
    pub standing: Standing,
    /// Since when.
    pub since: NaiveDate,
    /// Who they are, where it can be read.
    pub identity: Private<Identity>,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Enrolls people, all of them or nobody: each gets a record, an enrolment, and keys of their own.
    ///
    /// # Errors
    ///
    /// As [`enroll_all`](Self::enroll_all).
    pub fn enroll(
        &mut self,
        people: &[NewPerson],
    ) -> Result<Vec<(PersonId, MemberId)>, KeeperError> {
        self.enroll_all(&NewPeople { people, consents: &[], seen: None })
    }

    /// How many people and erasures there are: to be asked before somebody looks whether a list
    /// holds people who are here already, or were erased.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn people_seen(&mut self) -> Result<PeopleSeen, KeeperError> {
        let count = |key| self.log.count(key).map_err(KeeperError::store);
        Ok(PeopleSeen { people: count(shared::PEOPLE)?, erasures: count(shared::ERASURES)? })
    }

    /// Enrolls people with the consent they gave, in one decision: all of it or nothing.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where somebody who would sit in a circle may be under eighteen
    /// (U-19), or where a word of consent was not witnessed; [`KeeperError::PeopleChanged`] where
    /// somebody came or was erased since the list was looked at; [`KeeperError::Locked`],
    /// [`KeeperError::Store`].
    pub fn enroll_all(
        &mut self,
        new: &NewPeople<'_>,
    ) -> Result<Vec<(PersonId, MemberId)>, KeeperError> {
        let minors = new.people.iter().filter(|new| new.may_be_minor()).count();
        if minors > 0 {
            return Err(KeeperError::refused(Minors { minors, of: new.people.len() }));
        }
        self.decide(|keeper, reads| {
            if let Some(seen) = new.seen {
                let people = keeper.counted(shared::PEOPLE, reads)?;
                let erasures = keeper.counted(shared::ERASURES, reads)?;
                if seen != (PeopleSeen { people, erasures }) {
                    return Err(KeeperError::PeopleChanged);
                }
            }
            let mut plan = Plan::default();
            let life = keeper.shelf_life()?;
            let mut ids = Vec::with_capacity(new.people.len());
            for person in new.people {
                let (person, member) = keeper.enroll_one(person, &mut plan)?;
                for given in new.consents {
                    plan.sayings.extend(given.by(member, life)?);
                }
                ids.push((person, member));
            }
            // Records first, then enrolments by their random ids: where an event stands in the
            // log must not say which enrolment is whose.
            plan.sayings.sort_by_key(|saying| {
                let of_person = matches!(saying.fact, Fact::Person(_));
                (!of_person).then(|| saying.keys.first().copied())
            });
            Ok((plan, ids))
        })
    }

    fn enroll_one(
        &mut self,
        new: &NewPerson,
        plan: &mut Plan,
    ) -> Result<(PersonId, MemberId), KeeperError> {
        let (person, member): (PersonId, MemberId) = (self.world.id(), self.world.id());
        let (own, own_root) = self.new_key();
        let (link, link_root) = self.new_key();
        let (standing, on) = (new.standing, new.on);
        let identity = ToSeal::new(own, DataClass::Identity, &new.identity)?;
        let linked = ToSeal::new(link, DataClass::Identity, &Link { person })?;
        plan.sayings.push(
            Saying::new(person, Fact::Person(PersonEvent::Registered { person, on }))
                .and(shared::PEOPLE)
                .sealing(identity),
        );
        let enrolled = Fact::Member(MemberEvent::Enrolled { member, standing, on });
        plan.sayings.push(Saying::new(member, enrolled).and(shared::PEOPLE).sealing(linked));
        plan.new_keys.extend([(own, own_root), (link, link_root)]);
        Ok((person, member))
    }

    /// Enrolls somebody who is known already once more: into another cohort or another standing.
    /// Nobody without the keys sees that both enrolments are of one person.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn enroll_again(
        &mut self,
        person: PersonId,
        standing: Standing,
        on: NaiveDate,
    ) -> Result<MemberId, KeeperError> {
        self.decide(|keeper, _| {
            keeper.person(person)?;
            let member: MemberId = keeper.world.id();
            let (link, root) = keeper.new_key();
            let linked = ToSeal::new(link, DataClass::Identity, &Link { person })?;
            let enrolled = Fact::Member(MemberEvent::Enrolled { member, standing, on });
            let sayings = vec![Saying::new(member, enrolled).and(shared::PEOPLE).sealing(linked)];
            Ok((Plan { sayings, new_keys: vec![(link, root)], ..Plan::default() }, member))
        })
    }

    /// Everybody who is enrolled, for somebody who may know who they are. Locked, it lists codes
    /// without names; whoever's words are damaged hides nobody else.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Store`].
    pub fn people(&mut self, asking: &Asking) -> Result<Vec<PersonLine>, KeeperError> {
        self.may_read(asking, DataClass::Identity)?;
        self.person_lines()
    }

    pub(crate) fn person_lines(&mut self) -> Result<Vec<PersonLine>, KeeperError> {
        self.forget_erased()?;
        let identities = self.identities()?;
        let enrolments = self.log.read_kind("member.enrolled").map_err(KeeperError::store)?;
        let mut lines = Vec::with_capacity(enrolments.events.len());
        for event in &enrolments.events {
            let Some(MemberEvent::Enrolled { member, standing, on }) = self.member_event(event)
            else {
                continue;
            };
            let link: Private<Link> = self.words(event, DataClass::Identity)?;
            let person = link.map(|link| link.person);
            let known = person.known().and_then(|person| identities.get(person)).cloned();
            let identity = match (&person, known) {
                (Private::Known(_), Some(identity)) => identity,
                // The record is withheld, or cannot be read.
                (Private::Known(_), None) | (Private::Locked, _) => Private::Locked,
                (Private::Damaged, _) => Private::Damaged,
                (Private::Erased, _) => Private::Erased,
            };
            lines.push(PersonLine { person, member, standing, since: on, identity });
        }
        Ok(lines)
    }

    fn identities(&mut self) -> Result<BTreeMap<PersonId, Private<Identity>>, KeeperError> {
        let mut identities = BTreeMap::new();
        if !self.is_unlocked() {
            return Ok(identities);
        }
        let registered = self.log.read_kind("person.registered").map_err(KeeperError::store)?;
        for event in &registered.events {
            let person = uuid::Uuid::from(event.header().keys.stream()).into();
            identities.insert(person, self.words(event, DataClass::Identity)?);
        }
        Ok(identities)
    }

    fn member_event(&self, event: &event_log::Event) -> Option<MemberEvent> {
        let header = event.header();
        match Fact::decode(&header.kind, header.version, event.open()?) {
            Ok(Fact::Member(event)) => Some(event),
            _ => None,
        }
    }

    /// The enrolments of each person whose link can be read.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn enrolments(&mut self) -> Result<BTreeMap<PersonId, BTreeSet<MemberId>>, KeeperError> {
        let mut enrolments: BTreeMap<PersonId, BTreeSet<MemberId>> = BTreeMap::new();
        for line in self.person_lines()? {
            if let Private::Known(person) = line.person {
                enrolments.entry(person).or_default().insert(line.member);
            }
        }
        Ok(enrolments)
    }

    /// Puts somebody on the waiting list.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn wait_list(
        &mut self,
        member: MemberId,
        unit: Option<UnitId>,
        why: WaitReason,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            keeper.member_read(member, reads)?;
            Ok((
                Saying::new(
                    member,
                    Fact::Member(MemberEvent::WaitListed { member, why, unit, on }),
                ),
                (),
            ))
        })
    }

    /// Records that somebody went to see a member who had stayed away, or called (SH-10).
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn contacted_member(
        &mut self,
        unit: UnitId,
        member: MemberId,
        reached: bool,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            keeper.unit_read(unit, reads)?;
            let fact = MemberEvent::Contacted { member, unit, reached, on };
            Ok((Saying::new(member, Fact::Member(fact)).and(unit), ()))
        })
    }

    /// Records that two records are of one human. Nobody without the keys sees which two.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn same_person(
        &mut self,
        one: PersonId,
        other: PersonId,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, _| {
            keeper.person(other)?;
            let no_key = || KeeperError::NotFound { what: "key", id: one.short() };
            let key = keeper.person(one)?.key.ok_or_else(no_key)?;
            let fact = Fact::Person(PersonEvent::SamePerson { person: one, on });
            let sealed = ToSeal::new(key, DataClass::Identity, &SamePerson { other })?;
            Ok((Saying::new(one, fact).and(shared::PEOPLE).sealing(sealed), ()))
        })
    }
}

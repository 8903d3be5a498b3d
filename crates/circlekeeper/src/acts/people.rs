//! People: enrolled, listed, erased.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use commons::{DataClass, MemberId, PersonId, Private, UnitId};
use event_log::{Digest, EventLog};

use crate::{
    Fact, Identity, Keeper, KeeperError, Link, MemberEvent, PersonEvent, Standing, Surroundings,
    ToSeal, WaitReason,
    files::PersonFile,
    keeper::{Plan, Saying},
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
    fn may_be_minor(&self) -> bool {
        let born = self.identity.birth_year.map(i32::from);
        self.standing == Standing::Participant
            && born.is_some_and(|born| self.on.year() - born < 18)
    }
}

/// The models that can be lived today are for adults; a child needs a guardian's consent, their
/// own assent and a room with two adults, and nothing here keeps those yet (U-19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{minors} of {of} people may be under 18")]
struct Minors {
    minors: usize,
    of: usize,
}

impl commons::Refused for Minors {
    fn code(&self) -> &'static str {
        "people.minors"
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
    /// [`KeeperError::Refused`] where somebody who would sit in a circle may be under eighteen
    /// (U-19); [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn enroll(
        &mut self,
        people: &[NewPerson],
    ) -> Result<Vec<(PersonId, MemberId)>, KeeperError> {
        let minors = people.iter().filter(|new| new.may_be_minor()).count();
        if minors > 0 {
            return Err(KeeperError::refused(Minors { minors, of: people.len() }));
        }
        self.decide(|keeper, _| {
            let mut plan = Plan::default();
            let mut ids = Vec::with_capacity(people.len());
            for new in people {
                ids.push(keeper.enroll_one(new, &mut plan)?);
            }
            // Records first, then enrolments by their random ids: where an event stands in the
            // log must not say which enrolment is whose.
            plan.sayings.sort_by_key(|saying| {
                let enrolled = matches!(saying.fact, Fact::Member(_));
                enrolled.then(|| saying.keys.first().copied())
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
                .sealing(identity),
        );
        let enrolled = Fact::Member(MemberEvent::Enrolled { member, standing, on });
        plan.sayings.push(Saying::new(member, enrolled).sealing(linked));
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
        self.person(person)?;
        self.decide(|keeper, _| {
            let member: MemberId = keeper.world.id();
            let (link, root) = keeper.new_key();
            let linked = ToSeal::new(link, DataClass::Identity, &Link { person })?;
            let enrolled = Fact::Member(MemberEvent::Enrolled { member, standing, on });
            let sayings = vec![Saying::new(member, enrolled).sealing(linked)];
            Ok((Plan { sayings, new_keys: vec![(link, root)] }, member))
        })
    }

    /// Everybody who is enrolled. Locked, it lists codes without names.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`], [`KeeperError::Seal`].
    pub fn people(&mut self) -> Result<Vec<PersonLine>, KeeperError> {
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
                (Private::Known(_), None) | (Private::Erased, _) => Private::Erased,
                (Private::Locked, _) => Private::Locked,
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
    /// [`KeeperError::Store`], [`KeeperError::Seal`].
    pub fn enrolments(&mut self) -> Result<BTreeMap<PersonId, BTreeSet<MemberId>>, KeeperError> {
        let mut enrolments: BTreeMap<PersonId, BTreeSet<MemberId>> = BTreeMap::new();
        for line in self.people()? {
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

    /// Records that two records are of one human.
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
        self.person(one)?;
        self.person(other)?;
        self.decide(|_, _| {
            let fact = Fact::Person(PersonEvent::SamePerson { person: one, other, on });
            Ok((Saying::new(one, fact).and(other), ()))
        })
    }

    /// Erases a person, and every record of the same human: keys destroyed, words blanked, links gone.
    ///
    /// Marks, totals and duties stay, under enrolments that lead to nobody any more.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn erase(&mut self, person: PersonId) -> Result<Erasure, KeeperError> {
        let enrolments = self.enrolments()?;
        let records = self.same_records(person)?;
        let mut keys = BTreeSet::new();
        let mut tombstones = BTreeSet::new();
        let mut members = BTreeSet::new();
        for record in &records {
            let file = self.person(*record)?;
            keys.extend(file.key);
            tombstones.extend(self.tombstones_of(&file)?);
            for member in enrolments.get(record).into_iter().flatten() {
                members.insert(*member);
                keys.extend(self.member(*member)?.key);
            }
        }
        let program = self.program_id();
        let on = self.today()?;
        self.decide(|_, _| {
            let erased = keys.iter().map(|key| PersonEvent::Erased { keys: [*key].into(), on });
            let fingerprints = tombstones.clone();
            let tombstoned = PersonEvent::Tombstoned { fingerprints, on };
            let facts = erased.chain([tombstoned]).map(Fact::Person);
            Ok((facts.map(|fact| Saying::new(program, fact)).collect::<Vec<_>>(), ()))
        })?;
        for key in &keys {
            self.keys.forget(*key);
        }
        self.log.drop_cards().map_err(KeeperError::store)?;
        self.log.compact().map_err(KeeperError::store)?;
        self.clear_shelf();
        Ok(Erasure { records: records.len(), enrolments: members.len(), keys: keys.len() })
    }

    fn same_records(&mut self, person: PersonId) -> Result<BTreeSet<PersonId>, KeeperError> {
        let mut found = BTreeSet::new();
        let mut next = vec![person];
        while let Some(record) = next.pop() {
            if found.insert(record) {
                next.extend(self.person(record)?.same.iter().copied());
            }
        }
        Ok(found)
    }

    fn tombstones_of(&mut self, file: &PersonFile) -> Result<BTreeSet<Digest>, KeeperError> {
        let Some(event) = &file.identity else { return Ok(BTreeSet::new()) };
        let identity: Private<Identity> = self.words(event, DataClass::Identity)?;
        Ok(identity.known().map(|identity| self.tombstones(identity)).unwrap_or_default())
    }

    /// The keyed fingerprints by which somebody would be known again: their number on another
    /// list, their telephone, their name with their year of birth.
    #[must_use]
    pub fn tombstones(&self, identity: &Identity) -> BTreeSet<Digest> {
        let Some(vault) = self.keys.unlocked() else { return BTreeSet::new() };
        let plain = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        let mut words = Vec::new();
        words.extend(identity.external_id.as_deref().map(|id| format!("id:{}", plain(id))));
        words.extend(identity.phone.as_deref().map(|phone| format!("phone:{}", plain(phone))));
        let year = identity.birth_year.map_or_else(String::new, |year| year.to_string());
        words.push(format!("name:{}:{year}", plain(&identity.name)));
        words.iter().map(|words| Digest::from_bytes(vault.fingerprint(words.as_bytes()))).collect()
    }

    /// Of these people, the places of those who may be somebody that was erased. A match asks, it never refuses.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`], [`KeeperError::Locked`].
    pub fn maybe_erased(&mut self, people: &[Identity]) -> Result<Vec<usize>, KeeperError> {
        if !self.is_unlocked() {
            return Err(KeeperError::Locked);
        }
        let erased = self.log.read_kind("person.tombstoned").map_err(KeeperError::store)?;
        let facts = erased
            .events
            .iter()
            .filter_map(|event| Fact::decode(&event.header().kind, 1, event.open()?).ok());
        let stones: BTreeSet<Digest> = facts
            .filter_map(|fact| {
                let Fact::Person(PersonEvent::Tombstoned { fingerprints, .. }) = fact else {
                    return None;
                };
                Some(fingerprints)
            })
            .flatten()
            .collect();
        let matches = people
            .iter()
            .enumerate()
            .filter(|(_, identity)| !self.tombstones(identity).is_disjoint(&stones));
        Ok(matches.map(|(place, _)| place).collect())
    }
}

/// What an erasure took away: counts for the receipt, and nobody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Erasure {
    /// Records of the person.
    pub records: usize,
    /// Enrolments that lead to nobody any more.
    pub enrolments: usize,
    /// Keys that were destroyed.
    pub keys: usize,
}

//! Erasing a person, and knowing them again without keeping who they were.

use std::collections::{BTreeMap, BTreeSet};

use commons::{DataClass, MemberId, PersonId, Private};
use event_log::{Digest, EventLog, KeyId, Wrapped};

use crate::{
    Fact, Identity, Keeper, KeeperError, PersonEvent, SamePerson, Surroundings,
    files::PersonFile,
    keeper::{Reads, Saying, shared},
};

/// What an erasure took away: counts for the receipt, and nobody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Erasure {
    /// Records of the person.
    pub records: usize,
    /// Enrolments that lead to nobody any more.
    pub enrolments: usize,
    /// Keys that were destroyed.
    pub keys: usize,
    /// Whether the bytes are off the disk too. Where they are not (the disk is full, another program
    /// reads), every later opening and [`Keeper::finish_erasing`] try again.
    pub off_disk: bool,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Erases a person, and every record of the same human: keys destroyed, words blanked, links
    /// gone, and all cards with them, in one transaction; then the store is compacted.
    ///
    /// Marks, totals and duties stay, under enrolments that lead to nobody any more. Whoever was
    /// erased in part (a copy knew of another enrolment) is erased for the rest.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`]. Where the erasure
    /// itself was written, there is none: see [`Erasure::off_disk`].
    pub fn erase(&mut self, person: PersonId) -> Result<Erasure, KeeperError> {
        let on = self.today()?;
        let mut erasure = self.decide(|keeper, reads| {
            let found = keeper.all_of(person, reads)?;
            let erased =
                found.keys.iter().map(|key| PersonEvent::Erased { keys: [*key].into(), on });
            let fingerprints = found.tombstones;
            let tombstoned =
                (!fingerprints.is_empty()).then_some(PersonEvent::Tombstoned { fingerprints, on });
            let program = keeper.program_id();
            let say = |fact| Saying::new(program, Fact::Person(fact)).and(shared::ERASURES);
            let sayings: Vec<_> = erased.chain(tombstoned).map(say).collect();
            let (records, enrolments) = (found.records.len(), found.members.len());
            let keys = found.keys.len();
            Ok((sayings, Erasure { records, enrolments, keys, off_disk: false }))
        })?;
        self.forget_erased()?;
        erasure.off_disk = self.finish_erasing().is_ok();
        Ok(erasure)
    }

    /// Takes off the disk what was erased and may still lie there, if anything may. Says whether
    /// there was something to do.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`] where the disk is full or another program reads: then it is still due.
    pub fn finish_erasing(&mut self) -> Result<bool, KeeperError> {
        let due = self.log.compact_due().map_err(KeeperError::store)?;
        if due {
            self.log.compact().map_err(KeeperError::store)?;
        }
        Ok(due)
    }

    /// Everything that leads to a person, as it is at this moment: the decision expects that nobody
    /// is enrolled or erased meanwhile.
    fn all_of(&mut self, person: PersonId, reads: &mut Reads) -> Result<Traces, KeeperError> {
        self.counted(shared::PEOPLE, reads)?;
        self.counted(shared::ERASURES, reads)?;
        let enrolments = self.enrolments()?;
        let mut found = Traces { records: self.same_records(person)?, ..Traces::default() };
        for record in found.records.clone() {
            let file = self.person(record)?;
            found.keys.extend(file.key);
            found.tombstones.extend(self.tombstones_of(&file)?);
            for member in enrolments.get(&record).into_iter().flatten() {
                found.members.insert(*member);
                found.keys.extend(self.member(*member)?.key);
            }
        }
        let mut gone = Vec::new();
        for key in &found.keys {
            if self.log.wrapped(*key).map_err(KeeperError::store)? == Wrapped::Erased {
                gone.push(*key);
            }
        }
        found.keys.retain(|key| !gone.contains(key));
        Ok(found)
    }

    /// The records of one human, as far as the links between them can be read.
    pub(crate) fn same_records(
        &mut self,
        person: PersonId,
    ) -> Result<BTreeSet<PersonId>, KeeperError> {
        let mut links: BTreeMap<PersonId, BTreeSet<PersonId>> = BTreeMap::new();
        let said = self.log.read_kind("person.same_person").map_err(KeeperError::store)?;
        for event in &said.events {
            let one: PersonId = uuid::Uuid::from(event.header().keys.stream()).into();
            let sealed: Private<SamePerson> = self.words(event, DataClass::Identity)?;
            if let Private::Known(SamePerson { other }) = sealed {
                links.entry(one).or_default().insert(other);
                links.entry(other).or_default().insert(one);
            }
        }
        let mut found = BTreeSet::new();
        let mut next = vec![person];
        while let Some(record) = next.pop() {
            if found.insert(record) {
                next.extend(links.get(&record).into_iter().flatten());
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

/// All that leads to one human.
#[derive(Debug, Default)]
struct Traces {
    records: BTreeSet<PersonId>,
    members: BTreeSet<MemberId>,
    /// Keys that are not destroyed yet.
    keys: BTreeSet<KeyId>,
    tombstones: BTreeSet<Digest>,
}

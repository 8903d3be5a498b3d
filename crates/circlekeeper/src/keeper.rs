//! The keeper of a program: what it holds, and what it loads.

use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use circle_vault::{Locked, RecoveryCode};
use commons::{
    ClassId, Code, DataClass, DocumentId, EventId, MatterId, MemberId, PersonId, Private,
    ProgramId, ReferralId, UnitId,
};
use event_log::{Draft, Event, EventLog, Key};
use outcomes::Instrument;
use program_model::Model;
use safety_protocols::MatterContent;
use serde::de::DeserializeOwned;

use crate::{
    ClassFile, Fact, Founded, KeeperError, MatterFile, MemberFile, PersonFile, ProgramFile,
    ReferralFile, Room, Surroundings, UnitFile, files::File, vault::Keys,
};

pub(crate) use crate::deciding::{Plan, Reads, Saying};

/// The names under which a store keeps what is not an event.
pub(crate) mod setting {
    /// The locked vault.
    pub(crate) const VAULT: &str = "vault";
    /// The id of the program.
    pub(crate) const PROGRAM: &str = "program";
}

/// Keys that events share by which many decisions are judged together. They are for ever.
pub(crate) mod shared {
    use event_log::Key;

    /// Whatever says who is who: registrations, enrolments, two records of one human. Whoever looks
    /// whether somebody is here already expects that nobody came meanwhile.
    pub(crate) const PEOPLE: Key = Key::number(0x7f0b_6d2c_94a1_4e55_9c3e_2b18_d07a_41f6);
    /// Erasures and their tombstones. Where there is a new one, nothing that was unwrapped or folded
    /// before is believed any more.
    pub(crate) const ERASURES: Key = Key::number(0x1c95_e07b_38d2_4f0d_8a64_f3b7_590c_2e8d);
}

/// A program, opened: the one object through which frontends act.
///
/// Every change is one call, one decision of the domain and one durable transaction over every
/// key that the decision read. A locked keeper still shows what is due, the crisis card and
/// what is wrong, with codes in place of names.
pub struct Keeper<L, S> {
    pub(crate) log: L,
    pub(crate) world: S,
    pub(crate) keys: Keys,
    program: ProgramId,
    /// Keys under which a newer release has written.
    pub(crate) newer: BTreeSet<Key>,
    shelf: BTreeMap<(Key, &'static str), Shelved>,
    /// Documents never change, so a model is parsed once.
    models: BTreeMap<DocumentId, Option<Arc<Model>>>,
    instruments: BTreeMap<Code, Arc<Instrument>>,
    /// How many erasures there were when the first key was unwrapped.
    erasures: Option<u64>,
    /// Keys under which something is damaged, and in how many places.
    pub(crate) damaged: BTreeMap<Key, usize>,
    /// What the matters of raised answers say, as far as it was read.
    pub(crate) raised: BTreeMap<EventId, (MatterId, MatterContent)>,
    /// Where units meet, as far as it was read: a unit is told once, when it is formed.
    pub(crate) rooms: BTreeMap<UnitId, Option<Room>>,
    /// What was read since the present decision began, by whichever way: the gates read too.
    pub(crate) trail: Reads,
}

/// A file that was folded, of any kind.
type AnyFile = Arc<dyn Any + Send + Sync>;

/// A file on the shelf.
struct Shelved {
    /// From how many events it was folded.
    count: u64,
    file: AnyFile,
    /// Folds one more event in. Says `false` where somebody else holds the file.
    take: fn(&mut AnyFile, &Event, &Fact) -> bool,
}

fn take_one<F: File + Send + Sync + 'static>(
    file: &mut AnyFile,
    event: &Event,
    fact: &Fact,
) -> bool {
    let own = Arc::get_mut(file).and_then(|file| file.downcast_mut::<F>());
    own.map(|file| file.take(event, fact.clone())).is_some()
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Opens the program that a store holds. It stays locked.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NoProgram`] where it holds none, [`KeeperError::Store`].
    pub fn open(log: L, world: S) -> Result<Self, KeeperError> {
        let program = log.setting(setting::PROGRAM).map_err(KeeperError::store)?;
        let program = program.and_then(|bytes| <[u8; 16]>::try_from(bytes.as_slice()).ok());
        let program = ProgramId::from_bytes(program.ok_or(KeeperError::NoProgram)?);
        Ok(Self::over(log, world, program))
    }

    pub(crate) fn over(log: L, world: S, program: ProgramId) -> Self {
        Self {
            log,
            world,
            keys: Keys::default(),
            program,
            newer: BTreeSet::new(),
            shelf: BTreeMap::new(),
            erasures: None,
            models: BTreeMap::new(),
            instruments: BTreeMap::new(),
            damaged: BTreeMap::new(),
            raised: BTreeMap::new(),
            rooms: BTreeMap::new(),
            trail: Reads::default(),
        }
    }

    /// Unlocks it with the passphrase.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Vault`] where the passphrase is wrong, [`KeeperError::Store`].
    pub fn unlock(&mut self, passphrase: &str) -> Result<(), KeeperError> {
        let unlocked = self.locked()?.unlock(passphrase)?;
        self.keys.unlock(unlocked);
        self.shelf.clear();
        Ok(())
    }

    /// Unlocks it with a recovery code.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Vault`] where the code is wrong, [`KeeperError::Store`].
    pub fn recover(&mut self, code: &RecoveryCode) -> Result<(), KeeperError> {
        let unlocked = self.locked()?.recover(code)?;
        self.keys.unlock(unlocked);
        self.shelf.clear();
        Ok(())
    }

    /// Forgets every key at hand.
    pub fn lock(&mut self) {
        self.keys.lock();
        self.raised.clear();
        self.rooms.clear();
    }

    /// Whether words can be read.
    #[must_use]
    pub const fn is_unlocked(&self) -> bool {
        self.keys.unlocked().is_some()
    }

    /// The program.
    #[must_use]
    pub const fn program_id(&self) -> ProgramId {
        self.program
    }

    /// The store beneath, to look at.
    #[must_use]
    pub const fn log(&self) -> &L {
        &self.log
    }

    /// The store beneath, for backup and compaction.
    pub const fn log_mut(&mut self) -> &mut L {
        &mut self.log
    }

    /// The surroundings, for a rehearsal to let days pass in them.
    pub const fn world_mut(&mut self) -> &mut S {
        &mut self.world
    }

    /// The time, as the surroundings give it.
    pub fn now(&mut self) -> DateTime<Utc> {
        self.world.now()
    }

    /// Today, in the program's own zone.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NoProgram`], [`KeeperError::Store`].
    pub fn today(&mut self) -> Result<NaiveDate, KeeperError> {
        let zone = self.founded()?.zone;
        Ok(self.world.now().with_timezone(&zone).date_naive())
    }

    /// How the program was founded.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NoProgram`], [`KeeperError::Store`].
    pub fn founded(&mut self) -> Result<Founded, KeeperError> {
        self.program()?.founded.clone().ok_or(KeeperError::NoProgram)
    }

    /// What is true of the program as a whole.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn program(&mut self) -> Result<Arc<ProgramFile>, KeeperError> {
        let program = self.program;
        self.file(program, &mut Reads::default())
    }

    /// Everything about a unit.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn unit(&mut self, unit: UnitId) -> Result<Arc<UnitFile>, KeeperError> {
        self.unit_read(unit, &mut Reads::default())
    }

    /// Everything about an enrolment.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn member(&mut self, member: MemberId) -> Result<Arc<MemberFile>, KeeperError> {
        self.member_read(member, &mut Reads::default())
    }

    /// Everything about a class.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn class(&mut self, class: ClassId) -> Result<Arc<ClassFile>, KeeperError> {
        self.file(class, &mut Reads::default())
    }

    /// One matter.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn matter(&mut self, matter: MatterId) -> Result<Arc<MatterFile>, KeeperError> {
        self.file(matter, &mut Reads::default())
    }

    /// One referral.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn referral(&mut self, referral: ReferralId) -> Result<Arc<ReferralFile>, KeeperError> {
        self.file(referral, &mut Reads::default())
    }

    /// One person's record.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn person(&mut self, person: PersonId) -> Result<Arc<PersonFile>, KeeperError> {
        let file: Arc<PersonFile> = self.file(person, &mut Reads::default())?;
        if file.since.is_none() {
            return Err(KeeperError::NotFound { what: "person", id: person.short() });
        }
        Ok(file)
    }

    /// Everything about a unit, where its forming can be read: one damaged unit hides no other.
    pub(crate) fn unit_if_whole(
        &mut self,
        unit: UnitId,
    ) -> Result<Option<Arc<UnitFile>>, KeeperError> {
        match self.unit(unit) {
            Ok(file) => Ok(Some(file)),
            Err(KeeperError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn unit_read(
        &mut self,
        unit: UnitId,
        reads: &mut Reads,
    ) -> Result<Arc<UnitFile>, KeeperError> {
        let file: Arc<UnitFile> = self.file(unit, reads)?;
        if file.unit().is_none() {
            return Err(KeeperError::NotFound { what: "group", id: unit.short() });
        }
        Ok(file)
    }

    pub(crate) fn member_read(
        &mut self,
        member: MemberId,
        reads: &mut Reads,
    ) -> Result<Arc<MemberFile>, KeeperError> {
        let file: Arc<MemberFile> = self.file(member, reads)?;
        if file.enrolled.is_none() {
            return Err(KeeperError::NotFound { what: "member", id: member.short() });
        }
        Ok(file)
    }

    pub(crate) fn class_read(
        &mut self,
        class: ClassId,
        reads: &mut Reads,
    ) -> Result<Arc<ClassFile>, KeeperError> {
        self.file(class, reads)
    }

    /// The words of one class in an event.
    pub(crate) fn words<W: DeserializeOwned>(
        &mut self,
        event: &event_log::Event,
        class: DataClass,
    ) -> Result<Private<W>, KeeperError> {
        self.keys.open(&self.log, event, class)
    }

    /// A file from the shelf, or folded anew where its events are no longer as many as they were.
    pub(crate) fn file<F: File + Send + Sync + 'static>(
        &mut self,
        of: impl Into<Key>,
        reads: &mut Reads,
    ) -> Result<Arc<F>, KeeperError> {
        let key = of.into();
        let name = std::any::type_name::<F>();
        let count = self.log.count(key).map_err(KeeperError::store)?;
        self.trail.0.entry(key).or_insert(count);
        if let Some(known) = self.shelf.get(&(key, name))
            && known.count == count
            && let Ok(file) = Arc::clone(&known.file).downcast::<F>()
        {
            reads.0.insert(key, count);
            return Ok(file);
        }
        let reading = self.log.read(key).map_err(KeeperError::store)?;
        let mut file = F::default();
        for event in &reading.events {
            let header = event.header();
            match event.open().map(|open| Fact::decode(&header.kind, header.version, open)) {
                Some(Ok(fact)) => file.take(event, fact),
                Some(Err(_)) => file.newer(),
                None => {}
            }
        }
        if file.is_newer() {
            self.newer.insert(key);
        }
        if !reading.damage.is_empty() {
            self.damaged.insert(key, reading.damage.len());
        }
        let file = Arc::new(file);
        reads.0.insert(key, reading.count);
        let shelved: AnyFile = Arc::<F>::clone(&file);
        let shelved = Shelved { count: reading.count, file: shelved, take: take_one::<F> };
        self.shelf.insert((key, name), shelved);
        Ok(file)
    }

    /// Folds an event that was just written into the files it touches, so that they are not read
    /// again.
    ///
    /// A file that was behind stays behind: its count grows by as much as the log's did, and the
    /// two still differ.
    pub(crate) fn shelve(&mut self, draft: &Draft, fact: &Fact) -> Result<(), KeeperError> {
        let mut event = None;
        for key in draft.keys.iter() {
            let known = self.shelf.range((key, "")..).map(|(place, _)| *place);
            let places: Vec<_> = known.take_while(|(of, _)| *of == key).collect();
            for place in places {
                if event.is_none() {
                    event = self.log.event(draft.id).map_err(KeeperError::store)?;
                }
                let Some(event) = &event else { return Ok(()) };
                let Some(shelved) = self.shelf.get_mut(&place) else { continue };
                shelved.count += 1;
                if !(shelved.take)(&mut shelved.file, event, fact) {
                    self.shelf.remove(&place);
                }
            }
        }
        Ok(())
    }

    /// The model that a document holds, where it holds one.
    pub(crate) fn model_in(&mut self, document: DocumentId, bytes: &[u8]) -> Option<Arc<Model>> {
        let parsed = || Model::parse(&String::from_utf8_lossy(bytes)).ok().map(Arc::new);
        self.models.entry(document).or_insert_with(parsed).clone()
    }

    fn locked(&self) -> Result<Locked, KeeperError> {
        let bytes = self.log.setting(setting::VAULT).map_err(KeeperError::store)?;
        Ok(Locked::from_bytes(&bytes.ok_or(KeeperError::NoProgram)?)?)
    }

    /// An instrument, read once.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`].
    pub fn instrument(&mut self, id: &Code) -> Result<Arc<Instrument>, KeeperError> {
        if let Some(known) = self.instruments.get(id) {
            return Ok(Arc::clone(known));
        }
        let missing = || KeeperError::NotFound { what: "instrument", id: id.to_string() };
        let read = Arc::new(outcomes::built_in(id).ok_or_else(missing)?);
        self.instruments.insert(id.clone(), Arc::clone(&read));
        Ok(read)
    }

    /// Forgets every key and file at hand where somebody was erased meanwhile, perhaps by another
    /// program: what was unwrapped before must not bring a name back.
    pub(crate) fn forget_erased(&mut self) -> Result<u64, KeeperError> {
        let now = self.log.count(shared::ERASURES).map_err(KeeperError::store)?;
        if self.erasures.is_some_and(|before| before != now) {
            self.keys.forget();
            self.shelf.clear();
            self.rooms.clear();
        }
        self.erasures = Some(now);
        Ok(now)
    }

    /// Forgets what was folded, after the log was changed from outside.
    pub(crate) fn clear_shelf(&mut self) {
        self.shelf.clear();
        self.raised.clear();
        self.rooms.clear();
    }
}

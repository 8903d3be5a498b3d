//! The keeper of a program: it loads, decides through the domain, and appends.

use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use circle_vault::{Locked, Nonce, RecoveryCode, RootKey};
use commons::{
    ClassId, Code, DataClass, DocumentId, EventId, MatterId, MemberId, PersonId, Private,
    ProgramId, ReferralId, UnitId,
};
use event_log::{
    AppendError, Batch, Card, Draft, DraftPart, Event, EventLog, Key, KeyId, Keys as LogKeys,
};
use outcomes::Instrument;
use program_model::Model;
use serde::de::DeserializeOwned;

use crate::{
    ClassFile, Fact, Founded, KeeperError, MatterFile, MemberFile, PersonFile, ProgramFile,
    ReferralFile, Surroundings, ToSeal, UnitFile, VERSION, files::File, vault::Keys,
};

/// The names under which a store keeps what is not an event.
pub(crate) mod setting {
    /// The locked vault.
    pub(crate) const VAULT: &str = "vault";
    /// The id of the program.
    pub(crate) const PROGRAM: &str = "program";
}

/// How often a decision is taken again when others were quicker.
const TRIES: u32 = 16;

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
    newer: BTreeSet<Key>,
    shelf: BTreeMap<(Key, &'static str), Shelved>,
    /// Documents never change, so a model is parsed once.
    models: BTreeMap<DocumentId, Option<Arc<Model>>>,
    instruments: BTreeMap<Code, Arc<Instrument>>,
    /// Keys under which something is damaged, and in how many places.
    damaged: BTreeMap<Key, usize>,
    /// What was read since the present decision began, by whichever way: the gates read too.
    trail: Reads,
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

/// How a decision came about: which keys were read, and how many events they had.
#[derive(Debug, Default)]
pub(crate) struct Reads(BTreeMap<Key, u64>);

impl Reads {
    /// How many events a key had.
    pub(crate) fn count(&self, key: Key) -> Option<u64> {
        self.0.get(&key).copied()
    }
}

/// Something to say to the log.
#[derive(Debug, Clone)]
pub(crate) struct Saying {
    /// The stream, and up to three more keys.
    pub(crate) keys: Vec<Key>,
    /// The fact.
    pub(crate) fact: Fact,
    /// Its sealed parts.
    pub(crate) sealed: Vec<ToSeal>,
    /// A second open part, for documents.
    pub(crate) document: Option<Vec<u8>>,
    /// The id, where the caller needs to know it beforehand.
    pub(crate) id: Option<EventId>,
}

impl Saying {
    pub(crate) fn new(stream: impl Into<Key>, fact: Fact) -> Self {
        Self { keys: vec![stream.into()], fact, sealed: Vec::new(), document: None, id: None }
    }

    pub(crate) fn and(mut self, key: impl Into<Key>) -> Self {
        let key = key.into();
        if !self.keys.contains(&key) && self.keys.len() < LogKeys::MOST {
            self.keys.push(key);
        }
        self
    }

    pub(crate) fn sealing(mut self, part: ToSeal) -> Self {
        self.sealed.push(part);
        self
    }
}

/// What a decision wants written.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) sayings: Vec<Saying>,
    pub(crate) new_keys: Vec<(KeyId, RootKey)>,
}

impl From<Saying> for Plan {
    fn from(saying: Saying) -> Self {
        Self { sayings: vec![saying], new_keys: Vec::new() }
    }
}

impl From<Vec<Saying>> for Plan {
    fn from(sayings: Vec<Saying>) -> Self {
        Self { sayings, new_keys: Vec::new() }
    }
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
            models: BTreeMap::new(),
            instruments: BTreeMap::new(),
            damaged: BTreeMap::new(),
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

    /// Decides and writes; decides again where somebody else was quicker.
    pub(crate) fn decide<T, P: Into<Plan>>(
        &mut self,
        mut decision: impl FnMut(&mut Self, &mut Reads) -> Result<(P, T), KeeperError>,
    ) -> Result<T, KeeperError> {
        for _ in 0..TRIES {
            let mut reads = Reads::default();
            self.trail = Reads::default();
            let (plan, answer) = decision(self, &mut reads)?;
            reads.0.extend(std::mem::take(&mut self.trail).0);
            if self.write(plan.into(), &reads)? {
                return Ok(answer);
            }
        }
        Err(KeeperError::Busy { tries: TRIES })
    }

    /// Makes a key for a new owner.
    pub(crate) fn new_key(&mut self) -> (KeyId, RootKey) {
        (self.world.id(), RootKey::new(self.world.bytes()))
    }

    /// Whether everything that a decision read can be read by this release, and whole.
    fn sound(&self, reads: &Reads) -> Result<(), KeeperError> {
        if reads.0.keys().any(|key| self.newer.contains(key)) {
            return Err(KeeperError::Newer);
        }
        let places = reads.0.keys().filter_map(|key| self.damaged.get(key)).sum();
        if places > 0 { Err(KeeperError::Damaged { places }) } else { Ok(()) }
    }

    /// Whether nothing that was read so far is damaged.
    pub(crate) fn nothing_damaged(&self) -> Result<(), KeeperError> {
        let places = self.damaged.values().sum();
        if places > 0 { Err(KeeperError::Damaged { places }) } else { Ok(()) }
    }

    /// Appends what was decided. Says `false` where somebody else was quicker.
    fn write(&mut self, plan: Plan, reads: &Reads) -> Result<bool, KeeperError> {
        if plan.sayings.is_empty() {
            return Ok(true);
        }
        if !self.is_unlocked() {
            return Err(KeeperError::Locked);
        }
        // What happened is recorded whatever lies beside it; a plan wants to see everything.
        let plans = |saying: &Saying| saying.fact.standing() == commons::Standing::Plan;
        if plan.sayings.iter().any(plans) {
            self.sound(reads)?;
        }
        let rulebook = self.program()?.rulebook_mark();
        let mut batch = Batch {
            expect: reads.0.iter().map(|(key, count)| (*key, *count)).collect(),
            ..Batch::default()
        };
        for (key, root) in plan.new_keys {
            let nonce = Nonce(self.world.bytes());
            batch.keys.push((key, self.keys.add(key, root, nonce)?));
        }
        let mut said = Vec::with_capacity(plan.sayings.len());
        for saying in plan.sayings {
            said.push(saying.fact.clone());
            batch.drafts.push(self.draft(saying, rulebook)?);
        }
        let wall = self.world.now().timestamp_millis();
        match self.log.append(&batch, wall) {
            Ok(_) => {
                for (draft, fact) in batch.drafts.iter().zip(&said) {
                    self.shelve(draft, fact)?;
                }
                Ok(true)
            }
            Err(AppendError::Stale { .. }) => Ok(false),
            Err(error) => Err(KeeperError::store(Flat::from(error))),
        }
    }

    /// Folds an event that was just written into the files it touches, so that they are not read
    /// again.
    ///
    /// A file that was behind stays behind: its count grows by as much as the log's did, and the
    /// two still differ.
    fn shelve(&mut self, draft: &Draft, fact: &Fact) -> Result<(), KeeperError> {
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

    fn draft(
        &mut self,
        saying: Saying,
        rulebook: event_log::RulebookMark,
    ) -> Result<Draft, KeeperError> {
        let id = saying.id.unwrap_or_else(|| self.world.event_id());
        let (kind, open) = saying.fact.encode()?;
        let open_part = |bytes, class| DraftPart { key: KeyId::OPEN, class, bytes };
        let mut parts = vec![open_part(open, saying.fact.class())];
        if let Some(document) = saying.document {
            parts.push(open_part(document, DataClass::Public));
        }
        for part in saying.sealed {
            let number = u8::try_from(parts.len()).unwrap_or(u8::MAX);
            let nonce = Nonce(self.world.bytes());
            let bytes = self.keys.seal(
                &self.log,
                (id, number, part.owner, part.class),
                nonce,
                &part.json,
            )?;
            parts.push(DraftPart { key: part.owner, class: part.class, bytes });
        }
        let keys = LogKeys::new(&saying.keys).map_err(KeeperError::store)?;
        Ok(Draft { id, keys, rulebook, kind, version: VERSION, salt: self.world.bytes(), parts })
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

    /// Forgets what was folded, after the log was changed from outside.
    pub(crate) fn clear_shelf(&mut self) {
        self.shelf.clear();
    }

    /// Keeps a card beside the log, if nothing was added meanwhile.
    pub(crate) fn keep_card(&mut self, card: &Card, count: u64) -> Result<(), KeeperError> {
        self.log.keep_card(card, count).map_err(KeeperError::store)?;
        Ok(())
    }
}

/// An append that failed, with the type of the store taken off.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
struct Flat {
    words: String,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl<E: std::error::Error + Send + Sync + 'static> From<AppendError<E>> for Flat {
    fn from(error: AppendError<E>) -> Self {
        if let AppendError::Store(source) = error {
            let words = "the store refused to save".into();
            return Self { words, source: Some(Box::new(source)) };
        }
        Self { words: error.to_string(), source: None }
    }
}

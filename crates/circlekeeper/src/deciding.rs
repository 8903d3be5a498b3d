//! Deciding: what was read, what is said, and one durable transaction over both.

use std::collections::BTreeMap;

use circle_vault::{Nonce, RootKey};
use commons::{DataClass, EventId};
use event_log::{AppendError, Batch, Draft, DraftPart, EventLog, Key, KeyId, Keys as LogKeys};

use crate::{Fact, Keeper, KeeperError, Surroundings, ToSeal, VERSION};

/// How often a decision is taken again when others were quicker.
const TRIES: u32 = 16;

/// How a decision came about: which keys were read, and how many events they had.
#[derive(Debug, Default)]
pub(crate) struct Reads(pub(crate) BTreeMap<Key, u64>);

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
    /// What a program that is founded keeps beside its events.
    pub(crate) settings: Vec<(String, Vec<u8>)>,
}

impl From<Saying> for Plan {
    fn from(saying: Saying) -> Self {
        Self { sayings: vec![saying], ..Self::default() }
    }
}

impl From<Vec<Saying>> for Plan {
    fn from(sayings: Vec<Saying>) -> Self {
        Self { sayings, ..Self::default() }
    }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Decides and writes; decides again where somebody else was quicker.
    pub(crate) fn decide<T, P: Into<Plan>>(
        &mut self,
        mut decision: impl FnMut(&mut Self, &mut Reads) -> Result<(P, T), KeeperError>,
    ) -> Result<T, KeeperError> {
        for _ in 0..TRIES {
            let mut reads = Reads::default();
            self.trail = Reads::default();
            self.forget_erased()?;
            let (plan, answer) = decision(self, &mut reads)?;
            reads.0.extend(std::mem::take(&mut self.trail).0);
            if self.write(plan.into(), &reads)? {
                return Ok(answer);
            }
        }
        Err(KeeperError::Busy { tries: TRIES })
    }

    /// How many events a key has, noted as read.
    pub(crate) fn counted(&mut self, key: Key, reads: &mut Reads) -> Result<u64, KeeperError> {
        let count = self.log.count(key).map_err(KeeperError::store)?;
        reads.0.insert(key, count);
        Ok(count)
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
            settings: plan.settings,
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
            Err(AppendError::SettingTaken { .. }) => Err(KeeperError::ProgramThere),
            Err(error) => Err(KeeperError::store(Flat::from(error))),
        }
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

//! The open vault, with the keys it has unwrapped so far.

use std::collections::{BTreeMap, btree_map::Entry};

use circle_vault::{Label, Nonce, RootKey, Unlocked};
use commons::{DataClass, EventId, Private};
use event_log::{Event, EventLog, KeyId, Part, PartHead, Wrapped};
use serde::de::DeserializeOwned;

use crate::KeeperError;

/// The keys at hand: none while locked, and each owner's once it was needed.
#[derive(Default)]
pub(crate) struct Keys {
    unlocked: Option<Unlocked>,
    roots: BTreeMap<KeyId, Root>,
}

/// An owner's key, as the store has it.
enum Root {
    Here(RootKey),
    /// It was altered, or wrapped by another vault. Its owner alone cannot be read.
    Damaged,
    Erased,
}

impl Keys {
    pub(crate) fn unlock(&mut self, unlocked: Unlocked) {
        self.unlocked = Some(unlocked);
    }

    pub(crate) fn lock(&mut self) {
        *self = Self::default();
    }

    pub(crate) const fn unlocked(&self) -> Option<&Unlocked> {
        self.unlocked.as_ref()
    }

    /// Forgets every owner's key; each is asked of the store anew.
    pub(crate) fn forget(&mut self) {
        self.roots.clear();
    }

    /// Takes in a key that was just made, and wraps it for the store.
    pub(crate) fn add(
        &mut self,
        key: KeyId,
        root: RootKey,
        nonce: Nonce,
    ) -> Result<Vec<u8>, KeeperError> {
        let wrapped = self.unlocked.as_ref().ok_or(KeeperError::Locked)?.wrap(key, &root, nonce)?;
        self.roots.insert(key, Root::Here(root));
        Ok(wrapped)
    }

    /// The key of an owner; none where the store does not have it, which a merge may change.
    fn root<L: EventLog>(&mut self, log: &L, key: KeyId) -> Result<Option<&Root>, KeeperError> {
        let unlocked = self.unlocked.as_ref().ok_or(KeeperError::Locked)?;
        if let Entry::Vacant(place) = self.roots.entry(key) {
            place.insert(match log.wrapped(key).map_err(KeeperError::store)? {
                Wrapped::Here(bytes) => {
                    unlocked.unwrap(key, &bytes).map_or(Root::Damaged, Root::Here)
                }
                Wrapped::Damaged => Root::Damaged,
                Wrapped::Erased => Root::Erased,
                Wrapped::Unknown => return Ok(None),
            });
        }
        Ok(self.roots.get(&key))
    }

    /// Seals a part.
    pub(crate) fn seal<L: EventLog>(
        &mut self,
        log: &L,
        place: (EventId, u8, KeyId, DataClass),
        nonce: Nonce,
        plain: &[u8],
    ) -> Result<Vec<u8>, KeeperError> {
        let (event, part, key, class) = place;
        match self.root(log, key)? {
            Some(Root::Here(root)) => {
                Ok(root.class_key(class).seal(Label::new(event, part, key), nonce, plain)?)
            }
            Some(Root::Damaged) => Err(KeeperError::Damaged { places: 1 }),
            Some(Root::Erased) | None => {
                Err(KeeperError::NotFound { what: "key", id: key.short() })
            }
        }
    }

    /// Opens the words of one class in an event, where the key is at hand.
    ///
    /// Words that do not open are damaged for that event alone: nobody else is hidden by them.
    pub(crate) fn open<L: EventLog, W: DeserializeOwned>(
        &mut self,
        log: &L,
        event: &Event,
        class: DataClass,
    ) -> Result<Private<W>, KeeperError> {
        let sealed = event.parts().find(|(head, _)| head.class == class && head.key != KeyId::OPEN);
        // Nothing of that class was ever written here: nothing can be read, and nothing was erased.
        let Some((head, part)) = sealed else { return Ok(Private::Locked) };
        let bytes = match part {
            Part::Bytes(bytes) => bytes,
            Part::Damaged => return Ok(Private::Damaged),
            Part::Empty => return emptied(log, event, head),
        };
        if self.unlocked.is_none() {
            return Ok(Private::Locked);
        }
        let root = match self.root(log, head.key)? {
            Some(Root::Here(root)) => root,
            Some(Root::Damaged) => return Ok(Private::Damaged),
            Some(Root::Erased) => return Ok(Private::Erased),
            None => return Ok(Private::Locked),
        };
        let label = Label::new(event.id(), head.number, head.key);
        let plain = root.class_key(head.class).open(label, bytes).ok();
        let words = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
        Ok(words.map_or(Private::Damaged, Private::Known))
    }
}

/// What an empty part is: erased where an event of erasure says so, and damaged otherwise.
fn emptied<L: EventLog, W>(
    log: &L,
    event: &Event,
    head: &PartHead,
) -> Result<Private<W>, KeeperError> {
    let erased = log.wrapped(head.key).map_err(KeeperError::store)? == Wrapped::Erased
        || log.leave().map_err(KeeperError::store)?.covers(event.id(), head);
    Ok(if erased { Private::Erased } else { Private::Damaged })
}

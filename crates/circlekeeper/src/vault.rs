//! The open vault, with the keys it has unwrapped so far.

use std::collections::{BTreeMap, btree_map::Entry};

use circle_vault::{Label, Nonce, RootKey, Unlocked};
use commons::{DataClass, EventId, Private};
use event_log::{Event, EventLog, KeyId, Part, Wrapped};
use serde::de::DeserializeOwned;

use crate::KeeperError;

/// The keys at hand: none while locked, and each owner's once it was needed.
#[derive(Default)]
pub(crate) struct Keys {
    unlocked: Option<Unlocked>,
    roots: BTreeMap<KeyId, Option<RootKey>>,
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

    pub(crate) fn forget(&mut self, key: KeyId) {
        self.roots.insert(key, None);
    }

    /// Takes in a key that was just made, and wraps it for the store.
    pub(crate) fn add(
        &mut self,
        key: KeyId,
        root: RootKey,
        nonce: Nonce,
    ) -> Result<Vec<u8>, KeeperError> {
        let wrapped = self.unlocked.as_ref().ok_or(KeeperError::Locked)?.wrap(key, &root, nonce)?;
        self.roots.insert(key, Some(root));
        Ok(wrapped)
    }

    /// The key of an owner: none where it was erased.
    fn root<L: EventLog>(&mut self, log: &L, key: KeyId) -> Result<Option<&RootKey>, KeeperError> {
        let unlocked = self.unlocked.as_ref().ok_or(KeeperError::Locked)?;
        if let Entry::Vacant(place) = self.roots.entry(key) {
            let root = match log.wrapped(key).map_err(KeeperError::store)? {
                Wrapped::Here(bytes) => Some(unlocked.unwrap(key, &bytes)?),
                Wrapped::Erased | Wrapped::Unknown => None,
            };
            place.insert(root);
        }
        Ok(self.roots.get(&key).and_then(Option::as_ref))
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
        let missing = || KeeperError::NotFound { what: "key", id: key.short() };
        let root = self.root(log, key)?.ok_or_else(missing)?;
        Ok(root.class_key(class).seal(Label::new(event, part, key), nonce, plain)?)
    }

    /// Opens the words of one class in an event, where the key is at hand.
    pub(crate) fn open<L: EventLog, W: DeserializeOwned>(
        &mut self,
        log: &L,
        event: &Event,
        class: DataClass,
    ) -> Result<Private<W>, KeeperError> {
        let sealed = event.parts().find(|(head, _)| head.class == class && head.key != KeyId::OPEN);
        let Some((head, part)) = sealed else { return Ok(Private::Erased) };
        let Part::Bytes(bytes) = part else { return Ok(Private::Erased) };
        if self.unlocked.is_none() {
            return Ok(Private::Locked);
        }
        let Some(root) = self.root(log, head.key)? else { return Ok(Private::Erased) };
        let label = Label::new(event.id(), head.number, head.key);
        let plain = root.class_key(head.class).open(label, bytes)?;
        Ok(Private::Known(serde_json::from_slice(&plain)?))
    }
}

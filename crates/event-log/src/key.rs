//! What an event is found by, and the names of the keys that seal its parts.

use serde::{Deserialize, Serialize};

commons::id! {
    /// What an event is found by: its stream, its unit, its member. The bytes of any id.
    pub struct Key;
}
commons::id! {
    /// The name of an owner's key: of a person's, a unit's or a compartment's. Never the key.
    pub struct KeyId;
}

impl KeyId {
    /// What open parts stand under: no key at all.
    pub const OPEN: Self = Self::from_bytes([0; 16]);
}

impl Key {
    /// The key of any id, also of one that your own crate made with [`commons::id!`].
    ///
    /// ```
    /// use event_log::Key;
    /// let unit = commons::UnitId::number(7);
    /// assert_eq!(Key::of(unit), Key::from(unit));
    /// ```
    #[must_use]
    pub fn of(id: impl Into<uuid::Uuid>) -> Self {
        Self::from(id.into())
    }
}

macro_rules! key_from {
    ($($id:ident)*) => {$(
        impl From<commons::$id> for Key {
            fn from(id: commons::$id) -> Self {
                Self::from_bytes(id.bytes())
            }
        }
    )*};
}
key_from!(CertificateId ClassId DocumentId EventId MatterId MemberId OriginId PersonId);
key_from!(ProgramId ReferralId ServiceId SessionId UnitId);

/// One to four different keys, the stream first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Key>", into = "Vec<Key>")]
pub struct Keys {
    // Invariant: `first` and the leading `Some`s of `rest` differ from each other; no gap in `rest`.
    first: Key,
    rest: [Option<Key>; Keys::MOST - 1],
}

/// Why some keys cannot be those of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeysError {
    /// None, or more than four.
    #[error("an event has 1 to 4 keys, not {0}")]
    Count(usize),
    /// The same key twice: it would be counted twice.
    #[error("an event names each of its keys once")]
    Twice,
}

impl Keys {
    /// The most keys an event has.
    pub const MOST: usize = 4;

    /// One key alone: the stream.
    #[must_use]
    pub fn one(stream: impl Into<Key>) -> Self {
        Self { first: stream.into(), rest: [None; Self::MOST - 1] }
    }

    /// These keys, the stream first.
    ///
    /// # Errors
    ///
    /// [`KeysError::Count`] and [`KeysError::Twice`].
    pub fn new(keys: &[Key]) -> Result<Self, KeysError> {
        let [first, others @ ..] = keys else {
            return Err(KeysError::Count(0));
        };
        if others.len() >= Self::MOST {
            return Err(KeysError::Count(keys.len()));
        }
        let mut all = Self::one(*first);
        for (slot, key) in all.rest.iter_mut().zip(others) {
            *slot = Some(*key);
        }
        let mut sorted: Vec<Key> = all.iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.len() == keys.len() { Ok(all) } else { Err(KeysError::Twice) }
    }

    /// The stream: what the event belongs to.
    #[must_use]
    pub const fn stream(&self) -> Key {
        self.first
    }

    /// All of them, the stream first.
    pub fn iter(&self) -> impl Iterator<Item = Key> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().flatten().copied())
    }
}

impl TryFrom<Vec<Key>> for Keys {
    type Error = KeysError;
    fn try_from(keys: Vec<Key>) -> Result<Self, KeysError> {
        Self::new(&keys)
    }
}

impl From<Keys> for Vec<Key> {
    fn from(keys: Keys) -> Self {
        keys.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_one_to_four_different_keys() {
        let keys: Vec<Key> = (1..=5).map(Key::number).collect();
        for n in 1..=4 {
            let some = Keys::new(&keys[..n]).unwrap();
            assert_eq!(Vec::from(some), keys[..n]);
            assert_eq!(some.stream(), keys[0]);
        }
        assert_eq!(Keys::new(&[]), Err(KeysError::Count(0)));
        assert_eq!(Keys::new(&keys), Err(KeysError::Count(5)));
        assert_eq!(Keys::new(&[keys[0], keys[1], keys[0]]), Err(KeysError::Twice));
    }
}

//! Root keys, class keys, and what a sealed part is bound to.

use std::fmt;

use commons::{DataClass, EventId};
use hkdf::Hkdf;
use sha2::Sha256;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    SealError,
    sealed::{open, pad, seal, unpad},
};

/// Twenty-four random bytes, each used once: the nonce of one sealing.
///
/// They need not be secret. With so many of them, random ones never meet again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nonce(pub [u8; 24]);

/// The key of one owner: a person, a unit, or a compartment such as safeguarding.
///
/// To destroy it is to erase everything that was ever sealed for that owner.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RootKey([u8; 32]);

impl RootKey {
    /// A new root key from thirty-two random bytes.
    #[must_use]
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// The key for one class of the owner's data: who may read names need not be able to read
    /// answers. `HKDF-SHA256(root, info = "circle-vault class 1" ‖ class)`.
    #[must_use]
    pub fn class_key(&self, class: DataClass) -> ClassKey {
        let key = derive(&self.0, &[b"circle-vault class 1", &[class.number()]]);
        ClassKey { class, key }
    }

    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The key for one class of one owner's data.
pub struct ClassKey {
    class: DataClass,
    key: Zeroizing<[u8; 32]>,
}

/// What a sealed part is bound to: moved to another place, it does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// The event.
    pub event: EventId,
    /// The number of the part in it.
    pub part: u8,
    /// The name of the owner's key: sixteen bytes.
    pub key: [u8; 16],
}

impl Label {
    /// A label; the key's name is any id.
    #[must_use]
    pub fn new(event: EventId, part: u8, key: impl Into<Uuid>) -> Self {
        Self { event, part, key: key.into().into_bytes() }
    }

    fn bound(&self, class: DataClass) -> Vec<u8> {
        let mut out = b"circle-vault part 1".to_vec();
        out.extend(self.event.bytes());
        out.push(self.part);
        out.push(class.number());
        out.extend(self.key);
        out
    }
}

impl ClassKey {
    /// The class of data it is for.
    #[must_use]
    pub const fn class(&self) -> DataClass {
        self.class
    }

    /// Seals a part. Its length is hidden up to 64 bytes.
    ///
    /// # Errors
    ///
    /// [`SealError::Long`], beyond 4 GiB.
    pub fn seal(&self, label: Label, nonce: Nonce, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        seal(&self.key, nonce, &label.bound(self.class), &pad(plain)?)
    }

    /// Opens a part.
    ///
    /// # Errors
    ///
    /// [`SealError`], where the key or the label is another one or the bytes were altered.
    pub fn open(&self, label: Label, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        unpad(&open(&self.key, &label.bound(self.class), sealed)?)
    }
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootKey([secret])")
    }
}

impl fmt::Debug for ClassKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClassKey({:?}, [secret])", self.class)
    }
}

/// Thirty-two bytes derived from a key for one use (RFC 5869, no salt).
pub(crate) fn derive(key: &[u8; 32], info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, key)
        .expand_multi_info(info, &mut *out)
        .expect("32 bytes are fewer than HKDF-SHA256's 8,160");
    out
}

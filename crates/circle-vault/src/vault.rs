//! The program key, locked under a passphrase and recovery codes.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    Nonce, RecoveryCode, RootKey, SealError, VaultError,
    keys::derive,
    sealed::{open, pad, seal, unpad},
};

/// What a store keeps of its vault: it opens nothing without a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    format: u8,
    passphrase: PassphraseLock,
    recovery: Vec<RecoveryLock>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct PassphraseLock {
    cost: Cost,
    salt: [u8; 16],
    sealed: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct RecoveryLock {
    sealed: Vec<u8>,
}

/// What one try of a passphrase costs: Argon2id (RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// 64 MiB, three passes, one lane: above the lower bounds of OWASP ASVS 5.0 (appendix C:
    /// 46 MiB and one pass, or 19 MiB and two).
    pub const USUAL: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// Next to nothing, for tests alone.
    pub const TEST: Self = Self { memory_kib: 64, passes: 1, lanes: 1 };

    /// The most memory that a vault may ask for, in KiB: a hostile one shall not fill it.
    const MEMORY_KIB_MOST: u32 = 1024 * 1024;

    fn params(self) -> Result<Params, VaultError> {
        let Self { memory_kib, passes, lanes } = self;
        let refused = VaultError::Cost { memory_kib, passes, lanes };
        if Self::MEMORY_KIB_MOST < memory_kib || 64 < passes || 16 < lanes {
            return Err(refused);
        }
        Params::new(memory_kib, passes, lanes, Some(32)).map_err(|_| refused)
    }
}

/// The random bytes of a new vault.
pub struct Fresh {
    /// The program key.
    pub program_key: Zeroizing<[u8; 32]>,
    /// The salt of the passphrase.
    pub salt: [u8; 16],
    /// The nonce of its lock.
    pub nonce: Nonce,
}

impl fmt::Debug for Fresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fresh([secret])")
    }
}

impl Locked {
    /// The format that this release writes and reads.
    const FORMAT: u8 = 1;

    /// The fewest characters of a passphrase.
    pub const PASSPHRASE_LEAST: usize = 8;

    /// A new vault under a passphrase.
    ///
    /// # Errors
    ///
    /// [`VaultError::ShortPassphrase`], [`VaultError::Cost`] and [`VaultError::Memory`].
    pub fn create(
        fresh: Fresh,
        passphrase: &str,
        cost: Cost,
    ) -> Result<(Self, Unlocked), VaultError> {
        let unlocked = Unlocked::new(fresh.program_key);
        let passphrase = lock(&unlocked, passphrase, cost, fresh.salt, fresh.nonce)?;
        let locked = Self { format: Self::FORMAT, passphrase, recovery: Vec::new() };
        Ok((locked, unlocked))
    }

    /// Opens the vault with its passphrase.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongPassphrase`], also where the lock itself was altered, which looks the
    /// same; [`VaultError::Cost`] and [`VaultError::Memory`].
    pub fn unlock(&self, passphrase: &str) -> Result<Unlocked, VaultError> {
        let PassphraseLock { cost, salt, sealed } = &self.passphrase;
        let key = stretch(passphrase, *cost, *salt)?;
        unlock(&key, PASSPHRASE, sealed).map_err(|_| VaultError::WrongPassphrase)
    }

    /// Opens the vault with a recovery code.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongCode`].
    pub fn recover(&self, code: &RecoveryCode) -> Result<Unlocked, VaultError> {
        let key = recovery_key(code);
        self.recovery
            .iter()
            .find_map(|lock| unlock(&key, RECOVERY, &lock.sealed).ok())
            .ok_or(VaultError::WrongCode)
    }

    /// Sets another passphrase. The former one opens this record no more; what it opened before
    /// (an old backup) it still opens.
    ///
    /// # Errors
    ///
    /// As for [`create`](Self::create).
    pub fn set_passphrase(
        &mut self,
        unlocked: &Unlocked,
        passphrase: &str,
        cost: Cost,
        salt: [u8; 16],
        nonce: Nonce,
    ) -> Result<(), VaultError> {
        self.passphrase = lock(unlocked, passphrase, cost, salt, nonce)?;
        Ok(())
    }

    /// Adds a recovery code.
    ///
    /// # Errors
    ///
    /// None in practice: thirty-two bytes can be sealed.
    pub fn add_recovery(
        &mut self,
        unlocked: &Unlocked,
        code: &RecoveryCode,
        nonce: Nonce,
    ) -> Result<(), VaultError> {
        let sealed = seal(&recovery_key(code), nonce, RECOVERY, &*unlocked.key)?;
        self.recovery.push(RecoveryLock { sealed });
        Ok(())
    }

    /// Takes all recovery codes away, before new ones are printed.
    pub fn forget_recovery(&mut self) {
        self.recovery.clear();
    }

    /// How many recovery codes open it.
    #[must_use]
    pub fn recovery_codes(&self) -> usize {
        self.recovery.len()
    }

    /// What a try of its passphrase costs.
    #[must_use]
    pub const fn cost(&self) -> Cost {
        self.passphrase.cost
    }

    /// Its bytes, for the store to keep.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("numbers and bytes are written as JSON")
    }

    /// Reads its bytes.
    ///
    /// # Errors
    ///
    /// [`VaultError::Record`], and [`VaultError::Cost`] where it asks for too much.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        let locked: Self = serde_json::from_slice(bytes).map_err(|_| VaultError::Record)?;
        if locked.format != Self::FORMAT {
            return Err(VaultError::Record);
        }
        locked.passphrase.cost.params()?;
        Ok(locked)
    }
}

const PASSPHRASE: &[u8] = b"circle-vault passphrase 1";
const RECOVERY: &[u8] = b"circle-vault recovery 1";

fn lock(
    unlocked: &Unlocked,
    passphrase: &str,
    cost: Cost,
    salt: [u8; 16],
    nonce: Nonce,
) -> Result<PassphraseLock, VaultError> {
    if passphrase.chars().count() < Locked::PASSPHRASE_LEAST {
        return Err(VaultError::ShortPassphrase { fewest: Locked::PASSPHRASE_LEAST });
    }
    let key = stretch(passphrase, cost, salt)?;
    let sealed = seal(&key, nonce, PASSPHRASE, &*unlocked.key)?;
    Ok(PassphraseLock { cost, salt, sealed })
}

fn unlock(key: &[u8; 32], bound: &[u8], sealed: &[u8]) -> Result<Unlocked, SealError> {
    let opened = open(key, bound, sealed)?;
    let key = <[u8; 32]>::try_from(opened.as_slice()).map_err(|_| SealError::NotAKey)?;
    Ok(Unlocked::new(Zeroizing::new(key)))
}

fn stretch(
    passphrase: &str,
    cost: Cost,
    salt: [u8; 16],
) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params()?);
    let mut key = Zeroizing::new([0; 32]);
    argon
        .hash_password_into(passphrase.as_bytes(), &salt, &mut *key)
        .map_err(|_| VaultError::Memory { memory_kib: cost.memory_kib })?;
    Ok(key)
}

/// A recovery code is random enough to need no stretching.
fn recovery_key(code: &RecoveryCode) -> Zeroizing<[u8; 32]> {
    let mut wide = Zeroizing::new([0; 32]);
    for (wide, byte) in wide.iter_mut().zip(code.bytes()) {
        *wide = *byte;
    }
    derive(&wide, &[RECOVERY])
}

/// An open vault: it holds the program key until it is dropped.
///
/// It never lends the program key itself: each use has a key of its own, derived by HKDF-SHA256.
pub struct Unlocked {
    key: Zeroizing<[u8; 32]>,
    roots: Zeroizing<[u8; 32]>,
    cards: Zeroizing<[u8; 32]>,
}

impl Unlocked {
    fn new(key: Zeroizing<[u8; 32]>) -> Self {
        Self {
            roots: derive(&key, &[b"circle-vault wrap 1"]),
            cards: derive(&key, &[b"circle-vault card 1"]),
            key,
        }
    }

    /// Wraps an owner's key, bound to the key's name.
    ///
    /// # Errors
    ///
    /// None in practice: thirty-two bytes can be sealed.
    pub fn wrap(
        &self,
        name: impl Into<Uuid>,
        root: &RootKey,
        nonce: Nonce,
    ) -> Result<Vec<u8>, SealError> {
        seal(&self.roots, nonce, &wrap_bound(name.into()), root.bytes())
    }

    /// Opens a wrapped owner's key.
    ///
    /// # Errors
    ///
    /// [`SealError`], where the vault or the name is another one or the bytes were altered.
    pub fn unwrap(&self, name: impl Into<Uuid>, wrapped: &[u8]) -> Result<RootKey, SealError> {
        let opened = open(&self.roots, &wrap_bound(name.into()), wrapped)?;
        let root = <[u8; 32]>::try_from(opened.as_slice()).map_err(|_| SealError::NotAKey)?;
        Ok(RootKey::new(root))
    }

    /// Seals a card whole, bound to what it is the card of and to its version.
    ///
    /// # Errors
    ///
    /// [`SealError::Long`], beyond 4 GiB.
    pub fn seal_card(
        &self,
        of: impl Into<Uuid>,
        version: u16,
        nonce: Nonce,
        plain: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        seal(&self.cards, nonce, &card_bound(of.into(), version), &pad(plain)?)
    }

    /// Opens a card.
    ///
    /// # Errors
    ///
    /// [`SealError`]: then the card is computed anew.
    pub fn open_card(
        &self,
        of: impl Into<Uuid>,
        version: u16,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        unpad(&open(&self.cards, &card_bound(of.into(), version), sealed)?)
    }

    /// A keyed fingerprint (an HMAC under a key of this vault): the same words give the same one,
    /// and nobody without the vault can guess the words from it. For the tombstones by which an
    /// import notices that a row may be somebody who was erased.
    #[must_use]
    pub fn fingerprint(&self, words: &[u8]) -> [u8; 32] {
        let key = derive(&self.key, &[b"circle-vault tombstone 1"]);
        *derive(&key, &[words])
    }
}

fn wrap_bound(name: Uuid) -> Vec<u8> {
    [b"circle-vault root 1".as_slice(), name.as_bytes()].concat()
}

fn card_bound(of: Uuid, version: u16) -> Vec<u8> {
    [b"circle-vault card 1".as_slice(), of.as_bytes(), &version.to_be_bytes()].concat()
}

impl fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unlocked([secret])")
    }
}

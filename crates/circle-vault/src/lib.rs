//! Who can read what was sealed, and what it means to erase.
//!
//! Every owner (a person, a unit, a compartment such as safeguarding) has a random root key; every
//! class of the owner's data has a key derived from it; every part of an event is sealed under one
//! of those and bound to its place. Root keys are wrapped under the program key, which is locked
//! under a passphrase and recovery codes. To destroy a root key is to erase.
//!
//! This crate knows no circle, no store and no clock, and makes no randomness: keys, salts and
//! nonces come in as bytes. It is symmetric throughout. The layouts are in `FORMAT.md`.
//!
//! | To | Start at |
//! | --- | --- |
//! | make or open a vault | [`Locked::create`], [`Locked::unlock`], [`Locked::recover`] |
//! | give an owner a key | [`RootKey::new`], [`Unlocked::wrap`], [`Unlocked::unwrap`] |
//! | seal or open a part | [`RootKey::class_key`], [`ClassKey::seal`], [`Label`] |
//! | seal or open a card | [`Unlocked::seal_card`], [`Unlocked::open_card`] |
//!
//! ```
//! use circle_vault::{Cost, Fresh, Label, Locked, Nonce, RootKey};
//! use commons::{DataClass, EventId, PersonId};
//! use zeroize::Zeroizing;
//!
//! // Random bytes come from the caller; these are fixed, and the cost is one for tests.
//! let fresh = Fresh { program_key: Zeroizing::new([1; 32]), salt: [2; 16], nonce: Nonce([3; 24]) };
//! let (locked, vault) = Locked::create(fresh, "five plain words are fine", Cost::TEST)?;
//!
//! let amina = PersonId::number(7);
//! let root = RootKey::new([4; 32]);
//! let kept = vault.wrap(amina, &root, Nonce([5; 24]))?;
//!
//! let label = Label::new(EventId::number(1), 1, amina);
//! let sealed = root.class_key(DataClass::Identity).seal(label, Nonce([6; 24]), b"Amina")?;
//! assert_eq!(sealed.len(), 1 + 24 + 64 + 16);
//!
//! let vault = locked.unlock("five plain words are fine")?;
//! let root = vault.unwrap(amina, &kept)?;
//! let opened = root.class_key(DataClass::Identity).open(label, &sealed)?;
//! assert_eq!(&opened[..], b"Amina");
//! # Ok::<(), circle_vault::VaultError>(())
//! ```

mod error;
mod keys;
mod recovery;
mod sealed;
mod vault;

pub use error::{SealError, VaultError};
pub use keys::{ClassKey, Label, Nonce, RootKey};
pub use recovery::{RecoveryCode, RecoveryCodeError};
pub use vault::{Cost, Fresh, Locked, Unlocked};

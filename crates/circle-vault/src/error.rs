//! Why something does not open, without a word of what it holds.

use commons::{Refused, Rule};

/// Why bytes cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum SealError {
    /// Too long to be sealed at once.
    #[error("more than 4 GiB cannot be sealed at once")]
    Long,
    /// Cut short.
    #[error("the sealed bytes are cut short")]
    Short,
    /// Sealed in a way that this release does not know.
    #[error("sealed in format {found}, which this release does not know")]
    Format {
        /// The format byte.
        found: u8,
    },
    /// Another key, another place, or altered bytes: which of them cannot be told.
    #[error("the key does not fit, or the sealed bytes were altered or moved")]
    Refused,
    /// The key fits and what is inside is not padded as it must be.
    #[error("what was sealed is not padded as it must be")]
    Padding,
    /// The key fits and what is inside is not a key.
    #[error("what was sealed is not a key")]
    NotAKey,
}

/// Why a vault does not open or cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum VaultError {
    /// The passphrase is not the one.
    #[error("the passphrase does not open this vault")]
    WrongPassphrase,
    /// The recovery code is well formed and belongs to another vault, or was replaced.
    #[error("the recovery code does not open this vault")]
    WrongCode,
    /// No passphrase was given.
    #[error("a passphrase of at least {fewest} characters is wanted")]
    ShortPassphrase {
        /// The fewest characters.
        fewest: usize,
    },
    /// The vault asks for more memory or passes than this release grants, or for too little.
    #[error(
        "the cost of the passphrase is out of range: {memory_kib} KiB, {passes} passes, {lanes} lanes"
    )]
    Cost {
        /// Memory, in KiB.
        memory_kib: u32,
        /// Passes.
        passes: u32,
        /// Lanes.
        lanes: u32,
    },
    /// Not enough memory to try the passphrase.
    #[error("there is not enough memory to try the passphrase: {memory_kib} KiB are wanted")]
    Memory {
        /// Memory, in KiB.
        memory_kib: u32,
    },
    /// The bytes are not a vault of a format that this release knows.
    #[error("the vault's own record is damaged or newer than this release")]
    Record,
    /// A lock that does not open with the right secret.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl Refused for VaultError {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongPassphrase => "vault.wrong_passphrase",
            Self::WrongCode => "vault.wrong_code",
            Self::ShortPassphrase { .. } => "vault.short_passphrase",
            Self::Cost { .. } => "vault.cost",
            Self::Memory { .. } => "vault.memory",
            Self::Record => "vault.record",
            Self::Seal(_) => "vault.seal",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        None
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::WrongPassphrase => {
                "Type it again (capitals matter), or open with a recovery code."
            }
            Self::WrongCode => "Use the newest recovery sheet of this program, or the passphrase.",
            Self::ShortPassphrase { .. } => "Choose a longer passphrase, such as five plain words.",
            Self::Cost { .. } => {
                "Open it on the computer where it was made, and set the passphrase anew."
            }
            Self::Memory { .. } => "Close other programs and try again.",
            Self::Record => "Put the newest backup of the keys back, or use a newer release.",
            Self::Seal(_) => "Put the newest backup back; what is not sealed stays readable.",
        }
    }
}

impl Refused for SealError {
    fn code(&self) -> &'static str {
        match self {
            Self::Long => "seal.long",
            Self::Short => "seal.short",
            Self::Format { .. } => "seal.format",
            Self::Refused => "seal.refused",
            Self::Padding => "seal.padding",
            Self::NotAKey => "seal.not_a_key",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        None
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::Long => "Seal it in pieces.",
            Self::Format { .. } => "Use a newer release.",
            Self::Short | Self::Refused | Self::Padding | Self::NotAKey => {
                "Run verify: it names what was altered. A good copy can be merged to mend it."
            }
        }
    }
}

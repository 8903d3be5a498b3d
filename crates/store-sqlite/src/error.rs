//! What can go wrong with a file, in words that say what to do.

use commons::{Refused, Rule};
use event_log::AppendError;
use rusqlite::ErrorCode;

/// Why a store cannot be opened, read or written. Paths are left out: whoever called knows them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no store.
    #[error("there is no store in this place")]
    Missing,
    /// There is something already.
    #[error("there is a file in this place already")]
    Exists,
    /// A file of another program.
    #[error("this file is not a store of this program")]
    NotAStore,
    /// Written by a newer release.
    #[error("this store has version {found}, and this release knows versions up to {known}")]
    Newer {
        /// The version of the store.
        found: i64,
        /// The newest version that this release knows.
        known: i64,
    },
    /// The disk is full. Nothing was saved.
    #[error("the disk is full")]
    Full(#[source] rusqlite::Error),
    /// The file or the disk cannot be written.
    #[error("the store can only be read")]
    ReadOnly,
    /// Another program holds the store.
    #[error("the store is in use by another program")]
    Busy,
    /// The ids for a new origin were used before.
    #[error("the ids for a new origin were used before")]
    Reused,
    /// The disk refused to read or write. Nothing was saved.
    #[error("the disk failed")]
    Disk(#[source] rusqlite::Error),
    /// The file is damaged.
    #[error("the file of the store is damaged")]
    Damaged(#[source] rusqlite::Error),
    /// A value that the store keeps of itself is not what was kept.
    #[error("the setting {name} of the store was altered")]
    Altered {
        /// Its name.
        name: String,
    },
    /// A backup of events and one of keys that do not belong together.
    #[error("the two files of the backup are of different programs")]
    Strangers,
    /// SQLite refused for another reason.
    #[error("the storage engine refused")]
    Engine(#[source] rusqlite::Error),
    /// The operating system refused a file or a folder.
    #[error("a file or folder could not be used")]
    Io(#[from] std::io::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let is_odd_value = matches!(
            error,
            rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::Utf8Error(..)
        );
        if is_odd_value {
            return Self::Damaged(error);
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(error),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => Self::Disk(error),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error),
            Some(ErrorCode::NotADatabase) => Self::NotAStore,
            _ => Self::Engine(error),
        }
    }
}

/// Where the store itself writes events, nothing but its own failures is expected.
impl From<AppendError<Self>> for StoreError {
    fn from(error: AppendError<Self>) -> Self {
        if let AppendError::Store(error) = error { error } else { Self::Reused }
    }
}

/// A file that cannot be made new.
pub(crate) fn not_made(error: std::io::Error) -> StoreError {
    if error.kind() == std::io::ErrorKind::AlreadyExists {
        StoreError::Exists
    } else {
        StoreError::Io(error)
    }
}

impl Refused for StoreError {
    fn code(&self) -> &'static str {
        match self {
            Self::Missing => "store.missing",
            Self::Exists => "store.exists",
            Self::NotAStore => "store.not_a_store",
            Self::Newer { .. } => "store.newer",
            Self::Full(_) => "store.full",
            Self::ReadOnly => "store.read_only",
            Self::Busy => "store.busy",
            Self::Reused => "store.reused",
            Self::Disk(_) => "store.disk",
            Self::Damaged(_) => "store.damaged",
            Self::Altered { .. } => "store.altered",
            Self::Strangers => "store.strangers",
            Self::Engine(_) => "store.engine",
            Self::Io(_) => "store.io",
        }
    }

    fn rule(&self) -> Option<Rule> {
        None
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::Missing => "Make one with init, or look whether the path is right.",
            Self::Exists => "Choose another place: nothing is ever written over.",
            Self::NotAStore => "Look whether the path is right.",
            Self::Newer { .. } => "Use the newer release that wrote it. It was left as it is.",
            Self::Full(_) => "Nothing was saved. Make room on the disk and save again.",
            Self::ReadOnly => "Copy the store to a place where you may write, or ask who may.",
            Self::Reused => {
                "Draw new random bytes for each opening: this is a fault of the program."
            }
            Self::Busy => "Wait until the other program is done, and try again.",
            Self::Disk(_) => "Nothing was saved. Copy the store to another disk before you go on.",
            Self::Damaged(_) => {
                "Run verify: it names what is damaged. Merge a good copy, or restore."
            }
            Self::Altered { .. } => "Restore the newest backup with its keys, or use a good copy.",
            Self::Strangers => "Choose the file of keys that was made with these events.",
            Self::Engine(_) => "Run verify, and report this with its code.",
            Self::Io(_) => "Look whether the path is right and the disk is there.",
        }
    }
}

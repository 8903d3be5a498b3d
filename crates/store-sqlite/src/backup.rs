//! Backups in two files, and putting them back.
//!
//! Events and keys are kept apart, so that the events may be kept for years and the keys for weeks:
//! an old backup of events with a new backup of keys brings nobody back who was erased since.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use commons::{DataClass, EventId};
use event_log::{
    Batch, Course, Draft, DraftPart, Erased, EventLog, Key, KeyId, Keys, RulebookMark, Visit, Why,
    Wrapped,
};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use crate::{
    Device, SqliteLog, StoreError,
    file::{beside, check_shape, connect, discard, fill, sync_folder},
};

/// The two files of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Everything but keys: it may be kept as long as you like.
    pub events: PathBuf,
    /// The wrapped keys, the vault's record, and the names of all keys ever erased. Keep the
    /// newest alone, and none for longer than 35 days.
    pub keys: PathBuf,
}

/// The setting in a file of keys that says when it was made: milliseconds since 1970, big-endian.
const MADE: &str = "backup.made_ms";

/// Settings whose names begin so are about keys and go with them.
const OF_KEYS: &str = "vault";

impl Backup {
    /// The two files in a folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self { events: folder.join("events.circlekeeper"), keys: folder.join("keys.circlekeeper") }
    }

    /// When its file of keys was made, in milliseconds since 1970-01-01T00:00Z.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read as one of ours.
    pub fn made_ms(&self) -> Result<Option<i64>, StoreError> {
        let db = connect(&self.keys, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        check_shape(&db)?;
        let sql = "SELECT value FROM setting WHERE name = ?1";
        let made: Option<[u8; 8]> = db.query_row(sql, [MADE], |row| row.get(0)).optional()?;
        Ok(made.map(i64::from_be_bytes))
    }
}

impl SqliteLog {
    /// Writes a backup into a folder, which is made if need be: two new files, of one moment.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`] where one of the files is there already, and whatever the disk says.
    /// Then neither is left behind.
    pub fn backup(&self, folder: &Path, made_ms: i64) -> Result<Backup, StoreError> {
        fs::create_dir_all(folder)?;
        let backup = Backup::in_folder(folder);
        if backup.events.exists() || backup.keys.exists() {
            return Err(StoreError::Exists);
        }
        let written = write(self.db(), &backup, made_ms);
        if written.is_err() {
            discard(&backup.events);
            discard(&backup.keys);
        }
        sync_folder(&backup.events);
        written.map(|()| backup)
    }
}

/// Copies table by table into files of their own, so that no key is ever written beside events.
fn write(db: &Connection, backup: &Backup, made_ms: i64) -> Result<(), StoreError> {
    let attached = attach(db, "events", &backup.events)
        .and_then(|()| attach(db, "keys", &backup.keys))
        .and_then(|()| copy(db, made_ms));
    for name in ["events", "keys"] {
        // What was never attached cannot be detached, and need not be.
        let _ = db.execute_batch(&format!("DETACH DATABASE {name}"));
    }
    attached
}

fn attach(db: &Connection, name: &str, path: &Path) -> Result<(), StoreError> {
    let text = path.to_str().ok_or(std::io::ErrorKind::InvalidFilename);
    let text = text.map_err(std::io::Error::from)?;
    drop(fill(path)?);
    db.execute(&format!("ATTACH DATABASE ?1 AS {name}"), [text])?;
    Ok(())
}

fn copy(db: &Connection, made_ms: i64) -> Result<(), StoreError> {
    let moment = db.unchecked_transaction()?;
    for table in ["event", "part", "touch", "tip", "own", "quarantine"] {
        let sql = format!("INSERT INTO events.{table} SELECT * FROM main.{table}");
        moment.execute_batch(&sql)?;
    }
    moment.execute_batch(
        "INSERT INTO events.wrapped SELECT name, NULL FROM main.wrapped WHERE bytes IS NULL;
         INSERT INTO keys.wrapped SELECT name, bytes FROM main.wrapped;",
    )?;
    let is_of_keys = "substr(name, 1, length(?1)) = ?1";
    let sql = format!("INSERT INTO keys.setting SELECT * FROM main.setting WHERE {is_of_keys}");
    moment.execute(&sql, [OF_KEYS])?;
    let sql =
        format!("INSERT INTO events.setting SELECT * FROM main.setting WHERE NOT {is_of_keys}");
    moment.execute(&sql, [OF_KEYS])?;
    let sql = "INSERT OR REPLACE INTO keys.setting (name, value) VALUES (?1, ?2)";
    moment.execute(sql, params![MADE, made_ms.to_be_bytes()])?;
    moment.commit()?;
    Ok(())
}

/// What a restore needs beside the files: the caller's clock and randomness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restoring {
    /// For the new origin that a restored store takes.
    pub visit: Visit,
    /// For the event that erases again whom the older backup of events still holds.
    pub erased: EventId,
    /// Sixteen random bytes for that event.
    pub salt: [u8; 16],
}

/// Puts a store back from a backup of events and, if it is at hand, one of keys.
///
/// The erasure list comes first: no key that either file knows to be erased is put back, and what
/// it sealed is blanked again. The store takes a new origin. Without a file of keys everything
/// sealed stays locked.
///
/// # Errors
///
/// [`StoreError::Exists`] where there is a file already, [`StoreError::Missing`] and
/// [`StoreError::NotAStore`] where a backup is not one, and whatever the disk says. Then no file is
/// left behind.
pub fn restore(
    events: &Path,
    keys: Option<&Path>,
    to: &Path,
    device: &Device,
    restoring: &Restoring,
) -> Result<SqliteLog, StoreError> {
    if to.exists() {
        return Err(StoreError::Exists);
    }
    let keys = keys.map(read_keys).transpose()?.unwrap_or_default();
    // It is built beside its place, so that nobody ever opens a store half put back.
    let aside = beside(to, ".restoring");
    discard(&aside);
    let restored = rebuild(events, &aside, device, restoring)
        .and_then(|log| put_back(log, &keys, restoring))
        .and_then(|()| Ok(fs::rename(&aside, to)?));
    discard(&aside);
    restored?;
    sync_folder(to);
    let mut log = SqliteLog::open(to, device, &restoring.visit)?;
    log.set_course(Course::Mint(Why::Restored));
    Ok(log)
}

fn rebuild(
    events: &Path,
    aside: &Path,
    device: &Device,
    restoring: &Restoring,
) -> Result<SqliteLog, StoreError> {
    let source = connect(events, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    check_shape(&source)?;
    let mut target = fill(aside)?;
    copy_whole(&source, &mut target)?;
    drop(target);
    SqliteLog::open_restored(aside, device, &restoring.visit)
}

fn copy_whole(source: &Connection, target: &mut Connection) -> Result<(), StoreError> {
    let copy = rusqlite::backup::Backup::new(source, target)?;
    copy.run_to_completion(1_000, Duration::ZERO, None)?;
    Ok(())
}

/// What a file of keys holds.
#[derive(Default)]
struct KeyFile {
    wrapped: Vec<(KeyId, Vec<u8>)>,
    erased: BTreeSet<KeyId>,
    settings: Vec<(String, Vec<u8>)>,
}

fn read_keys(path: &Path) -> Result<KeyFile, StoreError> {
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    check_shape(&db)?;
    let mut file = KeyFile::default();
    let mut statement = db.prepare("SELECT name, bytes FROM wrapped")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let name = KeyId::from_bytes(row.get(0)?);
        match row.get::<_, Option<Vec<u8>>>(1)? {
            Some(bytes) => file.wrapped.push((name, bytes)),
            None => {
                file.erased.insert(name);
            }
        }
    }
    let mut statement = db.prepare("SELECT name, value FROM setting WHERE name <> ?1")?;
    let mut rows = statement.query([MADE])?;
    while let Some(row) = rows.next()? {
        file.settings.push((row.get(0)?, row.get(1)?));
    }
    Ok(file)
}

/// Erases again, then puts the keys back.
fn put_back(mut log: SqliteLog, keys: &KeyFile, restoring: &Restoring) -> Result<(), StoreError> {
    let mut newly = BTreeSet::new();
    for key in &keys.erased {
        if log.wrapped(*key)? != Wrapped::Erased {
            newly.insert(*key);
        }
    }
    if !newly.is_empty() {
        let erased = erase_again(newly, restoring);
        log.append(&erased, restoring.visit.wall_ms)?;
    }
    log.adopt_keys(&keys.wrapped)?;
    for (name, value) in &keys.settings {
        log.put_setting(name, value)?;
    }
    log.compact()
}

/// The event that says so, in a stream of its own.
fn erase_again(keys: BTreeSet<KeyId>, restoring: &Restoring) -> Batch {
    let open = serde_json::to_vec(&Erased { keys }).unwrap_or_default();
    Batch {
        drafts: vec![Draft {
            id: restoring.erased,
            keys: Keys::one(Key::from(restoring.erased)),
            rulebook: RulebookMark::default(),
            kind: Erased::KIND,
            version: 1,
            salt: restoring.salt,
            parts: vec![DraftPart { key: KeyId::OPEN, class: DataClass::Audit, bytes: open }],
        }],
        ..Batch::default()
    }
}

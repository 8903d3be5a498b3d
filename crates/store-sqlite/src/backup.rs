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
    Batch, Course, Draft, DraftPart, Erased, EventLog, Key, KeyId, Keys, Rows, RulebookMark, Visit,
    Why, Wrapped,
};
use rusqlite::{Connection, OpenFlags, params};

use crate::{
    Device, SqliteLog, StoreError,
    file::{beside, check_shape, connect, discard, fill, sync_folder, uri},
    tables::{Tables, sum},
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

/// The setting that stands in both files: by it they are known to belong together.
const OF_BOTH: &str = "program";

impl Backup {
    /// The two files in one folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self::apart(folder, folder)
    }

    /// The two files, each in a folder of its own.
    #[must_use]
    pub fn apart(events: &Path, keys: &Path) -> Self {
        Self { events: events.join("events.circlekeeper"), keys: keys.join("keys.circlekeeper") }
    }

    /// The same files as they are called until they are whole.
    fn begun(&self) -> Self {
        Self { events: beside(&self.events, ".new"), keys: beside(&self.keys, ".new") }
    }

    fn discard(&self) {
        discard(&self.keys);
        discard(&self.events);
    }

    /// When its file of keys was made, in milliseconds since 1970-01-01T00:00Z.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read as one of ours.
    pub fn made_ms(&self) -> Result<Option<i64>, StoreError> {
        let db = connect(&self.keys, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        check_shape(&db)?;
        let made = Tables { db: &db }.setting(MADE)?;
        let made = made.and_then(|made| <[u8; 8]>::try_from(made.as_slice()).ok());
        Ok(made.map(i64::from_be_bytes))
    }
}

impl SqliteLog {
    /// Writes a backup: two new files, of one moment. Their folders are made if need be.
    ///
    /// Each is written beside its place and put there whole, the keys first: whoever sees events
    /// has the keys that open them.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`] where one of the files is there already, and whatever the disk says.
    /// Then neither is left behind.
    pub fn backup(&self, to: &Backup, made_ms: i64) -> Result<(), StoreError> {
        for file in [&to.events, &to.keys] {
            fs::create_dir_all(file.parent().unwrap_or(Path::new("")))?;
        }
        if to.events.exists() || to.keys.exists() {
            return Err(StoreError::Exists);
        }
        let begun = to.begun();
        begun.discard();
        let put = write(&self.uri(), &begun, made_ms).and_then(|()| {
            fs::rename(&begun.keys, &to.keys)?;
            fs::rename(&begun.events, &to.events).inspect_err(|_| discard(&to.keys))?;
            Ok(())
        });
        begun.discard();
        sync_folder(&to.keys);
        sync_folder(&to.events);
        put
    }
}

/// Copies table by table into files of their own, so that no key is ever written beside events.
///
/// The store is only read: one that cannot be written is saved all the same.
fn write(store: &str, backup: &Backup, made_ms: i64) -> Result<(), StoreError> {
    drop(fill(&backup.keys)?);
    drop(fill(&backup.events)?);
    let mode = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_URI;
    let db = connect(&backup.events, mode)?;
    db.execute("ATTACH DATABASE ?1 AS keys", [uri(&backup.keys, "mode=rw")])?;
    db.execute("ATTACH DATABASE ?1 AS store", [store])?;
    copy(&db, made_ms)
}

fn copy(db: &Connection, made_ms: i64) -> Result<(), StoreError> {
    let moment = db.unchecked_transaction()?;
    for table in ["event", "part", "touch", "tip", "own", "quarantine"] {
        let sql = format!("INSERT INTO main.{table} SELECT * FROM store.{table}");
        moment.execute_batch(&sql)?;
    }
    moment.execute_batch(
        "INSERT INTO main.wrapped SELECT name, NULL, NULL FROM store.wrapped WHERE bytes IS NULL;
         INSERT INTO keys.wrapped SELECT name, bytes, sum FROM store.wrapped;",
    )?;
    let is_of_keys = "substr(name, 1, length(?1)) = ?1";
    let all = "SELECT * FROM store.setting WHERE";
    let sql = format!("INSERT INTO keys.setting {all} {is_of_keys} OR name = ?2");
    moment.execute(&sql, [OF_KEYS, OF_BOTH])?;
    let sql = format!("INSERT INTO main.setting {all} NOT {is_of_keys}");
    moment.execute(&sql, [OF_KEYS])?;
    let sql = "INSERT OR REPLACE INTO keys.setting (name, value, sum) VALUES (?1, ?2, ?3)";
    let made = made_ms.to_be_bytes();
    moment.execute(sql, params![MADE, made, sum(MADE.as_bytes(), &made)])?;
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
/// [`StoreError::NotAStore`] where a backup is not one, [`StoreError::Strangers`] where the two files
/// are of different programs, and whatever the disk says. Then no file is left behind.
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
    program: Option<Vec<u8>>,
}

fn read_keys(path: &Path) -> Result<KeyFile, StoreError> {
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    check_shape(&db)?;
    let tables = Tables { db: &db };
    let mut file = KeyFile { program: tables.setting(OF_BOTH)?, ..KeyFile::default() };
    for (name, known) in tables.wrapped_all()? {
        match known {
            Wrapped::Here(bytes) => file.wrapped.push((name, bytes)),
            Wrapped::Erased => {
                file.erased.insert(name);
            }
            // It would open nothing: its owner stays locked until a good copy comes.
            Wrapped::Damaged | Wrapped::Unknown => {}
        }
    }
    let mut names: Vec<String> = Vec::new();
    let sql = "SELECT name FROM setting WHERE name NOT IN (?1, ?2)";
    tables.each(sql, [MADE, OF_BOTH], &mut |row| {
        names.push(row.get(0)?);
        Ok(())
    })?;
    for name in names {
        let value = tables.setting(&name)?;
        file.settings.extend(value.map(|value| (name, value)));
    }
    Ok(file)
}

/// Erases again, then puts the keys back.
fn put_back(mut log: SqliteLog, keys: &KeyFile, restoring: &Restoring) -> Result<(), StoreError> {
    let ours = log.setting(OF_BOTH)?;
    if ours.is_some() && keys.program.is_some() && ours != keys.program {
        return Err(StoreError::Strangers);
    }
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

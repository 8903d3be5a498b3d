//! The file of a store: opened, looked at, made, and flushed.

use std::{
    fs::{self, File, OpenOptions},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use crate::{StoreError, error::not_made};

/// "CKLG": what SQLite's `application_id` says of a store.
const APPLICATION: i32 = 0x434B_4C47;

/// How long a writer waits for the others.
const PATIENCE: Duration = Duration::from_secs(15);

/// The shapes of the tables, oldest first. Never edited, only added to.
pub(crate) const SHAPES: &[M<'static>] = &[M::up(include_str!("schema.sql"))];

/// Opens the file, and never makes one.
pub(crate) fn connect(path: &Path, mode: OpenFlags) -> Result<Connection, StoreError> {
    match fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::Missing);
        }
        Err(error) => return Err(StoreError::Io(error)),
        Ok(what) if !what.is_file() => return Err(StoreError::NotAStore),
        Ok(_) => {}
    }
    let db = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // SQLite opens a file that may not be written for reading, and says so at the first save.
    if mode.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) && db.is_readonly("main")? {
        return Err(StoreError::ReadOnly);
    }
    db.busy_timeout(PATIENCE)?;
    distrust(&db)?;
    Ok(db)
}

/// A file may come from anybody: what it says of itself is checked, and runs nothing.
fn distrust(db: &Connection) -> Result<(), StoreError> {
    db.pragma_update(None, "cell_size_check", true)?;
    db.pragma_update(None, "trusted_schema", false)?;
    Ok(())
}

/// Opens a file of which it is certain that nobody writes to it.
pub(crate) fn connect_immutable(path: &Path) -> Result<Connection, StoreError> {
    let uri = uri(path, "immutable=1");
    let mode = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let db = Connection::open_with_flags(uri, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    distrust(&db)?;
    Ok(db)
}

/// A path as SQLite reads it together with wishes for how it is opened.
pub(crate) fn uri(path: &Path, wish: &str) -> String {
    let mut uri = String::from("file:");
    for part in path.to_string_lossy().replace('\\', "/").chars() {
        match part {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            other => uri.push(other),
        }
    }
    format!("{uri}?{wish}")
}

/// Whether a journal beside the file holds anything.
pub(crate) fn waits(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|journal| journal.len() > 0)
}

/// The path of a file that SQLite keeps beside the store.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Looks whether the file is a store of a version that this release knows; returns the version.
pub(crate) fn check_shape(db: &Connection) -> Result<usize, StoreError> {
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if pragma("application_id")? != i64::from(APPLICATION) {
        return Err(StoreError::NotAStore);
    }
    let found = pragma("user_version")?;
    match usize::try_from(found) {
        Ok(found) if found <= SHAPES.len() => Ok(found),
        _ => {
            Err(StoreError::Newer { found, known: i64::try_from(SHAPES.len()).unwrap_or(i64::MAX) })
        }
    }
}

/// Sets a connection up for durable writing.
pub(crate) fn prepare(db: &Connection) -> Result<(), StoreError> {
    db.set_prepared_statement_cache_capacity(64);
    // What was deleted is overwritten with zeros.
    db.pragma_update(None, "secure_delete", true)?;
    let mode: String = db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::ReadOnly);
    }
    db.pragma_update(None, "synchronous", "FULL")?;
    // 16 MiB: the pages that every save touches are then written into the file once, not often.
    db.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    Ok(())
}

pub(crate) fn migrate(db: &mut Connection) -> Result<(), StoreError> {
    Migrations::from_slice(SHAPES).to_latest(db).map_err(|error| {
        if let rusqlite_migration::Error::RusqliteError { err, .. } = error {
            err.into()
        } else {
            StoreError::NotAStore
        }
    })
}

/// Writes an empty store without any events.
///
/// All of it is one transaction, so a program that is cut off leaves an empty file behind or a
/// whole store. Such an empty file is taken for a new one.
pub(crate) fn fill(path: &Path) -> Result<Connection, StoreError> {
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    match made.map_err(not_made) {
        Ok(_) => {}
        Err(StoreError::Exists) if is_empty(path) => {}
        Err(error) => return Err(error),
    }
    let filled = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|mut db| {
        db.pragma_update(None, "secure_delete", true)?;
        migrate(&mut db)?;
        Ok(db)
    });
    // Another program may have made a store of the same file meanwhile: only nothing is discarded.
    if filled.is_err() && is_empty(path) {
        discard(path);
    }
    filled
}

/// Whether a file is one that SQLite made and never wrote to.
fn is_empty(path: &Path) -> bool {
    let sql = "SELECT count(*) = 0 FROM sqlite_schema";
    let empty = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .and_then(|db| Ok(db.query_row(sql, [], |row| row.get(0))?));
    empty.unwrap_or(false)
}

/// Takes away what was begun and could not be finished.
pub(crate) fn discard(path: &Path) {
    for file in [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")] {
        let _ = fs::remove_file(file);
    }
}

/// Makes the name of a new file durable, where the platform lets a folder be flushed.
pub(crate) fn sync_folder(path: &Path) {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use commons::Code;
    use event_log::{DeviceId, Rows, Visit};

    use super::*;
    use crate::{Backup, Device, Restoring, SqliteLog, restore, tables::Tables};

    #[test]
    fn the_shapes_of_the_tables_follow_each_other() {
        assert_eq!(Migrations::from_slice(SHAPES).validate(), Ok(()));
    }

    /// What a connection does at every save: whether it waits for the disk, and how it keeps its
    /// journal.
    fn durability(log: &SqliteLog) -> (i64, String) {
        let pragma = |name| log.db().pragma_query_value(None, name, |row| row.get(0));
        let mode = log.db().pragma_query_value(None, "journal_mode", |row| row.get(0));
        (pragma("synchronous").unwrap(), mode.unwrap())
    }

    #[test]
    fn every_way_in_waits_for_the_disk_at_every_save() {
        let folder = tempfile::tempdir().unwrap();
        let device = Device::at(&folder.path().join("device"), DeviceId::number(1)).unwrap();
        let visit = |seed| Visit::new(Code::of("test"), 1_000, [seed; 48]);
        let path = folder.path().join("store");
        let full = (2, "wal".to_owned());
        let mut log = SqliteLog::create(&path, &device, &visit(1)).unwrap();
        assert_eq!(durability(&log), full, "made");
        log.reopen();
        assert_eq!(durability(&log), full, "opened again after a failed save");
        let backup = Backup::in_folder(&folder.path().join("backup"));
        log.backup(&backup, 0).unwrap();
        assert_eq!(durability(&log), full, "after a backup");
        drop(log);
        assert_eq!(
            durability(&SqliteLog::open(&path, &device, &visit(2)).unwrap()),
            full,
            "opened"
        );
        let restoring =
            Restoring { visit: visit(3), erased: commons::EventId::number(1), salt: [0; 16] };
        let to = folder.path().join("back");
        let back = restore(&backup.events, Some(&backup.keys), &to, &device, &restoring).unwrap();
        assert_eq!(durability(&back), full, "put back");
    }

    #[test]
    fn a_store_on_a_disk_that_cannot_be_written_is_read_whatever_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let device = Device::at(&folder.path().join("device"), DeviceId::number(1)).unwrap();
        let visit = Visit::new(Code::of("test"), 1_000, [7; 48]);
        let path = folder.path().join("50% of ours #2 & more.circle");
        drop(SqliteLog::create(&path, &device, &visit).unwrap());
        assert!(!waits(&path), "nothing waits in a journal once the store is closed");
        let db = connect_immutable(&path).unwrap();
        assert_eq!(Tables { db: &db }.len().unwrap(), 1);
        assert!(db.execute_batch("DELETE FROM event").is_err());
    }
}

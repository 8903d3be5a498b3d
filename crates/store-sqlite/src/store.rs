//! One file, opened.

use std::path::{Path, PathBuf};

use commons::{EventId, OriginId};
use event_log::{
    AbsorbError, Absorbed, AppendError, Appended, Batch, Card, Course, Damage, Digest, Event,
    EventLog, Head, Key, KeyId, Mark, Reading, Rows, Sent, Verdict, Visit, Wrapped, engine,
};
use rusqlite::{
    Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params,
};

use crate::{
    Device, StoreError,
    device::Note,
    file::{
        SHAPES, check_shape, connect, connect_immutable, fill, migrate, prepare, sync_folder, waits,
    },
    tables::Tables,
};

/// A store in one SQLite file.
#[derive(Debug)]
pub struct SqliteLog {
    path: PathBuf,
    db: Connection,
    /// None: opened for reading alone.
    device: Option<Device>,
    course: Course,
    /// The device's note of the origin that the store writes under, where it can be kept.
    note: Option<Note>,
}

impl SqliteLog {
    /// Makes a new store, whose first event opens its origin.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`] where there is a file already that holds anything, and whatever the
    /// disk says.
    pub fn create(path: &Path, device: &Device, visit: &Visit) -> Result<Self, StoreError> {
        drop(fill(path)?);
        sync_folder(path);
        Self::open(path, device, visit)
    }

    /// Opens a store. Where it was copied here or put back, it takes a new origin by itself; see
    /// [`course`](Self::course).
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`], [`StoreError::NotAStore`], [`StoreError::Newer`], and whatever the
    /// disk says.
    pub fn open(path: &Path, device: &Device, visit: &Visit) -> Result<Self, StoreError> {
        let mut db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let known = check_shape(&db)?;
        prepare(&db)?;
        if known < SHAPES.len() {
            migrate(&mut db)?;
        }
        let mut log = Self {
            path: path.to_owned(),
            db,
            device: Some(device.clone()),
            course: Course::Continue,
            note: None,
        };
        log.course = log.enter(device, visit, false)?;
        Ok(log)
    }

    /// Opens a store that was just put back from a backup: it takes a new origin in any case.
    pub(crate) fn open_restored(
        path: &Path,
        device: &Device,
        visit: &Visit,
    ) -> Result<Self, StoreError> {
        let mut db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        check_shape(&db)?;
        prepare(&db)?;
        migrate(&mut db)?;
        let mut log = Self {
            path: path.to_owned(),
            db,
            device: Some(device.clone()),
            course: Course::Continue,
            note: None,
        };
        log.course = log.enter(device, visit, true)?;
        Ok(log)
    }

    /// Opens a store for reading alone: nothing is written, no origin is opened, and it works on
    /// a disk that cannot be written.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        let mut db = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        match check_shape(&db) {
            Ok(_) => {}
            Err(error @ (StoreError::NotAStore | StoreError::Newer { .. })) => return Err(error),
            // On a disk that cannot be written SQLite makes no shared memory beside the file. If
            // nothing waits in a journal, the file alone is the whole store.
            Err(_) if !waits(path) => {
                db = connect_immutable(path)?;
                check_shape(&db)?;
            }
            Err(error) => return Err(error),
        }
        db.set_prepared_statement_cache_capacity(64);
        Ok(Self { path: path.to_owned(), db, device: None, course: Course::Continue, note: None })
    }

    /// What opening it led to.
    #[must_use]
    pub const fn course(&self) -> Course {
        self.course
    }

    pub(crate) const fn set_course(&mut self, course: Course) {
        self.course = course;
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Limits how large the file may grow, in pages of 4 KiB: to try out a full disk, or to keep a
    /// store from filling a small one.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn limit_pages(&mut self, pages: u32) -> Result<(), StoreError> {
        self.db.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        Ok(())
    }

    pub(crate) const fn db(&self) -> &Connection {
        &self.db
    }

    /// Writes on under the store's origin, or takes a new one.
    fn enter(
        &mut self,
        device: &Device,
        visit: &Visit,
        restored: bool,
    ) -> Result<Course, StoreError> {
        let decided = self.write(same, |tables| {
            let mark = |origin| device.mark(origin);
            Ok(engine::enter(tables, device.id(), visit, mark, restored)?)
        })?;
        self.remember()?;
        Ok(decided)
    }

    /// Tells the device where the store is now. A device that cannot be told makes the store take
    /// a new origin next time, which is safe; so a save does not fail for it.
    fn remember(&mut self) -> Result<(), StoreError> {
        let own = Tables { db: &self.db }.own()?;
        if let (Some(device), Some(own)) = (&self.device, own) {
            self.note = device.note(own.origin).ok();
            self.jot(own.seq, own.link);
        }
        Ok(())
    }

    fn jot(&self, seq: u64, link: Digest) {
        if let Some(note) = &self.note {
            let _ = note.write(Mark { seq, link });
        }
    }

    /// Does all of it, durably, or nothing.
    ///
    /// A failed flush is a failed save: the file is opened and read anew before anything else.
    pub(crate) fn write<T, E>(
        &mut self,
        wrap: impl Fn(StoreError) -> E,
        work: impl FnOnce(&mut Tables<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.device.is_none() {
            return Err(wrap(StoreError::ReadOnly));
        }
        let begun = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate);
        let transaction = begun.map_err(|error| wrap(error.into()))?;
        let done = work(&mut Tables { db: &transaction })?;
        let committed = transaction.commit();
        committed.map(|()| done).map_err(|error| {
            self.reopen();
            wrap(error.into())
        })
    }

    /// Opens the file anew. Where that fails, the old connection stays and will say so itself.
    fn reopen(&mut self) {
        let fresh = connect(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .and_then(|db| prepare(&db).map(|()| db));
        if let Ok(db) = fresh {
            self.db = db;
        }
    }

    /// Reads several things of one moment.
    fn look<T>(
        &self,
        work: impl FnOnce(&Tables<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let moment = self.db.unchecked_transaction()?;
        work(&Tables { db: &moment })
    }

    /// What a single statement says.
    const fn tables(&self) -> Tables<'_> {
        Tables { db: &self.db }
    }

    /// Writes the journal into the file and empties it.
    fn checkpoint(&self) -> Result<(), StoreError> {
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy: bool = self.db.query_row(sql, [], |row| row.get(0))?;
        if busy { Err(StoreError::Busy) } else { Ok(()) }
    }
}

impl EventLog for SqliteLog {
    type Error = StoreError;

    fn origin(&self) -> Result<OriginId, StoreError> {
        let own = self.tables().own()?;
        own.map(|own| own.origin).ok_or(StoreError::NotAStore)
    }

    fn append(
        &mut self,
        batch: &Batch,
        wall_ms: i64,
    ) -> Result<Vec<Appended>, AppendError<StoreError>> {
        let appended = self.write(AppendError::Store, |tables| {
            let own = tables.own().map_err(AppendError::Store)?;
            let own = own.ok_or(AppendError::Store(StoreError::NotAStore))?;
            engine::append(tables, own, batch, wall_ms)
        })?;
        if let Some(last) = appended.last() {
            self.jot(last.seq, last.link);
        }
        Ok(appended)
    }

    fn count(&self, key: Key) -> Result<u64, StoreError> {
        self.tables().count(key)
    }

    fn read(&self, key: Key) -> Result<Reading, StoreError> {
        self.look(|tables| tables.touching(key).map(engine::reading))
    }

    fn read_kind(&self, prefix: &str) -> Result<Reading, StoreError> {
        self.look(|tables| tables.of_kind(prefix).map(engine::reading))
    }

    fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        let row = self.look(|tables| tables.row(id))?;
        Ok(row.and_then(|row| row.check().0))
    }

    fn each(&self, visit: &mut dyn FnMut(Event)) -> Result<Vec<Damage>, StoreError> {
        self.look(|tables| engine::each(tables, visit))
    }

    fn heads(&self) -> Result<Vec<Head>, StoreError> {
        self.look(|tables| engine::heads(tables))
    }

    fn landmarks(&self) -> Result<Vec<Head>, StoreError> {
        self.look(|tables| engine::landmarks(tables))
    }

    fn since(&self, landmarks: &[Head]) -> Result<Vec<Sent>, StoreError> {
        self.look(|tables| engine::since(tables, landmarks))
    }

    fn absorb(&mut self, sent: &[Sent]) -> Result<Absorbed, AbsorbError<StoreError>> {
        self.write(AbsorbError::Store, |tables| engine::absorb(tables, sent))
    }

    fn quarantined(&self) -> Result<Vec<Event>, StoreError> {
        self.tables().quarantined()
    }

    fn card(&self, key: Key) -> Result<Option<Card>, StoreError> {
        self.tables().card(key)
    }

    fn keep_card(&mut self, card: &Card, count: u64) -> Result<bool, StoreError> {
        self.write(same, |tables| engine::keep_card(tables, card, count))
    }

    fn drop_cards(&mut self) -> Result<(), StoreError> {
        self.write(same, |tables| {
            tables.db.execute("DELETE FROM card", [])?;
            Ok(())
        })
    }

    fn wrapped(&self, key: KeyId) -> Result<Wrapped, StoreError> {
        self.tables().wrapped(key)
    }

    fn wrapped_all(&self) -> Result<Vec<(KeyId, Vec<u8>)>, StoreError> {
        self.tables().wrapped_all()
    }

    fn adopt_keys(&mut self, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, StoreError> {
        self.write(same, |tables| engine::adopt_keys(tables, keys))
    }

    fn rewrap(&mut self, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, StoreError> {
        self.write(same, |tables| engine::rewrap(tables, keys))
    }

    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT value FROM setting WHERE name = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    fn put_setting(&mut self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        self.write(same, |tables| {
            let sql = "INSERT INTO setting (name, value) VALUES (?1, ?2) \
                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            tables.db.execute(sql, params![name, value])?;
            Ok(())
        })
    }

    fn compact(&mut self) -> Result<(), StoreError> {
        if self.device.is_none() {
            return Err(StoreError::ReadOnly);
        }
        self.checkpoint()?;
        self.db.execute_batch("VACUUM")?;
        self.checkpoint()
    }

    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verdict, StoreError> {
        self.look(|tables| Ok(engine::verify(tables, progress)))
    }
}

const fn same(error: StoreError) -> StoreError {
    error
}

//! One file, opened.

use std::path::{Path, PathBuf};

use commons::{EventId, OriginId};
use event_log::{
    AbsorbError, Absorbed, AppendError, Appended, Batch, Card, Course, Damage, Digest, Event,
    EventLog, Head, Key, KeyId, Leave, Mark, Reading, Rows, Sent, Verdict, Visit, Wrapped, engine,
};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::{
    Device, StoreError,
    device::Note,
    file::{
        SHAPES, check_shape, connect, connect_immutable, fill, migrate, prepare, sync_folder, uri,
        waits,
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
    /// Opened as a file that nobody can write to.
    immutable: bool,
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
        let mut log = Self::begin(path, device, visit, false)?;
        // Whoever erased and was cut off, or found the disk full, is helped by whoever comes next.
        if log.compact_due()? {
            let _ = log.compact();
        }
        Ok(log)
    }

    /// Opens a store that was just put back from a backup: it takes a new origin in any case.
    pub(crate) fn open_restored(
        path: &Path,
        device: &Device,
        visit: &Visit,
    ) -> Result<Self, StoreError> {
        Self::begin(path, device, visit, true)
    }

    fn begin(
        path: &Path,
        device: &Device,
        visit: &Visit,
        restored: bool,
    ) -> Result<Self, StoreError> {
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
            immutable: false,
            course: Course::Continue,
            note: None,
        };
        log.course = log.enter(device, visit, restored)?;
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
        let mut immutable = false;
        match check_shape(&db) {
            Ok(_) => {}
            Err(error @ (StoreError::NotAStore | StoreError::Newer { .. })) => return Err(error),
            // On a disk that cannot be written SQLite makes no shared memory beside the file. If
            // nothing waits in a journal, the file alone is the whole store.
            Err(_) if !waits(path) => {
                db = connect_immutable(path)?;
                immutable = true;
                check_shape(&db)?;
            }
            Err(error) => return Err(error),
        }
        db.set_prepared_statement_cache_capacity(64);
        let (path, course) = (path.to_owned(), Course::Continue);
        Ok(Self { path, db, device: None, immutable, course, note: None })
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

    /// Its path as another connection reads it, without ever writing to it.
    pub(crate) fn uri(&self) -> String {
        uri(&self.path, if self.immutable { "immutable=1" } else { "mode=ro" })
    }

    #[cfg(test)]
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
    pub(crate) fn reopen(&mut self) {
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
        self.write(AbsorbError::Store, |tables| {
            let absorbed = engine::absorb(tables, sent)?;
            tables.tidy().map_err(AbsorbError::Store)?;
            Ok(absorbed)
        })
    }

    fn quarantined(&self) -> Result<Vec<Event>, StoreError> {
        self.tables().quarantined()
    }

    fn card(&self, key: Key) -> Result<Option<Card>, StoreError> {
        self.tables().card(key)
    }

    fn keep_card(&mut self, card: &Card, expect: &[(Key, u64)]) -> Result<bool, StoreError> {
        self.write(same, |tables| engine::keep_card(tables, card, expect))
    }

    fn drop_cards(&mut self) -> Result<(), StoreError> {
        self.write(same, |tables| tables.drop_cards())
    }

    fn wrapped(&self, key: KeyId) -> Result<Wrapped, StoreError> {
        self.tables().wrapped(key)
    }

    fn wrapped_all(&self) -> Result<Vec<(KeyId, Vec<u8>)>, StoreError> {
        engine::wrapped_all(&self.tables())
    }

    fn adopt_keys(&mut self, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, StoreError> {
        self.write(same, |tables| engine::adopt_keys(tables, keys))
    }

    fn rewrap(&mut self, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, StoreError> {
        self.write(same, |tables| engine::rewrap(tables, keys))
    }

    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.tables().setting(name)
    }

    fn put_setting(&mut self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        self.write(same, |tables| tables.put_setting(name, Some(value)))
    }

    fn leave(&self) -> Result<Leave, StoreError> {
        self.look(|tables| engine::leave(tables))
    }

    fn compact(&mut self) -> Result<(), StoreError> {
        if self.device.is_none() {
            return Err(StoreError::ReadOnly);
        }
        self.checkpoint()?;
        self.db.execute_batch("VACUUM")?;
        self.checkpoint()?;
        if self.compact_due()? {
            self.write(same, |tables| tables.put_setting(engine::COMPACT_DUE, None))?;
        }
        Ok(())
    }

    fn compact_due(&self) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM setting WHERE name = ?1";
        Ok(self.db.query_row(sql, [engine::COMPACT_DUE], |row| row.get::<_, i64>(0))? > 0)
    }

    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verdict, StoreError> {
        self.look(|tables| Ok(engine::verify(tables, progress)))
    }
}

const fn same(error: StoreError) -> StoreError {
    error
}

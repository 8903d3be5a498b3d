//! Ten thousand damaged stores: whatever is altered, emptied or deleted in a row is named.
//!
//! All of it happens in one store and one connection, inside transactions that are taken back.

use std::collections::BTreeSet;

use commons::{Code, DataClass, EventId};
use event_log::{
    Batch, Damage, DeviceId, Draft, DraftPart, EventLog, Key, KeyId, Keys, Kind, Rows,
    RulebookMark, Visit, engine,
};
use rusqlite::{Connection, params};

use crate::{Device, SqliteLog, tables::Tables};

/// A small generator of its own: which bytes are damaged is test data, no more.
struct Noise(u64);

impl Noise {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % bound
    }
}

fn part(key: KeyId, text: String) -> DraftPart {
    DraftPart { key, class: DataClass::Notes, bytes: text.into_bytes() }
}

/// An event with one sealed part, and the key of that part.
fn event(n: u128) -> Batch {
    let owner = KeyId::number(100 + n);
    let open = format!("{{\"open\":{n}}}");
    let draft = Draft {
        id: EventId::number(n),
        keys: Keys::new(&[Key::number(1 + n % 3), Key::number(10)]).unwrap(),
        rulebook: RulebookMark::default(),
        kind: Kind::of("session.held"),
        version: 1,
        salt: [9; 16],
        parts: vec![part(KeyId::OPEN, open), part(owner, format!("sealed-{n:03}"))],
    };
    let keys = vec![(owner, format!("wrapped-{n:03}").into_bytes())];
    Batch { drafts: vec![draft], keys, ..Batch::default() }
}

fn log(folder: &std::path::Path, name: &str, seed: u8) -> SqliteLog {
    let device = Device::at(&folder.join("device"), DeviceId::number(1)).unwrap();
    let visit = Visit::new(Code::of("test"), 1_000, [seed; 48]);
    SqliteLog::create(&folder.join(name), &device, &visit).unwrap()
}

/// A store with everything in it: two origins, something withheld, something kept aside, settings.
fn store(folder: &std::path::Path) -> SqliteLog {
    let (mut ours, mut theirs) = (log(folder, "ours", 1), log(folder, "theirs", 2));
    for n in 1..=12 {
        ours.append(&event(n), 1_000).unwrap();
    }
    // Number 12 again with other content, and others that come whole or withheld.
    for n in 12..=16 {
        let mut other = event(n);
        other.drafts[0].salt = [7; 16];
        theirs.append(&other, 1_000).unwrap();
    }
    let mut sent = theirs.since(&[]).unwrap();
    let last = sent.last_mut().unwrap();
    *last = last.withhold();
    let absorbed = ours.absorb(&sent).unwrap();
    assert_eq!(absorbed.quarantined.len(), 1);
    // The key of what is withheld is not missed by anybody.
    let mut keys = theirs.wrapped_all().unwrap();
    keys.retain(|(key, _)| *key != KeyId::number(116));
    ours.adopt_keys(&keys).unwrap();
    ours.put_setting("vault", b"the locks of it").unwrap();
    ours
}

/// Everything that is found.
fn found(db: &Connection) -> BTreeSet<Damage> {
    engine::verify(&Tables { db }, &mut |_, _| {}).damage
}

/// The rows of a table, by what SQLite calls them, or by its key where it has no such numbers.
fn rows(db: &Connection, table: &str, key: &str) -> Vec<Vec<u8>> {
    let sql = format!("SELECT CAST({key} AS BLOB) FROM {table}");
    let mut statement = db.prepare(&sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// What rows of a table are known by, and the columns that are bytes.
const TABLES: [(&str, &str, &[&str]); 8] = [
    ("event", "row", &["id", "origin", "link", "body", "header", "open"]),
    ("part", "event", &["key", "bytes"]),
    ("touch", "key || event", &["key"]),
    ("tip", "link", &["origin", "link"]),
    ("own", "one", &["origin", "link"]),
    ("wrapped", "name", &["name", "bytes", "sum"]),
    ("quarantine", "hash", &["hash", "bytes"]),
    ("setting", "name", &["value", "sum"]),
];

/// Tries something in a transaction that is taken back, and says what was found and whether
/// anything was changed at all.
fn tried(db: &Connection, sql: &str, row: &[u8], value: Option<&[u8]>) -> Option<BTreeSet<Damage>> {
    let moment = db.unchecked_transaction().unwrap();
    let changed = match value {
        Some(value) => moment.execute(sql, params![row, value]),
        None => moment.execute(sql, [row]),
    };
    // A shape that the table itself refuses is no damage.
    let changed = changed.is_ok_and(|changed| changed > 0);
    let found = changed.then(|| found(&moment));
    moment.rollback().unwrap();
    found
}

#[test]
fn any_altered_byte_of_any_row_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let log = store(folder.path());
    let (db, mut noise) = (log.db(), Noise(20_260_101));
    let well = found(db);
    let all = TABLES.map(|(table, key, _)| rows(db, table, key));
    let mut done = 0;
    while done < 6_000 {
        let at = noise.below(TABLES.len());
        let ((table, key, columns), rows) = (TABLES[at], &all[at]);
        let (row, column) = (&rows[noise.below(rows.len())], columns[noise.below(columns.len())]);
        let by = format!("CAST({key} AS BLOB) = ?1");
        let sql = format!("SELECT {column} FROM {table} WHERE {by}");
        let whole: Option<Vec<u8>> = db.query_row(&sql, [row], |row| row.get(0)).unwrap();
        let Some(mut bytes) = whole.filter(|bytes| !bytes.is_empty()) else { continue };
        let byte = noise.below(bytes.len());
        bytes[byte] ^= u8::try_from(1 << noise.below(8)).unwrap();
        let sql = format!("UPDATE {table} SET {column} = ?2 WHERE {by}");
        let Some(named) = tried(db, &sql, row, Some(&bytes)) else { continue };
        assert_ne!(named, well, "{table}.{column}, byte {byte}: nobody noticed");
        if ["header", "open", "bytes"].contains(&column) && ["event", "part"].contains(&table) {
            let by_name = named.difference(&well).filter_map(Damage::event).count();
            assert!(by_name > 0, "{table}.{column}: {named:?}");
        }
        done += 1;
    }
    assert_eq!(found(db), well);
}

#[test]
fn any_row_that_is_emptied_or_deleted_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let log = store(folder.path());
    let (db, mut noise) = (log.db(), Noise(7));
    let well = found(db);
    let blanks = [
        ("event", "row", "id = NULL"),
        ("event", "row", "kind = NULL"),
        ("event", "row", "header = NULL"),
        ("event", "row", "open = NULL"),
        ("event", "row", "id = NULL, kind = NULL, header = NULL, open = NULL"),
        ("part", "event", "bytes = NULL"),
        ("part", "event", "number = number + 1"),
        ("wrapped", "name", "bytes = NULL"),
        ("touch", "key || event", "nth = nth + 1"),
    ];
    let harm = |named: &BTreeSet<Damage>, what: &str| {
        assert_ne!(*named, well, "{what}: nobody noticed");
    };
    for _ in 0..2_000 {
        let (table, key, what) = blanks[noise.below(blanks.len())];
        let all = rows(db, table, key);
        let row = &all[noise.below(all.len())];
        let whole = "header IS NOT NULL";
        let only = if table == "event" { whole } else { "TRUE" };
        let sql = format!("UPDATE {table} SET {what} WHERE CAST({key} AS BLOB) = ?1 AND {only}");
        if let Some(named) = tried(db, &sql, row, None) {
            harm(&named, &format!("{table}: {what}"));
            let lost = |found: &Damage| matches!(found, Damage::Withheld { .. });
            let notices = |all: &BTreeSet<Damage>| all.iter().filter(|one| lost(one)).count();
            assert_eq!(notices(&named), notices(&well), "{what}: it is not taken for withheld");
        }
    }
    for _ in 0..2_000 {
        // What the program keeps of itself is missed by whoever opens it.
        let (table, key, _) = TABLES[noise.below(TABLES.len() - 1)];
        let all = rows(db, table, key);
        let row = &all[noise.below(all.len())];
        let sql = format!("DELETE FROM {table} WHERE CAST({key} AS BLOB) = ?1");
        let named = tried(db, &sql, row, None).unwrap();
        harm(&named, &format!("{table}: deleted"));
    }
    assert_eq!(found(db), well);
    assert_eq!(Tables { db }.len().unwrap(), 1 + 12 + 1 + 5);
}

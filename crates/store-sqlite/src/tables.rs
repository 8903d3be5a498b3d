//! How SQLite keeps the rows of the log.

use std::collections::BTreeSet;

use commons::{EventId, OriginId};
use event_log::{
    Card, Clock, Damage, DeviceId, Digest, Event, Head, Header, Key, KeyId, Own, PartHead, Place,
    Row, Rows, Span, Wrapped,
};
use rusqlite::{Connection, OptionalExtension, Params, params, types::FromSql};

use crate::{StoreError, inspect};

/// The rows, inside whatever transaction the connection is in.
pub(crate) struct Tables<'c> {
    pub(crate) db: &'c Connection,
}

pub(crate) type Outcome<T> = Result<T, StoreError>;

/// A row without its parts, and its number in the table.
struct Bare {
    number: i64,
    row: Row,
}

const COLUMNS: &str = "SELECT event.row, id, origin, seq, link, body, header, open FROM event ";

impl Tables<'_> {
    pub(crate) fn run(&self, sql: &str, params: impl Params) -> Outcome<usize> {
        Ok(self.db.prepare_cached(sql)?.execute(params)?)
    }

    fn one<T: FromSql>(&self, sql: &str, params: impl Params) -> Outcome<Option<T>> {
        let mut statement = self.db.prepare_cached(sql)?;
        Ok(statement.query_row(params, |row| row.get(0)).optional()?)
    }

    pub(crate) fn each(
        &self,
        sql: &str,
        params: impl Params,
        visit: &mut dyn FnMut(&rusqlite::Row<'_>) -> Outcome<()>,
    ) -> Outcome<()> {
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            visit(row)?;
        }
        Ok(())
    }

    fn rows(&self, tail: &str, params: impl Params) -> Outcome<Vec<Row>> {
        let mut found = Vec::new();
        self.each(&format!("{COLUMNS}{tail}"), params, &mut |row| {
            found.push(self.whole(bare(row)?)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Adds the parts to a row, where its header names more than the open one.
    fn whole(&self, bare: Bare) -> Outcome<Row> {
        let mut row = bare.row;
        let count = row.header.as_deref().and_then(Header::count_parts);
        if count.is_some_and(|count| count > 1) {
            let sql = "SELECT number, bytes FROM part WHERE event = ?1 ORDER BY number";
            self.each(sql, [bare.number], &mut |part| {
                row.parts.push((part.get(0)?, part.get(1)?));
                Ok(())
            })?;
        }
        Ok(row)
    }

    /// Keeps what an event is found by, and its sealed parts.
    fn index(&self, number: i64, event: &Event) -> Outcome<()> {
        for key in event.header().keys.iter() {
            let nth = signed(self.count(key)?) + 1;
            let sql = "INSERT INTO touch (key, event, nth) VALUES (?1, ?2, ?3)";
            self.run(sql, params![key.bytes(), number, nth])?;
        }
        for (head, part) in event.parts().skip(1) {
            let sql = "INSERT INTO part (event, number, key, bytes) VALUES (?1, ?2, ?3, ?4)";
            let (key, bytes) = (head.key.bytes(), part.bytes());
            self.run(sql, params![number, head.number, key, bytes])?;
        }
        Ok(())
    }

    /// Takes away all that is kept of a row of `event`, but for what other keys find it by:
    /// [`tidy`](Self::tidy) finds those.
    fn forget(&self, number: i64, event: &Event) -> Outcome<()> {
        self.run("DELETE FROM event WHERE row = ?1", [number])?;
        self.run("DELETE FROM part WHERE event = ?1", [number])?;
        for key in event.header().keys.iter() {
            let sql = "DELETE FROM touch WHERE key = ?1 AND event = ?2";
            self.run(sql, params![key.bytes(), number])?;
        }
        Ok(())
    }
}

/// What is kept beside a value, to notice where it is altered.
pub(crate) fn sum(name: &[u8], value: &[u8]) -> [u8; 32] {
    Digest::of(&[name, &[0], value].concat()).bytes()
}

/// What a row of keys says.
fn known(row: &rusqlite::Row<'_>) -> rusqlite::Result<(KeyId, Wrapped)> {
    let name: [u8; 16] = row.get(0)?;
    let (bytes, kept): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(1)?, row.get(2)?);
    let known = match bytes {
        None => Wrapped::Erased,
        Some(bytes) if kept.as_deref() == Some(sum(&name, &bytes).as_slice()) => {
            Wrapped::Here(bytes)
        }
        Some(_) => Wrapped::Damaged,
    };
    Ok((KeyId::from_bytes(name), known))
}

fn bare(row: &rusqlite::Row<'_>) -> Outcome<Bare> {
    let header: Option<Vec<u8>> = row.get(6)?;
    let id: Option<[u8; 16]> = row.get(1)?;
    let parts = match header {
        Some(_) => vec![(0, row.get(7)?)],
        None => Vec::new(),
    };
    let place = Place {
        origin: OriginId::from_bytes(row.get(2)?),
        seq: unsigned(row.get(3)?),
        link: Digest::from_bytes(row.get(4)?),
        body: Digest::from_bytes(row.get(5)?),
        id: id.map(EventId::from_bytes),
    };
    Ok(Bare { number: row.get(0)?, row: Row { place, header, parts } })
}

/// Numbers below zero are damage; they become zero, which no event has.
pub(crate) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// The log keeps its numbers within what SQLite can hold.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Rows for Tables<'_> {
    type Error = StoreError;

    fn own(&self) -> Outcome<Option<Own>> {
        let sql = "SELECT origin, device, seq, link, clock_ms, counter FROM own";
        let mut statement = self.db.prepare_cached(sql)?;
        let own = statement.query_row([], |row| {
            Ok(Own {
                origin: OriginId::from_bytes(row.get(0)?),
                device: DeviceId::from_bytes(row.get(1)?),
                seq: unsigned(row.get(2)?),
                link: Digest::from_bytes(row.get(3)?),
                clock: Clock { ms: row.get(4)?, counter: row.get(5)? },
            })
        });
        Ok(own.optional()?)
    }

    fn put_own(&mut self, own: &Own) -> Outcome<()> {
        let sql = "INSERT INTO own (one, origin, device, seq, link, clock_ms, counter) \
                   VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (one) DO UPDATE SET \
                   origin = excluded.origin, device = excluded.device, seq = excluded.seq, \
                   link = excluded.link, clock_ms = excluded.clock_ms, counter = excluded.counter";
        let (origin, device) = (own.origin.bytes(), own.device.bytes());
        let (seq, link, clock) = (signed(own.seq), own.link.bytes(), own.clock);
        self.run(sql, params![origin, device, seq, link, clock.ms, clock.counter])?;
        Ok(())
    }

    fn len(&self) -> Outcome<u64> {
        let count: Option<i64> = self.one("SELECT count(*) FROM event", [])?;
        Ok(unsigned(count.unwrap_or(0)))
    }

    fn row(&self, id: EventId) -> Outcome<Option<Row>> {
        Ok(self.rows("WHERE id = ?1", [id.bytes()])?.pop())
    }

    fn at(&self, place: &Place) -> Outcome<Option<Row>> {
        let (origin, seq) = (place.origin.bytes(), signed(place.seq));
        let tail = "WHERE origin = ?1 AND seq = ?2 AND link = ?3";
        Ok(self.rows(tail, params![origin, seq, place.link.bytes()])?.pop())
    }

    fn places(&self, origin: OriginId, seq: u64) -> Outcome<Vec<Place>> {
        let sql = "SELECT link, body, id FROM event WHERE origin = ?1 AND seq = ?2 ORDER BY link";
        let mut places = Vec::new();
        self.each(sql, params![origin.bytes(), signed(seq)], &mut |row| {
            let id: Option<[u8; 16]> = row.get(2)?;
            places.push(Place {
                origin,
                seq,
                link: Digest::from_bytes(row.get(0)?),
                body: Digest::from_bytes(row.get(1)?),
                id: id.map(EventId::from_bytes),
            });
            Ok(())
        })?;
        Ok(places)
    }

    fn walk(&self, span: Span, visit: &mut dyn FnMut(Row) -> Outcome<()>) -> Outcome<()> {
        let mut visit = |row: &rusqlite::Row<'_>| visit(self.whole(bare(row)?)?);
        match span {
            Span::All => {
                self.each(&format!("{COLUMNS} ORDER BY origin, seq, link"), [], &mut visit)
            }
            Span::After(origin, seq) => self.each(
                &format!("{COLUMNS} WHERE origin = ?1 AND seq > ?2 ORDER BY seq, link"),
                params![origin.bytes(), signed(seq)],
                &mut visit,
            ),
        }
    }

    fn touching(&self, key: Key) -> Outcome<Vec<Row>> {
        let tail = "JOIN touch ON touch.event = event.row WHERE touch.key = ?1";
        self.rows(tail, [key.bytes()])
    }

    fn of_kind(&self, prefix: &str) -> Outcome<Vec<Row>> {
        // Type names are ASCII, so whatever begins so lies before the prefix followed by DEL.
        self.rows("WHERE kind >= ?1 AND kind < ?1 || char(127)", [prefix])
    }

    fn finds(&self, event: &Event) -> Outcome<bool> {
        let sql = "SELECT row FROM event WHERE id = ?1 AND kind = ?2";
        let (id, header) = (event.id().bytes(), event.header());
        let Some(number) = self.one::<i64>(sql, params![id, header.kind.as_str()])? else {
            return Ok(false);
        };
        for key in header.keys.iter() {
            let sql = "SELECT 1 FROM touch WHERE key = ?1 AND event = ?2";
            if self.one::<i64>(sql, params![key.bytes(), number])?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_filed(&self, event: &Event) -> Outcome<bool> {
        let mut named = event.header().parts().iter().skip(1);
        let mut same = true;
        let sql = "SELECT number, part.key FROM part JOIN event ON event.row = part.event \
                   WHERE event.id = ?1 ORDER BY number";
        self.each(sql, [event.id().bytes()], &mut |row| {
            let (number, key): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let is = |head: &PartHead| {
                i64::from(head.number) == number && head.key.bytes() == key.as_slice()
            };
            same &= named.next().is_some_and(is);
            Ok(())
        })?;
        Ok(same && named.next().is_none())
    }

    fn origins(&self) -> Outcome<Vec<OriginId>> {
        let mut origins = Vec::new();
        self.each("SELECT DISTINCT origin FROM event", [], &mut |row| {
            origins.push(OriginId::from_bytes(row.get(0)?));
            Ok(())
        })?;
        Ok(origins)
    }

    fn put(&mut self, place: &Place, event: Option<&Event>) -> Outcome<()> {
        let sql = "INSERT INTO event (id, origin, seq, link, body, kind, header, open) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.run(
            sql,
            params![
                place.id.map(EventId::bytes),
                place.origin.bytes(),
                signed(place.seq),
                place.link.bytes(),
                place.body.bytes(),
                event.map(|event| event.header().kind.as_str()),
                event.map(|event| event.header().encode()),
                event.and_then(Event::open),
            ],
        )?;
        event.map_or(Ok(()), |event| self.index(self.db.last_insert_rowid(), event))
    }

    fn replace(&mut self, was: &Place, place: &Place, event: &Event) -> Outcome<()> {
        let mut numbers = Vec::new();
        let sql = "SELECT row FROM event WHERE origin = ?1 AND seq = ?2 AND link = ?3 \
                   UNION SELECT row FROM event WHERE id = ?4";
        let (origin, seq, link) = (was.origin.bytes(), signed(was.seq), was.link.bytes());
        self.each(sql, params![origin, seq, link, event.id().bytes()], &mut |row| {
            numbers.push(row.get(0)?);
            Ok(())
        })?;
        for number in numbers {
            self.forget(number, event)?;
        }
        self.put(place, Some(event))
    }

    fn blank_part(&mut self, id: EventId, number: u8) -> Outcome<()> {
        if number == 0 {
            self.run("UPDATE event SET open = NULL WHERE id = ?1", [id.bytes()])?;
        } else {
            let sql = "UPDATE part SET bytes = NULL \
                       WHERE event = (SELECT row FROM event WHERE id = ?1) AND number = ?2";
            self.run(sql, params![id.bytes(), number])?;
        }
        Ok(())
    }

    fn sealed_under(&self, keys: &BTreeSet<KeyId>) -> Outcome<Vec<(EventId, u8)>> {
        let mut found = Vec::new();
        if keys.is_empty() {
            return Ok(found);
        }
        let sql = "SELECT part.key, event.id, part.number FROM part \
                   JOIN event ON event.row = part.event WHERE event.id IS NOT NULL";
        self.each(sql, [], &mut |row| {
            if keys.contains(&KeyId::from_bytes(row.get(0)?)) {
                found.push((EventId::from_bytes(row.get(1)?), row.get(2)?));
            }
            Ok(())
        })?;
        Ok(found)
    }

    fn tips(&self) -> Outcome<Vec<Head>> {
        let mut tips = Vec::new();
        let sql = "SELECT origin, seq, link FROM tip ORDER BY origin, seq, link";
        self.each(sql, [], &mut |row| {
            tips.push(Head {
                origin: OriginId::from_bytes(row.get(0)?),
                seq: unsigned(row.get(1)?),
                link: Digest::from_bytes(row.get(2)?),
            });
            Ok(())
        })?;
        Ok(tips)
    }

    fn move_tip(&mut self, previous: Digest, tip: Head) -> Outcome<()> {
        let (origin, link, seq) = (tip.origin.bytes(), tip.link.bytes(), signed(tip.seq));
        let sql = "UPDATE tip SET link = ?3, seq = ?4 WHERE origin = ?1 AND link = ?2";
        if self.run(sql, params![origin, previous.bytes(), link, seq])? == 0 {
            let sql = "INSERT OR IGNORE INTO tip (origin, link, seq) VALUES (?1, ?2, ?3)";
            self.run(sql, params![origin, link, seq])?;
        }
        Ok(())
    }

    fn drop_tip(&mut self, origin: OriginId, link: Digest) -> Outcome<()> {
        let sql = "DELETE FROM tip WHERE origin = ?1 AND link = ?2";
        self.run(sql, params![origin.bytes(), link.bytes()])?;
        Ok(())
    }

    fn count(&self, key: Key) -> Outcome<u64> {
        let sql = "SELECT nth FROM touch WHERE key = ?1 ORDER BY event DESC LIMIT 1";
        Ok(unsigned(self.one(sql, [key.bytes()])?.unwrap_or(0)))
    }

    fn own_damage(&self) -> Outcome<Vec<Damage>> {
        Ok(inspect::own_damage(self))
    }

    fn card(&self, key: Key) -> Outcome<Option<Card>> {
        let sql = "SELECT version, bytes FROM card WHERE key = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let card = statement.query_row([key.bytes()], |row| {
            Ok(Card { key, version: row.get(0)?, bytes: row.get(1)? })
        });
        Ok(card.optional()?)
    }

    fn put_card(&mut self, card: &Card) -> Outcome<()> {
        let sql = "INSERT INTO card (key, version, bytes) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (key) DO UPDATE SET version = excluded.version, \
                   bytes = excluded.bytes";
        self.run(sql, params![card.key.bytes(), card.version, card.bytes])?;
        Ok(())
    }

    fn drop_card(&mut self, key: Key) -> Outcome<()> {
        self.run("DELETE FROM card WHERE key = ?1", [key.bytes()])?;
        Ok(())
    }

    fn drop_cards(&mut self) -> Outcome<()> {
        self.run("DELETE FROM card", [])?;
        Ok(())
    }

    fn wrapped(&self, key: KeyId) -> Outcome<Wrapped> {
        let sql = "SELECT name, bytes, sum FROM wrapped WHERE name = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let found = statement.query_row([key.bytes()], known).optional()?;
        Ok(found.map_or(Wrapped::Unknown, |(_, known)| known))
    }

    fn wrapped_all(&self) -> Outcome<Vec<(KeyId, Wrapped)>> {
        let mut all = Vec::new();
        let sql = "SELECT name, bytes, sum FROM wrapped ORDER BY name";
        self.each(sql, [], &mut |row| {
            all.push(known(row)?);
            Ok(())
        })?;
        Ok(all)
    }

    fn put_wrapped(&mut self, key: KeyId, bytes: Option<&[u8]>) -> Outcome<()> {
        let sql = "INSERT INTO wrapped (name, bytes, sum) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes, sum = excluded.sum";
        let name = key.bytes();
        self.run(sql, params![name, bytes, bytes.map(|bytes| sum(&name, bytes))])?;
        Ok(())
    }

    fn setting(&self, name: &str) -> Outcome<Option<Vec<u8>>> {
        let sql = "SELECT value, sum FROM setting WHERE name = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let found = statement.query_row([name], |row| Ok((row.get(0)?, row.get(1)?)));
        let Some((value, kept)): Option<(Vec<u8>, Vec<u8>)> = found.optional()? else {
            return Ok(None);
        };
        if sum(name.as_bytes(), &value) != kept.as_slice() {
            return Err(StoreError::Altered { name: name.to_owned() });
        }
        Ok(Some(value))
    }

    fn put_setting(&mut self, name: &str, value: Option<&[u8]>) -> Outcome<()> {
        let Some(value) = value else {
            self.run("DELETE FROM setting WHERE name = ?1", [name])?;
            return Ok(());
        };
        let sql = "INSERT INTO setting (name, value, sum) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value, sum = excluded.sum";
        self.run(sql, params![name, value, sum(name.as_bytes(), value)])?;
        Ok(())
    }

    fn quarantined(&self) -> Outcome<Vec<Event>> {
        let mut events = Vec::new();
        self.each("SELECT bytes FROM quarantine ORDER BY hash", [], &mut |row| {
            let bytes: Vec<u8> = row.get(0)?;
            events.extend(Event::from_bytes(&bytes));
            Ok(())
        })?;
        Ok(events)
    }

    fn put_quarantined(&mut self, event: &Event) -> Outcome<()> {
        let bytes = event.to_bytes();
        let sql = "INSERT OR REPLACE INTO quarantine (hash, bytes) VALUES (?1, ?2)";
        self.run(sql, params![event.header().body().bytes(), bytes])?;
        Ok(())
    }
}

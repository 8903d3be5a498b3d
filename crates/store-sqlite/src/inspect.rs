//! What SQLite can say of its own tables: the file, the indexes, and whatever lies where no event
//! leads to it; and how the indexes are put in order again.

use commons::{EventId, OriginId};
use event_log::{Damage, Event, Header, Key, KeyId, Spot};

use crate::tables::{Outcome, Tables, sum, unsigned};

/// Everything that is found, as far as the file can be read at all: what fails is a finding.
pub(crate) fn own_damage(tables: &Tables<'_>) -> Vec<Damage> {
    let mut damage = Vec::new();
    for look in [file, counts, touches, lost, parts, settings, aside] {
        if let Err(error) = look(tables, &mut damage) {
            damage.push(Damage::File { finding: error.to_string() });
        }
    }
    damage
}

fn file(tables: &Tables<'_>, damage: &mut Vec<Damage>) -> Outcome<()> {
    tables.each("PRAGMA integrity_check(100)", [], &mut |row| {
        let finding: String = row.get(0)?;
        if finding != "ok" {
            damage.push(Damage::File { finding });
        }
        Ok(())
    })
}

fn counts(tables: &Tables<'_>, damage: &mut Vec<Damage>) -> Outcome<()> {
    let sql = "SELECT key, max(nth), count(*) FROM (SELECT key, nth, row_number() OVER \
               (PARTITION BY key ORDER BY event) AS n FROM touch) GROUP BY key \
               HAVING sum(nth <> n) > 0";
    tables.each(sql, [], &mut |row| {
        damage.push(Damage::Count {
            key: Key::from_bytes(row.get(0)?),
            found: unsigned(row.get(1)?),
            events: unsigned(row.get(2)?),
        });
        Ok(())
    })
}

/// What leads to no event, or to one that has another key.
fn touches(tables: &Tables<'_>, damage: &mut Vec<Damage>) -> Outcome<()> {
    let sql = "SELECT origin, seq, id FROM touch LEFT JOIN event ON row = touch.event \
               WHERE header IS NULL OR instr(header, key) = 0";
    tables.each(sql, [], &mut |row| {
        damage.push(match spot(row)? {
            Some(spot) if spot.id.is_none() => Damage::Lost { spot },
            Some(spot) => Damage::Unfound { spot },
            None => Damage::File { finding: "a key leads to no event".to_owned() },
        });
        Ok(())
    })
}

/// Rows without a header of which something is left.
fn lost(tables: &Tables<'_>, damage: &mut Vec<Damage>) -> Outcome<()> {
    let sql = "SELECT origin, seq, id FROM event WHERE header IS NULL AND \
               (id IS NOT NULL OR kind IS NOT NULL OR open IS NOT NULL)";
    tables.each(sql, [], &mut |row| {
        damage.extend(spot(row)?.map(|spot| Damage::Lost { spot }));
        Ok(())
    })
}

/// Parts whose event is gone, or knows none of that number and key.
fn parts(tables: &Tables<'_>, damage: &mut Vec<Damage>) -> Outcome<()> {
    let sql = "SELECT origin, seq, id, header, number, key FROM part \
               LEFT JOIN event ON row = part.event";
    tables.each(sql, [], &mut |row| {
        let header: Option<Vec<u8>> = row.get(3)?;
        damage.extend(match (spot(row)?, header) {
            (None, _) => Some(Damage::File { finding: "a part belongs to no event".to_owned() }),
            (Some(spot), None) => Some(Damage::Lost { spot }),
            (Some(spot), Some(header)) => misfiled(spot, &header, row.get(4)?, row.get(5)?),
        });
        Ok(())
    })
}

fn misfiled(spot: Spot, header: &[u8], number: i64, key: Vec<u8>) -> Option<Damage> {
    // A header that cannot be read is found by whoever reads the event.
    let header = Header::decode(header).ok()?;
    let number = u8::try_from(number).unwrap_or(0);
    let named = header.parts().iter().skip(1).find(|head| head.number == number);
    let key = <[u8; 16]>::try_from(key).ok().map(KeyId::from_bytes);
    (named.map(|head| head.key) != key).then_some(Damage::Misfiled { spot, number })
}

fn settings(tables: &Tables<'_>, damage: &mut Vec<Damage>) -> Outcome<()> {
    tables.each("SELECT name, value, sum FROM setting", [], &mut |row| {
        let name: String = row.get(0)?;
        let (value, kept): (Vec<u8>, Vec<u8>) = (row.get(1)?, row.get(2)?);
        if sum(name.as_bytes(), &value) != kept.as_slice() {
            damage.push(Damage::Setting { name });
        }
        Ok(())
    })
}

/// Events kept aside that are not what was kept.
fn aside(tables: &Tables<'_>, damage: &mut Vec<Damage>) -> Outcome<()> {
    tables.each("SELECT hash, bytes FROM quarantine", [], &mut |row| {
        let (hash, bytes): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let whole = Event::from_bytes(&bytes)
            .is_ok_and(|event| event.header().body().bytes() == hash.as_slice());
        if !whole {
            let finding = "an event that is kept aside was altered".to_owned();
            damage.push(Damage::File { finding });
        }
        Ok(())
    })
}

/// Where a row of `event` stands: its first three columns; none where there is no such row.
fn spot(row: &rusqlite::Row<'_>) -> Outcome<Option<Spot>> {
    let (origin, seq): (Option<[u8; 16]>, Option<i64>) = (row.get(0)?, row.get(1)?);
    let id: Option<[u8; 16]> = row.get(2)?;
    Ok(origin.zip(seq).map(|(origin, seq)| Spot {
        origin: OriginId::from_bytes(origin),
        seq: unsigned(seq),
        id: id.map(EventId::from_bytes),
    }))
}

impl Tables<'_> {
    /// Brings what events are found by into order again, after rows were replaced: what leads to no
    /// event goes, and the rows of a key are counted anew.
    pub(crate) fn tidy(&self) -> Outcome<()> {
        self.run(
            "DELETE FROM touch WHERE NOT EXISTS (SELECT 1 FROM event WHERE row = touch.event \
             AND (header IS NULL OR instr(header, touch.key) > 0))",
            [],
        )?;
        let sql = "DELETE FROM part WHERE event NOT IN (SELECT row FROM event)";
        self.run(sql, [])?;
        self.run(
            "UPDATE touch SET nth = counted.n FROM (SELECT key, event, row_number() OVER \
             (PARTITION BY key ORDER BY event) AS n FROM touch) AS counted WHERE \
             touch.key = counted.key AND touch.event = counted.event AND nth <> counted.n",
            [],
        )?;
        Ok(())
    }
}

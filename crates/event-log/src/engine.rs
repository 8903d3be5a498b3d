//! What every store does alike, written once over [`Rows`].
//!
//! An adapter opens a transaction, calls one of these, and commits if it succeeded. Each function
//! looks at everything it needs before it writes the first row, so a store without transactions
//! (the one in memory) is left whole by a refusal too.

mod absorb;
mod append;
mod enter;
mod since;
mod verify;

use std::collections::BTreeSet;

pub use absorb::absorb;
pub use append::append;
pub use enter::enter;
pub use since::{landmarks, since};
pub use verify::verify;

use crate::{
    Card, Erased, Event, Head, Key, KeyId, Leave, Reading, Redacted, Row, Rows, Span, Wrapped,
};

/// Checks rows and brings their events into the order in which people read them.
#[must_use]
pub fn reading(rows: Vec<Row>) -> Reading {
    let mut reading =
        Reading { count: u64::try_from(rows.len()).unwrap_or(u64::MAX), ..Reading::default() };
    for row in rows {
        let (event, mut damage) = row.check();
        reading.events.extend(event);
        reading.damage.append(&mut damage);
    }
    reading.events.sort_by_key(|event| (event.header().recorded, event.id()));
    reading
}

/// Passes every event that can be read, origin by origin, and returns what cannot.
///
/// # Errors
///
/// Whatever the store says.
pub fn each<R: Rows>(
    rows: &R,
    visit: &mut dyn FnMut(Event),
) -> Result<Vec<crate::Damage>, R::Error> {
    let mut all = Vec::new();
    rows.walk(Span::All, &mut |row| {
        let (event, mut damage) = row.check();
        if let Some(event) = event {
            visit(event);
        }
        all.append(&mut damage);
        Ok(())
    })?;
    Ok(all)
}

/// The last place of each branch of each origin: those noted, and the store's own.
///
/// # Errors
///
/// Whatever the store says.
pub fn heads<R: Rows>(rows: &R) -> Result<Vec<Head>, R::Error> {
    let mut heads: BTreeSet<Head> = rows.tips()?.into_iter().collect();
    heads.extend(rows.own()?.and_then(|own| own.head()));
    Ok(heads.into_iter().collect())
}

/// What may be empty, by all the events of erasure that the store holds.
///
/// # Errors
///
/// Whatever the store says.
pub fn leave<R: Rows>(rows: &R) -> Result<Leave, R::Error> {
    let mut leave = Leave::default();
    for kind in [Erased::KIND, Redacted::KIND] {
        for row in rows.of_kind(kind.as_str())? {
            if let (Some(event), _) = row.check() {
                leave.take(&event);
            }
        }
    }
    Ok(leave)
}

/// Destroys keys and blanks all that a leave covers; returns the keys of the events that lost a
/// part, whose cards are deleted.
fn blank<R: Rows>(rows: &mut R, leave: &Leave) -> Result<BTreeSet<Key>, R::Error> {
    let mut touched = BTreeSet::new();
    if leave.is_empty() {
        return Ok(touched);
    }
    for key in leave.keys() {
        rows.put_wrapped(*key, None)?;
    }
    let mut parts = rows.sealed_under(leave.keys())?;
    parts.extend(leave.parts());
    for (id, number) in parts {
        let Some(row) = rows.row(id)? else { continue };
        rows.put_part(id, number, None)?;
        if let (Some(event), _) = row.check() {
            touched.extend(event.header().keys.iter());
        }
    }
    for key in &touched {
        rows.drop_card(*key)?;
    }
    Ok(touched)
}

/// Keeps a card computed from `count` events, unless there are more or fewer by now.
///
/// # Errors
///
/// Whatever the store says.
pub fn keep_card<R: Rows>(rows: &mut R, card: &Card, count: u64) -> Result<bool, R::Error> {
    let current = rows.count(card.key)? == count;
    if current {
        rows.put_card(card)?;
    }
    Ok(current)
}

/// Takes in those owner keys that are unknown here; returns how many.
///
/// # Errors
///
/// Whatever the store says.
pub fn adopt_keys<R: Rows>(rows: &mut R, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, R::Error> {
    put_keys(rows, keys, |known| *known == Wrapped::Unknown)
}

/// Replaces those owner keys that are here; returns how many.
///
/// # Errors
///
/// Whatever the store says.
pub fn rewrap<R: Rows>(rows: &mut R, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, R::Error> {
    put_keys(rows, keys, |known| matches!(known, Wrapped::Here(_)))
}

fn put_keys<R: Rows>(
    rows: &mut R,
    keys: &[(KeyId, Vec<u8>)],
    fits: impl Fn(&Wrapped) -> bool,
) -> Result<u64, R::Error> {
    let mut put = 0;
    for (key, bytes) in keys {
        if *key != KeyId::OPEN && fits(&rows.wrapped(*key)?) {
            rows.put_wrapped(*key, Some(bytes))?;
            put += 1;
        }
    }
    Ok(put)
}

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

/// The setting by which a store remembers that what was erased may lie on the disk still.
pub const COMPACT_DUE: &str = "compact.due";

/// Destroys keys and blanks all that a leave covers, what is kept aside too; returns the keys of the
/// events that lost a part.
///
/// All cards go with it, since any may hold a name, and the store remembers that it must be
/// compacted: whoever is cut off here finishes it at the next opening.
fn blank<R: Rows>(rows: &mut R, leave: &Leave) -> Result<BTreeSet<Key>, R::Error> {
    let mut changed = false;
    for key in leave.keys() {
        if rows.wrapped(*key)? != Wrapped::Erased {
            rows.put_wrapped(*key, None)?;
            changed = true;
        }
    }
    let touched = blank_parts(rows, leave)?;
    for event in rows.quarantined()? {
        let blanked = event.clone().without(|head| leave.covers(event.id(), head));
        if blanked != event {
            rows.put_quarantined(&blanked)?;
            changed = true;
        }
    }
    if changed || !touched.is_empty() {
        rows.drop_cards()?;
        rows.put_setting(COMPACT_DUE, Some(&[1]))?;
    }
    Ok(touched)
}

fn blank_parts<R: Rows>(rows: &mut R, leave: &Leave) -> Result<BTreeSet<Key>, R::Error> {
    let mut touched = BTreeSet::new();
    let mut parts = rows.sealed_under(leave.keys())?;
    parts.extend(leave.parts());
    for (id, number) in parts {
        let Some(row) = rows.row(id)? else { continue };
        if !row.parts.iter().any(|(kept, bytes)| *kept == number && bytes.is_some()) {
            continue;
        }
        rows.blank_part(id, number)?;
        if let (Some(event), _) = row.check() {
            touched.extend(event.header().keys.iter());
        }
    }
    Ok(touched)
}

/// Keeps a card, unless one of those keys has more or fewer events by now.
///
/// # Errors
///
/// Whatever the store says.
pub fn keep_card<R: Rows>(
    rows: &mut R,
    card: &Card,
    expect: &[(Key, u64)],
) -> Result<bool, R::Error> {
    for (key, count) in expect {
        if rows.count(*key)? != *count {
            return Ok(false);
        }
    }
    rows.put_card(card)?;
    Ok(true)
}

/// The owner keys that are here, whole.
///
/// # Errors
///
/// Whatever the store says.
pub fn wrapped_all<R: Rows>(rows: &R) -> Result<Vec<(KeyId, Vec<u8>)>, R::Error> {
    let all = rows.wrapped_all()?.into_iter();
    Ok(all
        .filter_map(|(key, known)| match known {
            Wrapped::Here(bytes) => Some((key, bytes)),
            Wrapped::Unknown | Wrapped::Damaged | Wrapped::Erased => None,
        })
        .collect())
}

/// Takes in those owner keys that are unknown, altered or lost here; returns how many.
///
/// # Errors
///
/// Whatever the store says.
pub fn adopt_keys<R: Rows>(rows: &mut R, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, R::Error> {
    let erased = leave(rows)?;
    put_keys(rows, keys, |key, known| {
        !matches!(known, Wrapped::Here(_)) && !erased.keys().contains(&key)
    })
}

/// Replaces those owner keys that are here; returns how many.
///
/// # Errors
///
/// Whatever the store says.
pub fn rewrap<R: Rows>(rows: &mut R, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, R::Error> {
    put_keys(rows, keys, |_, known| matches!(known, Wrapped::Here(_)))
}

fn put_keys<R: Rows>(
    rows: &mut R,
    keys: &[(KeyId, Vec<u8>)],
    fits: impl Fn(KeyId, &Wrapped) -> bool,
) -> Result<u64, R::Error> {
    let mut put = 0;
    for (key, bytes) in keys {
        if *key != KeyId::OPEN && fits(*key, &rows.wrapped(*key)?) {
            rows.put_wrapped(*key, Some(bytes))?;
            put += 1;
        }
    }
    Ok(put)
}

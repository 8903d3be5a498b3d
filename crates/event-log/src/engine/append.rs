//! Appending what one decision writes.

use std::collections::BTreeSet;

use super::blank;
use crate::{
    AppendError, Appended, Batch, Digest, Draft, Event, Header, Key, KeyId, Leave, Own, Part,
    PartHead, Place, Rows, Unfit, Wrapped,
};

/// Appends a batch under the store's own origin.
///
/// # Errors
///
/// [`AppendError`]; then nothing has been written.
pub fn append<R: Rows>(
    rows: &mut R,
    mut own: Own,
    batch: &Batch,
    wall_ms: i64,
) -> Result<Vec<Appended>, AppendError<R::Error>> {
    if let Some(done) = already_done(rows, batch)? {
        return Ok(done);
    }
    let leave = fit(rows, batch)?;
    expect(rows, batch)?;

    for (key, bytes) in &batch.keys {
        rows.put_wrapped(*key, Some(bytes)).map_err(AppendError::Store)?;
    }
    for (name, value) in &batch.settings {
        rows.put_setting(name, Some(value)).map_err(AppendError::Store)?;
    }
    let mut appended = Vec::with_capacity(batch.drafts.len());
    for draft in &batch.drafts {
        let (event, place) = write(&mut own, draft, wall_ms);
        let event = event.without(|head| leave.covers(draft.id, head));
        rows.put(&place, Some(&event)).map_err(AppendError::Store)?;
        appended.push(Appended { id: draft.id, seq: place.seq, link: place.link });
    }
    if !batch.drafts.is_empty() {
        rows.put_own(&own).map_err(AppendError::Store)?;
    }
    keep_cards(rows, batch).map_err(AppendError::Store)?;
    blank(rows, &leave).map_err(AppendError::Store)?;
    Ok(appended)
}

/// Where every draft is there already with the same content, the batch is a retry.
fn already_done<R: Rows>(
    rows: &R,
    batch: &Batch,
) -> Result<Option<Vec<Appended>>, AppendError<R::Error>> {
    let mut done = Vec::new();
    let mut ids = BTreeSet::new();
    for draft in &batch.drafts {
        let id = draft.id;
        if !ids.insert(id) {
            return Err(AppendError::Taken { id });
        }
        let Some(row) = rows.row(id).map_err(AppendError::Store)? else {
            continue;
        };
        let place = row.place;
        match row.check().0 {
            Some(event) if is_same(event.header(), draft) => {
                done.push(Appended { id, seq: place.seq, link: place.link })
            }
            Some(_) | None => return Err(AppendError::Taken { id }),
        }
    }
    match done.first() {
        Some(_) if done.len() == batch.drafts.len() => Ok(Some(done)),
        Some(known) => Err(AppendError::Taken { id: known.id }),
        None => Ok(None),
    }
}

fn is_same(header: &Header, draft: &Draft) -> bool {
    header.kind == draft.kind
        && header.version == draft.version
        && header.keys == draft.keys
        && header.rulebook == draft.rulebook
        && header.salt == draft.salt
        && header.parts().len() == draft.parts.len()
        && header.parts().iter().eq(&heads(draft))
}

fn heads(draft: &Draft) -> Vec<PartHead> {
    let numbered = (0..=u8::MAX).zip(&draft.parts);
    numbered
        .map(|(number, part)| PartHead {
            number,
            key: part.key,
            class: part.class,
            hash: Digest::of(&part.bytes),
        })
        .collect()
}

/// Looks whether every draft can become an event, and adds up what they erase.
fn fit<R: Rows>(rows: &R, batch: &Batch) -> Result<Leave, AppendError<R::Error>> {
    let mut leave = Leave::default();
    for draft in &batch.drafts {
        let unfit = |why| AppendError::Unfit { id: draft.id, why };
        leave.add(&mut shape(draft).map_err(unfit)?);
        for part in draft.parts.iter().filter(|part| part.key != KeyId::OPEN) {
            if rows.wrapped(part.key).map_err(AppendError::Store)? == Wrapped::Erased {
                return Err(AppendError::Erased { key: part.key });
            }
        }
    }
    for (key, bytes) in &batch.keys {
        let key = *key;
        match rows.wrapped(key).map_err(AppendError::Store)? {
            Wrapped::Erased => return Err(AppendError::Erased { key }),
            Wrapped::Here(known) if known == *bytes => {}
            Wrapped::Here(_) | Wrapped::Damaged => return Err(AppendError::KeyTaken { key }),
            Wrapped::Unknown => {}
        }
    }
    for (name, value) in &batch.settings {
        let known = rows.setting(name).map_err(AppendError::Store)?;
        if known.is_some_and(|known| known != *value) {
            return Err(AppendError::SettingTaken { name: name.clone() });
        }
    }
    Ok(leave)
}

fn shape(draft: &Draft) -> Result<Leave, Unfit> {
    let Some((open, _)) = draft.parts.split_first() else {
        return Err(Unfit::Parts(0));
    };
    if usize::from(u8::MAX) < draft.parts.len() {
        return Err(Unfit::Parts(draft.parts.len()));
    }
    if open.key != KeyId::OPEN {
        return Err(Unfit::Sealed);
    }
    let long = |part: &crate::DraftPart| Part::LONGEST < part.bytes.len();
    if let Some(number) = draft.parts.iter().position(long) {
        return Err(Unfit::Long { number });
    }
    Leave::of(&draft.kind, &open.bytes).map_err(|_| Unfit::UnclearErasure)
}

/// Compares what the decision read with what is there, and wants every card to have been read.
fn expect<R: Rows>(rows: &R, batch: &Batch) -> Result<(), AppendError<R::Error>> {
    for (key, expected) in &batch.expect {
        let found = rows.count(*key).map_err(AppendError::Store)?;
        if found != *expected {
            return Err(AppendError::Stale { key: *key, expected: *expected, found });
        }
    }
    let read = |key: Key| batch.expect.iter().any(|(expected, _)| *expected == key);
    match batch.cards.iter().find(|card| !read(card.key)) {
        Some(card) => Err(AppendError::Unread { key: card.key }),
        None => Ok(()),
    }
}

/// Gives a draft its place after the last event of the origin.
fn write(own: &mut Own, draft: &Draft, wall_ms: i64) -> (Event, Place) {
    own.seq += 1;
    let header = Header {
        id: draft.id,
        origin: own.origin,
        seq: own.seq,
        keys: draft.keys,
        recorded: own.clock.tick(wall_ms),
        rulebook: draft.rulebook,
        kind: draft.kind.clone(),
        version: draft.version,
        salt: draft.salt,
        parts: heads(draft),
    };
    let body = header.body();
    own.link = own.link.link(body);
    let place =
        Place { origin: own.origin, seq: own.seq, link: own.link, body, id: Some(draft.id) };
    let bytes = |part: &crate::DraftPart| Part::Bytes(part.bytes.clone());
    let parts = draft.parts.iter().map(bytes).collect();
    (Event::trusted(header, parts), place)
}

/// Keeps the cards that came along and deletes those of whatever else was touched.
fn keep_cards<R: Rows>(rows: &mut R, batch: &Batch) -> Result<(), R::Error> {
    let mut stale: BTreeSet<Key> =
        batch.drafts.iter().flat_map(|draft| draft.keys.iter()).collect();
    for card in &batch.cards {
        stale.remove(&card.key);
        rows.put_card(card)?;
    }
    stale.into_iter().try_for_each(|key| rows.drop_card(key))
}

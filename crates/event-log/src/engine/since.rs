//! What another copy does not have.

use std::collections::{BTreeMap, BTreeSet};

use commons::OriginId;

use crate::{Digest, Head, Part, Row, Rows, Sent, Span};

/// The heads, and places before them at distances 1, 2, 4, 8 and so on.
///
/// # Errors
///
/// Whatever the store says.
pub fn landmarks<R: Rows>(rows: &R) -> Result<Vec<Head>, R::Error> {
    let mut found = BTreeSet::new();
    for tip in super::heads(rows)? {
        found.insert(tip);
        let mut distance = 1;
        while distance < tip.seq {
            let places = rows.places(tip.origin, tip.seq - distance)?;
            found.extend(places.iter().map(crate::Place::head));
            distance *= 2;
        }
    }
    Ok(found.into_iter().collect())
}

/// Everything that a copy with those landmarks does not have, in the order of its chains.
///
/// An event that is damaged here travels as its body alone: the chain holds, and nothing wrong
/// is passed on.
///
/// # Errors
///
/// Whatever the store says.
pub fn since<R: Rows>(rows: &R, landmarks: &[Head]) -> Result<Vec<Sent>, R::Error> {
    let mut branches: BTreeMap<OriginId, usize> = BTreeMap::new();
    for tip in super::heads(rows)? {
        *branches.entry(tip.origin).or_default() += 1;
    }
    let mut sent = Vec::new();
    for (origin, branches) in branches {
        let known = last_known(rows, origin, landmarks)?;
        let from = if branches > 1 { known.min(before_the_fork(rows, origin)?) } else { known };
        send(rows, origin, from, &mut sent)?;
    }
    Ok(sent)
}

/// The highest number of an origin at which the other copy holds the same link as we.
fn last_known<R: Rows>(rows: &R, origin: OriginId, landmarks: &[Head]) -> Result<u64, R::Error> {
    let mut theirs: Vec<_> = landmarks.iter().filter(|head| head.origin == origin).collect();
    theirs.sort_by_key(|head| std::cmp::Reverse(head.seq));
    for head in theirs {
        let ours = rows.places(origin, head.seq)?;
        if ours.iter().any(|place| place.link == head.link) {
            return Ok(head.seq);
        }
    }
    Ok(0)
}

/// The last number before the first that several events have.
fn before_the_fork<R: Rows>(rows: &R, origin: OriginId) -> Result<u64, R::Error> {
    let (mut last, mut before) = (0, u64::MAX);
    rows.walk(Span::After(origin, 0), &mut |row| {
        let seq = row.place.seq;
        if seq == last {
            before = before.min(seq - 1);
        }
        last = seq;
        Ok(())
    })?;
    Ok(before)
}

fn send<R: Rows>(
    rows: &R,
    origin: OriginId,
    after: u64,
    sent: &mut Vec<Sent>,
) -> Result<(), R::Error> {
    // Invariant: `behind` holds the links of number `seq - 1`, `abreast` those of `seq`, as stored
    // and as computed: what follows an altered link is sent all the same.
    let (mut behind, mut abreast, mut seq) = (links(rows, origin, after)?, Vec::new(), after + 1);
    rows.walk(Span::After(origin, after), &mut |mut row| {
        if row.place.seq != seq {
            let follows = row.place.seq == seq + 1;
            behind = std::mem::take(&mut abreast);
            if !follows {
                behind.clear();
            }
            seq = row.place.seq;
        }
        abreast.push(row.place.link);
        // A row that follows from nothing is damaged, or stands after a gap.
        let Some(previous) = before(&behind, &mut row) else { return Ok(()) };
        let computed = previous.link(row.place.body);
        if computed != row.place.link {
            abreast.push(computed);
        }
        sent.push(packed(previous, row));
        Ok(())
    })
}

/// The link that a row follows from. Where its body was altered the header says it; where its own
/// link was, and nothing forks there, it follows from the only one.
fn before(behind: &[Digest], row: &mut Row) -> Option<Digest> {
    let place = row.place;
    let follows = |body: Digest| behind.iter().find(|link| link.link(body) == place.link).copied();
    if let Some(previous) = follows(place.body) {
        return Some(previous);
    }
    let body = row.header.as_deref().map(Digest::of);
    if let Some(previous) = body.and_then(follows) {
        row.place.body = body?;
        return Some(previous);
    }
    match behind {
        [only] if body == Some(place.body) => Some(*only),
        _ => None,
    }
}

fn links<R: Rows>(rows: &R, origin: OriginId, seq: u64) -> Result<Vec<Digest>, R::Error> {
    if seq == 0 {
        return Ok(vec![Digest::START]);
    }
    let places = rows.places(origin, seq)?;
    Ok(places.iter().map(|place| place.link).collect())
}

fn packed(previous: Digest, row: Row) -> Sent {
    let place = row.place;
    let withheld =
        Sent::Withheld { previous, origin: place.origin, seq: place.seq, body: place.body };
    let (Some(event), _) = row.check() else {
        return withheld;
    };
    let damaged: Vec<u8> = event
        .parts()
        .filter(|(_, part)| **part == Part::Damaged)
        .map(|(head, _)| head.number)
        .collect();
    if damaged.contains(&0) {
        return withheld;
    }
    Sent::Whole { previous, event: event.without(|head| damaged.contains(&head.number)) }
}

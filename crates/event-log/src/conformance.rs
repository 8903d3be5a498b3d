//! What every storage adapter promises, as one function to call from its tests.
//!
//! ```
//! use commons::Code;
//! use event_log::{DeviceId, MemoryLog, Visit, conformance};
//!
//! let mut seed = 0;
//! conformance::keeps_its_promises(|| {
//!     seed += 1;
//!     let visit = Visit::new(Code::of("test"), 1_000, [seed; 48]);
//!     MemoryLog::open(DeviceId::number(seed.into()), &visit)
//! });
//! ```

mod appending;
mod erasing;
mod exchanging;

use commons::{DataClass, EventId};

use crate::{
    AppendError, Appended, Batch, Draft, DraftPart, Event, EventLog, Key, KeyId, Keys, Kind,
    RulebookMark, Weight,
};

/// Runs the whole suite. `make` returns a new, empty log each time, with an origin of its own.
///
/// # Panics
///
/// When a promise is broken, with what was expected.
pub fn keeps_its_promises<L: EventLog>(mut make: impl FnMut() -> L) {
    appending::run(&mut make);
    exchanging::run(&mut make);
    erasing::run(&mut make);
}

/// A number as an id, for events of the suite.
fn id(n: u128) -> EventId {
    EventId::number(n)
}

fn key(n: u128) -> Key {
    Key::number(n)
}

fn owner(n: u128) -> KeyId {
    KeyId::number(n)
}

fn open_part(text: &str) -> DraftPart {
    DraftPart { key: KeyId::OPEN, class: DataClass::SessionRecord, bytes: text.as_bytes().to_vec() }
}

fn sealed_part(under: u128, text: &str) -> DraftPart {
    DraftPart { key: owner(under), class: DataClass::Notes, bytes: text.as_bytes().to_vec() }
}

/// An event of a stream, with its open part and whatever parts follow.
fn draft(n: u128, keys: &[u128], kind: &str, mut sealed: Vec<DraftPart>) -> Draft {
    let keys: Vec<Key> = keys.iter().map(|n| key(*n)).collect();
    let mut parts = vec![open_part(&format!("{{\"n\":{n}}}"))];
    parts.append(&mut sealed);
    Draft {
        id: id(n),
        keys: Keys::new(&keys).expect("one to four different keys"),
        rulebook: RulebookMark([7; 8]),
        kind: kind.parse::<Kind>().expect("a type name"),
        version: 1,
        salt: id(n).bytes(),
        parts,
    }
}

fn batch(drafts: Vec<Draft>) -> Batch {
    Batch { drafts, ..Batch::default() }
}

/// Appends one plain event.
fn put<L: EventLog>(log: &mut L, n: u128, keys: &[u128]) -> Appended {
    let draft = draft(n, keys, "test.noted", Vec::new());
    let appended = log.append(&batch(vec![draft]), 1_000).expect("it is appended");
    *appended.first().expect("one event was appended")
}

fn refusal<L: EventLog>(log: &mut L, batch: &Batch) -> AppendError<L::Error> {
    log.append(batch, 1_000).expect_err("it is refused")
}

/// Every event that can be read, by id.
fn everything<L: EventLog>(log: &L) -> Vec<Event> {
    let mut all = Vec::new();
    let damage = log.each(&mut |event| all.push(event)).expect("the log is read");
    assert!(damage.is_empty(), "damage: {damage:?}");
    all.sort_by_key(Event::id);
    all
}

/// Wants nothing to be harmed.
fn is_well<L: EventLog>(log: &L) {
    let mut damage = log.verify(&mut |_, _| {}).expect("the log is verified").damage;
    damage.retain(|found| found.weight() == Weight::Harm);
    assert!(damage.is_empty(), "damage: {damage:?}");
}

/// Sends everything that `to` does not have from `from`.
fn carry<L: EventLog>(from: &L, to: &mut L) -> crate::Absorbed {
    let landmarks = to.landmarks().expect("the landmarks are read");
    let sent = from.since(&landmarks).expect("the events are read");
    to.absorb(&sent).expect("they are absorbed")
}

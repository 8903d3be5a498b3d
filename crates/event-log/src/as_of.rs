//! A log as it was when its origins had come so far.

use std::{cell::RefCell, collections::BTreeMap};

use commons::{EventId, OriginId};

use crate::{
    AbsorbError, Absorbed, AppendError, Appended, Batch, Card, Damage, Event, EventLog, Head, Key,
    KeyId, Leave, Reading, Sent, Verdict, Wrapped,
};

/// A log of which only the events up to a place of each origin are read: whatever was said later, or
/// by an origin that was not known yet, is not there. So what was made of a log can be made again
/// of the same events, however long it has grown.
///
/// It is to be read. What is written goes to the log beneath and is not seen here; cards, which are
/// of the whole log, are neither read nor kept. Bytes that were erased since stay erased.
#[derive(Debug)]
pub struct AsOf<L> {
    log: L,
    last: BTreeMap<OriginId, u64>,
    // What is there stays as it is, so that each key is counted once.
    counts: RefCell<BTreeMap<Key, u64>>,
}

impl<L: EventLog> AsOf<L> {
    /// The log up to the last of these places of each origin.
    pub const fn new(log: L, last: BTreeMap<OriginId, u64>) -> Self {
        Self { log, last, counts: RefCell::new(BTreeMap::new()) }
    }

    /// The log up to where it is now.
    ///
    /// # Errors
    ///
    /// The store's own.
    pub fn now(log: L) -> Result<Self, L::Error> {
        let mut last = BTreeMap::new();
        for head in log.heads()? {
            let seq = last.entry(head.origin).or_insert(head.seq);
            *seq = head.seq.max(*seq);
        }
        Ok(Self::new(log, last))
    }

    /// The last place of each origin that is read.
    #[must_use]
    pub const fn places(&self) -> &BTreeMap<OriginId, u64> {
        &self.last
    }

    /// The log beneath.
    #[must_use]
    pub const fn beneath(&self) -> &L {
        &self.log
    }

    fn has(&self, event: &Event) -> bool {
        let header = event.header();
        self.last.get(&header.origin).is_some_and(|last| header.seq <= *last)
    }

    fn kept(&self, mut reading: Reading) -> Reading {
        let before = reading.events.len();
        reading.events.retain(|event| self.has(event));
        let later = u64::try_from(before - reading.events.len()).unwrap_or(0);
        reading.count = reading.count.saturating_sub(later);
        reading
    }
}

impl<L: EventLog> EventLog for AsOf<L> {
    type Error = L::Error;

    fn origin(&self) -> Result<OriginId, Self::Error> {
        self.log.origin()
    }

    fn append(
        &mut self,
        batch: &Batch,
        wall_ms: i64,
    ) -> Result<Vec<Appended>, AppendError<Self::Error>> {
        self.log.append(batch, wall_ms)
    }

    fn count(&self, key: Key) -> Result<u64, Self::Error> {
        if let Some(count) = self.counts.borrow().get(&key) {
            return Ok(*count);
        }
        self.read(key).map(|reading| reading.count)
    }

    fn read(&self, key: Key) -> Result<Reading, Self::Error> {
        let reading = self.kept(self.log.read(key)?);
        self.counts.borrow_mut().insert(key, reading.count);
        Ok(reading)
    }

    fn read_kind(&self, prefix: &str) -> Result<Reading, Self::Error> {
        Ok(self.kept(self.log.read_kind(prefix)?))
    }

    fn event(&self, id: EventId) -> Result<Option<Event>, Self::Error> {
        Ok(self.log.event(id)?.filter(|event| self.has(event)))
    }

    fn each(&self, visit: &mut dyn FnMut(Event)) -> Result<Vec<Damage>, Self::Error> {
        self.log.each(&mut |event| {
            if self.has(&event) {
                visit(event);
            }
        })
    }

    fn heads(&self) -> Result<Vec<Head>, Self::Error> {
        self.log.heads()
    }

    fn landmarks(&self) -> Result<Vec<Head>, Self::Error> {
        self.log.landmarks()
    }

    fn since(&self, landmarks: &[Head]) -> Result<Vec<Sent>, Self::Error> {
        self.log.since(landmarks)
    }

    fn absorb(&mut self, sent: &[Sent]) -> Result<Absorbed, AbsorbError<Self::Error>> {
        self.log.absorb(sent)
    }

    fn quarantined(&self) -> Result<Vec<Event>, Self::Error> {
        self.log.quarantined()
    }

    fn card(&self, _: Key) -> Result<Option<Card>, Self::Error> {
        Ok(None)
    }

    fn keep_card(&mut self, _: &Card, _: &[(Key, u64)]) -> Result<bool, Self::Error> {
        Ok(false)
    }

    fn drop_cards(&mut self) -> Result<(), Self::Error> {
        self.log.drop_cards()
    }

    fn wrapped(&self, key: KeyId) -> Result<Wrapped, Self::Error> {
        self.log.wrapped(key)
    }

    fn wrapped_all(&self) -> Result<Vec<(KeyId, Vec<u8>)>, Self::Error> {
        self.log.wrapped_all()
    }

    fn adopt_keys(&mut self, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, Self::Error> {
        self.log.adopt_keys(keys)
    }

    fn rewrap(&mut self, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, Self::Error> {
        self.log.rewrap(keys)
    }

    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, Self::Error> {
        self.log.setting(name)
    }

    fn put_setting(&mut self, name: &str, value: &[u8]) -> Result<(), Self::Error> {
        self.log.put_setting(name, value)
    }

    fn leave(&self) -> Result<Leave, Self::Error> {
        self.log.leave()
    }

    fn compact(&mut self) -> Result<(), Self::Error> {
        self.log.compact()
    }

    fn compact_due(&self) -> Result<bool, Self::Error> {
        self.log.compact_due()
    }

    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verdict, Self::Error> {
        self.log.verify(progress)
    }
}

#[cfg(test)]
mod tests {
    use commons::{Code, DataClass, UnitId};

    use super::*;
    use crate::{DeviceId, Draft, DraftPart, Keys, Kind, MemoryLog, RulebookMark, Visit};

    fn said(number: u128) -> Batch {
        let bytes = b"{}".to_vec();
        let part = DraftPart { key: KeyId::OPEN, class: DataClass::Schedule, bytes };
        let draft = Draft {
            id: EventId::number(number),
            keys: Keys::one(UnitId::number(20)),
            rulebook: RulebookMark::default(),
            kind: Kind::of("group.formed"),
            version: 1,
            salt: [3; 16],
            parts: vec![part],
        };
        Batch { drafts: vec![draft], ..Batch::default() }
    }

    #[test]
    fn what_was_said_later_is_not_there() {
        let visit = Visit::new(Code::of("example-1"), 1_000, [7; 48]);
        let mut log = MemoryLog::open(DeviceId::number(1), &visit);
        log.append(&said(1), 2_000).unwrap();
        let places = AsOf::now(log.clone()).unwrap().places().clone();
        log.append(&said(2), 3_000).unwrap();
        let key = Key::from(UnitId::number(20));
        assert_eq!(AsOf::now(log.clone()).unwrap().count(key).unwrap(), 2);
        let then = AsOf::new(log.clone(), places);
        assert_eq!(then.count(key).unwrap(), 1);
        assert_eq!(then.read(key).unwrap().events.len(), 1);
        assert_eq!(then.read_kind("group.").unwrap().events.len(), 1);
        assert!(then.event(EventId::number(1)).unwrap().is_some());
        assert!(then.event(EventId::number(2)).unwrap().is_none());
        let mut last = 0;
        then.each(&mut |event| last = event.header().seq.max(last)).unwrap();
        assert_eq!(then.places().values().max(), Some(&last));
        assert_eq!(AsOf::new(log, BTreeMap::new()).count(key).unwrap(), 0);
    }
}

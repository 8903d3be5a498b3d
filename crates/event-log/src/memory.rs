//! The log in memory: the reference for every adapter, and a log for tests and examples.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

use commons::{EventId, OriginId};

use crate::{
    AbsorbError, Absorbed, AppendError, Appended, Batch, Card, Clock, Course, Damage, DeviceId,
    Digest, Event, EventLog, Head, Key, KeyId, Leave, Mark, Own, Place, Reading, Row, Rows, Sent,
    Span, Verdict, Visit, Wrapped, engine,
};

/// A log that is gone when the program ends.
#[derive(Debug, Clone)]
pub struct MemoryLog {
    tables: Tables,
}

/// The place of a row: origin, number, link.
type At = (OriginId, u64, Digest);

#[derive(Debug, Clone, Default)]
struct Tables {
    own: Option<Own>,
    rows: BTreeMap<At, Row>,
    ids: BTreeMap<EventId, At>,
    touches: BTreeMap<Key, BTreeSet<EventId>>,
    tips: BTreeSet<Head>,
    cards: BTreeMap<Key, Card>,
    wrapped: BTreeMap<KeyId, Option<Vec<u8>>>,
    quarantined: BTreeMap<Digest, Event>,
    settings: BTreeMap<String, Vec<u8>>,
}

impl MemoryLog {
    /// A new log, whose first event opens its origin.
    #[must_use]
    pub fn open(device: DeviceId, visit: &Visit) -> Self {
        let mut log = Self { tables: Tables::default() };
        log.visit(device, visit, None);
        log
    }

    /// Opens this copy of a log on a device that remembers `mark` of its origin: it writes on, or
    /// takes a new origin where it must.
    pub fn visit(&mut self, device: DeviceId, visit: &Visit, mark: Option<Mark>) -> Course {
        let entered = engine::enter(&mut self.tables, device, visit, |_| mark, false);
        // A visit whose ids are here already opens no origin: they are for one use.
        debug_assert!(entered.is_ok(), "the ids of a visit were used twice");
        entered.unwrap_or(Course::Continue)
    }

    /// What a device would remember of this log.
    #[must_use]
    pub fn mark(&self) -> Option<Mark> {
        self.tables.own.map(|Own { seq, link, .. }| Mark { seq, link })
    }

    fn own(&self) -> Own {
        // Invariant: `open` is the only way to a log, and it opens an origin.
        let nobody = Own::fresh(OriginId::number(0), DeviceId::number(0), Clock::default());
        self.tables.own.unwrap_or(nobody)
    }
}

impl Tables {
    fn abreast(&self, origin: OriginId, seq: u64) -> impl Iterator<Item = &Row> {
        let (least, most) = (Digest::START, Digest::from_bytes([u8::MAX; 32]));
        self.rows.range((origin, seq, least)..=(origin, seq, most)).map(|(_, row)| row)
    }

    fn get(&self, id: EventId) -> Option<&Row> {
        self.ids.get(&id).and_then(|at| self.rows.get(at))
    }
}

impl Rows for Tables {
    type Error = Infallible;

    fn own(&self) -> Result<Option<Own>, Infallible> {
        Ok(self.own)
    }

    fn put_own(&mut self, own: &Own) -> Result<(), Infallible> {
        self.own = Some(*own);
        Ok(())
    }

    fn len(&self) -> Result<u64, Infallible> {
        Ok(u64::try_from(self.rows.len()).unwrap_or(u64::MAX))
    }

    fn row(&self, id: EventId) -> Result<Option<Row>, Infallible> {
        Ok(self.get(id).cloned())
    }

    fn at(&self, place: &Place) -> Result<Option<Row>, Infallible> {
        Ok(self.rows.get(&(place.origin, place.seq, place.link)).cloned())
    }

    fn places(&self, origin: OriginId, seq: u64) -> Result<Vec<Place>, Infallible> {
        Ok(self.abreast(origin, seq).map(|row| row.place).collect())
    }

    fn walk(
        &self,
        span: Span,
        visit: &mut dyn FnMut(Row) -> Result<(), Infallible>,
    ) -> Result<(), Infallible> {
        let fits = |place: &Place| match span {
            Span::All => true,
            Span::After(origin, seq) => place.origin == origin && seq < place.seq,
        };
        let mut rows = self.rows.values().filter(|row| fits(&row.place));
        rows.try_for_each(|row| visit(row.clone()))
    }

    fn touching(&self, key: Key) -> Result<Vec<Row>, Infallible> {
        let ids = self.touches.get(&key).into_iter().flatten();
        Ok(ids.filter_map(|id| self.get(*id).cloned()).collect())
    }

    fn of_kind(&self, prefix: &str) -> Result<Vec<Row>, Infallible> {
        let is_of_kind = |row: &&Row| {
            let header = row.header.as_deref().map(crate::Header::decode);
            header.is_some_and(|header| {
                header.is_ok_and(|header| header.kind.as_str().starts_with(prefix))
            })
        };
        Ok(self.rows.values().filter(is_of_kind).cloned().collect())
    }

    fn finds(&self, event: &Event) -> Result<bool, Infallible> {
        let found = |key| self.touches.get(&key).is_some_and(|ids| ids.contains(&event.id()));
        Ok(event.header().keys.iter().all(found))
    }

    fn is_filed(&self, _: &Event) -> Result<bool, Infallible> {
        // Parts stand beside their header here, under no key of their own.
        Ok(true)
    }

    fn origins(&self) -> Result<Vec<OriginId>, Infallible> {
        let mut origins: Vec<_> = self.rows.keys().map(|(origin, ..)| *origin).collect();
        origins.dedup();
        Ok(origins)
    }

    fn put(&mut self, place: &Place, event: Option<&Event>) -> Result<(), Infallible> {
        let at = (place.origin, place.seq, place.link);
        let mut row = Row { place: *place, header: None, parts: Vec::new() };
        if let Some(event) = event {
            row.header = Some(event.header().encode());
            row.parts = event
                .parts()
                .map(|(head, part)| (head.number, part.bytes().map(<[u8]>::to_vec)))
                .collect();
            self.ids.insert(event.id(), at);
            for key in event.header().keys.iter() {
                self.touches.entry(key).or_default().insert(event.id());
            }
        }
        self.rows.insert(at, row);
        Ok(())
    }

    fn replace(&mut self, was: &Place, place: &Place, event: &Event) -> Result<(), Infallible> {
        self.rows.remove(&(was.origin, was.seq, was.link));
        self.put(place, Some(event))
    }

    fn blank_part(&mut self, id: EventId, number: u8) -> Result<(), Infallible> {
        let row = self.ids.get(&id).and_then(|at| self.rows.get_mut(at));
        let parts = row.into_iter().flat_map(|row| &mut row.parts);
        for (_, kept) in parts.filter(|(found, _)| *found == number) {
            *kept = None;
        }
        Ok(())
    }

    fn sealed_under(&self, keys: &BTreeSet<KeyId>) -> Result<Vec<(EventId, u8)>, Infallible> {
        let mut found = Vec::new();
        for row in self.rows.values() {
            let (Some(event), _) = row.clone().check() else {
                continue;
            };
            let sealed = event.parts().filter(|(head, _)| keys.contains(&head.key));
            found.extend(sealed.map(|(head, _)| (event.id(), head.number)));
        }
        Ok(found)
    }

    fn tips(&self) -> Result<Vec<Head>, Infallible> {
        Ok(self.tips.iter().copied().collect())
    }

    fn move_tip(&mut self, previous: Digest, tip: Head) -> Result<(), Infallible> {
        self.tips.retain(|old| (old.origin, old.link) != (tip.origin, previous));
        self.tips.insert(tip);
        Ok(())
    }

    fn drop_tip(&mut self, origin: OriginId, link: Digest) -> Result<(), Infallible> {
        self.tips.retain(|old| (old.origin, old.link) != (origin, link));
        Ok(())
    }

    fn count(&self, key: Key) -> Result<u64, Infallible> {
        let count = self.touches.get(&key).map_or(0, BTreeSet::len);
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }

    fn own_damage(&self) -> Result<Vec<Damage>, Infallible> {
        Ok(Vec::new())
    }

    fn card(&self, key: Key) -> Result<Option<Card>, Infallible> {
        Ok(self.cards.get(&key).cloned())
    }

    fn put_card(&mut self, card: &Card) -> Result<(), Infallible> {
        self.cards.insert(card.key, card.clone());
        Ok(())
    }

    fn drop_card(&mut self, key: Key) -> Result<(), Infallible> {
        self.cards.remove(&key);
        Ok(())
    }

    fn drop_cards(&mut self) -> Result<(), Infallible> {
        self.cards.clear();
        Ok(())
    }

    fn wrapped(&self, key: KeyId) -> Result<Wrapped, Infallible> {
        Ok(self.wrapped.get(&key).map_or(Wrapped::Unknown, known))
    }

    fn wrapped_all(&self) -> Result<Vec<(KeyId, Wrapped)>, Infallible> {
        Ok(self.wrapped.iter().map(|(key, bytes)| (*key, known(bytes))).collect())
    }

    fn put_wrapped(&mut self, key: KeyId, bytes: Option<&[u8]>) -> Result<(), Infallible> {
        self.wrapped.insert(key, bytes.map(<[u8]>::to_vec));
        Ok(())
    }

    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, Infallible> {
        Ok(self.settings.get(name).cloned())
    }

    fn put_setting(&mut self, name: &str, value: Option<&[u8]>) -> Result<(), Infallible> {
        match value {
            Some(value) => self.settings.insert(name.to_owned(), value.to_vec()),
            None => self.settings.remove(name),
        };
        Ok(())
    }

    fn quarantined(&self) -> Result<Vec<Event>, Infallible> {
        Ok(self.quarantined.values().cloned().collect())
    }

    fn put_quarantined(&mut self, event: &Event) -> Result<(), Infallible> {
        self.quarantined.insert(event.header().body(), event.clone());
        Ok(())
    }
}

/// What a row of keys says.
fn known(bytes: &Option<Vec<u8>>) -> Wrapped {
    bytes.clone().map_or(Wrapped::Erased, Wrapped::Here)
}

impl EventLog for MemoryLog {
    type Error = Infallible;

    fn origin(&self) -> Result<OriginId, Infallible> {
        Ok(self.own().origin)
    }

    fn append(
        &mut self,
        batch: &Batch,
        wall_ms: i64,
    ) -> Result<Vec<Appended>, AppendError<Infallible>> {
        let own = self.own();
        engine::append(&mut self.tables, own, batch, wall_ms)
    }

    fn count(&self, key: Key) -> Result<u64, Infallible> {
        self.tables.count(key)
    }

    fn read(&self, key: Key) -> Result<Reading, Infallible> {
        self.tables.touching(key).map(engine::reading)
    }

    fn read_kind(&self, prefix: &str) -> Result<Reading, Infallible> {
        self.tables.of_kind(prefix).map(engine::reading)
    }

    fn event(&self, id: EventId) -> Result<Option<Event>, Infallible> {
        let row = self.tables.get(id).cloned();
        Ok(row.and_then(|row| row.check().0))
    }

    fn each(&self, visit: &mut dyn FnMut(Event)) -> Result<Vec<Damage>, Infallible> {
        engine::each(&self.tables, visit)
    }

    fn heads(&self) -> Result<Vec<Head>, Infallible> {
        engine::heads(&self.tables)
    }

    fn landmarks(&self) -> Result<Vec<Head>, Infallible> {
        engine::landmarks(&self.tables)
    }

    fn since(&self, landmarks: &[Head]) -> Result<Vec<Sent>, Infallible> {
        engine::since(&self.tables, landmarks)
    }

    fn absorb(&mut self, sent: &[Sent]) -> Result<Absorbed, AbsorbError<Infallible>> {
        engine::absorb(&mut self.tables, sent)
    }

    fn quarantined(&self) -> Result<Vec<Event>, Infallible> {
        self.tables.quarantined()
    }

    fn card(&self, key: Key) -> Result<Option<Card>, Infallible> {
        self.tables.card(key)
    }

    fn keep_card(&mut self, card: &Card, expect: &[(Key, u64)]) -> Result<bool, Infallible> {
        engine::keep_card(&mut self.tables, card, expect)
    }

    fn drop_cards(&mut self) -> Result<(), Infallible> {
        self.tables.drop_cards()
    }

    fn wrapped(&self, key: KeyId) -> Result<Wrapped, Infallible> {
        self.tables.wrapped(key)
    }

    fn wrapped_all(&self) -> Result<Vec<(KeyId, Vec<u8>)>, Infallible> {
        engine::wrapped_all(&self.tables)
    }

    fn adopt_keys(&mut self, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, Infallible> {
        engine::adopt_keys(&mut self.tables, keys)
    }

    fn rewrap(&mut self, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, Infallible> {
        engine::rewrap(&mut self.tables, keys)
    }

    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, Infallible> {
        self.tables.setting(name)
    }

    fn put_setting(&mut self, name: &str, value: &[u8]) -> Result<(), Infallible> {
        self.tables.put_setting(name, Some(value))
    }

    fn leave(&self) -> Result<Leave, Infallible> {
        engine::leave(&self.tables)
    }

    fn compact(&mut self) -> Result<(), Infallible> {
        self.tables.put_setting(engine::COMPACT_DUE, None)
    }

    fn compact_due(&self) -> Result<bool, Infallible> {
        Ok(self.tables.setting(engine::COMPACT_DUE)?.is_some())
    }

    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verdict, Infallible> {
        Ok(engine::verify(&self.tables, progress))
    }
}

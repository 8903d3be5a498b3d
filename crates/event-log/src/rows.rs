//! The few things a storage engine must be able to do.
//!
//! All that is hard about the log (what is stale, what is known, what forks, what is erased) is
//! written once, in [`engine`](crate::engine), over this trait. An adapter says how its engine
//! keeps rows, opens a transaction, and calls the engine.

use std::collections::BTreeSet;

use commons::{EventId, OriginId};

use crate::{Card, Damage, Digest, Event, Head, Header, Key, KeyId, Own, Part, Spot};

/// A place in a chain, filled by an event or only by the body of one that is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The origin.
    pub origin: OriginId,
    /// The number in that origin.
    pub seq: u64,
    /// The link there.
    pub link: Digest,
    /// The digest of the header.
    pub body: Digest,
    /// The event; none where it is withheld.
    pub id: Option<EventId>,
}

impl Place {
    /// Where it is, for words about it.
    #[must_use]
    pub const fn spot(&self) -> Spot {
        Spot { origin: self.origin, seq: self.seq, id: self.id }
    }

    /// The same as a head.
    #[must_use]
    pub const fn head(&self) -> Head {
        Head { origin: self.origin, seq: self.seq, link: self.link }
    }
}

/// What a store holds of one event, unchecked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub place: Place,
    /// The bytes of its header; none where it is withheld, or was lost.
    pub header: Option<Vec<u8>>,
    /// Its parts by number, each with bytes unless blanked.
    pub parts: Vec<(u8, Option<Vec<u8>>)>,
}

impl Row {
    /// The event, with everything that is wrong with it.
    ///
    /// Where the header is damaged there is no event; where the open part is damaged it has none
    /// ([`Part::Damaged`]), and the caller sees the damage beside it. A withheld event is neither.
    #[must_use]
    pub fn check(self) -> (Option<Event>, Vec<Damage>) {
        let spot = self.place.spot();
        let Some(bytes) = self.header else {
            let lost = spot.id.map(|_| Damage::Lost { spot });
            return (None, lost.into_iter().collect());
        };
        let header = match Header::decode(&bytes) {
            Ok(header) => header,
            Err(why) => return (None, vec![Damage::Header { spot, why }]),
        };
        let place = self.place;
        let same = Digest::of(&bytes) == place.body
            && (Some(header.id), header.origin, header.seq) == (place.id, place.origin, place.seq);
        if !same {
            return (None, vec![Damage::Body { spot }]);
        }
        let mut damaged = Vec::new();
        let mut kept = self.parts;
        let mut parts = Vec::with_capacity(header.parts().len());
        for head in header.parts() {
            let found = kept.iter_mut().find(|(number, _)| *number == head.number);
            parts.push(match found.and_then(|(_, bytes)| bytes.take()) {
                None => Part::Empty,
                Some(bytes) if Digest::of(&bytes) == head.hash => Part::Bytes(bytes),
                Some(_) => {
                    damaged.push(Damage::Part { spot, number: head.number });
                    Part::Damaged
                }
            });
        }
        (Some(Event::trusted(header, parts)), damaged)
    }
}

/// Which rows to walk through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// All of them.
    All,
    /// Those of one origin after a number.
    After(OriginId, u64),
}

/// What is known of an owner's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrapped {
    /// Nothing.
    Unknown,
    /// Its wrapped bytes.
    Here(Vec<u8>),
    /// Something is here, but not what was kept: it opens nothing, and a good copy can replace it.
    Damaged,
    /// It was destroyed, for good.
    Erased,
}

/// What a storage engine does inside one transaction.
///
/// Writes are seen by the reads after them; all of them last, or none, as the adapter commits.
/// Where a method is told of a thing that is not there, it does nothing.
#[expect(
    clippy::missing_errors_doc,
    reason = "each fails as the storage engine fails, and in no other way"
)]
pub trait Rows {
    /// How the storage engine fails.
    type Error;

    /// What the store remembers of itself; nothing before its first origin.
    fn own(&self) -> Result<Option<Own>, Self::Error>;
    /// Remembers it.
    fn put_own(&mut self, own: &Own) -> Result<(), Self::Error>;

    /// How many places there are, withheld ones too.
    fn len(&self) -> Result<u64, Self::Error>;
    /// Whether there are none.
    fn is_empty(&self) -> Result<bool, Self::Error> {
        Ok(self.len()? == 0)
    }
    /// The row of an event.
    fn row(&self, id: EventId) -> Result<Option<Row>, Self::Error>;
    /// The row at a place: of that origin, with that number and that link.
    fn at(&self, place: &Place) -> Result<Option<Row>, Self::Error>;
    /// The places of one number in an origin: one, or several where it forks.
    fn places(&self, origin: OriginId, seq: u64) -> Result<Vec<Place>, Self::Error>;
    /// Rows by origin, then number, then link.
    fn walk(
        &self,
        span: Span,
        visit: &mut dyn FnMut(Row) -> Result<(), Self::Error>,
    ) -> Result<(), Self::Error>;
    /// The rows that have a key, in any order.
    fn touching(&self, key: Key) -> Result<Vec<Row>, Self::Error>;
    /// The rows whose type name starts so, in any order.
    fn of_kind(&self, prefix: &str) -> Result<Vec<Row>, Self::Error>;
    /// Whether an event is found by each of its keys and by its type name.
    fn finds(&self, event: &Event) -> Result<bool, Self::Error>;
    /// Whether the sealed parts of an event lie under its header's numbers and keys, and no others.
    fn is_filed(&self, event: &Event) -> Result<bool, Self::Error>;
    /// The origins of which there is anything.
    fn origins(&self) -> Result<Vec<OriginId>, Self::Error>;
    /// Adds a place, and counts its event for each of its keys.
    fn put(&mut self, place: &Place, event: Option<&Event>) -> Result<(), Self::Error>;
    /// Puts an event where that row stands, withheld or damaged, in place of all that is kept of
    /// it, and counts it for each of its keys.
    fn replace(&mut self, was: &Place, place: &Place, event: &Event) -> Result<(), Self::Error>;
    /// Blanks one part of an event.
    fn blank_part(&mut self, id: EventId, number: u8) -> Result<(), Self::Error>;
    /// The parts that stand under any of these keys.
    fn sealed_under(&self, keys: &BTreeSet<KeyId>) -> Result<Vec<(EventId, u8)>, Self::Error>;

    /// The last place of each branch of each origin, as [`move_tip`](Self::move_tip) noted them:
    /// the store's own last place is in [`own`](Self::own) and need not be here.
    fn tips(&self) -> Result<Vec<Head>, Self::Error>;
    /// Moves the tip that has the link `previous` of that origin, or adds one where none has.
    fn move_tip(&mut self, previous: Digest, tip: Head) -> Result<(), Self::Error>;

    /// Forgets the tip that has this link of that origin: it is the end of a branch no longer.
    fn drop_tip(&mut self, origin: OriginId, link: Digest) -> Result<(), Self::Error>;

    /// How many events have a key.
    fn count(&self, key: Key) -> Result<u64, Self::Error>;
    /// What the engine can say of its own tables: counts, indexes, the file itself.
    fn own_damage(&self) -> Result<Vec<Damage>, Self::Error>;

    /// A card.
    fn card(&self, key: Key) -> Result<Option<Card>, Self::Error>;
    /// Keeps a card, in place of an older one.
    fn put_card(&mut self, card: &Card) -> Result<(), Self::Error>;
    /// Deletes a card.
    fn drop_card(&mut self, key: Key) -> Result<(), Self::Error>;
    /// Deletes all cards.
    fn drop_cards(&mut self) -> Result<(), Self::Error>;

    /// What is known of an owner's key.
    fn wrapped(&self, key: KeyId) -> Result<Wrapped, Self::Error>;
    /// What is known of every owner's key, by name.
    fn wrapped_all(&self) -> Result<Vec<(KeyId, Wrapped)>, Self::Error>;
    /// Keeps an owner's key, or destroys it for good.
    fn put_wrapped(&mut self, key: KeyId, bytes: Option<&[u8]>) -> Result<(), Self::Error>;

    /// A small opaque value that the store keeps.
    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, Self::Error>;
    /// Keeps one, or forgets it.
    fn put_setting(&mut self, name: &str, value: Option<&[u8]>) -> Result<(), Self::Error>;

    /// The events kept aside.
    fn quarantined(&self) -> Result<Vec<Event>, Self::Error>;
    /// Keeps an event aside, in place of the one with the same header.
    fn put_quarantined(&mut self, event: &Event) -> Result<(), Self::Error>;
}

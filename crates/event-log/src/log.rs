//! The one trait that an application needs of a store.

use std::collections::BTreeSet;

use commons::{EventId, OriginId};

use crate::{
    AbsorbError, Absorbed, AppendError, Appended, Batch, Card, Damage, Event, Head, Key, KeyId,
    Leave, Sent, Wrapped,
};

/// The events of one question, with what could not be read of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The events, by recorded stamp and then by id: an order for people. State does not need it.
    pub events: Vec<Event>,
    /// What is damaged among them. The rest stays readable.
    pub damage: Vec<Damage>,
    /// How many events were counted, read at the same moment: what [`Batch::expect`] wants.
    pub count: u64,
}

/// What a verification looks at and finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How many events were looked at, withheld ones too.
    pub events: u64,
    /// Everything that is not as it should be.
    pub damage: BTreeSet<Damage>,
}

/// An append-only log of events in one store: it can be verified and merged.
///
/// Keys and cards are opaque bytes here. Every call that changes anything is one durable
/// transaction: when it returns, it is on the disk; when it fails, nothing happened.
///
/// An adapter implements [`Rows`](crate::Rows), calls [`engine`](crate::engine) inside its
/// transactions, and runs the suite in `conformance`.
#[expect(
    clippy::missing_errors_doc,
    reason = "what can go wrong beside the store itself is in the error types"
)]
pub trait EventLog {
    /// How the store fails.
    type Error: std::error::Error + Send + Sync + 'static;

    /// The origin it writes under.
    fn origin(&self) -> Result<OriginId, Self::Error>;

    /// Appends what one decision writes. `wall_ms` is what the wall clock says, in milliseconds
    /// since 1970-01-01T00:00Z.
    ///
    /// An event of erasure ([`Erased`](crate::Erased), [`Redacted`](crate::Redacted)) erases in
    /// the same transaction; [`compact`](Self::compact) afterwards takes the bytes off the disk.
    fn append(
        &mut self,
        batch: &Batch,
        wall_ms: i64,
    ) -> Result<Vec<Appended>, AppendError<Self::Error>>;

    /// How many events have a key.
    fn count(&self, key: Key) -> Result<u64, Self::Error>;
    /// The events that have a key.
    fn read(&self, key: Key) -> Result<Reading, Self::Error>;
    /// The events whose type name starts so: `group.` or `person.erased`.
    fn read_kind(&self, prefix: &str) -> Result<Reading, Self::Error>;
    /// One event; `None` where there is none or it is damaged.
    fn event(&self, id: EventId) -> Result<Option<Event>, Self::Error>;
    /// Passes every event that can be read, origin by origin; returns what cannot.
    fn each(&self, visit: &mut dyn FnMut(Event)) -> Result<Vec<Damage>, Self::Error>;

    /// The last place of each branch of each origin.
    fn heads(&self) -> Result<Vec<Head>, Self::Error>;
    /// The heads, and places before them at growing distances: what to send a copy that is to
    /// answer with [`since`](Self::since). Two copies that are ahead of each other, or forked,
    /// find by them where they parted.
    fn landmarks(&self) -> Result<Vec<Head>, Self::Error>;
    /// Everything that a copy with those landmarks does not have (and perhaps a little more).
    fn since(&self, landmarks: &[Head]) -> Result<Vec<Sent>, Self::Error>;
    /// Takes in what another copy sent; all of it, or nothing. The same again changes nothing.
    fn absorb(&mut self, sent: &[Sent]) -> Result<Absorbed, AbsorbError<Self::Error>>;
    /// The events kept aside, because their id was here already with other content.
    fn quarantined(&self) -> Result<Vec<Event>, Self::Error>;

    /// The card of a key, if there is one.
    fn card(&self, key: Key) -> Result<Option<Card>, Self::Error>;
    /// Keeps a card computed when these keys had so many events; says `false`, and keeps nothing,
    /// where one has more or fewer by now.
    fn keep_card(&mut self, card: &Card, expect: &[(Key, u64)]) -> Result<bool, Self::Error>;
    /// Deletes all cards.
    fn drop_cards(&mut self) -> Result<(), Self::Error>;

    /// What is known of an owner's key.
    fn wrapped(&self, key: KeyId) -> Result<Wrapped, Self::Error>;
    /// All owner keys that are here, by name.
    fn wrapped_all(&self) -> Result<Vec<(KeyId, Vec<u8>)>, Self::Error>;
    /// Takes in the owner keys of another copy: those that are unknown, altered or lost here.
    /// Erased ones never come back, whole ones stay as they are. Returns how many came in.
    fn adopt_keys(&mut self, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, Self::Error>;
    /// Replaces owner keys by the same ones wrapped anew. Unknown and erased ones are left out.
    /// Returns how many were replaced.
    fn rewrap(&mut self, keys: &[(KeyId, Vec<u8>)]) -> Result<u64, Self::Error>;

    /// A small opaque value that the store keeps: vault parameters, marks such as `demo`.
    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, Self::Error>;
    /// Keeps one.
    fn put_setting(&mut self, name: &str, value: &[u8]) -> Result<(), Self::Error>;

    /// What may be empty, by all the events of erasure.
    fn leave(&self) -> Result<Leave, Self::Error>;
    /// Takes what was blanked or deleted off the disk: no free page, no journal keeps it.
    fn compact(&mut self) -> Result<(), Self::Error>;
    /// Whether something was erased since, and may lie on the disk still: a
    /// [`compact`](Self::compact) that failed or was cut off is to be done again.
    fn compact_due(&self) -> Result<bool, Self::Error>;

    /// Looks at every byte of every event, and calls `progress(done, all)` now and then.
    fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verdict, Self::Error>;
}

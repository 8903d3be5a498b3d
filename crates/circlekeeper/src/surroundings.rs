//! What the application needs of the world around it: the time, and random bytes.

use chrono::{DateTime, Utc};
use commons::EventId;

/// The time and chance, brought in from outside.
///
/// A frontend reads the clock and the system's random source here; a rehearsal brings its own
/// calendar and a seed, and the same program is played again to the byte.
pub trait Surroundings {
    /// The time by the wall clock.
    fn now(&mut self) -> DateTime<Utc>;

    /// Fills a buffer with random bytes.
    fn fill(&mut self, bytes: &mut [u8]);

    /// Random bytes.
    fn bytes<const N: usize>(&mut self) -> [u8; N]
    where
        Self: Sized,
    {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A random id (UUID version 4), for people, members, units and whatever belongs to them.
    fn id<T: From<uuid::Uuid>>(&mut self) -> T
    where
        Self: Sized,
    {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid().into()
    }

    /// An id for an event (UUID version 7): it carries the time, and only event ids do.
    fn event_id(&mut self) -> EventId
    where
        Self: Sized,
    {
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid().into()
    }
}

impl<S: Surroundings + ?Sized> Surroundings for &mut S {
    fn now(&mut self) -> DateTime<Utc> {
        (**self).now()
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        (**self).fill(bytes);
    }
}

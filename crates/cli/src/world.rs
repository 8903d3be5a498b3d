//! The clock and the random source of this computer: the one place where they are read.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use circlekeeper::Surroundings;

/// This computer.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct World;

/// The time by this computer's clock.
pub(crate) fn now() -> DateTime<Utc> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
    let now = SystemTime::now();
    DateTime::from(now)
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    World.bytes()
}

impl Surroundings for World {
    fn now(&mut self) -> DateTime<Utc> {
        now()
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        // Without randomness no key may be made; to stop is the only safe thing to do.
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

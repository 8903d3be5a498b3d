//! A hybrid clock: about when something was recorded, and always after what was seen before.

use serde::{Deserialize, Serialize};

/// About when an event was recorded.
///
/// Ordered by the hybrid clock, for lists that people read. No state and no deadline is decided
/// by it: facts carry their own dates, and legal clocks run from `aware_at` in the payload.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Stamp {
    /// Milliseconds since 1970-01-01T00:00Z, never less than in any stamp seen before.
    pub clock_ms: i64,
    /// Tells apart the events of one such millisecond.
    pub counter: u32,
    /// What the device's own clock said, right or wrong, in milliseconds since 1970-01-01T00:00Z.
    pub wall_ms: i64,
}

/// A hybrid logical clock (Kulkarni and others 2014, "Logical Physical Clocks"): it follows the
/// wall clock while that runs ahead, and counts while it does not.
///
/// Milliseconds and counter are kept apart, so that a device that was once in the year 2099 leaves
/// room for four thousand million events in that millisecond, and then goes to the next one.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Clock {
    /// Milliseconds since 1970-01-01T00:00Z of the latest stamp given or seen.
    pub ms: i64,
    /// The counter of that stamp.
    pub counter: u32,
}

impl Clock {
    /// The next stamp, later than every one given or seen before.
    ///
    /// (At the very end of the range, 292 million years from now, stamps stand still.)
    pub fn tick(&mut self, wall_ms: i64) -> Stamp {
        if self.ms < wall_ms {
            (self.ms, self.counter) = (wall_ms, 0);
        } else if let Some(next) = self.counter.checked_add(1) {
            self.counter = next;
        } else if let Some(next) = self.ms.checked_add(1) {
            (self.ms, self.counter) = (next, 0);
        }
        Stamp { clock_ms: self.ms, counter: self.counter, wall_ms }
    }

    /// Takes note of a stamp that came from elsewhere.
    pub fn see(&mut self, stamp: Stamp) {
        let seen = Self { ms: stamp.clock_ms, counter: stamp.counter };
        *self = (*self).max(seen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CENTURY_MS: i64 = 100 * 366 * 86_400_000;

    #[test]
    fn a_clock_follows_the_wall_and_counts_when_it_stands_or_goes_back() {
        let mut clock = Clock::default();
        let mut check = |wall_ms, clock_ms, counter| {
            let want = Stamp { clock_ms, counter, wall_ms };
            assert_eq!(clock.tick(wall_ms), want);
        };
        check(1_000, 1_000, 0);
        check(1_000, 1_000, 1);
        check(400, 1_000, 2);
        check(1_001, 1_001, 0);
    }

    #[test]
    fn a_full_counter_goes_to_the_next_millisecond() {
        let mut clock = Clock { ms: 5, counter: u32::MAX };
        assert_eq!(clock.tick(3), Stamp { clock_ms: 6, counter: 0, wall_ms: 3 });
        let mut end = Clock { ms: i64::MAX, counter: u32::MAX };
        assert_eq!(end.tick(3).clock_ms, i64::MAX);
    }

    proptest! {
        #[test]
        fn whatever_the_clocks_say_what_saw_is_later_than_what_was_seen(
            walls in prop::collection::vec((0_usize..3, -CENTURY_MS..CENTURY_MS, any::<bool>()), 1..60),
        ) {
            let mut devices = [Clock::default(); 3];
            let mut last = None;
            for (device, wall_ms, hears) in walls {
                if let (true, Some(seen)) = (hears, last) {
                    devices[device].see(seen);
                }
                let before = devices[device];
                let stamp = devices[device].tick(wall_ms);
                prop_assert!((before.ms, before.counter) < (stamp.clock_ms, stamp.counter));
                if let (true, Some(seen)) = (hears, last) {
                    prop_assert!(seen < stamp);
                }
                last = Some(stamp);
            }
        }
    }
}

//! The world of a rehearsal: its own calendar, and chance from a seed.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use circle_model::LocalTime;
use circlekeeper::Surroundings;

use crate::chance::Chance;

/// Time and chance of a rehearsal: days pass when the play says so, and the same seed gives the
/// same ids and keys. For made-up people only: whoever knows the seed knows the keys.
#[derive(Debug, Clone)]
pub struct World {
    now: DateTime<Utc>,
    zone: Tz,
    chance: Chance,
}

impl World {
    /// A world that begins at eight in the morning of a day.
    #[must_use]
    pub fn new(seed: u64, on: NaiveDate, zone: Tz) -> Self {
        let mut world = Self { now: DateTime::UNIX_EPOCH, zone, chance: Chance::new(seed) };
        world.go_to(on, 8);
        world
    }

    /// Goes to a day, at a full hour on the wall clock.
    pub fn go_to(&mut self, on: NaiveDate, hour: u32) {
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
        self.now = LocalTime { date: on, time, zone: self.zone }.instant().0;
    }

    /// Lets minutes pass.
    pub fn wait(&mut self, minutes: u32) {
        self.now += Duration::minutes(minutes.into());
    }
}

impl Surroundings for World {
    fn now(&mut self) -> DateTime<Utc> {
        self.now
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        self.chance.fill(bytes);
    }
}

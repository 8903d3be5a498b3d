//! A world with a clock that stands still and chance that repeats itself.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use circle_vault::Cost;
use circlekeeper::{Founding, Identity, Keeper, NewPerson, Standing, Surroundings};
use commons::Code;
use event_log::{DeviceId, EventLog, KeyId, MemoryLog, Visit};

#[derive(Default)]
pub(crate) struct World {
    counter: u64,
}

impl Surroundings for World {
    fn now(&mut self) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap()
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.counter = self.counter.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(11);
            *byte = self.counter.to_be_bytes().into_iter().next().unwrap_or(0);
        }
    }
}

pub(crate) fn founded() -> Keeper<MemoryLog, World> {
    let visit = Visit::new(Code::of("test-1"), 1_000, [7; 48]);
    let log = MemoryLog::open(DeviceId::number(1), &visit);
    let founding = Founding {
        passphrase: PASSPHRASE.to_owned().into(),
        cost: Cost::TEST,
        zone: chrono_tz::Africa::Kigali,
        jurisdiction: Code::of("rw"),
        demo: false,
    };
    Keeper::found(log, World::default(), &founding).unwrap().0
}

pub(crate) const PASSPHRASE: &str = "five plain words are fine";

/// The same program opened anew: nothing is at hand from before.
pub(crate) fn store(keeper: Keeper<MemoryLog, World>) -> Keeper<MemoryLog, World> {
    let mut opened = Keeper::open(keeper.log().clone(), World { counter: 77 }).unwrap();
    opened.unlock(PASSPHRASE).unwrap();
    opened
}

/// A copy on another device, with those of the keys that came along.
pub(crate) fn again(
    keeper: &Keeper<MemoryLog, World>,
    comes: impl Fn(KeyId) -> bool,
) -> Keeper<MemoryLog, World> {
    let visit = Visit::new(Code::of("test-1"), 1_000, [9; 48]);
    let mut log = MemoryLog::open(DeviceId::number(2), &visit);
    log.absorb(&keeper.log().since(&[]).unwrap()).unwrap();
    let mut keys = keeper.log().wrapped_all().unwrap();
    keys.retain(|(key, _)| comes(*key));
    log.adopt_keys(&keys).unwrap();
    for name in ["vault", "program"] {
        log.put_setting(name, &keeper.log().setting(name).unwrap().unwrap()).unwrap();
    }
    let mut opened = Keeper::open(log, World { counter: 99 }).unwrap();
    opened.unlock(PASSPHRASE).unwrap();
    opened
}

pub(crate) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

pub(crate) fn person(name: &str, birth_year: Option<u16>) -> NewPerson {
    let identity = Identity { name: name.into(), birth_year, ..Identity::default() };
    NewPerson { identity, standing: Standing::Participant, on: day() }
}

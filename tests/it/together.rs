//! Two laptops on one shared store decide at once, and no rule is broken between them.

use std::thread;

use circle_model::Life;
use circlekeeper::{Keeper, Standing};
use commons::{Aggregate, Code, MemberId, UnitId};
use event_log::{DeviceId, EventLog, Visit};
use rehearsal::World;
use safety_protocols::{Arrangement, Cadence};
use store_sqlite::{Device, SqliteLog};

use crate::scene::{PASSPHRASE, ZONE, day, found, gather, monday, people};

fn opened(path: &std::path::Path, device: &Device, seed: u8) -> Keeper<SqliteLog, World> {
    let visit = Visit::new(Code::of("stories-1"), 0, [seed; 48]);
    let log = SqliteLog::open(path, device, &visit).unwrap();
    let mut keeper = Keeper::open(log, World::new(u64::from(seed), monday(), ZONE)).unwrap();
    keeper.unlock(PASSPHRASE).unwrap();
    keeper
}

/// Seats everybody it can, one after the other. Refusals are the point.
fn seat_all(keeper: &mut Keeper<SqliteLog, World>, unit: UnitId, people: &[MemberId]) -> usize {
    people.iter().filter(|one| keeper.admit(unit, &[**one], day(1), None).is_ok()).count()
}

#[test]
fn two_at_once_seat_nobody_twice_and_never_over_the_most() {
    let folder = tempfile::tempdir().unwrap();
    let device = Device::at(folder.path(), DeviceId::number(1)).unwrap();
    let path = folder.path().join("program.circlekeeper");
    let visit = Visit::new(Code::of("stories-1"), 0, [7; 48]);
    let mut keeper = found(SqliteLog::create(&path, &device, &visit).unwrap(), 1, false);
    let weekly = Arrangement::Supervised(Cadence::Weekly);
    let units: Vec<UnitId> =
        (0..2).map(|_| gather(&mut keeper, "healing-circle", 2, weekly).unit).collect();
    let waiting = people(&mut keeper, 16, Standing::Participant);
    drop(keeper);

    let seated: usize = thread::scope(|scope| {
        let laptops: Vec<_> = [(11, [0, 1]), (12, [1, 0])]
            .into_iter()
            .map(|(seed, order)| {
                let (path, device, units, waiting) = (&path, &device, &units, &waiting);
                scope.spawn(move || {
                    let mut keeper = opened(path, device, seed);
                    order
                        .map(|place| seat_all(&mut keeper, units[place], waiting))
                        .iter()
                        .sum::<usize>()
                })
            })
            .collect();
        laptops.into_iter().map(|laptop| laptop.join().unwrap()).sum()
    });

    let mut keeper = opened(&path, &device, 13);
    assert_eq!(seated, 10, "two circles of seven had five places each");
    let findings = keeper.findings().unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    for unit in units {
        let file = keeper.unit(unit).unwrap();
        assert_eq!(file.group.roster().count(day(1)), 7);
        assert!(file.group.breaches().is_empty());
        assert_eq!(file.group.life(), Life::Gathering);
    }
    assert!(keeper.log().verify(&mut |_, _| {}).unwrap().damage.is_empty());
}

#[test]
fn a_keeper_can_be_moved_to_another_thread() {
    fn sends<T: Send>() {}
    sends::<Keeper<SqliteLog, World>>();
    sends::<Keeper<event_log::MemoryLog, World>>();
}

//! Eight processes write to one store at once.

use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
};

use commons::{Code, EventId};
use event_log::{AppendError, Batch, DeviceId, EventLog, Key, Keys, Visit};
use store_sqlite::{Device, SqliteLog};

use super::shop::{Shop, draft, is_well};

const PROCESSES: u8 = 8;
const SAVES: u128 = 100;
const SEATS: u64 = 7;
const CIRCLES: u128 = 20;

/// Set in the processes that this test starts: the folder and the number of the process.
const ROLE: &str = "STORE_SQLITE_TEST_CROWD";

#[test]
fn eight_processes_lose_nothing_and_overfill_no_circle() {
    let shop = Shop::new();
    drop(shop.create("store", 200));
    let me = env::current_exe().unwrap();
    let writers: Vec<_> = (0..PROCESSES)
        .map(|number| {
            Command::new(&me)
                .args(["--exact", "crowd::one_of_the_crowd", "--nocapture"])
                .env(ROLE, format!("{number};{}", shop.path("").display()))
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut writer in writers {
        assert!(writer.wait().unwrap().success());
    }
    let log = shop.open("store", 201);
    let all = u128::from(PROCESSES) * SAVES;
    for n in 0..all {
        assert!(log.event(EventId::number(1 + n)).unwrap().is_some(), "save {n} is lost");
    }
    assert_eq!(log.read_kind("day.noted").unwrap().count, u64::try_from(all).unwrap());
    for circle in 0..CIRCLES {
        let seated = log.count(Key::number(1_000_000 + circle)).unwrap();
        assert!(seated <= SEATS, "circle {circle} seats {seated}");
    }
    let seated = log.read_kind("group.joined").unwrap().count;
    assert_eq!(u128::from(seated), CIRCLES * u128::from(SEATS), "and every seat is taken");
    assert_eq!(log.heads().unwrap().len(), 1, "all wrote under one origin");
    is_well(&log);
}

/// What each process does; on its own it does nothing.
#[test]
fn one_of_the_crowd() {
    let Ok(role) = env::var(ROLE) else { return };
    let (number, folder) = role.split_once(';').unwrap();
    let number: u128 = number.parse().unwrap();
    let folder = PathBuf::from(folder);
    let device = Device::at(&folder.join("device"), DeviceId::number(9)).unwrap();
    let seed = u8::try_from(number).unwrap();
    let visit = Visit::new(Code::of("test"), 1_000, [seed; 48]);
    let mut log = SqliteLog::open(&folder.join("store"), &device, &visit).unwrap();
    for save in 0..SAVES {
        let n = 1 + number * SAVES + save;
        let note = draft(n, 10_000 + number, "day.noted", "{}");
        let plain = Batch { drafts: vec![note], ..Batch::default() };
        log.append(&plain, 1_000).unwrap();
        admit(&mut log, 1_000_000 + n, 1_000_000 + save % CIRCLES);
    }
}

/// Seats somebody if there is room: reads, decides, appends, and decides again when another was
/// quicker.
fn admit(log: &mut SqliteLog, n: u128, circle: u128) {
    loop {
        let key = Key::number(circle);
        let seated = log.read(key).unwrap().count;
        if seated >= SEATS {
            return;
        }
        let mut joined = draft(n, circle, "group.joined", "{}");
        joined.keys = Keys::one(key);
        let decision =
            Batch { drafts: vec![joined], expect: vec![(key, seated)], ..Batch::default() };
        match log.append(&decision, 1_000) {
            Ok(_) => return,
            Err(AppendError::Stale { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
}

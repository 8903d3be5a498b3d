//! Copies, backups and the names under which they write on.

use commons::Code;
use event_log::{Course, DeviceId, EventLog, MemoryLog, OriginOpened, Visit, Why};

use super::promises::log;

const HERE: DeviceId = DeviceId::number(1);

fn visit(seed: u8) -> Visit {
    Visit::new(Code::of("test"), 2_000, [seed; 48])
}

/// What the newest event that opened an origin says.
fn opened(log: &MemoryLog) -> OriginOpened {
    let reading = log.read_kind("origin.opened").unwrap();
    let newest = reading.events.last().unwrap();
    serde_json::from_slice(newest.open().unwrap()).unwrap()
}

#[test]
fn a_store_that_is_where_it_was_left_writes_on() {
    let mut log = log(1);
    let mark = log.mark();
    assert_eq!(log.visit(HERE, &visit(2), mark), Course::Continue);
    assert_eq!(log.read_kind("origin.opened").unwrap().count, 1);
}

#[test]
fn a_copy_on_another_device_takes_a_new_origin_and_says_what_it_comes_after() {
    let mut copy = log(1);
    let (before, mark) = (copy.heads().unwrap(), copy.mark());
    assert_eq!(copy.visit(DeviceId::number(2), &visit(2), mark), Course::Mint(Why::ForeignDevice));
    let opened = opened(&copy);
    assert_eq!((opened.why, opened.after), (Why::ForeignDevice, before.first().copied()));
    assert_eq!(copy.origin().unwrap(), visit(2).origin);
    assert!(copy.verify(&mut |_, _| {}).unwrap().damage.is_empty());
}

#[test]
fn a_store_behind_its_mark_takes_a_new_origin_and_nothing_is_lost_when_both_meet() {
    let mut live = log(1);
    let mut backup = live.clone();
    let more = visit(3).opening(HERE, None, Why::New); // any event will do
    live.append(&more, 3_000).unwrap();
    assert_eq!(backup.visit(HERE, &visit(2), live.mark()), Course::Mint(Why::BehindMark));
    for _ in 0..2 {
        let sent = backup.since(&live.landmarks().unwrap()).unwrap();
        assert!(live.absorb(&sent).unwrap().forks.is_empty());
        let sent = live.since(&backup.landmarks().unwrap()).unwrap();
        assert!(backup.absorb(&sent).unwrap().forks.is_empty());
    }
    assert_eq!(live.heads().unwrap(), backup.heads().unwrap());
    assert_eq!(live.verify(&mut |_, _| {}).unwrap().events, 3);
    assert!(live.verify(&mut |_, _| {}).unwrap().damage.is_empty());
}

//! Copied files, and older ones put back.

use event_log::{Course, EventLog, Key, Why};
use store_sqlite::SqliteLog;

use super::shop::{Shop, batch, draft, is_well, visit};

#[test]
fn a_store_opened_again_where_it_was_left_writes_on() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    log.append(&batch(vec![draft(1, 1, "a.b", "{}")]), 1_000).unwrap();
    let origin = log.origin().unwrap();
    drop(log);
    let log = shop.open("store", 2);
    assert_eq!((log.course(), log.origin().unwrap()), (Course::Continue, origin));
    is_well(&log);
}

#[test]
fn a_copied_store_takes_a_new_origin_by_itself_and_both_meet_without_loss() {
    let shop = Shop::new();
    let mut ours = shop.create("ours", 1);
    ours.append(&batch(vec![draft(1, 1, "a.b", "{}")]), 1_000).unwrap();
    drop(ours);
    std::fs::copy(shop.path("ours"), shop.path("theirs")).unwrap();
    let mut theirs =
        SqliteLog::open(&shop.path("theirs"), &shop.other_device(), &visit(2)).unwrap();
    assert_eq!(theirs.course(), Course::Mint(Why::ForeignDevice));
    let mut ours = shop.open("ours", 3);
    assert_eq!(ours.course(), Course::Continue);
    for n in 0..30 {
        ours.append(&batch(vec![draft(100 + n, 1, "a.b", "{}")]), 1_000).unwrap();
        theirs.append(&batch(vec![draft(200 + n, 1, "a.b", "{}")]), 1_000).unwrap();
    }
    for _ in 0..2 {
        let sent = theirs.since(&ours.landmarks().unwrap()).unwrap();
        assert!(ours.absorb(&sent).unwrap().forks.is_empty());
        let sent = ours.since(&theirs.landmarks().unwrap()).unwrap();
        assert!(theirs.absorb(&sent).unwrap().forks.is_empty());
    }
    for log in [&ours, &theirs] {
        assert_eq!(log.count(Key::number(1)).unwrap(), 61);
        is_well(log);
    }
    assert_eq!(ours.heads().unwrap(), theirs.heads().unwrap());
}

#[test]
fn an_older_copy_put_back_on_the_same_device_takes_a_new_origin() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    log.compact().unwrap();
    std::fs::copy(shop.path("store"), shop.path("older")).unwrap();
    log.append(&batch(vec![draft(1, 1, "a.b", "{}")]), 1_000).unwrap();
    let older = shop.open("older", 2);
    assert_eq!(older.course(), Course::Mint(Why::BehindMark));
    drop(older);
    assert_eq!(shop.open("older", 3).course(), Course::Continue);
    assert_eq!(shop.open("store", 4).course(), Course::Continue);
}

//! A good copy mends a damaged one, whatever was damaged, and nothing damaged is lost elsewhere.

use std::{fs, path::Path};

use commons::EventId;
use event_log::{Damage, EventLog, KeyId, Part, Wrapped};
use rusqlite::Connection;
use store_sqlite::SqliteLog;

use super::shop::{Shop, batch, draft, erased, harm, is_well, secret, visit};

/// A program on two laptops: ten events with words, and one person erased.
fn copies(shop: &Shop) -> (SqliteLog, SqliteLog) {
    let mut log = shop.create("good", 1);
    for n in 1..=10 {
        log.append(&secret(n, 50 + n, &format!("word-{n}")), 1_000).unwrap();
    }
    log.append(&erased(11, 53), 1_000).unwrap();
    log.put_setting("vault", b"the-locks").unwrap();
    log.compact().unwrap();
    drop(log);
    fs::copy(shop.path("good"), shop.path("bad")).unwrap();
    let other = shop.other_device();
    let bad = SqliteLog::open(&shop.path("bad"), &other, &visit(2)).unwrap();
    (shop.open("good", 3), bad)
}

/// What a disk or a hand did to the file.
fn damage(path: &Path, sql: &str) {
    let db = Connection::open(path).unwrap();
    db.execute_batch(sql).unwrap();
}

/// Every event with its parts.
fn shown(log: &SqliteLog) -> Vec<(EventId, Vec<Part>)> {
    let mut shown = Vec::new();
    log.each(&mut |event| {
        shown.push((event.id(), event.parts().map(|(_, part)| part.clone()).collect()));
    })
    .unwrap();
    shown.sort_by_key(|(id, _)| *id);
    shown
}

const FIVE: &str = "(SELECT row FROM event WHERE seq = 5 AND kind IS NOT NULL LIMIT 1)";

#[test]
fn a_good_copy_mends_whatever_is_damaged() {
    let blank_key = format!("UPDATE wrapped SET bytes = NULL WHERE name = X'{:032x}'", 54);
    let all = [
        "UPDATE event SET header = X'01' WHERE row = FIVE",
        "UPDATE event SET header = CAST(header || X'00' AS BLOB) WHERE row = FIVE",
        "UPDATE event SET open = X'7B7D20' WHERE row = FIVE",
        "UPDATE event SET open = NULL WHERE row = FIVE",
        "UPDATE event SET id = randomblob(16) WHERE row = FIVE",
        "UPDATE event SET kind = 'other.kind' WHERE row = FIVE",
        "UPDATE event SET body = randomblob(32) WHERE row = FIVE",
        "UPDATE event SET link = randomblob(32) WHERE row = FIVE",
        "UPDATE event SET seq = 99 WHERE row = FIVE",
        "UPDATE event SET id = NULL, kind = NULL, header = NULL, open = NULL WHERE row = FIVE",
        "DELETE FROM event WHERE row = FIVE",
        "DELETE FROM event WHERE seq > 7 AND kind = 'story.told'",
        "UPDATE part SET bytes = X'00' WHERE event = FIVE",
        "UPDATE part SET bytes = NULL WHERE event = FIVE",
        "UPDATE part SET key = randomblob(16) WHERE event = FIVE",
        "UPDATE part SET number = 3 WHERE event = FIVE",
        "INSERT INTO part SELECT event, 7, key, bytes FROM part WHERE event = FIVE",
        "DELETE FROM part WHERE event = FIVE",
        "DELETE FROM touch WHERE event = FIVE",
        "UPDATE touch SET key = randomblob(16) WHERE event = FIVE",
        "UPDATE touch SET nth = nth + 5 WHERE event = FIVE",
        "UPDATE wrapped SET bytes = X'00' WHERE bytes IS NOT NULL",
        "DELETE FROM wrapped WHERE bytes IS NOT NULL",
        &blank_key,
    ];
    for sql in all {
        let shop = Shop::new();
        let (good, mut bad) = copies(&shop);
        let whole = shown(&bad);
        damage(&shop.path("bad"), &sql.replace("FIVE", FIVE));
        let found = bad.verify(&mut |_, _| {}).unwrap().damage;
        let keyless = |found: &Damage| matches!(found, Damage::Keyless { .. });
        assert!(!harm(&bad).is_empty() || found.iter().any(keyless), "{sql}: nobody noticed");

        bad.absorb(&good.since(&[]).unwrap()).unwrap();
        bad.adopt_keys(&good.wrapped_all().unwrap()).unwrap();
        let left = bad.verify(&mut |_, _| {}).unwrap().damage;
        assert!(left.is_empty(), "{sql}: {left:?}");
        assert_eq!(shown(&bad), whole, "{sql}");
        assert_eq!(bad.wrapped_all().unwrap(), good.wrapped_all().unwrap(), "{sql}");
        assert_eq!(bad.wrapped(KeyId::number(53)).unwrap(), Wrapped::Erased, "{sql}");
        bad.append(&batch(vec![draft(90, 1, "a.b", "{}")]), 1_000).unwrap();
        is_well(&bad);
        let again = bad.absorb(&good.since(&[]).unwrap()).unwrap();
        assert_eq!((again.new, again.mended), (0, 0), "{sql}: the same again changes nothing");
    }
}

#[test]
fn what_is_damaged_in_one_copy_is_withheld_in_another_and_filled_later() {
    for column in ["header", "open", "body", "link"] {
        let shop = Shop::new();
        let (good, bad) = copies(&shop);
        let bytes = if column.len() == 4 && column != "open" { 32 } else { 200 };
        let sql = format!("UPDATE event SET {column} = randomblob({bytes}) WHERE row = {FIVE}");
        damage(&shop.path("bad"), &sql);
        let mut third = shop.create("third", 7);
        third.absorb(&bad.since(&[]).unwrap()).unwrap();
        is_well(&third);
        // What follows the damaged place came all the same.
        assert!(third.event(EventId::number(10)).unwrap().is_some(), "{column}");
        third.absorb(&good.since(&[]).unwrap()).unwrap();
        assert!(third.event(EventId::number(4)).unwrap().is_some(), "{column}: it is filled");
        is_well(&third);
    }
}

#[test]
fn an_event_blanked_whole_is_not_taken_for_one_that_is_withheld() {
    let shop = Shop::new();
    let (good, bad) = copies(&shop);
    let blank = format!(
        "UPDATE event SET id = NULL, kind = NULL, header = NULL, open = NULL WHERE row = {FIVE}"
    );
    damage(&shop.path("bad"), &blank);
    assert!(matches!(harm(&bad).as_slice(), [Damage::Lost { spot }] if spot.seq == 5));
    // One that came so has nothing lying about.
    let mut third = shop.create("third", 7);
    let mut sent = good.since(&[]).unwrap();
    for one in &mut sent {
        if one.spot().seq == 5 {
            *one = one.withhold();
        }
    }
    third.absorb(&sent).unwrap();
    is_well(&third);
    let notices = third.verify(&mut |_, _| {}).unwrap().damage;
    assert!(
        notices.iter().any(|found| matches!(found, Damage::Withheld { spot } if spot.seq == 5))
    );
}

#[test]
fn an_erased_part_is_never_filled_again_and_one_that_came_back_is_blanked() {
    let shop = Shop::new();
    let (good, mut bad) = copies(&shop);
    let back = "UPDATE part SET bytes = X'00' WHERE bytes IS NULL";
    damage(&shop.path("bad"), back);
    assert!(!harm(&bad).is_empty());
    bad.absorb(&good.since(&[]).unwrap()).unwrap();
    is_well(&bad);
    assert!(bad.compact_due().unwrap(), "and the disk is cleaned of it");
}

#[test]
fn a_setting_that_was_altered_is_named_and_not_believed() {
    let shop = Shop::new();
    let (_, bad) = copies(&shop);
    damage(&shop.path("bad"), "UPDATE setting SET value = X'00' WHERE name = 'vault'");
    assert!(matches!(harm(&bad).as_slice(), [Damage::Setting { name }] if name == "vault"));
    let refused = bad.setting("vault").unwrap_err();
    assert!(matches!(refused, store_sqlite::StoreError::Altered { .. }), "{refused:?}");
}

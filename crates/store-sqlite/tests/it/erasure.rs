//! Erasure, down to the bytes of every file.

use event_log::{Card, EventLog, Key};
use rusqlite::Connection;
use store_sqlite::StoreError;

use super::shop::{Shop, erased, holds, is_well, secret};

#[test]
fn after_an_erasure_no_file_holds_a_byte_of_it() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    let words: Vec<String> = (0..50).map(|n| format!("marker-{n:02}-").repeat(300 + n)).collect();
    for (word, n) in words.iter().zip(1..) {
        log.append(&secret(n, 100 + n % 2, word), 1_000).unwrap_or_else(|_| {
            // The key is there already: append the words alone.
            let mut again = secret(n, 100 + n % 2, word);
            again.keys.clear();
            log.append(&again, 1_000).unwrap()
        });
    }
    let folder = shop.path("");
    assert!(holds(&folder, b"marker-00") && holds(&folder, b"wrapped-marker-00"));
    log.append(&erased(1_000, 101), 1_000).unwrap();
    log.compact().unwrap();
    is_well(&log);
    for (word, n) in words.iter().zip(1..) {
        let kept = n % 2 == 0;
        // Any copy of the word, whole or torn, holds this somewhere.
        assert_eq!(holds(&folder, &word.as_bytes()[..10]), kept, "{}", &word[..10]);
    }
    drop(log);
    let log = shop.open("store", 2);
    is_well(&log);
}

#[test]
fn an_erasure_that_could_not_reach_the_disk_is_finished_by_whoever_comes_next() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    log.append(&secret(1, 50, "amina-was-here"), 1_000).unwrap();
    let card = Card { key: Key::number(9), version: 1, bytes: b"amina-on-a-card".to_vec() };
    assert!(log.keep_card(&card, &[]).unwrap());
    let folder = shop.path("");
    assert!(holds(&folder, b"amina-was-here") && holds(&folder, b"amina-on-a-card"));

    // Somebody reads all the while.
    let reader = Connection::open(shop.path("store")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM event").unwrap();
    log.append(&erased(2, 50), 1_000).unwrap();
    assert_eq!(log.card(card.key).unwrap(), None, "in the same step");
    assert!(matches!(log.compact(), Err(StoreError::Busy)));
    assert!(log.compact_due().unwrap());
    assert!(holds(&folder, b"amina-was-here"), "the file still has it");
    // The program is killed here, and the reader leaves.
    drop(log);
    drop(reader);
    let log = shop.open("store", 2);
    assert!(!log.compact_due().unwrap());
    assert!(!holds(&folder, b"amina-was-here") && !holds(&folder, b"amina-on-a-card"));
    is_well(&log);
}

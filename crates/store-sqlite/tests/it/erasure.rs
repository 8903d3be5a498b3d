//! Erasure, down to the bytes of every file.

use event_log::EventLog;

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

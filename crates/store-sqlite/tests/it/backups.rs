//! Backups in two files, and stores put back from them.

use commons::EventId;
use event_log::{Course, EventLog, KeyId, Why, Wrapped};
use store_sqlite::{Backup, Restoring, SqliteLog, StoreError, restore};

use super::shop::{Shop, batch, draft, erased, holds, is_well, secret, visit};

/// A backup into a folder of the shop, made at such a time.
fn backed_up(shop: &Shop, log: &SqliteLog, folder: &str, made_ms: i64) -> Backup {
    let backup = Backup::in_folder(&shop.path(folder));
    log.backup(&backup, made_ms).unwrap();
    backup
}

fn restoring(seed: u8) -> Restoring {
    Restoring { visit: visit(seed), erased: EventId::number(u128::from(seed)), salt: [seed; 16] }
}

#[test]
fn a_backup_put_back_is_the_store_under_a_new_origin() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    log.append(&secret(1, 50, "amina-was-here"), 1_000).unwrap();
    log.put_setting("vault", b"the-locks").unwrap();
    log.put_setting("demo", b"yes").unwrap();
    let backup = backed_up(&shop, &log, "backup", 7_000);
    assert_eq!(backup.made_ms().unwrap(), Some(7_000));
    let mut back = restore(
        &backup.events,
        Some(&backup.keys),
        &shop.path("back"),
        &shop.device,
        &restoring(2),
    )
    .unwrap();
    assert_eq!(back.course(), Course::Mint(Why::Restored));
    assert_eq!(back.event(EventId::number(1)).unwrap(), log.event(EventId::number(1)).unwrap());
    assert_eq!(back.wrapped_all().unwrap(), log.wrapped_all().unwrap());
    for (name, value) in [("vault", "the-locks"), ("demo", "yes")] {
        assert_eq!(back.setting(name).unwrap().as_deref(), Some(value.as_bytes()));
    }
    is_well(&back);
    // The lost store turns up again: nothing is lost, nothing forks.
    log.append(&batch(vec![draft(2, 1, "a.b", "{}")]), 1_000).unwrap();
    let sent = log.since(&back.landmarks().unwrap()).unwrap();
    assert!(back.absorb(&sent).unwrap().forks.is_empty());
    is_well(&back);
}

#[test]
fn a_backup_of_events_holds_no_key_and_one_of_keys_no_event() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    log.append(&secret(1, 50, "amina-was-here"), 1_000).unwrap();
    log.put_setting("vault", b"the-locks").unwrap();
    let Backup { events, keys } = backed_up(&shop, &log, "backup", 7_000);
    let check = |path: &std::path::Path, word: &str, want: bool| {
        let bytes = std::fs::read(path).unwrap();
        assert_eq!(bytes.windows(word.len()).any(|w| w == word.as_bytes()), want, "{word}");
    };
    // The wrapped key is named like its word, so look for both apart.
    check(&events, "wrapped-amina-was-here", false);
    check(&events, "the-locks", false);
    check(&events, "amina-was-here", true);
    check(&keys, "wrapped-amina-was-here", true);
    check(&keys, "the-locks", true);
    check(&keys, "story.told", false);
    let again = log.backup(&Backup::in_folder(&shop.path("backup")), 7_000);
    assert!(matches!(again, Err(StoreError::Exists)), "nothing is written over");
}

#[test]
fn an_old_backup_of_events_with_new_keys_brings_nobody_back() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    log.append(&secret(1, 50, "amina-was-here"), 1_000).unwrap();
    log.append(&secret(2, 51, "joy-was-here"), 1_000).unwrap();
    let old = backed_up(&shop, &log, "old", 7_000);
    log.append(&erased(3, 50), 1_000).unwrap();
    let new = backed_up(&shop, &log, "new", 8_000);
    std::fs::create_dir(shop.path("there")).unwrap();
    let back = restore(
        &old.events,
        Some(&new.keys),
        &shop.path("there/back"),
        &shop.device,
        &restoring(9),
    )
    .unwrap();
    assert_eq!(back.wrapped(KeyId::number(50)).unwrap(), Wrapped::Erased);
    assert!(!holds(&shop.path("there"), b"amina-was-here"));
    assert!(holds(&shop.path("there"), b"joy-was-here"));
    is_well(&back);
    // New events with old keys do not either.
    std::fs::create_dir(shop.path("elsewhere")).unwrap();
    let back = restore(
        &new.events,
        Some(&old.keys),
        &shop.path("elsewhere/back"),
        &shop.device,
        &restoring(10),
    )
    .unwrap();
    assert_eq!(back.wrapped(KeyId::number(50)).unwrap(), Wrapped::Erased);
    assert!(!holds(&shop.path("elsewhere"), b"amina-was-here"));
    is_well(&back);
}

#[test]
fn a_restore_refuses_what_is_no_backup_and_leaves_nothing_behind() {
    let shop = Shop::new();
    let log = shop.create("store", 1);
    let backup = backed_up(&shop, &log, "backup", 7_000);
    std::fs::write(shop.path("text"), "hello").unwrap();
    let to = shop.path("back");
    let check = |events: &str, keys: Option<&str>| {
        let keys = keys.map(|name| shop.path(name));
        let tried = restore(&shop.path(events), keys.as_deref(), &to, &shop.device, &restoring(2));
        assert!(!to.exists());
        tried.unwrap_err()
    };
    assert!(matches!(check("nothing", None), StoreError::Missing));
    assert!(matches!(check("text", None), StoreError::NotAStore));
    assert!(matches!(check("store", Some("text")), StoreError::NotAStore));
    let there = shop.path("store");
    let tried = restore(&backup.events, None, &there, &shop.device, &restoring(2));
    assert!(matches!(tried, Err(StoreError::Exists)));
    is_well(&log);
}

#[test]
fn a_backup_that_was_cut_off_leaves_nothing_that_looks_like_one() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    log.append(&secret(1, 50, "amina-was-here"), 1_000).unwrap();
    let folder = shop.path("stick");
    std::fs::create_dir(&folder).unwrap();
    // What a kill in the middle leaves: files under other names, half written.
    for name in ["events.circlekeeper.new", "keys.circlekeeper.new"] {
        std::fs::write(folder.join(name), b"half a file").unwrap();
    }
    let backup = Backup::in_folder(&folder);
    assert!(!backup.events.exists() && !backup.keys.exists());
    log.backup(&backup, 7_000).unwrap();
    let names = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(names, 2, "two whole files, and nothing beside them");
    is_well(&SqliteLog::open_read_only(&backup.events).unwrap());
}

#[test]
fn keys_can_be_kept_in_another_place_from_the_first_byte() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    log.append(&secret(1, 50, "amina-was-here"), 1_000).unwrap();
    let backup = Backup::apart(&shop.path("stick"), &shop.path("safe"));
    log.backup(&backup, 7_000).unwrap();
    assert!(!holds(&shop.path("stick"), b"wrapped-amina-was-here"));
    assert!(holds(&shop.path("safe"), b"wrapped-amina-was-here"));
}

#[test]
fn events_and_keys_of_two_programs_do_not_go_together() {
    let shop = Shop::new();
    let backup = |name: &str, seed: u8| {
        let mut log = shop.create(name, seed);
        log.put_setting("program", &[seed; 16]).unwrap();
        backed_up(&shop, &log, &format!("backup-{name}"), 7_000)
    };
    let (one, other) = (backup("one", 1), backup("other", 2));
    let to = shop.path("back");
    let tried = restore(&one.events, Some(&other.keys), &to, &shop.device, &restoring(3));
    assert!(matches!(tried, Err(StoreError::Strangers)), "{tried:?}");
    assert!(!to.exists());
    restore(&one.events, Some(&one.keys), &to, &shop.device, &restoring(4)).unwrap();
}

//! Full disks, torn journals, foreign files.

use std::fs;

use commons::Refused;
use event_log::{AppendError, EventLog};
use store_sqlite::{SqliteLog, StoreError};

use super::shop::{Shop, batch, draft, is_well, visit};

#[test]
fn a_full_disk_is_a_clear_refusal_and_an_unharmed_store() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    log.append(&batch(vec![draft(1, 1, "a.b", "{}")]), 1_000).unwrap();
    log.limit_pages(30).unwrap();
    let large = draft(2, 1, "a.b", &"x".repeat(1 << 20));
    let refused = log.append(&batch(vec![large.clone()]), 1_000).unwrap_err();
    let AppendError::Store(error @ StoreError::Full(_)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((error.code(), error.to_string().as_str()), ("store.full", "the disk is full"));
    is_well(&log);
    assert_eq!(log.verify(&mut |_, _| {}).unwrap().events, 2);
    log.limit_pages(100_000).unwrap();
    log.append(&batch(vec![large]), 1_000).expect("there is room again");
    is_well(&log);
}

#[test]
fn a_store_that_may_only_be_read_is_read() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    log.append(&batch(vec![draft(1, 1, "a.b", "{}")]), 1_000).unwrap();
    drop(log);
    let before = fs::read(shop.path("store")).unwrap();
    let mut log = SqliteLog::open_read_only(&shop.path("store")).unwrap();
    assert_eq!(log.verify(&mut |_, _| {}).unwrap().events, 2);
    is_well(&log);
    let refused = log.append(&batch(vec![draft(2, 1, "a.b", "{}")]), 1_000).unwrap_err();
    assert!(matches!(refused, AppendError::Store(StoreError::ReadOnly)));
    assert!(matches!(log.compact(), Err(StoreError::ReadOnly)));
    drop(log);
    assert_eq!(fs::read(shop.path("store")).unwrap(), before);
}

/// Set in the processes that these tests start: the folder of a shop, and what to do there.
#[cfg(unix)]
const ROLE: &str = "STORE_SQLITE_TEST_FAULTS";

/// This very program in a shop of another process, under a shell that sets a limit first.
#[cfg(unix)]
fn in_a_shell(shop: &Shop, limit: &str, role: &str) -> bool {
    let me = std::env::current_exe().unwrap();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("{limit}; exec \"$0\" \"$@\"")]).arg(me);
    shell.args(["--exact", "faults::one_with_a_limit", "--nocapture"]);
    shell.env(ROLE, format!("{role};{}", shop.path("").display()));
    shell.status().unwrap().success()
}

#[cfg(unix)]
#[test]
fn a_save_that_the_disk_refuses_is_a_failed_save_and_the_next_one_works() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    log.append(&batch(vec![draft(1, 1, "a.b", "{}")]), 1_000).unwrap();
    drop(log);
    // Files may grow to 1,000 blocks, half a mebibyte or one: the write fails within the commit.
    assert!(in_a_shell(&shop, "trap '' XFSZ; ulimit -f 1000", "large"));
    let log = shop.open("store", 3);
    assert_eq!(log.verify(&mut |_, _| {}).unwrap().events, 3);
    is_well(&log);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_is_refused_before_anything_is_saved() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::new();
    drop(shop.create("store", 1));
    let only_read = fs::Permissions::from_mode(0o444);
    fs::set_permissions(shop.path("store"), only_read).unwrap();
    if fs::OpenOptions::new().write(true).open(shop.path("store")).is_ok() {
        // Whoever is root may write everywhere; then nothing can be tried here.
        return;
    }
    let opened = SqliteLog::open(&shop.path("store"), &shop.device, &visit(2));
    assert!(matches!(opened, Err(StoreError::ReadOnly)), "{opened:?}");
    is_well(&SqliteLog::open_read_only(&shop.path("store")).unwrap());
}

/// What such a process does; on its own it does nothing.
#[cfg(unix)]
#[test]
fn one_with_a_limit() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let (_, folder) = role.split_once(';').unwrap();
    let folder = std::path::PathBuf::from(folder);
    let device =
        store_sqlite::Device::at(&folder.join("device"), event_log::DeviceId::number(9)).unwrap();
    let mut log = SqliteLog::open(&folder.join("store"), &device, &visit(2)).unwrap();
    let large = draft(2, 1, "a.b", &"x".repeat(5 << 20));
    let refused = log.append(&batch(vec![large]), 1_000).unwrap_err();
    let AppendError::Store(error) = refused else { panic!("{refused:?}") };
    assert!(["store.disk", "store.full"].contains(&error.code()), "{error:?}");
    assert_eq!(log.event(commons::EventId::number(2)).unwrap(), None, "nothing of it is shown");
    log.append(&batch(vec![draft(3, 1, "a.b", "{}")]), 1_000).expect("the next save works");
    is_well(&log);
}

#[test]
fn what_is_not_a_store_is_left_alone() {
    let shop = Shop::new();
    let check = |name: &str| {
        let opened = SqliteLog::open(&shop.path(name), &shop.device, &visit(1));
        let read = SqliteLog::open_read_only(&shop.path(name));
        (opened.unwrap_err().code(), read.unwrap_err().code())
    };
    assert_eq!(check("nothing"), ("store.missing", "store.missing"));
    fs::create_dir(shop.path("folder")).unwrap();
    assert_eq!(check("folder"), ("store.not_a_store", "store.not_a_store"));
    for (name, bytes) in [("empty", Vec::new()), ("noise", vec![7; 9_000])] {
        fs::write(shop.path(name), &bytes).unwrap();
        assert_eq!(check(name), ("store.not_a_store", "store.not_a_store"), "{name}");
        assert_eq!(fs::read(shop.path(name)).unwrap(), bytes);
    }
    let before = fs::read(shop.path("noise")).unwrap();
    let made = SqliteLog::create(&shop.path("noise"), &shop.device, &visit(2));
    assert!(matches!(made, Err(StoreError::Exists)));
    assert_eq!(fs::read(shop.path("noise")).unwrap(), before);
    // What a creation that was cut off leaves behind is no store, and may become one.
    is_well(&shop.create("empty", 3));
    drop(shop.create("store", 1));
    let made = SqliteLog::create(&shop.path("store"), &shop.device, &visit(2));
    assert!(matches!(made, Err(StoreError::Exists)));
}

#[test]
fn a_store_of_a_newer_release_is_refused_kindly_and_left_as_it_is() {
    let shop = Shop::new();
    drop(shop.create("store", 1));
    let mut bytes = fs::read(shop.path("store")).unwrap();
    // SQLite keeps `user_version` at byte 60 of the file, big-endian.
    bytes[60..64].copy_from_slice(&9_u32.to_be_bytes());
    fs::write(shop.path("store"), &bytes).unwrap();
    let refused = SqliteLog::open(&shop.path("store"), &shop.device, &visit(2)).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 9, known: 1 }), "{refused:?}");
    assert!(refused.way_out().contains("newer release"));
    assert_eq!(fs::read(shop.path("store")).unwrap(), bytes);
}

#[test]
fn a_save_never_fails_for_a_device_that_forgets() {
    let shop = Shop::new();
    let mut log = shop.create("store", 1);
    fs::remove_dir_all(shop.path("device")).unwrap();
    log.append(&batch(vec![draft(1, 1, "a.b", "{}")]), 1_000).unwrap();
    is_well(&log);
}

/// Twenty saves of two events each, the length of the journal after each, and the files.
fn saves(shop: &Shop) -> (Vec<usize>, Vec<u8>, Vec<u8>) {
    let mut log = shop.create("store", 1);
    let mut lengths = Vec::new();
    for n in 0..20 {
        let word = "w".repeat(usize::try_from(n).unwrap() * 400);
        let both = [2 * n + 1, 2 * n + 2].map(|id| draft(id, 1, "a.b", &word));
        log.append(&batch(both.to_vec()), 1_000).unwrap();
        lengths.push(fs::read(shop.path("store-wal")).unwrap().len());
    }
    // The store is still open: what is in the journal is not yet in the file.
    let files = ["store", "store-wal"].map(|name| fs::read(shop.path(name)).unwrap());
    let [file, journal] = files;
    (lengths, file, journal)
}

#[test]
fn a_journal_torn_anywhere_keeps_every_save_before_the_tear_and_no_half_of_one() {
    let shop = Shop::new();
    let (lengths, file, journal) = saves(&shop);
    for step in 0..150 {
        let (first, whole) = (lengths[0], journal.len());
        let cut = first + (whole - first) * step / 149;
        let mut torn = journal[..cut].to_vec();
        if step % 2 == 0 {
            // What the disk held there before: noise, or frames of an older journal.
            torn.extend(&journal[..journal.len().min(5_000)]);
        }
        fs::write(shop.path("torn"), &file).unwrap();
        fs::write(shop.path("torn-wal"), &torn).unwrap();
        let _ = fs::remove_file(shop.path("torn-shm"));
        let kept = lengths.iter().filter(|length| **length <= cut).count();
        let log = SqliteLog::open_read_only(&shop.path("torn")).unwrap();
        let verdict = log.verify(&mut |_, _| {}).unwrap();
        assert!(verdict.damage.is_empty(), "{:?}", verdict.damage);
        assert_eq!(verdict.events, 1 + 2 * u64::try_from(kept).unwrap(), "cut at {cut}");
    }
}

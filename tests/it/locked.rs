//! Without a passphrase, or on a disk that is only read: what can still be seen.

use circlekeeper::{Asking, Keeper, KeeperError};
use commons::{Code, Private};
use event_log::{DeviceId, Visit};
use rehearsal::World;
use store_sqlite::{Device, SqliteLog};

use crate::scene::{
    ZONE, circle, coordinator, figures, found, memory, moment, monday, sheet, somebody,
};

#[test]
fn a_locked_program_still_shows_what_is_due_and_whom_to_call() {
    let mut open = found(memory(1), 1, false);
    let scene = circle(&mut open);
    let sheets: Vec<_> = scene.members.iter().map(|one| sheet(*one, scene.unit, 1)).collect();
    open.record_sheets(&sheets, moment(3, 9)).unwrap();
    let log = open.log().clone();
    let mut locked = Keeper::open(log, World::new(2, monday(), ZONE)).unwrap();
    assert!(!locked.is_unlocked());

    assert_eq!(locked.duties().unwrap(), open.duties().unwrap());
    assert!(!locked.duties().unwrap().is_empty());
    assert_eq!(locked.findings().unwrap(), open.findings().unwrap());
    assert_eq!(locked.card().unwrap(), open.card().unwrap());
    assert!(locked.card().unwrap().is_some());
    let now = moment(20, 9);
    assert_eq!(figures(&mut locked, now), figures(&mut open, now), "no total looks inside");

    let (known, codes) =
        (open.people(&coordinator()).unwrap(), locked.people(&coordinator()).unwrap());
    assert_eq!(known.len(), codes.len());
    for (one, other) in known.iter().zip(&codes) {
        assert_eq!(
            (one.member, one.standing, one.since),
            (other.member, other.standing, other.since)
        );
        assert!(matches!(one.identity, Private::Known(_)));
        assert!(matches!(other.identity, Private::Locked), "a code in place of the name");
        assert_eq!(other.member.short().len(), 6);
    }
    assert_eq!(
        open.opening_gate(scene.unit, monday()).unwrap(),
        locked.opening_gate(scene.unit, monday()).unwrap()
    );
}

#[test]
fn a_locked_program_writes_nothing_and_opens_nothing() {
    let mut open = found(memory(1), 1, false);
    let (_, member) = somebody(&mut open, "Ann", circlekeeper::Standing::Participant);
    let scene = circle(&mut open);
    open.lock();
    assert!(matches!(open.unit_card(&Asking::own_circle(), scene.unit), Err(KeeperError::Locked)));
    assert!(matches!(open.name_of(&coordinator(), member), Ok(None)));
    let written = open.reviewed(scene.unit, scene.members[0], monday());
    assert!(matches!(written, Err(KeeperError::Locked)));
    assert!(open.unlock("another passphrase").is_err());
    open.unlock(crate::scene::PASSPHRASE).unwrap();
    assert_eq!(open.name_of(&coordinator(), member).unwrap().as_deref(), Some("Ann"));
}

#[test]
fn a_circle_opens_on_a_disk_that_is_only_read() {
    let folder = tempfile::tempdir().unwrap();
    let device = Device::at(folder.path(), DeviceId::number(1)).unwrap();
    let visit = Visit::new(Code::of("stories-1"), 0, [9; 48]);
    let path = folder.path().join("program.circlekeeper");
    let mut keeper = found(SqliteLog::create(&path, &device, &visit).unwrap(), 1, false);
    let scene = circle(&mut keeper);
    drop(keeper);
    let log = SqliteLog::open_read_only(&path).unwrap();
    let mut reader = Keeper::open(log, World::new(2, monday(), ZONE)).unwrap();
    reader.unlock(crate::scene::PASSPHRASE).unwrap();
    // Its card was never kept and cannot be kept now: it is computed and shown.
    assert_eq!(reader.unit_card(&Asking::own_circle(), scene.unit).unwrap().people.len(), 6);
}

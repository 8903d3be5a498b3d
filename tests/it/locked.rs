//! Without a passphrase: what is due, what is wrong, the crisis card, and people by their codes.

use circlekeeper::{Keeper, KeeperError};
use commons::Private;
use rehearsal::World;

use crate::scene::{ZONE, circle, figures, found, memory, moment, monday, sheet, somebody};

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

    let (known, codes) = (open.people().unwrap(), locked.people().unwrap());
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
    assert!(matches!(open.unit_card(scene.unit), Err(KeeperError::Locked)));
    assert!(matches!(open.name_of(member), Ok(None)));
    let written = open.reviewed(scene.unit, scene.members[0], monday());
    assert!(matches!(written, Err(KeeperError::Locked)));
    assert!(open.unlock("another passphrase").is_err());
    open.unlock(crate::scene::PASSPHRASE).unwrap();
    assert_eq!(open.name_of(member).unwrap().as_deref(), Some("Ann"));
}

//! Erasing, and what cannot be read: each is about one person and hides nobody else.

use circlekeeper::{Asking, Keeper, KeeperError, NewPeople, Standing};
use commons::{MemberId, PersonId, Private, Refused};
use event_log::{EventLog, MemoryLog, Wrapped};

use crate::world::{World, again, day, founded, person, store};

fn two(keeper: &mut Keeper<MemoryLog, World>) -> [(PersonId, MemberId); 2] {
    let ids = keeper.enroll(&[person("Aline", None), person("Ben", None)]).unwrap();
    [ids[0], ids[1]]
}

/// The names on the list, where they can be read.
fn names(keeper: &mut Keeper<MemoryLog, World>) -> Vec<Private<String>> {
    let mut people = keeper.people(&Asking::coordinator()).unwrap();
    people.sort_by_key(|line| line.member);
    people.into_iter().map(|line| line.identity.map(|identity| identity.name)).collect()
}

fn known(names: &[Private<String>]) -> Vec<&str> {
    names.iter().filter_map(|name| name.known().map(String::as_str)).collect()
}

#[test]
fn a_key_that_is_not_here_is_locked_and_not_erased() {
    let mut keeper = founded();
    let [(aline, _), _] = two(&mut keeper);
    let keys = keeper.log().wrapped_all().unwrap();
    let gone = keeper.person(aline).unwrap().key.unwrap();
    // A copy whose keys came without hers, and then with them.
    let mut copy = again(&keeper, |key| key != gone);
    let read = names(&mut copy);
    assert_eq!(known(&read), ["Ben"]);
    assert!(read.iter().any(|name| matches!(name, Private::Locked)), "{read:?}");
    copy.log_mut().adopt_keys(&keys).unwrap();
    assert_eq!(known(&names(&mut copy)).len(), 2, "and opens as soon as the key comes");
}

#[test]
fn a_key_that_was_altered_hides_its_owner_alone() {
    let mut keeper = founded();
    let [(aline, member), _] = two(&mut keeper);
    let key = keeper.person(aline).unwrap().key.unwrap();
    keeper.log_mut().rewrap(&[(key, vec![7; 73])]).unwrap();
    let mut keeper = store(keeper);
    let read = names(&mut keeper);
    assert_eq!(known(&read), ["Ben"]);
    assert!(read.iter().any(|name| matches!(name, Private::Damaged)), "{read:?}");
    assert_eq!(keeper.name_of(&Asking::coordinator(), member).unwrap(), None);
    assert!(keeper.erase(aline).is_ok(), "and they can be erased");
    keeper.enroll(&[person("Chantal", None)]).unwrap();
}

#[test]
fn two_records_of_one_human_are_erased_together_and_nobody_sees_which_they_are() {
    let mut keeper = founded();
    let [(aline, _), (ben, _)] = two(&mut keeper);
    keeper.same_person(aline, ben, day()).unwrap();
    let said = keeper.log().read_kind("person.same_person").unwrap();
    let event = said.events.first().unwrap();
    let open = String::from_utf8(event.open().unwrap().to_vec()).unwrap();
    assert!(open.contains(&aline.to_string()) && !open.contains(&ben.to_string()), "{open}");
    let keys: Vec<_> = event.header().keys.iter().map(uuid::Uuid::from).collect();
    assert!(!keys.contains(&ben.into()), "it is not found by the other");
    // From either of the two.
    let erased = keeper.erase(ben).unwrap();
    assert_eq!((erased.records, erased.enrolments, erased.keys), (2, 2, 4));
    assert!(names(&mut keeper).iter().all(|name| matches!(name, Private::Erased)));
}

#[test]
fn an_enrolment_that_a_copy_made_meanwhile_is_found_and_can_be_finished() {
    let mut here = founded();
    let [(aline, _), _] = two(&mut here);
    let mut there = again(&here, |_| true);
    there.enroll_again(aline, Standing::Facilitator, day()).unwrap();
    here.erase(aline).unwrap();
    let merged = here.merge(there.log()).unwrap();
    let kinds: Vec<_> = merged.conflicts.iter().map(|found| found.kind.as_str()).collect();
    assert_eq!(kinds, ["half_erased"]);
    let finished = here.erase(aline).unwrap();
    assert_eq!((finished.enrolments, finished.keys), (1, 1), "what was left of her");
    assert!(here.findings().unwrap().is_empty());
}

#[test]
fn an_erasure_by_another_program_is_believed_at_once() {
    let mut keeper = founded();
    let [(aline, member), _] = two(&mut keeper);
    assert_eq!(keeper.name_of(&Asking::coordinator(), member).unwrap().as_deref(), Some("Aline"));
    let key = keeper.person(aline).unwrap().key.unwrap();
    // Another program erases in the same store; this one has every key and file at hand still.
    let mut other = again(&keeper, |_| true);
    other.erase(aline).unwrap();
    let sent = other.log().since(&keeper.log().landmarks().unwrap()).unwrap();
    keeper.log_mut().absorb(&sent).unwrap();
    assert_eq!(keeper.log().wrapped(key).unwrap(), Wrapped::Erased);
    assert_eq!(keeper.name_of(&Asking::coordinator(), member).unwrap(), None);
}

#[test]
fn a_list_that_was_looked_at_before_somebody_came_is_looked_at_again() {
    let mut keeper = founded();
    let list = [person("Aline", None)];
    let seen = Some(keeper.people_seen().unwrap());
    let new = NewPeople { people: &list, consents: &[], seen };
    keeper.enroll_all(&new).unwrap();
    // Whoever looked at the same moment comes second, and is told.
    let refused = keeper.enroll_all(&new).unwrap_err();
    assert!(matches!(refused, KeeperError::PeopleChanged));
    assert_eq!(refused.code(), "keeper.people_changed");
    let seen = Some(keeper.people_seen().unwrap());
    let [(aline, _)] = keeper.enroll_all(&NewPeople { seen, ..new }).unwrap()[..] else {
        panic!("one was enrolled")
    };
    let seen = Some(keeper.people_seen().unwrap());
    keeper.erase(aline).unwrap();
    let refused = keeper.enroll_all(&NewPeople { seen, ..new }).unwrap_err();
    assert!(matches!(refused, KeeperError::PeopleChanged), "somebody was erased meanwhile");
}

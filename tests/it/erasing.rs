//! Somebody asks to be forgotten: the words are gone for good, and the work still adds up.

use std::collections::BTreeMap;

use circle_model::{LeaveReason, Mark};
use circlekeeper::{Identity, Keeper, NewPerson, Standing};
use commons::{Code, MemberId, PersonId, Private};
use event_log::{DeviceId, EventLog, Visit, Wrapped};
use rehearsal::World;
use safety_protocols::{HelpBy, Scope};
use store_sqlite::{Device, SqliteLog};

use crate::scene::{
    Scene, circle, copied, day, draft, enter, figures, found, list, memory, moment, monday,
    proposal, sheet, spoken,
};

const PLANTED: &str = "Zanele Quillfeather";

fn planted() -> Identity {
    Identity {
        name: PLANTED.into(),
        birth_year: Some(1977),
        phone: Some("+250 000 123 987".into()),
        place: Some("Quillfeather Hill".into()),
        external_id: Some("QF-4711".into()),
        ..Identity::default()
    }
}

/// A circle in which the planted person sits, speaks, is measured, is excused and is referred.
fn story<L: EventLog>(keeper: &mut Keeper<L, World>) -> (Scene, PersonId, MemberId) {
    let service = list(keeper, &Code::of("mental-health-care"));
    let mut scene = circle(keeper);
    let new = NewPerson { identity: planted(), standing: Standing::Participant, on: monday() };
    let (person, member) = keeper.enroll(&[new]).unwrap()[0];
    let scopes = [
        Scope::Participate,
        Scope::MeasureOutcomes,
        Scope::MeasureRiskItems,
        Scope::Refer { service },
    ];
    let at = moment(0, 9);
    let proof = spoken(scene.supervisor);
    keeper.give_consent(&[member], Some(scene.unit), &scopes, &proof, at).unwrap();
    let all = scene.members.iter().copied().collect();
    let what = circle_model::Decision::Refill { member };
    let word = keeper.decided(scene.unit, &what, &all, &all, day(1)).unwrap();
    keeper.admit(scene.unit, &[member], day(1), Some(word)).unwrap();
    scene.members.push(member);
    keeper.record_sheets(&[sheet(member, scene.unit, 1)], at).unwrap();
    keeper.refer(member, Some(scene.unit), service, HelpBy::Routine, moment(2, 9)).unwrap();
    sessions(keeper, &scene, member);
    keeper.leave(scene.unit, member, day(30), LeaveReason::MovedAway).unwrap();
    (scene, person, member)
}

fn sessions<L: EventLog>(keeper: &mut Keeper<L, World>, scene: &Scene, member: MemberId) {
    // In a phase without sessions of its own a circle may meet beyond its plan.
    enter(keeper, scene.unit, "p0", 2).unwrap();
    for number in 1_u16..=2 {
        let days = u64::from(number) * 7;
        let asked = proposal(22 + number, days, 90, &scene.members[..1], "member");
        let session = keeper.plan_session(scene.unit, &asked).unwrap();
        let mut written = draft(days, 90, &scene.members, &[]);
        written.record.marks.insert(member, Mark::Explained);
        let reason = format!("{PLANTED} had to see her mother");
        written.reasons = BTreeMap::from([(member, reason)]);
        keeper.record_session(scene.unit, session, &written).unwrap();
    }
}

/// Every way in which the planted words might lie in a file.
fn shapes() -> Vec<Vec<u8>> {
    let mut shapes = Vec::new();
    for word in [PLANTED, "Quillfeather", "000 123 987", "QF-4711"] {
        let utf8 = word.as_bytes().to_vec();
        shapes.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
        shapes.push(word.encode_utf16().flat_map(u16::to_be_bytes).collect());
        shapes.push(utf8.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect());
        shapes.push(utf8);
    }
    shapes
}

#[track_caller]
fn is_nowhere(bytes: &[u8], place: &str) {
    for shape in shapes() {
        let found = bytes.windows(shape.len()).any(|window| window == shape);
        assert!(!found, "{} bytes of the planted words stand in {place}", shape.len());
    }
}

fn all_bytes(log: &impl EventLog) -> Vec<u8> {
    let mut bytes = Vec::new();
    log.each(&mut |event| bytes.extend(event.to_bytes())).unwrap();
    bytes
}

#[test]
fn what_was_known_of_somebody_is_gone_and_the_work_still_adds_up() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, person, member) = story(&mut keeper);
    let now = moment(40, 9);
    let duties = keeper.duties().unwrap();
    let cohort = figures(&mut keeper, now);
    let delivery = keeper.unit(scene.unit).unwrap().meetings().delivery();
    assert_eq!((delivery.held, delivery.possible, delivery.attended), (2, 14, 12));
    assert_eq!(keeper.name_of(member).unwrap().as_deref(), Some(PLANTED));
    let key = keeper.member(member).unwrap().key.unwrap();
    let before = keeper.log().clone();

    let erasure = keeper.erase(person).unwrap();
    assert_eq!((erasure.records, erasure.enrolments), (1, 1));
    assert_eq!(keeper.name_of(member).unwrap(), None);
    is_nowhere(&all_bytes(keeper.log()), "the log");
    assert_eq!(keeper.log().wrapped(key).unwrap(), Wrapped::Erased);
    assert!(keeper.log().verify(&mut |_, _| {}).unwrap().damage.is_empty(), "the chain verifies");
    assert_eq!(keeper.duties().unwrap(), duties, "every duty stands");
    assert_eq!(figures(&mut keeper, now), cohort, "every total adds up");
    assert_eq!(keeper.unit(scene.unit).unwrap().meetings().delivery(), delivery);

    // A copy made before does not bring the person back, whichever way it comes.
    keeper.merge(&before).unwrap();
    assert_eq!(keeper.name_of(member).unwrap(), None);
    assert_eq!(keeper.log().wrapped(key).unwrap(), Wrapped::Erased);
    let mut old = copied(&before, 2, 9);
    assert_eq!(old.name_of(member).unwrap().as_deref(), Some(PLANTED), "the copy knew her");
    old.merge(keeper.log()).unwrap();
    assert_eq!(old.name_of(member).unwrap(), None, "and forgets");
    for keeper in [&mut keeper, &mut old] {
        let line = keeper.people().unwrap().into_iter().find(|line| line.member == member);
        assert!(matches!(line.unwrap().identity, Private::Erased));
        assert!(keeper.log().verify(&mut |_, _| {}).unwrap().damage.is_empty());
    }
}

#[test]
fn a_row_of_an_import_that_may_be_her_again_asks() {
    let mut keeper = found(memory(1), 1, false);
    let (_, person, _) = story(&mut keeper);
    let stranger = Identity { name: "Somebody Else".into(), ..Identity::default() };
    let rows = [
        stranger,
        planted(),
        Identity {
            name: "zanele  quillfeather".into(),
            birth_year: Some(1977),
            ..Identity::default()
        },
        Identity {
            name: "Z. Q.".into(),
            phone: Some("+250000123987".into()),
            ..Identity::default()
        },
    ];
    assert!(keeper.maybe_erased(&rows).unwrap().is_empty(), "nobody was erased yet");
    keeper.erase(person).unwrap();
    assert_eq!(keeper.maybe_erased(&rows).unwrap(), [1, 2, 3]);
}

#[test]
fn nothing_of_her_is_left_in_any_file_of_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let device = Device::at(folder.path(), DeviceId::number(1)).unwrap();
    let visit = Visit::new(Code::of("stories-1"), 0, [9; 48]);
    let path = folder.path().join("program.circlekeeper");
    let log = SqliteLog::create(&path, &device, &visit).unwrap();
    let mut keeper = found(log, 1, false);
    let (scene, person, member) = story(&mut keeper);
    keeper.unit_card(scene.unit).unwrap();
    keeper.erase(person).unwrap();
    assert_eq!(keeper.name_of(member).unwrap(), None);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            let bytes = std::fs::read(entry.path()).unwrap();
            is_nowhere(&bytes, &entry.file_name().to_string_lossy());
        }
    }
}

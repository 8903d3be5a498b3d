//! Somebody asks to be forgotten: the words are gone for good, and the work still adds up.

use std::{collections::BTreeMap, path::Path};

use circle_model::{LeaveReason, Mark};
use circlekeeper::{Asking, Identity, Keeper, NewPerson, Release, Standing};
use commons::{Code, MemberId, PersonId, Private, UnitId};
use event_log::{DeviceId, EventLog, KeyId, Visit, Wrapped};
use rehearsal::World;
use safety_protocols::{HelpBy, Scope};
use store_sqlite::{Device, SqliteLog};

use crate::scene::{
    Scene, beside, circle, coordinator, copied, day, draft, enter, figures, found, list, memory,
    moment, monday, proposal, reporting, sheet, spoken,
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
    let items = [Code::of("contact")].into();
    let release = Release { receiver: service, items, purpose: Code::of("referral"), days: 30 };
    keeper.release(member, Some(scene.unit), &release, at).unwrap();
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
        let session = keeper.plan_session(scene.unit, &asked, &beside(scene)).unwrap();
        let mut written = draft(days, 90, &scene.members, &[]);
        written.record.marks.insert(member, Mark::Explained);
        let reason = format!("{PLANTED} had to see her mother");
        written.reasons = BTreeMap::from([(member, reason)]);
        keeper.record_session(scene.unit, session, &written).unwrap();
    }
}

/// Every way in which the planted words might lie in a file: UTF-8, UTF-16 both ways, hex, and base64
/// wherever they may begin in a run of three bytes.
fn shapes() -> Vec<Vec<u8>> {
    let mut shapes = Vec::new();
    for word in [PLANTED, "Quillfeather", "000 123 987", "QF-4711"] {
        let utf8 = word.as_bytes().to_vec();
        shapes.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
        shapes.push(word.encode_utf16().flat_map(u16::to_be_bytes).collect());
        shapes.push(utf8.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect());
        shapes.extend((0..3).map(|shift| base64(&utf8, shift)));
        shapes.push(utf8);
    }
    shapes
}

/// The characters of base64 that a word makes wherever it begins `shift` bytes into a group, without
/// those in which its neighbours have a part.
fn base64(word: &[u8], shift: usize) -> Vec<u8> {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> =
        word.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let skipped = (6 - shift * 8 % 6) % 6;
    let whole = bits[skipped..].chunks_exact(6);
    whole.map(|six| digits[six.iter().fold(0, |sum, bit| sum << 1 | usize::from(*bit))]).collect()
}

/// What is sealed for a person, as it lies in the store: the parts, the wrapped keys, the card of
/// their circle. Forty bytes of each are enough: nonces are random.
fn sealed_for(log: &SqliteLog, keys: &[KeyId], unit: UnitId) -> Vec<Vec<u8>> {
    let mut sealed = Vec::new();
    log.each(&mut |event| {
        let parts = event.parts().filter(|(head, _)| keys.contains(&head.key));
        sealed.extend(parts.filter_map(|(_, part)| part.bytes().map(<[u8]>::to_vec)));
    })
    .unwrap();
    for key in keys {
        let Wrapped::Here(bytes) = log.wrapped(*key).unwrap() else { panic!("the key is here") };
        sealed.push(bytes);
    }
    sealed.push(log.card(unit.into()).unwrap().unwrap().bytes);
    sealed.into_iter().map(|bytes| bytes[..40].to_vec()).collect()
}

/// How many of these stand in any file of a folder: the store, its journal, whatever else is there.
fn found_in(folder: &Path, sealed: &[Vec<u8>]) -> usize {
    let files: Vec<Vec<u8>> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| std::fs::read(path).unwrap())
        .collect();
    let stands = |one: &&Vec<u8>| {
        files.iter().any(|file| file.windows(one.len()).any(|window| window == one.as_slice()))
    };
    sealed.iter().filter(stands).count()
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
    assert_eq!(
        keeper.cohort(&reporting(), now).unwrap().work.raised,
        1,
        "her answer is one that was raised"
    );
    let delivery = keeper.unit(scene.unit).unwrap().meetings().delivery();
    assert_eq!((delivery.held, delivery.possible, delivery.attended), (2, 14, 12));
    assert_eq!(keeper.name_of(&coordinator(), member).unwrap().as_deref(), Some(PLANTED));
    let key = keeper.member(member).unwrap().key.unwrap();
    let before = keeper.log().clone();

    let erasure = keeper.erase(person).unwrap();
    assert_eq!((erasure.records, erasure.enrolments), (1, 1));
    assert_eq!(keeper.name_of(&coordinator(), member).unwrap(), None);
    is_nowhere(&all_bytes(keeper.log()), "the log");
    assert_eq!(keeper.log().wrapped(key).unwrap(), Wrapped::Erased);
    assert!(keeper.log().verify(&mut |_, _| {}).unwrap().damage.is_empty(), "the chain verifies");
    assert_eq!(keeper.duties().unwrap(), duties, "every duty stands");
    assert_eq!(figures(&mut keeper, now), cohort, "every total adds up");
    assert_eq!(keeper.unit(scene.unit).unwrap().meetings().delivery(), delivery);

    // A copy made before does not bring the person back, whichever way it comes.
    keeper.merge(&before).unwrap();
    assert_eq!(keeper.name_of(&coordinator(), member).unwrap(), None);
    assert_eq!(keeper.log().wrapped(key).unwrap(), Wrapped::Erased);
    let mut old = copied(&before, 2, 9);
    assert_eq!(
        old.name_of(&coordinator(), member).unwrap().as_deref(),
        Some(PLANTED),
        "the copy knew her"
    );
    old.merge(keeper.log()).unwrap();
    assert_eq!(old.name_of(&coordinator(), member).unwrap(), None, "and forgets");
    for keeper in [&mut keeper, &mut old] {
        let line =
            keeper.people(&coordinator()).unwrap().into_iter().find(|line| line.member == member);
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
    keeper.unit_card(&Asking::own_circle(), scene.unit).unwrap();
    let keys = [keeper.person(person).unwrap().key, keeper.member(member).unwrap().key];
    let sealed = sealed_for(keeper.log(), &keys.map(Option::unwrap), scene.unit);
    assert!(sealed.len() > 6, "{} things are sealed for her", sealed.len());
    assert_eq!(found_in(folder.path(), &sealed), sealed.len(), "all of it is found before");
    assert!(keeper.erase(person).unwrap().off_disk);
    assert_eq!(found_in(folder.path(), &sealed), 0, "and nothing of it after");
    assert_eq!(keeper.name_of(&coordinator(), member).unwrap(), None);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            let bytes = std::fs::read(entry.path()).unwrap();
            is_nowhere(&bytes, &entry.file_name().to_string_lossy());
        }
    }
    drop(keeper);
    assert_eq!(found_in(folder.path(), &sealed), 0, "nor once the store is closed");
}

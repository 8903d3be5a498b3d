//! Five copies that write, meet, lose and repeat what they carry, are copied and erase: in the end
//! all hold the same.

use std::collections::BTreeSet;

use commons::{DataClass, EventId};
use event_log::{
    Batch, Draft, DraftPart, Erased, Event, EventLog, Head, Key, KeyId, Keys, Kind, MemoryLog,
    RulebookMark, Weight,
};
use proptest::prelude::*;

use super::promises::log;

/// What happens to the copies.
#[derive(Debug, Clone)]
enum Step {
    /// A copy writes an event with a part of one of three owners.
    Write { copy: usize, owner: u128, wall_ms: i64 },
    /// One copy brings another up to date.
    Carry { from: usize, to: usize },
    /// The same, from the very beginning, twice, and back to front.
    CarryAll { from: usize, to: usize },
    /// A copy erases one of the owners.
    Erase { copy: usize, owner: u128 },
    /// A file is copied over another and written on under its old name: a fork.
    Overwrite { from: usize, to: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let (copy, owner) = (0_usize..5, 1_u128..=3);
    let pair = (copy.clone(), copy.clone());
    prop_oneof![
        8 => (copy.clone(), owner.clone(), -1_000_000..4_000_000_i64)
            .prop_map(|(copy, owner, wall_ms)| Step::Write { copy, owner, wall_ms }),
        4 => pair.clone().prop_map(|(from, to)| Step::Carry { from, to }),
        2 => pair.clone().prop_map(|(from, to)| Step::CarryAll { from, to }),
        1 => (copy, owner).prop_map(|(copy, owner)| Step::Erase { copy, owner }),
        1 => pair.prop_map(|(from, to)| Step::Overwrite { from, to }),
    ]
}

fn write(n: u128, kind: Kind, open: Vec<u8>, owner: Option<u128>) -> Batch {
    let part = |key, bytes| DraftPart { key, class: DataClass::Notes, bytes };
    let sealed = owner.map(|owner| part(KeyId::number(owner), n.to_be_bytes().to_vec()));
    let draft = Draft {
        id: EventId::number(n),
        keys: Keys::new(&[Key::number(n % 3), Key::number(10)]).unwrap(),
        rulebook: RulebookMark::default(),
        kind,
        version: 1,
        salt: [0; 16],
        parts: std::iter::once(part(KeyId::OPEN, open)).chain(sealed).collect(),
    };
    Batch { drafts: vec![draft], ..Batch::default() }
}

fn erasure(n: u128, owner: u128) -> Batch {
    let erased = Erased { keys: BTreeSet::from([KeyId::number(owner)]) };
    write(n, Erased::KIND, serde_json::to_vec(&erased).unwrap(), None)
}

fn carry(copies: &mut [MemoryLog], from: usize, to: usize, landmarks: &[Head]) {
    let mut sent = copies[from].since(landmarks).unwrap();
    copies[to].absorb(&sent).unwrap();
    sent.reverse();
    copies[to].absorb(&sent).unwrap();
}

fn everything(log: &MemoryLog) -> Vec<Event> {
    let mut all = Vec::new();
    assert!(log.each(&mut |event| all.push(event)).unwrap().is_empty());
    all
}

fn live(steps: &[Step]) -> (Vec<MemoryLog>, BTreeSet<u128>) {
    let mut copies: Vec<_> = (1..=5).map(log).collect();
    let mut written = BTreeSet::new();
    for (step, n) in steps.iter().zip(1_000_u128..) {
        match *step {
            Step::Write { copy, owner, wall_ms } => {
                let batch = write(n, Kind::of("a.b"), b"{}".to_vec(), Some(owner));
                if copies[copy].append(&batch, wall_ms).is_ok() {
                    written.insert(n);
                }
            }
            Step::Erase { copy, owner } => {
                copies[copy].append(&erasure(n, owner), 0).unwrap();
                written.insert(n);
            }
            Step::Carry { from, to } => {
                let landmarks = copies[to].landmarks().unwrap();
                carry(&mut copies, from, to, &landmarks);
            }
            Step::CarryAll { from, to } => carry(&mut copies, from, to, &[]),
            Step::Overwrite { from, to } => {
                // What the other copy had written must not be the only one of its kind.
                let landmarks = copies[from].landmarks().unwrap();
                carry(&mut copies, to, from, &landmarks);
                copies[to] = copies[from].clone();
            }
        }
    }
    (copies, written)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn copies_that_meet_hold_the_same_and_nothing_is_lost(steps in prop::collection::vec(step(), 0..60)) {
        let (mut copies, written) = live(&steps);
        for _ in 0..2 {
            for (from, to) in (0..5).flat_map(|from| (0..5).map(move |to| (from, to))) {
                let landmarks = copies[to].landmarks().unwrap();
                carry(&mut copies, from, to, &landmarks);
            }
        }
        let all = everything(&copies[0]);
        for n in written {
            prop_assert!(all.iter().any(|event| event.id() == EventId::number(n)), "{} is lost", n);
        }
        for copy in &copies {
            prop_assert_eq!(&everything(copy), &all);
            let damage = copy.verify(&mut |_, _| {}).unwrap().damage;
            let harm: Vec<_> = damage.iter().filter(|found| found.weight() == Weight::Harm).collect();
            prop_assert!(harm.is_empty(), "{:?}", harm);
            let again = copy.clone().absorb(&copies[0].since(&[]).unwrap()).unwrap();
            prop_assert_eq!((again.new, again.mended, again.quarantined.len()), (0, 0, 0));
        }
    }
}

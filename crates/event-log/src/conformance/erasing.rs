//! Erasure: it wins over everything, in any order, and takes nothing else along.

use std::collections::BTreeSet;

use super::{
    batch, carry, draft, everything, id, is_well, key, open_part, owner, put, refusal, sealed_part,
};
use crate::{
    AppendError, Batch, Card, Damage, Draft, Erased, EventLog, Part, Redacted, Sent, Weight,
    Wrapped,
};

pub(super) fn run<L: EventLog>(make: &mut impl FnMut() -> L) {
    erasing_blanks_what_the_key_sealed_and_nothing_else(make());
    an_erased_key_stays_erased(make());
    an_erased_person_does_not_come_back_by_a_merge(make(), make());
    erasure_wins_whichever_comes_first(make);
    a_single_part_can_be_redacted(make(), make());
    a_part_that_is_empty_without_leave_is_named_and_mended(make(), make());
    what_is_kept_aside_is_erased_too(make(), make());
}

fn erased(n: u128, keys: &[u128]) -> Draft {
    let keys: BTreeSet<_> = keys.iter().map(|n| owner(*n)).collect();
    let mut draft = draft(n, &[n], Erased::KIND.as_str(), Vec::new());
    draft.parts = vec![open_part(&serde_json::to_string(&Erased { keys }).expect("JSON"))];
    draft
}

fn redacted(n: u128, event: u128, part: u8) -> Draft {
    let redacted = Redacted { event: id(event), parts: [part].into() };
    let mut draft = draft(n, &[n], Redacted::KIND.as_str(), Vec::new());
    draft.parts = vec![open_part(&serde_json::to_string(&redacted).expect("JSON"))];
    draft
}

/// Two people's words in two events, and their keys.
fn two_people<L: EventLog>(log: &mut L) {
    let words = vec![sealed_part(50, "amina's"), sealed_part(51, "joy's")];
    let both = Batch {
        drafts: vec![
            draft(1, &[1], "session.held", words),
            draft(2, &[2], "story.told", vec![sealed_part(50, "amina's again")]),
        ],
        keys: vec![(owner(50), b"key of amina".to_vec()), (owner(51), b"key of joy".to_vec())],
        ..Batch::default()
    };
    log.append(&both, 1_000).expect("appended");
}

/// Which parts of an event are here: `true` for bytes, `false` for none.
fn here<L: EventLog>(log: &L, n: u128) -> Vec<bool> {
    let event = log.event(id(n)).expect("read").expect("it is there");
    event.parts().map(|(_, part)| part.bytes().is_some()).collect()
}

fn erasing_blanks_what_the_key_sealed_and_nothing_else<L: EventLog>(mut log: L) {
    two_people(&mut log);
    let heads: BTreeSet<_> = everything(&log).iter().map(|e| e.header().body()).collect();
    for n in [1, 2] {
        let card = Card { key: key(n), version: 1, bytes: vec![1] };
        assert!(log.keep_card(&card, &[(key(n), 1)]).expect("kept"));
    }
    let other = Card { key: key(8), version: 1, bytes: vec![1] };
    assert!(log.keep_card(&other, &[]).expect("kept"));
    assert!(!log.compact_due().expect("asked"));
    log.append(&batch(vec![erased(3, &[50])]), 1_000).expect("appended");
    assert_eq!(log.card(key(8)).expect("read"), None, "any card may hold the name");
    assert!(log.compact_due().expect("asked"), "until it is off the disk");
    log.compact().expect("compacted");
    assert!(!log.compact_due().expect("asked"));
    assert_eq!(here(&log, 1), [true, false, true]);
    assert_eq!(here(&log, 2), [true, false]);
    assert_eq!(log.wrapped(owner(50)).expect("read"), Wrapped::Erased);
    assert_eq!(log.wrapped(owner(51)).expect("read"), Wrapped::Here(b"key of joy".to_vec()));
    assert_eq!(log.card(key(1)).expect("read"), None);
    assert_eq!(log.card(key(2)).expect("read"), None);
    let after: BTreeSet<_> = everything(&log).iter().map(|e| e.header().body()).collect();
    assert!(heads.is_subset(&after), "no header changed");
    assert_eq!((log.count(key(1)).expect("count"), log.count(key(2)).expect("count")), (1, 1));
    is_well(&log);
}

fn an_erased_key_stays_erased<L: EventLog>(mut log: L) {
    two_people(&mut log);
    log.append(&batch(vec![erased(3, &[50])]), 1_000).expect("appended");
    let key = vec![(owner(50), b"key of amina".to_vec())];
    assert_eq!(log.adopt_keys(&key).expect("asked"), 0);
    assert_eq!(log.rewrap(&key).expect("asked"), 0);
    let again = Batch { keys: key, ..Batch::default() };
    assert!(matches!(refusal(&mut log, &again), AppendError::Erased { .. }));
    let words = batch(vec![draft(4, &[1], "a.b", vec![sealed_part(50, "more")])]);
    assert!(matches!(refusal(&mut log, &words), AppendError::Erased { key } if key == owner(50)));
    assert_eq!(log.wrapped(owner(50)).expect("read"), Wrapped::Erased);
}

fn an_erased_person_does_not_come_back_by_a_merge<L: EventLog>(mut a: L, mut b: L) {
    two_people(&mut a);
    carry(&a, &mut b);
    b.adopt_keys(&a.wrapped_all().expect("read")).expect("adopted");
    let words = batch(vec![draft(9, &[1], "a.b", vec![sealed_part(50, "elsewhere")])]);
    b.append(&words, 1_000).expect("appended");
    a.append(&batch(vec![erased(3, &[50])]), 1_000).expect("appended");
    // The old copy comes back: with the words, with more words, with the key.
    let absorbed = a.absorb(&b.since(&[]).expect("read")).expect("absorbed");
    assert_eq!(absorbed.mended, 0);
    a.adopt_keys(&b.wrapped_all().expect("read")).expect("asked");
    assert_eq!((here(&a, 1), here(&a, 9)), (vec![true, false, true], vec![true, false]));
    assert_eq!(a.wrapped(owner(50)).expect("read"), Wrapped::Erased);
    // And the erasure reaches the old copy.
    let absorbed = carry(&a, &mut b);
    assert!(absorbed.touched.contains(&key(2)));
    assert_eq!((here(&b, 1), here(&b, 9)), (vec![true, false, true], vec![true, false]));
    assert_eq!(b.wrapped(owner(50)).expect("read"), Wrapped::Erased);
    is_well(&a);
    is_well(&b);
}

fn erasure_wins_whichever_comes_first<L: EventLog>(make: &mut impl FnMut() -> L) {
    let (mut source, mut eraser) = (make(), make());
    two_people(&mut source);
    eraser.append(&batch(vec![erased(3, &[50])]), 1_000).expect("appended");
    let words = source.since(&[]).expect("read");
    let erasure = eraser.since(&[]).expect("read");
    let mut states = Vec::new();
    let together = [words.clone(), erasure.clone()].concat();
    for order in [vec![words.clone(), erasure.clone()], vec![erasure, words], vec![together]] {
        let mut log = make();
        for sent in order {
            log.absorb(&sent).expect("absorbed");
        }
        assert_eq!(here(&log, 1), [true, false, true]);
        assert_eq!(log.wrapped(owner(50)).expect("read"), Wrapped::Erased);
        is_well(&log);
        let own = log.origin().expect("origin");
        let mut all = everything(&log);
        all.retain(|event| event.header().origin != own);
        states.push(all);
    }
    assert!(states.windows(2).all(|pair| matches!(pair, [a, b] if a == b)));
}

fn a_single_part_can_be_redacted<L: EventLog>(mut a: L, mut b: L) {
    two_people(&mut a);
    let before = a.since(&[]).expect("read");
    a.append(&batch(vec![redacted(3, 1, 2)]), 1_000).expect("appended");
    assert_eq!(here(&a, 1), [true, true, false]);
    a.absorb(&before).expect("absorbed");
    assert_eq!(here(&a, 1), [true, true, false], "an older copy does not bring it back");
    carry(&a, &mut b);
    b.absorb(&before).expect("absorbed");
    assert_eq!(here(&b, 1), [true, true, false]);
    a.append(&batch(vec![redacted(4, 2, 0)]), 1_000).expect("appended");
    assert_eq!(here(&a, 2), [false, true], "the open part too");
    is_well(&a);
    is_well(&b);
}

fn a_part_that_is_empty_without_leave_is_named_and_mended<L: EventLog>(mut a: L, mut b: L) {
    two_people(&mut a);
    let good = a.since(&[]).expect("read");
    let bad: Vec<Sent> = good.iter().cloned().map(|sent| emptied(sent, 1)).collect();
    b.absorb(&bad).expect("an emptied part cannot be told from an erased one yet");
    let damage = b.verify(&mut |_, _| {}).expect("verified").damage;
    let named: Vec<_> = damage.iter().filter_map(Damage::event).collect();
    assert_eq!(named, [id(1)], "{damage:?}");
    let harm: Vec<_> = damage.iter().filter(|found| found.weight() == Weight::Harm).collect();
    assert!(matches!(harm.as_slice(), [Damage::Empty { number: 1, .. }]), "{harm:?}");
    let mended = b.absorb(&good).expect("absorbed");
    assert_eq!((mended.mended, mended.new), (1, 0));
    assert!(mended.touched.contains(&key(1)));
    is_well(&b);
    // A copy without the bytes takes nothing away.
    b.absorb(&bad).expect("absorbed");
    assert_eq!(here(&b, 1), [true, true, true]);
    put(&mut b, 5, &[1]);
    is_well(&b);
}

fn what_is_kept_aside_is_erased_too<L: EventLog>(mut a: L, mut b: L) {
    two_people(&mut a);
    let other = draft(1, &[1], "session.held", vec![sealed_part(50, "amina's elsewhere")]);
    b.append(&batch(vec![other]), 1_000).expect("appended");
    assert_eq!(carry(&b, &mut a).quarantined, [id(1)]);
    let bytes = |log: &L| -> usize {
        let aside = log.quarantined().expect("read");
        aside.iter().flat_map(crate::Event::parts).filter(|(_, p)| p.bytes().is_some()).count()
    };
    assert_eq!(bytes(&a), 2);
    a.append(&batch(vec![erased(3, &[50])]), 1_000).expect("appended");
    assert_eq!(bytes(&a), 1, "only the open part is left");
    is_well(&a);
}

/// The same event with one part emptied, where it is event 1.
fn emptied(sent: Sent, number: u8) -> Sent {
    let Sent::Whole { previous, event } = sent else {
        return sent;
    };
    if event.id() != id(1) {
        return Sent::Whole { previous, event };
    }
    let event = event.without(|head| head.number == number);
    assert!(event.parts().any(|(_, part)| *part == Part::Empty));
    Sent::Whole { previous, event }
}

//! The crisis card: it always opens, and it is published only when every slot leads somewhere.

use commons::{Aggregate, DocumentId, ProgramId};
use safety_protocols::{
    CardContact, CardEntry, CardError, CardEvent, CardFault, CardLimits, CardWatch, CrisisCard,
    Rulebook, Rulebooks, Slot, Subject, TestCall, schedule,
};

use crate::{code, day, id, kigali};

fn full() -> CrisisCard {
    let contact = |slot: Slot| {
        CardEntry::Filled(CardContact {
            name: format!("the {} people", slot.code()),
            reach: "912".to_owned(),
            hours: "always".to_owned(),
            languages: vec![code("rw")],
        })
    };
    CrisisCard {
        place: "Kamonyi".to_owned(),
        language: code("en"),
        dated: day("2026-03-02"),
        slots: Slot::ALL.into_iter().map(|slot| (slot, contact(slot))).collect(),
    }
}

fn instead(use_instead: Slot) -> CardEntry {
    CardEntry::NoneHere { use_instead }
}

#[test]
fn a_card_is_published_when_each_of_seven_slots_leads_to_somebody() {
    let id = DocumentId::number(1);
    assert!(CardWatch::publish(id, &full(), day("2026-03-02")).is_ok());

    let mut sent_on = full();
    sent_on.slots.insert(Slot::ChildLine, instead(Slot::OnCall));
    assert!(CardWatch::publish(id, &sent_on, day("2026-03-02")).is_ok());

    let mut gap = full();
    gap.slots.remove(&Slot::Poison);
    gap.slots.insert(Slot::ChildLine, instead(Slot::Poison));
    let refused = CardWatch::publish(id, &gap, day("2026-03-02")).unwrap_err();
    let CardError::Empty { slots } = &refused else { panic!("{refused}") };
    assert_eq!(slots, &[Slot::ChildLine, Slot::Poison]);

    let mut in_a_ring = full();
    in_a_ring.slots.insert(Slot::ChildLine, instead(Slot::ViolenceLine));
    in_a_ring.slots.insert(Slot::ViolenceLine, instead(Slot::ChildLine));
    assert_eq!(in_a_ring.empty_slots(), [Slot::ChildLine, Slot::ViolenceLine]);
}

#[test]
fn a_card_with_gaps_opens_all_the_same_and_its_text_is_neutral() {
    let mut card = full();
    card.slots.remove(&Slot::Poison);
    card.slots.insert(Slot::ChildLine, instead(Slot::OnCall));
    let text = card.plain_text(|slot| format!("[{}]", slot.code()));
    insta::assert_snapshot!(text, @r"
    [emergency]  912  the emergency people  always
    [suicide_line]  912  the suicide_line people  always
    [child_line]  912  the on_call people  always
    [violence_line]  912  the violence_line people  always
    [on_call]  912  the on_call people  always
    [hospital]  912  the hospital people  always
    2026-03-02
    ");
    let empty = CrisisCard { slots: [].into(), ..card };
    assert_eq!(empty.plain_text(|_| String::new()), "2026-03-02\n");
    assert_eq!(empty.lines().count(), 7);
}

fn called(slot: Slot, result: TestCall, on: &str) -> CardEvent {
    CardEvent::Called { slot, result, on: day(on) }
}

fn watched() -> CardWatch {
    let mut watch = CardWatch::default();
    let published = CardWatch::publish(DocumentId::number(1), &full(), day("2026-03-02"));
    watch.apply(id(1), &published.unwrap());
    for (slot, n) in Slot::ALL.into_iter().zip(10..) {
        watch.apply(id(n), &called(slot, TestCall::Answered, "2026-03-02"));
    }
    watch
}

#[test]
fn crisis_lines_are_called_each_month_and_the_states_numbers_each_quarter() {
    let limits = CardLimits::of(Rulebook::shipped());
    let watch = watched();
    let stale = |on: &str| {
        watch
            .faults(day(on), limits)
            .into_iter()
            .filter(|fault| matches!(fault, CardFault::CalledLongAgo { .. }))
            .count()
    };
    assert_eq!(CardWatch::default().faults(day("2026-03-02"), limits), [CardFault::NotPublished]);
    assert_eq!(stale("2026-04-01"), 0);
    assert_eq!(stale("2026-04-02"), 4);
    assert_eq!(stale("2026-05-31"), 4);
    assert_eq!(stale("2026-06-01"), 7);
    assert_eq!(watch.call_by(day("2026-03-03"), limits), Some(day("2026-04-01")));

    let mut silent = watch.clone();
    silent.apply(id(30), &called(Slot::OnCall, TestCall::Silent, "2026-03-03"));
    assert_eq!(
        silent.faults(day("2026-03-03"), limits),
        [CardFault::NotReached { slot: Slot::OnCall }]
    );
}

#[test]
fn each_call_asks_for_the_next_and_answers_the_last() {
    let mut watch = watched();
    let subject = Subject::Program(ProgramId::number(1));
    let open = |watch: &CardWatch| {
        schedule(&watch.occurrences(subject, &kigali()), &Rulebooks::shipped_only())
            .into_iter()
            .filter(|duty| duty.is_open())
            .map(|duty| duty.row.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(open(&watch).len(), 7);
    watch.apply(id(30), &called(Slot::OnCall, TestCall::Answered, "2026-03-20"));
    assert_eq!(open(&watch).len(), 7);
    watch.apply(id(31), &called(Slot::OnCall, TestCall::Wrong, "2026-03-21"));
    assert!(open(&watch).contains(&"dr-03-not-reached".to_owned()));
    watch.apply(id(32), &called(Slot::OnCall, TestCall::Answered, "2026-03-22"));
    assert!(!open(&watch).contains(&"dr-03-not-reached".to_owned()));
}

#[test]
fn a_number_that_nobody_called_since_the_card_came_out_is_a_duty() {
    let publish =
        |n, on: &str| CardWatch::publish(DocumentId::number(n), &full(), day(on)).unwrap();
    let subject = Subject::Program(ProgramId::number(1));
    let rows = |watch: &CardWatch| -> Vec<String> {
        let told = watch.occurrences(subject, &kigali());
        let duties = schedule(&told, &Rulebooks::shipped_only());
        let open = duties.iter().filter(|duty| duty.is_open());
        open.map(|duty| duty.row.to_string()).filter(|row| row == "dr-03-first").collect()
    };
    let mut watch = CardWatch::default();
    watch.apply(id(1), &publish(1, "2026-03-02"));
    assert_eq!(rows(&watch), ["dr-03-first"]);
    assert!(rows(&watched()).is_empty(), "all seven were called");
    // A new card, and only one of its numbers called: a call of the old one says nothing.
    let mut renewed = watched();
    renewed.apply(id(2), &publish(2, "2026-03-20"));
    renewed.apply(id(30), &called(Slot::OnCall, TestCall::Answered, "2026-03-21"));
    assert_eq!(rows(&renewed), ["dr-03-first"]);
    let limits = CardLimits::of(Rulebook::shipped());
    let never = renewed.faults(day("2026-03-22"), limits).into_iter();
    assert_eq!(never.filter(|fault| matches!(fault, CardFault::NeverCalled { .. })).count(), 6);
}

//! The laws every aggregate keeps.

use std::collections::BTreeMap;

use commons::{Aggregate, EventId, Fact, Standing, laws};
use curriculum::{Class, ClassEvent, SettleReason, arb};
use proptest::{collection::vec, prelude::*, strategy::ValueTree, test_runner::TestRunner};

fn settle(breach: &commons::Breach<curriculum::ClassBreach>) -> ClassEvent {
    ClassEvent::Settled { breach: breach.clone(), reason: SettleReason::Accepted }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_class_is_the_same_in_whatever_order_its_history_arrives(history in arb::history(), seed: u64) {
        laws::commutes::<Class>(&history, seed);
    }

    #[test]
    fn no_decision_breaks_a_rule(life in arb::life()) {
        laws::decisions_add_no_breach::<Class, _>(&life, arb::decide);
    }

    #[test]
    fn what_was_settled_stays_settled(
        history in vec(arb::event(), 0..40),
        news in vec(arb::event(), 0..8),
        seed: u64,
    ) {
        let history = laws::shuffled(history, seed);
        laws::settled_stays_settled::<Class>(&history, &news, settle, seed);
    }

    #[test]
    fn a_class_is_a_plain_value(history in arb::history()) {
        let class = Class::replay(history.iter().map(|(id, event)| (*id, event)));
        laws::survives_serde(&class);
    }

    #[test]
    fn a_settled_breach_opens_again_only_by_being_voided(history in arb::history()) {
        let mut class = Class::replay(history.iter().map(|(id, event)| (*id, event)));
        let breaches = class.breaches();
        for (breach, n) in breaches.iter().zip(5_000..) {
            class.apply(EventId::number(n), &settle(breach));
        }
        prop_assert_eq!(class.breaches(), breaches);
        prop_assert!(class.open_breaches().is_empty());
    }
}

/// The lives above are no empty ones: in three hundred of them every kind of plan is accepted, many times.
#[test]
fn people_complete_and_lead_in_the_lives_that_are_lived() {
    let mut runner = TestRunner::deterministic();
    let mut kinds = BTreeMap::<_, u32>::new();
    for _ in 0..300 {
        let life = arb::life().new_tree(&mut runner).expect("a life").current();
        let history = laws::decisions_add_no_breach::<Class, _>(&life, arb::decide);
        for (_, event) in history.iter().filter(|(_, event)| event.standing() == Standing::Plan) {
            let written = serde_json::to_value(event).expect("plain");
            *kinds.entry(written["event"].to_string()).or_default() += 1;
        }
    }
    assert_eq!(kinds.len(), 6, "a kind of plan is never accepted");
    assert!(kinds.values().all(|times| *times >= 10), "{kinds:?}");
}

fn is_shared<T: Send + Sync>() {}

#[test]
fn a_class_can_be_shared_between_threads() {
    is_shared::<Class>();
    is_shared::<ClassEvent>();
    is_shared::<curriculum::ClassError>();
}

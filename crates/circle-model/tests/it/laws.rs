//! The laws, for every aggregate of this crate.

use circle_model::{Case, Group, GroupEvent, Place, Session, SessionEvent, arb};
use commons::{Code, laws};
use proptest::collection::vec;
use proptest::prelude::*;

fn settle_group(breach: &commons::Breach<circle_model::GroupBreach>) -> GroupEvent {
    GroupEvent::Settled { breach: breach.clone(), reason: Code::of("seen") }
}

fn settle_session(breach: &commons::Breach<circle_model::SessionBreach>) -> SessionEvent {
    SessionEvent::Settled { breach: breach.clone(), reason: Code::of("seen") }
}

proptest! {
    #[test]
    fn a_group_is_the_same_in_any_order(events in arb::history(arb::group_event()), seed: u64) {
        laws::commutes::<Group>(&laws::numbered(events), seed);
    }

    #[test]
    fn a_session_is_the_same_in_any_order(events in arb::history(arb::session_event()), seed: u64) {
        laws::commutes::<Session>(&laws::numbered(events), seed);
    }

    #[test]
    fn a_case_is_the_same_in_any_order(events in arb::history(arb::case_event()), seed: u64) {
        laws::commutes::<Case>(&laws::numbered(events), seed);
    }

    #[test]
    fn a_place_is_the_same_in_any_order(events in arb::history(arb::place_event()), seed: u64) {
        laws::commutes::<Place>(&laws::numbered(events), seed);
    }

    #[test]
    fn a_lived_history_breaks_no_rule(attempts in vec(arb::attempt(), 0..40)) {
        let history = laws::decisions_add_no_breach::<Group, _>(&attempts, arb::lived);
        let group: Group = commons::Aggregate::replay(history.iter().map(|(id, event)| (*id, event)));
        laws::survives_serde(&group);
    }

    #[test]
    fn a_settled_group_stays_settled(
        events in arb::history(arb::group_event()),
        news in vec(arb::group_event().prop_filter("news adds", adds), 0..3),
        seed: u64,
    ) {
        laws::settled_stays_settled::<Group>(&laws::numbered(events), &news, settle_group, seed);
    }

    #[test]
    fn a_settled_session_stays_settled(
        events in arb::history(arb::session_event()),
        news in vec(arb::session_event().prop_filter("news adds", |event| {
            !matches!(event, SessionEvent::Voided { .. } | SessionEvent::Corrected { .. } | SessionEvent::Moved { .. } | SessionEvent::HeadsCounted { .. })
        }), 0..3),
        seed: u64,
    ) {
        laws::settled_stays_settled::<Session>(&laws::numbered(events), &news, settle_session, seed);
    }
}

/// Events that add something of their own, rather than take back what mended another.
fn adds(event: &GroupEvent) -> bool {
    matches!(
        event,
        GroupEvent::Joined { .. }
            | GroupEvent::Assigned { .. }
            | GroupEvent::Decided { .. }
            | GroupEvent::Released { .. }
    )
}

#[test]
fn yesterdays_bytes_are_read() {
    laws::old_bytes_still_read::<GroupEvent>(include_str!("../data/group-events-1.ndjson"));
    laws::old_bytes_still_read::<SessionEvent>(include_str!("../data/session-events-1.ndjson"));
}

#[test]
fn every_type_may_be_sent_and_shared() {
    const fn shared<T: Send + Sync>() {}
    shared::<Group>();
    shared::<Session>();
    shared::<Case>();
    shared::<Place>();
    shared::<circle_model::Terms>();
    shared::<circle_model::GroupError>();
    shared::<circle_model::PlanningError>();
}

//! The laws, for every aggregate of this crate, and for a group together with its sessions.

use std::collections::{BTreeMap, BTreeSet};

use circle_model::{
    Case, CaseBreach, CaseEvent, Group, GroupBreach, GroupEvent, Meetings, Place, PlaceBreach,
    PlaceEvent, Session, SessionBreach, SessionEvent, arb,
};
use commons::{Aggregate, Breach, Code, EventId, Fact, Mend, SessionId, Standing, laws};
use proptest::collection::vec;
use proptest::prelude::*;

/// A group and its sessions as one: what the breaches of [`Meetings`] are asked of.
#[derive(Debug, Clone, Default, PartialEq)]
struct Hall {
    group: Group,
    sessions: BTreeMap<SessionId, Session>,
}

#[derive(Debug, Clone)]
enum HallEvent {
    Group(GroupEvent),
    Session(SessionId, SessionEvent),
}

impl Fact for HallEvent {
    type Kind = GroupBreach;
    fn standing(&self) -> Standing {
        match self {
            Self::Group(event) => event.standing(),
            Self::Session(_, event) => event.standing(),
        }
    }
    fn mends(&self) -> Option<Mend<'_, GroupBreach>> {
        match self {
            Self::Group(event) => event.mends(),
            Self::Session(..) => None,
        }
    }
}

impl Aggregate for Hall {
    type Event = HallEvent;
    type Kind = GroupBreach;
    fn apply(&mut self, id: EventId, event: &HallEvent) {
        match event {
            HallEvent::Group(event) => self.group.apply(id, event),
            HallEvent::Session(session, event) => {
                self.sessions.entry(*session).or_default().apply(id, event);
            }
        }
    }
    fn breaches(&self) -> BTreeSet<Breach<GroupBreach>> {
        Meetings { group: &self.group, sessions: &self.sessions }.breaches()
    }
    fn settled(&self) -> BTreeSet<Breach<GroupBreach>> {
        self.group.settled()
    }
}

fn hall_event() -> impl Strategy<Value = HallEvent> {
    let session = (1_u128..5).prop_map(SessionId::number);
    prop_oneof![
        arb::group_event().prop_map(HallEvent::Group),
        (session, arb::session_event()).prop_map(|(id, event)| HallEvent::Session(id, event)),
    ]
}

fn seen() -> Code {
    Code::of("seen")
}

fn settle_group(breach: &Breach<GroupBreach>) -> GroupEvent {
    GroupEvent::Settled { breach: breach.clone(), reason: seen() }
}

fn settle_hall(breach: &Breach<GroupBreach>) -> HallEvent {
    HallEvent::Group(settle_group(breach))
}

fn settle_session(breach: &Breach<SessionBreach>) -> SessionEvent {
    SessionEvent::Settled { breach: breach.clone(), reason: seen() }
}

fn settle_case(breach: &Breach<CaseBreach>) -> CaseEvent {
    CaseEvent::Settled { breach: breach.clone(), reason: seen() }
}

fn settle_place(breach: &Breach<PlaceBreach>) -> PlaceEvent {
    PlaceEvent::Settled { breach: breach.clone(), reason: seen() }
}

/// Any order gives the same state, and what was settled stays settled whatever news comes.
macro_rules! keeps_the_laws {
    ($($aggregate:ty, $event:expr, $settle:ident: $same:ident, $settled:ident;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(512))]
            $(
                #[test]
                fn $same(events in arb::history($event), seed: u64) {
                    laws::commutes::<$aggregate>(&laws::shuffled(events, seed), seed);
                }

                #[test]
                fn $settled(
                    events in arb::history($event),
                    news in vec($event, 0..4),
                    seed: u64,
                ) {
                    let history = laws::shuffled(events, seed);
                    laws::settled_stays_settled::<$aggregate>(&history, &news, $settle, seed);
                }
            )*
        }
    };
}

keeps_the_laws! {
    Group, arb::group_event(), settle_group:
        a_group_is_the_same_in_any_order, a_settled_group_stays_settled;
    Hall, hall_event(), settle_hall:
        a_group_with_its_sessions_is_the_same_in_any_order, settled_sessions_of_a_group_stay_settled;
    Session, arb::session_event(), settle_session:
        a_session_is_the_same_in_any_order, a_settled_session_stays_settled;
    Case, arb::case_event(), settle_case:
        a_case_is_the_same_in_any_order, a_settled_case_stays_settled;
    Place, arb::place_event(), settle_place:
        a_place_is_the_same_in_any_order, a_settled_place_stays_settled;
}

proptest! {
    #[test]
    fn a_lived_history_breaks_no_rule(attempts in vec(arb::attempt(), 0..40)) {
        let history = laws::decisions_add_no_breach::<Group, _>(&attempts, arb::lived);
        let group: Group = Aggregate::replay(history.iter().map(|(id, event)| (*id, event)));
        laws::survives_serde(&group);
    }

    #[test]
    fn no_plan_of_a_case_breaks_a_rule(attempts in vec(arb::case_attempt(), 0..40)) {
        laws::decisions_add_no_breach::<Case, _>(&attempts, arb::case_lived);
    }

    #[test]
    fn no_promise_of_a_place_breaks_a_rule(attempts in vec(arb::place_attempt(), 0..40)) {
        laws::decisions_add_no_breach::<Place, _>(&attempts, arb::place_lived);
    }
}

#[test]
fn yesterdays_bytes_are_read() {
    laws::old_bytes_still_read::<GroupEvent>(include_str!("../data/group-events-1.ndjson"));
    laws::old_bytes_still_read::<SessionEvent>(include_str!("../data/session-events-1.ndjson"));
    laws::old_bytes_still_read::<CaseEvent>(include_str!("../data/case-events-1.ndjson"));
    laws::old_bytes_still_read::<PlaceEvent>(include_str!("../data/place-events-1.ndjson"));
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

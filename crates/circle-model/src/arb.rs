//! Strategies that give valid values and attempted histories.
//!
//! People are few, days are near each other, and edges are likely, so that the same person
//! returns and rules are met from both sides.

use chrono::{Days as ChronoDays, NaiveDate};
use commons::{Code, EventId, EventSet, MemberId, UnitId};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use crate::{
    Admission, Agenda, Cadence, CaseEvent, Condition, Decision, Evidence, Group, GroupEvent,
    HeadCount, Holder, Joining, LeaveReason, LocalTime, Mark, ModelRef, NotHeldReason, Offer,
    Phase, PlaceEvent, Plan, Record, Role, Scope, Seats, SessionEvent, Shape, Stage, Stance, Terms,
    TermsDraft, VoidReason,
};

/// One of eight people.
pub fn member() -> impl Strategy<Value = MemberId> {
    (1_u128..9).prop_map(MemberId::number)
}

/// One of sixty days of 2026.
pub fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..60).prop_map(nth_day)
}

/// The day `n` days after 2 March 2026.
#[must_use]
pub fn nth_day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default() + ChronoDays::new(n)
}

fn events() -> impl Strategy<Value = EventSet> {
    btree_set((1_u128..40).prop_map(EventId::number), 0..3)
}

/// Small terms: three to five seats, three phases in which staff step back, any way of joining.
pub fn terms() -> impl Strategy<Value = Terms> {
    let joining = prop_oneof![
        Just(Joining::ByConsent),
        (1_u16..5).prop_map(|session| Joining::UntilSession { session }),
        Just(Joining::AfterVisits { fewest: 1, most: 3 }),
    ];
    (3_u16..6, joining, 0_u16..3).prop_map(|(most, joining, sessions)| {
        terms_with(Seats::new(2, 3, most).unwrap_or(small()), joining, sessions)
    })
}

const fn small() -> Seats {
    match Seats::new(2, 3, 5) {
        Ok(seats) => seats,
        Err(_) => unreachable!(),
    }
}

/// Terms with these seats and this way of joining, whose phases ask for so many sessions each.
#[must_use]
pub fn terms_with(seats: Seats, joining: Joining, sessions: u16) -> Terms {
    let phase = |id, place: u16, stance| Phase {
        id: Code::of(id),
        sessions: Some((place * 4 + 1, place * 4 + 4)),
        stance: Some(stance),
        entry: vec![],
        exit: vec![Condition::SessionsHeld { fewest: sessions }],
    };
    let role = |id, holder, until: Option<&'static str>| Role {
        id: Code::of(id),
        scope: Scope::Unit,
        holder,
        fewest: 0,
        most: 2,
        from_phase: None,
        until_phase: until.map(Code::of),
        trained: holder != Holder::Member,
    };
    let draft = TermsDraft {
        model: ModelRef { id: Code::of("test-circle"), version: 1 },
        shape: Shape::Closed,
        seats,
        joining,
        cadence: Cadence::new(7, 3, 12, 90, 25).unwrap_or(WEEKLY),
        roles: vec![
            role("peer_facilitator", Holder::Member, None),
            role("staff_facilitator", Holder::Staff, Some("p2")),
        ],
        forbidden_roles: vec![Code::of("clinician")],
        plan: Plan::new(vec![
            phase("p2", 0, Stance::Facilitator),
            phase("p3", 1, Stance::Observer),
            phase("p4", 2, Stance::OnCall),
        ])
        .unwrap_or_default(),
        agenda: Agenda::default(),
        completed_at: None,
        decide_within_days: 14,
        fixed_rules: vec![],
    };
    Terms::new(draft).unwrap_or_else(|error| unreachable!("{error}"))
}

const WEEKLY: Cadence = match Cadence::new(7, 3, 12, 90, 25) {
    Ok(cadence) => cadence,
    Err(_) => unreachable!(),
};

fn role() -> impl Strategy<Value = Code> {
    prop_oneof![
        Just(Code::of("peer_facilitator")),
        Just(Code::of("staff_facilitator")),
        Just(Code::of("clinician")),
        Just(Code::of("stranger")),
    ]
}

fn phase() -> impl Strategy<Value = Code> {
    prop_oneof![Just(Code::of("p2")), Just(Code::of("p3")), Just(Code::of("p4"))]
}

fn stance() -> impl Strategy<Value = Stance> {
    prop_oneof![Just(Stance::Facilitator), Just(Stance::Observer), Just(Stance::OnCall)]
}

fn decision() -> impl Strategy<Value = Decision> {
    prop_oneof![
        member().prop_map(|member| Decision::Refill { member }),
        phase().prop_map(|phase| Decision::EnterPhase { phase }),
        Just(Decision::GoOn),
    ]
}

fn members() -> impl Strategy<Value = std::collections::BTreeSet<MemberId>> {
    btree_set(member(), 0..5)
}

/// Any event of a group, possible or not: a merge can bring it.
pub fn group_event() -> impl Strategy<Value = GroupEvent> {
    let unit = || UnitId::number(1);
    prop_oneof![
        1 => (terms(), day()).prop_map(move |(terms, on)| Group::form(unit(), terms, on)),
        1 => (terms(), events(), day()).prop_map(|(terms, cites, on)| GroupEvent::TermsAdapted {
            terms: Box::new(terms), cites, why: Code::of("custom"), agreed_by: Code::of("coordinator"), on,
        }),
        4 => (member(), day(), proptest::option::of((1_u128..40).prop_map(EventId::number)))
            .prop_map(|(member, on, consent)| GroupEvent::Joined { member, on, consent }),
        2 => (member(), day(), events()).prop_map(|(member, on, cites)| GroupEvent::Left {
            member, on, why: LeaveReason::MovedAway, cites,
        }),
        1 => (member(), role(), day()).prop_map(|(member, role, on)| GroupEvent::Assigned { member, role, on, until: None }),
        1 => (member(), day(), events()).prop_map(|(member, on, cites)| GroupEvent::Released { member, on, cites }),
        1 => (decision(), members(), members(), day())
            .prop_map(|(what, present, agreed, on)| GroupEvent::Decided { what, present, agreed, on }),
        1 => (day(), events()).prop_map(|(on, cites)| GroupEvent::Opened { on, cites }),
        1 => (phase(), events(), day()).prop_map(|(phase, cites, on)| GroupEvent::PhaseEntered {
            phase, cites, signed_by: [].into(), on,
        }),
        1 => (stance(), day(), day()).prop_map(|(stance, a, b)| GroupEvent::SteppedBackIn {
            stance, why: Code::of("illness"), on: a.min(b), until: a.max(b),
        }),
        1 => (1_u128..40).prop_map(|n| GroupEvent::Voided { entry: EventId::number(n), reason: VoidReason::EnteredTwice }),
    ]
}

/// Something a coordinator may try to do with a group.
#[derive(Debug, Clone)]
pub enum Attempt {
    /// Form it.
    Form(Box<Terms>, NaiveDate),
    /// Adapt its terms.
    Adapt(Box<Terms>, NaiveDate),
    /// Admit somebody, after so many sessions and with that decision.
    Admit(Admission),
    /// Record that somebody left.
    Leave(MemberId, NaiveDate),
    /// Give somebody a role.
    Assign(MemberId, Code, NaiveDate),
    /// Record a decision.
    Decide(Decision, std::collections::BTreeSet<MemberId>, NaiveDate),
    /// Open it.
    Open(NaiveDate),
    /// Enter a phase after so many sessions.
    Enter(Code, u16, NaiveDate),
    /// Let staff step back in.
    StepIn(Stance, NaiveDate, NaiveDate),
}

/// An attempt.
pub fn attempt() -> impl Strategy<Value = Attempt> {
    let admission = (
        member(),
        day(),
        0_u16..6,
        0_u8..5,
        proptest::option::of((1_u128..40).prop_map(EventId::number)),
    )
        .prop_map(|(member, on, sessions_held, visits, consent)| Admission {
            member,
            on,
            sessions_held,
            visits,
            consent,
        });
    prop_oneof![
        2 => (terms(), day()).prop_map(|(terms, on)| Attempt::Form(Box::new(terms), on)),
        1 => (terms(), day()).prop_map(|(terms, on)| Attempt::Adapt(Box::new(terms), on)),
        6 => admission.prop_map(Attempt::Admit),
        2 => (member(), day()).prop_map(|(member, on)| Attempt::Leave(member, on)),
        2 => (member(), role(), day()).prop_map(|(member, role, on)| Attempt::Assign(member, role, on)),
        2 => (decision(), members(), day()).prop_map(|(what, agreed, on)| Attempt::Decide(what, agreed, on)),
        2 => day().prop_map(Attempt::Open),
        2 => (phase(), 0_u16..5, day()).prop_map(|(phase, held, on)| Attempt::Enter(phase, held, on)),
        1 => (stance(), day(), day()).prop_map(|(stance, a, b)| Attempt::StepIn(stance, a.min(b), a.max(b))),
    ]
}

/// What becomes of an attempt: an event, or nothing where it was refused.
#[must_use]
pub fn lived(group: &Group, attempt: &Attempt) -> Option<GroupEvent> {
    match attempt.clone() {
        Attempt::Form(terms, on) => {
            group.terms().is_none().then(|| Group::form(UnitId::number(1), *terms, on))
        }
        Attempt::Adapt(terms, on) => {
            group.adapt(*terms, Code::of("custom"), Code::of("coordinator"), on).ok()
        }
        Attempt::Admit(admission) => group.admit(admission).ok(),
        Attempt::Leave(member, on) => Some(group.left(member, on, LeaveReason::NotSaid)),
        Attempt::Assign(member, role, on) => group.assign(member, &role, on, None).ok(),
        Attempt::Decide(what, agreed, on) => {
            let present = group.roster().seated(on).map(|stay| stay.member).collect();
            Some(GroupEvent::Decided { what, present, agreed, on })
        }
        Attempt::Open(on) => group.open(on).ok(),
        Attempt::Enter(phase, sessions_held, on) => {
            group.enter(&phase, &Evidence { sessions_held, on, ..Evidence::default() }).ok()
        }
        Attempt::StepIn(stance, on, until) => {
            group.step_back_in(stance, Code::of("illness"), on, until).ok()
        }
    }
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        Just(Mark::Present),
        Just(Mark::Late),
        Just(Mark::LeftEarly),
        Just(Mark::Excused),
        Just(Mark::Explained),
        Just(Mark::Unexplained),
    ]
}

fn local_time() -> impl Strategy<Value = LocalTime> {
    day().prop_map(|date| LocalTime {
        date,
        time: chrono::NaiveTime::from_hms_opt(14, 0, 0).unwrap_or_default(),
        zone: chrono_tz::Africa::Kigali,
    })
}

/// Any event of a session.
pub fn session_event() -> impl Strategy<Value = SessionEvent> {
    let record =
        (day(), proptest::collection::btree_map(member(), mark(), 0..6)).prop_map(|(on, marks)| {
            Record {
                on,
                minutes: 120,
                segments: vec![],
                activities: [].into(),
                led_by: [].into(),
                others: [].into(),
                marks,
            }
        });
    prop_oneof![
        2 => (1_u16..17, local_time()).prop_map(|(number, at)| SessionEvent::Planned {
            host: UnitId::number(1), number, at, minutes: 120, theme: None, led_by: [].into(),
        }),
        1 => (local_time(), events()).prop_map(|(at, cites)| SessionEvent::Moved { at, why: Code::of("rain"), cites }),
        3 => record.prop_map(SessionEvent::Held),
        1 => day().prop_map(|on| SessionEvent::NotHeld { on, why: NotHeldReason::Weather }),
        3 => (member(), mark(), events())
            .prop_map(|(member, mark, cites)| SessionEvent::Corrected { member, mark, why: Code::of("misread"), cites }),
        1 => (0_u16..30, events()).prop_map(|(adults, cites)| SessionEvent::HeadsCounted {
            count: HeadCount { adults, children: 0, first_timers: 0 }, cites,
        }),
        1 => (1_u128..40).prop_map(|n| SessionEvent::Voided { entry: EventId::number(n), reason: VoidReason::WrongDay }),
    ]
}

/// Any event of a case.
pub fn case_event() -> impl Strategy<Value = CaseEvent> {
    prop_oneof![
        (member(), day()).prop_map(|(member, on)| CaseEvent::PartyJoined { member, on }),
        (member(), day(), events()).prop_map(|(member, on, cites)| CaseEvent::PartyStopped {
            member,
            on,
            cites
        }),
        day().prop_map(|on| CaseEvent::StageBegan { stage: Stage::Circle, on }),
        (1_u16..4, member(), day(), day()).prop_map(|(item, member, due, on)| {
            CaseEvent::ItemAgreed { item, member, due, on }
        }),
        (events(), day()).prop_map(|(cites, on)| CaseEvent::ItemDone { cites, on }),
        day().prop_map(|on| CaseEvent::Closed { how: Code::of("agreed"), on }),
    ]
}

/// Any event of a place.
pub fn place_event() -> impl Strategy<Value = PlaceEvent> {
    prop_oneof![
        (1_u16..4, events(), day()).prop_map(|(most, cites, on)| PlaceEvent::Offered {
            unit: UnitId::number(1),
            offer: Offer { most, hours: None },
            cites,
            on,
        }),
        (member(), day()).prop_map(|(member, on)| PlaceEvent::Arrived { member, on }),
        (member(), day(), events()).prop_map(|(member, on, cites)| PlaceEvent::Departed {
            member,
            on,
            cites
        }),
    ]
}

/// A history of any events.
pub fn history<E: std::fmt::Debug>(
    event: impl Strategy<Value = E>,
) -> impl Strategy<Value = Vec<E>> {
    vec(event, 0..30)
}

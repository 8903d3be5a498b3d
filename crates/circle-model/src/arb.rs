//! Strategies that give valid values and attempted histories.
//!
//! People are few, days are near each other, and edges are likely, so that the same person
//! returns and rules are met from both sides.

use chrono::{Days as ChronoDays, NaiveDate};
use commons::{Code, DocumentId, EventId, EventSet, Fact, MemberId, Standing, UnitId};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use crate::{
    Admission, Agenda, Cadence, Case, CaseEvent, CloseReason, Condition, Decision, Evidence, Group,
    GroupEvent, HeadCount, Holder, Joining, LeaveReason, LocalTime, Mark, ModelRef, NotHeldReason,
    Offer, Phase, Place, PlaceEvent, Plan, Record, Role, Scope, Seats, SessionEvent, Shape, Stage,
    Stance, Step, Terms, TermsDraft, VoidReason,
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
        decide_within_days: Some(14),
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
            .prop_map(|(what, present, agreed, on)| GroupEvent::Decided { what, present, agreed, cites: [].into(), on }),
        1 => (decision(), members(), events(), day())
            .prop_map(|(what, present, cites, on)| GroupEvent::Decided { what, agreed: present.clone(), present, cites, on }),
        1 => (members(), events(), day(), 1_u16..3).prop_map(|(by, cites, on, version)| GroupEvent::AgreementAdopted {
            document: DocumentId::number(1), version, language: Code::of("rw"), by, cites, on,
        }),
        1 => ((1_u128..40).prop_map(EventId::number), members(), day())
            .prop_map(|(adoption, by, on)| GroupEvent::AgreementAffirmed { adoption, by, on }),
        1 => (day(), events()).prop_map(|(on, cites)| GroupEvent::Closed { on, why: CloseReason::Chosen, cites }),
        1 => (member(), day()).prop_map(|(member, on)| GroupEvent::Reviewed { member, on }),
        1 => (day(), events()).prop_map(|(on, cites)| GroupEvent::Opened { on, cites }),
        1 => (phase(), events(), day()).prop_map(|(phase, cites, on)| GroupEvent::PhaseEntered {
            phase, cites, by: Code::of("coordinator"), why: Code::of("planned"), signed_by: [].into(), evidence: vec![], on,
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
    /// Admit somebody, after so many sessions; with the word of those present, where there is one.
    Admit(Admission),
    /// Adopt ground rules.
    Agree(NaiveDate),
    /// Close it.
    Close(NaiveDate),
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
    let admission =
        (member(), day(), 0_u16..6, 0_u8..5).prop_map(|(member, on, sessions_held, visits)| {
            Admission { member, on, sessions_held, visits, consent: None }
        });
    prop_oneof![
        2 => (terms(), day()).prop_map(|(terms, on)| Attempt::Form(Box::new(terms), on)),
        1 => (terms(), day()).prop_map(|(terms, on)| Attempt::Adapt(Box::new(terms), on)),
        6 => admission.prop_map(Attempt::Admit),
        2 => (member(), day()).prop_map(|(member, on)| Attempt::Leave(member, on)),
        2 => (member(), role(), day()).prop_map(|(member, role, on)| Attempt::Assign(member, role, on)),
        2 => (decision(), members(), day()).prop_map(|(what, agreed, on)| Attempt::Decide(what, agreed, on)),
        2 => day().prop_map(Attempt::Open),
        1 => day().prop_map(Attempt::Agree),
        1 => (50_u64..60).prop_map(|n| Attempt::Close(nth_day(n))),
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
        Attempt::Admit(admission) => {
            let word = Decision::Refill { member: admission.member };
            let consent = group.decisions().filter(|(_, what, _)| **what == word).last();
            let consent = consent.map(|(event, ..)| event);
            group.admit(Admission { consent, ..admission }).ok()
        }
        Attempt::Agree(on) => {
            let (document, language) = (DocumentId::number(1), Code::of("rw"));
            group.adopt_agreement(document, language, group.members_on(on), on).ok()
        }
        Attempt::Close(on) => group.close(CloseReason::Chosen, on).ok(),
        Attempt::Leave(member, on) => Some(group.left(member, on, LeaveReason::NotSaid)),
        Attempt::Assign(member, role, on) => group.assign(member, &role, on, None).ok(),
        Attempt::Decide(what, agreed, on) => {
            Some(group.decide(what, group.members_on(on), agreed, on))
        }
        Attempt::Open(on) => group.open(on).ok(),
        Attempt::Enter(phase, sessions_held, on) => {
            let step = Step { phase, by: Code::of("coordinator"), why: Code::of("planned") };
            group.enter(&step, &Evidence { sessions_held, on, ..Evidence::default() }).ok()
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
    let marks = proptest::collection::btree_map(member(), mark(), 0..6);
    let here = || proptest::collection::btree_map(member(), role(), 0..3);
    let record = (day(), marks, here(), here()).prop_map(|(on, marks, led_by, others)| Record {
        on,
        minutes: 120,
        segments: vec![],
        activities: [].into(),
        led_by,
        others,
        marks,
    });
    prop_oneof![
        2 => (1_u16..17, local_time(), proptest::option::of(member())).prop_map(|(number, at, substitute)| SessionEvent::Planned {
            host: UnitId::number(1), number, at, minutes: 120, theme: None, led_by: [].into(), substitute,
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
    let unit = UnitId::number(1);
    prop_oneof![
        (events(), day()).prop_map(move |(cites, on)| CaseEvent::Opened { unit, cites, on }),
        (member(), day()).prop_map(|(member, on)| CaseEvent::PartyJoined { member, on }),
        (member(), day(), events()).prop_map(|(member, on, cites)| CaseEvent::PartyStopped {
            member,
            on,
            cites
        }),
        day().prop_map(|on| CaseEvent::StageBegan { stage: Stage::Circle, on }),
        (1_u16..4, member(), day(), day())
            .prop_map(|(item, member, due, on)| CaseEvent::ItemAgreed { item, member, due, on }),
        (events(), day()).prop_map(|(cites, on)| CaseEvent::ItemDone { cites, on }),
        (events(), day()).prop_map(|(cites, on)| CaseEvent::Closed {
            how: Code::of("agreed"),
            cites,
            on
        }),
        (1_u128..40).prop_map(|n| CaseEvent::Voided {
            entry: EventId::number(n),
            reason: VoidReason::EnteredTwice,
        }),
    ]
}

/// Something that somebody may try to do with a case.
#[derive(Debug, Clone)]
pub enum CaseAttempt {
    /// Record something, or lay a plan that is looked at as it is.
    Record(CaseEvent),
    /// Open it, or open it again.
    Open(NaiveDate),
    /// Let the circle begin.
    Begin(NaiveDate),
    /// Agree on an item.
    Agree(MemberId, NaiveDate),
    /// Close it.
    Close(NaiveDate),
}

/// An attempt at a case.
pub fn case_attempt() -> impl Strategy<Value = CaseAttempt> {
    prop_oneof![
        4 => case_event().prop_map(CaseAttempt::Record),
        2 => day().prop_map(CaseAttempt::Open),
        1 => day().prop_map(CaseAttempt::Begin),
        3 => (member(), day()).prop_map(|(member, on)| CaseAttempt::Agree(member, on)),
        1 => day().prop_map(CaseAttempt::Close),
    ]
}

/// What becomes of an attempt at a case.
#[must_use]
pub fn case_lived(case: &Case, attempt: &CaseAttempt) -> Option<CaseEvent> {
    match attempt.clone() {
        CaseAttempt::Record(event) => (event.standing() == Standing::Record).then_some(event),
        CaseAttempt::Open(on) => case.open(UnitId::number(1), on).ok(),
        CaseAttempt::Begin(on) => case.begin(Stage::Circle, on).ok(),
        CaseAttempt::Agree(member, on) => case.agree(member, on, on).ok(),
        CaseAttempt::Close(on) => case.close(Code::of("agreed"), on).ok(),
    }
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
        (member(), day(), day()).prop_map(|(member, from, on)| PlaceEvent::Promised {
            member,
            from,
            on
        }),
        (events(), day()).prop_map(|(cites, on)| PlaceEvent::PromiseEnded { cites, on }),
        (1_u128..40).prop_map(|n| PlaceEvent::Voided {
            entry: EventId::number(n),
            reason: VoidReason::EnteredTwice,
        }),
    ]
}

/// Something that somebody may try to do with a place.
#[derive(Debug, Clone)]
pub enum PlaceAttempt {
    /// Record something.
    Record(PlaceEvent),
    /// Offer so many beds from a day on.
    Offer(u16, NaiveDate),
    /// Promise a stay from a day on.
    Promise(MemberId, NaiveDate),
}

/// An attempt at a place.
pub fn place_attempt() -> impl Strategy<Value = PlaceAttempt> {
    prop_oneof![
        3 => place_event().prop_map(PlaceAttempt::Record),
        1 => (1_u16..5, day()).prop_map(|(most, on)| PlaceAttempt::Offer(most, on)),
        2 => (member(), day()).prop_map(|(member, from)| PlaceAttempt::Promise(member, from)),
    ]
}

/// What becomes of an attempt at a place.
#[must_use]
pub fn place_lived(place: &Place, attempt: &PlaceAttempt) -> Option<PlaceEvent> {
    match attempt.clone() {
        PlaceAttempt::Offer(most, on) => {
            place.offer(UnitId::number(1), Offer { most, hours: None }, on).ok()
        }
        PlaceAttempt::Record(event) => (event.standing() == Standing::Record).then_some(event),
        PlaceAttempt::Promise(member, from) => place.promise(member, from, from).ok(),
    }
}

/// A history of any events.
pub fn history<E: std::fmt::Debug>(
    event: impl Strategy<Value = E>,
) -> impl Strategy<Value = Vec<E>> {
    vec(event, 0..30)
}

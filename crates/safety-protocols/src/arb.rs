//! Strategies of valid values and events, for property tests of ours and of yours.
//!
//! Ids, days and scopes are few, so that the same one returns; hours lie close together, so that
//! edges are met.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use commons::{
    Breach, Code, DocumentId, EventId, EventSet, MatterId, MemberId, ServiceId, UnitId, laws,
};
use proptest::{collection, option, prelude::*, sample::select};

use crate::{
    Arrangement, Cadence, CardEvent, CardKind, Circumstances, ConsentEvent, ConsentKind, Contact,
    Exit, HandOff, HelpBy, Helped, MatterEvent, MatterKind, Mode, Moments, Occurrence, Proof,
    ReferralEvent, ReferralKind, Rulebook, Scope, ServiceEvent, ServiceKind, ServiceStatus,
    Severity, Slot, Subject, SupervisionEvent, SupervisionKind, SupervisionMode, TestCall,
    attribute,
};

/// One of sixty hours from 2 March 2026, 08:00 UTC.
pub fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..60).prop_map(|hours| {
        // 2026-03-02T08:00:00Z, in seconds of the Unix epoch.
        let start = DateTime::from_timestamp(1_772_438_400, 0).unwrap_or_default();
        start + TimeDelta::hours(hours)
    })
}

/// One of sixty days from 2 March 2026.
pub fn day() -> impl Strategy<Value = NaiveDate> {
    (0_i64..60).prop_map(|days| {
        NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default() + TimeDelta::days(days)
    })
}

fn cites() -> impl Strategy<Value = EventSet> {
    collection::btree_set((1_u128..16).prop_map(EventId::number), 0..4)
}

fn entry() -> impl Strategy<Value = EventId> {
    (1_u128..16).prop_map(EventId::number)
}

fn reason() -> impl Strategy<Value = Code> {
    Just(Code::of("looked_at"))
}

fn member() -> impl Strategy<Value = MemberId> {
    (1_u128..4).prop_map(MemberId::number)
}

/// A level of severity.
pub fn severity() -> impl Strategy<Value = Severity> {
    select(Severity::ALL.to_vec())
}

/// A scope, of a few.
pub fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::Participate),
        Just(Scope::MeasureOutcomes),
        Just(Scope::MeasureRiskItems),
        Just(Scope::Refer { service: ServiceId::number(1) }),
    ]
}

/// How a consent is known.
pub fn proof() -> impl Strategy<Value = Proof> {
    let mode = prop_oneof![Just(Mode::Signed), Just(Mode::Spoken), Just(Mode::Thumb)];
    (mode, option::of(member())).prop_map(|(mode, witness)| Proof {
        mode,
        language: Code::of("rw"),
        text_version: Code::of("v1"),
        witness,
    })
}

/// Anything that can happen to consent, mending included.
pub fn consent_event() -> impl Strategy<Value = ConsentEvent> {
    let kind = select(vec![ConsentKind::GivenOverRestriction, ConsentKind::ReleaseTooLong]);
    let settled = (kind, cites(), reason(), instant()).prop_map(|(kind, events, reason, at)| {
        ConsentEvent::Settled { breach: Breach { kind, events }, reason, at }
    });
    let voided = (entry(), reason(), instant())
        .prop_map(|(entry, reason, at)| ConsentEvent::Voided { entry, reason, at });
    prop_oneof![8 => consent_news(), 1 => voided, 1 => settled]
}

/// Anything that can happen to consent and mends nothing.
pub fn consent_news() -> impl Strategy<Value = ConsentEvent> {
    let given = (scope(), proof(), instant(), 1_i64..500, cites()).prop_map(
        |(scope, proof, at, days, cites)| ConsentEvent::Given {
            scope,
            proof,
            at,
            until: at + TimeDelta::days(days),
            cites,
        },
    );
    let released = (instant(), 1_i64..120).prop_map(|(at, days)| ConsentEvent::Released {
        receiver: ServiceId::number(1),
        items: BTreeSet::from([Code::of("name")]),
        purpose: Code::of("food"),
        at,
        until: at + TimeDelta::days(days),
    });
    prop_oneof![
        4 => given,
        1 => (scope(), instant()).prop_map(|(scope, at)| ConsentEvent::Refused { scope, at }),
        2 => (scope(), instant()).prop_map(|(scope, at)| ConsentEvent::Withdrawn { scope, at }),
        1 => released,
        1 => (entry(), instant())
            .prop_map(|(release, at)| ConsentEvent::ReleaseEnded { release, at }),
    ]
}

/// Anything that can happen to a matter, mending included.
pub fn matter_event() -> impl Strategy<Value = MatterEvent> {
    let kind = select(vec![
        MatterKind::LoweredAlone,
        MatterKind::ClosedUnknowing,
        MatterKind::ClosedUnanswered,
    ]);
    let settled = (kind, cites(), reason(), instant()).prop_map(|(kind, events, reason, at)| {
        MatterEvent::Settled { breach: Breach { kind, events }, reason, at }
    });
    let voided = (entry(), reason(), instant())
        .prop_map(|(entry, reason, at)| MatterEvent::Voided { entry, reason, at });
    prop_oneof![10 => matter_news(), 1 => voided, 1 => settled]
}

/// Anything that can happen to a matter and mends nothing.
pub fn matter_news() -> impl Strategy<Value = MatterEvent> {
    let role = || select(vec![Code::of("supervisor"), Code::of("safeguarding_lead")]);
    let contact = select(vec![Contact::Reached, Contact::Declined, Contact::Tried]);
    let opened = (severity(), instant(), option::of(instant())).prop_map(
        |(severity, aware_at, happened_at)| MatterEvent::Opened {
            severity,
            aware_at,
            happened_at,
            owner: Code::of("keeper"),
            before_leaving: happened_at.is_none(),
        },
    );
    let lowered = (severity(), instant(), cites(), role(), option::of(role())).prop_map(
        |(to, at, cites, role, second)| MatterEvent::Lowered {
            to,
            at,
            cites,
            role,
            second,
            reason: Code::of("understood_better"),
        },
    );
    prop_oneof![
        3 => opened,
        2 => (severity(), instant()).prop_map(|(to, at)| MatterEvent::Raised { to, at }),
        2 => lowered,
        1 => (role(), instant(), cites())
            .prop_map(|(role, at, answers)| MatterEvent::Acknowledged { role, at, answers }),
        2 => (role(), instant(), cites()).prop_map(|(role, at, answers)| MatterEvent::Acted {
            action: Code::of("record_written"), role, at, answers,
        }),
        2 => (contact, role(), instant(), cites()).prop_map(|(outcome, role, at, answers)| {
            MatterEvent::Contacted { outcome, role, at, answers }
        }),
        1 => (instant(), instant()).prop_map(|(aware_at, at)| MatterEvent::Linked {
            other: MatterId::number(2), aware_at, at,
        }),
        1 => (instant(), cites()).prop_map(|(at, answers)| MatterEvent::LearningDecided {
            method: Code::of("review"), at, answers,
        }),
        1 => (instant(), cites())
            .prop_map(|(at, answers)| MatterEvent::LearningDone { at, answers }),
        2 => (instant(), cites(), role()).prop_map(|(at, cites, role)| MatterEvent::Closed {
            at, cites, role, outcome: Code::of("settled"),
        }),
    ]
}

/// Anything that can happen to a referral, mending included.
pub fn referral_event() -> impl Strategy<Value = ReferralEvent> {
    let kind = select(vec![
        ReferralKind::SentWithoutRelease,
        ReferralKind::SentAfterNo,
        ReferralKind::CompletedWithoutWord,
        ReferralKind::TwoEnds,
    ]);
    let settled = (kind, cites(), reason(), instant()).prop_map(|(kind, events, reason, at)| {
        ReferralEvent::Settled { breach: Breach { kind, events }, reason, at }
    });
    let voided = (entry(), reason(), instant())
        .prop_map(|(entry, reason, at)| ReferralEvent::Voided { entry, reason, at });
    prop_oneof![10 => referral_news(), 1 => voided, 1 => settled]
}

/// Anything that can happen to a referral and mends nothing.
pub fn referral_news() -> impl Strategy<Value = ReferralEvent> {
    let urgency = select(vec![HelpBy::Routine, HelpBy::Soon, HelpBy::Urgent, HelpBy::Emergency]);
    let hand_off = || select(vec![HandOff::Warm, HandOff::Cold]);
    let exit = select(vec![Exit::OnHold, Exit::Rejected, Exit::Failed, Exit::Cancelled]);
    let why = select(vec![Code::of("distance"), crate::REVOKED]);
    let helped = select(vec![Helped::Yes, Helped::Declined, Helped::NotAsked]);
    prop_oneof![
        2 => (urgency, instant()).prop_map(|(urgency, at)| ReferralEvent::Drafted {
            category: Code::of("food"), urgency, at,
        }),
        3 => (option::of(entry()), hand_off(), instant()).prop_map(|(release, hand_off, at)| {
            ReferralEvent::Requested { service: ServiceId::number(1), release, hand_off, at }
        }),
        1 => instant().prop_map(|at| ReferralEvent::Accepted { at }),
        1 => instant().prop_map(|at| ReferralEvent::Started { at }),
        2 => (option::of(Just(Code::of("helped"))), instant())
            .prop_map(|(outcome, at)| ReferralEvent::Completed { outcome, at }),
        2 => (exit, why, instant())
            .prop_map(|(exit, reason, at)| ReferralEvent::Stopped { exit, reason, at }),
        2 => (cites(), instant()).prop_map(|(cites, at)| ReferralEvent::Resumed { cites, at }),
        1 => (instant(), cites())
            .prop_map(|(at, answers)| ReferralEvent::MemberInformed { at, answers }),
        1 => (hand_off(), instant())
            .prop_map(|(hand_off, at)| ReferralEvent::FirstContactMade { hand_off, at }),
        1 => instant().prop_map(|at| ReferralEvent::NoShow { at }),
        1 => instant().prop_map(|at| ReferralEvent::MemberDeclined { at }),
        2 => (helped, instant())
            .prop_map(|(answer, at)| ReferralEvent::MemberSaysHelped { answer, at }),
    ]
}

/// A form of supervision.
pub fn arrangement() -> impl Strategy<Value = Arrangement> {
    select(vec![
        Arrangement::Supervised(Cadence::Weekly),
        Arrangement::Supervised(Cadence::Fortnightly),
        Arrangement::Supervised(Cadence::FourWeekly),
        Arrangement::PeerConsultation,
    ])
}

/// Anything that can happen to supervision, mending included.
pub fn supervision_event() -> impl Strategy<Value = SupervisionEvent> {
    let kind = select(vec![SupervisionKind::NoDeputy, SupervisionKind::TwoArrangements]);
    let settled = (kind, cites(), reason(), day()).prop_map(|(kind, events, reason, on)| {
        SupervisionEvent::Settled { breach: Breach { kind, events }, reason, on }
    });
    let voided = (entry(), reason(), day())
        .prop_map(|(entry, reason, on)| SupervisionEvent::Voided { entry, reason, on });
    prop_oneof![8 => supervision_news(), 1 => voided, 1 => settled]
}

/// Anything that can happen to supervision and mends nothing.
pub fn supervision_news() -> impl Strategy<Value = SupervisionEvent> {
    let mode = select(vec![SupervisionMode::OneToOne, SupervisionMode::Group]);
    let arranged = (member(), member(), arrangement(), day(), cites()).prop_map(
        |(supervisor, deputy, arrangement, from, replaces)| SupervisionEvent::Arranged {
            supervisor,
            deputy,
            arrangement,
            from,
            replaces,
        },
    );
    prop_oneof![
        3 => arranged,
        3 => (day(), mode).prop_map(|(on, mode)| SupervisionEvent::Held { on, minutes: 45, mode }),
        1 => day().prop_map(|on| SupervisionEvent::Offered { on }),
        1 => (day(), any::<bool>())
            .prop_map(|(on, harmful_seen)| SupervisionEvent::Observed { on, harmful_seen }),
        1 => (entry(), day())
            .prop_map(|(arrangement, on)| SupervisionEvent::Ended { arrangement, on }),
    ]
}

/// Anything that can happen to a card, mending included.
pub fn card_event() -> impl Strategy<Value = CardEvent> {
    let settled = (cites(), reason(), day()).prop_map(|(events, reason, on)| CardEvent::Settled {
        breach: Breach { kind: CardKind::PublishedIncomplete, events },
        reason,
        on,
    });
    let voided = (entry(), reason(), day()).prop_map(|(entry, reason, on)| CardEvent::Voided {
        entry,
        reason,
        on,
    });
    prop_oneof![8 => card_news(), 1 => voided, 1 => settled]
}

/// Anything that can happen to a card and mends nothing.
pub fn card_news() -> impl Strategy<Value = CardEvent> {
    let slot = || select(Slot::ALL.to_vec());
    let result = select(vec![TestCall::Answered, TestCall::Silent, TestCall::Wrong]);
    let published =
        (1_u128..4, collection::btree_set(slot(), 0..2), day()).prop_map(|(card, empty, on)| {
            CardEvent::Published { card: DocumentId::number(card), empty, on }
        });
    prop_oneof![
        1 => published,
        3 => (slot(), result, day())
            .prop_map(|(slot, result, on)| CardEvent::Called { slot, result, on }),
    ]
}

/// Anything that can happen to a service, mending included.
pub fn service_event() -> impl Strategy<Value = ServiceEvent> {
    let settled =
        (cites(), reason(), day()).prop_map(|(events, reason, on)| ServiceEvent::Settled {
            breach: Breach { kind: ServiceKind::AssuredWhileClosed, events },
            reason,
            on,
        });
    let voided = (entry(), reason(), day()).prop_map(|(entry, reason, on)| ServiceEvent::Voided {
        entry,
        reason,
        on,
    });
    prop_oneof![8 => service_news(), 1 => voided, 1 => settled]
}

/// Anything that can happen to a service and mends nothing.
pub fn service_news() -> impl Strategy<Value = ServiceEvent> {
    let status = select(vec![
        ServiceStatus::TemporarilyClosed,
        ServiceStatus::Inactive,
        ServiceStatus::Defunct,
    ]);
    prop_oneof![
        1 => day().prop_map(|on| ServiceEvent::Listed { category: Code::of("food"), on }),
        3 => (day(), cites()).prop_map(|(on, cites)| ServiceEvent::Assured { on, cites }),
        2 => (status, day()).prop_map(|(status, on)| ServiceEvent::Closed { status, on }),
        1 => day().prop_map(|on| ServiceEvent::SaidToFail { on }),
    ]
}

/// A subject, of a few.
pub fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![
        3 => (1_u128..4).prop_map(|n| Subject::Matter(MatterId::number(n))),
        1 => (1_u128..3).prop_map(|n| Subject::Unit(UnitId::number(n))),
        1 => (1_u128..3).prop_map(|n| Subject::Member(MemberId::number(n))),
    ]
}

/// Circumstances in one of four zones, with or without a known law, some attributes told.
pub fn circumstances() -> impl Strategy<Value = Circumstances> {
    use chrono_tz::{Africa::Kigali, America::Chicago, America::New_York, Europe::London};
    let zone = select(vec![Kigali, Chicago, New_York, London]);
    let law = option::of(select(vec![
        Code::of("rw"),
        Code::of("us-tx"),
        Code::of("gb-eng"),
        Code::of("xx"),
    ]));
    let triage = option::of(select(vec![Code::of("low"), Code::of("moderate"), Code::of("high")]));
    let moments = option::of(instant())
        .prop_map(|session_ends_at| Moments { session_ends_at, ..Moments::default() });
    let told = (law, option::of(severity()), triage);
    (zone, told, moments).prop_map(|(zone, (law, severity, triage), moments)| Circumstances {
        zone,
        attributes: [
            law.map(|law| (attribute::JURISDICTION, law)),
            severity.map(|severity| (attribute::SEVERITY, severity.code())),
            triage.map(|triage| (attribute::TRIAGE, triage)),
        ]
        .into_iter()
        .flatten()
        .collect::<BTreeMap<_, _>>(),
        moments,
        rulebooks: BTreeSet::new(),
    })
}

/// Something that the shipped rules speak at, or that answers it, or joins two subjects.
pub fn occurrence() -> impl Strategy<Value = Occurrence> {
    let mut triggers: BTreeSet<Code> = BTreeSet::new();
    let mut shows: BTreeSet<Code> = BTreeSet::new();
    for row in Rulebook::shipped().rows() {
        triggers.extend(row.triggers.iter().cloned());
        shows.extend(row.evidence.iter().cloned());
    }
    let weighty = vec![
        Code::of("matter.opened"),
        Code::of("danger.disclosed"),
        Code::of("child.abuse_known"),
    ];
    let kind = prop_oneof![
        2 => select(weighty),
        1 => select(triggers.into_iter().collect::<Vec<_>>()),
    ];
    let shows = select(shows.into_iter().collect::<Vec<_>>());
    let answers = (cites(), collection::btree_set(shows, 0..3));
    let joins = prop_oneof![
        4 => Just(BTreeSet::new()),
        1 => collection::btree_set(subject(), 1..2),
    ];
    let times = (instant(), instant());
    (laws::event_id(), kind, subject(), times, circumstances(), answers, joins).prop_map(
        |(event, kind, subject, (happened_at, known_at), circumstances, answers, joins)| {
            Occurrence {
                kind,
                event,
                subject,
                happened_at,
                known_at,
                circumstances,
                answers: answers.0,
                evidence: answers.1,
                joins,
            }
        },
    )
}

//! The laws that every aggregate keeps.

use chrono::{DateTime, TimeDelta, Utc};
use commons::{Aggregate, Breach, Code, EventId, EventSet, MemberId, ServiceId, laws};
use proptest::{collection::vec, prelude::*};
use safety_protocols::{
    Assurance, CardEvent, CardKind, CardWatch, Consent, ConsentEvent, ConsentKind, Decider,
    HandOff, Involvement, Matter, MatterEvent, MatterKind, Obligation, Occurrence, PhaseAsks,
    Referral, ReferralEvent, ReferralKind, Rulebooks, Service, ServiceEvent, ServiceKind,
    ShelfLife, Subject, Supervision, SupervisionEvent, SupervisionKind, arb, schedule,
};

use crate::{code, kigali};

/// The laws of one aggregate: order, repetition, serde, settlements.
macro_rules! laws_of {
    ($name:ident, $aggregate:ty, $event:expr, $news:expr, $settle:expr) => {
        mod $name {
            use super::*;

            proptest! {
                #[test]
                fn any_order_gives_the_same_state(events in vec($event, 0..16), seed: u64) {
                    let history = laws::numbered(events);
                    laws::commutes::<$aggregate>(&history, seed);
                    let state = <$aggregate>::replay(history.iter().map(|(id, event)| (*id, event)));
                    laws::survives_serde(&state);
                }

                #[test]
                fn what_was_settled_stays_settled(
                    events in vec($news, 0..12), news in vec($news, 0..4), seed: u64
                ) {
                    let settle = $settle;
                    laws::settled_stays_settled::<$aggregate>(
                        &laws::numbered(events), &news, settle, seed,
                    );
                }
            }
        }
    };
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_500)
}

laws_of!(consent, Consent, arb::consent_event(), arb::consent_news(), |breach: &Breach<
    ConsentKind,
>| ConsentEvent::Settled {
    breach: breach.clone(),
    reason: code("looked_at"),
    at: now(),
});
laws_of!(matter, Matter, arb::matter_event(), arb::matter_news(), |breach: &Breach<MatterKind>| {
    MatterEvent::Settled { breach: breach.clone(), reason: code("looked_at"), at: now() }
});
laws_of!(referral, Referral, arb::referral_event(), arb::referral_news(), |breach: &Breach<
    ReferralKind,
>| {
    ReferralEvent::Settled { breach: breach.clone(), reason: code("looked_at"), at: now() }
});
laws_of!(
    supervision,
    Supervision,
    arb::supervision_event(),
    arb::supervision_news(),
    |breach: &Breach<SupervisionKind>| SupervisionEvent::Settled {
        breach: breach.clone(),
        reason: code("looked_at"),
        on: now().date_naive(),
    }
);
laws_of!(card, CardWatch, arb::card_event(), arb::card_news(), |breach: &Breach<CardKind>| {
    CardEvent::Settled { breach: breach.clone(), reason: code("looked_at"), on: now().date_naive() }
});
laws_of!(service, Service, arb::service_event(), arb::service_news(), |breach: &Breach<
    ServiceKind,
>| ServiceEvent::Settled {
    breach: breach.clone(),
    reason: code("looked_at"),
    on: now().date_naive(),
});

proptest! {
    /// Records are attempted as they are; plans only through the decision.
    #[test]
    fn a_consent_that_is_accepted_breaks_no_rule(attempts in vec((arb::consent_news(), any::<bool>()), 0..30)) {
        laws::decisions_add_no_breach::<Consent, _>(&attempts, |state, (attempt, cited)| {
            match attempt.clone() {
                ConsentEvent::Given { scope, proof, at, .. } => {
                    let cites = if *cited { state.restrictions(&scope, at) } else { EventSet::new() };
                    state.give(scope, proof, at, ShelfLife::LONGEST, cites).ok()
                }
                ConsentEvent::Released { receiver, items, purpose, at, until } => {
                    let days = u16::try_from((until - at).num_days()).unwrap();
                    state.release(receiver, items, purpose, at, days).ok()
                }
                record => Some(record),
            }
        });
    }

    #[test]
    fn a_matter_that_is_lowered_or_closed_as_decided_breaks_no_rule(attempts in vec((arb::matter_news(), 0_u8..4), 0..30)) {
        laws::decisions_add_no_breach::<Matter, _>(&attempts, |state, (attempt, luck)| {
            let by = |role: &Code, second: Option<Code>| Decider {
                role: role.clone(),
                second,
                involvement: if *luck == 0 { Involvement::Subject } else { Involvement::None },
            };
            match attempt.clone() {
                MatterEvent::Lowered { to, at, role, second, reason, .. } => {
                    state.lower(to, by(&role, second), reason, at).ok()
                }
                MatterEvent::Closed { at, role, outcome, .. } => {
                    state.close(by(&role, None), outcome, &[], at).ok()
                }
                MatterEvent::Acted { action, role, at, .. } if *luck > 1 => {
                    Some(MatterEvent::Acted { action, role, at, answers: state.items() })
                }
                record => Some(record),
            }
        });
    }

    #[test]
    fn a_referral_that_is_sent_or_completed_as_decided_breaks_no_rule(attempts in vec(arb::referral_news(), 0..30)) {
        laws::decisions_add_no_breach::<Referral, _>(&attempts, |state, attempt| {
            match attempt.clone() {
                ReferralEvent::Requested { service, release, hand_off, at } => {
                    state.request(service, release, Assurance::Fine, hand_off, at).ok()
                }
                ReferralEvent::Completed { outcome, at } => state.complete(outcome, at).ok(),
                ReferralEvent::Resumed { at, .. } => state.resume(at).ok(),
                record => Some(record),
            }
        });
    }

    #[test]
    fn an_arrangement_that_is_accepted_breaks_no_rule(attempts in vec(arb::supervision_news(), 0..30)) {
        laws::decisions_add_no_breach::<Supervision, _>(&attempts, |state, attempt| {
            match attempt.clone() {
                SupervisionEvent::Arranged { supervisor, deputy, arrangement, from, .. } => {
                    state.arrange(supervisor, deputy, arrangement, from, &PhaseAsks::default()).ok()
                }
                record => Some(record),
            }
        });
    }

    /// ENG-07: what an entry opened is there whatever is told later, mistakes taken back included.
    #[test]
    fn a_duty_of_any_aggregate_never_vanishes(
        matter in vec(arb::matter_event(), 1..14),
        referral in vec(arb::referral_event(), 1..14),
        supervision in vec(arb::supervision_event(), 1..14),
        service in vec(arb::service_event(), 1..14),
        card in vec(arb::card_event(), 1..14),
        consent in vec(arb::consent_event(), 1..14),
        cut in 0_usize..14,
    ) {
        let subject = Subject::Member(MemberId::number(1));
        check_growth::<Matter>(&matter, cut, |state| state.occurrences(commons::MatterId::number(1), &kigali()));
        check_growth::<Referral>(&referral, cut, |state| state.occurrences(commons::ReferralId::number(1), &kigali()));
        check_growth::<Supervision>(&supervision, cut, |state| state.occurrences(subject, &kigali(), &PhaseAsks::default()));
        check_growth::<Service>(&service, cut, |state| state.occurrences(ServiceId::number(1), &kigali()));
        check_growth::<CardWatch>(&card, cut, |state| state.occurrences(subject, &kigali()));
        check_growth::<Consent>(&consent, cut, |state| state.occurrences(subject, &kigali()));
    }
}

/// Of every opening that was there, some duty is still there when more is known.
fn check_growth<A: Aggregate>(
    events: &[A::Event],
    cut: usize,
    told: impl Fn(&A) -> Vec<Occurrence>,
) {
    let history = laws::numbered(events.to_vec());
    let duties = |upto: usize| -> Vec<Obligation> {
        let part = history.iter().take(upto).map(|(id, event)| (*id, event));
        schedule(&told(&A::replay(part)), &Rulebooks::shipped_only())
    };
    let (before, after) = (duties(cut), duties(history.len()));
    let opened: EventSet = after.iter().flat_map(|duty| duty.accounts.clone()).collect();
    for duty in before {
        assert!(opened.contains(&duty.opened_by), "vanished: {duty:?}");
    }
}

/// ENG-01: what happened, a no and a cry for help are records, and no record is ever refused.
#[test]
fn telling_refusing_and_withdrawing_are_records() {
    use commons::{Fact, Standing};
    use safety_protocols::{HelpBy, Scope, Severity};
    let at = now();
    let keeper = code("keeper");
    let records = [
        Consent::withdraw(Scope::Participate, at).standing(),
        Consent::refuse(Scope::Participate, at).standing(),
        Matter::open(Severity::S1, at, None, keeper.clone()).standing(),
        MatterEvent::Raised { to: Severity::S1, at }.standing(),
        MatterEvent::Acted {
            action: code("help_came"),
            role: keeper,
            at,
            answers: EventSet::new(),
        }
        .standing(),
        ReferralEvent::MemberDeclined { at }.standing(),
        Referral::draft(code("food"), HelpBy::Emergency, at).standing(),
        ServiceEvent::SaidToFail { on: at.date_naive() }.standing(),
    ];
    assert!(records.iter().all(|standing| *standing == Standing::Record));
}

#[test]
fn yesterdays_entries_are_read_today() {
    laws::old_bytes_still_read::<ConsentEvent>(include_str!("old/consent.jsonl"));
    laws::old_bytes_still_read::<MatterEvent>(include_str!("old/matter.jsonl"));
    laws::old_bytes_still_read::<ReferralEvent>(include_str!("old/referral.jsonl"));
    laws::old_bytes_still_read::<SupervisionEvent>(include_str!("old/supervision.jsonl"));
    laws::old_bytes_still_read::<CardEvent>(include_str!("old/card.jsonl"));
    laws::old_bytes_still_read::<ServiceEvent>(include_str!("old/service.jsonl"));
}

#[test]
fn every_aggregate_may_go_to_another_thread() {
    fn check<T: Send + Sync>() {}
    check::<Consent>();
    check::<Matter>();
    check::<Referral>();
    check::<Supervision>();
    check::<CardWatch>();
    check::<Service>();
    check::<Obligation>();
    check::<Rulebooks>();
    check::<EventId>();
    check::<HandOff>();
}

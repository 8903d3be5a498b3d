//! Referral, until both the service and the member have said so.

use chrono_tz::Africa::Kigali;
use commons::{Aggregate, EventId, ReferralId, Refused, ServiceId};
use safety_protocols::{
    Assurance, Exit, HandOff, HelpBy, Helped, Obligation, Progress, REVOKED, Referral,
    ReferralError, ReferralEvent, ReferralKind, Rulebooks, schedule,
};

use crate::{at, code, id, kigali};

const START: &str = "2026-03-02 10:00";

fn drafted(urgency: HelpBy) -> Referral {
    let mut referral = Referral::default();
    let event = Referral::draft(code("food"), urgency, at(START, Kigali));
    referral.apply(id(1), &event);
    referral
}

fn ask(
    referral: &Referral,
    release: Option<EventId>,
    assurance: Assurance,
) -> Result<ReferralEvent, ReferralError> {
    referral.request(ServiceId::number(1), release, assurance, HandOff::Cold, at(START, Kigali))
}

fn sent(urgency: HelpBy) -> Referral {
    let mut referral = drafted(urgency);
    let event = ask(&referral, Some(id(50)), Assurance::Fine).unwrap();
    referral.apply(id(2), &event);
    referral
}

fn open(referral: &Referral) -> Vec<String> {
    let told = referral.occurrences(ReferralId::number(1), &kigali());
    let mut open: Vec<_> = schedule(&told, &Rulebooks::shipped_only())
        .into_iter()
        .filter(Obligation::is_open)
        .map(|duty| duty.row.to_string())
        .collect();
    open.sort();
    open
}

fn says(answer: Helped) -> ReferralEvent {
    ReferralEvent::MemberSaysHelped { answer, at: at("2026-03-20 10:00", Kigali) }
}

#[test]
fn nothing_is_sent_without_a_release_but_in_an_emergency() {
    let stale = Assurance::Refused { days: Some(400) };
    for (urgency, release, assurance, want) in [
        (HelpBy::Soon, Some(id(50)), Assurance::Fine, Ok(())),
        (HelpBy::Soon, Some(id(50)), Assurance::Warned { days: 200 }, Ok(())),
        (HelpBy::Soon, None, Assurance::Fine, Err(ReferralError::NoRelease)),
        (HelpBy::Urgent, None, Assurance::Fine, Err(ReferralError::NoRelease)),
        (HelpBy::Soon, Some(id(50)), stale, Err(ReferralError::StaleService { days: Some(400) })),
        (HelpBy::Emergency, None, stale, Ok(())),
    ] {
        let answer = ask(&drafted(urgency), release, assurance).map(|_| ());
        assert_eq!(answer, want, "{urgency:?}");
    }
    assert_eq!(ask(&Referral::default(), None, Assurance::Fine), Err(ReferralError::NeverDrafted));
}

#[test]
fn the_loop_is_closed_by_the_services_word_and_the_members() {
    let end = at("2026-03-21 10:00", Kigali);
    let done = || Some(code("helped"));
    let mut referral = sent(HelpBy::Soon);
    for (outcome, word, want) in [
        (None, None, Err((false, false))),
        (done(), None, Err((true, false))),
        (done(), Some(Helped::NotAsked), Err((true, false))),
        (None, Some(Helped::Yes), Err((false, true))),
        (done(), Some(Helped::Partly), Ok(())),
        (done(), Some(Helped::Declined), Ok(())),
    ] {
        let mut asked = referral.clone();
        if let Some(word) = word {
            asked.apply(id(3), &says(word));
        }
        let want = want.map_err(|(service, member)| ReferralError::LoopOpen { service, member });
        assert_eq!(asked.complete(outcome, end).map(|_| ()), want);
    }
    referral.apply(id(3), &says(Helped::No));
    assert!(!referral.loop_is_closed());
    let completed = referral.complete(done(), end).unwrap();
    referral.apply(id(4), &completed);
    assert!(referral.loop_is_closed());
    assert_eq!(referral.progress(), Progress::Completed);
    assert!(open(&referral).is_empty());
}

#[test]
fn a_stop_stands_whatever_else_was_told_until_somebody_cites_it() {
    let mut referral = sent(HelpBy::Soon);
    referral.apply(
        id(3),
        &ReferralEvent::Stopped {
            exit: Exit::Rejected,
            reason: code("waiting_list"),
            at: at("2026-03-04 10:00", Kigali),
        },
    );
    let accepted = ReferralEvent::Accepted { at: at("2026-03-05 10:00", Kigali) };
    referral.apply(id(4), &accepted);
    assert_eq!(referral.progress(), Progress::Stopped(Exit::Rejected));
    let resumed = referral.resume(at("2026-03-06 10:00", Kigali)).unwrap();
    referral.apply(id(5), &resumed);
    assert_eq!(referral.progress(), Progress::Accepted);
    assert!(referral.resume(at("2026-03-06 10:00", Kigali)).is_err());
}

#[test]
fn a_member_who_takes_it_back_is_asked_again_before_anything_is_sent() {
    let mut referral = sent(HelpBy::Soon);
    let revoked = ReferralEvent::Stopped {
        exit: Exit::Cancelled,
        reason: REVOKED,
        at: at("2026-03-04 10:00", Kigali),
    };
    referral.apply(id(3), &revoked);
    assert_eq!(
        ask(&referral, Some(id(50)), Assurance::Fine),
        Err(ReferralError::MemberSaidNo { standing: 1 })
    );
    assert_eq!(open(&referral), ["rf-10-delete"], "the service is asked to delete");
    // Sent all the same, on a device that did not know: shown.
    let event = ReferralEvent::Requested {
        service: ServiceId::number(2),
        release: Some(id(50)),
        hand_off: HandOff::Cold,
        at: at("2026-03-05 10:00", Kigali),
    };
    referral.apply(id(4), &event);
    let kinds: Vec<_> = referral.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [ReferralKind::SentAfterNo]);
}

#[test]
fn a_second_service_may_be_asked_until_it_is_done() {
    let again = |referral: &Referral| ask(referral, Some(id(50)), Assurance::Fine).is_ok();
    let mut referral = sent(HelpBy::Soon);
    assert!(again(&referral), "the first is silent");
    let accepted = ReferralEvent::Accepted { at: at("2026-03-05 10:00", Kigali) };
    referral.apply(id(3), &accepted);
    assert!(again(&referral), "the first can help with a part of it");
    referral.apply(id(4), &says(Helped::Yes));
    let done = referral.complete(Some(code("helped")), at("2026-03-21 10:00", Kigali));
    referral.apply(id(5), &done.unwrap());
    assert!(!again(&referral));
}

#[test]
fn the_more_urgent_the_sooner_the_service_is_chased() {
    for (urgency, row) in [
        (HelpBy::Emergency, "rf-04-emergency"),
        (HelpBy::Urgent, "rf-04-urgent"),
        (HelpBy::Soon, "rf-04-soon"),
        (HelpBy::Routine, "rf-04-routine"),
    ] {
        let open = open(&sent(urgency));
        let chases: Vec<_> = open.iter().filter(|row| row.starts_with("rf-04")).collect();
        assert_eq!(chases, [row], "{urgency:?}");
        let warm = open.iter().any(|row| row == "rf-05-warm");
        assert_eq!(warm, HelpBy::Urgent <= urgency, "{urgency:?}");
    }
}

#[test]
fn who_did_not_come_is_told_of_the_next_way() {
    let mut referral = sent(HelpBy::Routine);
    let when = |text: &str| at(text, Kigali);
    referral.apply(id(3), &ReferralEvent::Accepted { at: when("2026-03-03 10:00") });
    assert!(open(&referral).contains(&"rf-06-routine".to_owned()));
    referral.apply(id(4), &ReferralEvent::NoShow { at: when("2026-03-10 10:00") });
    assert!(open(&referral).contains(&"rf-07-next".to_owned()));
    assert!(!open(&referral).contains(&"rf-06-routine".to_owned()));
    referral.apply(
        id(5),
        &ReferralEvent::MemberInformed { at: when("2026-03-11 10:00"), answers: [id(4)].into() },
    );
    assert_eq!(open(&referral), ["rf-08-member", "rf-08-service"]);
}

#[test]
fn a_completion_without_any_word_is_shown() {
    let mut referral = sent(HelpBy::Soon);
    let event = ReferralEvent::Completed { outcome: None, at: at("2026-03-21 10:00", Kigali) };
    referral.apply(id(3), &event);
    let kinds: Vec<_> = referral.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [ReferralKind::CompletedWithoutWord]);
    let loop_open = ReferralError::LoopOpen { service: true, member: false };
    assert_eq!(loop_open.rule().unwrap().as_str(), "RF-09");
}

#[test]
fn what_waits_is_looked_at_again_and_what_goes_on_is_chased_again() {
    let when = |text: &str| at(text, Kigali);
    let hold = |text: &str| ReferralEvent::Stopped {
        exit: Exit::OnHold,
        reason: code("waiting_list"),
        at: when(text),
    };
    let mut referral = sent(HelpBy::Routine);
    referral.apply(id(3), &hold("2026-03-03 10:00"));
    assert_eq!(open(&referral), ["rf-07-hold", "rf-08-member", "rf-08-service"]);
    let resumed = referral.resume(when("2026-03-10 10:00")).unwrap();
    referral.apply(id(4), &resumed);
    assert_eq!(open(&referral), ["rf-04-routine", "rf-08-member", "rf-08-service", "rl-04-late"]);
    let rejected = ReferralEvent::Stopped {
        exit: Exit::Rejected,
        reason: code("distance"),
        at: when("2026-03-12 10:00"),
    };
    referral.apply(id(5), &rejected);
    assert_eq!(open(&referral), ["rf-07-next"]);

    // Who needs help today is not put off by a hold: the service is chased all the same.
    let mut urgent = sent(HelpBy::Urgent);
    urgent.apply(id(3), &hold("2026-03-02 12:00"));
    let open = open(&urgent);
    assert!(open.contains(&"rf-04-urgent".to_owned()) && open.contains(&"rf-05-warm".to_owned()));
}

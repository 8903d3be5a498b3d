//! Consent, as members and keepers live it.

use chrono::TimeDelta;
use chrono_tz::Africa::Kigali;
use commons::{Aggregate, MemberId, Refused, ServiceId};
use safety_protocols::{
    Ask, Consent, ConsentError, ConsentEvent, ConsentForm, FormError, Mode, Proof, Rulebooks,
    Scope, ScopeState, ShelfLife, Subject, schedule,
};

use crate::{at, code, id, kigali};

fn proof(mode: Mode, witness: Option<u128>) -> Proof {
    Proof {
        mode,
        language: code("rw"),
        text_version: code("v1"),
        witness: witness.map(MemberId::number),
    }
}

fn given(consent: &Consent, scope: Scope, when: &str) -> ConsentEvent {
    let when = at(when, Kigali);
    let cites = consent.restrictions(&scope, when);
    consent.give(scope, proof(Mode::Signed, None), when, ShelfLife::LONGEST, cites).unwrap()
}

#[test]
fn a_scope_is_no_until_it_is_given_and_grows_old() {
    for (scope, last) in [
        (Scope::MeasureOutcomes, "2027-03-02 10:00"),
        (Scope::MeasureRiskItems, "2026-09-02 10:00"),
    ] {
        let mut consent = Consent::default();
        let start = at("2026-03-02 10:00", Kigali);
        assert_eq!(consent.state(&scope, start), ScopeState::NotAsked);
        consent.apply(id(1), &given(&consent, scope.clone(), "2026-03-02 10:00"));
        let last = at(last, Kigali);
        assert!(!consent.allows(&scope, start - TimeDelta::seconds(1)));
        assert!(consent.allows(&scope, start));
        assert!(consent.allows(&scope, last));
        let after = last + TimeDelta::seconds(1);
        assert_eq!(consent.state(&scope, after), ScopeState::Expired { since: last });
        assert!(!consent.allows(&Scope::Evaluate, start), "one yes is no other");
    }
}

#[test]
fn an_entry_that_claims_to_last_longer_lasts_a_year() {
    let scope = Scope::Evaluate;
    let mut consent = Consent::default();
    let start = at("2026-03-02 10:00", Kigali);
    consent.apply(
        id(1),
        &ConsentEvent::Given {
            scope: scope.clone(),
            proof: proof(Mode::Signed, None),
            at: start,
            until: start + TimeDelta::days(9_999),
            cites: [].into(),
        },
    );
    assert!(!consent.allows(&scope, at("2027-03-03 10:00", Kigali)));
    assert_eq!(ShelfLife::of(safety_protocols::Rulebook::shipped()), ShelfLife::LONGEST);
    assert!(ShelfLife::new(13, 6).is_err());
    assert!(ShelfLife::new(12, 7).is_err());
    assert!(ShelfLife::new(0, 1).is_err());
    assert!(serde_json::from_str::<ShelfLife>("[24, 6]").is_err());
}

#[test]
fn who_withdrew_is_asked_again_and_what_they_said_is_cited() {
    let scope = Scope::MeasureOutcomes;
    let mut consent = Consent::default();
    consent.apply(id(1), &given(&consent, scope.clone(), "2026-03-02 10:00"));
    let no = Consent::withdraw(scope.clone(), at("2026-04-02 10:00", Kigali));
    consent.apply(id(2), &no);
    let later = at("2026-05-02 10:00", Kigali);
    assert_eq!(consent.state(&scope, later), ScopeState::Withdrawn);
    assert!(consent.allows(&scope, at("2026-04-02 09:59", Kigali)), "what was allowed stays so");
    assert!(consent.breaches().is_empty(), "to withdraw is no conflict");

    let uncited = consent.give(
        scope.clone(),
        proof(Mode::Signed, None),
        later,
        ShelfLife::LONGEST,
        [].into(),
    );
    assert_eq!(uncited, Err(ConsentError::Restricted { standing: 1 }));
    consent.apply(id(3), &given(&consent, scope.clone(), "2026-05-02 10:00"));
    assert!(consent.allows(&scope, later));
    consent.apply(id(4), &Consent::refuse(scope.clone(), later + TimeDelta::hours(1)));
    assert_eq!(consent.state(&scope, later + TimeDelta::hours(1)), ScopeState::Refused);
}

#[test]
fn a_thumb_needs_somebody_who_saw_it() {
    for (mode, witness, taken) in [
        (Mode::Signed, None, true),
        (Mode::Spoken, None, false),
        (Mode::Thumb, None, false),
        (Mode::Spoken, Some(1), true),
        (Mode::Thumb, Some(1), true),
    ] {
        let answer = Consent::default().give(
            Scope::Participate,
            proof(mode, witness),
            at("2026-03-02 10:00", Kigali),
            ShelfLife::LONGEST,
            [].into(),
        );
        assert_eq!(answer.is_ok(), taken, "{mode:?} {witness:?}");
    }
}

#[test]
fn a_seat_depends_on_no_story() {
    let ask = |scope, refusable| Ask { scope, refusable };
    let story = || Scope::Story { purpose: code("report") };
    let form = ConsentForm::new(code("v1"), [ask(Scope::Participate, false), ask(story(), true)]);
    assert_eq!(form.unwrap().scopes().count(), 2);
    let bundled =
        ConsentForm::new(code("v1"), [ask(Scope::Participate, false), ask(story(), false)]);
    assert_eq!(bundled, Err(FormError::Bundled { scope: code("story") }));
    let json = r#"{"text_version":"v1","asks":[{"scope":{"scope":"evaluate"},"refusable":false}]}"#;
    assert!(serde_json::from_str::<ConsentForm>(json).is_err());
}

#[test]
fn a_release_names_one_service_some_items_and_an_end() {
    let service = ServiceId::number(1);
    let mut consent = Consent::default();
    let start = at("2026-03-02 10:00", Kigali);
    let items = || [code("name"), code("need")].into();
    let ask =
        |consent: &Consent, days| consent.release(service, items(), code("food"), start, days);
    assert_eq!(ask(&consent, 30), Err(ConsentError::NoReferral));
    consent.apply(id(1), &given(&consent, Scope::Refer { service }, "2026-03-02 10:00"));
    for (days, taken) in [(0, false), (1, true), (90, true), (91, false)] {
        assert_eq!(ask(&consent, days).is_ok(), taken, "{days}");
    }
    assert_eq!(
        consent.release(service, [].into(), code("food"), start, 30),
        Err(ConsentError::NothingReleased)
    );
    consent.apply(id(2), &ask(&consent, 30).unwrap());
    assert_eq!(consent.released(service, start), Some(id(2)));
    assert_eq!(consent.released(ServiceId::number(2), start), None);
    assert_eq!(consent.released(service, start + TimeDelta::days(31)), None);
    let mut ended = consent.clone();
    ended.apply(id(3), &ConsentEvent::ReleaseEnded { release: id(2), at: start });
    assert_eq!(ended.released(service, start), None);
    consent.apply(id(4), &Consent::withdraw(Scope::Refer { service }, start));
    assert_eq!(consent.released(service, start), None, "a no to the service ends its releases");
}

#[test]
fn a_consent_is_renewed_within_its_year_and_a_withdrawal_ends_the_duty() {
    let scope = Scope::MeasureOutcomes;
    let subject = Subject::Member(MemberId::number(1));
    let mut consent = Consent::default();
    consent.apply(id(1), &given(&consent, scope.clone(), "2026-03-02 10:00"));
    let open = |consent: &Consent| {
        schedule(&consent.occurrences(subject, &kigali()), &Rulebooks::shipped_only())
            .into_iter()
            .filter(|duty| duty.is_open() && duty.what == code("renew_consent"))
            .map(|duty| duty.due_at.unwrap().with_timezone(&Kigali).date_naive().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(open(&consent), ["2027-03-02"]);
    consent.apply(id(2), &given(&consent, scope.clone(), "2026-09-01 10:00"));
    assert_eq!(open(&consent), ["2027-09-01"]);
    consent.apply(id(3), &Consent::withdraw(scope, at("2026-10-01 10:00", Kigali)));
    assert!(open(&consent).is_empty());
}

#[test]
fn every_refusal_has_a_way_out() {
    let refusals: [&dyn Refused; 3] = [
        &ConsentError::NoWitness,
        &ConsentError::Restricted { standing: 1 },
        &FormError::Bundled { scope: code("story") },
    ];
    for refusal in refusals {
        assert!(refusal.code().starts_with("consent."));
        assert!(refusal.rule().is_some() && refusal.way_out().ends_with('.'));
    }
}

//! People who come, and people who may not be seated.

use chrono::{TimeZone, Utc};
use circlekeeper::{ConsentGiven, NewPeople, NewPerson, Standing};
use commons::{Code, Refused, Rule};
use event_log::EventLog;
use safety_protocols::{Mode, Proof, Scope};

use crate::world::{founded, person};

#[test]
fn somebody_who_may_be_under_eighteen_is_not_seated_in_a_circle_for_adults() {
    let mut keeper = founded();
    let before = keeper.log().heads().unwrap();
    let people = [person("Aline", Some(1990)), person("Ben", Some(2009))];
    let refused = keeper.enroll(&people).unwrap_err();
    assert_eq!((refused.code(), refused.rule()), ("people.minors", Some(Rule::of("U-19"))));
    assert_eq!(refused.to_string(), "1 of 2 people may be under 18");
    assert_eq!(keeper.log().heads().unwrap(), before, "nobody was enrolled, Aline neither");

    let adults = [person("Aline", Some(2008)), person("Chantal", None)];
    assert_eq!(keeper.enroll(&adults).unwrap().len(), 2);
    let staff = NewPerson { standing: Standing::Staff, ..person("Ben", Some(2009)) };
    assert!(keeper.enroll(&[staff]).is_ok(), "the rule is about who sits in a circle");
}

#[test]
fn people_come_with_what_they_said_or_not_at_all() {
    let mut keeper = founded();
    let before = keeper.log().heads().unwrap();
    let people = [person("Aline", None), person("Ben", None)];
    let given = |mode, witness| ConsentGiven {
        scopes: vec![Scope::Participate, Scope::KeepRecords],
        proof: Proof { mode, language: Code::of("rw"), text_version: Code::of("v1"), witness },
        at: Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap(),
    };
    // A word that nobody heard is no consent: then nobody is enrolled.
    let spoken = [given(Mode::Spoken, None)];
    let new = NewPeople { people: &people, consents: &spoken, seen: None };
    assert!(keeper.enroll_all(&new).is_err());
    assert_eq!(keeper.log().heads().unwrap(), before);
    let signed = [given(Mode::Signed, None)];
    let ids = keeper.enroll_all(&NewPeople { consents: &signed, ..new }).unwrap();
    let at = keeper.now();
    for (_, member) in ids {
        let file = keeper.member(member).unwrap();
        assert!(file.consent.allows(&Scope::Participate, at));
        assert!(!file.consent.allows(&Scope::MeasureOutcomes, at));
    }
}

#[test]
fn where_people_stand_in_the_log_does_not_say_who_is_who() {
    let mut keeper = founded();
    let names: Vec<_> = (0..40).map(|n| person(&format!("Person {n}"), None)).collect();
    let ids = keeper.enroll(&names).unwrap();
    let enrolled = keeper.log().read_kind("member.enrolled").unwrap().events;
    let registered = keeper.log().read_kind("person.registered").unwrap().events;
    let seq = |events: &[event_log::Event], key: uuid::Uuid| {
        let found = events.iter().find(|it| uuid::Uuid::from(it.header().keys.stream()) == key);
        found.unwrap().header().seq
    };
    let mut side_by_side = 0;
    for (person, member) in ids {
        let (one, other) = (seq(&registered, person.into()), seq(&enrolled, member.into()));
        if other - one == 40 {
            side_by_side += 1;
        }
    }
    assert!(side_by_side < 10, "{side_by_side} of 40 enrolments stand where their records do");
}

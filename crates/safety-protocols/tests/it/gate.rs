//! A gate lists everything, grouped by who can do something about it.

use chrono_tz::Africa::Kigali;
use commons::{Code, Rule, ServiceId, SessionId};
use safety_protocols::{
    AssuranceLimits, Directory, Modal, Requirement, Rulebook, Verdict, Waiver, When,
};

use crate::{at, code, day};

fn wanted(rule: &'static str, what: &'static str, when: When, met: bool) -> Requirement {
    Requirement {
        rule: Rule::of(rule),
        modal: Modal::Must,
        what: code(what),
        met,
        way_out: Code::of("do_it"),
        who: code("coordinator"),
        when,
        missing: None,
    }
}

#[test]
fn everything_that_is_missing_is_listed_what_can_be_done_now_first() {
    let verdict = Verdict::of(
        [
            wanted("GR-01", "agreement", When::AtFirstMeeting, false),
            wanted("SV-01", "supervisor", When::SomeoneElse, false),
            wanted("DR-02", "card", When::DoNow, false),
            wanted("U-01", "fewest", When::DoNow, true),
            Requirement {
                modal: Modal::Should,
                ..wanted("SV-10", "lived_experience", When::SomeoneElse, false)
            },
        ],
        &[],
        None,
    );
    let what: Vec<_> = verdict.refused.iter().map(|unmet| unmet.what.as_str()).collect();
    assert_eq!(what, ["card", "supervisor", "agreement"]);
    assert_eq!(verdict.warned.len(), 1);
    assert!(!verdict.passes());
}

#[test]
fn a_rule_is_set_aside_once_for_one_session_and_stays_in_view() {
    let session = SessionId::number(1);
    let waiver = Waiver {
        rule: Rule::of("SV-01"),
        session,
        by: code("supervisor"),
        reason: code("emergency_substitute"),
        at: at("2026-03-02 10:00", Kigali),
    };
    let gate = |session| {
        Verdict::of(
            [wanted("SV-01", "supervisor", When::SomeoneElse, false)],
            std::slice::from_ref(&waiver),
            session,
        )
    };
    let waived = gate(Some(session));
    assert!(waived.passes());
    assert_eq!(waived.waived.len(), 1);
    assert!(!gate(Some(SessionId::number(2))).passes());
    assert!(!gate(None).passes());
}

#[test]
fn a_program_opens_with_a_usable_service_of_each_kind() {
    use commons::Aggregate;
    use safety_protocols::{Service, ServiceEvent};
    let limits = AssuranceLimits::of(Rulebook::shipped());
    let mut food = Service::default();
    food.apply(
        commons::EventId::number(1),
        &ServiceEvent::Listed { category: code("food"), on: day("2026-03-01") },
    );
    let unchecked = Directory([(ServiceId::number(1), food.clone())].into());
    let assured = food.assure(day("2026-03-02"));
    food.apply(commons::EventId::number(2), &assured);
    let checked = Directory([(ServiceId::number(1), food)].into());
    let categories = [code("food"), code("housing")];
    let unmet = |directory: &Directory, on: &str| {
        let wanted = directory.requirements(&categories, day(on), limits);
        let verdict = Verdict::of(wanted, &[], None);
        verdict.refused.iter().map(|unmet| unmet.what.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(unmet(&unchecked, "2026-03-02"), ["food", "housing"]);
    assert_eq!(unmet(&checked, "2026-03-02"), ["housing"]);
    assert_eq!(unmet(&checked, "2027-03-03"), ["food", "housing"]);
}

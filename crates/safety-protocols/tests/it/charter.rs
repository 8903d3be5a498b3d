//! What a circle promised, and who can act before somebody leaves.

use chrono_tz::Africa::Kigali;
use commons::MatterId;
use safety_protocols::{
    Asks, Charter, CharterError, Occurrence, OnCall, Responder, Rulebook, Rulebooks, Severity,
    Subject, Triage, attribute, first_gap, schedule,
};

use crate::{at, code, id, kigali};

#[test]
fn nobody_is_asked_what_nobody_can_answer() {
    let near = Responder::Reachable { minutes: 10 };
    let far = Responder::Reachable { minutes: 11 };
    let promised = Err(CharterError::PromisedNotToAsk);
    let nobody = Err(CharterError::NobodyToAct);
    for (charter, responder, want) in [
        (Charter::ScreenAndAct, Responder::Present, Ok(())),
        (Charter::ScreenAndAct, near, Ok(())),
        (Charter::ScreenAndAct, far, nobody),
        (Charter::NoticeAndAct, Responder::Present, Ok(())),
        (Charter::NoticeAndAct, Responder::Nobody, nobody),
        (Charter::MutualNoAssessment, Responder::Present, promised),
        (Charter::MutualNoAssessment, Responder::Nobody, promised),
    ] {
        assert_eq!(charter.may_ask(Asks::AboutDanger, responder), want, "{charter:?}");
        assert_eq!(charter.may_ask(Asks::NotAboutDanger, responder), Ok(()));
    }
}

fn disclosed(charter: Charter, triage: Triage) -> Vec<String> {
    let told = Occurrence::new(
        code("danger.disclosed"),
        id(1),
        Subject::Matter(MatterId::number(1)),
        at("2026-03-02 10:00", Kigali),
        kigali().with(attribute::CHARTER, charter.code()).with(attribute::TRIAGE, triage.code()),
    );
    let list = schedule(&[told], &Rulebooks::shipped_only());
    list.into_iter().map(|duty| duty.what.to_string()).collect()
}

#[test]
fn the_graver_the_answer_the_more_is_done_before_anyone_leaves() {
    let low = disclosed(Charter::NoticeAndAct, Triage::Low);
    assert_eq!(low, ["make_safety_plan", "tell_supervisor", "follow_up"]);
    let moderate = disclosed(Charter::NoticeAndAct, Triage::Moderate);
    for what in ["talk_about_means", "warm_hand_off", "check_means_again"] {
        assert!(moderate.contains(&what.to_owned()), "{what}");
    }
    let high = disclosed(Charter::ScreenAndAct, Triage::High);
    assert!(high.contains(&"bring_help".to_owned()));
    assert_eq!(Triage::High.severity(), Severity::S1);
}

#[test]
fn a_circle_that_promised_no_assessment_keeps_its_word_and_helps_who_asks() {
    assert!(disclosed(Charter::MutualNoAssessment, Triage::High).is_empty());
    let asked = Occurrence::new(
        code("help.asked"),
        id(1),
        Subject::Matter(MatterId::number(1)),
        at("2026-03-02 10:00", Kigali),
        kigali().with(attribute::CHARTER, Charter::MutualNoAssessment.code()),
    );
    let list = schedule(std::slice::from_ref(&asked), &Rulebooks::shipped_only());
    assert_eq!(list[0].what, code("make_safety_plan"));
    // The law about children holds in every charter.
    let child = Occurrence { kind: code("child.abuse_known"), ..asked };
    assert!(!schedule(&[child], &Rulebooks::shipped_only()).is_empty());
}

#[test]
fn the_card_is_shown_in_every_charter() {
    for charter in [Charter::ScreenAndAct, Charter::NoticeAndAct, Charter::MutualNoAssessment] {
        let told = Occurrence::new(
            code("danger.disclosed"),
            id(1),
            Subject::Matter(MatterId::number(1)),
            at("2026-03-02 10:00", Kigali),
            kigali().with(attribute::CHARTER, charter.code()),
        );
        let shown = Rulebook::shipped().spoken(&told, safety_protocols::Enforcement::Show);
        assert!(shown.iter().any(|spoken| spoken.row.what == code("show_card")));
    }
}

#[test]
fn a_no_closes_nothing() {
    for row in Rulebook::shipped().rows() {
        assert!(!row.evidence.contains(&code("answered_no")), "{}", row.name);
    }
}

#[test]
fn the_on_call_roster_has_no_gap_during_a_session() {
    let watch = |from: &str, to: &str| OnCall { from: at(from, Kigali), to: at(to, Kigali) };
    let session = watch("2026-03-02 18:00", "2026-03-02 20:00");
    let early = watch("2026-03-02 17:00", "2026-03-02 19:00");
    let late = watch("2026-03-02 19:00", "2026-03-02 21:00");
    let later = watch("2026-03-02 19:30", "2026-03-02 21:00");
    assert_eq!(first_gap(session, &[late, early]), None);
    let (from, length) = first_gap(session, &[early, later]).unwrap();
    assert_eq!(from, at("2026-03-02 19:00", Kigali));
    assert_eq!(length.num_minutes(), 30);
    let (from, length) = first_gap(session, &[]).unwrap();
    assert_eq!((from, length.num_minutes()), (session.from, 120));
}

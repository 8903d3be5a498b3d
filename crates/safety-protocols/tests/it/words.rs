//! What is said to people: harmless, and the same everywhere.

use safety_protocols::{
    Category, Charter, Exit, HandOff, HelpBy, Helped, Rulebook, Slot, Subject, Triage,
};

/// Every code that the shipped rules can show.
fn shown() -> Vec<String> {
    let mut words = Vec::new();
    for row in Rulebook::shipped().rows() {
        words.push(row.what.to_string());
        words.push(row.actor.to_string());
        words.extend(row.steps.iter().map(|step| step.to.to_string()));
        words.extend(row.evidence.iter().map(ToString::to_string));
    }
    words.extend(Slot::ALL.map(|slot| slot.code().to_string()));
    words
}

#[test]
fn no_word_shown_to_people_makes_a_person_a_case() {
    for word in shown() {
        for never in ["patient", "diagnos", "treatment", "cure", "at-risk", "victim", "beneficiar"]
        {
            assert!(!word.contains(never), "{word}");
        }
    }
}

#[test]
fn codes_are_written_as_events_write_them() {
    let json = |value: serde_json::Value| value.to_string();
    assert_eq!(json(serde_json::to_value(Charter::NoticeAndAct).unwrap()), "\"notice_and_act\"");
    assert_eq!(Charter::NoticeAndAct.code(), "notice_and_act");
    for urgency in [HelpBy::Routine, HelpBy::Soon, HelpBy::Urgent, HelpBy::Emergency] {
        assert_eq!(serde_json::to_value(urgency).unwrap(), urgency.code().as_str());
    }
    for triage in [Triage::NoneShown, Triage::Low, Triage::Moderate, Triage::High] {
        assert_eq!(serde_json::to_value(triage).unwrap(), triage.code().as_str());
    }
    for slot in Slot::ALL {
        assert_eq!(serde_json::to_value(slot).unwrap(), slot.code().as_str());
    }
    assert_eq!(serde_json::to_value(Exit::OnHold).unwrap(), "on_hold");
    assert_eq!(serde_json::to_value(Helped::NotAsked).unwrap(), "not_asked");
    assert_eq!(serde_json::to_value(HandOff::Warm).unwrap(), "warm");
    assert_eq!(serde_json::to_value(Category::RaisedAnswer).unwrap(), "raised_answer");
    let subject = Subject::Matter(commons::MatterId::number(7));
    let back: Subject = serde_json::from_value(serde_json::to_value(subject).unwrap()).unwrap();
    assert_eq!(back, subject);
}

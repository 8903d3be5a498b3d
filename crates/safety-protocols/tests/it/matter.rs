//! Matters, from the first word to the last.

use chrono_tz::Africa::Kigali;
use commons::{Aggregate, Code, MatterId, MemberId, Refused};
use safety_protocols::{
    Category, Contact, Decider, Harm, Involvement, Matter, MatterContent, MatterError, MatterEvent,
    MatterKind, Obligation, Rulebooks, SAFEGUARDING_LEAD, SUPERVISOR, Severity, schedule,
};

use crate::{at, code, id, kigali};

fn opened(severity: Severity) -> Matter {
    let mut matter = Matter::default();
    let event = Matter::open(severity, at("2026-03-02 10:00", Kigali), None, code("keeper"));
    matter.apply(id(1), &event);
    matter
}

fn raised(to: Severity, when: &str) -> MatterEvent {
    MatterEvent::Raised { to, at: at(when, Kigali) }
}

fn by(role: Code, second: Option<Code>) -> Decider {
    Decider { role, second, involvement: Involvement::None }
}

fn duties(matter: &Matter) -> Vec<Obligation> {
    let told = matter.occurrences(MatterId::number(1), &kigali());
    schedule(&told, &Rulebooks::shipped_only())
}

fn open(matter: &Matter) -> Vec<String> {
    let mut open: Vec<_> = duties(matter)
        .into_iter()
        .filter(Obligation::is_open)
        .map(|duty| duty.row.to_string())
        .collect();
    open.sort();
    open
}

#[test]
fn words_and_levels_are_one_scale() {
    for (word, level) in [
        ("near_miss", Severity::S0),
        ("note", Severity::S4),
        ("watch", Severity::S3),
        ("urgent", Severity::S2),
        ("emergency", Severity::S1),
    ] {
        assert_eq!(word.parse(), Ok(level));
        assert_eq!(level.code().as_str().parse(), Ok(level));
    }
    assert!(Severity::ALL.windows(2).all(|pair| pair[0] < pair[1]));
    assert!("severe".parse::<Severity>().is_err());
}

#[test]
fn the_gravest_word_stands_until_two_people_lower_it() {
    let mut matter = opened(Severity::S3);
    matter.apply(id(2), &raised(Severity::S1, "2026-03-02 11:00"));
    matter.apply(id(3), &raised(Severity::S2, "2026-03-02 12:00"));
    assert_eq!(matter.severity(), Some(Severity::S1));
    let noon = at("2026-03-02 13:00", Kigali);
    let lower = |matter: &Matter, to, by| matter.lower(to, by, code("understood_better"), noon);

    let alone = lower(&matter, Severity::S3, by(SUPERVISOR, None));
    assert_eq!(alone, Err(MatterError::SecondPerson { now: Severity::S1 }));
    let mut subject = by(SUPERVISOR, Some(SAFEGUARDING_LEAD));
    for involvement in [Involvement::Subject, Involvement::Reporter] {
        subject.involvement = involvement;
        assert_eq!(lower(&matter, Severity::S3, subject.clone()), Err(MatterError::Involved));
    }
    let both = || by(SUPERVISOR, Some(SAFEGUARDING_LEAD));
    assert_eq!(
        lower(&matter, Severity::S1, both()),
        Err(MatterError::NotLower { now: Severity::S1, to: Severity::S1 })
    );
    let lowered = lower(&matter, Severity::S3, both()).unwrap();
    matter.apply(id(4), &lowered);
    assert_eq!(matter.severity(), Some(Severity::S3));

    // A raise on another device, unknown to who lowered, stands.
    matter.apply(id(5), &raised(Severity::S2, "2026-03-02 12:30"));
    assert_eq!(matter.severity(), Some(Severity::S2));
    assert!(matter.breaches().is_empty());
}

#[test]
fn a_lowering_by_one_alone_lowers_nothing_urgent_and_is_shown() {
    let mut matter = opened(Severity::S2);
    let alone = MatterEvent::Lowered {
        to: Severity::S4,
        at: at("2026-03-02 11:00", Kigali),
        cites: [id(1)].into(),
        role: SUPERVISOR,
        second: None,
        reason: code("understood_better"),
    };
    matter.apply(id(2), &alone);
    assert_eq!(matter.severity(), Some(Severity::S2));
    let kinds: Vec<_> = matter.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [MatterKind::LoweredAlone]);
    assert!(open(&matter).contains(&"in-02-tell-s2".to_owned()));

    let mut watch = opened(Severity::S3);
    watch.apply(id(2), &alone);
    assert_eq!(watch.severity(), Some(Severity::S4));
    assert!(watch.breaches().is_empty());
}

#[test]
fn lowering_ends_the_graver_duties_and_keeps_the_lesser_from_the_first_moment() {
    let mut matter = opened(Severity::S2);
    let lowered = matter
        .lower(
            Severity::S4,
            by(SUPERVISOR, Some(SAFEGUARDING_LEAD)),
            code("understood_better"),
            at("2026-03-03 10:00", Kigali),
        )
        .unwrap();
    matter.apply(id(2), &lowered);
    assert_eq!(open(&matter), ["in-02-contact-s4", "in-02-tell-s4", "in-02-write-s4-s0"]);
    let list = duties(&matter);
    let write = list.iter().find(|duty| duty.row == code("in-02-write-s4-s0")).unwrap();
    assert_eq!(write.known_at, at("2026-03-02 10:00", Kigali));
    let graver = list.iter().find(|duty| duty.row == code("in-02-tell-s2"));
    assert!(graver.is_some_and(|duty| !duty.is_open()), "it is answered, and still listed");
}

/// A matter of that severity, everything done and answered.
fn looked_after(severity: Severity) -> Matter {
    let mut matter = opened(severity);
    let answers = matter.whole();
    let acts = duties(&matter)
        .iter()
        .filter_map(|duty| {
            let row = safety_protocols::Rulebook::shipped().row(&duty.row)?;
            row.evidence.first().cloned()
        })
        .collect::<std::collections::BTreeSet<_>>();
    for (action, n) in acts.into_iter().zip(10..) {
        let acted = MatterEvent::Acted {
            action,
            role: SUPERVISOR,
            at: at("2026-03-02 10:30", Kigali),
            answers: answers.clone(),
        };
        matter.apply(id(n), &acted);
    }
    matter
}

#[test]
fn a_matter_is_closed_when_everything_is_done_by_the_role_that_may() {
    let end = at("2026-03-09 10:00", Kigali);
    let close = |matter: &Matter, role: Code| {
        matter.close(by(role, None), code("settled"), &duties(matter), end)
    };
    assert_eq!(close(&Matter::default(), SUPERVISOR), Err(MatterError::NeverOpened));
    assert_eq!(close(&opened(Severity::S3), SUPERVISOR), Err(MatterError::Unanswered { open: 1 }));
    let mut begun = opened(Severity::S3);
    let acted = MatterEvent::Acted {
        action: code("record_written"),
        role: code("keeper"),
        at: at("2026-03-02 10:30", Kigali),
        answers: begun.items(),
    };
    begun.apply(id(2), &acted);
    assert!(matches!(close(&begun, SUPERVISOR), Err(MatterError::DutiesOpen { open: 5 })));

    let watch = looked_after(Severity::S3);
    assert!(matches!(close(&watch, code("keeper")), Err(MatterError::Role { .. })));
    let grave = looked_after(Severity::S2);
    assert!(matches!(close(&grave, SUPERVISOR), Err(MatterError::Role { .. })));

    for (mut matter, role) in [(watch, SUPERVISOR), (grave, SAFEGUARDING_LEAD)] {
        let closed = close(&matter, role.clone()).unwrap();
        matter.apply(id(99), &closed);
        assert!(matter.is_closed());
        assert!(matter.breaches().is_empty());
        assert_eq!(close(&matter, role), Err(MatterError::Closed));
    }
}

#[test]
fn what_comes_from_another_device_after_the_closing_is_shown_and_the_matter_is_open() {
    let mut matter = looked_after(Severity::S3);
    let closed = matter
        .close(
            by(SUPERVISOR, None),
            code("settled"),
            &duties(&matter),
            at("2026-03-09 10:00", Kigali),
        )
        .unwrap();
    matter.apply(id(99), &closed);
    // Said before the closing, elsewhere: a finding.
    let mut merged = matter.clone();
    merged.apply(id(100), &raised(Severity::S2, "2026-03-05 10:00"));
    assert!(!merged.is_closed());
    let kinds: Vec<_> = merged.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [MatterKind::ClosedUnknowing]);
    assert!(!open(&merged).is_empty(), "its duties are open");
    // Said after it: simply open again.
    matter.apply(id(100), &raised(Severity::S2, "2026-03-10 10:00"));
    assert!(!matter.is_closed());
    assert!(matter.breaches().is_empty());
}

#[test]
fn an_emergency_is_followed_up_twice_and_a_call_nobody_answers_is_no_contact() {
    let mut matter = opened(Severity::S1);
    let contact = |outcome, when: &str| MatterEvent::Contacted {
        outcome,
        role: SUPERVISOR,
        at: at(when, Kigali),
        answers: [id(1)].into(),
    };
    matter.apply(id(2), &contact(Contact::Tried, "2026-03-02 12:00"));
    assert!(open(&matter).contains(&"in-02-contact-s1".to_owned()));
    matter.apply(id(3), &contact(Contact::Reached, "2026-03-02 14:00"));
    let left = open(&matter);
    assert!(!left.contains(&"in-02-contact-s1".to_owned()));
    assert!(left.contains(&"in-02-contact-again-s1".to_owned()));
    matter.apply(id(4), &contact(Contact::Reached, "2026-03-04 14:00"));
    assert!(!open(&matter).contains(&"in-02-contact-again-s1".to_owned()));
}

#[test]
fn a_matter_entered_by_mistake_keeps_its_duties_on_the_list_as_answered() {
    let mut matter = opened(Severity::S2);
    let before = duties(&matter).len();
    let mistake = MatterEvent::Voided {
        entry: id(1),
        reason: code("wrong_circle"),
        at: at("2026-03-02 11:00", Kigali),
    };
    matter.apply(id(2), &mistake);
    assert_eq!(duties(&matter).len(), before);
    assert!(open(&matter).is_empty());
    assert_eq!(matter.severity(), None);
}

#[test]
fn no_act_passes_for_a_lowering_or_a_mistake() {
    let mut matter = opened(Severity::S2);
    let before = open(&matter);
    for (action, n) in [code("lowered"), code("voided")].into_iter().zip(2..) {
        let acted = MatterEvent::Acted {
            action,
            role: code("keeper"),
            at: at("2026-03-02 10:30", Kigali),
            answers: matter.whole(),
        };
        matter.apply(id(n), &acted);
    }
    assert_eq!(open(&matter), before);
}

#[test]
fn silence_is_handed_on_by_itself() {
    let matter = opened(Severity::S2);
    let list = duties(&matter);
    let tell = list.iter().find(|duty| duty.what == code("tell_supervisor")).unwrap();
    for (now, holder) in [
        ("2026-03-02 14:59", "keeper"),
        ("2026-03-02 15:00", "safeguarding_lead"),
        ("2026-03-02 16:00", "director"),
    ] {
        assert_eq!(tell.held_by(at(now, Kigali)), &code(holder), "{now}");
    }
}

#[test]
fn no_rule_and_no_log_sees_what_a_matter_is_about() {
    let content = MatterContent {
        category: Category::PartnerViolence,
        physical: Harm::None,
        psychological: Harm::Moderate,
        concerns: vec![MemberId::number(7)],
        reported_by: Some(MemberId::number(8)),
        unit: None,
        account: "her own words".to_owned(),
        written_at: at("2026-03-02 10:00", Kigali),
    };
    assert!(!format!("{content:?}").contains("words"));
    assert!(content.owes_candor());
    assert_eq!(content.involvement(MemberId::number(7)), Involvement::Subject);
    assert_eq!(content.involvement(MemberId::number(8)), Involvement::Reporter);
    assert_eq!(content.involvement(MemberId::number(9)), Involvement::None);
    let json = serde_json::to_string(&content).unwrap();
    assert_eq!(serde_json::from_str::<MatterContent>(&json).unwrap(), content);
}

#[test]
fn every_refusal_has_a_code_and_a_way_out() {
    for error in [
        MatterError::NeverOpened,
        MatterError::Involved,
        MatterError::SecondPerson { now: Severity::S1 },
        MatterError::DutiesOpen { open: 2 },
        MatterError::Unanswered { open: 2 },
        MatterError::Closed,
    ] {
        assert!(error.code().starts_with("matter."));
        assert!(error.way_out().ends_with('.'));
    }
}

#[test]
fn a_raised_answer_asks_for_a_talk_before_leaving_and_only_a_talk_ends_that() {
    let mut matter = Matter::default();
    matter.apply(id(1), &Matter::raised_answer(at("2026-03-02 10:00", Kigali), code("keeper")));
    assert_eq!(matter.severity(), Some(Severity::S2));
    assert!(open(&matter).contains(&"su-02-answer".to_owned()), "{:?}", open(&matter));

    let acknowledged = MatterEvent::Acknowledged {
        role: SUPERVISOR,
        at: at("2026-03-02 10:05", Kigali),
        answers: matter.whole(),
    };
    matter.apply(id(2), &acknowledged);
    assert!(open(&matter).contains(&"su-02-answer".to_owned()), "to know is not to talk");

    let talked = MatterEvent::Acted {
        action: code("talked"),
        role: code("keeper"),
        at: at("2026-03-02 10:10", Kigali),
        answers: matter.whole(),
    };
    matter.apply(id(3), &talked);
    assert!(!open(&matter).contains(&"su-02-answer".to_owned()));
}

/// SU-02: that two people find the matter less grave does not mean that somebody talked with her.
#[test]
fn a_lowered_answer_is_still_talked_about_before_the_person_leaves() {
    let aware = at("2026-03-02 10:00", Kigali);
    let mut matter = Matter::default();
    matter.apply(id(1), &Matter::raised_answer(aware, code("keeper")));
    assert!(open(&matter).contains(&"su-02-answer".to_owned()));
    let both = by(SUPERVISOR, Some(SAFEGUARDING_LEAD));
    let lowered = matter.lower(Severity::S4, both, code("understood_better"), aware).unwrap();
    matter.apply(id(2), &lowered);
    let rows = open(&matter);
    assert!(rows.contains(&"su-02-answer".to_owned()), "{rows:?}");
    assert!(!rows.contains(&"in-02-tell-s2".to_owned()), "what the level asked for is answered");
    let talked = matter.act(code("talked"), code("keeper"), aware).unwrap();
    matter.apply(id(3), &talked);
    assert!(!open(&matter).contains(&"su-02-answer".to_owned()));
}

#[test]
fn no_act_passes_for_a_duty_set_aside_lowered_or_taken_back() {
    let mut matter = opened(Severity::S1);
    let (when, keeper) = (at("2026-03-02 10:05", Kigali), code("keeper"));
    let before = open(&matter);
    for (word, n) in ["overridden", "lowered", "voided", "corrected"].into_iter().zip(2..) {
        let action = code(word);
        let refused = matter.act(action.clone(), keeper.clone(), when);
        assert_eq!(refused, Err(MatterError::NotAnAct { action: action.clone() }));
        // Written all the same, by hand or by another program: it answers nothing.
        let answers = matter.whole();
        let act = MatterEvent::Acted { action, role: keeper.clone(), at: when, answers };
        matter.apply(id(n), &act);
    }
    assert_eq!(open(&matter), before);
}

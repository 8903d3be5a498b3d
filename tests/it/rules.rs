//! Rules of the two models that only the whole application can show.

use circle_model::LeaveReason;
use circlekeeper::{KeeperError, Kept, NewSheet, Standing, WaitReason};
use commons::{Code, MemberId, Rule};
use event_log::EventLog;
use outcomes::SafetyFlag;
use safety_protocols::{
    Arrangement, Cadence, Category, Harm, MatterContent, Severity, SupervisionEvent,
    SupervisionMode, evidence,
};

use crate::scene::{
    assistants, beside, circle, consent, day, draft, enter, found, gather, healing_group, meet,
    memory, moment, monday, people, proposal, rule_of, sheet, somebody, spoken,
};

/// The rules that a gate lists as unmet.
fn unmet<T>(refused: Result<T, KeeperError>) -> Vec<String> {
    match refused {
        Err(KeeperError::Gate { unmet }) => {
            unmet.iter().map(|unmet| unmet.rule.to_string()).collect()
        }
        Ok(_) => Vec::new(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_group_opens_only_with_consent_a_card_a_supervisor_and_trained_assistants() {
    let mut keeper = found(memory(1), 1, false);
    let fortnightly = Arrangement::Supervised(Cadence::Fortnightly);
    let scene = gather(&mut keeper, "social-healing-group", 15, fortnightly);
    // Two assistants are asked for, and nobody leads yet (U-04, SH-03).
    assert_eq!(unmet(keeper.open_group(scene.unit, monday())), ["U-04"]);
    let untrained = people(&mut keeper, 1, Standing::Facilitator)[0];
    let role = Code::of("community_healing_assistant");
    assert_eq!(rule_of(keeper.assign(scene.unit, untrained, &role, monday())), "U-04");
    for assistant in assistants(&mut keeper, 2, scene.supervisor) {
        keeper.assign(scene.unit, assistant, &role, monday()).unwrap();
    }
    // Somebody takes their word back before the first day (U-05).
    let scope = safety_protocols::Scope::Participate;
    let (member, unit) = (scene.members[0], Some(scene.unit));
    keeper.withdraw_consent(member, unit, &scope, moment(0, 10)).unwrap();
    assert_eq!(unmet(keeper.open_group(scene.unit, monday())), ["U-05"]);
    let again = spoken(scene.supervisor);
    keeper.give_consent_again(member, unit, &scope, &again, moment(0, 11)).unwrap();
    keeper.open_group(scene.unit, monday()).unwrap();
}

#[test]
fn nobody_is_measured_without_having_said_yes_to_it() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let (_, member) = somebody(&mut keeper, "Ann", Standing::Participant);
    let asked = keeper.record_sheets(&[sheet(member, scene.unit, 0)], moment(1, 9)).unwrap();
    assert_eq!(asked[0].kept, Kept::Nothing);
    assert!(keeper.member(member).unwrap().measures.sheets().is_empty());
    let kept =
        keeper.record_sheets(&[sheet(scene.members[0], scene.unit, 0)], moment(1, 9)).unwrap();
    assert_eq!(kept[0].kept, Kept::Whole);
}

#[test]
fn consent_to_a_sheet_is_that_of_its_day() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let member = scene.members[0];
    let scope = safety_protocols::Scope::MeasureOutcomes;
    let on = |days| NewSheet { on: day(days), ..sheet(member, scene.unit, 0) };
    keeper.withdraw_consent(member, None, &scope, moment(3, 10)).unwrap();
    // Typed in a week later: what was filled in before the withdrawal was consented to.
    assert_eq!(keeper.may_keep(&on(2)).unwrap(), Kept::Whole);
    assert_eq!(keeper.may_keep(&on(3)).unwrap(), Kept::Nothing, "it ends the same day");
    assert_eq!(keeper.may_keep(&on(4)).unwrap(), Kept::Nothing);
}

#[test]
fn somebody_in_danger_is_a_matter_whatever_they_signed_and_has_one_matter() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let (_, unasked) = somebody(&mut keeper, "Ann", Standing::Participant);
    let raised = [sheet(unasked, scene.unit, 3)];
    let first = keeper.record_sheets(&raised, moment(1, 9)).unwrap();
    assert_eq!((first[0].kept, first[0].flag), (Kept::Nothing, SafetyFlag::Raised));
    let matter = first[0].matter.expect("a matter without consent");
    assert!(!keeper.duties_of_matter(matter).unwrap().is_empty());
    // Brought again, after consent was written down or by another command: the same matter.
    assert_eq!(keeper.raise_answers(&raised, moment(1, 10)).unwrap()[0].matter, Some(matter));
    assert_eq!(keeper.record_sheets(&raised, moment(1, 11)).unwrap()[0].matter, Some(matter));
    let opened = keeper.log().read_kind("matter.opened").unwrap();
    assert_eq!(opened.events.len(), 1);
}

#[test]
fn without_a_yes_to_questions_about_danger_no_answer_to_them_is_stored() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let member = scene.members[0];
    let scope = safety_protocols::Scope::MeasureRiskItems;
    keeper.withdraw_consent(member, None, &scope, moment(0, 10)).unwrap();
    let recorded = keeper.record_sheets(&[sheet(member, scene.unit, 3)], moment(1, 9)).unwrap();
    assert_eq!(recorded[0].kept, Kept::WithoutRiskAnswers);
    assert!(recorded[0].matter.is_some());
    // Neither the answer nor a total from which it could be worked out.
    let file = keeper.member(member).unwrap();
    let sheets = file.measures.sheets();
    assert_eq!(
        sheets.values().map(|sheet| (sheet.answered, sheet.of)).collect::<Vec<_>>(),
        [(8, 9)]
    );
}

#[test]
fn the_psychologist_of_a_group_is_not_one_of_its_assistants() {
    let mut keeper = found(memory(1), 1, false);
    let fortnightly = Arrangement::Supervised(Cadence::Fortnightly);
    let scene = gather(&mut keeper, "social-healing-group", 15, fortnightly);
    let led_by = assistants(&mut keeper, 2, scene.supervisor);
    let role = Code::of("community_healing_assistant");
    keeper.assign(scene.unit, led_by[0], &role, monday()).unwrap();
    let led =
        keeper.arrange_supervision(scene.unit, led_by[0], scene.deputy, fortnightly, monday());
    assert_eq!(rule_of(led), "SH-02");
    let other = assistants(&mut keeper, 1, scene.supervisor)[0];
    keeper.arrange_supervision(scene.unit, other, scene.deputy, fortnightly, monday()).unwrap();
    assert_eq!(rule_of(keeper.assign(scene.unit, other, &role, monday())), "SH-02");
}

#[test]
fn storms_of_life_wait_for_six_sessions_and_a_recent_supervision() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, led_by) = healing_group(&mut keeper);
    let role = "community_healing_assistant";
    let storms = |days| proposal(9, days, 120, &led_by, role);
    let early = keeper.session_gate(scene.unit, &storms(7), &beside(&scene)).unwrap();
    assert!(early.refused.iter().any(|unmet| unmet.what == "sessions_held"));
    for number in 1..=3 {
        meet(&mut keeper, (&scene, &led_by), number, &[]);
    }
    let all = scene.members.iter().copied().collect();
    let rules =
        keeper.adopt(circlekeeper::DocumentKind::Agreement, b"We respect each other.").unwrap();
    keeper.adopt_agreement(scene.unit, rules, &Code::of("rw"), &all, day(21)).unwrap();
    enter(&mut keeper, scene.unit, "trust", 22).unwrap();
    for number in 4..=8 {
        meet(&mut keeper, (&scene, &led_by), number, &[]);
        let held =
            SupervisionEvent::Held { on: day(41), minutes: 60, mode: SupervisionMode::Group };
        if number == 6 {
            keeper.record_supervision(scene.unit, &held).unwrap();
        }
    }
    let mut lacks = |days| {
        let verdict = keeper.session_gate(scene.unit, &storms(days), &beside(&scene)).unwrap();
        let storms = verdict.refused.into_iter().filter(|unmet| unmet.rule == Rule::of("SH-06"));
        storms.map(|unmet| unmet.what.to_string()).collect::<Vec<_>>()
    };
    assert!(lacks(55).is_empty(), "eight sessions, supervised fourteen days ago");
    assert_eq!(lacks(56), ["supervision_within"], "fifteen days ago");
}

#[test]
fn who_comes_in_week_four_is_refused_and_waits_for_the_next_cohort() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, led_by) = healing_group(&mut keeper);
    for number in 1..=2 {
        meet(&mut keeper, (&scene, &led_by), number, &[]);
    }
    let late = people(&mut keeper, 2, Standing::Participant);
    // Once the group meets nobody sits down in it before they said yes to it (U-05).
    assert_eq!(rule_of(keeper.admit(scene.unit, &late[..1], day(20), None)), "U-05");
    consent(&mut keeper, &late, &scene, 20);
    keeper.admit(scene.unit, &late[..1], day(20), None).unwrap();
    meet(&mut keeper, (&scene, &led_by), 3, &[]);
    assert_eq!(rule_of(keeper.admit(scene.unit, &late[1..], day(28), None)), "SH-04");
    let why = WaitReason::TooLate;
    keeper.wait_list(late[1], Some(scene.unit), why, day(28)).unwrap();
    let waits = keeper.member(late[1]).unwrap().waits.values().cloned().collect::<Vec<_>>();
    assert_eq!(waits, [(why, Some(scene.unit))]);
    // Who did join is a reason to affirm the ground rules again (U-06, GR-03).
    let duties = keeper.duties().unwrap();
    let again: Vec<_> = duties.iter().filter(|duty| duty.row == "gr-03-reaffirm").collect();
    assert_eq!(again.len(), 1);
    assert!(again[0].is_open());
}

#[test]
fn two_missed_sessions_ask_for_a_visit_and_one_who_comes_back_answers_only_for_herself() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, led_by) = healing_group(&mut keeper);
    let (ann, ben): (MemberId, MemberId) = (scene.members[0], scene.members[1]);
    meet(&mut keeper, (&scene, &led_by), 1, &[ann, ben]);
    assert!(contacts(&mut keeper).is_empty(), "one missed session asks for nothing");
    meet(&mut keeper, (&scene, &led_by), 2, &[ann, ben]);
    assert_eq!(contacts(&mut keeper), [true, true], "both are to be visited within a week");
    meet(&mut keeper, (&scene, &led_by), 3, &[ben]);
    assert_eq!(contacts(&mut keeper), [false, true], "Ann is back, Ben is not");
    keeper.leave(scene.unit, ben, day(24), LeaveReason::NotSaid).unwrap();
    assert_eq!(contacts(&mut keeper), [false, false]);
}

/// The duties to visit somebody: whether each is open, the closed ones first.
fn contacts(
    keeper: &mut circlekeeper::Keeper<event_log::MemoryLog, rehearsal::World>,
) -> Vec<bool> {
    let duties = keeper.duties().unwrap();
    // An absence that follows no other stays in the list, answered: nothing called for a visit.
    let called = |duty: &&safety_protocols::Obligation| {
        duty.closed.as_ref().is_none_or(|closing| closing.evidence != evidence::CORRECTED)
    };
    let visits = duties.iter().filter(|duty| duty.row == "sh-10-two-missed").filter(called);
    let mut open: Vec<bool> = visits.map(safety_protocols::Obligation::is_open).collect();
    open.sort_unstable();
    open
}

#[test]
fn a_group_with_a_grave_matter_open_does_not_end() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let at = moment(3, 12);
    let content = MatterContent {
        category: Category::Threat,
        physical: Harm::None,
        psychological: Harm::Low,
        concerns: vec![scene.members[0]],
        reported_by: None,
        unit: Some(scene.unit),
        account: String::new(),
        written_at: at,
    };
    let matter = keeper.open_matter(Severity::S2, at, None, &content).unwrap();
    let why = circle_model::CloseReason::Chosen;
    assert_eq!(unmet(keeper.close_group(scene.unit, why, day(4))), ["U-08"]);
    // Nor is the matter closed before its duties are done.
    let by = safety_protocols::Decider {
        role: safety_protocols::SAFEGUARDING_LEAD,
        second: None,
        involvement: safety_protocols::Involvement::None,
    };
    assert!(keeper.close_matter(matter, &by, &Code::of("settled"), at).is_err());
    let (lead, keeper_role) = (safety_protocols::SAFEGUARDING_LEAD, Code::of("keeper"));
    keeper.acknowledge(matter, &lead, at).unwrap();
    for done in ["responded", "record_written", "support_offered", "checked_in", "checked_in_later"]
    {
        keeper.act(matter, &Code::of(done), &keeper_role, at).unwrap();
    }
    keeper.contacted(matter, safety_protocols::Contact::Reached, &keeper_role, at).unwrap();
    keeper.learned(matter, &Code::of("talk"), at, at).unwrap();
    keeper.close_matter(matter, &by, &Code::of("settled"), at).unwrap();
    keeper.close_group(scene.unit, why, day(5)).unwrap();
}

#[test]
fn no_phase_ends_while_something_urgent_is_due() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    enter(&mut keeper, scene.unit, "p0", 0).unwrap();
    assert!(keeper.phase_gate(scene.unit, day(3)).unwrap().passes());
    let at = moment(3, 12);
    let content = MatterContent {
        category: Category::Threat,
        physical: Harm::None,
        psychological: Harm::Low,
        concerns: vec![scene.members[0]],
        reported_by: None,
        unit: Some(scene.unit),
        account: String::new(),
        written_at: at,
    };
    let matter = keeper.open_matter(Severity::S2, at, None, &content).unwrap();
    assert_eq!(unmet(enter(&mut keeper, scene.unit, "p1", 3)), ["U-08"]);
    let (lead, role) = (safety_protocols::SAFEGUARDING_LEAD, Code::of("keeper"));
    keeper.acknowledge(matter, &lead, at).unwrap();
    for done in ["responded", "record_written", "support_offered", "checked_in"] {
        keeper.act(matter, &Code::of(done), &role, at).unwrap();
    }
    keeper.contacted(matter, safety_protocols::Contact::Reached, &role, at).unwrap();
    keeper.learned(matter, &Code::of("talk"), at, at).unwrap();
    // What is to be looked at again in four weeks holds no phase up, but the end of the group.
    assert!(keeper.phase_gate(scene.unit, day(4)).unwrap().passes());
    assert!(!keeper.closing_gate(scene.unit).unwrap().passes());
}

#[test]
fn a_raised_answer_is_a_matter_before_the_person_leaves() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let calm =
        keeper.record_sheets(&[sheet(scene.members[0], scene.unit, 0)], moment(1, 9)).unwrap();
    assert!(calm[0].matter.is_none());
    let raised =
        keeper.record_sheets(&[sheet(scene.members[1], scene.unit, 1)], moment(1, 9)).unwrap();
    let matter = raised[0].matter.unwrap();
    assert!(!keeper.duties_of_matter(matter).unwrap().is_empty());
    // The open parts do not say in which circle: beside a sheet saved alone, that would say whose.
    let log = keeper.log();
    let opened = log.read_kind("matter.opened").unwrap().events;
    let unit = event_log::Key::from(scene.unit);
    assert!(opened.iter().all(|event| event.header().keys.iter().all(|key| key != unit)));
    // The circle does not end over it all the same (U-08).
    enter(&mut keeper, scene.unit, "p0", 0).unwrap();
    let ended = keeper.close_group(scene.unit, circle_model::CloseReason::Chosen, day(5));
    assert_eq!(unmet(ended), ["U-08"]);
}

#[test]
fn nobody_plays_the_clinician_neither_in_a_role_nor_in_one_meeting() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let clinician = Code::of("clinician");
    let assigned = keeper.assign(scene.unit, scene.supervisor, &clinician, monday());
    assert_eq!(rule_of(assigned), "U-03");
    enter(&mut keeper, scene.unit, "p0", 0).unwrap();
    let led_by = proposal(23, 7, 90, &scene.members[..1], "clinician");
    assert_eq!(rule_of(keeper.plan_session(scene.unit, &led_by, &beside(&scene))), "U-03");
    // If one came all the same, it is written down and shown (HC-02).
    let asked = proposal(23, 7, 90, &scene.members[..1], "member");
    let session = keeper.plan_session(scene.unit, &asked, &beside(&scene)).unwrap();
    let mut written = draft(7, 90, &scene.members, &[]);
    written.record.others.insert(scene.supervisor, clinician);
    keeper.record_session(scene.unit, session, &written).unwrap();
    let found = keeper.findings().unwrap();
    assert!(found.iter().any(|one| one.kind == "forbidden_role_present"), "{found:?}");
}

#[test]
fn a_seat_is_refilled_only_with_everybodys_word_and_the_rules_are_affirmed_again() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let all = scene.members.iter().copied().collect();
    let rules =
        keeper.adopt(circlekeeper::DocumentKind::Agreement, b"We respect each other.").unwrap();
    keeper.adopt_agreement(scene.unit, rules, &Code::of("rw"), &all, monday()).unwrap();
    let (_, member) = somebody(&mut keeper, "Ann", Standing::Participant);
    assert_eq!(rule_of(keeper.admit(scene.unit, &[member], day(3), None)), "HC-09");
    let welcome = circle_model::Decision::Refill { member };
    let most = scene.members[1..].iter().copied().collect();
    let split = keeper.decided(scene.unit, &welcome, &all, &most, day(3)).unwrap();
    let refused = keeper.admit(scene.unit, &[member], day(3), Some(split));
    assert_eq!(rule_of(refused), "HC-09", "one of six said no");
    let word = keeper.decided(scene.unit, &welcome, &all, &all, day(4)).unwrap();
    consent(&mut keeper, &[member], &scene, 4);
    keeper.admit(scene.unit, &[member], day(4), Some(word)).unwrap();
    let mut open = || {
        let duties = keeper.duties().unwrap();
        let refill = duties.into_iter().filter(|duty| duty.row == "hc-09-refill");
        let open: Vec<bool> = refill.map(|duty| duty.is_open()).collect();
        open
    };
    assert_eq!(open(), [true]);
    let everybody = scene.members.iter().copied().chain([member]).collect();
    keeper.affirm_agreement(scene.unit, &everybody, day(6)).unwrap();
    let duties = keeper.duties().unwrap();
    assert!(duties.iter().all(|duty| duty.row != "hc-09-refill" || !duty.is_open()));
}

#[test]
fn only_somebody_whose_time_was_looked_back_on_begins_a_circle_and_not_alone() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let founder = scene.members[0];
    let terms = crate::scene::model("healing-circle").terms().unwrap();
    let words = circlekeeper::UnitWords::default();
    let new = circlekeeper::NewGroup { terms, words, on: day(300) };
    let alone = [founder].into();
    let early = keeper.form_child(scene.unit, founder, &alone, &new);
    assert_eq!(rule_of(early), "HC-07", "no review yet");
    keeper.reviewed(scene.unit, founder, day(299)).unwrap();
    assert_eq!(rule_of(keeper.form_child(scene.unit, founder, &alone, &new)), "HC-07");
    let share = circle_model::Decision::ShareFounder { member: founder };
    let all = scene.members.iter().copied().collect();
    keeper.decided(scene.unit, &share, &all, &all, day(300)).unwrap();
    let child = keeper.form_child(scene.unit, founder, &alone, &new).unwrap();
    // Nobody sits in two circles that meet: the founder leaves the first one (U-10).
    assert_eq!(rule_of(keeper.admit(child, &[founder], day(301), None)), "U-10");
    keeper.leave(scene.unit, founder, day(301), LeaveReason::WentOn).unwrap();
    keeper.admit(child, &[founder], day(301), None).unwrap();
}

#[test]
fn nine_volunteers_make_no_savings_group_and_ten_with_a_committee_and_a_constitution_do() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, _) = healing_group(&mut keeper);
    let mut missing = |volunteers: usize, committee: usize, constitution: bool| {
        let going = circlekeeper::gates::GoingOn {
            model: Code::of("savings-group"),
            volunteers: scene.members[..volunteers].iter().copied().collect(),
            committee: scene.members[..committee].iter().copied().collect(),
            constitution,
        };
        match keeper.go_on_as(scene.unit, &going, day(120)) {
            Ok(_) => Vec::new(),
            Err(KeeperError::Gate { unmet }) => {
                assert!(unmet.iter().all(|unmet| unmet.rule == Rule::of("SH-09")));
                unmet.iter().map(|unmet| unmet.what.to_string()).collect()
            }
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(missing(9, 5, true), ["volunteers"]);
    assert_eq!(missing(10, 0, true), ["committee"]);
    assert_eq!(missing(10, 11, true), ["committee"], "an officer who does not go on");
    assert_eq!(missing(10, 5, false), ["constitution"]);
    assert_eq!(missing(8, 0, false), ["committee", "constitution", "volunteers"], "all at once");
    assert!(missing(10, 5, true).is_empty());
}

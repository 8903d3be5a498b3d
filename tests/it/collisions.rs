//! Rules that collide, each with both in play.
//!
//! | row | rules | settled where |
//! | --- | --- | --- |
//! | 1 | SP-03, SV-08 against HC-06 | `an_independent_circle_is_never_paused_for_lacking_staff` |
//! | 2 | SV-05 against SH-02 | `one_psychologist_sees_more_assistants_only_with_a_recorded_plan` |
//! | 3 | U-13 against DI-01, DI-03 | `the_only_circle_of_a_small_program_can_report_something` |
//! | 4 | CH-01, CH-02 against school circles | rows of rules are scoped by setting; no model for schools is ready yet |
//! | 5 | HC-01 against leaving | `the_fewest_is_a_duty_and_the_most_is_a_bound` |
//! | 6 | EN-12 against telephones | paper first: decided when the web frontend is built |
//! | 7 | DI-05 against small evaluations | the evaluator works inside; no row export exists yet |

use circle_model::LeaveReason;
use circlekeeper::{DocumentKind, NewGroup, UnitWords};
use commons::{Code, Rule};
use outcomes::{Cohort, suppression::Audience};
use rehearsal::{Options, play_healing_circle};
use safety_protocols::{
    Arrangement, Cadence, Load, PeerLeadPlan, SupervisionEvent, SupervisionMode,
};

use crate::scene::{
    assistants, circle, day, found, gather, memory, model, monday, proposal, rule_of, somebody,
};

#[test]
fn an_independent_circle_is_never_paused_for_lacking_staff() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let mut gate = |days, arrangement: Option<Arrangement>| {
        if let Some(arrangement) = arrangement {
            keeper
                .arrange_supervision(
                    scene.unit,
                    scene.supervisor,
                    scene.deputy,
                    arrangement,
                    monday(),
                )
                .unwrap();
        }
        let asked = proposal(1, days, 90, &[scene.members[0]], "member");
        let verdict = keeper.session_gate(scene.unit, &asked).unwrap();
        verdict.refused.iter().any(|unmet| unmet.rule == Rule::of("SP-03"))
    };
    // While staff are there: every 14 days, paused when more than 28 days late.
    assert!(!gate(14 + 28, None));
    assert!(gate(14 + 29, None));
    // Once they have left: offered, and never a pause (HC-06).
    assert!(!gate(14 + 29, Some(Arrangement::PeerConsultation)));
    assert!(!gate(200, None));
}

#[test]
fn eight_meetings_without_staff_pass_in_the_played_circle() {
    let options = Options { cost: circle_vault::Cost::TEST, ..Options::new(2) };
    let mut played = play_healing_circle(memory(1), &options, &mut |_| {}).unwrap();
    let file = played.keeper.unit(played.circle.unit).unwrap();
    let held = file.meetings().held();
    let alone: Vec<_> = held.iter().filter(|session| session.number > 14).collect();
    assert_eq!(alone.len(), 8);
    let staff = [Code::of("staff_facilitator"), Code::of("observer_mentor")];
    for session in alone {
        let mut roles = session.record.led_by.values().chain(session.record.others.values());
        assert!(roles.all(|role| !staff.contains(role)), "HC-06");
    }
}

#[test]
fn one_psychologist_sees_more_assistants_only_with_a_recorded_plan() {
    let mut keeper = found(memory(1), 1, false);
    let arrangement = Arrangement::Supervised(Cadence::Fortnightly);
    let first = gather(&mut keeper, "social-healing-group", 15, arrangement);
    let (psychologist, deputy) = (first.supervisor, first.deputy);
    let role = Code::of("community_healing_assistant");
    let trained = assistants(&mut keeper, 14, psychologist);
    let mut units = vec![first.unit];
    for _ in 1..7 {
        let terms = model("social-healing-group").terms().unwrap();
        let words = UnitWords::default();
        let unit = keeper.form_group(&NewGroup { terms, words, on: monday() }).unwrap();
        keeper.arrange_supervision(unit, psychologist, deputy, arrangement, monday()).unwrap();
        units.push(unit);
    }
    for (pair, unit) in trained.chunks(2).zip(&units).take(6) {
        for assistant in pair {
            keeper.assign(*unit, *assistant, &role, monday()).unwrap();
        }
    }
    assert_eq!(keeper.supervisees(psychologist, monday()).unwrap().len(), 12);
    assert_eq!(rule_of(keeper.assign(units[6], trained[12], &role, monday())), "SV-05");
    // One of the twelve may help in another group: nobody is added.
    keeper.assign(units[6], trained[0], &role, monday()).unwrap();

    let plan = serde_json::to_vec(&PeerLeadPlan { leads: 2 }).unwrap();
    keeper.adopt(DocumentKind::PeerLeadPlan, &plan).unwrap();
    keeper.assign(units[6], trained[12], &role, monday()).unwrap();
    assert_eq!(keeper.supervision_load(14).unwrap(), Load::Heavy { seen: 2 });
    // And the supervisor of a group never leads it, plan or not (SH-02).
    assert_eq!(rule_of(keeper.assign(units[0], psychologist, &role, monday())), "U-04");
}

#[test]
fn the_only_circle_of_a_small_program_can_report_something() {
    let options = Options { cost: circle_vault::Cost::TEST, ..Options::new(2) };
    let mut played = play_healing_circle(memory(1), &options, &mut |_| {}).unwrap();
    let now = played.keeper.now();
    let plan = played.keeper.figure_plan(Audience::Outside).unwrap();
    let whole = played.keeper.cohort(now).unwrap();
    let told = serde_json::to_value(whole.figures(&plan)).unwrap();
    assert_eq!(told["delivery"]["sessions_held"], 22, "sessions may leave the house: {told}");
    // A program of nobody shows nothing, and says so rather than an empty table.
    let none = serde_json::to_string(&Cohort::default().figures(&plan)).unwrap();
    assert!(none.contains("hidden") || none.contains("why"), "{none}");
}

#[test]
fn the_fewest_is_a_duty_and_the_most_is_a_bound() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    // The most, seven, is never passed: an eighth is refused even with everybody's word (HC-01).
    let mut refused = String::new();
    for name in ["Seventh", "Eighth"] {
        let (_, member) = somebody(&mut keeper, name, circlekeeper::Standing::Participant);
        let welcome = circle_model::Decision::Refill { member };
        let all = scene.members.iter().copied().collect();
        let consent = keeper.decided(scene.unit, &welcome, &all, &all, day(1)).unwrap();
        if let Err(error) = keeper.admit(scene.unit, &[member], day(1), Some(consent)) {
            refused = commons::Refused::rule(&error).unwrap().to_string();
        }
    }
    assert!(["HC-01", "U-01"].contains(&refused.as_str()), "{refused}");
    // The fewest, five, is passed: leaving is never refused, and fourteen days are given (U-02).
    for (member, days) in scene.members.iter().zip([8, 9, 10]) {
        keeper.leave(scene.unit, *member, day(days), LeaveReason::NotSaid).unwrap();
    }
    let duties = keeper.duties().unwrap();
    let decide: Vec<_> = duties.iter().filter(|duty| duty.row == "u-02-below").collect();
    assert_eq!(decide.len(), 1);
    assert!(decide[0].is_open());
    let due = decide[0].due_at.unwrap().with_timezone(&crate::scene::ZONE).date_naive();
    assert_eq!(due, day(24));
    let present = scene.members[3..].iter().copied().collect();
    keeper.decided(scene.unit, &circle_model::Decision::GoOn, &present, &present, day(12)).unwrap();
    let duties = keeper.duties().unwrap();
    assert!(duties.iter().filter(|duty| duty.row == "u-02-below").all(|duty| !duty.is_open()));
    let held = SupervisionEvent::Held { on: day(12), minutes: 60, mode: SupervisionMode::Group };
    keeper.record_supervision(scene.unit, &held).unwrap();
}

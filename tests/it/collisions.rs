//! Rules that collide, each with both in play.
//!
//! | row | rules | settled where |
//! | --- | --- | --- |
//! | 1 | SP-03, SV-08 against HC-06 | `an_independent_circle_is_never_paused_for_lacking_staff` |
//! | 2 | SV-05 against SH-02 | `one_psychologist_sees_more_assistants_only_with_a_recorded_plan` |
//! | 3 | U-13 against DI-01, DI-03 | `the_only_circle_of_a_small_program_can_report_something` |
//! | 4 | CH-01, CH-02 against school circles | rows are scoped by setting: `in_school_hours_the_schools_own_rule_holds_and_elsewhere_that_of_youth_groups`, in the crate of the rules |
//! | 5 | HC-01 against leaving | `the_fewest_is_a_duty_and_the_most_is_a_bound` |
//! | 6 | EN-12 against telephones | paper first: `the_card_is_on_paper_before_it_is_on_any_telephone` |
//! | 7 | DI-05 against small evaluations | `an_evaluator_works_inside_and_a_funder_sees_no_row` |

use circle_access::{Action, Asker, Purpose, Relation, Role, View, may};
use circle_model::{Decision, Evidence, LeaveReason};
use circlekeeper::{DocumentKind, Keeper, NewGroup, NewSheet, UnitWords, gates::StandBy};
use commons::{Code, DataClass, Rule};
use event_log::MemoryLog;
use outcomes::figures::{Coarser, HiddenWhy, Instead, Shown};
use outcomes::suppression::{Audience, Tally};
use outcomes::{Answer, ItemAnswers};
use rehearsal::{Options, World, play_healing_circle};
use report::{Stamp, Wording};
use safety_protocols::{
    Arrangement, Cadence, Load, PeerLeadPlan, Subject, SupervisionEvent, SupervisionMode,
};

use crate::scene::{
    Scene, assistants, circle, day, draft, enter, found, gather, memory, model, moment, monday,
    proposal, reporting, rule_of, sheet, somebody, step, teach,
};

/// Lives a circle of six from its workshops to the fourteenth meeting, in the phase that staff
/// watch, supervised every fortnight until then.
fn mentored(keeper: &mut Keeper<MemoryLog, World>) -> Scene {
    let scene = circle(keeper);
    let role = Code::of("peer_facilitator");
    teach(keeper, "healing-circle", &scene.members, &role, scene.supervisor);
    let rules = keeper.adopt(DocumentKind::Agreement, b"We respect each other.").unwrap();
    let all = scene.members.iter().copied().collect();
    keeper.adopt_agreement(scene.unit, rules, &Code::of("rw"), &all, monday()).unwrap();
    let taught = Evidence { screened: 6, modules_done: 6, ..Evidence::default() };
    for phase in ["p0", "p1", "p2"] {
        keeper.enter_phase(scene.unit, &step(phase), &taught, monday()).unwrap();
    }
    for number in 1..=14_u16 {
        let days = u64::from(number) * 7;
        if number == 7 {
            keeper.enter_phase(scene.unit, &step("p3"), &taught, day(days)).unwrap();
        }
        if number % 2 == 1 {
            let mode = SupervisionMode::OneToOne;
            let held = SupervisionEvent::Held { on: day(days), minutes: 60, mode };
            keeper.record_supervision(scene.unit, &held).unwrap();
        }
        meet_as_members(keeper, &scene, number, days);
    }
    scene
}

/// Plans a meeting that a member leads, and writes it down.
fn meet_as_members(keeper: &mut Keeper<MemoryLog, World>, scene: &Scene, number: u16, days: u64) {
    let turn = usize::from(number) % scene.members.len();
    let led_by = &scene.members[turn..=turn];
    let role = if number <= 6 { "member" } else { "peer_facilitator" };
    let asked = proposal(number, days, 90, led_by, role);
    let session = keeper.plan_session(scene.unit, &asked, &StandBy::default()).unwrap();
    let mut written = draft(days, 90, &scene.members, &[]);
    written.record.led_by = [(led_by[0], Code::of(role))].into();
    keeper.record_session(scene.unit, session, &written).unwrap();
}

#[test]
fn an_independent_circle_is_never_paused_for_lacking_staff() {
    let mut keeper = found(memory(1), 1, false);
    let scene = mentored(&mut keeper);
    let paused = |keeper: &mut Keeper<MemoryLog, World>, days| {
        let asked = proposal(15, days, 90, &scene.members[..1], "member");
        let verdict = keeper.session_gate(scene.unit, &asked, &StandBy::default()).unwrap();
        verdict.refused.iter().any(|unmet| unmet.rule == Rule::of("SP-03"))
    };
    // While staff are there: every 14 days, paused when more than 28 days late.
    let last = 13 * 7;
    assert!(!paused(&mut keeper, last + 14 + 28));
    assert!(paused(&mut keeper, last + 14 + 29));

    // They leave: the circle enters the phase, and nothing else is done.
    let phase = Decision::EnterPhase { phase: Code::of("p4") };
    let all = scene.members.iter().copied().collect();
    keeper.decided(scene.unit, &phase, &all, &all, day(100)).unwrap();
    let signed = Evidence { signed: vec![Code::of("observer_mentor")], ..Evidence::default() };
    keeper.enter_phase(scene.unit, &step("p4"), &signed, day(100)).unwrap();

    for number in 15..=22_u16 {
        meet_as_members(&mut keeper, &scene, number, u64::from(number) * 7);
    }
    assert!(!paused(&mut keeper, 300), "a year of silence pauses nobody (HC-06)");
    let duties = keeper.duties().unwrap();
    let here = duties.iter().filter(|duty| duty.subject == Subject::Unit(scene.unit));
    let open: Vec<_> = here.filter(|duty| duty.is_open()).collect();
    assert!(!open.iter().any(|duty| duty.pauses(moment(300, 9))), "{open:?}");
    assert!(!open.iter().any(|duty| duty.what == "hold_supervision"), "of staff it must not have");
    assert_eq!(open.iter().filter(|duty| duty.what == "offer_consultation").count(), 1);
}

#[test]
fn nobody_arranges_less_than_the_phase_asks_for() {
    let mut keeper = found(memory(1), 1, false);
    let (group, _) = crate::scene::healing_group(&mut keeper);
    let circle = circle(&mut keeper);
    for scene in [&group, &circle] {
        for loose in [Arrangement::PeerConsultation, Arrangement::Supervised(Cadence::FourWeekly)] {
            let (one, two) = (scene.supervisor, scene.deputy);
            let arranged = keeper.arrange_supervision(scene.unit, one, two, loose, day(1));
            assert_eq!(rule_of(arranged), "SV-15");
        }
    }
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

    // A plan of somebody else says nothing for this one.
    let leads = [trained[0], trained[1]].into();
    keeper.plan_peer_leads(&PeerLeadPlan { supervisor: deputy, leads }).unwrap();
    assert_eq!(rule_of(keeper.assign(units[6], trained[12], &role, monday())), "SV-05");
    let leads = [trained[0], trained[1]].into();
    keeper.plan_peer_leads(&PeerLeadPlan { supervisor: psychologist, leads }).unwrap();
    keeper.assign(units[6], trained[12], &role, monday()).unwrap();
    let seen = keeper.supervisees(psychologist, monday()).unwrap();
    assert_eq!(seen.len(), 13);
    let load = keeper.supervision_load(psychologist, &seen).unwrap();
    assert_eq!(load, Load::Heavy { seen: 2 });
    // More than ten are warned about, where somebody looks at what is missing.
    let verdict = keeper.opening_gate(units[6], monday()).unwrap();
    assert!(verdict.warned.iter().any(|unmet| unmet.rule == Rule::of("SV-05")));
    // And the supervisor of a group never leads it, plan or not (SH-02).
    assert_eq!(rule_of(keeper.assign(units[0], psychologist, &role, monday())), "U-04");
}

/// One circle of seven, of whom six were measured at the start and the end, and met twice.
fn circle_of_seven() -> Keeper<MemoryLog, World> {
    let mut keeper = found(memory(1), 1, false);
    let arrangement = Arrangement::Supervised(Cadence::Fortnightly);
    let scene = gather(&mut keeper, "healing-circle", 7, arrangement);
    keeper.open_group(scene.unit, monday()).unwrap();
    enter(&mut keeper, scene.unit, "p0", 1).unwrap();
    for number in 1..=2 {
        let days = 7 * number;
        let number = 22 + u16::try_from(number).unwrap();
        let asked = proposal(number, days, 90, &scene.members[..1], "member");
        let session = keeper.plan_session(scene.unit, &asked, &StandBy::default()).unwrap();
        let written = draft(days, 90, &scene.members[1..], &scene.members[..1]);
        keeper.record_session(scene.unit, session, &written).unwrap();
    }
    for (timepoint, raw) in [("start", 2), ("end", 3)] {
        let sheets: Vec<NewSheet> = scene.members[1..]
            .iter()
            .map(|member| NewSheet {
                instrument: Code::of("who-5"),
                timepoint: Code::of(timepoint),
                answers: ItemAnswers::new([Answer::Given(raw); 5]),
                ..sheet(*member, scene.unit, 0)
            })
            .collect();
        keeper.record_sheets(&sheets, moment(14, 9)).unwrap();
    }
    keeper
}

#[test]
fn the_only_circle_of_a_small_program_can_report_something() {
    let mut keeper = circle_of_seven();
    let plan = keeper.figure_plan(Audience::Outside).unwrap();
    let figures = keeper.cohort(&reporting(), moment(20, 9)).unwrap().figures(&plan);
    assert_eq!(figures.reach.people, Tally::FewerThan { n: 11 });
    assert_eq!((figures.delivery.sessions_held, figures.delivery.hours), (2, 3.0));
    let Shown::Hidden(hidden) = &figures.scales[0].waves else { panic!("bands of seven people") };
    assert_eq!((hidden.why, hidden.floor), (HiddenWhy::TooFewPeople, 11));
    assert_eq!(hidden.instead, [Instead::FewerThanFloor, Instead::SessionsAndHours]);
    assert_eq!(hidden.coarser, [Coarser::SeveralCircles, Coarser::InsideReport]);

    // What a funder reads, word for word: what may leave, why the rest does not, what would show.
    let stamp = Stamp {
        made_on: day(20),
        about: report::About::Program(Code::of("small")),
        demo: false,
        software: "x".into(),
        brief: None,
        unreadable: 0,
    };
    let page = report::html(&figures, &Wording::english().unwrap(), &stamp);
    for said in [
        "Fewer than 11 people enrolled for one circle. 2 sessions were held, 3 hours in all.",
        "Not shown here.</strong> Fewer than 11 people stand behind this, so single people could be recognized.",
        "What may be said instead: “fewer than 11 people took part”; how many sessions were held, and for how many hours.",
        "What would show: several circles together, once 11 people or more stand behind the figure; the report for the program’s own team, which shows counts from 5 people on.",
        "Rows of single circles stay inside the program.",
    ] {
        assert!(page.contains(said), "{said}");
    }
    for never in [">7<", ">6<", "what was spent", "stories", "<figure>"] {
        assert!(!page.contains(never), "{never}");
    }
    // Inside, five stand together: seven enrolled, who came, six measured.
    let plan = keeper.figure_plan(Audience::Inside).unwrap();
    let inside = keeper.cohort(&reporting(), moment(20, 9)).unwrap().figures(&plan);
    assert_eq!(inside.reach.people, Tally::Exactly { n: 7 });
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
        crate::scene::consent(&mut keeper, &[member], &scene, 1);
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
    let decide: Vec<_> = decide.into_iter().filter(|duty| duty.is_open()).collect();
    assert_eq!(decide.len(), 1, "the other leavings brought nobody below five");
    let due = decide[0].due_at.unwrap().with_timezone(&crate::scene::ZONE).date_naive();
    assert_eq!(due, day(24));
    let present = scene.members[3..].iter().copied().collect();
    keeper.decided(scene.unit, &circle_model::Decision::GoOn, &present, &present, day(12)).unwrap();
    let duties = keeper.duties().unwrap();
    assert!(duties.iter().filter(|duty| duty.row == "u-02-below").all(|duty| !duty.is_open()));
    let held = SupervisionEvent::Held { on: day(12), minutes: 60, mode: SupervisionMode::Group };
    keeper.record_supervision(scene.unit, &held).unwrap();
}

/// Collision 6: no native app is planned, so what a coordinator with only a telephone needs first
/// is made to be printed. How the rest gets there is decided with the web frontend.
#[test]
fn the_card_is_on_paper_before_it_is_on_any_telephone() {
    let mut keeper = found(memory(1), 1, false);
    let card = keeper.card().unwrap().unwrap();
    let paper = card.plain_text(|slot| slot.code().to_string());
    assert_eq!(paper.lines().count(), 8, "seven numbers and the day: {paper}");
    assert!(paper.lines().all(|line| line.chars().count() < 80), "it fits on a slip");
}

/// Collision 7: rows do not leave in small evaluations, so the evaluator comes to them: under
/// pseudonyms, in the store. Who only pays sees figures and never a row.
#[test]
fn an_evaluator_works_inside_and_a_funder_sees_no_row() {
    let may = |role, class, purpose| {
        may(&Asker::wearing(role), Action::Read, class, Relation::Program, purpose).view()
    };
    for class in [DataClass::Scores, DataClass::Attendance, DataClass::SessionRecord] {
        assert_eq!(may(Role::Evaluator, class, Purpose::Evaluate), Ok(View::Pseudonymous));
        assert_eq!(may(Role::Funder, class, Purpose::Report), Ok(View::Aggregates));
    }
    assert!(may(Role::Evaluator, DataClass::Identity, Purpose::Evaluate).is_err());
}

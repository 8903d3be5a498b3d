//! Who may lead, and how staff step back.

use std::collections::BTreeMap;

use circle_model::{
    Condition, Evidence, GroupBreach, GroupError, GroupEvent, Holder, Mark, PlanningError,
    Proposal, Record, Scope, SessionEvent, Shown, Stance, TermsDraft,
};
use commons::{Aggregate, Code, Refused, Rule};

use crate::world::{Living, circle, day, healing_group, record, role, step, time, who};

const CLINICIAN: Code = Code::of("clinician");
const STAFF: Code = Code::of("staff_facilitator");
const PEER: Code = Code::of("peer_facilitator");

fn enter(living: &mut Living, phase: &'static str, known: &Evidence) -> Result<(), GroupError> {
    living.enter(phase, known).map(|_| ())
}

fn known(on: u64, sessions_held: u16, distinct_facilitators: u16) -> Evidence {
    Evidence { on: day(on), sessions_held, distinct_facilitators, ..Evidence::default() }
}

/// A circle in its last phase, in which staff are out of the room.
fn independent() -> Living {
    independent_as(circle())
}

fn independent_as(draft: TermsDraft) -> Living {
    let mut living = Living::open(draft, 7);
    enter(&mut living, "p2", &known(0, 0, 0)).unwrap();
    enter(&mut living, "p3", &known(28, 4, 0)).unwrap();
    enter(&mut living, "p4", &known(56, 8, 2)).unwrap();
    living
}

#[test]
fn nobody_plays_the_clinician_in_a_healing_circle() {
    let mut living = Living::open(circle(), 7);
    enter(&mut living, "p2", &known(0, 0, 0)).unwrap();
    let refused = living.group.assign(who(1), &CLINICIAN, day(1), None).unwrap_err();
    assert_eq!((refused.code(), refused.rule()), ("group.role_forbidden", Some(Rule::of("U-03"))));
    let led_by = BTreeMap::from([(who(50), CLINICIAN)]);
    let proposal =
        Proposal { number: 1, at: time(0), minutes: 90, theme: None, led_by, substitute: None };
    assert_eq!(living.meetings().plan(&proposal).unwrap_err().code(), "group.role_forbidden");

    let others = BTreeMap::from([(who(50), CLINICIAN)]);
    living.hold_as(1, Record { others, ..record(0, &[(1, Mark::Present)]) });
    let kinds = living.kinds();
    assert_eq!(kinds, [GroupBreach::ForbiddenRolePresent], "it happened, so it is kept and shown");
}

#[test]
fn staff_step_back_one_way_and_step_in_again_only_for_a_reason_and_a_time() {
    let mut living = independent();
    assert_eq!(living.group.stance_on(day(10)), Some(Stance::Facilitator));
    assert_eq!(living.group.stance_on(day(30)), Some(Stance::Observer));
    assert_eq!(living.group.stance_on(day(60)), Some(Stance::OnCall));
    let back = living.group.enter(&step("p2"), &known(70, 9, 2)).unwrap_err();
    assert_eq!(back, GroupError::NotNext { phase: Code::of("p2"), next: None });

    let no_step = living.group.step_back_in(Stance::Absent, Code::of("illness"), day(60), day(70));
    assert!(matches!(no_step, Err(GroupError::NoStepIn { .. })));
    let step =
        living.group.step_back_in(Stance::Observer, Code::of("illness"), day(60), day(70)).unwrap();
    living.take(step);
    assert_eq!(living.group.stance_on(day(65)), Some(Stance::Observer));
    assert_eq!(living.group.stance_on(day(71)), Some(Stance::OnCall), "and out again by itself");
}

#[test]
fn staff_neither_lead_nor_sit_in_an_independent_circle() {
    let mut living = independent();
    let proposal = |led_by| Proposal {
        number: 9,
        at: time(60),
        minutes: 90,
        theme: None,
        led_by,
        substitute: None,
    };
    let staff = living.meetings().plan(&proposal(BTreeMap::from([(who(50), STAFF)])));
    assert_eq!(staff, Err(PlanningError::Group(GroupError::RoleNotNow { role: STAFF })));
    assert!(living.meetings().plan(&proposal(BTreeMap::from([(who(1), PEER)]))).is_ok());

    let led_by = BTreeMap::from([(who(50), STAFF)]);
    living.hold_as(9, Record { led_by, ..record(60, &[(1, Mark::Present)]) });
    let kinds = living.kinds();
    assert_eq!(kinds, [GroupBreach::StaffInTheRoom], "HC-06");
    assert_eq!(living.meetings().turnout(who(1)).attended, 1, "who came still came");
}

#[test]
fn a_phase_is_entered_in_its_turn_and_everything_missing_is_listed() {
    let mut living = Living::open(circle(), 7);
    assert!(matches!(enter(&mut living, "p3", &known(0, 9, 9)), Err(GroupError::NotNext { .. })));
    enter(&mut living, "p2", &known(0, 0, 0)).unwrap();
    let refused = enter(&mut living, "p3", &known(14, 3, 0)).unwrap_err();
    assert_eq!(refused.to_string(), "phase p3 may not be entered: 1 condition(s) are not met");
    enter(&mut living, "p3", &known(28, 4, 0)).unwrap();
    assert!(enter(&mut living, "p4", &known(56, 8, 1)).is_err());
    enter(&mut living, "p4", &known(56, 8, 2)).unwrap();
    assert!(living.group.breaches().is_empty());
}

#[test]
fn two_laptops_enter_different_phases_and_it_shows() {
    let mut living = Living::open(circle(), 7);
    enter(&mut living, "p2", &known(0, 0, 0)).unwrap();
    let one = living.group.enter(&step("p3"), &known(28, 4, 0)).unwrap();
    let two = living.group.enter(&step("p3"), &known(30, 4, 0)).unwrap();
    living.take(one);
    living.take(two);
    let kinds: Vec<_> = living.group.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [GroupBreach::PhasesDiverge]);
    assert_eq!(living.group.phase().map(|phase| phase.id.clone()), Some(Code::of("p3")));
}

#[test]
fn a_healing_group_is_led_by_two_assistants() {
    let living = Living::open(healing_group(), 18);
    let assistant = Code::of("assistant");
    let proposal = |people: &[u128]| Proposal {
        number: 1,
        at: time(0),
        minutes: 120,
        theme: None,
        led_by: people.iter().map(|n| (who(*n), assistant.clone())).collect(),
        substitute: None,
    };
    let alone = living.meetings().plan(&proposal(&[50])).unwrap_err();
    assert_eq!(alone, PlanningError::RoleMissing { role: assistant.clone(), have: 1, fewest: 2 });
    assert!(living.meetings().plan(&proposal(&[50, 51])).is_ok());
}

#[test]
fn a_role_given_back_is_held_no_more() {
    let mut living = Living::open(circle(), 7);
    enter(&mut living, "p2", &known(0, 0, 0)).unwrap();
    for n in [50, 51] {
        let assigned = living.group.assign(who(n), &STAFF, day(1), None).unwrap();
        living.take(assigned);
    }
    assert_eq!(
        living.group.assign(who(52), &STAFF, day(1), None),
        Err(GroupError::RoleTaken { role: STAFF, most: 2 })
    );
    living.take(living.group.released(who(50), &STAFF, day(5)));
    assert!(living.group.assign(who(52), &STAFF, day(6), None).is_ok());
    assert_eq!(living.group.in_role(&STAFF, day(6)), [who(51)].into());
    let stranger = living.group.assign(who(50), &PEER, day(6), None);
    assert_eq!(stranger, Err(GroupError::RoleOfMembers { role: PEER }));
    assert!(matches!(
        living.group.assign(who(1), &Code::of("priest"), day(6), None),
        Err(GroupError::RoleUnknown { .. })
    ));
    let _: GroupEvent = living.group.assign(who(1), &PEER, day(6), Some(day(9))).unwrap();
}

#[test]
fn on_the_day_of_a_change_the_meeting_before_it_is_in_order() {
    let mut living = Living::open(circle(), 7);
    enter(&mut living, "p2", &known(0, 0, 0)).unwrap();
    living.hold(1, 0, &[(1, Mark::Present)]);
    for number in 2..=4_u16 {
        living.hold(number, u64::from(number - 1) * 7, &[(1, Mark::Present)]);
    }
    enter(&mut living, "p3", &known(21, 4, 0)).unwrap();
    assert!(living.meetings().breaches().is_empty(), "{:?}", living.meetings().breaches());
    living.hold(5, 28, &[(1, Mark::Present)]);
    assert!(living.meetings().breaches().is_empty());
    living.hold(9, 35, &[(1, Mark::Present)]);
    let kinds = living.kinds();
    assert_eq!(kinds, [GroupBreach::OutsidePhase]);
}

#[test]
fn an_observer_does_not_lead() {
    let mut draft = circle();
    if let Some(staff) = draft.roles.get_mut(1) {
        staff.until_phase = None;
    }
    let mut living = Living::open(draft, 7);
    enter(&mut living, "p2", &known(0, 0, 0)).unwrap();
    let proposal = |number, on| Proposal {
        number,
        at: time(on),
        minutes: 90,
        theme: None,
        led_by: BTreeMap::from([(who(50), STAFF)]),
        substitute: None,
    };
    assert!(living.meetings().plan(&proposal(1, 0)).is_ok());
    enter(&mut living, "p3", &known(28, 4, 0)).unwrap();
    let observed = living.meetings().plan(&proposal(5, 28));
    assert_eq!(observed, Err(PlanningError::StaffOut { role: STAFF }));
}

/// The small circle, whose program has a consultant too: she supervises and is never in the meeting.
fn with_consultant() -> TermsDraft {
    let mut draft = circle();
    draft.roles.push(role("consultant", Scope::Program, Holder::Supervisor, 0));
    draft
}

#[test]
fn a_consultant_neither_leads_nor_sits_in_an_independent_circle() {
    let consultant = || BTreeMap::from([(who(60), Code::of("consultant"))]);
    let led = |on| Record { led_by: consultant(), ..record(on, &[]) };
    let sat = |on| Record { others: consultant(), ..record(on, &[]) };
    let mut early = Living::open(with_consultant(), 7);
    early.enter("p2", &known(0, 0, 0)).unwrap();
    let mut late = independent_as(with_consultant());
    let ask = |living: &Living, number, on| {
        let (at, led_by) = (time(on), consultant());
        let proposal = Proposal { number, at, minutes: 90, theme: None, led_by, substitute: None };
        living.meetings().plan(&proposal)
    };
    let out = PlanningError::StaffOut { role: Code::of("consultant") };
    assert_eq!(ask(&early, 1, 7), Err(out.clone()), "who supervises does not lead");
    assert_eq!(ask(&late, 9, 60), Err(out));
    early.hold_as(1, sat(7));
    assert!(early.kinds().is_empty(), "while staff are in the room she may look in");
    early.hold_as(2, led(14));
    assert_eq!(early.kinds(), [GroupBreach::StaffLed]);
    late.hold_as(9, sat(60));
    assert_eq!(late.kinds(), [GroupBreach::StaffInTheRoom], "HC-06");
}

#[test]
fn a_members_role_is_filled_by_members_and_by_no_more_than_may() {
    let mut living = Living::open(circle(), 7);
    living.enter("p2", &known(0, 0, 0)).unwrap();
    let peers = |numbers: &[u128]| numbers.iter().map(|n| (who(*n), PEER)).collect();
    let plan = |numbers: &[u128]| {
        let (at, led_by) = (time(0), peers(numbers));
        let proposal =
            Proposal { number: 1, at, minutes: 90, theme: None, led_by, substitute: None };
        living.meetings().plan(&proposal).map(|_| ())
    };
    assert_eq!(plan(&[1, 2]), Ok(()));
    assert_eq!(plan(&[1, 9]), Err(GroupError::RoleOfMembers { role: PEER }.into()));
    assert_eq!(plan(&[1, 2, 3]), Err(PlanningError::RoleCrowded { role: PEER, have: 3, most: 2 }));
    living.hold_as(1, Record { led_by: peers(&[1, 8, 9]), ..record(0, &[]) });
    assert!(living.kinds().contains(&GroupBreach::NotAMember), "two strangers led");
    assert!(living.kinds().contains(&GroupBreach::RoleCrowded), "and three in all");
}

#[test]
fn two_laptops_fill_one_role_too_often_and_it_shows() {
    let mut living = Living::open(circle(), 7);
    living.enter("p2", &known(0, 0, 0)).unwrap();
    let assigned: Vec<_> =
        [50, 51].map(|n| living.group.assign(who(n), &STAFF, day(1), None).unwrap()).into();
    for event in assigned {
        living.take(event);
    }
    assert!(living.group.breaches().is_empty());
    let (member, role, on) = (who(52), STAFF, day(1));
    living.take(GroupEvent::Assigned { member, role, on, until: None });
    let kinds: Vec<_> = living.group.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [GroupBreach::RoleOverfilled]);
    living.take(living.group.released(who(52), &STAFF, day(1)));
    living.take(living.group.released(who(51), &STAFF, day(0)));
    assert!(living.group.breaches().is_empty(), "one gave it back before she began");
}

#[test]
fn who_led_while_staff_led_is_not_counted_when_staff_only_watch() {
    let mut living = Living::open(circle(), 7);
    living.enter("p2", &known(0, 0, 0)).unwrap();
    let hold = |living: &mut Living, number: u16, leader: u128| {
        let on = u64::from(number - 1) * 7;
        let led_by = BTreeMap::from([(who(leader), PEER)]);
        living.hold_as(number, Record { led_by, ..record(on, &[(leader, Mark::Present)]) });
    };
    for number in 1..=4 {
        hold(&mut living, number, number.into());
    }
    assert_eq!(living.meetings().led(day(21)), (4, 0));
    living.enter("p3", &known(22, 4, 0)).unwrap();
    for number in 5..=8 {
        hold(&mut living, number, 1);
    }
    let asked = |living: &Living, on| {
        let (distinct, _) = living.meetings().led(day(on));
        living.group.enter(&step("p4"), &known(on, 8, distinct))
    };
    assert_eq!(living.meetings().led(day(50)), (1, 0), "one person led all of it");
    assert!(matches!(asked(&living, 50), Err(GroupError::Unmet { .. })));
    living.sessions.remove(&commons::SessionId::number(8));
    hold(&mut living, 8, 2);
    assert_eq!(living.meetings().led(day(50)), (2, 0));
    assert!(asked(&living, 50).is_ok());
}

#[test]
fn a_phase_says_who_entered_it_why_and_on_what() {
    let mut living = Living::open(circle(), 7);
    living.enter("p2", &known(7, 0, 0)).unwrap();
    let backdated = living.group.enter(&step("p3"), &known(6, 4, 0));
    assert_eq!(backdated, Err(GroupError::Backdated { on: day(6), last: day(7) }));
    let entered = living.group.enter(&step("p3"), &known(7, 5, 0)).unwrap();
    let GroupEvent::PhaseEntered { by, why, evidence, .. } = &entered else { panic!("a phase") };
    assert_eq!((by.as_str(), why.as_str()), ("coordinator", "planned"));
    let condition = Condition::SessionsHeld { fewest: 4 };
    assert_eq!(*evidence, [Shown { condition, seen: 5 }]);

    // Another laptop entered it on a day before.
    let GroupEvent::PhaseEntered { phase, cites, by, why, signed_by, evidence, .. } = entered
    else {
        panic!("a phase")
    };
    let on = day(6);
    living.take(GroupEvent::PhaseEntered { phase, cites, by, why, signed_by, evidence, on });
    let kinds: Vec<_> = living.group.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [GroupBreach::PhaseOutOfOrder]);
}

#[test]
fn somebody_stands_in_once_and_it_is_noted() {
    let mut living = Living::open(healing_group(), 18);
    let assistant = Code::of("assistant");
    let proposal = |number, on, substitute| Proposal {
        number,
        at: time(on),
        minutes: 120,
        theme: None,
        led_by: [50, 51].map(|n| (who(n), assistant.clone())).into(),
        substitute,
    };
    let nobody = living.meetings().plan(&proposal(1, 0, Some(who(52))));
    assert_eq!(nobody, Err(PlanningError::SubstituteLeadsNothing));
    let planned = living.meetings().plan(&proposal(1, 0, Some(who(51)))).unwrap();
    living.session(1, &planned);
    assert!(living.kinds().is_empty(), "a plan is no breach");
    assert_eq!(
        living.meetings().plan(&proposal(2, 7, Some(who(50)))),
        Err(PlanningError::SubstituteAgain)
    );
    assert!(living.meetings().plan(&proposal(2, 7, None)).is_ok());
    let led_by = proposal(1, 0, None).led_by;
    living.session(1, &SessionEvent::Held(Record { led_by, ..record(0, &[]) }));
    assert_eq!(living.kinds(), [GroupBreach::Substituted]);
    // Another laptop, which had not heard of it, let somebody stand in again.
    let mut other = Living::open(healing_group(), 18);
    let again = other.meetings().plan(&proposal(2, 7, Some(who(50)))).unwrap();
    other.session(2, &again);
    living.session(2, &again);
    assert_eq!(living.kinds(), [GroupBreach::Substituted, GroupBreach::SubstitutedTwice]);
}

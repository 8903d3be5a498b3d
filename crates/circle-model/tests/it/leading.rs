//! Who may lead, and how staff step back.

use std::collections::BTreeMap;

use circle_model::{
    Evidence, GroupBreach, GroupError, GroupEvent, Mark, PlanningError, Proposal, Record, Stance,
};
use commons::{Aggregate, Code, Refused, Rule};

use crate::world::{Living, circle, day, healing_group, record, time, who};

const CLINICIAN: Code = Code::of("clinician");
const STAFF: Code = Code::of("staff_facilitator");
const PEER: Code = Code::of("peer_facilitator");

fn enter(living: &mut Living, phase: &'static str, known: &Evidence) -> Result<(), GroupError> {
    let entered = living.group.enter(&Code::of(phase), known)?;
    living.take(entered);
    Ok(())
}

fn known(on: u64, sessions_held: u16, distinct_facilitators: u16) -> Evidence {
    Evidence { on: day(on), sessions_held, distinct_facilitators, ..Evidence::default() }
}

/// A circle in its last phase, in which staff are out of the room.
fn independent() -> Living {
    let mut living = Living::open(circle(), 7);
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
    let proposal = Proposal { number: 1, at: time(0), minutes: 90, theme: None, led_by };
    assert_eq!(living.meetings().plan(&proposal).unwrap_err().code(), "group.role_forbidden");

    let others = BTreeMap::from([(who(50), CLINICIAN)]);
    living.hold_as(1, Record { others, ..record(0, &[(1, Mark::Present)]) });
    let kinds: Vec<_> =
        living.meetings().breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [GroupBreach::ForbiddenRolePresent], "it happened, so it is kept and shown");
}

#[test]
fn staff_step_back_one_way_and_step_in_again_only_for_a_reason_and_a_time() {
    let mut living = independent();
    assert_eq!(living.group.stance_on(day(10)), Some(Stance::Facilitator));
    assert_eq!(living.group.stance_on(day(30)), Some(Stance::Observer));
    assert_eq!(living.group.stance_on(day(60)), Some(Stance::OnCall));
    let back = living.group.enter(&Code::of("p2"), &known(70, 9, 2)).unwrap_err();
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
    let proposal = |led_by| Proposal { number: 9, at: time(60), minutes: 90, theme: None, led_by };
    let staff = living.meetings().plan(&proposal(BTreeMap::from([(who(50), STAFF)])));
    assert_eq!(staff, Err(PlanningError::Group(GroupError::RoleNotNow { role: STAFF })));
    assert!(living.meetings().plan(&proposal(BTreeMap::from([(who(1), PEER)]))).is_ok());

    let led_by = BTreeMap::from([(who(50), STAFF)]);
    living.hold_as(9, Record { led_by, ..record(60, &[(1, Mark::Present)]) });
    let kinds: Vec<_> =
        living.meetings().breaches().into_iter().map(|breach| breach.kind).collect();
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
    let one = living.group.enter(&Code::of("p3"), &known(28, 4, 0)).unwrap();
    let two = living.group.enter(&Code::of("p3"), &known(30, 4, 0)).unwrap();
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
    let kinds: Vec<_> =
        living.meetings().breaches().into_iter().map(|breach| breach.kind).collect();
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
    };
    assert!(living.meetings().plan(&proposal(1, 0)).is_ok());
    enter(&mut living, "p3", &known(28, 4, 0)).unwrap();
    let observed = living.meetings().plan(&proposal(5, 28));
    assert_eq!(observed, Err(PlanningError::StaffOut { role: STAFF }));
}

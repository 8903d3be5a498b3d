//! Sessions: planned, held, written down, put right.

use std::collections::BTreeMap;

use circle_model::{
    Cadence, Completion, GroupBreach, GroupError, GroupEvent, HeadCount, LeaveReason, Mark,
    NotHeldReason, Outcome, PlanningError, Proposal, Record, Segment, SegmentKind, SessionBreach,
    SessionEvent,
};
use commons::{Aggregate, Code, Refused};

use crate::world::{Living, circle, day, healing_group, plain, record, time, who};

fn proposal(number: u16, on: u64, minutes: u16) -> Proposal {
    let led_by =
        BTreeMap::from([(who(50), Code::of("assistant")), (who(51), Code::of("assistant"))]);
    Proposal { number, at: time(on), minutes, theme: None, led_by, substitute: None }
}

#[test]
fn a_weekly_group_meets_every_seven_days_give_or_take_three() {
    let mut living = Living::open(healing_group(), 18);
    living.hold(1, 0, &[(1, Mark::Present)]);
    for (on, good) in [(3, false), (4, true), (7, true), (10, true), (11, false)] {
        let planned = living.meetings().plan(&proposal(2, on, 120));
        assert_eq!(planned.is_ok(), good, "day {on}");
    }
    assert_eq!(
        living.meetings().plan(&proposal(1, 7, 120)),
        Err(PlanningError::NumberTaken { number: 1 })
    );
    assert!(matches!(
        living.meetings().plan(&proposal(2, 7, 80)),
        Err(PlanningError::Minutes { minutes: 80, agreed: 120 })
    ));
}

#[test]
fn a_week_that_did_not_happen_keeps_the_rhythm() {
    let mut living = Living::open(healing_group(), 18);
    living.hold(1, 0, &[(1, Mark::Present)]);
    let planned = living.meetings().plan(&proposal(2, 7, 120)).unwrap();
    living.session(2, &planned);
    living.session(2, &SessionEvent::NotHeld { on: day(7), why: NotHeldReason::Commemoration });
    let led_by: BTreeMap<_, _> = proposal(3, 0, 0).led_by;
    living.hold_as(3, Record { led_by, ..record(14, &[(1, Mark::Present)]) });
    let off = |living: &Living| {
        living.meetings().breaches().into_iter().any(|breach| breach.kind == GroupBreach::OffRhythm)
    };
    assert!(!off(&living));
    living.hold(4, 28, &[(1, Mark::Present)]);
    assert!(off(&living), "two weeks without a word");
    assert_eq!(
        living.meetings().delivery().not_held,
        BTreeMap::from([(NotHeldReason::Commemoration, 1)])
    );
}

#[test]
fn stories_shared_without_settling_are_shown_and_never_lost() {
    let mut living = Living::open(healing_group(), 18);
    let part = |kind| Segment { kind, minutes: 30 };
    let segments =
        vec![part(SegmentKind::Share), part(SegmentKind::Breathing), part(SegmentKind::Close)];
    let led_by = proposal(1, 0, 0).led_by;
    living.hold_as(1, Record { segments, led_by, ..record(0, &[(1, Mark::Present)]) });
    let kinds = living.kinds();
    assert_eq!(kinds, [GroupBreach::OrderChanged], "SH-05");
}

#[test]
fn attendance_counts_who_could_have_come() {
    let free = plain();
    let mut living = Living::open(free, 7);
    let all = |people: u128, mark| (1..=people).map(|n| (n, mark)).collect::<Vec<_>>();
    for number in 1..=12_u16 {
        living.hold(number, u64::from(number - 1) * 7, &all(7, Mark::Present));
    }
    living.take(living.group.left(who(7), day(80), LeaveReason::MovedAway));
    for number in 13..=22_u16 {
        let mut marks = all(6, Mark::Present);
        marks[0].1 = if number < 15 { Mark::Late } else { Mark::Excused };
        living.hold(number, u64::from(number - 1) * 7, &marks);
    }
    let delivery = living.meetings().delivery();
    assert_eq!(delivery.possible, 12 * 7 + 10 * 6, "models.md section 3: 144 possible");
    assert_eq!(delivery.attended, 144 - 8);
    assert_eq!(living.meetings().turnout(who(7)).possible, 12);
    let first = living.meetings().turnout(who(1));
    assert_eq!((first.attended, first.possible, first.missed_in_a_row), (14, 22, 8));
}

#[test]
fn twelve_of_sixteen_is_completed_and_eleven_is_not() {
    let mut living = Living::open(healing_group(), 18);
    for number in 1..=16_u16 {
        if number == 16 {
            let possible = Some(Completion::Possible { missing: 1 });
            assert_eq!(living.meetings().completion(who(2)), possible, "one session is left");
        }
        let second = if number <= 11 { Mark::Present } else { Mark::Unexplained };
        let first = if number <= 12 { Mark::Late } else { Mark::Explained };
        living.hold(number, u64::from(number - 1) * 7, &[(1, first), (2, second)]);
    }
    assert!(living.meetings().completed(who(1)));
    assert!(!living.meetings().completed(who(2)));
    let missed = Some(Completion::Missed { missing: 1 });
    assert_eq!(living.meetings().completion(who(2)), missed);
    assert_eq!(living.meetings().completion(who(1)), Some(Completion::Completed));
}

#[test]
fn a_stranger_who_came_is_written_down_and_shown() {
    let mut living = Living::open(plain(), 5);
    living.hold(1, 0, &[(1, Mark::Present), (9, Mark::Present)]);
    let kinds = living.kinds();
    assert_eq!(kinds, [GroupBreach::NotAMember]);
    living.take(GroupEvent::Settled {
        breach: living.meetings().breaches().into_iter().next().unwrap(),
        reason: Code::of("sister_visited"),
    });
    assert!(living.meetings().open_breaches().is_empty());
}

#[test]
fn dana_was_marked_for_diana_and_a_correction_names_what_it_corrects() {
    let mut living = Living::open(circle(), 7);
    let held = living.hold(1, 0, &[(1, Mark::Present), (2, Mark::Unexplained)]);
    let session = || commons::SessionId::number(1);
    let right = living.sessions[&session()].correct(who(2), Mark::Present, Code::of("misread"));
    assert!(matches!(&right, SessionEvent::Corrected { cites, .. } if *cites == [held].into()));
    living.session(1, &right);
    assert_eq!(living.sessions[&session()].marks()[&who(2)], Mark::Present);

    // Another laptop, which has not heard, corrects the same mark otherwise.
    let cites = [held].into();
    living.session(
        1,
        &SessionEvent::Corrected {
            member: who(2),
            mark: Mark::Late,
            why: Code::of("misread"),
            cites,
        },
    );
    let kinds: Vec<_> =
        living.sessions[&session()].breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [SessionBreach::CorrectionsDiffer]);
    let settled = living.sessions[&session()].correct(who(2), Mark::Late, Code::of("asked_her"));
    living.session(1, &settled);
    assert!(living.sessions[&session()].breaches().is_empty());
    assert_eq!(living.sessions[&session()].marks()[&who(2)], Mark::Late);
}

#[test]
fn one_evening_written_down_on_two_laptops_is_one_line_if_they_differ_and_none_if_not() {
    let mut living = Living::open(circle(), 7);
    living.hold(1, 0, &[(1, Mark::Present), (2, Mark::Late), (3, Mark::Present)]);
    let again =
        SessionEvent::Held(record(0, &[(1, Mark::Present), (2, Mark::Late), (3, Mark::Present)]));
    living.session(1, &again);
    let session = commons::SessionId::number(1);
    assert!(living.sessions[&session].breaches().is_empty());
    let other =
        SessionEvent::Held(record(0, &[(1, Mark::Late), (2, Mark::Present), (3, Mark::Present)]));
    living.session(1, &other);
    assert_eq!(
        living.sessions[&session].breaches().len(),
        1,
        "two marks differ, one conflict shows"
    );
    assert_eq!(living.meetings().turnout(who(1)).possible, 1, "it is still one session");
}

#[test]
fn a_session_is_moved_until_it_is_over() {
    let mut living = Living::open(plain(), 7);
    let planned =
        living.meetings().plan(&Proposal { led_by: [].into(), ..proposal(1, 0, 90) }).unwrap();
    living.session(1, &planned);
    let session = commons::SessionId::number(1);
    let moved = living.sessions[&session].move_to(time(2), Code::of("funeral")).unwrap();
    living.session(1, &moved);
    assert_eq!(living.sessions[&session].at(), Some(time(2)));
    living.session(1, &SessionEvent::Held(record(2, &[])));
    assert_eq!(living.sessions[&session].outcome(), Outcome::Held { on: day(2) });
    assert!(living.sessions[&session].move_to(time(3), Code::of("rain")).is_err());
}

#[test]
fn heads_are_counted_without_names() {
    let mut living = Living::open(circle(), 7);
    let count = HeadCount { adults: 12, children: 3, first_timers: 4 };
    let counted = circle_model::Session::default().count_heads(count);
    living.session(1, &counted);
    let session = &living.sessions[&commons::SessionId::number(1)];
    assert_eq!(session.head_count(), Some(count));
    assert!(session.marks().is_empty());
}

#[test]
fn terms_that_do_not_hold_together_list_every_fault() {
    let mut draft = circle();
    draft.forbidden_roles.push(Code::of("peer_facilitator"));
    draft.cadence = Cadence::new(7, 3, 10, 90, 25).unwrap();
    draft.completed_at = Some(11);
    draft.roles[1].until_phase = Some(Code::of("p9"));
    let faults = circle_model::Terms::new(draft).unwrap_err().faults;
    let words: Vec<_> = faults.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(words.join("\n"), @r"
    the role peer_facilitator is both known and forbidden
    the role staff_facilitator names the phase p9, which the plan does not have
    the phases end with session 12, the cadence has 10
    session 11 is named, the cadence has 10
    ");
}

#[test]
fn a_session_nobody_had_planned_counts_and_is_shown() {
    let mut living = Living::open(plain(), 7);
    living.session(9, &SessionEvent::Held(record(3, &[(1, Mark::Present)])));
    assert_eq!(living.meetings().turnout(who(1)).attended, 1, "who came still came");
    let kinds = living.kinds();
    assert_eq!(kinds, [GroupBreach::NotPlanned]);
}

#[test]
fn the_number_of_a_session_that_did_not_happen_is_free_again() {
    let mut living = Living::open(healing_group(), 18);
    let planned = living.meetings().plan(&proposal(1, 0, 120)).unwrap();
    living.session(1, &planned);
    living.session(1, &SessionEvent::NotHeld { on: day(0), why: NotHeldReason::Weather });
    assert!(living.meetings().plan(&proposal(1, 7, 120)).is_ok());
    for (number, good) in [(0, false), (16, true), (17, false)] {
        let planned = living.meetings().plan(&proposal(number, 7, 120));
        assert_eq!(planned.is_ok(), good, "session {number}");
    }
}

#[test]
fn each_stranger_who_came_is_one_line() {
    let mut living = Living::open(plain(), 5);
    let held = living.hold(1, 0, &[(1, Mark::Present), (8, Mark::Present), (9, Mark::Late)]);
    let session = commons::SessionId::number(1);
    // Each has an entry of its own to look at: one of the two was misread.
    let right = living.sessions[&session].correct(who(9), Mark::Late, Code::of("misread"));
    let right = living.session(1, &right);
    let strangers: Vec<_> = living.meetings().breaches().into_iter().collect();
    assert_eq!(strangers.len(), 2, "{strangers:?}");
    assert!(strangers.iter().all(|one| one.events.contains(&held)));
    assert_eq!(strangers.iter().filter(|one| one.events.contains(&right)).count(), 1);
}

#[test]
fn a_make_up_session_keeps_the_rhythm() {
    let mut living = Living::open(healing_group(), 18);
    living.hold(1, 0, &[(1, Mark::Present)]);
    let planned = living.meetings().plan(&proposal(2, 7, 120)).unwrap();
    living.session(2, &planned);
    living.session(2, &SessionEvent::NotHeld { on: day(7), why: NotHeldReason::Weather });
    // Counted from the session held, or from the one that did not happen.
    for (on, good) in [(3, false), (4, true), (9, true), (11, true), (17, true), (18, false)] {
        assert_eq!(living.meetings().plan(&proposal(2, on, 120)).is_ok(), good, "day {on}");
    }
    let off = |living: &Living| living.kinds().contains(&GroupBreach::OffRhythm);
    let mut lived = living.clone();
    lived.hold(3, 9, &[(1, Mark::Present)]);
    lived.hold(4, 14, &[(1, Mark::Present)]);
    assert!(!off(&lived), "made up two days later, and back to the old day");
    living.hold(3, 18, &[(1, Mark::Present)]);
    assert!(off(&living));
}

#[test]
fn a_session_between_two_looks_both_ways() {
    let mut living = Living::open(healing_group(), 18);
    for (number, on) in [(1, 0), (3, 14)] {
        let planned = living.meetings().plan(&proposal(number, on, 120));
        if let Ok(planned) = planned {
            living.session(number, &planned);
        } else {
            living.hold(number, on, &[]);
        }
    }
    for (on, good) in [(3, false), (4, true), (10, true), (11, false)] {
        assert_eq!(living.meetings().plan(&proposal(2, on, 120)).is_ok(), good, "day {on}");
    }
}

#[test]
fn a_session_is_moved_only_to_where_it_could_be_planned() {
    let mut living = Living::open(healing_group(), 18);
    living.hold(1, 0, &[(1, Mark::Present)]);
    let planned = living.meetings().plan(&proposal(2, 7, 120)).unwrap();
    living.session(2, &planned);
    let session = commons::SessionId::number(2);
    let move_to = |living: &Living, on| {
        living.meetings().move_to(session, time(on), Code::of("funeral")).map(|_| ())
    };
    for (on, good) in [(3, false), (4, true), (7, true), (10, true), (11, false)] {
        assert_eq!(move_to(&living, on).is_ok(), good, "day {on}");
    }
    living.take(living.group.close(circle_model::CloseReason::Chosen, day(8)).unwrap());
    assert_eq!(move_to(&living, 8).unwrap_err().code(), "group.ended");
    let nowhere = commons::SessionId::number(9);
    let unknown = living.meetings().move_to(nowhere, time(8), Code::of("funeral"));
    assert_eq!(unknown.unwrap_err().code(), "session.not_planned");
}

#[test]
fn new_terms_judge_the_days_from_theirs_on_and_no_day_before() {
    let mut living = Living::open(plain(), 7);
    let guest = BTreeMap::from([(who(50), Code::of("journalist"))]);
    let hosted = |on| Record { others: guest.clone(), ..record(on, &[(1, Mark::Present)]) };
    living.hold_as(1, hosted(0));
    let mut draft = plain();
    draft.forbidden_roles.push(Code::of("journalist"));
    draft.cadence = Cadence::new(7, 3, 12, 60, 0).unwrap();
    let terms = circle_model::Terms::new(draft).unwrap();
    let adapt = |living: &Living, on| {
        let (why, by) = (Code::of("privacy"), Code::of("coordinator"));
        living.meetings().adapt(terms.clone(), why, by, day(on))
    };
    assert!(matches!(adapt(&living, 0), Err(GroupError::Breaks { .. })), "somebody was there");
    let adapted = adapt(&living, 10).unwrap();
    let adapted = living.take(adapted);
    assert!(living.kinds().is_empty(), "what was in order stays in order");
    let plan = |on, minutes| {
        let number = 2;
        living.meetings().plan(&Proposal { led_by: [].into(), ..proposal(number, on, minutes) })
    };
    assert!(plan(9, 90).is_ok() && plan(9, 60).is_err(), "by the terms of that day");
    assert!(plan(10, 60).is_ok() && plan(10, 90).is_err());
    living.hold_as(2, hosted(10));
    let breaches = living.meetings().breaches();
    assert_eq!(breaches.len(), 1, "{breaches:?}");
    assert!(breaches.iter().all(|breach| breach.events.contains(&adapted)), "by which terms");
}

#[test]
fn two_records_that_differ_in_anything_are_one_line() {
    let check = |other: Record, differ| {
        let mut living = Living::open(plain(), 7);
        living.hold(1, 0, &[(1, Mark::Present)]);
        living.session(1, &SessionEvent::Held(other));
        let session = &living.sessions[&commons::SessionId::number(1)];
        assert_eq!(session.breaches().len(), usize::from(differ));
    };
    let same = || record(0, &[(1, Mark::Present)]);
    check(same(), false);
    check(Record { minutes: 60, ..same() }, true);
    check(Record { activities: [Code::of("talk")].into(), ..same() }, true);
    let segments = vec![Segment { kind: SegmentKind::Share, minutes: 30 }];
    check(Record { segments, ..same() }, true);
}

#[test]
fn a_whole_stadium_is_counted() {
    let count = HeadCount { adults: u16::MAX, children: 1, first_timers: 0 };
    let mut living = Living::open(circle(), 7);
    living.session(1, &circle_model::Session::default().count_heads(count));
    assert_eq!(living.sessions[&commons::SessionId::number(1)].head_count(), Some(count));
    assert_eq!(count.people(), 65_536);
}

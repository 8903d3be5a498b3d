//! Who may sit in a circle.

use circle_model::{
    Decision, GroupBreach, GroupError, GroupEvent, Joining, LeaveReason, Mark, Shape, TermsDraft,
};
use commons::{Aggregate, Refused};

use crate::world::{Living, circle, day, healing_group, people, who};

#[track_caller]
fn check(living: &Living, person: u128, on: u64, want: Result<(), &str>) {
    assert_eq!(living.ask(person, on).map(|_| ()).map_err(|error| error.code()), want);
}

#[test]
fn a_person_is_seated_unless_the_circle_is_full_or_over_or_has_them_already() {
    let mut living = Living::gathering(circle(), 6);
    check(&living, 7, 0, Ok(()));
    check(&living, 6, 0, Err("group.already_member"));
    living.admit(7, 0).unwrap();
    check(&living, 8, 0, Err("group.full"));
    assert_eq!(living.ask(8, 0), Err(GroupError::Full { seated: 7, most: 7 }));
    let closed = living.group.close(circle_model::CloseReason::Chosen, day(9)).unwrap();
    living.take(closed);
    check(&living, 8, 10, Err("group.ended"));
}

#[test]
fn a_seat_that_somebody_left_is_taken_again_only_with_the_word_of_all_present() {
    let mut living = Living::open(circle(), 7);
    living.take(living.group.left(who(7), day(20), LeaveReason::MovedAway));
    check(&living, 8, 21, Err("group.needs_consent"));

    let decide = |agreed| GroupEvent::Decided {
        what: Decision::Refill { member: who(8) },
        present: people(1..=6),
        agreed,
        on: day(21),
    };
    let not_all = living.take(decide(people(1..=5)));
    assert_eq!(living.ask_with(8, 21, Some(not_all)), Err(GroupError::NeedsConsent));
    let all = living.take(decide(people(1..=6)));
    assert!(living.ask_with(8, 21, Some(all)).is_ok());
    assert_eq!(
        living.ask_with(9, 21, Some(all)),
        Err(GroupError::NeedsConsent),
        "the word was for another"
    );
    assert_eq!(living.group.not_affirmed(day(21)).len(), 6, "nobody agreed to ground rules yet");
}

#[test]
fn people_join_a_healing_group_until_session_three_and_not_in_week_four() {
    let mut living = Living::open(healing_group(), 18);
    living.hold(1, 0, &[(1, Mark::Present)]);
    living.hold(2, 7, &[(1, Mark::Present)]);
    check(&living, 19, 14, Ok(()));
    living.hold(3, 14, &[(1, Mark::Present)]);
    check(&living, 19, 21, Err("group.join_cut_off"));
    assert_eq!(living.ask(19, 21), Err(GroupError::JoinCutOff { held: 3, session: 3 }));
}

#[test]
fn a_late_arrival_that_another_laptop_let_in_is_kept_and_shown() {
    let mut living = Living::open(healing_group(), 18);
    for (number, on) in [(1, 0), (2, 7), (3, 14)] {
        living.hold(number, on, &[(1, Mark::Present)]);
    }
    living.take(GroupEvent::Joined { member: who(19), on: day(21), consent: None });
    assert_eq!(living.group.roster().count(day(21)), 19, "nothing is lost");
    let kinds: Vec<_> =
        living.meetings().breaches().into_iter().map(|breach| breach.kind).collect();
    assert!(kinds.contains(&GroupBreach::JoinedLate), "{kinds:?}");
}

#[test]
fn guests_become_members_after_their_visits_and_drop_ins_never_do() {
    let cafe = TermsDraft {
        shape: Shape::Open,
        joining: Joining::AfterVisits { fewest: 1, most: 3 },
        ..circle()
    };
    let living = {
        let mut living = Living::gathering(cafe.clone(), 0);
        for n in 1..=5 {
            let joined = GroupEvent::Joined { member: who(n), on: day(0), consent: None };
            living.take(joined);
        }
        living
    };
    for (visits, good) in [(0, false), (1, true), (3, true), (4, false)] {
        let ask = circle_model::Admission {
            member: who(6),
            on: day(7),
            sessions_held: 0,
            visits,
            consent: None,
        };
        assert_eq!(living.group.admit(ask).is_ok(), good, "{visits} visits");
    }
    let open_door =
        Living::gathering(TermsDraft { shape: Shape::Open, joining: Joining::DropIn, ..cafe }, 0);
    check(&open_door, 1, 0, Err("group.drop_in"));
}

#[test]
fn leaving_is_never_refused_and_a_circle_below_five_asks_for_a_decision() {
    let mut living = Living::open(circle(), 5);
    let left = living.take(living.group.left(who(5), day(30), LeaveReason::NoTime));
    assert_eq!(living.group.fell_below(), [(left, day(30))], "U-02");
    assert!(living.group.breaches().is_empty(), "nothing is closed and nothing is wrong");
    living.take(living.group.left(who(99), day(31), LeaveReason::NotSaid));
    assert_eq!(living.group.roster().count(day(31)), 4, "a stranger's leaving changes nothing");
}

#[test]
fn two_laptops_fill_the_same_last_seat_and_one_line_says_so() {
    let mut living = Living::gathering(circle(), 6);
    for n in [7, 8] {
        living.take(GroupEvent::Joined { member: who(n), on: day(3), consent: None });
    }
    let breaches = living.group.breaches();
    assert_eq!(breaches.len(), 1, "{breaches:?}");
    let breach = breaches.into_iter().next().unwrap();
    assert_eq!(breach.kind, GroupBreach::OverFull);
    living.take(GroupEvent::Settled { breach, reason: commons::Code::of("both_stay") });
    assert!(living.group.open_breaches().is_empty());
    living.take(GroupEvent::Joined { member: who(9), on: day(3), consent: None });
    assert_eq!(living.group.open_breaches().len(), 1, "news reopens it");
}

#[test]
fn a_seat_taken_by_mistake_is_free_again() {
    let mut living = Living::gathering(circle(), 6);
    let mistake = living.admit(7, 0).unwrap();
    check(&living, 8, 0, Err("group.full"));
    living.take(GroupEvent::Voided { entry: mistake, reason: circle_model::VoidReason::WrongUnit });
    check(&living, 8, 0, Ok(()));
}

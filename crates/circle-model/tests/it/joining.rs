//! Who may sit in a circle.

use circle_model::{
    Decision, GroupBreach, GroupError, GroupEvent, Joining, LeaveReason, Mark, Shape, Terms,
    TermsDraft, TermsFault,
};
use commons::{Aggregate, Refused};

use crate::world::{Living, circle, day, healing_group, people, plain, who};

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

    let welcome = || Decision::Refill { member: who(8) };
    let not_all = living.decide(welcome(), 1..=6, 1..=5, 21);
    assert_eq!(living.ask_with(8, 21, Some(not_all)), Err(GroupError::NeedsConsent));
    let all = living.decide(welcome(), 1..=6, 1..=6, 21);
    assert!(living.ask_with(8, 21, Some(all)).is_ok());
    assert_eq!(
        living.ask_with(9, 21, Some(all)),
        Err(GroupError::NeedsConsent),
        "the word was for another"
    );
    assert_eq!(
        living.ask_with(8, 20, Some(all)),
        Err(GroupError::NeedsConsent),
        "nobody had said so the day before"
    );
}

#[track_caller]
fn welcomed(present: &[u128], agreed: &[u128], good: bool) {
    let mut living = Living::open(circle(), 6);
    let welcome = Decision::Refill { member: who(8) };
    let word = living.decide(welcome, present.iter().copied(), agreed.iter().copied(), 21);
    assert_eq!(living.ask_with(8, 22, Some(word)).is_ok(), good, "{present:?} {agreed:?}");
    living.take(GroupEvent::Joined { member: who(8), on: day(22), consent: Some(word) });
    let wrong = living.group.breaches();
    let without = wrong.iter().any(|breach| breach.kind == GroupBreach::JoinedWithoutConsent);
    assert_eq!(without, !good, "{present:?} {agreed:?}");
}

#[test]
fn only_members_who_were_there_welcome_somebody() {
    welcomed(&[1, 2, 3], &[1, 2, 3], true);
    welcomed(&[1, 2, 3], &[1, 2], false);
    welcomed(&[], &[], false);
    welcomed(&[1, 2, 9], &[1, 2, 9], false);
    welcomed(&[1, 8], &[1, 8], false);
    welcomed(&[1, 2], &[1, 2, 3], false);
}

#[test]
fn a_welcome_counts_for_one_stay() {
    let mut living = Living::open(circle(), 6);
    let welcome = || Decision::Refill { member: who(8) };
    let word = living.decide(welcome(), 1..=6, 1..=6, 21);
    let joined = living.ask_with(8, 22, Some(word)).unwrap();
    living.take(joined);
    living.take(living.group.left(who(8), day(30), LeaveReason::NoTime));
    assert_eq!(living.ask_with(8, 40, Some(word)), Err(GroupError::NeedsConsent));
    let again = living.decide(welcome(), 1..=6, 1..=6, 39);
    assert!(living.ask_with(8, 40, Some(again)).is_ok());
    assert!(living.group.breaches().is_empty(), "the first stay was in order");
}

#[test]
fn two_votes_that_do_not_know_each_other_welcome_nobody() {
    let mut living = Living::open(circle(), 6);
    let welcome = || Decision::Refill { member: who(8) };
    let yes = living.group.decide(welcome(), people(1..=6), people(1..=6), day(21));
    let no = living.group.decide(welcome(), people(1..=6), people(1..=5), day(21));
    let yes = living.take(yes);
    assert!(living.ask_with(8, 22, Some(yes)).is_ok());
    living.take(no);
    assert_eq!(living.ask_with(8, 22, Some(yes)), Err(GroupError::NeedsConsent));
    let kinds: Vec<_> = living.group.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [GroupBreach::VotesDiverge]);
    let again = living.decide(welcome(), 1..=6, 1..=6, 22);
    assert!(living.ask_with(8, 22, Some(again)).is_ok());
    assert!(living.group.breaches().is_empty());
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
    let kinds = living.kinds();
    assert!(kinds.contains(&GroupBreach::JoinedLate), "{kinds:?}");
}

fn cafe() -> TermsDraft {
    let joining = Joining::AfterVisits { fewest: 1, most: 3 };
    TermsDraft { shape: Shape::Open, joining, ..plain() }
}

#[test]
fn guests_become_members_after_their_visits() {
    // While people gather nobody can have visited yet.
    let mut living = Living::open(cafe(), 5);
    for session in 0..=4_u16 {
        let on = u64::from(session + 1) * 7;
        let good = (1..=3).contains(&session);
        assert_eq!(living.ask(6, on).is_ok(), good, "{session} visits");
        assert_eq!(u16::from(living.meetings().visits(who(6), day(on))), session);
        living.hold(session + 1, on, &[(1, Mark::Present), (6, Mark::Present)]);
        let stranger = living.kinds().contains(&GroupBreach::NotAMember);
        assert_eq!(stranger, session >= 3, "visit {}", session + 1);
    }
}

#[test]
fn visits_are_those_since_somebody_last_belonged() {
    let mut living = Living::open(cafe(), 5);
    living.hold(1, 0, &[(6, Mark::Present)]);
    living.admit(6, 1).unwrap();
    living.hold(2, 7, &[(6, Mark::Present)]);
    living.take(living.group.left(who(6), day(8), LeaveReason::NoTime));
    assert_eq!(living.meetings().visits(who(6), day(14)), 0);
    check(&living, 6, 14, Err("group.visits"));
}

#[test]
fn nobody_becomes_a_member_where_people_drop_in() {
    let door = TermsDraft { shape: Shape::Open, joining: Joining::DropIn, ..plain() };
    let mut living = Living::gathering(door, 0);
    check(&living, 1, 0, Err("group.drop_in"));
    living.hold(1, 0, &[(1, Mark::Present)]);
    assert!(living.kinds().is_empty());
}

#[test]
fn more_visits_than_may_be_are_never_asked_for() {
    let terms = |fewest, most| {
        let joining = Joining::AfterVisits { fewest, most };
        Terms::new(TermsDraft { shape: Shape::Open, joining, ..plain() })
    };
    assert!(terms(3, 3).is_ok());
    let faults = terms(3, 1).unwrap_err().faults;
    assert_eq!(faults, [TermsFault::Visits { fewest: 3, most: 1 }]);
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

//! People are screened, enrolled, taught, and complete.

use commons::{Aggregate, Breach, Code, EventId, Refused, Rule};
use curriculum::{
    ActivityKind, Answer, Aspect, ClassBreach, ClassError, ClassEvent, Course, DeferralReason,
    Lacking, MakeUp, Mark, Onward, Outcome, Readiness, Screening, VoidReason, WithdrawalReason,
};

use crate::people::{STAFF, Story, assistants, day, healing_circle, who};

fn deferred(aspect: Aspect, reason: DeferralReason, onward: Onward) -> Screening {
    let not_yet = Answer { readiness: Readiness::NotYet, on: day(0), by: STAFF };
    let answers = Screening::all_ready(day(0), STAFF);
    let answers = answers.answers().chain([(aspect, not_yet)]).collect::<Vec<_>>();
    Screening::new(answers, Outcome::Deferred { reason, onward }, day(0), STAFF)
        .expect("a full sheet")
}

/// Nine forms, seven screened in, one referred, one without time; six workshops, 40 of 42 attended.
#[test]
fn nine_people_ask_and_seven_learn_to_keep_a_circle() {
    let mut story = Story::of(healing_circle(), 7);
    for n in 1..=7 {
        story.screen(n, 0);
    }
    let help = Onward::Referral { category: Code::of("crisis-emergency") };
    let crisis = deferred(Aspect::Stability, DeferralReason::AcuteCrisis, help);
    let busy = deferred(Aspect::Time, DeferralReason::NoTime, Onward::Again { from: day(90) });
    for (n, sheet) in [(8, crisis), (9, busy)] {
        let event = story.class.screen(who(n), &sheet);
        story.record(event);
    }
    assert_eq!(story.class.ready(day(0)).len(), 7);
    assert_eq!(story.class.deferred(day(0)).len(), 2);
    let refused = story.class.enroll(who(8), day(1)).expect_err("waits");
    assert_eq!(refused.rule(), Some(Rule::of("FR-01")));
    assert_eq!(refused.to_string(), "deferred since 2026-03-02");

    for n in 1..=7 {
        story.decide(|class| class.enroll(who(n), day(1)));
    }
    for module in 1..=6_u16 {
        let missed = |n: u128| (n == 1 && module == 2) || (n == 2 && module == 5);
        let marks = (1..=7).map(|n| (who(n), if missed(n) { Mark::Absent } else { Mark::Present }));
        story.record(ClassEvent::held(module, 180, marks, day(14 * u64::from(module))));
    }
    assert_eq!(story.class.attendance(day(90)), (40, 42));

    let missing = story.class.complete(who(1), day(90)).expect_err("module 2 is missing");
    assert_eq!(missing.to_string(), "modules to make up: 2");
    for (n, module) in [(1, 2), (2, 5)] {
        let (member, minutes, way, on) = (who(n), 180, MakeUp::WithTrainer, day(88));
        story.record(ClassEvent::MadeUp { member, module, minutes, way, on });
    }
    for n in 1..=7 {
        story.decide(|class| class.complete(who(n), day(90)));
    }
    assert_eq!(story.class.completed(day(90)).len(), 7);
    assert_eq!(story.class.minutes_taught(who(1), day(90)), 1080);
    assert!(story.class.breaches().is_empty());
}

#[test]
fn who_missed_two_of_six_has_not_completed_even_when_both_were_made_up() {
    let mut story = Story::with(healing_circle(), 1);
    story.hold(1..=4, 180, 1);
    for module in [5, 6] {
        let (member, minutes, way, on) = (who(1), 180, MakeUp::OwnStudy, day(20));
        story.record(ClassEvent::MadeUp { member, module, minutes, way, on });
    }
    let refused = story.class.complete(who(1), day(30)).expect_err("four of six");
    let ClassError::Lacks { lacks } = refused else { panic!("{refused}") };
    assert_eq!(lacks.iter().collect::<Vec<_>>(), [&Lacking::Attendance { attended: 4, least: 5 }]);
}

#[test]
fn being_there_for_a_part_is_made_up_too() {
    let mut story = Story::with(healing_circle(), 1);
    story.hold(1..=5, 180, 1);
    story.record(ClassEvent::held(6, 180, [(who(1), Mark::Partly)], day(6)));
    assert!(story.class.complete(who(1), day(7)).is_err());
    // Another class held it again.
    story.record(ClassEvent::held(6, 180, [(who(1), Mark::Present)], day(7)));
    story.decide(|class| class.complete(who(1), day(7)));
}

#[test]
fn hours_are_counted_by_module() {
    let mut story = Story::with(assistants(), 1);
    story.hold(1..=15, 419, 1);
    let refused = story.class.complete(who(1), day(20)).expect_err("fifteen minutes short");
    assert_eq!(refused.to_string(), "taught 6285 of at least 6300 minutes");
    assert_eq!(refused.rule(), Some(Rule::of("FR-02")));
    story.record(ClassEvent::held(15, 435, [(who(1), Mark::Present)], day(18)));
    story.decide(|class| class.complete(who(1), day(20)));
}

#[test]
fn a_seat_is_free_from_the_day_somebody_leaves() {
    let mut story = Story::of(healing_circle(), 2);
    for n in 1..=3 {
        story.screen(n, 0);
    }
    story.decide(|class| class.enroll(who(1), day(1)));
    story.decide(|class| class.enroll(who(2), day(5)));
    let full = Err(ClassError::Full { most: 2 });
    assert_eq!(story.class.enroll(who(3), day(5)), full);
    // A day on which there is room still, but which would crowd a later one.
    assert_eq!(story.class.enroll(who(3), day(2)), full);
    assert_eq!(story.class.enroll(who(2), day(9)), Err(ClassError::AlreadyEnrolled));
    let gone = story.class.withdraw(who(1), WithdrawalReason::Moved, day(8));
    story.record(gone);
    assert_eq!(story.class.enroll(who(3), day(7)), full);
    story.decide(|class| class.enroll(who(3), day(8)));
    assert_eq!(story.class.enrolled(day(8)).len(), 3);
    assert_eq!(story.class.enrolled(day(9)).len(), 2);
    // Leaving is never refused; where nothing is left to end, nothing ends.
    let gone = story.class.withdraw(who(1), WithdrawalReason::Moved, day(9));
    assert!(matches!(gone, ClassEvent::Withdrawn { ref cites, .. } if cites.is_empty()));
    story.record(gone);
    assert_eq!(story.class.enrolled(day(8)).len(), 3);
}

#[test]
fn somebody_deferred_may_begin_once_a_new_screening_takes_it_back() {
    let mut story = Story::of(healing_circle(), 7);
    let busy = deferred(Aspect::Time, DeferralReason::NoTime, Onward::Again { from: day(30) });
    let event = story.class.screen(who(1), &busy);
    let first = story.record(event);
    // A ready written elsewhere, by somebody who did not know: the restriction stands.
    let ready = Screening::all_ready(day(20), STAFF);
    let unknowing = ClassEvent::Screened {
        member: who(1),
        verdict: ready.verdict(),
        cites: [].into(),
        by: STAFF,
        on: day(20),
    };
    story.record(unknowing);
    assert!(story.class.enroll(who(1), day(40)).is_err());
    let event = story.class.screen(who(1), &Screening::all_ready(day(40), STAFF));
    assert!(matches!(&event, ClassEvent::Screened { cites, .. } if cites.contains(&first)));
    story.record(event);
    assert!(story.class.enroll(who(1), day(39)).is_err());
    assert!(story.class.enroll(who(1), day(40)).is_ok());
}

/// Everything that is wrong after these records, by kind and number of events.
#[track_caller]
fn check(parts: curriculum::CourseParts, records: Vec<ClassEvent>, want: &[(ClassBreach, usize)]) {
    let mut story = Story::with(parts, 2);
    for record in records {
        story.record(record);
    }
    let breaches = story.class.breaches();
    let found: Vec<_> = breaches.iter().map(|breach| (breach.kind, breach.events.len())).collect();
    assert_eq!(found, want);
}

fn held(module: u16, on: u64) -> ClassEvent {
    ClassEvent::held(module, 180, [(who(1), Mark::Present)], day(on))
}

#[test]
fn what_happened_is_kept_and_what_is_wrong_with_it_is_shown() {
    let course = healing_circle;
    check(course(), vec![held(1, 1), held(2, 2)], &[]);
    check(course(), vec![held(1, 1), held(1, 1)], &[(ClassBreach::HeldTwice, 2)]);
    check(course(), vec![held(1, 1), held(1, 2)], &[]);
    check(course(), vec![held(7, 1)], &[(ClassBreach::UnknownPart, 2)]);
    let stranger = ClassEvent::held(1, 180, [(who(50), Mark::Present)], day(1));
    check(course(), vec![stranger], &[(ClassBreach::MarkedOutside, 1)]);
    let early = ClassEvent::Completed { member: who(1), on: day(1) };
    check(course(), vec![early], &[(ClassBreach::CompletedUnearned, 2)]);
    let twice = ClassEvent::Enrolled { member: who(1), on: day(3) };
    check(course(), vec![twice], &[(ClassBreach::EnrolledTwice, 2)]);
    let unscreened = ClassEvent::Enrolled { member: who(60), on: day(3) };
    check(course(), vec![unscreened], &[(ClassBreach::EnrolledUnscreened, 2)]);
}

#[test]
fn a_module_waits_for_those_it_needs() {
    let mut chained = healing_circle();
    chained.modules[1].needs = [1].into();
    check(chained.clone(), vec![held(1, 1), held(2, 2)], &[]);
    check(chained.clone(), vec![held(1, 2), held(2, 2)], &[]);
    check(chained.clone(), vec![held(1, 3), held(2, 2)], &[(ClassBreach::OutOfOrder, 2)]);
    check(chained, vec![held(2, 2)], &[(ClassBreach::OutOfOrder, 2)]);
}

#[test]
fn nobody_tells_a_story_before_the_safety_module() {
    let told = |module, on, kind| ClassEvent::ModuleHeld {
        module,
        minutes: 180,
        activities: [kind].into(),
        marks: [(who(1), Mark::Present)].into(),
        on: day(on),
    };
    let early = (ClassBreach::StoryBeforeSafety, 2);
    check(healing_circle(), vec![told(1, 1, ActivityKind::Story)], &[early]);
    check(healing_circle(), vec![told(1, 1, ActivityKind::Share), held(3, 2)], &[early]);
    check(healing_circle(), vec![told(1, 1, ActivityKind::Talk)], &[]);
    check(healing_circle(), vec![held(3, 1), told(4, 2, ActivityKind::Story)], &[]);
    check(healing_circle(), vec![told(3, 1, ActivityKind::Story)], &[]);
}

#[test]
fn two_laptops_that_fill_the_last_seat_show_one_breach() {
    let mut story = Story::of(healing_circle(), 1);
    for n in 1..=2 {
        story.screen(n, 0);
    }
    let one = story.class.enroll(who(1), day(1)).expect("free here");
    let two = story.class.enroll(who(2), day(1)).expect("free there");
    let (one, two) = (story.record(one), story.record(two));
    let breach = Breach::new(ClassBreach::Overfull, [EventId::number(1), one, two]);
    assert_eq!(story.class.breaches(), [breach].into());
    story.record(ClassEvent::Voided { entry: two, reason: VoidReason::Mistaken });
    assert!(story.class.breaches().is_empty());
}

#[test]
fn a_class_is_announced_once_and_for_what_it_taught() {
    let mut story = Story::of(healing_circle(), 7);
    let course = || Course::new(healing_circle()).expect("sound");
    let again = story.class.announce(course(), Code::of("autumn"), 7, day(1));
    assert_eq!(again, Err(ClassError::AlreadyAnnounced));
    assert_eq!(story.class.cohort(), Some(&Code::of("spring")));
    story.record(ClassEvent::Voided { entry: EventId::number(1), reason: VoidReason::WrongClass });
    story.record(held(9, 1));
    assert_eq!(story.class.enroll(who(1), day(1)), Err(ClassError::NotAnnounced));
    let misfit = story.class.announce(course(), Code::of("autumn"), 7, day(1));
    assert_eq!(misfit, Err(ClassError::DoesNotFit { breaches: 1 }));
}

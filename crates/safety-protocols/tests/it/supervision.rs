//! Supervision, and the two collisions that were settled about it.

use chrono_tz::Africa::Kigali;
use commons::{Aggregate, MemberId, UnitId};
use safety_protocols::{
    Arrangement, Asked, Cadence, LateLimits, Lateness, Load, LoadError, LoadLimits, PeerLeadPlan,
    PhaseAsks, Rulebook, Rulebooks, Subject, Supervision, SupervisionError, SupervisionEvent,
    SupervisionKind, SupervisionMode, arrangement_for, schedule,
};

use crate::{at, code, day, id, kigali};

fn arranged(supervision: &Supervision, arrangement: Arrangement, from: &str) -> SupervisionEvent {
    let (supervisor, deputy) = (MemberId::number(1), MemberId::number(2));
    supervision.arrange(supervisor, deputy, arrangement, day(from), &PhaseAsks::default()).unwrap()
}

/// Nothing is asked for but what was arranged.
fn nothing() -> PhaseAsks {
    PhaseAsks::default()
}

/// Mentored from the start, independent from a day on.
fn independent_from(on: &str) -> PhaseAsks {
    let fortnightly = Arrangement::Supervised(Cadence::Fortnightly);
    let first = Asked {
        since: day("2026-01-01"),
        entry: None,
        arrangement: fortnightly,
        taken_back: false,
    };
    let alone = Asked {
        since: day(on),
        entry: Some(id(90)),
        arrangement: Arrangement::PeerConsultation,
        taken_back: false,
    };
    PhaseAsks::new(vec![first, alone])
}

fn held(on: &str) -> SupervisionEvent {
    SupervisionEvent::Held { on: day(on), minutes: 45, mode: SupervisionMode::Group }
}

#[test]
fn supervisor_and_deputy_are_two_people() {
    let one = MemberId::number(1);
    let answer = Supervision::default().arrange(
        one,
        one,
        Arrangement::Supervised(Cadence::Weekly),
        day("2026-03-02"),
        &nothing(),
    );
    assert_eq!(answer, Err(SupervisionError::NoDeputy));
}

#[test]
fn the_cadence_comes_from_model_and_phase() {
    let circle = code("healing-circle");
    let group = code("social-healing-group");
    let every = |cadence| Arrangement::Supervised(cadence);
    for (model, phase, first, want) in [
        (&circle, "p2", true, every(Cadence::Weekly)),
        (&circle, "p3", true, every(Cadence::Fortnightly)),
        (&circle, "p4", false, Arrangement::PeerConsultation),
        (&circle, "p5", true, Arrangement::PeerConsultation),
        (&group, "safety", true, every(Cadence::Weekly)),
        (&group, "care", false, every(Cadence::FourWeekly)),
        (&group, "p4", false, every(Cadence::FourWeekly)),
        (&circle, "p1", false, every(Cadence::FourWeekly)),
    ] {
        assert_eq!(
            arrangement_for(Rulebook::shipped(), model, &code(phase), first),
            want,
            "{model} {phase}"
        );
    }
}

/// Collision 1: SV-08 and SP-03 (paused after 28 days) against HC-06 (no staff in P4).
#[test]
fn eight_meetings_without_staff_pass_and_no_independent_circle_is_paused() {
    let unit = Subject::Unit(UnitId::number(1));
    let limits = LateLimits::of(Rulebook::shipped());
    let mut circle = Supervision::default();
    let mentored =
        arrangement_for(Rulebook::shipped(), &code("healing-circle"), &code("p3"), false);
    circle.apply(id(1), &arranged(&circle, mentored, "2026-01-05"));
    circle.apply(id(2), &held("2026-03-02"));
    // In P3 the same silence pauses the circle.
    assert_eq!(circle.lateness(day("2026-05-01"), limits, &nothing()), Lateness::Paused);
    let paused = |asks: &PhaseAsks, now| {
        schedule(&circle.occurrences(unit, &kigali(), asks), &Rulebooks::shipped_only())
            .iter()
            .any(|duty| duty.pauses(at(now, Kigali)))
    };
    assert!(paused(&nothing(), "2026-05-01 12:00"));

    // The phase is entered, and nobody arranges anything anew.
    let alone = independent_from("2026-03-09");
    for week in 0..8 {
        let on = day("2026-03-09") + chrono::Days::new(7 * week);
        assert!(circle.lateness(on, limits, &alone) <= Lateness::Warned, "{on}");
    }
    assert_eq!(circle.due_on(day("2026-03-10"), &alone), Some(day("2026-04-06")));
    assert_eq!(circle.lateness(day("2027-03-01"), limits, &alone), Lateness::Warned);
    assert!(!paused(&alone, "2027-03-01 12:00"), "a year of silence pauses nobody");
    // Consultation stays on offer: a duty of the contact outside, without a pause.
    let told = circle.occurrences(unit, &kigali(), &alone);
    let open: Vec<_> = schedule(&told, &Rulebooks::shipped_only())
        .into_iter()
        .filter(|duty| duty.is_open() && duty.what == code("offer_consultation"))
        .collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].owner, code("contact_outside"));
    assert!(open[0].escalates.is_empty());
}

/// What is asked for later never answers for the time before.
#[test]
fn a_phase_without_staff_excuses_nothing_that_was_late_before_it() {
    let limits = LateLimits::of(Rulebook::shipped());
    let mut circle = Supervision::default();
    let fortnightly = Arrangement::Supervised(Cadence::Fortnightly);
    circle.apply(id(1), &arranged(&circle, fortnightly, "2026-01-05"));
    let alone = independent_from("2026-05-01");
    assert_eq!(circle.lateness(day("2026-04-30"), limits, &alone), Lateness::Paused);
    assert_eq!(circle.lateness(day("2026-05-01"), limits, &alone), Lateness::InTime);
}

#[test]
fn nothing_looser_is_arranged_than_the_phase_asks_for() {
    let (one, two) = (MemberId::number(1), MemberId::number(2));
    let alone = independent_from("2026-05-01");
    let ask = |arrangement, from: &str| {
        Supervision::default().arrange(one, two, arrangement, day(from), &alone).map(|_| ())
    };
    let asked = Arrangement::Supervised(Cadence::Fortnightly);
    for arranged in [Arrangement::PeerConsultation, Arrangement::Supervised(Cadence::FourWeekly)] {
        let want = Err(SupervisionError::TooLoose { arranged, asked });
        assert_eq!(ask(arranged, "2026-04-30"), want);
        assert_eq!(ask(arranged, "2026-05-01"), Ok(()));
    }
    assert_eq!(ask(Arrangement::Supervised(Cadence::Weekly), "2026-04-30"), Ok(()));
}

#[test]
fn of_two_arrangements_that_do_not_know_of_each_other_the_stricter_holds() {
    let mut supervision = Supervision::default();
    let weekly = Arrangement::Supervised(Cadence::Weekly);
    let first = arranged(&supervision, weekly, "2026-03-02");
    let other = arranged(&supervision, Arrangement::PeerConsultation, "2026-03-03");
    supervision.apply(id(1), &first);
    supervision.apply(id(2), &other);
    assert_eq!(supervision.arrangement(day("2026-03-10")), Some(weekly));
    let kinds: Vec<_> = supervision.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [SupervisionKind::TwoArrangements]);
    let limits = LateLimits::of(Rulebook::shipped());
    assert_eq!(supervision.lateness(day("2026-06-01"), limits, &nothing()), Lateness::Paused);
}

/// Collision 2: SV-05 (refuse above 12) against one psychologist over many assistants (SH-02).
#[test]
fn one_psychologist_reaches_forty_assistants_with_leads_and_not_without() {
    let limits = LoadLimits::of(Rulebook::shipped());
    let people = |many: u128| (1..=many).map(MemberId::number).collect();
    let plan =
        |leads| Some(PeerLeadPlan { supervisor: MemberId::number(999), leads: people(leads) });
    for (supervisees, plan, want) in [
        (10, None, Ok(Load::Light)),
        (11, None, Ok(Load::Heavy { seen: 11 })),
        (12, None, Ok(Load::Heavy { seen: 12 })),
        (13, None, Err(LoadError::NoPlan { supervisees: 13, most: 12 })),
        (40, plan(4), Ok(Load::Heavy { seen: 4 })),
        (40, plan(3), Err(LoadError::PlanTooThin { supervisees: 40, leads: 3 })),
        (132, plan(12), Ok(Load::Heavy { seen: 12 })),
        (200, plan(19), Err(LoadError::PlanTooThin { supervisees: 200, leads: 19 })),
        (100, plan(10), Ok(Load::Heavy { seen: 10 })),
    ] {
        assert_eq!(limits.weigh(&people(supervisees), plan.as_ref()), want, "{supervisees}");
    }
    // Who is not seen by the supervisor leads nobody.
    let (supervisor, leads) = (MemberId::number(999), (100..104).map(MemberId::number).collect());
    let elsewhere = limits.weigh(&people(40), Some(&PeerLeadPlan { supervisor, leads }));
    assert_eq!(elsewhere, Err(LoadError::PlanTooThin { supervisees: 40, leads: 0 }));
}

#[test]
fn meetings_are_counted_one_to_one_and_in_all() {
    let mut supervision = Supervision::default();
    supervision.apply(id(1), &held("2026-03-02"));
    supervision.apply(
        id(2),
        &SupervisionEvent::Held {
            on: day("2026-03-09"),
            minutes: 60,
            mode: SupervisionMode::OneToOne,
        },
    );
    assert_eq!(supervision.minutes(day("2026-03-01"), day("2026-03-31")), (60, 105));
    assert_eq!(supervision.minutes(day("2026-03-03"), day("2026-03-31")), (60, 60));
    assert!(supervision.held_within(14, day("2026-03-23")));
    assert!(!supervision.held_within(14, day("2026-03-24")));
}

#[test]
fn where_no_row_speaks_supervision_is_weekly() {
    let silent = Rulebook::parse("schema = \"circlekeeper.rules/1\"\nid = \"ours\"\nversion = 1\n");
    let asked = arrangement_for(&silent.unwrap(), &code("healing-circle"), &code("p4"), false);
    assert_eq!(asked, Arrangement::Supervised(Cadence::Weekly));
}

#[test]
fn without_an_arrangement_nothing_is_due_and_the_gate_says_so() {
    let none = Supervision::default();
    assert_eq!(none.arrangement(day("2026-03-02")), None);
    assert_eq!(none.due_on(day("2026-03-02"), &nothing()), None);
}

//! The laws of the engine, ENG-01 to ENG-12, as far as they touch what is here.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use chrono_tz::Africa::Kigali;
use commons::{DocumentId, MatterId, MemberId, UnitId};
use proptest::{collection::vec, prelude::*};
use safety_protocols::{
    Caution, Deadline, Decider, Involvement, Moments, Obligation, Occurrence, Rulebook, Rulebooks,
    Severity, Subject, Urgency, ahead, arb, attribute, due, evidence, open_urgent, schedule,
};

use crate::{at, code, day, id, kigali};

fn shipped(told: &[Occurrence]) -> Vec<Obligation> {
    schedule(told, &Rulebooks::shipped_only())
}

fn opened(kind: &'static str, when: &str) -> Occurrence {
    let subject = Subject::Matter(MatterId::number(1));
    Occurrence::new(code(kind), id(1), subject, at(when, Kigali), kigali())
}

proptest! {
    /// ENG-12: the same set gives the same list, in any order and told twice.
    #[test]
    fn every_device_has_the_same_list(told in vec(arb::occurrence(), 0..14), seed: u64) {
        let list = shipped(&told);
        let mut other = told.clone();
        other.reverse();
        other.extend(told.iter().cloned());
        let turn = usize::try_from(seed % (other.len() as u64 + 1)).unwrap();
        other.rotate_left(turn);
        prop_assert_eq!(list, shipped(&other));
    }

    /// ENG-07: one more thing told answers or adds, and takes nothing away; no due instant moves later.
    #[test]
    fn nothing_that_must_be_done_vanishes(told in vec(arb::occurrence(), 0..10), more in vec(arb::occurrence(), 0..5)) {
        let ids: BTreeSet<_> = told.iter().map(|one| one.event).collect();
        let more: Vec<_> = more.into_iter().filter(|one| !ids.contains(&one.event)).collect();
        let before = shipped(&told);
        let all: Vec<_> = told.into_iter().chain(more).collect();
        let after = shipped(&all);
        for duty in &before {
            let same = after.iter().find(|one| {
                one.row == duty.row && one.version == duty.version
                    && one.accounts.is_superset(&duty.accounts)
            });
            prop_assert!(same.is_some(), "vanished: {duty:?}");
            let same = same.unwrap();
            prop_assert!(same.binds_at <= duty.binds_at || duty.binds_at.is_none());
        }
    }

    /// ENG-04: the earliest instant binds, and every row is listed.
    #[test]
    fn of_several_rules_the_earliest_binds_and_all_are_listed(told in arb::occurrence()) {
        let list = shipped(std::slice::from_ref(&told));
        for duty in &list {
            let earliest = list.iter()
                .filter(|other| other.what == duty.what)
                .filter_map(|other| other.due_at)
                .min();
            prop_assert_eq!(duty.binds_at, earliest);
        }
        let speaking = Rulebook::shipped().spoken(&told, safety_protocols::Enforcement::Oblige);
        prop_assert_eq!(list.len(), speaking.len());
    }

    /// ENG-03: what is typed in later has the clock of the awareness; `now` is in no instant of it.
    #[test]
    fn due_only_looks_and_changes_nothing(told in vec(arb::occurrence(), 0..10), now in arb::instant()) {
        let list = shipped(&told);
        let (near, far) = (due(&list, now), ahead(&list, now, 400));
        prop_assert!(near.len() <= far.len());
        let open = list.iter().filter(|duty| duty.is_open()).count();
        prop_assert!(far.len() <= open);
        for pair in far.windows(2) {
            prop_assert!(pair[0].urgency <= pair[1].urgency, "the most pressing come first");
        }
        for one in &far {
            prop_assert_eq!(one.late_by.is_some(), one.obligation.binds_at.is_some_and(|at| at < now));
        }
    }

    /// ENG-06: a later rulebook adds, and never removes.
    #[test]
    fn a_later_rulebook_only_adds(told in vec(arb::occurrence(), 0..8)) {
        let (early, late) = (DocumentId::number(1), DocumentId::number(2));
        let mut books = Rulebooks::shipped_only();
        books.adopt(early, Rulebook::strictest().clone());
        books.adopt(late, Rulebook::shipped().clone());
        let under = |ids: &[DocumentId]| {
            let told: Vec<_> = told.iter().cloned().map(|mut one| {
                one.circumstances.rulebooks.extend(ids);
                one
            }).collect();
            schedule(&told, &books)
        };
        let (before, after) = (under(&[early]), under(&[early, late]));
        for duty in before {
            prop_assert!(after.iter().any(|one| one.row == duty.row && one.accounts.is_superset(&duty.accounts)));
        }
    }

    /// ENG-10: never no rule. A child's disclosure opens a duty wherever and whatever is known.
    #[test]
    fn there_is_no_place_without_a_rule(around in arb::circumstances(), when in arb::instant()) {
        let subject = Subject::Matter(MatterId::number(1));
        let known = Occurrence::new(code("child.abuse_known"), id(1), subject, when, around);
        let list = shipped(&[known]);
        let soonest = list.iter().filter_map(|duty| duty.due_at).min();
        prop_assert!(soonest.is_some_and(|due| due <= when + TimeDelta::hours(24)), "{list:?}");
    }

    /// A deadline lies after the start of its clock, whatever the clocks of the place do.
    #[test]
    fn no_deadline_lies_before_its_start(around in arb::circumstances(), when in arb::instant()) {
        for row in Rulebook::shipped().rows() {
            let due = row.deadline.due(when, &around.moments, around.zone, &Rulebook::shipped().calendar(None));
            prop_assert!(due.is_none_or(|due| when <= due), "{}", row.name);
        }
    }
}

#[test]
fn a_matter_without_a_severity_is_looked_after_like_the_gravest() {
    let list = shipped(&[opened("matter.opened", "2026-03-02 10:00")]);
    let tell = list.iter().find(|duty| duty.what == code("tell_supervisor")).unwrap();
    assert_eq!(tell.binds_at, Some(at("2026-03-02 11:00", Kigali)));
}

#[test]
fn a_duty_is_answered_by_the_evidence_that_its_rule_takes_and_by_no_other() {
    let opening = opened("matter.opened", "2026-03-02 10:00").with(attribute::SEVERITY, code("s3"));
    let answer = |n, when: &str, shows: &'static str| {
        let subject = Subject::Matter(MatterId::number(1));
        Occurrence::new(code("matter.answered"), id(n), subject, at(when, Kigali), kigali())
            .answering([id(1)], [code(shows)])
    };
    let told = [
        opening,
        answer(2, "2026-03-02 13:00", "record_written"),
        answer(3, "2026-03-02 12:00", "record_written"),
        answer(4, "2026-03-02 12:30", "prayed"),
    ];
    let list = shipped(&told);
    let closed: Vec<_> = list
        .iter()
        .filter_map(|duty| Some((duty.what.as_str(), duty.closed.as_ref()?.event)))
        .collect();
    assert_eq!(closed, [("write_record", id(3))], "the earliest answer counts");
}

#[test]
fn a_duty_is_set_aside_by_a_role_above_and_stays_on_the_list() {
    let opening = opened("matter.opened", "2026-03-02 10:00").with(attribute::SEVERITY, code("s4"));
    let subject = Subject::Matter(MatterId::number(1));
    let by = Decider { role: code("director"), second: None, involvement: Involvement::None };
    let before = shipped(std::slice::from_ref(&opening));
    let record = before.iter().find(|duty| duty.what == code("write_record")).unwrap();
    let set_aside =
        record.set_aside(&by, code("written_elsewhere"), at("2026-03-03 10:00", Kigali)).unwrap();
    let list = shipped(&[opening.clone(), set_aside.occurrence(id(2), &kigali())]);
    assert_eq!(list.len(), before.len());
    let closed: Vec<_> = list.iter().filter(|duty| !duty.is_open()).collect();
    assert_eq!(closed.len(), 1, "one duty, and no other of the same opening");
    assert_eq!(closed[0].row, record.row);
    assert_eq!(closed[0].closed.as_ref().unwrap().evidence, evidence::OVERRIDDEN);
    // An answer that only says so, and names no row, sets nothing aside.
    let when = at("2026-03-03 10:00", Kigali);
    let word = Occurrence::new(code("matter.answered"), id(3), subject, when, kigali())
        .answering([id(1)], [evidence::OVERRIDDEN]);
    assert!(shipped(&[opening, word]).iter().all(Obligation::is_open));
}

#[test]
fn a_duty_that_nothing_called_for_is_answered_and_stays_on_the_list() {
    let subject = Subject::Unit(UnitId::number(1));
    let told = |event, text: &str| {
        let when = at(text, Kigali);
        Occurrence::new(code("group.below_fewest"), id(event), subject, when, kigali())
    };
    let fell = told(1, "2026-03-02 10:00").answering([id(1)], [evidence::CORRECTED]);
    let list = shipped(&[fell]);
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].closed.as_ref().unwrap().evidence, evidence::CORRECTED);
}

#[test]
fn a_unit_decides_by_the_day_that_its_own_terms_name() {
    let subject = Subject::Unit(UnitId::number(1));
    let due = |agreed: Option<&str>| {
        let mut around = kigali();
        around.moments.agreed_by = agreed.map(|text| at(text, Kigali));
        let when = at("2026-03-02 10:00", Kigali);
        let fell = Occurrence::new(code("group.below_fewest"), id(1), subject, when, around);
        shipped(&[fell])[0].due_at
    };
    assert_eq!(due(Some("2026-03-09 23:59")), Some(at("2026-03-09 23:59", Kigali)));
    assert_eq!(due(Some("2026-04-09 23:59")), Some(at("2026-04-09 23:59", Kigali)));
    let usual = due(None).unwrap();
    assert_eq!(usual.with_timezone(&Kigali).date_naive(), day("2026-03-16"));
}

#[test]
fn one_of_two_accounts_taken_back_leaves_the_duty_open() {
    let (one, other) = (MatterId::number(1), MatterId::number(2));
    let open = |n, matter| {
        Occurrence::new(
            code("matter.opened"),
            id(n),
            Subject::Matter(matter),
            at("2026-03-02 10:00", Kigali),
            kigali().with(attribute::SEVERITY, code("s4")),
        )
    };
    let void = |n, matter, of| {
        Occurrence::new(
            code("matter.voided"),
            id(n),
            Subject::Matter(matter),
            at("2026-03-02 11:00", Kigali),
            kigali(),
        )
        .answering([id(of)], [evidence::VOIDED])
    };
    let joined = open(2, other).joining(Subject::Matter(one));
    let mut told = vec![open(1, one), joined, void(3, one, 1)];
    assert!(shipped(&told).iter().all(Obligation::is_open));
    told.push(void(4, other, 2));
    assert!(shipped(&told).iter().all(|duty| !duty.is_open()));
}

#[test]
fn of_two_accounts_the_graver_word_stands() {
    let open = |n, severity| {
        Occurrence::new(
            code("matter.opened"),
            id(n),
            Subject::Matter(MatterId::number(n)),
            at("2026-03-02 10:00", Kigali),
            kigali().with(attribute::SEVERITY, code(severity)),
        )
    };
    for (one, other) in [("s1", "s2"), ("s2", "s1")] {
        let joined = open(2, other).joining(Subject::Matter(MatterId::number(1)));
        let list = shipped(&[open(1, one), joined]);
        let write: Vec<_> = list.iter().filter(|duty| duty.what == code("write_record")).collect();
        let [write] = write[..] else { panic!("one duty: {write:?}") };
        assert_eq!(write.severity, Some(Severity::S1), "{one} and {other}");
        let tell: Vec<_> =
            list.iter().filter(|duty| duty.what == code("tell_supervisor")).collect();
        assert_eq!(tell.len(), 2, "both rows are listed");
        assert!(tell.iter().all(|duty| duty.binds_at == Some(at("2026-03-02 11:00", Kigali))));
    }
}

#[test]
fn sheets_that_come_six_days_late_say_so_and_count_the_clock_that_the_rule_means() {
    // Two meetings missed, seen on the sheets six days later: the visit is due by the day it happened.
    let missed = Occurrence::new(
        code("session.absent_twice"),
        id(1),
        Subject::Member(MemberId::number(3)),
        at("2026-03-02 10:00", Kigali),
        kigali().with(attribute::MODEL, code("social-healing-group")),
    )
    .known_at(at("2026-03-08 15:00", Kigali));
    let list = shipped(&[missed]);
    let seen = ahead(&list, at("2026-03-08 15:00", Kigali), 2);
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].known_after.num_days(), 6);
    assert_eq!(seen[0].urgency, Urgency::Ahead);
    assert_eq!(seen[0].late_by, None, "it can still be done in time");
    let due_day = seen[0].obligation.due_at.unwrap().with_timezone(&Kigali);
    assert_eq!(due_day.date_naive(), day("2026-03-09"));

    // A group that fell below its fewest: the fourteen days run from the day it was known.
    let below = Occurrence::new(
        code("group.below_fewest"),
        id(2),
        Subject::Unit(UnitId::number(1)),
        at("2026-03-02 10:00", Kigali),
        kigali(),
    )
    .known_at(at("2026-03-08 15:00", Kigali));
    let list = shipped(&[below]);
    let due_day = list[0].due_at.unwrap().with_timezone(&Kigali);
    assert_eq!(due_day.date_naive(), day("2026-03-22"));
}

#[test]
fn a_weeks_sheets_raise_no_storm_what_can_still_be_saved_comes_first() {
    let answered = |n: u128, when: &str| {
        let mut one = Occurrence::new(
            code("answer.raised"),
            id(n),
            Subject::Member(MemberId::number(n)),
            at(when, Kigali),
            kigali(),
        );
        one.circumstances.moments = Moments {
            session_ends_at: Some(one.known_at + TimeDelta::hours(1)),
            ..Moments::default()
        };
        one
    };
    let written = Occurrence::new(
        code("matter.opened"),
        id(9),
        Subject::Matter(MatterId::number(9)),
        at("2026-03-08 09:00", Kigali),
        kigali().with(attribute::SEVERITY, code("s3")),
    );
    let list =
        shipped(&[answered(1, "2026-03-02 10:00"), answered(2, "2026-03-08 14:30"), written]);
    let seen = due(&list, at("2026-03-08 15:00", Kigali));
    let order: Vec<_> =
        seen.iter().map(|one| (one.urgency, one.obligation.what.as_str())).collect();
    assert_eq!(
        order,
        [
            (Urgency::Now, "talk_before_leaving"),
            (Urgency::Now, "respond_in_session"),
            (Urgency::Today, "tell_supervisor"),
            (Urgency::Passed, "talk_before_leaving"),
        ]
    );
    assert_eq!(seen[0].obligation.opened_by, id(2), "today's is talked about before last week's");
}

#[test]
fn a_duty_is_set_aside_only_by_a_role_above_that_is_not_involved() {
    let list = shipped(&[
        opened("matter.opened", "2026-03-02 10:00").with(attribute::SEVERITY, code("s2"))
    ]);
    let tell = list.iter().find(|duty| duty.what == code("tell_supervisor")).unwrap();
    for (role, involvement, taken) in [
        ("keeper", Involvement::None, false),
        ("assistant", Involvement::None, false),
        ("supervisor", Involvement::None, true),
        ("director", Involvement::None, true),
        ("director", Involvement::Subject, false),
        ("director", Involvement::Reporter, true),
    ] {
        let by = Decider { role: code(role), second: None, involvement };
        assert_eq!(tell.may_be_set_aside(&by).is_ok(), taken, "{role}");
    }
}

#[test]
fn nothing_is_closed_while_something_urgent_is_open() {
    let urgent = |severity| {
        let told = opened("matter.opened", "2026-03-02 10:00").with(attribute::SEVERITY, severity);
        open_urgent(&shipped(&[told])).len()
    };
    assert!(urgent(code("s1")) > 0 && urgent(code("s2")) > 0);
    assert_eq!((urgent(code("s3")), urgent(code("s4"))), (0, 0));
    let unknown = opened("matter.opened", "2026-03-02 10:00");
    assert!(!open_urgent(&shipped(&[unknown])).is_empty(), "unknown counts as urgent");
}

#[test]
fn looking_ahead_shows_what_is_not_due_yet() {
    let below = Occurrence::new(
        code("group.below_fewest"),
        id(2),
        Subject::Unit(UnitId::number(1)),
        at("2026-03-02 10:00", Kigali),
        kigali(),
    );
    let list = shipped(&[below]);
    let now = at("2026-03-02 12:00", Kigali);
    assert!(due(&list, now).is_empty());
    assert!(ahead(&list, now, 13).is_empty());
    assert_eq!(ahead(&list, now, 15).len(), 1);
}

#[test]
fn a_row_past_its_check_keeps_working_and_says_so() {
    let known = opened("child.abuse_known", "2027-09-01 10:00")
        .with(attribute::JURISDICTION, code("us-tx"));
    let list = shipped(&[known]);
    assert_eq!(list[0].row, code("sg-02-us-tx"));
    let seen = due(&list, at("2027-09-01 10:00", Kigali));
    assert!(seen[0].cautions.contains(&Caution::PastRecheck));
    let early = due(&list, at("2027-05-01 10:00", Kigali));
    assert!(!early[0].cautions.contains(&Caution::PastRecheck));
    assert!(Rulebook::shipped().past_recheck(day("2027-09-01")).count() > 5);
    assert_eq!(Rulebook::shipped().past_recheck(day("2026-11-22")).count(), 0);
}

#[test]
fn a_rulebook_that_is_not_here_is_replaced_by_the_strictest() {
    let mut known = opened("child.abuse_known", "2026-03-02 10:00")
        .with(attribute::JURISDICTION, code("us-tx"));
    known.circumstances.rulebooks.insert(DocumentId::number(404));
    let list = shipped(&[known]);
    assert!(list.iter().any(|duty| duty.row == code("sg-02-zz")));
    assert!(list.iter().all(|duty| duty.cautions.contains(&Caution::UnknownRulebook)));
}

#[test]
fn a_session_without_an_end_is_over_at_once() {
    let zone = Kigali;
    let start = at("2026-03-02 10:00", zone);
    let calendar = Rulebook::shipped().calendar(None);
    let due = |deadline: &str, moments: &Moments| {
        deadline.parse::<Deadline>().unwrap().due(start, moments, zone, &calendar)
    };
    let unknown = Moments::default();
    assert_eq!(due("session end", &unknown), Some(start));
    let known = Moments {
        session_ends_at: Some(start + TimeDelta::hours(2)),
        next_session_at: Some(start + TimeDelta::days(7)),
        next_supervision_at: Some(start + TimeDelta::days(40)),
        agreed_by: Some(start + TimeDelta::days(3)),
    };
    assert_eq!(due("session end", &known), known.session_ends_at);
    assert_eq!(due("next session or 14 days", &known), known.next_session_at);
    let last = at("2026-03-30 23:59", zone) + TimeDelta::seconds(59);
    assert_eq!(due("next supervision or 28 days", &known), Some(last));
    assert_eq!(due("agreed or 14 days", &known), known.agreed_by);
    assert_eq!(due("none", &known), None);
}

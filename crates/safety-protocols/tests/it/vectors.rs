//! The golden vectors of the rules.

use chrono_tz::{Africa::Kigali, America::Chicago, America::New_York, Europe::London, Tz};
use commons::{Aggregate, Code, MatterId, MemberId, Rule, UnitId};
use safety_protocols::{
    Arrangement, Asks, Assurance, AssuranceLimits, Cadence, Calendar, Caution, Charter,
    Circumstances, Consent, ConsentEvent, LateLimits, Lateness, Matter, MatterEvent, Mode, Moments,
    Obligation, Occurrence, PhaseAsks, Proof, Responder, Rulebook, Rulebooks, Scope, ScopeState,
    Service, ServiceEvent, Severity, ShelfLife, Span, Subject, Supervision, SupervisionEvent,
    SupervisionMode, Urgency, attribute, due, schedule,
};

use crate::{at, code, day, id, kigali};

fn told(kind: &'static str, when: &str, zone: Tz) -> Occurrence {
    let subject = Subject::Matter(MatterId::number(1));
    Occurrence::new(code(kind), id(1), subject, at(when, zone), Circumstances::new(zone))
}

fn duties(occurrence: Occurrence) -> Vec<Obligation> {
    schedule(&[occurrence], &Rulebooks::shipped_only())
}

fn of<'a>(duties: &'a [Obligation], rule: &'static str) -> Vec<&'a Obligation> {
    duties.iter().filter(|duty| duty.rule == Rule::of(rule)).collect()
}

#[test]
fn v4_one_point_on_the_ninth_question_is_talked_about_before_the_person_leaves() {
    let mut answered = told("answer.raised", "2026-03-02 10:00", Kigali);
    answered.circumstances.moments =
        Moments { session_ends_at: Some(at("2026-03-02 11:30", Kigali)), ..Moments::default() };
    let list = duties(answered);
    let [duty] = of(&list, "SU-02")[..] else { panic!("one duty: {list:?}") };
    assert_eq!(duty.due_at, Some(at("2026-03-02 11:30", Kigali)));
    assert!(duty.at_once && duty.momentary);
    // The total plays no part: the rule does not know it.
    let row = Rulebook::shipped().row(&duty.row).unwrap();
    assert!(row.only_where.is_empty());
}

#[test]
fn v5_a_circle_that_promised_not_to_ask_does_not_plan_the_phq_9() {
    use commons::Refused;
    let refused =
        Charter::MutualNoAssessment.may_ask(Asks::AboutDanger, Responder::Present).unwrap_err();
    assert_eq!(refused.rule(), Some(Rule::of("SU-01")));
    assert!(refused.way_out().contains("PHQ-8"));
    assert!(refused.way_out().contains("another circle"));
    let phq_8 = Charter::MutualNoAssessment.may_ask(Asks::NotAboutDanger, Responder::Nobody);
    assert_eq!(phq_8, Ok(()));
}

#[track_caller]
fn check_child_report(law: Option<&'static str>, zone: Tz, aware: &str, want: &str) {
    let mut known = told("child.abuse_known", aware, zone);
    if let Some(law) = law {
        known = known.with(attribute::JURISDICTION, code(law));
    }
    let list = duties(known);
    let first = of(&list, "SG-02")
        .into_iter()
        .find(|duty| duty.what == code("report_child_abuse"))
        .unwrap();
    assert_eq!(first.due_at, Some(at(want, zone)), "{}", first.row);
    let unknown = first.cautions.contains(&Caution::UnknownJurisdiction);
    assert_eq!(unknown, !matches!(law, Some("us-tx")));
}

#[test]
fn v6_v7_texas_moved_from_two_days_to_one_at_midnight_of_20_june_2025() {
    check_child_report(Some("us-tx"), Chicago, "2025-06-19 15:00", "2025-06-21 15:00");
    check_child_report(Some("us-tx"), Chicago, "2025-06-19 23:59", "2025-06-21 23:59");
    check_child_report(Some("us-tx"), Chicago, "2025-06-20 00:00", "2025-06-21 00:00");
}

#[test]
fn v8_v9_a_day_is_24_hours_when_the_clocks_change() {
    let day = Span::hours(24);
    let calendar = Calendar::default();
    for (aware, want) in
        [("2026-03-07 22:30", "2026-03-08 23:30"), ("2026-10-31 22:30", "2026-11-01 21:30")]
    {
        let due = day.after(at(aware, New_York), New_York, &calendar);
        assert_eq!(due, at(want, New_York));
    }
}

#[test]
fn v10_rwanda_is_told_of_a_breach_in_two_days_and_reported_to_in_three() {
    let breached =
        told("data.breached", "2026-11-20 17:00", Kigali).with(attribute::JURISDICTION, code("rw"));
    let list = duties(breached);
    let due: Vec<_> = list.iter().map(|duty| (duty.what.as_str(), duty.due_at)).collect();
    assert_eq!(
        due,
        [
            ("notify_authority", Some(at("2026-11-22 17:00", Kigali))),
            ("report_to_authority", Some(at("2026-11-23 17:00", Kigali))),
        ]
    );
}

#[test]
fn v11_working_days_skip_christmas_and_new_year_in_england() {
    let calendar = Rulebook::shipped().calendar(Some(&code("gb-eng")));
    let due = Span::WorkingDays(5).after(at("2026-12-24 10:00", London), London, &calendar);
    assert_eq!(due.with_timezone(&London).date_naive(), day("2027-01-05"));
    // Where no holiday is known the duty comes earlier, never later.
    let unknown = Rulebook::shipped().calendar(Some(&code("xx")));
    let due = Span::WorkingDays(5).after(at("2026-12-24 10:00", London), London, &unknown);
    assert_eq!(due.with_timezone(&London).date_naive(), day("2026-12-31"));
}

#[test]
fn v12_what_is_typed_in_three_days_late_is_two_days_overdue_and_never_refused() {
    let aware = at("2026-03-02 10:00", Kigali);
    let mut matter = Matter::default();
    matter.apply(id(1), &Matter::open(Severity::S2, aware, None, code("keeper")));
    let told = matter.occurrences(MatterId::number(1), &kigali());
    let list = schedule(&told, &Rulebooks::shipped_only());
    let now = at("2026-03-05 10:00", Kigali);
    let seen = due(&list, now);
    let written = seen.iter().find(|one| one.obligation.what == code("write_record")).unwrap();
    assert_eq!(written.late_by.unwrap().num_hours(), 48);
    assert_eq!(written.obligation.known_at, aware);
}

#[test]
fn v13_two_accounts_of_one_disclosure_run_on_one_clock_from_the_earlier() {
    let (first, second) = (MatterId::number(1), MatterId::number(2));
    let open = |when: &str| Matter::open(Severity::S2, at(when, Kigali), None, code("keeper"));
    let mut one = Matter::default();
    one.apply(id(1), &open("2026-03-02 10:00"));
    let mut other = Matter::default();
    other.apply(id(2), &open("2026-03-02 10:40"));
    let linked = MatterEvent::Linked {
        other: first,
        aware_at: at("2026-03-02 10:00", Kigali),
        at: at("2026-03-02 12:00", Kigali),
    };
    other.apply(id(3), &linked);
    assert_eq!(other.aware_at(), Some(at("2026-03-02 10:00", Kigali)));

    let mut told = one.occurrences(first, &kigali());
    told.extend(other.occurrences(second, &kigali()));
    let list = schedule(&told, &Rulebooks::shipped_only());
    let tell: Vec<_> = list.iter().filter(|duty| duty.what == code("tell_supervisor")).collect();
    let [duty] = tell[..] else { panic!("one clock: {tell:?}") };
    assert_eq!(duty.due_at, Some(at("2026-03-02 14:00", Kigali)));
    assert_eq!(duty.accounts, [id(1), id(2)].into());
}

#[test]
fn v15_supervision_is_warned_about_then_handed_on_then_the_circle_is_paused() {
    let asks = PhaseAsks::default();
    let mut supervision = Supervision::default();
    let arranged = supervision
        .arrange(
            MemberId::number(1),
            MemberId::number(2),
            Arrangement::Supervised(Cadence::FourWeekly),
            day("2026-09-01"),
            &asks,
        )
        .unwrap();
    supervision.apply(id(1), &arranged);
    let held = SupervisionEvent::Held {
        on: day("2026-10-01"),
        minutes: 45,
        mode: SupervisionMode::OneToOne,
    };
    supervision.apply(id(2), &held);
    assert_eq!(supervision.due_on(day("2026-11-01"), &asks), Some(day("2026-10-29")));
    let limits = LateLimits::of(Rulebook::shipped());
    for (on, want) in [
        ("2026-10-29", Lateness::InTime),
        ("2026-10-30", Lateness::Late),
        ("2026-11-05", Lateness::Late),
        ("2026-11-06", Lateness::Warned),
        ("2026-11-12", Lateness::Warned),
        ("2026-11-13", Lateness::Coordinator),
        ("2026-11-26", Lateness::Coordinator),
        ("2026-11-27", Lateness::Paused),
    ] {
        assert_eq!(supervision.lateness(day(on), limits, &asks), want, "{on}");
    }

    // The engine says the same from the occurrences alone.
    let told = supervision.occurrences(Subject::Unit(UnitId::number(1)), &kigali(), &asks);
    let list = schedule(&told, &Rulebooks::shipped_only());
    let duty =
        list.iter().find(|duty| duty.what == code("hold_supervision") && duty.is_open()).unwrap();
    let local = |instant: Option<chrono::DateTime<chrono::Utc>>| {
        instant.map(|instant| instant.with_timezone(&Kigali).date_naive())
    };
    assert_eq!(local(duty.due_at), Some(day("2026-10-29")));
    for (now, holder, paused) in [
        ("2026-11-05 23:00", "supervisor", false),
        ("2026-11-06 00:00", "supervisor", false),
        ("2026-11-13 00:00", "coordinator", false),
        ("2026-11-26 23:00", "coordinator", false),
        ("2026-11-27 00:00", "coordinator", true),
    ] {
        let now = at(now, Kigali);
        assert_eq!(duty.held_by(now), &code(holder), "{now}");
        assert_eq!(duty.pauses(now), paused, "{now}");
    }
}

#[test]
fn v16_a_service_is_fine_for_half_a_year_and_refused_after_a_year() {
    let mut service = Service::default();
    let assured = service.assure(day("2026-05-01"));
    service.apply(id(1), &assured);
    let limits = AssuranceLimits::of(Rulebook::shipped());
    for (on, want) in [
        ("2026-05-01", Assurance::Fine),
        ("2026-10-28", Assurance::Fine),
        ("2026-10-29", Assurance::Warned { days: 181 }),
        ("2027-05-01", Assurance::Warned { days: 365 }),
        ("2027-05-02", Assurance::Refused { days: Some(366) }),
    ] {
        assert_eq!(service.assurance(day(on), limits), want, "{on}");
    }
    let closed = ServiceEvent::Closed {
        status: safety_protocols::ServiceStatus::Inactive,
        on: day("2026-06-01"),
    };
    service.apply(id(2), &closed);
    assert_eq!(service.assurance(day("2026-06-02"), limits), Assurance::Refused { days: None });
}

#[test]
fn v19_a_withdrawal_stands_though_a_later_clock_says_given() {
    let scope = Scope::MeasureOutcomes;
    let given = |cites| {
        Consent::default()
            .give(
                scope.clone(),
                Proof {
                    mode: Mode::Signed,
                    language: code("rw"),
                    text_version: code("v1"),
                    witness: None,
                },
                at("2026-03-02 09:00", Kigali),
                ShelfLife::LONGEST,
                cites,
            )
            .unwrap()
    };
    let withdrawn = Consent::withdraw(scope.clone(), at("2026-03-02 08:55", Kigali));
    let noon = at("2026-03-02 12:00", Kigali);

    let mut merged = Consent::default();
    merged.apply(id(1), &given([].into()));
    merged.apply(id(2), &withdrawn);
    assert_eq!(merged.state(&scope, noon), ScopeState::Withdrawn);
    assert_eq!(merged.breaches().len(), 1, "one conflict, one line");

    // The same with a consent that knew of the withdrawal.
    let mut cited = Consent::default();
    cited.apply(id(1), &given([id(2)].into()));
    cited.apply(id(2), &withdrawn);
    assert!(cited.allows(&scope, noon));
    assert!(cited.breaches().is_empty());
}

#[test]
fn v21_where_the_law_is_unknown_or_the_file_is_broken_the_strictest_row_holds() {
    check_child_report(None, Kigali, "2026-03-02 10:00", "2026-03-03 10:00");
    check_child_report(Some("xx"), Kigali, "2026-03-02 10:00", "2026-03-03 10:00");
    // Rwanda's row was not read: it is listed, and never applies.
    check_child_report(Some("rw"), Kigali, "2026-03-02 10:00", "2026-03-03 10:00");

    let (book, faults) = Rulebook::parse_or_strictest("rows = [ {");
    assert!(!faults.unwrap().all().is_empty());
    let mut books = Rulebooks::shipped_only();
    let adopted = commons::DocumentId::number(9);
    books.adopt(adopted, book);
    let mut known = told("child.abuse_known", "2026-03-02 10:00", Chicago)
        .with(attribute::JURISDICTION, code("us-tx"));
    known.circumstances.rulebooks.insert(adopted);
    let list = schedule(&[known], &books);
    let first = of(&list, "SG-02")[0];
    assert_eq!(first.row, Code::of("sg-02-zz"));
    assert!(first.at_once);
    assert_eq!(first.due_at, Some(at("2026-03-03 10:00", Chicago)));
    assert!(first.cautions.contains(&Caution::BrokenRulebook));
    let seen = due(&list, at("2026-03-02 10:00", Chicago));
    assert_eq!(seen[0].urgency, Urgency::Now);
}

#[test]
fn withdrawing_is_never_refused() {
    // There is no decision to refuse it: recording is a plain function of scope and time.
    let event = Consent::withdraw(Scope::Participate, at("2026-03-02 09:00", Kigali));
    assert!(matches!(event, ConsentEvent::Withdrawn { .. }));
    let mut never_asked = Consent::default();
    never_asked.apply(id(1), &event);
    assert_eq!(
        never_asked.state(&Scope::Participate, at("2026-03-02 09:00", Kigali)),
        ScopeState::Withdrawn
    );
}

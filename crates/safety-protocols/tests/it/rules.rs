//! Rule files: what is shipped, and what is said of a bad one.

use std::collections::BTreeSet;

use safety_protocols::{
    Basis, Deadline, Enforcement, RowStanding, Rulebook, SHIPPED, Span, UNKNOWN_JURISDICTION,
};

use crate::{code, day};

#[test]
fn the_shipped_rules_are_read_and_are_one_document() {
    let book = Rulebook::read(&SHIPPED).unwrap();
    assert_eq!(book.rows().len(), Rulebook::shipped().rows().len());
    let document = Rulebook::parse(Rulebook::shipped_document()).unwrap();
    assert_eq!(&document, Rulebook::shipped());
}

#[test]
fn every_row_says_who_says_so_and_what_was_not_read_never_applies() {
    for row in Rulebook::shipped().rows() {
        let own = row.basis == Basis::Own && row.source.contains("our own");
        assert!(own || row.source.len() > 30, "{}: a source anyone can open", row.name);
        let read = row.verified_on.is_some() && row.recheck_by.is_some();
        if row.basis == Basis::Law && row.standing == RowStanding::InForce {
            assert!(read, "{}", row.name);
        }
        if row.standing == RowStanding::Unverified {
            assert!(row.verified_on.is_none(), "{}", row.name);
        }
        for word in ["patient", "diagnos", "treatment", "cure", "at-risk"] {
            assert!(!row.what.as_str().contains(word), "{}", row.name);
        }
    }
}

/// Nothing is silently dead: what nobody tells yet is named, and each name is of a row.
#[test]
fn what_nothing_tells_yet_is_named_in_the_file() {
    let book = Rulebook::shipped();
    let spoken: BTreeSet<_> = book.rows().iter().flat_map(|row| &row.triggers).collect();
    for kind in book.not_yet_told() {
        assert!(spoken.contains(kind), "{kind}: no row speaks at it");
    }
}

/// Collision 4: a school class has one teacher; a youth group elsewhere has two vetted adults.
#[test]
fn in_school_hours_the_schools_own_rule_holds_and_elsewhere_that_of_youth_groups() {
    use safety_protocols::{Occurrence, Subject, attribute};
    let unit = Subject::Unit(commons::UnitId::number(1));
    let speaking = |setting: Option<&'static str>| -> Vec<String> {
        let when = crate::at("2026-03-02 10:00", chrono_tz::Africa::Kigali);
        let kind = code("session.with_minors");
        let mut told = Occurrence::new(kind, crate::id(1), unit, when, crate::kigali());
        if let Some(setting) = setting {
            told = told.with(attribute::SETTING, code(setting));
        }
        let spoken = Rulebook::shipped().spoken(&told, Enforcement::Refuse);
        spoken.iter().map(|spoken| spoken.row.name.to_string()).collect()
    };
    assert_eq!(speaking(Some("school_hours")), ["ch-01-school"]);
    assert_eq!(speaking(Some("after_school")), ["ch-01-adults", "ch-02-ratio"]);
    // Where nobody said, all of them hold: unknown is the stricter.
    assert_eq!(speaking(None), ["ch-01-adults", "ch-01-school", "ch-02-ratio"]);
}

#[test]
fn every_law_of_a_place_has_a_row_for_unknown_places() {
    let book = Rulebook::shipped();
    let anywhere: BTreeSet<_> = book
        .rows()
        .iter()
        .filter(|row| row.jurisdiction == Some(UNKNOWN_JURISDICTION))
        .map(|row| &row.rule)
        .collect();
    for row in book.rows() {
        let applies = row.standing == RowStanding::InForce;
        if applies && row.jurisdiction.is_some() && row.enforcement == Enforcement::Oblige {
            assert!(anywhere.contains(&row.rule), "{}", row.name);
        }
    }
}

#[test]
fn what_is_kept_as_a_number_in_code_is_the_number_of_the_rules() {
    let book = Rulebook::shipped();
    let limit =
        |rule: &'static str, name: &'static str| book.limit(&commons::Rule::of(rule), &code(name));
    assert_eq!(
        limit("SU-01", "minutes"),
        Some(u32::from(safety_protocols::RESPONDER_MINUTES_MOST))
    );
    assert_eq!(limit("CO-05", "most_days"), Some(u32::from(safety_protocols::RELEASE_DAYS_MOST)));
    assert_eq!(limit("WL-03", "rest_minutes"), Some(11 * 60));
    assert_eq!(limit("DR-04", "refuse_after_days"), Some(365));
    assert_eq!(limit("CO-11", "months"), Some(12));
    assert_eq!(limit("U-17", "hours_a_week"), None, "each program sets its own cap");
}

#[test]
fn a_bad_file_is_told_every_fault_with_its_line() {
    let faults = Rulebook::parse(include_str!("data/ten-faults.toml")).unwrap_err();
    let lines: Vec<_> =
        faults.all().iter().map(|fault| format!("{} {fault}", fault.code())).collect();
    insta::assert_snapshot!(lines.join("\n"));
    assert_eq!(faults.all().len(), 10);
}

#[test]
fn a_file_that_is_no_toml_is_told_where() {
    let faults = Rulebook::parse("schema = \"circlekeeper.rules/1\"\nid = \n").unwrap_err();
    assert!(faults.all().iter().any(|fault| fault.code() == "rules.syntax" && fault.line == 2));
}

#[test]
fn a_rule_that_would_take_a_no_for_an_answer_is_refused() {
    let text = include_str!("data/no-closes.toml");
    let faults = Rulebook::parse(text).unwrap_err();
    let codes: Vec<_> = faults.all().iter().map(|fault| fault.code()).collect();
    assert_eq!(codes, ["rules.no_closes"]);
    assert!(Rulebook::parse(&text.replace("\"answered_no\", ", "")).is_ok());
}

#[test]
fn deadlines_are_written_as_people_say_them() {
    for text in [
        "none",
        "at once",
        "15 minutes",
        "1 hour",
        "24 hours",
        "7 days",
        "1 day",
        "5 working days",
        "session end",
        "next session or 14 days",
        "next supervision or 28 days",
        "agreed or 14 days",
    ] {
        assert_eq!(text.parse::<Deadline>().unwrap().to_string(), text);
    }
    for text in ["", "soon", "7", "-1 days", "7 weeks", "70000 days", "5000000000 hours"] {
        assert!(text.parse::<Span>().is_err(), "{text}");
    }
    let json = serde_json::to_string(&Deadline::Within(Span::Days(3))).unwrap();
    assert_eq!(json, "\"3 days\"");
    assert_eq!(serde_json::from_str::<Deadline>(&json).unwrap(), Deadline::Within(Span::Days(3)));
}

#[test]
fn a_weekend_of_seven_days_would_never_end_and_is_none() {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let all = vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun];
    let calendar = safety_protocols::Calendar::new(code("xx"), all, []);
    assert!(calendar.is_working(day("2026-03-01")));
    assert_eq!(calendar.working_day_after(day("2026-03-01"), 2), day("2026-03-03"));
}

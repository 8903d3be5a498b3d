//! A program's own copy of a model.

use commons::{Code, Rule};
use program_model::{Adaptation, Difference, Fidelity, Leeway, Model, Setting, ready};

fn shipped() -> Model {
    ready("social-healing-group").expect("it is ready")
}

/// The shipped model in which texts were replaced.
#[track_caller]
fn own(changes: &[(&str, &str)]) -> Model {
    let mut text = shipped().text().to_owned();
    for (instead_of, write) in changes {
        assert!(text.contains(instead_of), "{instead_of:?}");
        text = text.replacen(instead_of, write, 1);
    }
    Model::parse(&text).expect("the copy is sound")
}

#[track_caller]
fn check(changes: &[(&str, &str)], want: &[(&str, Leeway)], rules: &[&str]) {
    let own = own(changes);
    let differences = own.differences(&shipped());
    let found: Vec<_> = differences.iter().map(|it| (it.path.as_str(), it.leeway)).collect();
    assert_eq!(found, want);
    let fidelity = own.fidelity(&shipped());
    let rules: std::collections::BTreeSet<Rule> =
        rules.iter().map(|rule| rule.parse().expect("a rule")).collect();
    if rules.is_empty() {
        assert_eq!(fidelity, Fidelity::Named);
        assert_eq!(own.name_under(&fidelity), Some(own.name()));
    } else {
        assert_eq!(fidelity, Fidelity::Adapted { rules });
        assert_eq!(own.name_under(&fidelity), None, "a changed fixed rule drops the name");
    }
}

#[test]
fn a_program_that_changes_nothing_keeps_the_name() {
    check(&[], &[], &[]);
}

#[test]
fn what_the_model_leaves_open_is_no_departure() {
    check(
        &[("minutes = 20", "minutes = 15"), ("minutes = 40", "minutes = 45")],
        &[
            ("agenda.segments[movement].minutes", Leeway::Within),
            ("agenda.segments[story].minutes", Leeway::Within),
        ],
        &[],
    );
    check(
        &[("minutes = 20", "minutes = 14"), ("minutes = 40", "minutes = 46")],
        &[
            ("agenda.segments[movement].minutes", Leeway::Beyond),
            ("agenda.segments[story].minutes", Leeway::Within),
        ],
        &[],
    );
}

#[test]
fn fifteen_sessions_keep_the_name() {
    let shorter = own(&[
        ("sessions = 16", "sessions = 15"),
        ("last_session = 16", "last_session = 15"),
        (
            "\n[[syllabus]]\nn = 16\ntheme = \"graduation\"\ntitle = \"Graduation: certificates and farewell\"\npractice = \"Ritual; the day of the next meeting\"\nphase = \"direction\"\nspecial = [\"graduation\"]\ntimepoint = \"t2\"\nbasis = \"default\"\n",
            "",
        ),
    ]);
    let differences = shorter.differences(&shipped());
    let sessions = differences.iter().find(|it| it.path.as_str() == "cadence.sessions").unwrap();
    assert_eq!((&sessions.from, &sessions.to), (&Setting::Whole(16), &Setting::Whole(15)));
    assert_eq!(sessions.leeway, Leeway::Within);
    assert_eq!(shorter.fidelity(&shipped()), Fidelity::Named);
}

#[test]
fn a_changed_fixed_rule_drops_the_name() {
    check(
        &[("fixed_order = true", "fixed_order = false")],
        &[("agenda.fixed_order", Leeway::Beyond)],
        &["SH-05"],
    );
    check(
        &[("by = \"psychologist_supervisor\"", "by = \"authority_liaison\"")],
        &[("supervision.by", Leeway::Beyond)],
        &["SH-02"],
    );
    check(
        &[(
            "id = \"SH-02\"\nlevel = \"MUST\"\nfixed = true",
            "id = \"SH-02\"\nlevel = \"SHOULD\"\nfixed = true",
        )],
        &[("rules[SH-02].level", Leeway::Beyond)],
        &["SH-02"],
    );
    check(
        &[("join_until_session = 3", "join_until_session = 4")],
        &[("group.join_until_session", Leeway::Beyond)],
        &[],
    );
}

#[test]
fn a_departure_is_asked_for_until_somebody_records_why() {
    let own = own(&[("join_until_session = 3", "join_until_session = 4")]);
    let open: Vec<Difference> = own.unrecorded(&shipped(), &[]);
    assert_eq!(open.len(), 1);
    let recorded = open[0].because(Code::of("local_custom"), Code::of("community_council"));
    assert_eq!(own.unrecorded(&shipped(), std::slice::from_ref(&recorded)), []);
    let other = Adaptation { to: Setting::Whole(5), ..recorded };
    assert_eq!(own.unrecorded(&shipped(), &[other]).len(), 1, "something else was recorded");
}

#[test]
fn an_adaptation_carries_no_words() {
    let own = own(&[("text = \"Nobody records.\"", "text = \"Jeanne asked us not to record.\"")]);
    let differences = own.differences(&shipped());
    let recorded = differences[0].because(Code::of("asked_for"), Code::of("group"));
    let json = serde_json::to_string(&recorded).unwrap();
    assert_eq!(
        json,
        r#"{"path":"ground_rules[no_recording].text","from":"words","to":"words","why":"asked_for","agreed_by":"group"}"#
    );
    assert_eq!(serde_json::from_str::<Adaptation>(&json).unwrap(), recorded);
    assert!(
        serde_json::from_str::<Adaptation>(
            &json.replace("ground_rules[no_recording].text", "she said")
        )
        .is_err()
    );
}

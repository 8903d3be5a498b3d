//! Files with faults: each is told, with its line and what to do.

use program_model::{Fault, Model};

use crate::SOUND;

/// The codes of all faults and warnings of a sound file in which one text was replaced.
#[track_caller]
fn check(instead_of: &str, write: &str, want: &[&str]) {
    assert!(SOUND.contains(instead_of), "the sound file does not say {instead_of:?}");
    let text = SOUND.replacen(instead_of, write, 1);
    let found: Vec<&str> = match Model::parse(&text) {
        Ok(model) => model.warnings().iter().map(|finding| finding.fault.code()).collect(),
        Err(faults) => faults
            .faults()
            .iter()
            .chain(faults.warnings())
            .map(|finding| finding.fault.code())
            .collect(),
    };
    assert_eq!(found, want, "{instead_of:?} became {write:?}");
}

#[test]
fn a_sound_file_has_nothing_wrong_with_it() {
    let model = Model::parse(SOUND).unwrap();
    assert_eq!(model.warnings(), []);
}

#[test]
fn ten_faults_are_told_at_once_by_line() {
    let faults = Model::parse(include_str!("../data/ten-faults.toml")).unwrap_err();
    assert_eq!(faults.faults().len(), 10, "{faults}");
    insta::assert_snapshot!(faults);
}

#[test]
fn several_errors_of_syntax_are_told_at_once() {
    let faults = Model::parse("schema = circle\nname = \"x\nid = [1,\n").unwrap_err();
    let syntax: Vec<u32> = faults
        .faults()
        .iter()
        .filter(|finding| matches!(finding.fault, Fault::Syntax { .. }))
        .map(|finding| finding.line)
        .collect();
    assert!(syntax.len() >= 3, "{faults}");
    assert!(syntax.contains(&1) && syntax.contains(&2), "{faults}");
}

#[test]
fn one_slip_of_syntax_is_one_fault() {
    check("min = 3", "min = ", &["file.syntax"]);
    check("title = \"Keeper\"", "title = \"Keeper", &["file.syntax"]);
    check("[[agenda.segments]]", "[[agenda.segments]", &["file.syntax"]);
    check("max = 8", "max = 8\nmax = 9", &["file.syntax"]);
    let two = SOUND.replace("min = 3", "min = ").replace("minutes = 60", "minutes = \"60\"");
    let faults = Model::parse(&two).unwrap_err();
    let codes: Vec<_> = faults.faults().iter().map(|finding| finding.fault.code()).collect();
    assert_eq!(codes, ["file.syntax", "value.type"], "another line is told as well");
}

#[test]
fn where_a_file_comes_from_does_not_matter() {
    let from_windows = SOUND.replace('\n', "\r\n");
    assert!(Model::parse(&from_windows).is_ok());
    assert!(Model::parse(&format!("\u{feff}{SOUND}")).is_ok(), "a byte-order mark in front");
}

#[test]
fn an_empty_file_is_told_what_it_lacks() {
    let faults = Model::parse("").unwrap_err();
    assert!(
        faults.faults().iter().all(|finding| finding.fault.code() == "key.missing"),
        "{faults}"
    );
    assert!(faults.faults().iter().any(|finding| finding.path == "group"));
}

#[test]
fn keys_are_spelled_as_the_format_spells_them() {
    check("period_days = 7", "period_day = 7", &["cadence.rhythm", "key.unknown"]);
    check("name = \"Garden circle\"\n", "", &["key.missing"]);
    let text = SOUND.replace("refill = \"no\"", "refil = \"no\"");
    let faults = Model::parse(&text).unwrap_err();
    assert!(matches!(
        &faults.faults()[0].fault,
        Fault::UnknownKey { meant: Some(meant), .. } if meant == "refill"
    ));
}

#[test]
fn values_are_of_their_type_and_in_their_range() {
    check("minutes = 60", "minutes = \"60\"", &["value.type"]);
    check("minutes = 60", "minutes = 60.0", &["value.type"]);
    check("slack_percent = 25", "slack_percent = 100", &[]);
    check("slack_percent = 25", "slack_percent = 101", &["value.range"]);
    check("slack_percent = 25", "slack_percent = -1", &["value.range"]);
    check("id = \"garden-circle\"", "id = \"Garden circle\"", &["value.code"]);
    check("id = \"HC-03\"", "id = \"hc3\"", &["value.rule"]);
    check("shape = \"closed_group\"", "shape = \"closed\"", &["value.word"]);
    check("name = \"Garden circle\"", "name = \"\"", &["value.length"]);
    check("when = \"consent_recorded\"", "when = \"consent\"", &["value.word"]);
    check("fewest = 2 }", "}", &["key.missing"]);
    let day = |day: &str| format!("{{ when = \"date_reached\", date = \"{day}\" }}");
    check("{ when = \"consent_recorded\" }", &day("2027-03-01"), &[]);
    check("{ when = \"consent_recorded\" }", &day("1 March"), &["value.day"]);
}

#[test]
fn every_parameter_says_what_it_rests_on() {
    check("basis = \"seed:book\"", "basis = \"seed:bok\"", &["name.unknown", "source.unused"]);
    check("basis = \"seed:book\"", "basis = \"somewhere\"", &["basis.form", "source.unused"]);
    check("basis = \"seed:book\"", "basis = \"recalled\"", &["basis.unverified", "source.unused"]);
    check("basis = \"seed:book\"\n", "", &["key.missing", "source.unused"]);
    let most = "basis = { min = \"seed:book\", max = \"default\", target = \"default\", membership = \"default\", refill = \"default\" }";
    check("basis = \"seed:book\"", most, &["basis.missing"]);
    check("basis = \"seed:book\"", "basis = { min = \"seed:book\", rest = \"default\" }", &[]);
    check(
        "basis = \"seed:book\"",
        "basis = { mim = \"seed:book\", rest = \"default\" }",
        &["key.unknown"],
    );
    check("page = \"12\"\n", "", &["source.nowhere"]);
}

#[test]
fn sizes_are_in_order_and_fit_the_shape() {
    check("min = 3", "min = 6", &[]);
    check("min = 3", "min = 7", &["group.sizes"]);
    check("max = 8", "max = 5", &["group.sizes"]);
    check("membership = \"closed\"", "membership = \"open\"", &["group.membership"]);
    check("join_until_session = 2", "join_until_session = 4", &[]);
    check("join_until_session = 2", "join_until_session = 5", &["value.order"]);
}

#[test]
fn one_role_is_never_both_given_and_forbidden() {
    check("id = \"inspector\"", "id = \"keeper\"", &["role.forbidden"]);
    check("id = \"keeper\"", "id = \"member\"", &["id.twice", "name.unknown"]);
    check("kind = \"participant\"", "kind = \"lead\"", &["role.participant"]);
    check("training = [\"keeping\"]", "training = [\"keepin\"]", &["name.unknown"]);
    check("by = \"elder\"", "by = \"elders\"", &["name.unknown"]);
}

#[test]
fn phases_follow_each_other_and_cover_the_plan() {
    check("first_week = 3", "first_week = 2", &[]);
    check("first_week = 3", "first_week = 4", &["phases.gap"]);
    check("first_session = 3", "first_session = 4", &["phases.gap", "phases.outside"]);
    check("sessions = 4", "sessions = 5", &["phases.end", "sum.differs"]);
    check("first_week = 1", "first_week = 3", &["value.order"]);
    check("phase = \"spring\"\nbasis", "phase = \"summer\"\nbasis", &["phases.outside"]);
    check("role = \"elder\" }", "role = \"eldest\" }", &["name.unknown"]);
    check("needs_sessions_held = 2", "needs_sessions_held = 3", &["module.later"]);
    check("n = 2\ntheme", "n = 3\ntheme", &["number.order", "phases.outside", "id.twice"]);
}

#[test]
fn there_is_exactly_one_rhythm() {
    check("period_days = 7\nslack_days = 3", "community_decides = true", &[]);
    check("period_days = 7", "period_days = 7\ncommunity_decides = true", &["cadence.rhythm"]);
    check("slack_days = 3", "slack_days = 6", &[]);
    check("slack_days = 3", "slack_days = 7", &["value.order"]);
}

#[test]
fn parts_add_up() {
    check("minutes = 30", "minutes = 31", &["sum.differs"]);
    check("hours = 4", "hours = 5", &["sum.differs"]);
    check("share_percent = 60", "share_percent = 61", &["sum.differs"]);
    check("total = 10", "total = 9", &["sum.differs"]);
    check("weight_percent = 50", "weight_percent = 51", &["sum.differs"]);
}

#[test]
fn stories_are_held_by_what_comes_before_and_after() {
    check("kind = \"movement\"", "kind = \"breathing\"", &[]);
    check("kind = \"movement\"", "kind = \"round\"", &["agenda.sharing"]);
    check("kind = \"settle\"", "kind = \"close\"", &["agenda.sharing"]);
    check("fixed_order = true", "fixed_order = false", &[]);
    let free = SOUND.replace("fixed_order = true", "fixed_order = false");
    let open = free.replace("kind = \"settle\"", "kind = \"close\"");
    assert!(Model::parse(&open).is_ok(), "a free order holds nothing, and says so");
    check("needs_module = 1", "needs_module = 2", &["activity.safety"]);
    check("needs_module = 1\n", "", &["activity.safety"]);
    check("needs = [1]", "needs = [2]", &["module.later"]);
}

#[test]
fn nobody_is_measured_more_than_is_borne() {
    check("minutes_max = 5", "minutes_max = 2", &[]);
    check("minutes_max = 5", "minutes_max = 1", &["measures.burden"]);
    check("instrument = \"who-5\"", "instrument = \"cts2s\"", &["measures.scoring"]);
    check("rights = \"free\"", "rights = \"unchecked\"", &["measures.rights"]);
    check("timepoints = [\"start\"]", "timepoints = [\"stat\"]", &["name.unknown"]);
    check("session = 1\nopens", "opens", &["timepoint.anchor"]);
    check("scope = \"measure_outcomes\"", "scope = \"evaluate\"", &["consent.missing"]);
    check("closes_days = 0", "closes_days = -8", &["value.order"]);
}

#[test]
fn whoever_asks_about_danger_asks_leave_first_and_keeps_the_charter() {
    let asks = [("instrument = \"who-5\"", "instrument = \"phq-9\"")];
    check(asks[0].0, asks[0].1, &["consent.missing"]);
    let leave = "scope = \"participate\"\nbefore = \"attendance\"\n\n[[consent.scopes]]\nscope = \"measure_risk_items\"\nbefore = \"measure\"";
    let asked = SOUND
        .replace(asks[0].0, asks[0].1)
        .replace("scope = \"participate\"\nbefore = \"attendance\"", leave);
    assert!(Model::parse(&asked).is_ok());
    let promised = asked.replace("\"notice_and_act\"", "\"mutual_no_assessment\"");
    let faults = Model::parse(&promised).unwrap_err();
    let codes: Vec<_> = faults.faults().iter().map(|finding| finding.fault.code()).collect();
    assert_eq!(codes, ["safety.promise"]);
    check("\"notice_and_act\"", "\"mutual_no_assessment\"", &[]);
}

#[test]
fn nobodys_place_depends_on_a_consent_that_can_be_refused() {
    check("scope = \"participate\"", "scope = \"keep_records\"", &[]);
    check("scope = \"participate\"", "scope = \"story\"", &["consent.bundled"]);
    check("months = 12", "months = 13", &["value.range"]);
    check("risk_months = 6", "risk_months = 7", &["value.range"]);
}

#[test]
fn no_circle_is_paused_for_lacking_staff_it_must_not_have() {
    check("when_late = \"offer\"", "when_late = \"warn\"", &[]);
    check("when_late = \"offer\"", "when_late = \"pause\"", &["supervision.pause"]);
    let early = SOUND
        .replace("phases = [\"spring\", \"summer\"]", "phases = [\"spring\"]")
        .replace("when_late = \"offer\"", "when_late = \"pause\"");
    assert!(Model::parse(&early).is_ok(), "staff are there in spring");
}

#[test]
fn a_file_longer_than_any_model_is_not_read() {
    let long = format!("{SOUND}#{}", "x".repeat(1 << 18));
    let faults = Model::parse(&long).unwrap_err();
    assert_eq!(faults.faults()[0].fault.code(), "file.size");
    let most = (1 << 18) - SOUND.len() - 1;
    assert!(Model::parse(&format!("{SOUND}#{}", "x".repeat(most))).is_ok());
}

#[test]
fn nobody_is_turned_away_without_a_way() {
    check("again_after_days = 30\n", "", &["screening.nowhere"]);
    check("refer = \"crisis-emergency\"", "refer = \"crisis\"", &["name.unknown"]);
    check(
        "referral_categories = [\"crisis-emergency\", \"physical-care\"]",
        "referral_categories = [\"physical-care\"]",
        &["safety.crisis", "name.unknown"],
    );
}

#[test]
fn nobody_pays_to_heal() {
    check(
        "to_member = \"none\"",
        "to_member = \"sliding\"\nnothing_is_valid = true",
        &["fees.forbidden"],
    );
    check("to_member = \"none\"", "to_member = \"sliding\"", &["fees.forbidden", "fees.gate"]);
    check(
        "to_member = \"none\"",
        "to_member = \"none\"\ncost_per_person_max_minor = 5",
        &["fees.currency"],
    );
}

#[test]
fn who_is_paid_is_paid_for_more_than_heads() {
    check("rewards = \"quality\"", "rewards = \"safety\"", &[]);
    check("rewards = \"quality\"", "rewards = \"volume\"", &["incentive.heads"]);
}

#[test]
fn rules_are_known_given_their_figures_and_about_something() {
    check("id = \"HC-05\"", "id = \"HC-50\"", &["rule.unknown"]);
    check("id = \"HC-05\"", "id = \"HC-03\"", &["id.twice", "rule.differs"]);
    check("decision_days = 14", "decision_day = 14", &["rule.param", "rule.param-missing"]);
    check(
        "id = \"HC-05\"\nlevel = \"MUST\"",
        "id = \"HC-05\"\nlevel = \"SHOULD\"",
        &["rule.differs"],
    );
    check("governs = [\"fees.to_member\"]", "governs = [\"fees.to_members\"]", &["rule.path"]);
    check("rule = \"U-17\"", "rule = \"HC-01\"", &["rule.param-missing", "rule.universal"]);
    check("model = \"savings-group\"", "model = \"saving-group\"", &["model.unknown"]);
    check("model = \"savings-group\"", "model = \"garden-circle\"", &[]);
}

#[test]
fn a_must_about_what_cannot_happen_is_refused() {
    let text = SOUND
        .replace("shape = \"closed_group\"", "shape = \"open_group\"")
        .replace("membership = \"closed\"", "membership = \"open\"");
    let faults = Model::parse(&text).unwrap_err();
    let codes: Vec<_> = faults.faults().iter().map(|finding| finding.fault.code()).collect();
    assert_eq!(codes, ["rule.shape"], "{faults}");
}

#[test]
fn no_text_whatever_stops_the_reader() {
    for cut in 0..SOUND.len() {
        if let Some(text) = SOUND.get(..cut).filter(|_| cut % 7 == 0) {
            let _faults = Model::parse(text);
        }
    }
}

#[test]
fn faults_may_cross_threads() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Model>();
    crosses::<program_model::Faults>();
    crosses::<program_model::Adaptation>();
}

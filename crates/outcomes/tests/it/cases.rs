//! Cases as other programs hand them over, and their plain answers.

use commons::Code;
use outcomes::case::Case;
use outcomes::{Answer, Context, Known};
use serde_json::{Value, json};

use crate::instrument;

/// The answer to a case, as JSON.
fn answer(case: &Value) -> Value {
    let read: Case = serde_json::from_value(case.clone()).expect("a case");
    let instrument = outcomes::built_in(&read.instrument().parse().unwrap()).expect("a built-in");
    serde_json::to_value(read.answer(&instrument)).expect("an answer")
}

/// Whether an answer holds all that is wanted of it; further keys may stand beside it.
fn holds(got: &Value, want: &Value) -> bool {
    match (got, want) {
        (Value::Object(got), Value::Object(want)) => {
            want.iter().all(|(key, want)| got.get(key).is_some_and(|got| holds(got, want)))
        }
        (Value::Number(got), Value::Number(want)) => {
            let (got, want) = (got.as_f64().unwrap(), want.as_f64().unwrap());
            (got - want).abs() <= 1e-10 * want.abs().max(1.0)
        }
        _ => got == want,
    }
}

#[test]
fn every_sheet_scores_as_two_other_scorers_score_it() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for line in include_str!("golden/scoring.ndjson").lines() {
        let case: Value = serde_json::from_str(line).expect("a case");
        let got = answer(&case);
        seen += 1;
        if !holds(&got, &case["expect"]) || got["id"] != case["id"] {
            wrong.push(format!("{}: {got}, not {}", case["id"], case["expect"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {seen}: {}", wrong.len(), wrong.join("\n"));
    assert_eq!(seen, 188);
}

/// Beside what is wanted stand only what readings rest on and the safety items.
#[test]
fn an_answer_says_what_is_asked_and_by_whom_it_was_read() {
    let beside = ["id", "read_by", "safety_item", "safety_items", "context_needed"];
    for line in include_str!("golden/scoring.ndjson").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let got = answer(&case);
        for (key, said) in got.as_object().unwrap() {
            let wanted = case["expect"].get(key);
            assert!(wanted.is_some() || beside.contains(&key.as_str()), "{}: {key}", case["id"]);
            // Whole numbers are written whole, others with a point.
            if let (Some(want), true) = (wanted, said.is_number()) {
                assert_eq!(said.is_f64(), want.is_f64(), "{}: {key}", case["id"]);
            }
            if let (Some(want), Some(parts)) = (wanted, said.as_object()) {
                assert_eq!(want.as_object().unwrap().len(), parts.len(), "{}: {key}", case["id"]);
            }
        }
        for key in ["band", "case", "syndrome", "triage"] {
            if got.get(key).is_some() {
                assert!(got["read_by"][key]["id"].is_string(), "{}: {key}", case["id"]);
            }
        }
    }
}

#[track_caller]
fn check(case: Value, want: Value) {
    let got = answer(&case);
    assert!(holds(&got, &want), "{got}");
}

#[test]
fn what_is_wrong_is_told_in_the_order_count_range_gate_missing() {
    let error = |instrument: &str, items: Value, context: Value, want: Value| {
        let case = json!({ "instrument": instrument, "items": items, "context": context });
        check(case, json!({ "ok": false, "error": want }));
    };
    let none = json!({});
    error(
        "phq-2",
        json!([9, 9, 9]),
        none.clone(),
        json!({ "kind": "wrong_item_count", "expected": 2, "got": 3 }),
    );
    error(
        "phq-2",
        json!([null, 700_000]),
        none.clone(),
        json!({ "kind": "out_of_range", "item": 2, "value": 700_000, "min": 0, "max": 3 }),
    );
    let not_hers = json!({ "menstrual_item_applies": false });
    let mut items = vec![json!(1); 15];
    error(
        "phq-15",
        json!(items),
        not_hers.clone(),
        json!({ "kind": "not_applicable_item_answered", "item": 4 }),
    );
    items[0] = json!(3);
    error(
        "phq-15",
        json!(items),
        not_hers,
        json!({ "kind": "out_of_range", "item": 1, "value": 3 }),
    );
    let unexposed = json!({ "trauma_exposure": false });
    error(
        "pc-ptsd-5",
        json!([null, 0, null, null, null]),
        unexposed,
        json!({ "kind": "gated_items_answered" }),
    );
    error(
        "c-ssrs-screener",
        json!([1, 1, null, 0, 0, 0, null]),
        none.clone(),
        json!({ "kind": "required_item_missing", "item": 3 }),
    );
    error(
        "gad-7",
        json!([0, 0, 0, 0, 0, null, null]),
        none,
        json!({ "kind": "too_many_missing", "missing": 2, "allowed": 0 }),
    );
}

#[test]
fn a_safety_answer_is_told_whether_the_sheet_was_scored_or_not() {
    check(
        json!({ "instrument": "phq-9", "items": [7, 0, 0, 0, 0, 0, 0, 0, 2] }),
        json!({ "ok": false, "safety_item": { "item": 9, "value": 2, "flag": true } }),
    );
    check(
        json!({ "instrument": "srq-20", "items": [0, 0, 0] }),
        json!({ "ok": false, "safety_item": { "item": 17, "value": null, "flag": null } }),
    );
    let got = answer(
        &json!({ "instrument": "c-ssrs-screener", "items": [0, 0, null, null, null, 0, null] }),
    );
    let flags: Vec<_> =
        got["safety_items"].as_array().unwrap().iter().map(|item| item["flag"].clone()).collect();
    assert_eq!(flags, vec![json!(false); 7], "what a no leads past is not unknown");
    let got =
        answer(&json!({ "instrument": "c-ssrs-screener", "items": [null, 1, 0, 0, 0, 0, null] }));
    assert_eq!(got["ok"], false);
    assert_eq!(got["safety_items"][0]["flag"], Value::Null);
    assert_eq!(got["safety_items"][1]["flag"], true);
    let mut core = vec![Value::Null; 34];
    core[15] = json!(1);
    let got = answer(&json!({ "instrument": "core-om", "items": core }));
    let items: Vec<_> = got["safety_items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["item"].as_i64().unwrap())
        .collect();
    assert_eq!((got["ok"].clone(), items), (json!(false), vec![9, 16, 24, 34]));
    assert_eq!(got["safety_items"][1], json!({ "item": 16, "value": 1, "flag": true }));
}

#[test]
fn what_cannot_be_read_on_a_line_takes_no_safety_answer_with_it() {
    let text = |case: &str| answer(&serde_json::from_str(case).unwrap());
    let raised = json!({ "item": 9, "value": 3, "flag": true });
    for (item, value, reason) in [
        ("\"2\"", Value::Null, json!("no_whole_number")),
        ("2.5", Value::Null, json!("no_whole_number")),
        ("true", Value::Null, json!("no_whole_number")),
        ("\"\"", Value::Null, json!("no_whole_number")),
        ("[{\"a\": 1}]", Value::Null, json!("no_whole_number")),
        ("{\"a\": [1]}", Value::Null, json!("no_whole_number")),
        ("1e10", json!(10_000_000_000_i64), Value::Null),
        ("99999999999999999999", Value::Null, json!("too_large")),
    ] {
        let got = text(&format!(
            r#"{{"id": 1, "instrument": "phq-9", "items": [{item},0,0,0,0,0,0,0,3]}}"#
        ));
        let error = &got["error"];
        assert_eq!((&got["id"], &got["ok"]), (&json!(1), &json!(false)), "{item}");
        assert_eq!((&error["kind"], &error["item"]), (&json!("out_of_range"), &json!(1)), "{item}");
        assert_eq!((&error["value"], error["reason"].clone()), (&value, reason), "{item}");
        assert_eq!(got["safety_item"], raised, "{item}");
        let got = text(&format!(r#"{{"instrument": "phq-9", "items": [0,0,0,0,0,0,0,0,{item}]}}"#));
        assert_eq!(got["safety_item"], json!({ "item": 9, "value": null, "flag": null }), "{item}");
    }
    let sound = |more: &str| {
        let got =
            text(&format!(r#"{{{more}, "instrument": "phq-9", "items": [0,0,0,0,0,0,0,0,3]}}"#));
        assert_eq!((&got["ok"], &got["safety_item"]), (&json!(true), &raised), "{more}");
        (got.get("id").cloned(), got.get("not_read").cloned())
    };
    for id in ["1.0", "18446744073709551615", "-7", "\"a\""] {
        let want: Value = serde_json::from_str(id).unwrap();
        assert_eq!(sound(&format!("\"id\": {id}")), (Some(want), None));
    }
    for id in ["true", "[1]", "{}", "99999999999999999999"] {
        let (null, told) = (Some(Value::Null), Some(json!(["id"])));
        assert_eq!(sound(&format!("\"id\": {id}")), (null, told), "{id}");
    }
    assert_eq!(sound("\"context\": \"none\"").1, Some(json!(["context"])));
}

#[test]
fn a_level_that_an_answer_settles_is_told_whatever_the_rest_says() {
    let triage = |items: Value| {
        let got = answer(&json!({ "instrument": "c-ssrs-screener", "items": items }));
        assert_eq!(got["ok"], false);
        assert_eq!(got.get("triage").is_some(), got.get("read_by").is_some());
        got.get("triage").cloned()
    };
    let high = Some(json!("high"));
    assert_eq!(triage(json!([1, 1, 1, 1, 0, 1, null])), high, "intent");
    assert_eq!(triage(json!([1, 1, null, null, 1, 7, null])), high, "a plan");
    assert_eq!(triage(json!([null, null, null, null, null, null, 1])), high, "three months");
    assert_eq!(triage(json!([1, 1, 1, 0, 0, 1, null])), None, "7 may still raise it");
    assert_eq!(triage(json!([1, 1, 1, 7, 0, 0, null])), None, "4 may still raise it");
    assert_eq!(triage(json!([1, 1, 1, 1, 1, 1])), None, "nobody knows which is which");
}

#[test]
fn what_a_rule_asks_of_a_person_is_understood_as_people_write_it_or_said_to_be_missing() {
    let audit = |sex: Value| {
        let got = answer(&json!({
            "instrument": "audit-c", "items": [1, 1, 1], "context": { "sex": sex }
        }));
        (got.get("case").cloned(), got.get("context_needed").cloned())
    };
    for sex in ["female", "F", "Female", "f"] {
        assert_eq!(audit(json!(sex)), (Some(json!(true)), None), "{sex}");
    }
    for sex in ["m", "MALE"] {
        assert_eq!(audit(json!(sex)), (Some(json!(false)), None), "{sex}");
    }
    for sex in [json!(null), json!("x"), json!(1), json!("not told"), json!([])] {
        assert_eq!(audit(sex.clone()), (None, Some(json!(["sex"]))), "{sex}");
    }
    let none = json!([null, null, null, null, null]);
    for no in [json!(0), json!("0"), json!(0.0), json!("No"), json!(false)] {
        check(
            json!({ "instrument": "pc-ptsd-5", "items": none, "context": { "trauma_exposure": no } }),
            json!({ "ok": true, "gated": true }),
        );
    }
    check(
        json!({ "instrument": "pc-ptsd-5", "items": none, "context": { "trauma": 0 } }),
        json!({ "ok": false, "context_needed": ["trauma_exposure"] }),
    );
    let mut items = vec![json!(1); 15];
    items[3] = Value::Null;
    check(
        json!({ "instrument": "phq-15", "items": items, "context": { "menstrual_item_applies": 0 } }),
        json!({ "ok": true }),
    );
}

#[test]
fn a_yes_that_was_not_asked_for_is_never_passed_over() {
    // Item 2 says no, which leads to item 6; somebody told of intent all the same.
    check(
        json!({ "instrument": "c-ssrs-screener", "items": [0, 0, null, 1, null, 0, null] }),
        json!({ "ok": true, "triage": "high" }),
    );
    check(
        json!({ "instrument": "c-ssrs-screener", "items": [0, 0, 0, 0, 0, 0, 0] }),
        json!({ "ok": true, "triage": "none" }),
    );
}

#[test]
fn a_cut_off_by_sex_says_nothing_where_the_sex_is_not_told() {
    let case =
        |context: Value| json!({ "instrument": "audit-c", "items": [1, 1, 1], "context": context });
    check(case(json!({ "sex": "female" })), json!({ "case": true, "case_rule": ">= 3" }));
    check(case(json!({ "sex": "male" })), json!({ "case": false, "case_rule": ">= 4" }));
    check(case(json!({ "Sex": "Female", "site": { "no": 3 } })), json!({ "case": true }));
    for unknown in [json!({}), json!({ "sex": null }), json!({ "sex": "not told" })] {
        let got = answer(&case(unknown));
        assert_eq!((got["total"].as_f64(), got.get("case")), (Some(3.0), None));
    }
}

#[test]
fn a_reading_that_nobody_verified_says_so() {
    let got = answer(&json!({ "instrument": "phq-9-dx", "items": [2, 2, 0, 0, 0, 0, 0, 0, 0] }));
    assert_eq!(got["read_by"]["syndrome"]["evidence"], "unverified");
    assert!(instrument("phq-9-dx").default_levels().is_none());
    let got = answer(&json!({ "instrument": "srq-20", "items": vec![1; 20] }));
    assert_eq!(
        (got["case"].clone(), got["read_by"]["case"]["evidence"].clone()),
        (json!(true), json!("unverified"))
    );
}

#[test]
fn a_profile_has_parts_and_no_total() {
    let got = answer(&json!({ "instrument": "circle-check-out", "items": [10, 7, null, 0] }));
    assert_eq!(got["subscales"], json!({ "safe": 10, "heard": 7, "belonging": null, "useful": 0 }));
    assert_eq!(got.get("total"), None);
    check(
        json!({ "instrument": "sascat", "items": [2, 1, 4, 1, 0, 1, 1, 1, 0] }),
        json!({ "ok": true, "subscales": {
            "group_membership": 2, "support_from_groups": 1, "support_from_individuals": 4,
            "citizenship": 1, "cognitive": 4,
        }}),
    );
    check(
        json!({ "instrument": "sascat", "items": [9, 1, 9, 1, 0, 1, 1, 1, 0] }),
        json!({ "error": { "kind": "out_of_range", "item": 1, "value": 9, "max": 8 } }),
    );
    check(
        json!({ "instrument": "proqol-5", "items": vec![3; 30] }),
        json!({ "subscales": { "compassion_satisfaction": 30, "burnout": 30, "secondary_traumatic_stress": 30 } }),
    );
}

#[test]
fn a_case_is_read_as_other_languages_write_it() {
    let read = |text: &str| serde_json::from_str::<Case>(text);
    assert!(read(r#"{"id": 7, "instrument": "phq-2", "items": [2.0, null], "note": "x"}"#).is_ok());
    assert!(read(r#"{"instrument": "phq-2", "items": [1, 2], "context": null}"#).is_ok());
    for bad in [r#"{"instrument": "phq-2"}"#, r#"{"instrument": "phq-2", "items": 3}"#] {
        assert!(read(bad).is_err(), "{bad}");
    }
    let numbered = answer(&json!({ "id": 7, "instrument": "phq-2", "items": [2.0, 1] }));
    assert_eq!((numbered["id"].clone(), numbered["case"].clone()), (json!(7), json!(true)));
    let mine = Case::new(
        &instrument("audit-c"),
        &[Answer::Given(1), Answer::Given(1), Answer::Given(2)],
        Context::default().with(Code::of("sex"), Known::Word(Code::of("male"))),
    );
    let said = serde_json::to_value(mine.answer(&instrument("audit-c"))).unwrap();
    assert_eq!((said.get("id"), said["case"].clone()), (None, json!(true)));
    let unknown: Case = read(r#"{"id": "a", "instrument": "bdi", "items": []}"#).unwrap();
    let said = serde_json::to_value(unknown.unknown_instrument()).unwrap();
    assert_eq!(said, json!({ "id": "a", "ok": false, "error": { "kind": "unknown_instrument" } }));
}

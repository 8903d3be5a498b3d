//! Cases computed elsewhere, by two independent programs each.

use std::{fs, path::Path};

use outcomes::golden::{GoldenError, Report, run};
use outcomes::{Better, Points, Shift};

use crate::instrument;

#[test]
fn every_statistic_agrees_with_two_other_programs() {
    let report = run(include_str!("golden/statistics.jsonl")).unwrap();
    assert_eq!(report.verdicts.len(), 58);
    clean(&report);
}

#[test]
fn other_settings_and_sizes_agree_with_a_second_reckoning() {
    // Drawn by lot: other confidences, ties, few and many. Reckoned with the functions of SciPy 1.17 and
    // statsmodels 0.15 where they have one, else by the formula written out in NumPy (retention, robust
    // errors, REML, ICC, alpha, Rubin's rules, Newcombe and Katz).
    let report = run(include_str!("golden/more.jsonl")).unwrap();
    assert!(report.verdicts.len() > 150);
    clean(&report);
}

#[test]
fn where_nothing_can_be_said_nothing_is_said() {
    clean(&run(include_str!("golden/edges.jsonl")).unwrap());
}

#[test]
fn statistics_over_data_that_stay_elsewhere_agree_too() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/golden");
    let Ok(text) = fs::read_to_string(root.join("statistics.json")) else {
        println!("skipped: the cases over data of others are not beside this repository");
        return;
    };
    clean(&run(&text).unwrap());
}

#[track_caller]
fn clean(report: &Report) {
    let failures: Vec<_> = report.failures().collect();
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn a_case_that_cannot_be_reckoned_fails_and_is_not_skipped() {
    let check = |case: &str, keys: &[&str]| {
        let report = run(case).unwrap();
        let misses = report.verdicts.iter().flat_map(|verdict| &verdict.misses);
        let found: Vec<_> = misses.map(|miss| miss.key.as_str()).collect();
        assert_eq!(found, keys, "{case}");
    };
    let p = r#"{"id": "a", "stat": "p_adjust", "input": {"p": [0.5]}, "expect": "#;
    check(&format!("{p}{{\"holm\": [0.5]}}}}"), &[]);
    check(&format!("[{p}{{\"holm\": [0.5]}}}}]"), &[]);
    check(&format!("{p}{{\"holm\": [0.5]}}}}\n\n{p}{{\"bh\": [0.1]}}}}\n"), &["bh[0]"]);
    check(&format!("{p}{{\"sidak\": [0.5]}}}}"), &["sidak"]);
    check(&format!("{p}{{\"sidak\": null}}}}"), &["sidak"]);
    check(r#"{"id": "a", "stat": "anova", "input": {}, "expect": {}}"#, &["stat"]);
    check(r#"{"id": "a", "stat": "p_adjust", "input": {}, "expect": {}}"#, &["stat"]);
    check(r#"{"id": "a", "stat": "p_adjust", "input": {"p": []}}"#, &["expect"]);
    check(r#"{"cases": [7]}"#, &["expect"]);
    let phq = r#"{"instrument": "gad-7", "items": [1, 1, 1, 1, 1, 1, 1], "expect": "#;
    check(&format!("{phq}{{\"ok\": true, \"total\": 7.0}}}}"), &[]);
    check(&format!("{phq}{{\"ok\": true, \"total\": 8.0}}}}"), &["total"]);
    for bad in ["", "[]", "{\"cases\": []}", "{\"cases\": 3}", "null", "7"] {
        assert!(matches!(run(bad), Err(GoldenError::NoCase)), "{bad}");
    }
    let torn = "{\"stat\": \"describe\"}\n{\"sta";
    assert!(matches!(run(torn), Err(GoldenError::NotJson { line: 2 })));
}

#[test]
fn sheets_run_through_the_same_door() {
    clean(&run(include_str!("golden/scoring.ndjson")).unwrap());
}

#[test]
fn change_is_weighed_by_the_threshold_it_was_published_with() {
    let phq = instrument("phq-9");
    let change = phq.default_change().unwrap();
    let check = |before: i32, after: &str, want| {
        let after = after.parse().unwrap();
        assert_eq!(change.shift(Points::whole(before), after, Better::Lower), want);
    };
    check(14, "8", Shift::Improved);
    check(14, "9", Shift::Unchanged);
    check(14, "57/7", Shift::Unchanged);
    check(8, "13", Shift::Unchanged);
    check(8, "14", Shift::Worse);
    let who = instrument("who-5");
    let change = who.default_change().unwrap();
    assert_eq!(change.shift(Points::whole(40), Points::whole(52), Better::Higher), Shift::Improved);
}

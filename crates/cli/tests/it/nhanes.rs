//! Real answers, taken in with the ordinary commands, come out in figures that others computed.

use std::{fs, path::Path};

use serde_json::Value;

use crate::house::House;

const FILE: &str = "nhanes_2017_2018_phq9_sample.csv";

#[test]
fn the_answers_of_a_national_survey_come_out_as_others_scored_them() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().parent().unwrap();
    let folder = workspace.join("../shared/reference/data");
    let (Ok(sheets), Ok(expected)) =
        (fs::read(folder.join(FILE)), fs::read_to_string(folder.join("expected.json")))
    else {
        println!("skipped: the folder with the survey is not beside this workspace");
        return;
    };
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let expected = &expected["files"][FILE];

    let house = House::started();
    let file = house.write("survey.csv", sheets);
    let day = "2026-11-20";
    let consent =
        ["--consent-mode", "signed", "--measure-consent-on", day, "--risk-consent-on", day];
    let people = ["people", "import", &file, "--id", "row"];
    let enrolled = house.json(&[&people[..], &consent].concat());
    assert_eq!(enrolled["enrolled"], expected["rows"]);
    let import = ["measure", "import", &file, "--instrument", "phq-9", "--timepoint", "t0"];
    let taken = house.json(&[&import[..], &["--id", "row", "--items", "phq9_1..phq9_9"]].concat());
    let result = &taken["result"];
    for (ours, theirs) in [
        ("sheets", "rows"),
        ("complete", "complete"),
        ("scored", "scored"),
        ("prorated", "prorated"),
        ("refused", "refused_too_many_missing"),
        ("raised", "item9_flagged"),
        // Three who have a total left it empty. That is told where the answers are; the report would
        // hide it.
        ("unknown_scored", "item9_unknown"),
    ] {
        assert_eq!(result[ours], expected[theirs], "{ours}");
    }
    report(&house.json(&["report"]), expected);
}

/// The same figures, through the report.
fn report(report: &Value, expected: &Value) {
    let scale = &report["figures"]["scales"][0];
    let waves = scale["waves"]["value"].as_array().unwrap();
    let wave = waves.iter().find(|wave| wave["timepoint"]["code"] == "t0").unwrap();
    let codes = scale["bands"].as_array().unwrap();
    let bands: Vec<u64> =
        wave["bands"].as_array().unwrap().iter().map(|cell| cell["n"].as_u64().unwrap()).collect();
    assert_eq!(codes.len(), 5);
    for (code, n) in codes.iter().zip(&bands) {
        assert_eq!(expected["bands"][code.as_str().unwrap()], *n, "{code}");
    }
    // A case is a total of 10 or more: the three upper bands.
    assert_eq!(expected["cases_ge_10"], bands[2..].iter().sum::<u64>());
    assert_eq!(wave["measured"]["n"], expected["scored"]);
    assert_eq!(wave["prorated"]["n"], expected["prorated"]);
    assert_eq!(wave["unmeasured"][0]["n"], expected["refused_too_many_missing"]);
    let safety = &report["figures"]["safety"];
    assert_eq!(safety["raised"]["n"], expected["item9_flagged"]);
    assert_eq!(report["figures"]["reach"]["units"], 0, "nobody sits in a circle yet");
}

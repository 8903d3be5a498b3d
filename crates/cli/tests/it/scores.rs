//! Sheets scored at a terminal and for other programs, where there is no program and no store.

use std::path::Path;

use serde_json::Value;

use crate::house::House;

/// The file of an instrument that somebody made up.
fn ubuntu(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../outcomes/examples/own").join(name);
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn a_sheet_is_scored_with_its_reading_and_whom_to_call() {
    let house = House::empty();
    let ran = house.run(&["score", "phq-9", "2", "1", "0", "3", "0", "1", "-", "0", "1"]);
    ran.ended(0)
        .says("9 (of 0 to 27)")
        .says("8 of 9 answered")
        .says("mild")
        .says("phq-9.bands.kroenke-2001")
        .says("read where it is repeated")
        .says("Item 9 asks that somebody talk with this person now")
        .says("circlekeeper card");
    assert_eq!(ran.out.matches("!!!").count(), 4, "it stands above and below");
    ran.never_says("diagnos").never_says("patient").never_says("disorder");
    assert!(!house.program().exists(), "nothing is kept");
}

#[test]
fn a_sheet_without_a_total_still_says_what_its_safety_item_says() {
    let house = House::empty();
    house
        .run(&["score", "phq-9", "-", "-", "-", "0", "0", "0", "0", "0", "-"])
        .ended(1)
        .says("Not scorable: 4 answers are missing, 2 may be. That is not zero.")
        .says("Item 9, about danger to oneself, was not answered. That is not a “no”");
    house
        .run(&["score", "phq-9", "7", "0", "0", "0", "0", "0", "0", "0", "3"])
        .ended(1)
        .says("item 1 holds a code outside 0 to 3")
        .says("Item 9 asks that somebody talk");
    house.run(&["score", "phq-2", "-1", "0"]).ended(1).says("item 1 holds a code outside");
}

#[test]
fn what_is_known_of_a_person_and_what_is_asked_for_choose_the_reading() {
    let house = House::empty();
    let audit = |sex: &str| house.run(&["score", "audit-c", "1", "1", "1", "--context", sex]);
    audit("sex=female").ended(0).says("reached (>= 3)").says("audit-c.cut.women");
    audit("sex=male").ended(0).says("not reached (>= 4)").says("audit-c.cut.men");
    house.run(&["score", "audit-c", "1", "1", "1"]).says("No reading is used unasked");
    let srq = ["score", "srq-20", "1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0"];
    house.run(&srq).ended(0).never_says("reached");
    let asked = [&srq[..], &["--interpretation", "srq-20.cut.8"]].concat();
    house.run(&asked).ended(0).says("reached (>= 8)").says("UNVERIFIED");
    house
        .run(&["score", "phq-2", "1", "1", "--interpretation", "phq-2.cut.9"])
        .ended(1)
        .explains("It has: phq-2.cut.3, phq-2.cut.2.");
    house.run(&["score", "phq-2", "1", "one"]).ended(1).explains("Answer 2 is not a number");
    house.run(&["score", "bdi", "1"]).ended(1).explains("phq-9-dx");
    house.run(&["score"]).ended(2);
}

#[test]
fn the_cases_of_another_program_are_answered_a_line_each() {
    let house = House::empty();
    let golden = include_str!("../../../outcomes/tests/it/golden/scoring.ndjson");
    let file = house.write("cases.ndjson", golden);
    let ran = house.run(&["score", "--json", &file]);
    ran.ended(1);
    let lines = golden.lines().zip(ran.out.lines());
    let both: Vec<(Value, Value)> = lines
        .map(|(case, got)| {
            (serde_json::from_str(case).unwrap(), serde_json::from_str(got).unwrap())
        })
        .collect();
    assert_eq!((both.len(), ran.out.lines().count()), (188, 188));
    for (case, got) in both {
        for key in ["ok", "band", "case", "triage", "syndrome", "error", "gated"] {
            assert_eq!(got.get(key), case["expect"].get(key), "{}: {key}", case["id"]);
        }
        assert_eq!(got["id"], case["id"]);
    }
    let file = house.write("bad.ndjson", "{\"items\": [\"Kamikazi\"]}\n");
    let ran = house.run(&["score", "--json", &file]);
    ran.ended(1).says("\"line\":1").never_says("Kamikazi");
    house.run(&["score", "--json"]).ended(0);
    let one = house.json(&["score", "phq-9", "1", "1", "1", "1", "1", "1", "1", "1", "1"]);
    assert_eq!((&one["total"], &one["safety_item"]["flag"]), (&9.0.into(), &true.into()));
}

#[test]
fn an_instrument_of_ones_own_is_checked_shown_and_scored() {
    let house = House::empty();
    let file = house.write("ubuntu-scale.toml", ubuntu("ubuntu-scale.toml"));
    let words = house.write("ubuntu-scale.en.toml", ubuntu("ubuntu-scale.en.toml"));
    house.run(&["instruments", "check", &file]).ended(0).says("holds together").says("unverified");
    house.run(&["instruments", "check", &words, "--instrument-file", &file]).ended(0).says("fits");
    house
        .run(&["instruments", "show", &file, "--wording", &words])
        .ended(0)
        .says("I felt that nobody");
    let score = ["score", "ubuntu-scale", "1", "2", "3", "4", "5", "5", "--instrument-file", &file];
    house.run(&score).ended(0).says("3 (of 1 to 5)").says("Item 6 asks");
    let wrong = ubuntu("ubuntu-scale.toml").replace("[4] ", "[9] ").replace("from = 5", "from = 1");
    let wrong = house.write("wrong.toml", wrong);
    let ran = house.run(&["instruments", "check", &wrong]);
    ran.ended(1).says("2 faults").says("wrong.toml: item 9 is named").says("safety item 6");
    let torn = house.write("torn.toml", "id = \"x\"\nversion = 3\n");
    house.run(&["instruments", "check", &torn]).ended(1).says("torn.toml:2:11");
    let short =
        ubuntu("ubuntu-scale.en.toml").replace("    \"I greeted people I do not know.\",\n", "");
    let short = house.write("short.toml", short);
    house
        .run(&["instruments", "check", &short, "--instrument-file", &file])
        .ended(1)
        .says("5 texts for 6 items");
}

#[test]
fn every_instrument_is_listed_and_shows_its_words_only_where_we_may() {
    let house = House::empty();
    let listed = house.json(&["instruments", "list"]);
    assert_eq!(listed["instruments"].as_array().unwrap().len(), 33);
    house.run(&["instruments", "list"]).ended(0).says("c-ssrs-screener").says("none: choose one");
    house
        .run(&["instruments", "show", "phq-9"])
        .ended(0)
        .says("Little interest or pleasure in doing things")
        .says("No permission required");
    house.run(&["instruments", "show", "cd-risc-10"]).ended(0).says("Their owner forbids");
    house.run(&["instruments", "show", "core-10"]).ended(0).says("not ours to show");
}

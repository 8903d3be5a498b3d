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
        .says("Item 9 must reach somebody, and was not answered. That is not a “no”")
        .never_says("none: 4 answers");
    house
        .run(&["score", "phq-9", "7", "0", "0", "0", "0", "0", "0", "0", "3"])
        .ended(1)
        .says("item 1 holds a code outside 0 to 3")
        .never_says("too much is missing")
        .says("Item 9 asks that somebody talk");
    house
        .run(&["score", "phq-9", "0", "0", "0", "0", "0", "0", "0", "0", "7"])
        .ended(1)
        .says("Item 9 must reach somebody, and holds a code that is not on the sheet")
        .never_says("not answered")
        .never_says("danger");
    house
        .run(&["score", "phq-9", "0", "0", "0", "0", "0", "0", "0", "3"])
        .ended(1)
        .says("nobody knows which answer belongs to it")
        .never_says("not answered");
    let scales =
        ["score", "core-om", "0,0,0,-,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0"];
    house.run(&scales).ended(0).says("none: 1 answer is missing,").says("8.48 (of 0 to 40)");
    let high = ["score", "c-ssrs-screener", "1", "1", "1", "1", "0", "1", "-"];
    house
        .run(&high)
        .ended(1)
        .says("high")
        .says("c-ssrs-screener.triage")
        .says("not scored without it");
    house.run(&["score", "phq-2", "-1", "0"]).ended(1).says("item 1 holds a code outside");
}

#[test]
fn what_is_known_of_a_person_and_what_is_asked_for_choose_the_reading() {
    let house = House::empty();
    let audit = |sex: &str| house.run(&["score", "audit-c", "1", "1", "1", "--context", sex]);
    audit("sex=female").ended(0).says("reached (>= 3)").says("audit-c.cut.women");
    audit("sex=male").ended(0).says("not reached (>= 4)").says("audit-c.cut.men");
    house
        .run(&["score", "audit-c", "1", "1", "1"])
        .says("No reading is used unasked")
        .says("--context with one of sex=female, sex=male");
    audit("sexx=female").ended(1).explains("It asks: sex=female, sex=male.");
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
fn what_was_asked_for_is_read_for_programs_too_and_ends_as_on_the_screen() {
    let house = House::empty();
    let sheet = ["score", "phq-9", "2", "1", "2", "1", "2", "1", "1", "0", "0"];
    let with = |id: &'static str| [&sheet[..], &["--interpretation", id]].concat();
    let read = house.json(&with("phq-9.cut.harare-2016"));
    let told = &read["readings"][0];
    assert_eq!((&told["case"], &told["case_rule"]), (&false.into(), &">= 11".into()));
    assert_eq!((read.get("case"), read.get("band")), (None, None));
    let nowhere = [&with("phq-9.cut.nowhere")[..], &["--json"]].concat();
    house.run(&nowhere).ended(1).explains("phq-9.cut.harare-2016");
    for more in [["--interpretation", "phq-9.cut.harare-2016"], ["--context", "sex=f"]] {
        let ran = house.run(&[&["score", "--json"], &more[..]].concat());
        ran.ended(1).explains("for one sheet");
    }
    for sheet in [
        &["score", "phq-9", "1", "1", "1", "-", "-", "-", "1", "1", "2"][..],
        &["score", "phq-9", "1", "1", "1", "1", "1", "1", "1", "1", "7"],
        &["score", "phq-2", "1"],
    ] {
        house.run(sheet).ended(1);
        house.run(&[sheet, &["--json"]].concat()).ended(1).says("\"ok\":false");
    }
    let unknown = house.write("unknown.ndjson", "{\"instrument\": \"bdi\", \"items\": [1]}\n");
    house.run(&["score", "--json", &unknown]).ended(1);
    let range = house.write("range.ndjson", "{\"instrument\": \"phq-2\", \"items\": [1, 9]}\n");
    house.run(&["score", "--json", &range]).ended(1);
}

#[test]
fn the_screen_shows_what_was_read_and_how_well_it_was_checked() {
    let house = House::empty();
    let sheet = ["score", "phq-9", "2", "2", "2", "2", "1", "1", "1", "2", "-"];
    house.run(&sheet).ended(0).says("15 (rounded from 14.63; of 0 to").says("moderately severe");
    let k10 = ["score", "k10", "1", "1", "1", "1", "1", "1", "1", "1", "1", "1"];
    house.run(&k10).ended(0).says("How it is scored is UNVERIFIED");
    let told = house.json(&k10);
    assert_eq!(told["read_by"]["scoring"]["evidence"], "unverified");
    house.run(&["score", "gad-7", "1,1,1,1,1,1,1"]).ended(0).never_says("UNVERIFIED");
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
    ran.ended(1).says("2 faults").says("wrong.toml: `reversed` names item 9").says("safety item 6");
    let torn = house.write("torn.toml", "id = \"x\"\nversion = 3\n");
    house.run(&["instruments", "check", &torn]).ended(1).says("torn.toml:2:11: `version`");
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
    house.run(&["instruments", "show", "core-10"]).ended(0).says("word for word");
    house.run(&["instruments", "show", "who-5"]).ended(0).never_says("not ours");
    // Where only the translation is missing, the words are said to be here in English.
    house
        .run(&["instruments", "show", "phq-9", "--language", "rw"])
        .ended(0)
        .says("In English: circlekeeper instruments show phq-9");
    let english = include_str!("../../../outcomes/instruments/text/en/phq-9.toml");
    let credit = english.lines().find(|line| line.starts_with("credit")).unwrap();
    let own = english.replace(credit, "credit = \"Put into Kinyarwanda by us\"");
    let evidence = own.lines().find(|line| line.starts_with("evidence")).unwrap().to_owned();
    let own = house.write("phq-9.rw.toml", own.replace(&evidence, "evidence = \"unverified\""));
    house
        .run(&["instruments", "show", "phq-9", "--wording", &own])
        .ended(0)
        .says("Put into Kinyarwanda by us")
        .says("No permission required")
        .says("UNVERIFIED: nobody has compared these words");
}

#[test]
fn an_instrument_says_how_it_is_scored() {
    let house = House::empty();
    let show = |id: &str| house.run(&["instruments", "show", id]);
    show("core-om").ended(0).says("fewer points").says("3, 4, 7, 12, 19, 21, 31, 32");
    show("core-om").says("items 4, 14, 17, 31; none may be missing").says("28, 30; up");
    show("who-5").ended(0).says("more points").never_says("Reversed");
    show("phq-15").ended(0).says("menstrual_item_applies=no").says("item 4 does not concern");
    show("pc-ptsd-5").says("the sheet ends before items").says("sex=female, sex=male");
    show("c-ssrs-screener").says("item 2 is 0").says("the form goes past items 3, 4, 5");
}

#[test]
fn an_instrument_of_ones_own_begins_with_a_template_and_has_an_id_of_its_own() {
    let house = House::empty();
    let template = house.run(&["instruments", "template"]);
    template.ended(0);
    let file = house.write("ours.toml", &template.out);
    house.run(&["instruments", "check", &file]).ended(0).says("holds together");
    let taken = template.out.replacen("id = \"ubuntu-scale\"", "id = \"phq-9\"", 1);
    let taken = house.write("taken.toml", taken);
    house.run(&["instruments", "check", &taken]).ended(1).says("such as phq-9-own");
    let score = ["score", "phq-9", "1", "2", "3", "4", "5", "5", "--instrument-file", &taken];
    house.run(&score).ended(1).explains("The id phq-9 is taken").explains("phq-9-own");
    house.run(&[&score[..], &["--json"]].concat()).ended(1);
}

//! Answer sheets are taken in, and what is due follows from them.

use crate::house::House;

const PEOPLE: &str = "id,name\n1,Planted Name\n2,Mutoni\n3,Keza\n";

fn measured() -> House {
    let house = House::started();
    let file = house.write("list.csv", PEOPLE);
    let day = "2026-11-20";
    let consent =
        ["--consent-mode", "signed", "--measure-consent-on", day, "--risk-consent-on", day];
    house.run(&[&["people", "import", &file], &consent[..]].concat()).ended(0);
    house
}

fn import(house: &House, rows: &str) -> crate::house::Ran {
    let heads = "id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n";
    let file = house.write("phq.csv", format!("{heads}{rows}"));
    house.run(&["measure", "import", &file, "--instrument", "phq-9", "--timepoint", "t0"])
}

#[test]
fn an_answer_that_asks_for_help_is_due_at_once_with_a_code_for_the_name() {
    let house = measured();
    import(&house, "1,3,3,3,3,3,3,3,3,1\n2,0,0,0,0,0,0,0,0,0\n")
        .ended(0)
        .says("2 sheets were taken in")
        .says("ONE ANSWER ASKS THAT SOMEBODY ACTS NOW: line 2");
    let people = house.json(&["people", "list"]);
    let listed = people["people"].as_array().unwrap();
    let first = listed.iter().find(|person| person["external_id"] == "1").unwrap();
    let code = first["code"].as_str().unwrap();
    house.run(&["due"]).ended(0).never_says(code);
    house.run(&["due", "--as", "safeguarding-lead"]).ended(0).says(code).never_says("Planted");
    house
        .run(&["due", "--as", "safeguarding-lead", "--names"])
        .ended(1)
        .explains("breaking the glass");
    let locked = house.locked();
    locked.run(&["due"]).ended(0).says("Now (").says("Tell the supervisor").never_says("Planted");
    let due = locked.json(&["due"]);
    assert_eq!(due["due"][0]["urgency"], "now");
    locked.run(&["due", "--names"]).ended(3);
}

#[test]
fn sheets_are_taken_in_all_or_none() {
    let house = measured();
    let file = house.write("more.csv", "id,name\n4,Without\n");
    house.run(&["people", "import", &file]).ended(0).says("No consent to measures");
    let good = "1,1,1,1,1,1,1,1,1,0\n";
    let check = |rows: &str, text: &str| import(&house, rows).ended(1).explains(text).exit;
    check(
        &format!("{good}9,0,0,0,0,0,0,0,0,0\n"),
        "line 3, column 1 (id): Nobody here has this number.",
    );
    check(&format!("{good}4,0,0,0,0,0,0,0,0,0\n"), "U-05");
    check(&format!("{good}2,0,0,0,0,7,0,0,0,0\n"), "line 3, column 6");
    // None of these wrote the good row.
    import(&house, good).ended(0).says("One sheet was taken in");
    check(good, "has a sheet of this timepoint already");
}

#[test]
fn answers_that_were_not_given_are_never_zero() {
    let house = measured();
    let heads = "id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n";
    let rows = "1,1,1,1,1,1,1,1,,0\n2,1,1,1,1,9,9,9,9,0\n3,1,1,1,1,1,1,1,1,\n";
    let file = house.write("phq.csv", format!("{heads}{rows}"));
    let args = ["measure", "import", &file, "--instrument", "phq-9", "--timepoint", "t0"];
    house.run(&args).ended(1);
    let answer = house.json(&[&args[..], &["--missing", "9"]].concat());
    let result = &answer["result"];
    assert_eq!(
        (&result["complete"], &result["prorated"], &result["refused"], &result["unknown"]),
        (&0.into(), &2.into(), &1.into(), &1.into()),
    );
    house
        .run(&["measure", "import", &file, "--instrument", "bdi", "--timepoint", "t0"])
        .ended(1)
        .explains("phq-9");
    house
        .run(&["measure", "import", &file, "--instrument", "phq-9", "--items", "phq9_1..phq9_3"])
        .ended(1)
        .explains("3 columns");
}

#[test]
fn somebody_in_danger_is_never_lost_in_a_file_that_is_refused() {
    let house = measured();
    let file = house.write("more.csv", "id,name\n4,Without\n");
    house.run(&["people", "import", &file]).ended(0);
    // Line 2 cannot be taken in for another's sake, line 3 for want of consent; line 4 leads to nobody.
    let rows =
        "1,0,0,0,0,0,0,0,0,3\n4,0,0,0,0,0,0,0,0,2\n9,0,0,0,0,0,0,0,0,1\n2,0,0,0,0,7,0,0,0,0\n";
    let ran = import(&house, rows);
    ran.ended(1)
        .explains("2 ANSWERS ASK THAT SOMEBODY ACTS NOW: lines 2, 3")
        .explains("line 4, which leads to nobody here")
        .explains("No sheet was taken in")
        .explains("line 3, column 1 (id)")
        .explains("line 5, column 6 (answer)")
        .never_says("Planted");
    let due = house.json(&["due"]);
    let about = |due: &serde_json::Value| {
        let duties = due["due"].as_array().unwrap().iter();
        let matters = duties.filter(|duty| duty["subject"]["kind"] == "matter");
        matters.map(|duty| duty["about"].to_string()).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(about(&due).len(), 2);
    // Taken in again once it is mended, it is no second matter.
    import(&house, "1,0,0,0,0,0,0,0,0,3\n").ended(0).says("line 2");
    assert_eq!(about(&house.json(&["due"])).len(), 2);
    let answer = house.json(&[
        "measure",
        "import",
        &house.path("phq.csv"),
        "--instrument",
        "phq-9",
        "--timepoint",
        "t0",
    ]);
    assert_eq!(answer["error"]["raised_lines"], serde_json::json!([2]));
}

#[test]
fn without_a_yes_to_questions_about_danger_their_answers_are_not_stored_and_still_act() {
    let house = House::started();
    let file = house.write("list.csv", PEOPLE);
    let consent = ["--consent-mode", "signed", "--measure-consent-on", "2026-11-20"];
    house.run(&[&["people", "import", &file], &consent[..]].concat()).ended(0);
    import(&house, "1,1,1,1,1,1,1,1,1,2\n")
        .ended(0)
        .says("ACTS NOW: line 2")
        .says("Of one sheet the answers about danger were not stored");
    house.run(&["due"]).ended(0).says("Now (");
}

#[test]
fn a_slip_in_a_timepoint_is_refused_by_its_line() {
    let house = measured();
    let heads = "id,wave,date,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n";
    let rows = "1,to,2026-11-21,1,1,1,1,1,1,1,1,0\n2,t0,2099-01-01,1,1,1,1,1,1,1,1,0\n";
    let file = house.write("phq.csv", format!("{heads}{rows}"));
    let args = ["measure", "import", &file, "--instrument", "phq-9"];
    house
        .run(&args)
        .ended(1)
        .explains("line 2, column 2 (timepoint): No model here has this timepoint.")
        .explains("Write one of t0, t1, t2, t3")
        .explains("line 3, column 3 (day): This day lies in the future");
    let file = house.write("phq.csv", format!("{heads}1,tx,2026-11-21,1,1,1,1,1,1,1,1,0\n"));
    let args = ["measure", "import", &file, "--instrument", "phq-9"];
    house.run(&args).ended(1);
    house.run(&[&args[..], &["--new-timepoint"]].concat()).ended(0);
    let late = [&args[..], &["--new-timepoint", "--on", "2999-01-01"]].concat();
    house.run(&late).ended(1).explains("future");
}

#[test]
fn one_column_is_one_answer() {
    let house = measured();
    let file = house.write("phq.csv", "id,phq9_1,phq9_2\n1,3,0\n");
    let nine = ["phq9_1"; 9].join(",");
    let args = ["measure", "import", &file, "--instrument", "phq-9", "--timepoint", "t0"];
    let ran = house.run(&[&args[..], &["--items", &nine]].concat());
    ran.ended(1).explains("The column of item 9 is that of item 1 too.");
    let with_id = [&["id"][..], &["phq9_1"; 8]].concat().join(",");
    let ran = house.run(&[&args[..], &["--items", &with_id]].concat());
    ran.ended(1).explains("The column of item 1 is that of “id” too.");
}

#[test]
fn an_answer_that_was_not_given_is_written_in_any_case() {
    let house = measured();
    let heads = "id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n";
    let file = house.write("phq.csv", format!("{heads}1,N/A,1,1,1,1,1,1,1,0\n"));
    let args = ["measure", "import", &file, "--instrument", "phq-9", "--timepoint", "t0"];
    house.run(&[&args[..], &["--missing", "n/a"]].concat()).ended(0).says("prorated");
}

#[test]
fn the_report_goes_into_a_file_whose_name_tells_nothing() {
    let house = measured();
    import(&house, "1,3,3,3,3,3,3,3,3,0\n2,0,0,0,0,0,0,0,0,0\n").ended(0);
    house.run(&["report"]).ended(0).says("doc-").says("fewer than 5");
    let files = std::fs::read_dir(house.folder()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    let report = names.into_iter().find(|name| name.starts_with("doc-")).unwrap();
    let page = std::fs::read_to_string(house.path(&report)).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("Planted"));
    let outside = house.json(&["report", "--audience", "outside"]);
    assert_eq!(outside["figures"]["floor"], 11);
    house.locked().run(&["report"]).ended(3);
}

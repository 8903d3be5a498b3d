//! Answer sheets are taken in, and what is due follows from them.

use crate::house::House;

const PEOPLE: &str = "id,name\n1,Planted Name\n2,Mutoni\n3,Keza\n";

fn measured() -> House {
    let house = House::started();
    let file = house.write("list.csv", PEOPLE);
    let consent = ["--consent-mode", "signed", "--measure-consent-on", "2026-11-20"];
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
    check(&format!("{good}9,0,0,0,0,0,0,0,0,0\n"), "line 3: nobody here has this number");
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

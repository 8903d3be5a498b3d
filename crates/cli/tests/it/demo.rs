//! A demo is a demo for ever, and every output says so.

use crate::house::House;

const MARK: &str = "DEMONSTRATION";

#[test]
fn a_healing_circle_is_played_and_every_command_opens_it_and_says_what_it_is() {
    let house = House::empty().locked();
    let demo = house.folder().join("demo");
    let dir = demo.to_string_lossy().into_owned();
    let played = house.run(&["--dir", &dir, "demo", "healing-circle"]);
    played.ended(0).says(MARK).says("126").says("5, 6, 7").says("demo-demo-demo");

    let stick = house.path("stick");
    let commands: [&[&str]; 10] = [
        &["due", "--ahead", "30"],
        &["due", "--names"],
        &["people", "list"],
        &["people", "list", "--codes"],
        &["card", "show"],
        &["verify"],
        &["doctor"],
        &["report", "--out", "report.html"],
        &["backup", &stick],
        &["card", "print", "--out", "card.html"],
    ];
    for command in commands {
        house.run_in(&demo, command).ended(0).says(MARK);
    }
    for command in [&["due"][..], &["people", "list"], &["verify"], &["doctor"], &["report"]] {
        let ran = house.run_in(&demo, &[command, &["--json"]].concat());
        let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(answer["demo"], true, "{command:?}");
    }
    house.run_in(&demo, &["person", "erase", "ZZZZ-Z", "--now"]).ended(1).explains(MARK);
    for file in ["report.html", "card.html"] {
        assert!(std::fs::read_to_string(house.path(file)).unwrap().contains(MARK), "{file}");
    }
    // It stays one after a restore, and is ever written over.
    let back = house.folder().join("back");
    house.run_in(&back, &["restore", &stick]).ended(0).says(MARK);
    house.run(&["--dir", &dir, "demo", "healing-circle"]).ended(1).explains("ever written over");
}

#[test]
fn a_demo_never_goes_into_somebody_s_own_folder_unasked() {
    let house = House::started();
    let before = std::fs::read(house.store()).unwrap();
    let answer = house.json(&["demo", "healing-circle", "--seed", "7"]);
    let dir = answer["dir"].as_str().unwrap();
    assert_ne!(dir, house.program().to_string_lossy());
    assert_eq!((&answer["demo"], &answer["seed"]), (&true.into(), &7.into()));
    for figure in ["people", "circles", "sessions", "marks", "measures", "incidents", "seconds"] {
        assert!(answer[figure].is_number(), "{figure}");
    }
    assert_eq!(std::fs::read(house.store()).unwrap(), before);
    std::fs::remove_dir_all(dir).unwrap();
}

#[test]
fn a_demo_that_cannot_be_played_leaves_nothing_behind() {
    let house = House::empty();
    let dir = house.path("demo");
    house.run(&["--dir", &dir, "demo", "--people", "7"]).ended(1).explains("From 120");
    house.run(&["--dir", &dir, "demo", "healing-circle", "--people", "7"]).ended(1);
    assert!(!house.folder().join("demo").exists(), "nor an empty folder");
}

#[test]
fn each_number_of_the_card_that_should_be_called_is_a_line_of_its_own() {
    let house = House::empty().locked();
    let dir = house.path("demo");
    house.run(&["--dir", &dir, "demo", "healing-circle"]).ended(0);
    let due = house.json(&["--dir", &dir, "due", "--ahead", "365"]);
    let duties = due["due"].as_array().unwrap().iter();
    let calls: Vec<_> = duties.filter(|duty| duty["what"] == "test_call").collect();
    let about: std::collections::BTreeSet<_> =
        calls.iter().map(|duty| (duty["about"].to_string(), duty["due_at"].to_string())).collect();
    assert!(calls.len() > 3 && about.len() == calls.len(), "{calls:#?}");
    assert!(calls.iter().all(|duty| duty["slot"].is_string()));
}

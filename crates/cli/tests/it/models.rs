//! Program models, shipped ones and one's own.

use crate::house::House;

#[test]
fn the_list_tells_what_can_be_lived() {
    let house = House::empty();
    let list = house.json(&["models", "list"]);
    let state = |id: &str| {
        let models = list["models"].as_array().unwrap();
        models.iter().find(|model| model["id"] == id).unwrap()["state"].clone()
    };
    assert_eq!(
        (state("healing-circle"), state("friendship-bench")),
        ("ready".into(), "planned".into())
    );
    house.run(&["models", "list"]).ended(0).says("ready").says("planned");
}

#[test]
fn a_model_is_shown_with_what_its_figures_rest_on() {
    let house = House::empty();
    let ran = house.run(&["models", "show", "healing-circle"]);
    ran.ended(0).says("most people").says("seed:").says("HC-01").says("Not verified");
    house.run(&["models", "show", "social-healing-group"]).ended(0).says("SH-01");
    house.run(&["models", "show", "savings-group"]).ended(1).explains("planned");
    house.run(&["models", "show", "nothing"]).ended(1).explains("healing-circle");
}

#[test]
fn ten_faults_are_told_at_once_with_their_lines_and_what_to_do() {
    let house = House::empty();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../program-model/tests/data/ten-faults.toml");
    let ran = house.run(&["models", "check", file]);
    ran.ended(1).says("10 faults");
    let lines: Vec<_> =
        ran.out.lines().filter(|line| line.starts_with("ten-faults.toml:")).collect();
    assert!(lines.len() >= 10, "{}", ran.out);
    let answer = house.json(&["models", "check", file]);
    assert_eq!(answer["faults"].as_array().unwrap().len(), 10);
    for fault in answer["faults"].as_array().unwrap() {
        assert!(
            fault["line"].as_u64().unwrap() > 0 && !fault["to_do"].as_str().unwrap().is_empty()
        );
    }
}

#[test]
fn a_copy_of_one_s_own_is_sound_and_its_departures_are_listed() {
    let house = House::empty();
    let shown = house.json(&["models", "show", "healing-circle"]);
    let text = shown["text"].as_str().unwrap();
    let own = house.write("own.toml", text);
    house.run(&["models", "check", &own]).ended(0).says("holds together").never_says("departs");
    let own = house.write("own.toml", text.replace("max = 7", "max = 8"));
    let ran = house.run(&["models", "check", &own]);
    ran.ended(0).says("group.max: 7 became 8").says("U-16");
}

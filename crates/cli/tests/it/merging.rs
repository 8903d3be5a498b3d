//! Two copies of a program become one.

use std::fs;

use crate::house::House;

fn enroll(house: &House, program: &std::path::Path, id: u32) {
    let file = house.write("list.csv", format!("id,name\n{id},Person {id}\n"));
    house.run_in(program, &["people", "import", &file]).ended(0);
}

#[test]
fn two_laptops_that_went_apart_become_one_and_lose_nobody() {
    let house = House::started();
    enroll(&house, &house.program(), 1);
    let other = house.folder().join("other");
    fs::create_dir(&other).unwrap();
    fs::copy(house.store(), other.join("circlekeeper.store")).unwrap();
    enroll(&house, &house.program(), 2);
    let house = house.on_device("another-device");
    enroll(&house, &other, 3);
    let house = house.on_device("device");

    let there = other.to_string_lossy().into_owned();
    house.run(&["merge", &there]).ended(0).says("Everything fits together");
    house.run(&["people", "list"]).says("3 enrolments").says("Person 2").says("Person 3");
    house.run(&["merge", &there]).ended(0).says("Nothing was new");
    let here = house.store().to_string_lossy().into_owned();
    let house = house.on_device("another-device");
    house.run_in(&other, &["merge", &here]).ended(0);
    house.run_in(&other, &["people", "list"]).says("3 enrolments");
    house.run_in(&other, &["verify"]).ended(0).says("Nothing is damaged");
}

#[test]
fn a_demo_and_a_real_program_never_become_one() {
    let house = House::started();
    let demo = house.path("demo");
    house.run(&["--dir", &demo, "demo", "healing-circle"]).ended(0);
    house.run(&["merge", &demo]).ended(1).explains("cannot become one");
    let real = house.program().to_string_lossy().into_owned();
    house.run(&["--dir", &demo, "merge", &real]).ended(1).explains("cannot become one");
    let ran = house.run(&["merge", &house.path("nowhere")]);
    ran.ended(6).explains("no other copy of a program in that place");
}

#[test]
fn another_program_is_refused() {
    let house = House::started();
    let stranger = House::started();
    let there = stranger.store().to_string_lossy().into_owned();
    house.run(&["merge", &there]).ended(1).explains("another program");
}

#[test]
fn two_sheets_of_one_person_that_differ_are_one_line_in_words() {
    let house = House::started();
    let file = house.write("list.csv", "id,name\n1,Uwase\n");
    let consent = ["--consent-mode", "signed", "--measure-consent-on", "2026-11-20"];
    house.run(&[&["people", "import", &file], &consent[..]].concat()).ended(0);
    let other = house.folder().join("other");
    fs::create_dir(&other).unwrap();
    fs::copy(house.store(), other.join("circlekeeper.store")).unwrap();
    let measured = |house: &House, program: &std::path::Path, answer: u8| {
        let heads = "id,phq9_1,phq9_2,phq9_3,phq9_4,phq9_5,phq9_6,phq9_7,phq9_8,phq9_9\n";
        let row = format!("{heads}1,{answer},1,1,1,1,1,1,1,0\n");
        let file = house.write("phq.csv", row);
        let import = ["measure", "import", &file, "--instrument", "phq-9", "--timepoint", "t0"];
        house.run_in(program, &import).ended(0);
    };
    measured(&house, &house.program(), 1);
    let house = house.on_device("another-device");
    measured(&house, &other, 3);
    let house = house.on_device("device");
    let there = other.to_string_lossy().into_owned();
    let ran = house.run(&["merge", &there]);
    ran.ended(0).says("One thing does not fit").says("two sheets stand for one timepoint");
    ran.never_says("Everything fits together");
    let due = house.json(&["due"]);
    assert_eq!(due["findings"].as_array().unwrap().len(), 1);
    house.run(&["due"]).says("two sheets stand for one timepoint");
}

#[test]
fn a_good_copy_mends_this_one_and_a_damaged_one_is_told() {
    let house = House::started();
    enroll(&house, &house.program(), 1);
    let good = house.folder().join("good");
    fs::create_dir(&good).unwrap();
    fs::copy(house.store(), good.join("circlekeeper.store")).unwrap();
    let mut bytes = fs::read(house.store()).unwrap();
    let word = b"{\"event\":\"enrolled\"";
    let at = bytes.windows(word.len()).position(|window| window == word).unwrap();
    bytes[at + word.len() - 2] ^= 1;
    fs::write(house.store(), bytes).unwrap();
    house.run(&["verify"]).ended(4);
    let bad = house.store().to_string_lossy().into_owned();
    let ran = house.run_in(&good, &["merge", &bad]);
    ran.ended(0).says("damaged in the other copy").never_says("Everything fits together");
    let there = good.to_string_lossy().into_owned();
    house.run(&["merge", &there]).ended(0).says("whole again").says("Everything fits together");
    house.run(&["verify"]).ended(0).says("Nothing is damaged");
}

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
    house.run(&["merge", &house.path("nowhere")]).ended(6);
}

#[test]
fn another_program_is_refused() {
    let house = House::started();
    let stranger = House::started();
    let there = stranger.store().to_string_lossy().into_owned();
    house.run(&["merge", &there]).ended(1).explains("another program");
}

//! A laptop breaks, and the program goes on.

use crate::house::House;

#[test]
fn a_program_comes_back_from_its_two_files() {
    let house = House::started();
    let file = house.write("list.csv", "id,name\n1,Uwase\n2,Mutoni\n");
    house.run(&["people", "import", &file]).ended(0);
    house.run(&["doctor"]).ended(0).says("none was made yet");
    let stick = house.path("stick");
    let house = house.locked();
    house.run(&["backup", &stick]).ended(0).says("35 days").says("ends at number");
    house.run(&["doctor"]).ended(0).says("made today");
    house.run(&["backup", &stick]).ended(1).explains("ever written over");
    house.run(&["restore", &stick]).ended(1).explains("ever written over");

    let house = house.with_passphrase(crate::house::PASSPHRASE);
    let new = house.folder().join("new");
    house.run_in(&new, &["restore", &stick]).ended(0).says("2 enrolments");
    house.run_in(&new, &["people", "list"]).ended(0).says("Uwase");
    house.run_in(&new, &["verify"]).ended(0);
    assert!(new.join("crisis-card.txt").exists());

    let bare = house.folder().join("bare");
    house.run_in(&bare, &["restore", &stick, "--without-keys"]).ended(0).says("stays locked");
    house.run_in(&bare, &["people", "list", "--codes"]).ended(0).never_says("Uwase");
}

#[test]
fn whoever_was_erased_does_not_come_back_with_an_old_backup_of_events() {
    let house = House::started();
    let file = house.write("list.csv", "id,name\n1,Uwase\n2,Mutoni\n");
    let enrolled = house.json(&["people", "import", &file]);
    let code = enrolled["codes"][0].as_str().unwrap().to_owned();
    house.run(&["backup", &house.path("monday")]).ended(0);
    house.run(&["person", "erase", &code, "--now"]).ended(0);
    house.run(&["backup", &house.path("friday")]).ended(0);
    // Monday's events with Friday's keys.
    let keys = "keys.circlekeeper";
    std::fs::copy(
        house.folder().join("friday").join(keys),
        house.folder().join("monday").join(keys),
    )
    .unwrap();
    let new = house.folder().join("new");
    house.run_in(&new, &["restore", &house.path("monday")]).ended(0);
    house
        .run_in(&new, &["people", "list"])
        .ended(0)
        .says("(erased)")
        .says("Mutoni")
        .never_says("Uwase");
    house.run_in(&new, &["verify"]).ended(0);
}

#[test]
fn a_backup_goes_where_it_survives_and_its_keys_elsewhere() {
    let house = House::started();
    let inside = house.program().join("backup");
    let inside = inside.to_string_lossy().into_owned();
    house.run(&["backup", &inside]).ended(1).explains("lost together with it");
    let (stick, safe) = (house.path("stick"), house.path("safe"));
    house.run(&["backup", &stick, "--keys-to", &safe]).ended(0);
    let new = house.folder().join("new");
    house.run_in(&new, &["restore", &stick]).ended(6).explains("no file of keys");
    assert!(!new.join("circlekeeper.store").exists());
    let keys = house.folder().join("safe").join("keys.circlekeeper");
    let keys = keys.to_string_lossy().into_owned();
    house.run_in(&new, &["restore", &stick, "--keys", &keys]).ended(0);
    house.run_in(&new, &["people", "list"]).ended(0);
}

#[test]
fn a_folder_without_a_backup_and_keys_that_are_too_old_are_refused() {
    let house = House::started();
    let new = house.folder().join("new");
    let ran = house.run_in(&new, &["restore", &house.path("nowhere")]);
    ran.ended(6).explains("no backup in that folder");
    assert!(!new.join("circlekeeper.store").exists());

    let stick = house.path("stick");
    let files = store_sqlite::Backup::in_folder(stick.as_ref());
    let log = store_sqlite::SqliteLog::open_read_only(&house.store()).unwrap();
    // Made in 1970, and from a store that is only read.
    log.backup(&files, 1_000).unwrap();
    house.run_in(&new, &["restore", &stick]).ended(1).explains("older than 35 days");
    house.run_in(&new, &["restore", &stick, "--old-keys"]).ended(0).explains("older than 35 days");
}

//! A person is erased, and nothing of them is left.

use std::fs;

use crate::house::{House, bytes_of, holds};

const NAME: &str = "Zephyrine Quillfeather";

/// A name as a search would look for it: UTF-8, UTF-16 both ways, and hex.
fn disguises() -> Vec<Vec<u8>> {
    let utf16: Vec<u16> = NAME.encode_utf16().collect();
    let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let hex: String = NAME.bytes().map(|byte| format!("{byte:02x}")).collect();
    vec![NAME.into(), little, big, hex.clone().into_bytes(), hex.to_uppercase().into_bytes()]
}

#[test]
fn an_erased_person_is_found_nowhere_and_asked_about_on_return() {
    let house = House::started();
    let file = house.write("list.csv", format!("id,name\n1,{NAME}\n2,Mutoni\n"));
    let enrolled = house.json(&["people", "import", &file]);
    let code = enrolled["codes"][0].as_str().unwrap().to_owned();
    let old = house.folder().join("old");
    fs::create_dir(&old).unwrap();
    fs::copy(house.store(), old.join("circlekeeper.store")).unwrap();

    house.run(&["person", "erase", &code.to_lowercase(), "--now"]).ended(0).says("one record");
    for (path, bytes) in bytes_of(&house.program()) {
        for disguise in disguises() {
            assert!(!holds(&bytes, &disguise), "{}", path.display());
        }
    }
    house.run(&["people", "list"]).ended(0).says("2 enrolments").says("(erased)").never_says(NAME);
    house.run(&["verify"]).ended(0).says("Nothing is damaged");
    house.run(&["person", "erase", &code, "--now"]).ended(1).explains("erased already");

    // On the old list, and in an old copy.
    let file = house.write("again.csv", format!("id,name\n1,{NAME}\n"));
    let ran = house.run(&["people", "import", &file]);
    ran.ended(1).explains("line 2 may be somebody who was erased").never_says(NAME);
    let old = old.to_string_lossy().into_owned();
    house.run(&["merge", &old]).ended(0);
    house.run(&["people", "list"]).says("(erased)").never_says(NAME);
    house.run(&["verify"]).ended(0);
}

#[test]
fn a_code_that_is_nobody_s_erases_nobody() {
    let house = House::started();
    house.run(&["person", "erase", "ZZZZ-Z", "--now"]).ended(1).explains("people list");
    house.run(&["person", "erase", "ZZZZ-Z"]).ended(2);
}

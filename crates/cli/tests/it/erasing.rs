//! A person is erased, and nothing of them is left.

use std::fs;

use crate::house::{House, bytes_of, holds};

const NAME: &str = "Zephyrine Quillfeather";

/// A name as a search would look for it: UTF-8, UTF-16 both ways, hex, and base64 wherever it may
/// begin in a run of three bytes.
fn disguises(name: &str) -> Vec<Vec<u8>> {
    let utf16: Vec<u16> = name.encode_utf16().collect();
    let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let hex: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut all = vec![name.into(), little, big, hex.to_uppercase().into_bytes(), hex.into_bytes()];
    all.extend((0..3).map(|shift| base64(name.as_bytes(), shift)));
    all
}

/// The characters of base64 that a word makes wherever it begins `shift` bytes into a group, without
/// those that its neighbours have a part in.
fn base64(word: &[u8], shift: usize) -> Vec<u8> {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> =
        word.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let skipped = (6 - shift * 8 % 6) % 6;
    let whole = bits[skipped..].chunks_exact(6);
    whole.map(|six| digits[six.iter().fold(0, |sum, bit| sum << 1 | usize::from(*bit))]).collect()
}

#[test]
fn a_search_for_a_name_would_find_it() {
    // By an independent program: printf 'Zephyrine' | base64, with none, one and two letters before.
    assert_eq!(base64(b"Zephyrine", 0), b"WmVwaHlyaW5l");
    assert_eq!(base64(b"Zephyrine", 1), b"plcGh5cmluZ");
    assert_eq!(base64(b"Zephyrine", 2), b"aZXBoeXJpbm");
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

    // Everything that is written into the folder of the program: the card on disk, a report.
    house.run(&["card", "print"]).ended(0);
    let report = house.program().join("report.html").to_string_lossy().into_owned();
    house.run(&["report", "--out", &report]).ended(0);
    house
        .run(&["person", "erase", &code.to_lowercase(), "--now"])
        .ended(0)
        .says("one record")
        .says("delete older backups");
    for (path, bytes) in bytes_of(&house.program()) {
        for disguise in disguises(NAME) {
            assert!(!holds(&bytes, &disguise), "{}", path.display());
        }
    }
    house.run(&["people", "list"]).ended(0).says("2 enrolments").says("(erased)").never_says(NAME);
    house.run(&["verify"]).ended(0).says("Nothing is damaged");
    house.run(&["person", "erase", &code, "--now"]).ended(0).says("erased already");

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
    let ran = house.run(&["person", "erase", "Marie Uwase", "--now"]);
    ran.ended(1).explains("people list").never_says("Marie").never_says("Uwase");
}

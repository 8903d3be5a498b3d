//! Damage is named, and nothing panics over it.

use std::fs;

use crate::house::House;

#[test]
fn an_altered_event_is_named_by_its_place() {
    let house = House::started();
    house.run(&["verify"]).ended(0).says("Nothing is damaged").says("ends at number");
    let mut bytes = fs::read(house.store()).unwrap();
    let word = b"\"event\":\"founded\"";
    let at = bytes.windows(word.len()).position(|window| window == word).unwrap();
    bytes[at + 10] ^= 1;
    fs::write(house.store(), bytes).unwrap();
    let house = house.locked();
    let ran = house.run(&["verify"]);
    ran.ended(4).says("part 0 was altered").says("of origin").says("One place is damaged");
    let answer = house.json(&["verify"]);
    assert_eq!((&answer["exit"], &answer["damage"][0]["harm"]), (&4.into(), &true.into()));
    house.run(&["card", "show"]).ended(0);
}

#[test]
fn a_list_of_duties_from_a_damaged_store_says_that_it_may_lack_something() {
    let house = House::empty().locked();
    let demo = house.folder().join("demo");
    let dir = demo.to_string_lossy().into_owned();
    house.run(&["--dir", &dir, "demo", "healing-circle"]).ended(0);
    let store = demo.join("circlekeeper.store");
    let whole = fs::read(&store).unwrap();
    let alter = |word: &[u8]| {
        let at = whole.windows(word.len()).position(|window| window == word).unwrap();
        let mut bytes = whole.clone();
        bytes[at + word.len() - 2] ^= 1;
        fs::write(&store, bytes).unwrap();
    };
    alter(b"{\"event\":\"published\"");
    house.run_in(&demo, &["due"]).ended(0).says("one place of the store is damaged");
    // Where a circle cannot be read at all, the duties of the others are listed all the same; a
    // report, which would be short of a circle, is refused.
    alter(b"{\"event\":\"formed\"");
    house.run_in(&demo, &["due"]).ended(0).says("one place of the store is damaged");
    house.run_in(&demo, &["report"]).ended(4);
    house.run_in(&demo, &["card"]).ended(0);
}

#[test]
fn a_store_that_was_cut_short_is_told_without_a_panic() {
    let house = House::started();
    let bytes = fs::read(house.store()).unwrap();
    for part in [1, 3, 7] {
        fs::write(house.store(), &bytes[..bytes.len() * part / 8]).unwrap();
        for command in ["verify", "due", "doctor"] {
            let ran = house.run(&[command]);
            assert!([4, 5].contains(&ran.exit), "{command}: {ran:?}");
            ran.never_says("panicked");
        }
    }
}

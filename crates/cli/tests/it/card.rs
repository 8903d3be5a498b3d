//! The crisis card opens, whatever became of everything else.

use std::fs;

use crate::house::House;

const CARD: &str = r#"
place = "Kamonyi"
dated = "2026-11-20"
[slots.emergency]
name = "Ambulance"
reach = "912"
hours = "always"
[slots.suicide_line]
name = "Line"
reach = "114"
[slots.child_line]
name = "Child line"
reach = "116"
[slots.violence_line]
use_instead = "emergency"
[slots.poison]
use_instead = "emergency"
[slots.on_call]
name = "Program"
reach = "0788-000"
[slots.hospital]
name = "Hospital"
reach = "Road 1"
"#;

#[test]
fn the_card_opens_with_no_program_at_all() {
    let house = House::empty().locked();
    house.run(&["card"]).ended(0).says("stay with them");
    house.run(&["card", "show"]).ended(0).says("stay with them").says("holds no numbers");
    assert_eq!(house.json(&["card", "show"])["source"], "built_in");
}

#[test]
fn the_card_opens_while_the_store_is_random_bytes() {
    let house = House::started();
    let file = house.write("card.toml", CARD);
    house.run(&["card", "edit", &file]).ended(0);
    let noise: Vec<u8> =
        (0..70_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    fs::write(house.store(), noise).unwrap();
    let house = house.locked();
    house.run(&["card", "show"]).ended(0).says("912").says("0788-000");
    house.run(&["due"]).ended(4).explains("circlekeeper card");
    house.run(&["doctor"]).ended(4).says("BAD");
    house.run(&["verify"]).ended(4);

    // Without its plain file too.
    fs::remove_file(house.program().join("crisis-card.txt")).unwrap();
    house.run(&["card", "show"]).ended(0).says("holds no numbers");
    fs::write(house.program().join("crisis-card.txt"), [0xFF, 0xFE, 0x00, 0x80]).unwrap();
    house.run(&["card", "show"]).ended(0).says("holds no numbers");
}

#[test]
fn a_card_comes_back_from_the_store_where_its_file_was_lost() {
    let house = House::started();
    let file = house.write("card.toml", CARD);
    house.run(&["card", "edit", &file]).ended(0);
    fs::remove_file(house.program().join("crisis-card.txt")).unwrap();
    let house = house.locked();
    house.run(&["card", "show"]).ended(0).says("0788-000");
    assert_eq!(house.json(&["card", "show"])["source"], "store");
}

#[test]
fn a_card_with_empty_slots_is_not_published_and_each_is_named() {
    let house = House::started();
    let file = house.write("card.toml", CARD.replace("reach = \"114\"", "reach = \"\""));
    let ran = house.run(&["card", "edit", &file]);
    ran.ended(1).explains("DR-02").explains("Thoughts of suicide").never_says("Hospital");
    house.run(&["card", "show"]).ended(0).says("holds no numbers");
    let file = house.write("card.toml", "place = 7");
    house.run(&["card", "edit", &file]).ended(1).explains("card template");
}

#[test]
fn a_card_is_kept_in_plain_files_where_there_is_no_store() {
    let house = House::empty().locked();
    let file = house.write("card.toml", CARD);
    house.run(&["card", "edit", &file]).ended(0).explains("no store");
    house.run(&["card", "show"]).ended(0).says("114");
    let page = fs::read_to_string(house.program().join("crisis-card.html")).unwrap();
    assert!(
        page.contains("<title>Card</title>") && page.contains("<strong>912</strong>"),
        "{page}"
    );
}

#[test]
fn the_template_is_a_card_once_it_is_filled_in() {
    let house = House::empty();
    let template = house.run(&["card", "template"]);
    template.ended(0);
    let filled = template.out.replace("reach = \"\"", "reach = \"1\"");
    let filled = filled.replace("dated = \"\"", "dated = \"2026-11-20\"");
    let file = house.write("card.toml", filled);
    house.run(&["card", "edit", &file]).ended(0);
    house.run(&["card", "print", "--out", &house.path("page.html")]).ended(0);
    assert!(house.folder().join("page.html").exists());
}

#[test]
fn a_card_with_numbers_still_says_what_to_do() {
    let house = House::started();
    let file = house.write("card.toml", CARD);
    house.run(&["card", "edit", &file]).ended(0);
    house.run(&["card"]).ended(0).says("912").says("stay with them").says("Ask plainly");
    let page = fs::read_to_string(house.program().join("crisis-card.html")).unwrap();
    assert!(page.contains("912") && page.contains("Ask plainly"));
}

#[test]
fn a_slip_in_a_card_is_told_by_its_place_and_never_quoted() {
    let house = House::started();
    let slip = CARD.replace("reach = \"0788-000\"", "reach = 0788 123 456 Uwase");
    let file = house.write("card.toml", slip);
    let ran = house.run(&["card", "edit", &file]);
    ran.ended(1).explains("line 20, column").never_says("0788").never_says("Uwase");
    let wrong = CARD.replace("reach = \"0788-000\"", "reach = 788123456");
    let file = house.write("card.toml", wrong);
    house.run(&["card", "edit", &file]).ended(1).explains("line").never_says("788123456");
}

#[test]
fn a_template_is_not_published_before_its_day_is_filled_in() {
    let house = House::started();
    let file = house.write("card.toml", CARD.replace("2026-11-20", ""));
    house.run(&["card", "edit", &file]).ended(1).explains("looked through");
    let file = house.write("card.toml", CARD.replace("2026-11-20", "2999-01-01"));
    house.run(&["card", "edit", &file]).ended(1).explains("future");
    house.run(&["card", "template"]).ended(0).says("dated = \"\"");
}

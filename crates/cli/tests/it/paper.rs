//! Sheets of paper go out, and what was written on them comes back.

use std::{fs, path::PathBuf};

use crate::{
    group::{Group, day, make},
    house::{House, Ran},
};

fn planned(house: &House, group: &Group) {
    let unit = group.unit.short();
    let from = day(7).to_string();
    house.run(&["calendar", "plan", &unit, "--from", &from, "--time", "14:00"]).ended(0);
}

/// Prints the sheets of the first week, and gives their files.
fn printed(house: &House, more: &[&str]) -> Vec<PathBuf> {
    let folder = house.path("paper");
    let fixed = ["calendar", "sheets", "--out", &folder, "--week", "2026-03-11"];
    house.run(&[&fixed[..], more].concat()).ended(0);
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut pages: Vec<_> = files.filter(|file| file.extension().unwrap() == "html").collect();
    pages.sort();
    pages
}

/// The code in a row of the first sheet of a circle.
fn seat(house: &House, group: &Group, row: usize) -> String {
    let start = format!("{},1,{row},", group.unit.short());
    let table = table(house);
    let line = table.iter().find(|line| line.starts_with(&start)).unwrap();
    line.split(',').nth(3).unwrap().to_owned()
}

/// The lines of the table that came with the sheets.
fn table(house: &House) -> Vec<String> {
    let table = fs::read_to_string(house.folder().join("paper/sheets.csv")).unwrap();
    table.replace('"', "").lines().map(str::to_owned).collect()
}

/// The table filled in: everybody there but for some, and the count on the first line of each circle.
fn filled(house: &House, marks: &[(&str, char)], heads: &[(&Group, u16)]) -> Vec<String> {
    let mut lines = table(house);
    for line in lines.iter_mut().skip(1) {
        let code = line.split(',').nth(3).unwrap();
        let mark = marks.iter().find(|(seat, _)| *seat == code).map_or('p', |(_, mark)| *mark);
        let is_first = |unit: String| line.starts_with(&format!("{unit},1,1,"));
        let heads = heads.iter().find(|(group, _)| is_first(group.unit.short()));
        let heads = heads.map(|(_, heads)| heads.to_string()).unwrap_or_default();
        *line = line.replacen(",,,,", &format!(",{mark},{heads},,"), 1);
    }
    lines
}

fn take_in(house: &House, lines: &[String]) -> Ran {
    let file = house.write("filled.csv", lines.join("\n"));
    house.run(&["calendar", "take-in", &file])
}

#[test]
fn a_sheet_has_codes_and_boxes_on_its_front_and_the_guide_and_the_card_on_its_back() {
    let house = House::empty();
    let groups = make(&house, 1);
    planned(&house, &groups[0]);
    let pages = printed(&house, &[]);
    assert_eq!(pages.len(), 1);
    let name = pages[0].file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("doc-"), "{name}");
    let page = fs::read_to_string(&pages[0]).unwrap();
    for member in &groups[0].members {
        assert!(page.contains(&member.short()));
    }
    assert_eq!(page.matches("<td class=\"box\">").count(), 5 * 20, "twenty rows of five boxes");
    for told in [
        "<title>Sheet</title>",
        "Welcome, purpose, consent",
        "Body movement",
        "14:00–14:15",
        "On call",
        "Mon 2026-03-09 14:00",
    ] {
        assert!(page.contains(told), "{told}");
    }
    for never in ["Uwase", "Mutoni", "Group of hope", "<script", "http:", "https:", "src="] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(page.contains("No names and no stories") && page.contains("due: Before week 1."));
    let named = printed(&house, &["--names"]);
    assert_eq!(named, pages, "the same file again");
    let page = fs::read_to_string(&named[0]).unwrap();
    assert!(page.contains("Uwase 16") && page.contains("keep it to yourself"));
    assert!(!page.contains("No names"));
    let none =
        house.run(&["calendar", "sheets", "--out", &house.path("none"), "--week", "2027-01-01"]);
    none.ended(1);
    assert!(none.err.contains("Nothing is to come"));
}

#[test]
fn marks_of_many_sheets_come_back_in_one_table() {
    let house = House::empty();
    let groups = make(&house, 2);
    for group in &groups {
        planned(&house, group);
    }
    assert_eq!(printed(&house, &[]).len(), 2);
    let (late, away) = (seat(&house, &groups[0], 2), seat(&house, &groups[1], 5));
    let marks = [(late.as_str(), 'L'), (&away, 'a')];
    let lines = filled(&house, &marks, &[(&groups[0], 16), (&groups[1], 15)]);
    let ran = take_in(&house, &lines);
    ran.ended(0);
    assert!(
        ran.out.contains("16 of 16 came.") && ran.out.contains("15 of 16 came."),
        "{}",
        ran.out
    );
    let shown = house.json(&["calendar", "show", "--to", "2026-03-15"]);
    assert!(shown["sessions"].as_array().unwrap().iter().all(|it| it["state"] == "held"));
    let again = take_in(&house, &lines);
    again.ended(1);
    assert!(again.err.contains("written down already"), "{}", again.err);
}

#[test]
fn marks_that_were_typed_are_not_written_over_before_they_are_taken_in() {
    let house = House::empty();
    let groups = make(&house, 1);
    planned(&house, &groups[0]);
    printed(&house, &[]);
    let (folder, file) = (house.path("paper"), house.path("paper/sheets.csv"));
    let print = |week| house.run(&["calendar", "sheets", "--out", &folder, "--week", week]);
    let typed = filled(&house, &[], &[(&groups[0], 16)]).join("\n");
    for lines in [typed.as_str(), "something,else\n1,2\n"] {
        fs::write(&file, lines).unwrap();
        print("2026-03-11").ended(1).explains("not taken in yet");
        assert_eq!(fs::read_to_string(&file).unwrap(), lines);
    }
    // Where they are written down, the next week may have the folder.
    fs::write(&file, &typed).unwrap();
    house.run(&["calendar", "take-in", &file]).ended(0);
    print("2026-03-18").ended(0);
    assert!(fs::read_to_string(&file).unwrap() != typed);
    print("2026-03-18").ended(0);
}

#[test]
fn everything_that_is_wrong_with_a_table_is_told_by_its_line_and_nothing_is_taken_in() {
    let house = House::empty();
    let groups = make(&house, 1);
    planned(&house, &groups[0]);
    printed(&house, &[]);
    let (group, unit) = (&groups[0], groups[0].unit.short());
    let absent = seat(&house, group, 2);
    let ran = take_in(&house, &filled(&house, &[(&absent, 'a')], &[(group, 16)]));
    ran.ended(1);
    assert!(ran.err.contains("15 are marked as having come, and 16 heads"), "{}", ran.err);

    let lines = filled(&house, &[], &[(group, 16)]);
    let mut wrong = lines.clone();
    wrong[2] = wrong[2].replace(",p,", ",here,");
    wrong[3].clone_from(&lines[1]);
    wrong[4] = format!("{unit},1,4,ZZZZ-Z,p,,,");
    wrong[5] = format!("{unit},9,5,2,p,,,");
    wrong[6] = "0000-0,1,6,2,p,,,".to_owned();
    wrong[7] = lines[7].replace(",p,,", ",p,12,");
    let ran = take_in(&house, &wrong);
    ran.ended(1);
    for line in 3..=8 {
        assert!(ran.err.contains(&format!("line {line}")), "{line}: {}", ran.err);
    }
    assert!(!ran.err.contains("here,") && !ran.err.contains("Uwase"));

    let ran = take_in(&house, &lines[..16]);
    ran.ended(1);
    assert!(ran.err.contains("no mark for"), "{}", ran.err);
    let uncounted = filled(&house, &[], &[]);
    take_in(&house, &uncounted).ended(1);
    let shown = house.json(&["calendar", "show"]);
    assert!(shown["sessions"].as_array().unwrap().iter().all(|it| it["state"] == "to_come"));
    let file = house.write("uncounted.csv", uncounted.join("\n"));
    house.run(&["calendar", "take-in", &file, "--uncounted"]).ended(0);
}

#[test]
fn one_line_writes_a_sheet_down() {
    let house = House::empty();
    let groups = make(&house, 1);
    planned(&house, &groups[0]);
    printed(&house, &[]);
    let unit = groups[0].unit.short();
    let enter = |number: &str, marks: &str| house.run(&["calendar", "enter", &unit, number, marks]);
    let ran = enter("1", "15: 3a 7x 9l");
    ran.ended(1);
    assert!(ran.err.contains("14 are marked as having come, and 15 heads"), "{}", ran.err);
    let ran = enter("1", "14: 3a 7x 21l");
    ran.ended(1);
    assert!(ran.err.contains("Nobody sits in row 21"), "{}", ran.err);
    assert!(!ran.err.contains("the file"), "{}", ran.err);
    enter("1", "14 3a").ended(1);
    let ran = enter("1", "14: 3a 7x 9l");
    ran.ended(0);
    let third = format!("row 3, {}: absent", seat(&house, &groups[0], 3));
    assert!(ran.out.contains("14 of 16 came.") && ran.out.contains(&third), "{}", ran.out);
    let again = enter("1", "14: 3a 7x 9l");
    again.ended(1).explains("written down already");
    assert!(!again.err.contains("the file") && !again.err.contains("correction"), "{}", again.err);
    enter("2", "16:").ended(0);
    let due = house.run(&["due", "--on", "2026-03-17"]);
    assert!(!due.out.contains("no longer fit"), "{}", due.out);
}

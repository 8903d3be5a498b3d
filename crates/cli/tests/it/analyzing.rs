//! From a plan and its files to a report, all or nothing.

use std::fmt::Write as _;
use std::fs;

use crate::house::{House, Ran, bytes_of};

const PLAN: &str = r#"
schema = 1
title = "circles-2026"
audience = "inside"
breakdowns = ["district"]
[missing]
"99" = "refused"
[[timepoints]]
code = "t0"
session = 0
[[timepoints]]
code = "t1"
session = 8
[[instruments]]
id = "phq-9"
[[people]]
file = "people.csv"
person = "pid"
unit = "circle"
groupings = { district = "district" }
[[sheets]]
file = "start.csv"
person = "pid"
timepoint = "t0"
newest_by = "sent"
  [[sheets.scales]]
  instrument = "phq-9"
  items = ["phq{1..9}"]
[[sheets]]
file = "end.csv"
person = "pid"
timepoint = "t1"
newest_by = "sent"
  [[sheets.scales]]
  instrument = "phq-9"
  items = ["phq{1..9}"]
"#;

/// Sixty people in six circles, who feel better by a point or two on each question; one sent the first form twice.
fn evaluation() -> House {
    let house = House::empty().locked();
    let mut people = "pid,circle,district\n".to_owned();
    let head = (1..=9).fold("pid,sent".to_owned(), |head, n| format!("{head},phq{n}"));
    let (mut start, mut end) = (format!("{head}\n"), format!("{head}\n"));
    for n in 0..60 {
        let district = if n % 2 == 0 { "Kamonyi" } else { "Gasabo" };
        let _ = writeln!(people, "K-{n},C{},{district}", n / 10);
        let answers = |less: i32| {
            (0..9).fold(String::new(), |row, item| {
                format!("{row},{}", ((n + item) % 4 - less).max(0))
            })
        };
        let _ = writeln!(start, "K-{n},2026-03-01{}", answers(0));
        if n % 7 != 0 {
            let _ = writeln!(end, "K-{n},2026-06-01{}", answers(1 + n % 2));
        }
    }
    let _ = writeln!(start, "K-3,2026-02-01,99,0,0,0,0,0,0,0,0");
    house.write("people.csv", people);
    house.write("start.csv", start);
    house.write("end.csv", end);
    house.write("plan.toml", PLAN);
    house
}

fn analyze(house: &House, more: &[&str]) -> Ran {
    house.run(&[&["analyze", "plan.toml", "--on", "2026-11-26"], more].concat())
}

#[test]
fn a_plan_and_its_files_become_a_folder_with_everything() {
    let house = evaluation();
    let ran = analyze(&house, &["--out", "out"]);
    ran.ended(0).says("people.csv (who takes part): 60 rows").says("does not count: line 62");
    ran.says("The report is in out.").says("fewer than 5 people are hidden");
    let page = fs::read_to_string(house.path("out/report.html")).unwrap();
    for said in ["60 people took part in 6 circles.", "PHQ-9", "Gasabo", "Made on 26 November 2026"]
    {
        assert!(page.to_lowercase().contains(&said.to_lowercase()), "{said}");
    }
    assert!(!page.contains("Safety and referrals"), "files know of no incident");
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(house.path("out/report.json")).unwrap()).unwrap();
    assert_eq!(json["report"], 1);
    assert_eq!(json["figures"]["reach"]["people"]["n"], 60);
    assert!(json["figures"].get("safety").is_none());
    let flow = fs::read_to_string(house.path("out/tables/phq-9-flow.csv")).unwrap();
    assert!(flow.contains("\"People asked\",\"60\",\"60\""), "{flow}");
    assert!(fs::read(house.path("out/report.xlsx")).unwrap().starts_with(b"PK"));
    assert!(house.folder().join("out/tables/by-district.csv").exists());
}

#[test]
fn the_same_files_and_plan_are_the_same_report_to_the_byte() {
    let house = evaluation();
    analyze(&house, &["--out", "out"]).ended(0);
    let first = bytes_of(&house.folder().join("out"));
    analyze(&house, &["--out", "out"]).ended(0);
    let mut second = bytes_of(&house.folder().join("out"));
    second.sort();
    let mut first = first;
    first.sort();
    assert_eq!(first, second);
    let left: Vec<_> =
        fs::read_dir(house.folder()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("out.")), "{left:?}");
}

#[test]
fn everything_that_is_wrong_is_told_with_file_line_and_column_and_nothing_is_written() {
    let house = evaluation();
    let start = fs::read_to_string(house.path("start.csv")).unwrap();
    let wrong = start.replacen("K-5,2026-03-01,1", "K-5,2026-03-01,7", 1);
    let wrong = wrong.replacen("K-9,2026", "X-9,2026", 1);
    house.write("start.csv", wrong);
    let ran = analyze(&house, &["--out", "out"]);
    ran.ended(1).explains("start.csv, line 7, column 3").explains("start.csv, line 11");
    ran.explains("2 things are wrong in one file").never_says("X-9");
    ran.explains("; --lenient counts answers").explains("add what it says to “missing”");
    assert!(!house.folder().join("out").exists());
    // What cannot be read may count as missing; somebody unknown may not.
    let ran = analyze(&house, &["--out", "out", "--lenient"]);
    ran.ended(1).explains("one thing is wrong").explains("try again. Nothing was written.");
    house.write("start.csv", start.replacen("K-5,2026-03-01,1", "K-5,2026-03-01,7", 1));
    analyze(&house, &["--out", "out", "--lenient"]).ended(0).says("counts as missing");
}

#[test]
fn a_report_says_how_many_answers_count_as_missing_since_they_could_not_be_read() {
    let house = evaluation();
    let start = fs::read_to_string(house.path("start.csv")).unwrap();
    let read = |file: &str| fs::read_to_string(house.path(file)).unwrap();
    let json = || serde_json::from_str::<serde_json::Value>(&read("out/report.json")).unwrap();
    // Where every answer could be read, whoever allowed it has the report of whoever did not.
    analyze(&house, &["--out", "out"]).ended(0);
    let strict = bytes_of(&house.folder().join("out"));
    analyze(&house, &["--out", "out", "--lenient"]).ended(0);
    assert_eq!(bytes_of(&house.folder().join("out")), strict);
    assert!(json().get("unreadable").is_none());
    house.write("start.csv", start.replace(",2,3,0,1,", ",x,x,x,x,"));
    analyze(&house, &["--out", "out", "--lenient"]).ended(0);
    let n = json()["unreadable"]["n"].as_u64().unwrap();
    assert!(n > 40, "{n}");
    let line = format!("{n} answers, totals or marks in the files could not be read.");
    let page = read("out/report.html");
    // In the head, among the methods, and in the paragraph that is copied.
    assert_eq!(page.matches(&line).count(), 3);
    assert!(page.split("<main>").next().unwrap().contains(&line));
    // One answer of somebody is not counted out to whoever reads the report.
    house.write("start.csv", start.replacen("K-5,2026-03-01,1", "K-5,2026-03-01,x", 1));
    analyze(&house, &["--out", "out", "--lenient"]).ended(0);
    assert!(read("out/report.html").contains("fewer than 5 answers, totals or marks"));
    assert_eq!(json()["unreadable"], serde_json::json!({ "is": "fewer_than", "n": 5 }));
}

#[test]
fn a_plan_that_is_wrong_is_told_by_line_before_any_file_is_read() {
    let house = evaluation();
    house.write("plan.toml", PLAN.replace("title", "titel").replace("session = 8", "session = -8"));
    let ran = analyze(&house, &["--out", "out"]);
    ran.ended(1).explains("line 3").explains("titel").explains("session");
    assert!(!house.folder().join("out").exists());
}

#[test]
fn where_too_much_is_wrong_to_be_listed_it_is_told_in_which_columns() {
    let house = evaluation();
    let end = fs::read_to_string(house.path("end.csv")).unwrap();
    let wrong = end.replace(",0", ",x");
    let n = wrong.matches(",x").count();
    assert!(n > 200);
    house.write("end.csv", wrong);
    let ran = analyze(&house, &["--out", "out"]);
    ran.ended(1).explains(&format!("and {} more", n - 200));
    ran.explains("end.csv, column 3: 25 things in all");
}

#[test]
fn a_column_that_is_not_there_is_called_by_its_name_in_the_plan() {
    let house = evaluation();
    let plan = PLAN.replace("district = \"district\"", "district = \"Distrikt\"");
    house.write(
        "plan.toml",
        plan.replacen("phq{1..9}", "item{1..9}", 1).replace("end.csv", "ende.csv"),
    );
    let ran = analyze(&house, &["--out", "out"]);
    ran.ended(1).explains("people.csv: There is no column “Distrikt”, which the plan gives for “groupings”. Column 3 is called nearly so.");
    ran.explains("start.csv: There is no column for any of the 9 items of “phq-9”: the first one would be “item1”. Write");
    ran.explains("ende.csv: The file cannot be opened.").explains("3 things are wrong in 3 files.");
}

#[test]
fn a_preview_says_which_tables_keep_something_back_and_writes_nothing() {
    let house = evaluation();
    house.write("plan.toml", PLAN.replace("inside", "outside"));
    let ran = analyze(&house, &["--preview"]);
    ran.ended(0).says("nothing: kept back").says("What would show:").says("circles");
    let answer = house.json(&["analyze", "plan.toml", "--preview"]);
    let tables = answer["tables"].as_array().unwrap();
    let circles = tables.iter().find(|table| table["name"] == "circles").unwrap();
    assert_eq!(circles["rows"], 0);
    assert!(circles["kept_back"].as_array().unwrap().len() > 1);
    assert_eq!(answer["read"]["files"].as_array().unwrap().len(), 3);
    assert_eq!(fs::read_dir(house.folder()).unwrap().count(), 4);
}

#[test]
fn what_lies_in_the_folder_already_is_never_written_over_unless_it_is_a_report() {
    let house = evaluation();
    fs::create_dir(house.folder().join("mine")).unwrap();
    house.write("mine/letter.txt", "keep me");
    analyze(&house, &["--out", "mine"]).ended(1).explains("There is something else in “mine”");
    assert_eq!(fs::read_to_string(house.path("mine/letter.txt")).unwrap(), "keep me");
    fs::create_dir(house.folder().join("empty")).unwrap();
    analyze(&house, &["--out", "empty"]).ended(0);
    house.write("empty/notes.txt", "mine too");
    analyze(&house, &["--out", "empty"]).ended(1);
    assert_eq!(fs::read_to_string(house.path("empty/notes.txt")).unwrap(), "mine too");
}

#[test]
fn a_plan_is_suggested_and_never_written_over_one_that_is_there() {
    let house = evaluation();
    let suggest = ["analyze", "--suggest", "people.csv", "start.csv", "end.csv"];
    house.run(&suggest).ended(0).says("schema = 1").says("phq{1..9}");
    house.run(&[&suggest[..], &["--out", "new.toml"]].concat()).ended(0).says("Read it before");
    assert!(fs::read_to_string(house.path("new.toml")).unwrap().contains("[[sheets]]"));
    house.run(&[&suggest[..], &["--out", "plan.toml"]].concat()).ended(1);
    assert_eq!(fs::read_to_string(house.path("plan.toml")).unwrap(), PLAN);
}

#[test]
fn all_that_keeps_a_plan_from_being_suggested_is_told_at_once() {
    let house = evaluation();
    house.write("torn.csv", "pid,\"gad1,gad2\nK-1,1,2\n");
    house.write("empty.csv", "");
    let suggest = ["analyze", "--suggest", "torn.csv", "people.csv", "nosuch.csv", "empty.csv"];
    let run = house.run(&suggest);
    run.ended(1).explains("3 things are wrong in 3 files");
    run.explains("torn.csv, line 1").explains("nosuch.csv").explains("empty.csv");
    // What was left out of a file that can be read stands in the plan.
    house.write("few.csv", "pid,gad1,gad2\nK-1,1,2\nK-2,1\nK-3,1,2\nK-4,1,2,3\n");
    house
        .run(&["analyze", "--suggest", "few.csv"])
        .ended(0)
        .says("few.csv: 2 rows, the first on line 3");
}

#[test]
fn what_an_old_office_program_wrote_is_guessed_in_the_plan_and_may_be_said() {
    let house = House::empty().locked();
    let mut text = "pid;prénom;wave;gad1;gad2\n".to_owned();
    for n in 0..20 {
        let _ = writeln!(text, "K-{n};Zoé;pré;2;{}", n % 4);
        let _ = writeln!(text, "K-{n};Zoé;post;1;{}", n % 3);
    }
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    house.write("old.csv", &latin);
    let plan = ["analyze", "--suggest", "old.csv", "--out", "old.toml"];
    house.run(&plan).ended(0);
    let written = fs::read_to_string(house.path("old.toml")).unwrap();
    assert!(written.contains("encoding = \"windows-1252\"  # guess"), "{written}");
    house.run(&["analyze", "old.toml", "--out", "out"]).ended(0);
    // Whoever knows better says so, and a plan that says nothing is helped the same way.
    let said = ["analyze", "--suggest", "old.csv", "--encoding", "latin-1"];
    house.run(&said).ended(0).says("encoding = \"latin-1\"").never_says("guess: it is not UTF-8");
    let without = |line: &&str| !line.starts_with("encoding");
    let bare: String = written.lines().filter(without).flat_map(|line| [line, "\n"]).collect();
    house.write("bare.toml", bare);
    house.run(&["analyze", "bare.toml", "--preview"]).ended(1).explains("--encoding");
    house.run(&["analyze", "bare.toml", "--preview", "--encoding", "latin-1"]).ended(0);
    // A file of the same plan that is in UTF-8 is read as such: nobody becomes somebody else.
    let both = fs::read_to_string(house.path("bare.toml")).unwrap();
    let people = "[[people]]\nfile = \"people.csv\"\nperson = \"pid\"\nunit = \"cercle\"\n";
    let both = both.replace("audience = \"outside\"", "audience = \"inside\"");
    house.write("both.toml", format!("{both}\n{people}"));
    let rows = (0..20)
        .fold("pid,cercle\n".to_owned(), |rows, n| format!("{rows}K-{n},Cercle é{}\n", n % 2));
    house.write("people.csv", rows);
    house.run(&["analyze", "both.toml", "--out", "both", "--encoding", "latin-1"]).ended(0);
    let circles = fs::read_to_string(house.path("both/tables/circles.csv")).unwrap();
    assert!(circles.contains("Cercle é0") && !circles.contains('Ã'), "{circles}");
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(units).collect();
    house.write("wide.csv", &wide);
    house.run(&["analyze", "--suggest", "wide.csv"]).ended(0).says("gad{1..2}");
    // Every sheet of a workbook is looked at.
    let book = ["analyze", "--suggest", "out/report.xlsx"];
    house.run(&book).ended(0).says("sheet \"reach\"").says("sheet \"About\"");
}

#[test]
fn what_is_wrong_with_a_plan_is_worded_by_the_catalog() {
    let house = evaluation();
    let wrong = PLAN.replace("schema = 1", "schema = \"1\"").replace("phq-9", "phq-99");
    house.write("plan.toml", wrong.replace("[\"district\"]", "[\"distrit\"]"));
    analyze(&house, &["--out", "out"])
        .ended(1)
        .explains("Wanted here: a whole number; found: text.")
        .explains("With the program comes no instrument “phq-99”")
        .explains("The plan has no grouping “distrit”. Did you mean “district”?");
}

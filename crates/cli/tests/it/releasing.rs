//! Reports for several readers: defined, built together, released, and made again.

use std::fmt::Write as _;
use std::fs;

use crate::house::{House, Ran};

const PLAN: &str = r#"
schema = 1
title = "circles-2026"
audience = "inside"
[[timepoints]]
code = "t0"
session = 0
[[timepoints]]
code = "t1"
session = 8
[[instruments]]
id = "gad-2"
[[people]]
file = "people.csv"
person = "pid"
groupings = { district = "district" }
[[sheets]]
file = "answers.csv"
person = "pid"
  [[sheets.scales]]
  instrument = "gad-2"
  items = ["a{1..2}"]
  timepoint = "t0"
  [[sheets.scales]]
  instrument = "gad-2"
  items = ["b{1..2}"]
  timepoint = "t1"
"#;

/// Sixty people, three of whom live in a district of their own.
fn evaluation() -> House {
    let house = House::empty().locked();
    let (mut people, mut answers) = ("pid,district\n".to_owned(), "pid,a1,a2,b1,b2\n".to_owned());
    for n in 0..60 {
        let district = if n < 3 { "huye" } else { "gasabo" };
        let _ = writeln!(people, "K-{n},{district}");
        let _ = writeln!(answers, "K-{n},{},{},{},{}", n % 4, (n + 1) % 4, n % 3, n % 2);
    }
    house.write("people.csv", people);
    house.write("answers.csv", answers);
    house.write("plan.toml", PLAN);
    house
}

fn define(house: &House, name: &str, more: &[&str]) {
    let args = ["report", "define", name, "--book", "reports.toml", "--title", "For a fund"];
    house.run(&[&args, more].concat()).ended(0);
}

fn of_book(house: &House, verb: &[&str], more: &[&str]) -> Ran {
    let book = ["--book", "reports.toml", "--plan", "plan.toml"];
    house.run(&[&["report"], verb, &book, more].concat())
}

#[test]
fn a_report_of_a_part_keeps_back_what_the_whole_would_tell_beside_it() {
    let house = evaluation();
    define(&house, "all", &["--audience", "inside"]);
    define(&house, "gasabo", &["--audience", "inside", "--only", "district=gasabo"]);
    let indicators = "  [[reports.indicators]]\n  what = \"people-reached\"\n  label = \"1.1 Beneficiaries\"\n  target = 50\n";
    let book = fs::read_to_string(house.path("reports.toml")).unwrap();
    house.write("reports.toml", format!("{book}{indicators}"));
    house.run(&["report", "list", "--book", "reports.toml"]).ended(0).says("district: gasabo");
    let ran = of_book(&house, &["build"], &["--out", "out", "--on", "2026-11-26"]);
    ran.ended(0).says("gasabo: how many took part is kept back: beside all");
    let figures = |name: &str| {
        let json = fs::read(house.path(&format!("out/{name}/report.json"))).unwrap();
        serde_json::from_slice::<serde_json::Value>(&json).unwrap()["figures"].clone()
    };
    assert_eq!(figures("all")["reach"]["people"]["n"], 60);
    assert_eq!(figures("gasabo")["reach"]["people"]["is"], "hidden");
    let table = fs::read_to_string(house.path("out/gasabo/tables/indicators.csv")).unwrap();
    assert!(table.contains("\"1.1 Beneficiaries\",\"\",\"50\",\"hidden\""), "{table}");
}

#[test]
fn the_page_and_its_figures_show_what_somebody_asked_for_in_their_words() {
    let house = evaluation();
    define(&house, "fund", &["--audience", "inside", "--only", "district=gasabo"]);
    let indicators = "  [[reports.indicators]]\n  what = \"people-reached\"\n  label = \"1.1 Beneficiaries\"\n  target = 50\n  source = \"register\"\n";
    let book = fs::read_to_string(house.path("reports.toml")).unwrap();
    house.write("reports.toml", format!("{book}{indicators}"));
    of_book(&house, &["build"], &["--out", "out", "--on", "2026-11-26"]).ended(0);
    let page = fs::read_to_string(house.path("out/fund/report.html")).unwrap();
    for said in
        ["<h1>For a fund</h1>", "district: gasabo", "1.1 Beneficiaries", "Actual 57, target 50"]
    {
        assert!(page.to_lowercase().contains(&said.to_lowercase()), "{said}");
    }
    let json = fs::read(house.path("out/fund/report.json")).unwrap();
    let asked = serde_json::from_slice::<serde_json::Value>(&json).unwrap()["asked"].clone();
    assert_eq!(asked["title"], "For a fund");
    assert_eq!(asked["indicators"][0]["target"], 50.0);
    assert_eq!(asked["indicators"][0]["actual"]["n"], 57.0);
}

#[test]
fn a_release_comes_out_the_same_until_something_is_changed_and_says_what() {
    let house = evaluation();
    define(&house, "all", &["--audience", "outside"]);
    let out = ["--out", "released", "--on", "2026-11-26"];
    of_book(&house, &["freeze"], &out).ended(0).says("Released in");
    // A run that was broken off is taken up again.
    of_book(&house, &["freeze"], &out).ended(0).says("is there already, the same to the byte");
    let check = || of_book(&house, &["check", "released/all-2026-11-26"], &[]);
    check().ended(0).says("comes out the same, to the byte");
    // Two more people: the data have changed, and so has what comes of them.
    let more = |file: &str, line: &str| {
        let text = fs::read_to_string(house.path(file)).unwrap();
        house.write(file, format!("{text}{line}\n"));
    };
    more("people.csv", "K-60,gasabo");
    more("people.csv", "K-61,gasabo");
    check().ended(1).explains("data: people.csv (changed)").explains("report.json (changed)");
    let there = of_book(&house, &["freeze"], &out);
    there.ended(1).explains("all-2026-11-26” is there already, and is not the same");
    // Whoever has the release would learn of the two.
    let beside = ["--beside", "released/all-2026-11-26", "--out", "out"];
    let ran = of_book(&house, &["build"], &beside);
    ran.ended(0)
        .says("beside all as it was released it would tell of a few people")
        .says("changed against the last release")
        .says("data: people.csv (changed)");
    let changes = fs::read_to_string(house.path("out/all/tables/changes.csv")).unwrap();
    assert!(changes.contains("\"60\",\"hidden\""), "{changes}");
    let page = fs::read_to_string(house.path("out/all/report.html")).unwrap();
    assert!(page.contains("What changed since the last release"), "the page says it too");
    assert!(page.contains("in the release of 26 November 2026"));
    assert!(page.contains("data: people.csv (changed)"));
    let page = fs::read_to_string(house.path("released/all-2026-11-26/report.html")).unwrap();
    house.write("released/all-2026-11-26/report.html", page.replace("60", "61"));
    house.write("released/all-2026-11-26/notes.txt", "more");
    check()
        .ended(1)
        .explains("report.html is no longer what it was")
        .explains("notes.txt was added after it was released");
    let book = ["--book", "reports.toml", "--plan", "plan.toml"];
    let ran =
        house.run(&[&["--json", "report", "check", "released/all-2026-11-26"], &book[..]].concat());
    assert!(format!("{}{}", ran.out, ran.err).contains("altered"), "{ran:?}");
}

#[test]
fn what_changes_none_of_the_files_of_a_release_is_a_note() {
    let house = evaluation();
    define(&house, "all", &["--audience", "outside"]);
    let out = ["--out", "released", "--on", "2026-11-26"];
    of_book(&house, &["freeze"], &out).ended(0);
    let plan = fs::read_to_string(house.path("plan.toml")).unwrap();
    house.write("plan.toml", format!("# A comment.\n{plan}"));
    define(&house, "more", &["--audience", "inside"]);
    of_book(&house, &["check", "released/all-2026-11-26"], &[])
        .ended(0)
        .says("comes out the same, to the byte")
        .says("the plan has changed")
        .says("other reports of the book are defined in another way");
    // A manifest names files of its own folder and no others.
    let manifest = fs::read_to_string(house.path("released/all-2026-11-26/release.toml")).unwrap();
    let digest = "0".repeat(64);
    let manifest =
        manifest.replace("[files]\n", &format!("[files]\n\"../../people.csv\" = \"{digest}\"\n"));
    house.write("released/all-2026-11-26/release.toml", manifest);
    of_book(&house, &["check", "released/all-2026-11-26"], &[])
        .ended(1)
        .explains("../../people.csv is gone");
}

#[test]
fn a_book_that_was_released_in_part_is_released_to_its_end() {
    let house = evaluation();
    define(&house, "all", &["--audience", "outside"]);
    define(&house, "team", &["--audience", "inside"]);
    let freeze = || of_book(&house, &["freeze"], &["--out", "released", "--on", "2026-11-26"]);
    freeze().ended(0);
    fs::remove_dir_all(house.path("released/team-2026-11-26")).unwrap();
    // What the run that was broken off left beside it is swept, and is no release.
    let left = house.folder().join("released/team-2026-11-26.new-4t7k-2");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("release.toml"), "torn").unwrap();
    let ran = freeze();
    ran.ended(0).says("all-2026-11-26 is there already, the same to the byte");
    ran.says("Released in released/team-2026-11-26");
    assert!(!left.exists());
}

#[test]
fn two_releases_of_one_name_are_two_and_one_is_one_however_often_it_is_named() {
    let house = evaluation();
    define(&house, "all", &["--audience", "outside"]);
    let freeze = |out: &str| of_book(&house, &["freeze"], &["--out", out, "--on", "2026-11-26"]);
    freeze("here").ended(0);
    let people = fs::read_to_string(house.path("people.csv")).unwrap();
    let more: String = (60..80).map(|n| format!("K-{n},gasabo\n")).collect();
    house.write("people.csv", format!("{people}{more}"));
    freeze("there").ended(0);
    let (here, there) = ("here/all-2026-11-26", "there/all-2026-11-26");
    let beside = ["--beside", here, there, "there/../here/all-2026-11-26", "--out", "new"];
    let ran = of_book(&house, &["freeze"], &[&beside[..], &["--on", "2026-12-01"]].concat());
    ran.ended(0);
    let manifest = fs::read_to_string(house.path("new/all-2026-12-01/release.toml")).unwrap();
    let earlier = manifest.split("[earlier]").nth(1).unwrap().split("\n\n").next().unwrap();
    assert_eq!(earlier.trim().lines().count(), 2, "{earlier}");
    let check = ["check", "new/all-2026-12-01"];
    of_book(&house, &check, &["--beside", there, here]).ended(0).says("to the byte");
    // Where no figure has changed, nothing is told to have changed it.
    let ran = of_book(&house, &["build"], &["--beside", there, "--out", "out"]);
    ran.ended(0).says("No figure has changed against the last release.");
    assert!(!ran.out.contains("earlier release"), "{}", ran.out);
}

#[test]
fn whoever_has_the_last_release_does_not_learn_of_one_person_from_the_next() {
    let house = evaluation();
    define(&house, "all", &["--audience", "outside"]);
    let freeze = |day: &str| of_book(&house, &["freeze"], &["--out", "released", "--on", day]);
    freeze("2026-11-01").ended(0);
    let people = fs::read_to_string(house.path("people.csv")).unwrap();
    house.write("people.csv", format!("{people}K-60,gasabo\n"));
    freeze("2026-11-02")
        .ended(0)
        .says("Read beside the releases that lie there already: all-2026-11-01.")
        .says("beside all as it was released it would tell of a few people");
    let json = fs::read_to_string(house.path("released/all-2026-11-02/report.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["figures"]["reach"]["people"]["is"], "hidden");
    // What it was read beside is found again; naming it too changes nothing.
    let check = ["check", "released/all-2026-11-02"];
    of_book(&house, &check, &[]).ended(0).says("comes out the same, to the byte");
    let beside = ["--beside", "released/all-2026-11-01"];
    of_book(&house, &check, &beside).ended(0).says("comes out the same, to the byte");
    // One that cannot be read is named.
    house.write("released/all-2026-11-01/report.json", "{}");
    freeze("2026-11-03").ended(1).explains("all-2026-11-01” is no release");
    let wrong = of_book(&house, &["check", "released/nowhere"], &[]);
    wrong.ended(1).explains("released/nowhere/release.toml” could not be read");
}

#[test]
fn a_release_of_answers_that_could_not_all_be_read_says_so_and_comes_out_the_same() {
    let house = evaluation();
    define(&house, "all", &["--audience", "outside"]);
    let answers = fs::read_to_string(house.path("answers.csv")).unwrap();
    house.write("answers.csv", answers.replace(",3,0,", ",?,0,"));
    let out = ["--out", "released", "--on", "2026-11-26", "--lenient"];
    of_book(&house, &["freeze"], &out).ended(0);
    let page = fs::read_to_string(house.path("released/all-2026-11-26/report.html")).unwrap();
    assert!(page.contains("20 answers, totals or marks in the files could not be read."));
    let check = ["check", "released/all-2026-11-26"];
    of_book(&house, &check, &[]).ended(0).says("comes out the same, to the byte");
    of_book(
        &house,
        &["build"],
        &["--beside", "released/all-2026-11-26", "--out", "out", "--lenient"],
    )
    .ended(0);
}

const HEAD_OF_BOOK: &str = "[[reports]]\nname = \"a\"\ntitle = \"A\"\naudience = \"outside\"\n";

#[test]
fn what_a_report_cannot_tell_is_said_when_it_is_built() {
    let house = evaluation();
    let indicator = |more: &str| format!("[[reports.indicators]]\n{more}\n");
    let (phq, hours) = (
        indicator("what = \"mean-change\"\ninstrument = \"phq9\""),
        indicator("what = \"hours\"\nlabel = \"2.1 Hours\""),
    );
    house.write("reports.toml", format!("{HEAD_OF_BOOK}{phq}{hours}"));
    of_book(&house, &["build"], &["--out", "out"])
        .ended(0)
        .says("nobody here is asked the instrument “phq9”")
        .says("“2.1 Hours” is not in this report: files do not tell it");
    let nowhere = "filter = { district = [\"gasabo\", \"nowhere\"] }\n";
    house.write("reports.toml", format!("{HEAD_OF_BOOK}{nowhere}"));
    let ran = of_book(&house, &["build"], &["--out", "out"]);
    ran.ended(1).explains("names groups that nobody is in: district: nowhere");
    house.write("reports.toml", format!("{HEAD_OF_BOOK}joined_on = \"nope\"\n"));
    of_book(&house, &["build"], &["--out", "out"]).ended(1).explains("grouping “nope”");
    // Days that are written in another order are refused, and who has none is counted.
    let year = "period = { from = 2025-01-01, to = 2026-12-31 }\njoined_on = \"joined\"\n";
    house.write("reports.toml", format!("{HEAD_OF_BOOK}{year}"));
    let plan = PLAN.replace("groupings = {", "groupings = { joined = \"joined\",");
    house.write("plan.toml", plan);
    let people = fs::read_to_string(house.path("people.csv")).unwrap();
    let with = |day: &str| people.replace("\n", &format!(",{day}\n")).replacen(day, "joined", 1);
    house.write("people.csv", with("31/12/2025"));
    of_book(&house, &["build"], &["--out", "out"])
        .ended(1)
        .explains("people.csv, line 2, column 3: 60 texts in this column are no days");
    house.write("people.csv", with("2025-12-31 00:00:00").replacen("2025-12-31 00:00:00", "", 1));
    of_book(&house, &["build"], &["--out", "out"])
        .ended(0)
        .says("One person has no day on which they joined");
}

#[test]
fn a_book_that_is_wrong_is_told_by_line() {
    let house = evaluation();
    house.write(
        "reports.toml",
        "[[reports]]\nname = \"a\"\ntitle = \"A\"\naudience = \"outside\"\nfloor = 3\n",
    );
    let ran = house.run(&["report", "list", "--book", "reports.toml"]);
    ran.ended(1).explains("line 5").explains("below 11").explains("docs/plans-and-books.md");
    // What is asked for by an option is told of the option, and the file that is not there is not blamed.
    let args = ["report", "define", "year", "--book", "new.toml", "--title", "T"];
    let define_new = |more: &[&str]| house.run(&[&args, more].concat());
    let audience = ["--audience", "outside"];
    let backwards = ["--from", "2026-02-01", "--to", "2026-01-01"];
    define_new(&[&audience[..], &backwards].concat()).ended(1).explains("--to lies before --from");
    define_new(&[&audience[..], &["--floor", "3"]].concat())
        .ended(1)
        .explains("--floor 3 is below 11");
    define_new(&audience).ended(0);
    define_new(&audience).ended(1).explains("There is a report “year” in “new.toml” already");
    // A slip of the pen, and a book that is none.
    house.write("slip.toml", "[[report]]\nname = \"a\"\n");
    let ran = house.run(&["report", "list", "--book", "slip.toml"]);
    ran.ended(1).explains("There is no key “report”. Did you mean “reports”?");
    let ran = house.run(&["report", "build", "--book", "plan.toml", "--out", "out"]);
    ran.ended(1).explains("There is no report in “plan.toml”");
    let endless = "[[reports.indicators]]\nwhat = \"hours\"\ntarget = inf\n";
    house.write("endless.toml", format!("{HEAD_OF_BOOK}{endless}"));
    let ran = house.run(&["report", "list", "--book", "endless.toml"]);
    ran.ended(1).explains("Wanted here: a number, such as 12 or 0.85; found: nan or inf.");
    let args = ["report", "define", "a", "--title", "T", "--audience", "inside", "--book"];
    house
        .run(&[&args[..], &["gone/new.toml"]].concat())
        .ended(5)
        .explains("gone/new.toml” could not");
    house.write("words.toml", HEAD_OF_BOOK.replace("outside", "everyone"));
    let ran = house.run(&["report", "list", "--book", "words.toml"]);
    ran.ended(1).explains("The word “everyone” is not known here").explains("inside, outside");
    let period = ["--from", "2026-01-01", "--to", "2026-12-31", "--audience", "inside"];
    fs::remove_file(house.path("reports.toml")).unwrap();
    define(&house, "year", &period);
    of_book(&house, &["build"], &["--out", "out"])
        .ended(1)
        .explains("nothing says when people joined");
    assert!(!house.folder().join("out").exists());
}

/// A program with its records, and a book of reports beside it.
fn program() -> (House, std::path::PathBuf) {
    let house = House::empty().locked();
    let demo = house.folder().join("demo");
    house.run(&["--dir", &demo.to_string_lossy(), "demo", "healing-circle"]).ended(0);
    (house, demo)
}

#[test]
fn a_funder_is_told_of_a_program_by_its_own_records() {
    let (house, demo) = program();
    let define = |name: &str, more: &[&str]| {
        let args = ["report", "define", name, "--book", "reports.toml", "--title", "For a fund"];
        house.run_in(&demo, &[&args, more].concat()).ended(0);
    };
    define("all", &["--audience", "inside"]);
    let indicators = "  [[reports.indicators]]\n  what = \"facilitators\"\n  target = 2\n";
    let book = fs::read_to_string(house.path("reports.toml")).unwrap();
    house.write("reports.toml", format!("{book}{indicators}"));
    define("circles", &["--audience", "inside", "--only", "model=healing-circle"]);
    let book = fs::read_to_string(house.path("reports.toml")).unwrap();
    house.write("reports.toml", format!("{book}{indicators}"));
    house.run_in(&demo, &["report", "build", "--book", "reports.toml", "--out", "out"]).ended(0);
    let json = |name: &str| -> serde_json::Value {
        let bytes = fs::read(house.path(&format!("out/{name}/report.json"))).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    };
    let whole = house.json_in(&demo, &["report"]);
    assert_eq!(json("all")["figures"]["reach"], whole["figures"]["reach"]);
    assert_eq!(json("all")["figures"]["scales"], whole["figures"]["scales"]);
    assert_eq!(json("all")["asked"]["indicators"][0]["actual"]["is"], "number");
    // Of a part nothing is said of the work.
    let part = json("circles");
    assert!(part["figures"].get("safety").is_none());
    assert_eq!(part["asked"]["indicators"][0]["actual"]["is"], "not_in_report");
    let page = fs::read_to_string(house.path("out/circles/report.html")).unwrap();
    assert!(page.contains("DEMONSTRATION") && !page.contains("Safety and referrals"));
    define("nobody", &["--audience", "inside", "--only", "circle=zzzz-q"]);
    let ran = house.run_in(&demo, &["report", "build", "--book", "reports.toml", "--out", "no"]);
    ran.ended(1).explains("names groups that nobody is in: circle: zzzz-q");
    let book = fs::read_to_string(house.path("reports.toml")).unwrap();
    house.write(
        "reports.toml",
        book.replace("circle = [\"zzzz-q\"]", "model = [\"healing-circle\"]"),
    );
    define("sealed", &["--audience", "inside", "--only", "district=huye"]);
    let ran = house.run_in(&demo, &["report", "build", "--book", "reports.toml", "--out", "no"]);
    ran.ended(1).explains("do not tell openly").explains("circle, model");
}

#[test]
fn a_release_of_a_program_comes_out_the_same_though_more_was_recorded_since() {
    let (house, demo) = program();
    let args = ["report", "define", "all", "--book", "reports.toml", "--title", "For a fund"];
    house.run_in(&demo, &[&args[..], &["--audience", "inside"]].concat()).ended(0);
    let of = |verb: &[&str], more: &[&str]| {
        let book = ["--book", "reports.toml"];
        house.run_in(&demo, &[&["report"], verb, &book, more].concat())
    };
    of(&["freeze"], &["--out", "released", "--on", "2026-11-26"]).ended(0);
    let check = || of(&["check", "released/all-2026-11-26"], &[]);
    check().ended(0).says("comes out the same, to the byte");
    let more = "name,born,day,place\nSomebody New,1990-02-03,2026-11-01,Huye\n";
    house.write("more.csv", more);
    house.run_in(&demo, &["people", "import", "more.csv"]).ended(0);
    check().ended(0).says("comes out the same, to the byte");
    let beside = ["--beside", "released/all-2026-11-26", "--out", "out", "--on", "2026-12-01"];
    of(&["build"], &beside).ended(0).says("more was recorded since");
}

//! Circles formed: from files, from a program, and convened.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::house::House;

pub(crate) const PEOPLE: &str = include_str!("../../../../examples/forming/people.csv");
pub(crate) const FACILITATORS: &str = include_str!("../../../../examples/forming/facilitators.csv");
const RULES: &str = include_str!("../../../../examples/forming/rules.toml");

/// The made-up lists of the example, in a folder without a program.
fn lists(house: &House) -> [String; 6] {
    [
        "--roster".to_owned(),
        house.write("people.csv", PEOPLE),
        "--facilitators".to_owned(),
        house.write("facilitators.csv", FACILITATORS),
        "--rules".to_owned(),
        house.write("rules.toml", RULES),
    ]
}

fn form<'a>(lists: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    let lists = lists.iter().map(String::as_str);
    ["form"].into_iter().chain(lists).chain(more.iter().copied()).collect()
}

/// In which circle each person sits.
fn seats(answer: &Value) -> BTreeMap<String, Option<u64>> {
    let people = answer["people"].as_array().unwrap().iter();
    people.map(|it| (it["key"].as_str().unwrap().to_owned(), it["circle"].as_u64())).collect()
}

#[test]
fn circles_of_two_files_are_told_with_a_reason_for_everybody_and_none_for_who_is_kept_apart() {
    let house = House::empty();
    let lists = lists(&house);
    let ran = house.run(&form(&lists, &[]));
    ran.ended(0).says("22 of 32 people sit in 4 circles").says("10 people wait").says("proven");
    ran.says("Somebody leads when they are free: sun");
    ran.never_says("apart").never_says("Aline");
    let answer = house.json(&form(&lists, &[]));
    let seats = seats(&answer);
    // Esther (p05) and Ben (p02), Rose (p18) and Samuel (p19) never sit together, in any order.
    assert!(seats["p18"].is_some() && seats["p18"] != seats["p19"]);
    assert_eq!(answer["cost"]["total"], answer["bound"]);
    for person in answer["people"].as_array().unwrap() {
        assert!(person["because"].is_string() != person["waits"].is_object(), "{person}");
        assert!(!person["told"].as_array().unwrap().is_empty());
    }
    assert!(!answer.to_string().contains("apart"));
    // The same lists give the same circles; names show where they are asked for.
    assert_eq!(house.json(&form(&lists, &[])), answer);
    house.run(&form(&lists, &["--why", "p26", "--names"])).ended(0).says("p26 Zawadi waits.");
    house.run(&form(&lists, &["--why", "nobody"])).ended(1).explains("Nobody in the list");
}

#[test]
fn whoever_is_parted_or_joined_on_the_command_line_is_so() {
    let house = House::empty();
    let lists = lists(&house);
    let before = seats(&house.json(&form(&lists, &[])));
    assert_eq!(before["p01"], before["p24"], "or this test tries nothing");
    let after = seats(&house.json(&form(&lists, &["--keep-apart", "p01,p24"])));
    assert!(after["p01"].is_none() || after["p01"] != after["p24"]);
    let led = seats(&house.json(&form(&lists, &["--keep-apart", "f3,p04"])));
    assert_eq!(led["p04"], None, "nobody else leads for them");
    house.run(&form(&lists, &["--together", "p01"])).ended(1).explains("two codes");
    for (option, pair) in [("--together", "p01,p99"), ("--keep-apart", "zz,p01")] {
        let ran = house.run(&form(&lists, &[option, pair]));
        ran.ended(1).explains(&format!("{option}: Nobody in the list"));
    }
    let ran = house.run(&form(&lists, &["--keep-apart", "p01,p01"]));
    ran.ended(1).explains("--keep-apart: One person cannot be kept apart from themselves");
    assert!(!ran.err.contains("people.csv"), "the list is not to blame: {ran:?}");
}

#[test]
fn everything_that_is_wrong_with_the_lists_is_told_with_its_place() {
    let house = House::empty();
    let people = "id,place,languages,times,company,together\n\
        1,Hill,rw,mon 14:00,,9\n\
        1,Hill,rw,mon 25:00,,\n\
        3,Hill,rw,noon,women,3\n";
    let people = house.write("people.csv", people);
    let leaders = house.write("f.csv", "id;times;ready;circles\nf1;mon 14:00;perhaps;many\n");
    let rules =
        house.write("rules.toml", "sizes = { fewest = 7, usual = 6, most = 5 }\nsise = 3\n");
    let ran = house.run(&["form", "--roster", &people, "--facilitators", &leaders]);
    ran.ended(1).explains("Nothing says how many people");
    let asked = ["form", "--roster", &people, "--facilitators", &leaders, "--rules", &rules];
    // All three files at once, each by its name.
    let ran = house.run(&asked);
    ran.ended(1).explains("rules.toml, line 1").explains("rules.toml, line 2").explains("sise");
    ran.explains("people.csv, line 3, column 4 (times)").explains("f.csv, line 2, column 3");
    let gone = house.path("gone.csv");
    let asked = ["form", "--roster", &people, "--facilitators", &gone, "--rules", &rules];
    let ran = house.run(&asked);
    ran.ended(1).explains("gone.csv” could not be read.").explains("people.csv, line 3");
    let torn = house.write("torn.csv", "id,times\nf1,\"mon 14:00\n");
    let asked = ["form", "--roster", &people, "--facilitators", &torn, "--rules", &rules];
    house.run(&asked).ended(1).explains("torn.csv, line 2, column 2").explains("sise");
    let rules = house.write("rules.toml", RULES);
    let asked = ["form", "--roster", &people, "--facilitators", &leaders, "--rules", &rules];
    let ran = house.run(&asked);
    ran.ended(1).explains("people.csv").explains("line 3, column 4").explains("line 4, column 4");
    ran.explains("line 4, column 5").explains("f.csv").explains("line 2, column 3");
    ran.explains("line 2, column 4");
    // What the rows say of each other is told with it, where their keys can be read.
    let unread = house
        .write("people.csv", "id,languages,times,together\n1,rw,noon,9\n2,rw,mon,2\n2,rw,mon,\n");
    let asked = ["form", "--roster", &unread, "--facilitators", &leaders, "--rules", &rules];
    let ran = house.run(&asked);
    ran.ended(1)
        .explains("line 2, column 3 (times)")
        .explains("people.csv, line 2: A key is named");
    ran.explains("people.csv, line 3: Somebody is named with themselves").explains("f.csv");
    let headless = house.write("people.csv", "1,rw,mon 14:00\n2,rw,mon 14:00\n");
    let asked = ["form", "--roster", &headless, "--facilitators", &leaders, "--rules", &rules];
    house.run(&asked).ended(1).explains("“form --template” prints one");
    let people = house.write("people.csv", "id,languages,times,together\n1,rw,mon 14:00,9\n");
    let leaders = house.write("f.csv", "id,languages,times\nf1,rw,mon 14:00\n");
    let asked = ["form", "--roster", &people, "--facilitators", &leaders, "--rules", &rules];
    house.run(&asked).ended(1).explains("line 2").explains("that nobody has");
}

#[test]
fn a_proposal_is_a_page_a_table_and_data_and_a_changed_table_is_checked_by_every_rule() {
    let house = House::empty();
    let lists = lists(&house);
    let out = house.path("proposal");
    house.run(&form(&lists, &["--out", &out])).ended(0).says("Written:");
    let page = fs::read_to_string(house.folder().join("proposal/circles.html")).unwrap();
    assert!(page.contains("Mon 14:00") && page.contains("p26") && !page.contains("Zawadi"));
    assert!(!page.contains("<script") && !page.contains("http"));
    // Written again over what was not touched, and not over what somebody changed.
    house.run(&form(&lists, &["--out", &out])).ended(0);
    let book = house.path("proposal/seats.xlsx");
    // Latecomers join circles that stand, and nobody in them is moved.
    let standing = house.json(&form(&lists, &["--standing", &book]));
    let before = seats(&house.json(&form(&lists, &[])));
    let after = seats(&standing);
    for (key, seat) in before.iter().filter(|(_, seat)| seat.is_some()) {
        assert_eq!(after[key], *seat, "{key} was moved");
    }
    // By hand: somebody who is not free then, and a circle that becomes too small.
    let table = fs::read_to_string(house.folder().join("proposal/seats.csv")).unwrap();
    let table = table.replace("\r\n", "\n");
    let lost = table.lines().filter(|line| !line.contains("p03")).collect::<Vec<_>>().join("\n");
    let lost = house.write("lost.csv", lost);
    // Whoever is not in the table is taken as somebody who came later.
    let ran = house.run(&form(&lists, &["--standing", &lost]));
    ran.ended(0).explains("not in the table of seats").says("sit in 4 circles");
    let row = |key: &str| table.lines().find(|line| line.contains(key)).unwrap().to_owned();
    let (waits, sits) = (row("p16"), row("p01"));
    let moved = sits.replace("p01", "p16");
    assert!(!table.contains("Aline"), "names were not asked for");
    let wrong = house.write("wrong.csv", table.replace(&waits, &moved));
    let ran = house.run(&form(&lists, &["--standing", &wrong]));
    ran.ended(1).explains("not free at the circle’s time").explains("wrong.csv, line");
    sleep(Duration::from_millis(30));
    fs::write(house.folder().join("proposal/seats.csv"), table).unwrap();
    house.run(&form(&lists, &["--out", &out])).ended(1).explains("changed since");
}

/// A program of healing circles.
pub(crate) fn founded(house: &House) {
    house
        .run(&[
            "init",
            "--zone",
            "Africa/Kigali",
            "--jurisdiction",
            "rw",
            "--model",
            "healing-circle",
            "--recovery-out",
            &house.path("sheet.txt"),
            "--yes-i-wrote-it-down",
            "--weak-for-tests",
        ])
        .ended(0);
}

#[test]
fn a_programs_own_people_are_seated_kept_apart_and_convened() {
    let house = House::empty();
    founded(&house);
    house.run(&["form"]).ended(1).explains("people import FILE --standing staff");
    let (people, leaders) = (house.write("p.csv", PEOPLE), house.write("f.csv", FACILITATORS));
    house.run(&["people", "import", &people, "--accept-duplicates"]).ended(0);
    house.run(&["people", "import", &leaders, "--standing", "staff"]).ended(0);
    let ran = house.run(&["form"]);
    ran.ended(1).explains("form --wishes FILE");
    let ran = house.run(&["form", "--wishes", &people]);
    ran.ended(0).says("32 people are taken in; 31 said");
    // Names are the program's own, and who is kept apart is noted by itself: neither is passed over in silence.
    ran.explains("left out, by number: 2, 10, 11, 12, 13").explains("--keep-apart");
    house.run(&["form", "--wishes", &leaders]).ended(0).says("5 people");
    let unknown = house.write("w.csv", "id,times\np01,mon\nnobody,mon 14:00\np01,tue\n");
    let ran = house.run(&["form", "--wishes", &unknown]);
    ran.ended(1).explains("line 3").explains("Nobody here").explains("line 4").explains("2 things");

    let listed = house.json(&["people", "list"]);
    let code = |name: &str| {
        let mut people = listed["people"].as_array().unwrap().iter();
        people.find(|it| it["name"] == name).unwrap()["code"].as_str().unwrap().to_owned()
    };
    let before = house.json(&["form"]);
    let (one, other) = (code("Aline"), code("Xavier"));
    assert_eq!(seats(&before)[&one], seats(&before)[&other], "or this test tries nothing");
    let pair = format!("{one},{other}");
    house.run(&["form", "--keep-apart", &pair]).ended(0).says("told to nobody");
    let ran = house.run(&["form", "--together", &pair]);
    ran.ended(0).says("to sit together where that can be").never_says("to nobody");
    house.run(&["form", "--pairs"]).ended(1).explains("This role");
    let pairs = house.json(&["form", "--pairs", "--as", "safeguarding-lead"]);
    assert_eq!(pairs["pairs"][0]["pair"], "apart");

    let out = house.path("proposal");
    house.run(&["form", "--out", &out]).ended(0).says("form --accept");
    let book = house.path("proposal/seats.xlsx");
    let convened = house.json(&["form", "--accept", &book]);
    let circles = convened["convened"].as_array().unwrap();
    let units: BTreeSet<_> = circles.iter().map(|it| it["unit_code"].as_str().unwrap()).collect();
    assert_eq!(units.len(), 4);
    for circle in circles {
        let people: Vec<_> =
            circle["people"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        assert!(!(people.contains(&one.as_str()) && people.contains(&other.as_str())));
        assert!((5..=7).contains(&people.len()));
    }
    // Whoever sits is proposed no more, and cannot be convened twice.
    let left = house.json(&["form"]);
    assert_eq!(left["people"].as_array().unwrap().len(), 32 - 22);
    house.run(&["form", "--accept", &book]).ended(1);
    let lift = pairs["pairs"][0]["code"].as_str().unwrap();
    house.run(&["form", "--lift", lift]).ended(1).explains("This role");
    house.run(&["form", "--lift", lift, "--as", "safeguarding-lead"]).ended(0).says("Lifted");
    let locked = house.locked();
    locked.run(&["form"]).ended(3);
}

#[test]
fn who_may_not_lead_yet_is_counted_with_the_option_that_counts_on_them() {
    let house = House::started();
    let (people, leaders) = (house.write("p.csv", PEOPLE), house.write("f.csv", FACILITATORS));
    house.run(&["people", "import", &people, "--accept-duplicates"]).ended(0);
    house.run(&["people", "import", &leaders, "--standing", "staff"]).ended(0);
    house.run(&["form", "--wishes", &people]).ended(0);
    house.run(&["form", "--wishes", &leaders]).ended(0);
    let rules = house.write("rules.toml", "leaders = 1\n");
    let asked = ["form", "--rules", &rules, "--work", "1000"];
    house.run(&asked).ended(0).says("“--with-trainees” counts on them");
    let ran = house.run(&[&asked[..], &["--with-trainees"]].concat());
    ran.ended(0).never_says("may not lead yet");
}

#[test]
fn lists_to_fill_in_have_the_columns_that_are_read() {
    let house = House::empty();
    for (what, column) in [("people", "times"), ("facilitators", "ready"), ("wishes", "team")] {
        house.run(&["form", "--template", what]).ended(0).says(column);
        let answer = house.json(&["form", "--template", what]);
        assert!(answer["columns"][column].is_string(), "{answer}");
    }
    let rules = house.json(&["form", "--template", "rules"]);
    let file = house.write("rules.toml", rules["text"].as_str().unwrap());
    let (people, leaders) = (house.write("p.csv", PEOPLE), house.write("f.csv", FACILITATORS));
    let asked = ["form", "--roster", &people, "--facilitators", &leaders, "--rules", &file];
    house.run(&asked).ended(0).says("sit in");
}

#[test]
fn a_column_is_named_for_the_list_that_has_it_and_one_that_is_mistyped_is_refused() {
    let house = House::empty();
    let people: String = (1..=5).map(|n| format!("{n},Hill,rw,mon 14:00\n")).collect();
    let mistyped = house.write("people.csv", format!("id,plaec,languages,times\n{people}"));
    let leaders = house.write("f.csv", "id,Zone,languages,times\nf1,Hill,rw,mon 14:00\n");
    let rules = house.write("rules.toml", "sizes = { fewest = 5, usual = 6, most = 7 }\n");
    let asked = ["form", "--roster", &mistyped, "--facilitators", &leaders, "--rules", &rules];
    let ran = house.run(&asked);
    ran.ended(1).explains("people.csv, line 1, column 2").explains("Did you mean “place”?");
    let people = house.write("people.csv", format!("id,place,languages,times\n{people}"));
    let asked = ["form", "--roster", &people, "--facilitators", &leaders, "--rules", &rules];
    let ran = house.run(&asked);
    ran.ended(0).explains("f.csv: columns that were left out, by number: 2").says("5 people wait");
    let ran = house.run(&[&asked[..], &["--column", "place=Zone"]].concat());
    ran.ended(0).says("5 of 5 people sit").never_says("left out");
    let ran = house.run(&[&asked[..], &["--column", "place=Nowhere"]].concat());
    ran.ended(1).explains("people.csv").explains("f.csv");
}

#[test]
fn what_nothing_comes_of_is_said() {
    let house = House::empty();
    let mut people = "id,languages,times,together,apart\n1,rw,mon 14:00,2,2\n".to_owned();
    for n in 2..=5 {
        people = format!("{people}{n},rw,mon 14:00,,\n");
    }
    let people = house.write("people.csv", format!("{people}6,rw,mon 14:00-14:30,,\n"));
    let leaders = house.write("f.csv", "id,languages,times\nf1,rw,mon 14:00\n");
    let rules = house.write("rules.toml", "sizes = { fewest = 4, usual = 6, most = 7 }\n");
    let asked = ["form", "--roster", &people, "--facilitators", &leaders, "--rules", &rules];
    let ran = house.run(&asked);
    ran.ended(0).explains("One pair of the lists is both").explains("shorter than a circle of 120");
    ran.says("200 for who waits").says("somebody who waits is 100");
}

/// Seven sit on Monday, one of whom could come on Tuesday too, and somebody came late who can come on Monday alone.
fn latecomer(house: &House) -> [String; 8] {
    let mut people =
        "id,place,languages,times\nlate,P,en,mon 09:00\nx,P,en,mon 09:00; tue 09:00\n".to_owned();
    let mut seats = "circle,facilitator,time,language,id\n1,f1,mon 09:00,en,x\n".to_owned();
    for n in 0..6 {
        people = format!("{people}a{n},P,en,mon 09:00\n");
        seats = format!("{seats}1,f1,mon 09:00,en,a{n}\n");
    }
    for n in 0..5 {
        people = format!("{people}t{n},P,en,tue 09:00\n");
        seats = format!("{seats}2,f2,tue 09:00,en,t{n}\n");
    }
    let leaders = "id,place,languages,times\nf1,P,en,mon 09:00\nf2,P,en,tue 09:00\n";
    [
        "--roster".to_owned(),
        house.write("people.csv", people),
        "--facilitators".to_owned(),
        house.write("f.csv", leaders),
        "--rules".to_owned(),
        house.write("rules.toml", "sizes = { fewest = 5, usual = 6, most = 7 }\n"),
        "--standing".to_owned(),
        house.write("seats.csv", seats),
    ]
}

#[test]
fn whom_it_would_gain_to_move_is_said_before_and_after() {
    let house = House::empty();
    let lists = latecomer(&house);
    let ran = house.run(&form(&lists, &[]));
    ran.ended(0).says("Moving one person who was told already (x)").says("“--let-move”");
    let answer = house.json(&form(&lists, &[]));
    assert_eq!(answer["moving"]["people"], serde_json::json!(["x"]));
    let ran = house.run(&form(&lists, &["--let-move"]));
    ran.ended(0).says("13 of 13").says("Moved, though they were told already: x.");
    let answer = house.json(&form(&lists, &["--let-move"]));
    assert_eq!(answer["moving"]["people"], serde_json::json!(["x"]));
    assert_eq!(answer["moving"]["taken"], true);
}

/// Ctrl-C keeps the best that was found, and it is written.
#[cfg(unix)]
#[test]
fn whoever_presses_ctrl_c_has_the_best_so_far() {
    let house = House::empty();
    let mut lists = lists(&house);
    // So many people that no proof comes soon.
    let mut many = PEOPLE.lines().next().unwrap().to_owned();
    for copy in 0..8 {
        for line in PEOPLE.lines().skip(1) {
            let line = line.replace("p", &format!("c{copy}p"));
            many = format!("{many}\n{line}");
        }
    }
    lists[1] = house.write("many.csv", many);
    let out = house.path("proposal");
    let first = house.path("first");
    house.run(&form(&lists, &["--work", "100000", "--out", &first])).ended(0);
    let seats = house.path("first/seats.csv");
    let more = ["--work", "900000000000", "--out", &out];
    stopped(&form(&lists, &more));
    // Latecomers too: what was found for them is not lost.
    let late = house.path("late");
    let more = ["--work", "900000000000", "--standing", &seats, "--out", &late];
    let told = stopped(&form(&lists, &more));
    assert_eq!(told["moving"], Value::Null, "what moving would gain was not looked for");
}

/// Ends a command while it looks; what it has written.
#[cfg(unix)]
fn stopped(asked: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_circlekeeper"));
    command.args(asked).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let id = child.id().to_string();
    let begun = Instant::now();
    // The handler is set as soon as the lists are read; before that, the signal would end it.
    sleep(Duration::from_secs(3));
    Command::new("kill").args(["-INT", &id]).status().unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "after {:?}: {output:?}", begun.elapsed());
    assert!(String::from_utf8_lossy(&output.stderr).contains("the best so far is kept"));
    let out = std::path::Path::new(asked.last().unwrap());
    let told = fs::read_to_string(out.join("proposal.json")).unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["stopped"], true);
    assert!(!told["circles"].as_array().unwrap().is_empty());
    told
}

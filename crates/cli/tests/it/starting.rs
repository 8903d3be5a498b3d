//! Somebody starts a program.

use crate::house::House;

#[test]
fn somebody_who_types_the_bare_name_sees_three_ways_in() {
    let house = House::empty().locked();
    let ran = house.run(&[]);
    ran.ended(0).says("demo healing-circle").says("circlekeeper init").says("circlekeeper card");
}

#[test]
fn a_program_is_started_and_its_recovery_sheet_opens_it() {
    let house = House::started();
    let sheet = std::fs::read_to_string(house.path("sheet.txt")).unwrap();
    let code = sheet.lines().map(str::trim).find(|line| line.len() == 35).unwrap();
    house.write("code.txt", code);
    house.run(&["people", "list"]).ended(0).says("0 enrolments");

    let lost = house.with_passphrase("something else, wrong");
    lost.run(&["people", "list"]).ended(3).explains("passphrase is wrong").explains("help:");
    let code = lost.path("code.txt");
    lost.run(&["people", "list", "--recovery-code-file", &code]).ended(0);
    lost.write("code.txt", "AAAAA-AAAAA");
    lost.run(&["people", "list", "--recovery-code-file", &code]).ended(3);
}

#[test]
fn the_code_is_not_said_aloud_where_it_goes_into_a_file() {
    let house = House::empty();
    let ran = house.start();
    let sheet = std::fs::read_to_string(house.path("sheet.txt")).unwrap();
    let code = sheet.lines().map(str::trim).find(|line| line.len() == 35).unwrap();
    ran.never_says(code);
}

#[test]
fn a_program_is_never_started_over_another() {
    let house = House::started();
    let before = std::fs::read(house.store()).unwrap();
    let again = ["init", "--yes-i-wrote-it-down", "--weak-for-tests"];
    house.run(&again).ended(1).explains("ever written over");
    assert_eq!(std::fs::read(house.store()).unwrap(), before);
}

#[test]
fn a_start_that_was_cut_off_can_be_made_again() {
    let house = House::empty();
    std::fs::create_dir(house.program()).unwrap();
    // What a kill leaves at any moment: an empty file, or a store that no program was founded in.
    std::fs::write(house.store(), []).unwrap();
    house.start();
    house.run(&["people", "list"]).ended(0);
    let house = House::empty();
    std::fs::create_dir(house.program()).unwrap();
    let device = store_sqlite::Device::at(&house.folder().join("device"), here()).unwrap();
    let visit = event_log::Visit::new(commons::Code::of("test"), 1_000, [7; 48]);
    drop(store_sqlite::SqliteLog::create(&house.store(), &device, &visit).unwrap());
    house.start();
    house.run(&["people", "list"]).ended(0);
}

fn here() -> event_log::DeviceId {
    event_log::DeviceId::number(7)
}

#[test]
fn nothing_is_left_behind_where_a_start_is_refused() {
    let start = |house: &House, zone: &str, model: &str, more: &[&str]| {
        let args = ["init", "--zone", zone, "--jurisdiction", "us-ca", "--model", model];
        let ran = house.run(&[&args, more].concat());
        assert!(!house.store().exists());
        ran
    };
    let yes = ["--yes-i-wrote-it-down", "--weak-for-tests"];
    let house = House::empty();
    start(&house, "Kigali", "healing-circle", &yes).ended(1).explains("time zone");
    start(&house, "Africa/Kigali", "no-such-model", &yes).ended(1).explains("healing-circle");
    start(&house, "Africa/Kigali", "friendship-bench", &yes).ended(1).explains("planned");
    // Nobody is at a terminal to type part of the code back.
    start(&house, "Africa/Kigali", "healing-circle", &[]).ended(1).explains("recovery code back");
    let short = house.with_passphrase("short");
    start(&short, "Africa/Kigali", "healing-circle", &yes).ended(1).explains("at least 8");
    let none = short.locked();
    start(&none, "Africa/Kigali", "healing-circle", &yes).ended(3);
    // What is not said has to be asked, and nobody is there.
    let house = House::empty();
    house.run(&["init", "--yes-i-wrote-it-down"]).ended(2).explains("time zone");
}

#[test]
fn where_there_is_no_program_every_command_says_so() {
    let house = House::empty();
    for command in ["due", "verify", "doctor", "report"] {
        house.run(&[command]).ended(6);
    }
    assert!(!house.program().exists() && !house.folder().join("device").exists());
    house.run(&["no-such-command"]).ended(2);
    house.run(&["person", "erase", "AAAA-A"]).ended(2);
}

#[test]
fn a_program_that_reads_gets_the_error_as_json() {
    let house = House::empty();
    let answer = house.json(&["due"]);
    assert_eq!(answer["error"]["code"], "store.missing");
    assert_eq!((&answer["exit"], &answer["demo"]), (&6.into(), &false.into()));
}

#[test]
fn a_program_that_is_not_understood_is_told_so_as_json() {
    let house = House::empty();
    for args in [&["no-such-command"][..], &["people", "import"], &["due", "--ahead", "many"]] {
        let answer = house.json(args);
        assert_eq!((&answer["error"]["code"], &answer["exit"]), (&"cli.usage".into(), &2.into()));
        assert!(answer["error"]["help"].as_str().unwrap().contains("--help"));
    }
    assert!(
        house.json(&["completions", "bash"])["text"].as_str().unwrap().contains("circlekeeper")
    );
    assert!(house.json(&["man"])["text"].is_string());
    assert!(house.json(&["man", "--out", &house.path("pages")])["folder"].is_string());
}

#[test]
fn whoever_stops_reading_is_no_failure() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_circlekeeper"))
        .args(["completions", "bash"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_law_is_that_of_a_country_and_whether_its_rules_are_here_is_told() {
    let house = House::empty();
    let sheet = house.path("sheet.txt");
    let start = |law: &str| {
        let args = ["init", "--zone", "Africa/Kigali", "--model", "healing-circle"];
        let rest = ["--recovery-out", &sheet, "--yes-i-wrote-it-down", "--weak-for-tests"];
        house.run(&[&args[..], &["--jurisdiction", law], &rest].concat())
    };
    start("xx-nowhere.at_all").ended(1).explains("two letters of the country");
    start("fr").ended(0).says("The law of “fr” is not among the rules");
}

#[test]
fn shells_and_readers_of_manuals_get_theirs() {
    let house = House::empty();
    house.run(&["completions", "bash"]).ended(0).says("circlekeeper");
    house.run(&["man"]).ended(0).says("Keeps healing circles");
    house.run(&["man", "--out", &house.path("man")]).ended(0);
    assert!(std::fs::read_dir(house.path("man")).unwrap().count() > 20);
}

#[test]
fn a_language_that_is_not_here_is_told_and_english_is_spoken() {
    let house = House::empty();
    house.run(&["--language", "xx", "models", "list"]).ended(0).explains("not here yet");
    house.run(&["--language", "en", "models", "list"]).ended(0).never_says("not here yet");
}

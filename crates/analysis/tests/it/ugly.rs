//! Ten ugly files and more: what they come to, and what is said of each.

use std::collections::BTreeSet;

use analysis::{Alike, Care, Filter, Plan, Taken};
use commons::Code;
use outcomes::SheetState;

use crate::taken;

const HEAD: &str = r#"
schema = 1
title = "ugly"
audience = "inside"
[missing]
"99" = "refused"
"n/a" = "unknown"
"NA" = "lost"
[values.phq]
"Not at all" = 0
"Nta na rimwe" = 0
"Several days" = 1
"Iminsi myinshi" = 1
"Nearly every day" = 3
[[timepoints]]
code = "t0"
session = 0
[[timepoints]]
code = "t1"
session = 8
[[instruments]]
id = "phq-2"
[[instruments]]
id = "need"
own = "need.toml"
"#;

const PEOPLE: &str = r#"
[[people]]
file = "people.csv"
person = "code"
unit = "circle"
name = "full name"
groupings = { district = "district" }
"#;

const LONG: &str = r#"
[[sheets]]
file = "FILE"
person = "pid"
timepoint_in = "wave"
[[sheets.scales]]
instrument = "phq-2"
items = ["q{1..2}"]
"#;

/// Each sheet of a column as text: a total, `-` where there is none, `declined`, or nothing.
fn sheets(taken: &Taken, instrument: &str, timepoint: &str) -> Vec<String> {
    let is = |(id, at, _): &(&Code, &Code, _)| *id == instrument && *at == timepoint;
    let (_, _, column) = taken.cohort.columns().find(is).expect("a column");
    let told = |state: Option<SheetState>| match state {
        None => String::new(),
        Some(SheetState::Scored { points, .. }) => points.decimal(),
        Some(SheetState::NotScorable) => "-".to_owned(),
        Some(SheetState::Declined) => "declined".to_owned(),
        Some(SheetState::Undecided) => "undecided".to_owned(),
    };
    taken.cohort.each().map(|person| told(person.sheet(column))).collect()
}

#[track_caller]
fn read(plan: &str) -> Taken {
    taken(plan, &[], Care::Strict).expect("nothing is wrong")
}

#[track_caller]
fn refused(plan: &str, care: Care, want: &[&str]) {
    let wrong = taken(plan, &[], care).map(|_| ()).expect_err("something is wrong");
    assert_eq!(wrong, want);
}

#[test]
fn an_export_with_group_paths_labels_and_resubmissions() {
    let plan = format!(
        r#"{HEAD}{PEOPLE}
        [[sheets]]
        file = "kobo.csv"
        person = "pid"
        timepoint_in = "wave"
        timepoints = {{ "1" = "t0", "2" = "t1" }}
        newest_by = "_submission_time"
        [[sheets.scales]]
        instrument = "phq-2"
        items = ["phq/q{{1..2}}"]
        values = "phq"
        [[sheets.scales]]
        instrument = "need"
        items = ["need/sleep", "need/food", "need/work"]
        "#
    );
    let taken = read(&plan);
    assert_eq!(sheets(&taken, "phq-2", "t0"), ["4", "-", "declined", ""]);
    assert_eq!(sheets(&taken, "phq-2", "t1"), ["2", "", "", ""]);
    assert_eq!(sheets(&taken, "need", "t0"), ["1", "0", "1", ""]);
    let told = &taken.told.files[1];
    assert_eq!((told.rows, &told.dropped), (5, &vec![2]));
    assert_eq!(told.separator, interchange::Separator::Semicolon);
    let missing: Vec<_> = told.missing.iter().map(|(code, n)| (code.as_str(), *n)).collect();
    assert_eq!(missing, [("refused", 2), ("unknown", 1)]);
    assert!(told.columns.contains(&"consent/pid".to_owned()));
    // The same person of another code, by their name; and the same row again is no fault.
    let pairs = &taken.told.doubtful;
    assert_eq!(pairs.len(), 1);
    assert_eq!((&pairs[0].people, pairs[0].by), (&["K-01".into(), "K-04".into()], Alike::SameName));
    assert_eq!(taken.told.files[0].repeated_rows, 1);
    assert_eq!(taken.units, ["A", "B"]);
}

#[test]
fn a_doubtful_pair_is_decided_in_the_plan() {
    let came = r#"
        [[attendance]]
        file = "came_wide.csv"
        person = "pid"
        sessions = ["w{1..3}"]
        marks = { P = "present", L = "late", A = "absent" }
    "#;
    let same = "[[same]]\npeople = [\"K-01\", \"K-04\"]\n";
    let one = read(&format!("{HEAD}{PEOPLE}{came}{same}"));
    assert_eq!((one.cohort.people(), one.told.doubtful_pairs), (3, 0));
    let different = "[[different]]\npeople = [\"K-04\", \"K-01\"]\n";
    let two = read(&format!("{HEAD}{PEOPLE}{came}{different}"));
    assert_eq!((two.cohort.people(), two.told.doubtful_pairs), (4, 0));
    let marks: Vec<_> = two.cohort.each().map(|person| person.marks()).collect();
    assert_eq!(marks, [(2, 2), (2, 1), (1, 1), (0, 0)]);
    let nobody = "[[same]]\npeople = [\"K-98\", \"K-99\"]\n";
    refused(
        &format!("{HEAD}{PEOPLE}{came}{nobody}"),
        Care::Lenient,
        &["plan: decision 1 of `same` begins with a code that nobody has"],
    );
}

#[test]
fn choices_in_one_column_say_what_columns_of_0_and_1_say() {
    let plan = format!(
        r#"{HEAD}{PEOPLE}
        [[sheets]]
        file = "list.csv"
        person = "pid"
        timepoint = "t0"
        [[sheets.scales]]
        instrument = "need"
        items = ["need/sleep", "need/food", "need/work"]
        "#
    );
    assert_eq!(sheets(&read(&plan), "need", "t0"), ["2", "-", "1", ""]);
}

#[test]
fn a_wide_file_has_no_sheet_where_nothing_stands() {
    let plan = format!(
        r#"{HEAD}{PEOPLE}
        [[sheets]]
        file = "wide.csv"
        person = "pid"
        [[sheets.scales]]
        instrument = "phq-2"
        total = "pre"
        timepoint = "t0"
        [[sheets.scales]]
        instrument = "phq-2"
        total = "post"
        timepoint = "t1"
        "#
    );
    refused(
        &plan,
        Care::Strict,
        &[
            "wide.csv, line 2, column 2: not a total from 0 to 6, with a point before its decimals",
            "wide.csv, line 2, column 3: not a total from 0 to 6, with a point before its decimals",
            "wide.csv, line 4, column 2: not a total from 0 to 6, with a point before its decimals",
            "wide.csv, line 5, column 2: not a total from 0 to 6, with a point before its decimals",
        ],
    );
    let lenient = taken(&plan, &[], Care::Lenient).unwrap();
    assert_eq!(sheets(&lenient, "phq-2", "t0"), ["-", "", "-", "-"]);
    assert_eq!(sheets(&lenient, "phq-2", "t1"), ["-", "", "", ""]);
    assert_eq!(lenient.told.files[1].out_of_range, 4);
}

#[test]
fn repeats_find_their_person_and_wave_in_the_file_they_belong_to() {
    let plan = format!(
        r#"{HEAD}
        [[sheets]]
        file = "repeats.csv"
        person = "pid"
        timepoint_in = "wave"
        join = {{ file = "main.csv", on = "_parent_index", to = "_index", take = ["pid", "wave"] }}
        [[sheets.scales]]
        instrument = "phq-2"
        items = ["q{{1..2}}"]
        "#
    );
    refused(
        &plan,
        Care::Lenient,
        &["repeats.csv, line 5, column 1: no row of the joined file has this index"],
    );
    let whole = b"_parent_index,q1,q2\n2,1,1\n1,3,3\n3,0,1\n";
    let taken = taken(&plan, &[("repeats.csv", whole)], Care::Strict).unwrap();
    assert_eq!(taken.cohort.people(), 2);
    assert_eq!(sheets(&taken, "phq-2", "t0"), ["6", "2"]);
    assert_eq!(sheets(&taken, "phq-2", "t1"), ["1", ""]);
}

#[test]
fn a_mark_blank_lines_and_windows_line_ends_do_no_harm() {
    let plan = format!("{HEAD}{}", LONG.replace("FILE", "bom.csv"));
    let taken = read(&plan);
    assert_eq!(sheets(&taken, "phq-2", "t0"), ["3", "0"]);
    assert_eq!((taken.told.files[0].rows, taken.told.files[0].blank_rows), (2, 1));
}

#[test]
fn an_old_encoding_is_never_guessed() {
    let people = r#"
        [[people]]
        file = "latin.csv"
        person = "pid"
        unit = "circle"
        groupings = { district = "place" }
    "#;
    refused(
        &format!("{HEAD}{people}"),
        Care::Lenient,
        &["latin.csv, line 2, column 2: byte 0xe9 at position 31 is not UTF-8"],
    );
    let taken = read(&format!("{HEAD}{people}encoding = \"latin-1\"\n"));
    assert_eq!(taken.units, ["Cercle Zoé"]);
    let groups: BTreeSet<_> =
        taken.cohort.each().filter_map(|person| person.group(&Code::of("district"))).collect();
    assert_eq!(groups.into_iter().map(Code::as_str).collect::<Vec<_>>(), ["kigali-ville"]);
}

#[test]
fn formulas_are_text() {
    let plan = format!("{HEAD}{}", LONG.replace("FILE", "formulas.csv"));
    refused(
        &plan,
        Care::Strict,
        &[
            "formulas.csv, line 2, column 3: not a number from 0 to 3",
            "formulas.csv, line 3, column 4: not a number from 0 to 3",
        ],
    );
    let taken = taken(&plan, &[], Care::Lenient).unwrap();
    assert_eq!(taken.cohort.people(), 1);
    assert_eq!(taken.told.files[0].out_of_range, 2);
}

#[test]
fn a_torn_line_a_stranger_and_a_wave_that_nobody_knows_are_refused_in_either_care() {
    let plan = format!("{HEAD}{PEOPLE}{}", LONG.replace("FILE", "torn.csv"));
    for care in [Care::Strict, Care::Lenient] {
        refused(
            &plan,
            care,
            &[
                "torn.csv, line 3: 3 cells where the first line has 4",
                "torn.csv, line 4, column 1: nobody in the files of people has this code",
                "torn.csv, line 5, column 2: not one of the timepoints that the plan names for this column",
            ],
        );
    }
    let plan = format!("{HEAD}{PEOPLE}{}", LONG.replace("FILE", "open.csv"));
    let open = "open.csv, line 3, column 3: a quote is opened here and never closed";
    refused(&plan, Care::Lenient, &[open]);
}

#[test]
fn a_wave_twice_is_refused_and_answers_out_of_range_are_counted() {
    let plan = format!("{HEAD}{}", LONG.replace("FILE", "twice.csv"));
    refused(
        &plan,
        Care::Strict,
        &[
            "twice.csv, line 3, column 1: a second sheet of `phq-2` at `t0` of one person",
            "twice.csv, line 4, column 4: not a number from 0 to 3",
            "twice.csv, line 5, column 3: not a number from 0 to 3",
        ],
    );
    refused(
        &plan,
        Care::Lenient,
        &["twice.csv, line 3, column 1: a second sheet of `phq-2` at `t0` of one person"],
    );
}

#[test]
fn a_person_in_two_circles_is_refused() {
    let plan = format!("{HEAD}{}", PEOPLE.replace("people.csv", "two_circles.csv"));
    refused(
        &plan,
        Care::Lenient,
        &[
            "two_circles.csv, line 4, column 2: the person stands in another circle on line 2 of two_circles.csv",
            "two_circles.csv, line 5: line 3 of two_circles.csv says something else of the person",
            "two_circles.csv, line 6, column 1: empty",
        ],
    );
}

#[test]
fn a_second_row_of_somebody_says_the_same_or_is_told_with_the_file_of_the_first() {
    let people = |file: &str| {
        let columns = "unit = \"circle\"\njoined = \"from\"\nleft = \"to\"\nname = \"who\"\n";
        format!("[[people]]\nfile = \"{file}\"\nperson = \"pid\"\n{columns}")
    };
    let plan = format!("{HEAD}{}{}", people("one.csv"), people("two.csv"));
    let one = b"pid,circle,from,to,who\nK-1,A,1,,Uwase Marie\nK-2,A,,,Keza\nK-3,B,1,,Mutoni\n";
    let two = |rows: &str| {
        let rows = format!("pid,circle,from,to,who\n{rows}");
        let files: [(&str, &[u8]); 2] = [("one.csv", one), ("two.csv", rows.as_bytes())];
        taken(&plan, &files, Care::Lenient).map(|taken| taken.told.files[1].repeated_rows)
    };
    assert_eq!(two("K-1,A,1,,marie UWASE\nK-2,A,1,,\nK-3,B,,,Muttoni\nK-1,A,1,,Marie U.\n"), Ok(4));
    let otherwise = |line: u64, at: &str| {
        format!("two.csv, line {line}{at}: line 2 of one.csv says something else of the person")
    };
    let wrong = two(
        "K-9,A,1,,Zoe\nK-1,A,5,,Uwase Marie\nK-1,A,1,6,Uwase Marie\nK-1,A,1,,Gasana Jean\nK-3,A,1,,Mutoni\nK-9,B,1,,Zoe\n",
    );
    let want = [
        otherwise(3, ""),
        otherwise(4, ""),
        otherwise(5, ", column 5"),
        "two.csv, line 6, column 2: the person stands in another circle on line 4 of one.csv"
            .to_owned(),
        "two.csv, line 7, column 2: the person stands in another circle on line 2 of two.csv"
            .to_owned(),
    ];
    assert_eq!(wrong, Err(want.to_vec()));
}

#[test]
fn marks_are_told_once_of_people_who_are_known() {
    let came = r#"
        [[attendance]]
        file = "came.csv"
        person = "pid"
        session = "session"
        mark = "mark"
        marks = { P = "present", L = "late", A = "absent" }
    "#;
    let plan = format!("{HEAD}{PEOPLE}{came}");
    let always = [
        "came.csv, line 5, column 3: a second mark of one person for session 1",
        "came.csv, line 6, column 2: not a number from 1 to 520",
        "came.csv, line 8, column 1: nobody in the files of people has this code",
    ];
    refused(&plan, Care::Lenient, &always);
    let mut strict = always.to_vec();
    strict.insert(2, "came.csv, line 7, column 3: not one of the marks that the plan names");
    refused(&plan, Care::Strict, &strict);
}

#[test]
fn everything_that_is_wrong_is_told_in_one_run_and_never_a_cell() {
    let plan = format!(
        "{HEAD}{PEOPLE}{}{}{}",
        LONG.replace("FILE", "twice.csv"),
        LONG.replace("FILE", "gone.csv"),
        LONG.replace("FILE", "wide.csv"),
    );
    refused(
        &plan,
        Care::Lenient,
        &[
            "gone.csv: the file cannot be opened",
            "twice.csv, line 3, column 1: a second sheet of `phq-2` at `t0` of one person",
            "wide.csv: no column `wave`, which the plan gives for `timepoint_in`",
            "wide.csv: no column for any of the 2 items of `phq-2`; the first one would be `q1`",
        ],
    );
}

#[test]
fn a_filter_takes_who_is_in_its_groups() {
    let plan = format!("{HEAD}{PEOPLE}{}", LONG.replace("FILE", "bom.csv"));
    let plan = Plan::from_toml(&plan).unwrap();
    let mut filter = Filter::default();
    filter.groups.insert(Code::of("district"), BTreeSet::from([Code::of("huye")]));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/ugly");
    let files = analysis::Folder::new(folder);
    let taken = analysis::read(&plan, &files, Care::Strict, &filter).unwrap();
    assert_eq!((taken.cohort.people(), taken.told.left_out), (2, 2));
    assert_eq!(sheets(&taken, "phq-2", "t0"), ["", ""]);
}

#[test]
fn a_workbook_says_what_a_table_says() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("notes").unwrap();
    let sheet = book.add_worksheet().set_name("data").unwrap();
    for (column, name) in (0..).zip(["pid", "wave", "q1", "q2"]) {
        sheet.write(0, column, name).unwrap();
    }
    for (row, code) in (1..).zip(["K-01", "K-02"]) {
        sheet.write(row, 0, code).unwrap();
        sheet.write(row, 1, "t0").unwrap();
        sheet.write(row, 2, row).unwrap();
        sheet.write(row, 3, 3.0).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let long = LONG.replace("file = \"FILE\"", "file = \"book.xlsx\"\nsheet = \"data\"");
    let taken = taken(&format!("{HEAD}{long}"), &[("book.xlsx", &bytes)], Care::Strict).unwrap();
    assert_eq!(sheets(&taken, "phq-2", "t0"), ["4", "5"]);
}

#[test]
fn a_formula_without_a_value_is_a_fault_where_it_is_read_and_missing_where_that_may_be() {
    let needs = "[[sheets.scales]]\ninstrument = \"need\"\nitems = [\"need/sleep\", \"need/food\", \"need/work\"]\n";
    let plan = format!("{HEAD}{}{needs}", LONG.replace("FILE", "formulas.xlsx"));
    let wrong = taken(&plan, &[], Care::Strict).map(|_| ()).unwrap_err();
    let came = "the formula of the cell came to an error";
    let none = "a formula without its value";
    let want = [(2, 3, came), (3, 4, none), (4, 5, none)];
    let want = want
        .map(|(line, column, why)| format!("formulas.xlsx, line {line}, column {column}: {why}"));
    assert_eq!(wrong, want);
    let lenient = taken(&plan, &[], Care::Lenient).unwrap();
    assert_eq!(sheets(&lenient, "phq-2", "t0"), ["-", "-", "2"]);
    assert_eq!(sheets(&lenient, "need", "t0"), ["2", "2", "-"]);
    assert_eq!(lenient.told.unreadable(), 5);
    // Whose it is has to be known.
    let plan =
        plan.replace("file = \"formulas.xlsx\"", "file = \"formulas.xlsx\"\nsheet = \"ids\"");
    refused(&plan, Care::Lenient, &[&format!("formulas.xlsx, line 3, column 1: {none}")]);
}

#[test]
fn a_plan_comes_back_as_it_was_written() {
    let text = format!("{HEAD}{PEOPLE}{}", LONG.replace("FILE", "bom.csv"));
    let plan = Plan::from_toml(&text).unwrap();
    assert_eq!(Plan::from_toml(&plan.to_toml().unwrap()), Ok(plan));
}

#[test]
fn a_plan_names_everything_that_is_wrong_with_it() {
    let text = r#"schema = 1
title = "Two words"
audience = "outside"
floor = 5
breakdowns = ["district"]
colour = 1
[[timepoints]]
code = "t0"
session = 0
[[timepoints]]
code = "t0"
session = -1
[[instruments]]
id = "phq9"
[[sheets]]
file = "a.csv"
person = "pid"
timepoint = "t2"
[[sheets.scales]]
instrument = "gad-7"
items = ["q{1..}"]
"#;
    let faults = Plan::from_toml(text).unwrap_err();
    let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "2:9 title: `Two words` is not a short word of letters a to z, digits, `_`, `-` and `.`",
            "4:9 floor: a floor of 5 is under the audience's of 11",
            "5:14 breakdowns: the plan has no grouping `district`",
            "6:1 colour: unknown key `colour`",
            "12:11 timepoints[2].session: -1 is outside 0 to 520",
            "14:6 instruments[1].id: the plan has no built-in instrument `phq9`; did you mean `phq-9`?",
            "18:13 sheets[1].timepoint: the plan has no timepoint `t2`; did you mean `t0`?",
            "20:14 sheets[1].scales[1].instrument: the plan has no instrument `gad-7`",
            "21:9 sheets[1].scales[1].items: `q{1..}` is no name of a column, nor a run of them such as `q_{1..9}`",
        ]
    );
}

#[test]
fn a_file_that_is_no_definition_is_told_by_its_place_and_never_quoted() {
    let definition = b"id = \"need\"\nUwase Marie = 1\n";
    let wrong = |file: &[u8]| {
        taken(HEAD, &[("need.toml", file)], Care::Lenient).map(|_| ()).expect_err("no definition")
    };
    let nothing_like = "a definition of an instrument has nothing like this";
    assert_eq!(wrong(definition), [format!("need.toml, line 2, column 7: {nothing_like}")]);
    let unknown = b"id = \"need\"\nuwase = 1\n";
    assert_eq!(wrong(unknown), [format!("need.toml, line 2, column 1: {nothing_like}")]);
    assert_eq!(wrong(b"\xE9"), [format!("need.toml: {nothing_like}")]);
}

#[test]
fn what_is_wrong_with_people_or_an_instrument_hides_nothing_else() {
    let came = r#"
        [[attendance]]
        file = "came.csv"
        person = "pid"
        session = "session"
        mark = "mark"
        marks = { P = "present" }
    "#;
    let people = PEOPLE.replace("people.csv", "p.csv");
    let ids = LONG.replace("FILE", "a.csv").replace("\"pid\"", "\"id\"");
    let needs = "[[sheets.scales]]\ninstrument = \"need\"\ntotal = \"needs\"\n";
    let plan = format!("{HEAD}{people}{ids}{}{needs}{came}", LONG.replace("FILE", "b.csv"));
    let wrong = |people: &str, need: &str| {
        let files = [
            ("a.csv", "pid,wave,q1,q2\nK-1,t0,7,1\n"),
            ("b.csv", "pid,wave,q1,q2\nK-1,t0,1,8\n,t0,1,1\n"),
            ("came.csv", "pid,session,mark\nK-1,1,X\nK-1,x,P\n"),
            ("p.csv", people),
            ("need.toml", need),
        ];
        let files = files.iter().filter(|(_, text)| !text.is_empty());
        let files: Vec<_> = files.map(|(name, text)| (*name, text.as_bytes())).collect();
        taken(&plan, &files, Care::Strict).map(|_| ()).unwrap_err()
    };
    let range = "not a number from 0 to 3";
    let elsewhere = [
        "a.csv: no column `id`, which the plan gives for `person`".to_owned(),
        format!("a.csv, line 2, column 3: {range}"),
        "b.csv: no column `needs`, which the plan gives for `total`".to_owned(),
        format!("b.csv, line 2, column 4: {range}"),
        "b.csv, line 3, column 1: empty".to_owned(),
        "came.csv, line 2, column 3: not one of the marks that the plan names".to_owned(),
        "came.csv, line 3, column 2: not a number from 1 to 520".to_owned(),
    ];
    let torn = "p.csv, line 2: 2 cells where the first line has 4";
    let head = "code,circle,district,full name\n";
    let need = "needs = 1";
    let in_need =
        "need.toml, line 1, column 1: a definition of an instrument has nothing like this";
    // Whose code stands in what could not be read is never said to be nobody's.
    for (people, what) in [
        ("", "p.csv: the file cannot be opened"),
        (
            "code,circle,full name\nK-1,A,Keza\n",
            "p.csv: no column `district`, which the plan gives for `groupings`",
        ),
        (&format!("{head}K-1,A\n"), torn),
    ] {
        let want = [&[in_need.to_owned(), what.to_owned()], &elsewhere[..]].concat();
        assert_eq!(wrong(people, need), want);
    }
}

#[test]
fn what_the_times_do_not_say_is_told_and_a_time_that_nobody_needs_is_not() {
    let newest = "timepoint_in = \"wave\"\nnewest_by = \"sent\"";
    let plan = format!("{HEAD}{LONG}").replace("FILE", "s.csv");
    let plan = plan.replace("timepoint_in = \"wave\"", newest);
    let read = |rows: &str| {
        let rows = format!("pid,wave,sent,q1,q2\n{rows}");
        let taken = taken(&plan, &[("s.csv", rows.as_bytes())], Care::Lenient)?;
        let dropped = taken.told.files[0].dropped.clone();
        Ok::<_, Vec<String>>((sheets(&taken, "phq-2", "t0"), dropped))
    };
    let of = |totals: &[&str], dropped: &[u64]| {
        Ok((totals.iter().map(|total| (*total).to_owned()).collect(), dropped.to_vec()))
    };
    let unclear = |places: &[(u64, u64)]| {
        let told = |(line, other): &(u64, u64)| {
            format!(
                "s.csv, line {line}, column 3: line {other} of s.csv has another sheet of the person, and no time says which is newer"
            )
        };
        Err(places.iter().map(told).collect::<Vec<_>>())
    };
    // One without a time, of somebody who has no other.
    assert_eq!(read("K-1,t0,,1,1\nK-2,t0,2026-03-01,0,1\n"), of(&["2", "1"], &[]));
    // The same twice, and a tie that a later one settles.
    assert_eq!(read("K-1,t0,5,1,1\nK-1,t0,5,1,1\n"), of(&["2"], &[2]));
    assert_eq!(read("K-1,t0,5,1,1\nK-1,t0,5,2,1\nK-1,t0,6,3,3\n"), of(&["6"], &[2, 3]));
    assert_eq!(read("K-1,t0,5,1,1\nK-1,t0,5,2,1\n"), unclear(&[(3, 2)]));
    assert_eq!(read("K-1,t0,5,1,1\nK-1,t0,2026-03-01,2,1\n"), unclear(&[(3, 2)]));
    assert_eq!(read("K-1,t0,,1,1\nK-1,t0,5,2,1\n"), unclear(&[(2, 3)]));
    assert_eq!(read("K-1,t0,5,1,1\nK-1,t0,,2,1\nK-1,t0,6,2,2\n"), unclear(&[(3, 4)]));
    assert_eq!(read("K-1,t0,,1,1\nK-1,t0,,2,1\n"), unclear(&[(3, 2)]));
    // A time that cannot be read is told once, and makes no second sheet.
    let no_time = |line: u64| {
        format!(
            "s.csv, line {line}, column 3: neither a time such as 2026-03-31T08:30:00 nor a number"
        )
    };
    assert_eq!(read("K-1,t0,1/3/26,1,1\nK-1,t0,9/3/26,2,1\n"), Err(vec![no_time(2), no_time(3)]));
}

#[test]
fn files_without_a_column_of_leaving_do_not_say_that_nobody_left() {
    let leaving = |plan: &str| {
        let plan = Plan::from_toml(plan).unwrap();
        format!("{:?}", plan.figure_plan(&[]).unwrap())
    };
    let without = format!("{HEAD}{PEOPLE}{}", LONG.replace("FILE", "sheets.csv"));
    assert!(leaving(&without).contains("leaving: Unknown"));
    let with = without.replace("unit = \"circle\"", "unit = \"circle\"\nleft = \"left\"");
    assert!(leaving(&with).contains("leaving: Recorded"));
}

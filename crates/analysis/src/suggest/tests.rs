//! Plans that are suggested for tables as they arrive.

use interchange::{ReadOptions, Table};

use super::*;

fn seen(file: &str, text: &str) -> Seen {
    let table = Table::read(file, text.as_bytes(), &ReadOptions::default()).unwrap();
    Seen::of(&table)
}

/// The plan, without the lines of its head.
fn plan(files: &[(&str, &str)]) -> String {
    let files: Vec<Seen> = files.iter().map(|(file, text)| seen(file, text)).collect();
    let plan = suggest(&files).toml;
    toml::from_str::<toml::Table>(&plan).unwrap_or_else(|error| panic!("{error}\n{plan}"));
    plan
}

/// What strict reading says of the files by their suggested plan: faults, or how many people.
fn read(files: &[(&str, &str)]) -> Result<usize, String> {
    let text = plan(files);
    let plan = crate::Plan::from_toml(&text).map_err(|faults| format!("{faults:?}\n{text}"))?;
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(file, text)| ((*file).to_owned(), text.as_bytes().to_vec())).collect();
    let taken = crate::read(&plan, &files, crate::Care::Strict, &crate::Filter::default());
    taken.map(|taken| taken.cohort.people()).map_err(|faults| format!("{faults:#?}\n{text}"))
}

#[track_caller]
fn check(plan: &str, wanted: &[&str]) {
    for line in wanted {
        assert!(
            plan.lines().any(|have| have.trim().starts_with(line)),
            "`{line}` is not in\n{plan}"
        );
    }
}

fn people(n: usize) -> impl Iterator<Item = String> {
    (1..=n).map(|n| format!("K-{n:03}"))
}

#[test]
fn three_plain_files_need_no_change() {
    let mut registry = "pid,circle,district,sex,age\n".to_owned();
    let mut surveys =
        "pid,wave,phq1,phq2,phq3,phq4,phq5,phq6,phq7,phq8,phq9,who1,who2,who3,who4,who5\n"
            .to_owned();
    let mut attendance = "pid,session,mark\n".to_owned();
    for (n, pid) in people(60).enumerate() {
        registry += &format!(
            "{pid},C{},D{},{},{}\n",
            n / 12,
            n % 3,
            if n % 2 == 0 { "F" } else { "M" },
            20 + n
        );
        for wave in 0..3 {
            let x = (n + wave) % 4;
            surveys += &format!("{pid},{wave},{x},1,2,3,0,1,2,3,,5,4,3,2,1\n");
        }
        for session in 1..=16 {
            attendance += &format!("{pid},{session},{}\n", ["P", "L", "E", "A"][(n + session) % 4]);
        }
    }
    let files =
        [("people.csv", &*registry), ("surveys.csv", &*surveys), ("attendance.csv", &*attendance)];
    assert_eq!(read(&files), Ok(60));
    let plan = plan(&files);
    check(
        &plan,
        &[
            "schema = 1",
            "leaving = { missed = 3 }",
            "breakdowns = [\"district\", \"sex\"]",
            "id = \"phq-9\"",
            "id = \"who-5\"",
            "person = \"pid\"",
            "unit = \"circle\"",
            "groupings = { district = \"district\", sex = \"sex\" }",
            "timepoint_in = \"wave\"",
            "timepoints = { \"0\" = \"t0\", \"1\" = \"t1\", \"2\" = \"t2\" }",
            "items = [\"phq{1..9}\"]",
            "items = [\"who{1..5}\"]",
            "session = 16",
            "session = \"session\"",
            "mark = \"mark\"",
            "marks = { \"A\" = \"absent\", \"E\" = \"excused\", \"L\" = \"late\", \"P\" = \"present\" }",
        ],
    );
    assert!(!plan.contains("[values"), "{plan}");
    assert!(!plan.contains("newest_by"), "{plan}");
}

#[test]
fn a_survey_in_two_languages_gets_a_map_of_values() {
    let english = ["Not at all", "Several days", "More than half the days", "Nearly every day"];
    let other =
        ["Nta na rimwe", "Iminsi imwe n'imwe", "Irenze kimwe cya kabiri", "Hafi buri munsi"];
    let head: Vec<String> = (1..=9).map(|n| format!("phq/phq_{n}")).collect();
    let mut text = format!(
        "start;consent/pid;{};needs;needs/food;needs/work;_uuid;_submission_time\n",
        head.join(";")
    );
    for (n, pid) in people(40).enumerate() {
        let labels = if n % 2 == 0 { english } else { other };
        let mut answers: Vec<&str> = (0..9).map(|item| labels[(n / 2 + item) % 4]).collect();
        if n % 10 == 3 {
            answers[4] = "99";
        }
        if n == 7 {
            answers[5] = "Uwase said so";
        }
        text += &format!(
            "2026-03-01T10:00:00;{pid};{};food work;1;1;u{n};2026-03-01T11:00:0{}\n",
            answers.join(";"),
            n % 10
        );
    }
    // The words of the other language are asked for, and read once they are given.
    let faults = read(&[("baseline.csv", &text)]).unwrap_err();
    assert!(!faults.contains("Uwase"), "{faults}");
    let plan = plan(&[("baseline.csv", &text)]);
    check(
        &plan,
        &[
            "\"99\" = \"refused\"",
            "[values.phq-9]",
            "\"Not at all\" = 0  # guess: the wording of the form",
            "\"Nearly every day\" = 3",
            "# open: \"Hafi buri munsi\" = ",
            "# open: 1  # further texts",
            "person = \"consent/pid\"",
            "timepoint = \"baseline\"  # guess: by the name of the file or sheet",
            "newest_by = \"_submission_time\"",
            "items = [\"phq/phq_{1..9}\"]",
            "values = \"phq-9\"",
        ],
    );
    assert!(!plan.contains("Uwase"), "{plan}");
    assert!(plan.contains("3 questions with several choices"), "{plan}");
}

#[test]
fn wide_files_say_the_wave_in_their_names() {
    let head = |wave: &str| (1..=7).map(|n| format!("gad{n}_{wave}")).collect::<Vec<_>>().join(",");
    let mut text = format!(
        "participant_id,arm,{},{},phq9_total_pre,phq9_total_post,who5_pre,bdi_pre,bdi_2m\n",
        head("pre"),
        head("post")
    );
    for (n, pid) in people(30).enumerate() {
        text += &format!(
            "{pid},{},0,1,2,3,0,1,2,0,1,2,3,0,1,2,{},4,64,20,11\n",
            ["TAU", "CBT"][n % 2],
            n % 20
        );
    }
    assert_eq!(read(&[("trial.csv", &text)]), Ok(30));
    let plan = plan(&[("trial.csv", &text)]);
    check(
        &plan,
        &[
            "[[people]]",
            "person = \"participant_id\"",
            "groupings = { arm = \"arm\" }",
            "items = [\"gad{1..7}_pre\"]",
            "items = [\"gad{1..7}_post\"]",
            "timepoint = \"pre\"",
            "timepoint = \"post\"",
            "total = \"phq9_total_pre\"",
            "total = \"who5_pre\"",
            "# open: trial.csv  # numbers called `bdi`",
            "#   total = \"bdi_2m\"",
        ],
    );
}

#[test]
fn what_may_be_switched_on_parses_once_it_is() {
    let mut text = "id,bdi_pre,bdi_2m,q1,q2,q3,q4,q5,q6,q7\n".to_owned();
    for (n, pid) in people(30).enumerate() {
        text += &format!("{pid},{},{},0,1,2,3,1,2,{}\n", 20 + n % 9, n, n % 4);
    }
    let plan = plan(&[("trial.csv", &text)]);
    let on = plan.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if !line.starts_with("# open") && rest.contains(" = ") => rest,
        Some(rest) if rest.trim_start().starts_with("[[") => rest,
        _ => line,
    });
    let on = on.collect::<Vec<_>>().join("\n");
    let read = crate::Plan::from_toml(&on).unwrap_or_else(|faults| panic!("{faults:?}\n{on}"));
    assert_eq!(read.instruments.len(), 2, "{on}");
    assert_eq!(read.sheets[0].scales.len(), 3, "{on}");
}

#[test]
fn a_repeat_is_joined_to_its_parent() {
    let mut parent = "pid,visit,_index\n".to_owned();
    let mut child =
        "k6_1,k6_2,k6_3,k6_4,k6_5,k6_6,_index,_parent_index,_submission__uuid\n".to_owned();
    for (n, pid) in people(20).enumerate() {
        for (wave, visit) in ["Baseline", "Endline"].iter().enumerate() {
            let index = 2 * n + wave + 1;
            parent += &format!("{pid},{visit},{index}\n");
            child += &format!("0,1,2,3,4,{},{},{index},u{index}\n", n % 5, index + 500);
        }
    }
    assert_eq!(read(&[("main.csv", &parent), ("rep.csv", &child)]), Ok(20));
    let plan = plan(&[("main.csv", &parent), ("rep.csv", &child)]);
    check(
        &plan,
        &[
            "join = { file = \"main.csv\", on = \"_parent_index\", to = \"_index\", take = [\"pid\", \"visit\"] }",
            "timepoint_in = \"visit\"",
            "timepoints = { \"Baseline\" = \"baseline\", \"Endline\" = \"endline\" }",
            "instrument = \"k6\"",
        ],
    );
}

#[test]
fn two_lists_of_people_are_both_read() {
    let list = |from: usize| {
        let rows = (from..from + 12).map(|n| format!("K-{n:03},C{},D{}\n", n % 3, n % 2));
        rows.fold("code,circle,district\n".to_owned(), |all, row| all + &row)
    };
    let mut sheets = "pid,gad1,gad2\n".to_owned();
    people(24).for_each(|pid| sheets += &format!("{pid},1,2\n"));
    let (one, other) = (list(1), list(13));
    let files = [("huye.csv", &*one), ("nyanza.csv", &*other), ("baseline.csv", &*sheets)];
    assert_eq!(read(&files), Ok(24));
    // A list of people who stand in the first is no second one, and is said.
    let files = [("people.csv", &*one), ("again.csv", &*one), ("baseline.csv", &*sheets)];
    let plan = plan(&files);
    assert_eq!(plan.matches("[[people]]").count(), 1, "{plan}");
    check(&plan, &["# open: again.csv  # nothing of it is read"]);
}

#[test]
fn a_code_of_each_submission_says_not_who() {
    let sheets = |from: usize| {
        let rows = (from..from + 30).map(|n| format!("A,{},2,{n}\n", n % 3));
        rows.fold("circle,gad1,gad2,_id\n".to_owned(), |all, row| all + &row)
    };
    let (start, end) = (sheets(100), sheets(900));
    let plan = plan(&[("start.csv", &start), ("end.csv", &end)]);
    assert_eq!(plan.matches("# open: person = ").count(), 2, "{plan}");
    assert!(!plan.contains("person = \"_id\""), "{plan}");
    // Where all of somebody stands in one row, it tells people apart.
    check(&self::plan(&[("start.csv", &start)]), &["person = \"_id\"  # guess: for want"]);
}

#[test]
fn codes_that_are_written_in_two_ways_are_said() {
    let sheets = |end: &str| {
        let rows = (1..=30).map(|n| format!("{n}{end},{},2,{}\n", n % 3, 800 + n));
        rows.fold("pid,gad1,gad2,_id\n".to_owned(), |all, row| all + &row)
    };
    let (whole, pointed) = (sheets(""), sheets(".0"));
    let plan = plan(&[("start.csv", &whole), ("end.csv", &pointed)]);
    assert_eq!(plan.matches("person = \"pid\"").count(), 2, "{plan}");
    assert_eq!(plan.matches("# open: \"pid\"").count(), 1, "{plan}");
    let plan = self::plan(&[("start.csv", &pointed)]);
    assert!(!plan.contains("# open: \"pid\""), "{plan}");
}

#[test]
fn rows_that_were_left_out_are_said() {
    let mut whole = "pid,gad1,gad2\n".to_owned();
    people(12).for_each(|pid| whole += &format!("{pid},1,2\n"));
    let plan = suggest(&[seen("start.csv", &whole).torn(2, 4)]).toml;
    check(&plan, &["# open: start.csv: 2 rows, the first on line 4  # they have more or fewer"]);
    let titled = Seen::begin("start.csv", ["Baseline survey"]).torn(13, 2);
    let plan = suggest(&[titled]).toml;
    check(&plan, &["# open: start.csv: 13 rows, the first on line 2  # no row has as many"]);
    let plan = suggest(&[Seen::begin("a.csv", ["pid", "", "pid"])]).toml;
    check(&plan, &["# open: a.csv: columns 2, 3  # without a name"]);
}

#[test]
fn times_that_are_not_read_are_not_suggested() {
    let sheets = |minute: fn(usize) -> String, again: bool| {
        let mut text = "pid,gad1,gad2,_submission_time\n".to_owned();
        for (n, pid) in people(20).enumerate() {
            text += &format!("{pid},1,2,{}\n", minute(n));
            if again {
                text += &format!("{pid},1,2,{}\n", minute(n + 1));
            }
        }
        plan(&[("start.csv", &text)])
    };
    let (iso, other) = (|n| format!("2026-01-05T10:{n:02}"), |n| format!("05/01/2026 10:{n:02}"));
    check(&sheets(iso, false), &["newest_by = \"_submission_time\""]);
    assert!(!sheets(other, false).contains("newest_by"));
    check(&sheets(other, true), &["# open: newest_by = \"_submission_time\""]);
}

#[test]
fn what_stands_for_no_total_is_declared() {
    let mut text = "pid;phq9_total_pre;phq9_total_post;who5_pre\n".to_owned();
    for (n, pid) in people(40).enumerate() {
        let before = if n % 10 == 3 { "99".to_owned() } else { (n % 28).to_string() };
        let after = if n % 10 == 4 { "n/a".to_owned() } else { format!("{},0", n % 20) };
        text += &format!("{pid};{before};{after};{}\n", [99, 60, 88][n % 3]);
    }
    let plan = plan(&[("trial.csv", &text)]);
    check(
        &plan,
        &[
            "\"99\" = \"refused\"  # guess: a number that is no total and comes again; in 4 cells",
            "\"n/a\" = \"unknown\"  # guess: in 4 cells",
            "# open: 36 cells of \"phq9_total_post\"  # they have a comma",
        ],
    );
    // A total of the WHO-5 may be 88.
    assert!(!plan.contains("\"88\" ="), "{plan}");
    let plan = self::plan(&[("trial.csv", &text.replace("n/a", "ill"))]);
    check(&plan, &["# open: 4 cells of \"phq9_total_post\"  # they hold no number"]);
}

#[test]
fn a_column_of_names_is_known_by_the_words_of_its_question() {
    let mut text = "pid,intro/your name,Name of village\n".to_owned();
    people(20).for_each(|pid| text += &format!("{pid},Somebody {pid},Huye {pid}\n"));
    let plan = plan(&[("people.csv", &text)]);
    check(&plan, &["name = \"intro/your name\""]);
}

#[test]
fn registers_are_wide_too() {
    let head: Vec<String> = (1..=8).map(|n| format!("Week {n}")).collect();
    let mut text = format!("Code,Name,{}\n", head.join(","));
    for (n, pid) in people(12).enumerate() {
        let marks: Vec<&str> = (0..8).map(|week| ["P", "A", "?", "P"][(n + week) % 4]).collect();
        text += &format!("{pid},Somebody No {n},{}\n", marks.join(","));
    }
    let plan = plan(&[("register.csv", &text)]);
    assert!(!plan.contains("Somebody"), "{plan}");
    // A question mark in a quarter of the cells: not marks for sure.
    let text = text.replace('?', "E");
    assert_eq!(read(&[("register.csv", &text)]), Ok(12));
    let plan = self::plan(&[("register.csv", &text)]);
    check(
        &plan,
        &["person = \"Code\"", "sessions = [\"Week {1..8}\"]", "marks = { \"A\" = \"absent\""],
    );
}

#[test]
fn what_cannot_be_told_is_said() {
    let mut text = "colour,q1,q2,q3,q4,q5,q6,q7\n".to_owned();
    for n in 0..30 {
        text += &format!("{},0,1,2,3,1,2,{}\n", ["red", "blue"][n % 2], n % 4);
    }
    let plan = plan(&[("answers.csv", &text)]);
    check(&plan, &["#   items = [\"q{1..7}\"]", "# open: answers.csv"]);
    assert!(plan.contains("gad-7"), "{plan}");
}

#[test]
fn answers_that_count_from_one_are_seen() {
    let mut text = "id,who5_1,who5_2,who5_3,who5_4,who5_5\n".to_owned();
    for (n, pid) in people(30).enumerate() {
        text += &format!("{pid},{},2,3,5,{}\n", 1 + n % 6, 1 + (n + 3) % 6);
    }
    assert_eq!(read(&[("wellbeing.csv", &text)]), Ok(30));
    let plan = plan(&[("wellbeing.csv", &text)]);
    check(&plan, &["\"1\" = 0  # guess: counted from 1", "\"6\" = 5", "values = \"who-5\""]);
}

#[test]
fn answers_that_a_program_wrote_with_a_point_need_no_map() {
    let mut text = "pid,gad1,gad2\n".to_owned();
    for (n, pid) in people(30).enumerate() {
        let first = ["99.0", "-77.0", "2.0", "0.0", "3.0"][n % 5];
        text += &format!("{pid},{first},{}\n", if n == 7 { "2.5" } else { "1" });
    }
    let plan = plan(&[("start.csv", &text)]);
    check(
        &plan,
        &[
            "\"99.0\" = \"refused\"",
            "\"-77.0\" = \"not-asked\"",
            "# open: 1 cell: \"2.5\"  # no answer from 0 to 3",
        ],
    );
    assert!(!plan.contains("[values"), "{plan}");
    let whole = text.replace("2.5", "2");
    assert_eq!(read(&[("start.csv", &whole)]), Ok(30));
    // Where a map is wanted, what may be half an answer is left to a person.
    let worded = text.replace(",1\n", ",Several days\n");
    let plan = self::plan(&[("start.csv", &worded)]);
    check(&plan, &["\"2.0\" = 2", "# open: \"2.5\" = "]);
    assert_eq!(read(&[("start.csv", &worded.replace("2.5", "2"))]), Ok(30));
}

#[test]
fn columns_that_carry_the_questions_are_found() {
    let items = [
        "Little interest or pleasure in doing things",
        "Feeling down, depressed, or hopeless",
        "Feeling nervous, anxious or on edge",
        "Not being able to stop or control worrying",
    ];
    let stem = "Over the last 2 weeks, how often have you been bothered by";
    let mut text = format!(
        "Timestamp,Participant ID,{}\n",
        items.map(|item| format!("\"{stem}: [{item}]\"")).join(",")
    );
    for (n, pid) in people(20).enumerate() {
        let labels = ["Not at all", "several days", "More than half the days", "NEARLY EVERY DAY"];
        text += &format!(
            "2026-03-0{} 10:00,{pid},{},{},{},{}\n",
            1 + n % 9,
            labels[n % 4],
            labels[0],
            labels[1],
            labels[3]
        );
    }
    assert_eq!(read(&[("Responses.csv", &text)]), Ok(20));
    let plan = plan(&[("Responses.csv", &text)]);
    check(
        &plan,
        &["\"NEARLY EVERY DAY\" = 3", "newest_by = \"Timestamp\"", "person = \"Participant ID\""],
    );
    assert!(plan.contains("the columns carry its questions"), "{plan}");
    assert_eq!(plan.matches("[[sheets.scales]]").count(), 1, "{plan}");
}

#[test]
fn names_that_are_few_are_no_answers() {
    // Three helpers stand in many rows: a list, but no answers. Nor are they a breakdown.
    let mut text = "pid,facilitator,helper_1,helper_2,helper_3,sex\n".to_owned();
    for (n, pid) in people(40).enumerate() {
        let helpers = ["Uwase", "Mutoni", "Keza"];
        text += &format!(
            "{pid},{0},{0},{1},{0},{2}\n",
            helpers[n % 3],
            helpers[(n + 1) % 3],
            ["F", "M"][n % 2]
        );
    }
    let plan = plan(&[("people.csv", &text)]);
    for name in ["Uwase", "Mutoni", "Keza"] {
        assert!(!plan.contains(name), "{plan}");
    }
    check(&plan, &["breakdowns = [\"sex\"]"]);
}

#[test]
fn nothing_is_suggested_of_empty_tables_and_nothing_panics() {
    assert_eq!(suggest(&[]).guesses, 2);
    let plan =
        suggest(&[Seen::begin("a.csv", []), Seen::begin("b.csv", ["pid", "", "phq_1"])]).toml;
    assert!(toml::from_str::<toml::Table>(&plan).is_ok(), "{plan}");
}

#[test]
fn each_sheet_of_a_workbook_stands_under_its_name() {
    let rows = |less: i32| {
        let row = |pid: String| format!("{pid},{},{}\n", 3 - less, 2 - less);
        people(12).map(row).fold("pid,gad1,gad2\n".to_owned(), |all, row| all + &row)
    };
    let sheets = [("Baseline", rows(0)), ("Endline", rows(1))];
    let sheets = sheets.map(|(name, text)| seen("spring_groups.xlsx", &text).sheet(name));
    let plan = suggest(&sheets).toml;
    check(
        &plan,
        &[
            "title = \"spring-groups\"",
            "sheet = \"Endline\"",
            "timepoint = \"baseline\"  # guess: by the name of the file or sheet",
            "# From the file spring_groups.xlsx, sheet \"Endline\".",
        ],
    );
}

#[test]
fn a_title_is_what_all_files_are_called_and_an_encoding_says_whether_it_is_a_guess() {
    let text = "pid,gad1,gad2\nK-1,1,2\nK-2,0,1\n";
    let named = |names: &[&str]| {
        let files: Vec<Seen> = names.iter().map(|name| seen(name, text)).collect();
        suggest(&files).toml
    };
    check(&named(&["huye_2026_start.csv", "huye_2026_end.csv"]), &["title = \"huye-2026\""]);
    check(&named(&["start.csv", "end.csv"]), &["title = \"evaluation\""]);
    let guess = suggest(&[seen("a.csv", text).encoded(crate::Encoded::Windows1252, true)]).toml;
    check(&guess, &["encoding = \"windows-1252\"  # guess:"]);
    let said = suggest(&[seen("a.csv", text).encoded(crate::Encoded::Latin1, false)]).toml;
    assert!(said.lines().any(|line| line == "encoding = \"latin-1\""), "{said}");
}

#[test]
fn a_cross_beside_a_mark_of_presence_is_no_presence() {
    let plan_of = |marks: &[&str]| {
        let registry: String =
            people(60).map(|pid| format!("{pid},circle {}\n", pid.len() % 5)).collect();
        let mut attendance = "pid,session,mark\n".to_owned();
        for (n, pid) in people(60).enumerate() {
            for session in 1..=12 {
                attendance += &format!("{pid},{session},{}\n", marks[(n + session) % marks.len()]);
            }
        }
        let registry = format!("pid,circle\n{registry}");
        plan(&[("people.csv", &*registry), ("attendance.csv", &*attendance)])
    };
    let beside = plan_of(&["P", "L", "E", "X", "A", "U"]);
    assert!(!beside.contains("\"X\" = \"present\""), "{beside}");
    assert!(beside.contains("open: marks: \"X\" =") && beside.contains("often it is excused"));
    assert!(plan_of(&["X", "A"]).contains("\"X\" = \"present\""), "a cross by itself");
}

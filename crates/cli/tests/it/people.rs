//! A list of people is taken in.

use crate::house::House;

#[test]
fn every_fault_of_a_list_is_told_and_nobody_is_enrolled() {
    let house = House::started();
    let list = "id;name;birth year\n1;Planted Name;1990\n2;Other;19\n2;Third;abc\n;;1980\n";
    let file = house.write("list.csv", list);
    let ran = house.run(&["people", "import", &file]);
    ran.ended(1)
        .explains("4 things are wrong")
        .explains("line 3, column 3")
        .explains("line 4, column 1");
    ran.explains("line 4, column 3").explains("line 5").never_says("Planted");
    house.run(&["people", "list"]).ended(0).says("0 enrolments");
}

#[test]
fn a_list_is_taken_in_and_shown_by_name_or_by_code() {
    let house = House::started();
    let file = house.write("list.csv", "id,name,circle\n1,Uwase,A\n2,Mutoni,A\n");
    let ran = house.run(&["people", "import", &file]);
    ran.ended(0).says("2 people were enrolled").says("name a circle").never_says("Uwase");
    house.run(&["people", "list"]).ended(0).says("Uwase").says("participant");
    let people = house.json(&["people", "list"]);
    assert_eq!(people["people"].as_array().unwrap().len(), 2);
    let locked = house.locked();
    locked.run(&["people", "list"]).ended(3);
    locked.run(&["people", "list", "--codes"]).ended(0).says("2 enrolments").never_says("Uwase");
}

#[test]
fn namesakes_and_people_who_are_here_are_asked_about_with_codes() {
    let house = House::started();
    let file = house.write("list.csv", "id,name\n1,Uwase Marie\n2,marie uwase\n");
    let ran = house.run(&["people", "import", &file]);
    ran.ended(1).explains("line 3 may be the same person as line 2").never_says("arie");
    house.run(&["people", "list"]).says("0 enrolments");
    house.run(&["people", "import", &file, "--accept-duplicates"]).ended(0).says("2 people");

    let file = house.write("list.csv", "id,name\n1,Somebody\n3,New\n");
    house.run(&["people", "import", &file]).ended(1).explains("the same number");
    let ran = house.run(&["people", "import", &file, "--skip-known"]);
    ran.ended(0).says("One person was enrolled").says("One row was left out");
    house.run(&["people", "list"]).says("3 enrolments");
}

#[test]
fn a_spoken_word_needs_somebody_who_heard_it() {
    let house = House::started();
    let file = house.write("staff.csv", "name\nWitness\n");
    let staff = house.json(&["people", "import", &file, "--standing", "staff"]);
    let witness = staff["codes"][0].as_str().unwrap().to_owned();
    let file = house.write("list.csv", "name\nUwase\n");
    let spoken =
        ["people", "import", &file, "--consent", "spoken", "--measure-consent-on", "2026-11-20"];
    house.run(&spoken).ended(1).explains("(rule ");
    let signed = ["--consent-mode", "signed", "--measure-consent-on", "2999-01-01"];
    house.run(&[&["people", "import", &file], &signed[..]].concat()).ended(1).explains("future");
    house.run(&["people", "list"]).says("One enrolment");
    let file = house.write("list.csv", "name\nMutoni\n");
    let spoken = ["people", "import", &file, "--consent", "spoken", "--witness", &witness];
    house.run(&spoken).ended(0);
    let spoken = ["people", "import", &file, "--consent", "spoken", "--witness", "ZZZZ-Z"];
    house.run(&spoken).ended(1).explains("Nobody here has that code");
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let house = House::started();
    house.run(&["people", "import", "nowhere.csv"]).ended(1).explains("cause:");
}

#[test]
fn columns_that_are_left_out_are_told_by_number_and_never_by_what_may_be_a_name() {
    let house = House::started();
    let file = house.write("list.csv", "name,favorite color,dob\nUwase,blue,31/12/1990\n");
    let ran = house.run(&["people", "import", &file]);
    ran.ended(0).says("left out, by number: 2.").never_says("favorite");
    // Without names of columns the first line is somebody.
    let file = house.write("bare.csv", "Uwase Marie,1990\nMutoni Grace,1991\n");
    let ran = house.run(&["people", "import", &file]);
    ran.ended(1).explains("names no column").explains("people template").never_says("Marie");
    let ran = house.run(&["people", "import", &file, "--name", "Uwase Marie"]);
    ran.ended(1).explains("names no column");
}

#[test]
fn a_usual_list_is_taken_in_once_it_is_said_which_column_is_the_place() {
    let house = House::started();
    let list = "No,Name,District,Sector,Village\n1,Uwase,Kamonyi,Runda,Ruyenzi\n";
    let file = house.write("list.csv", list);
    let ran = house.run(&["people", "import", &file]);
    ran.ended(1).explains("Columns 3 and 4 could both be “place”").explains("--column place=");
    house.run(&["people", "import", &file, "--column", "place=Sector"]).ended(0).says("3, 5.");
    let wrong = house.run(&["people", "import", &file, "--column", "rank=Sector"]);
    wrong.ended(1).explains("FIELD=COLUMN").explains("birth_year");
    let file = house.write("sex.csv", "name,sex\nMutoni,a woman\n");
    house.run(&["people", "import", &file]).ended(1).explains("such as f, m or x");
    let template =
        house.run(&["people", "template"]).ended(0).explains("such as f, m or x").out.clone();
    assert_eq!(template.lines().count(), 1, "the words stand beside the table, not in it");
}

#[test]
fn everything_that_is_wrong_is_told_in_one_run_by_line_and_column() {
    let house = House::started();
    let list = "id,name,dob,sex\n1,Uwase,1990,f\n2,Mutoni,2015,f\n2,Keza,90,f\n3,Ann\n,,,\nx,Uwase,1990,f\n";
    let file = house.write("list.csv", list);
    let ran = house.run(&["people", "import", &file]);
    ran.ended(1)
        .explains("line 3: This person may be under 18.")
        .explains("line 4, column 1 (id): It is the same as line 3.")
        .explains("line 4, column 3 (year of birth)")
        .explains("line 5: 2 cells where the first line has 4.")
        .explains("line 7 may be the same person as line 2");
    let answer = house.json(&["people", "import", &file]);
    let faults = answer["error"]["faults"].as_array().unwrap();
    let codes: Vec<_> = faults.iter().map(|fault| fault["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["people.minor", "row.repeated", "cell.not_a_year", "table.ragged"]);
    assert_eq!(
        (&faults[1]["line"], &faults[1]["column"], &faults[1]["field"]),
        (&4.into(), &1.into(), &"id".into())
    );
    assert!(faults.iter().all(|fault| fault["what"].is_string() && fault["to_do"].is_string()));
    assert_eq!(answer["error"]["doubts"][0]["by"], "number");
}

#[test]
fn nobody_is_enrolled_tomorrow() {
    let house = House::started();
    let file = house.write("list.csv", "name\nUwase\n");
    house.run(&["people", "import", &file, "--on", "2999-01-01"]).ended(1).explains("future");
    house.run(&["people", "list"]).says("0 enrolments");
}

#[test]
fn a_number_is_known_again_however_it_is_written() {
    let house = House::started();
    let file = house.write("list.csv", "id,name\nK-7,Uwase\n");
    house.run(&["people", "import", &file]).ended(0);
    let file = house.write("list.csv", "id,name\nk 7,Uwase Marie\nK-8,Mutoni\n");
    let ran = house.run(&["people", "import", &file, "--skip-known"]);
    ran.ended(0).says("One person was enrolled").says("One row was left out");
}

#[test]
fn of_very_many_doubts_the_first_hundred_are_printed() {
    let house = House::started();
    let rows: String = (1..=130).map(|n| format!("{n},Somebody\n")).collect();
    let file = house.write("list.csv", format!("id,name\n{rows}"));
    let ran = house.run(&["people", "import", &file]);
    ran.ended(1).explains("129 rows should be looked at").explains("and 29 more");
}

#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_not_read_to_it() {
    let house = House::started();
    house.run(&["people", "import", "/dev/zero"]).ended(1).explains("larger than");
}

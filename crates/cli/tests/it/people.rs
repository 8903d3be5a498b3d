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
    house.run(&spoken).ended(1).explains("ZZZZ-Z");
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let house = House::started();
    house.run(&["people", "import", "nowhere.csv"]).ended(1).explains("cause:");
}

#[test]
fn columns_that_are_left_out_are_named() {
    let house = House::started();
    let file = house.write("list.csv", "name,favorite color,dob\nUwase,blue,1990-05-06\n");
    house
        .run(&["people", "import", &file])
        .ended(0)
        .says("Columns that were left out: favorite color.");
}

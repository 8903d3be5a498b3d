//! Who is kept apart or barred can be worked out from nothing that `form` prints.

use std::{collections::BTreeMap, fs};

use crate::{
    forming::{FACILITATORS, PEOPLE, founded},
    house::{House, Ran},
};

/// Circles of five to seven, at two times.
const LEADERS: &str = "id,place,languages,times\nf1,P,en,mon 09:00\nf2,P,en,tue 09:00; wed 09:00\n";
const RULES: &str = "sizes = { fewest = 5, usual = 6, most = 7 }\n";

/// Ten people of whom five can come on Monday and five on Tuesday, and more.
fn people(more: &str) -> String {
    let mut people = "id,place,languages,times,apart,barred\n".to_owned();
    for (key, day) in [("a", "mon"), ("t", "tue")] {
        for n in 1..=5 {
            people = format!("{people}{key}{n},P,en,{day} 09:00,,\n");
        }
    }
    format!("{people}{more}")
}

fn form(house: &House, people: &str, more: &[&str]) -> Ran {
    let (people, leaders) = (house.write("p.csv", people), house.write("f.csv", LEADERS));
    let rules = house.write("r.toml", RULES);
    let lists = ["form", "--roster", &people, "--facilitators", &leaders, "--rules", &rules];
    house.run(&[&lists[..], more].concat())
}

#[test]
fn advice_is_the_same_for_whoever_is_kept_apart_or_barred_and_for_whoever_is_not() {
    let house = House::empty();
    let list = people("y,P,en,wed 09:00,,\nx,P,en,wed 09:00,a1,\nz,P,en,wed 09:00,,f1\n");
    let told = ["x", "y", "z"].map(|key| {
        let ran = form(&house, &list, &["--why", key]);
        ran.ended(0).says("find time on Mon 09:00: a circle in en that has room meets then");
        ran.out.replacen(key, "?", 1)
    });
    assert_eq!(told[0], told[1]);
    assert_eq!(told[1], told[2]);
}

#[test]
fn a_seat_beside_room_in_which_somebody_is_barred_has_no_reason_of_its_own() {
    let house = House::empty();
    let list = people("").replace("t5,P,en,tue 09:00,,\n", "");
    let told = ["f1", ""].map(|barred| {
        let list = format!("{list}x,P,en,mon 09:00; tue 09:00,,{barred}\n");
        form(&house, &list, &["--why", "x"]).ended(0).says("x sits in circle 2").out.clone()
    });
    assert_eq!(told[0], told[1]);
    // Nor has a wait: a circle that has room is one, and what is said of it is said of others too.
    let list = people("x,P,en,mon 09:00,a1; a2; a3; a4; a5,\n");
    let ran = form(&house, &list, &["--why", "x"]);
    ran.ended(0).says("leads a circle that has room").says("leaves everybody else as well placed");
    ran.never_says("cannot take");
    // Somebody whose seat would cost more than their waiting waits in the same words.
    let costly = format!("{RULES}[weights]\nwaiting = 1\nevenness = 10\n");
    let list = people("").replace("t5,P,en,tue 09:00,,\n", "");
    let mut list = format!("{list}x,P,en,mon 09:00,,\n");
    for n in 1..=2 {
        list = format!("{list}b{n},P,en,mon 09:00,,\n");
    }
    let (list, leaders) = (house.write("p.csv", list), house.write("f.csv", LEADERS));
    let rules = house.write("r.toml", costly);
    let asked = ["form", "--roster", &list, "--facilitators", &leaders, "--rules", &rules];
    house.run(&asked).ended(0).says("leads a circle").says("No seat was found for");
}

#[test]
fn lists_that_part_people_who_stand_together_are_refused_in_the_words_for_any_company() {
    let house = House::empty();
    let seats = "circle,facilitator,time,language,id\n1,f1,mon 09:00,en,a1\n1,f1,mon 09:00,en,a2\n";
    let seats = house.write("s.csv", seats);
    let parted = people("").replace("a1,P,en,mon 09:00,,", "a1,P,en,mon 09:00,a2,");
    let told = form(&house, &parted, &["--standing", &seats]);
    told.ended(1).explains("cannot be the company of one circle");
    let aged = people("").replace("barred\n", "barred,birth_year\n").replace(",,\n", ",,,1990\n");
    let aged = aged.replacen("1990", "1940", 1);
    let (list, leaders) = (house.write("p.csv", aged), house.write("f.csv", LEADERS));
    let rules = house.write("r.toml", format!("{RULES}age_span_years = 20\n"));
    let asked = ["form", "--roster", &list, "--facilitators", &leaders, "--rules", &rules];
    let ages = house.run(&[&asked[..], &["--standing", &seats]].concat());
    assert_eq!(ages.ended(1).err, told.err);
}

#[test]
fn of_a_programs_own_people_no_table_of_seats_tells_who_is_kept_apart() {
    let house = House::empty();
    founded(&house);
    let (list, leaders) = (house.write("p.csv", PEOPLE), house.write("f.csv", FACILITATORS));
    house.run(&["people", "import", &list, "--accept-duplicates"]).ended(0);
    house.run(&["people", "import", &leaders, "--standing", "staff"]).ended(0);
    house.run(&["form", "--wishes", &list]).ended(0);
    house.run(&["form", "--wishes", &leaders]).ended(0);
    let out = house.path("proposal");
    house.run(&["form", "--out", &out]).ended(0);
    let table = fs::read_to_string(house.folder().join("proposal/seats.csv")).unwrap();
    let table = table.replace("\r\n", "\n").replace('"', "");
    let mut circles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        circles.entry(line.split(',').next().unwrap()).or_default().push(line);
    }
    let together = &circles["1"];
    let head = table.lines().next().unwrap();
    let two = house.write("two.csv", format!("{head}\n{}\n{}\n", together[0], together[1]));
    let whole = house.write("whole.csv", format!("{head}\n{}\n", together.join("\n")));
    let everybody = house.write("everybody.csv", &table);
    let mut small = table.clone();
    for line in &together[2..] {
        let person = line.split(',').nth(6).unwrap();
        small = small.replace(line, &format!(",,,,,,{person},"));
    }
    let small = house.write("small.csv", small);
    let asked = |more: &[&str]| house.run(&[&["form", "--work", "30000"], more].concat());
    let ask = || {
        [
            asked(&["--standing", &two]),
            asked(&["--standing", &two, "--let-move"]),
            asked(&["--standing", &two, "--json"]),
            asked(&["--standing", &whole, "--json"]),
            asked(&["--accept", &small, "--yes"]),
        ]
        .map(|ran| (ran.exit, ran.out, ran.err))
    };
    let before = ask();
    assert_eq!((before[0].0, before[4].0), (0, 1), "{before:?}");
    assert!(before[4].2.contains("too few people"), "{before:?}");
    let pair = [together[0], together[1]].map(|line| line.split(',').nth(6).unwrap()).join(",");
    house.run(&["form", "--keep-apart", &pair]).ended(0);
    assert_eq!(ask(), before, "it tells that the two are kept apart");
    // The gate alone refuses, in words for other reasons too, and nothing is convened.
    let ran = asked(&["--accept", &everybody, "--yes"]);
    ran.ended(1).explains("sit elsewhere meanwhile").explains("circle 1:").never_says("kept apart");
}

//! Circles as a table, changed by hand and read again.

use std::io::Cursor;

use circle_formation::{Ask, Breach, Cost, Effort, Formation, Sizes, Weights, check, extend, form};
use circlekeeper::Wishes;
use commons::{Code, Refused};
use convening::{
    Columns, Entrant, FormingRules, Hall, Leader, ListReading, Lists, Seats, read_seats,
    read_standing, seats_table,
};
use interchange::{Cell, Mapping, ReadOptions, Table, WriteOptions};
use proptest::{prelude::*, sample};

use crate::people;

fn rules() -> FormingRules {
    let rules = FormingRules::of_sizes(Sizes::new(2, 3, 4).expect("sizes"));
    FormingRules::new(rules.rules().clone(), Weights::usual(), 120, vec![Code::of("generation")])
        .expect("rules")
}

fn wishes(languages: &[&str], times: &[&str]) -> Wishes {
    Wishes {
        languages: languages.iter().map(|word| word.parse().expect("a code")).collect(),
        times: times.iter().map(|time| time.parse().expect("a time")).collect(),
        ..Wishes::default()
    }
}

/// Five people, a team of two and somebody who leads with nobody.
fn lists() -> Lists {
    let person = |(n, times): (usize, &[&str])| Entrant {
        name: (n != 3).then(|| format!("Name {n}")),
        wishes: wishes(&["rw"], times),
        line: Some(n as u64 + 1),
        ..Entrant::new(n.to_string())
    };
    let times: [&[&str]; 5] = [&["mon"], &["mon"], &["mon", "tue"], &["tue"], &["wed"]];
    let lead = |key: &str, name: &str| Leader {
        name: Some(name.to_owned()),
        wishes: Wishes { place: None, ..wishes(&["rw", "en"], &["mon 14:00", "tue 9:00"]) },
        ..Leader::new(key)
    };
    Lists {
        entrants: (1..).zip(times).map(person).collect(),
        leaders: vec![lead("K1", "Keza"), lead("K2", "Kamana")],
    }
}

fn hall() -> Hall {
    lists().hall(&rules().with_leaders(2), 2026).expect("a hall")
}

fn read(text: &str, hall: &Hall) -> ListReading<Option<Seats>> {
    let table =
        Table::read("seats.csv", text.as_bytes(), &ReadOptions::default()).expect("a table");
    read_seats(&table, &Mapping::default(), hall)
}

fn told(reading: &ListReading<Option<Seats>>) -> Vec<String> {
    assert!(reading.found.is_some() == reading.faults.is_empty());
    reading.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn seats_are_written_circle_by_circle_and_who_waits_at_the_end() {
    let hall = hall();
    let proposal = form(hall.roster(), Effort::usual(hall.roster(), 1));
    let table = seats_table(&hall, proposal.formation());
    let csv = table.to_csv(&WriteOptions::default()).expect("a table");
    let csv = String::from_utf8(csv).expect("a text").replace("\r\n", "\n").replace('"', "");
    assert_eq!(
        csv,
        "\
circle,facilitator,facilitator_name,time,language,place,id,name
1,K1 + K2,Keza + Kamana,mon 14:00,rw,,1,Name 1
1,K1 + K2,Keza + Kamana,mon 14:00,rw,,2,Name 2
1,K1 + K2,Keza + Kamana,mon 14:00,rw,,3,
,,,,,,4,Name 4
,,,,,,5,Name 5
"
    );
    assert_eq!(format!("{table:?}"), "SeatsTable { rows: 5, .. }");
    let seats = read(&csv, &hall).whole().expect("seats").expect("seats");
    assert_eq!(seats.formation(), proposal.formation());
}

#[test]
fn a_coordinator_may_leave_cells_empty_that_another_row_fills() {
    let hall = hall();
    let text = "id;Circle;facilitator;time;language;remark\n\
        3;A;;;RW;x\n\
        4;A;K2;;;\n\
        1;;K1;mon 14:00;rw;\n\
        2;;;;;\n\
        5;A;K2 + K1;Tuesday 9;rw;\n";
    let seats = read(text, &hall).whole().expect("seats").expect("seats");
    let (_, circle) = seats.formation().circles().next().expect("a circle");
    let keys: Vec<_> = circle
        .members
        .iter()
        .filter_map(|it| hall.entrant(*it))
        .map(|it| it.key.as_str())
        .collect();
    assert_eq!(keys, ["3", "4", "5"]);
    assert_eq!(seats.formation().waiting().count(), 2);
    let breaches = check(hall.roster(), seats.formation());
    let lines: Vec<_> = breaches.iter().map(|breach| seats.breach_lines(breach)).collect();
    assert!(matches!(breaches[..], [Breach::NotFree { .. }]));
    assert_eq!(lines, [[6].into()]);
}

#[test]
fn whoever_came_later_waits_beside_circles_that_stand() {
    let hall = hall();
    let text = "circle,facilitator,time,language,id\n1,K1,mon 14:00,rw,1\n1,,,,2\n";
    assert_eq!(read(text, &hall).faults.total(), 3);
    let table = Table::read("seats.csv", text.as_bytes(), &ReadOptions::default());
    let read = |table: &Table| read_standing(table, &Mapping::default(), &hall);
    let standing = read(&table.expect("a table")).whole().expect("seats").expect("seats");
    assert_eq!(standing.formation().waiting().count(), 3);
    let effort = Effort::usual(hall.roster(), 1);
    let more = extend(hall.roster(), standing.formation(), effort, Ask::NobodyMoves);
    let more = more.expect("circles with more people");
    assert_eq!(more.proposal.formation().waiting().count(), 2);
    let strange =
        Table::read("s.csv", text.replace(",2\n", ",9\n").as_bytes(), &ReadOptions::default());
    let codes: Vec<_> = read(&strange.expect("a table")).faults.iter().map(Refused::code).collect();
    assert_eq!(codes, ["convening.unknown_key"]);
}

#[test]
fn everything_that_is_wrong_with_a_table_is_told_in_one_run() {
    let hall = hall();
    let text = "circle,facilitator,time,language,id\n\
        1,K1,mon 14:00,rw,1\n\
        1,K1,tue 9:00,en,1\n\
        2,,,,2\n\
        3,K1 + K9,mon 15:00,fr,9\n\
        4,K1,noon,no word!,\n\
        \"a\tb\",,,,3\n";
    assert_eq!(
        told(&read(text, &hall)),
        [
            "people, line 5: somebody of the list is not in the table of seats",
            "people, line 6: somebody of the list is not in the table of seats",
            "seats, line 3, column 3 (time): another row of this circle, line 2, says otherwise",
            "seats, line 3, column 4 (language): another row of this circle, line 2, says otherwise",
            "seats, line 3, column 5 (id): the same as line 2",
            "seats, line 4, column 2 (facilitator): nobody leads this circle",
            "seats, line 4, column 3 (time): empty",
            "seats, line 4, column 4 (language): empty",
            "seats, line 5, column 2 (facilitator): a key that nobody has",
            "seats, line 5, column 3 (time): no circle can begin at that time",
            "seats, line 5, column 4 (language): nobody of these lists speaks that language",
            "seats, line 5, column 5 (id): a key that nobody has",
            "seats, line 6, column 3 (time): not a time of the week",
            "seats, line 6, column 4 (language): not a short word of letters a to z, digits, `_`, `-` and `.`",
            "seats, line 6, column 5 (id): empty",
            "seats, line 7, column 1 (circle): not a text of 1 to 200 characters without control characters",
        ]
    );
    let reading = read("id,facilitator\n1,K1\n", &hall);
    let codes: Vec<_> = reading.faults.iter().map(Refused::code).collect();
    assert_eq!(codes.iter().filter(|code| **code == "table.column_missing").count(), 3);
    assert_eq!(codes.iter().filter(|code| **code == "convening.not_in_table").count(), 4);
    assert_eq!(
        told(&read("1,2\nx,y\n", &hall)),
        ["seats, line 1: the first line names no column that is known here"]
    );
    let alone = lists().hall(&rules(), 2026).expect("a hall");
    let reading = read(
        "circle,facilitator,time,language,id\n1,K1 + K2,mon 14:00,rw,1\n,,,,2\n,,,,3\n,,,,4\n,,,,5\n",
        &alone,
    );
    assert_eq!(
        told(&reading),
        ["seats, line 2, column 2 (facilitator): these do not lead together"]
    );
    let template = Columns::of_seats().template().expect("a template");
    assert!(Table::read("seats.csv", &template, &ReadOptions::default()).is_err());
}

#[test]
fn whoever_is_moved_by_the_number_of_a_circle_alone_is_the_one_who_is_named() {
    let hall = lists().hall(&rules(), 2026).expect("a hall");
    let text = "circle,facilitator,time,language,id\n\
        2,K1,mon 14:00,rw,1\n\
        2,K2,tue 9:00,rw,3\n\
        2,K2,tue 9:00,rw,4\n\
        1,K1,mon 14:00,rw,2\n\
        2,,,,5\n";
    assert_eq!(
        told(&read(text, &hall)),
        [
            "seats, line 2, column 2 (facilitator): another row of this circle, line 3, says otherwise",
            "seats, line 2, column 3 (time): another row of this circle, line 3, says otherwise",
        ]
    );
}

#[test]
fn every_breach_has_lines_and_none_says_who_is_kept_apart() {
    let mut lists = lists();
    lists.entrants[0].apart.insert("2".to_owned());
    lists.entrants[3].barred.insert("K1".to_owned());
    let hall = lists.hall(&rules().with_leaders(2), 2026).expect("a hall");
    let text = "circle,facilitator,time,language,id\n\
        1,K1,mon 14:00,rw,1\n1,,,,2\n1,,,,3\n\
        2,K1,mon 14:00,en,4\n2,,,,5\n";
    let seats = read(text, &hall).whole().expect("seats").expect("seats");
    let (mut apart, mut barred) = (Vec::new(), Vec::new());
    for breach in check(hall.roster(), seats.formation()) {
        let lines = seats.breach_lines(&breach);
        assert!(!lines.is_empty(), "{breach:?}");
        if matches!(breach, Breach::Apart { .. }) {
            apart.push(lines);
        } else if matches!(breach, Breach::Barred { .. }) {
            barred.push(lines);
        } else if matches!(breach, Breach::FacilitatorTwice { .. } | Breach::FacilitatorLoad { .. })
        {
            assert_eq!(lines.len(), 5);
        }
    }
    assert_eq!((apart, barred), (vec![[2, 3, 4].into()], vec![[5, 6].into()]));
}

fn written(hall: &Hall, formation: &Formation) -> Table {
    let csv = seats_table(hall, formation).to_csv(&WriteOptions::default()).expect("a table");
    Table::read("seats.csv", &csv, &ReadOptions::default()).expect("a table")
}

fn formed(hall: &Hall, seed: u64) -> circle_formation::Proposal {
    form(hall.roster(), Effort { seed, work: 2_000 * hall.entrants().len() as u64 })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_formed_is_read_again(lists in people::lists(14), seed in 0..9_u64) {
        let hall = lists.hall(&rules(), 2026).expect("a hall");
        let proposal = formed(&hall, seed);
        prop_assert_eq!(check(hall.roster(), proposal.formation()), []);
        let seats = read_seats(&written(&hall, proposal.formation()), &Mapping::default(), &hall);
        let seats = seats.whole().expect("no fault").expect("seats");
        prop_assert_eq!(seats.formation(), proposal.formation());
        // The same in a workbook.
        let table = seats_table(&hall, proposal.formation());
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (column, name) in (0..).zip(table.names) {
            sheet.write(0, column, name).expect("a cell");
        }
        for (line, row) in (1..).zip(&table.rows) {
            for (column, cell) in (0..).zip(row) {
                match cell {
                    Cell::Text(text) => drop(sheet.write(line, column, text.as_str()).expect("a cell")),
                    Cell::Integer(number) => drop(sheet.write(line, column, *number as f64).expect("a cell")),
                    Cell::Number(_) | Cell::Date(_) | Cell::Empty => {}
                }
            }
        }
        let bytes = book.save_to_buffer().expect("a workbook");
        let sheet = Table::sheet("b.xlsx", Cursor::new(bytes), None, &ReadOptions::default()).expect("a table");
        let again = read_seats(&sheet, &Mapping::default(), &hall).whole().expect("no fault");
        prop_assert_eq!(again.map(|seats| seats.formation().clone()), Some(proposal.into_formation()));
    }

    #[test]
    fn the_order_of_lists_makes_no_difference_to_anybody(
        lists in people::lists(9), turn in 0..9_usize, lead in 0..3_usize,
    ) {
        let mut turned = lists.clone();
        let (people, leaders) = (turned.entrants.len(), turned.leaders.len());
        turned.entrants.rotate_left(turn % people);
        turned.leaders.rotate_left(lead % leaders);
        let (one, other) = (lists.hall(&rules(), 2026).expect("a hall"), turned.hall(&rules(), 2026).expect("a hall"));
        for entrant in one.entrants() {
            let person = |hall: &Hall| hall.person_of(&entrant.key).and_then(|ix| hall.roster().get(ix)).cloned();
            prop_assert_eq!(person(&one), person(&other));
        }
        for (ix, leader) in one.roster().facilitators() {
            let key = &one.leader(ix).expect("a leader").key;
            let same = other.facilitator_of(key).and_then(|ix| other.roster().leader(ix));
            prop_assert_eq!(Some(leader), same);
        }
        let (here, there) = (formed(&one, 1), formed(&other, 1));
        prop_assert!(there.bound() <= here.cost().total() && here.bound() <= there.cost().total());
        if here.is_proven() && there.is_proven() {
            prop_assert_eq!(here.cost().total(), there.cost().total());
        }
        // Circles of the one are as good among the people of the other.
        let circles = here.formation().circles().map(|(_, circle)| {
            let key = &one.leader(circle.facilitator).expect("a leader").key;
            let person = |ix: &_| one.entrant(*ix).and_then(|it| other.person_of(&it.key));
            circle_formation::Circle {
                facilitator: other.facilitator_of(key).expect("a leader"),
                members: circle.members.iter().filter_map(person).collect(),
                ..circle.clone()
            }
        });
        let moved = Formation::new(other.roster(), circles.collect::<Vec<_>>()).expect("circles");
        prop_assert_eq!(check(other.roster(), &moved), []);
        prop_assert_eq!(Cost::of(other.roster(), &moved), here.cost());
    }

    #[test]
    fn whatever_a_coordinator_changes_every_breach_has_its_lines(
        lists in people::lists(14),
        changes in proptest::collection::vec((any::<sample::Index>(), any::<sample::Index>()), 0..6),
    ) {
        let hall = lists.hall(&rules(), 2026).expect("a hall");
        let mut table = seats_table(&hall, formed(&hall, 1).formation());
        let count = table.rows.len();
        // Somebody moves to the circle of somebody else, or waits as they do.
        for (one, to) in changes {
            let led = table.rows[to.index(count)][..6].to_vec();
            table.rows[one.index(count)].splice(..6, led);
        }
        let csv = table.to_csv(&WriteOptions::default()).expect("a table");
        let csv = Table::read("seats.csv", &csv, &ReadOptions::default()).expect("a table");
        let seats = read_seats(&csv, &Mapping::default(), &hall).whole().expect("no fault").expect("seats");
        for breach in check(hall.roster(), seats.formation()) {
            let lines = seats.breach_lines(&breach);
            prop_assert!(!lines.is_empty(), "{:?}", breach);
            prop_assert!(lines.iter().all(|line| (2..=count as u64 + 1).contains(line)));
            if let Breach::Apart { circle } | Breach::Barred { circle } = breach {
                prop_assert_eq!(Some(lines.len()), seats.formation().get(circle).map(|it| it.members.len()));
            }
        }
    }
}

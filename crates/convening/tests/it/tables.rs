//! Lists are read from tables, each fault with its cell.

use std::io::Cursor;

use circle_formation::{Company, Readiness, Sizes};
use commons::{Code, Refused};
use convening::{
    Columns, Entrant, FormingRules, ListFaults, Lists, read_entrants, read_leaders, read_wishes,
};
use interchange::{Mapping, ReadOptions, Table};
use proptest::prelude::*;

fn table(text: &str) -> Table {
    Table::read("list.csv", text.as_bytes(), &ReadOptions::default()).expect("a table")
}

fn told(faults: &ListFaults) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

fn generation() -> Vec<Code> {
    vec![Code::of("generation")]
}

#[test]
fn people_are_read_as_they_were_written() {
    let text = "No\tFull name\tVillage\tX\tY\tLanguages\tTimes\tTopics\tNeeds\tCompany\tSex\tBorn\tGeneration\tTogether\tApart\tBarred\n\
        7\tUwase, M.\tNyamata\t-3\t4\tRW, en\tmon 14:00-17:00; Tue\tLoss of land | anger\tNo stairs\tNeeded\tW\t31/12/1990\tElder\t8;Keza\tKeza\tK1\n\
        8\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\n\
        \tKeza\t\t\t\t\t\t\t\twished\t\t\t\t\t\t\n";
    let read = read_entrants(&table(text), &Mapping::default(), &generation());
    let people = read.whole().expect("people");
    let [uwase, eight, keza] = people.as_slice() else { unreachable!("three rows") };
    assert_eq!((uwase.key.as_str(), uwase.name.as_deref()), ("7", Some("Uwase, M.")));
    assert_eq!((uwase.birth_year, uwase.sex.clone()), (Some(1990), Some(Code::of("w"))));
    let wishes = &uwase.wishes;
    assert_eq!((wishes.place.as_deref(), wishes.spot), (Some("Nyamata"), Some((-3, 4))));
    assert_eq!(wishes.languages, [Code::of("rw"), Code::of("en")].into());
    let times: Vec<_> = wishes.times.iter().map(ToString::to_string).collect();
    assert_eq!(times, ["mon 14:00-17:00", "tue"]);
    assert_eq!(wishes.topics, [Code::of("loss_of_land"), Code::of("anger")].into());
    assert_eq!(wishes.needs, [Code::of("no_stairs")].into());
    assert_eq!(wishes.company, Company::OwnSexNeeded);
    assert_eq!(wishes.aspects, [(Code::of("generation"), Code::of("elder"))].into());
    assert_eq!(uwase.together, ["8".to_owned(), "Keza".to_owned()].into());
    assert_eq!(uwase.apart, ["Keza".to_owned()].into());
    assert_eq!(uwase.barred, ["K1".to_owned()].into());
    assert_eq!(*eight, Entrant { line: Some(3), ..Entrant::new("8") });
    assert_eq!((keza.key.as_str(), keza.wishes.company), ("Keza", Company::OwnSexWished));
    assert_eq!(format!("{people:?}").matches("[private]").count(), 3);
}

#[test]
fn a_column_that_is_nearly_a_known_one_is_no_column_to_pass_over() {
    let read = |text| read_entrants(&table(text), &Mapping::default(), &generation());
    let faults = read("id;plaec;tims;Generaton;phone\n7;Hill;mon;elder;0788\n").faults;
    assert_eq!(
        told(&faults),
        [
            "people, line 1, column 2: no column that is known here; `place`?",
            "people, line 1, column 3: no column that is known here; `time`?",
            "people, line 1, column 4: no column that is known here; `generation`?",
        ]
    );
    // Nor is it one where the column is there already, where somebody says which it is, or where no name is known.
    assert!(read("id;place;placed;lead;term;status;notes;rank\n7;;;;;;;\n").faults.is_empty());
    let mapping = Mapping::default().with("place", "plaec");
    assert!(read_entrants(&table("id;plaec\n7;Hill\n"), &mapping, &[]).faults.is_empty());
    assert_eq!(told(&read("7;Hill;tims\n8;Hill;tims\n").faults).len(), 1);
}

#[test]
fn those_who_lead_are_read_as_they_were_written() {
    let text = "id;languages;times;needs;ready;circles;team;phone\n\
        K1;rw,en;mon 14:00,tue 9-12;no stairs;Yes;2;North;0788\n\
        K2;;;;with support;;;\n\
        K3;;;;no;0;;\n\
        K4;;;;;;;\n";
    let list = table(text);
    let leaders = read_leaders(&list, &Mapping::default()).whole().expect("leaders");
    let ready: Vec<_> = leaders.iter().map(|leader| leader.readiness).collect();
    use Readiness::{NotYet, Ready, WithSupport};
    assert_eq!(ready, [Ready, WithSupport, NotYet, Ready]);
    let first = leaders.first().expect("one");
    assert_eq!(first.wishes.circles, Some(2));
    assert_eq!(first.wishes.team, Some(Code::of("north")));
    assert_eq!(first.wishes.times.len(), 2);
    assert_eq!(
        leaders.iter().map(|leader| leader.line).collect::<Vec<_>>(),
        [Some(2), Some(3), Some(4), Some(5)]
    );
    assert_eq!(Columns::of_facilitators().passed_over(&list, &Mapping::default()), [8]);
}

#[test]
fn what_a_programs_own_people_say_is_read_by_code() {
    let text = "code,company,circles,times,generation,name\nab12,any,3,mon,young,Uwase\n,,,,,\ncd34,,,,,\nab12,,,,,\n,wished,,,,\n";
    let list = table(text);
    let read = read_wishes(&list, &Mapping::default(), &generation());
    assert_eq!(
        told(&read.faults),
        [
            "people, line 5, column 1 (id): the same as line 2",
            "people, line 6, column 1 (id): empty",
        ]
    );
    let first = read.found.first().expect("one");
    assert_eq!((first.line, first.key.as_str(), first.wishes.circles), (2, "ab12", Some(3)));
    assert_eq!(first.wishes.aspects.len(), 1);
    assert_eq!(format!("{first:?}"), "WishRow { line: 2, .. }");
    // Names and the like are the program's own.
    assert_eq!(Columns::of_wishes(&generation()).passed_over(&list, &Mapping::default()), [6]);
    let none = read_wishes(&table("name,times\nUwase,mon\n"), &Mapping::default(), &[]);
    assert_eq!(told(&none.faults), ["people: no column for id"]);
}

#[test]
fn every_fault_of_a_list_is_told_and_none_says_who() {
    let text = "id,name,x,y,languages,times,topics,company,sex,birth_year,together,generation\n\
        7,Uwase,1,,rw;kinyarwanda!,mon 14:00;sometimes,,own sex,a/b,90,,\n\
        8,Mutoni,10001,1.5,,,,,,,,\u{e9}lite\n\
        7,,,,,,,,,,,\n\
        ,,1,1,,,,,,,,\n\
        9,x,,,,,,,,,\"a\tb\",\n\
        1,2\n";
    let read = read_entrants(&table(text), &Mapping::default(), &generation());
    assert_eq!(
        told(&read.faults),
        [
            "people, line 2, column 3 (x): a spot has two numbers",
            "people, line 2, column 5 (languages): not a short word of letters a to z, digits, `_`, `-` and `.`",
            "people, line 2, column 6 (times): not a time of the week",
            "people, line 2, column 8 (company): not one of any, wished and needed",
            "people, line 2, column 9 (sex): not a short word of letters a to z, digits, `_`, `-` and `.`",
            "people, line 2, column 10 (birth_year): not a year from 1900 to 2100, nor a date with one",
            "people, line 3, column 3 (x): not a number from -10000 to 10000",
            "people, line 3, column 4 (y): not a number from -10000 to 10000",
            "people, line 3, column 12 (aspect_1): not a short word of letters a to z, digits, `_`, `-` and `.`",
            "people, line 4, column 1 (id): the same as line 2",
            "people, line 5: neither an id nor a name",
            "people, line 6: not a text of 1 to 200 characters without control characters",
            "people, line 7: 2 cells where the first line has 12",
        ]
    );
    let first = read.faults.iter().next().expect("one");
    assert_eq!(first.code(), "convening.half_a_spot");
    assert_eq!(first.figures().get("cell"), Some(&commons::Figure::Text("x".to_owned())));

    let text = "id,ready,circles,team\nK,maybe,101,a b!\n";
    let read = read_leaders(&table(text), &Mapping::default());
    assert_eq!(
        told(&read.faults),
        [
            "facilitators, line 2, column 2 (ready): not one of yes, with support and no",
            "facilitators, line 2, column 3 (circles): not a number from 0 to 100",
            "facilitators, line 2, column 4 (team): not a short word of letters a to z, digits, `_`, `-` and `.`",
        ]
    );
}

#[test]
fn a_list_without_names_of_columns_is_told_and_nobody_is_read() {
    let read = read_entrants(&table("Uwase,mon\nMutoni,tue\n"), &Mapping::default(), &[]);
    assert_eq!(
        told(&read.faults),
        ["people, line 1: the first line names no column that is known here"]
    );
    assert_eq!(read.found, []);
    let read = read_entrants(&table("times,wer\nmon,Uwase\n"), &Mapping::default(), &[]);
    assert_eq!(told(&read.faults), ["people: no column for name"]);
    let named = Mapping::default().with("name", "wer");
    assert!(read_entrants(&table("times,wer\nmon,Uwase\n"), &named, &[]).whole().is_ok());
}

#[test]
fn a_template_has_every_column_and_no_rows() {
    for (columns, names) in [
        (
            Columns::of_people(&generation()),
            "id name place x y languages times topics needs company sex birth_year together apart barred generation",
        ),
        (
            Columns::of_facilitators(),
            "id name place x y languages times topics needs ready circles team",
        ),
        (
            Columns::of_wishes(&generation()),
            "id place x y languages times topics needs company circles team generation",
        ),
    ] {
        let template = columns.template().expect("a template");
        let options = ReadOptions::default();
        let faults = Table::read("t.csv", &template, &options).expect_err("no rows");
        let codes: Vec<_> = faults.iter().map(Refused::code).collect();
        assert_eq!(codes, ["table.no_rows"]);
        let mut filled = template.clone();
        filled.extend_from_slice(b"7");
        filled.extend(std::iter::repeat_n(b',', names.split(' ').count() - 1));
        let list = Table::read("t.csv", &filled, &options).expect("a table");
        assert_eq!(list.names().join(" "), names);
        assert_eq!(columns.passed_over(&list, &Mapping::default()), [0; 0]);
        assert_eq!(columns.names().count(), list.names().len());
    }
}

#[test]
fn lists_are_read_from_a_workbook() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["id", "birth_year", "times", "x", "y"]) {
        sheet.write(0, column, name).expect("a cell");
    }
    sheet.write(1, 0, 7).expect("a cell");
    sheet.write(1, 1, 1990).expect("a cell");
    sheet.write(1, 2, "mon 14:00\ntue").expect("a cell");
    sheet.write(1, 3, 3.0).expect("a cell");
    sheet.write(1, 4, -4).expect("a cell");
    sheet.write(2, 0, "'=8").expect("a cell");
    sheet.write(2, 2, "when?").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let options = ReadOptions::default();
    let list = Table::sheet("b.xlsx", Cursor::new(bytes), None, &options).expect("a table");
    let read = read_entrants(&list, &Mapping::default(), &[]);
    let [seven, eight] = read.found.as_slice() else { unreachable!("two rows") };
    assert_eq!(
        (seven.key.as_str(), seven.birth_year, seven.wishes.spot),
        ("7", Some(1990), Some((3, -4)))
    );
    assert_eq!((seven.wishes.times.len(), eight.key.as_str()), (2, "=8"));
    assert_eq!(told(&read.faults), ["people, line 3, column 3 (times): not a time of the week"]);
}

proptest! {
    /// Whatever stands in the cells, everything is read or told, and who was read without a fault can be put into a hall or is
    /// told there.
    #[test]
    fn any_table_is_read_or_told(
        cells in proptest::collection::vec("[a-z0-9 ;,|:=.-]{0,12}", 15 * 3),
        names in Just("id,name,place,x,y,languages,times,topics,needs,company,sex,birth_year,together,apart,barred"),
    ) {
        let rows = cells.chunks(15).map(|row| {
            row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",")
        });
        let text = format!("{names}\n{}\n", rows.collect::<Vec<_>>().join("\n"));
        let Ok(list) = Table::read("t.csv", text.as_bytes(), &ReadOptions::default()) else { return Ok(()) };
        let read = read_entrants(&list, &Mapping::default(), &[]);
        prop_assert_eq!(read.found.len(), list.rows().len());
        let leaders = vec![convening::Leader::new("K")];
        let rules = FormingRules::of_sizes(Sizes::new(1, 2, 3).expect("sizes"));
        let hall = Lists { entrants: read.found, leaders }.hall(&rules, 2026);
        // Nobody who leads names a time.
        prop_assert!(hall.is_err());
    }
}

//! Lists of people and answer sheets.

use std::fmt::Write;

use chrono::NaiveDate;
use commons::{Code, Refused};
use interchange::{
    Faults, Mapping, ReadOptions, SheetOptions, Sheets, Table, Unreadable, item_columns,
    people_template, read_people, read_sheets, sheet_template,
};

fn table(text: &str) -> Table {
    Table::read("list.csv", text.as_bytes(), &ReadOptions::default()).expect("a table")
}

fn shown(faults: &Faults) -> String {
    let mut text = String::new();
    for fault in faults {
        let _ = writeln!(text, "{fault}");
    }
    text
}

#[test]
fn people_are_read_as_they_were_written() {
    let list = table(
        "No;Full name;Year of birth;Sex;Tel;Lang;Sector;Group;Remark\n\
         7;Uwase Marie;1990;F;+250 788 123 456;RW;Kamonyi;Umubano;x\n\
         8;O;;;;;;;\n",
    );
    let people = read_people(&list, &Mapping::default()).whole().expect("two people");
    let [marie, o] = people.as_slice() else { unreachable!("two rows") };
    assert_eq!(marie.id.as_ref().map(|id| id.as_str()), Some("7"));
    assert_eq!(marie.name.as_deref(), Some("Uwase Marie"));
    assert_eq!(marie.birth_year, Some(1990));
    assert_eq!(
        (marie.sex.clone(), marie.language.clone()),
        (Some(Code::of("f")), Some(Code::of("rw")))
    );
    assert_eq!(marie.phone.as_deref(), Some("+250 788 123 456"));
    assert_eq!(
        (marie.place.as_deref(), marie.circle.as_deref()),
        (Some("Kamonyi"), Some("Umubano"))
    );
    assert_eq!((o.line, o.name.as_deref(), o.birth_year), (3, Some("O"), None));
    assert_eq!(format!("{marie:?}"), "PersonRow { line: 2, .. }");
}

#[test]
fn every_fault_of_a_list_is_told_and_none_says_who() {
    let list = table(
        "id,name,birth_year,phone,sex\n\
         7,Uwase,1890,0788,f\n\
         8,Mutoni,90,call Mutoni,f\n\
         7,Keza,1991,,a woman\n\
         ,,1992,,\n",
    );
    let faults = read_people(&list, &Mapping::default()).whole().expect_err("faults");
    insta::assert_snapshot!(shown(&faults), @r"
    list.csv, line 2, column 3 (birth_year): not a year from 1900 to 2100, nor a date with one
    list.csv, line 3, column 3 (birth_year): not a year from 1900 to 2100, nor a date with one
    list.csv, line 3, column 4 (phone): not a phone number
    list.csv, line 4, column 1 (id): the same as line 2
    list.csv, line 4, column 5 (sex): not a short word of letters a to z, digits, `_`, `-` and `.`
    list.csv, line 5: neither an id nor a name
    ");
    let all = format!("{} {faults:?}", shown(&faults));
    for said in ["Uwase", "Mutoni", "Keza", "woman", "call", "1890"] {
        assert!(!all.contains(said), "{said}");
    }
    for fault in &faults {
        assert!(fault.code().contains('.') && fault.way_out().ends_with('.'), "{fault}");
    }
}

#[test]
fn columns_are_found_by_name_or_by_word_of_the_caller() {
    let list = table("row,nom\n1,Ann\n");
    let faults = read_people(&list, &Mapping::default()).whole().expect_err("nothing is known");
    assert_eq!(
        shown(&faults),
        "list.csv, line 1: the first line names no column that is known here\n"
    );
    let nameless = table("row,sex\n1,f\n");
    let faults = read_people(&nameless, &Mapping::default()).whole().expect_err("no id, no name");
    assert_eq!(shown(&faults), "list.csv: no column for name\n");
    let mapping = Mapping::default().with("id", "row").with("name", "nom");
    assert_eq!(read_people(&list, &mapping).whole().map(|people| people.len()), Ok(1));
    let faults =
        read_people(&list, &mapping.with("phone", "tel")).whole().expect_err("no such column");
    assert_eq!(shown(&faults), "list.csv: no column for phone\n");
    let twice = table("id,name,Full Name\n1,Ann,Ann Lee\n");
    let faults = read_people(&twice, &Mapping::default()).whole().expect_err("two names");
    assert_eq!(shown(&faults), "list.csv: columns 2 and 3 could both be name\n");
}

fn phq() -> SheetOptions {
    let items = item_columns("q1..q3").expect("a run");
    let mut options = SheetOptions::new(Code::of("phq-9"), items, 0, 3);
    options.mapping = Mapping::default().with("id", "row");
    options.timepoint = Some(Code::of("t0"));
    options
}

#[test]
fn a_sheet_is_a_row_and_an_empty_answer_is_not_a_zero() {
    let list = table("row,q1,q2,q3\n1,0,3,\n2,,,\n");
    let Sheets { rows, unreadable, .. } = read_sheets(&list, &phq()).whole().expect("two sheets");
    let items: Vec<_> = rows.iter().map(|row| row.items.as_slice()).collect();
    assert_eq!(items, [&[Some(0), Some(3), None], &[None; 3]]);
    assert_eq!(unreadable, 0);
    let first = rows.first().expect("a row");
    assert_eq!(first.person.as_ref().map(|person| person.as_str()), Some("1"));
    assert_eq!((first.timepoint.clone(), first.on), (Some(Code::of("t0")), None));
}

#[test]
fn answers_out_of_range_are_faults_or_are_counted() {
    let list = table("row,q1,q2,q3\n1,0,4,1\n2,9,n/a,2\n");
    let faults = read_sheets(&list, &phq()).whole().expect_err("three answers");
    insta::assert_snapshot!(shown(&faults), @r"
    list.csv, line 2, column 3 (items): not a number from 0 to 3
    list.csv, line 3, column 2 (items): not a number from 0 to 3
    list.csv, line 3, column 3 (items): not a number from 0 to 3
    ");
    let mut options = phq();
    options.missing = ["9".to_owned(), "N/A".to_owned()].into();
    let faults = read_sheets(&list, &options).whole().expect_err("one answer");
    assert_eq!(faults.total(), 1);
    options.unreadable = Unreadable::CountsAsMissing;
    let sheets = read_sheets(&list, &options).whole().expect("counted");
    assert_eq!((sheets.rows.len(), sheets.unreadable), (2, 1));
}

#[test]
fn a_sheet_tells_its_own_time_where_there_is_a_column_for_it() {
    let list = table("row,wave,date,q1,q2,q3\n1,T0,2026-03-01,1,1,1\n1,T1,2026-05-01,1,1,1\n");
    let mut options = phq();
    options.timepoint = None;
    let sheets = read_sheets(&list, &options).whole().expect("two sheets");
    let times: Vec<_> = sheets.rows.into_iter().map(|row| (row.timepoint, row.on)).collect();
    let day = |m| NaiveDate::from_ymd_opt(2026, m, 1);
    let at = |timepoint| Some(Code::of(timepoint));
    assert_eq!(times, [(at("t0"), day(3)), (at("t1"), day(5))]);

    let faulty = table(
        "row,wave,date,q1,q2,q3\n1,,2026-03-01,1,1,1\n,t0,03/04/2026,1,1,1\n2,t0,2026-02-30,1,1,1\n2,t0,,1,1,1\n",
    );
    let faults = read_sheets(&faulty, &options).whole().expect_err("faults");
    insta::assert_snapshot!(shown(&faults), @r"
    list.csv, line 2, column 2 (timepoint): empty
    list.csv, line 3, column 1 (id): empty
    list.csv, line 3, column 3 (on): a date that can be read in two ways
    list.csv, line 4, column 3 (on): a day that the calendar does not have
    list.csv, line 5: the same as line 4
    ");
}

#[test]
fn an_item_without_a_column_is_missed() {
    let list = table("row,q1,q2\n1,0,1\n");
    let faults = read_sheets(&list, &phq()).whole().expect_err("no q3");
    assert_eq!(
        shown(&faults),
        "list.csv: no column for item 3, by the name that was given for it\n"
    );
}

#[test]
fn templates_name_the_columns_that_reading_looks_for() {
    let mut people = people_template().expect("written");
    people.extend_from_slice(b"\"1\",\"Ann\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n");
    let people = Table::read("t", &people, &ReadOptions::default()).expect("a table");
    assert_eq!(read_people(&people, &Mapping::default()).whole().map(|people| people.len()), Ok(1));

    let mut options = phq();
    options.mapping = Mapping::default();
    options.timepoint = None;
    let mut sheets = sheet_template(&options.items).expect("written");
    sheets.extend_from_slice(b"1,t0,2026-03-01,0,1,2\r\n");
    let sheets = Table::read("t", &sheets, &ReadOptions::default()).expect("a table");
    assert_eq!(read_sheets(&sheets, &options).whole().map(|sheets| sheets.rows.len()), Ok(1));
}

#[test]
fn a_list_without_names_of_columns_is_refused_and_nobody_in_it_is_told() {
    for text in ["Uwase Marie,1990\nMutoni,1991\n", "1,Uwase Marie,f\n2,Mutoni,f\n"] {
        let list = table(text);
        let faults = read_people(&list, &Mapping::default()).whole().expect_err("no names");
        assert_eq!(faults.iter().map(Refused::code).collect::<Vec<_>>(), ["table.no_header"]);
        assert!(!format!("{faults} {faults:?}").contains("Uwase"));
    }
    // Whoever says which column is the name, and it is one, is believed; a year beside it is a row.
    let mapping = Mapping::default().with("name", "Uwase Marie");
    let list = table("Uwase Marie,1990\nMutoni,1991\n");
    assert!(read_people(&list, &mapping).whole().is_err());
    let list = table("nom,extra\nMutoni,x\n");
    let mapping = Mapping::default().with("name", "nom");
    assert!(read_people(&list, &mapping).whole().is_ok());
    assert_eq!(mapping.passed_over(&list, &interchange::PEOPLE), [2], "by number, never by text");
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let list = table("id,name,name,dob,sex\n1,A,B,1990\n2,A,B,19,a woman\n,,,1990,\n2,C,D,,f\n");
    let faults = read_people(&list, &Mapping::default()).whole().expect_err("five");
    insta::assert_snapshot!(shown(&faults), @r"
    list.csv: columns 2 and 3 could both be name
    list.csv, line 1, column 3: the same name as column 2
    list.csv, line 2: 4 cells where the first line has 5
    list.csv, line 3, column 4 (birth_year): not a year from 1900 to 2100, nor a date with one
    list.csv, line 3, column 5 (sex): not a short word of letters a to z, digits, `_`, `-` and `.`
    list.csv, line 4: neither an id nor a name
    list.csv, line 5, column 1 (id): the same as line 3
    ");
}

#[test]
fn one_column_is_one_item() {
    let list = table("row,t,q1,q2\n1,t0,0,1\n");
    let mut options = phq();
    options.items = ["q1", "q1", "row", "q2"].map(str::to_owned).into();
    let reading = read_sheets(&list, &options);
    assert_eq!(
        shown(&reading.faults),
        "list.csv: the column of item 2 is that of item 1 too\n\
         list.csv: the column of item 3 is that of id too\n"
    );
}

#[test]
fn a_sheet_with_a_fault_is_read_as_far_as_it_can_be() {
    let list = table("row,q1,q2,q3\n1,0,8,3\n,1,1,3\n2,0,0\n");
    let reading = read_sheets(&list, &phq());
    let rows: Vec<_> = reading.found.rows.iter().map(|row| (row.line, row.items.clone())).collect();
    assert_eq!(rows, [(2, vec![Some(0), None, Some(3)]), (3, vec![Some(1), Some(1), Some(3)])]);
    assert_eq!(reading.faults.total(), 3);
}

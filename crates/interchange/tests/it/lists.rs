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
    let people = read_people(&list, &Mapping::default()).expect("two people");
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
    let faults = read_people(&list, &Mapping::default()).expect_err("faults");
    insta::assert_snapshot!(shown(&faults), @r"
    list.csv, line 2, column 3 (birth_year): not a number from 1900 to 2100
    list.csv, line 3, column 3 (birth_year): not a number from 1900 to 2100
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
    let faults = read_people(&list, &Mapping::default()).expect_err("no id and no name");
    assert_eq!(shown(&faults), "list.csv: no column for name\n");
    let mapping = Mapping::default().with("id", "row").with("name", "nom");
    assert_eq!(read_people(&list, &mapping).map(|people| people.len()), Ok(1));
    let faults = read_people(&list, &mapping.with("phone", "tel")).expect_err("no such column");
    assert_eq!(shown(&faults), "list.csv: no column for phone\n");
    let twice = table("id,name,Full Name\n1,Ann,Ann Lee\n");
    let faults = read_people(&twice, &Mapping::default()).expect_err("two names");
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
    let Sheets { rows, unreadable } = read_sheets(&list, &phq()).expect("two sheets");
    let items: Vec<_> = rows.iter().map(|row| row.items.as_slice()).collect();
    assert_eq!(items, [&[Some(0), Some(3), None], &[None; 3]]);
    assert_eq!(unreadable, 0);
    let first = rows.first().map(|row| (row.person.as_str(), row.timepoint.as_str(), row.on));
    assert_eq!(first, Some(("1", "t0", None)));
}

#[test]
fn answers_out_of_range_are_faults_or_are_counted() {
    let list = table("row,q1,q2,q3\n1,0,4,1\n2,9,n/a,2\n");
    let faults = read_sheets(&list, &phq()).expect_err("three answers");
    insta::assert_snapshot!(shown(&faults), @r"
    list.csv, line 2, column 3 (items): not a number from 0 to 3
    list.csv, line 3, column 2 (items): not a number from 0 to 3
    list.csv, line 3, column 3 (items): not a number from 0 to 3
    ");
    let mut options = phq();
    options.missing = ["9".to_owned(), "n/a".to_owned()].into();
    let faults = read_sheets(&list, &options).expect_err("one answer");
    assert_eq!(faults.total(), 1);
    options.unreadable = Unreadable::CountsAsMissing;
    let sheets = read_sheets(&list, &options).expect("counted");
    assert_eq!((sheets.rows.len(), sheets.unreadable), (2, 1));
}

#[test]
fn a_sheet_tells_its_own_time_where_there_is_a_column_for_it() {
    let list = table("row,wave,date,q1,q2,q3\n1,T0,2026-03-01,1,1,1\n1,T1,2026-05-01,1,1,1\n");
    let mut options = phq();
    options.timepoint = None;
    let sheets = read_sheets(&list, &options).expect("two sheets");
    let times: Vec<_> = sheets.rows.iter().map(|row| (row.timepoint.as_str(), row.on)).collect();
    let day = |m| NaiveDate::from_ymd_opt(2026, m, 1);
    assert_eq!(times, [("t0", day(3)), ("t1", day(5))]);

    let faulty = table(
        "row,wave,date,q1,q2,q3\n1,,2026-03-01,1,1,1\n,t0,03/04/2026,1,1,1\n2,t0,2026-02-30,1,1,1\n2,t0,,1,1,1\n",
    );
    let faults = read_sheets(&faulty, &options).expect_err("faults");
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
    let faults = read_sheets(&list, &phq()).expect_err("no q3");
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
    assert_eq!(read_people(&people, &Mapping::default()).map(|people| people.len()), Ok(1));

    let mut options = phq();
    options.mapping = Mapping::default();
    options.timepoint = None;
    let mut sheets = sheet_template(&options.items).expect("written");
    sheets.extend_from_slice(b"1,t0,2026-03-01,0,1,2\r\n");
    let sheets = Table::read("t", &sheets, &ReadOptions::default()).expect("a table");
    assert_eq!(read_sheets(&sheets, &options).map(|sheets| sheets.rows.len()), Ok(1));
}

//! What a program and a spreadsheet find in the tables of a report.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};
use interchange::{ReadOptions, Table as ReadTable};
use outcomes::suppression::Audience;
use report::{Cell, Table, Wording, html, tables, workbook};

use crate::{every_kind, figures, stamp};

fn english() -> Wording {
    Wording::english().unwrap()
}

fn sheets(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn named<'a>(tables: &'a [Table], name: &str) -> &'a Table {
    tables.iter().find(|table| table.name() == name).unwrap()
}

#[test]
fn every_table_has_a_name_of_its_own_and_a_head_for_each_cell() {
    for found in every_kind() {
        let tables = tables(&found, &english(), &stamp(false));
        let names: BTreeSet<&str> = tables.iter().map(Table::name).collect();
        assert_eq!(names.len(), tables.len());
        for table in &tables {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(table.name().chars().all(plain), "{}", table.name());
            let heads = table.heads();
            assert_eq!(heads.iter().collect::<BTreeSet<_>>().len(), heads.len(), "{heads:?}");
            assert!(table.rows().iter().all(|row| row.len() == heads.len()), "{}", table.name());
        }
    }
}

#[test]
fn the_page_and_the_files_have_the_same_tables() {
    for found in every_kind() {
        let page = html(&found, &english(), &stamp(false));
        for table in tables(&found, &english(), &stamp(false)) {
            let shown = page.contains(&format!("<caption>{}</caption>", table.caption()));
            assert_eq!(shown, !table.rows().is_empty(), "{}", table.name());
        }
    }
}

#[test]
fn a_table_that_is_kept_back_says_why_and_what_would_show() {
    let tables = tables(&figures(1, 7, Audience::Outside), &english(), &stamp(false));
    let circles = named(&tables, "circles");
    assert!(circles.rows().is_empty());
    assert!(circles.kept_back()[0].contains("stay inside the program"));
    let bands = named(&tables, "phq-9-bands");
    assert!(bands.rows().is_empty() && bands.kept_back().len() == 3);
    assert!(bands.kept_back()[2].contains("several circles together"));
}

#[test]
fn a_program_reads_numbers_from_the_csv_and_the_word_where_they_are_hidden() {
    let found = figures(6, 20, Audience::Inside);
    let tables = tables(&found, &english(), &stamp(false));
    for table in tables.iter().filter(|table| !table.rows().is_empty()) {
        let bytes = table.csv(&english()).unwrap();
        let read = ReadTable::read("table.csv", &bytes, &ReadOptions::default()).unwrap();
        assert_eq!(read.rows().count(), table.rows().len(), "{}", table.name());
    }
    let change = String::from_utf8(named(&tables, "phq-9-change").csv(&english()).unwrap());
    let mean = found.scales[0].change.shown().unwrap().mean;
    assert!(mean < 0.0);
    let line = format!("\"Mean change, points (after minus before)\",\"{mean}\",\"\"");
    assert!(change.unwrap().contains(&line), "{line}");
    let bands = named(&tables, "gad-7-bands");
    let heads = bands.heads();
    assert_eq!(heads[..3], ["Band", "Start", "Start, share of people asked"]);
    let hidden = tables.iter().find(|table| table.hidden_cells() > 0).unwrap();
    let text = String::from_utf8(hidden.csv(&english()).unwrap()).unwrap();
    assert!(text.contains("\"hidden\""), "{text}");
}

#[test]
fn a_spreadsheet_opens_one_sheet_for_each_table_and_reckons_with_its_numbers() {
    let words = english();
    for found in every_kind() {
        let bytes = workbook(&found, &words, &stamp(true)).unwrap();
        let mut book = sheets(&bytes);
        let tables: Vec<Table> = tables(&found, &words, &stamp(true));
        let full: Vec<&Table> = tables.iter().filter(|table| !table.rows().is_empty()).collect();
        assert_eq!(book.sheet_names().len(), full.len() + 1);
        for (table, name) in full.iter().zip(book.sheet_names().into_iter().skip(1)) {
            let sheet = book.worksheet_range(&name).unwrap();
            assert_eq!(sheet.get_value((0, 0)), Some(&Data::String(table.caption().into())));
            for (row, cells) in (2..).zip(table.rows()) {
                for (column, cell) in (0..).zip(cells) {
                    let read = sheet.get_value((row, column)).unwrap_or(&Data::Empty);
                    match cell.value() {
                        Some(number) => assert_eq!(read.as_f64(), Some(number), "{}", table.name()),
                        None => assert!(!read.is_float() && !read.is_int(), "{}", table.name()),
                    }
                    if *cell == Cell::Hidden {
                        assert_eq!(read, &Data::String("hidden".into()));
                    }
                }
            }
        }
    }
}

#[test]
fn the_first_sheet_says_what_the_report_is_and_what_it_keeps_back() {
    let words = english();
    let bytes = workbook(&figures(1, 7, Audience::Outside), &words, &stamp(true)).unwrap();
    let mut book = sheets(&bytes);
    let about = book.worksheet_range("About").unwrap();
    let text: Vec<String> = about.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    let text = text.join("\n");
    for said in [
        "How the program went",
        "DEMONSTRATION",
        "May be shared outside the program. Counts of fewer than 11 people",
        "Made on 22 November 2026 with circlekeeper <1 & 2>",
        "phq-9-bands",
        "Fewer than 11 people stand behind this",
        "several circles together, once 11 people",
        "People often join when things are at their worst",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn the_same_report_is_the_same_workbook_to_the_byte() {
    let found = figures(6, 20, Audience::Inside);
    let made = || workbook(&found, &english(), &stamp(false)).unwrap();
    assert_eq!(made(), made());
}

#[test]
fn no_word_becomes_a_formula() {
    let mut words = english();
    words.with("band-minimal = {\"=\"}HYPERLINK(\"x\")\ncell-hidden = {\"@\"}hidden").unwrap();
    let found = figures(6, 20, Audience::Inside);
    let bytes = workbook(&found, &words, &stamp(false)).unwrap();
    let mut book = sheets(&bytes);
    for name in book.sheet_names() {
        assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name}");
    }
    let tables = tables(&found, &words, &stamp(true));
    let csv = named(&tables, "gad-7-bands").csv(&words).unwrap();
    assert!(String::from_utf8(csv).unwrap().contains("\"'=HYPERLINK"));
}

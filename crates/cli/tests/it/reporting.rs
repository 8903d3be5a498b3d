//! The report of a program in every shape.

use std::fs;

use crate::house::House;

#[test]
fn a_report_is_a_page_a_workbook_or_a_folder_by_the_name_it_is_given() {
    let house = House::empty().locked();
    let demo = house.folder().join("demo");
    house.run(&["--dir", &demo.to_string_lossy(), "demo", "healing-circle"]).ended(0);
    for name in ["page.html", "book.xlsx", "all"] {
        house.run_in(&demo, &["report", "--out", name]).ended(0).says(name);
    }
    assert!(fs::read_to_string(house.path("page.html")).unwrap().starts_with("<!DOCTYPE html>"));
    assert!(fs::read(house.path("book.xlsx")).unwrap().starts_with(b"PK"));
    for name in ["report.html", "report.json", "report.xlsx", "tables/reach.csv"] {
        assert!(house.folder().join("all").join(name).exists(), "{name}");
    }
    let page = fs::read_to_string(house.path("all/report.html")).unwrap();
    assert!(page.contains("Safety and referrals"), "a program knows what happened");
    let preview = house.run_in(&demo, &["report", "--audience", "outside", "--preview"]);
    preview.ended(0).says("DEMONSTRATION").says("kept back").says("Rows of single circles");
    house.run_in(&demo, &["report", "--preview", "--out", "x.html"]).ended(2);
}

//! Files that are damaged, unclear or meant to harm.

use interchange::{Limits, ReadOptions, Separator, SeparatorChoice, Table};

/// What reading comes to: rows, or each fault as people see it.
#[track_caller]
fn check(bytes: &[u8], want: Result<usize, &[&str]>) {
    check_with(bytes, &ReadOptions::default(), want);
}

#[track_caller]
fn check_with(bytes: &[u8], options: &ReadOptions, want: Result<usize, &[&str]>) {
    let found =
        Table::read("f", bytes, options).and_then(Table::whole).map(|table| table.rows().len());
    let found = found.map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>());
    let found =
        found.as_ref().map_err(|faults| faults.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(found.copied(), want.map_err(<[&str]>::to_vec));
}

#[test]
fn lines_end_as_they_like() {
    check(b"a,b\n1,2\n3,4", Ok(2));
    check(b"a,b\r\n1,2\r\n3,4\r\n", Ok(2));
    check(b"a,b\r1,2\r3,4\r", Ok(2));
    check(b"a,b\n1,2\r\n3,4\r5,6\n\n\n", Ok(3));
    check(b"a,b\n\"1\n1\",2\n", Ok(1));
}

#[test]
fn a_row_that_does_not_fit_is_named_by_its_line() {
    check(
        b"a,b\n1,2\n3\n\"x\ny\",2\n1,2,3\n",
        Err(&[
            "f, line 3: 1 cells where the first line has 2",
            "f, line 6: 3 cells where the first line has 2",
        ]),
    );
    check(b"a,b\r1,2\r3\r", Err(&["f, line 3: 1 cells where the first line has 2"]));
}

#[test]
fn a_row_of_nothing_is_left_out_and_counted() {
    let table =
        Table::read("f", b"a,b\n1,2\n,\n  ,  \n,,,\n", &ReadOptions::default()).expect("one row");
    assert_eq!((table.rows().len(), table.blank_rows()), (1, 3));
}

#[test]
fn quotes_are_closed_and_nothing_follows_them() {
    check(
        b"a,b\n1,\"2\n3,4\n5,6\n",
        Err(&["f, line 2, column 2: a quote is opened here and never closed"]),
    );
    check(b"a,b\n\"1\"x,2\n", Err(&["f, line 2, column 1: text follows a closing quote"]));
    check(b"a,b\n1,5\" pipe\n", Ok(1));
    check(b"a,b\n1,\"say \"\"yes\"\"\"\n", Ok(1));
}

#[test]
fn columns_have_names_of_their_own() {
    check(
        b"a,,a, b,b \n1,2,3,4,5\n",
        Err(&[
            "f, line 1, column 2: a column without a name",
            "f, line 1, column 3: the same name as column 1",
            "f, line 1, column 5: the same name as column 4",
        ]),
    );
}

#[test]
fn nothing_is_not_a_table() {
    check(b"", Err(&["f: the file is empty"]));
    check(b"\n\r\n\n", Err(&["f: the file is empty"]));
    check(b"\xEF\xBB\xBF", Err(&["f: the file is empty"]));
    check(b"a,b\n", Err(&["f: the file has column names and no rows"]));
    check(b"a,b\n,\n", Err(&["f: the file has column names and no rows"]));
}

#[test]
fn what_is_no_text_is_refused_with_the_byte() {
    check(b"a\nZo\xEB\n", Err(&["f, line 2, column 1: byte 0xeb at position 4 is not UTF-8"]));
    check(b"a\n1\n\0\n", Err(&["f, line 3, column 1: a NUL character; no text holds one"]));
    // A spreadsheet, renamed.
    check(b"PK\x03\x04\x14\0\x06", Err(&["f: a workbook or another document, and no text"]));
}

#[test]
fn what_is_too_large_is_refused() {
    let limits = Limits { file_bytes: 64, cell_bytes: 5, columns: 3 };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    check_with(b"a,b\n12345,\"12345\"\n", &options, Ok(1));
    check_with(
        b"a,b\n1,123456789\n",
        &options,
        Err(&["f, line 2, column 2: a cell is larger than 5 bytes"]),
    );
    check_with(b"a,b,c,d\n1,2,3,4\n", &options, Err(&["f, line 1, column 4: more than 3 columns"]));
    check_with(&[b'a'; 65], &options, Err(&["f: the file has 65 bytes; at most 64 are read"]));
}

#[test]
fn a_million_commas_are_refused_at_once() {
    let commas = vec![b','; 4 << 20];
    check(&commas, Err(&["f, line 1, column 2001: more than 2000 columns"]));
}

#[test]
fn an_unclear_separator_is_asked_for() {
    let bytes = b"id;name, first\n1;Ann, Lee\n";
    check(bytes, Err(&["f: separated by comma or by semicolon?"]));
    let separator = SeparatorChoice::Is(Separator::Semicolon);
    check_with(bytes, &ReadOptions { separator, ..ReadOptions::default() }, Ok(1));
}

#[test]
fn a_thousand_faults_are_kept_and_all_are_counted() {
    let mut text = String::from("a,b\n");
    text.push_str(&"1\n".repeat(1_500));
    let table = Table::read("f", text.as_bytes(), &ReadOptions::default()).expect("a table");
    let faults = table.faults();
    assert_eq!((faults.iter().count(), faults.total()), (1_000, 1_500));
    let shown = "f, line 2: 1 cells where the first line has 2 (and 1499 more)";
    assert_eq!(faults.to_string(), shown);
}

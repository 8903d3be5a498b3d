//! What is written is read back, whatever it says; and no bytes at all bring the reader down.

use interchange::{
    Cell, EncodingChoice, ReadOptions, Separator, SeparatorChoice, Table, WriteOptions, write_table,
};
use proptest::{collection::vec, prelude::*};

/// Texts with many of the characters that matter, and no NUL.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[=+@'\"\t\r\n ,;a＝－-]{0,8}", "\\PC{0,12}",]
        .prop_filter("reading refuses NUL", |text| !text.contains('\0'))
}

fn separator() -> impl Strategy<Value = Separator> {
    proptest::sample::select(&Separator::ALL[..])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_table_comes_back_as_it_was(
        rows in vec((text(), text()), 1..6), separator in separator(), byte_order_mark: bool,
    ) {
        let cells = rows.iter().map(|(a, b)| vec![Cell::Integer(1), Cell::text(a), Cell::text(b)]);
        let options = WriteOptions { separator, byte_order_mark };
        let bytes = write_table(&["n", "a", "b"], cells, &options).expect("written");
        let options = ReadOptions { separator: SeparatorChoice::Is(separator), ..ReadOptions::default() };
        let table = Table::read("t", &bytes, &options).expect("read");
        let back: Vec<_> = table.rows().map(|row| (row.exact(1).to_owned(), row.exact(2).to_owned())).collect();
        prop_assert_eq!(back, rows);
    }

    #[test]
    fn no_written_cell_starts_a_formula(text in text()) {
        let bytes = write_table(&["a"], [vec![Cell::text(text)]], &WriteOptions::default()).expect("written");
        let written = String::from_utf8(bytes).expect("UTF-8");
        let cell = written.strip_prefix("\"a\"\r\n\"").expect("one column");
        let start = cell.trim_start_matches(' ').chars().next();
        prop_assert!(!start.is_some_and(|c| "=+-@\t\r\n＝＋－＠".contains(c)), "{cell:?}");
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in vec(any::<u8>(), 0..200), separator in separator(), n in 0..3_usize,
    ) {
        let encoding = [EncodingChoice::Detect, EncodingChoice::Latin1, EncodingChoice::Windows1252];
        let encoding = encoding.into_iter().nth(n).unwrap_or_default();
        for separator in [SeparatorChoice::Detect, SeparatorChoice::Is(separator)] {
            let options = ReadOptions { encoding, separator, ..ReadOptions::default() };
            let _ = Table::read("t", &bytes, &options);
        }
    }

    /// The line of each row is the line on which it starts, whatever stands before it.
    #[test]
    fn a_row_is_named_by_its_line(parts in vec("[ab\"\n\r,]{0,6}", 0..8)) {
        let mut text = String::from("a,b\n");
        for part in &parts {
            text.push_str(part);
            text.push('\n');
        }
        text.push_str("mark,mark\n");
        let options = ReadOptions { separator: SeparatorChoice::Is(Separator::Comma), ..ReadOptions::default() };
        if let Ok(table) = Table::read("t", text.as_bytes(), &options).and_then(Table::whole) {
            let last = table.rows().last().expect("the marked row");
            prop_assert_eq!(last.cell(0), "mark");
            let before = text.strip_suffix("mark,mark\n").expect("it was put there");
            let lines = before.replace("\r\n", "\n").replace('\r', "\n").matches('\n').count();
            prop_assert_eq!(last.line(), 1 + u64::try_from(lines).expect("few"));
        }
    }
}

fn is_shared<T: Send + Sync>() {}

#[test]
fn tables_can_be_shared_between_threads() {
    is_shared::<Table>();
    is_shared::<interchange::Faults>();
}

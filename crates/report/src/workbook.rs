//! The tables of a report as one workbook.

use chrono::Datelike;
use outcomes::Figures;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError,
};

use crate::parts::Words;
use crate::tables::{self, Cell, Table};
use crate::{Stamp, Wording, page};

/// Why there is no workbook: the library that writes it gave up.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written")]
pub struct WorkbookError(#[from] XlsxError);

/// The tables of a report as a workbook: a first sheet that says what it is, and one sheet for each
/// table. Numbers are numbers, what is hidden is a word, and no text is a formula. The same figures,
/// words and stamp give the same bytes.
///
/// # Errors
///
/// [`WorkbookError`], which tests of this crate rule out.
pub fn workbook(
    figures: &Figures,
    wording: &Wording,
    stamp: &Stamp,
) -> Result<Vec<u8>, WorkbookError> {
    let words = Words::new(wording, figures, stamp);
    let tables = tables::all(&words);
    let names = sheet_names(&words.say("workbook-about"), &tables);
    let mut book = Workbook::new();
    let title = page::title(&words);
    let properties = DocProperties::new().set_title(&title).set_author(&stamp.software);
    book.set_properties(&properties.set_creation_datetime(&day_of(stamp)?));
    let about = book.add_worksheet();
    let first = names.first().map_or("1", String::as_str);
    about.set_name(first)?;
    write_about(about, &words, &tables, &names)?;
    for (table, name) in
        tables.iter().zip(names.iter().skip(1)).filter(|(table, _)| is_there(table))
    {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        write_table(sheet, table, &words)?;
        if stamp.demo {
            sheet.set_footer(format!("&L{}", words.say("demo-mark").replace('&', "&&")));
        }
    }
    Ok(book.save_to_buffer()?)
}

/// Whether a table has a sheet of its own: one that is kept back, or empty, is told on the first.
fn is_there(table: &Table) -> bool {
    !table.rows().is_empty()
}

fn day_of(stamp: &Stamp) -> Result<ExcelDateTime, XlsxError> {
    let day = stamp.made_on;
    let small = |n: u32| u8::try_from(n).unwrap_or(1);
    let year = u16::try_from(day.year()).unwrap_or(1900).clamp(1900, 9999);
    ExcelDateTime::from_ymd(year, small(day.month()), small(day.day()))
}

/// A name for each sheet, the first sheet's first: short, of harmless letters, and each once.
fn sheet_names(about: &str, tables: &[Table]) -> Vec<String> {
    const LONGEST: usize = 31;
    let mut names: Vec<String> = Vec::new();
    for wanted in std::iter::once(about).chain(tables.iter().map(Table::name)) {
        let harmless = wanted.chars().filter(|c| c.is_alphanumeric() || " -_.".contains(*c));
        let whole: String = harmless.take(LONGEST).collect();
        let is_taken = |name: &str| names.iter().any(|it| it.to_lowercase() == name.to_lowercase());
        let mut name = whole.clone();
        let mut number = 2;
        while is_taken(&name) || name.is_empty() {
            let tail = format!(" {number}");
            name = whole.chars().take(LONGEST - tail.len()).chain(tail.chars()).collect();
            number += 1;
        }
        names.push(name);
    }
    names
}

/// The first sheet: what the report is, which tables there are and which are kept back, how it was reckoned.
fn write_about(
    sheet: &mut Worksheet,
    words: &Words<'_>,
    tables: &[Table],
    names: &[String],
) -> Result<(), XlsxError> {
    let (bold, wrapped) = (Format::new().set_bold(), wrapped());
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, 96)?;
    sheet.write_string_with_format(
        0,
        0,
        page::title(words),
        &Format::new().set_bold().set_font_size(14),
    )?;
    let mut row = 1;
    if words.stamp.demo {
        sheet.write_string_with_format(row, 0, words.say("demo-notice"), &bold)?;
        row += 1;
    }
    for line in page::facts(words).into_iter().chain(page::unreadable(words)) {
        sheet.write_string(row, 0, line)?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, words.say("workbook-tables"), &bold)?;
    row += 1;
    for (table, name) in tables.iter().zip(names.iter().skip(1)) {
        if is_there(table) {
            let place = Url::new(format!("internal:'{name}'!A1")).set_text(name);
            sheet.write_url(row, 0, place)?;
        } else {
            sheet.write_string(row, 0, table.name())?;
        }
        let mut lines = vec![table.caption().to_owned()];
        if !is_there(table) && table.kept_back().is_empty() {
            lines.push(words.say("workbook-empty"));
        }
        lines.extend(table.kept_back().iter().cloned());
        sheet.write_string_with_format(row, 1, lines.join("\n"), &wrapped)?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, words.say("workbook-notes"), &bold)?;
    for line in page::notes(words) {
        sheet.write_string_with_format(row, 1, line, &wrapped)?;
        row += 1;
    }
    Ok(())
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// The most rows of one table in a workbook: it is held whole while it is written, a CSV is not.
const MOST_ROWS: usize = 10_000;

/// One table: its caption, its heads, its rows.
fn write_table(sheet: &mut Worksheet, table: &Table, words: &Words<'_>) -> Result<(), XlsxError> {
    let wording = words.wording;
    let rows = || table.rows().iter().take(MOST_ROWS);
    let bold = Format::new().set_bold();
    let head = wrapped().set_bold();
    sheet.write_string_with_format(0, 0, table.caption(), &bold)?;
    for (column, text) in (0_u16..).zip(table.heads()) {
        sheet.write_string_with_format(1, column, text, &head)?;
        let cells = rows().filter_map(|row| row.get(usize::from(column)));
        let texts = cells.filter_map(|cell| cell.text(wording)).map(|text| text.chars().count());
        let widest = texts.max().unwrap_or(0).max(text.chars().count().min(20));
        sheet.set_column_width(column, u32::try_from(widest).unwrap_or(60).clamp(9, 60))?;
    }
    sheet.set_freeze_panes(2, 1)?;
    sheet.set_landscape();
    let formats = ["0%", "0.0%", "0.0", "0.00", "#,##0"];
    let formats = formats.map(|shape| (shape, Format::new().set_num_format(shape)));
    let plain = Format::new();
    for (row, cells) in (2_u32..).zip(rows()) {
        for (column, cell) in (0_u16..).zip(cells) {
            match (cell.value(), cell.text(wording)) {
                (Some(value), _) => {
                    let format = formats.iter().find(|(known, _)| *known == shape(cell));
                    let format = format.map_or(&plain, |(_, format)| format);
                    sheet.write_number_with_format(row, column, value, format)?;
                }
                (None, Some(text)) => {
                    sheet.write_string(row, column, text)?;
                }
                (None, None) => {}
            }
        }
    }
    let below = u32::try_from(rows().count() + 3).unwrap_or(u32::MAX);
    let is_long = MOST_ROWS < table.rows().len();
    let more = is_long.then(|| table.more(words, "rows-more-sheet", MOST_ROWS));
    for (row, line) in (below..).zip(more.iter().chain(table.kept_back())) {
        sheet.write_string(row, 0, line)?;
    }
    Ok(())
}

/// How a workbook shows a number: as the page does.
fn shape(cell: &Cell) -> &'static str {
    match cell {
        Cell::Share(_, 0) => "0%",
        Cell::Share(..) => "0.0%",
        Cell::Number(_, 1) => "0.0",
        Cell::Number(_, 2..) => "0.00",
        Cell::Text(_)
        | Cell::Count(_)
        | Cell::FewerThan(_)
        | Cell::AtLeast(_)
        | Cell::Number(_, 0)
        | Cell::Hidden
        | Cell::Nothing => "#,##0",
    }
}

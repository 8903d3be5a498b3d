//! A proposal as files: a page to look at, a table to change and hand back, and data for programs.

use std::{
    fs,
    path::{Path, PathBuf},
};

use circle_formation::{Breach, Formation, Reasons, check};
use convening::SeatsTable;
use convening::{List, ListReading, Seats};
use interchange::{Cell, Mapping, WriteOptions, write_table};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{
    gather::{self, Gathered},
    page::Page,
    propose::{self, Proposed},
    told::Words,
};
use crate::{
    args::Reading,
    failure::Failure,
    made, place,
    screen::remark,
    texts::{self, text},
    trouble::{Trouble, Troubles},
};

/// The table that comes back.
pub(super) const SEATS: &str = "seats.xlsx";
const SEATS_CSV: &str = "seats.csv";
const PAGE: &str = "circles.html";
const JSON: &str = "proposal.json";

/// Writes a proposal into a folder: all of it, or nothing.
pub(super) fn write(
    folder: &Path,
    gathered: &Gathered,
    proposed: &Proposed,
    words: &Words<'_>,
    reasons: &Reasons<'_>,
) -> Result<(), Failure> {
    may_be_replaced(folder)?;
    let mut seats = convening::seats_table(&gathered.hall, &proposed.formation);
    if !words.names {
        without_names(&mut seats);
    }
    let not_made = || Failure::new("cli.not_made", &[]);
    let rows = seats.rows.iter().cloned();
    let csv = write_table(&seats.names, rows, &WriteOptions::default()).map_err(|_| not_made())?;
    let book = workbook(&seats.names, &seats.rows).map_err(|error| not_made().because(&error))?;
    let mut json = propose::json(gathered, proposed, words, reasons);
    if let Some(json) = json.as_object_mut() {
        json.insert("proposal".to_owned(), 1.into());
    }
    let json = serde_json::to_vec_pretty(&json).unwrap_or_default();
    let page = Page { gathered, proposed, words, reasons }.html();
    let file = |name: &str, bytes: Vec<u8>| (PathBuf::from(name), bytes);
    made::put(
        folder,
        &[file(PAGE, page.into_bytes()), file(SEATS, book), file(SEATS_CSV, csv), file(JSON, json)],
    )
}

/// Whether a folder may be written: it is not there, it is empty, or it holds a proposal and nothing else. A table of seats that
/// somebody changed since is not written over unasked.
fn may_be_replaced(folder: &Path) -> Result<(), Failure> {
    let written = |name: &str| fs::metadata(folder.join(name)).and_then(|it| it.modified()).ok();
    made::replaces(folder, &[PAGE, SEATS, SEATS_CSV, JSON], "cli.not_a_proposal", || {
        let newest = written(JSON);
        newest.is_some() && [SEATS, SEATS_CSV].iter().all(|name| written(name) <= newest)
    })
}

/// Codes are enough to hand a table back; names lie in it where they were asked for.
fn without_names(seats: &mut SeatsTable) {
    let is_name: Vec<bool> = seats.names.iter().map(|name| name.ends_with("name")).collect();
    for row in &mut seats.rows {
        for (cell, _) in row.iter_mut().zip(&is_name).filter(|(_, is_name)| **is_name) {
            *cell = Cell::Empty;
        }
    }
}

/// A table as a workbook of one sheet, its first line kept in sight.
fn workbook(names: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(text!("form-sheet"))?;
    let bold = Format::new().set_bold();
    for (column, name) in (0_u16..).zip(names) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Integer(n) => {
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "circles are counted in small numbers"
                    )]
                    sheet.write_number(row, column, *n as f64)?;
                }
                Cell::Number(n) => {
                    sheet.write_number(row, column, *n)?;
                }
                Cell::Date(on) => {
                    sheet.write_string(row, column, on.to_string())?;
                }
                Cell::Text(text) => {
                    sheet.write_string(row, column, text)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    book.save_to_buffer()
}

/// Reads who sits where from a table that somebody may have changed, and checks it by every rule that anybody may know: a circle
/// that cannot be is refused before who is kept apart is looked at, which the program itself does. Everybody has a row in it.
pub(super) fn read_seats(
    gathered: &Gathered,
    file: &Path,
    reading: &Reading,
) -> Result<Formation, Failure> {
    let table = gather::table(file, reading)?;
    let read = convening::read_seats(&table, &Mapping::default(), &gathered.hall);
    let seats = found(gathered, &place::label(file), read)?;
    let reserved = |it: &Breach| matches!(it, Breach::Apart { .. } | Breach::Barred { .. });
    checked(gathered, &place::label(file), seats, |breach| !reserved(breach))
}

/// Reads circles that stand already. Whoever is not in the table came later, and whoever joins can mend a circle that is too
/// small. Of a program's own people, whether those who stand together in it are kept apart makes no difference to anything: such
/// a table is soon written, and would tell. Whoever wrote the lists knows it from them.
pub(super) fn read_standing(
    gathered: &mut Gathered,
    file: &Path,
    reading: &Reading,
) -> Result<Formation, Failure> {
    let table = gather::table(file, reading)?;
    let read = convening::read_standing(&table, &Mapping::default(), &gathered.hall);
    let seats = found(gathered, &place::label(file), read)?;
    if gathered.program.is_some() {
        gathered.hall.roster_mut().let_stand(seats.formation());
    }
    let people = gathered.hall.roster().people();
    let late = people.filter(|(ix, _)| seats.line(*ix).is_none()).count();
    let counts = |breach: &Breach| !matches!(breach, Breach::TooFew { .. } | Breach::Alone { .. });
    let standing = checked(gathered, &place::label(file), seats, counts)?;
    if late > 0 {
        remark(&texts::say("form-latecomers", &[("n", texts::count(late))]));
    }
    Ok(standing)
}

/// What was read of a table of seats, where nothing is wrong with it.
fn found(
    gathered: &Gathered,
    label: &str,
    read: ListReading<Option<Seats>>,
) -> Result<Seats, Failure> {
    let mut troubles = Troubles::default();
    for fault in read.faults.iter() {
        let told = gather::trouble(fault);
        // Of somebody who is not in the table, their own list is no help: they are named by their key.
        let missed = fault.row().filter(|_| fault.list() == Some(List::People));
        let key =
            missed.and_then(|row| gathered.hall.entrants().get(row)).map(|it| it.key.as_str());
        troubles.push(match key {
            Some(key) => Trouble { line: None, ..told.at_path(key) }.in_file(label),
            None => told.in_file(label),
        });
    }
    troubles.add_untold(read.faults.total().saturating_sub(read.faults.iter().len()));
    read.found.filter(|_| troubles.is_empty()).ok_or_else(|| gather::wrong(troubles))
}

/// The circles of a table of seats, where they break none of the rules that count.
fn checked(
    gathered: &Gathered,
    label: &str,
    seats: Seats,
    counts: impl Fn(&Breach) -> bool,
) -> Result<Formation, Failure> {
    let mut troubles = Troubles::default();
    for breach in check(gathered.hall.roster(), seats.formation()).into_iter().filter(counts) {
        let code = breach_code(&breach, gathered.program.is_some());
        for line in seats.breach_lines(&breach).into_iter().take(1) {
            let told = Trouble::at(&interchange::Place::line(line), code, &[]);
            troubles.push(told.in_file(label));
        }
    }
    if troubles.is_empty() {
        return Ok(seats.formation().clone());
    }
    let total = texts::count(troubles.total());
    Err(Failure::new("cli.seats_break_rules", &[("n", total)]).with_troubles(troubles))
}

/// The words for a rule that circles break. Where who is kept apart from whom, or barred, is looked at, it is not told from any
/// other matter of company.
fn breach_code(breach: &Breach, in_program: bool) -> &'static str {
    match breach {
        Breach::AgeSpan { .. }
        | Breach::Alone { .. }
        | Breach::Mixed { .. }
        | Breach::OwnSex { .. }
            if !in_program =>
        {
            "seats.company"
        }
        Breach::FacilitatorNotFree { .. } => "seats.leader_not_free",
        Breach::FacilitatorLanguage { .. } => "seats.leader_language",
        Breach::FacilitatorLoad { .. } => "seats.leader_load",
        Breach::FacilitatorTwice { .. } => "seats.leader_twice",
        Breach::TooFew { .. } => "seats.too_few",
        Breach::TooMany { .. } => "seats.too_many",
        Breach::NotFree { .. } => "seats.not_free",
        Breach::NotSpoken { .. } => "seats.not_spoken",
        Breach::TooFar { .. } => "seats.too_far",
        Breach::NeedUnmet { .. } => "seats.need_unmet",
        Breach::AgeSpan { .. } => "seats.age_span",
        Breach::Alone { .. } => "seats.alone",
        Breach::Mixed { .. } => "seats.mixed",
        Breach::OwnSex { .. } => "seats.own_sex",
        Breach::Apart { .. } | Breach::Barred { .. } | _ => "seats.company",
    }
}

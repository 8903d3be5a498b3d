//! Answer sheets from a table, scored on the spot.

use std::collections::BTreeMap;

use circlekeeper::{NewSheet, SheetRecorded};
use commons::{MemberId, Private, UnitId};
use interchange::{
    SheetOptions, SheetRow, Sheets, Table, Unreadable, item_columns, read_sheets, sheet_template,
};
use outcomes::{Answer, Instrument, ItemAnswers, SafetyFlag, Score, built_in, built_in_ids};
use report::Arg;
use safety_protocols::Scope;
use serde::Serialize;
use serde_json::json;

use super::{Desk, people};
use crate::{
    args::{MeasureImport, MeasureTemplate},
    exit::Exit,
    failure::Failure,
    store::{self, Opened},
    texts::{self, text},
};

pub(crate) fn template(desk: &mut Desk, args: &MeasureTemplate) -> Result<Exit, Failure> {
    let columns = usual_columns(&instrument(&args.instrument)?);
    let bytes = sheet_template(&columns)
        .map_err(|error| Failure::new("cli.template", &[]).because(&error))?;
    let text = String::from_utf8_lossy(&bytes);
    desk.screen.say(text.trim_start_matches('\u{feff}').trim_end());
    desk.screen.answer(&json!({ "text": text }));
    Ok(Exit::Done)
}

fn instrument(id: &commons::Code) -> Result<Instrument, Failure> {
    let known = || built_in_ids().collect::<Vec<_>>().join(", ");
    built_in(id).ok_or_else(|| Failure::new("cli.no_instrument", &[("ids", Arg::from(known()))]))
}

/// The names that the columns of an instrument have where nothing else is said: `phq9_1` and on.
fn usual_columns(instrument: &Instrument) -> Vec<String> {
    let id = instrument.id().as_str();
    let stem: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
    (1..=instrument.scoring().items()).map(|item| format!("{stem}_{item}")).collect()
}

/// What became of the sheets of a file.
#[derive(Debug, Clone, Default, Serialize)]
struct Tally {
    sheets: usize,
    scored: usize,
    complete: usize,
    prorated: usize,
    parts: usize,
    refused: usize,
    raised: usize,
    unknown: usize,
    unreadable_as_missing: usize,
}

pub(crate) fn import(desk: &mut Desk, args: &MeasureImport) -> Result<Exit, Failure> {
    let instrument = instrument(&args.instrument)?;
    let table = people::table(&args.file, &args.reading)?;
    let place = desk.place()?;
    let sheets = read(args, &instrument, &table)?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let new = matched(&mut keeper, args, &sheets)?;
    let now = keeper.now();
    let recorded = keeper.record_sheets(&new, now)?;
    let tally = tally(&recorded, sheets.unreadable);
    desk.screen.say(told("sheets-done", tally.sheets));
    desk.screen.say(told("sheets-scored", tally.scored));
    for (id, n) in [
        ("sheets-prorated", tally.prorated),
        ("sheets-refused", tally.refused),
        ("sheets-unreadable", tally.unreadable_as_missing),
        ("sheets-unknown", tally.unknown),
    ] {
        if n > 0 {
            desk.screen.say(told(id, n));
        }
    }
    let raised = raised(&sheets.rows, &recorded);
    if !raised.is_empty() {
        let lines: Vec<_> = raised.iter().map(ToString::to_string).collect();
        let args = [("n", texts::count(raised.len())), ("lines", lines.join(", ").into())];
        desk.screen.say(texts::say("sheets-raised", &args));
    }
    let answer = json!({ "instrument": args.instrument, "result": tally, "raised_lines": raised });
    desk.screen.answer(&answer);
    Ok(Exit::Done)
}

fn told(id: &str, n: usize) -> String {
    texts::say(id, &[("n", texts::count(n))])
}

/// The lines on which an answer asks that somebody acts. Whoever takes the file in has it at hand.
fn raised(rows: &[SheetRow], recorded: &[SheetRecorded]) -> Vec<u64> {
    let both = rows.iter().zip(recorded);
    let raised = both.filter(|(_, sheet)| sheet.scored.flag() == SafetyFlag::Raised);
    raised.map(|(row, _)| row.line).collect()
}

fn tally(recorded: &[SheetRecorded], unreadable: usize) -> Tally {
    let mut tally =
        Tally { sheets: recorded.len(), unreadable_as_missing: unreadable, ..Tally::default() };
    for sheet in recorded {
        match sheet.scored.score {
            Score::Complete { .. } => tally.complete += 1,
            Score::Prorated { .. } => tally.prorated += 1,
            Score::NoTotal => tally.parts += 1,
            Score::NotScorable { .. } => tally.refused += 1,
        }
        match sheet.scored.flag() {
            SafetyFlag::Raised => tally.raised += 1,
            SafetyFlag::Unknown => tally.unknown += 1,
            SafetyFlag::NotRaised | SafetyFlag::NotAsked => {}
        }
    }
    tally.scored = tally.complete + tally.prorated + tally.parts;
    tally
}

fn read(args: &MeasureImport, instrument: &Instrument, table: &Table) -> Result<Sheets, Failure> {
    let items = match &args.items {
        Some(items) => {
            item_columns(items).map_err(|error| Failure::new("cli.items", &[]).because(&error))?
        }
        None => usual_columns(instrument),
    };
    let wanted = usize::from(instrument.scoring().items());
    if items.len() != wanted {
        let counts = [("found", texts::count(items.len())), ("wanted", texts::count(wanted))];
        return Err(Failure::new("cli.item_count", &counts));
    }
    let (least, most) = instrument.scoring().codes();
    let mut options = SheetOptions::new(args.instrument.clone(), items, least, most);
    options.timepoint.clone_from(&args.timepoint);
    options.on = args.on;
    options.missing = args.missing.iter().cloned().collect();
    options.mapping = people::mapping(&[("id", &args.id)]);
    if args.unreadable_as_missing {
        options.unreadable = Unreadable::CountsAsMissing;
    }
    Ok(read_sheets(table, &options)?)
}

/// The sheets with the enrolments they belong to: all of them, or everything that is wrong.
fn matched(
    keeper: &mut Opened,
    args: &MeasureImport,
    sheets: &Sheets,
) -> Result<Vec<NewSheet>, Failure> {
    let members = by_number(keeper)?;
    let seats = seats(keeper)?;
    let (now, today) = (keeper.now(), keeper.today()?);
    let mut wrong = Vec::new();
    let mut new = Vec::with_capacity(sheets.rows.len());
    for row in &sheets.rows {
        let found = members.get(row.person.as_str()).map(Vec::as_slice);
        let member = match found {
            Some([member]) => *member,
            Some(_) => {
                wrong.push(text!("sheet-several", line = row.line));
                continue;
            }
            None => {
                wrong.push(text!("sheet-nobody", line = row.line));
                continue;
            }
        };
        let file = keeper.member(member)?;
        let code = member.short();
        if !file.consent.allows(&Scope::MeasureOutcomes, now) {
            wrong.push(text!("sheet-no-consent", line = row.line, code = code.as_str()));
        }
        let taken = (row.instrument.clone(), row.timepoint.clone());
        if file.measures.asked().contains(&taken) {
            wrong.push(text!("sheet-twice", line = row.line, code = code.as_str()));
        }
        new.push(sheet(row, member, seats.get(&member).copied(), args, today));
    }
    if wrong.is_empty() {
        return Ok(new);
    }
    Err(Failure::new("cli.sheets", &[("n", texts::count(wrong.len()))]).listing(wrong))
}

fn sheet(
    row: &SheetRow,
    member: MemberId,
    unit: Option<UnitId>,
    args: &MeasureImport,
    today: chrono::NaiveDate,
) -> NewSheet {
    NewSheet {
        member,
        unit,
        instrument: row.instrument.clone(),
        language: args.sheet_language.clone(),
        timepoint: row.timepoint.clone(),
        on: row.on.unwrap_or(today),
        answers: ItemAnswers::new(row.items.iter().copied().map(Answer::from)),
    }
}

/// The enrolments by what another list calls their people.
fn by_number(keeper: &mut Opened) -> Result<BTreeMap<String, Vec<MemberId>>, Failure> {
    let mut members: BTreeMap<String, Vec<MemberId>> = BTreeMap::new();
    for line in keeper.people()? {
        if let Private::Known(identity) = line.identity
            && let Some(number) = identity.external_id
        {
            members.entry(number).or_default().push(line.member);
        }
    }
    Ok(members)
}

/// Where everybody sits now.
fn seats(keeper: &mut Opened) -> Result<BTreeMap<MemberId, UnitId>, Failure> {
    let mut seats = BTreeMap::new();
    for unit in keeper.units()? {
        let file = keeper.unit(unit)?;
        for stay in file.group.roster().stays().iter().filter(|stay| stay.until.is_none()) {
            seats.insert(stay.member, unit);
        }
    }
    Ok(seats)
}

#[cfg(test)]
mod tests {
    use super::*;
    use commons::Code;

    #[test]
    fn the_usual_columns_are_named_after_the_instrument() {
        let phq9 = instrument(&Code::of("phq-9")).unwrap();
        let columns = usual_columns(&phq9);
        assert_eq!(columns.first().map(String::as_str), Some("phq9_1"));
        assert_eq!(columns.last().map(String::as_str), Some("phq9_9"));
        assert_eq!(instrument(&Code::of("bdi")).unwrap_err().code, "cli.no_instrument");
    }
}

//! Answer sheets from a table: whoever is in danger first, then everything that is wrong, then scores.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use circlekeeper::{Asking, Kept, NewSheet, SheetRecorded};
use commons::{Code, MemberId, Private, UnitId};
use interchange::{
    FaultKind, Faults, Place, Reading, SheetOptions, SheetRow, Unreadable, item_columns,
    read_sheets, sheet_template,
};
use outcomes::{Answer, Instrument, ItemAnswers, SafetyFlag, Score, built_in, built_in_ids, score};
use report::Arg;
use serde::Serialize;
use serde_json::json;

use super::{Desk, people, tables};
use crate::{
    args::{MeasureImport, MeasureTemplate},
    exit::Exit,
    failure::Failure,
    store::{self, Opened},
    texts,
    trouble::{Trouble, Troubles},
};

pub(crate) fn template(desk: &mut Desk, args: &MeasureTemplate) -> Result<Exit, Failure> {
    let columns = usual_columns(&instrument(&args.instrument)?);
    let bytes = sheet_template(&columns).map_err(|_| Failure::new("cli.template", &[]))?;
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
    /// Of those, how many have a total all the same.
    unknown_scored: usize,
    without_risk_answers: usize,
    unreadable_as_missing: usize,
}

pub(crate) fn import(desk: &mut Desk, args: &MeasureImport) -> Result<Exit, Failure> {
    let instrument = instrument(&args.instrument)?;
    let table = tables::read(&args.file, &args.reading)?;
    let options = options(args, &instrument)?;
    let place = desk.place()?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let today = keeper.today()?;
    people::not_future(args.on.unwrap_or(today), today)?;
    let Reading { found: sheets, faults } = read_sheets(&table, &options);
    let mut matched = Matched::new(&mut keeper, args, today)?;
    matched.troubles = Troubles::from(&faults);
    for row in &sheets.rows {
        matched.take(&mut keeper, row, &sheets.columns)?;
    }
    let raised = raised(&sheets.rows, &instrument, &faults);
    if !matched.troubles.is_empty() {
        return Err(refuse(&mut keeper, matched, &raised));
    }
    let new: Vec<NewSheet> = matched.new.into_iter().map(|(_, sheet)| sheet).collect();
    let now = keeper.now();
    let recorded = keeper.record_sheets(&new, now).map_err(|error| {
        // Whom to go to is told even where nothing can be saved.
        let first = (!raised.is_empty()).then(|| go_first("sheets-raised-unsaved", &raised));
        Failure::from(error).listing(first).knowing("raised_lines", &raised)
    })?;
    tell(desk, &tally(&recorded, sheets.unreadable), &raised, &args.instrument);
    Ok(Exit::Done)
}

fn tell(desk: &mut Desk, tally: &Tally, raised: &BTreeSet<u64>, instrument: &Code) {
    let told = |id, n| texts::say(id, &[("n", texts::count(n))]);
    if !raised.is_empty() {
        desk.screen.say(go_first("sheets-raised", raised));
    }
    desk.screen.say(told("sheets-done", tally.sheets));
    desk.screen.say(told("sheets-scored", tally.scored));
    for (id, n) in [
        ("sheets-prorated", tally.prorated),
        ("sheets-refused", tally.refused),
        ("sheets-unreadable", tally.unreadable_as_missing),
        ("sheets-without-risk", tally.without_risk_answers),
        ("sheets-unknown", tally.unknown),
    ] {
        if n > 0 {
            desk.screen.say(told(id, n));
        }
    }
    let answer = json!({ "instrument": instrument, "result": tally, "raised_lines": raised });
    desk.screen.answer(&answer);
}

/// Nothing of a file is taken in, but somebody is gone to all the same: the matter of each raised
/// answer is opened now, and found again when the mended file is taken in. Only lines that lead to
/// nobody here have none, and are told.
fn refuse(keeper: &mut Opened, matched: Matched, raised: &BTreeSet<u64>) -> Failure {
    let known = matched.new.into_iter().filter(|(line, _)| raised.contains(line));
    let (lines, sheets): (BTreeSet<u64>, Vec<NewSheet>) = known.unzip();
    let now = keeper.now();
    let nowhere: BTreeSet<u64> = raised.difference(&lines).copied().collect();
    let opened = keeper.raise_answers(&sheets, now);
    let id = if opened.is_ok() { "sheets-raised" } else { "sheets-raised-unsaved" };
    let first = [(id, &lines), ("sheets-raised-nowhere", &nowhere)]
        .map(|(id, lines)| (!lines.is_empty()).then(|| go_first(id, lines)));
    let n = texts::count(matched.troubles.total());
    let code = if raised.is_empty() { "cli.sheets" } else { "cli.sheets_raised" };
    let failure = Failure::new(code, &[("n", n)])
        .listing(first.into_iter().flatten())
        .with_troubles(matched.troubles)
        .knowing("raised_lines", raised)
        .knowing("raised_lines_of_nobody_here", nowhere);
    match opened {
        Ok(opened) => {
            let matters: BTreeSet<_> = opened.iter().filter_map(|sheet| sheet.matter).collect();
            failure.knowing("matters", matters)
        }
        Err(error) => failure.because(&error),
    }
}

/// The lines to go to first. Whoever takes the file in has it at hand.
fn go_first(id: &str, lines: &BTreeSet<u64>) -> String {
    let numbers: Vec<_> = lines.iter().map(ToString::to_string).collect();
    texts::say(id, &[("n", texts::count(lines.len())), ("lines", numbers.join(", ").into())])
}

/// The lines on which an answer asks that somebody acts, whatever else is wrong with them. Where the
/// columns of the answers are not as they were named, nobody knows which answer it is.
fn raised(rows: &[SheetRow], instrument: &Instrument, faults: &Faults) -> BTreeSet<u64> {
    let unsure = faults.iter().any(|fault| {
        matches!(
            fault.kind(),
            FaultKind::ItemMissing { .. }
                | FaultKind::ItemTwice { .. }
                | FaultKind::ItemIsField { .. }
        )
    });
    let asks = |row: &&SheetRow| {
        score(instrument, answers(row).as_slice()).flag() == SafetyFlag::Raised && !unsure
    };
    rows.iter().filter(asks).map(|row| row.line).collect()
}

fn answers(row: &SheetRow) -> ItemAnswers {
    ItemAnswers::new(row.items.iter().copied().map(Answer::from))
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
        match sheet.flag {
            SafetyFlag::Raised => tally.raised += 1,
            SafetyFlag::Unknown => {
                tally.unknown += 1;
                tally.unknown_scored += usize::from(sheet.scored.score.points().is_some());
            }
            SafetyFlag::NotRaised | SafetyFlag::NotAsked => {}
        }
        tally.without_risk_answers += usize::from(sheet.kept == Kept::WithoutRiskAnswers);
    }
    tally.scored = tally.complete + tally.prorated + tally.parts;
    tally
}

fn options(args: &MeasureImport, instrument: &Instrument) -> Result<SheetOptions, Failure> {
    let items = match &args.items {
        Some(items) => item_columns(items).map_err(|_| Failure::new("cli.items", &[]))?,
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
    let fields = ["id", "timepoint", "on"];
    options.mapping = tables::mapping(&[("id", &args.id)], &args.reading, &fields)?;
    if args.unreadable_as_missing {
        options.unreadable = Unreadable::CountsAsMissing;
    }
    Ok(options)
}

/// Sheets and the enrolments they belong to, and everything that is wrong.
struct Matched {
    members: BTreeMap<String, Vec<MemberId>>,
    seats: BTreeMap<MemberId, UnitId>,
    /// The timepoints that sheets may have; nothing where a new one is wanted.
    timepoints: Option<BTreeSet<Code>>,
    language: Code,
    today: NaiveDate,
    new: Vec<(u64, NewSheet)>,
    troubles: Troubles,
}

impl Matched {
    fn new(keeper: &mut Opened, args: &MeasureImport, today: NaiveDate) -> Result<Self, Failure> {
        let models = keeper.models()?;
        let of_models = models.iter().flat_map(|model| &model.content().timepoints);
        let known: BTreeSet<Code> = of_models.map(|timepoint| timepoint.id.clone()).collect();
        Ok(Self {
            members: by_number(keeper)?,
            seats: seats(keeper)?,
            timepoints: (!args.new_timepoint && !known.is_empty()).then_some(known),
            language: args.sheet_language.clone(),
            today,
            new: Vec::new(),
            troubles: Troubles::default(),
        })
    }

    /// Takes a row in, as far as it leads to somebody, and tells everything that keeps it out.
    fn take(
        &mut self,
        keeper: &mut Opened,
        row: &SheetRow,
        columns: &BTreeMap<&'static str, usize>,
    ) -> Result<(), Failure> {
        let place = |field: &'static str| Place {
            line: Some(row.line),
            column: columns.get(field).copied(),
            field: columns.get(field).map(|_| field),
        };
        let mut wrong = Vec::new();
        if row.on.is_some_and(|on| self.today < on) {
            let today = [("today", self.today.to_string().into())];
            wrong.push(Trouble::at(&place("on"), "sheet.future", &today));
        }
        if let (Some(timepoint), Some(known)) = (&row.timepoint, &self.timepoints)
            && !known.contains(timepoint)
        {
            let known: Vec<_> = known.iter().map(Code::as_str).collect();
            let known = [("known", known.join(", ").into())];
            wrong.push(Trouble::at(&place("timepoint"), "sheet.new_timepoint", &known));
        }
        let number = row.person.as_ref();
        let found = number.map(|id| self.members.get(id.as_str()).map_or(&[][..], Vec::as_slice));
        match found {
            None => {}
            Some([member]) => {
                let sheet = self.sheet(row, *member);
                wrong.extend(of_member(keeper, &sheet, &place("id"))?);
                self.new.push((row.line, sheet));
            }
            Some([]) => wrong.push(Trouble::at(&place("id"), "sheet.nobody", &[])),
            Some(_) => wrong.push(Trouble::at(&place("id"), "sheet.several", &[])),
        }
        wrong.into_iter().for_each(|trouble| self.troubles.push(trouble));
        Ok(())
    }

    fn sheet(&self, row: &SheetRow, member: MemberId) -> NewSheet {
        NewSheet {
            member,
            unit: self.seats.get(&member).copied(),
            instrument: row.instrument.clone(),
            language: self.language.clone(),
            // Only a sheet that is refused can lack one, and its raised answer needs none.
            timepoint: row.timepoint.clone().unwrap_or(Code::of("unknown")),
            on: row.on.unwrap_or(self.today),
            answers: answers(row),
        }
    }
}

/// What keeps a member's sheet out: no yes to being measured on its day, or a sheet that is here already.
fn of_member(
    keeper: &mut Opened,
    sheet: &NewSheet,
    place: &Place,
) -> Result<Vec<Trouble>, Failure> {
    let code = sheet.member.short();
    let args = [("code", code.into()), ("on", sheet.on.to_string().into())];
    let mut wrong = Vec::new();
    if keeper.may_keep(sheet)? == Kept::Nothing {
        wrong.push(Trouble::at(place, "sheet.no_consent", &args));
    }
    let asked = keeper.member(sheet.member)?.measures.asked();
    if asked.contains(&(sheet.instrument.clone(), sheet.timepoint.clone())) {
        wrong.push(Trouble::at(place, "sheet.twice", &args));
    }
    Ok(wrong)
}

/// The enrolments by what another list calls their people.
fn by_number(keeper: &mut Opened) -> Result<BTreeMap<String, Vec<MemberId>>, Failure> {
    let mut members: BTreeMap<String, Vec<MemberId>> = BTreeMap::new();
    for line in keeper.people(&Asking::coordinator())? {
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

//! Answer sheets.

use std::collections::BTreeMap;

use commons::Code;
use interchange::Row;
use outcomes::{
    AnswerCounts, ColumnIx, Instrument, PersonIx, Points, SheetScorer, SheetState, Sheets, Totals,
};

use super::newest::{Newest, Place, Submission, Time};
use super::parents::Parents;
use super::{Care, Reading, close, column, open as open_file, too_many};
use crate::answers::{Answer, Decoder};
use crate::columns::{Found, Item, find_item, like, trimmed};
use crate::crew::Crew;
use crate::fault::{FaultKind, Faults};
use crate::files::{Files, Table};
use crate::plan::{Plan, ScaleColumns, SheetsFile, WhenEmpty, expand};
use crate::told::{FileTold, Role};

/// A file of sheets that is ready to be read.
struct Job {
    table: Table,
    told: FileTold,
    faults: Faults,
    columns: Columns,
}

/// All files of sheets, and which submissions are the newest.
struct Jobs {
    files: Vec<Job>,
    newest: Newest,
}

/// Where a cell stands.
#[derive(Debug, Clone, Copy)]
enum From {
    Own(usize),
    Parent(usize),
}

struct Columns {
    // Whether it is known whose each row is, and of when: else the answers are looked at, and not taken.
    is_whole: bool,
    person: From,
    when: When,
    newest_by: Option<From>,
    parents: Option<Parents>,
    scales: Vec<Scale>,
}

/// At which timepoint a row was filled in.
enum When {
    /// As the file or the scale says.
    Fixed,
    /// As a column says: by its text, the place among the columns of each scale.
    In { column: From, texts: BTreeMap<String, usize>, bytes: Box<[Option<u8>; 256]> },
}

/// One instrument on each row.
struct Scale {
    /// Its place among the instruments.
    instrument: usize,
    what: What,
    when_empty: WhenEmpty,
    /// The column of the cohort, and what was counted, for each timepoint that a row may have.
    places: Vec<(ColumnIx, AnswerCounts, Code)>,
    code: Code,
}

enum What {
    /// The columns of its items, each with its decoder; where they stand side by side, the first of them.
    Items {
        items: Vec<(Item, usize)>,
        decoders: Vec<Decoder>,
        run: Option<usize>,
    },
    Total {
        column: usize,
        least: Points,
        most: Points,
        totals: Totals,
    },
}

/// Opens the files of sheets, finds their columns and the newest submissions.
fn open(
    reading: &Reading<'_>,
    files: &impl Files,
    scorers: &[SheetScorer],
    crew: &Crew,
    sheets: &mut Sheets<'_>,
    wrong: &mut Vec<Faults>,
) -> Jobs {
    let mut jobs = Jobs { files: Vec::new(), newest: Newest::default() };
    for file in &reading.plan.sheets {
        let Some(table) = open_file(files, &file.file, wrong) else { continue };
        let (mut told, mut faults) =
            (FileTold::of(&table, Role::Sheets), Faults::of(&file.file.file));
        let mut finder = Finder {
            reading,
            file,
            sheets: &mut *sheets,
            scorers,
            table: &table,
            told: &mut told,
            faults: &mut faults,
        };
        let columns = finder.columns(files, wrong);
        let mut job = Job { table, told, faults, columns };
        if file.newest_by.is_some() && job.columns.is_whole {
            // Which is the newest is known when all were seen: the file is read twice.
            if let Some(again) = open_file(files, &file.file, &mut Vec::new()) {
                let number = jobs.files.len();
                note_newest(&mut job, again, number, crew, &mut jobs.newest);
            }
        }
        jobs.files.push(job);
    }
    let unclear: Vec<_> = jobs.newest.unclear().collect();
    for (place, other) in unclear {
        let file = jobs.files.get(other.file).map(|job| job.told.file.clone());
        let Some(job) = jobs.files.get_mut(place.file) else { continue };
        let kind = FaultKind::NotNewer { first: other.line, file: file.unwrap_or_default() };
        job.faults.at(place.line, job.columns.newest_by.and_then(From::own), kind);
    }
    jobs
}

/// Notes of each sheet of a file its newest submission.
fn note_newest(job: &mut Job, mut table: Table, file: usize, crew: &Crew, newest: &mut Newest) {
    let columns = &job.columns;
    let Some(by) = columns.newest_by else { return };
    let mut near = Near::default();
    while let Some(row) = table.next_row() {
        let place = Place { file, line: row.line() };
        let parent = columns.parent(row, &mut near);
        let person = crew.find(&mut near.person, columns.cell(row, parent, columns.person));
        let Some(person) = person.and_then(|member| member.person) else { continue };
        let Some(which) = columns.timepoint(row, parent) else { continue };
        let text = std::str::from_utf8(columns.cell(row, parent, by)).unwrap_or_default();
        let time = Time::of(text);
        // Where no time stands, that matters only to whoever has another sheet.
        let is_unread = time.is_none() && !text.is_empty();
        if is_unread {
            job.faults.at(row.line(), by.own(), FaultKind::NotATime);
        }
        for scale in &columns.scales {
            let counts = scale.when_empty == WhenEmpty::NotScorable || scale.has_any(row);
            let Some((column, ..)) = scale.places.get(which).filter(|_| counts) else { continue };
            if is_unread {
                newest.note_unread((person, *column), place);
            } else {
                let answers = scale.number_of(row);
                newest.note((person, *column), Submission { time, place, answers });
            }
        }
    }
}

impl From {
    const fn own(self) -> Option<usize> {
        match self {
            Self::Own(column) => Some(column),
            Self::Parent(_) => None,
        }
    }
}

impl Scale {
    /// Whether its answers or its total stand in a column.
    fn answers_in(&self, column: usize) -> bool {
        match &self.what {
            What::Items { items, .. } => items.iter().any(|(item, _)| item.column == column),
            What::Total { column: total, .. } => *total == column,
        }
    }

    /// A number of what a row answers: of two that answer otherwise it is another (FNV-1a,
    /// <http://www.isthe.com/chongo/tech/comp/fnv/>).
    fn number_of(&self, row: Row<'_>) -> u64 {
        const START: u64 = 0xcbf2_9ce4_8422_2325;
        let with = |number: u64, column: usize| {
            // No text holds the last byte, which parts the cells.
            let bytes = trimmed(row, column).iter().chain(&[0xFF]);
            bytes.fold(number, |number, byte| {
                (number ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            })
        };
        match &self.what {
            What::Items { items, .. } => {
                items.iter().fold(START, |number, (item, _)| with(number, item.column))
            }
            What::Total { column, .. } => with(START, *column),
        }
    }

    fn has_any(&self, row: Row<'_>) -> bool {
        match &self.what {
            What::Items { items, .. } => {
                items.iter().any(|(item, _)| !row.cell(item.column).is_empty())
            }
            What::Total { column, .. } => !row.cell(*column).is_empty(),
        }
    }
}

/// Where the last row was found: the next one is probably near.
#[derive(Default)]
struct Near {
    person: usize,
    parent: usize,
}

impl Columns {
    #[inline]
    fn parent(&self, row: Row<'_>, near: &mut Near) -> Option<usize> {
        let parents = self.parents.as_ref()?;
        parents.find(trimmed(row, parents.on), &mut near.parent)
    }

    #[inline]
    fn cell<'r>(&'r self, row: Row<'r>, parent: Option<usize>, from: From) -> &'r [u8] {
        match from {
            From::Own(column) => trimmed(row, column),
            From::Parent(column) => match (&self.parents, parent) {
                (Some(parents), Some(parent)) => parents.cell(parent, column),
                (None, _) | (_, None) => &[],
            },
        }
    }

    /// The place of the row's timepoint among the columns of each scale.
    #[inline]
    fn timepoint(&self, row: Row<'_>, parent: Option<usize>) -> Option<usize> {
        match &self.when {
            When::Fixed => Some(0),
            When::In { column, texts, bytes } => match self.cell(row, parent, *column) {
                [byte] => bytes.get(usize::from(*byte)).copied().flatten().map(usize::from),
                text => texts.get(std::str::from_utf8(text).ok()?).copied(),
            },
        }
    }
}

/// Finds the columns of a file.
struct Finder<'a, 's> {
    reading: &'a Reading<'a>,
    file: &'a SheetsFile,
    sheets: &'a mut Sheets<'s>,
    scorers: &'a [SheetScorer],
    table: &'a Table,
    told: &'a mut FileTold,
    faults: &'a mut Faults,
}

impl Finder<'_, '_> {
    fn columns(&mut self, files: &impl Files, wrong: &mut Vec<Faults>) -> Columns {
        let file = self.file;
        let parents = match &file.join {
            None => Some(None),
            Some(join) => self
                .own("on", &join.on)
                .and_then(|on| Parents::read(self.reading, files, (join, on), wrong).map(Some)),
        };
        // Where the other file is faulty, that is told there, and its columns are looked for no more.
        let person = self.from("person", &file.person, parents.as_ref());
        let newest_by = match &file.newest_by {
            None => Some(None),
            Some(name) => self.from("newest_by", name, parents.as_ref()).map(Some),
        };
        let when = match &file.timepoint_in {
            None => Some(None),
            Some(name) => self.from("timepoint_in", name, parents.as_ref()).map(Some),
        };
        let is_whole =
            parents.is_some() && person.is_some() && newest_by.is_some() && when.is_some();
        let plan = self.reading.plan;
        let texts = timepoint_texts(plan, file);
        let scales: Vec<_> = file.scales.iter().map(|scale| self.scale(scale, &texts)).collect();
        let when = match when.flatten() {
            None => When::Fixed,
            Some(column) => {
                let places: BTreeMap<String, usize> =
                    texts.iter().zip(0..).map(|((text, _), place)| (text.clone(), place)).collect();
                let byte = |byte: usize| {
                    let text = u8::try_from(byte).ok().filter(u8::is_ascii).map(char::from)?;
                    u8::try_from(*places.get(text.to_string().as_str())?).ok()
                };
                let bytes = Box::new(std::array::from_fn(byte));
                When::In { column, texts: places, bytes }
            }
        };
        Columns {
            is_whole,
            person: person.unwrap_or(From::Own(0)),
            when,
            newest_by: newest_by.flatten(),
            parents: parents.flatten(),
            // Of a scale that is not there something was told.
            scales: scales.into_iter().flatten().collect(),
        }
    }

    fn own(&mut self, key: &'static str, name: &str) -> Option<usize> {
        let found = column(self.table, key, name, self.faults)?;
        self.told.used(self.table, found);
        Some(found)
    }

    /// The column of a name: one that is taken over from the other file, or an own one. Nothing is looked for that
    /// would be taken from a file that could not be read.
    fn from(
        &mut self,
        key: &'static str,
        name: &str,
        parents: Option<&Option<Parents>>,
    ) -> Option<From> {
        let taken = self.file.join.iter().flat_map(|join| &join.take).any(|taken| taken == name);
        match parents {
            None if taken => None,
            None | Some(None) => self.own(key, name).map(From::Own),
            Some(Some(parents)) => match parents.column(name) {
                Some(column) => Some(From::Parent(column)),
                None => self.own(key, name).map(From::Own),
            },
        }
    }

    fn scale(&mut self, scale: &ScaleColumns, texts: &[(String, Code)]) -> Option<Scale> {
        let known = |it: &SheetScorer| *it.instrument().id() == scale.instrument;
        let scorer = self.scorers.iter().position(known);
        // Where the instrument could not be read, its columns are looked for all the same.
        let found = scorer.and_then(|place| Some((place, self.scorers.get(place)?.instrument())));
        let what = match &scale.total {
            Some(total) => {
                let column = self.own("total", total)?;
                let (least, most) = found?.1.scoring().range();
                let totals = self.reading.plan.totals_of(&scale.instrument);
                What::Total { column, least, most, totals }
            }
            None => self.items(scale, found.map(|(_, instrument)| instrument))?,
        };
        let instrument = found?.0;
        let fixed = scale.timepoint.as_ref().or(self.file.timepoint.as_ref());
        let timepoints: Vec<Code> = match fixed {
            // Whatever a column says of the row, this scale is of one timepoint.
            Some(code) => vec![code.clone(); texts.len().max(1)],
            None => texts.iter().map(|(_, code)| code.clone()).collect(),
        };
        let mut places = Vec::new();
        for timepoint in timepoints {
            match self.sheets.column(&scale.instrument, &timepoint) {
                Ok(column) => places.push((column, AnswerCounts::default(), timepoint)),
                Err(error) => {
                    self.faults.whole(too_many(&error));
                    return None;
                }
            }
        }
        let wide = scale.timepoint.is_some();
        let default = if wide { WhenEmpty::NoSheet } else { WhenEmpty::NotScorable };
        let when_empty = scale.when_empty.unwrap_or(default);
        Some(Scale { instrument, what, when_empty, places, code: scale.instrument.clone() })
    }

    fn items(&mut self, scale: &ScaleColumns, instrument: Option<&Instrument>) -> Option<What> {
        let names: Vec<String> =
            scale.items.iter().filter_map(|pattern| expand(pattern)).flatten().collect();
        let found = names.len();
        let wanted = instrument.map_or(found, |it| usize::from(it.scoring().items()));
        if found != wanted {
            let instrument = scale.instrument.clone();
            self.faults.whole(FaultKind::ItemCount { instrument, found, wanted });
            return None;
        }
        let is_there = |name: &String| find_item(self.table.names(), name) != Err(Found::Nowhere);
        if let Some(first) = names.first().filter(|_| 1 < found && !names.iter().any(is_there)) {
            let (instrument, name) = (scale.instrument.clone(), first.clone());
            let like = like(self.table.names(), &name);
            self.faults.whole(FaultKind::NoItems { instrument, items: found, name, like });
            return None;
        }
        let mut items: Vec<Option<Item>> = Vec::new();
        for (name, item) in names.iter().zip(1..) {
            let found = self.item(name, item, scale, &items);
            items.push(found);
        }
        let items: Vec<Item> = items.into_iter().collect::<Option<_>>()?;
        let instrument = instrument?;
        let values = scale.values.as_ref().and_then(|map| self.reading.plan.values.get(map));
        let mut decoders: Vec<Decoder> = Vec::new();
        let mut with_decoders = Vec::new();
        for (item, number) in items.into_iter().zip(1..) {
            let range = instrument.scoring().codes_of(number);
            let known = decoders.iter().position(|decoder| decoder.range() == range);
            let decoder = known.unwrap_or_else(|| {
                decoders.push(Decoder::new(range, values, &self.reading.reasons));
                decoders.len() - 1
            });
            with_decoders.push((item, decoder));
        }
        let first = with_decoders.first().map(|(item, _)| item.column);
        let run = first.filter(|first| {
            let mut places = with_decoders.iter().zip(*first..);
            decoders.len() == 1
                && places.all(|((item, _), place)| item.choice.is_none() && item.column == place)
        });
        Some(What::Items { items: with_decoders, decoders, run })
    }

    fn item(
        &mut self,
        name: &str,
        item: usize,
        scale: &ScaleColumns,
        before: &[Option<Item>],
    ) -> Option<Item> {
        let instrument = scale.instrument.clone();
        let kind = match find_item(self.table.names(), name) {
            Ok(found) => {
                let first = before.iter().position(|other| other.as_ref() == Some(&found));
                let Some(first) = first else {
                    self.told.used(self.table, found.column);
                    return Some(found);
                };
                FaultKind::ItemTwice { instrument, item, first: first + 1 }
            }
            Err(Found::Between(first, second)) => {
                let (first, second) = (first + 1, second + 1);
                FaultKind::ItemUnclear { instrument, item, first, second }
            }
            Err(Found::Nowhere | Found::At(_)) => {
                let (like, name) = (like(self.table.names(), name), name.to_owned());
                FaultKind::NoItem { instrument, item, name, like }
            }
        };
        self.faults.whole(kind);
        None
    }
}

/// What a column of timepoints may say, and what that means.
fn timepoint_texts(plan: &Plan, file: &SheetsFile) -> Vec<(String, Code)> {
    if file.timepoint_in.is_none() {
        return Vec::new();
    }
    if file.timepoints.is_empty() {
        plan.timepoints.iter().map(|it| (it.code.to_string(), it.code.clone())).collect()
    } else {
        file.timepoints.iter().map(|(text, code)| (text.trim().to_owned(), code.clone())).collect()
    }
}

/// Reads all files of sheets into the cohort.
pub(super) fn read(
    reading: &Reading<'_>,
    files: &impl Files,
    instruments: &[Instrument],
    crew: &Crew,
    mut sheets: Sheets<'_>,
    wrong: &mut Vec<Faults>,
) -> Vec<(FileTold, Faults)> {
    let scorers: Vec<SheetScorer> = instruments
        .iter()
        .map(|instrument| SheetScorer::new(instrument, reading.plan.totals_of(instrument.id())))
        .collect();
    let jobs = open(reading, files, &scorers, crew, &mut sheets, wrong);
    let mut reader = Reader {
        reading,
        crew,
        scorers,
        sheets,
        newest: jobs.newest,
        answers: Vec::new(),
        missing: vec![0; reading.reasons.codes().len()],
        file: 0,
    };
    let mut done = Vec::new();
    for (number, job) in jobs.files.into_iter().enumerate() {
        reader.file = number;
        done.push(reader.job(job));
    }
    done
}

struct Reader<'a> {
    reading: &'a Reading<'a>,
    crew: &'a Crew,
    scorers: Vec<SheetScorer>,
    sheets: Sheets<'a>,
    newest: Newest,
    answers: Vec<Option<i16>>,
    // How many answers of this file are missing, by reason.
    missing: Vec<u64>,
    file: usize,
}

impl Reader<'_> {
    fn job(&mut self, job: Job) -> (FileTold, Faults) {
        let Job { mut table, mut told, mut faults, mut columns } = job;
        let mut scales = std::mem::take(&mut columns.scales);
        let mut near = Near::default();
        if columns.is_whole {
            table.each(|row| {
                self.row(row, &columns, &mut scales, &mut near, &mut told, &mut faults);
            });
        } else {
            table.each(|row| self.look(row, &scales, &mut faults));
        }
        for (column, counts, _) in scales.iter().flat_map(|scale| &scale.places) {
            told.out_of_range += counts.out_of_range;
            // The column was made by this cohort.
            let _ = self.sheets.count(*column, *counts);
        }
        for (count, code) in self.missing.iter_mut().zip(self.reading.reasons.codes()) {
            if *count > 0 {
                told.missing.insert(code.clone(), std::mem::take(count));
            }
        }
        close(&table, told, faults, |column| scales.iter().any(|scale| scale.answers_in(column)))
    }

    #[inline]
    fn row(
        &mut self,
        row: Row<'_>,
        columns: &Columns,
        scales: &mut [Scale],
        near: &mut Near,
        told: &mut FileTold,
        faults: &mut Faults,
    ) {
        let parent = columns.parent(row, near);
        if let (Some(parents), None) = (&columns.parents, parent) {
            return faults.at(row.line(), Some(parents.on), FaultKind::NoParent);
        }
        let code = columns.cell(row, parent, columns.person);
        let Some(member) = self.crew.find(&mut near.person, code) else {
            if !self.crew.is_whole && !code.is_empty() {
                return self.look(row, scales, faults);
            }
            let kind = if code.is_empty() {
                FaultKind::Table(interchange::FaultKind::CellEmpty)
            } else {
                FaultKind::UnknownPerson
            };
            return faults.at(row.line(), columns.person.own(), kind);
        };
        let Some(person) = member.person else { return };
        let Some(which) = columns.timepoint(row, parent) else {
            let column = match columns.when {
                When::Fixed => None,
                When::In { column, .. } => column.own(),
            };
            return faults.at(row.line(), column, FaultKind::UnknownTimepoint);
        };
        let place = Place { file: self.file, line: row.line() };
        let mut dropped = false;
        for scale in scales {
            let Some((column, counts, timepoint)) = scale.places.get_mut(which) else { continue };
            if columns.newest_by.is_some() && !self.newest.is(person, *column, place) {
                dropped = true;
                continue;
            }
            let asked = (&scale.what, scale.instrument, scale.when_empty);
            let state = self.state(row, asked, counts, faults);
            let Some(state) = state else { continue };
            let at = columns.person.own();
            put(&mut self.sheets, (person, *column, state), (row, at), faults, || {
                FaultKind::SheetTwice {
                    instrument: scale.code.clone(),
                    timepoint: timepoint.clone(),
                }
            });
        }
        if dropped {
            told.dropped.push(row.line());
        }
    }

    /// Looks at the answers of a row that cannot be taken, since it is not known whose it is or of when.
    #[inline(never)]
    fn look(&mut self, row: Row<'_>, scales: &[Scale], faults: &mut Faults) {
        for scale in scales {
            let asked = (&scale.what, scale.instrument, scale.when_empty);
            self.state(row, asked, &mut AnswerCounts::default(), faults);
        }
    }

    /// What became of the sheet of a scale, where the row has one.
    #[inline]
    fn state(
        &mut self,
        row: Row<'_>,
        (what, instrument, when_empty): (&What, usize, WhenEmpty),
        counts: &mut AnswerCounts,
        faults: &mut Faults,
    ) -> Option<SheetState> {
        let scorer = self.scorers.get_mut(instrument);
        let (reading, answers, missing) = (self.reading, &mut self.answers, &mut self.missing);
        let mut sheet = OneSheet { reading, row, answers, missing, counts, faults };
        match what {
            What::Items { items, decoders, run } => {
                sheet.of_items((items, *run), decoders, when_empty, scorer)
            }
            What::Total { column, least, most, totals } => {
                sheet.of_total(*column, (*least, *most), *totals, when_empty)
            }
        }
    }
}

#[inline]
fn put(
    sheets: &mut Sheets<'_>,
    (person, column, state): (PersonIx, ColumnIx, SheetState),
    (row, at): (Row<'_>, Option<usize>),
    faults: &mut Faults,
    twice: impl Fn() -> FaultKind,
) {
    match sheets.put(person, column, state) {
        Ok(None) => {}
        Ok(Some(_)) => faults.at(row.line(), at, twice()),
        Err(error) => faults.at(row.line(), None, too_many(&error)),
    }
}

/// A sheet that is being read.
struct OneSheet<'a, 'r> {
    reading: &'a Reading<'a>,
    row: Row<'r>,
    answers: &'a mut Vec<Option<i16>>,
    missing: &'a mut [u64],
    counts: &'a mut AnswerCounts,
    faults: &'a mut Faults,
}

/// The reason that says that somebody declined, where every item gives it.
const REFUSED: &str = "refused";

impl OneSheet<'_, '_> {
    #[inline]
    fn of_items(
        &mut self,
        (items, run): (&[(Item, usize)], Option<usize>),
        decoders: &[Decoder],
        when_empty: WhenEmpty,
        scorer: Option<&mut SheetScorer>,
    ) -> Option<SheetState> {
        self.answers.clear();
        // Most sheets are whole, and most answers a digit.
        if let Some(run) = run.and_then(|first| self.row.single_bytes(first, items.len()))
            && let [decoder] = decoders
            && decoder.decode_singles(run, self.answers)
        {
            return Some(scorer?.state(self.answers));
        }
        self.answers.clear();
        let (mut missing, mut refused) = (0, 0);
        for (item, decoder) in items {
            let decoder = decoders.get(*decoder)?;
            let answer = match decoder.decode(self.row, item, &self.reading.reasons) {
                Answer::Code(code) => Some(code),
                Answer::Missing(reason) => {
                    missing += 1;
                    refused += usize::from(self.is_refused(reason));
                    self.count(reason, 1);
                    None
                }
                wrong @ (Answer::OutOfRange | Answer::NotAValue) => {
                    self.wrong(wrong, item.column, decoder.range());
                    None
                }
            };
            self.answers.push(answer);
        }
        if missing == items.len() {
            if refused == missing {
                return Some(SheetState::Declined);
            }
            if when_empty == WhenEmpty::NoSheet {
                // Nothing was asked, so nothing is missing.
                self.uncount(items, decoders);
                return None;
            }
        }
        self.counts.missing += u64::try_from(missing).unwrap_or_default();
        Some(scorer?.state(self.answers))
    }

    fn is_refused(&self, reason: usize) -> bool {
        self.reading.reasons.codes().get(reason).is_some_and(|code| code.as_str() == REFUSED)
    }

    fn count(&mut self, reason: usize, more: i64) {
        if let Some(count) = self.missing.get_mut(reason) {
            *count = count.saturating_add_signed(more);
        }
    }

    fn uncount(&mut self, items: &[(Item, usize)], decoders: &[Decoder]) {
        for (item, decoder) in items {
            let decoder = decoders.get(*decoder);
            let read = |it: &Decoder| it.decode(self.row, item, &self.reading.reasons);
            if let Some(Answer::Missing(reason)) = decoder.map(read) {
                self.count(reason, -1);
            }
        }
    }

    /// An answer that cannot be read is a fault, or counts as missing.
    fn wrong(&mut self, answer: Answer, column: usize, (least, most): (i16, i16)) {
        self.counts.out_of_range += 1;
        if self.reading.care == Care::Strict {
            let (least, most) = (i64::from(least), i64::from(most));
            let kind = match answer {
                Answer::NotAValue => FaultKind::NotAValue,
                Answer::OutOfRange | Answer::Code(_) | Answer::Missing(_) => {
                    FaultKind::NotAnAnswer { least, most }
                }
            };
            self.faults.at(self.row.line(), Some(column), kind);
        }
    }

    fn of_total(
        &mut self,
        column: usize,
        (least, most): (Points, Points),
        totals: Totals,
        when_empty: WhenEmpty,
    ) -> Option<SheetState> {
        let text = self.row.cell(column);
        if let Some(reason) = self.reading.reasons.of_text(text) {
            if self.is_refused(reason) {
                return Some(SheetState::Declined);
            }
            if when_empty == WhenEmpty::NoSheet {
                return None;
            }
            self.count(reason, 1);
            self.counts.missing += 1;
            return Some(SheetState::NotScorable);
        }
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        let points = text
            .parse::<Points>()
            .ok()
            .filter(|points| plain && least <= *points && *points <= most);
        let Some(points) = points else {
            self.counts.out_of_range += 1;
            if self.reading.care == Care::Strict {
                let (least, most) = (least.decimal(), most.decimal());
                let kind = FaultKind::NotATotal { least, most };
                self.faults.at(self.row.line(), Some(column), kind);
            }
            return Some(SheetState::NotScorable);
        };
        let points = match totals {
            Totals::Exact => points,
            Totals::Rounded => points.rounded(0),
        };
        Some(SheetState::Scored { points, prorated: false })
    }
}

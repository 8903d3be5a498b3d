//! One case and its plain answer, for programs in other languages: a line of NDJSON each.
//!
//! A case is `{"id": …, "instrument": "phq-9", "items": [2, 1, null, …], "context": {…}}`: raw codes
//! in the order of the questionnaire, `null` for a missing answer, reversed items not reversed. Other
//! keys are passed over. The answer begins with the case's own `id`, and then says
//!
//! - `ok`, and where it is false an `error` with its `kind` and figures. An item that is no whole number
//!   is out of range, its `value` null and its `reason` beside it; it takes no safety item with it;
//! - `context_needed`: what a gate or a reading asks of the person and does not learn, such as `sex`,
//!   because it is missing or says nothing that a rule knows;
//! - `not_read`: which of `id` and `context` could not be read, so that nobody takes it for passed over;
//! - `total`, `band`, `case` with its `case_rule`, and what else the instrument's `[answer]` names;
//! - `answered` and `prorated`, where the total is made of the items of the whole sheet, and
//!   `total_rounded` where bands read a rounded total;
//! - `safety_item`, or `safety_items` where there are several: `flag` is true, false, or null where
//!   nobody knows. It is there whether the sheet could be scored or not, and so is the highest level of
//!   a screener where safety items that were answered settle it;
//! - `read_by`: for each reading the id of its interpretation and how well that was checked; and under
//!   `scoring` the instrument itself where nobody verified how it is scored.
//!
//! This module writes no JSON itself: both types go through serde.

mod id;
mod item;
mod said;

use std::borrow::Cow;

use commons::Code;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};

use crate::{
    Answer, Context, Evidence, Instrument, Interpretation, NotScorable, Points, Reading,
    SafetyAnswer, Score, Scored,
    context::WrittenContext,
    definition::{AnswerDefinition, Combine, Counted, GateKind},
    score_with,
};
pub use id::CaseId;
use id::Named;
use item::Item;
use said::{Said, object};

/// One sheet as another program hands it over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Case {
    #[serde(default)]
    id: Named,
    instrument: String,
    items: Vec<Item>,
    #[serde(default)]
    context: WrittenContext,
    #[serde(skip)]
    asked: Vec<Code>,
}

/// What a case comes to, in the order in which it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseAnswer {
    id: Named,
    said: Vec<(String, Said)>,
}

impl Case {
    /// A case of one's own.
    #[must_use]
    pub fn new(instrument: &Instrument, answers: &[Answer], context: Context) -> Self {
        let item =
            |answer: &Answer| answer.given().map_or(Item::Missing, |code| Item::Code(code.into()));
        Self {
            id: Named::Not,
            instrument: instrument.id().to_string(),
            items: answers.iter().map(item).collect(),
            context: context.into(),
            asked: Vec::new(),
        }
    }

    /// Read by these interpretations, in place of those that are used when nobody chooses: `readings`
    /// says what each of them says, and there is no `band`, `case` or level.
    #[must_use]
    pub fn reading_by(mut self, asked: Vec<Code>) -> Self {
        self.asked = asked;
        self
    }

    /// Which instrument it asks for.
    #[must_use]
    pub fn instrument(&self) -> &str {
        &self.instrument
    }

    /// What it comes to by this instrument.
    #[must_use]
    pub fn answer(&self, instrument: &Instrument) -> CaseAnswer {
        let answer = |(place, came): (usize, &Item)| {
            let none = || no_code(instrument, u8::try_from(place + 1).unwrap_or(u8::MAX));
            match came {
                Item::Missing => Answer::Missing,
                Item::Code(code) => i16::try_from(*code).map_or_else(|_| none(), Answer::Given),
                Item::NoWholeNumber | Item::TooLarge => none(),
            }
        };
        let answers: Vec<Answer> = self.items.iter().enumerate().map(answer).collect();
        let context = &self.context.known;
        let scored = score_with(instrument, &answers, context);
        let telling = Telling { instrument, scored: &scored, context, asked: &self.asked };
        let mut said = match scored.score.reason() {
            Some(reason) if !matches!(reason, NotScorable::ScalesMissing { .. }) => {
                telling.error(self.error(reason))
            }
            Some(_) | None => telling.all(),
        };
        self.not_read(&mut said);
        self.context_needed(instrument, &answers, &mut said);
        CaseAnswer { id: self.id.clone(), said }
    }

    /// The answer to a case of an instrument that is not here.
    #[must_use]
    pub fn unknown_instrument(&self) -> CaseAnswer {
        let error = object([("kind", Said::word("unknown_instrument"))]);
        let mut said = vec![("ok".to_owned(), Said::Flag(false)), ("error".to_owned(), error)];
        self.not_read(&mut said);
        CaseAnswer { id: self.id.clone(), said }
    }

    /// What stands in the case and could not be read, by its key.
    fn not_read(&self, lines: &mut Lines) {
        let id = (self.id == Named::Unreadable).then_some("id");
        let context = self.context.unreadable.then_some("context");
        let keys: Vec<Said> = id.into_iter().chain(context).map(Said::word).collect();
        if !keys.is_empty() {
            say(lines, "not_read", Said::List(keys));
        }
    }

    /// What a gate or a reading asks of the person and does not learn, by its name.
    fn context_needed(&self, instrument: &Instrument, answers: &[Answer], lines: &mut Lines) {
        let mut names = instrument.not_told(answers, &self.context.known);
        if !self.context.odd.is_empty() {
            let asks = instrument.asks();
            names.extend(self.context.odd.iter().filter(|name| asks.has(name)).cloned());
        }
        if !names.is_empty() {
            let names = names.iter().map(|name| Said::word(name.as_str()));
            say(lines, "context_needed", Said::List(names.collect()));
        }
    }

    fn error(&self, reason: NotScorable) -> Said {
        let (kind, figures) = match reason {
            NotScorable::OutOfRange { item, min, max, .. } => {
                return self.out_of_range(item, min, max);
            }
            NotScorable::WrongItemCount { expected, .. } => {
                let got = i64::try_from(self.items.len()).unwrap_or(i64::MAX);
                ("wrong_item_count", vec![("expected", expected.into()), ("got", got)])
            }
            NotScorable::NotApplicableItemAnswered { item } => {
                ("not_applicable_item_answered", vec![("item", item.into())])
            }
            NotScorable::GatedItemsAnswered { .. } => ("gated_items_answered", vec![]),
            NotScorable::RequiredItemMissing { item } => {
                ("required_item_missing", vec![("item", item.into())])
            }
            NotScorable::TooManyMissing { missing, allowed } => {
                ("too_many_missing", vec![("missing", missing.into()), ("allowed", allowed.into())])
            }
            NotScorable::ScalesMissing { scales } => {
                ("scales_missing", vec![("scales", scales.into())])
            }
        };
        let figures = figures.into_iter().map(|(key, figure)| (key, Said::Whole(figure)));
        object(std::iter::once(("kind", Said::word(kind))).chain(figures))
    }

    /// A code that is not on the sheet as it came; of what is no code, why it is none.
    fn out_of_range(&self, item: u8, min: i16, max: i16) -> Said {
        let came = usize::from(item).checked_sub(1).and_then(|at| self.items.get(at));
        let (value, reason) = match came {
            Some(Item::Code(code)) => (Said::Whole(*code), None),
            Some(Item::TooLarge) => (Said::Null, Some("too_large")),
            Some(Item::NoWholeNumber) => (Said::Null, Some("no_whole_number")),
            Some(Item::Missing) | None => (Said::Null, None),
        };
        let lines = [
            ("kind", Said::word("out_of_range")),
            ("item", Said::Whole(item.into())),
            ("value", value),
            ("min", Said::Whole(min.into())),
            ("max", Said::Whole(max.into())),
        ];
        object(lines.into_iter().chain(reason.map(|reason| ("reason", Said::word(reason)))))
    }
}

/// An answer that is none of an item's codes, in place of one that cannot be kept.
fn no_code(instrument: &Instrument, item: u8) -> Answer {
    let (lowest, highest) = instrument.scoring().codes_of(item);
    highest.checked_add(1).or_else(|| lowest.checked_sub(1)).into()
}

/// A scored sheet, and by what it is told.
struct Telling<'a> {
    instrument: &'a Instrument,
    scored: &'a Scored,
    context: &'a Context,
    asked: &'a [Code],
}

type Lines = Vec<(String, Said)>;

fn say(lines: &mut Lines, key: impl Into<String>, said: Said) {
    lines.push((key.into(), said));
}

impl<'a> Telling<'a> {
    /// What is wrong, and what stands all the same: the safety items, and a level that they settle.
    fn error(&self, error: Said) -> Lines {
        let mut lines = vec![("ok".to_owned(), Said::Flag(false)), ("error".to_owned(), error)];
        let mut read_by = Vec::new();
        if self.asked.is_empty() {
            self.levels(&self.answer(), &mut lines, &mut read_by);
        } else {
            self.chosen(&mut lines);
        }
        self.safety(&mut lines);
        if !read_by.is_empty() {
            say(&mut lines, "read_by", Said::Object(read_by));
        }
        lines
    }

    /// What is to be said: as the instrument writes it, else by its defaults.
    fn answer(&self) -> Cow<'a, AnswerDefinition> {
        let written = self.instrument.answer().map(Cow::Borrowed);
        written.unwrap_or_else(|| Cow::Owned(self.by_default()))
    }

    fn all(&self) -> Lines {
        let mut lines = vec![("ok".to_owned(), Said::Flag(true))];
        let mut read_by = Vec::new();
        let answer = self.answer();
        self.sheet(&mut lines);
        self.total(&mut lines);
        if self.asked.is_empty() {
            self.readings(&answer, &mut lines, &mut read_by);
            self.levels(&answer, &mut lines, &mut read_by);
        } else {
            self.chosen(&mut lines);
        }
        self.parts(&answer, &mut lines);
        self.safety(&mut lines);
        if self.instrument.scoring().evidence() == Evidence::Unverified {
            read_by
                .push(("scoring".to_owned(), evidence(self.instrument.id(), Evidence::Unverified)));
        }
        if !read_by.is_empty() {
            say(&mut lines, "read_by", Said::Object(read_by));
        }
        lines
    }

    /// What each reading says that was asked for.
    fn chosen(&self, lines: &mut Lines) {
        let found = self.asked.iter().filter_map(|id| self.instrument.interpretation(id));
        let read = found.filter_map(|by| Some((by, self.instrument.read(by, self.scored)?)));
        let one = |(by, reading): (Interpretation<'_>, Reading)| {
            let mut said = vec![("id".to_owned(), Said::word(reading.interpretation.as_str()))];
            if let Some(on) = by.on() {
                say(&mut said, "on", Said::word(on.as_str()));
            }
            if let Interpretation::CutOff(cut) = by {
                say(&mut said, "case", Said::Flag(is_reached(by, &reading)));
                say(&mut said, "case_rule", Said::Word(cut.rule()));
            } else {
                say(&mut said, "band", Said::word(reading.band.as_str()));
            }
            say(&mut said, "evidence", Said::word(checked(by.provenance().evidence)));
            Said::Object(said)
        };
        say(lines, "readings", Said::List(read.map(one).collect()));
    }

    /// The answer of an instrument that says nothing of it.
    fn by_default(&self) -> AnswerDefinition {
        let mut answer = AnswerDefinition::default();
        for found in self.instrument.defaults(self.context).filter(|found| found.on().is_none()) {
            let id = found.provenance().id.clone();
            match found {
                Interpretation::Bands(_) => answer.band = Some(id),
                Interpretation::CutOff(_) => answer.case.push(id),
                Interpretation::Levels(_) => {
                    answer.levels.insert(Code::of("level"), id);
                }
                Interpretation::Change(_) => {}
            }
        }
        let counts = self.instrument.scoring().counts().iter();
        answer.counts =
            counts.map(|count| (count.id.clone(), Counted::One(count.id.clone()))).collect();
        answer
    }

    fn ends_early(&self) -> bool {
        self.instrument.scoring().gates().iter().any(|gate| gate.kind == GateKind::Stop)
    }

    fn of_items(&self) -> bool {
        let combine = self.instrument.scoring().raw().combine;
        matches!(combine, Combine::Sum | Combine::Mean) && !self.ends_early()
    }

    fn sheet(&self, lines: &mut Lines) {
        if self.of_items() {
            say(lines, "answered", Said::Whole(self.scored.answered.into()));
            let prorated = matches!(self.scored.score, Score::Prorated { .. });
            say(lines, "prorated", Said::Flag(prorated));
        }
        if self.ends_early() {
            say(lines, "gated", Said::Flag(self.scored.ended_early));
        }
    }

    fn total(&self, lines: &mut Lines) {
        let scoring = self.instrument.scoring();
        if !scoring.has_total() {
            return;
        }
        let points = self.scored.score.points();
        say(lines, "total", points.map_or(Said::Null, Said::real));
        for found in &self.scored.conversions {
            let whole = scoring.figure_places(Some(&found.conversion)) == 0;
            say(lines, found.conversion.to_string(), Said::points(found.points, whole));
        }
    }

    fn readings(&self, answer: &AnswerDefinition, lines: &mut Lines, read_by: &mut Lines) {
        if let Some((by, reading)) = self.read_first(answer.band.iter()) {
            self.rounded(lines);
            say(lines, "band", Said::word(reading.band.as_str()));
            read_by.push(("band".to_owned(), by_whom(by)));
        }
        if let Some((by, reading)) = self.read_first(answer.case.iter()) {
            say(lines, "case", Said::Flag(is_reached(by, &reading)));
            if let Interpretation::CutOff(cut) = by {
                say(lines, "case_rule", Said::Word(cut.rule()));
            }
            read_by.push(("case".to_owned(), by_whom(by)));
        }
        for (key, id) in &answer.flags {
            if let Some((by, reading)) = self.read_first(std::iter::once(id)) {
                say(lines, key.to_string(), Said::Flag(is_reached(by, &reading)));
                read_by.push((key.to_string(), by_whom(by)));
            }
        }
    }

    fn levels(&self, answer: &AnswerDefinition, lines: &mut Lines, read_by: &mut Lines) {
        for (key, id) in &answer.levels {
            if let Some((by, reading)) = self.read_first(std::iter::once(id)) {
                say(lines, key.to_string(), Said::word(reading.band.as_str()));
                read_by.push((key.to_string(), by_whom(by)));
            }
        }
    }

    /// The whole total that bands read, where the total itself was prorated.
    fn rounded(&self, lines: &mut Lines) {
        let places = self.instrument.scoring().places();
        if let (Score::Prorated { points, .. }, true, 0) =
            (self.scored.score, self.of_items(), places)
        {
            say(lines, "total_rounded", Said::points(points.rounded(0), true));
        }
    }

    /// The first of some interpretations that is for this person, and what it says.
    fn read_first<'b>(
        &self,
        ids: impl Iterator<Item = &'b Code>,
    ) -> Option<(Interpretation<'a>, Reading)> {
        let found = ids.filter_map(|id| self.instrument.interpretation(id));
        let mut found =
            found.filter(|found| found.when().is_none_or(|when| self.context.says(when)));
        let by = found.next()?;
        Some((by, self.instrument.read(by, self.scored)?))
    }

    fn parts(&self, answer: &AnswerDefinition, lines: &mut Lines) {
        let name = |id: &Code| answer.names.get(id).cloned().unwrap_or_else(|| id.to_string());
        let shown = |id: &Code| answer.subscales.as_ref().is_none_or(|shown| shown.contains(id));
        let scales = self.instrument.scoring().scales().iter().zip(&self.scored.scales);
        let scales: Lines = scales
            .filter(|(scale, _)| shown(&scale.id))
            .map(|(scale, found)| {
                let whole = scale.is_whole();
                let points = found.score.points();
                (name(&scale.id), points.map_or(Said::Null, |points| Said::points(points, whole)))
            })
            .collect();
        if !scales.is_empty() {
            say(lines, "subscales", Said::Object(scales));
        }
        let count =
            |id: &Code| self.scored.count(id).map_or(Said::Null, |items| Said::Whole(items.into()));
        for (key, counted) in &answer.counts {
            let said = match counted {
                Counted::One(id) => count(id),
                Counted::Several(ids) => {
                    Said::Object(ids.iter().map(|id| (name(id), count(id))).collect())
                }
            };
            say(lines, key.to_string(), said);
        }
    }

    fn safety(&self, lines: &mut Lines) {
        let one = |answer: &SafetyAnswer| {
            let (item, value, flag) = match *answer {
                SafetyAnswer::Raised { item, value } => (item, Some(value), Some(true)),
                SafetyAnswer::NotRaised { item, value } => (item, Some(value), Some(false)),
                SafetyAnswer::Skipped { item } => (item, None, Some(false)),
                SafetyAnswer::Unknown { item } => (item, None, None),
            };
            object([
                ("item", Said::Whole(item.into())),
                ("value", value.map_or(Said::Null, |value| Said::Whole(value.into()))),
                ("flag", flag.map_or(Said::Null, Said::Flag)),
            ])
        };
        match self.scored.safety.as_slice() {
            [] => {}
            [answer] => say(lines, "safety_item", one(answer)),
            several => say(lines, "safety_items", Said::List(several.iter().map(one).collect())),
        }
    }
}

/// Whether a reading lies on the side that counts: at the cut-off, or above the lowest level.
fn is_reached(by: Interpretation<'_>, reading: &Reading) -> bool {
    match by {
        Interpretation::CutOff(cut) => {
            let [low, high] = cut.codes();
            let counted = if cut.side == crate::Side::AtOrAbove { high } else { low };
            reading.band == counted
        }
        Interpretation::Levels(_) | Interpretation::Bands(_) | Interpretation::Change(_) => {
            reading.rank > 0
        }
    }
}

fn by_whom(by: Interpretation<'_>) -> Said {
    let provenance = by.provenance();
    evidence(&provenance.id, provenance.evidence)
}

fn evidence(id: &Code, evidence: Evidence) -> Said {
    object([("id", Said::word(id.as_str())), ("evidence", Said::word(checked(evidence)))])
}

const fn checked(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Unverified => "unverified",
        Evidence::Secondary => "secondary",
        Evidence::Read => "read",
    }
}

impl Said {
    fn points(points: Points, whole: bool) -> Self {
        if whole && points.is_whole() {
            Self::Whole(points.numerator().into())
        } else {
            Self::real(points)
        }
    }

    fn real(points: Points) -> Self {
        Self::Real(points.to_f64())
    }
}

impl CaseAnswer {
    /// Whether the sheet came to something: what `ok` says.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.said.iter().any(|(key, said)| key == "ok" && *said == Said::Flag(true))
    }
}

impl Serialize for CaseAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if self.id != Named::Not {
            map.serialize_entry("id", &self.id.id())?;
        }
        for (key, said) in &self.said {
            map.serialize_entry(key, said)?;
        }
        map.end()
    }
}

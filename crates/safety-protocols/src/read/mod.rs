//! Reading rule files: every fault is found, not only the first.

mod reader;

use std::collections::BTreeSet;

use chrono::Weekday;
use chrono_tz::Tz;
use commons::{Code, Rule};
use toml::{Spanned, de::DeTable};

use crate::{
    Basis, Calendar, Clock, Deadline, Effect, Enforcement, Example, Fault, Faults, Modal, Moments,
    Row, RowStanding, Rulebook, Sheet, Span, Step, fault::Wrong, local,
};
use reader::{Node, Reader, pick};

/// Reads the sheets of one rulebook.
pub(crate) fn rulebook(sheets: &[Sheet<'_>]) -> Result<Rulebook, Faults> {
    let mut faults = Vec::new();
    let mut head = None;
    let mut rows: Vec<Row> = Vec::new();
    let mut calendars = Vec::new();
    let mut untold = BTreeSet::new();
    for (nth, sheet) in sheets.iter().enumerate() {
        let (table, errors) = DeTable::parse_recoverable(sheet.text);
        let mut reader = Reader { sheet: *sheet, faults: Vec::new() };
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            reader.fault(&span, "", Wrong::Syntax(error.message().to_owned()));
        }
        let node = Node { span: 0..0, table: table.get_ref(), path: String::new() };
        if nth == 0 {
            head = reader.head(&node);
            reader.only(&node, &["schema", "id", "version", "not_yet_told", "rows", "calendars"]);
            untold = reader.codes(&node, "not_yet_told");
        } else {
            reader.only(&node, &["rows", "calendars"]);
        }
        for calendar in reader.nodes(&node, "calendars") {
            calendars.extend(reader.calendar(&calendar));
        }
        for row in reader.nodes(&node, "rows") {
            let span = row.span.clone();
            let Some(read) = reader.row(&row, &calendars) else {
                continue;
            };
            if rows.iter().any(|other| other.name == read.name && other.version == read.version) {
                reader.fault(&span, read.name.as_str(), Wrong::Twice);
            }
            rows.push(read);
        }
        faults.push(Faults::new(reader.faults));
    }
    let faults: Vec<Fault> = faults.iter().flat_map(|sheet| sheet.all().to_vec()).collect();
    match head {
        Some((id, version)) if faults.is_empty() => {
            Ok(Rulebook::assemble(id, version, rows, calendars).not_telling(untold))
        }
        _ => Err(Faults::in_order(faults)),
    }
}

impl Reader<'_> {
    fn head(&mut self, node: &Node<'_>) -> Option<(Code, u32)> {
        if node.get("schema").and_then(|value| value.get_ref().as_str())
            != Some("circlekeeper.rules/1")
        {
            self.fault(&(0..0), "schema", Wrong::Schema);
        }
        let id = self.code(node, "id");
        let version = self.number(node, "version");
        Some((id?, version?))
    }

    fn calendar(&mut self, node: &Node<'_>) -> Option<Calendar> {
        self.only(node, &["name", "weekend", "holidays", "source"]);
        let name = self.code(node, "name");
        self.wanted(node, "source", |text| Ok::<_, Wrong>(text.to_owned()));
        let mut weekend = Vec::new();
        for value in self.list(node, "weekend") {
            match value.get_ref().as_str().map(str::parse::<Weekday>) {
                Some(Ok(day)) => weekend.push(day),
                _ => self.fault(
                    &value.span(),
                    &node.path("weekend"),
                    Wrong::Kind { wanted: "a day of the week" },
                ),
            }
        }
        let holidays: Vec<_> = self
            .list(node, "holidays")
            .into_iter()
            .filter_map(|value| self.day_of(value, &node.path("holidays")))
            .collect();
        Some(Calendar::new(name?, weekend, holidays))
    }

    fn row(&mut self, node: &Node<'_>, calendars: &[Calendar]) -> Option<Row> {
        self.only(node, &KEYS);
        let enforcement = self.choice(node, "enforcement", &ENFORCEMENTS);
        let obliges = enforcement == Some(Enforcement::Oblige);
        for key in ["trigger", "deadline", "actor", "evidence"] {
            if obliges && node.get(key).is_none() {
                self.missing(node, key);
            }
        }
        let name = self.code(node, "name");
        let version = self.number(node, "version");
        let rule = self.wanted(node, "rule", str::parse::<Rule>);
        let area = self.code(node, "area");
        let modal = self.choice(node, "modal", &MODALS);
        let basis = self.choice(node, "basis", &BASES);
        let what = self.code(node, "what");
        let source = self.wanted(node, "source", |text| Ok::<_, Wrong>(text.to_owned()));
        // Everything is read before anything is given up: every fault is told at once.
        let standing = self.optional(node, "standing", |text| pick(text, &STANDINGS));
        let triggers = self.codes(node, "trigger");
        let only_where = self.conditions(node, "where");
        let unless = self.conditions(node, "unless");
        let jurisdiction = self.optional(node, "jurisdiction", str::parse::<Code>);
        let at_once = self.yes(node, "at_once");
        let deadline = self.optional(node, "deadline", str::parse::<Deadline>);
        let clock = self.optional(node, "clock", |text| pick(text, &CLOCKS));
        let actor = self.optional(node, "actor", str::parse::<Code>);
        let steps = self.steps(node);
        let evidence = self.codes(node, "evidence");
        let limits = self.limits(node);
        let [effective_from, effective_to, verified_on, recheck_by] =
            ["effective_from", "effective_to", "verified_on", "recheck_by"]
                .map(|key| self.day(node, key));
        let example = self.example(node);
        let row = Row {
            name: name?,
            version: version?,
            rule: rule?,
            area: area?,
            modal: modal?,
            enforcement: enforcement?,
            standing: standing.unwrap_or(RowStanding::InForce),
            triggers,
            only_where,
            unless,
            jurisdiction,
            what: what?,
            at_once,
            deadline: deadline.unwrap_or(Deadline::None),
            clock: clock.unwrap_or_default(),
            actor: actor.unwrap_or(APPLICATION),
            steps,
            evidence,
            limits,
            basis: basis?,
            source: source?,
            effective_from,
            effective_to,
            verified_on,
            recheck_by,
            example,
        };
        self.weigh(node, &row, calendars);
        Some(row)
    }

    fn steps(&mut self, node: &Node<'_>) -> Vec<Step> {
        let mut steps = Vec::new();
        for step in self.nodes(node, "escalate") {
            self.only(&step, &["after", "to", "effect"]);
            let after = self.wanted(&step, "after", str::parse::<Span>);
            let to = self.code(&step, "to");
            let effect =
                self.optional(&step, "effect", |text| pick(text, &EFFECTS)).unwrap_or_default();
            if let (Some(after), Some(to)) = (after, to) {
                steps.push(Step { after, to, effect });
            }
        }
        steps
    }

    fn example(&mut self, node: &Node<'_>) -> Option<Example> {
        let inner = self.inner(node, "example")?;
        self.only(&inner, &["start", "zone", "session_end", "due"]);
        for key in ["start", "due"] {
            if inner.get(key).is_none() {
                self.missing(&inner, key);
            }
        }
        let zone = self.wanted(&inner, "zone", |text| text.parse::<Tz>().map_err(|_| Wrong::Zone));
        Some(Example {
            start: self.wall(&inner, "start")?,
            session_end: self.wall(&inner, "session_end"),
            due: self.wall(&inner, "due")?,
            zone: zone?,
        })
    }

    /// Faults that only a whole row can have.
    fn weigh(&mut self, node: &Node<'_>, row: &Row, calendars: &[Calendar]) {
        let at = |key: &str| node.get(key).map_or(node.span.clone(), Spanned::span);
        if let (Some(first), Some(last)) = (row.effective_from, row.effective_to)
            && last < first
        {
            self.fault(&at("effective_to"), &node.path("effective_to"), Wrong::Backwards);
        }
        let checked = row.verified_on.is_some() && row.recheck_by.is_some();
        if row.basis == Basis::Law && row.standing == RowStanding::InForce && !checked {
            self.fault(&at("basis"), &node.path("basis"), Wrong::Unverified);
        }
        if row.evidence.contains(&ANSWERED_NO) {
            self.fault(&at("evidence"), &node.path("evidence"), Wrong::NoCloses);
        }
        if row.enforcement == Enforcement::Oblige && row.deadline != Deadline::None {
            match &row.example {
                Some(example) => self.recompute(node, row, example, calendars),
                None if node.get("example").is_none() => self.missing(node, "example"),
                None => {}
            }
        }
    }

    fn recompute(&mut self, node: &Node<'_>, row: &Row, example: &Example, known: &[Calendar]) {
        let calendar = row
            .jurisdiction
            .as_ref()
            .and_then(|code| known.iter().find(|one| one.jurisdiction() == Some(code)))
            .cloned()
            .unwrap_or_default();
        let moments = Moments {
            session_ends_at: example.session_end.map(|end| local(end, example.zone)),
            ..Moments::default()
        };
        let start = local(example.start, example.zone);
        let due = row.deadline.due(start, &moments, example.zone, &calendar);
        if due != Some(local(example.due, example.zone)) {
            let span = node.get("example").map_or(node.span.clone(), Spanned::span);
            let gives = due.map_or_else(
                || "nothing".to_owned(),
                |due| due.with_timezone(&example.zone).naive_local().to_string(),
            );
            self.fault(&span, &node.path("example"), Wrong::Example { gives });
        }
    }
}

/// The actor of rules that the program itself keeps.
const APPLICATION: Code = Code::of("application");
/// The evidence that no rule may take.
const ANSWERED_NO: Code = Code::of("answered_no");

const KEYS: [&str; 27] = [
    "name",
    "version",
    "rule",
    "area",
    "modal",
    "enforcement",
    "standing",
    "trigger",
    "where",
    "unless",
    "jurisdiction",
    "what",
    "at_once",
    "deadline",
    "clock",
    "actor",
    "escalate",
    "evidence",
    "limits",
    "basis",
    "source",
    "effective_from",
    "effective_to",
    "verified_on",
    "recheck_by",
    "example",
    "note",
];
const ENFORCEMENTS: [(&str, Enforcement); 4] = [
    ("refuse", Enforcement::Refuse),
    ("oblige", Enforcement::Oblige),
    ("warn", Enforcement::Warn),
    ("show", Enforcement::Show),
];
const MODALS: [(&str, Modal); 2] = [("MUST", Modal::Must), ("SHOULD", Modal::Should)];
const BASES: [(&str, Basis); 4] =
    [("L", Basis::Law), ("S", Basis::Standard), ("P", Basis::Peer), ("O", Basis::Own)];
const STANDINGS: [(&str, RowStanding); 2] =
    [("in_force", RowStanding::InForce), ("unverified", RowStanding::Unverified)];
const CLOCKS: [(&str, Clock); 2] = [("known", Clock::Known), ("happened", Clock::Happened)];
const EFFECTS: [(&str, Effect); 2] = [("tell", Effect::Tell), ("pause", Effect::Pause)];

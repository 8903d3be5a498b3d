//! Walks a file along the format and notes whatever does not fit.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use commons::{Code, Rule};
use toml::de::DeTable;

use crate::{
    basis::Basis,
    fault::{Fault, Finding},
    grammar::{Field, Kind, Table},
    tree::{Lines, Node, Row, Spot, case, label, whole},
};

/// What was found so far.
#[derive(Debug)]
pub(crate) struct Findings<'t> {
    lines: Lines<'t>,
    all: Vec<Finding>,
}

impl<'t> Findings<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { lines: Lines::of(text), all: Vec::new() }
    }

    pub(crate) fn add(&mut self, spot: Spot, fault: Fault) {
        let (line, column) = self.lines.place(spot.span.start);
        self.all.push(Finding { line, column, path: spot.path, fault });
    }

    /// Notes errors of syntax, and forgets what they may have caused.
    pub(crate) fn add_syntax(&mut self, errors: &[toml::de::Error]) {
        let broken: Vec<(u32, String)> = errors
            .iter()
            .map(|error| {
                let start = error.span().map_or(0, |span| span.start);
                (self.lines.place(start).0, error.message().replace('\n', ", "))
            })
            .collect();
        self.all.retain(|finding| {
            let caused = broken.iter().any(|(line, _)| *line == finding.line);
            !caused && !matches!(finding.fault, Fault::Missing { .. } | Fault::NoBasis { .. })
        });
        for (error, (_, message)) in errors.iter().zip(broken) {
            let span = error.span().unwrap_or(0..0);
            self.add(Spot { path: String::new(), span }, Fault::Syntax { message });
        }
    }

    /// The line on which something stands.
    pub(crate) fn line(&self, spot: &Spot) -> u32 {
        self.lines.place(spot.span.start).0
    }

    pub(crate) fn into_all(self) -> Vec<Finding> {
        self.all
    }
}

/// The nearest of some words, if one is near enough to be meant.
pub(crate) fn nearest<'w>(found: &str, words: impl IntoIterator<Item = &'w str>) -> Option<String> {
    let limit = 1 + found.chars().count() / 4;
    let near = words.into_iter().map(|word| (strsim::osa_distance(found, word), word));
    near.filter(|(far, _)| *far <= limit).min().map(|(_, word)| word.to_owned())
}

/// Notes whatever in a table does not fit its format.
pub(crate) fn walk(row: &Row<'_>, findings: &mut Findings<'_>) {
    for (key, node) in row.table() {
        let spot = Spot { path: row.path_of(key.get_ref()), span: node.span() };
        match row.format.field(key.get_ref()) {
            Some(field) => value(&field.kind, node, spot, findings),
            None => {
                unknown_key(row.format, key.get_ref(), Spot { span: key.span(), ..spot }, findings)
            }
        }
    }
    for field in row.format.fields.iter().filter(|field| field.needed && !row.has(field.name)) {
        findings.add(row.spot_of(field.name), Fault::Missing { key: field.name });
    }
    if row.format.field("basis").is_some() && row.has("basis") {
        basis(row, findings);
    }
}

fn unknown_key(format: &Table, key: &str, spot: Spot, findings: &mut Findings<'_>) {
    let meant = nearest(key, format.fields.iter().map(|field| field.name));
    findings.add(spot, Fault::UnknownKey { key: key.to_owned(), meant });
}

fn value(kind: &'static Kind, node: &Node<'_>, spot: Spot, findings: &mut Findings<'_>) {
    let right_type = match kind {
        Kind::Words(_) | Kind::Code | Kind::Rule | Kind::Date | Kind::OneOf(_) => {
            node.get_ref().as_str().map(|text| findings.extend_text(kind, text, &spot))
        }
        Kind::Whole(fewest, most) => {
            whole(node).map(|found| in_range(found, *fewest, *most, &spot, findings))
        }
        Kind::Flag => node.get_ref().as_bool().map(|_| ()),
        Kind::List(item) => node.get_ref().as_array().map(|list| {
            for node in list.iter() {
                value(item, node, Spot { span: node.span(), ..spot.clone() }, findings);
            }
        }),
        Kind::Table(format) => node
            .get_ref()
            .as_table()
            .map(|table| walk(&Row::new(table, format, spot.clone()), findings)),
        Kind::Rows(_) | Kind::Cases(_) => {
            node.get_ref().as_array().map(|list| rows(kind, list, &spot, findings))
        }
        Kind::Figures => node.get_ref().as_table().map(|table| figures(table, &spot, findings)),
        Kind::Basis => {
            let given = node.get_ref();
            (given.is_str() || given.is_table()).then_some(())
        }
    };
    if right_type.is_none() {
        let found = node.get_ref().type_str();
        findings.add(spot, Fault::WrongType { wanted: kind.wanted(), found });
    }
}

impl Findings<'_> {
    /// Notes whatever is wrong with a text of such a kind.
    fn extend_text(&mut self, kind: &'static Kind, text: &str, spot: &Spot) {
        let found = || text.chars().take(60).collect::<String>();
        let length = text.chars().count();
        let fault = match kind {
            Kind::Words(most) if text.trim().is_empty() || *most < length => {
                Fault::TextLength { length, most: *most }
            }
            Kind::Code if text.parse::<Code>().is_err() => Fault::NotACode { found: found() },
            Kind::Rule if text.parse::<Rule>().is_err() => Fault::NotARule { found: found() },
            Kind::Date if text.parse::<NaiveDate>().is_err() => Fault::NotADay { found: found() },
            Kind::OneOf(known) if !known.contains(&text) => Fault::UnknownWord {
                found: found(),
                meant: nearest(text, known.iter().copied()),
                known,
            },
            Kind::Words(_)
            | Kind::Code
            | Kind::Rule
            | Kind::Date
            | Kind::OneOf(_)
            | Kind::Whole(..)
            | Kind::Flag
            | Kind::List(_)
            | Kind::Table(_)
            | Kind::Rows(_)
            | Kind::Cases(_)
            | Kind::Figures
            | Kind::Basis => return,
        };
        self.add(spot.clone(), fault);
    }
}

fn in_range(found: i64, fewest: i64, most: i64, spot: &Spot, findings: &mut Findings<'_>) {
    if found < fewest || most < found {
        findings.add(spot.clone(), Fault::OutOfRange { found, fewest, most });
    }
}

/// Walks the tables of a list, and notes those of which two bear one label.
fn rows(kind: &'static Kind, list: &[Node<'_>], spot: &Spot, findings: &mut Findings<'_>) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for (index, node) in list.iter().enumerate() {
        let here = Spot { span: node.span(), ..spot.clone() };
        let Some(table) = node.get_ref().as_table() else {
            let found = node.get_ref().type_str();
            findings.add(here, Fault::WrongType { wanted: "a table", found });
            continue;
        };
        let Some(format) = format_of(kind, table, &here, findings) else { continue };
        let id = label(table, format, index);
        let path = format!("{}[{id}]", spot.path);
        let row = Row::new(table, format, Spot { path, span: node.span() });
        walk(&row, findings);
        if matches!(kind, Kind::Rows(_)) {
            let place = row.spot_of(format.label);
            let line = findings.line(&place);
            match seen.get(&id) {
                Some(first) => findings.add(place, Fault::Twice { id, first: *first }),
                None => {
                    seen.insert(id, line);
                }
            }
        }
    }
}

/// The format of a table in a list; for one of several cases, the case that it says it is.
fn format_of(
    kind: &'static Kind,
    table: &DeTable<'_>,
    spot: &Spot,
    findings: &mut Findings<'_>,
) -> Option<&'static Table> {
    if let Kind::Rows(format) = kind {
        return Some(format);
    }
    let Kind::Cases(cases) = kind else { return None };
    let found = case(cases, table);
    if found.is_none() {
        let fault = match table.get("when").and_then(|node| node.get_ref().as_str()) {
            None => Fault::Missing { key: "when" },
            Some(word) => Fault::UnknownWord {
                found: word.to_owned(),
                meant: nearest(word, cases.iter().map(|case| case.name)),
                known: &[],
            },
        };
        findings.add(spot.clone(), fault);
    }
    found
}

fn figures(table: &DeTable<'_>, spot: &Spot, findings: &mut Findings<'_>) {
    for (key, node) in table {
        let here = Spot { path: format!("{}.{}", spot.path, key.get_ref()), span: node.span() };
        if key.get_ref().parse::<Code>().is_err() {
            let found = key.get_ref().as_ref().to_owned();
            findings.add(Spot { span: key.span(), ..here.clone() }, Fault::NotACode { found });
        }
        value(&Kind::Whole(0, 1_000_000_000), node, here, findings);
    }
}

/// Notes parameters whose basis is not said, is malformed, or is memory alone.
fn basis(row: &Row<'_>, findings: &mut Findings<'_>) {
    let spot = row.spot_of("basis");
    if let Some(text) = row.text("basis") {
        one_basis("all of it", text, spot, findings);
        return;
    }
    let Some(table) = row.value("basis").and_then(|node| node.get_ref().as_table()) else { return };
    for (key, node) in table {
        let key_spot = Spot { path: format!("{}.{}", spot.path, key.get_ref()), span: node.span() };
        if key.get_ref() != "rest" && row.format.field(key.get_ref()).is_none() {
            unknown_key(row.format, key.get_ref(), Spot { span: key.span(), ..key_spot }, findings);
            continue;
        }
        match node.get_ref().as_str() {
            Some(text) => one_basis(&format!("`{}`", key.get_ref()), text, key_spot, findings),
            None => {
                let found = node.get_ref().type_str();
                findings.add(key_spot, Fault::WrongType { wanted: "text in quotes", found });
            }
        }
    }
    if !table.contains_key("rest") {
        for field in row.format.fields.iter().filter(|field| unsaid(row, field)) {
            if !table.contains_key(field.name) {
                findings.add(spot.clone(), Fault::NoBasis { field: field.name.to_owned() });
            }
        }
    }
}

fn unsaid(row: &Row<'_>, field: &Field) -> bool {
    field.kind.is_parameter() && row.has(field.name)
}

fn one_basis(field: &str, text: &str, spot: Spot, findings: &mut Findings<'_>) {
    match text.parse::<Basis>() {
        Err(_) => findings.add(spot, Fault::NotABasis { found: text.chars().take(60).collect() }),
        Ok(Basis::Recalled) => {
            findings.add(spot, Fault::UnverifiedInForce { field: field.to_owned() });
        }
        Ok(Basis::Seed(_) | Basis::Read(_) | Basis::Default) => {}
    }
}

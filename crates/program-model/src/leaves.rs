//! A file as a flat list of its settings, so that two files can be laid side by side.

use std::collections::BTreeMap;

use crate::{
    adaptation::Setting,
    basis::Basis,
    grammar::{Field, Kind},
    tree::{Node, Row, whole},
};

/// Parts of a file that describe it and set nothing.
const NO_SETTINGS: [&str; 5] = ["schema", "version", "identity", "figures", "unverified"];

/// A setting, with its words where it has any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) setting: Setting,
    words: Option<String>,
}

/// Every setting of a table and of what is inside, by its path.
pub(crate) fn leaves(root: &Row<'_>) -> BTreeMap<String, Leaf> {
    let mut all = BTreeMap::new();
    for field in root.format.fields.iter().filter(|field| !NO_SETTINGS.contains(&field.name)) {
        field_leaves(root, field, &mut all);
    }
    all
}

fn field_leaves(row: &Row<'_>, field: &'static Field, all: &mut BTreeMap<String, Leaf>) {
    let Some(node) = row.value(field.name) else { return };
    let path = row.path_of(field.name);
    match &field.kind {
        Kind::Basis => {}
        Kind::Table(_) => {
            for row in row.row(field.name).iter() {
                table_leaves(row, all);
            }
        }
        Kind::Rows(_) | Kind::Cases(_) => {
            let rows = row.rows(field.name);
            let ids = rows.iter().map(|row| of_text(&label_of(row))).collect();
            all.insert(path, Leaf { setting: Setting::List(ids), words: None });
            for row in &rows {
                table_leaves(row, all);
            }
        }
        Kind::Figures => {
            for (name, figure) in row.figures(field.name) {
                let leaf = Leaf { setting: Setting::Whole(figure), words: None };
                all.insert(format!("{path}.{name}"), leaf);
            }
        }
        Kind::Words(_)
        | Kind::Code
        | Kind::Rule
        | Kind::Date
        | Kind::Whole(..)
        | Kind::Flag
        | Kind::OneOf(_)
        | Kind::List(_) => {
            let words = node.get_ref().as_str().map(str::to_owned);
            all.insert(path, Leaf { setting: setting(&field.kind, node), words });
        }
    }
}

fn table_leaves(row: &Row<'_>, all: &mut BTreeMap<String, Leaf>) {
    for field in row.format.fields {
        field_leaves(row, field, all);
    }
}

/// The last part of a row's path, between its brackets.
fn label_of(row: &Row<'_>) -> String {
    let path = row.spot.path.trim_end_matches(']');
    path.rsplit('[').next().unwrap_or_default().to_owned()
}

fn setting(kind: &Kind, node: &Node<'_>) -> Setting {
    let value = node.get_ref();
    if let (Kind::List(item), Some(list)) = (kind, value.as_array()) {
        return Setting::List(list.iter().map(|node| setting(item, node)).collect());
    }
    if let Some(number) = whole(node) {
        return Setting::Whole(number);
    }
    if let Some(flag) = value.as_bool() {
        return Setting::Flag(flag);
    }
    match value.as_str() {
        Some(text) if !matches!(kind, Kind::Words(_)) => of_text(text),
        Some(_) | None => Setting::Words,
    }
}

/// A code where the text is one; otherwise that there are words, and not which.
fn of_text(text: &str) -> Setting {
    text.to_lowercase().parse().map_or(Setting::Words, Setting::Code)
}

/// What each parameter rests on, by its path.
pub(crate) fn bases(row: &Row<'_>) -> BTreeMap<String, Basis> {
    let mut all = BTreeMap::new();
    collect_bases(row, None, &mut all);
    all
}

/// Rows inside a table that says its basis, and have no place to say their own, rest on the same.
fn collect_bases(row: &Row<'_>, above: Option<&Basis>, all: &mut BTreeMap<String, Basis>) {
    let of = |field: &str| row.row_basis(field).or_else(|| row.row_basis("rest"));
    for field in row.format.fields.iter().filter(|field| row.has(field.name)) {
        let basis = of(field.name).or_else(|| above.cloned());
        match &field.kind {
            Kind::Basis => {}
            Kind::Table(_) => {
                row.row(field.name).iter().for_each(|row| collect_bases(row, None, all))
            }
            Kind::Rows(format) => {
                let above = basis.filter(|_| format.field("basis").is_none());
                row.rows(field.name).iter().for_each(|row| collect_bases(row, above.as_ref(), all));
            }
            Kind::Words(_)
            | Kind::Code
            | Kind::Rule
            | Kind::Date
            | Kind::Whole(..)
            | Kind::Flag
            | Kind::OneOf(_)
            | Kind::List(_)
            | Kind::Cases(_)
            | Kind::Figures => {
                if let Some(basis) = basis {
                    all.insert(row.path_of(field.name), basis);
                }
            }
        }
    }
}

impl Row<'_> {
    /// The basis of a field of it, or of all its fields.
    fn row_basis(&self, field: &str) -> Option<Basis> {
        let node = self.value("basis")?.get_ref();
        let text = match node.as_table() {
            Some(table) => table.get(field)?.get_ref().as_str(),
            None => node.as_str(),
        };
        text?.parse().ok()
    }
}

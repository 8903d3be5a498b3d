//! A table of a file of rules, asked key by key.

use std::{
    cell::{Cell, RefCell},
    ops::Range,
};

use commons::Code;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::fault::{RulesFault, RulesFaultKind, nearest};

type Node<'t> = Spanned<DeValue<'t>>;

/// What was found wrong so far.
#[derive(Debug)]
pub(super) struct Findings<'t> {
    text: &'t str,
    all: RefCell<Vec<RulesFault>>,
}

impl<'t> Findings<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, all: RefCell::default() }
    }

    pub(super) fn add(&self, spot: &Spot, kind: RulesFaultKind) {
        let before = self.text.get(..spot.span.start).unwrap_or_default();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let line = number(before.matches('\n').count() + 1);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = number(before.get(start..).unwrap_or_default().chars().count() + 1);
        let path = spot.path.clone();
        self.all.borrow_mut().push(RulesFault { line, column, path, kind });
    }

    pub(super) fn into_all(self) -> Vec<RulesFault> {
        self.all.into_inner()
    }
}

/// Where something stands.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) path: String,
    pub(super) span: Range<usize>,
}

/// A table; it remembers which keys it was asked for.
pub(super) struct Section<'a, 't> {
    findings: &'a Findings<'t>,
    table: &'a DeTable<'t>,
    spot: Spot,
    asked: RefCell<Vec<&'static str>>,
    // Whether something that has to be there is missing or cannot be read.
    lacks: Cell<bool>,
}

impl<'a, 't> Section<'a, 't> {
    pub(super) fn new(findings: &'a Findings<'t>, table: &'a DeTable<'t>, spot: Spot) -> Self {
        Self { findings, table, spot, asked: RefCell::default(), lacks: Cell::new(false) }
    }

    fn get(&self, key: &'static str) -> Option<(&'a Node<'t>, Spot)> {
        self.asked.borrow_mut().push(key);
        let node = self.table.get(key)?;
        Some((node, Spot { path: self.path(key), span: node.span() }))
    }

    fn path(&self, key: &str) -> String {
        if self.spot.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.spot.path) }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(super) fn is_text(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|node| node.get_ref().is_str())
    }

    /// Something wrong with a key; where it is missing, with its table.
    pub(super) fn wrong(&self, key: &str, kind: RulesFaultKind) {
        let span = self.table.get(key).map_or_else(|| self.spot.span.clone(), Spanned::span);
        self.findings.add(&Spot { path: self.path(key), span }, kind);
    }

    fn mismatch(&self, node: &Node<'t>, spot: &Spot, wanted: &'static str) {
        let found = node.get_ref().type_str();
        self.findings.add(spot, RulesFaultKind::WrongType { wanted, found });
    }

    /// Notes that a key is missing that has to be there.
    pub(super) fn needed<T>(&self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.lacks.set(true);
            if !self.has(key) {
                self.wrong(key, RulesFaultKind::Missing { key });
            }
        }
        value
    }

    fn text(&self, key: &'static str) -> Option<(&'a str, Spot)> {
        let (node, spot) = self.get(key)?;
        let text = node.get_ref().as_str();
        if text.is_none() {
            self.mismatch(node, &spot, "text in quotes");
        }
        Some((text?, spot))
    }

    pub(super) fn yes_or_no(&self, key: &'static str) -> Option<bool> {
        let (node, spot) = self.get(key)?;
        let value = node.get_ref().as_bool();
        if value.is_none() {
            self.mismatch(node, &spot, "true or false");
        }
        value
    }

    pub(super) fn whole<N: TryFrom<i64>>(
        &self,
        key: &'static str,
        least: i64,
        most: i64,
    ) -> Option<N> {
        let (node, spot) = self.get(key)?;
        let number = node.get_ref().as_integer();
        let number =
            number.and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        match number {
            None => {
                self.mismatch(node, &spot, "a whole number");
                None
            }
            Some(found) if found < least || most < found => {
                self.findings.add(&spot, RulesFaultKind::OutOfRange { found, least, most });
                None
            }
            Some(found) => N::try_from(found).ok(),
        }
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let (text, spot) = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let meant = nearest(text, words.iter().map(|(word, _)| *word));
            self.findings.add(&spot, RulesFaultKind::UnknownWord { found: text.to_owned(), meant });
        }
        found
    }

    /// A code, as somebody else reads it.
    pub(super) fn read<T>(
        &self,
        key: &'static str,
        read: impl Fn(&Code) -> Result<T, RulesFaultKind>,
    ) -> Option<T> {
        let (text, spot) = self.text(key)?;
        self.to_code(text, &spot, read)
    }

    fn to_code<T>(
        &self,
        text: &str,
        spot: &Spot,
        read: impl FnOnce(&Code) -> Result<T, RulesFaultKind>,
    ) -> Option<T> {
        let code = text.parse::<Code>();
        let code = code.map_err(|_| RulesFaultKind::NotACode { found: text.to_owned() });
        match code.and_then(|code| read(&code)) {
            Ok(value) => Some(value),
            Err(kind) => {
                self.findings.add(spot, kind);
                None
            }
        }
    }

    /// A list of codes, each as somebody else reads it, who sees those before it.
    pub(super) fn list<T>(
        &self,
        key: &'static str,
        read: impl Fn(&Code, &[T]) -> Result<T, RulesFaultKind>,
    ) -> Vec<T> {
        let Some((node, spot)) = self.get(key) else { return Vec::new() };
        let Some(list) = node.get_ref().as_array() else {
            self.mismatch(node, &spot, "a list in square brackets");
            return Vec::new();
        };
        let mut values = Vec::new();
        for (node, number) in list.iter().zip(1..) {
            let spot = Spot { path: format!("{}[{number}]", spot.path), span: node.span() };
            match node.get_ref().as_str() {
                None => self.mismatch(node, &spot, "text in quotes"),
                Some(text) => {
                    let value = self.to_code(text, &spot, |code| read(code, &values));
                    values.extend(value);
                }
            }
        }
        values
    }

    /// A table inside this one.
    pub(super) fn section(&self, key: &'static str, wanted: &'static str) -> Option<Self> {
        let (node, spot) = self.get(key)?;
        let table = node.get_ref().as_table();
        if table.is_none() {
            self.mismatch(node, &spot, wanted);
        }
        Some(Self::new(self.findings, table?, spot))
    }

    /// The tables of a list.
    pub(super) fn sections(&self, key: &'static str) -> Vec<Self> {
        let Some((node, spot)) = self.get(key) else { return Vec::new() };
        let Some(list) = node.get_ref().as_array() else {
            self.mismatch(node, &spot, "a list of tables");
            return Vec::new();
        };
        let section = |(number, node): (usize, &'a Node<'t>)| {
            let path = format!("{}[{number}]", spot.path);
            let spot = Spot { path, span: node.span() };
            let table = node.get_ref().as_table();
            if table.is_none() {
                self.mismatch(node, &spot, "a table");
            }
            Some(Self::new(self.findings, table?, spot))
        };
        (1..).zip(list.iter()).filter_map(section).collect()
    }

    /// Notes keys that nobody asked for; the value, where nothing that it needs is missing.
    pub(super) fn done<T>(&self, value: Option<T>) -> Option<T> {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !asked.contains(&name) {
                let meant = nearest(name, asked.iter().copied());
                let spot = Spot { path: self.path(name), span: key.span() };
                let key = name.to_owned();
                self.findings.add(&spot, RulesFaultKind::UnknownKey { key, meant });
            }
        }
        value.filter(|_| !self.lacks.get())
    }
}

//! A table of a plan file, asked key by key.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

use commons::Code;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Finding, PlanFault, Shape, nearest};
use super::lines::Lines;

type Node<'t> = Spanned<DeValue<'t>>;

/// What was found wrong so far.
#[derive(Debug)]
pub(super) struct Findings<'t> {
    lines: Lines<'t>,
    all: RefCell<Vec<Finding>>,
}

impl<'t> Findings<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { lines: Lines::of(text), all: RefCell::default() }
    }

    pub(super) fn add(&self, spot: &Spot, fault: PlanFault) {
        let (line, column) = self.lines.place(spot.span.start);
        self.all.borrow_mut().push(Finding { line, column, path: spot.path.clone(), fault });
    }

    pub(super) fn line(&self, spot: &Spot) -> u32 {
        self.lines.place(spot.span.start).0
    }

    pub(super) fn into_all(self) -> Vec<Finding> {
        self.all.into_inner()
    }
}

/// Where something stands in a plan.
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
    // Whether something that has to be there is missing or of another type.
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

    /// Where a key stands; where it is missing, where its table stands.
    pub(super) fn spot(&self, key: &str) -> Spot {
        let span = self.table.get(key).map_or_else(|| self.spot.span.clone(), Spanned::span);
        Spot { path: self.path(key), span }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(super) fn is_text(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|node| node.get_ref().is_str())
    }

    pub(super) fn wrong(&self, key: &str, fault: PlanFault) {
        self.findings.add(&self.spot(key), fault);
    }

    pub(super) fn line(&self, key: &str) -> u32 {
        self.findings.line(&self.spot(key))
    }

    fn mismatch(&self, node: &Node<'t>, spot: &Spot, wanted: Shape) {
        let found = Shape::of(node.get_ref().type_str());
        self.findings.add(spot, PlanFault::WrongType { wanted, found });
    }

    /// Notes that a key is missing that has to be there.
    pub(super) fn needed<T>(&self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.lacks.set(true);
            if !self.has(key) {
                self.wrong(key, PlanFault::Missing { key });
            }
        }
        value
    }

    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        let (node, spot) = self.get(key)?;
        let text = node.get_ref().as_str();
        if text.is_none() {
            self.mismatch(node, &spot, Shape::Text);
        }
        text.map(str::to_owned)
    }

    pub(super) fn code(&self, key: &'static str) -> Option<Code> {
        let (_, spot) = self.get(key)?;
        self.to_code(&self.text(key)?, &spot)
    }

    fn to_code(&self, text: &str, spot: &Spot) -> Option<Code> {
        let code = text.parse().ok();
        if code.is_none() {
            self.findings.add(spot, PlanFault::NotACode { found: text.to_owned() });
        }
        code
    }

    pub(super) fn whole<N: TryFrom<i64>>(
        &self,
        key: &'static str,
        least: i64,
        most: i64,
    ) -> Option<N> {
        let (node, spot) = self.get(key)?;
        self.number(node, &spot, least, most)
    }

    fn number<N: TryFrom<i64>>(
        &self,
        node: &Node<'t>,
        spot: &Spot,
        least: i64,
        most: i64,
    ) -> Option<N> {
        let number = node.get_ref().as_integer();
        let number =
            number.and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        match number {
            None => {
                self.mismatch(node, spot, Shape::Whole);
                None
            }
            Some(found) if found < least || most < found => {
                self.findings.add(spot, PlanFault::OutOfRange { found, least, most });
                None
            }
            Some(found) => N::try_from(found).ok(),
        }
    }

    /// True or false.
    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let (node, spot) = self.get(key)?;
        let flag = node.get_ref().as_bool();
        if flag.is_none() {
            self.mismatch(node, &spot, Shape::TrueOrFalse);
        }
        flag
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let (_, spot) = self.get(key)?;
        self.to_word(&self.text(key)?, &spot, words)
    }

    fn to_word<T: Copy>(&self, text: &str, spot: &Spot, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let meant = nearest(text, words.iter().map(|(word, _)| *word));
            self.findings.add(spot, PlanFault::UnknownWord { found: text.to_owned(), meant });
        }
        found
    }

    /// A list of texts.
    pub(super) fn texts(&self, key: &'static str) -> Vec<String> {
        let Some((node, spot)) = self.get(key) else { return Vec::new() };
        let Some(list) = node.get_ref().as_array() else {
            self.mismatch(node, &spot, Shape::List);
            return Vec::new();
        };
        let text = |node: &Node<'t>| {
            let text = node.get_ref().as_str();
            if text.is_none() {
                self.mismatch(node, &Spot { span: node.span(), ..spot.clone() }, Shape::Text);
            }
            text.map(str::to_owned)
        };
        list.iter().filter_map(text).collect()
    }

    /// A table of texts, each with what it stands for.
    fn entries<T>(
        &self,
        key: &'static str,
        read: impl Fn(&Node<'t>, &Spot) -> Option<T>,
    ) -> BTreeMap<String, T> {
        let Some((node, spot)) = self.get(key) else { return BTreeMap::new() };
        let Some(table) = node.get_ref().as_table() else {
            self.mismatch(node, &spot, Shape::Table);
            return BTreeMap::new();
        };
        let entry = |(name, node): (&Spanned<Cow<'t, str>>, &Node<'t>)| {
            let name: &str = name.get_ref();
            let path = format!("{}.{name}", spot.path);
            Some((name.to_owned(), read(node, &Spot { path, span: node.span() })?))
        };
        table.iter().filter_map(entry).collect()
    }

    pub(super) fn text_map(&self, key: &'static str) -> BTreeMap<String, String> {
        self.entries(key, |node, spot| {
            let text = node.get_ref().as_str();
            if text.is_none() {
                self.mismatch(node, spot, Shape::Text);
            }
            text.map(str::to_owned)
        })
    }

    pub(super) fn code_map(&self, key: &'static str) -> BTreeMap<String, Code> {
        self.entries(key, |node, spot| match node.get_ref().as_str() {
            Some(text) => self.to_code(text, spot),
            None => {
                self.mismatch(node, spot, Shape::Text);
                None
            }
        })
    }

    pub(super) fn word_map<T: Copy>(
        &self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> BTreeMap<String, T> {
        self.entries(key, |node, spot| match node.get_ref().as_str() {
            Some(text) => self.to_word(text, spot, words),
            None => {
                self.mismatch(node, spot, Shape::Text);
                None
            }
        })
    }

    pub(super) fn number_maps(&self, key: &'static str) -> BTreeMap<String, BTreeMap<String, i16>> {
        self.entries(key, |node, spot| {
            let Some(table) = node.get_ref().as_table() else {
                self.mismatch(node, spot, Shape::Table);
                return None;
            };
            let number = |(name, node): (&Spanned<Cow<'t, str>>, &Node<'t>)| {
                let path = format!("{}.{}", spot.path, name.get_ref());
                let spot = Spot { path, span: node.span() };
                let number =
                    self.number(node, &spot, i64::from(i16::MIN) + 1, i64::from(i16::MAX))?;
                Some((name.get_ref().to_string(), number))
            };
            Some(table.iter().filter_map(number).collect())
        })
    }

    /// A table inside this one.
    pub(super) fn section(&self, key: &'static str) -> Option<Self> {
        let (node, spot) = self.get(key)?;
        let table = node.get_ref().as_table();
        if table.is_none() {
            self.mismatch(node, &spot, Shape::Table);
        }
        Some(Self::new(self.findings, table?, spot))
    }

    /// The tables of a list.
    pub(super) fn sections(&self, key: &'static str) -> Vec<Self> {
        let Some((node, spot)) = self.get(key) else { return Vec::new() };
        let Some(list) = node.get_ref().as_array() else {
            self.mismatch(node, &spot, Shape::Tables);
            return Vec::new();
        };
        let section = |(number, node): (usize, &'a Node<'t>)| {
            let path = format!("{}[{number}]", spot.path);
            let spot = Spot { path, span: node.span() };
            let table = node.get_ref().as_table();
            if table.is_none() {
                self.mismatch(node, &spot, Shape::Table);
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
                self.findings.add(&spot, PlanFault::UnknownKey { key: name.to_owned(), meant });
            }
        }
        value.filter(|_| !self.lacks.get())
    }
}

//! Settings in TOML, asked key by key: everything that is wrong with them, each at its line and column.
//!
//! A caller has faults of its own, among which are those that any settings can have
//! ([`SettingFault`]).

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;
use std::ops::Range;

use chrono::NaiveDate;
use commons::{Code, Figures, Refused, Rule};
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::Place;

type Node<'t> = Spanned<DeValue<'t>>;

/// What can be wrong with any settings. It may repeat what they say: settings name no people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SettingFault {
    /// They are not TOML here.
    #[error("not TOML: {message}")]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// They are longer than any.
    #[error("a file of {bytes} bytes; at most {most} are read")]
    TooLarge {
        /// Their length, in bytes.
        bytes: usize,
        /// The longest that are read, in bytes.
        most: usize,
    },
    /// A key that there is not.
    #[error("unknown key `{key}`{}", did_you_mean(meant.as_deref()))]
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest that there is.
        meant: Option<String>,
    },
    /// A key that is not there.
    #[error("`{key}` is missing")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A value of another type.
    #[error("{wanted} is wanted here, not {found}")]
    WrongType {
        /// What is wanted.
        wanted: Shape,
        /// What was found.
        found: Shape,
    },
    /// A number outside its range.
    #[error("{found} is outside {least} to {most}")]
    OutOfRange {
        /// The number.
        found: i64,
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A word outside a closed vocabulary.
    #[error("unknown word `{found}`{}", did_you_mean(meant.as_deref()))]
    UnknownWord {
        /// The word.
        found: String,
        /// The nearest that is known.
        meant: Option<String>,
        /// All that are known.
        known: String,
    },
    /// A text that is no code.
    #[error("`{found}` is not a short word of letters a to z, digits, `_`, `-` and `.`")]
    NotACode {
        /// The text.
        found: String,
    },
}

/// The end of a sentence that names what may be meant.
#[must_use]
pub fn did_you_mean(meant: Option<&str>) -> String {
    meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
}

impl Refused for SettingFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "setting.syntax",
            Self::TooLarge { .. } => "setting.too_large",
            Self::UnknownKey { .. } => "setting.unknown_key",
            Self::Missing { .. } => "setting.missing",
            Self::WrongType { .. } => "setting.wrong_type",
            Self::OutOfRange { .. } => "setting.out_of_range",
            Self::UnknownWord { .. } => "setting.unknown_word",
            Self::NotACode { .. } => "setting.not_a_code",
        }
    }
    fn figures(&self) -> Figures {
        Figures::of(self)
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "Correct the text so that it is TOML.",
            Self::TooLarge { .. } => "Check that this is the file that was meant.",
            Self::UnknownKey { .. } => "Correct the spelling of the key, or take it out.",
            Self::Missing { .. } => "Add the key.",
            Self::WrongType { .. } => "Write a value of the type that is wanted.",
            Self::OutOfRange { .. } => "Choose a number inside the range.",
            Self::UnknownWord { .. } => "Choose one of the words that are known here.",
            Self::NotACode { .. } => "Write one short word without capital letters and spaces.",
        }
    }
}

/// The shape of a value. Frontends word it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Shape {
    /// A text in quotes.
    Text,
    /// A whole number.
    Whole,
    /// A number with decimals.
    Decimal,
    /// True or false.
    TrueOrFalse,
    /// A day or a time.
    Day,
    /// A list in square brackets.
    List,
    /// A list of tables.
    Tables,
    /// A table.
    Table,
}

impl Shape {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "whole",
            Self::Decimal => "decimal",
            Self::TrueOrFalse => "true_or_false",
            Self::Day => "day",
            Self::List => "list",
            Self::Tables => "tables",
            Self::Table => "table",
        }
    }

    /// What it is called in plain English.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Text => "text in quotes",
            Self::Whole => "a whole number",
            Self::Decimal => "a number with decimals",
            Self::TrueOrFalse => "true or false",
            Self::Day => "a day or a time",
            Self::List => "a list in square brackets",
            Self::Tables => "a list of tables",
            Self::Table => "a table",
        }
    }

    /// The shape of a value, by the name that TOML has for it.
    fn of(toml: &str) -> Self {
        match toml {
            "integer" => Self::Whole,
            "float" => Self::Decimal,
            "boolean" => Self::TrueOrFalse,
            "datetime" => Self::Day,
            "array" => Self::List,
            "table" => Self::Table,
            _ => Self::Text,
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_words())
    }
}

/// The nearest of some words, if one is near enough to be meant.
#[must_use]
pub fn nearest<'w>(found: &str, words: impl IntoIterator<Item = &'w str>) -> Option<String> {
    nearest_within(found, words, 1 + found.chars().count() / 4)
}

/// The nearest of some words, if it is no more than so many slips of the pen away.
#[must_use]
pub fn nearest_within<'w>(
    found: &str,
    words: impl IntoIterator<Item = &'w str>,
    limit: usize,
) -> Option<String> {
    let near = words.into_iter().map(|word| (strsim::osa_distance(found, word), word));
    near.filter(|(far, _)| *far <= limit).min().map(|(_, word)| word.to_owned())
}

/// Where the lines of a text begin.
#[derive(Debug)]
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = [0].into_iter().chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The line and the column of a byte, both from 1; columns count characters.
    fn place(&self, byte: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.text.get(start..byte).map_or(1, |before| before.chars().count() + 1);
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }
}

/// Something that is wrong, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<F> {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The way to it from the top, such as `sheets[2].scales[1].items`.
    pub path: String,
    /// What is wrong.
    pub fault: F,
}

impl<F: fmt::Display> fmt::Display for Found<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, path, fault } = self;
        write!(f, "{line}:{column} ")?;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{fault}")
    }
}

impl<F: Error> Error for Found<F> {}

impl<F: Refused> Refused for Found<F> {
    fn code(&self) -> &'static str {
        self.fault.code()
    }
    fn figures(&self) -> Figures {
        self.fault.figures()
    }
    fn rule(&self) -> Option<Rule> {
        self.fault.rule()
    }
    fn way_out(&self) -> &'static str {
        self.fault.way_out()
    }
}

impl<F> Found<F> {
    /// Where it stands, without the path.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::column(self.line.into(), self.column as usize)
    }
}

/// Everything that is wrong with settings, in the order of the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingFaults<F>(Vec<Found<F>>);

impl<F> SettingFaults<F> {
    /// Each, in the order of the lines.
    pub fn iter(&self) -> std::slice::Iter<'_, Found<F>> {
        self.0.iter()
    }
}

impl<'a, F> IntoIterator for &'a SettingFaults<F> {
    type Item = &'a Found<F>;
    type IntoIter = std::slice::Iter<'a, Found<F>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<F: fmt::Display> fmt::Display for SettingFaults<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, found) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{found}")?;
        }
        Ok(())
    }
}

impl<F: Error> Error for SettingFaults<F> {}

/// Reads settings: `read` asks the whole of them for what they hold.
///
/// # Errors
///
/// Everything that is wrong, in the order of the lines.
pub fn read<T, F: From<SettingFault> + PartialEq>(
    text: &str,
    most: usize,
    read: impl FnOnce(&Section<'_, F>) -> Option<T>,
) -> Result<T, SettingFaults<F>> {
    let findings = Findings { lines: Lines::of(text), all: RefCell::default() };
    let top = |span| Spot { path: String::new(), span };
    let mut found = None;
    if text.len() > most {
        findings.add(&top(0..0), SettingFault::TooLarge { bytes: text.len(), most });
    } else {
        let (tree, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let message = error.message().replace('\n', ", ");
            findings.add(&top(error.span().unwrap_or(0..0)), SettingFault::Syntax { message });
        }
        if errors.is_empty() {
            found = read(&Section::new(&findings, tree.get_ref(), top(0..0)));
        }
    }
    let mut all = findings.all.into_inner();
    all.sort_by(|a, b| (a.line, a.column, &a.path).cmp(&(b.line, b.column, &b.path)));
    all.dedup();
    found.filter(|_| all.is_empty()).ok_or(SettingFaults(all))
}

/// What was found wrong so far.
struct Findings<'t, F> {
    lines: Lines<'t>,
    all: RefCell<Vec<Found<F>>>,
}

impl<F> Findings<'_, F> {
    fn add(&self, spot: &Spot, fault: impl Into<F>) {
        let (line, column) = self.lines.place(spot.span.start);
        let (path, fault) = (spot.path.clone(), fault.into());
        self.all.borrow_mut().push(Found { line, column, path, fault });
    }
}

/// Where something stands.
#[derive(Debug, Clone)]
struct Spot {
    path: String,
    span: Range<usize>,
}

/// A table; it remembers which keys it was asked for.
pub struct Section<'a, F> {
    findings: &'a Findings<'a, F>,
    table: &'a DeTable<'a>,
    spot: Spot,
    asked: RefCell<Vec<&'static str>>,
    // Whether something that has to be there is missing or of another type.
    lacks: Cell<bool>,
}

impl<'a, F: From<SettingFault>> Section<'a, F> {
    fn new(findings: &'a Findings<'a, F>, table: &'a DeTable<'a>, spot: Spot) -> Self {
        Self { findings, table, spot, asked: RefCell::default(), lacks: Cell::new(false) }
    }

    fn get(&self, key: &'static str) -> Option<(&'a Node<'a>, Spot)> {
        self.asked.borrow_mut().push(key);
        let node = self.table.get(key)?;
        Some((node, Spot { path: self.path(key), span: node.span() }))
    }

    fn path(&self, key: &str) -> String {
        if self.spot.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.spot.path) }
    }

    /// Where a key stands; where it is missing, where its table stands.
    fn spot(&self, key: &str) -> Spot {
        let span = self.table.get(key).map_or_else(|| self.spot.span.clone(), Spanned::span);
        Spot { path: self.path(key), span }
    }

    /// Whether a key is there.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Whether a key stands for a text.
    #[must_use]
    pub fn is_text(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|node| node.get_ref().is_str())
    }

    /// Notes something wrong with a key; where it is missing, with its table.
    pub fn wrong(&self, key: &str, fault: impl Into<F>) {
        self.findings.add(&self.spot(key), fault);
    }

    /// The line of a key, from 1.
    #[must_use]
    pub fn line(&self, key: &str) -> u32 {
        self.findings.lines.place(self.spot(key).span.start).0
    }

    fn mismatch(&self, node: &Node<'a>, spot: &Spot, wanted: Shape) {
        let found = Shape::of(node.get_ref().type_str());
        self.findings.add(spot, SettingFault::WrongType { wanted, found });
    }

    /// Notes that a key is missing that has to be there.
    pub fn needed<T>(&self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.lacks.set(true);
            if !self.has(key) {
                self.wrong(key, SettingFault::Missing { key });
            }
        }
        value
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<String> {
        self.text_at(key).map(|(text, _)| text.to_owned())
    }

    fn text_at(&self, key: &'static str) -> Option<(&'a str, Spot)> {
        let (node, spot) = self.get(key)?;
        Some((self.as_text(node, &spot)?, spot))
    }

    fn as_text(&self, node: &'a Node<'a>, spot: &Spot) -> Option<&'a str> {
        let text = node.get_ref().as_str();
        if text.is_none() {
            self.mismatch(node, spot, Shape::Text);
        }
        text
    }

    /// True or false.
    pub fn yes_or_no(&self, key: &'static str) -> Option<bool> {
        let (node, spot) = self.get(key)?;
        let value = node.get_ref().as_bool();
        if value.is_none() {
            self.mismatch(node, &spot, Shape::TrueOrFalse);
        }
        value
    }

    /// A code.
    pub fn code(&self, key: &'static str) -> Option<Code> {
        self.read(key, |code| Ok(code.clone()))
    }

    /// A code, as somebody else reads it.
    pub fn read<T>(
        &self,
        key: &'static str,
        read: impl FnOnce(&Code) -> Result<T, F>,
    ) -> Option<T> {
        let (text, spot) = self.text_at(key)?;
        self.to_code(text, &spot, read)
    }

    fn to_code<T>(
        &self,
        text: &str,
        spot: &Spot,
        read: impl FnOnce(&Code) -> Result<T, F>,
    ) -> Option<T> {
        let code = text.parse::<Code>();
        let code = code.map_err(|_| SettingFault::NotACode { found: text.to_owned() }.into());
        code.and_then(|code| read(&code)).map_err(|fault| self.findings.add(spot, fault)).ok()
    }

    /// A list of codes, each as somebody else reads it, who sees those before it.
    pub fn list<T>(&self, key: &'static str, read: impl Fn(&Code, &[T]) -> Result<T, F>) -> Vec<T> {
        let mut values = Vec::new();
        for (node, spot) in self.each(key, Shape::List) {
            let text = self.as_text(node, &spot);
            let value = text.and_then(|text| self.to_code(text, &spot, |code| read(code, &values)));
            values.extend(value);
        }
        values
    }

    /// What a list holds, each with its place, from 1.
    fn each(&self, key: &'static str, wanted: Shape) -> Vec<(&'a Node<'a>, Spot)> {
        let Some((node, spot)) = self.get(key) else { return Vec::new() };
        let Some(list) = node.get_ref().as_array() else {
            self.mismatch(node, &spot, wanted);
            return Vec::new();
        };
        let path = |number| format!("{}[{number}]", spot.path);
        let one = |(number, node): (usize, &'a Node<'a>)| {
            (node, Spot { path: path(number), span: node.span() })
        };
        (1..).zip(list.iter()).map(one).collect()
    }

    /// A whole number in a range.
    pub fn whole<N: TryFrom<i64>>(&self, key: &'static str, least: i64, most: i64) -> Option<N> {
        let (node, spot) = self.get(key)?;
        self.number(node, &spot, least, most)
    }

    fn number<N: TryFrom<i64>>(
        &self,
        node: &Node<'a>,
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
                self.findings.add(spot, SettingFault::OutOfRange { found, least, most });
                None
            }
            Some(found) => N::try_from(found).ok(),
        }
    }

    /// A number, with decimals or without.
    pub fn decimal(&self, key: &'static str) -> Option<f64> {
        let (node, spot) = self.get(key)?;
        let value = node.get_ref();
        let whole = value.as_integer().map(|number| number.as_str());
        let number = value.as_float().map(|number| number.as_str()).or(whole);
        let number = number.and_then(|number| number.parse().ok());
        let number = number.filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.mismatch(node, &spot, Shape::Decimal);
        }
        number
    }

    /// A day.
    pub fn day(&self, key: &'static str) -> Option<NaiveDate> {
        let (node, spot) = self.get(key)?;
        let day = node.get_ref().as_datetime().and_then(|day| day.to_string().parse().ok());
        if day.is_none() {
            self.mismatch(node, &spot, Shape::Day);
        }
        day
    }

    /// One of some words.
    pub fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let (text, spot) = self.text_at(key)?;
        self.to_word(text, &spot, words)
    }

    fn to_word<T: Copy>(&self, text: &str, spot: &Spot, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let meant = nearest(text, words.iter().map(|(word, _)| *word));
            let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            let found = text.to_owned();
            self.findings.add(spot, SettingFault::UnknownWord { found, meant, known });
        }
        found
    }

    /// A list of texts.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        let texts = self.each(key, Shape::List).into_iter();
        texts.filter_map(|(node, spot)| self.as_text(node, &spot).map(str::to_owned)).collect()
    }

    /// A table of texts, each with what it stands for.
    fn entries<T>(
        &self,
        key: &'static str,
        read: impl Fn(&'a Node<'a>, &Spot) -> Option<T>,
    ) -> BTreeMap<String, T> {
        let Some((node, spot)) = self.get(key) else { return BTreeMap::new() };
        let Some(table) = node.get_ref().as_table() else {
            self.mismatch(node, &spot, Shape::Table);
            return BTreeMap::new();
        };
        let entry = |(name, node): (&Spanned<Cow<'a, str>>, &'a Node<'a>)| {
            let name: &str = name.get_ref();
            let path = format!("{}.{name}", spot.path);
            Some((name.to_owned(), read(node, &Spot { path, span: node.span() })?))
        };
        table.iter().filter_map(entry).collect()
    }

    /// A table of texts.
    pub fn text_map(&self, key: &'static str) -> BTreeMap<String, String> {
        self.entries(key, |node, spot| self.as_text(node, spot).map(str::to_owned))
    }

    /// A table of codes.
    pub fn code_map(&self, key: &'static str) -> BTreeMap<String, Code> {
        self.entries(key, |node, spot| {
            self.to_code(self.as_text(node, spot)?, spot, |code| Ok(code.clone()))
        })
    }

    /// A table of lists of codes; what is wrong with a list that has none.
    pub fn code_lists<W: Into<F>>(
        &self,
        key: &'static str,
        empty: impl Fn() -> W,
    ) -> BTreeMap<String, BTreeSet<Code>> {
        self.entries(key, |node, spot| {
            let Some(list) = node.get_ref().as_array() else {
                self.mismatch(node, spot, Shape::List);
                return None;
            };
            if list.is_empty() {
                self.findings.add(spot, empty());
            }
            let one = |(number, node): (usize, &'a Node<'a>)| {
                let spot = Spot { path: format!("{}[{number}]", spot.path), span: node.span() };
                self.to_code(self.as_text(node, &spot)?, &spot, |code| Ok(code.clone()))
            };
            Some((1..).zip(list.iter()).filter_map(one).collect())
        })
    }

    /// A table of words, each one of some.
    pub fn word_map<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> BTreeMap<String, T> {
        self.entries(key, |node, spot| self.to_word(self.as_text(node, spot)?, spot, words))
    }

    /// A table of tables of numbers.
    pub fn number_maps(&self, key: &'static str) -> BTreeMap<String, BTreeMap<String, i16>> {
        self.entries(key, |node, spot| {
            let Some(table) = node.get_ref().as_table() else {
                self.mismatch(node, spot, Shape::Table);
                return None;
            };
            let number = |(name, node): (&Spanned<Cow<'a, str>>, &Node<'a>)| {
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
    pub fn section(&self, key: &'static str) -> Option<Self> {
        let (node, spot) = self.get(key)?;
        let table = node.get_ref().as_table();
        if table.is_none() {
            self.mismatch(node, &spot, Shape::Table);
        }
        Some(Self::new(self.findings, table?, spot))
    }

    /// The same; what is wrong where it is none.
    pub fn section_or<W: Into<F>>(
        &self,
        key: &'static str,
        wrong: impl FnOnce() -> W,
    ) -> Option<Self> {
        let (node, spot) = self.get(key)?;
        let table = node.get_ref().as_table();
        if table.is_none() {
            self.findings.add(&spot, wrong());
        }
        Some(Self::new(self.findings, table?, spot))
    }

    /// The tables of a list.
    pub fn sections(&self, key: &'static str) -> Vec<Self> {
        let section = |(node, spot): (&'a Node<'a>, Spot)| {
            let table = node.get_ref().as_table();
            if table.is_none() {
                self.mismatch(node, &spot, Shape::Table);
            }
            Some(Self::new(self.findings, table?, spot))
        };
        self.each(key, Shape::Tables).into_iter().filter_map(section).collect()
    }

    /// Notes keys that nobody asked for; the value, where nothing that it needs is missing.
    pub fn done<T>(&self, value: Option<T>) -> Option<T> {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !asked.contains(&name) {
                let meant = nearest(name, asked.iter().copied());
                let spot = Spot { path: self.path(name), span: key.span() };
                self.findings.add(&spot, SettingFault::UnknownKey { key: name.to_owned(), meant });
            }
        }
        value.filter(|_| !self.lacks.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<(u32, u32, String, SettingFault)> {
        let asked = |top: &Section<'_, SettingFault>| {
            let name = top.needed("name", top.code("name"));
            for circle in top.sections("circles") {
                let people = circle.whole::<u16>("people", 2, 20);
                circle.done(circle.needed("people", people));
            }
            top.done(name)
        };
        let found = read(text, 100, asked).err().map(|faults| faults.0).unwrap_or_default();
        found.into_iter().map(|it| (it.line, it.column, it.path, it.fault)).collect()
    }

    #[test]
    fn everything_that_is_wrong_is_told_in_the_order_of_the_lines() {
        assert_eq!(wrong("name = \"n\"\n[[circles]]\npeople = 6\n"), []);
        let text = "nane = 1\n[[circles]]\npeople = 1\n[[circles]]\npeople = \"é\"\n";
        let path = |path: &str| path.to_owned();
        let meant = Some("name".to_owned());
        let (wanted, found) = (Shape::Whole, Shape::Text);
        assert_eq!(
            wrong(text),
            [
                (1, 1, path("name"), SettingFault::Missing { key: "name" }),
                (1, 1, path("nane"), SettingFault::UnknownKey { key: path("nane"), meant }),
                (
                    3,
                    10,
                    path("circles[1].people"),
                    SettingFault::OutOfRange { found: 1, least: 2, most: 20 }
                ),
                (5, 10, path("circles[2].people"), SettingFault::WrongType { wanted, found }),
            ]
        );
    }

    #[test]
    fn numbers_days_and_lists_of_codes_are_read() {
        let read_all = |text: &str| {
            read(text, 200, |top: &Section<'_, SettingFault>| {
                let target = top.needed("target", top.decimal("target"));
                let day = top.needed("day", top.day("day"));
                let only = top.code_lists("only", || SettingFault::Missing { key: "only" });
                top.done(target.zip(day)).map(|(target, day)| (target, day.to_string(), only))
            })
        };
        let (target, day, only) =
            read_all("target = 85\nday = 2026-03-31\nonly = { sex = [\"f\", \"m\"] }\n").unwrap();
        assert_eq!(
            (target.to_string().as_str(), day.as_str(), only["sex"].len()),
            ("85", "2026-03-31", 2)
        );
        let faults = read_all("target = nan\nday = \"2026-03-31\"\nonly = { sex = [] }\n");
        let told: Vec<_> = faults.unwrap_err().iter().map(|found| found.fault.code()).collect();
        assert_eq!(told, ["setting.wrong_type", "setting.wrong_type", "setting.missing"]);
    }

    #[test]
    fn what_is_no_toml_or_too_long_is_told_alone() {
        let syntax = wrong("name = \n");
        assert!(matches!(&syntax[..], [(1, _, _, SettingFault::Syntax { .. })]), "{syntax:?}");
        let long = wrong(&"#".repeat(101));
        assert_eq!(long, [(1, 1, String::new(), SettingFault::TooLarge { bytes: 101, most: 100 })]);
    }
}

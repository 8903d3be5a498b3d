//! Values of a rule file, each with its place.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use commons::Code;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    Fault, Sheet,
    fault::{Wrong, place},
};

pub(super) struct Reader<'a> {
    pub(super) sheet: Sheet<'a>,
    pub(super) faults: Vec<Fault>,
}

/// A table and where it stands.
pub(super) struct Node<'t> {
    pub(super) span: Range<usize>,
    pub(super) table: &'t DeTable<'t>,
    pub(super) path: String,
}

pub(super) type Value<'t> = &'t Spanned<DeValue<'t>>;

impl<'t> Node<'t> {
    pub(super) fn get(&self, key: &str) -> Option<Value<'t>> {
        self.table.get(key)
    }

    pub(super) fn path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

impl Reader<'_> {
    pub(super) fn fault(&mut self, span: &Range<usize>, path: &str, wrong: Wrong) {
        let (line, column) = place(self.sheet.text, span);
        self.faults.push(Fault {
            sheet: self.sheet.name.to_owned(),
            line,
            column,
            path: path.to_owned(),
            wrong,
        });
    }

    /// A fault for every key that has no business here.
    pub(super) fn only(&mut self, node: &Node<'_>, known: &[&str]) {
        for key in node.table.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                let known = known.join(", ");
                self.fault(&key.span(), &node.path(key.get_ref()), Wrong::Unknown { known });
            }
        }
    }

    pub(super) fn nodes<'t>(&mut self, node: &Node<'t>, key: &str) -> Vec<Node<'t>> {
        let mut nodes = Vec::new();
        for value in self.list(node, key) {
            match value.get_ref().as_table() {
                Some(table) => {
                    let name = table
                        .get("name")
                        .and_then(|name| name.get_ref().as_str())
                        .map_or_else(|| node.path(key), |name| node.path(&format!("{key}.{name}")));
                    nodes.push(Node { span: value.span(), table, path: name });
                }
                None => {
                    self.fault(&value.span(), &node.path(key), Wrong::Kind { wanted: "a table" })
                }
            }
        }
        nodes
    }

    pub(super) fn list<'t>(&mut self, node: &Node<'t>, key: &str) -> Vec<Value<'t>> {
        let Some(value) = node.get(key) else {
            return Vec::new();
        };
        if let Some(array) = value.get_ref().as_array() {
            array.iter().collect()
        } else {
            self.fault(&value.span(), &node.path(key), Wrong::Kind { wanted: "a list" });
            Vec::new()
        }
    }

    pub(super) fn missing(&mut self, node: &Node<'_>, key: &str) {
        self.fault(&node.span, &node.path(key), Wrong::Missing);
    }

    /// A text that is made into something; `None` and no fault where it is not there.
    pub(super) fn optional<T, E: Into<Wrong>>(
        &mut self,
        node: &Node<'_>,
        key: &str,
        make: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let value = node.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.fault(&value.span(), &node.path(key), Wrong::Kind { wanted: "a text" });
            return None;
        };
        match make(text) {
            Ok(made) => Some(made),
            Err(wrong) => {
                self.fault(&value.span(), &node.path(key), wrong.into());
                None
            }
        }
    }

    pub(super) fn wanted<T, E: Into<Wrong>>(
        &mut self,
        node: &Node<'_>,
        key: &str,
        make: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if node.get(key).is_none() {
            self.missing(node, key);
        }
        self.optional(node, key, make)
    }

    pub(super) fn code(&mut self, node: &Node<'_>, key: &str) -> Option<Code> {
        self.wanted(node, key, str::parse::<Code>)
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        node: &Node<'_>,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        self.wanted(node, key, |text| pick(text, choices))
    }

    pub(super) fn number(&mut self, node: &Node<'_>, key: &str) -> Option<u32> {
        match node.get(key) {
            Some(value) => self.whole(value, &node.path(key)),
            None => {
                self.missing(node, key);
                None
            }
        }
    }

    pub(super) fn whole(&mut self, value: Value<'_>, path: &str) -> Option<u32> {
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        if number.is_none() {
            self.fault(&value.span(), path, Wrong::Number { most: u32::MAX });
        }
        number
    }

    pub(super) fn yes(&mut self, node: &Node<'_>, key: &str) -> bool {
        let Some(value) = node.get(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.fault(&value.span(), &node.path(key), Wrong::Kind { wanted: "true or false" });
            false
        })
    }

    pub(super) fn codes(&mut self, node: &Node<'_>, key: &str) -> BTreeSet<Code> {
        let values = self.list(node, key);
        values.into_iter().filter_map(|value| self.code_of(value, &node.path(key))).collect()
    }

    pub(super) fn code_of(&mut self, value: Value<'_>, path: &str) -> Option<Code> {
        let Some(text) = value.get_ref().as_str() else {
            self.fault(&value.span(), path, Wrong::Kind { wanted: "a text" });
            return None;
        };
        text.parse()
            .map_err(|wrong: commons::CodeError| self.fault(&value.span(), path, wrong.into()))
            .ok()
    }

    /// A table of lists of codes, as in `where = { severity = ["s1"] }`.
    pub(super) fn conditions(
        &mut self,
        node: &Node<'_>,
        key: &str,
    ) -> BTreeMap<Code, BTreeSet<Code>> {
        let Some(inner) = self.inner(node, key) else {
            return BTreeMap::new();
        };
        let names: Vec<_> = inner.table.keys().collect();
        names
            .into_iter()
            .filter_map(|name| match name.get_ref().parse::<Code>() {
                Ok(code) => Some((code, self.codes(&inner, name.get_ref()))),
                Err(wrong) => {
                    self.fault(&name.span(), &inner.path, wrong.into());
                    None
                }
            })
            .collect()
    }

    pub(super) fn limits(&mut self, node: &Node<'_>) -> BTreeMap<Code, u32> {
        let Some(inner) = self.inner(node, "limits") else {
            return BTreeMap::new();
        };
        let entries: Vec<_> = inner.table.iter().collect();
        entries
            .into_iter()
            .filter_map(|(name, value)| {
                let number = self.whole(value, &inner.path(name.get_ref()))?;
                match name.get_ref().parse::<Code>() {
                    Ok(code) => Some((code, number)),
                    Err(wrong) => {
                        self.fault(&name.span(), &inner.path, wrong.into());
                        None
                    }
                }
            })
            .collect()
    }

    pub(super) fn inner<'t>(&mut self, node: &Node<'t>, key: &str) -> Option<Node<'t>> {
        let value = node.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.fault(&value.span(), &node.path(key), Wrong::Kind { wanted: "a table" });
            return None;
        };
        Some(Node { span: value.span(), table, path: node.path(key) })
    }

    pub(super) fn day(&mut self, node: &Node<'_>, key: &str) -> Option<NaiveDate> {
        let value = node.get(key)?;
        self.day_of(value, &node.path(key))
    }

    pub(super) fn day_of(&mut self, value: Value<'_>, path: &str) -> Option<NaiveDate> {
        let day = value.get_ref().as_datetime().and_then(|written| written.date).and_then(date);
        if day.is_none() {
            self.fault(&value.span(), path, Wrong::Day);
        }
        day
    }

    pub(super) fn wall(&mut self, node: &Node<'_>, key: &str) -> Option<NaiveDateTime> {
        let value = node.get(key)?;
        let wall = value.get_ref().as_datetime().and_then(|written| {
            let time = written.time?;
            let time = NaiveTime::from_hms_opt(
                time.hour.into(),
                time.minute.into(),
                time.second.unwrap_or(0).into(),
            )?;
            Some(date(written.date?)?.and_time(time))
        });
        if wall.is_none() {
            self.fault(&value.span(), &node.path(key), Wrong::Day);
        }
        wall
    }
}

fn date(date: toml::value::Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}

pub(super) fn pick<T: Copy>(text: &str, choices: &[(&str, T)]) -> Result<T, Wrong> {
    choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice).ok_or_else(|| {
        Wrong::NoneOf {
            wanted: choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "),
        }
    })
}

//! Numbers from the world that do not say where they were read.

use toml::{Table, Value};

use super::{FILE, Sourced};
use crate::{fault::Fault, workspace::TextFile};

/// Words by which data says that nobody has checked it.
const UNCHECKED: [&str; 3] = ["unverified", "recalled", "UNV"];

/// Tables of a file that name no source.
pub(super) fn missing(file: &TextFile, rule: &Sourced) -> Vec<Fault> {
    if !file.path.starts_with(&rule.files) {
        return Vec::new();
    }
    let table: Table = match file.text.parse() {
        Ok(table) => table,
        Err(error) => return vec![Fault::at(&*file.path, format!("cannot be read: {error}"))],
    };
    let mut faults = Vec::new();
    for name in &rule.tables {
        for (row, number) in rows(&table, name).into_iter().zip(1..) {
            if !says_something(row.get(&rule.key)) {
                let which = row
                    .get("id")
                    .and_then(Value::as_str)
                    .map_or_else(|| number.to_string(), str::to_owned);
                let words =
                    format!("`{name}` {which} names no {}; say where it was read", rule.key);
                faults.push(Fault::at(&*file.path, words));
            }
        }
    }
    faults
}

/// A source is some words, or a table with a word for each figure.
fn says_something(source: Option<&Value>) -> bool {
    let words = source.and_then(Value::as_str).is_some_and(|words| !words.trim().is_empty());
    words || source.and_then(Value::as_table).is_some_and(|table| !table.is_empty())
}

/// Guards that guard nothing: no file, or a table that no file has.
pub(super) fn empty_guards(rules: &[Sourced], files: &[TextFile]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for rule in rules {
        let mut tables = files
            .iter()
            .filter(|file| file.is("toml") && file.path.starts_with(&rule.files))
            .filter_map(|file| file.text.parse::<Table>().ok());
        for name in &rule.tables {
            let guarded = tables.clone().any(|table| !rows(&table, name).is_empty());
            if !guarded {
                let words =
                    format!("`{name}` is guarded in {} and no file there has it", rule.files);
                faults.push(Fault::at(FILE, words));
            }
        }
        if tables.next().is_none() {
            faults.push(Fault::at(FILE, format!("no file lies in {}", rule.files)));
        }
    }
    faults
}

/// Data that nobody has checked and that counts all the same.
pub(super) fn unverified_defaults(file: &TextFile) -> Vec<Fault> {
    let Ok(table) = file.text.parse::<Table>() else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    walk(&Value::Table(table), &mut |row| {
        let is_default = row.get("default").and_then(Value::as_bool) == Some(true);
        let is_unchecked = row.get("verified").and_then(Value::as_bool) == Some(false)
            || ["evidence", "basis"].iter().any(|key| {
                row.get(*key).and_then(Value::as_str).is_some_and(|word| UNCHECKED.contains(&word))
            });
        if is_default && is_unchecked {
            let which = row.get("id").and_then(Value::as_str).unwrap_or("a table");
            let words = format!(
                "{which} is unverified and the default; check it or choose another default"
            );
            faults.push(Fault::at(&*file.path, words));
        }
    });
    faults
}

fn walk(value: &Value, look: &mut impl FnMut(&Table)) {
    if let Value::Table(table) = value {
        look(table);
        for inner in table.values() {
            walk(inner, look);
        }
    } else if let Value::Array(values) = value {
        for inner in values {
            walk(inner, look);
        }
    }
}

/// The table of this name, or the tables of the array of this name.
fn rows<'a>(table: &'a Table, name: &str) -> Vec<&'a Table> {
    let Some(value) = table.get(name) else {
        return Vec::new();
    };
    if let Value::Table(row) = value {
        return vec![row];
    }
    value.as_array().into_iter().flatten().filter_map(Value::as_table).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> TextFile {
        TextFile { path: "rules/a.toml".into(), text: text.into() }
    }

    fn rule(tables: &[&str]) -> Sourced {
        Sourced {
            files: "rules/".into(),
            tables: tables.iter().map(|name| (*name).to_owned()).collect(),
            key: "source".into(),
        }
    }

    #[test]
    fn every_number_says_where_it_was_read() {
        let count = |text| missing(&file(text), &rule(&["rule", "scoring"])).len();
        assert_eq!(
            count("[[rule]]\nid = \"a\"\nsource = \"WHO 2011\"\n[scoring]\nsource = \"x\""),
            0
        );
        assert_eq!(count("[[rule]]\nid = \"a\"\n[[rule]]\nid = \"b\"\nsource = \" \""), 2);
        assert_eq!(count("[scoring]\nitems = 9"), 1);
        assert_eq!(count("[scoring]\nsource = { items = \"read\" }"), 0);
        assert_eq!(count("[scoring]\nsource = {}"), 1);
        assert_eq!(count("not toml"), 1);
    }

    #[test]
    fn a_guard_that_guards_nothing_is_a_fault() {
        let files = [file("[[rule]]\nid = \"a\"")];
        assert_eq!(empty_guards(&[rule(&["rule"])], &files).len(), 0);
        assert_eq!(empty_guards(&[rule(&["rules"])], &files).len(), 1);
        assert_eq!(empty_guards(&[rule(&["rule"])], &[]).len(), 2);
    }

    #[test]
    fn what_nobody_checked_is_never_the_default() {
        let count = |text| unverified_defaults(&file(text)).len();
        assert_eq!(count("[[b]]\nevidence = \"unverified\"\ndefault = true"), 1);
        assert_eq!(count("[a.b]\nverified = false\ndefault = true"), 1);
        assert_eq!(count("[[b]]\nevidence = \"unverified\""), 0);
        assert_eq!(count("[[b]]\nevidence = \"read\"\ndefault = true"), 0);
    }
}

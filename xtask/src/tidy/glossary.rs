//! A glossary in the order of the alphabet, whose types are there.

use std::collections::BTreeSet;

use crate::{fault::Fault, workspace::TextFile};

const FILE: &str = "GLOSSARY.md";

/// Words by which a type is declared.
const DECLARED: [&str; 4] = ["struct", "enum", "trait", "type"];

/// Entries out of order, and types that no code declares.
pub(super) fn astray(files: &[TextFile]) -> Vec<Fault> {
    let Some(glossary) = files.iter().find(|file| file.path == FILE) else {
        return vec![Fault::at(FILE, "there is none; write down the words the project uses")];
    };
    let rust = files.iter().filter(|file| file.is("rs"));
    let declared: BTreeSet<&str> = rust.flat_map(|file| declared(&file.text)).collect();
    let mut faults = Vec::new();
    let mut before = String::new();
    for (number, line) in glossary.lines() {
        if let Some(term) = term(line) {
            let key = term.to_lowercase();
            if key < before {
                faults.push(Fault::on_line(
                    FILE,
                    number,
                    format!("`{term}` comes after `{before}`; keep the alphabet"),
                ));
            }
            before = key;
        }
        let missing = types(line).filter(|name| !declared.contains(name));
        faults.extend(missing.map(|name| {
            Fault::on_line(
                FILE,
                number,
                format!("`{name}` is declared nowhere; name the type there is now"),
            )
        }));
    }
    faults
}

/// What follows a declaring word.
fn declared(text: &str) -> Vec<&str> {
    let words = text.split(|character| !is_of_a_name(character)).filter(|word| !word.is_empty());
    let pairs = words.clone().zip(words.skip(1));
    pairs.filter(|(before, _)| DECLARED.contains(before)).map(|(_, name)| name).collect()
}

fn is_of_a_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The word in bold at the beginning of an entry.
fn term(line: &str) -> Option<&str> {
    line.strip_prefix("- **")?.split("**").next()
}

/// The names in code that look like types.
fn types(line: &str) -> impl Iterator<Item = &str> {
    let spans =
        line.split('`').enumerate().filter_map(|(number, part)| (number % 2 == 1).then_some(part));
    spans.filter(|name| {
        name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.chars().all(|character| character.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(glossary: &str, want: &[&str]) {
        let files = [
            TextFile { path: FILE.into(), text: glossary.into() },
            TextFile {
                path: "a.rs".into(),
                text: "pub struct Group<T> {}\npub(crate) enum Standing { Plan }".into(),
            },
        ];
        let places: Vec<_> = astray(&files).into_iter().map(|fault| fault.place).collect();
        assert_eq!(places, want, "{glossary}");
    }

    #[test]
    fn words_are_in_order_and_their_types_are_there() {
        check("- **Group**: people (`Group`).\n- **plan**: (`Standing`, `HC-01`, `member`).", &[]);
        check("- **plan**: x.\n- **group**: y.", &["GLOSSARY.md:2"]);
        check("- **circle**: x (`Circle`).", &["GLOSSARY.md:1"]);
        check("- **plan**: a variant is no type (`Plan`).", &["GLOSSARY.md:1"]);
    }
}

//! Words that no text of ours says.

use super::{Allowed, FILE, Manners};
use crate::{fault::Fault, workspace::TextFile};

/// How a kind of word is looked for, and what to do about it.
struct Search<'a> {
    words: &'a [String],
    why: &'static str,
    whole: bool,
}

/// Everything in a file that should not be said there.
pub(super) fn unfit(file: &TextFile, manners: &Manners) -> Vec<Fault> {
    if file.path == FILE || file.path == "Cargo.lock" {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let everywhere = [
        Search {
            words: &manners.unfinished,
            why: "marks unfinished work; finish it or open an issue",
            whole: false,
        },
        Search {
            words: &manners.machine_paths,
            why: "is a path of one machine; take it in as an argument",
            whole: false,
        },
    ];
    for search in &everywhere {
        faults.extend(found(file, &file.text, search, manners));
    }
    if !file.is_test() && manners.texts.iter().any(|kind| file.is(kind)) {
        let people = Search {
            words: &manners.about_people,
            why: "is not said about people; say what is meant",
            whole: true,
        };
        let spoken = if file.is("rs") { quoted(file.code()) } else { file.text.clone() };
        faults.extend(found(file, &spoken, &people, manners));
    }
    faults
}

fn found(file: &TextFile, text: &str, search: &Search<'_>, manners: &Manners) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for word in search.words {
            if says(line, word, search.whole)
                && !is_allowed(file, line, word, search.whole, manners)
            {
                faults.push(Fault::on_line(
                    &file.path,
                    number,
                    format!("`{word}` {} (or allow it in {FILE} with the reason)", search.why),
                ));
            }
        }
    }
    faults
}

/// Whether it may stand: the path is right, and without the allowed phrases the line no longer says it.
fn is_allowed(file: &TextFile, line: &str, word: &str, whole: bool, manners: &Manners) -> bool {
    let mut rest = line.to_lowercase();
    for row in
        manners.allow.iter().filter(|row| row.word == word && file.path.starts_with(&row.path))
    {
        match &row.phrase {
            None => return true,
            Some(phrase) => rest = rest.replace(&phrase.to_lowercase(), " "),
        }
    }
    !says(&rest, &word.to_lowercase(), whole)
}

/// Rows of the list of what may stand that let nothing stand any more, or give no reason.
pub(super) fn stale(manners: &Manners, files: &[TextFile]) -> Vec<Fault> {
    let uses = |row: &Allowed, file: &TextFile| {
        let said = row.phrase.as_ref().unwrap_or(&row.word).to_lowercase();
        file.path != FILE
            && file.path.starts_with(&row.path)
            && file.text.to_lowercase().contains(&said)
    };
    let mut faults = Vec::new();
    for row in &manners.allow {
        if row.reason.trim().is_empty() {
            faults.push(Fault::at(FILE, format!("`{}` is allowed without a reason", row.word)));
        }
        if !files.iter().any(|file| uses(row, file)) {
            let words = format!(
                "`{}` is allowed (\"{}\") and nothing says it; take the row out",
                row.word, row.reason
            );
            faults.push(Fault::at(FILE, words));
        }
    }
    faults
}

/// Whether a line says a word. Whole words are looked for in any case, between characters of no word.
fn says(line: &str, word: &str, whole: bool) -> bool {
    if !whole {
        return line.contains(word);
    }
    let (line, word) = (line.to_lowercase(), word.to_lowercase());
    line.match_indices(&word).any(|(start, _)| {
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        let after = line.get(start + word.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_of_a_word) && !after.is_some_and(is_of_a_word)
    })
}

fn is_of_a_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// What stands between quotes in code, line by line; comments are for the reader of the code.
fn quoted(code: &str) -> String {
    let mut spoken = String::new();
    for line in code.lines() {
        if !line.trim_start().starts_with("//") {
            for (odd, part) in line.split('"').enumerate() {
                if odd % 2 == 1 {
                    spoken.push_str(part);
                    spoken.push(' ');
                }
            }
        }
        spoken.push('\n');
    }
    spoken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, want: usize) {
        let file = TextFile { path: path.into(), text: text.into() };
        let faults = unfit(&file, &Manners::shipped().unwrap());
        assert_eq!(faults.len(), want, "{text}: {faults:?}");
    }

    #[test]
    fn people_are_spoken_of_with_respect() {
        check("a.ftl", "intro = Each patient is scored.", 1);
        check("a.md", "At-Risk members", 1);
        check("a.ftl", "intro = Be patiently secure; at risk in week 3: 12.", 0);
        check("a.toml", "name = \"Patient Health Questionnaire\"", 0);
        check("a.toml", "name = \"Patient Health Questionnaire for every patient\"", 1);
        check("a.rs", "const WAY_OUT: &str = \"send the patient home\";", 1);
        check("a.rs", "/// A band is no diagnosis of a patient.", 0);
        check("a.rs", "#[cfg(test)]\nmod tests {\nlet x = \"patient\";\n}", 0);
        check("tests/data/a.toml", "name = \"patient\"", 0);
    }

    #[test]
    fn nothing_unfinished_and_no_machine_is_shipped() {
        check("a.rs", concat!("// TO", "DO: later"), 1);
        check("a.rs", concat!("unimplemen", "ted!()"), 1);
        check("a.md", concat!("see /ro", "ot/main"), 1);
        check("tests/a.rs", concat!("\"/ho", "me/me\""), 1);
    }
}

//! Names of columns, taken apart.

use super::stage::Stage;
use crate::letters;

/// A name of a column: its group path and its words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Name {
    /// The words of each part of the path, the last of which is the name itself.
    parts: Vec<Vec<String>>,
    plain: String,
}

impl Name {
    /// Takes a name apart: at `/` into parts, and each part into words where something that is no
    /// letter or digit stands, where letters meet digits, and where small letters meet capitals.
    pub(super) fn of(name: &str) -> Self {
        let parts: Vec<Vec<String>> =
            name.split('/').map(words).filter(|words| !words.is_empty()).collect();
        let plain = parts.last().map(|words| words.concat()).unwrap_or_default();
        Self { parts, plain }
    }

    /// The words of the name itself.
    pub(super) fn words(&self) -> &[String] {
        self.parts.last().map(Vec::as_slice).unwrap_or_default()
    }

    /// The words of the groups in which it stands, the outermost first.
    pub(super) fn groups(&self) -> &[Vec<String>] {
        self.parts.split_last().map(|(_, groups)| groups).unwrap_or_default()
    }

    /// The name itself without its path and without what separates its words.
    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    /// The words by which it, or a group in which it stands, says a stage.
    pub(super) fn said(&self, stage: Stage) -> Option<String> {
        self.parts.iter().rev().find_map(|words| stage.said_in(words))
    }

    /// Whether one of its words, or its last words together, is one of these.
    pub(super) fn says(&self, wanted: &[&str]) -> bool {
        let words = self.words();
        words.iter().any(|word| wanted.contains(&word.as_str())) || wanted.contains(&self.plain())
    }
}

/// The words of a text, in small letters without accents.
pub(super) fn words(text: &str) -> Vec<String> {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Small,
        Capital,
        Digit,
        Other,
    }
    let kind = |c: char| match c {
        c if c.is_ascii_digit() => Kind::Digit,
        c if c.is_uppercase() => Kind::Capital,
        c if c.is_alphabetic() => Kind::Small,
        _ => Kind::Other,
    };
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = Kind::Other;
    for c in text.chars() {
        let now = kind(c);
        let breaks = match (before, now) {
            (_, Kind::Other) | (Kind::Small, Kind::Capital) => true,
            (Kind::Digit, other) | (other, Kind::Digit) => other != Kind::Digit,
            (Kind::Small | Kind::Capital | Kind::Other, _) => false,
        };
        if breaks && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if now != Kind::Other {
            for c in c.to_lowercase() {
                match letters::base(c) {
                    Some(base) => word.push_str(base),
                    None => word.push(c),
                }
            }
        }
        before = now;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// A text as its words together: equal for texts that differ in case, accents and punctuation only.
pub(super) fn plain(text: &str) -> String {
    words(text).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_apart_where_its_letters_change() {
        let check = |name: &str, want: &[&str]| assert_eq!(Name::of(name).words(), want, "{name}");
        check("phq/phq_1", &["phq", "1"]);
        check("PHQ9_01", &["phq", "9", "01"]);
        check("participantId", &["participant", "id"]);
        check("_submission_time", &["submission", "time"]);
        check("bdi_2m", &["bdi", "2", "m"]);
        check("Prénom de l’élève", &["prenom", "de", "l", "eleve"]);
        assert_eq!(Name::of("a/b_c/d").groups().concat(), ["a", "b", "c"]);
        assert_eq!(Name::of("consent/Person ID").plain(), "personid");
    }
}

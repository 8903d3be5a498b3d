//! Strategies that give valid values, for our property tests and yours.

use commons::Code;
use proptest::prelude::*;

use crate::{Adaptation, Basis, Path, Setting, shipped};

/// A code out of a few.
fn code() -> impl Strategy<Value = Code> {
    prop_oneof![
        Just(Code::of("local_custom")),
        Just(Code::of("season")),
        Just(Code::of("community_council")),
        Just(Code::of("x")),
    ]
}

/// What a figure rests on.
pub fn basis() -> impl Strategy<Value = Basis> {
    prop_oneof![
        code().prop_map(Basis::Seed),
        code().prop_map(Basis::Read),
        Just(Basis::Recalled),
        Just(Basis::Default),
    ]
}

/// The way to a setting that the ready models have.
pub fn path() -> impl Strategy<Value = Path> {
    let paths: Vec<Path> = shipped()
        .iter()
        .filter_map(|model| model.model().ok())
        .flat_map(|model| {
            model.leaves().keys().filter_map(|path| path.parse().ok()).collect::<Vec<_>>()
        })
        .collect();
    proptest::sample::select(paths)
}

/// What a setting is.
pub fn setting() -> impl Strategy<Value = Setting> {
    let leaf = prop_oneof![
        Just(Setting::Absent),
        any::<i64>().prop_map(Setting::Whole),
        any::<bool>().prop_map(Setting::Flag),
        code().prop_map(Setting::Code),
        Just(Setting::Words),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        proptest::collection::vec(inner, 0..4).prop_map(Setting::List)
    })
}

/// A recorded departure from a model.
pub fn adaptation() -> impl Strategy<Value = Adaptation> {
    (path(), setting(), setting(), code(), code())
        .prop_map(|(path, from, to, why, agreed_by)| Adaptation { path, from, to, why, agreed_by })
}

/// The text of a ready model that somebody edited: lines lost, doubled or swapped, figures and words changed.
///
/// Most of them have faults; some are sound.
pub fn edited() -> impl Strategy<Value = String> {
    let texts: Vec<&'static str> = shipped().iter().filter_map(|model| model.text).collect();
    let edits = proptest::collection::vec((any::<prop::sample::Index>(), edit()), 0..4);
    (proptest::sample::select(texts), edits).prop_map(|(text, edits)| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (at, edit) in edits {
            let at = at.index(lines.len());
            edit.make(&mut lines, at);
        }
        lines.join("\n")
    })
}

#[derive(Debug, Clone)]
enum Edit {
    Lose,
    Double,
    Swap,
    Figure(i64),
    Word(&'static str),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        Just(Edit::Lose),
        Just(Edit::Double),
        Just(Edit::Swap),
        (-2_i64..400).prop_map(Edit::Figure),
        proptest::sample::select(vec!["default", "recalled", "yes", "closed", "", "\u{e9}", "p4"])
            .prop_map(Edit::Word),
    ]
}

impl Edit {
    fn make(&self, lines: &mut Vec<String>, at: usize) {
        let Some(line) = lines.get(at).cloned() else { return };
        let value = |value: String| {
            let key = line.split(" = ").next().unwrap_or_default();
            if line.contains(" = ") { format!("{key} = {value}") } else { line.clone() }
        };
        let new = match self {
            Self::Lose => vec![],
            Self::Double => vec![line.clone(), line],
            Self::Swap => {
                let next = lines.get(at + 1).cloned();
                if let (Some(next), Some(other)) = (next, lines.get_mut(at + 1)) {
                    other.clone_from(&line);
                    vec![next]
                } else {
                    vec![line]
                }
            }
            Self::Figure(figure) => vec![value(figure.to_string())],
            Self::Word(word) => vec![value(format!("\"{word}\""))],
        };
        lines.splice(at..=at, new);
    }
}

//! What the documentation says of plans and books is so, and is all of it.

use std::collections::BTreeSet;

use analysis::Plan;
use analysis::release::{Book, Measure};

const DOC: &str = include_str!("../../../../docs/plans-and-books.md");

/// The examples in the order of the page.
fn examples() -> Vec<&'static str> {
    let parts = DOC.split("```toml\n").skip(1);
    parts.map(|part| part.split("```").next().unwrap_or_default()).collect()
}

#[test]
fn the_examples_are_read() {
    let [plan, book] = examples()[..] else { panic!("a plan and a book") };
    Plan::from_toml(plan).expect("a plan");
    assert_eq!(Book::parse(book).expect("a book").definitions().len(), 2);
    // A plan may hold the book.
    let both = format!("{plan}\n{book}");
    Plan::from_toml(&both).expect("a plan with a book");
    assert_eq!(Book::parse(&both).expect("a book in a plan").definitions().len(), 2);
}

/// The words in quotes that code reads in a file of settings.
fn words(code: &'static str) -> BTreeSet<&'static str> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let quoted = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
    let is_word = |word: &&str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    quoted.filter(is_word).collect()
}

#[test]
fn every_key_and_every_word_stands_in_the_documentation() {
    let mut words = words(include_str!("../../src/plan/parse.rs"));
    words.extend(self::words(include_str!("../../src/release/book.rs")));
    // What a plan is called that has no title: it is refused.
    words.remove("untitled");
    assert!(words.len() > 50 && words.contains("joined_on"), "the words are found: {words:?}");
    let measures = Measure::ALL.map(Measure::as_str);
    let is_told = |word: &str| {
        [
            format!("`[[{word}]]`"),
            format!("`{word}`"),
            format!("`\"{word}\"`"),
            format!("`{word} "),
            format!("{{ {word} = "),
        ]
        .iter()
        .any(|told| DOC.contains(told))
    };
    let untold: Vec<_> = words.into_iter().chain(measures).filter(|word| !is_told(word)).collect();
    assert!(untold.is_empty(), "not documented: {untold:?}");
}

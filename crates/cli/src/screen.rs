//! What the program prints, and the line that marks a demo.

use std::io::{IsTerminal, Write};

use clap::builder::styling::{AnsiColor, Style};
use comfy_table::{ContentArrangement, Table, presets::UTF8_FULL_CONDENSED};
use serde::Serialize;
use serde_json::Value;

use crate::{
    failure::{Failure, Mark},
    texts::text,
};

/// How wide a table is where nobody looks at a terminal, in characters.
const WIDTH: u16 = 100;

/// Where answers go: lines for people, or one JSON object for programs.
#[derive(Debug)]
pub(crate) struct Screen {
    json: bool,
    demo: bool,
    begun: bool,
}

impl Screen {
    pub(crate) const fn new(json: bool) -> Self {
        Self { json, demo: false, begun: false }
    }

    /// Whether a program reads the answer.
    pub(crate) const fn json(&self) -> bool {
        self.json
    }

    /// From now on every output says that the people are invented.
    pub(crate) const fn mark_demo(&mut self) {
        self.demo = true;
    }

    /// Whether the store is a demo.
    pub(crate) const fn is_demo(&self) -> bool {
        self.demo
    }

    /// Prints a line for people.
    pub(crate) fn say(&mut self, line: impl AsRef<str>) {
        if self.json {
            return;
        }
        self.begin();
        out(line.as_ref());
    }

    /// Prints a sentence for people: on a terminal no line of it is wider than that, and no word is cut.
    pub(crate) fn tell(&mut self, line: impl AsRef<str>) {
        // What a table would be as wide as; nothing where nobody looks.
        match Table::new().width() {
            Some(width) => wrapped(line.as_ref(), width.into()).iter().for_each(|it| self.say(it)),
            None => self.say(line),
        }
    }

    /// Takes everything off the terminal that stands on it or above it, where there is one.
    pub(crate) fn clear() {
        let mut to = std::io::stdout();
        if to.is_terminal() {
            let _ = write!(to, "\u{1b}[2J\u{1b}[3J\u{1b}[H");
            let _ = to.flush();
        }
    }

    /// Prints an empty line.
    pub(crate) fn gap(&mut self) {
        self.say("");
    }

    /// Prints a heading.
    pub(crate) fn head(&mut self, line: &str) {
        let bold = Style::new().bold();
        self.gap();
        self.say(format!("{bold}{line}{bold:#}"));
    }

    /// Prints a table that fits the terminal.
    pub(crate) fn table(&mut self, heads: &[String], rows: impl IntoIterator<Item = Vec<String>>) {
        if self.json {
            return;
        }
        self.begin();
        let mut table = Table::new();
        table.load_style(UTF8_FULL_CONDENSED);
        table.set_content_arrangement(ContentArrangement::Dynamic);
        if !std::io::stdout().is_terminal() {
            table.set_width(WIDTH);
        }
        if !heads.is_empty() {
            table.set_header(heads);
        }
        for row in rows {
            table.add_row(row);
        }
        for line in table.to_string().lines() {
            out(line.trim_end());
        }
    }

    /// Prints the answer for programs, and says in it whether the people are invented.
    pub(crate) fn answer(&mut self, answer: &impl Serialize) {
        if !self.json {
            return;
        }
        let mut whole = serde_json::Map::new();
        whole.insert("demo".into(), Value::Bool(self.demo));
        match serde_json::to_value(answer) {
            Ok(Value::Object(object)) => whole.extend(object),
            Ok(other) => {
                whole.insert("answer".into(), other);
            }
            Err(_) => {}
        }
        out(&serde_json::to_string_pretty(&Value::Object(whole)).unwrap_or_default());
    }

    /// Prints why nothing was done, to where errors go; for programs also as their answer.
    pub(crate) fn fail(&mut self, failure: &Failure) {
        let mut to = anstream::stderr();
        if self.demo {
            let _ = writeln!(to, "{}", text!("demo-line"));
        }
        for (mark, line) in failure.told() {
            let (word, style) = match mark {
                Mark::Error => (text!("mark-error"), AnsiColor::Red.on_default().bold()),
                Mark::Item => (String::new(), Style::new()),
                Mark::Cause => (text!("mark-cause"), AnsiColor::Yellow.on_default()),
                Mark::Help => (text!("mark-help"), AnsiColor::Green.on_default()),
            };
            let _ = match mark {
                Mark::Item => writeln!(to, "  {line}"),
                Mark::Error | Mark::Cause | Mark::Help => {
                    writeln!(to, "{style}{word}{style:#} {line}")
                }
            };
        }
        self.answer_failure(failure);
    }

    /// Prints it for programs alone.
    pub(crate) fn answer_failure(&mut self, failure: &Failure) {
        let exit = failure.exit().number();
        self.answer(&serde_json::json!({ "error": failure, "exit": exit }));
    }

    fn begin(&mut self) {
        if self.demo && !self.begun {
            out(&text!("demo-line"));
        }
        self.begun = true;
    }
}

/// A line as lines of so many characters, the ones after it set in as far as it is itself.
fn wrapped(line: &str, width: usize) -> Vec<String> {
    let indent = line.strip_suffix(line.trim_start()).unwrap_or_default();
    let mut lines: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        match lines.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= width => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(format!("{indent}{word}")),
        }
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
}

/// A line on the standard output. Whoever stopped reading does not want the rest.
fn out(line: &str) {
    if writeln!(anstream::stdout(), "{line}").is_err() {
        std::process::exit(0);
    }
}

/// A remark beside the answer, to where errors go.
pub(crate) fn remark(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Whether somebody sits at a terminal and can be asked.
pub(crate) fn is_attended() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Whether a progress bar would be seen.
pub(crate) fn shows_progress(json: bool) -> bool {
    !json && std::io::stderr().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_broken_between_words_and_set_in_as_it_begins() {
        assert_eq!(wrapped("  who sits where", 9), ["  who", "  sits", "  where"]);
        assert_eq!(wrapped("who sits where", 9), ["who sits", "where"]);
        assert_eq!(wrapped("an-overlong-word is whole", 9), ["an-overlong-word", "is whole"]);
        assert_eq!(wrapped("", 9), [""]);
    }
}

//! The lines of a suggested plan.

use super::Suggestion;
use super::roles::Roles;
use super::seen::Seen;

/// The lines of a plan, and how many of them a person has to look at.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
    indent: usize,
    is_off: bool,
    guesses: usize,
    open: usize,
}

impl Lines {
    pub(super) fn line(&mut self, line: &str) {
        if self.is_off && !line.starts_with('#') {
            self.text.push_str("# ");
        }
        self.text.push_str(&" ".repeat(self.indent));
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn blank(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    pub(super) fn comment(&mut self, words: &str) {
        self.line(&format!("# {}", one_line(words)));
    }

    /// A line that is a guess, and why.
    pub(super) fn guess(&mut self, line: &str, why: &str) {
        self.guesses += 1;
        self.line(&format!("{line}  # guess: {}", one_line(why)));
    }

    /// Something that could not be told: a line that a person completes, or leaves out.
    pub(super) fn open(&mut self, line: &str, why: &str) {
        self.open += 1;
        self.line(&format!("# open: {}  # {}", one_line(line), one_line(why)));
    }

    /// What follows belongs to the table before it.
    pub(super) const fn indent(&mut self, by: usize) {
        self.indent = by;
    }

    /// What follows is a part of the plan that a person may switch on, by taking the `#` away.
    pub(super) const fn off(&mut self, is_off: bool) {
        self.is_off = is_off;
    }

    pub(super) fn file(&mut self, seen: &Seen) {
        self.line(&format!("file = {}", quoted(&seen.file)));
        if let Some(sheet) = &seen.sheet {
            self.line(&format!("sheet = {}", quoted(sheet)));
        }
        if let Some((encoding, is_guess)) = seen.encoding {
            let line = format!("encoding = {}", quoted(encoding.as_str()));
            if is_guess {
                let why = "it is not UTF-8; look whether names with accents come out right";
                self.guess(&line, why);
            } else {
                self.line(&line);
            }
        }
    }

    pub(super) fn column(&mut self, key: &str, seen: &Seen, place: usize, why: &str) {
        self.guess(&format!("{key} = {}", column_name(seen, place)), why);
    }

    pub(super) fn person(&mut self, seen: &Seen, role: &Roles) {
        match (&role.person, role.row_code) {
            (Some(guess), _) => {
                self.column("person", seen, guess.column, &guess.because);
                if guess.is_pointed {
                    let why = "a program wrote codes such as 101 as 101.0, which is nobody of the others: write them alike";
                    self.open(&column_name(seen, guess.column), why);
                }
            }
            (None, Some(column)) => {
                let why = format!(
                    "{} is a code of each row, by which nobody's next sheet is found; name the column with the codes of people",
                    column_name(seen, column)
                );
                self.open("person = ", &why);
            }
            (None, None) => {
                self.open("person = ", "no column says who; name the one with the codes of people");
            }
        }
    }

    pub(super) fn done(self) -> Suggestion {
        Suggestion { toml: self.text, guesses: self.guesses, open: self.open }
    }
}

/// A text as a string of TOML.
pub(super) fn quoted(text: &str) -> String {
    let escaped = text.chars().fold(String::new(), |mut out, c| {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
        out
    });
    format!("\"{escaped}\"")
}

/// So many of something: `1 cell`, `2 cells`.
pub(super) fn several(n: u64, what: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {what}{plural}")
}

fn one_line(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

pub(super) fn column_name(seen: &Seen, place: usize) -> String {
    quoted(seen.column(place).map(|column| column.name.as_str()).unwrap_or_default())
}

/// The names of columns, as one pattern where they differ in their number alone.
pub(super) fn pattern(seen: &Seen, places: &[usize]) -> String {
    let names: Vec<&str> =
        places.iter().filter_map(|place| Some(seen.column(*place)?.name.as_str())).collect();
    if let Some(pattern) = one_pattern(&names) {
        return format!("[{}]", quoted(&pattern));
    }
    let names: Vec<String> = names.into_iter().map(quoted).collect();
    format!("[{}]", names.join(", "))
}

fn one_pattern(names: &[&str]) -> Option<String> {
    let (first, last) = (names.first()?, names.len());
    if last < 2 || names.iter().any(|name| name.contains(['{', '}'])) {
        return None;
    }
    let ones = first.match_indices('1').map(|(at, _)| first.split_at(at));
    ones.filter_map(|(stem, rest)| Some((stem, rest.strip_prefix('1')?)))
        .find(|(stem, rest)| {
            (1..=last).zip(names).all(|(n, name)| *name == format!("{stem}{n}{rest}"))
        })
        .map(|(stem, rest)| format!("{stem}{{1..{last}}}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_differ_in_their_number_are_one_pattern() {
        let check = |names: &[&str], want: Option<&str>| {
            assert_eq!(one_pattern(names).as_deref(), want);
        };
        check(&["phq/phq_1", "phq/phq_2"], Some("phq/phq_{1..2}"));
        check(&["t1_phq1_x", "t1_phq2_x"], Some("t1_phq{1..2}_x"));
        check(&["phq_01", "phq_02"], Some("phq_0{1..2}"));
        check(&["phq_09", "phq_10"], None);
        check(&["a", "b"], None);
        check(&["a{1", "a{2"], None);
    }

    #[test]
    fn no_text_breaks_out_of_its_line() {
        assert_eq!(quoted("a\"b\\c\nd"), "\"a\\\"b\\\\c\\u000Ad\"");
        let mut lines = Lines::default();
        lines.comment("a\nb = 1");
        assert_eq!(lines.text, "# a b = 1\n");
    }
}

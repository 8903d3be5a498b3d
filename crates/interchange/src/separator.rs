//! What stands between the cells.

use std::fmt;

use crate::{FaultKind, Limits, Place, scan, scan::Reached};

/// A character between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`, as spreadsheets write where the comma belongs to numbers.
    Semicolon,
    /// A tab.
    Tab,
}

impl Separator {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The character.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

impl fmt::Display for Separator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
        })
    }
}

/// What the caller knows of the separator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SeparatorChoice {
    /// Nothing: the one that makes a table of it; where several do, the reader asks.
    #[default]
    Detect,
    /// It is this one.
    Is(Separator),
}

/// The separator that the first line says, as spreadsheets write and take it: `sep=;`. With it how many bytes that line has.
pub(crate) fn said(head: &[u8]) -> Option<(Separator, usize)> {
    let (word, rest) = head.split_at_checked(4)?;
    let (byte, rest) = rest.split_first()?;
    let separator = Separator::ALL.into_iter().find(|separator| separator.byte() == *byte)?;
    let end = match rest {
        [b'\n', ..] => 1,
        [b'\r', b'\n', ..] => 2,
        _ => return None,
    };
    word.eq_ignore_ascii_case(b"sep=").then_some((separator, 5 + end))
}

/// How many records are looked at to tell separators apart.
const LOOKED_AT: usize = 200;

/// The separator of a text, by its first bytes and whether they are all of it; a comma where there
/// is one column only.
pub(crate) fn find(
    head: (&[u8], bool),
    choice: SeparatorChoice,
    limits: &Limits,
) -> Result<Separator, (Place, FaultKind)> {
    if let SeparatorChoice::Is(separator) = choice {
        return Ok(separator);
    }
    let possible: Vec<_> = Separator::ALL
        .into_iter()
        .map(|separator| (separator, fit(head, separator, limits)))
        .filter(|(_, fit)| *fit != Fit::OneColumn)
        .collect();
    let even: Vec<_> = possible.iter().filter(|(_, fit)| *fit == Fit::Even).collect();
    match (possible.as_slice(), even.as_slice()) {
        ([], _) => Ok(Separator::Comma),
        ([(only, _)], _) | (_, [(only, _)]) => Ok(*only),
        (_, [(first, _), (second, _), ..]) | ([(first, _), (second, _), ..], []) => {
            Err(unclear(*first, *second))
        }
    }
}

/// The place of the byte behind these, which begin where a record does: its line, and its column where the separator
/// is known or can be told by what stands before it.
pub(crate) fn place_behind(
    before: &[u8],
    from: Reached,
    separator: Option<Separator>,
    limits: &Limits,
) -> Place {
    let line = from.line + scan::line_ends(before, from.after_cr);
    let head = (before, line == from.line);
    let found = separator.or_else(|| find(head, SeparatorChoice::Detect, limits).ok());
    let Some(separator) = found else { return Place::line(line) };
    // The byte stands in the last cell, whatever it is.
    let with_it = [before, b"?"].concat();
    let shapes = scan::shapes(&with_it, (from, true), separator.byte(), limits, usize::MAX);
    let last = shapes.records.last();
    last.map_or(Place::line(line), |shape| Place::column(line, shape.cells))
}

const fn unclear(first: Separator, second: Separator) -> (Place, FaultKind) {
    (Place::FILE, FaultKind::SeparatorUnclear { first, second })
}

/// How well a separator makes a table of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// The first line is one cell.
    OneColumn,
    /// Rows have as many cells as the first line.
    Even,
    /// Some row has more or fewer.
    Uneven,
}

fn fit((head, whole): (&[u8], bool), separator: Separator, limits: &Limits) -> Fit {
    let from = (Reached::START, whole);
    let shapes = scan::shapes(head, from, separator.byte(), limits, LOOKED_AT).records;
    match shapes.first() {
        None => Fit::OneColumn,
        Some(first) if first.cells < 2 => Fit::OneColumn,
        Some(first) if shapes.iter().all(|shape| shape.cells == first.cells) => Fit::Even,
        Some(_) => Fit::Uneven,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: Result<Separator, (Separator, Separator)>) {
        let found = find((text.as_bytes(), true), SeparatorChoice::Detect, &Limits::default());
        let found = found.map_err(|(_, kind)| {
            let FaultKind::SeparatorUnclear { first, second } = kind else {
                unreachable!("{kind}");
            };
            (first, second)
        });
        assert_eq!(found, want);
    }

    #[test]
    fn the_separator_is_the_one_that_makes_a_table() {
        use Separator::{Comma, Semicolon, Tab};
        check("id,name\n1,Ann", Ok(Comma));
        check("id;name\n1;Ann", Ok(Semicolon));
        check("id\tname\n1\tAnn", Ok(Tab));
        check("id\n1\n2", Ok(Comma));
        check("", Ok(Comma));
        check("\"a,b\";c\n1;2", Ok(Semicolon));
        // Commas in the names of columns, but not in every row.
        check("id;name, first\n1;Ann\n2;Bea", Ok(Semicolon));
        check("id,name\n1;Ann\n2;Bea", Ok(Comma));
    }

    #[test]
    fn the_place_of_a_byte_is_told_by_what_stands_before_it() {
        let check = |before: &str, want: Place| {
            let place = place_behind(before.as_bytes(), Reached::START, None, &Limits::default());
            assert_eq!(place, want, "{before}");
        };
        check("", Place::column(1, 1));
        check("Zo", Place::column(1, 1));
        check("a;b", Place::column(1, 2));
        check("a;b\n1;", Place::column(2, 2));
        check("a,b\r\n\"x,\n", Place::column(3, 1));
        check("a,b\n1,2\n", Place::column(3, 1));
        check("id;name, first\n1;Ann, Lee\n2", Place::line(3));
    }

    #[test]
    fn where_two_would_do_the_reader_asks() {
        use Separator::{Comma, Semicolon};
        check("id;name, first\n1;Ann, Lee", Err((Comma, Semicolon)));
        check("a,b;c\n1\n2", Err((Comma, Semicolon)));
    }
}

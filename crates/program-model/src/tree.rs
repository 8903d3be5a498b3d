//! A parsed file with the place of every value in it.

use std::ops::Range;

use commons::Code;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    grammar::{Kind, Table},
    words::Word,
};

pub(crate) type Node<'t> = Spanned<DeValue<'t>>;

/// Where something stands in a file.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    /// The way to it from the top, such as `roles[member].max`.
    pub(crate) path: String,
    /// Its bytes.
    pub(crate) span: Range<usize>,
}

/// A table of the file, with what the format says of it.
#[derive(Debug, Clone)]
pub(crate) struct Row<'t> {
    table: &'t DeTable<'t>,
    pub(crate) format: &'static Table,
    pub(crate) spot: Spot,
}

impl<'t> Row<'t> {
    pub(crate) fn new(table: &'t DeTable<'t>, format: &'static Table, spot: Spot) -> Self {
        Self { table, format, spot }
    }

    pub(crate) const fn table(&self) -> &'t DeTable<'t> {
        self.table
    }

    pub(crate) fn value(&self, field: &str) -> Option<&'t Node<'t>> {
        self.table.get(field)
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.table.contains_key(field)
    }

    /// The way to a field of it.
    pub(crate) fn path_of(&self, field: &str) -> String {
        if self.spot.path.is_empty() {
            field.to_owned()
        } else {
            format!("{}.{field}", self.spot.path)
        }
    }

    /// Where a field stands; where it is missing, where its table stands.
    pub(crate) fn spot_of(&self, field: &str) -> Spot {
        let span = self.value(field).map_or_else(|| self.spot.span.clone(), Spanned::span);
        Spot { path: self.path_of(field), span }
    }

    pub(crate) fn text(&self, field: &str) -> Option<&'t str> {
        self.value(field)?.get_ref().as_str()
    }

    pub(crate) fn words(&self, field: &str) -> Option<String> {
        self.text(field).map(str::to_owned)
    }

    pub(crate) fn code(&self, field: &str) -> Option<Code> {
        self.text(field)?.parse().ok()
    }

    pub(crate) fn choice<W: Word>(&self, field: &str) -> Option<W> {
        W::of(self.text(field)?)
    }

    pub(crate) fn flag(&self, field: &str) -> Option<bool> {
        self.value(field)?.get_ref().as_bool()
    }

    pub(crate) fn whole<N: TryFrom<i64>>(&self, field: &str) -> Option<N> {
        N::try_from(whole(self.value(field)?)?).ok()
    }

    /// The items of a list, each with its place.
    pub(crate) fn items(&self, field: &str) -> Vec<(&'t Node<'t>, Spot)> {
        let list = self.value(field).and_then(|node| node.get_ref().as_array());
        list.into_iter()
            .flat_map(|list| list.iter())
            .map(|node| (node, Spot { path: self.path_of(field), span: node.span() }))
            .collect()
    }

    /// The texts of a list, each with its place.
    pub(crate) fn texts(&self, field: &str) -> Vec<(&'t str, Spot)> {
        let items = self.items(field).into_iter();
        items.filter_map(|(node, spot)| Some((node.get_ref().as_str()?, spot))).collect()
    }

    pub(crate) fn codes(&self, field: &str) -> Vec<Code> {
        self.texts(field).into_iter().filter_map(|(text, _)| text.parse().ok()).collect()
    }

    pub(crate) fn choices<W: Word>(&self, field: &str) -> Vec<W> {
        self.texts(field).into_iter().filter_map(|(text, _)| W::of(text)).collect()
    }

    pub(crate) fn wholes<N: TryFrom<i64>>(&self, field: &str) -> Vec<N> {
        let items = self.items(field).into_iter();
        items.filter_map(|(node, _)| N::try_from(whole(node)?).ok()).collect()
    }

    /// A table of codes and numbers.
    pub(crate) fn figures(&self, field: &str) -> Vec<(&'t str, i64)> {
        let table = self.value(field).and_then(|node| node.get_ref().as_table());
        let entries = table.into_iter().flat_map(DeTable::iter);
        entries.filter_map(|(key, node)| Some((key.get_ref().as_ref(), whole(node)?))).collect()
    }

    /// A table inside this one.
    pub(crate) fn row(&self, field: &str) -> Option<Row<'t>> {
        let Kind::Table(format) = self.format.field(field)?.kind else { return None };
        let node = self.value(field)?;
        let spot = Spot { path: self.path_of(field), span: node.span() };
        Some(Row::new(node.get_ref().as_table()?, format, spot))
    }

    /// The tables of a list inside this one. What is no table, or no known case, is left out.
    pub(crate) fn rows(&self, field: &str) -> Vec<Row<'t>> {
        let kind = self.format.field(field).map(|field| &field.kind);
        let items = self.items(field).into_iter().enumerate();
        items
            .filter_map(|(index, (node, _))| {
                let table = node.get_ref().as_table()?;
                let format = rows_of(kind?, table)?;
                let path = self.path_of(&format!("{field}[{}]", label(table, format, index)));
                Some(Row::new(table, format, Spot { path, span: node.span() }))
            })
            .collect()
    }
}

/// The case that a table says it is.
pub(crate) fn case<'c>(cases: &'c [Table], table: &DeTable<'_>) -> Option<&'c Table> {
    let when = table.get("when")?.get_ref().as_str()?;
    cases.iter().find(|case| case.name == when)
}

/// The format of a table in a list of such a kind.
fn rows_of(kind: &'static Kind, table: &DeTable<'_>) -> Option<&'static Table> {
    if let Kind::Rows(format) = kind {
        Some(format)
    } else if let Kind::Cases(cases) = kind {
        case(cases, table)
    } else {
        None
    }
}

/// What a row of a list is called in a path: its label, or its number.
pub(crate) fn label(table: &DeTable<'_>, format: &Table, index: usize) -> String {
    let named = table.get(format.label).and_then(|node| {
        let text = node.get_ref().as_str().map(str::to_owned);
        text.or_else(|| whole(node).map(|number| number.to_string()))
    });
    named.unwrap_or_else(|| format!("#{}", index + 1))
}

/// The whole number that a value is.
pub(crate) fn whole(node: &Node<'_>) -> Option<i64> {
    let number = node.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// Where the lines of a text begin.
#[derive(Debug)]
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = [0].into_iter().chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The line and the column of a byte, both from 1; columns count characters.
    pub(crate) fn place(&self, byte: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.text.get(start..byte).map_or(1, |before| before.chars().count() + 1);
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_stands_in_a_line_and_a_column() {
        let lines = Lines::of("a = 1\n\u{e9}\u{e9} = 2\n");
        for (byte, want) in
            [(0, (1, 1)), (4, (1, 5)), (5, (1, 6)), (6, (2, 1)), (10, (2, 3)), (15, (3, 1))]
        {
            assert_eq!(lines.place(byte), want, "byte {byte}");
        }
        assert_eq!(Lines::of("").place(0), (1, 1));
        assert_eq!(lines.place(9_999).0, 3, "past the end is the last line");
    }
}

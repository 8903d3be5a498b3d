//! Which column is which.

use std::collections::BTreeMap;

use crate::{FaultKind, Place, Reading, Table, faults::Collector};

/// Whether a table can do without a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It has to be there.
    Required,
    /// It may be missing.
    Optional,
}

/// Something a table may tell, and the names its column may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its name, as this program calls it.
    pub name: &'static str,
    /// Further names that are taken for it. Case, spaces, `-` and `_` make no difference.
    pub accepted: &'a [&'a str],
    /// Whether a table can do without it.
    pub need: Need,
}

impl<'a> Field<'a> {
    /// A field that may be missing.
    #[must_use]
    pub const fn optional(name: &'static str, accepted: &'a [&'a str]) -> Self {
        Self { name, accepted, need: Need::Optional }
    }

    /// Whether a column of this name is taken for it.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let name = plain(name);
        plain(self.name) == name || self.accepted.iter().any(|other| plain(other) == name)
    }
}

/// A name without the differences that do not count.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// What the caller says of columns: this field is in the column of that name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    columns: BTreeMap<&'static str, String>,
}

impl Mapping {
    /// The same, with a field in the column of that name, which has to match exactly.
    #[must_use]
    pub fn with(mut self, field: &'static str, column: impl Into<String>) -> Self {
        self.columns.insert(field, column.into());
        self
    }

    /// The column of each of these fields that a table has, counted from 0, and what is wrong with its rows and columns: beside
    /// what the table says of itself, a first line that names no column, a column that is missing or unclear.
    #[must_use]
    pub fn columns(
        &self,
        table: &Table,
        fields: &[Field<'_>],
    ) -> Reading<BTreeMap<&'static str, usize>> {
        let mut faults = Collector::after(table.label(), table.faults().clone());
        let mut found = BTreeMap::new();
        if self.has_header(table, fields) {
            found = self.find(table, fields, &mut faults);
        } else {
            faults.push(Place::line(1), FaultKind::NoHeader);
        }
        Reading { found, faults: faults.done() }
    }

    /// The column of each field, counted from 0; faults where one is missing or unclear.
    pub(crate) fn find(
        &self,
        table: &Table,
        fields: &[Field<'_>],
        faults: &mut Collector,
    ) -> BTreeMap<&'static str, usize> {
        let mut found = BTreeMap::new();
        for field in fields {
            if let Some(column) = self.find_one(table, field, faults) {
                found.insert(field.name, column);
            }
        }
        found
    }

    /// The columns of a table that are none of these fields, by their number from 1. Their names are
    /// not told: where a list has none, its first line is somebody.
    #[must_use]
    pub fn passed_over(&self, table: &Table, fields: &[Field<'_>]) -> Vec<usize> {
        let taken = self.find(table, fields, &mut Collector::of(table.label()));
        let places = 0..table.names().len();
        let left = places.filter(|place| !taken.values().any(|column| column == place));
        left.map(|place| place + 1).collect()
    }

    /// Whether the first line of a table names its columns: one of them by a name that is known, or
    /// by one that the caller gave. In the latter case a year or a telephone beside it says that
    /// the line is a row.
    pub(crate) fn has_header(&self, table: &Table, fields: &[Field<'_>]) -> bool {
        let known = |name: &String| fields.iter().any(|field| field.is_called(name));
        let given = |name: &String| self.columns.values().any(|column| column == name);
        let number = |name: &String| {
            name.chars().any(|c| c.is_ascii_digit())
                && name.chars().all(|c| c.is_ascii_digit() || " -./()+".contains(c))
        };
        let names = table.names();
        names.iter().any(known) || (names.iter().any(given) && !names.iter().any(number))
    }

    fn find_one(&self, table: &Table, field: &Field<'_>, faults: &mut Collector) -> Option<usize> {
        let wanted = self.columns.get(field.name);
        let matches =
            |name: &String| wanted.map_or_else(|| field.is_called(name), |wanted| wanted == name);
        let mut columns =
            table.names().iter().enumerate().filter(|(_, name)| matches(name)).map(|(i, _)| i);
        let first = columns.next();
        if let (Some(first), Some(second)) = (first, columns.next()) {
            let (first, second) = (first + 1, second + 1);
            faults.push(Place::FILE, FaultKind::ColumnUnclear { field: field.name, first, second });
        }
        if first.is_none() && (wanted.is_some() || field.need == Need::Required) {
            faults.push(Place::FILE, FaultKind::ColumnMissing { field: field.name });
        }
        first
    }
}

/// Why a text does not name columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a list of columns: write names with commas, or a run such as phq9_1..phq9_9")]
pub struct MappingError;

/// The names that a text such as `phq9_1..phq9_9` or `q01,q02,q05..q09` stands for, in order.
///
/// # Errors
///
/// [`MappingError`] where a name is empty, the two ends of a run differ in more than their number, it runs
/// backwards, or it has more than 1,000 columns.
pub fn item_columns(text: &str) -> Result<Vec<String>, MappingError> {
    let mut names = Vec::new();
    for part in text.split(',').map(str::trim) {
        match part.split_once("..") {
            Some((first, last)) => names.extend(run(first.trim(), last.trim())?),
            None if part.is_empty() => return Err(MappingError),
            None => names.push(part.to_owned()),
        }
    }
    Ok(names)
}

fn run(first: &str, last: &str) -> Result<Vec<String>, MappingError> {
    let (stem, from) = numbered(first)?;
    let (other, to) = numbered(last)?;
    let width = from.len();
    let padded = from.starts_with('0') && width > 1;
    if stem != other || (padded && to.len() != width) {
        return Err(MappingError);
    }
    let number = |digits: &str| digits.parse::<u32>().map_err(|_| MappingError);
    let (from, to) = (number(from)?, number(to)?);
    if from > to || to - from >= 1_000 {
        return Err(MappingError);
    }
    let width = if padded { width } else { 0 };
    Ok((from..=to).map(|n| format!("{stem}{n:0width$}")).collect())
}

/// A name as its stem and the digits at its end.
fn numbered(name: &str) -> Result<(&str, &str), MappingError> {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = name.strip_prefix(stem).unwrap_or_default();
    if digits.is_empty() { Err(MappingError) } else { Ok((stem, digits)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: Option<&[&str]>) {
        let found = item_columns(text).ok();
        let found =
            found.as_ref().map(|names| names.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(found.as_deref(), want);
    }

    #[test]
    fn a_run_of_columns_is_written_by_its_ends() {
        check("phq9_1..phq9_3", Some(&["phq9_1", "phq9_2", "phq9_3"]));
        check("q08..q10", Some(&["q08", "q09", "q10"]));
        check("q8..q10", Some(&["q8", "q9", "q10"]));
        check("a, b ,c2..c3", Some(&["a", "b", "c2", "c3"]));
        check("phq/phq_1..phq/phq_2", Some(&["phq/phq_1", "phq/phq_2"]));
        check("q3..q3", Some(&["q3"]));
        for bad in
            ["", "a,,b", "a..b", "a1..b2", "a2..a1", "a1..a2000", "q08..q100", "a1..", "..a1"]
        {
            check(bad, None);
        }
    }

    #[test]
    fn case_and_spaces_make_no_difference_to_a_name() {
        let field = Field::optional("birth_year", &["year of birth"]);
        for name in ["birth_year", "Birth Year", "birth-year", "YEAR OF BIRTH", "yearOfBirth"] {
            assert!(field.is_called(name), "{name}");
        }
        assert!(!field.is_called("birth"));
    }
}

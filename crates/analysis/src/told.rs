//! What was read, file by file.

use std::collections::{BTreeMap, BTreeSet};

use commons::Code;
use interchange::{Encoding, Separator};
use serde::Serialize;

use crate::files::Table;

/// What was read, and what a reader of the figures should know of it. It names no person but those
/// about whom somebody has to decide, by their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The files in the order of the plan: people, sheets, attendance.
    pub files: Vec<FileTold>,
    /// Codes of people who may be one person, about whom the plan has no decision yet.
    pub doubtful: Vec<Doubtful>,
    /// How many such pairs there are; the first thousand are listed.
    pub doubtful_pairs: u64,
    /// How many people a filter left out.
    pub left_out: u64,
    /// How many of them have no day on which they joined, and are in no period.
    #[serde(skip_serializing_if = "is_none")]
    pub undated: u64,
    /// The groups of a filter that nobody in the files is in.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub absent: BTreeMap<Code, BTreeSet<Code>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
const fn is_none(n: &u64) -> bool {
    *n == 0
}

impl Told {
    /// How many answers, totals and marks could not be read and count as missing, in all files.
    #[must_use]
    pub fn unreadable(&self) -> u64 {
        self.files.iter().map(|file| file.out_of_range).sum()
    }
}

/// What a file is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// It says who takes part.
    People,
    /// It holds answer sheets.
    Sheets,
    /// It says who came.
    Attendance,
}

/// What was read of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileTold {
    /// The file, as the plan calls it.
    pub file: String,
    /// What it was read for.
    pub role: Role,
    /// The encoding that was found.
    pub encoding: Encoding,
    /// The separator that was found.
    pub separator: Separator,
    /// The rows that were read.
    pub rows: u64,
    /// Rows without anything in them.
    pub blank_rows: u64,
    /// Rows that say again what another says.
    pub repeated_rows: u64,
    /// The lines of sheets that were submitted again later, and do not count.
    pub dropped: Vec<u64>,
    /// Items without an answer, by reason; `empty` where nothing stands.
    pub missing: BTreeMap<Code, u64>,
    /// Answers and marks that could not be read and count as missing.
    pub out_of_range: u64,
    /// The columns that were read, by their names.
    pub columns: Vec<String>,
}

/// Two codes that may be one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Doubtful {
    /// The codes.
    pub people: [String; 2],
    /// Why.
    pub by: Alike,
}

/// What two rows have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Alike {
    /// The same name, whatever the order of its words.
    SameName,
    /// Names that are nearly the same, in one circle.
    LikeName,
}

impl FileTold {
    pub(crate) fn of(table: &Table, role: Role) -> Self {
        Self {
            file: table.label().to_owned(),
            role,
            encoding: table.encoding(),
            separator: table.separator(),
            rows: 0,
            blank_rows: 0,
            repeated_rows: 0,
            dropped: Vec::new(),
            missing: BTreeMap::new(),
            out_of_range: 0,
            columns: Vec::new(),
        }
    }

    pub(crate) fn done(&mut self, table: &Table) {
        (self.rows, self.blank_rows) = (table.rows(), table.blank_rows());
    }

    pub(crate) fn used(&mut self, table: &Table, column: usize) {
        if let Some(name) = table.names().get(column)
            && !self.columns.contains(name)
        {
            self.columns.push(name.clone());
        }
    }
}

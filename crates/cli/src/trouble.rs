//! What is wrong in one place of a file: where, what, and what to do, for people and for programs.

use commons::Refused;
use interchange::{Fault, Faults, Place};
use report::Arg;
use serde::Serialize;

use crate::texts::{self, text};

/// One thing that is wrong in one place of a file. It holds places and codes, never a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Trouble {
    /// The file, where several are read at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<String>,
    /// The line of the file, from 1; nothing for the file as a whole.
    pub(crate) line: Option<u64>,
    /// The column, from 1.
    pub(crate) column: Option<usize>,
    /// What the column tells, as this program calls it.
    pub(crate) field: Option<&'static str>,
    /// The stable code.
    pub(crate) code: String,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) to_do: String,
}

impl Trouble {
    /// One that the catalog tells, by its code.
    pub(crate) fn at(place: &Place, code: &str, args: &[(&str, Arg)]) -> Self {
        let (what, to_do) = texts::refusal(code, args);
        let (line, column, field) = (place.line, place.column, place.field);
        Self { file: None, line, column, field, code: code.to_owned(), what, to_do }
    }

    /// The same, in one file of several.
    pub(crate) fn in_file(mut self, file: &str) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// The same, at a place in a plan that has a path.
    pub(crate) fn at_path(mut self, path: &str) -> Self {
        if !path.is_empty() {
            self.what = format!("{path}: {}", self.what);
        }
        self
    }

    /// Where, what, and what to do, in one line.
    pub(crate) fn told(&self) -> String {
        let told = self.told_of_file();
        match &self.file {
            Some(file) if self.line.is_none() => {
                text!("trouble-in-whole", file = file.as_str(), told = told)
            }
            Some(file) => text!("trouble-in", file = file.as_str(), told = told),
            None => told,
        }
    }

    fn told_of_file(&self) -> String {
        let (what, to_do) = (self.what.as_str(), self.to_do.as_str());
        let column = self.column.and_then(|column| u64::try_from(column).ok());
        match (self.line, column) {
            (None, _) => text!("trouble-file", what = what, out = to_do),
            (Some(line), None) => {
                text!("trouble-line", line = line.to_string(), what = what, out = to_do)
            }
            (Some(line), Some(column)) => match self.field {
                Some(field) => text!(
                    "trouble-column",
                    line = line.to_string(),
                    column = column.to_string(),
                    field = texts::code("field", field),
                    what = what,
                    out = to_do
                ),
                None => text!(
                    "trouble-cell",
                    line = line.to_string(),
                    column = column.to_string(),
                    what = what,
                    out = to_do
                ),
            },
        }
    }
}

impl From<&Fault> for Trouble {
    fn from(fault: &Fault) -> Self {
        let mut args = texts::figures(&fault.figures());
        if let Some(field) = fault.place().field {
            args.push(("cell", Arg::from(field)));
        }
        Self::at(fault.place(), fault.code(), &args)
    }
}

/// Everything that is wrong with a file, from every reader of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Troubles {
    list: Vec<Trouble>,
    /// How many more there are than are kept.
    more: usize,
}

impl Troubles {
    /// The most that are printed; for programs all that are kept are listed.
    pub(crate) const PRINTED: usize = 200;

    pub(crate) fn push(&mut self, trouble: Trouble) {
        self.list.push(trouble);
    }

    pub(crate) fn extend(&mut self, troubles: impl IntoIterator<Item = Trouble>) {
        self.list.extend(troubles);
    }

    /// So many more that are not kept.
    pub(crate) const fn add_untold(&mut self, more: usize) {
        self.more += more;
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    pub(crate) const fn total(&self) -> usize {
        self.list.len() + self.more
    }

    /// All that are kept, by line and column.
    pub(crate) fn sorted(mut self) -> Vec<Trouble> {
        self.list.sort();
        self.list
    }
}

impl From<&Faults> for Troubles {
    fn from(faults: &Faults) -> Self {
        let list: Vec<_> = faults.iter().map(Trouble::from).collect();
        let more = faults.total() - list.len();
        Self { list, more }
    }
}

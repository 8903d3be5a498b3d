//! What is wrong with the files of a plan, and where.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use commons::{Code, Figures, Refused, Rule};
use serde::Serialize;

/// What is wrong. Figures, places and words of the plan only: files are full of people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FaultKind {
    /// The file cannot be opened.
    #[error("the file cannot be opened")]
    NoFile,
    /// No definition of an instrument stands there.
    #[error("a definition of an instrument has nothing like this")]
    NotADefinition,
    /// The definition of an instrument cannot be used.
    #[error("it defines no instrument that can be scored: {message}")]
    NoInstrument {
        /// What is wrong with it.
        message: String,
    },
    /// An instrument of another id.
    #[error("it defines `{found}`, and the plan says `{wanted}`")]
    OtherInstrument {
        /// The id it defines.
        found: Code,
        /// The id of the plan.
        wanted: Code,
    },
    /// As many columns as the instrument has no items.
    #[error("{found} columns for the {wanted} items of `{instrument}`")]
    ItemCount {
        /// The instrument.
        instrument: Code,
        /// Columns that the plan names.
        found: usize,
        /// Items of the instrument.
        wanted: usize,
    },
    /// No column of the name that the plan gives.
    #[error("no column `{name}`, which the plan gives for `{key}`")]
    NoColumn {
        /// The key of the plan.
        key: &'static str,
        /// The name that the plan gives.
        name: String,
        /// The column that is called nearly so, from 1; 0 where none is.
        like: usize,
    },
    /// Two columns that the plan could mean.
    #[error("columns {first} and {second} could both be `{key}`")]
    ColumnUnclear {
        /// The key of the plan.
        key: &'static str,
        /// One column, from 1.
        first: usize,
        /// Another.
        second: usize,
    },
    /// No column for an item.
    #[error("no column `{name}`, which the plan gives for item {item} of `{instrument}`")]
    NoItem {
        /// The instrument.
        instrument: Code,
        /// The item, from 1.
        item: usize,
        /// The name that the plan gives.
        name: String,
        /// The column that is called nearly so, from 1; 0 where none is.
        like: usize,
    },
    /// No column for any item.
    #[error(
        "no column for any of the {items} items of `{instrument}`; the first one would be `{name}`"
    )]
    NoItems {
        /// The instrument.
        instrument: Code,
        /// How many items it has.
        items: usize,
        /// The name that the plan gives for the first one.
        name: String,
        /// The column that is called nearly so, from 1; 0 where none is.
        like: usize,
    },
    /// Two columns that the plan could mean for an item.
    #[error("columns {first} and {second} could both be item {item} of `{instrument}`")]
    ItemUnclear {
        /// The instrument.
        instrument: Code,
        /// The item, from 1.
        item: usize,
        /// One column, from 1.
        first: usize,
        /// Another.
        second: usize,
    },
    /// One column for two items.
    #[error("the column of item {item} of `{instrument}` is that of item {first} too")]
    ItemTwice {
        /// The instrument.
        instrument: Code,
        /// The item, from 1.
        item: usize,
        /// The one that had it first.
        first: usize,
    },
    /// Somebody whom no file of people has.
    #[error("nobody in the files of people has this code")]
    UnknownPerson,
    /// Somebody who stands in two circles.
    #[error("the person stands in another circle on line {first} of {file}")]
    TwoUnits {
        /// The line that has them first.
        first: u64,
        /// The file in which it stands.
        file: String,
    },
    /// Somebody of whom two rows say different things.
    #[error("line {first} of {file} says something else of the person")]
    SaysOtherwise {
        /// The line that has them first.
        first: u64,
        /// The file in which it stands.
        file: String,
    },
    /// A mark of somebody who sits nowhere.
    #[error("a mark of somebody who sits in no circle")]
    NoUnit,
    /// A second sheet of one person, instrument and timepoint.
    #[error("a second sheet of `{instrument}` at `{timepoint}` of one person")]
    SheetTwice {
        /// The instrument.
        instrument: Code,
        /// The timepoint.
        timepoint: Code,
    },
    /// A second mark of one person and session.
    #[error("a second mark of one person for session {session}")]
    MarkTwice {
        /// The session.
        session: u16,
    },
    /// A text that is no timepoint.
    #[error("not one of the timepoints that the plan names for this column")]
    UnknownTimepoint,
    /// Not a code of the item.
    #[error("not a number from {least} to {most}")]
    NotAnAnswer {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A text that the map of values does not have.
    #[error("neither in the map of values nor among the reasons why an answer is missing")]
    NotAValue,
    /// A text that is no mark.
    #[error("not one of the marks that the plan names")]
    NotAMark,
    /// Not a total of the instrument.
    #[error("not a total from {least} to {most}, with a point before its decimals")]
    NotATotal {
        /// The least.
        least: String,
        /// The most.
        most: String,
    },
    /// A byte that the encoding does not have.
    #[error("byte {byte:#04x} at position {offset} is not {encoding}")]
    NotEncoded {
        /// The byte.
        byte: u8,
        /// How many bytes come before it.
        offset: usize,
        /// The encoding that was tried.
        encoding: interchange::Encoding,
    },
    /// A row that belongs to none of the other file.
    #[error("no row of the joined file has this index")]
    NoParent,
    /// An index that two rows have.
    #[error("line {first} has the same index")]
    ParentTwice {
        /// The line that has it first.
        first: u64,
    },
    /// Not a time, nor a number.
    #[error("neither a time such as 2026-03-31T08:30:00 nor a number")]
    NotATime,
    /// Two sheets, and nothing that says which is the newer.
    #[error(
        "line {first} of {file} has another sheet of the person, and no time says which is newer"
    )]
    NotNewer {
        /// The line that has the other one.
        first: u64,
        /// The file in which it stands.
        file: String,
    },
    /// Texts that are no days, where a period asks for the day on which people joined.
    #[error("in {rows} rows “{grouping}” is no day with its year first, and a period asks for one")]
    NoDays {
        /// The grouping.
        grouping: Code,
        /// How many rows have such a text.
        rows: u64,
    },
    /// Not a group by which a report can call people.
    #[error("no short word can be made of it")]
    NotAGroup,
    /// A decision about codes that nobody has.
    #[error("decision {number} of `same` begins with a code that nobody has")]
    DecisionOfNobody {
        /// Which, from 1.
        number: usize,
    },
    /// More people, circles or totals than are counted.
    #[error("more than {most} cannot be counted")]
    TooMany {
        /// The most.
        most: u32,
    },
    /// The table itself, or a cell of it, cannot be read.
    #[error("{0}")]
    #[serde(untagged)]
    Table(interchange::FaultKind),
}

/// One thing that is wrong, in one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    file: Arc<str>,
    line: Option<u64>,
    column: Option<usize>,
    kind: FaultKind,
}

impl Fault {
    /// The file, as the plan calls it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1; nothing for the file as a whole.
    #[must_use]
    pub const fn line(&self) -> Option<u64> {
        self.line
    }

    /// The column, from 1.
    #[must_use]
    pub const fn column(&self) -> Option<usize> {
        self.column
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> &FaultKind {
        &self.kind
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.kind)
    }
}

impl std::error::Error for Fault {}

impl Refused for Fault {
    fn code(&self) -> &'static str {
        self.kind.code()
    }
    fn figures(&self) -> Figures {
        if let FaultKind::Table(kind) = &self.kind {
            Figures::of(kind)
        } else {
            Figures::of(&self.kind)
        }
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        self.kind.way_out()
    }
}

impl From<interchange::FaultKind> for FaultKind {
    fn from(kind: interchange::FaultKind) -> Self {
        if let interchange::FaultKind::NotEncoded { byte, offset, encoding } = kind {
            // A plan can say what the file is.
            Self::NotEncoded { byte, offset, encoding }
        } else {
            Self::Table(kind)
        }
    }
}

impl FaultKind {
    /// A stable code, by which frontends find their own words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Table(kind) => kind.code(),
            Self::NoFile => "reading.no_file",
            Self::NotADefinition => "reading.not_a_definition",
            Self::NoInstrument { .. } => "reading.no_instrument",
            Self::OtherInstrument { .. } => "reading.other_instrument",
            Self::ItemCount { .. } => "reading.item_count",
            Self::NoColumn { .. } => "reading.no_column",
            Self::ColumnUnclear { .. } => "reading.column_unclear",
            Self::NoItem { .. } => "reading.no_item",
            Self::NoItems { .. } => "reading.no_items",
            Self::ItemUnclear { .. } => "reading.item_unclear",
            Self::ItemTwice { .. } => "reading.item_twice",
            Self::UnknownPerson => "reading.unknown_person",
            Self::TwoUnits { .. } => "reading.two_units",
            Self::SaysOtherwise { .. } => "reading.says_otherwise",
            Self::NoUnit => "reading.no_unit",
            Self::SheetTwice { .. } => "reading.sheet_twice",
            Self::MarkTwice { .. } => "reading.mark_twice",
            Self::UnknownTimepoint => "reading.unknown_timepoint",
            Self::NotAnAnswer { .. } => "reading.not_an_answer",
            Self::NotAValue => "reading.not_a_value",
            Self::NotAMark => "reading.not_a_mark",
            Self::NotATotal { .. } => "reading.not_a_total",
            Self::NotEncoded { .. } => "reading.not_encoded",
            Self::NoParent => "reading.no_parent",
            Self::ParentTwice { .. } => "reading.parent_twice",
            Self::NotATime => "reading.not_a_time",
            Self::NotNewer { .. } => "reading.not_newer",
            Self::NoDays { .. } => "reading.no_days",
            Self::NotAGroup => "reading.not_a_group",
            Self::DecisionOfNobody { .. } => "reading.decision_of_nobody",
            Self::TooMany { .. } => "reading.too_many",
        }
    }

    /// Whether it is an answer, a total or a mark that may count as missing instead
    /// ([`Care::Lenient`](crate::Care::Lenient)).
    #[must_use]
    pub const fn may_be_missing(&self) -> bool {
        matches!(
            self,
            Self::NotAnAnswer { .. } | Self::NotAValue | Self::NotATotal { .. } | Self::NotAMark
        )
    }

    /// How to go on, in one plain English sentence.
    #[must_use]
    pub const fn way_out(&self) -> &'static str {
        match self {
            Self::Table(kind) => kind.way_out(),
            Self::NoFile => "Put the file beside the plan, or correct its name in the plan.",
            Self::NotADefinition => {
                "Name the file of the definition in the plan, or correct it: `circlekeeper instruments check` says more."
            }
            Self::NoInstrument { .. } => "Correct the definition of the instrument.",
            Self::OtherInstrument { .. } => "Let the plan and the definition say the same id.",
            Self::ItemCount { .. } => {
                "Name one column for each item in the plan, in the order of the questionnaire."
            }
            Self::NoColumn { .. } | Self::NoItem { .. } | Self::NoItems { .. } => {
                "Write the name of the column in the plan as the first line of the file writes it."
            }
            Self::ColumnUnclear { .. } | Self::ItemUnclear { .. } => {
                "Write the whole path of the column in the plan, or give each column a name of its own."
            }
            Self::ItemTwice { .. } => "Name another column for each item in the plan.",
            Self::UnknownPerson => {
                "Correct the code, add the person to a file of people, or say in the plan whose other code it is."
            }
            Self::TwoUnits { .. } => "Leave each person in one circle.",
            Self::SaysOtherwise { .. } => "Let both rows say the same, or delete one of them.",
            Self::NoUnit => "Say in a file of people in which circle the person sits.",
            Self::SheetTwice { .. } => {
                "Delete one of the two, or say in the plan by which column the newest is known (`newest_by`)."
            }
            Self::MarkTwice { .. } => "Delete one of the two marks.",
            Self::UnknownTimepoint => {
                "Correct the cell, or add what it says to `timepoints` in the plan."
            }
            Self::NotAnAnswer { .. } => {
                "Correct the answer, or add what the cell says to `missing` in the plan if it is none."
            }
            Self::NotAValue => {
                "Correct the cell, or add what it says to the map of values, or to `missing`, in the plan."
            }
            Self::NotAMark => {
                "Correct the cell, or add what it says to `marks`, or to `missing`, in the plan."
            }
            Self::NotATotal { .. } => {
                "Correct the total, or add what the cell says to `missing` in the plan if it is none."
            }
            Self::NotEncoded { .. } => {
                "Save the file as UTF-8, or say in the plan what it is, beside its name: `encoding = \"windows-1252\"` or `\"latin-1\"`."
            }
            Self::NoParent => "Export both files together, so that they have the same rows.",
            Self::ParentTwice { .. } => {
                "Name a column in the plan in which each row has its own index."
            }
            Self::NotATime => "Name a column of times, or of numbers that grow, in the plan.",
            Self::NotNewer { .. } => "Delete one of the two, or correct the times.",
            Self::NoDays { .. } => {
                "Write the days as 2025-12-31, or take the period out of the report."
            }
            Self::NotAGroup => {
                "Write one short word of Latin letters and digits, or take the grouping out of the plan."
            }
            Self::DecisionOfNobody { .. } => "Begin the decision with the code that is to stay.",
            Self::TooMany { .. } => "Report on parts of the program.",
        }
    }
}

/// All faults of one file, by line and column.
///
/// The first [`Faults::MOST`] are kept; [`total`](Faults::total) counts them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    file: Arc<str>,
    list: Vec<Fault>,
    total: usize,
    // How many there are in each column, from 1, kept or not.
    columns: BTreeMap<usize, usize>,
}

impl Faults {
    /// The most that are kept of one file.
    pub const MOST: usize = interchange::Faults::MOST;

    pub(crate) fn of(file: &str) -> Self {
        Self { file: file.into(), list: Vec::new(), total: 0, columns: BTreeMap::new() }
    }

    /// The file, as the plan calls it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The faults, by line and column.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.list.iter()
    }

    /// How many there are, kept or not.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total
    }

    /// How many there are in each column, from 1, kept or not. Others are of a line or of the file.
    #[must_use]
    pub const fn by_column(&self) -> &BTreeMap<usize, usize> {
        &self.columns
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.total == 0
    }

    pub(crate) fn whole(&mut self, kind: FaultKind) {
        self.push(None, None, kind);
    }

    pub(crate) fn at(&mut self, line: u64, column: Option<usize>, kind: FaultKind) {
        self.push(Some(line), column.map(|column| column + 1), kind);
    }

    #[cold]
    fn push(&mut self, line: Option<u64>, column: Option<usize>, kind: FaultKind) {
        self.total += 1;
        if let Some(column) = column {
            *self.columns.entry(column).or_default() += 1;
        }
        if self.list.len() < Self::MOST {
            self.list.push(Fault { file: Arc::clone(&self.file), line, column, kind });
        }
    }

    /// Takes over what another reader of the same file told of it; what both tell is told once.
    pub(crate) fn join(&mut self, other: Self) {
        // Lines of two sheets of a workbook are not the same lines.
        let is_text = !self.file.to_lowercase().ends_with(".xlsx");
        let (untold, mut columns) = (other.total - other.list.len(), other.columns);
        for fault in other.list {
            if let Some(n) = fault.column.and_then(|column| columns.get_mut(&column)) {
                *n = n.saturating_sub(1);
            }
            let same = is_text || fault.line.is_none();
            if !(same && self.list.contains(&fault)) {
                self.push(fault.line, fault.column, fault.kind);
            }
        }
        self.total += untold;
        for (column, n) in columns.into_iter().filter(|(_, n)| *n > 0) {
            *self.columns.entry(column).or_default() += n;
        }
    }

    /// Takes over what is wrong with a table. Where it is broken, nothing else is said of it.
    pub(crate) fn take(&mut self, faults: &interchange::Faults, broken: bool) {
        if broken {
            (self.list, self.total, self.columns) = (Vec::new(), 0, BTreeMap::new());
        }
        let named = |kind: &interchange::FaultKind| {
            use interchange::FaultKind::{ColumnTwice, NamelessColumn};
            // Which of two columns is meant is asked only of columns that the plan names.
            !matches!(kind, NamelessColumn | ColumnTwice { .. })
        };
        for fault in faults.iter().filter(|fault| named(fault.kind())) {
            let place = fault.place();
            self.push(place.line, place.column, fault.kind().clone().into());
        }
        // Those that were counted and not kept.
        self.total += faults.total().saturating_sub(faults.iter().count());
    }

    /// Takes over which cells of a workbook have no value, of the columns that are used. Where it is wrong that a cell
    /// cannot be read, this is why; of an answer that nobody asked for, or that may be missing, nothing is said.
    pub(crate) fn take_unread(
        &mut self,
        cells: &[(interchange::Place, interchange::FaultKind)],
        is_used: impl Fn(usize) -> bool,
        is_answer: impl Fn(usize) -> bool,
    ) {
        let at = |(place, kind): &(interchange::Place, interchange::FaultKind)| {
            Some(((place.line?, place.column?), FaultKind::Table(kind.clone())))
        };
        let unread: BTreeMap<(u64, usize), FaultKind> = cells.iter().filter_map(at).collect();
        let (mut told, before) = (BTreeSet::new(), self.list.len());
        self.list.retain_mut(|fault| {
            let place = fault.line.zip(fault.column);
            let found = place.and_then(|place| Some((place, unread.get(&place)?)));
            let Some((place, kind)) = found else { return true };
            fault.kind = kind.clone();
            // Several items may ask one cell.
            let is_first = told.insert(place);
            if let Some(n) = self.columns.get_mut(&place.1).filter(|_| !is_first) {
                *n = n.saturating_sub(1);
            }
            is_first
        });
        self.total -= before - self.list.len();
        for ((line, column), kind) in unread {
            let from_0 = column.saturating_sub(1);
            if is_used(from_0) && !is_answer(from_0) && !told.contains(&(line, column)) {
                self.push(Some(line), Some(column), kind);
            }
        }
    }

    pub(crate) fn done(mut self) -> Self {
        self.list.sort();
        self
    }
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = std::slice::Iter<'a, Fault>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(first) = self.list.first() {
            write!(f, "{first}")?;
        }
        match self.total.saturating_sub(1) {
            0 => Ok(()),
            more => write!(f, " (and {more} more)"),
        }
    }
}

impl std::error::Error for Faults {}

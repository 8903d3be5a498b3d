//! What is wrong with a rule file, line by line.

use std::{fmt, ops::Range};

/// One fault of a rule file: where it stands, what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The name of the file.
    pub sheet: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The key it is about, such as `rows.sg-02-us-tx.deadline`.
    pub path: String,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What can be wrong in a rule file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Wrong {
    /// It is not TOML.
    #[error("not TOML: {0}")]
    Syntax(String),
    /// The file does not say that it is a rule file of this kind.
    #[error("`schema = \"circlekeeper.rules/1\"` is wanted at the top")]
    Schema,
    /// A key that must be there is not.
    #[error("missing")]
    Missing,
    /// A key that no rule has.
    #[error("unknown key; known are {known}")]
    Unknown {
        /// The keys that may stand here.
        known: String,
    },
    /// Another kind of value is wanted.
    #[error("{wanted} is wanted")]
    Kind {
        /// What is wanted.
        wanted: &'static str,
    },
    /// The value is none of the possible ones.
    #[error("one of {wanted} is wanted")]
    NoneOf {
        /// The possible ones.
        wanted: String,
    },
    /// A code has other characters.
    #[error(transparent)]
    Code(#[from] commons::CodeError),
    /// A rule id has another form.
    #[error(transparent)]
    Rule(#[from] commons::RuleError),
    /// A deadline or a span cannot be read.
    #[error(transparent)]
    Span(#[from] crate::SpanError),
    /// A day or a time does not exist.
    #[error("no such day or time")]
    Day,
    /// A number is below or above what can be.
    #[error("a whole number from 0 to {most} is wanted")]
    Number {
        /// The greatest possible.
        most: u32,
    },
    /// A zone is not in the time zone database.
    #[error("not a time zone such as `Africa/Kigali`")]
    Zone,
    /// Two rows have one name and version.
    #[error("this name and version stand twice")]
    Twice,
    /// The row ends before it begins.
    #[error("the last day is before the first")]
    Backwards,
    /// A row of law was verified by nobody.
    #[error("a row of law in force needs `verified_on` and `recheck_by`")]
    Unverified,
    /// A "no" would close something.
    #[error("a \"no\" closes nothing (SU-03): take this evidence away")]
    NoCloses,
    /// The worked example gives another instant.
    #[error("the worked example gives {gives}")]
    Example {
        /// What the deadline makes of it.
        gives: String,
    },
}

impl Fault {
    /// A stable code, by which frontends find their own words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.wrong {
            Wrong::Syntax(_) => "rules.syntax",
            Wrong::Schema => "rules.schema",
            Wrong::Missing => "rules.missing",
            Wrong::Unknown { .. } => "rules.unknown_key",
            Wrong::Kind { .. } => "rules.kind",
            Wrong::NoneOf { .. } => "rules.none_of",
            Wrong::Code(_) => "rules.code",
            Wrong::Rule(_) => "rules.rule",
            Wrong::Span(_) => "rules.span",
            Wrong::Day => "rules.day",
            Wrong::Number { .. } => "rules.number",
            Wrong::Zone => "rules.zone",
            Wrong::Twice => "rules.twice",
            Wrong::Backwards => "rules.backwards",
            Wrong::Unverified => "rules.unverified",
            Wrong::NoCloses => "rules.no_closes",
            Wrong::Example { .. } => "rules.example",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: ", self.sheet, self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        self.wrong.fmt(f)
    }
}

/// Every fault of a rule file, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} faults in the rules, the first at {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn new(mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| (fault.line, fault.column));
        Self(faults)
    }

    /// Faults that are sorted already, sheet by sheet.
    pub(crate) const fn in_order(faults: Vec<Fault>) -> Self {
        Self(faults)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Fault] {
        &self.0
    }
}

/// The line and column, from 1, of a place in a text.
pub(crate) fn place(text: &str, span: &Range<usize>) -> (usize, usize) {
    let before = text.get(..span.start).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    let column = before.get(line_start..).map_or(0, |line| line.chars().count()) + 1;
    (line, column)
}

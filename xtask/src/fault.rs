//! One thing to mend: where it is, which law it breaks, and the way out.

use std::fmt;

use crate::{console, trouble::Trouble};

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    /// The file, with its line where there is one, or the crate.
    pub(crate) place: String,
    /// What is wrong there, and how to go on.
    pub(crate) words: String,
}

impl Fault {
    /// A fault of a whole file or crate.
    pub(crate) fn at(place: impl Into<String>, words: impl Into<String>) -> Self {
        Self { place: place.into(), words: words.into() }
    }

    /// A fault in a line, counted from one.
    pub(crate) fn on_line(path: &str, line: usize, words: impl Into<String>) -> Self {
        Self::at(format!("{path}:{line}"), words)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.words)
    }
}

/// Prints the faults in order of place and fails where there are any.
///
/// # Errors
///
/// [`Trouble::Faults`] with their number.
pub(crate) fn report(chore: &'static str, mut faults: Vec<Fault>) -> Result<(), Trouble> {
    faults.sort();
    faults.dedup();
    for fault in &faults {
        console::say(format_args!("{fault}"));
    }
    if faults.is_empty() { Ok(()) } else { Err(Trouble::Faults { chore, faults: faults.len() }) }
}

/// The faults as one text, for a test that wants none.
#[cfg(test)]
pub(crate) fn listed(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

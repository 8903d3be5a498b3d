//! Why a chore did not succeed.

use std::{io, path::PathBuf};

/// Why a chore did not succeed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum Trouble {
    /// A file could not be read or written.
    #[error("cannot reach {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A program could not be started.
    #[error("cannot start `{command}`: {source}")]
    Start {
        /// The command line.
        command: String,
        /// What the system said.
        source: io::Error,
    },
    /// A program ran and said no.
    #[error("`{command}` failed{}", ending(*code))]
    Failed {
        /// The command line.
        command: String,
        /// Its exit code, unless it was killed.
        code: Option<i32>,
    },
    /// A chore found faults and has printed them.
    #[error("{chore} found {} to mend", things(*faults))]
    Faults {
        /// The chore.
        chore: &'static str,
        /// How many.
        faults: usize,
    },
    /// A data file of the chores, or an answer of a program, is not as it must be.
    #[error("{what} is not as it must be: {why}")]
    Data {
        /// What was read.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// A step was named that does not exist.
    #[error("there is no step `{0}`; the steps are: {1}")]
    UnknownStep(String, String),
    /// The store lost something, or showed half of it.
    #[error(
        "the store broke its promise: {lost} acknowledged lost, {half} half shown, {unclean} not clean"
    )]
    Broken {
        /// Acknowledged saves that were gone.
        lost: u64,
        /// Saves of which only a part was there.
        half: u64,
        /// Rounds after which the store did not verify.
        unclean: u64,
    },
}

impl Trouble {
    /// A file that could not be reached.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// Data that is not as it must be.
    pub(crate) fn data(what: impl Into<String>, why: impl ToString) -> Self {
        Self::Data { what: what.into(), why: why.to_string() }
    }
}

fn ending(code: Option<i32>) -> String {
    code.map_or_else(|| ": it was killed".to_owned(), |code| format!(" with exit code {code}"))
}

fn things(count: usize) -> String {
    if count == 1 { "one thing".to_owned() } else { format!("{count} things") }
}

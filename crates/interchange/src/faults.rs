//! Everything that is wrong with one file, collected while it is read.

use std::{fmt, sync::Arc};

use crate::{Fault, FaultKind, Place};

/// All faults of a file, by line and column.
///
/// The first [`Faults::MOST`] are kept; [`total`](Faults::total) counts them all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    list: Vec<Fault>,
    total: usize,
}

impl Faults {
    /// The most that are kept of one file.
    pub const MOST: usize = 1_000;

    /// The faults, by line and column.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.list.iter()
    }

    /// How many there are, kept or not.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.total == 0
    }
}

/// What was read of a file, and everything that is wrong with it.
///
/// Rows with a fault are in it as far as they can be read, so that a caller may say of them what
/// else is wrong, or that somebody must be gone to; [`whole`](Self::whole) is for whoever takes
/// all or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// What could be read.
    pub found: T,
    /// Everything that is wrong.
    pub faults: Faults,
}

impl<T> Reading<T> {
    /// What was read, where nothing is wrong.
    ///
    /// # Errors
    ///
    /// The faults.
    pub fn whole(self) -> Result<T, Faults> {
        if self.faults.is_empty() { Ok(self.found) } else { Err(self.faults) }
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

/// Collects the faults of one file.
#[derive(Clone)]
pub(crate) struct Collector {
    label: Arc<str>,
    faults: Faults,
}

impl Collector {
    pub(crate) fn of(label: &str) -> Self {
        Self { label: label.into(), faults: Faults::default() }
    }

    /// One that goes on from faults that were found before.
    pub(crate) fn after(label: &str, faults: Faults) -> Self {
        Self { label: label.into(), faults }
    }

    pub(crate) fn push(&mut self, place: Place, kind: FaultKind) {
        self.faults.total += 1;
        if self.faults.list.len() < Faults::MOST {
            self.faults.list.push(Fault::new(Arc::clone(&self.label), place, kind));
        }
    }

    /// Everything that was collected, by line and column.
    pub(crate) fn done(mut self) -> Faults {
        self.faults.list.sort();
        self.faults
    }

    /// The value, or its one fault.
    pub(crate) fn one<T>(label: &str, result: Result<T, (Place, FaultKind)>) -> Result<T, Faults> {
        result.map_err(|(place, kind)| {
            let mut faults = Self::of(label);
            faults.push(place, kind);
            faults.done()
        })
    }
}

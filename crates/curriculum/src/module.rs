//! One module of a course.

use std::collections::BTreeSet;

use commons::Code;
use serde::{Deserialize, Serialize};

/// A module: a numbered part of a course, held on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Module {
    /// Its number, from 1, in the order of the course.
    pub n: u16,
    /// The key of its title in a catalog or a model file.
    pub title: Code,
    /// How long it is meant to be, in minutes.
    pub minutes: u16,
    /// The numbers of the modules that come before it. Each is smaller than its own.
    #[serde(default)]
    pub needs: BTreeSet<u16>,
    /// Whether it teaches safety, ground rules and boundaries: it comes before any personal story (HC-05).
    #[serde(default)]
    pub safety: bool,
}

impl Module {
    /// A module that needs nothing before it.
    #[must_use]
    pub const fn new(n: u16, title: Code, minutes: u16) -> Self {
        Self { n, title, minutes, needs: BTreeSet::new(), safety: false }
    }

    /// The same, after these modules.
    #[must_use]
    pub fn after(mut self, needs: impl IntoIterator<Item = u16>) -> Self {
        self.needs.extend(needs);
        self
    }

    /// The same, as the one that teaches safety.
    #[must_use]
    pub const fn about_safety(mut self) -> Self {
        self.safety = true;
        self
    }
}

//! Rules, data, published figures, and what is unverified.

use commons::{Code, Rule};

use crate::{
    reading::parts,
    words::{Export, Level},
};

parts! {
    /// A rule of a model.
    pub struct ModelRule {
        /// Its id.
        pub id: Rule,
        /// Whether breaking it is refused or shown.
        pub level: Level,
        /// Whether a program that changes it drops the model's name.
        pub fixed: bool,
        /// The key of its text in the message catalog.
        pub key: Code,
        /// The paths of the file it speaks of; `*` stands for anything.
        pub governs: Vec<String>,
        /// Its figures that have no other place in the file.
        pub params: Vec<(Code, i64)>,
    }

    /// A universal rule that a model switches off.
    pub struct SwitchedOff {
        /// Its id.
        pub rule: Rule,
        /// Why.
        pub why: String,
    }

    /// What may be shown and exported.
    pub struct Data {
        /// Inside, counts below this are hidden, in people.
        pub small_cell: u16,
        /// Outside, counts below this are hidden, in people.
        pub small_cell_outside: u16,
        /// Whether the community as a whole decides about its data.
        pub collective_authority: bool,
        /// What leaves the house unless somebody decides otherwise.
        pub export_default: Export,
        /// What is sealed in this model beyond the usual.
        pub sealed_fields: Vec<Code>,
        /// Roles that may see one person's scores.
        pub scores_visible_to: Vec<Code>,
    }

    /// A published total and its parts.
    pub struct Figure {
        /// Its id.
        pub id: Code,
        /// What was counted.
        pub title: String,
        /// The total.
        pub total: i64,
        /// Its parts, which add up to the total.
        pub parts: Vec<(Code, i64)>,
    }

    /// Something nobody has checked.
    pub struct Unverified {
        /// Its id.
        pub id: Code,
        /// What is said.
        pub claim: String,
        /// What is done instead, and whom to ask.
        pub instead: String,
    }
}

impl ModelRule {
    /// One of its figures.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<i64> {
        self.params.iter().find(|(known, _)| *known == *name).map(|(_, figure)| *figure)
    }
}

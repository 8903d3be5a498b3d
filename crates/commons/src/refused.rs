//! What every refusal can say of itself.

use crate::{Figures, Rule};

/// A refusal: what was refused, by which rule, and how to go on.
///
/// Its `Display` holds figures and codes, never a name or anybody's words: refusals end in logs. It is the
/// developers' English: frontends say a refusal in their own words, found by its code and filled with its figures.
pub trait Refused: std::error::Error {
    /// A stable code, such as `group.full`, by which frontends find their own words.
    fn code(&self) -> &'static str;

    /// The figures that a message of another language may name, by the names of the fields.
    fn figures(&self) -> Figures {
        Figures::default()
    }

    /// The rule that refuses, where one does.
    fn rule(&self) -> Option<Rule>;

    /// How to go on, in one plain English sentence.
    fn way_out(&self) -> &'static str;
}

//! What every refusal can say of itself.

use crate::Rule;

/// A refusal: what was refused, by which rule, and how to go on.
///
/// Its `Display` holds figures and codes, never a name or anybody's words: refusals end in logs.
pub trait Refused: std::error::Error {
    /// A stable code, such as `group.full`, by which frontends find their own words.
    fn code(&self) -> &'static str;

    /// The rule that refuses, where one does.
    fn rule(&self) -> Option<Rule>;

    /// How to go on, in one plain English sentence.
    fn way_out(&self) -> &'static str;
}

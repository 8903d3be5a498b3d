//! Why a rehearsal did not come to its end.

use circlekeeper::KeeperError;
use commons::Rule;

/// Why a rehearsal did not come to its end. What was played until then is in the store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RehearsalError {
    /// The program refused, or its store failed.
    #[error(transparent)]
    Keeper(#[from] KeeperError),
    /// A shipped model does not hold what is played from it.
    #[error("the shipped model has no {what}")]
    Model {
        /// What is missing.
        what: &'static str,
    },
    /// Something happened that the program should have refused.
    #[error("{rule} let pass what it refuses")]
    NotRefused {
        /// The rule.
        rule: Rule,
    },
    /// Too few people for the first sector, or too many.
    #[error("{people} people are asked for; {fewest} to {most} can be played")]
    People {
        /// How many were asked for.
        people: u32,
        /// The fewest: the first sector.
        fewest: u32,
        /// The most.
        most: u32,
    },
}

/// What is played must be there.
pub(crate) fn there<T>(found: Option<T>, what: &'static str) -> Result<T, RehearsalError> {
    found.ok_or(RehearsalError::Model { what })
}

//! Forming circles: parts, moves, bounds.

pub(crate) mod anneal;
pub(crate) mod board;
pub(crate) mod chance;
pub(crate) mod seating;

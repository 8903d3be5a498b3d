//! Forming circles: parts, moves, bounds.

pub(crate) mod anneal;
pub(crate) mod board;
pub(crate) mod chance;
pub(crate) mod company;
pub(crate) mod exact;
pub(crate) mod prices;
pub(crate) mod search;
pub(crate) mod seating;
pub(crate) mod watch;

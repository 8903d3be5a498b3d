//! Files as people bring them.

mod hostile;
mod lists;
mod round;

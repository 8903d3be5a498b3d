//! What a coordinator sees of model files, and what the other rooms are given.
#![expect(clippy::unwrap_used, reason = "a test may stop where a value is missing")]

mod adapted;
mod faults;
mod laws;
mod ready;
mod rules;
#[cfg(feature = "schema")]
mod schema;

/// The small sound model from which the tests make unsound ones.
const SOUND: &str = include_str!("../data/sound.toml");

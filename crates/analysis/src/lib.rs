#![doc = include_str!("../README.md")]

mod suggest;

pub use suggest::{Seen, Suggestion, suggest};

//! What people do with a program, one room at a time. Whole stories are in the crate `stories`.
#![expect(clippy::unwrap_used, reason = "a test may stop where a value is missing")]
#![expect(clippy::indexing_slicing, reason = "a test knows how many people there are")]

mod convening;
mod erasing;
mod people;
mod world;

//! Whole programs, lived through the use cases: what no crate can show alone.
#![expect(clippy::unwrap_used, reason = "a test may stop where a value is missing")]
#![expect(clippy::panic, reason = "a test may stop where something should have been refused")]
#![expect(clippy::indexing_slicing, reason = "a test knows how many people there are")]

mod calendar;
mod collisions;
mod duties;
mod erasing;
mod gates;
mod locked;
mod merging;
mod recording;
mod rules;
mod scenarios;
mod scene;
mod together;

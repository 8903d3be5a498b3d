//! What people do with groups, sessions, cases and places.
#![expect(clippy::unwrap_used, reason = "a test may stop where a value is missing")]

mod agreeing;
mod calendar;
mod cases_and_places;
mod joining;
mod laws;
mod leading;
mod meeting;
mod starting_circles;
mod world;

//! Whole tests of the crate, a module for each thing people do.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails here stops there"
)]

mod any_numbers;
mod attacker;
mod cases;
mod definitions;
mod edges;
mod golden;
mod grouped;
mod measures;
mod moving;
mod own;
mod real_data;
mod reporting;
mod rounding;
mod scorer;
mod wordings;

use commons::Code;
use outcomes::{Answer, Instrument, built_in};

fn instrument(id: &'static str) -> Instrument {
    built_in(&Code::of(id)).expect("a built-in instrument")
}

fn answers(codes: &[i16]) -> Vec<Answer> {
    codes.iter().map(|code| Answer::Given(*code)).collect()
}

#[test]
fn values_cross_threads() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Instrument>();
    crosses::<outcomes::Measures>();
    crosses::<outcomes::MeasuresEvent>();
    crosses::<outcomes::Cohort>();
    crosses::<outcomes::Figures>();
    crosses::<outcomes::InstrumentError>();
}

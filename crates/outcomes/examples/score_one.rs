//! Scores one PHQ-9 sheet: `cargo run -p outcomes --example score_one -- 2 1 0 3 0 1 - 0 0`.
//!
//! A `-` is a missing answer. Without arguments it scores a sheet of its own.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use commons::Code;
use outcomes::{Answer, built_in, score};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let sheet = if given.is_empty() { "2 1 0 3 0 1 - 0 0".to_owned() } else { given.join(" ") };
    let answers: Vec<Answer> = sheet.split(' ').map(|code| code.parse().ok().into()).collect();

    let phq = built_in(&Code::of("phq-9")).ok_or("no such instrument")?;
    let scored = score(&phq, &answers);
    println!("{}", serde_json::to_string_pretty(&scored)?);
    if let Some(bands) = phq.default_bands() {
        let reading = bands.read(&scored.score, phq.scoring().places());
        println!("{}", serde_json::to_string_pretty(&reading)?);
    }
    Ok(())
}

//! Runs files of golden vectors against `outcomes`, for `cargo xtask golden`.
//!
//! Prints how many cases of each statistic or instrument pass and fail, then everything that is not
//! as expected. Fails on any of it, and on a file that cannot be read.

use std::{
    env, fs,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use outcomes::golden::{self, Report};

fn main() -> ExitCode {
    let mut out = io::stdout().lock();
    let mut clean = true;
    for file in env::args_os().skip(1) {
        let (words, passed) = listed(Path::new(&file));
        clean &= passed;
        if writeln!(out, "{words}").is_err() {
            return ExitCode::FAILURE;
        }
    }
    if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What came of a file, in words, and whether all of it passed.
fn listed(file: &Path) -> (String, bool) {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => return (format!("{}: cannot be read: {error}", file.display()), false),
    };
    match golden::run(&text) {
        Ok(report) => (table(file, &report), report.is_clean()),
        Err(error) => (format!("{}: {error}", file.display()), false),
    }
}

fn table(file: &Path, report: &Report) -> String {
    let mut words = format!("{}\n", file.display());
    let failed = report.failures().count();
    for (stat, tally) in report.tallies() {
        words.push_str(&format!(
            "  {stat:34} {:4} passed {:4} failed\n",
            tally.passed, tally.failed
        ));
    }
    let total = report.verdicts.len();
    words.push_str(&format!("  {:34} {:4} passed {failed:4} failed", "in all", total - failed));
    for verdict in report.failures() {
        words.push_str(&format!("\n  {} ({})", verdict.id, verdict.stat));
        for miss in &verdict.misses {
            let got = miss.got.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string);
            words.push_str(&format!("\n    {}: {got} for {}", miss.key, miss.want));
        }
    }
    words
}

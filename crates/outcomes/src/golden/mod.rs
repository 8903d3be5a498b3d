//! A runner of cases that other programs have computed: *golden vectors*.
//!
//! A file holds cases: `{"id": …, "stat": …, "input": {…}, "expect": {…}, "tolerance": …}` of a
//! statistic, or `{"id": …, "instrument": …, "items": […], "expect": {…}}` of a questionnaire. They
//! stand in a list, in an object under `cases`, or one on each line. [`run`] reckons each anew and
//! compares every key that is expected: whole numbers, words, truth and lists exactly, other numbers
//! when `|got - want| <= tolerance * max(1, |want|)`. `null` stands for a figure that is not
//! defined, `"Infinity"` for one without bound. What this library does not reckon is a failure, not a
//! skip.
//!
//! ```
//! let file = r#"{"cases": [{"id": "a", "stat": "p_adjust", "input": {"p": [0.01, 0.04]},
//!     "expect": {"holm": [0.02, 0.04]}, "tolerance": 1e-10}]}"#;
//! let report = outcomes::golden::run(file)?;
//! assert!(report.is_clean());
//! # Ok::<(), outcomes::golden::GoldenError>(())
//! ```

mod compare;
mod input;
mod scoring;
mod statistics;

use std::collections::BTreeMap;

use serde_json::Value;

/// How near a number must come where a case does not say.
const TOLERANCE: f64 = 1e-10;

/// Why a file of cases cannot be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GoldenError {
    /// It is not JSON, neither whole nor line by line.
    #[error("line {line} is no JSON")]
    NotJson {
        /// The line, from 1.
        line: usize,
    },
    /// There is no case in it.
    #[error("there is no case in it")]
    NoCase,
}

/// What came of the cases of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// A verdict on each case, in the order of the file.
    pub verdicts: Vec<Verdict>,
}

/// What came of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The id of the case.
    pub id: String,
    /// Its statistic, or the instrument.
    pub stat: String,
    /// What is not as expected; none when the case passes.
    pub misses: Vec<Miss>,
}

/// Something that is not as expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Miss {
    /// The key, with its place where it is a list: `bounds[1].low`.
    pub key: String,
    /// What was reckoned; none when nothing was.
    pub got: Option<Value>,
    /// What was expected.
    pub want: Value,
}

/// How many cases of one statistic pass and fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many pass.
    pub passed: usize,
    /// How many fail.
    pub failed: usize,
}

impl Verdict {
    /// Whether the case passes.
    #[must_use]
    pub const fn passes(&self) -> bool {
        self.misses.is_empty()
    }
}

impl Report {
    /// Whether every case passes.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.verdicts.iter().all(Verdict::passes)
    }

    /// The cases that fail.
    pub fn failures(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| !verdict.passes())
    }

    /// How many pass and fail, by statistic or instrument.
    #[must_use]
    pub fn tallies(&self) -> BTreeMap<&str, Tally> {
        let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
        for verdict in &self.verdicts {
            let tally = tallies.entry(&verdict.stat).or_default();
            if verdict.passes() {
                tally.passed += 1;
            } else {
                tally.failed += 1;
            }
        }
        tallies
    }
}

/// Reckons every case of a file anew and compares.
///
/// # Errors
///
/// [`GoldenError::NotJson`] when the text cannot be read, [`GoldenError::NoCase`] when no case is in it.
/// A case that is not as it must be is a failure in the report.
pub fn run(text: &str) -> Result<Report, GoldenError> {
    let cases = cases(text)?;
    if cases.is_empty() {
        return Err(GoldenError::NoCase);
    }
    Ok(Report { verdicts: cases.iter().map(verdict).collect() })
}

/// The cases of a file: a list, an object with a list, or one on each line.
fn cases(text: &str) -> Result<Vec<Value>, GoldenError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    match serde_json::from_str(text) {
        Ok(whole) => Ok(listed(whole)),
        Err(_) => {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            let read = |(number, line): (usize, &str)| {
                serde_json::from_str(line).map_err(|_| GoldenError::NotJson { line: number + 1 })
            };
            lines.map(read).collect()
        }
    }
}

fn listed(whole: Value) -> Vec<Value> {
    match whole {
        Value::Array(cases) => cases,
        Value::Object(mut object) => match object.remove("cases") {
            Some(Value::Array(cases)) => cases,
            Some(_) => Vec::new(),
            None => vec![Value::Object(object)],
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn verdict(case: &Value) -> Verdict {
    let word = |key: &str| case.get(key).and_then(Value::as_str).map(str::to_owned);
    let id = word("id").unwrap_or_else(|| "(without id)".to_owned());
    let tolerance = case.get("tolerance").and_then(Value::as_f64).unwrap_or(TOLERANCE);
    let (stat, got) = match (word("stat"), word("instrument")) {
        (Some(stat), _) => {
            let got = statistics::answer(&stat, case.get("input").unwrap_or(&Value::Null));
            (stat, got)
        }
        (None, Some(instrument)) => (instrument, Some(scoring::answer(case))),
        (None, None) => ("(neither stat nor instrument)".to_owned(), None),
    };
    let want = case.get("expect");
    let misses = match (got, want) {
        (Some(got), Some(want)) => compare::misses(&got, want, tolerance),
        (got, want) => {
            let key = if want.is_none() { "expect" } else { "stat" };
            let want = want.cloned().unwrap_or(Value::Null);
            vec![Miss { key: key.to_owned(), got, want }]
        }
    };
    Verdict { id, stat, misses }
}

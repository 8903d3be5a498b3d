//! What a case gives a statistic to reckon with.

use serde_json::Value;

use crate::Better;
use crate::stats::Confidence;

/// The input of a case. What is not there, or is no number, is missing.
#[derive(Clone, Copy)]
pub(super) struct Input<'a>(pub(super) &'a Value);

impl<'a> Input<'a> {
    pub(super) fn word(self, key: &str) -> Option<&'a str> {
        self.0.get(key)?.as_str()
    }

    pub(super) fn number(self, key: &str) -> Option<f64> {
        number(self.0.get(key)?)
    }

    pub(super) fn count(self, key: &str) -> Option<u64> {
        count(self.0.get(key)?)
    }

    pub(super) fn list(self, key: &str) -> Option<&'a Vec<Value>> {
        self.0.get(key)?.as_array()
    }

    /// A list of numbers, with gaps.
    pub(super) fn column(self, key: &str) -> Option<Vec<Option<f64>>> {
        Some(self.list(key)?.iter().map(number).collect())
    }

    /// Two lists of numbers of one length.
    pub(super) fn pairs(self, left: &str, right: &str) -> Option<Vec<(Option<f64>, Option<f64>)>> {
        let (left, right) = (self.column(left)?, self.column(right)?);
        (left.len() == right.len()).then(|| left.into_iter().zip(right).collect())
    }

    /// Rows of numbers.
    pub(super) fn rows(self, key: &str) -> Option<Vec<Vec<Option<f64>>>> {
        let row = |row: &Value| Some(row.as_array()?.iter().map(number).collect());
        self.list(key)?.iter().map(row).collect()
    }

    /// Labels of any kind as numbers, alike where the labels are.
    pub(super) fn labels(self, key: &str) -> Option<Vec<u64>> {
        let labels: Vec<String> = self.list(key)?.iter().map(Value::to_string).collect();
        let mut known = labels.clone();
        known.sort_unstable();
        known.dedup();
        let place = |label: &String| known.binary_search(label).unwrap_or_else(|place| place);
        Some(labels.iter().map(|label| place(label) as u64).collect())
    }

    /// The confidence of intervals; the usual one where the case does not say.
    pub(super) fn confidence(self) -> Option<Confidence> {
        match self.0.get("confidence") {
            None | Some(Value::Null) => Some(Confidence::USUAL),
            Some(share) => Confidence::new(number(share)?).ok(),
        }
    }

    pub(super) fn better(self) -> Option<Better> {
        match self.word("better")? {
            "lower" => Some(Better::Lower),
            "higher" => Some(Better::Higher),
            _ => None,
        }
    }
}

pub(super) fn number(value: &Value) -> Option<f64> {
    match value.as_str() {
        Some("Infinity") => Some(f64::INFINITY),
        Some("-Infinity") => Some(f64::NEG_INFINITY),
        Some(_) => None,
        None => value.as_f64(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only whole numbers that are small enough"
)]
pub(super) fn count(value: &Value) -> Option<u64> {
    let whole = |x: &f64| x.fract().abs() <= 0.0 && (0.0..1e15).contains(x);
    value.as_u64().or_else(|| value.as_f64().filter(whole).map(|x| x as u64))
}

//! What was reckoned beside what was expected.

use serde_json::{Number, Value};

use super::Miss;

/// Every place where what was reckoned is not what was expected.
pub(super) fn misses(got: &Value, want: &Value, tolerance: f64) -> Vec<Miss> {
    let mut misses = Vec::new();
    compare("", Some(got), want, tolerance, &mut misses);
    misses
}

fn compare(key: &str, got: Option<&Value>, want: &Value, tolerance: f64, misses: &mut Vec<Miss>) {
    let fits = match (got, want) {
        (Some(Value::Object(got)), Value::Object(want)) => {
            for (name, want) in want {
                let dot = if key.is_empty() { "" } else { "." };
                compare(&format!("{key}{dot}{name}"), got.get(name), want, tolerance, misses);
            }
            true
        }
        (Some(Value::Array(got)), Value::Array(want)) if got.len() == want.len() => {
            for (place, (got, want)) in got.iter().zip(want).enumerate() {
                compare(&format!("{key}[{place}]"), Some(got), want, tolerance, misses);
            }
            true
        }
        (Some(Value::Number(got)), Value::Number(want)) => near(got, want, tolerance),
        (Some(got), want) => got == want,
        (None, _) => false,
    };
    if !fits {
        misses.push(Miss { key: key.to_owned(), got: got.cloned(), want: want.clone() });
    }
}

/// Whole numbers are compared exactly, others by the tolerance.
fn near(got: &Number, want: &Number, tolerance: f64) -> bool {
    if !got.is_f64() && !want.is_f64() {
        return got == want;
    }
    match (got.as_f64(), want.as_f64()) {
        (Some(got), Some(want)) => (got - want).abs() <= tolerance * want.abs().max(1.0),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_as_expected_passes() {
        let check = |got: Value, want: Value, keys: &[&str]| {
            let found: Vec<_> =
                misses(&got, &want, 1e-6).into_iter().map(|miss| miss.key).collect();
            assert_eq!(found, keys, "{got} for {want}");
        };
        check(json!({"a": 1.0, "more": 1}), json!({"a": 1.0 + 9e-7}), &[]);
        check(json!({"a": 1.0}), json!({"a": 1.0 + 2e-6}), &["a"]);
        check(json!({"a": 1e9}), json!({"a": 1e9 + 900.0}), &[]);
        check(json!({"a": 3.0}), json!({"a": 3}), &[]);
        check(json!({"a": 4}), json!({"a": 3}), &["a"]);
        check(json!({"a": null}), json!({"a": null}), &[]);
        check(json!({}), json!({"a": null}), &["a"]);
        check(json!({"a": 0.0}), json!({"a": null}), &["a"]);
        check(json!({"a": null}), json!({"a": 0.0}), &["a"]);
        check(json!({"a": "Infinity"}), json!({"a": "Infinity"}), &[]);
        check(json!({"a": [1, null]}), json!({"a": [1, null]}), &[]);
        check(json!({"a": [1, 2.0]}), json!({"a": [1]}), &["a"]);
        check(json!({"a": [{"b": 1}]}), json!({"a": [{"b": 2}]}), &["a[0].b"]);
        check(json!({"a": {"b": true}}), json!({"a": {"b": false}}), &["a.b"]);
        check(json!(null), json!(null), &[]);
        check(json!(null), json!({"a": 1}), &[""]);
    }
}

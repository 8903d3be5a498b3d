//! Questionnaires scored, as the `expect` of a case tells them.

use serde::Deserialize;
use serde_json::Value;

use crate::case::Case;

/// What the scorer says of a case that has an instrument and items; null of what is no such case.
pub(super) fn answer(case: &Value) -> Value {
    let Ok(case) = Case::deserialize(case) else {
        return Value::Null;
    };
    let known = case.instrument().parse().ok().and_then(|id| crate::built_in(&id));
    let answer = known.map_or_else(|| case.unknown_instrument(), |known| case.answer(&known));
    serde_json::to_value(answer).unwrap_or_default()
}

//! Shares of people, and what may be told of small ones.

use serde_json::{Value, json};

use super::infinity;
use crate::golden::input::{Input, count};
use crate::stats::{self, Step};
use crate::suppression;

pub(super) fn mcnemar(input: Input<'_>) -> Option<Value> {
    let (left, entered) = (input.count("case_to_noncase")?, input.count("noncase_to_case")?);
    let confidence = input.confidence()?;
    let found = stats::mcnemar(left, entered, confidence).ok();
    // Nobody entered: the odds have no bound.
    let odds = |value: Option<f64>| value.map_or_else(infinity, Value::from);
    let difference =
        input.count("n").and_then(|n| stats::paired_difference(left, entered, n, confidence).ok());
    Some(json!({
        "chi2": found.map(|found| found.chi_squared),
        "p": found.map(|found| found.p),
        "chi2_cc": found.map(|found| found.chi_squared_corrected),
        "p_cc": found.map(|found| found.p_corrected),
        "p_exact": found.map(|found| found.p_exact),
        "p_mid": found.map(|found| found.p_mid),
        "odds_ratio": found.map(|found| odds(found.odds_ratio)),
        "or_ci_low": found.and_then(|found| found.odds_interval.low),
        "or_ci_high": found.map(|found| odds(found.odds_interval.high)),
        "difference": difference.map(|found| found.difference),
        "difference_low": difference.map(|found| found.interval.low),
        "difference_high": difference.map(|found| found.interval.high),
    }))
}

pub(super) fn proportion(input: Input<'_>) -> Option<Value> {
    let (x, n) = (input.count("x")?, input.count("n")?);
    let confidence = input.confidence()?;
    let wilson = stats::wilson_at(x, n, confidence).ok();
    let exact = stats::clopper_pearson(x, n, confidence).ok();
    Some(json!({
        "p": wilson.map(|found| found.share),
        "wilson_low": wilson.map(|found| found.interval.low),
        "wilson_high": wilson.map(|found| found.interval.high),
        "clopper_pearson_low": exact.map(|found| found.interval.low),
        "clopper_pearson_high": exact.map(|found| found.interval.high),
    }))
}

pub(super) fn difference(input: Input<'_>) -> Option<Value> {
    let treated = (input.count("x_treated")?, input.count("n_treated")?);
    let control = (input.count("x_control")?, input.count("n_control")?);
    let found = stats::share_difference(treated, control, input.confidence()?).ok();
    let ratio = found.and_then(|found| found.ratio_interval);
    let no_bound = |value: Option<f64>, without_bound: bool| match value {
        Some(value) => Value::from(value),
        None if without_bound => infinity(),
        None => Value::Null,
    };
    Some(json!({
        "risk_difference": found.map(|found| found.difference),
        "newcombe_low": found.map(|found| found.interval.low),
        "newcombe_high": found.map(|found| found.interval.high),
        "risk_ratio": found.map(|found| no_bound(found.ratio, treated.0 > 0)),
        "rr_ci_low": ratio.map(|interval| interval.low),
        "rr_ci_high": ratio.map(|interval| interval.high),
        "chi2": found.and_then(|found| found.chi_squared),
        "p_chi2": found.and_then(|found| found.p),
        "p_fisher": found.and_then(|found| found.p_exact),
        "nnt": found.map(|found| no_bound(found.number_needed, true)),
    }))
}

pub(super) fn trend(input: Input<'_>) -> Option<Value> {
    let counts = input.list("cases")?.iter().map(count).collect::<Option<Vec<_>>>()?;
    let totals = input.list("totals")?.iter().map(count).collect::<Option<Vec<_>>>()?;
    // Groups without a score stand one apart.
    let scores = match input.column("scores") {
        Some(scores) => scores.into_iter().collect::<Option<Vec<_>>>()?,
        None => (1..=u32::try_from(counts.len()).ok()?).map(f64::from).collect(),
    };
    if counts.len() != totals.len() || counts.len() != scores.len() {
        return None;
    }
    let steps = counts.into_iter().zip(totals).zip(scores);
    let steps: Vec<Step> = steps.map(|((count, of), score)| Step { count, of, score }).collect();
    let found = stats::cochran_armitage(&steps).ok();
    Some(json!({
        "slope": found.map(|found| found.slope),
        "chi2": found.map(|found| found.chi_squared),
        "p": found.map(|found| found.p),
    }))
}

pub(super) fn audit(input: Input<'_>) -> Option<Value> {
    let counts = |row: &Value| row.as_array()?.iter().map(count).collect::<Option<Vec<u64>>>();
    let table = input.list("table")?.iter().map(counts).collect::<Option<Vec<_>>>()?;
    let bits = |row: &Value| -> Option<Vec<bool>> {
        row.as_array()?.iter().map(|bit| bit.as_bool().or(Some(count(bit)? > 0))).collect()
    };
    let hidden = input.list("suppressed")?.iter().map(bits).collect::<Option<Vec<_>>>()?;
    let threshold = input.count("threshold")?;
    let margins = input.0.get("margins_published").and_then(Value::as_bool).unwrap_or(true);
    let mut found = suppression::audit(&table, &hidden, threshold.saturating_add(1));
    let is_hidden = |row: usize, col: usize| {
        hidden.get(row).and_then(|row| row.get(col)).copied().unwrap_or(false)
    };
    if !margins {
        found.disclosed.retain(|(row, col)| !is_hidden(*row, *col));
    }
    let bound = |bound: &suppression::Bound| {
        // Without totals nothing bounds a hidden cell.
        let (low, high) =
            if margins { (bound.low, Value::from(bound.high)) } else { (0, infinity()) };
        json!({"row": bound.row, "col": bound.col, "low": low, "high": high})
    };
    let place = |(row, col): (usize, usize)| json!({"row": row, "col": col});
    let primary = table.iter().enumerate().flat_map(|(row, counts)| {
        let small = counts.iter().enumerate().filter(|(_, n)| (1..=threshold).contains(*n));
        small.map(move |(col, _)| (row, col))
    });
    let solved: Vec<Value> = if margins { found.solved().map(place).collect() } else { Vec::new() };
    Some(json!({
        "primary_cells_1_to_threshold": primary.map(place).collect::<Vec<_>>(),
        "bounds": found.bounds.iter().map(bound).collect::<Vec<_>>(),
        "exactly_recoverable": solved,
        "primary_cells_disclosed": found.disclosed.iter().copied().map(place).collect::<Vec<_>>(),
        "safe": found.is_safe(),
    }))
}

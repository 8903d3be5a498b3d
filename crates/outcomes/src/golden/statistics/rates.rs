//! Events over time.

use serde_json::{Value, json};

use super::infinity;
use crate::golden::input::{Input, count, number};
use crate::stats::{self, Exposure, PairedExposure};

fn exposure(input: Input<'_>, events: &str, time: &str) -> Option<Exposure> {
    Some(Exposure { events: input.count(events)?, time: input.number(time)? })
}

pub(super) fn ratio(input: Input<'_>) -> Option<Value> {
    let after = exposure(input, "events_after", "time_after")?;
    let before = exposure(input, "events_before", "time_before")?;
    let confidence = input.confidence()?;
    let rate = |of| stats::garwood(of, confidence).ok().map(|found| found.rate);
    let found = stats::rate_ratio(after, before, confidence).ok();
    // No event before: the ratio has no bound.
    let no_bound = |value: Option<f64>| match value {
        None if before.events == 0 => infinity(),
        value => Value::from(value),
    };
    let wald = found.and_then(|found| found.wald);
    Some(json!({
        "rate_after": rate(after),
        "rate_before": rate(before),
        "irr": found.map(|found| no_bound(found.ratio)),
        "exact_low": found.and_then(|found| found.exact.low),
        "exact_high": found.map(|found| no_bound(found.exact.high)),
        "p_exact": found.map(|found| found.p_exact),
        "wald_low": wald.map(|interval| interval.low),
        "wald_high": wald.map(|interval| interval.high),
    }))
}

pub(super) fn rate(input: Input<'_>) -> Option<Value> {
    let found = stats::garwood(exposure(input, "events", "time")?, input.confidence()?).ok();
    Some(json!({
        "rate": found.map(|found| found.rate),
        "garwood_low": found.map(|found| found.interval.low),
        "garwood_high": found.map(|found| found.interval.high),
    }))
}

pub(super) fn paired(input: Input<'_>) -> Option<Value> {
    let side = |name: &str| -> Option<Vec<Option<Exposure>>> {
        let events = input.list(&format!("events_{name}"))?;
        let times = input.list(&format!("months_{name}"))?;
        let of = |(events, time)| Some(Exposure { events: count(events)?, time: number(time)? });
        (events.len() == times.len()).then(|| events.iter().zip(times).map(of).collect())
    };
    let (before, after) = (side("before")?, side("after")?);
    if before.len() != after.len() {
        return None;
    }
    let people = before.into_iter().zip(after);
    let people: Vec<_> = people.map(|(before, after)| PairedExposure { before, after }).collect();
    let pooled = |side: fn(&PairedExposure) -> Option<Exposure>| {
        let known = people.iter().filter(|pair| pair.before.is_some() && pair.after.is_some());
        let sides: Vec<Exposure> = known.filter_map(side).collect();
        let of = Exposure {
            events: sides.iter().map(|side| side.events).sum(),
            time: sides.iter().map(|side| side.time).sum(),
        };
        stats::garwood(of, stats::Confidence::USUAL).ok().map(|found| found.rate)
    };
    let rates = (pooled(|pair| pair.before), pooled(|pair| pair.after));
    let ratio = rates.0.zip(rates.1).filter(|(before, _)| *before > 0.0);
    let found = stats::paired_rate_ratio(people.iter().copied(), input.confidence()?).ok();
    Some(json!({
        "rate_before": rates.0,
        "rate_after": rates.1,
        "irr": ratio.map(|(before, after)| after / before),
        "log_irr_se_robust": found.map(|found| found.log_error),
        "ci_low": found.map(|found| found.interval.low),
        "ci_high": found.map(|found| found.interval.high),
        "p": found.map(|found| found.p),
    }))
}

//! Who stays, and what is said of those who do not.

use serde_json::{Value, json};

use crate::golden::input::Input;
use crate::stats::{self, Caseness, Course, Interval, StayStep, Watch};

/// One watch for each person; none where something lacks.
fn watches(input: Input<'_>) -> Option<Vec<Option<Watch>>> {
    let people = input.pairs("time", "event")?.into_iter();
    let watch =
        |(time, event): (Option<f64>, Option<f64>)| Some(Watch { time: time?, left: event? > 0.5 });
    Some(people.map(watch).collect())
}

pub(super) fn kaplan_meier(input: Input<'_>) -> Option<Value> {
    let found = stats::stay_curve(watches(input)?, input.confidence()?).ok();
    let steps = found.as_ref().map(|found| found.steps.as_slice()).unwrap_or_default();
    let end = |of: fn(&StayStep) -> Option<Interval>, end: fn(Interval) -> f64| {
        steps.iter().map(|step| of(step).map(end)).collect::<Vec<_>>()
    };
    let each = |of: fn(&StayStep) -> Value| steps.iter().map(of).collect::<Vec<_>>();
    Some(json!({
        "time": each(|step| step.time.into()),
        "n_risk": each(|step| step.at_risk.into()),
        "n_event": each(|step| step.left.into()),
        "survival": each(|step| step.stays.into()),
        "greenwood_se": each(|step| step.error.into()),
        "loglog_low": end(|step| step.log_log, |interval| interval.low),
        "loglog_high": end(|step| step.log_log, |interval| interval.high),
        "log_low": end(|step| step.log, |interval| interval.low),
        "log_high": end(|step| step.log, |interval| interval.high),
        "median": found.as_ref().and_then(|found| found.median),
    }))
}

pub(super) fn log_rank(input: Input<'_>) -> Option<Value> {
    let (people, labels) = (watches(input)?, input.list("group")?);
    // Groups stand in the order of their labels, numbers by size.
    let mut known: Vec<&Value> = labels.iter().filter(|label| !label.is_null()).collect();
    let number = |label: &Value| label.as_f64().unwrap_or(0.0);
    known.sort_by(|left, right| {
        number(left).total_cmp(&number(right)).then(left.to_string().cmp(&right.to_string()))
    });
    known.dedup();
    if people.len() != labels.len() {
        return None;
    }
    let of = |group: &&Value| {
        let members = people.iter().zip(labels).filter(|(_, label)| label == group);
        members.map(|(watch, _)| *watch).collect()
    };
    let groups: Vec<Vec<Option<Watch>>> = known.iter().map(of).collect();
    let found = stats::log_rank(&groups).ok();
    let found = found.as_ref();
    Some(json!({
        "observed": found.map(|found| found.observed.clone()),
        "expected": found.map(|found| found.expected.clone()),
        "variance": found.map(|found| found.variance),
        "chi2": found.map(|found| found.chi_squared),
        "df": found.map(|found| found.df),
        "p": found.map(|found| found.p),
    }))
}

pub(super) fn completers(input: Input<'_>) -> Option<Value> {
    let pairs = input.pairs("pre", "post")?;
    let between = input.column("mid").unwrap_or_else(|| vec![None; pairs.len()]);
    if between.len() != pairs.len() {
        return None;
    }
    let people: Vec<Course> = pairs
        .into_iter()
        .zip(between)
        .map(|((before, after), between)| Course { before, between: vec![between], after })
        .collect();
    let caseness = Caseness { cut_off: input.number("cutoff")?, better: input.better()? };
    let found = stats::completers(&people, caseness).ok();
    Some(json!({
        "n_enrolled": people.len(),
        "n_completed": found.map_or(0, |found| found.sample.used),
        "retention": found.map(|found| found.retention),
        "completer_mean_change": found.and_then(|found| found.change),
        "completer_baseline_mean": found.and_then(|found| found.baseline),
        "dropout_baseline_mean": found.and_then(|found| found.baseline_of_leavers),
        "bocf_mean_change": found.and_then(|found| found.change_baseline_carried),
        "locf_mean_change": found.and_then(|found| found.change_last_carried),
        "recovered_completers": found.map_or(0, |found| found.recovered),
        "recovery_rate_completers": found.and_then(|found| found.recovery_of_completers()),
        "recovery_rate_itt_missing_is_not_recovered":
            found.and_then(|found| found.recovery_of_all()),
    }))
}

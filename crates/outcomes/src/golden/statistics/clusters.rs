//! People of one circle are alike.

use serde_json::{Value, json};

use crate::golden::input::Input;
use crate::stats::models::{Regression, cluster_robust, random_intercept};
use crate::stats::{self, Aim, Arm, ArmRow, Clustering};

pub(super) fn icc(input: Input<'_>) -> Option<Value> {
    let (labels, y) = (input.labels("cluster")?, input.column("y")?);
    if labels.len() != y.len() {
        return None;
    }
    let n = y.iter().flatten().count();
    let found = stats::icc(labels.into_iter().zip(y), input.confidence()?).ok();
    let interval = found.and_then(|found| found.interval);
    Some(json!({
        "clusters": found.map(|found| found.clusters),
        "n": n,
        "ms_between": found.map(|found| found.between),
        "ms_within": found.map(|found| found.within),
        "n0": found.map(|found| found.size),
        "icc": found.map(|found| found.icc),
        "icc_ci_low": interval.map(|interval| interval.low),
        "icc_ci_high": interval.map(|interval| interval.high),
        "cv_size": found.map(|found| found.size_variation),
        "design_effect": found.map(|found| found.design_effect),
    }))
}

pub(super) fn ancova(input: Input<'_>) -> Option<Value> {
    let (arm, y, pre) = (input.column("arm")?, input.column("y")?, input.column("pre")?);
    if arm.len() != y.len() || pre.len() != y.len() {
        return None;
    }
    let rows = arm.into_iter().zip(pre).zip(y);
    let rows = rows.map(|((arm, before), after)| ArmRow { arm, before, after });
    let found = stats::ancova(rows, input.confidence()?).ok();
    let interval = found.and_then(|found| found.interval);
    Some(json!({
        "n": found.map(|found| found.sample.used),
        "intercept": found.map(|found| found.intercept),
        "arm": found.map(|found| found.arm),
        "pre": found.map(|found| found.before),
        "arm_se": found.and_then(|found| found.error),
        "arm_t": found.and_then(|found| found.t),
        "arm_p": found.and_then(|found| found.p),
        "arm_ci_low": interval.map(|interval| interval.low),
        "arm_ci_high": interval.map(|interval| interval.high),
        "residual_sd": found.map(|found| found.residual_sd),
        "df": found.map(|found| found.df),
    }))
}

/// The columns of a regression on arm and, where it is given, the first measurement.
struct Columns {
    outcome: Vec<Option<f64>>,
    predictors: Vec<Vec<Option<f64>>>,
    clusters: Vec<u64>,
}

impl Columns {
    fn new(input: Input<'_>) -> Option<Self> {
        let mut predictors = vec![input.column("arm")?];
        predictors.extend(input.column("pre"));
        let (outcome, clusters) = (input.column("y")?, input.labels("cluster")?);
        Some(Self { outcome, predictors, clusters })
    }

    fn with<T>(&self, reckon: impl FnOnce(&Regression<'_>) -> T) -> T {
        let predictors: Vec<&[Option<f64>]> = self.predictors.iter().map(Vec::as_slice).collect();
        let (outcome, clusters) = (self.outcome.as_slice(), self.clusters.as_slice());
        reckon(&Regression { outcome, predictors: &predictors, clusters })
    }
}

pub(super) fn robust(input: Input<'_>) -> Option<Value> {
    let confidence = input.confidence()?;
    let columns = Columns::new(input)?;
    let found = columns.with(|regression| cluster_robust(regression, 0, confidence).ok());
    let (one, two) = (found.map(|found| found.cr1), found.map(|found| found.cr2));
    let of_one = one.and_then(|one| one.interval);
    let of_two = two.and_then(|two| two.interval);
    Some(json!({
        "clusters": found.map(|found| found.clusters),
        "arm": found.map(|found| found.estimate),
        "se_cr0": found.map(|found| found.cr0),
        "se_cr1": one.map(|one| one.error),
        "t_cr1": one.and_then(|one| one.t),
        "df": one.and_then(|one| one.df),
        "p_cr1": one.and_then(|one| one.p),
        "ci_low": of_one.map(|interval| interval.low),
        "ci_high": of_one.map(|interval| interval.high),
        "se_cr2": two.map(|two| two.error),
        "df_satterthwaite": two.and_then(|two| two.df),
        "t_cr2": two.and_then(|two| two.t),
        "p_cr2": two.and_then(|two| two.p),
        "ci_low_cr2": of_two.map(|interval| interval.low),
        "ci_high_cr2": of_two.map(|interval| interval.high),
    }))
}

pub(super) fn mixed(input: Input<'_>) -> Option<Value> {
    let confidence = input.confidence()?;
    let columns = Columns::new(input)?;
    let found = columns.with(|regression| random_intercept(regression, confidence).ok());
    let found = found.as_ref();
    let predictor = |place: usize| found.and_then(|found| found.predictors.get(place));
    Some(json!({
        "intercept": found.map(|found| found.intercept.estimate),
        "arm": predictor(0).map(|arm| arm.estimate),
        "pre": predictor(1).map(|pre| pre.estimate),
        "arm_se": predictor(0).map(|arm| arm.error),
        "var_cluster": found.map(|found| found.between),
        "var_residual": found.map(|found| found.within),
        "icc_conditional": found.map(|found| found.icc),
        "reml_loglik": found.map(|found| found.log_likelihood),
    }))
}

pub(super) fn means(input: Input<'_>) -> Option<Value> {
    let (labels, y) = (input.labels("cluster")?, input.column("y")?);
    let arms = input.column("arm")?.into_iter();
    let arm = |arm: Option<f64>| if arm? > 0.5 { Some(Arm::Treated) } else { Some(Arm::Control) };
    let arms = arms.map(arm).collect::<Option<Vec<_>>>()?;
    if labels.len() != y.len() || arms.len() != y.len() {
        return None;
    }
    let count = |which: Arm| {
        let people = labels.iter().zip(&arms).zip(&y);
        let of_arm = people.filter(|((_, arm), y)| **arm == which && y.is_some());
        of_arm.map(|((label, _), _)| label).collect::<std::collections::BTreeSet<_>>().len()
    };
    let counts = (count(Arm::Treated), count(Arm::Control));
    let people = labels.iter().zip(&arms).zip(&y).map(|((label, arm), y)| (*label, *arm, *y));
    let found = stats::cluster_means(people, input.confidence()?).ok();
    Some(json!({
        "clusters_treated": counts.0,
        "clusters_control": counts.1,
        "difference": found.map(|found| found.difference),
        "t": found.map(|found| found.t),
        "df": found.map(|found| found.df),
        "p": found.map(|found| found.p),
        "ci_low": found.map(|found| found.interval.low),
        "ci_high": found.map(|found| found.interval.high),
    }))
}

fn clustering(input: Input<'_>) -> Option<Clustering> {
    Some(Clustering {
        size: input.number("mean_cluster_size")?,
        icc: input.number("icc")?,
        variation: input.number("cv").unwrap_or(0.0),
    })
}

pub(super) fn design_effect(input: Input<'_>) -> Option<Value> {
    let of = clustering(input)?;
    let effect = stats::design_effect(of.size, of.icc, of.variation).ok();
    let n = input.number("n_total");
    Some(json!({
        "design_effect": effect,
        "effective_n": effect.zip(n).map(|(effect, n)| n / effect),
    }))
}

pub(super) fn sample_size(input: Input<'_>) -> Option<Value> {
    let aim = Aim {
        difference: input.number("delta")?,
        sd: input.number("sd").unwrap_or(1.0),
        power: input.number("power")?,
        alpha: input.number("alpha").unwrap_or(0.05),
    };
    let found = stats::clusters_per_arm(&aim, &clustering(input)?).ok();
    Some(json!({
        "n_per_arm_individual": found.map(|found| found.alone),
        "design_effect": found.map(|found| found.design_effect),
        "n_per_arm_cluster": found.map(|found| found.people),
        "clusters_per_arm": found.map(|found| found.clusters),
    }))
}

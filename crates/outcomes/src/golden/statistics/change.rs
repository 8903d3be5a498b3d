//! Change within people.

use serde_json::{Value, json};

use super::whole_pairs;
use crate::golden::input::Input;
use crate::stats::{
    self, ClinicalRule, CutOffKind, MeasureRule, NoFigure, Norm, PairedMoments, SignedRank,
    TalkingTherapiesRule, TwoMeasures,
};
use crate::{Better, Shift};

pub(super) fn describe(input: Input<'_>) -> Option<Value> {
    let x = input.column("x")?;
    let found = stats::describe(x.iter().copied(), input.confidence()?).ok();
    let interval = found.and_then(|found| found.interval);
    Some(json!({
        "n": x.iter().flatten().count(),
        "n_missing": x.iter().filter(|x| x.is_none()).count(),
        "mean": found.map(|found| found.mean),
        "sd": found.and_then(|found| found.sd),
        "se": found.and_then(|found| found.error),
        "median": found.map(|found| found.median),
        "q1": found.map(|found| found.lower_quartile),
        "q3": found.map(|found| found.upper_quartile),
        "min": found.map(|found| found.least),
        "max": found.map(|found| found.most),
        "ci_low": interval.map(|interval| interval.low),
        "ci_high": interval.map(|interval| interval.high),
    }))
}

pub(super) fn paired_t(input: Input<'_>) -> Option<Value> {
    let pairs = input.pairs("pre", "post")?;
    let mut moments = PairedMoments::default();
    for (before, after) in &pairs {
        moments.push(*before, *after);
    }
    let found = moments.change_at(input.confidence()?).ok();
    let changes = pairs.iter().map(|(before, after)| before.zip(*after).map(|(b, a)| a - b));
    let described = stats::describe(changes, input.confidence()?).ok();
    let n = whole_pairs(&pairs);
    Some(json!({
        "n": n,
        "n_missing": pairs.len() - n,
        "mean_change": described.map(|found| found.mean),
        "sd_change": described.and_then(|found| found.sd),
        "se": described.and_then(|found| found.error),
        "t": found.map(|found| found.t),
        "df": n.checked_sub(1).filter(|df| *df > 0),
        "p": found.map(|found| found.p),
        "ci_low": found.map(|found| found.interval.low),
        "ci_high": found.map(|found| found.interval.high),
    }))
}

pub(super) fn signed_rank_normal(input: Input<'_>) -> Option<Value> {
    let pairs = input.pairs("pre", "post")?;
    Some(ranked(&pairs, stats::signed_rank_normal(pairs.iter().copied())))
}

pub(super) fn signed_rank_exact(input: Input<'_>) -> Option<Value> {
    let pairs = input.pairs("pre", "post")?;
    Some(ranked(&pairs, stats::signed_rank_exact(pairs.iter().copied())))
}

fn ranked(pairs: &[(Option<f64>, Option<f64>)], found: Result<SignedRank, NoFigure>) -> Value {
    // Where nobody changed, the sum of no rank is zero.
    let nothing = matches!(found, Err(NoFigure::Nothing));
    let found = found.ok();
    let changed = found.map_or(0, |found| found.changed());
    json!({
        "n": changed,
        "n_nonzero": changed,
        "n_zero": found.map_or(whole_pairs(pairs) as u64, |found| found.unchanged),
        "w_plus": found.map(|found| found.rises).or(nothing.then_some(0.0)),
        "z": found.and_then(|found| found.z),
        "p": found.map(|found| found.p),
        "rank_biserial": found.map(|found| found.rank_biserial),
    })
}

pub(super) fn effect_sizes(input: Input<'_>) -> Option<Value> {
    let pairs = input.pairs("pre", "post")?;
    let found = stats::paired_effects(pairs.iter().copied(), input.confidence()?).ok();
    let interval = found.and_then(|found| found.d_z_interval);
    Some(json!({
        "n": whole_pairs(&pairs),
        "r": found.and_then(|found| found.correlation),
        "d_z": found.and_then(|found| found.d_z),
        "d_z_ci_low": interval.map(|interval| interval.low),
        "d_z_ci_high": interval.map(|interval| interval.high),
        "g_z": found.and_then(|found| found.g_z),
        "d_av": found.and_then(|found| found.d_av),
        "d_av_rms": found.and_then(|found| found.d_rms),
        "g_av": found.and_then(|found| found.g_av),
        "d_rm": found.and_then(|found| found.d_rm),
        "glass_delta_pre": found.and_then(|found| found.glass),
        "hedges_j": found.and_then(|found| found.hedges_j),
    }))
}

/// The mean and spread of a population, where both are given.
fn norm(input: Input<'_>, name: &str) -> Option<Norm> {
    let mean = input.number(&format!("mean_{name}"))?;
    Some(Norm { mean, sd: input.number(&format!("sd_{name}"))? })
}

/// How many standard errors of a difference count: two sides of one in twenty where not said.
fn deviate(input: Input<'_>) -> Option<f64> {
    input.number("z").or_else(|| stats::z_of(stats::CONFIDENCE).ok())
}

pub(super) fn reliable(input: Input<'_>) -> Option<Value> {
    let (sd, reliability) = (input.number("sd_pre")?, input.number("reliability")?);
    let (better, z) = (input.better()?, deviate(input)?);
    let noise = stats::measurement_error(sd, reliability).ok();
    let index = input
        .number("pre")
        .zip(input.number("post"))
        .and_then(|pair| stats::jacobson_truax(sd, reliability, pair, better, z).ok());
    let (clinical, functional) = (norm(input, "clinical"), norm(input, "functional"));
    let cuts = stats::cut_offs(clinical, functional, better).ok();
    Some(json!({
        "sem": noise.map(|noise| noise.sem),
        "s_diff": noise.map(|noise| noise.s_diff),
        "rci": index.map(|index| index.index),
        "reliable_change_points": noise.map(|noise| z * noise.s_diff),
        "cutoff_a": cuts.and_then(|cuts| cuts.a),
        "cutoff_b": cuts.and_then(|cuts| cuts.b),
        "cutoff_c": cuts.and_then(|cuts| cuts.c),
        "reliable": index.map(|index| match index.shift {
            Shift::Improved => "improved",
            Shift::Unchanged => "unchanged",
            Shift::Worse => "deteriorated",
        }),
    }))
}

pub(super) fn clinical(input: Input<'_>) -> Option<Value> {
    let pairs = input.pairs("pre", "post")?;
    let cut_off = match input.word("cutoff").unwrap_or("c") {
        "a" => CutOffKind::A,
        "b" => CutOffKind::B,
        "c" => CutOffKind::C,
        _ => return None,
    };
    let rule = ClinicalRule {
        reliability: input.number("reliability")?,
        clinical: norm(input, "clinical"),
        functional: norm(input, "functional"),
        better: input.better().unwrap_or(Better::Lower),
        cut_off,
        z: deviate(input)?,
    };
    let found = stats::clinical_change(pairs.iter().copied(), &rule).ok();
    Some(json!({
        "n": whole_pairs(&pairs),
        "s_diff": found.map(|found| found.s_diff),
        "cutoff": found.map(|found| found.cut_off),
        "recovered": found.map(|found| found.recovered),
        "improved": found.map(|found| found.improved),
        "unchanged": found.map(|found| found.unchanged),
        "deteriorated": found.map(|found| found.deteriorated),
        "harmed": found.map(|found| found.harmed),
    }))
}

pub(super) fn talking_therapies(input: Input<'_>) -> Option<Value> {
    let phq = input.pairs("phq9_first", "phq9_last")?;
    let gad = input.pairs("gad7_first", "gad7_last")?;
    if phq.len() != gad.len() {
        return None;
    }
    // The service's own thresholds, where a case names no others.
    let threshold = |name: &str, usual: f64| input.number(name).unwrap_or(usual);
    let rule = TalkingTherapiesRule {
        depression: MeasureRule {
            caseness: threshold("phq9_caseness", 10.0),
            reliable: threshold("phq9_reliable", 6.0),
        },
        anxiety: MeasureRule {
            caseness: threshold("gad7_caseness", 8.0),
            reliable: threshold("gad7_reliable", 4.0),
        },
    };
    let people = phq.into_iter().zip(gad);
    let people = people.map(|(depression, anxiety)| TwoMeasures { depression, anxiety });
    let found = stats::talking_therapies(people, &rule).ok();
    Some(json!({
        "n": found.map_or(0, |found| found.sample.used),
        "caseness_first": found.map_or(0, |found| found.cases),
        "moved_to_recovery": found.map_or(0, |found| found.recovered),
        "reliable_improvement": found.map_or(0, |found| found.improved),
        "reliable_deterioration": found.map_or(0, |found| found.deteriorated),
        "no_reliable_change": found.map_or(0, |found| found.unchanged),
        "reliable_recovery": found.map_or(0, |found| found.reliably_recovered),
        "recovery_rate": found.and_then(|found| found.recovery()),
        "reliable_improvement_rate": found.and_then(|found| found.improvement()),
        "reliable_recovery_rate": found.and_then(|found| found.reliable_recovery()),
    }))
}

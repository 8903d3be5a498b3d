//! Two groups, trends, many questions, and the noise of instruments.

use serde_json::{Value, json};

use super::{infinity, whole_pairs};
use crate::golden::input::Input;
use crate::stats::{self, Imputed, NoFigure, RankSum};

pub(super) fn linear_trend(input: Input<'_>) -> Option<Value> {
    let pairs = input.pairs("x", "y")?;
    let found = stats::linear_trend(pairs.iter().copied(), input.confidence()?).ok();
    let of_r = found.and_then(|found| found.r_interval);
    let of_slope = found.and_then(|found| found.slope_interval);
    Some(json!({
        "n": whole_pairs(&pairs),
        "pearson_r": found.and_then(|found| found.r),
        "pearson_p": found.and_then(|found| found.r_p),
        "pearson_ci_low": of_r.map(|interval| interval.low),
        "pearson_ci_high": of_r.map(|interval| interval.high),
        "spearman_rho": found.and_then(|found| found.rho),
        "intercept": found.map(|found| found.intercept),
        "slope": found.map(|found| found.slope),
        "slope_se": found.and_then(|found| found.slope_error),
        "slope_t": found.and_then(|found| found.slope_t),
        "slope_p": found.and_then(|found| found.slope_p),
        "slope_ci_low": of_slope.map(|interval| interval.low),
        "slope_ci_high": of_slope.map(|interval| interval.high),
    }))
}

type Columns = (Vec<Option<f64>>, Vec<Option<f64>>);

fn arms(input: Input<'_>) -> Option<Columns> {
    Some((input.column("treated")?, input.column("control")?))
}

pub(super) fn welch(input: Input<'_>) -> Option<Value> {
    let (treated, control) = arms(input)?;
    let confidence = input.confidence()?;
    let mean = |column: &[Option<f64>]| {
        stats::describe(column.iter().copied(), confidence).ok().map(|found| found.mean)
    };
    let means = (mean(&treated), mean(&control));
    let found = stats::welch(treated, control, confidence).ok();
    Some(json!({
        "mean_treated": means.0,
        "mean_control": means.1,
        "difference": means.0.zip(means.1).map(|(treated, control)| treated - control),
        "se": found.map(|found| found.error),
        "t": found.map(|found| found.t),
        "df": found.map(|found| found.df),
        "p": found.map(|found| found.p),
        "ci_low": found.map(|found| found.interval.low),
        "ci_high": found.map(|found| found.interval.high),
    }))
}

pub(super) fn effect_size(input: Input<'_>) -> Option<Value> {
    let (treated, control) = arms(input)?;
    let counts = (treated.iter().flatten().count(), control.iter().flatten().count());
    let found = stats::group_effects(treated, control, input.confidence()?);
    let alike = matches!(found, Err(NoFigure::NoSpread { .. }));
    let found = found.ok();
    let of_d = found.and_then(|found| found.d_interval);
    let of_g = found.and_then(|found| found.g_interval);
    let df = (counts.0 + counts.1).checked_sub(2).and_then(|df| u32::try_from(df).ok());
    Some(json!({
        "n_treated": counts.0,
        "n_control": counts.1,
        "sd_pooled": found.map(|found| found.sd_pooled).or(alike.then_some(0.0)),
        "cohens_d": found.map(|found| found.d),
        "ci_low": of_d.map(|interval| interval.low),
        "ci_high": of_d.map(|interval| interval.high),
        "hedges_g": found.and_then(|found| found.g),
        "g_ci_low": of_g.map(|interval| interval.low),
        "g_ci_high": of_g.map(|interval| interval.high),
        "glass_delta_control": found.and_then(|found| found.glass),
        "hedges_j": df.and_then(|df| stats::hedges_j(f64::from(df))),
    }))
}

pub(super) fn rank_sum_normal(input: Input<'_>) -> Option<Value> {
    let (treated, control) = arms(input)?;
    let found = stats::rank_sum_normal(treated.iter().copied(), control.iter().copied());
    Some(ranked(&(treated, control), found))
}

pub(super) fn rank_sum_exact(input: Input<'_>) -> Option<Value> {
    let (treated, control) = arms(input)?;
    let found = stats::rank_sum_exact(treated.iter().copied(), control.iter().copied());
    Some(ranked(&(treated, control), found))
}

fn ranked((treated, control): &Columns, found: Result<RankSum, NoFigure>) -> Value {
    let size = |column: &Vec<Option<f64>>| column.iter().flatten().map(|_| 1.0).sum::<f64>();
    // Where all are alike, each pair is a tie and counts half.
    let tied = matches!(found, Err(NoFigure::NoSpread { .. }))
        .then(|| size(treated) * size(control) / 2.0);
    let found = found.ok();
    json!({
        "u": found.map(|found| found.u).or(tied),
        "z": found.and_then(|found| found.z),
        "p": found.map(|found| found.p),
        "prob_superiority": found.map(|found| found.superiority).or(tied.map(|_| 0.5)),
    })
}

pub(super) fn p_adjust(input: Input<'_>) -> Option<Value> {
    let ps = input.column("p")?;
    Some(json!({
        "holm": stats::holm(&ps).ok(),
        "bh": stats::benjamini_hochberg(&ps).ok(),
    }))
}

pub(super) fn rubin_pool(input: Input<'_>) -> Option<Value> {
    let tables = input.pairs("estimates", "variances")?.into_iter();
    let tables = tables
        .map(|(estimate, variance)| Some(Imputed { estimate: estimate?, variance: variance? }))
        .collect::<Option<Vec<_>>>()?;
    let found = stats::rubin_pool(&tables, input.number("df_complete"), input.confidence()?).ok();
    let df = found.map(|found| found.df.map_or_else(infinity, Value::from));
    let interval = found.and_then(|found| found.interval);
    Some(json!({
        "m": tables.len(),
        "estimate": found.map(|found| found.estimate),
        "within": found.map(|found| found.within),
        "between": found.map(|found| found.between),
        "total_variance": found.map(|found| found.variance),
        "se": found.map(|found| found.error),
        "relative_increase": found.and_then(|found| found.relative_increase),
        "df_barnard_rubin": df,
        "fmi": found.and_then(|found| found.fmi),
        "lambda": found.map(|found| found.lambda),
        "p": found.map(|found| found.p),
        "ci_low": interval.map(|interval| interval.low),
        "ci_high": interval.map(|interval| interval.high),
    }))
}

pub(super) fn alpha(input: Input<'_>) -> Option<Value> {
    let sheets = input.rows("items")?;
    let found = stats::alpha(&sheets, input.confidence()?).ok();
    let interval = found.and_then(|found| found.interval);
    Some(json!({
        "n": whole_sheets(&sheets),
        "k": sheets.first().map_or(0, Vec::len),
        "alpha": found.map(|found| found.alpha),
        "feldt_ci_low": interval.map(|interval| interval.low),
        "feldt_ci_high": interval.map(|interval| interval.high),
        "sem": found.map(|found| found.sem),
    }))
}

pub(super) fn omega(input: Input<'_>) -> Option<Value> {
    let sheets = input.rows("items")?;
    let found = stats::models::omega_total(&sheets).ok();
    let found = found.as_ref();
    Some(json!({
        "n": whole_sheets(&sheets),
        "k": sheets.first().map_or(0, Vec::len),
        "omega_total": found.map(|found| found.omega),
        "sum_loadings": found.map(|found| found.loading()),
        "sum_residual_variance": found.map(|found| found.residual()),
        "is_proper": found.map(|found| found.is_proper),
    }))
}

fn whole_sheets(sheets: &[Vec<Option<f64>>]) -> usize {
    sheets.iter().filter(|sheet| sheet.iter().all(Option::is_some)).count()
}

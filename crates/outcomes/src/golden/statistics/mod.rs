//! Cases of statistics.
//!
//! To add one, write a function from its input to what it comes to and add a row to [`STATISTICS`].

mod change;
mod clusters;
mod groups;
mod rates;
mod shares;
mod staying;

use serde_json::Value;

use super::input::Input;

/// A statistic: its name, and what reckons it. None when the input cannot be read.
type Row = (&'static str, fn(Input<'_>) -> Option<Value>);

/// Every statistic that a case may name.
const STATISTICS: [Row; 35] = [
    ("describe", change::describe),
    ("paired_t", change::paired_t),
    ("wilcoxon_signed_rank_normal", change::signed_rank_normal),
    ("wilcoxon_signed_rank_exact", change::signed_rank_exact),
    ("paired_effect_sizes", change::effect_sizes),
    ("rci_jacobson_truax", change::reliable),
    ("clinically_significant_change", change::clinical),
    ("nhs_talking_therapies_outcomes", change::talking_therapies),
    ("linear_trend", groups::linear_trend),
    ("welch_t", groups::welch),
    ("independent_effect_size", groups::effect_size),
    ("mann_whitney_normal", groups::rank_sum_normal),
    ("mann_whitney_exact", groups::rank_sum_exact),
    ("p_adjust", groups::p_adjust),
    ("rubin_pool", groups::rubin_pool),
    ("cronbach_alpha", groups::alpha),
    ("omega_total_one_factor_ml", groups::omega),
    ("mcnemar", shares::mcnemar),
    ("proportion_ci", shares::proportion),
    ("two_proportions", shares::difference),
    ("cochran_armitage", shares::trend),
    ("suppression_audit", shares::audit),
    ("kaplan_meier", staying::kaplan_meier),
    ("logrank", staying::log_rank),
    ("itt_vs_completer", staying::completers),
    ("icc_anova", clusters::icc),
    ("ancova", clusters::ancova),
    ("cluster_robust_ols", clusters::robust),
    ("mixed_model_random_intercept", clusters::mixed),
    ("cluster_mean_t", clusters::means),
    ("design_effect", clusters::design_effect),
    ("sample_size_cluster_two_arm", clusters::sample_size),
    ("incidence_rate_ratio", rates::ratio),
    ("poisson_rate_ci", rates::rate),
    ("irr_paired_robust", rates::paired),
];

/// What a statistic comes to; none when there is no such statistic or its input cannot be read.
pub(super) fn answer(stat: &str, input: &Value) -> Option<Value> {
    let (_, reckon) = STATISTICS.iter().find(|(name, _)| *name == stat)?;
    reckon(Input(input))
}

/// The word for a figure without bound.
fn infinity() -> Value {
    Value::from("Infinity")
}

/// How many pairs are whole.
fn whole_pairs(pairs: &[(Option<f64>, Option<f64>)]) -> usize {
    pairs.iter().filter(|(left, right)| left.is_some() && right.is_some()).count()
}

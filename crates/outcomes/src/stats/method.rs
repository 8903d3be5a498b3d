//! How figures are reckoned.

use serde::{Deserialize, Serialize};

/// How a figure was reckoned; each has its source in the docs of its function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Method {
    /// Totals prorated exactly, bands read half up.
    Scoring,
    /// A mean with a t interval.
    MeanT,
    /// The mean of changes within people, with a t interval.
    PairedT,
    /// A share with Wilson's interval, without correction for continuity.
    Wilson,
    /// Kaplan and Meier's product, Greenwood's variance, log-log interval.
    KaplanMeier,
    /// Change beyond the noise of the instrument, by a published threshold.
    ReliableChange,
    /// Small numbers hidden, with their complements.
    Suppression,
    /// Count, mean, spread and quartiles (type 7).
    Description,
    /// Wilcoxon's signed ranks: normal, with ties and continuity.
    SignedRankNormal,
    /// Wilcoxon's signed ranks: all signs counted.
    SignedRankExact,
    /// Effect sizes of a paired change, interval by the noncentral t.
    PairedEffects,
    /// Two means by Welch's t.
    WelchT,
    /// Effect sizes of two groups, interval by the noncentral t.
    GroupEffects,
    /// Mann and Whitney's ranks: normal, with ties and continuity.
    RankSumNormal,
    /// Mann and Whitney's ranks: all arrangements counted.
    RankSumExact,
    /// Jacobson and Truax's index with a cut-off between two populations.
    JacobsonTruax,
    /// The outcomes that NHS Talking Therapies publishes.
    TalkingTherapies,
    /// A share with Clopper and Pearson's exact interval.
    ClopperPearson,
    /// The difference of two shares with Newcombe's hybrid interval.
    Newcombe,
    /// Change of a yes or no within people: exact, mid-p and chi-squared.
    McNemar,
    /// The difference of two paired shares, Wald's interval with continuity.
    PairedWald,
    /// Two or more courses of staying compared by log-rank.
    LogRank,
    /// Everybody enrolled, with what is missing filled in by a stated rule.
    IntentionToTreat,
    /// Imputations pooled by Rubin's rules, degrees of freedom by Barnard and Rubin.
    RubinPool,
    /// Agreement within clusters from one-way analysis of variance, interval by F.
    IccAnova,
    /// What clustering costs: the design effect.
    DesignEffect,
    /// A t test on the means of clusters.
    ClusterMeans,
    /// Least squares with errors robust to clusters.
    ClusterRobust,
    /// A random intercept for each cluster by restricted maximum likelihood.
    RandomIntercept,
    /// A straight line with Pearson's and Spearman's correlation.
    LinearTrend,
    /// A trend of shares over ordered groups.
    CochranArmitage,
    /// Cronbach's alpha with Feldt's interval.
    Alpha,
    /// Omega total of one factor by maximum likelihood.
    OmegaTotal,
    /// A rate with Garwood's exact interval.
    Garwood,
    /// The ratio of two rates: log-Wald and exact given their sum.
    RateRatio,
    /// The ratio of two rates of the same people, clustered by person.
    PairedRateRatio,
    /// A difference of arms adjusted for the first measurement.
    Ancova,
    /// Holm's step-down adjustment.
    Holm,
    /// Benjamini and Hochberg's step-up adjustment.
    BenjaminiHochberg,
    /// How many to plan for, by the power of the t test.
    PowerT,
}

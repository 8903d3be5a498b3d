//! People of one circle are alike: how much, and what it costs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::figure::{Confidence, Sample, is_rounding, sound};
use super::groups::{MeanDifference, Side, pooled};
use super::moments::real;
use super::quantile::f_above;
use super::{Interval, Method, Moments, NoFigure};

/// How alike the members of a cluster are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Icc {
    /// How many people, and how many lack their number.
    pub sample: Sample,
    /// How many clusters they are of.
    pub clusters: u64,
    /// The mean square between clusters.
    pub between: f64,
    /// The mean square within clusters.
    pub within: f64,
    /// The size of a cluster that stands for all: `n0`.
    pub size: f64,
    /// The coefficient of variation of the sizes: their standard deviation (divisor k) over the mean.
    pub size_variation: f64,
    /// The agreement within clusters, ICC(1). It can be negative, and is told as it is.
    pub icc: f64,
    /// Its interval, by F; none where nobody differs within clusters beyond rounding.
    pub interval: Option<Interval>,
    /// What clustering costs: [`design_effect`] at the mean size.
    pub design_effect: f64,
    /// How this was reckoned.
    pub method: Method,
}

/// The agreement within clusters by one-way analysis of variance, ICC(1).
///
/// `(MSB - MSW) / (MSB + (n0 - 1) MSW)` with `n0 = (N - sum m^2 / N) / (k - 1)`; the interval puts
/// `n0` for the size in the exact one of equal clusters (Donner 1986, Int Stat Rev 54:67). R's
/// `ICC::ICCest` gives the same estimate. A cluster is any label.
///
/// # Errors
///
/// [`NoFigure::TooFewGroups`] below two clusters, [`NoFigure::TooFew`] when no cluster has two people,
/// [`NoFigure::NoSpread`] when all numbers are alike, [`NoFigure::NotANumber`] when one is no number.
pub fn icc<K: Ord>(
    people: impl IntoIterator<Item = (K, Option<f64>)>,
    confidence: Confidence,
) -> Result<Icc, NoFigure> {
    let mut clusters: BTreeMap<K, Moments> = BTreeMap::new();
    let mut sample = Sample::default();
    for (cluster, number) in people {
        let Some(number) = number else {
            sample.missing += 1;
            continue;
        };
        clusters.entry(cluster).or_default().push(sound(number)?);
        sample.used += 1;
    }
    icc_of(clusters.into_values(), sample.missing, confidence)
}

/// As [`icc`], of clusters that were summed before; `missing` is how many lack their number.
///
/// # Errors
///
/// As [`icc`]. A cluster of nobody does not count.
pub fn icc_of(
    clusters: impl IntoIterator<Item = Moments>,
    missing: u64,
    confidence: Confidence,
) -> Result<Icc, NoFigure> {
    let clusters: Vec<Moments> = clusters.into_iter().filter(|found| found.n() > 0).collect();
    let mut everybody = Moments::default();
    clusters.iter().for_each(|found| everybody.merge(found));
    let (used, count) = (everybody.n(), clusters.len() as u64);
    if count < 2 {
        return Err(NoFigure::TooFewGroups { n: count, wanted: 2 });
    }
    if used <= count {
        return Err(NoFigure::TooFew { n: used, wanted: count + 1 });
    }
    let (sd, most) = (everybody.sd().ok_or(NoFigure::NotANumber)?, everybody.magnitude());
    if is_rounding(sd, most) {
        return Err(NoFigure::NoSpread { n: used });
    }
    let (n, k) = (real(used), real(count));
    let (mut between, mut within, mut squares) = (0.0, 0.0, 0.0);
    let mut sizes = Moments::default();
    for found in &clusters {
        let (m, (_, spread)) = (real(found.n()), found.mean_and_squares());
        between += m * found.apart(&everybody).powi(2);
        within += spread;
        squares += m * m;
        sizes.push(m);
    }
    let (d1, d2) = (k - 1.0, n - k);
    let (between, within) = (sound(between / d1)?, sound(within / d2)?);
    let n0 = (n - squares / n) / d1;
    let below = between + (n0 - 1.0) * within;
    if below <= 0.0 {
        return Err(NoFigure::NoSpread { n: used });
    }
    let icc = sound((between - within) / below)?;
    let varies = !is_rounding(within.sqrt(), most);
    let interval = varies.then(|| by_f(between / within, (d1, d2), n0, confidence));
    let size_variation = sizes.sd().unwrap_or(0.0) * ((k - 1.0) / k).sqrt() / (n / k);
    Ok(Icc {
        sample: Sample { used, missing },
        clusters: count,
        between,
        within,
        size: n0,
        size_variation,
        icc,
        interval: interval.flatten(),
        design_effect: design_effect(n / k, icc, size_variation)?,
        method: Method::IccAnova,
    })
}

fn by_f(f: f64, (d1, d2): (f64, f64), n0: f64, confidence: Confidence) -> Option<Interval> {
    let high = f_above(confidence.tail(), d1, d2)?;
    let low = f_above(1.0 - confidence.tail(), d1, d2)?;
    let icc = |f: f64| (f - 1.0) / (f + n0 - 1.0);
    Interval::told(icc(f / high), icc(f / low))
}

/// How much larger clustering makes the variance of a mean: `1 + ((1 + CV^2) m - 1) ICC`.
///
/// Eldridge, Ashby and Kerry 2006, Int J Epidemiol 35:1292; `size` is the mean size of a cluster,
/// `variation` the coefficient of variation of sizes. A negative agreement counts as none.
///
/// # Errors
///
/// [`NoFigure::NotANumber`] when the size is below one person, the agreement over one, or the
/// variation negative.
pub fn design_effect(size: f64, icc: f64, variation: f64) -> Result<f64, NoFigure> {
    let in_range = size >= 1.0 && icc <= 1.0 && variation >= 0.0;
    if !in_range {
        return Err(NoFigure::NotANumber);
    }
    sound(1.0 + ((1.0 + variation * variation) * size - 1.0) * icc.max(0.0))
}

/// Which arm somebody is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arm {
    /// Compared with.
    Control,
    /// Compared.
    Treated,
}

/// Compares the means of clusters of two arms by Student's t: the one to take below some thirty
/// clusters, since its size is exact however alike people are.
///
/// Every cluster counts once, whatever its size. What is used and missing are clusters; a cluster of
/// whom nobody has a number is missing.
///
/// # Errors
///
/// [`NoFigure::TooFew`] when an arm has no cluster or both have fewer than three together,
/// [`NoFigure::NoSpread`] when no arm varies, [`NoFigure::Mixed`] when a cluster has people in both,
/// [`NoFigure::NotANumber`] when one is no number.
pub fn cluster_means<K: Ord>(
    people: impl IntoIterator<Item = (K, Arm, Option<f64>)>,
    confidence: Confidence,
) -> Result<MeanDifference, NoFigure> {
    let mut clusters: BTreeMap<K, (Arm, Moments)> = BTreeMap::new();
    for (cluster, arm, number) in people {
        let (of, moments) = clusters.entry(cluster).or_insert((arm, Moments::default()));
        if *of != arm {
            return Err(NoFigure::Mixed);
        }
        if let Some(number) = number {
            moments.push(sound(number)?);
        }
    }
    let side = |which: Arm| {
        let of_arm = clusters.values().filter(|(arm, _)| *arm == which);
        Side::new(of_arm.map(|(_, moments)| moments.mean().ok().map(|found| found.mean)), 1)
    };
    let (treated, control) = (side(Arm::Treated)?, side(Arm::Control)?);
    let n = treated.sample.used + control.sample.used;
    let sd = pooled(&treated, &control).ok_or(NoFigure::TooFew { n, wanted: 3 })?;
    let error = sd * (1.0 / treated.n() + 1.0 / control.n()).sqrt();
    let df = real(n) - 2.0;
    MeanDifference::told(&treated, &control, (error, df), confidence, Method::ClusterMeans)
}

//! How long people stay, and whether one group stays longer than another.

use serde::{Deserialize, Serialize};

use super::figure::{Confidence, Sample, sound, told};
use super::moments::{real, size};
use super::product::Product;
use super::tails::chi_squared_above;
use super::{Interval, Method, NoFigure};

/// How long one person was watched, and what ended the watch.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Watch {
    /// When it ended: a session, a week, a day.
    pub time: f64,
    /// Whether the person left then. Otherwise only the watch ended, as when a closed circle is over.
    pub left: bool,
}

/// One step of a curve of staying.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StayStep {
    /// When somebody left.
    pub time: f64,
    /// How many were still there and watched before it.
    pub at_risk: u64,
    /// How many left.
    pub left: u64,
    /// The share that stays beyond it, 0 to 1.
    pub stays: f64,
    /// Greenwood's standard error; none once nobody is left.
    pub error: Option<f64>,
    /// The log-log interval: the one to report.
    pub log_log: Option<Interval>,
    /// The log interval, cut at one: what R's `survfit` prints unasked.
    pub log: Option<Interval>,
}

/// A curve of staying.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StayCurve {
    /// How many people were watched, and for how many it is not known.
    pub sample: Sample,
    /// A step for each time at which somebody left.
    pub steps: Vec<StayStep>,
    /// The first time by which at most half stay; none where more than half stay to the end.
    pub median: Option<f64>,
    /// How this was reckoned.
    pub method: Method,
}

/// The share that stays beyond each time (Kaplan & Meier 1958, J Am Stat Assoc 53:457), with
/// Greenwood's variance.
///
/// Who leaves at a time is counted before those whose watch ends there. Where the curve stands at
/// exactly one half, the median is the first such time; R's `survfit` gives the middle of that
/// stretch.
///
/// # Errors
///
/// [`NoFigure::Nothing`] of nobody, [`NoFigure::NotANumber`] when a time is negative or no number.
pub fn stay_curve(
    people: impl IntoIterator<Item = Option<Watch>>,
    confidence: Confidence,
) -> Result<StayCurve, NoFigure> {
    let (watches, sample) = watches(people)?;
    if watches.is_empty() {
        return Err(NoFigure::Nothing);
    }
    let z = confidence.z()?;
    let times = watches.chunk_by(|left, right| left.time >= right.time).filter_map(|alike| {
        let left = alike.iter().filter(|watch| watch.left).count() as u64;
        Some((alike.first()?.time, [0, left, alike.len() as u64 - left]))
    });
    let steps = Product::over(sample.used, times);
    let step = |at: &Product<f64>| StayStep {
        time: at.time,
        at_risk: at.at_risk,
        left: at.left,
        stays: at.stays,
        error: at.error(),
        log_log: at.log_log(z),
        log: at.log(z),
    };
    // A product of shares misses one half by its rounding.
    let median = steps.iter().find(|at| at.stays <= 0.5 + 1e-9).map(|at| at.time);
    let steps = steps.iter().map(step).collect();
    Ok(StayCurve { sample, steps, median, method: Method::KaplanMeier })
}

fn watches(
    people: impl IntoIterator<Item = Option<Watch>>,
) -> Result<(Vec<Watch>, Sample), NoFigure> {
    let (mut known, mut all) = (Vec::new(), 0);
    for person in people {
        all += 1;
        if let Some(watch) = person {
            if !watch.time.is_finite() || watch.time < 0.0 {
                return Err(NoFigure::NotANumber);
            }
            known.push(watch);
        }
    }
    known.sort_by(|left, right| left.time.total_cmp(&right.time));
    let sample = Sample::of(known.len() as u64, all);
    Ok((known, sample))
}

/// Whether groups stay equally long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogRank {
    /// How many people were watched, and for how many it is not known.
    pub sample: Sample,
    /// How many left in each group.
    pub observed: Vec<f64>,
    /// How many would have left if all groups stayed alike.
    pub expected: Vec<f64>,
    /// The hypergeometric variance of what the first group was observed to lose.
    pub variance: f64,
    /// Chi-squared.
    pub chi_squared: f64,
    /// Its degrees of freedom: groups less one.
    pub df: f64,
    /// Its p.
    pub p: f64,
    /// How this was reckoned.
    pub method: Method,
}

/// The log-rank test of two groups or more (Mantel 1966, Cancer Chemother Rep 50:163), with the
/// hypergeometric variance. Groups come in by number, from 0.
///
/// R's `survdiff` and statsmodels' `survdiff` give the same.
///
/// # Errors
///
/// [`NoFigure::TooFewGroups`] with fewer than two groups, [`NoFigure::Nothing`] when nobody left while
/// two groups were watched, [`NoFigure::NoSpread`] when all who were watched then left at once, [`NoFigure::NotANumber`] when a time is negative or no number.
pub fn log_rank(groups: &[Vec<Option<Watch>>]) -> Result<LogRank, NoFigure> {
    let mut all = Vec::new();
    let mut sample = Sample::default();
    for (number, group) in groups.iter().enumerate() {
        let (known, found) = watches(group.iter().copied())?;
        sample.used += found.used;
        sample.missing += found.missing;
        all.extend(known.into_iter().map(|watch| (number, watch)));
    }
    if groups.len() < 2 {
        return Err(NoFigure::TooFewGroups { n: groups.len() as u64, wanted: 2 });
    }
    all.sort_by(|left, right| left.1.time.total_cmp(&right.1.time));
    let mut found = Ranking::new(groups.len(), &all);
    for alike in all.chunk_by(|left, right| left.1.time >= right.1.time) {
        found.take(alike);
    }
    found.told(sample)
}

/// Sums of a log-rank test, group by group.
struct Ranking {
    at_risk: Vec<f64>,
    observed: Vec<f64>,
    expected: Vec<f64>,
    variance: Vec<Vec<f64>>,
    /// Whether somebody left while two groups were watched.
    is_met: bool,
}

impl Ranking {
    fn new(groups: usize, all: &[(usize, Watch)]) -> Self {
        let mut at_risk = vec![0.0; groups];
        add(&mut at_risk, all.iter().map(|(group, _)| *group));
        let none = vec![0.0; groups];
        Self {
            at_risk,
            observed: none.clone(),
            expected: none.clone(),
            variance: vec![none; groups],
            is_met: false,
        }
    }

    /// Takes in all who left or were watched no further at one time.
    fn take(&mut self, alike: &[(usize, Watch)]) {
        let n: f64 = self.at_risk.iter().sum();
        let left = alike.iter().filter(|(_, watch)| watch.left);
        let d = real(left.clone().count() as u64);
        add(&mut self.observed, left.map(|(group, _)| *group));
        self.is_met |= d > 0.0 && self.at_risk.iter().filter(|at_risk| **at_risk > 0.0).count() > 1;
        for (expected, at_risk) in self.expected.iter_mut().zip(&self.at_risk) {
            *expected += d * at_risk / n;
        }
        let spare = if n > 1.0 { d * (n - d) / (n - 1.0) } else { 0.0 };
        for (i, row) in self.variance.iter_mut().enumerate() {
            let own = self.at_risk.get(i).copied().unwrap_or(0.0) / n;
            for (j, (cell, at_risk)) in row.iter_mut().zip(&self.at_risk).enumerate() {
                let same = if i == j { own } else { 0.0 };
                *cell += spare * (same - own * at_risk / n);
            }
        }
        let mut gone = vec![0.0; self.at_risk.len()];
        add(&mut gone, alike.iter().map(|(group, _)| *group));
        for (at_risk, gone) in self.at_risk.iter_mut().zip(gone) {
            *at_risk -= gone;
        }
    }

    fn told(self, sample: Sample) -> Result<LogRank, NoFigure> {
        let variance = self.variance.first().and_then(|row| row.first()).copied();
        let off: Vec<f64> =
            self.observed.iter().zip(&self.expected).map(|(seen, want)| seen - want).collect();
        // Groups of which nobody was watched while somebody left say nothing.
        let known: Vec<usize> = (0..off.len())
            .filter(|group| self.expected.get(*group).is_some_and(|want| *want > 0.0))
            .collect();
        let kept = known.split_last().map(|(_, kept)| kept).unwrap_or_default();
        let none =
            if self.is_met { NoFigure::NoSpread { n: sample.used } } else { NoFigure::Nothing };
        let chi_squared = square_over(&self.variance, &off, kept).ok_or(none)?;
        let df = size(kept);
        Ok(LogRank {
            sample,
            observed: self.observed,
            expected: self.expected,
            variance: sound(variance.unwrap_or(0.0))?,
            chi_squared,
            df,
            p: chi_squared_above(chi_squared, df),
            method: Method::LogRank,
        })
    }
}

fn add(counts: &mut [f64], groups: impl Iterator<Item = usize>) {
    for group in groups {
        if let Some(count) = counts.get_mut(group) {
            *count += 1.0;
        }
    }
}

/// `off' V^-1 off` over the kept groups, by elimination; none where V cannot be undone.
fn square_over(variance: &[Vec<f64>], off: &[f64], kept: &[usize]) -> Option<f64> {
    let mut rows = Vec::new();
    for i in kept {
        let row = variance.get(*i)?;
        let mut cells: Vec<f64> = kept.iter().filter_map(|j| row.get(*j).copied()).collect();
        cells.push(*off.get(*i)?);
        rows.push(cells);
    }
    let mut sum = None;
    // The matrix is symmetric: each step leaves a smaller one of the same form.
    while let Some((first, rest)) = rows.split_first() {
        let (pivot, last) = (*first.first()?, *first.last()?);
        if pivot <= 1e-12 {
            return None;
        }
        sum = Some(sum.unwrap_or(0.0) + last * last / pivot);
        let less = |row: &Vec<f64>| {
            let factor = row.first().copied().unwrap_or(0.0) / pivot;
            row.iter().zip(first).skip(1).map(|(cell, above)| cell - factor * above).collect()
        };
        rows = rest.iter().map(less).collect();
    }
    sum.and_then(told)
}

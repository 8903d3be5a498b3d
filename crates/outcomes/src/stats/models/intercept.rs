//! A level of its own for each cluster: the random-intercept model.

use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

use super::design::{Design, Regression, inverse};
use crate::stats::figure::{Confidence, Sample, is_rounding, sound};
use crate::stats::moments::real;
use crate::stats::root::cross;
use crate::stats::{Interval, Method, NoFigure};

/// One coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Coefficient {
    /// The estimate.
    pub estimate: f64,
    /// Its standard error, as if the variances were known.
    pub error: f64,
    /// Its normal interval: too narrow below some thirty clusters.
    pub interval: Interval,
}

/// A random-intercept model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RandomIntercept {
    /// How many people, and how many lack a number.
    pub sample: Sample,
    /// How many clusters.
    pub clusters: u64,
    /// The intercept.
    pub intercept: Coefficient,
    /// A coefficient for each predictor.
    pub predictors: Vec<Coefficient>,
    /// The variance between clusters; zero where people of a cluster are no more alike than others.
    pub between: f64,
    /// The variance within clusters.
    pub within: f64,
    /// The share of both that lies between clusters, given the predictors.
    pub icc: f64,
    /// The restricted log-likelihood, on the scale of the predictors as they came.
    pub log_likelihood: f64,
    /// How this was reckoned.
    pub method: Method,
}

/// Fits a level of its own for each cluster by restricted maximum likelihood (Patterson & Thompson
/// 1971, Biometrika 58:545).
///
/// The ratio of both variances is found where the derivative of the profiled likelihood is zero, so
/// that it is right to the last digits; R's `lme4::lmer(REML = TRUE)` and statsmodels' `MixedLM` stop a
/// little earlier. The log-likelihood is that of both. Intervals are normal, as
/// `confint(method = "Wald")`.
///
/// Where there are as many coefficients of clusters as a whole as there are clusters (one circle in each
/// arm), the likelihood is the same whatever the variance between clusters: other programs print some
/// number all the same, here there is a reason.
///
/// # Errors
///
/// [`NoFigure::TooFewGroups`] below two clusters or when there are no more clusters than coefficients that
/// clusters as a whole tell, [`NoFigure::TooFew`] when there are no more people than coefficients and
/// clusters take, [`NoFigure::NoSpread`] when nothing is left unexplained within clusters, and otherwise as
/// [`cluster_robust`](super::cluster_robust).
pub fn random_intercept(
    regression: &Regression<'_>,
    confidence: Confidence,
) -> Result<RandomIntercept, NoFigure> {
    let design = Design::new(regression)?;
    let clusters = design.clusters.len() as u64;
    if clusters <= design.of_clusters {
        return Err(NoFigure::TooFewGroups { n: clusters, wanted: design.of_clusters + 1 });
    }
    // With no more people than this the likelihood cannot tell what is within from what is between.
    let taken = clusters + design.width as u64 - design.of_clusters;
    if design.sample.used <= taken {
        return Err(NoFigure::TooFew { n: design.sample.used, wanted: taken + 1 });
    }
    let fit = best(&design)?;
    let df = real(design.sample.used) - real(design.width as u64);
    let within = sound(fit.squares / df)?;
    let z = confidence.z()?;
    let coefficient = |place: usize| {
        let contrast = design.contrast(place).ok_or(NoFigure::NotANumber)?;
        let base = if place == 0 { design.middle } else { 0.0 };
        let estimate = sound(base + contrast.dot(&fit.coefficients))?;
        let unit = (contrast.transpose() * &fit.inverse * &contrast).sum();
        let error = sound((within * unit).sqrt())?;
        let interval = Interval::around(estimate, z * error).ok_or(NoFigure::NotANumber)?;
        Ok(Coefficient { estimate, error, interval })
    };
    Ok(RandomIntercept {
        sample: design.sample,
        clusters,
        intercept: coefficient(0)?,
        predictors: (1..design.width).map(coefficient).collect::<Result<_, _>>()?,
        between: sound(within * fit.ratio)?,
        within,
        icc: fit.ratio / (1.0 + fit.ratio),
        log_likelihood: sound(fit.log_likelihood)?,
        method: Method::RandomIntercept,
    })
}

/// The fit at one ratio of the variances between and within.
struct Fit {
    ratio: f64,
    coefficients: DVector<f64>,
    inverse: DMatrix<f64>,
    squares: f64,
    log_likelihood: f64,
    /// The derivative of the log-likelihood by the ratio.
    slope: f64,
}

impl Fit {
    fn at(design: &Design, ratio: f64) -> Option<Self> {
        let mut square = design.square.clone();
        let mut moment = DVector::zeros(design.width);
        let mut ln_weights = 0.0;
        let sums: Vec<DVector<f64>> =
            design.clusters.iter().map(|cluster| cluster.x.row_sum().transpose()).collect();
        for (cluster, sum) in design.clusters.iter().zip(&sums) {
            let grown = 1.0 + real(cluster.y.len() as u64) * ratio;
            let less = ratio / grown;
            square -= sum * sum.transpose() * less;
            moment += cluster.x.transpose() * &cluster.y - sum * (less * cluster.y.sum());
            ln_weights += grown.ln();
        }
        let inverse = inverse(&square, 1e-12)?;
        let coefficients = &inverse * moment;
        let (mut squares, mut pull) = (0.0, 0.0);
        let mut slope = 0.0;
        for (cluster, sum) in design.clusters.iter().zip(&sums) {
            let left = &cluster.y - &cluster.x * &coefficients;
            let (n, total) = (real(cluster.y.len() as u64), left.sum());
            let grown = 1.0 + n * ratio;
            // The square about the cluster's own mean, and what its mean adds.
            let mean = total / n;
            squares +=
                left.iter().map(|x| (x - mean).powi(2)).sum::<f64>() + n * mean * mean / grown;
            pull += (total / grown).powi(2);
            let own = (sum.transpose() * &inverse * sum).sum();
            slope += own / (grown * grown) - n / grown;
        }
        let df = real(design.sample.used) - real(design.width as u64);
        slope = f64::midpoint(slope, df * pull / squares);
        let ln_square = square.cholesky()?.ln_determinant() + design.ln_scale();
        let deviance = df * (1.0 + (std::f64::consts::TAU * squares / df).ln());
        let log_likelihood = -0.5 * (deviance + ln_weights + ln_square);
        Some(Self { ratio, coefficients, inverse, squares, log_likelihood, slope })
    }
}

/// The ratio at which the likelihood is greatest: the best of a grid, then where its slope is zero.
fn best(design: &Design) -> Result<Fit, NoFigure> {
    let none = Fit::at(design, 0.0).ok_or(NoFigure::NoFit)?;
    let n = design.sample.used;
    if is_rounding((none.squares / real(n)).sqrt(), design.largest) {
        return Err(NoFigure::NoSpread { n });
    }
    let grid: Vec<Fit> =
        (-24..=24).filter_map(|step| Fit::at(design, f64::from(step).exp())).collect();
    let better = |fit: &&Fit| fit.log_likelihood > none.log_likelihood;
    let top = grid
        .iter()
        .filter(better)
        .max_by(|left, right| left.log_likelihood.total_cmp(&right.log_likelihood));
    let Some(top) = top else {
        // A small ratio may still be better than none where the slope at none rises.
        let found = settle(design, 0.0, (-24.0_f64).exp());
        return if none.slope > 0.0 { found.or(Ok(none)) } else { Ok(none) };
    };
    let one = 1.0_f64.exp();
    if top.ratio >= 24.0_f64.exp() * 0.99 {
        return Err(NoFigure::NoSpread { n });
    }
    settle(design, top.ratio / one, top.ratio * one)
}

fn settle(design: &Design, low: f64, high: f64) -> Result<Fit, NoFigure> {
    let slope = |ratio: f64| Fit::at(design, ratio).map_or(f64::NAN, |fit| fit.slope);
    let ratio = cross(slope, low, high).ok_or(NoFigure::NoFit)?;
    Fit::at(design, ratio).ok_or(NoFigure::NoFit)
}

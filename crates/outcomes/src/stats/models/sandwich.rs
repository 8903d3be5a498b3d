//! Least squares with errors that hold when people of one cluster are alike.

use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

use super::design::{Design, Regression};
use crate::stats::figure::{Confidence, Sample, is_rounding, sound, told};
use crate::stats::moments::{real, size};
use crate::stats::tails::t_beyond;
use crate::stats::{Interval, Method, NoFigure};

/// A standard error and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Robust {
    /// The standard error.
    pub error: f64,
    /// The degrees of freedom.
    pub df: Option<f64>,
    /// The estimate over its standard error.
    pub t: Option<f64>,
    /// The two-sided p of zero.
    pub p: Option<f64>,
    /// The t interval.
    pub interval: Option<Interval>,
}

impl Robust {
    fn of(estimate: f64, variance: f64, df: Option<f64>, confidence: Confidence) -> Self {
        let error = variance.sqrt();
        let t = told(estimate / error);
        let half = df.and_then(|df| Some(confidence.t(df).ok()? * error));
        Self {
            error,
            df,
            t,
            p: t.zip(df).map(|(t, df)| t_beyond(t, df)),
            interval: half.and_then(|half| Interval::around(estimate, half)),
        }
    }
}

/// One coefficient of least squares, with errors robust to clusters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClusterRobust {
    /// How many people, and how many lack a number.
    pub sample: Sample,
    /// How many clusters.
    pub clusters: u64,
    /// The coefficient.
    pub estimate: f64,
    /// The plain sandwich: too narrow for few clusters.
    pub cr0: f64,
    /// The sandwich times `G/(G-1) (N-1)/(N-K)`, with clusters less one degrees of freedom.
    pub cr1: Robust,
    /// The one to report: bias-reduced, with Satterthwaite's degrees of freedom.
    pub cr2: Robust,
    /// How this was reckoned.
    pub method: Method,
}

/// Least squares with the errors of one predictor (from 0) robust to clusters.
///
/// CR2 is the bias-reduced sandwich of Bell and McCaffrey (2002, Surv Methodol 28:169) with a
/// working model of equal independent errors and the degrees of freedom of Pustejovsky and Tipton
/// (2018, J Bus Econ Stat 36:672). R's `clubSandwich` with `vcov = "CR2"` gives the same, statsmodels
/// and Stata's `vce(cluster)` give CR1. A direction that one cluster alone decides is left out of the
/// adjustment, as the generalized inverse of `clubSandwich` does.
///
/// With as many coefficients of clusters as a whole as there are clusters (one circle in each arm), the
/// residuals of every cluster sum to zero whatever people say: errors are zero but for rounding, in
/// `clubSandwich` too, and mean nothing. Then there is a reason and no figure.
///
/// # Errors
///
/// [`NoFigure::TooFewGroups`] below two clusters, when there are no more clusters than coefficients that
/// clusters as a whole tell, or when every part of the coefficient is told by one cluster alone,
/// [`NoFigure::TooFew`] when there are no more people than coefficients, [`NoFigure::NoSpread`] when nothing
/// but rounding is left unexplained or the clusters do not vary beyond it, [`NoFigure::Entangled`] when a
/// predictor does not vary or others say it to six digits, [`NoFigure::Nothing`] when there is no such
/// predictor, [`NoFigure::Unequal`] when lists differ in length, [`NoFigure::NotANumber`] when one is no number.
pub fn cluster_robust(
    regression: &Regression<'_>,
    predictor: usize,
    confidence: Confidence,
) -> Result<ClusterRobust, NoFigure> {
    if predictor >= regression.predictors.len() {
        return Err(NoFigure::Nothing);
    }
    let design = Design::new(regression)?;
    let clusters = design.clusters.len() as u64;
    if clusters <= design.of_clusters {
        return Err(NoFigure::TooFewGroups { n: clusters, wanted: design.of_clusters + 1 });
    }
    let contrast = design.contrast(predictor + 1).ok_or(NoFigure::NotANumber)?;
    let mut moment = DVector::zeros(design.width);
    for cluster in &design.clusters {
        moment += cluster.x.tr_mul(&cluster.y);
    }
    let coefficients = &design.inverse * moment;
    let estimate = sound(contrast.dot(&coefficients))?;
    let (mut scores, mut squares) = (Vec::new(), 0.0);
    for cluster in &design.clusters {
        let left = &cluster.y - &cluster.x * &coefficients;
        squares += left.norm_squared();
        scores.push(cluster.x.tr_mul(&left));
    }
    let adjusted = Adjusted::new(&design, &contrast).ok_or(NoFigure::NoFit)?;
    if adjusted.is_empty {
        return Err(NoFigure::TooFewGroups { n: 1, wanted: 2 });
    }
    let plain = vec![&design.inverse * &contrast; design.clusters.len()];
    let (n, g, k) = (real(design.sample.used), size(&design.clusters), real(design.width as u64));
    let is_exact = is_rounding((squares / n).sqrt(), design.largest);
    // The sum of the squared scores, unless they are what rounding leaves of numbers so large.
    let variance = |weights: &[DVector<f64>]| {
        let (mut found, mut most) = (0.0, 0.0);
        for ((weight, score), cluster) in weights.iter().zip(&scores).zip(&design.clusters) {
            found += weight.dot(score).powi(2);
            most += (&cluster.x * weight).lp_norm(1).powi(2);
        }
        if is_exact || is_rounding(found.sqrt(), design.largest * most.sqrt()) {
            return Err(NoFigure::NoSpread { n: clusters });
        }
        sound(found)
    };
    let cr0 = variance(&plain)?;
    let cr1 = cr0 * g / (g - 1.0) * (n - 1.0) / (n - k);
    let cr2 = variance(&adjusted.weights)?;
    Ok(ClusterRobust {
        sample: design.sample,
        clusters,
        estimate,
        cr0: cr0.sqrt(),
        cr1: Robust::of(estimate, sound(cr1)?, Some(g - 1.0), confidence),
        cr2: Robust::of(estimate, cr2, adjusted.df(&design), confidence),
        method: Method::ClusterRobust,
    })
}

/// For each cluster `w` so that `A X (X'X)^-1 c = X w`, where `A` is the adjustment of CR2.
struct Adjusted {
    weights: Vec<DVector<f64>>,
    squares: Vec<DMatrix<f64>>,
    /// Whether nothing of the variance of the coefficient is left: each part was decided by one cluster.
    is_empty: bool,
}

impl Adjusted {
    /// `A = (I - X_g M X_g')^(-1/2)` acts within the columns of `X_g` only. With `M = L L'` and
    /// `L' X_g'X_g L = V S V'`, it turns `X_g L V` into `X_g L V (1 - S)^(-1/2)`: no matrix is larger
    /// than the number of coefficients, however large a cluster is.
    fn new(design: &Design, contrast: &DVector<f64>) -> Option<Self> {
        let lower = design.inverse.clone().cholesky()?.l();
        let along = lower.transpose() * contrast;
        let squares: Vec<DMatrix<f64>> =
            design.clusters.iter().map(|cluster| cluster.x.transpose() * &cluster.x).collect();
        if !squares.iter().flatten().all(|cell| cell.is_finite()) {
            return None;
        }
        let (mut kept, mut all) = (0.0, 0.0);
        let weight = |square: &DMatrix<f64>| {
            let eigen = (lower.transpose() * square * &lower).symmetric_eigen();
            let turned = eigen.eigenvectors.transpose() * &along;
            let grown = turned.zip_map(&eigen.eigenvalues, |along, value| {
                let (left, part) = (1.0 - value, along * along * value);
                all += part;
                if left > 1e-10 {
                    kept += part;
                    along / left.sqrt()
                } else {
                    0.0
                }
            });
            &lower * (eigen.eigenvectors * grown)
        };
        let weights = squares.iter().map(weight).collect();
        Some(Self { weights, squares, is_empty: kept <= 1e-10 * all })
    }

    /// Satterthwaite's degrees of freedom: the square of the mean of the variance over half its
    /// variance, were errors equal and independent. `p_g'p_h = [g = h] a_g'a_g - u_g' M u_h` with
    /// `a_g = X_g w_g`, `u_g = X_g' a_g`.
    fn df(&self, design: &Design) -> Option<f64> {
        let pairs = || self.weights.iter().zip(&self.squares);
        let ends: Vec<DVector<f64>> = pairs().map(|(weight, square)| square * weight).collect();
        let within: Vec<f64> =
            pairs().zip(&ends).map(|((weight, _), end)| weight.dot(end)).collect();
        let mut spread = 0.0;
        // The sum over pairs of (u_g' M u_h)^2 is tr (M U)^2 with U the sum of u_g u_g'.
        let mut outer = DMatrix::zeros(design.width, design.width);
        let mut trace = 0.0;
        for (end, within) in ends.iter().zip(&within) {
            let own = (end.transpose() * &design.inverse * end).sum();
            trace += within - own;
            spread += within * within - 2.0 * within * own;
            outer += end * end.transpose();
        }
        let turned = &design.inverse * outer;
        spread += (&turned * &turned).trace();
        told(trace * trace / spread).filter(|df| *df > 0.0 && spread > 0.0)
    }
}

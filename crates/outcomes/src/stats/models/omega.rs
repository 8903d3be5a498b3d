//! How much of a total is one thing: omega, from a factor model.

use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

use crate::stats::column::{at_least, mean, spread};
use crate::stats::figure::{Sample, sound};
use crate::stats::moments::size;
use crate::stats::reliability::whole_sheets;
use crate::stats::{Method, NoFigure};

/// Omega total of a set of sheets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Omega {
    /// How many sheets are complete, and how many lack an answer.
    pub sample: Sample,
    /// How many items.
    pub items: u64,
    /// The share of the variance of the total that the one factor explains.
    pub omega: f64,
    /// The loading of each item, in points.
    pub loadings: Vec<f64>,
    /// What is left of the variance of each item, in points squared.
    pub residuals: Vec<f64>,
    /// Whether every residual is above zero. Otherwise one factor is no fit for these items and omega
    /// means little (Heywood's case).
    pub is_proper: bool,
    /// How this was reckoned.
    pub method: Method,
}

impl Omega {
    /// The sum of the loadings.
    #[must_use]
    pub fn loading(&self) -> f64 {
        self.loadings.iter().sum()
    }

    /// The sum of the residual variances.
    #[must_use]
    pub fn residual(&self) -> f64 {
        self.residuals.iter().sum()
    }
}

/// Omega total (McDonald 1999) from one factor by maximum likelihood:
/// `(sum loadings)^2 / ((sum loadings)^2 + sum residuals)`.
///
/// Loadings are those of the covariances with divisor n, as R's `lavaan` has them unasked;
/// `psych::omega` fits three factors unasked and says something else. A fit whose residuals are all above
/// zero is looked for first, from a start for each item and one for all, and is told even where the likelihood is greater beyond zero.
/// Only where none is found are residuals let below, as `lavaan` lets them from the first, and
/// [`Omega::is_proper`] says so. Sheets that lack an answer are left out.
///
/// # Errors
///
/// [`NoFigure::TooFew`] below three items, or when there are not more sheets than items,
/// [`NoFigure::NoSpread`] when an item does not vary, [`NoFigure::NoFit`] when items say each other or no
/// best fit is found, [`NoFigure::Unequal`] when sheets differ in length, [`NoFigure::NotANumber`] when an
/// answer is no number.
pub fn omega_total(sheets: &[Vec<Option<f64>>]) -> Result<Omega, NoFigure> {
    let (rows, sample) = whole_sheets(sheets)?;
    let items = rows.first().map_or(0, Vec::len);
    if items < 3 {
        return Err(NoFigure::TooFew { n: items as u64, wanted: 3 });
    }
    at_least(&rows, items as u64 + 1)?;
    let (correlations, spreads) = correlations(&rows, items)?;
    let factor = Factor::best(&correlations).ok_or(NoFigure::NoFit)?;
    let sign = if factor.loadings.dot(&spreads) < 0.0 { -1.0 } else { 1.0 };
    let loadings = factor.loadings.component_mul(&spreads) * sign;
    let residuals = factor.residuals.component_mul(&spreads).component_mul(&spreads);
    let explained = loadings.sum().powi(2);
    Ok(Omega {
        sample,
        items: items as u64,
        omega: sound(explained / (explained + residuals.sum()))?,
        is_proper: residuals.iter().all(|residual| *residual > 0.0),
        loadings: loadings.iter().copied().collect(),
        residuals: residuals.iter().copied().collect(),
        method: Method::OmegaTotal,
    })
}

/// The correlations of the items and their standard deviations, divisor n.
fn correlations(rows: &[Vec<f64>], items: usize) -> Result<(DMatrix<f64>, DVector<f64>), NoFigure> {
    let n = size(rows);
    let mut scaled = DMatrix::zeros(rows.len(), items);
    let mut spreads = DVector::zeros(items);
    for (item, (mut column, kept)) in scaled.column_iter_mut().zip(spreads.iter_mut()).enumerate() {
        let answers: Vec<f64> = rows.iter().filter_map(|row| row.get(item).copied()).collect();
        let middle = mean(&answers).ok_or(NoFigure::NotANumber)?;
        let sd = spread(&answers).ok_or(NoFigure::NoSpread { n: rows.len() as u64 })?
            * ((n - 1.0) / n).sqrt();
        *kept = sd;
        for (cell, answer) in column.iter_mut().zip(answers) {
            *cell = (answer - middle) / sd;
        }
    }
    Ok((scaled.transpose() * scaled / n, spreads))
}

/// One factor: the loading of each item and what is left of its variance.
#[derive(Clone)]
struct Factor {
    loadings: DVector<f64>,
    residuals: DVector<f64>,
}

impl Factor {
    /// The factor under which the correlations are likeliest, one whose residuals are all above zero before
    /// any other.
    fn best(correlations: &DMatrix<f64>) -> Option<Self> {
        if !correlations.iter().all(|cell| cell.is_finite()) {
            return None;
        }
        // Without a positive definite matrix the likelihood has no bound.
        let least = correlations.clone().symmetric_eigen().eigenvalues.min();
        if least.is_nan() || least <= 1e-10 {
            return None;
        }
        let start = Self::start(correlations);
        if let Some((proper, _)) = start.clone().fit(correlations, true) {
            return Some(proper);
        }
        // Where that leads beyond zero, another item may be nearer to the factor.
        let near = (0..start.loadings.len()).map(|item| Self::near(correlations, item));
        let proper = near.filter_map(|start| start.fit(correlations, true));
        let proper = proper.min_by(|left, right| left.1.total_cmp(&right.1));
        proper.or_else(|| start.fit(correlations, false)).map(|(factor, _)| factor)
    }

    /// A start where one item is nearly the factor.
    fn near(correlations: &DMatrix<f64>, item: usize) -> Self {
        let loadings = correlations.column(item).map(|r| (0.9 * r).clamp(-0.9, 0.9));
        Self { residuals: loadings.map(|loading| 1.0 - loading * loading), loadings }
    }

    /// Fisher's scoring from a start, with ever smaller steps where a whole one does not help, or leads
    /// beyond zero where that is not let.
    fn fit(self, correlations: &DMatrix<f64>, is_proper: bool) -> Option<(Self, f64)> {
        let mut factor = self;
        let mut misfit = factor.misfit(correlations)?;
        for _ in 0..500 {
            let step = factor.step(correlations)?;
            let (mut share, mut moved) = (1.0, None);
            while share > 1e-12 && moved.is_none() {
                let next = factor.moved(&step, share);
                let is_let = !is_proper || next.residuals.iter().all(|left| *left > 0.0);
                moved = Some(&next)
                    .filter(|_| is_let)
                    .and_then(|next| next.misfit(correlations))
                    .filter(|found| *found <= misfit + 1e-14)
                    .map(|found| (next, found));
                share /= 2.0;
            }
            let (next, found) = moved?;
            (factor, misfit) = (next, found);
            if step.amax() < 1e-11 {
                return Some((factor, misfit));
            }
            // It runs into zero, and will not stop before.
            if is_proper && factor.residuals.min() < 1e-6 {
                return None;
            }
        }
        None
    }

    /// The first principal component, shrunk.
    fn start(correlations: &DMatrix<f64>) -> Self {
        let eigen = correlations.clone().symmetric_eigen();
        let (place, value) = eigen.eigenvalues.argmax();
        let loading = |x: f64| (0.8 * value.max(0.0).sqrt() * x).clamp(-0.95, 0.95);
        let loadings = eigen.eigenvectors.column(place).map(loading);
        Self { residuals: loadings.map(|loading| 1.0 - loading * loading), loadings }
    }

    fn implied(&self) -> DMatrix<f64> {
        &self.loadings * self.loadings.transpose() + DMatrix::from_diagonal(&self.residuals)
    }

    /// `ln |Σ| + tr S Σ^-1`; none where Σ is not positive definite.
    fn misfit(&self, correlations: &DMatrix<f64>) -> Option<f64> {
        let cholesky = self.implied().cholesky()?;
        let trace = cholesky.solve(correlations).trace();
        Some(cholesky.ln_determinant() + trace).filter(|misfit| misfit.is_finite())
    }

    /// The scoring step: loadings first, then residuals.
    fn step(&self, correlations: &DMatrix<f64>) -> Option<DVector<f64>> {
        let k = self.loadings.len();
        let inner = self.implied().cholesky()?.inverse();
        let slope = &inner - &inner * correlations * &inner;
        let along = &inner * &self.loadings;
        let length = self.loadings.dot(&along);
        let mut gradient = DVector::zeros(2 * k);
        gradient.rows_mut(0, k).copy_from(&(2.0 * &slope * &self.loadings));
        gradient.rows_mut(k, k).copy_from(&slope.diagonal());
        let mut information = DMatrix::zeros(2 * k, 2 * k);
        let loadings = 2.0 * (&inner * length + &along * along.transpose());
        let mixed = 2.0 * &inner * DMatrix::from_diagonal(&along);
        information.view_mut((0, 0), (k, k)).copy_from(&loadings);
        information.view_mut((0, k), (k, k)).copy_from(&mixed);
        information.view_mut((k, 0), (k, k)).copy_from(&mixed.transpose());
        information.view_mut((k, k), (k, k)).copy_from(&inner.component_mul(&inner));
        let step = information.lu().solve(&gradient)?;
        step.iter().all(|x| x.is_finite()).then_some(-step)
    }

    fn moved(&self, step: &DVector<f64>, share: f64) -> Self {
        let k = self.loadings.len();
        Self {
            loadings: &self.loadings + step.rows(0, k) * share,
            residuals: &self.residuals + step.rows(k, k) * share,
        }
    }
}

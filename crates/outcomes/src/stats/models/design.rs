//! An outcome and what is to explain it, as a matrix.

use std::collections::BTreeMap;

use nalgebra::{DMatrix, DVector};

use crate::stats::NoFigure;
use crate::stats::column::{mean, spread};
use crate::stats::figure::Sample;
use crate::stats::moments::real;

/// An outcome, what is to explain it, and the clusters that people come in. An intercept is always
/// added. All lists have one place for each person.
#[derive(Debug, Clone, Copy)]
pub struct Regression<'a> {
    /// What is to be explained.
    pub outcome: &'a [Option<f64>],
    /// What is to explain it: one list for each predictor.
    pub predictors: &'a [&'a [Option<f64>]],
    /// The cluster of each person, by any number.
    pub clusters: &'a [u64],
}

/// The people of one cluster, with the intercept as first column.
pub(super) struct Cluster {
    pub(super) x: DMatrix<f64>,
    pub(super) y: DVector<f64>,
}

/// A regression without gaps. Predictors are centred and scaled, the outcome is centred: large
/// numbers that hardly vary lose no digits, and a contrast brings back what was asked.
pub(super) struct Design {
    pub(super) sample: Sample,
    pub(super) clusters: Vec<Cluster>,
    pub(super) width: usize,
    /// `X'X` of the scaled predictors, and its inverse.
    pub(super) square: DMatrix<f64>,
    pub(super) inverse: DMatrix<f64>,
    /// The mean outcome.
    pub(super) middle: f64,
    /// The largest outcome, whichever its sign.
    pub(super) largest: f64,
    /// The mean and spread of each predictor.
    scales: Vec<(f64, f64)>,
}

impl Design {
    pub(super) fn new(regression: &Regression<'_>) -> Result<Self, NoFigure> {
        let rows = rows(regression)?;
        let all = regression.outcome.len() as u64;
        let used = rows.values().map(|rows| rows.len() as u64).sum();
        let width = regression.predictors.len() + 1;
        let wanted = width as u64 + 1;
        if used < wanted {
            return Err(NoFigure::TooFew { n: used, wanted });
        }
        if rows.len() < 2 {
            return Err(NoFigure::TooFew { n: rows.len() as u64, wanted: 2 });
        }
        let column = |place: usize| -> Vec<f64> {
            rows.values().flatten().filter_map(|row| row.get(place).copied()).collect()
        };
        let scale = |place| {
            let column = column(place);
            mean(&column).zip(spread(&column)).ok_or(NoFigure::Entangled)
        };
        let scales = (1..width).map(scale).collect::<Result<Vec<_>, _>>()?;
        let outcome = column(0);
        let middle = mean(&outcome).ok_or(NoFigure::NotANumber)?;
        let largest = outcome.iter().fold(0.0_f64, |most, y| most.max(y.abs()));
        let clusters: Vec<Cluster> =
            rows.values().map(|rows| Cluster::new(rows, middle, &scales)).collect();
        let mut square = DMatrix::zeros(width, width);
        for cluster in &clusters {
            square += cluster.x.transpose() * &cluster.x;
        }
        let inverse = inverse(&square, real(used)).ok_or(NoFigure::Entangled)?;
        let sample = Sample::of(used, all);
        Ok(Self { sample, clusters, width, square, inverse, middle, largest, scales })
    }

    /// What to multiply scaled coefficients with to have the one of a predictor, or with 0 the
    /// intercept (less the mean outcome).
    pub(super) fn contrast(&self, place: usize) -> DVector<f64> {
        let mut contrast = DVector::zeros(self.width);
        if place == 0 {
            contrast.fill(1.0);
            for (cell, (mean, spread)) in contrast.iter_mut().skip(1).zip(&self.scales) {
                *cell = -mean / spread;
            }
        } else if let (Some(cell), Some((_, spread))) =
            (contrast.get_mut(place), self.scales.get(place - 1))
        {
            *cell = 1.0 / spread;
        }
        contrast
    }

    /// The logarithm by which the determinant of `X'X` grows when predictors are not scaled.
    pub(super) fn ln_scale(&self) -> f64 {
        self.scales.iter().map(|(_, spread)| 2.0 * spread.ln()).sum()
    }
}

impl Cluster {
    fn new(rows: &[Vec<f64>], middle: f64, scales: &[(f64, f64)]) -> Self {
        let scaled = rows.iter().flat_map(|row| {
            let predictors = row.iter().skip(1).zip(scales);
            let predictors = predictors.map(|(x, (mean, spread))| (x - mean) / spread);
            std::iter::once(1.0).chain(predictors)
        });
        let outcome = rows.iter().filter_map(|row| row.first()).map(|y| y - middle);
        Self {
            x: DMatrix::from_row_iterator(rows.len(), scales.len() + 1, scaled),
            y: DVector::from_iterator(rows.len(), outcome),
        }
    }
}

/// The people without gaps by cluster: the outcome first, then the predictors.
fn rows(regression: &Regression<'_>) -> Result<BTreeMap<u64, Vec<Vec<f64>>>, NoFigure> {
    let people = regression.outcome.len();
    let lengths = regression.predictors.iter().map(|list| list.len());
    if let Some(odd) = lengths.chain([regression.clusters.len()]).find(|len| *len != people) {
        return Err(NoFigure::Unequal { left: people as u64, right: odd as u64 });
    }
    let mut rows: BTreeMap<u64, Vec<Vec<f64>>> = BTreeMap::new();
    for (place, (outcome, cluster)) in
        regression.outcome.iter().zip(regression.clusters).enumerate()
    {
        let predictors =
            regression.predictors.iter().map(|list| list.get(place).copied().flatten());
        let cells: Vec<Option<f64>> = std::iter::once(*outcome).chain(predictors).collect();
        if cells.iter().flatten().any(|x| !x.is_finite()) {
            return Err(NoFigure::NotANumber);
        }
        if let Some(row) = cells.into_iter().collect() {
            rows.entry(*cluster).or_default().push(row);
        }
    }
    Ok(rows)
}

/// The inverse of a square of scaled predictors, unless one of them says another.
pub(super) fn inverse(square: &DMatrix<f64>, people: f64) -> Option<DMatrix<f64>> {
    if !square.iter().all(|cell| cell.is_finite()) {
        return None;
    }
    let eigen = square.clone().symmetric_eigen();
    if !eigen.eigenvalues.iter().all(|value| *value > 1e-12 * people) {
        return None;
    }
    Some(square.clone().cholesky()?.inverse())
}

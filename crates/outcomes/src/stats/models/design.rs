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

/// A regression without gaps. The outcome is centred. Predictors are centred, scaled and turned to stand
/// at right angles, each with as many squares as there are people: neither large numbers that hardly vary
/// nor predictors that nearly say each other lose digits, and a contrast brings back what was asked.
pub(super) struct Design {
    pub(super) sample: Sample,
    pub(super) clusters: Vec<Cluster>,
    pub(super) width: usize,
    /// `X'X` of the turned predictors, and its inverse.
    pub(super) square: DMatrix<f64>,
    pub(super) inverse: DMatrix<f64>,
    /// The mean outcome.
    pub(super) middle: f64,
    /// The largest outcome, whichever its sign.
    pub(super) largest: f64,
    /// How many coefficients are told by clusters as a whole, the intercept among them.
    pub(super) of_clusters: u64,
    /// The mean and spread of each predictor.
    scales: Vec<(f64, f64)>,
    /// What turns the turned predictors back into the scaled ones.
    back: DMatrix<f64>,
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
            return Err(NoFigure::TooFewGroups { n: rows.len() as u64, wanted: 2 });
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
        let scaled = rows.values().flatten().flat_map(|row| {
            let predictors = row.iter().skip(1).zip(&scales);
            std::iter::once(1.0).chain(predictors.map(|(x, (mean, spread))| (x - mean) / spread))
        });
        let people = outcome.len();
        let (turned, back) = turned(&DMatrix::from_row_iterator(people, width, scaled))?;
        let mut from = 0;
        let cluster = |rows: &Vec<Vec<f64>>| {
            let x = turned.rows(from, rows.len()).into_owned();
            from += rows.len();
            let outcome = rows.iter().filter_map(|row| row.first()).map(|y| y - middle);
            Cluster { x, y: DVector::from_iterator(rows.len(), outcome) }
        };
        let clusters: Vec<Cluster> = rows.values().map(cluster).collect();
        let square = DMatrix::from_diagonal_element(width, width, real(used));
        let inverse = DMatrix::from_diagonal_element(width, width, 1.0 / real(used));
        let of_clusters = of_clusters(&clusters, width, real(used)).ok_or(NoFigure::NotANumber)?;
        let sample = Sample::of(used, all);
        Ok(Self {
            sample,
            clusters,
            width,
            square,
            inverse,
            middle,
            largest,
            of_clusters,
            scales,
            back,
        })
    }

    /// What to multiply turned coefficients with to have the one of a predictor, or with 0 the
    /// intercept (less the mean outcome).
    pub(super) fn contrast(&self, place: usize) -> Option<DVector<f64>> {
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
        self.back.tr_solve_upper_triangular(&contrast)
    }

    /// The logarithm by which the determinant of `X'X` grows when predictors are as they came.
    pub(super) fn ln_scale(&self) -> f64 {
        let scales = self.scales.iter().map(|(_, spread)| spread.ln());
        2.0 * scales.chain(self.back.diagonal().iter().map(|cell| cell.abs().ln())).sum::<f64>()
    }
}

/// The predictors turned to stand at right angles, and what turns them back, unless one of them is told
/// by the others to six digits: a coefficient keeps some nine digits then, and fewer beyond.
fn turned(scaled: &DMatrix<f64>) -> Result<(DMatrix<f64>, DMatrix<f64>), NoFigure> {
    if !scaled.iter().all(|cell| cell.is_finite()) {
        return Err(NoFigure::NotANumber);
    }
    let (turned, back) = scaled.clone().qr().unpack();
    let own = back
        .diagonal()
        .iter()
        .zip(scaled.column_iter())
        .all(|(own, column)| own.abs() > 1e-6 * column.norm());
    if !own {
        return Err(NoFigure::Entangled);
    }
    let root = real(scaled.nrows() as u64).sqrt();
    Ok((turned * root, back / root))
}

/// How many directions of the turned predictors vary between clusters only.
fn of_clusters(clusters: &[Cluster], width: usize, people: f64) -> Option<u64> {
    let mut within = DMatrix::zeros(width, width);
    for cluster in clusters {
        let mean = cluster.x.row_mean();
        let mut off = cluster.x.clone();
        off.row_iter_mut().for_each(|mut row| row -= &mean);
        within += off.tr_mul(&off);
    }
    let own = within.symmetric_eigen().eigenvalues;
    if !own.iter().all(|value| value.is_finite()) {
        return None;
    }
    Some(own.iter().filter(|value| **value <= 1e-12 * people).count() as u64)
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

/// The inverse of a square of turned predictors, where it has one.
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

//! Numbers as they come in: some are missing, and what is there must be a number.

use super::figure::{Sample, is_rounding, largest};
use super::moments::size;
use super::{Moments, NoFigure};

/// The numbers of a column that are there.
pub(crate) fn present(
    numbers: impl IntoIterator<Item = Option<f64>>,
) -> Result<(Vec<f64>, Sample), NoFigure> {
    let (mut kept, mut all) = (Vec::new(), 0);
    for number in numbers {
        all += 1;
        if let Some(x) = number {
            if !x.is_finite() {
                return Err(NoFigure::NotANumber);
            }
            kept.push(x);
        }
    }
    let sample = Sample::of(kept.len() as u64, all);
    Ok((kept, sample))
}

/// The pairs of which both are there.
pub(crate) fn complete(
    pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>,
) -> Result<(Vec<(f64, f64)>, Sample), NoFigure> {
    let (mut kept, mut all) = (Vec::new(), 0);
    for pair in pairs {
        all += 1;
        for number in [pair.0, pair.1].into_iter().flatten() {
            if !number.is_finite() {
                return Err(NoFigure::NotANumber);
            }
        }
        if let (Some(left), Some(right)) = pair {
            kept.push((left, right));
        }
    }
    let sample = Sample::of(kept.len() as u64, all);
    Ok((kept, sample))
}

/// The standard deviation of a list, where it has one that is more than rounding.
pub(crate) fn spread(numbers: &[f64]) -> Option<f64> {
    let moments: Moments = numbers.iter().copied().collect();
    moments.sd().filter(|sd| !is_rounding(*sd, largest(numbers)))
}

/// The mean of a list that is not empty.
pub(crate) fn mean(numbers: &[f64]) -> Option<f64> {
    let moments: Moments = numbers.iter().copied().collect();
    moments.mean().ok().map(|found| found.mean)
}

/// Refuses a list with fewer than so many.
pub(crate) const fn at_least<T>(list: &[T], wanted: u64) -> Result<(), NoFigure> {
    let n = list.len() as u64;
    if n < wanted { Err(NoFigure::TooFew { n, wanted }) } else { Ok(()) }
}

/// Pearson's correlation, where both columns vary.
pub(crate) fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let (left, right): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (spread_left, spread_right) = (spread(&left)?, spread(&right)?);
    let (mean_left, mean_right) = (mean(&left)?, mean(&right)?);
    let products = pairs
        .iter()
        .map(|(x, y)| ((x - mean_left) / spread_left) * ((y - mean_right) / spread_right));
    let r = products.sum::<f64>() / (size(pairs) - 1.0);
    r.is_finite().then(|| r.clamp(-1.0, 1.0))
}

//! Many questions asked of the same people: p adjusted for how many there are.

use super::NoFigure;
use super::moments::{real, size};

/// Holm's step-down adjustment (1979, Scand J Stat 6:65): the chance of one false claim or more.
///
/// A p that is not there stays not there and does not count, as in R's `p.adjust(p, "holm")`.
///
/// # Errors
///
/// [`NoFigure::NotANumber`] when a p is not from 0 to 1.
pub fn holm(ps: &[Option<f64>]) -> Result<Vec<Option<f64>>, NoFigure> {
    let order = ascending(ps)?;
    let m = size(&order);
    let mut most = 0.0_f64;
    let steps = order.iter().enumerate().map(|(rank, (place, p))| {
        most = most.max(p * (m - real(rank as u64))).min(1.0);
        (*place, most)
    });
    Ok(placed(ps.len(), steps))
}

/// Benjamini and Hochberg's step-up adjustment (1995, J R Stat Soc B 57:289): the share of false
/// claims among claims.
///
/// As in R's `p.adjust(p, "BH")`.
///
/// # Errors
///
/// [`NoFigure::NotANumber`] when a p is not from 0 to 1.
pub fn benjamini_hochberg(ps: &[Option<f64>]) -> Result<Vec<Option<f64>>, NoFigure> {
    let order = ascending(ps)?;
    let m = size(&order);
    let mut least = 1.0_f64;
    let steps = order.iter().enumerate().rev().map(|(rank, (place, p))| {
        least = least.min(p * (m / real(rank as u64 + 1)));
        (*place, least)
    });
    Ok(placed(ps.len(), steps))
}

fn ascending(ps: &[Option<f64>]) -> Result<Vec<(usize, f64)>, NoFigure> {
    if ps.iter().flatten().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(NoFigure::NotANumber);
    }
    let there = ps.iter().enumerate().filter_map(|(place, p)| Some((place, (*p)?)));
    let mut order: Vec<(usize, f64)> = there.collect();
    order.sort_by(|left, right| left.1.total_cmp(&right.1));
    Ok(order)
}

fn placed(len: usize, steps: impl Iterator<Item = (usize, f64)>) -> Vec<Option<f64>> {
    let mut adjusted = vec![None; len];
    for (place, p) in steps {
        if let Some(cell) = adjusted.get_mut(place) {
            *cell = Some(p);
        }
    }
    adjusted
}

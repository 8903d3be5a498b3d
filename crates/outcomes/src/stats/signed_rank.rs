//! Change within people by ranks: Wilcoxon's signed-rank test.

use serde::{Deserialize, Serialize};

use super::column::complete;
use super::figure::Sample;
use super::moments::size;
use super::ranks::{Ranks, toward_zero};
use super::tails::normal_beyond;
use super::{Method, NoFigure};

/// The most pairs whose signs are counted out one by one.
const MOST_EXACT: u64 = 200;

/// Wilcoxon's signed ranks of change, after minus before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SignedRank {
    /// How many pairs there are, and how many lack one measurement.
    pub sample: Sample,
    /// How many of the pairs did not change: they are dropped.
    pub unchanged: u64,
    /// The sum of the ranks of those who went up.
    pub rises: f64,
    /// The matched rank-biserial correlation, -1 to 1: ranks that rose less ranks that fell, of all.
    pub rank_biserial: f64,
    /// The normal deviate, where the normal curve was used.
    pub z: Option<f64>,
    /// The two-sided p of no change.
    pub p: f64,
    /// Which of the two ways.
    pub method: Method,
}

impl SignedRank {
    /// How many pairs changed.
    #[must_use]
    pub const fn changed(&self) -> u64 {
        self.sample.used - self.unchanged
    }
}

/// Ranks of changes that are not zero, each with whether it is a rise.
struct Changes {
    sample: Sample,
    ranks: Ranks,
    rose: Vec<bool>,
}

impl Changes {
    fn new(pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>) -> Result<Self, NoFigure> {
        let (pairs, sample) = complete(pairs)?;
        let changes: Vec<f64> = pairs.iter().map(|(before, after)| after - before).collect();
        let changed: Vec<f64> = changes.into_iter().filter(|change| change.abs() > 0.0).collect();
        let sizes: Vec<f64> = changed.iter().map(|change| change.abs()).collect();
        if changed.is_empty() {
            return Err(NoFigure::Nothing);
        }
        let rose = changed.iter().map(|change| *change > 0.0).collect();
        Ok(Self { sample, ranks: Ranks::new(&sizes), rose })
    }

    fn rises(&self) -> f64 {
        let risen = self.ranks.of.iter().zip(&self.rose).filter(|(_, rose)| **rose);
        risen.map(|(rank, _)| rank).sum()
    }

    fn told(&self, z: Option<f64>, p: f64, method: Method) -> SignedRank {
        let (n, rises) = (size(&self.rose), self.rises());
        SignedRank {
            sample: self.sample,
            unchanged: self.sample.used - self.rose.len() as u64,
            rises,
            rank_biserial: (4.0 * rises / (n * (n + 1.0)) - 1.0).clamp(-1.0, 1.0),
            z,
            p: p.min(1.0),
            method,
        }
    }
}

/// Wilcoxon's test by the normal curve, with the ties in the variance and half a rank of
/// continuity (Wilcoxon 1945, Biometrics Bull 1:80).
///
/// Pairs that did not change are dropped. R's `wilcox.test(after, before, paired = TRUE,
/// exact = FALSE)` does the same; SciPy's `wilcoxon` leaves the continuity out unless told
/// `correction=True`, and reports the smaller of both sums. Pratt's way with zeros is not used.
///
/// # Errors
///
/// [`NoFigure::Nothing`] when nobody changed, [`NoFigure::NotANumber`] when one is no number.
pub fn signed_rank_normal(
    pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>,
) -> Result<SignedRank, NoFigure> {
    let changes = Changes::new(pairs)?;
    let n = size(&changes.rose);
    let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - changes.ranks.tie_term / 48.0;
    let z = toward_zero(changes.rises() - n * (n + 1.0) / 4.0) / variance.sqrt();
    Ok(changes.told(Some(z), normal_beyond(z), Method::SignedRankNormal))
}

/// Wilcoxon's test by counting all signs that the changes could have had.
///
/// Without ties it is R's `wilcox.test(exact = TRUE)` and SciPy's `wilcoxon(method = "exact")`.
/// With ties both of those leave the exact way (or ignore the ties); here the shared ranks are kept
/// and all signs counted over them (as coin's and exactRankTests' do), which stays exact. The p
/// is twice the smaller tail.
///
/// # Errors
///
/// As [`signed_rank_normal`], and [`NoFigure::TooMany`] beyond 200 changes.
pub fn signed_rank_exact(
    pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>,
) -> Result<SignedRank, NoFigure> {
    let changes = Changes::new(pairs)?;
    let n = changes.rose.len() as u64;
    if n > MOST_EXACT {
        return Err(NoFigure::TooMany { n, most: MOST_EXACT });
    }
    // Twice a shared rank is a whole number.
    let doubled: Vec<usize> = changes.ranks.of.iter().map(|rank| whole(2.0 * rank)).collect();
    let at = whole(2.0 * changes.rises());
    let chances = subset_sums(&doubled);
    let most: f64 = chances.iter().take(at + 1).sum();
    let least: f64 = chances.iter().skip(at).sum();
    Ok(changes.told(None, 2.0 * most.min(least), Method::SignedRankExact))
}

/// Wilcoxon's test, exact for up to fifty changes without ties and by the normal curve elsewhere.
///
/// # Errors
///
/// As [`signed_rank_normal`].
pub fn signed_rank(
    pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>,
) -> Result<SignedRank, NoFigure> {
    let pairs: Vec<_> = pairs.into_iter().collect();
    let changes = Changes::new(pairs.iter().copied())?;
    if changes.ranks.tie_term <= 0.0 && changes.rose.len() <= 50 {
        signed_rank_exact(pairs)
    } else {
        signed_rank_normal(pairs)
    }
}

/// The chance of each sum of some of the numbers, each taken or left with equal chance.
fn subset_sums(numbers: &[usize]) -> Vec<f64> {
    let mut chances = vec![1.0];
    for number in numbers {
        let mut next = vec![0.0; chances.len() + number];
        for (sum, chance) in chances.iter().enumerate() {
            for place in [sum, sum + number] {
                if let Some(cell) = next.get_mut(place) {
                    *cell += chance / 2.0;
                }
            }
        }
        chances = next;
    }
    chances
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "twice a rank of at most a few hundred is a small whole number"
)]
const fn whole(rank: f64) -> usize {
    rank.round() as usize
}

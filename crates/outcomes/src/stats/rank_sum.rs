//! Two groups by ranks: Mann and Whitney's test.

use serde::{Deserialize, Serialize};

use super::column::{at_least, present};
use super::figure::Sample;
use super::moments::size;
use super::ranks::{Ranks, toward_zero};
use super::tails::normal_beyond;
use super::{Method, NoFigure};

/// The most people in each group whose arrangements are counted out.
const MOST_EXACT: u64 = 50;

/// Mann and Whitney's comparison of two groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RankSum {
    /// The treated.
    pub treated: Sample,
    /// Those they are compared with.
    pub control: Sample,
    /// In how many pairs of one of each the treated one has the higher number; ties count half.
    pub u: f64,
    /// The same as a share: the chance that a treated one is higher than one of the others.
    pub superiority: f64,
    /// The normal deviate, where the normal curve was used.
    pub z: Option<f64>,
    /// The two-sided p of no difference.
    pub p: f64,
    /// Which of the two ways.
    pub method: Method,
}

struct Groups {
    treated: Sample,
    control: Sample,
    ranks: Ranks,
    u: f64,
    pairs: f64,
}

impl Groups {
    fn new(
        treated: impl IntoIterator<Item = Option<f64>>,
        control: impl IntoIterator<Item = Option<f64>>,
    ) -> Result<Self, NoFigure> {
        let (mut all, treated) = present(treated)?;
        let (others, control) = present(control)?;
        at_least(&all, 1)?;
        at_least(&others, 1)?;
        let (n1, pairs) = (size(&all), size(&all) * size(&others));
        all.extend(others);
        let ranks = Ranks::new(&all);
        let sum: f64 = ranks.of.iter().take(usize::try_from(treated.used).unwrap_or(0)).sum();
        Ok(Self { treated, control, ranks, u: sum - n1 * (n1 + 1.0) / 2.0, pairs })
    }

    fn told(&self, z: Option<f64>, p: f64, method: Method) -> RankSum {
        let (treated, control) = (self.treated, self.control);
        let superiority = self.u / self.pairs;
        RankSum { treated, control, u: self.u, superiority, z, p: p.min(1.0), method }
    }
}

/// Mann and Whitney's test by the normal curve, with the ties in the variance and half a unit of
/// continuity (Mann & Whitney 1947, Ann Math Stat 18:50).
///
/// R's `wilcox.test(treated, control, exact = FALSE)` and SciPy's `mannwhitneyu(method =
/// "asymptotic")` give the same U and p; both choose the exact way unasked for small groups.
///
/// # Errors
///
/// [`NoFigure::TooFew`] when a group is empty, [`NoFigure::NoSpread`] when all numbers are alike,
/// [`NoFigure::NotANumber`] when one is no number.
pub fn rank_sum_normal(
    treated: impl IntoIterator<Item = Option<f64>>,
    control: impl IntoIterator<Item = Option<f64>>,
) -> Result<RankSum, NoFigure> {
    let groups = Groups::new(treated, control)?;
    let n = size(&groups.ranks.of);
    let ties = groups.ranks.tie_term / (n * (n - 1.0));
    let variance = groups.pairs / 12.0 * (n + 1.0 - ties);
    if variance <= 1e-9 {
        return Err(NoFigure::NoSpread { n: groups.ranks.of.len() as u64 });
    }
    let z = toward_zero(groups.u - groups.pairs / 2.0) / variance.sqrt();
    Ok(groups.told(Some(z), normal_beyond(z), Method::RankSumNormal))
}

/// Mann and Whitney's test by counting all arrangements of the two groups.
///
/// R's `wilcox.test(exact = TRUE)` and SciPy's `mannwhitneyu(method = "exact")`: twice the smaller
/// tail. It is for numbers without ties; with ties use [`rank_sum_normal`].
///
/// # Errors
///
/// [`NoFigure::TooFew`] when a group is empty, [`NoFigure::TooMany`] when one has more than fifty,
/// [`NoFigure::Tied`] when two numbers are alike, [`NoFigure::NotANumber`] when one is no number.
pub fn rank_sum_exact(
    treated: impl IntoIterator<Item = Option<f64>>,
    control: impl IntoIterator<Item = Option<f64>>,
) -> Result<RankSum, NoFigure> {
    let groups = Groups::new(treated, control)?;
    if groups.ranks.tie_term > 0.0 {
        return Err(NoFigure::Tied);
    }
    let n = groups.treated.used.max(groups.control.used);
    if n > MOST_EXACT {
        return Err(NoFigure::TooMany { n, most: MOST_EXACT });
    }
    let chances = arrangements(groups.treated.used, groups.control.used);
    // Both tails are alike, and the sums from the low end lose nothing.
    let at = groups.u.min(groups.pairs - groups.u);
    let tail = (0_u32..).zip(&chances).take_while(|(u, _)| f64::from(*u) <= at);
    let p = 2.0 * tail.map(|(_, chance)| chance).sum::<f64>();
    Ok(groups.told(None, p, Method::RankSumExact))
}

/// The chance of each U: the coefficients of the Gaussian binomial, built one factor at a time.
fn arrangements(treated: u64, control: u64) -> Vec<f64> {
    let room = usize::try_from(treated * control).unwrap_or(0) + 1;
    let mut counts = vec![0.0; room];
    if let Some(first) = counts.first_mut() {
        *first = 1.0;
    }
    for k in 1..=usize::try_from(treated).unwrap_or(0) {
        let step = usize::try_from(control).unwrap_or(0) + k;
        // Times (1 - q^(control + k)), from above so that each is taken once …
        for at in (step..room).rev() {
            let below = counts.get(at - step).copied().unwrap_or(0.0);
            if let Some(count) = counts.get_mut(at) {
                *count -= below;
            }
        }
        // … and over (1 - q^k), from below.
        for at in k..room {
            let below = counts.get(at - k).copied().unwrap_or(0.0);
            if let Some(count) = counts.get_mut(at) {
                *count += below;
            }
        }
    }
    let all: f64 = counts.iter().sum();
    counts.into_iter().map(|count| (count / all).max(0.0)).collect()
}

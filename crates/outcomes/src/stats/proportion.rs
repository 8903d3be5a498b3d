//! Shares of people.

use serde::{Deserialize, Serialize};

use super::moments::real;
use super::{CONFIDENCE, Interval, NoFigure, z_of};

/// A share with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Proportion {
    /// How many count.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// The share, 0 to 1.
    pub share: f64,
    /// Wilson's interval.
    pub interval: Interval,
}

/// A share with Wilson's score interval, without correction for continuity.
///
/// Wilson 1927, J Am Stat Assoc 22:209. R's `prop.test(x, n, correct = FALSE)` and statsmodels'
/// `proportion_confint(method = "wilson")` give the same. It stays within 0 and 1 and is sound
/// for the small groups that the usual (Wald) interval fails.
///
/// # Errors
///
/// [`NoFigure::Nothing`] of nobody, [`NoFigure::NotANumber`] when more count than there are.
pub fn wilson(count: u64, of: u64) -> Result<Proportion, NoFigure> {
    if of == 0 {
        return Err(NoFigure::Nothing);
    }
    if of < count {
        return Err(NoFigure::NotANumber);
    }
    let (n, share) = (real(of), real(count) / real(of));
    let z2 = z_of(CONFIDENCE)?.powi(2);
    let middle = share + z2 / (2.0 * n);
    let half = z2.sqrt() * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let within = |x: f64| (x / (1.0 + z2 / n)).clamp(0.0, 1.0);
    Ok(Proportion {
        count,
        of,
        share,
        interval: Interval {
            low: if count == 0 { 0.0 } else { within(middle - half) },
            high: if count == of { 1.0 } else { within(middle + half) },
        },
    })
}

//! A column of numbers in few: how many, where the middle lies, how far they spread.

use serde::{Deserialize, Serialize};

use super::column::present;
use super::figure::{Confidence, Sample, is_rounding, largest, told};
use super::moments::{real, size};
use super::{Interval, Method, Moments, NoFigure};

/// A column of numbers in few.
///
/// The extremes are single people: they never belong in what leaves the house.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// How many numbers there are, and how many lack.
    pub sample: Sample,
    /// The mean.
    pub mean: f64,
    /// The standard deviation (n - 1), where there are two numbers at least; zero where only rounding is left.
    pub sd: Option<f64>,
    /// The standard error of the mean.
    pub error: Option<f64>,
    /// The t interval of the mean, where there is spread.
    pub interval: Option<Interval>,
    /// The median.
    pub median: f64,
    /// The first quartile (type 7).
    pub lower_quartile: f64,
    /// The third quartile (type 7).
    pub upper_quartile: f64,
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// How this was reckoned.
    pub method: Method,
}

/// Describes a column of numbers.
///
/// Quartiles are of type 7 in Hyndman and Fan 1996 (Am Stat 50:361): what R's `quantile` and
/// NumPy's `percentile` do unasked. SPSS and SAS do otherwise unasked.
///
/// # Errors
///
/// [`NoFigure::Nothing`] of an empty column, [`NoFigure::NotANumber`] when one is no number.
pub fn describe(
    numbers: impl IntoIterator<Item = Option<f64>>,
    confidence: Confidence,
) -> Result<Description, NoFigure> {
    let (mut numbers, sample) = present(numbers)?;
    numbers.sort_by(f64::total_cmp);
    let moments: Moments = numbers.iter().copied().collect();
    let mean = moments.mean()?.mean;
    let quartile = |k| quartile(&numbers, k).ok_or(NoFigure::Nothing);
    let alike = |sd| is_rounding(sd, largest(&numbers));
    let sd = moments.sd().map(|sd| if alike(sd) { 0.0 } else { sd });
    let error = sd.map(|sd| sd / real(sample.used).sqrt());
    let half = error.filter(|error| *error > 0.0).and_then(|error| {
        let t = confidence.t(size(&numbers) - 1.0).ok()?;
        told(t * error)
    });
    Ok(Description {
        sample,
        mean,
        sd,
        error,
        interval: half.and_then(|half| Interval::around(mean, half)),
        median: quartile(2)?,
        lower_quartile: quartile(1)?,
        upper_quartile: quartile(3)?,
        least: quartile(0)?,
        most: quartile(4)?,
        method: Method::Description,
    })
}

/// The point below which so many quarters of sorted numbers lie, by the straight line between the
/// two nearest.
fn quartile(sorted: &[f64], quarters: usize) -> Option<f64> {
    let place = sorted.len().checked_sub(1)? * quarters;
    let (at, rest) = (place / 4, place % 4);
    let low = *sorted.get(at)?;
    let high = sorted.get(at + 1).copied().unwrap_or(low);
    let share = match rest {
        0 => return Some(low),
        1 => 0.25,
        2 => 0.5,
        _ => 0.75,
    };
    let apart = high - low;
    // The distance of two far ends may be no number where each end is one.
    let at =
        if apart.is_finite() { low + apart * share } else { low * (1.0 - share) + high * share };
    Some(at.clamp(low, high))
}

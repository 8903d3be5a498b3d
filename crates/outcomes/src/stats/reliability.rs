//! How well the items of an instrument hold together.

use serde::{Deserialize, Serialize};

use super::column::spread;
use super::figure::{Confidence, Sample, is_rounding, sound};
use super::moments::{real, size};
use super::quantile::f_above;
use super::{Interval, Method, NoFigure};

/// Cronbach's alpha of a set of sheets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Alpha {
    /// How many sheets are complete, and how many lack an answer.
    pub sample: Sample,
    /// How many items.
    pub items: u64,
    /// Alpha. The alpha of one small circle is noise: it is never told without `sample`.
    pub alpha: f64,
    /// Feldt's interval.
    pub interval: Option<Interval>,
    /// The standard error of measurement of a total, in points: `SD sqrt(1 - alpha)`.
    pub sem: f64,
    /// How this was reckoned.
    pub method: Method,
}

/// Cronbach's alpha (1951, Psychometrika 16:297) with Feldt's interval (1965, Psychometrika 30:357):
/// F with `n - 1` and `(n - 1)(k - 1)` degrees of freedom.
///
/// Sheets that lack an answer are left out. R's `psych::alpha` prints the same alpha and, among
/// others, the same interval. Items are not turned round: turn reversed ones first.
///
/// # Errors
///
/// [`NoFigure::TooFew`] below two complete sheets or two items, [`NoFigure::NoSpread`] when all totals
/// are alike but for rounding, [`NoFigure::Unequal`] when sheets differ in length, [`NoFigure::NotANumber`] when an
/// answer is no number.
pub fn alpha(sheets: &[Vec<Option<f64>>], confidence: Confidence) -> Result<Alpha, NoFigure> {
    let (rows, sample) = whole_sheets(sheets)?;
    let items = rows.first().map_or(0, Vec::len);
    if items < 2 {
        return Err(NoFigure::TooFew { n: items as u64, wanted: 2 });
    }
    super::column::at_least(&rows, 2)?;
    let variance = |numbers: &[f64]| spread(numbers).unwrap_or(0.0).powi(2);
    let of_items: f64 = (0..items)
        .map(|item| {
            let column: Vec<f64> = rows.iter().filter_map(|row| row.get(item).copied()).collect();
            variance(&column)
        })
        .sum();
    let totals: Vec<f64> = rows.iter().map(|row| row.iter().sum()).collect();
    let of_totals = variance(&totals);
    // Totals may be small where answers of both signs are not.
    let most = rows.iter().map(|row| row.iter().map(|answer| answer.abs()).sum());
    if is_rounding(of_totals.sqrt(), most.fold(0.0, f64::max)) {
        return Err(NoFigure::NoSpread { n: sample.used });
    }
    let k = real(items as u64);
    let alpha = sound(k / (k - 1.0) * (1.0 - of_items / of_totals))?;
    let (d1, d2) = (size(&rows) - 1.0, (size(&rows) - 1.0) * (k - 1.0));
    let bound = |share: f64| Some(1.0 - (1.0 - alpha) * f_above(share, d1, d2)?);
    let ends = bound(confidence.tail()).zip(bound(1.0 - confidence.tail()));
    Ok(Alpha {
        sample,
        items: items as u64,
        alpha,
        interval: ends.and_then(|(low, high)| Interval::told(low, high)),
        sem: sound((of_totals * (1.0 - alpha).max(0.0)).sqrt())?,
        method: Method::Alpha,
    })
}

/// The sheets without a gap.
pub(super) fn whole_sheets(
    sheets: &[Vec<Option<f64>>],
) -> Result<(Vec<Vec<f64>>, Sample), NoFigure> {
    let items = sheets.first().map_or(0, Vec::len);
    if let Some(odd) = sheets.iter().find(|sheet| sheet.len() != items) {
        return Err(NoFigure::Unequal { left: items as u64, right: odd.len() as u64 });
    }
    if sheets.iter().flatten().flatten().any(|answer| !answer.is_finite()) {
        return Err(NoFigure::NotANumber);
    }
    let whole = sheets.iter().filter_map(|sheet| sheet.iter().copied().collect());
    let rows: Vec<Vec<f64>> = whole.collect();
    let sample = Sample::of(rows.len() as u64, sheets.len() as u64);
    Ok((rows, sample))
}

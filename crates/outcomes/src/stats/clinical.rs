//! Change that is both reliable and across a cut-off: Jacobson and Truax's categories.

use serde::{Deserialize, Serialize};

use super::column::{at_least, complete, mean, spread};
use super::figure::{Sample, is_on, told};
use super::reliable::{jacobson_truax, measurement_error};
use super::{Method, NoFigure};
use crate::{Better, Shift};

/// The mean and standard deviation of a population.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Norm {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub sd: f64,
}

impl Norm {
    fn is_sound(self) -> bool {
        self.mean.is_finite() && self.sd.is_finite() && self.sd >= 0.0
    }
}

/// Where the line between two populations is drawn (Jacobson & Truax 1991, J Consult Clin Psychol
/// 59:12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CutOffKind {
    /// Two standard deviations from the mean of those who seek help, toward the others.
    A,
    /// Two standard deviations from the mean of the others, toward those who seek help.
    B,
    /// Between both means, each weighed by the spread of the other. To be taken where both
    /// populations are known and overlap.
    C,
}

/// The three cut-offs, each where the norms for it are given.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CutOffs {
    /// [`CutOffKind::A`].
    pub a: Option<f64>,
    /// [`CutOffKind::B`].
    pub b: Option<f64>,
    /// [`CutOffKind::C`].
    pub c: Option<f64>,
}

impl CutOffs {
    /// The one of a kind.
    #[must_use]
    pub const fn of(&self, kind: CutOffKind) -> Option<f64> {
        match kind {
            CutOffKind::A => self.a,
            CutOffKind::B => self.b,
            CutOffKind::C => self.c,
        }
    }
}

/// The cut-offs between those who seek help and everybody else.
///
/// ```text
/// a = M_clinical ∓ 2 SD_clinical        (minus where lower is better)
/// b = M_functional ± 2 SD_functional
/// c = (SD_clinical M_functional + SD_functional M_clinical) / (SD_clinical + SD_functional)
/// ```
///
/// # Errors
///
/// [`NoFigure::Nothing`] without any norm, [`NoFigure::NotANumber`] when one is out of range.
pub fn cut_offs(
    clinical: Option<Norm>,
    functional: Option<Norm>,
    better: Better,
) -> Result<CutOffs, NoFigure> {
    if clinical.is_none() && functional.is_none() {
        return Err(NoFigure::Nothing);
    }
    if [clinical, functional].into_iter().flatten().any(|norm| !norm.is_sound()) {
        return Err(NoFigure::NotANumber);
    }
    let toward_better = match better {
        Better::Higher => 2.0,
        Better::Lower => -2.0,
    };
    let c = clinical.zip(functional).and_then(|(clinical, functional)| {
        let sum = clinical.sd + functional.sd;
        let between = clinical.sd * functional.mean + functional.sd * clinical.mean;
        (sum > 0.0).then(|| between / sum).and_then(told)
    });
    Ok(CutOffs {
        a: clinical.and_then(|norm| told(norm.mean + toward_better * norm.sd)),
        b: functional.and_then(|norm| told(norm.mean - toward_better * norm.sd)),
        c,
    })
}

/// What an instrument and its norms say of change.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClinicalRule {
    /// The reliability of the instrument, 0 to 1.
    pub reliability: f64,
    /// Those who seek help; without it, the people themselves before.
    pub clinical: Option<Norm>,
    /// Everybody else.
    pub functional: Option<Norm>,
    /// Which way is better.
    pub better: Better,
    /// Where the line is drawn.
    pub cut_off: CutOffKind,
    /// How many standard errors of a difference a reliable change must exceed: 1.96 by custom.
    pub z: f64,
}

/// How many people are in each category, and by which line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClinicalChange {
    /// How many pairs, and how many lack one measurement.
    pub sample: Sample,
    /// The standard error of a difference, in points.
    pub s_diff: f64,
    /// The line, in points.
    pub cut_off: f64,
    /// Reliably better, from beyond the line to this side of it.
    pub recovered: u64,
    /// Reliably better otherwise.
    pub improved: u64,
    /// Not reliably changed.
    pub unchanged: u64,
    /// Reliably worse, other than harmed.
    pub deteriorated: u64,
    /// Reliably worse, from this side of the line to beyond it.
    pub harmed: u64,
    /// How this was reckoned.
    pub method: Method,
}

/// Counts people by Jacobson and Truax's categories.
///
/// The spread before is that of the pairs. A total exactly on the line is on neither side, and a
/// change of exactly the reliable size is not reliable: both as in Jacobson and Truax, and in R's
/// `clinicalsignificance`, which counts the harmed apart too. What misses the line by a part in a million
/// million of the largest number that drew it stands on it: rounding decides for nobody.
///
/// # Errors
///
/// [`NoFigure::TooFew`] below two pairs, [`NoFigure::NoSpread`] when all are alike before or the
/// instrument has no noise, [`NoFigure::Nothing`] when the norms for the line are not given,
/// [`NoFigure::NotANumber`] when a figure is out of range.
pub fn clinical_change(
    pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>,
    rule: &ClinicalRule,
) -> Result<ClinicalChange, NoFigure> {
    let (pairs, sample) = complete(pairs)?;
    at_least(&pairs, 2)?;
    let before: Vec<f64> = pairs.iter().map(|(before, _)| *before).collect();
    let sd = spread(&before).ok_or(NoFigure::NoSpread { n: sample.used })?;
    let mean = mean(&before).ok_or(NoFigure::NotANumber)?;
    let clinical = rule.clinical.unwrap_or(Norm { mean, sd });
    let cut_offs = cut_offs(Some(clinical), rule.functional, rule.better)?;
    let mut found = ClinicalChange {
        sample,
        s_diff: measurement_error(sd, rule.reliability)?.s_diff,
        cut_off: cut_offs.of(rule.cut_off).ok_or(NoFigure::Nothing)?,
        recovered: 0,
        improved: 0,
        unchanged: 0,
        deteriorated: 0,
        harmed: 0,
        method: Method::JacobsonTruax,
    };
    let norms = [Some(clinical), rule.functional].into_iter().flatten();
    let size = norms.map(|norm| norm.mean.abs() + 2.0 * norm.sd).fold(0.0, f64::max);
    for pair in pairs {
        let index = jacobson_truax(sd, rule.reliability, pair, rule.better, rule.z)?;
        found.count(pair, index.shift, rule.better, size);
    }
    Ok(found)
}

impl ClinicalChange {
    fn count(&mut self, (before, after): (f64, f64), shift: Shift, better: Better, size: f64) {
        // How far on the better side of the line.
        let beyond = |total: f64| {
            if is_on(total, self.cut_off, size.max(total.abs())) {
                return 0.0;
            }
            match better {
                Better::Higher => total - self.cut_off,
                Better::Lower => self.cut_off - total,
            }
        };
        let (was, is) = (beyond(before), beyond(after));
        match shift {
            Shift::Improved if was < 0.0 && is > 0.0 => self.recovered += 1,
            Shift::Improved => self.improved += 1,
            Shift::Unchanged => self.unchanged += 1,
            Shift::Worse if was > 0.0 && is < 0.0 => self.harmed += 1,
            Shift::Worse => self.deteriorated += 1,
        }
    }
}

//! Change beyond the noise of the instrument.

use serde::{Deserialize, Serialize};

use super::NoFigure;
use super::figure::{is_on, sound};
use crate::{Better, Shift};

/// How many people improved, stayed and worsened by a threshold. Worsening is always said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shifts {
    /// Better by the threshold or more.
    pub improved: u64,
    /// Changed by less.
    pub unchanged: u64,
    /// Worse by the threshold or more.
    pub worse: u64,
}

impl Shifts {
    /// Counts one person.
    pub const fn count(&mut self, shift: Shift) {
        self.count_many(shift, 1);
    }

    /// Counts so many people.
    pub const fn count_many(&mut self, shift: Shift, people: u64) {
        match shift {
            Shift::Improved => self.improved += people,
            Shift::Unchanged => self.unchanged += people,
            Shift::Worse => self.worse += people,
        }
    }

    /// How many were counted.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.improved + self.unchanged + self.worse
    }
}

/// The reliable change index of one pair of totals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct JacobsonTruax {
    /// The standard error of measurement, in points.
    pub sem: f64,
    /// The standard error of a difference, in points.
    pub s_diff: f64,
    /// Change over the standard error of a difference.
    pub index: f64,
    /// A change of more points than this is reliable.
    pub points: f64,
    /// What the change amounts to.
    pub shift: Shift,
}

/// The noise of an instrument, in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MeasurementError {
    /// The standard error of measurement: `SD sqrt(1 - r)`.
    pub sem: f64,
    /// The standard error of a difference of two measurements: `sqrt(2) SEM`.
    pub s_diff: f64,
}

/// The noise of an instrument with a spread and a reliability; zero where it has none.
///
/// # Errors
///
/// [`NoFigure::NotANumber`] when the spread is negative or the reliability is not from 0 to 1.
pub fn measurement_error(sd: f64, reliability: f64) -> Result<MeasurementError, NoFigure> {
    if !sd.is_finite() || sd < 0.0 || !(0.0..=1.0).contains(&reliability) {
        return Err(NoFigure::NotANumber);
    }
    let sem = sd * (1.0 - reliability).sqrt();
    let s_diff = sound(2.0_f64.sqrt() * sem)?;
    Ok(MeasurementError { sem, s_diff })
}

/// The reliable change index of Jacobson and Truax (1991, J Consult Clin Psychol 59:12).
///
/// `SEM = SD sqrt(1 - r)`, `S_diff = sqrt(2) SEM`, and a change is reliable when its size is
/// strictly more than `z S_diff`; a change that misses it by a part in a million million is taken to be
/// exactly so much, and is not reliable. Published thresholds are this figure rounded up and tested
/// with "at least"; use [`ChangeThreshold`](crate::ChangeThreshold) for those.
///
/// # Errors
///
/// [`NoFigure::NoSpread`] when the instrument has no noise (reliability 1, or no spread), and
/// [`NoFigure::NotANumber`] when a figure is out of its range.
pub fn jacobson_truax(
    sd_before: f64,
    reliability: f64,
    (before, after): (f64, f64),
    better: Better,
    z: f64,
) -> Result<JacobsonTruax, NoFigure> {
    let MeasurementError { sem, s_diff } = measurement_error(sd_before, reliability)?;
    if ![before, after, z].iter().all(|x| x.is_finite()) || z <= 0.0 {
        return Err(NoFigure::NotANumber);
    }
    if s_diff <= 0.0 {
        return Err(NoFigure::NoSpread { n: 1 });
    }
    let index = sound((after - before) / s_diff)?;
    let gain = match better {
        Better::Higher => index,
        Better::Lower => -index,
    };
    let points = sound(z * s_diff)?;
    let size = points.max(before.abs()).max(after.abs());
    let shift = if is_on((after - before).abs(), points, size) {
        Shift::Unchanged
    } else if gain > z {
        Shift::Improved
    } else if gain < -z {
        Shift::Worse
    } else {
        Shift::Unchanged
    };
    Ok(JacobsonTruax { sem, s_diff, index, points, shift })
}

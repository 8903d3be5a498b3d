//! Change beyond the noise of the instrument.

use serde::{Deserialize, Serialize};

use super::NoFigure;
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
        match shift {
            Shift::Improved => self.improved += 1,
            Shift::Unchanged => self.unchanged += 1,
            Shift::Worse => self.worse += 1,
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

/// The reliable change index of Jacobson and Truax (1991, J Consult Clin Psychol 59:12).
///
/// `SEM = SD sqrt(1 - r)`, `S_diff = sqrt(2) SEM`, and a change is reliable when its size is
/// strictly more than `z S_diff`. Published thresholds are this figure rounded up and tested
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
    let sound = [sd_before, reliability, before, after, z].iter().all(|x| x.is_finite());
    if !sound || sd_before < 0.0 || !(0.0..=1.0).contains(&reliability) || z <= 0.0 {
        return Err(NoFigure::NotANumber);
    }
    let sem = sd_before * (1.0 - reliability).sqrt();
    let s_diff = 2.0_f64.sqrt() * sem;
    if s_diff <= 0.0 {
        return Err(NoFigure::NoSpread { n: 1 });
    }
    let index = (after - before) / s_diff;
    let gain = match better {
        Better::Higher => index,
        Better::Lower => -index,
    };
    let shift = if gain > z {
        Shift::Improved
    } else if gain < -z {
        Shift::Worse
    } else {
        Shift::Unchanged
    };
    Ok(JacobsonTruax { sem, s_diff, index, points: z * s_diff, shift })
}

//! How many people and circles to plan for.

use serde::{Deserialize, Serialize};

use super::clusters::design_effect;
use super::figure::{Confidence, sound};
use super::noncentral::{t_above, t_below};
use super::root::cross;
use super::{Method, NoFigure};

/// What a comparison of two arms is to find.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Aim {
    /// The difference of means worth finding, in points.
    pub difference: f64,
    /// The standard deviation within an arm, in points.
    pub sd: f64,
    /// The chance of finding it when it is there, such as 0.8.
    pub power: f64,
    /// The chance of finding it when it is not, on both sides, such as 0.05.
    pub alpha: f64,
}

/// The clusters that people come in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Clustering {
    /// The mean size of a cluster, in people.
    pub size: f64,
    /// How alike people of one cluster are.
    pub icc: f64,
    /// The coefficient of variation of sizes.
    pub variation: f64,
}

/// How many to plan for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// People in each arm if each came alone; a fraction, not rounded.
    pub alone: f64,
    /// What clustering costs.
    pub design_effect: f64,
    /// People in each arm, in whole people.
    pub people: f64,
    /// Clusters in each arm, whole.
    pub clusters: f64,
    /// How this was reckoned.
    pub method: Method,
}

/// People in each arm for a two-sided t test of two arms of equal size.
///
/// The power is that of both tails of the noncentral t, as R's `power.t.test(strict = TRUE)` and
/// statsmodels' `TTestIndPower` have it. Without `strict` R leaves out the tail on the wrong side, and
/// asks for a fraction of a person more. The answer is a fraction; two is the least.
///
/// # Errors
///
/// [`NoFigure::NotANumber`] when the difference is zero, a spread or a chance is out of its range, the
/// power is not above half of alpha, or no number of people below ten million is enough.
pub fn people_per_arm(aim: &Aim) -> Result<f64, NoFigure> {
    let effect = sound(aim.difference / aim.sd)?.abs();
    let in_range = aim.sd > 0.0 && effect > 0.0 && aim.power < 1.0 && aim.power > aim.alpha / 2.0;
    if !in_range {
        return Err(NoFigure::NotANumber);
    }
    let confidence = Confidence::new(1.0 - aim.alpha)?;
    let power = |n: f64| {
        let df = 2.0 * (n - 1.0);
        let shift = (n / 2.0).sqrt() * effect;
        let both = |t| t_above(t, df, shift) + t_below(-t, df, shift);
        confidence.t(df).map_or(f64::NAN, both)
    };
    if power(2.0) >= aim.power {
        return Ok(2.0);
    }
    cross(|n| power(n) - aim.power, 2.0, 1e7).ok_or(NoFigure::NotANumber)
}

/// People and clusters in each arm: [`people_per_arm`] times [`design_effect`], rounded up.
///
/// # Errors
///
/// As both.
pub fn clusters_per_arm(aim: &Aim, clustering: &Clustering) -> Result<Plan, NoFigure> {
    let alone = people_per_arm(aim)?;
    let effect = design_effect(clustering.size, clustering.icc, clustering.variation)?;
    let people = sound((alone * effect).ceil())?;
    let clusters = sound((people / clustering.size).ceil())?;
    Ok(Plan { alone, design_effect: effect, people, clusters, method: Method::PowerT })
}

//! Those who stayed beside everybody who was enrolled.

use serde::{Deserialize, Serialize};

use super::column::mean;
use super::figure::Sample;
use super::moments::real;
use super::{Method, NoFigure};
use crate::Better;

/// What was measured of one enrolled person.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Course {
    /// Before.
    pub before: Option<f64>,
    /// In between, in order of time.
    pub between: Vec<Option<f64>>,
    /// After.
    pub after: Option<f64>,
}

impl Course {
    /// Before and after, where both were measured.
    fn pair(&self) -> Option<(f64, f64)> {
        self.before.zip(self.after)
    }

    /// Before and the last that was measured at all, which may be the first.
    fn carried(&self) -> Option<(f64, f64)> {
        let before = self.before?;
        let later = self.between.iter().copied().chain([self.after]).flatten();
        Some((before, later.last().unwrap_or(before)))
    }
}

/// The side of a cut-off on which a total is a case; on the cut-off it is one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Caseness {
    /// The cut-off, in points.
    pub cut_off: f64,
    /// Which way is better.
    pub better: Better,
}

impl Caseness {
    /// Whether a total is a case.
    #[must_use]
    pub fn is_case(&self, total: f64) -> bool {
        match self.better {
            Better::Lower => total >= self.cut_off,
            Better::Higher => total <= self.cut_off,
        }
    }
}

/// The same program by those who stayed and by everybody.
///
/// Every figure that fills in a measurement is for sensitivity only: a single value hides how
/// little is known (National Research Council 2010, doi 10.17226/12955).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Completers {
    /// How many have both measurements, and how many enrolled lack one.
    pub sample: Sample,
    /// The share of the enrolled that has both.
    pub retention: f64,
    /// The mean change of those who have both.
    pub change: Option<f64>,
    /// Their mean before.
    pub baseline: Option<f64>,
    /// The mean before of those who lack the last one: whether leavers began worse.
    pub baseline_of_leavers: Option<f64>,
    /// The mean change of all, a missing last one taken as the first (BOCF).
    pub change_baseline_carried: Option<f64>,
    /// The mean change of all, a missing last one taken as the last there was (LOCF).
    pub change_last_carried: Option<f64>,
    /// A case before, among those who have both.
    pub cases_completed: u64,
    /// A case before, among all.
    pub cases: u64,
    /// A case before and none after.
    pub recovered: u64,
    /// How this was reckoned.
    pub method: Method,
}

impl Completers {
    /// How many were enrolled.
    #[must_use]
    pub const fn enrolled(&self) -> u64 {
        self.sample.used + self.sample.missing
    }

    /// Recovered, of the cases who have both measurements.
    #[must_use]
    pub fn recovery_of_completers(&self) -> Option<f64> {
        share(self.recovered, self.cases_completed)
    }

    /// Recovered, of all cases: who was not measured again counts as not recovered.
    #[must_use]
    pub fn recovery_of_all(&self) -> Option<f64> {
        share(self.recovered, self.cases)
    }
}

fn share(count: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| real(count) / real(of))
}

/// Sets those who stayed beside everybody who was enrolled.
///
/// # Errors
///
/// [`NoFigure::Nothing`] when nobody was enrolled, [`NoFigure::NotANumber`] when a total or the
/// cut-off is no number.
pub fn completers(people: &[Course], caseness: Caseness) -> Result<Completers, NoFigure> {
    let totals = |person: &Course| {
        let mut totals = vec![person.before, person.after];
        totals.extend(&person.between);
        totals
    };
    let sound = people.iter().flat_map(totals).flatten().all(f64::is_finite);
    if !sound || !caseness.cut_off.is_finite() {
        return Err(NoFigure::NotANumber);
    }
    let mean_of = |list: Vec<f64>| mean(&list);
    let pairs = || people.iter().filter_map(Course::pair);
    let completed = pairs().count() as u64;
    let enrolled = people.len() as u64;
    let lost = people.iter().filter(|person| person.after.is_none());
    let is_case = |before: f64| caseness.is_case(before);
    let count = |left: &mut dyn Iterator<Item = f64>| left.filter(|x| is_case(*x)).count() as u64;
    let recovered = pairs().filter(|(before, after)| is_case(*before) && !is_case(*after));
    let stays = people.iter().filter_map(|person| {
        let before = person.before?;
        Some(person.after.map_or(0.0, |after| after - before))
    });
    let carried = people.iter().filter_map(Course::carried).map(|(before, last)| last - before);
    Ok(Completers {
        sample: Sample::of(completed, enrolled),
        retention: share(completed, enrolled).ok_or(NoFigure::Nothing)?,
        change: mean_of(pairs().map(|(before, after)| after - before).collect()),
        baseline: mean_of(pairs().map(|(before, _)| before).collect()),
        baseline_of_leavers: mean_of(lost.filter_map(|person| person.before).collect()),
        change_baseline_carried: mean_of(stays.collect()),
        change_last_carried: mean_of(carried.collect()),
        cases_completed: count(&mut pairs().map(|(before, _)| before)),
        cases: count(&mut people.iter().filter_map(|person| person.before)),
        recovered: recovered.count() as u64,
        method: Method::IntentionToTreat,
    })
}

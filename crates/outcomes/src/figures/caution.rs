//! What a careful evaluator would say beside a mean.

use super::scale::AskedScale;
use super::{Caution, ChangeFigures, Shown};

/// Below so many people measured twice, a mean moves a lot with each of them. Our own figure.
const FEW: u64 = 30;
/// Below this share measured twice, what became of the others decides. Our own figure, the usual
/// mark of reviewers ("80 %" in Sackett et al. 1997, Evidence-based medicine) being stricter.
const MOST: f64 = 0.8;

impl AskedScale<'_> {
    /// All that is said follows from what is told.
    pub(super) fn cautions(&self, change: &Shown<ChangeFigures>) -> Vec<Caution> {
        let Some(change) = change.shown() else { return Vec::new() };
        let (both, asked) = (change.both, crate::suppression::real(self.people()));
        let few = both.exact().is_some_and(|both| both < FEW);
        let lost = both.exact().is_some_and(|n| crate::suppression::real(n) < MOST * asked);
        let baseline = change.baseline_of_both.zip(self.cut_off());
        let in_crisis = baseline.is_some_and(|(mean, cut)| match cut.side {
            crate::Side::AtOrAbove => cut.at.to_f64() <= mean,
            crate::Side::AtOrBelow => mean <= cut.at.to_f64(),
        });
        let said = [
            (lost, Caution::ManyNotMeasuredTwice),
            (in_crisis, Caution::RegressionToTheMean),
            (few, Caution::FewPeople),
            (true, Caution::NoComparison),
        ];
        said.into_iter().filter(|(is, _)| *is).map(|(_, caution)| caution).collect()
    }
}

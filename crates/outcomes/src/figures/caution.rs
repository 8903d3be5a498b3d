//! What a careful evaluator would say beside a mean.

use super::scale::AskedScale;
use super::{Caution, ChangeFigures, Shown, WaveFigures};
use crate::Side;
use crate::suppression::{Tally, real};

/// Below so many people measured twice, a mean moves a lot with each of them. Our own figure.
const FEW: u64 = 30;
/// Below this share measured twice, what became of the others decides. Our own figure, the usual
/// mark of reviewers ("80 %" in Sackett et al. 1997, Evidence-based medicine) being stricter.
const MOST: f64 = 0.8;

impl AskedScale<'_> {
    /// All that is said follows from what is told: where a count is told as a bound, from the most that it can be.
    pub(super) fn cautions(
        &self,
        change: &Shown<ChangeFigures>,
        waves: &[WaveFigures],
    ) -> Vec<Caution> {
        let Some(change) = change.shown() else { return Vec::new() };
        let asked = self.people();
        let ends = [waves.first(), waves.last()].into_iter().flatten().map(|wave| wave.measured);
        let most = |told: Tally| match told {
            Tally::Exactly { n } => n,
            Tally::FewerThan { n } => n.saturating_sub(1),
            Tally::AtLeast { .. } | Tally::Hidden => asked,
        };
        let both = ends.chain([change.both]).map(most).min().unwrap_or(asked);
        let lost = real(both) < MOST * real(asked);
        // Nearest to those who have both is the mean of those; else that of everybody measured at first.
        let first = change.baseline_of_both.or_else(|| waves.first()?.mean);
        let in_crisis = first.zip(self.cut_off()).is_some_and(|(mean, cut)| {
            let counts = match cut.side {
                Side::AtOrAbove => cut.at.to_f64() <= mean,
                Side::AtOrBelow => mean <= cut.at.to_f64(),
            };
            counts == cut.marks_worse(self.scale.instrument.scoring().better())
        });
        let said = [
            (lost, Caution::ManyNotMeasuredTwice),
            (in_crisis, Caution::RegressionToTheMean),
            (both < FEW, Caution::FewPeople),
            (true, Caution::NoComparison),
        ];
        said.into_iter().filter(|(is, _)| *is).map(|(_, caution)| caution).collect()
    }
}

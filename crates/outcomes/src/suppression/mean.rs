//! Means, rounded and withheld so that nobody is counted by them.

use crate::stats::Interval;

#[expect(clippy::cast_precision_loss, reason = "counts and minutes stay far below 2^53")]
pub(crate) const fn real(n: u64) -> f64 {
    n as f64
}

/// The steps to which a mean may be rounded, in tenths of a point.
const STEPS: [u32; 6] = [1, 2, 5, 10, 20, 50];
/// The coarsest of them.
const COARSEST: u32 = 100;

/// How coarsely the means of a group are told.
///
/// An exact mean is a sum over a number of people, and tells both. A rounded one does not: its
/// step is at least the distance between two means of the fewest people that there may be, so
/// that every number of people from there on could have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    tenths: u32,
}

impl Step {
    /// The step of a group of at least so many people, whose totals lie `grain` points apart.
    pub(crate) fn of(grain: f64, least: u64) -> Self {
        let apart = 10.0 * grain / real(least.max(1));
        let fits = STEPS.into_iter().find(|tenths| apart <= f64::from(*tenths) + 1e-9);
        Self { tenths: fits.unwrap_or(COARSEST) }
    }

    /// How many points it is.
    pub(crate) fn points(self) -> f64 {
        f64::from(self.tenths) / 10.0
    }

    /// A figure to the nearest step.
    pub(crate) fn round(self, x: f64) -> f64 {
        let step = f64::from(self.tenths);
        // What rounds to zero has no sign.
        (x * 10.0 / step).round() * step / 10.0 + 0.0
    }

    /// An interval about a mean: as wide as it is or a little wider, and about the rounded mean,
    /// so that its middle says no more than the mean does.
    pub(crate) fn interval(self, mean: f64, interval: Interval) -> Interval {
        let step = f64::from(self.tenths);
        let half = (interval.high - interval.low) / 2.0;
        let half = ((half * 10.0 / step) - 1e-9).ceil() * step / 10.0;
        let ends = |x: f64| (x * 10.0).round() / 10.0;
        let middle = self.round(mean);
        Interval { low: ends(middle - half), high: ends(middle + half) }
    }

    /// The sums that so many people may have whose mean is told so.
    fn sums(self, mean: f64, people: u64) -> (f64, f64) {
        let (middle, half) = (self.round(mean), f64::from(self.tenths) / 20.0);
        ((middle - half) * real(people), (middle + half) * real(people))
    }
}

/// One band: how many people lie in it, whether that is told, and its lowest and highest total.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Band {
    pub(crate) people: u64,
    pub(crate) is_hidden: bool,
    pub(crate) totals: (f64, f64),
}

/// Whether a mean leaves the hidden bands hidden: from the mean, the number of people and the
/// bands that are told, no small count of a hidden band may follow, nor that all lie in one.
pub(crate) fn keeps_bands(bands: &[Band], mean: f64, step: Step, floor: u64) -> bool {
    let people: u64 = bands.iter().map(|band| band.people).sum();
    let told = |read: fn((f64, f64)) -> f64| -> f64 {
        let told = bands.iter().filter(|band| !band.is_hidden);
        told.map(|band| real(band.people) * read(band.totals)).sum()
    };
    let (low, high) = step.sums(mean, people);
    let sums = (low - told(|totals| totals.1), high - told(|totals| totals.0));
    let hidden: Vec<Band> = bands.iter().copied().filter(|band| band.is_hidden).collect();
    let all: u64 = hidden.iter().map(|band| band.people).sum();
    (0..hidden.len()).all(|place| {
        let mut possible = (0..=all).filter(|n| fits(&hidden, place, *n, all - n, sums));
        match (possible.next(), possible.next()) {
            (Some(only), None) => only == 0 || (floor <= only && only < people),
            _ => true,
        }
    })
}

/// Whether `n` people in one hidden band, and all others in the others, can have such a sum.
fn fits(hidden: &[Band], place: usize, n: u64, others: u64, (low, high): (f64, f64)) -> bool {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut own = (0.0, 0.0);
    for (at, band) in hidden.iter().enumerate() {
        if at == place {
            own = band.totals;
        } else {
            (least, most) = (least.min(band.totals.0), most.max(band.totals.1));
        }
    }
    let rest = |x: f64| if others == 0 { 0.0 } else { real(others) * x };
    real(n) * own.0 + rest(least) <= high && low <= real(n) * own.1 + rest(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_could_be_that_of_any_number_of_people() {
        for (grain, least) in [(1.0, 5_u64), (4.0, 5), (4.0, 11), (4.0, 40), (0.1, 5), (1.0, 235)] {
            let step = Step::of(grain, least);
            for n in least..least + 30 {
                for sum in 0..200 {
                    let told = step.round(f64::from(sum) * 0.37);
                    let half = f64::from(step.tenths) / 20.0;
                    let any = ((told + half) * real(n) / grain).floor() * grain / real(n);
                    assert!((any - told).abs() <= half + 1e-9, "{told} is no mean of {n}");
                }
            }
        }
        assert!((Step::of(4.0, 235).round(11_108.0 / 235.0) - 47.3).abs() < 1e-9);
        assert_eq!(Step::of(4.0, 8).tenths, 5);
    }

    #[test]
    fn one_person_in_a_hidden_band_is_not_found_by_the_mean() {
        let band = |people, totals| Band { people, is_hidden: true, totals };
        // Four at 0 to 4 and one at 15 to 21 have 21 points: nobody else could.
        let bands = [band(4, (0.0, 4.0)), band(1, (15.0, 21.0))];
        assert!(!keeps_bands(&bands, 21.0 / 5.0, Step::of(1.0, 5), 5));
        assert!(keeps_bands(&bands, 16.0 / 5.0, Step::of(1.0, 5), 5));
        let wide = [band(9, (0.0, 48.0)), band(3, (52.0, 100.0))];
        assert!(keeps_bands(&wide, 42.0, Step::of(4.0, 12), 11));
    }

    #[test]
    fn an_interval_is_never_narrower_than_it_was() {
        let step = Step::of(1.0, 11);
        let told = step.interval(-4.86, Interval { low: -5.57, high: -4.15 });
        assert_eq!((told.low, told.high), (-5.7, -4.1));
    }
}

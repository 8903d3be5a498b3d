//! Student's distribution about another point than zero: what a standardized effect follows.

use std::sync::LazyLock;

use super::Interval;
use super::root::cross;
use super::tails::{gamma, normal_above, stirling_rest};

/// Beyond so many standard deviations there is nothing that counts.
const REACH: f64 = 9.0;

/// The chance that a noncentral t with `df` degrees of freedom about `shift` lies above `t`.
///
/// With `S` the root of a chi-squared over its degrees of freedom, `T > t` is `Z > t S - shift`:
/// the integral over `S` is taken by Gauss and Legendre on panels that are narrow beside both the
/// normal step and the density of `S`, so that every `t`, `df` and `shift` costs the same.
pub(super) fn t_above(t: f64, df: f64, shift: f64) -> f64 {
    if t < 0.0 {
        return t_below(-t, df, -shift);
    }
    let step = |s: f64| normal_above(t * s - shift);
    let (from, to) = transition(t, shift);
    (chi(from, df).0 + integral(step, from, to, t, df)).clamp(0.0, 1.0)
}

/// The chance that it lies below `t`.
pub(super) fn t_below(t: f64, df: f64, shift: f64) -> f64 {
    if t < 0.0 {
        return t_above(-t, df, -shift);
    }
    let step = |s: f64| normal_above(shift - t * s);
    let (from, to) = transition(t, shift);
    (chi(to, df).1 + integral(step, from, to, t, df)).clamp(0.0, 1.0)
}

/// Where the normal step goes from one to nothing, along `S`.
fn transition(t: f64, shift: f64) -> (f64, f64) {
    if t <= 0.0 {
        return (0.0, f64::MAX);
    }
    (((shift - REACH) / t).max(0.0), ((shift + REACH) / t).clamp(0.0, f64::MAX))
}

/// How much of `S` lies below and above a point.
fn chi(s: f64, df: f64) -> (f64, f64) {
    let tails = gamma(df / 2.0, df / 2.0 * s * s);
    (tails.below, tails.above)
}

fn integral(step: impl Fn(f64) -> f64, from: f64, to: f64, t: f64, df: f64) -> f64 {
    let spread = 1.0 / (2.0 * df).sqrt();
    let low = from.max(1.0 - 13.0 * spread);
    let high = to.min(1.0 + 13.0 * spread);
    if high <= low {
        return 0.0;
    }
    let width = 2.0 * spread.min(1.0 / t.abs());
    let density = Density::new(df);
    // Near zero the density is a power: one that is not whole is taken in panels that double.
    let is_rough = low <= 0.0 && df.fract() > 0.0;
    let (mut sum, mut at) = (0.0, low);
    // Invariant: at most some 30 panels, for `high - low` is bounded by both scales, and 20 near zero.
    for _ in 0..64 {
        let wide = if is_rough { width.min(at.max(width * 1e-6)) } else { width };
        let end = (at + wide).min(high);
        let (half, middle) = ((end - at) / 2.0, f64::midpoint(end, at));
        for (node, weight) in NODES.iter() {
            let s = middle + half * node;
            let height = density.at(s);
            // Far out there is nothing to weigh.
            if height > 1e-22 {
                sum += half * weight * step(s) * height;
            }
        }
        at = end;
        if at >= high {
            break;
        }
    }
    sum
}

/// The density of `S`.
struct Density {
    half_df: f64,
    front: f64,
}

impl Density {
    fn new(df: f64) -> Self {
        let half_df = df / 2.0;
        let front =
            2.0 * (half_df / std::f64::consts::TAU).sqrt() * (-stirling_rest(half_df)).exp();
        Self { half_df, front }
    }

    fn at(&self, s: f64) -> f64 {
        if s <= 0.0 {
            return 0.0;
        }
        let off = (s - 1.0) * (s + 1.0);
        let deviance = if off.abs() < 0.5 { off - off.ln_1p() } else { off - 2.0 * s.ln() };
        self.front / s * (-self.half_df * deviance).exp()
    }
}

const ORDER: u32 = 20;

/// Gauss and Legendre's points and weights: roots of the Legendre polynomial by Newton's method.
static NODES: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    let n = f64::from(ORDER);
    let node = |k: u32| {
        let mut x = (std::f64::consts::PI * (f64::from(k) + 0.75) / (n + 0.5)).cos();
        let mut slope = 1.0;
        for _ in 0..10 {
            let (mut last, mut value) = (1.0, x);
            for j in 2..=ORDER {
                let j = f64::from(j);
                (last, value) = (value, ((2.0 * j - 1.0) * x * value - (j - 1.0) * last) / j);
            }
            slope = n * (x * value - last) / (x * x - 1.0);
            x -= value / slope;
        }
        (x, 2.0 / ((1.0 - x * x) * slope * slope))
    };
    (0..ORDER).map(node).collect()
});

/// The shifts under which a `t` so low and so high would each be as rare as `tail`.
///
/// Steiger and Fouladi 1997: the interval of a standardized effect is this one over the factor
/// that makes the effect a `t`.
pub(super) fn shifts(t: f64, df: f64, tail: f64) -> Option<Interval> {
    if !(t.is_finite() && df > 0.0 && df.is_finite()) {
        return None;
    }
    // Nearer than this there is only rounding.
    let miss = |off: f64| if off.abs() < 1e-16 { 0.0 } else { off };
    let low = widened(|shift| miss(t_above(t, df, shift) - tail), t, df)?;
    let high = widened(|shift| miss(tail - t_below(t, df, shift)), t, df)?;
    Interval::told(low, high)
}

/// Where a rising function crosses zero, looked for ever farther from `t`.
fn widened(f: impl Fn(f64) -> f64, t: f64, df: f64) -> Option<f64> {
    let mut reach = 3.0 * (1.0 + t * t / (2.0 * df)).sqrt();
    for _ in 0..40 {
        let (low, high) = (t - reach, t + reach);
        if f(low) <= 0.0 && f(high) >= 0.0 {
            return cross(&f, low, high);
        }
        reach *= 2.0;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tails::t_beyond;
    use super::*;

    #[test]
    fn about_zero_it_is_students_distribution() {
        for df in [1.0, 2.0, 5.0, 19.0, 300.0, 1e6] {
            for t in [0.0, 0.3, 2.0, 7.0, 60.0] {
                let want = t_beyond(t, df) / 2.0;
                let got = t_above(t, df, 0.0);
                assert!((got - want).abs() < 1e-13, "{got} for {want} at {t} of {df}");
                assert!((t_below(-t, df, 0.0) - want).abs() < 1e-13, "{t} of {df}");
            }
        }
    }

    #[test]
    fn it_is_right_to_twelve_digits_for_few_and_for_many() {
        // Reckoned with mpmath: the same integral to forty digits.
        for (t, df, shift, want) in [
            (2.0, 1.0, 0.5, 0.251_514_415_760_709_8),
            (0.3, 2.0, -1.0, 0.104_924_318_201_456_19),
            (3.5, 5.0, 2.0, 0.183_928_369_386_377_52),
            (-1.2, 9.0, 1.5, 0.994_971_181_445_454_7),
            (8.0, 19.0, 6.0, 0.121_713_810_865_590_29),
            (0.01, 40.0, -2.0, 0.022_218_957_492_376_654),
            (12.0, 96.0, 10.0, 0.067_683_720_737_293_42),
            (60.0, 3.0, 50.0, 0.444_694_079_055_295_8),
            (25.0, 1_000.0, 24.0, 0.192_879_305_222_929_98),
            (1.7, 100_000.0, -0.4, 0.017_865_274_838_075_876),
            (5.0, 2.1, 1.0, 0.064_915_261_447_399_32),
            (4.3, 2.6, 3.0, 0.347_727_753_172_231_5),
            (2.5, 3.3, 0.5, 0.087_930_479_595_922_1),
        ] {
            let got = t_above(t, df, shift);
            assert!((got - want).abs() < 1e-12 * want, "{got} for {want} at {t}, {df}, {shift}");
        }
    }

    #[test]
    fn both_sides_make_one_and_a_shift_at_zero_is_normal() {
        for df in [1.0, 4.0, 57.0, 1e5] {
            for t in [-40.0, -2.0, 0.0, 0.01, 3.0, 500.0] {
                for shift in [-8.0, 0.5, 12.0, 450.0] {
                    let sum = t_above(t, df, shift) + t_below(t, df, shift);
                    assert!((sum - 1.0).abs() < 1e-12, "{sum} at {t}, {df}, {shift}");
                }
            }
            assert!((t_below(0.0, df, 1.2) - normal_above(1.2)).abs() < 1e-14);
        }
    }

    #[test]
    fn nothing_is_too_far_to_have_an_interval() {
        for df in [1.0, 3.0, 1e3, 1e8] {
            for t in [-1e12, -300.0, 0.0, 8.0, 1e6] {
                let found = shifts(t, df, 0.025).unwrap();
                assert!(found.low < found.high);
                if t > -250.0 && t < 250.0 {
                    assert!((t_above(t, df, found.low) - 0.025).abs() < 1e-10);
                    assert!((t_below(t, df, found.high) - 0.025).abs() < 1e-10);
                }
            }
        }
    }
}

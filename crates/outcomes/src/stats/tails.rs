//! How much of a distribution lies beyond a point.
//!
//! The small tail is always reckoned by itself, never as one minus the large one. The functions are
//! our own: in `statrs` 0.19 the error function is right to ten digits only, and the incomplete
//! beta function stops after some 140 steps and loses digits from ten thousand degrees of freedom up.

/// The part below a point and the part above it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tails {
    pub(super) below: f64,
    pub(super) above: f64,
}

impl Tails {
    fn from_below(below: f64) -> Self {
        let below = below.clamp(0.0, 1.0);
        Self { below, above: 1.0 - below }
    }

    fn from_above(above: f64) -> Self {
        Self::from_below(above).turned()
    }

    const fn turned(self) -> Self {
        Self { below: self.above, above: self.below }
    }
}

/// The standard normal above a point.
pub(super) fn normal_above(z: f64) -> f64 {
    let beyond = normal_beyond(z) / 2.0;
    if z < 0.0 { 1.0 - beyond } else { beyond }
}

/// The standard normal beyond a point on either side: a two-sided p.
pub(super) fn normal_beyond(z: f64) -> f64 {
    let x = z * z / 2.0;
    if x.is_infinite() {
        return 0.0;
    }
    // The gamma distribution of one half, whose front needs no Stirling.
    gamma_from(0.5, x, (x / std::f64::consts::PI).sqrt() * (-x).exp()).above
}

/// Student's t beyond a point on either side: a two-sided p.
pub(super) fn t_beyond(t: f64, df: f64) -> f64 {
    let square = t * t;
    if square.is_infinite() {
        return 0.0;
    }
    beta(df / 2.0, 0.5, df / (df + square), square / (df + square)).below
}

/// Chi-squared above a point.
pub(super) fn chi_squared_above(x: f64, df: f64) -> f64 {
    gamma(df / 2.0, x / 2.0).above
}

/// Fisher's F on either side of a point.
pub(super) fn f_tails(f: f64, d1: f64, d2: f64) -> Tails {
    let all = d1 * f + d2;
    if f <= 0.0 {
        return Tails { below: 0.0, above: 1.0 };
    }
    if all.is_infinite() {
        return Tails { below: 1.0, above: 0.0 };
    }
    beta(d1 / 2.0, d2 / 2.0, d1 * f / all, d2 / all)
}

/// The beta distribution on either side of `x`, with `y = 1 - x` given to all its digits.
///
/// By the contracted continued fraction of the incomplete beta function (DiDonato & Morris 1992, ACM
/// Trans Math Softw 18:360), on the side where it is quick.
pub(super) fn beta(a: f64, b: f64, x: f64, y: f64) -> Tails {
    if x <= 0.0 {
        return Tails { below: 0.0, above: 1.0 };
    }
    if y <= 0.0 {
        return Tails { below: 1.0, above: 0.0 };
    }
    if x < (a + 1.0) / (a + b + 2.0) {
        Tails::from_below(beta_front(a, b, x, y) * beta_fraction(a, b, x, y))
    } else {
        Tails::from_above(beta_front(a, b, x, y) * beta_fraction(b, a, y, x))
    }
}

/// `x^a y^b / B(a, b)`, with the large powers set against each other before they are taken.
fn beta_front(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let scale = (a / n * b / std::f64::consts::TAU).sqrt();
    let rest = stirling_rest(n) - stirling_rest(a) - stirling_rest(b);
    scale * (rest - deviance(a, n * x) - deviance(b, n * y)).exp()
}

/// The fraction, with `y = 1 - x`: `a y - b x` keeps the digits where `x` lies near the middle.
fn beta_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let apart = a * y - b * x;
    let tail = |n: f64| (a + n) / (a + 2.0 * n + 1.0) * (apart + 1.0 + n * (1.0 + y));
    let fraction = lentz(tail(0.0), |k| {
        let n = f64::from(k);
        let below = a + 2.0 * n - 1.0;
        let over = (a + n - 1.0) / below * ((a + b + n - 1.0) / below) * (n * (b - n) * x * x);
        (over, n + n * (b - n) / below * x + tail(n))
    });
    1.0 / fraction
}

/// The gamma distribution of shape `a` and scale 1 on either side of `x` (DLMF 8.11.4, 8.9.2).
pub(super) fn gamma(a: f64, x: f64) -> Tails {
    if x <= 0.0 {
        return Tails { below: 0.0, above: 1.0 };
    }
    if x.is_infinite() {
        return Tails { below: 1.0, above: 0.0 };
    }
    let front = (a / std::f64::consts::TAU).sqrt() * (-stirling_rest(a) - deviance(a, x)).exp();
    gamma_from(a, x, front)
}

/// The same, with `x^a e^-x / Γ(a)` known.
fn gamma_from(a: f64, x: f64, front: f64) -> Tails {
    if x < a + 1.0 {
        let (mut term, mut sum, mut k) = (1.0, 1.0, a);
        while term > sum * f64::EPSILON / 4.0 {
            k += 1.0;
            term *= x / k;
            sum += term;
        }
        return Tails::from_below(front / a * sum);
    }
    let fraction = lentz(x + 1.0 - a, |k| {
        let k = f64::from(k);
        (-k * (k - a), x + 2.0 * k + 1.0 - a)
    });
    Tails::from_above(front / fraction)
}

/// A continued fraction `b + a1/(b1 + a2/(b2 + …))` from the front (Lentz 1976, Appl Opt 15:668).
fn lentz(first: f64, terms: impl Fn(u32) -> (f64, f64)) -> f64 {
    const TINY: f64 = 1e-290;
    // Some six times the square root of the largest parameter that comes in.
    const STEPS: u32 = 2_000_000;
    let apart = |x: f64| if x.abs() < TINY { TINY } else { x };
    let mut value = apart(first);
    let (mut up, mut down) = (value, 0.0);
    for k in 1..STEPS {
        let (a, b) = terms(k);
        down = 1.0 / apart(b + a * down);
        up = apart(b + a / up);
        let change = up * down;
        value *= change;
        // Rounding alone keeps the last steps from being one exactly; what is no number stays none.
        if change.is_nan() || (change - 1.0).abs() <= 4.0 * f64::EPSILON {
            break;
        }
    }
    value
}

/// `u ln(u/v) + v - u`: how far a count lies from what was expected of it (Loader 2000).
fn deviance(u: f64, v: f64) -> f64 {
    if v <= 0.0 {
        return f64::INFINITY;
    }
    if u <= 0.0 {
        return v;
    }
    let off = (u - v) / v;
    if off.abs() < 0.5 { v * ((1.0 + off) * off.ln_1p() - off) } else { u * (u / v).ln() + v - u }
}

/// What Stirling's formula leaves of `ln Γ(a)`: `ln Γ(a) - (a - 1/2) ln a + a - ln(2π)/2`.
pub(super) fn stirling_rest(a: f64) -> f64 {
    if a < 15.0 {
        // Γ(a + 1) = a Γ(a), up to where the series holds.
        let (mut low, mut product) = (a, 1.0);
        while low < 15.0 {
            product *= low;
            low += 1.0;
        }
        let moved = stirling_rest(low) + (low - 0.5) * low.ln() - low;
        return moved - product.ln() - (a - 0.5) * a.ln() + a;
    }
    let s = 1.0 / (a * a);
    let inner = 1.0 / 1188.0 - s * (691.0 / 360_360.0 - s / 156.0);
    (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s * inner)))) / a
}

/// The logarithm of the chance of `k` in `n` at a chance of `p` each, with `q = 1 - p`.
pub(super) fn ln_binomial(k: f64, n: f64, p: f64, q: f64) -> f64 {
    let left = n - k;
    if k < 0.0 || left < 0.0 {
        return f64::NEG_INFINITY;
    }
    if k <= 0.0 {
        return if n <= 0.0 { 0.0 } else { n * (-p).ln_1p() };
    }
    if left <= 0.0 {
        return n * p.ln();
    }
    let rest = stirling_rest(n) - stirling_rest(k) - stirling_rest(left);
    let scale = 0.5 * (n / (std::f64::consts::TAU * k * left)).ln();
    scale + rest - deviance(k, n * p) - deviance(left, n * q)
}

/// The chance of at most and of at least `k` in `n`.
pub(super) fn binomial(k: f64, n: f64, p: f64, q: f64) -> (f64, f64) {
    let most = if k >= n { 1.0 } else { beta(n - k, k + 1.0, q, p).below };
    let least = if k <= 0.0 { 1.0 } else { beta(k, n - k + 1.0, p, q).below };
    (most, least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(got: f64, want: f64, within: f64) {
        assert!((got - want).abs() <= within * want.abs(), "{got} for {want}");
    }

    #[test]
    fn tails_agree_with_what_can_be_said_in_closed_form() {
        // F of 2 and d: above = (1 + 2f/d)^(-d/2); t of 1: by the arc tangent; chi-squared of 2.
        for (f, d) in [(0.1_f64, 3.0_f64), (4.0, 7.0), (30.0, 2.0), (3.0, 1e6), (9.0, 250.0)] {
            let want = (-0.5 * d * (2.0 * f / d).ln_1p()).exp();
            close(f_tails(f, 2.0, d).above, want, 1e-12);
        }
        for t in [0.01, 0.7, 3.0, 1e3_f64] {
            close(t_beyond(t, 1.0), 1.0 - 2.0 * t.atan() / std::f64::consts::PI, 2e-13);
            close(chi_squared_above(t, 2.0), (-t / 2.0).exp(), 1e-13);
        }
        close(t_beyond(1e9, 1.0), 2e-9 / std::f64::consts::PI, 1e-13);
    }

    #[test]
    fn the_normal_curve_is_right_to_the_last_digits() {
        // Reckoned with mpmath to fifty digits.
        close(normal_beyond(0.05 * std::f64::consts::SQRT_2), 0.943_628_022_202_983_4, 1e-15);
        close(normal_beyond(0.5 * std::f64::consts::SQRT_2), 0.479_500_122_186_953_5, 1e-14);
        close(normal_beyond(1.5 * std::f64::consts::SQRT_2), 0.033_894_853_524_689_27, 1e-14);
        close(normal_above(5.0 * std::f64::consts::SQRT_2), 0.5 * 1.537_459_794_428_035e-12, 1e-13);
        close(normal_above(-1.0) + normal_above(1.0), 1.0, 1e-15);
        close(normal_above(f64::NEG_INFINITY), 1.0, 0.0);
        assert!(normal_above(f64::INFINITY) <= 0.0);
    }

    #[test]
    fn large_parameters_lose_few_digits() {
        // In the middle of a symmetric distribution lies one half.
        for a in [0.5, 3.0, 1e3, 1e6, 1e9] {
            close(beta(a, a, 0.5, 0.5).below, 0.5, 1e-11);
        }
        // Of a gamma distribution with integer shape, summed term by term.
        for (a, x) in [(4_u32, 9.0_f64), (40, 30.0), (400, 420.0)] {
            let mut term = (-x).exp();
            let mut sum = term;
            for k in 1..a {
                term *= x / f64::from(k);
                sum += term;
            }
            close(gamma(f64::from(a), x).above, sum, 1e-12);
        }
        close(t_beyond(1.96, 1e9), normal_beyond(1.96), 1e-8);
    }

    #[test]
    fn gamma_of_small_whole_numbers_is_a_factorial() {
        let mut factorial = 1.0_f64;
        for n in 1..40_u32 {
            let a = f64::from(n);
            let ln = (a - 0.5) * a.ln() - a + 0.5 * std::f64::consts::TAU.ln() + stirling_rest(a);
            close(ln.exp(), factorial, 1e-13);
            factorial *= a;
        }
    }

    #[test]
    fn chances_of_counts_sum_to_one() {
        for (n, p) in [(1.0, 0.3), (12.0, 0.5), (90.0, 0.01)] {
            let mut sum = 0.0;
            let mut k = 0.0;
            while k <= n {
                sum += ln_binomial(k, n, p, 1.0 - p).exp();
                close(binomial(k, n, p, 1.0 - p).0, sum, 1e-12);
                k += 1.0;
            }
            close(sum, 1.0, 1e-13);
        }
    }
}

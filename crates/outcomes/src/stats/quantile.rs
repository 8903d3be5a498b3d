//! Quantiles: the point beyond which so much of a distribution lies.

use statrs::distribution::{ContinuousCDF, Normal};

use super::root::cross;
use super::tails::{beta, f_tails, gamma, normal_beyond, stirling_rest, t_beyond};
use super::{CONFIDENCE, NoFigure};

/// The standard normal deviate of a two-sided confidence: 1.959964 for 0.95.
///
/// # Errors
///
/// [`NoFigure::NotANumber`] unless the confidence lies between 0 and 1.
pub fn z_of(confidence: f64) -> Result<f64, NoFigure> {
    let upper = upper_tail(confidence)?;
    if confidence.total_cmp(&CONFIDENCE).is_eq() {
        // By heart, since every share of a report asks for it.
        return Ok(1.959_963_984_540_054);
    }
    let mut z = Normal::standard().inverse_cdf(upper);
    // The library's is good to some ten digits, two steps of Newton give the rest.
    for _ in 0..2 {
        let slope = (2.0 / std::f64::consts::PI).sqrt() * (-z * z / 2.0).exp();
        z += (normal_beyond(z) - (1.0 - confidence)) / slope;
    }
    finite(z)
}

/// Student's t of a two-sided confidence and so many degrees of freedom.
///
/// # Errors
///
/// [`NoFigure::NotANumber`] unless the confidence lies between 0 and 1 and `df` above 0.
pub fn student_t_quantile(confidence: f64, df: f64) -> Result<f64, NoFigure> {
    let z = z_of(confidence)?;
    if !(df > 0.0 && df.is_finite()) {
        return Err(NoFigure::NotANumber);
    }
    let near = near_normal(z, df);
    if df > 1e4 {
        return finite(near);
    }
    let beyond = 1.0 - confidence;
    if let Some(t) = newton(near, beyond, df) {
        return Ok(t);
    }
    let miss = |ln_t: f64| t_beyond(ln_t.exp(), df) - beyond;
    cross(miss, -350.0, 350.0).map(f64::exp).ok_or(NoFigure::NotANumber)
}

/// Fisher's expansion about the normal (Abramowitz & Stegun 26.7.5): with many degrees of freedom
/// it is good to the last digit, with few a place to begin.
fn near_normal(z: f64, df: f64) -> f64 {
    let (z3, z5, z7) = (z.powi(3), z.powi(5), z.powi(7));
    let first = (z3 + z) / 4.0;
    let second = (5.0 * z5 + 16.0 * z3 + 3.0 * z) / 96.0;
    let third = (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / 384.0;
    z + first / df + second / df.powi(2) + third / df.powi(3)
}

/// A few steps from nearby; none where they do not settle.
fn newton(near: f64, beyond: f64, df: f64) -> Option<f64> {
    let mut t = near;
    for _ in 0..8 {
        let step = (t_beyond(t, df) - beyond) / (2.0 * t_density(t, df));
        t += step;
        if !(t > 0.0 && t.is_finite()) {
            return None;
        }
        if step.abs() <= 4.0 * f64::EPSILON * t {
            return Some(t);
        }
    }
    None
}

/// The height of Student's distribution.
fn t_density(t: f64, df: f64) -> f64 {
    let half = df / 2.0;
    // Γ((ν+1)/2) / (sqrt(νπ) Γ(ν/2)), by Stirling's formula and its rest.
    let ratio = half * (0.5 / half).ln_1p() - 0.5 + stirling_rest(half + 0.5) - stirling_rest(half);
    let front = (ratio - 0.5 * std::f64::consts::TAU.ln()).exp();
    front * (-(half + 0.5) * (t * t / df).ln_1p()).exp()
}

/// Fisher's F above which a share of the distribution lies.
pub(super) fn f_above(share: f64, d1: f64, d2: f64) -> Option<f64> {
    let usable = |df: f64| df > 0.0 && df.is_finite();
    if !usable(d1) || !usable(d2) {
        return None;
    }
    let miss = |ln_f: f64| {
        let tails = f_tails(ln_f.exp(), d1, d2);
        if share < 0.5 { tails.above - share } else { 1.0 - share - tails.below }
    };
    cross(miss, -350.0, 350.0).map(f64::exp)
}

/// The point of a beta distribution below which a share of it lies, and its distance from one: the smaller
/// of both is looked for, so that neither loses digits however near an end they are.
pub(super) fn beta_below(share: f64, a: f64, b: f64) -> Option<(f64, f64)> {
    if beta(a, b, 0.5, 0.5).below >= share {
        let x = cross(|x| beta(a, b, x, 1.0 - x).below - share, 0.0, 0.5)?;
        return Some((x, 1.0 - x));
    }
    let y = cross(|y| beta(a, b, 1.0 - y, y).below - share, 0.0, 0.5)?;
    Some((1.0 - y, y))
}

/// The point of a gamma distribution of scale 1 below which a share of it lies.
pub(super) fn gamma_below(share: f64, a: f64) -> Option<f64> {
    let miss = |ln_x: f64| {
        let tails = gamma(a, ln_x.exp());
        if share < 0.5 { tails.below - share } else { 1.0 - share - tails.above }
    };
    cross(miss, -350.0, (a + 1.0).ln() + 10.0).map(f64::exp)
}

fn upper_tail(confidence: f64) -> Result<f64, NoFigure> {
    if 0.0 < confidence && confidence < 1.0 {
        Ok(0.5 + confidence / 2.0)
    } else {
        Err(NoFigure::NotANumber)
    }
}

fn finite(value: f64) -> Result<f64, NoFigure> {
    if value.is_finite() { Ok(value) } else { Err(NoFigure::NotANumber) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_agree_with_published_tables() {
        let close = |got: Result<f64, NoFigure>, want: f64| {
            let got = got.unwrap();
            assert!((got - want).abs() < 1e-12 * want.max(1.0), "{got} for {want}");
        };
        close(z_of(0.95), 1.959_963_984_540_054);
        close(z_of(0.9), 1.644_853_626_951_472_7);
        close(z_of(0.999), 3.290_526_731_491_895);
        close(student_t_quantile(0.95, 1.0), 12.706_204_736_174_698);
        close(student_t_quantile(0.95, 19.0), 2.093_024_054_408_263);
        close(student_t_quantile(0.95, 1e6), 1.959_966_356_814_107);
        for bad in [0.0, 1.0, -1.0, f64::NAN] {
            assert_eq!(z_of(bad), Err(NoFigure::NotANumber));
        }
        assert_eq!(student_t_quantile(0.95, 0.0), Err(NoFigure::NotANumber));
        assert_eq!(student_t_quantile(0.95, f64::INFINITY), Err(NoFigure::NotANumber));
    }

    #[test]
    fn quantiles_and_tails_undo_each_other() {
        for df in [0.2, 0.9, 2.0, 5.5, 40.0, 9_999.0] {
            for confidence in [0.01, 0.5, 0.8, 0.95, 0.999] {
                let t = student_t_quantile(confidence, df).unwrap();
                let back = 1.0 - t_beyond(t, df);
                assert!((back - confidence).abs() < 1e-13, "{back} of {df} for {confidence}");
            }
        }
        for (d1, d2) in [(1.0, 1.0), (3.0, 200.0), (79.0, 632.0), (1e5, 4.0)] {
            for share in [0.001, 0.025, 0.5, 0.975] {
                let f = f_above(share, d1, d2).unwrap();
                assert!((f_tails(f, d1, d2).above - share).abs() < 1e-13);
            }
        }
        for a in [0.5, 1.0, 12.0, 1e5] {
            for share in [0.025, 0.6, 0.975] {
                let x = gamma_below(share, a).unwrap();
                assert!((gamma(a, x).below - share).abs() < 1e-12);
                let (x, y) = beta_below(share, a, 3.0).unwrap();
                assert!((beta(a, 3.0, x, y).below - share).abs() < 1e-10);
            }
        }
    }
}

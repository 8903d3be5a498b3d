//! Where a function crosses zero.

/// The most steps: each halves the bracket at least every other time.
const STEPS: u32 = 400;

/// Where a continuous function crosses zero between two points on either side of it.
///
/// Chandrupatla 1997, Adv Eng Software 28:145: inverse parabolas where they may be trusted, halves
/// elsewhere. None when both ends lie on the same side, or the function says no number.
pub(super) fn cross(f: impl Fn(f64) -> f64, low: f64, high: f64) -> Option<f64> {
    if !(high - low).is_finite() {
        return None;
    }
    let below = f(low);
    let mut at = Bracket { a: high, fa: f(high), b: low, fb: below, c: low, fc: below };
    if !(at.fa.is_finite() && at.fb.is_finite()) || at.fa * at.fb > 0.0 {
        return None;
    }
    if at.fa.abs() <= 0.0 {
        return Some(high);
    }
    let mut share = 0.5;
    for _ in 0..STEPS {
        let x = at.a + share * (at.b - at.a);
        let fx = f(x);
        if fx.is_nan() {
            return None;
        }
        at.narrow(x, fx);
        let (best, value) = if at.fa.abs() < at.fb.abs() { (at.a, at.fa) } else { (at.b, at.fb) };
        let room = 2.0 * f64::EPSILON * best.abs() + f64::MIN_POSITIVE;
        let least = room / (at.b - at.a).abs();
        if least > 0.5 || value.abs() <= 0.0 {
            return Some(best);
        }
        share = at.share().clamp(least, 1.0 - least);
    }
    Some(if at.fa.abs() < at.fb.abs() { at.a } else { at.b })
}

/// Two points with the crossing between them, and the one before.
struct Bracket {
    a: f64,
    fa: f64,
    b: f64,
    fb: f64,
    c: f64,
    fc: f64,
}

impl Bracket {
    fn narrow(&mut self, x: f64, fx: f64) {
        if (fx > 0.0) == (self.fa > 0.0) {
            (self.c, self.fc) = (self.a, self.fa);
        } else {
            (self.c, self.fc) = (self.b, self.fb);
            (self.b, self.fb) = (self.a, self.fa);
        }
        (self.a, self.fa) = (x, fx);
    }

    /// How far from `a` to `b` to look next.
    fn share(&self) -> f64 {
        let xi = (self.a - self.b) / (self.c - self.b);
        let phi = (self.fa - self.fb) / (self.fc - self.fb);
        if !(phi * phi < xi && (1.0 - phi).powi(2) < 1.0 - xi) {
            return 0.5;
        }
        let first = self.fa / (self.fb - self.fa) * self.fc / (self.fb - self.fc);
        let second = (self.c - self.a) / (self.b - self.a) * self.fa / (self.fc - self.fa)
            * self.fb
            / (self.fc - self.fb);
        let share = first + second;
        if share.is_finite() { share } else { 0.5 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crossing_is_found_to_the_last_digit() {
        let check = |f: fn(f64) -> f64, low, high, want: f64| {
            let got = cross(f, low, high).unwrap();
            assert!((got - want).abs() <= 4.0 * f64::EPSILON * want.abs(), "{got} for {want}");
        };
        check(|x| x * x - 2.0, 0.0, 10.0, 2.0_f64.sqrt());
        check(|x| 2.0 - x * x, 0.0, 1e9, 2.0_f64.sqrt());
        check(|x| x.exp() - 1e-9, -700.0, 700.0, (1e-9_f64).ln());
        check(|x| x, -1.0, 3.0, 0.0);
        assert_eq!(cross(|x| x * x + 1.0, -1.0, 1.0), None);
        assert_eq!(cross(|_| f64::NAN, -1.0, 1.0), None);
        assert_eq!(cross(|x| x, f64::MIN, f64::MAX), None);
        assert_eq!(cross(|x| x, -1.0, f64::NAN), None);
    }
}

//! Exact tests of counts: all outcomes as rare as the one seen, or rarer.

use super::figure::countable;
use super::moments::real;
use super::tails::{binomial, ln_binomial};

/// Outcomes that are rarer than this factor over the one seen count as rare as it: rounding must
/// not split two that are equal. R takes the same everywhere, SciPy in `binomtest`; its `fisher_exact` takes
/// 1e-14 instead, and where two tables are nearly as likely it says another p.
const ALIKE: f64 = 1.0 + 1e-7;

/// The two-sided p of `k` in `n` at a chance `p` each: the chance of all outcomes no likelier.
///
/// R's `binom.test` and SciPy's `binomtest`.
pub(super) fn binomial_p(k: u64, n: u64, p: f64) -> Option<f64> {
    countable(&[n]).ok()?;
    if n < k || !(0.0 < p && p < 1.0) {
        return None;
    }
    let (x, all, q) = (real(k), real(n), 1.0 - p);
    let ln_seen = ln_binomial(x, all, p, q) + ALIKE.ln();
    let is_rare = |k: u64| ln_binomial(real(k), all, p, q) <= ln_seen;
    let (at_most, at_least) = binomial(x, all, p, q);
    let expected = all * p;
    let found = if x < expected {
        let far = first(k + 1, n + 1, |k| real(k) >= expected && is_rare(k));
        at_most + if far > n { 0.0 } else { binomial(real(far), all, p, q).1 }
    } else if x > expected {
        // Counted from the other end the rare ones come last, too.
        let far = first(0, k, |down| real(k - 1 - down) <= expected && is_rare(k - 1 - down));
        at_least + if far >= k { 0.0 } else { binomial(real(k - 1 - far), all, p, q).0 }
    } else {
        1.0
    };
    Some(found.min(1.0))
}

/// A table of two by two, by its margins.
#[derive(Clone, Copy)]
struct Margins {
    /// How many there are in the first row, in both, and in the first column.
    row: u64,
    all: u64,
    column: u64,
}

impl Margins {
    /// The least and the most that the first cell can be.
    fn range(self) -> (u64, u64) {
        ((self.row + self.column).saturating_sub(self.all), self.row.min(self.column))
    }

    /// The logarithm of the chance of the first cell, as three binomial chances (Loader 2000).
    fn ln_chance(self, x: u64) -> f64 {
        let (row, all, column) = (real(self.row), real(self.all), real(self.column));
        let (p, q) = (column / all, (all - column) / all);
        let rest = real(self.column - x);
        if self.column == 0 || self.column == self.all {
            return 0.0;
        }
        ln_binomial(real(x), row, p, q) + ln_binomial(rest, all - row, p, q)
            - ln_binomial(column, all, p, q)
    }

    /// The chance of a cell and all beyond it, going away from the middle.
    fn tail(self, from: u64, up: bool) -> f64 {
        let (least, most) = self.range();
        let mut term = self.ln_chance(from).exp();
        let (mut x, mut sum) = (from, term);
        while (if up { x < most } else { x > least }) && term > sum * 1e-18 {
            let (low, high) = if up { (x, x + 1) } else { (x - 1, x) };
            // The chance of the next over that of this one.
            let rise = real(self.row - low) * real(self.column - low)
                / (real(high) * real(self.all + high - self.row - self.column));
            term *= if up { rise } else { 1.0 / rise };
            sum += term;
            x = if up { high } else { low };
        }
        sum
    }
}

/// Fisher's exact p of a table of two by two: the chance of all tables no likelier.
///
/// R's `fisher.test` and SciPy's `fisher_exact`.
pub(super) fn fisher_p(x1: u64, n1: u64, x2: u64, n2: u64) -> Option<f64> {
    countable(&[n1, n2]).ok()?;
    if n1 < x1 || n2 < x2 || n1 == 0 || n2 == 0 {
        return None;
    }
    let margins = Margins { row: n1, all: n1 + n2, column: x1 + x2 };
    let (least, most) = margins.range();
    let ln_seen = margins.ln_chance(x1) + ALIKE.ln();
    let is_rare = |x: u64| margins.ln_chance(x) <= ln_seen;
    let expected = real(n1) * (real(margins.column) / real(margins.all));
    let found = if real(x1) < expected {
        let far = first(x1 + 1, most + 1, |x| real(x) >= expected && is_rare(x));
        margins.tail(x1, false) + if far > most { 0.0 } else { margins.tail(far, true) }
    } else if real(x1) > expected {
        let span = x1 - least;
        let far = first(0, span, |down| real(x1 - 1 - down) <= expected && is_rare(x1 - 1 - down));
        margins.tail(x1, true) + if far >= span { 0.0 } else { margins.tail(x1 - 1 - far, false) }
    } else {
        1.0
    };
    Some(found.min(1.0))
}

/// The first of a range for which something holds that holds for all after it, or its end.
fn first(from: u64, end: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (from, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binomial_slowly(k: u64, n: u64, p: f64) -> f64 {
        let chance = |k: u64| ln_binomial(real(k), real(n), p, 1.0 - p).exp();
        (0..=n).map(chance).filter(|c| *c <= chance(k) * ALIKE).sum::<f64>().min(1.0)
    }

    #[test]
    fn rare_outcomes_are_found_on_both_sides() {
        for n in [1, 2, 7, 24] {
            for k in 0..=n {
                for p in [0.03, 0.25, 0.4, 0.5, 0.77] {
                    let (got, want) = (binomial_p(k, n, p).unwrap(), binomial_slowly(k, n, p));
                    assert!((got - want).abs() < 1e-12, "{k} of {n} at {p}: {got} for {want}");
                }
            }
        }
        assert_eq!(binomial_p(3, 2, 0.5), None);
        assert_eq!(binomial_p(0, 0, 0.5), Some(1.0));
    }

    #[test]
    fn all_tables_are_weighed() {
        for (n1, n2) in [(1, 1), (6, 9), (12, 4)] {
            for x1 in 0..=n1 {
                for x2 in 0..=n2 {
                    let margins = Margins { row: n1, all: n1 + n2, column: x1 + x2 };
                    let (least, most) = margins.range();
                    let chance = |x: u64| margins.ln_chance(x).exp();
                    let all: f64 = (least..=most).map(chance).sum();
                    assert!((all - 1.0).abs() < 1e-12, "{all}");
                    let seen = chance(x1) * ALIKE;
                    let want: f64 = (least..=most).map(chance).filter(|c| *c <= seen).sum();
                    let got = fisher_p(x1, n1, x2, n2).unwrap();
                    assert!((got - want.min(1.0)).abs() < 1e-12, "{x1} {n1} {x2} {n2}: {got}");
                }
            }
        }
    }
}

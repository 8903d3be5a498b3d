//! Ranks, with the mean of places for those who share them.

/// Ranks of numbers, and how many share each place.
pub(super) struct Ranks {
    /// The rank of each number, from 1, in the order in which they came.
    pub(super) of: Vec<f64>,
    /// The sum of `t^3 - t` over groups of `t` alike.
    pub(super) tie_term: f64,
}

impl Ranks {
    /// Ranks numbers. Only numbers that are equal to the last bit share a place.
    pub(super) fn new(numbers: &[f64]) -> Self {
        let mut order: Vec<(usize, f64)> =
            numbers.iter().map(|x| if *x == 0.0 { 0.0 } else { *x }).enumerate().collect();
        order.sort_by(|left, right| left.1.total_cmp(&right.1));
        let (mut of, mut tie_term, mut before) = (vec![0.0; numbers.len()], 0.0, 0.0);
        for alike in order.chunk_by(|left, right| left.1.total_cmp(&right.1).is_eq()) {
            let size = super::moments::size(alike);
            for (place, _) in alike {
                if let Some(rank) = of.get_mut(*place) {
                    *rank = before + f64::midpoint(size, 1.0);
                }
            }
            tie_term += size.powi(3) - size;
            before += size;
        }
        Self { of, tie_term }
    }
}

/// Towards zero by one half, as counts are when a normal curve stands for them.
pub(super) fn toward_zero(difference: f64) -> f64 {
    if difference.abs() <= 0.5 { 0.0 } else { difference - 0.5 * difference.signum() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_shares_a_place_gets_the_mean_of_it() {
        let ranks = Ranks::new(&[3.0, 1.0, 3.0, 0.0, -0.0]);
        assert_eq!(ranks.of, [4.5, 3.0, 4.5, 1.5, 1.5]);
        assert!((ranks.tie_term - 12.0).abs() < 1e-12);
        assert!(Ranks::new(&[]).of.is_empty());
    }
}

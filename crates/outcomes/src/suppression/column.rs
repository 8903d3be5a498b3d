//! One count for each unit, with the size of each unit and the total of all told as well.

use super::cell::{Alike, Tally, is_small, sum};

/// A count for each unit, where every unit's size and the sum of the counts are told elsewhere.
///
/// A count near zero or near its unit's size is told as a bound. Then further counts are hidden
/// until nobody can solve one that is not told from the sum of all.
#[must_use]
pub fn tally_column(counts: &[(u64, u64)], floor: u64) -> Vec<Tally> {
    let mut column: Vec<Tally> =
        counts.iter().map(|(n, of)| Tally::among(*n, &[*of], floor, Alike::Shown)).collect();
    while is_solvable(counts, &column, floor) {
        let told = counts.iter().zip(&column).enumerate();
        let told = told.filter(|(_, (_, tally))| !matches!(tally, Tally::Hidden));
        // Counts go before bounds, and the smallest first; nobody protects least.
        let next = told
            .min_by_key(|(place, ((n, _), tally))| (tally.exact().is_none(), *n == 0, *n, *place));
        let Some((next, _)) = next else { break };
        if let Some(tally) = column.get_mut(next) {
            *tally = Tally::Hidden;
        }
    }
    column
}

/// What is known of one count before the sum is looked at.
const fn known(tally: Tally, of: u64) -> (u64, u64) {
    match tally {
        Tally::Exactly { n } => (n, n),
        Tally::FewerThan { n } => (1, if n - 1 < of { n - 1 } else { of }),
        // Had it been all of them, it would have been told.
        Tally::AtLeast { n } => (n, of.saturating_sub(1)),
        Tally::Hidden => (0, of),
    }
}

fn is_solvable(counts: &[(u64, u64)], column: &[Tally], floor: u64) -> bool {
    let all = sum(counts.iter().map(|(n, _)| *n));
    let bounds = || {
        let each = column.iter().zip(counts);
        each.map(|(tally, (_, of))| known(*tally, *of))
    };
    let (lows, highs) = bounds().fold((0_u64, 0_u64), |(lows, highs), (low, high)| {
        (lows.saturating_add(low), highs.saturating_add(high))
    });
    bounds().zip(counts).any(|((low, high), (n, of))| {
        let open = is_small(*n, floor) || is_small(of.saturating_sub(*n), floor);
        // The sum less the most, and the least, that all others can be.
        let least = low.max(all.saturating_sub(highs.saturating_sub(high)));
        let most = high.min(all.saturating_sub(lows.saturating_sub(low)));
        open && low < high && most <= least
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_circle_is_not_solved_from_the_sum_of_all() {
        let column = tally_column(&[(18, 25), (2, 20), (10, 20)], 5);
        assert_eq!(column.get(1), Some(&Tally::FewerThan { n: 5 }));
        assert_eq!(column.iter().filter(|tally| tally.exact().is_some()).count(), 1);
        // Two at their upper bound would both be known from the sum.
        let column = tally_column(&[(19, 20), (19, 20), (12, 20)], 5);
        assert_eq!(column.last(), Some(&Tally::Hidden));
        // Three bounds that the sum meets tell each: then no bound is told either.
        let column = tally_column(&[(4, 9), (4, 9), (4, 9)], 5);
        assert!(column.contains(&Tally::Hidden), "{column:?}");
        let column = tally_column(&[(10, 20), (12, 20)], 5);
        assert!(column.iter().all(|tally| tally.exact().is_some()));
    }
}

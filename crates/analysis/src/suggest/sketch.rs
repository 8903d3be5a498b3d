//! How many different texts a column has, and how many it shares with another, in little memory.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The smallest hashes of the texts of a column, and how often each came.
///
/// A text whose hash is among the smallest at the end was so from its first row on, so its count is
/// exact; and the same texts are kept of every column, so that two columns can be compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Sketch {
    kept: BTreeMap<u64, u32>,
    is_full: bool,
}

impl Sketch {
    const MOST: usize = 1_024;

    pub(super) fn push(&mut self, text: &str) {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let hash = hasher.finish();
        if self.is_full && self.last() < hash {
            return;
        }
        let count = self.kept.entry(hash).or_default();
        *count = count.saturating_add(1);
        if self.kept.len() > Self::MOST {
            self.kept.pop_last();
            self.is_full = true;
        }
    }

    fn last(&self) -> u64 {
        self.kept.last_key_value().map_or(u64::MAX, |(hash, _)| *hash)
    }

    /// The hash up to which every text is kept.
    fn reach(&self) -> u64 {
        if self.is_full { self.last() } else { u64::MAX }
    }

    /// How many different texts there are; an estimate where there are more than are kept.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an estimate")]
    pub(super) fn distinct(&self) -> u64 {
        let kept = self.kept.len() as u64;
        if !self.is_full {
            return kept;
        }
        let share = self.last() as f64 / u64::MAX as f64;
        (kept as f64 / share) as u64
    }

    /// How often the most frequent of the kept texts came.
    pub(super) fn most_often(&self) -> u32 {
        self.kept.values().copied().max().unwrap_or(0)
    }

    /// The share of the texts of this column that the other has too, in whole per cents.
    pub(super) fn found_in(&self, other: &Self) -> u64 {
        let reach = self.reach().min(other.reach());
        let own = self.kept.keys().filter(|hash| **hash <= reach);
        let (all, both) = own.fold((0, 0_u64), |(all, both), hash| {
            (all + 1, both + u64::from(other.kept.contains_key(hash)))
        });
        (100 * both).checked_div(all).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(codes: std::ops::Range<u32>, times: u32) -> Sketch {
        let mut sketch = Sketch::default();
        for _ in 0..times {
            codes.clone().for_each(|code| sketch.push(&code.to_string()));
        }
        sketch
    }

    #[test]
    fn few_people_are_counted_and_many_are_estimated() {
        assert_eq!(of(0..40, 3).distinct(), 40);
        let many = of(0..50_000, 2);
        assert!((45_000..55_000).contains(&many.distinct()), "{}", many.distinct());
        assert_eq!(many.most_often(), 2);
    }

    #[test]
    fn two_columns_are_compared_whatever_their_sizes() {
        assert_eq!(of(0..40, 1).found_in(&of(20..60, 1)), 50);
        let share = of(0..30_000, 1).found_in(&of(0..60_000, 1));
        assert_eq!(share, 100);
        assert!((40..60).contains(&of(0..60_000, 1).found_in(&of(0..30_000, 1))));
        assert_eq!(Sketch::default().found_in(&of(0..3, 1)), 0);
    }
}

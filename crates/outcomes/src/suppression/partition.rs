//! Rows of counts, and people parted into groups.

use serde::{Deserialize, Serialize};

use super::cell::{Alike, Cell, Tally, is_small, sum};

/// Hides the small cells of a row whose total is known, and as many others as it takes.
///
/// Cells of 1 up to `floor` - 1 are hidden. Then the next smallest are hidden (the first on a tie)
/// until two at least are hidden and together they hold `floor` people, so that whoever takes the
/// shown cells from the total learns for each hidden one only that it lies somewhere between
/// nobody and `floor` or more.
#[must_use]
pub fn suppress_row(counts: &[u64], floor: u64, alike: Alike) -> Vec<Cell> {
    suppress_row_hiding(counts, floor, alike, Hide::default())
}

/// The same, where more is to be hidden.
pub(crate) fn suppress_row_hiding(
    counts: &[u64],
    floor: u64,
    alike: Alike,
    hide: Hide,
) -> Vec<Cell> {
    Row { counts, floor, alike, hide }.cells()
}

/// What is hidden beside the small cells.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hide {
    /// Places that are hidden whatever they count.
    pub(crate) always: Vec<usize>,
    /// The place that says least: it is hidden first to protect another.
    pub(crate) first: Option<usize>,
}

/// A row whose total is known.
struct Row<'a> {
    counts: &'a [u64],
    floor: u64,
    alike: Alike,
    hide: Hide,
}

impl Row<'_> {
    fn cells(&self) -> Vec<Cell> {
        let total = sum(self.counts.iter().copied());
        let one_cell = self.counts.len() > 1 && total > 0 && self.counts.contains(&total);
        let alike = one_cell && self.alike == Alike::Hidden;
        let must = |(place, n): (usize, &u64)| {
            alike || is_small(*n, self.floor) || self.hide.always.contains(&place)
        };
        let mut hidden: Vec<bool> = self.counts.iter().enumerate().map(must).collect();
        while hidden.contains(&true) && !self.protects(&hidden) {
            let Some(cell) = self.next(&hidden).and_then(|next| hidden.get_mut(next)) else {
                break;
            };
            *cell = true;
        }
        let shown = |(n, hidden): (&u64, bool)| {
            if hidden { Cell::Hidden } else { Cell::Shown { n: *n } }
        };
        self.counts.iter().zip(hidden).map(shown).collect()
    }

    fn protects(&self, hidden: &[bool]) -> bool {
        let held = self.counts.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|(n, _)| *n);
        held.clone().count() > 1 && self.floor <= sum(held)
    }

    /// The cell that is hidden next.
    fn next(&self, hidden: &[bool]) -> Option<usize> {
        let open = hidden.iter().zip(self.counts).enumerate().filter(|(_, (hidden, _))| !**hidden);
        open.min_by_key(|(place, (_, n))| (Some(*place) != self.hide.first, **n == 0, **n, *place))
            .map(|(place, _)| place)
    }
}

/// A known number of people parted into two groups of cells, each person in one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partition {
    /// How many people there are.
    pub total: Tally,
    /// How many are in the first group, as exactly as may be told.
    pub first_total: Tally,
    /// The cells of the first group.
    pub first: Vec<Cell>,
    /// The cells of the second group.
    pub second: Vec<Cell>,
}

/// Parts people into those who have something (by kind) and those who have not (by reason).
///
/// The first group is what nobody may know of anybody (bands); the second is reasons.
///
/// Where both groups are large enough, or empty, each is a row of its own. Otherwise the size of
/// either would tell the other, so both make one row.
#[must_use]
pub fn partition(first: &[u64], second: &[u64], floor: u64) -> Partition {
    let ours = sum(first.iter().copied());
    let all = sum(first.iter().chain(second).copied());
    let first_total = Tally::among(ours, &[all], floor, Alike::Shown);
    partition_told(first, second, floor, first_total, Hide::default())
}

/// The same, where it is decided already how the size of the first group is told; the places of
/// `hide` are counted over both groups.
pub(crate) fn partition_told(
    first: &[u64],
    second: &[u64],
    floor: u64,
    first_total: Tally,
    hide: Hide,
) -> Partition {
    let total = sum(first.iter().chain(second).copied());
    if total < floor {
        return Partition {
            total: Tally::of(total, floor),
            first_total: Tally::Hidden,
            first: vec![Cell::Hidden; first.len()],
            second: vec![Cell::Hidden; second.len()],
        };
    }
    let split = first.len();
    let (first, second) = if first_total.exact().is_some() {
        let past = hide.always.iter().filter_map(|place| place.checked_sub(split)).collect();
        let past = Hide { always: past, first: None };
        (
            suppress_row_hiding(first, floor, Alike::Hidden, hide),
            suppress_row_hiding(second, floor, Alike::Shown, past),
        )
    } else {
        let counts: Vec<u64> = first.iter().chain(second).copied().collect();
        let mut cells = suppress_row_hiding(&counts, floor, Alike::Hidden, hide);
        let rest = cells.split_off(split.min(cells.len()));
        (cells, rest)
    };
    Partition { total: Tally::Exactly { n: total }, first_total, first, second }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(counts: &[u64], floor: u64, want: &str) {
        let cells = suppress_row(counts, floor, Alike::Hidden);
        let text: Vec<String> = cells
            .iter()
            .map(|cell| cell.shown().map_or_else(|| "-".to_owned(), |n| n.to_string()))
            .collect();
        assert_eq!(text.join(" "), want);
    }

    #[test]
    fn a_small_cell_takes_the_next_smallest_with_it() {
        check(&[20, 30, 40], 5, "20 30 40");
        check(&[20, 30, 4], 5, "- 30 -");
        check(&[20, 0, 30, 4], 5, "- 0 30 -");
        check(&[20, 1, 1, 30], 5, "- - - 30");
        check(&[20, 4, 4, 30], 5, "20 - - 30");
        check(&[20, 5, 10, 30], 11, "20 - - 30");
        check(&[12, 0, 0], 11, "- - -");
        check(&[0, 0, 0], 11, "0 0 0");
        let reasons = suppress_row(&[12, 0, 0], 11, Alike::Shown);
        assert_eq!(reasons.first(), Some(&Cell::Shown { n: 12 }));
    }

    #[test]
    fn two_who_declined_are_not_told_by_taking_the_measured_from_the_enrolled() {
        let parted = partition(&[40, 41, 37], &[2, 0], 11);
        assert_eq!(parted.first_total, Tally::AtLeast { n: 110 });
        assert_eq!(parted.second.first(), Some(&Cell::Hidden));
        assert!(parted.first.contains(&Cell::Hidden));
        // What is hidden though it is large takes another with it.
        let always = Hide { always: vec![1], first: None };
        let row = suppress_row_hiding(&[40, 41, 37], 11, Alike::Shown, always);
        assert_eq!(row, [Cell::Shown { n: 40 }, Cell::Hidden, Cell::Hidden]);
        let told = partition(&[40, 41, 37], &[12, 0], 11);
        assert_eq!(told.first_total, Tally::Exactly { n: 118 });
    }

    proptest! {
        #[test]
        fn nobody_solves_a_hidden_cell_from_the_total(
            counts in proptest::collection::vec(0_u64..40, 2..8),
            floor in prop_oneof![Just(5_u64), Just(11)],
        ) {
            let cells = suppress_row(&counts, floor, Alike::Hidden);
            let hidden: Vec<u64> =
                counts.iter().zip(&cells).filter(|(_, c)| c.shown().is_none()).map(|(n, _)| *n).collect();
            for (n, cell) in counts.iter().zip(&cells) {
                prop_assert!(!is_small(*n, floor) || *cell == Cell::Hidden);
            }
            let total: u64 = counts.iter().sum();
            if floor <= total && !hidden.is_empty() {
                // From 0 up to the sum of the hidden: wide enough to hold the floor.
                prop_assert!(hidden.len() > 1);
                prop_assert!(floor <= hidden.iter().sum::<u64>());
            }
        }
    }
}

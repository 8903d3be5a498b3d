//! Rows of counts, and people parted into groups.

use serde::{Deserialize, Serialize};

use super::cell::{Cell, Tally, is_small};

/// What is done with a row whose people all lie in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alike {
    /// It is hidden: it would tell something of everybody (a band, a change).
    Hidden,
    /// It is shown: what it tells is harmless (who came, a reason).
    Shown,
}

/// Hides the small cells of a row whose total is known, and as many others as it takes.
///
/// Cells of 1 up to `floor` - 1 are hidden. Then the next smallest are hidden (the first on a tie)
/// until two at least are hidden and together they hold `floor` people, so that whoever takes the
/// shown cells from the total learns for each hidden one only that it lies somewhere between
/// nobody and `floor` or more.
#[must_use]
pub fn suppress_row(counts: &[u64], floor: u64, alike: Alike) -> Vec<Cell> {
    suppress_row_from(counts, floor, alike, None)
}

/// The same, where one cell says least and is hidden first to protect another.
fn suppress_row_from(counts: &[u64], floor: u64, alike: Alike, least: Option<usize>) -> Vec<Cell> {
    let total: u64 = counts.iter().sum();
    let one_cell = counts.len() > 1 && total > 0 && counts.contains(&total);
    let alike = one_cell && alike == Alike::Hidden;
    let mut hidden: Vec<bool> = counts.iter().map(|n| alike || is_small(*n, floor)).collect();
    while hidden.contains(&true) && !protects(counts, &hidden, floor) {
        let open = counts.iter().zip(&hidden).enumerate().filter(|(_, (_, hidden))| !**hidden);
        let Some((next, _)) =
            open.min_by_key(|(place, (n, _))| (Some(*place) != least, **n == 0, **n, *place))
        else {
            break;
        };
        if let Some(cell) = hidden.get_mut(next) {
            *cell = true;
        }
    }
    let shown = |(n, hidden): (&u64, bool)| {
        if hidden { Cell::Hidden } else { Cell::Shown { n: *n } }
    };
    counts.iter().zip(hidden).map(shown).collect()
}

fn protects(counts: &[u64], hidden: &[bool], floor: u64) -> bool {
    let held = counts.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|(n, _)| *n);
    held.clone().count() > 1 && floor <= held.sum::<u64>()
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
    partition_from(first, second, floor, None)
}

/// The same, where one cell of the first group says least and is hidden first.
pub(crate) fn partition_from(
    first: &[u64],
    second: &[u64],
    floor: u64,
    least: Option<usize>,
) -> Partition {
    let (ours, theirs) = (first.iter().sum::<u64>(), second.iter().sum::<u64>());
    let total = ours + theirs;
    let first_total = Tally::among(ours, &[total], floor);
    if total < floor {
        return Partition {
            total: Tally::of(total, floor),
            first_total: Tally::Hidden,
            first: vec![Cell::Hidden; first.len()],
            second: vec![Cell::Hidden; second.len()],
        };
    }
    let (first, second) = if first_total.exact().is_some() {
        (
            suppress_row_from(first, floor, Alike::Hidden, least),
            suppress_row(second, floor, Alike::Shown),
        )
    } else {
        let row: Vec<u64> = first.iter().chain(second).copied().collect();
        let mut cells = suppress_row_from(&row, floor, Alike::Hidden, least);
        let rest = cells.split_off(first.len().min(cells.len()));
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

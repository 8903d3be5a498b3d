//! Counts as they may be shown.

use serde::{Deserialize, Serialize};

use crate::stats::{Interval, wilson};

/// Who reads what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The program's own team.
    Inside,
    /// Anybody else: a funder, an authority, the public.
    Outside,
}

impl Audience {
    /// The smallest count of people that is shown: 5 inside, 11 outside. Zero is shown too.
    #[must_use]
    pub const fn floor(self) -> u64 {
        match self {
            Self::Inside => 5,
            Self::Outside => 11,
        }
    }
}

/// Whether a count is of some people, and too few of them.
pub(crate) const fn is_small(n: u64, floor: u64) -> bool {
    0 < n && n < floor
}

/// A sum of counts; beyond what can be counted it stays at the most that can.
pub(crate) fn sum(counts: impl Iterator<Item = u64>) -> u64 {
    counts.fold(0, u64::saturating_add)
}

/// What is done where all people of a total are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alike {
    /// It is hidden: it would tell something of everybody (a band, a change).
    Hidden,
    /// It is shown: what it tells is harmless (who came, a reason).
    Shown,
}

/// One cell of a table. Whether it is hidden for itself or to protect another is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Cell {
    /// The count.
    Shown {
        /// How many.
        n: u64,
    },
    /// Hidden.
    Hidden,
}

impl Cell {
    /// The count, where it is shown.
    #[must_use]
    pub const fn shown(self) -> Option<u64> {
        match self {
            Self::Shown { n } => Some(n),
            Self::Hidden => None,
        }
    }
}

/// A single count, as exactly as it may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Tally {
    /// So many.
    Exactly {
        /// How many.
        n: u64,
    },
    /// Some, and fewer than this.
    FewerThan {
        /// The floor below which nothing is told.
        n: u64,
    },
    /// All of a known total but a few: at least this many.
    AtLeast {
        /// The lower bound.
        n: u64,
    },
    /// Not told at all, since another could be solved from it.
    Hidden,
}

impl Tally {
    /// A count that stands alone.
    #[must_use]
    pub const fn of(n: u64, floor: u64) -> Self {
        if is_small(n, floor) { Self::FewerThan { n: floor } } else { Self::Exactly { n } }
    }

    /// A count among totals that are told elsewhere: the difference to each is a count as well.
    ///
    /// In a total of less than twice the floor no count but nobody and everybody is safe, so that
    /// a bound would tell who is near it: nothing is told there.
    #[must_use]
    pub fn among(n: u64, totals: &[u64], floor: u64, alike: Alike) -> Self {
        let rest = |total: &u64| total.saturating_sub(n);
        let tells = |total: &u64| match (rest(total), alike) {
            (0, Alike::Hidden) => 0 < n,
            (rest, _) => is_small(rest, floor),
        };
        if !is_small(n, floor) && !totals.iter().any(tells) {
            return Self::Exactly { n };
        }
        if totals.iter().any(|total| *total / 2 < floor) {
            return Self::Hidden;
        }
        if is_small(n, floor) {
            return Self::FewerThan { n: floor };
        }
        let bound = totals
            .iter()
            .filter(|total| tells(total))
            .map(|total| total.saturating_sub(floor).saturating_add(1))
            .min();
        bound.map_or(Self::Hidden, |bound| Self::AtLeast { n: bound })
    }

    /// The least that the count can be, as far as is told.
    #[must_use]
    pub const fn least(self) -> u64 {
        match self {
            Self::Exactly { n } | Self::AtLeast { n } => n,
            Self::FewerThan { .. } | Self::Hidden => 0,
        }
    }

    /// The count, where it is told exactly.
    #[must_use]
    pub const fn exact(self) -> Option<u64> {
        match self {
            Self::Exactly { n } => Some(n),
            Self::FewerThan { .. } | Self::AtLeast { .. } | Self::Hidden => None,
        }
    }
}

/// A share of people: its percentage follows its counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// How many count.
    pub count: Tally,
    /// Of how many.
    pub of: Tally,
    /// The share, 0 to 1, where both counts are told.
    pub share: Option<f64>,
    /// Wilson's interval, where the share is told.
    pub interval: Option<Interval>,
}

impl Share {
    /// A share as exactly as it may be told.
    #[must_use]
    pub fn of(count: u64, of: u64, floor: u64) -> Self {
        let tally = Tally::among(count, &[of], floor, Alike::Shown);
        let told = tally.exact().is_some() && floor <= of;
        let share = wilson(count, of).ok().filter(|_| told);
        Self {
            count: if floor <= of { tally } else { Tally::Hidden },
            of: Tally::of(of, floor),
            share: share.map(|found| found.share),
            interval: share.map(|found| found.interval),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_told_only_when_what_is_left_may_be_told_too() {
        let check = |n, totals: &[u64], want| {
            assert_eq!(Tally::among(n, totals, 11, Alike::Shown), want);
        };
        check(0, &[], Tally::Exactly { n: 0 });
        check(1, &[], Tally::FewerThan { n: 11 });
        check(10, &[], Tally::FewerThan { n: 11 });
        check(11, &[], Tally::Exactly { n: 11 });
        check(120, &[120], Tally::Exactly { n: 120 });
        check(119, &[120], Tally::AtLeast { n: 110 });
        check(110, &[120], Tally::AtLeast { n: 110 });
        check(109, &[120], Tally::Exactly { n: 109 });
        check(118, &[118, 120], Tally::AtLeast { n: 110 });
        // Of twelve, eleven at least: the twelfth would be known.
        check(11, &[12], Tally::Hidden);
        check(1, &[12], Tally::Hidden);
        check(12, &[12], Tally::Exactly { n: 12 });
        let raised = |n, of| Tally::among(n, &[of], 11, Alike::Hidden);
        assert_eq!(raised(12, 12), Tally::Hidden);
        assert_eq!(raised(30, 30), Tally::AtLeast { n: 20 });
        assert_eq!(raised(0, 30), Tally::Exactly { n: 0 });
    }

    #[test]
    fn a_share_is_not_told_when_one_of_its_counts_is_not() {
        assert_eq!(Share::of(40, 50, 5).share, Some(0.8));
        assert_eq!(Share::of(48, 50, 5).share, None);
        assert_eq!(Share::of(3, 50, 5).share, None);
        assert_eq!(Share::of(6, 7, 5).count, Tally::Hidden);
        assert_eq!(Share::of(4, 4, 5).count, Tally::Hidden);
        assert_eq!(Share::of(4, 4, 5).of, Tally::FewerThan { n: 5 });
    }
}

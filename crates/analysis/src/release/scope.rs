//! Which people a report or a row of it is about, and how such sets lie to each other.

use std::collections::{BTreeMap, BTreeSet};

use commons::Code;
use outcomes::Nesting;
use outcomes::figures::Period;

use super::book::{Definition, Groups};

/// Of whom a figure is: people in these groups, in this period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scope {
    filter: Groups,
    period: Option<Period>,
}

impl Scope {
    pub(super) fn of(definition: &Definition) -> Self {
        Self { filter: definition.filter.clone(), period: definition.period }
    }

    /// Those of them who are in a group as well.
    pub(super) fn within(&self, by: &Code, group: &Code) -> Self {
        let mut filter = self.filter.clone();
        let groups = filter.entry(by.clone()).or_insert_with(|| BTreeSet::from([group.clone()]));
        groups.retain(|known| known == group);
        Self { filter, period: self.period }
    }
}

/// What tells the people of a scope apart from all others: the groupings, and whether days do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alike<'s> {
    by: Vec<&'s Code>,
    days: bool,
}

impl Scope {
    pub(super) fn told_by(&self) -> Alike<'_> {
        Alike { by: self.filter.keys().collect(), days: self.period.is_some() }
    }
}

/// Sets of people as sets of the smallest parts that any scope tells apart.
///
/// Two scopes that are made of the same parts are of the same people; that a scope lies in another
/// is seen by their definitions and by which groups lie in which.
pub(super) struct Parts {
    // Nothing for a scope that was left out.
    sets: Vec<Option<Set>>,
}

/// A set of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Set(Vec<u64>);

impl Set {
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    pub(super) fn with(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a | b).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}

impl Parts {
    /// The most parts that are told apart.
    const MOST: usize = 1 << 18;
    /// Of so many groupings, every one may have nobody in a group that no scope names.
    const MOST_AXES: usize = 4;

    /// The sets of scopes, in their order, once for each way in which they may lie to each other.
    ///
    /// Perhaps there are people in groups and on days that no scope names, and perhaps there are
    /// none: a whole program of one year is that year. Nothing where there would be more parts than
    /// can be told apart: then nothing may be said of how scopes lie to each other. A scope that is nothing is left
    /// out.
    pub(super) fn of(scopes: &[Option<&Scope>], nesting: &Nesting) -> Option<Vec<Self>> {
        let known: Vec<&Scope> = scopes.iter().flatten().copied().collect();
        let axes = axes(&known);
        let edges = edges(&known);
        let sizes = axes.values().map(|groups| groups.len() + 1);
        let all = sizes.chain([edges.len() + 1]).try_fold(1_usize, usize::checked_mul);
        let all = all.filter(|all| *all <= Self::MOST)?;
        let many = axes.len() + 1;
        let bare: Vec<u32> = if many <= Self::MOST_AXES {
            (0..1 << many).collect()
        } else {
            let one = (0..many.min(31)).map(|axis| 1 << axis);
            [0, u32::MAX].into_iter().chain(one).collect()
        };
        let periods = known.iter().filter_map(|scope| scope.period).collect();
        let mut room = Room { axes, edges, periods, all, nobody: vec![0; all.div_ceil(64)] };
        room.empty(nesting);
        let of = |bare: u32| {
            let sets = scopes.iter().map(|scope| scope.map(|scope| room.set(scope, bare)));
            Self { sets: sets.collect() }
        };
        Some(bare.into_iter().map(of).collect())
    }

    pub(super) fn set(&self, place: usize) -> Option<&Set> {
        self.sets.get(place)?.as_ref()
    }
}

type Axes = BTreeMap<Code, Vec<Code>>;

/// The groups that any scope names, by grouping; all other groups are one more part.
fn axes(scopes: &[&Scope]) -> Axes {
    let mut axes: BTreeMap<Code, BTreeSet<Code>> = BTreeMap::new();
    for (by, groups) in scopes.iter().flat_map(|scope| &scope.filter) {
        axes.entry(by.clone()).or_default().extend(groups.iter().cloned());
    }
    axes.into_iter().map(|(by, groups)| (by, groups.into_iter().collect())).collect()
}

/// The days on which any period begins, or the day after its end.
fn edges(scopes: &[&Scope]) -> Vec<chrono::NaiveDate> {
    let periods = scopes.iter().filter_map(|scope| scope.period);
    let days = periods.flat_map(|period| [Some(period.from), period.to.succ_opt()]).flatten();
    days.collect::<BTreeSet<_>>().into_iter().collect()
}

/// What scopes are told apart by, and how many parts that makes.
struct Room {
    axes: Axes,
    edges: Vec<chrono::NaiveDate>,
    periods: Vec<Period>,
    all: usize,
    /// Parts in which nobody can be: a village in a district where it does not lie.
    nobody: Vec<u64>,
}

impl Room {
    /// Notes the parts in which nobody can be.
    fn empty(&mut self, nesting: &Nesting) {
        // For each place on an axis, the only places on others on which its people can be.
        let axes: Vec<(&Code, &Vec<Code>)> = self.axes.iter().collect();
        let only = |(by, group): (&Code, &Code)| -> Vec<Option<usize>> {
            let on = |(other, groups): &(&Code, &Vec<Code>)| {
                let of = nesting.of((by, group), other).filter(|_| by != *other)?;
                Some(groups.iter().position(|known| known == of).unwrap_or(groups.len()))
            };
            axes.iter().map(on).collect()
        };
        let only: Vec<Vec<Vec<Option<usize>>>> = axes
            .iter()
            .map(|(by, groups)| groups.iter().map(|group| only((by, group))).collect())
            .collect();
        if only.iter().flatten().flatten().all(Option::is_none) {
            return;
        }
        for part in 0..self.all {
            let mut rest = part;
            let digit = |(_, groups): &(&Code, &Vec<Code>)| {
                let digit = rest % (groups.len() + 1);
                rest /= groups.len() + 1;
                digit
            };
            let digits: Vec<usize> = axes.iter().map(digit).collect();
            let lies = |(place, only): (&usize, &Vec<Vec<Option<usize>>>)| {
                let only = only.get(*place).into_iter().flatten();
                only.zip(&digits).all(|(only, digit)| only.is_none_or(|only| only == *digit))
            };
            let can_be = digits.iter().zip(&only).all(lies);
            if let Some(word) = self.nobody.get_mut(part / 64).filter(|_| !can_be) {
                *word |= 1 << (part % 64);
            }
        }
    }

    /// The parts of a scope. On the axes that are `bare`, by their bits and the days first, there is
    /// nobody whom no scope names.
    fn set(&self, scope: &Scope, bare: u32) -> Set {
        let mut words = vec![0_u64; self.all.div_ceil(64)];
        for part in 0..self.all {
            if self.holds(scope, part, bare)
                && let Some(word) = words.get_mut(part / 64)
            {
                *word |= 1 << (part % 64);
            }
        }
        for (word, nobody) in words.iter_mut().zip(&self.nobody) {
            *word &= !nobody;
        }
        Set(words)
    }

    /// Whether a part, by its number, lies in a scope: its digits are the places on the axes.
    fn holds(&self, scope: &Scope, part: usize, bare: u32) -> bool {
        let is_bare = |axis: usize| {
            bare.checked_shr(u32::try_from(axis).unwrap_or(32)).is_some_and(|it| it & 1 == 1)
        };
        let mut rest = part;
        for (axis, (by, groups)) in (1..).zip(&self.axes) {
            let place = rest % (groups.len() + 1);
            rest /= groups.len() + 1;
            let group = groups.get(place);
            let wanted = scope.filter.get(by);
            let is_in =
                wanted.is_none_or(|wanted| group.is_some_and(|group| wanted.contains(group)));
            if !is_in || (group.is_none() && is_bare(axis)) {
                return false;
            }
        }
        // The stretch before the first edge is none of any period's, nor need others be.
        let from = rest.checked_sub(1).and_then(|place| self.edges.get(place));
        let lies_in =
            |period: &Period| from.is_some_and(|from| period.from <= *from && *from <= period.to);
        match &scope.period {
            Some(period) => lies_in(period),
            None => self.periods.is_empty() || !is_bare(0) || self.periods.iter().any(lies_in),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(filter: &[(&str, &[&str])], period: Option<(&str, &str)>) -> Scope {
        let code = |text: &str| text.parse::<Code>().unwrap();
        Scope {
            filter: filter
                .iter()
                .map(|(by, groups)| (code(by), groups.iter().map(|group| code(group)).collect()))
                .collect(),
            period: period
                .map(|(from, to)| Period { from: from.parse().unwrap(), to: to.parse().unwrap() }),
        }
    }

    #[test]
    fn a_narrower_filter_or_period_lies_within() {
        let scopes = [
            scope(&[], None),
            scope(&[("district", &["a", "b"])], None),
            scope(&[("district", &["a"])], Some(("2026-01-01", "2026-06-30"))),
            scope(&[("district", &["a"]), ("sex", &["f"])], Some(("2026-01-01", "2026-12-31"))),
            scope(&[("district", &["c"])], Some(("2026-07-01", "2026-12-31"))),
        ];
        let parts = &Parts::of(&scopes.each_ref().map(Some), &Nesting::default()).unwrap()[0];
        let set = |place| parts.set(place).unwrap();
        for place in 1..5 {
            assert!(set(place).is_within(set(0)) && !set(0).is_within(set(place)));
        }
        assert!(set(2).is_within(set(1)) && set(3).is_within(set(1)));
        assert!(!set(3).is_within(set(2)) && set(3).overlaps(set(2)));
        assert!(!set(4).overlaps(set(1)));
        assert!(
            scopes[1].within(&Code::of("district"), &Code::of("c"))
                == scope(&[("district", &[])], None)
        );
    }
}

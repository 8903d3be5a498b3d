//! Forming circles.

use std::ops::ControlFlow;

use crate::{
    Cost, Formation, Progress, Roster,
    cost::Kinds,
    solve::{
        board::{self, Board, Told},
        search::Search,
        watch::Watch,
    },
};

/// How hard to look. The same roster, seed and work give the same formation on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Where chance begins.
    pub seed: u64,
    /// How many moves to look at, about: some thirty million are looked at in a second.
    pub work: u64,
}

impl Effort {
    /// What usually is enough: 50,000 moves for each person.
    #[must_use]
    pub fn usual(roster: &Roster, seed: u64) -> Self {
        Self { seed, work: 50_000 * roster.people().len() as u64 }
    }
}

/// A formation, and how good it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    formation: Formation,
    cost: Cost,
    bound: u64,
    work: u64,
}

impl Proposal {
    /// Who sits with whom.
    #[must_use]
    pub const fn formation(&self) -> &Formation {
        &self.formation
    }

    /// What it costs.
    #[must_use]
    pub const fn cost(&self) -> Cost {
        self.cost
    }

    /// What no formation of this roster costs less than.
    ///
    /// It is the sum over places of a Lagrangian relaxation (each group takes its cheapest company at prices for people, and
    /// nobody has to sit only once), or, where all cases of a place were looked through, what its best costs.
    #[must_use]
    pub const fn bound(&self) -> u64 {
        self.bound
    }

    /// Whether it is proven that no formation costs less.
    #[must_use]
    pub const fn is_proven(&self) -> bool {
        self.cost.total() <= self.bound
    }

    /// How much work it took.
    #[must_use]
    pub const fn work(&self) -> u64 {
        self.work
    }

    /// This one, or another formation of the same people where that costs less.
    pub(crate) fn or_if_less(self, roster: &Roster, other: &Formation) -> Self {
        let cost = Cost::of(roster, other);
        if self.cost.total() <= cost.total() {
            return self;
        }
        let bound = self.bound.min(cost.total());
        Self { formation: other.clone(), cost, bound, work: self.work }
    }

    /// Who sits with whom, alone.
    #[must_use]
    pub fn into_formation(self) -> Formation {
        self.formation
    }
}

/// Forms circles of a roster.
#[must_use]
pub fn form(roster: &Roster, effort: Effort) -> Proposal {
    form_watched(roster, effort, |_| ControlFlow::Continue(()))
}

/// Forms circles of a roster, and tells now and then what was reached; whoever watches may say stop, and the best so far is
/// the answer.
#[must_use]
pub fn form_watched(
    roster: &Roster,
    effort: Effort,
    mut observer: impl FnMut(&Progress) -> ControlFlow<()>,
) -> Proposal {
    search(roster, effort, None, &mut observer)
}

/// Of the work, one part in so many is for a first walk of every place.
const FIRST: u64 = 16;

pub(crate) fn search(
    roster: &Roster,
    effort: Effort,
    told: Option<Told<'_>>,
    observer: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
) -> Proposal {
    let kinds = Kinds::of(roster);
    let boards: Vec<Board> =
        board::parts(roster).iter().map(|part| Board::of(roster, part, kinds, told)).collect();
    let mut searches: Vec<Search<'_>> =
        boards.iter().zip(0..).map(|(board, n)| Search::new(board, effort.seed, n)).collect();
    let lost = roster.bonds().count() - roster.bonds_to_keep().count();
    let lost = i64::from(roster.weights().bonds.get()) * i64::try_from(lost).unwrap_or(i64::MAX);
    let sums = searches.iter().map(|search| (search.best_cost(), search.bound));
    let mut totals = sums.fold((lost, lost), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    // What is hard for a place grows faster than its people: with them times its groups.
    let sizes: Vec<u128> = boards.iter().map(|board| (board.n * board.m) as u128).collect();
    let all: u128 = sizes.iter().sum::<u128>().max(1);
    let mut watch = Watch::new(observer, effort.work);
    for pass in 0..2 {
        for (search, size) in searches.iter_mut().zip(&sizes) {
            if watch.stopped() {
                break;
            }
            let share = u64::try_from(u128::from(effort.work) * size / all).unwrap_or(u64::MAX);
            watch.others = (totals.0 - search.best_cost(), totals.1 - search.bound);
            if pass == 0 {
                search.first(share / FIRST, &mut watch);
            } else {
                search.rest(share - share / FIRST, &mut watch);
            }
            totals = (watch.others.0 + search.best_cost(), watch.others.1 + search.bound);
            watch.tell_all(totals);
        }
    }
    let circles = searches.iter().flat_map(|search| search.best().circles(search.board()));
    // Invariant: a seating seats nobody twice, and no two boards have a person in common.
    let formation = Formation::of(roster.people().len(), circles);
    let cost = Cost::of(roster, &formation);
    let bound = u64::try_from(totals.1).unwrap_or(0);
    Proposal { formation, cost, bound, work: watch.progress.work }
}

//! The best seating of one board, for so much work.

#![expect(
    clippy::indexing_slicing,
    reason = "each index is of a table of this board, by its making"
)]

use super::{
    anneal::Walk,
    board::Board,
    chance::{Chance, FRACTION},
    exact::Cases,
    prices::{Open, Prices},
    seating::Seating,
    watch::Watch,
};

/// People times groups up to which every case is looked through.
const SMALL: usize = 1_000;
/// Of the work, one part in so many is for raising the bound.
const BOUNDS: u64 = 6;
/// A walk is worth so many moves times the people and the third power of the groups: with less, one long walk gives more than two.
const LONG: u64 = 3;
/// How many walks there are at most: half of them begin anew, half go on from the best.
const WALKS: u64 = 16;

/// A search for the best seating of one board.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    board: &'a Board,
    walk: Walk<'a>,
    prices: Prices<'a>,
    open: Open,
    /// What no seating costs less than.
    pub(crate) bound: i64,
    hot: u64,
    cold: u64,
}

impl<'a> Search<'a> {
    pub(crate) fn new(board: &'a Board, seed: u64, number: u64) -> Self {
        let unit = unit(board);
        let mut search = Self {
            board,
            walk: Walk::new(board, Chance::new(seed, number)),
            prices: Prices::new(board),
            open: Open::all(board),
            bound: 0,
            hot: unit * 4 / 5,
            cold: unit / 32,
        };
        search.raise(1, &mut Watch::new(&mut |_| std::ops::ControlFlow::Continue(()), 0));
        search
    }

    pub(crate) const fn board(&self) -> &'a Board {
        self.board
    }

    /// The best so far.
    pub(crate) const fn best(&self) -> &Seating {
        &self.walk.best
    }

    /// What the best so far costs.
    pub(crate) const fn best_cost(&self) -> i64 {
        self.walk.best_cost
    }

    /// Whether no seating is cheaper.
    pub(crate) const fn proven(&self) -> bool {
        self.bound >= self.walk.best_cost
    }

    /// A first walk.
    pub(crate) fn first(&mut self, work: u64, watch: &mut Watch<'_>) {
        watch.bound = self.bound;
        if self.proven() {
            return;
        }
        self.walk.cool(self.hot, self.cold, work, watch);
    }

    /// Bounds, cases where there are few, and walk upon walk for the rest of the work.
    pub(crate) fn rest(&mut self, work: u64, watch: &mut Watch<'_>) {
        watch.bound = self.bound;
        let start = watch.progress.work;
        let left = |watch: &Watch<'_>| work.saturating_sub(watch.progress.work - start);
        let board = self.board;
        self.raise(work / BOUNDS, watch);
        if board.n * board.m <= SMALL && !self.proven() && !watch.stopped() {
            self.cases(left(watch) / 2, watch);
        }
        let groups = board.m as u64;
        let usual = LONG.saturating_mul(board.n as u64).saturating_mul(groups.saturating_pow(3));
        let walks = (left(watch) / usual.max(1)).clamp(1, WALKS);
        for walk in 0..walks {
            if self.proven() || watch.stopped() {
                return;
            }
            let share = left(watch) / (walks - walk);
            if walk < walks.div_ceil(2) {
                self.walk.anew();
                self.walk.cool(self.hot, self.cold, share, watch);
            } else {
                self.walk.again();
                self.walk.cool(self.hot / 2, self.cold, share, watch);
            }
        }
    }

    /// Raises the bound for so much work.
    fn raise(&mut self, work: u64, watch: &mut Watch<'_>) {
        let cost = self.walk.best_cost;
        self.prices.better(&self.open, cost, work, watch);
        self.bound = self.bound.max(self.prices.bound()).min(cost);
        watch.bound = self.bound;
    }

    /// Looks through all cases, with so much work at most.
    fn cases(&mut self, work: u64, watch: &mut Watch<'_>) {
        let (best, cost) = (self.walk.best.clone(), self.walk.best_cost);
        let mut cases = Cases::new(self.board, best, cost, work);
        let ended = cases.run(&self.open, self.prices.best_price(), watch);
        if cases.best_cost < self.walk.best_cost {
            self.walk.best_cost = cases.best_cost;
            self.walk.best = cases.best;
        }
        if ended {
            self.bound = self.walk.best_cost;
        }
    }
}

/// What a usual difference between two seats of one person is, in 2^-FRACTION: temperatures are measured by it.
fn unit(board: &Board) -> u64 {
    let (mut sum, mut count) = (0_u64, 0_u64);
    for p in 0..board.n {
        let seats = (0..board.m).filter(|g| {
            (board.groups[*g].first..board.groups[*g].last).any(|meeting| board.comes(p, meeting))
        });
        let costs: Vec<i32> = seats.map(|g| board.seat(p, g)).collect();
        if let Some(least) = costs.iter().min() {
            sum += costs.iter().map(|cost| u64::from(cost.abs_diff(*least))).sum::<u64>();
            count += costs.len() as u64;
        }
    }
    let usual = (sum << FRACTION) / count.max(1);
    let wishes = [board.own_sex, board.bond, board.size_step(), board.waiting];
    let least = wishes.into_iter().filter(|wish| *wish > 0).min().unwrap_or(1);
    usual.max((u64::from(least.unsigned_abs()) << FRACTION) / 2)
}

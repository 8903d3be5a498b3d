//! What no seating of a board can cost less than.
//!
//! Each person has a price: what it is worth to seat them. With prices given, each group by itself finds the cheapest
//! company it could have, at its best meeting, or closes, and nobody has to sit in only one group. The prices and all
//! those companies together cost at most what any seating does: it is the Lagrangian relaxation of "everybody
//! sits once or waits". Prices go up where nobody takes a person, and down where several do, which raises it.

#![expect(
    clippy::indexing_slicing,
    reason = "each index is of a table of this board, by its making"
)]

use super::{
    board::Board,
    company::{ANYWHERE, Cheapest, Way},
    watch::Watch,
};

/// How much finer prices are than costs, in bits.
pub(crate) const FINE: u32 = 8;

/// What is left open.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    /// By group, how it may meet.
    pub(crate) ways: Vec<Vec<Way>>,
    /// By group, whether it may be closed.
    pub(crate) closes: Vec<bool>,
    /// By person, where they are fixed; by group, how many are fixed there.
    pub(crate) at: Vec<u16>,
    pub(crate) must: Vec<u32>,
    /// What is certain besides.
    pub(crate) extra: i64,
}

impl Open {
    /// Everything, but for those who are pinned.
    pub(crate) fn all(board: &Board) -> Self {
        let kinds = board.company_kinds();
        let ways = board.groups.iter().map(|group| {
            let meetings = group.first..group.last;
            let only = |meeting: usize| {
                (0..kinds).map(move |only| Way {
                    meeting: u32::try_from(meeting).unwrap_or(u32::MAX),
                    only,
                })
            };
            meetings.flat_map(only).collect()
        });
        let mut open = Self {
            ways: ways.collect(),
            closes: board.groups.iter().map(|group| !group.told).collect(),
            at: vec![ANYWHERE; board.n],
            must: vec![0; board.m + 1],
            extra: 0,
        };
        for p in 0..board.n {
            if let Some(g) = board.pinned[p] {
                open.fix(p, g);
            }
        }
        open
    }

    /// Fixes somebody to a group, or to waiting.
    pub(crate) fn fix(&mut self, p: usize, g: u16) {
        self.at[p] = g;
        self.must[usize::from(g)] += 1;
        if usize::from(g) < self.closes.len() {
            self.closes[usize::from(g)] = false;
        }
    }
}

/// Prices of people, and the best bound that they gave.
#[derive(Debug)]
pub(crate) struct Prices<'a> {
    board: &'a Board,
    price: Vec<i64>,
    best_price: Vec<i64>,
    /// The best bound, in 2^-FINE.
    best: i64,
    /// By person, 1 less how often they were taken, averaged over the last rounds, in 2^-8.
    way: Vec<i64>,
    /// By person, how often they were taken in the last round.
    pub(crate) taken: Vec<u32>,
    /// By group, the way and the company of the last round; none where it is closed.
    pub(crate) companies: Vec<(Option<Way>, Vec<u32>)>,
    cheapest: Cheapest,
}

impl<'a> Prices<'a> {
    pub(crate) fn new(board: &'a Board) -> Self {
        let price: Vec<i64> = (0..board.n)
            .map(|p| {
                let least = (0..board.m).map(|g| board.seat(p, g)).min();
                i64::from(least.unwrap_or(board.waiting).min(board.waiting)) << FINE
            })
            .collect();
        Self {
            board,
            best_price: price.clone(),
            price,
            best: i64::MIN,
            way: vec![0; board.n],
            taken: vec![0; board.n],
            companies: vec![(None, Vec::new()); board.m],
            cheapest: Cheapest::default(),
        }
    }

    /// The bound, in whole costs.
    pub(crate) const fn bound(&self) -> i64 {
        if self.best < 0 { 0 } else { (self.best + (1 << FINE) - 1) >> FINE }
    }

    /// The prices of the best bound.
    pub(crate) fn best_price(&self) -> &[i64] {
        &self.best_price
    }

    /// Begins anew from prices, for something else that is open.
    pub(crate) fn begin(&mut self, price: &[i64]) {
        self.price.copy_from_slice(price);
        self.best_price.copy_from_slice(price);
        self.best = i64::MIN;
        self.way.fill(0);
    }

    /// Betters the prices for so much work, or until the bound reaches a cost that was reached, or whoever watches says stop.
    /// Says whether anything is possible at all.
    pub(crate) fn better(
        &mut self,
        open: &Open,
        cost: i64,
        work: u64,
        watch: &mut Watch<'_>,
    ) -> bool {
        let end = watch.progress.work.saturating_add(work);
        self.while_(open, cost, watch, |watch| watch.progress.work < end)
    }

    /// The same, for so many rounds.
    pub(crate) fn rounds(
        &mut self,
        open: &Open,
        cost: i64,
        rounds: u64,
        watch: &mut Watch<'_>,
    ) -> bool {
        let mut left = rounds;
        self.while_(open, cost, watch, |_| {
            left = left.saturating_sub(1);
            left > 0
        })
    }

    fn while_(
        &mut self,
        open: &Open,
        cost: i64,
        watch: &mut Watch<'_>,
        mut goes_on: impl FnMut(&Watch<'_>) -> bool,
    ) -> bool {
        let (mut pace, mut stuck) = (1024, 0);
        loop {
            let before = self.best;
            let bound = self.round(open);
            watch.worked(std::mem::take(&mut self.cheapest.looked) / 3 + 1, cost);
            let Some(bound) = bound else { return false };
            if self.bound() >= cost {
                break;
            }
            stuck = if self.best > before { 0 } else { stuck + 1 };
            if stuck >= 8 {
                (pace, stuck) = (pace * 3 / 4, 0);
                if pace < 8 {
                    break;
                }
            }
            if watch.stopped()
                || !goes_on(watch)
                || !self.move_prices(open, ((cost << FINE) - bound).max(1 << FINE), pace)
            {
                break;
            }
        }
        true
    }

    /// The bound at these prices; nothing where a group that must be open has no company.
    fn round(&mut self, open: &Open) -> Option<i64> {
        let board = self.board;
        self.taken.fill(0);
        let mut bound: i64 = self.price.iter().sum::<i64>() + (open.extra << FINE);
        for p in 0..board.n {
            bound += self.waits(open, p)?;
        }
        for g in 0..board.m {
            let mut least = open.closes[g].then_some(0);
            self.companies[g].0 = None;
            self.companies[g].1.clear();
            for way in &open.ways[g] {
                let value = self.cheapest.of(board, g, *way, FINE, &self.price, Some(open));
                if let Some(value) = value
                    && least.is_none_or(|least| value < least)
                {
                    least = Some(value);
                    self.companies[g].0 = Some(*way);
                    self.companies[g].1.clone_from(&self.cheapest.people);
                }
            }
            bound += least?;
            for p in &self.companies[g].1 {
                self.taken[*p as usize] += 1;
            }
        }
        if bound > self.best {
            self.best = bound;
            self.best_price.copy_from_slice(&self.price);
        }
        Some(bound)
    }

    /// What it costs that somebody waits, and the one who is bonded with them, less their prices: the least of what is open.
    fn waits(&mut self, open: &Open, p: usize) -> Option<i64> {
        let board = self.board;
        let wait = |p: usize, price: i64| {
            let at = open.at[p];
            let cost = (i64::from(board.waiting) << FINE) - price;
            (
                at == ANYWHERE || usize::from(at) == board.m,
                at == ANYWHERE || usize::from(at) != board.m,
                cost,
            )
        };
        let (may, may_not, cost) = wait(p, self.price[p]);
        let q = board.mates[p] as usize;
        if q == board.n || board.mates_apart[p] {
            // Prices never rise above waiting, unless it is all that is left.
            let waits = !may_not || may && cost <= 0;
            self.taken[p] += u32::from(waits);
            return Some(if waits { cost } else { 0 });
        }
        if q < p {
            return Some(0);
        }
        let half = (i64::from(board.bond) << FINE) / 2;
        let (they_may, they_may_not, theirs) = wait(q, self.price[q]);
        let both = (may && they_may).then_some((cost + theirs, 1, 1));
        let one = (may && they_may_not).then_some((cost + half, 1, 0));
        let other = (may_not && they_may).then_some((theirs + half, 0, 1));
        let none = (may_not && they_may_not).then_some((0, 0, 0));
        let (least, mine, their) = [none, one, other, both].into_iter().flatten().min()?;
        self.taken[p] += mine;
        self.taken[q] += their;
        Some(least)
    }

    /// Moves the prices; says whether any of them wants to move.
    fn move_prices(&mut self, open: &Open, gap: i64, pace: i64) -> bool {
        let board = self.board;
        // More than this nobody is ever worth.
        let most = |p: usize| {
            let bonded = board.mates[p] as usize != board.n && !board.mates_apart[p];
            i64::from(board.waiting + if bonded { board.bond } else { 0 }) << FINE
        };
        let (mut norm, mut wants) = (0, false);
        for p in 0..board.n {
            let mut off = (1 - i64::from(self.taken[p])) * 256;
            if open.at[p] != ANYWHERE || off > 0 && self.price[p] >= most(p) {
                off = 0;
            }
            wants |= off != 0;
            self.way[p] = (self.way[p] * 3 + off * 5) / 8;
            norm += self.way[p] * self.way[p];
        }
        if norm > 0 {
            for p in 0..board.n {
                let step = i128::from(self.way[p] * gap) * 256 * i128::from(pace);
                let step = i64::try_from(step / (i128::from(norm) * 1024)).unwrap_or(0);
                self.price[p] = (self.price[p] + step).min(most(p));
            }
        }
        wants
    }

    /// By way of a group, and for closing it, by how much the bound would rise if it were so, at the best prices; nothing where
    /// it cannot be.
    pub(crate) fn rises(&mut self, open: &Open, g: usize) -> (Vec<Option<i64>>, Option<i64>) {
        let board = self.board;
        let values: Vec<_> = open.ways[g]
            .iter()
            .map(|way| self.cheapest.of(board, g, *way, FINE, &self.best_price, Some(open)))
            .collect();
        let closed = open.closes[g].then_some(0);
        let least = values.iter().flatten().copied().chain(closed).min().unwrap_or(0);
        (
            values.iter().map(|value| value.map(|value| value - least)).collect(),
            closed.map(|zero| zero - least),
        )
    }

    /// The bound, in 2^-FINE.
    pub(crate) const fn fine_bound(&self) -> i64 {
        self.best
    }
}

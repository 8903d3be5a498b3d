//! Every seating of a small board that could be cheaper, looked at or ruled out by a bound.

#![expect(
    clippy::indexing_slicing,
    reason = "each index is of a table of this board, by its making"
)]

use super::{
    board::Board,
    company::ANYWHERE,
    prices::{FINE, Open, Prices},
    seating::Seating,
    watch::Watch,
};

/// How many rounds, at most, the prices of one case are bettered.
const ROUNDS: u64 = 60;

/// A search through cases: groups take one of their ways, then people one of their seats.
pub(crate) struct Cases<'a> {
    board: &'a Board,
    prices: Prices<'a>,
    pub(crate) best: Seating,
    pub(crate) best_cost: i64,
    pub(crate) work: u64,
    limit: u64,
}

impl<'a> Cases<'a> {
    pub(crate) fn new(board: &'a Board, best: Seating, best_cost: i64, limit: u64) -> Self {
        Self { board, prices: Prices::new(board), best, best_cost, work: 0, limit }
    }

    /// Looks through everything that is open, from prices; says whether it came to the end, so that `best` is proven.
    pub(crate) fn run(&mut self, open: &Open, price: &[i64], watch: &mut Watch<'_>) -> bool {
        self.case(open.clone(), price.to_vec(), watch)
    }

    fn case(&mut self, mut open: Open, price: Vec<i64>, watch: &mut Watch<'_>) -> bool {
        if self.work > self.limit || watch.stopped() {
            return false;
        }
        self.prices.begin(&price);
        let start = watch.progress.work;
        let possible = self.prices.rounds(&open, self.best_cost, ROUNDS, watch);
        self.work += watch.progress.work - start;
        if !possible || self.prices.bound() >= self.best_cost {
            return true;
        }
        self.seat();
        if self.prices.bound() >= self.best_cost {
            return true;
        }
        if !self.narrow(&mut open) {
            return true;
        }
        let price = self.prices.best_price().to_vec();
        let options = |open: &Open, g: usize| open.ways[g].len() + usize::from(open.closes[g]);
        let group =
            (0..self.board.m).filter(|g| options(&open, *g) > 1).min_by_key(|g| options(&open, *g));
        match group {
            Some(g) => self.by_group(&open, g, &price, watch),
            None => self.by_person(&open, &price, watch),
        }
    }

    /// Takes out every way that cannot lead to anything cheaper; says whether all groups have one left.
    fn narrow(&mut self, open: &mut Open) -> bool {
        let slack = (self.best_cost << FINE) - (1 << FINE) - self.prices.fine_bound();
        for g in 0..self.board.m {
            let (ways, closed) = self.prices.rises(open, g);
            let mut k = 0;
            open.ways[g].retain(|_| {
                k += 1;
                ways[k - 1].is_some_and(|rise| rise <= slack)
            });
            open.closes[g] = closed.is_some_and(|rise| rise <= slack);
            if open.ways[g].is_empty() && !open.closes[g] {
                return false;
            }
        }
        true
    }

    fn by_group(&mut self, open: &Open, g: usize, price: &[i64], watch: &mut Watch<'_>) -> bool {
        let (ways, closed) = self.prices.rises(open, g);
        let mut order: Vec<(i64, Option<usize>)> =
            ways.iter().enumerate().filter_map(|(k, rise)| Some(((*rise)?, Some(k)))).collect();
        order.extend(closed.map(|rise| (rise, None)));
        order.sort_unstable();
        for (_, way) in order {
            let mut case = open.clone();
            match way {
                Some(k) => {
                    case.ways[g] = vec![open.ways[g][k]];
                    case.closes[g] = false;
                }
                None => case.ways[g].clear(),
            }
            if !self.case(case, price.to_vec(), watch) {
                return false;
            }
        }
        true
    }

    /// Fixes the person about whom the groups disagree most to each seat in turn.
    fn by_person(&mut self, open: &Open, price: &[i64], watch: &mut Watch<'_>) -> bool {
        let board = self.board;
        let loose = |p: &usize| open.at[*p] == ANYWHERE;
        let off = |p: &usize| {
            (
                self.prices.taken[*p].abs_diff(1),
                board.bonds.of_person(*p).len() + board.apart.of_person(*p).len(),
            )
        };
        let Some(p) = (0..board.n).filter(loose).max_by_key(off) else { return true };
        let mut seats: Vec<(i32, u16)> = (0..board.m)
            .filter(|g| {
                open.ways[*g].first().is_some_and(|way| board.comes(p, way.meeting as usize))
            })
            .map(|g| (board.seat(p, g), number(g)))
            .collect();
        seats.push((board.waiting, number(board.m)));
        seats.sort_unstable();
        for (_, g) in seats {
            let mut case = open.clone();
            case.fix(p, g);
            if !self.pair(&mut case, p) {
                continue;
            }
            if !self.case(case, price.to_vec(), watch) {
                return false;
            }
        }
        true
    }

    /// Counts what is certain of somebody's pairs that no bound counts; says whether it may be.
    fn pair(&self, case: &mut Open, p: usize) -> bool {
        let board = self.board;
        let here = case.at[p];
        let others = |list: &'a [u32]| {
            list.iter().map(|q| *q as usize).filter(move |q| board.mates[p] as usize != *q)
        };
        if usize::from(here) < board.m
            && others(board.apart.of_person(p)).any(|q| case.at[q] == here)
        {
            return false;
        }
        let broken = others(board.bonds.of_person(p))
            .filter(|q| case.at[*q] != ANYWHERE && case.at[*q] != here)
            .count();
        case.extra += i64::from(board.bond) * broken as i64;
        true
    }

    /// Seats people as the groups would have them, and keeps it if it is sound and cheaper.
    fn seat(&mut self) {
        let board = self.board;
        let mut seating = Seating::empty(board);
        for g in 0..board.m {
            let (way, people) = &self.prices.companies[g];
            let Some(way) = way else { continue };
            if seating.meets[g] != way.meeting {
                seating.meet(board, g, way.meeting as usize);
            }
            for p in people {
                let p = *p as usize;
                if seating.at(p) == board.m && !seating.apart(board, p, g, None) {
                    seating.put(board, p, g);
                }
            }
        }
        for p in 0..board.n {
            if board.pinned[p].is_some_and(|g| seating.at(p) != usize::from(g)) {
                return;
            }
        }
        if seating.is_sound(board) && seating.is_free(board) {
            let cost = seating.cost(board);
            if cost < self.best_cost {
                self.best_cost = cost;
                self.best = seating;
            }
        }
    }
}

fn number(g: usize) -> u16 {
    u16::try_from(g).unwrap_or(u16::MAX)
}

//! Simulated annealing on one board: people move and change places, groups take other meetings.

#![expect(
    clippy::indexing_slicing,
    reason = "each index is of a table of this board, by its making"
)]

use super::{
    board::{Board, NEVER},
    chance::{Chance, FRACTION, STEPS, THRESHOLDS, log2, scale, shrink},
    seating::Seating,
};

/// A walk over the seatings of one board, with the best that it saw.
pub(crate) struct Walk<'a> {
    board: &'a Board,
    chance: Chance,
    pub(crate) now: Seating,
    pub(crate) cost: i64,
    pub(crate) best: Seating,
    pub(crate) best_cost: i64,
    saved: Seating,
    pub(crate) work: u64,
    loose: Vec<u32>,
    tunes: [u64; 8],
}

/// How many moves pass before the temperature falls again.
const BLOCK: u64 = 128;

impl<'a> Walk<'a> {
    pub(crate) fn new(board: &'a Board, chance: Chance) -> Self {
        let now = Seating::new(board);
        let cost = now.cost(board);
        let tunes = std::env::var("TUNE")
            .map(|t| {
                let mut a = [0; 8];
                for (i, x) in t.split(',').enumerate() {
                    a[i] = x.parse().unwrap_or(0);
                }
                a
            })
            .unwrap_or([6, 60, 3, 1024, 410, 3, 2, 0]);
        Self {
            board,
            chance,
            best: now.clone(),
            saved: now.clone(),
            best_cost: cost,
            now,
            cost,
            work: 0,
            loose: Vec::new(),
            tunes,
        }
    }

    /// Walks so many moves while the temperature (in 2^-10) falls from `hot` to `cold`.
    pub(crate) fn cool(&mut self, hot: u64, cold: u64, moves: u64) {
        if self.board.n == 0 || self.board.m == 0 {
            return;
        }
        let fall = u64::from(log2(hot.max(1)).saturating_sub(log2(cold.max(1))));
        let end = self.work + moves;
        let start = self.work;
        while self.work < end {
            let gone = self.work - start;
            let log = u32::try_from(fall * gone / moves).unwrap_or(u32::MAX);
            let heat = shrink(hot << 6, log);
            let blocks = self.tunes[0];
            for _ in 0..blocks {
                self.settle(heat, BLOCK);
            }
            self.retime(heat);
        }
    }

    /// Walks a number of moves of people at one temperature (in 2^-FRACTION).
    fn settle(&mut self, heat: u64, moves: u64) {
        let board = self.board;
        let m = board.m;
        for _ in 0..moves {
            let bits = self.chance.next();
            let p = scale(bits >> 32, board.n);
            if board.pinned[p].is_some() {
                continue;
            }
            let more_bits = self.chance.next();
            let old = self.now.at(p);
            let Some(mut g) = pick(self.now.cans(board, p), more_bits >> 32) else { continue };
            if g == old {
                g = m;
            }
            let most = threshold(heat, bits);
            let swap = (bits >> STEPS) & 63 < self.tunes[1];
            if swap {
                let there = self.now.members(board, g);
                if there.is_empty() {
                    continue;
                }
                let q = there[scale(more_bits, there.len())] as usize;
                if !self.now.can(board, q, old) || board.pinned[q].is_some() {
                    continue;
                }
                let more = self.now.swapping(board, p, q);
                if more <= most {
                    self.now.put(board, p, m);
                    self.now.put(board, q, old);
                    self.now.put(board, p, g);
                    self.took(more);
                }
            } else {
                let more = self.now.relocating(board, p, g);
                if more <= most && more != NEVER {
                    self.now.put(board, p, g);
                    self.took(more);
                }
            }
        }
        self.work += moves;
    }

    fn took(&mut self, more: i32) {
        self.cost += i64::from(more);
        if self.cost < self.best_cost && self.now.is_sound(self.board) {
            self.best_cost = self.cost;
            self.best.clone_from(&self.now);
        }
    }

    /// Gives a group another meeting, lets people find their seats again, and keeps it if it is worth it.
    fn retime(&mut self, heat: u64) {
        let board = self.board;
        let g = self.chance.below(board.m);
        let group = &board.groups[g];
        if group.last - group.first < 2 && self.now.len[g] > 0 {
            return;
        }
        let meeting = group.first + self.chance.below(group.last - group.first);
        if meeting == self.now.meets[g] as usize && self.now.len[g] > 0 {
            return;
        }
        if group.shared && !self.free(g, meeting) {
            return;
        }
        let before = self.cost;
        self.saved.clone_from(&self.now);
        self.change(g, meeting);
        self.cost = self.now.cost(board);
        self.work += board.n as u64;
        self.settle(heat * self.tunes[5] / 4, board.n as u64 * self.tunes[6]);
        let bits = self.chance.next();
        let more = self.cost - before;
        if more > i64::from(threshold(heat * self.tunes[2], bits)) {
            self.now.clone_from(&self.saved);
            self.cost = before;
        }
    }

    /// Whether the facilitator of a group has no other group at the time of a meeting.
    fn free(&self, g: usize, meeting: usize) -> bool {
        let board = self.board;
        let slot = board.meetings[meeting].slot;
        (0..board.m).all(|h| {
            h == g
                || board.groups[h].leader != board.groups[g].leader
                || board.meetings[self.now.meets[h] as usize].slot != slot
        })
    }

    /// Gives a group another meeting and fills it again.
    fn change(&mut self, g: usize, meeting: usize) {
        let board = self.board;
        let m = board.m;
        self.loose.clear();
        self.loose.extend(self.now.members(board, g));
        for k in 0..self.loose.len() {
            let p = self.loose[k] as usize;
            if !board.comes(p, meeting) {
                self.now.put(board, p, m);
            }
        }
        self.now.meet(board, g, meeting);
        // Those who wait come first, then those whose own group can spare them.
        let start = self.chance.below(board.n);
        for k in 0..board.n {
            let p = (start + k) % board.n;
            if self.now.len[g] as usize >= board.target {
                break;
            }
            if self.now.at(p) == m && self.joins(p, g) {
                self.now.put(board, p, g);
            }
        }
        let start = self.chance.below(board.n);
        for k in 0..board.n {
            let p = (start + k) % board.n;
            if self.now.len[g] as usize >= board.fewest {
                break;
            }
            let h = self.now.at(p);
            if h != m
                && h != g
                && self.now.len[h] as usize > board.fewest
                && board.pinned[p].is_none()
                && self.joins(p, g)
            {
                self.now.put(board, p, g);
            }
        }
        if (self.now.len[g] as usize) < board.fewest {
            for k in 0..self.now.len[g] as usize {
                let _ = k;
                let last = self.now.members(board, g).last().copied();
                if let Some(p) = last {
                    self.now.put(board, p as usize, m);
                }
            }
        }
        self.loose.clear();
        self.loose.extend(self.now.members(board, m));
        for k in 0..self.loose.len() {
            let p = self.loose[k] as usize;
            let to = (0..m)
                .filter(|h| self.now.len[*h] as usize + 1 >= board.fewest && self.joins(p, *h))
                .min_by_key(|h| self.now.relocating(board, p, *h));
            if let Some(h) = to {
                self.now.put(board, p, h);
            }
        }
    }

    fn joins(&self, p: usize, g: usize) -> bool {
        self.now.can(self.board, p, g) && self.now.relocating(self.board, p, g) != NEVER
    }
}

/// The most that a move may cost at a temperature, by its chance.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the lower bits are wanted; a threshold is below 2^31"
)]
fn threshold(heat: u64, bits: u64) -> i32 {
    let chance = THRESHOLDS[bits as usize & ((1 << STEPS) - 1)];
    ((heat * u64::from(chance)) >> (2 * FRACTION)) as i32
}

/// One of a set, each as likely.
#[inline]
fn pick(set: &[u64], bits: u64) -> Option<usize> {
    let count: u32 = set.iter().map(|word| word.count_ones()).sum();
    if count == 0 {
        return None;
    }
    let mut k = scale(bits, count as usize);
    for (w, word) in set.iter().enumerate() {
        let here = word.count_ones() as usize;
        if k < here {
            let mut word = *word;
            for _ in 0..k {
                word &= word - 1;
            }
            return Some(w * 64 + word.trailing_zeros() as usize);
        }
        k -= here;
    }
    None
}

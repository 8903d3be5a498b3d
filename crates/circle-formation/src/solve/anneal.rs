//! Simulated annealing on one board: people move and change places, groups take other meetings.
//!
//! Moves of people are tried by the hundred thousand, each priced in a few steps. Now and then a group takes another meeting
//! or closes: everybody is valued by the best seat they have elsewhere, each way in which the group could meet is priced by
//! its cheapest company at those values, and one of the best is tried: people settle for a moment, and it is kept if it was
//! worth it. Choosing so well is what makes the walk quick: few meetings that are tried are in vain.

#![expect(
    clippy::indexing_slicing,
    reason = "each index is of a table of this board, by its making"
)]

use super::{
    board::{Board, NEVER},
    chance::{Chance, FRACTION, STEPS, THRESHOLDS, log2, scale, shrink},
    company::{Cheapest, Way},
    seating::Seating,
    watch::Watch,
};

/// How many moves of people there are between two tries of another meeting.
const MOVES: u64 = 256;
/// Of 64 moves, how many are an exchange of two people.
const EXCHANGES: u64 = 48;
/// How many moves there are for each person after a group took another meeting.
const SETTLING: u64 = 2;
/// Prices of companies are twice costs, so that half a bond is a whole number.
const TWICE: u32 = 1;
/// What one more costs in a group that takes nobody: more than any seat, and far from the largest number.
const FULL: i32 = NEVER / 4;
/// What moves cost besides, so that work is as long as it is long on a clock.
const COMPANIES_OF: usize = 48;

/// A walk over the seatings of one board, with the best that it saw.
#[derive(Debug)]
pub(crate) struct Walk<'a> {
    board: &'a Board,
    chance: Chance,
    now: Seating,
    cost: i64,
    pub(crate) best: Seating,
    pub(crate) best_cost: i64,
    saved: Seating,
    work: u64,
    /// How many kinds of company are asked for: anybody, and each sex alone.
    kinds: u8,
    cheapest: Cheapest,
    company: Vec<u32>,
    loose: Vec<u32>,
    /// By group, what one more costs, and what it costs there to wish for one's own sex; by person, twice what their best seat
    /// elsewhere costs, and where it is.
    next: Vec<i32>,
    mixed: Vec<i32>,
    price: Vec<i64>,
    other: Vec<u16>,
}

impl<'a> Walk<'a> {
    /// Everybody waits but those who are pinned.
    pub(crate) fn new(board: &'a Board, chance: Chance) -> Self {
        let now = Seating::new(board);
        let cost = now.cost(board);
        Self {
            board,
            chance,
            best: now.clone(),
            best_cost: cost,
            saved: now.clone(),
            now,
            cost,
            work: 0,
            kinds: board.company_kinds(),
            cheapest: Cheapest::default(),
            company: Vec::new(),
            loose: Vec::new(),
            next: vec![0; board.m],
            mixed: vec![0; board.m],
            price: vec![0; board.n],
            other: vec![0; board.n],
        }
    }

    /// Begins anew; the best is kept.
    pub(crate) fn anew(&mut self) {
        self.now = Seating::new(self.board);
        self.cost = self.now.cost(self.board);
    }

    /// Goes on from the best.
    pub(crate) fn again(&mut self) {
        self.now.clone_from(&self.best);
        self.cost = self.best_cost;
    }

    /// Walks for so much work while the temperature (in 2^-FRACTION of a cost) falls from `hot` to `cold`.
    pub(crate) fn cool(&mut self, hot: u64, cold: u64, work: u64, watch: &mut Watch<'_>) {
        if self.board.n == 0 || self.board.m == 0 {
            return;
        }
        let fall = u64::from(log2(hot.max(1)).saturating_sub(log2(cold.max(1))));
        self.work = 0;
        let mut told = 0;
        while self.work < work && !watch.stopped() {
            let log = u32::try_from(fall * self.work / work).unwrap_or(u32::MAX);
            let heat = shrink(hot, log);
            self.people(heat, MOVES);
            self.meeting(heat, hot);
            watch.worked(self.work - told, self.best_cost);
            told = self.work;
        }
    }

    /// Moves people at a temperature.
    fn people(&mut self, heat: u64, moves: u64) {
        let (board, waiting) = (self.board, self.board.m);
        self.work += moves;
        for _ in 0..moves {
            let (bits, more) = (self.chance.next(), self.chance.next());
            let p = scale(bits >> 32, board.n);
            if board.pinned[p].is_some() {
                continue;
            }
            let old = self.now.at(p);
            let ways = self.now.ways(board, p);
            if ways.is_empty() {
                continue;
            }
            let drawn = usize::from(ways[scale(more >> 32, ways.len())]);
            let g = if drawn == old { waiting } else { drawn };
            let most = threshold(heat, bits);
            if (bits >> STEPS) % 64 < EXCHANGES {
                self.exchange(p, g, most, more);
            } else {
                let more = self.now.relocating(board, p, g, most);
                if more <= most && more != NEVER {
                    self.now.put(board, p, g);
                    self.took(more);
                }
            }
        }
    }

    /// Somebody changes places with somebody of a group, or who waits.
    #[inline]
    fn exchange(&mut self, p: usize, g: usize, most: i32, bits: u64) {
        let board = self.board;
        let (old, there) = (self.now.at(p), self.now.members(board, g));
        if there.is_empty() {
            return;
        }
        let k = scale(bits, there.len());
        let mut q = there[k] as usize;
        if !self.now.can(board, q, old) {
            q = there[if k + 1 < there.len() { k + 1 } else { 0 }] as usize;
            if !self.now.can(board, q, old) {
                return;
            }
        }
        if board.pinned[q].is_some() {
            return;
        }
        let more = self.now.swapping(board, p, q, most);
        if more <= most && more != NEVER {
            self.now.put(board, p, board.m);
            self.now.put(board, q, old);
            self.now.put(board, p, g);
            self.took(more);
        }
    }

    fn took(&mut self, more: i32) {
        self.cost += i64::from(more);
        if self.cost < self.best_cost && self.now.is_sound(self.board) {
            self.best_cost = self.cost;
            self.best.clone_from(&self.now);
        }
    }

    /// Gives a group another meeting or closes it, lets people settle, and keeps it if it is worth it.
    fn meeting(&mut self, heat: u64, hot: u64) {
        let board = self.board;
        let g = self.chance.below(board.m);
        if board.groups[g].told {
            return;
        }
        self.value(g);
        self.work += (board.n * board.m / COMPANIES_OF) as u64;
        let Some(meeting) = self.choose(g, heat) else { return };
        let before = self.cost;
        self.saved.clone_from(&self.now);
        self.change(g, meeting);
        self.cost = self.now.cost(board);
        self.work += board.n as u64;
        let hopeless = i64::try_from((40 * hot) >> FRACTION).unwrap_or(i64::MAX);
        let mut kept = self.cost - before <= hopeless;
        if kept {
            self.people(heat / 2, board.n as u64 * SETTLING);
            let most = threshold(heat * 4, self.chance.next());
            kept = self.cost - before <= i64::from(most);
        }
        if !kept {
            self.now.clone_from(&self.saved);
            self.cost = before;
        }
    }

    /// Values each person's best seat outside of a group.
    fn value(&mut self, g: usize) {
        let (board, waiting) = (self.board, self.board.m);
        for h in 0..board.m {
            let len = self.now.len[h] as usize;
            self.next[h] = if len == 0 || len >= board.most || h == g {
                FULL
            } else {
                board.sized(h, len + 1) - board.sized(h, len)
            };
            self.mixed[h] = if self.now.is_mixed(h) { board.own_sex } else { 0 };
        }
        for p in 0..board.n {
            let here = self.now.at(p);
            let mut best = (board.waiting, waiting);
            let wish = i32::from(board.wishes[p]);
            if here != waiting && here != g {
                let len = self.now.len[here] as usize;
                let last = board.sized(here, len) - board.sized(here, len - 1);
                let cost = board.seat(p, here) + last + wish * self.mixed[here];
                if cost < best.0 {
                    best = (cost, here);
                }
            }
            let seats = board.seats(p);
            for h in self.now.ways(board, p).iter().map(|h| usize::from(*h)) {
                let cost = seats[h].saturating_add(self.next[h] + wish * self.mixed[h]);
                if cost < best.0 && h != here && !self.now.apart(board, p, h, None) {
                    best = (cost, h);
                }
            }
            self.price[p] = i64::from(best.0) << TWICE;
            self.other[p] = u16::try_from(best.1).unwrap_or(u16::MAX);
        }
    }

    /// Chooses another meeting for a group, or none to close it: what looks cheapest, by chance. Its company is in `company`.
    fn choose(&mut self, g: usize, heat: u64) -> Option<Option<usize>> {
        let board = self.board;
        let group = &board.groups[g];
        let is_open = self.now.len[g] > 0;
        let mut least = None;
        let mut choice = None;
        if is_open {
            least = Some(i64::from(threshold(heat, self.chance.next())) << TWICE);
            choice = Some(None);
        }
        for meeting in group.first..group.last {
            let same = is_open && meeting == self.now.meets[g] as usize;
            if same || !self.now.is_free_at(board, g, meeting) {
                continue;
            }
            for only in 0..self.kinds {
                let way = Way { meeting: u32::try_from(meeting).unwrap_or(u32::MAX), only };
                let luck = i64::from(threshold(heat, self.chance.next())) << TWICE;
                let price = &self.price;
                let Some(value) = self.cheapest.of(board, g, way, TWICE, price, None) else {
                    continue;
                };
                if least.is_none_or(|least| value + luck < least) {
                    (least, choice) = (Some(value + luck), Some(Some(meeting)));
                    std::mem::swap(&mut self.company, &mut self.cheapest.people);
                }
            }
        }
        choice
    }

    /// Gives a group another meeting with the company that was found for it, or closes it; whoever sat in it goes elsewhere.
    fn change(&mut self, g: usize, meeting: Option<usize>) {
        let (board, waiting) = (self.board, self.board.m);
        self.loose.clear();
        self.loose.extend(self.now.members(board, g));
        for k in 0..self.loose.len() {
            self.now.put(board, self.loose[k] as usize, waiting);
        }
        if let Some(meeting) = meeting {
            self.now.meet(board, g, meeting);
            for k in 0..self.company.len() {
                let p = self.company[k] as usize;
                if board.pinned[p].is_none() && self.joins(p, g) {
                    self.now.put(board, p, g);
                }
            }
        }
        for k in 0..self.loose.len() {
            let p = self.loose[k] as usize;
            let h = usize::from(self.other[p]);
            if self.now.at(p) == waiting && h != waiting && self.joins(p, h) {
                self.now.put(board, p, h);
            }
        }
    }

    fn joins(&self, p: usize, g: usize) -> bool {
        self.now.can(self.board, p, g) && self.now.relocating(self.board, p, g, NEVER) != NEVER
    }
}

/// The most that a move may cost at a temperature, by its chance.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the lower bits are wanted")]
fn threshold(heat: u64, bits: u64) -> i32 {
    let chance = THRESHOLDS[bits as usize & ((1 << STEPS) - 1)];
    i32::try_from((heat * u64::from(chance)) >> (2 * FRACTION)).unwrap_or(NEVER - 1)
}

//! The cheapest company that a group can have, where each person is worth a price.

#![expect(
    clippy::indexing_slicing,
    reason = "each index is of a table of this board, by its making"
)]

use super::{board::Board, prices::Open};

/// A way in which a group may meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) meeting: u32,
    /// 0 for anybody, who then do without their own sex; else this sex only, and those of whom it is not known.
    pub(crate) only: u8,
}

/// Not fixed: anywhere.
pub(crate) const ANYWHERE: u16 = u16::MAX;

/// Finds cheapest companies. Its tables are kept from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Cheapest {
    /// By person, their value in this group, where they can come.
    value: Vec<i64>,
    here: Vec<bool>,
    singles: Vec<(i64, u32)>,
    pairs: Vec<Pair>,
    sums: Vec<i64>,
    choices: Vec<u8>,
    /// Who is in the cheapest company that was found last.
    pub(crate) people: Vec<u32>,
    /// How many people were looked at.
    pub(crate) looked: u64,
}

/// Two people whose values hang together.
#[derive(Debug, Clone, Copy)]
struct Pair {
    one: u32,
    other: u32,
    /// The cheaper of the two alone, and which it is.
    alone: i64,
    first: bool,
    /// Both; the largest number where they may not be together.
    both: i64,
}

/// So much cheaper is whoever must be in the group.
const MUST: i64 = 1 << 50;

impl Cheapest {
    /// What the cheapest company of a group costs in a way, less the prices of those in it, both in 2^-`fine`; nothing where
    /// there are too few people, or some cannot be in it who must. `open` says who is fixed where.
    ///
    /// It is never more than what any sound company costs that is mixed if `only` is 0: of bonds, only those of
    /// `Board::mates` count, half to each of the two, and of who never sits together only those.
    pub(crate) fn of(
        &mut self,
        board: &Board,
        g: usize,
        way: Way,
        fine: u32,
        price: &[i64],
        open: Option<&Open>,
    ) -> Option<i64> {
        self.gather(board, g, way, fine, price, open);
        self.sort(board, fine);
        let (fewest, most) = (board.fewest_of(g), board.most);
        if self.singles.len() + 2 * self.pairs.len() < fewest.max(1) {
            return None;
        }
        self.sums.clear();
        self.sums.push(0);
        let mut sum = 0;
        for (value, _) in &self.singles {
            sum += value;
            self.sums.push(sum);
        }
        self.sums.resize(most + 1, i64::MAX / 4);
        self.choices.clear();
        for pair in &self.pairs {
            let start = self.choices.len();
            self.choices.resize(start + most + 1, 0);
            for k in (1..=most).rev() {
                let alone = self.sums[k - 1] + pair.alone;
                let both = if k >= 2 { self.sums[k - 2] + pair.both } else { i64::MAX };
                if both < alone.min(self.sums[k]) {
                    self.sums[k] = both;
                    self.choices[start + k] = 2;
                } else if alone < self.sums[k] {
                    self.sums[k] = alone;
                    self.choices[start + k] = 1;
                }
            }
        }
        let sized = |k: usize| self.sums[k] + (i64::from(board.sized(g, k)) << fine);
        let k = (fewest.max(1)..=most).min_by_key(|k| sized(*k))?;
        let least = sized(k);
        if least >= i64::MAX / 8 {
            return None;
        }
        self.people.clear();
        let mut left = k;
        for (n, pair) in self.pairs.iter().enumerate().rev() {
            match self.choices[n * (most + 1) + left] {
                2 => {
                    self.people.extend([pair.one, pair.other]);
                    left -= 2;
                }
                1 => {
                    self.people.push(if pair.first { pair.one } else { pair.other });
                    left -= 1;
                }
                _ => {}
            }
        }
        self.people.extend(self.singles.iter().take(left).map(|(_, p)| *p));
        let Some(open) = open else { return Some(least) };
        let here = |p: &&u32| usize::from(open.at[**p as usize]) == g;
        let must = u32::try_from(self.people.iter().filter(here).count()).unwrap_or(u32::MAX);
        (must == open.must[g]).then(|| least + MUST * i64::from(must))
    }

    /// Finds who can come, and what each of them is worth.
    fn gather(
        &mut self,
        board: &Board,
        g: usize,
        way: Way,
        fine: u32,
        price: &[i64],
        open: Option<&Open>,
    ) {
        self.singles.clear();
        self.pairs.clear();
        self.value.resize(board.n, 0);
        self.here.clear();
        self.here.resize(board.n, false);
        let only = way.only;
        for (w, word) in board.fit(way.meeting as usize).iter().enumerate() {
            let mut word = *word;
            while word != 0 {
                let p = w * 64 + word.trailing_zeros() as usize;
                word &= word - 1;
                let sex = board.sex[p];
                if only > 0 && sex != only && sex != 0 {
                    continue;
                }
                let wish = if only == 0 && board.wishes[p] { board.own_sex } else { 0 };
                let mut value = (i64::from(board.seat(p, g) + wish) << fine) - price[p];
                if let Some(open) = open
                    && open.at[p] != ANYWHERE
                {
                    if usize::from(open.at[p]) != g {
                        continue;
                    }
                    value -= MUST;
                }
                if board.mates[p] as usize == board.n {
                    self.singles.push((value, number(p)));
                } else {
                    self.value[p] = value;
                    self.here[p] = true;
                    self.pairs.push(Pair {
                        one: number(p),
                        other: 0,
                        alone: 0,
                        first: true,
                        both: 0,
                    });
                }
            }
        }
        self.looked += (self.singles.len() + self.pairs.len()) as u64;
    }

    /// Tells pairs that are both here from those who are here alone, and sorts who is cheapest.
    fn sort(&mut self, board: &Board, fine: u32) {
        let half = (i64::from(board.bond) << fine) / 2;
        let mut kept = 0;
        for n in 0..self.pairs.len() {
            let one = self.pairs[n].one;
            let other = board.mates[one as usize];
            let bond = if board.mates_apart[one as usize] { 0 } else { half };
            let alone = self.value[one as usize] + bond;
            if !self.here[other as usize] {
                self.singles.push((alone, one));
            } else if one < other {
                let theirs = self.value[other as usize] + bond;
                let apart = board.mates_apart[one as usize];
                let both = self.value[one as usize] + self.value[other as usize];
                self.pairs[kept] = Pair {
                    one,
                    other,
                    alone: alone.min(theirs),
                    first: alone <= theirs,
                    both: if apart { i64::MAX / 4 } else { both },
                };
                kept += 1;
            }
        }
        self.pairs.truncate(kept);
        if self.singles.len() > board.most {
            self.singles.select_nth_unstable(board.most - 1);
            self.singles.truncate(board.most);
        }
        self.singles.sort_unstable();
    }
}

fn number(p: usize) -> u32 {
    u32::try_from(p).unwrap_or(u32::MAX)
}

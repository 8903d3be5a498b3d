//! Who sits where on a board, kept so that a move is priced in a few steps.

#![expect(
    clippy::indexing_slicing,
    reason = "each index is of a table of this board, by its making"
)]

use super::board::{Board, NEVER, Verdict};
use crate::Circle;

/// Who sits where on a board. The last group, `board.m`, is waiting.
#[derive(Debug)]
pub(crate) struct Seating {
    /// By person, their group.
    pub(crate) at: Vec<u16>,
    /// By group, its meeting.
    pub(crate) meets: Vec<u32>,
    /// By group (and waiting), how many sit there.
    pub(crate) len: Vec<u32>,
    /// By group, who sits there, as many places as it may have; waiting last.
    members: Vec<u32>,
    /// By person, their place in that list.
    place: Vec<u32>,
    /// By person, the set of groups whose meeting they can come to, and the same as a list with its length.
    can: Vec<u64>,
    ways: Vec<u16>,
    many: Vec<u16>,
    /// By group and sex, how many; and how many sexes there are, and wishes for one's own.
    sexes: Vec<u16>,
    kinds: Vec<u16>,
    wishes: Vec<u16>,
}

impl Clone for Seating {
    fn clone(&self) -> Self {
        Self {
            at: self.at.clone(),
            meets: self.meets.clone(),
            len: self.len.clone(),
            members: self.members.clone(),
            place: self.place.clone(),
            can: self.can.clone(),
            ways: self.ways.clone(),
            many: self.many.clone(),
            sexes: self.sexes.clone(),
            kinds: self.kinds.clone(),
            wishes: self.wishes.clone(),
        }
    }

    fn clone_from(&mut self, other: &Self) {
        self.at.copy_from_slice(&other.at);
        self.meets.copy_from_slice(&other.meets);
        self.len.copy_from_slice(&other.len);
        self.members.copy_from_slice(&other.members);
        self.place.copy_from_slice(&other.place);
        self.can.copy_from_slice(&other.can);
        self.ways.copy_from_slice(&other.ways);
        self.many.copy_from_slice(&other.many);
        self.sexes.copy_from_slice(&other.sexes);
        self.kinds.copy_from_slice(&other.kinds);
        self.wishes.copy_from_slice(&other.wishes);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a board has less than 2^16 groups and 2^32 people"
)]
impl Seating {
    /// Everybody waits but those who are pinned; each group has its first meeting.
    pub(crate) fn new(board: &Board) -> Self {
        let mut seating = Self::empty(board);
        for p in 0..board.n {
            if let Some(g) = board.pinned[p] {
                seating.put(board, p, usize::from(g));
            }
        }
        seating
    }

    /// Everybody waits; each group has its first meeting.
    pub(crate) fn empty(board: &Board) -> Self {
        let (n, m) = (board.n, board.m);
        let mut seating = Self {
            at: vec![m as u16; n],
            meets: board.groups.iter().map(|group| group.first as u32).collect(),
            len: vec![0; m + 1],
            members: vec![0; m * board.most + n],
            place: vec![0; n],
            can: vec![0; n * board.group_words],
            ways: vec![0; n * m],
            many: vec![0; n],
            sexes: vec![0; m * board.sexes],
            kinds: vec![0; m],
            wishes: vec![0; m],
        };
        for p in 0..n {
            seating.members[m * board.most + p] = p as u32;
            seating.place[p] = p as u32;
        }
        seating.len[m] = n as u32;
        for g in 0..m {
            seating.can_come(board, g, board.groups[g].first);
        }
        seating
    }

    fn can_come(&mut self, board: &Board, g: usize, meeting: usize) {
        let (word, bit) = (g / 64, 1_u64 << (g % 64));
        for p in 0..board.n {
            let can = &mut self.can[p * board.group_words + word];
            let comes = board.comes(p, meeting);
            if comes == (*can & bit != 0) {
                continue;
            }
            *can ^= bit;
            let (ways, many) = (&mut self.ways[p * board.m..], &mut self.many[p]);
            if comes {
                ways[usize::from(*many)] = g as u16;
                *many += 1;
            } else {
                *many -= 1;
                let last = usize::from(*many);
                let place = ways[..last].iter().position(|way| usize::from(*way) == g);
                ways[place.unwrap_or(last)] = ways[last];
            }
        }
    }

    /// Who sits in a group, or waits.
    #[inline]
    pub(crate) fn members(&self, board: &Board, g: usize) -> &[u32] {
        let start = g * board.most;
        &self.members[start..start + self.len[g] as usize]
    }

    /// Where somebody sits.
    #[inline]
    pub(crate) fn at(&self, p: usize) -> usize {
        usize::from(self.at[p])
    }

    /// Whether somebody can come to the meeting of a group, or waits.
    #[inline]
    pub(crate) fn can(&self, board: &Board, p: usize, g: usize) -> bool {
        g == board.m || self.can[p * board.group_words + g / 64] >> (g % 64) & 1 == 1
    }

    /// The groups whose meeting somebody can come to.
    #[inline]
    pub(crate) fn ways(&self, board: &Board, p: usize) -> &[u16] {
        &self.ways[p * board.m..p * board.m + usize::from(self.many[p])]
    }

    /// Seats somebody in a group that has room, or lets them wait.
    #[inline]
    pub(crate) fn put(&mut self, board: &Board, p: usize, g: usize) {
        let old = self.at(p);
        let (sex, m) = (usize::from(board.sex[p]), board.m);
        // The last of the old group takes the place that becomes free.
        self.len[old] -= 1;
        let last = self.members[old * board.most + self.len[old] as usize];
        self.members[old * board.most + self.place[p] as usize] = last;
        self.place[last as usize] = self.place[p];
        self.members[g * board.most + self.len[g] as usize] = p as u32;
        self.place[p] = self.len[g];
        self.len[g] += 1;
        self.at[p] = g as u16;
        let wish = u16::from(board.wishes[p]);
        if old < m {
            self.wishes[old] -= wish;
            if sex > 0 {
                let count = &mut self.sexes[old * board.sexes + sex];
                *count -= 1;
                self.kinds[old] -= u16::from(*count == 0);
            }
        }
        if g < m {
            self.wishes[g] += wish;
            if sex > 0 {
                let count = &mut self.sexes[g * board.sexes + sex];
                self.kinds[g] += u16::from(*count == 0);
                *count += 1;
            }
        }
    }

    /// Gives a group another meeting. Whoever cannot come to it must have left before.
    pub(crate) fn meet(&mut self, board: &Board, g: usize, meeting: usize) {
        self.meets[g] = meeting as u32;
        self.can_come(board, g, meeting);
    }

    /// Whether people of two sexes sit in a group.
    #[inline]
    pub(crate) fn is_mixed(&self, g: usize) -> bool {
        self.kinds[g] > 1
    }

    /// What a group costs for its company's sexes.
    #[inline]
    fn own_sex(&self, board: &Board, g: usize) -> i32 {
        let is_mixed = g < board.m && self.kinds[g] > 1;
        if is_mixed { board.own_sex * i32::from(self.wishes[g]) } else { 0 }
    }

    /// What a group would cost for its company's sexes without `out` and with `into`.
    #[inline]
    fn own_sex_with(
        &self,
        board: &Board,
        g: usize,
        out: Option<usize>,
        into: Option<usize>,
    ) -> i32 {
        let sexes = &self.sexes[g * board.sexes..(g + 1) * board.sexes];
        let (mut kinds, mut wishes) = (self.kinds[g], self.wishes[g]);
        let gone = out.map_or(0, |p| usize::from(board.sex[p]));
        let come = into.map_or(0, |p| usize::from(board.sex[p]));
        if gone != come {
            kinds -= u16::from(gone > 0 && sexes[gone] == 1);
            kinds += u16::from(come > 0 && sexes[come] == 0);
        }
        wishes += into.map_or(0, |p| u16::from(board.wishes[p]));
        wishes -= out.map_or(0, |p| u16::from(board.wishes[p]));
        if kinds > 1 { board.own_sex * i32::from(wishes) } else { 0 }
    }

    /// By how much bonds would cost more if somebody went to a group, and `other` came in exchange.
    #[inline]
    fn bonds(&self, board: &Board, p: usize, g: usize, other: Option<usize>) -> i32 {
        let list = board.bonds.of_person(p);
        if list.is_empty() {
            return 0;
        }
        let old = self.at(p);
        let mut more = 0;
        for friend in list {
            let friend = *friend as usize;
            if Some(friend) != other {
                let there = self.at(friend);
                more += i32::from(there == old) - i32::from(there == g);
            }
        }
        more * board.bond
    }

    /// Whether somebody in a group, but for `other`, never sits with somebody.
    #[inline]
    pub(crate) fn apart(&self, board: &Board, p: usize, g: usize, other: Option<usize>) -> bool {
        g < board.m
            && board.apart.of_person(p).iter().any(|foe| {
                let foe = *foe as usize;
                self.at(foe) == g && Some(foe) != other
            })
    }

    /// What the company of a group costs beyond sexes, with one out and one in; `NEVER` where it may not be.
    fn company(&self, board: &Board, g: usize, out: Option<usize>, into: Option<usize>) -> i32 {
        let Some(companies) = &board.company else { return 0 };
        if g == board.m {
            return 0;
        }
        let members = self.members(board, g).iter().map(|p| *p as usize);
        match companies.of(members.filter(|p| Some(*p) != out).chain(into)) {
            Verdict::Costs { cost, .. } => cost,
            Verdict::Never => NEVER,
        }
    }

    /// By how much it would cost more if somebody went to a group; `NEVER` where they may not, or where it would be more than
    /// `most`. That they can come is for the caller to see.
    #[inline]
    pub(crate) fn relocating(&self, board: &Board, p: usize, g: usize, most: i32) -> i32 {
        let (old, m) = (self.at(p), board.m);
        let mut more = board.seat(p, g) - board.seat(p, old);
        if old < m {
            let len = self.len[old] as usize;
            more += board.sized(old, len - 1) - board.sized(old, len);
        }
        if g < m {
            let len = self.len[g] as usize;
            if len >= board.most {
                return NEVER;
            }
            more += board.sized(g, len + 1) - board.sized(g, len);
        }
        let old_sexes = self.own_sex(board, old);
        if more - board.slack[p] - old_sexes > most {
            return NEVER;
        }
        if old < m {
            more += self.own_sex_with(board, old, Some(p), None) - old_sexes;
        }
        if g < m {
            let is_empty = self.len[g] == 0;
            if self.apart(board, p, g, None)
                || is_empty && !self.is_free_at(board, g, self.meets[g] as usize)
            {
                return NEVER;
            }
            more += self.own_sex_with(board, g, None, Some(p)) - self.own_sex(board, g);
        }
        more += self.bonds(board, p, g, None);
        if board.company.is_some() {
            let with = self.company(board, g, None, Some(p));
            if with == NEVER {
                return NEVER;
            }
            more += with + self.company(board, old, Some(p), None)
                - self.company(board, g, None, None)
                - self.company(board, old, None, None);
        }
        more
    }

    /// By how much it would cost more if two people of different groups changed places; `NEVER` where they may not, or where it
    /// would be more than `most`.
    #[inline]
    pub(crate) fn swapping(&self, board: &Board, p: usize, q: usize, most: i32) -> i32 {
        let (g, h, m) = (self.at(p), self.at(q), board.m);
        let mut more = board.seat(p, h) + board.seat(q, g) - board.seat(p, g) - board.seat(q, h);
        let are_alike = board.class[p] == board.class[q];
        let sexes = if are_alike { 0 } else { self.own_sex(board, g) + self.own_sex(board, h) };
        if more - board.slack[p] - board.slack[q] - sexes > most {
            return NEVER;
        }
        if !are_alike {
            if g < m {
                more += self.own_sex_with(board, g, Some(p), Some(q)) - self.own_sex(board, g);
            }
            if h < m {
                more += self.own_sex_with(board, h, Some(q), Some(p)) - self.own_sex(board, h);
            }
        }
        more += self.bonds(board, p, h, Some(q)) + self.bonds(board, q, g, Some(p));
        if self.apart(board, p, h, Some(q)) || self.apart(board, q, g, Some(p)) {
            return NEVER;
        }
        if board.company.is_some() {
            let (mine, theirs) = (
                self.company(board, g, Some(p), Some(q)),
                self.company(board, h, Some(q), Some(p)),
            );
            if mine == NEVER || theirs == NEVER {
                return NEVER;
            }
            more += mine + theirs
                - self.company(board, g, None, None)
                - self.company(board, h, None, None);
        }
        more
    }

    /// Whether the facilitator of a group has no other open group at the time of a meeting.
    #[inline]
    pub(crate) fn is_free_at(&self, board: &Board, g: usize, meeting: usize) -> bool {
        !board.groups[g].shared || {
            let slot = board.meetings[meeting].slot;
            (0..board.m).all(|h| {
                h == g
                    || self.len[h] == 0
                    || board.groups[h].leader != board.groups[g].leader
                    || board.meetings[self.meets[h] as usize].slot != slot
            })
        }
    }

    /// Whether no facilitator leads two open groups at one time.
    pub(crate) fn is_free(&self, board: &Board) -> bool {
        (0..board.m).all(|g| self.len[g] == 0 || self.is_free_at(board, g, self.meets[g] as usize))
    }

    /// What it all costs, with penalties for what is not yet as it must be.
    pub(crate) fn cost(&self, board: &Board) -> i64 {
        let mut cost = 0;
        let mut broken = 0;
        for p in 0..board.n {
            let here = self.at(p);
            cost += i64::from(board.seat(p, here));
            broken +=
                board.bonds.of_person(p).iter().filter(|q| self.at(**q as usize) != here).count();
        }
        cost += i64::from(board.bond) * (broken / 2) as i64;
        for g in 0..board.m {
            cost += i64::from(board.sized(g, self.len[g] as usize));
            cost +=
                i64::from(self.own_sex(board, g)) + i64::from(self.company(board, g, None, None));
        }
        cost
    }

    /// The circles of the groups that are open.
    pub(crate) fn circles(&self, board: &Board) -> Vec<Circle> {
        let open = (0..board.m).filter(|g| self.len[*g] > 0);
        open.map(|g| {
            let meeting = board.meetings[self.meets[g] as usize];
            let members = self.members(board, g).iter().map(|p| board.who[*p as usize]);
            Circle {
                facilitator: board.groups[g].leader,
                slot: meeting.slot,
                language: meeting.language,
                members: members.collect(),
            }
        })
        .collect()
    }

    /// Whether every group that is open keeps every rule.
    pub(crate) fn is_sound(&self, board: &Board) -> bool {
        (0..board.m).all(|g| {
            let len = self.len[g] as usize;
            let members = || self.members(board, g).iter().map(|p| *p as usize);
            let sound = || {
                board.company.as_ref().is_none_or(|companies| {
                    matches!(companies.of(members()), Verdict::Costs { broken: false, .. })
                })
            };
            let group = &board.groups[g];
            // A circle that is there already stays, whatever was wrong with it before.
            len == 0 || (len >= board.fewest || group.told) && (group.broken || sound())
        })
    }
}

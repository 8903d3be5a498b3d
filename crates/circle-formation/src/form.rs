//! Forming circles.

use crate::solve::{
    anneal::Walk,
    board::{self, Board},
    chance::Chance,
    seating::Seating,
};
use crate::{Circle, Cost, Formation, Roster, cost::Kinds};

/// How hard to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Where chance starts.
    pub seed: u64,
    /// How many moves to look at.
    pub work: u64,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Who sits with whom.
    pub formation: Formation,
    /// What it costs.
    pub cost: Cost,
    /// No formation costs less.
    pub bound: u64,
    /// Work.
    pub work: u64,
}

/// Forms.
pub fn form(roster: &Roster, effort: Effort) -> Proposal {
    let parts = board::parts(roster);
    let kinds = Kinds::of(roster);
    let people = roster.people().len() as u64;
    let mut circles = Vec::new();
    let mut work = 0;
    for (number, part) in parts.iter().enumerate() {
        let board = Board::of(roster, part, kinds, None);
        let mut walk = Walk::new(&board, Chance::new(effort.seed, number as u64));
        let share = effort.work * board.n as u64 / people.max(1);
        walk.cool(60 << 10, 410, share);
        work += walk.work;
        circles.extend(seated(&board, &walk.best));
    }
    let formation = Formation::new(roster, circles).expect("each once");
    let cost = Cost::of(roster, &formation);
    Proposal { formation, cost, bound: 0, work }
}

fn seated(board: &Board, seating: &Seating) -> Vec<Circle> {
    (0..board.m)
        .filter_map(|g| {
            let members: Vec<_> =
                seating.members(board, g).iter().map(|p| board.who[*p as usize]).collect();
            let meeting = board.meetings[seating.meets[g] as usize];
            (!members.is_empty()).then(|| Circle {
                facilitator: board.groups[g].leader,
                slot: meeting.slot,
                language: meeting.language,
                members,
            })
        })
        .collect()
}

//! One cell of the access table.

use std::fmt;

use crate::{Condition, Relation, View};

/// How far a cell reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Nothing (`-`).
    Nothing,
    /// One's own record (`O`).
    Own,
    /// The own circle's (`C`).
    Circle,
    /// The circles of those one supervises (`S`).
    Supervised,
    /// The whole program's (`P`, `p`, `A`).
    Program,
    /// The consented packet (`K`).
    Packet,
    /// Opened by breaking the glass (`B`).
    Glass,
    /// The safeguarding lead decides (`g`).
    LeadDecides,
    /// In due process only (`d`).
    DueProcess,
}

impl Reach {
    /// Whether it covers a record to which the asker stands so.
    #[must_use]
    pub const fn covers(self, relation: Relation) -> bool {
        match (self, relation) {
            (_, Relation::SubjectOfMatter)
            | (Self::Nothing | Self::LeadDecides | Self::DueProcess, _) => false,
            (Self::Packet, _) => true,
            (Self::Own, relation) => matches!(relation, Relation::Own),
            (Self::Circle, relation) => matches!(relation, Relation::OwnCircle),
            (Self::Supervised, relation) => matches!(relation, Relation::Supervised),
            (Self::Program | Self::Glass, relation) => !matches!(relation, Relation::None),
        }
    }
}

/// What a role may do with a class of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The cell as the table writes it.
    text: &'static str,
    /// How far it reaches.
    pub reach: Reach,
    /// What is shown.
    pub view: View,
    /// Whether the role may change it.
    pub writes: bool,
    /// What has to be established first.
    pub needs: Option<Condition>,
}

impl Cell {
    /// Reads a cell: a letter for its reach, then marks.
    ///
    /// | letter | reach | mark | meaning |
    /// | --- | --- | --- | --- |
    /// | `-` | nothing | `w` | may be changed |
    /// | `O` | own record | `f` | flag only |
    /// | `C` | own circle | `%` | only the part meant for the role |
    /// | `S` | supervised circles | `x` | ciphertext only |
    /// | `P` | whole program | `*` | needs the consent scope, fit for the age |
    /// | `p` | pseudonymous rows | `+` | on a rights request, others blacked out |
    /// | `A` | suppressed aggregates | `u` | until the action is closed |
    /// | `K` | consented packet | `n` | on a need to know |
    /// | `B` | break-glass | `c` | where the facilitator agrees |
    /// | `g`, `d` | the lead decides; due process only | | |
    ///
    /// # Panics
    ///
    /// On a letter or mark that is none of these; in a `const`, that stops the build.
    pub(crate) const fn of(text: &'static str) -> Self {
        let [first, marks @ ..] = text.as_bytes() else {
            return Self::start(text, b'-');
        };
        let mut cell = Self::start(text, *first);
        let mut rest = marks;
        while let [mark, tail @ ..] = rest {
            cell = cell.marked(*mark);
            rest = tail;
        }
        cell
    }

    #[expect(clippy::panic, reason = "the table is read while building, which stops there")]
    const fn start(text: &'static str, letter: u8) -> Self {
        let (reach, view, needs) = match letter {
            b'-' => (Reach::Nothing, View::Plain, None),
            b'O' => (Reach::Own, View::Plain, None),
            b'C' => (Reach::Circle, View::Plain, None),
            b'S' => (Reach::Supervised, View::Plain, None),
            b'P' => (Reach::Program, View::Plain, None),
            b'p' => (Reach::Program, View::Pseudonymous, None),
            b'A' => (Reach::Program, View::Aggregates, None),
            b'K' => (Reach::Packet, View::Packet, Some(Condition::PacketConsented)),
            b'B' => (Reach::Glass, View::Plain, Some(Condition::ReasonGiven)),
            b'g' => (Reach::LeadDecides, View::Plain, None),
            b'd' => (Reach::DueProcess, View::Plain, None),
            _ => panic!("not a letter of the access table"),
        };
        Self { text, reach, view, writes: false, needs }
    }

    #[expect(clippy::panic, reason = "the table is read while building, which stops there")]
    const fn marked(mut self, mark: u8) -> Self {
        match mark {
            b'w' => self.writes = true,
            b'f' => self.view = View::Flag,
            b'%' => self.view = View::Part,
            b'x' => self.view = View::Sealed,
            b'*' => self.needs = Some(Condition::ScopeGiven),
            b'+' => self.needs = Some(Condition::RightsRequest),
            b'u' => self.needs = Some(Condition::ActionOpen),
            b'n' => self.needs = Some(Condition::NeedToKnow),
            b'c' => self.needs = Some(Condition::FacilitatorAgrees),
            _ => panic!("not a mark of the access table"),
        }
        self
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

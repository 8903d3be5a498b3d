//! Latecomers: circles that are there already take more people in.

use std::{cell::Cell, collections::BTreeSet, ops::ControlFlow};

use serde::Serialize;

use crate::{
    Breach, Circle, Effort, Formation, PersonIx, Progress, Proposal, Roster, check, form::search,
    solve::board::Told,
};

/// Circles with more people in them, and what it would have gained to move others too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The circles with whoever could be taken in. Nobody who was told was moved.
    pub proposal: Proposal,
    /// What it would gain to move them; nothing where it was not asked, or nothing better was found.
    pub moving: Option<Moving>,
}

/// What it would gain to move people who were told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moving {
    /// The circles as they would be.
    pub proposal: Proposal,
    /// By how much they would cost less.
    pub gain: u64,
    /// How many more people would sit in a circle.
    pub seated: i64,
    /// Who of those who were told would meet at another time, in another language or with another facilitator, or wait.
    pub moved: BTreeSet<PersonIx>,
}

/// Whether it is asked what moving people would gain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Nobody is moved, and nobody asks.
    NobodyMoves,
    /// Nobody is moved, but it is said what moving would gain.
    WhatMovingGains,
}

/// Why circles cannot take anybody in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("the circles that are there break {breaches} rules of this roster")]
pub struct ExtendError {
    /// How many rules they break.
    pub breaches: usize,
}

impl commons::Refused for ExtendError {
    fn code(&self) -> &'static str {
        "formation.circles-broken"
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        "check the circles first, and mend each breach or leave out whom it names"
    }
}

/// Takes people into circles that are there already, and opens more where that is better. Whoever sits in `standing` was told
/// and stays where they are; the circles keep their time, language and facilitator.
///
/// # Errors
///
/// [`ExtendError`] when the circles break rules that nobody who joins can mend. That one has too few people can be mended.
pub fn extend(
    roster: &Roster,
    standing: &Formation,
    effort: Effort,
    ask: Ask,
) -> Result<Extension, ExtendError> {
    extend_watched(roster, standing, effort, ask, |_| ControlFlow::Continue(()))
}

/// The same, and tells now and then what was reached; whoever watches may say stop, and the best so far is the answer. What
/// moving would gain is looked for after that, and is not known where it was stopped before.
///
/// # Errors
///
/// As [`extend`].
pub fn extend_watched(
    roster: &Roster,
    standing: &Formation,
    effort: Effort,
    ask: Ask,
    mut observer: impl FnMut(&Progress) -> ControlFlow<()>,
) -> Result<Extension, ExtendError> {
    let broken = check(roster, standing);
    let is_sound = broken.is_empty();
    let breaches = broken
        .into_iter()
        .filter(|breach| !matches!(breach, Breach::TooFew { .. } | Breach::Alone { .. }))
        .count();
    if breaches > 0 {
        return Err(ExtendError { breaches });
    }
    let pinned: Vec<bool> = roster.people().map(|(ix, _)| standing.seat(ix).is_some()).collect();
    let told = Told { formation: standing, pinned: &pinned };
    let twice = match ask {
        Ask::NobodyMoves => 1,
        Ask::WhatMovingGains => 2,
    };
    let stopped = Cell::new(false);
    let mut tell = |done: u64, progress: &Progress| {
        let (work, of) = (progress.work + done, progress.of.saturating_mul(twice));
        let flow = observer(&Progress { work, of, ..*progress });
        stopped.set(stopped.get() || flow.is_break());
        flow
    };
    let proposal = search(roster, effort, Some(told), &mut |progress| tell(0, progress));
    let moves = match ask {
        Ask::WhatMovingGains if !stopped.get() => {
            let moves = search(roster, effort, None, &mut |it| tell(proposal.work(), it));
            (!stopped.get()).then_some(moves)
        }
        Ask::WhatMovingGains | Ask::NobodyMoves => None,
    };
    // Where nobody can be taken in at a gain, all stay as they are.
    let proposal = if is_sound { proposal.or_if_less(roster, standing) } else { proposal };
    let moving = moves.and_then(|moves| moving(roster, standing, &proposal, moves));
    Ok(Extension { proposal, moving })
}

fn moving(
    roster: &Roster,
    standing: &Formation,
    stays: &Proposal,
    moves: Proposal,
) -> Option<Moving> {
    let gain = stays.cost().total().checked_sub(moves.cost().total()).filter(|gain| *gain > 0)?;
    let seated = |proposal: &Proposal| {
        i64::try_from(roster.people().len() - proposal.formation().waiting().count()).unwrap_or(0)
    };
    let moved = moved(standing, moves.formation());
    Some(Moving { gain, seated: seated(&moves) - seated(stays), moved, proposal: moves })
}

/// Who sits in `before` and has another time, language or facilitator in `after`, or waits there.
#[must_use]
pub fn moved(before: &Formation, after: &Formation) -> BTreeSet<PersonIx> {
    let meets = |circle: &Circle| (circle.facilitator, circle.slot, circle.language);
    let mut moved = BTreeSet::new();
    for (_, circle) in before.circles() {
        for member in &circle.members {
            let there = after.seat(*member).and_then(|seat| after.get(seat));
            if there.map(meets) != Some(meets(circle)) {
                moved.insert(*member);
            }
        }
    }
    moved
}

//! The parts of a session, in order.

use serde::{Deserialize, Serialize};

/// What a part of a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// A welcome, a song, a ritual.
    Ritual,
    /// Arriving, grounding, resting: settling the body.
    Settle,
    /// A round in which everybody may speak.
    Round,
    /// Moving the body.
    Movement,
    /// Breathing together.
    Breathing,
    /// The center activity: talk, art, play, writing, exercises.
    Activity,
    /// Sharing stories and witnessing them.
    Share,
    /// Looking after each other before leaving.
    Care,
    /// Closing and next steps.
    Close,
}

/// A part of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Segment {
    /// What it is for.
    pub kind: SegmentKind,
    /// How long it takes, in minutes.
    pub minutes: u16,
}

/// The parts of a session in their order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agenda {
    /// The parts, first to last.
    pub segments: Vec<Segment>,
    /// Whether the order may not be changed, because safety depends on it.
    pub fixed_order: bool,
}

/// What is wrong with an agenda.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error, serde::Serialize,
)]
#[non_exhaustive]
pub enum AgendaFault {
    /// The parts do not add up to the session.
    #[error("the parts add up to {sum} minutes, the session has {minutes}")]
    Sum {
        /// Minutes of all parts.
        sum: u32,
        /// Minutes of the session.
        minutes: u16,
    },
    /// A part takes no time.
    #[error("a part takes no time")]
    Empty,
    /// Stories are shared before any movement or breathing.
    #[error("stories are shared before any movement or breathing")]
    NothingBeforeSharing,
    /// Stories are shared and nothing settles people after it.
    #[error("nothing settles people after stories were shared")]
    NothingAfterSharing,
    /// The parts are not in the order that the terms fix.
    #[error("the parts are not in the fixed order")]
    Order,
}

impl Agenda {
    /// Minutes of all parts together.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.segments.iter().map(|segment| u32::from(segment.minutes)).sum()
    }

    /// Everything that is wrong with it for a session of so many minutes.
    ///
    /// In a fixed order, movement or breathing comes before sharing and something that settles
    /// comes after it (SH-05; Ubuntu Centre for Peace, "Our model": a safe, predictable structure).
    #[must_use]
    pub fn faults(&self, minutes: u16) -> Vec<AgendaFault> {
        let mut faults = Vec::new();
        let sum = self.minutes();
        if sum != u32::from(minutes) {
            faults.push(AgendaFault::Sum { sum, minutes });
        }
        if self.segments.iter().any(|segment| segment.minutes == 0) {
            faults.push(AgendaFault::Empty);
        }
        if self.fixed_order {
            faults.extend(sharing_is_held(&self.segments));
        }
        faults
    }

    /// Whether a session that was held in these parts kept the order, where it is fixed.
    ///
    /// Leaving out a part is a shorter session; another order is another session.
    #[must_use]
    pub fn order_kept(&self, held: &[Segment]) -> bool {
        if !self.fixed_order || held.is_empty() {
            return true;
        }
        let mut planned = self.segments.iter();
        let in_order = held.iter().all(|part| planned.any(|plan| plan.kind == part.kind));
        in_order && sharing_is_held(held).is_empty()
    }
}

/// Whether sharing stands between something that prepares and something that settles.
fn sharing_is_held(segments: &[Segment]) -> Vec<AgendaFault> {
    let place = |wanted: &[SegmentKind]| {
        let wanted = wanted.to_vec();
        move |segment: &Segment| wanted.contains(&segment.kind)
    };
    let mut faults = Vec::new();
    let Some(first) = segments.iter().position(place(&[SegmentKind::Share])) else {
        return faults;
    };
    let last = segments.iter().rposition(place(&[SegmentKind::Share])).unwrap_or(first);
    let prepares = place(&[SegmentKind::Movement, SegmentKind::Breathing]);
    if !segments.iter().take(first).any(prepares) {
        faults.push(AgendaFault::NothingBeforeSharing);
    }
    if !segments.iter().skip(last + 1).any(place(&[SegmentKind::Settle])) {
        faults.push(AgendaFault::NothingAfterSharing);
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use SegmentKind::{Breathing, Close, Movement, Ritual, Settle, Share};

    fn agenda(kinds: &[SegmentKind], fixed_order: bool) -> Agenda {
        let segments = kinds.iter().map(|kind| Segment { kind: *kind, minutes: 20 }).collect();
        Agenda { segments, fixed_order }
    }

    #[track_caller]
    fn check(kinds: &[SegmentKind], want: &[AgendaFault]) {
        let minutes = u16::try_from(kinds.len() * 20).unwrap();
        assert_eq!(agenda(kinds, true).faults(minutes), want);
    }

    #[test]
    fn stories_are_shared_only_between_preparing_and_settling() {
        check(&[Ritual, Movement, Breathing, Share, Settle, Close], &[]);
        check(&[Breathing, Share, Settle], &[]);
        check(&[Ritual, Share, Settle], &[AgendaFault::NothingBeforeSharing]);
        check(&[Movement, Share, Close], &[AgendaFault::NothingAfterSharing]);
        check(&[Movement, Share, Settle, Share, Close], &[AgendaFault::NothingAfterSharing]);
        check(&[Ritual, Movement, Close], &[]);
    }

    #[test]
    fn parts_add_up_to_the_session() {
        let faults = agenda(&[Movement, Share, Settle], true).faults(61);
        assert_eq!(faults, [AgendaFault::Sum { sum: 60, minutes: 61 }]);
    }

    #[test]
    fn leaving_a_part_out_keeps_the_order_and_swapping_two_does_not() {
        let plan = agenda(&[Ritual, Movement, Breathing, Share, Settle, Close], true);
        let held = |kinds: &[SegmentKind]| plan.order_kept(&agenda(kinds, false).segments);
        assert!(held(&[Ritual, Breathing, Share, Settle, Close]));
        assert!(!held(&[Ritual, Breathing, Movement, Share, Settle, Close]));
        assert!(!held(&[Ritual, Share, Settle, Close]), "nothing prepared the sharing");
        assert!(held(&[]), "nobody wrote the parts down");
        let free = agenda(&[Ritual, Movement, Share], false);
        assert!(free.order_kept(&agenda(&[Share, Ritual], false).segments));
    }
}

//! What can happen to a group.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use commons::{
    Breach, Code, DocumentId, EventId, EventSet, Fact, MemberId, Mend, Standing, UnitId,
};
use serde::{Deserialize, Serialize};

use super::GroupBreach;
use crate::{Shown, Stance, Terms};

/// A fact of a group: dated in itself, kept for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum GroupEvent {
    /// It was formed, on these terms.
    Formed {
        /// The group itself.
        unit: UnitId,
        /// What it agreed to be.
        terms: Box<Terms>,
        /// The day.
        on: NaiveDate,
        /// The group it grew out of, where it did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grew_from: Option<GrewFrom>,
    },
    /// Its terms were changed (U-16).
    TermsAdapted {
        /// The terms from that day.
        terms: Box<Terms>,
        /// The forming or adaptations that these terms take the place of.
        cites: EventSet,
        /// Why.
        why: Code,
        /// The role that agreed to it.
        agreed_by: Code,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody took a seat.
    Joined {
        /// Who.
        member: MemberId,
        /// The day.
        on: NaiveDate,
        /// The decision of those present, where one was needed (HC-09).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<EventId>,
    },
    /// Somebody left. Leaving is always possible.
    Left {
        /// Who.
        member: MemberId,
        /// The day.
        on: NaiveDate,
        /// Why, as a word of a list.
        why: LeaveReason,
        /// The joinings that it ends.
        cites: EventSet,
    },
    /// Somebody took a role.
    Assigned {
        /// Who.
        member: MemberId,
        /// The role.
        role: Code,
        /// The day.
        on: NaiveDate,
        /// The last day, where it is set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    },
    /// Somebody gave a role back.
    Released {
        /// Who.
        member: MemberId,
        /// The day.
        on: NaiveDate,
        /// The assignments that it ends.
        cites: EventSet,
    },
    /// The group decided something together.
    Decided {
        /// What.
        what: Decision,
        /// The members who were present.
        present: BTreeSet<MemberId>,
        /// Those of them who agreed.
        agreed: BTreeSet<MemberId>,
        /// The votes on the same question that it takes the place of.
        #[serde(default, skip_serializing_if = "EventSet::is_empty")]
        cites: EventSet,
        /// The day.
        on: NaiveDate,
    },
    /// It adopted its ground rules, or a new version of them (U-06).
    AgreementAdopted {
        /// The document.
        document: DocumentId,
        /// The version, from 1.
        version: u16,
        /// The language it was read in.
        language: Code,
        /// The members who agreed.
        by: BTreeSet<MemberId>,
        /// The adoptions that it takes the place of.
        cites: EventSet,
        /// The day.
        on: NaiveDate,
    },
    /// Members agreed to the ground rules again, or for the first time (U-06, GR-03).
    AgreementAffirmed {
        /// The adoption they agreed to.
        adoption: EventId,
        /// Who.
        by: BTreeSet<MemberId>,
        /// The day.
        on: NaiveDate,
    },
    /// It began to meet.
    Opened {
        /// The day.
        on: NaiveDate,
        /// The closings that it takes back.
        #[serde(default, skip_serializing_if = "EventSet::is_empty")]
        cites: EventSet,
    },
    /// It entered a phase (U-09).
    PhaseEntered {
        /// The phase.
        phase: Code,
        /// The entries of the phases it leaves.
        cites: EventSet,
        /// The role of who decided it.
        by: Code,
        /// Why, as a word of a list.
        why: Code,
        /// The roles that signed.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        signed_by: BTreeSet<Code>,
        /// What the phase it leaves asked for, and what it asks for itself, each with what was seen.
        evidence: Vec<Shown>,
        /// The day.
        on: NaiveDate,
    },
    /// Staff stepped back in, for a reason and until a day (HC-04).
    SteppedBackIn {
        /// Where they stand in the meantime.
        stance: Stance,
        /// Why.
        why: Code,
        /// The first day.
        on: NaiveDate,
        /// The last day.
        until: NaiveDate,
    },
    /// A person's time in the group was looked back on (HC-07).
    Reviewed {
        /// Whose.
        member: MemberId,
        /// The day.
        on: NaiveDate,
    },
    /// It ended.
    Closed {
        /// The day.
        on: NaiveDate,
        /// Why.
        why: CloseReason,
        /// The forming and openings that it ends.
        cites: EventSet,
    },
    /// An entry was a mistake.
    Voided {
        /// The entry.
        entry: EventId,
        /// Why.
        reason: VoidReason,
    },
    /// A breach was looked at and accepted.
    Settled {
        /// The breach.
        breach: Breach<GroupBreach>,
        /// Why it may stand.
        reason: Code,
    },
}

/// Where a group comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GrewFrom {
    /// The group it grew out of.
    pub parent: UnitId,
    /// The person who founded it, by their enrolment there.
    pub founder: MemberId,
}

/// Why somebody left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LeaveReason {
    /// No reason was asked for or given.
    NotSaid,
    /// They moved away.
    MovedAway,
    /// They have no time.
    NoTime,
    /// They stopped coming.
    StoppedComing,
    /// They were asked to go, by due process.
    Excluded,
    /// They went on to another group.
    WentOn,
    /// They died.
    Died,
    /// The group ended.
    GroupEnded,
}

/// Why a group ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CloseReason {
    /// It reached its planned end.
    Completed,
    /// It became another kind of group.
    WentOn,
    /// Too few people were left.
    TooFew,
    /// It joined another group.
    Merged,
    /// It was not safe to go on.
    Unsafe,
    /// The members chose to.
    Chosen,
}

/// Why an entry was a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum VoidReason {
    /// It was entered in the wrong unit.
    WrongUnit,
    /// It was entered for the wrong person.
    WrongPerson,
    /// It was entered with the wrong day.
    WrongDay,
    /// It was entered twice.
    EnteredTwice,
    /// It did not happen.
    DidNotHappen,
}

/// What members decide together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "decision", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Decision {
    /// To welcome a new member (HC-09).
    Refill {
        /// Who is welcomed.
        member: MemberId,
    },
    /// To enter a phase.
    EnterPhase {
        /// The phase.
        phase: Code,
    },
    /// To go on with fewer members than the terms ask for (U-02).
    GoOn,
    /// To join another group (U-02).
    Merge {
        /// The other group.
        with: UnitId,
    },
    /// To end (U-02).
    End,
    /// To go on together as another kind of group (SH-09).
    Continue {
        /// The model of it, such as `savings-group`.
        model: Code,
    },
    /// To let a founder start with one member whom both groups share (HC-07).
    ShareFounder {
        /// The founder.
        member: MemberId,
    },
}

impl Decision {
    /// Who is welcomed, where somebody is.
    pub(super) const fn welcomes(&self) -> Option<MemberId> {
        match self {
            Self::Refill { member } => Some(*member),
            Self::EnterPhase { .. }
            | Self::GoOn
            | Self::Merge { .. }
            | Self::End
            | Self::Continue { .. }
            | Self::ShareFounder { .. } => None,
        }
    }
}

impl Fact for GroupEvent {
    type Kind = GroupBreach;

    fn standing(&self) -> Standing {
        match self {
            Self::Formed { .. }
            | Self::TermsAdapted { .. }
            | Self::Joined { .. }
            | Self::Assigned { .. }
            | Self::AgreementAdopted { .. }
            | Self::Opened { .. }
            | Self::PhaseEntered { .. }
            | Self::SteppedBackIn { .. }
            | Self::Closed { .. } => Standing::Plan,
            Self::Left { .. }
            | Self::Released { .. }
            | Self::Decided { .. }
            | Self::AgreementAffirmed { .. }
            | Self::Reviewed { .. }
            | Self::Voided { .. }
            | Self::Settled { .. } => Standing::Record,
        }
    }

    fn mends(&self) -> Option<Mend<'_, GroupBreach>> {
        match self {
            Self::Voided { entry, .. } => Some(Mend::Voids(*entry)),
            Self::Settled { breach, .. } => Some(Mend::Settles(breach)),
            Self::Formed { .. }
            | Self::TermsAdapted { .. }
            | Self::Joined { .. }
            | Self::Left { .. }
            | Self::Assigned { .. }
            | Self::Released { .. }
            | Self::Decided { .. }
            | Self::AgreementAdopted { .. }
            | Self::AgreementAffirmed { .. }
            | Self::Opened { .. }
            | Self::PhaseEntered { .. }
            | Self::SteppedBackIn { .. }
            | Self::Reviewed { .. }
            | Self::Closed { .. } => None,
        }
    }
}

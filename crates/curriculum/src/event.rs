//! What can happen to a class and the people in it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Breach, CertificateId, Code, EventId, EventSet, Fact, MemberId, Mend, Standing};
use serde::{Deserialize, Serialize};

use crate::{ActivityKind, ClassBreach, Competence, Course, Stage, Verdict};

/// How somebody was there when a module was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// There for all of it.
    Present,
    /// There for a part of it; the module is still to be made up.
    Partly,
    /// Not there.
    Absent,
}

/// How a missed module was made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MakeUp {
    /// With a trainer.
    WithTrainer,
    /// With another class.
    WithAnotherClass,
    /// Alone, and talked over afterwards.
    OwnStudy,
}

/// Why somebody left the class. Health is not among the answers: it is nobody's open business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WithdrawalReason {
    /// Chose to.
    OwnChoice,
    /// Moved away.
    Moved,
    /// Had no time.
    NoTime,
    /// Came no more and did not say why.
    Unexplained,
}

/// Why a person may not use an authorization for a while. It says nothing of what was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SuspensionReason {
    /// Something is being looked at.
    Review,
    /// Something required has run out.
    Lapsed,
    /// A rest.
    Rest,
    /// Asked for it.
    OwnRequest,
}

/// Why an entry counts no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum VoidReason {
    /// Entered for the wrong class.
    WrongClass,
    /// Entered for the wrong person.
    WrongPerson,
    /// Entered twice.
    Duplicate,
    /// Entered wrongly; the right entry is another event.
    Mistaken,
}

/// Why a breach was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SettleReason {
    /// Looked at and accepted as it is.
    Accepted,
    /// It was so in life, and there was a good reason.
    Explained,
    /// Put right outside of these records.
    PutRight,
}

/// Something that happened to a class, or was decided for it. Dated in itself, kept for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClassEvent {
    /// The class was announced, with the terms of its course as they are that day.
    Announced {
        /// The course, whole: the class needs no file to judge itself.
        course: Box<Course>,
        /// Which cohort.
        cohort: Code,
        /// The most people it seats.
        most: u16,
        /// The day of the announcement.
        on: NaiveDate,
    },
    /// Somebody was screened. The answers are sealed; this is what they came to.
    Screened {
        /// Who.
        member: MemberId,
        /// What it came to.
        verdict: Verdict,
        /// The deferrals it takes back.
        cites: EventSet,
        /// Who decided.
        by: MemberId,
        /// The day of the decision.
        on: NaiveDate,
    },
    /// Somebody was enrolled.
    Enrolled {
        /// Who.
        member: MemberId,
        /// The first day.
        on: NaiveDate,
    },
    /// Somebody left the class.
    Withdrawn {
        /// Who.
        member: MemberId,
        /// The enrollments that end.
        cites: EventSet,
        /// Why.
        reason: WithdrawalReason,
        /// The last day.
        on: NaiveDate,
    },
    /// A module was held.
    ModuleHeld {
        /// Its number.
        module: u16,
        /// How long it lasted, in minutes.
        minutes: u16,
        /// What people did.
        activities: BTreeSet<ActivityKind>,
        /// Who was there, and how.
        marks: BTreeMap<MemberId, Mark>,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody made up a module.
    MadeUp {
        /// Who.
        member: MemberId,
        /// Which module.
        module: u16,
        /// How long it took, in minutes.
        minutes: u16,
        /// How.
        way: MakeUp,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody went through a component, or renewed it.
    ComponentCompleted {
        /// Who.
        member: MemberId,
        /// Which one.
        component: Code,
        /// The day.
        on: NaiveDate,
    },
    /// A skill was seen in a role play or live.
    CompetenceObserved {
        /// Whose.
        member: MemberId,
        /// Which skill.
        item: Code,
        /// How well.
        level: Competence,
        /// Harmful observations that this retest takes back (FR-04).
        cites: EventSet,
        /// Who saw it.
        by: MemberId,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody completed the course. It lets nobody lead.
    Completed {
        /// Who.
        member: MemberId,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody was authorized to lead.
    Authorized {
        /// Who.
        member: MemberId,
        /// In which role.
        role: Code,
        /// How far.
        stage: Stage,
        /// Who decided.
        by: MemberId,
        /// From which day.
        on: NaiveDate,
    },
    /// An authorization rests.
    AuthorizationSuspended {
        /// Whose.
        member: MemberId,
        /// In which role.
        role: Code,
        /// Why.
        reason: SuspensionReason,
        /// From which day.
        on: NaiveDate,
    },
    /// Suspensions were taken back.
    AuthorizationRestored {
        /// Whose.
        member: MemberId,
        /// In which role.
        role: Code,
        /// The suspensions it takes back.
        cites: EventSet,
        /// Who decided.
        by: MemberId,
        /// From which day.
        on: NaiveDate,
    },
    /// A certificate was issued.
    CertificateIssued {
        /// The certificate.
        certificate: CertificateId,
        /// To whom.
        member: MemberId,
        /// The completion that it certifies.
        completion: EventId,
        /// The last day on which it is valid, if it expires.
        expires: Option<NaiveDate>,
        /// The day.
        on: NaiveDate,
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
        /// Which one.
        breach: Breach<ClassBreach>,
        /// Why.
        reason: SettleReason,
    },
}

impl ClassEvent {
    /// A module held, with marks and no word on activities.
    #[must_use]
    pub fn held(
        module: u16,
        minutes: u16,
        marks: impl IntoIterator<Item = (MemberId, Mark)>,
        on: NaiveDate,
    ) -> Self {
        Self::ModuleHeld {
            module,
            minutes,
            activities: BTreeSet::new(),
            marks: marks.into_iter().collect(),
            on,
        }
    }

    /// The day it speaks of; what mends the records has none.
    #[must_use]
    pub const fn on(&self) -> Option<NaiveDate> {
        match self {
            Self::Announced { on, .. }
            | Self::Screened { on, .. }
            | Self::Enrolled { on, .. }
            | Self::Withdrawn { on, .. }
            | Self::ModuleHeld { on, .. }
            | Self::MadeUp { on, .. }
            | Self::ComponentCompleted { on, .. }
            | Self::CompetenceObserved { on, .. }
            | Self::Completed { on, .. }
            | Self::Authorized { on, .. }
            | Self::AuthorizationSuspended { on, .. }
            | Self::AuthorizationRestored { on, .. }
            | Self::CertificateIssued { on, .. } => Some(*on),
            Self::Voided { .. } | Self::Settled { .. } => None,
        }
    }

    /// The one person it speaks of; a module held speaks of several, and some events of nobody.
    #[must_use]
    pub const fn member(&self) -> Option<MemberId> {
        match self {
            Self::Screened { member, .. }
            | Self::Enrolled { member, .. }
            | Self::Withdrawn { member, .. }
            | Self::MadeUp { member, .. }
            | Self::ComponentCompleted { member, .. }
            | Self::CompetenceObserved { member, .. }
            | Self::Completed { member, .. }
            | Self::Authorized { member, .. }
            | Self::AuthorizationSuspended { member, .. }
            | Self::AuthorizationRestored { member, .. }
            | Self::CertificateIssued { member, .. } => Some(*member),
            Self::Announced { .. }
            | Self::ModuleHeld { .. }
            | Self::Voided { .. }
            | Self::Settled { .. } => None,
        }
    }
}

impl Fact for ClassEvent {
    type Kind = ClassBreach;

    fn standing(&self) -> Standing {
        match self {
            Self::Announced { .. }
            | Self::Enrolled { .. }
            | Self::Completed { .. }
            | Self::Authorized { .. }
            | Self::AuthorizationRestored { .. }
            | Self::CertificateIssued { .. } => Standing::Plan,
            Self::Screened { .. }
            | Self::Withdrawn { .. }
            | Self::ModuleHeld { .. }
            | Self::MadeUp { .. }
            | Self::ComponentCompleted { .. }
            | Self::CompetenceObserved { .. }
            | Self::AuthorizationSuspended { .. }
            | Self::Voided { .. }
            | Self::Settled { .. } => Standing::Record,
        }
    }

    fn mends(&self) -> Option<Mend<'_, ClassBreach>> {
        if let Self::Voided { entry, .. } = self {
            Some(Mend::Voids(*entry))
        } else if let Self::Settled { breach, .. } = self {
            Some(Mend::Settles(breach))
        } else {
            None
        }
    }
}

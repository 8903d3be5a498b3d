//! Why a plan for a group is refused.

use chrono::NaiveDate;
use commons::{Code, Refused, Rule};

use super::GroupBreach;
use crate::{Condition, Stance};

/// Why a plan for a group is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum GroupError {
    /// It was not formed yet.
    #[error("the group was not formed yet")]
    NotFormed,
    /// It has ended.
    #[error("the group ended on {on}")]
    Ended {
        /// The day it ended.
        on: NaiveDate,
    },
    /// It has not begun to meet.
    #[error("the group has not begun to meet")]
    NotOpen,
    /// It meets already.
    #[error("the group meets since {since}")]
    AlreadyOpen {
        /// The day it began to meet.
        since: NaiveDate,
    },
    /// Every seat is taken.
    #[error("the group is full: {seated} of {most}")]
    Full {
        /// Seats taken, in people.
        seated: u16,
        /// The most it seats, in people.
        most: u16,
    },
    /// Too few people are seated.
    #[error("{seated} people are seated, {fewest} are needed")]
    TooFew {
        /// Seats taken, in people.
        seated: u16,
        /// The fewest it needs, in people.
        fewest: u16,
    },
    /// The person is a member already.
    #[error("this person is a member already")]
    AlreadyMember,
    /// The time for joining is over.
    #[error("{held} sessions were held, people join until session {session}")]
    JoinCutOff {
        /// Sessions held.
        held: u16,
        /// The last session after which people join.
        session: u16,
    },
    /// The members present have not agreed.
    #[error("the members present have not all agreed to a new member")]
    NeedsConsent,
    /// The person has not visited often enough, or too often, as a guest.
    #[error("{visits} visits as a guest, {fewest} to {most} come before membership")]
    Visits {
        /// Visits so far.
        visits: u8,
        /// The fewest.
        fewest: u8,
        /// The most.
        most: u8,
    },
    /// Nobody is a member here.
    #[error("people drop in here, nobody becomes a member")]
    DropIn,
    /// The role is forbidden.
    #[error("the role {role} is forbidden here")]
    RoleForbidden {
        /// The role.
        role: Code,
    },
    /// The terms do not know the role.
    #[error("the terms do not know the role {role}")]
    RoleUnknown {
        /// The role.
        role: Code,
    },
    /// The role does not exist in this phase.
    #[error("the role {role} does not exist in this phase")]
    RoleNotNow {
        /// The role.
        role: Code,
    },
    /// The role is taken.
    #[error("the role {role} is taken: {most} of {most}")]
    RoleTaken {
        /// The role.
        role: Code,
        /// The most people in it.
        most: u16,
    },
    /// Only a member may hold the role.
    #[error("the role {role} is held by a member of the group")]
    RoleOfMembers {
        /// The role.
        role: Code,
    },
    /// The phase does not follow the present one.
    #[error("phase {phase} does not follow; the next is {}", next.as_ref().map_or("none", Code::as_str))]
    NotNext {
        /// The phase that was asked for.
        phase: Code,
        /// The phase that follows.
        next: Option<Code>,
    },
    /// A phase is entered before the day of the phase that it leaves.
    #[error("{on} comes before {last}, the day of the phase before")]
    Backdated {
        /// The day asked for.
        on: NaiveDate,
        /// The day of the phase before.
        last: NaiveDate,
    },
    /// Something is missing before the phase may be entered. All of it is listed.
    #[error("phase {phase} may not be entered: {} condition(s) are not met", unmet.len())]
    Unmet {
        /// The phase that was asked for.
        phase: Code,
        /// Every condition that is not met.
        unmet: Vec<Condition>,
    },
    /// Staff cannot step back in to where they stand already, or further out.
    #[error("staff stand at {now:?}, stepping back in to {asked:?} is no step in")]
    NoStepIn {
        /// Where they stand by the phase.
        now: Stance,
        /// Where they would stand.
        asked: Stance,
    },
    /// A span ends before it begins.
    #[error("{until} comes before {on}")]
    EndsBefore {
        /// The first day.
        on: NaiveDate,
        /// The last day.
        until: NaiveDate,
    },
    /// The founder's own time in the parent group was not looked back on.
    #[error("the founder's review in the parent group is not recorded")]
    FounderNotReviewed,
    /// The founder alone connects both groups, and that was not agreed.
    #[error("the founder would be the only member whom both groups share")]
    FounderAlone,
    /// The founder, or somebody who would come along, is no member of the parent group.
    #[error("somebody who would come along is no member of the group")]
    NotShared,
    /// The agreement has no member behind it.
    #[error("{agreed} of {members} members agreed to the ground rules")]
    NotAgreed {
        /// Members who agreed.
        agreed: u16,
        /// Members seated.
        members: u16,
    },
    /// The plan would break something else.
    #[error("this would break the history: {breaches:?}")]
    Breaks {
        /// What it would break.
        breaches: Vec<GroupBreach>,
    },
}

impl Refused for GroupError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFormed => "group.not_formed",
            Self::Ended { .. } => "group.ended",
            Self::NotOpen => "group.not_open",
            Self::AlreadyOpen { .. } => "group.already_open",
            Self::Full { .. } => "group.full",
            Self::TooFew { .. } => "group.too_few",
            Self::AlreadyMember => "group.already_member",
            Self::JoinCutOff { .. } => "group.join_cut_off",
            Self::NeedsConsent => "group.needs_consent",
            Self::Visits { .. } => "group.visits",
            Self::DropIn => "group.drop_in",
            Self::RoleForbidden { .. } => "group.role_forbidden",
            Self::RoleUnknown { .. } => "group.role_unknown",
            Self::RoleNotNow { .. } => "group.role_not_now",
            Self::RoleTaken { .. } => "group.role_taken",
            Self::RoleOfMembers { .. } => "group.role_of_members",
            Self::NotNext { .. } => "group.not_next",
            Self::Backdated { .. } => "group.backdated",
            Self::Unmet { .. } => "group.unmet",
            Self::NoStepIn { .. } => "group.no_step_in",
            Self::EndsBefore { .. } => "group.ends_before",
            Self::FounderNotReviewed => "group.founder_not_reviewed",
            Self::FounderAlone => "group.founder_alone",
            Self::NotShared => "group.not_shared",
            Self::NotAgreed { .. } => "group.not_agreed",
            Self::Breaks { .. } => "group.breaks",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        let rule = match self {
            Self::Full { .. } | Self::TooFew { .. } => "U-01",
            Self::AlreadyMember => "U-10",
            Self::JoinCutOff { .. } => "SH-04",
            Self::NeedsConsent => "HC-09",
            Self::RoleForbidden { .. } | Self::RoleUnknown { .. } => "U-03",
            Self::RoleNotNow { .. } | Self::NoStepIn { .. } => "HC-04",
            Self::NotNext { .. } | Self::Backdated { .. } | Self::Unmet { .. } => "U-09",
            Self::FounderNotReviewed | Self::FounderAlone | Self::NotShared => "HC-07",
            Self::NotAgreed { .. } => "U-06",
            Self::Breaks { breaches } => return breaches.first().map(|breach| breach.rule()),
            Self::NotFormed
            | Self::Ended { .. }
            | Self::NotOpen
            | Self::AlreadyOpen { .. }
            | Self::Visits { .. }
            | Self::DropIn
            | Self::RoleTaken { .. }
            | Self::RoleOfMembers { .. }
            | Self::EndsBefore { .. } => return None,
        };
        Some(Rule::of(rule))
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::NotFormed => "form the group first",
            Self::Ended { .. } => "form a new group, or record that the ending was a mistake",
            Self::NotOpen => "open the group first",
            Self::AlreadyOpen { .. } => "nothing is left to do",
            Self::Full { .. } => "put the person on the waiting list, or form another group",
            Self::TooFew { .. } => "admit more people, or wait for them",
            Self::AlreadyMember => "choose another person",
            Self::JoinCutOff { .. } => "put the person on the waiting list for the next group",
            Self::NeedsConsent => "ask all members present and record what they decided",
            Self::Visits { .. } => "let the person come as a guest first",
            Self::DropIn => "count heads, or write down who came",
            Self::RoleForbidden { .. } => {
                "let the person come in another role, or help from outside"
            }
            Self::RoleUnknown { .. } => "choose a role of the terms, or adapt them",
            Self::RoleNotNow { .. } => {
                "wait for the phase, or record a step back in with its reason and last day"
            }
            Self::RoleTaken { .. } => "let somebody give the role back first",
            Self::RoleOfMembers { .. } => "admit the person first, or choose a member",
            Self::NotNext { .. } => "enter the next phase first",
            Self::Backdated { .. } => "give the day of the phase before, or a later one",
            Self::Unmet { .. } => "complete what is listed, then enter the phase",
            Self::NoStepIn { .. } => "choose a stance nearer to the group",
            Self::EndsBefore { .. } => "give a last day after the first",
            Self::FounderNotReviewed => "record the founder's review in the parent group",
            Self::FounderAlone => {
                "let a second member come along, or record that the parent group agreed"
            }
            Self::NotShared => "name members of the parent group only",
            Self::NotAgreed { .. } => "read the ground rules together until every member agrees",
            Self::Breaks { .. } => "look at what is listed and mend it first",
        }
    }
}

//! What a group agreed to be when it was formed.

use chrono::NaiveDate;
use commons::{Code, Rule};
use serde::{Deserialize, Serialize};

use crate::{Agenda, AgendaFault, Cadence, Plan, Seats};

/// How people become members once a group is open.
///
/// Before it opens, people join freely up to the most it seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "joining", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Joining {
    /// Until a session was held, and not after (SH-04).
    UntilSession {
        /// The last session after which somebody may still join, from 1.
        session: u16,
    },
    /// At any time, by the recorded consent of all members present (HC-09).
    ByConsent,
    /// After coming as a guest (recovery cafés: membership after at most three visits).
    AfterVisits {
        /// The fewest visits as a guest before membership.
        fewest: u8,
        /// The most visits as a guest; then a person joins or stops coming.
        most: u8,
    },
    /// Whoever comes is welcome; nobody is a member.
    DropIn,
}

/// The roster policy of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// The same people from beginning to end.
    Closed,
    /// People come and go.
    Open,
    /// One person and whoever accompanies them.
    OneToOne,
}

/// Where a role is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// In one session.
    Session,
    /// In the group.
    Unit,
    /// In the program, outside the room.
    Program,
}

/// Who holds a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// A member of the group.
    Member,
    /// The program's staff, who fade out by [`crate::Stance`].
    Staff,
    /// Facilitators who stay with the group from beginning to end.
    Facilitator,
    /// Somebody who supervises and does not lead.
    Supervisor,
}

/// A role that the terms know.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Role {
    /// Its id, such as `peer_facilitator`.
    pub id: Code,
    /// Where it is held.
    pub scope: Scope,
    /// Who holds it.
    pub holder: Holder,
    /// The fewest people in it; 0 where it is optional.
    pub fewest: u16,
    /// The most people in it.
    pub most: u16,
    /// The phase from which it exists; from the first where none is named.
    pub from_phase: Option<Code>,
    /// The last phase in which it exists; the last where none is named.
    pub until_phase: Option<Code>,
    /// Whether its holder must be authorized by training (SH-03, U-04).
    pub trained: bool,
}

/// The model from which a group's terms were taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModelRef {
    /// Its id, such as `healing-circle`.
    pub id: Code,
    /// Its version.
    pub version: u16,
}

/// What a group agreed to be: everything it needs to judge itself, without a file.
///
/// Embedded in the event that forms the group and changed by an event that names what it changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "TermsDraft", into = "TermsDraft")]
pub struct Terms(TermsDraft);

/// Terms as they are written, before they are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TermsDraft {
    /// The model they were taken from.
    pub model: ModelRef,
    /// The roster policy.
    pub shape: Shape,
    /// How many people it seats.
    pub seats: Seats,
    /// How people become members.
    pub joining: Joining,
    /// When it meets.
    pub cadence: Cadence,
    /// Roles it knows.
    pub roles: Vec<Role>,
    /// Roles that nobody may hold or bring into a session (U-03).
    pub forbidden_roles: Vec<Code>,
    /// Its phases.
    pub plan: Plan,
    /// The parts of a session.
    pub agenda: Agenda,
    /// Sessions a person attends to have completed (SH-08); none where nobody counts.
    pub completed_at: Option<u16>,
    /// Days within which a group below its fewest decides to go on, merge or close (U-02); none where
    /// nobody has to.
    pub decide_within_days: Option<u16>,
    /// Rules of the model that cannot be adapted without losing its name.
    pub fixed_rules: Vec<Rule>,
}

/// What is wrong with terms. All of it is reported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum TermsFault {
    /// A role is both known and forbidden.
    #[error("the role {role} is both known and forbidden")]
    RoleForbidden {
        /// The role.
        role: Code,
    },
    /// A role is named twice.
    #[error("the role {role} is named twice")]
    RoleTwice {
        /// The role.
        role: Code,
    },
    /// A role has fewer places at the top than at the bottom.
    #[error("the role {role} wants {fewest} to {most} people")]
    RoleCount {
        /// The role.
        role: Code,
        /// The fewest, in people.
        fewest: u16,
        /// The most, in people.
        most: u16,
    },
    /// A role names a phase that the plan does not have.
    #[error("the role {role} names the phase {phase}, which the plan does not have")]
    RolePhase {
        /// The role.
        role: Code,
        /// The phase.
        phase: Code,
    },
    /// A condition names a role that the terms do not have.
    #[error("phase {phase} names the role {role}, which the terms do not have")]
    ConditionRole {
        /// The phase.
        phase: Code,
        /// The role.
        role: Code,
    },
    /// The phases have more sessions than the cadence.
    #[error("the phases end with session {last}, the cadence has {sessions}")]
    Sessions {
        /// The last session of any phase.
        last: u16,
        /// Sessions of the cadence.
        sessions: u16,
    },
    /// The agenda is wrong.
    #[error("agenda: {0}")]
    Agenda(AgendaFault),
    /// People join until a session that never comes, or complete more sessions than there are.
    #[error("session {session} is named, the cadence has {sessions}")]
    BeyondSessions {
        /// The session that is named.
        session: u16,
        /// Sessions of the cadence.
        sessions: u16,
    },
    /// More visits are asked for than are allowed.
    #[error("{fewest} to {most} visits as a guest")]
    Visits {
        /// The fewest visits.
        fewest: u8,
        /// The most visits.
        most: u8,
    },
    /// A closed group cannot be a drop-in.
    #[error("a closed group cannot let people drop in")]
    ClosedDropIn,
    /// A one-to-one seats one person.
    #[error("a one-to-one seats 1 person, not {most}")]
    OneToOneSeats {
        /// The most it would seat, in people.
        most: u16,
    },
}

/// Why terms were refused: every fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("the terms have {} fault(s); the first: {}", faults.len(), faults.first().map_or_else(String::new, ToString::to_string))]
pub struct TermsError {
    /// What is wrong, in reading order.
    pub faults: Vec<TermsFault>,
}

impl Terms {
    /// Terms that hold together.
    ///
    /// # Errors
    ///
    /// [`TermsError`] with every fault.
    pub fn new(draft: TermsDraft) -> Result<Self, TermsError> {
        let faults = draft.faults();
        if faults.is_empty() { Ok(Self(draft)) } else { Err(TermsError { faults }) }
    }

    /// Reads all of them.
    #[must_use]
    pub const fn get(&self) -> &TermsDraft {
        &self.0
    }

    /// One role.
    #[must_use]
    pub fn role(&self, id: &Code) -> Option<&Role> {
        self.0.roles.iter().find(|role| role.id == *id)
    }

    /// Whether nobody may hold that role (U-03, HC-02).
    #[must_use]
    pub fn forbids(&self, role: &Code) -> bool {
        self.0.forbidden_roles.contains(role)
    }

    /// Whether a role exists in a phase; before the first phase, only roles without a beginning do.
    #[must_use]
    pub fn role_exists_in(&self, role: &Role, phase: Option<&Code>) -> bool {
        let place = |id: &Option<Code>| id.as_ref().and_then(|id| self.0.plan.position(id));
        let now = phase.and_then(|id| self.0.plan.position(id));
        let from = place(&role.from_phase).is_none_or(|from| now.is_some_and(|now| from <= now));
        let until = place(&role.until_phase).is_none_or(|until| now.is_none_or(|now| now <= until));
        from && until
    }
}

impl TermsDraft {
    fn faults(&self) -> Vec<TermsFault> {
        let mut faults = self.role_faults();
        faults.extend(self.plan_faults());
        if !self.agenda.segments.is_empty() {
            let minutes = self.cadence.minutes();
            faults.extend(self.agenda.faults(minutes).into_iter().map(TermsFault::Agenda));
        }
        let joining = match self.joining {
            Joining::UntilSession { session } => Some(session),
            Joining::ByConsent | Joining::AfterVisits { .. } | Joining::DropIn => None,
        };
        let sessions = self.cadence.sessions();
        for session in joining.into_iter().chain(self.completed_at) {
            if session == 0 || session > sessions {
                faults.push(TermsFault::BeyondSessions { session, sessions });
            }
        }
        if let Joining::AfterVisits { fewest, most } = self.joining
            && most < fewest
        {
            faults.push(TermsFault::Visits { fewest, most });
        }
        if self.shape == Shape::Closed && self.joining == Joining::DropIn {
            faults.push(TermsFault::ClosedDropIn);
        }
        if self.shape == Shape::OneToOne && self.seats.most() != 1 {
            faults.push(TermsFault::OneToOneSeats { most: self.seats.most() });
        }
        faults
    }

    fn role_faults(&self) -> Vec<TermsFault> {
        let mut faults = Vec::new();
        for (index, role) in self.roles.iter().enumerate() {
            let id = || role.id.clone();
            if self.forbidden_roles.contains(&role.id) {
                faults.push(TermsFault::RoleForbidden { role: id() });
            }
            if self.roles.iter().take(index).any(|other| other.id == role.id) {
                faults.push(TermsFault::RoleTwice { role: id() });
            }
            if role.fewest > role.most || role.most == 0 {
                let Role { fewest, most, .. } = *role;
                faults.push(TermsFault::RoleCount { role: id(), fewest, most });
            }
            for phase in role.from_phase.iter().chain(&role.until_phase) {
                if self.plan.phase(phase).is_none() {
                    faults.push(TermsFault::RolePhase { role: id(), phase: phase.clone() });
                }
            }
        }
        faults
    }

    fn plan_faults(&self) -> Vec<TermsFault> {
        use crate::Condition::{RoleAbsent, SignedBy};
        let mut faults = Vec::new();
        for phase in self.plan.phases() {
            for condition in phase.entry.iter().chain(&phase.exit) {
                if let RoleAbsent { role } | SignedBy { role } = condition
                    && !self.roles.iter().any(|known| known.id == *role)
                {
                    let (phase, role) = (phase.id.clone(), role.clone());
                    faults.push(TermsFault::ConditionRole { phase, role });
                }
            }
        }
        let sessions = self.cadence.sessions();
        let last = self
            .plan
            .phases()
            .iter()
            .filter_map(|phase| phase.sessions)
            .map(|(_, last)| last)
            .max();
        if let Some(last) = last.filter(|last| *last > sessions) {
            faults.push(TermsFault::Sessions { last, sessions });
        }
        faults
    }
}

impl TryFrom<TermsDraft> for Terms {
    type Error = TermsError;
    fn try_from(draft: TermsDraft) -> Result<Self, TermsError> {
        Self::new(draft)
    }
}

impl From<Terms> for TermsDraft {
    fn from(terms: Terms) -> Self {
        terms.0
    }
}

/// A span of days, both ends counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; open where it has not come.
    pub until: Option<NaiveDate>,
}

impl Days {
    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

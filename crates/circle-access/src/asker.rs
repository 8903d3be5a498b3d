//! Who asks, to do what, and how they stand to the record.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::Role;

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// See one record.
    Read,
    /// Change what is written.
    Write,
    /// Take many records out at once.
    Export,
    /// See one record that only an emergency opens (PV-06).
    BreakGlass,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Read, Self::Write, Self::Export, Self::BreakGlass];
}

/// How the asker stands to the record. The caller names the nearest that is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It is their own: about them, about their ward, or written by them.
    Own,
    /// It belongs to a circle that they hold or sit in.
    OwnCircle,
    /// It belongs to a circle whose keeper they supervise.
    Supervised,
    /// It belongs to their program.
    Program,
    /// They are the subject of the matter (incident, safeguarding, complaint).
    SubjectOfMatter,
    /// None of these.
    None,
}

impl Relation {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Own,
        Self::OwnCircle,
        Self::Supervised,
        Self::Program,
        Self::SubjectOfMatter,
        Self::None,
    ];
}

/// Something that has to be established for one request before a conditional cell opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The consent scope for this use is given, and it fits the age of the person.
    ScopeGiven,
    /// The person asked for it by right, and words about others are blacked out.
    RightsRequest,
    /// The person consented to this packet: receiver, items, purpose and end date.
    PacketConsented,
    /// The action that the answer opened is not closed yet.
    ActionOpen,
    /// The supervisor needs to know it to keep somebody safe.
    NeedToKnow,
    /// The facilitator agreed that it is shown.
    FacilitatorAgrees,
    /// A reason to break the glass was given, with words, and is logged and told at once.
    ReasonGiven,
}

impl Condition {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::ScopeGiven,
        Self::RightsRequest,
        Self::PacketConsented,
        Self::ActionOpen,
        Self::NeedToKnow,
        Self::FacilitatorAgrees,
        Self::ReasonGiven,
    ];
}

/// Somebody who asks, wearing one hat, with what was established for this one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    hat: Role,
    established: BTreeSet<Condition>,
}

impl Asker {
    /// Somebody in a role, with nothing established.
    #[must_use]
    pub const fn wearing(hat: Role) -> Self {
        Self { hat, established: BTreeSet::new() }
    }

    /// The same, for a request for which this was established.
    #[must_use]
    pub fn having(mut self, condition: Condition) -> Self {
        self.established.insert(condition);
        self
    }

    /// The hat.
    #[must_use]
    pub const fn hat(&self) -> Role {
        self.hat
    }

    /// Whether this was established.
    #[must_use]
    pub fn has(&self, condition: Condition) -> bool {
        self.established.contains(&condition)
    }
}

/// The hats of one person. They never add up: one is picked for a session (PV-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "BTreeSet<Role>", into = "BTreeSet<Role>")]
pub struct Hats(
    // Invariant: not an evaluator beside a role that sees names.
    BTreeSet<Role>,
);

/// Why roles are not the hats of one person, or a hat cannot be picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HatError {
    /// Nobody holds rows without names and the names too (PV-03).
    #[error("an evaluator cannot also be {other:?}, who sees names")]
    Exclusive {
        /// The role that sees names.
        other: Role,
    },
    /// The person does not have that role.
    #[error("{role:?} is not one of their roles")]
    NotTheirs {
        /// The role asked for.
        role: Role,
    },
}

impl Hats {
    /// The hats of one person.
    ///
    /// # Errors
    ///
    /// [`HatError::Exclusive`] for an evaluator who would also see names (PV-03).
    pub fn new(roles: impl IntoIterator<Item = Role>) -> Result<Self, HatError> {
        let roles: BTreeSet<_> = roles.into_iter().collect();
        let sees_names = |role: &&Role| {
            matches!(
                role,
                Role::Keeper
                    | Role::CoKeeper
                    | Role::Supervisor
                    | Role::SafeguardingLead
                    | Role::Coordinator
                    | Role::PrivacyOfficer
            )
        };
        match roles.iter().find(sees_names) {
            Some(other) if roles.contains(&Role::Evaluator) => {
                Err(HatError::Exclusive { other: *other })
            }
            Some(_) | None => Ok(Self(roles)),
        }
    }

    /// Picks one for a session.
    ///
    /// # Errors
    ///
    /// [`HatError::NotTheirs`] for a role the person does not have.
    pub fn wear(&self, role: Role) -> Result<Asker, HatError> {
        if self.0.contains(&role) {
            Ok(Asker::wearing(role))
        } else {
            Err(HatError::NotTheirs { role })
        }
    }

    /// The roles.
    pub fn roles(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }
}

impl TryFrom<BTreeSet<Role>> for Hats {
    type Error = HatError;
    fn try_from(roles: BTreeSet<Role>) -> Result<Self, HatError> {
        Self::new(roles)
    }
}

impl From<Hats> for BTreeSet<Role> {
    fn from(hats: Hats) -> Self {
        hats.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_wears_one_of_their_own_hats() {
        let hats = Hats::new([Role::Member, Role::Keeper]).expect("both");
        assert_eq!(hats.wear(Role::Keeper), Ok(Asker::wearing(Role::Keeper)));
        let stranger = Role::Coordinator;
        assert_eq!(hats.wear(stranger), Err(HatError::NotTheirs { role: stranger }));
    }

    #[test]
    fn nobody_evaluates_and_sees_names() {
        assert!(Hats::new([Role::Evaluator, Role::Funder]).is_ok());
        let both = Hats::new([Role::Evaluator, Role::Coordinator]);
        assert_eq!(both, Err(HatError::Exclusive { other: Role::Coordinator }));
        assert!(serde_json::from_str::<Hats>(r#"["evaluator","keeper"]"#).is_err());
        assert!(serde_json::from_str::<Hats>(r#"["evaluator"]"#).is_ok());
    }
}

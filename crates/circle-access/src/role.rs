//! The thirteen hats a person may wear.

use serde::{Deserialize, Serialize};

/// In what role somebody asks. A person with several picks one for a session (PV-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A member or participant of a circle or group.
    Member,
    /// A guardian of a member.
    Guardian,
    /// A keeper or facilitator.
    Keeper,
    /// A co-facilitator.
    CoKeeper,
    /// An observer-mentor.
    Observer,
    /// A supervisor.
    Supervisor,
    /// The safeguarding lead.
    SafeguardingLead,
    /// A coordinator.
    Coordinator,
    /// An evaluator.
    Evaluator,
    /// A funder.
    Funder,
    /// A partner to whom people are referred.
    Partner,
    /// Who administers the system.
    Administrator,
    /// The privacy officer.
    PrivacyOfficer,
}

impl Role {
    /// All of them, in the order of the table's columns.
    pub const ALL: [Self; 13] = [
        Self::Member,
        Self::Guardian,
        Self::Keeper,
        Self::CoKeeper,
        Self::Observer,
        Self::Supervisor,
        Self::SafeguardingLead,
        Self::Coordinator,
        Self::Evaluator,
        Self::Funder,
        Self::Partner,
        Self::Administrator,
        Self::PrivacyOfficer,
    ];
}

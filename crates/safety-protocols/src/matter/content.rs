//! What a matter is about: sealed, and read by no rule.

use chrono::{DateTime, Utc};
use commons::{MemberId, UnitId};
use serde::{Deserialize, Serialize};

/// What happened, in one word of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Category {
    /// Talk or signs of ending one's life.
    SuicideRisk,
    /// Self-harm.
    SelfHarm,
    /// An attempt to end one's life.
    SuicideAttempt,
    /// A death.
    Death,
    /// Abuse or neglect of a child.
    ChildAbuse,
    /// Abuse or neglect of an adult.
    AdultAbuse,
    /// Violence by a partner.
    PartnerViolence,
    /// Sexual violence.
    SexualViolence,
    /// Exploitation or abuse by staff or a volunteer.
    StaffAbuse,
    /// Harassment or discrimination.
    Harassment,
    /// A threat to a person.
    Threat,
    /// Violence, or a weapon.
    Violence,
    /// Intoxication or overdose.
    Intoxication,
    /// A medical emergency.
    Medical,
    /// Severe distress or dissociation.
    Distress,
    /// Something that brought an old wound back.
    Retraumatizing,
    /// A member broke confidence.
    ConfidenceMember,
    /// Staff broke confidence.
    ConfidenceStaff,
    /// Data were lost or seen.
    DataBreach,
    /// A boundary was crossed.
    Boundary,
    /// A conflict in the group.
    Conflict,
    /// A member is missing.
    Missing,
    /// The place is unsafe.
    UnsafePlace,
    /// Somebody dropped out of a remote session, and there is concern.
    RemoteDropOff,
    /// Somebody was punished for speaking up.
    Retaliation,
    /// Fraud, or misuse of the group's money.
    Fraud,
    /// A keeper was unfit or absent.
    KeeperUnfit,
    /// A near miss.
    NearMiss,
    /// An answer on a sheet that asks for a conversation.
    RaisedAnswer,
    /// Another, described.
    Other,
}

/// How much harm was done, on one of two scales: to the body, to the mind.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Harm {
    /// None.
    #[default]
    None,
    /// Low.
    Low,
    /// Moderate: the person is told in person (IN-05).
    Moderate,
    /// Severe.
    Severe,
    /// Fatal; on the scale of the body only.
    Fatal,
}

/// The sealed part of a matter, of the class `Incident` or `Safeguarding`.
///
/// `Debug` prints the category and no word of a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatterContent {
    /// What happened.
    pub category: Category,
    /// Harm to the body.
    #[serde(default)]
    pub physical: Harm,
    /// Harm to the mind.
    #[serde(default)]
    pub psychological: Harm,
    /// Whom it concerns: the subjects, who may never close, lower or be assigned it (IN-04).
    #[serde(default)]
    pub concerns: Vec<MemberId>,
    /// Who told it.
    #[serde(default)]
    pub reported_by: Option<MemberId>,
    /// The unit in which it happened.
    #[serde(default)]
    pub unit: Option<UnitId>,
    /// What was seen and heard, in the words of who was there.
    #[serde(default)]
    pub account: String,
    /// When that was written.
    pub written_at: DateTime<Utc>,
}

impl std::fmt::Debug for MatterContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MatterContent").field("category", &self.category).finish_non_exhaustive()
    }
}

impl MatterContent {
    /// Whether the person is owed an open word and an apology (IN-05: moderate harm or worse).
    #[must_use]
    pub fn owes_candor(&self) -> bool {
        Harm::Moderate <= self.physical.max(self.psychological)
    }

    /// How a person is involved in it.
    #[must_use]
    pub fn involvement(&self, member: MemberId) -> super::Involvement {
        if self.concerns.contains(&member) {
            super::Involvement::Subject
        } else if self.reported_by == Some(member) {
            super::Involvement::Reporter
        } else {
            super::Involvement::None
        }
    }
}

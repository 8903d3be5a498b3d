//! The twenty-one classes of data that access is decided by.

use serde::{Deserialize, Serialize};

/// What kind of thing a sealed part holds, and so who may read it.
///
/// The number of each is stored for good; the access table has one row for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum DataClass {
    /// 1: public program, directory, crisis card.
    Public = 1,
    /// 2: schedule and place.
    Schedule = 2,
    /// 3: identity and contact.
    Identity = 3,
    /// 4: safe contact, duress, keep-apart.
    SafeContact = 4,
    /// 5: attendance.
    Attendance = 5,
    /// 6: session record, coded.
    SessionRecord = 6,
    /// 7: sealed notes.
    Notes = 7,
    /// 8: story, testimony.
    Story = 8,
    /// 9: outcome scores.
    Scores = 9,
    /// 10: answers to risk items.
    RiskAnswers = 10,
    /// 11: safety plan.
    SafetyPlan = 11,
    /// 12: incident.
    Incident = 12,
    /// 13: safeguarding, legal report.
    Safeguarding = 13,
    /// 14: referral.
    Referral = 14,
    /// 15: consent records.
    Consent = 15,
    /// 16: supervision record.
    Supervision = 16,
    /// 17: facilitator wellbeing.
    FacilitatorWellbeing = 17,
    /// 18: complaint about staff.
    Complaint = 18,
    /// 19: aggregates and reports.
    Aggregates = 19,
    /// 20: audit log.
    Audit = 20,
    /// 21: keys, ciphertext, backups.
    Keys = 21,
}

/// A number that no data class of this release has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no data class has the number {0}; classes run from 1 to 21")]
pub struct UnknownClass(pub u8);

impl DataClass {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 21] = [
        Self::Public,
        Self::Schedule,
        Self::Identity,
        Self::SafeContact,
        Self::Attendance,
        Self::SessionRecord,
        Self::Notes,
        Self::Story,
        Self::Scores,
        Self::RiskAnswers,
        Self::SafetyPlan,
        Self::Incident,
        Self::Safeguarding,
        Self::Referral,
        Self::Consent,
        Self::Supervision,
        Self::FacilitatorWellbeing,
        Self::Complaint,
        Self::Aggregates,
        Self::Audit,
        Self::Keys,
    ];

    /// Its number, 1 to 21.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }
}

impl TryFrom<u8> for DataClass {
    type Error = UnknownClass;
    fn try_from(number: u8) -> Result<Self, UnknownClass> {
        Self::ALL.into_iter().find(|class| class.number() == number).ok_or(UnknownClass(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_run_from_1_to_21_and_come_back() {
        for (class, number) in DataClass::ALL.into_iter().zip(1..) {
            assert_eq!(class.number(), number);
            assert_eq!(DataClass::try_from(number), Ok(class));
        }
        assert_eq!(DataClass::try_from(0), Err(UnknownClass(0)));
        assert_eq!(DataClass::try_from(22), Err(UnknownClass(22)));
    }
}

//! What data is asked for: every access names a purpose.

use commons::DataClass;
use serde::{Deserialize, Serialize};

use crate::Role;

/// Why somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To hold a circle.
    Facilitate,
    /// To keep people safe.
    Safety,
    /// To supervise who holds circles.
    Supervise,
    /// To run the program.
    Coordinate,
    /// To refer somebody on.
    Refer,
    /// To learn whether it works.
    Evaluate,
    /// To report to who pays and to the public.
    Report,
    /// To do what a law demands.
    LegalDuty,
    /// To answer somebody who asks about their own data.
    Rights,
    /// To keep the system running.
    Operate,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Facilitate,
        Self::Safety,
        Self::Supervise,
        Self::Coordinate,
        Self::Refer,
        Self::Evaluate,
        Self::Report,
        Self::LegalDuty,
        Self::Rights,
        Self::Operate,
    ];

    /// Whether a role may name this purpose for a class of data: it has to be the role's own and the class's.
    ///
    /// Both lists are ours, drawn around three given points: scores serve a keeper to facilitate and
    /// for safety alone, attendance a coordinator to coordinate and report alone, and the wellbeing of
    /// facilitators is never for coordinating.
    #[must_use]
    pub fn serves(self, role: Role, class: DataClass) -> bool {
        of_role(role).contains(&self) && of_class(class).contains(&self)
    }
}

const fn of_role(role: Role) -> &'static [Purpose] {
    use Purpose::{
        Coordinate, Evaluate, Facilitate, LegalDuty, Operate, Refer, Report, Rights, Safety,
        Supervise,
    };
    match role {
        Role::Member => &[Facilitate, Rights],
        Role::Guardian => &[Rights],
        Role::Keeper | Role::CoKeeper => &[Facilitate, Safety, Refer, Operate],
        Role::Observer => &[Facilitate, Safety],
        Role::Supervisor => &[Supervise, Safety, Refer],
        Role::SafeguardingLead => &[Safety, Refer, LegalDuty, Operate],
        Role::Coordinator => &[Coordinate, Refer, Report, Operate],
        Role::Evaluator => &[Evaluate, Report],
        Role::Funder => &[Report],
        Role::Partner => &[Refer],
        Role::Administrator => &[Operate],
        Role::PrivacyOfficer => &[LegalDuty, Rights, Operate],
    }
}

const fn of_class(class: DataClass) -> &'static [Purpose] {
    use Purpose::{
        Coordinate, Evaluate, Facilitate, LegalDuty, Operate, Refer, Report, Rights, Safety,
        Supervise,
    };
    match class {
        DataClass::Public | DataClass::Aggregates => &Purpose::ALL,
        DataClass::Schedule | DataClass::Attendance | DataClass::SessionRecord => {
            &[Facilitate, Safety, Supervise, Coordinate, Evaluate, Report, Rights]
        }
        DataClass::Identity => &[Facilitate, Safety, Coordinate, Refer, LegalDuty, Rights],
        DataClass::SafeContact => &[Facilitate, Safety, Coordinate, LegalDuty, Rights],
        DataClass::Notes => &[Facilitate, Safety, Supervise, Rights],
        DataClass::Story => &[Facilitate, Safety, Coordinate, Evaluate, Report, Rights],
        DataClass::Scores => &[Facilitate, Safety, Supervise, Evaluate, Report, Rights],
        DataClass::RiskAnswers | DataClass::SafetyPlan => &[Safety, Supervise, Refer, Rights],
        DataClass::Incident => {
            &[Safety, Supervise, Coordinate, Evaluate, Report, LegalDuty, Rights]
        }
        DataClass::Safeguarding => &[Safety, LegalDuty, Rights],
        DataClass::Referral => &[Safety, Supervise, Coordinate, Refer, Evaluate, Report, Rights],
        DataClass::Consent => {
            &[Facilitate, Safety, Supervise, Coordinate, Refer, Evaluate, LegalDuty, Rights]
        }
        DataClass::Supervision => &[Facilitate, Safety, Supervise, Coordinate, Evaluate, Report],
        DataClass::FacilitatorWellbeing => &[Facilitate, Supervise, Evaluate, Report],
        DataClass::Complaint => &[Safety, Evaluate, Report, LegalDuty, Rights],
        DataClass::Audit => &[Facilitate, Safety, Supervise, LegalDuty, Rights, Operate],
        DataClass::Keys => &[Operate],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(role: Role, class: DataClass, want: &[Purpose]) {
        let served: Vec<_> =
            Purpose::ALL.into_iter().filter(|purpose| purpose.serves(role, class)).collect();
        assert_eq!(served, want);
    }

    #[test]
    fn the_three_given_points_hold() {
        use Purpose::{Coordinate, Facilitate, Report, Safety};
        check(Role::Keeper, DataClass::Scores, &[Facilitate, Safety]);
        check(Role::Coordinator, DataClass::Attendance, &[Coordinate, Report]);
        for role in Role::ALL {
            assert!(!Coordinate.serves(role, DataClass::FacilitatorWellbeing), "{role:?}");
        }
    }
}

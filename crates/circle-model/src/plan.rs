//! The phases a group goes through, and what lets it enter and leave each.

use chrono::NaiveDate;
use commons::Code;
use serde::{Deserialize, Serialize};

/// Where staff stand toward a group. It fades one way: this order is the order of stepping back.
///
/// Staff facilitate, then observe, then are absent and on call, then are absent (Repair, "The
/// Healing Circles Project"). HC-04: never backward, except by a recorded step back in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Staff lead the sessions.
    Facilitator,
    /// Staff sit in the room and do not lead.
    Observer,
    /// Staff are not in the room and answer when called.
    OnCall,
    /// Staff are not in the room.
    Absent,
}

impl Stance {
    /// Whether staff may sit in a session at all (HC-06).
    #[must_use]
    pub const fn in_the_room(self) -> bool {
        matches!(self, Self::Facilitator | Self::Observer)
    }
}

/// A part of a group's life.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Phase {
    /// Its id in the model, such as `p3` or `trust`.
    pub id: Code,
    /// The sessions that belong to it, first and last (from 1); none where it has none.
    pub sessions: Option<(u16, u16)>,
    /// Where staff stand, in phases in which the group meets.
    pub stance: Option<Stance>,
    /// What must be true before it is entered.
    pub entry: Vec<Condition>,
    /// What must be true before the next one is entered.
    pub exit: Vec<Condition>,
}

/// Something that must be true before a phase begins or ends: a closed set, so that each can be checked and explained.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "needs", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Condition {
    /// So many sessions were held.
    SessionsHeld {
        /// Sessions, counted from the group's first.
        fewest: u16,
    },
    /// So many modules of the course were completed by everybody.
    ModulesDone {
        /// Modules.
        fewest: u16,
    },
    /// So many people have their screening recorded.
    ScreeningRecorded {
        /// People.
        fewest: u16,
    },
    /// Consent of every member is recorded.
    ConsentRecorded,
    /// People came to so large a share of the sessions.
    AttendanceRate {
        /// Percent, 0 to 100.
        percent: u8,
    },
    /// The group has so many members.
    MembersBetween {
        /// People.
        fewest: u16,
        /// People.
        most: u16,
    },
    /// Nobody in that role came since the phase began.
    RoleAbsent {
        /// The role.
        role: Code,
    },
    /// So many different members have led a session since the phase began.
    DistinctFacilitators {
        /// People.
        fewest: u16,
    },
    /// Every member has led a part of a session so many times since the phase began.
    EachMemberLed {
        /// Times.
        fewest: u16,
    },
    /// No matter as grave as this, or graver, is open.
    NoOpenMatter {
        /// The grade, `s1` (gravest) to `s4`.
        grade: Code,
    },
    /// The group voted for it.
    Vote {
        /// Percent of the members who were present.
        quorum_percent: u8,
        /// Percent of those present who agreed.
        agreed_percent: u8,
    },
    /// So many days have passed since the phase began.
    ElapsedDays {
        /// Days.
        fewest: u16,
        /// Days.
        most: u16,
    },
    /// Somebody in that role signed.
    SignedBy {
        /// The role.
        role: Code,
    },
    /// So large a share of the members was measured.
    MeasureCollected {
        /// The timepoint, such as `t0`.
        timepoint: Code,
        /// Percent of members with a sheet or a recorded refusal, 0 to 100.
        percent: u8,
    },
    /// A committee was elected.
    CommitteeElected {
        /// People.
        fewest: u16,
    },
    /// So many people chose to go on.
    Volunteers {
        /// People.
        fewest: u16,
    },
    /// A document of that kind was adopted.
    DocumentAdopted {
        /// The kind, such as `agreement` or `constitution`.
        document: Code,
    },
    /// A review is recorded for each person.
    ReviewOfEach,
    /// Supervision took place within so many days.
    SupervisionWithin {
        /// Days.
        days: u16,
    },
    /// A group that grew out of this one is running.
    ChildRunning {
        /// Groups.
        fewest: u16,
    },
    /// That day has come.
    DateReached {
        /// The day.
        date: NaiveDate,
    },
    /// A body with authority approved.
    ApprovedBy {
        /// The body.
        body: Code,
    },
}

/// What is known about a group when a phase is to be entered: figures only, gathered by the caller.
///
/// What lies outside this crate (modules, matters, measures) comes in here as a number, so the
/// decision stays one pure function.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Sessions held.
    pub sessions_held: u16,
    /// Modules completed by every member.
    pub modules_done: u16,
    /// People whose screening is recorded.
    pub screened: u16,
    /// Members without a recorded consent.
    pub without_consent: u16,
    /// Percent of possible attendance, rounded down; none before the first session.
    pub attendance_percent: Option<u8>,
    /// Members now.
    pub members: u16,
    /// Roles that came to a session since the phase began.
    pub roles_present: Vec<Code>,
    /// Different members who led a session since the phase began.
    pub distinct_facilitators: u16,
    /// The fewest times that any member led a part since the phase began.
    pub least_led: u16,
    /// The gravest open matter, `s1` (gravest) to `s4`.
    pub gravest_open: Option<Code>,
    /// The vote on entering the phase: members present, members who agreed.
    pub vote: Option<(u16, u16)>,
    /// Days since the present phase began.
    pub days_in_phase: u16,
    /// Roles that signed.
    pub signed: Vec<Code>,
    /// Percent of members measured, by timepoint.
    pub measured: Vec<(Code, u8)>,
    /// People elected to a committee.
    pub committee: u16,
    /// People who chose to go on.
    pub volunteers: u16,
    /// Kinds of documents adopted.
    pub documents: Vec<Code>,
    /// Members without a recorded review.
    pub without_review: u16,
    /// Days since the last supervision.
    pub supervised_days_ago: Option<u16>,
    /// Groups that grew out of this one and run.
    pub children_running: u16,
    /// Today.
    pub on: NaiveDate,
    /// Bodies that approved.
    pub approved: Vec<Code>,
}

/// A condition that was met, and what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shown {
    /// The condition.
    pub condition: Condition,
    /// The figure, in what the condition counts: sessions, people, days, percent of those present who
    /// agreed. Where nothing is counted, how many are missing or open: 0.
    pub seen: u16,
}

impl Condition {
    /// Whether it is met.
    #[must_use]
    pub fn is_met(&self, known: &Evidence) -> bool {
        self.seen(known).is_some()
    }

    /// The figure that meets it; none where it is not met.
    #[must_use]
    pub fn seen(&self, known: &Evidence) -> Option<u16> {
        let least = |seen: u16, fewest: u16| (fewest <= seen).then_some(seen);
        let true_of = |met: bool| met.then_some(0);
        match self {
            Self::SessionsHeld { fewest } => least(known.sessions_held, *fewest),
            Self::ModulesDone { fewest } => least(known.modules_done, *fewest),
            Self::ScreeningRecorded { fewest } => least(known.screened, *fewest),
            Self::ConsentRecorded => true_of(known.without_consent == 0),
            Self::AttendanceRate { percent } => {
                least(known.attendance_percent?.into(), (*percent).into())
            }
            Self::MembersBetween { fewest, most } => {
                least(known.members, *fewest).filter(|members| members <= most)
            }
            Self::RoleAbsent { role } => true_of(!known.roles_present.contains(role)),
            Self::DistinctFacilitators { fewest } => least(known.distinct_facilitators, *fewest),
            Self::EachMemberLed { fewest } => least(known.least_led, *fewest),
            // Grades run s1 (gravest) to s4, so a graver one comes first in the alphabet.
            Self::NoOpenMatter { grade } => {
                true_of(known.gravest_open.as_ref().is_none_or(|open| open > grade))
            }
            Self::Vote { quorum_percent, agreed_percent } => {
                let (present, agreed) = known.vote?;
                percent(present, known.members)
                    .filter(|quorum| *quorum >= u16::from(*quorum_percent))?;
                least(percent(agreed, present)?, (*agreed_percent).into())
            }
            Self::ElapsedDays { fewest, .. } => least(known.days_in_phase, *fewest),
            Self::SignedBy { role } => true_of(known.signed.contains(role)),
            Self::MeasureCollected { timepoint, percent } => {
                let (_, share) = known.measured.iter().find(|(point, _)| point == timepoint)?;
                least((*share).into(), (*percent).into())
            }
            Self::CommitteeElected { fewest } => least(known.committee, *fewest),
            Self::Volunteers { fewest } => least(known.volunteers, *fewest),
            Self::DocumentAdopted { document } => true_of(known.documents.contains(document)),
            Self::ReviewOfEach => true_of(known.without_review == 0),
            Self::SupervisionWithin { days } => known.supervised_days_ago.filter(|ago| ago <= days),
            Self::ChildRunning { fewest } => least(known.children_running, *fewest),
            Self::DateReached { date } => true_of(*date <= known.on),
            Self::ApprovedBy { body } => true_of(known.approved.contains(body)),
        }
    }
}

/// Percent of a whole, rounded down; a part of more than all counts as all, and nothing is a part of nobody.
fn percent(part: u16, whole: u16) -> Option<u16> {
    let percent = (u32::from(part) * 100).checked_div(u32::from(whole))?;
    u16::try_from(percent).ok()
}

/// The phases of a group in their order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Vec<Phase>", into = "Vec<Phase>")]
pub struct Plan {
    // Invariant: ids unique; sessions contiguous from 1; stance never goes backward.
    phases: Vec<Phase>,
}

/// What is wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum PlanError {
    /// Two phases have the same id.
    #[error("two phases are called {phase}")]
    Twice {
        /// The phase.
        phase: Code,
    },
    /// The sessions of a phase do not follow those of the phase before.
    #[error("phase {phase} begins with session {first}, the one before ends with {before}")]
    Gap {
        /// The phase.
        phase: Code,
        /// Its first session.
        first: u16,
        /// The last session of the phase before.
        before: u16,
    },
    /// Staff would step forward again.
    #[error("in phase {phase} staff would step forward again")]
    Backward {
        /// The phase.
        phase: Code,
    },
}

impl Plan {
    /// A plan of these phases.
    ///
    /// # Errors
    ///
    /// [`PlanError`] when ids repeat, sessions leave a gap or overlap, or staff step forward again (HC-04).
    pub fn new(phases: Vec<Phase>) -> Result<Self, PlanError> {
        let mut before = 0_u16;
        let mut stance = None;
        for (index, phase) in phases.iter().enumerate() {
            if phases.iter().take(index).any(|other| other.id == phase.id) {
                return Err(PlanError::Twice { phase: phase.id.clone() });
            }
            if let Some((first, last)) = phase.sessions {
                if before.checked_add(1) != Some(first) || last < first {
                    return Err(PlanError::Gap { phase: phase.id.clone(), first, before });
                }
                before = last;
            }
            if phase.stance.is_some() {
                if phase.stance < stance {
                    return Err(PlanError::Backward { phase: phase.id.clone() });
                }
                stance = phase.stance;
            }
        }
        Ok(Self { phases })
    }

    /// The phases, first to last.
    #[must_use]
    pub fn phases(&self) -> &[Phase] {
        &self.phases
    }

    /// One phase.
    #[must_use]
    pub fn phase(&self, id: &Code) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.id == *id)
    }

    /// The place of a phase in the order, from 0.
    #[must_use]
    pub fn position(&self, id: &Code) -> Option<usize> {
        self.phases.iter().position(|phase| phase.id == *id)
    }

    /// The phase that follows.
    #[must_use]
    pub fn after(&self, id: Option<&Code>) -> Option<&Phase> {
        match id {
            None => self.phases.first(),
            Some(id) => self.phases.get(self.position(id)? + 1),
        }
    }

    /// The phase to which a session belongs by its number.
    #[must_use]
    pub fn of_session(&self, number: u16) -> Option<&Phase> {
        self.phases.iter().find(|phase| {
            phase.sessions.is_some_and(|(first, last)| first <= number && number <= last)
        })
    }
}

impl TryFrom<Vec<Phase>> for Plan {
    type Error = PlanError;
    fn try_from(phases: Vec<Phase>) -> Result<Self, PlanError> {
        Self::new(phases)
    }
}

impl From<Plan> for Vec<Phase> {
    fn from(plan: Plan) -> Self {
        plan.phases
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phase(id: &'static str, sessions: Option<(u16, u16)>, stance: Option<Stance>) -> Phase {
        Phase { id: Code::of(id), sessions, stance, entry: vec![], exit: vec![] }
    }

    #[test]
    fn staff_step_back_and_never_forward() {
        use Stance::{Absent, Facilitator, Observer, OnCall};
        let plan = |stances: &[Stance]| {
            let ids = ["p2", "p3", "p4", "p5"];
            let phases = ids.iter().zip(stances).map(|(id, stance)| phase(id, None, Some(*stance)));
            Plan::new(phases.collect())
        };
        assert!(plan(&[Facilitator, Observer, OnCall, Absent]).is_ok());
        assert!(plan(&[Facilitator, Facilitator, Absent, Absent]).is_ok());
        let backward = PlanError::Backward { phase: Code::of("p4") };
        assert_eq!(plan(&[Facilitator, Absent, Observer, Absent]), Err(backward));
    }

    #[test]
    fn sessions_follow_each_other_without_a_gap() {
        let plan = |second: (u16, u16)| {
            Plan::new(vec![
                phase("p1", None, None),
                phase("p2", Some((1, 6)), None),
                phase("p3", Some(second), None),
            ])
        };
        assert!(plan((7, 14)).is_ok());
        assert!(matches!(plan((6, 14)), Err(PlanError::Gap { first: 6, before: 6, .. })));
        assert!(matches!(plan((8, 14)), Err(PlanError::Gap { first: 8, .. })));
        assert!(matches!(plan((7, 6)), Err(PlanError::Gap { .. })));
        let endless = Plan::new(vec![
            phase("p2", Some((1, u16::MAX)), None),
            phase("p3", Some((1, 2)), None),
        ]);
        assert!(matches!(endless, Err(PlanError::Gap { before: u16::MAX, .. })));
        let twice = Plan::new(vec![phase("p1", None, None), phase("p1", None, None)]);
        assert_eq!(twice, Err(PlanError::Twice { phase: Code::of("p1") }));
    }

    #[test]
    fn each_condition_is_met_on_one_side_of_its_edge() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let known = Evidence {
            sessions_held: 6,
            attendance_percent: Some(80),
            members: 6,
            gravest_open: Some(Code::of("s3")),
            vote: Some((6, 4)),
            measured: vec![(Code::of("t0"), 98)],
            supervised_days_ago: Some(14),
            on: day,
            ..Evidence::default()
        };
        let check = |condition: Condition, met: bool| {
            assert_eq!(condition.is_met(&known), met, "{condition:?}");
        };
        check(Condition::SessionsHeld { fewest: 6 }, true);
        check(Condition::SessionsHeld { fewest: 7 }, false);
        check(Condition::AttendanceRate { percent: 80 }, true);
        check(Condition::AttendanceRate { percent: 81 }, false);
        check(Condition::NoOpenMatter { grade: Code::of("s2") }, true);
        check(Condition::NoOpenMatter { grade: Code::of("s3") }, false);
        check(Condition::Vote { quorum_percent: 100, agreed_percent: 66 }, true);
        check(Condition::Vote { quorum_percent: 100, agreed_percent: 67 }, false);
        check(Condition::MeasureCollected { timepoint: Code::of("t0"), percent: 98 }, true);
        check(Condition::MeasureCollected { timepoint: Code::of("t1"), percent: 1 }, false);
        check(Condition::SupervisionWithin { days: 14 }, true);
        check(Condition::SupervisionWithin { days: 13 }, false);
        check(Condition::DateReached { date: day }, true);
        check(Condition::DateReached { date: day.succ_opt().unwrap() }, false);
    }
}

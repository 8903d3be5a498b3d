//! The weeks of a group, and what each still needs.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use commons::Code;
use serde::{Deserialize, Serialize};

/// What has to be there before a session is opened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "need", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Need {
    /// At least so many sessions were held before.
    SessionsHeld {
        /// How many.
        least: u16,
    },
    /// Supervision took place at most so many days ago.
    SupervisionWithin {
        /// How many days; 0 means the same day.
        days: u16,
    },
    /// A module was taught.
    ModuleDone {
        /// Its number.
        module: u16,
    },
    /// A measure was taken.
    MeasureTaken {
        /// At which timepoint, such as `t0`.
        timepoint: Code,
    },
    /// Somebody in a role can be reached during the session.
    Reachable {
        /// Which role.
        role: Code,
    },
}

/// What is special about a session.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "special", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Special {
    /// A measure is due.
    MeasureDue {
        /// At which timepoint.
        timepoint: Code,
    },
    /// The last session at which somebody may still join (SH-04).
    LastToJoin,
    /// People may tell their own stories.
    PersonalStory,
    /// Storms of life: needs sessions held before it and recent supervision (SH-06).
    Storms,
    /// A private way is open for who is hurt at home (SH-07).
    PrivateWay,
    /// Nothing in it is ever required of anybody.
    NeverRequired,
    /// Certificates are handed out (SH-08).
    Graduation,
}

/// One session of a syllabus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionPlan {
    /// Its number, from 1.
    pub n: u16,
    /// The key of its theme in a catalog or model file.
    pub theme: Code,
    /// The module it teaches, if any.
    #[serde(default)]
    pub module: Option<u16>,
    /// Keys of its practices.
    #[serde(default)]
    pub practices: Vec<Code>,
    /// What has to be there before.
    #[serde(default)]
    pub needs: BTreeSet<Need>,
    /// What is special about it.
    #[serde(default)]
    pub specials: BTreeSet<Special>,
}

impl SessionPlan {
    /// A session with a theme and nothing special.
    #[must_use]
    pub const fn new(n: u16, theme: Code) -> Self {
        Self {
            n,
            theme,
            module: None,
            practices: Vec::new(),
            needs: BTreeSet::new(),
            specials: BTreeSet::new(),
        }
    }

    /// The same, needing this.
    #[must_use]
    pub fn needing(mut self, need: Need) -> Self {
        self.needs.insert(need);
        self
    }

    /// The same, special in this way.
    #[must_use]
    pub fn special(mut self, special: Special) -> Self {
        self.specials.insert(special);
        self
    }

    /// The same, as a storms-of-life session with the figures of SH-06: at least 6 sessions held,
    /// supervision within 14 days.
    #[must_use]
    pub fn storms(self) -> Self {
        self.special(Special::Storms)
            .needing(Need::SessionsHeld { least: 6 })
            .needing(Need::SupervisionWithin { days: 14 })
    }

    fn faults(&self, expected: u16) -> Vec<SyllabusError> {
        let n = self.n;
        let mut faults = Vec::new();
        if n != expected {
            faults.push(SyllabusError::Number { n, expected });
        }
        for need in &self.needs {
            if let Need::SessionsHeld { least } = need
                && *least >= n
            {
                faults.push(SyllabusError::NeedsTooMany { n, least: *least });
            }
        }
        if self.specials.contains(&Special::Storms) && !self.is_guarded() {
            faults.push(SyllabusError::StormsUnguarded { n });
        }
        faults
    }

    fn is_guarded(&self) -> bool {
        let held = |need: &Need| matches!(need, Need::SessionsHeld { least: 1.. });
        let supervised = |need: &Need| matches!(need, Need::SupervisionWithin { .. });
        self.needs.iter().any(held) && self.needs.iter().any(supervised)
    }
}

/// How far a group has come: what the needs of a session are held against.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reached {
    /// Sessions held so far.
    pub held: u16,
    /// The day of the last supervision.
    pub supervised: Option<NaiveDate>,
    /// Modules taught so far.
    pub modules: BTreeSet<u16>,
    /// Timepoints at which measures were taken.
    pub measures: BTreeSet<Code>,
    /// Roles of people who can be reached during the session.
    pub reachable: BTreeSet<Code>,
}

impl Reached {
    /// Whether a need is met on a day. Supervision of a later day does not count.
    #[must_use]
    pub fn meets(&self, need: &Need, on: NaiveDate) -> bool {
        match need {
            Need::SessionsHeld { least } => self.held >= *least,
            Need::SupervisionWithin { days } => self.supervised.is_some_and(|last| {
                let until = last.checked_add_days(Days::new(u64::from(*days)));
                last <= on && until.is_none_or(|until| on <= until)
            }),
            Need::ModuleDone { module } => self.modules.contains(module),
            Need::MeasureTaken { timepoint } => self.measures.contains(timepoint),
            Need::Reachable { role } => self.reachable.contains(role),
        }
    }
}

/// Why sessions are not a syllabus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SyllabusError {
    /// A syllabus has sessions.
    #[error("a syllabus has at least one session")]
    Empty,
    /// Sessions are numbered from 1 in order.
    #[error("session {n} stands where {expected} is expected")]
    Number {
        /// The number found.
        n: u16,
        /// The number expected there.
        expected: u16,
    },
    /// A session asks for more sessions than come before it.
    #[error("session {n} needs {least} sessions held, but only {} come before it", n.saturating_sub(1))]
    NeedsTooMany {
        /// Which session.
        n: u16,
        /// How many it asks for.
        least: u16,
    },
    /// A storms session without sessions held before it or without recent supervision (SH-06).
    #[error(
        "session {n} opens storms of life without sessions held before it and recent supervision"
    )]
    StormsUnguarded {
        /// Which session.
        n: u16,
    },
    /// Two sessions are the last to join.
    #[error("sessions {first} and {second} are both the last to join")]
    LastToJoinTwice {
        /// The earlier one.
        first: u16,
        /// The later one.
        second: u16,
    },
}

/// A session that the syllabus does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no session {n}; the syllabus has {sessions}")]
pub struct UnknownSession {
    /// The number asked for.
    pub n: u16,
    /// How many sessions there are.
    pub sessions: usize,
}

/// The sessions of a group, week by week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Vec<SessionPlan>", into = "Vec<SessionPlan>")]
pub struct Syllabus {
    // Invariant: numbered from 1; storms are guarded; at most one session is the last to join.
    sessions: Vec<SessionPlan>,
}

impl Syllabus {
    /// A syllabus of these sessions.
    ///
    /// # Errors
    ///
    /// The first of [`faults`](Self::faults).
    pub fn new(sessions: Vec<SessionPlan>) -> Result<Self, SyllabusError> {
        match Self::faults(&sessions).into_iter().next() {
            Some(fault) => Err(fault),
            None => Ok(Self { sessions }),
        }
    }

    /// Everything that keeps sessions from being a syllabus, in reading order.
    #[must_use]
    pub fn faults(sessions: &[SessionPlan]) -> Vec<SyllabusError> {
        if sessions.is_empty() {
            return vec![SyllabusError::Empty];
        }
        let mut faults: Vec<_> =
            sessions.iter().zip(1..).flat_map(|(session, n)| session.faults(n)).collect();
        let mut last =
            sessions.iter().filter(|session| session.specials.contains(&Special::LastToJoin));
        if let (Some(first), Some(second)) = (last.next(), last.next()) {
            faults.push(SyllabusError::LastToJoinTwice { first: first.n, second: second.n });
        }
        faults
    }

    /// Its sessions, in order.
    #[must_use]
    pub fn sessions(&self) -> &[SessionPlan] {
        &self.sessions
    }

    /// The session of this number.
    #[must_use]
    pub fn session(&self, n: u16) -> Option<&SessionPlan> {
        self.sessions.iter().find(|session| session.n == n)
    }

    /// The last session at which somebody may still join, where the syllabus sets one.
    #[must_use]
    pub fn last_to_join(&self) -> Option<u16> {
        self.first_special(&Special::LastToJoin)
    }

    /// The session in which a timepoint's measures are due.
    #[must_use]
    pub fn measured_at(&self, timepoint: &Code) -> Option<u16> {
        self.first_special(&Special::MeasureDue { timepoint: timepoint.clone() })
    }

    /// What a session still needs on a day: what would be refused next Tuesday, asked today.
    ///
    /// # Errors
    ///
    /// [`UnknownSession`] where the syllabus has no such session.
    pub fn unmet(
        &self,
        n: u16,
        reached: &Reached,
        on: NaiveDate,
    ) -> Result<Vec<Need>, UnknownSession> {
        let session = self.session(n).ok_or(UnknownSession { n, sessions: self.sessions.len() })?;
        let unmet = session.needs.iter().filter(|need| !reached.meets(need, on));
        Ok(unmet.cloned().collect())
    }

    fn first_special(&self, special: &Special) -> Option<u16> {
        self.sessions
            .iter()
            .find(|session| session.specials.contains(special))
            .map(|session| session.n)
    }
}

impl TryFrom<Vec<SessionPlan>> for Syllabus {
    type Error = SyllabusError;
    fn try_from(sessions: Vec<SessionPlan>) -> Result<Self, SyllabusError> {
        Self::new(sessions)
    }
}

impl From<Syllabus> for Vec<SessionPlan> {
    fn from(syllabus: Syllabus) -> Self {
        syllabus.sessions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, d).expect("a day")
    }

    fn weeks() -> Vec<SessionPlan> {
        let mut weeks: Vec<_> = (1..=16).map(|n| SessionPlan::new(n, Code::of("theme"))).collect();
        weeks[2] = weeks[2].clone().special(Special::LastToJoin);
        weeks[7] = weeks[7].clone().special(Special::MeasureDue { timepoint: Code::of("t1") });
        weeks[8] = weeks[8].clone().storms();
        weeks
    }

    #[track_caller]
    fn check(held: u16, supervised: Option<u32>, on: u32, want: &[Need]) {
        let syllabus = Syllabus::new(weeks()).expect("sound");
        let reached = Reached { held, supervised: supervised.map(day), ..Reached::default() };
        assert_eq!(syllabus.unmet(9, &reached, day(on)).as_deref(), Ok(want));
    }

    #[test]
    fn storms_wait_for_six_sessions_and_recent_supervision() {
        let sessions = Need::SessionsHeld { least: 6 };
        let supervision = Need::SupervisionWithin { days: 14 };
        check(6, Some(1), 15, &[]);
        check(5, Some(1), 15, std::slice::from_ref(&sessions));
        check(6, Some(1), 16, std::slice::from_ref(&supervision));
        check(6, Some(16), 15, std::slice::from_ref(&supervision));
        check(0, None, 15, &[sessions, supervision]);
    }

    #[test]
    fn a_syllabus_says_when_joining_ends_and_measures_are_due() {
        let syllabus = Syllabus::new(weeks()).expect("sound");
        assert_eq!(syllabus.last_to_join(), Some(3));
        assert_eq!(syllabus.measured_at(&Code::of("t1")), Some(8));
        assert_eq!(syllabus.measured_at(&Code::of("t2")), None);
        let unknown = syllabus.unmet(17, &Reached::default(), day(1));
        assert_eq!(unknown, Err(UnknownSession { n: 17, sessions: 16 }));
    }

    #[test]
    fn storms_are_never_left_unguarded() {
        #[track_caller]
        fn check(change: impl FnOnce(&mut Vec<SessionPlan>), want: &[SyllabusError]) {
            let mut sessions = weeks();
            change(&mut sessions);
            assert_eq!(Syllabus::faults(&sessions), want);
            assert_eq!(Syllabus::new(sessions).err().as_ref(), want.first());
        }
        check(|_| {}, &[]);
        check(
            |weeks| weeks[8].needs.retain(|need| matches!(need, Need::SessionsHeld { .. })),
            &[SyllabusError::StormsUnguarded { n: 9 }],
        );
        check(
            |weeks| weeks[5] = weeks[5].clone().storms(),
            &[SyllabusError::NeedsTooMany { n: 6, least: 6 }],
        );
        check(|weeks| weeks.clear(), &[SyllabusError::Empty]);
        check(
            |weeks| weeks[3] = weeks[3].clone().special(Special::LastToJoin),
            &[SyllabusError::LastToJoinTwice { first: 3, second: 4 }],
        );
        check(|weeks| drop(weeks.remove(14)), &[SyllabusError::Number { n: 16, expected: 15 }]);
    }

    #[test]
    fn every_kind_of_need_is_met_by_its_own_evidence() {
        let needs = [
            Need::ModuleDone { module: 3 },
            Need::MeasureTaken { timepoint: Code::of("t0") },
            Need::Reachable { role: Code::of("supervisor") },
        ];
        let reached = Reached {
            modules: [3].into(),
            measures: [Code::of("t0")].into(),
            reachable: [Code::of("supervisor")].into(),
            ..Reached::default()
        };
        for need in &needs {
            assert!(reached.meets(need, day(1)), "{need:?}");
            assert!(!Reached::default().meets(need, day(1)), "{need:?}");
        }
    }
}

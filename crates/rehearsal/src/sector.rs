//! One sector of the social healing program, as the program remembers it.

use std::collections::BTreeSet;

use circle_model::{Decision, GroupEvent, LeaveReason};
use circlekeeper::{Keeper, KeeperError, Surroundings, UnitFile, WaitReason, gates};
use commons::{Code, MemberId, UnitId};
use event_log::EventLog;
use outcomes::{Measures, Wave, stats::Moments};
use safety_protocols::Severity;
use serde::Serialize;

use crate::{RehearsalError, counts::uuid_of};

/// What became of some groups.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Sector {
    /// Groups.
    pub groups: u64,
    /// People who were seated.
    pub people: u64,
    /// Assistants who led.
    pub assistants: u64,
    /// People measured at the start.
    pub measured_before: u64,
    /// People who declined to be measured at the start.
    pub declined_before: u64,
    /// People measured at the end.
    pub measured_after: u64,
    /// Sessions held.
    pub sessions: u64,
    /// Places that could have been filled.
    pub possible: u64,
    /// Places filled.
    pub attended: u64,
    /// People who completed: twelve sessions or more.
    pub completed: u64,
    /// People who came to the end and did not complete.
    pub not_completed: u64,
    /// People who dropped out.
    pub dropped_out: u64,
    /// People refused because they came too late, and put on the list.
    pub refused_late: u64,
    /// Emergencies.
    pub emergencies: u64,
    /// Emergencies that are closed.
    pub emergencies_closed: u64,
    /// Referrals.
    pub referrals: u64,
    /// Referrals that were attended, and their loop closed.
    pub referrals_attended: u64,
    /// Volunteers of each group that goes on as a savings group.
    pub savings: Vec<u64>,
    /// Groups that were offered another one.
    pub merges_offered: u64,
    /// PHQ-9 of people measured twice.
    pub phq9: Paired,
}

/// Totals of people measured twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Paired {
    /// How many people.
    pub people: u64,
    /// Mean before, in points.
    pub before: f64,
    /// Standard deviation before (n - 1).
    pub before_sd: f64,
    /// Mean after, in points.
    pub after: f64,
    /// Standard deviation after (n - 1).
    pub after_sd: f64,
}

impl Sector {
    /// Reads these groups back. Works locked.
    ///
    /// # Errors
    ///
    /// Whatever the store says.
    pub fn read<L: EventLog, S: Surroundings>(
        keeper: &mut Keeper<L, S>,
        units: &[UnitId],
    ) -> Result<Self, RehearsalError> {
        let mut sector = Self::default();
        let (mut before, mut after) = (Moments::default(), Moments::default());
        let mut leaders = BTreeSet::new();
        for unit in units {
            let file = keeper.unit(*unit)?;
            sector.take_group(&file);
            sector.take_care(&file);
            if let Some(on) = file.group.opened_on() {
                leaders.extend(gates::facilitators(&file, on));
            }
            for stay in file.group.roster().stays() {
                let member = keeper.member(stay.member)?;
                sector.take_measures(&member.measures, &mut before, &mut after);
            }
        }
        sector.assistants = leaders.len() as u64;
        sector.take_late(keeper, units)?;
        let figures = |moments: &Moments| {
            moments.mean().map_or((0.0, 0.0), |mean| (mean.mean, mean.sd.unwrap_or(0.0)))
        };
        let ((before, before_sd), (after, after_sd)) = (figures(&before), figures(&after));
        sector.phq9 = Paired { before, before_sd, after, after_sd, ..sector.phq9 };
        Ok(sector)
    }

    fn take_group(&mut self, file: &UnitFile) {
        let meetings = file.meetings();
        let delivery = meetings.delivery();
        self.groups += 1;
        self.sessions += u64::from(delivery.held);
        self.possible += u64::from(delivery.possible);
        self.attended += u64::from(delivery.attended);
        let roster = file.group.roster();
        let members: BTreeSet<MemberId> = roster.stays().iter().map(|stay| stay.member).collect();
        self.people += members.len() as u64;
        let mut stopped = BTreeSet::new();
        for (_, fact) in file.group.facts() {
            if let GroupEvent::Left { member, why: LeaveReason::StoppedComing, .. } = fact {
                stopped.insert(*member);
            } else if let GroupEvent::Decided { what: Decision::Continue { .. }, agreed, .. } = fact
            {
                self.savings.push(agreed.len() as u64);
            } else if let GroupEvent::Decided { what: Decision::Merge { .. }, .. } = fact {
                self.merges_offered += 1;
            }
        }
        for member in members {
            if stopped.contains(&member) {
                self.dropped_out += 1;
            } else if meetings.completed(member) {
                self.completed += 1;
            } else {
                self.not_completed += 1;
            }
        }
    }

    fn take_care(&mut self, file: &UnitFile) {
        for matter in file.matters.values() {
            if matter.severity() == Some(Severity::S1) {
                self.emergencies += 1;
                self.emergencies_closed += u64::from(matter.is_closed());
            }
        }
        self.referrals += file.referrals.len() as u64;
        let closed = file.referrals.values().filter(|referral| referral.loop_is_closed());
        self.referrals_attended += closed.count() as u64;
    }

    fn take_measures(&mut self, measures: &Measures, before: &mut Moments, after: &mut Moments) {
        let phq9 = Code::of("phq-9");
        let points = |wave: Wave<'_>| match wave {
            Wave::Measured(_, sheet) => sheet.total.points().map(outcomes::Points::to_f64),
            Wave::Declined(_) | Wave::Undecided | Wave::Missing => None,
        };
        let first = measures.wave(&phq9, &Code::of("t0"));
        self.declined_before += u64::from(matches!(first, Wave::Declined(_)));
        let (one, two) = (points(first), points(measures.wave(&phq9, &Code::of("t2"))));
        self.measured_before += u64::from(one.is_some());
        self.measured_after += u64::from(two.is_some());
        if let (Some(one), Some(two)) = (one, two) {
            self.phq9.people += 1;
            before.push(one);
            after.push(two);
        }
    }

    fn take_late<L: EventLog, S: Surroundings>(
        &mut self,
        keeper: &mut Keeper<L, S>,
        units: &[UnitId],
    ) -> Result<(), RehearsalError> {
        let waits = keeper.log().read_kind("member.wait_listed").map_err(KeeperError::store)?;
        let waiting: BTreeSet<MemberId> = waits.events.iter().map(uuid_of).collect();
        for member in waiting {
            let late = keeper.member(member)?.waits.values().any(|(why, unit)| {
                *why == WaitReason::TooLate && unit.is_some_and(|unit| units.contains(&unit))
            });
            self.refused_late += u64::from(late);
        }
        Ok(())
    }
}

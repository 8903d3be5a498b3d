//! What is known when a group enters a phase, or ends.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use circle_model::{Condition, Decision, Evidence};
use commons::{Code, MemberId, UnitId};
use event_log::EventLog;
use safety_protocols::{Requirement, Severity, Verdict};

use super::looked_at;
use crate::{Keeper, KeeperError, Surroundings, UnitFile};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Whether grave matters of the unit are open (U-08).
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn closing_gate(&mut self, unit: UnitId) -> Result<Verdict, KeeperError> {
        let file = self.unit(unit)?;
        let raised = self.raised_in(unit)?;
        let grave = file
            .matters
            .values()
            .chain(&raised)
            .filter(|matter| !matter.is_closed())
            .filter_map(safety_protocols::Matter::severity);
        let open = grave.filter(|severity| severity.is_urgent()).count();
        let missing = u32::try_from(open).ok().filter(|open| *open > 0);
        let wanted = Requirement {
            missing,
            ..looked_at("U-08", "open_matters", "close_matters", "supervisor", open == 0)
        };
        Ok(Verdict::of([wanted], &[], None))
    }

    /// What is known when a phase is to be entered: what the store knows, and what the caller adds
    /// (signatures, modules of a class, an election).
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn evidence(
        &mut self,
        unit: UnitId,
        phase: &Code,
        more: &Evidence,
        on: NaiveDate,
    ) -> Result<Evidence, KeeperError> {
        let file = self.unit(unit)?;
        let meetings = file.meetings();
        let roster = file.group.roster();
        let delivery = meetings.delivery();
        let (distinct_facilitators, least_led) = meetings.led(on);
        let reviewed = file.group.reviewed();
        let began = file.group.phase().and_then(|phase| file.group.entered(&phase.id));
        let raised = self.raised_in(unit)?;
        let gravest = file
            .matters
            .values()
            .chain(&raised)
            .filter(|matter| !matter.is_closed())
            .filter_map(safety_protocols::Matter::severity)
            .filter(|severity| *severity != Severity::S0)
            .max();
        let percent = delivery.attended * 100;
        let days = |since: NaiveDate| u16::try_from((on - since).num_days()).unwrap_or(0);
        Ok(Evidence {
            sessions_held: delivery.held,
            without_consent: u16::try_from(self.without_consent(&file, on)?).unwrap_or(u16::MAX),
            attendance_percent: percent
                .checked_div(delivery.possible)
                .and_then(|percent| u8::try_from(percent).ok()),
            members: roster.count(on),
            roles_present: began
                .map(|began| meetings.roles_present_since(began).into_iter().collect())
                .unwrap_or_default(),
            distinct_facilitators,
            least_led,
            gravest_open: gravest.map(|severity| severity.code()),
            vote: file.group.vote(&Decision::EnterPhase { phase: phase.clone() }),
            days_in_phase: began.map_or(0, days),
            measured: self.measured(&file, on)?,
            documents: file
                .group
                .agreement()
                .into_iter()
                .flat_map(|_| [Code::of("agreement"), Code::of("ground_rules")])
                .chain(more.documents.iter().cloned())
                .collect(),
            without_review: u16::try_from(
                roster.seated(on).filter(|stay| !reviewed.contains(&stay.member)).count(),
            )
            .unwrap_or(u16::MAX),
            supervised_days_ago: file.supervision.last_held(on).map(days),
            on,
            ..more.clone()
        })
    }

    /// The share of members with a sheet or a recorded refusal, at each timepoint the plan names.
    fn measured(&mut self, file: &UnitFile, on: NaiveDate) -> Result<Vec<(Code, u8)>, KeeperError> {
        let Some(terms) = file.group.terms() else { return Ok(Vec::new()) };
        let conditions = terms
            .get()
            .plan
            .phases()
            .iter()
            .flat_map(|phase| phase.entry.iter().chain(&phase.exit));
        let timepoints: BTreeSet<&Code> = conditions
            .filter_map(|condition| {
                if let Condition::MeasureCollected { timepoint, .. } = condition {
                    Some(timepoint)
                } else {
                    None
                }
            })
            .collect();
        let members: Vec<MemberId> =
            file.group.roster().seated(on).map(|stay| stay.member).collect();
        let mut shares = Vec::new();
        for timepoint in timepoints {
            let mut answered = 0_usize;
            for member in &members {
                let measures = &self.member(*member)?.measures;
                if measures.answered(timepoint) {
                    answered += 1;
                }
            }
            let percent = (answered * 100)
                .checked_div(members.len())
                .and_then(|percent| u8::try_from(percent).ok());
            shares.push((timepoint.clone(), percent.unwrap_or(0)));
        }
        Ok(shares)
    }
}

//! The end: who completed, which groups go on as savings groups, which matters are still open.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use circle_model::{CloseReason, Decision, Evidence};
use circlekeeper::{KeeperError, gates::GoingOn};
use commons::{Code, MemberId, Rule};
use event_log::EventLog;
use safety_protocols::{SupervisionEvent, Unmet};

use super::{Circle, Play, SECTOR};
use crate::{RehearsalError, marks::SESSIONS, stage::later};

/// How many of each group of the first sector choose to go on.
const VOLUNTEERS: [usize; SECTOR] = [17, 19, 20, 16, 18, 8];
/// How many are elected.
const COMMITTEE: usize = 5;
const SAVINGS: Code = Code::of("savings-group");

impl<L: EventLog> Play<'_, L> {
    /// After the last session: groups choose to go on, or end. Where a grave matter is open they
    /// wait until it is closed, four weeks at most.
    pub(super) fn end(&mut self) -> Result<(), RehearsalError> {
        let circles = std::mem::take(&mut self.circles);
        let day = self.calendar.week(SESSIONS + 1);
        let last = later(day, 28);
        self.diary.catch_up(&mut self.stage, day)?;
        let mut waiting = Vec::new();
        for (done, circle) in circles.iter().enumerate() {
            self.stage.tell("end", done, circles.len());
            self.stage.go_to(day, 10);
            let goes_on = self.go_on(circle, &circles, day)?;
            if !self.close(circle, goes_on.as_ref(), day)? {
                waiting.push((circle, goes_on));
            }
        }
        self.diary.catch_up(&mut self.stage, last)?;
        self.stage.go_to(last, 10);
        for (circle, goes_on) in waiting {
            self.close(circle, goes_on.as_ref(), last)?;
        }
        self.stage.tell("end", circles.len(), circles.len());
        self.circles = circles;
        Ok(())
    }

    /// Ten volunteers, an elected committee and a constitution make a savings group (SH-09); a
    /// group with fewer is offered another one.
    fn go_on(
        &mut self,
        circle: &Circle,
        circles: &[Circle],
        on: NaiveDate,
    ) -> Result<Option<Evidence>, RehearsalError> {
        let file = self.stage.keeper.unit(circle.unit)?;
        let seated: Vec<MemberId> =
            file.group.roster().seated(on).map(|stay| stay.member).collect();
        let chosen = VOLUNTEERS.get(circle.number).copied();
        let chosen = chosen.unwrap_or_else(|| 6 + self.stage.chance.below(seated.len()));
        let volunteers: BTreeSet<MemberId> = seated.iter().take(chosen).copied().collect();
        let committee: BTreeSet<MemberId> = volunteers.iter().take(COMMITTEE).copied().collect();
        let count = |people: &BTreeSet<_>| u16::try_from(people.len()).unwrap_or(u16::MAX);
        let evidence = Evidence {
            volunteers: count(&volunteers),
            committee: count(&committee),
            documents: vec![Code::of("constitution")],
            ..Evidence::default()
        };
        let file = self.stage.keeper.program()?;
        let constitution = file.document(self.constitution).is_some();
        let going = GoingOn { model: SAVINGS, volunteers, committee, constitution };
        match self.stage.keeper.go_on_as(circle.unit, &going, on) {
            Ok(_) => Ok(Some(evidence)),
            Err(KeeperError::Gate { unmet }) if all_of(&unmet, "SH-09") => {
                self.offer_merge(circle, circles, &going, on)?;
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn offer_merge(
        &mut self,
        circle: &Circle,
        circles: &[Circle],
        going: &GoingOn,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let neighbor = circles.iter().find(|other| other.number + 1 == circle.number);
        let Some(with) = neighbor.map(|other| other.unit) else { return Ok(()) };
        let offered = Decision::Merge { with };
        let (present, agreed) = (&going.volunteers, &going.volunteers);
        self.stage.keeper.decided(circle.unit, &offered, present, agreed, on)?;
        Ok(())
    }

    /// A group ends, and its supervision with it. Says `false` where a grave matter is open (U-08).
    fn close(
        &mut self,
        circle: &Circle,
        goes_on: Option<&Evidence>,
        on: NaiveDate,
    ) -> Result<bool, RehearsalError> {
        if !self.stage.keeper.closing_gate(circle.unit)?.passes() {
            return Ok(false);
        }
        if let Some(evidence) = goes_on {
            self.enter(circle.unit, Code::of("self_help"), evidence.clone(), on)?;
        }
        let why = if goes_on.is_some() { CloseReason::WentOn } else { CloseReason::Completed };
        self.stage.keeper.close_group(circle.unit, why, on)?;
        let file = self.stage.keeper.unit(circle.unit)?;
        for (arrangement, fact) in file.supervision.facts().live() {
            if let SupervisionEvent::Arranged { .. } = fact {
                let ended = SupervisionEvent::Ended { arrangement, on };
                self.stage.keeper.record_supervision(circle.unit, &ended)?;
            }
        }
        Ok(true)
    }
}

fn all_of(unmet: &[Unmet], rule: &'static str) -> bool {
    unmet.iter().all(|unmet| unmet.rule == Rule::of(rule))
}

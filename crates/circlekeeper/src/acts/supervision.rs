//! Supervision of a unit.

use chrono::NaiveDate;
use commons::{Fact as _, MemberId, Standing, UnitId};
use event_log::EventLog;
use safety_protocols::{Arrangement, Load, PeerLeadPlan, Supervision, SupervisionEvent};

use crate::{
    DocumentKind, Fact, Keeper, KeeperError, Surroundings, gates::PlanAsRecord, keeper::Saying,
};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Names who stands by a unit, and how often they meet its facilitators (SV-01, SH-02). Says
    /// whether the supervisor then carries much (SV-05).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] without a deputy, where it is looser than the phase asks for
    /// (SV-15), where the supervisor facilitates the group themselves, or would see more people
    /// than they can without a plan (SV-05); [`KeeperError::NotFound`], [`KeeperError::Locked`],
    /// [`KeeperError::Store`].
    pub fn arrange_supervision(
        &mut self,
        unit: UnitId,
        supervisor: MemberId,
        deputy: MemberId,
        arrangement: Arrangement,
        from: NaiveDate,
    ) -> Result<Load, KeeperError> {
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(unit, reads)?;
            let led_by = crate::gates::facilitators(&file, from);
            if led_by.contains(&supervisor) || led_by.contains(&deputy) {
                return Err(KeeperError::refused(crate::gates::SupervisorLeads));
            }
            let mut load = Load::Light;
            if !led_by.is_empty() {
                let seen = keeper.supervisees(supervisor, from)?.union(&led_by).copied().collect();
                load = keeper.supervision_load(supervisor, &seen)?;
            }
            let asks = keeper.phase_asks(&file)?;
            let event = file
                .supervision
                .arrange(supervisor, deputy, arrangement, from, &asks)
                .map_err(KeeperError::refused)?;
            Ok((Saying::new(unit, Fact::Supervision(event)), load))
        })
    }

    /// Records a supervisor's plan in which senior assistants lead peer supervision (SV-05), in
    /// place of that supervisor's earlier one.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn plan_peer_leads(&mut self, plan: &PeerLeadPlan) -> Result<(), KeeperError> {
        let earlier = self.peer_lead_plan(plan.supervisor)?.map(|(event, _)| event);
        let cites = earlier.into_iter().collect();
        let bytes = serde_json::to_vec(plan)?;
        self.adopt_in_place_of(DocumentKind::PeerLeadPlan, &bytes, &cites)?;
        Ok(())
    }

    /// Records supervision that took place, an observation, or an offer. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] for a plan, which is [arranged](Self::arrange_supervision);
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn record_supervision(
        &mut self,
        unit: UnitId,
        event: &SupervisionEvent,
    ) -> Result<(), KeeperError> {
        if event.standing() == Standing::Plan {
            return Err(KeeperError::refused(PlanAsRecord));
        }
        self.decide(|keeper, reads| {
            keeper.unit_read(unit, reads)?;
            Ok((Saying::new(unit, Fact::Supervision(event.clone())), ()))
        })
    }

    /// The supervision of a unit.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn supervision(&mut self, unit: UnitId) -> Result<Supervision, KeeperError> {
        Ok(self.unit(unit)?.supervision.clone())
    }
}

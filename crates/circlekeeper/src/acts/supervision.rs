//! Supervision of a unit.

use chrono::NaiveDate;
use commons::{MemberId, UnitId};
use event_log::EventLog;
use safety_protocols::{Arrangement, Supervision, SupervisionEvent};

use crate::{Fact, Keeper, KeeperError, Surroundings, keeper::Saying};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Names who stands by a unit, and how often they meet its facilitators (SV-01, SH-02).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] without a deputy, or where the supervisor facilitates the group
    /// themselves, or would see more people than they can without a plan (SV-05); [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn arrange_supervision(
        &mut self,
        unit: UnitId,
        supervisor: MemberId,
        deputy: MemberId,
        arrangement: Arrangement,
        from: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(unit, reads)?;
            let led_by = crate::gates::facilitators(&file, from);
            if led_by.contains(&supervisor) || led_by.contains(&deputy) {
                return Err(KeeperError::refused(crate::gates::SupervisorLeads));
            }
            if !led_by.is_empty() {
                let seen = keeper.supervisees(supervisor, from)?.union(&led_by).count();
                keeper.supervision_load(u16::try_from(seen).unwrap_or(u16::MAX))?;
            }
            let event = file
                .supervision
                .arrange(supervisor, deputy, arrangement, from)
                .map_err(KeeperError::refused)?;
            Ok((Saying::new(unit, Fact::Supervision(event)), ()))
        })
    }

    /// Records supervision that took place, an observation, or an offer.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn record_supervision(
        &mut self,
        unit: UnitId,
        event: &SupervisionEvent,
    ) -> Result<(), KeeperError> {
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

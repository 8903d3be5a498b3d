//! Consent: given, refused, withdrawn.

use chrono::{DateTime, Utc};
use commons::{EventSet, MemberId, ServiceId, UnitId};
use event_log::EventLog;
use safety_protocols::{Consent, ConsentEvent, Proof, Scope, ShelfLife};

use crate::{
    Fact, Keeper, KeeperError, Surroundings,
    keeper::{Reads, Saying},
};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Records consent of people to scopes, as one reading aloud: each answers for themselves.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where a withdrawal stands that was not named, or a word nobody
    /// witnessed; [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn give_consent(
        &mut self,
        people: &[MemberId],
        unit: Option<UnitId>,
        scopes: &[Scope],
        proof: &Proof,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let mut sayings = Vec::new();
            for member in people {
                let file = keeper.member_read(*member, reads)?;
                for scope in scopes {
                    let given = file.consent.give(
                        scope.clone(),
                        proof.clone(),
                        at,
                        ShelfLife::LONGEST,
                        EventSet::new(),
                    );
                    sayings.push(about(*member, unit, given.map_err(KeeperError::refused)?));
                }
            }
            Ok((sayings, ()))
        })
    }

    /// Gives consent again after a withdrawal or a refusal, naming each that stands.
    ///
    /// # Errors
    ///
    /// As [`give_consent`](Self::give_consent).
    pub fn give_consent_again(
        &mut self,
        member: MemberId,
        unit: Option<UnitId>,
        scope: &Scope,
        proof: &Proof,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let consent = &keeper.member_read(member, reads)?.consent;
            let cites = consent.restrictions(scope, at);
            let given = consent.give(scope.clone(), proof.clone(), at, ShelfLife::LONGEST, cites);
            Ok((about(member, unit, given.map_err(KeeperError::refused)?), ()))
        })
    }

    /// Records a withdrawal. Never refused, no reason asked.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn withdraw_consent(
        &mut self,
        member: MemberId,
        unit: Option<UnitId>,
        scope: &Scope,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.decide(|_, _| Ok((about(member, unit, Consent::withdraw(scope.clone(), at)), ())))
    }

    /// Records a no. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn refuse_consent(
        &mut self,
        member: MemberId,
        unit: Option<UnitId>,
        scope: &Scope,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.decide(|_, _| Ok((about(member, unit, Consent::refuse(scope.clone(), at)), ())))
    }

    /// The release under which a service may be told of a member, where one is in force; a new one for 30 days otherwise.
    pub(crate) fn release_to(
        &mut self,
        member: MemberId,
        service: ServiceId,
        at: DateTime<Utc>,
        reads: &mut Reads,
    ) -> Result<(commons::EventId, Option<Saying>), KeeperError> {
        let consent = &self.member_read(member, reads)?.consent.clone();
        if let Some(release) = consent.released(service, at) {
            return Ok((release, None));
        }
        let items = [commons::Code::of("contact"), commons::Code::of("reason")].into();
        let released = consent
            .release(service, items, commons::Code::of("referral"), at, 30)
            .map_err(KeeperError::refused)?;
        let id = self.world.event_id();
        let mut saying = about(member, None, released);
        saying.id = Some(id);
        Ok((id, Some(saying)))
    }
}

fn about(member: MemberId, unit: Option<UnitId>, event: ConsentEvent) -> Saying {
    let saying = Saying::new(member, Fact::Consent(event));
    unit.map_or(saying.clone(), |unit| saying.and(unit))
}

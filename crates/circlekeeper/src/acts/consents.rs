//! Consent: given, refused, withdrawn.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use commons::{Code, EventSet, MemberId, ServiceId, UnitId};
use event_log::EventLog;
use safety_protocols::{Consent, ConsentEvent, Proof, Scope, ShelfLife};

use crate::{Fact, Keeper, KeeperError, Surroundings, keeper::Saying};

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
            let life = keeper.shelf_life()?;
            for member in people {
                let file = keeper.member_read(*member, reads)?;
                for scope in scopes {
                    let given =
                        file.consent.give(scope.clone(), proof.clone(), at, life, EventSet::new());
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
            let life = keeper.shelf_life()?;
            let consent = &keeper.member_read(member, reads)?.consent;
            let cites = consent.restrictions(scope, at);
            let given = consent.give(scope.clone(), proof.clone(), at, life, cites);
            Ok((about(member, unit, given.map_err(KeeperError::refused)?), ()))
        })
    }

    /// How long a consent lasts under the rules in force (CO-11).
    pub(super) fn shelf_life(&mut self) -> Result<ShelfLife, KeeperError> {
        let books = self.program()?.rulebooks_in_force();
        Ok(books.iter().map(|book| ShelfLife::of(book)).min().unwrap_or(ShelfLife::LONGEST))
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

    /// Records what a member released to one service: these items, for this purpose, until that
    /// day, as it was put to them (CO-05).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] without their consent to be referred there, without items, or for
    /// too long; [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn release(
        &mut self,
        member: MemberId,
        unit: Option<UnitId>,
        release: &Release,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let Release { receiver, items, purpose, days } = release.clone();
            let consent = &keeper.member_read(member, reads)?.consent;
            let released = consent.release(receiver, items, purpose, at, days);
            Ok((about(member, unit, released.map_err(KeeperError::refused)?), ()))
        })
    }
}

/// What a member lets one service know, in whose words it was put to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The service.
    pub receiver: ServiceId,
    /// What it is told, item by item.
    pub items: BTreeSet<Code>,
    /// What for.
    pub purpose: Code,
    /// For how many days from then, 90 at most.
    pub days: u16,
}

fn about(member: MemberId, unit: Option<UnitId>, event: ConsentEvent) -> Saying {
    let saying = Saying::new(member, Fact::Consent(event));
    unit.map_or(saying.clone(), |unit| saying.and(unit))
}

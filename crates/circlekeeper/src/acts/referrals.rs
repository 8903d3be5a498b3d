//! Referrals, to the end of the loop.

use chrono::{DateTime, NaiveDate, Utc};
use commons::{Code, DataClass, Fact as _, MemberId, ReferralId, ServiceId, Standing, UnitId};
use event_log::EventLog;
use safety_protocols::{Assurance, AssuranceLimits, HandOff, HelpBy, Referral, ReferralEvent};

use crate::{
    Asking, Fact, Keeper, KeeperError, Link, MemberLink, ProgramFile, Surroundings, ToSeal,
    gates::PlanAsRecord, keeper::Saying,
};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Refers a member to a service: drafted and requested in one save, under the release that the
    /// member gave to it (RF-01, RF-02). In an emergency help comes first: without a release, to any
    /// service, and the open event shows it.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where the service was not checked for too long or nothing was
    /// [released](Self::release), [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn refer(
        &mut self,
        member: MemberId,
        unit: Option<UnitId>,
        service: ServiceId,
        urgency: HelpBy,
        at: DateTime<Utc>,
    ) -> Result<ReferralId, KeeperError> {
        let program = self.program_id();
        let zone = self.founded()?.zone;
        self.decide(|keeper, reads| {
            let on: NaiveDate = at.with_timezone(&zone).date_naive();
            let directory: std::sync::Arc<ProgramFile> = keeper.file(program, reads)?;
            let missing = || KeeperError::NotFound { what: "service", id: service.short() };
            let listed = directory.services.get(&service).ok_or_else(missing)?;
            let books = directory.rulebooks_in_force().into_iter();
            let assurances = books.map(|book| listed.assurance(on, AssuranceLimits::of(&book)));
            let assurance = assurances.max().unwrap_or(Assurance::Refused { days: None });
            let category =
                listed.categories().first().map_or(Code::of("other"), |code| (*code).clone());
            let known = keeper.member_read(member, reads)?;
            let owner = known.key.ok_or_else(missing)?;
            let release = known.consent.released(service, at);
            let hand_off = if urgency >= HelpBy::Urgent { HandOff::Warm } else { HandOff::Cold };

            let referral: ReferralId = keeper.world.id();
            let mut draft = Referral::default();
            let drafted = Referral::draft(category, urgency, at);
            commons::Aggregate::apply(&mut draft, keeper.world.event_id(), &drafted);
            let requested = draft
                .request(service, release, assurance, hand_off, at)
                .map_err(KeeperError::refused)?;
            let say = |event| {
                let saying = Saying::new(referral, Fact::Referral(event)).and(program);
                unit.map_or(saying.clone(), |unit| saying.and(unit))
            };
            let words = ToSeal::new(owner, DataClass::Referral, &MemberLink { member })?;
            Ok((vec![say(drafted).sealing(words), say(requested)], referral))
        })
    }

    /// Records what became of a referral: accepted, contact made, not shown up, declined, said to help.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] for a plan, which has a method of its own; [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn referral_went(
        &mut self,
        referral: ReferralId,
        event: &ReferralEvent,
    ) -> Result<(), KeeperError> {
        if event.standing() == Standing::Plan {
            return Err(KeeperError::refused(PlanAsRecord));
        }
        self.in_referral(referral, |_| Ok(event.clone()))
    }

    /// Lets a referral go on that waited or was stopped, naming each stop that it lifts.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where nothing stands in its way, [`KeeperError::Locked`],
    /// [`KeeperError::Store`].
    pub fn resume_referral(
        &mut self,
        referral: ReferralId,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.in_referral(referral, |file| file.resume(at).map_err(KeeperError::refused))
    }

    /// Completes a referral, with the service's outcome and the member's own word (RF-08, RF-09).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] while the loop is open, [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn complete_referral(
        &mut self,
        referral: ReferralId,
        outcome: &Code,
        at: DateTime<Utc>,
    ) -> Result<(), KeeperError> {
        self.in_referral(referral, |file| {
            file.complete(Some(outcome.clone()), at).map_err(KeeperError::refused)
        })
    }

    fn in_referral(
        &mut self,
        referral: ReferralId,
        decision: impl Fn(&Referral) -> Result<ReferralEvent, KeeperError>,
    ) -> Result<(), KeeperError> {
        let program = self.program_id();
        self.decide(|keeper, reads| {
            let file: std::sync::Arc<crate::ReferralFile> = keeper.file(referral, reads)?;
            let event = decision(&file.referral)?;
            let saying = Saying::new(referral, Fact::Referral(event)).and(program);
            let saying = file.unit.map_or(saying.clone(), |unit: UnitId| saying.and(unit));
            Ok((saying, ()))
        })
    }

    /// Who is referred, for somebody who may know, where it can be read.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::NotFound`], [`KeeperError::Store`], [`KeeperError::Seal`].
    pub fn referred(
        &mut self,
        asking: &Asking,
        referral: ReferralId,
    ) -> Result<commons::Private<MemberLink>, KeeperError> {
        self.may_read(asking, DataClass::Referral)?;
        let reading = self.log.read(referral.into()).map_err(KeeperError::store)?;
        let missing = || KeeperError::NotFound { what: "referral", id: referral.short() };
        let drafted = reading.events.first().ok_or_else(missing)?;
        self.words(drafted, DataClass::Referral)
    }

    /// Which person an enrolment is of, for somebody who may know, where it can be read.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::NotFound`], [`KeeperError::Store`],
    /// [`KeeperError::Seal`].
    pub fn person_of(
        &mut self,
        asking: &Asking,
        member: MemberId,
    ) -> Result<commons::Private<Link>, KeeperError> {
        self.may_read(asking, DataClass::Identity)?;
        self.linked(member)
    }

    pub(crate) fn linked(
        &mut self,
        member: MemberId,
    ) -> Result<commons::Private<Link>, KeeperError> {
        let missing = || KeeperError::NotFound { what: "member", id: member.short() };
        let event = self.member(member)?.link.clone().ok_or_else(missing)?;
        self.words(&event, DataClass::Identity)
    }
}

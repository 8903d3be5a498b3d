//! What is due: the events of every room, told to the rules as neutral occurrences.
//!
//! Invariant: a duty never vanishes. Whatever could have opened one is told for good, mistakes
//! taken back included; where what is known now shows that nothing called for it, the opening
//! answers itself ([`evidence::CORRECTED`](safety_protocols::evidence::CORRECTED)).

mod absence;
mod ahead;
mod group;
mod pins;
mod stays;

use std::collections::BTreeMap;

use commons::{Code, EventId, MatterId, MemberId, ReferralId, UnitId};
use event_log::EventLog;
use safety_protocols::{
    Circumstances, Decider, Moments, Obligation, Occurrence, PhaseAsks, Subject, attribute, noon,
    schedule,
};

pub(crate) use self::ahead::session_times;
use self::{ahead::Ahead, stays::Stays};
use crate::{
    Fact, Keeper, KeeperError, MatterFile, MemberFile, ProgramEvent, ReferralFile, Surroundings,
    UnitFile, files::File, keeper::Saying,
};

/// A unit as the rules see it: under which terms it meets, what its phases ask for, and what it has planned.
struct Place {
    here: Circumstances,
    asks: PhaseAsks,
    ahead: Ahead,
}

impl Place {
    /// Tells occurrences the moments that this unit has planned.
    fn looking_ahead(&self, mut told: Vec<Occurrence>) -> Vec<Occurrence> {
        for one in &mut told {
            let agreed_by = one.circumstances.moments.agreed_by;
            let moments = self.ahead.moments(one.known_at, &self.asks);
            one.circumstances.moments = Moments { agreed_by, ..moments };
        }
        told
    }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Every duty that anything in the program has opened, met or not. Works locked: no rule looks
    /// inside a sealed part.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn duties(&mut self) -> Result<Vec<Obligation>, KeeperError> {
        let occurrences = self.occurrences()?;
        let rulebooks = self.program()?.rulebooks();
        // Two people can miss the same session, and one of them coming back answers nothing for the
        // other: what is about a member is scheduled for each alone.
        let mut apart: BTreeMap<Option<MemberId>, Vec<Occurrence>> = BTreeMap::new();
        for occurrence in occurrences {
            let member =
                if let Subject::Member(member) = occurrence.subject { Some(member) } else { None };
            apart.entry(member).or_default().push(occurrence);
        }
        let mut duties: Vec<_> =
            apart.values().flat_map(|occurrences| schedule(occurrences, &rulebooks)).collect();
        duties.sort_by(|one, other| {
            let order = |one: &Obligation| (one.binds_at.is_none(), one.binds_at, one.due_at);
            order(one).cmp(&order(other)).then_with(|| one.cmp(other))
        });
        Ok(duties)
    }

    /// The duties of one matter.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn duties_of_matter(&mut self, matter: MatterId) -> Result<Vec<Obligation>, KeeperError> {
        let around = self.around()?;
        let file = self.matter(matter)?;
        let mut told = self.of_matter(matter, &file, &around)?;
        let set_aside = self.set_asides(&around)?.into_iter();
        told.extend(set_aside.filter(|one| matches!(one.subject, Subject::Matter(_))));
        self.pin(&mut told)?;
        Ok(schedule(&told, &self.program()?.rulebooks()))
    }

    /// Sets one duty aside, with a reason: by a role above its owner, never by somebody whom it is
    /// about (ENG-08). It stays in view.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`] where no such duty is open, [`KeeperError::Refused`],
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn set_aside(
        &mut self,
        opened_by: EventId,
        row: &Code,
        by: &Decider,
        reason: &Code,
    ) -> Result<(), KeeperError> {
        let program = self.program_id();
        let at = self.world.now();
        self.decide(|keeper, _| {
            let duties = keeper.duties()?;
            let is_it = |duty: &&Obligation| {
                duty.is_open() && duty.row == *row && duty.accounts.contains(&opened_by)
            };
            let missing = || KeeperError::NotFound { what: "duty", id: opened_by.short() };
            let duty = duties.iter().find(is_it).ok_or_else(missing)?;
            let set_aside = duty.set_aside(by, reason.clone(), at).map_err(KeeperError::refused)?;
            let fact = ProgramEvent::DutySetAside(set_aside);
            Ok((Saying::new(program, Fact::Program(fact)), ()))
        })
    }

    /// What the rules should know of everything.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn occurrences(&mut self) -> Result<Vec<Occurrence>, KeeperError> {
        let around = self.around()?;
        let program = self.program()?;
        let whole = Subject::Program(self.program_id());
        let mut told = program.card.occurrences(whole, &around);
        for (id, service) in &program.services {
            told.extend(service.occurrences(*id, &around));
        }
        let mut stays = Stays::default();
        for unit in self.units()? {
            let Some(file) = self.unit_if_whole(unit)? else { continue };
            let place = self.place(&file, &around)?;
            told.extend(place.looking_ahead(of_unit(unit, &file, &place)));
            stays.take(&file);
        }
        for (matter, file) in self.streams::<MatterId, MatterFile>("matter.")? {
            told.extend(self.of_matter(matter, &file, &around)?);
        }
        for (referral, file) in self.streams::<ReferralId, ReferralFile>("referral.")? {
            let tell = |here: &Circumstances| file.referral.occurrences(referral, here);
            told.extend(self.in_place_of(file.unit, &around, tell)?);
        }
        for (member, file) in self.streams::<MemberId, MemberFile>("consent.")? {
            let consent = file.consent.occurrences(Subject::Member(member), &around);
            told.extend(stays.left(member, &consent, &around));
            told.extend(consent);
        }
        told.extend(self.set_asides(&around)?);
        self.pin(&mut told)?;
        Ok(told)
    }

    fn of_matter(
        &mut self,
        matter: MatterId,
        file: &MatterFile,
        around: &Circumstances,
    ) -> Result<Vec<Occurrence>, KeeperError> {
        self.in_place_of(file.unit, around, |here| file.matter.occurrences(matter, here))
    }

    fn set_asides(&mut self, around: &Circumstances) -> Result<Vec<Occurrence>, KeeperError> {
        let program = self.program()?;
        Ok(program.set_aside.iter().map(|(id, it)| it.occurrence(*id, around)).collect())
    }

    /// What is told under the terms of a unit, where it began in one.
    fn in_place_of(
        &mut self,
        unit: Option<UnitId>,
        around: &Circumstances,
        tell: impl Fn(&Circumstances) -> Vec<Occurrence>,
    ) -> Result<Vec<Occurrence>, KeeperError> {
        let file = match unit {
            Some(unit) => self.unit_if_whole(unit)?,
            None => None,
        };
        let Some(file) = file else { return Ok(tell(around)) };
        let place = self.place(&file, around)?;
        Ok(place.looking_ahead(tell(&place.here)))
    }

    fn place(&mut self, file: &UnitFile, around: &Circumstances) -> Result<Place, KeeperError> {
        let here = match file.group.terms() {
            Some(terms) => around.clone().with(attribute::MODEL, terms.get().model.id.clone()),
            None => around.clone(),
        };
        let ahead = Ahead::of(file, around.zone);
        Ok(Place { here, asks: self.phase_asks(file)?, ahead })
    }

    /// Every stream whose events have type names that start so, folded.
    pub(crate) fn streams<Id: From<uuid::Uuid> + Ord, F: File>(
        &self,
        prefix: &str,
    ) -> Result<BTreeMap<Id, F>, KeeperError> {
        let reading = self.log.read_kind(prefix).map_err(KeeperError::store)?;
        let mut files: BTreeMap<Id, F> = BTreeMap::new();
        for event in &reading.events {
            let header = event.header();
            let Some(open) = event.open() else { continue };
            let file = files.entry(uuid::Uuid::from(header.keys.stream()).into()).or_default();
            match Fact::decode(&header.kind, header.version, open) {
                Ok(fact) => file.take(event, fact),
                Err(_) => file.newer(),
            }
        }
        Ok(files)
    }

    fn around(&mut self) -> Result<Circumstances, KeeperError> {
        let founded = self.founded()?;
        Ok(Circumstances::new(founded.zone).with(attribute::JURISDICTION, founded.jurisdiction))
    }
}

/// What the rules should know of a unit: its supervision, and what its rooms know only together.
fn of_unit(unit: UnitId, file: &UnitFile, place: &Place) -> Vec<Occurrence> {
    let subject = Subject::Unit(unit);
    let mut told = file.supervision.occurrences(subject, &place.here, &place.asks);
    told.extend(group::tell(file, subject, &place.here));
    told.extend(group::ended(file, subject, &told, &place.here));
    told.extend(absence::tell(file, &place.here));
    told
}

/// Something of a day, which the rules read as noon.
fn on_day(
    kind: Code,
    event: EventId,
    subject: Subject,
    on: chrono::NaiveDate,
    here: &Circumstances,
) -> Occurrence {
    Occurrence::new(kind, event, subject, noon(on, here.zone), here.clone())
}

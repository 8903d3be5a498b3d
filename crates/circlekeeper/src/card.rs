//! The card of a unit: what a facilitator sees when she opens her circle.

use std::sync::Arc;

use circle_vault::Nonce;
use commons::{Code, DataClass, MemberId, Private, UnitId};
use event_log::{Card, EventLog};
use serde::{Deserialize, Serialize};

use crate::{
    Asking, Identity, Keeper, KeeperError, Link, PersonFile, Surroundings, UnitFile, UnitWords,
    keeper::{Reads, shared},
};

/// The version of the card's shape. A card of another version is computed anew.
pub const CARD_VERSION: u16 = 1;

/// What a facilitator sees when she opens her circle: computed from its events, sealed whole, and
/// to be deleted at any time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitCard {
    /// The unit.
    pub unit: UnitId,
    /// What it is called; none where that is erased.
    pub name: Option<String>,
    /// The phase it is in.
    pub phase: Option<Code>,
    /// Sessions held.
    pub held: u16,
    /// Sessions of its terms.
    pub planned: u16,
    /// Matters that are open there.
    pub open_matters: u16,
    /// Its people.
    pub people: Vec<CardPerson>,
}

/// One person on the card of a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardPerson {
    /// The enrolment.
    pub member: MemberId,
    /// The name; none where it is erased.
    pub name: Option<String>,
    /// Sessions they came to.
    pub attended: u16,
    /// Sessions held while they belonged.
    pub possible: u16,
    /// The number of the last session they came to.
    pub last: Option<u16>,
    /// The last PHQ-9 total, in points.
    pub phq9: Option<f64>,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// The card of a unit: as it is kept, or computed anew and kept. It shows who sits there and how
    /// they came; scores only to whom they may be shown (U-12).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Locked`], [`KeeperError::NotFound`],
    /// [`KeeperError::Store`].
    pub fn unit_card(&mut self, asking: &Asking, unit: UnitId) -> Result<UnitCard, KeeperError> {
        self.may_read(asking, DataClass::Identity)?;
        self.may_read(asking, DataClass::Attendance)?;
        let mut card = self.kept_card(unit)?;
        if self.may_read(asking, DataClass::Scores).is_err() {
            for person in &mut card.people {
                person.phq9 = None;
            }
        }
        Ok(card)
    }

    fn kept_card(&mut self, unit: UnitId) -> Result<UnitCard, KeeperError> {
        let kept = self.log.card(unit.into()).map_err(KeeperError::store)?;
        let vault = self.keys.unlocked().ok_or(KeeperError::Locked)?;
        let kept = kept.filter(|card| card.version == CARD_VERSION);
        let opened = kept.and_then(|card| vault.open_card(unit, CARD_VERSION, &card.bytes).ok());
        if let Some(card) = opened.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            return Ok(card);
        }
        self.compute(unit)
    }

    /// Computes the card of a unit from its events, and keeps it. It shows nothing.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn compute_card(&mut self, unit: UnitId) -> Result<(), KeeperError> {
        self.compute(unit).map(drop)
    }

    fn compute(&mut self, unit: UnitId) -> Result<UnitCard, KeeperError> {
        // Before anything is read: an erasure meanwhile makes the card old.
        let erasures = self.forget_erased()?;
        let mut reads = Reads::default();
        let file = self.unit_read(unit, &mut reads)?;
        let card = self.card_of(unit, &file)?;
        let nonce = Nonce(self.world.bytes());
        let vault = self.keys.unlocked().ok_or(KeeperError::Locked)?;
        let bytes = vault.seal_card(unit, CARD_VERSION, nonce, &serde_json::to_vec(&card)?)?;
        if let Some(count) = reads.count(unit.into()) {
            let card = Card { key: unit.into(), version: CARD_VERSION, bytes };
            // A card that cannot be kept, as on a disk that is only read, is computed again.
            let _ = self.log.keep_card(&card, &[(card.key, count), (shared::ERASURES, erasures)]);
        }
        Ok(card)
    }

    fn card_of(&mut self, unit: UnitId, file: &UnitFile) -> Result<UnitCard, KeeperError> {
        let words: Private<UnitWords> = match &file.named {
            Some(event) => self.words(event, DataClass::Schedule)?,
            None => Private::Locked,
        };
        let delivery = file.meetings().delivery();
        let held = file.meetings().held();
        let mut people = Vec::new();
        for stay in file.group.roster().stays().iter().filter(|stay| stay.until.is_none()) {
            let turnout = file.meetings().turnout(stay.member);
            let came = |session: &&circle_model::HeldSession<'_>| {
                session.session.marks().get(&stay.member).is_some_and(|mark| mark.attended())
            };
            people.push(CardPerson {
                member: stay.member,
                name: self.name_behind(stay.member)?,
                attended: turnout.attended,
                possible: turnout.possible,
                last: held.iter().rev().find(came).map(|session| session.number),
                phq9: file.measures.get(&stay.member).and_then(last_phq9),
            });
        }
        people.sort_by(|one, other| (&one.name, one.member).cmp(&(&other.name, other.member)));
        let open = file.matters.values().filter(|matter| !matter.is_closed()).count();
        Ok(UnitCard {
            unit,
            name: words.known().map(|words| words.name.clone()),
            phase: file.group.phase().map(|phase| phase.id.clone()),
            held: delivery.held,
            planned: delivery.planned,
            open_matters: u16::try_from(open).unwrap_or(u16::MAX),
            people,
        })
    }

    /// The name behind an enrolment, for somebody who may know, where it can be read.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn name_of(
        &mut self,
        asking: &Asking,
        member: MemberId,
    ) -> Result<Option<String>, KeeperError> {
        self.may_read(asking, DataClass::Identity)?;
        self.name_behind(member)
    }

    fn name_behind(&mut self, member: MemberId) -> Result<Option<String>, KeeperError> {
        self.forget_erased()?;
        let Private::Known(Link { person }) = self.linked(member)? else { return Ok(None) };
        let record: Arc<PersonFile> = self.file(person, &mut Reads::default())?;
        let Some(event) = record.identity.clone() else { return Ok(None) };
        let identity: Private<Identity> = self.words(&event, DataClass::Identity)?;
        Ok(identity.known().map(|identity| identity.name.clone()))
    }
}

fn last_phq9(measures: &outcomes::Measures) -> Option<f64> {
    let sheets = measures.sheets();
    let phq9 = sheets.values().filter(|sheet| sheet.instrument == "phq-9");
    let scored = phq9.filter_map(|sheet| Some((sheet.on, sheet.total.points()?)));
    scored.max_by_key(|(on, _)| *on).map(|(_, points)| points.to_f64())
}

//! What every play stands on: a founded program with its card, its directory and its staff.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use circle_vault::{Cost, RecoveryCode};
use circlekeeper::{DocumentKind, Founding, Keeper, NewPerson, Standing, Surroundings};
use commons::{ClassId, Code, DocumentId, MemberId, ServiceId};
use curriculum::{ClassEvent, Course, Mark, Stage as Rung};
use event_log::EventLog;
use program_model::Model;
use safety_protocols::{
    CardContact, CardEntry, CrisisCard, Mode, Proof, Scope, ServiceCard, Slot, TestCall,
};

use crate::{RehearsalError, World, chance::Chance, error::there, names::Names};

/// How a play is set up.
#[derive(Clone)]
pub struct Options {
    /// The seed: the same one plays the same program.
    pub seed: u64,
    /// How many people take part. The published program reached 3,300.
    pub people: u32,
    /// The day of founding, best a Monday. The social healing program has its last session in the
    /// 22nd week and closes its last matter in the 27th.
    pub founded: NaiveDate,
    /// The passphrase of the demo store.
    pub passphrase: String,
    /// What one try of the passphrase costs.
    pub cost: Cost,
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Options(seed {}, {} people, {})", self.seed, self.people, self.founded)
    }
}

impl Options {
    /// The published size, with that seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            people: 3300,
            founded: NaiveDate::from_ymd_opt(2026, 5, 18).unwrap_or_default(),
            passphrase: "made-up people".into(),
            cost: Cost::USUAL,
        }
    }
}

/// How far a play has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The part of the play: `found`, `train`, `form`, `meet`, `end` or `count`.
    pub stage: Code,
    /// Steps of it that are done.
    pub done: u32,
    /// All its steps.
    pub all: u32,
}

/// A program that is being played.
pub(crate) struct Stage<'a, L: EventLog> {
    pub(crate) keeper: Keeper<L, World>,
    pub(crate) recovery: RecoveryCode,
    pub(crate) chance: Chance,
    pub(crate) names: Names,
    pub(crate) zone: Tz,
    /// The services of the directory, by category.
    pub(crate) services: BTreeMap<Code, ServiceId>,
    progress: &'a mut dyn FnMut(Progress),
}

/// Where a play takes place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) zone: Tz,
    pub(crate) jurisdiction: Code2,
    pub(crate) language: Code2,
}

/// A code known when this was compiled.
pub(crate) type Code2 = &'static str;

impl<'a, L: EventLog> Stage<'a, L> {
    /// Founds a demo program in an empty store and adopts the model.
    pub(crate) fn found(
        log: L,
        options: &Options,
        place: Place,
        model: &Model,
        progress: &'a mut dyn FnMut(Progress),
    ) -> Result<Self, RehearsalError> {
        let world = World::new(options.seed, options.founded, place.zone);
        let founding = Founding {
            passphrase: options.passphrase.clone().into(),
            cost: options.cost,
            zone: place.zone,
            jurisdiction: Code::of(place.jurisdiction),
            demo: true,
        };
        let (keeper, recovery) = Keeper::found(log, world, &founding)?;
        let mut stage = Self {
            keeper,
            recovery,
            chance: Chance::new(options.seed ^ 0x5EED),
            names: Names::default(),
            zone: place.zone,
            services: BTreeMap::new(),
            progress,
        };
        stage.tell("found", 0, 3);
        stage.keeper.adopt_model(model)?;
        stage.publish_card(options.founded, Code::of(place.language))?;
        stage.tell("found", 1, 3);
        for category in &model.content().safety.referral_categories {
            stage.list_service(category, options.founded)?;
        }
        stage.tell("found", 2, 3);
        Ok(stage)
    }

    pub(crate) fn tell(&mut self, stage: &'static str, done: usize, all: usize) {
        let count = |steps| u32::try_from(steps).unwrap_or(u32::MAX);
        (self.progress)(Progress { stage: Code::of(stage), done: count(done), all: count(all) });
    }

    /// Goes to a day and an hour.
    pub(crate) fn go_to(&mut self, on: NaiveDate, hour: u32) {
        self.keeper.world_mut().go_to(on, hour);
    }

    pub(crate) fn now(&mut self) -> DateTime<Utc> {
        self.keeper.world_mut().now()
    }

    /// A card whose numbers nobody can take for real ones.
    fn publish_card(&mut self, on: NaiveDate, language: Code) -> Result<(), RehearsalError> {
        let contact = |slot: Slot| {
            let number = Slot::ALL.iter().position(|other| *other == slot).unwrap_or(0);
            CardEntry::Filled(CardContact {
                name: format!("MADE-UP {}", slot.code()),
                reach: format!("0000-{number}"),
                hours: "00-24".into(),
                languages: vec![language.clone()],
            })
        };
        let slots = Slot::ALL.into_iter().map(|slot| (slot, contact(slot))).collect();
        let card = CrisisCard {
            place: "Made-up district".into(),
            language: language.clone(),
            dated: on,
            slots,
        };
        self.keeper.publish_card(&card)?;
        self.call_card(on)
    }

    /// Calls every number on the card to see whether somebody answers.
    pub(crate) fn call_card(&mut self, on: NaiveDate) -> Result<(), RehearsalError> {
        for slot in Slot::ALL {
            self.keeper.card_called(slot, TestCall::Answered, on)?;
        }
        Ok(())
    }

    /// Makes sure of every service of the directory again.
    pub(crate) fn assure_services(&mut self, on: NaiveDate) -> Result<(), RehearsalError> {
        for service in self.services.values() {
            self.keeper.assure_service(*service, on)?;
        }
        Ok(())
    }

    fn list_service(&mut self, category: &Code, on: NaiveDate) -> Result<(), RehearsalError> {
        let card = ServiceCard {
            name: format!("MADE-UP {category}"),
            reach: "0000".into(),
            hours: String::new(),
            cost: String::new(),
            languages: Vec::new(),
            eligibility: String::new(),
        };
        let service = self.keeper.list_service(&card, std::slice::from_ref(category), on)?;
        self.keeper.assure_service(service, on)?;
        self.services.insert(category.clone(), service);
        Ok(())
    }

    /// The service of a category.
    pub(crate) fn service(&self, category: &'static str) -> Result<ServiceId, RehearsalError> {
        there(self.services.get(&Code::of(category)).copied(), "service of that category")
    }

    /// Enrolls people made up for the purpose.
    pub(crate) fn enroll(
        &mut self,
        people: usize,
        standing: Standing,
        on: NaiveDate,
    ) -> Result<Vec<MemberId>, RehearsalError> {
        let mut somebody = || self.names.somebody(&mut self.chance);
        let new: Vec<NewPerson> =
            (0..people).map(|_| NewPerson { identity: somebody(), standing, on }).collect();
        let enrolled = self.keeper.enroll(&new)?;
        Ok(enrolled.into_iter().map(|(_, member)| member).collect())
    }

    /// The ground rules of the model, adopted as a document.
    pub(crate) fn ground_rules(&mut self, model: &Model) -> Result<DocumentId, RehearsalError> {
        let rules: Vec<&str> =
            model.content().ground_rules.iter().map(|rule| rule.text.as_str()).collect();
        Ok(self.keeper.adopt(DocumentKind::Agreement, rules.join("\n").as_bytes())?)
    }

    /// People say yes aloud, and somebody hears it.
    pub(crate) fn consent(
        &mut self,
        people: &[MemberId],
        unit: Option<commons::UnitId>,
        scopes: &[Scope],
        witness: MemberId,
    ) -> Result<(), RehearsalError> {
        let proof = Proof {
            mode: Mode::Spoken,
            language: Code::of("rw"),
            text_version: Code::of("v1"),
            witness: Some(witness),
        };
        let at = self.now();
        Ok(self.keeper.give_consent(people, unit, scopes, &proof, at)?)
    }

    /// Holds every module of a class on its day; `marks` says who was there.
    pub(crate) fn hold_modules(
        &mut self,
        class: ClassId,
        course: &Course,
        on: impl Fn(u16) -> NaiveDate,
        mut marks: impl FnMut(u16) -> BTreeMap<MemberId, Mark>,
    ) -> Result<(), RehearsalError> {
        for module in course.modules() {
            let day = on(module.n);
            self.go_to(day, 17);
            let held = ClassEvent::held(module.n, module.minutes, marks(module.n), day);
            self.keeper.record_class(class, &held)?;
        }
        Ok(())
    }

    /// Completes a class for somebody, hands out the certificate, and lets them lead.
    pub(crate) fn graduate(
        &mut self,
        class: ClassId,
        member: MemberId,
        roles: &[Code],
        by: MemberId,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        self.keeper.complete_class(class, member, on)?;
        self.keeper.certify(class, member, on)?;
        for role in roles {
            self.keeper.authorize(class, member, role, Rung::Lead, by, on)?;
        }
        Ok(())
    }
}

/// A day so many days later.
pub(crate) fn later(day: NaiveDate, days: usize) -> NaiveDate {
    let days = u64::try_from(days).unwrap_or(0);
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// A course of a model.
pub(crate) fn course(model: &Model, id: &'static str) -> Result<Course, RehearsalError> {
    let courses = model.courses().unwrap_or_default();
    there(courses.into_iter().find(|course| *course.id() == Code::of(id)), "such course")
}

//! A program with a social healing group in its first phase, made through the use cases.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use circle_model::{Evidence, LocalTime, Step};
use circle_vault::Cost;
use circlekeeper::{
    Founding, Identity, Keeper, NewGroup, NewPerson, NewSheet, Standing, Surroundings, UnitWords,
};
use commons::{Code, MemberId, UnitId};
use curriculum::{ClassEvent, Mark as Taught, Screening, Stage};
use event_log::Visit;
use outcomes::{Answer, ItemAnswers};
use rehearsal::World;
use safety_protocols::{
    Arrangement, Cadence, CardContact, CardEntry, CrisisCard, Mode, Proof, Scope, ServiceCard, Slot,
};
use store_sqlite::{Device, SqliteLog};

use crate::house::{House, PASSPHRASE};

const ZONE: Tz = Tz::Africa__Kigali;
const ROLE: Code = Code::of("community_healing_assistant");

type Desk = Keeper<SqliteLog, World>;

/// Who is in the group, and who leads it.
pub(crate) struct Group {
    pub(crate) unit: UnitId,
    pub(crate) members: Vec<MemberId>,
    pub(crate) assistants: Vec<MemberId>,
}

/// So many days after Monday, 2 March 2026.
pub(crate) fn day(days: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + Days::new(days)
}

fn moment(hour: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    LocalTime { date: day(0), time, zone: ZONE }.instant().0
}

/// Makes the program in the folder of a house, with so many groups of sixteen, each in a place of its own.
pub(crate) fn make(house: &House, groups: usize) -> Vec<Group> {
    let mut world = World::new(7, day(0), ZONE);
    let device = Device::at(&house.folder().join("maker"), world.id()).unwrap();
    let visit = Visit::new(Code::of("test-1"), moment(7).timestamp_millis(), [7; 48]);
    std::fs::create_dir_all(house.program()).unwrap();
    let log = SqliteLog::create(&house.store(), &device, &visit).unwrap();
    let founding = Founding {
        passphrase: PASSPHRASE.to_owned().into(),
        cost: Cost::TEST,
        zone: ZONE,
        jurisdiction: Code::of("rw"),
        demo: false,
    };
    let (mut keeper, _) = Keeper::found(log, world, &founding).unwrap();
    let model = program_model::ready("social-healing-group").unwrap();
    keeper.adopt_model(&model).unwrap();
    safety_plan(&mut keeper, &model.content().safety.referral_categories);
    (0..groups).map(|number| group(&mut keeper, number)).collect()
}

fn safety_plan(keeper: &mut Desk, categories: &[Code]) {
    let contact = |slot: Slot| {
        let (name, reach) = (slot.code().to_string(), "0000".to_owned());
        let entry = CardContact { name, reach, hours: String::new(), languages: Vec::new() };
        (slot, CardEntry::Filled(entry))
    };
    let slots = Slot::ALL.map(contact).into();
    let (place, language) = ("Made-up district".to_owned(), Code::of("rw"));
    keeper.publish_card(&CrisisCard { place, language, dated: day(0), slots }).unwrap();
    for category in categories {
        let card = ServiceCard {
            name: category.to_string(),
            reach: "0000".into(),
            hours: String::new(),
            cost: String::new(),
            languages: Vec::new(),
            eligibility: String::new(),
        };
        let service = keeper.list_service(&card, std::slice::from_ref(category), day(0)).unwrap();
        keeper.assure_service(service, day(0)).unwrap();
    }
}

fn people(keeper: &mut Desk, names: &str, many: usize, standing: Standing) -> Vec<MemberId> {
    let named = |n: usize| Identity {
        name: format!("{names} {n}"),
        birth_year: Some(1980),
        ..Identity::default()
    };
    let new: Vec<_> =
        (1..=many).map(|n| NewPerson { identity: named(n), standing, on: day(0) }).collect();
    keeper.enroll(&new).unwrap().into_iter().map(|(_, member)| member).collect()
}

fn group(keeper: &mut Desk, number: usize) -> Group {
    let staff = people(keeper, "Psychologist", 2, Standing::Supervisor);
    let members = people(keeper, "Uwase", 16, Standing::Participant);
    let assistants = assistants(keeper, staff[0]);
    let terms = program_model::ready("social-healing-group").unwrap().terms().unwrap();
    let (name, place) = (format!("Group of hope {number}"), Some(format!("Church {number}")));
    let words = UnitWords { name, place };
    let unit = keeper.form_group(&NewGroup { terms, words, on: day(0) }).unwrap();
    let scopes =
        [Scope::Participate, Scope::KeepRecords, Scope::MeasureOutcomes, Scope::MeasureRiskItems];
    let proof = Proof {
        mode: Mode::Spoken,
        language: Code::of("rw"),
        text_version: Code::of("v1"),
        witness: Some(staff[0]),
    };
    keeper.give_consent(&members, Some(unit), &scopes, &proof, moment(8)).unwrap();
    let supervised = Arrangement::Supervised(Cadence::Fortnightly);
    keeper.arrange_supervision(unit, staff[0], staff[1], supervised, day(0)).unwrap();
    keeper.admit(unit, &members, day(0), None).unwrap();
    for assistant in &assistants {
        keeper.assign(unit, *assistant, &ROLE, day(0)).unwrap();
    }
    enter(keeper, unit, "prepare");
    let sheets: Vec<NewSheet> = members.iter().map(|member| sheet(*member, unit)).collect();
    keeper.record_sheets(&sheets, moment(9)).unwrap();
    keeper.open_group(unit, day(0)).unwrap();
    enter(keeper, unit, "safety");
    Group { unit, members, assistants }
}

fn enter(keeper: &mut Desk, unit: UnitId, phase: &'static str) {
    let step =
        Step { phase: Code::of(phase), by: Code::of("coordinator"), why: Code::of("planned") };
    keeper.enter_phase(unit, &step, &Evidence::default(), day(0)).unwrap();
}

fn sheet(member: MemberId, unit: UnitId) -> NewSheet {
    NewSheet {
        member,
        unit: Some(unit),
        instrument: Code::of("phq-9"),
        language: Code::of("rw"),
        timepoint: Code::of("t0"),
        on: day(0),
        answers: ItemAnswers::new([2, 1, 2, 0, 1, 1, 0, 1, 0].map(Answer::Given)),
    }
}

/// Two assistants, trained and authorized.
fn assistants(keeper: &mut Desk, by: MemberId) -> Vec<MemberId> {
    let learners = people(keeper, "Mutoni", 2, Standing::Facilitator);
    let courses = program_model::ready("social-healing-group").unwrap().courses().unwrap();
    let class = keeper.announce_class(&courses[0], Code::of("cohort"), 50, day(0)).unwrap();
    for learner in &learners {
        keeper.screen(class, *learner, &Screening::all_ready(day(0), by)).unwrap();
        keeper.enroll_in_class(class, *learner, day(0)).unwrap();
    }
    for module in courses[0].modules() {
        let marks = learners.iter().map(|learner| (*learner, Taught::Present));
        let held = ClassEvent::held(module.n, module.minutes, marks, day(0));
        keeper.record_class(class, &held).unwrap();
    }
    for learner in &learners {
        let (member, component, on) = (*learner, Code::of("own_healing"), day(0));
        keeper
            .record_class(class, &ClassEvent::ComponentCompleted { member, component, on })
            .unwrap();
        keeper.complete_class(class, member, on).unwrap();
        keeper.authorize(class, member, &ROLE, Stage::Lead, by, on).unwrap();
    }
    let different: BTreeSet<_> = learners.iter().collect();
    assert_eq!(different.len(), 2);
    learners
}

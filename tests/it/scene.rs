//! A small program to begin a story with: a circle of six, with their word, their card and their staff.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use circle_access::{Purpose, Role};
use circle_model::{Evidence, LocalTime, Mark, Proposal, Record, Step};
use circle_vault::Cost;
use circlekeeper::{
    Asking, Founding, Identity, Keeper, KeeperError, NewGroup, NewPerson, NewSheet, SessionDraft,
    Standing, Surroundings, UnitWords, gates::StandBy,
};
use commons::{Code, MemberId, PersonId, Refused, SessionId, UnitId};
use curriculum::{ClassEvent, Mark as Taught, Screening, Stage};
use event_log::{DeviceId, EventLog, MemoryLog, Visit};
use outcomes::{Answer, ItemAnswers};
use program_model::Model;
use rehearsal::World;
use safety_protocols::{
    Arrangement, Cadence, CardContact, CardEntry, CrisisCard, Mode, Proof, Scope, ServiceCard, Slot,
};

pub(crate) const ZONE: Tz = Tz::Africa__Kigali;
pub(crate) const PASSPHRASE: &str = "a passphrase for stories";

/// The Monday on which stories begin.
pub(crate) fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

/// So many days after that Monday.
pub(crate) fn day(days: u64) -> NaiveDate {
    monday() + Days::new(days)
}

/// A moment of such a day, by the wall clock there.
pub(crate) fn moment(days: u64, hour: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    LocalTime { date: day(days), time, zone: ZONE }.instant().0
}

pub(crate) fn memory(device: u128) -> MemoryLog {
    let byte = u8::try_from(device).unwrap();
    MemoryLog::open(
        DeviceId::number(device),
        &Visit::new(Code::of("stories-1"), moment(0, 7).timestamp_millis(), [byte; 48]),
    )
}

/// Founds a program in an empty log, with its models, its card and its directory.
pub(crate) fn found<L: EventLog>(log: L, seed: u64, demo: bool) -> Keeper<L, World> {
    let founding = Founding {
        passphrase: PASSPHRASE.to_owned().into(),
        cost: Cost::TEST,
        zone: ZONE,
        jurisdiction: Code::of("rw"),
        demo,
    };
    let (mut keeper, _) = Keeper::found(log, World::new(seed, monday(), ZONE), &founding).unwrap();
    let mut categories = BTreeSet::new();
    for id in ["healing-circle", "social-healing-group"] {
        let model = program_model::ready(id).unwrap();
        keeper.adopt_model(&model).unwrap();
        categories.extend(model.content().safety.referral_categories.iter().cloned());
    }
    let contact = |slot: Slot| {
        let (name, reach) = (slot.code().to_string(), "0000".to_owned());
        let (hours, languages) = (String::new(), Vec::new());
        (slot, CardEntry::Filled(CardContact { name, reach, hours, languages }))
    };
    let slots = Slot::ALL.map(contact).into();
    let (place, language, dated) = ("Made-up district".to_owned(), Code::of("rw"), monday());
    keeper.publish_card(&CrisisCard { place, language, dated, slots }).unwrap();
    for category in categories {
        list(&mut keeper, &category);
    }
    keeper
}

pub(crate) fn list<L: EventLog>(
    keeper: &mut Keeper<L, World>,
    category: &Code,
) -> commons::ServiceId {
    let card = ServiceCard {
        name: category.to_string(),
        reach: "0000".into(),
        hours: String::new(),
        cost: String::new(),
        languages: Vec::new(),
        eligibility: String::new(),
    };
    let service = keeper.list_service(&card, std::slice::from_ref(category), monday()).unwrap();
    keeper.assure_service(service, monday()).unwrap();
    service
}

/// Somebody who runs the program asks who somebody is.
pub(crate) fn coordinator() -> Asking {
    Asking::coordinator()
}

/// Somebody who reports asks for figures.
pub(crate) fn reporting() -> Asking {
    Asking::of(Role::Coordinator, Purpose::Report)
}

/// The supervisor can be reached while the group meets.
pub(crate) fn beside(scene: &Scene) -> StandBy {
    StandBy { reachable: [scene.supervisor].into(), ..StandBy::default() }
}

pub(crate) fn model(id: &str) -> Model {
    program_model::ready(id).unwrap()
}

pub(crate) fn named(name: &str) -> Identity {
    Identity { name: name.into(), birth_year: Some(1980), ..Identity::default() }
}

/// Enrolls somebody by name.
pub(crate) fn somebody<L: EventLog>(
    keeper: &mut Keeper<L, World>,
    name: &str,
    standing: Standing,
) -> (PersonId, MemberId) {
    let new = NewPerson { identity: named(name), standing, on: monday() };
    keeper.enroll(&[new]).unwrap()[0]
}

pub(crate) fn people<L: EventLog>(
    keeper: &mut Keeper<L, World>,
    many: usize,
    standing: Standing,
) -> Vec<MemberId> {
    (0..many).map(|n| somebody(keeper, &format!("Person {n}"), standing).1).collect()
}

pub(crate) fn spoken(witness: MemberId) -> Proof {
    let (language, text_version) = (Code::of("rw"), Code::of("v1"));
    Proof { mode: Mode::Spoken, language, text_version, witness: Some(witness) }
}

/// People say yes to taking part in a group, before its supervisor.
pub(crate) fn consent<L: EventLog>(
    keeper: &mut Keeper<L, World>,
    people: &[MemberId],
    scene: &Scene,
    days: u64,
) {
    let (scopes, at) = ([Scope::Participate, Scope::KeepRecords], moment(days, 8));
    let proof = spoken(scene.supervisor);
    keeper.give_consent(people, Some(scene.unit), &scopes, &proof, at).unwrap();
}

/// A circle of the healing-circle model that meets, in phase `p0`, under supervision.
pub(crate) struct Scene {
    pub(crate) unit: UnitId,
    pub(crate) members: Vec<MemberId>,
    pub(crate) supervisor: MemberId,
    pub(crate) deputy: MemberId,
}

/// Forms a group of a model with so many people, consents and supervision, not yet open.
pub(crate) fn gather<L: EventLog>(
    keeper: &mut Keeper<L, World>,
    id: &str,
    seats: usize,
    arrangement: Arrangement,
) -> Scene {
    gather_in(keeper, id, seats, arrangement, None)
}

/// The same, where the group meets in a place of that name.
pub(crate) fn gather_in<L: EventLog>(
    keeper: &mut Keeper<L, World>,
    id: &str,
    seats: usize,
    arrangement: Arrangement,
    place: Option<&str>,
) -> Scene {
    let staff = people(keeper, 2, Standing::Supervisor);
    let members = people(keeper, seats, Standing::Participant);
    let terms = model(id).terms().unwrap();
    let words = UnitWords { name: "A circle".into(), place: place.map(str::to_owned) };
    let unit = keeper.form_group(&NewGroup { terms, words, on: monday() }).unwrap();
    let scopes =
        [Scope::Participate, Scope::KeepRecords, Scope::MeasureOutcomes, Scope::MeasureRiskItems];
    let at = moment(0, 8);
    keeper.give_consent(&members, Some(unit), &scopes, &spoken(staff[0]), at).unwrap();
    keeper.arrange_supervision(unit, staff[0], staff[1], arrangement, monday()).unwrap();
    keeper.admit(unit, &members, monday(), None).unwrap();
    Scene { unit, members, supervisor: staff[0], deputy: staff[1] }
}

/// A circle of six that has opened.
pub(crate) fn circle<L: EventLog>(keeper: &mut Keeper<L, World>) -> Scene {
    let scene = gather(keeper, "healing-circle", 6, Arrangement::Supervised(Cadence::Fortnightly));
    keeper.open_group(scene.unit, monday()).unwrap();
    scene
}

/// Trains people as Community Healing Assistants and authorizes them.
pub(crate) fn assistants<L: EventLog>(
    keeper: &mut Keeper<L, World>,
    many: usize,
    by: MemberId,
) -> Vec<MemberId> {
    let learners = people(keeper, many, Standing::Facilitator);
    let role = Code::of("community_healing_assistant");
    teach(keeper, "social-healing-group", &learners, &role, by);
    learners
}

/// Teaches people the first course of a model, their own healing included, and lets them lead.
pub(crate) fn teach<L: EventLog>(
    keeper: &mut Keeper<L, World>,
    of: &str,
    learners: &[MemberId],
    role: &Code,
    by: MemberId,
) {
    let courses = model(of).courses().unwrap();
    let course = &courses[0];
    let class = keeper.announce_class(course, Code::of("cohort"), 50, monday()).unwrap();
    for learner in learners {
        keeper.screen(class, *learner, &Screening::all_ready(monday(), by)).unwrap();
        keeper.enroll_in_class(class, *learner, monday()).unwrap();
    }
    for module in course.modules() {
        let marks = learners.iter().map(|learner| (*learner, Taught::Present));
        let held = ClassEvent::held(module.n, module.minutes, marks, monday());
        keeper.record_class(class, &held).unwrap();
    }
    for learner in learners {
        let (member, component, on) = (*learner, Code::of("own_healing"), monday());
        let healed = ClassEvent::ComponentCompleted { member, component, on };
        keeper.record_class(class, &healed).unwrap();
        keeper.complete_class(class, member, on).unwrap();
        keeper.authorize(class, member, role, Stage::Lead, by, on).unwrap();
    }
}

/// A social healing group of eighteen, led by two assistants, in its phase of safety.
pub(crate) fn healing_group<L: EventLog>(keeper: &mut Keeper<L, World>) -> (Scene, Vec<MemberId>) {
    let supervised = Arrangement::Supervised(Cadence::Fortnightly);
    let scene = gather(keeper, "social-healing-group", 18, supervised);
    let led_by = assistants(keeper, 2, scene.supervisor);
    begin(keeper, &scene, &led_by);
    (scene, led_by)
}

/// A social healing group that was gathered begins, led by these.
pub(crate) fn begin<L: EventLog>(
    keeper: &mut Keeper<L, World>,
    scene: &Scene,
    led_by: &[MemberId],
) {
    for assistant in led_by {
        let role = Code::of("community_healing_assistant");
        keeper.assign(scene.unit, *assistant, &role, monday()).unwrap();
    }
    enter(keeper, scene.unit, "prepare", 0).unwrap();
    let sheets: Vec<NewSheet> =
        scene.members.iter().map(|one| sheet(*one, scene.unit, 0)).collect();
    keeper.record_sheets(&sheets, moment(0, 9)).unwrap();
    keeper.open_group(scene.unit, monday()).unwrap();
    enter(keeper, scene.unit, "safety", 0).unwrap();
}

/// A PHQ-9 sheet whose ninth answer is given.
pub(crate) fn sheet(member: MemberId, unit: UnitId, ninth: i16) -> NewSheet {
    let answers = [2, 1, 2, 0, 1, 1, 0, 1, ninth].map(Answer::Given);
    NewSheet {
        member,
        unit: Some(unit),
        instrument: Code::of("phq-9"),
        language: Code::of("rw"),
        timepoint: Code::of("t0"),
        on: monday(),
        answers: ItemAnswers::new(answers),
    }
}

pub(crate) fn enter<L: EventLog>(
    keeper: &mut Keeper<L, World>,
    unit: UnitId,
    phase: &'static str,
    days: u64,
) -> Result<(), KeeperError> {
    keeper.enter_phase(unit, &step(phase), &Evidence::default(), day(days))
}

/// A phase to enter, as planned.
pub(crate) fn step(phase: &'static str) -> Step {
    Step { phase: Code::of(phase), by: Code::of("coordinator"), why: Code::of("planned") }
}

/// A session that might be planned.
pub(crate) fn proposal(
    number: u16,
    days: u64,
    minutes: u16,
    led_by: &[MemberId],
    role: &'static str,
) -> Proposal {
    let time = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
    let at = LocalTime { date: day(days), time, zone: ZONE };
    let led_by = led_by.iter().map(|one| (*one, Code::of(role))).collect();
    Proposal { number, at, minutes, theme: None, led_by, substitute: None }
}

/// What is written down of a session: these came, the others did not.
pub(crate) fn draft(
    days: u64,
    minutes: u16,
    came: &[MemberId],
    stayed_away: &[MemberId],
) -> SessionDraft {
    let here = came.iter().map(|one| (*one, Mark::Present));
    let not_here = stayed_away.iter().map(|one| (*one, Mark::Unexplained));
    let record = Record {
        on: day(days),
        minutes,
        segments: Vec::new(),
        activities: BTreeSet::new(),
        led_by: BTreeMap::new(),
        others: BTreeMap::new(),
        marks: here.chain(not_here).collect(),
    };
    SessionDraft { record, reasons: BTreeMap::new() }
}

/// Plans a session of a healing group and writes it down.
pub(crate) fn meet<L: EventLog>(
    keeper: &mut Keeper<L, World>,
    (scene, led_by): (&Scene, &[MemberId]),
    number: u16,
    absent: &[MemberId],
) -> SessionId {
    let days = u64::from(number) * 7;
    let role = "community_healing_assistant";
    let session = keeper
        .plan_session(scene.unit, &proposal(number, days, 120, led_by, role), &beside(scene))
        .unwrap();
    let came: Vec<_> =
        scene.members.iter().copied().filter(|member| !absent.contains(member)).collect();
    let mut written = draft(days, 120, &came, absent);
    written.record.led_by = led_by.iter().map(|one| (*one, Code::of(role))).collect();
    keeper.record_session(scene.unit, session, &written).unwrap();
    session
}

/// The same log on another device: it writes on under an origin of its own.
pub(crate) fn copied(log: &MemoryLog, device: u128, seed: u64) -> Keeper<MemoryLog, World> {
    let mut copy = log.clone();
    let mut random = [0; 48];
    let mut world = World::new(seed, monday(), ZONE);
    world.fill(&mut random);
    let visit = Visit::new(Code::of("stories-1"), moment(0, 7).timestamp_millis(), random);
    copy.visit(DeviceId::number(device), &visit, None);
    let mut keeper = Keeper::open(copy, world).unwrap();
    keeper.unlock(PASSPHRASE).unwrap();
    keeper
}

/// A cohort as text: the same for everybody, locked or not, before an erasure and after it.
pub(crate) fn figures<L: EventLog>(keeper: &mut Keeper<L, World>, now: DateTime<Utc>) -> String {
    format!("{:?}", keeper.cohort(&reporting(), now).unwrap())
}

/// The rule by which something was refused.
#[track_caller]
pub(crate) fn rule_of<T>(refused: Result<T, KeeperError>) -> String {
    match refused {
        Ok(_) => panic!("nothing was refused"),
        Err(error) => error.rule().map(|rule| rule.to_string()).unwrap_or_default(),
    }
}

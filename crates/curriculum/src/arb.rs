//! Strategies of valid courses, events and attempts, for property tests here and elsewhere.

use chrono::{Days, NaiveDate};
use commons::{Breach, CertificateId, Code, EventId, EventSet, MemberId, laws::event_id};
use proptest::{collection::btree_map, collection::btree_set, prelude::*};

use crate::{
    ActivityKind, Attendance, Class, ClassBreach, ClassEvent, Competence, Component, Course,
    CourseParts, Ladder, MakeUp, Mark, Module, NeededFor, Rest, ScreenedBefore, Screening,
    SettleReason, Stage, SuspensionReason, Verdict, VoidReason, WithdrawalReason,
};

static ROLES: [Code; 2] = [Code::of("keeper"), Code::of("mentor")];
static COMPONENTS: [Code; 2] = [Code::of("own_healing"), Code::of("safeguarding")];
static SKILLS: [Code; 2] = [Code::of("listening"), Code::of("safety_check")];

/// One of few people, so that the same one returns.
pub fn member() -> impl Strategy<Value = MemberId> {
    (1_u128..5).prop_map(MemberId::number)
}

/// One of few days around a leap day.
pub fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..40).prop_map(|n| first_day() + Days::new(n))
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2028, 2, 10).unwrap_or_default()
}

fn one_of(codes: &'static [Code]) -> impl Strategy<Value = Code> {
    proptest::sample::select(codes)
}

/// The number of a module, now and then one that no course has.
fn module() -> impl Strategy<Value = u16> {
    1_u16..5
}

/// Any sound course of up to four modules.
pub fn course() -> impl Strategy<Value = Course> {
    let modules = (1_u16..=4, any::<[bool; 4]>(), any::<[bool; 4]>());
    let asked = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let months = (proptest::option::of(1_u16..3), proptest::option::of(1_u16..3));
    (modules, asked, months).prop_filter_map("sound", |((n, chained, safety), asked, months)| {
        let (some_missed, before, skills, rungs, healing) = asked;
        let mut parts = CourseParts::new(Code::of("course"), 1);
        parts.modules = (1..=n)
            .zip(chained.into_iter().zip(safety))
            .map(|(n, (chained, safety))| Module {
                safety,
                ..Module::new(n, Code::of("module"), 60).after((chained && n > 1).then(|| n - 1))
            })
            .collect();
        if some_missed {
            parts.attendance = Attendance { least: Some(n / 2), rest: Rest::Missed };
            parts.minutes_least = 60;
        }
        parts.screened_before =
            if before { ScreenedBefore::Enrollment } else { ScreenedBefore::Authorization };
        if skills {
            parts.competences = SKILLS.iter().take(1).cloned().collect();
        }
        parts.ladder = if rungs { Ladder::RungByRung } else { Ladder::None };
        parts.components = components(healing, months.0);
        parts.roles = ROLES.iter().cloned().collect();
        parts.valid_months = months.1;
        Course::new(parts).ok()
    })
}

fn components(healing: bool, valid_months: Option<u16>) -> Vec<Component> {
    let needed = [(NeededFor::Authorization, None), (NeededFor::Completion, valid_months)];
    COMPONENTS
        .iter()
        .cloned()
        .zip(needed)
        .filter(|_| healing)
        .map(|(id, (needed_for, valid_months))| Component { id, needed_for, valid_months })
        .collect()
}

fn events() -> impl Strategy<Value = EventSet> {
    btree_set(event_id(), 0..4)
}

fn verdict() -> impl Strategy<Value = Verdict> {
    prop_oneof![
        2 => Just(Verdict::Ready),
        1 => proptest::option::of(day()).prop_map(|again| Verdict::Deferred { again }),
    ]
}

fn level() -> impl Strategy<Value = Competence> {
    proptest::sample::select(vec![
        Competence::Harmful,
        Competence::Partial,
        Competence::Basic,
        Competence::Advanced,
    ])
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![3 => Just(Mark::Present), 1 => Just(Mark::Partly), 1 => Just(Mark::Absent)]
}

fn stage() -> impl Strategy<Value = Stage> {
    proptest::sample::select(&Stage::ALL[..])
}

/// Any kind of breach.
pub fn breach_kind() -> impl Strategy<Value = ClassBreach> {
    proptest::sample::select(vec![
        ClassBreach::AnnouncedTwice,
        ClassBreach::Overfull,
        ClassBreach::EnrolledTwice,
        ClassBreach::MarkedOutside,
        ClassBreach::HeldTwice,
        ClassBreach::CompletedUnearned,
        ClassBreach::AuthorizedUnearned,
    ])
}

/// Any event that adds to what is known: none takes an entry back.
fn addition() -> impl Strategy<Value = ClassEvent> {
    prop_oneof![about_the_class(), about_learning(), about_leading()]
}

/// Any event at all.
pub fn event() -> impl Strategy<Value = ClassEvent> {
    let voided =
        event_id().prop_map(|entry| ClassEvent::Voided { entry, reason: VoidReason::Mistaken });
    let settled = (breach_kind(), events()).prop_map(|(kind, events)| ClassEvent::Settled {
        breach: Breach { kind, events },
        reason: SettleReason::Explained,
    });
    prop_oneof![12 => addition(), 1 => voided, 1 => settled]
}

fn about_the_class() -> impl Strategy<Value = ClassEvent> {
    prop_oneof![
        (course(), 1_u16..4, day()).prop_map(|(course, most, on)| ClassEvent::Announced {
            course: Box::new(course),
            cohort: Code::of("spring"),
            most,
            on,
        }),
        (member(), day()).prop_map(|(member, on)| ClassEvent::Enrolled { member, on }),
        (member(), events(), day()).prop_map(|(member, cites, on)| ClassEvent::Withdrawn {
            member,
            cites,
            reason: WithdrawalReason::Moved,
            on,
        }),
        (member(), verdict(), events(), member(), day()).prop_map(
            |(member, verdict, cites, by, on)| {
                ClassEvent::Screened { member, verdict, cites, by, on }
            }
        ),
    ]
}

fn about_learning() -> impl Strategy<Value = ClassEvent> {
    let activities = btree_set(proptest::sample::select(&ActivityKind::ALL[..]), 0..3);
    prop_oneof![
        (module(), 30_u16..90, activities, btree_map(member(), mark(), 0..4), day()).prop_map(
            |(module, minutes, activities, marks, on)| ClassEvent::ModuleHeld {
                module,
                minutes,
                activities,
                marks,
                on
            }
        ),
        (member(), module(), day()).prop_map(|(member, module, on)| ClassEvent::MadeUp {
            member,
            module,
            minutes: 60,
            way: MakeUp::WithTrainer,
            on,
        }),
        (member(), one_of(&COMPONENTS), day()).prop_map(|(member, component, on)| {
            ClassEvent::ComponentCompleted { member, component, on }
        }),
        (member(), one_of(&SKILLS), level(), events(), member(), day()).prop_map(
            |(member, item, level, cites, by, on)| {
                ClassEvent::CompetenceObserved { member, item, level, cites, by, on }
            }
        ),
        (member(), day()).prop_map(|(member, on)| ClassEvent::Completed { member, on }),
    ]
}

fn about_leading() -> impl Strategy<Value = ClassEvent> {
    prop_oneof![
        (member(), one_of(&ROLES), stage(), member(), day()).prop_map(
            |(member, role, stage, by, on)| ClassEvent::Authorized { member, role, stage, by, on }
        ),
        (member(), one_of(&ROLES), day()).prop_map(|(member, role, on)| Class::suspend(
            member,
            role,
            SuspensionReason::Review,
            on
        )),
        (member(), one_of(&ROLES), events(), member(), day()).prop_map(
            |(member, role, cites, by, on)| {
                ClassEvent::AuthorizationRestored { member, role, cites, by, on }
            }
        ),
        (1_u128..4, member(), event_id(), proptest::option::of(day()), day()).prop_map(
            |(n, member, completion, expires, on)| {
                ClassEvent::CertificateIssued {
                    certificate: CertificateId::number(n),
                    member,
                    completion,
                    expires,
                    on,
                }
            }
        ),
    ]
}

/// Something that somebody tries: a plan through its decision, or a record.
#[derive(Debug, Clone)]
pub enum Attempt {
    /// Announce a class.
    Announce(Box<Course>, u16, NaiveDate),
    /// Enroll a person.
    Enroll(MemberId, NaiveDate),
    /// Screen a person, who is ready.
    Screen(MemberId, NaiveDate),
    /// Withdraw a person.
    Withdraw(MemberId, NaiveDate),
    /// Retest a skill.
    Observe(MemberId, Code, Competence, NaiveDate),
    /// Complete the course.
    Complete(MemberId, NaiveDate),
    /// Authorize to lead.
    Authorize(MemberId, Code, Stage, NaiveDate),
    /// Take suspensions back.
    Restore(MemberId, Code, NaiveDate),
    /// Issue a certificate.
    Certify(u128, MemberId, NaiveDate),
    /// Record what happened, right or wrong.
    Record(ClassEvent),
}

/// Any attempt; records come as they may. Teaching comes early and decisions late more often than
/// not, so that people complete and lead in many of the lives that attempts make.
pub fn attempt() -> impl Strategy<Value = Attempt> {
    let announce = (course(), 1_u16..6, early());
    let rung = prop_oneof![1 => Just(Stage::CoLead), 1 => stage()];
    let authorize = (member(), one_of(&ROLES), rung, late());
    let suspend = (member(), one_of(&ROLES), late());
    let observe = (member(), one_of(&SKILLS), level(), day());
    prop_oneof![
        1 => announce.prop_map(|(course, most, on)| Attempt::Announce(Box::new(course), most, on)),
        4 => (member(), early()).prop_map(|(member, on)| Attempt::Screen(member, on)),
        4 => (member(), early()).prop_map(|(member, on)| Attempt::Enroll(member, on)),
        1 => (member(), day()).prop_map(|(member, on)| Attempt::Withdraw(member, on)),
        2 => observe.prop_map(|(m, item, level, on)| Attempt::Observe(m, item, level, on)),
        6 => (member(), late()).prop_map(|(member, on)| Attempt::Complete(member, on)),
        10 => authorize.prop_map(|(m, role, stage, on)| Attempt::Authorize(m, role, stage, on)),
        2 => suspend.prop_map(|(m, role, on)| {
            Attempt::Record(Class::suspend(m, role, SuspensionReason::Rest, on))
        }),
        2 => (member(), one_of(&ROLES), late()).prop_map(|(m, role, on)| Attempt::Restore(m, role, on)),
        3 => (1_u128..9, member(), late()).prop_map(|(n, m, on)| Attempt::Certify(n, m, on)),
        8 => lesson().prop_map(Attempt::Record),
        3 => (member(), one_of(&COMPONENTS), early()).prop_map(|(member, component, on)| {
            Attempt::Record(ClassEvent::ComponentCompleted { member, component, on })
        }),
        1 => about_learning().prop_map(Attempt::Record),
        1 => event().prop_map(Attempt::Record),
    ]
}

/// A life to be lived: a class is announced, then people attempt what they may.
pub fn life() -> impl Strategy<Value = Vec<Attempt>> {
    let announce = (course(), 2_u16..6)
        .prop_map(|(course, most)| Attempt::Announce(Box::new(course), most, NaiveDate::default()));
    (announce, proptest::collection::vec(attempt(), 0..120))
        .prop_map(|(first, rest)| std::iter::once(first).chain(rest).collect())
}

/// One of the first days.
fn early() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![5 => day().prop_map(|day| first_day().max(day - Days::new(36))), 1 => day()]
}

/// One of the last days.
fn late() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![4 => day().prop_map(|day| (first_day() + Days::new(20)).max(day)), 1 => day()]
}

/// A module held for nearly everybody.
fn lesson() -> impl Strategy<Value = ClassEvent> {
    let mark = prop_oneof![9 => Just(Mark::Present), 1 => mark()];
    (1_u16..=4, proptest::array::uniform4(mark), early()).prop_map(|(module, marks, on)| {
        let marks = (1..).map(MemberId::number).zip(marks);
        ClassEvent::held(module, 60, marks, on)
    })
}

/// What an attempt comes to: the event, or nothing where it was refused. Plans that were made up
/// without a decision are left out.
#[must_use]
pub fn decide(class: &Class, attempt: &Attempt) -> Option<ClassEvent> {
    use commons::{Fact, Standing};
    let staff = MemberId::number(9);
    match attempt.clone() {
        Attempt::Announce(course, most, on) => {
            class.announce(*course, Code::of("spring"), most, on).ok()
        }
        Attempt::Enroll(member, on) => class.enroll(member, on).ok(),
        Attempt::Screen(member, on) => Some(class.screen(member, &Screening::all_ready(on, staff))),
        Attempt::Withdraw(member, on) => {
            Some(class.withdraw(member, WithdrawalReason::OwnChoice, on))
        }
        Attempt::Observe(member, item, level, on) => {
            Some(class.observe(member, item, level, staff, on))
        }
        Attempt::Complete(member, on) => class.complete(member, on).ok(),
        Attempt::Authorize(member, role, stage, on) => {
            class.authorize(member, role, stage, staff, on).ok()
        }
        Attempt::Restore(member, role, on) => class.restore(member, role, staff, on).ok(),
        Attempt::Certify(n, member, on) => class.certify(CertificateId::number(n), member, on).ok(),
        Attempt::Record(event) => (event.standing() == Standing::Record).then_some(event),
    }
}

/// A history of any events, with ids of their own.
pub fn history() -> impl Strategy<Value = Vec<(EventId, ClassEvent)>> {
    proptest::collection::vec(event(), 0..40).prop_map(commons::laws::numbered)
}

//! Completed is not authorized; authorized is not for ever.

use commons::{Aggregate, CertificateId, Code, Refused, Rule};
use curriculum::{
    Authorization, Class, ClassError, ClassEvent, Competence, Lacking, Ladder, Stage,
    SuspensionReason, VoidReason,
};

use crate::people::{HEALING, KEEPER, STAFF, Story, assistants, date, day, healing_circle, who};

/// One assistant who completed the course on day 20.
fn completed(parts: curriculum::CourseParts) -> Story {
    let modules = u16::try_from(parts.modules.len()).expect("few");
    let minutes = parts.modules.first().expect("a module").minutes;
    let mut story = Story::with(parts, 1);
    story.hold(1..=modules, minutes, 1);
    story.decide(|class| class.complete(who(1), day(20)));
    story
}

fn authorize(class: &Class, stage: Stage, on: u64) -> Result<ClassEvent, ClassError> {
    class.authorize(who(1), KEEPER, stage, STAFF, day(on))
}

#[track_caller]
fn refused(class: &Class, stage: Stage, on: u64, want: &[Lacking]) {
    let refused = authorize(class, stage, on).expect_err("something is missing");
    let ClassError::Lacks { lacks } = refused else {
        unreachable!("{refused}");
    };
    assert_eq!(lacks.iter().cloned().collect::<Vec<_>>(), want);
}

#[track_caller]
fn check(story: &Story, on: u64, want: Result<Stage, &[Lacking]>) {
    match (story.class.authorization(who(1), &KEEPER, day(on)), want) {
        (Authorization::Authorized { stage, .. }, want) => assert_eq!(Ok(stage), want),
        (Authorization::NotAuthorized(lacks), want) => {
            let lacks: Vec<_> = lacks.iter().cloned().collect();
            assert_eq!(Err(lacks.as_slice()), want);
        }
    }
}

fn heal(story: &mut Story, on: u64) {
    story.record(ClassEvent::ComponentCompleted {
        member: who(1),
        component: HEALING,
        on: day(on),
    });
}

#[test]
fn no_assistant_leads_before_the_training_and_their_own_healing() {
    let mut story = Story::with(assistants(), 1);
    story.hold(1..=15, 420, 1);
    refused(
        &story.class,
        Stage::CoLead,
        20,
        &[Lacking::Component { component: HEALING }, Lacking::Completion],
    );
    story.decide(|class| class.complete(who(1), day(20)));
    refused(&story.class, Stage::CoLead, 20, &[Lacking::Component { component: HEALING }]);
    let error = authorize(&story.class, Stage::CoLead, 20).expect_err("healing comes first");
    assert_eq!(error.rule(), Some(Rule::of("SH-03")));
    heal(&mut story, 21);
    refused(&story.class, Stage::CoLead, 20, &[Lacking::Component { component: HEALING }]);
    check(&story, 21, Err(&[Lacking::Authorization]));
    story.decide(|class| authorize(class, Stage::CoLead, 21));
    check(&story, 21, Ok(Stage::CoLead));
    check(&story, 20, Err(&[Lacking::Component { component: HEALING }, Lacking::Authorization]));
}

#[test]
fn leading_is_reached_rung_by_rung() {
    let mut story = completed(assistants());
    heal(&mut story, 20);
    refused(&story.class, Stage::Lead, 21, &[Lacking::Rung { first: Stage::LeadObserved }]);
    for (stage, on) in Stage::ALL.into_iter().zip(21..) {
        story.decide(|class| authorize(class, stage, on));
        check(&story, on, Ok(stage));
    }
    let mut free = assistants();
    free.ladder = Ladder::None;
    let mut story = completed(free);
    heal(&mut story, 20);
    assert!(authorize(&story.class, Stage::Lead, 21).is_ok());
}

#[test]
fn who_was_seen_to_harm_co_leads_until_a_retest_takes_it_back() {
    let skill = Code::of("listening");
    let mut parts = healing_circle();
    parts.competences = [skill.clone()].into();
    let mut story = completed(parts);
    let unseen = Lacking::Competence { item: skill.clone() };
    refused(&story.class, Stage::Lead, 21, std::slice::from_ref(&unseen));
    let see = |story: &mut Story, level, on| {
        let event = story.class.observe(who(1), skill.clone(), level, STAFF, day(on));
        story.record(event)
    };
    see(&mut story, Competence::Partial, 21);
    refused(&story.class, Stage::Lead, 21, std::slice::from_ref(&unseen));
    see(&mut story, Competence::Basic, 22);
    story.decide(|class| authorize(class, Stage::Lead, 22));
    check(&story, 25, Ok(Stage::Lead));

    see(&mut story, Competence::Harmful, 30);
    check(&story, 29, Ok(Stage::Lead));
    check(&story, 30, Ok(Stage::CoLead));
    refused(&story.class, Stage::Lead, 30, &[Lacking::Harmful { item: skill.clone() }]);
    // Seen well elsewhere, without a word on the harm: it stands.
    story.record(ClassEvent::CompetenceObserved {
        member: who(1),
        item: skill.clone(),
        level: Competence::Advanced,
        cites: [].into(),
        by: STAFF,
        on: day(40),
    });
    check(&story, 40, Ok(Stage::CoLead));
    see(&mut story, Competence::Basic, 60);
    check(&story, 60, Ok(Stage::Lead));
}

#[test]
fn a_suspension_stands_until_somebody_takes_back_that_very_one() {
    let mut story = completed(healing_circle());
    story.decide(|class| authorize(class, Stage::Lead, 21));
    let rest = |on| Class::suspend(who(1), KEEPER, SuspensionReason::Rest, day(on));
    assert_eq!(story.class.restore(who(1), KEEPER, STAFF, day(22)), Err(ClassError::NotSuspended));
    story.record(rest(25));
    check(&story, 24, Ok(Stage::Lead));
    check(&story, 25, Err(&[Lacking::Suspended { since: day(25) }]));
    let restored = story.class.restore(who(1), KEEPER, STAFF, day(28)).expect("one stands");
    // Meanwhile another laptop suspended too: the restoring did not know of it.
    story.record(rest(27));
    story.record(restored);
    check(&story, 28, Err(&[Lacking::Suspended { since: day(27) }]));
    story.decide(|class| class.restore(who(1), KEEPER, STAFF, day(29)));
    check(&story, 29, Ok(Stage::Lead));
}

#[test]
fn training_runs_out_on_the_calendars_own_day() {
    let mut parts = healing_circle();
    parts.valid_months = Some(36);
    let mut story = completed(parts);
    story.decide(|class| authorize(class, Stage::Lead, 21));
    let certificate = CertificateId::number(1);
    assert_eq!(day(20), date(2026, 3, 22));
    let last = date(2029, 3, 22);
    let event = story.class.certify(certificate, who(1), date(2028, 2, 29)).expect("completed");
    assert!(
        matches!(event, ClassEvent::CertificateIssued { expires: Some(day), .. } if day == last),
        "it runs from the day of completion"
    );
    story.record(event);
    let again = story.class.certify(CertificateId::number(2), who(1), date(2028, 3, 1));
    assert_eq!(again, Err(ClassError::CertificateStands));
    let may = |story: &Story, on| story.class.authorization(who(1), &KEEPER, on).is_authorized();
    assert!(may(&story, last));
    let lapsed = story.class.authorization(who(1), &KEEPER, date(2029, 3, 23));
    let lapsed = lapsed.lacks().map(ToString::to_string);
    assert_eq!(lapsed.as_deref(), Some("the training was valid through 2029-03-22"));
}

#[test]
fn lapsed_training_is_renewed_by_training_and_not_by_paper() {
    let mut parts = healing_circle();
    parts.valid_months = Some(36);
    let mut story = completed(parts);
    let (last, lapsed) = (date(2029, 3, 22), date(2029, 3, 23));
    assert_eq!(story.class.complete(who(1), last), Err(ClassError::AlreadyCompleted));
    for on in [lapsed, date(2030, 1, 1)] {
        let paper = story.class.certify(CertificateId::number(1), who(1), on).expect_err("lapsed");
        assert_eq!(paper.to_string(), "the training was valid through 2029-03-22");
        let again = story.class.complete(who(1), on).expect_err("nothing was taught since");
        assert_eq!(again.code(), "class.lacks");
    }
    for module in 1..=6 {
        let on = date(2029, 4, u32::from(module));
        story.record(ClassEvent::held(module, 180, [(who(1), curriculum::Mark::Present)], on));
    }
    story.decide(|class| class.complete(who(1), date(2029, 4, 6)));
    assert_eq!(story.class.trained_through(who(1), date(2029, 4, 6)), Some(date(2032, 4, 6)));
    story.decide(|class| class.certify(CertificateId::number(1), who(1), date(2029, 4, 6)));
    assert!(story.class.breaches().is_empty(), "{:?}", story.class.breaches());
}

#[test]
fn a_component_that_runs_out_is_renewed_or_nobody_leads() {
    let mut parts = assistants();
    parts.components[0].valid_months = Some(24);
    let mut story = completed(parts);
    heal(&mut story, 20);
    story.decide(|class| authorize(class, Stage::CoLead, 21));
    let may = |story: &Story, on| story.class.authorization(who(1), &KEEPER, on).is_authorized();
    assert!(may(&story, date(2028, 3, 22)));
    assert!(!may(&story, date(2028, 3, 23)));
    let renewed =
        ClassEvent::ComponentCompleted { member: who(1), component: HEALING, on: date(2028, 3, 1) };
    story.record(renewed);
    assert!(may(&story, date(2028, 3, 23)));
}

#[test]
fn only_who_completed_gets_a_certificate() {
    let story = Story::with(healing_circle(), 1);
    let refused =
        story.class.certify(CertificateId::number(1), who(1), day(30)).expect_err("not completed");
    assert_eq!(refused.code(), "class.lacks");
    assert_eq!(refused.to_string(), "the course is not completed");
}

#[test]
fn a_completion_in_question_lets_nobody_lead_until_it_is_settled() {
    let mut story = completed(healing_circle());
    story.decide(|class| authorize(class, Stage::Lead, 21));
    // The record of module 4 turns out to belong to another class.
    assert!(story.class.breaches().is_empty());
    story.record(ClassEvent::Voided {
        entry: commons::EventId::number(7),
        reason: VoidReason::WrongClass,
    });
    check(&story, 22, Err(&[Lacking::Contested]));
    for breach in story.class.breaches() {
        story.record(ClassEvent::Settled { breach, reason: curriculum::SettleReason::Explained });
    }
    check(&story, 22, Ok(Stage::Lead));
    // And then another module turns out not to have been hers: a new loss is in question anew.
    let entry = commons::EventId::number(6);
    story.record(ClassEvent::Voided { entry, reason: VoidReason::WrongClass });
    check(&story, 22, Err(&[Lacking::Contested]));
}

#[test]
fn nobody_is_authorized_for_a_role_the_course_does_not_teach() {
    let story = completed(healing_circle());
    let other = story.class.authorize(who(1), Code::of("clinician"), Stage::Lead, STAFF, day(21));
    assert_eq!(
        other.map_err(|error| error.to_string()),
        Err("the course does not prepare for that role".into())
    );
    let nothing = Class::default().authorization(who(1), &KEEPER, day(1));
    assert!(nothing.lacks().is_some_and(|lacks| lacks.contains(&Lacking::Announcement)));
}

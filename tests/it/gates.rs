//! What a plan must pass, and what is shown where something was done without it.

use std::collections::BTreeSet;

use circle_access::{Asker, Condition, Purpose, Role};
use circle_model::Proposal;
use circlekeeper::{Asking, DocumentKind, Keeper, KeeperError, Release, Standing, gates::StandBy};
use commons::{Code, MemberId, Private, Refused, Rule, ServiceId};
use event_log::{EventLog, MemoryLog};
use rehearsal::World;
use safety_protocols::{
    Category, Exit, Harm, HelpBy, MatterContent, Progress, ReferralEvent, Scope, Severity,
    SupervisionEvent, SupervisionMode, Verdict,
};

use crate::scene::{
    Scene, assistants, beside, circle, coordinator, day, draft, enter, found, gather,
    healing_group, list, meet, memory, moment, monday, proposal, reporting, rule_of, somebody,
    spoken,
};

type Desk = Keeper<MemoryLog, World>;

const ROLE: &str = "community_healing_assistant";

/// A service that somebody made sure of, to which the member may be referred.
fn referable(keeper: &mut Desk, scene: &Scene) -> (MemberId, ServiceId) {
    let service = list(keeper, &Code::of("mental-health-care"));
    let member = scene.members[0];
    let (scope, proof) = (Scope::Refer { service }, spoken(scene.supervisor));
    let at = moment(1, 9);
    keeper.give_consent(&[member], Some(scene.unit), &[scope], &proof, at).unwrap();
    (member, service)
}

#[test]
fn nobody_is_told_of_a_member_without_a_release_they_gave_but_in_an_emergency() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let (member, service) = referable(&mut keeper, &scene);
    let (unit, at) = (Some(scene.unit), moment(1, 10));
    assert_eq!(rule_of(keeper.refer(member, unit, service, HelpBy::Soon, at)), "RF-01");
    let items = [Code::of("contact")].into();
    let release = Release { receiver: service, items, purpose: Code::of("care"), days: 20 };
    keeper.release(member, unit, &release, at).unwrap();
    let referral = keeper.refer(member, unit, service, HelpBy::Soon, at).unwrap();
    let facts = keeper.referral(referral).unwrap().referral.facts().clone();
    let under = |fact: &ReferralEvent| {
        if let ReferralEvent::Requested { release, .. } = fact { Some(*release) } else { None }
    };
    assert!(facts.live().find_map(|(_, fact)| under(fact)).unwrap().is_some());
    // The end that the member heard is the end.
    let later = moment(22, 10);
    assert_eq!(rule_of(keeper.refer(member, unit, service, HelpBy::Soon, later)), "RF-01");

    // Whoever is in danger now is handed on without anything: no consent, no check of the service.
    let (_, other) = somebody(&mut keeper, "Ann", Standing::Participant);
    let helped = keeper.refer(other, unit, service, HelpBy::Emergency, moment(400, 9)).unwrap();
    let facts = keeper.referral(helped).unwrap().referral.facts().clone();
    assert_eq!(facts.live().find_map(|(_, fact)| under(fact)).unwrap(), None, "and it shows");
    assert!(keeper.findings().unwrap().is_empty(), "an emergency breaks no rule");
}

#[test]
fn no_plan_is_brought_as_if_it_had_happened() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let (member, service) = referable(&mut keeper, &scene);
    let at = moment(1, 10);
    let helped = keeper.refer(member, Some(scene.unit), service, HelpBy::Emergency, at).unwrap();
    let code = |refused: Result<(), KeeperError>| refused.unwrap_err().code();
    let done = ReferralEvent::Completed { outcome: None, at };
    assert_eq!(code(keeper.referral_went(helped, &done)), "gate.plan_as_record");
    let arranged = SupervisionEvent::Arranged {
        supervisor: scene.members[0],
        deputy: scene.members[0],
        arrangement: safety_protocols::Arrangement::PeerConsultation,
        from: monday(),
        replaces: [].into(),
    };
    assert_eq!(code(keeper.record_supervision(scene.unit, &arranged)), "gate.plan_as_record");
    // What waits goes on by its own decision.
    let hold = ReferralEvent::Stopped { exit: Exit::OnHold, reason: Code::of("distance"), at };
    keeper.referral_went(helped, &hold).unwrap();
    keeper.resume_referral(helped, moment(2, 10)).unwrap();
    assert_eq!(keeper.referral(helped).unwrap().referral.progress(), Progress::Requested);
    assert!(keeper.resume_referral(helped, moment(2, 11)).is_err());
}

#[test]
fn a_service_that_nobody_made_sure_of_helps_nobody_yet() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let (member, known) = referable(&mut keeper, &scene);
    let card = safety_protocols::ServiceCard {
        name: "new".into(),
        reach: "0000".into(),
        hours: String::new(),
        cost: String::new(),
        languages: Vec::new(),
        eligibility: String::new(),
    };
    let service = keeper.list_service(&card, &[Code::of("mental-health-care")], monday()).unwrap();
    assert_ne!(service, known);
    let at = moment(1, 10);
    assert_eq!(rule_of(keeper.refer(member, None, service, HelpBy::Soon, at)), "RF-02");
    keeper.assure_service(service, day(1)).unwrap();
    assert_eq!(rule_of(keeper.refer(member, None, service, HelpBy::Soon, at)), "RF-01");
}

#[test]
fn who_comes_without_having_said_yes_is_welcome_and_it_shows() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let rules = keeper.adopt(DocumentKind::Agreement, b"We respect each other.").unwrap();
    let all = scene.members.iter().copied().collect();
    keeper.adopt_agreement(scene.unit, rules, &Code::of("rw"), &all, monday()).unwrap();
    enter(&mut keeper, scene.unit, "p0", 0).unwrap();
    let gate = |keeper: &mut Desk| -> Verdict {
        let asked = proposal(23, 7, 90, &scene.members[..1], "member");
        keeper.session_gate(scene.unit, &asked, &StandBy::default()).unwrap()
    };
    let asked = proposal(23, 7, 90, &scene.members[..1], "member");
    let session = keeper.plan_session(scene.unit, &asked, &beside(&scene)).unwrap();
    keeper.record_session(scene.unit, session, &draft(7, 90, &scene.members, &[])).unwrap();
    assert_eq!(keeper.findings().unwrap(), []);
    let (member, unit) = (scene.members[0], Some(scene.unit));
    keeper.withdraw_consent(member, unit, &Scope::Participate, moment(7, 8)).unwrap();
    let kinds: Vec<_> = keeper.findings().unwrap().into_iter().map(|one| one.kind).collect();
    assert_eq!(kinds, ["attended_without_consent"], "U-05");
    // One person who takes their word back keeps nobody from meeting; who never gave it does.
    let verdict = gate(&mut keeper);
    assert!(verdict.refused.iter().all(|unmet| unmet.rule != Rule::of("U-05")));
    assert!(verdict.warned.iter().any(|unmet| unmet.rule == Rule::of("U-05")));
    keeper.refuse_consent(scene.members[1], unit, &Scope::Participate, moment(7, 9)).unwrap();
    assert!(gate(&mut keeper).refused.iter().any(|unmet| unmet.rule == Rule::of("U-05")));
}

/// A group in its ninth week, supervised lately.
fn before_the_storms(keeper: &mut Desk) -> (Scene, Vec<MemberId>) {
    let (scene, led_by) = healing_group(keeper);
    for number in 1..=3 {
        meet(keeper, (&scene, &led_by), number, &[]);
    }
    let all = scene.members.iter().copied().collect();
    let rules = keeper.adopt(circlekeeper::DocumentKind::Agreement, b"Respect.").unwrap();
    keeper.adopt_agreement(scene.unit, rules, &Code::of("rw"), &all, day(21)).unwrap();
    enter(keeper, scene.unit, "trust", 22).unwrap();
    for number in 4..=8 {
        if number % 2 == 0 {
            let on = day(u64::from(number) * 7);
            let held = SupervisionEvent::Held { on, minutes: 60, mode: SupervisionMode::Group };
            keeper.record_supervision(scene.unit, &held).unwrap();
        }
        meet(keeper, (&scene, &led_by), number, &[]);
    }
    (scene, led_by)
}

#[test]
fn storms_are_told_only_while_somebody_who_does_not_lead_can_be_reached() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, led_by) = before_the_storms(&mut keeper);
    let more = assistants(&mut keeper, 1, scene.supervisor)[0];
    let lacks = |keeper: &mut Desk, reachable: &[MemberId]| {
        let stand_by =
            StandBy { reachable: reachable.iter().copied().collect(), ..StandBy::default() };
        let asked = proposal(9, 63, 120, &led_by, ROLE);
        let verdict = keeper.session_gate(scene.unit, &asked, &stand_by).unwrap();
        verdict.refused.iter().any(|unmet| unmet.what == "reachable")
    };
    assert!(lacks(&mut keeper, &[]), "nobody is taken to be there");
    assert!(lacks(&mut keeper, &led_by), "who leads is not beside");
    assert!(lacks(&mut keeper, &scene.members[..1]));
    assert!(!lacks(&mut keeper, &[scene.supervisor]));
    assert!(!lacks(&mut keeper, &[scene.deputy]));
    assert!(!lacks(&mut keeper, &[more]));
}

#[test]
fn a_substitute_leads_once_and_it_is_seen() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, led_by) = healing_group(&mut keeper);
    let (_, helper) = somebody(&mut keeper, "Ann", Standing::Facilitator);
    let pair = [led_by[0], helper];
    let asked = |number: u16, substitute| Proposal {
        substitute,
        ..proposal(number, u64::from(number) * 7, 120, &pair, ROLE)
    };
    let unmet = |refused: Result<_, KeeperError>| match refused {
        Err(KeeperError::Gate { unmet }) => unmet.iter().map(|one| one.what.to_string()).collect(),
        Ok(_) => Vec::new(),
        Err(error) => panic!("{error}"),
    };
    let nobody = StandBy::default();
    let alone = keeper.plan_session(scene.unit, &asked(1, None), &nobody);
    assert_eq!(unmet(alone), ["authorized"]);
    let verdict = keeper.session_gate(scene.unit, &asked(1, Some(helper)), &nobody).unwrap();
    assert!(verdict.warned.iter().any(|one| one.what == "substitute"), "flagged");
    let session = keeper.plan_session(scene.unit, &asked(1, Some(helper)), &nobody).unwrap();
    let mut written = draft(7, 120, &scene.members, &[]);
    written.record.led_by = pair.iter().map(|one| (*one, Code::of(ROLE))).collect();
    keeper.record_session(scene.unit, session, &written).unwrap();
    let kinds: Vec<_> = keeper.findings().unwrap().into_iter().map(|one| one.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "substituted").count(), 1, "{kinds:?}");
    let Err(KeeperError::Refused(again)) =
        keeper.plan_session(scene.unit, &asked(2, Some(helper)), &nobody)
    else {
        panic!("a second time");
    };
    assert_eq!(again.code(), "session.substitute_again");
}

#[test]
fn who_leads_has_rest_and_after_thirteen_weeks_a_week_off() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    enter(&mut keeper, scene.unit, "p0", 0).unwrap();
    let leader = &scene.members[..1];
    let what = |verdict: &[safety_protocols::Unmet]| -> BTreeSet<String> {
        let of_work = ["WL-02", "WL-03", "U-17"].map(Rule::of);
        let work = verdict.iter().filter(|one| of_work.contains(&one.rule));
        work.map(|one| one.what.to_string()).collect()
    };
    // In a phase without sessions of its own a circle may meet beyond its plan.
    for week in 1..=12_u16 {
        let asked = proposal(22 + week, u64::from(week) * 7, 90, leader, "member");
        let verdict = keeper.session_gate(scene.unit, &asked, &StandBy::default()).unwrap();
        assert_eq!((what(&verdict.refused), what(&verdict.warned)), Default::default());
        keeper.plan_session(scene.unit, &asked, &StandBy::default()).ok();
        let session = keeper.unit(scene.unit).unwrap();
        assert_eq!(session.sessions.len(), usize::from(week), "SP-03 is not asked of this test");
        let on = day(u64::from(week) * 7);
        let held = SupervisionEvent::Held { on, minutes: 60, mode: SupervisionMode::Group };
        keeper.record_supervision(scene.unit, &held).unwrap();
    }
    let thirteenth = proposal(35, 13 * 7, 90, leader, "member");
    let verdict = keeper.session_gate(scene.unit, &thirteenth, &StandBy::default()).unwrap();
    assert_eq!(what(&verdict.warned), ["week_off".to_owned()].into(), "U-17 warns");
    let mut soon = proposal(36, 12 * 7, 90, leader, "member");
    soon.at.time = chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap();
    let verdict = keeper.session_gate(scene.unit, &soon, &StandBy::default()).unwrap();
    assert_eq!(what(&verdict.refused), ["pause".to_owned()].into(), "half an hour between two");
}

#[test]
fn nothing_opens_or_meets_by_a_model_that_cannot_be_read_or_without_somebody_on_call() {
    let mut keeper = found(memory(1), 1, false);
    let fortnightly =
        safety_protocols::Arrangement::Supervised(safety_protocols::Cadence::Fortnightly);
    let scene = gather(&mut keeper, "healing-circle", 6, fortnightly);
    let missing = |verdict: &Verdict| -> Vec<String> {
        verdict.refused.iter().map(|one| format!("{} {}", one.rule, one.what)).collect()
    };
    assert!(keeper.opening_gate(scene.unit, monday()).unwrap().passes());
    // Nobody stands by before that day: neither rung of the ladder is there.
    let before = keeper.opening_gate(scene.unit, monday() - chrono::Days::new(1)).unwrap();
    assert!(missing(&before).contains(&"U-07 on_call".to_owned()), "{before:?}");

    let mut terms = crate::scene::model("healing-circle").terms().unwrap().get().clone();
    terms.model.id = Code::of("unheard-of");
    let terms = circle_model::Terms::new(terms).unwrap();
    let new =
        circlekeeper::NewGroup { terms, words: circlekeeper::UnitWords::default(), on: monday() };
    let unit = keeper.form_group(&new).unwrap();
    let verdict = keeper.opening_gate(unit, monday()).unwrap();
    assert!(missing(&verdict).contains(&"U-07 model".to_owned()), "{verdict:?}");
    let asked = proposal(1, 7, 90, &scene.members[..1], "member");
    let verdict = keeper.session_gate(unit, &asked, &StandBy::default()).unwrap();
    assert!(missing(&verdict).contains(&"SH-06 model".to_owned()), "{verdict:?}");
    // And supervision is then the strictest there is.
    let (one, two) = (scene.supervisor, scene.deputy);
    assert_eq!(rule_of(keeper.arrange_supervision(unit, one, two, fortnightly, monday())), "SV-15");
}

fn violence(scene: &Scene) -> MatterContent {
    MatterContent {
        category: Category::PartnerViolence,
        physical: Harm::Moderate,
        psychological: Harm::Moderate,
        concerns: vec![scene.members[0]],
        reported_by: None,
        unit: Some(scene.unit),
        account: "quillfeather".into(),
        written_at: moment(3, 12),
    }
}

#[test]
fn what_a_partner_does_stands_in_no_record_of_the_group_and_is_talked_about_alone() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let at = moment(3, 12);
    let matter = keeper.open_matter(Severity::S2, at, None, &violence(&scene)).unwrap();
    // What lies open under the group says that something is to be done, never what or whose.
    let reading = keeper.log().read(scene.unit.into()).unwrap();
    for event in &reading.events {
        let open = String::from_utf8_lossy(event.open().unwrap_or_default()).into_owned();
        assert!(!open.contains("partner") && !open.contains("violence"), "{open}");
        let of_matter = event.header().kind.as_str().starts_with("matter.");
        assert!(!of_matter || !open.contains(&scene.members[0].to_string()), "{open}");
    }
    let card = keeper.unit_card(&Asking::own_circle(), scene.unit).unwrap();
    assert_eq!(card.open_matters, 1);
    assert!(!serde_json::to_string(&card).unwrap().contains("violence"));

    let mut talk =
        |there: &[MemberId]| keeper.may_be_talked_about(matter, &there.iter().copied().collect());
    talk(&scene.members[..1]).unwrap();
    assert_eq!(rule_of(talk(&scene.members[..2])), "SH-07", "the other may be the partner");
}

#[test]
fn every_way_out_asks_who_asks() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let member = scene.members[0];
    let (lead, at) = (Asking::safeguarding(), moment(3, 12));
    let matter = keeper.open_matter(Severity::S2, at, None, &violence(&scene)).unwrap();
    let funder = Asking::of(Role::Funder, Purpose::Report);
    let evaluator = Asking::of(Role::Evaluator, Purpose::Evaluate);
    for asking in [&funder, &evaluator, &lead] {
        assert!(keeper.people(asking).is_err(), "{asking:?}");
        assert!(keeper.name_of(asking, member).is_err());
        assert!(keeper.person_of(asking, member).is_err());
        assert!(keeper.unit_card(asking, scene.unit).is_err());
    }
    for asking in [&funder, &evaluator, &coordinator()] {
        assert!(keeper.matter_content(asking, matter).is_err(), "{asking:?}");
    }
    assert_eq!(rule_of(keeper.people(&reporting())), "", "a role may, for another purpose");
    assert!(keeper.cohort(&Asking::of(Role::Administrator, Purpose::Operate), at).is_err());

    assert_eq!(keeper.people(&coordinator()).unwrap().len(), 8);
    assert!(matches!(keeper.matter_content(&lead, matter).unwrap(), Private::Known(_)));
    assert!(keeper.unit_words(&Asking::own_circle(), scene.unit).unwrap().known().is_some());
    keeper.cohort(&funder, at).unwrap();

    // A keeper sees who sits there; scores only where the member agreed to show them (U-12).
    let sheets = [crate::scene::sheet(member, scene.unit, 0)];
    keeper.record_sheets(&sheets, at).unwrap();
    let mut scores = |asking: &Asking| {
        let card = keeper.unit_card(asking, scene.unit).unwrap();
        card.people.iter().filter(|person| person.phq9.is_some()).count()
    };
    assert_eq!(scores(&Asking::own_circle()), 0);
    let asker = Asker::wearing(Role::Keeper).having(Condition::ScopeGiven);
    assert_eq!(scores(&Asking { asker, ..Asking::own_circle() }), 1);

    // The card that helps stands before no question, and a locked program shows no word.
    assert!(keeper.card().unwrap().is_some());
    keeper.lock();
    let lines = keeper.people(&funder).unwrap();
    assert!(lines.iter().all(|line| matches!(line.identity, Private::Locked)));
}

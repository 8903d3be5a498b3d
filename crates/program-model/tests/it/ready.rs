//! The models that come with the crate.

use circle_model::{Condition, Holder, Joining};
use commons::Code;
use program_model::{
    Asked, Basis, Level, Model, NotShipped, Shape, State, ready, rule_table, shipped,
};
use safety_protocols::{Arrangement, Cadence, Scope};

#[track_caller]
fn model(id: &str) -> Model {
    ready(id).expect("the model is ready")
}

#[test]
fn two_models_are_ready_and_twenty_one_are_planned() {
    let of = |state| shipped().iter().filter(|model| model.state == state).count();
    assert_eq!((of(State::Ready), of(State::Draft), of(State::Planned)), (2, 0, 21));
    for index in shipped() {
        match index.model() {
            Ok(model) => {
                assert_eq!(index.state, State::Ready);
                let named = (model.id(), model.name(), model.shape());
                assert_eq!(named, (&index.id, index.name, index.shape));
            }
            Err(NotShipped::Planned { id }) => {
                assert_eq!((index.state, &index.id), (State::Planned, &id));
            }
            Err(other) => panic!("{}: {other:?}", index.id),
        }
    }
    let mut ids: Vec<_> = shipped().iter().map(|model| &model.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 23);
}

#[test]
fn nothing_is_left_to_look_at_but_owners_to_ask() {
    assert_eq!(model("healing-circle").warnings(), []);
    let warnings: Vec<_> = model("social-healing-group")
        .warnings()
        .iter()
        .map(|finding| (finding.fault.code(), finding.path.clone()))
        .collect();
    assert!(warnings.iter().all(|(code, _)| *code == "measures.rights"), "{warnings:?}");
    assert_eq!(warnings.len(), 7, "WEMWBS, CD-RISC, CTS2S and four whose rights nobody checked");
}

#[test]
fn every_rule_of_the_table_holds_in_its_model() {
    for (id, own) in [("healing-circle", 9), ("social-healing-group", 11)] {
        let model = model(id);
        let holds = |rule| {
            [Level::Must, Level::Should]
                .into_iter()
                .any(|level| model.rules(level).any(|row| row.id == rule))
        };
        let rows =
            rule_table().iter().filter(|row| row.model.as_ref().is_none_or(|of| of == model.id()));
        let rows: Vec<_> = rows.collect();
        assert_eq!(rows.len(), 20 + own);
        for row in rows {
            assert!(holds(row.id.clone()), "{id} lacks {}", row.id);
        }
    }
}

#[test]
fn a_healing_circle_seats_five_to_seven_whose_staff_step_back() {
    let terms = model("healing-circle").terms().unwrap();
    let terms = terms.get();
    assert_eq!((terms.seats.fewest(), terms.seats.target(), terms.seats.most()), (5, 6, 7));
    assert_eq!(terms.joining, Joining::ByConsent);
    assert_eq!((terms.cadence.sessions(), terms.cadence.minutes()), (22, 90));
    assert_eq!(terms.agenda.minutes(), 90);
    let stances: Vec<_> =
        terms.plan.phases().iter().map(|phase| (phase.id.as_str(), phase.stance)).collect();
    insta::assert_debug_snapshot!(stances);
    let staff: Vec<_> = terms
        .roles
        .iter()
        .filter(|role| role.holder == Holder::Staff)
        .map(|role| role.id.as_str())
        .collect();
    assert_eq!(staff, ["staff_facilitator", "observer_mentor"]);
    assert_eq!(
        terms.forbidden_roles,
        [Code::of("clinician"), Code::of("social_service_professional")]
    );
    assert_eq!(terms.decide_within_days, Some(14));
    let fixed: Vec<_> = terms.fixed_rules.iter().map(ToString::to_string).collect();
    assert_eq!(fixed, ["HC-01", "HC-02", "HC-03"]);
}

#[test]
fn a_circle_opens_only_when_all_six_modules_are_done() {
    let model = model("healing-circle");
    let opens = model.content().phases.iter().find(|phase| phase.id == *"p2").unwrap();
    assert!(opens.enter.contains(&Condition::ModulesDone { fewest: 6 }), "all, counted");
    let courses = model.courses().unwrap();
    let healer = courses.iter().find(|course| *course.id() == *"healer").unwrap();
    assert_eq!(
        (healer.modules().len(), healer.total_minutes(), healer.attended_least()),
        (6, 18 * 60, 5)
    );
    let done = |modules: &[u16]| healer.story_may_be_told(&modules.iter().copied().collect());
    assert!(!done(&[1, 2]) && done(&[1, 2, 3]));
}

#[test]
fn a_social_healing_group_has_sixteen_weeks_and_two_assistants() {
    let model = model("social-healing-group");
    let terms = model.terms().unwrap();
    let terms = terms.get();
    assert_eq!((terms.seats.fewest(), terms.seats.target(), terms.seats.most()), (15, 20, 22));
    assert_eq!(terms.joining, Joining::UntilSession { session: 3 });
    assert_eq!(terms.completed_at, Some(12));
    assert!(terms.agenda.fixed_order);
    for (days, good) in [(3, false), (4, true), (10, true), (11, false)] {
        assert_eq!(terms.cadence.allows_gap(days), good, "{days} days");
    }
    for (minutes, good) in [(89, false), (90, true), (150, true), (151, false)] {
        assert_eq!(terms.cadence.allows_minutes(minutes), good, "{minutes} minutes");
    }
    let syllabus = model.syllabus().unwrap().unwrap();
    assert_eq!((syllabus.sessions().len(), syllabus.last_to_join()), (16, Some(3)));
    let due = ["t0", "t1", "t2"].map(|timepoint| syllabus.measured_at(&timepoint.parse().unwrap()));
    assert_eq!(due, [Some(1), Some(8), Some(15)]);
    let cha = &model.courses().unwrap()[0];
    assert!(cha.component(&Code::of("own_healing")).is_some());
}

#[test]
fn each_phase_has_its_supervision_and_none_pauses_a_circle_alone() {
    let arranged = |id, phases: &[&'static str]| -> Vec<_> {
        let model = model(id);
        phases.iter().map(|phase| model.arrangement(&Code::of(phase))).collect()
    };
    let fortnightly = Some(Arrangement::Supervised(Cadence::Fortnightly));
    let peers = Some(Arrangement::PeerConsultation);
    let circle = arranged("healing-circle", &["p0", "p1", "p2", "p3", "p4", "p5", "p6"]);
    assert_eq!(circle, [None, fortnightly, fortnightly, fortnightly, peers, peers, None]);
    let group = arranged("social-healing-group", &["safety", "direction", "self_help"]);
    assert_eq!(group, [fortnightly, fortnightly, peers]);
}

#[test]
fn what_is_scored_can_be_scored() {
    let instruments = |id| -> Vec<String> {
        model(id).instruments().map(|instrument| instrument.id().to_string()).collect()
    };
    assert_eq!(instruments("healing-circle"), ["who-5"]);
    assert_eq!(instruments("social-healing-group"), ["phq-9", "gad-7"]);
}

#[test]
fn promises_and_consents_are_those_of_the_safety_room() {
    let circle = model("healing-circle");
    assert_eq!(circle.charter(), safety_protocols::Charter::NoticeAndAct);
    assert_eq!(circle.shelf_life(), Ok(safety_protocols::ShelfLife::LONGEST));
    let code = Code::of("x");
    let scopes = [
        Scope::Participate,
        Scope::KeepRecords,
        Scope::Contact { channel: code.clone() },
        Scope::MeasureOutcomes,
        Scope::MeasureRiskItems,
        Scope::ShareWithSupervisor,
        Scope::ObserverPresent,
        Scope::Refer { service: commons::ServiceId::number(1) },
        Scope::Evaluate,
        Scope::AggregateReporting,
        Scope::Story { purpose: code.clone() },
        Scope::PhotoAudio { purpose: code.clone() },
        Scope::StoreAbroad { country: code },
        Scope::RecontactAfterExit,
        Scope::GuardianInformed { matter: commons::MatterId::number(1) },
    ];
    assert_eq!(scopes.map(|scope| scope.code().to_string()), Asked::WORDS);
}

#[test]
fn going_on_as_a_self_help_group_is_chosen_by_ten_and_required_of_nobody() {
    let model = model("social-healing-group");
    let after = &model.content().after_phase[0];
    assert_eq!((after.model.as_str(), after.optional), ("savings-group", true));
    let terms = model.terms().unwrap();
    let phase = terms.get().plan.phase(&Code::of("self_help")).unwrap();
    assert_eq!(phase.entry, after.conditions, "the phase and what follows ask the same");
    let known = |volunteers| circle_model::Evidence {
        volunteers,
        committee: 5,
        documents: [Code::of("constitution")].into_iter().collect(),
        ..circle_model::Evidence::default()
    };
    let may = |volunteers| phase.entry.iter().all(|condition| condition.is_met(&known(volunteers)));
    assert!(!may(8) && !may(9) && may(10));
}

#[test]
fn intended_activities_are_a_mix() {
    for id in ["healing-circle", "social-healing-group"] {
        assert!(model(id).mix().unwrap().is_some(), "{id}");
    }
}

#[test]
fn every_figure_of_a_ready_model_says_what_it_rests_on_and_none_on_memory() {
    for id in ["healing-circle", "social-healing-group"] {
        let model = model(id);
        assert!(model.bases().count() > 200, "{id}: {}", model.bases().count());
        assert!(model.bases().all(|(_, basis)| *basis != Basis::Recalled), "{id}");
    }
    let circle = model("healing-circle");
    assert_eq!(circle.basis("group.max"), Some(&Basis::Seed(Code::of("repair"))));
    assert_eq!(circle.basis("group.target"), Some(&Basis::Default));
    assert_eq!(circle.basis("agenda.segments[arrive].minutes"), Some(&Basis::Default));
    assert_eq!(circle.basis("group.nothing"), None);
}

#[test]
fn a_model_is_written_and_read_as_its_text() {
    let circle = model("healing-circle");
    let json = serde_json::to_string(&circle).unwrap();
    assert_eq!(serde_json::from_str::<Model>(&json).unwrap(), circle);
    assert!(serde_json::from_str::<Model>("\"schema = 1\"").is_err());
}

#[test]
fn guests_become_members_and_an_open_meeting_keeps_no_list() {
    let joining = |membership: &str| {
        let text = crate::SOUND.replace("closed_group", "open_group");
        let text = text.replace("membership = \"closed\"", membership);
        // A rule about phases has no place where people come and go.
        let (before, rule) = text.split_once("[[rules]]\nid = \"HC-05\"").unwrap();
        let (_, after) = rule.split_once("\n\n").unwrap();
        let text = format!("{before}{after}");
        let terms = Model::parse(&text).unwrap().terms();
        terms.map(|terms| terms.get().joining).map_err(|refused| commons::Refused::code(&refused))
    };
    let guests = "membership = \"guest_then_member\"";
    assert_eq!(joining(guests), Err("model.no-visits"));
    let most = format!("{guests}\nguest_visits_max = 3");
    assert_eq!(joining(&most), Ok(Joining::AfterVisits { fewest: 0, most: 3 }));
    let both = format!("{guests}\nguest_visits_min = 1\nguest_visits_max = 3");
    assert_eq!(joining(&both), Ok(Joining::AfterVisits { fewest: 1, most: 3 }));
    assert_eq!(joining("membership = \"open\""), Ok(Joining::DropIn));
}

#[test]
fn what_is_no_group_gives_no_terms() {
    let place = crate::SOUND.replace("shape = \"closed_group\"", "shape = \"community_defined\"");
    let refused = Model::parse(&place).unwrap().terms().unwrap_err();
    assert_eq!(commons::Refused::code(&refused), "model.not-a-group");
    assert_eq!(Model::parse(&place).unwrap().shape(), Shape::CommunityDefined);
}

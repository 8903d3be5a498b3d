//! The hard lines, and some people at the door.

use circle_access::{
    Action, Asker, Condition, Decision, Purpose, Refusal, Relation, Role, View, arb, cell, may,
};
use commons::{DataClass, Refused, Rule};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_subject_of_a_matter_never_reaches_it(
        asker in arb::asker(), action in arb::action(), purpose in arb::purpose(),
        class in proptest::sample::select(vec![DataClass::Incident, DataClass::Safeguarding, DataClass::Complaint]),
    ) {
        let answer = may(&asker, action, class, Relation::SubjectOfMatter, purpose);
        prop_assert_eq!(answer, Decision::Refused(Refusal::SubjectOfMatter));
    }

    #[test]
    fn who_pays_never_gets_a_row_about_a_person(
        asker in arb::asker(), action in arb::action(), class in arb::class(),
        relation in arb::relation(), purpose in arb::purpose(),
    ) {
        let funder = Condition::ALL.into_iter().filter(|condition| asker.has(*condition))
            .fold(Asker::wearing(Role::Funder), Asker::having);
        if let Decision::Allowed(view) = may(&funder, action, class, relation, purpose) {
            let published = (class, view) == (DataClass::Story, View::Packet) && action == Action::Read;
            let open = class == DataClass::Public;
            prop_assert!(view == View::Aggregates || published || open, "{class:?} {view:?}");
        }
    }

    #[test]
    fn six_classes_never_leave_in_bulk(
        asker in arb::asker(), relation in arb::relation(), purpose in arb::purpose(),
        n in proptest::sample::select(vec![4_u8, 7, 10, 11, 12, 13]),
    ) {
        let class = DataClass::try_from(n).expect("a class");
        prop_assert!(!may(&asker, Action::Export, class, relation, purpose).is_allowed());
    }

    #[test]
    fn the_administrator_sees_no_plain_word_of_classes_3_to_18(
        asker in arb::asker(), action in arb::action(), n in 3_u8..=18,
        relation in arb::relation(), purpose in arb::purpose(),
    ) {
        let administrator = Condition::ALL.into_iter().filter(|condition| asker.has(*condition))
            .fold(Asker::wearing(Role::Administrator), Asker::having);
        let class = DataClass::try_from(n).expect("a class");
        prop_assert!(!may(&administrator, action, class, relation, purpose).is_allowed());
    }

    #[test]
    fn no_relation_reaches_nothing_but_what_is_public_or_was_sent(
        asker in arb::asker(), action in arb::action(), class in arb::class(), purpose in arb::purpose(),
    ) {
        let answer = may(&asker, action, class, Relation::None, purpose);
        let open = class == DataClass::Public;
        let sent = answer == Decision::Allowed(View::Packet);
        prop_assert!(!answer.is_allowed() || open || sent, "{answer:?}");
    }

    #[test]
    fn establishing_more_never_takes_away(
        asker in arb::asker(), action in arb::action(), class in arb::class(),
        relation in arb::relation(), purpose in arb::purpose(),
    ) {
        let bare = may(&Asker::wearing(asker.hat()), action, class, relation, purpose);
        if bare.is_allowed() {
            prop_assert_eq!(bare, may(&asker, action, class, relation, purpose));
        }
    }
}

#[test]
fn the_crisis_card_opens_for_everybody() {
    for role in Role::ALL {
        for relation in Relation::ALL {
            for purpose in Purpose::ALL {
                let answer =
                    may(&Asker::wearing(role), Action::Read, DataClass::Public, relation, purpose);
                assert_eq!(
                    answer,
                    Decision::Allowed(View::Plain),
                    "{role:?} {relation:?} {purpose:?}"
                );
            }
        }
    }
}

#[test]
fn an_evaluator_never_sees_who_it_is() {
    assert_eq!(cell(DataClass::Identity, Role::Evaluator).to_string(), "-");
    for class in DataClass::ALL {
        let seen = cell(class, Role::Evaluator).view;
        let rows = seen == View::Plain && cell(class, Role::Evaluator).to_string() != "-";
        assert!(!rows || class == DataClass::Public, "{class:?}");
    }
}

#[track_caller]
fn check(
    role: Role,
    class: DataClass,
    relation: Relation,
    purpose: Purpose,
    action: Action,
    want: Result<View, Refusal>,
) {
    assert_eq!(may(&Asker::wearing(role), action, class, relation, purpose).view(), want);
}

#[test]
fn people_at_the_door_get_their_own_answer() {
    use Action::{BreakGlass, Export, Read, Write};
    use DataClass::{
        Attendance, Audit, Complaint, Identity, Incident, Keys, Notes, RiskAnswers, Safeguarding,
        Scores,
    };
    use Relation::{Own, OwnCircle, Program, Supervised};
    let unproven = |condition| Err(Refusal::Unproven(condition));
    check(Role::Keeper, Attendance, OwnCircle, Purpose::Facilitate, Write, Ok(View::Plain));
    check(Role::Keeper, Attendance, Program, Purpose::Facilitate, Read, Err(Refusal::OutOfReach));
    check(
        Role::Keeper,
        Attendance,
        OwnCircle,
        Purpose::Report,
        Read,
        Err(Refusal::NotForThisPurpose),
    );
    check(
        Role::Keeper,
        Scores,
        OwnCircle,
        Purpose::Facilitate,
        Read,
        unproven(Condition::ScopeGiven),
    );
    check(
        Role::Keeper,
        RiskAnswers,
        OwnCircle,
        Purpose::Safety,
        Read,
        unproven(Condition::ActionOpen),
    );
    check(Role::Keeper, Complaint, Own, Purpose::Safety, Read, Err(Refusal::DueProcessOnly));
    check(Role::Member, Scores, Own, Purpose::Rights, Read, Ok(View::Plain));
    check(Role::Member, Scores, OwnCircle, Purpose::Rights, Read, Err(Refusal::OutOfReach));
    check(Role::Member, Safeguarding, Own, Purpose::Rights, Read, Err(Refusal::LeadDecides));
    check(Role::Member, Incident, Own, Purpose::Rights, Read, Ok(View::Part));
    check(Role::Supervisor, Identity, Supervised, Purpose::Safety, Read, Err(Refusal::GlassOnly));
    check(
        Role::Supervisor,
        Identity,
        Supervised,
        Purpose::Safety,
        BreakGlass,
        unproven(Condition::ReasonGiven),
    );
    check(
        Role::Supervisor,
        Incident,
        Supervised,
        Purpose::Safety,
        BreakGlass,
        Err(Refusal::NoGlass),
    );
    check(Role::Coordinator, Identity, Program, Purpose::Coordinate, Export, Ok(View::Plain));
    check(
        Role::Coordinator,
        Attendance,
        Program,
        Purpose::Coordinate,
        Write,
        Err(Refusal::NotToBeChanged),
    );
    check(
        Role::Coordinator,
        Scores,
        Program,
        Purpose::Coordinate,
        Read,
        Err(Refusal::NotForThisRole),
    );
    check(Role::Coordinator, Incident, Program, Purpose::Report, Read, Ok(View::Aggregates));
    check(Role::Evaluator, Scores, Program, Purpose::Evaluate, Export, Ok(View::Pseudonymous));
    check(Role::Funder, Scores, Program, Purpose::Report, Read, Ok(View::Aggregates));
    check(Role::SafeguardingLead, Incident, Program, Purpose::Safety, Write, Ok(View::Plain));
    check(
        Role::SafeguardingLead,
        Notes,
        Program,
        Purpose::Safety,
        BreakGlass,
        unproven(Condition::ReasonGiven),
    );
    check(Role::Administrator, Keys, Program, Purpose::Operate, Read, Ok(View::Sealed));
    check(Role::Administrator, Audit, Program, Purpose::Operate, Read, Ok(View::Aggregates));
}

#[test]
fn a_packet_goes_to_its_partner_one_at_a_time() {
    let partner = Asker::wearing(Role::Partner).having(Condition::PacketConsented);
    let ask = |action| may(&partner, action, DataClass::Identity, Relation::None, Purpose::Refer);
    assert_eq!(ask(Action::Read), Decision::Allowed(View::Packet));
    assert_eq!(ask(Action::Export), Decision::Refused(Refusal::OneAtATime));
    assert_eq!(ask(Action::Write), Decision::Refused(Refusal::NotToBeChanged));
}

#[test]
fn a_refusal_names_its_rule_and_a_way_out() {
    assert_eq!(Refusal::SubjectOfMatter.rule(), Some(Rule::of("PV-04")));
    assert_eq!(Refusal::NeverInBulk.rule(), Some(Rule::of("PV-05")));
    let unproven = Refusal::Unproven(Condition::ScopeGiven);
    assert_eq!((unproven.code(), unproven.rule()), ("access.unproven", Some(Rule::of("CO-01"))));
    assert!(!unproven.way_out().is_empty());
}

fn is_shared<T: Send + Sync>() {}

#[test]
fn answers_can_be_shared_between_threads() {
    is_shared::<Asker>();
    is_shared::<Decision>();
}

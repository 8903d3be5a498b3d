//! Ground rules, votes, and falling below the fewest.

use circle_model::{Decision, GroupBreach, GroupError, GroupEvent, Mark, TermsDraft};
use commons::{Aggregate, Breach, Code, DocumentId};

use crate::world::{Living, circle, day, people, plain, who};

const RULES: DocumentId = DocumentId::number(7);

fn adopt(
    living: &mut Living,
    by: std::ops::RangeInclusive<u128>,
    on: u64,
) -> Result<commons::EventId, GroupError> {
    let adopted = living.group.adopt_agreement(RULES, Code::of("rw"), people(by), day(on))?;
    Ok(living.take(adopted))
}

#[test]
fn ground_rules_are_agreed_by_everybody_and_again_when_somebody_joins() {
    let mut living = Living::without_rules(circle(), 6);
    assert_eq!(adopt(&mut living, 1..=5, 1), Err(GroupError::NotAgreed { agreed: 5, members: 6 }));
    let adoption = adopt(&mut living, 1..=6, 1).unwrap();
    assert!(living.group.not_affirmed(day(2)).is_empty());

    let welcome = living.decide(Decision::Refill { member: who(7) }, 1..=6, 1..=6, 10);
    let joined = living.ask_with(7, 10, Some(welcome)).unwrap();
    living.take(joined);
    assert_eq!(living.group.not_affirmed(day(10)), people(1..=7), "GR-03: at the next session");
    assert!(!living.group.affirmed_by_all(day(10)));
    for (by, on, good) in [(0..=0, 12, false), (1..=6, 13, false), (7..=7, 14, true)] {
        living.take(GroupEvent::AgreementAffirmed { adoption, by: people(by), on: day(on) });
        assert_eq!(living.group.affirmed_by_all(day(on)), good, "day {on}");
    }
    assert!(!living.group.affirmed_by_all(day(13)), "what was said later counts later");
    assert_eq!(living.group.agreement().map(|agreement| agreement.version), Some(1));
}

#[test]
fn a_new_version_takes_the_place_of_the_old_one() {
    let mut living = Living::without_rules(circle(), 6);
    adopt(&mut living, 1..=6, 1).unwrap();
    adopt(&mut living, 1..=6, 20).unwrap();
    let agreement = living.group.agreement().unwrap();
    assert_eq!((agreement.version, agreement.on), (2, day(20)));
    assert!(living.group.breaches().is_empty());
}

#[test]
fn two_agreements_that_do_not_know_each_other_are_one_line() {
    let mut living = Living::without_rules(circle(), 6);
    let adopt = |living: &Living, on| {
        living.group.adopt_agreement(RULES, Code::of("rw"), people(1..=6), day(on)).unwrap()
    };
    let (one, two) = (adopt(&living, 1), adopt(&living, 2));
    let (one, two) = (living.take(one), living.take(two));
    let breaches = living.group.breaches();
    let diverge = Breach::new(GroupBreach::AgreementsDiverge, [one, two]);
    assert_eq!(breaches, [diverge].into());
    let both = adopt(&living, 3);
    living.take(both);
    assert!(living.group.breaches().is_empty(), "the third names both");
}

#[test]
fn ground_rules_are_there_by_the_first_session() {
    let mut living = Living::without_rules(plain(), 6);
    living.hold(1, 7, &[(1, Mark::Present)]);
    assert_eq!(living.kinds(), [GroupBreach::NoGroundRules]);
    let mut late = living.clone();
    adopt(&mut late, 1..=6, 8).unwrap();
    assert_eq!(late.kinds(), [GroupBreach::NoGroundRules]);
    adopt(&mut living, 1..=6, 7).unwrap();
    assert!(living.kinds().is_empty());
}

#[test]
fn a_circle_opens_with_five_and_not_with_four() {
    assert_eq!(
        Living::gathering(circle(), 4).group.open(day(1)),
        Err(GroupError::TooFew { seated: 4, fewest: 5 })
    );
    assert!(Living::gathering(circle(), 5).group.open(day(1)).is_ok());
}

#[test]
fn terms_are_adapted_with_a_reason_and_not_below_the_people_who_sit_there() {
    let mut living = Living::open(circle(), 7);
    let smaller = TermsDraft { seats: circle_model::Seats::new(5, 6, 6).unwrap(), ..circle() };
    let terms = circle_model::Terms::new(smaller).unwrap();
    let refused =
        living.group.adapt(terms, Code::of("small_room"), Code::of("coordinator"), day(3));
    assert!(matches!(refused, Err(GroupError::Breaks { .. })), "seven people sit there");
    let longer =
        TermsDraft { cadence: circle_model::Cadence::new(14, 3, 12, 75, 25).unwrap(), ..circle() };
    let terms = circle_model::Terms::new(longer).unwrap();
    let adapted =
        living.group.adapt(terms, Code::of("harvest"), Code::of("coordinator"), day(3)).unwrap();
    living.take(adapted);
    assert_eq!(living.group.terms().unwrap().get().cadence.minutes(), 75);
    assert_eq!(living.group.adaptations(), 1, "U-16");
}

#[test]
fn the_latest_vote_counts() {
    let mut living = Living::open(circle(), 7);
    let asked = Decision::EnterPhase { phase: Code::of("p4") };
    for (agreed, on) in [(3, 50), (5, 57)] {
        living.decide(asked.clone(), 1..=7, 1..=agreed, on);
    }
    assert_eq!(living.group.vote(&asked), Some((7, 5)));
    // A vote in which a stranger had a voice counts for nothing, and shows.
    living.decide(asked.clone(), 1..=8, 1..=8, 58);
    assert_eq!(living.group.vote(&asked), None);
    let kinds: Vec<_> = living.group.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [GroupBreach::StrangersDecided]);
}

#[test]
fn what_a_merge_brought_and_people_accepted_does_not_stop_a_later_adaptation() {
    let mut living = Living::gathering(circle(), 7);
    living.take(GroupEvent::Joined { member: who(8), on: day(0), consent: None });
    let longer =
        TermsDraft { cadence: circle_model::Cadence::new(7, 3, 12, 75, 25).unwrap(), ..circle() };
    let terms = circle_model::Terms::new(longer).unwrap();
    let adapted =
        living.group.adapt(terms, Code::of("small_room"), Code::of("coordinator"), day(3));
    assert!(adapted.is_ok(), "eight sat there before");
}

#[test]
fn a_door_that_is_open_to_all_opens_with_nobody_seated() {
    let door = TermsDraft {
        shape: circle_model::Shape::Open,
        joining: circle_model::Joining::DropIn,
        ..circle()
    };
    assert!(Living::gathering(door, 0).group.open(day(1)).is_ok());
}

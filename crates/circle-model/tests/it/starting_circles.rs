//! How one circle becomes three.

use std::collections::BTreeMap;

use circle_model::{Decision, GrewFrom, Group, GroupError, GroupEvent, Lineage, Terms};
use commons::{Aggregate, EventId, UnitId};

use crate::world::{Living, circle, day, people, who};

fn terms() -> Terms {
    Terms::new(circle()).unwrap()
}

#[test]
fn only_somebody_whose_review_is_recorded_starts_a_circle() {
    let mut living = Living::open(circle(), 7);
    let start = |living: &Living, shared| {
        living.group.form_child(UnitId::number(2), terms(), who(1), &shared, day(330))
    };
    assert_eq!(start(&living, people([1, 2])), Err(GroupError::FounderNotReviewed));
    living.take(GroupEvent::Reviewed { member: who(1), on: day(320) });
    assert!(start(&living, people([1, 2])).is_ok());
    assert_eq!(start(&living, people([1])), Err(GroupError::FounderAlone));
    assert_eq!(start(&living, people([1, 9])), Err(GroupError::NotShared), "9 is no member");
    living.decide(Decision::ShareFounder { member: who(1) }, 1..=6, 1..=5, 321);
    assert_eq!(start(&living, people([1])), Err(GroupError::FounderAlone), "one said no");
    living.decide(Decision::ShareFounder { member: who(1) }, 1..=6, 1..=6, 321);
    assert!(start(&living, people([1])).is_ok(), "the parent circle agreed");
}

fn family(edges: &[(u128, u128)]) -> BTreeMap<UnitId, Group> {
    let mut groups = BTreeMap::new();
    for (n, (child, parent)) in edges.iter().enumerate() {
        let unit = UnitId::number(*child);
        let grew_from = Some(GrewFrom { parent: UnitId::number(*parent), founder: who(1) });
        let event = GroupEvent::Formed { unit, terms: Box::new(terms()), on: day(0), grew_from };
        let group = Group::replay([(EventId::number(n as u128 + 1), &event)]);
        groups.insert(unit, group);
    }
    groups
}

#[test]
fn nobody_is_their_own_ancestor() {
    let lineage = Lineage::of(family(&[(2, 1), (3, 1), (4, 1), (5, 2)]).values());
    assert_eq!(lineage.children(UnitId::number(1)).count(), 3);
    assert_eq!(lineage.generations(), 3);
    assert_eq!(lineage.ancestors(UnitId::number(5)), [UnitId::number(2), UnitId::number(1)]);
    assert!(lineage.breaches().is_empty());
    assert_eq!(Lineage::of(family(&[]).values()).generations(), 0);
}

#[test]
fn a_merge_that_closes_a_ring_shows_it_once() {
    let lineage = Lineage::of(family(&[(1, 3), (2, 1), (3, 2), (9, 3)]).values());
    let breaches = lineage.breaches();
    assert_eq!(breaches.len(), 1, "{breaches:?}");
    assert_eq!(breaches.iter().next().unwrap().events.len(), 3);
}

//! Cases that are opened and closed, and places that promise a bed.

use circle_model::{
    Case, CaseBreach, CaseError, CaseEvent, Offer, Place, PlaceBreach, PlaceError, PlaceEvent,
    Stage,
};
use commons::{Aggregate, Code, EventId, UnitId};

use crate::world::{day, who};

const HERE: UnitId = UnitId::number(1);

/// Something that lives: every event gets an id.
struct Told<A>(A, u128);

impl<A: Aggregate> Told<A> {
    fn new() -> Self {
        Self(A::default(), 0)
    }

    fn take(&mut self, event: A::Event) -> EventId {
        self.1 += 1;
        let id = EventId::number(self.1);
        self.0.apply(id, &event);
        id
    }
}

fn agreed() -> Code {
    Code::of("agreed")
}

#[test]
fn nothing_is_agreed_once_a_case_is_closed_until_it_is_opened_again() {
    let mut told = Told::<Case>::new();
    told.take(CaseEvent::PartyJoined { member: who(1), on: day(0) });
    assert_eq!(told.0.agree(who(1), day(9), day(1)), Err(CaseError::NotOpen));
    assert_eq!(told.0.begin(Stage::Before, day(1)), Err(CaseError::NotOpen));
    let opening = told.0.open(HERE, day(1)).unwrap();
    let opening = told.take(opening);
    assert_eq!(told.0.open(HERE, day(2)), Err(CaseError::AlreadyOpen));
    let item = told.0.agree(who(1), day(9), day(2)).unwrap();
    let item = told.take(item);
    assert_eq!(told.0.close(agreed(), day(5)), Err(CaseError::OpenItems { open: 1 }));
    told.take(CaseEvent::ItemDone { cites: [item].into(), on: day(5) });
    let closing = told.0.close(agreed(), day(5)).unwrap();
    assert!(matches!(&closing, CaseEvent::Closed { cites, .. } if *cites == [opening].into()));
    told.take(closing);
    assert_eq!(told.0.agree(who(1), day(9), day(6)), Err(CaseError::Closed { on: day(5) }));
    let again = told.0.open(HERE, day(7)).unwrap();
    told.take(again);
    assert!(told.0.agree(who(1), day(9), day(8)).is_ok());
}

#[test]
fn an_item_that_another_laptop_agreed_after_the_closing_shows() {
    for (on, late) in [(5, false), (6, true)] {
        let mut told = Told::<Case>::new();
        told.take(CaseEvent::PartyJoined { member: who(1), on: day(0) });
        told.take(CaseEvent::Opened { unit: HERE, cites: [].into(), on: day(0) });
        told.take(CaseEvent::Closed { how: agreed(), cites: [].into(), on: day(5) });
        let (item, member, due) = (1, who(1), day(9));
        let agreed = told.take(CaseEvent::ItemAgreed { item, member, due, on: day(on) });
        told.take(CaseEvent::ItemDone { cites: [agreed].into(), on: day(on) });
        let kinds: Vec<_> = told.0.breaches().into_iter().map(|breach| breach.kind).collect();
        let want = if late { vec![CaseBreach::AgreedAfterClosing] } else { vec![] };
        assert_eq!(kinds, want, "day {on}");
    }
}

fn beds(most: u16) -> Offer {
    Offer { most, hours: None }
}

#[test]
fn a_bed_that_was_promised_is_promised_to_nobody_else() {
    let mut told = Told::<Place>::new();
    assert_eq!(told.0.promise(who(1), day(3), day(0)), Err(PlaceError::NotOpen));
    let offered = told.0.offer(HERE, beds(2), day(3)).unwrap();
    told.take(offered);
    assert_eq!(told.0.promise(who(1), day(2), day(0)), Err(PlaceError::NotOpen), "a day early");
    for n in [1, 2] {
        let promised = told.0.promise(who(n), day(5), day(0)).unwrap();
        told.take(promised);
    }
    let full = Err(PlaceError::Full { taken: 2, most: 2 });
    assert_eq!(told.0.promise(who(3), day(5), day(0)), full);
    assert_eq!(told.0.promise(who(3), day(3), day(0)), full, "she would still be there");
    // One comes, the other does not.
    told.take(PlaceEvent::Arrived { member: who(1), on: day(5) });
    assert_eq!(told.0.promise(who(3), day(6), day(5)), full, "a bed is not taken twice over");
    told.take(told.0.promise_ended(who(2), day(6)));
    assert!(told.0.promise(who(3), day(6), day(6)).is_ok());
    assert!(told.0.breaches().is_empty());
    assert_eq!(told.0.offer(HERE, beds(1), day(5)), Err(PlaceError::TooSmall { most: 1 }));
    assert!(told.0.offer(HERE, beds(1), day(6)).is_ok());
}

#[test]
fn an_offer_holds_from_its_day() {
    let mut told = Told::<Place>::new();
    let offered = told.0.offer(HERE, beds(2), day(0)).unwrap();
    told.take(offered);
    for n in [1, 2] {
        told.take(PlaceEvent::Arrived { member: who(n), on: day(1) });
        told.take(told.0.departed(who(n), day(10)));
    }
    let smaller = told.0.offer(HERE, beds(1), day(10)).unwrap();
    told.take(smaller);
    assert!(told.0.breaches().is_empty(), "two slept there while there were two beds");
    assert_eq!(told.0.offer_on(day(9)).map(|(_, offer)| offer.most), Some(2));
    assert_eq!(told.0.offer_on(day(10)).map(|(_, offer)| offer.most), Some(1));
    for n in [3, 4] {
        told.take(PlaceEvent::Arrived { member: who(n), on: day(11) });
    }
    let kinds: Vec<_> = told.0.breaches().into_iter().map(|breach| breach.kind).collect();
    assert_eq!(kinds, [PlaceBreach::OverFull]);
}

//! Exchange: both ways, twice, in any order, with forks and forgeries.

use super::{batch, carry, draft, everything, id, is_well, key, put, sealed_part};
use crate::{AbsorbError, Card, Damage, Digest, EventLog, Sent};

pub(super) fn run<L: EventLog>(make: &mut impl FnMut() -> L) {
    copies_exchange_both_ways_and_twice(make(), make(), make());
    the_same_again_changes_nothing(make(), make());
    a_piece_that_is_missing_is_noticed(make(), make());
    a_withheld_event_shows_nothing_and_may_be_filled(make(), make(), make());
    a_fork_keeps_both_branches(make(), make(), make());
    one_id_with_two_contents_is_kept_aside(make(), make());
    a_merge_takes_away_the_cards_it_makes_old(make(), make());
    clocks_go_on_after_what_came_in(make(), make());
}

fn copies_exchange_both_ways_and_twice<L: EventLog>(mut a: L, mut b: L, mut c: L) {
    for n in 0..40 {
        put(&mut a, 1_000 + n, &[1, 10 + n % 3]);
        put(&mut b, 2_000 + n, &[1, 20]);
        if n % 7 == 0 {
            carry(&a, &mut c);
            put(&mut c, 3_000 + n, &[1]);
        }
    }
    for _ in 0..2 {
        carry(&a, &mut b);
        carry(&b, &mut c);
        carry(&c, &mut a);
        carry(&b, &mut a);
        carry(&a, &mut b);
    }
    let all = everything(&a);
    assert_eq!(all.len(), 3 + 40 + 40 + 6);
    for log in [&b, &c] {
        assert_eq!(everything(log), all);
        assert_eq!(log.heads().expect("heads"), a.heads().expect("heads"));
        assert_eq!(log.count(key(1)).expect("count"), 86);
    }
    for log in [&a, &b, &c] {
        is_well(log);
    }
    let last = carry(&a, &mut b);
    assert_eq!((last.new, last.touched.len()), (0, 0));
}

fn the_same_again_changes_nothing<L: EventLog>(mut a: L, mut b: L) {
    put(&mut a, 1, &[1]);
    put(&mut a, 2, &[1]);
    let mut sent = a.since(&[]).expect("read");
    let first = b.absorb(&sent).expect("absorbed");
    assert_eq!((first.new, first.known), (3, 0));
    assert_eq!(first.touched.len(), 2);
    sent.reverse();
    let again = b.absorb(&sent).expect("absorbed");
    assert_eq!((again.new, again.known, again.touched.len()), (0, 3, 0));
    assert_eq!(b.count(key(1)).expect("count"), 2);
    is_well(&b);
}

fn a_piece_that_is_missing_is_noticed<L: EventLog>(mut a: L, mut b: L) {
    for n in 1..=3 {
        put(&mut a, n, &[1]);
    }
    let mut sent = a.since(&[]).expect("read");
    sent.remove(1);
    let before = (everything(&b), b.heads().expect("heads"));
    let refused = b.absorb(&sent).expect_err("a piece is missing");
    assert!(matches!(refused, AbsorbError::Unlinked { spot } if spot.seq == 3), "{refused:?}");
    let mut sent = a.since(&[]).expect("read");
    if let Some(Sent::Whole { previous, .. } | Sent::Withheld { previous, .. }) = sent.last_mut() {
        *previous = Digest::of(b"altered");
    }
    let refused = b.absorb(&sent).expect_err("a link was altered");
    assert!(matches!(refused, AbsorbError::Unlinked { spot } if spot.seq == 4), "{refused:?}");
    assert_eq!((everything(&b), b.heads().expect("heads")), before, "nothing was written");
}

fn a_withheld_event_shows_nothing_and_may_be_filled<L: EventLog>(mut a: L, mut b: L, mut c: L) {
    for n in 1..=3 {
        put(&mut a, n, &[n]);
    }
    let whole = a.since(&[]).expect("read");
    let pack: Vec<Sent> = whole
        .iter()
        .map(|sent| if sent.spot().id == Some(id(2)) { sent.withhold() } else { sent.clone() })
        .collect();
    assert_eq!(b.absorb(&pack).expect("absorbed").new, 4);
    is_well(&b);
    let notices = b.verify(&mut |_, _| {}).expect("verified").damage;
    let withheld = notices.iter().filter(|found| matches!(found, Damage::Withheld { .. })).count();
    assert_eq!(withheld, 1, "what is withheld is shown: {notices:?}");
    assert_eq!((b.count(key(2)).expect("count"), b.event(id(2)).expect("read")), (0, None));
    assert_eq!(b.heads().expect("heads").len(), 2);
    // It is passed on as it came, and filled where it is known.
    carry(&b, &mut c);
    assert_eq!(c.event(id(2)).expect("read"), None);
    let filled = c.absorb(&whole).expect("absorbed");
    assert_eq!((filled.new, filled.known), (1, 3));
    assert_eq!(c.count(key(2)).expect("count"), 1);
    assert!(c.event(id(2)).expect("read").is_some());
    // A withheld copy takes nothing away from a whole one.
    assert_eq!(c.absorb(&pack).expect("absorbed").new, 0);
    assert!(c.event(id(2)).expect("read").is_some());
    is_well(&c);
}

fn a_fork_keeps_both_branches<L: EventLog>(mut a: L, mut b: L, mut c: L) {
    put(&mut a, 1, &[1]);
    let shared = a.since(&[]).expect("read");
    // Two copies of one store wrote on under one origin: the same chain up to number 2, then not.
    let branch = |n: u128, length: u128| forged(&shared, n, length);
    let (left, right) = (branch(100, 20), branch(200, 10));
    b.absorb(&left).expect("absorbed");
    c.absorb(&right).expect("absorbed");
    for _ in 0..2 {
        carry(&b, &mut c);
        carry(&c, &mut b);
    }
    for log in [&b, &c] {
        assert_eq!(log.count(key(1)).expect("count"), 1 + 20 + 10, "no event is lost");
        let damage = log.verify(&mut |_, _| {}).expect("verified").damage;
        let forks: Vec<_> = damage.iter().filter(|d| matches!(d, Damage::Fork(_))).collect();
        assert!(!forks.is_empty() && forks.len() == damage.len(), "{damage:?}");
        let tips = log.heads().expect("heads");
        assert_eq!(tips.len(), 4, "one of each copy, two of the fork");
    }
    let absorbed = a.absorb(&left).expect("absorbed");
    assert!(absorbed.forks.is_empty());
    is_well(&a);
    let absorbed = a.absorb(&right).expect("absorbed");
    assert_eq!(absorbed.forks.first().map(|fork| (fork.seq, fork.links.len())), Some((3, 2)));
    // The store itself goes on where it was: a third branch, and nothing is lost.
    put(&mut a, 300, &[1]);
    carry(&a, &mut b);
    carry(&b, &mut a);
    for log in [&a, &b] {
        assert_eq!(log.count(key(1)).expect("count"), 1 + 20 + 10 + 1);
        let damage = log.verify(&mut |_, _| {}).expect("verified").damage;
        assert!(damage.iter().all(|found| matches!(found, Damage::Fork(_))), "{damage:?}");
    }
}

/// The shared beginning of a chain, and a branch of events after it.
fn forged(shared: &[Sent], first: u128, length: u128) -> Vec<Sent> {
    let mut sent = shared.to_vec();
    for n in 0..length {
        let Some(Sent::Whole { previous, event }) = sent.last().cloned() else {
            return sent;
        };
        let link = previous.link(event.header().body());
        let mut header = event.header().clone();
        header.id = id(first + n);
        header.seq += 1;
        header.keys = crate::Keys::one(key(1));
        let parts = event.parts().map(|(_, part)| part.clone()).collect();
        let event = crate::Event::new(header, parts).expect("the parts are the same");
        sent.push(Sent::Whole { previous: link, event });
    }
    sent
}

fn one_id_with_two_contents_is_kept_aside<L: EventLog>(mut a: L, mut b: L) {
    let first = draft(1, &[1], "a.b", vec![sealed_part(50, "ours")]);
    let other = draft(1, &[1], "a.b", vec![sealed_part(50, "theirs")]);
    a.append(&batch(vec![first]), 1_000).expect("appended");
    b.append(&batch(vec![other]), 1_000).expect("appended");
    put(&mut b, 2, &[1]);
    let ours = a.event(id(1)).expect("read");
    for known in [0, 1] {
        let sent = b.since(&[]).expect("read");
        let absorbed = a.absorb(&sent).expect("absorbed");
        assert_eq!(absorbed.quarantined, [id(1)]);
        assert_eq!(absorbed.new, if known == 0 { 3 } else { 0 });
    }
    assert_eq!(a.event(id(1)).expect("read"), ours, "nothing is replaced");
    assert!(a.event(id(2)).expect("read").is_some(), "what follows is taken in");
    let aside = a.quarantined().expect("read");
    assert_eq!(aside.first(), b.event(id(1)).expect("read").as_ref());
    assert_eq!(aside.len(), 1);
    let mut damage = a.verify(&mut |_, _| {}).expect("verified").damage;
    damage.retain(|found| !matches!(found, Damage::Keyless { .. }));
    assert_eq!(damage.into_iter().collect::<Vec<_>>(), [Damage::Quarantined { id: id(1) }]);
}

fn a_merge_takes_away_the_cards_it_makes_old<L: EventLog>(mut a: L, mut b: L) {
    let card = |n| Card { key: key(n), version: 1, bytes: vec![1] };
    for n in [1, 2] {
        put(&mut a, n, &[n]);
        assert!(a.keep_card(&card(n), &[(key(n), 1)]).expect("kept"));
    }
    put(&mut b, 3, &[1, 9]);
    let absorbed = carry(&b, &mut a);
    assert!(absorbed.touched.contains(&key(1)) && absorbed.touched.contains(&key(9)));
    assert_eq!(a.card(key(1)).expect("read"), None);
    assert_eq!(a.card(key(2)).expect("read"), Some(card(2)));
}

fn clocks_go_on_after_what_came_in<L: EventLog>(mut a: L, mut b: L) {
    let far = 4_102_444_800_000; // the year 2100
    a.append(&batch(vec![draft(1, &[1], "a.b", Vec::new())]), far).expect("appended");
    carry(&a, &mut b);
    put(&mut b, 2, &[1]);
    let stamp = |log: &L, n| {
        let event = log.event(id(n)).expect("read").expect("there");
        event.header().recorded
    };
    assert!(stamp(&b, 1) < stamp(&b, 2), "what saw another event is after it");
    assert_eq!(stamp(&b, 2).wall_ms, 1_000, "and what its own clock said is kept");
}

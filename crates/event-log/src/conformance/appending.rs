//! Appending: all of it or nothing, once, and only on what was read.

use super::{
    batch, draft, everything, id, is_well, key, open_part, owner, put, refusal, sealed_part,
};
use crate::{AppendError, Batch, Card, Digest, DraftPart, EventLog, KeyId, Part, Unfit, Wrapped};

pub(super) fn run<L: EventLog>(make: &mut impl FnMut() -> L) {
    a_new_log_opens_its_origin(&make());
    what_is_appended_is_read_back(make());
    a_batch_lands_whole_or_not_at_all(make());
    a_decision_on_stale_reading_is_refused(make());
    a_retry_is_no_second_event(make());
    odd_drafts_are_refused(make());
    keys_are_kept_and_never_replaced(make());
    cards_follow_their_events(make());
    settings_are_kept(make());
    lists_are_in_the_order_of_their_stamps(make());
}

fn a_new_log_opens_its_origin<L: EventLog>(log: &L) {
    let origin = log.origin().expect("it has an origin");
    let reading = log.read_kind("origin.opened").expect("it is read");
    assert_eq!(reading.events.len(), 1);
    let opened = reading.events.first().expect("one event");
    assert_eq!((opened.header().origin, opened.header().seq), (origin, 1));
    assert_eq!(log.heads().expect("heads").len(), 1);
    is_well(log);
}

fn what_is_appended_is_read_back<L: EventLog>(mut log: L) {
    let sealed = vec![sealed_part(50, "first"), sealed_part(51, "")];
    let wanted = draft(1, &[1, 2, 3, 4], "group.joined", sealed);
    let before = log.heads().expect("heads");
    let appended = log.append(&batch(vec![wanted.clone()]), 5_000).expect("appended");
    let event = log.event(id(1)).expect("read").expect("it is there");
    let header = event.header();
    assert_eq!((header.keys, &header.kind, header.salt), (wanted.keys, &wanted.kind, wanted.salt));
    assert_eq!((header.rulebook, header.version), (wanted.rulebook, 1));
    assert_eq!(header.recorded.wall_ms, 5_000);
    for ((head, part), wanted) in event.parts().zip(&wanted.parts) {
        assert_eq!((head.key, head.class), (wanted.key, wanted.class));
        assert_eq!(head.hash, Digest::of(&wanted.bytes));
        assert_eq!(*part, Part::Bytes(wanted.bytes.clone()));
    }
    let previous = before.first().expect("one head").link;
    let head = *log.heads().expect("heads").first().expect("one head");
    assert_eq!(head.link, previous.link(header.body()), "the link follows the one before");
    assert_eq!(appended.first().map(|a| (a.seq, a.link)), Some((2, head.link)));
    for n in 1..=4 {
        let reading = log.read(key(n)).expect("read");
        assert_eq!((reading.events.as_slice(), reading.count), ([event.clone()].as_slice(), 1));
        assert_eq!(log.count(key(n)).expect("count"), 1);
    }
    assert_eq!(log.count(key(5)).expect("count"), 0);
    assert_eq!(log.read_kind("group.").expect("read").count, 1);
    assert_eq!(log.read_kind("group.joine").expect("read").count, 1);
    assert_eq!(log.read_kind("group.joinedx").expect("read").count, 0);
    assert_eq!(log.event(id(2)).expect("read"), None);
    is_well(&log);
}

fn a_batch_lands_whole_or_not_at_all<L: EventLog>(mut log: L) {
    put(&mut log, 1, &[1]);
    let before = (everything(&log), log.heads().expect("heads"));
    let clash = draft(1, &[9], "test.noted", Vec::new());
    let mut both = batch(vec![draft(2, &[1], "test.noted", Vec::new()), clash]);
    both.keys = vec![(owner(50), b"wrapped".to_vec())];
    let refused = refusal(&mut log, &both);
    assert!(matches!(refused, AppendError::Taken { id: taken } if taken == id(1)));
    assert_eq!((everything(&log), log.heads().expect("heads")), before);
    assert_eq!(log.wrapped(owner(50)).expect("read"), Wrapped::Unknown);
    let good = batch(vec![draft(2, &[1], "a.b", Vec::new()), draft(3, &[1], "a.b", Vec::new())]);
    let appended = log.append(&good, 1_000).expect("appended");
    assert_eq!(appended.iter().map(|a| a.seq).collect::<Vec<_>>(), [3, 4]);
    is_well(&log);
}

fn a_decision_on_stale_reading_is_refused<L: EventLog>(mut log: L) {
    put(&mut log, 1, &[1, 2]);
    let mut decision = batch(vec![draft(2, &[1], "test.noted", Vec::new())]);
    // The second key is only read, not written: it counts all the same.
    for (expect, found) in [(vec![(key(1), 0)], 1), (vec![(key(1), 1), (key(2), 2)], 1)] {
        let (stale, expected) = *expect.last().expect("one at least");
        decision.expect = expect;
        let refused = refusal(&mut log, &decision);
        assert!(
            matches!(refused, AppendError::Stale { key, expected: e, found: f }
            if (key, e, f) == (stale, expected, found)),
            "{refused:?}"
        );
    }
    decision.expect = vec![(key(1), 1), (key(2), 1), (key(3), 0)];
    log.append(&decision, 1_000).expect("it was read just now");
}

fn a_retry_is_no_second_event<L: EventLog>(mut log: L) {
    let mut decision = batch(vec![draft(1, &[1], "test.noted", vec![sealed_part(50, "x")])]);
    decision.expect = vec![(key(1), 0)];
    let first = log.append(&decision, 1_000).expect("appended");
    // The count has moved by the event itself; a retry is known before it is called stale.
    let again = log.append(&decision, 9_000).expect("a retry succeeds");
    assert_eq!(first, again);
    assert_eq!(log.count(key(1)).expect("count"), 1);
    let mut other = decision;
    for change in 0..4 {
        let Some(draft) = other.drafts.first_mut() else { return };
        let was = draft.clone();
        match change {
            0 => draft.salt = [0; 16],
            1 => draft.version = 2,
            2 => draft.parts.push(open_part("{}")),
            _ => draft.parts = vec![open_part("{}")],
        }
        let refused = refusal(&mut log, &other);
        assert!(matches!(refused, AppendError::Taken { .. }), "{refused:?}");
        other.drafts = vec![was];
    }
}

fn odd_drafts_are_refused<L: EventLog>(mut log: L) {
    let mut check = |parts: Vec<DraftPart>, kind: &str, want: Unfit| {
        let mut odd = draft(1, &[1], kind, Vec::new());
        odd.parts = parts;
        let refused = refusal(&mut log, &batch(vec![odd]));
        assert!(matches!(refused, AppendError::Unfit { why, .. } if why == want), "{refused:?}");
    };
    check(Vec::new(), "a.b", Unfit::Parts(0));
    check(vec![open_part("{}"); 256], "a.b", Unfit::Parts(256));
    check(vec![sealed_part(1, "x")], "a.b", Unfit::Sealed);
    let mut long = open_part("");
    long.bytes = vec![0; Part::LONGEST + 1];
    check(vec![open_part("{}"), long], "a.b", Unfit::Long { number: 1 });
    check(vec![open_part("{}")], "person.erased", Unfit::UnclearErasure);
    check(vec![open_part("{}")], "part.redacted", Unfit::UnclearErasure);
    let all = format!("{{\"keys\":[\"{}\"]}}", KeyId::OPEN);
    check(vec![open_part(&all)], "person.erased", Unfit::UnclearErasure);
    let most = draft(2, &[1], "a.b", vec![sealed_part(1, "x"); 254]);
    log.append(&batch(vec![most]), 1_000).expect("255 parts are allowed");
    is_well(&log);
}

fn keys_are_kept_and_never_replaced<L: EventLog>(mut log: L) {
    let with = |bytes: &[u8]| Batch { keys: vec![(owner(50), bytes.to_vec())], ..Batch::default() };
    log.append(&with(b"one"), 1_000).expect("kept");
    log.append(&with(b"one"), 1_000).expect("the same again");
    let refused = refusal(&mut log, &with(b"two"));
    assert!(matches!(refused, AppendError::KeyTaken { key } if key == owner(50)));
    let anew = [(owner(50), b"new".to_vec()), (owner(51), b"unknown".to_vec())];
    assert_eq!(log.rewrap(&anew).expect("rewrapped"), 1);
    let all = vec![(owner(50), b"new".to_vec())];
    assert_eq!(log.wrapped_all().expect("read"), all);
    let adopted = [(owner(50), b"other".to_vec()), (owner(52), b"theirs".to_vec())];
    assert_eq!(log.adopt_keys(&adopted).expect("adopted"), 1);
    assert_eq!(log.wrapped(owner(50)).expect("read"), Wrapped::Here(b"new".to_vec()));
    assert_eq!(log.wrapped(owner(52)).expect("read"), Wrapped::Here(b"theirs".to_vec()));
}

fn cards_follow_their_events<L: EventLog>(mut log: L) {
    let card = |n, version| Card { key: key(n), version, bytes: vec![9; 300] };
    let mut formed = batch(vec![draft(1, &[1, 2], "a.b", Vec::new())]);
    formed.cards = vec![card(1, 1)];
    let refused = refusal(&mut log, &formed);
    assert!(matches!(refused, AppendError::Unread { key: unread } if unread == key(1)));
    formed.expect = vec![(key(1), 0)];
    log.append(&formed, 1_000).expect("appended");
    assert_eq!(log.card(key(1)).expect("read"), Some(card(1, 1)));
    assert_eq!(log.card(key(2)).expect("read"), None);
    assert!(log.keep_card(&card(2, 1), &[(key(2), 1), (key(9), 0)]).expect("kept"));
    for late in [[(key(2), 2), (key(9), 0)], [(key(2), 1), (key(9), 1)]] {
        let kept = log.keep_card(&card(2, 7), &late).expect("asked");
        assert!(!kept, "a card of older events is not kept");
    }
    assert_eq!(log.card(key(2)).expect("read"), Some(card(2, 1)));
    put(&mut log, 2, &[3, 2]);
    assert_eq!(log.card(key(2)).expect("read"), None, "the card of a touched key is gone");
    assert_eq!(log.card(key(1)).expect("read"), Some(card(1, 1)), "and no other");
    log.drop_cards().expect("dropped");
    assert_eq!(log.card(key(1)).expect("read"), None);
}

fn settings_are_kept<L: EventLog>(mut log: L) {
    assert_eq!(log.setting("demo").expect("read"), None);
    for value in [b"one".as_slice(), b""] {
        log.put_setting("demo", value).expect("kept");
        assert_eq!(log.setting("demo").expect("read").as_deref(), Some(value));
    }
    let founding = |value: &[u8]| Batch {
        settings: vec![("vault".into(), value.to_vec())],
        ..batch(vec![draft(1, &[1], "a.b", Vec::new())])
    };
    log.append(&founding(b"locks"), 1_000).expect("kept with its event");
    assert_eq!(log.setting("vault").expect("read").as_deref(), Some(b"locks".as_slice()));
    let mut other = founding(b"other locks");
    other.drafts = vec![draft(2, &[1], "a.b", Vec::new())];
    let refused = refusal(&mut log, &other);
    assert!(matches!(refused, AppendError::SettingTaken { name } if name == "vault"));
    assert_eq!(log.event(id(2)).expect("read"), None, "nothing of it was written");
    log.compact().expect("compacted");
    is_well(&log);
}

fn lists_are_in_the_order_of_their_stamps<L: EventLog>(mut log: L) {
    for (n, wall_ms) in [(9, 5_000), (3, 1_000), (5, 9_000)] {
        let one = batch(vec![draft(n, &[1], "a.b", Vec::new())]);
        log.append(&one, wall_ms).expect("appended");
    }
    let reading = log.read(key(1)).expect("read");
    let ids: Vec<_> = reading.events.iter().map(crate::Event::id).collect();
    assert_eq!(ids, [id(9), id(3), id(5)], "a clock that goes back does not turn the order");
}

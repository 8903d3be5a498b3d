//! Sealed parts, keys and cards: who opens them, and who does not.

use circle_vault::{Label, Nonce, RootKey, SealError};
use commons::{DataClass, EventId, PersonId};
use proptest::prelude::*;

use super::vault;

fn label() -> Label {
    Label::new(EventId::number(1), 2, PersonId::number(3))
}

fn sealed(plain: &[u8]) -> Vec<u8> {
    let key = RootKey::new([4; 32]).class_key(DataClass::Notes);
    key.seal(label(), Nonce([6; 24]), plain).unwrap()
}

#[track_caller]
fn check(root: u8, class: DataClass, label: Label, want: Result<&[u8], SealError>) {
    let key = RootKey::new([root; 32]).class_key(class);
    let opened = key.open(label, &sealed(b"she said so"));
    assert_eq!(opened.as_ref().map(|o| o.as_slice()).map_err(|e| *e), want);
}

#[test]
fn words_open_only_with_their_owners_key_of_their_class_in_their_place() {
    let refused = Err(SealError::Refused);
    check(4, DataClass::Notes, label(), Ok(b"she said so"));
    check(5, DataClass::Notes, label(), refused);
    check(4, DataClass::Identity, label(), refused);
    let event = EventId::number(9);
    check(4, DataClass::Notes, Label { event, ..label() }, refused);
    check(4, DataClass::Notes, Label { part: 3, ..label() }, refused);
    let key = [9; 16];
    check(4, DataClass::Notes, Label { key, ..label() }, refused);
}

#[test]
fn what_is_cut_short_or_newer_is_said_to_be_so() {
    let key = RootKey::new([4; 32]).class_key(DataClass::Notes);
    let whole = sealed(b"word");
    let check = |bytes: &[u8], want| assert_eq!(key.open(label(), bytes).unwrap_err(), want);
    check(&[], SealError::Short);
    check(&whole[..24], SealError::Short);
    check(&whole[..25], SealError::Refused);
    check(&whole[..whole.len() - 1], SealError::Refused);
    let mut newer = whole.clone();
    newer[0] = 2;
    check(&newer, SealError::Format { found: 2 });
}

#[test]
fn a_name_is_as_long_as_a_sentence_up_to_sixty_four_bytes() {
    let overhead = 1 + 24 + 16;
    for (length, padded) in [(0, 64), (5, 64), (60, 64), (61, 128), (124, 128), (125, 192)] {
        assert_eq!(sealed(&vec![b'x'; length]).len(), overhead + padded, "{length}");
    }
}

#[test]
fn an_owners_key_opens_only_under_its_own_name_in_its_own_vault() {
    let (_, ours) = vault(1);
    let (_, theirs) = vault(2);
    let (amina, joy) = (PersonId::number(1), PersonId::number(2));
    let root = RootKey::new([4; 32]);
    let wrapped = ours.wrap(amina, &root, Nonce([5; 24])).unwrap();
    assert_eq!(wrapped.len(), 73);
    let again = ours.unwrap(amina, &wrapped).unwrap();
    let words = again.class_key(DataClass::Notes).open(label(), &sealed(b"word"));
    assert_eq!(words.unwrap().as_slice(), b"word");
    assert_eq!(ours.unwrap(joy, &wrapped).unwrap_err(), SealError::Refused);
    assert_eq!(theirs.unwrap(amina, &wrapped).unwrap_err(), SealError::Refused);
}

#[test]
fn a_card_opens_only_as_the_card_it_is() {
    let (_, vault) = vault(1);
    let (circle, other) = (commons::UnitId::number(1), commons::UnitId::number(2));
    let card = vault.seal_card(circle, 3, Nonce([7; 24]), b"{}").unwrap();
    assert_eq!(vault.open_card(circle, 3, &card).unwrap().as_slice(), b"{}");
    assert!(vault.open_card(circle, 4, &card).is_err());
    assert!(vault.open_card(other, 3, &card).is_err());
}

#[test]
fn a_fingerprint_is_the_same_words_under_the_same_vault() {
    let ((_, ours), (_, theirs)) = (vault(1), vault(2));
    assert_eq!(ours.fingerprint(b"amina 1990"), ours.fingerprint(b"amina 1990"));
    assert_ne!(ours.fingerprint(b"amina 1990"), ours.fingerprint(b"amina 1991"));
    assert_ne!(ours.fingerprint(b"amina 1990"), theirs.fingerprint(b"amina 1990"));
}

#[test]
fn no_secret_is_printed() {
    let (locked, vault) = vault(1);
    let root = RootKey::new([0xAB; 32]);
    let class = root.class_key(DataClass::Notes);
    for text in [format!("{vault:?}"), format!("{root:?}"), format!("{class:?}")] {
        assert!(text.ends_with("([secret])") || text.ends_with(", [secret])"), "{text}");
    }
    let debug = format!("{locked:?}");
    assert!(!debug.contains("five plain words"));
}

proptest! {
    #[test]
    fn words_come_back_as_they_went_in(plain in prop::collection::vec(any::<u8>(), 0..300)) {
        let key = RootKey::new([4; 32]).class_key(DataClass::Notes);
        let opened = key.open(label(), &sealed(&plain)).unwrap();
        prop_assert_eq!(opened.as_slice(), plain);
    }

    #[test]
    fn a_flipped_bit_is_seen(plain in prop::collection::vec(any::<u8>(), 0..100), at: prop::sample::Index, bit in 0..8) {
        let key = RootKey::new([4; 32]).class_key(DataClass::Notes);
        let mut bytes = sealed(&plain);
        let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
        prop_assert!(key.open(label(), &bytes).is_err());
    }

    #[test]
    fn any_bytes_at_all_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let key = RootKey::new([4; 32]).class_key(DataClass::Notes);
        prop_assert!(key.open(label(), &bytes).is_err());
        prop_assert!(circle_vault::Locked::from_bytes(&bytes).is_err());
    }
}

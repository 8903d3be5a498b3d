//! Bytes that must read the same in every release.

use circle_vault::{Label, Nonce, RootKey};
use commons::{DataClass, EventId, PersonId};

use super::vault;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_part_sealed_by_the_first_release_is_sealed_so_for_ever() {
    let key = RootKey::new([4; 32]).class_key(DataClass::Identity);
    let label = Label::new(EventId::number(1), 1, PersonId::number(7));
    let sealed = key.seal(label, Nonce([6; 24]), b"Amina").unwrap();
    assert_eq!(hex(&sealed), include_str!("part.hex").trim());
}

#[test]
fn a_key_wrapped_by_the_first_release_is_wrapped_so_for_ever() {
    let (_, vault) = vault(1);
    let wrapped = vault.wrap(PersonId::number(7), &RootKey::new([4; 32]), Nonce([5; 24])).unwrap();
    assert_eq!(hex(&wrapped), include_str!("root.hex").trim());
}

#[test]
fn a_vault_of_the_first_release_opens_for_ever() {
    let locked = circle_vault::Locked::from_bytes(include_bytes!("vault.json")).unwrap();
    assert_eq!(locked, vault(1).0);
}

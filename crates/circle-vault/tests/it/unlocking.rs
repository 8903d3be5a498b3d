//! Passphrases and recovery codes.

use circle_vault::{Cost, Locked, Nonce, RecoveryCode, RootKey, VaultError};
use commons::PersonId;

use super::{PASSPHRASE, vault};

/// What only this vault opens.
fn wrapped() -> Vec<u8> {
    let (_, vault) = vault(1);
    vault.wrap(PersonId::number(1), &RootKey::new([4; 32]), Nonce([5; 24])).unwrap()
}

#[track_caller]
fn check(locked: &Locked, passphrase: &str, want: Result<(), VaultError>) {
    let opened = locked.unlock(passphrase).and_then(|vault| {
        vault.unwrap(PersonId::number(1), &wrapped()).map(drop).map_err(VaultError::from)
    });
    assert_eq!(opened, want);
}

#[test]
fn the_right_passphrase_opens_and_no_other() {
    let (locked, _) = vault(1);
    check(&locked, PASSPHRASE, Ok(()));
    for wrong in ["", "five plain words are fine ", "Five plain words are fine"] {
        check(&locked, wrong, Err(VaultError::WrongPassphrase));
    }
}

#[test]
fn a_vault_survives_being_kept() {
    let (locked, _) = vault(1);
    let back = Locked::from_bytes(&locked.to_bytes()).unwrap();
    assert_eq!(back, locked);
    check(&back, PASSPHRASE, Ok(()));
}

#[test]
fn a_new_passphrase_takes_the_place_of_the_old_one() {
    let (mut locked, open) = vault(1);
    let new = "another five plain words";
    locked.set_passphrase(&open, new, Cost::TEST, [8; 16], Nonce([9; 24])).unwrap();
    check(&locked, new, Ok(()));
    check(&locked, PASSPHRASE, Err(VaultError::WrongPassphrase));
    let short = locked.set_passphrase(&open, "seven c", Cost::TEST, [8; 16], Nonce([9; 24]));
    assert_eq!(short, Err(VaultError::ShortPassphrase { fewest: 8 }));
}

#[test]
fn each_recovery_code_opens_until_it_is_forgotten() {
    let (mut locked, open) = vault(1);
    let codes = [RecoveryCode::new([1; 16]), RecoveryCode::new([2; 16])];
    for (code, n) in codes.iter().zip(10..) {
        locked.add_recovery(&open, code, Nonce([n; 24])).unwrap();
    }
    assert_eq!(locked.recovery_codes(), 2);
    for code in &codes {
        let typed: RecoveryCode = code.reveal().to_lowercase().parse().unwrap();
        let vault = locked.recover(&typed).unwrap();
        assert!(vault.unwrap(PersonId::number(1), &wrapped()).is_ok());
    }
    let other = RecoveryCode::new([3; 16]);
    assert_eq!(locked.recover(&other).unwrap_err(), VaultError::WrongCode);
    locked.forget_recovery();
    assert_eq!(locked.recover(&codes[0]).unwrap_err(), VaultError::WrongCode);
}

#[test]
fn a_record_that_asks_for_all_memory_is_refused() {
    let (locked, _) = vault(1);
    let text = String::from_utf8(locked.to_bytes()).unwrap();
    let check = |from: &str, to: &str, want| {
        assert!(text.contains(from));
        let bytes = text.replace(from, to).into_bytes();
        assert_eq!(Locked::from_bytes(&bytes).unwrap_err(), want);
    };
    let cost = |memory_kib, passes, lanes| VaultError::Cost { memory_kib, passes, lanes };
    check("\"memory_kib\":64", "\"memory_kib\":1048577", cost(1_048_577, 1, 1));
    check("\"memory_kib\":64", "\"memory_kib\":7", cost(7, 1, 1));
    check("\"passes\":1", "\"passes\":65", cost(64, 65, 1));
    check("\"lanes\":1", "\"lanes\":17", cost(64, 1, 17));
    check("\"format\":1", "\"format\":2", VaultError::Record);
    check("\"salt\":[2,", "\"salt\":[", VaultError::Record);
}

#[test]
fn the_usual_cost_works() {
    let (mut locked, open) = vault(1);
    locked.set_passphrase(&open, PASSPHRASE, Cost::USUAL, [8; 16], Nonce([9; 24])).unwrap();
    assert_eq!(locked.cost(), Cost::USUAL);
    check(&locked, PASSPHRASE, Ok(()));
}

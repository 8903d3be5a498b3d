//! What a vault promises, kept.

#[cfg(test)]
mod sealing;
#[cfg(test)]
mod unlocking;
#[cfg(test)]
mod vectors;

use circle_vault::{Cost, Fresh, Locked, Nonce, Unlocked};
use zeroize::Zeroizing;

pub(crate) const PASSPHRASE: &str = "five plain words are fine";

pub(crate) fn vault(seed: u8) -> (Locked, Unlocked) {
    let fresh =
        Fresh { program_key: Zeroizing::new([seed; 32]), salt: [2; 16], nonce: Nonce([3; 24]) };
    Locked::create(fresh, PASSPHRASE, Cost::TEST).expect("it is long enough")
}

#[test]
fn a_vault_can_be_shared_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<Locked>();
    check::<Unlocked>();
    check::<circle_vault::RootKey>();
    check::<circle_vault::ClassKey>();
    check::<circle_vault::VaultError>();
}

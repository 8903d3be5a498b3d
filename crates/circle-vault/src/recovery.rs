//! Recovery codes: printed once, typed back years later.

use std::{fmt, str::FromStr};

use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Crockford's thirty-two characters: no I, L, O or U, which are misread on paper.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many characters a code has: 128 bits and 22 bits of checksum, five to a character.
const LENGTH: usize = 30;

/// How many characters are printed together.
const GROUP: usize = 5;

/// A code that opens the vault when the passphrase is lost: 128 random bits.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 16]);

/// Why a text is not a recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecoveryCodeError {
    /// Characters are missing or too many.
    #[error("{found} characters were typed, and a recovery code has {LENGTH}")]
    Length {
        /// How many were typed, without spaces and hyphens.
        found: usize,
    },
    /// A character that no code has.
    #[error("character {position} is none that a recovery code has")]
    Character {
        /// Its place, from 1, without spaces and hyphens.
        position: usize,
    },
    /// A mistyped character somewhere.
    #[error("a character of the recovery code is mistyped")]
    Checksum,
}

impl RecoveryCode {
    /// A new code from sixteen random bytes.
    #[must_use]
    pub const fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// The code as it is printed: six groups of five characters.
    #[must_use]
    pub fn reveal(&self) -> Zeroizing<String> {
        // 150 bits, right-aligned in 19 bytes: 2 bits of zero, 128 of code, 22 of checksum.
        let mut text = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / GROUP));
        let code = u128::from_be_bytes(self.0);
        let check = u128::from(checksum(&self.0));
        for place in 0..LENGTH {
            if place > 0 && place % GROUP == 0 {
                text.push('-');
            }
            text.push(character(code, check, LENGTH - 1 - place));
        }
        text
    }

    pub(crate) const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// Twenty-two bits that show a mistyped character.
fn checksum(code: &[u8; 16]) -> u32 {
    let mut hash = Sha256::new();
    hash.update(b"circle-vault recovery 1");
    hash.update(code);
    let [a, b, c, ..] = <[u8; 32]>::from(hash.finalize());
    u32::from_be_bytes([0, a, b, c]) >> 2
}

/// The five bits that begin `5 * place` bits from the right.
fn character(code: u128, check: u128, place: usize) -> char {
    // The checksum fills the 22 bits on the right; the code stands above it.
    let bit = 5 * place;
    let value = match bit {
        0..=15 => check >> bit,
        20 => (check >> 20) | (code << 2),
        _ => code >> (bit - 22),
    };
    let index = usize::from(value.to_be_bytes().last().copied().unwrap_or(0) & 31);
    ALPHABET.get(index).copied().map_or('?', char::from)
}

impl FromStr for RecoveryCode {
    type Err = RecoveryCodeError;

    /// Reads a code as people type it: in small letters, with or without spaces and hyphens, with
    /// O for 0 and I or L for 1.
    fn from_str(text: &str) -> Result<Self, RecoveryCodeError> {
        let typed: Zeroizing<Vec<char>> = Zeroizing::new(
            text.chars()
                .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
                .collect(),
        );
        let (mut code, mut check) = (0_u128, 0_u32);
        for (index, typed) in typed.iter().enumerate() {
            let value =
                value(*typed).ok_or(RecoveryCodeError::Character { position: index + 1 })?;
            // Shift everything left by five; what leaves the checksum enters the code.
            code = (code << 5) | u128::from(check >> 17);
            check = ((check << 5) | u32::from(value)) & 0x3F_FFFF;
        }
        if typed.len() != LENGTH {
            return Err(RecoveryCodeError::Length { found: typed.len() });
        }
        let code = Self(code.to_be_bytes());
        if checksum(&code.0) == check { Ok(code) } else { Err(RecoveryCodeError::Checksum) }
    }
}

fn value(typed: char) -> Option<u8> {
    let plain = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let found = ALPHABET.iter().position(|c| char::from(*c) == plain)?;
    u8::try_from(found).ok()
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode([secret])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_reads_back_as_people_type_it() {
        let code = RecoveryCode::new([0; 16]);
        let printed = code.reveal();
        assert_eq!(&printed[..], "00000-00000-00000-00000-00000-3ZSF2");
        let typed = printed.to_lowercase().replace('0', "o").replace('-', " – ");
        assert_eq!(typed.parse(), Ok(code));
    }

    #[test]
    fn a_printed_code_is_the_same_in_every_release() {
        let code = RecoveryCode::new(std::array::from_fn(|n| u8::try_from(n).unwrap()));
        assert_eq!(&code.reveal()[..], "000G4-0R40M-30E20-9185G-R38E1-YXKGH");
    }

    #[test]
    fn what_is_no_code_is_said_to_be_none() {
        let printed = RecoveryCode::new([200; 16]).reveal();
        let check = |text: &str, want| assert_eq!(text.parse::<RecoveryCode>(), Err(want));
        check("", RecoveryCodeError::Length { found: 0 });
        check(&printed[1..], RecoveryCodeError::Length { found: 29 });
        check(&format!("{}A", &*printed), RecoveryCodeError::Length { found: 31 });
        check("ABCU", RecoveryCodeError::Character { position: 4 });
    }

    proptest! {
        #[test]
        fn every_code_reads_back_and_one_wrong_character_is_seen(
            random: [u8; 16], place in 0_usize..LENGTH, other in 0_usize..32,
        ) {
            let code = RecoveryCode::new(random);
            let printed = code.reveal();
            prop_assert_eq!(printed.parse(), Ok(code));
            let mut wrong: Vec<char> = printed.chars().filter(|c| *c != '-').collect();
            let other = char::from(ALPHABET[other]);
            prop_assume!(wrong[place] != other);
            wrong[place] = other;
            let wrong: String = wrong.into_iter().collect();
            // 22 bits of checksum: one in four million would pass, and these seeds do not meet it.
            prop_assert!(wrong.parse::<RecoveryCode>().is_err());
        }
    }
}

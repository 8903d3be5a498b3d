//! The one way in which bytes are sealed, and the padding that hides their length.

use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{Aead, KeyInit, Payload},
};
use zeroize::Zeroizing;

use crate::{Nonce, SealError};

/// The format byte of everything sealed by this release.
const FORMAT: u8 = 1;

/// Padding goes up to the next multiple of this many bytes.
const STEP: usize = 64;

/// What stands before the ciphertext: the format byte and the nonce.
const FRONT: usize = 1 + 24;

/// Seals bytes: format byte, nonce, ciphertext with its tag.
pub(crate) fn seal(
    key: &[u8; 32],
    nonce: Nonce,
    bound: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    let payload = Payload { msg: plain, aad: bound };
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&nonce.0.into(), payload)
        .map_err(|_| SealError::Long)?;
    let mut out = Vec::with_capacity(FRONT + sealed.len());
    out.push(FORMAT);
    out.extend(nonce.0);
    out.extend(sealed);
    Ok(out)
}

/// Opens what [`seal`] made.
pub(crate) fn open(
    key: &[u8; 32],
    bound: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (format, rest) = sealed.split_first().ok_or(SealError::Short)?;
    if *format != FORMAT {
        return Err(SealError::Format { found: *format });
    }
    let (nonce, msg) = rest.split_first_chunk::<24>().ok_or(SealError::Short)?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(nonce.into(), Payload { msg, aad: bound })
        .map(Zeroizing::new)
        .map_err(|_| SealError::Refused)
}

/// Puts the length before the bytes and zeros after them, up to the next multiple of 64 bytes.
pub(crate) fn pad(plain: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let length = u32::try_from(plain.len()).map_err(|_| SealError::Long)?;
    let size = (4 + plain.len()).next_multiple_of(STEP);
    let mut out = Zeroizing::new(Vec::with_capacity(size));
    out.extend(length.to_be_bytes());
    out.extend(plain);
    out.resize(size, 0);
    Ok(out)
}

/// Takes off what [`pad`] put on.
pub(crate) fn unpad(padded: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (length, rest) = padded.split_first_chunk().ok_or(SealError::Padding)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| SealError::Padding)?;
    let (plain, zeros) = rest.split_at_checked(length).ok_or(SealError::Padding)?;
    let right = zeros.len() < STEP
        && padded.len().is_multiple_of(STEP)
        && zeros.iter().all(|byte| *byte == 0);
    if right { Ok(Zeroizing::new(plain.to_vec())) } else { Err(SealError::Padding) }
}

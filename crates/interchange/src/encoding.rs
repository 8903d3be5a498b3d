//! From bytes to text.

use std::fmt;

use crate::{FaultKind, Limits, Place, scan::Reached, separator};

/// How a text was written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub enum Encoding {
    /// UTF-8.
    #[serde(rename = "UTF-8")]
    Utf8,
    /// UTF-8 that starts with a byte order mark, as spreadsheets write it.
    #[serde(rename = "UTF-8")]
    Utf8WithMark,
    /// UTF-16, low byte first, by its byte order mark.
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    /// UTF-16, high byte first, by its byte order mark.
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
    /// Windows-1252, because the caller said so.
    #[serde(rename = "Windows-1252")]
    Windows1252,
    /// Latin-1 (ISO 8859-1), because the caller said so.
    #[serde(rename = "Latin-1")]
    Latin1,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8WithMark => "UTF-8 with a mark",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
            Self::Latin1 => "Latin-1",
        })
    }
}

/// What the caller knows of the encoding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EncodingChoice {
    /// Nothing: UTF-8, or UTF-16 where the file says so by its first bytes; anything else is refused.
    /// The old one-byte encodings cannot be told apart, so they are never guessed.
    #[default]
    Detect,
    /// It is Windows-1252.
    Windows1252,
    /// It is Latin-1.
    Latin1,
}

/// Whether bytes begin as those of .xlsx and .ods, or of .xls, do.
pub(crate) const fn is_workbook(bytes: &[u8]) -> bool {
    matches!(bytes, [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..])
}

/// The text of these bytes, and how it was written.
pub(crate) fn decode(
    bytes: &[u8],
    choice: EncodingChoice,
) -> Result<(String, Encoding), (Place, FaultKind)> {
    if is_workbook(bytes) {
        return Err((Place::FILE, FaultKind::IsAWorkbook));
    }
    let (text, encoding) = match choice {
        EncodingChoice::Windows1252 => (windows_1252(bytes)?, Encoding::Windows1252),
        EncodingChoice::Latin1 => {
            (bytes.iter().copied().map(char::from).collect(), Encoding::Latin1)
        }
        EncodingChoice::Detect => detect(bytes)?,
    };
    match text.find('\0') {
        Some(at) => Err((behind(text.get(..at).unwrap_or_default()), FaultKind::Nul)),
        None => Ok((text, encoding)),
    }
}

fn detect(bytes: &[u8]) -> Result<(String, Encoding), (Place, FaultKind)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest, 3, Encoding::Utf8WithMark),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, Encoding::Utf16Le, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, Encoding::Utf16Be, u16::from_be_bytes),
        rest => utf8(rest, 0, Encoding::Utf8),
    }
}

fn utf8(
    bytes: &[u8],
    skipped: usize,
    encoding: Encoding,
) -> Result<(String, Encoding), (Place, FaultKind)> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), encoding)),
        Err(error) => {
            let at = error.valid_up_to();
            let before = bytes.get(..at).and_then(|good| std::str::from_utf8(good).ok());
            Err(not_encoded(
                before.unwrap_or_default(),
                bytes.get(at),
                at + skipped,
                Encoding::Utf8,
            ))
        }
    }
}

fn utf16(
    bytes: &[u8],
    encoding: Encoding,
    unit: impl Fn([u8; 2]) -> u16,
) -> Result<(String, Encoding), (Place, FaultKind)> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut offset = 2;
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let Ok(character) = character else {
            return Err(not_encoded(&text, bytes.get(offset - 2), offset, encoding));
        };
        offset += 2 * character.len_utf16();
        text.push(character);
    }
    match odd.first() {
        Some(byte) => Err(not_encoded(&text, Some(byte), offset, encoding)),
        None => Ok((text, encoding)),
    }
}

/// The bytes 0x80 to 0x9F of Windows-1252; the five that it leaves open are NUL here
/// (<https://encoding.spec.whatwg.org/index-windows-1252.txt> maps those to controls; we refuse them).
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', //
    '\0', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> Result<String, (Place, FaultKind)> {
    let mut text = String::with_capacity(bytes.len());
    for (offset, byte) in bytes.iter().enumerate() {
        let high = byte.checked_sub(0x80).and_then(|n| WINDOWS_1252.get(usize::from(n)));
        match high {
            Some('\0') => {
                return Err(not_encoded(&text, Some(byte), offset, Encoding::Windows1252));
            }
            Some(character) => text.push(*character),
            None => text.push(char::from(*byte)),
        }
    }
    Ok(text)
}

fn not_encoded(
    before: &str,
    byte: Option<&u8>,
    offset: usize,
    encoding: Encoding,
) -> (Place, FaultKind) {
    let byte = byte.copied().unwrap_or_default();
    (behind(before), FaultKind::NotEncoded { byte, offset, encoding })
}

/// The place of the character after this text.
fn behind(before: &str) -> Place {
    separator::place_behind(before.as_bytes(), Reached::START, None, &Limits::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(
        bytes: &[u8],
        choice: EncodingChoice,
        want: Result<(&str, Encoding), (u64, u8, usize)>,
    ) {
        let found = decode(bytes, choice);
        let found = found.as_ref().map(|(text, encoding)| (text.as_str(), *encoding));
        let found = found.map_err(|(place, kind)| {
            let FaultKind::NotEncoded { byte, offset, .. } = kind else {
                unreachable!("{kind}");
            };
            (place.line.unwrap_or_default(), *byte, *offset)
        });
        assert_eq!(found, want);
    }

    #[test]
    fn the_encoding_is_told_by_the_first_bytes_or_not_at_all() {
        use EncodingChoice::{Detect, Latin1, Windows1252};
        check("Zoë".as_bytes(), Detect, Ok(("Zoë", Encoding::Utf8)));
        check(b"\xEF\xBB\xBFZo\xC3\xAB", Detect, Ok(("Zoë", Encoding::Utf8WithMark)));
        check(b"\xFF\xFEZ\0o\0\xEB\0", Detect, Ok(("Zoë", Encoding::Utf16Le)));
        check(b"\xFE\xFF\0Z\0o\0\xEB", Detect, Ok(("Zoë", Encoding::Utf16Be)));
        check(b"Zo\xEB", Detect, Err((1, 0xEB, 2)));
        check(b"a\r\nb\rc\nZo\xEB", Detect, Err((4, 0xEB, 9)));
        check(b"\xEF\xBB\xBF\xFF", Detect, Err((1, 0xFF, 3)));
        check(b"\xC0\x80", Detect, Err((1, 0xC0, 0)));
        check(b"Zo\xEB", Latin1, Ok(("Zoë", Encoding::Latin1)));
        check(b"\x80\x93Zo\xEB", Windows1252, Ok(("€“Zoë", Encoding::Windows1252)));
        check(b"a\x81", Windows1252, Err((1, 0x81, 1)));
    }

    #[test]
    fn half_a_character_is_refused() {
        check(b"\xFF\xFEa\0\x3D\xD8b\0", EncodingChoice::Detect, Err((1, 0x3D, 4)));
        check(b"\xFF\xFEa\0b", EncodingChoice::Detect, Err((1, b'b', 4)));
    }

    #[test]
    fn a_nul_is_refused_in_any_encoding() {
        let nul = |bytes: &[u8], choice| {
            decode(bytes, choice).map_err(|(place, kind)| (place.line, kind))
        };
        let want = Err((Some(2), FaultKind::Nul));
        assert_eq!(nul(b"a\n\0b", EncodingChoice::Detect), want);
        assert_eq!(nul(b"a\n\0b", EncodingChoice::Latin1), want);
        assert_eq!(nul(b"\xFF\xFEa\0\n\0\0\0", EncodingChoice::Detect), want);
    }
}

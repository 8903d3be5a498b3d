//! Latin letters without their accents.

/// A letter, and the small letters that are it with an accent, a hook or a stroke.
const LETTERS: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ("b", "ḃḅḇɓ"),
    ("c", "çćĉċčḉ"),
    ("d", "ďḋḍḏḑḓđɖɗð"),
    ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệɛǝ"),
    ("f", "ḟƒ"),
    ("g", "ĝğġģǧǵḡɠ"),
    ("h", "ĥȟḣḥḧḩḫẖħ"),
    ("i", "ìíîïĩīĭįǐȉȋḭḯỉịı"),
    ("j", "ĵǰ"),
    ("k", "ķǩḱḳḵƙ"),
    ("l", "ĺļľḷḹḻḽł"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňǹṅṇṉṋŋɲ"),
    ("o", "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøɔ"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšșṡṣṥṧṩ"),
    ("t", "ţťțṫṭṯṱẗŧ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữựʉ"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷȳẏẙỳỵỷỹƴ"),
    ("z", "źżžẑẓẕƶ"),
    ("ae", "æǽǣ"),
    ("oe", "œ"),
    ("ss", "ß"),
    ("th", "þ"),
];

/// What a small Latin letter is without its accent; nothing for any other, and for one without an accent.
pub(crate) fn base(letter: char) -> Option<&'static str> {
    if letter.is_ascii() {
        return None;
    }
    LETTERS.iter().find(|(_, accented)| accented.contains(letter)).map(|(base, _)| *base)
}

/// Whether it is an accent that stands behind its letter, as some systems write them.
pub(crate) const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_is_taken_off_a_latin_letter_and_no_other_is_touched() {
        for (letter, without) in [('é', "e"), ('ø', "o"), ('ẹ', "e"), ('ŋ', "n"), ('ß', "ss")]
        {
            assert_eq!(base(letter), Some(without));
        }
        for letter in ['e', '1', '-', 'É', 'и', 'ኪ', '²'] {
            assert_eq!(base(letter), None);
        }
        let mut all: Vec<char> = LETTERS.iter().flat_map(|(_, letters)| letters.chars()).collect();
        assert!(all.iter().all(|letter| letter.is_alphabetic() && !letter.is_ascii()));
        let before = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), before, "each letter is one without its accent");
    }
}

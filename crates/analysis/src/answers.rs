//! What a cell says as an answer.

use std::collections::BTreeMap;

use commons::Code;
use interchange::Row;

use crate::columns::Item;

/// What a cell says as an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A code of the item.
    Code(i16),
    /// No answer, for the reason of this number; 0 where the cell is empty.
    Missing(usize),
    /// A number that is no code of the item, or no number at all.
    OutOfRange,
    /// A text that the map of values does not have.
    NotAValue,
}

/// The texts that are no answer, and their reasons.
#[derive(Debug, Clone)]
pub(crate) struct Reasons {
    texts: BTreeMap<String, usize>,
    codes: Vec<Code>,
}

/// The reason where a cell is empty.
pub(crate) const EMPTY: Code = Code::of("empty");

impl Reasons {
    pub(crate) fn of(missing: &BTreeMap<String, Code>) -> Self {
        let mut codes = vec![EMPTY];
        let mut texts = BTreeMap::new();
        for (text, code) in missing {
            let known = codes.iter().position(|known| known == code);
            let place = known.unwrap_or_else(|| {
                codes.push(code.clone());
                codes.len() - 1
            });
            known_in_both(&mut texts, text, place);
        }
        Self { texts, codes }
    }

    /// The reasons, each at its number.
    pub(crate) fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// The reason that a text gives.
    pub(crate) fn of_text(&self, text: &str) -> Option<usize> {
        if text.is_empty() { Some(0) } else { meant(&self.texts, text).copied() }
    }
}

fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A whole number without the decimals that say nothing: what a spreadsheet or a notebook makes of it in a
/// column with gaps, `99.0`, is `99`.
fn whole(text: &str) -> Option<&str> {
    let (whole, rest) = text.split_once('.')?;
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && rest.bytes().all(|byte| byte == b'0')).then_some(whole)
}

/// Notes what a text of the plan means, and so its whole number, unless the plan says something else of that.
pub(crate) fn known_in_both<T: Copy>(texts: &mut BTreeMap<String, T>, text: &str, means: T) {
    let text = plain(text);
    if let Some(whole) = whole(&text) {
        texts.entry(whole.to_owned()).or_insert(means);
    }
    texts.insert(text, means);
}

/// What a cell means by texts that were [noted](known_in_both): by itself, or by its whole number.
pub(crate) fn meant<'t, T>(texts: &'t BTreeMap<String, T>, cell: &str) -> Option<&'t T> {
    let cell = plain(cell);
    texts.get(&cell).or_else(|| texts.get(whole(&cell)?))
}

/// What no code is.
const UNKNOWN: i16 = i16::MIN;

/// Reads answers of items with the same codes.
#[derive(Debug, Clone)]
pub(crate) struct Decoder {
    // What a cell of one byte says, where that is a code.
    bytes: [i16; 256],
    least: i16,
    most: i16,
    values: Option<BTreeMap<String, i16>>,
}

impl Decoder {
    pub(crate) fn new(
        (least, most): (i16, i16),
        values: Option<&BTreeMap<String, i16>>,
        reasons: &Reasons,
    ) -> Self {
        let values = values.map(|map| {
            let mut values = BTreeMap::new();
            for (text, code) in map {
                known_in_both(&mut values, text, *code);
            }
            values
        });
        let mut decoder = Self { bytes: [UNKNOWN; 256], least, most, values };
        for byte in b'!'..=b'~' {
            let text = char::from(byte).to_string();
            let slot = decoder.read(&text, reasons);
            if let (Answer::Code(code), Some(place)) =
                (slot, decoder.bytes.get_mut(usize::from(byte)))
            {
                *place = code;
            }
        }
        decoder
    }

    /// What a cell says.
    #[inline]
    pub(crate) fn decode(&self, row: Row<'_>, item: &Item, reasons: &Reasons) -> Answer {
        if let (None, [byte]) = (&item.choice, row.bytes(item.column))
            && let Some(code) = self.bytes.get(usize::from(*byte))
            && *code != UNKNOWN
        {
            return Answer::Code(*code);
        }
        self.decode_any(row, item, reasons)
    }

    /// What single bytes say, every other one of some; whether each is a code.
    #[inline]
    pub(crate) fn decode_singles(&self, run: &[u8], answers: &mut Vec<Option<i16>>) -> bool {
        for byte in run.iter().step_by(2) {
            match self.bytes.get(usize::from(*byte)) {
                Some(code) if *code != UNKNOWN => answers.push(Some(*code)),
                Some(_) | None => return false,
            }
        }
        true
    }

    #[inline(never)]
    fn decode_any(&self, row: Row<'_>, item: &Item, reasons: &Reasons) -> Answer {
        let text = row.cell(item.column);
        match &item.choice {
            None => self.read(text, reasons),
            Some(choice) => match reasons.of_text(text) {
                Some(reason) => Answer::Missing(reason),
                // Nothing was chosen, and nothing was left out.
                None if interchange::is_no_value(text) => Answer::OutOfRange,
                None => {
                    let chosen = text.split([' ', ';', ',']).any(|one| one == choice);
                    self.in_range(i64::from(chosen))
                }
            },
        }
    }

    fn read(&self, text: &str, reasons: &Reasons) -> Answer {
        if let Some(reason) = reasons.of_text(text) {
            return Answer::Missing(reason);
        }
        if let Some(values) = &self.values {
            let code = meant(values, text);
            return code.map_or(Answer::NotAValue, |code| self.in_range(i64::from(*code)));
        }
        let text = whole(text).unwrap_or(text);
        let (least, most) = (i64::from(self.least), i64::from(self.most));
        match interchange::cell::integer(text, least, most) {
            Ok(Some(code)) => self.in_range(code),
            Ok(None) | Err(_) => Answer::OutOfRange,
        }
    }

    fn in_range(&self, code: i64) -> Answer {
        match i16::try_from(code) {
            Ok(code) if self.least <= code && code <= self.most => Answer::Code(code),
            Ok(_) | Err(_) => Answer::OutOfRange,
        }
    }

    /// The least and the most code.
    pub(crate) const fn range(&self) -> (i16, i16) {
        (self.least, self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons() -> Reasons {
        let texts = [("9", "refused"), ("n/a", "unknown"), ("-77", "not-asked"), ("99", "refused")];
        let texts = texts.map(|(text, code)| (text.to_owned(), Code::of(code)));
        Reasons::of(&BTreeMap::from(texts))
    }

    #[test]
    fn an_answer_is_a_code_a_reason_or_wrong() {
        let (reasons, check) = (reasons(), |text, want| {
            let decoder = Decoder::new((0, 3), None, &reasons());
            assert_eq!(decoder.read(text, &reasons()), want, "{text}");
        });
        check("3", Answer::Code(3));
        check("2.0", Answer::Code(2));
        check("", Answer::Missing(0));
        let refused = reasons.codes().iter().position(|code| *code == "refused").unwrap();
        check("9", Answer::Missing(refused));
        check("99", Answer::Missing(refused));
        check("99.0", Answer::Missing(refused));
        check("9.00", Answer::Missing(refused));
        check("-77.0", Answer::Missing(reasons.of_text("-77").unwrap()));
        assert_ne!(reasons.of_text("N/A"), None);
        for wrong in ["4", "-1", "2,0", "2.5", "x", "1 2", ".0", "99.5"] {
            check(wrong, Answer::OutOfRange);
        }
    }

    #[test]
    fn with_a_map_every_text_is_in_it() {
        let values = [("Not at all", 0), ("Nta na rimwe", 0), ("Nearly every day", 3), ("?", 7)];
        let values = BTreeMap::from(values.map(|(text, code)| (text.to_owned(), code)));
        let decoder = Decoder::new((0, 3), Some(&values), &reasons());
        let check = |text, want| assert_eq!(decoder.read(text, &reasons()), want, "{text}");
        check("not at all", Answer::Code(0));
        check("Nta na rimwe", Answer::Code(0));
        check("0", Answer::NotAValue);
        check("?", Answer::OutOfRange);
        check("n/a", Answer::Missing(reasons().of_text("n/a").unwrap()));
    }

    #[test]
    fn a_number_of_the_plan_is_known_with_and_without_decimals_that_say_nothing() {
        let values = BTreeMap::from([("1", 0), ("2.0", 1), ("3", 2), ("3.0", 3)]);
        let values = values.into_iter().map(|(text, code)| (text.to_owned(), code)).collect();
        let decoder = Decoder::new((0, 3), Some(&values), &reasons());
        for (text, code) in [("1", 0), ("1.0", 0), ("2", 1), ("2.0", 1), ("3", 2), ("3.0", 3)] {
            assert_eq!(decoder.read(text, &reasons()), Answer::Code(code), "{text}");
        }
        let missing = BTreeMap::from([("99.0".to_owned(), Code::of("refused"))]);
        assert_eq!(Reasons::of(&missing).of_text("99"), Some(1));
    }
}

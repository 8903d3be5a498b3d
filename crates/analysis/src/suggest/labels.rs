//! Answers in words, and the codes they stand for.

use std::collections::BTreeMap;

use commons::Code;
use outcomes::{Instrument, Wording};

use super::name::{plain, words};
use super::seen::{Seen, whole};
use super::words::{ANSWERS, reason_of, reason_of_number};

/// What one text of the columns of a run stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A code, and why.
    Code(i16, &'static str),
    /// No answer, for a reason, and why that is thought.
    Missing(&'static str, &'static str),
    /// A number that is no code, or a text without letters, such as a fraction or a formula.
    NoCode,
    /// Unknown: perhaps this code, by its place among the unknown.
    Unknown(i16),
}

/// One text, how often it stands in the columns, and what it stands for.
#[derive(Debug, Clone)]
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) times: u64,
    pub(super) means: Meaning,
}

/// The texts of the columns of a run, where they are answers of a list.
pub(super) struct Texts<'a> {
    pub(super) all: Vec<Text<'a>>,
    /// Whether numbers count from 1 where the instrument counts from 0.
    pub(super) is_shifted: bool,
}

impl<'a> Texts<'a> {
    /// The most texts that a list of answers may have: some languages, some ways of saying nothing.
    const MOST: usize = 36;

    /// Reads the texts of columns; nothing where a column has so many that they are no list.
    pub(super) fn read(seen: &'a Seen, items: &[usize], instrument: &Instrument) -> Option<Self> {
        let mut found: BTreeMap<&str, u64> = BTreeMap::new();
        let mut order: Vec<&str> = Vec::new();
        for place in items {
            for (text, times) in seen.column(*place)?.texts()? {
                let count = found.entry(text).or_insert_with(|| {
                    order.push(text);
                    0
                });
                *count += times;
            }
        }
        if Self::MOST < order.len() {
            return None;
        }
        let (lowest, highest) = instrument.scoring().codes();
        let known = labels(instrument);
        let is_shifted = shifted(&found, (lowest, highest));
        let mut unknown = (lowest..=highest).cycle();
        let all = order.into_iter().map(|text| {
            let times = found.get(text).copied().unwrap_or(0);
            let means = meaning(text, times, (lowest, highest), is_shifted, &known);
            let means = means.unwrap_or_else(|| Meaning::Unknown(unknown.next().unwrap_or(lowest)));
            Text { text, times, means }
        });
        Some(Self { all: all.collect(), is_shifted })
    }

    /// Whether a value map is wanted: some answer is not simply its code.
    pub(super) fn want_map(&self) -> bool {
        let is_plain = |text: &Text<'_>| match text.means {
            Meaning::Code(code, _) => whole(text.text) == Some(i64::from(code)),
            Meaning::Missing(..) | Meaning::NoCode => true,
            Meaning::Unknown(_) => false,
        };
        !self.all.iter().all(is_plain)
    }

    /// Whether a text without meaning may be shown: beside answers that are known, or each in many cells
    /// of several columns; a short number or formula always. What stands once or twice may be
    /// somebody's own words.
    pub(super) fn may_show(&self, text: &Text<'_>, columns: usize) -> bool {
        let letters = text.text.chars().count();
        let any_known = self.all.iter().any(|text| matches!(text.means, Meaning::Code(..)));
        text.means == Meaning::NoCode && letters <= 6
            || 3 <= text.times && (any_known || 2 <= columns) && letters <= 80
    }
}

/// The labels that come with an instrument, by their letters alone.
fn labels(instrument: &Instrument) -> BTreeMap<String, i16> {
    let Some(wording) = Wording::built_in(instrument, &Code::of("en")) else {
        return BTreeMap::new();
    };
    let items = 1..=instrument.scoring().items();
    let labels = items.flat_map(|item| wording.labels(item));
    labels.map(|label| (plain(&label.label), label.code)).collect()
}

fn meaning(
    text: &str,
    times: u64,
    (lowest, highest): (i16, i16),
    is_shifted: bool,
    known: &BTreeMap<String, i16>,
) -> Option<Meaning> {
    let within = |code: &i16| lowest <= *code && *code <= highest;
    let with_point = text.replace(',', ".");
    if let Some(number) = whole(&with_point) {
        let shift = i64::from(is_shifted);
        let code = number.checked_sub(shift).and_then(|code| i16::try_from(code).ok());
        return Some(match (code.filter(within), reason_of_number(number)) {
            (Some(code), _) if is_shifted => Meaning::Code(code, "counted from 1 instead of 0"),
            (Some(code), _) if with_point != text => {
                Meaning::Code(code, "a comma before its decimals")
            }
            (Some(code), _) => Meaning::Code(code, ""),
            (None, Some(reason)) if 2 <= times => {
                Meaning::Missing(reason, "a number that is no answer and comes again")
            }
            (None, _) => Meaning::NoCode,
        });
    }
    let plain_text = plain(text);
    if let Some(reason) = reason_of(text) {
        return Some(Meaning::Missing(reason, ""));
    }
    if plain_text.is_empty() {
        return Some(Meaning::Missing("unknown", "no letter or digit"));
    }
    if let Some(code) = known.get(&plain_text) {
        return Some(Meaning::Code(*code, "the wording of the form"));
    }
    let list = |(word, code, codes): &(&str, i16, (i16, i16))| {
        *word == plain_text && *codes == (lowest, highest) && within(code)
    };
    if let Some((_, code, _)) = ANSWERS.iter().find(|answer| list(answer)) {
        return Some(Meaning::Code(*code, "a common translation"));
    }
    // "2 - More than half", "Often (3)"; a number between others, or in a formula, says nothing.
    let words = words(text);
    let (numbers, said): (Vec<_>, Vec<_>) =
        words.iter().partition(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    if said.is_empty() || text.starts_with(['=', '+', '@', '#']) {
        return Some(Meaning::NoCode);
    }
    let [number] = numbers.as_slice() else { return None };
    if ![words.first(), words.last()].contains(&Some(*number)) {
        return None;
    }
    let code = number.parse::<i16>().ok().filter(within);
    let word: String = said.into_iter().map(String::as_str).collect();
    match (code, reason_of(&word)) {
        (Some(code), None) => Some(Meaning::Code(code, "the number beside it")),
        (None, Some(reason)) => Some(Meaning::Missing(reason, "")),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// Whether numbers run from one above the lowest code to one above the highest, and the highest is
/// no slip: more than one in fifty.
fn shifted(found: &BTreeMap<&str, u64>, (lowest, highest): (i16, i16)) -> bool {
    let times = |code: i16| {
        let same = found.iter().filter(|(text, _)| whole(text) == Some(i64::from(code)));
        same.map(|(_, times)| times).sum::<u64>()
    };
    let all: u64 = found.values().sum();
    lowest == 0 && times(0) == 0 && 0 < times(highest) && all < 50 * times(highest + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_surely_a_number_or_stands_beside_one_is_guessed() {
        let check = |text: &str, want: Option<Meaning>| {
            let found = meaning(text, 2, (0, 3), false, &BTreeMap::new());
            assert_eq!(found, want, "{text}");
        };
        let missing =
            |reason| Some(Meaning::Missing(reason, "a number that is no answer and comes again"));
        check("2", Some(Meaning::Code(2, "")));
        check("2.0", Some(Meaning::Code(2, "")));
        check("2,0", Some(Meaning::Code(2, "a comma before its decimals")));
        check("99.0", missing("refused"));
        check("-77.0", missing("not-asked"));
        for text in ["4", "2.5", "2,75", "3-4", "1/2", "0..1", "=1+1", "=SUM(A1)", "#DIV/0!"] {
            check(text, Some(Meaning::NoCode));
        }
        check("2 - More than half", Some(Meaning::Code(2, "the number beside it")));
        check("Often (3)", Some(Meaning::Code(3, "the number beside it")));
        check("99 - Refused", Some(Meaning::Missing("refused", "")));
        for text in ["0 or 1", "1 to 2 days", "3 - Don't know", "about 2 days", "7 days"] {
            check(text, None);
        }
    }
}

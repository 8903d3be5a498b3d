//! What one cell says.
//!
//! Each reader takes a cell without the spaces around it and answers with nothing where
//! it is empty. None of them guesses.

use chrono::{Datelike, NaiveDate};
use commons::Code;

use crate::FaultKind;

/// The years that are read, first and last.
pub const YEARS: (i32, i32) = (1900, 2100);

/// A whole number in range, in ASCII digits with an optional minus.
///
/// # Errors
///
/// [`FaultKind::NotInRange`]: no number, a fraction, or too small or large.
pub fn integer(text: &str, least: i64, most: i64) -> Result<Option<i64>, FaultKind> {
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = if plain { text.parse().ok() } else { None };
    match number {
        Some(number) if least <= number && number <= most => Ok(Some(number)),
        Some(_) | None => Err(FaultKind::NotInRange { least, most }),
    }
}

/// A date, written as year-month-day alone.
///
/// # Errors
///
/// [`FaultKind::DateUnclear`] for what could be read in two ways (03/04/2026), [`NotADate`](FaultKind::NotADate) for
/// any other writing, [`NoSuchDay`](FaultKind::NoSuchDay) for 31 February, [`DateTooFar`](FaultKind::DateTooFar) outside
/// of [`YEARS`].
pub fn date(text: &str) -> Result<Option<NaiveDate>, FaultKind> {
    if text.is_empty() {
        return Ok(None);
    }
    if !is_iso(text) {
        return Err(if is_unclear(text) { FaultKind::DateUnclear } else { FaultKind::NotADate });
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| FaultKind::NoSuchDay)?;
    let (first, last) = YEARS;
    if first <= date.year() && date.year() <= last {
        Ok(Some(date))
    } else {
        Err(FaultKind::DateTooFar { first, last })
    }
}

/// A year of birth, written as the year alone or as a date, of which the year is kept: in 31/12/1990
/// and in 03/04/1990 nobody can mistake it, whichever number is the month.
///
/// # Errors
///
/// As [`date`] says for a text like 1990-12-31, [`FaultKind::NotAYear`] for any other without a year in [`YEARS`].
pub fn year(text: &str) -> Result<Option<i32>, FaultKind> {
    if is_iso(text) {
        return date(text).map(|day| day.map(|day| day.year()));
    }
    let (first, last) = YEARS;
    let fault = |_| FaultKind::NotAYear { first, last };
    let text = year_of_date(text).unwrap_or(text);
    let year = integer(text, i64::from(first), i64::from(last)).map_err(fault)?;
    Ok(year.and_then(|year| i32::try_from(year).ok()))
}

/// The year of a date such as 31/12/1990: two numbers that are a day and a month in one order or the
/// other, and four digits after them.
fn year_of_date(text: &str) -> Option<&str> {
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u32>().ok().filter(|n| (1..=31).contains(n));
    let (first, second) = (number(first)?, number(second)?);
    (year.len() == 4 && first.min(second) <= 12).then_some(year)
}

/// Four digits, two and two, with hyphens.
fn is_iso(text: &str) -> bool {
    let shape = text.bytes().map(|byte| if byte.is_ascii_digit() { b'9' } else { byte });
    shape.eq("9999-99-99".bytes())
}

/// Two numbers that could each be a month, and a year after them.
fn is_unclear(text: &str) -> bool {
    let parts: Vec<_> = text.split(['/', '.', '-', ' ']).map(str::parse::<u32>).collect();
    let month = |part: &Result<u32, _>| part.as_ref().is_ok_and(|n| (1..=12).contains(n));
    matches!(parts.as_slice(), [first, second, Ok(_)] if month(first) && month(second) && first != second)
}

/// A short word of a closed vocabulary; capital letters are taken for small ones.
///
/// # Errors
///
/// [`FaultKind::NotACode`].
pub fn code(text: &str) -> Result<Option<Code>, FaultKind> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.to_ascii_lowercase().parse() {
        Ok(code) => Ok(Some(code)),
        Err(_) => Err(FaultKind::NotACode),
    }
}

/// A text as it was typed, of at most so many characters. One letter is a name, and any script is.
///
/// # Errors
///
/// [`FaultKind::NotAText`] where it is longer or holds control characters.
pub fn text(text: &str, most: usize) -> Result<Option<String>, FaultKind> {
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().any(char::is_control) || text.chars().nth(most).is_some() {
        return Err(FaultKind::NotAText { most });
    }
    Ok(Some(text.to_owned()))
}

/// A phone number as it was typed: 3 to 20 digits, with spaces, hyphens, dots, slashes or parentheses between them and
/// one plus sign before them.
///
/// # Errors
///
/// [`FaultKind::NotAPhone`].
pub fn phone(text: &str) -> Result<Option<String>, FaultKind> {
    if text.is_empty() {
        return Ok(None);
    }
    let rest = text.strip_prefix('+').unwrap_or(text);
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    let plain = rest.chars().all(|c| c.is_ascii_digit() || " -./()".contains(c));
    if plain && (3..=20).contains(&digits) && text.len() <= 40 {
        Ok(Some(text.to_owned()))
    } else {
        Err(FaultKind::NotAPhone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_whole_and_in_range() {
        let read = |text| integer(text, -1, 3).map_err(|kind| kind.code());
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("0"), Ok(Some(0)));
        assert_eq!(read("3"), Ok(Some(3)));
        assert_eq!(read("03"), Ok(Some(3)));
        assert_eq!(read("-1"), Ok(Some(-1)));
        assert_eq!(read("-0"), Ok(Some(0)));
        for bad in [
            "4",
            "-2",
            "1.0",
            "1,0",
            "+1",
            "--1",
            "-",
            "1e0",
            "٣",
            "NaN",
            "n/a",
            "1 2",
            "99999999999999999999",
        ] {
            assert_eq!(read(bad), Err("cell.not_in_range"), "{bad}");
        }
    }

    #[test]
    fn a_year_may_stand_in_a_date() {
        let read = |text| year(text).map_err(|kind| kind.code());
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("1990"), Ok(Some(1990)));
        assert_eq!(read("1990-12-31"), Ok(Some(1990)));
        assert_eq!(read("1990-13-01"), Err("cell.no_such_day"));
        assert_eq!(read("1890-12-31"), Err("cell.date_too_far"));
        assert_eq!(read("31/12/1990"), Ok(Some(1990)));
        assert_eq!(read("12.31.1990"), Ok(Some(1990)));
        for bad in ["90", "31/12/90", "31/13/1990", "32/1/1990", "0/1/1990", "1/1/1890", "abc"] {
            assert_eq!(read(bad), Err("cell.not_a_year"), "{bad}");
        }
    }

    #[test]
    fn a_date_is_written_in_one_way_and_never_guessed() {
        #[track_caller]
        fn check(text: &str, want: Result<Option<(i32, u32, u32)>, &'static str>) {
            let found = date(text).map_err(|kind| kind.code());
            assert_eq!(
                found.map(|day| day.map(|day| (day.year(), day.month(), day.day()))),
                want,
                "{text}"
            );
        }
        check("", Ok(None));
        check("2026-03-31", Ok(Some((2026, 3, 31))));
        check("2028-02-29", Ok(Some((2028, 2, 29))));
        check("1900-01-01", Ok(Some((1900, 1, 1))));
        check("2100-12-31", Ok(Some((2100, 12, 31))));
        check("2026-02-29", Err("cell.no_such_day"));
        check("2026-13-01", Err("cell.no_such_day"));
        check("1899-12-31", Err("cell.date_too_far"));
        check("2101-01-01", Err("cell.date_too_far"));
        check("03/04/2026", Err("cell.date_unclear"));
        check("3.4.26", Err("cell.date_unclear"));
        for bad in [
            "31/12/2026",
            "4/4/2026",
            "26-3-31",
            "2026-3-31",
            "20260331",
            "46112",
            "31 March 2026",
            "٢٠٢٦-٠٣-٣١",
        ] {
            check(bad, Err("cell.not_a_date"));
        }
    }

    #[test]
    fn any_name_is_a_name() {
        for name in ["O", "Nguyễn", "ኪዳን", "李", "Uwase-Mutoni", "d'Arc", "=Ann"] {
            assert_eq!(text(name, 200), Ok(Some(name.to_owned())), "{name}");
        }
        assert_eq!(text("ab", 2), Ok(Some("ab".to_owned())));
        for bad in ["abc", "a\tb", "a\u{7}"] {
            assert_eq!(text(bad, 2), Err(FaultKind::NotAText { most: 2 }), "{bad:?}");
        }
    }

    #[test]
    fn a_phone_number_is_digits() {
        for good in ["+250 788 123 456", "0788-123-456", "112", "(02) 123.45"] {
            assert!(phone(good).is_ok(), "{good}");
        }
        for bad in ["12", "call Ann", "++250788", "1234567890123456789012", "788x"] {
            assert_eq!(phone(bad), Err(FaultKind::NotAPhone), "{bad}");
        }
    }

    #[test]
    fn a_code_is_read_in_any_case() {
        assert_eq!(code("RW"), Ok(Some(Code::of("rw"))));
        assert_eq!(code("en-US"), Ok(Some(Code::of("en-us"))));
        assert_eq!(code("a word"), Err(FaultKind::NotACode));
    }
}

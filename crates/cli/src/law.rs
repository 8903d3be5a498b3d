//! Under which law a program works: a country, or a part of one.

use commons::Code;
use safety_protocols::Rulebook;

use crate::failure::Failure;

/// Every country of ISO 3166-1, by its two letters; the file names its source.
const COUNTRIES: &str = include_str!("../assets/countries.txt");

fn countries() -> impl Iterator<Item = &'static str> {
    let lines = COUNTRIES.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace)
}

/// The law that a text names: two letters of a country, and a hyphen and up to three letters or digits
/// where a part of it has laws of its own (ISO 3166-2), in small letters.
pub(crate) fn named(text: &str) -> Result<Code, Failure> {
    let text = text.trim().to_lowercase();
    let (country, part) =
        text.split_once('-').map_or((&*text, None), |(it, part)| (it, Some(part)));
    let is_country = countries().any(|known| known == country);
    let is_part = |part: &str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let law = if is_country && part.is_none_or(is_part) { text.parse().ok() } else { None };
    law.ok_or_else(|| Failure::new("cli.jurisdiction", &[]))
}

/// Whether rules that come with the program are of this law, or of the country it belongs to.
pub(crate) fn is_known(law: &Code) -> bool {
    let country = law.as_str().split('-').next().unwrap_or_default();
    let of = |row: &safety_protocols::Row| {
        row.jurisdiction.as_ref().is_some_and(|known| known == law || *known == *country)
    };
    Rulebook::shipped().rows().iter().any(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_is_that_of_a_country_or_a_part_of_one() {
        for (text, want) in
            [("rw", "rw"), ("US-CA", "us-ca"), (" gb-sct ", "gb-sct"), ("fr-75", "fr-75")]
        {
            assert_eq!(named(text).unwrap().as_str(), want);
        }
        for bad in ["", "r", "xx", "rwa", "xx-nowhere.at_all", "us-", "us-cali", "us-c_", "rw.x"] {
            assert_eq!(named(bad).unwrap_err().code, "cli.jurisdiction", "{bad}");
        }
        assert_eq!(countries().count(), 249);
    }
}

//! The words of a report, from a catalog.

use chrono::{Datelike, NaiveDate};
use fluent_bundle::{
    FluentArgs, FluentResource, FluentValue,
    concurrent::FluentBundle,
    types::{FluentNumber, FluentNumberOptions},
};
use serde::Serialize;

const ENGLISH: &str = include_str!("../locales/en/report.ftl");

/// Words in one language.
///
/// Other frontends may share it: [`with`](Self::with) adds catalogs, and later ones overrule.
pub struct Wording {
    bundle: FluentBundle<FluentResource>,
    language: String,
}

/// Why a catalog cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WordingError {
    /// The tag is no language.
    #[error("not a language tag")]
    Language,
    /// The catalog has lines that do not parse.
    #[error("{faults} lines of the catalog do not parse")]
    Catalog {
        /// How many.
        faults: usize,
    },
}

/// What is put into a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// Text.
    Text(String),
    /// A count, written with its thousands apart.
    Count(u64),
    /// A number with so many decimal places.
    Number(f64, usize),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Arg {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl Wording {
    /// The English words that come with this crate.
    ///
    /// # Errors
    ///
    /// [`WordingError`], which a test of this crate rules out.
    pub fn english() -> Result<Self, WordingError> {
        Self::new("en", ENGLISH)
    }

    /// The English words under the tag of a language, to be overruled by its own ([`with`](Self::with)): what it lacks
    /// is said in English.
    ///
    /// # Errors
    ///
    /// [`WordingError::Language`].
    pub fn begun(language: &str) -> Result<Self, WordingError> {
        Self::new(language, ENGLISH)
    }

    /// Words of another language.
    ///
    /// # Errors
    ///
    /// [`WordingError::Language`] and [`WordingError::Catalog`].
    pub fn new(language: &str, catalog: &str) -> Result<Self, WordingError> {
        let tag = language.parse().map_err(|_| WordingError::Language)?;
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // The marks that part languages within a line confuse plain text and plots.
        bundle.set_use_isolating(false);
        let mut wording = Self { bundle, language: language.to_owned() };
        wording.with(catalog)?;
        Ok(wording)
    }

    /// Adds a catalog; its messages overrule those of the same name.
    ///
    /// # Errors
    ///
    /// [`WordingError::Catalog`].
    pub fn with(&mut self, catalog: &str) -> Result<(), WordingError> {
        let faulty = |(_, faults): (_, Vec<_>)| WordingError::Catalog { faults: faults.len() };
        let resource = FluentResource::try_new(catalog.to_owned()).map_err(faulty)?;
        self.bundle.add_resource_overriding(resource);
        let style: fn(&FluentValue<'_>, &_) -> Option<String> =
            match self.find("number-style", &[]).as_deref() {
                Some("point") => |value, _| write_number(value, '.', ','),
                Some("space") => |value, _| write_number(value, '\u{202f}', ','),
                Some(_) | None => |value, _| write_number(value, ',', '.'),
            };
        self.bundle.set_formatter(Some(style));
        Ok(())
    }

    /// The tag of its language, such as `en`.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A message; where the catalog lacks it, its key in square brackets.
    #[must_use]
    pub fn say(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.find(key, args).unwrap_or_else(|| format!("[{key}]"))
    }

    /// A message, where the catalog has it.
    #[must_use]
    pub fn find(&self, key: &str, args: &[(&str, Arg)]) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut given = FluentArgs::new();
        for (name, arg) in args {
            given.set((*name).to_owned(), value_of(arg));
        }
        let mut faults = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&given), &mut faults);
        Some(text.into_owned())
    }

    /// The words for a code of the domain (`band-` and `moderately_severe`), or the code itself.
    #[must_use]
    pub fn code(&self, kind: &str, code: &str) -> String {
        let key = format!("{kind}-{}", code.replace('.', "-"));
        self.find(&key, &[]).unwrap_or_else(|| code.to_owned())
    }

    /// A message for one variant of an enum of the domain, by its serialized code.
    #[must_use]
    pub fn variant(&self, kind: &str, variant: &impl Serialize, args: &[(&str, Arg)]) -> String {
        let code = serde_json::to_value(variant).unwrap_or_default();
        self.say(&format!("{kind}-{}", code.as_str().unwrap_or_default()), args)
    }

    /// A share as a percentage with so many decimal places.
    #[must_use]
    pub fn percent(&self, share: f64, places: usize) -> String {
        self.say("percent", &[("value", Arg::Number(rounded(share, places + 2) * 100.0, places))])
    }

    /// A number with so many decimal places and a real minus sign.
    #[must_use]
    pub fn number(&self, number: f64, places: usize) -> String {
        let (thousands, decimal) = match self.find("number-style", &[]).as_deref() {
            Some("point") => ('.', ','),
            Some("space") => ('\u{202f}', ','),
            Some(_) | None => (',', '.'),
        };
        grouped(number, places, thousands, decimal)
    }

    /// A day.
    #[must_use]
    pub fn date(&self, day: NaiveDate) -> String {
        let month = self.say(&format!("month-{}", day.month()), &[]);
        let args = [
            ("day", Arg::Text(day.day().to_string())),
            ("month", Arg::Text(month)),
            ("year", Arg::Text(day.year().to_string())),
        ];
        self.say("date", &args)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn value_of(arg: &Arg) -> FluentValue<'static> {
    let number = |value, places| {
        let options = FluentNumberOptions {
            maximum_fraction_digits: places,
            ..FluentNumberOptions::default()
        };
        FluentValue::Number(FluentNumber::new(value, options))
    };
    match arg {
        Arg::Text(text) => FluentValue::from(text.clone()),
        // Plain options, so that a message may choose by `[0]`.
        Arg::Count(count) => number(*count as f64, None),
        Arg::Number(value, places) => number(*value, Some(*places)),
    }
}

fn write_number(value: &FluentValue<'_>, thousands: char, decimal: char) -> Option<String> {
    if let FluentValue::Number(number) = value {
        let places = number.options.maximum_fraction_digits.unwrap_or(0);
        Some(grouped(number.value, places, thousands, decimal))
    } else {
        None
    }
}

/// A number to so many places, half away from zero: on the page, in tables and in plots alike. What is half but for the
/// error of a binary fraction is half.
pub(crate) fn rounded(number: f64, places: usize) -> f64 {
    let scale = 10_f64.powi(i32::try_from(places).unwrap_or(i32::MAX));
    // What rounds to zero has no sign.
    (number * scale + 1e-9_f64.copysign(number)).round() / scale + 0.0
}

fn grouped(number: f64, places: usize, thousands: char, decimal: char) -> String {
    let plain = format!("{:.places$}", rounded(number, places).abs());
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    // What rounds to zero has no sign.
    if number < 0.0 && plain.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
        text.push('\u{2212}');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            text.push(thousands);
        }
        text.push(digit);
    }
    if !rest.is_empty() {
        text.push(decimal);
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_catalog_says() {
        let check = |number, places, want: &str| {
            assert_eq!(grouped(number, places, ',', '.'), want);
        };
        check(3300.0, 0, "3,300");
        check(1_234_567.25, 1, "1,234,567.3");
        check(-4.86, 1, "\u{2212}4.9");
        check(-0.01, 1, "0.0");
        check(999.0, 0, "999");
        // 81 of 400, as a share and as it stands in tables.
        check(20.25, 1, "20.3");
        assert!((rounded(81.0 / 400.0, 3) - 0.203).abs() < 1e-12 && rounded(-0.25, 1) < -0.29);
        assert!((rounded(0.0145, 3) - 0.015).abs() < 1e-12, "half in decimals");
        let words = Wording::new("de", "number-style = point\npercent = { $value } %").unwrap();
        assert_eq!(words.percent(0.8766, 1), "87,7 %");
        assert_eq!(words.number(3300.5, 1), "3.300,5");
    }

    #[test]
    fn a_missing_message_shows_its_key_and_an_unknown_code_itself() {
        let words = Wording::english().unwrap();
        assert_eq!(words.say("no-such-thing", &[]), "[no-such-thing]");
        assert_eq!(words.code("band", "moderately_severe"), "Moderately severe");
        assert_eq!(words.code("band", "own-band"), "own-band");
        assert!(Wording::new("en", "broken = {").is_err());
        assert!(Wording::new("not a tag", "").is_err());
    }
}

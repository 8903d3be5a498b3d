//! A book of reports: who gets which, about what, called how.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use commons::Code;
use outcomes::figures::Period;
use outcomes::suppression::Audience;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::fault::{BookFault, BookFaults, Lines};
use super::indicator::{Indicator, Measure};

/// Which people a report is about: those whose group is one of these, by each grouping named.
pub type Groups = BTreeMap<Code, BTreeSet<Code>>;

/// A report by its definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// Its name: a code, and the name of its folder.
    pub name: Code,
    /// Its title, in the words of whoever asked for it.
    pub title: String,
    /// For whom it is.
    pub audience: Audience,
    /// A higher floor than the audience's own.
    pub floor: Option<u64>,
    /// The days it is about; all days where nothing is said.
    pub period: Option<Period>,
    /// The people it is about; all where it is empty.
    pub filter: Groups,
    /// The grouping of people whose groups are the days on which they joined: by it a period is told
    /// where people stand in files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_on: Option<Code>,
    /// The rows of its table of indicators.
    pub indicators: Vec<Indicator>,
}

/// Reports that are built together, so that none tells what another hides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Book {
    definitions: Vec<Definition>,
}

impl Book {
    /// The most reports of one book: how many are read one against all others.
    pub const MOST: usize = 60;

    /// Reads the reports of a file of their own or of a plan: every `[[reports]]` of it.
    ///
    /// ```
    /// let text = r#"
    /// [[reports]]
    /// name = "fund-a"
    /// title = "Annual report"
    /// audience = "outside"
    /// fiscal_year = "2025-10"
    /// filter = { district = ["huye"] }
    ///   [[reports.indicators]]
    ///   what = "people-reached"
    ///   label = "1.1 Beneficiaries"
    ///   target = 400
    /// "#;
    /// let book = analysis::release::Book::parse(text)?;
    /// assert_eq!(book.definitions().len(), 1);
    /// # Ok::<(), analysis::release::BookFaults>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong, by line; only the first where the file is not of the right shape.
    pub fn parse(text: &str) -> Result<Self, BookFaults> {
        let lines = Lines::of(text);
        let raw: RawBook = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let message = error.message().to_owned();
            BookFaults::from(lines.fault(at, BookFault::Shape { message }))
        })?;
        let mut faults = Vec::new();
        let mut add = |at: usize, fault| faults.push(lines.fault(at, fault));
        let mut definitions = Vec::new();
        let mut names = BTreeSet::new();
        for report in raw.reports {
            let at = report.span().start;
            let report = report.into_inner();
            if let Ok(name) = report.name.get_ref().parse::<Code>()
                && !names.insert(name.clone())
            {
                add(report.name.span().start, BookFault::NameTwice { name });
            }
            if let Some(definition) = report.checked(at, &mut add) {
                definitions.push(definition);
            }
        }
        if Self::MOST < definitions.len() {
            add(0, BookFault::TooMany { found: definitions.len(), most: Self::MOST });
        }
        if faults.is_empty() { Ok(Self { definitions }) } else { Err(BookFaults::new(faults)) }
    }

    /// A book of these reports, each of a name of its own.
    #[must_use]
    pub fn of(definitions: Vec<Definition>) -> Self {
        let mut names = BTreeSet::new();
        let definitions = definitions.into_iter().filter(|it| names.insert(it.name.clone()));
        Self { definitions: definitions.take(Self::MOST).collect() }
    }

    /// The reports, in the order of the file.
    #[must_use]
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The report of that name.
    #[must_use]
    pub fn definition(&self, name: &str) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.name == *name)
    }
}

impl Definition {
    /// The report as a book has it; its table of indicators is written by hand.
    ///
    /// # Errors
    ///
    /// Where a day is none that TOML can write.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let text = |code: &Code| toml::Value::String(code.to_string());
        let mut report = toml::Table::new();
        report.insert("name".to_owned(), text(&self.name));
        report.insert("title".to_owned(), toml::Value::String(self.title.clone()));
        let audience = match self.audience {
            Audience::Inside => "inside",
            Audience::Outside => "outside",
        };
        report.insert("audience".to_owned(), audience.into());
        if let Some(floor) = self.floor.and_then(|floor| i64::try_from(floor).ok()) {
            report.insert("floor".to_owned(), floor.into());
        }
        if let Some(period) = self.period {
            let day = |day: NaiveDate| day.to_string().parse::<toml::value::Datetime>();
            let wrong =
                <toml::ser::Error as serde::ser::Error>::custom::<toml::value::DatetimeParseError>;
            let mut days = toml::Table::new();
            days.insert("from".to_owned(), day(period.from).map_err(wrong)?.into());
            days.insert("to".to_owned(), day(period.to).map_err(wrong)?.into());
            report.insert("period".to_owned(), days.into());
        }
        if let Some(by) = &self.joined_on {
            report.insert("joined_on".to_owned(), text(by));
        }
        if !self.filter.is_empty() {
            let groups =
                |groups: &BTreeSet<Code>| groups.iter().map(text).collect::<Vec<_>>().into();
            let filter = self.filter.iter().map(|(by, of)| (by.to_string(), groups(of)));
            report.insert("filter".to_owned(), filter.collect::<toml::Table>().into());
        }
        let reports = toml::Table::from_iter([("reports".to_owned(), vec![report].into())]);
        toml::to_string(&reports)
    }
}

#[derive(Deserialize)]
struct RawBook {
    #[serde(default)]
    reports: Vec<Spanned<RawReport>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReport {
    name: Spanned<String>,
    title: String,
    audience: Audience,
    floor: Option<Spanned<u64>>,
    period: Option<Spanned<RawPeriod>>,
    fiscal_year: Option<Spanned<String>>,
    joined_on: Option<Spanned<String>>,
    #[serde(default)]
    filter: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default)]
    indicators: Vec<Spanned<RawIndicator>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPeriod {
    from: toml::value::Datetime,
    to: toml::value::Datetime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIndicator {
    what: Measure,
    instrument: Option<Spanned<String>>,
    label: Option<String>,
    baseline: Option<f64>,
    target: Option<f64>,
    source: Option<String>,
}

type Add<'a> = dyn FnMut(usize, BookFault) + 'a;

impl RawReport {
    fn checked(self, at: usize, add: &mut Add<'_>) -> Option<Definition> {
        let name = code(&self.name, add);
        let period = self.period(at, add);
        let least = self.audience.floor();
        let floor = self.floor.as_ref().map(|floor| {
            if *floor.get_ref() < least {
                let found = *floor.get_ref();
                add(floor.span().start, BookFault::FloorTooLow { found, least });
            }
            *floor.get_ref()
        });
        let mut filter = Groups::new();
        for (by, groups) in &self.filter {
            if groups.is_empty() {
                add(by.span().start, BookFault::EmptyFilter);
            }
            let codes = groups.iter().filter_map(|group| code(group, add)).collect();
            if let Some(by) = code(by, add) {
                filter.insert(by, codes);
            }
        }
        let joined_on = self.joined_on.as_ref().and_then(|by| code(by, add));
        let indicators = self.indicators.into_iter();
        let indicators = indicators.filter_map(|indicator| checked(indicator, add)).collect();
        Some(Definition {
            name: name?,
            title: self.title,
            audience: self.audience,
            floor,
            period,
            filter,
            joined_on,
            indicators,
        })
    }

    fn period(&self, at: usize, add: &mut Add<'_>) -> Option<Period> {
        let period = match (&self.period, &self.fiscal_year) {
            (Some(_), Some(_)) => {
                add(at, BookFault::PeriodTwice);
                return None;
            }
            (Some(period), None) => {
                let day = |day: &toml::value::Datetime| day.to_string().parse::<NaiveDate>().ok();
                let days = period.get_ref();
                (period.span().start, day(&days.from).zip(day(&days.to)))
            }
            (None, Some(year)) => (year.span().start, twelve_months(year.get_ref())),
            (None, None) => return None,
        };
        let (at, days) = period;
        let Some((from, to)) = days else {
            add(at, BookFault::NotDays);
            return None;
        };
        if to < from {
            add(at, BookFault::EmptyPeriod);
        }
        Some(Period { from, to })
    }
}

/// The twelve months that begin with a month such as `2025-10`.
fn twelve_months(from: &str) -> Option<(NaiveDate, NaiveDate)> {
    let from = format!("{from}-01").parse::<NaiveDate>().ok()?;
    Some((from, from.checked_add_months(Months::new(12))?.pred_opt()?))
}

fn code(text: &Spanned<String>, add: &mut Add<'_>) -> Option<Code> {
    let code = text.get_ref().parse().ok();
    if code.is_none() {
        add(text.span().start, BookFault::NotACode { found: text.get_ref().clone() });
    }
    code
}

fn checked(raw: Spanned<RawIndicator>, add: &mut Add<'_>) -> Option<Indicator> {
    let at = raw.span().start;
    let raw = raw.into_inner();
    let instrument = raw.instrument.as_ref().map(|instrument| code(instrument, add));
    match (raw.what.is_of_instrument(), &instrument) {
        (true, None) => add(at, BookFault::NoInstrument { what: raw.what }),
        (false, Some(_)) => add(at, BookFault::NotOfInstrument { what: raw.what }),
        (true, Some(_)) | (false, None) => {}
    }
    if [raw.baseline, raw.target].into_iter().flatten().any(|number| !number.is_finite()) {
        add(at, BookFault::NotANumber);
    }
    Some(Indicator {
        what: raw.what,
        instrument: match instrument {
            Some(instrument) => Some(instrument?),
            None => None,
        },
        label: raw.label,
        baseline: raw.baseline,
        target: raw.target,
        source: raw.source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[(u32, &str)]) {
        let faults = Book::parse(text).err();
        let faults = faults.iter().flat_map(BookFaults::faults);
        let found: Vec<_> = faults.map(|found| (found.line, found.fault.key())).collect();
        assert_eq!(found, want);
    }

    const HEAD: &str = "[[reports]]\nname = \"a\"\ntitle = \"A\"\naudience = \"outside\"\n";

    #[test]
    fn a_fiscal_year_has_twelve_months() {
        let book = Book::parse(&format!("{HEAD}fiscal_year = \"2025-10\"")).unwrap();
        let period = book.definition("a").and_then(|it| it.period).unwrap();
        assert_eq!(
            (period.from.to_string(), period.to.to_string()),
            ("2025-10-01".into(), "2026-09-30".into())
        );
    }

    #[test]
    fn a_definition_reads_back_as_it_was_written() {
        let text = format!(
            "{HEAD}floor = 15\nperiod = {{ from = 2026-01-01, to = 2026-06-30 }}\njoined_on = \"day\"\nfilter = {{ sex = [\"f\"] }}"
        );
        let book = Book::parse(&text).unwrap();
        let written = book.definitions()[0].to_toml().unwrap();
        assert_eq!(Book::parse(&written), Ok(book), "{written}");
    }

    #[test]
    fn everything_that_is_wrong_is_told_by_line() {
        check(HEAD, &[]);
        check("", &[]);
        check(&format!("{HEAD}floor = 5"), &[(5, "floor_too_low")]);
        check(&format!("{HEAD}{HEAD}"), &[(6, "name_twice")]);
        check(&format!("{HEAD}floors = 5"), &[(5, "shape")]);
        check(&format!("{HEAD}filter = {{ district = [] }}"), &[(5, "empty_filter")]);
        check(&format!("{HEAD}filter = {{ district = [\"Huye Town\"] }}"), &[(5, "not_a_code")]);
        check(&format!("{HEAD}fiscal_year = \"2025\"\n"), &[(5, "not_days")]);
        check(
            &format!("{HEAD}period = {{ from = 2026-02-01, to = 2026-01-01 }}\nfloor = 3"),
            &[(5, "empty_period"), (6, "floor_too_low")],
        );
        check(
            &format!(
                "{HEAD}[[reports.indicators]]\nwhat = \"mean-change\"\n[[reports.indicators]]\nwhat = \"people-reached\"\ninstrument = \"phq-9\""
            ),
            &[(5, "no_instrument"), (7, "not_of_instrument")],
        );
    }
}

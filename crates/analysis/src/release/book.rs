//! A book of reports: who gets which, about what, called how.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use commons::Code;
use interchange::settings::{self, SettingFault};
use outcomes::figures::Period;
use outcomes::suppression::Audience;
use serde::{Deserialize, Serialize};

use super::fault::{BookFault, BookFaults};
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
    /// Everything that is wrong, by line and column.
    pub fn parse(text: &str) -> Result<Self, BookFaults> {
        settings::read(text, LONGEST, book)
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

/// A table of a book.
type Section<'a> = settings::Section<'a, BookFault>;

/// The longest book, in bytes: our own figure.
const LONGEST: usize = 1 << 20;

const AUDIENCES: [(&str, Audience); 2] =
    [("inside", Audience::Inside), ("outside", Audience::Outside)];

fn book(top: &Section<'_>) -> Option<Book> {
    let reports = top.sections("reports");
    let mut names = BTreeSet::new();
    let definitions: Vec<_> =
        reports.iter().filter_map(|section| report(section, &mut names)).collect();
    if Book::MOST < reports.len() {
        top.wrong("reports", BookFault::TooMany { found: reports.len(), most: Book::MOST });
    }
    let book = Some(Book { definitions });
    // A plan may hold the book: its other keys are judged where it is read.
    if top.has("schema") { book } else { top.done(book) }
}

fn report(section: &Section<'_>, names: &mut BTreeSet<Code>) -> Option<Definition> {
    let name = section.needed("name", section.code("name"));
    if let Some(name) = name.clone().filter(|name| !names.insert(name.clone())) {
        section.wrong("name", BookFault::NameTwice { name });
    }
    let title = section.needed("title", section.text("title"));
    let audience = section.needed("audience", section.word("audience", &AUDIENCES));
    let floor = section.whole("floor", 1, 1_000_000);
    if let Some((found, least)) = floor.zip(audience.map(Audience::floor))
        && found < least
    {
        section.wrong("floor", BookFault::FloorTooLow { found, least });
    }
    let period = period(section);
    let joined_on = section.code("joined_on");
    let mut filter = Groups::new();
    for (by, groups) in section.code_lists("filter", || BookFault::EmptyFilter) {
        match by.parse() {
            Ok(by) => {
                filter.insert(by, groups);
            }
            Err(_) => section.wrong("filter", SettingFault::NotACode { found: by }),
        }
    }
    let indicators = section.sections("indicators").iter().filter_map(indicator).collect();
    let ((name, title), audience) = section.done(name.zip(title).zip(audience))?;
    Some(Definition { name, title, audience, floor, period, filter, joined_on, indicators })
}

fn period(section: &Section<'_>) -> Option<Period> {
    let days = section.section("period").and_then(|days| {
        let from = days.needed("from", days.day("from"));
        let to = days.needed("to", days.day("to"));
        days.done(from.zip(to))
    });
    let year = section.text("fiscal_year").and_then(|year| {
        let days = twelve_months(&year);
        if days.is_none() {
            section.wrong("fiscal_year", BookFault::NotDays);
        }
        days
    });
    if section.has("period") && section.has("fiscal_year") {
        section.wrong("fiscal_year", BookFault::PeriodTwice);
    }
    let (from, to) = days.or(year)?;
    if to < from {
        section.wrong("period", BookFault::EmptyPeriod);
    }
    Some(Period { from, to })
}

/// The twelve months that begin with a month such as `2025-10`.
fn twelve_months(from: &str) -> Option<(NaiveDate, NaiveDate)> {
    let from = format!("{from}-01").parse::<NaiveDate>().ok()?;
    Some((from, from.checked_add_months(Months::new(12))?.pred_opt()?))
}

fn indicator(section: &Section<'_>) -> Option<Indicator> {
    let measures = Measure::ALL.map(|measure| (measure.as_str(), measure));
    let what = section.needed("what", section.word("what", &measures));
    let instrument = section.code("instrument");
    let (label, source) = (section.text("label"), section.text("source"));
    let (baseline, target) = (section.decimal("baseline"), section.decimal("target"));
    let what = section.done(what)?;
    match (what.is_of_instrument(), section.has("instrument")) {
        (true, false) => section.wrong("instrument", BookFault::NoInstrument { what }),
        (false, true) => section.wrong("instrument", BookFault::NotOfInstrument { what }),
        (true, true) | (false, false) => {}
    }
    for (key, number) in [("baseline", baseline), ("target", target)] {
        if what.is_share() && number.is_some_and(|number| !(0.0..=1.0).contains(&number)) {
            section.wrong(key, BookFault::NotAShare { what });
        }
    }
    Some(Indicator { what, instrument, label, baseline, target, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[(u32, &str)]) {
        let faults = Book::parse(text).err();
        let faults = faults.iter().flatten();
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
        check(&format!("{HEAD}floors = 5"), &[(5, "unknown_key")]);
        check("[[report]]\nname = \"a\"\n", &[(1, "unknown_key")]);
        // Everything at once, in words of people.
        check(
            &format!("{}floor = -5\nperiod = 2026\n", HEAD.replace("outside", "everyone")),
            &[(4, "unknown_word"), (5, "out_of_range"), (6, "wrong_type")],
        );
        check(
            &format!(
                "{HEAD}[[reports.indicators]]\nwhat = \"stayed\"\nbaseline = 0.5\ntarget = 85\n[[reports.indicators]]\nwhat = \"completed\"\ntarget = 85\n"
            ),
            &[(8, "not_a_share")],
        );
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
            &[(5, "no_instrument"), (9, "not_of_instrument")],
        );
    }
}

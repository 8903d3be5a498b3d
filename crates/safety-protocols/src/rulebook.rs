//! Rules in force together, and where to look when none is.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

use chrono::NaiveDate;
use commons::{Code, DocumentId, Rule};
use serde::{Deserialize, Serialize};

use crate::{
    Calendar, Enforcement, Faults, Occurrence, Row, UNKNOWN_JURISDICTION, attribute, read,
};

/// A rule file: its name, for faults, and its text.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The name of the file.
    pub name: &'a str,
    /// Its TOML.
    pub text: &'a str,
}

/// The rules this crate ships, a sheet for each area. The first carries the head.
pub const SHIPPED: [Sheet<'static>; 9] = [
    Sheet { name: "rules.toml", text: include_str!("../rules/rules.toml") },
    Sheet { name: "matters.toml", text: include_str!("../rules/matters.toml") },
    Sheet { name: "danger.toml", text: include_str!("../rules/danger.toml") },
    Sheet { name: "safeguarding.toml", text: include_str!("../rules/safeguarding.toml") },
    Sheet { name: "consent.toml", text: include_str!("../rules/consent.toml") },
    Sheet { name: "referral.toml", text: include_str!("../rules/referral.toml") },
    Sheet { name: "supervision.toml", text: include_str!("../rules/supervision.toml") },
    Sheet { name: "workload.toml", text: include_str!("../rules/workload.toml") },
    Sheet { name: "circles.toml", text: include_str!("../rules/circles.toml") },
];

/// What a reader should know before trusting an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Caution {
    /// The law of the place is not known here: the strictest shipped row holds.
    UnknownJurisdiction,
    /// The rule file could not be read: the strictest shipped rows hold.
    BrokenRulebook,
    /// The rulebook in force is not here: the strictest shipped rows hold.
    UnknownRulebook,
    /// The row should have been checked again by now; it keeps working.
    PastRecheck,
}

/// A set of rules that hold together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rulebook {
    id: Code,
    version: u32,
    rows: Vec<Row>,
    calendars: Vec<Calendar>,
    cautions: BTreeSet<Caution>,
    not_yet_told: BTreeSet<Code>,
    #[serde(skip)]
    by_trigger: BTreeMap<Code, Vec<usize>>,
}

/// A row that speaks, and with how much trust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken<'a> {
    /// The row.
    pub row: &'a Row,
    /// What to know before trusting it.
    pub cautions: BTreeSet<Caution>,
}

static SHIPPED_RULES: LazyLock<Arc<Rulebook>> =
    LazyLock::new(|| Arc::new(Rulebook::read(&SHIPPED).expect("a test reads the shipped rules")));

static SHIPPED_DOCUMENT: LazyLock<String> =
    LazyLock::new(|| SHIPPED.iter().map(|sheet| sheet.text).collect::<Vec<_>>().join("\n"));

static STRICTEST_RULES: LazyLock<Rulebook> = LazyLock::new(|| {
    let mut book = Rulebook::clone(&SHIPPED_RULES);
    book.rows.retain(|row| row.jurisdiction.as_ref().is_none_or(|at| *at == UNKNOWN_JURISDICTION));
    book.index();
    book
});

impl Rulebook {
    /// The rules that this crate ships.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED_RULES
    }

    /// The same, to be kept.
    #[must_use]
    pub fn shipped_shared() -> Arc<Self> {
        Arc::clone(&SHIPPED_RULES)
    }

    /// The shipped rules without the law of any known place: what holds where nothing is known.
    #[must_use]
    pub fn strictest() -> &'static Self {
        &STRICTEST_RULES
    }

    /// The shipped rules as one document, for a program that adopts them by their bytes.
    #[must_use]
    pub fn shipped_document() -> &'static str {
        &SHIPPED_DOCUMENT
    }

    /// Reads a document that a program adopted; where it cannot be read, the strictest shipped
    /// rules hold, and say so (ENG-10). The shipped document is read once.
    #[must_use]
    pub fn of_document(text: &str) -> Arc<Self> {
        if text == Self::shipped_document() {
            return Arc::clone(&SHIPPED_RULES);
        }
        Arc::new(Self::parse_or_strictest(text).0)
    }

    /// Reads one rule file.
    ///
    /// # Errors
    ///
    /// Every fault of it, by line.
    pub fn parse(text: &str) -> Result<Self, Faults> {
        Self::read(&[Sheet { name: "rules", text }])
    }

    /// Reads the sheets of one rulebook; the first carries its head.
    ///
    /// # Errors
    ///
    /// Every fault of them, by sheet and line.
    pub fn read(sheets: &[Sheet<'_>]) -> Result<Self, Faults> {
        read::rulebook(sheets)
    }

    /// Reads one rule file, or falls back to the strictest shipped rules and says so (ENG-10).
    #[must_use]
    pub fn parse_or_strictest(text: &str) -> (Self, Option<Faults>) {
        match Self::parse(text) {
            Ok(book) => (book, None),
            Err(faults) => {
                (Self::strictest().clone().cautioned(Caution::BrokenRulebook), Some(faults))
            }
        }
    }

    pub(crate) fn assemble(
        id: Code,
        version: u32,
        rows: Vec<Row>,
        calendars: Vec<Calendar>,
    ) -> Self {
        let mut book = Self {
            id,
            version,
            rows,
            calendars,
            cautions: BTreeSet::new(),
            not_yet_told: BTreeSet::new(),
            by_trigger: BTreeMap::new(),
        };
        book.index();
        book
    }

    pub(crate) fn not_telling(mut self, kinds: BTreeSet<Code>) -> Self {
        self.not_yet_told = kinds;
        self
    }

    /// The kinds of occurrence at which rows speak and that nothing tells yet: those rows are
    /// known, listed, and silent.
    #[must_use]
    pub const fn not_yet_told(&self) -> &BTreeSet<Code> {
        &self.not_yet_told
    }

    fn index(&mut self) {
        self.by_trigger.clear();
        for (at, row) in self.rows.iter().enumerate() {
            for trigger in &row.triggers {
                self.by_trigger.entry(trigger.clone()).or_default().push(at);
            }
        }
    }

    /// The same rules, to be trusted less.
    #[must_use]
    pub fn cautioned(mut self, caution: Caution) -> Self {
        self.cautions.insert(caution);
        self
    }

    /// Its name.
    #[must_use]
    pub const fn id(&self) -> &Code {
        &self.id
    }

    /// Its version.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// All rows, those that never apply included.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// One row by its name; of several versions the latest.
    #[must_use]
    pub fn row(&self, name: &Code) -> Option<&Row> {
        self.rows.iter().filter(|row| row.name == *name).max_by_key(|row| row.version)
    }

    /// A figure of a rule in force, such as the hours of rest of `WL-03`.
    #[must_use]
    pub fn limit(&self, rule: &Rule, name: &Code) -> Option<u32> {
        self.rows
            .iter()
            .filter(|row| row.rule == *rule && row.standing == crate::RowStanding::InForce)
            .find_map(|row| row.limits.get(name).copied())
    }

    /// Rows whose sources should have been read again by this day; they keep working (ENG-11).
    pub fn past_recheck(&self, on: NaiveDate) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.recheck_by.is_some_and(|by| by < on))
    }

    /// The calendar of a jurisdiction: its own, that of its country, or none but weekends.
    #[must_use]
    pub fn calendar(&self, jurisdiction: Option<&Code>) -> Calendar {
        let named = |name: &str| {
            self.calendars
                .iter()
                .find(|calendar| calendar.jurisdiction().is_some_and(|at| *at == *name))
        };
        jurisdiction
            .and_then(|code| {
                let country = code.as_str().split('-').next().unwrap_or_default();
                named(code.as_str()).or_else(|| named(country))
            })
            .cloned()
            .unwrap_or_default()
    }

    /// The rows that speak at an occurrence and do one thing.
    ///
    /// Of the rows of law, those of the place hold; where it has none, or is unknown, those for
    /// unknown places do, with a caution: never no rule (ENG-10).
    #[must_use]
    pub fn spoken(&self, occurrence: &Occurrence, enforcement: Enforcement) -> Vec<Spoken<'_>> {
        let speaking: Vec<&Row> = self
            .by_trigger
            .get(&occurrence.kind)
            .into_iter()
            .flatten()
            .filter_map(|at| self.rows.get(*at))
            .filter(|row| row.enforcement == enforcement && row.speaks_at(occurrence))
            .collect();
        let has_local =
            |rule: &Rule| speaking.iter().any(|row| row.rule == *rule && row.is_local(occurrence));
        let spoken = |row: &'_ &Row| match &row.jurisdiction {
            None => Some(false),
            Some(_) if row.is_local(occurrence) => Some(false),
            Some(at) if *at == UNKNOWN_JURISDICTION && !has_local(&row.rule) => Some(true),
            Some(_) => None,
        };
        speaking
            .iter()
            .filter_map(|row| {
                let mut cautions = self.cautions.clone();
                if spoken(row)? {
                    cautions.insert(Caution::UnknownJurisdiction);
                }
                Some(Spoken { row, cautions })
            })
            .collect()
    }

    /// Whether the law of a place is known for a rule.
    #[must_use]
    pub fn knows_law_of(&self, occurrence: &Occurrence, rule: &Rule) -> bool {
        occurrence.attribute(&attribute::JURISDICTION).is_some()
            && self.rows.iter().any(|row| row.rule == *rule && row.is_local(occurrence))
    }
}

/// The rulebooks that a program adopted, by the id of their document.
///
/// An opening is read under the rulebooks that it names. A later one may be named too: then it
/// adds, and never takes away (ENG-06).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rulebooks {
    adopted: BTreeMap<DocumentId, Arc<Rulebook>>,
}

impl Rulebooks {
    /// None but the shipped one.
    #[must_use]
    pub fn shipped_only() -> Self {
        Self::default()
    }

    /// Takes in an adopted rulebook.
    pub fn adopt(&mut self, id: DocumentId, book: impl Into<Arc<Rulebook>>) {
        self.adopted.insert(id, book.into());
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: DocumentId) -> Option<&Rulebook> {
        self.adopted.get(&id).map(Arc::as_ref)
    }

    /// The rulebooks under which an occurrence is read, with what to know of each.
    pub(crate) fn of<'a>(
        &'a self,
        occurrence: &'a Occurrence,
    ) -> impl Iterator<Item = (&'a Rulebook, Option<Caution>)> {
        let named = &occurrence.circumstances.rulebooks;
        let shipped = named.is_empty().then(|| (Rulebook::shipped(), None));
        named
            .iter()
            .map(|id| match self.adopted.get(id) {
                Some(book) => (&**book, None),
                None => (Rulebook::strictest(), Some(Caution::UnknownRulebook)),
            })
            .chain(shipped)
    }
}

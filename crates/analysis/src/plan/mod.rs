//! The plan of an evaluation: which column of which file says what.

mod check;
mod fault;
mod parse;
mod pattern;

use std::collections::{BTreeMap, BTreeSet};

use commons::Code;
use outcomes::suppression::Audience;
use outcomes::{FigurePlan, Instrument, Totals, figures};
use serde::Serialize;

use crate::files::{Files, is_unicode};

pub use fault::{Finding, Named, PlanFault, PlanFaults};
pub use interchange::settings::Shape;
pub(crate) use interchange::settings::nearest;
pub(crate) use pattern::expand;

/// Which files there are, and which of their columns say what.
///
/// It is what a plan file says, field by field: [`from_toml`](Self::from_toml) reads one and names
/// everything that is wrong with it, [`to_toml`](Self::to_toml) writes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The version of the format: 1.
    pub schema: u16,
    /// The title, as a code.
    pub title: Code,
    /// For whom the figures are made.
    pub audience: Audience,
    /// The smallest count of people that is shown, where it is to be higher than the audience's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<u64>,
    /// Whether each person's totals are drawn, where few were measured: for the program's own team only.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub each_person: bool,
    /// When somebody counts as having left.
    pub leaving: Leaving,
    /// How many sessions complete the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completion: Option<u16>,
    /// The groupings by which figures are broken down.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub breakdowns: Vec<Code>,
    /// Texts that are no answer, and the reason that each gives.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<String, Code>,
    /// Maps from labels to codes of answers; several labels, of several languages, may give one code.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<Code, BTreeMap<String, i16>>,
    /// The points in the program at which people are measured, the first one first.
    pub timepoints: Vec<Timepoint>,
    /// The instruments.
    pub instruments: Vec<InstrumentUse>,
    /// Files that say who takes part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PeopleFile>,
    /// Files with answer sheets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<SheetsFile>,
    /// Files that say who came.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attendance: Vec<AttendanceFile>,
    /// Codes that mean one person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<Decision>,
    /// Codes of people who only look like one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub different: Vec<Decision>,
}

/// A point in the program at which people are measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timepoint {
    /// Its code, such as `t0`.
    pub code: Code,
    /// The session at which it falls; 0 before the first.
    pub session: u16,
}

/// When somebody counts as having left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaving {
    /// When a file of people says so.
    #[default]
    Recorded,
    /// After the last session they came to, when they missed so many in a row up to the end.
    Missed(u16),
}

/// An instrument, and how its totals are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InstrumentUse {
    /// Its id.
    pub id: Code,
    /// The file beside the plan that defines it, where it is not built in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<String>,
    /// What reads its totals into bands; the instrument's verified default where nothing is said.
    #[serde(skip_serializing_if = "Choice::is_default")]
    pub bands: Choice,
    /// What a change has to reach to be more than noise; the default where nothing is said.
    #[serde(skip_serializing_if = "Choice::is_default")]
    pub change: Choice,
    /// Whether totals are rounded to whole points before they are counted.
    pub totals: Totals,
}

/// An interpretation of an instrument.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice {
    /// The instrument's own default.
    #[default]
    Default,
    /// None at all.
    Nothing,
    /// The one of this id, or of this end of an id.
    Id(String),
}

impl Choice {
    const fn is_default(&self) -> bool {
        matches!(self, Self::Default)
    }
}

impl Serialize for Choice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Default => serializer.serialize_str("default"),
            Self::Nothing => serializer.serialize_str("none"),
            Self::Id(id) => serializer.serialize_str(id),
        }
    }
}

/// A file that says who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeopleFile {
    /// Where it lies.
    #[serde(flatten)]
    pub file: FileName,
    /// The column of the person's code.
    pub person: String,
    /// The column of their circle or group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The column of the number of their first session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined: Option<String>,
    /// The column of the number of their last session, filled in where they left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
    /// The column of their name: only compared, to find people who stand here twice, and never kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Groupings, each by the column that says it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub groupings: BTreeMap<Code, String>,
}

/// A file beside the plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FileName {
    /// Its name; `.xlsx` is a workbook, everything else is text with separators.
    pub file: String,
    /// The sheet of a workbook, where it is not the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// How a text is encoded, where it is neither UTF-8 nor UTF-16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoded>,
    /// What stands between cells, where that cannot be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<Separated>,
}

/// An encoding that has to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Encoded {
    /// Windows-1252.
    #[serde(rename = "windows-1252")]
    Windows1252,
    /// Latin-1.
    #[serde(rename = "latin-1")]
    Latin1,
}

impl Encoded {
    /// How a plan writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Windows1252 => "windows-1252",
            Self::Latin1 => "latin-1",
        }
    }
}

/// A separator that has to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Separated {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

/// A file with answer sheets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetsFile {
    /// Where it lies.
    #[serde(flatten)]
    pub file: FileName,
    /// The column of the person's code.
    pub person: String,
    /// The timepoint of all its sheets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timepoint: Option<Code>,
    /// The column that says the timepoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timepoint_in: Option<String>,
    /// What that column says for each timepoint; with nothing here it says their codes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub timepoints: BTreeMap<String, Code>,
    /// The column of the time of submission: of several sheets the newest counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest_by: Option<String>,
    /// Columns that stand in another file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join: Option<Join>,
    /// The instruments on each row.
    pub scales: Vec<ScaleColumns>,
}

/// Columns of a row of another file, found by its index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Join {
    /// The other file.
    #[serde(flatten)]
    pub file: FileName,
    /// The column of this file that holds an index.
    pub on: String,
    /// The column of the other file with the same index.
    pub to: String,
    /// The columns that are taken over.
    pub take: Vec<String>,
}

/// Where the answers or the total of one instrument stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScaleColumns {
    /// The instrument.
    pub instrument: Code,
    /// The columns of its items in the order of the questionnaire; `q_{1..9}` stands for nine.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// The column of a total that was reckoned elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
    /// The map from labels to codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Code>,
    /// The timepoint, where a row holds several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timepoint: Option<Code>,
    /// What a row without any answer is; with nothing here, a sheet, but where the row holds several
    /// timepoints.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_empty: Option<WhenEmpty>,
}

/// What it means that nothing at all was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenEmpty {
    /// There is no sheet.
    NoSheet,
    /// There is a sheet that cannot be scored.
    NotScorable,
}

/// A file that says who came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttendanceFile {
    /// Where it lies.
    #[serde(flatten)]
    pub file: FileName,
    /// The column of the person's code.
    pub person: String,
    /// The column of the number of the session, where a row is one mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The column of the mark, where a row is one mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// The columns of session 1, 2, 3 …, where a row is one person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<String>,
    /// What each text means.
    pub marks: BTreeMap<String, outcomes::Mark>,
}

/// What somebody decided about two or more codes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Decision {
    /// The codes.
    pub people: Vec<String>,
}

impl Plan {
    /// The same, where every text is encoded so that is no Unicode, unless the plan says something else of it.
    #[must_use]
    pub fn encoded(mut self, encoding: Encoded, files: &impl Files) -> Self {
        let say = |name: &mut FileName| {
            if name.encoding.is_none() && !is_unicode(files, &name.file) {
                name.encoding = Some(encoding);
            }
        };
        self.people.iter_mut().for_each(|it| say(&mut it.file));
        self.attendance.iter_mut().for_each(|it| say(&mut it.file));
        for sheets in &mut self.sheets {
            say(&mut sheets.file);
            if let Some(join) = &mut sheets.join {
                say(&mut join.file);
            }
        }
        self
    }

    /// How the totals of an instrument are read.
    pub(crate) fn totals_of(&self, instrument: &Code) -> Totals {
        let used = self.instruments.iter().find(|used| used.id == *instrument);
        used.map(|used| used.totals).unwrap_or_default()
    }

    /// What is shown of the figures: instruments as they were read along this plan.
    ///
    /// # Errors
    ///
    /// [`PlanError`](figures::PlanError) where an interpretation is not there, or timepoints are out
    /// of order.
    pub fn figure_plan(
        &self,
        instruments: &[Instrument],
    ) -> Result<FigurePlan, figures::PlanError> {
        let mut scales = Vec::new();
        for (wanted, instrument) in self.instruments.iter().zip(instruments) {
            let timepoints = self.timepoints_of(&wanted.id);
            let scale = wanted.scale(instrument)?;
            scales.push(scale.asked(None, timepoints));
        }
        let timepoints = self.timepoints.iter().map(Timepoint::shown).collect();
        let mut plan = FigurePlan::new(self.title.clone(), self.audience, timepoints, scales)?
            .leaving(match self.leaving {
                Leaving::Recorded if self.people.iter().any(|file| file.left.is_some()) => {
                    figures::Leaving::Recorded
                }
                Leaving::Recorded => figures::Leaving::Unknown,
                Leaving::Missed(sessions) => figures::Leaving::Missed { sessions },
            });
        if let Some(floor) = self.floor {
            plan = plan.floor(floor);
        }
        if self.each_person {
            plan = plan.each_person();
        }
        plan = plan.by(self.breakdowns.clone());
        if let Some(sessions) = self.completion {
            plan = plan.completion(figures::Completion { sessions, model: None });
        }
        Ok(plan)
    }

    /// The timepoints at which some file has sheets of an instrument.
    fn timepoints_of(&self, instrument: &Code) -> Vec<figures::Timepoint> {
        let mut codes = BTreeSet::new();
        for file in &self.sheets {
            for scale in file.scales.iter().filter(|scale| scale.instrument == *instrument) {
                match scale.timepoint.as_ref().or(file.timepoint.as_ref()) {
                    Some(code) => codes.extend([code]),
                    None if file.timepoints.is_empty() => {
                        codes.extend(self.timepoints.iter().map(|it| &it.code));
                    }
                    None => codes.extend(file.timepoints.values()),
                }
            }
        }
        let asked = self.timepoints.iter().filter(|timepoint| codes.contains(&timepoint.code));
        asked.map(Timepoint::shown).collect()
    }
}

impl Timepoint {
    fn shown(&self) -> figures::Timepoint {
        figures::Timepoint { code: self.code.clone(), session: self.session }
    }
}

impl InstrumentUse {
    fn scale(&self, instrument: &Instrument) -> Result<figures::Scale, figures::PlanError> {
        let default_reader = || {
            let bands = instrument.default_bands().map(|bands| bands.provenance.id.clone());
            let cut = || instrument.default_cut_off().map(|cut| cut.provenance.id.clone());
            bands.or_else(cut)
        };
        let default_change =
            || instrument.default_change().map(|change| change.provenance.id.clone());
        let reader = self.bands.of(instrument, default_reader);
        let change = self.change.of(instrument, default_change);
        figures::Scale::with(instrument.clone(), reader.as_ref(), change.as_ref())
    }
}

impl Choice {
    /// The id that is meant: as it stands, or the one that ends in it.
    fn of(&self, instrument: &Instrument, default: impl Fn() -> Option<Code>) -> Option<Code> {
        let named = match self {
            Self::Default => return default(),
            Self::Nothing => return None,
            Self::Id(id) => id,
        };
        let ids = || instrument.interpretations().map(|it| it.provenance().id.clone());
        let end = format!(".{named}");
        let mut ends = ids().filter(|id| id.as_str().ends_with(&end));
        let exact = ids().find(|id| id == named.as_str());
        exact.or_else(|| ends.next()).or_else(|| named.parse().ok())
    }
}

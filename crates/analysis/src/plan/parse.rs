//! From TOML to a plan, with everything that is wrong named by line and column.

use std::collections::BTreeMap;

use commons::Code;
use interchange::settings::{self, SettingFault};
use outcomes::suppression::Audience;
use outcomes::{Cohort, Mark, Totals};

use super::check::check;
use super::fault::{Named, PlanFault, PlanFaults};
use super::{
    AttendanceFile, Choice, Decision, Encoded, FileName, InstrumentUse, Join, Leaving, PeopleFile,
    Plan, ScaleColumns, Separated, SheetsFile, Timepoint, WhenEmpty,
};

/// A table of a plan.
pub(super) type Section<'a> = settings::Section<'a, PlanFault>;

/// The longest plan, in bytes: our own figure.
const LONGEST: usize = 1 << 20;

const AUDIENCES: [(&str, Audience); 2] =
    [("inside", Audience::Inside), ("outside", Audience::Outside)];
const MARKS: [(&str, Mark); 6] = [
    ("present", Mark::Present),
    ("late", Mark::Late),
    ("left_early", Mark::LeftEarly),
    ("excused", Mark::Excused),
    ("absent", Mark::Absent),
    ("unexplained", Mark::Unexplained),
];
const TOTALS: [(&str, Totals); 2] = [("exact", Totals::Exact), ("rounded", Totals::Rounded)];
const ENCODED: [(&str, Encoded); 2] = [
    (Encoded::Windows1252.as_str(), Encoded::Windows1252),
    (Encoded::Latin1.as_str(), Encoded::Latin1),
];
const SEPARATED: [(&str, Separated); 3] =
    [("comma", Separated::Comma), ("semicolon", Separated::Semicolon), ("tab", Separated::Tab)];
const WHEN_EMPTY: [(&str, WhenEmpty); 2] =
    [("no_sheet", WhenEmpty::NoSheet), ("not_scorable", WhenEmpty::NotScorable)];

impl Plan {
    /// Reads a plan.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, by line and column.
    pub fn from_toml(text: &str) -> Result<Self, PlanFaults> {
        settings::read(text, LONGEST, plan)
    }

    /// The plan as a file says it.
    ///
    /// # Errors
    ///
    /// Where TOML cannot say it; no plan that [`from_toml`](Self::from_toml) read is such.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }
}

fn plan(top: &Section<'_>) -> Option<Plan> {
    let schema = top.needed("schema", top.whole("schema", 1, 1));
    let title = top.needed("title", top.code("title"));
    let audience = top.needed("audience", top.word("audience", &AUDIENCES));
    let floor = top.whole("floor", 1, 1_000_000);
    let each_person = top.yes_or_no("each_person").unwrap_or_default();
    let leaving = leaving(top);
    let completion = top.whole("completion", 1, i64::from(Cohort::LONGEST));
    let breakdowns = codes(top, "breakdowns");
    let missing = top.code_map("missing");
    let values = value_maps(top);
    let timepoints = top.sections("timepoints").iter().filter_map(timepoint).collect();
    let instruments = top.sections("instruments").iter().filter_map(instrument).collect();
    let people = top.sections("people").iter().filter_map(people_file).collect();
    let sheets = top.sections("sheets").iter().filter_map(sheets_file).collect();
    let attendance = top.sections("attendance").iter().filter_map(attendance_file).collect();
    let same = top.sections("same").iter().filter_map(decision).collect();
    let different = top.sections("different").iter().filter_map(decision).collect();
    // The reports that are made of it may stand beside it: a book of reports reads them.
    let _book = top.sections("reports");
    // What is missing was noted; the rest is checked as if it were there.
    let plan = Plan {
        schema: schema.unwrap_or(1),
        title: title.unwrap_or(const { Code::of("untitled") }),
        audience: audience.unwrap_or(Audience::Outside),
        floor,
        each_person,
        leaving,
        completion,
        breakdowns,
        missing,
        values,
        timepoints,
        instruments,
        people,
        sheets,
        attendance,
        same,
        different,
    };
    check(&plan, top);
    top.done(Some(plan))
}

fn codes(section: &Section<'_>, key: &'static str) -> Vec<Code> {
    let mut codes = Vec::new();
    for text in section.texts(key) {
        match text.parse() {
            Ok(code) => codes.push(code),
            Err(_) => section.wrong(key, SettingFault::NotACode { found: text }),
        }
    }
    codes
}

fn leaving(top: &Section<'_>) -> Leaving {
    const KEY: &str = "leaving";
    if !top.has(KEY) || top.is_text(KEY) {
        return top.word(KEY, &[("recorded", Leaving::Recorded)]).unwrap_or_default();
    }
    let Some(section) = top.section(KEY) else { return Leaving::default() };
    let missed = section.whole("missed", 1, i64::from(Cohort::LONGEST));
    section.done(section.needed("missed", missed)).map_or_else(Leaving::default, Leaving::Missed)
}

fn value_maps(top: &Section<'_>) -> BTreeMap<Code, BTreeMap<String, i16>> {
    let mut maps = BTreeMap::new();
    for (name, map) in top.number_maps("values") {
        match name.parse() {
            Ok(code) => {
                maps.insert(code, map);
            }
            Err(_) => top.wrong("values", SettingFault::NotACode { found: name }),
        }
    }
    maps
}

fn timepoint(section: &Section<'_>) -> Option<Timepoint> {
    let code = section.needed("code", section.code("code"));
    let session = section.whole("session", 0, i64::from(Cohort::LONGEST));
    let session = section.needed("session", session);
    section.done(code.zip(session)).map(|(code, session)| Timepoint { code, session })
}

fn choice(section: &Section<'_>, key: &'static str) -> Choice {
    match section.text(key).as_deref() {
        None | Some("default") => Choice::Default,
        Some("none") => Choice::Nothing,
        Some(id) => Choice::Id(id.to_owned()),
    }
}

fn instrument(section: &Section<'_>) -> Option<InstrumentUse> {
    let id = section.needed("id", section.code("id"));
    let own = section.text("own");
    let (bands, change) = (choice(section, "bands"), choice(section, "change"));
    let totals = section.word("totals", &TOTALS).unwrap_or_default();
    let id = section.done(id)?;
    if own.is_none() && !outcomes::built_in_ids().any(|known| id == known) {
        let meant = super::nearest(id.as_str(), outcomes::built_in_ids());
        let (what, name) = (Named::BuiltIn, id.to_string());
        section.wrong("id", PlanFault::NoSuch { what, name, meant });
    }
    Some(InstrumentUse { id, own, bands, change, totals })
}

fn file_name(section: &Section<'_>) -> Option<FileName> {
    let file = section.needed("file", section.text("file"));
    let sheet = section.text("sheet");
    let encoding = section.word("encoding", &ENCODED);
    let separator = section.word("separator", &SEPARATED);
    Some(FileName { file: file?, sheet, encoding, separator })
}

fn people_file(section: &Section<'_>) -> Option<PeopleFile> {
    let file = file_name(section);
    let person = section.needed("person", section.text("person"));
    let (unit, joined, left) = (section.text("unit"), section.text("joined"), section.text("left"));
    let name = section.text("name");
    let mut groupings = BTreeMap::new();
    for (by, column) in section.text_map("groupings") {
        match by.parse() {
            Ok(code) => {
                groupings.insert(code, column);
            }
            Err(_) => section.wrong("groupings", SettingFault::NotACode { found: by }),
        }
    }
    let (file, person) = section.done(file.zip(person))?;
    Some(PeopleFile { file, person, unit, joined, left, name, groupings })
}

fn sheets_file(section: &Section<'_>) -> Option<SheetsFile> {
    let file = file_name(section);
    let person = section.needed("person", section.text("person"));
    let timepoint = section.code("timepoint");
    let timepoint_in = section.text("timepoint_in");
    let timepoints = section.code_map("timepoints");
    let newest_by = section.text("newest_by");
    let join = section.section("join").and_then(|join| join_of(&join));
    let scales: Vec<ScaleColumns> =
        section.sections("scales").iter().filter_map(scale_columns).collect();
    if !section.has("scales") {
        section.wrong("scales", SettingFault::Missing { key: "scales" });
    }
    let (file, person) = section.done(file.zip(person))?;
    let open = scales.iter().any(|scale| scale.timepoint.is_none());
    if timepoint.is_some() == timepoint_in.is_some() && (open || timepoint.is_some()) {
        let fault = PlanFault::OneOf { one: "timepoint", other: "timepoint_in" };
        section.wrong("timepoint", fault);
    }
    Some(SheetsFile { file, person, timepoint, timepoint_in, timepoints, newest_by, join, scales })
}

fn join_of(section: &Section<'_>) -> Option<Join> {
    let file = file_name(section);
    let on = section.needed("on", section.text("on"));
    let to = section.needed("to", section.text("to"));
    let take = section.texts("take");
    if take.is_empty() {
        section.wrong("take", SettingFault::Missing { key: "take" });
    }
    let ((file, on), to) = section.done(file.zip(on).zip(to))?;
    Some(Join { file, on, to, take })
}

fn scale_columns(section: &Section<'_>) -> Option<ScaleColumns> {
    let instrument = section.needed("instrument", section.code("instrument"));
    let items = section.texts("items");
    for pattern in items.iter().filter(|pattern| super::expand(pattern).is_none()) {
        section.wrong("items", PlanFault::NotAPattern { found: pattern.clone() });
    }
    let total = section.text("total");
    if items.is_empty() == total.is_none() {
        section.wrong("items", PlanFault::OneOf { one: "items", other: "total" });
    }
    let values = section.code("values");
    let timepoint = section.code("timepoint");
    let when_empty = section.word("when_empty", &WHEN_EMPTY);
    let instrument = section.done(instrument)?;
    Some(ScaleColumns { instrument, items, total, values, timepoint, when_empty })
}

fn attendance_file(section: &Section<'_>) -> Option<AttendanceFile> {
    let file = file_name(section);
    let person = section.needed("person", section.text("person"));
    let (session, mark) = (section.text("session"), section.text("mark"));
    let sessions = section.texts("sessions");
    for pattern in sessions.iter().filter(|pattern| super::expand(pattern).is_none()) {
        section.wrong("sessions", PlanFault::NotAPattern { found: pattern.clone() });
    }
    if session.is_some() != sessions.is_empty() {
        section.wrong("session", PlanFault::OneOf { one: "session", other: "sessions" });
    } else if session.is_some() && mark.is_none() {
        section.wrong("mark", SettingFault::Missing { key: "mark" });
    }
    let marks = section.word_map("marks", &MARKS);
    if !section.has("marks") {
        section.wrong("marks", SettingFault::Missing { key: "marks" });
    }
    let (file, person) = section.done(file.zip(person))?;
    Some(AttendanceFile { file, person, session, mark, sessions, marks })
}

fn decision(section: &Section<'_>) -> Option<Decision> {
    let people = section.texts("people");
    if people.len() < 2 {
        let found = i64::try_from(people.len()).unwrap_or(0);
        section.wrong("people", SettingFault::OutOfRange { found, least: 2, most: 1_000 });
    }
    section.done(Some(Decision { people }))
}

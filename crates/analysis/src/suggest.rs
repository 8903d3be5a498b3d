//! A plan suggested by looking at the data.
//!
//! Everything that is a guess says so on its line, and why; what could not be told stands as a
//! comment. A person reads it before it is used. Texts of the data are shown only where they are
//! answers of a list, marks of attendance or names of waves: never what may be somebody's name.

use std::collections::{BTreeMap, BTreeSet};

mod family;
mod labels;
mod lines;
mod name;
mod people;
mod roles;
mod runs;
mod seen;
mod sheets;
mod sketch;
mod stage;
mod words;

pub use seen::Seen;

use outcomes::Points;

use labels::{Meaning, Texts};
use lines::{Lines, quoted, several};
use roles::{Attendance, Roles};
use stage::{Stage, Stages};

/// A plan that was suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The plan, as TOML.
    pub toml: String,
    /// How many lines are guesses that a person checks.
    pub guesses: usize,
    /// How many things could not be told: comments that say what is missing.
    pub open: usize,
}

/// Suggests a plan for these tables, in the order in which they were measured where nothing else
/// says it.
///
/// ```
/// use analysis::{Seen, suggest};
///
/// let mut seen = Seen::begin("survey.csv", ["pid", "wave", "ucla1", "ucla2", "ucla3"]);
/// for (pid, wave) in [("K-1", "0"), ("K-2", "0"), ("K-3", "0"), ("K-1", "1"), ("K-2", "1"), ("K-3", "1")] {
///     seen.row([pid, wave, "1", "3", "2"]);
/// }
/// let plan = suggest(&[seen]);
/// assert!(plan.toml.contains("person = \"pid\""));
/// assert!(plan.toml.contains("items = [\"ucla{1..3}\"]"));
/// ```
#[must_use]
pub fn suggest(files: &[Seen]) -> Suggestion {
    let roles = roles::roles(files);
    let about = About::of(files, &roles);
    let mut lines = Lines::default();
    about.head(&mut lines);
    about.missing(&mut lines);
    about.values(&mut lines);
    about.timepoints(&mut lines);
    about.instruments(&mut lines);
    people::write(&about, &mut lines);
    sheets::write(&about, &mut lines);
    about.attendance(&mut lines);
    about.rest(&mut lines);
    lines.done()
}

/// What the files are called, as far as they are all called alike.
fn title(files: &[Seen]) -> String {
    const LONGEST: usize = 40;
    let mut words = files.iter().map(|seen| name::words(seen.file_stem()));
    let first = words.next().unwrap_or_default();
    let alike = words.fold(first.len(), |alike, other| {
        first.iter().zip(&other).take(alike).take_while(|(one, other)| one == other).count()
    });
    let mut title = String::new();
    for word in first.iter().take(alike) {
        if title.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !title.is_empty() {
            title.push('-');
        }
        title.push_str(word);
    }
    let is_code = title.parse::<commons::Code>().is_ok();
    if is_code && 2 < title.len() { title } else { "evaluation".to_owned() }
}

/// The tables, what their columns are there for, and what that comes to.
struct About<'a> {
    files: &'a [Seen],
    roles: &'a [Roles],
    stages: Stages,
    /// The instruments of runs and totals that make a total, and those that make none.
    instruments: BTreeMap<String, bool>,
    /// The runs whose answers are words, by instrument: text and what it means.
    maps: BTreeMap<String, BTreeMap<String, (Meaning, bool, usize)>>,
    missing: BTreeMap<String, (&'static str, &'static str, u64)>,
    /// The places of the tables of people.
    people: Vec<usize>,
}

impl<'a> About<'a> {
    fn of(files: &'a [Seen], roles: &'a [Roles]) -> Self {
        let mut about = Self {
            files,
            roles,
            stages: Stages::default(),
            instruments: BTreeMap::new(),
            maps: BTreeMap::new(),
            missing: BTreeMap::new(),
            people: Vec::new(),
        };
        for (place, (seen, role)) in files.iter().zip(roles).enumerate() {
            about.take(place, seen, role);
        }
        about.people = people::tables(&about);
        about
    }

    /// The tables of people.
    fn people(&self) -> impl Iterator<Item = (usize, &'a Seen, &'a Roles)> + Clone {
        self.each().filter(|(place, ..)| self.people.contains(place))
    }

    /// How many in 100 of the codes of people of one table stand in another.
    fn shared_people(&self, one: usize, other: usize) -> u64 {
        let sketch = |place: usize| {
            let person = self.roles.get(place)?.person.as_ref()?;
            Some(&self.files.get(place)?.column(person.column)?.sketch)
        };
        sketch(one).zip(sketch(other)).map_or(0, |(one, other)| one.found_in(other))
    }

    fn each(&self) -> impl Iterator<Item = (usize, &'a Seen, &'a Roles)> + Clone {
        self.files
            .iter()
            .zip(self.roles)
            .enumerate()
            .map(|(place, (seen, roles))| (place, seen, roles))
    }

    fn take(&mut self, place: usize, seen: &'a Seen, role: &'a Roles) {
        for run in &role.found.runs {
            let scoring = run.instrument.scoring();
            self.instruments.insert(run.instrument.id().to_string(), scoring.has_total());
            if let Some(texts) = Texts::read(seen, &run.items, &run.instrument) {
                self.texts(run.instrument.id().as_str(), &texts, run.items.len());
            }
        }
        for total in &role.found.totals {
            let scoring = total.instrument.scoring();
            self.instruments.insert(total.instrument.id().to_string(), scoring.has_total());
            if let Some(column) = seen.column(total.column) {
                self.no_totals(column, scoring.range());
            }
        }
        if !role.has_sheets() && role.found.unsure.is_empty() {
            return;
        }
        let own: BTreeSet<Stage> = self.said_by_names(place).into_iter().flatten().collect();
        for stage in own {
            let columns = role.found.columns();
            let mut names = columns.iter().filter_map(|place| seen.column(*place));
            let word = names.find_map(|column| column.parsed.said(stage));
            self.stages.note(stage, word, format!("names of columns of {}", seen.place()));
        }
        if role.has_sheets() || !role.found.unsure.is_empty() {
            for (answer, stage) in self.wave_answers(place) {
                let word = stage.said_in(&name::words(&answer));
                self.stages.note(stage, word, format!("`{answer}` in {}", seen.place()));
            }
            if let Some(stage) = self.fixed_stage(place) {
                let word = stage.said_in(&name::words(seen.base_name()));
                self.stages.note(stage, word, format!("the file {}", seen.place()));
            }
        }
    }

    /// What stands for no total in a column of totals.
    fn no_totals(&mut self, column: &seen::Column, (least, most): (Points, Points)) {
        for (text, times) in &column.no_answers {
            let number = seen::whole(text);
            let is_total = number
                .and_then(|number| Points::ratio(number, 1).ok())
                .is_some_and(|points| least <= points && points <= most);
            let reason = number.map_or_else(|| words::reason_of(text), words::reason_of_number);
            let Some(reason) = reason.filter(|_| !is_total && (number.is_none() || 2 <= *times))
            else {
                continue;
            };
            let why = number.map_or("", |_| "a number that is no total and comes again");
            self.missing.entry(text.clone()).or_insert((reason, why, 0)).2 += times;
        }
    }

    fn texts(&mut self, instrument: &str, texts: &Texts<'_>, columns: usize) {
        let want_map = texts.want_map() || texts.is_shifted;
        for text in &texts.all {
            if let Meaning::Missing(reason, why) = text.means {
                let missing = self.missing.entry(text.text.to_owned()).or_insert((reason, why, 0));
                missing.2 += text.times;
            } else if want_map {
                let shown = texts.may_show(text, columns);
                let map = self.maps.entry(instrument.to_owned()).or_default();
                let order = map.len();
                map.entry(text.text.to_owned()).or_insert((text.means.clone(), shown, order));
            }
        }
    }

    /// The table and column in which the waves of a file's rows stand: its own, or its parent's.
    fn wave_column(&self, place: usize) -> Option<(usize, usize)> {
        let role = self.roles.get(place)?;
        let parent = || role.join.as_ref().and_then(|join| Some((join.file, join.wave?)));
        role.wave.map(|wave| (place, wave)).or_else(parent)
    }

    /// The answers of that column that say a stage.
    fn wave_answers(&self, place: usize) -> Vec<(String, Stage)> {
        let column =
            self.wave_column(place).and_then(|(file, wave)| self.files.get(file)?.column(wave));
        let texts = column.and_then(|column| column.answers(12)).unwrap_or_default();
        let said = texts
            .into_iter()
            .filter_map(|(text, _)| Some((text.to_owned(), Stage::of_answer(text)?)));
        said.collect()
    }

    /// When each of a file's runs and totals was measured, as the names of their columns say it.
    fn said_by_names(&self, place: usize) -> Vec<Option<Stage>> {
        let Some(found) = self.roles.get(place).map(|role| &role.found) else { return Vec::new() };
        let runs = found.runs.iter().map(|run| run.stage);
        let totals = found.totals.iter().map(|total| total.stage);
        runs.chain(totals).chain(found.unsure.iter().map(|unsure| unsure.stage)).collect()
    }

    /// The stage of a whole file, where neither a column nor the names of columns say it.
    fn fixed_stage(&self, place: usize) -> Option<Stage> {
        if self.wave_column(place).is_some()
            || self.said_by_names(place).iter().all(Option::is_some)
        {
            return None;
        }
        let role = self.roles.get(place)?;
        role.stage.or_else(|| {
            let before = self
                .roles
                .iter()
                .take(place)
                .filter(|role| role.has_sheets() && role.stage.is_none());
            u32::try_from(before.count()).ok().map(Stage::number)
        })
    }

    /// The last session that attendance is told of.
    fn last_session(&self) -> Option<u64> {
        let last = self.each().filter_map(|(_, seen, role)| match role.attendance.as_ref()? {
            Attendance::Long { session, .. } => u64::try_from(seen.column(*session)?.range?.1).ok(),
            Attendance::Wide { sessions } => Some(sessions.len() as u64),
        });
        last.max().filter(|last| (1..=520).contains(last))
    }

    fn head(&self, lines: &mut Lines) {
        lines.comment("A plan suggested by looking at the headers and values of:");
        for seen in self.files {
            let sheet = seen.sheet.as_ref().map(|sheet| format!(", sheet {}", quoted(sheet)));
            let note = seen.note.as_ref().map(|note| format!(", {note}"));
            lines.comment(&format!(
                "  {}{}: {}, {}{}",
                seen.file,
                sheet.unwrap_or_default(),
                several(seen.rows, "row"),
                several(seen.columns.len() as u64, "column"),
                note.unwrap_or_default()
            ));
        }
        lines.comment("`guess:` marks what to check; `open:` marks what could not be told.");
        self.left_out(lines);
        lines.blank();
        lines.line("schema = 1");
        let title = format!("title = {}", quoted(&title(self.files)));
        lines.guess(
            &title,
            "by the names of the files: the head of the report, with spaces for hyphens",
        );
        lines.guess(
            "audience = \"outside\"",
            "`outside` hides counts below 11, `inside` (the program's own team) below 5; `each_person = true` beside `inside` draws each person",
        );
        if let Some(last) = self.last_session() {
            let left = self.roles.iter().any(|role| role.left.is_some());
            if !left {
                lines.guess(
                    "leaving = { missed = 3 }",
                    "no column says who left: whoever missed the last 3 sessions or more counts so",
                );
            }
            lines.open(
                &format!("completion = {}", last * 3 / 4),
                "sessions that complete the program",
            );
        }
        let names: Vec<String> = people::groupings(self).iter().map(|name| quoted(name)).collect();
        if !names.is_empty() {
            let line = format!("breakdowns = [{}]", names.join(", "));
            lines.guess(&line, "figures are broken down by these; fewer hide less");
        }
    }

    /// Rows that were not looked at, and names of columns that are refused.
    fn left_out(&self, lines: &mut Lines) {
        for seen in self.files {
            if let Some((rows, line)) = seen.torn {
                let why = if seen.rows == 0 {
                    "no row has as many cells as the first: do the names of the columns stand further down, below a title?"
                } else {
                    "they have more or fewer cells than the first line, so nothing here speaks of them; they are faults where it is read"
                };
                let rows = several(rows, "row");
                lines.open(&format!("{}: {rows}, the first on line {line}", seen.place()), why);
            }
            let known = |place: usize, name: &str| {
                seen.columns.iter().take(place).any(|other| other.name == name)
            };
            let unclear = seen.columns.iter().enumerate();
            let unclear =
                unclear.filter(|(place, it)| it.name.is_empty() || known(*place, &it.name));
            let unclear: Vec<String> = unclear.map(|(place, _)| (place + 1).to_string()).collect();
            if !unclear.is_empty() {
                let place = format!("{}: columns {}", seen.place(), unclear.join(", "));
                lines.open(
                    &place,
                    "without a name, or with that of another: a fault where it is read",
                );
            }
        }
    }

    fn missing(&self, lines: &mut Lines) {
        if self.missing.is_empty() {
            return;
        }
        lines.blank();
        lines.comment("Texts that are no answer, and why: refused, not-asked, unknown.");
        lines.line("[missing]");
        for (text, (reason, why, times)) in &self.missing {
            let why = if why.is_empty() { String::new() } else { format!("{why}; ") };
            let said = format!(
                "{why}in {}; check with the form what it stands for",
                several(*times, "cell")
            );
            lines.guess(&format!("{} = {}", quoted(text), quoted(reason)), &said);
        }
    }

    fn values(&self, lines: &mut Lines) {
        for (instrument, texts) in &self.maps {
            lines.blank();
            lines.line(&format!("[values.{instrument}]"));
            let mut texts: Vec<_> = texts.iter().collect();
            texts.sort_by_key(|(_, (_, _, order))| *order);
            let mut kept = 0;
            for (text, (means, shown, _)) in texts {
                let text = quoted(text);
                match means {
                    Meaning::Code(code, "") => lines.line(&format!("{text} = {code}")),
                    Meaning::Code(code, why) => lines.guess(&format!("{text} = {code}"), why),
                    Meaning::NoCode if *shown => {
                        lines.open(&format!("{text} = "), "no code of an answer");
                    }
                    Meaning::Unknown(code) if *shown => lines.open(
                        &format!("{text} = {code}"),
                        "not known; the code is that of its place among the unknown, and likely wrong",
                    ),
                    Meaning::Unknown(_) | Meaning::NoCode => kept += 1,
                    Meaning::Missing(..) => {}
                }
            }
            if kept > 0 {
                let why = "further texts that stand in few cells: they may be somebody's own words, so look for them in the file";
                lines.open(&format!("{kept}"), why);
            }
        }
    }

    fn timepoints(&self, lines: &mut Lines) {
        let all = self.stages.all();
        let last = self.last_session();
        let steps = all.len().saturating_sub(1).max(1) as u64;
        for (place, (code, said)) in all.iter().enumerate() {
            lines.blank();
            lines.comment(&format!("From {}.", said.join(", ")));
            lines.line("[[timepoints]]");
            lines.line(&format!("code = {}", quoted(code)));
            let place = place as u64;
            let (session, why) = match last {
                Some(last) => (
                    last * place / steps,
                    "its place between 0 and the last session of the attendance",
                ),
                None => (place, "nothing says after which session; only their order counts here"),
            };
            lines.guess(&format!("session = {session}"), why);
        }
    }

    fn instruments(&self, lines: &mut Lines) {
        for (id, has_total) in &self.instruments {
            lines.blank();
            if *has_total {
                lines.line("[[instruments]]");
                lines.line(&format!("id = {}", quoted(id)));
            } else {
                lines.open(
                    &format!("[[instruments]] id = {}", quoted(id)),
                    "it makes no total, so there is no change to show",
                );
            }
        }
    }

    fn attendance(&self, lines: &mut Lines) {
        for (_, seen, role) in self.each() {
            let Some(attendance) = &role.attendance else { continue };
            lines.blank();
            lines.line("[[attendance]]");
            lines.file(seen);
            lines.person(seen, role);
            let marked = match attendance {
                Attendance::Long { session, mark } => {
                    lines.column("session", seen, *session, "by its name and its numbers");
                    lines.column("mark", seen, *mark, "by its name and its texts");
                    vec![*mark]
                }
                Attendance::Wide { sessions } => {
                    let names = lines::pattern(seen, sessions);
                    let why = "numbered columns of marks, one for each session";
                    lines.guess(&format!("sessions = {names}"), why);
                    sessions.clone()
                }
            };
            marks(seen, &marked, lines);
        }
    }

    /// What was looked at and is not used.
    fn rest(&self, lines: &mut Lines) {
        for (place, seen, role) in self.each() {
            let is_parent =
                |other: &Roles| other.join.as_ref().is_some_and(|join| join.file == place);
            let is_read = self.people.contains(&place)
                || role.has_sheets()
                || !role.found.unsure.is_empty()
                || role.attendance.is_some()
                || self.roles.iter().any(is_parent);
            if !is_read {
                let why = match role.person {
                    Some(_) => {
                        "nothing of it is read: no answers, totals or marks were found in it, and no people beside those of the other files"
                    }
                    None => "nothing in it says who, so nothing of it is read",
                };
                lines.blank();
                lines.open(&seen.place(), why);
            }
            let used = role.used();
            let free: Vec<String> = (0..seen.columns.len())
                .filter(|place| !used.contains(place))
                .map(|place| (place + 1).to_string())
                .collect();
            let sets = [
                (&role.tools, "added by the survey tool"),
                (&role.choices, "questions with several choices"),
            ];
            let sets = sets.into_iter().filter(|(columns, _)| !columns.is_empty());
            let mut said: Vec<String> =
                sets.map(|(columns, what)| format!("{} {what}", columns.len())).collect();
            if !free.is_empty() {
                said.push(format!("{} ({})", several(free.len() as u64, "other"), free.join(", ")));
            }
            if !said.is_empty() {
                lines.blank();
                lines.comment(&format!(
                    "Columns of {} that are not used: {}.",
                    seen.place(),
                    said.join("; ")
                ));
            }
        }
    }
}

/// What the marks of attendance stand for.
fn marks(seen: &Seen, columns: &[usize], lines: &mut Lines) {
    let texts = columns.iter().filter_map(|place| seen.column(*place)?.texts()).flatten();
    let texts: BTreeMap<&str, u64> = texts.fold(BTreeMap::new(), |mut all, (text, times)| {
        *all.entry(text).or_default() += times;
        all
    });
    let means = |text: &str| {
        let plain = name::plain(text);
        words::MARKS.iter().find(|(known, _)| *known == plain).map(|(_, mark)| *mark)
    };
    // A cross by itself says that somebody was there; beside a mark that says so it says something else.
    let is_cross = |text: &str| name::plain(text) == "x";
    let other = texts.keys().find(|text| !is_cross(text) && means(text) == Some("present"));
    let mark = |text: &str| means(text).filter(|_| other.is_none() || !is_cross(text));
    let known: Vec<String> = texts
        .keys()
        .filter_map(|text| Some(format!("{} = {}", quoted(text), quoted(mark(text)?))))
        .collect();
    lines.guess(&format!("marks = {{ {} }}", known.join(", ")), "by what the texts usually mean");
    let unknown = texts.iter().filter(|(text, _)| mark(text).is_none());
    let (short, long): (Vec<_>, Vec<_>) =
        unknown.partition(|(text, times)| text.chars().count() <= 3 && 3 <= **times);
    for (text, times) in short {
        let line = format!("marks: {} = ", quoted(text));
        if let Some(other) = other.filter(|_| is_cross(text)) {
            let why = format!(
                "in {}; beside {} it is hardly a presence: often it is excused",
                several(*times, "cell"),
                quoted(other)
            );
            lines.open(&line, &why);
            continue;
        }
        lines.open(
            &line,
            &format!(
                "in {}; present, late, left_early, excused, absent or unexplained",
                several(*times, "cell")
            ),
        );
    }
    if !long.is_empty() {
        lines.open(
            &format!("marks: {}", long.len()),
            "further texts that may be somebody's own words: look for them in the file",
        );
    }
}

#[cfg(test)]
mod tests;

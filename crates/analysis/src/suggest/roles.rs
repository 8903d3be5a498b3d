//! What the columns of one table are there for.

use std::collections::BTreeSet;

use super::family::ItemName;
use super::name::plain;
use super::runs::{self, Found};
use super::seen::{Column, Seen};
use super::stage::Stage;
use super::words::{
    ARMS, CIRCLE, GROUPINGS, MARK, MARKS, NAMES, OWN, PERSON, SENT, SESSION, SESSION_STEMS, TOOLS,
    WAVE, WORKERS,
};

/// A column, and why it is thought to be what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) column: usize,
    pub(super) because: String,
    /// Whether it may tell rows apart, and not people.
    is_weak: bool,
    /// Whether each of its texts stands in one row.
    is_unique: bool,
    /// Whether it writes whole numbers with a point, such as 101.0, and not every code is written so.
    pub(super) is_pointed: bool,
}

/// How attendance stands in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Attendance {
    /// One row for each person and session.
    Long { session: usize, mark: usize },
    /// One column for each session.
    Wide { sessions: Vec<usize> },
}

/// A row of another table in which the rest of a row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Join {
    pub(super) file: usize,
    pub(super) on: usize,
    pub(super) to: usize,
    pub(super) person: Option<usize>,
    pub(super) wave: Option<usize>,
}

/// What the columns of one table are there for.
pub(super) struct Roles {
    pub(super) person: Option<Guess>,
    /// A column that tells rows apart, where it cannot say who: nobody's second sheet has its code.
    pub(super) row_code: Option<usize>,
    pub(super) unit: Option<usize>,
    pub(super) wave: Option<usize>,
    pub(super) sent: Option<usize>,
    pub(super) joined: Option<usize>,
    pub(super) left: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) groupings: Vec<usize>,
    /// Columns of few answers that may be groupings, though nothing says so.
    pub(super) perhaps: Vec<usize>,
    pub(super) attendance: Option<Attendance>,
    pub(super) found: Found,
    pub(super) tools: Vec<usize>,
    pub(super) choices: Vec<usize>,
    pub(super) join: Option<Join>,
    pub(super) stage: Option<Stage>,
}

impl Roles {
    /// Whether answers or totals of instruments stand in it.
    pub(super) fn has_sheets(&self) -> bool {
        !self.found.runs.is_empty() || !self.found.totals.is_empty()
    }

    /// The columns that are there for something.
    pub(super) fn used(&self) -> BTreeSet<usize> {
        let one = [self.unit, self.wave, self.sent, self.joined, self.left, self.name];
        let person = self.person.as_ref().map(|guess| guess.column);
        let join = self.join.as_ref().map(|join| join.on);
        let attendance = match &self.attendance {
            Some(Attendance::Long { session, mark }) => vec![*session, *mark],
            Some(Attendance::Wide { sessions }) => sessions.clone(),
            None => Vec::new(),
        };
        let lists = [&self.groupings, &self.perhaps, &self.tools, &self.choices, &attendance];
        let found = self.found.columns();
        let several = lists.into_iter().flatten().copied();
        one.into_iter().chain([person, join]).flatten().chain(several).chain(found).collect()
    }
}

/// What the columns of each table are there for.
pub(super) fn roles(all: &[Seen]) -> Vec<Roles> {
    let mut roles: Vec<Roles> = all.iter().map(|seen| of_one(seen, all)).collect();
    for place in 0..all.len() {
        let join = join(place, all, &roles);
        if let Some(role) = roles.get_mut(place) {
            let told_by_parent = join.as_ref().is_some_and(|join| join.person.is_some());
            role.person = role.person.take().filter(|guess| !(guess.is_weak && told_by_parent));
            role.join = join;
        }
    }
    row_codes(&mut roles);
    same_people(all, &mut roles);
    pointed_codes(all, &mut roles);
    roles
}

/// A code of each row says who only where all of somebody stands in one row.
fn row_codes(roles: &mut [Roles]) {
    let sheets = roles.iter().filter(|role| role.has_sheets() || role.attendance.is_some());
    let is_one = sheets.count() == 1;
    for role in roles {
        let is_wide = is_one && role.wave.is_none() && role.join.is_none();
        if let Some(guess) =
            role.person.take_if(|guess| guess.is_weak && guess.is_unique && !is_wide)
        {
            role.row_code = Some(guess.column);
        }
    }
}

fn of_one(seen: &Seen, all: &[Seen]) -> Roles {
    let tools = places(seen, is_tool);
    let choices = choices(seen);
    let sessions = wide_sessions(seen);
    let person = person(seen, all);
    let unit = unit(seen).filter(|unit| person.as_ref().is_none_or(|guess| guess.column != *unit));
    let wave = wave(seen);
    let long = long_attendance(seen, wave);
    let attendance = match (sessions, long) {
        (Some(sessions), _) => Some(Attendance::Wide { sessions }),
        (None, long) => long,
    };
    let mut roles = Roles {
        person,
        row_code: None,
        unit,
        wave,
        sent: sent(seen),
        joined: session_column(
            seen,
            &["firstsession", "joined", "joinedsession", "joinsession", "startsession"],
        ),
        left: session_column(
            seen,
            &["lastsession", "left", "leftsession", "dropoutsession", "endsession"],
        ),
        name: name(seen),
        groupings: Vec::new(),
        perhaps: Vec::new(),
        attendance,
        found: Found::default(),
        tools,
        choices,
        join: None,
        stage: Stage::anywhere(&super::name::words(seen.base_name())),
    };
    // A checklist that is asked as one question of many choices is still a questionnaire.
    let is_item = |place: &usize| {
        seen.column(*place).is_some_and(|column| ItemName::read(&column.parsed).is_some())
    };
    roles.choices.retain(|place| !is_item(place));
    roles.found = runs::find(seen, &roles.used());
    let used = roles.used();
    let free = |place: &usize| !used.contains(place);
    roles.groupings = places(seen, is_grouping).into_iter().filter(free).collect();
    let used = roles.used();
    let free = |place: &usize| !used.contains(place);
    roles.perhaps = places(seen, may_be_grouping).into_iter().filter(free).collect();
    roles
}

fn places(seen: &Seen, is: impl Fn(&Column) -> bool) -> Vec<usize> {
    seen.columns
        .iter()
        .enumerate()
        .filter(|(_, column)| is(column))
        .map(|(place, _)| place)
        .collect()
}

fn is_tool(column: &Column) -> bool {
    let in_group = column.name.starts_with("meta/") || column.name.starts_with("__");
    let is_odk = column.name == "KEY" || column.name == "PARENT_KEY";
    in_group || is_odk || column.name.starts_with('_') || TOOLS.contains(&column.parsed.plain())
}

fn is_worker(column: &Column) -> bool {
    column.parsed.says(WORKERS)
}

/// Columns of a question with several choices: `needs` and `needs/food`, `needs/water`, of 0 and 1.
fn choices(seen: &Seen) -> Vec<usize> {
    let is_choice = |column: &Column, parent: &str| {
        let below = column.name.strip_prefix(parent).is_some_and(|rest| rest.starts_with('/'));
        below && column.range.is_none_or(|(low, high)| 0 <= low && high <= 1)
    };
    let mut found = BTreeSet::new();
    for (place, parent) in seen.columns.iter().enumerate() {
        let children = places(seen, |column| is_choice(column, &parent.name));
        if !children.is_empty() {
            found.insert(place);
            found.extend(children);
        }
    }
    found.into_iter().collect()
}

/// How well the name of a column says that it says who.
fn rank(column: &Column) -> Option<usize> {
    let plain = column.parsed.plain();
    PERSON.iter().position(|names| names.contains(&plain))
}

/// Whether the texts of a column may be codes of people.
fn may_be_person(seen: &Seen, column: &Column) -> bool {
    let is_filled = 0 < column.filled && 8 * seen.rows <= 10 * column.filled;
    is_filled
        && !column.is_days()
        && column.decimal == 0
        && 2 * column.spaced < column.filled
        && (3 <= column.sketch.distinct() || seen.rows < 6)
}

fn person(seen: &Seen, all: &[Seen]) -> Option<Guess> {
    let elsewhere = |column: &Column| {
        let others = all.iter().filter(|other| !std::ptr::eq(*other, seen));
        let columns = others.flat_map(|other| &other.columns).filter(|other| rank(other).is_some());
        columns.map(|other| column.sketch.found_in(&other.sketch)).max().unwrap_or(0)
    };
    let named = seen.columns.iter().enumerate().filter(|(_, column)| may_be_person(seen, column));
    let named = named.filter_map(|(place, column)| {
        let shared = elsewhere(column);
        let bonus = if 50 <= shared { 15 } else { 0 };
        // A survey tool numbers its submissions, never people.
        let rank = rank(column)?;
        let score = if is_tool(column) { 8 } else { [30, 20, 8].get(rank)? + bonus };
        Some((score, std::cmp::Reverse(place), shared))
    });
    let (score, std::cmp::Reverse(column), shared) = named.max()?;
    let is_unique = seen.column(column)?.sketch.most_often() <= 1;
    let rows =
        if is_unique { "each text stands in one row" } else { "texts stand in several rows" };
    let name = match score {
        30.. => "the name says so",
        15..=29 => "by its name",
        _ => "for want of a better one: a code of each row tells rows apart, not people",
    };
    let other = if 50 <= shared { ", and other files have the same codes" } else { "" };
    let because = format!("{name}; {rows}{other}");
    Some(Guess { column, because, is_weak: score < 15, is_unique, is_pointed: false })
}

/// A file whose column of people is not named takes the one that has the codes of the others.
fn same_people(all: &[Seen], roles: &mut [Roles]) {
    let known: Vec<(usize, usize)> = roles
        .iter()
        .enumerate()
        .filter_map(|(file, role)| Some((file, role.person.as_ref()?.column)))
        .collect();
    for (place, seen) in all.iter().enumerate() {
        let Some(role) = roles.get_mut(place) else { continue };
        if role.person.is_some() || role.join.is_some() {
            continue;
        }
        let share = |column: &Column| {
            let others = known.iter().filter_map(|(file, other)| all.get(*file)?.column(*other));
            others.map(|other| column.sketch.found_in(&other.sketch)).max().unwrap_or(0)
        };
        let candidates = seen.columns.iter().enumerate();
        let candidates = candidates.filter(|(_, column)| may_be_person(seen, column));
        let best = candidates.map(|(place, column)| (share(column), place)).max();
        if let Some((share, column)) = best.filter(|(share, _)| 60 <= *share) {
            let because = format!("{share} in 100 of its codes are people of another file");
            let (is_weak, is_unique, is_pointed) = (false, false, false);
            role.person = Some(Guess { column, because, is_weak, is_unique, is_pointed });
        }
    }
}

/// Codes that are numbers, written with a point in some rows and without in others, are not the same.
fn pointed_codes(all: &[Seen], roles: &mut [Roles]) {
    let column = |role: &Roles, seen: &Seen| {
        seen.column(role.person.as_ref()?.column).map(|column| (column.whole, column.pointed))
    };
    let plain =
        |(role, seen): (&Roles, &Seen)| column(role, seen).is_some_and(|(whole, _)| 0 < whole);
    if !roles.iter().zip(all).any(plain) {
        return;
    }
    for (role, seen) in roles.iter_mut().zip(all) {
        let pointed = column(role, seen).is_some_and(|(_, pointed)| 0 < pointed);
        if let Some(guess) = &mut role.person {
            guess.is_pointed = pointed;
        }
    }
}

fn unit(seen: &Seen) -> Option<usize> {
    let place = seen.called(CIRCLE)?;
    let column = seen.column(place)?;
    let is_arm = |text: &(&str, u64)| ARMS.iter().any(|arm| plain(text.0).contains(arm));
    let arms = column.texts().is_some_and(|texts| texts.iter().any(is_arm));
    (!arms && 0 < column.filled).then_some(place)
}

fn wave(seen: &Seen) -> Option<usize> {
    let is_wave = |place: &usize| {
        let answers = seen.column(*place).and_then(|column| column.answers(12));
        answers.is_some_and(|texts| {
            texts.iter().filter(|(text, _)| Stage::of_answer(text).is_some()).count() * 2
                > texts.len()
        })
    };
    WAVE.iter().filter_map(|name| seen.called(&[name])).find(is_wave)
}

/// When a form was sent: a column that is read as it stands, rather than one that comes before it.
fn sent(seen: &Seen) -> Option<usize> {
    let times = SENT.iter().filter_map(|name| seen.called(&[name]));
    let times = times.filter(|place| seen.column(*place).is_some_and(Column::is_days));
    times
        .clone()
        .find(|place| seen.column(*place).is_some_and(Column::is_iso))
        .or_else(|| times.clone().next())
}

fn session_column(seen: &Seen, names: &[&str]) -> Option<usize> {
    let place = seen.called(names)?;
    let column = seen.column(place)?;
    let fits = column.range.is_some_and(|(low, high)| 0 <= low && high <= 520);
    (fits && column.is_whole() && column.pointed == 0).then_some(place)
}

fn name(seen: &Seen) -> Option<usize> {
    let says_name = |column: &Column| {
        let words = column.parsed.words().iter();
        let rest = words.skip_while(|word| OWN.contains(&word.as_str()));
        NAMES.contains(&rest.map(String::as_str).collect::<String>().as_str())
    };
    let is_name = |column: &Column| {
        says_name(column)
            && !is_worker(column)
            && column.whole + column.pointed == 0
            && 2 * column.sketch.distinct() > column.filled
    };
    places(seen, is_name).into_iter().next()
}

fn is_grouping(column: &Column) -> bool {
    let few = column.texts().is_some_and(|texts| 2 <= texts.len());
    let is_arm = || {
        let says = |text: &(&str, u64)| ARMS.iter().any(|arm| plain(text.0).contains(arm));
        let texts = column.answers(6);
        CIRCLE.contains(&column.parsed.plain()) && texts.is_some_and(|texts| texts.iter().any(says))
    };
    let named = GROUPINGS.contains(&column.parsed.plain()) || is_arm();
    few && named && !is_worker(column) && !is_tool(column)
}

fn may_be_grouping(column: &Column) -> bool {
    let named = column.parsed.says(NAMES) || is_worker(column) || is_tool(column);
    let few = column.answers(12).is_some_and(|texts| 2 <= texts.len());
    few && !named
        && !column.is_days()
        && column.decimal == 0
        && ItemName::read(&column.parsed).is_none()
}

/// How much of what a column holds are marks of attendance.
fn are_marks(column: &Column, most: usize) -> bool {
    let Some(texts) = column.texts().filter(|texts| texts.len() <= most) else { return false };
    let is_mark = |text: &str| MARKS.iter().any(|(mark, _)| *mark == plain(text));
    let all = texts.iter().map(|(_, times)| times).sum::<u64>() - column.missing;
    let known: u64 = texts.iter().filter(|(text, _)| is_mark(text)).map(|(_, times)| times).sum();
    8 * all <= 10 * known && 0 < known
}

fn long_attendance(seen: &Seen, wave: Option<usize>) -> Option<Attendance> {
    let sessions = |place: &usize| {
        let column = seen.column(*place);
        Some(*place) != wave && column.is_some_and(|column| 2 * column.whole > column.filled)
    };
    let session = SESSION.iter().filter_map(|name| seen.called(&[name])).find(sessions)?;
    let marks = |place: &usize| seen.column(*place).is_some_and(|column| are_marks(column, 12));
    let mark = MARK.iter().filter_map(|name| seen.called(&[name])).find(marks)?;
    Some(Attendance::Long { session, mark })
}

/// Columns that are numbered from 1 on, one for each session.
fn wide_sessions(seen: &Seen) -> Option<Vec<usize>> {
    let numbered = |stem: &str| -> Vec<(u32, usize)> {
        let columns = seen.columns.iter().enumerate();
        let mut found: Vec<(u32, usize)> = columns
            .filter(|(_, column)| are_marks(column, 8) || column.filled == 0)
            .filter_map(|(place, column)| {
                let (number, words) = column.parsed.words().split_last()?;
                (words.concat() == stem).then_some(())?;
                Some((number.parse().ok()?, place))
            })
            .collect();
        found.sort_unstable();
        found
    };
    let runs = SESSION_STEMS.iter().map(|stem| numbered(stem));
    let mut runs = runs.filter(|run| 3 <= run.len());
    let run = runs.find(|run| run.iter().map(|(n, _)| *n).eq((1_u32..).take(run.len())))?;
    Some(run.into_iter().map(|(_, place)| place).collect())
}

/// The table of the rows to which the rows of a repeat belong.
fn join(place: usize, all: &[Seen], roles: &[Roles]) -> Option<Join> {
    let seen = all.get(place)?;
    let exact =
        |seen: &Seen, name: &str| seen.columns.iter().position(|column| column.name == name);
    let pairs =
        [("_parent_index", "_index"), ("PARENT_KEY", "KEY"), ("_submission__uuid", "_uuid")];
    pairs.into_iter().find_map(|(on, to)| {
        let on = exact(seen, on)?;
        let own = seen.column(on)?;
        let others = all.iter().enumerate().filter(|(other, _)| *other != place);
        let parents = others.filter_map(|(file, parent)| {
            let to = exact(parent, to)?;
            let share = own.sketch.found_in(&parent.column(to)?.sketch);
            let role = roles.get(file)?;
            let person = role.person.as_ref().map(|guess| guess.column);
            let join = Join { file, on, to, person, wave: role.wave };
            // The sheet that has people and all rows that are named, if there are several.
            Some((share, person.is_some(), std::cmp::Reverse(file), join))
        });
        let best = parents.max_by_key(|(share, person, file, _)| (*share, *person, *file));
        best.filter(|(share, ..)| 50 <= *share).map(|(.., join)| join)
    })
}

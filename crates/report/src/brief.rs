//! What somebody asked of a report by name: their title, their indicators with targets, and what changed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::Code;
use maud::{Markup, html};
use serde::Serialize;

use crate::Arg;
use crate::parts::Words;
use crate::tables::{Cell, Column, Table};

/// A report by its name, as whoever asked for it wants it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Brief {
    /// Its name: a code.
    pub name: Code,
    /// Its title, in the words of whoever asked.
    pub title: String,
    /// The groups whose people it is about, by grouping; everybody where there are none.
    pub groups: BTreeMap<Code, BTreeSet<Code>>,
    /// The rows of its table of indicators.
    pub indicators: Vec<IndicatorLine>,
    /// What changed against its last release, where there is one.
    pub since: Option<Since>,
}

/// One row of a table of indicators.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorLine {
    /// What whoever asked calls it.
    pub label: String,
    /// How its numbers are told.
    pub unit: Unit,
    /// What it was before.
    pub baseline: Option<f64>,
    /// What is aimed at.
    pub target: Option<f64>,
    /// What the figures say.
    pub actual: Reading,
    /// Where the figure comes from, in the words of whoever asked.
    pub source: Option<String>,
}

/// How the numbers of an indicator are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// As whole numbers.
    Whole,
    /// With one decimal place.
    Tenths,
    /// Shares of 0 to 1, as per cents with one decimal place.
    Share,
}

/// What the figures of a report say of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Reading {
    /// A number, with the ends of its 95% interval where it has one.
    Number {
        /// The number.
        n: f64,
        /// The ends of its interval.
        ends: Option<(f64, f64)>,
    },
    /// A count of some, and fewer than this.
    FewerThan {
        /// The bound.
        n: u64,
    },
    /// A count of this many or more.
    AtLeast {
        /// The bound.
        n: u64,
    },
    /// It is kept back to protect people.
    Hidden,
    /// There is no figure.
    NoFigure,
    /// The report has nothing of the kind.
    NotInReport,
}

/// What changed against the last release of the same report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Since {
    /// The day on which the last release was made.
    pub made_on: NaiveDate,
    /// The figures that are not what they were.
    pub figures: Vec<ChangedLine>,
    /// What may have changed them, a line each.
    pub causes: Vec<String>,
}

/// A figure that is not what it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedLine {
    /// What it is called.
    pub label: String,
    /// How its numbers are told.
    pub unit: Unit,
    /// What the last release said.
    pub was: Reading,
    /// What is said now.
    pub is: Reading,
}

/// The indicators, and what changed.
pub(crate) fn sections(words: &Words<'_>) -> Markup {
    let Some(brief) = &words.stamp.brief else { return html! {} };
    html! {
        @if !brief.indicators.is_empty() {
            section aria-labelledby="indicators" {
                h2 #indicators { (words.say("indicators")) }
                p { (words.say("indicators-text")) }
                (indicators(words, brief).draw_beside(words, &words.say("indicators-bar"), &bars(words, brief)))
            }
        }
        @if let Some(since) = &brief.since {
            section aria-labelledby="since" {
                h2 #since { (words.say("since")) }
                p { (since_text(words, since)) }
                @if !since.figures.is_empty() { (changes(words, since).draw(words)) }
                @if !since.causes.is_empty() {
                    p { (words.say("since-causes")) }
                    ul { @for cause in &since.causes { li { (cause) } } }
                }
            }
        }
    }
}

/// The parts that there are, as the contents name them.
pub(crate) fn parts(words: &Words<'_>) -> [(bool, &'static str); 2] {
    let brief = words.stamp.brief.as_ref();
    [
        (brief.is_some_and(|brief| !brief.indicators.is_empty()), "indicators"),
        (brief.is_some_and(|brief| brief.since.is_some()), "since"),
    ]
}

pub(crate) fn tables(words: &Words<'_>) -> Vec<Table> {
    let Some(brief) = &words.stamp.brief else { return Vec::new() };
    let mut tables = Vec::new();
    if !brief.indicators.is_empty() {
        tables.push(indicators(words, brief));
    }
    tables.extend(brief.since.as_ref().map(|since| changes(words, since)));
    tables
}

/// Of whom it is, where it is not of everybody.
pub(crate) fn of_whom(words: &Words<'_>) -> Option<String> {
    let brief = words.stamp.brief.as_ref().filter(|brief| !brief.groups.is_empty())?;
    let groups = brief.groups.iter().map(|(by, groups)| {
        let groups: Vec<&str> = groups.iter().map(Code::as_str).collect();
        let by = words.wording.code("grouping", by.as_str());
        let args = [("by", by.into()), ("groups", groups.join(", ").into())];
        words.with("only-groups", &args)
    });
    let list = groups.collect::<Vec<_>>().join(&words.say("list-separator"));
    Some(words.with("only", &[("list", list.into())]))
}

fn since_text(words: &Words<'_>, since: &Since) -> String {
    let n = u64::try_from(since.figures.len()).unwrap_or(u64::MAX);
    let day = Arg::Text(words.wording.date(since.made_on));
    words.with("since-text", &[("date", day), ("n", n.into())])
}

fn indicators(words: &Words<'_>, brief: &Brief) -> Table {
    let ends = ["indicators-low", "indicators-high"].map(|key| words.say(key));
    let mut columns = vec![
        Column::One(words.say("indicators-what")),
        Column::One(words.say("indicators-baseline")),
        Column::One(words.say("indicators-target")),
        Column::One(words.say("indicators-actual")),
        Column::Interval(words.say("indicators-interval"), ends),
    ];
    let has_source = brief.indicators.iter().any(|line| line.source.is_some());
    if has_source {
        columns.push(Column::One(words.say("indicators-source")));
    }
    let rows = brief.indicators.iter().map(|line| {
        let own = |n: Option<f64>| n.map_or(Cell::Nothing, |n| line.unit.as_written(n));
        let (actual, [low, high]) = cells(words, line.actual, line.unit);
        let mut row = vec![
            line.label.clone().into(),
            own(line.baseline),
            own(line.target),
            actual,
            low,
            high,
        ];
        if has_source {
            row.push(line.source.clone().map_or(Cell::Nothing, Cell::Text));
        }
        row
    });
    Table::new("indicators", words.say("indicators-caption"), columns).with(rows)
}

fn changes(words: &Words<'_>, since: &Since) -> Table {
    let heads = ["indicators-what", "since-was", "since-is"].map(|key| Column::One(words.say(key)));
    let rows = since.figures.iter().map(|line| {
        let cell = |reading| cells(words, reading, line.unit).0;
        vec![line.label.clone().into(), cell(line.was), cell(line.is)]
    });
    Table::new("changes", words.say("since-caption"), heads.to_vec()).with(rows)
}

/// A reading as it is told, and the ends of its interval.
fn cells(words: &Words<'_>, reading: Reading, unit: Unit) -> (Cell, [Cell; 2]) {
    let alone = |cell: Cell| (cell, [Cell::Nothing, Cell::Nothing]);
    match reading {
        Reading::Number { n, ends: Some((low, high)) } => {
            (unit.cell(n), [unit.cell(low), unit.cell(high)])
        }
        Reading::Number { n, ends: None } => alone(unit.cell(n)),
        Reading::FewerThan { n } => alone(Cell::FewerThan(n)),
        Reading::AtLeast { n } => alone(Cell::AtLeast(n)),
        Reading::Hidden => alone(Cell::Hidden),
        Reading::NoFigure => alone(words.say("indicators-none").into()),
        Reading::NotInReport => alone(words.say("indicators-not-in-report").into()),
    }
}

impl Unit {
    /// A figure of the report.
    const fn cell(self, n: f64) -> Cell {
        match self {
            Self::Whole => Cell::Number(n, 0),
            Self::Tenths => Cell::Number(n, 1),
            Self::Share => Cell::Share(n, 1),
        }
    }

    /// A number that somebody wrote, with the places they wrote, up to two.
    fn as_written(self, n: f64) -> Cell {
        let places = |n: f64| {
            let whole = |scale: f64| ((n * scale).round() - n * scale).abs() < 1e-6;
            if whole(1.0) {
                0
            } else if whole(10.0) {
                1
            } else {
                2
            }
        };
        match self {
            Self::Whole | Self::Tenths => Cell::Number(n, places(n)),
            Self::Share => Cell::Share(n, places(n * 100.0)),
        }
    }
}

/// For each indicator a bar as long as the figure, and a mark where the target is.
fn bars(words: &Words<'_>, brief: &Brief) -> Vec<Markup> {
    let bar = |line: &IndicatorLine| {
        let reading = match line.actual {
            Reading::Number { n, .. } => Some(n),
            Reading::FewerThan { .. }
            | Reading::AtLeast { .. }
            | Reading::Hidden
            | Reading::NoFigure
            | Reading::NotInReport => None,
        };
        match (reading, line.target) {
            (Some(actual), Some(target)) => bar(words, line.unit, actual, target),
            _ => html! {},
        }
    };
    brief.indicators.iter().map(bar).collect()
}

fn bar(words: &Words<'_>, unit: Unit, actual: f64, target: f64) -> Markup {
    /// In the units of the drawing.
    const LONG: f64 = 116.0;
    let most = actual.abs().max(target.abs());
    // Of what fell where it was to rise, or is nothing at all, no bar says anything.
    if most <= 0.0 || actual * target < 0.0 {
        return html! {};
    }
    let at = |n: f64| format!("{:.1}", 1.0 + LONG * n.abs() / most);
    let long = format!("{:.1}", LONG * actual.abs() / most);
    let said = |cell: Cell| Arg::Text(cell.said(words.wording));
    let args = [("actual", said(unit.cell(actual))), ("target", said(unit.as_written(target)))];
    html! {
        svg.bar viewBox="0 0 120 16" role="img" aria-label=(words.with("indicators-bar-desc", &args)) {
            rect x="1" y="4" width=(format!("{LONG}")) height="8" fill="#eef3f8" stroke="#c3c9d2" {}
            rect x="1" y="4" width=(long) height="8" fill="#144e7c" {}
            line x1=(at(target)) x2=(at(target)) y1="0" y2="16" stroke="#1f2937" stroke-width="2.5" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_keeps_its_places() {
        let check = |unit: Unit, n: f64, want: Cell| assert_eq!(unit.as_written(n), want);
        check(Unit::Whole, 400.0, Cell::Number(400.0, 0));
        check(Unit::Tenths, -2.5, Cell::Number(-2.5, 1));
        check(Unit::Share, 0.8, Cell::Share(0.8, 0));
        check(Unit::Share, 0.125, Cell::Share(0.125, 1));
    }
}

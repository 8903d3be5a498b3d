//! Attendance and staying.

use maud::{Markup, html};
use outcomes::Mark;
use outcomes::figures::{Attendance, AttendanceRow, Leaving, Retention, Shown};
use outcomes::stats::NoFigure;
use outcomes::suppression::{Share, Tally};

use crate::parts::Words;
use crate::tables::{Cell, Column, Table};
use crate::{Arg, plot};

pub(crate) fn tables(words: &Words<'_>) -> Vec<Table> {
    let figures = words.figures;
    let kept_back = || sessions_table(words);
    let mut tables = words.tables_of(&figures.attendance, kept_back, |found| {
        let mut tables = words.tables_of(&found.sessions, kept_back, |rows| {
            vec![sessions_table(words).with(session_rows(words, rows))]
        });
        tables.push(marks(words, found));
        tables
    });
    let kept_back = || curve_table(words);
    if figures.retention.shown().is_some() || completed(words).is_some() {
        tables.push(totals(words));
    }
    tables.extend(words.tables_of(&figures.retention, kept_back, |found| {
        let mut tables = Vec::new();
        if !found.curve.is_empty() {
            tables.push(curve_table(words).with(curve_rows(found)));
        }
        tables
    }));
    tables
}

pub(crate) fn attendance(words: &Words<'_>) -> Markup {
    html! {
        section aria-labelledby="attendance" {
            h2 #attendance { (words.say("attendance")) }
            p { (words.say("attendance-text")) }
            (words.shown(&words.figures.attendance, |found| html! {
                @if let Some(rows) = found.sessions.shown() { (attendance_plot(words, rows)) }
                div.pair {
                    div { (words.shown(&found.sessions, |rows| sessions(words, rows))) }
                    div { (marks(words, found).draw(words)) }
                }
            }))
        }
    }
}

fn sessions(words: &Words<'_>, rows: &[AttendanceRow]) -> Markup {
    let joined = rows.iter().any(|row| row.from < row.to);
    html! {
        (sessions_table(words).with(session_rows(words, rows)).draw(words))
        @if joined { p.note { (words.say("attendance-joined")) } }
    }
}

fn sessions_table(words: &Words<'_>) -> Table {
    let heads = ["attendance-session", "attendance-share"].map(|key| Column::One(words.say(key)));
    Table::new("attendance", words.say("attendance-caption"), heads.to_vec())
}

fn session_rows(words: &Words<'_>, rows: &[AttendanceRow]) -> Vec<Vec<Cell>> {
    let session = |row: &AttendanceRow| {
        if row.from == row.to {
            row.from.to_string()
        } else {
            let (from, to) = (u64::from(row.from).into(), u64::from(row.to).into());
            words.with("attendance-sessions", &[("from", from), ("to", to)])
        }
    };
    rows.iter().map(|row| vec![session(row).into(), Cell::Share(row.share, 0)]).collect()
}

fn attendance_plot(words: &Words<'_>, rows: &[AttendanceRow]) -> Markup {
    let shares = || rows.iter().map(|row| row.share);
    let most = shares().fold(0.0, f64::max);
    let least = shares().fold(1.0, f64::min);
    let (first, last) =
        (rows.first().map_or(0, |row| row.from), rows.last().map_or(0, |row| row.to));
    let desc = words.with(
        "attendance-plot-desc",
        &[
            ("first", u64::from(first).into()),
            ("last", u64::from(last).into()),
            ("most", words.wording.percent(most, 0).into()),
            ("least", words.wording.percent(least, 0).into()),
        ],
    );
    let axes = [words.say("attendance-axis-session"), words.say("attendance-axis-share")];
    plot::figure(
        "attendance-plot",
        &words.say("attendance-plot"),
        &desc,
        plot::attendance(rows, &axes),
    )
}

fn marks(words: &Words<'_>, found: &Attendance) -> Table {
    let (came, away) = (found.overall.came, found.overall.of - found.overall.came);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (place, (mark, cell)) in Mark::ALL.iter().zip(&found.marks).enumerate() {
        let sums = [(0, "marks-came", came), (3, "marks-away", away)];
        if let Some((_, key, sum)) = sums.into_iter().find(|(first, ..)| *first == place) {
            rows.push(vec![words.say(key).into(), sum.into()]);
        }
        // Files tell apart what their plan tells apart, and not why somebody was away.
        let of_files = words.of_files();
        if of_files && cell.shown() == Some(0) {
            continue;
        }
        let kind = if of_files { "mark-in-files" } else { "mark" };
        rows.push(vec![words.wording.variant(kind, mark, &[]).into(), Cell::from(*cell)]);
    }
    rows.push(vec![words.say("marks-total").into(), found.overall.of.into()]);
    let heads = ["marks-mark", "marks-count"].map(|key| Column::One(words.say(key)));
    Table::new("attendance-marks", words.say("marks-caption"), heads.to_vec()).with(rows)
}

pub(crate) fn retention(words: &Words<'_>) -> Markup {
    let figures = words.figures;
    html! {
        section aria-labelledby="retention" {
            h2 #retention { (words.say("retention")) }
            p {
                @if figures.retention.shown().is_some() { (words.say("retention-text")) " " }
                @if let Some(completes) = &figures.completes {
                    (words.with("completion-text", &[("sessions", u64::from(completes.sessions).into())]))
                }
            }
            @if figures.retention.shown().is_some() || completed(words).is_some() {
                (totals(words).draw(words))
                @if let Some(unmarked) = unmarked(words).filter(|_| goes_by_marks(words)) {
                    p.note { (unmarked) }
                }
            }
            @if figures.retention == Shown::NoFigure(NoFigure::NotRecorded) {
                div.kept-back { p { strong { (words.say("none-title")) } " " (words.say("retention-not-recorded")) } }
            } @else { (words.shown(&figures.retention, |found| html! {
                div.block {
                    p { (leaving(words, found.leaving)) }
                    @if !found.curve.is_empty() { (curve_plot(words, found)) }
                    (curve(words, found))
                }
            })) }
        }
    }
}

/// Of how many nobody knows whether they came, where there are some.
pub(crate) fn unmarked(words: &Words<'_>) -> Option<String> {
    let n = match words.figures.unmarked {
        Tally::Exactly { n: 0 } => return None,
        Tally::Hidden => words.say("unmarked-some"),
        told @ (Tally::Exactly { .. } | Tally::FewerThan { .. } | Tally::AtLeast { .. }) => {
            words.tally(told)
        }
    };
    Some(words.with("unmarked", &[("n", n.into())]))
}

/// When somebody counts as having left, in a sentence.
pub(crate) fn leaving(words: &Words<'_>, leaving: Leaving) -> String {
    match leaving {
        Leaving::Missed { sessions } => {
            words.with("leaving-missed", &[("sessions", u64::from(sessions).into())])
        }
        Leaving::Recorded | _ => words.say("leaving-recorded"),
    }
}

/// Whether anything is said of who stayed or completed that takes marks of attendance.
fn goes_by_marks(words: &Words<'_>) -> bool {
    let found = words.figures.retention.shown();
    let missed = found.is_some_and(|found| matches!(found.leaving, Leaving::Missed { .. }));
    missed || words.figures.completes.is_some()
}

fn completed<'a>(words: &Words<'a>) -> Option<&'a Share> {
    words.figures.completion.as_ref().and_then(Shown::shown)
}

fn curve(words: &Words<'_>, found: &Retention) -> Markup {
    let last = ("last", Arg::Count(u64::from(found.last_session)));
    if found.curve.is_empty() {
        let floor = ("floor", Arg::Count(words.figures.floor));
        let text = if found.coarsened {
            words.with("retention-few-left", &[floor, last])
        } else {
            words.with("retention-none-left", &[last])
        };
        return html! { p.note { (text) } };
    }
    html! {
        (curve_table(words).with(curve_rows(found)).draw(words))
        @if found.coarsened {
            p.note { (words.with("retention-coarsened", &[("floor", words.figures.floor.into())])) }
        }
    }
}

fn curve_table(words: &Words<'_>) -> Table {
    let ends = ["staying-low", "staying-high"].map(|key| words.say(key));
    let columns = vec![
        Column::One(words.say("retention-session")),
        Column::One(words.say("retention-share")),
        Column::Interval(words.say("retention-interval"), ends),
    ];
    Table::new("staying-by-session", words.say("retention-caption"), columns)
}

fn curve_rows(found: &Retention) -> impl Iterator<Item = Vec<Cell>> {
    found.curve.iter().map(|step| {
        let ends = [step.interval.map(|it| it.low), step.interval.map(|it| it.high)];
        let mut row = vec![Cell::Count(step.session.into()), Cell::share(step.stays)];
        row.extend(ends.map(Cell::share));
        row
    })
}

fn curve_plot(words: &Words<'_>, found: &Retention) -> Markup {
    let last = ("last", Arg::Count(u64::from(found.last_session)));
    let end = found.curve.last().map_or(1.0, |step| step.stays);
    let percent = |share| Arg::Text(words.wording.percent(share, 1));
    let desc =
        words.with("retention-plot-desc", &[("start", percent(1.0)), ("end", percent(end)), last]);
    let axes = [words.say("retention-axis-session"), words.say("retention-axis-share")];
    let title = words.say("retention-plot");
    plot::figure("retention-plot", &title, &desc, plot::retention(found, &axes))
}

/// Who stayed and who completed, as far as either is told.
fn totals(words: &Words<'_>) -> Table {
    let row = |key: &str, share: &Share| {
        let of = share.share.map_or(Cell::Nothing, |_| share.of.into());
        let ends = [share.interval.map(|it| it.low), share.interval.map(|it| it.high)];
        let mut row = vec![words.say(key).into(), share.count.into(), of, Cell::share(share.share)];
        row.extend(ends.map(Cell::share));
        row
    };
    let stayed = words.figures.retention.shown().map(|found| &found.stayed);
    let told = [("completion-stayed", stayed), ("completion-completed", completed(words))];
    let rows = told.into_iter().filter_map(|(key, share)| Some(row(key, share?)));
    let columns = vec![
        Column::One(words.say("completion-what")),
        Column::Of(
            words.say("completion-count"),
            ["completion-count", "completion-of"].map(|key| words.say(key)),
        ),
        Column::One(words.say("completion-share")),
        Column::Interval(
            words.say("completion-interval"),
            ["staying-low", "staying-high"].map(|key| words.say(key)),
        ),
    ];
    Table::new("staying", words.say("completion-caption"), columns).with(rows)
}

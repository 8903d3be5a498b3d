//! Attendance and staying.

use maud::{Markup, html};
use outcomes::Mark;
use outcomes::figures::{Attendance, AttendanceRow, Retention};
use outcomes::suppression::Share;

use crate::parts::{Table, Words};
use crate::{Arg, plot};

pub(crate) fn attendance(words: &Words<'_>) -> Markup {
    html! {
        section aria-labelledby="attendance" {
            h2 #attendance { (words.say("attendance")) }
            p { (words.say("attendance-text")) }
            (words.shown(&words.figures.attendance, |found| html! {
                @if let Some(rows) = found.sessions.shown() { (attendance_plot(words, rows)) }
                div.pair {
                    div { (words.shown(&found.sessions, |rows| sessions(words, rows))) }
                    div {
                        (marks(words, found).draw())
                        (words.hidden_note(found.marks.iter().copied()))
                    }
                }
            }))
        }
    }
}

fn sessions(words: &Words<'_>, rows: &[AttendanceRow]) -> Markup {
    let joined = rows.iter().any(|row| row.from < row.to);
    let session = |row: &AttendanceRow| {
        if row.from == row.to {
            row.from.to_string()
        } else {
            let (from, to) = (u64::from(row.from).into(), u64::from(row.to).into());
            words.with("attendance-sessions", &[("from", from), ("to", to)])
        }
    };
    let share = |row: &AttendanceRow| words.wording.percent(row.share, 0);
    let table = Table {
        caption: words.say("attendance-caption"),
        heads: vec![words.say("attendance-session"), words.say("attendance-share")],
        rows: rows.iter().map(|row| vec![session(row), share(row)]).collect(),
    };
    html! {
        (table.draw())
        @if joined { p.note { (words.say("attendance-joined")) } }
    }
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
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (place, (mark, cell)) in Mark::ALL.iter().zip(&found.marks).enumerate() {
        let sums = [(0, "marks-came", came), (3, "marks-away", away)];
        if let Some((_, key, sum)) = sums.into_iter().find(|(first, ..)| *first == place) {
            rows.push(vec![words.say(key), words.count(sum)]);
        }
        rows.push(vec![words.wording.variant("mark", mark, &[]), words.cell(*cell)]);
    }
    rows.push(vec![words.say("marks-total"), words.count(found.overall.of)]);
    Table {
        caption: words.say("marks-caption"),
        heads: vec![words.say("marks-mark"), words.say("marks-count")],
        rows,
    }
}

pub(crate) fn retention(words: &Words<'_>) -> Markup {
    let figures = words.figures;
    html! {
        section aria-labelledby="retention" {
            h2 #retention { (words.say("retention")) }
            p {
                (words.say("retention-text")) " "
                @if let Some(completes) = &figures.completes {
                    (words.with("completion-text", &[("sessions", u64::from(completes.sessions).into())]))
                }
            }
            (words.shown(&figures.retention, |found| html! {
                (totals(words, found).draw())
                div.block {
                    @if !found.curve.is_empty() { (curve_plot(words, found)) }
                    (curve(words, found))
                }
            }))
        }
    }
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
    let rows = found.curve.iter().map(|step| {
        let interval = step.interval.map_or_else(|| words.say("cell-none"), |it| words.shares(it));
        vec![step.session.to_string(), words.wording.percent(step.stays, 1), interval]
    });
    let table = Table {
        caption: words.say("retention-caption"),
        heads: ["retention-session", "retention-share", "retention-interval"]
            .map(|key| words.say(key))
            .to_vec(),
        rows: rows.collect(),
    };
    html! {
        (table.draw())
        @if found.coarsened {
            p.note { (words.with("retention-coarsened", &[("floor", words.figures.floor.into())])) }
        }
    }
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

fn totals(words: &Words<'_>, found: &Retention) -> Table {
    let row = |key: &str, share: &Share| {
        let count = match share.share {
            Some(_) => words.with(
                "yes-of",
                &[
                    ("part", words.tally(share.count).into()),
                    ("whole", words.tally(share.of).into()),
                ],
            ),
            None => words.tally(share.count),
        };
        let none = || words.say("cell-none");
        vec![
            words.say(key),
            count,
            share.share.map_or_else(none, |found| words.wording.percent(found, 1)),
            share.interval.map_or_else(none, |found| words.shares(found)),
        ]
    };
    let mut rows = vec![row("completion-stayed", &found.stayed)];
    if let Some(completed) = words.figures.completion.as_ref().and_then(|found| found.shown()) {
        rows.push(row("completion-completed", completed));
    }
    let heads = ["completion-what", "completion-count", "completion-share", "completion-interval"];
    Table {
        caption: words.say("completion-caption"),
        heads: heads.map(|key| words.say(key)).to_vec(),
        rows,
    }
}

//! Circle by circle, for the program's own team.

use maud::{Markup, html};
use outcomes::figures::{CircleRow, Circles};

use crate::parts::{Table, Words};

pub(crate) fn section(words: &Words<'_>) -> Markup {
    html! {
        section.circles aria-labelledby="circles" {
            h2 #circles { (words.say("circles")) }
            (words.shown(&words.figures.circles, |circles| html! {
                (table(words, circles).draw())
                @if circles.too_small > 0 {
                    p.note { (words.with("circles-too-small", &[("n", circles.too_small.into())])) }
                }
            }))
        }
    }
}

fn table(words: &Words<'_>, circles: &Circles) -> Table {
    let heads = ["circles-circle", "circles-people", "circles-sessions", "circles-attendance"];
    let mut heads = heads.map(|key| words.say(key)).to_vec();
    let counts_completed = words.figures.completes.is_some();
    if counts_completed {
        heads.push(words.say("circles-completed"));
    }
    for scale in &words.figures.scales {
        let name = [("name", scale.name.as_str().into())];
        heads.push(words.with("circles-both", &name));
        heads.push(words.with("circles-change", &name));
    }
    Table {
        caption: words.with("circles-caption", &[("floor", words.figures.floor.into())]),
        heads,
        rows: circles.rows.iter().map(|row| cells(words, row, counts_completed)).collect(),
    }
}

fn cells(words: &Words<'_>, row: &CircleRow, counts_completed: bool) -> Vec<String> {
    let none = || words.say("cell-none");
    let sessions = [("part", row.held.into()), ("whole", row.planned.into())];
    let mut cells = vec![
        row.unit.short(),
        words.count(row.people),
        words.with("yes-of", &sessions),
        row.attendance.map_or_else(none, |share| words.wording.percent(share, 0)),
    ];
    if counts_completed {
        cells.push(words.tally(row.completed));
    }
    for change in &row.changes {
        cells.push(words.tally(change.both));
        cells.push(change.mean.map_or_else(none, |mean| words.number(mean)));
    }
    cells
}

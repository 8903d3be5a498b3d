//! Circle by circle, for the program's own team.

use maud::{Markup, html};
use outcomes::figures::{CircleRow, Circles};

use crate::About;
use crate::breakdown::changed;
use crate::parts::Words;
use crate::tables::{Cell, Column, Table};

pub(crate) fn section(words: &Words<'_>) -> Markup {
    html! {
        section.circles aria-labelledby="circles" {
            h2 #circles { (words.say("circles")) }
            (words.shown(&words.figures.circles, |circles| html! {
                (table(words).with(rows(words, circles)).draw(words))
                @if circles.without_row > 0 {
                    @let args = [("n", circles.without_row.into()), ("floor", words.figures.floor.into())];
                    p.note { (words.with("circles-without-row", &args)) }
                }
            }))
        }
    }
}

pub(crate) fn tables(words: &Words<'_>) -> Vec<Table> {
    let found = &words.figures.circles;
    words.tables_of(found, || table(words), |found| vec![table(words).with(rows(words, found))])
}

fn table(words: &Words<'_>) -> Table {
    let held = ["circles-sessions", "circles-planned"].map(|key| words.say(key));
    let mut columns =
        vec![Column::One(words.say("circles-circle")), Column::One(words.say("circles-people"))];
    let has = words.has().attendance;
    if !words.of_files() {
        columns.push(Column::Of(words.say("circles-sessions"), held));
    } else if has {
        columns.push(Column::One(words.say("circles-sessions")));
    }
    if has {
        columns.push(Column::One(words.say("circles-attendance")));
    }
    if counts_completed(words) {
        columns.push(Column::One(words.say("circles-completed")));
    }
    for scale in &words.figures.scales {
        let name = [("name", scale.name.as_str().into())];
        columns.push(Column::One(words.with("circles-both", &name)));
        columns.push(Column::One(words.with("circles-change", &name)));
    }
    let caption = words.with("circles-caption", &[("floor", words.figures.floor.into())]);
    Table::new("circles", caption, columns)
}

/// Without marks nobody is known to have completed, or not.
fn counts_completed(words: &Words<'_>) -> bool {
    words.figures.completes.is_some() && words.has().attendance
}

fn rows(words: &Words<'_>, circles: &Circles) -> Vec<Vec<Cell>> {
    let counts_completed = counts_completed(words);
    circles.rows.iter().map(|row| cells(words, row, counts_completed)).collect()
}

fn cells(words: &Words<'_>, row: &CircleRow, counts_completed: bool) -> Vec<Cell> {
    let known = match &words.stamp.about {
        About::Files(names) => names.get(&row.unit).cloned(),
        About::Program(_) | About::Part(_) => None,
    };
    let mut cells = vec![known.unwrap_or_else(|| row.unit.short()).into(), row.people.into()];
    // Files know of the sessions of which there are marks, and of none that was planned.
    if !words.of_files() {
        cells.extend([row.held.into(), row.planned.into()]);
    } else if words.has().attendance {
        cells.push(row.held.into());
    }
    if words.has().attendance {
        // A circle of which there is no mark has no share that could be hidden.
        let no_marks = words.of_files() && row.held == 0;
        cells.push(if no_marks { Cell::Nothing } else { words.attendance(row.attendance) });
    }
    if counts_completed {
        cells.push(row.completed.into());
    }
    for change in &row.changes {
        cells.extend(changed(change));
    }
    cells
}

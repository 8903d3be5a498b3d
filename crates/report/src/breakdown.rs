//! The same figures by area, by arm, by any group of people.

use maud::{Markup, html};
use outcomes::figures::{Breakdown, BreakdownRow, CircleChange, ScaleFigures};
use outcomes::suppression::Tally;

use crate::parts::Words;
use crate::plot;
use crate::tables::{Cell, Column, Table};

pub(crate) fn section(words: &Words<'_>) -> Markup {
    let breakdowns = || words.figures.breakdowns.iter().filter(|found| !found.rows.is_empty());
    html! {
        section.circles aria-labelledby="groups" {
                h2 #groups { (words.say("groups")) }
                p { (words.say("groups-text")) }
                @for (number, found) in breakdowns().enumerate() {
                    h3 { (by(words, found)) }
                    @let scales = words.figures.scales.iter().enumerate();
                    @let plots = scales.filter_map(|(place, scale)| changes_plot(words, found, scale, (number, place)));
                    div.pair { @for plot in plots { div { (plot) } } }
                    (table(words, found).draw(words))
                }
            }
    }
}

pub(crate) fn tables(words: &Words<'_>) -> Vec<Table> {
    words.figures.breakdowns.iter().map(|found| table(words, found)).collect()
}

fn by(words: &Words<'_>, found: &Breakdown) -> String {
    words.wording.code("grouping", found.by.as_str())
}

fn group(words: &Words<'_>, row: &BreakdownRow) -> String {
    let known = row.group.as_ref();
    known.map_or_else(|| words.say("groups-unknown"), |it| words.wording.code("group", it.as_str()))
}

/// The mean change of each group, where at least two are told.
fn changes_plot(
    words: &Words<'_>,
    found: &Breakdown,
    scale: &ScaleFigures,
    (number, place): (usize, usize),
) -> Option<Markup> {
    let row = |row: &BreakdownRow| {
        let mean = row.changes.get(place)?.mean?;
        Some(plot::Dot {
            label: group(words, row),
            at: mean,
            ends: None,
            value: words.number(mean),
        })
    };
    let rows: Vec<plot::Dot> = found.rows.iter().filter_map(row).collect();
    if rows.len() < 2 {
        return None;
    }
    let said = rows.iter().map(|dot| {
        let args = [("label", dot.label.as_str().into()), ("mean", dot.value.as_str().into())];
        words.with("groups-desc-part", &args)
    });
    let list = said.collect::<Vec<_>>().join(&words.say("list-separator"));
    let args = [("name", scale.name.as_str().into()), ("by", by(words, found).into())];
    Some(plot::figure(
        &format!("groups-{number}-{place}"),
        &words.with("groups-plot", &args),
        &words.with("groups-desc", &[("list", list.into())]),
        plot::dots(&plot::Dots::around_zero(rows, words.say("change-axis"))),
    ))
}

fn table(words: &Words<'_>, found: &Breakdown) -> Table {
    let by = by(words, found);
    let mut columns = vec![
        Column::One(by.clone()),
        Column::One(words.say("circles-people")),
        Column::One(words.say("circles-attendance")),
    ];
    for scale in &words.figures.scales {
        let name = [("name", scale.name.as_str().into())];
        columns.push(Column::One(words.with("circles-both", &name)));
        columns.push(Column::One(words.with("circles-change", &name)));
    }
    let caption = words.with("groups-caption", &[("by", by.into())]);
    let rows = found.rows.iter().map(|row| cells(words, row));
    Table::new(format!("by-{}", found.by), caption, columns).with(rows)
}

/// How many were measured twice, and their mean change: where it is not told although there is one, it is hidden.
pub(crate) fn changed(change: &CircleChange) -> [Cell; 2] {
    let mean = match (change.mean, change.both) {
        (Some(mean), _) => Cell::number(mean),
        (None, Tally::Exactly { n: 0 }) => Cell::Nothing,
        (None, _) => Cell::Hidden,
    };
    [change.both.into(), mean]
}

fn cells(words: &Words<'_>, row: &BreakdownRow) -> Vec<Cell> {
    let mut cells =
        vec![group(words, row).into(), row.people.into(), words.attendance(row.attendance)];
    for place in 0..words.figures.scales.len() {
        cells.extend(match row.changes.get(place) {
            Some(change) => changed(change),
            None => [Cell::Hidden, Cell::Hidden],
        });
    }
    cells
}

//! Who took part and what was delivered.

use maud::{Markup, html};

use crate::parts::Words;
use crate::tables::{Cell, Column, Table};

pub(crate) fn section(words: &Words<'_>) -> Markup {
    html! {
        section aria-labelledby="reach" {
            h2 #reach { (words.say(title(words))) }
            div.pair {
                @for table in tables(words) { div { (table.draw(words)) } }
            }
        }
    }
}

/// Files tell who took part; a program knows what was delivered too.
pub(crate) fn title(words: &Words<'_>) -> &'static str {
    if words.of_files() { "reach-files" } else { "reach" }
}

pub(crate) fn tables(words: &Words<'_>) -> Vec<Table> {
    let mut tables = vec![counts(words)];
    if words.figures.reach.areas.len() > 1 {
        tables.push(areas(words));
    }
    tables
}

fn counts(words: &Words<'_>) -> Table {
    let (reach, delivery) = (&words.figures.reach, &words.figures.delivery);
    let alone = |cell: Cell| [cell, Cell::Nothing];
    let part = |part: u64, whole: u64| [part.into(), whole.into()];
    let mut rows = vec![("reach-people", alone(reach.people.into()))];
    let of_files = words.of_files();
    if !of_files || reach.units > 0 {
        rows.push(("reach-units", alone(reach.units.into())));
    }
    if !of_files {
        if words.has().work {
            rows.extend([
                ("reach-facilitators", alone(reach.facilitators.into())),
                ("reach-supervisors", alone(reach.supervisors.into())),
            ]);
        }
        rows.extend([
            ("reach-sessions", part(delivery.sessions_held, delivery.sessions_planned)),
            ("reach-hours", alone(Cell::Number(delivery.hours, 0))),
        ]);
    }
    if delivery.modules_planned > 0 {
        rows.push(("reach-modules", part(delivery.modules_delivered, delivery.modules_planned)));
    }
    if delivery.stories > 0 {
        rows.push(("reach-stories", alone(delivery.stories.into())));
    }
    let heads = ["reach-count", "reach-of"].map(|key| words.say(key));
    let columns =
        vec![Column::One(words.say("reach-what")), Column::Of(words.say("reach-count"), heads)];
    let row =
        |(key, [part, whole]): (&str, [Cell; 2])| vec![Cell::Text(words.say(key)), part, whole];
    let caption = words.say(if of_files { "reach-caption-files" } else { "reach-caption" });
    Table::new("reach", caption, columns).with(rows.into_iter().map(row))
}

fn areas(words: &Words<'_>) -> Table {
    let areas = words.figures.reach.areas.iter();
    let rows = areas
        .map(|(area, n)| vec![words.wording.code("area", area.as_str()).into(), Cell::from(*n)]);
    let heads = ["areas-area", "areas-people"].map(|key| Column::One(words.say(key)));
    Table::new("areas", words.say("areas-caption"), heads.to_vec()).with(rows)
}

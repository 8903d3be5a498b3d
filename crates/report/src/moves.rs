//! From which band to which people went.

use maud::{Markup, html};
use outcomes::figures::{Moves, ScaleFigures, Shown};

use crate::parts::Words;
use crate::scale::{band_name, ends, name, named};
use crate::tables::{Cell, Column, Table};

pub(crate) fn part(words: &Words<'_>, scale: &ScaleFigures) -> Markup {
    let Some(found) = scale.moves.as_ref().and_then(Shown::shown) else { return html! {} };
    let is_joined = found.bands.iter().any(|bands| bands.len() > 1);
    html! {
        div.block {
            h3 { (words.say("moves")) }
            (table(words, scale, Some(found)).draw(words))
            p.note {
                (words.say("moves-note"))
                @if is_joined { " " (words.say("moves-joined")) }
            }
        }
    }
}

pub(crate) fn tables(words: &Words<'_>, scale: &ScaleFigures) -> Vec<Table> {
    let Some(moves) = &scale.moves else { return Vec::new() };
    let kept_back = || table(words, scale, None);
    words.tables_of(moves, kept_back, |found| vec![table(words, scale, Some(found))])
}

fn table(words: &Words<'_>, scale: &ScaleFigures, found: Option<&Moves>) -> Table {
    let [first, last] = ends(words, scale);
    let bands = found.map(|found| found.bands.as_slice()).unwrap_or_default();
    let labels: Vec<String> = bands.iter().map(|bands| label(words, bands)).collect();
    let column = |label: &String| {
        let args = [("time", last.as_str().into()), ("band", label.as_str().into())];
        Column::One(words.with("moves-column", &args))
    };
    let mut columns = vec![Column::One(words.with("moves-row", &[("time", first.into())]))];
    columns.extend(labels.iter().map(column));
    let rows = labels.iter().zip(found.iter().flat_map(|found| &found.cells));
    let rows = rows.map(|(label, cells)| {
        let mut row = vec![Cell::Text(label.clone())];
        row.extend(cells.iter().map(|n| Cell::Count(*n)));
        row
    });
    Table::new(name(scale, "moves"), words.with("moves-caption", &named(scale)), columns).with(rows)
}

/// What neighboring bands are called together.
fn label(words: &Words<'_>, bands: &[commons::Code]) -> String {
    match bands {
        [first, .., last] => {
            let args =
                [("from", band_name(words, first).into()), ("to", band_name(words, last).into())];
            words.with("moves-bands", &args)
        }
        [one] => band_name(words, one),
        [] => String::new(),
    }
}

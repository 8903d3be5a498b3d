//! How far people changed: so many by so much.

use maud::{Markup, html};
use outcomes::Better;
use outcomes::figures::{ScaleFigures, SpreadBin};

use crate::parts::{Words, beside};
use crate::scale::{name, named};
use crate::tables::{Cell, Column, Table};
use crate::{Arg, plot};

pub(crate) fn part(words: &Words<'_>, scale: &ScaleFigures, id: &str) -> Markup {
    let Some(bins) = scale.spread.shown() else { return html! {} };
    let labels: Vec<String> = bins.iter().map(|bin| label(words, *bin)).collect();
    let said = labels.iter().zip(bins).map(|(label, bin)| {
        let args = [("label", label.as_str().into()), ("n", bin.people.into())];
        words.with("spread-desc-part", &args)
    });
    let list = said.collect::<Vec<_>>().join(&words.say("list-separator"));
    let shown = plot::Bars {
        rows: labels.into_iter().zip(bins.iter().map(|bin| bin.people)).collect(),
        values: bins.iter().map(|bin| words.count(bin.people)).collect(),
        axis: words.say("spread-people"),
    };
    let plot = plot::figure(
        &format!("{id}-spread"),
        &words.with("spread-plot", &named(scale)),
        &words.with("spread-desc", &[("list", list.into())]),
        plot::bars(&shown),
    );
    html! {
        div.block {
            h3 { (words.say("spread")) }
            (beside(&plot, &table(words, scale).with(rows(words, bins)).draw(words), false))
            p.note { (words.say(way(scale))) }
        }
    }
}

pub(crate) fn tables(words: &Words<'_>, scale: &ScaleFigures) -> Vec<Table> {
    let kept_back = || table(words, scale);
    words.tables_of(&scale.spread, kept_back, |bins| {
        vec![table(words, scale).with(rows(words, bins))]
    })
}

const fn way(scale: &ScaleFigures) -> &'static str {
    match scale.better {
        Better::Lower => "spread-lower",
        Better::Higher => "spread-higher",
    }
}

/// What a row is called; the first is open below, the last above.
fn label(words: &Words<'_>, bin: SpreadBin) -> String {
    let number = |n: i32| words.wording.number(f64::from(n), 0);
    let end = |n: i32| Arg::Text(number(n));
    match (bin.from, bin.to) {
        (Some(from), Some(to)) if from == to => number(from),
        (Some(from), Some(to)) => {
            words.with("spread-between", &[("from", end(from)), ("to", end(to))])
        }
        (None, Some(to)) => words.with("spread-to", &[("to", end(to))]),
        (Some(from), None) => words.with("spread-from", &[("from", end(from))]),
        (None, None) => String::new(),
    }
}

fn table(words: &Words<'_>, scale: &ScaleFigures) -> Table {
    let heads = ["spread-change", "spread-people"].map(|key| Column::One(words.say(key)));
    Table::new(name(scale, "spread"), words.with("spread-caption", &named(scale)), heads.to_vec())
}

fn rows(words: &Words<'_>, bins: &[SpreadBin]) -> Vec<Vec<Cell>> {
    let row = |bin: &SpreadBin| vec![Cell::Text(label(words, *bin)), Cell::Count(bin.people)];
    bins.iter().map(row).collect()
}

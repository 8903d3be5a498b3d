//! How people began who were measured to the end, beside those who were not.

use maud::{Markup, html};
use outcomes::Better;
use outcomes::figures::{ChangeFigures, ScaleFigures};

use crate::Arg;
use crate::parts::Words;
use crate::scale::named;
use crate::tables::{Cell, Column, Table};

/// The scales of which a change is told, with it.
fn told<'a>(words: &Words<'a>) -> Vec<(&'a ScaleFigures, &'a ChangeFigures)> {
    let scales = words.figures.scales.iter();
    scales.filter_map(|scale| Some((scale, scale.change.shown()?))).collect()
}

pub(crate) fn is_there(words: &Words<'_>) -> bool {
    !told(words).is_empty()
}

pub(crate) fn section(words: &Words<'_>) -> Markup {
    let told = told(words);
    if told.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="completers" {
            h2 #completers { (words.say("completers")) }
            p { (words.say("completers-text")) }
            (table(words, &told).draw(words))
            @for (scale, change) in &told { p.note { (said(words, scale, change)) } }
        }
    }
}

pub(crate) fn tables(words: &Words<'_>) -> Vec<Table> {
    let told = told(words);
    if told.is_empty() { Vec::new() } else { vec![table(words, &told)] }
}

fn table(words: &Words<'_>, told: &[(&ScaleFigures, &ChangeFigures)]) -> Table {
    let heads = [
        "completers-what",
        "completers-asked",
        "completers-both",
        "completers-both-mean",
        "completers-lost-mean",
    ];
    let rows = told.iter().map(|(scale, change)| {
        let is_whole = change.baseline_of_both.is_some();
        // Where both means are kept back they are hidden; where nobody was lost there is none.
        let mean = |n: Option<f64>| match n {
            Some(n) => Cell::number(n),
            None if is_whole => Cell::Nothing,
            None => Cell::Hidden,
        };
        vec![
            scale.name.clone().into(),
            scale.asked.into(),
            change.both.into(),
            mean(change.baseline_of_both),
            mean(change.baseline_of_lost),
        ]
    });
    let heads = heads.map(|key| Column::One(words.say(key)));
    Table::new("completers", words.say("completers-caption"), heads.to_vec()).with(rows)
}

/// How far apart the two began, in a sentence.
fn said(words: &Words<'_>, scale: &ScaleFigures, change: &ChangeFigures) -> String {
    let name = named(scale);
    let (both, lost) = match (change.baseline_of_both, change.baseline_of_lost) {
        (Some(both), Some(lost)) => (both, lost),
        (Some(_), None) => return words.with("completers-none-lost", &name),
        (None, _) => return words.with("completers-hidden", &name),
    };
    let apart = lost - both;
    if apart.abs() < 0.5 {
        return words.with("completers-alike", &name);
    }
    let is_worse = match scale.better {
        Better::Lower => apart > 0.0,
        Better::Higher => apart < 0.0,
    };
    let way = words.say(if is_worse { "completers-worse" } else { "completers-better" });
    let [name] = name;
    let points = Arg::Text(words.number(apart.abs()));
    words.with("completers-further", &[name, ("points", points), ("way", way.into())])
}

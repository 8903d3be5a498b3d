//! Each person, for a team that asks to see them.

use maud::{Markup, html};
use outcomes::figures::{Persons, ScaleFigures, Totals};
use outcomes::{Better, Side};

use crate::parts::Words;
use crate::plot::{Pair, People, Way};
use crate::scale::{ends, name, named};
use crate::tables::{Cell, Column, Table};
use crate::{Arg, plot};

pub(crate) fn part(words: &Words<'_>, scale: &ScaleFigures, id: &str) -> Markup {
    let Some(found) = &scale.persons else { return html! {} };
    let people = people(words, scale, found);
    let counted: Vec<String> = steps(words, scale, found)
        .into_iter()
        .map(|(label, n)| {
            words.with("spread-desc-part", &[("label", label.into()), ("n", n.into())])
        })
        .collect();
    let list = || Arg::Text(counted.join(&words.say("list-separator")));
    let lines = plot::figure(
        &format!("{id}-persons"),
        &words.with("persons-lines", &named(scale)),
        &words.with("persons-lines-desc", &[("list", list())]),
        plot::paired(&people),
    );
    let dots = plot::figure(
        &format!("{id}-quadrant"),
        &words.with("persons-quadrant", &named(scale)),
        &words.with("persons-quadrant-desc", &[("list", list())]),
        plot::quadrant(&people),
    );
    html! {
        div.block {
            h3 { (words.say("persons")) }
            p.note { strong { (words.say("persons-caution")) } " " (words.say("persons-read")) }
            div.pair { div { (lines) } div { (dots) } }
            (table(words, scale, found).draw(words))
            @for line in sources(words, found) { p.note { (line) } }
        }
    }
}

pub(crate) fn tables(words: &Words<'_>, scale: &ScaleFigures) -> Vec<Table> {
    scale.persons.iter().map(|found| table(words, scale, found)).collect()
}

fn people(words: &Words<'_>, scale: &ScaleFigures, found: &Persons) -> People {
    let (low, high) = scale.range;
    let pair = |it: &Totals| Pair {
        before: it.before.to_f64(),
        after: it.after.to_f64(),
        people: it.people,
        way: way(scale, change(it)),
    };
    // Between the last total on one side and the first on the other.
    let cut = found.cut_off.map(|(at, side)| match side {
        Side::AtOrAbove => at.to_f64() - 0.5,
        Side::AtOrBelow => at.to_f64() + 0.5,
    });
    People {
        pairs: found.totals.iter().map(pair).collect(),
        range: (low.to_f64(), high.to_f64()),
        heads: ends(words, scale),
        ways: ["persons-better", "persons-same", "persons-worse"].map(|key| words.say(key)),
        cut,
        noise: found.noise.map(outcomes::Points::to_f64),
        lines: ["persons-line-same", "persons-line-noise"].map(|key| words.say(key)),
        axis: words.say("persons-total"),
    }
}

fn change(it: &Totals) -> f64 {
    it.after.to_f64() - it.before.to_f64()
}

fn way(scale: &ScaleFigures, change: f64) -> Way {
    let better = match scale.better {
        Better::Lower => -change,
        Better::Higher => change,
    };
    if better > 0.0 {
        Way::Better
    } else if better < 0.0 {
        Way::Worse
    } else {
        Way::Same
    }
}

/// How many fared how, from the best to the worst.
fn steps(words: &Words<'_>, scale: &ScaleFigures, found: &Persons) -> Vec<(String, u64)> {
    let noise = found.noise.map(outcomes::Points::to_f64);
    let count = |is: &dyn Fn(Way, bool) -> bool| -> u64 {
        let people = found.totals.iter().filter(|it| {
            let far = noise.is_some_and(|noise| noise <= change(it).abs());
            is(way(scale, change(it)), far)
        });
        people.map(|it| it.people).sum()
    };
    let points = || Arg::Text(found.noise.map_or_else(String::new, |it| it.to_string()));
    let said = |key: &str| words.with(key, &[("points", points())]);
    if noise.is_none() {
        let rows = [Way::Better, Way::Same, Way::Worse];
        let keys = ["persons-better", "persons-same", "persons-worse"];
        return keys
            .into_iter()
            .zip(rows)
            .map(|(key, it)| (said(key), count(&|way, _| way == it)))
            .collect();
    }
    vec![
        (said("persons-better-far"), count(&|way, far| way == Way::Better && far)),
        (said("persons-better-near"), count(&|way, far| way == Way::Better && !far)),
        (said("persons-same"), count(&|way, _| way == Way::Same)),
        (said("persons-worse-near"), count(&|way, far| way == Way::Worse && !far)),
        (said("persons-worse-far"), count(&|way, far| way == Way::Worse && far)),
    ]
}

fn table(words: &Words<'_>, scale: &ScaleFigures, found: &Persons) -> Table {
    let heads = ["persons-what", "persons-people"].map(|key| Column::One(words.say(key)));
    let rows = steps(words, scale, found).into_iter();
    let rows = rows.map(|(label, n)| vec![Cell::Text(label), n.into()]);
    Table::new(name(scale, "persons"), words.with("persons-caption", &named(scale)), heads.to_vec())
        .with(rows)
}

/// Which cut-off and which threshold the lines are.
fn sources(words: &Words<'_>, found: &Persons) -> Vec<String> {
    let line = |key: &str, by: &Option<outcomes::figures::Named>| {
        let by = by.as_ref()?;
        let args =
            [("id", Arg::from(by.id.as_str())), ("population", by.population.as_str().into())];
        Some(words.with(key, &args))
    };
    let lines = [line("persons-cut-by", &found.cut_by), line("persons-noise-by", &found.noise_by)];
    lines.into_iter().flatten().collect()
}

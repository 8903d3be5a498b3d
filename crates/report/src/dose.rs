//! Change beside sessions attended.

use maud::{Markup, html};
use outcomes::figures::{Dose, DoseStep, ScaleFigures};

use crate::parts::{Words, beside};
use crate::scale::{name, named};
use crate::tables::{Cell, Column, Table};
use crate::{Arg, plot};

pub(crate) fn part(words: &Words<'_>, scale: &ScaleFigures, id: &str) -> Markup {
    let Some(found) = scale.dose.shown() else { return html! {} };
    let said = found.steps.iter().map(|step| {
        let args = [
            ("label", label(words, step).into()),
            ("mean", words.number(step.mean).into()),
            ("n", step.people.into()),
        ];
        words.with("dose-desc-part", &args)
    });
    let list = said.collect::<Vec<_>>().join(&words.say("list-separator"));
    let hundredths = |x: f64| Arg::Text(words.wording.number(x, 2));
    let slope = [
        ("slope", hundredths(found.slope)),
        ("low", hundredths(found.interval.low)),
        ("high", hundredths(found.interval.high)),
    ];
    let plot = plot::figure(
        &format!("{id}-dose"),
        &words.with("dose-plot", &named(scale)),
        &words.with("dose-desc", &[("list", list.into())]),
        plot::dots(&dots(words, found)),
    );
    html! {
        div.block {
            h3 { (words.say("dose")) }
            (beside(&plot, &table(words, scale).with(rows(words, found)).draw(words), false))
            p.note { (words.with("dose-slope", &slope)) " " (words.say("dose-association")) }
        }
    }
}

fn dots(words: &Words<'_>, found: &Dose) -> plot::Dots {
    let row = |step: &DoseStep| plot::Dot {
        label: label(words, step),
        at: step.mean,
        ends: Some((step.interval.low, step.interval.high)),
        value: words.number(step.mean),
    };
    let rows = found.steps.iter().map(row).collect();
    plot::Dots::around_zero(rows, words.say("change-axis"))
}

fn label(words: &Words<'_>, step: &DoseStep) -> String {
    let args = [("from", u64::from(step.from).into()), ("to", u64::from(step.to).into())];
    words.with(if step.from == step.to { "dose-sessions-one" } else { "dose-sessions" }, &args)
}

pub(crate) fn tables(words: &Words<'_>, scale: &ScaleFigures) -> Vec<Table> {
    let kept_back = || table(words, scale);
    words.tables_of(&scale.dose, kept_back, |found| {
        vec![table(words, scale).with(rows(words, found))]
    })
}

fn table(words: &Words<'_>, scale: &ScaleFigures) -> Table {
    let columns = vec![
        Column::One(words.say("dose-came")),
        Column::One(words.say("dose-people")),
        Column::One(words.say("dose-mean")),
        Column::Interval(
            words.say("change-interval"),
            ["staying-low", "staying-high"].map(|key| words.say(key)),
        ),
    ];
    Table::new(name(scale, "sessions"), words.with("dose-caption", &named(scale)), columns)
}

fn rows(words: &Words<'_>, found: &Dose) -> Vec<Vec<Cell>> {
    let came = |step: &DoseStep| {
        let args = [("from", u64::from(step.from).into()), ("to", u64::from(step.to).into())];
        match step.from == step.to {
            true => words.count(step.from.into()),
            false => words.with("attendance-sessions", &args),
        }
    };
    let row = |step: &DoseStep| {
        vec![
            came(step).into(),
            step.people.into(),
            Cell::number(step.mean),
            Cell::number(step.interval.low),
            Cell::number(step.interval.high),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = found.steps.iter().map(row).collect();
    rows.push(vec![
        words.say("dose-each").into(),
        Cell::Nothing,
        Cell::Number(found.slope, 2),
        Cell::Number(found.interval.low, 2),
        Cell::Number(found.interval.high, 2),
    ]);
    rows
}
